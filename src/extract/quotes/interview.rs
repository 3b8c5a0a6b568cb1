//! Interviews, transcripts and debates: turns that a label opens (`Q:`, `RFE/RL:`, `Hill:`, `KK:`), and answers
//! below questions that are paragraphs of their own.
//!
//! Who asks is not the person quoted: questions under a label are kept with the words of the label only.

use rustc_hash::FxHashMap;

use super::scene::Scene;
use super::turns::{Turn, Voice, paragraphs, person_called};
use crate::extract::names::lexicon as lex;
use crate::extract::names::{Class, Mention};
use crate::text::Kind;

/// Labels are no longer than this, in tokens.
const LABEL: usize = 8;

/// This many labelled paragraphs, or questions, make an article an interview.
const LEAST: usize = 3;

/// A turn goes on through no more paragraphs than this.
const LONGEST: usize = 12;

/// How sure it is that a label means whom it names.
const NAMED: f32 = 0.92;

/// All turns of an interview; none if the article is no interview.
pub(super) fn find(scene: Scene) -> Vec<Turn> {
    let paragraphs = paragraphs(scene);
    let labelled = labelled(scene, &paragraphs);
    if labelled.is_empty() { unlabelled(scene, &paragraphs) } else { labelled }
}

/// A paragraph that a label opens.
#[derive(Clone, Copy)]
struct Labelled {
    /// Its place among the paragraphs.
    at: usize,
    /// First token of the label.
    first: usize,
    /// Behind its last token.
    end: usize,
    /// First token of what is said.
    words: usize,
}

fn labelled(scene: Scene, paragraphs: &[(usize, usize)]) -> Vec<Turn> {
    let view = scene.view;
    let found: Vec<Labelled> =
        paragraphs.iter().enumerate().filter_map(|(at, &(first, end))| label(scene, at, first, end)).collect();
    let mut turns: FxHashMap<&str, (usize, usize)> = FxHashMap::default();
    for one in &found {
        let (count, asked) = turns.entry(view.slice(one.first, one.end)).or_default();
        let end = paragraphs.get(one.at).map_or(0, |p| p.1);
        *count += 1;
        *asked += usize::from(end.checked_sub(1).is_some_and(|last| view.word(last) == "?"));
    }
    // "Rovers: Visit Leeds on Monday.": where nobody says "I" or "you", or asks, nobody talks.
    let talks = found.iter().filter_map(|one| paragraphs.get(one.at)).any(|p| in_conversation(scene, *p));
    if found.len() < LEAST || !talks || !turns.values().any(|(count, _)| *count > 1) {
        return Vec::new();
    }
    let intro = found.first().map_or(0, |one| one.first);
    let guest = interviewee(scene, intro);
    let voices: Vec<Option<Voice>> = found
        .iter()
        .map(|one| {
            let (count, asked) = turns.get(view.slice(one.first, one.end)).copied().unwrap_or_default();
            let voice = voice(scene, one, guest, asked * 3 >= count);
            let known = view.word(one.first) == "Q" || matches!(voice, Some(Voice::Named(..)));
            voice.filter(|_| count > 1 || known)
        })
        .collect();
    let mut result = Vec::with_capacity(found.len());
    for (i, (one, voice)) in found.iter().zip(voices).enumerate() {
        let Some(voice) = voice else { continue };
        let next = found.get(i + 1).map(|next| next.at);
        let last = next.unwrap_or(paragraphs.len()).min(one.at + LONGEST);
        let follow = paragraphs.get(one.at + 1..last).unwrap_or_default().iter().copied();
        // Behind the last label a paragraph must sound like the speaker.
        let follow = follow.take_while(|p| next.is_some() || in_first_person(scene, *p));
        let first = paragraphs.get(one.at).map(|p| (one.words, p.1));
        let stretches = first.into_iter().chain(follow).map(|stretch| unmarked(scene, stretch)).collect();
        result.push(Turn { voice, label: Some((one.first, one.end)), stretches });
    }
    result
}

/// The label at the start of a paragraph: `Q:`, `Q.`, `Fiona Hill:`.
fn label(scene: Scene, at: usize, first: usize, end: usize) -> Option<Labelled> {
    let view = scene.view;
    let letter = matches!(view.word(first), "Q" | "A");
    if letter && matches!(view.kind(first + 1), Some(Kind::Stop | Kind::Dash | Kind::Close)) && first + 2 < end {
        return Some(Labelled { at, first, end: first + 1, words: first + 2 });
    }
    // Transcripts of the White House leave the mark out: "Q Mr. President, ..."
    if view.word(first) == "Q" && first + 3 < end && view.is_upper(first + 1) {
        return Some(Labelled { at, first, end: first + 1, words: first + 1 });
    }
    let colon = (first + 1..first + LABEL).find(|i| view.is(*i, Kind::Colon))?;
    let fits = |i: usize| {
        view.is_upper(i)
            || matches!(view.kind(i), Some(Kind::Other | Kind::Dash | Kind::Stop | Kind::Open | Kind::Close))
            || view.is(i, Kind::Word) && i > first
    };
    let capital = view.is_upper(first) && (first..colon).filter(|i| view.is_lower(*i)).count() <= 1;
    let spaced = view.tokens.get(colon + 1).is_some_and(|t| t.after_space());
    (capital && spaced && colon + 1 < end && (first..colon).all(fits)).then_some(Labelled {
        at,
        first,
        end: colon,
        words: colon + 1,
    })
}

