//! The binary: parse, run, print the error chain, exit code.

use std::io;
use std::process::ExitCode;

use clap::FromArgMatches;
use newsidx::cli::{self, Cli};
use newsidx::commands;
use newsidx::index::ArchiveError;
use newsidx::memory;
use newsidx::output::plain;

/// Gives memory that is free back to the system: what a build took to index is there for what it does at its end.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> ExitCode {
    memory::small_pages();
    // A panic is turned into an error where it is caught; its own message is for developers.
    if std::env::var_os("RUST_BACKTRACE").is_none() {
        std::panic::set_hook(Box::new(|_| {}));
    }
    #[cfg(unix)]
    block_file_size_signal();
    let mut command = cli::command();
    let matches = command.get_matches_mut();
    let cli = Cli::from_arg_matches(&matches).unwrap_or_else(|error| error.format(&mut command).exit());
    match commands::run(cli) {
        Ok(outcome) => ExitCode::from(outcome.code()),
        Err(error) if is_closed_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            let lines: Vec<String> = format!("{error:#}").lines().map(|line| plain(line).into_owned()).collect();
            anstream::eprintln!("newsidx: {}", lines.join("\n"));
            ExitCode::from(code(&error))
        }
    }
}

/// A file that may not grow (`ulimit -f`) is then an error like a full disk, with a message, and not a signal that ends us.
#[cfg(unix)]
fn block_file_size_signal() {
    use nix::sys::signal::{SigSet, Signal};
    // Where it cannot be blocked, all is as it was.
    let _ = SigSet::from_iter([Signal::SIGXFSZ]).thread_block();
}

/// 4 for an archive that cannot be used, 5 for one that another build holds, 2 for all else.
fn code(error: &anyhow::Error) -> u8 {
    match error.downcast_ref::<ArchiveError>() {
        Some(ArchiveError::Busy(..)) => 5,
        Some(_) => 4,
        None => 2,
    }
}

/// Whether the reader of our output went away, which is its right.
fn is_closed_pipe(error: &anyhow::Error) -> bool {
    let kinds = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).map(io::Error::kind);
    kinds.into_iter().any(|kind| kind == io::ErrorKind::BrokenPipe)
}
