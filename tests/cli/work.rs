//! Work that goes on: saved queries, what is new, batches, records, likeness, typical words.

use crate::env::{Env, TALKS};

#[test]
fn saved_queries_are_used_inside_others() {
    let env = Env::talks();
    env.run(&["saved", "list"]).expect(1);
    env.run(&["saved", "add", "Geneva-talks", "geneva talks", "--until", "2022-03-01"]).expect(0);
    env.run(&["saved", "add", "geneva-talks", "geneva"]).expect(2).says("--force replaces it");
    env.run(&["saved", "add", "b d", "geneva"]).expect(2).says("made of letters");
    assert_eq!(env.set("query:geneva-talks"), "a");
    assert_eq!(env.set("query:GENEVA-TALKS OR belarus"), "a d");
    assert_eq!(env.set("talks -query:geneva-talks"), "b");
    env.run(&["saved", "add", "both", "query:geneva-talks OR query:troops"])
        .expect(2)
        .says("no query is saved as `troops`");
    env.run(&["saved", "add", "troops", "troops"]).expect(0);
    env.run(&["saved", "add", "both", "query:geneva-talks OR query:troops"]).expect(0);
    assert_eq!(env.set("query:both"), "a d");
    env.run(&["query", "lavrov query:geneva-talk"]).expect(2).says("did you mean query:geneva-talks?").says("^^^^");
    env.run(&["saved", "list"]).expect(0).says("geneva-talks  geneva talks --until 2022-03-01");
    env.run(&["saved", "add", "troops", "query:both", "--force"]).expect(2).says("names itself");
    env.run(&["saved", "rm", "troops", "nothing"]).expect(2).says("no query is saved as `nothing`");
    env.run(&["saved", "rm", "troops", "both"]).expect(0);
    env.run(&["build", "--rebuild"]).expect(0);
    assert_eq!(env.set("query:geneva-talks"), "a");
    Env::new().run(&["saved", "list"]).expect(4);
}

#[test]
fn new_shows_only_what_came_in_since() {
    let env = Env::talks();
    env.run(&["saved", "add", "geneva", "geneva"]).expect(0);
    let new = |args: &[&str]| {
        let ran = env.run(&[&["new", "geneva", "--output", "files"], args].concat());
        (ran.code, ran.out.lines().map(str::to_owned).collect::<Vec<_>>())
    };
    assert_eq!(new(&["--peek"]).1.len(), 3);
    assert_eq!(new(&[]).1.len(), 3);
    assert_eq!(new(&[]), (1, Vec::new()));
    env.write("corpus/e.md", "---\ntitle: E\ndate: 2022-03-05\n---\nGeneva again, and at length, says the report.\n");
    // A move, a copy and a rebuild make nothing new.
    std::fs::rename(env.path("corpus/a.md"), env.path("corpus/moved.md")).unwrap();
    std::fs::copy(env.path("corpus/b.md"), env.path("corpus/copy.md")).unwrap();
    env.run(&["build"]).expect(0);
    assert_eq!(new(&["--peek"]), (0, vec!["corpus/e.md".to_owned()]));
    env.run(&["build", "--rebuild"]).expect(0);
    assert_eq!(new(&[]), (0, vec!["corpus/e.md".to_owned()]));
    assert_eq!(new(&[]), (1, Vec::new()));
    // A changed article is new; so is a new record of a grown file, alone.
    let lines = |titles: &[&str]| -> String {
        let line = |title: &&str| {
            format!("{{\"title\":\"{title}\",\"body\":\"{title} went to Geneva, and stayed a while.\"}}\n")
        };
        titles.iter().map(line).collect()
    };
    env.write("corpus/f.jsonl", lines(&["One"]));
    env.run(&["build"]).expect(0);
    assert_eq!(new(&[]).1, ["corpus/f.jsonl"]);
    env.write("corpus/f.jsonl", lines(&["One", "Two"]));
    env.run(&["build"]).expect(0);
    let ran = env.run(&["new", "geneva", "--json"]).expect(0).json();
    assert_eq!(ran.iter().filter(|line| line["type"] == "article").count(), 1);
    assert_eq!(ran[1]["title"], "Two");
    assert_eq!(env.run(&["count", "indexed:today geneva"]).out, "7\n");
    assert_eq!(env.set("indexed:2001"), "");
    env.run(&["new", "lavrov"]).expect(2).says("no query is saved as `lavrov`");
}

#[test]
fn a_failed_look_is_no_look() {
    let env = Env::talks();
    env.run(&["saved", "add", "geneva", "geneva"]).expect(0);
    env.run(&["new", "geneva", "-o", "no/such/folder/x.csv"]).expect(2);
    env.run(&["new", "geneva"]).expect(0);
    env.run(&["new", "geneva"]).expect(1).says("nothing new since the last look");
}

