//! Posts: embedded ones, signed `— Name (@handle) date`, and words behind a colon without quotation marks.

use super::cue::{Cue, Order};
use super::scene::Scene;
use super::turns::{Turn, Voice, person_called};
use crate::extract::names::lexicon as lex;
use crate::text::Kind;

/// The longest signature up to the handle, and the longest way from a verb to its colon, in tokens.
const SIGNATURE: usize = 10;
const ADJUNCT: usize = 16;

/// All embedded posts: the paragraph (or its part) that a signature with a handle closes.
pub(super) fn embedded(scene: Scene) -> Vec<Turn> {
    let view = scene.view;
    let mut found: Vec<Turn> = Vec::new();
    for open in (0..view.len()).filter(|i| view.is(*i, Kind::Open) && view.word(i + 1) == "@") {
        let bound = open.saturating_sub(SIGNATURE);
        let inside = |i: &usize| !view.starts_paragraph(i + 1);
        let Some(dash) =
            (bound..open).rev().take_while(inside).find(|i| view.is(*i, Kind::Dash) && !view.is_glued(i + 1))
        else {
            continue;
        };
        let Some(words) = post_before(scene, dash).filter(|(first, end)| end - first >= 3) else { continue };
        found.push(Turn {
            voice: signed(scene, dash + 1, open),
            label: Some((dash + 1, open)),
            stretches: vec![words],
        });
    }
    found
}

/// Who signs with the tokens `first..end`.
fn signed(scene: Scene, first: usize, end: usize) -> Voice {
    let named = scene.names.between(first, end).first().map(|m| m.entity);
    let entity = person_called(scene, scene.view.slice(first, end)).or(named);
    entity.map_or(Voice::Unnamed, |entity| Voice::Named(entity, 0.92))
}

/// The words above or before the dash of a signature, without the marks around them.
fn post_before(scene: Scene, dash: usize) -> Option<(usize, usize)> {
    let view = scene.view;
    let mut end = dash;
    while end > 0 && view.is(end - 1, Kind::Dash) {
        end -= 1;
    }
    let last = end.checked_sub(1)?;
    let mut first = last;
    while first > 0 && !view.starts_paragraph(first) {
        first -= 1;
    }
    match scene.marks.at(last).and_then(|q| scene.marks.quoted.get(q)) {
        Some(quoted) if quoted.open == first => Some((quoted.first, quoted.end)),
        _ => Some((first, end)),
    }
}

/// Words behind `X tweeted:` or `X said in a post on Facebook:` that no marks surround: where they stand, and the
/// index of the cue. A post goes on to the end of its paragraph, other words to the end of their sentence.
pub(super) fn behind_colon(scene: Scene, cues: &[Cue]) -> Vec<(usize, usize, usize)> {
    let view = scene.view;
    let mut found = Vec::new();
    for (at, cue) in cues.iter().enumerate() {
        if cue.nested || matches!(cue.order, Order::According | Order::Agent) {
            continue;
        }
        let from = if cue.order == Order::Inverted { cue.source.end } else { cue.after };
        let Some(colon) = colon_behind(scene, from) else { continue };
        let posts = is_post(scene, cue, colon);
        if !posts && (cue.takes.any(lex::WEAK) || !cue.takes.any(lex::TAKES_CLAUSE)) {
            continue;
        }
        let first = colon + 1;
        let opens = view.is_upper(first) || view.is(first, Kind::Number) || matches!(view.word(first), "@" | "#");
        if !opens || scene.marks.covers(first) || view.starts_paragraph(first) && !posts {
            continue;
        }
        let stops = |i: &usize| view.starts_paragraph(*i) || !posts && view.starts_sentence(*i) && !scene.inside(*i);
        let end = (first + 1..view.len()).find(stops).unwrap_or(view.len());
        let quoted = (first..end).any(|i| scene.marks.covers(i));
        if end - first >= 3 && !quoted {
            found.push((first, end, at));
        }
    }
    found
}

/// The colon that follows, with no more between than where and when: `on Telegram on Friday:`.
fn colon_behind(scene: Scene, from: usize) -> Option<usize> {
    let view = scene.view;
    let colon = (from..from + ADJUNCT).find(|i| view.is(*i, Kind::Colon) || view.starts_sentence(*i))?;
    let verb = |i: usize| view.is_lower(i) && view.any(i, lex::FINITE) || scene.marks.covers(i);
    let adjunct = colon == from
        || view.any(from, lex::PREPOSITION.or(lex::WEEKDAY).or(lex::ADVERB))
        || view.is(from, Kind::Comma);
    (view.is(colon, Kind::Colon) && adjunct && !(from..colon).any(verb)).then_some(colon)
}

/// Whether it is a post that the verb, or what stands before the colon, speaks of.
fn is_post(scene: Scene, cue: &Cue, colon: usize) -> bool {
    let view = scene.view;
    let verb = view.word(cue.verb);
    let post = ["tweet", "post", "retweet"].iter().any(|stem| verb.starts_with(stem));
    let platform = |i: usize| {
        let word = view.word(i).to_lowercase();
        matches!(
            word.as_str(),
            "twitter"
                | "telegram"
                | "facebook"
                | "instagram"
                | "weibo"
                | "social"
                | "vkontakte"
                | "x"
                | "tiktok"
                | "linkedin"
                | "post"
                | "tweet"
                | "bluesky"
                | "threads"
                | "mastodon"
                | "whatsapp"
                | "snapchat"
                | "reddit"
        )
    };
    post || (cue.after..colon).any(platform)
}
