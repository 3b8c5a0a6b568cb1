//! A text, its tokens and what the lexicon knows of each: what the finders of names and quotations look at.
//!
//! Every accessor takes any position and answers with "nothing" outside the text, so that rules may look a few
//! tokens ahead or behind without checking.

use super::lexicon::{self, Flags};
use crate::text::{Kind, Token};

/// A text with its tokens and their flags.
#[derive(Clone, Copy)]
pub struct View<'a> {
    /// The text.
    pub body: &'a str,
    /// Its tokens.
    pub tokens: &'a [Token],
    /// What is known of each token.
    pub flags: &'a [Flags],
}

impl<'a> View<'a> {
    /// Number of tokens.
    pub fn len(&self) -> usize {
        self.tokens.len()
    }

    /// Whether there is no token.
    pub fn is_empty(&self) -> bool {
        self.tokens.is_empty()
    }

    /// The kind of token `i`.
    pub fn kind(&self, i: usize) -> Option<Kind> {
        self.tokens.get(i).map(|t| t.kind)
    }

    /// Whether token `i` is of `kind`.
    pub fn is(&self, i: usize, kind: Kind) -> bool {
        self.kind(i) == Some(kind)
    }

    /// Whether token `i` is a word with any of `flags`.
    pub fn any(&self, i: usize, flags: Flags) -> bool {
        self.flags.get(i).is_some_and(|f| f.any(flags))
    }

    /// The text of token `i`.
    pub fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).and_then(|t| self.body.get(t.range())).unwrap_or_default()
    }

    /// Whether token `i` is `word`, in any case.
    pub fn is_word(&self, i: usize, word: &str) -> bool {
        self.word(i).eq_ignore_ascii_case(word)
    }

    /// Whether token `i` is a word that begins with a capital.
    pub fn is_upper(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && t.is_upper())
    }

    /// Whether token `i` is a word that begins with a small letter.
    pub fn is_lower(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && !t.is_upper())
    }

    /// Whether token `i` begins a sentence.
    pub fn starts_sentence(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.starts_sentence())
    }

    /// Whether token `i` begins a paragraph.
    pub fn starts_paragraph(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.starts_paragraph())
    }

    /// Whether no white space stands before token `i`.
    pub fn is_glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| !t.after_space())
    }

    /// Whether token `i` is a lower-case adverb: from the list, or in `-ly`.
    pub fn is_adverb(&self, i: usize) -> bool {
        self.is_lower(i) && (self.any(i, lexicon::ADVERB) || (self.word(i).len() > 4 && self.word(i).ends_with("ly")))
    }

    /// The text from token `first` up to token `end`.
    pub fn slice(&self, first: usize, end: usize) -> &'a str {
        match (self.tokens.get(first), end.checked_sub(1).and_then(|last| self.tokens.get(last))) {
            (Some(a), Some(b)) => self.body.get(a.start as usize..b.end as usize).unwrap_or_default(),
            _ => "",
        }
    }
}
