//! The gazetteer: places and their names.
//!
//! Rows are sorted by their own (English) name, so that a name owns a run of rows; further names (alternates, demonyms)
//! point at rows. What is read of the [`file`] and looked up is here; which of several places is meant is decided
//! elsewhere.

mod file;

use std::sync::LazyLock;

use self::file::File;
use super::key;
use crate::annotations::PlaceKind;

static TABLE: LazyLock<Table> = LazyLock::new(|| Table(File::open().unwrap_or_default()));
static BY_ID: LazyLock<ById> = LazyLock::new(|| ById::of(&TABLE));

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
    pub name: String,
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

/// The table.
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
    BY_ID.row(id, table()).map(|row| table().place(row))
}

/// The code of a country given by its code, or by any of its names: `CH`, `ch`, `Switzerland`, `Schweiz`.
pub fn country(code_or_name: &str) -> Option<&'static str> {
    let table = table();
    let typed = code_or_name.trim();
    let code = typed.to_ascii_uppercase();
    let known = if typed.len() == 2 { table.countries().find(|known| *known == code) } else { None };
    known.or_else(|| {
        let name = table.name(&key::of(typed))?;
        let named = table.places(name).filter(|(_, how)| *how != How::Demonym).map(|(row, _)| table.facts(row));
        let countries = named.filter(|facts| facts.kind == PlaceKind::Country);
        countries.max_by_key(|facts| facts.weight).and_then(|facts| table.country_code(facts.country))
    })
}

/// What the gazetteer says of a row, but for its name.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Facts {
    pub(super) kind: PlaceKind,
    /// Whether it is the capital of its country.
    pub(super) capital: bool,
    /// Eight times the binary logarithm of its people (for regions and areas of how often they are meant).
    pub(super) weight: u8,
    /// The country as a small number, 0 for none: to count with.
    pub(super) country: u8,
    /// The first-level region that a town lies in.
    pub(super) region: Option<Row>,
    /// Degrees north and east.
    pub(super) at: Option<(f32, f32)>,
}

/// The table: the file, and what its numbers mean.
pub(super) struct Table(File);

impl Table {
    /// The name with this key (see [`key`]).
    pub(super) fn name(&self, key: &str) -> Option<Name> {
        self.0.find(key).map(Name)
    }

    /// Words of the longest name that begins with the word `name`; at least 1.
    pub(super) fn longest(&self, name: Name) -> usize {
        self.0.name(name.0).map_or(1, |entry| usize::from(entry.longest()).max(1))
    }

    /// What stands behind a one-word name and a blank in the names that begin with it, where that is told fast.
    pub(super) fn seconds(&self, name: Name) -> Option<impl Iterator<Item = &str>> {
        self.0.name(name.0)?.seconds()
    }

