//! Quotations in marks: which of them are somebody's words, and at which cue.

use super::cue::{Cue, Order};
use super::marks::Quoted;
use super::scene::{Head, Scene, Source};
use super::sentence;
use super::terms::{is_general_term, is_named_thing, is_nickname, is_rating, is_title, is_work};
use crate::extract::names::lexicon::{self as lex, Language};
use crate::extract::names::{Class, Mention};
use crate::text::Kind;

/// How the words in marks hang on what is around them.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Link {
    /// On a cue, by its index, with the confidence that the pattern gives.
    Cue(usize, f32),
    /// On the cue of the quotation before: one utterance, the attribution in its middle.
    Split(usize),
    /// On the subject of the sentence that a colon ends.
    Subject(Source),
    /// On nothing: a sentence of its own, the speaker before goes on.
    Floating,
    /// On nothing at all, though somebody's words.
    Loose,
}

/// One quotation in marks: its stretches (by index, to behind the last) and what it hangs on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Direct {
    pub first: usize,
    pub end: usize,
    pub link: Link,
}

/// How far behind its closing mark a quotation's cue is looked for, in tokens.
const REACH: usize = 40;

/// All quotations in marks; scare quotes and titles left out.
pub(super) fn find(scene: Scene, cues: &[Cue]) -> Vec<Direct> {
    let quoted = &scene.marks.quoted;
    let mut found: Vec<Direct> = Vec::with_capacity(quoted.len());
    let mut first = 0;
    while first < quoted.len() {
        let mut end = first + 1;
        while quoted.get(end).is_some_and(|q| q.continues) {
            end += 1;
        }
        if let (Some(head), Some(tail)) = (quoted.get(first), quoted.get(end - 1))
            && let Some(link) = link(scene, cues, head, tail, found.last(), first)
        {
            found.push(Direct { first, end, link });
        }
        first = end;
    }
    found
}

/// What the quotation from `head` to `tail` hangs on; `None` if it is nobody's words.
fn link(
    scene: Scene,
    cues: &[Cue],
    head: &Quoted,
    tail: &Quoted,
    previous: Option<&Direct>,
    at: usize,
) -> Option<Link> {
    let words = word_count(scene, head) + if head.open == tail.open { 0 } else { word_count(scene, tail) };
    if words == 0 {
        return None;
    }
    if is_work(scene, head, words) || is_rating(scene, head, words) || is_nickname(scene, head, words) {
        return None;
    }
    if is_authors_own(scene, head, tail) {
        return Some(Link::Loose);
    }
    let after = behind(scene, cues, tail);
    if let Some(cue) = after.filter(|(_, sure)| *sure > 0.9) {
        return Some(Link::Cue(cue.0, cue.1));
    }
    if let Some((cue, sure)) = before(scene, cues, head, tail, words) {
        let split = previous.filter(|p| p.end == at && is_split(scene, cues, head, p, cue));
        return Some(if split.is_some() { Link::Split(cue) } else { Link::Cue(cue, sure) });
    }
    if let Some(source) = told_of(scene, head).then(|| agent_behind(scene, tail)).flatten() {
        return Some(Link::Subject(source));
    }
    if is_named_thing(scene, head) || is_title(scene, head, words) {
        return None;
    }
    if let Some((cue, sure)) = after {
        return Some(Link::Cue(cue, sure));
    }
    if let Some(source) = signed(scene, tail)
        .or_else(|| below_name(scene, head))
        .or_else(|| verdict(scene, head))
        .or_else(|| introduced(scene, cues, head))
        .or_else(|| viewpoint(scene, cues, head))
    {
        return Some(Link::Subject(source));
    }
    if told_of(scene, head) && after.is_none() {
        return Some(Link::Loose);
    }
    let again = words == 1 && previous.is_some_and(|p| p.end == at && is_afterword(scene, cues, head, tail, p));
    if is_heading(scene, head, tail) {
        return (words >= 4).then_some(Link::Loose);
    }
    let alone = stands_alone(scene, head, tail, words);
    if alone && is_told_otherwise(scene, tail) {
        return Some(Link::Loose);
    }
    if alone || again || goes_on(scene, head) {
        return Some(Link::Floating);
    }
    let colon = head.open.checked_sub(1).is_some_and(|i| scene.view.is(i, Kind::Colon));
    if colon && scene.view.is(tail.end - 1, Kind::Stop) {
        return Some(Link::Loose);
    }
    let spoken = scene.view.starts_sentence(head.open) && scene.view.is(tail.end - 1, Kind::Comma) && words >= 3;
    (spoken || words >= 5).then_some(Link::Loose)
}

