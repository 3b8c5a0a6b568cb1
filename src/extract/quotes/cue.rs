//! Cues: reporting verbs and "according to", outside quotation marks, each with its source.

use super::scene::{Head, SPEAKS, Scene, Source};
use super::sentence::{gerund_subject, main_subject};
use crate::extract::names::lexicon::{self as lex, Flags};

use crate::text::Kind;

/// A reporting verb (or "according to") and who speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Cue {
    /// The token of the verb.
    pub verb: usize,
    /// Behind the verb and its particle (`pointed out`).
    pub after: usize,
    /// What the lexicon says of the verb.
    pub takes: Flags,
    /// Who speaks.
    pub source: Source,
    /// How source and verb stand to one another.
    pub order: Order,
    /// Whether the verb only thinks, or is rather no verb.
    pub faint: bool,
    /// Whether it stands inside the clause that the cue before it reports: second hand.
    pub nested: bool,
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
    /// `described by X as`.
    Agent,
    /// `..., adding`: the subject is that of the sentence, further left.
    Shared,
}

/// All cues of a text, in order.
pub(super) fn find(scene: Scene) -> Vec<Cue> {
    let mut cues: Vec<Cue> = Vec::new();
    let may_report = |flags: &Flags| flags.any(lex::CUE.or(lex::PHRASE));
    for (i, _) in scene.view.flags.iter().enumerate().filter(|(_, flags)| may_report(flags)) {
        if let Some(cue) = at(scene, i, &cues) {
            let nested = cues.last().is_some_and(|before| is_nested(scene, before, &cue));
            cues.push(Cue { nested, ..cue });
        }
    }
    cues
}

fn at(scene: Scene, i: usize, earlier: &[Cue]) -> Option<Cue> {
    let view = scene.view;
    let verb = view.any(i, lex::CUE) && (view.is_lower(i) || opens_sentence(scene, i));
    let clear = !verb && view.word(i) == "clear";
    let puts = matches!(view.word(i), "put" | "puts") && view.is_word(i + 1, "it");
    let according = according_end(scene, i);
    if !(verb || clear || puts || according.is_some()) || scene.marks.covers(i) {
        return None;
    }
    if let Some(after) = according {
        let source = scene.phrase_starting(after).or_else(|| object_pronoun(scene, after))?;
        let takes = lex::TAKES_CLAUSE;
        return Some(Cue { verb: i, after, takes, source, order: Order::According, faint: false, nested: false });
    }
    let cites = view.word(i).starts_with("cit") || view.word(i).starts_with("quot");
    let saying = |j: usize| view.any(j, lex::CUE) && view.any(j, lex::GERUND);
    if cites && (i + 1..i + 16).any(|j| view.is_word(j, "as") && saying(j + 1)) {
        return None;
    }
    let (first, after, takes) = match (clear, puts) {
        (true, _) => made_clear(scene, i)?,
        // "put it to the witness that ..." says what; "put it bluntly" says how.
        (_, true) if view.is_word(i + 2, "to") => (i, i + 2, lex::CUE.or(lex::TAKES_THAT)),
        (_, true) => (i, i + 2, lex::CUE.or(lex::WEAK)),
        _ => (i, verb_end(scene, i)?, *view.flags.get(i)?),
    };
    if view.is_word(after, "by") && !takes.any(lex::GERUND) && !is_medium(view.word(after + 1)) {
        let source = scene.phrase_starting(after + 1)?;
        return Some(Cue { verb: i, after, takes, source, order: Order::Agent, faint: true, nested: false });
    }
    let from = verb_group(scene, first)?;
    let (source, order) = subject(scene, first, from, after, earlier)?;
    let faint = takes.any(lex::WEAK.or(lex::THOUGHT)) && !view.is_word(after, "that");
    Some(Cue { verb: i, after, takes, source, order, faint, nested: false })
}

/// `Said John Smith: ...`
fn opens_sentence(scene: Scene, i: usize) -> bool {
    scene.view.starts_sentence(i)
        && scene.view.any(i, lex::TAKES_CLAUSE)
        && !scene.view.any(i, lex::GERUND)
        && scene.view.is_upper(i + 1)
}

