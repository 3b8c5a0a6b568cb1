//! The matcher: where in one article a query matches. The only code that decides phrases, proximity, sentences and
//! regions; the engines feed it positions from postings at search time, and from re-tokenised text when something
//! is shown, so that hits, counts and highlights cannot disagree.

mod quotation;
#[cfg(test)]
mod tests;

use std::borrow::Cow;
use std::ops::Range;

use smallvec::{SmallVec, smallvec};

use self::quotation::Quotation;
use super::ast::{Case, Reach, Unit};
use crate::field::{END, Field};

/// What is looked for, in terms of numbered leaves (words), whose positions a [`Document`] gives.
#[derive(Debug, Clone, PartialEq)]
pub enum Expr {
    /// Every article.
    All,
    /// One word.
    Leaf(usize),
    /// Words one behind another: each place with its alternatives, and how many further words may stand between.
    Phrase(Vec<Vec<usize>>, u32),
    /// Two sides near one another.
    Near(Box<NearExpr>),
    /// All of them.
    And(Vec<Expr>),
    /// Any of them.
    Or(Vec<Expr>),
    /// Not.
    Not(Box<Expr>),
    /// Only matches in that stretch of positions.
    Region(Range<u32>, Box<Expr>),
    /// All inside one sentence, paragraph or quotation.
    Within(Unit, Box<Expr>),
    /// At least so many matches.
    AtLeast(u32, Box<Expr>),
    /// Only matches written so.
    Case(Case, Box<Expr>),
    /// Counts so much in the ranking.
    Boost(f32, Box<Expr>),
    /// A condition on another field of the article, by its number; the document decides it.
    Field(usize),
}

/// Two sides near one another; as [`super::ast::Near`].
#[derive(Debug, Clone, PartialEq)]
pub struct NearExpr {
    /// The left side.
    pub left: Expr,
    /// The right side.
    pub right: Expr,
    /// How near.
    pub reach: Reach,
    /// Left before right.
    pub ordered: bool,
    /// The left side where the right is not near.
    pub negated: bool,
}

/// One place where a query matches.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Match {
    /// Position of the first word.
    pub first: u32,
    /// Position of the last word.
    pub last: u32,
    /// Positions of the words that matched, in order; what stands between them did not.
    pub words: Vec<u32>,
}

impl Match {
    fn at(position: u32) -> Match {
        Match { first: position, last: position, words: vec![position] }
    }

    fn joined(a: &Match, b: &Match) -> Match {
        let mut words: Vec<u32> = a.words.iter().chain(&b.words).copied().collect();
        words.sort_unstable();
        words.dedup();
        Match { first: a.first.min(b.first), last: a.last.max(b.last), words }
    }
}

/// The positions of one article: what the matcher is told of it.
pub trait Document {
    /// Where a leaf stands, in rising order.
    fn positions(&self, leaf: usize) -> &[u32];
    /// Where sentences begin, in rising order.
    fn sentences(&self) -> &[u32];
    /// Where paragraphs begin, in rising order.
    fn paragraphs(&self) -> &[u32];
    /// Where capitalised words stand (`all`: words in capitals throughout), in rising order.
    fn capitals(&self, all: bool) -> &[u32];
    /// The stretches of positions of each quotation.
    fn quotes(&self) -> &[Vec<Range<u32>>];
    /// Whether a condition on another field holds (in one quotation, if one is given), and where it shows.
    fn field(&self, number: usize, quote: Option<usize>) -> Option<Vec<Match>>;
}

/// Where `expr` matches in `doc`: `None` if it does not, else its matches in order - none for conditions that
/// have no place in the text.
pub fn find(expr: &Expr, doc: &dyn Document) -> Option<Vec<Match>> {
    View { doc, range: 0..END, quotation: None, cut: false }.find(expr)
}

/// How many matches [`find`] finds.
pub fn count(expr: &Expr, doc: &dyn Document) -> Option<usize> {
    View { doc, range: 0..END, quotation: None, cut: false }.count(expr)
}

/// How many matches `expr`, which must be of words only, has in a document that is one quotation.
pub fn count_in_words_of_quotation(expr: &Expr, doc: &dyn Document) -> Option<usize> {
    let quotation = Some(InQuotation { number: 0, article: None });
    View { doc, range: 0..END, quotation, cut: true }.count(expr)
}

