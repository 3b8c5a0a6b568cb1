//! The title of a page: known already or chosen among the lines above the text; and what stands around it.

use smallvec::SmallVec;

use super::{Fate, HEAD, Page};
use crate::article::Article;
use crate::clean::bytes;
use crate::clean::layout::label;
use crate::clean::prose::{ends_sentence, has_words, is_short_heading, shared_words};
use crate::clean::reason::Reason;

impl Page<'_> {
    /// Finds the title above the text, and cuts what stands above it.
    pub(super) fn find_title(&mut self, article: &mut Article) {
        if let Some(title) = &article.title {
            let title = title.clone();
            return self.cut_known_title(&title);
        }
        let Some(at) = self.choose_title() else { return };
        article.title = Some(label(self.text(at)));
        self.decide(at, Fate::Title);
        self.cut_above(at);
        self.cut_menu_below(at);
    }

    fn cut_known_title(&mut self, title: &str) {
        let end = (self.first_good() + 2).min(self.len()).min(HEAD);
        let same = |text: &str| text.len() < 400 && label(text).eq_ignore_ascii_case(title);
        let Some(at) = (0..end).find(|at| self.kept(*at) && same(self.text(*at))) else { return };
        self.cut(at, Reason::Repeated);
        if at <= self.first_good() {
            self.cut_above(at);
        }
        if self.furnished {
            self.cut_menu_below(at);
        }
    }

    fn choose_title(&self) -> Option<usize> {
        let first_good = self.first_good();
        let leading_question = self.kept(0) && self.good(0) && self.len() > 1 && is_short_heading(self.text(0));
        if leading_question {
            return Some(0);
        }
        // Without a single full sentence the first line is the title, if anything follows.
        let end = if first_good == self.len() { self.len().min(8) } else { first_good.min(HEAD) };
        let candidates = || (0..end).filter(|at| self.kept(*at) && has_words(self.text(*at), 1));
        if first_good == self.len() {
            return candidates().next().filter(|_| candidates().nth(1).is_some());
        }
        let likely =
            (0..end).filter(|at| self.kept(*at) && self.text(*at).len() <= 300 && has_words(self.text(*at), 3));
        let mut likely: SmallVec<[usize; 8]> = likely.collect();
        // A short first sentence of the text shares more words with it than its headline does.
        let unended = |at: &usize| !self.text(*at).trim_end_matches(['"', '”', '’', '»']).ends_with('.');
        if likely.iter().any(unended) {
            likely.retain(|at| unended(at));
        }
        if let [only] = likely.as_slice() {
            return Some(*only);
        }
        let opening = self.opening(first_good);
        let shared = |at: usize| shared_words(self.text(at), &opening);
        let first = likely.iter().copied().find(|at| shared(*at) > 0);
        // The name of the outlet may share a word with the text; its headline shares more.
        let better = first
            .filter(|at| shared(*at) == 1)
            .and_then(|first| likely.iter().copied().find(|at| *at > first && shared(*at) >= 3));
        better.or(first).or(likely.first().copied()).or_else(|| candidates().next())
    }

    /// The text that begins at paragraph `from`, or some of it, in lower case.
    fn opening(&self, from: usize) -> String {
        const MOST: usize = 2_000;
        let mut opening = String::with_capacity(MOST);
        for at in from..self.len().min(from + 4) {
            let text = self.text(at);
            opening.push_str(text.get(..text.floor_char_boundary(MOST)).unwrap_or(text));
            opening.push(' ');
        }
        bytes::to_lowercase(opening)
    }

    fn cut_above(&mut self, at: usize) {
        for above in 0..at {
            if self.kept(above) {
                self.cut(above, Reason::Menu);
            }
        }
    }

    /// Cuts single words and pairs between the title and the text: sections, place names of a menu.
    fn cut_menu_below(&mut self, title: usize) {
        if !self.furnished {
            return;
        }
        for at in title + 1..self.first_good().min(HEAD) {
            let text = self.text(at);
            if self.kept(at) && !has_words(text, 4) && !ends_sentence(text) {
                self.cut(at, Reason::Menu);
            }
        }
    }
}
