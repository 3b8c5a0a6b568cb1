//! Subjects that do not stand beside their verb: of the sentence, of the last clause, of a verb in -ing.

use super::cue::{Cue, Order};
use super::scene::{Head, Scene, Source};
use crate::extract::names::lexicon as lex;
use crate::extract::names::{Class, Mention};
use crate::text::Kind;

/// The subject of a verb in -ing: `, adding`, `with X saying`, `quoted X as saying`.
pub(super) fn gerund_subject(scene: Scene, verb: usize, earlier: &[Cue]) -> Option<(Source, Order)> {
    let view = scene.view;
    if view.starts_sentence(verb) {
        return None;
    }
    let before = verb.checked_sub(1)?;
    if (view.is_word(verb, "saying") || view.is_word(before, "as"))
        && let Some(source) = quoted_as_saying(scene, verb)
    {
        return Some((source, Order::Subject));
    }
    let beside = scene.phrase_ending(verb);
    let with = with_subject(scene, verb);
    let agent =
        scene.names.ending(before).filter(|m| view.is(before, Kind::Comma) && scene.names.class(m) == Class::Person);
    let agent = agent
        .and_then(|_| scene.phrase_ending(before))
        .filter(|s| (1..4).any(|n| s.first >= n && view.is_word(s.first - n, "by")));
    if let Some(source) = with.or(agent) {
        return Some((source, Order::Subject));
    }
    // "A sign reading", "banners saying"
    let written = |i: usize| {
        let noun = view.word(i).trim_end_matches('s');
        matches!(
            noun,
            "sign" | "banner" | "placard" | "poster" | "plaque" | "inscription" | "notice" | "sticker" | "billboard"
        )
    };
    if let Some(source) = beside.filter(|s| matches!(s.head, Head::Noun(head) if written(head) && head + 1 == verb)) {
        return Some((source, Order::Subject));
    }
    // "I remember Foo Bar saying"
    let named = beside.filter(|s| matches!(s.head, Head::Name(at) if scene.names.mentions.get(at).is_some_and(|m| m.end == verb && scene.names.class(m) == Class::Person)));
    let told = named.and_then(|s| s.first.checked_sub(1)).is_some_and(|i| view.any(i, lex::TAKES_ADDRESSEE));
    if let Some(source) = named.filter(|_| !told && view.is_word(verb, "saying")) {
        return Some((source, Order::Subject));
    }
    if matches!(view.word(before), "in" | "of" | "for" | "from" | "about" | "without" | "to" | "not") {
        return None;
    }
    let loose = matches!(view.kind(before), Some(Kind::Comma | Kind::Dash))
        || scene.marks.covers(before)
        || view.any(before, lex::CONJUNCTION.or(lex::PREPOSITION).or(lex::SUBORDINATOR))
        || beside.is_some_and(|s| matches!(s.head, Head::Noun(_)) || !view.is(before, Kind::Comma));
    if !loose {
        return None;
    }
    main_subject(scene, verb, earlier).map(|source| (source, Order::Shared))
}

/// `with the minister saying`, `with Foo Bar saying`.
fn with_subject(scene: Scene, verb: usize) -> Option<Source> {
    let view = scene.view;
    let with = (verb.saturating_sub(10)..verb).rev().find(|i| view.is_word(*i, "with"))?;
    let source = scene.phrase_starting(with + 1)?;
    (source.end == verb).then_some(source)
}

/// `quoted X as saying`, `X was quoted as saying`.
fn quoted_as_saying(scene: Scene, saying: usize) -> Option<Source> {
    let view = scene.view;
    let bound = scene.sentence_start(saying).max(saying.saturating_sub(24));
    let quoted = (bound..saying)
        .rev()
        .find(|i| matches!(view.word(*i), "quoted" | "quotes" | "quoting" | "cited" | "cites" | "citing"))?;
    let passive = (bound..quoted)
        .rev()
        .take(3)
        .find(|i| matches!(view.word(*i), "was" | "were" | "been" | "is" | "are" | "being"));
    match passive {
        Some(mut aux) => {
            while aux > bound && view.any(aux - 1, lex::AUXILIARY.or(lex::ADVERB)) {
                aux -= 1;
            }
            scene.subject_before(aux, false)
        }
        None if matches!(view.word(quoted + 1), "him" | "her") => {
            Some(Source { first: quoted + 1, end: quoted + 2, head: Head::Pronoun, role: None })
        }
        None => scene.phrase_starting(quoted + 1),
    }
}

/// The subject of the sentence that token `at` is in.
pub(super) fn main_subject(scene: Scene, at: usize, earlier: &[Cue]) -> Option<Source> {
    let start = scene.sentence_start(at);
    if let Some(source) = clause_subject(scene, start, at) {
        return Some(source);
    }
    let spoken = earlier.iter().rev().take(4).find(|c| c.verb >= start && !c.nested && !c.faint);
    if let Some(cue) = spoken.filter(|c| c.source.first >= start) {
        return Some(cue.source);
    }
    subject_of_sentence(scene, start, at)
}

