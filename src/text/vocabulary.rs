//! The words that a worker has met: each is folded and hashed once, and known by a number from then on. News repeats
//! itself; what is asked of a word more than once is asked of its number.

use std::sync::atomic::{AtomicU64, Ordering};

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::{Tokens, cut, fold_into};

/// Words before the vocabulary starts over; some 20 MB, with what others keep of them.
const KEPT: usize = 1 << 17;

/// The number of a word as it is written. Frequent words are met early: they have small ones, and what is kept of them by
/// number lies close together.
pub type Number = u32;

/// Of what is no word.
pub const NO_WORD: Number = Number::MAX;

/// Words as they are written, by their numbers.
pub struct Vocabulary {
    /// Which numbering this is, of all that there were in the program.
    numbering: u64,
    short: Short,
    long: FxHashMap<Box<str>, Number>,
    words: Vec<Word>,
    /// Folded forms, one behind the other.
    text: String,
    scratch: String,
}

/// What is known of a word as it is written.
struct Word {
    /// Where its folded form begins in the text, and its bytes.
    start: u32,
    len: u32,
    /// The number of the folded form, itself a word.
    fold: Number,
    /// Hash of the folded form.
    hash: u64,
}

impl Default for Vocabulary {
    fn default() -> Vocabulary {
        static NUMBERINGS: AtomicU64 = AtomicU64::new(1);
        Vocabulary {
            numbering: NUMBERINGS.fetch_add(1, Ordering::Relaxed),
            short: Short::default(),
            long: FxHashMap::default(),
            words: Vec::new(),
            text: String::new(),
            scratch: String::new(),
        }
    }
}

impl Vocabulary {
    /// Forgets all words if there are too many: between two texts. Numbers given before mean nothing then.
    pub fn tidy(&mut self) {
        if self.words.len() > KEPT {
            *self = Vocabulary::default();
        }
    }

    /// What tells the numbers given now from all others.
    pub fn numbering(&self) -> u64 {
        self.numbering
    }

    /// The number of a word.
    #[inline]
    pub fn number(&mut self, word: &str) -> Number {
        let known = match Bytes::of(word) {
            Some(bytes) => self.short.get(bytes),
            None => self.long.get(word).copied(),
        };
        known.unwrap_or_else(|| self.add(word))
    }

    #[cold]
    #[inline(never)]
    fn add(&mut self, word: &str) -> Number {
        let mut scratch = std::mem::take(&mut self.scratch);
        scratch.clear();
        fold_into(word, &mut scratch);
        let folded = cut(&scratch);
        let number = if folded == word {
            let start = self.text.len() as u32;
            self.text.push_str(folded);
            self.push(word, |fold| Word { start, len: folded.len() as u32, fold, hash: xxh3_64(folded.as_bytes()) })
        } else {
            let fold = self.number(folded);
            let (start, len, hash) = self.words.get(fold as usize).map_or((0, 0, 0), |w| (w.start, w.len, w.hash));
            self.push(word, |_| Word { start, len, fold, hash })
        };
        self.scratch = scratch;
        number
    }

    /// Adds a word, made of the number that it gets.
    fn push(&mut self, written: &str, word: impl FnOnce(Number) -> Word) -> Number {
        let number = self.words.len() as Number;
        self.words.push(word(number));
        match Bytes::of(written) {
            Some(bytes) => self.short.insert(bytes, number),
            None => drop(self.long.insert(written.into(), number)),
        }
        number
    }

    /// The folded form of a word.
    pub fn folded(&self, number: Number) -> &str {
        let word = self.words.get(number as usize);
        word.and_then(|w| self.text.get(w.start as usize..(w.start + w.len) as usize)).unwrap_or_default()
    }

    /// The number of the folded form of a word.
    pub fn fold(&self, number: Number) -> Number {
        self.words.get(number as usize).map_or(number, |word| word.fold)
    }

    /// A hash of the folded form of a word.
    pub fn hash(&self, number: Number) -> u64 {
        self.words.get(number as usize).map_or(0, |word| word.hash)
    }
}

/// Cuts one text after another into tokens, whose words keep their numbers from text to text.
#[derive(Default)]
pub struct Lexer {
    /// Those of the text at hand.
    pub tokens: Tokens,
    /// The words of all texts.
    pub vocabulary: Vocabulary,
}

impl Lexer {
    /// Goes on to `text`. Numbers of words of texts before it are good where [`Tokens::numbering`] is the same.
    pub fn read(&mut self, text: &str) {
        self.vocabulary.tidy();
        self.tokens.rescan(text);
        self.tokens.number(text, &mut self.vocabulary);
    }
}

/// Something kept of words by their numbers, until they are numbered anew.
#[derive(Debug)]
pub struct ByNumber<T> {
    numbering: u64,
    values: Vec<T>,
}

impl<T> Default for ByNumber<T> {
    fn default() -> ByNumber<T> {
        ByNumber { numbering: 0, values: Vec::new() }
    }
}

impl<T: Clone + Default> ByNumber<T> {
    /// Gets ready for words of a numbering; says whether it is another one, and all was forgotten.
    pub fn renew(&mut self, numbering: u64) -> bool {
        let other = self.numbering != numbering;
        if other {
            self.values.clear();
            self.numbering = numbering;
        }
        other
    }

    /// What is kept of a word.
    #[inline]
    pub fn get(&self, number: Number) -> Option<&T> {
        self.values.get(number as usize)
    }

    /// What is kept of a word, to be changed; nothing for [`NO_WORD`].
    #[inline]
    pub fn slot(&mut self, number: Number) -> Option<&mut T> {
        let at = number as usize;
        if at >= self.values.len() && number != NO_WORD {
            self.values.resize(at + 1, T::default());
        }
        self.values.get_mut(at)
    }
}

