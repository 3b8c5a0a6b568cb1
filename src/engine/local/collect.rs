//! The collector of searches: what is kept of the documents that match.

use std::cmp::Reverse;
use std::sync::Arc;

use anyhow::Result;
use rustc_hash::FxHashMap;
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::query::{Scorer, Weight};
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, SegmentOrdinal, SegmentReader, TERMINATED};

use super::count::{Counting, CountingOfSegment};
use super::fold::{self, Fold, FoldOfSegment, Folded, Story};
use super::join::Links;
use super::positional::PositionalScorer;
use super::rows::{Numbers, Rows};
use crate::engine::Sort;
use crate::text::fold as fold_word;

/// One match: what it is sorted by (the greatest first), its id (the smallest first), and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked {
    pub(super) key: i64,
    pub(super) id: Reverse<u64>,
    /// Copies share an id: their files put them into one order, whatever the segments.
    pub(super) file: Reverse<u64>,
    pub(super) address: Reverse<DocAddress>,
}

impl Ranked {
    pub(super) fn score(&self) -> f32 {
        f32::from_bits(self.key as u32)
    }
}

/// All matches in number, and the first so many in order.
#[derive(Debug, Default)]
pub(super) struct Top {
    pub(super) total: u64,
    /// Matches of the query in all of them, where the collector counts.
    pub(super) mentions: u64,
    /// As `total`, with the copies of a story counted once.
    pub(super) stories: u64,
    /// How many copies stand behind a shown match, itself not counted; only those that have any.
    pub(super) copies: FxHashMap<DocAddress, u32>,
    pub(super) undated: u64,
    pub(super) first: Option<i64>,
    pub(super) last: Option<i64>,
    /// Best first.
    pub(super) ranked: Vec<Ranked>,
}

/// Keeps the first `keep` matches in the order of `sort`, of those at least `sure` (quotations only) and first indexed
/// after a moment, copies of a story folded if `fold` says so.
pub(super) struct TopCollector {
    /// Whether the matches are quotations.
    pub(super) quotes: bool,
    pub(super) fold: Option<Fold>,
    pub(super) keep: usize,
    pub(super) sort: Sort,
    /// The order of outlets, where hits are sorted by them.
    pub(super) outlets: Outlets,
    pub(super) sure: f32,
    /// How mentions are counted, if they are.
    pub(super) counting: Option<Counting>,
    pub(super) indexed_after: Option<i64>,
}

/// The outlets of an archive in the order of their names.
#[derive(Default, Clone)]
pub(super) struct Outlets(
    /// The place of each outlet in that order, by the segment and by its number there.
    Arc<Vec<Vec<u32>>>,
);

impl Outlets {
    pub(super) fn of(searcher: &Searcher) -> Result<Outlets> {
        let mut names: Vec<Vec<String>> = Vec::new();
        for reader in searcher.segment_readers() {
            let column = reader.fast_fields().str(OUTLET)?;
            let mut here = Vec::new();
            if let Some(column) = column {
                for number in 0..column.num_terms() as u64 {
                    let mut name = String::new();
                    column.ord_to_str(number, &mut name)?;
                    here.push(name);
                }
            }
            names.push(here);
        }
        let mut order: Vec<&String> = names.iter().flatten().collect();
        order.sort_unstable_by_key(|name| (fold_word(name), *name));
        order.dedup();
        let places: FxHashMap<&String, u32> = order.into_iter().zip(0..).collect();
        let place = |name: &String| places.get(name).copied().unwrap_or(u32::MAX);
        Ok(Outlets(names.iter().map(|names| names.iter().map(place).collect()).collect::<Vec<_>>().into()))
    }
}

const MINUTES_A_DAY: i64 = 24 * 60;
/// The column with the names of outlets.
pub(super) const OUTLET: &str = "source_name";
/// Bits of a key that are left to the date, when hits are sorted by outlet: seconds of some 4,000 years.
const DATE_BITS: u32 = 37;
/// Outlets are told apart up to this many; those behind it come in the order of their dates.
const MOST_OUTLETS: u32 = (1 << (62 - DATE_BITS)) - 1;

