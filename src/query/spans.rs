//! The matcher: where in one article a query matches. The only code that decides phrases, proximity, sentences and
//! regions; the engines feed it positions from postings at search time, and from re-tokenised text when something
//! is shown, so that hits, counts and highlights cannot disagree.

use std::ops::Range;

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

    fn overlaps(&self, other: &Match) -> bool {
        self.first <= other.last && other.first <= self.last
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
    let view = View { doc, range: 0..END, quote: None };
    view.find(expr)
}

/// A document, or a stretch of it.
#[derive(Clone)]
struct View<'a> {
    doc: &'a dyn Document,
    range: Range<u32>,
    quote: Option<usize>,
}

impl View<'_> {
    fn find(&self, expr: &Expr) -> Option<Vec<Match>> {
        match expr {
            Expr::All => Some(Vec::new()),
            Expr::Leaf(leaf) => found(self.leaf(*leaf).iter().map(|p| Match::at(*p)).collect()),
            Expr::Phrase(slots, slop) => found(self.phrase(slots, *slop)),
            Expr::Near(near) => found(self.near(near)),
            Expr::And(parts) => self.all(parts),
            Expr::Or(parts) => self.any(parts),
            Expr::Not(inner) => self.find(inner).is_none().then(Vec::new),
            Expr::Region(range, inner) => self.within(range.clone()).find(inner),
            Expr::Within(Unit::Lead, inner) => self.within(Field::Lead.region()?).find(inner),
            Expr::Within(Unit::Quote, inner) => self.quotes(inner),
            Expr::Within(Unit::Sentence, inner) => self.units(self.doc.sentences(), inner),
            Expr::Within(Unit::Paragraph, inner) => self.units(self.doc.paragraphs(), inner),
            Expr::AtLeast(count, inner) => self.find(inner).filter(|matches| matches.len() >= *count as usize),
            Expr::Case(case, inner) => {
                let mut matches = self.find(inner)?;
                matches.retain(|m| m.words.iter().all(|word| self.is_written(*word, *case)));
                found(matches)
            }
            Expr::Field(number) => self.doc.field(*number, self.quote),
        }
    }

    fn within(&self, range: Range<u32>) -> Self {
        let range = self.range.start.max(range.start)..self.range.end.min(range.end);
        View { doc: self.doc, range, quote: self.quote }
    }

    /// The positions of a leaf in this view.
    fn leaf(&self, leaf: usize) -> &[u32] {
        let all = self.doc.positions(leaf);
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

    /// Every start of the phrase, with the nearest words that complete it.
    fn phrase(&self, slots: &[Vec<usize>], slop: u32) -> Vec<Match> {
        let lists: Vec<std::borrow::Cow<'_, [u32]>> = slots.iter().map(|slot| self.slot(slot)).collect();
        let Some((first, rest)) = lists.split_first() else { return Vec::new() };
        let mut cursors = vec![0usize; rest.len()];
        let mut matches = Vec::new();
        'starts: for &start in first.iter() {
            let mut words = vec![start];
            let mut last = start;
            for (list, cursor) in rest.iter().zip(&mut cursors) {
                while list.get(*cursor).is_some_and(|p| *p <= last) {
                    *cursor += 1;
                }
                // The cursor may have run past what a later, shorter way needs; starts only rise, so it never does.
                let Some(&next) = list.get(*cursor) else { break 'starts };
                words.push(next);
                last = next;
            }
            if last - start - rest.len() as u32 <= slop {
                matches.push(Match { first: start, last, words });
            }
        }
        matches
    }

    /// The positions of any of the alternatives of one place in a phrase.
    fn slot(&self, alternatives: &[usize]) -> std::borrow::Cow<'_, [u32]> {
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
        let left = self.find(&near.left).unwrap_or_default();
        let right = self.find(&near.right).unwrap_or_default();
        if near.negated {
            let far = |l: &&Match| self.nearest(l, &right, near, true).is_none();
            return left.iter().filter(far).cloned().collect();
        }
        let from_left = left.iter().filter_map(|l| self.nearest(l, &right, near, true).map(|r| Match::joined(l, r)));
        let from_right = right.iter().filter_map(|r| self.nearest(r, &left, near, false).map(|l| Match::joined(l, r)));
        sorted(from_left.chain(from_right).collect())
    }

    /// The nearest of `others` (sorted by first word) that is within reach of `one`; the later of two as near.
    fn nearest<'m>(&self, one: &Match, others: &'m [Match], near: &NearExpr, is_left: bool) -> Option<&'m Match> {
        let middle = others.partition_point(|other| other.first < one.first);
        let behind = others[middle..].iter().find(|other| !other.overlaps(one));
        let before = others[..middle].iter().rev().find(|other| !other.overlaps(one));
        let behind = behind.filter(|_| !near.ordered || is_left);
        let before = before.filter(|_| !near.ordered || !is_left);
        let reachable = |other: &&Match| self.reaches(one, other, near.reach);
        let (behind, before) = (behind.filter(reachable), before.filter(reachable));
        match (before, behind) {
            (Some(b), Some(f)) if one.first - b.last < f.first - one.last => Some(b),
            (before, None) => before,
            (_, behind) => behind,
        }
    }

    fn reaches(&self, a: &Match, b: &Match, reach: Reach) -> bool {
        let (a, b) = if a.first <= b.first { (a, b) } else { (b, a) };
        let unit = |starts: &[u32]| {
            let of = |position| starts.partition_point(|start| *start <= position);
            of(a.first) == of(b.last.max(a.last))
        };
        match reach {
            Reach::Words(n) => b.first - a.last <= n,
            Reach::Sentence => unit(self.doc.sentences()),
            Reach::Paragraph => unit(self.doc.paragraphs()),
        }
    }

    /// Matches of `inner` that lie in one unit each; the units begin at `starts`.
    fn units(&self, starts: &[u32], inner: &Expr) -> Option<Vec<Match>> {
        let mut wanted: Vec<usize> = Vec::new();
        self.each_leaf(inner, &mut |position| wanted.push(starts.partition_point(|start| *start <= position)));
        wanted.sort_unstable();
        wanted.dedup();
        let mut matches = Vec::new();
        for unit in wanted {
            let first = unit.checked_sub(1).and_then(|i| starts.get(i)).copied().unwrap_or(0);
            let end = starts.get(unit).copied().unwrap_or(END);
            matches.extend(self.within(first..end).find(inner).unwrap_or_default());
        }
        found(sorted(matches))
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
            | Expr::Not(inner) => self.each_leaf(inner, visit),
            Expr::All | Expr::Field(_) => {}
        }
    }

    /// Matches of `inner` inside one quotation each. The pieces of a split quotation count as one stretch.
    fn quotes(&self, inner: &Expr) -> Option<Vec<Match>> {
        let mut any = false;
        let mut matches = Vec::new();
        for (number, pieces) in self.doc.quotes().iter().enumerate() {
            let quotation = Quotation::new(self.doc, pieces, inner);
            let view = View { doc: &quotation, range: 0..END, quote: Some(number) };
            if let Some(found) = view.find(inner) {
                any = true;
                matches.extend(found.into_iter().map(|m| quotation.back(m)));
            }
        }
        any.then(|| sorted(matches))
    }
}

