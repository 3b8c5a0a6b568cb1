//! The build: walks the corpus, reads what is new or changed, and writes it to the archive. One way, in parallel, in
//! bounded memory: walk, then per file read, clean, extract, analyse and write.

#[cfg(test)]
mod faults;
mod moved;
mod orders;
#[cfg(test)]
mod panics;
mod plan;
mod preview;
mod recurring;
mod settle;
mod task;
mod walk;
pub mod watch;
mod work;

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, AtomicU64, Ordering};
use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use rustc_hash::FxHashMap;

pub use self::preview::Preview;
use self::task::{Ask, Task};
use crate::index::archive::{self, Known, Payload};
use crate::index::{Archive, ArchiveError, Disk, Earlier, Manifest};
use crate::memory;
use crate::read::{ReadOptions, RecordError};

/// How to build.
#[derive(Debug, Clone)]
pub struct Options {
    /// Threads that read and extract; as many again write.
    pub threads: usize,
    /// Memory that the build shall need, in bytes; what the largest files hold comes on top.
    pub memory: usize,
    /// Build from nothing, beside the archive in use, and switch at the end.
    pub rebuild: bool,
    /// Read files that failed before again, though they did not change.
    pub retry: bool,
    /// How files are read. Without a mapping file, that of the last build is used.
    pub read: ReadOptions,
    /// How alike copies of a story are, 0 to 1; `None` for what the archive was built with, or the usual.
    pub likeness: Option<f32>,
    /// Time between two commits of a long build: what a crash can cost, with the files being read by then.
    pub commit_every: Duration,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            threads: std::thread::available_parallelism().map_or(1, usize::from),
            memory: 512_000_000,
            rebuild: false,
            retry: false,
            read: ReadOptions::default(),
            likeness: None,
            commit_every: Duration::from_secs(120),
        }
    }
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
    /// Files that have another path than before; neither new nor gone.
    pub moved: u64,
    /// Folders that were found under another path than before: the old, the new.
    pub moved_roots: Vec<(String, String)>,
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

impl Report {
    /// Whether nothing was there to do.
    pub fn is_nothing(&self) -> bool {
        self.added + self.changed + self.removed + self.moved == 0 && self.moved_roots.is_empty() && !self.interrupted
    }
}

/// Builds or updates the archive at `dir` from `paths`; with no paths, from the roots it was built from.
///
/// Stops at the next article once `stop` is set, keeping every file that was read to its end.
///
/// # Errors
/// When a path is not there, or the archive cannot be written. Files that cannot be read are reported, not errors.
pub fn run(dir: &Path, paths: &[PathBuf], options: &Options, progress: &Progress, stop: &AtomicBool) -> Result<Report> {
    run_on(&Disk::default(), dir, paths, options, progress, stop)
}

/// The same through `disk`.
///
/// # Errors
/// The same.
pub fn run_on(
    disk: &Disk,
    dir: &Path,
    paths: &[PathBuf],
    options: &Options,
    progress: &Progress,
    stop: &AtomicBool,
) -> Result<Report> {
    let started = Instant::now();
    // The paths are looked at first: a mistyped one must not leave an empty archive behind.
    let paths = task::absolute(paths, Archive::is_at(dir))?;
    let mut report = Report { dir: dir.to_owned(), ..Report::default() };
    let ask = Ask { dir, paths: &paths, options, stop };
    match if options.rebuild { None } else { Looked::at(&ask)? } {
        Some(looked) if looked.is_all_done(options)? => looked.report_to(&mut report),
        looked => build(&ask, disk, looked, &mut report, progress)?,
    }
    report.size = archive::size(dir);
    report.elapsed = started.elapsed();
    Ok(report)
}

/// The archive and what is to do, as they were before it was taken for writing: where nothing is to do, it never is.
struct Looked {
    archive: Archive,
    task: Task,
}

impl Looked {
    /// `None` where there is no archive yet.
    fn at(ask: &Ask) -> Result<Option<Looked>> {
        if !Archive::is_at(ask.dir) {
            return Ok(None);
        }
        let (archive, manifest) = match Archive::open_with_manifest(ask.dir) {
            Err(error) if matches!(error.downcast_ref(), Some(ArchiveError::Missing(_))) => return Ok(None),
            opened => opened?,
        };
        let task = Task::new(ask, archive.with_home(manifest))?;
        Ok(Some(Looked { archive, task }))
    }

    fn is_all_done(&self, options: &Options) -> Result<bool> {
        let complete = self.archive.payload.as_ref().is_some_and(|payload| payload.complete);
        Ok(complete && self.task.is_empty() && settle::is_known(&self.archive, options.likeness)?)
    }

    fn report_to(&self, report: &mut Report) {
        report.unreadable.clone_from(&self.task.plan.unreadable);
        report.unchanged = self.task.plan.unchanged;
        report.interrupted = self.task.plan.interrupted;
        finish(report, &self.task.manifest);
    }
}

/// Takes the archive for writing and does what is to do.
fn build(ask: &Ask, disk: &Disk, looked: Option<Looked>, report: &mut Report, progress: &Progress) -> Result<()> {
    let Ask { dir, options, .. } = *ask;
    memory::usual_pages();
    // What a rebuild replaces may be damaged: it is asked for no more than where the corpus is.
    let known = options.rebuild.then(|| Known::outline(dir));
    let archive = Archive::open_for_build(dir, options.rebuild, disk)?;
    let task = match (known, looked) {
        (Some(known), _) => Task::new(ask, known),
        (None, Some(looked)) if looked.archive.said == archive.said => Ok(looked.task),
        // Another build was done in between.
        _ => archive.known().and_then(|known| Task::new(ask, known)),
    };
    let done = task.and_then(|task| update(&archive, task, report, progress, ask.stop));
    let done = done.map_err(|error| archive.explained(error));
    if options.rebuild && (done.is_err() || report.interrupted) {
        archive.discard();
    }
    done
}

