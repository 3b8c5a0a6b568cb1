//! The manifest: which files the archive was built from, and what became of each. Written before the commit that names
//! it, so that index and manifest can never disagree.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};
use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};
use xxhash_rust::xxh3::xxh3_64;

use crate::when::Order;

/// Everything that is known of the corpus.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Manifest {
    /// The folders (or files) it was built from, absolute.
    pub roots: Vec<String>,
    /// One entry a file, by key.
    pub files: FxHashMap<u64, FileEntry>,
    /// Marks of lines that are furniture of their source, in rising order; see [`super::recurring`].
    pub furniture: Vec<u64>,
    /// The mapping file that the fields were read with, as it was; empty if there was none.
    pub map: String,
}

/// One file.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct FileEntry {
    /// Which root it is below.
    pub root: u16,
    /// Its path below the root, parts joined by `/`.
    pub path: String,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last changed, in nanoseconds since 1970.
    pub modified: i64,
    /// Hash of its bytes.
    pub hash: u64,
    /// Articles read from it.
    pub articles: u32,
    /// Quotations found in them.
    pub quotes: u32,
    /// What was skipped.
    pub skipped: Vec<Skipped>,
    /// What its dates in numbers show of their sources.
    pub orders: Vec<SourceOrder>,
    /// Which reading of it the index holds, counted from 0. A new reading stands beside the old one until it is whole.
    pub reading: u32,
}

/// What the dates in numbers of one file show of one source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct SourceOrder {
    /// A hash of the source.
    pub source: u64,
    /// Dates that can only have the day first.
    pub day_first: u32,
    /// Dates that can only have the month first.
    pub month_first: u32,
    /// Dates that can be read both ways.
    pub ambiguous: u32,
    /// The order those were read in.
    pub read_as: Order,
}

/// A record that was skipped.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Skipped {
    /// Where in the file, if it is an archive: `!/week-03/a.html`; else empty.
    pub member: String,
    /// The record, if one was skipped and not the file.
    pub record: Option<u32>,
    /// Why.
    pub reason: String,
}

/// What the index knows the articles of reading number `reading` of file `key` by.
pub fn reading_key(key: u64, reading: u32) -> u64 {
    let mut bytes = [0; 12];
    bytes[..8].copy_from_slice(&key.to_le_bytes());
    bytes[8..].copy_from_slice(&reading.to_le_bytes());
    xxh3_64(&bytes)
}

/// The key of the file at `path` below root number `root`.
pub fn file_key(root: u16, path: &str) -> u64 {
    xxh3_64(format!("{root}/{path}").as_bytes())
}

impl Manifest {
    /// As it is written: a checksum, then all of it, packed.
    ///
    /// # Errors
    /// None known: serialising plain data to memory.
    pub fn to_bytes(&self) -> Result<Vec<u8>> {
        let packed = zstd::encode_all(postcard::to_stdvec(self)?.as_slice(), 1)?;
        let mut bytes = xxh3_64(&packed).to_le_bytes().to_vec();
        bytes.extend(packed);
        Ok(bytes)
    }

    /// Reads it back.
    ///
    /// # Errors
    /// When the file cannot be read, or is not as it was written.
    pub fn read(path: &Path) -> Result<Manifest> {
        let context = || format!("failed to read {}", path.display());
        let bytes = fs::read(path).with_context(context)?;
        Manifest::from_bytes(&bytes).with_context(context)
    }

    /// From what [`Manifest::to_bytes`] gave.
    ///
    /// # Errors
    /// When it is not as it was written.
    pub fn from_bytes(bytes: &[u8]) -> Result<Manifest> {
        let (sum, packed) = bytes.split_first_chunk::<8>().context("it is cut short")?;
        if xxh3_64(packed) != u64::from_le_bytes(*sum) {
            bail!("its checksum differs");
        }
        Ok(postcard::from_bytes(&zstd::decode_all(packed)?)?)
    }

    /// Hash of the paths and contents of all files, in whichever order they were read.
    pub fn content(&self) -> u64 {
        let mut files: Vec<(&str, u64)> = self.files.values().map(|file| (file.path.as_str(), file.hash)).collect();
        files.sort_unstable();
        let all: String = files.iter().map(|(path, hash)| format!("{path}\0{hash:016x}\n")).collect();
        xxh3_64(all.as_bytes())
    }

    /// What could not be read, in the order of paths: `path:record: reason`.
    pub fn failed(&self) -> Vec<String> {
        let mut failed: Vec<(String, Option<u32>, &str)> = Vec::new();
        for file in self.files.values() {
            let place = |skipped: &Skipped| format!("{}{}", file.path, skipped.member);
            failed.extend(file.skipped.iter().map(|one| (place(one), one.record, one.reason.as_str())));
        }
        failed.sort_unstable();
        let line = |(path, record, reason): (String, Option<u32>, &str)| match record {
            Some(record) => format!("{path}:{record}: {reason}"),
            None => format!("{path}: {reason}"),
        };
        failed.into_iter().map(line).collect()
    }

    /// Articles and quotations of all files.
    pub fn totals(&self) -> (u64, u64) {
        let add = |(a, q): (u64, u64), f: &FileEntry| (a + u64::from(f.articles), q + u64::from(f.quotes));
        self.files.values().fold((0, 0), add)
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_as_written_and_notices_damage() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join("manifest");
        let mut manifest = Manifest { roots: vec!["/corpus".into()], ..Manifest::default() };
        let entry = FileEntry {
            root: 0,
            path: "a.txt".into(),
            size: 10,
            modified: -1,
            hash: 7,
            articles: 2,
            quotes: 3,
            skipped: vec![Skipped { member: String::new(), record: Some(4), reason: "no body".into() }],
            orders: vec![SourceOrder { source: 5, ambiguous: 1, ..SourceOrder::default() }],
            reading: 1,
        };
        manifest.files.insert(file_key(0, "a.txt"), entry);
        let good = manifest.to_bytes().unwrap();
        fs::write(&path, &good).unwrap();
        assert_eq!(Manifest::read(&path).unwrap(), manifest);
        assert_eq!(manifest.totals(), (2, 3));
        for at in 0..good.len() {
            for bit in 0..8 {
                let mut bad = good.clone();
                bad[at] ^= 1 << bit;
                assert!(Manifest::from_bytes(&bad).is_err(), "byte {at}, bit {bit}");
            }
            assert!(Manifest::from_bytes(&good[..at]).is_err(), "cut at {at}");
        }
    }

    proptest::proptest! {
        #[test]
        fn any_bytes_under_a_right_checksum_are_a_manifest_or_refused(data: Vec<u8>) {
            let packed = zstd::encode_all(data.as_slice(), 1).unwrap();
            let bytes = [&xxh3_64(&packed).to_le_bytes()[..], packed.as_slice()].concat();
            if let Ok(manifest) = Manifest::from_bytes(&bytes) {
                assert_eq!(Manifest::from_bytes(&manifest.to_bytes().unwrap()).unwrap(), manifest);
            }
            assert!(Manifest::from_bytes(&data).is_err());
        }
    }
}
