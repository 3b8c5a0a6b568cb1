//! The seal of the index's own lists (`meta.json`, `.managed.json`): a checksum behind their text, and in `meta.json`
//! the size and checksum of every file that the commit consists of. The engine has a checksum in each data file, but
//! none over its lists, and none that tells that a file is of this commit.

use std::collections::BTreeMap;

use serde::Deserialize;
use xxhash_rust::xxh3::xxh3_64;

/// Before the checksum on the last line.
const SEAL: &str = "seal ";
/// Before the name, size and checksum of a file.
const FILE: &str = "file ";
/// Bytes of the last line: its word, 16 hex digits, the line feed.
const LINE: usize = SEAL.len() + 17;

/// What a file holds, as it was written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sum {
    /// Bytes.
    pub size: u64,
    /// [`xxh3_64`] of them.
    pub hash: u64,
}

/// Files by name.
pub type Sums = BTreeMap<String, Sum>;

/// `text` with the sums of `files` and a seal behind it.
pub fn seal<'a>(text: &[u8], files: impl Iterator<Item = (&'a String, &'a Sum)>) -> Vec<u8> {
    let mut sealed = text.to_vec();
    for (name, sum) in files {
        sealed.extend(format!("{FILE}{name} {} {:016x}\n", sum.size, sum.hash).into_bytes());
    }
    let hash = xxh3_64(&sealed);
    sealed.extend(format!("{SEAL}{hash:016x}\n").into_bytes());
    sealed
}

/// Whether there is a seal behind `sealed`, right or wrong.
pub fn is_sealed(sealed: &[u8]) -> bool {
    sealed.len() >= LINE && sealed[sealed.len() - LINE..].starts_with(SEAL.as_bytes())
}

/// The text and the sums in `sealed`; `None` if they are not as they were written.
pub fn open(sealed: &[u8]) -> Option<(&[u8], Sums)> {
    let (rest, line) = sealed.split_at_checked(sealed.len().checked_sub(LINE)?)?;
    if line != format!("{SEAL}{:016x}\n", xxh3_64(rest)).as_bytes() {
        return None;
    }
    let mut sums = Sums::new();
    let mut text = rest;
    while let Some(line) = last_line(text).and_then(|line| line.strip_prefix(FILE)) {
        let mut parts = line.rsplitn(3, ' ');
        let hash = u64::from_str_radix(parts.next()?, 16).ok()?;
        let size = parts.next()?.parse().ok()?;
        sums.insert(parts.next()?.to_owned(), Sum { size, hash });
        text = text.get(..text.len() - FILE.len() - line.len() - 1)?;
    }
    Some((text, sums))
}

/// The last line of `text`, which ends in a line feed, without it.
fn last_line(text: &[u8]) -> Option<&str> {
    let text = text.strip_suffix(b"\n")?;
    let start = text.iter().rposition(|byte| *byte == b'\n').map_or(0, |at| at + 1);
    std::str::from_utf8(text.get(start..)?).ok()
}

/// What `meta.json` says of the files of a segment.
#[derive(Deserialize)]
struct Segment {
    segment_id: String,
    deletes: Option<Deletes>,
}

#[derive(Deserialize)]
struct Deletes {
    opstamp: u64,
}

#[derive(Deserialize)]
struct Meta {
    segments: Vec<Segment>,
}

/// Which files belong to the segments of a `meta.json`; nothing if it cannot be read.
pub struct Living(Vec<(String, Option<u64>)>);

impl Living {
    /// Those of the segments listed in `meta`, its text without a seal.
    pub fn of(meta: &[u8]) -> Living {
        let segments = serde_json::from_slice::<Meta>(meta).map(|meta| meta.segments).unwrap_or_default();
        let file = |segment: Segment| (segment.segment_id.replace('-', ""), segment.deletes.map(|d| d.opstamp));
        Living(segments.into_iter().map(file).collect())
    }

    /// What the names of the files of each segment begin with.
    pub fn segments(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(id, _)| id.as_str())
    }

    /// Whether the file `name` is one of them.
    pub fn has(&self, name: &str) -> bool {
        self.0.iter().any(|(id, deletes)| {
            let Some(ending) = name.strip_prefix(id.as_str()).and_then(|rest| rest.strip_prefix('.')) else {
                return false;
            };
            match ending.strip_suffix(".del") {
                Some(opstamp) => deletes.is_some_and(|known| opstamp.parse() == Ok(known)),
                None => ending != "store.temp",
            }
        })
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn comes_back_as_written_and_no_byte_can_change() {
        let text = b"{\n  \"segments\": []\n}\n";
        let sums: Sums = [("a.idx", 7, 1), ("b.store", 0, u64::MAX)]
            .map(|(name, size, hash)| (name.to_owned(), Sum { size, hash }))
            .into();
        let sealed = seal(text, sums.iter());
        assert!(is_sealed(&sealed) && !is_sealed(text));
        assert_eq!(open(&sealed).unwrap(), (&text[..], sums));
        for at in 0..sealed.len() {
            for bit in 0..8 {
                let mut bad = sealed.clone();
                bad[at] ^= 1 << bit;
                assert!(open(&bad).is_none(), "byte {at}, bit {bit}");
            }
            assert!(open(&sealed[..at]).is_none(), "cut at {at}");
        }
    }

    #[test]
    fn files_of_segments() {
        let meta = br#"{"segments":[{"segment_id":"aa-bb","max_doc":1,"deletes":{"num_deleted_docs":1,"opstamp":7}},
            {"segment_id":"cc","max_doc":1,"deletes":null}],"opstamp":9}"#;
        let living = Living::of(meta);
        for name in ["aabb.idx", "aabb.7.del", "cc.store"] {
            assert!(living.has(name), "{name}");
        }
        for name in ["aabb.5.del", "cc.7.del", "cc.store.temp", "dd.idx", "aabbc.idx", "manifest-1"] {
            assert!(!living.has(name), "{name}");
        }
    }
}
