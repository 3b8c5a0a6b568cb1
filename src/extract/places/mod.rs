//! Places: every one named in an article, told apart and placed on the map.
//!
//! Candidates come from the gazetteer (`spot`), what is no place is thrown out (`reject`), each name is given one
//! sense (`resolve`), and mentions of one place are gathered here.

mod context;
pub mod gazetteer;
mod government;
mod key;
mod memory;
mod reject;
mod resolve;
mod sort;
mod spot;
#[cfg(test)]
mod tests;
mod words;

use rustc_hash::{FxHashMap, FxHashSet};

use self::context::Context;
use self::gazetteer::{How, Name, Row, Table};
use self::reject::Verdict;
use self::resolve::{Evidence, Hint, Mention};
use self::sort::{Sort, THOUSANDS_50, THOUSANDS_200};
use self::spot::Spot;
use self::words::Classes;
use super::names::Names;
use crate::annotations::{Place, PlaceKind, Span};
use crate::article::Article;
use crate::text::{Kind, Tokens};

/// A name of the gazetteer in the text, and what stands around it.
#[derive(Debug, Clone, Copy)]
struct Candidate {
    spot: Spot,
    sort: Sort,
    /// The region or country that follows it and holds it: "Paris, Texas".
    holder: Option<Row>,
    /// Whether "in", "near", "the village of" and the like lead to it, over others of a list where it stands in one.
    located: bool,
    /// Whether "from", "to", "visited" and the like do.
    aimed: bool,
}

/// Finds the places in the body of `article`, most often named first.
pub fn find(article: &Article, tokens: &Tokens, names: &Names) -> Vec<Place> {
    let table = gazetteer::table();
    let spots = spot::find(&article.body, tokens, table);
    if spots.is_empty() {
        return Vec::new();
    }
    let dateline = article.dateline.as_ref().map_or(0, |d| d.end);
    let context = Context::new(&article.body, tokens, table, dateline);
    let candidates = candidates(&context, &spots);
    let verdicts = verdicts(&context, names, &candidates);
    let evidence = evidence(&candidates, &verdicts, table);
    let mentions = mentions(&context, &candidates, &verdicts);
    gather(&context, &mentions, &evidence)
}

fn candidates(context: &Context, spots: &[Spot]) -> Vec<Candidate> {
    let mut sorts: FxHashMap<Name, Sort> = FxHashMap::default();
    let mut out: Vec<Candidate> = Vec::with_capacity(spots.len());
    for spot in spots {
        let sort = *sorts.entry(spot.name).or_insert_with(|| Sort::of(spot.name, context.table));
        let before = out.last().filter(|before| context.goes_on(&before.spot, spot));
        // "Toronto's Scarborough": of a place that was just named.
        let owner = out.last().filter(|owner| !owner.sort.demonym && context.is_owned_by(&owner.spot, spot));
        let located = context.is_located(spot)
            || owner.is_some()
            || before.is_some_and(|before| before.located && !before.sort.demonym)
            // "tours to Galway and Cork"
            || before.is_some_and(|before| before.aimed && !before.sort.demonym && !reject::is_common(context, &before.spot));
        let aimed = context.is_aimed_at(spot) || before.is_some_and(|before| before.aimed && !before.sort.demonym);
        out.push(Candidate { spot: *spot, sort, holder: None, located, aimed });
    }
    // From the last on, so that "Austin, in Scott County, Indiana" begins with the one county of that state.
    for at in (0..out.len().saturating_sub(1)).rev() {
        let (Some(this), Some(next)) = (out.get(at), out.get(at + 1)) else { continue };
        let holder = holder(context, this, next);
        // "Rome and Dalton in northwest Georgia": one of the two leads to the other.
        let leads = next.holder.is_some() && is_listed_with_held(context, this, next);
        if let Some(this) = out.get_mut(at) {
            this.holder = holder;
            this.located |= leads;
        }
    }
    // A list goes on behind a place with its state: "in Manchester, New Hampshire, and Nashua".
    for at in 2..out.len() {
        let (Some(first), Some(outer), Some(this)) = (out.get(at - 2), out.get(at - 1), out.get(at)) else { continue };
        let goes_on = first.holder.is_some() && context.goes_on(&outer.spot, &this.spot);
        if let Some(this) = out.get_mut(at).filter(|_| goes_on) {
            this.located = true;
        }
    }
    out
}

/// Whether `this` stands in a list before `next`, behind which "in" and its region come.
fn is_listed_with_held(context: &Context, this: &Candidate, next: &Candidate) -> bool {
    context.goes_on(&this.spot, &next.spot) && context.word(next.spot.end) == "in" && !this.sort.demonym
}

/// `Dalton in northwest Georgia`: nothing but "in" and a direction between the two.
fn is_in(context: &Context, this: &Candidate, next: &Candidate) -> bool {
    let (end, first) = (this.spot.end, next.spot.first);
    let side = |at: usize| !context.is_capital(at) && context.is(at, Classes::SIDE);
    let town = !(this.sort.country || this.sort.large || this.sort.capital);
    town && context.word(end) == "in" && first > end && first - end <= 3 && (end + 1..first).all(side)
}

