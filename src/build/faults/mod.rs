//! Builds on a disk that fails, at each of its operations in turn: the archive holds exactly one of the states that
//! were committed, and the next build completes it.
//!
//! All operations take some minutes: `NEWSIDX_FAULTS=all` tries them, else every 61st is tried, and the last few.

#![allow(clippy::unwrap_used)]

mod disk;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::atomic::AtomicBool;
use std::time::Duration;

use tantivy::schema::Value;
use tantivy::{IndexReader, ReloadPolicy, TantivyDocument};
use xxhash_rust::xxh3::xxh3_64;

use self::disk::{Fate, Fault};
use super::{Options, Progress, Report, run_on};
use crate::index::document::Stored;
use crate::index::{Archive, ArchiveError, Disk, check};

/// One operation in so many is tried unless all are asked for.
const STRIDE: usize = 61;
/// So many of the last operations are always tried.
const LAST: usize = 8;

/// A corpus that an archive is behind of.
struct Scene {
    dir: tempfile::TempDir,
    /// Titles of the articles of each content that a file ever had, by the hash of it.
    titles: BTreeMap<u64, Vec<String>>,
    /// Titles when all is done.
    last: Vec<String>,
}

fn article(title: &str) -> String {
    format!("---\ntitle: {title}\n---\nThe minister said in Geneva that \"talks on {title} go on\" this week.\n")
}

fn record(title: &str) -> String {
    format!("{{\"title\":\"{title}\",\"body\":\"Zebras of {title} came to Geneva today, said the mayor there.\"}}\n")
}

impl Scene {
    /// `before` is built, then `after` put in its place; each a list of files with the titles of their articles.
    fn new(before: &[(&str, &[&str])], after: &[(&str, &[&str])]) -> Scene {
        let dir = tempfile::tempdir().unwrap();
        let mut scene = Scene { dir, titles: BTreeMap::new(), last: Vec::new() };
        scene.put(before);
        if !before.is_empty() {
            scene.build(&Disk::default(), &scene.base(), false).unwrap();
        }
        fs::remove_dir_all(scene.corpus()).ok();
        scene.put(after);
        scene.last = after.iter().flat_map(|(_, titles)| titles.iter().map(|title| (*title).to_owned())).collect();
        scene.last.sort();
        scene
    }

    fn put(&mut self, files: &[(&str, &[&str])]) {
        fs::create_dir_all(self.corpus()).unwrap();
        for (name, titles) in files {
            let many = name.ends_with("jsonl");
            let text: String = titles.iter().map(|title| if many { record(title) } else { article(title) }).collect();
            fs::write(self.corpus().join(name), &text).unwrap();
            let titles = titles.iter().map(|title| (*title).to_owned()).collect();
            self.titles.insert(xxh3_64(text.as_bytes()), titles);
        }
    }

    fn corpus(&self) -> PathBuf {
        self.dir.path().join("corpus")
    }

    fn base(&self) -> PathBuf {
        self.dir.path().join("base")
    }

    fn build(&self, disk: &Disk, archive: &Path, rebuild: bool) -> anyhow::Result<Report> {
        // A commit after each file.
        let options =
            Options { threads: 1, memory: 15_000_000, rebuild, commit_every: Duration::ZERO, ..Options::default() };
        let stop = AtomicBool::new(false);
        run_on(disk, archive, &[self.corpus()], &options, &Progress::default(), &stop)
    }

    /// A fresh copy of the archive as it was before.
    fn copy(&self) -> PathBuf {
        let copy = self.dir.path().join("try");
        fs::remove_dir_all(&copy).ok();
        for entry in walkdir::WalkDir::new(self.base()).into_iter().flatten() {
            let target = copy.join(entry.path().strip_prefix(self.base()).unwrap());
            match entry.file_type().is_dir() {
                true => fs::create_dir_all(target).unwrap(),
                false => drop(fs::copy(entry.path(), target).unwrap()),
            }
        }
        copy
    }

    /// Titles of the articles in the archive at `dir`, in order; it must hold exactly what its manifest says.
    fn titles(&self, dir: &Path) -> Vec<String> {
        let (archive, manifest) = match Archive::open_with_manifest(dir) {
            Ok(opened) => opened,
            Err(error) => {
                let missing = matches!(error.downcast_ref(), Some(ArchiveError::Missing(_)));
                assert!(missing && !self.base().exists(), "{error:#}");
                return Vec::new();
            }
        };
        let held = titles_of(&archive);
        let mut said: Vec<String> =
            manifest.files.values().flat_map(|entry| self.titles[&entry.hash].iter().cloned()).collect();
        said.sort();
        assert_eq!(held, said);
        let payload = archive.payload.as_ref().unwrap();
        assert_eq!((payload.articles, payload.quotes), manifest.totals());
        assert_eq!(payload.articles as usize, held.len());
        let checked = check::check(dir).unwrap();
        assert!(checked.is_sound(), "{:?}", checked.findings);
        held
    }
}

