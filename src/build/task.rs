//! What a build has to do, worked out before anything is written.

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use anyhow::{Context, Result, bail};

use super::plan::{self, Plan};
use super::{Options, moved, walk};
use crate::index::Manifest;
use crate::index::archive::Known;
use crate::read::map::Map;

/// What a build is asked for.
pub(super) struct Ask<'a> {
    /// Where the archive is, or is to be.
    pub(super) dir: &'a Path,
    /// What to build from, absolute; all roots if there are none.
    pub(super) paths: &'a [PathBuf],
    pub(super) options: &'a Options,
    pub(super) stop: &'a AtomicBool,
}

/// What a build has to do.
pub(super) struct Task {
    /// What is known of the corpus, its roots as they are now.
    pub(super) manifest: Manifest,
    pub(super) plan: Plan,
    pub(super) options: Options,
    /// Whether all files must be read again, though they did not change.
    pub(super) again: bool,
    /// Roots that were found under another path: the old, the new.
    pub(super) moved_roots: Vec<(String, String)>,
}

/// The paths as the walk wants them.
///
/// # Errors
/// When one is not there or neither a file nor a folder, or there is none at all and no archive that could know some.
pub(super) fn absolute(paths: &[PathBuf], has_archive: bool) -> Result<Vec<PathBuf>> {
    if paths.is_empty() && !has_archive {
        bail!(walk::NO_PATHS);
    }
    paths.iter().map(|path| whole_path(path).with_context(|| format!("failed to read {}", path.display()))).collect()
}

fn whole_path(path: &Path) -> Result<PathBuf> {
    let path = path.canonicalize()?;
    if !path.is_file() && !path.is_dir() {
        bail!("it is neither a file nor a folder");
    }
    Ok(path)
}

impl Task {
    /// Walks the corpus, and compares what is there with what is `known` to the archive.
    ///
    /// # Errors
    /// When there is nothing to build from, or the mapping file of the last build is no longer read.
    pub(super) fn new(ask: &Ask, known: Known) -> Result<Task> {
        let Ask { dir, paths, options, stop } = *ask;
        let Known { mut manifest, home } = known;
        let mut options = options.clone();
        let again = take_map(&mut options, &mut manifest)?;
        let moved_roots = moved::follow(&mut manifest, dir, &home, paths);
        if options.rebuild {
            // They told whether the corpus moved; all else is worked out anew.
            let Manifest { roots, map, .. } = manifest;
            manifest = Manifest { roots, map, ..Manifest::default() };
        }
        if options.rebuild
            && paths.is_empty()
            && let Some(root) = manifest.roots.iter().find(|root| fs::symlink_metadata(root).is_err())
        {
            // It would put an archive without these articles in the place of one that has them.
            bail!("{root} is not there: connect it, or name where it is now; the archive is as it was");
        }
        let scopes = walk::scopes(paths, &mut manifest.roots)?;
        let walked = walk::files(&scopes, dir, stop);
        let plan = plan::make(&manifest, &scopes, walked, options.retry, again);
        Ok(Task { manifest, plan, options, again, moved_roots })
    }

    /// Whether there is nothing to do.
    pub(super) fn is_empty(&self) -> bool {
        self.plan.is_empty() && self.moved_roots.is_empty()
    }
}

/// Sees to the mapping file: the one given, else that of the last build. Gives whether it is another than then, so that
/// all files must be read again, though they did not change.
fn take_map(options: &mut Options, manifest: &mut Manifest) -> Result<bool> {
    match &options.read.map {
        Some(map) => {
            let again = map.text != manifest.map && !manifest.files.is_empty();
            manifest.map.clone_from(&map.text);
            return Ok(again);
        }
        None if !manifest.map.is_empty() => options.read.map = Some(Arc::new(Map::parse(&manifest.map)?)),
        None => {}
    }
    Ok(false)
}
