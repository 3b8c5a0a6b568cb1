//! The command line: clap types only, one file a group of commands. What they mean is in `commands`.

mod article;
mod build;
mod count;
mod lazy;
mod names;
mod search;
mod shared;
mod stories;
mod work;

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

pub use self::article::{Cite, Inspect, Show};
pub use self::build::{Build, Check, Doctor, How, Repair, Watch};
pub use self::count::{By, Compare, CountArgs, Counting, Period, Tabling, Terms, Timeline, Words};
pub use self::lazy::Lazy;
pub use self::names::{Names, Teach};
pub use self::search::{Batch, Explain, Export, Kind, Mentions, New, Query, Quotes, Similar};
pub use self::shared::{Around, DupsArg, Filters, Listing, Matching, SortBy, Syntax, Trust, What};
pub use self::stories::{Diff, Dupes};
pub use self::work::{Completions, Help, Info, Man, Replay, Saved, SavedAction, SavedAdd, Topic};

const STYLES: Styles = Styles::styled()
    .header(AnsiColor::Yellow.on_default().bold())
    .usage(AnsiColor::Yellow.on_default().bold())
    .literal(AnsiColor::Green.on_default())
    .placeholder(AnsiColor::Cyan.on_default());

/// How help is laid out: examples first, then what can be given.
const TEMPLATE: &str = "{about}{after-help}\n\n{usage-heading} {usage}\n\n{all-args}";

/// The whole command line, as it is parsed, completed and documented.
pub fn command() -> clap::Command {
    with_examples_first(<Cli as clap::CommandFactory>::command())
}

fn with_examples_first(command: clap::Command) -> clap::Command {
    command.help_template(TEMPLATE).mut_subcommands(with_examples_first)
}

/// Search archives of news: who said what, where and when.
#[derive(Debug, Parser)]
#[command(
    name = "newsidx",
    version,
    styles = STYLES,
    max_term_width = 100,
    disable_help_subcommand = true,
    after_help = "Examples:\n  newsidx build ./corpus                        index a folder of articles\n  \
                  newsidx query \"Lavrov Geneva\"                 articles with both words, best first\n  \
                  newsidx quotes 'speaker:lavrov geneva'        what he said of it\n  \
                  newsidx show 6fbda0a3                         one of them, to read\n  \
                  newsidx count 'sanction*' --by source,year    how many, by outlet and year\n  \
                  newsidx export 'sanction*' -o sanctions.csv   all of them, for a spreadsheet\n\n\
                  `newsidx help query` has the query language, `help json` the output for programs, `help exit` the \
                  exit codes, `help config` the settings. `newsidx COMMAND --help` has the flags of a command."
)]
pub struct Cli {
    /// What to do.
    #[command(subcommand)]
    pub command: Command,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub common: Common,
}

/// Flags that every command takes. What is not given comes from the environment or `newsidx.toml`; see
/// [`crate::config`].
#[derive(Debug, Clone, Args, Default)]
#[command(next_help_heading = "Everywhere")]
pub struct Common {
    /// The archive's directory [default: the nearest .newsidx here or above] [env: NEWSIDX_INDEX]
    #[arg(long, short = 'i', global = true, value_name = "DIR")]
    pub index: Option<PathBuf>,
    /// When to use colour: auto, always or never [default: auto]
    #[arg(long, global = true, value_enum, value_name = "WHEN", hide_possible_values = true)]
    pub color: Option<Color>,
    /// Make paths links, in ripgrep's words: default, none, file, vscode, ... or a format with {path} and {line}
    #[arg(long, global = true, value_name = "FORMAT")]
    pub hyperlink_format: Option<String>,
    /// Columns to print in [default: the terminal's]
    #[arg(long, global = true, value_name = "N", value_parser = clap::value_parser!(u16).range(20..))]
    pub width: Option<u16>,
    /// Page long output on a terminal with this [default: $NEWSIDX_PAGER, $PAGER, less -FRX]
    #[arg(long, global = true, value_name = "COMMAND", overrides_with = "no_pager")]
    pub pager: Option<String>,
    /// Do not page
    #[arg(long, global = true)]
    pub no_pager: bool,
    /// Read no newsidx.toml
    #[arg(long, global = true)]
    pub no_config: bool,
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
#[allow(clippy::large_enum_variant)] // one value a run
pub enum Command {
    /// Index a folder of articles, or bring its index up to date
    Build(Lazy<Build>),
    /// Keep the archive up to date while files change
    Watch(Lazy<Watch>),
    /// Search articles
    #[command(visible_aliases = ["q", "search"])]
    Query(Lazy<Query>),
    /// Every mention, one line each, with the words around it
    #[command(visible_alias = "kwic")]
    Mentions(Lazy<Mentions>),
    /// Search quotations: who said what
    Quotes(Lazy<Quotes>),
    /// Print an article, or a part of it
    Show(Lazy<Show>),
    /// Count hits: a number, a table by outlet, speaker, place or date, or by two of them
    Count(Lazy<CountArgs>),
    /// Hits over time, as bars
    Timeline(Lazy<Timeline>),
    /// How a query is read, what each part finds; why an article is found, or is not
    Explain(Lazy<Explain>),
    /// Write all hits to a file: CSV, JSON, Markdown, HTML, or for a reference manager
    Export(Lazy<Export>),
    /// The citations of articles
    Cite(Lazy<Cite>),
    /// Articles like one
    Similar(Lazy<Similar>),
    /// Words typical of what a query finds
    Terms(Lazy<Terms>),
    /// Words typical of one part of the archive against another
    Compare(Lazy<Compare>),
    /// Save queries under names
    Saved(Lazy<Saved>),
    /// What a saved query finds that came in since the last look
    New(Lazy<New>),
    /// Many queries at once: one a line in, a table out
    Batch(Lazy<Batch>),
    /// Run a recorded search again and say what differs
    Replay(Lazy<Replay>),
    /// Copies of a story: who printed it, and when
    Dupes(Lazy<Dupes>),
    /// What changed from one article to another, word by word
    Diff(Lazy<Diff>),
    /// Names of the archive in all their spellings; teach it more
    Names(Lazy<Names>),
    /// What the archive holds
    Info(Lazy<Info>),
    /// Whether the archive is as it was written: checksums, counts, some articles from end to end
    Check(Lazy<Check>),
    /// Mend a damaged archive from the corpus
    Repair(Lazy<Repair>),
    /// Show what is extracted from files, without an index
    Inspect(Lazy<Inspect>),
    /// Show how files are read and split, and why records are refused; writes nothing
    Doctor(Lazy<Doctor>),
    /// Print a completion script for a shell
    Completions(Lazy<Completions>),
    /// Print the manual page, or write one for every command
    Man(Lazy<Man>),
    /// Explain the query language, the output, the exit codes, the settings or a command
    Help(Lazy<Help>),
}
