//! Which documents of the index are copies of one another: a file beside it, made from the sketches of all articles
//! when a build ends.
//!
//! It is derived from the index alone, and knows each segment by its id: what is not in it yet (a build was cut short,
//! or is under way) counts as a story of its own, and the next build puts it right.

use std::fs;
use std::path::Path;
use std::sync::Arc;

use anyhow::{Context, Result};
use rustc_hash::FxHashMap;
use tantivy::{Directory, DocId, Searcher, SegmentReader};
use xxhash_rust::xxh3::xxh3_64;

use super::Archive;
use super::files::Files;
use crate::stories::{Copy, SKETCH_WORDS, Sketch, group};

/// Name of the file in the archive's generation.
pub(super) const FILE: &str = "stories";
/// First bytes of the file; the last of them is the version of its layout.
const MAGIC: &[u8; 8] = b"nxstory2";

/// Documents of one segment that have copies, in rising order, each with the number of its story.
pub type Copies = Arc<[(DocId, u32)]>;

/// All stories of an archive that have more than one article.
#[derive(Debug, Default, Clone, PartialEq)]
pub struct Stories {
    /// How alike copies are; see [`group`].
    pub threshold: f32,
    /// Whether every article was read with what all of them show; see [`super::recurring`].
    pub settled: bool,
    /// By the segment's id.
    segments: FxHashMap<String, Copies>,
}

impl Stories {
    /// Groups all articles of an index, those with at least `threshold` (0 to 1) of their words in common.
    ///
    /// # Errors
    /// When the index cannot be read.
    pub fn find(searcher: &Searcher, threshold: f32) -> Result<Stories> {
        let mut copies: Vec<Copy> = Vec::new();
        let mut places: Vec<(usize, DocId)> = Vec::new();
        for (number, reader) in searcher.segment_readers().iter().enumerate() {
            articles(reader, |doc, copy| {
                copies.push(copy);
                places.push((number, doc));
            })?;
        }
        let mut lists: Vec<Vec<(DocId, u32)>> = vec![Vec::new(); searcher.segment_readers().len()];
        for ((segment, doc), story) in places.into_iter().zip(group(&copies, threshold)) {
            if let (Some(list), Some(story)) = (lists.get_mut(segment), story) {
                list.push((doc, story));
            }
        }
        let segments = searcher.segment_readers().iter().map(id_of).zip(lists.into_iter().map(Copies::from)).collect();
        Ok(Stories { threshold, settled: true, segments })
    }

    /// The documents of a segment that have copies; `None` if the segment is not known.
    pub fn of(&self, reader: &SegmentReader) -> Option<Copies> {
        self.segments.get(&id_of(reader)).cloned()
    }

    /// Every story, and how many articles it has.
    pub fn sizes(&self) -> Vec<(u32, u32)> {
        let mut sizes: FxHashMap<u32, u32> = FxHashMap::default();
        let all = self.segments.values().flat_map(|copies| copies.iter());
        all.for_each(|(_, story)| *sizes.entry(*story).or_default() += 1);
        sizes.into_iter().collect()
    }

    /// Whether it is settled, and was made from exactly the segments of `searcher`, at this threshold.
    pub fn is_current(&self, searcher: &Searcher, threshold: f32) -> bool {
        let readers = searcher.segment_readers();
        self.settled
            && self.threshold == threshold
            && self.segments.len() == readers.len()
            && readers.iter().all(|reader| self.segments.contains_key(&id_of(reader)))
    }

