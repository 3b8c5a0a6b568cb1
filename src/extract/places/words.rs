//! Words that tell a place from what only looks like one: one table of all of them, with the classes of each.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::extract::names::lexicon::hash_of;
use crate::text::fold;

/// Classes that a word is in; a word may be in several.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Classes(u32);

impl Classes {
    /// Of every word that has been looked up.
    pub(super) const LOOKED_UP: Classes = Classes(1 << 31);
    /// Ordinary words that also name towns.
    pub(super) const COMMON: Classes = Classes(1);
    /// Forenames: those that the names know, and some that are also towns.
    pub(super) const FORENAME: Classes = Classes(1 << 1);
    /// What stands before a person's family name.
    pub(super) const TITLE: Classes = Classes(1 << 2);
    /// Offices: behind a place they speak of it ("Texas Governor").
    pub(super) const OFFICE: Classes = Classes(1 << 3);
    /// What makes an organisation of the capitalised words before it.
    pub(super) const TAIL: Classes = Classes(1 << 4);
    /// What makes a public body of the place before it, which stays a place: "Boston Police Department".
    pub(super) const PUBLIC: Classes = Classes(1 << 5);
    /// What makes an organisation or rank of "of" and a place behind it.
    pub(super) const HEAD: Classes = Classes(1 << 6);
    /// Capitalised words that may stand before a place without being part of a longer name.
    pub(super) const BEFORE: Classes = Classes(1 << 7);
    /// Capitalised words that may stand behind a place without being part of a longer name.
    pub(super) const BEHIND: Classes = Classes(1 << 8);
    /// Words before "of" and a settlement: "the village of".
    pub(super) const SETTLEMENT: Classes = Classes(1 << 9);
    /// What is named after places without being there: "West Nile virus".
    pub(super) const ILL: Classes = Classes(1 << 10);
    /// Words that a place follows more often than a person does.
    pub(super) const DIRECTIONAL: Classes = Classes(1 << 11);
    /// Prepositions that only a place follows.
    pub(super) const PREPOSITION: Classes = Classes(1 << 12);
    /// Verbs whose subject is a government when it is a capital or country.
    pub(super) const VERB: Classes = Classes(1 << 13);
    /// What governments have: "Moscow's claim".
    pub(super) const POSSESSION: Classes = Classes(1 << 14);
    /// Words behind a name that say it is a region.
    pub(super) const REGIONAL: Classes = Classes(1 << 15);
    /// Names that count in capitals only.
    pub(super) const ACRONYM: Classes = Classes(1 << 16);
    /// Words before a country or region that make a name of both: "Captain America", "Air France".
    pub(super) const LEAD: Classes = Classes(1 << 17);
    /// Words before a town that make its club of it: "Bayern Munich".
    pub(super) const CLUB: Classes = Classes(1 << 18);
    /// People of a town, behind its name: "a Longview woman".
    pub(super) const RESIDENT: Classes = Classes(1 << 19);
    /// Countries that are also things of the kitchen or wardrobe, in lower case.
    pub(super) const THING: Classes = Classes(1 << 20);
    /// Directions and the like that only a place follows: "rural Kerala".
    pub(super) const SIDE: Classes = Classes(1 << 22);
    /// `the`
    pub(super) const THE: Classes = Classes(1 << 21);

    /// These classes and those of `other`.
    pub(super) const fn and(self, other: Classes) -> Classes {
        Classes(self.0 | other.0)
    }

    /// Whether the word is in one of the classes of `other`.
    pub(super) fn has(self, other: Classes) -> bool {
        self.0 & other.0 != 0
    }
}

/// The sections of the word list and what they are.
const SECTIONS: &[(&str, Classes)] = &[
    ("titles", Classes::TITLE),
    ("offices", Classes::OFFICE),
    ("tails", Classes::TAIL),
    ("public", Classes::PUBLIC),
    ("heads", Classes::HEAD),
    ("before", Classes::BEFORE),
    ("behind", Classes::BEHIND),
    ("settlements", Classes::SETTLEMENT),
    ("ills", Classes::ILL),
    ("directional", Classes::DIRECTIONAL),
    ("prepositions", Classes::PREPOSITION),
    ("verbs", Classes::VERB),
    ("possessions", Classes::POSSESSION),
    ("regional", Classes::REGIONAL),
    ("acronyms", Classes::ACRONYM),
    ("leads", Classes::LEAD),
    ("clubs", Classes::CLUB),
    ("residents", Classes::RESIDENT),
    ("things", Classes::THING),
    ("forenames", Classes::FORENAME),
    ("sides", Classes::SIDE),
];

/// Forenames of the names' list that are first of all places.
const PLACES: [&str; 5] = ["alexandria", "carolina", "guadalupe", "santiago", "sofia"];

/// By the hash of each word, which no other word of the lists has.
static TABLE: LazyLock<FxHashMap<u64, Classes>> = LazyLock::new(|| {
    let mut table: FxHashMap<u64, Classes> = FxHashMap::default();
    let mut put = |word: &str, class: Classes| table.entry(hash_of(word)).or_default().0 |= class.0;
    for (section, class) in SECTIONS {
        words(section_of(section)).for_each(|word| put(word, *class));
    }
    words(include_str!("../data/common_words.txt")).for_each(|word| put(word, Classes::COMMON));
    let rows = include_str!("../data/forenames.txt").lines().filter(|line| !line.starts_with('#'));
    let names = rows.filter_map(|line| line.split_once(": ")).filter(|(row, _)| *row != "common");
    let names = names.flat_map(|(_, names)| names.split_whitespace()).filter(|name| !PLACES.contains(name));
    names.for_each(|name| put(name, Classes::FORENAME));
    put("the", Classes::THE);
    table
});

