//! Documents with a number in a range, looked up in a column. The index's own range query steps back in some
//! intersections with an exclusion, which its own arithmetic refuses.

use std::ops::RangeInclusive;

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// A column and the numbers that are wanted of it.
#[derive(Debug, Clone)]
pub(super) enum InRange {
    Signed(&'static str, RangeInclusive<i64>),
    Unsigned(&'static str, RangeInclusive<u64>),
}

impl Query for InRange {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for InRange {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let fast = reader.fast_fields();
        Ok(match self {
            InRange::Signed(name, range) => boxed(fast.i64(name)?, range.clone(), reader.max_doc(), boost),
            InRange::Unsigned(name, range) => boxed(fast.u64(name)?, range.clone(), reader.max_doc(), boost),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let found = scorer.doc() <= doc && scorer.seek(doc) == doc;
        Ok(Explanation::new("in a range of numbers", if found { 1.0 } else { 0.0 }))
    }
}

fn boxed<T: PartialOrd + Copy + Send + Sync + std::fmt::Debug + 'static>(
    column: Column<T>,
    range: RangeInclusive<T>,
    end: DocId,
    boost: Score,
) -> Box<dyn Scorer> {
    let mut found = Found { column, range, end, doc: 0, boost };
    found.settle();
    Box::new(found)
}

struct Found<T> {
    column: Column<T>,
    range: RangeInclusive<T>,
    end: DocId,
    doc: DocId,
    boost: Score,
}

impl<T: PartialOrd + Copy + Send + Sync + std::fmt::Debug + 'static> Found<T> {
    /// Goes on to the next document, the one at hand included, that is in the range.
    fn settle(&mut self) -> DocId {
        while self.doc < self.end && !self.column.first(self.doc).is_some_and(|number| self.range.contains(&number)) {
            self.doc += 1;
        }
        if self.doc >= self.end {
            self.doc = TERMINATED;
        }
        self.doc
    }
}

impl<T: PartialOrd + Copy + Send + Sync + std::fmt::Debug + 'static> DocSet for Found<T> {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.doc += 1;
        self.settle()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        self.doc = target;
        self.settle()
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.end / 2
    }
}

impl<T: PartialOrd + Copy + Send + Sync + std::fmt::Debug + 'static> Scorer for Found<T> {
    fn score(&mut self) -> Score {
        self.boost
    }
}
