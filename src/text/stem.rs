//! Stems, by language, with a cache: news repeats itself, and the stemmer costs more than the tokeniser.

use frostem::{Algorithm, Stemmer};
use rustc_hash::FxHashMap;

/// The stemmer for an ISO 639-1 code; `None` when there is none for the language.
pub fn algorithm(language: &str) -> Option<Algorithm> {
    Some(match language {
        "ar" => Algorithm::Arabic,
        "da" => Algorithm::Danish,
        "de" => Algorithm::German,
        "en" => Algorithm::English,
        "es" => Algorithm::Spanish,
        "fi" => Algorithm::Finnish,
        "fr" => Algorithm::French,
        "hu" => Algorithm::Hungarian,
        "it" => Algorithm::Italian,
        "nl" => Algorithm::Dutch,
        "no" | "nb" | "nn" => Algorithm::Norwegian,
        "pt" => Algorithm::Portuguese,
        "ro" => Algorithm::Romanian,
        "ru" => Algorithm::Russian,
        "sv" => Algorithm::Swedish,
        "tr" => Algorithm::Turkish,
        _ => return None,
    })
}

/// Entries before the cache starts over; about 8 MB.
const CACHE: usize = 1 << 17;

/// Stems folded words of one language.
pub struct Stems {
    stemmer: Option<Stemmer>,
    /// Whether only the ends of words are taken off: Arabic and Dutch stems lose prefixes too.
    keeps_beginning: bool,
    cache: FxHashMap<Box<str>, Box<str>>,
}

impl Stems {
    /// For an ISO 639-1 code. Words of a language without a stemmer are their own stems.
    pub fn new(language: &str) -> Stems {
        let keeps_beginning = !matches!(language, "ar" | "nl");
        Stems { stemmer: algorithm(language).map(Stemmer::new), keeps_beginning, cache: FxHashMap::default() }
    }

    /// How all words with this stem begin: with its first letter (`dying` has the stem `die`), if it is sure.
    pub fn beginning<'s>(&self, stem: &'s str) -> &'s str {
        let end = stem.chars().next().filter(|_| self.keeps_beginning).map_or(0, char::len_utf8);
        &stem[..end]
    }

    /// The stem of a folded word, appended to `out`.
    pub fn stem_into(&mut self, folded: &str, out: &mut String) {
        let Some(stemmer) = &self.stemmer else { return out.push_str(folded) };
        if let Some(stem) = self.cache.get(folded) {
            return out.push_str(stem);
        }
        let stem = stemmer.stem(folded);
        out.push_str(&stem);
        if self.cache.len() >= CACHE {
            self.cache.clear();
        }
        let stem: Box<str> = stem.as_ref().into();
        self.cache.insert(folded.into(), stem);
    }

    /// The stem of a folded word.
    pub fn stem(&mut self, folded: &str) -> String {
        let mut out = String::new();
        self.stem_into(folded, &mut out);
        out
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stems_by_language_and_from_the_cache() {
        let mut english = Stems::new("en");
        for _ in 0..2 {
            assert_eq!(english.stem("talks"), "talk");
            assert_eq!(english.stem("deployments"), english.stem("deployed"));
        }
        assert_eq!(Stems::new("ru").stem("переговоры"), Stems::new("ru").stem("переговоров"));
        assert_eq!(Stems::new("xx").stem("talks"), "talks");
        assert_eq!((english.stem("dying").as_str(), english.beginning("die")), ("die", "d"));
        assert_eq!(Stems::new("nl").beginning("werk"), "");
    }
}