/// Whose label it is; `None` if it is no label of a speaker. `asks` tells that many of its turns are questions.
fn voice(scene: Scene, label: &Labelled, guest: Option<(usize, f32)>, asks: bool) -> Option<Voice> {
    let view = scene.view;
    let words = view.slice(label.first, label.end);
    let named = |found: Option<(usize, f32)>| found.map_or(Voice::Unnamed, |(entity, sure)| Voice::Named(entity, sure));
    match words.to_lowercase().as_str() {
        "q" | "question" | "interviewer" | "reporter" | "host" | "moderator" | "presenter" | "journalist" => {
            return Some(Voice::Unnamed);
        }
        "a" | "answer" => return Some(named(guest)),
        _ => {}
    }
    let single = label.end == label.first + 1;
    if let Some(entity) = person_called(scene, words) {
        let initials = single && words.len() <= 3 && is_shouted(words);
        return Some(if initials { by_initials(scene, words, label.first) } else { Voice::Named(entity, NAMED) });
    }
    if single && words.len() <= 3 && is_shouted(words) {
        return Some(by_initials(scene, words, label.first));
    }
    let mention = scene.names.between(label.first, label.end).first();
    match mention.and_then(|m| scene.names.entity(m).map(|e| (m.entity, e.class))) {
        Some((entity, Class::Person)) => Some(Voice::Named(entity, NAMED)),
        Some(_) if asks => Some(Voice::Unnamed),
        Some((entity, Class::Organisation)) => Some(Voice::Named(entity, 0.8)),
        Some((entity, Class::Other)) => Some(Voice::Named(entity, 0.7)),
        None => (label.first..label.end).any(|i| view.any(i, lex::ROLE)).then_some(Voice::Unnamed),
    }
}

fn is_shouted(words: &str) -> bool {
    words.chars().all(char::is_uppercase)
}

/// `KK`: the one person of the article with these initials.
fn by_initials(scene: Scene, letters: &str, before: usize) -> Voice {
    let known = scene.names.between(0, before);
    let bears = |m: &&Mention| {
        let Some(entity) = scene.names.entity(m).filter(|e| e.class != Class::Organisation) else { return false };
        let initials: String = entity.name.split([' ', '-']).filter_map(|word| word.chars().next()).collect();
        entity.name.contains(' ') && initials.eq_ignore_ascii_case(letters)
    };
    let mut found = known.iter().filter(bears).map(|m| m.entity);
    match found.next() {
        Some(entity) if found.all(|other| other == entity) => Voice::Named(entity, 0.85),
        _ => Voice::Unnamed,
    }
}

/// Whom the introduction, which ends before token `end`, presents as the person interviewed; and how surely.
fn interviewee(scene: Scene, end: usize) -> Option<(usize, f32)> {
    let view = scene.view;
    let acts = |m: &Mention| view.starts_sentence(m.first) && view.is_lower(m.end) && view.any(m.end, lex::FINITE);
    let is_person = |m: &&Mention| match scene.names.entity(m) {
        Some(e) if e.class == Class::Person => true,
        Some(e) => e.class == Class::Other && !e.place && e.name.contains(' ') && (m.title_first.is_some() || acts(m)),
        None => false,
    };
    let asks = |m: &&Mention| is_asker(scene, m);
    let persons: Vec<&Mention> = scene.names.between(0, end).iter().filter(is_person).filter(|m| !asks(m)).collect();
    let first = persons.first()?;
    if persons.iter().all(|m| m.entity == first.entity) {
        return Some((first.entity, 0.85));
    }
    // "spoke to X", "an interview with X", "we met X"; or "X spoke to us".
    let talk = |i: usize| {
        matches!(
            view.word(i),
            "interview"
                | "interviewed"
                | "conversation"
                | "spoke"
                | "talked"
                | "met"
                | "asked"
                | "sat"
                | "speaks"
                | "talks"
        )
    };
    let reached = |m: &&&Mention| {
        let start = m.start();
        (start.saturating_sub(5)..start).any(|i| talk(i) && !view.starts_sentence(i + 1))
            && !(start.saturating_sub(5)..start).any(|i| scene.names.at(i).is_some())
    };
    let speaks = |m: &&&Mention| {
        (m.end..m.end + 3).any(|i| {
            matches!(view.word(i), "spoke" | "speaks" | "talked" | "talks" | "told" | "tells" | "explains" | "answers")
        })
    };
    let found = persons.iter().find(reached).or_else(|| persons.iter().find(speaks))?;
    Some((found.entity, 0.75))
}

