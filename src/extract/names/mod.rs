//! Names of people and organisations: spotted, classified, and resolved to their fullest form in the article.
//!
//! Owns the word tables ([`lexicon`]). Knows nothing of quotations and places, which both build on it.

mod entities;
mod foreign;
pub mod lexicon;
mod offices;
mod spot;
#[cfg(test)]
mod tests;
pub mod view;

use rustc_hash::FxHashSet;

use self::entities::is_acronym;
use self::lexicon::{Flags, Language};
use self::view::View;
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

/// What is known of the gender of a person.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Gender {
    /// "He".
    Male,
    /// "She".
    Female,
    /// Not known.
    #[default]
    Unknown,
}

impl Gender {
    /// Whether somebody of this gender may be called what `other` says.
    pub fn fits(self, other: Gender) -> bool {
        self == other || self == Gender::Unknown || other == Gender::Unknown
    }
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

impl Mention {
    /// The first token, of the title if there is one.
    pub fn start(&self) -> usize {
        self.title_first.unwrap_or(self.first)
    }
}

/// Somebody or something named in the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entity {
    /// The fullest form of the name, titles left out.
    pub name: String,
    /// Person, organisation or other.
    pub class: Class,
    /// Gender, where a title or the forename tells.
    pub gender: Gender,
    /// Whether it is listed as a place.
    pub place: bool,
    /// Offices and descriptions it is given, as ranges of tokens, in the order of the text.
    pub offices: Vec<(usize, usize)>,
}

/// All names of one article.
#[derive(Debug, Clone, Default)]
pub struct Names {
    /// In the order of the text; no two overlap.
    pub mentions: Vec<Mention>,
    /// Whom they name.
    pub entities: Vec<Entity>,
    /// What the lexicon knows of each token.
    pub flags: Vec<Flags>,
    /// What is known of the language.
    pub language: Language,
}

impl Names {
    /// The place in [`Names::mentions`] of the one that covers token `i`.
    pub fn index_at(&self, i: usize) -> Option<usize> {
        let at = self.mentions.partition_point(|m| m.end <= i);
        self.mentions.get(at).filter(|m| m.first <= i).map(|_| at)
    }

    /// The mention that covers token `i`.
    pub fn at(&self, i: usize) -> Option<&Mention> {
        self.index_at(i).and_then(|at| self.mentions.get(at))
    }

    /// The mention whose last token is before `end`.
    pub fn ending(&self, end: usize) -> Option<&Mention> {
        end.checked_sub(1).and_then(|last| self.at(last)).filter(|m| m.end == end)
    }

    /// Whom a mention names.
    pub fn entity(&self, mention: &Mention) -> Option<&Entity> {
        self.entities.get(mention.entity)
    }

    /// The class of whom a mention names.
    pub fn class(&self, mention: &Mention) -> Class {
        self.entity(mention).map_or(Class::Other, |e| e.class)
    }

    /// The people named by more than one word, each once, in the order of the text.
    pub fn persons(&self) -> Vec<String> {
        let full = |entity: &&Entity| entity.class == Class::Person && entity.name.contains(' ');
        let mut known = FxHashSet::default();
        self.entities
            .iter()
            .filter(full)
            .map(|entity| entity.name.clone())
            .filter(|name| known.insert(name.clone()))
            .collect()
    }

    /// The organisations named in `article`, whose tokens are `tokens`, each once, in the order of the text: by the fullest
    /// form of the name, and by the initials that it is called by.
    pub fn organisations(&self, article: &Article, tokens: &Tokens) -> Vec<String> {
        let mut known = FxHashSet::default();
        let mut found = Vec::new();
        for mention in &self.mentions {
            let Some(entity) = self.entity(mention).filter(|entity| entity.class == Class::Organisation) else {
                continue;
            };
            if mention.end == mention.first + 1 && self.is_no_body(article, tokens, mention.first) {
                continue;
            }
            let ends = tokens.get(mention.first).zip(mention.end.checked_sub(1).and_then(|last| tokens.get(last)));
            let written = ends.and_then(|(first, last)| article.body.get(first.start as usize..last.end as usize));
            let initials = written.filter(|written| is_acronym(written));
            for name in [Some(entity.name.as_str()), initials].into_iter().flatten() {
                if known.insert(name) {
                    found.push(name.to_owned());
                }
            }
        }
        found
    }

    /// Whether the word at `at` is one of hours, illnesses and the like, or holds digits: "UTC", "H5N1".
    fn is_no_body(&self, article: &Article, tokens: &Tokens, at: usize) -> bool {
        let word = tokens.get(at).and_then(|token| article.body.get(token.range())).unwrap_or_default();
        let flags = self.flags.get(at).copied().unwrap_or_default();
        let numbered = word.bytes().any(|byte| byte.is_ascii_digit());
        flags.any(lexicon::NO_BODY) || numbered && !flags.any(lexicon::KNOWN_ORGANISATION)
    }

    /// The mentions from token `first` up to token `end`.
    pub fn between(&self, first: usize, end: usize) -> &[Mention] {
        let from = self.mentions.partition_point(|m| m.first < first);
        let to = self.mentions.partition_point(|m| m.first < end);
        self.mentions.get(from..to.max(from)).unwrap_or_default()
    }
}

/// Finds the names in the body of `article`, whose tokens are `tokens`.
pub fn find(article: &Article, tokens: &Tokens) -> Names {
    let code = article.language.as_deref();
    let flags = lexicon::look_up(&article.body, tokens, code);
    let language = Language::of(code);
    let view = View { body: &article.body, tokens, flags: &flags };
    // The place and the agency that a dateline names are its own, and say nothing.
    let dateline = article.dateline.as_ref().map_or(0, |d| d.end);
    let first = tokens.partition_point(|t| t.start < dateline);
    let mut spotted = spot::find(view, first);
    if language != Language::English {
        foreign::refine(view, language, &mut spotted);
    }
    let (mentions, entities) = entities::resolve(view, spotted);
    Names { mentions, entities, flags, language }
}
