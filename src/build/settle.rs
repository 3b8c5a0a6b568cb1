//! What can only be said when all articles are in the index.

use std::sync::atomic::{AtomicBool, Ordering};

use anyhow::{Context, Result};
use rustc_hash::FxHashSet;
use tantivy::{IndexReader, ReloadPolicy, Searcher};

use super::{Options, Progress, Report, recurring, walk, with_totals, work};
use crate::index::archive::Payload;
use crate::index::{self, Archive, Earlier, Manifest, Stories};
use crate::stories;

/// Whether it is known what exactly the articles of `archive` show together.
///
/// # Errors
/// When the archive cannot be read.
pub(super) fn is_known(archive: &Archive, likeness: Option<f32>) -> Result<bool> {
    let Some(known) = Stories::read(&archive.generation) else { return Ok(false) };
    Ok(known.is_current(&searcher(archive)?, likeness_of(Some(&known), likeness)))
}

/// Works out what all articles together show, unless that is known of exactly these articles: which are copies of one
/// another, and which lines recur in the stories of a source. Files that were read otherwise are read once more. Gives
/// the manifest as it is then; `payload` is what the last commit said.
///
/// # Errors
/// When the archive cannot be read or written.
pub(super) fn settle(
    archive: &Archive,
    manifest: Manifest,
    payload: Payload,
    options: &Options,
    stop: &AtomicBool,
) -> Result<Manifest> {
    if is_known(archive, options.likeness)? {
        return Ok(manifest);
    }
    let likeness = likeness_of(Stories::read(&archive.generation).as_ref(), options.likeness);
    let found = searcher(archive)?;
    let mut stories = Stories::find(&found, likeness)?;
    let recurring = index::recurring::find(&found, &stories)?;
    let files = work::files_of(&manifest, &recurring.outdated);
    if files.is_empty() {
        stories.write(archive)?;
        return Ok(manifest);
    }
    let manifest = read_again(archive, manifest, payload, recurring.furniture, &files, options, stop)?;
    stories = Stories::find(&searcher(archive)?, likeness)?;
    stories.settled = !stop.load(Ordering::Relaxed);
    stories.write(archive)?;
    Ok(manifest)
}

/// Reads `files` once more, now that it is known which lines are `furniture`.
fn read_again(
    archive: &Archive,
    mut manifest: Manifest,
    mut payload: Payload,
    furniture: FxHashSet<u64>,
    files: &[walk::Found],
    options: &Options,
    stop: &AtomicBool,
) -> Result<Manifest> {
    manifest.furniture = furniture.iter().copied().collect();
    manifest.furniture.sort_unstable();
    let complete = payload.complete;
    payload.advance();
    let earlier = Earlier::open(&archive.dir);
    let desk = work::Desk { archive, earlier: &earlier, options, stop };
    let mut writer = archive.writer(options.threads, options.memory, files.iter().map(|file| file.size).sum())?;
    let mut state = work::State::new(manifest, payload, &[], recurring::Known::of(furniture));
    // What was counted is counted.
    let (mut counted, uncounted) = (Report::default(), Progress::default());
    desk.run(&mut writer, files, &mut state, &mut counted, true, &uncounted)?;
    state.forget_open(&writer, &archive.fields);
    let (manifest, payload, _) = state.into_parts();
    archive.commit(&mut writer, &manifest, with_totals(payload, &manifest, complete))?;
    writer.wait_merging_threads().with_context(|| format!("failed to merge the archive {}", archive.dir.display()))?;
    Ok(manifest)
}

fn likeness_of(known: Option<&Stories>, likeness: Option<f32>) -> f32 {
    likeness.or(known.map(|stories| stories.threshold)).unwrap_or(stories::THRESHOLD)
}

fn searcher(archive: &Archive) -> Result<Searcher> {
    let reader: IndexReader = archive.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    Ok(reader.searcher())
}