/// `FOO BAR, FRENCH PRESIDENT` as a paragraph of its own, and below it what that person said: how reactions are gathered.
fn below_name(scene: Scene, head: &Quoted) -> Option<Source> {
    const LONGEST: usize = 16;
    let (view, names) = (scene.view, scene.names);
    let end = head.open;
    let last = end.checked_sub(1).filter(|_| view.starts_paragraph(end))?;
    let start = scene.paragraph_start(last);
    let ends = matches!(view.kind(last), Some(Kind::Stop | Kind::Mark)) || scene.marks.covers(last);
    if ends || end - start > LONGEST || (start..end).any(|i| view.is_lower(i) && view.any(i, lex::CUE)) {
        return None;
    }
    let speaks = |m: &Mention| match names.entity(m) {
        Some(e) => e.class != Class::Other || !e.place && e.name.contains(' '),
        None => false,
    };
    let from = names.mentions.partition_point(|m| m.first < start);
    let line = names.mentions.get(from..)?.iter().take_while(|m| m.end <= end);
    let people = line.clone().enumerate().filter(|(_, m)| names.class(m) == Class::Person);
    let mut found = people.map(|(n, _)| from + n);
    let at = match (found.next(), found.next()) {
        (Some(one), None) => one,
        (None, _) => from + line.clone().take(1).filter(|m| speaks(m) && m.start() <= start + 3).map(|_| 0).next()?,
        _ => return None,
    };
    let mention = names.mentions.get(at)?;
    // The name alone, or with what it is beside it; not a headline about somebody.
    let verb = |i: usize| view.is_lower(i) && view.any(i, lex::FINITE) && !matches!(view.word(i), "is" | "was");
    let lone = !(start..end).any(verb);
    lone.then_some(Source { first: mention.start(), end: mention.end, head: Head::Name(at), role: None })
}

/// `"But who goes first?" I asked.`, `I said: "No."`: the words of who writes, whom no name stands for.
fn is_authors_own(scene: Scene, head: &Quoted, tail: &Quoted) -> bool {
    let view = scene.view;
    let says =
        |i: usize| matches!(view.word(i), "I" | "we" | "We") && view.is_lower(i + 1) && view.any(i + 1, lex::CUE);
    let behind = tail.close + usize::from(view.is(tail.close, Kind::Comma));
    let point = head.open.checked_sub(1).filter(|i| matches!(view.kind(*i), Some(Kind::Comma | Kind::Colon)));
    let before = point.and_then(|point| point.checked_sub(2)).is_some_and(says);
    before || says(behind) && !view.starts_paragraph(behind)
}

/// Whether the paragraph is nothing but the words in marks, which no stop ends: a heading, and no one goes on speaking.
fn is_heading(scene: Scene, head: &Quoted, tail: &Quoted) -> bool {
    let view = scene.view;
    let whole = view.starts_paragraph(head.open) && (view.starts_paragraph(tail.close) || tail.close >= view.len());
    let last = tail.end.saturating_sub(1);
    let stopped = matches!(view.kind(last), Some(Kind::Stop | Kind::Comma | Kind::Other | Kind::Dash));
    whole && head.open == tail.open && !stopped && tail.end - head.first <= 14
}

fn word_count(scene: Scene, quoted: &Quoted) -> usize {
    (quoted.first..quoted.end)
        .take(64)
        .filter(|i| matches!(scene.view.kind(*i), Some(Kind::Word | Kind::Number)))
        .count()
}

