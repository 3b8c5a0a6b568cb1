//! How often a query matches in each article that it finds: from the postings where words alone decide, else from the
//! stored text. The same matcher either way, so that the sum is the number of rows that the mentions have.

use anyhow::Result;
use tantivy::postings::{Postings, SegmentPostings};
use tantivy::schema::IndexRecordOption;
use tantivy::{DocAddress, DocId, DocSet, Searcher, SegmentReader, Term};

use super::compile::Compiler;
use super::expand;
use super::positional::Positions;
use crate::field::Field;
use crate::index::Fields;
use crate::query::ast::Unit;
use crate::query::plan::Plan;
use crate::query::spans::{self, Expr};

/// Counts from postings: what must be counted of an article that is known to match.
#[derive(Debug, Clone)]
pub(super) struct Counting {
    expr: Expr,
    leaves: Vec<Vec<Term>>,
    fields: Fields,
    /// Whether the matches are the words themselves, none of them twice, so that frequencies suffice.
    by_frequency: bool,
}

impl Counting {
    /// `None` when postings do not tell: quotations, alternatives with conditions on other fields, conditions that show
    /// in the text.
    pub(super) fn of(plan: &Plan, compiler: &Compiler<'_>, fields: &Fields) -> Option<Counting> {
        let expr = of_words(&plan.expr, plan)?;
        let mut leaves = vec![Vec::new(); compiler.leaves.len()];
        spans::leaf_numbers(&expr, &mut |leaf| leaves[leaf].clone_from(&compiler.leaves[leaf]));
        let by_frequency = is_of_leaves(&expr) && are_apart(&leaves, compiler.languages);
        Some(Counting { expr, leaves, fields: *fields, by_frequency })
    }

    /// Whether matches are found by the positions of words, as a [`super::positional::PositionalQuery`] finds them.
    pub(super) fn needs_positions(&self) -> bool {
        !self.by_frequency
    }

    /// Matches in all of some articles, which must match.
    pub(super) fn of_all(&self, searcher: &Searcher, articles: impl Iterator<Item = DocAddress>) -> Result<u64> {
        let mut articles: Vec<DocAddress> = articles.collect();
        articles.sort_unstable();
        let mut sum = 0;
        for part in articles.chunk_by(|a, b| a.segment_ord == b.segment_ord) {
            let Some(first) = part.first() else { continue };
            let mut counting = self.open(searcher.segment_reader(first.segment_ord), false)?;
            sum += part.iter().map(|article| counting.count(article.doc_id)).sum::<u64>();
        }
        Ok(sum)
    }

    /// For one segment, of which `every` article that has the words is found.
    pub(super) fn open(&self, reader: &SegmentReader, every: bool) -> tantivy::Result<CountingOfSegment> {
        let source = if self.by_frequency && every && is_of_any(&self.expr) {
            let terms = self.leaves.iter().flatten();
            Source::All(terms.map(|term| frequency(reader, term)).sum::<tantivy::Result<u64>>()?)
        } else if self.by_frequency {
            let open = |terms: &Vec<Term>| terms.iter().filter_map(|term| postings(reader, term).transpose()).collect();
            Source::Frequencies(self.leaves.iter().map(open).collect::<tantivy::Result<_>>()?)
        } else {
            Source::Positions(Box::new(Positions::open(reader, &self.expr, &self.leaves, self.fields.text)?))
        };
        Ok(CountingOfSegment { expr: self.expr.clone(), source })
    }
}

fn postings(reader: &SegmentReader, term: &Term) -> tantivy::Result<Option<SegmentPostings>> {
    Ok(reader.inverted_index(term.field())?.read_postings(term, IndexRecordOption::WithFreqs)?)
}

/// How often a term stands in the documents of a segment that are not deleted.
fn frequency(reader: &SegmentReader, term: &Term) -> tantivy::Result<u64> {
    let index = reader.inverted_index(term.field())?;
    let Some(mut block) = index.read_block_postings(term, IndexRecordOption::WithFreqs)? else { return Ok(0) };
    let mut sum = 0;
    while !block.docs().is_empty() {
        sum += match reader.alive_bitset() {
            None => block.freqs().iter().map(|count| u64::from(*count)).sum::<u64>(),
            Some(alive) => {
                let here = block.docs().iter().zip(block.freqs()).filter(|(doc, _)| alive.is_alive(**doc));
                here.map(|(_, count)| u64::from(*count)).sum()
            }
        };
        block.advance();
    }
    Ok(sum)
}

/// Counts in one segment.
pub(super) struct CountingOfSegment {
    expr: Expr,
    source: Source,
}

enum Source {
    /// The sum, counted at once: what has any of the words matches.
    All(u64),
    /// Postings of the terms of each leaf.
    Frequencies(Vec<Vec<SegmentPostings>>),
    Positions(Box<Positions>),
}

