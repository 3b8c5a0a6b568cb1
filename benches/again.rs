//! What a further build costs: of a corpus where nothing changed, against walking its folders and nothing else; of one
//! where a hundredth of the files changed, against a full build. `cargo bench --bench again [-- FILES]`.

#![allow(clippy::unwrap_used)]

use std::path::Path;
use std::sync::atomic::AtomicBool;

#[path = "timing/mod.rs"]
mod timing;

use newsidx::build::{self, Options, Progress, Report};
use timing::{RUNS, interleaved};

/// Files in a folder.
const FOLDER: usize = 500;

fn main() {
    let count: usize = std::env::args().filter_map(|arg| arg.parse().ok()).next().unwrap_or(20_000);
    let dir = tempfile::tempdir().unwrap();
    let (corpus, archive) = (dir.path().join("corpus"), dir.path().join("archive"));
    (0..count).for_each(|number| write(&corpus, number, 0));
    let first = build(&archive, &corpus);
    assert_eq!((first.added as usize, first.skipped.len()), (count, 0));
    // Times of files that were changed while they were read are looked at once more.
    build(&archive, &corpus);

    let mut walked = 0;
    let [walk, unchanged] = interleaved([&mut || walked = walk(&corpus), &mut || {
        let report = build(&archive, &corpus);
        assert_eq!((report.unchanged as usize, report.articles), (count, 0));
    }]);
    assert_eq!(walked, count);
    let rate = |time: std::time::Duration| count as f64 / time.as_secs_f64();
    println!("{count} files, medians of {RUNS} interleaved runs\n");
    println!("nothing changed             files/s   against the walk");
    println!("walk alone               {:>10.0} {:>12.2}x time", rate(walk), 1.0);
    println!("build                    {:>10.0} {:>12.2}x time", rate(unchanged), ratio(unchanged, walk));

    let mut version = 0;
    let full = dir.path().join("full");
    let [all, some] = interleaved([
        &mut || {
            std::fs::remove_dir_all(&full).ok();
            build(&full, &corpus);
        },
        &mut || {
            version += 1;
            (0..count).step_by(100).for_each(|number| write(&corpus, number, version));
            assert_eq!(build(&archive, &corpus).changed as usize, count.div_ceil(100));
        },
    ]);
    println!("\none file in a hundred changed: {:.1} % of a full build", ratio(some, all) * 100.0);
}

fn ratio(time: std::time::Duration, base: std::time::Duration) -> f64 {
    time.as_secs_f64() / base.as_secs_f64()
}

fn build(archive: &Path, corpus: &Path) -> Report {
    let stop = AtomicBool::new(false);
    build::run(archive, &[corpus.to_owned()], &Options::default(), &Progress::default(), &stop).unwrap()
}

/// All that any build must do: look at every name, and at size and time of every file.
fn walk(corpus: &Path) -> usize {
    let entries = walkdir::WalkDir::new(corpus).into_iter().flatten().filter(|entry| entry.file_type().is_file());
    entries.filter(|entry| entry.metadata().unwrap().len() > 0).count()
}

fn write(corpus: &Path, number: usize, version: usize) {
    let folder = corpus.join(format!("{:03}", number / FOLDER));
    std::fs::create_dir_all(&folder).unwrap();
    let paragraph = |part: usize| {
        let (a, b) = (number * 7 + part * 13 + version, number * 3 + part);
        format!("Minister{a} of region{b} said on Tuesday that \"the talks in Geneva go on\", number {part}.\n\n")
    };
    let body: String = (0..20).map(paragraph).collect();
    std::fs::write(folder.join(format!("{number}.txt")), format!("Talks, day {number}\n\n{body}")).unwrap();
}