/// One quotation as a document of its own, its pieces put together.
struct Quotation<'a> {
    doc: &'a dyn Document,
    pieces: &'a [Range<u32>],
    /// Positions by leaf, counted from the start of the quotation.
    leaves: Vec<Vec<u32>>,
    capitals: [Vec<u32>; 2],
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl<'a> Quotation<'a> {
    fn new(doc: &'a dyn Document, pieces: &'a [Range<u32>], expr: &Expr) -> Quotation<'a> {
        let mut leaves = Vec::new();
        leaf_numbers(expr, &mut |leaf: usize| {
            if leaves.len() <= leaf {
                leaves.resize(leaf + 1, Vec::new());
            }
            leaves[leaf] = inside(pieces, doc.positions(leaf));
        });
        Quotation {
            doc,
            pieces,
            leaves,
            capitals: [inside(pieces, doc.capitals(false)), inside(pieces, doc.capitals(true))],
            sentences: inside(pieces, doc.sentences()),
            paragraphs: inside(pieces, doc.paragraphs()),
        }
    }

    /// A match in the quotation as one in the article.
    fn back(&self, mut found: Match) -> Match {
        let place = |position: u32| {
            let mut left = position;
            for piece in self.pieces {
                let length = piece.end - piece.start;
                if left < length {
                    return piece.start + left;
                }
                left -= length;
            }
            self.pieces.last().map_or(0, |piece| piece.end)
        };
        found.words.iter_mut().for_each(|word| *word = place(*word));
        Match { first: place(found.first), last: place(found.last), words: found.words }
    }
}

