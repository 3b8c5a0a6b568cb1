//! What queries find. The first table holds the queries that stock search engines get wrong in silence.

use crate::env::Env;

#[test]
fn queries_that_others_misread() {
    let env = Env::talks();
    let table = [
        ("geneva AND NOT lavrov", "c"),
        ("geneva AND (NOT lavrov)", "c"),
        ("geneva NOT lavrov", "c"),
        ("geneva -lavrov", "c"),
        ("troops deploy*", "d"),
        ("gen*va", "a b c"),
        ("geneva~1", "a b c"),
        ("lavrov w/5 geneva", "a b"),
        ("lavrov w/2 geneva", "a"),
        ("lavrov and geneva", "a b"),
        ("“geneva talks”", "a"),
        ("\"geneva talks\"", "a"),
        ("Lavrov's Geneva", "a b"),
        ("Re: Geneva", ""),
        ("date:2022-03-01", "a"),
        ("date:[2022-03-01 TO 2022-03-02]", "a b"),
        ("date:2022", "a b c d"),
        ("date:>=2022-03-03", "c d"),
        ("date:none", ""),
        ("geneve", "a b c"),
        ("=geneve", "c"),
        ("\"kiev are\"", "c"),
        ("\"=kyiv are\"", ""),
        ("/gene.*/", "a b c"),
        ("\"talks in gene\"*", "b"),
        ("\"troop* were deploy*\"", "d"),
        ("-geneva", "d"),
        ("!geneva troops", "d"),
        ("troops || lavrov && geneva", "a b d"),
        ("\"geneva talks", "a b"),
        ("deployments", "d"),
        ("=deployments", ""),
        ("=Kiev", "c"),
        ("(lavrov OR troops) -b*", "a"),
        ("lavrov pre/3 said", "a"),
        ("said pre/3 lavrov", ""),
        ("lavrov w/s geneva", "a"),
        ("lavrov w/p geneva", "a b"),
        ("sentence{talks postponed}", "b"),
        ("sentence{lavrov postponed}", ""),
        ("atleast3(talks)", "a"),
        ("caps(talks)", "a"),
        ("about:lavrov -about:belarus", "a b"),
        ("title:a", "a"),
        ("body:a", ""),
        ("lead:lavrov", "a b"),
        ("path:corpus/*", ""),
        ("path:*.md", "a b c d"),
        ("*", "a b c d"),
        ("lavrov NOT w/8 geneva", ""),
        ("mayor OR (talks NOT w/3 geneva)", "a c"),
    ];
    for (query, expected) in table {
        assert_eq!(env.set(query), expected, "{query}");
    }
}

#[test]
fn a_surprising_reading_is_said_and_strict_refuses_it() {
    let env = Env::talks();
    env.run(&["query", "Re: Geneva"]).expect(1).says("column 1: `Re` is no field");
    env.run(&["query", "\"geneva talks"]).expect(0).says("column 1: the quotation mark is never closed");
    env.run(&["query", "--strict", "\"geneva talks"]).expect(2).says("never closed");
    env.run(&["query", "speker:x"]).expect(1).says("did you mean speaker:");
}

#[test]
fn a_mistake_shows_its_column() {
    let env = Env::talks();
    env.run(&["query", "geneva date:soon"]).expect(2).says("column 8: `soon` is no date").says("         ^^^^^^^^^");
    env.run(&["query", "sentence{geneva date:2022}"]).expect(2).says("column 10: only words can stand here");
    env.run(&["query", "geneva", "--since", "soon"]).expect(2).says("--since wants");
}

#[test]
fn nothing_found_says_which_part_has_none() {
    let env = Env::talks();
    env.run(&["query", "zebra geneva"]).expect(1).says("       0  zebra").says("       3  geneva");
}

#[test]
fn nearer_words_come_first_and_order_and_pages_hold() {
    let far = "word ".repeat(60);
    let env = Env::with(&[
        ("c/far.md", &format!("---\ndate: 2022-01-03\n---\nOf Lavrov nobody spoke. {far} Geneva was far.\n")),
        ("c/near.md", &format!("---\ndate: 2022-01-01\n---\nNobody spoke. {far} Lavrov saw Geneva.\n")),
        ("c/title.md", &format!("---\ntitle: Lavrov in Geneva\ndate: 2022-01-02\n---\nNobody spoke. {far} Why.\n")),
    ]);
    env.run(&["build", "c"]).expect(0);
    assert_eq!(env.found("lavrov geneva"), ["title", "near", "far"]);
    let first = |args: &[&str]| {
        let mut all = vec!["query", "lavrov geneva", "--json", "-n", "1"];
        all.extend(args);
        env.run(&all).json()[1]["path"].as_str().unwrap().to_owned()
    };
    assert_eq!(first(&["--sort", "date"]), "c/near.md");
    assert_eq!(first(&["--sort", "-date"]), "c/far.md");
    assert_eq!(first(&["--offset", "1"]), "c/near.md");
    assert_eq!(first(&["--since", "2022-01-02", "--until", "2022-01-02"]), "c/title.md");
}