/// The outlets of one segment.
struct OutletsOfSegment {
    column: Option<StrColumn>,
    outlets: Outlets,
    segment: SegmentOrdinal,
}

impl OutletsOfSegment {
    /// What sorts a document by outlet, then by date: the greater comes first.
    fn key(&self, doc: DocId, stamp: Option<i64>) -> i64 {
        let number = self.column.as_ref().and_then(|column| column.term_ords(doc).next());
        let place = number.and_then(|number| self.outlets.0.get(self.segment as usize)?.get(number as usize));
        let place = place.map_or(MOST_OUTLETS, |place| (*place).min(MOST_OUTLETS - 1));
        let half = 1i64 << (DATE_BITS - 1);
        let date = stamp.map_or(2 * half - 1, |stamp| stamp.clamp(-half, half - 2) + half);
        -((i64::from(place) << DATE_BITS) + date)
    }
}

pub(super) struct TopOfSegment {
    sort: Sort,
    outlets: Option<OutletsOfSegment>,
    sure: f64,
    segment: SegmentOrdinal,
    /// Where the articles of quotations are.
    links: Option<Links>,
    rows: Rows,
    ids: Numbers<u64>,
    files: Column<u64>,
    days: [Numbers<i64>; 2],
    stamps: Numbers<i64>,
    confidence: Option<Column<f64>>,
    counting: Option<CountingOfSegment>,
    indexed: Option<(i64, Numbers<i64>)>,
    top: Top,
    best: Best,
    fold: Option<FoldOfSegment>,
    batch: Batch,
}

/// The first so many, in their order, of those put in.
struct Best {
    keep: usize,
    kept: Vec<Ranked>,
    /// What the last of them is sorted by, once there are so many.
    least: Option<i64>,
}

impl Best {
    fn new(keep: usize) -> Best {
        Best { keep, kept: Vec::new(), least: None }
    }

    /// Whether a match with this key may be among them.
    fn takes(&self, key: i64) -> bool {
        self.least.is_none_or(|least| key >= least)
    }

    fn put(&mut self, one: Ranked) {
        self.kept.push(one);
        if self.kept.len() >= self.keep.saturating_mul(2).max(64) {
            self.cut();
        }
    }

    /// Drops those that are too many.
    fn cut(&mut self) {
        if self.kept.len() > self.keep && self.keep > 0 {
            let (_, least, _) = self.kept.select_nth_unstable_by(self.keep - 1, |a, b| b.cmp(a));
            self.least = Some(least.key);
        }
        self.kept.truncate(self.keep);
    }

    /// Those that are kept, the first of them first.
    fn in_order(mut self) -> Vec<Ranked> {
        self.cut();
        self.kept.sort_unstable_by(|a, b| b.cmp(a));
        self.kept
    }
}

/// Matches that are looked up together.
#[derive(Default)]
struct Batch {
    matches: Vec<Found>,
    articles: Vec<DocId>,
    rows: Vec<u32>,
    stamps: Vec<Option<i64>>,
    last: Vec<Option<i64>>,
}

/// A match, its score, and how often the query matches in it, where that is known.
#[derive(Clone, Copy)]
struct Found {
    doc: DocId,
    score: Score,
    matches: u64,
}

/// Matches in a batch.
const BATCH: usize = 128;

impl Collector for TopCollector {
    type Fruit = (Top, Folded);
    type Child = TopOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<TopOfSegment> {
        self.of_segment(segment, reader, self.counting.as_ref())
    }

