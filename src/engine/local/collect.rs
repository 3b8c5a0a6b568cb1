//! Collectors: what is kept of the documents that match.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocAddress, DocId, Score, SegmentOrdinal, SegmentReader};

use super::fold::{self, Fold, FoldOfSegment, Folded, Story};
use crate::engine::{Facet, Sort};
use crate::when::day_from_number;

/// The ids of all matches.
pub(super) struct Ids;

pub(super) struct IdsOfSegment {
    ids: Column<u64>,
    found: FxHashSet<u64>,
}

impl Collector for Ids {
    type Fruit = FxHashSet<u64>;
    type Child = IdsOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<IdsOfSegment> {
        Ok(IdsOfSegment { ids: reader.fast_fields().u64("id")?, found: FxHashSet::default() })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<FxHashSet<u64>>) -> tantivy::Result<FxHashSet<u64>> {
        Ok(fruits.into_iter().flatten().collect())
    }
}

impl SegmentCollector for IdsOfSegment {
    type Fruit = FxHashSet<u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        self.found.extend(self.ids.first(doc));
    }

    fn harvest(self) -> FxHashSet<u64> {
        self.found
    }
}

/// One match: what it is sorted by (the greatest first), its id (the smallest first), and where it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Ranked {
    pub(super) key: i64,
    pub(super) id: Reverse<u64>,
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

/// Keeps the first `keep` matches in the order of `sort`, of those at least `sure` (quotations only), copies of a story
/// folded if `fold` says so.
pub(super) struct TopCollector {
    pub(super) fold: Option<Fold>,
    pub(super) keep: usize,
    pub(super) sort: Sort,
    pub(super) sure: f32,
}

pub(super) struct TopOfSegment {
    keep: usize,
    sort: Sort,
    sure: f64,
    segment: SegmentOrdinal,
    ids: Column<u64>,
    days: [Column<i64>; 2],
    stamps: Column<i64>,
    confidence: Option<Column<f64>>,
    top: Top,
    heap: BinaryHeap<Reverse<Ranked>>,
    fold: Option<FoldOfSegment>,
}

impl Collector for TopCollector {
    type Fruit = (Top, Folded);
    type Child = TopOfSegment;

    fn for_segment(&self, segment: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<TopOfSegment> {
        let fast = reader.fast_fields();
        Ok(TopOfSegment {
            keep: self.keep,
            sort: self.sort,
            sure: f64::from(self.sure),
            segment,
            ids: fast.u64("id")?,
            days: [fast.i64("day_first")?, fast.i64("day_last")?],
            stamps: fast.i64("stamp")?,
            confidence: if self.sure > 0.0 { Some(fast.f64("confidence")?) } else { None },
            top: Top::default(),
            heap: BinaryHeap::new(),
            fold: self.fold.as_ref().map(|fold| fold.of_segment(reader)).transpose()?.flatten(),
        })
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
            all.undated += top.undated;
            all.first = [all.first, top.first].into_iter().flatten().min();
            all.last = [all.last, top.last].into_iter().flatten().max();
            all.ranked.extend(top.ranked);
        }
        all.stories += folded.len() as u64;
        all.ranked.extend(folded.values().map(Story::shown));
        all.ranked.sort_unstable_by(|a, b| b.cmp(a));
        all.ranked.truncate(self.keep);
        let behind = folded.values().filter(|story| story.count > 1);
        all.copies = behind.map(|story| (story.shown().address.0, story.count - 1)).collect();
        Ok((all, folded))
    }
}

impl SegmentCollector for TopOfSegment {
    type Fruit = (Top, Folded);

    fn collect(&mut self, doc: DocId, score: Score) {
        if self.confidence.as_ref().is_some_and(|column| column.first(doc).unwrap_or(0.0) < self.sure) {
            return;
        }
        self.top.total += 1;
        let stamp = self.stamps.first(doc);
        match stamp {
            None => self.top.undated += 1,
            Some(_) => {
                self.top.first = [self.top.first, self.days[0].first(doc)].into_iter().flatten().min();
                self.top.last = self.top.last.max(self.days[1].first(doc));
            }
        }
        let key = match self.sort {
            Sort::Relevance => i64::from(score.max(0.0).to_bits()),
            Sort::Date => stamp.map_or(i64::MIN, |stamp| -stamp),
            Sort::DateDescending => stamp.unwrap_or(i64::MIN),
        };
        let ranked = |id: Option<u64>| Ranked {
            key,
            id: Reverse(id.unwrap_or(0)),
            address: Reverse(DocAddress::new(self.segment, doc)),
        };
        if let Some(fold) = &mut self.fold
            && fold.take(doc, ranked(self.ids.first(doc)))
        {
            return;
        }
        self.top.stories += 1;
        if self.heap.len() >= self.keep && self.heap.peek().is_none_or(|Reverse(least)| key < least.key) {
            return;
        }
        self.heap.push(Reverse(ranked(self.ids.first(doc))));
        if self.heap.len() > self.keep {
            self.heap.pop();
        }
    }

