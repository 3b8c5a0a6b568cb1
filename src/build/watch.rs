//! Keeps an archive up to date while its corpus changes: the system tells that something changed, a build finds out
//! what. Changes are waited for until they pause, so that a burst is one build.

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::Result;
use notify::{EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use super::{Options, Progress, Report};
use crate::index::{Archive, ArchiveError};

/// When to build.
#[derive(Debug, Clone, Copy)]
pub struct Pace {
    /// Nothing must have changed for so long.
    pub quiet: Duration,
    /// So long after the first change it is built, quiet or not.
    pub patience: Duration,
    /// The folders are walked at least so often: some network shares do not tell of changes.
    pub walk: Duration,
}

impl Default for Pace {
    fn default() -> Pace {
        Pace { quiet: Duration::from_secs(1), patience: Duration::from_secs(30), walk: Duration::from_secs(600) }
    }
}

/// What a watch has to say.
pub enum News<'a> {
    /// A build is done; the first one, or one that changed something.
    Built(&'a Report),
    /// A build could not be done, and will be tried again.
    Failed(&'a anyhow::Error),
    /// A folder's changes cannot be told; it is walked from time to time instead.
    Unwatched(&'a Path, String),
    /// All that is there is in the archive; changes are waited for.
    Ready,
}

/// How often it is looked whether to stop.
const LOOK: Duration = Duration::from_millis(100);
/// How long to wait after a build that failed.
const AGAIN: Duration = Duration::from_secs(5);

/// Builds the archive at `dir` from `paths`, as [`super::run`], and again whenever its corpus changes, until `stop` is
/// set. What happens is handed to `tell`.
///
/// # Errors
/// When the first build fails, or `tell` does.
pub fn watch(
    dir: &Path,
    paths: &[PathBuf],
    options: &Options,
    pace: Pace,
    stop: &AtomicBool,
    tell: &mut dyn FnMut(News<'_>) -> Result<()>,
) -> Result<()> {
    // Watched from before the first build, so that no change falls in between.
    let (sender, changes) = mpsc::channel();
    let mut eyes = Eyes { watcher: None, watched: Vec::new() };
    match notify::recommended_watcher(sender) {
        Ok(watcher) => eyes.watcher = Some(watcher),
        Err(error) => tell(News::Unwatched(dir, error.to_string()))?,
    }
    let before = if paths.is_empty() { roots(dir) } else { paths.to_vec() };
    eyes.open(&before, tell)?;
    tell(News::Built(&super::run(dir, paths, options, &Progress::default(), stop)?))?;
    let mut due = eyes.open(&roots(dir), tell)?.then(|| Instant::now() + pace.quiet);
    tell(News::Ready)?;
    let own = dir.canonicalize()?;
    let options = &Options { rebuild: false, retry: false, ..options.clone() };
    while !stop.load(Ordering::Relaxed) {
        if !wait(&changes, &own, pace, due.take(), stop) {
            break;
        }
        match super::run(dir, &[], options, &Progress::default(), stop) {
            Ok(report) if report.is_nothing() => {}
            Ok(report) => tell(News::Built(&report))?,
            Err(error) => {
                // Somebody else's build says itself what it does.
                if !matches!(error.downcast_ref(), Some(ArchiveError::Busy(..))) {
                    tell(News::Failed(&error))?;
                }
                due = Some(Instant::now() + AGAIN);
            }
        }
    }
    Ok(())
}

/// The roots of the archive at `dir`; none if it cannot say.
fn roots(dir: &Path) -> Vec<PathBuf> {
    let payload = Archive::open(dir).ok().and_then(|archive| archive.payload).unwrap_or_default();
    payload.roots.into_iter().map(PathBuf::from).collect()
}

/// What watches the folders.
struct Eyes {
    watcher: Option<RecommendedWatcher>,
    watched: Vec<PathBuf>,
}

impl Eyes {
    /// Watches what is not watched yet; gives whether there was any.
    fn open(&mut self, paths: &[PathBuf], tell: &mut dyn FnMut(News<'_>) -> Result<()>) -> Result<bool> {
        let mut any = false;
        for path in paths {
            let path = path.canonicalize().unwrap_or_else(|_| path.clone());
            if self.watched.iter().any(|watched| path.starts_with(watched)) {
                continue;
            }
            if let Some(watcher) = &mut self.watcher
                && let Err(error) = watcher.watch(&path, RecursiveMode::Recursive)
            {
                tell(News::Unwatched(&path, error.to_string()))?;
            }
            self.watched.push(path);
            any = true;
        }
        Ok(any)
    }
}

/// Waits until a build is due: changes have paused, it is `due` anyhow, or it is time to walk. `false` to stop.
fn wait(
    changes: &Receiver<notify::Result<notify::Event>>,
    own: &Path,
    pace: Pace,
    due: Option<Instant>,
    stop: &AtomicBool,
) -> bool {
    let walk = Instant::now() + pace.walk;
    let mut latest = due.unwrap_or(walk);
    // Until when there must be quiet.
    let mut quiet: Option<Instant> = None;
    while !stop.load(Ordering::Relaxed) {
        match changes.recv_timeout(LOOK) {
            Ok(change) if matters(&change, own) => {
                let now = Instant::now();
                if quiet.is_none() {
                    latest = latest.min(now + pace.patience);
                }
                quiet = Some(now + pace.quiet);
            }
            Ok(_) | Err(RecvTimeoutError::Timeout) => {}
            Err(RecvTimeoutError::Disconnected) => std::thread::sleep(LOOK),
        }
        let now = Instant::now();
        if now >= latest || quiet.is_some_and(|quiet| now >= quiet) {
            return true;
        }
    }
    false
}

/// Whether a change can be one of the corpus. Errors are: something was missed.
fn matters(change: &notify::Result<notify::Event>, own: &Path) -> bool {
    let Ok(event) = change else { return true };
    event.need_rescan()
        || !matches!(event.kind, EventKind::Access(_))
            && (event.paths.is_empty() || event.paths.iter().any(|path| !path.starts_with(own)))
}
