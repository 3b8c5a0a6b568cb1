//! Builds that are killed at random moments of an update: the archive is at one of its commits, and the next build
//! completes it. `NEWSIDX_KILLS=200` tries so many, else a few.
#![cfg(unix)]

use std::collections::BTreeMap;
use std::fs;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::env::Env;

/// Numbers without an order, the same every time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: u64) -> u64 {
        // Splitmix64, by Sebastiano Vigna.
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut z = self.0;
        z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        (z ^ (z >> 31)) % below
    }
}

/// Titles by file: what the corpus holds.
type Corpus = BTreeMap<String, Vec<String>>;

const FILES: u64 = 24;

fn record(title: &str) -> String {
    format!(
        "{{\"title\":\"{title}\",\"body\":\"Zebras of {title} came to Geneva today, said the mayor of the town.\"}}\n"
    )
}

/// Changes some files, deletes some, adds some.
fn change(env: &Env, corpus: &mut Corpus, round: u64, dice: &mut Dice) {
    for number in 0..FILES {
        let name = format!("corpus/{number}.jsonl");
        match dice.roll(4) {
            0 => {
                let titles: Vec<String> = (0..=dice.roll(6)).map(|part| format!("n{number}r{round}p{part}")).collect();
                env.write(&name, titles.iter().map(|title| record(title)).collect::<String>());
                corpus.insert(name, titles);
            }
            1 => {
                fs::remove_file(env.path(&name)).ok();
                corpus.remove(&name);
            }
            _ => {}
        }
    }
    // There is always something to do.
    let titles = vec![format!("always{round}")];
    env.write("corpus/always.jsonl", record(&titles[0]));
    corpus.insert("corpus/always.jsonl".to_owned(), titles);
}

/// What the archive holds.
fn held(env: &Env) -> Corpus {
    let mut held = Corpus::new();
    for line in env.run(&["export", "*", "--format", "jsonl", "-o", "-"]).json() {
        if line["type"] == "article" {
            let path = line["path"].as_str().unwrap().to_owned();
            held.entry(path).or_default().push(line["title"].as_str().unwrap().to_owned());
        }
    }
    held.values_mut().for_each(|titles| titles.sort());
    held
}

#[test]
fn killed_at_any_moment_the_archive_is_at_a_commit() {
    let kills: u64 = std::env::var("NEWSIDX_KILLS").ok().and_then(|value| value.parse().ok()).unwrap_or(6);
    let env = Env::new();
    let (mut dice, mut corpus) = (Dice(7), Corpus::new());
    change(&env, &mut corpus, 0, &mut dice);
    let started = Instant::now();
    // A commit after each file, so that there are many states to be in.
    let build = ["build", "corpus", "--commit-every", "0"];
    env.run(&build).expect(0);
    let usual = started.elapsed().as_micros() as u64;
    // What each file may hold: as at the last commit known, or as it is now.
    let (mut may, mut between) = (corpus.clone(), 0);
    for round in 1..=kills {
        change(&env, &mut corpus, round, &mut dice);
        let mut child = env.command(&build).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        std::thread::sleep(Duration::from_micros(dice.roll(usual)));
        Command::new("kill").args(["-KILL", &child.id().to_string()]).status().unwrap();
        child.wait().unwrap();
        env.run(&["check"]).expect(0);
        let held = held(&env);
        between += usize::from(held != may && held != corpus);
        for name in may.keys().chain(corpus.keys()).chain(held.keys()) {
            let is = held.get(name);
            assert!(is == may.get(name) || is == corpus.get(name), "round {round}: {name} holds {is:?}");
        }
        may = held;
        // Every other time the next one is killed, too.
        if dice.roll(2) == 0 {
            env.run(&["build"]).expect(0);
            assert_eq!(self::held(&env), corpus, "round {round}");
            may = corpus.clone();
        }
    }
    env.run(&["build"]).expect(0);
    assert_eq!(self::held(&env), corpus);
    println!("{kills} builds killed, {between} of them between their first and their last commit");
}
