//! Which candidates are places at all: not people, organisations or ordinary words.

use super::Candidate;
use super::context::Context;
use super::gazetteer::{self, Facts};
use super::sort::{MILLIONS_1, Sort, THOUSANDS_1, THOUSANDS_5, THOUSANDS_50, THOUSANDS_200, THOUSANDS_500};
use super::spot::{Spot, in_capitals};
use super::words::Classes;
use crate::annotations::PlaceKind;
use crate::extract::names::{Class, Names, lexicon};
use crate::text::Kind;

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

/// What a candidate is, by the words around it.
/// `other` says that a person or a disease is called so.
pub(super) fn judge(context: &Context, candidate: &Candidate, other: bool) -> Verdict {
    let Candidate { spot, sort, .. } = candidate;
    let chained = candidate.holder.is_some();
    if context.in_dateline(spot) {
        // "KYIV, March 13": the day, not a town in England.
        let month = (is_common(context, spot) || is_short_month(context.word(spot.first)))
            && context.behind_dot(spot.end).is_some_and(|t| t.kind == Kind::Number);
        // "BEIJING (Xinhua)": the agency.
        let bracket = spot.first.checked_sub(1).and_then(|at| context.token(at)).is_some_and(|t| t.kind == Kind::Open);
        return if month || bracket { Verdict::Nothing } else { Verdict::Mention };
    }
    if other || is_thing(context, candidate) {
        return Verdict::Nothing;
    }
    // "On Nov. 18"
    if context.behind_dot(spot.end).is_some_and(|t| t.kind == Kind::Number) && is_short_month(context.word(spot.first))
    {
        return Verdict::Nothing;
    }
    if is_part_of_foreign(context, spot) || is_saints(context, spot) || is_team(context, candidate) {
        return Verdict::Nothing;
    }
    if sort.demonym {
        return Verdict::Mention;
    }
    if behind_head(context, spot) || glued(context, spot, *sort) {
        return if sort.is_known() { Verdict::Evidence } else { Verdict::Nothing };
    }
    if is_club(context, spot) {
        return Verdict::Nothing;
    }
    if let Some(verdict) = by_follower(context, spot, *sort) {
        return verdict;
    }
    if part_of_longer(context, candidate) || (!chained && too_weak(context, candidate)) {
        return Verdict::Nothing;
    }
    Verdict::Mention
}

/// `Tour de France`: behind a capital and a small word of another language.
fn is_part_of_foreign(context: &Context, spot: &Spot) -> bool {
    let Some(at) = spot.before else { return false };
    at.checked_sub(1).is_some_and(|before| context.is_capital(before))
        && matches!(context.word(at), "de" | "du" | "des" | "da" | "do" | "di")
}

/// `St Thomas' Hospital`: a house of the saint, in no town of that name.
fn is_saints(context: &Context, spot: &Spot) -> bool {
    let owns =
        context.token(spot.end).is_some_and(|t| matches!(t.kind, Kind::Mark | Kind::Possessive) && !t.after_space());
    owns && matches!(context.word(spot.first), "St" | "Saint") && context.is_capital(spot.end + 1)
}

/// `Liverpool drew 1-1`, `beat Barcelona 3-1`: a club, called by its town.
fn is_team(context: &Context, candidate: &Candidate) -> bool {
    let Candidate { spot, sort, located, .. } = candidate;
    let number = |at: usize| context.token(at).is_some_and(|t| t.kind == Kind::Number);
    let dash = |at: usize| context.token(at).is_some_and(|t| t.kind == Kind::Dash && !t.after_space());
    let score = |at: usize| number(at) && dash(at + 1) && number(at + 2);
    if sort.is_known() || *located {
        return false;
    }
    let plays = score(spot.end + 1)
        && matches!(context.word(spot.end), "beat" | "beats" | "drew" | "lost" | "won" | "thrashed");
    let played = |at: usize| {
        matches!(
            context.word(at),
            "beat"
                | "beating"
                | "beaten"
                | "thrashed"
                | "thrashing"
                | "against"
                | "over"
                | "v"
                | "vs"
                | "by"
                | "to"
                | "with"
        )
    };
    plays || score(spot.end) && spot.before.is_some_and(played)
}

/// `Nov`, which is a town elsewhere.
fn is_short_month(word: &str) -> bool {
    matches!(word, "Jan" | "Feb" | "Mar" | "Apr" | "Jun" | "Jul" | "Aug" | "Sep" | "Sept" | "Oct" | "Nov" | "Dec")
}

