//! Programs run and measured.

use std::io::Write;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use wait4::{ResUse, Wait4};

/// What a run took.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Run {
    /// From start to end.
    pub wall: Duration,
    /// Time of all processors, in programs and in the system.
    pub cpu: Duration,
    /// Most memory that it had at once, in bytes.
    pub peak: u64,
}

/// Runs `command`, its standard input written by `feed`, and fails if it fails.
pub(crate) fn run_fed(command: &mut Command, feed: impl FnOnce(&mut dyn Write)) -> Run {
    let started = Instant::now();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
    let mut stdin = std::io::BufWriter::new(child.stdin.take().unwrap());
    feed(&mut stdin);
    drop(stdin);
    let ResUse { status, rusage } = child.wait4().unwrap();
    assert!(status.success(), "{command:?}: {status}");
    Run { wall: started.elapsed(), cpu: rusage.utime + rusage.stime, peak: rusage.maxrss }
}

/// Runs `command` and fails if it fails.
pub(crate) fn run(command: &mut Command) -> Run {
    run_fed(command, |_| ())
}

/// Whether a program is installed.
pub(crate) fn is_installed(program: &str, argument: &str) -> bool {
    let run = Command::new(program).arg(argument).stdout(Stdio::null()).stderr(Stdio::null()).status();
    run.is_ok_and(|status| status.success())
}

/// The run of median length.
pub(crate) fn median(mut runs: Vec<Run>) -> Run {
    runs.sort_by_key(|run| run.wall);
    runs[runs.len() / 2]
}

/// The value below which `share` of them lie.
pub(crate) fn quantile(mut times: Vec<Duration>, share: f64) -> Duration {
    times.sort();
    times[((times.len() - 1) as f64 * share).round() as usize]
}
