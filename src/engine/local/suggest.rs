//! "Did you mean": words of this archive for one that it does not have. Only ever said, never searched for.

use anyhow::Result;
use rphonetic::{DoubleMetaphone, Encoder};
use rustc_hash::FxHashMap;
use tantivy::Term;

use super::expand;
use super::spellings::Spellings;
use crate::field::distance;
use crate::index::names::SEPARATOR;
use crate::names::key;
use crate::query::Word;
use crate::query::pattern::Pattern;
use crate::text::cut;

/// Suggestions for one word, at most.
const MOST: usize = 3;
/// Letters of a word, at least, for which anything is suggested.
const LEAST: usize = 4;

/// Words that a folded word may have been meant for, the nearest and most frequent first; none if the archive has the
/// word itself, in this form or (`stems`) another.
pub(super) fn of(spellings: &Spellings, word: &str, stems: &[Term]) -> Result<Vec<String>> {
    let letters = word.chars().count();
    let searcher = spellings.searcher;
    let mut has = searcher.doc_freq(&Term::from_field_text(spellings.fields.text, cut(word)))?;
    for stem in stems {
        has += searcher.doc_freq(stem)?;
    }
    if has > 0 || letters < LEAST || !word.chars().all(|c| c.is_alphabetic() || c == '\'') {
        return Ok(Vec::new());
    }
    // Distance, and how many articles have it.
    let mut found: FxHashMap<String, (u8, u64)> = FxHashMap::default();
    for edits in 1..=if letters > 5 { 2 } else { 1 } {
        let pattern = Pattern::new(&Word::Fuzzy(word.to_owned(), edits)).map_err(anyhow::Error::msg)?;
        for term in expand::terms(searcher, spellings.fields.text, &pattern)? {
            let text = term.value().as_str().unwrap_or_default().to_owned();
            if !found.contains_key(&text) && text.chars().count() + 2 > letters {
                found.insert(text, (edits * 2, searcher.doc_freq(&term)?));
            }
        }
    }
    for (text, articles) in alike(spellings, word)? {
        // What sounds alike is as near as one letter, and what also looks alike is nearer.
        found.entry(text).and_modify(|(distance, _)| *distance -= 1).or_insert((3, articles));
    }
    let mut all: Vec<(String, (u8, u64))> = found.into_iter().filter(|(text, _)| text != word).collect();
    all.sort_by(|(a, (near, n)), (b, (far, m))| (near, m, a).cmp(&(far, n, b)));
    // Beside a word that is one letter off nobody means one that is two off.
    let nearest = all.first().map_or(0, |(_, (near, _))| *near);
    let meant = all.into_iter().take_while(|(_, (near, _))| *near <= nearest + 1);
    Ok(meant.take(MOST).map(|(text, _)| text).collect())
}

/// The names of the archive that sound like a word in Latin letters.
fn alike(spellings: &Spellings, word: &str) -> Result<Vec<(String, u64)>> {
    if key::is_cyrillic(word) || !word.is_ascii() {
        return Ok(Vec::new());
    }
    let sound = DoubleMetaphone::new(Some(8));
    let (code, length) = (sound.encode(word), word.len());
    let mut found: FxHashMap<String, u64> = FxHashMap::default();
    for reader in spellings.searcher.segment_readers() {
        let index = reader.inverted_index(spellings.fields.name)?;
        let mut stream = index.terms().stream()?;
        while stream.advance() {
            let name = std::str::from_utf8(stream.key()).ok().and_then(|term| Some(term.split_once(SEPARATOR)?.1));
            let near = name.filter(|name| name.is_ascii() && name.len().abs_diff(length) <= 2);
            // The code says nothing of vowels: Assad is as West.
            let alike = |name: &&str| sound.encode(name) == code && distance(name, word) * 2 <= length;
            if let Some(name) = near.filter(alike) {
                *found.entry(name.to_owned()).or_insert(0) += u64::from(stream.value().doc_freq);
            }
        }
    }
    Ok(found.into_iter().collect())
}