/// Where `expr` matches in quotation `number` of `doc`, as positions of `doc`. Headline, lead and `article{}` are
/// conditions on the article.
pub fn find_in_quotation(expr: &Expr, doc: &dyn Document, number: usize) -> Option<Vec<Match>> {
    let pieces = doc.quotes().get(number)?;
    let quotation = Quotation::new(doc, pieces, expr);
    let inside = Some(InQuotation { number, article: Some(doc) });
    let view = View { doc: &quotation, range: 0..END, quotation: inside, cut: true };
    let mut matches = view.find(expr)?;
    matches.iter_mut().for_each(|m| quotation.back(m));
    Some(sorted(matches))
}

/// A document, or a stretch of it.
#[derive(Clone)]
struct View<'a> {
    doc: &'a dyn Document,
    range: Range<u32>,
    quotation: Option<InQuotation<'a>>,
    /// Whether the range may begin in the middle of a sentence or paragraph.
    cut: bool,
}

/// A view that is one quotation.
#[derive(Clone, Copy)]
struct InQuotation<'a> {
    number: usize,
    /// Where conditions on the article are looked for; `None` where only words can stand.
    article: Option<&'a dyn Document>,
}

impl View<'_> {
    fn find(&self, expr: &Expr) -> Option<Vec<Match>> {
        match expr {
            Expr::All => Some(Vec::new()),
            Expr::Leaf(leaf) => found(self.leaf(*leaf).iter().map(|p| Match::at(*p)).collect()),
            Expr::Phrase(slots, slop) => found(self.phrase(slots, *slop)),
            Expr::Near(near) => found(self.words().near(near)),
            Expr::And(parts) => self.all(parts),
            Expr::Or(parts) => self.any(parts),
            Expr::Not(inner) => self.find(inner).is_none().then(Vec::new),
            Expr::Region(..) | Expr::Within(Unit::Lead, _) if self.quotation.is_some() => self.of_article(expr),
            Expr::Region(range, inner) => self.within(range.clone()).find(inner),
            Expr::Within(Unit::Lead, inner) => self.within(Field::Lead.region()?).find(inner),
            Expr::Within(Unit::Article, inner) => match self.quotation {
                Some(_) => self.of_article(inner),
                None => self.find(inner),
            },
            Expr::Within(Unit::Quote, inner) => match self.quotation {
                Some(_) => self.find(inner),
                None => self.quotes(inner),
            },
            Expr::Within(Unit::Sentence, inner) => self.words().units(self.doc.sentences(), inner),
            Expr::Within(Unit::Paragraph, inner) => self.words().units(self.doc.paragraphs(), inner),
            Expr::AtLeast(count, inner) => self.words().find(inner).filter(|matches| matches.len() >= *count as usize),
            Expr::Case(case, inner) => {
                let mut matches = self.words().find(inner)?;
                matches.retain(|m| m.words.iter().all(|word| self.is_written(*word, *case)));
                found(matches)
            }
            Expr::Boost(_, inner) => self.find(inner),
            Expr::Field(number) => self.doc.field(*number, self.quotation.map(|quotation| quotation.number)),
        }
    }

    /// As [`View::find`]; the matches of words and phrases, the most frequent, are counted without being kept.
    fn count(&self, expr: &Expr) -> Option<usize> {
        let count = match expr {
            Expr::Leaf(leaf) => self.leaf(*leaf).len(),
            Expr::Phrase(slots, slop) => {
                let mut count = 0;
                self.each_phrase(slots, *slop, |_| count += 1);
                count
            }
            Expr::Boost(_, inner) => return self.count(inner),
            expr => return self.find(expr).map(|matches| matches.len()),
        };
        (count > 0).then_some(count)
    }

    /// Whether `expr` holds of the article of this quotation; what it matches there lies outside.
    fn of_article(&self, expr: &Expr) -> Option<Vec<Match>> {
        find(expr, self.quotation?.article?).map(|_| Vec::new())
    }

    /// The same view where only words can stand.
    fn words(&self) -> Self {
        let quotation = self.quotation.map(|quotation| InQuotation { article: None, ..quotation });
        View { quotation, ..self.clone() }
    }

    fn within(&self, range: Range<u32>) -> Self {
        let range = self.range.start.max(range.start)..self.range.end.min(range.end);
        View { range, ..self.clone() }
    }

    /// The positions of a leaf in this view.
    fn leaf(&self, leaf: usize) -> &[u32] {
        let all = self.doc.positions(leaf);
        if self.range == (0..END) {
            return all;
        }
        let from = all.partition_point(|p| *p < self.range.start);
        let to = all.partition_point(|p| *p < self.range.end);
        all.get(from..to).unwrap_or_default()
    }

    fn all(&self, parts: &[Expr]) -> Option<Vec<Match>> {
        let mut matches = Vec::new();
        for part in parts {
            matches.extend(self.find(part)?);
        }
        Some(sorted(matches))
    }

    fn any(&self, parts: &[Expr]) -> Option<Vec<Match>> {
        let hits: Vec<Vec<Match>> = parts.iter().filter_map(|part| self.find(part)).collect();
        (!hits.is_empty()).then(|| sorted(hits.into_iter().flatten().collect()))
    }

    fn is_written(&self, position: u32, case: Case) -> bool {
        let in_list = |all| self.doc.capitals(all).binary_search(&position).is_ok();
        match case {
            Case::Capital => in_list(false),
            Case::All => in_list(true),
            Case::None => !in_list(false),
        }
    }

    fn phrase(&self, slots: &[Vec<usize>], slop: u32) -> Vec<Match> {
        let mut matches = Vec::new();
        self.each_phrase(slots, slop, |words| {
            if let (Some(first), Some(last)) = (words.first(), words.last()) {
                matches.push(Match { first: *first, last: *last, words: words.to_vec() });
            }
        });
        matches
    }

    /// Calls `visit` with every start of the phrase and the nearest words that complete it.
    fn each_phrase(&self, slots: &[Vec<usize>], slop: u32, mut visit: impl FnMut(&[u32])) {
        let lists: SmallVec<[Cow<'_, [u32]>; 8]> = slots.iter().map(|slot| self.slot(slot)).collect();
        let Some((first, rest)) = lists.split_first() else { return };
        let mut cursors: SmallVec<[usize; 8]> = smallvec![0; rest.len()];
        let mut words: SmallVec<[u32; 8]> = smallvec![0; lists.len()];
        for &start in first.iter() {
            words[0] = start;
            let mut last = start;
            for ((list, cursor), word) in rest.iter().zip(&mut cursors).zip(&mut words[1..]) {
                while list.get(*cursor).is_some_and(|p| *p <= last) {
                    *cursor += 1;
                }
                // The cursor may have run past what a later, shorter way needs; starts only rise, so it never does.
                let Some(&next) = list.get(*cursor) else { return };
                *word = next;
                last = next;
            }
            if last - start - rest.len() as u32 <= slop {
                visit(&words);
            }
        }
    }

    /// The positions of any of the alternatives of one place in a phrase.
    fn slot(&self, alternatives: &[usize]) -> Cow<'_, [u32]> {
        if let [leaf] = alternatives {
            return self.leaf(*leaf).into();
        }
        let mut all: Vec<u32> = alternatives.iter().flat_map(|leaf| self.leaf(*leaf)).copied().collect();
        all.sort_unstable();
        all.dedup();
        all.into()
    }

    /// Each match of either side, paired with the nearest of the other side that is within reach.
    fn near(&self, near: &NearExpr) -> Vec<Match> {
        let left = Side::new(self.find(&near.left).unwrap_or_default());
        let right = Side::new(self.find(&near.right).unwrap_or_default());
        if near.negated {
            let far = |l: &&Match| self.nearest(l, &right, near, true).is_none();
            return left.matches.iter().filter(far).cloned().collect();
        }
        let from_left =
            left.matches.iter().filter_map(|l| self.nearest(l, &right, near, true).map(|r| Match::joined(l, r)));
        let from_right =
            right.matches.iter().filter_map(|r| self.nearest(r, &left, near, false).map(|l| Match::joined(l, r)));
        sorted(from_left.chain(from_right).collect())
    }

    /// The nearest of `others` that is within reach of `one` and shares no word with its stretch; the later of two as
    /// near.
    fn nearest<'m>(&self, one: &Match, others: &'m Side, near: &NearExpr, is_left: bool) -> Option<&'m Match> {
        // What may be reached: the sentence or paragraph, or so many words before and behind.
        let within = match near.reach {
            Reach::Words(n) => one.first.saturating_sub(n)..one.last.saturating_add(n).saturating_add(1),
            Reach::Sentence => unit_of(self.doc.sentences(), one)?,
            Reach::Paragraph => unit_of(self.doc.paragraphs(), one)?,
        };
        let whole = !matches!(near.reach, Reach::Words(_));
        let behind = || {
            let from = others.matches.partition_point(|other| other.first <= one.last);
            let near = others.matches[from..].iter().take_while(|other| other.first < within.end);
            near.into_iter().find(|other| !whole || other.last < within.end)
        };
        let before = || {
            let to = others.by_last.partition_point(|number| others.matches[*number].last < one.first);
            let near = others.by_last[..to].iter().rev().map(|number| &others.matches[*number]);
            near.take_while(|other| other.last >= within.start).find(|other| !whole || other.first >= within.start)
        };
        let behind = if !near.ordered || is_left { behind() } else { None };
        let before = if !near.ordered || !is_left { before() } else { None };
        match (before, behind) {
            (Some(b), Some(f)) if one.first - b.last < f.first - one.last => Some(b),
            (before, None) => before,
            (_, behind) => behind,
        }
    }

    /// Matches of `inner` that lie in one unit each; the units begin at `starts`.
    fn units(&self, starts: &[u32], inner: &Expr) -> Option<Vec<Match>> {
        let number_of = |position: u32| starts.partition_point(|start| *start <= position);
        let mut wanted: Vec<usize> = Vec::new();
        if holds_of_nothing(inner) {
            let first = number_of(self.range.start);
            let begins = first > 0 && starts[first - 1] == self.range.start;
            wanted.extend((self.cut || begins).then_some(first));
            wanted.extend(first + 1..=number_of(self.range.end - 1));
        } else {
            // Only units with a word of the query.
            self.each_leaf(inner, &mut |position| wanted.push(number_of(position)));
            wanted.sort_unstable();
            wanted.dedup();
        }
        let mut any = false;
        let mut matches = Vec::new();
        for unit in wanted {
            let first = unit.checked_sub(1).and_then(|i| starts.get(i)).copied().unwrap_or(0);
            let end = starts.get(unit).copied().unwrap_or(END);
            let view = View { cut: true, ..self.within(first..end) };
            if let Some(found) = view.find(inner) {
                any = true;
                matches.extend(found);
            }
        }
        any.then(|| sorted(matches))
    }

    /// Calls `visit` with every position of every leaf of `expr` in this view.
    fn each_leaf(&self, expr: &Expr, visit: &mut dyn FnMut(u32)) {
        match expr {
            Expr::Leaf(leaf) => self.leaf(*leaf).iter().for_each(|p| visit(*p)),
            Expr::Phrase(slots, _) => {
                let leaves = slots.iter().flatten();
                leaves.for_each(|leaf| self.leaf(*leaf).iter().for_each(|p| visit(*p)));
            }
            Expr::Near(near) => [&near.left, &near.right].into_iter().for_each(|side| self.each_leaf(side, visit)),
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| self.each_leaf(part, visit)),
            Expr::Region(_, inner)
            | Expr::Within(_, inner)
            | Expr::AtLeast(_, inner)
            | Expr::Case(_, inner)
            | Expr::Boost(_, inner)
            | Expr::Not(inner) => self.each_leaf(inner, visit),
            Expr::All | Expr::Field(_) => {}
        }
    }

    /// Matches of `inner` inside one quotation each. The pieces of a split quotation count as one stretch.
    fn quotes(&self, inner: &Expr) -> Option<Vec<Match>> {
        let mut any = false;
        let mut matches = Vec::new();
        for number in 0..self.doc.quotes().len() {
            if let Some(found) = find_in_quotation(inner, self.doc, number) {
                any = true;
                matches.extend(found);
            }
        }
        any.then(|| sorted(matches))
    }
}

