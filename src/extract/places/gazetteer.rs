//! The gazetteer: a table of places and their names, compressed in the binary, unpacked when first asked.
//!
//! Written by `scripts/gazetteer.py`. Rows are sorted by their own (English) name, so that a name owns a run of
//! rows; further names (alternates, demonyms) point at rows. All numbers are little-endian, lowest bytes of a
//! column first. This file only reads and looks up; which of several places is meant is decided elsewhere.

use std::borrow::Cow;
use std::ops::Range;
use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::key;
use crate::annotations::PlaceKind;

static PACKED: &[u8] = include_bytes!("../data/gazetteer.bin.zst");
static TABLE: LazyLock<Table> = LazyLock::new(|| unpack().unwrap_or_default());
static BY_ID: LazyLock<FxHashMap<u32, u32>> = LazyLock::new(|| {
    let table = &*TABLE;
    (0u32..).zip(&table.ids).map(|(row, id)| (*id, row)).collect()
});

/// A row of the gazetteer: one place. Only good for this build's table; what is stored is [`Place::id`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Row(u32);

/// How a name names a place.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum How {
    /// It is the place's English name.
    Primary,
    /// Another spelling, language or former name.
    Alternate,
    /// Its people or what belongs to it: `Swiss`.
    Demonym,
}

/// What the gazetteer knows of a place.
#[derive(Debug, Clone, PartialEq)]
pub struct Place {
    /// Stable id: that of GeoNames, or one of ours from 10^9 on.
    pub id: u32,
    /// English name.
    pub name: Cow<'static, str>,
    /// City, region, country, ...
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code.
    pub country: Option<&'static str>,
    /// Degrees north and east.
    pub at: Option<(f32, f32)>,
}

/// A name of the table; see [`Table::name`].
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Name(u32);

/// The unpacked table, in columns.
#[derive(Default)]
pub(super) struct Table {
    ids: Vec<u32>,
    lat: Vec<u16>,
    lon: Vec<u16>,
    country: Vec<u8>,
    region: Vec<u16>,
    weight: Vec<u8>,
    flags: Vec<u8>,
    /// Two letters each, in the order of their numbers, which begin at 1.
    countries: String,
    /// Row of each region that towns say they lie in; numbers begin at 1.
    regions: Vec<u32>,
    text: String,
    /// Where each name begins in `text`, and one more.
    starts: Vec<u32>,
    /// Words of the longest name that begins with this one-word name.
    longest: Vec<u8>,
    /// First row of each name, and one more.
    own: Vec<u32>,
    /// First link of each name, and one more.
    more: Vec<u32>,
    links: Vec<u32>,
    /// Rows whose name is not their key in title case, ascending, and where their spelling begins.
    spelled: Vec<u32>,
    spellings: Vec<u32>,
    spelling: String,
    /// Open addressing: number of a name, with some bits of its hash above it.
    slots: Vec<u32>,
    /// A bit for the hash of each name, which turns most other words away without touching the slots.
    seen: Vec<u64>,
    /// The name whose run each row is in.
    names: Vec<u32>,
}

/// The table, unpacked on the first call.
pub(super) fn table() -> &'static Table {
    &TABLE
}

/// The places that `name` (in any spelling, case or accents) may name, by how it names them.
pub fn lookup(name: &str) -> impl Iterator<Item = (u32, How)> {
    let table = table();
    let found = table.name(&key::of(name));
    found.into_iter().flat_map(|name| table.places(name)).map(|(row, how)| (table.id(row), how))
}

/// The place with this id.
pub fn place(id: u32) -> Option<Place> {
    BY_ID.get(&id).map(|row| table().place(Row(*row)))
}

/// The code of a country given by its code, or by any of its names: `CH`, `ch`, `Switzerland`, `Schweiz`.
pub fn country(code_or_name: &str) -> Option<&'static str> {
    let table = table();
    let typed = code_or_name.trim();
    let code = typed.to_ascii_uppercase();
    let known = if typed.len() == 2 { table.countries().find(|known| *known == code) } else { None };
    known.or_else(|| {
        let name = table.name(&key::of(typed))?;
        let rows =
            table.places(name).filter(|(row, how)| *how != How::Demonym && table.kind(*row) == PlaceKind::Country);
        rows.max_by_key(|(row, _)| table.weight(*row)).and_then(|(row, _)| table.country(row))
    })
}