/// Whether a forename, initial or title stands before it, or it is a forename before a family name.
pub(super) fn is_person(context: &Context, candidate: &Candidate) -> bool {
    let Candidate { spot, sort, located, .. } = candidate;
    let single = spot.end == spot.first + 1;
    if let Some(at) = spot.before.filter(|at| context.is_capital(*at)) {
        let forename = context.is(at, Classes::FORENAME) && !place_before(context, at);
        if forename && (single || !sort.country) {
            return true;
        }
        if (single || !sort.is_known()) && context.is(at, Classes::TITLE) {
            return true;
        }
    }
    if has_initial(context, spot) {
        return true;
    }
    if !single || candidate.holder.is_some() {
        return false;
    }
    let Some(at) = spot.behind.filter(|at| context.is_capital(*at)) else { return false };
    let other = Classes::OFFICE.and(Classes::BEHIND).and(Classes::TAIL).and(Classes::PUBLIC);
    !located
        && context.is(spot.first, Classes::FORENAME)
        && !context.is(at, other)
        && !in_capitals(context.tokens, spot.first)
}

/// Whether the capitalised word at `at` is itself a place's name in a phrase like "in Victoria".
fn place_before(context: &Context, at: usize) -> bool {
    context.before(at).is_some_and(|at| !context.is_capital(at) && context.is(at, Classes::PREPOSITION))
        && context.sort_of_word(at).is_some_and(|sort| sort.is_known())
}

/// `George W. Houston`, `J. Paris`.
fn has_initial(context: &Context, spot: &Spot) -> bool {
    let Some(at) = spot.first.checked_sub(1) else { return false };
    let letter = |at: usize| context.is_capital(at) && context.word(at).len() == 1;
    let here = context.token(spot.first).is_some_and(|t| !t.starts_paragraph());
    let dot = context.token(at).is_some_and(|t| t.kind == Kind::Stop && !t.after_space());
    here && ((dot && at > 0 && letter(at - 1)) || (letter(at) && !matches!(context.word(at), "A" | "I")))
}

/// `University of Geneva`, `Bank of England`.
fn behind_head(context: &Context, spot: &Spot) -> bool {
    let Some(mut at) = spot.before else { return false };
    if context.is(at, Classes::THE) {
        at = at.saturating_sub(1);
    }
    if !matches!(context.word(at), "of" | "for" | "at") {
        return false;
    }
    at.checked_sub(1).is_some_and(|at| context.is_capital(at) && context.is(at, Classes::HEAD))
}

/// Countries whose towns are named as their people are.
const OF_SURNAMES: &[&str] = &["AU", "CA", "GB", "IE", "NZ", "US"];

/// Whether a town that no preposition, region or dateline speaks for anywhere in the article is credible. `known` says
/// that the article names its country.
pub(super) fn is_credible(facts: &Facts, known: bool) -> bool {
    if facts.kind != PlaceKind::City || facts.capital {
        return true;
    }
    let country = gazetteer::table().country_code(facts.country);
    let english = country.is_some_and(|country| OF_SURNAMES.contains(&country));
    let least = match (known, english) {
        (false, _) => THOUSANDS_500,
        (true, true) => THOUSANDS_200,
        (true, false) => THOUSANDS_5,
    };
    facts.weight >= least
}

/// `US$`, `West Nile virus`, `Hong Kong flu`.
pub(super) fn is_named_after(context: &Context, spot: &Spot) -> bool {
    let dollar = context.token(spot.end).is_some_and(|t| t.kind == Kind::Other && !t.after_space());
    dollar && context.word(spot.end) == "$" || spot.behind.is_some_and(|at| context.is(at, Classes::ILL))
}

/// Part of a hyphenated name: `Jean-Paris`, `France-Presse`, `mid-Atlantic`. Two places joined are two places.
fn glued(context: &Context, spot: &Spot, sort: Sort) -> bool {
    let hyphen = |at: usize| context.token(at).is_some_and(|t| t.kind == Kind::Dash && !t.after_space());
    let tight = |at: usize| context.token(at).is_some_and(|t| !t.after_space());
    // A single letter is a party's: "D-Ohio".
    let name = |at: usize| {
        let written = context.token(at).is_some_and(|t| t.is_upper() && !t.is_all_caps());
        written && context.word(at).len() > 1 && !is_place(context, at)
    };
    let mut before = false;
    if spot.first >= 2 && tight(spot.first) && hyphen(spot.first - 1) {
        before = name(spot.first - 2) || matches!(context.word(spot.first - 2), "mid" | "trans" | "euro");
    }
    let behind = hyphen(spot.end) && tight(spot.end + 1) && name(spot.end + 1);
    before && !(sort.country || sort.capital) || behind
}

/// Whether the single word at `at` is a country, a large place or a demonym.
fn is_place(context: &Context, at: usize) -> bool {
    context.sort_of_word(at).is_some_and(|sort| sort.is_known() || sort.capital || sort.demonym)
}

