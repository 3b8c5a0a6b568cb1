//! What a thread remembers of the words and names of the texts before. A few hundred words make up most of what begins
//! with a capital, and a few hundred names most of what articles name: asking again is cheaper than folding a word,
//! finding it in a large table, and reading what its places are.

use std::cell::RefCell;

use rustc_hash::FxHashMap;

use super::gazetteer::{self, Name, Row};
use super::known::{Known, Sense};
use super::sort::Sort;
use super::words::{self, Classes};
use crate::annotations::Place;

/// Words remembered at a time.
const SLOTS: usize = 1 << SLOT_BITS;
const SLOT_BITS: u32 = 14;
/// Longer words are not remembered.
const LONGEST: usize = 16;
/// Bytes of a phrase that is remembered, at most.
const PHRASE: usize = 64;
/// Names remembered at most; then all are forgotten.
const NAMES: usize = 1 << 14;

/// A name that is remembered, by its number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Id(u32);

/// What a word with a capital may begin.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(super) struct Word {
    /// The name that it is, or that names begin with.
    pub(super) name: Option<Id>,
    /// Whether it means something by itself.
    pub(super) means: bool,
    /// Whether longer names begin with it.
    pub(super) goes_on: bool,
    /// Whether it is one of those that count in capitals only.
    pub(super) acronym: bool,
    /// Whether it has dots.
    pub(super) dotted: bool,
    /// Whether it has four letters at most.
    pub(super) short: bool,
}

/// What several words together are.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Phrase {
    /// The name, if it means something.
    pub(super) name: Option<Id>,
    /// Whether the last word is "county".
    pub(super) county: bool,
    /// Whether the last word is one that such names end in, in lower case as often as not.
    pub(super) lower: bool,
}

/// Last words of names that end in lower case as often as not ("Gulf states", "Dallas county").
const LOWER: [&str; 11] = [
    "states",
    "countries",
    "territories",
    "county",
    "parish",
    "basin",
    "region",
    "province",
    "subcontinent",
    "valley",
    "peninsula",
];

/// Words, names and places that were looked up.
#[derive(Default)]
pub(super) struct Memory {
    words: Vec<(Bytes, Word)>,
    /// What several words together are, as they stand in texts.
    phrases: FxHashMap<Box<str>, Phrase>,
    names: FxHashMap<Name, Id>,
    known: Vec<Known>,
    /// For each name the last text that it was numbered in, and its number there.
    numbered: Vec<(u32, u32)>,
    /// How many texts there were, and the names numbered in this one.
    texts: u32,
    numbers: u32,
    /// English names of places as they are written.
    written: RefCell<FxHashMap<Row, Box<str>>>,
}

/// Calls `find` with the memory of this thread.
pub(super) fn with<T>(find: impl FnOnce(&mut Memory) -> T) -> T {
    thread_local! {
        static MEMORY: RefCell<Memory> = RefCell::default();
    }
    MEMORY.with(|memory| match memory.try_borrow_mut() {
        Ok(mut memory) => {
            let written = memory.written.get_mut().len();
            if memory.known.len().max(written) > NAMES {
                *memory = Memory::default();
            }
            if memory.phrases.len() > NAMES {
                memory.phrases = FxHashMap::default();
            }
            memory.begin_text();
            find(&mut memory)
        }
        Err(_) => {
            let mut memory = Memory::default();
            memory.begin_text();
            find(&mut memory)
        }
    })
}

impl Memory {
    /// Names are numbered anew. Texts are counted from 1: a name of number 0 has been in none.
    fn begin_text(&mut self) {
        self.numbers = 0;
        self.texts = self.texts.checked_add(1).unwrap_or_else(|| {
            self.numbered.clear();
            1
        });
    }

    /// What is known of a word, if it has been looked up lately.
    #[inline]
    pub(super) fn recall(&self, word: &str) -> Option<Word> {
        let bytes = Bytes::of(word)?;
        let (known, found) = self.words.get(bytes.slot())?;
        (*known == bytes).then_some(*found)
    }

