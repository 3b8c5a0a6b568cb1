//! Cues in languages other than English: the verb beside the marks, and the subject beside the verb.
//!
//! A simpler grammar than that of English, from the words of `data/languages.txt`. What it cannot tell stays unnamed.

use super::cue::{Cue, Order};
use super::indirect::Indirect;
use super::scene::{Head, Scene, Source};
use crate::extract::names::lexicon::{self as lex, Language};
use crate::extract::names::{Class, Mention};
use crate::text::Kind;

/// How far from its verb a subject ends or begins, in tokens.
const REACH: usize = 10;

/// All cues of a text in one of the languages whose verbs are known, in order.
pub(super) fn cues(scene: Scene) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    for i in scene.first..scene.view.len() {
        let cue = at(scene, i, cues.last());
        cues.extend(cue);
    }
    cues
}

fn at(scene: Scene, i: usize, previous: Option<&Cue>) -> Option<Cue> {
    let view = scene.view;
    if scene.marks.covers(i) || !view.is_lower(i) {
        return None;
    }
    let cue = |source, order| Cue {
        verb: i,
        after: i + 1,
        takes: lex::TAKES_CLAUSE,
        source,
        order,
        faint: false,
        nested: false,
    };
    if view.any(i, lex::ACCORDING) {
        let ends = i.checked_sub(1).is_some_and(|b| view.is(b, Kind::Comma) || scene.marks.covers(b));
        return subject_after(scene, i + 1)
            .filter(|_| ends || view.starts_sentence(i))
            .map(|s| cue(s, Order::According));
    }
    if !view.any(i, lex::CUE) {
        return None;
    }
    let from = group_start(scene, i);
    let before = subject_before(scene, from);
    if behind_marks(scene, from) {
        // "a-t-il dit", "dit-il", "sagte Scholz"
        let pronoun = before.filter(|s| s.head == Head::Pronoun);
        let named = pronoun.or_else(|| subject_after(scene, i + 1));
        // "..., ha aggiunto": the verb alone, of who spoke before.
        let alone = !matches!(view.kind(i + 1), Some(Kind::Word | Kind::Elision)) || view.any(i + 1, lex::PREPOSITION);
        let again = || previous.filter(|p| alone && i - p.verb < 60).map(|p| p.source);
        return named.or_else(again).map(|source| cue(source, Order::Inverted));
    }
    let comma = from.checked_sub(1).is_some_and(|b| view.is(b, Kind::Comma));
    let after = || subject_after(scene, i + 1).map(|source| cue(source, Order::Inverted));
    match before {
        Some(source) if !comma || source.end == from - 1 => Some(cue(source, Order::Subject)),
        _ => after(),
    }
}

/// The first token of the verb with its auxiliaries, adverbs and what French puts between them.
fn group_start(scene: Scene, verb: usize) -> usize {
    let view = scene.view;
    let mut from = verb;
    while from > 0
        && verb - from < 4
        && !view.starts_sentence(from)
        && view.any(from - 1, lex::AUXILIARY.or(lex::ADVERB))
    {
        from -= 1;
    }
    from
}

/// Whether a closing mark stands before token `from`, with a comma, a dash or `a-t-il` in between at most.
fn behind_marks(scene: Scene, from: usize) -> bool {
    let view = scene.view;
    let light = |i: usize| {
        matches!(view.kind(i), Some(Kind::Comma | Kind::Dash))
            || view.any(i, lex::SINGULAR_PRONOUN.or(lex::AUXILIARY).or(lex::ADVERB))
    };
    let bound = from.saturating_sub(7);
    (bound..from).rev().take_while(|i| light(*i) || scene.marks.covers(*i)).any(|i| scene.marks.covers(i))
}

fn pronoun(scene: Scene, i: usize) -> Option<Source> {
    let head = match () {
        () if scene.view.any(i, lex::SINGULAR_PRONOUN) => Head::Pronoun,
        () if scene.view.any(i, lex::GROUP_PRONOUN) => Head::Group,
        () => return None,
    };
    Some(Source { first: i, end: i + 1, head, role: None })
}

