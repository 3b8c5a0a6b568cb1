//! The commands that count.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::Filters;
use crate::output::counts::TableFormat;

/// What to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Outlet.
    Source,
    /// Who is quoted.
    Speaker,
    /// People named in full.
    Person,
    /// Organisations named.
    Org,
    /// Place.
    Place,
    /// Country.
    Country,
    /// Section.
    Section,
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

/// What becomes of copies of one story in a count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Counting {
    /// Each counts.
    Show,
    /// A story counts once, and once for each value of its copies.
    Fold,
}

/// How counts are written; shared by the commands that count.
#[derive(Debug, Clone, Args, Default)]
#[command(next_help_heading = "What comes out")]
pub struct Tabling {
    /// How rows are written [default: by the ending of --out, else text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<TableFormat>,
    /// The same as --format csv
    #[arg(long, conflicts_with_all = ["json", "format"])]
    pub csv: bool,
    /// The same as --format jsonl
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// Write to this file, whole or not at all [default: - for stdout]
    #[arg(long, short = 'o', value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Version of the JSON layout that the reader understands
    #[arg(long, value_name = "N")]
    pub format_version: Option<u32>,
}

/// `newsidx count`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx count 'sanction*'                      one number\n  \
    newsidx count 'sanction*' --by source          a row an outlet\n  \
    newsidx count 'sanction*' --by source,year     a row an outlet, a column a year\n  \
    newsidx count 'sanction*' --by source --dups fold   stories, whoever printed them\n  \
    newsidx count geneva --by speaker,month --csv --long\n\n\
    An article counts for each of its speakers and places, so that rows can add up to more than there are articles.")]
pub struct CountArgs {
    /// The query [default: all articles]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    /// Count by one thing, or by two: rows, then columns
    #[arg(long, value_enum, value_name = "FACETS", value_delimiter = ',')]
    pub by: Vec<By>,
    /// Rows to print, the greatest ones
    #[arg(long, short = 'n', value_name = "N")]
    pub limit: Option<usize>,
    /// Count the copies of a story once (fold), or every copy
    #[arg(long, value_enum, value_name = "HOW", default_value = "show")]
    pub dups: Counting,
    /// A table of two as a row a pair, not as a grid (CSV and TSV)
    #[arg(long)]
    pub long: bool,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub tabling: Tabling,
}

/// `newsidx timeline`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx timeline geneva\n  newsidx timeline geneva --by week --share\n  \
    newsidx timeline 'sanction*' --by year --csv")]
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
    #[command(flatten)]
    #[allow(missing_docs)]
    pub tabling: Tabling,
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

/// `newsidx terms`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx terms 'sanction*'\n  newsidx terms 'speaker:lavrov' --quotes -n 40\n\n\
    Words by how much oftener they stand in the articles found than in the rest of the archive, compared by their \
    log-likelihood (Dunning 1993). Words of the query are left out.")]
pub struct Terms {
    /// The query; several words are joined
    #[arg(required = true)]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub words: Words,
}

/// `newsidx compare`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx compare 'sanction*' --a date:2021 --b date:2022\n  \
    newsidx compare geneva --a 'source:\"The Capital Ledger\"' --b 'source:\"Eastern Monitor\"'\n\n\
    Words by how much oftener they stand in the one part than in the other, compared by their log-likelihood \
    (Dunning 1993).")]
pub struct Compare {
    /// What both parts have in common [default: all articles]
    pub query: Vec<String>,
    /// The query of one part
    #[arg(long, value_name = "QUERY")]
    pub a: String,
    /// The query of the other
    #[arg(long, value_name = "QUERY")]
    pub b: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub words: Words,
}

/// Which words are listed, and how.
#[derive(Debug, Clone, Args)]
pub struct Words {
    /// Words to list
    #[arg(long, short = 'n', value_name = "N", default_value_t = 25)]
    pub limit: usize,
    /// Articles looked into, the best ones first
    #[arg(long, value_name = "N", default_value_t = 5000, value_parser = clap::value_parser!(u32).range(1..))]
    pub sample: u32,
    /// Words in fewer of these articles are left out
    #[arg(long, value_name = "N", default_value_t = 3)]
    pub least: u64,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub tabling: Tabling,
}