    /// What sort of name a word is, if it has been looked up lately: not whether it is one.
    pub(super) fn sort_of(&self, word: &str) -> Option<Option<Sort>> {
        let found = self.recall(word)?;
        Some(found.name.and_then(|id| self.known(id)).map(|known| known.sort))
    }

    /// Looks up a word by its key, and remembers it.
    pub(super) fn look_up(&mut self, word: &str, key: &str) -> Word {
        let found = self.find(word, key);
        let Some(bytes) = Bytes::of(word) else { return found };
        if self.words.is_empty() {
            self.words.resize(SLOTS, Default::default());
        }
        if let Some(slot) = self.words.get_mut(bytes.slot()) {
            *slot = (bytes, found);
        }
        found
    }

    fn find(&mut self, word: &str, key: &str) -> Word {
        let name = self.name(key);
        let known = name.and_then(|id| self.known(id));
        let (means, goes_on) = known.map_or((false, false), |known| (!known.senses.is_empty(), known.longest > 1));
        let mut letters = [0u8; 8];
        let mut len = 0;
        for byte in word.bytes().filter(|byte| *byte != b'.') {
            if let Some(slot) = letters.get_mut(len) {
                *slot = byte.to_ascii_lowercase();
            }
            len += 1;
        }
        let letters = letters.get(..len).and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or_default();
        let acronym = letters.is_ascii() && words::classes(letters).has(Classes::ACRONYM);
        Word { name, means, goes_on, acronym, dotted: word.contains('.'), short: len <= 4 }
    }

    /// What the words of `text` together are; `key` makes their key where it has not been asked for lately.
    pub(super) fn phrase(&mut self, text: &str, key: impl FnOnce() -> String) -> Phrase {
        if let Some(known) = self.phrases.get(text) {
            return *known;
        }
        let key = key();
        let name = self.name(&key);
        let means = |name: &Id| self.known(*name).is_some_and(|known| !known.senses.is_empty());
        let found = Phrase {
            name: name.filter(means),
            county: key.ends_with(" county"),
            lower: key.rsplit(' ').next().is_some_and(|last| LOWER.contains(&last)),
        };
        // A text made of such phrases fills no memory with them, nor does one that is a text by itself.
        if text.len() <= PHRASE && self.phrases.len() <= NAMES {
            self.phrases.insert(text.into(), found);
        }
        found
    }

    /// The name with this key.
    pub(super) fn name(&mut self, key: &str) -> Option<Id> {
        gazetteer::table().name(key).map(|name| self.id(name))
    }

    fn id(&mut self, name: Name) -> Id {
        if let Some(id) = self.names.get(&name) {
            return *id;
        }
        let id = Id(self.known.len() as u32);
        self.known.push(Known::of(name, gazetteer::table()));
        self.names.insert(name, id);
        id
    }

    /// What is known of a name.
    pub(super) fn known(&self, id: Id) -> Option<&Known> {
        self.known.get(id.0 as usize)
    }

    /// The number of a name among those of this text, which begin at 0.
    pub(super) fn number(&mut self, id: Id) -> usize {
        let at = id.0 as usize;
        if self.numbered.len() <= at {
            self.numbered.resize(self.known.len(), (0, 0));
        }
        let Some(known) = self.numbered.get_mut(at) else { return 0 };
        if known.0 != self.texts {
            *known = (self.texts, self.numbers);
            self.numbers += 1;
        }
        known.1 as usize
    }

    /// How many names of this text have a number.
    pub(super) fn numbers(&self) -> usize {
        self.numbers as usize
    }

