//! The workers: each takes a file, reads its articles, and hands their documents to the index. The articles of a large
//! file are shared: whoever has no file to read takes some.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, RwLock};
use std::time::{Duration, Instant};

use anyhow::Result;
use crossbeam_channel::{Receiver, RecvTimeoutError, Sender};
use rustc_hash::FxHashSet;
use tantivy::indexer::UserOperation;
use tantivy::{IndexWriter, Term};
use xxhash_rust::xxh3::Xxh3;

use super::orders::{self, Orders};
use super::recurring;
use super::walk::{self, Found};
use super::{Options, Progress, Report, with_totals};
use crate::article::Article;
use crate::extract;
use crate::index::analysis::Analyser;
use crate::index::archive::Payload;
use crate::index::document::{self, Stored};
use crate::index::manifest::{FileEntry, Skipped, file_key, reading_key};
use crate::index::{Archive, Earlier, Fields, Manifest};
use crate::read::{self, ReadOptions, RecordError};
use crate::text::Lexer;

/// What all workers share and every commit writes.
pub(super) struct State {
    manifest: Manifest,
    payload: Payload,
    /// The order of day and month in each source, as known when the files now being read were begun.
    orders: Arc<Orders>,
    /// Which lines are furniture of their source, as far as it is known.
    lines: Arc<recurring::Known>,
    /// Readings that are not whole: no commit has any of their articles.
    open: Vec<u64>,
    /// Size and hash of files that no build had before.
    added: Vec<(u64, u64)>,
    /// Keys of files that are no longer there. They go last of all, so that a file that moved is never gone in between.
    gone: FxHashSet<u64>,
}

impl State {
    pub(super) fn new(manifest: Manifest, payload: Payload, gone: &[u64], lines: recurring::Known) -> State {
        let gone = gone.iter().copied().collect();
        let orders = Arc::new(orders::learnt(&manifest, &gone));
        State { manifest, payload, orders, lines: Arc::new(lines), open: Vec::new(), added: Vec::new(), gone }
    }

    /// Takes in what all files show of the order of day and month; the files to read once more for it.
    pub(super) fn learn_orders(&mut self) -> Vec<Found> {
        let orders = orders::learnt(&self.manifest, &self.gone);
        let keys = orders::outdated(&self.manifest, &self.gone, &orders);
        self.orders = Arc::new(orders);
        files_of(&self.manifest, &keys)
    }

    /// Deletes what was written of files that were not read to their end; what an earlier build read of them stays.
    pub(super) fn forget_open(&mut self, writer: &IndexWriter, fields: &Fields) {
        for reading in self.open.drain(..) {
            writer.delete_term(Term::from_field_u64(fields.reading, reading));
        }
    }

    /// The manifest, what the commit is to say, and size and hash of each new file.
    pub(super) fn into_parts(self) -> (Manifest, Payload, Vec<(u64, u64)>) {
        (self.manifest, self.payload, self.added)
    }
}

/// The files with these keys, as far as they are there, to be read once more.
pub(super) fn files_of(manifest: &Manifest, keys: &[u64]) -> Vec<Found> {
    let found = |key: &u64| {
        let entry = manifest.files.get(key)?;
        let file = Path::new(manifest.roots.get(usize::from(entry.root))?).join(&entry.path);
        let (path, size, modified) = (entry.path.clone(), entry.size, entry.modified);
        // A name that is no text cannot be made of its spelling; such a file stays as it was read.
        file.is_file().then_some(Found { root: entry.root, path, file, size, modified })
    };
    keys.iter().filter_map(found).collect()
}

/// What the workers work with.
struct Shop<'a> {
    archive: &'a Archive,
    earlier: &'a Earlier,
    writer: RwLock<&'a mut IndexWriter>,
    state: Mutex<&'a mut State>,
    report: Mutex<&'a mut Report>,
    read: &'a ReadOptions,
    /// Whether files are read again though their content did not change.
    again: bool,
    /// Whether those are of which something was skipped.
    retry: bool,
    progress: &'a Progress,
    stop: &'a AtomicBool,
    /// The first error that ends the build.
    failed: Mutex<Option<anyhow::Error>>,
    gate: Mutex<Gate>,
    commit_every: Duration,
    /// Articles that wait for somebody with nothing to read.
    jobs: (Sender<Job<'a>>, Receiver<Job<'a>>),
    /// Files handed out and not done.
    open_files: AtomicUsize,
    /// The order of day and month in each source, as far as it is known.
    orders: Arc<Orders>,
    /// Which lines are furniture, as far as it is known.
    lines: Arc<recurring::Known>,
}

