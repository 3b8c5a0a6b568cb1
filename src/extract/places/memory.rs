//! What a thread remembers of the words and names of the texts before. A few hundred words make up most of what begins
//! with a capital, and a few hundred names most of what articles name: asking again is cheaper than folding a word,
//! finding it in a large table, and reading what its places are.

use std::cell::{Cell, RefCell};

use rustc_hash::FxHashMap;

use super::gazetteer::{self, Name, Row};
use super::known::{Known, Sense};
use super::sort::Sort;
use super::words::{self, Classes};
use crate::annotations::Place;
use crate::names::inflect;
use crate::text::{ByNumber, NO_WORD, Number};

/// Names, and phrases, remembered at most; then all are forgotten.
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

/// Some words one behind the other, of which it is remembered what they are together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) struct Chain(u32);

impl Chain {
    /// Words that are not remembered.
    const NONE: Chain = Chain(u32::MAX);
    /// Of one word: its number. Of several: their place among the phrases, behind all numbers.
    const SEVERAL: u32 = 1 << 31;
    /// Of a word with its possessive 's.
    const OWNER: u32 = 1 << 30;

    /// A word, with its possessive 's if `owner`.
    pub(super) fn of(word: Number, owner: bool) -> Chain {
        if word >= Chain::OWNER { Chain::NONE } else { Chain(word | if owner { Chain::OWNER } else { 0 }) }
    }
}

/// Words, names and places that were looked up.
#[derive(Default)]
pub(super) struct Memory {
    words: ByNumber<Option<Word>>,
    /// Those of a word with its possessive 's, by the number of the word.
    owners: ByNumber<Option<Word>>,
    classes: ByNumber<Cell<Classes>>,
    /// What the words of a chain and the next one are together, by the numbers of both.
    phrases: FxHashMap<(Chain, Number), (Chain, Phrase)>,
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
pub(super) fn with<T>(numbering: u64, find: impl FnOnce(&mut Memory) -> T) -> T {
    thread_local! {
        static MEMORY: RefCell<Memory> = RefCell::default();
    }
    MEMORY.with(|memory| match memory.try_borrow_mut() {
        Ok(mut memory) => {
            let written = memory.written.get_mut().len();
            if memory.known.len().max(written) > NAMES {
                *memory = Memory::default();
            }
            memory.begin_text(numbering);
            find(&mut memory)
        }
        Err(_) => {
            let mut memory = Memory::default();
            memory.begin_text(numbering);
            find(&mut memory)
        }
    })
}

impl Memory {
    /// Names are numbered anew. Texts are counted from 1: a name of number 0 has been in none.
    fn begin_text(&mut self, numbering: u64) {
        self.owners.renew(numbering);
        self.classes.renew(numbering);
        if self.words.renew(numbering) || self.phrases.len() > NAMES {
            self.phrases = FxHashMap::default();
        }
        self.numbers = 0;
        self.texts = self.texts.checked_add(1).unwrap_or_else(|| {
            self.numbered.clear();
            1
        });
    }

    /// What is known of a word, with its possessive 's if `owner`, if it has been looked up.
    #[inline]
    pub(super) fn recall(&self, word: Number, owner: bool) -> Option<Word> {
        *if owner { self.owners.get(word) } else { self.words.get(word) }?
    }

    /// What sort of name a word is, if it has been looked up: not whether it is one.
    pub(super) fn sort_of(&self, word: Number) -> Option<Option<Sort>> {
        let found = self.recall(word, false)?;
        Some(found.name.and_then(|id| self.known(id)).map(|known| known.sort))
    }

    /// Looks up a word by its key, and remembers it.
    pub(super) fn look_up(&mut self, number: Number, owner: bool, word: &str, key: &str) -> Word {
        let found = self.find(word, key);
        let table = if owner { &mut self.owners } else { &mut self.words };
        table.slot(number).into_iter().for_each(|slot| *slot = Some(found));
        found
    }

    /// The classes of words, to be read while names are looked at.
    pub(super) fn classes_of(&self, number: Number, word: &str) -> Classes {
        let Some(cell) = self.classes.get(number) else { return words::classes(word) };
        if !cell.get().has(Classes::LOOKED_UP) {
            cell.set(words::classes(word).and(Classes::LOOKED_UP));
        }
        cell.get()
    }

    /// Makes room for the classes of these words.
    pub(super) fn expect(&mut self, numbers: &[Number]) {
        let last = numbers.iter().copied().filter(|number| *number != NO_WORD).max();
        last.into_iter().for_each(|last| {
            self.classes.slot(last);
        });
    }

