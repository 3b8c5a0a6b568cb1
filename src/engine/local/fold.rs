//! Copies of one story among the matches: one of them is shown, the others are counted behind it.
//!
//! Articles fold by their story; quotations by the story of their article and their words.

use std::cmp::Reverse;
use std::sync::Arc;

use rustc_hash::FxHashMap;
use tantivy::columnar::Column;
use tantivy::{DocId, SegmentReader};

use super::collect::Ranked;
use super::rows::{Numbers, Rows};
use crate::engine::Dups;
use crate::index::Stories;
use crate::index::stories::Copies;

/// What folds the matches of a search.
#[derive(Clone)]
pub(super) struct Fold {
    /// The stories of the archive.
    pub(super) stories: Arc<Stories>,
    /// Which copy is shown.
    pub(super) shown: Dups,
}

/// Stories among matches: by number, and by the words of a quotation (0 for an article).
pub(super) type Folded = FxHashMap<(u32, u64), Story>;

/// The matches of one story.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Story {
    /// The best of them: its place in the order.
    pub(super) best: Ranked,
    /// The one that is shown.
    pub(super) lead: Lead,
    /// How many there are.
    pub(super) count: u32,
}

/// A match, and what it is chosen by: the greatest is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Lead {
    choice: i64,
    id: Reverse<u64>,
    /// Decides between exact copies.
    spot: u64,
    ranked: Ranked,
}

impl Story {
    /// Both together.
    pub(super) fn joined(self, other: Story) -> Story {
        Story { best: self.best.max(other.best), lead: self.lead.max(other.lead), count: self.count + other.count }
    }

    /// The one shown, at the place in the order that the best has.
    pub(super) fn shown(&self) -> Ranked {
        Ranked { key: self.best.key, ..self.lead.ranked }
    }
}

/// Folds the matches of one segment, which must come in rising order.
pub(super) struct FoldOfSegment {
    copies: Behind,
    sketches: Column<u64>,
    spots: Numbers<u64>,
    /// What the shown one is chosen by; `None` for the place in the order.
    choice: Option<Choice>,
    pub(super) found: Folded,
}

enum Choice {
    First(Numbers<i64>),
    Longest(Numbers<u64>),
}

/// Articles that have copies, looked up in rising order.
pub(super) struct Behind {
    copies: Copies,
    /// The first of `copies` that is not before the last one looked for.
    at: usize,
}

impl Behind {
    pub(super) fn new(copies: Copies) -> Behind {
        Behind { copies, at: 0 }
    }

    /// The story of an article, which must not be before the one asked for last; `None` if it has no copies.
    pub(super) fn story_of(&mut self, article: DocId) -> Option<u32> {
        let rest = &self.copies[self.at..];
        // Most are near: the next one, the second next, the fourth.
        let mut end = 1;
        while rest.get(end).is_some_and(|(copy, _)| *copy < article) {
            end *= 2;
        }
        let near = &rest[..rest.len().min(end + 1)];
        self.at += near.partition_point(|(copy, _)| *copy < article);
        self.copies.get(self.at).filter(|(copy, _)| *copy == article).map(|(_, story)| *story)
    }
}

impl Fold {
    /// For the matches of one segment; `None` if it has no copies.
    pub(super) fn of_segment(&self, reader: &SegmentReader, rows: &Rows) -> tantivy::Result<Option<FoldOfSegment>> {
        let Some(copies) = self.stories.of(reader).filter(|copies| !copies.is_empty()) else { return Ok(None) };
        let fast = reader.fast_fields();
        let choice = match self.shown {
            Dups::First => Some(Choice::First(rows.column(fast.i64("stamp")?))),
            Dups::Longest => Some(Choice::Longest(rows.column(fast.u64("words")?))),
            Dups::Fold | Dups::Show => None,
        };
        let (sketches, spots) = (fast.u64("sketch")?, rows.column(fast.u64("spot")?));
        Ok(Some(FoldOfSegment { copies: Behind::new(copies), sketches, spots, choice, found: FxHashMap::default() }))
    }
}

impl FoldOfSegment {
    /// Takes a match, which is of the article in this row and `ranked`, if that has copies; `false` if it has none.
    pub(super) fn take(&mut self, doc: DocId, (article, row): (DocId, u32), ranked: impl FnOnce() -> Ranked) -> bool {
        let Some(story) = self.copies.story_of(article) else { return false };
        let ranked = ranked();
        let words = if article == doc { 0 } else { self.sketches.first(doc).unwrap_or(0) };
        let choice = match &self.choice {
            None => ranked.key,
            Some(Choice::First(stamps)) => stamps.get(article, row).map_or(i64::MIN, |stamp| -stamp),
            Some(Choice::Longest(words)) => words.get(article, row).unwrap_or(0) as i64,
        };
        let lead = Lead { choice, id: ranked.id, spot: self.spots.get(article, row).unwrap_or(0), ranked };
        let one = Story { best: ranked, lead, count: 1 };
        self.found.entry((story, words)).and_modify(|known| *known = known.joined(one)).or_insert(one);
        true
    }
}

/// Stories of several segments together.
pub(super) fn joined(all: &mut Folded, more: Folded) {
    for (key, story) in more {
        all.entry(key).and_modify(|known| *known = known.joined(story)).or_insert(story);
    }
}
