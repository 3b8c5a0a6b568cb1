//! The build: walks the corpus, reads what is new or changed, and writes it to the archive. One way, in parallel, in
//! bounded memory: walk, then per file read, clean, extract, analyse and write.

mod orders;
mod plan;
mod walk;
mod work;

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use tantivy::{IndexReader, ReloadPolicy};

use crate::index::archive::Payload;
use crate::index::{Archive, Earlier, Manifest, Stories};
use crate::read::map::Map;
use crate::read::{ReadOptions, RecordError};
use crate::stories;

/// How to build.
#[derive(Debug, Clone)]
pub struct Options {
    /// Threads that read and extract; as many again write.
    pub threads: usize,
    /// Memory for the index writer, in bytes.
    pub memory: usize,
    /// Build from nothing, beside the archive in use, and switch at the end.
    pub rebuild: bool,
    /// Read files that failed before again, though they did not change.
    pub retry: bool,
    /// How files are read. Without a mapping file, that of the last build is used.
    pub read: ReadOptions,
    /// How alike copies of a story are, 0 to 1; `None` for what the archive was built with, or the usual.
    pub likeness: Option<f32>,
}

/// How far a build is; filled while it runs, for whoever shows it.
#[derive(Debug, Default)]
pub struct Progress {
    /// Files to read.
    pub files: AtomicU64,
    /// Their bytes.
    pub bytes: AtomicU64,
    /// Files done.
    pub files_done: AtomicU64,
    /// Bytes read, before decompression.
    pub bytes_done: AtomicU64,
    /// Articles written.
    pub articles: AtomicU64,
    /// Whether the last commit has begun.
    pub committing: AtomicBool,
}

/// What a build did.
#[derive(Debug, Default)]
pub struct Report {
    /// The archive's directory.
    pub dir: PathBuf,
    /// Files read because they were new.
    pub added: u64,
    /// Files read again because they changed.
    pub changed: u64,
    /// Files that were gone, and their articles with them.
    pub removed: u64,
    /// Files left as they were.
    pub unchanged: u64,
    /// Articles written by this build.
    pub articles: u64,
    /// Quotations found in them.
    pub quotes: u64,
    /// Articles in the archive now.
    pub total_articles: u64,
    /// Quotations in the archive now.
    pub total_quotes: u64,
    /// Bytes read.
    pub bytes: u64,
    /// What was skipped by this build, in the order of paths.
    pub skipped: Vec<RecordError>,
    /// Records that an earlier build skipped, in files that have not changed since.
    pub skipped_before: u64,
    /// Dates that no article can have (in the future, before 1700), which were refused.
    pub refused_dates: Vec<RecordError>,
    /// Folders and files that could not be looked into.
    pub unreadable: Vec<RecordError>,
    /// How long it took.
    pub elapsed: Duration,
    /// Whether it was interrupted: what was done so far is kept.
    pub interrupted: bool,
    /// Bytes of the archive on disk.
    pub size: u64,
}

/// Time between two commits of a long build: what a crash can cost.
const COMMIT_EVERY: Duration = Duration::from_secs(120);

