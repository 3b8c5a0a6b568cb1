//! Builds that follow a corpus: what moved, what was only looked at, what a build would do, who may read and who writes.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::Stdio;
use std::time::{Duration, SystemTime};

use crate::env::{Env, Ran, TALKS};

/// Every file below `dir`, with its content and time.
fn snapshot(dir: &Path) -> BTreeMap<String, (Vec<u8>, SystemTime)> {
    let files = walkdir::WalkDir::new(dir).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    let state = |path: &Path| (fs::read(path).unwrap(), fs::metadata(path).unwrap().modified().unwrap());
    files.map(|entry| (entry.path().display().to_string(), state(entry.path()))).collect()
}

/// Id and path of every article that has the word, in order.
fn ids(ran: &Ran) -> Vec<String> {
    let mut ids: Vec<String> = ran.json().iter().filter_map(|line| line["id"].as_str().map(str::to_owned)).collect();
    ids.sort();
    ids
}

/// Times of files settle: one changed within the same tick as it is read would be looked at once more.
fn settle() {
    std::thread::sleep(Duration::from_millis(50));
}

#[test]
fn a_run_with_nothing_changed_reads_no_article_and_writes_nothing() {
    let env = Env::with(&TALKS);
    settle();
    env.run(&["build", "corpus"]).expect(0);
    let before = snapshot(&env.path(".newsidx"));
    // Another content under the same size and time: whoever opened the file would notice.
    let time = fs::metadata(env.path("corpus/a.md")).unwrap().modified().unwrap();
    let other = fs::read_to_string(env.path("corpus/a.md")).unwrap().replace("Lavrov", "Zebras");
    env.write("corpus/a.md", other);
    fs::File::options().write(true).open(env.path("corpus/a.md")).unwrap().set_modified(time).unwrap();
    env.run(&["build", "corpus"]).expect(0).says("nothing changed: 4 articles").says("4 files checked");
    env.run(&["build"]).expect(0).says("nothing changed");
    assert_eq!(snapshot(&env.path(".newsidx")), before);
}

#[test]
fn a_dry_run_says_what_the_build_then_does() {
    let env = Env::with(&TALKS);
    env.write("corpus/bad.md", "");
    settle();
    env.run(&["build", "--dry-run", "corpus"]).expect(0).says("5 new").says("new a.md");
    assert!(!env.path(".newsidx").exists(), "nothing is written");
    env.run(&["build", "corpus"]).expect(3);
    fs::rename(env.path("corpus/b.md"), env.path("corpus/moved.md")).unwrap();
    fs::remove_file(env.path("corpus/c.md")).unwrap();
    env.write("corpus/d.md", "---\ntitle: D\n---\nNow it speaks of zebras in the park only.\n");
    env.write("corpus/e.md", "---\ntitle: E\n---\nNew ones speak of zebras in the park, too.\n");
    let touched = fs::File::options().write(true).open(env.path("corpus/a.md")).unwrap();
    touched.set_modified(SystemTime::now() - Duration::from_secs(500)).unwrap();
    let before = snapshot(&env.path(".newsidx"));
    env.run(&["build", "--dry-run"])
        .expect(0)
        .says("would read 3 files")
        .says("1 new, 1 changed, 0 again after they failed, 1 moved; 1 gone, 2 unchanged")
        .says("new e.md")
        .says("changed d.md")
        .says("moved b.md is now moved.md")
        .says("gone c.md");
    env.run(&["build", "--dry-run", "--retry"]).expect(0).says("1 again after they failed").says("again bad.md");
    assert_eq!(snapshot(&env.path(".newsidx")), before);
    env.run(&["build"]).expect(0).says("files: 1 new, 1 changed, 1 moved, 1 gone, 2 unchanged");
}

#[test]
fn a_corpus_elsewhere_is_the_same_corpus() {
    let env = Env::talks();
    let before = ids(&env.run(&["query", "--json", "geneva"]));
    fs::rename(env.path("corpus"), env.path("archive-2022")).unwrap();
    // Nobody can know where it went.
    env.run(&["build", "archive-2022"]).expect(0).says("corpus moved:").says("nothing changed: 4 articles");
    assert_eq!(ids(&env.run(&["query", "--json", "geneva"])), before);
    env.run(&["query", "geneva"]).expect(0).says("archive-2022");
    env.run(&["build"]).expect(0).says("nothing changed: 4 articles");
    // Corpus and archive moved together, as to another machine.
    fs::create_dir(env.path("desk")).unwrap();
    for name in ["archive-2022", ".newsidx"] {
        fs::rename(env.path(name), env.path("desk").join(name)).unwrap();
    }
    let run = |args: &[&str]| Ran::of(env.command(args).current_dir(env.path("desk")).output().unwrap());
    run(&["build"]).expect(0).says("corpus moved:").says("nothing changed: 4 articles");
    assert_eq!(ids(&run(&["query", "--json", "geneva"])), before);
    // Another corpus is no moved one.
    env.write("desk/other/x.md", "---\ntitle: X\n---\nZebras came to town today, said the mayor of the town.\n");
    fs::remove_dir_all(env.path("desk/archive-2022")).unwrap();
    run(&["build", "other"]).expect(0).says("1 new").says("5 articles,");
}

