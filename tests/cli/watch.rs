//! `newsidx watch`: bursts, renames, deletions, a change while it builds, and a clean end.
#![cfg(unix)]

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

use crate::env::{Env, TALKS};

/// A watch, and the lines that it prints. Ended when dropped.
struct Watch {
    child: Child,
    lines: Receiver<String>,
}

impl Drop for Watch {
    fn drop(&mut self) {
        self.child.kill().ok();
        self.child.wait().ok();
    }
}

impl Watch {
    fn start(env: &Env, args: &[&str]) -> Watch {
        let mut child = env.command(args).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let (give, lines) = channel();
        std::thread::spawn(move || out.lines().map_while(Result::ok).try_for_each(|line| give.send(line)));
        Watch { child, lines }
    }

    /// The lines up to one that has `text`.
    fn until(&self, text: &str) -> Vec<String> {
        let mut seen = Vec::new();
        while !seen.last().is_some_and(|line: &String| line.contains(text)) {
            let line = self.lines.recv_timeout(Duration::from_secs(120));
            seen.push(line.unwrap_or_else(|_| panic!("{text:?} does not come: {seen:?}")));
        }
        seen
    }
}

fn zebra(number: usize) -> String {
    format!("---\ntitle: Z{number}\n---\nZebras came to town number{number} today, said the mayor of the town.\n")
}

#[test]
fn watching_follows_bursts_renames_and_deletions_and_ends_cleanly() {
    let env = Env::with(&TALKS);
    let watch = Watch::start(&env, &["watch", "corpus", "--quiet", "0.3"]);
    watch.until("watching");
    assert_eq!(env.run(&["count", "*"]).out, "4\n");
    // A burst, into a folder that was not there.
    (0..50).for_each(|number| env.write(&format!("corpus/new/{number}.md"), zebra(number)));
    let builds = watch.until(" 54 articles");
    assert!(builds.len() < 10, "{builds:?}");
    assert_eq!(env.run(&["count", "zebras"]).out, "50\n");
    fs::rename(env.path("corpus/new"), env.path("corpus/other")).unwrap();
    watch.until("50 moved");
    assert_eq!(env.run(&["count", "zebras"]).out, "50\n");
    env.run(&["query", "number7"]).expect(0).says("corpus/other/7.md");
    // What is in the folder that was renamed is still watched.
    env.write("corpus/other/7.md", zebra(77));
    watch.until("1 changed");
    assert_eq!(env.run(&["count", "number77"]).out, "1\n");
    fs::remove_dir_all(env.path("corpus/other")).unwrap();
    watch.until(" 4 articles");
    env.run(&["count", "zebras"]).expect(1);
    env.run(&["check"]).expect(0);
    // It does not wake itself up.
    std::thread::sleep(Duration::from_secs(2));
    assert!(watch.lines.try_recv().is_err());
    Command::new("kill").args(["-INT", &watch.child.id().to_string()]).status().unwrap();
    watch.until("stopped");
    let mut watch = watch;
    let ended = Instant::now();
    while ended.elapsed() < Duration::from_secs(60) {
        if let Some(status) = watch.child.try_wait().unwrap() {
            assert_eq!(status.code(), Some(0));
            return;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("it does not end");
}