/// Lets files begin, but for when a commit is due: that waits until all that were begun are done, so that no commit has
/// half a file. Meanwhile whoever has nothing to read helps with the articles of the open ones.
struct Gate {
    /// Files begun and not done.
    begun: usize,
    /// Whether a commit is due.
    due: bool,
    last_commit: Instant,
}

/// An article of a file that another worker reads.
struct Job<'a> {
    article: Article,
    file: Arc<OpenFile<'a>>,
}

/// A file while its articles are being written.
struct OpenFile<'a> {
    found: &'a Found,
    key: u64,
    /// The path that may tell a date; see [`Shop::dated_path`].
    dated: String,
    /// What an earlier build had of it.
    known: Option<FileEntry>,
    /// What the index knows its articles by.
    reading: u64,
    entry: Mutex<FileEntry>,
    /// Records that were skipped beyond those that the entry names.
    unnamed: AtomicU64,
    /// Why it cannot be read, through no fault of what it holds.
    unreadable: Mutex<Option<String>>,
    /// Articles under way, and one for the reading itself.
    pending: AtomicUsize,
}

/// Skipped records of one file that are named; of the others the number is kept, or a file of nothing but bad records
/// would take many times its size in memory.
const NAMED: usize = 1_000;

impl OpenFile<'_> {
    /// Notes that something of it was skipped; `path` is its own, with that of a member behind it.
    fn skip(&self, path: &str, record: Option<u32>, reason: String) {
        let skipped = &mut lock(&self.entry).skipped;
        if skipped.len() >= NAMED {
            self.unnamed.fetch_add(1, Ordering::Relaxed);
            return;
        }
        let member = path.strip_prefix(&self.found.path).unwrap_or_default().to_owned();
        skipped.push(Skipped { member, record, reason });
    }

    /// What is known of it in the end: its articles, what was skipped by name, and how many more.
    fn outcome(&self) -> FileEntry {
        let mut entry = lock(&self.entry).clone();
        let unnamed = self.unnamed.load(Ordering::Relaxed);
        let reason = match unnamed {
            0 if entry.articles > 0 || !entry.skipped.is_empty() => return entry,
            0 => "no article text".to_owned(),
            _ => format!("{unnamed} more records or members of this file"),
        };
        entry.skipped.push(Skipped { member: String::new(), record: None, reason });
        entry
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

/// What stays the same through a build.
pub(super) struct Desk<'a> {
    pub(super) archive: &'a Archive,
    pub(super) earlier: &'a Earlier,
    pub(super) options: &'a Options,
    pub(super) stop: &'a AtomicBool,
}

impl Desk<'_> {
    /// Reads `files` and writes their articles; with `again` also of those whose content did not change. Returns when
    /// all are done, or `stop` is set.
    ///
    /// # Errors
    /// When the archive cannot be written.
    pub(super) fn run(
        &self,
        writer: &mut IndexWriter,
        files: &[Found],
        state: &mut State,
        report: &mut Report,
        again: bool,
        progress: &Progress,
    ) -> Result<()> {
        let Desk { archive, earlier, options, stop } = *self;
        let shop = Shop {
            archive,
            orders: Arc::clone(&state.orders),
            lines: Arc::clone(&state.lines),
            earlier,
            writer: RwLock::new(writer),
            state: Mutex::new(state),
            report: Mutex::new(report),
            read: &options.read,
            again,
            retry: options.retry,
            progress,
            stop,
            failed: Mutex::new(None),
            gate: Mutex::new(Gate { begun: 0, due: false, last_commit: Instant::now() }),
            commit_every: options.commit_every,
            jobs: crossbeam_channel::bounded(options.threads * 8),
            open_files: AtomicUsize::new(0),
        };
        shop.run(files, options.threads)
    }
}

/// What one worker keeps from file to file.
#[derive(Default)]
struct Bench {
    lexer: Lexer,
    analyser: Analyser,
}

/// How long a worker without work waits before it looks whether all is done.
const IDLE: Duration = Duration::from_millis(10);

