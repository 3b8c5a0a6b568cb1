//! Whether the clause around an expression of time looks back or ahead.
//!
//! The nearest telling word to the left decides, as a date belongs to what was said before it; at the start of a
//! sentence, and behind a possessive ("Friday's vote will ..."), the first one to the right. Without any, news
//! looks back.

use crate::text::Kind;

use super::grammar::{Reader, among};
use super::resolve::Direction;
use super::words::Table;

/// Tokens looked at to either side.
const REACH: usize = 18;

/// How a word tells the time of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// It looks ahead.
    Ahead,
    /// It looks ahead, but not as "could have".
    Modal,
    /// It looks ahead when "to" follows: "plans to".
    WithTo,
    /// It looks ahead behind "is" or "was".
    To,
    /// The present: what somebody does on a day to be named is to come.
    Now,
    /// It looks back; regular verbs are known by their ending instead.
    Back,
}

use Cue::{Ahead, Back, Modal, Now, To, WithTo};

static CUES: Table<Cue> = Table::new(CUE_ROWS);

/// Lower case.
#[rustfmt::skip]
const CUE_ROWS: &[(&str, Cue)] = &[
    ("ago", Back), ("ahead", Ahead), ("airs", Now), ("are", Now), ("arrives", Now), ("became", Back),
    ("began", Back), ("begins", Now), ("broke", Back), ("brought", Back), ("came", Back), ("closes", Now),
    ("convenes", Now), ("could", Modal), ("did", Back), ("drew", Back), ("due", Ahead), ("earlier", Back),
    ("ends", Now), ("expected", Ahead), ("expire", Ahead), ("expires", Ahead), ("face", Now),
    ("faces", Now), ("fell", Back), ("flew", Back), ("goes", Now), ("forthcoming", Ahead), ("found", Back), ("gave", Back),
    ("going", WithTo), ("got", Back), ("grew", Back), ("had", Back), ("has", Back), ("have", Back),
    ("held", Back), ("hit", Back), ("hopes", WithTo), ("host", Now), ("hosts", Now), ("intends", WithTo),
    ("is", Now), ("kept", Back), ("kicks", Now), ("last", Back), ("led", Back), ("left", Back),
    ("lost", Back), ("made", Back), ("may", Ahead), ("meets", Now), ("met", Back), ("might", Modal),
    ("must", Modal), ("next", Ahead), ("opens", Now), ("paid", Back), ("plan", WithTo), ("planned", Ahead),
    ("planning", WithTo), ("plans", WithTo), ("plays", Now), ("poised", Ahead), ("premieres", Now),
    ("ran", Back), ("reopens", Now), ("resumes", Now), ("runs", Now), ("returns", Now), ("rose", Back), ("said", Back), ("sank", Back),
    ("saw", Back), ("says", Back), ("scheduled", Ahead), ("sent", Back), ("set", Ahead), ("shall", Ahead),
    ("shot", Back), ("should", Modal), ("since", Back), ("slated", Ahead), ("sold", Back), ("spoke", Back),
    ("starts", Now), ("struck", Back), ("swore", Back), ("takes", Now), ("to", To), ("told", Back), ("took", Back),
    ("travels", Now), ("upcoming", Ahead), ("visits", Now), ("was", Back), ("went", Back), ("were", Back),
    ("will", Ahead), ("won", Back), ("won't", Ahead), ("won’t", Ahead), ("would", Modal), ("wrote", Back),
    ("yesterday", Back),
];

/// Words that look ahead only right in front of the date.
const AHEAD_AT_ONCE: &[&str] = &["by", "until", "till", "starting", "beginning", "effective"];

/// The direction at the tokens from `first` up to `end`.
pub(super) fn at(reader: &Reader<'_>, first: usize, end: usize) -> Direction {
    // "Brent for October delivery"
    if among(reader.word(end), &["delivery", "settlement"]) {
        return Direction::Future;
    }
    let leading = opens_sentence(reader, first);
    if (leading || reader.kind(end) == Some(Kind::Possessive))
        && let Some(direction) = to_the_right(reader, end)
    {
        return direction;
    }
    // "From Monday, drivers pay more"
    let from = leading && first > 0 && reader.word(first - 1) == "From";
    to_the_left(reader, first).unwrap_or(if from { Direction::Future } else { Direction::Past })
}

