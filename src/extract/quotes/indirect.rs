//! Reported statements: the clause that a reporting verb introduces or ends, without "that".

use super::cue::{Cue, Order};
use super::scene::{Head, Scene};
use crate::extract::names::Class;
use crate::extract::names::lexicon as lex;
use crate::text::Kind;

/// A reported clause, and the cue it hangs on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Indirect {
    /// Tokens of the clause before an attribution in its middle: `The reactor, X said, was shut`.
    pub lead: Option<(usize, usize)>,
    /// First token.
    pub first: usize,
    /// Behind the last token.
    pub end: usize,
    /// Index of the cue.
    pub cue: usize,
}

/// How far ahead a clause begins or ends, in tokens.
const REACH: usize = 120;

/// All reported clauses, in the order of their cues.
pub(super) fn find(scene: Scene, cues: &[Cue]) -> Vec<Indirect> {
    let mut found = Vec::new();
    for (at, cue) in cues.iter().enumerate().filter(|(_, cue)| !is_condition(scene, cue)) {
        let clause = match cue.order {
            Order::According => according(scene, cues, at),
            Order::Agent => None,
            Order::Inverted => before(scene, cue),
            Order::Subject | Order::Shared => {
                behind(scene, cues, at).or_else(|| parenthetic(scene, cue)).or_else(|| medial(scene, cues, at))
            }
        };
        if let Some((first, end)) = clause.and_then(|(first, end)| trimmed(scene, first, end)) {
            found.push(Indirect { lead: None, first, end, cue: at });
        } else if let Some((lead, (first, end))) = parted(scene, cues, at) {
            let end = if scene.view.is(end - 1, Kind::Stop) { end - 1 } else { end };
            found.push(Indirect { lead: Some(lead), first, end, cue: at });
        }
    }
    found
}

/// `If X says that C, ...`: nobody has said so.
fn is_condition(scene: Scene, cue: &Cue) -> bool {
    let view = scene.view;
    let before = cue.source.first.checked_sub(1).filter(|_| matches!(cue.order, Order::Subject | Order::Shared));
    before.is_some_and(|i| {
        // "whether or not X says"
        let or_not = i > 0 && view.is_word(i, "not") && view.is_word(i - 1, "or");
        let opens = ["if", "unless", "whether"].iter().any(|word| view.is_word(i, word));
        (opens || or_not) && !view.starts_sentence(i + 1)
    })
}

/// Without the marks of punctuation at either end; `None` if it is no clause.
fn trimmed(scene: Scene, mut first: usize, mut end: usize) -> Option<(usize, usize)> {
    let view = scene.view;
    let loose =
        |i: usize| matches!(view.kind(i), Some(Kind::Comma | Kind::Stop | Kind::Dash | Kind::Semicolon | Kind::Colon));
    while first < end && loose(first) {
        first += 1;
    }
    while first < end && loose(end - 1) {
        end -= 1;
    }
    let words = (first..end).filter(|i| matches!(view.kind(*i), Some(Kind::Word | Kind::Number))).take(3).count();
    (words >= 3).then_some((first, end))
}

/// `X said (that) C`
fn behind(scene: Scene, cues: &[Cue], at: usize) -> Option<(usize, usize)> {
    let cue = cues.get(at)?;
    let view = scene.view;
    let takes = |flags| cue.takes.any(flags);
    if takes(lex::TAKES_QUESTION) {
        let first = (cue.after..cue.after + 5).find(|i| matches!(view.word(*i), "whether" | "if" | "why" | "how"))?;
        return Some((first, clause_end(scene, cues, at, first)));
    }
    if !takes(lex::TAKES_THAT) || takes(lex::THOUGHT) {
        return None;
    }
    let first = match that(scene, cue) {
        Some(that) => that + 1,
        None if takes(lex::TAKES_CLAUSE) => bare_clause(scene, cue)?,
        None => return None,
    };
    let end = clause_end(scene, cues, at, first);
    (first < end).then_some((first, end))
}

