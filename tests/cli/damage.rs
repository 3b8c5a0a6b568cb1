//! Damage: every byte, every file of an archive; what `check` finds of it, what a search says, what `repair` mends.

use std::fs;
use std::path::{Path, PathBuf};

use newsidx::index::check::check;

use crate::env::{Env, Ran, TALKS, copy};

/// The files that an archive consists of, below its directory.
fn files(archive: &Path) -> Vec<PathBuf> {
    let entries = walkdir::WalkDir::new(archive).sort_by_file_name().into_iter().flatten();
    let files = entries.filter(|entry| entry.file_type().is_file()).map(|entry| entry.path().to_owned());
    files.filter(|path| !path.to_string_lossy().ends_with(".lock") && !path.ends_with(".gitignore")).collect()
}

/// A search says what it finds, or that the archive is damaged and what to do; it never panics.
fn expect_no_panic(ran: &Ran, what: &str) {
    assert!(!ran.err.contains("panicked"), "{what}: {}", ran.err);
    assert!([0, 1, 4].contains(&ran.code), "{what}: {} {}", ran.code, ran.err);
    if ran.code == 4 {
        let err = ran.err.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(err.contains("run `newsidx repair`") || err.contains("newsidx build"), "{what}: {err}");
    }
}

#[test]
fn check_finds_every_flipped_byte() {
    let env = Env::with(&TALKS[..1]);
    env.run(&["build", "corpus"]).expect(0);
    let archive = env.path(".newsidx");
    assert!(check(&archive).unwrap().findings.is_empty());
    let mut flipped = 0;
    for file in files(&archive) {
        let good = fs::read(&file).unwrap();
        let mut bad = good.clone();
        for at in 0..good.len() {
            bad[at] ^= 1 << (at % 8);
            fs::write(&file, &bad).unwrap();
            // Another version is a finding, too.
            let found = check(&archive).map_or(true, |checked| !checked.findings.is_empty());
            assert!(found, "byte {at} of {}", file.display());
            bad[at] = good[at];
            flipped += 1;
        }
        fs::write(&file, &good).unwrap();
    }
    println!("{flipped} bytes flipped, all found");
    assert!(check(&archive).unwrap().findings.is_empty());
}

#[test]
fn check_finds_every_missing_and_shortened_file_and_repair_mends_it() {
    let env = Env::talks();
    let archive = env.path(".newsidx");
    // Without the line that names the archive: what is damaged may be its name.
    let all = || env.run(&["export", "*", "--format", "jsonl", "-o", "-"]).out.split_once('\n').unwrap().1.to_owned();
    let before = all();
    env.run(&["check"]).expect(0).says("4 articles and").says("4 articles looked at from end to end");
    copy(&archive, &env.path("good"));
    let names: Vec<PathBuf> =
        files(&archive).iter().map(|file| file.strip_prefix(&archive).unwrap().to_owned()).collect();
    assert!(names.len() > 9, "{names:?}");
    for name in names {
        for keep in ["nothing", "half", "all but a byte"] {
            let (file, what) = (archive.join(&name), format!("{keep} of {}", name.display()));
            let good = fs::read(&file).unwrap();
            match keep {
                "nothing" => fs::remove_file(&file).unwrap(),
                "half" => fs::write(&file, &good[..good.len() / 2]).unwrap(),
                _ => fs::write(&file, &good[..good.len() - 1]).unwrap(),
            }
            let ran = env.run(&["check"]);
            assert_eq!(ran.code, 4, "{what}: {} {}", ran.out, ran.err);
            expect_no_panic(&env.run(&["query", "\"geneva talks\" OR troops"]), &what);
            fs::write(&file, &good).unwrap();
        }
    }
    // One of each kind is mended, and all is as it was.
    let of = |ending: &str| files(&archive).into_iter().find(|file| file.to_string_lossy().ends_with(ending)).unwrap();
    for ending in ["CURRENT", "meta.json", ".managed.json", "manifest-1", "stories", ".term", ".store"] {
        let file = of(ending);
        fs::write(&file, "nothing that was ever here").unwrap();
        env.run(&["check"]).expect(4).says("run `newsidx repair`");
        env.run(&["repair"]).expect(0);
        env.run(&["check"]).expect(0);
        assert_eq!(all(), before, "{ending}");
        fs::remove_dir_all(&archive).unwrap();
        copy(&env.path("good"), &archive);
    }
    env.run(&["repair"]).expect(0).says("nothing to repair");
    // Where nothing says what it was built from, the user does.
    for name in ["meta.json", "manifest-1"] {
        fs::write(of(name), "").unwrap();
    }
    env.run(&["repair"]).expect(2).says("newsidx repair ./corpus");
    env.run(&["repair", "corpus"]).expect(0);
    assert_eq!(env.run(&["count", "*"]).out, "4\n");
}

#[test]
fn no_damaged_byte_makes_a_search_panic() {
    let env = Env::sample();
    let archive = env.path(".newsidx");
    for file in files(&archive) {
        let good = fs::read(&file).unwrap();
        for part in 0..3 {
            let mut bad = good.clone();
            let stretch = part * good.len() / 3..(part * good.len() / 3 + 24).min(good.len());
            bad[stretch].iter_mut().for_each(|byte| *byte = !*byte);
            fs::write(&file, &bad).unwrap();
            for args in [&["query", "geneva OR said"][..], &["quotes", "*"], &["count", "*", "--by", "source"]] {
                expect_no_panic(&env.run(args), &format!("{args:?}, part {part} of {}", file.display()));
            }
        }
        fs::write(&file, &good).unwrap();
    }
}

#[test]
fn a_rebuild_without_its_corpus_keeps_what_is_there() {
    let env = Env::talks();
    fs::rename(env.path("corpus"), env.path("unplugged")).unwrap();
    env.run(&["build", "--rebuild"]).expect(2).says("corpus is not there");
    assert_eq!(env.run(&["count", "geneva"]).out, "3\n");
    env.run(&["check"]).expect(0);
    env.run(&["build", "--rebuild", "unplugged"]).expect(0).says("4 articles");
    env.run(&["check"]).expect(0);
}

#[test]
fn another_version_is_named() {
    let env = Env::talks();
    let meta = env.path(".newsidx/gen-1/meta.json");
    // As a version without seals wrote it.
    let text = fs::read_to_string(&meta).unwrap();
    let (before, behind) = text.split("file ").next().unwrap().split_once("\\\"format\\\":").unwrap();
    let (_, behind) = behind.split_once(',').unwrap();
    fs::write(&meta, format!("{before}\\\"format\\\":2,{behind}")).unwrap();
    for args in [&["query", "geneva"][..], &["check"], &["build", "corpus"]] {
        env.run(args).expect(4).says("another version of newsidx").says("layout 2").says("build --rebuild");
    }
    env.run(&["repair"]).expect(0);
    assert_eq!(env.run(&["count", "geneva"]).out, "3\n");
}
