//! The commands that list hits.

use std::path::PathBuf;

use clap::{Args, ValueEnum};

use super::{By, Filters, Listing};

/// `newsidx query`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx query \"Lavrov Geneva\"\n  \
    newsidx query '\"Geneva talks\" OR (talks w/5 Geneva)' --since 2022-01\n  \
    newsidx query 'speaker:ryabkov place:geneva' --json\n  \
    newsidx query -l 'dateline:geneva' -0 | xargs -0 grep -c Lavrov\n\n\
    A blank is AND. `newsidx help query` has the whole language in one table.")]
pub struct Query {
    /// The query; several words are joined
    #[arg(required_unless_present_any = ["expressions", "query_files"])]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
    /// Passages of each article [default: 2]
    #[arg(long, value_name = "N")]
    pub passages: Option<usize>,
    /// Take readings that could surprise for errors
    #[arg(long)]
    pub strict: bool,
}

/// `newsidx mentions`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx mentions 'Belarus w/10 troop*'\n  \
    newsidx mentions '\"Geneva talks\"' --sort right\n  newsidx mentions Minsk --csv > minsk.csv\n  \
    newsidx mentions Minsk --json | jq -r 'select(.type==\"mention\") | [.date.value, .source, .text] | @tsv'\n\n\
    As many rows as `newsidx query` reports mentions. Rows come at once, in constant memory; --sort left and right sort \
    in temporary files. The same as `newsidx query --output mentions --sort date`.")]
pub struct Mentions {
    /// The query; several words are joined
    #[arg(required_unless_present_any = ["expressions", "query_files"])]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
    /// Take readings that could surprise for errors
    #[arg(long)]
    pub strict: bool,
}

/// `newsidx explain`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx explain 'Belarus w/10 (troop* OR deploy*)'\n  \
    newsidx explain --syntax lexis 'ukrain! w/5 border AND NOT poland OR romania'\n  \
    newsidx explain 'lavrov geneva' --id 6fbda0a3")]
pub struct Explain {
    /// The query; several words are joined
    #[arg(required_unless_present_any = ["expressions", "query_files"])]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    /// Say why this article is found, or is not
    #[arg(long, value_name = "ID")]
    pub id: Option<String>,
    /// Take readings that could surprise for errors
    #[arg(long)]
    pub strict: bool,
    /// As one line of JSON
    #[arg(long)]
    pub json: bool,
}

/// `newsidx quotes`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx quotes --speaker lavrov geneva\n  \
    newsidx quotes 'ceasefire OR truce' --since 2022-01 --sure 0.8\n  newsidx quotes --by speaker --place minsk\n  \
    newsidx quotes --speaker lavrov -o lavrov.csv")]
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
    /// Count instead of listing: by one thing, or a table of two
    #[arg(long, value_enum, value_name = "FACETS", value_delimiter = ',')]
    pub by: Vec<By>,
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

/// `newsidx export`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx export 'Lavrov Geneva' -o lavrov.csv\n  \
    newsidx export 'sanction*' --since 2022 -o sanctions.bib\n  \
    newsidx export ceasefire --output quotes -o ceasefire.html\n\n\
    All hits, each with its passages, id, path and line, and the query. The file appears under its name when it is \
    whole, and not before. Formats by ending: .csv .tsv .jsonl .json .md .html .ris .bib .csl.json .txt")]
pub struct Export {
    /// The query; several words are joined
    #[arg(required = true)]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
    /// Passages of each article [default: 2]
    #[arg(long, value_name = "N")]
    pub passages: Option<usize>,
    /// Take readings that could surprise for errors
    #[arg(long)]
    pub strict: bool,
}

/// `newsidx similar`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx similar 6fbda0a3\n  newsidx similar 6fbda0a3 --since 2022-02 -n 5")]
pub struct Similar {
    /// The article's id, how it begins, or its file: PATH or PATH:LINE
    pub article: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
}

/// `newsidx new`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx saved add geneva 'Lavrov Geneva'\n  \
    newsidx new geneva                        what came in since the last look\n  \
    newsidx new geneva --json > new.jsonl || echo nothing new\n\n\
    Looked for at the first look: everything. A moved or copied file is not new, nor is a rebuilt archive.")]
pub struct New {
    /// The name of a saved query
    pub name: String,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
    /// Do not remember this look: the next one shows the same again
    #[arg(long)]
    pub peek: bool,
}

/// `newsidx batch`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx batch names.txt                   how many articles each has\n  \
    newsidx batch names.txt --csv -o counts.csv\n  \
    newsidx batch names.txt --output articles -n 5 --csv\n\n\
    One query a line; empty lines and lines that begin with # are passed over.")]
pub struct Batch {
    /// The file with the queries, - for stdin
    pub file: PathBuf,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub listing: Listing,
    /// Take readings that could surprise for errors
    #[arg(long)]
    pub strict: bool,
}