/// The subject of the last clause that begins inside a sentence: `..., but the agency backed it, saying`.
fn clause_subject(scene: Scene, start: usize, at: usize) -> Option<Source> {
    let view = scene.view;
    let bound = start.max(at.saturating_sub(30));
    for k in (bound..at).rev() {
        if ["as", "while", "when"].iter().any(|word| view.is_word(k, word))
            && !scene.marks.covers(k)
            && let Some(source) = scene.phrase_starting(k + 1).filter(|s| acts(scene, s, at))
        {
            return Some(source);
        }
        let opens = view.is(k, Kind::Comma) && (view.any(k + 1, lex::CONJUNCTION) || view.is_word(k + 1, "while"));
        if !opens || scene.marks.covers(k) {
            continue;
        }
        let first = k + 2 + usize::from(view.any(k + 2, lex::DETERMINER));
        let from = scene.names.mentions.partition_point(|m| m.first < first);
        let mention = scene.names.mentions.get(from).filter(|m| m.start() == first && m.end < at)?;
        let verb = view.is_lower(mention.end)
            && (view.any(mention.end, lex::FINITE.or(lex::CUE)) || view.word(mention.end).ends_with("ed"));
        return verb.then_some(Source { first: k + 2, end: mention.end, head: Head::Name(from), role: None });
    }
    None
}

/// Whether somebody does something in a clause of their own before token `at`: "as a man beside her waved a flag and ...".
fn acts(scene: Scene, source: &Source, at: usize) -> bool {
    let view = scene.view;
    let human = match source.head {
        Head::Name(i) => scene.names.mentions.get(i).is_some_and(|m| scene.names.class(m) == Class::Person),
        Head::Noun(head) => view.any(head, lex::ROLE),
        _ => false,
    };
    let verb = |i: usize| view.is_lower(i) && (view.any(i, lex::FINITE) || view.word(i).ends_with("ed"));
    human && (source.end..at.min(source.end + 6)).any(verb)
}

