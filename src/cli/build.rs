//! The command that writes an archive.

use std::path::PathBuf;

use clap::Args;

/// `newsidx build`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  newsidx build ./corpus\n  newsidx build            bring the archive up to date\n\n\
    Reads .txt .md .html .htm .json .jsonl .ndjson .csv .tsv, each also .gz and .zst. Obeys .gitignore, .ignore and \
    .newsidxignore; passes over hidden files."
)]
pub struct Build {
    /// Folders or files [default: those the archive was built from]
    pub paths: Vec<PathBuf>,
    /// Build from nothing, beside the archive in use, and switch at the end
    #[arg(long)]
    pub rebuild: bool,
    /// Read files again that failed before, though they did not change
    #[arg(long)]
    pub retry: bool,
    /// Threads that read and extract [default: one a core]
    #[arg(long, short = 'j', value_name = "N", value_parser = clap::value_parser!(u16).range(1..=256))]
    pub threads: Option<u16>,
    /// Memory for the index being written, in MB
    #[arg(long, default_value_t = 300, value_name = "MB", value_parser = clap::value_parser!(u32).range(32..=1_000_000))]
    pub memory: u32,
    /// Print every file that was skipped, not only the first ones
    #[arg(long, short)]
    pub verbose: bool,
}