/// The bytes of a short word, read from both ends, which overlap in the middle. No other word has the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Bytes {
    first: u64,
    last: u64,
    len: u32,
}

/// Bytes of a word that [`Bytes`] can hold.
const SHORT: usize = 16;

impl Bytes {
    #[inline]
    fn of(word: &str) -> Option<Bytes> {
        let bytes = word.as_bytes();
        let (first, last) = if let (Some(first), Some(last)) = (bytes.first_chunk::<8>(), bytes.last_chunk::<8>()) {
            (u64::from_le_bytes(*first), u64::from_le_bytes(*last))
        } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
            (u32::from_le_bytes(*first).into(), u32::from_le_bytes(*last).into())
        } else if let (Some(first), Some(middle), Some(last)) =
            (bytes.first(), bytes.get(bytes.len() / 2), bytes.last())
        {
            (u32::from_le_bytes([*first, *middle, *last, 0]).into(), 0)
        } else {
            return None;
        };
        (bytes.len() <= SHORT).then_some(Bytes { first, last, len: bytes.len() as u32 })
    }

    /// A hash of all bits, the high ones of which are the best.
    #[inline]
    fn hash(self) -> u64 {
        (self.first ^ self.last.rotate_left(29) ^ u64::from(self.len)).wrapping_mul(0x9E37_79B9_7F4A_7C15)
    }
}

/// The numbers of short words: a hash table with linear probing, in which a word lies beside its number. A look-up reads one
/// line of the cache where one by reference reads three.
#[derive(Default)]
struct Short {
    /// A power of two, at least half of them empty.
    slots: Vec<Slot>,
    used: usize,
}

/// A word, field by field so that it takes 24 bytes with its number; an empty one is of length 0.
#[derive(Clone, Copy, Default)]
struct Slot {
    first: u64,
    last: u64,
    len: u32,
    number: Number,
}

impl Slot {
    fn bytes(self) -> Bytes {
        Bytes { first: self.first, last: self.last, len: self.len }
    }
}

impl Short {
    /// The slot of a word, or the empty one in which it would be.
    #[inline]
    fn slot(&self, bytes: Bytes) -> usize {
        let mask = self.slots.len() - 1;
        let mut at = (bytes.hash() >> 32) as usize & mask;
        while let Some(slot) = self.slots.get(at) {
            if slot.bytes() == bytes || slot.len == 0 {
                break;
            }
            at = (at + 1) & mask;
        }
        at
    }

    #[inline]
    fn get(&self, bytes: Bytes) -> Option<Number> {
        if self.slots.is_empty() {
            return None;
        }
        let slot = self.slots.get(self.slot(bytes))?;
        (slot.len > 0).then_some(slot.number)
    }

    fn insert(&mut self, bytes: Bytes, number: Number) {
        if self.used * 2 >= self.slots.len() {
            let larger = vec![Slot::default(); (self.slots.len() * 2).max(1 << 12)];
            let old = std::mem::replace(&mut self.slots, larger);
            old.into_iter().filter(|slot| slot.len > 0).for_each(|slot| self.put(slot.bytes(), slot.number));
        }
        self.used += 1;
        self.put(bytes, number);
    }

    fn put(&mut self, bytes: Bytes, number: Number) {
        let at = self.slot(bytes);
        if let Some(slot) = self.slots.get_mut(at) {
            *slot = Slot { first: bytes.first, last: bytes.last, len: bytes.len, number };
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
        assert_ne!(vocabulary.numbering(), Vocabulary::default().numbering());
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

    /// Against a table of strings, with words of all lengths, many of which differ in one byte.
    #[test]
    fn no_two_words_have_one_number() {
        let mut vocabulary = Vocabulary::default();
        let mut known: FxHashMap<String, Number> = FxHashMap::default();
        let letters = ["a", "b", "A", "é", "1"];
        let words = (0..40_000usize).map(|n| {
            let length = n % 21;
            (0..length).map(|at| letters[(n / 21) * (at * at + 1) % 89 % letters.len()]).collect::<String>()
        });
        let words: Vec<String> = words.collect();
        for word in words.iter().chain(&words) {
            let number = vocabulary.number(word);
            assert_eq!(*known.entry(word.clone()).or_insert(number), number, "{word:?}");
        }
        // All at once, with what is no word between them.
        let text = words.iter().map(|word| format!("{word}, ")).collect::<String>();
        let mut tokens = Tokens::scan(&text);
        let mut fresh = Vocabulary::default();
        for vocabulary in [&mut vocabulary, &mut fresh] {
            tokens.number(&text, vocabulary);
            for (token, number) in tokens.iter().zip(tokens.numbers()) {
                let expected = if token.is_word() { vocabulary.number(&text[token.range()]) } else { NO_WORD };
                assert_eq!(*number, expected, "{:?}", &text[token.range()]);
            }
        }
        let mut numbers: Vec<Number> = known.values().copied().collect();
        numbers.sort_unstable();
        numbers.dedup();
        assert_eq!(numbers.len(), known.len());
        assert!(known.len() > 1000);
    }

    #[test]
    fn what_is_kept_by_number_is_forgotten_with_the_numbers() {
        let mut kept: ByNumber<u8> = ByNumber::default();
        assert!(kept.renew(7));
        assert_eq!(kept.get(3), None);
        kept.slot(3).into_iter().for_each(|slot| *slot = 5);
        assert_eq!((kept.get(3), kept.get(2)), (Some(&5), Some(&0)));
        assert_eq!(kept.slot(NO_WORD), None);
        assert!(!kept.renew(7));
        assert_eq!(kept.get(3), Some(&5));
        assert!(kept.renew(8));
        assert_eq!(kept.get(3), None);
    }
}
