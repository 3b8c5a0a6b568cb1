//! How fast the parts are, each as a ratio to something plain measured in the same run: extraction against a pass of
//! the tokeniser, a build and a query against a tantivy index of title and body with nothing else. Medians of
//! interleaved runs. `cargo bench --bench pipeline [-- ARTICLES | PATH...]`: on so many made articles, or on those below the
//! paths. With the name of a row (`tokens`, `names`, `quotations`, `places`, `all`, `none`) that alone runs once and nothing is
//! timed, for a profiler that counts instructions.

#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::{Duration, Instant};

#[path = "corpus/mod.rs"]
mod corpus;
#[path = "archive/plain.rs"]
mod plain;
#[path = "timing/mod.rs"]
mod timing;

use newsidx::article::{Article, DateHint, Origin};
use newsidx::build::{self, Options, Progress};
use newsidx::engine::local::Local;
use newsidx::engine::{Engine, Request};
use newsidx::extract::dates::{self, parse::Order};
use newsidx::stories::{self, Copy, Sketch};
use newsidx::text::{Lexer, Tokens};
use newsidx::{extract, read};
use plain::Plain;
use timing::{RUNS, interleaved, median};

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let count = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(5000);
    let paths: Vec<PathBuf> = std::env::args().skip(1).map(PathBuf::from).filter(|path| path.exists()).collect();
    let articles = articles(&paths, count);
    for name in std::env::args().skip(1) {
        match name.as_str() {
            "tokens" => return scan(&articles),
            "names" => return names(&articles),
            "quotations" => return quotations(&articles),
            "places" => return places(&articles),
            "all" => return annotate(&articles),
            "none" => return,
            _ => {} // numbers, and flags that cargo adds
        }
    }
    let bytes: usize = articles.iter().map(|article| article.body.len()).sum();
    let mb = bytes as f64 / 1e6;
    println!("{} articles, {mb:.1} MB of text, medians of {RUNS} interleaved runs\n", articles.len());

    println!("one thread                 MB/s   passes of the tokeniser");
    let times = parts(&articles);
    // What extraction and the index share: the text cut into words, each with its number.
    let pass = times[0] + times[1];
    row("the tokeniser", mb, pass, pass);
    for (name, time) in PARTS.iter().zip(times) {
        row(name, mb, time, pass);
    }
    let both: Duration = times[PLACES..].iter().sum();
    row("places and dates", mb, both, pass);
    row("all", mb, times.iter().sum(), pass);

    let dir = tempfile::tempdir().unwrap();
    let corpus = dir.path().join("corpus");
    write_corpus(&corpus, &articles);
    let (plain, ours) = (dir.path().join("plain"), dir.path().join("ours"));
    let [plain_build, our_build] =
        interleaved([&mut || build_plain(&plain, &corpus), &mut || build_ours(&ours, &corpus)]);
    println!("\nbuild, all cores           MB/s   against plain tantivy");
    row("plain tantivy", mb, plain_build, plain_build);
    row("newsidx", mb, our_build, plain_build);
    let copies = sketches(&articles);
    let grouped = || drop(black_box(stories::group(&copies, stories::THRESHOLD)));
    let [sketch, group] = interleaved([&mut || drop(sketches(&articles)), &mut || grouped()]);
    let threads = std::thread::available_parallelism().map_or(1, usize::from) as f64;
    let share = (sketch.as_secs_f64() / threads + group.as_secs_f64()) / our_build.as_secs_f64();
    println!("finding copies: {:.1} % of that build's time", share * 100.0);
    println!(
        "size on disk: plain {:.2}, newsidx {:.2} of the text",
        size(&plain) / bytes as f64,
        size(&ours) / bytes as f64
    );

    let engine = Local::open(&ours).unwrap();
    let index = Plain::open(&plain);
    println!("\nten hits with passages, warm     plain     newsidx   ratio");
    for query in ["geneva", "petrov geneva", "belarus OR minsk", "\"foreign minister\""] {
        let [theirs, own] = interleaved([&mut || index.search(query), &mut || search_ours(&engine, query)]);
        let ms = |time: Duration| time.as_secs_f64() * 1e3;
        println!("{query:<28} {:>8.2} ms {:>8.2} ms {:>6.2}", ms(theirs), ms(own), ms(own) / ms(theirs));
    }

    println!("\nof newsidx alone, ten hits, warm     this       that   ratio");
    let typed = Local::open(&ours).unwrap().without_aliases();
    for query in ["petrov", "petrov geneva", "speaker:petrov geneva", "\"sergei petrov\""] {
        let [with, without] = interleaved([&mut || search_ours(&engine, query), &mut || search_ours(&typed, query)]);
        ratio(&format!("{query}, all spellings"), with, without);
    }
    for (near, phrase) in
        [("minister w/5 foreign", "\"foreign minister\""), ("regional w/5 talks", "\"regional talks\"")]
    {
        let [near_time, phrase_time] =
            interleaved([&mut || search_ours(&typed, near), &mut || search_ours(&typed, phrase)]);
        ratio(&format!("{near}, the phrase"), near_time, phrase_time);
    }
}

