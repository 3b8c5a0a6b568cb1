//! Whether an archive is as it was written: its files by their checksums, its documents by the manifest.

use std::fmt;
use std::fs::File;
use std::io::{self, Read};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};

use anyhow::Result;
use rustc_hash::FxHashMap;
use tantivy::schema::IndexRecordOption;
use tantivy::{Directory, DocSet, IndexReader, ReloadPolicy, Searcher, TERMINATED};
use xxhash_rust::xxh3::Xxh3;

use super::files::{Files, MANAGED, META};
use super::manifest::reading_key;
use super::seal::{Living, Sum, Sums};
use super::{Archive, ArchiveError, Manifest, Stories, place, stories};

/// Endings of the files that every segment has.
const PARTS: [&str; 6] = ["idx", "pos", "term", "store", "fast", "fieldnorm"];

/// How often it is looked again while a build goes on.
const LOOKS: usize = 10;

/// Something that is not as it was written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The file, below the archive's directory; empty for the archive as a whole.
    pub file: String,
    /// What is wrong with it.
    pub what: String,
    /// Whether it is made from the rest of the archive, so that the corpus is not needed to mend it.
    pub derived: bool,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.file.as_str() {
            "" => f.write_str(&self.what),
            file => write!(f, "{file}: {}", self.what),
        }
    }
}

/// What was checked, and what was found.
#[derive(Debug, Default)]
pub struct Checked {
    /// The generation in use, if that is known.
    pub generation: PathBuf,
    /// Files whose checksums were compared.
    pub files: u64,
    /// Their bytes.
    pub bytes: u64,
    /// Articles in the index.
    pub articles: u64,
    /// Quotations in the index.
    pub quotes: u64,
    /// What is not as it was written.
    pub findings: Vec<Finding>,
}

impl Checked {
    /// Whether the archive can be searched, and tells the truth.
    pub fn is_sound(&self) -> bool {
        self.findings.iter().all(|finding| finding.derived)
    }

    fn find(&mut self, file: &str, what: impl Into<String>) {
        let folder = self.generation.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let file = [folder.as_str(), file].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join("/");
        self.findings.push(Finding { file, what: what.into(), derived: false });
    }
}

/// Checks the archive at `dir`; a build may go on meanwhile.
///
/// # Errors
/// [`ArchiveError`] when there is none, or it is of another version.
pub fn check(dir: &Path) -> Result<Checked> {
    // What is found while a build replaces it is no damage.
    for _ in 0..LOOKS {
        let before = place::state(dir);
        let checked = once(dir)?;
        if checked.is_sound() || place::state(dir) == before {
            return Ok(checked);
        }
    }
    once(dir)
}

fn once(dir: &Path) -> Result<Checked> {
    let mut checked = Checked::default();
    match place::current(dir).map_err(anyhow::Error::downcast::<ArchiveError>) {
        Ok(generation) => checked.generation = generation,
        Err(Ok(ArchiveError::Damaged(_, what))) => {
            checked.find("", what);
            return Ok(checked);
        }
        Err(Ok(error)) => return Err(error.into()),
        Err(Err(error)) => return Err(error),
    }
    let Some(sums) = lists(&mut checked) else { return another_version(dir).map_or(Ok(checked), Err) };
    for (name, sum) in &sums {
        checked.files += 1;
        checked.bytes += sum.size;
        if let Some(what) = differs(&checked.generation.join(name), *sum) {
            checked.find(name, what);
        }
    }
    // Damaged files are not opened: what they would say is no news.
    if checked.is_sound() {
        if let Some(error) = another_version(dir) {
            return Err(error);
        }
        let counted = catch_unwind(AssertUnwindSafe(|| contents(dir, &mut checked)));
        match counted {
            Ok(Ok(())) => {}
            Ok(Err(error)) => checked.find("", format!("{error:#}")),
            Err(_) => checked.find("", "reading the index failed"),
        }
    }
    Ok(checked)
}

/// Why this version has no use for an archive that is not damaged.
fn another_version(dir: &Path) -> Option<anyhow::Error> {
    let error = Archive::open(dir).err()?;
    matches!(error.downcast_ref(), Some(ArchiveError::Missing(_) | ArchiveError::OtherVersion(..))).then_some(error)
}