    fn collect_segment(
        &self,
        weight: &dyn Weight,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
    ) -> tantivy::Result<(Top, Folded)> {
        let alive = |doc| reader.alive_bitset().is_none_or(|alive| alive.is_alive(doc));
        // What has found the matches of an article to decide on it need not find them again to count them.
        if self.counting.as_ref().is_some_and(|counting| counting.needs_positions()) {
            let mut scorer = weight.scorer(reader, 1.0)?;
            if let Some(scorer) = scorer.downcast_mut::<PositionalScorer>() {
                let mut collector = self.of_segment(segment, reader, None)?;
                let mut doc = scorer.doc();
                while doc != TERMINATED {
                    if alive(doc) {
                        let score = if self.requires_scoring() { scorer.score() } else { 0.0 };
                        collector.take(Found { doc, score, matches: scorer.matches() });
                    }
                    doc = scorer.advance();
                }
                return Ok(collector.harvest());
            }
        }
        let mut collector = self.for_segment(segment, reader)?;
        if self.requires_scoring() {
            let mut take = |doc, score| {
                if alive(doc) {
                    collector.collect(doc, score)
                }
            };
            weight.for_each(reader, &mut take)?;
        } else {
            let mut take =
                |docs: &[DocId]| docs.iter().filter(|doc| alive(**doc)).for_each(|doc| collector.collect(*doc, 0.0));
            weight.for_each_no_score(reader, &mut take)?;
        }
        Ok(collector.harvest())
    }

    fn requires_scoring(&self) -> bool {
        self.sort == Sort::Relevance
    }

    fn merge_fruits(&self, fruits: Vec<(Top, Folded)>) -> tantivy::Result<(Top, Folded)> {
        let (mut all, mut folded) = (Top::default(), Folded::default());
        for (top, stories) in fruits {
            fold::joined(&mut folded, stories);
            all.stories += top.stories;
            all.total += top.total;
            all.mentions += top.mentions;
            all.undated += top.undated;
            all.first = [all.first, top.first].into_iter().flatten().min();
            all.last = [all.last, top.last].into_iter().flatten().max();
            all.ranked.extend(top.ranked);
        }
        all.stories += folded.len() as u64;
        all.ranked.extend(folded.values().map(Story::shown));
        all.ranked = Best { keep: self.keep, kept: all.ranked, least: None }.in_order();
        let behind = folded.values().filter(|story| story.count > 1);
        all.copies = behind.map(|story| (story.shown().address.0, story.count - 1)).collect();
        Ok((all, folded))
    }
}

impl TopCollector {
    fn of_segment(
        &self,
        segment: SegmentOrdinal,
        reader: &SegmentReader,
        counting: Option<&Counting>,
    ) -> tantivy::Result<TopOfSegment> {
        let fast = reader.fast_fields();
        let (rows, ids) = Rows::open(reader)?;
        Ok(TopOfSegment {
            sort: self.sort,
            outlets: match self.sort {
                Sort::Source => {
                    Some(OutletsOfSegment { column: fast.str(OUTLET)?, outlets: self.outlets.clone(), segment })
                }
                _ => None,
            },
            sure: f64::from(self.sure),
            segment,
            links: self.quotes.then(|| Links::open(reader)).transpose()?,
            files: fast.u64("file")?,
            days: [rows.column(fast.i64("day_first")?), rows.column(fast.i64("day_last")?)],
            stamps: rows.column(fast.i64("stamp")?),
            confidence: if self.sure > 0.0 { Some(fast.f64("confidence")?) } else { None },
            counting: counting.map(|counting| counting.open(reader, self.indexed_after.is_none())).transpose()?,
            indexed: match self.indexed_after {
                Some(moment) => Some((moment, rows.column(fast.i64("indexed")?))),
                None => None,
            },
            top: Top::default(),
            best: Best::new(self.keep),
            batch: Batch::default(),
            fold: self.fold.as_ref().map(|fold| fold.of_segment(reader, &rows)).transpose()?.flatten(),
            rows,
            ids,
        })
    }
}

impl TopOfSegment {
    fn take(&mut self, found: Found) {
        self.batch.matches.push(found);
        if self.batch.matches.len() >= BATCH {
            self.look_up();
        }
    }

