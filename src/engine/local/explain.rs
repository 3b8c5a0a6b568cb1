//! How a query is read in this archive: what each part finds alone, what each word stands for; and the same of one
//! article.

use std::collections::BTreeMap;

use anyhow::Result;
use tantivy::Term;
use tantivy::schema::Field as IndexField;

use super::compile::index_field;
use super::{Local, expand};
use crate::engine::{Engine, Request};
use crate::extract::places::gazetteer;
use crate::index::document::{self, Stored};
use crate::query::ast::{Near, Reach};
use crate::query::plan::{Form, Leaf, Plan, Test};
use crate::query::text::{Known, Text};
use crate::query::{Node, NodeKind};
use crate::results::{Explanation, Part, Reason, Why};
use crate::text::cut;
use crate::text::stem::Stems;

/// Forms of a word that are listed.
const FORMS: usize = 12;
/// Words that are suggested.
const SIMILAR: usize = 3;
/// Lines of matches that are listed.
const LINES: usize = 5;

/// What each part of `query` finds.
pub(super) fn explain(engine: &Local, query: &Node) -> Result<Explanation> {
    let mut parts = Vec::new();
    for (depth, node) in parts_of(query) {
        let (articles, mentions) = alone(engine, node)?;
        let (forms, more_forms) = forms(engine, node)?;
        let is_one = matches!(node.kind, NodeKind::Word(_) | NodeKind::Phrase(_) | NodeKind::In(..));
        let similar = if articles == Some(0) && is_one { similar(engine, node)? } else { Vec::new() };
        parts.push(Part { depth, text: node.to_string(), articles, mentions, forms, more_forms, similar });
    }
    Ok(Explanation { parts })
}

/// What each part of `query` says of the article whose id begins with `id`; `None` when there is none.
pub(super) fn why(engine: &Local, query: &Node, id: &str) -> Result<Option<Why>> {
    let Some((at, stored)) = engine.one_article(id)? else { return Ok(None) };
    let Stored { article, annotations, .. } = &stored;
    let id = document::id(article);
    let mut stems = Stems::new(document::language(article));
    let mut parts = Vec::new();
    for (depth, node) in parts_of(query) {
        let mut reason = Reason { depth, text: node.to_string(), ..Reason::default() };
        let plan = engine.plan(node)?;
        let known = engine.known(&plan, at, id)?;
        let text = Text::new(&plan, article, annotations, &known, &mut stems);
        if let Some(matches) = text.matches() {
            let places = matches.iter().filter_map(|found| text.place(found.first));
            let line = |place: crate::query::text::Place| {
                article.line_at(if place.in_title { 0 } else { place.span.start as usize })
            };
            reason.lines = places.map(line).collect();
            reason.lines.dedup();
            reason.lines.truncate(LINES);
            (reason.holds, reason.mentions) = (true, matches.len());
        } else if let NodeKind::Near(Near { left, right, reach: Reach::Words(_), negated: false, .. }) = &node.kind {
            let mut positions = |side: &Node| -> Result<Vec<(u32, u32)>> {
                let plan = engine.plan(side)?;
                let known = Known::of(id);
                let text = Text::new(&plan, article, annotations, &known, &mut stems);
                Ok(text.matches().unwrap_or_default().iter().map(|found| (found.first, found.last)).collect())
            };
            let (left, right) = (positions(left)?, positions(right)?);
            let gap = |a: &(u32, u32), b: &(u32, u32)| {
                if a.0 <= b.0 { b.0.saturating_sub(a.1) } else { a.0.saturating_sub(b.1) }
            };
            reason.apart = left.iter().flat_map(|l| right.iter().map(move |r| gap(l, r))).min();
        }
        parts.push(reason);
    }
    Ok(Some(Why { source: engine.source(&stored), parts }))
}

/// Words of the archive that are spelt nearly as the words of `node`, for those of them that it has not.
fn similar(engine: &Local, node: &Node) -> Result<Vec<(String, u64)>> {
    let plan = engine.plan(node)?;
    let mut found: Vec<(String, u64)> = Vec::new();
    for leaf in &plan.leaves {
        found.extend(near_spelling(engine, leaf, engine.archive.fields.text)?);
    }
    for condition in &plan.conditions {
        if let (Test::Words(plan), Some(field)) =
            (&condition.test, index_field(&engine.archive.fields, condition.field))
        {
            for leaf in &plan.leaves {
                found.extend(near_spelling(engine, leaf, field)?);
            }
        }
    }
    found.dedup();
    Ok(found)
}

/// The commonest words of `field` that are spelt nearly as a word that it has not.
fn near_spelling(engine: &Local, leaf: &Leaf, field: IndexField) -> Result<Vec<(String, u64)>> {
    let word = leaf.word.text();
    let has_letters = word.chars().filter(|c| c.is_alphabetic()).count() >= 3 && !word.contains(['*', '?', '.']);
    if !has_letters || engine.searcher.doc_freq(&Term::from_field_text(field, word))? > 0 {
        return Ok(Vec::new());
    }
    for edits in [1, 2] {
        if edits == 2 && word.chars().count() < 5 {
            break;
        }
        let mut near = expand::near(&engine.searcher, field, word, edits)?;
        near.sort_unstable_by(|(a, n), (b, m)| (m, a).cmp(&(n, b)));
        near.truncate(SIMILAR);
        if !near.is_empty() {
            return Ok(near);
        }
    }
    Ok(Vec::new())
}

