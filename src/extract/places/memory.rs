//! What first words of names have been looked up lately: a few hundred words make up most of what begins with a
//! capital, and asking again is cheaper than folding, hashing and looking into a large table.

use std::cell::RefCell;

use super::gazetteer::Name;

/// Words remembered at a time.
const SLOTS: usize = 2048;
/// Longer words are not remembered.
const LONGEST: usize = 15;

thread_local! {
    static MEMORY: RefCell<Vec<(u128, Option<Name>)>> = const { RefCell::new(Vec::new()) };
}

/// What `look_up` says of `word`, from memory where it has been asked before on this thread.
pub(super) fn remembered(word: &str, look_up: impl FnOnce() -> Option<Name>) -> Option<Name> {
    let Some(key) = key(word) else { return look_up() };
    MEMORY.with_borrow_mut(|memory| {
        if memory.is_empty() {
            memory.resize(SLOTS, (0, None));
        }
        let mixed = (key as u64 ^ (key >> 64) as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
        let Some(slot) = memory.get_mut((mixed >> 53) as usize) else { return look_up() };
        if slot.0 != key {
            *slot = (key, look_up());
        }
        slot.1
    })
}

/// The bytes of a short word and their number, which no other word has; never 0.
fn key(word: &str) -> Option<u128> {
    let mut bytes = [0u8; LONGEST + 1];
    bytes.get_mut(..word.len()).filter(|_| (1..=LONGEST).contains(&word.len()))?.copy_from_slice(word.as_bytes());
    bytes[LONGEST] = word.len() as u8;
    Some(u128::from_le_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_looked_up_once_and_never_confused() {
        let name = |text: &str| super::super::gazetteer::table().name(text);
        let words: Vec<String> = (0..5000).map(|n| format!("w{n}")).collect();
        for word in words.iter().chain(&words) {
            assert_eq!(remembered(word, || None), None);
        }
        assert_eq!(remembered("Geneva", || name("geneva")), name("geneva"));
        assert_eq!(remembered("Geneva", || None), name("geneva"));
        assert_eq!(remembered("Geneva\0", || None), None);
        assert_eq!(remembered("A word that is too long to remember", || name("geneva")), name("geneva"));
    }
}