/// Reads the index's own lists; the sums in them, if they can be believed.
fn lists(checked: &mut Checked) -> Option<Sums> {
    let files = match Files::for_reading(&checked.generation) {
        Ok(files) => files,
        Err(error) => {
            checked.find("", error.to_string());
            return None;
        }
    };
    if let Err(error) = files.atomic_read(Path::new(MANAGED)) {
        checked.find(MANAGED, error.to_string());
    }
    let text = match files.atomic_read(Path::new(META)) {
        Ok(text) => text,
        Err(error) => {
            checked.find(META, error.to_string());
            return None;
        }
    };
    let sums = files.sums();
    for segment in Living::of(&text).segments() {
        for part in PARTS.iter().filter(|part| !sums.contains_key(&format!("{segment}.{part}"))) {
            checked.find(&format!("{segment}.{part}"), "it has no checksum");
        }
    }
    Some(sums)
}

/// How a file differs from what was written.
fn differs(path: &Path, sum: Sum) -> Option<String> {
    let found = match sum_of(path) {
        Ok(found) => found,
        Err(error) => return Some(error.to_string()),
    };
    if found.size != sum.size {
        return Some(format!("it has {} bytes of {}", found.size, sum.size));
    }
    (found.hash != sum.hash).then(|| "its checksum differs".to_owned())
}

/// Size and checksum of a file.
fn sum_of(path: &Path) -> io::Result<Sum> {
    let mut file = File::open(path)?;
    let (mut hash, mut size, mut buffer) = (Xxh3::new(), 0, vec![0; 256 << 10]);
    loop {
        match file.read(&mut buffer)? {
            0 => return Ok(Sum { size, hash: hash.digest() }),
            read => {
                hash.update(&buffer[..read]);
                size += read as u64;
            }
        }
    }
}

/// Compares what the index holds with what manifest and commit say.
fn contents(dir: &Path, checked: &mut Checked) -> Result<()> {
    let (archive, manifest) = Archive::open_with_manifest(dir)?;
    let reader: IndexReader = archive.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let searcher = reader.searcher();
    let payload = archive.payload.clone().unwrap_or_default();
    let (articles, quotes) = manifest.totals();
    (checked.articles, checked.quotes) = (articles, quotes);
    if (payload.articles, payload.quotes) != (articles, quotes) {
        let said = format!("{} articles and {} quotations", payload.articles, payload.quotes);
        checked.find("", format!("the last commit says {said}, the manifest {articles} and {quotes}"));
    }
    if searcher.num_docs() != articles + quotes {
        checked.find("", format!("the index holds {} documents of {}", searcher.num_docs(), articles + quotes));
    }
    files_hold(&archive, &searcher, &manifest, checked)?;
    let file = archive.generation.join(stories::FILE);
    // A build that was cut off has not come to writing it.
    let not_yet = !payload.complete && !file.is_file();
    if !not_yet && Stories::read(&archive.generation).is_none() {
        let what = if file.is_file() { "its checksum differs" } else { "it is missing" };
        checked.find(stories::FILE, what);
        checked.findings.iter_mut().rev().take(1).for_each(|finding| finding.derived = true);
    }
    Ok(())
}

/// Compares the documents of each file with its entry in the manifest.
fn files_hold(archive: &Archive, searcher: &Searcher, manifest: &Manifest, checked: &mut Checked) -> Result<()> {
    let mut held = documents(archive, searcher)?;
    for (key, entry) in &manifest.files {
        let (has, of) = (held.remove(&reading_key(*key, entry.reading)).unwrap_or(0), entry.articles + entry.quotes);
        if has != of {
            checked.find("", format!("the index holds {has} documents of {of} from {}", entry.path));
        }
    }
    let strays: u32 = held.values().sum();
    if strays > 0 {
        checked.find("", format!("{strays} documents are of no file that the manifest knows"));
    }
    Ok(())
}

/// How many documents the index has of each reading of a file.
fn documents(archive: &Archive, searcher: &Searcher) -> Result<FxHashMap<u64, u32>> {
    let mut held: FxHashMap<u64, u32> = FxHashMap::default();
    for reader in searcher.segment_readers() {
        let inverted = reader.inverted_index(archive.fields.reading)?;
        let mut terms = inverted.terms().stream()?;
        while let Some((term, info)) = terms.next() {
            let Some(reading) = term.first_chunk::<8>().map(|bytes| u64::from_be_bytes(*bytes)) else { continue };
            let mut postings = inverted.read_postings_from_terminfo(info, IndexRecordOption::Basic)?;
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !reader.is_deleted(doc) {
                    *held.entry(reading).or_default() += 1;
                }
                doc = postings.advance();
            }
        }
    }
    Ok(held)
}