impl CountingOfSegment {
    /// What is counted of all articles together, beside what is counted of each.
    pub(super) fn all(&self) -> u64 {
        if let Source::All(sum) = self.source { sum } else { 0 }
    }

    /// Matches in `doc`, which must match and not be before the one asked for last.
    pub(super) fn count(&mut self, doc: DocId) -> u64 {
        match &mut self.source {
            Source::All(_) => 0,
            Source::Frequencies(leaves) => sum(&self.expr, leaves, doc).unwrap_or(0),
            Source::Positions(positions) => {
                positions.load(doc);
                spans::count(&self.expr, &**positions).map_or(0, |count| count as u64)
            }
        }
    }
}

/// The number of matches of an expression of leaves, AND and OR only; `None` if it does not match.
fn sum(expr: &Expr, leaves: &mut [Vec<SegmentPostings>], doc: DocId) -> Option<u64> {
    match expr {
        Expr::Leaf(leaf) => {
            let mut count = 0;
            for postings in &mut leaves[*leaf] {
                let at = if postings.doc() < doc { postings.seek(doc) } else { postings.doc() };
                count += if at == doc { u64::from(postings.term_freq()) } else { 0 };
            }
            (count > 0).then_some(count)
        }
        Expr::And(parts) => parts.iter().map(|part| sum(part, leaves, doc)).sum(),
        Expr::Or(parts) => {
            let mut any = None;
            for part in parts {
                if let Some(count) = sum(part, leaves, doc) {
                    any = Some(any.unwrap_or(0) + count);
                }
            }
            any
        }
        Expr::Boost(_, inner) => sum(inner, leaves, doc),
        _ => Some(0),
    }
}

/// What is left to count of the expression of an article that matches: conditions in its top conjunction hold, and
/// have no place in the text.
fn of_words(expr: &Expr, plan: &Plan) -> Option<Expr> {
    Some(match expr {
        Expr::And(parts) => Expr::And(parts.iter().map(|part| of_words(part, plan)).collect::<Option<_>>()?),
        Expr::Boost(_, inner) | Expr::Within(Unit::Article, inner) => of_words(inner, plan)?,
        Expr::Not(_) | Expr::All => Expr::All,
        Expr::Field(number) => {
            let shows = plan.conditions.get(*number).is_none_or(|condition| shows_in_text(condition.field));
            return (!shows).then_some(Expr::All);
        }
        expr => return is_decided_by_words(expr).then(|| expr.clone()),
    })
}

/// Whether what holds a condition on the field is a place in the text.
fn shows_in_text(field: Field) -> bool {
    matches!(field, Field::Place | Field::Speaker | Field::When)
}

fn is_decided_by_words(expr: &Expr) -> bool {
    match expr {
        Expr::Field(_) | Expr::Within(Unit::Quote, _) => false,
        Expr::And(parts) | Expr::Or(parts) => parts.iter().all(is_decided_by_words),
        Expr::Not(inner)
        | Expr::Region(_, inner)
        | Expr::Within(_, inner)
        | Expr::AtLeast(_, inner)
        | Expr::Boost(_, inner)
        | Expr::Case(_, inner) => is_decided_by_words(inner),
        Expr::All | Expr::Leaf(_) | Expr::Phrase(..) | Expr::Near(_) => true,
    }
}

/// Whether an article needs no more than one of the words.
fn is_of_any(expr: &Expr) -> bool {
    match expr {
        Expr::Leaf(_) => true,
        Expr::Or(parts) => parts.iter().all(is_of_any),
        Expr::Boost(_, inner) => is_of_any(inner),
        _ => false,
    }
}

fn is_of_leaves(expr: &Expr) -> bool {
    match expr {
        Expr::All | Expr::Leaf(_) => true,
        // A word that stands in two parts is one match.
        Expr::And(parts) | Expr::Or(parts) => {
            let mut seen: Vec<usize> = Vec::new();
            spans::leaf_numbers(expr, &mut |leaf| seen.push(leaf));
            let all = seen.len();
            seen.sort_unstable();
            seen.dedup();
            seen.len() == all && parts.iter().all(is_of_leaves)
        }
        Expr::Boost(_, inner) => is_of_leaves(inner),
        _ => false,
    }
}

/// Whether no position can belong to two of the terms: all different, all of one field, and no word of which the stem,
/// in any language of the archive, is looked for as well.
fn are_apart(leaves: &[Vec<Term>], languages: &[String]) -> bool {
    let mut all: Vec<&Term> = leaves.iter().flatten().collect();
    let count = all.len();
    all.sort_unstable();
    all.dedup();
    let one_field = all.windows(2).all(|pair| pair[0].field() == pair[1].field());
    one_field && all.len() == count && !expand::has_stem_of_another(&all, languages)
}