/// The subject of the sentence that begins at `start`, looked for up to `limit`.
pub(super) fn subject_of_sentence(scene: Scene, start: usize, limit: usize) -> Option<Source> {
    let view = scene.view;
    let first = behind_opening(scene, start, limit);
    let near = |m: &Mention| {
        m.start() <= first + 1
            && m.first >= first
            && (m.start() == first || view.any(first, lex::DETERMINER.or(lex::MODIFIER)))
    };
    let from = scene.names.mentions.partition_point(|m| m.first < first);
    for at in from..from + 2 {
        let Some(mention) = scene.names.mentions.get(at).filter(|m| near(m) && m.end <= limit) else { continue };
        if let Some(source) = relation_of(scene, first, mention, limit) {
            return Some(source);
        }
        if view.is(mention.end, Kind::Possessive)
            || is_plural_owner(scene, mention)
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
    if let Some(source) = described_person(scene, first, limit) {
        return Some(source);
    }
    let verb = (first..limit.min(first + 24)).find(|i| {
        !scene.marks.covers(*i)
            && view.is_lower(*i)
            && !(*i == first + 1 && view.any(first, lex::DETERMINER))
            && (view.any(*i, lex::FINITE) || view.any(*i, lex::CUE) || *i > first + 1 && view.word(*i).ends_with("ed"))
    });
    let Some(verb) = verb else { return described_subject(scene, first, limit) };
    let source = scene.subject_before(verb, false)?;
    let named = matches!(source.head, Head::Name(at) if scene.names.mentions.get(at).is_some_and(|m| scene.names.class(m) == Class::Person));
    (source.first <= first + 1 || named).then_some(source)
}

/// `Mr Foo's predecessor quit`: what somebody is to the person named.
fn relation_of(scene: Scene, first: usize, mention: &Mention, limit: usize) -> Option<Source> {
    let view = scene.view;
    let owned = mention.end + 1;
    let plain = |i: &usize| view.is_lower(*i) && !view.any(*i, lex::PREPOSITION.or(lex::CONJUNCTION));
    let words = (owned..limit.min(owned + 3)).take_while(plain);
    let owns = view.is(mention.end, Kind::Possessive) || is_plural_owner(scene, mention);
    let head = words.filter(|_| owns).find(|i| view.any(*i, lex::ROLE))?;
    let acts = plain(&(head + 1)) && !view.any(head + 1, lex::ROLE);
    acts.then_some(Source { first, end: head + 1, head: Head::Noun(head), role: None })
}

/// `the Weather Clerks' album`
fn is_plural_owner(scene: Scene, mention: &Mention) -> bool {
    let view = scene.view;
    let mark =
        view.is(mention.end, Kind::Mark) && view.is_glued(mention.end) && view.word(mention.end - 1).ends_with('s');
    mark && view.is(mention.end + 1, Kind::Word) && !view.is_glued(mention.end + 1) && !scene.marks.covers(mention.end)
}

/// `Her former flame Foo Bar poked fun at it`: a person behind what that person is to somebody.
fn described_person(scene: Scene, first: usize, limit: usize) -> Option<Source> {
    const LONGEST: usize = 5;
    let view = scene.view;
    let from = scene.names.mentions.partition_point(|m| m.first <= first);
    let mention = scene.names.mentions.get(from).filter(|m| m.end <= limit && m.start() <= first + LONGEST)?;
    let verb = lex::FINITE.or(lex::PREPOSITION).or(lex::CONJUNCTION).or(lex::SUBORDINATOR).or(lex::RELATIVE);
    let plain = |i: usize| {
        let cue = view.any(i, lex::CUE) && !view.any(i, lex::ROLE);
        // "Her grandson, Foo, who"
        let apposed = view.is(i, Kind::Comma) && i + 1 == mention.start() && view.any(i - 1, lex::ROLE);
        view.is_lower(i) && !view.any(i, verb) && !cue || view.is(i, Kind::Dash) && view.is_glued(i) || apposed
    };
    let described = view.any(first, lex::DETERMINER.or(lex::POSSESSIVE)) && (first + 1..mention.start()).all(plain);
    let person = scene.names.class(mention) == Class::Person && !view.is(mention.end, Kind::Possessive);
    let role = Some((first, mention.first));
    (described && person).then_some(Source { first, end: mention.end, head: Head::Name(from), role })
}

/// `The first minister laid a wreath`: a description whose verb no list knows.
fn described_subject(scene: Scene, first: usize, limit: usize) -> Option<Source> {
    let view = scene.view;
    let plain = |i: &usize| view.is(*i, Kind::Word) && !view.any(*i, lex::PREPOSITION.or(lex::CONJUNCTION));
    let head = (first + 1..limit.min(first + 5)).take_while(plain).filter(|i| view.any(*i, lex::ROLE)).last()?;
    let opens = view.any(first, lex::DETERMINER.or(lex::POSSESSIVE)) && !scene.marks.covers(first);
    let acts = view.is_lower(head + 1) && !view.any(head + 1, lex::PREPOSITION.or(lex::CONJUNCTION));
    (opens && acts).then_some(Source { first, end: head + 1, head: Head::Noun(head), role: None })
}

/// Behind "In Geneva," or "But" at the start of a sentence.
fn behind_opening(scene: Scene, start: usize, limit: usize) -> usize {
    let view = scene.view;
    let mut first = start;
    // "NEW DELHI: The court ...", "Football: The coach ..."
    let label = (start..start + 5).take_while(|i| view.is_upper(*i)).last().map(|last| last + 1);
    if let Some(colon) = label.filter(|i| view.is(*i, Kind::Colon) && i + 1 < limit && view.starts_paragraph(start)) {
        first = colon + 1;
    }
    // "10:05 The forecaster Foo Bar: ..."
    if view.is(start, Kind::Number) && view.is(start + 1, Kind::Colon) && view.is(start + 2, Kind::Number) {
        first = start + 3;
    }
    // "World No 1 Foo Bar lost"
    if view.word(first + 1) == "No" && view.is_word(first, "world") {
        first += 3 + usize::from(view.is(first + 2, Kind::Stop));
    }
    // Nobody whom the quotation names is the subject around it.
    if let Some(quoted) = scene.marks.at(first).and_then(|q| scene.marks.quoted.get(q)) {
        first = quoted.close;
    }
    while first < limit
        && (view.any(first, lex::CONJUNCTION)
            || view.is_adverb(first)
            || matches!(view.kind(first), Some(Kind::Mark | Kind::Open | Kind::Comma)))
    {
        first += 1;
    }
    let adjunct = view
        .any(first, lex::PREPOSITION.or(lex::SUBORDINATOR).or(lex::WEEKDAY).or(lex::OPENER).or(lex::ADVERB))
        || view.word(first).ends_with("ing") && scene.names.at(first).is_none()
        || view.word(first).ends_with("ly") && scene.names.at(first).is_none();
    // "In 1990 Foo Bar moved", "At 16 she married", without a comma.
    let time = |i: &usize| view.is(*i, Kind::Number) || view.any(*i, lex::MONTH.or(lex::WEEKDAY));
    let behind = first + 1 + (first + 1..limit.min(first + 4)).take_while(time).count();
    let person = scene.names.at(behind).is_some_and(|m| m.start() == behind && scene.names.class(m) == Class::Person);
    if view.any(first, lex::PREPOSITION)
        && behind > first + 1
        && behind < limit
        && (person || view.any(behind, lex::SINGULAR_PRONOUN))
    {
        return behind;
    }
    if adjunct
        && let Some(comma) =
            (first..limit.min(first + 30)).find(|i| view.is(*i, Kind::Comma) && !scene.marks.covers(*i))
    {
        // "In the speech, which was long, he ..."
        let relative = view.any(comma + 1, lex::RELATIVE);
        let second = (comma + 1..limit.min(comma + 24)).find(|i| view.is(*i, Kind::Comma) && !scene.marks.covers(*i));
        // "For Foo Bar, a geologist who has seen it, the village is old."
        let person = scene.names.ending(comma).is_some_and(|m| scene.names.class(m) == Class::Person);
        let described = person && (matches!(view.word(comma + 1), "a" | "an") || view.is(comma + 1, Kind::Number));
        return second.filter(|_| relative || described).map_or(comma + 1, |second| second + 1);
    }
    first
}