/// Whether `mention` is of the one who asks: "she spoke to reporter Foo Bar", "Baz talks to Foo Bar about his life".
fn is_asker(scene: Scene, mention: &Mention) -> bool {
    let view = scene.view;
    let start = mention.start();
    let trade = (start.saturating_sub(3)..mention.first).any(|i| asks_by_trade(view.word(i)));
    let talk =
        (start.saturating_sub(3)..start).find(|i| matches!(view.word(*i), "talked" | "talks" | "speaks" | "spoke"));
    let guest = talk.and_then(|i| i.checked_sub(1)).is_some_and(|i| {
        view.any(i, lex::SINGULAR_PRONOUN)
            || scene.names.ending(i + 1).is_some_and(|m| scene.names.class(m) == Class::Person)
    });
    trade || guest
}

/// Whether it is the trade of those who ask: "She spoke to reporter Foo Bar".
fn asks_by_trade(word: &str) -> bool {
    let trades = ["reporter", "correspondent", "journalist", "editor", "writer", "interviewer", "columnist", "our"];
    trades.iter().any(|trade| trade.eq_ignore_ascii_case(word))
}

/// Whether "I" or "we" speaks in a paragraph, outside quotation marks.
fn in_first_person(scene: Scene, (first, end): (usize, usize)) -> bool {
    (first..end).any(|i| {
        let word = scene.view.word(i);
        let word = word.split(['\'', '\u{2019}']).next().unwrap_or_default();
        !scene.marks.covers(i) && matches!(word, "I" | "we" | "We" | "my" | "My" | "our" | "Our" | "me" | "us")
    })
}

/// Whether somebody speaks of himself or to another in a paragraph, or asks.
fn in_conversation(scene: Scene, (first, end): (usize, usize)) -> bool {
    let addresses = |i: usize| {
        let word = scene.view.word(i);
        let word = word.split(['\'', '\u{2019}']).next().unwrap_or_default();
        matches!(word, "?" | "you" | "You" | "your" | "Your" | "us" | "me")
    };
    in_first_person(scene, (first, end)) || (first..end).any(addresses)
}

/// Questions as paragraphs of their own, and the answers below them.
fn unlabelled(scene: Scene, paragraphs: &[(usize, usize)]) -> Vec<Turn> {
    let questions: Vec<usize> =
        (1..paragraphs.len()).filter(|at| paragraphs.get(*at).is_some_and(|p| is_question(scene, *p))).collect();
    let answers: Vec<&[(usize, usize)]> = questions
        .iter()
        .enumerate()
        .map(|(i, at)| {
            let next = questions.get(i + 1).copied().unwrap_or(paragraphs.len());
            paragraphs.get(at + 1..next.min(at + 1 + LONGEST)).unwrap_or_default()
        })
        .collect();
    let answered: Vec<&[(usize, usize)]> = answers.into_iter().filter(|answer| !answer.is_empty()).collect();
    let personal = answered.iter().filter(|a| a.iter().any(|p| in_first_person(scene, *p))).count();
    let intro = questions.first().and_then(|at| paragraphs.get(*at)).map_or(0, |p| p.0);
    if answered.len() < LEAST || personal * 2 < answered.len() {
        return Vec::new();
    }
    let Some((guest, sure)) = interviewee(scene, intro) else { return Vec::new() };
    let end = paragraphs.last().map_or(0, |p| p.1);
    // An article that only asks questions in between still speaks of the person by name.
    let told = scene.names.between(intro, end).iter().any(|m| m.entity == guest && scene.view.any(m.end, lex::CUE));
    if told {
        return Vec::new();
    }
    let last = answered.len() - 1;
    let turn = |(i, answer): (usize, &&[(usize, usize)])| {
        let own = answer.iter().copied().enumerate();
        let kept = own.take_while(|(n, p)| *n == 0 || i < last || in_first_person(scene, *p));
        let stretches = kept.map(|(_, stretch)| unmarked(scene, stretch)).collect();
        Turn { voice: Voice::Named(guest, sure), label: None, stretches }
    };
    answered.iter().enumerate().map(turn).collect()
}

/// A short paragraph that asks something, outside quotation marks.
fn is_question(scene: Scene, (first, end): (usize, usize)) -> bool {
    let view = scene.view;
    let last = end.saturating_sub(1);
    view.word(last) == "?" && end - first <= 70 && !scene.marks.covers(last) && !scene.marks.covers(first)
}

/// Without quotation marks around the whole.
fn unmarked(scene: Scene, (first, end): (usize, usize)) -> (usize, usize) {
    let whole = scene.marks.at(first).and_then(|q| scene.marks.quoted.get(q)).filter(|q| q.open == first);
    match whole {
        Some(quoted) if quoted.close >= end => (quoted.first, quoted.end),
        _ => (first, end),
    }
}