/// A node and the nodes below it that can be looked at alone, with their depths.
fn parts_of(node: &Node) -> Vec<(usize, &Node)> {
    fn walk<'n>(node: &'n Node, depth: usize, out: &mut Vec<(usize, &'n Node)>) {
        out.push((depth, node));
        let below = depth + 1;
        match &node.kind {
            NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().for_each(|node| walk(node, below, out)),
            NodeKind::Not(inner)
            | NodeKind::Within(_, inner)
            | NodeKind::AtLeast(_, inner)
            | NodeKind::Case(_, inner)
            | NodeKind::Boost(_, inner) => walk(inner, below, out),
            NodeKind::Near(near) => {
                walk(&near.left, below, out);
                walk(&near.right, below, out);
            }
            NodeKind::In(field, inner) if field.region().is_some() || *field == crate::field::Field::Said => {
                walk(inner, below, out);
            }
            _ => {}
        }
    }
    let mut out = Vec::new();
    walk(node, 0, &mut out);
    out
}

fn alone(engine: &Local, node: &Node) -> Result<(Option<u64>, Option<u64>)> {
    let request = Request { count_mentions: true, ..Request::totals(node.clone()) };
    let totals = engine.articles(&request)?.totals;
    Ok((Some(totals.total), totals.mentions))
}

/// What a word or a name stands for in this archive, and how many forms were left out.
fn forms(engine: &Local, node: &Node) -> Result<(Vec<(String, u64)>, usize)> {
    let mut all: BTreeMap<String, u64> = BTreeMap::new();
    match &node.kind {
        NodeKind::Word(_) | NodeKind::Phrase(_) => {
            let plan = engine.plan(node)?;
            let fields = &engine.archive.fields;
            for leaf in plan.leaves.iter().filter(|leaf| matches!(node.kind, NodeKind::Word(_)) || is_open(leaf)) {
                of_leaf(engine, leaf, fields.text, &mut all)?;
            }
        }
        NodeKind::In(field, _) if field.region().is_none() => {
            let plan = engine.plan(node)?;
            of_conditions(engine, &plan, &mut all)?;
        }
        _ => {}
    }
    let mut list: Vec<(String, u64)> = all.into_iter().collect();
    list.sort_by(|(a, n), (b, m)| (m, a).cmp(&(n, b)));
    let more = list.len().saturating_sub(FORMS);
    list.truncate(FORMS);
    Ok((list, more))
}

/// Whether a word of a phrase can stand for several.
fn is_open(leaf: &Leaf) -> bool {
    leaf.forms.len() > 1 || !matches!(leaf.word, crate::query::Word::Exact(_) | crate::query::Word::Plain(_))
}

fn of_conditions(engine: &Local, plan: &Plan, all: &mut BTreeMap<String, u64>) -> Result<()> {
    for condition in &plan.conditions {
        match &condition.test {
            Test::Words(inner) => {
                if let Some(field) = index_field(&engine.archive.fields, condition.field) {
                    for leaf in &inner.leaves {
                        of_leaf(engine, leaf, field, all)?;
                    }
                }
                of_conditions(engine, inner, all)?;
            }
            Test::Places(ids) => {
                for id in ids {
                    let Some(place) = gazetteer::place(*id) else { continue };
                    let term = Term::from_field_u64(engine.archive.fields.place_id, u64::from(*id));
                    let count = engine.of_articles(&term)?;
                    let country = place.country.map_or(String::new(), |code| format!(" ({code})"));
                    if count > 0 {
                        all.insert(format!("{}{country}", place.name), count);
                    }
                }
            }
            Test::Days(_) | Test::Numbers(_) => {}
        }
    }
    Ok(())
}

/// The words of `field` that a leaf stands for.
fn of_leaf(engine: &Local, leaf: &Leaf, field: IndexField, all: &mut BTreeMap<String, u64>) -> Result<()> {
    let is_text = field == engine.archive.fields.text;
    for form in &leaf.forms {
        let terms = match form {
            Form::Stem(word) => expand::words_with_stem(&engine.searcher, field, word, &engine.languages)?,
            Form::Fits(pattern) => expand::terms(&engine.searcher, field, pattern)?,
            Form::Spelling(word, _) => vec![Term::from_field_text(field, cut(word))],
        };
        for term in terms {
            // Names of speakers stand with their quotations, too.
            let count = if is_text { engine.searcher.doc_freq(&term)? } else { engine.of_articles(&term)? };
            if count > 0
                && let Some(text) = term.value().as_str()
            {
                all.insert(text.to_owned(), count);
            }
        }
    }
    Ok(())
}

impl Local {
    /// Articles (not quotations) that have a term.
    fn of_articles(&self, term: &Term) -> Result<u64> {
        use tantivy::query::{BooleanQuery, TermQuery};
        use tantivy::schema::IndexRecordOption;
        let kind = Term::from_field_text(self.archive.fields.kind, crate::index::schema::ARTICLE);
        let one = |term: &Term| -> Box<dyn tantivy::query::Query> {
            Box::new(TermQuery::new(term.clone(), IndexRecordOption::Basic))
        };
        let both = BooleanQuery::intersection(vec![one(&kind), one(term)]);
        Ok(self.searcher.search(&both, &tantivy::collector::Count)? as u64)
    }
}