#[test]
fn batches() {
    let env = Env::talks();
    env.write("queries.txt", "# names\ngeneva\n\n\"geneva talks\"\nzebra\n");
    let table = env.run(&["batch", "queries.txt"]).expect(0).out;
    assert!(
        table.lines().nth(1).is_some_and(|line| line.starts_with("geneva") && line.contains(" 3  2022-03-01")),
        "{table}"
    );
    let csv = env.run(&["batch", "queries.txt", "--csv"]).expect(0).out;
    assert_eq!(csv.lines().nth(1).unwrap(), "geneva,3,1,2022-03-01,2022-03-03,0");
    assert_eq!(csv.lines().nth(3).unwrap(), "zebra,0,0,,,0");
    let hits =
        env.run(&["batch", "queries.txt", "--output", "articles", "--csv", "--fields", "query,title"]).expect(0).out;
    assert_eq!(hits.lines().next().unwrap(), "query,title");
    assert_eq!(hits.lines().filter(|line| line.starts_with("geneva,")).count(), 3);
    let lines = env.run(&["batch", "queries.txt", "--output", "articles", "--json"]).expect(0).json();
    assert_eq!(lines.iter().filter(|line| line["type"] == "begin").count(), 3);
    env.write("bad.txt", "geneva\n(a OR\nindexed:never\n");
    env.run(&["batch", "bad.txt"]).expect(2).says("bad.txt:3: query, column");
    env.run(&["batch", "none.txt"]).expect(2).says("failed to read none.txt");
}

#[test]
fn a_record_says_what_changed() {
    let env = Env::talks();
    env.run(&["query", "geneva", "--since", "2022-03-02", "--record", "run.json"]).expect(0);
    let record: serde_json::Value =
        serde_json::from_str(&std::fs::read_to_string(env.path("run.json")).unwrap()).unwrap();
    assert_eq!(record["total"], 2);
    assert_eq!(record["by_year"], serde_json::json!([["2022", 2]]));
    assert_eq!(record["ids"].as_array().unwrap().len(), 2);
    env.run(&["replay", "run.json"]).expect(0).says("the same articles");
    env.write("corpus/e.md", "---\ntitle: New one\ndate: 2022-03-05\nsource: AFP\n---\nGeneva again, and at length.\n");
    std::fs::remove_file(env.path("corpus/c.md")).unwrap();
    env.run(&["build"]).expect(0);
    let ran = env.run(&["replay", "run.json"]).expect(1);
    for text in ["outlet    AFP: 0 -> 1", "+ ", "New one", "- ", "files     ", "2 articles; now 2"] {
        assert!(ran.out.contains(text), "{text}: {}", ran.out);
    }
    let line = &env.run(&["replay", "run.json", "--json"]).expect(1).json()[0];
    assert_eq!((line["added"].as_array().unwrap().len(), line["gone"].as_array().unwrap().len()), (1, 1));
    env.run(&["quotes", "--record", "quotes.json"]);
    env.write("x.json", "{}");
    env.run(&["replay", "x.json"]).expect(2).says("x.json is no record of a search");
}

#[test]
fn alike_and_typical() {
    let env = Env::sample();
    let id = env.run(&["query", "title:\"calls off Geneva meeting\"", "--output", "ids"]).expect(0).out;
    let alike = env.run(&["similar", id.trim(), "-n", "3", "--json"]).expect(0).json();
    let hits: Vec<&serde_json::Value> = alike.iter().filter(|line| line["type"] == "article").collect();
    assert!(hits.iter().all(|hit| hit["id"] != id.trim()));
    assert!(hits.iter().any(|hit| hit["title"].as_str().unwrap().contains("Blinken")), "{hits:?}");
    let words = env.run(&["terms", "belarus troops", "--json"]).expect(0).json();
    let names: Vec<&str> = words.iter().map(|line| line["word"].as_str().unwrap()).collect();
    assert!(names.contains(&"lukashenko") || names.contains(&"minsk") || names.contains(&"drills"), "{names:?}");
    assert!(!names.contains(&"the") && !names.contains(&"belarus"), "{names:?}");
    env.run(&["compare", "--a", "lang:ru", "--b", "lang:en"]).expect(0).says("lang:ru");
    env.run(&["compare", "--a", "zebra", "--b", "lang:en"]).expect(2).says("--a zebra finds nothing");
    env.run(&["terms", "zebra"]).expect(1);
}

#[test]
fn filters_are_the_same_everywhere() {
    let env = Env::with(&TALKS);
    env.write("corpus/deep/er/x.txt", "Zebras\n\nZebras came to Geneva today, said the mayor of the town.\n");
    env.run(&["build", "corpus"]).expect(0);
    let count = |args: &[&str]| env.run(&[&["count"], args].concat()).out.trim().to_owned();
    assert_eq!(count(&["-g", "*.md"]), "4");
    assert_eq!(count(&["-g", "!*.md"]), "1");
    assert_eq!(count(&["-g", "deep/**"]), "1");
    assert_eq!(count(&["-g", "{a,b}.md"]), "2");
    assert_eq!(count(&["--date", "2022-03-01", "--date", "2022-03-02"]), "2");
    assert_eq!(count(&["--date", "!2022-03-01"]), "4");
    let languages = [count(&["--lang", "en"]), count(&["--lang", "!en"])].map(|n| n.parse::<u32>().unwrap());
    assert!(languages[0] > 0 && languages.iter().sum::<u32>() == 5, "{languages:?}");
    for command in ["query", "quotes", "export", "timeline", "terms"] {
        let args = ["--section", "world", "-g", "x/*", "--lang", "en", "--source", "!x"];
        let ran = env.run(&[&[command, "geneva"], args.as_slice()].concat());
        assert_eq!(ran.code, 1, "{command}: {}", ran.err);
    }
    env.run(&["count", "-g", "{a"]).expect(2).says("a { is not closed");
}