/// Whether the name can speak: persons, organisations, and what else has a capital if nouns in general have none.
fn can_speak(scene: Scene, mention: &Mention) -> bool {
    scene.names.language != Language::German || scene.names.class(mention) != Class::Other
}

/// The subject that begins behind the verb, at token `first`.
fn subject_after(scene: Scene, first: usize) -> Option<Source> {
    let view = scene.view;
    let mut first = first;
    while view.is(first, Kind::Dash) && view.is_glued(first) || view.any(first, lex::ADVERB) {
        first += 1;
    }
    if let Some(source) = pronoun(scene, first) {
        return Some(source);
    }
    let mut named = None;
    let mut i = first;
    while i < first + REACH && !ends_phrase(scene, first, i) {
        let Some(at) = scene.names.index_at(i) else {
            i += 1;
            continue;
        };
        let Some(mention) = scene.names.mentions.get(at) else { break };
        let source = Source {
            first,
            end: mention.end,
            head: Head::Name(at),
            role: (first < mention.first).then_some((first, mention.first)),
        };
        if scene.names.class(mention) == Class::Person {
            return Some(source);
        }
        // "the spokesman of Gazprom" is not Gazprom.
        if mention.start() <= first && can_speak(scene, mention) {
            named = Some(source);
        }
        i = mention.end;
    }
    named.or_else(|| noun_phrase(scene, first, i))
}

/// Whether the subject that began at `first` ends before token `i`.
fn ends_phrase(scene: Scene, first: usize, i: usize) -> bool {
    let view = scene.view;
    let genitive = matches!(
        view.word(i),
        "de" | "du" | "des" | "del" | "della" | "dei" | "di" | "der" | "von" | "la" | "degli" | "delle" | "dello"
    );
    let word = matches!(view.kind(i), Some(Kind::Word | Kind::Elision | Kind::Dash | Kind::Number));
    let breaks = lex::PREPOSITION.or(lex::CUE).or(lex::CONJUNCTION).or(lex::SUBORDINATOR).or(lex::RELATIVE);
    // "M. Lavrov"
    if view.is(i, Kind::Stop) && view.is_glued(i) && i > first && view.any(i - 1, lex::HONORIFIC) {
        return false;
    }
    !word
        || scene.marks.covers(i)
        || view.starts_sentence(i)
        || view.is_lower(i) && view.any(i, breaks.or(lex::AUXILIARY).or(lex::OTHER_PRONOUN)) && !(genitive && i > first)
        || view.is(i, Kind::Dash) && !view.is_glued(i)
}

/// A description of somebody: it begins with an article or with a word for an office.
fn noun_phrase(scene: Scene, first: usize, end: usize) -> Option<Source> {
    let view = scene.view;
    let head = (first..end).find(|i| view.is(*i, Kind::Word) && !view.any(*i, lex::DETERMINER.or(lex::POSSESSIVE)))?;
    let begins = head > first || view.any(head, lex::ROLE.or(lex::MODIFIER));
    begins.then_some(Source { first, end, head: Head::Noun(head), role: None })
}

