//! Words typical of some articles against others, by how many of each they stand in. The same for every engine.
//!
//! Compared by the log-likelihood ratio (T. Dunning, "Accurate methods for the statistics of surprise and coincidence",
//! Computational Linguistics 19, 1993), which is fair to rare words too. Counting articles and not words keeps one long
//! article from deciding.

use std::cmp::Ordering;

use crate::results::Typical;

/// How typical a word is of `here_of` articles, in `here` of which it stands, against `there_of` others, in `there` of
/// which it does. 0 where it is no more frequent here than there.
pub fn score(here: u64, here_of: u64, there: u64, there_of: u64) -> f64 {
    let (a, b) = (here as f64, there as f64);
    let (c, d) = (here_of.saturating_sub(here) as f64, there_of.saturating_sub(there) as f64);
    let all = a + b + c + d;
    if here_of == 0 || all == 0.0 || (there_of > 0 && a / here_of as f64 <= b / there_of as f64) {
        return 0.0;
    }
    let part =
        |seen: f64, row: f64, column: f64| if seen > 0.0 { seen * (seen * all / (row * column)).ln() } else { 0.0 };
    2.0 * (part(a, a + b, a + c) + part(b, a + b, b + d) + part(c, c + d, a + c) + part(d, c + d, b + d))
}

/// What chance gives in one of a hundred cases: nothing below it stands out.
pub const CHANCE: f64 = 6.63;

/// The most typical of `words` (each with its counts here and there) first, at most `limit`.
pub fn ranked(
    words: impl Iterator<Item = (String, u64, u64)>,
    here_of: u64,
    there_of: u64,
    limit: usize,
) -> Vec<Typical> {
    let scored =
        words.map(|(word, here, there)| Typical { score: score(here, here_of, there, there_of), word, here, there });
    let mut all: Vec<Typical> = scored.filter(|word| word.score >= CHANCE).collect();
    all.sort_by(|a, b| b.score.partial_cmp(&a.score).unwrap_or(Ordering::Equal).then_with(|| a.word.cmp(&b.word)));
    all.truncate(limit);
    all
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_as_worked_out_by_hand() {
        // 10 of 20 here, 10 of 80 there: expected 4, 16, 16, 64.
        let by_hand = 2.0
            * (10.0 * (10.0_f64 / 4.0).ln()
                + 10.0 * (10.0_f64 / 16.0).ln()
                + 10.0 * (10.0_f64 / 16.0).ln()
                + 70.0 * (70.0_f64 / 64.0).ln());
        assert!((score(10, 20, 10, 80) - by_hand).abs() < 1e-9);
        assert_eq!(score(5, 10, 50, 100), 0.0);
        assert_eq!(score(0, 0, 1, 10), 0.0);
        assert!(score(10, 10, 0, 90) > score(5, 10, 0, 90));
    }
}