fn titles_of(archive: &Archive) -> Vec<String> {
    let mut titles = Vec::new();
    let reader: IndexReader = archive.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().unwrap();
    for reader in reader.searcher().segment_readers() {
        let store = reader.get_store_reader(1).unwrap();
        for doc in reader.doc_ids_alive() {
            let document: TantivyDocument = store.get(doc).unwrap();
            let bytes = document.get_first(archive.fields.stored).and_then(|value| value.as_bytes());
            let stored = bytes.and_then(|bytes| Stored::from_bytes(bytes).ok());
            titles.extend(stored.and_then(|stored| stored.article.title));
        }
    }
    titles.sort();
    titles
}

/// Tries a fault at the operations of a build, the last ones of all among them; gives how many were tried.
fn try_all(scene: &Scene, rebuild: bool) -> usize {
    let stride = if std::env::var("NEWSIDX_FAULTS").is_ok_and(|value| value == "all") { 1 } else { STRIDE };
    let mut tried = 0;
    let faults = [Fault::Full, Fault::Quota, Fault::Dead, Fault::PowerLoss];
    for (nth, fault) in faults.into_iter().enumerate() {
        let (whole, dir) = (Fate::new(fault, usize::MAX), scene.copy());
        scene.build(&whole.disk(&dir), &dir, rebuild).unwrap();
        let total = whole.operations();
        let last = (total.saturating_sub(LAST)..=total).filter(|at| stride > 1 && *at > 0);
        for at in (1 + nth * stride / faults.len()..=total).step_by(stride).chain(last) {
            let fate = Fate::new(fault, at);
            let struck = try_one(scene, rebuild, &fate, fault);
            tried += usize::from(struck.unwrap_or_else(|error| panic!("{fault:?} at {at} of {total}: {error}")));
        }
    }
    tried
}

/// Whether the build got as far as the fault.
fn try_one(scene: &Scene, rebuild: bool, fate: &std::sync::Arc<Fate>, fault: Fault) -> Result<bool, String> {
    let dir = scene.copy();
    let before = scene.titles(&dir);
    let built = scene.build(&fate.disk(&dir), &dir, rebuild);
    if !fate.has_struck() {
        built.map_err(|error| format!("without a fault: {error:#}"))?;
        return Ok(false);
    }
    if fault == Fault::PowerLoss {
        fate.restore(&dir);
    }
    let after = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| scene.titles(&dir)));
    let after = after.map_err(|_| "the archive is not in one of its states".to_owned())?;
    match built {
        Ok(_) if after != scene.last => return Err("a build that was cut short says that it is done".to_owned()),
        Err(error) => {
            let said = format!("{error:#}");
            if !said.contains(&format!("(os error {})", fault.code())) {
                return Err(format!("the message does not say what failed: {said}"));
            }
        }
        Ok(_) => {}
    }
    if rebuild && after != before && after != scene.last {
        return Err(format!("half a rebuild is in use: {after:?}"));
    }
    scene.build(&Disk::default(), &dir, false).map_err(|error| format!("the next build: {error:#}"))?;
    let last = scene.titles(&dir);
    if last != scene.last {
        return Err(format!("the next build left {last:?}"));
    }
    Ok(true)
}

const BEFORE: &[(&str, &[&str])] =
    &[("a.md", &["a one"]), ("b.md", &["b one"]), ("c.md", &["c one"]), ("many.jsonl", &["m one", "m two", "m three"])];
const AFTER: &[(&str, &[&str])] = &[
    ("a.md", &["a one"]),
    ("b.md", &["b two"]),
    ("d.md", &["d one"]),
    ("many.jsonl", &["m one", "m three", "m four", "m five"]),
];

#[test]
fn a_failing_disk_leaves_an_update_at_one_of_its_commits() {
    let tried = try_all(&Scene::new(BEFORE, AFTER), false);
    println!("{tried} faults in an update");
    assert!(tried > 20, "{tried}");
}

#[test]
fn a_failing_disk_leaves_a_first_build_at_one_of_its_commits() {
    let tried = try_all(&Scene::new(&[], AFTER), false);
    println!("{tried} faults in a first build");
    assert!(tried > 20, "{tried}");
}

#[test]
fn a_failing_disk_leaves_the_old_archive_or_the_rebuilt_one() {
    let tried = try_all(&Scene::new(BEFORE, AFTER), true);
    println!("{tried} faults in a rebuild");
    assert!(tried > 20, "{tried}");
}