/// Whether the expression is the first thing of its sentence, but for one word ("On Friday, ...").
fn opens_sentence(reader: &Reader<'_>, first: usize) -> bool {
    let starts = |i: usize| reader.token(i).is_some_and(|t| t.starts_sentence());
    starts(first) || first.checked_sub(1).is_some_and(starts)
}

fn to_the_left(reader: &Reader<'_>, first: usize) -> Option<Direction> {
    if among(reader.back(first, 1), AHEAD_AT_ONCE) {
        // "The pumps had run until Sunday": what had been done by then is over.
        let from = first.saturating_sub(REACH);
        let sentence = (from..first).rev().find(|i| reader.token(*i).is_some_and(|t| t.starts_sentence()));
        let over = (sentence.unwrap_or(from)..first).rev().find(|i| telling(reader, *i).is_some());
        return Some(if over.is_some_and(|i| among(reader.word(i), &["had"])) {
            Direction::Past
        } else {
            Direction::Future
        });
    }
    let mut at = first;
    for _ in 0..REACH {
        if reader.token(at).is_none_or(|t| t.starts_sentence()) {
            return None;
        }
        at = at.checked_sub(1)?;
        if reader.kind(at) == Some(Kind::Semicolon) {
            return None;
        }
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
        // "Monday's talks failed; Friday's vote will be close": the comma of "On Friday, ..." is none of its clause's.
        let ends = matches!(reader.kind(at), Some(Kind::Mark | Kind::Semicolon));
        if ends || (at > end && reader.kind(at) == Some(Kind::Comma) && reader.kind(end) == Some(Kind::Possessive)) {
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
    let word = reader.word(at);
    let before = |words: &[&str]| among(reader.back(at, 1), words);
    let next = |words: &[&str]| among(reader.word(at + 1), words);
    let Some(cue) = CUES.get(word.as_bytes()) else {
        // "To be signed" does not look back.
        let regular = word.len() > 4 && word.ends_with("ed") && reader.token(at).is_some_and(|t| !t.is_upper());
        return (regular && !before(&["be", "to", "is", "are", "being"])).then_some(Direction::Past);
    };
    let ahead = match cue {
        Back => return (!(is_be(word) && is_planned(reader, at + 1))).then_some(Direction::Past),
        Modal => !next(&["have"]),
        WithTo => next(&["to"]),
        To => is_be(reader.back(at, 1)),
        Ahead => looks_ahead(reader, at, word),
        // "Those countries, that is, which are on the list, had agreed": no verb of the clause itself.
        Now => is_plain_present(reader, at) && !before(&["that", "which", "who"]),
    };
    ahead.then_some(Direction::Future)
}

/// Whether a word that may look ahead does: not the month of May, not "due to rain", not "than expected".
fn looks_ahead(reader: &Reader<'_>, at: usize, word: &str) -> bool {
    let next = |words: &[&str]| among(reader.word(at + 1), words);
    match word {
        "may" => !next(&["have"]),
        "May" | "MAY" => false,
        "set" => next(&["to", "for"]),
        "due" => !next(&["to"]) || is_be(reader.back(at, 1)),
        // "The next day, Tuesday, he flew home."
        "next" => !next(&["day", "morning"]),
        "expected" => !among(reader.back(at, 1), &["than", "as"]),
        "ahead" => next(&["of"]),
        _ => true,
    }
}

/// Whether a verb in the present tells of what is to come: "the vote is on Friday", not "is based", "is seen", "is the
/// second since".
fn is_plain_present(reader: &Reader<'_>, at: usize) -> bool {
    let next = reader.word(at + 1);
    !(is_be(reader.word(at)) && (next.ends_with("ed") || next.ends_with("ing") || next.ends_with("en")))
}

fn is_be(word: &str) -> bool {
    among(word, &["is", "are", "was", "were"])
}

/// Whether something planned follows a verb of being: "was to", "were scheduled".
fn is_planned(reader: &Reader<'_>, at: usize) -> bool {
    among(reader.word(at), &["to", "due", "scheduled", "expected", "set", "slated"])
}
