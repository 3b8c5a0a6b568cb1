//! The progress bar of a build: the only file that knows indicatif. Hidden when stderr is no terminal.

use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use indicatif::{HumanBytes, HumanCount, ProgressBar, ProgressStyle};

use crate::build::Progress;

/// Time between two looks at the numbers.
const TICK: Duration = Duration::from_millis(120);

/// Shows `progress` on stderr until `done` is set. Runs on a thread of its own, to be unparked then.
pub fn show(progress: &Progress, done: &AtomicBool) {
    let bar = ProgressBar::new_spinner();
    let style = ProgressStyle::with_template(
        "{spinner} {msg}  {bar:24.cyan/dim}  {bytes} of {total_bytes}  {binary_bytes_per_sec}  {eta} left",
    );
    if let Ok(style) = style {
        bar.set_style(style.progress_chars("━╸─"));
    }
    bar.set_message("looking for files");
    while !done.load(Ordering::Relaxed) {
        let total = progress.bytes.load(Ordering::Relaxed);
        let read = progress.bytes_done.load(Ordering::Relaxed);
        if total > 0 {
            bar.set_length(total);
            bar.set_position(read.min(total));
            bar.set_message(message(progress));
        }
        bar.tick();
        std::thread::park_timeout(TICK);
    }
    bar.finish_and_clear();
}

fn message(progress: &Progress) -> String {
    if progress.committing.load(Ordering::Relaxed) {
        return "writing the last of the index".to_owned();
    }
    let articles = progress.articles.load(Ordering::Relaxed);
    format!("{} articles", HumanCount(articles))
}

/// Bytes for people: `4.2 MiB`.
pub fn bytes(count: u64) -> String {
    HumanBytes(count).to_string()
}
