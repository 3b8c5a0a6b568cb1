//! An archive: the directory that holds the index and its manifest, and what every commit says of itself.
//!
//! `CURRENT` names the generation in use, a directory with the index's files and the manifest. A rebuild fills a new
//! generation beside it and switches by replacing `CURRENT`.

use std::collections::BTreeSet;
use std::fmt;
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};
use tantivy::directory::error::LockError;
use tantivy::indexer::{LogMergePolicy, UserOperation};
use tantivy::store::{Compressor, ZstdCompressor};
use tantivy::{Index, IndexBuilder, IndexSettings, IndexWriter, TantivyError};

use super::analysis::{self, StreamTokenizer};
use super::document::{self, Stored};
use super::manifest::Manifest;
use super::schema::{Fields, STREAM};
use crate::text::Tokens;

/// Name of the archive's directory where none is given.
pub const DIR: &str = ".newsidx";
const CURRENT: &str = "CURRENT";
const FORMAT: u32 = 3;
/// Bytes that a build must at least be able to write.
const PROBE: usize = 1 << 20;

/// Why an archive cannot be used. Decides the exit code.
#[derive(Debug)]
pub enum ArchiveError {
    /// There is none.
    Missing(PathBuf),
    /// The directory is there but is no archive.
    NotOne(PathBuf),
    /// It was written by another version, tokeniser or schema.
    OtherVersion(PathBuf),
    /// Its files are damaged or incomplete.
    Damaged(PathBuf, String),
    /// Another build is writing to it.
    Busy(PathBuf),
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ArchiveError::Missing(dir) => {
                write!(f, "no archive at {}; run `newsidx build FOLDER` first, or name one with --index", dir.display())
            }
            ArchiveError::NotOne(dir) => {
                write!(f, "{} is not a newsidx archive; nothing in it was touched", dir.display())
            }
            ArchiveError::OtherVersion(dir) => write!(
                f,
                "the archive {} was written by another version of newsidx and would miss hits; \
                 run `newsidx build --rebuild`",
                dir.display()
            ),
            ArchiveError::Damaged(dir, reason) => {
                write!(f, "the archive {} is damaged ({reason}); run `newsidx build --rebuild`", dir.display())
            }
            ArchiveError::Busy(dir) => write!(f, "another build is writing to the archive {}", dir.display()),
        }
    }
}

impl std::error::Error for ArchiveError {}

/// What a commit says of itself; kept in the index's own metadata, so that it is exactly as old as the index.
#[derive(Debug, Clone, Default, Serialize, Deserialize)]
pub struct Payload {
    /// Version of this layout.
    pub format: u32,
    /// See [`analysis::fingerprint`].
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
}

