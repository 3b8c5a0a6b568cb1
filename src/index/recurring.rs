//! Which lines of the archive are furniture of their source: counted over the marks that each article's document keeps
//! of its lines, as [`crate::clean::recurring`] makes them.
//!
//! A story that one source prints ten times counts once, else its own lines would look like furniture. The outcome
//! depends on which articles there are and on nothing else.

use anyhow::Result;
use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::{DocId, Searcher, SegmentReader};

use super::Stories;
use crate::clean::recurring::{self, LEAST};

/// The lowest bit of a mark, as a document keeps it: whether it was taken for furniture when the article was read.
pub const TAKEN: u64 = 1;

/// What the articles of an archive show.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Recurring {
    /// The marks that are furniture.
    pub furniture: FxHashSet<u64>,
    /// Keys of the files that hold an article with a line that was taken for furniture and is none, or the other way
    /// round; in rising order.
    pub outdated: Vec<u64>,
}

/// Counts over all articles of `searcher`, whose copies `stories` knows.
///
/// # Errors
/// When the index cannot be read.
pub fn find(searcher: &Searcher, stories: &Stories) -> Result<Recurring> {
    let mut lines: Vec<(u64, u64, u64)> = Vec::new();
    let mut sources: Vec<(u64, u64)> = Vec::new();
    let mut single = u64::from(u32::MAX);
    for reader in searcher.segment_readers() {
        let copies = stories.of(reader).unwrap_or_default();
        each(reader, |doc, source, marks| {
            single += 1;
            let known = copies.binary_search_by_key(&doc, |(doc, _)| *doc).ok().and_then(|at| copies.get(at));
            let story = known.map_or(single, |(_, story)| u64::from(*story));
            sources.push((source, story));
            lines.extend(marks.iter().map(|mark| (recurring::line_of(*mark), source, story)));
        })?;
    }
    sources.sort_unstable();
    sources.dedup();
    let mut sizes: FxHashMap<u64, u32> = FxHashMap::default();
    sources.iter().for_each(|(source, _)| *sizes.entry(*source).or_default() += 1);
    lines.sort_unstable();
    lines.dedup();
    let mut found = Recurring::default();
    for run in lines.chunk_by(|a, b| (a.0, a.1) == (b.0, b.1)) {
        let (Some((line, source, _)), Ok(count)) = (run.first(), u32::try_from(run.len())) else { continue };
        if count >= LEAST {
            found.furniture.extend(recurring::furniture(*line, count, sizes.get(source).copied().unwrap_or(count)));
        }
    }
    found.outdated = outdated(searcher, &found.furniture)?;
    Ok(found)
}

fn outdated(searcher: &Searcher, furniture: &FxHashSet<u64>) -> Result<Vec<u64>> {
    let mut files: FxHashSet<u64> = FxHashSet::default();
    for reader in searcher.segment_readers() {
        let of = reader.fast_fields().u64("file")?;
        each(reader, |doc, _, marks| {
            let differs = |mark: &u64| (mark & TAKEN != 0) != furniture.contains(&(mark & !TAKEN));
            if marks.iter().any(differs) {
                files.extend(of.first(doc));
            }
        })?;
    }
    let mut files: Vec<u64> = files.into_iter().collect();
    files.sort_unstable();
    Ok(files)
}

/// Hands over each article of a segment, its source and its marks.
fn each(reader: &SegmentReader, mut take: impl FnMut(DocId, u64, &[u64])) -> Result<()> {
    let (sources, marks) = (reader.fast_fields().u64("origin")?, reader.fast_fields().u64("line")?);
    let mut list: Vec<u64> = Vec::new();
    for doc in reader.doc_ids_alive() {
        // Only articles have one.
        let Some(source) = sources.first(doc) else { continue };
        list.clear();
        list.extend(marks.values_for_doc(doc));
        take(doc, source, &list);
    }
    Ok(())
}
