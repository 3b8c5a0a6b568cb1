//! Cues: reporting verbs and "according to", outside quotation marks, each with its source.

use super::source::{Head, Scene, Source};
use crate::extract::names::lexicon as lex;
use crate::extract::names::{Class, Mention};
use crate::text::Kind;

/// A reporting verb (or "according to") and who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    /// The token of the verb.
    pub verb: usize,
    /// Who speaks.
    pub source: Source,
    /// How source and verb stand to one another.
    pub order: Order,
    /// Whether the verb only thinks, or is rather no verb.
    pub faint: bool,
}

/// How source and verb stand to one another.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Order {
    /// `X said`.
    Subject,
    /// `said X`.
    Inverted,
    /// `according to X`.
    According,
    /// `..., adding`: the subject is that of the sentence, further left.
    Shared,
}

/// All cues of a text, in order.
pub(super) fn find(scene: Scene) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for i in 0..scene.view.len() {
        if let Some(cue) = at(scene, i, &cues) {
            cues.push(cue);
        }
    }
    cues
}

fn at(scene: Scene, i: usize, earlier: &[Cue]) -> Option<Cue> {
    let view = scene.view;
    if !view.any(i, lex::CUE) && !is_according(scene, i) || scene.marks.covers(i) {
        return None;
    }
    if is_according(scene, i) {
        let source = scene.phrase_starting(i + 2)?;
        return Some(Cue { verb: i, source, order: Order::According, faint: false });
    }
    if !view.is_lower(i) {
        return None;
    }
    let faint = view.any(i, lex::WEAK.or(lex::THOUGHT));
    let cue = |source, order| Some(Cue { verb: i, source, order, faint });
    let from = verb_group(scene, i)?;
    let gerund = view.any(i, lex::GERUND) && from == i;
    if let Some(source) = (!gerund).then(|| inverted(scene, i, from)).flatten() {
        return cue(source, Order::Inverted);
    }
    if is_shared(scene, i, from, gerund) {
        return main_subject(scene, i, earlier).and_then(|source| cue(source, Order::Shared));
    }
    if gerund {
        let with = scene.phrase_ending(from).filter(|s| matches!(s.head, Head::Name(_) | Head::Noun(_)))?;
        return cue(with, Order::Subject);
    }
    let source = scene.subject_before(from)?;
    cue(source, Order::Subject)
}

fn is_according(scene: Scene, i: usize) -> bool {
    scene.view.is_word(i, "according") && scene.view.is_word(i + 1, "to")
}

/// The first token of the verb with its auxiliaries and adverbs; `None` if it is passive, denied or no verb.
fn verb_group(scene: Scene, verb: usize) -> Option<usize> {
    let view = scene.view;
    if view.is_word(verb + 1, "by") && !view.any(verb, lex::GERUND)
        || view.is_word(verb + 1, "to") && view.is_word(verb, "said") && view.is_word(verb + 2, "be")
    {
        return None;
    }
    let mut from = verb;
    let mut passive = false;
    for _ in 0..6 {
        let Some(before) = from.checked_sub(1).filter(|_| !view.starts_sentence(from)) else { break };
        let word = view.word(before);
        if ["not", "never", "didn't", "doesn't", "don't", "hasn't", "haven't", "won't", "wouldn't"].contains(&word) {
            return None;
        }
        if word == "to" {
            let on = before >= 2
                && view.word(before - 1) == "on"
                && matches!(view.word(before - 2), "went" | "goes" | "go" | "going");
            if !on {
                return None;
            }
            from = before - 2;
            continue;
        }
        let auxiliary = view.is_lower(before) && view.any(before, lex::AUXILIARY);
        let modal = view.is_lower(before) && matches!(word, "will" | "would");
        if view.is_lower(before) && view.any(before, lex::MODAL) && !modal {
            return None;
        }
        if !(auxiliary || modal || view.is_adverb(before)) {
            break;
        }
        passive |= ["is", "are", "was", "were", "be", "been", "being", "am"].contains(&word);
        from = before;
    }
    if passive && !view.any(verb, lex::GERUND) {
        return None;
    }
    let before = from.checked_sub(1).filter(|_| !view.starts_sentence(from));
    let noun = before.is_some_and(|b| {
        view.any(b, lex::DETERMINER.or(lex::POSSESSIVE)) && !view.any(b, lex::GROUP_PRONOUN)
            || view.is(b, Kind::Possessive)
    });
    let governed =
        before.is_some_and(|b| view.any(b, lex::PREPOSITION) && view.is_lower(b)) && !view.any(verb, lex::GERUND);
    (!noun && !governed).then_some(from)
}

