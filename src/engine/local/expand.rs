//! Words of a query to the terms of this archive's dictionary.

use std::collections::BTreeSet;

use anyhow::Result;
use tantivy::query::FuzzyTermQuery;
use tantivy::schema::Field;
use tantivy::termdict::TermDictionary;
use tantivy::{Searcher, Term};

use crate::index::analysis;
use crate::query::pattern::Pattern;
use crate::query::plan::{Form, Leaf};
use crate::text::cut;
use crate::text::stem::Stems;

/// The terms of each leaf in a field: those of all its forms. A stem is taken in each of `languages`.
pub(super) fn leaves<'l>(
    searcher: &Searcher,
    leaves: impl Iterator<Item = &'l Leaf>,
    field: Field,
    languages: &[String],
) -> Result<Vec<Vec<Term>>> {
    let of_form = |form: &Form| match form {
        Form::Stem(word) => Ok(stems(word, field, languages)),
        Form::Fits(pattern) => terms(searcher, field, pattern),
        Form::Spelling(word, _) => Ok(vec![Term::from_field_text(field, cut(word))]),
    };
    leaves
        .map(|leaf| {
            let mut all = BTreeSet::new();
            for form in &leaf.forms {
                all.extend(of_form(form)?);
            }
            Ok(all.into_iter().collect())
        })
        .collect()
}

/// The languages by whose stems words are looked for: those of the archive, or English in one without any.
fn stemmers(languages: &[String]) -> impl Iterator<Item = Stems> {
    let english = languages.is_empty().then_some("en");
    languages.iter().map(String::as_str).chain(english).map(Stems::new)
}

/// Whether one of `terms` (sorted) stands at the words with the stem of another of them, which is a word.
pub(super) fn has_stem_of_another(terms: &[&Term], languages: &[String]) -> bool {
    let mut stemmers: Vec<Stems> = stemmers(languages).collect();
    terms.iter().any(|term| {
        let value = term.value();
        let word = value.as_str().filter(|word| !word.starts_with('\u{1}'));
        word.is_some_and(|word| {
            stemmers.iter_mut().any(|stems| {
                let stem = Term::from_field_text(term.field(), &analysis::inflected(&stems.stem(word)));
                stems.stem(word) != word && terms.binary_search(&&stem).is_ok()
            })
        })
    })
}

/// The terms of all words with the stem that `word` has, in any of `languages`: that of the inflected ones, and the stem
/// itself where it is a word that is its own stem.
pub(super) fn stems(word: &str, field: Field, languages: &[String]) -> Vec<Term> {
    let mut all = BTreeSet::new();
    for mut stems in stemmers(languages) {
        let stem = stems.stem(cut(word));
        all.insert(analysis::inflected(&stem));
        if stems.stem(&stem) == stem {
            all.insert(stem);
        }
    }
    all.iter().map(|stem| Term::from_field_text(field, stem)).collect()
}

/// The terms of `field` that fit a pattern.
pub(super) fn terms(searcher: &Searcher, field: Field, pattern: &Pattern) -> Result<Vec<Term>> {
    if let Pattern::Exact(text) = pattern {
        return Ok(vec![Term::from_field_text(field, text)]);
    }
    let mut found = BTreeSet::new();
    for reader in searcher.segment_readers() {
        let index = reader.inverted_index(field)?;
        match pattern {
            Pattern::Fuzzy(text, edits, _) => fuzzy(index.terms(), field, text, *edits, &mut found)?,
            _ => scan(index.terms(), pattern, &mut found)?,
        }
    }
    Ok(found.iter().map(|text| Term::from_field_text(field, text)).collect())
}

/// The words of `field` with the stem of `word` in any of `languages`.
pub(super) fn words_with_stem(
    searcher: &Searcher,
    field: Field,
    word: &str,
    languages: &[String],
) -> Result<Vec<Term>> {
    let mut found = BTreeSet::new();
    for mut stems in stemmers(languages) {
        let stem = stems.stem(cut(word));
        // Words with one stem begin alike; that many letters of it are kept by every stemmer.
        let prefix: String = stem.chars().take(2).collect();
        for reader in searcher.segment_readers() {
            let index = reader.inverted_index(field)?;
            let mut stream = index.terms().range().ge(prefix.as_bytes()).into_stream()?;
            while stream.advance() && stream.key().starts_with(prefix.as_bytes()) {
                if std::str::from_utf8(stream.key()).is_ok_and(|term| stems.stem(term) == stem) {
                    keep(stream.key(), &mut found);
                }
            }
        }
    }
    Ok(found.iter().map(|text| Term::from_field_text(field, text)).collect())
}

/// The words of `field` within so many edits of `word`, each with the number of documents that have it.
pub(super) fn near(searcher: &Searcher, field: Field, word: &str, edits: u8) -> Result<Vec<(String, u64)>> {
    let mut found = BTreeSet::new();
    for reader in searcher.segment_readers() {
        fuzzy(reader.inverted_index(field)?.terms(), field, word, edits, &mut found)?;
    }
    let counted = found.into_iter().map(|text| {
        let count = searcher.doc_freq(&Term::from_field_text(field, &text))?;
        Ok((text, count))
    });
    counted.collect()
}

fn fuzzy(dictionary: &TermDictionary, field: Field, text: &str, edits: u8, found: &mut BTreeSet<String>) -> Result<()> {
    let automaton = FuzzyTermQuery::new(Term::from_field_text(field, text), edits, true).automaton()?;
    let mut stream = dictionary.search(automaton).into_stream()?;
    while stream.advance() {
        keep(stream.key(), found);
    }
    Ok(())
}

/// Goes through the part of the dictionary that begins with what every fitting word begins with.
fn scan(dictionary: &TermDictionary, pattern: &Pattern, found: &mut BTreeSet<String>) -> Result<()> {
    let prefix = pattern.prefix();
    let mut stream = dictionary.range().ge(prefix.as_bytes()).into_stream()?;
    while stream.advance() {
        let key = stream.key();
        if !key.starts_with(prefix.as_bytes()) {
            break;
        }
        if std::str::from_utf8(key).is_ok_and(|term| pattern.matches(term)) {
            keep(key, found);
        }
    }
    Ok(())
}

fn keep(key: &[u8], found: &mut BTreeSet<String>) {
    // Markers begin with a control byte; no word does.
    if let Some(text) = std::str::from_utf8(key).ok().filter(|text| !text.starts_with('\u{1}')) {
        found.insert(text.to_owned());
    }
}
