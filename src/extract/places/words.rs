//! Words that tell a place from what only looks like one. Tables, and whether a word is in them.

use std::sync::LazyLock;

use rustc_hash::FxHashSet;

type Set = LazyLock<FxHashSet<&'static str>>;

fn table(text: &'static str) -> FxHashSet<&'static str> {
    text.lines().filter(|line| !line.starts_with('#')).flat_map(str::split_whitespace).collect()
}

/// Ordinary words that also name towns.
pub(super) static COMMON: Set = LazyLock::new(|| table(include_str!("../data/common_words.txt")));
/// Forenames: those that the names know, and some that are also towns. What is first of all a place stays out.
pub(super) static FORENAMES: Set = LazyLock::new(|| {
    const PLACES: [&str; 5] = ["alexandria", "carolina", "guadalupe", "santiago", "sofia"];
    let rows = include_str!("../data/forenames.txt").lines().filter(|line| !line.starts_with('#'));
    let rows = rows.filter_map(|line| line.split_once(": ")).filter(|(row, _)| *row != "common");
    let mut names = section("forenames");
    names.extend(rows.flat_map(|(_, names)| names.split_whitespace()).filter(|name| !PLACES.contains(name)));
    names
});
/// What stands before a person's family name.
pub(super) static TITLES: Set = LazyLock::new(|| section("titles"));
/// Offices: behind a place they speak of it ("Texas Governor").
pub(super) static OFFICES: Set = LazyLock::new(|| section("offices"));
/// What makes an organisation of the capitalised words before it.
pub(super) static TAILS: Set = LazyLock::new(|| section("tails"));
/// What makes an organisation or rank of "of" and a place behind it.
pub(super) static HEADS: Set = LazyLock::new(|| section("heads"));
/// Capitalised words that may stand before a place without being part of a longer name.
pub(super) static BEFORE: Set = LazyLock::new(|| section("before"));
/// Capitalised words that may stand behind a place without being part of a longer name.
pub(super) static BEHIND: Set = LazyLock::new(|| section("behind"));
/// Words before "of" and a settlement: "the village of".
pub(super) static SETTLEMENTS: Set = LazyLock::new(|| section("settlements"));
/// What is named after places without being there: "West Nile virus".
pub(super) static ILLS: Set = LazyLock::new(|| section("ills"));
/// Words that a place follows more often than a person does.
pub(super) static DIRECTIONAL: Set = LazyLock::new(|| section("directional"));
/// Prepositions that only a place follows.
pub(super) static PREPOSITIONS: Set = LazyLock::new(|| section("prepositions"));
/// Verbs whose subject is a government when it is a capital or country.
pub(super) static VERBS: Set = LazyLock::new(|| section("verbs"));
/// What governments have: "Moscow's claim".
pub(super) static POSSESSIONS: Set = LazyLock::new(|| section("possessions"));
/// Words behind a name that say it is a region.
pub(super) static REGIONAL: Set = LazyLock::new(|| section("regional"));
/// Names that count in capitals only.
pub(super) static ACRONYMS: Set = LazyLock::new(|| section("acronyms"));
/// Words of one name or ship rather than a country: "Captain America", "Air France".
pub(super) static LEADS: Set = LazyLock::new(|| section("leads"));

/// The words of one `[section]` of the word list.
fn section(name: &str) -> FxHashSet<&'static str> {
    let text = include_str!("../data/place_words.txt");
    let found = text.split("\n[").find_map(|part| part.strip_prefix(name)?.strip_prefix("]\n"));
    table(found.unwrap_or_default())
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
        let sections = [
            &TITLES,
            &OFFICES,
            &TAILS,
            &HEADS,
            &BEFORE,
            &BEHIND,
            &PREPOSITIONS,
            &VERBS,
            &POSSESSIONS,
            &REGIONAL,
            &ACRONYMS,
            &LEADS,
            &SETTLEMENTS,
            &ILLS,
            &DIRECTIONAL,
            &COMMON,
            &FORENAMES,
        ];
        assert!(sections.iter().all(|words| words.len() > 10));
    }
}
