//! The commands that read single articles.

use std::path::PathBuf;

use clap::Args;

use crate::output::Format;

/// `newsidx show`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  newsidx show 6fbda0a3                            by its id, or how that begins\n  \
    newsidx show reuters/2022/01/20.html:12          by its file, from that line on\n  \
    newsidx show 6fbda0a3 --query 'Lavrov Geneva' --around 1\n  \
    newsidx show 6fbda0a3 --quotes"
)]
pub struct Show {
    /// Its id, how that begins, or its file: PATH or PATH:LINE
    #[arg(required = true, value_name = "ID|PATH[:LINE]")]
    pub articles: Vec<String>,
    /// Highlight what this query matches
    #[arg(long, value_name = "QUERY")]
    pub query: Option<String>,
    /// Only the paragraphs with a match, or the line, and so many around
    #[arg(long, short = 'C', value_name = "N")]
    pub around: Option<usize>,
    /// Only its quotations: who said what
    #[arg(long, group = "part")]
    pub quotes: bool,
    /// Only what is known of it: date, outlet, byline, places
    #[arg(long, group = "part")]
    pub meta: bool,
    /// Only where its date comes from
    #[arg(long, group = "part")]
    pub explain_date: bool,
    /// Only what cleaning cut out
    #[arg(long, group = "part")]
    pub removed: bool,
    /// The file or record as it is, uncleaned
    #[arg(long, group = "part")]
    pub raw: bool,
    /// As one line of JSON, as `inspect --json`
    #[arg(long, group = "part")]
    pub json: bool,
    /// Open the file at the line in $VISUAL or $EDITOR, a web page in the browser
    #[arg(long, group = "part")]
    pub open: bool,
}

/// `newsidx cite`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx cite 6fbda0a3\n  newsidx cite 6fbda0a3 473d7ccb --format bibtex\n  \
    newsidx query -n 5 'Lavrov Geneva' --output ids | xargs newsidx cite --format ris -o lavrov.ris")]
pub struct Cite {
    /// Ids, how they begin, or files: PATH or PATH:LINE
    #[arg(required = true, value_name = "ID|PATH[:LINE]")]
    pub articles: Vec<String>,
    /// How they are written [default: by the ending of --out, else text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// Write to this file, whole or not at all [default: - for stdout]
    #[arg(long, short = 'o', value_name = "FILE")]
    pub out: Option<PathBuf>,
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
