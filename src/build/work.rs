//! The workers: each takes a file, reads its articles, and hands their documents to the index.

use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Mutex, MutexGuard, PoisonError, RwLock};
use std::time::Instant;

use anyhow::Result;
use tantivy::indexer::UserOperation;
use tantivy::{IndexWriter, Term};
use xxhash_rust::xxh3::Xxh3;

use super::walk::Found;
use super::{COMMIT_EVERY, Options, Progress, Report, with_totals};
use crate::extract;
use crate::index::analysis::Analyser;
use crate::index::archive::Payload;
use crate::index::document::{self, Stored};
use crate::index::manifest::{FileEntry, file_key};
use crate::index::{Archive, Manifest};
use crate::read::{self, RecordError};
use crate::text::Tokens;

/// What all workers share and every commit writes.
pub(super) struct State {
    manifest: Manifest,
    payload: Payload,
}

impl State {
    pub(super) fn new(manifest: Manifest, payload: Payload) -> State {
        State { manifest, payload }
    }

    pub(super) fn into_parts(self) -> (Manifest, Payload) {
        (self.manifest, self.payload)
    }
}

/// What the workers work with.
struct Shop<'a> {
    archive: &'a Archive,
    writer: RwLock<&'a mut IndexWriter>,
    state: Mutex<&'a mut State>,
    report: Mutex<&'a mut Report>,
    progress: &'a Progress,
    stop: &'a AtomicBool,
    /// The first error that ends the build.
    failed: Mutex<Option<anyhow::Error>>,
    last_commit: Mutex<Instant>,
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// Reads `files` and writes their articles. Returns when all are done, or `stop` is set.
///
/// # Errors
/// When the archive cannot be written.
#[allow(clippy::too_many_arguments)] // one call, from one place, of everything a build has
pub(super) fn run(
    archive: &Archive,
    writer: &mut IndexWriter,
    files: &[Found],
    state: &mut State,
    report: &mut Report,
    options: &Options,
    progress: &Progress,
    stop: &AtomicBool,
) -> Result<()> {
    let shop = Shop {
        archive,
        writer: RwLock::new(writer),
        state: Mutex::new(state),
        report: Mutex::new(report),
        progress,
        stop,
        failed: Mutex::new(None),
        last_commit: Mutex::new(Instant::now()),
    };
    let (give, take) = crossbeam_channel::bounded::<&Found>(options.threads * 4);
    std::thread::scope(|scope| {
        for _ in 0..options.threads {
            let take = take.clone();
            let shop = &shop;
            scope.spawn(move || {
                let mut bench = Bench::default();
                take.iter().for_each(|file| shop.file(file, &mut bench));
            });
        }
        drop(take);
        for file in files {
            if shop.is_stopped() || give.send(file).is_err() {
                break;
            }
        }
        drop(give);
    });
    match shop.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
        Some(error) => Err(error),
        None => Ok(()),
    }
}

/// What one worker keeps from file to file.
#[derive(Default)]
struct Bench {
    tokens: Tokens,
    analyser: Analyser,
}