impl Payload {
    /// Moves on to the next moment, now or right behind the last.
    pub fn advance(&mut self) {
        self.moment = jiff::Timestamp::now().as_second().max(self.moment + 1);
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
}

/// The archive to use: `given`, else the nearest `.newsidx` here or above, else `.newsidx` here.
pub fn locate(given: Option<&Path>) -> PathBuf {
    if let Some(dir) = given {
        return dir.to_owned();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let found = here.ancestors().map(|dir| dir.join(DIR)).find(|dir| dir.join(CURRENT).is_file());
    found.unwrap_or_else(|| PathBuf::from(DIR))
}

impl Archive {
    /// Opens the archive at `dir` for searching.
    ///
    /// # Errors
    /// [`ArchiveError`] when it is missing, damaged, or another version's.
    pub fn open(dir: &Path) -> Result<Archive> {
        let archive = Archive::open_any(dir)?;
        match &archive.payload {
            None => Err(ArchiveError::Missing(dir.to_owned()).into()),
            Some(payload) if payload.format != FORMAT || payload.fingerprint != analysis::fingerprint() => {
                Err(ArchiveError::OtherVersion(dir.to_owned()).into())
            }
            Some(_) => Ok(archive),
        }
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
        let mut analyser = analysis::Analyser::default();
        let mut payload = Payload { format: FORMAT, articles: articles.len() as u64, ..Payload::default() };
        payload.roots.push(String::new());
        for part in articles.chunks(articles.len().div_ceil(segments.max(1)).max(1)) {
            for stored in part {
                let tokens = Tokens::scan(&stored.article.body);
                let documents = document::prepare(&fields, &mut analyser, &tokens, 0, stored)?.documents;
                payload.languages.insert(document::language(&stored.article).to_owned());
                writer.run(documents.into_iter().map(UserOperation::Add))?;
            }
            writer.commit()?;
        }
        let dir = PathBuf::from("memory");
        Ok(Archive { generation: dir.clone(), dir, index, fields, payload: Some(payload) })
    }

    /// Opens the archive at `dir` whatever its version, or before its first commit.
    fn open_any(dir: &Path) -> Result<Archive> {
        let Ok(current) = fs::read_to_string(dir.join(CURRENT)) else {
            let used = fs::read_dir(dir).is_ok_and(|mut entries| entries.next().is_some()) || dir.is_file();
            let error = if used { ArchiveError::NotOne(dir.into()) } else { ArchiveError::Missing(dir.into()) };
            return Err(error.into());
        };
        let damaged = |reason: String| anyhow::Error::from(ArchiveError::Damaged(dir.to_owned(), reason));
        let name = current.trim();
        if !is_generation(name) {
            return Err(damaged(format!("{CURRENT} names no generation")));
        }
        let generation = dir.join(name);
        let mut index = Index::open_in_dir(&generation).map_err(|error| damaged(one_line(&error)))?;
        let (schema, fields) = Fields::schema();
        if index.schema() != schema {
            return Err(ArchiveError::OtherVersion(dir.to_owned()).into());
        }
        register(&mut index);
        let metas = index.load_metas().map_err(|error| damaged(one_line(&error)))?;
        let payload = match metas.payload {
            None => None,
            Some(text) => Some(serde_json::from_str(&text).map_err(|error| damaged(error.to_string()))?),
        };
        Ok(Archive { dir: dir.to_owned(), generation, index, fields, payload })
    }

    /// Opens the archive at `dir` for a build, making it where there is none. With `rebuild`, an empty generation
    /// beside the one in use, which [`Archive::switch`] puts in its place.
    ///
    /// # Errors
    /// [`ArchiveError`] when `dir` holds something else, or another version's archive and `rebuild` is not set.
    pub fn open_or_create(dir: &Path, rebuild: bool) -> Result<Archive> {
        if rebuild && dir.join(CURRENT).is_file() {
            return Archive::create(dir, &next_generation(dir));
        }
        match Archive::open(dir) {
            Ok(archive) => Ok(archive),
            Err(error) => match error.downcast_ref::<ArchiveError>() {
                Some(ArchiveError::Missing(_)) if dir.join(CURRENT).is_file() => Archive::open_any(dir),
                Some(ArchiveError::Missing(_)) => {
                    let archive = Archive::create(dir, "gen-1")?;
                    archive.switch()?;
                    Ok(archive)
                }
                _ => Err(error),
            },
        }
    }

    fn create(dir: &Path, name: &str) -> Result<Archive> {
        let generation = dir.join(name);
        let context = || format!("failed to create the archive {}", dir.display());
        fs::create_dir_all(&generation).with_context(context)?;
        // The archive is made from the corpus: it need not be in anybody's version control.
        fs::write(dir.join(".gitignore"), "*\n").with_context(context)?;
        let (schema, fields) = Fields::schema();
        let settings = IndexSettings {
            docstore_compression: Compressor::Zstd(ZstdCompressor { compression_level: Some(3) }),
            ..IndexSettings::default()
        };
        let builder = IndexBuilder::new().schema(schema).settings(settings);
        let mut index = builder.create_in_dir(&generation).with_context(context)?;
        register(&mut index);
        Ok(Archive { dir: dir.to_owned(), generation, index, fields, payload: None })
    }

    /// The generation in use at `dir`, whatever wrote it; `None` where there is none.
    pub(super) fn current(dir: &Path) -> Option<PathBuf> {
        let name = fs::read_to_string(dir.join(CURRENT)).ok()?;
        let name = name.trim();
        is_generation(name).then(|| dir.join(name))
    }

    /// Makes this generation the one in use, and deletes the others.
    ///
    /// # Errors
    /// When the directory cannot be written.
    pub fn switch(&self) -> Result<()> {
        let name = self.generation.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let context = || format!("failed to write {}", self.dir.join(CURRENT).display());
        write_atomically(&self.dir, CURRENT, format!("{name}\n").as_bytes()).with_context(context)?;
        for entry in fs::read_dir(&self.dir).with_context(context)?.flatten() {
            let other = entry.file_name().to_string_lossy().into_owned();
            if is_generation(&other) && other != name {
                // Searches under way keep their open files; what cannot be deleted now is deleted next time.
                fs::remove_dir_all(entry.path()).ok();
            }
        }
        Ok(())
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

    /// A writer with `threads` threads that share `memory` bytes.
    ///
    /// # Errors
    /// [`ArchiveError::Busy`] when another build holds the archive.
    pub fn writer(&self, threads: usize, memory: usize) -> Result<IndexWriter> {
        let writer: IndexWriter = self.index.writer_with_num_threads(threads, memory).map_err(|error| match error {
            TantivyError::LockFailure(LockError::LockBusy, _) => {
                anyhow::Error::from(ArchiveError::Busy(self.dir.clone()))
            }
            error => anyhow::Error::from(error).context(format!("failed to write to {}", self.dir.display())),
        })?;
        let mut policy = LogMergePolicy::default();
        policy.set_del_docs_ratio_before_merge(0.25);
        writer.set_merge_policy(Box::new(policy));
        Ok(writer)
    }

    /// Commits what was written, with `manifest` and what `payload` says. The only place that commits.
    ///
    /// # Errors
    /// When the disk is full or fails; the last commit stays as it was.
    pub fn commit(&self, writer: &mut IndexWriter, manifest: &Manifest, mut payload: Payload) -> Result<Payload> {
        let context = || format!("failed to commit to the archive {}", self.dir.display());
        let mut prepared = writer.prepare_commit().with_context(context)?;
        payload.format = FORMAT;
        payload.fingerprint = analysis::fingerprint();
        payload.program = env!("CARGO_PKG_VERSION").to_owned();
        payload.manifest = format!("manifest-{}", prepared.opstamp());
        payload.roots.clone_from(&manifest.roots);
        manifest.write(&self.generation.join(&payload.manifest))?;
        prepared.set_payload(&serde_json::to_string(&payload)?);
        prepared.commit().with_context(context)?;
        self.delete_manifests_but(&payload.manifest);
        Ok(payload)
    }

    /// What keeps the archive from being written, if anything does now: the engine's own errors do not always say.
    pub fn write_problem(&self) -> Option<std::io::Error> {
        let probe = self.generation.join(".probe");
        let tried = fs::write(&probe, vec![0; PROBE]);
        fs::remove_file(&probe).ok(); // it may never have been made
        tried.err()
    }

    fn delete_manifests_but(&self, kept: &str) {
        let Ok(entries) = fs::read_dir(&self.generation) else { return };
        for entry in entries.flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            if name.starts_with("manifest-") && name != kept {
                // A leftover manifest is never read: only the payload names one.
                fs::remove_file(entry.path()).ok();
            }
        }
    }

    /// Bytes of the archive on disk.
    pub fn size(&self) -> u64 {
        let files = walkdir::WalkDir::new(&self.dir).into_iter().flatten();
        files.filter_map(|entry| entry.metadata().ok()).filter(fs::Metadata::is_file).map(|meta| meta.len()).sum()
    }
}

fn register(index: &mut Index) {
    index.tokenizers().register(STREAM, StreamTokenizer::default());
}

fn is_generation(name: &str) -> bool {
    name.strip_prefix("gen-").is_some_and(|number| number.parse::<u64>().is_ok())
}

fn next_generation(dir: &Path) -> String {
    let names = fs::read_dir(dir).into_iter().flatten().flatten();
    let numbers = names.filter_map(|e| e.file_name().to_str()?.strip_prefix("gen-")?.parse::<u64>().ok());
    format!("gen-{}", numbers.max().unwrap_or(0) + 1)
}

/// Replaces a file so that a crash leaves the old or the new content, whole.
pub(super) fn write_atomically(dir: &Path, name: &str, content: &[u8]) -> std::io::Result<()> {
    use std::io::Write;
    let temporary = dir.join(format!("{name}.new"));
    let mut file = fs::File::create(&temporary)?;
    file.write_all(content)?;
    file.sync_all()?;
    fs::rename(&temporary, dir.join(name))?;
    if let Ok(handle) = fs::File::open(dir) {
        handle.sync_all().ok(); // not every system can flush a directory
    }
    Ok(())
}

/// An error of the engine on one line.
fn one_line(error: &TantivyError) -> String {
    error.to_string().lines().next().unwrap_or_default().to_owned()
}