/// `"A," X said, "B"`: whether B goes on with A.
fn is_split(scene: Scene, cues: &[Cue], head: &Quoted, previous: &Direct, cue: usize) -> bool {
    let same = matches!(previous.link, Link::Cue(c, _) if c == cue);
    let Some(tail) = previous.end.checked_sub(1).and_then(|i| scene.marks.quoted.get(i)) else { return false };
    let Some(cue) = cues.get(cue) else { return false };
    let between = tail.close <= cue.verb && cue.verb < head.open;
    let comma = head.open.checked_sub(1).is_some_and(|i| scene.view.is(i, Kind::Comma));
    // "A", it added; and, later, "B": said twice.
    let again = |i: usize| scene.view.is(i, Kind::Semicolon) || scene.view.is_word(i, "later");
    let once = !(tail.close..head.open).any(again);
    same && between && comma && once && !scene.view.is(tail.end.saturating_sub(1), Kind::Stop)
}

/// The cue right behind the closing mark: `," X said`, `," said X`, `", according to X`.
fn behind(scene: Scene, cues: &[Cue], tail: &Quoted) -> Option<(usize, f32)> {
    let view = scene.view;
    let mut next = tail.close;
    if view.starts_paragraph(next) || next >= view.len() {
        return None;
    }
    let last = tail.end.saturating_sub(1);
    let stopped = view.is(last, Kind::Stop);
    let new_sentence = view.starts_sentence(next) || stopped && view.is_upper(next);
    if matches!(view.kind(next), Some(Kind::Comma | Kind::Dash)) {
        next += 1;
    }
    while view.is(next, Kind::Dash) {
        next += 1;
    }
    // "Asked whether he was "for it", the mayor said": the words of who asked.
    let start = scene.sentence_start(tail.open);
    if start < tail.open && ["asked", "questioned", "pressed", "quizzed"].iter().any(|word| view.is_word(start, word)) {
        return None;
    }
    let at = cues.partition_point(|c| c.verb < next);
    let cue = cues.get(at).filter(|c| c.verb < next + REACH)?;
    let wishes = cue.takes.any(lex::THOUGHT) && !view.word(cue.verb).starts_with("th");
    let near = match cue.order {
        _ if wishes => false,
        Order::According => cue.verb == next && !new_sentence,
        // "a-t-il dit": the verb behind its pronoun.
        Order::Inverted => {
            let reach = if cue.source.first < cue.verb { 6 } else { 2 };
            cue.verb <= next + reach && !view.starts_paragraph(cue.verb)
        }
        Order::Subject => {
            // "the "bomblets" they release"
            let parted = matches!(view.kind(last), Some(Kind::Stop | Kind::Comma)) || next > tail.close;
            cue.source.first >= next
                && (parted || !cue.takes.any(lex::WEAK))
                && is_gap(scene, next, cue.source.first)
                && attributes(scene, cue, new_sentence, last)
        }
        Order::Shared | Order::Agent => false,
    };
    if near {
        return Some((at, 0.97));
    }
    if new_sentence || word_count(scene, tail) < 4 {
        return None;
    }
    trailing(scene, cues, at, tail)
}

/// Whether only an adverb or two stand in `from..to`.
fn is_gap(scene: Scene, from: usize, to: usize) -> bool {
    // "Interfax quoted X as saying"
    let quoting =
        to - from <= 8 && (from..to).any(|i| matches!(scene.view.word(i), "quoted" | "quotes" | "cited" | "cites"));
    // ", as she puts it"
    quoting
        || to - from == 1 && scene.view.is_word(from, "as")
        || to - from <= 3
            && (from..to).all(|i| scene.view.is_adverb(i) || scene.view.any(i, lex::MODIFIER.or(lex::DEMONYM)))
}

