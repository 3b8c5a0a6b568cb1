//! Transcripts and interviews: paragraphs that begin with the name of who speaks and a colon.

use rustc_hash::FxHashMap;

use super::source::Scene;
use crate::annotations::{Quote, QuoteKind, Resolution, Span};
use crate::text::Kind;

/// Labels are no longer than this, in tokens.
const LABEL: usize = 8;

/// A label is one only if the article has this many labelled paragraphs.
const LEAST: usize = 3;

/// Adds one quotation for each labelled paragraph, if there are enough of them.
pub(super) fn add(scene: Scene, quotes: &mut Vec<Quote>) {
    let labelled: Vec<(usize, usize)> = (0..scene.view.len())
        .filter(|i| scene.view.starts_paragraph(*i))
        .filter_map(|i| label(scene, i).map(|colon| (i, colon)))
        .collect();
    let mut seen: FxHashMap<&str, usize> = FxHashMap::default();
    for (first, colon) in &labelled {
        *seen.entry(scene.view.slice(*first, *colon)).or_default() += 1;
    }
    if labelled.len() < LEAST || !seen.values().any(|n| *n > 1) {
        return;
    }
    let mut turns: Vec<Quote> = Vec::with_capacity(labelled.len());
    for (first, colon) in labelled {
        let end = (colon + 1..scene.view.len()).find(|i| scene.view.starts_paragraph(*i)).unwrap_or(scene.view.len());
        let last = end.saturating_sub(1);
        let (Some(from), Some(to)) = (scene.view.tokens.get(colon + 1), scene.view.tokens.get(last)) else { continue };
        if end > colon + 1 && seen.get(scene.view.slice(first, colon)).is_some_and(|n| *n > 1) {
            turns.push(turn(scene, first, colon, Span { start: from.start, end: to.end }));
        }
    }
    // What was found inside a turn is part of it.
    quotes.retain(|quote| {
        let extent = quote.extent();
        let at = turns.partition_point(|turn| turn.extent().end <= extent.start);
        turns.get(at).is_none_or(|turn| !turn.extent().overlaps(extent))
    });
    quotes.append(&mut turns);
}

/// The colon behind the label at the start of a paragraph.
fn label(scene: Scene, first: usize) -> Option<usize> {
    let view = scene.view;
    let colon = (first + 1..first + LABEL).find(|i| view.is(*i, Kind::Colon))?;
    let fits = |i: usize| {
        view.is_upper(i)
            || matches!(view.kind(i), Some(Kind::Other | Kind::Dash | Kind::Stop | Kind::Open | Kind::Close))
            || view.is(i, Kind::Word) && i > first
    };
    let capital = view.is_upper(first) && (first..colon).filter(|i| view.is_lower(*i)).count() <= 1;
    let spaced = view.tokens.get(colon + 1).is_some_and(|t| t.after_space()) && !view.is(colon + 1, Kind::Mark);
    (capital && spaced && !view.starts_paragraph(colon + 1) && (first..colon).all(fits)).then_some(colon)
}

fn turn(scene: Scene, first: usize, colon: usize, span: Span) -> Quote {
    let tokens = scene.view.tokens;
    let source =
        tokens.get(first).zip(tokens.get(colon.saturating_sub(1))).map(|(a, b)| Span { start: a.start, end: b.end });
    let entity = scene.names.between(first, colon).first().and_then(|m| scene.names.entity(m));
    let (resolution, confidence) = match entity {
        Some(_) => (Resolution::Named, 0.9),
        None => (Resolution::Unnamed, 0.7),
    };
    Quote {
        spans: vec![span],
        kind: QuoteKind::Direct,
        speaker: entity.map(|e| e.name.clone()),
        source,
        role: None,
        verb: None,
        resolution,
        confidence,
        said_on: None,
    }
}