    /// Looks up what is known of the matches at hand, and counts and sorts them.
    fn look_up(&mut self) {
        let mut batch = std::mem::take(&mut self.batch);
        let Batch { matches, articles, rows, stamps, last } = &mut batch;
        if let Some(confidence) = &self.confidence {
            matches.retain(|found| confidence.first(found.doc).unwrap_or(0.0) >= self.sure);
        }
        // What sorts a quotation is its article's.
        articles.clear();
        articles.extend(matches.iter().map(|found| match &self.links {
            Some(links) => links.article(found.doc),
            None => found.doc,
        }));
        self.rows.find(articles, rows);
        self.stamps.find(articles, rows, stamps);
        self.days[1].find(articles, rows, last);
        for (number, found) in matches.iter().enumerate() {
            let at = (articles[number], rows[number]);
            if self.indexed.as_ref().is_none_or(|(after, column)| column.get(at.0, at.1).unwrap_or(0) > *after) {
                self.top.last = self.top.last.max(last[number]);
                self.add(*found, at, stamps[number]);
            }
        }
        matches.clear();
        self.batch = batch;
    }

    /// Counts and sorts a match of the article in this row, which was published at `stamp`.
    fn add(&mut self, found: Found, (article, row): (DocId, u32), stamp: Option<i64>) {
        self.top.total += 1;
        self.top.mentions += found.matches + self.counting.as_mut().map_or(0, |counting| counting.count(found.doc));
        match stamp {
            None => self.top.undated += 1,
            // Its first day is that of its moment: most need not be looked up.
            Some(stamp) if self.top.first.is_none_or(|first| stamp.div_euclid(MINUTES_A_DAY) <= first + 1) => {
                self.top.first = [self.top.first, self.days[0].get(article, row)].into_iter().flatten().min();
            }
            Some(_) => {}
        }
        let key = match self.sort {
            Sort::Relevance => i64::from(found.score.max(0.0).to_bits()),
            Sort::Date => stamp.map_or(i64::MIN, |stamp| -stamp),
            Sort::DateDescending => stamp.unwrap_or(i64::MIN),
            Sort::Source => self.outlets.as_ref().map_or(0, |outlets| outlets.key(article, stamp)),
        };
        let (ids, files, segment) = (&self.ids, &self.files, self.segment);
        let ranked = || Ranked {
            key,
            id: Reverse(ids.get(article, row).unwrap_or(0)),
            file: Reverse(files.first(article).unwrap_or(0)),
            address: Reverse(DocAddress::new(segment, found.doc)),
        };
        if let Some(fold) = &mut self.fold
            && fold.take(found.doc, (article, row), ranked)
        {
            return;
        }
        self.top.stories += 1;
        if self.best.takes(key) {
            self.best.put(ranked());
        }
    }
}

impl SegmentCollector for TopOfSegment {
    type Fruit = (Top, Folded);

    fn collect(&mut self, doc: DocId, score: Score) {
        self.take(Found { doc, score, matches: 0 });
    }

    fn harvest(mut self) -> (Top, Folded) {
        self.look_up();
        self.best.cut();
        self.top.mentions += self.counting.as_ref().map_or(0, CountingOfSegment::all);
        self.top.ranked = self.best.kept;
        (self.top, self.fold.map(|fold| fold.found).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        /// What is kept is what sorting all of it keeps.
        #[test]
        fn the_best_are_kept(keys in proptest::collection::vec((0i64..50, 0u64..20), 0..400), keep in 0usize..100) {
            let all = keys.iter().zip(0..).map(|((key, id), doc)| {
                let address = Reverse(DocAddress::new(0, doc));
                Ranked { key: *key, id: Reverse(*id), file: Reverse(0), address }
            });
            let mut sorted: Vec<Ranked> = all.collect();
            let mut best = Best::new(keep);
            for one in &sorted {
                if best.takes(one.key) {
                    best.put(*one);
                }
            }
            sorted.sort_unstable_by(|a, b| b.cmp(a));
            sorted.truncate(keep);
            proptest::prop_assert_eq!(best.in_order(), sorted);
        }
    }
}