/// Whether `X said` behind a quotation attributes it, rather than beginning the next statement.
fn attributes(scene: Scene, cue: &Cue, new_sentence: bool, last: usize) -> bool {
    let view = scene.view;
    if !new_sentence {
        return !view.starts_paragraph(cue.verb);
    }
    // `"Why?" Smith asked.` attributes; `"Yes." Smith said that ...` does not.
    let told = view.any(cue.verb, lex::TAKES_ADDRESSEE) || view.word(cue.verb).starts_with("ask");
    let object = matches!(view.word(cue.after), "him" | "her" | "me" | "us" | "them" | "reporters" | "journalists");
    let next = cue.after + usize::from(told && object);
    let comma = view.is(next, Kind::Comma) && !scene.marks.covers(next + 1);
    // "... said on Wednesday as he slid a tray"
    let adjunct =
        view.any(next, lex::PREPOSITION.or(lex::WEEKDAY)) && view.is_lower(next) || view.any(next, lex::WEEKDAY);
    let behind = (next + 1..next + 5).find(|i| !view.is(*i, Kind::Word) || view.any(*i, lex::SUBORDINATOR));
    let circumstance = behind.is_some_and(|i| {
        matches!(view.word(i), "as" | "while" | "when" | ".") && !scene.marks.covers(i) || view.starts_sentence(i)
    });
    let ends = comma
        || adjunct && circumstance
        || view.starts_sentence(next)
        || matches!(view.kind(next), None | Some(Kind::Stop));
    let same_paragraph = !(cue.source.first..=cue.verb).any(|i| view.starts_paragraph(i));
    same_paragraph && ends && matches!(view.word(last), "?" | "!" | "." | "…")
}

/// A cue that ends the sentence the quotation is a part of: `The "unit" is small, said X.`
fn trailing(scene: Scene, cues: &[Cue], from: usize, tail: &Quoted) -> Option<(usize, f32)> {
    let view = scene.view;
    let end = (tail.close..tail.close + 80)
        .find(|i| view.starts_sentence(*i) && !scene.inside(*i))
        .unwrap_or(tail.close + 80);
    for (at, cue) in cues.iter().enumerate().skip(from).take(6) {
        if cue.verb >= end {
            break;
        }
        let first = if cue.order == Order::Subject { cue.source.first } else { cue.verb };
        let comma = first.checked_sub(1).is_some_and(|i| view.is(i, Kind::Comma) || scene.marks.covers(i));
        let last = cue.source.end.max(cue.after);
        let closes = view.starts_sentence(last)
            || matches!(view.kind(last), None | Some(Kind::Stop | Kind::Comma))
            || view.any(last, lex::PREPOSITION.or(lex::WEEKDAY));
        if cue.order != Order::Shared && comma && closes && !cue.faint {
            return Some((at, 0.88));
        }
    }
    None
}