impl Table {
    /// The name with this key (see [`key`]).
    pub(super) fn name(&self, key: &str) -> Option<Name> {
        let mask = self.slots.len().wrapping_sub(1);
        let hash = xxh3_64(key.as_bytes());
        let bit = hash as usize & SEEN_MASK;
        if self.seen.get(bit >> 6).is_none_or(|word| word >> (bit & 63) & 1 == 0) {
            return None;
        }
        let tag = tag(hash);
        let mut slot = hash as usize & mask;
        loop {
            let entry = *self.slots.get(slot)?;
            if entry == EMPTY {
                return None;
            }
            if entry & !INDEX == tag && self.text_of(entry & INDEX) == key {
                return Some(Name(entry & INDEX));
            }
            slot = (slot + 1) & mask;
        }
    }

    /// Words of the longest name that begins with the word `name`; at least 1.
    pub(super) fn longest(&self, name: Name) -> usize {
        self.longest.get(name.0 as usize).map_or(1, |n| usize::from(*n).max(1))
    }

    /// The places of a name. Some names are only the first words of others and have none.
    pub(super) fn places(&self, name: Name) -> impl Iterator<Item = (Row, How)> + '_ {
        let own = range(&self.own, name.0).map(|row| (Row(row as u32), How::Primary));
        let links = self.links.get(range(&self.more, name.0)).unwrap_or_default();
        own.chain(links.iter().map(|link| {
            let how = if link & 1 == 1 { How::Demonym } else { How::Alternate };
            (Row(link >> 1), how)
        }))
    }

    /// Everything about a row.
    pub(super) fn place(&'static self, row: Row) -> Place {
        Place {
            id: self.id(row),
            name: self.english(row),
            kind: self.kind(row),
            country: self.country(row),
            at: self.at(row),
        }
    }

    pub(super) fn id(&self, row: Row) -> u32 {
        self.ids.get(row.0 as usize).copied().unwrap_or_default()
    }

    pub(super) fn kind(&self, row: Row) -> PlaceKind {
        match self.flags.get(row.0 as usize).copied().unwrap_or_default() & 7 {
            0 => PlaceKind::City,
            1 => PlaceKind::Region,
            2 => PlaceKind::Country,
            3 => PlaceKind::Water,
            _ => PlaceKind::Area,
        }
    }

    /// Whether it is the capital of its country.
    pub(super) fn is_capital(&self, row: Row) -> bool {
        self.flags.get(row.0 as usize).is_some_and(|f| f & 8 != 0)
    }

    pub(super) fn country(&self, row: Row) -> Option<&str> {
        let number = usize::from(*self.country.get(row.0 as usize)?).checked_sub(1)?;
        self.countries.get(number * 2..number * 2 + 2)
    }

    /// The country as a small number, 0 for none: to count with.
    pub(super) fn country_number(&self, row: Row) -> u8 {
        self.country.get(row.0 as usize).copied().unwrap_or_default()
    }

    /// The number of a country by its code.
    pub(super) fn number_of_country(&self, code: &str) -> u8 {
        self.countries().position(|known| known == code).map_or(0, |n| n as u8 + 1)
    }

    fn countries(&self) -> impl Iterator<Item = &str> {
        (0..self.countries.len() / 2).filter_map(|n| self.countries.get(n * 2..n * 2 + 2))
    }

    /// Degrees north and east.
    pub(super) fn at(&self, row: Row) -> Option<(f32, f32)> {
        let degrees = |column: &[u16]| {
            let fixed = column.get(row.0 as usize).copied().filter(|v| *v != 0x8000)?;
            Some(f32::from(fixed as i16) / 100.0)
        };
        Some((degrees(&self.lat)?, degrees(&self.lon)?))
    }

    /// Eight times the binary logarithm of its people (for regions and areas of how often they are meant).
    pub(super) fn weight(&self, row: Row) -> u8 {
        self.weight.get(row.0 as usize).copied().unwrap_or_default()
    }

    /// The first-level region that a town lies in.
    pub(super) fn region(&self, row: Row) -> Option<Row> {
        let number = usize::from(*self.region.get(row.0 as usize)?).checked_sub(1)?;
        self.regions.get(number).map(|r| Row(*r))
    }

    fn text_of(&self, name: u32) -> &str {
        self.text.get(range(&self.starts, name)).unwrap_or_default()
    }

    fn english(&self, row: Row) -> Cow<'_, str> {
        if let Ok(at) = self.spelled.binary_search(&row.0) {
            return Cow::Borrowed(self.spelling.get(range(&self.spellings, at as u32)).unwrap_or_default());
        }
        let name = self.names.get(row.0 as usize).copied().unwrap_or_default();
        Cow::Owned(title_case(self.text_of(name)))
    }
}

