//! What is printed: for people, and as JSON.

use expect_test::expect;

use crate::env::Env;

#[test]
fn articles_for_people() {
    let env = Env::talks();
    let ran = env.run(&["query", "geneva talks", "--color", "never"]).expect(0);
    expect![[r#"
        2 articles · 7 mentions · 2022-03-01 … 2022-03-02 · by relevance · also searched: Geneve (=word for
        exact)

         1  A                                                                                   2022-03-01
            corpus/a.md:5  31d50e90  5 mentions
            … In Geneva, Lavrov's deputy told reporters the Geneva talks had failed. Talks again.
            places: Geneva · quoted: Sergei Lavrov

         2  B                                                                                   2022-03-02
            corpus/b.md:5  3d0132bc  2 mentions
            The talks in Geneva were postponed. Lavrov flew home.
            places: Geneva
    "#]]
    .assert_eq(&ran.out);
}

#[test]
fn matching_words_are_marked_and_no_others() {
    let env = Env::talks();
    let ran = env.run(&["query", "\"geneva talks\"", "--color", "always", "--passages", "1"]).expect(0);
    let marked: Vec<&str> =
        ran.out.split("\u{1b}[1m\u{1b}[31m").skip(1).filter_map(|s| s.split('\u{1b}').next()).collect();
    assert_eq!(marked, ["Geneva", "talks"]);
    let plain = env.run(&["query", "geneva", "--color", "never"]).expect(0);
    assert!(!plain.out.contains('\u{1b}'));
}

/// The keys of each line, which are a contract.
#[test]
fn json_lines_have_these_keys_and_no_others() {
    let env = Env::talks();
    let keys = |line: &serde_json::Value| line.as_object().unwrap().keys().cloned().collect::<Vec<_>>().join(" ");
    let articles = env.run(&["query", "geneva talks", "--json"]).expect(0).json();
    let quotes = env.run(&["quotes", "--json"]).json();
    let mut shown = String::new();
    for line in [
        &articles[0],
        &articles[1],
        &articles[articles.len() - 1],
        &articles[1]["passages"][0],
        &articles[1]["date"],
        &quotes[1],
    ] {
        shown.push_str(&keys(line));
        shown.push('\n');
    }
    expect![[r#"
        archive expanded notes program query read_as schema type
        byline copies date id language line mentions passages path places record score section source speakers title title_highlights type url
        first last mentions partial shown stories total type undated
        highlights line paragraph speaker text
        from inferred precision value
        byline confidence copies date highlights id kind language line paragraph path record resolution role said_by said_on score section source speaker text title type url verb
    "#]].assert_eq(&shown);
    assert_eq!(articles[0]["schema"], 1);
    assert_eq!(articles.last().unwrap()["total"], 2);
}

#[test]
fn highlights_are_bytes_of_the_text() {
    let env = Env::talks();
    let lines = env.run(&["query", "genève OR kyiv", "--json"]).expect(0).json();
    let passage = &lines[1]["passages"][0];
    let text = passage["text"].as_str().unwrap();
    let words: Vec<&str> = passage["highlights"]
        .as_array()
        .unwrap()
        .iter()
        .map(|range| &text[range[0].as_u64().unwrap() as usize..range[1].as_u64().unwrap() as usize])
        .collect();
    assert!(words.contains(&"Genève"), "{words:?} in {text}");
}

#[test]
fn counts_and_timelines() {
    let env = Env::talks();
    let shown = [
        env.run(&["count", "geneva"]).expect(0).out,
        env.run(&["count", "--by", "day"]).expect(0).out,
        env.run(&["count", "geneva", "--by", "month", "--csv"]).expect(0).out,
        env.run(&["timeline", "geneva", "--by", "day", "--share", "--csv"]).expect(0).out,
        env.run(&["timeline", "troops", "--json"]).expect(0).out,
    ];
    expect![[r#"
        3
        --
        2022-03-01  1  ██████████████████████████████
        2022-03-02  1  ██████████████████████████████
        2022-03-03  1  ██████████████████████████████
        2022-03-04  1  ██████████████████████████████
        --
        month,count
        2022-03,3
        --
        from,count,doubtful,share
        2022-03-01,1,0,1.000000
        2022-03-02,1,0,1.000000
        2022-03-03,1,0,1.000000
        --
        {"type":"count","by":"from","value":"2022-03","count":1,"doubtful":0}
    "#]]
    .assert_eq(&shown.join("--\n"));
    env.run(&["count", "zebra"]).expect(1);
}

#[test]
fn help_and_version() {
    let env = Env::new();
    env.run(&["--help"]).expect(0).says("newsidx query \"Lavrov Geneva\"");
    env.run(&["--version"]).expect(0).says(env!("CARGO_PKG_VERSION"));
    env.run(&["query"]).expect(2);
    env.run(&["nonsense"]).expect(2);
}
