//! One article: by id and by path, whole and in part.

use crate::env::Env;

const LONG: &str = "Troops begin joint drills near Minsk, the ministry says\n\nBy Anna Smith\n\nFirst paragraph about the weather in Gomel today.\n\n\
    Second paragraph: troops were deployed to Belarus on Monday.\n\nThird paragraph has nothing of note in it.\n\n\
    \"We will go home,\" said Viktor Khrenin, the defence minister.\n\nFifth paragraph ends the piece for good.\n";

fn env() -> Env {
    let lines = "{\"title\":\"One\",\"body\":\"Zebras came to Geneva today, said the mayor.\"}\n\
                 {\"title\":\"Two\",\"body\":\"Lions came to Minsk today, said the mayor.\"}\n";
    let env = Env::with(&[("c/long.txt", LONG), ("c/two.jsonl", lines)]);
    env.run(&["build", "c"]).expect(0);
    env
}

fn id(env: &Env, query: &str) -> String {
    env.run(&["query", query, "--output", "ids"]).expect(0).out.trim().to_owned()
}

#[test]
fn by_id_and_by_path_and_line() {
    let env = env();
    let id = id(&env, "belarus");
    let by_id = env.run(&["show", &id]).expect(0).out;
    for typed in [&id[..6], "c/long.txt", "./c/long.txt", env.path("c/long.txt").to_str().unwrap()] {
        assert_eq!(env.run(&["show", typed]).expect(0).out, by_id, "{typed}");
    }
    assert!(by_id.contains("c/long.txt:5") && by_id.contains("\n 7  Second paragraph"), "{by_id}");
    env.run(&["show", "c/two.jsonl:2"]).expect(0).says("Lions");
    env.run(&["show", "c/two.jsonl"]).expect(2).says("has 2 articles").says("c/two.jsonl:1  One");
    let from = env.run(&["show", "c/long.txt:9"]).expect(0).out;
    assert!(from.contains("2 paragraphs left out") && from.contains("Third") && !from.contains("Second"), "{from}");
}

#[test]
fn matches_and_what_is_around_them() {
    let env = env();
    let args = ["show", "c/long.txt", "--query", "\"troops were\"", "--color", "always"];
    let shown = env.run(&args).expect(0).out;
    let marked: Vec<&str> =
        shown.split("\u{1b}[1m\u{1b}[31m").skip(1).filter_map(|s| s.split('\u{1b}').next()).collect();
    assert_eq!(marked, ["troops", "were"]);
    let around = env.run(&["show", "c/long.txt", "--query", "khrenin", "--around", "1"]).expect(0).out;
    assert!(around.contains("Third") && around.contains("Fifth") && !around.contains("Second"), "{around}");
    env.run(&["show", "c/long.txt", "--query", "zebra"]).expect(0).says("the query matches nothing");
}

#[test]
fn parts() {
    let env = env();
    let quotes = env.run(&["show", "c/long.txt", "--quotes"]).expect(0).out;
    assert!(quotes.contains("Viktor Khrenin") && quotes.contains("“We will go home,”"), "{quotes}");
    assert!(!quotes.contains("Second"), "{quotes}");
    let meta = env.run(&["show", "c/long.txt", "--meta"]).expect(0).out;
    assert!(meta.contains("byline") && meta.contains("Anna Smith") && !meta.contains("Second"), "{meta}");
    assert_eq!(env.run(&["show", "c/long.txt", "--raw"]).expect(0).out, LONG);
    env.run(&["show", "c/two.jsonl:2", "--raw"]).expect(0).says("{\"title\":\"Two\"");
    assert!(!env.run(&["show", "c/two.jsonl:2", "--raw"]).out.contains("One"));
    env.run(&["show", "c/long.txt", "--json"]).expect(0).says("\"byline\":\"Anna Smith\"");
    env.run(&["show", "c/long.txt", "--json", "--raw"]).expect(2);
}

#[test]
#[cfg(unix)]
fn opens_the_editor_at_the_line() {
    use std::os::unix::fs::PermissionsExt;
    let env = env();
    env.write("bin/vim", "#!/bin/sh\necho \"$@\" > opened\n");
    std::fs::set_permissions(env.path("bin/vim"), std::fs::Permissions::from_mode(0o755)).unwrap();
    let mut command = env.command(&["show", "c/long.txt:7", "--open"]);
    command.env_remove("VISUAL").env("EDITOR", env.path("bin/vim"));
    assert!(command.status().unwrap().success());
    assert_eq!(std::fs::read_to_string(env.path("opened")).unwrap(), "+7 c/long.txt\n");
    let mut command = env.command(&["show", "c/long.txt", "--open"]);
    command.env_remove("VISUAL").env("EDITOR", "no-such-editor");
    crate::env::Ran::of(command.output().unwrap()).expect(2).says("failed to run no-such-editor");
}

#[test]
fn what_is_not_there() {
    let env = env();
    env.run(&["show", "ffff"]).expect(2).says("no article has an id that begins with ffff");
    env.run(&["show", "nothing.txt"]).expect(2).says("is no id of an article and no file of this archive");
    env.write("other.txt", "x");
    env.run(&["show", "other.txt"]).expect(2).says("has no article in this archive");
    env.run(&["show"]).expect(2);
    env.run(&["cite", "ffff"]).expect(2);
    env.run(&["similar", "ffff"]).expect(2);
    Env::new().run(&["show", "ffff"]).expect(4);
}
