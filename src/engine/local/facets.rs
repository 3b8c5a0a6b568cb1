//! The collector that counts matches by their values: outlets, speakers, places, dates.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::collector::{Collector, SegmentCollector};
use tantivy::columnar::{Column, StrColumn};
use tantivy::{DocId, Score, SegmentOrdinal, SegmentReader};

use super::collect::OUTLET;
use super::fold::Behind;
use super::join::Links;
use crate::engine::Facet;
use crate::index::Stories;
use crate::when::day_from_number;

/// What hits are counted by: one value, or two.
pub(super) type Key = [Option<String>; 2];

/// Counts matches by one or two facets; a match with several values counts for each. Only those at least `sure`
/// (quotations only). With `stories`, the copies of a story count once for each value (articles only).
pub(super) struct FacetCollector {
    pub(super) facets: Vec<Facet>,
    pub(super) sure: f32,
    pub(super) stories: Option<Arc<Stories>>,
}

/// Counts, and what is to be counted once however many segments it was seen in.
#[derive(Default)]
pub(super) struct Counted {
    counts: FxHashMap<Key, u64>,
    stories: FxHashSet<(Key, u32)>,
}

impl Counted {
    /// All of it as counts.
    pub(super) fn into_counts(self) -> FxHashMap<Key, u64> {
        let mut counts = self.counts;
        for (key, _) in self.stories {
            *counts.entry(key).or_insert(0) += 1;
        }
        counts
    }
}

pub(super) struct FacetOfSegment {
    links: Links,
    columns: Vec<FacetColumn>,
    sure: f64,
    confidence: Option<Column<f64>>,
    /// By the segment's numbers of the values, or by dates.
    counts: FxHashMap<[u64; 2], u64>,
    found: [Vec<u64>; 2],
    copies: Option<Behind>,
    stories: FxHashSet<([u64; 2], u32)>,
}

/// The number of a match without a value.
const NONE: u64 = u64::MAX;

struct FacetColumn {
    facet: Facet,
    values: Values,
}

enum Values {
    Text(Option<StrColumn>),
    Numbers(Column<u64>),
    Days(Column<i64>, Column<i64>),
}

impl Collector for FacetCollector {
    type Fruit = Counted;
    type Child = FacetOfSegment;

    fn for_segment(&self, _: SegmentOrdinal, reader: &SegmentReader) -> tantivy::Result<FacetOfSegment> {
        let columns = self.facets.iter().take(2).map(|facet| FacetColumn::open(*facet, reader));
        Ok(FacetOfSegment {
            links: Links::open(reader)?,
            columns: columns.collect::<tantivy::Result<_>>()?,
            sure: f64::from(self.sure),
            confidence: if self.sure > 0.0 { Some(reader.fast_fields().f64("confidence")?) } else { None },
            counts: FxHashMap::default(),
            found: [Vec::new(), Vec::new()],
            copies: self.stories.as_ref().and_then(|stories| stories.of(reader)).map(Behind::new),
            stories: FxHashSet::default(),
        })
    }

    fn requires_scoring(&self) -> bool {
        false
    }

    fn merge_fruits(&self, fruits: Vec<Self::Fruit>) -> tantivy::Result<Self::Fruit> {
        let mut all = Counted::default();
        for fruit in fruits {
            all.stories.extend(fruit.stories);
            for (value, count) in fruit.counts {
                *all.counts.entry(value).or_insert(0) += count;
            }
        }
        Ok(all)
    }
}

impl SegmentCollector for FacetOfSegment {
    type Fruit = Counted;

    fn collect(&mut self, doc: DocId, _: Score) {
        if self.confidence.as_ref().is_some_and(|column| column.first(doc).unwrap_or(0.0) < self.sure) {
            return;
        }
        let article = self.links.article(doc);
        let mut found = std::mem::take(&mut self.found);
        for (number, values) in found.iter_mut().enumerate() {
            values.clear();
            if let Some(column) = self.columns.get(number) {
                let of = if column.facet == Facet::Speaker { doc } else { article };
                column.each(of, |value| values.push(value));
            }
            if values.is_empty() {
                values.push(NONE);
            }
        }
        let story = self.copies.as_mut().and_then(|copies| copies.story_of(doc));
        for one in &found[0] {
            for other in &found[1] {
                if let Some(story) = story {
                    self.stories.insert(([*one, *other], story));
                } else {
                    *self.counts.entry([*one, *other]).or_insert(0) += 1;
                }
            }
        }
        self.found = found;
    }

    fn harvest(self) -> Self::Fruit {
        let name = |values: [u64; 2], number: usize| self.columns.get(number)?.name(values[number]);
        let key = |values: [u64; 2]| [name(values, 0), name(values, 1)];
        let mut out = Counted::default();
        for (values, count) in &self.counts {
            *out.counts.entry(key(*values)).or_insert(0) += count;
        }
        out.stories = self.stories.iter().map(|(values, story)| (key(*values), *story)).collect();
        out
    }
}

impl FacetColumn {
    fn open(facet: Facet, reader: &SegmentReader) -> tantivy::Result<FacetColumn> {
        let fast = reader.fast_fields();
        let values = match facet {
            Facet::Source => Values::Text(fast.str(OUTLET)?),
            Facet::Speaker => Values::Text(fast.str("speaker_name")?),
            Facet::Person => Values::Text(fast.str("person_name")?),
            Facet::Org => Values::Text(fast.str("org_name")?),
            Facet::Country => Values::Text(fast.str("country")?),
            Facet::Section => Values::Text(fast.str("section_name")?),
            Facet::Lang => Values::Text(fast.str("lang")?),
            Facet::Place => Values::Numbers(fast.u64("place_id")?),
            Facet::Year | Facet::Month | Facet::Day => Values::Days(fast.i64("day_first")?, fast.i64("day_last")?),
        };
        Ok(FacetColumn { facet, values })
    }

    /// The values of a document, as numbers.
    fn each(&self, doc: DocId, mut take: impl FnMut(u64)) {
        match &self.values {
            Values::Text(Some(column)) => column.term_ords(doc).for_each(take),
            Values::Text(None) => {}
            Values::Numbers(column) => column.values_for_doc(doc).for_each(take),
            Values::Days(first, last) => {
                let days = first.first(doc).zip(last.first(doc));
                if let Some(key) = days.and_then(|(first, last)| calendar(self.facet, first, last)) {
                    take(key);
                }
            }
        }
    }

    /// A value as text.
    fn name(&self, value: u64) -> Option<String> {
        match &self.values {
            _ if value == NONE => None,
            Values::Text(Some(column)) => {
                let mut name = String::new();
                column.ord_to_str(value, &mut name).ok().filter(|found| *found).map(|_| name)
            }
            _ => Some(value.to_string()),
        }
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
