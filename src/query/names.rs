//! The words of names (of speakers, places, bylines), and whole values (outlets, languages), as the matcher sees them.

use std::ops::Range;

use super::pattern::Pattern;
use super::plan::{Form, Plan, Test};
use super::spans::{self, Document, Expr, Match};
use crate::field::VALUE_GAP;
use crate::text::{Tokens, cut, fold, fold_into};

/// Some names, compared with the words of a plan. As in the index, all names of a field share one space of positions,
/// with a gap between two.
pub struct Names<'p> {
    plan: &'p Plan,
    leaves: Vec<Vec<u32>>,
    places: Vec<u32>,
}

impl<'p> Names<'p> {
    /// The words of `names`.
    pub fn new<'n>(plan: &'p Plan, names: impl IntoIterator<Item = &'n str>) -> Names<'p> {
        let mut all = Names { plan, leaves: vec![Vec::new(); plan.leaves.len()], places: Vec::new() };
        let mut position = 0;
        let mut folded = String::new();
        for (i, name) in names.into_iter().enumerate() {
            position += if i > 0 { VALUE_GAP } else { 0 };
            for token in Tokens::scan(name).words() {
                folded.clear();
                fold_into(&name[token.range()], &mut folded);
                all.add(cut(&folded), position);
                position += 1;
            }
        }
        all
    }

    /// `values`, each compared whole.
    pub fn whole<'n>(plan: &'p Plan, values: impl IntoIterator<Item = &'n str>) -> Names<'p> {
        let mut all = Names { plan, leaves: vec![Vec::new(); plan.leaves.len()], places: Vec::new() };
        for (value, position) in values.into_iter().zip((0..).step_by(VALUE_GAP as usize)) {
            all.add(&fold(value), position);
        }
        all
    }

    /// The same, as names of places with these ids.
    pub fn with_places(self, ids: impl IntoIterator<Item = u32>) -> Names<'p> {
        Names { places: ids.into_iter().collect(), ..self }
    }

    /// Whether the plan matches.
    pub fn holds(&self) -> bool {
        spans::find(&self.plan.expr, self).is_some()
    }

    /// Whether any part of the plan, those under NOT aside, is about these names.
    pub fn touches(&self) -> bool {
        self.touched(&self.plan.expr)
    }

    fn touched(&self, expr: &Expr) -> bool {
        match expr {
            Expr::And(parts) | Expr::Or(parts) => parts.iter().any(|part| self.touched(part)),
            Expr::Not(_) => false,
            Expr::Boost(_, inner) => self.touched(inner),
            _ => spans::find(expr, self).is_some(),
        }
    }

    fn add(&mut self, folded: &str, position: u32) {
        let fits = |form: &Form| match form {
            Form::Stem(text) => text == folded,
            Form::Fits(pattern) => Pattern::matches(pattern, folded),
            Form::Spelling(text, _) => text == folded,
        };
        for (leaf, positions) in self.plan.leaves.iter().zip(&mut self.leaves) {
            if leaf.forms.iter().any(fits) {
                positions.push(position);
            }
        }
    }
}

impl Document for Names<'_> {
    fn positions(&self, leaf: usize) -> &[u32] {
        self.leaves.get(leaf).map_or(&[], Vec::as_slice)
    }

    fn sentences(&self) -> &[u32] {
        &[]
    }

    fn paragraphs(&self) -> &[u32] {
        &[]
    }

    fn capitals(&self, _: bool) -> &[u32] {
        &[]
    }

    fn quotes(&self) -> &[Vec<Range<u32>>] {
        &[]
    }

    fn field(&self, number: usize, _: Option<usize>) -> Option<Vec<Match>> {
        let Test::Places(ids) = &self.plan.conditions.get(number)?.test else { return None };
        self.places.iter().any(|id| ids.contains(id)).then(Vec::new)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{parse, plan};
    use super::*;

    #[test]
    fn names_by_their_words() {
        let holds = |query: &str, names: &[&str]| {
            let root = parse(&format!("speaker:({query})"), jiff::civil::date(2022, 2, 24)).unwrap().root;
            let plan = plan::plan(&root).unwrap();
            let Test::Words(inner) = &plan.conditions[0].test else { panic!() };
            Names::new(inner, names.iter().copied()).holds()
        };
        let names = &["Ned Price", "Sergei Lavrov"];
        for query in ["lavrov", "\"sergei lavrov\"", "lavr*", "price lavrov", "\"(sergey|sergei) lavrov\"", "-peskov"] {
            assert!(holds(query, names), "{query}");
        }
        for query in ["peskov", "\"price sergei\"", "lavrov -price", "sergei w/1 price"] {
            assert!(!holds(query, names), "{query}");
        }
    }
}
