//! Names in all their spellings, over the sample archive and over small ones.

use crate::env::Env;

#[test]
fn any_spelling_finds_all() {
    let env = Env::sample();
    for (one, other) in [
        ("zelensky", "Зеленський"),
        ("zelensky", "zelenskyy"),
        ("lukashenko", "lukashenka"),
        ("kiev", "kyiv"),
        ("genf", "geneva"),
        ("\"sergei lavrov\"", "\"sergey lavrov\""),
        ("zelensky w/s kyiv", "zelenskyy w/s kiev"),
        ("speaker:lukashenko", "speaker:lukashenka"),
        ("speaker:\"volodymyr zelensky\"", "speaker:\"volodymyr zelenskiy\""),
    ] {
        let found = env.set(one);
        assert!(found.split(' ').count() > 1, "{one}: {found}");
        assert_eq!(found, env.set(other), "{one} and {other}");
    }
    assert_eq!(env.run(&["quotes", "--json", "speaker:zelensky"]).json().len(), {
        env.run(&["quotes", "--json", "speaker:zelenskyy"]).json().len()
    });
}

#[test]
fn the_answer_says_what_else_was_searched() {
    let env = Env::sample();
    env.run(&["query", "zelensky", "-n", "1"]).expect(0).says("also searched: Zelenskiy");
    env.run(&["count", "zelensky"]).expect(0).says("10\n").says("note: also searched: Zelenskiy");
    let begin = env.run(&["query", "--json", "zelensky minsk"]).json()[0].clone();
    assert!(begin["expanded"]["zelensky"].as_array().unwrap().iter().any(|form| form == "зеленський"), "{begin}");
    for off in [&["count", "=zelensky"][..], &["count", "--no-alias", "zelensky"]] {
        let ran = env.run(off).expect(0);
        assert_eq!((ran.out.trim(), ran.err.contains("also searched")), ("1", false), "{off:?}");
    }
    let plain = env.run(&["query", "--json", "--no-alias", "zelensky"]).json();
    assert_eq!(plain[0]["expanded"], serde_json::json!({}));
}

#[test]
fn ordinary_words_stay_what_they_are() {
    let env = Env::with(&[
        ("corpus/a.txt", "Theresa May spoke.\n\nThe rose may bloom in May, and Michael Rose will make a speech.\n"),
        ("corpus/b.txt", "They make roses.\n\nMikhail Roze came to Kiev; reading in Reading is nice in Nice.\n"),
        ("corpus/c.txt", "A rose is a rose.\n\nLecture de Mai.\n"),
    ]);
    env.run(&["build", "corpus"]).expect(0);
    for query in ["may", "will", "make", "rose", "reading", "nice", "speech"] {
        let begin = env.run(&["query", "--json", query]).json()[0].clone();
        assert_eq!(begin["expanded"], serde_json::json!({}), "{query}");
    }
}

#[test]
fn exact_before_alias_before_fold() {
    let body = |name: &str| format!("Yesterday evening {name} met reporters in the town hall.\n");
    let env = Env::with(&[
        ("corpus/alias.txt", &body("Lawrow")),
        ("corpus/exact.txt", &body("Lavrov")),
        ("corpus/fold.txt", &body("Lavrovv")),
    ]);
    env.run(&["build", "corpus"]).expect(0);
    assert_eq!(env.found("lavrov"), ["exact", "alias", "fold"]);
    assert_eq!(env.found("\"lavrov met\"").len(), 3);
}

#[test]
fn a_person_is_counted_once() {
    let env = Env::sample();
    let rows = env.run(&["quotes", "--by", "speaker"]).expect(0).out;
    let count = |name: &str| rows.lines().filter(|line| line.contains(name)).count();
    assert_eq!((count("Lukashenk"), count("Peskov")), (1, 1), "{rows}");
    let persons = env.run(&["count", "--by", "person"]).expect(0).out;
    assert_eq!(persons.lines().filter(|line| line.contains("Lukashenk")).count(), 1, "{persons}");
}

#[test]
fn people_are_found_by_any_spelling_of_those_named_in_full() {
    let env = Env::with(&[
        ("c/a.md", "Volodymyr Zelensky met Sergei Ivanov. Mr Zelensky left.\n"),
        ("c/b.md", "Ukrainian President Volodymyr Zelenskiy saw nobody.\n"),
        ("c/c.md", "The Zelensky plan came to nothing.\n"),
    ]);
    env.run(&["build", "c"]).expect(0);
    assert_eq!(env.set("person:zelensky"), "a b");
    assert_eq!(env.set("person:=zelensky"), "a");
    assert_eq!(env.set("person:\"sergey ivanov\" geneva OR person:ivanov"), "a");
    assert_eq!(env.set("person:(zelensky ivanov)"), "a");
    assert_eq!(env.run(&["count", "*", "--person", "!zelenskiy"]).expect(0).out, "1\n");
    env.run(&["names", "add", "Sergei Ivanov", "Iwan"]).expect(0);
    assert!(env.run(&["names", "iwan"]).expect(0).out.contains("Sergei Ivanov"));
    env.run(&["query", "Ivanof"]).expect(0);
    let missing = env.run(&["query", "zelinskyq"]).expect(1).err;
    assert!(missing.contains("did you mean `zelensky`") && !missing.contains("nobody"), "{missing}");
}

