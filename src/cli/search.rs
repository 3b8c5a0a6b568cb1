//! The commands that list hits.

use clap::{Args, ValueEnum};

use super::{By, Filters, Listing};

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
