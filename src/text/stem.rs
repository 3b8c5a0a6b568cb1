//! Stems, by language, with a cache: news repeats itself, and the stemmer costs more than the tokeniser.

use std::borrow::Cow;

use frostem::Algorithm as Frost;
use rustc_hash::FxHashMap;
use snowball_stemmers_rs::Algorithm as Snowball;

/// A stemmer: that of the engine, which is faster, or for languages that it has none for, that of Snowball.
enum Stemmer {
    Frost(frostem::Stemmer),
    Snowball(snowball_stemmers_rs::Stemmer),
}

impl Stemmer {
    /// For an ISO 639-1 code; `None` when there is none for the language. Those that Snowball has for Polish, Czech and
    /// others go by accents, which folding takes away.
    fn new(language: &str) -> Option<Stemmer> {
        let frost = |algorithm| Some(Stemmer::Frost(frostem::Stemmer::new(algorithm)));
        let snowball = |algorithm| Some(Stemmer::Snowball(snowball_stemmers_rs::Stemmer::create(algorithm)));
        match language {
            "ar" => frost(Frost::Arabic),
            "da" => frost(Frost::Danish),
            "de" => frost(Frost::German),
            "en" => frost(Frost::English),
            "es" => frost(Frost::Spanish),
            "fi" => frost(Frost::Finnish),
            "fr" => frost(Frost::French),
            "hu" => frost(Frost::Hungarian),
            "it" => frost(Frost::Italian),
            "nl" => frost(Frost::Dutch),
            "no" | "nb" | "nn" => frost(Frost::Norwegian),
            "pt" => frost(Frost::Portuguese),
            "ro" => frost(Frost::Romanian),
            "ru" => frost(Frost::Russian),
            "sv" => frost(Frost::Swedish),
            "tr" => frost(Frost::Turkish),
            "el" => snowball(Snowball::Greek),
            "fa" => snowball(Snowball::Persian),
            "hi" => snowball(Snowball::Hindi),
            "hy" => snowball(Snowball::Armenian),
            "id" => snowball(Snowball::Indonesian),
            "uk" => snowball(Snowball::Ukrainian),
            _ => None,
        }
    }

    fn stem<'w>(&self, word: &'w str) -> Cow<'w, str> {
        match self {
            Stemmer::Frost(stemmer) => stemmer.stem(word),
            Stemmer::Snowball(stemmer) => stemmer.stem(word),
        }
    }
}

/// Entries before the cache starts over; about 8 MB.
const CACHE: usize = 1 << 17;

/// Stems folded words of one language.
pub struct Stems {
    stemmer: Option<Stemmer>,
    cache: FxHashMap<Box<str>, Box<str>>,
}

impl Stems {
    /// For an ISO 639-1 code. Words of a language without a stemmer are their own stems.
    pub fn new(language: &str) -> Stems {
        Stems { stemmer: Stemmer::new(language), cache: FxHashMap::default() }
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
        let alike = [
            ("uk", "переговори", "переговорів"),
            ("uk", "міністра", "міністру"),
            ("uk", "президента", "президентом"),
            ("el", "εκλογεσ", "εκλογων"),
            ("hy", "նախարարի", "նախարար"),
            ("id", "pembicaraan", "bicara"),
            ("hi", "मंत्रियों", "मंत्री"),
        ];
        for (language, one, other) in alike {
            assert_eq!(Stems::new(language).stem(one), Stems::new(language).stem(other), "{language}: {one}, {other}");
        }
    }

    #[test]
    fn any_word_has_a_stem() {
        for language in ["el", "fa", "hi", "hy", "id", "uk"] {
            let mut stems = Stems::new(language);
            for word in [
                "",
                "a",
                "ї",
                "і'",
                "ссссссс",
                "й",
                "ний",
                "ся",
                "日本",
                "\u{1f44d}\u{1f3fd}",
                "ά",
                "ι\u{301}",
                "क्",
                "ա",
            ] {
                (1..4).for_each(|times| _ = stems.stem(&word.repeat(times)));
            }
        }
    }
}
