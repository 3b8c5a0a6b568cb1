//! The commands that count.

use clap::{Args, ValueEnum};

use super::Filters;

/// What to count by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum By {
    /// Outlet.
    Source,
    /// Who is quoted.
    Speaker,
    /// People named in full.
    Person,
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
