//! Which candidates are places at all: not people, organisations or ordinary words.

use rustc_hash::FxHashSet;

use super::gazetteer::{How, Name, Row, Table};
use super::spot::{Spot, in_capitals};
use super::words;
use crate::annotations::PlaceKind;
use crate::extract::names::{Class, Names};
use crate::text::{Kind, Token, fold};

/// What a candidate is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Verdict {
    /// A mention of a place.
    Mention,
    /// No mention, but it speaks for its country ("U.S." in "U.S. State Department").
    Evidence,
    /// Something else.
    Nothing,
}

/// The article, as the rules see it.
pub(super) struct Context<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
    pub(super) table: &'static Table,
    /// Where the dateline ends, in bytes.
    pub(super) dateline: u32,
}

/// What sorts of places a name may mean.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sort {
    /// A country.
    pub(super) country: bool,
    /// A state or region that news names without its country, or an area of the hand-written list.
    pub(super) large: bool,
    /// A capital.
    pub(super) capital: bool,
    /// A demonym, and nothing larger.
    pub(super) demonym: bool,
    /// The largest weight among its places.
    pub(super) weight: u8,
}

/// Weight of a town of about this many people.
const THOUSANDS_5: u8 = 98;
const THOUSANDS_50: u8 = 125;
const THOUSANDS_200: u8 = 141;
const THOUSANDS_500: u8 = 151;
const MILLIONS_1: u8 = 159;

impl Sort {
    pub(super) fn of(name: Name, table: &Table) -> Sort {
        let mut sort = Sort::default();
        let mut demonym = false;
        for (row, how) in table.places(name) {
            if how == How::Demonym {
                demonym = true;
                continue;
            }
            sort.weight = sort.weight.max(table.weight(row));
            match table.kind(row) {
                PlaceKind::Country => sort.country = true,
                PlaceKind::City => sort.capital |= table.is_capital(row) && how == How::Primary,
                _ => sort.large |= table.weight(row) >= MILLIONS_1,
            }
        }
        // "Danes" are people, whatever hamlet is called so.
        sort.demonym = demonym && sort.weight < THOUSANDS_200;
        sort
    }

    /// Whether everybody knows it: named without help.
    fn is_known(&self) -> bool {
        self.country || self.large
    }
}

/// Calls `look_up` with the folded form of `word`, which is not allocated for ordinary words.
fn folded<T>(word: &str, look_up: impl FnOnce(&str) -> T) -> T {
    let mut buffer = [0u8; 24];
    match buffer.get_mut(..word.len()) {
        Some(lower) if word.is_ascii() && !word.ends_with('.') => {
            lower.copy_from_slice(word.as_bytes());
            lower.make_ascii_lowercase();
            look_up(std::str::from_utf8(lower).unwrap_or_default())
        }
        _ => look_up(&fold(word)),
    }
}

