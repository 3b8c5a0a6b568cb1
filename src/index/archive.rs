//! An archive: the directory that holds the index and its manifest, and what every commit says of itself.
//!
//! `CURRENT` names the generation in use, a directory with the index's files and the manifest. A rebuild fills a new
//! generation beside it and switches by replacing `CURRENT`.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow};
use serde::{Deserialize, Serialize};
use tantivy::directory::error::LockError;
use tantivy::error::DataCorruption;
use tantivy::indexer::{IndexWriterOptions, UserOperation};
use tantivy::store::Compressor;
use tantivy::{Directory, Index, IndexSettings, IndexWriter, TantivyError};

use super::analysis::{self, StreamTokenizer};
use super::document::{self, Stored};
use super::error::ArchiveError;
use super::files::{Disk, Files, MANAGED, META, Trouble};
use super::hold::Hold;
use super::manifest::Manifest;
use super::merge::Bounded;
use super::place::{CURRENT, GITIGNORE, TEMPORARY, current, generations, next_generation, remove_others, settled};
use super::schema::{Fields, STREAM};
use super::{seal, stories};
use crate::text::Lexer;

/// Bytes of stored articles that the engine reads at a time.
const BLOCK: usize = 8 << 10;
pub(super) const FORMAT: u32 = 7;

/// What a commit says of itself; kept in the index's own metadata, so that it is exactly as old as the index.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Payload {
    /// Version of this layout.
    pub format: u32,
    /// See [`analysis::FINGERPRINT`].
    pub fingerprint: String,
    /// File name of the manifest.
    pub manifest: String,
    /// Articles in the index.
    pub articles: u64,
    /// Quotations in the index.
    pub quotes: u64,
    /// Language codes seen: a word of a query is stemmed in each.
    pub languages: BTreeSet<String>,
    /// The roots, absolute, so that a search can print paths without the manifest.
    pub roots: Vec<String>,
    /// Whether the build that wrote it ran to its end.
    pub complete: bool,
    /// Version of the program.
    pub program: String,
    /// The archive's own name, from its first build on; rebuilds keep it.
    #[serde(default)]
    pub id: String,
    /// The moment of this commit, in seconds since 1970, later than that of any before: what [`Fields::indexed`] holds
    /// of the documents that came with it.
    #[serde(default)]
    pub moment: i64,
    /// Where the archive lay, absolute: a corpus that moved together with it is found again.
    #[serde(default)]
    pub home: String,
}

impl Payload {
    /// Moves on to the next moment, now or right behind the last.
    pub fn advance(&mut self) {
        self.moment = jiff::Timestamp::now().as_second().max(self.moment + 1);
    }
}

/// What an archive knows of the corpus it was built from.
#[derive(Debug, Default)]
pub struct Known {
    /// Its roots and files.
    pub manifest: Manifest,
    /// Where the archive lay then, absolute; empty if that is not known.
    pub home: String,
}

impl Known {
    /// What the archive at `dir` was built from, as far as that can be read: it may be damaged or another version's.
    pub fn outline(dir: &Path) -> Known {
        let all = generations(dir);
        let found = all.iter().find_map(|generation| Known::of_commit(generation));
        let found = found.or_else(|| all.iter().find_map(|generation| Known::of_manifests(generation)));
        found.unwrap_or_default()
    }

    /// What the last commit to `generation` said.
    fn of_commit(generation: &Path) -> Option<Known> {
        let text = fs::read(generation.join(META)).ok()?;
        let metas = serde_json::Deserializer::from_slice(&text).into_iter::<serde_json::Value>().next()?.ok()?;
        let payload: Payload = serde_json::from_str(metas["payload"].as_str()?).ok()?;
        let manifest = Manifest::read(&generation.join(&payload.manifest)).unwrap_or_default();
        Some(Known { manifest: Manifest { roots: payload.roots, ..manifest }, home: payload.home })
    }

