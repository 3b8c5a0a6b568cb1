//! The command line: clap types only. What they mean is in `commands`.

use std::path::PathBuf;

use clap::builder::styling::{AnsiColor, Styles};
use clap::{Args, Parser, Subcommand, ValueEnum};

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
    /// What the archive holds
    Info,
    /// Show what is extracted from files, without an index
    Inspect(Inspect),
    /// Show how files are read and split, and why records are refused; writes nothing
    Doctor(Doctor),
}

/// `newsidx build`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  newsidx build ./corpus\n  newsidx build            bring the archive up to date\n\n\
    Reads text, Markdown, HTML, JSON, JSON Lines, CSV, PDF, DOCX, ODT, RTF, EPUB, mail (EML, MBOX), saved pages (MHTML), \
    WARC, RSS, Atom, NITF and NewsML, exports of Nexis, Factiva and ProQuest, and all of these in ZIP and TAR archives, \
    gzip and zstd. Obeys .gitignore, .ignore and .newsidxignore; passes over hidden files."
)]
pub struct Build {
    /// Folders or files [default: those the archive was built from]
    pub paths: Vec<PathBuf>,
    /// Build from nothing, beside the archive in use, and switch at the end
    #[arg(long)]
    pub rebuild: bool,
    /// Read files again that failed before, though they did not change
    #[arg(long)]
    pub retry: bool,
    /// What the fields of JSON and CSV files are called; kept for later builds [see README]
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// Threads that read and extract [default: one a core]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Memory for the index being written, in MB
    #[arg(long, default_value_t = 300, value_name = "MB", value_parser = clap::value_parser!(u32).range(32..=1_000_000))]
    pub memory: u32,
    /// Print every file that was skipped, not only the first ones
    #[arg(long, short)]
    pub verbose: bool,
}

/// Which articles; shared by the commands that search. Each may repeat, meaning OR; a leading `!` means not.
#[derive(Debug, Args, Default)]
#[command(next_help_heading = "Which articles")]
pub struct Filters {
    /// Published on or after that day, month or year
    #[arg(long, visible_alias = "after", value_name = "DATE")]
    pub since: Option<String>,
    /// Published on or before it
    #[arg(long, visible_alias = "before", value_name = "DATE")]
    pub until: Option<String>,
    /// Published in that day, month, year or range
    #[arg(long, value_name = "RANGE")]
    pub date: Vec<String>,
    /// Of that outlet
    #[arg(long, value_name = "NAME")]
    pub source: Vec<String>,
    /// That quote this person
    #[arg(long, value_name = "NAME")]
    pub speaker: Vec<String>,
    /// That name this place
    #[arg(long, value_name = "NAME")]
    pub place: Vec<String>,
    /// In that language, as a code
    #[arg(long, value_name = "CODE")]
    pub lang: Vec<String>,
}

/// Which page of the hits, in which order; shared by the commands that list them.
#[derive(Debug, Args)]
#[command(next_help_heading = "What comes out")]
pub struct Listing {
    /// Hits to print [default: 20 on a terminal, else all]
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,
    /// Print all hits
    #[arg(long, conflicts_with = "limit")]
    pub all: bool,
    /// Hits to pass over first
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// Order of the hits
    #[arg(long, value_enum, default_value = "relevance", allow_hyphen_values = true)]
    pub sort: SortBy,
    /// JSON Lines: a begin line, one line a hit, a summary line
    #[arg(long)]
    pub json: bool,
}

/// Order of hits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum SortBy {
    /// Best first.
    Relevance,
    /// Oldest first.
    Date,
    /// Newest first.
    #[value(name = "-date")]
    DateDescending,
}

/// `newsidx query`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx query \"Lavrov Geneva\"\n  \
    newsidx query '\"Geneva talks\" OR (talks w/5 Geneva)' --since 2022-01\n  \
    newsidx query 'speaker:ryabkov place:geneva' --json\n\n\
    A blank is AND. The README has the whole language in one table.")]
pub struct Query {
    /// The query; several words are joined
    #[arg(required = true)]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
    /// Passages of each article
    #[arg(long, default_value_t = 2, value_name = "N")]
    pub passages: usize,
    /// Take readings that could surprise for errors
    #[arg(long)]
    pub strict: bool,
}

