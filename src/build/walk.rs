//! Which files there are. Ignore files are obeyed and hidden files passed over as ripgrep does it; links are not
//! followed, so that no loop can arise.

use std::error::Error as _;
use std::fs;
use std::path::{MAIN_SEPARATOR, Path, PathBuf};
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, PoisonError};
use std::time::{SystemTime, UNIX_EPOCH};

use anyhow::{Result, bail};
use ignore::{ParallelVisitor, ParallelVisitorBuilder, WalkBuilder, WalkState};

use crate::names::taught;
use crate::read::{self, RecordError};

/// A folder or file to build from: which root it belongs to, and where below it.
#[derive(Debug, Clone)]
pub(super) struct Scope {
    /// Number of the root.
    pub(super) root: u16,
    /// The root's directory.
    pub(super) base: PathBuf,
    /// Path below the root, parts joined by `/`; empty for all of it.
    pub(super) prefix: String,
    /// Where it lies.
    pub(super) path: PathBuf,
}

impl Scope {
    /// Whether the file at `path` below root `root` is in it.
    pub(super) fn holds(&self, root: u16, path: &str) -> bool {
        root == self.root
            && (self.prefix.is_empty()
                || path.strip_prefix(&self.prefix).is_some_and(|rest| rest.is_empty() || rest.starts_with('/')))
    }
}

/// A file that was found.
#[derive(Debug, Clone)]
pub(super) struct Found {
    /// Number of its root.
    pub(super) root: u16,
    /// Its path below the root, parts joined by `/`.
    pub(super) path: String,
    /// Where it lies.
    pub(super) file: PathBuf,
    /// Bytes.
    pub(super) size: u64,
    /// Nanoseconds since 1970.
    pub(super) modified: i64,
}

/// What a walk found.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Files of a format that is read.
    pub(super) files: Vec<Found>,
    /// What could not be looked into.
    pub(super) unreadable: Vec<RecordError>,
    /// Where that lies, so that nothing below it is taken for deleted.
    pub(super) unknown: Vec<PathBuf>,
    /// Whether the walk was cut short.
    pub(super) interrupted: bool,
}

/// What is said where nobody knows what to read.
pub(super) const NO_PATHS: &str = "nothing to build from: name a folder, as in `newsidx build ./corpus`";

/// The scopes that `paths` (absolute) stand for; all of `roots` when there are none. New roots are added.
pub(super) fn scopes(paths: &[PathBuf], roots: &mut Vec<String>) -> Result<Vec<Scope>> {
    if paths.is_empty() && roots.is_empty() {
        bail!(NO_PATHS);
    }
    if paths.is_empty() {
        let all = roots.iter().enumerate().map(|(number, root)| whole(number, root));
        return Ok(all.collect());
    }
    Ok(paths.iter().map(|path| scope(path, roots)).collect())
}

fn whole(number: usize, root: &str) -> Scope {
    Scope { root: number as u16, base: root.into(), prefix: String::new(), path: root.into() }
}

fn scope(path: &Path, roots: &mut Vec<String>) -> Scope {
    let known = roots.iter().position(|root| path.starts_with(root));
    let number = known.unwrap_or_else(|| {
        // A single file's root is its folder.
        let root = if path.is_dir() { path } else { path.parent().unwrap_or(path) };
        roots.push(root.to_string_lossy().into_owned());
        roots.len() - 1
    });
    let base = PathBuf::from(&roots[number]);
    let prefix = below(&base, path);
    Scope { root: number as u16, base, prefix, path: path.to_owned() }
}

/// `path` below `base`, parts joined by `/`. Parts that are not UTF-8 are spelled with `\xNN`.
fn below(base: &Path, path: &Path) -> String {
    if let Ok(rest) = path.strip_prefix(base)
        && let Some(text) = rest.to_str().filter(|_| MAIN_SEPARATOR == '/')
    {
        return text.to_owned();
    }
    let parts = path.strip_prefix(base).unwrap_or(path).components();
    parts.map(|part| readable(part.as_os_str())).collect::<Vec<_>>().join("/")
}

/// A file name as text that no other name has.
fn readable(name: &std::ffi::OsStr) -> String {
    if let Some(text) = name.to_str() {
        return text.to_owned();
    }
    let mut out = String::new();
    for chunk in name.as_encoded_bytes().utf8_chunks() {
        out.push_str(chunk.valid());
        chunk.invalid().iter().for_each(|byte| out.push_str(&format!("\\x{byte:02x}")));
    }
    out
}

/// Walks the scopes, passing over `archive`, with a thread for each processor, twelve at most: most of it is waiting for the
/// system. Files come in no order.
pub(super) fn files(scopes: &[Scope], archive: &Path, stop: &AtomicBool) -> Walked {
    let archive = archive.canonicalize().unwrap_or_else(|_| archive.to_owned());
    let all = Mutex::new(Walked::default());
    for scope in scopes {
        let own = archive.clone();
        let names = taught::path(&archive);
        let mut builder = WalkBuilder::new(&scope.path);
        builder
            .add_custom_ignore_filename(".newsidxignore")
            .filter_entry(move |entry| entry.path() != own && entry.path() != names);
        builder.build_parallel().visit(&mut Visitors { scope, stop, all: &all });
    }
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// Makes a visitor for each thread of a walk.
struct Visitors<'a> {
    scope: &'a Scope,
    stop: &'a AtomicBool,
    all: &'a Mutex<Walked>,
}