/// Whether the subject is not beside the verb but that of the sentence: `and said`, `, adding`, `by saying`.
fn is_shared(scene: Scene, verb: usize, from: usize, gerund: bool) -> bool {
    let view = scene.view;
    let Some(before) = from.checked_sub(1).filter(|_| !view.starts_sentence(from)) else { return false };
    if scene.marks.covers(before) {
        return gerund;
    }
    if view.is(before, Kind::Comma) {
        return gerund;
    }
    let joins = view.any(before, lex::CONJUNCTION) || view.is_word(before, "then");
    joins
        || gerund && view.any(before, lex::PREPOSITION.or(lex::SUBORDINATOR)) && !view.is_word(before, "of") && verb > 1
}

/// `," said X`: a source behind the verb, if what comes before and behind allows it.
fn inverted(scene: Scene, verb: usize, from: usize) -> Option<Source> {
    let view = scene.view;
    if ["told", "tells", "informed", "assured", "reminded"].contains(&view.word(verb)) {
        return None;
    }
    let before = from.checked_sub(1)?;
    let behind_quote =
        scene.marks.covers(before) || view.is(before, Kind::Comma) && before > 0 && scene.marks.covers(before - 1);
    if !(behind_quote || view.is(before, Kind::Comma)) || view.starts_sentence(from) && !behind_quote {
        return None;
    }
    let mut first = verb + 1;
    while view.is_adverb(first) && first < verb + 3 {
        first += 1;
    }
    let source = scene.phrase_starting(first)?;
    let next = source.end;
    let ends =
        view.starts_sentence(next) || !matches!(view.kind(next), Some(Kind::Word | Kind::Number | Kind::Possessive));
    let adjunct =
        lex::PREPOSITION.or(lex::CONJUNCTION).or(lex::ADVERB).or(lex::RELATIVE).or(lex::WEEKDAY).or(lex::SUBORDINATOR);
    let follows = view.any(next, adjunct) || view.word(next).ends_with("ing");
    (ends || follows)
        .then_some(source)
        .filter(|s| behind_quote || matches!(s.head, Head::Name(_) | Head::Pronoun) || ends)
}

/// The subject of the sentence that token `at` is in.
pub(super) fn main_subject(scene: Scene, at: usize, earlier: &[Cue]) -> Option<Source> {
    let start = scene.sentence_start(at);
    if let Some(cue) = earlier.last().filter(|c| c.verb >= start && c.source.first >= start && !c.faint) {
        return Some(cue.source);
    }
    subject_of_sentence(scene, start, at)
}

/// The subject of the sentence that begins at `start`, looked for up to `limit`.
pub(super) fn subject_of_sentence(scene: Scene, start: usize, limit: usize) -> Option<Source> {
    let view = scene.view;
    let first = behind_opening(scene, start, limit);
    let near = |m: &Mention| {
        m.start() <= first + 1 && m.first >= first && (m.start() == first || view.any(first, lex::DETERMINER))
    };
    let from = scene.names.mentions.partition_point(|m| m.first < first);
    for at in from..from + 2 {
        let Some(mention) = scene.names.mentions.get(at).filter(|m| near(m) && m.end <= limit) else { continue };
        if view.is(mention.end, Kind::Possessive)
            || view.is_lower(mention.end) && view.any(mention.end, lex::ROLE.or(lex::BODY).or(lex::DOCUMENT))
        {
            continue;
        }
        let role = mention.title_first.map(|t| (t, mention.first));
        return Some(Source { first, end: mention.end, head: Head::Name(at), role });
    }
    if view.any(first, lex::SINGULAR_PRONOUN) {
        return Some(Source { first, end: first + 1, head: Head::Pronoun, role: None });
    }
    let verb = (first..limit.min(first + 24)).find(|i| {
        !scene.marks.covers(*i)
            && view.is_lower(*i)
            && (view.any(*i, lex::FINITE) || view.any(*i, lex::CUE) || *i > first + 1 && view.word(*i).ends_with("ed"))
    })?;
    let source = scene.subject_before(verb)?;
    let named = matches!(source.head, Head::Name(at) if scene.names.mentions.get(at).is_some_and(|m| scene.names.class(m) == Class::Person));
    (source.first <= first + 1 || named).then_some(source)
}

/// Behind "In Geneva," or "But" at the start of a sentence.
fn behind_opening(scene: Scene, start: usize, limit: usize) -> usize {
    let view = scene.view;
    let mut first = start;
    while first < limit
        && (view.any(first, lex::CONJUNCTION)
            || view.is_adverb(first)
            || matches!(view.kind(first), Some(Kind::Mark | Kind::Open | Kind::Comma)))
    {
        first += 1;
    }
    let adjunct = view
        .any(first, lex::PREPOSITION.or(lex::SUBORDINATOR).or(lex::WEEKDAY).or(lex::OPENER).or(lex::ADVERB))
        || view.word(first).ends_with("ing") && !scene.names.at(first).is_some()
        || view.word(first).ends_with("ly") && scene.names.at(first).is_none();
    if adjunct {
        if let Some(comma) =
            (first..limit.min(first + 30)).find(|i| view.is(*i, Kind::Comma) && !scene.marks.covers(*i))
        {
            return comma + 1;
        }
    }
    first
}
