//! The table of spellings in the binary: for each spelling of a person's or place's name the others.
//!
//! Written by `scripts/aliases.py`. The table is cut into blocks of sorted lines, each compressed apart: a look-up
//! unpacks one block of some 8 KiB, and nothing is paid before the first.

use std::cell::RefCell;
use std::cmp::Ordering;

static TABLE: &[u8] = include_bytes!("data/aliases.bin");
/// Bytes that a block may have, unpacked.
const MOST: usize = 16 * 1024;

/// The other spellings of a word.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Aliases {
    /// As a part of a person's name, folded.
    pub names: Vec<String>,
    /// As the name of a place, folded; some are of several words with one blank between.
    pub places: Vec<String>,
}

/// What the table knows of a folded word, or of a place's name of several folded words; apostrophes do not count.
pub fn of(folded: &str) -> Aliases {
    thread_local! {
        static UNPACKED: RefCell<Unpacked> = RefCell::default();
    }
    let word: String = folded.chars().filter(|c| !matches!(c, '\'' | '.')).collect();
    let Some(block) = block(&word) else { return Aliases::default() };
    let found = UNPACKED.with_borrow_mut(|unpacked| find(unpacked.block(block)?, &word));
    let mut found = found.unwrap_or_default();
    found.names.retain(|name| !are_two(&word, name) && !are_two(name, &word));
    found
}

/// The blocks that were unpacked last, the latest last: a query asks for the same words more than once.
#[derive(Default)]
struct Unpacked(Vec<(&'static [u8], Vec<u8>)>);

/// Blocks that are kept.
const KEPT: usize = 16;

impl Unpacked {
    fn block(&mut self, block: &'static [u8]) -> Option<&[u8]> {
        match self.0.iter().position(|(packed, _)| std::ptr::eq(*packed, block)) {
            Some(known) => self.0[known..].rotate_left(1),
            None => {
                if self.0.len() >= KEPT {
                    self.0.remove(0);
                }
                self.0.push((block, zstd::bulk::decompress(block, MOST).ok()?));
            }
        }
        self.0.last().map(|(_, text)| text.as_slice())
    }
}

/// Whether two spellings that the table has together are of two names: of a man and a woman (Sergeev, Сергеєва, which is
/// what a Ukrainian genitive looks like), or apart by an s that is one sound and another (Paris, Parish).
fn are_two(one: &str, other: &str) -> bool {
    let man = ["v", "w", "ff", "в", "ў"].iter().any(|end| one.ends_with(end));
    let woman = ["va", "wa", "ffa", "ва"].iter().any(|end| other.ends_with(end));
    let plain = one.strip_suffix('s').filter(|plain| !plain.is_empty());
    let hushed = plain.zip(other.strip_suffix("sh")).is_some_and(|(plain, stem)| single(plain) == single(stem));
    man && woman || hushed
}

/// A word whose doubled letters are single.
fn single(word: &str) -> String {
    let mut letters: Vec<char> = word.chars().collect();
    letters.dedup();
    letters.into_iter().collect()
}

fn find(text: &[u8], word: &str) -> Option<Aliases> {
    // Lines are sorted by their word: those before it are passed over without a look at the rest.
    for line in text.split(|byte| *byte == b'\n') {
        let end = memchr::memchr(b'\t', line)?;
        match line[..end].cmp(word.as_bytes()) {
            Ordering::Less => {}
            Ordering::Greater => return None,
            Ordering::Equal => {
                let mut cells = std::str::from_utf8(&line[end + 1..]).ok()?.split('\t').map(listed);
                return Some(Aliases { names: cells.next()?, places: cells.next()? });
            }
        }
    }
    None
}

fn listed(cell: &str) -> Vec<String> {
    cell.split(',').filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// The compressed block that has `word`'s line, if any has.
fn block(word: &str) -> Option<&'static [u8]> {
    let (count, mut heads) = number(TABLE)?;
    let mut range: Option<(usize, Option<usize>)> = None;
    for _ in 0..count {
        let (start, rest) = number(heads)?;
        let (len, rest) = rest.split_first()?;
        let (head, rest) = rest.split_at_checked(usize::from(*len))?;
        heads = rest;
        match (&mut range, head <= word.as_bytes()) {
            (_, true) => range = Some((start, None)),
            (Some((_, end)), false) if end.is_none() => *end = Some(start),
            _ => {}
        }
    }
    let (start, end) = range?;
    heads.get(start..end.unwrap_or(heads.len()))
}

/// The number of four bytes that `bytes` begin with, lowest first, and what follows it.
fn number(bytes: &[u8]) -> Option<(usize, &[u8])> {
    let (number, rest) = bytes.split_first_chunk::<4>()?;
    Some((u32::from_le_bytes(*number) as usize, rest))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_persons_and_places() {
        let has = |list: &[String], word: &str| list.iter().any(|known| known == word);
        let zelensky = of("zelensky");
        assert!(["zelenskyy", "zelenskiy", "selenskyj", "зеленський"].iter().all(|form| has(&zelensky.names, form)));
        assert!(has(&of("lukashenka").names, "лукашенко") && has(&of("lukashenko").names, "lukaschenko"));
        assert!(has(&of("kiev").places, "kyiv") && has(&of("genf").places, "женева"));
        assert!(has(&of("zelens'kyj").names, "зеленський"), "apostrophes do not count");
    }

    #[test]
    fn the_first_the_last_and_the_unknown_word() {
        for word in ["", "a", "aaa", "zzzzzz", "ѕѕѕ", "zelenskyxx", "\u{10ffff}"] {
            assert_eq!(of(word), Aliases::default(), "{word:?}");
        }
    }

    #[test]
    fn every_block_unpacks_and_begins_with_its_head() {
        let (count, mut heads) = number(TABLE).unwrap();
        for _ in 0..count {
            let len = usize::from(heads[4]);
            let head = &heads[5..5 + len];
            let text = zstd::bulk::decompress(block(std::str::from_utf8(head).unwrap()).unwrap(), MOST).unwrap();
            assert!(text.starts_with(head) && text[len] == b'\t');
            heads = &heads[5 + len..];
        }
    }

    #[test]
    fn blocks_are_kept_and_forgotten_one_by_one() {
        let words = ["lavrov", "kiev", "zelensky", "aleksandr", "wolfgang", "muhammad", "женева", "geneva"];
        let first: Vec<Aliases> = words.iter().map(|word| of(word)).collect();
        ('a'..='z').for_each(|letter| drop(of(&format!("{letter}ar"))));
        let again: Vec<Aliases> = words.iter().rev().map(|word| of(word)).collect();
        assert!(first.iter().eq(again.iter().rev()) && !first[0].names.is_empty());
    }

    #[test]
    fn relations_hold_both_ways() {
        for word in ["lavrov", "aleksandr", "kyiv", "вольфганг", "muhammad"] {
            for other in of(word).names {
                assert!(of(&other).names.iter().any(|back| back == word), "{word} {other}");
            }
        }
    }

    #[test]
    fn men_and_women_of_one_surname_stay_two() {
        assert!(!of("lavrov").names.iter().any(|name| name == "lavrova"));
        assert!(!of("peskov").names.iter().any(|name| name == "пескова"));
    }
}
