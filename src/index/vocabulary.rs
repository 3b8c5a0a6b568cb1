//! The words that a worker has met: each is folded, hashed and stemmed once, and known by a number from then on. News
//! repeats itself; what is asked of a word more than once is asked of its number.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use crate::text::stem::Stems;
use crate::text::{cut, fold_into};

/// Words before the vocabulary starts over; some 30 MB.
const KEPT: usize = 1 << 18;

/// The number of a word as it is written.
pub(super) type Number = u32;

/// What is known of a word as it is written.
struct Word {
    /// Its folded form.
    folded: Box<str>,
    /// Hash of the folded form.
    hash: u64,
    /// The number of the folded form, itself a word.
    fold: Number,
}

/// Words as they are written, by their numbers.
#[derive(Default)]
pub(super) struct Vocabulary {
    numbers: FxHashMap<Box<str>, Number>,
    words: Vec<Word>,
    languages: FxHashMap<String, Written>,
    scratch: String,
}

/// What is written for words of one language.
struct Written {
    stemmer: Stems,
    /// By the number of a word: where it stands in `text`, and its bytes; none while that is not known.
    entries: Vec<(u32, u32)>,
    text: String,
}

impl Vocabulary {
    /// Forgets all words if there are too many. Numbers given before mean nothing then.
    pub(super) fn tidy(&mut self) -> bool {
        let full = self.words.len() > KEPT;
        if full {
            *self = Vocabulary::default();
        }
        full
    }

    /// The number of a word.
    pub(super) fn number(&mut self, word: &str) -> Number {
        if let Some(number) = self.numbers.get(word) {
            return *number;
        }
        self.scratch.clear();
        fold_into(word, &mut self.scratch);
        let folded: Box<str> = cut(&self.scratch).into();
        let fold = if *folded == *word { self.words.len() as Number } else { self.number(&folded) };
        let number = self.words.len() as Number;
        self.words.push(Word { hash: xxh3_64(folded.as_bytes()), folded, fold });
        self.numbers.insert(word.into(), number);
        number
    }

    /// The folded form of a word.
    pub(super) fn folded(&self, number: Number) -> &str {
        self.words.get(number as usize).map_or("", |word| &word.folded)
    }

    /// The number of the folded form of a word.
    pub(super) fn fold(&self, number: Number) -> Number {
        self.words.get(number as usize).map_or(number, |word| word.fold)
    }

    /// A hash of the folded form of a word.
    pub(super) fn hash(&self, number: Number) -> u64 {
        self.words.get(number as usize).map_or(0, |word| word.hash)
    }

    /// Hands to `each`, for some words in their order, what `write` writes of the folded form and, where that is not its own
    /// stem, of the stem in a language. It is written once a word.
    pub(super) fn each_written(
        &mut self,
        numbers: impl Iterator<Item = Number>,
        language: &str,
        write: fn(&mut String, &str, Option<&str>),
        mut each: impl FnMut(&str),
    ) {
        if !self.languages.contains_key(language) {
            let written = Written { stemmer: Stems::new(language), entries: Vec::new(), text: String::new() };
            self.languages.insert(language.to_owned(), written);
        }
        let Some(Written { stemmer, entries, text }) = self.languages.get_mut(language) else { return };
        if entries.len() < self.words.len() {
            entries.resize(self.words.len(), (0, 0));
        }
        for number in numbers {
            let Some((start, length)) = entries.get_mut(number as usize) else { continue };
            if *length == 0 {
                let folded = self.words.get(number as usize).map_or("", |word| &word.folded);
                let stem = stemmer.stem(folded);
                *start = text.len() as u32;
                write(text, folded, (*stem != *folded).then_some(&*stem));
                *length = text.len() as u32 - *start;
            }
            each(text.get(*start as usize..(*start + *length) as usize).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_have_one_number_and_share_their_folded_form() {
        let mut vocabulary = Vocabulary::default();
        let numbers = ["Talks", "talks", "Genève", "TALKS", "talks"].map(|word| vocabulary.number(word));
        assert_eq!(numbers[1], numbers[4]);
        assert_ne!(numbers[0], numbers[1]);
        assert_eq!(numbers.map(|n| vocabulary.folded(n).to_owned()), ["talks", "talks", "geneve", "talks", "talks"]);
        assert_eq!(vocabulary.fold(numbers[0]), vocabulary.fold(numbers[3]));
        assert_eq!(vocabulary.hash(numbers[0]), vocabulary.hash(numbers[1]));
        let write = |out: &mut String, word: &str, stem: Option<&str>| {
            out.extend([word, "/", stem.unwrap_or("its own")]);
        };
        for _ in 0..2 {
            let mut found = Vec::new();
            let all = [numbers[0], numbers[2]];
            vocabulary.each_written(all.into_iter(), "en", write, |entry| found.push(entry.to_owned()));
            assert_eq!(found, ["talks/talk", "geneve/genev"]);
        }
        vocabulary.each_written([numbers[1]].into_iter(), "xx", write, |entry| assert_eq!(entry, "talks/its own"));
    }

    #[test]
    fn words_of_more_bytes_than_are_kept() {
        let mut vocabulary = Vocabulary::default();
        let long = "é".repeat(300);
        let number = vocabulary.number(&long);
        assert_eq!(vocabulary.folded(number), "e".repeat(200));
        assert_eq!(vocabulary.folded(vocabulary.fold(number)), "e".repeat(200));
        let marks = vocabulary.number("...");
        assert_eq!(vocabulary.folded(marks), "");
    }
}
