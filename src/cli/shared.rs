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
    /// Of that section
    #[arg(long, value_name = "NAME")]
    pub section: Vec<String>,
    /// In files whose path fits
    #[arg(long, short = 'g', value_name = "GLOB")]
    pub glob: Vec<String>,
    /// Of so many words
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    pub words: Vec<String>,
    /// Dated at least so surely
    #[arg(long, value_enum, value_name = "TRUST")]
    pub trust_date: Option<Trust>,
}

/// How far a publication date can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Trust {
    /// A field of the record, or the address, gives it.
    High,
    /// Also read in the text.
    Medium,
    /// Also by the name of the file, or inferred in part.
    Low,
}

/// How the query is read and its words are compared; shared by the commands that search.
#[derive(Debug, Args, Default)]
#[command(next_help_heading = "How to match")]
pub struct Matching {
    /// Any of the words: a blank is OR
    #[arg(long, conflicts_with = "phrase")]
    pub any: bool,
    /// The words one behind another: a blank makes a phrase
    #[arg(long)]
    pub phrase: bool,
    /// Words only as written: `talk` does not find `talks`
    #[arg(long)]
    pub no_stem: bool,
    /// Names only as typed, not in their other spellings
    #[arg(long)]
    pub no_alias: bool,
    /// Words only with capitals as typed
    #[arg(long, short = 's')]
    pub case_sensitive: bool,
    /// Exactly as typed: no other forms, no other spellings, capitals as typed
    #[arg(long)]
    pub exact: bool,
    /// One more query, any of them; may repeat
    #[arg(short = 'e', value_name = "QUERY", allow_hyphen_values = true)]
    pub expressions: Vec<String>,
    /// Queries from a file, one a line, any of them; `-` is standard input
    #[arg(short = 'f', value_name = "FILE")]
    pub files: Vec<std::path::PathBuf>,
    /// Read the query as another system reads it
    #[arg(long, value_enum, default_value = "native", value_name = "SYSTEM")]
    pub syntax: Syntax,
    /// Take readings that could surprise for errors
    #[arg(long)]
    pub strict: bool,
}

/// The language of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum)]
pub enum Syntax {
    /// newsidx's own.
    #[default]
    Native,
    /// LexisNexis: OR binds first, then W/n, AND, AND NOT; a blank makes a phrase.
    Lexis,
    /// Factiva: W/n and ADJn are ordered; a blank makes a phrase.
    Factiva,
    /// ProQuest: PRE/n, NEAR/n, AND, OR, NOT; ti(), au(), pd().
    Proquest,
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