impl Document for Quotation<'_> {
    fn positions(&self, leaf: usize) -> &[u32] {
        self.leaves.get(leaf).map_or(&[], Vec::as_slice)
    }

    fn sentences(&self) -> &[u32] {
        &self.sentences
    }

    fn paragraphs(&self) -> &[u32] {
        &self.paragraphs
    }

    fn capitals(&self, all: bool) -> &[u32] {
        &self.capitals[usize::from(all)]
    }

    fn quotes(&self) -> &[Vec<Range<u32>>] {
        &[]
    }

    fn field(&self, number: usize, quote: Option<usize>) -> Option<Vec<Match>> {
        self.doc.field(number, quote).map(|_| Vec::new())
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
        | Expr::Not(inner) => leaf_numbers(inner, visit),
        Expr::All | Expr::Field(_) => {}
    }
}

/// The positions that lie in the pieces, counted through the pieces.
fn inside(pieces: &[Range<u32>], positions: &[u32]) -> Vec<u32> {
    let mut out = Vec::new();
    let mut before = 0;
    for piece in pieces {
        let from = positions.partition_point(|p| *p < piece.start);
        let to = positions.partition_point(|p| *p < piece.end);
        out.extend(positions.get(from..to).unwrap_or_default().iter().map(|p| p - piece.start + before));
        before += piece.end - piece.start;
    }
    out
}

fn found(matches: Vec<Match>) -> Option<Vec<Match>> {
    (!matches.is_empty()).then_some(matches)
}

