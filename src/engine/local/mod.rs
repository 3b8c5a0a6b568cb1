//! The embedded engine: answers queries from an archive on disk.

mod clusters;
mod collect;
mod compile;
mod count;
mod counting;
mod expand;
mod explain;
mod facets;
mod filter;
mod fold;
mod geography;
mod hits;
mod join;
mod listing;
mod mentions;
mod parallel;
mod persons;
mod positional;
mod rank;
mod reading;
mod rows;
mod sample;
mod sorter;
mod spellings;
mod statistics;
mod stories;
mod suggest;
mod variants;
mod word;

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use anyhow::{Result, bail};
use rustc_hash::FxHashMap;
use tantivy::collector::TopDocs;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, IndexReader, ReloadPolicy, Searcher, Term};

use self::clusters::Clusters;
use self::collect::{Outlets, Ranked, Top, TopCollector};
use self::compile::{Compiler, Mode};
use self::fold::Fold;
use self::spellings::Spellings;
use self::statistics::KindStatistics;
use super::{Count, Dups, Each, Engine, Facet, MentionRequest, PairCount, Request, Sort, Visit, Vocabulary};
use crate::field::Field;
use crate::index::archive::Payload;
use crate::index::document::{self, Stored};
use crate::index::place;
use crate::index::schema::{ARTICLE, QUOTE};
use crate::index::{Archive, ArchiveError};
use crate::names::taught::Taught;
use crate::query::plan::{self, Plan};
use crate::query::text::Known;
use crate::query::{Node, QueryError, Word};
use crate::results::{
    ArticleHit, Explanation, Held, Marks, Mention, Passage, QuoteHit, Source, Spelt, Story, Suggestion, Totals, Why,
};
use crate::text::cut;
use crate::text::stem::Stems;
use crate::when::day_from_number;

/// An archive, open for searching as of its last commit.
pub struct Local {
    archive: Archive,
    payload: Payload,
    searcher: Searcher,
    /// Where the articles of each segment are stored.
    stores: Vec<StoreReader>,
    languages: Vec<String>,
    here: PathBuf,
    taught: Taught,
    /// Whether names are found in their other spellings, too.
    aliases: bool,
    clusters: OnceLock<Clusters>,
}

/// Blocks of stored articles that are kept unpacked, for each segment.
const STORE_BLOCKS: usize = 16;
/// Articles that are read, at most, to count mentions which the index cannot count: of places, people and days.
const MOST_READ: u64 = 2_000;

impl Local {
    /// Opens the archive at `dir` as of its last commit; a build may be under way.
    ///
    /// # Errors
    /// [`ArchiveError`] when it cannot be used.
    pub fn open(dir: &Path) -> Result<Local> {
        place::settled(dir, || Local::of(Archive::open(dir)?))
    }