impl<'a> ParallelVisitorBuilder<'a> for Visitors<'a> {
    fn build(&mut self) -> Box<dyn ParallelVisitor + 'a> {
        Box::new(Visitor { scope: self.scope, stop: self.stop, all: self.all, walked: Walked::default() })
    }
}

/// What one thread of a walk found; handed over when it ends.
struct Visitor<'a> {
    scope: &'a Scope,
    stop: &'a AtomicBool,
    all: &'a Mutex<Walked>,
    walked: Walked,
}

impl ParallelVisitor for Visitor<'_> {
    fn visit(&mut self, entry: std::result::Result<ignore::DirEntry, ignore::Error>) -> WalkState {
        if self.stop.load(Ordering::Relaxed) {
            self.walked.interrupted = true;
            return WalkState::Quit;
        }
        match entry {
            Ok(entry) => take(self.scope, entry, &mut self.walked),
            Err(error) => self.walked.note(&error, self.scope),
        }
        WalkState::Continue
    }
}

impl Drop for Visitor<'_> {
    fn drop(&mut self) {
        let mut all = self.all.lock().unwrap_or_else(PoisonError::into_inner);
        all.join(std::mem::take(&mut self.walked));
    }
}

fn take(scope: &Scope, entry: ignore::DirEntry, walked: &mut Walked) {
    if let Some(error) = entry.error() {
        walked.note(error, scope);
    }
    // Whoever names a file means it, link or not.
    let named = entry.depth() == 0;
    let regular = entry.file_type().is_some_and(|kind| kind.is_file()) || (named && entry.path().is_file());
    let path = below(&scope.base, entry.path());
    if !regular || !(named || read::is_supported(&path)) {
        return;
    }
    match fs::metadata(entry.path()) {
        Ok(meta) => walked.files.push(Found {
            root: scope.root,
            path,
            file: entry.into_path(),
            size: meta.len(),
            modified: modified(&meta),
        }),
        Err(error) => {
            walked.unknown.push(entry.path().to_owned());
            walked.unreadable.push(RecordError { path, record: None, reason: error.to_string() });
        }
    }
}

/// The time to keep of a file that is read now. One that was changed within the same tick of the clock could change once
/// more without showing it: one nanosecond off, the next build will look at its content.
pub(super) fn kept_time(modified: i64) -> i64 {
    const SECOND: i64 = 1_000_000_000;
    // Some file systems count seconds, in twos.
    let tick = if modified % SECOND == 0 { 2 * SECOND } else { SECOND / 50 };
    let age = nanoseconds(SystemTime::now()).saturating_sub(modified);
    if (-tick..tick).contains(&age) { modified - 1 } else { modified }
}

fn modified(meta: &fs::Metadata) -> i64 {
    meta.modified().map(nanoseconds).unwrap_or(0)
}

/// Since 1970.
fn nanoseconds(time: SystemTime) -> i64 {
    match time.duration_since(UNIX_EPOCH) {
        Ok(after) => after.as_nanos() as i64,
        Err(before) => -(before.duration().as_nanos() as i64),
    }
}

impl Walked {
    /// Adds what another thread found.
    fn join(&mut self, other: Walked) {
        let Walked { mut files, unreadable, unknown, interrupted } = other;
        // The longer list stays where it is.
        if files.len() > self.files.len() {
            std::mem::swap(&mut files, &mut self.files);
        }
        self.files.append(&mut files);
        self.unreadable.extend(unreadable);
        self.unknown.extend(unknown);
        self.interrupted |= interrupted;
    }

    fn note(&mut self, error: &ignore::Error, scope: &Scope) {
        let Some((path, reason)) = failure(error) else { return };
        let path = path.unwrap_or_else(|| scope.path.clone());
        self.unreadable.push(RecordError { path: path.display().to_string(), record: None, reason });
        self.unknown.push(path);
    }
}

/// Where an error of the walk arose and why; `None` for what is no failure (a pattern in an ignore file).
fn failure(error: &ignore::Error) -> Option<(Option<PathBuf>, String)> {
    match error {
        ignore::Error::WithPath { path, err } => failure(err).map(|(_, reason)| (Some(path.clone()), reason)),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => failure(err),
        ignore::Error::Partial(errors) => errors.iter().find_map(failure),
        // The walk's own words name the path once more.
        ignore::Error::Io(io) => Some((None, io.source().map_or_else(|| io.to_string(), ToString::to_string))),
        ignore::Error::Loop { child, .. } => Some((Some(child.clone()), "a link that leads back above it".to_owned())),
        _ => None,
    }
}
