//! A whole archive, built and searched by newsidx and by a plain tantivy program, on the same files, in turn:
//! `cargo bench --bench archive -- ARTICLES...`. Prints the tables of the README. Other programs join if they are installed.
//! `cargo bench --bench archive -- corpus FOLDER ARTICLES` only writes the files, `... -- ask ARCHIVE QUERY TIMES` only asks, of
//! an archive of ours or the plain program's index.

#![allow(clippy::unwrap_used)]

#[path = "../corpus/mod.rs"]
mod corpus;
mod peers;
mod plain;
mod process;

use std::fs;
use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::time::{Duration, Instant};

use newsidx::engine::local::Local;
use newsidx::engine::{Engine, MentionRequest, Request};
use newsidx::query;
use plain::Plain;
use process::{Run, median, quantile, run};

const NEWSIDX: &str = env!("CARGO_BIN_EXE_newsidx");

fn main() {
    let args: Vec<String> = std::env::args().skip(1).filter(|arg| arg != "--bench").collect();
    match args.first().map(String::as_str) {
        Some("plain-build") => return plain::build(Path::new(&args[1]), Path::new(&args[2])),
        Some("corpus") => {
            let written = corpus::write(Path::new(&args[1]), args[2].parse().unwrap()).unwrap();
            return println!("{written:?}");
        }
        Some("plain-query") => return Plain::open(Path::new(&args[1])).search(&args[2]),
        Some("ask") => return ask(&args[1], &args[2], args[3].parse().unwrap()),
        _ => {}
    }
    let mut scales: Vec<u64> = args.iter().filter_map(|arg| arg.parse().ok()).collect();
    if scales.is_empty() {
        scales.extend([1_000, 10_000]);
    }
    scales.into_iter().for_each(measure);
}

/// Asks one query so many times in one process: for a profiler, which tells the warm query by the difference.
fn ask(archive: &str, query: &str, times: usize) {
    let archive = Path::new(archive);
    if archive.join("meta.json").exists() {
        let plain = Plain::open(archive);
        (0..times).for_each(|_| plain.search(query));
    } else {
        let engine = Local::open(archive).unwrap();
        (0..times).for_each(|_| search(&engine, query, false));
    }
}

/// One scale, from making the corpus to the last query.
fn measure(count: u64) {
    let home = PathBuf::from(env!("CARGO_TARGET_TMPDIR")).join(format!("bench-{count}"));
    fs::remove_dir_all(&home).ok();
    let files = home.join("corpus");
    let written = corpus::write(&files, count).unwrap();
    let mb = written.text as f64 / 1e6;
    println!("## {count} articles, {} files, {mb:.1} MB of text\n", written.files);

    let rounds = if count > 200_000 { 1 } else { 3 };
    let (ours, theirs) = (home.join("newsidx"), home.join("plain"));
    let (mut own, mut other) = (Vec::new(), Vec::new());
    for _ in 0..rounds {
        fs::remove_dir_all(&theirs).ok();
        fs::remove_dir_all(&ours).ok();
        other.push(run(plain_program().arg("plain-build").args([&files, &theirs])));
        own.push(run(newsidx(&ours).arg("build").arg(&files)));
    }
    let (own, other) = (median(own), median(other));
    println!("| build | MB/s | against plain | cores busy | peak memory | size / text |");
    println!("|---|---|---|---|---|---|");
    build_row("plain tantivy", mb, other, other, size(&theirs));
    build_row("newsidx", mb, own, other, size(&ours));
    let peers = peers::build(&home, &files);
    peers.iter().for_each(|peer| build_row(peer.name, mb, peer.built, other, size(&peer.dir)));

    println!("\n| again | time |\n|---|---|");
    let walk = quantile((0..5).map(|_| walk(&files)).collect(), 0.5);
    println!("| walk of the folder | {} |", ms(walk));
    let again = median((0..5).map(|_| run(newsidx(&ours).arg("build"))).collect());
    println!(
        "| nothing changed | {} ({:.2}x the walk) |",
        ms(again.wall),
        again.wall.as_secs_f64() / walk.as_secs_f64()
    );
    let share = corpus::change(&files, count, 100).unwrap() as f64 / count as f64;
    let changed = run(newsidx(&ours).arg("build"));
    let whole = changed.wall.as_secs_f64() / own.wall.as_secs_f64();
    println!("| {:.1} % changed | {} ({:.1} % of a full build) |", share * 100.0, ms(changed.wall), whole * 100.0);

    println!(
        "\n| ten hits with passages | cold plain | cold newsidx | warm plain p50 | warm newsidx p50 | p95 | warm ratio |"
    );
    println!("|---|---|---|---|---|---|---|");
    let (engine, index) = (Local::open(&ours).unwrap(), Plain::open(&theirs));
    kinds().iter().for_each(|kind| query_row(kind, &engine, &index, &ours, &theirs));
    mention_rate(&engine);
    peers.iter().for_each(|peer| println!("{}: cold query p50 {}", peer.name, ms(peer.query(&corpus::query_words()))));
    println!();
    fs::remove_dir_all(&home).ok();
}

fn newsidx(archive: &Path) -> Command {
    let mut command = Command::new(NEWSIDX);
    command.arg("--index").arg(archive);
    command
}

fn plain_program() -> Command {
    Command::new(std::env::current_exe().unwrap())
}

fn build_row(name: &str, mb: f64, own: Run, plain: Run, size: u64) {
    let seconds = own.wall.as_secs_f64();
    let cores = std::thread::available_parallelism().map_or(1, usize::from) as f64;
    println!(
        "| {name} | {:.1} | {:.2} | {:.0} % | {} MB | {:.2} |",
        mb / seconds,
        plain.wall.as_secs_f64() / seconds,
        own.cpu.as_secs_f64() / seconds / cores * 100.0,
        own.peak / 1_000_000,
        size as f64 / 1e6 / mb
    );
}