    /// An archive in memory that holds `articles`, in so many segments. For tests of the search.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn in_memory(articles: &[Stored], segments: usize) -> Result<Local> {
        Local::of(Archive::in_memory(articles, segments)?)
    }

    fn of(archive: Archive) -> Result<Local> {
        let dir = archive.dir.clone();
        let payload = archive.payload.clone().unwrap_or_default();
        let damaged = |error: tantivy::TantivyError| ArchiveError::Damaged(dir.clone(), error.to_string());
        let opened = catch_unwind(AssertUnwindSafe(|| -> tantivy::Result<Searcher> {
            let reader = archive.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            Ok(IndexReader::searcher(&reader))
        }));
        let broken = |_| ArchiveError::Damaged(dir.clone(), "reading the index failed".to_owned());
        let searcher = opened.map_err(broken)?.map_err(damaged)?;
        // What a commit says and what it holds are read one after the other: they must be of one commit.
        if !archive.is_of_the_last_commit().map_err(damaged)? {
            let reason = "a build changed it while it was opened".to_owned();
            return Err(ArchiveError::Damaged(dir.clone(), reason).into());
        }
        let opened = catch_unwind(AssertUnwindSafe(|| {
            searcher
                .segment_readers()
                .iter()
                .map(|reader| reader.get_store_reader(STORE_BLOCKS))
                .collect::<std::io::Result<Vec<_>>>()
        }));
        let stores = opened.map_err(broken)?.map_err(|error| damaged(error.into()))?;
        let languages = payload.languages.iter().cloned().collect();
        let here = std::env::current_dir().unwrap_or_default();
        let taught = Taught::read(&dir)?;
        Ok(Local {
            searcher,
            stores,
            languages,
            here,
            taught,
            aliases: true,
            payload,
            archive,
            clusters: OnceLock::new(),
        })
    }

    /// Finds names only as they are typed.
    pub fn without_aliases(self) -> Local {
        Local { aliases: false, ..self }
    }

    /// What the user taught of names.
    pub fn taught(&self) -> &Taught {
        &self.taught
    }

    fn spellings(&self) -> Spellings<'_> {
        Spellings { searcher: &self.searcher, fields: &self.archive.fields, taught: &self.taught }
    }

    /// What the archive says of itself.
    pub fn payload(&self) -> &Payload {
        &self.payload
    }

    fn plan(&self, query: &Node) -> Result<Plan> {
        Ok(self.plan_and_spellings(query)?.0)
    }

    /// The plan of a query with all spellings of its names, and which these are.
    fn plan_and_spellings(&self, query: &Node) -> Result<(Plan, Vec<Spelt>)> {
        let mut spelt: Vec<Spelt> = Vec::new();
        let mut resolved = query.clone();
        if self.aliases {
            variants::add(&mut resolved, &self.spellings(), &mut spelt)?;
        }
        let planned = plan::plan(&geography::resolve(resolved)).map_err(|error| {
            // The text was parsed elsewhere; its printed form is what the span can point into at best.
            let query = query.to_string();
            let span = error.span.start.min(query.len())..error.span.end.min(query.len());
            QueryError { query, span, message: error.message, help: None }
        });
        let mut plan = planned?;
        if self.aliases {
            spelt.extend(self.spellings().add_to(&mut plan)?);
        }
        Ok((plan, spelt))
    }

    fn compiler<'a>(&'a self, plan: &'a Plan, mode: Mode) -> Result<Compiler<'a>> {
        Compiler::new(self, plan, &self.languages, mode)
    }

    fn collector(&self, request: &Request, mode: Mode) -> Result<TopCollector> {
        let wanted = wanted(request);
        let keep = if request.sort == Sort::Relevance { wanted.max(rank::WINDOW) } else { wanted };
        let fold = (request.dups != Dups::Show).then(|| Fold { stories: self.stories().into(), shown: request.dups });
        Ok(TopCollector {
            quotes: mode == Mode::Quotes,
            keep,
            sort: request.sort,
            outlets: if request.sort == Sort::Source { Outlets::of(&self.searcher)? } else { Outlets::default() },
            sure: request.sure,
            indexed_after: request.indexed_after,
            fold,
            counting: None,
        })
    }

    /// Runs the query of `compiler`, with the statistics of its kind of document.
    fn top(&self, compiler: &Compiler<'_>, collector: &TopCollector) -> Result<Top> {
        let kind = if compiler.mode == Mode::Quotes { QUOTE } else { ARTICLE };
        let kind = Term::from_field_text(self.archive.fields.kind, kind);
        let statistics = KindStatistics::of(&self.searcher, &kind, &compiler.leaves)?;
        Ok(self.searcher.search_with_statistics_provider(&*compiler.query()?, collector, &statistics)?.0)
    }

    /// The articles of a plan in their order, as many as are wanted, and what is known of all.
    fn ranked(&self, plan: &Plan, request: &Request) -> Result<(Top, Totals)> {
        let compiler = self.compiler(plan, Mode::Articles)?;
        let counting = match request.count_mentions {
            true => count::Counting::of(plan, &compiler, &self.archive.fields),
            false => None,
        };
        let counted = counting.is_some();
        let mut top = self.top(&compiler, &TopCollector { counting, ..self.collector(request, Mode::Articles)? })?;
        let mentions = match (request.count_mentions, counted) {
            (false, _) => None,
            (true, true) => Some(top.mentions),
            (true, false) if top.total > MOST_READ => None,
            (true, false) => {
                // What positions cannot count is counted in the texts of all.
                let all = TopCollector {
                    keep: usize::MAX,
                    sort: Sort::Date,
                    fold: None,
                    ..self.collector(request, Mode::Articles)?
                };
                Some(mentions::count(self, plan, &self.top(&compiler, &all)?.ranked)?)
            }
        };
        if request.sort == Sort::Relevance {
            let window = top.ranked.len().min(rank::WINDOW);
            rank::rerank(&self.searcher, &plan.expr, &compiler.leaves, &mut top.ranked[..window], wanted(request))?;
        }
        let totals = Totals { mentions, ..totals(&top) };
        Ok((top, totals))
    }

    /// Runs what reads the index; damage that makes it panic is reported as such.
    fn guarded<T>(&self, run: impl FnOnce() -> Result<T>) -> Result<T> {
        match catch_unwind(AssertUnwindSafe(run)) {
            Ok(result) => result.map_err(|error| match error.downcast_ref::<tantivy::TantivyError>() {
                Some(broken) => ArchiveError::Damaged(self.archive.dir.clone(), broken.to_string()).into(),
                None => error,
            }),
            Err(_) => {
                let reason = "reading the index failed".to_owned();
                Err(ArchiveError::Damaged(self.archive.dir.clone(), reason).into())
            }
        }
    }

    /// What an index that is as it was written cannot show.
    fn broken(&self, reason: &str) -> ArchiveError {
        ArchiveError::Damaged(self.archive.dir.clone(), reason.to_owned())
    }

    fn stored(&self, address: DocAddress) -> Result<Stored> {
        let store = self.stores.get(address.segment_ord as usize).ok_or_else(|| self.broken("a segment is missing"))?;
        // The value stands last in the document: taking it from there spares a copy of it byte by byte.
        let bytes = store.get_document_bytes(address.doc_id)?;
        Ok(Stored::from_bytes(&bytes).map_err(|error| self.broken(&error.to_string()))?)
    }

    /// What the archive knows of the article at `address`: as much of it as a plan asks for.
    fn known(&self, plan: &Plan, address: DocAddress, id: u64) -> Result<Known> {
        let mut known = Known::of(id);
        if !Known::decides(plan) {
            return Ok(known);
        }
        let reader = self.searcher.segment_reader(address.segment_ord);
        known.indexed = reader.fast_fields().i64("indexed")?.first(address.doc_id);
        (known.copies, known.is_copy, known.story) = self.clusters()?.known(address);
        Ok(known)
    }

    /// The path of an article so that it can be opened from the working directory.
    fn path(&self, stored: &Stored) -> String {
        let root = self.payload.roots.get(usize::from(stored.root)).map(PathBuf::from).unwrap_or_default();
        let path = root.join(&stored.article.path);
        path.strip_prefix(&self.here).unwrap_or(&path).display().to_string()
    }

    fn source(&self, stored: &Stored) -> Source {
        let article = &stored.article;
        Source {
            id: format!("{:016x}", document::id(article)),
            title: article.title.clone(),
            date: article.date.clone(),
            source: article.source.clone(),
            byline: article.byline.clone(),
            section: article.section.clone(),
            language: article.language.clone(),
            url: article.url.clone(),
            path: self.path(stored),
            record: article.record,
        }
    }

    /// The one article whose id begins with `id`; of exact copies that with the first path.
    fn one_article(&self, id: &str) -> Result<Option<(DocAddress, Stored)>> {
        let Some((first, last)) = compile::id_range(id) else { bail!("`{id}` is no id: ids are hex digits") };
        let mut different: Vec<(DocAddress, Stored)> = Vec::new();
        for address in self.articles_between(first, last, 50)? {
            let stored = self.stored(address)?;
            let place = |one: &Stored| (one.root, one.article.path.clone(), one.article.record);
            let same = |known: &Stored| document::id(&known.article) == document::id(&stored.article);
            match different.iter_mut().find(|(_, known)| same(known)) {
                Some((_, known)) if place(known) <= place(&stored) => {}
                Some(known) => *known = (address, stored),
                None => different.push((address, stored)),
            }
        }
        if different.len() > 1 {
            let list: Vec<String> = different.iter().take(5).map(|(_, stored)| reading::described(stored)).collect();
            bail!(
                "{} articles have an id that begins with {id}; give more of it:\n{}",
                different.len(),
                list.join("\n")
            );
        }
        Ok(different.pop())
    }

    /// Articles with an id from `first` to `last`.
    fn articles_between(&self, first: u64, last: u64, limit: usize) -> Result<Vec<DocAddress>> {
        let f = &self.archive.fields;
        let kind = TermQuery::new(Term::from_field_text(f.kind, ARTICLE), IndexRecordOption::Basic);
        let ids = filter::InRange::Unsigned("id", first..=last);
        let clauses: Vec<(Occur, Box<dyn Query>)> = vec![(Occur::Must, Box::new(kind)), (Occur::Must, Box::new(ids))];
        let top = TopDocs::with_limit(limit).order_by_score();
        Ok(self.searcher.search(&BooleanQuery::new(clauses), &top)?.into_iter().map(|(_, address)| address).collect())
    }
}