/// The "that" which opens the clause of the cue. Between it and the verb may stand whom it was said to, when and
/// where, but no object and no subject.
fn that(scene: Scene, cue: &Cue) -> Option<usize> {
    let view = scene.view;
    let after = cue.after;
    if view.is_word(after, "that") {
        return (!scene.marks.covers(after)).then_some(after);
    }
    let time = view.any(after, lex::WEEKDAY.or(lex::ADVERB))
        || matches!(view.word(after), "only" | "this" | "last" | "yesterday" | "today" | "late" | "early");
    let begins = time
        || view.is_lower(after) && view.any(after, lex::PREPOSITION)
        || view.is(after, Kind::Comma)
        || cue.takes.any(lex::TAKES_ADDRESSEE) && !view.any(after, lex::SINGULAR_PRONOUN.or(lex::GROUP_PRONOUN));
    if !begins || cue.takes.any(lex::WEAK) {
        return None;
    }
    for i in after..after + 28 {
        if view.starts_sentence(i) || view.starts_paragraph(i) || scene.marks.covers(i) {
            return None;
        }
        if view.is_word(i, "that") {
            // "that was late"; but "that work would begin".
            let finite = |at: usize| view.any(at, lex::FINITE) && view.is_lower(at);
            let stands_for = finite(i + 1) && !(view.any(i + 1, lex::VERB) && finite(i + 2));
            return (!stands_for).then_some(i);
        }
        let breaks = lex::FINITE.or(lex::RELATIVE).or(lex::CONJUNCTION);
        let noun = lex::DOCUMENT.or(lex::BODY).or(lex::ROLE);
        let verb = view.any(i, breaks) || view.any(i, lex::CUE) && !view.any(i, noun);
        let stop = matches!(view.kind(i), Some(Kind::Semicolon | Kind::Colon | Kind::Stop));
        if view.is_lower(i) && verb || stop && !view.is_glued(i + 1) && !view.is_upper(i + 1) {
            return None;
        }
    }
    None
}

/// Where the clause of the cue begins, without a "that".
fn bare_clause(scene: Scene, cue: &Cue) -> Option<usize> {
    let view = scene.view;
    let mut first = cue.after;
    if cue.takes.any(lex::TAKES_ADDRESSEE) {
        let clause = behind_addressee(scene, first)?;
        // "warned the move could fail": what looks like the person spoken to is the subject.
        let subject = view.is_lower(clause) && view.any(clause, lex::FINITE) && !view.is_word(cue.verb, "told");
        first = if subject { first } else { clause };
    }
    if view.is_word(first, "to") && !view.is_word(first, "be") && scene.names.at(first + 1).is_some() {
        first = scene.names.at(first + 1).map_or(first, |m| m.end);
    }
    for _ in 0..3 {
        let next = behind_adjunct(scene, first)?;
        if next == first {
            break;
        }
        first = next;
    }
    let relative = cue.source.first > 0 && view.any(cue.source.first - 1, lex::RELATIVE);
    let opens = view.is_lower(first) && view.any(first, lex::CONJUNCTION.or(lex::RELATIVE))
        || view.is_lower(first) && view.any(first, lex::AUXILIARY) && !relative;
    let circumstance =
        matches!(view.word(first), "when" | "while" | "after" | "before" | "as" | "nothing" | "so" | "something");
    let participle = view.is(first - 1, Kind::Comma) && view.is_lower(first) && view.word(first).ends_with("ing");
    let circumstance = circumstance || participle;
    let word = matches!(view.kind(first), Some(Kind::Word | Kind::Number));
    let stop = view.starts_sentence(first) || scene.marks.covers(first);
    (word && !opens && !circumstance && !stop && is_clause(scene, cue.verb, first)).then_some(first)
}

/// Verbs that take hardly anything but a clause.
const SAY: [&str; 15] = [
    "said",
    "says",
    "say",
    "saying",
    "argued",
    "argues",
    "arguing",
    "insisted",
    "insists",
    "stated",
    "states",
    "stating",
    "added",
    "adding",
    "contended",
];

/// Whether what follows the verb is a clause, with a subject and a finite verb, rather than an object.
fn is_clause(scene: Scene, verb: usize, first: usize) -> bool {
    let view = scene.view;
    let says = SAY.contains(&view.word(verb));
    if says
        && (first..first + 4).all(|i| {
            matches!(view.kind(i), Some(Kind::Word | Kind::Number | Kind::Possessive | Kind::Dash))
                && !view.starts_sentence(i + 1)
        })
    {
        return !view.any(first, lex::PREPOSITION)
            || view.is_upper(first)
            || is_quantity(scene, first)
            || view.is(first + 1, Kind::Number);
    }
    let tells = matches!(view.word(verb), "told" | "tells" | "telling");
    for i in first + 1..first + 30 {
        let end = view.starts_sentence(i)
            || matches!(view.kind(i), None | Some(Kind::Stop | Kind::Semicolon | Kind::Colon)) && !view.is_glued(i + 1);
        let object = view.is(i, Kind::Comma)
            || view.is_lower(i) && view.any(i, lex::CONJUNCTION.or(lex::RELATIVE))
            || view.is_lower(i) && view.any(i, lex::SUBORDINATOR);
        if end || object && !says && !tells {
            return false;
        }
        if !view.is_lower(i) {
            continue;
        }
        let open = lex::DETERMINER.or(lex::PREPOSITION).or(lex::POSSESSIVE);
        let after_subject = !view.any(i - 1, open) && !view.is(i - 1, Kind::Dash);
        let past = view.word(i).ends_with("ed") && !view.any(i + 1, lex::PREPOSITION) && after_subject;
        if view.any(i, lex::FINITE) && !view.is_word(i - 1, "to") && after_subject
            || view.any(i - 1, lex::PRONOUN) && !view.any(i, lex::PREPOSITION)
            || past
            || view.any(i, lex::CUE) && after_subject && !view.any(i, lex::DOCUMENT)
        {
            return true;
        }
    }
    false
}