    /// What the last manifest in `generation` that can be read says.
    fn of_manifests(generation: &Path) -> Option<Known> {
        let names = fs::read_dir(generation).into_iter().flatten().flatten().map(|entry| entry.path());
        let mut manifests: Vec<PathBuf> =
            names.filter(|path| path.file_name().is_some_and(|n| n.to_string_lossy().starts_with(MANIFEST))).collect();
        manifests.sort();
        let manifest = manifests.iter().rev().find_map(|path| Manifest::read(path).ok())?;
        Some(Known { manifest, home: String::new() })
    }
}

/// An open archive.
pub struct Archive {
    /// Its directory.
    pub dir: PathBuf,
    /// The generation in use.
    pub generation: PathBuf,
    /// The index.
    pub index: Index,
    /// Its fields.
    pub fields: Fields,
    /// What its last commit said; `None` before the first.
    pub payload: Option<Payload>,
    /// The same, as it is written.
    pub said: Option<String>,
    /// The engine's list as it was when that was read.
    list: Vec<u8>,
    /// The generation's files; `None` of an archive in memory.
    files: Option<Files>,
    writing: Option<Writing>,
}

/// What a build needs beside the index.
struct Writing {
    /// Held until the build ends.
    _hold: Hold,
    /// The archive's own files, above the generations.
    root: Files,
    trouble: Trouble,
}

/// What the last commit to `index` said, without a look at the rest of the engine's list.
///
/// # Errors
/// When the list cannot be read.
pub fn said(index: &Index) -> tantivy::Result<Option<String>> {
    said_in(&list(index)?)
}

/// The engine's list of `index`.
fn list(index: &Index) -> tantivy::Result<Vec<u8>> {
    Ok(index.directory().atomic_read(Path::new(META))?)
}

fn said_in(list: &[u8]) -> tantivy::Result<Option<String>> {
    #[derive(Deserialize)]
    struct Said {
        payload: Option<String>,
    }
    let said: Said =
        serde_json::from_slice(list).map_err(|error| DataCorruption::new(META.into(), error.to_string()))?;
    Ok(said.payload)
}

impl Archive {
    /// Opens the archive at `dir` for searching. It needs no right to write there.
    ///
    /// # Errors
    /// [`ArchiveError`] when it is missing, damaged, or another version's.
    pub fn open(dir: &Path) -> Result<Archive> {
        settled(dir, || {
            let archive = Archive::open_any(dir, None)?;
            match archive.payload {
                None => Err(ArchiveError::Missing(dir.to_owned()).into()),
                Some(_) => Ok(archive),
            }
        })
    }

    /// The same, with its manifest.
    ///
    /// # Errors
    /// The same.
    pub fn open_with_manifest(dir: &Path) -> Result<(Archive, Manifest)> {
        settled(dir, || {
            let archive = Archive::open(dir)?;
            let manifest = archive.manifest()?;
            Ok((archive, manifest))
        })
    }

    /// An archive in memory that holds `articles`, in so many segments. For tests of the search.
    ///
    /// # Errors
    /// When the index cannot be written.
    pub fn in_memory(articles: &[Stored], segments: usize) -> Result<Archive> {
        let (schema, fields) = Fields::schema();
        let mut index = Index::create_in_ram(schema);
        register(&mut index);
        let mut writer: IndexWriter = index.writer_with_num_threads(1, 15_000_000)?;
        writer.set_merge_policy(Box::new(tantivy::indexer::NoMergePolicy));
        let (mut analyser, mut lexer) = (analysis::Analyser::default(), Lexer::default());
        let mut payload = Payload { format: FORMAT, articles: articles.len() as u64, ..Payload::default() };
        payload.roots.push(String::new());
        for part in articles.chunks(articles.len().div_ceil(segments.max(1)).max(1)) {
            for stored in part {
                lexer.read(&stored.article.body);
                let documents = document::prepare(
                    &fields,
                    &mut analyser,
                    &mut lexer,
                    0,
                    stored,
                    &document::Lines::default(),
                    None,
                )?
                .documents;
                payload.languages.insert(document::language(&stored.article).to_owned());
                writer.run(documents.into_iter().map(UserOperation::Add))?;
            }
            writer.commit()?;
        }
        let dir = PathBuf::from("memory");
        Ok(Archive {
            generation: dir.clone(),
            dir,
            index,
            fields,
            payload: Some(payload),
            said: None,
            list: Vec::new(),
            files: None,
            writing: None,
        })
    }