/// The region or country that `next` means if it holds `this`: "Austin, Texas", "Austin (Texas)", "Austin, in Texas".
fn holder(context: &Context, this: &Candidate, next: &Candidate) -> Option<Row> {
    let joined = context.token(this.spot.end).is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Open));
    let first = next.spot.first;
    let near = first == this.spot.end + 1 || (first == this.spot.end + 2 && context.word(this.spot.end + 1) == "in");
    if !(joined && near || is_in(context, this, next)) || this.sort.demonym {
        return None;
    }
    // A country in a list of states is no town: "Georgia, Florida and Alabama".
    if this.sort.country
        && !context.token(next.spot.end).is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Stop | Kind::Close))
    {
        return None;
    }
    let following = |at: usize| context.token(at).is_some_and(|t| t.is_upper() && !t.starts_sentence());
    if this.sort.country && following(next.spot.end + 1) {
        return None;
    }
    resolve::holder(this, next, context.table)
}

fn verdicts(context: &Context, names: &Names, candidates: &[Candidate]) -> Vec<Verdict> {
    let told = reject::by_names(context, names, candidates);
    let mut bodies: FxHashSet<Name> = FxHashSet::default();
    let mut people: FxHashSet<Name> = FxHashSet::default();
    let mut verdicts = Vec::with_capacity(candidates.len());
    let mut holds = false;
    for (candidate, told) in candidates.iter().zip(told) {
        let Candidate { spot, sort, .. } = candidate;
        let chained = candidate.holder.is_some();
        let alone = spot.end == spot.first + 1 && !sort.demonym && !chained && !holds;
        if alone
            && (reject::is_person(context, candidate)
                || !sort.is_known() && reject::part_of_longer(context, spot, *sort))
        {
            people.insert(spot.name);
        }
        // "West Nile virus", and later "the first West Nile case".
        if !sort.country && !sort.capital && reject::is_named_after(context, spot) {
            people.insert(spot.name);
        }
        // What holds the place before it needs no more proof: "Portland, OR".
        let verdict = match () {
            () if holds => Verdict::Mention,
            () if spot::is_degree(context, spot) => Verdict::Nothing,
            () => reject::judge(context, candidate),
        };
        // "Arden Pharmaceuticals", and later "Arden said".
        if verdict == Verdict::Nothing && reject::names_company(context, spot) {
            bodies.insert(spot.name);
        }
        let body = verdict == Verdict::Mention && reject::is_of_body(context, spot);
        holds = chained;
        verdicts.push(match told {
            Some(Verdict::Nothing) if !sort.demonym => Verdict::Nothing,
            Some(Verdict::Evidence) if verdict == Verdict::Mention && !sort.demonym && !body => Verdict::Evidence,
            _ => verdict,
        });
    }
    // A family name stands alone later on: "Jordan said". A country that is also somewhere in the text stays one.
    let somewhere = |c: &Candidate| c.located || c.holder.is_some() || context.in_dateline(&c.spot);
    let sure: FxHashSet<Name> =
        candidates.iter().filter(|c| c.sort.is_known() && somewhere(c)).map(|c| c.spot.name).collect();
    for (candidate, verdict) in candidates.iter().zip(&mut verdicts) {
        let name = candidate.spot.name;
        if people.contains(&name) && !sure.contains(&name) && !somewhere(candidate) {
            *verdict = Verdict::Nothing;
        }
        let inside = candidate.holder.is_some() || context.is_inside(&candidate.spot);
        if bodies.contains(&name) && !inside && candidate.sort.weight < THOUSANDS_200 {
            *verdict = Verdict::Nothing;
        }
    }
    verdicts
}

fn evidence(candidates: &[Candidate], verdicts: &[Verdict], table: &Table) -> Evidence {
    let mut evidence = Evidence::default();
    for (candidate, verdict) in candidates.iter().zip(verdicts) {
        if *verdict == Verdict::Nothing {
            continue;
        }
        match candidate.holder {
            Some(holder) => evidence.add_row(candidate.spot.name, holder, 1.0, table),
            None => evidence.add(candidate.spot.name, candidate.sort, table),
        }
    }
    evidence
}

fn mentions(context: &Context, candidates: &[Candidate], verdicts: &[Verdict]) -> Vec<Mention> {
    let mut mentions = Vec::with_capacity(candidates.len());
    let mut outer = None;
    for (candidate, verdict) in candidates.iter().zip(verdicts) {
        let spot = candidate.spot;
        let follows = context.behind(spot.end).is_some_and(|at| context.is(at, Classes::REGIONAL));
        if *verdict == Verdict::Mention {
            let resident = candidate.sort.country && context.has_residents(&spot);
            let hint = Hint { inside: candidate.holder, outer, region: follows, town: resident };
            let proof = spot.end > spot.first + 1
                || candidate.located
                || candidate.aimed
                || context.in_dateline(&spot)
                || context.has_residents(&spot)
                || matches!(context.word(spot.end), "MP" | "MPs" | "MSP" | "Mayor")
                || reject::is_of_body(context, &spot);
            mentions.push(Mention { spot, hint, proof });
        }
        outer = candidate.holder;
    }
    mentions
}