    fn harvest(mut self) -> (Top, Folded) {
        self.top.ranked = self.heap.into_iter().map(|Reverse(ranked)| ranked).collect();
        (self.top, self.fold.map(|fold| fold.found).unwrap_or_default())
    }
}

/// Counts matches by a facet; a match with several values counts for each.
pub(super) struct FacetCollector(pub(super) Facet);

pub(super) struct FacetOfSegment {
    values: Values,
    none: u64,
    /// By the segment's number of the value, or by a date.
    counts: FxHashMap<u64, u64>,
    facet: Facet,
}

enum Values {
    Text(Option<StrColumn>),
    Numbers(Column<u64>),
    Days(Column<i64>, Column<i64>),
}

impl Collector for FacetCollector {
    type Fruit = FxHashMap<Option<String>, u64>;
    type Child = FacetOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<FacetOfSegment> {
        let fast = reader.fast_fields();
        let values = match self.0 {
            Facet::Source => Values::Text(fast.str("source_name")?),
            Facet::Speaker => Values::Text(fast.str("speaker_name")?),
            Facet::Person => Values::Text(fast.str("person_name")?),
            Facet::Country => Values::Text(fast.str("country")?),
            Facet::Lang => Values::Text(fast.str("lang")?),
            Facet::Place => Values::Numbers(fast.u64("place_id")?),
            Facet::Year | Facet::Month | Facet::Day => Values::Days(fast.i64("day_first")?, fast.i64("day_last")?),
        };
        Ok(FacetOfSegment { values, none: 0, counts: FxHashMap::default(), facet: self.0 })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        let mut all = FxHashMap::default();
        for (value, count) in fruits.into_iter().flatten() {
            *all.entry(value).or_insert(0) += count;
        }
        Ok(all)
    }
}

impl SegmentCollector for FacetOfSegment {
    type Fruit = FxHashMap<Option<String>, u64>;

    fn collect(&mut self, doc: DocId, _: Score) {
        let mut any = false;
        let mut add = |value: u64| {
            any = true;
            *self.counts.entry(value).or_insert(0) += 1;
        };
        match &self.values {
            Values::Text(Some(column)) => column.term_ords(doc).for_each(&mut add),
            Values::Text(None) => {}
            Values::Numbers(column) => column.values_for_doc(doc).for_each(&mut add),
            Values::Days(first, last) => {
                let days = first.first(doc).zip(last.first(doc));
                if let Some(key) = days.and_then(|(first, last)| calendar(self.facet, first, last)) {
                    add(key);
                }
            }
        }
        self.none += u64::from(!any);
    }

    fn harvest(self) -> Self::Fruit {
        let mut out: Self::Fruit = FxHashMap::default();
        for (value, count) in self.counts {
            let name = match &self.values {
                Values::Text(Some(column)) => {
                    let mut name = String::new();
                    column.ord_to_str(value, &mut name).ok().filter(|found| *found).map(|_| name)
                }
                _ => Some(value.to_string()),
            };
            *out.entry(name).or_insert(0) += count;
        }
        if self.none > 0 {
            *out.entry(None).or_insert(0) += self.none;
        }
        out
    }
}

/// The year, month or day of a date as a number that sorts and prints (`202201`); `None` when the date is coarser.
fn calendar(facet: Facet, first: i64, last: i64) -> Option<u64> {
    let (first, last) = (day_from_number(first)?, day_from_number(last)?);
    let same_month = first.year() == last.year() && first.month() == last.month();
    let year = first.year().max(0) as u64;
    match facet {
        Facet::Year if first.year() == last.year() => Some(year),
        Facet::Month if same_month => Some(year * 100 + first.month() as u64),
        Facet::Day if first == last => Some(year * 10_000 + first.month() as u64 * 100 + first.day() as u64),
        _ => None,
    }
}
