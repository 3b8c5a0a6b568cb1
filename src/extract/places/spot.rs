//! Candidates: every stretch of capitalised words that the gazetteer knows by name. Longest match wins.

use super::context::Context;
use super::gazetteer::{Name, Table};
use super::words::{self, Classes};
use super::{key, memory};
use crate::text::{Kind, Token};

/// A stretch of tokens that is a name of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its first token.
    pub(super) first: usize,
    /// Behind its last token.
    pub(super) end: usize,
    /// The name.
    pub(super) name: Name,
}

/// How many tokens to look ahead for the next word of a name.
const REACH: usize = 12;

/// The candidates of a text, in order, none overlapping.
pub(super) fn find(text: &str, tokens: &[Token], table: &Table) -> Vec<Spot> {
    let mut spots = Vec::new();
    let mut key = String::new();
    let mut at = 0;
    while let Some(token) = tokens.get(at) {
        let name = token.kind == Kind::Word && token.is_upper();
        match name.then(|| longest(text, tokens, at, table, &mut key)).flatten() {
            Some(spot) => {
                spots.push(spot);
                at = spot.end;
            }
            None => at += 1,
        }
    }
    spots
}

/// The longest name that begins with the capitalised word at `first`.
fn longest(text: &str, tokens: &[Token], first: usize, table: &Table, key: &mut String) -> Option<Spot> {
    if let Some(state) = state(text, tokens, first, table) {
        return Some(state);
    }
    let found = match tokens.get(first + 1) {
        // "Cox's Bazar", "People's Republic of China"; else "Geneva's" is Geneva.
        Some(next) if next.kind == Kind::Possessive => extend(text, tokens, first, first + 2, table, key)
            .or_else(|| extend(text, tokens, first, first + 1, table, key)),
        _ => extend(text, tokens, first, first + 1, table, key),
    };
    found.filter(|spot| written_right(text, tokens, spot))
}

/// The longest name whose first word is the tokens from `first` up to `at`.
fn extend(text: &str, tokens: &[Token], first: usize, mut at: usize, table: &Table, key: &mut String) -> Option<Spot> {
    let part = tokens.get(first..at)?;
    let fold = |key: &mut String| {
        key.clear();
        part.iter().for_each(|token| key::push(text, *token, true, key));
    };
    let word = text.get(part.first()?.start as usize..part.last()?.end as usize).unwrap_or_default();
    let name = memory::remembered(word, || {
        fold(key);
        table.name(key)
    })?;
    if table.longest(name) > 1 {
        fold(key);
    }
    let whole = at == first + 1 && table.places(name).next().is_some();
    let mut found = whole.then_some(Spot { first, end: at, name });
    for _ in 1..table.longest(name) {
        let Some(next) = next_word(text, tokens, at) else { break };
        let Some(token) = tokens.get(next) else { break };
        key::push(text, *token, false, key);
        at = next + 1;
        // "Cote d'Ivoire": the elision and its word count as one.
        if token.kind == Kind::Elision {
            let Some(word) = tokens.get(at).filter(|t| t.is_word()) else { break };
            key::push(text, *word, true, key);
            at += 1;
        }
        let written = |last: &Token| last.is_upper() || last.kind == Kind::Number || lower_ending(key);
        if !tokens.get(at - 1).is_some_and(written) {
            continue;
        }
        // "Kent County Council" is Kent's.
        let council = key.ends_with(" county") && found.is_some() && is_of_county(text, tokens, at);
        if let Some(name) = table.name(key).filter(|name| !council && table.places(*name).next().is_some()) {
            found = Some(Spot { first, end: at, name });
        }
    }
    found
}

/// Whether the token at `at`, behind "County", goes on a name that the British give the bodies of a county.
fn is_of_county(text: &str, tokens: &[Token], at: usize) -> bool {
    let word = tokens.get(at).and_then(|t| text.get(t.range())).unwrap_or_default();
    matches!(word, "Council" | "Councillor" | "Cricket" | "Championship" | "Hall" | "Show" | "Ground")
}

/// The word that goes on a name at `at`: directly, behind a hyphen, an `&`, or the dot of `St.`
fn next_word(text: &str, tokens: &[Token], mut at: usize) -> Option<usize> {
    let limit = at + REACH;
    while at < limit {
        let token = tokens.get(at)?;
        if token.starts_sentence() {
            return None;
        }
        match token.kind {
            Kind::Word | Kind::Number | Kind::Elision => return Some(at),
            Kind::Dash if !token.after_space() => at += 1,
            Kind::Other if text.get(token.range()) == Some("&") => at += 1,
            Kind::Stop if at > 0 && !token.after_space() && is_short(text, tokens.get(at - 1)?) => at += 1,
            _ => return None,
        }
    }
    None
}

