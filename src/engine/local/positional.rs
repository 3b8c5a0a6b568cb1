//! A query of our own for the index: everything that positions decide. Candidates come from the postings; the one
//! matcher ([`crate::query::spans`]) decides on each, fed with the postings' positions.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::ops::Range;

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

use super::word::Similarity;
use crate::index::analysis;
use crate::query::spans::{self, Document, Expr, Match, Needed};

/// The terms of one leaf: any of them is the word.
pub(super) type LeafTerms = Vec<Term>;

/// An expression over leaves, in the text of one kind of document.
#[derive(Debug)]
pub(super) struct PositionalQuery {
    /// What must hold; no conditions on other fields.
    pub(super) expr: Expr,
    /// The terms of each leaf, by number.
    pub(super) leaves: Vec<LeafTerms>,
    /// Documents that could match: those with enough of the words.
    pub(super) candidates: Box<dyn Query>,
    /// The field of the text.
    pub(super) field: Field,
    /// Whether the documents are quotations.
    pub(super) quotation: bool,
}

impl Clone for PositionalQuery {
    fn clone(&self) -> PositionalQuery {
        PositionalQuery {
            expr: self.expr.clone(),
            leaves: self.leaves.clone(),
            candidates: self.candidates.box_clone(),
            ..*self
        }
    }
}

impl Query for PositionalQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let disabled = match scoring {
            EnableScoring::Enabled { searcher, .. } => EnableScoring::disabled_from_searcher(searcher),
            disabled => disabled,
        };
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                Some(Similarity::of(statistics_provider, self.field, self.leaves.iter())?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        let candidates = self.candidates.weight(disabled)?;
        Ok(Box::new(PositionalWeight { query: self.clone(), candidates, similarity }))
    }
}

struct PositionalWeight {
    query: PositionalQuery,
    candidates: Box<dyn Weight>,
    similarity: Option<Similarity>,
}

impl Weight for PositionalWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let query = &self.query;
        let document = Positions::open(reader, &query.expr, &query.leaves, query.field)?;
        let norms = match self.similarity {
            Some(_) => Some(reader.get_fieldnorms_reader(query.field)?),
            None => None,
        };
        let mut scorer = PositionalScorer {
            expr: query.expr.clone(),
            quotation: query.quotation,
            candidates: self.candidates.scorer(reader, 1.0)?,
            document,
            count: 0,
            similarity: self.similarity,
            norms,
            boost,
        };
        if !scorer.is_match() {
            scorer.advance();
        }
        Ok(Box::new(scorer))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let score = if scorer.doc() <= doc && scorer.seek(doc) == doc { scorer.score() } else { 0.0 };
        Ok(Explanation::new("matches of words at positions", score))
    }
}

/// Goes through the documents that match.
pub(super) struct PositionalScorer {
    expr: Expr,
    quotation: bool,
    candidates: Box<dyn Scorer>,
    document: Positions,
    /// Matches in the document that the scorer is at.
    count: usize,
    similarity: Option<Similarity>,
    norms: Option<FieldNormReader>,
    boost: Score,
}

impl PositionalScorer {
    /// How many matches there are in the document that it is at.
    pub(super) fn matches(&self) -> u64 {
        self.count as u64
    }

    /// Whether the candidate at hand matches.
    fn is_match(&mut self) -> bool {
        let doc = self.candidates.doc();
        if doc == TERMINATED {
            return true; // nowhere further to go
        }
        self.document.load(doc);
        let count = if self.quotation { spans::count_in_words_of_quotation } else { spans::count };
        let found = count(&self.expr, &self.document);
        self.count = found.unwrap_or(0);
        found.is_some()
    }
}

impl DocSet for PositionalScorer {
    fn advance(&mut self) -> DocId {
        loop {
            let doc = self.candidates.advance();
            if self.is_match() {
                return doc;
            }
        }
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc() >= target {
            return self.doc();
        }
        self.candidates.seek(target);
        if self.is_match() { self.doc() } else { self.advance() }
    }

    fn doc(&self) -> DocId {
        self.candidates.doc()
    }

    fn size_hint(&self) -> u32 {
        self.candidates.size_hint() / 4
    }
}

impl Scorer for PositionalScorer {
    fn score(&mut self) -> Score {
        let (Some(similarity), Some(norms)) = (self.similarity, &self.norms) else { return self.boost };
        // The number of matches is the term frequency.
        self.boost * similarity.score(self.count.max(1) as Score, norms.fieldnorm(self.doc()))
    }
}