impl<'a> Context<'a> {
    fn token(&self, at: usize) -> Option<&'a Token> {
        self.tokens.get(at)
    }

    pub(super) fn word(&self, at: usize) -> &'a str {
        self.token(at).and_then(|t| self.text.get(t.range())).unwrap_or_default()
    }

    /// Whether the word at `at`, folded, is in `set`.
    pub(super) fn is(&self, at: usize, set: &FxHashSet<&'static str>) -> bool {
        folded(self.word(at), |word| set.contains(word))
    }

    /// The word directly before `first`, in the same sentence; behind it may stand the dot of `Mr.`
    pub(super) fn before(&self, first: usize) -> Option<usize> {
        let here = self.token(first)?;
        if here.starts_sentence() || !here.after_space() {
            return None;
        }
        let at = first.checked_sub(1)?;
        let dot = self.token(at).is_some_and(|t| t.kind == Kind::Stop && !t.after_space());
        let at = if dot { at.checked_sub(1)? } else { at };
        (self.token(at)?.kind == Kind::Word).then_some(at)
    }

    /// The word directly behind `end`.
    pub(super) fn behind(&self, end: usize) -> Option<usize> {
        let token = self.token(end)?;
        (token.kind == Kind::Word && !token.starts_sentence() && token.after_space()).then_some(end)
    }

    fn is_capital(&self, at: usize) -> bool {
        self.token(at).is_some_and(|t| t.is_upper())
    }

    /// Whether "in", "near", "the village of" and the like stand before it.
    pub(super) fn is_located(&self, spot: &Spot) -> bool {
        self.lead(spot).is_some_and(|at| {
            self.is(at, &words::PREPOSITIONS)
                || (self.word(at) == "of" && at > 0 && self.is(at - 1, &words::SETTLEMENTS))
        })
    }

    /// Whether something beside it says that it is a place.
    pub(super) fn is_spoken_for(&self, spot: &Spot) -> bool {
        let start = self.token(spot.first).map_or(0, |t| t.start);
        spot.end > spot.first + 1 || start < self.dateline || self.is_located(spot) || self.is_aimed_at(spot)
    }

    /// Whether "from", "to", "visited" and the like stand before it.
    fn is_aimed_at(&self, spot: &Spot) -> bool {
        self.lead(spot).is_some_and(|at| self.is(at, &words::DIRECTIONAL))
    }

    /// The lower-case word before it, behind an article.
    fn lead(&self, spot: &Spot) -> Option<usize> {
        let at = self.before(spot.first)?;
        let at = if self.is(at, &THE) { at.checked_sub(1)? } else { at };
        self.token(at).filter(|t| t.kind == Kind::Word && (!t.is_upper() || t.starts_sentence())).map(|_| at)
    }
}

static THE: std::sync::LazyLock<FxHashSet<&'static str>> = std::sync::LazyLock::new(|| FxHashSet::from_iter(["the"]));

/// What `spot` is, by the words around it. `chained` says that a region or country that holds it follows.
pub(super) fn judge(context: &Context, spot: &Spot, sort: Sort, chained: bool) -> Verdict {
    if context.token(spot.first).is_some_and(|t| t.start < context.dateline) {
        return Verdict::Mention;
    }
    if is_person(context, spot, sort, chained) {
        return Verdict::Nothing;
    }
    if is_named_after(context, spot) {
        return Verdict::Nothing;
    }
    if sort.demonym {
        return Verdict::Mention;
    }
    if behind_head(context, spot) || glued(context, spot, sort) {
        return if sort.is_known() { Verdict::Evidence } else { Verdict::Nothing };
    }
    if let Some(verdict) = by_follower(context, spot, sort) {
        return verdict;
    }
    if part_of_longer(context, spot, sort) || (!chained && too_weak(context, spot, sort)) {
        return Verdict::Nothing;
    }
    Verdict::Mention
}

/// Whether a forename, initial or title stands before it, or it is a forename before a family name.
pub(super) fn is_person(context: &Context, spot: &Spot, sort: Sort, chained: bool) -> bool {
    let single = spot.end == spot.first + 1;
    if let Some(at) = context.before(spot.first).filter(|at| context.is_capital(*at)) {
        let forename = context.is(at, &words::FORENAMES) && !place_before(context, at);
        if forename && (single || !sort.country) {
            return true;
        }
        if (single || !sort.is_known()) && context.is(at, &words::TITLES) {
            return true;
        }
    }
    if has_initial(context, spot) {
        return true;
    }
    if !single || chained {
        return false;
    }
    let Some(at) = context.behind(spot.end).filter(|at| context.is_capital(*at)) else { return false };
    let name = context.is(spot.first, &words::FORENAMES)
        && !context.is(at, &words::OFFICES)
        && !context.is(at, &words::BEHIND)
        && !context.is(at, &words::TAILS)
        && !in_capitals(context.tokens, spot.first);
    name && !context.is_located(spot)
}

/// Whether the capitalised word at `at` is itself a place's name in a phrase like "in Victoria".
fn place_before(context: &Context, at: usize) -> bool {
    context.before(at).is_some_and(|at| !context.is_capital(at) && context.is(at, &words::PREPOSITIONS))
        && folded(context.word(at), |word| context.table.name(word))
            .is_some_and(|name| Sort::of(name, context.table).is_known())
}

