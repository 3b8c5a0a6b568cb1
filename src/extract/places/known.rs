//! What a name may mean, with all that the rules ask of it: worked out once for each name, see [`memory`](super::memory).

use super::gazetteer::{Facts, How, Name, Row, Table};
use super::sort::{MILLIONS_1, Sort};
use crate::annotations::PlaceKind;

/// A place that a name may mean. Two are the same if their rows are.
#[derive(Debug, Clone, Copy)]
pub(super) struct Sense {
    pub(super) row: Row,
    /// How the name names it.
    pub(super) how: How,
    pub(super) facts: Facts,
}

impl PartialEq for Sense {
    fn eq(&self, other: &Sense) -> bool {
        self.row == other.row
    }
}

impl Sense {
    pub(super) fn is_town(&self) -> bool {
        self.facts.kind == PlaceKind::City
    }
}

/// What is known of a name.
#[derive(Debug)]
pub(super) struct Known {
    pub(super) sort: Sort,
    /// What it may mean. Some names are only the first words of others and mean nothing.
    pub(super) senses: Box<[Sense]>,
    /// What it means with no help, where there is one place that outweighs all others of that name.
    pub(super) plain: Option<Sense>,
    /// The one country that all its places lie in, 0 if there is none.
    pub(super) country: u8,
    /// Whether a place of it may hold the place named before it.
    pub(super) holds: bool,
    /// Whether it is a town's English name.
    pub(super) town: bool,
    /// Whether it is the English name of a place that counts as one of a million people.
    pub(super) primary: bool,
    /// Words of the longest name that begins with it.
    pub(super) longest: usize,
    /// A bit for the beginning of each word that may stand second in such a name.
    seconds: u64,
}

impl Known {
    pub(super) fn of(name: Name, table: &Table) -> Known {
        let sense = |(row, how)| Sense { row, how, facts: table.facts(row) };
        let senses: Box<[Sense]> = table.places(name).map(sense).collect();
        let longest = table.longest(name);
        let seconds = if longest > 1 { table.seconds(name).map_or(u64::MAX, seconds) } else { 0 };
        let mut countries = senses.iter().map(|sense| sense.facts.country);
        let country = countries.next().filter(|country| countries.all(|other| other == *country)).unwrap_or_default();
        Known {
            sort: Sort::of(&senses),
            plain: plain(&senses),
            country,
            holds: holds(&senses),
            town: senses.iter().any(|sense| sense.is_town() && sense.how == How::Primary),
            primary: senses.iter().any(|sense| sense.how == How::Primary && sense.facts.weight >= MILLIONS_1),
            longest,
            seconds,
            senses,
        }
    }

    /// Whether `word` may be the second of a name that begins with this one. If so, it has to be looked up.
    pub(super) fn may_go_on(&self, word: &str) -> bool {
        match word.as_bytes() {
            [first, second, ..] if first.is_ascii_alphanumeric() && second.is_ascii_alphanumeric() => {
                self.seconds & bit(first.to_ascii_lowercase(), second.to_ascii_lowercase()) != 0
            }
            // What folding makes of it is not told by its bytes.
            _ => self.seconds != 0,
        }
    }
}

fn seconds<'n>(rests: impl Iterator<Item = &'n str>) -> u64 {
    let bits = rests.map(|rest| match rest.as_bytes() {
        [first, second, ..] => bit(*first, *second),
        _ => 1,
    });
    bits.fold(0, |all, bit| all | bit)
}

/// One of 64 bits for the first two bytes of a folded word.
fn bit(first: u8, second: u8) -> u64 {
    1 << ((u32::from(first) * 7 + u32::from(second) * 11) % 64)
}

/// The place a name means with no help, where there is one that outweighs all others of that name.
fn plain(senses: &[Sense]) -> Option<Sense> {
    let (mut best, mut second): (Option<(&Sense, u32)>, u32) = (None, 0);
    for sense in senses {
        let bonus = if sense.facts.kind == PlaceKind::Country { 27 } else { 8 };
        let weight = u32::from(sense.facts.weight) + bonus - if sense.how == How::Alternate { 8 } else { 0 };
        if best.is_none_or(|(_, most)| weight > most) {
            second = best.map_or(second, |(_, most)| most);
            best = Some((sense, weight));
        } else {
            second = second.max(weight);
        }
    }
    // 27 steps of an eighth of a binary digit: ten times the people.
    best.filter(|(_, weight)| *weight >= second + 27).map(|(sense, _)| *sense)
}

/// Whether the name is first of all no town's, or a country or large region has it too.
fn holds(senses: &[Sense]) -> bool {
    let named = senses.iter().filter(|sense| sense.how != How::Demonym);
    let Some(largest) = named.max_by_key(|sense| sense.facts.weight) else { return false };
    !largest.is_town() || senses.iter().any(is_large)
}

fn is_large(sense: &Sense) -> bool {
    let facts = &sense.facts;
    facts.kind == PlaceKind::Country || (facts.kind == PlaceKind::Region && facts.weight >= 140)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::extract::places::gazetteer;

    #[test]
    fn what_may_go_on_a_name() {
        let table = gazetteer::table();
        let known = |key| table.name(key).map(|name| Known::of(name, table));
        for (first, second) in [("new", "York"), ("new", "york"), ("san", "Salvador"), ("cote", "d'"), ("cote", "É")] {
            assert!(known(first).is_some_and(|known| known.may_go_on(second)), "{first} {second}");
        }
        assert!(known("geneva").is_some_and(|known| !known.may_go_on("zebras")));
        assert!(known("xi").is_none_or(|known| known.longest > 1 || !known.may_go_on("é")));
    }
}