/// Decides by the capitalised words that follow without a break: an organisation, an office, a family name.
fn by_follower(context: &Context, spot: &Spot, sort: Sort) -> Option<Verdict> {
    let first = spot.behind.filter(|at| context.is_capital(*at))?;
    if in_capitals(context.tokens, spot.first) {
        return None;
    }
    if let Some(tail) = organisation(context, first) {
        return Some(match () {
            () if context.is(tail, Classes::PUBLIC) && has_body(context, spot, sort) => Verdict::Mention,
            () if sort.is_known() => Verdict::Evidence,
            () => Verdict::Nothing,
        });
    }
    let speaks_of_it = context.is(first, Classes::BEHIND.and(Classes::OFFICE)) || is_place(context, first);
    (!speaks_of_it && !sort.is_known()).then_some(Verdict::Nothing)
}

/// Whether a public body follows that is named after it: "Boston Police Department".
pub(super) fn is_of_body(context: &Context, spot: &Spot) -> bool {
    let first = spot.behind.filter(|at| context.is_capital(*at));
    first.and_then(|at| organisation(context, at)).is_some_and(|tail| context.is(tail, Classes::PUBLIC))
}

/// Whether a public body named behind `spot` is of that place: not "Green Bay Police" of a man called Green.
fn has_body(context: &Context, spot: &Spot, sort: Sort) -> bool {
    sort.is_known() || sort.capital || sort.weight >= THOUSANDS_5 && !is_common(context, spot)
}

/// Whether a company or the like follows that is named after it: "Arden Pharmaceuticals".
pub(super) fn names_company(context: &Context, spot: &Spot) -> bool {
    let first = spot.behind.filter(|at| context.is_capital(*at));
    first.and_then(|at| organisation(context, at)).is_some_and(|tail| !context.is(tail, Classes::PUBLIC))
}

/// The word that makes an organisation of the capitalised words from `at` on, if one comes before an office.
fn organisation(context: &Context, mut at: usize) -> Option<usize> {
    let mut found = None;
    for _ in 0..6 {
        if context.is(at, Classes::TITLE.and(Classes::OFFICE)) && !context.is(at, Classes::PUBLIC.and(Classes::TAIL)) {
            // "Washington Health Department": what an office is of may be a body's too.
            if !context.behind(at + 1).is_some_and(|next| context.is_capital(next)) {
                return found;
            }
        } else if context.is(at, Classes::TAIL.and(Classes::PUBLIC)) {
            // A private tail further on has the last word: "Washington State University".
            let private = |at: &usize| !context.is(*at, Classes::PUBLIC.and(Classes::SETTLEMENT));
            let before = found.filter(private);
            found = before.or(Some(at));
        }
        match context.behind(at + 1) {
            // "The Boston Police Department and Seoul City Hall" are two.
            Some(next) if found.is_some() && context.word(next) == "and" => return found,
            Some(next) if context.is_capital(next) || matches!(context.word(next), "of" | "and" | "for" | "the") => {
                at = next
            }
            _ => return found,
        }
    }
    found
}

/// `Bayern Munich`, `Inter Milan`.
fn is_club(context: &Context, spot: &Spot) -> bool {
    let capital = |at: &usize| context.is_capital(*at);
    spot.before.filter(capital).is_some_and(|at| context.is(at, Classes::CLUB))
        || spot
            .behind
            .filter(capital)
            .is_some_and(|at| context.is(spot.first, Classes::CLUB) && !in_capitals(context.tokens, at))
}

/// A country that opens a sentence as a thing of the kitchen does, in a text that has the word in lower case too.
fn is_thing(context: &Context, candidate: &Candidate) -> bool {
    let spot = &candidate.spot;
    let opens = context.token(spot.first).is_some_and(|t| t.starts_sentence());
    opens && spot.end == spot.first + 1 && context.is(spot.first, Classes::THING) && context.has_lower_twin(spot)
}