    /// Opens the archive at `dir`, for writing if `writing` is given; also before its first commit.
    fn open_any(dir: &Path, writing: Option<(Writing, &Disk)>) -> Result<Archive> {
        let generation = current(dir)?;
        let damaged = |reason: String| anyhow::Error::from(ArchiveError::Damaged(dir.to_owned(), reason));
        let opened = match &writing {
            Some((writing, disk)) => Files::for_writing(&generation, disk, &writing.trouble),
            None => Files::for_reading(&generation),
        };
        let files = opened.map_err(|error| damaged(error.to_string()))?;
        let mut index = Index::open(files.clone()).map_err(|error| match older(&generation) {
            Some(which) => ArchiveError::OtherVersion(dir.to_owned(), which).into(),
            None => damaged(one_line(&error)),
        })?;
        let read = list(&index).and_then(|list| Ok((said_in(&list)?, list)));
        let (said, list) = read.map_err(|error| damaged(one_line(&error)))?;
        let payload: Option<Payload> = match &said {
            None => None,
            Some(text) => Some(serde_json::from_str(text).map_err(|error| damaged(error.to_string()))?),
        };
        let (schema, fields) = Fields::schema();
        let other = payload.as_ref().and_then(Payload::other_version);
        if let Some(which) = other.or_else(|| (index.schema() != schema).then(|| "another schema".to_owned())) {
            return Err(ArchiveError::OtherVersion(dir.to_owned(), which).into());
        }
        for (name, sum) in files.sums() {
            let found = fs::metadata(generation.join(&name)).map(|meta| meta.len());
            match found {
                Ok(size) if size == sum.size => {}
                Ok(size) => return Err(damaged(format!("{name} has {size} bytes of {}", sum.size))),
                Err(error) => return Err(damaged(format!("{name}: {error}"))),
            }
        }
        register(&mut index);
        let writing = writing.map(|(writing, _)| writing);
        Ok(Archive { dir: dir.to_owned(), generation, index, fields, payload, said, list, files: Some(files), writing })
    }

    /// Whether no commit has come since this was opened; what only puts segments together changes nothing.
    ///
    /// # Errors
    /// When the engine's list cannot be read.
    pub fn is_of_the_last_commit(&self) -> tantivy::Result<bool> {
        if self.files.is_none() {
            return Ok(true);
        }
        let list = list(&self.index)?;
        Ok(list == self.list || said_in(&list)? == self.said)
    }

    /// Opens the archive at `dir` for a build, making it where there is none; the build holds it until it is dropped.
    /// With `rebuild`, an empty generation beside the one in use, which [`Archive::switch`] puts in its place.
    ///
    /// # Errors
    /// [`ArchiveError`] when `dir` holds something else, is held by another build, or is damaged or another version's
    /// archive and `rebuild` is not set; else when it cannot be written.
    pub fn open_for_build(dir: &Path, rebuild: bool, disk: &Disk) -> Result<Archive> {
        // Looked at before anything is touched.
        match current(dir).map_err(anyhow::Error::downcast::<ArchiveError>) {
            Ok(_) | Err(Ok(ArchiveError::Missing(_))) => {}
            Err(Ok(error @ ArchiveError::Damaged(..))) if !rebuild => return Err(error.into()),
            Err(Ok(ArchiveError::Damaged(..))) => {}
            Err(Ok(error)) => return Err(error.into()),
            Err(Err(error)) => return Err(error),
        }
        fs::create_dir_all(dir).with_context(|| format!("failed to create the archive {}", dir.display()))?;
        let hold = Hold::take(dir)?;
        let trouble = Trouble::default();
        let root = Files::for_writing(dir, disk, &trouble)?;
        let writing = Writing { _hold: hold, root, trouble };
        // Which generation is in use must be on the disk before the others go.
        writing.root.sync_directory().with_context(|| format!("failed to write to {}", dir.display()))?;
        match current(dir) {
            Ok(generation) if !rebuild => {
                remove_others(dir, &generation);
                let archive = Archive::open_any(dir, Some((writing, disk)))?;
                archive.tidy();
                Ok(archive)
            }
            Ok(generation) => {
                remove_others(dir, &generation);
                Archive::create(dir, &next_generation(dir), writing, disk)
            }
            // What is there was never in use, or cannot be told from that: it goes when the new one is whole.
            Err(_) => {
                let archive = Archive::create(dir, &next_generation(dir), writing, disk)?;
                if !rebuild {
                    archive.switch()?;
                }
                Ok(archive)
            }
        }
    }

