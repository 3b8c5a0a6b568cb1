//! The article as the rules see it: its words with their classes, and what stands before and behind a name.

use std::cell::RefCell;

use super::gazetteer;
use super::known::Known;
use super::memory::Memory;
use super::sort::Sort;
use super::spot::Spot;
use super::words::Classes;
use crate::text::{Kind, NO_WORD, Number, Token, Tokens, fold, lower_short};

/// The article, as the rules see it.
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    numbers: &'a [Number],
    pub(super) memory: &'a Memory,
    /// Where the dateline ends, in bytes.
    pub(super) dateline: u32,
    /// Which names of one word, by their numbers in the text, have it in lower case too, of those asked for.
    twins: RefCell<Vec<(usize, bool)>>,
}

/// Calls `look_up` with the folded form of `word`, which is not allocated for ordinary words.
fn folded<T>(word: &str, look_up: impl FnOnce(&str) -> T) -> T {
    match lower_short(word, &mut [0; 24]).filter(|low| !low.ends_with('.')) {
        Some(low) => look_up(low),
        None => look_up(&fold(word)),
    }
}

/// The word directly before `first`, in the same sentence; behind it may stand the dot of `Mr.`
pub(super) fn before(tokens: &[Token], first: usize) -> Option<usize> {
    let here = tokens.get(first)?;
    if here.starts_sentence() || !here.after_space() {
        return None;
    }
    let at = first.checked_sub(1)?;
    let last = tokens.get(at)?;
    let at = if last.kind == Kind::Stop && !last.after_space() { at.checked_sub(1)? } else { at };
    (tokens.get(at)?.kind == Kind::Word).then_some(at)
}

/// The word directly behind `end`.
pub(super) fn behind(tokens: &[Token], end: usize) -> Option<usize> {
    let token = tokens.get(end)?;
    (token.kind == Kind::Word && !token.starts_sentence() && token.after_space()).then_some(end)
}

impl<'a> Context<'a> {
    pub(super) fn new(text: &'a str, tokens: &'a Tokens, memory: &'a Memory, dateline: u32) -> Context<'a> {
        Context { text, tokens, numbers: tokens.numbers(), memory, dateline, twins: RefCell::default() }
    }

    #[inline]
    pub(super) fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    #[inline]
    fn number(&self, at: usize) -> Number {
        self.numbers.get(at).copied().unwrap_or(NO_WORD)
    }

    #[inline]
    pub(super) fn word(&self, at: usize) -> &'a str {
        self.token(at).and_then(|t| self.text.get(t.range())).unwrap_or_default()
    }

    /// Whether the word at `at` is in one of these classes.
    #[inline]
    pub(super) fn is(&self, at: usize, classes: Classes) -> bool {
        self.memory.classes_of(self.number(at), self.word(at)).has(classes)
    }

    /// See [`before`].
    pub(super) fn before(&self, first: usize) -> Option<usize> {
        before(self.tokens, first)
    }