/// The cue to the left in the same sentence: `X said "..."`, `X said: "..."`, `X said it was "..."`.
fn before(scene: Scene, cues: &[Cue], head: &Quoted, tail: &Quoted, words: usize) -> Option<(usize, f32)> {
    let view = scene.view;
    let previous = head.open.checked_sub(1)?;
    let colon = view.is(previous, Kind::Colon);
    if view.starts_paragraph(head.open) && !colon
        || view.starts_sentence(head.open) && !matches!(view.kind(previous), Some(Kind::Colon | Kind::Comma))
    {
        return None;
    }
    let start = scene.sentence_start(previous);
    let at = cues.partition_point(|c| c.verb < head.open).checked_sub(1)?;
    let at = outer(cues, at, start);
    let cue = cues.get(at).filter(|c| c.verb >= start && c.source.first >= start)?;
    let from = if cue.order == Order::Subject || cue.order == Order::Shared { cue.after } else { cue.source.end };
    // "characterised by the small "bomblets"": what is said of a thing by nobody.
    let agent = cue.order == Order::Agent && from == head.open;
    if from > head.open || agent {
        return None;
    }
    let adjacent = from + 1 >= head.open && !view.is(previous, Kind::Word)
        || from == head.open
        || colon
        || view.is(previous, Kind::Comma) && head.open - from <= 14 && !has_finite(scene, from, head.open)
        || view.is_word(previous, "that") && head.open - from <= 12;
    if adjacent {
        // "X said "Foo" was his last film", "doctors call it "long Covid"".
        let subject = view.is_lower(tail.close) && view.any(tail.close, lex::FINITE);
        let calls = !cue.takes.any(lex::TAKES_CLAUSE.or(lex::TAKES_THAT).or(lex::TAKES_QUESTION))
            && !is_cry(view.word(cue.verb));
        let sings = view.word(cue.verb).starts_with("sang") || view.word(cue.verb).starts_with("sing");
        // "The banner read: "Justice for Foo""
        let spoken = colon && head.open == cue.after + 1;
        let named = !spoken && (cue.faint || subject || calls || sings) && is_title(scene, head, words)
            || is_general_term(scene, cue, head);
        return (!named).then_some((at, 0.96));
    }
    // "X called the words "absurd"": what the verb says of them, whatever the noun before the mark is.
    let calls =
        ["call", "describ", "label", "brand", "term", "deem"].iter().any(|v| view.word(cue.verb).starts_with(v));
    if !calls && is_named_thing(scene, head) || is_title(scene, head, words) || is_general_term(scene, cue, head) {
        return None;
    }
    // Elsewhere names of firms and papers stand between marks.
    if scene.names.language != Language::English && words <= 3 && view.is_upper(head.first) {
        return None;
    }
    let bracketed = (from..head.open).rev().take(8).any(|i| view.is(i, Kind::Open));
    if bracketed && words <= 3 {
        return None;
    }
    let split = cue.order == Order::Inverted && view.is(previous, Kind::Comma) && head.open - from <= 14;
    if split {
        return Some((at, 0.9));
    }
    if cue.order == Order::Agent {
        return (view.is_word(from, "as") && head.open - from <= 4).then_some((at, 0.9));
    }
    // "X spoke of "dark days"": of what, in whose words.
    let of = matches!(view.word(cue.verb), "spoke" | "speaks" | "speaking" | "talked" | "talks" | "talking")
        && matches!(view.word(cue.after), "of" | "about");
    let weak = cue.faint && !cue.takes.any(lex::THOUGHT) && !calls && !of;
    // "The firm expects less, as shoppers "trade down"": what is thought ends with its clause.
    let other = |i: usize| view.is(i, Kind::Comma) && view.any(i + 1, lex::SUBORDINATOR.or(lex::CONJUNCTION));
    if cue.takes.any(lex::THOUGHT) && (from..head.open).any(other) {
        return None;
    }
    // "The law, said X, was "in need of repair""
    let resumes = view.is(cue.source.end, Kind::Comma) && view.any(cue.source.end + 1, lex::FINITE);
    let elsewhere = cue.order == Order::Inverted && !resumes
        || cue.order == Order::According && !view.is(cue.source.end, Kind::Comma);
    (!weak && !elsewhere).then_some((at, 0.9))
}

/// Verbs of crying out, whose words may be written like a title.
fn is_cry(verb: &str) -> bool {
    ["chant", "shout", "yell", "scream", "exclaim", "cr", "bellow", "roar", "sang", "sing"]
        .iter()
        .any(|stem| verb.starts_with(stem))
}

/// Of "X said her country hoped it would" the words are X's, not her country's.
fn outer(cues: &[Cue], at: usize, start: usize) -> usize {
    let thinks = |i: usize| {
        cues.get(i).is_some_and(|c| c.takes.any(lex::THOUGHT) && (c.nested || !matches!(c.source.head, Head::Pronoun)))
    };
    let says = |i: &usize| cues.get(*i).is_some_and(|c| c.verb >= start && c.order == Order::Subject && !c.faint);
    at.checked_sub(1).filter(|_| thinks(at)).filter(says).unwrap_or(at)
}

fn has_finite(scene: Scene, from: usize, to: usize) -> bool {
    (from..to).any(|i| scene.view.is_lower(i) && scene.view.any(i, lex::FINITE))
}

