//! Offices, titles and descriptions: what stands before a name (`Russian Foreign Minister`) or beside it
//! (`, the mayor of Smallville,`).

use super::lexicon as lex;
use super::view::View;
use crate::text::Kind;

/// The furthest that an apposition is followed, in tokens.
const APPOSITION: usize = 24;

/// Words that a title is made of.
const TITLE: lex::Flags = lex::ROLE
    .or(lex::MODIFIER)
    .or(lex::HONORIFIC)
    .or(lex::PORTFOLIO)
    .or(lex::DEMONYM)
    .or(lex::BODY)
    .or(lex::ORGANISATION_HEAD);

/// Behind the title that the capitalised run `start..end` begins with; `start` if there is none, `end` if
/// the run is a title and nothing more.
pub(super) fn title_end(view: View, start: usize, end: usize) -> usize {
    let office = lex::ROLE.or(lex::HONORIFIC);
    // "Ri Son-gwon", "Son Heung-min" bear no office.
    // "Minister for Women Foo Bar"
    let subject = |i: usize| i >= start + 2 && view.word(i - 1) == "for" && view.any(i - 2, lex::ROLE);
    let bears = |i: &usize| {
        let named = view.word(*i) == "Son" || subject(*i) || is_own_name(view, start, *i, end);
        view.any(*i, office) && !named
    };
    let last = (start..end).rev().find(bears);
    let Some(role) = last else { return start };
    let mut at = behind_joined(view, role, end);
    while at < end {
        let connector = view.is_lower(at) || view.is(at, Kind::Comma);
        let stop = view.is(at, Kind::Stop) && view.is_glued(at);
        // "President pro tempore", "Professor Emeritus"
        if matches!(view.word(at), "Pro" | "Tempore" | "Tem" | "Emeritus" | "Emerita" | "Designate" | "Elect")
            && at + 1 < end
        {
            at += 1;
            continue;
        }
        // "President-elect"
        if view.is(at, Kind::Dash) && view.is_glued(at) && view.is_lower(at + 1) && at + 1 < end {
            at += 2;
            continue;
        }
        if !(connector || stop || behind_of(view, role, at) || is_unknown_portfolio(view, role, at, end)) {
            break;
        }
        at += 1;
    }
    at
}

/// `Stephen King`, `Pope`: a surname that is an office too.
fn is_own_name(view: View, start: usize, i: usize, end: usize) -> bool {
    let last = i + 1 == end || view.any(i + 1, lex::SUFFIX);
    // "Opposition leader Imran Sheikh": an honorific stands before a name, not behind a word that is in no title.
    let surname =
        matches!(view.word(i), "Sheikh" | "Shah" | "Sultan" | "Imam" | "Prince" | "Dean" | "Marshal" | "King");
    let plain = |at: usize| !view.any(at, TITLE.or(lex::PLACE).or(lex::COMPASS).or(lex::CLOSED)) && view.is_upper(at);
    if last && surname && i > start && plain(i - 1) {
        return true;
    }
    last && i > start && view.any(i - 1, lex::FORENAME) && !view.any(i - 1, lex::ROLE)
}

/// Whether the word at `at` belongs to the office through an "of" or "for": `Secretary of State`.
fn behind_of(view: View, role: usize, at: usize) -> bool {
    let linked = (role + 1..at).any(|i| matches!(view.word(i), "of" | "for"));
    linked && view.any(at, lex::PORTFOLIO) && !(view.any(at, lex::FORENAME) && view.is_upper(at + 1))
}

/// Behind `of Public Works and Transport`, which no name holds: the subjects of the office at `role` that "and" joins.
fn behind_joined(view: View, role: usize, end: usize) -> usize {
    let linked = matches!(view.word(role + 1), "of" | "for");
    let and = (role + 2..end).rev().find(|i| view.is_word(*i, "and"));
    let Some(and) = and.filter(|and| linked && and + 2 < end) else { return role + 1 };
    and + 2
}

/// `Minister for Infrastructure Foo Bar`: a single word behind "for" or "of" that no list has, before a name of two.
fn is_unknown_portfolio(view: View, role: usize, at: usize, end: usize) -> bool {
    let linked = at == role + 2 && matches!(view.word(role + 1), "of" | "for") && view.is_upper(role);
    let name = at + 3 == end && view.is_upper(at + 1) && view.is_upper(at + 2);
    linked && name && !view.any(at, lex::FORENAME.or(lex::HONORIFIC)) && !view.any(at + 1, lex::PORTFOLIO)
}