    /// The place of a sense as it goes out, without mentions.
    pub(super) fn place(&self, sense: &Sense) -> Place {
        let (table, Sense { row, facts, .. }) = (gazetteer::table(), sense);
        let mut written = self.written.borrow_mut();
        let name = written.entry(*row).or_insert_with(|| table.english(*row).into());
        Place {
            id: table.id(*row),
            name: str::to_owned(name),
            kind: facts.kind,
            country: table.country_code(facts.country).map(str::to_owned),
            lat: facts.at.map(|(lat, _)| lat),
            lon: facts.at.map(|(_, lon)| lon),
            mentions: Vec::new(),
            demonyms: Vec::new(),
            in_dateline: false,
            as_government: false,
        }
    }
}

/// The bytes of a short word, read from both ends, which overlap in the middle. No other word has the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
struct Bytes {
    first: u64,
    last: u64,
    len: u8,
}

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
        (bytes.len() <= LONGEST).then_some(Bytes { first, last, len: bytes.len() as u8 })
    }

    fn slot(&self) -> usize {
        let mixed = (self.first ^ self.last.rotate_left(29) ^ u64::from(self.len)).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        (mixed >> (64 - SLOT_BITS)) as usize
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_up_once_and_never_confused() {
        let mut memory = Memory::default();
        let words: Vec<String> = (0..9000).map(|n| format!("w{n}")).collect();
        for word in words.iter().chain(&words) {
            let found = memory.recall(word).unwrap_or_else(|| memory.look_up(word, word));
            assert_eq!(found.name, None);
        }
        let geneva = memory.look_up("Geneva", "geneva");
        assert!(geneva.name.and_then(|id| memory.known(id)).is_some_and(|known| !known.senses.is_empty()));
        assert_eq!(memory.recall("Geneva"), Some(geneva));
        assert_eq!(memory.recall("Geneva\0"), None);
        assert_eq!(memory.look_up("A word that is too long to remember", "geneva").name, geneva.name);
        assert_eq!(memory.recall("A word that is too long to remember"), None);
        assert_eq!(memory.name("geneva"), geneva.name);
        let york = memory.phrase("New York", || "new york".to_owned());
        assert!(york.name.is_some() && york == memory.phrase("New York", String::new));
        let county = memory.phrase("Nowhere county", || "nowhere county".to_owned());
        assert_eq!(county, Phrase { name: None, county: true, lower: true });
        assert_eq!(memory.sort_of("Geneva").flatten().map(|sort| sort.weight > 100), Some(true));
        assert_eq!(memory.sort_of("Xyzzyville").map(|sort| sort.is_some()), None);
    }

    #[test]
    fn names_are_numbered_in_each_text_from_the_first_on() {
        let mut memory = Memory { texts: u32::MAX - 1, ..Memory::default() };
        let [geneva, paris] = ["geneva", "paris"].map(|key| memory.name(key).unwrap_or_else(|| panic!("{key}")));
        for _ in 0..3 {
            memory.begin_text();
            assert_eq!([paris, geneva, paris].map(|name| memory.number(name)), [0, 1, 0]);
            assert_eq!(memory.numbers(), 2);
        }
    }

    #[test]
    fn bytes_tell_words_apart() {
        let words = [
            "a",
            "aa",
            "aaa",
            "aba",
            "abba",
            "abbba",
            "abcdefgh",
            "abcdefghh",
            "aaaaaaaa",
            "aaaaaaaaa",
            "é",
            "",
            "0123456789abcdefg",
        ];
        let known: Vec<_> = words.iter().map(|word| Bytes::of(word)).collect();
        assert!(
            known
                .iter()
                .enumerate()
                .all(|(n, this)| known.iter().skip(n + 1).all(|other| this.is_none() || this != other))
        );
        assert_eq!(known.iter().filter(|bytes| bytes.is_none()).count(), 2);
    }

    #[test]
    fn acronyms_dots_and_lengths() {
        let mut memory = Memory::default();
        let us = memory.look_up("U.S.", "us");
        assert!(us.acronym && us.dotted && us.short);
        let geneva = memory.look_up("GENEVA", "geneva");
        assert!(!geneva.acronym && !geneva.dotted && !geneva.short);
    }
}