impl<'a> Shop<'a> {
    fn run(self, files: &'a [Found], threads: usize) -> Result<()> {
        let (give, take) = crossbeam_channel::bounded::<&Found>(threads * 4);
        std::thread::scope(|scope| {
            for _ in 0..threads {
                let take = take.clone();
                let shop = &self;
                scope.spawn(move || shop.work(&take));
            }
            drop(take);
            for file in files {
                self.open_files.fetch_add(1, Ordering::SeqCst);
                if self.is_stopped() || give.send(file).is_err() {
                    self.open_files.fetch_sub(1, Ordering::SeqCst);
                    break;
                }
            }
            drop(give);
        });
        match self.failed.into_inner().unwrap_or_else(PoisonError::into_inner) {
            Some(error) => Err(error),
            None => Ok(()),
        }
    }

    fn is_stopped(&self) -> bool {
        self.stop.load(Ordering::Relaxed) || lock(&self.failed).is_some()
    }

    /// One worker: articles that wait come before further files.
    fn work(&self, files: &Receiver<&'a Found>) {
        let mut bench = Bench::default();
        let mut more = true;
        while more || self.open_files.load(Ordering::SeqCst) > 0 {
            if let Ok(job) = self.jobs.1.try_recv() {
                self.job(job, &mut bench);
                continue;
            }
            match files.recv_timeout(IDLE) {
                Ok(found) => self.file(found, &mut bench),
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => {
                    more = false;
                    if let Ok(job) = self.jobs.1.recv_timeout(IDLE) {
                        self.job(job, &mut bench);
                    }
                }
            }
        }
    }

    /// Whether a file may be begun now; then it must be ended.
    fn may_begin(&self) -> bool {
        let mut gate = lock(&self.gate);
        self.commit_if_due(&mut gate);
        let may = !gate.due || self.is_stopped();
        gate.begun += usize::from(may);
        may
    }

    /// Ends a file that was begun.
    fn end(&self) {
        let mut gate = lock(&self.gate);
        gate.begun = gate.begun.saturating_sub(1);
        self.commit_if_due(&mut gate);
        drop(gate);
        self.open_files.fetch_sub(1, Ordering::SeqCst);
    }

    fn file(&self, found: &'a Found, bench: &mut Bench) {
        while !self.may_begin() {
            if let Ok(job) = self.jobs.1.recv_timeout(IDLE) {
                self.job(job, bench);
            }
        }
        let key = file_key(found.root, &found.path);
        let known = lock(&self.state).manifest.files.get(&key).cloned();
        if self.is_stopped() || self.is_only_touched(found, key, known.as_ref()) {
            return self.end();
        }
        let number = known.as_ref().map_or(0, |entry| entry.reading.wrapping_add(1));
        let reading = reading_key(key, number);
        lock(&self.state).open.push(reading);
        let entry = FileEntry {
            root: found.root,
            path: found.path.clone(),
            size: found.size,
            modified: walk::kept_time(found.modified),
            hash: 0,
            articles: 0,
            quotes: 0,
            skipped: Vec::new(),
            orders: Vec::new(),
            reading: number,
        };
        let (entry, pending, unreadable) = (Mutex::new(entry), AtomicUsize::new(1), Mutex::default());
        let (dated, unnamed) = (self.dated_path(found), AtomicU64::new(0));
        let file = Arc::new(OpenFile { found, key, dated, known, reading, entry, unnamed, unreadable, pending });
        self.read(&file, bench);
        self.settle(&file);
    }

    /// Whether a file has a new time but its old content; the manifest then learns the time.
    fn is_only_touched(&self, found: &Found, key: u64, known: Option<&FileEntry>) -> bool {
        let Some(entry) = known.filter(|entry| entry.size == found.size) else { return false };
        let retried = self.retry && !entry.skipped.is_empty();
        if self.again || retried || hash_of(&found.file).ok() != Some(entry.hash) {
            return false;
        }
        let entry = FileEntry { modified: walk::kept_time(found.modified), ..entry.clone() };
        lock(&self.state).manifest.files.insert(key, entry);
        lock(&self.report).unchanged += 1;
        self.progress.files_done.fetch_add(1, Ordering::Relaxed);
        self.progress.bytes_done.fetch_add(found.size, Ordering::Relaxed);
        true
    }