/// A capitalised word stands before it, so that it ends a longer name.
pub(super) fn part_of_longer(context: &Context, candidate: &Candidate) -> bool {
    let Candidate { spot, sort, .. } = candidate;
    let Some(at) = spot.before.filter(|at| context.is_capital(*at)) else { return false };
    if matches!(context.word(at), "Co" | "County") {
        return false;
    }
    // "BBC Scotland"
    if matches!(context.word(at), "BBC" | "ITV" | "STV" | "CNN") {
        return true;
    }
    if in_capitals(context.tokens, spot.first) || context.token(at).is_some_and(|t| t.is_all_caps()) {
        return false;
    }
    if context.is(at, Classes::BEFORE) {
        // "Eastern Creek": a village's name with a direction is another village's.
        let opens = context.token(at).is_some_and(|t| t.starts_sentence());
        return !opens && !sort.is_known() && !sort.capital && sort.weight < THOUSANDS_50;
    }
    if sort.country {
        return context.is(at, Classes::LEAD);
    }
    if sort.large {
        // A family name that some region has too: "Banahari Saha".
        let opens = context.token(at).is_some_and(|t| t.starts_sentence());
        let alone = spot.end == spot.first + 1 && !spot.behind.is_some_and(|at| context.is_capital(at));
        let stranger = !opens && !is_place(context, at) && !context.is(at, Classes::OFFICE.and(Classes::TITLE));
        return context.is(at, Classes::LEAD) || (alone && stranger && !candidate.known.primary);
    }
    // "Royal London said"
    if context.is(at, Classes::LEAD) {
        return true;
    }
    // The capital that opens a sentence says little: "Later Sofia was calm".
    let opens = context.token(at).is_some_and(|t| t.starts_sentence()) && sort.weight >= THOUSANDS_50;
    !(opens || is_place(context, at))
}

/// Ordinary words, forenames and villages need something that speaks for them.
fn too_weak(context: &Context, candidate: &Candidate) -> bool {
    let Candidate { spot, sort, located, aimed, .. } = candidate;
    let located = *located;
    let resident = context.has_residents(spot);
    let led = located || resident || *aimed;
    if is_common(context, spot) {
        let credible = sort.country
            || (located && sort.weight >= THOUSANDS_50)
            || (*aimed && sort.weight >= MILLIONS_1)
            || (resident && sort.weight >= THOUSANDS_50);
        return !credible;
    }
    if sort.is_known() || sort.capital {
        return false;
    }
    if spot.end > spot.first + 1 {
        // "Prince Albert" is a town, but seldom.
        return !located && context.is(spot.first, Classes::TITLE);
    }
    let opens = context.token(spot.first).is_some_and(|t| t.starts_sentence());
    if context.word(spot.first).chars().nth(2).is_none() {
        return true;
    }
    if context.is(spot.first, Classes::FORENAME) && !located && sort.weight < MILLIONS_1 {
        return true;
    }
    (opens && sort.weight < THOUSANDS_50 && !resident)
        || (sort.weight < THOUSANDS_5 && !led)
        || (sort.weight < THOUSANDS_1 && !located)
}

pub(super) fn is_common(context: &Context, spot: &Spot) -> bool {
    spot.end == spot.first + 1 && context.is(spot.first, Classes::COMMON)
}

/// What the names found in the article say of each candidate: `None` where they are silent.
pub(super) fn by_names(context: &Context, names: &Names, candidates: &[Candidate]) -> Vec<Option<Verdict>> {
    let mut mentions = names.mentions.iter().peekable();
    candidates
        .iter()
        .map(|candidate| {
            let spot = &candidate.spot;
            let known = names.flags.get(spot.first).is_some_and(|f| f.any(lexicon::KNOWN_ORGANISATION));
            if known && spot.end == spot.first + 1 && !candidate.sort.is_known() {
                return Some(Verdict::Nothing);
            }
            while mentions.next_if(|m| m.end <= spot.first).is_some() {}
            let mention = mentions.peek().filter(|m| m.first < spot.end)?;
            let entity = names.entities.get(mention.entity)?;
            let exact = mention.first == spot.first && mention.end == spot.end;
            let within = spot.first <= mention.first && mention.end <= spot.end;
            let longer = within && spot.end - spot.first > mention.end - mention.first;
            match entity.class {
                // "Prince Edward" begins "Prince Edward Island".
                Class::Person if longer => None,
                Class::Person if exact && is_named_place(context, candidate) => None,
                // "Austin Reed lives in Austin, Texas."
                Class::Person if exact && candidate.holder.is_some() => None,
                Class::Person if !exact || entity.name.contains(' ') => Some(Verdict::Nothing),
                Class::Organisation if !exact => Some(Verdict::Evidence),
                _ => None,
            }
        })
        .collect()
}

/// Whether a name of several words that looks like a person's is a place's: "Hong Kong", "Scott County", "in Milton
/// Keynes".
fn is_named_place(context: &Context, candidate: &Candidate) -> bool {
    let Candidate { spot, sort, located, .. } = candidate;
    let several = spot.end > spot.first + 1;
    let land = ["Island", "Islands", "Bay", "Beach", "Falls", "Springs", "Hills", "Heights", "Valley", "River", "Lake"];
    let region = context.is(spot.end - 1, Classes::REGIONAL) || land.contains(&context.word(spot.end - 1));
    several
        && (sort.is_known()
            || sort.capital
            || region
            || candidate.holder.is_some()
            || (*located && sort.weight >= THOUSANDS_5))
}