/// The positions of one document after another, in rising order of documents.
pub(super) struct Positions {
    leaves: Vec<Cursor>,
    /// Sentences, paragraphs, capitalised words, words in capitals.
    markers: [Option<Cursor>; 4],
}

impl Positions {
    /// Opens the postings of leaves with these terms, and of the markers in `markers` that `expr` asks for.
    pub(super) fn open(
        reader: &SegmentReader,
        expr: &Expr,
        leaves: &[LeafTerms],
        markers: Field,
    ) -> tantivy::Result<Positions> {
        let needed = Needed::of(expr);
        let marker = |text: &str| Cursor::open(reader, &[Term::from_field_text(markers, text)]);
        let open = |wanted: bool, text: &str| wanted.then(|| marker(text)).transpose();
        Ok(Positions {
            leaves: leaves.iter().map(|terms| Cursor::open(reader, terms)).collect::<tantivy::Result<_>>()?,
            markers: [
                open(needed.sentences, analysis::SENTENCE)?,
                open(needed.paragraphs, analysis::PARAGRAPH)?,
                open(needed.capitals, analysis::CAPITAL)?,
                open(needed.capitals, analysis::ALL_CAPS)?,
            ],
        })
    }

    /// Reads the positions in `doc`, which must not be before the document last loaded.
    pub(super) fn load(&mut self, doc: DocId) {
        self.leaves.iter_mut().for_each(|cursor| cursor.load(doc));
        self.markers.iter_mut().flatten().for_each(|cursor| cursor.load(doc));
    }

    fn marker(&self, number: usize) -> &[u32] {
        self.markers[number].as_ref().map_or(&[], |cursor| &cursor.positions)
    }
}

impl Document for Positions {
    fn positions(&self, leaf: usize) -> &[u32] {
        self.leaves.get(leaf).map_or(&[], |cursor| &cursor.positions)
    }

    fn sentences(&self) -> &[u32] {
        self.marker(0)
    }

    fn paragraphs(&self) -> &[u32] {
        self.marker(1)
    }

    fn capitals(&self, all: bool) -> &[u32] {
        self.marker(if all { 3 } else { 2 })
    }

    fn quotes(&self) -> &[Vec<Range<u32>>] {
        &[]
    }

    fn field(&self, _: usize, _: Option<usize>) -> Option<Vec<Match>> {
        None
    }
}

/// The postings of one leaf: those of its terms, merged. Only the terms of the document at hand are touched.
pub(super) struct Cursor {
    postings: Vec<SegmentPostings>,
    /// The document each of them is at, the earliest first.
    queue: BinaryHeap<Reverse<(DocId, usize)>>,
    /// Where the leaf stands in the document last loaded, in rising order.
    pub(super) positions: Vec<u32>,
    part: Vec<u32>,
}

impl AsRef<[u32]> for Cursor {
    fn as_ref(&self) -> &[u32] {
        &self.positions
    }
}

impl Cursor {
    /// Opens the postings of `terms` with their positions.
    pub(super) fn open(reader: &SegmentReader, terms: &[Term]) -> tantivy::Result<Cursor> {
        let mut postings = Vec::with_capacity(terms.len());
        for term in terms {
            let index = reader.inverted_index(term.field())?;
            postings.extend(index.read_postings(term, IndexRecordOption::WithFreqsAndPositions)?);
        }
        let queue = postings.iter().enumerate().map(|(i, p)| Reverse((p.doc(), i))).collect();
        Ok(Cursor { postings, queue, positions: Vec::new(), part: Vec::new() })
    }

    /// Reads the positions in `doc`, which must not be before the document last loaded.
    pub(super) fn load(&mut self, doc: DocId) {
        self.positions.clear();
        let mut parts = 0;
        while let Some(&Reverse((at, number))) = self.queue.peek() {
            if at > doc {
                break;
            }
            self.queue.pop();
            let postings = &mut self.postings[number];
            let mut at = if at < doc { postings.seek(doc) } else { at };
            if at == doc {
                if parts == 0 {
                    postings.positions(&mut self.positions);
                } else {
                    postings.positions(&mut self.part);
                    self.positions.extend_from_slice(&self.part);
                }
                parts += 1;
                at = postings.advance();
            }
            if at != TERMINATED {
                self.queue.push(Reverse((at, number)));
            }
        }
        if parts > 1 {
            self.positions.sort_unstable();
            self.positions.dedup();
        }
    }
}
