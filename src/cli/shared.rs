//! What the searching commands share: which articles, which of the hits, in what form.

use std::path::PathBuf;

use clap::{Args, ValueEnum};
use serde::{Deserialize, Serialize};

use crate::output::Format;

/// Which articles; shared by the commands that search. What is a list may repeat, meaning OR; a leading `!` means not.
#[derive(Debug, Clone, Args, Default, PartialEq, Eq, Serialize, Deserialize)]
#[command(
    next_help_heading = "Which articles (names, --date and --glob may repeat, meaning OR; a leading ! means not)"
)]
#[serde(default, deny_unknown_fields)]
pub struct Filters {
    /// Published on or after that day, month or year
    #[arg(long, visible_alias = "after", value_name = "DATE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub since: Option<String>,
    /// Published on or before it
    #[arg(long, visible_alias = "before", value_name = "DATE")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<String>,
    /// Published in that day, month, year or range
    #[arg(long, value_name = "RANGE")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub date: Vec<String>,
    /// Of that outlet
    #[arg(long, value_name = "NAME")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub source: Vec<String>,
    /// That quote this person
    #[arg(long, value_name = "NAME")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub speaker: Vec<String>,
    /// That name this person in full, quoted or not
    #[arg(long, value_name = "NAME")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub person: Vec<String>,
    /// That name this organisation
    #[arg(long, value_name = "NAME")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub org: Vec<String>,
    /// That name this place
    #[arg(long, value_name = "NAME")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub place: Vec<String>,
    /// In that language, as a code
    #[arg(long, value_name = "CODE")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub lang: Vec<String>,
    /// Of that section
    #[arg(long, value_name = "NAME")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub section: Vec<String>,
    /// In files whose path fits, as for ripgrep: '*.html', 'reuters/**'
    #[arg(long, short = 'g', value_name = "GLOB")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub glob: Vec<String>,
    /// Find names only as they are typed, not in their other spellings
    #[arg(long, help_heading = "How to match")]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_alias: bool,
    /// Of so many words
    #[arg(long, value_name = "RANGE", allow_hyphen_values = true)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub words: Vec<String>,
    /// Dated at least so surely
    #[arg(long, value_enum, value_name = "TRUST")]
    #[serde(skip_serializing_if = "Option::is_none")]
    pub trust_date: Option<Trust>,
    #[command(flatten)]
    #[serde(skip_serializing_if = "Matching::is_plain")]
    #[allow(missing_docs)]
    pub matching: Matching,
}

/// How far a publication date can be trusted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Trust {
    /// A field of the record, or the address, gives it.
    High,
    /// Also read in the text.
    Medium,
    /// Also by the name of the file, or inferred in part.
    Low,
}

/// How the query is read and its words are compared; shared by the commands that search.
#[derive(Debug, Clone, Args, Default, PartialEq, Eq, Serialize, Deserialize)]
#[command(next_help_heading = "How to match")]
#[serde(default)]
pub struct Matching {
    /// Any of the words: a blank is OR
    #[arg(long, conflicts_with = "phrase")]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub any: bool,
    /// The words one behind another: a blank makes a phrase
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub phrase: bool,
    /// Words only as written: `talk` does not find `talks`
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub no_stem: bool,
    /// Words only with capitals as typed
    #[arg(long, short = 's')]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub case_sensitive: bool,
    /// Exactly as typed: no other forms, no other spellings, capitals as typed
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub exact: bool,
    /// Look also into what cleaning cut out: menus, boxes, lines that recur
    #[arg(long)]
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub with_boilerplate: bool,
    /// One more query, any of them; may repeat
    #[arg(short = 'e', value_name = "QUERY", allow_hyphen_values = true)]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub expressions: Vec<String>,
    /// Queries from a file, one a line, any of them; `-` is standard input
    #[arg(short = 'f', value_name = "FILE")]
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub query_files: Vec<std::path::PathBuf>,
    /// Read the query as another system reads it
    #[arg(long, value_enum, default_value = "native", value_name = "SYSTEM")]
    #[serde(skip_serializing_if = "Syntax::is_native")]
    pub syntax: Syntax,
}

/// The language of a query.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
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

impl Matching {
    /// Whether nothing was asked for.
    pub fn is_plain(&self) -> bool {
        *self == Matching::default()
    }
}

