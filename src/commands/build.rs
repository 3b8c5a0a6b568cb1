//! `newsidx build`: index a corpus, or bring its index up to date.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use anyhow::{Context, Result};

use super::Outcome;
use super::session::Session;
use crate::build::{self, Options, Preview, Progress, Report};
use crate::cli::{Build, How};
use crate::output::plain;
use crate::output::text::{counted, grouped};
use crate::progress;
use crate::read::RecordError;

/// Skipped records printed unless all are asked for.
const SHOWN: usize = 10;

pub(super) fn run(args: &Build, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let (options, stop) = (options(&args.how)?, interrupts()?);
    if args.dry_run {
        return preview(&build::preview(&session.dir(), &args.how.paths, &options, &stop)?, out);
    }
    let report = execute(&options, &args.how.paths, session, &stop)?;
    skipped(&report, args.how.verbose);
    summary(&report, options.rebuild, out)?;
    Ok(outcome(&report))
}

/// What the flags ask for.
pub(super) fn options(args: &How) -> Result<Options> {
    Ok(Options {
        threads: args.threads.map_or_else(|| std::thread::available_parallelism().map_or(1, usize::from), usize::from),
        memory: args.memory as usize * 1_000_000,
        rebuild: args.rebuild,
        retry: args.retry,
        read: super::read_options(args.map.as_deref())?,
        commit_every: Duration::from_secs(args.commit_every),
        likeness: args.dup_threshold.map(|percent| f32::from(percent) / 100.0),
    })
}

/// Builds as `repair` does: from nothing if `rebuild`, with the usual settings.
pub(super) fn again(paths: &[PathBuf], rebuild: bool, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let options = Options { rebuild, ..Options::default() };
    let report = execute(&options, paths, session, &*interrupts()?)?;
    skipped(&report, false);
    summary(&report, rebuild, out)?;
    Ok(outcome(&report))
}

/// Set once Ctrl-C is pressed.
pub(super) fn interrupts() -> Result<Arc<AtomicBool>> {
    let stop = Arc::new(AtomicBool::new(false));
    let handler = Arc::clone(&stop);
    ctrlc::set_handler(move || handler.store(true, Ordering::Relaxed)).context("failed to catch Ctrl-C")?;
    Ok(stop)
}

/// Builds, with a bar.
fn execute(options: &Options, paths: &[PathBuf], session: &Session, stop: &AtomicBool) -> Result<Report> {
    let (counters, done) = (Progress::default(), AtomicBool::new(false));
    std::thread::scope(|scope| {
        let bar = scope.spawn(|| progress::show(&counters, &done));
        let report = build::run(&session.dir(), paths, options, &counters, stop);
        done.store(true, Ordering::Relaxed);
        bar.thread().unpark(); // it must not keep a build that had nothing to do waiting
        report
    })
}

fn outcome(report: &Report) -> Outcome {
    match report.interrupted {
        true => Outcome::Interrupted,
        false if !report.skipped.is_empty() || !report.unreadable.is_empty() => Outcome::Incomplete,
        false => Outcome::Done,
    }
}

/// What a build would do: one line, then a line for each file.
fn preview(preview: &Preview, out: &mut dyn Write) -> Result<Outcome> {
    for error in &preview.unreadable {
        anstream::eprintln!("cannot look into {}", plain(&error.to_string()));
    }
    for (old, new) in &preview.moved_roots {
        writeln!(out, "corpus moved: {} is now {}", plain(old), plain(new))?;
    }
    let lists = [("new", &preview.added), ("changed", &preview.changed), ("again", &preview.retried)];
    let read = lists.iter().map(|(_, list)| list.len()).sum::<usize>() + preview.moved.len();
    writeln!(
        out,
        "would read {} files ({}): {} new, {} changed, {} again after they failed, {} moved; {} gone, {} unchanged",
        grouped(read as u64),
        progress::bytes(preview.bytes),
        grouped(preview.added.len() as u64),
        grouped(preview.changed.len() as u64),
        grouped(preview.retried.len() as u64),
        grouped(preview.moved.len() as u64),
        grouped(preview.removed.len() as u64),
        grouped(preview.unchanged),
    )?;
    for (word, list) in lists {
        list.iter().try_for_each(|path| writeln!(out, "{word:8} {}", plain(path)))?;
    }
    for (old, new) in &preview.moved {
        writeln!(out, "{:8} {} is now {}", "moved", plain(old), plain(new))?;
    }
    preview.removed.iter().try_for_each(|path| writeln!(out, "{:8} {}", "gone", plain(path)))?;
    Ok(if preview.unreadable.is_empty() { Outcome::Done } else { Outcome::Incomplete })
}