impl Shop<'_> {
    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || lock(&self.failed).is_some()
    }

    fn file(&self, found: &Found, bench: &mut Bench) {
        if self.is_stopped() {
            return;
        }
        let key = file_key(found.root, &found.path);
        let known = lock(&self.state).manifest.files.get(&key).cloned();
        if let Some(mut entry) = known.clone().filter(|entry| entry.skipped.is_empty()) {
            // Touched, but not changed: only the time is new.
            if entry.size == found.size && hash_of(&found.file).is_ok_and(|hash| hash == entry.hash) {
                entry.modified = found.modified;
                lock(&self.state).manifest.files.insert(key, entry);
                lock(&self.report).unchanged += 1;
                self.count_file(found.size);
                return;
            }
        }
        lock(&self.state).manifest.unfinished.push(key);
        if known.is_some() {
            self.delete(key);
        }
        let mut entry = self.read(found, key, bench);
        if entry.articles == 0 && entry.skipped.is_empty() && !self.is_stopped() {
            entry.skipped.push((None, "no article text".to_owned()));
        }
        self.done(found, key, entry, known.is_some());
    }

    fn delete(&self, key: u64) {
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        writer.delete_term(Term::from_field_u64(self.archive.fields.file, key));
    }

    /// Reads one file to its end, writing its articles.
    fn read(&self, found: &Found, key: u64, bench: &mut Bench) -> FileEntry {
        let mut entry = FileEntry {
            root: found.root,
            path: found.path.clone(),
            size: found.size,
            modified: found.modified,
            hash: 0,
            articles: 0,
            quotes: 0,
            skipped: Vec::new(),
        };
        let mut file = match File::open(&found.file) {
            Ok(file) => Counted { file, hash: Xxh3::new(), progress: self.progress },
            Err(error) => {
                entry.skipped.push((None, error.to_string()));
                return entry;
            }
        };
        let read = catch_unwind(AssertUnwindSafe(|| {
            read::articles(&found.path, &mut file, &mut |article| {
                match article {
                    Ok(article) => self.article(found, key, article, &mut entry, bench),
                    Err(error) => entry.skipped.push((error.record, error.reason)),
                }
                !self.is_stopped()
            })
        }));
        match read {
            Err(_) => entry.skipped.push((None, "reading it failed inside newsidx; please report it".to_owned())),
            Ok(_) => drop(io::copy(&mut file, &mut io::sink())), // the hash is of all bytes
        }
        entry.hash = file.hash.digest();
        entry
    }

    fn article(
        &self,
        found: &Found,
        key: u64,
        mut article: crate::article::Article,
        entry: &mut FileEntry,
        bench: &mut Bench,
    ) {
        article.path = self.dated_path(found);
        let annotations = extract::annotate(&mut article, &mut bench.tokens);
        article.path.clone_from(&found.path);
        let language = document::language(&article).to_owned();
        let stored = Stored { root: found.root, article, annotations };
        let prepared = document::prepare(&self.archive.fields, &mut bench.analyser, &bench.tokens, key, &stored);
        let written = prepared.and_then(|prepared| {
            let quotes = prepared.quotes;
            let operations = prepared.documents.into_iter().map(UserOperation::Add);
            self.writer.read().unwrap_or_else(PoisonError::into_inner).run(operations)?;
            Ok(quotes)
        });
        match written {
            Ok(quotes) => {
                entry.articles += 1;
                entry.quotes += quotes as u32;
                self.progress.articles.fetch_add(1, Ordering::Relaxed);
                lock(&self.state).payload.languages.insert(language);
            }
            Err(error) => {
                let context = format!("failed to write to the archive {}", self.archive.dir.display());
                lock(&self.failed).get_or_insert(error.context(context));
            }
        }
    }

    /// The path that may tell a date: below the root, with the root's own name before it (`2022/01/a.txt`).
    fn dated_path(&self, found: &Found) -> String {
        let root = lock(&self.state).manifest.roots.get(usize::from(found.root)).cloned().unwrap_or_default();
        match Path::new(&root).file_name() {
            Some(name) => format!("{}/{}", name.to_string_lossy(), found.path),
            None => found.path.clone(),
        }
    }

    fn done(&self, found: &Found, key: u64, entry: FileEntry, known: bool) {
        if self.is_stopped() {
            return; // it stays among the unfinished
        }
        {
            let mut report = lock(&self.report);
            *(if known { &mut report.changed } else { &mut report.added }) += 1;
            report.articles += u64::from(entry.articles);
            report.quotes += u64::from(entry.quotes);
            report.bytes += found.size;
            let skipped = entry.skipped.iter().map(|(record, reason)| RecordError {
                path: found.path.clone(),
                record: *record,
                reason: reason.clone(),
            });
            report.skipped.extend(skipped);
        }
        {
            let mut state = lock(&self.state);
            state.manifest.unfinished.retain(|other| *other != key);
            state.manifest.files.insert(key, entry);
        }
        self.progress.files_done.fetch_add(1, Ordering::Relaxed);
        self.commit_now_and_then();
    }

    fn count_file(&self, bytes: u64) {
        self.progress.files_done.fetch_add(1, Ordering::Relaxed);
        self.progress.bytes_done.fetch_add(bytes, Ordering::Relaxed);
    }

    /// Commits if the last commit is long ago, while the other workers wait.
    fn commit_now_and_then(&self) {
        {
            let mut last = lock(&self.last_commit);
            if last.elapsed() < COMMIT_EVERY {
                return;
            }
            *last = Instant::now();
        }
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        let state = lock(&self.state);
        let payload = with_totals(state.payload.clone(), &state.manifest, false);
        if let Err(error) = self.archive.commit(&mut writer, &state.manifest, payload) {
            lock(&self.failed).get_or_insert(error);
        }
        *lock(&self.last_commit) = Instant::now();
    }
}

/// A file that counts and hashes what is read of it.
struct Counted<'a> {
    file: File,
    hash: Xxh3,
    progress: &'a Progress,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer)?;
        self.hash.update(&buffer[..read]);
        self.progress.bytes_done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

fn hash_of(path: &Path) -> io::Result<u64> {
    let mut file = File::open(path)?;
    let mut hash = Xxh3::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(hash.digest()),
            read => hash.update(&buffer[..read]),
        }
    }
}
