//! Word statistics for the ranking.

use anyhow::Result;
use rustc_hash::FxHashMap;
use tantivy::query::Bm25StatisticsProvider;
use tantivy::schema::Field as IndexField;
use tantivy::{Searcher, Term};

/// BM25 statistics of one kind of document: how many there are, deleted ones included, as in all other statistics.
///
/// The terms of one word (its stems in several languages, what a wildcard expands to) count as one term: a rare form
/// of a common word is no rare word.
pub(super) struct KindStatistics<'a> {
    searcher: &'a Searcher,
    documents: u64,
    /// Frequency of the whole word, by term.
    frequencies: FxHashMap<Term, u64>,
}

impl<'a> KindStatistics<'a> {
    /// Of the documents that have the term `kind`, for a search for the words in `leaves`.
    pub(super) fn of(searcher: &'a Searcher, kind: &Term, leaves: &[Vec<Term>]) -> Result<KindStatistics<'a>> {
        let documents = searcher.doc_freq(kind)?.max(1);
        let mut statistics = KindStatistics { searcher, documents, frequencies: FxHashMap::default() };
        leaves.iter().filter(|terms| terms.len() > 1).try_for_each(|terms| statistics.join(terms))?;
        Ok(statistics)
    }

    fn join(&mut self, terms: &[Term]) -> Result<()> {
        let mut sum = 0;
        for term in terms {
            sum += self.searcher.doc_freq(term)?;
        }
        self.frequencies.extend(terms.iter().map(|term| (term.clone(), sum.min(self.documents))));
        Ok(())
    }
}

impl Bm25StatisticsProvider for KindStatistics<'_> {
    fn total_num_tokens(&self, field: IndexField) -> tantivy::Result<u64> {
        self.searcher.total_num_tokens(field)
    }

    fn total_num_docs(&self) -> tantivy::Result<u64> {
        Ok(self.documents)
    }

    fn doc_freq(&self, term: &Term) -> tantivy::Result<u64> {
        // Conditions on fields that both kinds share count nothing, but must not exceed the number of documents.
        let known = self.frequencies.get(term).copied();
        Ok(known.map_or_else(|| self.searcher.doc_freq(term), Ok)?.min(self.documents))
    }
}