    fn create(dir: &Path, name: &str, writing: Writing, disk: &Disk) -> Result<Archive> {
        let generation = dir.join(name);
        let context = || format!("failed to create the archive {}", dir.display());
        fs::create_dir_all(&generation).with_context(context)?;
        // The archive is made from the corpus: it need not be in anybody's version control.
        if !dir.join(GITIGNORE).is_file() {
            writing.root.atomic_write(Path::new(GITIGNORE), b"*\n").with_context(context)?;
        }
        let (schema, fields) = Fields::schema();
        let settings = IndexSettings {
            docstore_blocksize: BLOCK,
            docstore_compression: Compressor::None, // each article is packed by itself
            ..IndexSettings::default()
        };
        let files = Files::for_writing(&generation, disk, &writing.trouble).with_context(context)?;
        let mut index = Index::create(files.clone(), schema, settings).with_context(context)?;
        // The folder's own name must be on the disk before anything names it; so must that of the archive.
        writing.root.sync_directory().with_context(context)?;
        if let Some(parent) = dir.canonicalize().ok().as_deref().and_then(Path::parent) {
            fs::File::open(parent).and_then(|parent| parent.sync_all()).ok(); // it may be readable to others only
        }
        register(&mut index);
        let (files, writing) = (Some(files), Some(writing));
        Ok(Archive {
            dir: dir.to_owned(),
            generation,
            index,
            fields,
            payload: None,
            said: None,
            list: Vec::new(),
            files,
            writing,
        })
    }