    /// The token behind `end`, or behind the dot there.
    pub(super) fn behind_dot(&self, end: usize) -> Option<&'a Token> {
        self.token(end + usize::from(self.token(end)?.kind == Kind::Stop))
    }

    /// See [`behind`].
    pub(super) fn behind(&self, end: usize) -> Option<usize> {
        behind(self.tokens, end)
    }

    #[inline]
    pub(super) fn is_capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.is_upper())
    }

    /// Whether it is part of the dateline.
    pub(super) fn in_dateline(&self, spot: &Spot) -> bool {
        self.token(spot.first).is_some_and(|t| t.start < self.dateline)
    }

    /// Whether "in", "near", "the village of", "39, of" and the like stand before it, or a street or a house; `lead` is its
    /// [`lead`](Context::lead).
    pub(super) fn is_located(&self, spot: &Spot, lead: Option<usize>) -> bool {
        if self.is_behind_site(spot.first) || self.is_listed_behind(spot.first) {
            return true;
        }
        let Some(at) = lead else { return false };
        // "in Kerala", "rural Kerala"
        if self.is(at, Classes::PREPOSITION.and(Classes::SIDE)) {
            return true;
        }
        let comma = |at: usize| self.token(at).is_some_and(|t| t.kind == Kind::Comma);
        // "a man from Cork", "the carer, from Ince,", "30 kilometres from Derby"
        if self.word(at) == "from" && at >= 1 {
            let far = matches!(self.word(at - 1), "kilometres" | "kilometers" | "km" | "miles" | "mile");
            return far || self.is(at - 1, Classes::RESIDENT) || comma(at - 1) && comma(spot.end);
        }
        // "commuter towns such as Naas and Navan"
        if self.word(at) == "as" && at >= 2 && self.word(at - 1) == "such" {
            return self.is(at - 2, Classes::SETTLEMENT);
        }
        // "The village of", "just west of", "Ann Example, 39, of", "a brother, Sam, of".
        let of = self.word(at) == "of" && at >= 1;
        of && (self.is(at - 1, Classes::SETTLEMENT.and(Classes::SIDE)) || comma(at - 1))
    }

    /// `12 London Road, Ipswich`, `St Mary's Hospital, Leeds`: the town behind a street or a house in it.
    fn is_behind_site(&self, first: usize) -> bool {
        let comma = first.checked_sub(1).filter(|at| self.token(*at).is_some_and(|t| t.kind == Kind::Comma));
        let Some(site) = comma.and_then(|comma| comma.checked_sub(1)).filter(|site| self.is_capital(*site)) else {
            return false;
        };
        matches!(
            self.word(site),
            "Road"
                | "Street"
                | "Lane"
                | "Avenue"
                | "Drive"
                | "Close"
                | "Way"
                | "Square"
                | "Crescent"
                | "Terrace"
                | "Hospital"
                | "School"
                | "Park"
                | "Market"
                | "University"
                | "College"
                | "Stadium"
                | "Hotel"
                | "Church"
                | "Cathedral"
        )
    }

    /// `at St Mawes and Falmouth`: behind a name that no table has, and the preposition before that.
    fn is_listed_behind(&self, first: usize) -> bool {
        const LONGEST: usize = 3;
        let Some(and) = first.checked_sub(1).filter(|at| matches!(self.word(*at), "and" | "or")) else { return false };
        let name = |at: &usize| {
            self.is_capital(*at) && self.token(*at).is_some_and(|t| t.kind == Kind::Word && !t.starts_sentence())
        };
        let names = (and.saturating_sub(LONGEST)..and).rev().take_while(name).count();
        let Some(lead) = and.checked_sub(names + 1).filter(|_| names > 0) else { return false };
        self.is(lead, Classes::PREPOSITION) && !self.is_capital(lead)
    }

    /// Whether the word that leads to a place is "from", "to", "visited" and the like.
    pub(super) fn is_aimed_at(&self, lead: Option<usize>) -> bool {
        lead.is_some_and(|at| self.is(at, Classes::DIRECTIONAL))
    }

    /// Whether nothing but the 's of `owner` stands between the two: "Toronto's Scarborough".
    pub(super) fn is_owned_by(&self, owner: &Spot, spot: &Spot) -> bool {
        let possessive = self.token(owner.end).is_some_and(|t| t.kind == Kind::Possessive);
        possessive && spot.first == owner.end + 1 && !self.token(spot.first).is_some_and(|t| t.starts_sentence())
    }

    /// Whether "in" or "near" stands before it, as before no company.
    pub(super) fn is_inside(&self, spot: &Spot) -> bool {
        self.lead(spot).is_some_and(|at| matches!(self.word(at), "in" | "near" | "In" | "Near"))
            || self.in_dateline(spot)
    }

    /// The article of `al-Fashir` in front of the name that begins at `first`.
    pub(super) fn article_before(&self, first: usize) -> Option<&'a Token> {
        let dash =
            first.checked_sub(1).and_then(|at| self.token(at)).filter(|t| t.kind == Kind::Dash && !t.after_space())?;
        let glued = self.token(first).is_some_and(|t| !t.after_space());
        let article = first.checked_sub(2).filter(|at| matches!(self.word(*at), "al" | "el" | "ar" | "as" | "ash"))?;
        self.token(article).filter(|t| glued && t.start < dash.start)
    }

    /// Whether people or bodies of a town follow: "a Longview woman", "Moscow school board".
    pub(super) fn has_residents(&self, spot: &Spot) -> bool {
        spot.behind.is_some_and(|at| !self.is_capital(at) && self.is(at, Classes::RESIDENT))
    }

    /// The lower-case word before it, behind an article.
    pub(super) fn lead(&self, spot: &Spot) -> Option<usize> {
        let at = spot.before?;
        // "in the Bronx", "in Co Donegal"
        let article = self.is(at, Classes::THE) || matches!(self.word(at), "Co" | "County");
        let at = if article { at.checked_sub(1)? } else { at };
        self.token(at).filter(|t| t.kind == Kind::Word && (!t.is_upper() || t.starts_sentence())).map(|_| at)
    }

    /// What the single word at `at` names, if anything.
    pub(super) fn sort_of_word(&self, at: usize) -> Option<Sort> {
        let word = self.word(at);
        // What has other letters may have been remembered for a name in which they do not count.
        let plain = word.bytes().all(|byte| byte.is_ascii_alphanumeric());
        if let Some(known) = self.memory.sort_of(self.number(at)).filter(|_| plain) {
            return known;
        }
        let table = gazetteer::table();
        folded(word, |word| table.name(word)).map(|name| Known::of(name, table).sort)
    }

    /// Whether the text has the word of the one-word `spot` in lower case too: `turkey`. It is looked for once a name, of
    /// which few are asked for.
    pub(super) fn has_lower_twin(&self, spot: &Spot) -> bool {
        let mut twins = self.twins.borrow_mut();
        if let Some((_, has)) = twins.iter().find(|(number, _)| *number == spot.number) {
            return *has;
        }
        let has = self.look_for_lower_twin(spot);
        twins.push((spot.number, has));
        has
    }

    fn look_for_lower_twin(&self, spot: &Spot) -> bool {
        folded(self.word(spot.first), |lower| {
            memchr::memmem::find_iter(self.text.as_bytes(), lower.as_bytes()).take(50).any(|at| {
                let letter = |at: Option<usize>| {
                    at.and_then(|at| self.text.as_bytes().get(at)).is_some_and(u8::is_ascii_alphabetic)
                };
                !letter(at.checked_sub(1)) && !letter(Some(at + lower.len()))
            })
        })
    }

    /// Whether the place stands in a list with the one before it: only commas, "and" and "or" between them.
    pub(super) fn goes_on(&self, before: &Spot, spot: &Spot) -> bool {
        let gap = before.end..spot.first;
        let joins = |at: usize| match self.token(at) {
            Some(t) if t.starts_sentence() => false,
            Some(t) if t.kind == Kind::Comma => true,
            Some(_) => matches!(self.word(at), "and" | "or" | "&" | "the" | "both" | "nearby"),
            None => false,
        };
        !gap.is_empty()
            && gap.len() <= 3
            && gap.into_iter().all(joins)
            && !self.token(spot.first).is_some_and(|t| t.starts_sentence())
    }
}