/// `George W. Houston`, `J. Paris`.
fn has_initial(context: &Context, spot: &Spot) -> bool {
    let Some(at) = spot.first.checked_sub(1) else { return false };
    let letter = |at: usize| context.word(at).len() == 1 && context.is_capital(at);
    let here = context.token(spot.first).is_some_and(|t| !t.starts_paragraph());
    let dot = context.token(at).is_some_and(|t| t.kind == Kind::Stop && !t.after_space());
    here && ((dot && at > 0 && letter(at - 1)) || (letter(at) && !context.is(at, &ARTICLE)))
}

static ARTICLE: std::sync::LazyLock<FxHashSet<&'static str>> =
    std::sync::LazyLock::new(|| FxHashSet::from_iter(["a", "i"]));

/// `University of Geneva`, `Bank of England`.
fn behind_head(context: &Context, spot: &Spot) -> bool {
    let Some(mut at) = context.before(spot.first) else { return false };
    if context.is(at, &THE) {
        at = at.saturating_sub(1);
    }
    if !matches!(context.word(at), "of" | "for" | "at") {
        return false;
    }
    at.checked_sub(1).is_some_and(|at| context.is_capital(at) && context.is(at, &words::HEADS))
}

/// Countries whose towns are named as their people are.
const OF_SURNAMES: &[&str] = &["AU", "CA", "GB", "IE", "NZ", "US"];

/// Whether a town that no preposition, region or dateline speaks for anywhere in the article is credible. `known` says
/// that the article names its country.
pub(super) fn is_credible(row: Row, known: bool, table: &Table) -> bool {
    let english = table.country(row).is_some_and(|country| OF_SURNAMES.contains(&country));
    let least = match (known, english) {
        (false, _) => THOUSANDS_500,
        (true, true) => THOUSANDS_200,
        (true, false) => THOUSANDS_5,
    };
    table.kind(row) != PlaceKind::City || table.is_capital(row) || table.weight(row) >= least
}

/// `US$`, `West Nile virus`, `Hong Kong flu`.
fn is_named_after(context: &Context, spot: &Spot) -> bool {
    let dollar = context.token(spot.end).is_some_and(|t| !t.after_space()) && context.word(spot.end) == "$";
    dollar || context.behind(spot.end).is_some_and(|at| context.is(at, &words::ILLS))
}

/// Part of a hyphenated name: `Jean-Paris`, `France-Presse`, `mid-Atlantic`. Two places joined are two places.
fn glued(context: &Context, spot: &Spot, sort: Sort) -> bool {
    let hyphen = |at: usize| context.token(at).is_some_and(|t| t.kind == Kind::Dash && !t.after_space());
    let tight = |at: usize| context.token(at).is_some_and(|t| !t.after_space());
    let name =
        |at: usize| context.token(at).is_some_and(|t| t.is_upper() && !t.is_all_caps()) && !is_place(context, at);
    let mut before = false;
    if spot.first >= 2 && tight(spot.first) && hyphen(spot.first - 1) {
        before = name(spot.first - 2) || matches!(context.word(spot.first - 2), "mid" | "trans" | "euro");
    }
    let behind = hyphen(spot.end) && tight(spot.end + 1) && name(spot.end + 1);
    before && !(sort.country || sort.capital) || behind
}

/// Whether the single word at `at` is a country, a large place or a demonym.
fn is_place(context: &Context, at: usize) -> bool {
    folded(context.word(at), |word| context.table.name(word)).is_some_and(|name| {
        let sort = Sort::of(name, context.table);
        sort.is_known() || sort.capital || context.table.places(name).any(|(_, how)| how == How::Demonym)
    })
}