/// Behind the person spoken to: `told reporters`, `told the BBC`, `told him`.
fn behind_addressee(scene: Scene, first: usize) -> Option<usize> {
    let view = scene.view;
    if let Some(mention) = scene
        .names
        .at(first)
        .or_else(|| scene.names.at(first + 1).filter(|m| m.start() <= first + 1 && view.any(first, lex::DETERMINER)))
    {
        return Some(mention.end);
    }
    if view.any(first, lex::OTHER_PRONOUN) || view.is_word(first, "her") {
        return Some(first + 1);
    }
    let mut i = first;
    let determined = view.any(first, lex::DETERMINER.or(lex::POSSESSIVE));
    if determined {
        i += 1;
    }
    while view.is_lower(i)
        && i < first + 6
        && !view.any(i, lex::FINITE.or(lex::DETERMINER).or(lex::POSSESSIVE).or(lex::PREPOSITION).or(lex::PRONOUN))
    {
        i += 1;
        if !determined && view.word(i - 1).ends_with('s') {
            break;
        }
    }
    (i > first).then_some(i)
}

/// Behind a time or place: `on Friday`, `in a statement,`; `first` itself if there is none; `None` if the
/// sentence holds nothing else.
fn behind_adjunct(scene: Scene, first: usize) -> Option<usize> {
    let view = scene.view;
    if view.any(first, lex::WEEKDAY) || ["yesterday", "today", "earlier", "later"].contains(&view.word(first)) {
        let comma = usize::from(view.is(first + 1, Kind::Comma));
        return Some(first + 1 + comma);
    }
    if view.word(first) == "last" && matches!(view.word(first + 1), "night" | "week" | "month" | "year" | "weekend") {
        return Some(first + 2 + usize::from(view.is(first + 2, Kind::Comma)));
    }
    if !(view.any(first, lex::PREPOSITION) && view.is_lower(first)) || is_quantity(scene, first) {
        return Some(first);
    }
    if view.any(first + 1, lex::WEEKDAY) {
        return Some(first + 2 + usize::from(view.is(first + 2, Kind::Comma)));
    }
    let comma = (first..first + 14)
        .find(|i| view.is(*i, Kind::Comma) || view.starts_sentence(*i + 1) || scene.marks.covers(*i))?;
    let open = view.is(comma, Kind::Comma)
        && !(first..comma).any(|i| view.is_lower(i) && view.any(i, lex::AUXILIARY.or(lex::MODAL)));
    open.then_some(comma + 1)
}

/// `about 40`, `up to 180`, `up to a dozen`: so many of them, and no place or time.
fn is_quantity(scene: Scene, first: usize) -> bool {
    let view = scene.view;
    let about = matches!(view.word(first), "about" | "over" | "under" | "around" | "between" | "up" | "within");
    let amount = |i: usize| view.is(i, Kind::Number) || matches!(view.word(i), "a" | "half" | "two" | "three" | "four");
    let up_to = view.word(first) == "up" && view.word(first + 1) == "to" && amount(first + 2);
    about && view.is(first + 1, Kind::Number) || up_to
}

/// Where the clause that begins at `first` ends.
fn clause_end(scene: Scene, cues: &[Cue], at: usize, first: usize) -> usize {
    let view = scene.view;
    let next = cues.get(at + 1..).unwrap_or_default();
    let mut i = first;
    while i < first + REACH {
        if i >= view.len()
            || i > first && (view.starts_paragraph(i) || view.starts_sentence(i) && !scene.inside(i))
            || view.is(i, Kind::Semicolon)
        {
            return i;
        }
        let adding = next.first().is_some_and(|c| {
            c.verb == i
                && c.order == Order::Shared
                && c.takes.any(lex::GERUND)
                && c.takes.any(lex::TAKES_CLAUSE)
                && !c.faint
        });
        if adding && !scene.marks.covers(i) {
            return i;
        }
        let joined = view.is(i, Kind::Comma) || view.any(i, lex::CONJUNCTION) && view.is_lower(i);
        if joined && !scene.marks.covers(i) && goes_on_elsewhere(scene, next, i) {
            return i;
        }
        i += 1;
    }
    i.min(view.len())
}

