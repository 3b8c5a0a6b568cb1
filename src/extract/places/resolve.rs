//! Which of several places of one name is meant: by region and country named beside it, by what else the article
//! names, by size. One sense per article for a name that stands alone.

use rustc_hash::FxHashMap;

use super::Candidate;
use super::gazetteer::{How, Name, Row, Table};
use super::sort::Sort;
use super::spot::Spot;
use crate::annotations::PlaceKind;

/// What stands around a mention that narrows its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub(super) struct Hint {
    /// A region or country behind it that holds it: "Paris, Texas".
    pub(super) inside: Option<Row>,
    /// It is itself what holds the place before it: this row.
    pub(super) outer: Option<Row>,
    /// "state", "region" and the like follow.
    pub(super) region: bool,
    /// Somebody of a town follows the name of a country: "a Lebanon man" is of no country.
    pub(super) town: bool,
}

/// What the article says about where it plays.
#[derive(Debug, Default)]
pub(super) struct Evidence {
    countries: FxHashMap<u8, f32>,
    regions: FxHashMap<Row, f32>,
    total: f32,
    /// What each name has said itself: it is no witness in its own case.
    own: FxHashMap<Name, (u8, f32)>,
    /// Points of towns that are certain, with their names.
    points: Vec<(Name, (f32, f32))>,
}

/// Kilometres within which a town belongs to the region whose centre is there.
const REACH: f32 = 450.0;

/// Places of an article that may speak for their neighbours, at most.
const POINTS: usize = 24;

impl Evidence {
    /// Adds what `name` says by itself: a demonym, country or state fully, a name of one well-known place half.
    pub(super) fn add(&mut self, name: Name, sort: Sort, table: &Table) {
        let Some(row) = plain(name, table) else { return self.add_country(name, table) };
        let amount = if sort.country || sort.demonym || sort.large { 1.0 } else { 0.5 };
        self.add_row(name, row, amount, table);
    }

    /// Adds the one country that all places of `name` lie in, if they do: every Floyd County is in the United States.
    fn add_country(&mut self, name: Name, table: &Table) {
        let mut countries = table.places(name).map(|(row, _)| table.country_number(row));
        let Some(country) = countries.next().filter(|country| *country != 0 && countries.all(|c| c == *country)) else {
            return;
        };
        *self.countries.entry(country).or_default() += 0.5;
        self.total += 0.5;
        let own = self.own.entry(name).or_insert((country, 0.0));
        own.1 += if own.0 == country { 0.5 } else { 0.0 };
    }

    /// Adds a place that is certain, told by `name`.
    pub(super) fn add_row(&mut self, name: Name, row: Row, amount: f32, table: &Table) {
        // A state is too wide to say which of two towns is meant, and states stand in lists of states.
        if table.kind(row) == PlaceKind::City
            && let Some(at) = table.at(row)
            && self.points.len() < POINTS
            && !self.points.contains(&(name, at))
        {
            self.points.push((name, at));
        }
        let country = table.country_number(row);
        if country == 0 {
            return;
        }
        *self.countries.entry(country).or_default() += amount;
        self.total += amount;
        let own = self.own.entry(name).or_insert((country, 0.0));
        own.1 += if own.0 == country { amount } else { 0.0 };
        // A county speaks for its state.
        let regions = [Some(row).filter(|row| table.kind(*row) == PlaceKind::Region), table.region(row)];
        for region in regions.into_iter().flatten() {
            *self.regions.entry(region).or_default() += amount;
        }
    }

    /// Whether the article names the country of `row`, or another place in it.
    pub(super) fn knows(&self, row: Row, table: &Table) -> bool {
        let of = self.countries.get(&table.country_number(row)).copied().unwrap_or_default();
        of > 0.0
    }

    /// Whether the article names the country of `row` otherwise than by `name`.
    pub(super) fn knows_beside(&self, name: Name, row: Row, table: &Table) -> bool {
        let country = table.country_number(row);
        let own = self.own.get(&name).filter(|(of, _)| *of == country).map_or(0.0, |(_, amount)| *amount);
        self.countries.get(&country).copied().unwrap_or_default() - own > 0.01
    }