/// `made it clear`: the verb, behind the phrase, and what it takes.
fn made_clear(scene: Scene, clear: usize) -> Option<(usize, usize, Flags)> {
    let view = scene.view;
    let made = (clear.saturating_sub(3)..clear)
        .rev()
        .find(|i| matches!(view.word(*i), "made" | "makes" | "making" | "make"))?;
    Some((made, clear + 1, lex::CUE.or(lex::TAKES_THAT)))
}

/// Behind the verb; `None` if its particle is missing: `pointed out`, `shot back`.
fn verb_end(scene: Scene, verb: usize) -> Option<usize> {
    let particle = match scene.view.word(verb) {
        "point" | "points" | "pointed" | "pointing" => "out",
        "shot" | "shoots" | "fired" => "back",
        _ => return Some(verb + 1),
    };
    scene.view.is_word(verb + 1, particle).then_some(verb + 2)
}

/// Who is the subject of the verb, and on which side.
fn subject(scene: Scene, verb: usize, from: usize, after: usize, earlier: &[Cue]) -> Option<(Source, Order)> {
    let view = scene.view;
    if view.is_upper(verb) {
        let source =
            scene.phrase_starting(after).filter(|s| matches!(s.head, Head::Name(_)) && view.is(s.end, Kind::Colon));
        return source.map(|source| (source, Order::Inverted));
    }
    let gerund = view.any(verb, lex::GERUND) && from == verb;
    if gerund {
        return gerund_subject(scene, verb, earlier);
    }
    if let Some(source) = inverted(scene, verb, from, after) {
        return Some((source, Order::Inverted));
    }
    if is_shared(scene, from) {
        return main_subject(scene, verb, earlier).map(|source| (source, Order::Shared));
    }
    let aside = view.is(after, Kind::Comma);
    if let Some(source) = scene.subject_before(from, aside) {
        let bare = matches!(source.head, Head::Noun(_)) && source.end - source.first == 1;
        let noun = bare && view.word(verb).ends_with('s') && !view.word(source.first).ends_with('s');
        // "A storm dubbed ..." is passive; only who can speak calls things names.
        let who = from > 0 && view.is_word(from - 1, "who");
        let thing = !who
            && matches!(source.head, Head::Noun(head) if !view.any(head, SPEAKS))
            && !view.any(verb, lex::TAKES_CLAUSE.or(lex::TAKES_QUESTION));
        let noun = noun || thing || is_noun(scene, verb, after, &source);
        return (!noun).then_some((source, Order::Subject));
    }
    let comma = from.checked_sub(1).is_some_and(|i| view.is(i, Kind::Comma));
    let start = scene.sentence_start(verb);
    let spoken = earlier.iter().rev().take(3).find(|c| c.verb >= start && c.source.first >= start && !c.nested);
    spoken.filter(|_| comma && !view.starts_sentence(from)).map(|c| (c.source, Order::Shared))
}

/// `the Russian demands.`: a form that is a noun as often, behind a common noun and before no object; `the Baltic states asked`:
/// behind a name with its article and before the verb.
fn is_noun(scene: Scene, verb: usize, after: usize, source: &Source) -> bool {
    let view = scene.view;
    let end = matches!(view.kind(after), None | Some(Kind::Stop | Kind::Comma | Kind::Close | Kind::Semicolon))
        || view.starts_sentence(after);
    let adjunct = lex::PREPOSITION.or(lex::AUXILIARY).or(lex::CONJUNCTION).or(lex::MODAL);
    // "The Guardian reports leaked documents show ...": elsewhere than behind states, -ed may be an adjective's.
    let past = view.is_word(verb, "states") && view.word(after).ends_with("ed");
    let verb_behind = view.is_lower(after) && (past || view.any(after, lex::AUXILIARY.or(lex::MODAL).or(lex::CUE)));
    let article = view.any(source.first, lex::DETERMINER)
        || source.first.checked_sub(1).is_some_and(|before| view.any(before, lex::DETERMINER));
    let noun = match source.head {
        Head::Noun(_) => end || view.any(after, adjunct),
        Head::Name(_) => article && verb_behind && view.word(verb).ends_with('s'),
        Head::Pronoun | Head::Group => false,
    };
    noun && is_noun_too(view.word(verb))
}

