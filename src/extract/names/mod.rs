//! Names of people and organisations: spotted, classified, and resolved to their fullest form in the article.

use crate::article::Article;
use crate::text::Tokens;

/// What sort of thing a name names.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Class {
    /// A human being.
    Person,
    /// A company, ministry, newspaper, party, agency.
    Organisation,
    /// Something else, or not known.
    Other,
}

/// One name where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mention {
    /// Its first token.
    pub first: usize,
    /// Behind its last token (a possessive `'s` is not part of it).
    pub end: usize,
    /// The tokens of an office or title in front of it ("Russian Foreign Minister"), if any: from here up to `first`.
    pub title_first: Option<usize>,
    /// Whose name it is: index into [`Names::entities`].
    pub entity: usize,
}

/// Somebody or something named in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The fullest form of the name, titles left out.
    pub name: String,
    /// Person, organisation or other.
    pub class: Class,
}

/// All names of one article.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// In the order of the text; no two overlap.
    pub mentions: Vec<Mention>,
    /// Whom they name.
    pub entities: Vec<Entity>,
}

/// Finds the names in the body of `article`, whose tokens are `tokens`.
pub fn find(_article: &Article, _tokens: &Tokens) -> Names {
    Names::default()
}