    /// Deletes the articles of one reading of a file.
    fn delete(&self, reading: u64) {
        let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
        writer.delete_term(Term::from_field_u64(self.archive.fields.reading, reading));
    }

    /// Reads one file to its end. Articles go to whoever is free, or are written here.
    fn read(&self, open: &Arc<OpenFile<'a>>, bench: &mut Bench) {
        let found = open.found;
        let mut file = match File::open(&found.file) {
            Ok(file) => Counted { file, hash: Some(Xxh3::new()), progress: self.progress, failed: None },
            Err(error) => {
                *lock(&open.unreadable) = Some(error.to_string());
                return;
            }
        };
        read::articles_of_file(&found.path, &mut file, self.read, &mut |article| {
            match article {
                Ok(article) => {
                    open.pending.fetch_add(1, Ordering::SeqCst);
                    let job = Job { article, file: Arc::clone(open) };
                    if let Err(refused) = self.jobs.0.try_send(job) {
                        self.job(refused.into_inner(), bench);
                    }
                }
                Err(error) => open.skip(&error.path, error.record, error.reason),
            }
            !self.is_stopped()
        });
        io::copy(&mut file, &mut io::sink()).ok(); // the hash is of all bytes
        let hash = match file.hash {
            Some(hash) => Ok(hash.digest()),
            None => hash_of(&found.file),
        };
        match (file.failed, hash) {
            (None, Ok(hash)) => lock(&open.entry).hash = hash,
            (Some(error), _) | (_, Err(error)) => *lock(&open.unreadable) = Some(error.to_string()),
        }
    }

    /// Writes one article, and counts it off its file.
    fn job(&self, job: Job<'a>, bench: &mut Bench) {
        let (path, record) = (job.article.path.clone(), job.article.record);
        let written = catch_unwind(AssertUnwindSafe(|| self.article(&job.file, job.article, bench)));
        if written.is_err() {
            *bench = Bench::default();
            job.file.skip(&path, record, "extraction failed inside newsidx; please report it".to_owned());
        }
        self.settle(&job.file);
    }

    /// Counts one part of a file as done; the last one closes it.
    fn settle(&self, open: &OpenFile<'a>) {
        if open.pending.fetch_sub(1, Ordering::SeqCst) > 1 {
            return;
        }
        if !self.is_stopped() {
            self.close(open);
        }
        self.end();
    }

    /// Puts a reading that is whole in the place of the one before, or takes back one that could not be ended.
    fn close(&self, open: &OpenFile<'a>) {
        let found = open.found;
        if let Some(reason) = lock(&open.unreadable).take() {
            // What an earlier build read of it stays, and the next one tries again.
            self.delete(open.reading);
            lock(&self.report).unreadable.push(RecordError { path: found.path.clone(), record: None, reason });
        } else {
            let entry = open.outcome();
            if let Some(known) = &open.known {
                self.delete(reading_key(open.key, known.reading));
            }
            self.count(open, &entry);
            let mut state = lock(&self.state);
            if open.known.is_none() {
                state.added.push((entry.size, entry.hash));
            }
            state.manifest.files.insert(open.key, entry);
        }
        lock(&self.state).open.retain(|other| *other != open.reading);
        self.progress.files_done.fetch_add(1, Ordering::Relaxed);
    }

    /// Counts a file that was read, for the report.
    fn count(&self, open: &OpenFile<'a>, entry: &FileEntry) {
        let mut report = lock(&self.report);
        *(if open.known.is_some() { &mut report.changed } else { &mut report.added }) += 1;
        report.articles += u64::from(entry.articles);
        report.quotes += u64::from(entry.quotes);
        report.bytes += open.found.size;
        let skipped = entry.skipped.iter().map(|skipped| RecordError {
            path: format!("{}{}", open.found.path, skipped.member),
            record: skipped.record,
            reason: skipped.reason.clone(),
        });
        report.skipped.extend(skipped);
    }

