//! Where an archive lies, and which of its generations is in use.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use tantivy::Index;

use super::error::ArchiveError;
use super::files::{Files, META};
use super::hold;

/// Name of the archive's directory where none is given.
pub const DIR: &str = ".newsidx";
/// Name of the file that names the generation in use.
pub(super) const CURRENT: &str = "CURRENT";
pub(super) const GITIGNORE: &str = ".gitignore";
/// What names begin with while a file is not whole.
pub(super) const TEMPORARY: &str = ".tmp";
/// Before the number of a generation.
const GENERATION: &str = "gen-";
/// How often a search looks again while a build replaces what it opens.
const LOOKS: usize = 50;

/// The archive to use: `given`, else the nearest `.newsidx` here or above, else `.newsidx` here.
pub fn locate(given: Option<&Path>) -> PathBuf {
    if let Some(dir) = given {
        return dir.to_owned();
    }
    let here = std::env::current_dir().unwrap_or_default();
    let found = here.ancestors().map(|dir| dir.join(DIR)).find(|dir| dir.join(CURRENT).is_file());
    found.unwrap_or_else(|| PathBuf::from(DIR))
}

/// Runs `attempt` again as long as it meets damage while a build is replacing what is there: a search opens files one
/// after the other.
pub(crate) fn settled<T>(dir: &Path, mut attempt: impl FnMut() -> Result<T>) -> Result<T> {
    let mut before = state(dir);
    for _ in 0..LOOKS {
        match attempt() {
            Err(error) if matches!(error.downcast_ref(), Some(ArchiveError::Damaged(..))) => {
                let now = state(dir);
                if now == before {
                    return Err(error);
                }
                before = now;
            }
            done => return done,
        }
    }
    attempt()
}

/// What changes with every commit and every switch.
pub(super) fn state(dir: &Path) -> Option<(PathBuf, Vec<u8>)> {
    let generation = current(dir).ok()?;
    let meta = fs::read(generation.join(META)).ok()?;
    Some((generation, meta))
}

/// The folder of the generation that is in use at `dir`.
pub(super) fn current(dir: &Path) -> Result<PathBuf> {
    let damaged = |reason: String| anyhow::Error::from(ArchiveError::Damaged(dir.to_owned(), reason));
    match fs::read_to_string(dir.join(CURRENT)) {
        Ok(text) => match text.strip_suffix('\n').filter(|name| is_generation(name)) {
            Some(name) => Ok(dir.join(name)),
            None => Err(damaged(format!("{CURRENT} names no generation"))),
        },
        Err(error) if error.kind() == io::ErrorKind::InvalidData => {
            Err(damaged(format!("{CURRENT} names no generation")))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound || error.kind() == io::ErrorKind::NotADirectory => {
            Err(without_current(dir))
        }
        Err(error) => Err(error).with_context(|| format!("failed to read {}", dir.join(CURRENT).display())),
    }
}

/// What `dir` is where no generation is in use.
fn without_current(dir: &Path) -> anyhow::Error {
    let names: Vec<String> = fs::read_dir(dir)
        .into_iter()
        .flatten()
        .flatten()
        .map(|entry| entry.file_name().to_string_lossy().into_owned())
        .collect();
    let ours = |name: &String| {
        is_generation(name) || name.starts_with(TEMPORARY) || [hold::FILE, GITIGNORE].contains(&name.as_str())
    };
    let dir = dir.to_owned();
    if dir.is_file() || !names.iter().all(ours) {
        return ArchiveError::NotOne(dir).into();
    }
    // A first build that was stopped before its first commit leaves nothing to lose.
    let committed = |name: &&String| is_generation(name) && committed(&dir.join(name));
    match names.iter().find(committed) {
        Some(_) => ArchiveError::Damaged(dir, format!("{CURRENT} is missing")).into(),
        None => ArchiveError::Missing(dir).into(),
    }
}

/// Whether the index of `generation` has a commit of ours.
fn committed(generation: &Path) -> bool {
    let metas = Files::for_reading(generation).ok().and_then(|files| Index::open(files).ok()?.load_metas().ok());
    metas.is_some_and(|metas| metas.payload.is_some())
}

/// All generations at `dir`: the one in use first, if that is known, then the newest.
pub(super) fn generations(dir: &Path) -> Vec<PathBuf> {
    let used = current(dir).ok();
    let entries = fs::read_dir(dir).into_iter().flatten().flatten();
    let entries = entries.filter_map(|entry| Some((number(&entry.file_name().to_string_lossy())?, entry.path())));
    let mut others: Vec<(u64, PathBuf)> = entries.filter(|(_, path)| Some(path) != used.as_ref()).collect();
    others.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
    used.into_iter().chain(others.into_iter().map(|(_, path)| path)).collect()
}

fn number(name: &str) -> Option<u64> {
    name.strip_prefix(GENERATION)?.parse::<u64>().ok().filter(|number| number.to_string() == name[GENERATION.len()..])
}

fn is_generation(name: &str) -> bool {
    number(name).is_some()
}

pub(super) fn next_generation(dir: &Path) -> String {
    let names = fs::read_dir(dir).into_iter().flatten().flatten();
    let numbers = names.filter_map(|e| e.file_name().to_str()?.strip_prefix(GENERATION)?.parse::<u64>().ok());
    format!("{GENERATION}{}", numbers.max().unwrap_or(0) + 1)
}

/// Deletes all generations but the one in use. Searches under way keep their open files; what cannot be deleted now is
/// deleted next time.
pub(super) fn remove_others(dir: &Path, used: &Path) {
    for entry in fs::read_dir(dir).into_iter().flatten().flatten() {
        if is_generation(&entry.file_name().to_string_lossy()) && entry.path() != used {
            fs::remove_dir_all(entry.path()).ok();
        }
    }
}