#[test]
fn names_are_listed_and_taught() {
    let env = Env::with(&[
        ("corpus/a.md", "---\ndate: 2022-03-01\n---\nBoris Johnson spoke to Sergei Ivanov. Mr Johnson left.\n"),
        ("corpus/b.md", "---\ndate: 2022-03-02\n---\nReporters asked whether BoJo knew Sergey Ivanov.\n"),
    ]);
    env.run(&["build", "corpus"]).expect(0);
    let listed = env.run(&["names", "ivanov"]).expect(0);
    assert!(listed.out.contains("2022-03-01 … 2022-03-02") && listed.out.contains("as typed"), "{}", listed.out);
    assert_eq!(env.set("bojo"), "b");
    env.run(&["names", "add", "Boris Johnson", "BoJo"]).expect(0).says("names.txt");
    assert_eq!(env.set("bojo"), "a b", "taught names work without a build");
    assert_eq!(env.set("\"boris johnson\""), "a b");
    env.run(&["build"]).expect(0);
    assert_eq!(env.set("bojo"), "a b", "a build keeps what was taught");
    let people = |env: &Env| env.run(&["names", "--json"]).json().len();
    let before = people(&env);
    env.run(&["names", "split", "Sergei Ivanov", "Sergey Ivanov"]).expect(0);
    assert_eq!(people(&env), before + 1);
    env.run(&["names", "merge", "Sergei Ivanov", "Sergey Ivanov"]).expect(0);
    assert_eq!(people(&env), before);
    env.run(&["names", "add", "One", "ONE"]).expect(2).says("the same name");
    env.run(&["names", "nobodyhere"]).expect(1).says("nothing found");
    env.write("names.txt", "alone\nBoJo, Boris Johnson\n");
    env.run(&["count", "bojo"]).expect(0).says("names.txt:1:").says("2\n");
    env.write("names.txt", b"\xff\xfe\x00, \x00\nBoJo, Boris Johnson\n");
    env.run(&["count", "bojo"]).expect(0).says("2\n");
}

#[test]
fn flags_may_stand_before_what_is_taught() {
    let env = Env::with(&[("corpus/a.md", "Boris Johnson spoke. Mr Johnson left.\n")]);
    env.run(&["build", "corpus"]).expect(0);
    env.run(&["names", "-i", ".newsidx", "add", "Boris Johnson", "BoJo"]).expect(0).says("written to");
    env.run(&["names", "johnson", "add", "Boris Johnson", "BoJo"]).expect(2).says("is read as a name");
    assert_eq!(env.set("bojo"), "a");
}

#[test]
fn a_name_taught_in_capitals_is_found_in_capitals() {
    let env = Env::with(&[
        ("c/a.md", "The World Health Organisation met in Geneva.\n"),
        ("c/b.md", "Officials of the WHO met in Geneva.\n"),
        ("c/c.md", "Ministers who met in Geneva left.\n"),
    ]);
    env.run(&["build", "c"]).expect(0);
    env.run(&["names", "add", "World Health Organisation", "WHO"]).expect(0);
    assert_eq!(env.set("\"World Health Organisation\""), "a b");
    assert_eq!(env.set("who"), "a b c");
}

#[test]
fn each_spelling_of_a_person_has_its_own_dates() {
    let env = Env::with(&[
        ("c/a.md", "---\ndate: 2022-03-01\n---\nKim Jong-il met Ann Lee. Mr Kim left.\n"),
        ("c/b.md", "---\ndate: 2022-03-09\n---\nKim Jong Il met Ann Lee. Mr Kim left.\n"),
    ]);
    env.run(&["build", "c"]).expect(0);
    let listed = env.run(&["names", "Kim Jong-il"]).expect(0).out;
    let line =
        |name: &str| listed.lines().find(|line| line.trim_start().starts_with(name)).unwrap_or_default().to_owned();
    assert!(line("Kim Jong-il").ends_with("  2022-03-01") && line("Kim Jong Il").ends_with("  2022-03-09"), "{listed}");
}

#[test]
fn names_txt_is_no_article() {
    let env = Env::with(&[("a.txt", "An article about a lake.\n"), ("names.txt", "lake, loch\n")]);
    env.run(&["build", "."]).expect(0).says("1 article");
}

#[test]
fn what_was_meant_is_said_and_not_searched() {
    let env = Env::sample();
    env.run(&["query", "stoltenbreg"]).expect(1).says("did you mean `stoltenberg`");
    env.run(&["quotes", "speaker:ryabkof"]).expect(0);
    env.run(&["quotes", "speaker:blinkun"]).expect(1).says("did you mean `blinken`");
    let none = env.run(&["query", "qqqqxxxxqqqq"]).expect(1);
    assert!(!none.err.contains("did you mean"), "{}", none.err);
}