    fn article(&self, open: &OpenFile<'a>, mut article: Article, bench: &mut Bench) {
        let found = open.found;
        let source = orders::source_of(&article, found.root);
        let order = self.orders.get(&source).copied().unwrap_or_default();
        orders::note(&mut lock(&open.entry), &article, source, order);
        let rules = self.read.map.as_ref().and_then(|map| map.lines.as_ref());
        let (lines, whole) = self.lines.cut(&mut article, found.root, rules);
        // A member of an archive has its path behind that of the archive.
        let path = std::mem::take(&mut article.path);
        let member = path.strip_prefix(&found.path).unwrap_or_default();
        article.path = format!("{}{member}", open.dated);
        let annotations = extract::annotate_of(&mut article, order, &mut bench.lexer);
        #[cfg(test)]
        article.trip("extraction");
        article.path = path;
        article.id = whole.as_deref().map(|body| document::id_with(&article, body));
        self.report_refused(&article);
        let language = document::language(&article).to_owned();
        let stored = Stored { root: found.root, article, annotations };
        let (fields, whole) = (&self.archive.fields, whole.as_deref());
        let prepared =
            document::prepare(fields, &mut bench.analyser, &mut bench.lexer, open.key, &stored, &lines, whole);
        let written = prepared.and_then(|mut prepared| {
            let quotes = prepared.quotes;
            let earlier = self.earlier.moment_of(prepared.id);
            // A commit waits for the writer: the moment read while holding it is that of the commit to come.
            let writer = self.writer.read().unwrap_or_else(PoisonError::into_inner);
            let moment = earlier.unwrap_or_else(|| lock(&self.state).payload.moment);
            prepared.stamp(fields, moment, open.reading);
            writer.run(prepared.documents.into_iter().map(UserOperation::Add))?;
            Ok(quotes)
        });
        match written {
            Ok(quotes) => {
                let mut entry = lock(&open.entry);
                entry.articles += 1;
                entry.quotes += quotes as u32;
                drop(entry);
                self.progress.articles.fetch_add(1, Ordering::Relaxed);
                let mut state = lock(&self.state);
                if !state.payload.languages.contains(&language) {
                    state.payload.languages.insert(language);
                }
            }
            Err(error) => {
                let context = format!("failed to write to the archive {}", self.archive.dir.display());
                lock(&self.failed).get_or_insert(error.context(context));
            }
        }
    }

    /// Reports the dates of `article` that no article can have.
    fn report_refused(&self, article: &Article) {
        let refused = article.dates_seen.iter().filter(|seen| seen.fate.is_impossible());
        let reports = refused.map(|seen| {
            let reason = format!("{}: {:?}", seen.fate.as_str(), seen.text);
            RecordError { path: article.path.clone(), record: article.record, reason }
        });
        let reports: Vec<RecordError> = reports.collect();
        if !reports.is_empty() {
            lock(&self.report).refused_dates.extend(reports);
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

    /// Commits if the last commit is long ago and no file is open.
    fn commit_if_due(&self, gate: &mut Gate) {
        gate.due |= gate.last_commit.elapsed() >= self.commit_every;
        if !gate.due || gate.begun > 0 || self.is_stopped() {
            return;
        }
        let mut writer = self.writer.write().unwrap_or_else(PoisonError::into_inner);
        let mut state = lock(&self.state);
        let payload = with_totals(state.payload.clone(), &state.manifest, false);
        if let Err(error) = self.archive.commit(&mut writer, &state.manifest, payload) {
            lock(&self.failed).get_or_insert(error);
        }
        state.payload.advance();
        (gate.due, gate.last_commit) = (false, Instant::now());
    }
}

/// A file that counts and hashes what is read of it, as long as it is read from its start to its end.
struct Counted<'a> {
    file: File,
    hash: Option<Xxh3>,
    progress: &'a Progress,
    /// The error that the disk gave.
    failed: Option<io::Error>,
}

impl Read for Counted<'_> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.file.read(buffer).inspect_err(|error| {
            if error.kind() != io::ErrorKind::Interrupted {
                self.failed = Some(io::Error::new(error.kind(), error.to_string()));
            }
        })?;
        if let Some(hash) = &mut self.hash {
            hash.update(&buffer[..read]);
        }
        self.progress.bytes_done.fetch_add(read as u64, Ordering::Relaxed);
        Ok(read)
    }
}

impl Seek for Counted<'_> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        // From the start once more is still from start to end.
        self.hash = self.hash.take().filter(|_| to == SeekFrom::Start(0)).map(|_| Xxh3::new());
        self.file.seek(to)
    }
}

pub(super) fn hash_of(path: &Path) -> io::Result<u64> {
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
