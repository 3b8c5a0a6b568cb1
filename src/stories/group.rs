//! Sketches to stories: which articles are copies of one another.
//!
//! Candidates share a band (three bytes at the same place) of their sketches (locality-sensitive hashing, Broder
//! 1997, Indyk and Motwani 1998); each pair is then compared whole. A story is all that hangs together by such pairs. The
//! outcome does not depend on the order of the articles.

use std::cmp::Ordering;

use super::sketch::{BINS, Sketch};

/// Bytes of a band.
const BAND: usize = 3;
/// Likeness from which two texts are copies, unless told otherwise.
pub const THRESHOLD: f32 = 0.7;
/// Share of the shorter text that must be in the longer one for a cut version.
const CONTAINED: f32 = 0.8;
/// Least likeness at which a share can be told at all: below, the sketch is too coarse.
const LEAST: f32 = 0.2;
/// Days that copies may lie apart.
const DAYS: i64 = 7;
/// In a band that many share, each is compared with so many next to it in time.
const NEIGHBOURS: usize = 24;

/// What is known of one article.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Copy {
    /// Hash of its content: equal for exact copies.
    pub id: u64,
    /// `None` for short texts, which have only exact copies.
    pub sketch: Option<Sketch>,
    /// How many words it has.
    pub words: u32,
    /// First and last day of its publication date, in days since 1970.
    pub days: Option<(i64, i64)>,
}

/// The story of each article: numbers from 0, without gaps, each of two articles or more; `None` for an article without
/// copies. Copies have at least `threshold` of their runs of words in common, or the shorter has most of its words
/// in the longer; and they were printed within a week of one another, if that is known. Stories are numbered by their
/// least id.
pub fn group(articles: &[Copy], threshold: f32) -> Vec<Option<u32>> {
    let mut sets = Sets { parents: (0..articles.len() as u32).collect() };
    let mut order: Vec<u32> = (0..articles.len() as u32).collect();
    let article = |i: u32| &articles[i as usize];
    order.sort_unstable_by_key(|i| article(*i).id);
    for pair in order.windows(2) {
        if article(pair[0]).id == article(pair[1]).id {
            sets.join(pair[0], pair[1]);
        }
    }
    let mut rows: Vec<(u32, u32)> = Vec::new();
    for band in 0..BINS / BAND {
        rows.clear();
        rows.extend(order.iter().filter_map(|i| Some((key(article(*i).sketch.as_ref()?, band), *i))));
        rows.sort_unstable();
        for run in rows.chunk_by_mut(|a, b| a.0 == b.0).filter(|run| run.len() > 1) {
            run.sort_unstable_by(|a, b| in_time(article(a.1), article(b.1)));
            for (at, (_, one)) in run.iter().enumerate() {
                for (_, other) in run[at + 1..].iter().take(NEIGHBOURS) {
                    if sets.root(*one) != sets.root(*other) && are_copies(article(*one), article(*other), threshold) {
                        sets.join(*one, *other);
                    }
                }
            }
        }
    }
    numbered(&mut sets, &order)
}

fn key(sketch: &Sketch, band: usize) -> u32 {
    sketch.bins[band * BAND..][..BAND].iter().fold(0, |key, byte| key << 8 | u32::from(*byte))
}

/// By day; on one day, those with like sketches together. Undated ones last.
fn in_time(a: &Copy, b: &Copy) -> Ordering {
    let key = |copy: &Copy| (copy.days.map_or(i64::MAX, |days| days.0), copy.sketch, copy.id, copy.words);
    key(a).cmp(&key(b))
}

fn are_copies(a: &Copy, b: &Copy, threshold: f32) -> bool {
    let apart = match (a.days, b.days) {
        (Some(a), Some(b)) => (b.0 - a.1).max(a.0 - b.1),
        _ => 0,
    };
    let (Some(x), Some(y)) = (&a.sketch, &b.sketch) else { return false };
    if apart > DAYS {
        return false;
    }
    let likeness = x.likeness(y);
    likeness >= threshold || likeness >= LEAST && contained(likeness, a.words, b.words) >= CONTAINED.max(threshold)
}

/// Which share of the shorter text is in the longer, given how alike they are and how many words each has.
fn contained(likeness: f32, a: u32, b: u32) -> f32 {
    likeness / (1.0 + likeness) * (a + b) as f32 / a.min(b).max(1) as f32
}

/// Stories in the order of their least id, and no story of one.
fn numbered(sets: &mut Sets, order: &[u32]) -> Vec<Option<u32>> {
    let mut sizes = vec![0u32; order.len()];
    order.iter().for_each(|i| sizes[sets.root(*i) as usize] += 1);
    let mut numbers: Vec<Option<u32>> = vec![None; order.len()];
    let mut stories = vec![None; order.len()];
    let mut next = 0;
    for &i in order {
        let root = sets.root(i) as usize;
        if sizes[root] > 1 {
            stories[i as usize] = Some(*numbers[root].get_or_insert_with(|| {
                next += 1;
                next - 1
            }));
        }
    }
    stories
}

/// Disjoint sets with path halving; the least member is the root.
struct Sets {
    parents: Vec<u32>,
}

impl Sets {
    fn root(&mut self, mut i: u32) -> u32 {
        while self.parents[i as usize] != i {
            let above = self.parents[self.parents[i as usize] as usize];
            self.parents[i as usize] = above;
            i = above;
        }
        i
    }

    fn join(&mut self, a: u32, b: u32) {
        let (a, b) = (self.root(a), self.root(b));
        self.parents[a.max(b) as usize] = a.min(b);
    }
}
