//! The engine seam: what answers a query. The embedded engine is one; a remote one would be another.

pub mod local;
mod outline;
mod passages;
pub mod typical;

use std::path::Path;

use anyhow::Result;
use rustc_hash::FxHashMap;

use crate::query::Node;
use crate::results::{
    ArticleHit, Explanation, Found, Held, Marks, Mention, Passage, QuoteHit, Source, Spelt, Story, Suggestion, Totals,
    Why,
};

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
    /// By the name of the outlet, unknown ones last; oldest first within one.
    Source,
}

/// How much of the text a passage takes in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Context {
    /// What shows a match well in few lines: mostly one sentence, part of one that is long.
    #[default]
    Usual,
    /// The sentence and so many on either side, in its paragraph.
    Sentences(usize),
    /// The paragraph.
    Paragraph,
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
    /// What a passage takes in.
    pub context: Context,
    /// For quotations: only those at least so sure.
    pub sure: f32,
    /// For articles: whether the mentions in all of them are counted. They are not where that takes reading thousands of
    /// articles: the index counts words, but not places, people and days.
    pub count_mentions: bool,
    /// Only what was first indexed after this moment, in seconds since 1970.
    pub indexed_after: Option<i64>,
    /// What becomes of copies.
    pub dups: Dups,
}

/// The words by which mentions are sorted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Side {
    /// The words before the match, from the match leftwards.
    Left,
    /// The match and the words behind it.
    Right,
}

/// Which mentions are wanted, and how.
#[derive(Debug, Clone)]
pub struct MentionRequest {
    /// Of which articles, and in which order of them; in an article the order is that of its text. Offset and limit of
    /// articles do not count.
    pub articles: Request,
    /// By which words they are sorted instead; equal ones come in the order of the articles.
    pub side: Option<Side>,
    /// Characters wanted of the text before a match, and as many behind it; never more than its paragraph.
    pub context: usize,
}

/// Takes one row and its article after another, with what is known of all articles; `false` to stop.
pub type Visit<'v, Row> = dyn FnMut(&Totals, &Source, &Row) -> Result<bool> + 'v;

impl Request {
    /// All hits of `query`, best first, without passages.
    pub fn new(query: Node) -> Request {
        let (sort, dups) = (Sort::Relevance, Dups::Show);
        Request {
            query,
            sort,
            offset: 0,
            limit: None,
            passages: 0,
            context: Context::Usual,
            sure: 0.0,
            indexed_after: None,
            dups,
            count_mentions: false,
        }
    }

    /// Nothing but the totals of `query`.
    pub fn totals(query: Node) -> Request {
        Request { sort: Sort::Date, limit: Some(0), ..Request::new(query) }
    }
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
    /// Organisations.
    Org,
    /// Places, by canonical name.
    Place,
    /// Countries.
    Country,
    /// Section.
    Section,
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
/// One cell of a count by two facets.
pub type PairCount = ([Option<String>; 2], u64);

/// In how many articles each word stands.
#[derive(Debug, Clone, Default)]
pub struct Vocabulary {
    /// How many different articles were looked into.
    pub articles: u64,
    /// Whether more match than were looked into.
    pub sampled: bool,
    /// How many match in all.
    pub total: u64,
    /// Articles by folded word.
    pub words: FxHashMap<String, u64>,
}

/// Takes hits one after another, with what is known of all.
pub type Each<'e, Hit> = &'e mut dyn FnMut(&Totals, Hit) -> Result<()>;

/// Answers queries.
pub trait Engine {
    /// Ranked articles, handed to `each` one after another with what is known of all; none is kept.
    ///
    /// # Errors
    /// A damaged archive, a query that this engine cannot run, or what `each` returns, which ends the search.
    fn each_article(&self, request: &Request, each: Each<'_, ArticleHit>) -> Result<Totals>;

    /// Ranked quotations, handed over in the same way.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn each_quote(&self, request: &Request, each: Each<'_, QuoteHit>) -> Result<Totals>;

    /// Ranked articles, all at once.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn articles(&self, request: &Request) -> Result<Found<ArticleHit>> {
        collected(|each| self.each_article(request, each))
    }

    /// Ranked quotations, all at once.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn quotes(&self, request: &Request) -> Result<Found<QuoteHit>> {
        collected(|each| self.each_quote(request, each))
    }

    /// Every mention, one after another, in constant memory, whatever their number. The totals are those of the
    /// articles.
    ///
    /// # Errors
    /// As [`Engine::articles`], and what `visit` returns.
    fn mentions(&self, request: &MentionRequest, visit: &mut Visit<'_, Mention>) -> Result<Totals>;

    /// Every sentence in which the query matches, and every headline, in the order of the articles; as
    /// [`Engine::mentions`].
    ///
    /// # Errors
    /// As [`Engine::articles`], and what `visit` returns.
    fn sentences(&self, articles: &Request, visit: &mut Visit<'_, Passage>) -> Result<Totals>;

    /// How many articles (or quotations) match, by a facet, the most first; dates in their order.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn count(&self, request: &Request, quotes: bool, facet: Facet) -> Result<Vec<Count>>;

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

    /// In which further spellings the names of a query are looked for.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn spelt(&self, query: &Node) -> Result<Vec<Spelt>>;

    /// For words of a query that are nowhere, words that may have been meant. Nothing is searched for by them.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn suggest(&self, query: &Node) -> Result<Vec<Suggestion>>;

    /// The same by two facets, in no order.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn count_pairs(&self, request: &Request, quotes: bool, facets: [Facet; 2]) -> Result<Vec<PairCount>>;

    /// The ids of all articles that match, or that have a quotation that does, in their order.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn ids(&self, request: &Request, quotes: bool) -> Result<Vec<String>>;

    /// The article whose id begins with these hex digits; `None` when there is none.
    ///
    /// # Errors
    /// As [`Engine::each_article`], and when several articles' ids begin so.
    fn article(&self, id: &str) -> Result<Option<Held>>;

    /// The article whose id begins with these hex digits with all its copies, as one story; `None` when there is none.
    ///
    /// # Errors
    /// As [`Engine::article`].
    fn copies(&self, id: &str) -> Result<Option<Story>>;

    /// The stories with the most copies, at most `limit`.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn most_copied(&self, limit: usize) -> Result<Vec<Story>>;

    /// The articles of a file, by its path from the working directory, in the order of the file.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn articles_of(&self, path: &Path) -> Result<Vec<Held>>;

    /// Where a query matches in an article.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn marks(&self, query: &Node, held: &Held) -> Result<Marks>;

    /// The words of the best articles of a request.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn vocabulary(&self, request: &Request) -> Result<Vocabulary>;

    /// In how many articles of the archive each of these folded words stands; and how many articles there are.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    fn frequencies(&self, words: &[&str]) -> Result<(Vec<u64>, u64)>;
}

fn collected<Hit>(run: impl FnOnce(Each<'_, Hit>) -> Result<Totals>) -> Result<Found<Hit>> {
    let mut hits = Vec::new();
    let totals = run(&mut |_, hit| {
        hits.push(hit);
        Ok(())
    })?;
    Ok(Found { totals, hits })
}
