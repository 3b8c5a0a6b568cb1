//! Sketches: a few bytes of an article that tell how alike it is to another.
//!
//! MinHash over all runs of five words, folded: one hash of each run, of which the bin with its number keeps the least
//! (one-permutation hashing, Li, Owen and Zhang 2012); bins that stay empty borrow from others (optimal
//! densification, Shrivastava 2017); of each minimum eight bits are kept (b-bit minwise hashing, Li and König 2010).

use crate::text::{Tokens, cut, fold_into};
use xxhash_rust::xxh3::xxh3_64;

/// Bins of a sketch, one byte each.
pub(super) const BINS: usize = 128;
/// Words of a run.
const RUN: usize = 5;
/// Texts of fewer words have no sketch: too little to tell a copy by.
pub const LEAST_WORDS: usize = 60;
/// A sketch as the index keeps it: so many numbers of 64 bits.
pub const SKETCH_WORDS: usize = BINS / 8;

/// The sketch of one text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Sketch {
    pub(super) bins: [u8; BINS],
}

impl Sketch {
    /// The sketch of `text`, whose tokens are `tokens`; `None` if it has fewer than [`LEAST_WORDS`] words.
    pub fn of(text: &str, tokens: &Tokens) -> Option<Sketch> {
        let mut folded = String::new();
        Sketch::of_hashes(tokens.words().map(|word| {
            folded.clear();
            fold_into(text.get(word.range()).unwrap_or_default(), &mut folded);
            xxh3_64(cut(&folded).as_bytes())
        }))
    }

    /// The sketch of a text by the hashes (XXH3) of its folded words, in order.
    pub fn of_hashes(words: impl Iterator<Item = u64>) -> Option<Sketch> {
        let mut least = [u64::MAX; BINS];
        let mut run = [0u64; RUN];
        let mut count = 0;
        for word in words {
            run.rotate_left(1);
            run[RUN - 1] = word;
            count += 1;
            if count >= RUN {
                let hash = mixed(run.iter().fold(0, |sum: u64, word| sum.wrapping_mul(FACTOR).wrapping_add(*word)));
                let bin = &mut least[(hash >> 57) as usize];
                *bin = (*bin).min(hash);
            }
        }
        (count >= LEAST_WORDS).then(|| Sketch { bins: filled(&least) })
    }

    /// As the index keeps it.
    pub fn to_words(self) -> [u64; SKETCH_WORDS] {
        let mut words = [0; SKETCH_WORDS];
        for (word, bins) in words.iter_mut().zip(self.bins.as_chunks::<8>().0) {
            *word = u64::from_le_bytes(*bins);
        }
        words
    }

    /// From what the index keeps; `None` for anything but [`SKETCH_WORDS`] numbers.
    pub fn from_words(words: impl Iterator<Item = u64>) -> Option<Sketch> {
        let mut bins = [0; BINS];
        let mut at = 0;
        for word in words {
            bins.get_mut(at..at + 8)?.copy_from_slice(&word.to_le_bytes());
            at += 8;
        }
        (at == BINS).then_some(Sketch { bins })
    }

    /// Which share of all runs of words in either text is in both (Jaccard), as far as the sketches tell: within
    /// 0.04 in two cases of three.
    pub fn likeness(&self, other: &Sketch) -> f32 {
        let same = self.bins.iter().zip(&other.bins).filter(|(a, b)| a == b).count() as f32 / BINS as f32;
        // One byte in 256 is equal by chance.
        let chance = 1.0 / 256.0;
        ((same - chance) / (1.0 - chance)).max(0.0)
    }
}

/// Odd, with bits all over it (the golden ratio).
const FACTOR: u64 = 0x9E37_79B9_7F4A_7C15;

/// Every bit of the result depends on every bit of `x` (the finaliser of SplitMix64, Steele, Lea and Flood 2014).
fn mixed(x: u64) -> u64 {
    let x = (x ^ (x >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
    let x = (x ^ (x >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
    x ^ (x >> 31)
}

/// Eight bits of each minimum; bins without one borrow from a bin that has one, the same way in every text.
fn filled(least: &[u64; BINS]) -> [u8; BINS] {
    let mut bins = [0; BINS];
    for (at, bin) in bins.iter_mut().enumerate() {
        let mut from = at;
        let mut step = 0;
        while least[from] == u64::MAX && step < 16 * BINS as u64 {
            step += 1;
            from = (mixed((at as u64).wrapping_mul(FACTOR) ^ step) >> 57) as usize;
        }
        *bin = least[from] as u8;
    }
    bins
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sketch(text: &str) -> Option<Sketch> {
        Sketch::of(text, &Tokens::scan(text))
    }

    fn words(from: usize, count: usize) -> String {
        (from..from + count).map(|i| format!("Word{i}")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn likeness_is_near_the_true_share() {
        for (length, shift) in [(400, 0), (400, 40), (400, 100), (400, 200), (2000, 300), (120, 20)] {
            let (a, b) = (sketch(&words(0, length)), sketch(&words(shift, length)));
            let (Some(a), Some(b)) = (a, b) else { panic!("long enough") };
            let runs = length - 4;
            let shared = (runs - shift) as f32;
            let truth = shared / (2 * runs) as f32 / (1.0 - shared / (2 * runs) as f32);
            assert!((a.likeness(&b) - truth).abs() < 0.13, "{length} {shift}: {} for {truth}", a.likeness(&b));
        }
    }

    #[test]
    fn case_accents_and_marks_do_not_count_and_short_texts_have_none() {
        let text = words(0, 80);
        assert_eq!(sketch(&text), sketch(&text.to_lowercase().replace(' ', ",  ")));
        assert_eq!(sketch(&words(0, LEAST_WORDS - 1)), None);
        assert_eq!(sketch(""), None);
    }

    #[test]
    fn comes_back_from_what_the_index_keeps() {
        let Some(sketch) = sketch(&words(7, 100)) else { panic!("long enough") };
        assert_eq!(Sketch::from_words(sketch.to_words().into_iter()), Some(sketch));
        assert_eq!(Sketch::from_words([1, 2].into_iter()), None);
        assert_eq!(Sketch::from_words([1; SKETCH_WORDS + 1].into_iter()), None);
    }
}