/// Whether a form of a reporting verb is a noun as often.
fn is_noun_too(word: &str) -> bool {
    matches!(
        word,
        "demands"
            | "claims"
            | "reports"
            | "comments"
            | "calls"
            | "remarks"
            | "notes"
            | "states"
            | "promises"
            | "answers"
            | "questions"
            | "estimates"
            | "forecasts"
            | "reasons"
            | "posts"
            | "texts"
            | "cries"
            | "orders"
            | "offers"
            | "issues"
            | "releases"
            | "talks"
            | "fears"
            | "hopes"
            | "wants"
            | "claim"
            | "report"
            | "comment"
            | "call"
            | "remark"
            | "note"
            | "promise"
            | "answer"
            | "question"
            | "estimate"
            | "post"
            | "text"
            | "order"
            | "offer"
            | "issue"
            | "release"
            | "talk"
            | "fear"
            | "hope"
            | "demand"
            | "praise"
            | "blame"
            | "start"
    )
}

/// Whether nothing but a subject stands between the cue before and this one: `X said Y told him`.
fn is_nested(scene: Scene, before: &Cue, cue: &Cue) -> bool {
    let first = cue.source.first;
    let reports =
        matches!(before.order, Order::Subject | Order::Shared) && before.after <= first && first - before.after < 40;
    let breaks = |i: usize| {
        let view = scene.view;
        view.starts_sentence(i) && i > before.after
            || scene.marks.covers(i)
            || matches!(view.kind(i), Some(Kind::Comma | Kind::Semicolon | Kind::Stop))
            || view.is_lower(i) && view.any(i, lex::CONJUNCTION)
    };
    reports && cue.order == Order::Subject && !(before.after..=first).any(breaks)
}

/// `according to him`
fn object_pronoun(scene: Scene, i: usize) -> Option<Source> {
    let head = match scene.view.word(i) {
        "him" | "her" => Head::Pronoun,
        "them" => Head::Group,
        _ => return None,
    };
    let ends = !matches!(scene.view.kind(i + 1), Some(Kind::Word | Kind::Number));
    ends.then_some(Source { first: i, end: i + 1, head, role: None })
}

/// Behind `according to` and `in the words of`.
fn according_end(scene: Scene, i: usize) -> Option<usize> {
    let view = scene.view;
    let phrase = |words: &[&str]| words.iter().enumerate().all(|(n, word)| view.is_word(i + n, word));
    let long = ["in", "the", "words", "of"];
    if phrase(&["according", "to"]) { Some(i + 2) } else { phrase(&long).then_some(i + long.len()) }
}

/// `said by telephone`: how, not by whom.
fn is_medium(word: &str) -> bool {
    matches!(word, "telephone" | "phone" | "email" | "e-mail" | "text" | "video" | "way" | "letter" | "satellite")
}

