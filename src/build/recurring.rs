//! Lines that recur in the articles of one source, cut while they are read.
//!
//! Which lines are furniture is known for sure when all articles are in the index ([`crate::index::recurring`]). So that
//! few files must be read twice for it, a build begins with what the last one found, and a first build takes a line for
//! furniture as soon as it has seen it often enough; files that were read otherwise than all articles together show are
//! read once more, as for the order of day and month. The order of files and of builds makes no difference.

use std::sync::{Mutex, PoisonError};

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use super::orders;
use crate::article::Article;
use crate::clean::LineRules;
use crate::clean::recurring::{self, Candidate};
use crate::index::document::Lines;
use crate::index::recurring::TAKEN;

/// What is furniture, as far as it is known when files are read.
#[derive(Debug, Default)]
pub(super) struct Known {
    furniture: FxHashSet<u64>,
    /// What was seen so far; `None` where nothing is to be guessed.
    seen: Option<Mutex<Seen>>,
}

/// How often lines were seen.
#[derive(Debug, Default)]
struct Seen {
    sources: FxHashMap<u64, u32>,
    lines: FxHashMap<u64, u32>,
}

impl Known {
    /// These marks are furniture, as an earlier build found, or all articles together show.
    pub(super) fn of(furniture: impl IntoIterator<Item = u64>) -> Known {
        Known { furniture: furniture.into_iter().collect(), seen: None }
    }

    /// The same, and what is not among them is taken for furniture when it was seen often enough.
    pub(super) fn guessing(self) -> Known {
        Known { seen: Some(Mutex::default()), ..self }
    }

    /// Cuts furniture out of `article`, which lies below root number `root`; what `rules` keep stays. Gives what the index
    /// keeps of its lines, and its body as it was if something was cut.
    pub(super) fn cut(&self, article: &mut Article, root: u16, rules: Option<&LineRules>) -> (Lines, Option<String>) {
        let source = source_of(article, root);
        let mut candidates = recurring::candidates(article, source);
        if let Some(rules) = rules {
            let paragraphs: Vec<&str> = article.paragraphs().map(|(_, text)| text).collect();
            candidates.retain(|one| !paragraphs.get(one.at).is_some_and(|text| rules.keeps(text)));
        }
        let taken = self.taken(source, &candidates);
        let at: Vec<usize> =
            candidates.iter().zip(&taken).filter(|(_, taken)| **taken).map(|(one, _)| one.at).collect();
        let marks = candidates.iter().zip(&taken).map(|(one, taken)| if *taken { one.mark | TAKEN } else { one.mark });
        (Lines { source, marks: marks.collect() }, recurring::cut(article, &at))
    }

    /// Which of the candidates of one article are furniture.
    fn taken(&self, source: u64, candidates: &[Candidate]) -> Vec<bool> {
        let mut taken: Vec<bool> = candidates.iter().map(|one| self.furniture.contains(&one.mark)).collect();
        if let Some(seen) = &self.seen {
            let guessed = seen.lock().unwrap_or_else(PoisonError::into_inner).taken(source, candidates);
            taken.iter_mut().zip(guessed).for_each(|(taken, guessed)| *taken |= guessed);
        }
        taken
    }
}

impl Seen {
    /// Lines that are remembered; then those that were seen once are forgotten (after Manku and Motwani 2002).
    const MOST: usize = 1 << 19;

    fn taken(&mut self, source: u64, candidates: &[Candidate]) -> Vec<bool> {
        let of = self.sources.entry(source).or_default();
        *of += 1;
        let of = *of;
        let mut counted: FxHashSet<u64> = FxHashSet::default();
        let lines = candidates.iter().map(|one| {
            let line = recurring::line_of(one.mark);
            let count = self.lines.entry(line).or_default();
            *count += u32::from(counted.insert(line));
            recurring::is_furniture(one.mark, *count, of)
        });
        let taken = lines.collect();
        if self.lines.len() > Self::MOST {
            self.lines.retain(|_, count| *count > 1);
        }
        taken
    }
}

/// Whose furniture it may be: the outlet's, else that of the host of the address, else of the top folder.
fn source_of(article: &Article, root: u16) -> u64 {
    let folder = || format!("{root}/{}", article.path.split_once('/').map_or("", |(folder, _)| folder));
    xxh3_64(orders::named_source(article).unwrap_or_else(folder).as_bytes())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::clean::LineRulesText;

    fn article(number: usize) -> Article {
        let prose = "The mayor of the town said on Monday that nobody had counted them before they left.";
        let body = format!("{number}: {prose}\n\nIn story {number} {prose}\n\nThe Daily Herd");
        Article { body, lines: vec![1, 3, 5], path: format!("herd/{number}.txt"), ..Article::default() }
    }

    #[test]
    fn guesses_when_a_line_was_seen_often_enough_and_knows_it_when_told() {
        let guessing = Known::default().guessing();
        let cut: Vec<bool> = (0..6).map(|number| guessing.cut(&mut article(number), 0, None).1.is_some()).collect();
        assert_eq!(cut, [false, false, false, true, true, true]);
        let (lines, _) = guessing.cut(&mut article(7), 0, None);
        let furniture: Vec<u64> =
            lines.marks.iter().filter(|mark| *mark & TAKEN != 0).map(|mark| mark & !TAKEN).collect();
        assert_eq!(furniture.len(), 1);
        let known = Known::of(furniture);
        let mut one = article(8);
        let before = one.body.clone();
        assert_eq!(known.cut(&mut one, 0, None).1, Some(before));
        assert_eq!(one.removed.last().unwrap().text, "The Daily Herd");
        assert_eq!(known.cut(&mut article(8), 1, None).1, None, "the folder of another root is another source");
    }

    #[test]
    fn what_rules_keep_is_never_counted() {
        let text = LineRulesText { keep: vec!["The Daily .*".into()], cut: Vec::new() };
        let rules = LineRules::new(&text).unwrap();
        let guessing = Known::default().guessing();
        let mut ran = (0..8).map(|number| guessing.cut(&mut article(number), 0, Some(&rules)));
        assert!(ran.all(|(lines, cut)| cut.is_none() && lines.marks.len() == 2));
    }
}