/// Decides by the capitalised words that follow without a break: an organisation, an office, a family name.
fn by_follower(context: &Context, spot: &Spot, sort: Sort) -> Option<Verdict> {
    let first = context.behind(spot.end).filter(|at| context.is_capital(*at))?;
    if in_capitals(context.tokens, spot.first) {
        return None;
    }
    if leads_organisation(context, first) {
        return Some(if sort.is_known() { Verdict::Evidence } else { Verdict::Nothing });
    }
    let speaks_of_it =
        context.is(first, &words::BEHIND) || context.is(first, &words::OFFICES) || is_place(context, first);
    (!speaks_of_it && !sort.is_known()).then_some(Verdict::Nothing)
}

/// Whether the capitalised words from `at` on come to one that makes an organisation of them, before an office.
fn leads_organisation(context: &Context, mut at: usize) -> bool {
    for _ in 0..5 {
        if context.is(at, &words::TITLES) || context.is(at, &words::OFFICES) {
            return false;
        }
        if context.is(at, &words::TAILS) {
            return true;
        }
        match context.behind(at + 1) {
            Some(next) if context.is_capital(next) || matches!(context.word(next), "of" | "and" | "for" | "the") => {
                at = next
            }
            _ => return false,
        }
    }
    false
}

/// A capitalised word stands before it, so that it ends a longer name.
pub(super) fn part_of_longer(context: &Context, spot: &Spot, sort: Sort) -> bool {
    let Some(at) = context.before(spot.first).filter(|at| context.is_capital(*at)) else { return false };
    if in_capitals(context.tokens, spot.first) || context.token(at).is_some_and(|t| t.is_all_caps()) {
        return false;
    }
    if context.is(at, &words::BEFORE) {
        // "Eastern Creek": a village's name with a direction is another village's.
        let opens = context.token(at).is_some_and(|t| t.starts_sentence());
        return !opens && !sort.is_known() && !sort.capital && sort.weight < THOUSANDS_50;
    }
    if sort.is_known() {
        return context.is(at, &words::LEADS);
    }
    // The capital that opens a sentence says little: "Later Sofia was calm".
    let opens = context.token(at).is_some_and(|t| t.starts_sentence()) && sort.weight >= THOUSANDS_50;
    !(opens || is_place(context, at))
}

/// Ordinary words, forenames and villages need something that speaks for them.
fn too_weak(context: &Context, spot: &Spot, sort: Sort) -> bool {
    let located = context.is_located(spot);
    let led = located || context.is_aimed_at(spot);
    if is_common(context, spot) {
        let credible = sort.country || (located && sort.weight >= THOUSANDS_50);
        return !credible;
    }
    if sort.is_known() || sort.capital {
        return false;
    }
    if spot.end > spot.first + 1 {
        // "Prince Albert" is a town, but seldom.
        return !located && context.is(spot.first, &words::TITLES);
    }
    let opens = context.token(spot.first).is_some_and(|t| t.starts_sentence());
    if context.word(spot.first).chars().nth(2).is_none() {
        return true;
    }
    if context.is(spot.first, &words::FORENAMES) && !located && sort.weight < MILLIONS_1 {
        return true;
    }
    (opens && sort.weight < THOUSANDS_50) || (sort.weight < THOUSANDS_5 && !led)
}

pub(super) fn is_common(context: &Context, spot: &Spot) -> bool {
    spot.end == spot.first + 1 && context.is(spot.first, &words::COMMON)
}

/// What the names found in the article say of each candidate: `None` where they are silent.
pub(super) fn by_names(names: &Names, spots: &[Spot]) -> Vec<Option<Verdict>> {
    let mut mentions = names.mentions.iter().peekable();
    spots
        .iter()
        .map(|spot| {
            while mentions.next_if(|m| m.end <= spot.first).is_some() {}
            let mention = mentions.peek().filter(|m| m.first < spot.end)?;
            let entity = names.entities.get(mention.entity)?;
            let exact = mention.first == spot.first && mention.end == spot.end;
            match entity.class {
                Class::Person if !exact || entity.name.contains(' ') => Some(Verdict::Nothing),
                Class::Organisation if !exact => Some(Verdict::Evidence),
                _ => None,
            }
        })
        .collect()
}
