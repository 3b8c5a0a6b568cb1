//! Random queries in the query language.

use super::corpus::{Rng, VOCABULARY};

/// The first `letters` of a word.
fn begin(word: &str, letters: usize) -> String {
    word.chars().take(letters).collect()
}

/// A word, a phrase, or something that stands for words.
fn word(rng: &mut Rng) -> String {
    let (text, _) = *rng.pick(VOCABULARY);
    match rng.below(10) {
        0 => format!("={text}"),
        1 => format!("{}*", begin(text, 3)),
        2 => format!("{}?{}", begin(text, 2), text.chars().skip(3).collect::<String>()),
        3 => format!("{text}~1"),
        4 => "/tal(k|ks)/".to_owned(),
        5 => "zebra".to_owned(),
        _ => text.to_owned(),
    }
}

fn phrase(rng: &mut Rng) -> String {
    let mut words: Vec<String> = Vec::new();
    for _ in 0..2 + rng.below(2) {
        let (text, _) = *rng.pick(VOCABULARY);
        words.push(match rng.below(6) {
            0 => format!("{}*", begin(text, 3)),
            1 => format!("({text}|{})", rng.pick(VOCABULARY).0),
            _ => text.to_owned(),
        });
    }
    let slop = if rng.one_in(3) { format!("~{}", 1 + rng.below(3)) } else { String::new() };
    format!("\"{}\"{slop}", words.join(" "))
}

/// What can be near something.
fn side(rng: &mut Rng, depth: usize) -> String {
    match rng.below(if depth == 0 { 5 } else { 9 }) {
        0..=3 => word(rng),
        4 => phrase(rng),
        5 => format!("({} OR {})", side(rng, depth - 1), side(rng, depth - 1)),
        6 => format!("caps({})", side(rng, depth - 1)),
        7 => near(rng, depth - 1),
        _ => format!("nocaps({})", word(rng)),
    }
}

fn near(rng: &mut Rng, depth: usize) -> String {
    let not = if rng.one_in(5) { "NOT " } else { "" };
    let operator = if rng.one_in(2) { "w" } else { "pre" };
    let reach = match rng.below(4) {
        0 => "s".to_owned(),
        1 => "p".to_owned(),
        _ => (1 + rng.below(6)).to_string(),
    };
    format!("({} {not}{operator}/{reach} {})", side(rng, depth), side(rng, depth))
}

/// What positions decide.
fn of_words(rng: &mut Rng, depth: usize) -> String {
    if depth == 0 {
        return side(rng, 0);
    }
    let below = depth - 1;
    match rng.below(12) {
        0..=2 => side(rng, depth),
        3 | 4 => near(rng, below),
        5 => format!("({} {})", of_words(rng, below), of_words(rng, below)),
        6 => format!("({} OR {})", of_words(rng, below), of_words(rng, below)),
        7 => format!("({} NOT {})", of_words(rng, below), of_words(rng, below)),
        8 => format!("sentence{{{}}}", of_words(rng, below)),
        9 => format!("para{{{}}}", of_words(rng, below)),
        10 => format!("atleast{}({})", 1 + rng.below(3), of_words(rng, below)),
        _ => format!("allcaps({})", of_words(rng, below)),
    }
}

fn name(rng: &mut Rng, names: &[&str]) -> String {
    let one = |rng: &mut Rng| {
        let name = *rng.pick(names);
        match rng.below(4) {
            0 => format!("\"{name}\""),
            1 => format!("{}*", begin(name, 3)),
            _ => name.split(' ').next_back().unwrap_or(name).to_lowercase(),
        }
    };
    match rng.below(4) {
        0 => format!("({} OR {})", one(rng), one(rng)),
        1 => format!("({} NOT {})", one(rng), one(rng)),
        _ => one(rng),
    }
}

fn condition(rng: &mut Rng) -> String {
    match rng.below(13) {
        0 | 1 => format!("speaker:{}", name(rng, super::corpus::SPEAKERS)),
        2 => format!("place:{}", name(rng, &["Zubrovka", "Qwertia", "geneva"])),
        3 => "source:\"Harbour Post\"".to_owned(),
        4 => "source:(Wire OR \"Harbour Post\")".to_owned(),
        5 => format!("date:{}", rng.pick(&["2022-01", "2022-01-15", ">=2022-02", "none", "..2022-01-10"])),
        6 => format!("when:{}", rng.pick(&["2022-01", "2022-01-15", "none"])),
        7 => format!("said-on:{}", rng.pick(&["2022-01", "2022-02-01", "none"])),
        8 => format!("words:{}", rng.pick(&[">10", "<8", "5..12"])),
        9 => format!("kind:{}", rng.pick(&["direct", "indirect"])),
        10 => format!("person:{}", name(rng, super::corpus::SPEAKERS)),
        11 => format!("org:{}", name(rng, super::corpus::ORGANISATIONS)),
        _ => format!("has:{}", rng.pick(&["quote", "date"])),
    }
}

/// Any query.
pub(super) fn any(rng: &mut Rng, depth: usize) -> String {
    if depth == 0 {
        return if rng.one_in(5) { condition(rng) } else { of_words(rng, 1) };
    }
    let below = depth - 1;
    match rng.below(14) {
        0..=2 => of_words(rng, depth),
        3 => condition(rng),
        4 | 5 => format!("({} {})", any(rng, below), any(rng, below)),
        6 => format!("({} OR {})", any(rng, below), any(rng, below)),
        7 => format!("({} -{})", any(rng, below), unit(any(rng, below))),
        8 => format!("(NOT {})", unit(any(rng, below))),
        9 => format!("{}:({})", rng.pick(&["title", "lead", "body", "hlead"]), of_words(rng, below)),
        10 => format!("quote{{{}}}", any(rng, below)),
        11 => format!("said:({})", of_words(rng, below)),
        12 => format!("article{{{}}}", any(rng, below)),
        _ => format!("lead{{{}}}", of_words(rng, below)),
    }
}

fn unit(query: String) -> String {
    if query.starts_with('(') { query } else { format!("({query})") }
}
