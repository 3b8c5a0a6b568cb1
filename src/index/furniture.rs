//! What cleaning cut from the articles of an archive, and which lines of their texts repeat: counted over the whole
//! archive, so that it is the same whatever the order of files and builds.

use std::hash::Hash;

use anyhow::Result;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::schema::Value;
use tantivy::{Searcher, TantivyDocument};
use xxhash_rust::xxh3::xxh3_64;

use super::document::Stored;
use super::{Fields, Stories};
use crate::article::Article;
use crate::clean::recurring;

/// What was cut, and what repeats.
#[derive(Debug, Default)]
pub struct Furniture {
    /// Lines cut, by the reason, most first.
    pub reasons: Vec<(String, u64)>,
    /// The lines cut most often.
    pub cut: Vec<Line>,
    /// Lines that are part of the text of many articles of one outlet.
    pub repeated: Vec<Line>,
}

/// A line, in how many articles it stands, and of how many.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Line {
    /// As it stands in one of them.
    pub text: String,
    /// Why it was cut; for a repeated line, the outlet.
    pub of: String,
    /// Articles it stands in; copies of a story count once.
    pub articles: u32,
    /// Articles that might have had it.
    pub among: u32,
}

/// Fewer articles than this are no repetition.
const FEWEST: u32 = 3;
/// Longer lines, in bytes, must stand in a fifth of the outlet's articles.
const SHORT: usize = 200;

/// Counts over all articles of an index; the `most` commonest lines are given.
///
/// # Errors
/// When the index cannot be read.
pub fn census(searcher: &Searcher, fields: &Fields, stories: Option<&Stories>, most: usize) -> Result<Furniture> {
    let mut reasons: FxHashMap<String, u64> = FxHashMap::default();
    let mut cut: FxHashMap<u64, u32> = FxHashMap::default();
    let mut repeated: FxHashMap<(u64, u64), (u32, bool)> = FxHashMap::default();
    let mut outlets: FxHashMap<u64, u32> = FxHashMap::default();
    each(searcher, fields, stories, |article, is_first| {
        article.removed.iter().for_each(|line| *reasons.entry(line.reason.to_string()).or_default() += 1);
        once(article.removed.iter().map(|line| key(&line.text)), |key| *cut.entry(key).or_default() += 1);
        if is_first {
            let outlet = xxh3_64(outlet(article).as_bytes());
            *outlets.entry(outlet).or_default() += 1;
            let lines = article.paragraphs().map(|(_, text)| (key(text), text.len() > SHORT));
            once(lines, |(key, is_long)| {
                let entry = repeated.entry((outlet, key)).or_default();
                *entry = (entry.0 + 1, is_long);
            });
        }
    })?;
    repeated.retain(|(outlet, _), (count, is_long)| {
        let among = outlets.get(outlet).copied().unwrap_or(0);
        *count >= FEWEST.max(if *is_long { among / 5 } else { among / 50 })
    });
    let cut = commonest(cut.into_iter().filter(|(_, count)| *count > 1).collect(), most);
    let repeated = commonest(repeated.into_iter().map(|(key, (count, _))| (key, count)).collect(), most);
    let total = u32::try_from(searcher.num_docs()).unwrap_or(u32::MAX);
    let mut found = Furniture { reasons: reasons.into_iter().collect(), ..Furniture::default() };
    found.reasons.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    // A second pass for the words: those of all lines would not fit into memory.
    let (mut cut, mut repeated) = (cut, repeated);
    each(searcher, fields, None, |article, _| {
        for line in &article.removed {
            if let Some(count) = cut.remove(&key(&line.text)) {
                found.cut.push(Line {
                    text: line.text.clone(),
                    of: line.reason.to_string(),
                    articles: count,
                    among: total,
                });
            }
        }
        let name = outlet(article);
        let outlet = xxh3_64(name.as_bytes());
        for (_, text) in article.paragraphs() {
            if let Some(count) = repeated.remove(&(outlet, key(text))) {
                let among = outlets.get(&outlet).copied().unwrap_or(0);
                found.repeated.push(Line { text: text.to_owned(), of: name.to_owned(), articles: count, among });
            }
        }
    })?;
    for list in [&mut found.cut, &mut found.repeated] {
        list.sort_by(|a, b| b.articles.cmp(&a.articles).then_with(|| a.text.cmp(&b.text)));
    }
    Ok(found)
}

/// Hands over all articles, each with whether it is the first of its story from its outlet.
fn each(
    searcher: &Searcher,
    fields: &Fields,
    stories: Option<&Stories>,
    mut take: impl FnMut(&Article, bool),
) -> Result<()> {
    let mut seen: FxHashSet<(u64, u32)> = FxHashSet::default();
    for reader in searcher.segment_readers() {
        let copies = stories.and_then(|stories| stories.of(reader)).unwrap_or_default();
        let store = reader.get_store_reader(2)?;
        for doc in reader.doc_ids_alive() {
            let document: TantivyDocument = store.get(doc)?;
            let Some(bytes) = document.get_first(fields.stored).and_then(|value| value.as_bytes()) else { continue };
            let Ok(Stored { article, .. }) = Stored::from_bytes(bytes) else { continue };
            let story = copies.binary_search_by_key(&doc, |(doc, _)| *doc).ok().and_then(|at| copies.get(at));
            let outlet = xxh3_64(outlet(&article).as_bytes());
            take(&article, story.is_none_or(|(_, story)| seen.insert((outlet, *story))));
        }
    }
    Ok(())
}

/// Hands over each value once.
fn once<T: Hash + Eq + Copy>(values: impl Iterator<Item = T>, mut take: impl FnMut(T)) {
    let mut seen = FxHashSet::default();
    values.filter(|value| seen.insert(*value)).for_each(&mut take);
}

/// The outlet of an article, or the folder it lies in where it names none.
fn outlet(article: &Article) -> &str {
    let folder = || article.path.split_once('/').map_or("", |(folder, _)| folder);
    article.source.as_deref().unwrap_or_else(folder)
}

/// A line as compared.
fn key(text: &str) -> u64 {
    recurring::key(text, true, 0)
}

/// The entries with the highest counts.
fn commonest<K: Hash + Eq + Ord + Copy>(mut counts: Vec<(K, u32)>, most: usize) -> FxHashMap<K, u32> {
    counts.sort_unstable_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
    counts.truncate(most);
    counts.into_iter().collect()
}
