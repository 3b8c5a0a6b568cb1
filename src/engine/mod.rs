//! The engine seam: what answers a query. The embedded engine is one; a remote one would be another.

pub mod local;
mod passages;

use anyhow::Result;

use crate::annotations::Annotations;
use crate::article::Article;
use crate::query::Node;
use crate::results::{ArticleHit, Explanation, Found, Mention, QuoteHit, Source, Spelt, Story, Why};

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
    /// For articles: whether the mentions in all of them are counted.
    pub count_mentions: bool,
    /// What becomes of copies.
    pub dups: Dups,
}

/// The order of mentions. Within it: by date, article and place in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum MentionSort {
    /// Oldest article first; undated last.
    #[default]
    Date,
    /// Newest article first; undated last.
    DateDescending,
    /// By the name of the outlet; unknown last.
    Source,
    /// By the words before the match, from the match leftwards.
    Left,
    /// By the match and the words behind it.
    Right,
}

/// Which mentions are wanted, and how.
#[derive(Debug, Clone)]
pub struct MentionRequest {
    /// The query, conditions of flags included.
    pub query: Node,
    /// Their order.
    pub sort: MentionSort,
    /// Characters wanted of the text before a match, and as many behind it.
    pub context: usize,
}

/// Takes one mention and its article after another; `false` to stop.
pub type Visit<'v> = dyn FnMut(&Source, &Mention) -> Result<bool> + 'v;

/// What hits are counted by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Facet {
    /// The outlet.
    Source,
    /// Who is quoted.
    Speaker,
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

    /// Every mention, one after another, in constant memory, whatever their number.
    ///
    /// # Errors
    /// As [`Engine::articles`], and what `visit` returns.
    fn mentions(&self, request: &MentionRequest, visit: &mut Visit<'_>) -> Result<()>;

    /// How many articles (or quotations) match, by a facet, the most first; dates in their order.
    ///
    /// # Errors
    /// As [`Engine::articles`].
    fn count(&self, query: &Node, quotes: bool, facet: Facet) -> Result<Vec<Count>>;

    /// How a query is read: what each of its parts finds alone, and what each word stands for.
    ///
    /// # Errors
    /// As [`Engine::articles`].
    fn explain(&self, query: &Node) -> Result<Explanation>;

    /// Why the article whose id begins with these hex digits is found, or is not; `None` when there is no such article.
    ///
    /// # Errors
    /// As [`Engine::article`].
    fn why(&self, query: &Node, id: &str) -> Result<Option<Why>>;

    /// Words of the archive spelt nearly as those words of a query that it has not, with the number of documents.
    ///
    /// # Errors
    /// As [`Engine::articles`].
    fn similar(&self, query: &Node) -> Result<Vec<(String, u64)>>;

    /// In which further spellings the names of a query are looked for.
    ///
    /// # Errors
    /// As [`Engine::articles`].
    fn spelt(&self, query: &Node) -> Result<Vec<Spelt>>;

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
