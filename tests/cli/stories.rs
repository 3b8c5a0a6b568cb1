//! The same story printed many times: folded, counted, listed and compared, whatever the order of files and builds.

use crate::env::Env;

/// Paragraphs of a wire story, long enough to be told from others.
const WIRE: [&str; 6] = [
    "The two ministers met for three hours at a hotel by the lake and agreed on little but the date of their next meeting, \
     officials of both delegations told reporters after the doors had opened again.",
    "\"We have agreed to go on talking, and that is more than many expected of this day,\" Antony Blinken said on the steps, \
     in a wind that carried off the papers of two cameramen.",
    "His host in the afternoon, the president of the confederation, offered the city for any further round, as it had done \
     in the summer of the year before for a meeting of two presidents.",
    "Diplomats said the written answer that Moscow had asked for would be on its way within the week, and that it would \
     not be published by those who had written it.",
    "In the capitals of the east the wording of the answer was awaited with some unease, since nobody there had been shown \
     a draft, a minister of one of them said.",
    "The price of gas for delivery in February fell by four percent when the news from the lake reached the exchange in \
     Amsterdam, and rose again before the evening.",
];

const OTHER: &str = "Another agency had its own people at the lake and wrote of the same three hours in its own words: the door \
    shut at ten, sandwiches went in at noon, and neither of the two men who came out after one would say whether the other had \
    moved. Antony Blinken spoke of a frank exchange. Nobody in the hall asked about gas, or about the wind, and the buses left \
    for the airport by four with most of the chairs still standing where the morning had put them, in rows that nobody had \
    filled.";

fn wire(name: &str, date: &str, outlet: &str, paragraphs: &[&str]) -> (String, String) {
    let head = format!("---\ntitle: Ministers agree to meet again\ndate: {date}\nsource: {outlet}\n---\n");
    (format!("corpus/{name}.md"), head + &paragraphs.join("\n\n") + "\n")
}

fn corpus() -> Vec<(String, String)> {
    let relede = [
        "A cold wind and a colder handshake marked the day in Geneva, our correspondent saw.",
        WIRE[1],
        WIRE[2],
        WIRE[3],
        WIRE[4],
        WIRE[5],
    ];
    vec![
        wire("agency", "2022-01-21 14:05", "Agency", &WIRE),
        wire("post", "2022-01-22", "Post", &WIRE[..5]),
        wire("courier", "2022-01-21 18:30", "Courier", &relede),
        wire("later", "2022-06-21", "Yearbook", &WIRE),
        wire("other", "2022-01-21", "Bureau", &[OTHER]),
        ("corpus/copy of agency.md".to_owned(), wire("agency", "2022-01-21 14:05", "Agency", &WIRE).1),
    ]
}

fn built(files: &[(String, String)]) -> Env {
    let env = Env::new();
    files.iter().for_each(|(path, content)| env.write(path, content));
    env.run(&["build", "corpus"]).expect(0);
    env
}

fn folded(env: &Env, args: &[&str]) -> Vec<String> {
    let mut all = vec!["query", "blinken", "--json"];
    all.extend(args);
    let ran = env.run(&all);
    ran.out
        .lines()
        .filter(|line| line.contains("\"type\":\"article\"") || line.contains("\"type\":\"summary\""))
        .map(brief)
        .collect()
}

/// Path and copies of a hit; the two counts of the summary.
fn brief(line: &str) -> String {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    match value["path"].as_str() {
        Some(path) => format!("{path} +{}", value["copies"]),
        None => format!("{} of {}", value["stories"], value["total"]),
    }
}

#[test]
fn one_hit_a_story_and_the_copy_that_was_asked_for() {
    let env = built(&corpus());
    let by_date = ["--sort", "date"];
    let fold = |how: &str| folded(&env, &["--dups", how, by_date[0], by_date[1]]);
    assert_eq!(fold("show").len(), 7);
    assert_eq!(fold("show").last().unwrap(), "6 of 6");
    let first = fold("first");
    assert_eq!(first[1..], ["corpus/agency.md +3", "corpus/later.md +0", "3 of 6"].map(str::to_owned), "{first:?}");
    let longest = fold("longest");
    assert!(longest.iter().any(|line| line.contains("agency") && line.ends_with("+3")), "{longest:?}");
    let printed = env.run(&["query", "blinken"]).expect(0);
    assert!(printed.out.starts_with("3 stories (6 articles with copies)"), "{}", printed.out);
    assert!(printed.out.contains("+3 copies"), "{}", printed.out);
    // The words that a copy left out are found in those that have them.
    let gas = env.run(&["query", "amsterdam blinken", "--json"]).expect(0);
    assert!(gas.out.contains("\"stories\":2,"), "{}", gas.out);
}

