//! What a build would do.

use std::path::Path;

use rustc_hash::FxHashMap;

use super::task::Task;
use super::walk::Found;
use super::work::hash_of;
use crate::index::manifest::{FileEntry, file_key};
use crate::read::RecordError;

/// What a build would do; paths are below their root, in order.
#[derive(Debug, Default)]
pub struct Preview {
    /// Files to be read because they are new.
    pub added: Vec<String>,
    /// Files to be read again because they changed.
    pub changed: Vec<String>,
    /// Files to be read again because they failed before.
    pub retried: Vec<String>,
    /// Files that have another path than before: the old, the new.
    pub moved: Vec<(String, String)>,
    /// Files that are gone, whose articles would go with them.
    pub removed: Vec<String>,
    /// Files left as they are.
    pub unchanged: u64,
    /// Bytes to be read.
    pub bytes: u64,
    /// Folders that were found under another path than before: the old, the new.
    pub moved_roots: Vec<(String, String)>,
    /// What cannot be looked into.
    pub unreadable: Vec<RecordError>,
}

pub(super) fn of(task: Task) -> Preview {
    let Task { manifest, plan, options, again, moved_roots } = task;
    let (unchanged, unreadable) = (plan.unchanged, plan.unreadable);
    let mut preview = Preview { unchanged, moved_roots, unreadable, ..Preview::default() };
    let mut gone: FxHashMap<(u64, u64), Vec<&FileEntry>> = FxHashMap::default();
    for entry in plan.gone.iter().filter_map(|key| manifest.files.get(key)) {
        gone.entry((entry.size, entry.hash)).or_default().push(entry);
    }
    for found in plan.read {
        match manifest.files.get(&file_key(found.root, &found.path)) {
            Some(entry) if !again && is_as_it_was(&found, entry) => {
                if !options.retry || entry.skipped.is_empty() {
                    preview.unchanged += 1;
                    continue;
                }
                preview.retried.push(found.path);
            }
            Some(_) => preview.changed.push(found.path),
            None => match moved_from(&found, &mut gone) {
                Some(old) => preview.moved.push((old, found.path)),
                None => preview.added.push(found.path),
            },
        }
        preview.bytes += found.size;
    }
    preview.removed = gone.into_values().flatten().map(|entry| entry.path.clone()).collect();
    for list in [&mut preview.added, &mut preview.changed, &mut preview.retried, &mut preview.removed] {
        list.sort();
    }
    preview.moved.sort();
    preview
}

/// Whether a file has the time it had, or the content it had and only another time.
fn is_as_it_was(found: &Found, entry: &FileEntry) -> bool {
    found.size == entry.size && (found.modified == entry.modified || hash(&found.file) == Some(entry.hash))
}

/// The path that a new file had before, if it is one of those gone.
fn moved_from(found: &Found, gone: &mut FxHashMap<(u64, u64), Vec<&FileEntry>>) -> Option<String> {
    if !gone.keys().any(|(size, _)| *size == found.size) {
        return None;
    }
    Some(gone.get_mut(&(found.size, hash(&found.file)?))?.pop()?.path.clone())
}

fn hash(path: &Path) -> Option<u64> {
    hash_of(path).ok()
}