fn title_case(key: &str) -> String {
    let mut out = String::with_capacity(key.len());
    let mut start = true;
    for c in key.chars() {
        if start {
            out.extend(c.to_uppercase())
        } else {
            out.push(c)
        }
        start = c == ' ';
    }
    out
}

/// Entry `n` of a column of starts that has one entry more than things.
fn range(starts: &[u32], n: u32) -> Range<usize> {
    let n = n as usize;
    let at = |i: usize| starts.get(i).map_or(0, |v| *v as usize);
    at(n)..at(n + 1)
}

// ---- unpacking -----------------------------------------------------------------------------------------------------

const EMPTY: u32 = u32::MAX;
/// Bits of [`Table::seen`], less one: a quarter of a megabyte, which stays in the cache.
const SEEN_MASK: usize = (1 << 21) - 1;
/// Bits of a slot that number the name.
const INDEX: u32 = (1 << 19) - 1;

fn tag(hash: u64) -> u32 {
    ((hash >> 32) as u32) & !INDEX
}

struct Reader {
    bytes: Vec<u8>,
    at: usize,
}

impl Reader {
    fn take(&mut self, len: usize) -> Option<Range<usize>> {
        let end = self.at.checked_add(len).filter(|end| *end <= self.bytes.len())?;
        let taken = self.at..end;
        self.at = end;
        Some(taken)
    }

    fn bytes(&mut self, len: usize) -> Option<&[u8]> {
        let range = self.take(len)?;
        self.bytes.get(range)
    }

    fn text(&mut self, len: usize) -> Option<String> {
        String::from_utf8(self.bytes(len)?.to_vec()).ok()
    }

    /// `count` numbers of `width` bytes, stored as planes.
    fn numbers(&mut self, count: usize, width: usize) -> Option<Vec<u32>> {
        let mut out = vec![0u32; count];
        for shift in 0..width {
            let plane = self.bytes(count)?;
            out.iter_mut().zip(plane).for_each(|(n, byte)| *n |= u32::from(*byte) << (8 * shift));
        }
        Some(out)
    }

    fn shorts(&mut self, count: usize) -> Option<Vec<u16>> {
        let low = self.take(count)?;
        let high = self.take(count)?;
        let (low, high) = (self.bytes.get(low)?, self.bytes.get(high)?);
        Some(low.iter().zip(high).map(|(l, h)| u16::from_le_bytes([*l, *h])).collect())
    }
}

fn unpack() -> Option<Table> {
    let mut r = Reader { bytes: zstd::decode_all(PACKED).ok()?, at: 0 };
    let header: Vec<usize> =
        r.bytes(32)?.chunks_exact(4).map(|b| b.iter().rev().fold(0, |n, byte| n << 8 | usize::from(*byte))).collect();
    let &[places, names, links, text, spelled, spelling, countries, regions] = header.as_slice() else { return None };
    let mut table = Table {
        countries: r.text(countries * 2)?,
        regions: r.numbers(regions, 4)?,
        ids: r.numbers(places, 4)?,
        lat: r.shorts(places)?,
        lon: r.shorts(places)?,
        country: r.bytes(places)?.to_vec(),
        region: r.shorts(places)?,
        weight: r.bytes(places)?.to_vec(),
        flags: r.bytes(places)?.to_vec(),
        ..Table::default()
    };
    let (shared, rest) = (r.take(names)?, r.take(names)?);
    table.longest = r.bytes(names)?.to_vec();
    table.own = starts(r.bytes(names)?);
    table.more = starts(r.bytes(names)?);
    table.links = r.numbers(links, 3)?;
    let tails = r.take(text)?;
    (table.text, table.starts) = front_coded(r.bytes.get(shared)?, r.bytes.get(rest)?, r.bytes.get(tails)?)?;
    table.spelled = r.numbers(spelled, 3)?;
    table.spellings = starts(r.bytes(spelled)?);
    table.spelling = r.text(spelling)?;
    (table.slots, table.seen) = slots(&table);
    table.names = vec![0; places];
    for name in 0..names as u32 {
        table.names.get_mut(range(&table.own, name))?.fill(name);
    }
    Some(table)
}

/// Running sums: where each of things with these lengths begins, and where the last one ends.
fn starts(lengths: &[u8]) -> Vec<u32> {
    let mut at = 0;
    let mut out = Vec::with_capacity(lengths.len() + 1);
    out.push(0);
    out.extend(lengths.iter().map(|len| {
        at += u32::from(*len);
        at
    }));
    out
}