/// Whether what follows the comma or "and" at `i` is another statement: `, adding that`, `and said`, `, but has`.
fn goes_on_elsewhere(scene: Scene, next: &[Cue], i: usize) -> bool {
    let view = scene.view;
    let mut j = i + 1;
    while j < i + 4 && (view.any(j, lex::CONJUNCTION) || view.is_adverb(j)) {
        j += 1;
    }
    let near = next.first().filter(|c| c.verb < i + 12);
    let cue = near.filter(|c| c.verb < i + 8);
    let comma = view.is(i, Kind::Comma);
    let shared =
        cue.is_some_and(|c| c.order == Order::Shared && (c.verb == j || c.takes.any(lex::GERUND) && c.verb <= j + 1));
    let according = cue.is_some_and(|c| c.order == Order::According && c.verb == i + 1);
    let aside = comma
        && cue.is_some_and(|c| c.order == Order::Subject && c.source.first == i + 1 && view.is(c.after, Kind::Stop));
    let past = |j: usize| view.any(j, lex::AUXILIARY) || scene.marks.covers(i - 1) && is_past(scene, j);
    let dropped = comma && view.any(i + 1, lex::CONJUNCTION) && view.is_lower(j) && past(j)
        || comma && view.is_word(i + 1, "then") && view.is_lower(i + 2) && !view.any(i + 2, lex::CLOSED);
    // ", and the agency called it": somebody else speaks.
    let other = comma
        && (view.any(i + 1, lex::CONJUNCTION)
            || matches!(view.word(i + 1), "while" | "whereas" | "though" | "although"))
        && near.is_some_and(|c| c.order == Order::Subject && (i + 2..i + 7).contains(&c.source.first));
    let other =
        other || view.is_word(i, "and") && near.is_some_and(|c| c.order == Order::Subject && c.source.first == i + 1);
    let second = comma && view.any(i + 1, lex::CONJUNCTION) && view.is_word(i + 2, "that");
    let quotation = second || view.is_word(i + 1, "that") && view.is(i + 2, Kind::Mark);
    shared || according || aside || dropped || other || quotation
}

/// Whether the word at `i` is likely a verb of the past: `cut`, `walked`.
fn is_past(scene: Scene, i: usize) -> bool {
    scene.view.any(i, lex::VERB) || scene.view.word(i).ends_with("ed")
}

/// `C, said X.` and `C, X said.`: the clause before.
fn before(scene: Scene, cue: &Cue) -> Option<(usize, usize)> {
    let first = if cue.order == Order::Inverted { cue.verb } else { cue.source.first };
    preceding(scene, first, 3)
}

fn parenthetic(scene: Scene, cue: &Cue) -> Option<(usize, usize)> {
    let view = scene.view;
    if cue.order == Order::Shared || cue.faint || !cue.takes.any(lex::TAKES_CLAUSE) {
        return None;
    }
    let next = cue.after;
    // What follows between marks is what was said; "in an interview" alone is not.
    if (next..next + 16)
        .take_while(|i| !view.starts_sentence(*i) && !view.is(*i, Kind::Stop))
        .any(|i| scene.marks.covers(i))
    {
        return None;
    }
    let ends = next >= view.len()
        || view.starts_sentence(next)
        || matches!(view.kind(next), Some(Kind::Stop | Kind::Comma))
        || view.any(next, lex::PREPOSITION.or(lex::WEEKDAY).or(lex::ADVERB));
    if ends { before(scene, cue) } else { None }
}

/// `Twice a week, X said, C`: the clause goes on behind the attribution, as only an adjunct stands before it.
fn medial(scene: Scene, cues: &[Cue], at: usize) -> Option<(usize, usize)> {
    let view = scene.view;
    let cue = cues.get(at)?;
    let comma = cue.source.first.checked_sub(1).filter(|i| view.is(*i, Kind::Comma))?;
    let start = scene.sentence_start(comma);
    let aside = view.is(cue.after, Kind::Comma) && cue.order == Order::Subject && !cue.faint && !cue.nested;
    let plain = aside && cue.takes.any(lex::TAKES_CLAUSE) && !(start..cue.after + 2).any(|i| scene.marks.covers(i));
    let adjunct = plain && !has_verb(scene, start, comma) && comma - start <= 8;
    let first = cue.after + 1;
    let predicate = view.is_lower(first) && view.any(first, lex::FINITE);
    let clause = !predicate && (has_finite(scene, first, first + 20) || view.any(first, lex::PRONOUN));
    (adjunct && clause).then(|| (first, clause_end(scene, cues, at, first)))
}

