//! Searches while a build is at work: each answer is that of the archive as it was before or as it is after, whole, and
//! never an error.

use std::process::Stdio;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::env::{Env, Ran};

/// What is asked over and over.
const QUESTIONS: [&[&str]; 7] = [
    &["count", "zebras"],
    &["count", "*", "--by", "day"],
    &["query", "\"zebras came\"", "--json", "--limit", "1000", "--sort", "date"],
    &["query", "zebras NOT lions", "--sort", "date"],
    &["quotes", "*", "--json", "--limit", "1000"],
    &["dupes"],
    &["export", "*", "--format", "jsonl", "-o", "-"],
];

const FILES: u64 = 40;
const RECORDS: u64 = 5;

/// Words that no two articles have in the same order, so that none is taken for a copy of another.
fn words(seed: u64) -> String {
    const WORDS: [&str; 12] = [
        "grain", "river", "steel", "harvest", "bridge", "winter", "market", "school", "coast", "engine", "paper",
        "salt",
    ];
    let mut state = seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1;
    let mut next = || {
        // Xorshift, by George Marsaglia.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        WORDS[(state >> 32) as usize % WORDS.len()]
    };
    (0..30).map(|_| next()).collect::<Vec<_>>().join(" ")
}

/// Writes the corpus as it is in `round`: files change, come and go from one to the next.
fn put(env: &Env, round: u64) {
    std::fs::remove_dir_all(env.path("corpus")).ok();
    for file in (0..FILES).filter(|file| !(file + round).is_multiple_of(7)) {
        let since = round - round % (1 + file % 3);
        let records: String = (0..RECORDS)
            .map(|record| {
                let text = words((since * FILES + file) * RECORDS + record);
                format!(
                    "{{\"title\":\"T{since}-{file}-{record}\",\"date\":\"2022-03-{:02}\",\"body\":\"Zebras came with {text}. \
                     \\\"We saw {text},\\\" said Jane Doe.\"}}\n",
                    1 + (since + file) % 28
                )
            })
            .collect();
        env.write(&format!("corpus/{file}.jsonl"), records);
    }
}

fn ask(env: &Env, question: usize) -> Ran {
    env.run(QUESTIONS[question])
}

fn answers(env: &Env) -> Vec<String> {
    (0..QUESTIONS.len()).map(|question| without_scores(&ask(env, question).out)).collect()
}

/// Scores count words of deleted articles until the engine has merged them away, which is no other state.
fn without_scores(answer: &str) -> String {
    let parts = answer.split("\"score\":");
    parts.map(|part| part.trim_start_matches(|c: char| c.is_ascii_digit() || ".e-".contains(c))).collect()
}

/// Runs `build`, asks meanwhile, and holds each answer against those of before and after; gives how many were asked.
#[track_caller]
fn asked_while(env: &Env, build: &[&str]) -> usize {
    let before = answers(env);
    let (asked, ended) = (Mutex::new(Vec::new()), AtomicBool::new(false));
    let built = std::thread::scope(|scope| {
        for asker in 0..2 {
            let (asked, ended) = (&asked, &ended);
            scope.spawn(move || {
                for question in (0..QUESTIONS.len()).cycle().skip(asker * 3) {
                    if ended.load(Ordering::Relaxed) {
                        break;
                    }
                    let ran = ask(env, question);
                    asked.lock().unwrap().push((question, ran));
                }
            });
        }
        let built = env.command(build).stdout(Stdio::piped()).stderr(Stdio::piped()).output().unwrap();
        ended.store(true, Ordering::Relaxed);
        Ran::of(built)
    });
    built.expect(0);
    let after = answers(env);
    assert_ne!(before, after);
    let asked = asked.into_inner().unwrap();
    for (question, ran) in &asked {
        let what = QUESTIONS[*question];
        assert!(ran.code <= 1 && ran.err.is_empty(), "{what:?}: {} {}", ran.code, ran.err);
        let is_one = [&before[*question], &after[*question]].contains(&&without_scores(&ran.out));
        assert!(is_one, "{what:?} while {build:?} is neither the old nor the new answer: {}", ran.out);
    }
    asked.len()
}

#[test]
fn searches_see_the_last_commit_while_a_build_is_at_work() {
    let env = Env::new();
    put(&env, 0);
    env.run(&["build", "corpus"]).expect(0);
    let mut asked = 0;
    for round in 1..5 {
        put(&env, round);
        asked += asked_while(&env, if round % 2 == 0 { &["build"] } else { &["build", "--rebuild"] });
    }
    assert!(asked > 0, "the builds were too short to ask anything");
    println!("{asked} answers while four builds were at work");
}