impl Engine for Local {
    fn each_article(&self, request: &Request, each: Each<'_, ArticleHit>) -> Result<Totals> {
        self.guarded(|| {
            let plan = self.plan(&request.query)?;
            let (top, totals) = self.ranked(&plan, request)?;
            let make = |one: &Ranked, stems: &mut _| self.article_hit(&plan, one, request, stems);
            parallel::each(page(&top, request), &make, &mut |one, hit| {
                let copies = top.copies.get(&one.address.0).copied().unwrap_or(0);
                each(&totals, ArticleHit { copies, ..hit }).map(|()| true)
            })?;
            Ok(totals)
        })
    }

    fn mentions(&self, request: &MentionRequest, visit: &mut Visit<'_, Mention>) -> Result<Totals> {
        self.guarded(|| mentions::run(self, request, visit))
    }

    fn sentences(&self, articles: &Request, visit: &mut Visit<'_, Passage>) -> Result<Totals> {
        self.guarded(|| mentions::sentences(self, articles, visit))
    }

    fn each_quote(&self, request: &Request, each: Each<'_, QuoteHit>) -> Result<Totals> {
        self.guarded(|| {
            let plan = self.plan(&request.query)?;
            let top = self.top(&self.compiler(&plan, Mode::Quotes)?, &self.collector(request, Mode::Quotes)?)?;
            let totals = totals(&top);
            let make = |one: &Ranked, stems: &mut _| self.quote_hit(&plan, one, request, stems);
            parallel::each(page(&top, request), &make, &mut |one, hit| {
                let copies = top.copies.get(&one.address.0).copied().unwrap_or(0);
                each(&totals, QuoteHit { copies, ..hit }).map(|()| true)
            })?;
            Ok(totals)
        })
    }

