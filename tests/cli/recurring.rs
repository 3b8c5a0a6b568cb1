//! Lines that recur in the articles of one source are cut, whatever the order of files and builds.

use std::collections::BTreeMap;

use crate::env::Env;

/// Words that no two stories share much of.
const WORDS: [&str; 24] = [
    "harbour", "zebra", "ferry", "council", "bridge", "orchard", "library", "river", "market", "tunnel", "violin",
    "pepper", "glacier", "beacon", "saddle", "lantern", "quarry", "pigeon", "turbine", "meadow", "anchor", "cellar",
    "printer", "willow",
];
const MOTTO: &str = "The Daily Herd, member of the village press";
const LETTER: &str =
    "Every evening our editors pick five pieces that you must not miss, so give us your address today.";
const BACKGROUND: &str = "The village has been without a mayor since the last one left for the coast in the spring.";

/// A sentence of its own for each number and place.
fn sentence(number: usize, place: usize) -> String {
    let word = |step: usize| WORDS[(number * 7 + place * 5 + step * (number + 3)) % WORDS.len()];
    let said: Vec<String> =
        (0..12).map(|step| format!("{} {}{}", word(step), word(step + 2), number * 31 + place)).collect();
    format!("Witness {number} of hearing {place} spoke of {}.", said.join(", "))
}

fn story(number: usize) -> String {
    let middle = [sentence(number, 2), BACKGROUND.to_owned(), sentence(number, 3)].join("\n\n");
    let ends = [sentence(number, 4), sentence(number, 5), sentence(number, 6), sentence(number, 7)].join("\n\n");
    format!(
        "Hearing {number} ends\n\n{}\n\n{}\n\n{middle}\n\n{ends}\n\n{LETTER}\n\n{MOTTO}\n",
        sentence(number, 0),
        sentence(number, 1)
    )
}

/// A story of another outlet that all print alike but for one word; its last line is its own.
fn wire(number: usize) -> String {
    let body: Vec<String> = (0..8).map(|place| sentence(99, place)).collect();
    format!(
        "Wire story\n\n{}\n\nThe agency will report again when copy {number} arrives at noon.\n\nMore follows\n",
        body.join("\n\n")
    )
}

fn files() -> BTreeMap<String, String> {
    let herd = (0..14).map(|number| (format!("herd/{number:02}.txt"), story(number)));
    let wires = (0..6).map(|number| (format!("wire/{number}.txt"), wire(number)));
    herd.chain(wires).collect()
}

/// The ids of all articles, their texts, what was cut from them, and what is cut from most.
fn state(env: &Env) -> Vec<String> {
    let hits = env.run(&["query", "*", "--json", "--all", "--dups", "show"]).expect(0).json();
    let mut ids: Vec<&str> = hits.iter().filter_map(|hit| hit["id"].as_str()).collect();
    ids.sort_unstable();
    assert_eq!(ids.len(), 20);
    let all = |command: &[&str]| env.run(&[command, &ids].concat()).expect(0).out;
    vec![ids.join(" "), all(&["show"]), all(&["show", "--removed"]), env.run(&["info", "--boilerplate"]).expect(0).out]
}

fn built(parts: &[&dyn Fn(usize) -> bool]) -> (Env, Vec<String>) {
    let env = Env::new();
    for part in parts {
        for (_, (path, text)) in files().into_iter().enumerate().filter(|(at, _)| part(*at)) {
            env.write(&format!("corpus/{path}"), text);
        }
        env.run(&["build", "corpus"]).expect(0);
    }
    let state = state(&env);
    (env, state)
}

#[test]
fn what_recurs_in_a_source_is_cut_and_kept_aside() {
    let (env, _) = built(&[&|_| true]);
    for (query, hits) in
        [("\"daily herd\"", 0), ("\"our editors pick\"", 0), ("\"without a mayor\"", 14), ("\"more follows\"", 6)]
    {
        let ran = env.run(&["query", "--count", "--dups", "show", query]);
        assert_eq!(ran.out.trim(), hits.to_string(), "{query}");
    }
    for query in ["\"daily herd\"", "editors w/3 pick", "daily NOT witness", "cut:herd"] {
        let expected = if query.contains("NOT") { 0 } else { 14 };
        let ran = env.run(&["query", "--count", "--with-boilerplate", query]);
        assert_eq!(ran.out.trim(), expected.to_string(), "{query}");
    }
    env.run(&["quotes", "herd", "--with-boilerplate"]).expect(2).says("is for articles");
    let ran = env.run(&["info", "--boilerplate"]).expect(0).says("28  recurring");
    assert!(ran.out.contains("14  recurring: The Daily Herd, member"), "{}", ran.out);
    let id =
        env.run(&["query", "title:\"hearing 9\"", "--json"]).expect(0).json()[1]["id"].as_str().unwrap().to_owned();
    let ran = env.run(&["show", "--removed", &id]).expect(0).says(&format!("recurring: {MOTTO}"));
    assert!(ran.out.contains(&format!("recurring: {LETTER}")), "{}", ran.out);
    env.write("rules.toml", "[boilerplate]\nkeep = ['The Daily .*']\n");
    env.run(&["build", "corpus", "--map", "rules.toml"]).expect(0);
    env.run(&["query", "--count", "\"daily herd\""]).expect(0).says("14");
}

#[test]
fn the_order_of_files_and_builds_makes_no_difference() {
    let (_, whole) = built(&[&|_| true]);
    let halves: [[&dyn Fn(usize) -> bool; 2]; 3] =
        [[&|at| at < 3, &|at| at >= 3], [&|at| at % 2 == 0, &|at| at % 2 == 1], [&|at| at > 9, &|at| at <= 9]];
    for half in halves {
        assert_eq!(built(&half).1, whole);
    }
}

#[test]
fn a_line_that_recurs_no_longer_comes_back() {
    let (env, _) = built(&[&|_| true]);
    for number in 3..14 {
        std::fs::remove_file(env.path(&format!("corpus/herd/{number:02}.txt"))).unwrap();
    }
    env.run(&["build"]).expect(0);
    env.run(&["query", "--count", "\"daily herd\""]).expect(0).says("3");
    env.run(&["build"]).expect(0).says("nothing changed");
}