/// The matches of one side of a pair, in both orders.
struct Side {
    /// By where they begin.
    matches: Vec<Match>,
    /// Their numbers, by where they end and begin. Of those with the same ends the first comes last, so that it is met
    /// first from either direction.
    by_last: Vec<usize>,
}

impl Side {
    fn new(matches: Vec<Match>) -> Side {
        let mut by_last: Vec<usize> = (0..matches.len()).collect();
        by_last.sort_by_key(|number| (matches[*number].last, matches[*number].first, std::cmp::Reverse(*number)));
        Side { matches, by_last }
    }
}

/// The unit that a match lies in whole; the units begin at `starts`.
fn unit_of(starts: &[u32], one: &Match) -> Option<Range<u32>> {
    let number = starts.partition_point(|start| *start <= one.first);
    let first = number.checked_sub(1).and_then(|i| starts.get(i)).copied().unwrap_or(0);
    let end = starts.get(number).copied().unwrap_or(END);
    (one.last < end).then_some(first..end)
}

/// What an expression asks of a document beside the positions of its words.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Needed {
    /// Where sentences begin.
    pub sentences: bool,
    /// Where paragraphs begin.
    pub paragraphs: bool,
    /// Which words have capitals.
    pub capitals: bool,
}

impl Needed {
    /// What `expr` asks for.
    pub fn of(expr: &Expr) -> Needed {
        let mut needed = Needed::default();
        needed.add(expr);
        needed
    }