    /// Makes this generation the one in use, and deletes the others.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn switch(&self) -> Result<()> {
        let name = self.generation.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let root = &self.writing.as_ref().context("the archive is open for reading only")?.root;
        root.atomic_write(Path::new(CURRENT), format!("{name}\n").as_bytes())
            .with_context(|| format!("failed to write {}", self.dir.join(CURRENT).display()))?;
        remove_others(&self.dir, &self.generation);
        Ok(())
    }

    /// Deletes this generation, unless it came into use after all: what failed may have been the last step.
    pub fn discard(self) {
        if current(&self.dir).is_ok_and(|used| used == self.generation) {
            return;
        }
        let generation = self.generation.clone();
        drop(self.index);
        fs::remove_dir_all(generation).ok(); // else the next build does
    }

    /// Deletes what builds that were cut short left behind.
    fn tidy(&self) {
        let Some(files) = &self.files else { return };
        let known = files.sums();
        let manifest = self.payload.as_ref().map(|payload| payload.manifest.as_str());
        let folders = [(&self.dir, false), (&self.generation, true)];
        for (folder, is_generation) in folders {
            for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
                let name = entry.file_name().to_string_lossy().into_owned();
                let ours = [META, MANAGED, stories::FILE].contains(&name.as_str()) || name.ends_with(".lock");
                let used = ours || known.contains_key(&name) || manifest == Some(&name);
                if name.starts_with(TEMPORARY) || (is_generation && !used) {
                    fs::remove_file(entry.path()).ok(); // it is only in the way
                }
            }
        }
    }

    /// The files of the generation.
    ///
    /// # Errors
    /// When the archive is one in memory.
    pub(crate) fn files(&self) -> Result<&Files> {
        self.files.as_ref().context("an archive in memory has no files")
    }

    /// The manifest of the last commit; an empty one before the first.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`] when it cannot be read.
    pub fn manifest(&self) -> Result<Manifest> {
        let Some(payload) = &self.payload else { return Ok(Manifest::default()) };
        let path = self.generation.join(&payload.manifest);
        Manifest::read(&path).map_err(|error| ArchiveError::Damaged(self.dir.clone(), format!("{error:#}")).into())
    }

    /// What it knows of the corpus.
    ///
    /// # Errors
    /// [`ArchiveError::Damaged`] when the manifest cannot be read.
    pub fn known(&self) -> Result<Known> {
        Ok(self.with_home(self.manifest()?))
    }

    /// Its `manifest`, with where it lay.
    pub fn with_home(&self, manifest: Manifest) -> Known {
        Known { manifest, home: self.payload.as_ref().map(|payload| payload.home.clone()).unwrap_or_default() }
    }

    /// Whether there is an archive at `dir`, of whatever version and in whatever state.
    pub fn is_at(dir: &Path) -> bool {
        let missing = |error: &anyhow::Error| {
            matches!(error.downcast_ref(), Some(ArchiveError::Missing(_) | ArchiveError::NotOne(_)))
        };
        current(dir).map_or_else(|error| !missing(&error), |_| true)
    }

    /// A writer for a build with `threads` threads that shall need `memory` bytes, and reads files of so many `bytes` as they lie on
    /// the disk: three eighths of the memory are for what the writer collects before it is written, a third is for what it
    /// merges, the rest for all else. Each thread of the writer makes segments of its own, and a dictionary in each: where
    /// little is read there are half as many as read, or fewer.
    ///
    /// # Errors
    /// [`ArchiveError::Busy`] when another build holds the archive.
    pub fn writer(&self, threads: usize, memory: usize, bytes: u64) -> Result<IndexWriter> {
        /// Bytes that a thread collects, at least and at most; the engine refuses others.
        const COLLECTED: [usize; 2] = [16_000_000, 4_000_000_000];
        /// Bytes of files up to which a build is little; one thread then keeps up with two that read.
        const LITTLE: u64 = 32_000_000;
        /// Bytes of files for which a further thread is worth a further segment.
        const A_THREAD: usize = 2_000_000;
        /// Bytes that are collected of a byte of a text file, at most. The engine clears tables in proportion to what it may collect.
        const OF_A_BYTE: u64 = 24;
        let threads = match usize::try_from(bytes) {
            Ok(few) if bytes < LITTLE => threads.div_ceil(2).min(1 + few / A_THREAD),
            _ => threads,
        }
        .max(1);
        let needed = usize::try_from(bytes.saturating_mul(OF_A_BYTE)).unwrap_or(usize::MAX);
        let each = (memory / 8 * 3 / threads).min(needed).clamp(COLLECTED[0], COLLECTED[1]);
        let options = IndexWriterOptions::builder()
            .num_worker_threads(threads)
            .memory_budget_per_thread(each)
            .num_merge_threads(1)
            .build();
        let writer: IndexWriter = self.index.writer_with_options(options).map_err(|error| match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => {
                anyhow::Error::from(ArchiveError::Busy(self.dir.clone(), String::new()))
            }
            error => anyhow::Error::from(error).context(format!("failed to write to {}", self.dir.display())),
        })?;
        writer.set_merge_policy(Box::new(Bounded::new(self.generation.clone(), memory as u64 / 3)));
        Ok(writer)
    }

    /// Commits what was written, with `manifest` and what `payload` says. The only place that commits.
    ///
    /// # Errors
    /// When the disk is full or fails; the last commit stays as it was.
    pub fn commit(&self, writer: &mut IndexWriter, manifest: &Manifest, mut payload: Payload) -> Result<Payload> {
        let context = || format!("failed to commit to the archive {}", self.dir.display());
        let files = self.files()?;
        let mut prepared = writer.prepare_commit().with_context(context)?;
        payload.format = FORMAT;
        payload.fingerprint = analysis::FINGERPRINT.to_owned();
        payload.program = env!("CARGO_PKG_VERSION").to_owned();
        payload.manifest = self.next_manifest();
        payload.roots.clone_from(&manifest.roots);
        payload.home = self.dir.canonicalize().unwrap_or_else(|_| self.dir.clone()).to_string_lossy().into_owned();
        let bytes = manifest.to_bytes()?;
        files.atomic_write(Path::new(&payload.manifest), &bytes).with_context(context)?;
        prepared.set_payload(&serde_json::to_string(&payload)?);
        prepared.commit().with_context(context)?;
        for name in self.manifests().filter(|name| *name != payload.manifest) {
            files.delete(Path::new(&name)).ok(); // a leftover is never read: only the payload names one
        }
        Ok(payload)
    }

    /// `error` of writing, with the file that could not be written and why, if that is known: the engine's own errors
    /// do not always say.
    pub fn explained(&self, error: anyhow::Error) -> anyhow::Error {
        let trouble = self
            .writing
            .as_ref()
            .and_then(|writing| writing.trouble.lock().unwrap_or_else(std::sync::PoisonError::into_inner).clone());
        match trouble {
            Some((file, cause)) => {
                let file = file.strip_prefix(std::env::current_dir().unwrap_or_default()).unwrap_or(&file);
                anyhow!("failed to write {}: {cause}; the archive is as it was at its last commit", file.display())
            }
            None => error,
        }
    }

    fn manifests(&self) -> impl Iterator<Item = String> {
        let names = fs::read_dir(&self.generation).into_iter().flatten().flatten();
        let names = names.map(|entry| entry.file_name().to_string_lossy().into_owned());
        names.filter(|name| name.starts_with(MANIFEST))
    }

    /// A name that no manifest has: what a commit names must not change before the next commit.
    fn next_manifest(&self) -> String {
        let numbers = self.manifests().filter_map(|name| name.strip_prefix(MANIFEST)?.parse::<u64>().ok());
        format!("{MANIFEST}{}", numbers.max().unwrap_or(0) + 1)
    }
}

