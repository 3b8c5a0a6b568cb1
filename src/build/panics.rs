//! A panic in the work on one record, as the text of a test asks for it, costs that record: the rest is in the archive,
//! and what failed is known by name, to the report and to the manifest.

#![allow(clippy::unwrap_used)]

use std::fs;
use std::path::Path;
use std::sync::atomic::AtomicBool;
use std::time::{Duration, SystemTime};

use super::{Options, Progress, Report, run};
use crate::index::{Archive, check};

fn record(title: &str, text: &str) -> String {
    format!("{{\"title\":\"{title}\",\"body\":\"Zebras of {title} {text}, said the mayor of Geneva there.\"}}\n")
}

fn build(dir: &Path, retry: bool) -> Report {
    let options = Options { retry, threads: 2, memory: 30_000_000, ..Options::default() };
    let stop = AtomicBool::new(false);
    run(&dir.join("index"), &[dir.join("corpus")], &options, &Progress::default(), &stop).unwrap()
}

#[test]
fn a_panic_costs_the_record_only() {
    const READING: &str = "reading it failed inside newsidx; please report it";
    const EXTRACTION: &str = "extraction failed inside newsidx; please report it";
    let dir = tempfile::tempdir().unwrap();
    let write = |name: &str, text: String| {
        fs::create_dir_all(dir.path().join("corpus")).unwrap();
        let path = dir.path().join("corpus").join(name);
        fs::write(&path, text).unwrap();
        // A file as young as the build that reads it is read again.
        let file = fs::File::options().write(true).open(path).unwrap();
        file.set_modified(SystemTime::now() - Duration::from_secs(60)).unwrap();
    };
    let came = "came to town";
    let lines = [came, "trips the reading", came, "trips the extraction", came].map(|text| record("lines", text));
    write("many.jsonl", lines.concat());
    write("reading.md", "Its text trips the reading of it, said the mayor.\n".to_owned());
    write("extraction.md", "Its text trips the extraction, said the mayor.\n".to_owned());
    write("good.jsonl", record("good", came).repeat(2));
    let report = build(dir.path(), false);
    let said: Vec<String> = report.skipped.iter().map(ToString::to_string).collect();
    let want = [
        format!("extraction.md: {EXTRACTION}"),
        format!("many.jsonl:2: {READING}"),
        format!("many.jsonl:4: {EXTRACTION}"),
        format!("reading.md: {READING}"),
    ];
    assert_eq!((said, report.articles, report.total_articles), (want.to_vec(), 5, 5));
    let (archive, manifest) = Archive::open_with_manifest(&dir.path().join("index")).unwrap();
    let mut kept: Vec<String> = manifest
        .files
        .values()
        .flat_map(|file| {
            file.skipped.iter().map(|skipped| {
                let record = skipped.record.map(|record| format!(":{record}")).unwrap_or_default();
                format!("{}{record}: {}", file.path, skipped.reason)
            })
        })
        .collect();
    kept.sort();
    assert_eq!(kept, want);
    assert_eq!(archive.index.reader().unwrap().searcher().num_docs(), 5);
    assert!(check::check(&dir.path().join("index")).unwrap().findings.is_empty());
    // It is remembered, and tried again when asked for.
    assert_eq!((build(dir.path(), false).skipped_before, build(dir.path(), true).skipped.len()), (4, 4));
    write("many.jsonl", record("mended", came));
    assert_eq!(build(dir.path(), false).total_articles, 4 - 1);
}