    fn add(&mut self, expr: &Expr) {
        match expr {
            Expr::Near(near) => {
                self.sentences |= near.reach == Reach::Sentence;
                self.paragraphs |= near.reach == Reach::Paragraph;
                self.add(&near.left);
                self.add(&near.right);
            }
            Expr::Within(unit, inner) => {
                self.sentences |= *unit == Unit::Sentence;
                self.paragraphs |= *unit == Unit::Paragraph;
                self.add(inner);
            }
            Expr::Case(_, inner) => {
                self.capitals = true;
                self.add(inner);
            }
            Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| self.add(part)),
            Expr::Not(inner) | Expr::Region(_, inner) | Expr::AtLeast(_, inner) | Expr::Boost(_, inner) => {
                self.add(inner)
            }
            Expr::All | Expr::Leaf(_) | Expr::Phrase(..) | Expr::Field(_) => {}
        }
    }
}

/// Calls `visit` with the number of every leaf in `expr`.
pub fn leaf_numbers(expr: &Expr, visit: &mut dyn FnMut(usize)) {
    match expr {
        Expr::Leaf(leaf) => visit(*leaf),
        Expr::Phrase(slots, _) => slots.iter().flatten().for_each(|leaf| visit(*leaf)),
        Expr::Near(near) => [&near.left, &near.right].into_iter().for_each(|side| leaf_numbers(side, visit)),
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| leaf_numbers(part, visit)),
        Expr::Region(_, inner)
        | Expr::Within(_, inner)
        | Expr::AtLeast(_, inner)
        | Expr::Case(_, inner)
        | Expr::Boost(_, inner)
        | Expr::Not(inner) => leaf_numbers(inner, visit),
        Expr::All | Expr::Field(_) => {}
    }
}

/// Whether `expr` can hold where none of its words stands.
fn holds_of_nothing(expr: &Expr) -> bool {
    match expr {
        Expr::Not(inner) => !holds_of_nothing(inner),
        Expr::And(parts) => parts.iter().all(holds_of_nothing),
        Expr::Or(parts) => parts.iter().any(holds_of_nothing),
        Expr::Region(_, inner) | Expr::Within(_, inner) | Expr::Boost(_, inner) => holds_of_nothing(inner),
        Expr::All => true,
        _ => false,
    }
}

fn found(matches: Vec<Match>) -> Option<Vec<Match>> {
    (!matches.is_empty()).then_some(matches)
}

fn sorted(mut matches: Vec<Match>) -> Vec<Match> {
    matches.sort_unstable();
    matches.dedup();
    matches
}