/// The first token of the title in front of the name at `first`, whose capitalised run began at `run`.
pub(super) fn title_first(view: View, run: usize, first: usize) -> Option<usize> {
    let mut at = first;
    let mut role = (run..first).any(|i| view.any(i, lex::ROLE.or(lex::HONORIFIC)));
    if role {
        at = run;
    }
    // An office in small letters, and what stands before it: "police spokesman", "State Department spokesman".
    let bound = first.saturating_sub(8);
    while at > bound {
        let before = at - 1;
        let dash = view.is(before, Kind::Dash) && view.is_glued(before) && view.is_glued(at);
        // "Ministry of Health spokesman"
        let body = lex::ORGANISATION_HEAD.or(lex::BODY);
        if role
            && view.is_upper(at)
            && view.is_word(before, "of")
            && before > bound
            && view.is_upper(before - 1)
            && view.any(before - 1, body)
            && !view.starts_sentence(before)
        {
            at = before - 1;
            continue;
        }
        let named = role && view.is_upper(before) && !view.any(before, lex::CLOSED.or(lex::MONTH).or(lex::WEEKDAY));
        let part = view.any(before, TITLE) && !view.any(before, lex::DETERMINER);
        if !(named || part || dash)
            || view.starts_sentence(at)
            || view.any(before, lex::CUE) && !view.any(before, TITLE)
        {
            break;
        }
        if !role && !view.any(before, lex::ROLE.or(lex::HONORIFIC)) {
            break;
        }
        role = true;
        at = before;
    }
    (role && at < first).then_some(at)
}

/// The description behind a name that ends at `end`: `, the mayor of Smallville,`.
pub(super) fn apposition_after(view: View, end: usize) -> Option<(usize, usize)> {
    if !view.is(end, Kind::Comma) {
        return None;
    }
    let first = end + 1;
    // "Foo Bar, whose brother Baz died": the brother is another.
    if view.is_word(first, "whose") {
        return None;
    }
    let stop = (first..first + APPOSITION).find(|i| ends_apposition(view, *i))?;
    let begins = lex::DETERMINER.or(lex::POSSESSIVE).or(lex::ROLE).or(lex::MODIFIER).or(lex::DEMONYM);
    let opens = view.any(first, begins) || view.is_upper(first) && !view.any(first, lex::CLOSED);
    let head = (first..stop).take_while(|i| !is_of(view, *i)).any(|i| view.any(i, lex::ROLE));
    let clause =
        (first..stop).any(|i| view.is_lower(i) && view.any(i, lex::AUXILIARY.or(lex::MODAL).or(lex::RELATIVE)));
    (opens && head && !clause).then_some((first, stop))
}

/// Whether somebody is described behind a name that ends at `end`: `, a hog farmer,`.
pub(super) fn profession_after(view: View, end: usize) -> bool {
    if !view.is(end, Kind::Comma) || !matches!(view.word(end + 1), "a" | "an" | "the" | "one") {
        return false;
    }
    let link = (end + 2..end + 9).find(|i| is_of(view, *i) || !view.is_lower(*i) && !view.is(*i, Kind::Dash));
    let Some(head) = link.map(|i| i - 1).filter(|i| *i > end + 1 && view.is_lower(*i)) else { return false };
    let word = view.word(head);
    let ending =
        ["ist", "ian", "er", "or", "man", "eer", "mate"].iter().any(|e| word.len() > e.len() + 2 && word.ends_with(e));
    ending && !view.any(head, lex::BODY)
}

/// The description in front of a name that begins at `first`: `the mayor of Smallville, `.
pub(super) fn apposition_before(view: View, first: usize) -> Option<(usize, usize)> {
    let comma = first.checked_sub(1).filter(|i| view.is(*i, Kind::Comma))?;
    let mut at = comma;
    let bound = comma.saturating_sub(14);
    while at > bound {
        let before = at - 1;
        let part = matches!(view.kind(before), Some(Kind::Word | Kind::Possessive | Kind::Elision | Kind::Number))
            || view.is(before, Kind::Dash) && view.is_glued(before);
        let verb = view.is_lower(before) && view.any(before, lex::FINITE.or(lex::CUE)) && !view.any(before, TITLE);
        if !part || verb {
            break;
        }
        at = before;
        let inside = view.any(at, lex::DETERMINER) && at > bound && is_of(view, at - 1);
        if view.any(at, lex::DETERMINER.or(lex::POSSESSIVE)) && !inside || view.starts_sentence(at) {
            break;
        }
    }
    if view.any(at, lex::PREPOSITION) && !is_of(view, at) {
        at += 1;
    }
    let head = (at..comma).take_while(|i| !is_of(view, *i)).filter(|i| !view.is(*i, Kind::Possessive)).last()?;
    view.any(head, lex::ROLE).then_some((at, comma))
}

/// `, 45,` or `(45)` behind a name.
pub(super) fn aged(view: View, end: usize) -> bool {
    let opened = matches!(view.kind(end), Some(Kind::Comma | Kind::Open));
    let closed = matches!(view.kind(end + 2), Some(Kind::Comma | Kind::Close | Kind::Stop));
    opened && closed && view.is(end + 1, Kind::Number) && view.word(end + 1).len() == 2
}

fn ends_apposition(view: View, i: usize) -> bool {
    view.starts_paragraph(i)
        || matches!(view.kind(i), None | Some(Kind::Comma | Kind::Stop | Kind::Mark | Kind::Semicolon | Kind::Colon))
}

fn is_of(view: View, i: usize) -> bool {
    matches!(view.word(i), "of" | "for" | "to" | "at" | "in" | "from" | "with" | "who" | "on")
}