/// What a build would do, as [`run`] with the same arguments; nothing is written.
///
/// # Errors
/// When a path is not there, or the archive cannot be read.
pub fn preview(dir: &Path, paths: &[PathBuf], options: &Options, stop: &AtomicBool) -> Result<Preview> {
    let paths = task::absolute(paths, Archive::is_at(dir))?;
    let known = match Archive::is_at(dir) {
        true if options.rebuild => Known::outline(dir),
        true => Archive::open(dir)?.known()?,
        false => Known::default(),
    };
    Ok(preview::of(Task::new(&Ask { dir, paths: &paths, options, stop }, known)?))
}

/// Does what is to do, up to the last commit and what is made of it.
fn update(archive: &Archive, task: Task, report: &mut Report, progress: &Progress, stop: &AtomicBool) -> Result<()> {
    let nothing = task.is_empty();
    let Task { manifest, plan, options, again, moved_roots } = task;
    report.unreadable.clone_from(&plan.unreadable);
    report.unchanged = plan.unchanged;
    let complete = archive.payload.as_ref().is_some_and(|payload| payload.complete);
    if nothing && complete {
        let payload = archive.payload.clone().unwrap_or_default();
        let manifest = settle::settle(archive, manifest, payload, &options, stop)?;
        finish(report, &manifest);
        return Ok(());
    }
    report.moved_roots = moved_roots;
    progress.files.store(plan.read.len() as u64, Ordering::Relaxed);
    let bytes = plan.read.iter().map(|file| file.size).sum();
    progress.bytes.store(bytes, Ordering::Relaxed);
    let earlier = Earlier::open(&archive.dir);
    let mut payload = archive.payload.clone().unwrap_or_default();
    payload.id = if earlier.id.is_empty() { new_id(&archive.dir) } else { earlier.id.clone() };
    payload.moment = earlier.moment;
    payload.advance();
    let mut writer = archive.writer(options.threads, options.memory, bytes)?;
    // Where most of the archive is new, little is known of its lines.
    let lines = recurring::Known::of(manifest.furniture.iter().copied());
    let lines = if plan.read.len() > manifest.files.len() { lines.guessing() } else { lines };
    let mut state = work::State::new(manifest, payload, &plan.gone, lines);
    let desk = work::Desk { archive, earlier: &earlier, options: &options, stop };
    desk.run(&mut writer, &plan.read, &mut state, report, again, progress)?;
    let doubtful = state.learn_orders();
    if !doubtful.is_empty() && !stop.load(Ordering::Relaxed) {
        // What was counted is counted; these files are only read with what has been learnt from all.
        let (mut counted, uncounted) = (Report::default(), Progress::default());
        desk.run(&mut writer, &doubtful, &mut state, &mut counted, true, &uncounted)?;
    }
    progress.committing.store(true, Ordering::Relaxed);
    report.interrupted = stop.load(Ordering::Relaxed);
    state.forget_open(&writer, &archive.fields);
    let (mut manifest, payload, added) = state.into_parts();
    if !report.interrupted {
        // Last of all: a file that moved is never gone in between.
        let gone = plan::forget_gone(&plan, &mut manifest, &writer, &archive.fields);
        count_moves(report, gone, added);
    }
    let payload = archive.commit(&mut writer, &manifest, with_totals(payload, &manifest, !report.interrupted))?;
    writer.wait_merging_threads().with_context(|| format!("failed to merge the archive {}", archive.dir.display()))?;
    let manifest = settle::settle(archive, manifest, payload, &options, stop)?;
    if options.rebuild && !report.interrupted {
        archive.switch()?;
    }
    finish(report, &manifest);
    Ok(())
}

/// Takes each file that is gone and one of the same content that is new for one that moved.
fn count_moves(report: &mut Report, gone: Vec<(u64, u64)>, added: Vec<(u64, u64)>) {
    let mut free: FxHashMap<(u64, u64), u64> = FxHashMap::default();
    added.into_iter().for_each(|file| *free.entry(file).or_default() += 1);
    report.removed = gone.len() as u64;
    for file in gone {
        if let Some(count) = free.get_mut(&file).filter(|count| **count > 0) {
            *count -= 1;
            report.moved += 1;
        }
    }
    report.removed -= report.moved;
    report.added -= report.moved.min(report.added);
}

fn with_totals(mut payload: Payload, manifest: &Manifest, complete: bool) -> Payload {
    (payload.articles, payload.quotes) = manifest.totals();
    payload.complete = complete;
    payload
}

fn finish(report: &mut Report, manifest: &Manifest) {
    (report.total_articles, report.total_quotes) = manifest.totals();
    let all: u64 = manifest.files.values().map(|file| file.skipped.len() as u64).sum();
    report.skipped_before = all.saturating_sub(report.skipped.len() as u64);
    report.skipped.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
    report.refused_dates.sort_by(|a, b| (&a.path, a.record).cmp(&(&b.path, b.record)));
}

/// A name for a new archive that no other has.
fn new_id(dir: &Path) -> String {
    let seed = format!("{} {} {}", jiff::Timestamp::now(), std::process::id(), dir.display());
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(seed.as_bytes()))
}
