//! The command line: clap types only, one file a group of commands. What they mean is in `commands`.

mod article;
mod build;
mod count;
mod names;
mod search;
mod shared;
mod stories;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Parser, Subcommand, ValueEnum};

pub use self::article::{Inspect, Show};
pub use self::build::{Build, Doctor};
pub use self::count::{By, CountArgs, Period, Timeline};
pub use self::names::{Names, Teach};
pub use self::search::{Kind, Query, Quotes};
pub use self::shared::{DupsArg, Filters, Listing, SortBy};
pub use self::stories::{Diff, Dupes};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Green.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

/// Search archives of news: who said what, where and when.
#[derive(Debug, Parser)]
#[command(
    name = "newsidx",
    version,
    styles = STYLES,
    max_term_width = 100,
    after_help = "Examples:\n  newsidx build ./corpus                        index a folder of articles\n  \
                  newsidx query \"Lavrov Geneva\"                 articles with both words, best first\n  \
                  newsidx quotes 'speaker:lavrov geneva'        what he said of it\n  \
                  newsidx count 'sanction*' --by source         how many, by outlet\n\n\
                  `newsidx help query` shows the flags of a search. Exit codes: 0 found or done, 1 nothing found, \
                  2 error, 3 finished but files were skipped, 4 no usable archive, 5 another build holds it."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    /// The archive's directory [default: the nearest .newsidx here or above]
    #[arg(long, short = 'i', global = true, env = "NEWSIDX_INDEX", value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// When to use colour
    #[arg(long, global = true, value_enum, default_value = "auto", value_name = "WHEN")]
    pub color: Color,
}

/// When to use colour.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Color {
    /// On a terminal, unless NO_COLOR is set.
    Auto,
    /// Always.
    Always,
    /// Never.
    Never,
}

/// The subcommands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Index a folder of articles, or bring its index up to date
    Build(Build),
    /// Search articles
    #[command(visible_aliases = ["q", "search"])]
    Query(Query),
    /// Search quotations: who said what
    Quotes(Quotes),
    /// Count hits, by outlet, speaker, place, country, language or date
    Count(CountArgs),
    /// Hits over time, as bars
    Timeline(Timeline),
    /// Print one article
    Show(Show),
    /// Copies of a story: who printed it, and when
    Dupes(Dupes),
    /// What changed from one article to another, word by word
    Diff(Diff),
    /// Names of the archive in all their spellings; teach it more
    Names(Names),
    /// What the archive holds
    Info,
    /// Show what is extracted from files, without an index
    Inspect(Inspect),
    /// Show how files are read and split, and why records are refused; writes nothing
    Doctor(Doctor),
}
