//! A system that lets no more be written: said in one line with the file and the reason, exit 2, the archive as it was.
#![cfg(unix)]

use std::process::Command;

use crate::env::{Env, Ran};

/// Runs it where no file may have more than `blocks` of 512 bytes.
fn limited(env: &Env, blocks: u32, args: &[&str]) -> Ran {
    let newsidx = env.command(args);
    let mut sh = Command::new("sh");
    sh.arg("-c").arg(format!("ulimit -f {blocks}; exec \"$0\" \"$@\"")).arg(newsidx.get_program()).args(args);
    sh.current_dir(env.path("")).env_remove("RUST_BACKTRACE").env("XDG_CONFIG_HOME", env.path("own"));
    Ran::of(sh.output().unwrap())
}

#[test]
fn a_limit_on_the_size_of_files_leaves_the_archive_as_it_was() {
    let env = Env::talks();
    let record = |i: u32| {
        let number = i.wrapping_mul(0x9e37_79b9);
        format!(
            "{{\"title\":\"T{number:x}\",\"body\":\"Zebra{number:x} of herd{} saw Geneva, said the mayor.\"}}\n",
            i % 97
        )
    };
    env.write("corpus/z.jsonl", (0..3000).map(record).collect::<String>());
    for blocks in [0, 1, 4, 16, 64] {
        for args in [&["build"][..], &["build", "--rebuild"]] {
            let ran = limited(&env, blocks, args).expect(2).says("File too large").says(".newsidx/");
            assert!(ran.err.starts_with("newsidx: ") && ran.err.lines().count() == 1, "{blocks}: {}", ran.err);
            env.run(&["check"]).expect(0);
            assert_eq!(env.run(&["count", "geneva"]).out, "3\n", "{args:?} with {blocks}");
        }
        // To search nothing is written.
        limited(&env, blocks, &["query", "geneva"]).expect(0);
        limited(&env, blocks, &["export", "geneva", "--format", "html", "-o", "out.html"]);
    }
    limited(&env, 0, &["export", "geneva", "--format", "csv", "-o", "out.csv"])
        .expect(2)
        .says("out.csv")
        .says("too large");
    assert!(!env.path("out.csv").exists());
    env.run(&["build"]).expect(0).says("3,004 articles");
    assert_eq!(env.run(&["count", "geneva"]).out, "3003\n");
    env.run(&["check"]).expect(0);
}
