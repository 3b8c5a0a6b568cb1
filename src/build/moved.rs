//! A corpus that lies elsewhere than at the last build: another folder, another disk, another machine. Its files keep
//! their place below the root, so that the root's new path is all there is to change.

use std::fs;
use std::path::{Path, PathBuf};

use crate::index::Manifest;

/// Files of a root that are looked for under the new path.
const SAMPLE: usize = 64;

/// Finds the roots of `manifest` that are gone, among `paths` (absolute) and where they would be if they had moved
/// together with the archive, which is at `dir` and was at `home`. Gives the old and new path of each.
pub(super) fn follow(manifest: &mut Manifest, dir: &Path, home: &str, paths: &[PathBuf]) -> Vec<(String, String)> {
    let mut moved = Vec::new();
    for number in 0..manifest.roots.len() {
        let old = manifest.roots[number].clone();
        if fs::symlink_metadata(&old).is_ok() {
            continue;
        }
        let along = moved_along(&old, dir, home);
        let candidates = paths.iter().cloned().chain(along);
        let fits = |new: &PathBuf| {
            new.is_dir() && !manifest.roots.iter().any(|root| Path::new(root) == new) && holds(manifest, number, new)
        };
        if let Some(new) = candidates.into_iter().find(fits) {
            let new = new.to_string_lossy().into_owned();
            manifest.roots[number].clone_from(&new);
            moved.push((old, new));
        }
    }
    moved
}

/// Where the root `old` is if it moved together with the archive.
fn moved_along(old: &str, dir: &Path, home: &str) -> Option<PathBuf> {
    let below = Path::new(old).strip_prefix(Path::new(home).parent()?).ok()?;
    Some(dir.canonicalize().ok()?.parent()?.join(below)).filter(|_| !home.is_empty())
}

/// Whether most files of root `number`, as far as a sample shows, are below `new` with the size they had.
fn holds(manifest: &Manifest, number: usize, new: &Path) -> bool {
    let mut files: Vec<(u64, &str, u64)> = manifest
        .files
        .iter()
        .filter(|(_, entry)| usize::from(entry.root) == number)
        .map(|(key, entry)| (*key, entry.path.as_str(), entry.size))
        .collect();
    // Keys are hashes: the lowest are a sample of all.
    files.sort_unstable();
    files.truncate(SAMPLE);
    let same = |(_, path, size): &&(u64, &str, u64)| fs::metadata(new.join(path)).is_ok_and(|meta| meta.len() == *size);
    let found = files.iter().filter(same).count();
    found > 0 && found * 2 >= files.len()
}