/// `St`, `Ste`, `Ft`, `Mt`: what a dot may follow inside a name.
fn is_short(text: &str, token: &Token) -> bool {
    matches!(text.get(token.range()).unwrap_or_default(), "St" | "Ste" | "Ft" | "Mt" | "ST" | "FT" | "MT" | "Pt")
}

/// Names that end in lower case as often as not ("Gulf states", "Dallas county").
fn lower_ending(key: &str) -> bool {
    matches!(
        key.rsplit(' ').next(),
        Some(
            "states"
                | "countries"
                | "territories"
                | "county"
                | "parish"
                | "basin"
                | "region"
                | "province"
                | "subcontinent"
                | "valley"
                | "peninsula"
        )
    )
}

/// `us` counts in capitals only; other words in capitals count only where they are no acronym (`WHO`).
fn written_right(text: &str, tokens: &[Token], spot: &Spot) -> bool {
    let Some(token) = tokens.get(spot.first).filter(|_| spot.end == spot.first + 1) else { return true };
    let word = text.get(token.range()).unwrap_or_default();
    let dotted = word.contains('.');
    let mut lower = [0u8; 8];
    let letters = word.bytes().filter(|b| *b != b'.');
    let mut len = 0;
    for byte in letters {
        if let Some(slot) = lower.get_mut(len) {
            *slot = byte.to_ascii_lowercase();
        }
        len += 1;
    }
    let short = lower.get(..len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
    if words::classes(short).has(Classes::ACRONYM) {
        return token.is_all_caps() || dotted;
    }
    !(dotted || token.is_all_caps() && len <= 4 && !in_capitals(tokens, spot.first))
}

/// Whether a word in capitals stands among others (a dateline, a headline), or opens a paragraph.
pub(super) fn in_capitals(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|t| t.is_all_caps()) else { return false };
    let around = tokens.get(at.saturating_sub(3)..(at + 4).min(tokens.len())).unwrap_or_default();
    let words = around.iter().filter(|t| t.kind == Kind::Word);
    let (caps, all) = words.fold((0, 0), |(caps, all), t| (caps + usize::from(t.is_all_caps()), all + 1));
    token.starts_paragraph() || (caps >= 3 && caps * 3 >= all * 2)
}

/// `W. Va.`, `N. Y.`: an initial and the rest, a blank between them.
fn spaced_state(text: &str, tokens: &[Token], first: usize, table: &Table) -> Option<Spot> {
    let [initial, dot, rest, end] = tokens.get(first..first + 4)? else { return None };
    let stops = dot.kind == Kind::Stop && end.kind == Kind::Stop && !dot.after_space() && !end.after_space();
    let (initial, rest) = (text.get(initial.range())?, text.get(rest.range())?);
    if !stops || initial.len() != 1 || rest.len() > 4 {
        return None;
    }
    let name = words::abbreviated([initial, rest].concat().as_str())?;
    Some(Spot { first, end: first + 3, name: table.name(name)? })
}

/// Whether the abbreviation `spot` of a state, which holds no place before it, may be a degree: "Jane Doe, MD".
pub(super) fn is_degree(context: &Context, spot: &Spot) -> bool {
    let comma = spot.first.checked_sub(1).and_then(|at| context.token(at)).is_some_and(|t| t.kind == Kind::Comma);
    comma && matches!(context.word(spot.first), "MD" | "M.D." | "MA" | "M.A." | "PA" | "MS" | "M.S." | "DO" | "PE")
}

/// `Calif.` and the like, behind a comma and a capitalised word.
fn state(text: &str, tokens: &[Token], first: usize, table: &Table) -> Option<Spot> {
    let comma = first.checked_sub(1).and_then(|at| tokens.get(at)).is_some_and(|t| t.kind == Kind::Comma);
    let before =
        first.checked_sub(2).and_then(|at| tokens.get(at)).is_some_and(|t| t.kind == Kind::Word && t.is_upper());
    if !(comma && before) {
        return None;
    }
    let token = tokens.get(first)?;
    let word = text.get(token.range())?;
    if let Some(state) = spaced_state(text, tokens, first, table) {
        return Some(state);
    }
    let dot = tokens.get(first + 1).is_some_and(|t| t.kind == Kind::Stop && !t.after_space());
    if word.len() > 6 || !(dot || token.is_all_caps() || word.contains('.')) {
        return None;
    }
    let mut short = [0u8; 6];
    let mut len = 0;
    for byte in word.bytes().filter(|b| *b != b'.') {
        *short.get_mut(len)? = byte;
        len += 1;
    }
    let name = words::abbreviated(std::str::from_utf8(short.get(..len)?).ok()?)?;
    Some(Spot { first, end: first + 1, name: table.name(name)? })
}