/// The classes of a word, whatever its case and accents.
pub(super) fn classes(word: &str) -> Classes {
    let known = |word: &str| TABLE.get(&hash_of(word)).copied().unwrap_or_default();
    if word.is_ascii() && word.as_bytes().last() != Some(&b'.') { known(word) } else { known(&fold(word)) }
}

fn words(text: &'static str) -> impl Iterator<Item = &'static str> {
    text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace)
}

/// The text of one `[section]` of the word list.
fn section_of(name: &str) -> &'static str {
    let text = include_str!("../data/place_words.txt");
    text.split("\n[").find_map(|part| part.strip_prefix(name)?.strip_prefix("]\n")).unwrap_or_default()
}

/// The state or province that an abbreviation behind a comma stands for: `Calif.`, `TX`, `B.C.`
pub(super) fn abbreviated(word: &str) -> Option<&'static str> {
    STATES.binary_search_by_key(&word, |(short, _)| short).ok().and_then(|at| STATES.get(at)).map(|(_, name)| *name)
}

/// As printed, without dots; sorted. Two-letter postal codes in capitals, others in title case.
const STATES: &[(&str, &str)] = &[
    ("AK", "alaska"),
    ("AL", "alabama"),
    ("AR", "arkansas"),
    ("AZ", "arizona"),
    ("Ala", "alabama"),
    ("Alta", "alberta"),
    ("Ariz", "arizona"),
    ("Ark", "arkansas"),
    ("BC", "british columbia"),
    ("CA", "california"),
    ("CO", "colorado"),
    ("CT", "connecticut"),
    ("Cal", "california"),
    ("Calif", "california"),
    ("Colo", "colorado"),
    ("Conn", "connecticut"),
    ("DC", "washington dc"),
    ("DE", "delaware"),
    ("Del", "delaware"),
    ("FL", "florida"),
    ("Fla", "florida"),
    ("GA", "georgia"),
    ("Ga", "georgia"),
    ("HI", "hawaii"),
    ("IA", "iowa"),
    ("ID", "idaho"),
    ("IL", "illinois"),
    ("IN", "indiana"),
    ("Ill", "illinois"),
    ("Ind", "indiana"),
    ("KS", "kansas"),
    ("KY", "kentucky"),
    ("Kan", "kansas"),
    ("Kans", "kansas"),
    ("Ky", "kentucky"),
    ("LA", "louisiana"),
    ("La", "louisiana"),
    ("MA", "massachusetts"),
    ("MD", "maryland"),
    ("ME", "maine"),
    ("MI", "michigan"),
    ("MN", "minnesota"),
    ("MO", "missouri"),
    ("MS", "mississippi"),
    ("MT", "montana"),
    ("Man", "manitoba"),
    ("Mass", "massachusetts"),
    ("Md", "maryland"),
    ("Mich", "michigan"),
    ("Minn", "minnesota"),
    ("Miss", "mississippi"),
    ("Mo", "missouri"),
    ("Mont", "montana"),
    ("NB", "new brunswick"),
    ("NC", "north carolina"),
    ("ND", "north dakota"),
    ("NE", "nebraska"),
    ("NH", "new hampshire"),
    ("NJ", "new jersey"),
    ("NM", "new mexico"),
    ("NS", "nova scotia"),
    ("NSW", "new south wales"),
    ("NV", "nevada"),
    ("NY", "new york"),
    ("Neb", "nebraska"),
    ("Nev", "nevada"),
    ("OH", "ohio"),
    ("OK", "oklahoma"),
    ("OR", "oregon"),
    ("Okla", "oklahoma"),
    ("Ont", "ontario"),
    ("Ore", "oregon"),
    ("PA", "pennsylvania"),
    ("PEI", "prince edward island"),
    ("Pa", "pennsylvania"),
    ("Penn", "pennsylvania"),
    ("QC", "quebec"),
    ("Que", "quebec"),
    ("RI", "rhode island"),
    ("SC", "south carolina"),
    ("SD", "south dakota"),
    ("Sask", "saskatchewan"),
    ("TN", "tennessee"),
    ("TX", "texas"),
    ("Tenn", "tennessee"),
    ("Tex", "texas"),
    ("UT", "utah"),
    ("VA", "virginia"),
    ("VT", "vermont"),
    ("Va", "virginia"),
    ("Vt", "vermont"),
    ("WA", "washington"),
    ("WI", "wisconsin"),
    ("WV", "west virginia"),
    ("WVa", "west virginia"),
    ("WY", "wyoming"),
    ("Wash", "washington"),
    ("Wis", "wisconsin"),
    ("Wyo", "wyoming"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn states_are_sorted() {
        assert!(STATES.is_sorted_by_key(|(short, _)| short));
    }

    #[test]
    fn every_section_is_there() {
        for (section, class) in SECTIONS {
            let of_section: Vec<&str> = words(section_of(section)).collect();
            assert!(of_section.len() > 3, "{section}");
            assert!(of_section.iter().all(|word| classes(word).has(*class)), "{section}");
        }
        assert!(classes("reading").has(Classes::COMMON) && classes("jordan").has(Classes::FORENAME));
        assert!(!classes("geneva").has(Classes::COMMON));
    }
}
