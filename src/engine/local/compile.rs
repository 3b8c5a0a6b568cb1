//! A plan as a query of the index: Boolean parts become the index's own queries, what positions decide becomes a
//! [`PositionalQuery`], conditions on other fields become term and range queries.

use std::ops::Bound;

use anyhow::Result;
use tantivy::Term;
use tantivy::collector::DocSetCollector;
use tantivy::query::{
    AllQuery, BooleanQuery, BoostQuery, ConstScoreQuery, DisjunctionMaxQuery, EmptyQuery, InvertedIndexRangeQuery,
    Occur, Query, TermQuery, TermSetQuery,
};
use tantivy::schema::{Field as IndexField, IndexRecordOption};

use super::Local;
use super::clusters::COPY;
use super::expand;
use super::filter::InRange;
use super::join::Joined;
use super::positional::PositionalQuery;
use super::word::{self, WordQuery};
use crate::field::Field;
use crate::index::Fields;
use crate::index::schema::{ARTICLE, QUOTE};
use crate::names::Tier;
use crate::query::ast::{DateRange, Numbers, Unit};
use crate::query::plan::{Condition, Form, Plan, Test};
use crate::query::spans::{Expr, NearExpr};
use crate::text::cut;
use crate::when::{day_from_number, day_number};

/// Which documents a query is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Mode {
    /// Articles, by their running text.
    Articles,
    /// Quotations, by their words.
    Quotes,
    /// Either, by the words or values of one field.
    Names(IndexField),
}

impl Mode {
    /// Quotations, or articles.
    pub(super) fn of(quotes: bool) -> Mode {
        if quotes { Mode::Quotes } else { Mode::Articles }
    }
}

/// Makes index queries of one plan.
pub(super) struct Compiler<'a> {
    engine: &'a Local,
    plan: &'a Plan,
    pub(super) languages: &'a [String],
    pub(super) mode: Mode,
    /// The terms of each leaf in the text of the mode.
    pub(super) leaves: Vec<Vec<Term>>,
}

/// How much another spelling counts beside the one that was typed.
fn weight(tier: Tier) -> f32 {
    match tier {
        Tier::Exact => 1.0,
        Tier::Alias => 0.7,
        Tier::Fold => 0.4,
    }
}

/// Terms of one word beyond which they are looked up as a set, all counting alike.
const MANY: usize = 64;

