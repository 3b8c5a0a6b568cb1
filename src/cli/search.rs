//! The commands that list hits.

use clap::{Args, ValueEnum};

use super::{By, Filters, Listing, Matching};

/// `newsidx query`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx query \"Lavrov Geneva\"\n  \
    newsidx query '\"Geneva talks\" OR (talks w/5 Geneva)' --since 2022-01\n  \
    newsidx query 'speaker:ryabkov place:geneva' --json\n\n\
    A blank is AND. The README has the whole language in one table.")]
pub struct Query {
    /// The query; several words are joined
    #[arg(required_unless_present_any = ["expressions", "files"])]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub matching: Matching,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
    /// Passages of each article
    #[arg(long, default_value_t = 2, value_name = "N")]
    pub passages: usize,
}

/// `newsidx mentions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx mentions 'Belarus w/10 troop*'\n  \
    newsidx mentions '\"Geneva talks\"' --sort right\n  newsidx mentions Minsk --csv > minsk.csv\n\n\
    As many rows as `newsidx query` reports mentions. With --sort date, -date and source rows come at once, in constant \
    memory; left and right are sorted in temporary files.")]
pub struct Mentions {
    /// The query; several words are joined
    #[arg(required_unless_present_any = ["expressions", "files"])]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub matching: Matching,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    /// Order of the rows
    #[arg(long, value_enum, default_value = "date", allow_hyphen_values = true)]
    pub sort: MentionSortBy,
    /// Rows to print [default: all]
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,
    /// Rows to pass over first
    #[arg(long, default_value_t = 0, value_name = "N")]
    pub offset: usize,
    /// Characters of text on either side [default: what fits; 100 in JSON and CSV]
    #[arg(long, short = 'C', value_name = "N")]
    pub context: Option<usize>,
    /// JSON Lines: a begin line, one line a mention, a summary line
    #[arg(long, conflicts_with = "csv")]
    pub json: bool,
    /// As CSV
    #[arg(long)]
    pub csv: bool,
}

/// Order of mentions.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum MentionSortBy {
    /// Oldest article first.
    Date,
    /// Newest article first.
    #[value(name = "-date")]
    DateDescending,
    /// By the name of the outlet.
    Source,
    /// By the words before the match, from the match leftwards.
    Left,
    /// By the match and the words behind it.
    Right,
}

/// `newsidx explain`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx explain 'Belarus w/10 (troop* OR deploy*)'\n  \
    newsidx explain --syntax lexis 'ukrain! w/5 border AND NOT poland OR romania'\n  \
    newsidx explain 'lavrov geneva' --id 6fbda0a3")]
pub struct Explain {
    /// The query; several words are joined
    #[arg(required_unless_present_any = ["expressions", "files"])]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub matching: Matching,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    /// Say why this article is found, or is not
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// As one line of JSON
    #[arg(long)]
    pub json: bool,
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
    pub matching: Matching,
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