    /// The share of the article, but for `name` itself, that is about the country of `row`: 0 to 1.
    fn share(&self, name: Name, row: Row, table: &Table) -> f32 {
        let country = table.country_number(row);
        let (own_country, own) = self.own.get(&name).copied().unwrap_or_default();
        let total = self.total - own;
        if country == 0 || total < 0.1 {
            return 0.0;
        }
        let of = |c: u8| self.countries.get(&c).copied().unwrap_or_default() - if c == own_country { own } else { 0.0 };
        let near = neighbours(row, table).map(|c| 0.5 * of(c)).sum::<f32>();
        ((of(country) + near) / total).clamp(0.0, 1.0)
    }

    /// How close `row` is to other certain places of the article: 0 (far from all) to 1.5.
    fn nearness(&self, name: Name, row: Row, table: &Table) -> f32 {
        let Some(here) = table.at(row) else { return 0.0 };
        let others = self.points.iter().filter(|(other, at)| *other != name && *at != here);
        let near = others.map(|(_, at)| match kilometres(here, *at) {
            far if far < 60.0 => 0.8,
            far if far < 150.0 => 0.5,
            far if far < 300.0 => 0.2,
            _ => 0.0,
        });
        near.sum::<f32>().min(1.5)
    }

    fn region(&self, row: Row) -> f32 {
        self.regions.get(&row).copied().unwrap_or_default().min(2.0)
    }

    /// Other regions of the same country that the article names.
    fn siblings(&self, row: Row, table: &Table) -> f32 {
        let country = table.country_number(row);
        let others = self.regions.keys().filter(|r| **r != row && table.country_number(**r) == country);
        others.count().min(5) as f32
    }
}

/// Countries that speak for another one whose name is shared: Georgia is the country where its neighbours are named.
const NEIGHBOURS: &[(&str, &[&str])] = &[("GE", &["RU", "AM", "AZ", "UA"]), ("CG", &["GA", "CM"])];

fn neighbours(row: Row, table: &Table) -> impl Iterator<Item = u8> + '_ {
    let country = table.country(row).unwrap_or_default();
    let shared = NEIGHBOURS.iter().find(|(code, _)| *code == country);
    shared.into_iter().flat_map(|(_, near)| near.iter()).map(|code| table.number_of_country(code))
}

/// The place a name means with no help, where there is one that outweighs all others of that name.
fn plain(name: Name, table: &Table) -> Option<Row> {
    let (mut best, mut second): (Option<(Row, u32)>, u32) = (None, 0);
    for (row, how) in table.places(name) {
        let bonus = if table.kind(row) == PlaceKind::Country { 27 } else { 8 };
        let weight = u32::from(table.weight(row)) + bonus - if how == How::Alternate { 8 } else { 0 };
        if best.is_none_or(|(_, most)| weight > most) {
            second = best.map_or(second, |(_, most)| most);
            best = Some((row, weight));
        } else {
            second = second.max(weight);
        }
    }
    // 27 steps of an eighth of a binary digit: ten times the people.
    best.filter(|(_, weight)| *weight >= second + 27).map(|(row, _)| row)
}

/// The place of the name `next` that holds a place of the name before it, if there is one.
pub(super) fn holder(this: &Candidate, next: &Candidate, table: &Table) -> Option<Row> {
    let (name, sort) = (this.spot.name, this.sort);
    let holds = |row: Row| matches!(table.kind(row), PlaceKind::Country | PlaceKind::Region);
    let outer = table.places(next.spot.name).filter(|(row, how)| *how != How::Demonym && holds(*row));
    let named = table.places(next.spot.name).filter(|(_, how)| *how != How::Demonym);
    let largest = named.max_by_key(|(row, _)| table.weight(*row))?;
    let large = table.places(next.spot.name).any(|(row, _)| is_large(row, table));
    if table.kind(largest.0) == PlaceKind::City && !large {
        return None;
    }
    let least = if sort.country { 1.0 } else { 0.0 };
    let mut fits: Vec<(Row, f32)> = outer
        // What holds the holder narrows it: the Scott County of Indiana.
        .filter(|(outer, _)| next.holder.is_none_or(|wide| fit(*outer, wide, table).is_some()))
        .filter(|(outer, _)| !sort.large || sort.country || table.kind(*outer) == PlaceKind::Country)
        .filter_map(|(outer, _)| {
            let towns = table.places(name).filter(|(row, _)| !sort.country || table.kind(*row) == PlaceKind::City);
            Some((outer, towns.filter_map(|(row, _)| fit(row, outer, table)).reduce(f32::max)?))
        })
        .filter(|(outer, fit)| *fit >= least && (!sort.country || table.kind(*outer) == PlaceKind::Region))
        .collect();
    fits.sort_by(|a, b| b.1.total_cmp(&a.1).then(table.weight(b.0).cmp(&table.weight(a.0))));
    fits.first().map(|(row, _)| *row)
}