    fn count(&self, request: &Request, quotes: bool, facet: Facet) -> Result<Vec<Count>> {
        self.guarded(|| self.counted(request, quotes, facet))
    }

    fn count_pairs(&self, request: &Request, quotes: bool, facets: [Facet; 2]) -> Result<Vec<PairCount>> {
        self.guarded(|| self.counted_pairs(request, quotes, facets))
    }

    fn ids(&self, request: &Request, quotes: bool) -> Result<Vec<String>> {
        self.guarded(|| {
            let plan = self.plan(&request.query)?;
            let mode = Mode::of(quotes);
            let all = TopCollector { keep: usize::MAX, sort: Sort::Date, fold: None, ..self.collector(request, mode)? };
            let top = self.top(&self.compiler(&plan, mode)?, &all)?;
            let mut ids: Vec<u64> = top.ranked.iter().map(|one| one.id.0).collect();
            ids.sort_unstable();
            ids.dedup();
            Ok(ids.into_iter().map(|id| format!("{id:016x}")).collect())
        })
    }

    fn explain(&self, query: &Node) -> Result<Explanation> {
        self.guarded(|| explain::explain(self, query))
    }

    fn why(&self, query: &Node, id: &str) -> Result<Option<Why>> {
        self.guarded(|| explain::why(self, query, id))
    }

