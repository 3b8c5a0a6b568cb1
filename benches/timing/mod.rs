//! Times taken in turn, so that what else the machine does falls on all alike.

use std::time::{Duration, Instant};

/// Rounds that count.
pub(crate) const RUNS: usize = 5;

/// Runs each in turn, after one round that does not count; the median time of each.
pub(crate) fn interleaved<const N: usize>(mut runs: [&mut dyn FnMut(); N]) -> [Duration; N] {
    let mut times: [Vec<Duration>; N] = std::array::from_fn(|_| Vec::new());
    for round in 0..=RUNS {
        for (run, times) in runs.iter_mut().zip(&mut times) {
            let started = Instant::now();
            run();
            if round > 0 {
                times.push(started.elapsed());
            }
        }
    }
    times.map(median)
}

/// The middle one of some times.
pub(crate) fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}
