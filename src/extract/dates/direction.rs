//! Whether the clause around an expression of time looks back or ahead.
//!
//! The nearest telling word to the left decides, as a date belongs to what was said before it; at the start of a
//! sentence, and behind a possessive ("Friday's vote will ..."), the first one to the right. Without any, news
//! looks back.

use crate::text::Kind;

use super::grammar::{Reader, among};
use super::resolve::Direction;

/// Tokens looked at to either side.
const REACH: usize = 18;

/// Words that look ahead wherever they stand before the date.
#[rustfmt::skip]
const AHEAD: &[&str] = &[
    "will", "won't", "won’t", "shall", "would", "may", "might", "could", "should", "must", "due", "scheduled",
    "slated", "expected", "planned", "planning", "plans", "plan", "hopes", "intends", "set", "upcoming",
    "ahead", "poised", "going", "next", "forthcoming", "expires", "expire",
];

/// Words that look ahead only right in front of the date.
const AHEAD_AT_ONCE: &[&str] = &["by", "until", "till", "starting", "beginning", "effective"];

/// Irregular verbs and other words that look back; regular verbs are known by their ending.
#[rustfmt::skip]
const BACK: &[&str] = &[
    "ago", "became", "began", "broke", "brought", "came", "did", "drew", "earlier", "fell", "flew", "found",
    "gave", "got", "grew", "had", "has", "have", "held", "hit", "kept", "last", "led", "left", "lost", "made",
    "met", "paid", "ran", "rose", "said", "sank", "saw", "says", "sent", "since", "shot", "sold", "spoke",
    "struck", "swore", "took", "told", "was", "went", "were", "won", "wrote", "yesterday",
];

/// The direction at the tokens from `first` up to `end`.
pub(super) fn at(reader: &Reader<'_>, first: usize, end: usize) -> Direction {
    let leading = opens_sentence(reader, first);
    if (leading || reader.kind(end) == Some(Kind::Possessive))
        && let Some(direction) = to_the_right(reader, end)
    {
        return direction;
    }
    to_the_left(reader, first).unwrap_or(Direction::Past)
}

/// Whether the expression is the first thing of its sentence, but for one word ("On Friday, ...").
fn opens_sentence(reader: &Reader<'_>, first: usize) -> bool {
    let starts = |i: usize| reader.token(i).is_some_and(|t| t.starts_sentence());
    starts(first) || first.checked_sub(1).is_some_and(starts)
}

fn to_the_left(reader: &Reader<'_>, first: usize) -> Option<Direction> {
    if among(reader.back(first, 1), AHEAD_AT_ONCE) {
        return Some(Direction::Future);
    }
    let mut at = first;
    for _ in 0..REACH {
        if reader.token(at).is_none_or(|t| t.starts_sentence()) {
            return None;
        }
        at = at.checked_sub(1)?;
        if let Some(direction) = telling(reader, at) {
            return Some(direction);
        }
    }
    None
}

fn to_the_right(reader: &Reader<'_>, end: usize) -> Option<Direction> {
    for at in end..end + REACH {
        if reader.token(at).is_none_or(|t| t.starts_sentence()) {
            return None;
        }
        if matches!(reader.kind(at), Some(Kind::Mark)) {
            return None;
        }
        // To the right only verbs tell.
        if !among(
            reader.word(at),
            &["last", "next", "earlier", "since", "ago", "ahead", "upcoming", "planned", "plans", "plan"],
        ) && let Some(direction) = telling(reader, at)
        {
            return Some(direction);
        }
    }
    None
}

/// What the word at `at` says of the time of its clause.
fn telling(reader: &Reader<'_>, at: usize) -> Option<Direction> {
    if reader.kind(at) != Some(Kind::Word) {
        return None;
    }
    let word = reader.word(at);
    if among(word, AHEAD) {
        return ahead(reader, at, word).then_some(Direction::Future);
    }
    if among(word, &["to"]) && is_be(reader.back(at, 1)) {
        return Some(Direction::Future);
    }
    let lower = reader.token(at).is_some_and(|t| !t.is_upper());
    // "expected to be signed" does not look back.
    let regular = lower
        && word.len() > 4
        && word.ends_with("ed")
        && !among(reader.back(at, 1), &["be", "to", "is", "are", "being"]);
    let back = among(word, BACK) && !(is_be(word) && is_ahead_of_to(reader, at));
    (regular || back).then_some(Direction::Past)
}

/// Whether a word of [`AHEAD`] really looks ahead: not the month of May, not "could have", not "due to rain".
fn ahead(reader: &Reader<'_>, at: usize, word: &str) -> bool {
    let next = |words: &[&str]| among(reader.word(at + 1), words);
    let is = |words: &[&str]| among(word, words);
    match () {
        () if is(&["may"]) => reader.token(at).is_some_and(|t| !t.is_upper()) && !next(&["have"]),
        () if is(&["would", "might", "could", "should", "must"]) => !next(&["have"]),
        () if is(&["set"]) => next(&["to", "for"]),
        () if is(&["due"]) => !next(&["to"]) || is_be(reader.back(at, 1)),
        () if is(&["going", "plan", "plans", "hopes", "intends", "planning"]) => next(&["to"]),
        () if is(&["expected"]) => !among(reader.back(at, 1), &["than", "as"]),
        () if is(&["ahead"]) => next(&["of"]),
        () => true,
    }
}

fn is_be(word: &str) -> bool {
    among(word, &["is", "are", "was", "were"])
}

/// "was to", "were scheduled": the verb of being before something planned.
fn is_ahead_of_to(reader: &Reader<'_>, at: usize) -> bool {
    among(reader.word(at + 1), &["to", "due", "scheduled", "expected", "set", "slated"])
}
