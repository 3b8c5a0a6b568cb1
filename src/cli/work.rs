//! The commands for work that goes on, and those about newsidx itself.

use std::path::PathBuf;

use clap::{Args, Subcommand, ValueEnum};

use super::Filters;

/// `newsidx saved`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx saved add geneva 'Lavrov Geneva' --since 2022-01\n  \
    newsidx saved list\n  newsidx query 'query:geneva sanctions'        used inside another\n  \
    newsidx saved rm geneva")]
pub struct Saved {
    /// What to do
    #[command(subcommand)]
    pub action: SavedAction,
}

/// What `newsidx saved` does.
#[derive(Debug, Subcommand)]
#[allow(clippy::large_enum_variant)] // one value a run
pub enum SavedAction {
    /// Save a query under a name
    Add(SavedAdd),
    /// Print the saved queries
    #[command(visible_alias = "ls")]
    List {
        /// As JSON Lines
        #[arg(long)]
        json: bool,
    },
    /// Forget saved queries
    #[command(visible_alias = "remove")]
    Rm {
        /// Their names
        #[arg(required = true)]
        names: Vec<String>,
    },
}

/// `newsidx saved add`.
#[derive(Debug, Args)]
pub struct SavedAdd {
    /// Its name: letters, digits, - and _
    pub name: String,
    /// The query; several words are joined
    #[arg(required = true)]
    pub query: Vec<String>,
    #[command(flatten)]
    #[allow(missing_docs)]
    pub filters: Filters,
    /// Replace one of the same name
    #[arg(long)]
    pub force: bool,
}

/// `newsidx replay`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx query 'Lavrov Geneva' --record lavrov.json\n  \
    newsidx replay lavrov.json        ends with 0 when all is the same, with 1 when something differs")]
pub struct Replay {
    /// What `--record` wrote
    pub file: PathBuf,
    /// As JSON
    #[arg(long)]
    pub json: bool,
}

/// `newsidx info`.
#[derive(Debug, Args)]
pub struct Info {
    /// Print every setting, its value and where that comes from
    #[arg(long)]
    pub config: bool,
    /// As one line of JSON
    #[arg(long)]
    pub json: bool,
    /// Count what was cut from the texts, and which lines of them repeat
    #[arg(long, conflicts_with_all = ["config", "json"])]
    pub boilerplate: bool,
    /// What the bytes on disk are for
    #[arg(long, conflicts_with_all = ["config", "json", "boilerplate"])]
    pub size: bool,
}

/// `newsidx completions`.
#[derive(Debug, Args)]
#[command(
    after_help = "Examples:\n  newsidx completions bash > ~/.local/share/bash-completion/completions/newsidx\n  \
    newsidx completions zsh  > \"${fpath[1]}/_newsidx\"\n  \
    newsidx completions fish > ~/.config/fish/completions/newsidx.fish\n  \
    newsidx completions powershell >> $PROFILE"
)]
pub struct Completions {
    /// For which shell
    #[arg(value_enum)]
    pub shell: clap_complete::Shell,
}

/// `newsidx man`.
#[derive(Debug, Args)]
#[command(after_help = "Examples:\n  newsidx man | man -l -\n  newsidx man ~/.local/share/man/man1")]
pub struct Man {
    /// Write a page for every command into this folder [default: the main page to stdout]
    pub dir: Option<PathBuf>,
}

/// `newsidx help`.
#[derive(Debug, Args)]
pub struct Help {
    /// A topic (query, json, schema, exit, config) or a command
    pub topic: Vec<String>,
}

/// Topics of `newsidx help` that are no commands, or more than one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Topic {
    /// The query language.
    Query,
    /// The JSON output.
    Json,
    /// Its JSON Schema.
    Schema,
    /// Exit codes.
    Exit,
    /// Settings.
    Config,
}