/// What was skipped, on stderr: `path:record: reason`.
pub(super) fn skipped(report: &Report, all: bool) {
    let list: Vec<&RecordError> = report.unreadable.iter().chain(&report.skipped).collect();
    let shown = if all { list.len() } else { SHOWN };
    for error in list.iter().take(shown) {
        anstream::eprintln!("skipped {}", plain(&error.to_string()));
    }
    if list.len() > shown {
        anstream::eprintln!("... and {} more; --verbose prints all", grouped((list.len() - shown) as u64));
    }
}

pub(super) fn summary(report: &Report, rebuild: bool, out: &mut dyn Write) -> Result<()> {
    let seconds = report.elapsed.as_secs_f64();
    for (old, new) in &report.moved_roots {
        writeln!(out, "corpus moved: {} is now {}", plain(old), plain(new))?;
    }
    if report.added + report.changed + report.removed + report.moved == 0 && !report.interrupted {
        writeln!(
            out,
            "nothing changed: {}, {} in {} ({} checked in {seconds:.2} s)",
            counted(report.total_articles, "article"),
            counted(report.total_quotes, "quotation"),
            report.dir.display(),
            counted(report.unchanged, "file"),
        )?;
    } else {
        writeln!(
            out,
            "{}, {} from {} ({}) in {seconds:.2} s, {:.1} MB/s",
            counted(report.articles, "article"),
            counted(report.quotes, "quotation"),
            counted(report.added + report.changed + report.moved, "file"),
            progress::bytes(report.bytes),
            report.bytes as f64 / 1e6 / seconds.max(1e-9),
        )?;
        writeln!(out, "files: {}", changes(report))?;
        writeln!(
            out,
            "archive {}: {}, {}, {}",
            report.dir.display(),
            counted(report.total_articles, "article"),
            counted(report.total_quotes, "quotation"),
            progress::bytes(report.size),
        )?;
    }
    reasons(report, out)?;
    if let Some(first) = report.refused_dates.first() {
        let count = grouped(report.refused_dates.len() as u64);
        writeln!(
            out,
            "impossible dates: {count} (in the future or before 1700), such as {}",
            plain(&first.to_string())
        )?;
    }
    if report.interrupted && rebuild {
        writeln!(out, "interrupted: the archive is as it was before")?;
    } else if report.interrupted {
        writeln!(out, "interrupted: what was read so far is in the archive; run `newsidx build` to go on")?;
    }
    Ok(())
}

/// How many files are new, changed and so on, as far as there are any.
pub(super) fn changes(report: &Report) -> String {
    let changes = [
        ("new", report.added),
        ("changed", report.changed),
        ("moved", report.moved),
        ("gone", report.removed),
        ("unchanged", report.unchanged),
    ];
    let parts: Vec<String> =
        changes.iter().filter(|(_, n)| *n > 0).map(|(word, n)| format!("{} {word}", grouped(*n))).collect();
    parts.join(", ")
}

/// Reasons that a summary names, at most.
const REASONS: usize = 6;

/// Why records were skipped, the commonest reason first.
fn reasons(report: &Report, out: &mut dyn Write) -> Result<()> {
    let mut counts: Vec<(&str, u64)> = Vec::new();
    for error in report.unreadable.iter().chain(&report.skipped) {
        let reason = error.reason.split(" at line ").next().unwrap_or_default();
        match counts.iter_mut().find(|(known, _)| *known == reason) {
            Some((_, count)) => *count += 1,
            None => counts.push((reason, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    if !counts.is_empty() {
        let total: u64 = counts.iter().map(|(_, count)| count).sum();
        let mut list: Vec<String> =
            counts.iter().take(REASONS).map(|(reason, n)| format!("{} {}", grouped(*n), plain(reason))).collect();
        let others: u64 = counts.iter().skip(REASONS).map(|(_, count)| count).sum();
        list.extend((others > 0).then(|| format!("{} for other reasons", grouped(others))));
        writeln!(out, "skipped {}: {}", grouped(total), list.join("; "))?;
    }
    if report.skipped_before > 0 {
        writeln!(out, "skipped by an earlier build, unchanged since: {}", grouped(report.skipped_before))?;
    }
    Ok(())
}
