//! Places: every one named in an article, told apart and placed on the map.
//!
//! Candidates come from the gazetteer (`spot`), what is no place is thrown out (`reject`), each name is given one
//! sense (`resolve`), and mentions of one place are gathered here.

pub mod gazetteer;
mod government;
mod key;
mod reject;
mod resolve;
mod spot;
#[cfg(test)]
mod tests;
mod words;

use rustc_hash::{FxHashMap, FxHashSet};

use self::gazetteer::{How, Name, Row, Table};
use self::reject::{Context, Sort, Verdict};
use self::resolve::{Evidence, Hint, Mention};
use self::spot::Spot;
use super::names::Names;
use crate::annotations::{Place, Span};
use crate::article::Article;
use crate::text::{Kind, Tokens};

/// Finds the places in the body of `article`, most often named first.
pub fn find(article: &Article, tokens: &Tokens, names: &Names) -> Vec<Place> {
    let table = gazetteer::table();
    let spots = spot::find(&article.body, tokens, table);
    let dateline = article.dateline.as_ref().map_or(0, |d| d.end);
    let context = Context { text: &article.body, tokens, table, dateline };
    let sorts: Vec<Sort> = spots.iter().map(|spot| Sort::of(spot.name, table)).collect();
    let holders = holders(&context, &spots, &sorts);
    let verdicts = verdicts(&context, names, &spots, &sorts, &holders);
    let evidence = evidence(&spots, &sorts, &holders, &verdicts, table);
    let mentions = mentions(&context, &spots, &holders, &verdicts);
    gather(&context, &mentions, &evidence)
}

/// For each candidate the region or country that follows it and holds it: "Paris, Texas".
fn holders(context: &Context, spots: &[Spot], sorts: &[Sort]) -> Vec<Option<Row>> {
    let mut holders = vec![None; spots.len()];
    for (at, pair) in spots.windows(2).enumerate() {
        let [spot, next] = pair else { continue };
        let joined = context.tokens.get(spot.end).is_some_and(|t| matches!(t.kind, Kind::Comma | Kind::Open));
        // "Austin, Texas", "Austin (Texas)", "Austin, in Texas".
        let near = next.first == spot.end + 1 || (next.first == spot.end + 2 && context.word(spot.end + 1) == "in");
        if let (true, Some(sort), Some(holder)) = (joined && near, sorts.get(at), holders.get_mut(at)) {
            *holder = resolve::holder(spot.name, *sort, next.name, context.table);
        }
    }
    holders
}

fn verdicts(context: &Context, names: &Names, spots: &[Spot], sorts: &[Sort], holders: &[Option<Row>]) -> Vec<Verdict> {
    let told = reject::by_names(names, spots);
    let mut people: FxHashSet<Name> = FxHashSet::default();
    let mut verdicts = Vec::with_capacity(spots.len());
    let mut holds = false;
    for (((spot, sort), holder), told) in spots.iter().zip(sorts).zip(holders).zip(told) {
        let chained = holder.is_some();
        let alone = spot.end == spot.first + 1 && !sort.demonym && !chained && !holds;
        if alone && (reject::is_person(context, spot, *sort, chained) || reject::part_of_longer(context, spot, *sort)) {
            people.insert(spot.name);
        }
        // What holds the place before it needs no more proof: "Portland, OR".
        let verdict = if holds { Verdict::Mention } else { reject::judge(context, spot, *sort, chained) };
        holds = chained;
        verdicts.push(match told {
            Some(Verdict::Nothing) if !sort.demonym => Verdict::Nothing,
            Some(Verdict::Evidence) if verdict == Verdict::Mention && !sort.demonym => Verdict::Evidence,
            _ => verdict,
        });
    }
    // A family name stands alone later on: "Jordan said".
    for ((spot, holder), verdict) in spots.iter().zip(holders).zip(&mut verdicts) {
        if people.contains(&spot.name) && holder.is_none() && !context.is_located(spot) {
            *verdict = Verdict::Nothing;
        }
    }
    verdicts
}

fn evidence(spots: &[Spot], sorts: &[Sort], holders: &[Option<Row>], verdicts: &[Verdict], table: &Table) -> Evidence {
    let mut evidence = Evidence::default();
    for (((spot, sort), holder), verdict) in spots.iter().zip(sorts).zip(holders).zip(verdicts) {
        if *verdict == Verdict::Nothing {
            continue;
        }
        match holder {
            Some(holder) => evidence.add_row(*holder, 1.0, table),
            None => evidence.add(spot.name, *sort, table),
        }
    }
    evidence
}

fn mentions(context: &Context, spots: &[Spot], holders: &[Option<Row>], verdicts: &[Verdict]) -> Vec<Mention> {
    let mut mentions = Vec::with_capacity(spots.len());
    let mut outer = None;
    for ((spot, holder), verdict) in spots.iter().zip(holders).zip(verdicts) {
        let follows = context.behind(spot.end).is_some_and(|at| context.is(at, &words::REGIONAL));
        if *verdict == Verdict::Mention {
            let hint = Hint { inside: *holder, outer, region: follows };
            mentions.push(Mention { spot: *spot, hint });
        }
        outer = *holder;
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
        .filter(|m| m.hint.inside.is_some() || m.hint.outer.is_some() || context.is_spoken_for(&m.spot))
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

fn empty(row: Row, table: &'static Table) -> Place {
    let facts = table.place(row);
    Place {
        id: facts.id,
        name: facts.name.into_owned(),
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
    let span = Span { start: first.start, end: last.end };
    let demonym = context.table.places(spot.name).any(|(r, how)| r == row && how == How::Demonym);
    if demonym {
        place.demonyms.push(span);
        return;
    }
    place.mentions.push(span);
    place.in_dateline |= span.start < context.dateline;
    place.as_government |= government::is_meant(context, spot, row);
}
