//! `newsidx terms`: words typical of what a query finds, against the rest of the archive.

use std::io::Write;

use anyhow::Result;
use rustc_hash::FxHashSet;

use super::session::Session;
use super::{Outcome, count, listing, search, target};
use crate::cli::{Terms, Words};
use crate::engine::{Engine, Request, Vocabulary, typical};
use crate::output::words::{self, Against};
use crate::query::ast::NodeKind;
use crate::query::{Node, Word};

pub(super) fn run(args: &Terms, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let read = search::read(session, &args.query, &args.filters, false)?;
    let engine = search::engine(session, &args.filters)?;
    if let Some(outcome) = listing::version(args.words.tabling.format_version) {
        return Ok(outcome);
    }
    let format = count::format(&args.words.tabling)?;
    let asked = asked(&read.root);
    let found = vocabulary(&engine, read.root, &args.words)?;
    let words = wanted(&found, &args.words, &asked);
    let names: Vec<&str> = words.iter().map(|(word, _)| word.as_str()).collect();
    let (everywhere, articles) = engine.frequencies(&names)?;
    let rest = articles.saturating_sub(found.articles);
    let pairs =
        words.iter().zip(everywhere).map(|((word, here), all)| (word.clone(), *here, all.saturating_sub(*here)));
    let ranked = typical::ranked(pairs, found.articles, rest, args.words.limit);
    let against = Against {
        here: (found.articles, "found"),
        there: (rest, "others"),
        sampled_of: found.sampled.then_some(found.total),
        what: &read.text,
    };
    target::to(args.words.tabling.out.as_deref(), out, |mut out| {
        Ok(words::write(&mut out, &session.paint, &ranked, &against, format)?)
    })?;
    Ok(Outcome::of_hits(ranked.len() as u64))
}

/// The words of the best articles that a query finds.
pub(super) fn vocabulary(engine: &impl Engine, query: Node, words: &Words) -> Result<Vocabulary> {
    engine.vocabulary(&Request { limit: Some(words.sample as usize), ..Request::new(query) })
}

/// Words worth comparing: with a letter, in enough articles, and not those asked for.
pub(super) fn wanted(found: &Vocabulary, words: &Words, asked: &FxHashSet<String>) -> Vec<(String, u64)> {
    let worth = |word: &str, count: u64| {
        count >= words.least && word.chars().count() > 1 && word.chars().any(char::is_alphabetic) && !is_of(word, asked)
    };
    let list = found.words.iter().filter(|(word, count)| worth(word, **count));
    list.map(|(word, count)| (word.clone(), *count)).collect()
}

/// Whether a word is one of those asked for, or begins as one of them does.
fn is_of(word: &str, asked: &FxHashSet<String>) -> bool {
    asked.iter().any(|other| other == word || (other.chars().count() > 3 && word.starts_with(other.as_str())))
}

/// The words of a query.
pub(super) fn asked(node: &Node) -> FxHashSet<String> {
    let mut words = FxHashSet::default();
    collect(node, &mut words);
    words
}

fn collect(node: &Node, words: &mut FxHashSet<String>) {
    let mut add = |word: &Word| {
        let known = match word {
            Word::Wildcard(word) => word.split(['*', '?']).next().unwrap_or_default(),
            Word::Regex(_) => return,
            word => word.text(),
        };
        words.insert(known.to_owned());
    };
    match &node.kind {
        NodeKind::Word(word) => add(word),
        NodeKind::Phrase(phrase) => phrase.slots.iter().flatten().for_each(add),
        _ => search::children(node).into_iter().for_each(|child| collect(child, words)),
    }
}
