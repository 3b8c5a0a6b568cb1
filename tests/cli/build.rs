//! Builds: what is read, and that a second run follows the files and duplicates nothing.

use crate::env::{Env, TALKS, copy};

#[test]
fn a_second_build_changes_nothing_and_follows_the_files() {
    let env = Env::with(&TALKS);
    env.run(&["build", "corpus"]).expect(0).says("4 articles").says("files: 4 new");
    env.run(&["build", "corpus"]).expect(0).says("nothing changed: 4 articles").says("4 files checked");
    env.run(&["build"]).expect(0).says("nothing changed");
    env.write("corpus/e.md", "A new one.\n\nZebras came to Geneva, and everybody was glad of it that day.\n");
    std::fs::remove_file(env.path("corpus/b.md")).unwrap();
    env.write("corpus/a.md", "---\ntitle: A\ndate: 2022-03-01\n---\nNow it speaks of zebras in the park only.\n");
    env.run(&["build", "corpus"]).expect(0).says("1 new, 1 changed, 1 gone, 2 unchanged").says("4 articles,");
    assert_eq!(env.set("zebras"), "a e");
    assert_eq!(env.set("lavrov"), "");
    assert_eq!(env.run(&["count", "*"]).expect(0).out, "4\n");
}

#[test]
fn a_file_that_was_only_touched_is_not_read_again() {
    let env = Env::talks();
    let file = std::fs::File::options().write(true).open(env.path("corpus/a.md")).unwrap();
    file.set_modified(std::time::SystemTime::now() + std::time::Duration::from_secs(5)).unwrap();
    env.run(&["build"]).expect(0).says("nothing changed");
}

#[test]
fn a_small_archive_is_one_segment() {
    let env = Env::new();
    copy(&std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus"), &env.path("corpus"));
    env.run(&["build", "corpus", "--threads", "4"]).expect(0);
    let files = std::fs::read_dir(env.path(".newsidx/gen-1")).unwrap().flatten();
    assert_eq!(files.filter(|file| file.path().extension().is_some_and(|ending| ending == "store")).count(), 1);
}

#[test]
fn ids_survive_moves_and_rebuilds() {
    let env = Env::talks();
    let ids = |env: &Env| {
        let mut ids: Vec<String> = env
            .run(&["query", "--json", "geneva"])
            .json()
            .iter()
            .filter_map(|l| l["id"].as_str().map(str::to_owned))
            .collect();
        ids.sort();
        ids
    };
    let before = ids(&env);
    assert_eq!(before.len(), 3);
    env.run(&["build", "--rebuild"]).expect(0).says("4 articles");
    assert_eq!(ids(&env), before);
    std::fs::rename(env.path("corpus/b.md"), env.path("corpus/moved.md")).unwrap();
    env.run(&["build"]).expect(0).says("files: 1 moved, 3 unchanged");
    assert_eq!(ids(&env), before);
    env.run(&["show", &before[0][..6]]).expect(0).says("Geneva");
    let generations = std::fs::read_dir(env.path(".newsidx")).unwrap().flatten();
    assert_eq!(generations.filter(|e| e.file_name().to_string_lossy().starts_with("gen-")).count(), 1);
}

#[test]
fn several_folders_ignore_files_and_links() {
    let env = Env::with(&TALKS);
    env.write("more/f.md", "Zebras.\n\nZebras came to town today, said the mayor of the town.\n");
    env.write("more/.ignore", "secret.md\n");
    env.write("more/secret.md", "Zebras.\n\nNobody should read this about zebras at all.\n");
    env.write("more/.hidden.md", "Zebras.\n\nNobody should read this about zebras at all.\n");
    env.write("more/picture.png", [0x89, b'P', b'N', b'G']);
    #[cfg(unix)]
    std::os::unix::fs::symlink(env.path("more"), env.path("more/loop")).unwrap();
    env.run(&["build", "corpus", "more"]).expect(0).says("5 articles");
    assert_eq!(env.set("zebras"), "f");
    // A folder of its own does not forget the others.
    env.run(&["build", "more"]).expect(0).says("nothing changed: 5 articles");
}

#[test]
fn the_archive_is_found_from_below_and_by_flag_and_variable() {
    let env = Env::talks();
    let below = env.command(&["count", "geneva"]).current_dir(env.path("corpus")).output().unwrap();
    assert_eq!(String::from_utf8(below.stdout).unwrap(), "3\n");
    env.run(&["build", "corpus", "--index", "elsewhere"]).expect(0);
    let named = env.command(&["count", "geneva"]).env("NEWSIDX_INDEX", env.path("elsewhere")).output().unwrap();
    assert_eq!(String::from_utf8(named.stdout).unwrap(), "3\n");
}

#[test]
#[cfg(unix)]
fn an_interrupted_build_keeps_whole_files_and_the_next_one_goes_on() {
    let env = Env::with(&TALKS);
    let records: String = (0..8_000)
        .map(|i| {
            format!("{{\"title\":\"T{i}\",\"body\":\"Record number{i} is about zebras in the park of the town.\"}}\n")
        })
        .collect();
    env.write("corpus/z.jsonl", records);
    let child = env.command(&["build", "corpus"]).stdout(std::process::Stdio::piped()).spawn().unwrap();
    std::thread::sleep(std::time::Duration::from_millis(300));
    std::process::Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
    let code = child.wait_with_output().unwrap().status.code();
    assert!([Some(130), Some(0)].contains(&code), "{code:?}");
    if code == Some(130) {
        // Half a file is no file.
        assert_eq!(env.run(&["count", "zebras"]).out, "0\n");
    }
    env.run(&["build", "corpus"]).expect(0).says("8,004 articles");
    assert_eq!(env.run(&["count", "zebras"]).out, "8000\n");
}
