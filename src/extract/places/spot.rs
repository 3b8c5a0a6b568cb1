//! Candidates: every stretch of capitalised words that the gazetteer knows by name. Longest match wins.

use std::ops::Range;

use super::context::{self, Context};
use super::key;
use super::memory::{Chain, Id, Memory, Word};
use super::words;
use crate::text::{Kind, NO_WORD, Number, Token, Tokens};

/// A stretch of tokens that is a name of the gazetteer.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Spot {
    /// Its first token.
    pub(super) first: usize,
    /// Behind its last token.
    pub(super) end: usize,
    /// The name.
    pub(super) name: Id,
    /// Its number among the names of the text.
    pub(super) number: usize,
    /// The word directly before it, see [`context::before`].
    pub(super) before: Option<usize>,
    /// The word directly behind it, see [`context::behind`].
    pub(super) behind: Option<usize>,
}

/// How many tokens to look ahead for the next word of a name.
const REACH: usize = 12;

/// The candidates of a text, in order, none overlapping.
pub(super) fn find(text: &str, tokens: &Tokens, memory: &mut Memory) -> Vec<Spot> {
    let mut spots = Vec::with_capacity(tokens.len() / 16);
    let mut finder = Finder { text, tokens, numbers: tokens.numbers(), memory };
    let mut free = 0;
    for (first, token) in tokens.iter().enumerate() {
        if !may_begin(token) || first < free {
            continue;
        }
        let Some((end, name)) = finder.longest(first, token) else { continue };
        let (before, behind) = (context::before(tokens, first), context::behind(tokens, end));
        spots.push(Spot { first, end, name, number: finder.memory.number(name), before, behind });
        free = end;
    }
    spots
}

/// Whether a name may begin with the token.
fn may_begin(token: &Token) -> bool {
    token.kind == Kind::Word && token.is_upper()
}

struct Finder<'a> {
    text: &'a str,
    tokens: &'a [Token],
    numbers: &'a [Number],
    memory: &'a mut Memory,
}

/// The key of some tokens, of which the first `one` are one word.
fn key_of(text: &str, tokens: &[Token], one: usize) -> String {
    let mut out = String::new();
    let mut glued = true;
    for (at, token) in tokens.iter().enumerate() {
        if at < one || matches!(token.kind, Kind::Word | Kind::Number | Kind::Elision) {
            key::push(text, *token, glued, &mut out);
            glued = at + 1 < one || at >= one && token.kind == Kind::Elision;
        }
    }
    out
}

impl<'a> Finder<'a> {
    fn number(&self, at: usize) -> Number {
        self.numbers.get(at).copied().unwrap_or(NO_WORD)
    }