    fn spelt(&self, query: &Node) -> Result<Vec<Spelt>> {
        self.guarded(|| Ok(self.plan_and_spellings(query)?.1))
    }

    fn suggest(&self, query: &Node) -> Result<Vec<Suggestion>> {
        self.guarded(|| {
            let mut plan = self.plan(query)?;
            let mut words: Vec<String> = Vec::new();
            plan.each_leaf_mut(&mut |field, leaf| {
                let names = matches!(
                    field,
                    None | Some(Field::Speaker | Field::Person | Field::Byline | Field::Dateline | Field::Place)
                );
                let (Word::Stem(word) | Word::Plain(word) | Word::Exact(word)) = &leaf.word else { return };
                if names && leaf.forms.len() == 1 && !words.contains(word) {
                    words.push(word.clone());
                }
            });
            let mut found = Vec::new();
            for word in words {
                let stems = expand::stems(&word, self.archive.fields.text, &self.languages);
                let meant = suggest::of(&self.spellings(), &word, &stems)?;
                found.extend((!meant.is_empty()).then_some(Suggestion { word, meant }));
            }
            Ok(found)
        })
    }

    fn article(&self, id: &str) -> Result<Option<Held>> {
        self.guarded(|| self.by_id(id))
    }

    fn articles_of(&self, path: &Path) -> Result<Vec<Held>> {
        self.guarded(|| self.by_path(path))
    }

    fn marks(&self, query: &Node, held: &Held) -> Result<Marks> {
        self.guarded(|| self.marked(query, held))
    }

    fn vocabulary(&self, request: &Request) -> Result<Vocabulary> {
        self.guarded(|| self.words_of(request))
    }

    fn frequencies(&self, words: &[&str]) -> Result<(Vec<u64>, u64)> {
        self.guarded(|| {
            let field = self.archive.fields.text;
            let frequency = |word: &&str| Ok(self.searcher.doc_freq(&Term::from_field_text(field, cut(word)))?);
            Ok((words.iter().map(frequency).collect::<Result<_>>()?, self.payload.articles))
        })
    }

    fn copies(&self, id: &str) -> Result<Option<Story>> {
        self.guarded(|| self.one_article(id)?.map(|(address, _)| self.story_at(address)).transpose())
    }

    fn most_copied(&self, limit: usize) -> Result<Vec<Story>> {
        self.guarded(|| self.largest_stories(limit))
    }
}

/// How many hits a request needs in order, from the first on.
fn wanted(request: &Request) -> usize {
    request.limit.map_or(usize::MAX, |limit| request.offset.saturating_add(limit))
}

fn page<'t>(top: &'t Top, request: &Request) -> &'t [Ranked] {
    let from = request.offset.min(top.ranked.len());
    let to = request.limit.map_or(top.ranked.len(), |limit| from.saturating_add(limit).min(top.ranked.len()));
    &top.ranked[from..to]
}

fn totals(top: &Top) -> Totals {
    Totals {
        total: top.total,
        mentions: None,
        stories: top.stories,
        first: top.first.and_then(day_from_number),
        last: top.last.and_then(day_from_number),
        undated: top.undated,
    }
}

/// Stemmers, made when first needed.
#[derive(Default)]
struct StemsByLanguage(FxHashMap<String, Stems>);

impl StemsByLanguage {
    fn of(&mut self, language: &str) -> &mut Stems {
        self.0.entry(language.to_owned()).or_insert_with(|| Stems::new(language))
    }
}