impl<'a> Compiler<'a> {
    /// `languages` are those of the stems that words are looked for by; none for names, which have no stems.
    pub(super) fn new(engine: &'a Local, plan: &'a Plan, languages: &'a [String], mode: Mode) -> Result<Compiler<'a>> {
        let field = text_field(&engine.archive.fields, mode);
        let leaves = expand::leaves(&engine.searcher, plan.leaves.iter(), field, languages)?;
        Ok(Compiler { engine, plan, languages, mode, leaves })
    }

    /// The query for the whole plan, of documents of the mode's kind only.
    pub(super) fn query(&self) -> Result<Box<dyn Query>> {
        let query = self.expr(&self.plan.expr)?;
        if has_text(&self.plan.expr, self.mode) {
            return Ok(query); // only that kind has those words
        }
        let kind = if self.mode == Mode::Quotes { QUOTE } else { ARTICLE };
        let of_kind = Box::new(ConstScoreQuery::new(
            term_query(Term::from_field_text(self.engine.archive.fields.kind, kind)),
            0.0,
        ));
        Ok(Box::new(BooleanQuery::new(vec![(Occur::Must, of_kind), (Occur::Must, query)])))
    }

    fn expr(&self, expr: &Expr) -> Result<Box<dyn Query>> {
        Ok(match expr {
            Expr::All => Box::new(AllQuery),
            Expr::Leaf(leaf) => self.leaf(*leaf)?,
            Expr::And(parts) => self.and(parts)?,
            Expr::Or(parts) => union(parts.iter().map(|part| self.expr(part)).collect::<Result<_>>()?),
            Expr::Not(inner) => not(self.expr(inner)?),
            Expr::Field(number) => self.field(*number)?,
            Expr::Boost(boost, inner) => Box::new(BoostQuery::new(self.expr(inner)?, *boost)),
            Expr::Within(Unit::Quote, inner) => match self.mode {
                Mode::Articles => self.other_kind(inner, Mode::Quotes)?,
                _ => self.expr(inner)?,
            },
            Expr::Within(Unit::Article, inner) => match self.mode {
                Mode::Quotes => self.other_kind(inner, Mode::Articles)?,
                _ => self.expr(inner)?,
            },
            // A headline is no part of a quotation: the condition is on its article.
            Expr::Region(..) | Expr::Within(Unit::Lead, _) if self.mode == Mode::Quotes => {
                self.other_kind(expr, Mode::Articles)?
            }
            Expr::Phrase(..)
            | Expr::Near(_)
            | Expr::Region(..)
            | Expr::Within(..)
            | Expr::AtLeast(..)
            | Expr::Case(..) => self.positional(expr)?,
        })
    }

    fn and(&self, parts: &[Expr]) -> Result<Box<dyn Query>> {
        let mut clauses: Vec<(Occur, Box<dyn Query>)> = Vec::with_capacity(parts.len());
        for part in parts {
            clauses.push(match part {
                Expr::Not(inner) => (Occur::MustNot, self.expr(inner)?),
                part => (Occur::Must, self.expr(part)?),
            });
        }
        if clauses.iter().all(|(occur, _)| *occur == Occur::MustNot) {
            clauses.push((Occur::Must, Box::new(AllQuery)));
        }
        Ok(Box::new(BooleanQuery::new(clauses)))
    }

    fn leaf(&self, leaf: usize) -> Result<Box<dyn Query>> {
        let option = match self.mode {
            Mode::Names(_) => IndexRecordOption::Basic,
            _ => IndexRecordOption::WithFreqs,
        };
        let spellings = self.plan.leaves[leaf].forms.iter().filter_map(|form| match form {
            Form::Spelling(word, tier) => Some((self.spelling(word), *tier)),
            _ => None,
        });
        let spellings: Vec<(Term, Tier)> = spellings.collect();
        if self.mode == Mode::Names(self.engine.archive.fields.is) && self.plan.leaves[leaf].word.text() == COPY {
            return Ok(Box::new(self.engine.clusters()?.later()));
        }
        if spellings.is_empty() {
            return Ok(any_term(&self.leaves[leaf], option));
        }
        let own = self.leaves[leaf].iter().filter(|term| spellings.iter().all(|(spelling, _)| spelling != *term));
        let own: Vec<Term> = own.cloned().collect();
        let other = |(term, tier): (Term, Tier)| {
            Box::new(BoostQuery::new(Box::new(TermQuery::new(term, option)), weight(tier))) as Box<dyn Query>
        };
        // An article counts by its best spelling: two spellings in it say no more than one.
        let all = [any_term(&own, option)].into_iter().chain(spellings.into_iter().map(other)).collect();
        Ok(Box::new(DisjunctionMaxQuery::new(all)))
    }

    /// The term of a further spelling.
    fn spelling(&self, word: &str) -> Term {
        Term::from_field_text(text_field(&self.engine.archive.fields, self.mode), cut(word))
    }

    fn positional(&self, expr: &Expr) -> Result<Box<dyn Query>> {
        // Only the leaves of this part: the postings of the others need not be opened.
        let mut used = vec![false; self.leaves.len()];
        crate::query::spans::leaf_numbers(expr, &mut |leaf| used[leaf] = true);
        let leaves = self.leaves.iter().zip(&used).map(|(terms, used)| if *used { terms.clone() } else { Vec::new() });
        Ok(Box::new(PositionalQuery {
            expr: expr.clone(),
            leaves: leaves.collect(),
            candidates: self.candidates(expr),
            field: text_field(&self.engine.archive.fields, self.mode),
            quotation: self.mode == Mode::Quotes,
        }))
    }

    /// Documents with enough of the words for `expr` to match.
    fn candidates(&self, expr: &Expr) -> Box<dyn Query> {
        match expr {
            Expr::Leaf(leaf) => any_term(&self.leaves[*leaf], IndexRecordOption::Basic),
            Expr::Phrase(slots, _) => {
                let slot = |slot: &Vec<usize>| {
                    let terms: Vec<Term> = slot.iter().flat_map(|leaf| self.leaves[*leaf].iter().cloned()).collect();
                    any_term(&terms, IndexRecordOption::Basic)
                };
                intersection(slots.iter().map(slot).collect())
            }
            Expr::Near(near) => self.near_candidates(near),
            Expr::And(parts) => intersection(parts.iter().map(|part| self.candidates(part)).collect()),
            Expr::Or(parts) => union(parts.iter().map(|part| self.candidates(part)).collect()),
            Expr::Region(_, inner)
            | Expr::Within(_, inner)
            | Expr::AtLeast(_, inner)
            | Expr::Boost(_, inner)
            | Expr::Case(_, inner) => self.candidates(inner),
            Expr::All | Expr::Not(_) | Expr::Field(_) => Box::new(AllQuery),
        }
    }

    fn near_candidates(&self, near: &NearExpr) -> Box<dyn Query> {
        let left = self.candidates(&near.left);
        if near.negated { left } else { intersection(vec![left, self.candidates(&near.right)]) }
    }

    /// Documents of this kind by a match of `expr` among those of the other kind: quotations by their article, articles
    /// by their quotations.
    fn other_kind(&self, expr: &Expr, mode: Mode) -> Result<Box<dyn Query>> {
        let plan = Plan { expr: expr.clone(), ..self.plan.clone() };
        let query = Compiler::new(self.engine, &plan, self.languages, mode)?.query()?;
        Ok(Box::new(if mode == Mode::Quotes { Joined::ArticlesOf(query) } else { Joined::QuotesOf(query) }))
    }

    fn field(&self, number: usize) -> Result<Box<dyn Query>> {
        let Some(Condition { field, test }) = self.plan.conditions.get(number) else {
            return Ok(Box::new(EmptyQuery));
        };
        if self.mode == Mode::Quotes && !field.is_of_quotations() {
            return self.other_kind(&Expr::Field(number), Mode::Articles);
        }
        let query: Box<dyn Query> = match (field, test) {
            (Field::When, Test::Days(range)) => self.times(self.engine.archive.fields.when, *range),
            (Field::SaidOn, Test::Days(range)) => self.times(self.engine.archive.fields.said_on, *range),
            (Field::Indexed, Test::Days(range)) => self.indexed(*range),
            (_, Test::Days(range)) => self.date(*range),
            (Field::Copies, Test::Numbers(range)) => self.copied(*range)?,
            (_, Test::Numbers(range)) => {
                Box::new(InRange::Unsigned("words", range.least..=range.most.unwrap_or(u64::MAX)))
            }
            (_, Test::Places(ids)) => {
                let terms =
                    ids.iter().map(|id| Term::from_field_u64(self.engine.archive.fields.place_id, u64::from(*id)));
                Box::new(TermSetQuery::new(terms))
            }
            (Field::Id, Test::Words(plan)) => self.id(plan, &plan.expr),
            (Field::Cluster, Test::Words(plan)) => {
                let members = self.engine.searcher.search(&*self.id(plan, &plan.expr), &DocSetCollector)?;
                Box::new(self.engine.clusters()?.with(&self.engine.searcher, &members))
            }
            (field, Test::Words(plan)) => {
                let Some(index) = index_field(&self.engine.archive.fields, *field) else {
                    return Ok(Box::new(EmptyQuery));
                };
                Compiler::new(self.engine, plan, &[], Mode::Names(index))?.expr(&plan.expr)?
            }
        };
        Ok(Box::new(ConstScoreQuery::new(query, 0.0)))
    }

    /// Articles with so many copies.
    fn copied(&self, range: Numbers) -> Result<Box<dyn Query>> {
        let clusters = self.engine.clusters()?;
        // What is in no story has none.
        Ok(match range.holds(0) {
            true => not(Box::new(clusters.copied(|copies| !range.holds(copies)))),
            false => Box::new(clusters.copied(|copies| range.holds(copies))),
        })
    }

    /// Ids that begin with the hex digits that are the words of `plan`.
    fn id(&self, plan: &Plan, expr: &Expr) -> Box<dyn Query> {
        match expr {
            Expr::And(parts) => intersection(parts.iter().map(|part| self.id(plan, part)).collect()),
            Expr::Or(parts) => union(parts.iter().map(|part| self.id(plan, part)).collect()),
            Expr::Not(inner) => not(self.id(plan, inner)),
            Expr::Boost(_, inner) => self.id(plan, inner),
            Expr::Leaf(leaf) => match id_range(plan.leaves[*leaf].word.text().trim_end_matches('*')) {
                Some((first, last)) => Box::new(InRange::Unsigned("id", first..=last)),
                None => Box::new(EmptyQuery),
            },
            _ => Box::new(EmptyQuery),
        }
    }

    /// The whole publication date lies in the range.
    fn date(&self, range: DateRange) -> Box<dyn Query> {
        let f = &self.engine.archive.fields;
        let DateRange::Between(first, last) = range else {
            return term_query(Term::from_field_text(f.has, "nodate"));
        };
        let mut parts: Vec<Box<dyn Query>> = vec![term_query(Term::from_field_text(f.has, "date"))];
        if let Some(first) = first {
            parts.push(Box::new(InRange::Signed("day_first", day_number(first)..=i64::MAX)));
        }
        if let Some(last) = last {
            parts.push(Box::new(InRange::Signed("day_last", i64::MIN..=day_number(last))));
        }
        intersection(parts)
    }

    /// First indexed on one of these days, as the clock here counts them.
    fn indexed(&self, range: DateRange) -> Box<dyn Query> {
        match range.moments() {
            Some(moments) => Box::new(InRange::Signed("indexed", moments)),
            None => Box::new(EmptyQuery),
        }
    }

    /// A time of `field` lies in the range.
    fn times(&self, field: IndexField, range: DateRange) -> Box<dyn Query> {
        let DateRange::Between(first, last) = range else {
            let any = |c: &str, end: &str| {
                let bound = |text: &str| Term::from_field_text(field, text);
                InvertedIndexRangeQuery::new(Bound::Included(bound(c)), Bound::Excluded(bound(end)))
            };
            return not(Box::new(any("d", "z")));
        };
        let first = first.unwrap_or(jiff::civil::Date::MIN.max(jiff::civil::date(1, 1, 1)));
        let last = last.unwrap_or(jiff::civil::date(9999, 12, 31));
        union(
            when_ranges(first, last)
                .into_iter()
                .map(|(from, to)| {
                    let term = |text: String| Bound::Included(Term::from_field_text(field, &text));
                    Box::new(InvertedIndexRangeQuery::new(term(from), term(to))) as Box<dyn Query>
                })
                .collect(),
        )
    }
}

/// The first and last term of the days, months and years that lie in a range.
fn when_ranges(first: jiff::civil::Date, last: jiff::civil::Date) -> Vec<(String, String)> {
    let mut ranges = vec![(format!("d{first}"), format!("d{last}"))];
    let next_day = day_from_number(day_number(last) + 1).unwrap_or(last);
    // Whole months: from the first that begins at or behind `first`, to the last that ends at or before `last`.
    let month = |date: jiff::civil::Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    let from = month(first) + i32::from(first.day() > 1);
    let to = month(next_day) - 1;
    if from <= to {
        let name = |n: i32| format!("m{:04}-{:02}", n.div_euclid(12), n.rem_euclid(12) + 1);
        ranges.push((name(from), name(to)));
    }
    let from = i32::from(first.year()) + i32::from(first.day_of_year() > 1);
    let to = i32::from(next_day.year()) - 1;
    if from <= to {
        ranges.push((format!("y{from:04}"), format!("y{to:04}")));
    }
    ranges
}

/// The ids that begin with some hex digits, first and last; `None` if they are none, or too many.
pub(super) fn id_range(text: &str) -> Option<(u64, u64)> {
    let digits = text.len() as u32;
    if !(1..=16).contains(&digits) || !text.bytes().all(|b| b.is_ascii_hexdigit()) {
        return None;
    }
    let shift = (16 - digits) * 4;
    let first = u64::from_str_radix(text, 16).ok()? << shift;
    Some((first, first | (1u64 << shift).wrapping_sub(1)))
}

/// The field of a kind's text.
fn text_field(fields: &Fields, mode: Mode) -> IndexField {
    match mode {
        Mode::Articles => fields.text,
        Mode::Quotes => fields.quote,
        Mode::Names(field) => field,
    }
}

/// Where the words or values of a field are in the index.
pub(super) fn index_field(f: &Fields, field: Field) -> Option<IndexField> {
    Some(match field {
        Field::Speaker => f.speaker,
        Field::Role => f.role,
        Field::Place => f.place,
        Field::Country => f.country,
        Field::Dateline => f.dateline,
        Field::Person => f.person,
        Field::Org => f.org,
        Field::Byline => f.byline,
        Field::Credit => f.credit,
        Field::Cut => f.cut,
        Field::Url => f.url,
        Field::Source => f.source,
        Field::Section => f.section,
        Field::Lang => f.lang,
        Field::Path => f.path,
        Field::DateFrom => f.date_from,
        Field::DateTrust => f.date_trust,
        Field::QuoteKind => f.quote_kind,
        Field::Has => f.has,
        Field::Is => f.is,
        _ => return None,
    })
}

/// Whether every document that matches must have words of the mode's own text.
fn has_text(expr: &Expr, mode: Mode) -> bool {
    match expr {
        Expr::Leaf(_) | Expr::Phrase(..) | Expr::Near(_) => true,
        Expr::And(parts) => parts.iter().any(|part| has_text(part, mode)),
        Expr::Or(parts) => parts.iter().all(|part| has_text(part, mode)),
        Expr::Within(Unit::Quote, inner) => mode == Mode::Quotes && has_text(inner, mode),
        Expr::Within(Unit::Lead, inner) | Expr::Region(_, inner) => mode == Mode::Articles && has_text(inner, mode),
        Expr::Within(Unit::Article, inner) => mode == Mode::Articles && has_text(inner, mode),
        Expr::Within(_, inner) | Expr::AtLeast(_, inner) | Expr::Case(_, inner) | Expr::Boost(_, inner) => {
            has_text(inner, mode)
        }
        Expr::All | Expr::Not(_) | Expr::Field(_) => false,
    }
}

fn term_query(term: Term) -> Box<dyn Query> {
    Box::new(TermQuery::new(term, IndexRecordOption::Basic))
}

fn any_term(terms: &[Term], option: IndexRecordOption) -> Box<dyn Query> {
    match terms {
        [] => Box::new(EmptyQuery),
        [term] => Box::new(TermQuery::new(term.clone(), option)),
        many if many.len() > MANY => Box::new(TermSetQuery::new(many.iter().cloned())),
        few if few.len() <= word::MOST => Box::new(WordQuery { field: few[0].field(), terms: few.to_vec() }),
        few => union(few.iter().map(|term| Box::new(TermQuery::new(term.clone(), option)) as Box<dyn Query>).collect()),
    }
}

fn union(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(EmptyQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::union(queries)),
    }
}

