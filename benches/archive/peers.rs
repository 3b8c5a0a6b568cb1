//! Other programs on the same files, where they are installed.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::Duration;

use super::process::{Run, is_installed, quantile, run, run_fed};

/// A program that was measured.
pub(crate) struct Peer {
    pub name: &'static str,
    pub built: Run,
    pub dir: PathBuf,
    ask: Box<dyn Fn(&str) -> Command>,
}

impl Peer {
    /// Median time from the start of the program to its answer.
    pub(crate) fn query(&self, words: &[String]) -> Duration {
        quantile(words.iter().map(|word| run(&mut (self.ask)(word)).wall).collect(), 0.5)
    }
}

/// Builds the index of each program that is here, below `home`, from the files below `corpus`.
pub(crate) fn build(home: &Path, corpus: &Path) -> Vec<Peer> {
    let mut peers = Vec::new();
    if is_installed("sqlite3", "--version") {
        peers.push(sqlite(home, corpus));
    }
    if is_installed("recollindex", "-v") {
        peers.push(recoll(home, corpus));
    }
    if is_installed("rg", "--version") {
        let corpus = corpus.to_owned();
        let ask = move |word: &str| {
            let mut command = Command::new("sh");
            // No match is no failure.
            command.args(["-c", "rg --ignore-case --word-regexp --max-count 1 \"$1\" \"$2\" || true", "sh", word]);
            command.arg(&corpus);
            command
        };
        let built = Run { wall: Duration::ZERO, cpu: Duration::ZERO, peak: 0 };
        peers.push(Peer { name: "ripgrep", built, dir: home.join("none"), ask: Box::new(ask) });
    }
    peers
}

fn sqlite(home: &Path, corpus: &Path) -> Peer {
    let dir = home.join("sqlite");
    fs::create_dir_all(&dir).unwrap();
    let file = dir.join("archive.db");
    let built = run_fed(Command::new("sqlite3").arg(&file), |sql| {
        writeln!(sql, "create virtual table a using fts5(title, body, tokenize='porter'); begin;").unwrap();
        for (title, body) in articles(corpus) {
            writeln!(sql, "insert into a values ('{}', '{}');", title.replace('\'', "''"), body.replace('\'', "''"))
                .unwrap();
        }
        writeln!(sql, "commit;").unwrap();
    });
    let ask = move |word: &str| {
        let mut command = Command::new("sqlite3");
        let sql = format!(
            "select title, snippet(a, 1, '[', ']', '', 20) from a where a match '{word}' order by rank limit 10"
        );
        command.arg(&file).arg(sql);
        command
    };
    Peer { name: "SQLite FTS5", built, dir, ask: Box::new(ask) }
}

fn recoll(home: &Path, corpus: &Path) -> Peer {
    let dir = home.join("recoll");
    fs::create_dir_all(&dir).unwrap();
    fs::write(dir.join("recoll.conf"), format!("topdirs = {}\n", corpus.display())).unwrap();
    let built = run(Command::new("recollindex").arg("-c").arg(&dir));
    let config = dir.clone();
    let ask = move |word: &str| {
        let mut command = Command::new("recollq");
        command.arg("-c").arg(&config).args(["-n", "10", "-A", word]);
        command
    };
    Peer { name: "Recoll", built, dir, ask: Box::new(ask) }
}

/// Headline and body of all articles below a folder.
fn articles(corpus: &Path) -> impl Iterator<Item = (String, String)> {
    let files = walkdir::WalkDir::new(corpus).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    files.flat_map(|entry| {
        let text = fs::read_to_string(entry.path()).unwrap();
        if entry.path().extension().is_some_and(|extension| extension == "jsonl") {
            let record = |line: &str| {
                let record: serde_json::Value = serde_json::from_str(line).unwrap();
                let value = |name: &str| record[name].as_str().unwrap_or_default().to_owned();
                (value("title"), value("text"))
            };
            text.lines().map(record).collect()
        } else {
            let (title, body) = text.split_once('\n').unwrap_or_default();
            vec![(title.to_owned(), body.to_owned())]
        }
    })
}