    /// Writes it into the generation of `archive`, in the place of an earlier one.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn write(&self, archive: &Archive) -> Result<()> {
        self.write_to(archive.files()?)
    }

    fn write_to(&self, files: &Files) -> Result<()> {
        let mut bytes = MAGIC.to_vec();
        bytes.extend(self.threshold.to_le_bytes());
        bytes.push(u8::from(self.settled));
        let mut segments: Vec<_> = self.segments.iter().collect();
        segments.sort_unstable();
        for (id, copies) in segments {
            bytes.extend(id.as_bytes());
            bytes.extend((copies.len() as u32).to_le_bytes());
            copies.iter().for_each(|(doc, story)| {
                bytes.extend(doc.to_le_bytes());
                bytes.extend(story.to_le_bytes());
            });
        }
        bytes.extend(xxh3_64(&bytes).to_le_bytes());
        files.atomic_write(Path::new(FILE), &bytes).with_context(|| format!("failed to write {FILE}"))
    }

    /// Reads it back; `None` if there is none, or not as it was written: it can always be made again.
    pub fn read(generation: &Path) -> Option<Stories> {
        let bytes = fs::read(generation.join(FILE)).ok()?;
        let (bytes, sum) = bytes.split_last_chunk::<8>()?;
        if xxh3_64(bytes) != u64::from_le_bytes(*sum) {
            return None;
        }
        let mut rest = bytes.strip_prefix(MAGIC)?;
        let threshold = f32::from_le_bytes(*take::<4>(&mut rest)?);
        let settled = take::<1>(&mut rest)? == &[1];
        let mut segments = FxHashMap::default();
        while !rest.is_empty() {
            let id = std::str::from_utf8(take::<32>(&mut rest)?).ok()?.to_owned();
            let count = u32::from_le_bytes(*take::<4>(&mut rest)?) as usize;
            let (rows, behind) = rest.split_at_checked(count.checked_mul(8)?)?;
            let rows = rows.as_chunks::<8>().0.iter().map(|[a, b, c, d, e, f, g, h]| {
                (u32::from_le_bytes([*a, *b, *c, *d]), u32::from_le_bytes([*e, *f, *g, *h]))
            });
            segments.insert(id, rows.collect());
            rest = behind;
        }
        Some(Stories { threshold, settled, segments })
    }
}

fn take<'b, const N: usize>(rest: &mut &'b [u8]) -> Option<&'b [u8; N]> {
    let (taken, behind) = rest.split_first_chunk::<N>()?;
    *rest = behind;
    Some(taken)
}

/// The id of a segment, 32 hex digits.
fn id_of(reader: &SegmentReader) -> String {
    reader.segment_id().uuid_string()
}

/// Calls `visit` for each article of a segment.
fn articles(reader: &SegmentReader, mut visit: impl FnMut(DocId, Copy)) -> Result<()> {
    let fast = reader.fast_fields();
    let (ids, words) = (fast.u64("id")?, fast.u64("words")?);
    let sketches = fast.u64("sketch")?;
    let (first, last) = (fast.i64("day_first")?, fast.i64("day_last")?);
    for doc in reader.doc_ids_alive() {
        // Only articles have it.
        let Some(words) = words.first(doc) else { continue };
        let copy = Copy {
            id: ids.first(doc).context("an article has no id")?,
            sketch: Sketch::from_words(sketches.values_for_doc(doc).take(SKETCH_WORDS)),
            words: u32::try_from(sketches.values_for_doc(doc).nth(SKETCH_WORDS).unwrap_or(words)).unwrap_or(u32::MAX),
            days: first.first(doc).zip(last.first(doc)),
        };
        visit(doc, copy);
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::files::{Disk, Trouble};
    use super::*;

    #[test]
    fn comes_back_as_written_and_damage_is_as_if_there_were_none() {
        let dir = tempfile::tempdir().unwrap();
        assert_eq!(Stories::read(dir.path()), None);
        let id = |digit: char| std::iter::repeat_n(digit, 32).collect::<String>();
        let some: Copies = [(3, 0), (7, 1)].into();
        let segments = [(id('a'), some), (id('b'), Copies::default())].into_iter().collect();
        let stories = Stories { threshold: 0.7, settled: true, segments };
        let files = Files::for_writing(dir.path(), &Disk::default(), &Trouble::default()).unwrap();
        stories.write_to(&files).unwrap();
        assert_eq!(Stories::read(dir.path()), Some(stories));
        let good = fs::read(dir.path().join(FILE)).unwrap();
        for at in 0..good.len() {
            let mut bad = good.clone();
            bad[at] ^= 1;
            fs::write(dir.path().join(FILE), &bad).unwrap();
            assert_eq!(Stories::read(dir.path()), None, "byte {at}");
            fs::write(dir.path().join(FILE), &good[..at]).unwrap();
            assert_eq!(Stories::read(dir.path()), None, "cut at {at}");
        }
    }
}