fn intersection(mut queries: Vec<Box<dyn Query>>) -> Box<dyn Query> {
    match queries.len() {
        0 => Box::new(AllQuery),
        1 => queries.remove(0),
        _ => Box::new(BooleanQuery::intersection(queries)),
    }
}

fn not(query: Box<dyn Query>) -> Box<dyn Query> {
    Box::new(BooleanQuery::new(vec![(Occur::Must, Box::new(AllQuery)), (Occur::MustNot, query)]))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn ids_by_their_first_digits() {
        assert_eq!(id_range("a81f"), Some((0xa81f << 48, (0xa81f << 48) | 0xffff_ffff_ffff)));
        assert_eq!(id_range("ffffffffffffffff"), Some((u64::MAX, u64::MAX)));
        assert_eq!(id_range(""), None);
        assert_eq!(id_range("xyz"), None);
        assert_eq!(id_range("00000000000000000"), None);
    }

    #[test]
    fn whole_months_and_years_of_a_range() {
        let ranges = |from: &str, to: &str| -> Vec<String> {
            let ranges = when_ranges(from.parse().unwrap(), to.parse().unwrap());
            ranges.into_iter().skip(1).map(|(from, to)| format!("{from}..{to}")).collect()
        };
        assert_eq!(ranges("2022-01-01", "2022-01-31"), ["m2022-01..m2022-01"]);
        assert_eq!(ranges("2022-01-02", "2022-02-27"), Vec::<String>::new());
        assert_eq!(ranges("2021-12-15", "2022-03-01"), ["m2022-01..m2022-02"]);
        assert_eq!(ranges("2021-01-01", "2022-12-31"), ["m2021-01..m2022-12", "y2021..y2022"]);
    }
}
