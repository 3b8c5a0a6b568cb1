//! One file a subcommand: open, call, print. Glue only.

mod build;
mod count;
mod diff;
mod doctor;
mod dupes;
mod info;
mod inspect;
mod names;
mod query;
mod quotes;
mod search;
mod show;
mod timeline;

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;

use crate::cli::{Cli, Color, Command};
use crate::output::paint::Paint;
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
    /// Interrupted; what was done is kept.
    Interrupted,
}

impl Outcome {
    /// The exit code; 2, 4 and 5 are errors' and decided in `main`.
    pub fn code(self) -> u8 {
        match self {
            Outcome::Done => 0,
            Outcome::Nothing => 1,
            Outcome::Incomplete => 3,
            Outcome::Interrupted => 130,
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
    let index = cli.index.as_deref();
    let paint = paint(cli.color);
    let mut out = io::BufWriter::new(io::stdout().lock());
    let outcome = match cli.command {
        Command::Build(args) => build::run(&args, index, &mut out),
        Command::Query(args) => query::run(&args, index, paint, &mut out),
        Command::Quotes(args) => quotes::run(&args, index, paint, &mut out),
        Command::Count(args) => count::run(&args, index, paint, &mut out),
        Command::Timeline(args) => timeline::run(&args, index, paint, &mut out),
        Command::Show(args) => show::run(&args, index, paint, &mut out),
        Command::Dupes(args) => dupes::run(&args, index, paint, &mut out),
        Command::Diff(args) => diff::run(&args, index, paint, &mut out),
        Command::Names(args) => names::run(&args, index, paint, &mut out),
        Command::Info => info::run(index, &mut out),
        Command::Inspect(args) => inspect::run(&args, paint, &mut out),
        Command::Doctor(args) => doctor::run(&args, paint, &mut out),
    }?;
    out.flush()?;
    Ok(outcome)
}

/// How to read, with the mapping file at `map`.
fn read_options(map: Option<&Path>) -> Result<ReadOptions> {
    let map = map.map(|path| Map::read(path).map(Arc::new)).transpose()?;
    Ok(ReadOptions { map, ..ReadOptions::default() })
}

/// How to print: colour as asked for, else on a terminal; the terminal's width, else 100 columns.
fn paint(color: Color) -> Paint {
    let terminal = io::stdout().is_terminal();
    let set = |name: &str| std::env::var_os(name).is_some_and(|value| !value.is_empty());
    let color = match color {
        Color::Always => true,
        Color::Never => false,
        Color::Auto if set("NO_COLOR") => false,
        Color::Auto if set("CLICOLOR_FORCE") => true,
        Color::Auto => terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    };
    let columns = terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| usize::from(width.0));
    Paint { color, width: columns.unwrap_or(100).clamp(40, 160) }
}