/// Of the best articles by BM25 only those are looked at twice that can come on the page: which they are makes no difference.
#[test]
fn a_page_is_the_same_however_many_hits_are_asked_for() {
    let mut seed = 5u64;
    let mut random = |below: u64| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (seed >> 33) % below
    };
    let mut files: Vec<(String, String)> = Vec::new();
    for number in 0..150 {
        // Words at any distance, in the headline or not, as often as it comes, in texts of any length.
        let length = 5 + random(150);
        let words: Vec<&str> =
            (0..length).map(|_| ["lavrov", "geneva", "town", "of", "the"][random(5) as usize]).collect();
        let (title, body) = words.split_at(random(4) as usize);
        files.push((format!("c/{number:03}.txt"), format!("Title {}\n\n{}.\n", title.join(" "), body.join(" "))));
    }
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), text.as_str())).collect();
    let env = Env::with(&files);
    env.run(&["build", "c"]).expect(0);
    let paths = |query: &str, args: &[&str]| -> Vec<String> {
        let lines = env.run(&[&["query", query, "--json", "--dups", "show"], args].concat()).json();
        let articles = lines.iter().filter(|line| line["type"] == "article");
        articles.map(|line| line["path"].as_str().unwrap().to_owned()).collect()
    };
    for query in ["lavrov", "lavrov geneva", "lavrov OR geneva", "\"lavrov geneva\""] {
        let all = paths(query, &["-n", "1000"]);
        assert!(all.len() > 40, "{query}: {}", all.len());
        for limit in [1, 3, 10, 25] {
            assert_eq!(paths(query, &["-n", &limit.to_string()]), all[..limit], "{query}, {limit}");
        }
        assert_eq!(paths(query, &["-n", "5", "--offset", "5"]), all[5..10], "{query}");
    }
}

#[test]
fn ranking_of_articles_is_the_same_without_quotations() {
    let plain = "Lavrov spoke of Geneva. The talks go on and on in the old town.";
    let said = "\"Geneva is a fine town for talks, and Geneva it will be,\" Lavrov said. \"Geneva, Geneva.\"";
    let scores = |files: &[(&str, &str)]| {
        let env = Env::with(files);
        env.run(&["build", "c"]).expect(0);
        let lines = env.run(&["query", "--json", "geneva talks"]).json();
        lines.iter().filter(|l| l["type"] == "article").map(|l| l["score"].as_f64().unwrap()).collect::<Vec<_>>()
    };
    // The same words, once in quotation marks and once not.
    let with = scores(&[("c/a.txt", &format!("One\n\n{plain}\n")), ("c/b.txt", &format!("Two\n\n{said}\n"))]);
    let unsaid = said.replace('"', "");
    let without = scores(&[("c/a.txt", &format!("One\n\n{plain}\n")), ("c/b.txt", &format!("Two\n\n{unsaid}\n"))]);
    assert_eq!(with, without);
    assert_eq!(with.len(), 2);
}

#[test]
fn quoted_names_of_places_are_those_of_the_gazetteer() {
    let env = Env::with(&[("c/a.md", "Talks in Kiev, Germany and the USA.\n"), ("c/b.md", "Nothing new.\n")]);
    env.run(&["build", "c"]).expect(0);
    for query in ["place:Kyiv", "place:\"Kyiv\"", "country:\"Germany\"", "country:\"UA\"", "place:\"United States\""] {
        assert_eq!(env.set(query), "a", "{query}");
    }
    assert_eq!(env.set("place:=kiew"), "");
    assert_eq!(env.set("place:Deutschland place:Allemagne place:США"), "a");
}

#[test]
fn words_of_addresses_are_parted_by_underscores() {
    let env = Env::with(&[("c/a.md", "---\nurl: https://e.example/wiki/Colin_Powell_resigns\n---\nHe left.\n")]);
    env.run(&["build", "c"]).expect(0);
    for query in ["url:powell", "url:Colin_Powell", "url:\"colin powell\"", "url:*owell"] {
        assert_eq!(env.set(query), "a", "{query}");
    }
    assert_eq!(env.set("url:powell_colin"), "");
}

#[test]
fn what_would_mean_its_opposite_is_refused_or_said() {
    let env = Env::with(&[("c/a.md", "---\ndate: 2009-05-01\n---\nTalks in Geneva.\n")]);
    env.run(&["build", "c"]).expect(0);
    env.run(&["query", "talks", "--since", "!2009"]).expect(2).says("--date '!2009' leaves");
    env.run(&["query", "talks", "--until", "!2009"]).expect(2).says("takes no `!`");
    env.run(&["query", "talks date:!2009"]).expect(2).says("is no date");
    env.run(&["query", "talks date:2010-03..2010-01"]).expect(2).says("is no date");
    env.run(&["query", "talks place:!geneva"]).expect(0).says("NOT place:... leaves it out");
    assert_eq!(env.run(&["count", "talks", "--date", "!2009"]).expect(1).out, "0\n");
}

#[test]
fn conditions_that_mark_no_words_are_said_to_match() {
    let env = Env::with(&[("c/a.md", "---\ndate: 2009-05-01\n---\nTalks in Geneva.\n")]);
    env.run(&["build", "c"]).expect(0);
    let said = env.run(&["mentions", "date:2009"]).expect(1).err;
    assert!(said.contains("1 article matches") && !said.contains("nothing found"), "{said}");
    env.run(&["mentions", "date:2010"]).expect(1).says("nothing found");
}

#[test]
fn an_article_of_one_long_line_has_all_its_mentions() {
    let line = "Talks and more talks. ".repeat(20_000);
    let env = Env::with(&[("c/a.txt", &format!("Long\n\n{line}\n"))]);
    env.run(&["build", "c"]).expect(0);
    assert_eq!(env.run(&["mentions", "talks", "--csv", "--fields", "line"]).expect(0).out.lines().count(), 40_001);
}
