//! The engine seam: what answers a query. The embedded engine is one; a remote one would be another.

pub mod local;
mod passages;

use anyhow::Result;

use crate::annotations::Annotations;
use crate::article::Article;
use crate::query::Node;
use crate::results::{ArticleHit, Found, QuoteHit, Spelt, Story, Suggestion};

/// The order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sort {
    /// Best first.
    #[default]
    Relevance,
    /// Oldest first; undated last.
    Date,
    /// Newest first; undated last.
    DateDescending,
}

/// What becomes of copies of one story among the hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dups {
    /// Every copy is a hit of its own.
    #[default]
    Show,
    /// One hit a story: the best of the copies.
    Fold,
    /// One hit a story: the first printed.
    First,
    /// One hit a story: the longest.
    Longest,
}

/// Which hits of a query are wanted, and how.
#[derive(Debug, Clone)]
pub struct Request {
    /// The query, conditions of flags included.
    pub query: Node,
    /// Their order.
    pub sort: Sort,
    /// Hits to pass over.
    pub offset: usize,
    /// Hits wanted; `None` for all.
    pub limit: Option<usize>,
    /// Passages wanted of each article.
    pub passages: usize,
    /// For quotations: only those at least so sure.
    pub sure: f32,
    /// What becomes of copies.
    pub dups: Dups,
}

/// What hits are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// The outlet.
    Source,
    /// Who is quoted.
    Speaker,
    /// People named in full.
    Person,
    /// Places, by canonical name.
    Place,
    /// Countries.
    Country,
    /// Language.
    Lang,
    /// Year of publication.
    Year,
    /// Month of publication.
    Month,
    /// Day of publication.
    Day,
}

/// One row of a count: a value, `None` for what has none, and how many.
pub type Count = (Option<String>, u64);

/// Answers queries.
pub trait Engine {
    /// Ranked articles.
    ///
    /// # Errors
    /// A damaged archive, or a query that this engine cannot run.
    fn articles(&self, request: &Request) -> Result<Found<ArticleHit>>;

    /// Ranked quotations.
    ///
    /// # Errors
    /// As [`Engine::articles`].
    fn quotes(&self, request: &Request) -> Result<Found<QuoteHit>>;

    /// How many articles (or quotations) match, by a facet, the most first; dates in their order.
    ///
    /// # Errors
    /// As [`Engine::articles`].
    fn count(&self, query: &Node, quotes: bool, facet: Facet) -> Result<Vec<Count>>;

    /// In which further spellings the names of a query are looked for.
    ///
    /// # Errors
    /// As [`Engine::articles`].
    fn spelt(&self, query: &Node) -> Result<Vec<Spelt>>;

    /// For words of a query that are nowhere, words that may have been meant. Nothing is searched for by them.
    ///
    /// # Errors
    /// As [`Engine::articles`].
    fn suggest(&self, query: &Node) -> Result<Vec<Suggestion>>;

    /// The article whose id begins with these hex digits, with what was found in it; `None` when there is none.
    ///
    /// # Errors
    /// As [`Engine::articles`], and when several articles' ids begin so.
    fn article(&self, id: &str) -> Result<Option<(Article, Annotations)>>;

    /// The article whose id begins with these hex digits with all its copies, as one story; `None` when there is none.
    ///
    /// # Errors
    /// As [`Engine::article`].
    fn copies(&self, id: &str) -> Result<Option<Story>>;

    /// The stories with the most copies, at most `limit`.
    ///
    /// # Errors
    /// As [`Engine::articles`].
    fn most_copied(&self, limit: usize) -> Result<Vec<Story>>;
}
