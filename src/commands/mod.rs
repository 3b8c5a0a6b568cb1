//! One file a subcommand: open, call, print. Glue only.

mod batch;
mod build;
mod check;
mod cite;
mod compare;
mod completions;
mod count;
mod diff;
mod doctor;
mod dupes;
mod explain;
mod export;
mod help;
mod info;
mod inspect;
mod listing;
mod lookup;
mod mentions;
mod names;
mod new;
mod page;
mod query;
mod quotes;
mod record;
mod repair;
mod replay;
mod saved;
mod search;
mod session;
mod show;
mod similar;
mod target;
mod terms;
mod timeline;
mod watch;

use std::io::Write;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::Arc;

use anyhow::{Result, anyhow};

use self::session::Session;
use crate::cli::{Cli, Command};
use crate::index::{self, ArchiveError};
use crate::read::ReadOptions;
use crate::read::map::Map;

/// How a command ended: the exit code.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Outcome {
    /// Found something, or done.
    Done,
    /// Nothing found.
    Nothing,
    /// Finished, but some files were skipped.
    Incomplete,
    /// The archive is damaged, and that was said.
    Unusable,
    /// Interrupted; what was done is kept.
    Interrupted,
    /// The layout asked for is older than any this program writes.
    TooOld,
    /// The layout asked for is newer than any this program writes.
    TooNew,
}

impl Outcome {
    /// The exit code; 2, 4 and 5 are errors' and decided in `main`.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Nothing => 1,
            Outcome::Incomplete => 3,
            Outcome::Unusable => 4,
            Outcome::Interrupted => 130,
            Outcome::TooOld => 20,
            Outcome::TooNew => 21,
        }
    }

    fn of_hits(total: u64) -> Outcome {
        if total == 0 { Outcome::Nothing } else { Outcome::Done }
    }
}

/// Runs what the command line asks for.
///
/// # Errors
/// Whatever stops the command, with its context.
pub fn run(cli: Cli) -> Result<Outcome> {
    // What needs no archive needs no settings either: help must not fail for a bad one.
    match &cli.command {
        Command::Completions(args) => return completions::script(args),
        Command::Man(args) => return completions::man(args),
        _ => {}
    }
    let session = Session::new(&cli.common)?;
    let mut page = page::Page::new(&session, cli.command.is_for_reading());
    let out = page.out();
    let dir = session.dir();
    let outcome = guarded(&dir, || dispatch(cli.command, &session, out));
    page.close(outcome)
}

/// Runs a command; a panic becomes an error, that of a damaged archive where the archive at `dir` is one.
fn guarded(dir: &Path, run: impl FnOnce() -> Result<Outcome>) -> Result<Outcome> {
    catch_unwind(AssertUnwindSafe(run)).unwrap_or_else(|_| {
        if let Ok(checked) = index::check::check(dir)
            && let Some(finding) = checked.findings.first()
        {
            return Err(ArchiveError::Damaged(dir.to_owned(), finding.to_string()).into());
        }
        Err(anyhow!("this failed inside newsidx, on an archive without damage; please report it"))
    })
}

fn dispatch(command: Command, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    match command {
        Command::Build(args) => build::run(&args, session, out),
        Command::Watch(args) => watch::run(&args, session, out),
        Command::Query(args) => query::run(&args, session, out),
        Command::Mentions(args) => mentions::run(&args, session, out),
        Command::Explain(args) => explain::run(&args, session, out),
        Command::Quotes(args) => quotes::run(&args, session, out),
        Command::Show(args) => show::run(&args, session, out),
        Command::Count(args) => count::run(&args, session, out),
        Command::Timeline(args) => timeline::run(&args, session, out),
        Command::Export(args) => export::run(&args, session, out),
        Command::Cite(args) => cite::run(&args, session, out),
        Command::Similar(args) => similar::run(&args, session, out),
        Command::Terms(args) => terms::run(&args, session, out),
        Command::Compare(args) => compare::run(&args, session, out),
        Command::Saved(args) => saved::run(&args, session, out),
        Command::New(args) => new::run(&args, session, out),
        Command::Batch(args) => batch::run(&args, session, out),
        Command::Replay(args) => replay::run(&args, session, out),
        Command::Dupes(args) => dupes::run(&args, session, out),
        Command::Diff(args) => diff::run(&args, session, out),
        Command::Names(args) => names::run(&args, session, out),
        Command::Info(args) => info::run(&args, session, out),
        Command::Check(args) => check::run(&args, session, out),
        Command::Repair(args) => repair::run(&args, session, out),
        Command::Inspect(args) => inspect::run(&args, session.paint, out),
        Command::Doctor(args) => doctor::run(&args, session.paint, out),
        Command::Help(args) => help::run(&args, session, out),
        Command::Completions(_) | Command::Man(_) => Ok(Outcome::Done),
    }
}

impl Command {
    /// Whether people read its output from the top, so that it may be paged.
    fn is_for_reading(&self) -> bool {
        !matches!(
            self,
            Command::Build(_)
                | Command::Watch(_)
                | Command::Repair(_)
                | Command::Saved(_)
                | Command::Completions(_)
                | Command::Man(_)
        )
    }
}

/// How to read, with the mapping file at `map`.
fn read_options(map: Option<&Path>) -> Result<ReadOptions> {
    let map = map.map(|path| Map::read(path).map(Arc::new)).transpose()?;
    Ok(ReadOptions { map, ..ReadOptions::default() })
}
