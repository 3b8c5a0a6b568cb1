//! Which of several places of one name is meant: by region and country named beside it, by what else the article
//! names, by size. One sense per article for a name that stands alone.

use std::sync::LazyLock;

use super::Candidate;
use super::gazetteer::{self, How, Row};
use super::known::{Known, Sense};
use super::spot::Spot;
use crate::annotations::PlaceKind;

/// What stands around a mention that narrows its meaning.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub(super) struct Hint {
    /// A region or country behind it that holds it: "Paris, Texas".
    pub(super) inside: Option<Sense>,
    /// It is itself what holds the place before it: this row.
    pub(super) outer: Option<Sense>,
    /// "state", "region" and the like follow.
    pub(super) region: bool,
    /// Somebody of a town follows the name of a country: "a Lebanon man" is of no country.
    pub(super) town: bool,
}

/// What the article says about where it plays.
#[derive(Debug)]
pub(super) struct Evidence {
    /// By the numbers of countries.
    countries: [f32; 256],
    regions: Vec<Region>,
    total: f32,
    /// What each name, by its number, has said itself of a country: it is no witness in its own case.
    own: Vec<(u8, f32)>,
    /// Points of towns that are certain, with the numbers of their names.
    points: Vec<(usize, (f32, f32))>,
}

#[derive(Debug)]
struct Region {
    row: Row,
    country: u8,
    amount: f32,
}

/// Kilometres within which a town belongs to the region whose centre is there.
const REACH: f32 = 450.0;

/// Places of an article that may speak for their neighbours, at most.
const POINTS: usize = 24;

impl Evidence {
    /// Nothing yet, for a text with so many names.
    pub(super) fn of(names: usize) -> Evidence {
        Evidence {
            countries: [0.0; 256],
            regions: Vec::new(),
            total: 0.0,
            own: vec![(0, 0.0); names],
            points: Vec::with_capacity(POINTS),
        }
    }

    /// Adds what a name says by itself: a demonym, country or state fully, a name of one well-known place half.
    pub(super) fn add(&mut self, candidate: &Candidate) {
        let Candidate { spot, known, sort, .. } = candidate;
        let amount = if sort.country || sort.demonym || sort.large { 1.0 } else { 0.5 };
        match &known.plain {
            Some(sense) => self.add_sense(spot.number, sense, amount),
            // Every Floyd County is in the United States.
            None => self.add_country(spot.number, known.country, 0.5),
        }
    }

    fn add_country(&mut self, name: usize, country: u8, amount: f32) {
        if country == 0 {
            return;
        }
        if let Some(of) = self.countries.get_mut(usize::from(country)) {
            *of += amount;
        }
        self.total += amount;
        if let Some(own) = self.own.get_mut(name) {
            if own.0 == 0 {
                own.0 = country;
            }
            own.1 += if own.0 == country { amount } else { 0.0 };
        }
    }

    /// Adds a place that is certain, told by the name with the number `name`.
    pub(super) fn add_sense(&mut self, name: usize, sense: &Sense, amount: f32) {
        let facts = &sense.facts;
        // A state is too wide to say which of two towns is meant, and states stand in lists of states.
        if sense.is_town()
            && let Some(at) = facts.at
            && self.points.len() < POINTS
            && !self.points.contains(&(name, at))
        {
            self.points.push((name, at));
        }
        if facts.country == 0 {
            return;
        }
        self.add_country(name, facts.country, amount);
        // A county speaks for its state.
        let regions = [Some(sense.row).filter(|_| facts.kind == PlaceKind::Region), facts.region];
        for region in regions.into_iter().flatten() {
            match self.regions.iter_mut().find(|known| known.row == region) {
                Some(known) => known.amount += amount,
                None => self.regions.push(Region { row: region, country: facts.country, amount }),
            }
        }
    }

    fn country(&self, number: u8) -> f32 {
        self.countries.get(usize::from(number)).copied().unwrap_or_default()
    }

    /// Whether the article names the country of a place, or another place in it.
    pub(super) fn knows(&self, sense: &Sense) -> bool {
        self.country(sense.facts.country) > 0.0
    }

