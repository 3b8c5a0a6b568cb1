//! One person once: names of speakers as articles give them, put together by the fullest form in the archive.
//!
//! Only forms that cannot be two people are joined: the same forename and surname with or without what stands between
//! (`Dmitri S. Peskov`), and a surname alone when the archive has one person of that surname. Other spellings of a name
//! stay apart.

use rustc_hash::FxHashMap;

use crate::extract::names::lexicon::{self, FORENAME};
use crate::text::{Tokens, fold};

/// The fullest form of each name, from all the names of an archive.
#[derive(Default)]
pub(super) struct Persons {
    /// By folded forename and surname.
    fullest: FxHashMap<(String, String), String>,
    /// The forenames that go with a surname.
    forenames: FxHashMap<String, Vec<String>>,
}

impl Persons {
    pub(super) fn new<'n>(names: impl Iterator<Item = &'n str>) -> Persons {
        let mut persons = Persons::default();
        for name in names {
            let Some((forename, surname)) = parts(name) else { continue };
            let known = persons.forenames.entry(surname.clone()).or_default();
            if !known.contains(&forename) {
                known.push(forename.clone());
            }
            let fullest = persons.fullest.entry((forename, surname)).or_default();
            // The longest; of those as long, the first in the alphabet, so that the order of names plays no part.
            if (name.len(), std::cmp::Reverse(name)) > (fullest.len(), std::cmp::Reverse(fullest)) {
                name.clone_into(fullest);
            }
        }
        persons
    }

    /// The fullest form of `name`; itself if nothing better is known.
    pub(super) fn fullest<'a>(&'a self, name: &'a str) -> &'a str {
        let key = parts(name).or_else(|| {
            let surname = fold(name);
            match self.forenames.get(&surname)?.as_slice() {
                [forename] => Some((forename.clone(), surname)),
                _ => None,
            }
        });
        key.and_then(|key| self.fullest.get(&key)).map_or(name, String::as_str)
    }
}

/// Folded forename and surname of a person's name; `None` for one word, and for what begins with no forename.
fn parts(name: &str) -> Option<(String, String)> {
    let words: Vec<&str> = name.split(' ').collect();
    let (first, last) = (words.first()?, words.last()?);
    let is_forename = lexicon::look_up(first, &Tokens::scan(first)).first().is_some_and(|flags| flags.any(FORENAME));
    (words.len() > 1 && is_forename).then(|| (fold(first), fold(last)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_person_once_and_two_people_twice() {
        let names = [
            "Sergei Lavrov",
            "Dmitri Peskov",
            "Dmitri S. Peskov",
            "Peskov",
            "George Bush",
            "Laura Bush",
            "White House",
        ];
        let persons = Persons::new(names.into_iter());
        let table = [
            ("Lavrov", "Sergei Lavrov"),
            ("Peskov", "Dmitri S. Peskov"),
            ("Dmitri Peskov", "Dmitri S. Peskov"),
            ("Bush", "Bush"),
            ("House", "House"),
            ("Antony Blinken", "Antony Blinken"),
        ];
        for (name, fullest) in table {
            assert_eq!(persons.fullest(name), fullest, "{name}");
        }
    }
}
