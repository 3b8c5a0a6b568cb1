//! Articles and their quotations, each the other's condition: where one is in the index, the other is known by counting.
//!
//! An article's quotations stand right before it, in one segment; no merge tears them apart, and they are deleted
//! together. Each document keeps how far the other end is ([`Fields::link`](crate::index::Fields)).

use tantivy::columnar::Column;
use tantivy::query::{EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocId, DocSet, Score, SegmentReader, TERMINATED};

/// Where articles and quotations of one segment are.
#[derive(Clone)]
pub(super) struct Links(Column<i64>);

impl Links {
    pub(super) fn open(reader: &SegmentReader) -> tantivy::Result<Links> {
        Ok(Links(reader.fast_fields().i64("link")?))
    }

    fn link(&self, doc: DocId) -> i64 {
        self.0.first(doc).unwrap_or(0)
    }

    /// Whether a document is an article.
    pub(super) fn is_article(&self, doc: DocId) -> bool {
        self.link(doc) <= 0
    }

    /// The article of a quotation; an article is its own.
    pub(super) fn article(&self, doc: DocId) -> DocId {
        doc.saturating_add(u32::try_from(self.link(doc)).unwrap_or(0))
    }

    /// The first document that belongs to an article: its first quotation, or itself if it has none.
    pub(super) fn first(&self, article: DocId) -> DocId {
        article.saturating_sub(u32::try_from(-self.link(article)).unwrap_or(0))
    }

    /// Which of its article's quotations a quotation is, from 0.
    pub(super) fn ordinal(&self, quote: DocId) -> usize {
        (quote - self.first(self.article(quote)).min(quote)) as usize
    }
}

/// Documents of one kind, by what matches of the other kind.
#[derive(Debug)]
pub(super) enum Joined {
    /// Quotations of the articles that match.
    QuotesOf(Box<dyn Query>),
    /// Articles with a quotation that matches.
    ArticlesOf(Box<dyn Query>),
}

impl Clone for Joined {
    fn clone(&self) -> Joined {
        match self {
            Joined::QuotesOf(query) => Joined::QuotesOf(query.box_clone()),
            Joined::ArticlesOf(query) => Joined::ArticlesOf(query.box_clone()),
        }
    }
}

impl Query for Joined {
    fn weight(&self, scoring: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        let unscored = match scoring.searcher() {
            Some(searcher) => EnableScoring::disabled_from_searcher(searcher),
            None => EnableScoring::disabled_from_schema(scoring.schema()),
        };
        let (inner, quotes) = match self {
            Joined::QuotesOf(query) => (query.weight(unscored)?, true),
            Joined::ArticlesOf(query) => (query.weight(unscored)?, false),
        };
        Ok(Box::new(JoinedWeight { inner, quotes }))
    }
}

struct JoinedWeight {
    inner: Box<dyn Weight>,
    quotes: bool,
}

impl Weight for JoinedWeight {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        let (inner, links) = (self.inner.scorer(reader, 1.0)?, Links::open(reader)?);
        let end = reader.max_doc();
        let mut found = Found { inner, links, end, quotes: self.quotes, doc: 0, article: 0, boost };
        found.settle(0);
        Ok(Box::new(found))
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let mut scorer = self.scorer(reader, 1.0)?;
        let found = scorer.doc() <= doc && scorer.seek(doc) == doc;
        Ok(Explanation::new("joined with its article", if found { 1.0 } else { 0.0 }))
    }
}

struct Found {
    inner: Box<dyn Scorer>,
    links: Links,
    /// Behind the last document.
    end: DocId,
    quotes: bool,
    doc: DocId,
    /// Behind the last quotation of the article at hand.
    article: DocId,
    boost: Score,
}

impl Found {
    /// Goes to the first document from `target` on.
    fn settle(&mut self, target: DocId) -> DocId {
        self.doc = match self.quotes {
            _ if target >= self.end => TERMINATED,
            true => self.quotes_from(target),
            false => self.article_from(target),
        };
        self.doc
    }

    fn quotes_from(&mut self, target: DocId) -> DocId {
        if target < self.article {
            return target;
        }
        let mut article = reach(&mut *self.inner, target);
        while article != TERMINATED {
            let first = self.links.first(article).max(target);
            if first < article {
                self.article = article;
                return first;
            }
            article = self.inner.advance();
        }
        TERMINATED
    }

    fn article_from(&mut self, target: DocId) -> DocId {
        // What belongs to the article that `target` belongs to may match before it.
        let first = self.links.first(self.links.article(target));
        match reach(&mut *self.inner, first) {
            TERMINATED => TERMINATED,
            found => self.links.article(found),
        }
    }
}

/// The first document of `docs` from `target` on.
fn reach(docs: &mut dyn Scorer, target: DocId) -> DocId {
    if docs.doc() < target { docs.seek(target) } else { docs.doc() }
}

impl DocSet for Found {
    fn advance(&mut self) -> DocId {
        if self.doc == TERMINATED {
            return TERMINATED;
        }
        self.settle(self.doc + 1)
    }

    fn seek(&mut self, target: DocId) -> DocId {
        if self.doc >= target {
            return self.doc;
        }
        self.settle(target)
    }

    fn doc(&self) -> DocId {
        self.doc
    }

    fn size_hint(&self) -> u32 {
        self.inner.size_hint()
    }
}

impl Scorer for Found {
    fn score(&mut self) -> Score {
        self.boost
    }
}