impl Syntax {
    /// Whether it is newsidx's own.
    pub fn is_native(&self) -> bool {
        *self == Syntax::Native
    }
}

/// Which of the hits, in what form; shared by the commands that list them.
#[derive(Debug, Clone, Args, Default)]
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
    /// Order of the hits [default: relevance; date for `mentions`]
    #[arg(long, value_enum, value_name = "ORDER", allow_hyphen_values = true)]
    pub sort: Option<SortBy>,
    /// Text around a match: so many sentences on either side, or `para` for the paragraph; of mentions, so many
    /// characters [default: what shows it in few lines; mentions: what fits, 100 in a file]
    #[arg(long, short = 'C', value_name = "N", value_parser = around)]
    pub context: Option<Around>,
    /// What becomes of copies of one story [default: fold; show for exports, mentions, sentences, files and ids]
    #[arg(long, value_enum, value_name = "HOW")]
    pub dups: Option<DupsArg>,
    /// What a hit is [default: articles, or quotes for `quotes`]
    #[arg(long, value_enum, value_name = "WHAT")]
    pub output: Option<What>,
    /// How hits are written [default: by the ending of --out, else text]
    #[arg(long, value_enum, value_name = "FORMAT")]
    pub format: Option<Format>,
    /// The same as --format jsonl: a begin line, one line a hit, a summary line
    #[arg(long, conflicts_with = "format")]
    pub json: bool,
    /// The same as --format csv
    #[arg(long, conflicts_with_all = ["format", "json"])]
    pub csv: bool,
    /// Write to this file, whole or not at all [default: - for stdout]
    #[arg(long, short = 'o', value_name = "FILE")]
    pub out: Option<PathBuf>,
    /// Columns of CSV and TSV, keys of JSON: --fields date,source,passage
    #[arg(long, value_name = "NAMES", value_delimiter = ',')]
    pub fields: Vec<String>,
    /// Begin CSV and TSV with the mark by which Excel knows UTF-8
    #[arg(long)]
    pub bom: bool,
    /// Print how many there are, nothing else
    #[arg(long, short, conflicts_with_all = ["files", "quiet"])]
    pub count: bool,
    /// Print the files they are in, nothing else; the same as --output files
    #[arg(long, short = 'l', conflicts_with_all = ["output", "quiet"])]
    pub files: bool,
    /// End names of files and ids with a zero byte, for xargs -0
    #[arg(long = "null", short = '0')]
    pub null: bool,
    /// Print nothing; the exit code tells whether there is a hit
    #[arg(long, short)]
    pub quiet: bool,
    /// Version of the JSON layout that the reader understands
    #[arg(long, value_name = "N")]
    pub format_version: Option<u32>,
    /// Also write what was asked and what came of it to this file, for `replay`
    #[arg(long, value_name = "FILE")]
    pub record: Option<PathBuf>,
}

/// How much text around a match.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Around {
    /// So many sentences, or characters, on either side.
    Number(usize),
    /// The paragraph.
    Paragraph,
}

fn around(text: &str) -> Result<Around, String> {
    match text {
        "para" | "paragraph" => Ok(Around::Paragraph),
        _ => text.parse().map(Around::Number).map_err(|_| "a number, or `para` for the paragraph".to_owned()),
    }
}

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum What {
    /// Articles.
    Articles,
    /// Every mention, one line each.
    Mentions,
    /// Quotations.
    Quotes,
    /// Every sentence that matches.
    Sentences,
    /// The files that articles are in, each once.
    Files,
    /// Ids of articles, each once.
    Ids,
}

/// Order of hits.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SortBy {
    /// Best first.
    #[default]
    Relevance,
    /// Oldest first.
    Date,
    /// Newest first.
    #[value(name = "-date")]
    #[serde(rename = "-date")]
    DateDescending,
    /// By the name of the outlet, oldest first within one.
    Source,
    /// Mentions by the words before the match, from the match leftwards.
    Left,
    /// Mentions by the match and the words behind it.
    Right,
}

/// What becomes of copies of one story.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, ValueEnum)]
pub enum DupsArg {
    /// One hit a story: the best of its copies.
    #[default]
    Fold,
    /// Every copy.
    Show,
    /// One hit a story: the copy printed first.
    First,
    /// One hit a story: the longest copy.
    Longest,
}