#[test]
fn a_root_that_is_gone_takes_nothing_with_it() {
    let env = Env::talks();
    fs::rename(env.path("corpus"), env.path("unplugged")).unwrap();
    env.run(&["build"]).expect(3).says("corpus").says("4 articles");
    assert_eq!(env.run(&["count", "geneva"]).out, "3\n");
}

#[test]
fn records_come_change_and_go_inside_a_file() {
    let record = |title: &str, word: &str| {
        format!("{{\"title\":\"{title}\",\"body\":\"{word} came to Geneva today, and the mayor was glad of it.\"}}\n")
    };
    let env = Env::with(&[("corpus/a.jsonl", &format!("{}{}", record("One", "Zebras"), record("Two", "Lions")))]);
    env.run(&["build", "corpus"]).expect(0).says("2 articles");
    let kept = env.run(&["query", "--json", "lions"]).id();
    env.write("corpus/a.jsonl", format!("{}{}", record("Two", "Lions"), record("Three", "Tigers")));
    env.run(&["build"]).expect(0).says("files: 1 changed");
    assert_eq!(env.run(&["query", "--json", "lions"]).id(), kept);
    let counts = ["zebras", "lions", "tigers", "geneva"].map(|word| env.run(&["count", word]).out);
    assert_eq!(counts, ["0\n", "1\n", "1\n", "2\n"]);
}

/// Another user, who may read everything here and write nothing.
#[cfg(unix)]
fn as_another(env: &Env, args: &[&str]) -> Option<Ran> {
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::CommandExt;
    let open = |path: &Path, mode| fs::set_permissions(path, PermissionsExt::from_mode(mode)).unwrap();
    for entry in walkdir::WalkDir::new(env.path("")).into_iter().flatten() {
        open(entry.path(), if entry.file_type().is_dir() { 0o555 } else { 0o444 });
    }
    let mut command = env.command(args);
    if fs::write(env.path("probe"), "").is_ok() {
        // Nothing keeps the superuser from writing: let us be somebody else.
        fs::remove_file(env.path("probe")).unwrap();
        command.uid(65534).gid(65534);
    }
    let ran = command.output().ok().map(Ran::of);
    for entry in walkdir::WalkDir::new(env.path("")).into_iter().flatten() {
        open(entry.path(), if entry.file_type().is_dir() { 0o755 } else { 0o644 });
    }
    ran
}

#[test]
#[cfg(unix)]
fn an_archive_that_cannot_be_written_can_be_searched() {
    let env = Env::with(&TALKS);
    settle();
    env.run(&["build", "corpus"]).expect(0);
    let before = snapshot(&env.path(".newsidx"));
    // A build leaves every file to be read by whoever may look into its folder.
    for entry in walkdir::WalkDir::new(env.path(".newsidx")).into_iter().flatten().filter(|e| e.file_type().is_file()) {
        let mode = |path: &Path| std::os::unix::fs::MetadataExt::mode(&fs::metadata(path).unwrap()) & 0o444;
        assert_eq!(mode(entry.path()), mode(entry.path().parent().unwrap()), "{}", entry.path().display());
    }
    let Some(ran) = as_another(&env, &["query", "geneva"]) else { return }; // the binary lies where they may not look
    ran.expect(0).says("Geneva");
    for args in [&["info"][..], &["quotes", "*"], &["count", "*", "--by", "day"], &["build", "--dry-run"], &["build"]] {
        as_another(&env, args).unwrap().expect(0);
    }
    env.write("corpus/e.md", "---\ntitle: E\n---\nZebras came to town today, said the mayor of the town.\n");
    as_another(&env, &["build"]).unwrap().expect(2).says("build.lock").says("denied");
    assert_eq!(snapshot(&env.path(".newsidx")), before);
}

#[test]
fn a_second_build_is_told_who_holds_the_archive() {
    let env = Env::talks();
    let records: String = (0..20_000)
        .map(|i| {
            format!("{{\"title\":\"T{i}\",\"body\":\"Record number{i} is about zebras in the park of the town.\"}}\n")
        })
        .collect();
    env.write("corpus/z.jsonl", records);
    let mut first = env.command(&["build"]).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let who = format!("process {}", first.id());
    let lock = env.path(".newsidx/build.lock");
    while !fs::read_to_string(&lock).is_ok_and(|text| text.contains(&who)) {
        assert!(first.try_wait().unwrap().is_none(), "the first build ended before it could be met");
        std::thread::sleep(Duration::from_millis(1));
    }
    for args in [&["build"][..], &["build", "--rebuild"]] {
        env.run(args).expect(5).says("another build").says(&who);
    }
    // A search sees the last commit meanwhile.
    assert_eq!(env.run(&["count", "geneva"]).out, "3\n");
    first.kill().unwrap();
    first.wait().unwrap();
    fs::remove_file(env.path("corpus/z.jsonl")).unwrap();
    env.run(&["build"]).expect(0).says("4 articles");
}
