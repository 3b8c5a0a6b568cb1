//! The commands about copies of a story.

use clap::Args;

/// `newsidx dupes`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx dupes               the stories with the most copies\n  \
    newsidx dupes 08123770      who printed this one, and when")]
pub struct Dupes {
    /// Id of an article, or how it begins [default: all stories with copies]
    pub id: Option<String>,
    /// Stories to print
    #[arg(long, short = 'n', default_value_t = 20, value_name = "N", conflicts_with = "id")]
    pub limit: usize,
    /// JSON Lines
    #[arg(long)]
    pub json: bool,
}

/// `newsidx diff`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx diff 08123770 5bd1f0c2")]
pub struct Diff {
    /// Id of the one article, or how it begins
    pub old: String,
    /// Id of the other
    pub new: String,
    /// Words shown around each change
    #[arg(long, short = 'C', default_value_t = 12, value_name = "N")]
    pub context: usize,
    /// JSON Lines: one line a stretch, `same`, `gone` or `new`
    #[arg(long)]
    pub json: bool,
}