/// The subject that ends before token `from`.
fn subject_before(scene: Scene, from: usize) -> Option<Source> {
    let view = scene.view;
    let mut end = from;
    let last = end.checked_sub(1).filter(|_| !view.starts_sentence(from))?;
    if scene.marks.covers(last) {
        return None;
    }
    if let Some(source) = pronoun(scene, last) {
        return Some(source);
    }
    let mut tail = end;
    if view.is(last, Kind::Comma) {
        // "X, chef de la diplomatie, a dit"
        let bound = scene.sentence_start(last).max(last.saturating_sub(24));
        end = (bound..last).rev().find(|i| view.is(*i, Kind::Comma) && !scene.marks.covers(*i))?;
        tail = last;
    }
    let at = scene.names.index_at(end.checked_sub(1)?);
    if let Some((at, mention)) =
        at.and_then(|at| scene.names.mentions.get(at).map(|m| (at, m))).filter(|(_, m)| m.end == end)
    {
        let role = office_before(scene, mention);
        let first = role.map_or(mention.first, |(first, _)| first);
        let source = Source { first, end: tail, head: Head::Name(at), role };
        return (can_speak(scene, mention) && !is_governed(scene, first)).then_some(source);
    }
    if tail != end {
        return None;
    }
    let bound = scene.sentence_start(last).max(end.saturating_sub(6));
    let opens = |i: &usize| view.any(*i, lex::DETERMINER.or(lex::POSSESSIVE)) || *i == bound && view.any(*i, lex::ROLE);
    let first = (bound..end)
        .rev()
        .take_while(|i| view.any(*i, lex::DETERMINER) || !ends_phrase(scene, bound, *i))
        .find(opens)?;
    noun_phrase(scene, first, end).filter(|_| !is_governed(scene, first))
}

/// `ministro degli Esteri italiano Foo Bar`: the office before a subject, from its noun on.
fn office_before(scene: Scene, mention: &Mention) -> Option<(usize, usize)> {
    let view = scene.view;
    let given = mention.title_first.map(|title| (title, mention.first));
    if given.is_some_and(|(first, end)| (first..end).any(|i| view.any(i, lex::ROLE))) {
        return given;
    }
    let start = mention.start();
    let bound = scene.sentence_start(start).max(start.saturating_sub(REACH));
    let part = |i: &usize| *i == bound || !ends_phrase(scene, bound, *i);
    let noun = (bound..start).rev().take_while(part).find(|i| view.any(*i, lex::ROLE));
    // "пресс-секретарь"
    let hyphened = |i: usize| i >= 2 && view.is(i - 1, Kind::Dash) && view.is_glued(i) && view.is_glued(i - 1);
    let noun = noun.map(|noun| if hyphened(noun) { noun - 2 } else { noun });
    noun.map(|noun| (noun, mention.first)).or(given)
}

/// Whether a preposition, or a noun that owns it, stands before the phrase that begins at `first`.
fn is_governed(scene: Scene, first: usize) -> bool {
    let view = scene.view;
    let mut at = first;
    while at > 0 && !view.starts_sentence(at) && view.any(at - 1, lex::DETERMINER) {
        at -= 1;
    }
    at > 0 && !view.starts_sentence(at) && (view.any(at - 1, lex::PREPOSITION) || view.is(at - 1, Kind::Elision))
}

/// The clauses behind `dass`, `que`, `что` that follow a cue.
pub(super) fn reported(scene: Scene, cues: &[Cue]) -> Vec<Indirect> {
    let view = scene.view;
    let clause = |(at, cue): (usize, &Cue)| {
        let from = cue.after.max(if cue.source.first > cue.verb { cue.source.end } else { 0 });
        let opens =
            |i: usize| view.any(i, lex::OPENS_CLAUSE) || view.is(i, Kind::Elision) && view.word(i).starts_with("qu");
        let that = (from..from + REACH)
            .take_while(|i| {
                !scene.marks.covers(*i) && !view.starts_sentence(*i) && (*i == from || !view.any(*i, lex::CUE))
            })
            .find(|i| opens(*i))?;
        let first = that + 1;
        let ends = |i: &usize| view.starts_sentence(*i) && !scene.inside(*i);
        let mut end = (first + 1..view.len()).find(ends).unwrap_or(view.len());
        while end > first && matches!(view.kind(end - 1), Some(Kind::Stop | Kind::Comma | Kind::Colon)) {
            end -= 1;
        }
        let plain = cue.order != Order::According && first + 2 < end;
        plain.then_some(Indirect { lead: None, first, end, cue: at })
    };
    cues.iter().enumerate().filter_map(clause).collect()
}