/// The first token of the verb with its auxiliaries and adverbs; `None` if it is passive, denied or no verb.
fn verb_group(scene: Scene, verb: usize) -> Option<usize> {
    let view = scene.view;
    if view.is_word(verb + 1, "by") && !view.any(verb, lex::GERUND) && !is_medium(view.word(verb + 2))
        || view.is_word(verb + 1, "to") && view.is_word(verb, "said") && view.is_word(verb + 2, "be")
    {
        return None;
    }
    let mut from = verb;
    let mut passive = false;
    for _ in 0..6 {
        let Some(before) = from.checked_sub(1).filter(|_| !view.starts_sentence(from)) else { break };
        let word = view.word(before);
        if matches!(
            word,
            "not" | "never" | "didn't" | "doesn't" | "don't" | "hasn't" | "haven't" | "won't" | "wouldn't"
        ) {
            return None;
        }
        if word == "to" {
            let on = before >= 2
                && view.word(before - 1) == "on"
                && matches!(view.word(before - 2), "went" | "goes" | "go" | "going");
            // "He liked to say", "She used to say".
            let habit = matches!(view.word(before.wrapping_sub(1)), "liked" | "likes" | "loved" | "used")
                && matches!(
                    view.word(verb),
                    "say"
                        | "tell"
                        | "joke"
                        | "call"
                        | "recall"
                        | "remark"
                        | "insist"
                        | "quip"
                        | "boast"
                        | "add"
                        | "claim"
                );
            if !(on || habit) {
                return None;
            }
            from = before - if on { 2 } else { 1 };
            continue;
        }
        let auxiliary = view.is_lower(before) && view.any(before, lex::AUXILIARY);
        let modal = matches!(word, "will" | "would") && matches!(view.word(verb), "say" | "argue" | "add" | "tell");
        if view.is_lower(before) && view.any(before, lex::MODAL) && !modal {
            return None;
        }
        if !(auxiliary || modal || view.is_adverb(before)) {
            break;
        }
        passive |= matches!(word, "is" | "are" | "was" | "were" | "be" | "been" | "being" | "am");
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

/// Whether the subject is not beside the verb but further left: `and said`, `then said`.
fn is_shared(scene: Scene, from: usize) -> bool {
    let view = scene.view;
    let before = from.checked_sub(1).filter(|b| !view.starts_sentence(from) && !scene.marks.covers(*b));
    before.is_some_and(|b| view.any(b, lex::CONJUNCTION) || view.is_word(b, "then"))
}

/// `," said X`: a source behind the verb, if what comes before and behind allows it.
fn inverted(scene: Scene, verb: usize, from: usize, after: usize) -> Option<Source> {
    let view = scene.view;
    if ["told", "tells", "informed", "assured", "reminded"].contains(&view.word(verb)) {
        return None;
    }
    // '"Yes," state news agency Foo quoted him as saying': a noun.
    if ["state", "report", "claim", "note", "comment", "post", "text", "answer", "call"].contains(&view.word(verb)) {
        return None;
    }
    let before = from.checked_sub(1)?;
    let comma = view.is(before, Kind::Comma);
    let behind_quote = scene.marks.covers(before) || comma && before > 0 && scene.marks.covers(before - 1);
    // "The members, asked the minister" is the plain order with a comma too many.
    if !behind_quote && view.any(verb, lex::TAKES_ADDRESSEE) {
        return None;
    }
    if !behind_quote && (!comma || view.starts_sentence(from)) {
        return None;
    }
    let mut first = after;
    while view.is_adverb(first) && first < after + 2 {
        first += 1;
    }
    let source = scene.phrase_starting(first)?;
    let next = source.end;
    let full_stop = view.starts_sentence(next) || matches!(view.kind(next), None | Some(Kind::Stop));
    if behind_quote {
        let ends = full_stop || !matches!(view.kind(next), Some(Kind::Word | Kind::Number | Kind::Possessive));
        let adjunct = lex::PREPOSITION.or(lex::CONJUNCTION).or(lex::ADVERB).or(lex::RELATIVE).or(lex::WEEKDAY);
        let follows = view.any(next, adjunct.or(lex::SUBORDINATOR)) || view.word(next).ends_with("ing");
        return (ends || follows).then_some(source);
    }
    // "X, who was there, discussed Y with Z": only what takes a clause follows one.
    if !behind_quote && (!view.any(verb, lex::TAKES_CLAUSE) || view.any(verb, lex::WEAK)) {
        return None;
    }
    // "..., said X." unless the comma closes a description of the subject: "X, the envoy, said Y would come".
    let adjunct = view.any(next, lex::PREPOSITION.or(lex::WEEKDAY)) && !view.any(next, lex::RELATIVE);
    let named = matches!(source.head, Head::Name(_) | Head::Pronoun);
    let ends = full_stop || view.is(next, Kind::Comma) || adjunct && named;
    let described =
        (!full_stop || !named) && scene.subject_before(from, false).is_some_and(|s| matches!(s.head, Head::Name(_)));
    (ends && !described).then_some(source)
}