/// `newsidx quotes`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx quotes --speaker lavrov geneva\n  \
    newsidx quotes 'ceasefire OR truce' --since 2022-01 --sure 0.8\n  newsidx quotes --by speaker --place minsk")]
pub struct Quotes {
    /// Words of the quotation, and other conditions [default: all quotations]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
    /// Only quotations of one kind
    #[arg(long, value_enum)]
    pub kind: Option<Kind>,
    /// Only attributions at least so sure, 0 to 1
    #[arg(long, default_value_t = 0.0, value_name = "SURE", value_parser = sure)]
    pub sure: f32,
    /// Count instead of listing
    #[arg(long, value_enum, value_name = "FACET")]
    pub by: Option<By>,
    /// Take readings that could surprise for errors
    #[arg(long)]
    pub strict: bool,
}

fn sure(text: &str) -> Result<f32, String> {
    text.parse().ok().filter(|sure| (0.0..=1.0).contains(sure)).ok_or_else(|| "a number from 0 to 1".to_owned())
}

/// Kinds of quotation.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Kind {
    /// Between quotation marks.
    Direct,
    /// Reported.
    Indirect,
}

/// What to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Outlet.
    Source,
    /// Who is quoted.
    Speaker,
    /// Place.
    Place,
    /// Country.
    Country,
    /// Language.
    Lang,
    /// Year of publication.
    #[value(alias = "date:year")]
    Year,
    /// Month of publication.
    #[value(alias = "date:month")]
    Month,
    /// Day of publication.
    #[value(alias = "date:day")]
    Day,
}

/// `newsidx count`.
#[derive(Debug, Args)]
pub struct CountArgs {
    /// The query [default: all articles]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    /// Count by this; without it, print one number
    #[arg(long, value_enum)]
    pub by: Option<By>,
    /// As CSV
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// As JSON Lines
    #[arg(long)]
    pub json: bool,
}

/// `newsidx timeline`.
#[derive(Debug, Args)]
pub struct Timeline {
    /// The query [default: all articles]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    /// Length of a row
    #[arg(long, value_enum, default_value = "month")]
    pub by: Period,
    /// Also as a share of all articles of the time
    #[arg(long)]
    pub share: bool,
    /// As CSV
    #[arg(long, conflicts_with = "json")]
    pub csv: bool,
    /// As JSON Lines
    #[arg(long)]
    pub json: bool,
}

/// Rows of a timeline.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Period {
    /// Days.
    Day,
    /// Weeks, from Monday.
    Week,
    /// Months.
    Month,
    /// Years.
    Year,
}

/// `newsidx show`.
#[derive(Debug, Args)]
pub struct Show {
    /// Its id, or how it begins
    pub id: String,
    /// Say where its date comes from
    #[arg(long)]
    pub explain_date: bool,
    /// Show what cleaning cut out
    #[arg(long)]
    pub removed: bool,
    /// As one line of JSON, as `inspect --json`
    #[arg(long)]
    pub json: bool,
}

/// `newsidx inspect`.
#[derive(Debug, Args)]
pub struct Inspect {
    /// Files
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// One line of JSON an article
    #[arg(long)]
    pub json: bool,
    /// Show what cleaning cut out
    #[arg(long)]
    pub removed: bool,
    /// What the fields of JSON and CSV files are called
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
}

/// `newsidx doctor`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx doctor export.docx\n  newsidx doctor --map fields.toml articles.csv\n  \
    newsidx doctor --all --cut crawl.warc.gz\n\nExit codes: 0 all read, 1 no article in it, 3 something was refused.")]
pub struct Doctor {
    /// Files
    #[arg(required = true)]
    pub paths: Vec<PathBuf>,
    /// What the fields of JSON and CSV files are called
    #[arg(long, value_name = "FILE")]
    pub map: Option<PathBuf>,
    /// List all records, not only the first ones of each file
    #[arg(long)]
    pub all: bool,
    /// Show the text that was cut from each record
    #[arg(long)]
    pub cut: bool,
    /// JSON Lines: a line for each file, record and refusal, then a summary
    #[arg(long)]
    pub json: bool,
}