#[test]
fn quotations_of_copies_are_one() {
    let env = built(&corpus());
    let quotes = env.run(&["quotes", "talking", "--json"]).expect(0);
    assert!(quotes.out.contains("\"total\":5,\"stories\":2,"), "{}", quotes.out);
    assert_eq!(
        env.run(&["quotes", "talking", "--dups", "show", "--json"]).out.matches("\"type\":\"quote\"").count(),
        5
    );
}

#[test]
fn copies_first_prints_and_stories_are_conditions() {
    let env = built(&corpus());
    let count = |query: &str| env.run(&["count", query, "--dups", "show"]).out.trim().to_owned();
    assert_eq!(count("copies:3"), "4");
    assert_eq!(count("copies:>3"), "0");
    assert_eq!(count("copies:0"), "2");
    assert_eq!(count("copies:<=3"), "6");
    // The agency's article is there twice, to the letter: one of the two is the first print.
    assert_eq!(count("is:copy"), "3");
    let firsts =
        env.run(&["query", "NOT is:copy", "--dups", "show", "--sort", "date", "--output", "files"]).expect(0).out;
    assert_eq!(firsts.matches("agency.md").count(), 1, "{firsts}");
    assert!(["other.md", "later.md"].iter().all(|name| firsts.contains(name)), "{firsts}");
    assert!(["post.md", "courier.md"].iter().all(|name| !firsts.contains(name)), "{firsts}");
    assert_eq!(count("is:(copy OR undated)"), "3");
    // Of quotations, too: those of the first print stay, though a copy has the same words and the same id.
    assert_eq!(
        env.run(&["quotes", "talking NOT is:copy", "--dups", "show", "--json"])
            .out
            .matches("\"type\":\"quote\"")
            .count(),
        2
    );
    let post = env.run(&["query", "source:Post", "--output", "ids"]).expect(0).out;
    assert_eq!(count(&format!("cluster:{}", post.trim())), "4");
    assert_eq!(count(&format!("cluster:{} source:Post", &post[..6])), "1");
    let alone = env.run(&["query", "source:Bureau", "--output", "ids"]).expect(0).out;
    assert_eq!(count(&format!("story:{}", alone.trim())), "1");
    // What is shown agrees with what is found, and says why.
    let rows = env.run(&["mentions", "blinken NOT is:copy", "--dups", "show"]).expect(0).out;
    assert_eq!(rows.lines().filter(|line| line.contains("Blinken")).count(), 3, "{rows}");
    let why = env.run(&["explain", "is:copy copies:3", "--id", post.trim()]).expect(0).out;
    assert!(!why.contains("no  "), "{why}");
    env.run(&["query", "cluster:zebra"]).expect(2);
}

#[test]
fn dupes_lists_who_printed_it_and_when() {
    let env = built(&corpus());
    let listed = env.run(&["dupes"]).expect(0);
    let outlets: Vec<&str> = listed.out.lines().skip(1).filter_map(|line| line[20..].split("  ").next()).collect();
    assert_eq!(outlets, ["Agency", "Agency", "Courier", "Post"], "{}", listed.out);
    assert!(listed.out.starts_with("Ministers agree to meet again  4 copies in 3 outlets\n"), "{}", listed.out);
    let id = env.run(&["query", "source:bureau", "--json"]).expect(0).id();
    let alone = env.run(&["dupes", &id]).expect(1);
    assert!(alone.out.contains("no copies"), "{}", alone.out);
    env.run(&["dupes", "0123456789abcdef"]).expect(2);
}

#[test]
fn diff_shows_what_was_cut_and_what_was_put_in_its_place() {
    let env = built(&corpus());
    let id = |source: &str| env.run(&["query", &format!("source:{source} date:2022-01"), "--json"]).expect(0).id();
    let (agency, courier) = (id("agency"), id("courier"));
    let diff = env.run(&["diff", &agency, &courier]).expect(0);
    assert!(diff.out.contains("[-The two ministers met"), "{}", diff.out);
    assert!(diff.out.contains("{+A cold wind"), "{}", diff.out);
    assert!(!diff.out.contains("written answer that Moscow"), "{}", diff.out);
    env.run(&["diff", &agency, &agency]).expect(1);
}

#[test]
fn the_order_of_builds_plays_no_part_and_what_is_gone_is_gone() {
    let all = corpus();
    let whole = folded(&built(&all), &["--dups", "first"]);
    let env = Env::new();
    for (path, content) in all.iter().rev() {
        env.write(path, content);
        env.run(&["build", "corpus"]).expect(0);
    }
    assert_eq!(folded(&env, &["--dups", "first"]), whole);
    for gone in ["corpus/agency.md", "corpus/copy of agency.md", "corpus/courier.md"] {
        std::fs::remove_file(env.path(gone)).unwrap();
    }
    env.run(&["build", "corpus"]).expect(0);
    assert_eq!(folded(&env, &["--sort", "date"]).last().unwrap(), "3 of 3");
    // A looser threshold is kept by the next build.
    env.run(&["build", "corpus", "--dup-threshold", "30"]).expect(0);
    env.run(&["build", "corpus"]).expect(0);
}