fn walk(dir: &Path) -> Duration {
    let started = Instant::now();
    black_box(walkdir::WalkDir::new(dir).into_iter().flatten().filter_map(|entry| entry.metadata().ok()).count());
    started.elapsed()
}

fn size(path: &Path) -> u64 {
    let files = walkdir::WalkDir::new(path).into_iter().flatten();
    files.filter_map(|entry| entry.metadata().ok()).filter(|meta| meta.is_file()).map(|meta| meta.len()).sum()
}

/// Queries of one kind.
struct Kind {
    name: &'static str,
    /// In newsidx's language.
    ours: Vec<String>,
    /// The same for the plain program; empty where it has no such thing.
    plain: Vec<String>,
    quotes: bool,
}

fn kinds() -> Vec<Kind> {
    let words = corpus::query_words();
    let pairs: Vec<(&str, &str)> = words.windows(2).map(|pair| (pair[0].as_str(), pair[1].as_str())).collect();
    let kind = |name, ours: Vec<String>, plain: Vec<String>| Kind { name, ours, plain, quotes: false };
    let each = |make: &dyn Fn(&str) -> String| words.iter().map(|word| make(word)).collect::<Vec<_>>();
    let both = |make: &dyn Fn(&str, &str) -> String| pairs.iter().map(|(a, b)| make(a, b)).collect::<Vec<_>>();
    let and = both(&|a, b| format!("{a} {b}"));
    let or = both(&|a, b| format!("{a} OR {b}"));
    let phrases: Vec<String> = corpus::query_phrases().iter().map(|phrase| format!("\"{phrase}\"")).collect();
    vec![
        kind("one word", words.clone(), words.clone()),
        kind("AND", and.clone(), and),
        kind("OR", or.clone(), or),
        kind("phrase", phrases.clone(), phrases),
        kind("proximity, w/5", both(&|a, b| format!("{a} w/5 {b}")), Vec::new()),
        kind("sentence, w/s", both(&|a, b| format!("{a} w/s {b}")), Vec::new()),
        kind(
            "beginning, word!",
            each(&|w| format!("{}!", &w[..w.len().min(5)])),
            each(&|w| format!("{}*", &w[..w.len().min(5)])),
        ),
        kind("like, word~", each(&|w| format!("{w}~")), each(&|w| format!("{w}~"))),
        kind("with a place", each(&|w| format!("{w} place:geneva")), Vec::new()),
        kind("with a date", each(&|w| format!("{w} date:2017")), Vec::new()),
        Kind { quotes: true, ..kind("quotations", words.clone(), Vec::new()) },
    ]
}

fn query_row(kind: &Kind, engine: &Local, index: &Plain, ours: &Path, theirs: &Path) {
    let command = if kind.quotes { "quotes" } else { "query" };
    let cold = |make: &dyn Fn(&String) -> Command, queries: &[String]| {
        let queries = queries.iter().chain(queries);
        quantile(queries.map(|query| run(&mut make(query)).wall).collect(), 0.5)
    };
    let own_cold = cold(
        &|query| {
            let mut program = newsidx(ours);
            program.args([command, "--limit", "10", query.as_str()]);
            program
        },
        &kind.ours,
    );
    let own = warm(&kind.ours, |query| search(engine, query, kind.quotes));
    let (p50, p95) = (quantile(own.clone(), 0.5), quantile(own, 0.95));
    if kind.plain.is_empty() {
        return println!("| {} | - | {} | - | {} | {} | - |", kind.name, ms(own_cold), ms(p50), ms(p95));
    }
    let plain_cold = cold(
        &|query| {
            let mut program = plain_program();
            program.arg("plain-query").arg(theirs).arg(query);
            program
        },
        &kind.plain,
    );
    let plain = quantile(warm(&kind.plain, |query| index.search(query)), 0.5);
    println!(
        "| {} | {} | {} | {} | {} | {} | {:.2} |",
        kind.name,
        ms(plain_cold),
        ms(own_cold),
        ms(plain),
        ms(p50),
        ms(p95),
        p50.as_secs_f64() / plain.as_secs_f64()
    );
}

/// The times of each query, five times each after one that does not count.
fn warm(queries: &[String], search: impl Fn(&str)) -> Vec<Duration> {
    let mut times = Vec::new();
    for query in queries {
        for round in 0..6 {
            let started = Instant::now();
            search(query);
            if round > 0 {
                times.push(started.elapsed());
            }
        }
    }
    times
}

fn search(engine: &Local, text: &str, quotes: bool) {
    let request = Request { limit: Some(10), passages: 2, count_mentions: true, ..Request::new(parsed(text)) };
    match quotes {
        true => drop(black_box(engine.quotes(&request).unwrap())),
        false => drop(black_box(engine.articles(&request).unwrap())),
    }
}

fn parsed(text: &str) -> query::Node {
    query::parse(text, jiff::civil::date(2022, 2, 24)).unwrap().root
}

/// Rows of `mentions` a second, of the most frequent word.
fn mention_rate(engine: &Local) {
    let words = corpus::query_words();
    let request = MentionRequest { articles: Request::new(parsed(&words[0])), side: None, context: 60 };
    let (started, mut rows) = (Instant::now(), 0u64);
    engine
        .mentions(&request, &mut |_, _, _| {
            rows += 1;
            Ok(true)
        })
        .unwrap();
    let rate = rows as f64 / started.elapsed().as_secs_f64();
    println!("\nmentions of {:?}: {rows} rows, {rate:.0} a second", words[0]);
}

fn ms(time: Duration) -> String {
    format!("{:.2} ms", time.as_secs_f64() * 1e3)
}