fn is_large(row: Row, table: &Table) -> bool {
    table.kind(row) == PlaceKind::Country || (table.kind(row) == PlaceKind::Region && table.weight(row) >= 140)
}

/// How well `row` lies in `outer`: 1 where the table says so, less with distance, `None` if it does not.
fn fit(row: Row, outer: Row, table: &Table) -> Option<f32> {
    if row == outer || table.country_number(row) != table.country_number(outer) {
        return None;
    }
    match table.kind(outer) {
        PlaceKind::Country => Some(1.0),
        _ if table.region(row) == Some(outer) => Some(1.0),
        _ if table.kind(row) == PlaceKind::Country => None,
        // Counties have no centre: what lies in their state may lie in them.
        _ if table.at(outer).is_none() => (table.region(row) == table.region(outer)).then_some(0.5),
        _ => {
            let far = kilometres(table.at(row)?, table.at(outer)?);
            (far < REACH).then(|| 0.9 - far / REACH)
        }
    }
}

fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    let east = (a.1 - b.1) * ((a.0 + b.0) / 2.0).to_radians().cos();
    111.0 * (a.0 - b.0).hypot(east)
}

/// The place that `name` means in this article.
pub(super) fn choose(name: Name, hint: Hint, evidence: &Evidence, table: &Table) -> Option<Row> {
    if hint.outer.is_some() {
        return hint.outer;
    }
    let mut best: Option<(Row, f32)> = None;
    for (row, how) in table.places(name) {
        let score = score(name, (row, how), hint, evidence, table);
        if best.is_none_or(|(_, most)| score > most) {
            best = Some((row, score));
        }
    }
    best.map(|(row, _)| row)
}

fn score(name: Name, (row, how): (Row, How), hint: Hint, evidence: &Evidence, table: &Table) -> f32 {
    let weight = f32::from(table.weight(row));
    // A decimal digit of people is 26.6 steps.
    let mut score = (weight / 26.6).max(1.0);
    let kind = table.kind(row);
    let known = weight >= 159.0;
    score += match kind {
        PlaceKind::Country => 2.0,
        PlaceKind::City if table.is_capital(row) => 1.0,
        PlaceKind::City => 0.5,
        _ => 0.0,
    };
    score -= match how {
        How::Primary => 0.0,
        How::Alternate if known => 0.6,
        How::Alternate => 1.0,
        How::Demonym => 2.5,
    };
    score += 3.0 * evidence.share(name, row, table);
    if kind == PlaceKind::City {
        score += evidence.nearness(name, row, table);
    }
    match kind {
        // States are named in lists of states.
        PlaceKind::Region => score += 0.2 * evidence.siblings(row, table) + 0.4 * evidence.region(row),
        _ => score += 0.9 * table.region(row).map_or(0.0, |r| evidence.region(r)),
    }
    // A small region that is called like its town is seldom meant without its "province".
    if kind == PlaceKind::Region && weight < 159.0 && !hint.region && hint.inside.is_none() && has_town(name, table) {
        score -= 1.5;
    }
    if (hint.region && kind == PlaceKind::City) || (hint.town && kind == PlaceKind::Country) {
        score -= 5.0;
    }
    if let Some(outer) = hint.inside {
        score += fit(row, outer, table).map_or(0.0, |fit| 6.0 + 2.0 * fit);
    }
    score
}

/// Whether `name` is a town's too.
fn has_town(name: Name, table: &Table) -> bool {
    table.places(name).any(|(row, how)| table.kind(row) == PlaceKind::City && how == How::Primary)
}

/// Mentions of an article with their hints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention {
    pub(super) spot: Spot,
    pub(super) hint: Hint,
    /// Whether something beside it says that it is a place.
    pub(super) proof: bool,
}