/// `"Never short it," goes an old saw.`: what follows the comma gives the words to somebody, in a way that no rule knows.
fn is_told_otherwise(scene: Scene, tail: &Quoted) -> bool {
    let view = scene.view;
    let comma = view.is(tail.end - 1, Kind::Comma) || view.is(tail.close, Kind::Comma);
    let next = tail.close + usize::from(view.is(tail.close, Kind::Comma));
    // "..., he was shown saying": who spoke before goes on.
    let other = view.is(next, Kind::Word) && !view.any(next, lex::CONJUNCTION.or(lex::SINGULAR_PRONOUN));
    comma && other && !view.starts_sentence(next)
}

/// `And: "..."`, `On the dam: "..."`: nothing but a joining word, or what is spoken of, before the colon.
fn goes_on(scene: Scene, head: &Quoted) -> bool {
    let view = scene.view;
    let Some(colon) = head.open.checked_sub(1).filter(|i| view.is(*i, Kind::Colon)) else { return false };
    let start = scene.sentence_start(colon);
    let on = matches!(view.word(start), "On" | "About" | "Of") && colon - start <= 10;
    let topic = on && !(start + 1..colon).any(|i| view.is_lower(i) && view.any(i, lex::FINITE.or(lex::CUE)));
    start < colon && (topic || (start..colon).all(|i| view.any(i, lex::CONJUNCTION.or(lex::ADVERB))))
}

/// `The plan was described as "mad"`, `he was told to "get out"`: somebody's words, who is not named before them.
fn told_of(scene: Scene, head: &Quoted) -> bool {
    let view = scene.view;
    let bound = head.open.saturating_sub(4);
    let linked =
        |i: usize| matches!(view.word(i), "as" | "to" | "of" | "that" | "a" | "an" | "for" | "by") || view.is_adverb(i);
    let verb = (bound..head.open).rev().find(|i| !linked(*i));
    let told = |i: usize| {
        matches!(
            view.word(i),
            "described"
                | "branded"
                | "labelled"
                | "labeled"
                | "condemned"
                | "criticised"
                | "criticized"
                | "dismissed"
                | "hailed"
                | "denounced"
                | "told"
                | "warned"
                | "accused"
                | "deemed"
                | "called"
                | "urged"
                | "ordered"
                | "advised"
                | "characterised"
                | "characterized"
                | "portrayed"
        )
    };
    let Some(verb) = verb.filter(|i| told(*i)) else { return false };
    let from = (verb.saturating_sub(3)..verb).rev();
    let mut from = from.take_while(|i| view.is(*i, Kind::Word) && !view.starts_sentence(*i + 1));
    from.any(|i| matches!(view.word(i), "was" | "were" | "been" | "is" | "are" | "being" | "be"))
}

/// `"a liar" by Foo Bar`: who is named behind the words of a passive.
fn agent_behind(scene: Scene, tail: &Quoted) -> Option<Source> {
    let by = scene.view.is_word(tail.close, "by") && !scene.view.starts_sentence(tail.close);
    by.then(|| scene.phrase_starting(tail.close + 1)).flatten()
}

/// `Foo Bar's verdict: "..."`: whose verdict it is.
fn verdict(scene: Scene, head: &Quoted) -> Option<Source> {
    let view = scene.view;
    let colon = head.open.checked_sub(1).filter(|i| view.is(*i, Kind::Colon))?;
    let start = scene.sentence_start(colon);
    let noun = (start..colon).find(|i| {
        matches!(
            view.word(*i),
            "verdict"
                | "message"
                | "answer"
                | "reply"
                | "response"
                | "reaction"
                | "advice"
                | "explanation"
                | "view"
                | "conclusion"
                | "plea"
                | "warning"
                | "assessment"
                | "prediction"
                | "summary"
                | "retort"
                | "argument"
                | "excuse"
                | "question"
                | "words"
        )
    })?;
    let modified = |from: usize| (from..noun).all(|i| view.is_lower(i)) && noun - from <= 2;
    if matches!(view.word(start), "His" | "Her") && modified(start + 1) {
        return Some(Source { first: start, end: start + 1, head: Head::Pronoun, role: None });
    }
    let at = scene.names.index_at(start)?;
    let mention = scene.names.mentions.get(at).filter(|m| view.is(m.end, Kind::Possessive) && modified(m.end + 1))?;
    let role = mention.title_first.map(|title| (title, mention.first));
    Some(Source { first: mention.start(), end: mention.end, head: Head::Name(at), role })
}