    /// Whether the article names the country of a place otherwise than by the name with the number `name`.
    pub(super) fn knows_beside(&self, name: usize, sense: &Sense) -> bool {
        let country = sense.facts.country;
        let own = self.own.get(name).filter(|(of, _)| *of == country).map_or(0.0, |(_, amount)| *amount);
        self.country(country) - own > 0.01
    }

    /// The share of the article, but for the name itself, that is about a country: 0 to 1.
    fn share(&self, name: usize, country: u8) -> f32 {
        let (own_country, own) = self.own.get(name).copied().unwrap_or_default();
        let total = self.total - own;
        if country == 0 || total < 0.1 {
            return 0.0;
        }
        let of = |c: u8| self.country(c) - if c == own_country { own } else { 0.0 };
        let near = neighbours(country).iter().fold(0.0, |sum, near| sum + 0.5 * of(*near));
        ((of(country) + near) / total).clamp(0.0, 1.0)
    }

    /// How close a place is to other certain places of the article: 0 (far from all) to 1.5.
    fn nearness(&self, name: usize, here: Option<(f32, f32)>) -> f32 {
        let Some(here) = here else { return 0.0 };
        let others = self.points.iter().filter(|(other, at)| *other != name && *at != here && !is_far(here, *at));
        let near = others.map(|(_, at)| match kilometres(here, *at) {
            far if far < 60.0 => 0.8,
            far if far < 150.0 => 0.5,
            far if far < 300.0 => 0.2,
            _ => 0.0,
        });
        near.sum::<f32>().min(1.5)
    }

    fn region(&self, row: Row) -> f32 {
        self.regions.iter().find(|known| known.row == row).map_or(0.0, |known| known.amount).min(2.0)
    }

    /// Other regions of the same country that the article names.
    fn siblings(&self, sense: &Sense) -> f32 {
        let others = self.regions.iter().filter(|r| r.row != sense.row && r.country == sense.facts.country);
        others.take(5).count() as f32
    }
}

/// Countries that speak for another one whose name is shared: Georgia is the country where its neighbours are named.
const NEIGHBOURS: &[(&str, &[&str])] = &[("GE", &["RU", "AM", "AZ", "UA"]), ("CG", &["GA", "CM"])];

/// The numbers of the countries that speak for the one with this number.
fn neighbours(country: u8) -> &'static [u8] {
    static NUMBERS: LazyLock<Vec<(u8, Vec<u8>)>> = LazyLock::new(|| {
        let number = |code: &&str| gazetteer::table().number_of_country(code);
        NEIGHBOURS.iter().map(|(code, near)| (number(code), near.iter().map(number).collect())).collect()
    });
    NUMBERS.iter().find(|(known, _)| *known == country).map(|(_, near)| near.as_slice()).unwrap_or_default()
}

/// The place of the name `next` that holds a place of the name before it, if there is one.
pub(super) fn holder(this: &Candidate, next: &Candidate) -> Option<Sense> {
    if !next.known.holds {
        return None;
    }
    let sort = this.sort;
    let least = if sort.country { 1.0 } else { 0.0 };
    let mut best: Option<(&Sense, f32)> = None;
    for outer in next.known.senses.iter().filter(|outer| outer.how != How::Demonym) {
        let kind = outer.facts.kind;
        let wide = match kind {
            PlaceKind::Country => !sort.country,
            PlaceKind::Region => !sort.large || sort.country,
            _ => false,
        };
        // What holds the holder narrows it: the Scott County of Indiana.
        if !wide || next.holder.is_some_and(|wider| fit(outer, &wider).is_none()) {
            continue;
        }
        let towns = this.known.senses.iter().filter(|sense| !sort.country || sense.is_town());
        let Some(fits) = towns.filter_map(|sense| fit(sense, outer)).reduce(f32::max).filter(|fit| *fit >= least)
        else {
            continue;
        };
        let better = |(than, most): (&Sense, f32)| {
            fits.total_cmp(&most).then(outer.facts.weight.cmp(&than.facts.weight)).is_gt()
        };
        if best.is_none_or(better) {
            best = Some((outer, fits));
        }
    }
    best.map(|(outer, _)| *outer)
}