/// Builds or updates the archive at `dir` from `paths`; with no paths, from the roots it was built from.
///
/// Stops at the next file once `stop` is set, keeping what was done.
///
/// # Errors
/// When a path is not there, or the archive cannot be written. Files that cannot be read are reported, not errors.
pub fn run(dir: &Path, paths: &[PathBuf], options: &Options, progress: &Progress, stop: &AtomicBool) -> Result<Report> {
    let started = Instant::now();
    let before = if options.rebuild { known(dir) } else { Manifest::default() };
    // The paths are looked at first: a mistyped one must not leave an empty archive behind.
    let absolute = paths.iter().map(|path| absolute(path)).collect::<Result<Vec<PathBuf>>>()?;
    let archive = Archive::open_or_create(dir, options.rebuild)?;
    let mut writer = archive.writer(options.threads, options.memory)?;
    let mut manifest = archive.manifest()?;
    if options.rebuild {
        (manifest.roots, manifest.map) = (before.roots, before.map);
    }
    let mut options = options.clone();
    let again = take_map(&mut options, &mut manifest)?;
    let scopes = walk::scopes(&absolute, &mut manifest.roots)?;
    let walked = walk::files(&scopes, &archive.dir, stop);
    let plan = plan::make(&manifest, &scopes, walked, options.retry, again);
    let mut report = Report { dir: dir.to_owned(), unreadable: plan.unreadable.clone(), ..Report::default() };
    report.unchanged = plan.unchanged;
    report.removed = plan.gone.len() as u64;
    let incomplete = archive.payload.as_ref().is_none_or(|payload| !payload.complete);
    if plan.is_empty() && !incomplete && !options.rebuild {
        group_stories(&archive, options.likeness)?;
        return Ok(finish(report, &archive, &manifest, started));
    }
    progress.files.store(plan.read.len() as u64, Ordering::Relaxed);
    progress.bytes.store(plan.read.iter().map(|file| file.size).sum(), Ordering::Relaxed);
    plan::forget_gone(&plan, &mut manifest, &writer, &archive.fields);
    let earlier = Earlier::open(dir);
    let mut payload = archive.payload.clone().unwrap_or_default();
    payload.id = if earlier.id.is_empty() { new_id(dir) } else { earlier.id.clone() };
    payload.moment = earlier.moment;
    payload.advance();
    let mut state = work::State::new(manifest, payload);
    work::run(&archive, &earlier, &mut writer, &plan.read, &mut state, &mut report, &options, again, progress, stop)
        .map_err(|error| explained(error, &archive))?;
    let doubtful = state.learn_orders();
    if !doubtful.is_empty() && !stop.load(Ordering::Relaxed) {
        // What was counted is counted; these files are only read with what has been learnt from all.
        let (mut counted, uncounted) = (Report::default(), Progress::default());
        work::run(
            &archive,
            &earlier,
            &mut writer,
            &doubtful,
            &mut state,
            &mut counted,
            &options,
            true,
            &uncounted,
            stop,
        )
        .map_err(|error| explained(error, &archive))?;
    }
    progress.committing.store(true, Ordering::Relaxed);
    report.interrupted = stop.load(Ordering::Relaxed);
    let (mut manifest, payload) = state.into_parts();
    let complete = !report.interrupted;
    // Half a file would be neither the old nor the new: it waits for the next build.
    plan::forget_unfinished(&mut manifest, &writer, &archive.fields);
    archive
        .commit(&mut writer, &manifest, with_totals(payload, &manifest, complete))
        .map_err(|error| explained(error, &archive))?;
    writer.wait_merging_threads().with_context(|| format!("failed to merge the archive {}", dir.display()))?;
    group_stories(&archive, options.likeness).map_err(|error| explained(error, &archive))?;
    if options.rebuild && complete {
        archive.switch()?;
    }
    Ok(finish(report, &archive, &manifest, started))
}

/// Sees to the mapping file: the one given, else that of the last build. Gives whether it is another than then, so that
/// all files must be read again, though they did not change.
fn take_map(options: &mut Options, manifest: &mut Manifest) -> Result<bool> {
    match &options.read.map {
        Some(map) => {
            let again = map.text != manifest.map && !manifest.files.is_empty();
            manifest.map.clone_from(&map.text);
            return Ok(again);
        }
        None if !manifest.map.is_empty() => options.read.map = Some(Arc::new(Map::parse(&manifest.map)?)),
        None => {}
    }
    Ok(false)
}

/// Finds which articles are copies of one another, unless that is known of exactly these articles.
fn group_stories(archive: &Archive, likeness: Option<f32>) -> Result<()> {
    let reader = archive.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let searcher = IndexReader::searcher(&reader);
    let known = Stories::read(&archive.generation);
    let threshold = likeness.or(known.as_ref().map(|stories| stories.threshold)).unwrap_or(stories::THRESHOLD);
    if known.is_some_and(|stories| stories.is_current(&searcher, threshold)) {
        return Ok(());
    }
    Stories::find(&searcher, threshold)?.write(&archive.generation)
}

/// An error of writing, with what keeps the archive from being written.
fn explained(error: anyhow::Error, archive: &Archive) -> anyhow::Error {
    match archive.write_problem() {
        Some(cause) => anyhow::anyhow!(
            "failed to write to the archive {}: {cause}; it is as it was at its last commit",
            archive.dir.display()
        ),
        None => error,
    }
}

fn with_totals(mut payload: Payload, manifest: &Manifest, complete: bool) -> Payload {
    (payload.articles, payload.quotes) = manifest.totals();
    payload.complete = complete;
    payload
}

fn finish(mut report: Report, archive: &Archive, manifest: &Manifest, started: Instant) -> Report {
    (report.total_articles, report.total_quotes) = manifest.totals();
    let all: u64 = manifest.files.values().map(|file| file.skipped.len() as u64).sum();
    report.skipped_before = all.saturating_sub(report.skipped.len() as u64);
    report.skipped.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
    report.refused_dates.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
    report.size = archive.size();
    report.elapsed = started.elapsed();
    report
}

/// The roots and the mapping file of the archive that a rebuild replaces, as far as they can be read.
fn known(dir: &Path) -> Manifest {
    let Ok(archive) = Archive::open(dir) else { return Manifest::default() };
    let roots = archive.payload.as_ref().map(|payload| payload.roots.clone()).unwrap_or_default();
    let map = archive.manifest().map(|manifest| manifest.map).unwrap_or_default();
    Manifest { roots, map, ..Manifest::default() }
}

/// A name for a new archive that no other has.
fn new_id(dir: &Path) -> String {
    let seed = format!("{} {} {}", jiff::Timestamp::now(), std::process::id(), dir.display());
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(seed.as_bytes()))
}

fn absolute(path: &Path) -> Result<PathBuf> {
    path.canonicalize().with_context(|| format!("failed to read {}", path.display()))
}
