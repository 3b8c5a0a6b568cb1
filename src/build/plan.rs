//! What a build has to do: the files found, against the manifest.

use rustc_hash::FxHashSet;
use tantivy::{IndexWriter, Term};

use super::walk::{Found, Scope, Walked};
use crate::index::manifest::file_key;
use crate::index::{Fields, Manifest};
use crate::read::RecordError;

/// What to do.
#[derive(Debug, Default)]
pub(super) struct Plan {
    /// Files to read: new or changed.
    pub(super) read: Vec<Found>,
    /// Keys of files that are gone.
    pub(super) gone: Vec<u64>,
    /// Files as they were.
    pub(super) unchanged: u64,
    /// What could not be looked into.
    pub(super) unreadable: Vec<RecordError>,
    /// Whether not all was looked at.
    pub(super) interrupted: bool,
}

impl Plan {
    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.read.is_empty() && self.gone.is_empty()
    }
}

/// Compares what the walk found in `scopes` with `manifest`; with `again`, everything found is to be read.
pub(super) fn make(manifest: &Manifest, scopes: &[Scope], walked: Walked, retry: bool, again: bool) -> Plan {
    let mut plan = Plan { unreadable: walked.unreadable, interrupted: walked.interrupted, ..Plan::default() };
    let mut seen: FxHashSet<u64> = FxHashSet::default();
    for found in walked.files {
        let key = file_key(found.root, &found.path);
        if !seen.insert(key) {
            continue; // named twice
        }
        let known = manifest.files.get(&key);
        let same = known.is_some_and(|entry| entry.size == found.size && entry.modified == found.modified);
        let failed = retry && known.is_some_and(|entry| !entry.skipped.is_empty());
        if same && !failed && !again {
            plan.unchanged += 1;
        } else {
            plan.read.push(found);
        }
    }
    plan.read.sort_unstable_by(|a, b| (a.root, &a.path).cmp(&(b.root, &b.path)));
    plan.unreadable.sort_by(|a, b| (&a.path, &a.reason).cmp(&(&b.path, &b.reason)));
    if walked.interrupted {
        return plan; // what was not seen is not gone
    }
    let missing = manifest.files.iter().filter(|(key, entry)| {
        let file = || scopes.iter().find(|scope| scope.root == entry.root).map(|scope| scope.base.join(&entry.path));
        !seen.contains(key)
            && scopes.iter().any(|scope| scope.holds(entry.root, &entry.path))
            && !file().is_some_and(|file| walked.unknown.iter().any(|unknown| file.starts_with(unknown)))
    });
    plan.gone = missing.map(|(key, _)| *key).collect();
    plan
}

/// Deletes what is gone from index and manifest; gives the size and hash of each file.
pub(super) fn forget_gone(
    plan: &Plan,
    manifest: &mut Manifest,
    writer: &IndexWriter,
    fields: &Fields,
) -> Vec<(u64, u64)> {
    let mut gone = Vec::new();
    for key in &plan.gone {
        writer.delete_term(Term::from_field_u64(fields.file, *key));
        gone.extend(manifest.files.remove(key).map(|entry| (entry.size, entry.hash)));
    }
    gone
}