/// Bytes of the archive at `dir` on disk.
pub fn size(dir: &Path) -> u64 {
    let files = walkdir::WalkDir::new(dir).into_iter().flatten();
    files.filter_map(|entry| entry.metadata().ok()).filter(fs::Metadata::is_file).map(|meta| meta.len()).sum()
}

fn register(index: &mut Index) {
    index.tokenizers().register(STREAM, StreamTokenizer::default());
}

/// Before the number of a manifest.
const MANIFEST: &str = "manifest-";

impl Payload {
    /// What keeps this version from reading the archive; `None` if nothing does.
    fn other_version(&self) -> Option<String> {
        let analysis = analysis::FINGERPRINT;
        if self.format != FORMAT {
            Some(format!("{}, layout {}; this one reads {FORMAT}", self.program, self.format))
        } else if self.fingerprint != analysis {
            Some(format!("{}, words split and stemmed as {}; this one as {analysis}", self.program, self.fingerprint))
        } else {
            None
        }
    }
}

/// What another version wrote, where this one cannot even read its lists.
fn older(generation: &Path) -> Option<String> {
    let text = fs::read(generation.join(META)).ok()?;
    if seal::is_sealed(&text) {
        return None;
    }
    let metas: serde_json::Value = serde_json::from_slice(&text).ok()?;
    let payload: Payload = serde_json::from_str(metas["payload"].as_str()?).ok()?;
    payload.other_version()
}

/// An error of the engine on one line.
fn one_line(error: &TantivyError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}