/// Strings of which only what differs from the one before is stored.
fn front_coded(shared: &[u8], rest: &[u8], tails: &[u8]) -> Option<(String, Vec<u32>)> {
    let mut text: Vec<u8> = Vec::with_capacity(tails.len() * 3);
    let mut starts = Vec::with_capacity(shared.len() + 1);
    let (mut before, mut at) = (0, 0);
    for (shared, rest) in shared.iter().zip(rest) {
        let start = text.len();
        starts.push(start as u32);
        let kept = before..before + usize::from(*shared);
        if kept.end > start {
            return None;
        }
        text.extend_from_within(kept);
        text.extend_from_slice(tails.get(at..at + usize::from(*rest))?);
        at += usize::from(*rest);
        before = start;
    }
    starts.push(text.len() as u32);
    Some((String::from_utf8(text).ok()?, starts))
}

fn slots(table: &Table) -> (Vec<u32>, Vec<u64>) {
    let names = table.starts.len().saturating_sub(1);
    let size = (names * 3 / 2 + 1).next_power_of_two();
    let mut slots = vec![EMPTY; size];
    let mut seen = vec![0u64; (SEEN_MASK + 1) / 64];
    for name in 0..names.min(INDEX as usize) as u32 {
        let hash = xxh3_64(table.text_of(name).as_bytes());
        let bit = hash as usize & SEEN_MASK;
        if let Some(word) = seen.get_mut(bit >> 6) {
            *word |= 1 << (bit & 63);
        }
        let mut slot = hash as usize & (size - 1);
        while slots.get(slot).is_some_and(|entry| *entry != EMPTY) {
            slot = (slot + 1) & (size - 1);
        }
        if let Some(entry) = slots.get_mut(slot) {
            *entry = tag(hash) | name;
        }
    }
    (slots, seen)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn best(name: &str) -> Place {
        let table = table();
        let found = table.name(&key::of(name)).unwrap_or_else(|| panic!("no {name}"));
        let row = table.places(found).map(|(row, _)| row).max_by_key(|row| table.weight(*row)).unwrap();
        table.place(row)
    }

    #[test]
    fn spellings_are_one_place() {
        for same in [
            ["Kyiv", "Kiev", "Киев"],
            ["Geneva", "Genève", "Genf"],
            ["Mumbai", "Bombay", "MUMBAI"],
            ["Moscow", "Moskva", "Москва"],
            ["Switzerland", "Schweiz", "Suisse"],
            ["United States", "U.S.", "America"],
            ["Ivory Coast", "Côte d’Ivoire", "Cote d'Ivoire"],
        ] {
            let ids: Vec<u32> = same.iter().map(|name| best(name).id).collect();
            assert!(ids.windows(2).all(|pair| pair[0] == pair[1]), "{same:?}: {ids:?}");
        }
    }

    #[test]
    fn facts() {
        let geneva = best("Geneva");
        assert_eq!((geneva.name.as_ref(), geneva.country, geneva.kind), ("Geneva", Some("CH"), PlaceKind::City));
        let (lat, lon) = geneva.at.unwrap();
        assert!((lat - 46.2).abs() < 0.1 && (lon - 6.15).abs() < 0.1);
        assert_eq!(place(geneva.id), Some(geneva));
        assert_eq!(best("Port-au-Prince").name, "Port-au-Prince");
        assert_eq!(place(7), None);
    }

    #[test]
    fn countries_by_code_and_name() {
        for typed in ["CH", "ch", "Switzerland", "schweiz", " Suisse "] {
            assert_eq!(country(typed), Some("CH"), "{typed:?}");
        }
        assert_eq!(country("Georgia"), Some("GE"));
        assert_eq!(country("Geneva"), None);
        assert_eq!(country("UK"), Some("GB"));
        assert_eq!(country(""), None);
    }

    #[test]
    fn lookup_by_user_words() {
        assert!(lookup("Genf").any(|(id, _)| place(id).is_some_and(|p| p.name == "Geneva")));
        assert_eq!(lookup("Xyzzyville").count(), 0);
    }

    #[test]
    fn unpacks() {
        let table = unpack().unwrap();
        assert!(table.ids.len() > 150_000 && table.slots.len() > table.starts.len());
        assert_eq!(table.text.matches('\u{FFFD}').count(), 0);
    }
}
