//! What the finders look at, and the noun phrases they speak of.

use super::marks::Marks;
use crate::extract::names::Names;
use crate::extract::names::lexicon as lex;
use crate::extract::names::view::View;

/// What a source is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// A name: index into the mentions.
    Name(usize),
    /// `he`, `she`.
    Pronoun,
    /// `they`, `it`.
    Group,
    /// A description; its head noun.
    Noun(usize),
}

/// A noun phrase that speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    /// First token.
    pub first: usize,
    /// Behind the last token.
    pub end: usize,
    /// What it is called by.
    pub head: Head,
    /// The tokens of an office or description beside the name.
    pub role: Option<(usize, usize)>,
}

/// What the finders look at.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub view: View<'a>,
    pub names: &'a Names,
    pub marks: &'a Marks,
    /// The title of the article; empty where it has none.
    pub headline: &'a str,
    /// The first token behind the dateline.
    pub first: usize,
}

/// Nouns that can speak.
pub(super) const SPEAKS: lex::Flags = lex::ROLE.or(lex::BODY).or(lex::DOCUMENT).or(lex::PLURAL_SOURCE);

impl Scene<'_> {
    /// The first token of the narrative sentence that token `at` is in, quotations skipped.
    pub(super) fn sentence_start(&self, at: usize) -> usize {
        let mut i = at;
        for _ in 0..200 {
            if self.view.starts_paragraph(i)
                || i == 0
                || i == self.first
                || (self.view.starts_sentence(i) && !self.inside(i))
            {
                break;
            }
            i -= 1;
            if let Some(quoted) = self.marks.at(i).and_then(|q| self.marks.quoted.get(q))
                && quoted.open < i
            {
                i = quoted.open;
            }
        }
        i
    }

    /// Whether token `i` is between marks, not being the opening one.
    pub(super) fn inside(&self, i: usize) -> bool {
        self.marks.at(i).and_then(|q| self.marks.quoted.get(q)).is_some_and(|q| q.open != i)
    }

    /// The first token of the paragraph that token `i` is in, or near enough before it.
    pub(super) fn paragraph_start(&self, i: usize) -> usize {
        (i.saturating_sub(800)..=i).rev().find(|i| self.view.starts_paragraph(*i)).unwrap_or(0)
    }
}
