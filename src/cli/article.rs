//! The commands that read single articles.

use std::path::PathBuf;

use clap::Args;

/// `newsidx show`.
#[derive(Debug, Args)]
pub struct Show {
    /// Its id, or how it begins
    pub id: String,
    /// Say where its date comes from
    #[arg(long)]
    pub explain_date: bool,
    /// Show what cleaning cut out
    #[arg(long)]
    pub removed: bool,
    /// As one line of JSON, as `inspect --json`
    #[arg(long)]
    pub json: bool,
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