    fn word_at(&self, at: usize) -> &'a str {
        self.tokens.get(at).and_then(|token| self.text.get(token.range())).unwrap_or_default()
    }

    /// The longest name that begins with the capitalised word at `first`, and where it ends. Kept out of the loop over all
    /// tokens, where it would have the registers.
    #[inline(never)]
    fn longest(&mut self, first: usize, token: &Token) -> Option<(usize, Id)> {
        let behind_comma =
            first.checked_sub(1).and_then(|at| self.tokens.get(at)).is_some_and(|t| t.kind == Kind::Comma);
        if behind_comma && let Some(state) = self.state(first) {
            return Some(state);
        }
        if let Some(possessive) = self.tokens.get(first + 1).filter(|next| next.kind == Kind::Possessive) {
            // "Cox's Bazar", "People's Republic of China"; else "Geneva's" is Geneva.
            let word = self.word(token.start..possessive.end, first, first + 2);
            let found = word.name.and_then(|name| self.extend(name, None, first, first + 2));
            if found.is_some() {
                return found;
            }
        }
        let end = first + 1;
        let word = self.word(token.start..token.end, first, end);
        let name = word.name?;
        let whole = word.means.then_some((end, name));
        let found = if word.goes_on { self.extend(name, whole, first, end) } else { whole };
        found.filter(|found| found.0 > end || self.is_written_right(first, word))
    }

    /// What is known of the word of the tokens from `first` up to `end`, whose bytes are `bytes`.
    fn word(&mut self, bytes: Range<u32>, first: usize, end: usize) -> Word {
        let (number, owner) = (self.number(first), end > first + 1);
        if let Some(known) = self.memory.recall(number, owner) {
            return known;
        }
        let word = self.text.get(bytes.start as usize..bytes.end as usize).unwrap_or_default();
        let part = self.tokens.get(first..end).unwrap_or_default();
        self.memory.look_up(number, owner, word, &key_of(self.text, part, part.len()))
    }

    /// The longest name that begins with the word `name` of the tokens from `first` up to `at`; else `whole`.
    fn extend(&mut self, name: Id, whole: Option<(usize, Id)>, first: usize, at: usize) -> Option<(usize, Id)> {
        let known = self.memory.known(name)?;
        let longest = known.longest;
        if longest < 2 || !self.next_word(at).is_some_and(|next| known.may_go_on(self.word_at(next))) {
            return whole;
        }
        self.go_on(first, at, longest, whole)
    }

    /// The longest name of at most `longest` words whose first word is the tokens from `first` up to `second`; else `found`,
    /// that word alone.
    fn go_on(
        &mut self,
        first: usize,
        second: usize,
        longest: usize,
        mut found: Option<(usize, Id)>,
    ) -> Option<(usize, Id)> {
        let (text, tokens) = (self.text, self.tokens);
        let mut chain = Chain::of(self.number(first), second > first + 1);
        let mut at = second;
        for _ in 1..longest {
            let Some(next) = self.next_word(at) else { break };
            let Some(mut last) = tokens.get(next) else { break };
            at = next + 1;
            // "Cote d'Ivoire": the elision and its word count as one.
            if last.kind == Kind::Elision {
                let Some(word) = tokens.get(at).filter(|t| t.is_word()) else { break };
                last = word;
                at += 1;
            }
            let number = if at == next + 1 { self.number(next) } else { NO_WORD };
            let key = || key_of(text, tokens.get(first..at).unwrap_or_default(), second - first);
            let phrase;
            (chain, phrase) = self.memory.phrase(chain, number, key);
            if !(last.is_upper() || last.kind == Kind::Number || phrase.lower) {
                continue;
            }
            // "Kent County Council" is Kent's.
            if phrase.county && found.is_some() && self.is_of_county(at) {
                continue;
            }
            if let Some(name) = phrase.name {
                found = Some((at, name));
            }
        }
        found
    }

    /// Whether the token at `at`, behind "County", goes on a name that the British give the bodies of a county.
    fn is_of_county(&self, at: usize) -> bool {
        matches!(self.word_at(at), "Council" | "Councillor" | "Cricket" | "Championship" | "Hall" | "Show" | "Ground")
    }

    /// The word that goes on a name at `at`: directly, behind a hyphen, an `&`, or the dot of `St.`
    fn next_word(&self, mut at: usize) -> Option<usize> {
        let limit = at + REACH;
        while at < limit {
            let token = self.tokens.get(at)?;
            if token.starts_sentence() {
                return None;
            }
            match token.kind {
                Kind::Word | Kind::Number | Kind::Elision => return Some(at),
                Kind::Dash if !token.after_space() => at += 1,
                Kind::Other if self.word_at(at) == "&" => at += 1,
                Kind::Stop if at > 0 && !token.after_space() && is_short(self.word_at(at - 1)) => at += 1,
                _ => return None,
            }
        }
        None
    }

    /// `us` counts in capitals only; other words in capitals count only where they are no acronym (`WHO`).
    fn is_written_right(&self, first: usize, word: Word) -> bool {
        let capitals = self.tokens.get(first).is_some_and(|token| token.is_all_caps());
        if word.acronym {
            return capitals || word.dotted;
        }
        !(word.dotted || capitals && word.short && !in_capitals(self.tokens, first))
    }

    /// `Calif.` and the like, at `first` behind a comma, before which a capitalised word stands.
    fn state(&mut self, first: usize) -> Option<(usize, Id)> {
        if !may_begin(self.tokens.get(first.checked_sub(2)?)?) {
            return None;
        }
        let token = self.tokens.get(first)?;
        let word = self.text.get(token.range())?;
        if let Some(state) = self.spaced_state(first) {
            return Some(state);
        }
        let dot = self.tokens.get(first + 1).is_some_and(|t| t.kind == Kind::Stop && !t.after_space());
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
        Some((first + 1, self.memory.name(name)?))
    }

    /// `W. Va.`, `N. Y.`: an initial and the rest, a blank between them.
    fn spaced_state(&mut self, first: usize) -> Option<(usize, Id)> {
        let [initial, dot, rest, end] = self.tokens.get(first..first + 4)? else { return None };
        let stops = dot.kind == Kind::Stop && end.kind == Kind::Stop && !dot.after_space() && !end.after_space();
        let (initial, rest) = (self.text.get(initial.range())?, self.text.get(rest.range())?);
        if !stops || initial.len() != 1 || rest.len() > 4 {
            return None;
        }
        let name = words::abbreviated([initial, rest].concat().as_str())?;
        Some((first + 3, self.memory.name(name)?))
    }
}

/// `St`, `Ste`, `Ft`, `Mt`: what a dot may follow inside a name.
fn is_short(word: &str) -> bool {
    matches!(word, "St" | "Ste" | "Ft" | "Mt" | "ST" | "FT" | "MT" | "Pt")
}

/// Whether a word in capitals stands among others (a dateline, a headline), or opens a paragraph.
pub(super) fn in_capitals(tokens: &[Token], at: usize) -> bool {
    let Some(token) = tokens.get(at).filter(|t| t.is_all_caps()) else { return false };
    let around = tokens.get(at.saturating_sub(3)..(at + 4).min(tokens.len())).unwrap_or_default();
    let words = around.iter().filter(|t| t.kind == Kind::Word);
    let (caps, all) = words.fold((0, 0), |(caps, all), t| (caps + usize::from(t.is_all_caps()), all + 1));
    token.starts_paragraph() || (caps >= 3 && caps * 3 >= all * 2)
}

/// Whether the abbreviation `spot` of a state, which holds no place before it, may be a degree: "Jane Doe, MD".
pub(super) fn is_degree(context: &Context, spot: &Spot) -> bool {
    let comma = spot.first.checked_sub(1).and_then(|at| context.token(at)).is_some_and(|t| t.kind == Kind::Comma);
    comma && matches!(context.word(spot.first), "MD" | "M.D." | "MA" | "M.A." | "PA" | "MS" | "M.S." | "DO" | "PE")
}
