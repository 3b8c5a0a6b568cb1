//! Words without quotation marks that the layout gives to somebody: turns of an interview or a transcript, and posts.
//!
//! Finds stretches and whose they are; [`super::interview`] and [`super::posts`] know what they look like.

use super::scene::Scene;
use crate::annotations::{Quote, QuoteKind, Resolution, Span};
use crate::extract::names::{Class, Entity};

/// Whose the words are.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Voice {
    /// Somebody named in the article, and how sure that is.
    Named(usize, f32),
    /// The one who asks, or somebody whom the article does not name.
    Unnamed,
}

/// One turn: who, the tokens of the label that says so, and the stretches of tokens that are said.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Turn {
    pub voice: Voice,
    pub label: Option<(usize, usize)>,
    pub stretches: Vec<(usize, usize)>,
}

impl Turn {
    fn quote(&self, scene: Scene) -> Option<Quote> {
        let tokens = scene.view.tokens;
        let span = |(first, end): (usize, usize)| {
            let (a, b) = (tokens.get(first)?, tokens.get(end.checked_sub(1)?)?);
            (first < end).then_some(Span { start: a.start, end: b.end })
        };
        let spans: Vec<Span> = self.stretches.iter().copied().filter_map(span).collect();
        let (speaker, resolution, confidence) = match (self.voice, self.label) {
            (Voice::Named(entity, sure), label) => {
                let resolution = if label.is_some() { Resolution::Named } else { Resolution::Floating };
                (scene.names.entities.get(entity).map(|e| e.name.clone()), resolution, sure)
            }
            (Voice::Unnamed, _) => (None, Resolution::Unnamed, 0.7),
        };
        let quote = Quote {
            spans,
            kind: QuoteKind::Direct,
            speaker,
            source: self.label.and_then(span),
            role: None,
            verb: None,
            resolution,
            confidence,
            said_on: None,
        };
        (!quote.spans.is_empty()).then_some(quote)
    }
}

/// Puts the turns in place of what was found inside them.
pub(super) fn add(scene: Scene, turns: &[Turn], quotes: &mut Vec<Quote>) {
    let mut spoken: Vec<Quote> = turns.iter().filter_map(|turn| turn.quote(scene)).collect();
    spoken.sort_by_key(|turn| turn.extent().start);
    quotes.retain(|quote| {
        let extent = quote.extent();
        let at = spoken.partition_point(|turn| turn.extent().end <= extent.start);
        spoken.get(at).is_none_or(|turn| !turn.extent().overlaps(extent))
    });
    quotes.append(&mut spoken);
}

/// The paragraphs of a text, as ranges of tokens.
pub(super) fn paragraphs(scene: Scene) -> Vec<(usize, usize)> {
    let tokens = scene.view.tokens.iter().enumerate();
    let starts: Vec<usize> = tokens.filter(|(_, token)| token.starts_paragraph()).map(|(i, _)| i).collect();
    let ends = starts.iter().skip(1).copied().chain([scene.view.len()]);
    starts.iter().copied().zip(ends).collect()
}

/// The person whom `words`, a whole name or a surname in any case, can only mean.
pub(super) fn person_called(scene: Scene, words: &str) -> Option<usize> {
    let fits = |e: &Entity| {
        let called = e.name.eq_ignore_ascii_case(words)
            || e.name.rsplit(' ').next().is_some_and(|last| last.eq_ignore_ascii_case(words));
        // An outlet known by its letters is nobody.
        let shape = e.name.contains(' ') || e.name.chars().any(char::is_lowercase);
        called && (e.class == Class::Person || e.class == Class::Other && !e.place && shape)
    };
    let mut found = scene.names.entities.iter().enumerate().filter(|(_, e)| fits(e));
    let (at, first) = found.next()?;
    let (mut at, mut longest) = (at, first);
    for (other, entity) in found {
        let same = entity.name.rsplit(' ').next().map(str::to_lowercase)
            == longest.name.rsplit(' ').next().map(str::to_lowercase);
        if !same {
            return None;
        }
        let (one, two) = (longest.name.contains(' '), entity.name.contains(' '));
        if one && two && !entity.name.eq_ignore_ascii_case(&longest.name) {
            return None;
        }
        let shouted = |e: &Entity| !e.name.chars().any(char::is_lowercase);
        if !one && two || shouted(longest) && !shouted(entity) {
            (at, longest) = (other, entity);
        }
    }
    Some(at)
}