/// One [`Place`] for each place meant, with its mentions.
fn gather(context: &Context, mentions: &[Mention], evidence: &Evidence) -> Vec<Place> {
    let table = context.table;
    // One sense per article: what is told of a name once holds for all of it.
    let told: FxHashMap<Name, Row> = mentions.iter().filter_map(|m| Some((m.spot.name, m.hint.inside?))).collect();
    let outer: FxHashMap<Name, Row> = mentions.iter().filter_map(|m| Some((m.spot.name, m.hint.outer?))).collect();
    let spoken_for: FxHashSet<Name> = mentions
        .iter()
        .filter(|m| m.hint.inside.is_some() || m.hint.outer.is_some() || m.proof)
        .map(|m| m.spot.name)
        .collect();
    let mut chosen: FxHashMap<(Name, Hint), Option<Row>> = FxHashMap::default();
    let mut at: FxHashMap<Row, usize> = FxHashMap::default();
    let mut places: Vec<Place> = Vec::new();
    for mention in mentions {
        let name = mention.spot.name;
        let mut hint = mention.hint;
        if !hint.region && hint.outer.is_none() {
            hint.inside = hint.inside.or_else(|| told.get(&name).copied());
            // "Atlanta, Georgia", then "Georgia"; but not "Buffalo, New York", then "New York".
            hint.outer = outer.get(&name).copied().filter(|_| Sort::of(name, table).country);
        }
        let row = *chosen.entry((name, hint)).or_insert_with(|| resolve::choose(name, hint, evidence, table));
        let Some(row) = row else { continue };
        // The other spelling of a small town is as often another thing: the Iskander is a missile.
        let told = hint.inside.is_some() || hint.outer.is_some() || evidence.knows_beside(name, row, table);
        if !told && table.weight(row) < THOUSANDS_50 && is_other_spelling(name, row, table) {
            continue;
        }
        // "the North West" is one of a country that the article speaks of.
        let town = table.kind(row) == PlaceKind::City;
        if is_direction(context, &mention.spot) && (town || !evidence.knows_beside(name, row, table)) {
            continue;
        }
        if !spoken_for.contains(&name) && !reject::is_credible(row, evidence.knows(row, table), table) {
            continue;
        }
        let slot = *at.entry(row).or_insert(places.len());
        if slot == places.len() {
            places.push(empty(row, table));
        }
        if let Some(place) = places.get_mut(slot) {
            add(place, context, mention, row);
        }
    }
    places.sort_by_key(|place| std::cmp::Reverse(place.mentions.len()));
    places
}

/// Whether the name is nothing but directions: "North-West", "South East".
fn is_direction(context: &Context, spot: &Spot) -> bool {
    let word = |at: usize| context.token(at).is_some_and(|t| t.kind == Kind::Word);
    (spot.first..spot.end).filter(|at| word(*at)).all(|at| context.is(at, Classes::SIDE))
}

/// Whether `name` is no town's English name, but another one of the town `row`.
fn is_other_spelling(name: Name, row: Row, table: &Table) -> bool {
    table.kind(row) == PlaceKind::City && table.places(name).any(|(r, how)| r == row && how == How::Alternate)
}

fn empty(row: Row, table: &'static Table) -> Place {
    let facts = table.place(row);
    Place {
        id: facts.id,
        name: facts.name,
        kind: facts.kind,
        country: facts.country.map(str::to_owned),
        lat: facts.at.map(|(lat, _)| lat),
        lon: facts.at.map(|(_, lon)| lon),
        mentions: Vec::new(),
        demonyms: Vec::new(),
        in_dateline: false,
        as_government: false,
    }
}

fn add(place: &mut Place, context: &Context, mention: &Mention, row: Row) {
    let spot = &mention.spot;
    let (Some(first), Some(last)) = (context.tokens.get(spot.first), context.tokens.get(spot.end - 1)) else { return };
    // "Kursk Oblast": what says in capitals that it is a region is part of its name.
    let kind = context.behind(spot.end).filter(|at| context.is_capital(*at) && context.is(*at, Classes::REGIONAL));
    let kind = kind.filter(|at| {
        let body = context.behind(at + 1).is_some_and(|next| context.is_capital(next));
        let body = body || matches!(context.word(at + 1), "of" | "for");
        context.table.kind(row) == PlaceKind::Region && !body
    });
    let kind = kind.and_then(|at| context.token(at));
    let first = context.article_before(spot.first).unwrap_or(first);
    let span = Span { start: first.start, end: kind.map_or(last.end, |t| t.end) };
    let demonym = context.table.places(spot.name).any(|(r, how)| r == row && how == How::Demonym);
    if demonym {
        place.demonyms.push(span);
        return;
    }
    place.mentions.push(span);
    place.in_dateline |= span.start < context.dateline;
    place.as_government |= government::is_meant(context, spot, row);
}
