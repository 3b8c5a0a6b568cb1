//! Single articles: by id, by path; where a query matches in them; the words of many.

use std::path::Path;

use anyhow::Result;
use rustc_hash::FxHashSet;
use tantivy::collector::DocSetCollector;
use tantivy::query::{BooleanQuery, Occur, Query, TermQuery};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, Term};

use super::compile::Mode;
use super::{Local, StemsByLanguage, page};
use crate::annotations::Span;
use crate::engine::{Request, Vocabulary};
use crate::index::document::{self, Stored};
use crate::index::manifest::file_key;
use crate::index::schema::ARTICLE;
use crate::query::text::{Known, Text};
use crate::query::{Node, NodeKind};
use crate::results::{Held, Marks};
use crate::text::{Tokens, fold_into};

impl Local {
    pub(super) fn by_id(&self, id: &str) -> Result<Option<Held>> {
        Ok(self.one_article(id)?.map(|(_, stored)| self.held(stored)))
    }

    fn held(&self, mut stored: Stored) -> Held {
        let source = self.source(&stored);
        stored.article.path.clone_from(&source.path);
        Held { source, article: stored.article, annotations: stored.annotations }
    }

    /// The articles of a file, or of a member of an archive: `a.zip!/b.html`.
    pub(super) fn by_path(&self, path: &Path) -> Result<Vec<Held>> {
        let typed = path.to_string_lossy();
        let (path, member) = match typed.find("!/") {
            Some(at) if !path.exists() => (Path::new(typed.get(..at).unwrap_or_default()), typed.get(at..)),
            _ => (path, None),
        };
        let absolute = path.canonicalize().or_else(|_| std::path::absolute(path))?;
        let mut addresses: FxHashSet<DocAddress> = FxHashSet::default();
        for (number, root) in self.payload.roots.iter().enumerate() {
            let root = Path::new(root);
            // A root may be a file itself: its name is then its path.
            let below = match absolute.strip_prefix(root) {
                Ok(rest) if rest.as_os_str().is_empty() => absolute.file_name().map(Path::new).unwrap_or(rest),
                Ok(rest) => rest,
                Err(_) => continue,
            };
            let parts: Vec<_> = below.components().map(|part| part.as_os_str().to_string_lossy()).collect();
            let key = file_key(number as u16, &parts.join("/"));
            let term = |term| Box::new(TermQuery::new(term, IndexRecordOption::Basic)) as Box<dyn Query>;
            let f = &self.archive.fields;
            let clauses = vec![
                (Occur::Must, term(Term::from_field_u64(f.file, key))),
                (Occur::Must, term(Term::from_field_text(f.kind, ARTICLE))),
            ];
            addresses.extend(self.searcher.search(&BooleanQuery::new(clauses), &DocSetCollector)?);
        }
        let mut found = addresses.into_iter().map(|at| Ok(self.held(self.stored(at)?))).collect::<Result<Vec<_>>>()?;
        found.retain(|held| member.is_none_or(|member| held.article.path.ends_with(member)));
        found.sort_by_key(|held| held.article.record);
        Ok(found)
    }

    /// Where the query matches; where it does not as a whole, where its parts do.
    pub(super) fn marked(&self, query: &Node, held: &Held) -> Result<Marks> {
        let parts = match &query.kind {
            NodeKind::And(parts) => parts.iter().filter(|part| !matches!(part.kind, NodeKind::Not(_))).collect(),
            _ => Vec::new(),
        };
        let mut places: Vec<(bool, Span)> = Vec::new();
        for node in std::iter::once(query).chain(parts) {
            places.extend(self.places_of(node, held)?);
            if !places.is_empty() && std::ptr::eq(node, query) {
                break;
            }
        }
        places.sort_unstable();
        places.dedup();
        let part =
            |in_title: bool| places.iter().filter(|(title, _)| *title == in_title).map(|(_, span)| *span).collect();
        Ok(Marks { title: part(true), body: part(false) })
    }

    /// The words that one query matches, each in the headline or not.
    fn places_of(&self, query: &Node, held: &Held) -> Result<Vec<(bool, Span)>> {
        let plan = self.plan(query)?;
        let (article, mut stems) = (&held.article, StemsByLanguage::default());
        let id = document::id(article);
        let at = if Known::decides(&plan) { self.articles_between(id, id, 1)?.first().copied() } else { None };
        let known = at.map_or_else(|| Ok(Known::of(id)), |at| self.known(&plan, at, id))?;
        let text = Text::new(&plan, article, &held.annotations, &known, stems.of(document::language(article)));
        let matches = text.matches().unwrap_or_default();
        let words = matches.iter().flat_map(|found| found.words.iter().copied());
        Ok(words.filter_map(|position| text.place(position)).map(|place| (place.in_title, place.span)).collect())
    }

    pub(super) fn words_of(&self, request: &Request) -> Result<Vocabulary> {
        let plan = self.plan(&request.query)?;
        let top = self.top(&self.compiler(&plan, Mode::Articles)?, &self.collector(request, Mode::Articles)?)?;
        let sampled = (page(&top, request).len() as u64) < top.total;
        let mut out = Vocabulary { total: top.total, sampled, ..Vocabulary::default() };
        let mut seen: FxHashSet<u64> = FxHashSet::default();
        let mut folded = String::new();
        for one in page(&top, request) {
            // An exact copy says nothing that was not said.
            if !seen.insert(one.id.0) {
                continue;
            }
            let article = self.stored(one.address.0)?.article;
            out.articles += 1;
            let mut words: FxHashSet<String> = FxHashSet::default();
            for text in [article.title.as_deref().unwrap_or_default(), &article.body] {
                for token in Tokens::scan(text).words() {
                    folded.clear();
                    fold_into(&text[token.range()], &mut folded);
                    if !words.contains(folded.as_str()) {
                        words.insert(folded.clone());
                    }
                }
            }
            for word in words {
                *out.words.entry(word).or_insert(0) += 1;
            }
        }
        Ok(out)
    }
}

/// An article as one line of a list to choose from.
pub(super) fn described(stored: &Stored) -> String {
    let title = stored.article.title.as_deref().unwrap_or("(no headline)");
    format!("  {:016x}  {title}", document::id(&stored.article))
}
