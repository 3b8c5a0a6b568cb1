//! The command that writes an archive.

use std::path::PathBuf;

use clap::Args;

/// `newsidx build`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  newsidx build ./corpus\n  newsidx build              bring the archive up to date\n  \
    newsidx build --dry-run    what that would do\n\n\
    Reads text, Markdown, HTML, JSON, JSON Lines, CSV, PDF, DOCX, ODT, RTF, EPUB, mail (EML, MBOX), saved pages (MHTML), \
    WARC, RSS, Atom, NITF and NewsML, exports of Nexis, Factiva and ProQuest, and all of these in ZIP and TAR archives, \
    gzip and zstd. Obeys .gitignore, .ignore and .newsidxignore; passes over hidden files."
)]
pub struct Build {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub how: How,
    /// Say what would be read, moved and taken out, and do nothing
    #[arg(long, short = 'n')]
    pub dry_run: bool,
}

/// What to build from, and how.
#[derive(Debug, Args)]
pub struct How {
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
    /// How much of their words copies of a story share, in percent [default: 70, or as the archive was built]
    #[arg(long, value_name = "PERCENT", value_parser = clap::value_parser!(u8).range(30..=100))]
    pub dup_threshold: Option<u8>,
    /// Threads that read and extract [default: one a core]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Memory that a build shall need, in MB; it is faster with more
    #[arg(long, default_value_t = 512, value_name = "MB", value_parser = clap::value_parser!(u32).range(32..=1_000_000))]
    pub memory: u32,
    /// Seconds between two commits of a long build: what a crash can cost
    #[arg(long, default_value_t = 120, value_name = "SECONDS")]
    pub commit_every: u64,
    /// Print every file that was skipped, not only the first ones
    #[arg(long, short)]
    pub verbose: bool,
}

/// `newsidx watch`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  newsidx watch ./corpus\n  newsidx watch --quiet 10    wait for ten seconds without a change\n\n\
    Builds as `newsidx build` does, then again whenever files change, many changes at once in one build, until Ctrl-C. \
    Searches go on meanwhile and see each build when it is committed."
)]
pub struct Watch {
    #[command(flatten)]
    #[allow(missing_docs)]
    pub how: How,
    /// Seconds without a change before a build
    #[arg(long, default_value_t = 1.0, value_name = "SECONDS")]
    pub quiet: f32,
    /// Walk all folders at least so often, for shares that do not tell of changes
    #[arg(long, default_value_t = 600, value_name = "SECONDS")]
    pub walk_every: u64,
}

/// `newsidx check`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  newsidx check\n  newsidx check --sample 1000\n\nReads every file of the archive and compares \
    its checksum, counts the documents of each file, and looks at some articles from end to end. Writes nothing.\n\n\
    Exit codes: 0 all as it was written, 4 something is not: `newsidx repair`."
)]
pub struct Check {
    /// Articles to look at from end to end
    #[arg(long, default_value_t = 100, value_name = "N")]
    pub sample: usize,
}

/// `newsidx repair`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  newsidx repair\n  newsidx repair ./corpus    where the archive cannot even say what it was built \
    from\n\nWhat is made from the index is made again; an index that is damaged is built again from the corpus, beside the \
    old one, which goes when the new one is whole."
)]
pub struct Repair {
    /// Folders or files [default: those the archive was built from]
    pub paths: Vec<PathBuf>,
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