fn sorted(mut matches: Vec<Match>) -> Vec<Match> {
    matches.sort_unstable();
    matches.dedup();
    matches
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A text whose words are single letters; leaf 0 is `a`, 1 is `b`, and so on; `.` ends a sentence.
    struct Letters {
        leaves: Vec<Vec<u32>>,
        sentences: Vec<u32>,
    }

    impl Letters {
        fn new(text: &str) -> Letters {
            let mut doc = Letters { leaves: vec![Vec::new(); 26], sentences: vec![0] };
            let mut position = 0;
            for c in text.bytes() {
                match c {
                    b'.' => doc.sentences.push(position),
                    b'a'..=b'z' => {
                        doc.leaves[usize::from(c - b'a')].push(position);
                        position += 1;
                    }
                    _ => {}
                }
            }
            doc
        }
    }

    impl Document for Letters {
        fn positions(&self, leaf: usize) -> &[u32] {
            &self.leaves[leaf]
        }
        fn sentences(&self) -> &[u32] {
            &self.sentences
        }
        fn paragraphs(&self) -> &[u32] {
            &[0]
        }
        fn capitals(&self, _: bool) -> &[u32] {
            &[]
        }
        fn quotes(&self) -> &[Vec<Range<u32>>] {
            &[]
        }
        fn field(&self, _: usize, _: Option<usize>) -> Option<Vec<Match>> {
            None
        }
    }

    fn near(left: Expr, right: Expr, reach: Reach, ordered: bool, negated: bool) -> Expr {
        Expr::Near(Box::new(NearExpr { left, right, reach, ordered, negated }))
    }

    fn words(expr: &Expr, text: &str) -> Vec<Vec<u32>> {
        let matches = find(expr, &Letters::new(text)).unwrap_or_default();
        matches.into_iter().map(|m| m.words).collect()
    }

    const A: Expr = Expr::Leaf(0);
    const B: Expr = Expr::Leaf(1);

    #[test]
    fn phrases() {
        let abc = |slop| Expr::Phrase(vec![vec![0], vec![1], vec![2]], slop);
        assert_eq!(words(&abc(0), "xabcabxc"), vec![vec![1, 2, 3]]);
        assert_eq!(words(&abc(1), "axbyc"), Vec::<Vec<u32>>::new());
        assert_eq!(words(&abc(2), "axbyc"), vec![vec![0, 2, 4]]);
        assert_eq!(words(&Expr::Phrase(vec![vec![0], vec![1, 2]], 0), "abac"), vec![vec![0, 1], vec![2, 3]]);
        assert_eq!(words(&Expr::Phrase(vec![vec![0], vec![0]], 0), "aaa"), vec![vec![0, 1], vec![1, 2]]);
    }

    #[test]
    fn proximity() {
        let w = |n| near(A, B, Reach::Words(n), false, false);
        assert_eq!(words(&w(2), "axb"), vec![vec![0, 2]]);
        assert_eq!(words(&w(1), "axb"), Vec::<Vec<u32>>::new());
        assert_eq!(words(&w(2), "bxa"), vec![vec![0, 2]]);
        assert_eq!(words(&near(A, B, Reach::Words(2), true, false), "bxa"), Vec::<Vec<u32>>::new());
        assert_eq!(words(&near(A, B, Reach::Words(2), true, false), "bab"), vec![vec![1, 2]]);
        assert_eq!(words(&near(A, B, Reach::Words(1), false, true), "abxxa"), vec![vec![4]]);
        assert_eq!(words(&near(A, A, Reach::Words(3), false, false), "axa"), vec![vec![0, 2]]);
        assert_eq!(words(&near(A, B, Reach::Sentence, false, false), "a.bxa.b"), vec![vec![1, 3]]);
    }

    #[test]
    fn boolean_and_units() {
        let both = Expr::And(vec![A, B]);
        assert_eq!(words(&Expr::Within(Unit::Sentence, Box::new(both.clone())), "ax.xb.ba"), vec![vec![4], vec![5]]);
        assert_eq!(words(&both, "xaxb"), vec![vec![1], vec![3]]);
        assert!(find(&Expr::And(vec![A, Expr::Not(Box::new(B))]), &Letters::new("ab")).is_none());
        assert_eq!(words(&Expr::Or(vec![A, Expr::Leaf(25)]), "xaz"), vec![vec![1], vec![2]]);
        assert!(find(&Expr::AtLeast(3, Box::new(A)), &Letters::new("aba")).is_none());
        assert_eq!(words(&Expr::Region(0..2, Box::new(A)), "axa"), vec![vec![0]]);
    }

    proptest::proptest! {
        /// Two words within n of one another, against trying every pair.
        #[test]
        fn proximity_agrees_with_trying_every_pair(text in "[abx.]{0,14}", n in 1u32..5, ordered: bool) {
            let doc = Letters::new(&text);
            let reachable = doc.leaves[0].iter().any(|a| doc.leaves[1].iter().any(|b| {
                if ordered { b > a && b - a <= n } else { a.abs_diff(*b) <= n }
            }));
            let found = find(&near(A, B, Reach::Words(n), ordered, false), &doc);
            proptest::prop_assert_eq!(found.is_some(), reachable);
        }

        /// A phrase with slop, against trying every choice of positions.
        #[test]
        fn phrases_agree_with_trying_every_choice(text in "[abcx]{0,12}", slop in 0u32..4) {
            let doc = Letters::new(&text);
            let mut starts: Vec<u32> = Vec::new();
            for a in &doc.leaves[0] {
                for b in &doc.leaves[1] {
                    for c in &doc.leaves[2] {
                        if a < b && b < c && c - a - 2 <= slop && !starts.contains(a) {
                            starts.push(*a);
                        }
                    }
                }
            }
            starts.sort_unstable();
            let found = find(&Expr::Phrase(vec![vec![0], vec![1], vec![2]], slop), &doc).unwrap_or_default();
            proptest::prop_assert_eq!(found.iter().map(|m| m.first).collect::<Vec<_>>(), starts);
        }
    }
}