    /// The places of a name. Some names are only the first words of others and have none.
    pub(super) fn places(&self, name: Name) -> impl Iterator<Item = (Row, How)> + '_ {
        let entry = self.0.name(name.0);
        let own = entry.map_or(0..0, |entry| entry.own()).map(|row| (Row(row as u32), How::Primary));
        let links = entry.map(|entry| entry.links()).unwrap_or_default();
        own.chain(links.iter().map(|link| {
            let how = if link & 1 == 1 { How::Demonym } else { How::Alternate };
            (Row(link >> 1), how)
        }))
    }

    /// Everything about a row.
    pub(super) fn place(&'static self, row: Row) -> Place {
        let facts = self.facts(row);
        Place {
            id: self.id(row),
            name: self.english(row),
            kind: facts.kind,
            country: self.country_code(facts.country),
            at: facts.at,
        }
    }

    pub(super) fn id(&self, row: Row) -> u32 {
        self.0.id(row.0).unwrap_or_default()
    }

    /// What is known of a row.
    pub(super) fn facts(&self, row: Row) -> Facts {
        let Some(facts) = self.0.facts(row.0) else { return Facts::NONE };
        let kind = match facts.common.flags & 7 {
            0 => PlaceKind::City,
            1 => PlaceKind::Region,
            2 => PlaceKind::Country,
            3 => PlaceKind::Water,
            _ => PlaceKind::Area,
        };
        let degrees = |hundredths: i16| f32::from(hundredths) / 100.0;
        let region = usize::from(facts.common.region).checked_sub(1);
        Facts {
            kind,
            capital: facts.common.flags & 8 != 0,
            weight: facts.weight,
            country: facts.common.country,
            region: region.and_then(|number| self.0.regions.get(number)).map(|row| Row(*row)),
            at: facts.at.map(|(lat, lon)| (degrees(lat), degrees(lon))),
        }
    }

    /// The code of the country with this number.
    pub(super) fn country_code(&self, number: u8) -> Option<&str> {
        let number = usize::from(number).checked_sub(1)?;
        self.0.countries.get(number * 2..number * 2 + 2)
    }

    /// The number of a country by its code.
    pub(super) fn number_of_country(&self, code: &str) -> u8 {
        self.countries().position(|known| known == code).map_or(0, |n| n as u8 + 1)
    }

    fn countries(&self) -> impl Iterator<Item = &str> {
        (1..=(self.0.countries.len() / 2) as u8).filter_map(|number| self.country_code(number))
    }

    /// The English name of a row, as it is written.
    pub(super) fn english(&self, row: Row) -> String {
        let title = title_case(self.0.owner(row.0).unwrap_or_default());
        self.0.spelled(row.0, &title).unwrap_or(title)
    }
}

impl Facts {
    /// Of a row that is not there.
    const NONE: Facts = Facts { kind: PlaceKind::City, capital: false, weight: 0, country: 0, region: None, at: None };
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

/// The rows by their ids, in lists by the last two bytes: most lists are of three or four.
struct ById {
    /// Where each list begins, and one more.
    starts: Vec<u32>,
    rows: Vec<Row>,
}

impl ById {
    fn of(table: &Table) -> ById {
        let rows = (0..table.0.rows() as u32).map(Row);
        let list = |row: Row| table.id(row) as u16 as usize;
        let mut ends = vec![0u32; (1 << 16) + 1];
        let lists: Vec<usize> = rows.clone().map(list).collect();
        for list in &lists {
            if let Some(count) = ends.get_mut(*list) {
                *count += 1;
            }
        }
        let mut at = 0;
        ends.iter_mut().for_each(|end| {
            at += *end;
            *end = at;
        });
        // Filled from behind, each end becomes the start of its list.
        let mut sorted = vec![Row(0); lists.len()];
        for (row, list) in rows.zip(lists) {
            let Some(end) = ends.get_mut(list) else { continue };
            *end -= 1;
            if let Some(slot) = sorted.get_mut(*end as usize) {
                *slot = row;
            }
        }
        ById { starts: ends, rows: sorted }
    }

    fn row(&self, id: u32, table: &Table) -> Option<Row> {
        let list = usize::from(id as u16);
        let rows = *self.starts.get(list)? as usize..*self.starts.get(list + 1)? as usize;
        self.rows.get(rows)?.iter().copied().find(|row| table.id(*row) == id)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn best(name: &str) -> Place {
        let table = table();
        let found = table.name(&key::of(name)).unwrap_or_else(|| panic!("no {name}"));
        let row = table.places(found).map(|(row, _)| row).max_by_key(|row| table.facts(*row).weight).unwrap();
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
        assert_eq!((geneva.name.as_str(), geneva.country, geneva.kind), ("Geneva", Some("CH"), PlaceKind::City));
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
    fn every_row_is_found_by_its_id() {
        let table = table();
        for row in (0..table.0.rows() as u32).map(Row) {
            assert_eq!(BY_ID.row(table.id(row), table), Some(row));
        }
    }
}