/// How well a place lies in `outer`: 1 where the table says so, less with distance, `None` if it does not.
fn fit(sense: &Sense, outer: &Sense) -> Option<f32> {
    let (facts, wide) = (&sense.facts, &outer.facts);
    if sense == outer || facts.country != wide.country {
        return None;
    }
    match wide.kind {
        PlaceKind::Country => Some(1.0),
        _ if facts.region == Some(outer.row) => Some(1.0),
        _ if facts.kind == PlaceKind::Country => None,
        // Counties have no centre: what lies in their state may lie in them.
        _ if wide.at.is_none() => (facts.region == wide.region).then_some(0.5),
        _ => {
            let far = kilometres(facts.at?, wide.at?);
            (far < REACH).then(|| 0.9 - far / REACH)
        }
    }
}

/// Whether two points are so clearly more than 300 kilometres apart that it need not be worked out.
fn is_far(a: (f32, f32), b: (f32, f32)) -> bool {
    let polar = a.0.abs().max(b.0.abs()) > 80.0;
    (a.0 - b.0).abs() > 2.8 || !polar && (a.1 - b.1).abs() > 20.0
}

fn kilometres(a: (f32, f32), b: (f32, f32)) -> f32 {
    let east = (a.1 - b.1) * ((a.0 + b.0) / 2.0).to_radians().cos();
    111.0 * (a.0 - b.0).hypot(east)
}

/// The place that the name with the number `name` means in this article.
pub(super) fn choose(name: usize, known: &Known, hint: &Hint, evidence: &Evidence) -> Option<Sense> {
    if hint.outer.is_some() {
        return hint.outer;
    }
    if let [only] = &*known.senses {
        return Some(*only);
    }
    let mut best: Option<(&Sense, f32)> = None;
    for sense in &known.senses {
        let score = score(name, known, sense, hint, evidence);
        if best.is_none_or(|(_, most)| score > most) {
            best = Some((sense, score));
        }
    }
    best.map(|(sense, _)| *sense)
}

fn score(name: usize, known: &Known, sense: &Sense, hint: &Hint, evidence: &Evidence) -> f32 {
    let facts = &sense.facts;
    let weight = f32::from(facts.weight);
    // A decimal digit of people is 26.6 steps.
    let mut score = (weight / 26.6).max(1.0);
    let kind = facts.kind;
    let large = weight >= 159.0;
    score += match kind {
        PlaceKind::Country => 2.0,
        PlaceKind::City if facts.capital => 1.0,
        PlaceKind::City => 0.5,
        _ => 0.0,
    };
    score -= match sense.how {
        How::Primary => 0.0,
        How::Alternate if large => 0.6,
        How::Alternate => 1.0,
        How::Demonym => 2.5,
    };
    score += 3.0 * evidence.share(name, facts.country);
    if kind == PlaceKind::City {
        score += evidence.nearness(name, facts.at);
    }
    match kind {
        // States are named in lists of states.
        PlaceKind::Region => score += 0.2 * evidence.siblings(sense) + 0.4 * evidence.region(sense.row),
        _ => score += 0.9 * facts.region.map_or(0.0, |r| evidence.region(r)),
    }
    // A small region that is called like its town is seldom meant without its "province".
    if kind == PlaceKind::Region && weight < 159.0 && !hint.region && hint.inside.is_none() && known.town {
        score -= 1.5;
    }
    if (hint.region && kind == PlaceKind::City) || (hint.town && kind == PlaceKind::Country) {
        score -= 5.0;
    }
    if let Some(outer) = &hint.inside {
        score += fit(sense, outer).map_or(0.0, |fit| 6.0 + 2.0 * fit);
    }
    score
}

/// Mentions of an article with their hints.
#[derive(Debug, Clone, Copy)]
pub(super) struct Mention<'m> {
    pub(super) spot: Spot,
    pub(super) known: &'m Known,
    pub(super) hint: Hint,
    /// Whether something beside it says that it is a place.
    pub(super) proof: bool,
    /// Whether "in" and the like lead to it itself.
    pub(super) led: bool,
}
