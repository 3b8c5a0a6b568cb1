//! A word of several terms (its inflected forms, its stems in several languages) as one: an article is found by any of
//! them, and scored as if they were the same term.

use tantivy::fieldnorm::FieldNormReader;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::query::{Bm25StatisticsProvider, EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED, Term};

const K1: Score = 1.2;
const B: Score = 0.75;

/// BM25 (Robertson and Zaragoza 2009, with tantivy's constants) of words of one field.
#[derive(Debug, Clone, Copy)]
pub(super) struct Similarity {
    /// Sum over the words.
    idf: Score,
    /// Average length of a text.
    average: Score,
}

impl Similarity {
    /// Of words that each have the given terms. The terms of a word are counted together: each is as frequent as the
    /// word, so the statistics say.
    pub(super) fn of<'t>(
        statistics: &dyn Bm25StatisticsProvider,
        field: Field,
        words: impl Iterator<Item = &'t Vec<Term>>,
    ) -> tantivy::Result<Similarity> {
        let documents = statistics.total_num_docs()?.max(1) as Score;
        let average = statistics.total_num_tokens(field)? as Score / documents;
        let mut idf = 0.0;
        for terms in words {
            let mut frequency = 0;
            for term in terms {
                frequency = frequency.max(statistics.doc_freq(term)?);
            }
            let frequency = (frequency as Score).min(documents);
            idf += (1.0 + (documents - frequency + 0.5) / (frequency + 0.5)).ln();
        }
        Ok(Similarity { idf, average: average.max(1.0) })
    }

    /// The score of a text of `length` words in which the words stand `count` times.
    pub(super) fn score(self, count: Score, length: u32) -> Score {
        let damped = count + K1 * (1.0 - B + B * length as Score / self.average);
        self.idf * count * (1.0 + K1) / damped
    }
}

/// Terms that more than so many are merged by a heap instead.
pub(super) const MOST: usize = 8;

/// Any of at most [`MOST`] terms of one field.
#[derive(Debug, Clone)]
pub(super) struct WordQuery {
    pub(super) field: Field,
    pub(super) terms: Vec<Term>,
}

impl Query for WordQuery {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let similarity = match scoring {
            EnableScoring::Enabled { statistics_provider, .. } => {
                Some(Similarity::of(statistics_provider, self.field, [&self.terms].into_iter())?)
            }
            EnableScoring::Disabled { .. } => None,
        };
        Ok(Box::new(WordWeight { query: self.clone(), similarity }))
    }
}

struct WordWeight {
    query: WordQuery,
    similarity: Option<Similarity>,
}

impl Weight for WordWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let index = reader.inverted_index(self.query.field)?;
        let option = if self.similarity.is_some() { IndexRecordOption::WithFreqs } else { IndexRecordOption::Basic };
        let mut postings = Vec::with_capacity(self.query.terms.len());
        for term in &self.query.terms {
            postings.extend(index.read_postings(term, option)?);
        }
        if postings.is_empty() {
            return Ok(Box::new(EmptyScorer));
        }
        let similarity = match self.similarity {
            Some(similarity) => Some((similarity, reader.get_fieldnorms_reader(self.query.field)?)),
            None => None,
        };
        let doc = least(&postings);
        Ok(Box::new(WordScorer { postings, doc, similarity, boost }))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let score = if scorer.doc() <= doc && scorer.seek(doc) == doc { scorer.score() } else { 0.0 };
        Ok(Explanation::new("terms of one word", score))
    }
}

struct WordScorer {
    postings: Vec<SegmentPostings>,
    doc: DocId,
    similarity: Option<(Similarity, FieldNormReader)>,
    boost: Score,
}

fn least(postings: &[SegmentPostings]) -> DocId {
    postings.iter().map(|postings| postings.doc()).min().unwrap_or(TERMINATED)
}

impl DocSet for WordScorer {
    fn advance(&mut self) -> DocId {
        for postings in self.postings.iter_mut().filter(|postings| postings.doc() == self.doc) {
            postings.advance();
        }
        self.doc = least(&self.postings);
        self.doc
    }

    fn seek(&mut self, target: DocId) -> DocId {
        for postings in self.postings.iter_mut().filter(|postings| postings.doc() < target) {
            postings.seek(target);
        }
        self.doc = least(&self.postings);
        self.doc
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.postings.iter().map(|postings| postings.size_hint()).max().unwrap_or(0)
    }
}

impl Scorer for WordScorer {
    fn score(&mut self) -> Score {
        let Some((similarity, norms)) = &self.similarity else { return self.boost };
        let here = self.postings.iter().filter(|postings| postings.doc() == self.doc);
        let count: u32 = here.map(|postings| postings.term_freq()).sum();
        self.boost * similarity.score(count as Score, norms.fieldnorm(self.doc))
    }
}