fn ratio(name: &str, this: Duration, that: Duration) {
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("{name:<33} {:>7.2} ms {:>7.2} ms {:>6.2}", ms(this), ms(that), ms(this) / ms(that));
}

fn row(name: &str, mb: f64, time: Duration, base: Duration) {
    println!("{name:<24} {:>7.1} {:>12.2}x time", mb / time.as_secs_f64(), time.as_secs_f64() / base.as_secs_f64());
}

/// The articles below `paths`; where none are given, made ones.
fn articles(paths: &[PathBuf], count: usize) -> Vec<Article> {
    let mut articles: Vec<Article> = Vec::new();
    if paths.is_empty() {
        articles.extend((0..count as u64).map(made));
    }
    for entry in paths.iter().flat_map(walkdir::WalkDir::new).flatten().filter(|entry| entry.file_type().is_file()) {
        let mut file = std::fs::File::open(entry.path()).unwrap();
        read::articles(&entry.path().to_string_lossy(), &mut file, &mut |article| {
            articles.extend(article.ok());
            true
        });
    }
    articles
}

fn made(number: u64) -> Article {
    let made = corpus::article(number);
    let date = DateHint { origin: Origin::Metadata, text: made.date, modified: false };
    let (title, path) = (Some(made.title), format!("{number}.txt"));
    Article { title, body: made.body, path, date_hints: vec![date], ..Article::default() }
}

fn scan(articles: &[Article]) {
    let mut tokens = Tokens::default();
    for article in articles {
        tokens.rescan(&article.body);
        black_box(tokens.len());
    }
}

/// What the build learns of each article to tell copies by.
fn sketches(articles: &[Article]) -> Vec<Copy> {
    let mut tokens = Tokens::default();
    let sketch = |(id, article): (usize, &Article)| {
        tokens.rescan(&article.body);
        let words = tokens.words().count() as u32;
        Copy { id: id as u64, sketch: Sketch::of(&article.body, &tokens), words, days: None }
    };
    articles.iter().enumerate().map(sketch).collect()
}

/// The parts of extraction, in their order.
const PARTS: [&str; 6] = ["of it, cutting", "of it, numbering", "names", "quotations", "places", "dates"];
/// Places and what comes behind them.
const PLACES: usize = 4;