/// `X was blunt: "..."`; also with the colon at the end of the paragraph before.
fn introduced(scene: Scene, cues: &[Cue], head: &Quoted) -> Option<Source> {
    let view = scene.view;
    let colon = head.open.checked_sub(1).filter(|i| matches!(view.kind(*i), Some(Kind::Colon | Kind::Semicolon)))?;
    let start = scene.sentence_start(colon);
    let earlier = cues.partition_point(|c| c.verb < colon);
    sentence::main_subject(scene, colon, cues.get(..earlier)?).filter(|s| s.first >= start)
}

/// `For Foo Bar, the bridge is a "lifeline"`: whose view the sentence gives, if nobody is said to speak in it.
fn viewpoint(scene: Scene, cues: &[Cue], head: &Quoted) -> Option<Source> {
    let view = scene.view;
    let start = scene.sentence_start(head.open.checked_sub(1)?);
    let spoken = cues.iter().any(|c| (start..head.open).contains(&c.verb));
    let at = scene.names.index_at(start + 1).filter(|_| matches!(view.word(start), "For" | "To") && !spoken)?;
    let mention = scene.names.mentions.get(at).filter(|m| scene.names.class(m) == Class::Person)?;
    let open = view.is(mention.end, Kind::Comma) && mention.end < head.open && !view.starts_paragraph(head.open);
    let source = Source { first: start + 1, end: mention.end, head: Head::Name(at), role: None };
    (open && has_finite(scene, mention.end, head.open)).then_some(source)
}

/// `"A," X said. "Mostly."`: a sentence of one word, right behind the attribution of the words before.
fn is_afterword(scene: Scene, cues: &[Cue], head: &Quoted, tail: &Quoted, previous: &Direct) -> bool {
    let view = scene.view;
    let Link::Cue(cue, _) = previous.link else { return false };
    let verb = cues.get(cue).map_or(0, |c| c.verb);
    let attributed =
        head.open > verb && head.open - verb < 8 && scene.sentence_start(head.open.saturating_sub(1)) <= verb;
    attributed
        && view.starts_sentence(head.open)
        && !view.starts_paragraph(head.open)
        && view.is(tail.end - 1, Kind::Stop)
}

/// `"..." - Foo Bar`: the name behind a dash, at the end of the paragraph.
fn signed(scene: Scene, tail: &Quoted) -> Option<Source> {
    let view = scene.view;
    let mut first = tail.close;
    while view.is(first, Kind::Dash) {
        first += 1;
    }
    if first == tail.close {
        return None;
    }
    let from = scene.names.mentions.partition_point(|m| m.end <= first);
    let mention = scene.names.mentions.get(from).filter(|m| m.start() == first)?;
    let ends = mention.end >= view.len()
        || view.starts_paragraph(mention.end)
        || matches!(view.kind(mention.end), Some(Kind::Comma | Kind::Open | Kind::Stop));
    let entity = scene.names.entity(mention)?;
    let person =
        entity.class == Class::Person || entity.class == Class::Other && entity.name.contains(' ') && !entity.place;
    let role = mention.title_first.map(|title| (title, mention.first));
    (ends && person).then_some(Source { first, end: mention.end, head: Head::Name(from), role })
}

/// Whether the quotation is a sentence or more of its own.
fn stands_alone(scene: Scene, head: &Quoted, tail: &Quoted, words: usize) -> bool {
    let view = scene.view;
    let begins = view.starts_sentence(head.open) || view.starts_paragraph(head.open);
    let last = tail.end.saturating_sub(1);
    let next = tail.close;
    let stopped = matches!(view.kind(last), Some(Kind::Stop))
        || matches!(view.kind(next), None | Some(Kind::Stop))
        || view.starts_paragraph(next);
    begins && (stopped && words >= 2 || words >= 8)
}