/// `The reactor, X said, was shut`: the subject of the clause before the attribution, its verb behind.
fn parted(scene: Scene, cues: &[Cue], at: usize) -> Option<((usize, usize), (usize, usize))> {
    let view = scene.view;
    let cue = cues.get(at).filter(|c| matches!(c.order, Order::Subject | Order::Inverted) && !c.faint && !c.nested)?;
    let (first, last) = match cue.order {
        Order::Subject => (cue.source.first, cue.after),
        _ => (cue.verb, cue.source.end),
    };
    let comma = first.checked_sub(1).filter(|i| view.is(*i, Kind::Comma) && !scene.marks.covers(*i))?;
    let start = scene.sentence_start(comma);
    let verb = last + 1;
    let finite = view.is_lower(verb) && view.any(verb, lex::FINITE);
    let aside = view.is(last, Kind::Comma) && cue.takes.any(lex::TAKES_CLAUSE) && finite;
    let subject = comma > start && comma - start <= 14 && !has_verb(scene, start, comma);
    let opens = view.any(start, lex::PREPOSITION.or(lex::SUBORDINATOR).or(lex::ADVERB));
    let whole = aside && subject && !opens && !(verb..verb + 2).any(|i| scene.marks.covers(i));
    whole.then(|| ((start, comma), (verb, clause_end(scene, cues, at, verb))))
}

/// The unquoted clause from the start of the sentence to the comma before `first`.
fn preceding(scene: Scene, first: usize, least: usize) -> Option<(usize, usize)> {
    let view = scene.view;
    let comma = first.checked_sub(1).filter(|i| view.is(*i, Kind::Comma) && !scene.marks.covers(*i))?;
    let start = scene.sentence_start(comma);
    let verb = has_verb(scene, start, comma);
    let quoted = (start..comma).filter(|i| scene.marks.covers(*i)).count();
    let relative = comma > 0 && view.any(comma - 1, lex::RELATIVE);
    (comma - start > least && verb && !relative && quoted * 2 < comma - start).then_some((start, comma))
}

fn has_verb(scene: Scene, first: usize, end: usize) -> bool {
    let view = scene.view;
    (first + 1..end).any(|i| view.is_lower(i) && (view.any(i, lex::FINITE) || view.word(i).ends_with("ed")))
}

/// `According to X, C` and `C, according to X`.
fn according(scene: Scene, cues: &[Cue], at: usize) -> Option<(usize, usize)> {
    let view = scene.view;
    let cue = cues.get(at)?;
    let start = scene.sentence_start(cue.verb);
    if cue.verb <= start + 1 {
        let mut comma = (cue.source.end.saturating_sub(1)..cue.source.end + 30)
            .find(|i| view.is(*i, Kind::Comma) || view.starts_sentence(*i + 1))?;
        // The description of X stands between commas of its own.
        if cue.source.role.is_some_and(|(first, _)| first > comma)
            || is_person(scene, cue) && is_description(scene, comma)
        {
            comma = (comma + 1..comma + 30).find(|i| view.is(*i, Kind::Comma))?;
        }
        let first = comma + 1;
        let end = clause_end(scene, cues, at, first);
        return (view.is(comma, Kind::Comma) && first + 3 < end).then_some((first, end));
    }
    preceding(scene, cue.verb, 4).or_else(|| {
        let before = has_verb(scene, start, cue.verb) && !scene.marks.covers(cue.verb.saturating_sub(1));
        (before && cue.verb - start > 4).then_some((start, cue.verb))
    })
}

fn is_person(scene: Scene, cue: &Cue) -> bool {
    let Head::Name(at) = cue.source.head else { return false };
    scene.names.mentions.get(at).is_some_and(|m| scene.names.class(m) == Class::Person)
}

/// Whether what follows the comma describes the name before it: a phrase with an office and no verb.
fn is_description(scene: Scene, comma: usize) -> bool {
    let view = scene.view;
    let Some(end) = (comma + 1..comma + 24).find(|i| view.is(*i, Kind::Comma) || view.starts_sentence(*i)) else {
        return false;
    };
    let role = (comma + 1..end).any(|i| view.any(i, lex::ROLE));
    view.is(end, Kind::Comma) && role && !has_finite(scene, comma + 1, end)
}

fn has_finite(scene: Scene, from: usize, to: usize) -> bool {
    (from..to).any(|i| scene.view.is_lower(i) && scene.view.any(i, lex::FINITE))
}