/// How long each part takes for all articles: medians of rounds after one that does not count. Each article goes through all
/// parts before the next one, as in a build.
fn parts(articles: &[Article]) -> [Duration; PARTS.len()] {
    let mut rounds: Vec<[Duration; PARTS.len()]> = Vec::new();
    let mut lexer = Lexer::default();
    for _ in 0..=RUNS {
        let mut times = [Duration::ZERO; PARTS.len()];
        for article in articles {
            let mut article = article.clone();
            let mut started = Instant::now();
            let mut lap = |part: usize| {
                let now = Instant::now();
                times[part] += now - started;
                started = now;
            };
            let Lexer { tokens, vocabulary } = &mut lexer;
            vocabulary.tidy();
            tokens.rescan(&article.body);
            lap(0);
            tokens.number(&article.body, vocabulary);
            let tokens = &*tokens;
            lap(1);
            article.dateline = dates::dateline::find(&article.body, tokens);
            dates::publication::decide(&mut article, Order::Unknown, tokens);
            lap(5);
            let names = extract::names::find(&article, tokens);
            lap(2);
            let mut quotes = extract::quotes::find(&article, tokens, &names);
            lap(3);
            black_box(extract::places::find(&article, tokens, &names));
            lap(4);
            let found = dates::mentions::find(&article, tokens);
            dates::mentions::say_when(&article, tokens, &found, &mut quotes);
            lap(5);
            black_box((names.persons(), names.organisations(&article, tokens), found, quotes));
            lap(2);
        }
        rounds.push(times);
    }
    std::array::from_fn(|part| median(rounds.iter().skip(1).map(|times| times[part]).collect()))
}

fn names(articles: &[Article]) {
    let mut lexer = Lexer::default();
    for article in articles {
        lexer.read(&article.body);
        black_box(extract::names::find(article, &lexer.tokens));
    }
}

fn quotations(articles: &[Article]) {
    let mut lexer = Lexer::default();
    for article in articles {
        lexer.read(&article.body);
        let names = extract::names::find(article, &lexer.tokens);
        black_box(extract::quotes::find(article, &lexer.tokens, &names));
    }
}

fn places(articles: &[Article]) {
    let mut lexer = Lexer::default();
    for article in articles {
        lexer.read(&article.body);
        let names = extract::names::find(article, &lexer.tokens);
        black_box(extract::places::find(article, &lexer.tokens, &names));
    }
}

fn annotate(articles: &[Article]) {
    let mut lexer = Lexer::default();
    for article in articles {
        let mut article = article.clone();
        black_box(extract::annotate(&mut article, &mut lexer));
    }
}

/// One JSON Lines file for every 500 articles.
fn write_corpus(dir: &Path, articles: &[Article]) {
    use std::io::Write;
    std::fs::create_dir_all(dir).unwrap();
    for (number, chunk) in articles.chunks(500).enumerate() {
        let mut file = std::io::BufWriter::new(std::fs::File::create(dir.join(format!("{number}.jsonl"))).unwrap());
        for article in chunk {
            let line = serde_json::json!({"title": article.title, "text": article.body, "date": "2022-01-21"});
            writeln!(file, "{line}").unwrap();
        }
    }
}

fn build_plain(dir: &Path, corpus: &Path) {
    std::fs::remove_dir_all(dir).ok();
    plain::build(corpus, dir);
}

fn build_ours(dir: &Path, corpus: &Path) {
    std::fs::remove_dir_all(dir).ok();
    let options = Options::default();
    let paths = [corpus.to_owned()];
    build::run(dir, &paths, &options, &Progress::default(), &AtomicBool::new(false)).unwrap();
}

fn size(dir: &Path) -> f64 {
    let files = walkdir::WalkDir::new(dir).into_iter().flatten();
    files.filter_map(|entry| entry.metadata().ok()).filter(|meta| meta.is_file()).map(|meta| meta.len() as f64).sum()
}

fn search_ours(engine: &Local, query: &str) {
    let today = jiff::civil::date(2022, 2, 24);
    let query = newsidx::query::parse(query, today).unwrap().root;
    let request = Request { limit: Some(10), passages: 2, count_mentions: true, ..Request::new(query) };
    black_box(engine.articles(&request).unwrap());
}
