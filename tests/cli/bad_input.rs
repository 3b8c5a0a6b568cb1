//! Bad input: a clear message that names the file and record, the run goes on, and the exit code tells.

use std::io::Write;

use crate::env::{Env, TALKS, copy};

#[test]
fn broken_files_are_skipped_by_name_and_the_rest_is_read() {
    let env = Env::with(&TALKS);
    copy(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/flawed"), &env.path("corpus/flawed"));
    let ran = env.run(&["build", "corpus"]).expect(3).says("7 articles");
    for (file, reason) in [
        ("flawed/empty.txt", "empty"),
        ("flawed/truncated.jsonl:2", ""),
        ("flawed/photo.txt", "binary"),
        ("flawed/no-body.csv:3", ""),
    ] {
        let line = ran.err.lines().find(|line| line.contains(file)).unwrap_or_else(|| panic!("{file}: {}", ran.err));
        assert!(line.starts_with("skipped ") && line.contains(reason), "{line}");
    }
    // Known to be bad, they are not read again until they change, or it is asked for.
    let known = "skipped by an earlier build, unchanged since: 4";
    env.run(&["build", "corpus"]).expect(0).says(known);
    // Another time alone is no change.
    let photo = std::fs::File::options().write(true).open(env.path("corpus/flawed/photo.txt")).unwrap();
    photo.set_modified(std::time::SystemTime::now() - std::time::Duration::from_secs(60)).unwrap();
    env.run(&["build", "corpus", "--dry-run"]).expect(0).says("0 changed, 0 again");
    env.run(&["build", "corpus"]).expect(0).says(known);
    env.run(&["build", "corpus", "--dry-run", "--retry"]).expect(0).says("0 changed, 4 again");
    env.run(&["build", "corpus", "--retry"]).expect(3);
    env.write("corpus/flawed/empty.txt", "Zebras\n\nZebras came to town today, said the mayor of the town.\n");
    env.run(&["build", "corpus"]).expect(0);
    assert_eq!(env.set("zebras"), "empty");
}

#[test]
fn wrong_types_and_half_written_records_name_their_line() {
    let good = r#"{"title":"T","body":"Zebras came to Geneva today, and the mayor was glad of it."}"#;
    let lines = format!("{good}\n{{\"title\":7,\"body\":[1]}}\n[]\n{{\"title\":\"cut\n\n{good}\n");
    let env = Env::with(&[("c/a.jsonl", &lines)]);
    let ran = env.run(&["build", "c"]).expect(3).says("2 articles");
    for line in ["a.jsonl:2:", "a.jsonl:3:", "a.jsonl:4:"] {
        assert!(ran.err.contains(line), "{line}: {}", ran.err);
    }
}

#[test]
fn of_a_file_of_nothing_but_bad_records_some_are_named_and_all_are_counted() {
    let good = r#"{"title":"T","body":"Zebras came to Geneva today, and the mayor was glad of it."}"#;
    let env = Env::with(&[("c/a.json", &format!("[{}{good}]", "1,".repeat(30_000)))]);
    let ran = env.run(&["build", "c", "--verbose"]).expect(3).says("1 article,");
    let named = ran.err.lines().filter(|line| line.starts_with("skipped a.json:")).count();
    assert_eq!(named, 1_001, "those by their place, and one line for all others");
    assert!(ran.err.contains("a.json:1000: expected an object, found a number"), "{}", ran.err);
    assert!(ran.err.contains("a.json: 29000 more records"), "{}", ran.err);
    env.run(&["check"]).expect(0);
}

#[test]
#[cfg(unix)]
fn no_permission_is_said_and_survived() {
    use std::os::unix::fs::PermissionsExt;
    let env = Env::with(&TALKS);
    env.write("corpus/locked/x.md", "Zebras.\n\nZebras came to town today, said the mayor.\n");
    env.run(&["build", "corpus"]).expect(0).says("5 articles");
    std::fs::set_permissions(env.path("corpus/locked"), PermissionsExt::from_mode(0o000)).unwrap();
    if std::fs::read_dir(env.path("corpus/locked")).is_ok() {
        return; // whoever runs this may read everything
    }
    // What cannot be looked into is not taken for deleted.
    env.run(&["build", "corpus"]).expect(3).says("locked").says("5 articles");
    std::fs::set_permissions(env.path("corpus/locked"), PermissionsExt::from_mode(0o755)).unwrap();
}

#[test]
#[cfg(unix)]
fn names_that_are_no_utf8_and_things_that_are_no_files() {
    use std::os::unix::ffi::OsStrExt;
    let env = Env::with(&TALKS);
    let name = std::ffi::OsStr::from_bytes(b"bad\xff.md");
    std::fs::write(env.path("corpus").join(name), "Zebras.\n\nZebras came to town today, said the mayor.\n").unwrap();
    std::os::unix::net::UnixListener::bind(env.path("corpus/socket.md")).unwrap();
    env.run(&["build", "corpus"]).expect(0).says("5 articles");
    env.run(&["query", "zebras"]).expect(0).says("bad\\xff.md");
}

#[test]
fn directories_that_are_no_archive() {
    let env = Env::with(&TALKS);
    env.run(&["query", "geneva"]).expect(4).says("newsidx build");
    env.run(&["query", "geneva", "--index", "corpus"]).expect(4).says("corpus is not a newsidx archive");
    env.run(&["build", "corpus", "--index", "corpus"]).expect(4).says("nothing in it was touched");
    env.run(&["build", "nowhere"]).expect(2).says("nowhere");
    assert!(!env.path(".newsidx").exists(), "a mistyped path leaves no archive behind");
    env.run(&["build"]).expect(2).says("name a folder");
}

#[test]
fn a_damaged_archive_is_an_error_and_no_panic() {
    let env = Env::talks();
    let generation = env.path(".newsidx/gen-1");
    for entry in std::fs::read_dir(&generation).unwrap().flatten() {
        let good = std::fs::read(entry.path()).unwrap();
        if good.is_empty() {
            continue;
        }
        std::fs::write(entry.path(), &good[..good.len() / 2]).unwrap();
        let ran = env.run(&["query", "\"geneva talks\" OR troops"]);
        assert!(!ran.err.contains("panicked"), "{:?}: {}", entry.path(), ran.err);
        assert!([0, 1, 4].contains(&ran.code), "{:?}: {} {}", entry.path(), ran.code, ran.err);
        std::fs::write(entry.path(), &good).unwrap();
    }
    env.run(&["query", "geneva"]).expect(0);
    std::fs::write(env.path(".newsidx/CURRENT"), "../..\n").unwrap();
    env.run(&["query", "geneva"]).expect(4).says("damaged");
}

#[test]
fn control_bytes_never_reach_the_terminal() {
    let body = "Zebras \\u001b[31mred\\u0007 came to \\u202egeneva\\u202c today, said the mayor of the town.";
    let line = format!("{{\"title\":\"Za\\u001b]0;x\\u0007\",\"body\":\"{body}\",\"source\":\"S\\u009b2J\"}}\n");
    let env = Env::with(&[("c/a.jsonl", &line)]);
    env.run(&["build", "c"]).expect(0);
    for args in [&["query", "zebras"][..], &["count", "--by", "source"], &["quotes", "*"], &["inspect", "c/a.jsonl"]] {
        let ran = env.run(args);
        let steering = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
        assert!(!ran.out.contains(steering) && !ran.err.contains(steering), "{args:?}: {:?}", ran.out);
    }
}

#[test]
fn a_closed_pipe_is_no_error() {
    let env = Env::talks();
    let mut child = env.command(&["query", "*", "--json"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    drop(child.stdout.take());
    assert_eq!(child.wait().unwrap().code(), Some(0));
}

#[test]
fn one_large_file_of_many_records() {
    let env = Env::new();
    std::fs::create_dir(env.path("c")).unwrap();
    let mut file = std::io::BufWriter::new(std::fs::File::create(env.path("c/big.jsonl")).unwrap());
    for i in 0..4000 {
        writeln!(file, "{{\"title\":\"T{i}\",\"body\":\"Record number{i} of the export is about zebras in Geneva.\"}}")
            .unwrap();
    }
    drop(file);
    env.run(&["build", "c"]).expect(0).says("4,000 articles");
    let lines = env.run(&["query", "number3999", "--json"]).json();
    assert_eq!(lines[1]["record"], 4000);
    assert_eq!(env.run(&["count", "zebras"]).out, "4000\n");
}