    fn find(&mut self, word: &str, key: &str) -> Word {
        let name = self.name(key).or_else(|| self.nominative(key));
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

    /// What the words of a chain and the `next` one are together, and the chain of all; `key` makes their key where they have
    /// not been asked for lately.
    pub(super) fn phrase(&mut self, chain: Chain, next: Number, key: impl FnOnce() -> String) -> (Chain, Phrase) {
        if let Some(known) = self.phrases.get(&(chain, next)) {
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
        // A text made of such phrases fills no memory with them.
        if chain == Chain::NONE || next == NO_WORD || self.phrases.len() > NAMES {
            return (Chain::NONE, found);
        }
        let all = Chain(Chain::SEVERAL | self.phrases.len() as u32);
        self.phrases.insert((chain, next), (all, found));
        (all, found)
    }

    /// The name with this key.
    pub(super) fn name(&mut self, key: &str) -> Option<Id> {
        gazetteer::table().name(key).map(|name| self.id(name))
    }

    /// The country or capital that a word in Cyrillic letters is a case of: "в России" is Russia. Other places are called like
    /// people too often.
    fn nominative(&mut self, key: &str) -> Option<Id> {
        let of_case = |name: String| {
            let id = self.name(&name)?;
            let capital = |known: &Known| known.senses.iter().any(|sense| sense.facts.capital && sense.is_town());
            self.known(id).is_some_and(|known| known.sort.country || capital(known)).then_some(id)
        };
        inflect::nominatives(key).into_iter().find_map(of_case)
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_up_once_and_forgotten_with_their_numbers() {
        let mut memory = Memory::default();
        memory.begin_text(1);
        let geneva = memory.look_up(5, false, "Geneva", "geneva");
        assert!(geneva.name.and_then(|id| memory.known(id)).is_some_and(|known| !known.senses.is_empty()));
        assert_eq!((memory.recall(5, false), memory.recall(5, true)), (Some(geneva), None));
        assert_eq!((memory.recall(4, false), memory.recall(NO_WORD, false)), (None, None));
        assert_eq!(memory.look_up(NO_WORD, false, "Geneva", "geneva").name, geneva.name);
        assert_eq!(memory.recall(NO_WORD, false), None);
        assert_eq!(memory.name("geneva"), geneva.name);
        assert_eq!(memory.sort_of(5).flatten().map(|sort| sort.weight > 100), Some(true));
        assert_eq!(memory.sort_of(4).map(|sort| sort.is_some()), None);
        memory.begin_text(2);
        assert_eq!(memory.recall(5, false), None);
    }

    #[test]
    fn phrases_are_chains_of_words() {
        let mut memory = Memory::default();
        memory.begin_text(1);
        let new = Chain::of(7, false);
        let (york, found) = memory.phrase(new, 8, || "new york".to_owned());
        assert!(found.name.is_some() && (york, found) == memory.phrase(new, 8, String::new));
        let (_, county) = memory.phrase(york, 9, || "new york county".to_owned());
        assert!(county.county && county.lower && county == memory.phrase(york, 9, String::new).1);
        assert_ne!(Chain::of(7, true), new);
        assert!(memory.phrase(Chain::of(7, true), 8, || "xyzzy".to_owned()).1.name.is_none());
        let (none, found) = memory.phrase(new, NO_WORD, || "new york".to_owned());
        assert!(none == Chain::NONE && found.name.is_some());
        assert!(memory.phrase(none, 8, || "xyzzy".to_owned()).1.name.is_none());
        assert!(memory.phrase(Chain::of(NO_WORD, false), 8, || "new york".to_owned()).1.name.is_some());
    }

    #[test]
    fn classes_are_looked_up_once() {
        let mut memory = Memory::default();
        memory.begin_text(1);
        memory.expect(&[3, NO_WORD]);
        assert!(memory.classes_of(3, "reading").has(Classes::COMMON));
        assert!(memory.classes_of(3, "not looked at").has(Classes::COMMON));
        assert!(!memory.classes_of(NO_WORD, "geneva").has(Classes::COMMON));
    }

    #[test]
    fn names_are_numbered_in_each_text_from_the_first_on() {
        let mut memory = Memory { texts: u32::MAX - 1, ..Memory::default() };
        let [geneva, paris] = ["geneva", "paris"].map(|key| memory.name(key).unwrap_or_else(|| panic!("{key}")));
        for _ in 0..3 {
            memory.begin_text(1);
            assert_eq!([paris, geneva, paris].map(|name| memory.number(name)), [0, 1, 0]);
            assert_eq!(memory.numbers(), 2);
        }
    }

    #[test]
    fn acronyms_dots_and_lengths() {
        let mut memory = Memory::default();
        let us = memory.look_up(NO_WORD, false, "U.S.", "us");
        assert!(us.acronym && us.dotted && us.short);
        let geneva = memory.look_up(NO_WORD, false, "GENEVA", "geneva");
        assert!(!geneva.acronym && !geneva.dotted && !geneva.short);
    }
}
