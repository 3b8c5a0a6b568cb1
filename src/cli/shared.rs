//! What the searching commands share: which articles, which of the hits.

use clap::{Args, ValueEnum};

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
    /// Find names only as they are typed, not in their other spellings
    #[arg(long, help_heading = "How to match")]
    pub no_alias: bool,
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
    /// What becomes of copies of one story
    #[arg(long, value_enum, default_value = "fold", value_name = "HOW")]
    pub dups: DupsArg,
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

/// What becomes of copies of one story.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum DupsArg {
    /// One hit a story: the best of its copies.
    Fold,
    /// Every copy.
    Show,
    /// One hit a story: the copy printed first.
    First,
    /// One hit a story: the longest copy.
    Longest,
}
