//! `newsidx similar`: articles like one. Its words that are rarest in the archive, as a query.

use std::io::Write;

use anyhow::{Result, bail};
use rustc_hash::FxHashMap;

use super::listing::{self, Usual};
use super::search::{self, Read};
use super::session::Session;
use super::{Outcome, lookup};
use crate::cli::Similar;
use crate::engine::Engine;
use crate::field::Field;
use crate::query::ast::NodeKind;
use crate::query::{Node, Word};
use crate::results::Held;
use crate::text::{Tokens, fold};

/// Words of the article that the others are compared by.
const WORDS: usize = 25;
/// Articles listed unless told otherwise.
const SHOWN: usize = 10;

pub(super) fn run(args: &Similar, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let engine = session.open()?;
    let (held, _) = lookup::find(&engine, &args.article)?;
    let words = telling(&engine, &held)?;
    if words.is_empty() {
        bail!("nothing in {} tells it from the others", held.source.path);
    }
    let conditions = search::read(session, &[], &args.filters, false)?;
    let root = like(&words, &held.source.id);
    let read = Read {
        text: format!("similar {}", held.source.id),
        read_as: root.to_string(),
        root: root.and(conditions.root),
        filters: args.filters.clone(),
        notes: Vec::new(),
    };
    if args.listing.record.is_some() {
        bail!("--record keeps a query; `similar` has none that could be run again");
    }
    let usual = Usual { limit: Some(SHOWN), order: Some("by likeness"), ..Usual::new(session, false, Some(1)) };
    listing::run(session, &engine, &read, &args.listing, usual, out)
}

/// The words of an article that weigh the most: often here, rarely in the archive (tf-idf, with the logarithm of how
/// often, so that no single word decides); each with how much the article is about it.
fn telling(engine: &impl Engine, held: &Held) -> Result<Vec<(String, f64)>> {
    let mut counts: FxHashMap<String, u64> = FxHashMap::default();
    // The headline says what it is about: its words count three times.
    for (text, weight) in [(held.article.title.as_deref().unwrap_or_default(), 3), (&held.article.body, 1)] {
        for token in Tokens::scan(text).words() {
            *counts.entry(fold(&text[token.range()])).or_insert(0) += weight;
        }
    }
    counts.retain(|word, _| word.chars().count() > 2 && word.chars().any(char::is_alphabetic));
    let names: Vec<&str> = counts.keys().map(String::as_str).collect();
    let (frequencies, articles) = engine.frequencies(&names)?;
    let weight = |count: u64, frequency: u64| (1.0 + (count as f64).ln()) * (articles as f64 / frequency as f64).ln();
    let mut words: Vec<(String, f64, u64)> = names
        .iter()
        .zip(frequencies)
        // A word that only this article has finds no other; one that half of all have tells nothing.
        .filter(|(_, frequency)| *frequency > 1 && frequency.saturating_mul(2) <= articles)
        .map(|(name, frequency)| ((*name).to_owned(), weight(counts[*name], frequency), counts[*name]))
        .collect();
    words.sort_by(|(a, x, _), (b, y, _)| y.total_cmp(x).then_with(|| a.cmp(b)));
    words.truncate(WORDS);
    // How rare a word is, the ranking knows itself; how much this article is about it, it must be told.
    Ok(words.into_iter().map(|(word, _, count)| (word, 1.0 + (count as f64).ln())).collect())
}

/// Articles with any of the words, the weightier the better, but not the one with this id.
fn like(words: &[(String, f64)], id: &str) -> Node {
    let node = |kind| Node::new(kind, 0..0);
    let any = words.iter().map(|(word, weight)| {
        let boost = (weight * 100.0).round() as f32 / 100.0;
        node(NodeKind::Boost(boost, Box::new(node(NodeKind::Word(Word::Exact(word.clone()))))))
    });
    let itself = node(NodeKind::In(Field::Id, Box::new(node(NodeKind::Word(Word::Exact(id.to_owned()))))));
    node(NodeKind::Or(any.collect())).and(node(NodeKind::Not(Box::new(itself))))
}
