//! `newsidx names`.

use clap::{Args, Subcommand};

/// `newsidx names`.
#[derive(Debug, Args)]
#[command(
    subcommand_precedence_over_arg = true,
    after_help = "Examples:\n  newsidx names                             the people named most\n  \
    newsidx names zelensky                    the spellings of a name, how often and when\n  \
    newsidx names add \"Boris Johnson\" BoJo    teach another name\n  \
    newsidx names split \"Sergei Ivanov\" \"Sergey Ivanov\"\n\n\
    What is taught is kept in names.txt beside the archive (names of one line, with commas between, are one; with != \
    between, two), which can also be edited by hand. It holds from the next search on."
)]
pub struct Names {
    /// Teach, instead of listing
    #[command(subcommand)]
    pub teach: Option<Teach>,
    /// A name, of one word or more [default: the people named most]
    pub name: Vec<String>,
    /// People listed, where no name is given
    #[arg(long, short = 'n', default_value_t = 20, value_name = "N")]
    pub limit: usize,
    /// JSON Lines
    #[arg(long)]
    pub json: bool,
}

/// What to teach.
#[derive(Debug, Subcommand)]
pub enum Teach {
    /// Other names or spellings of a name
    Add {
        /// The name
        name: String,
        /// The others
        #[arg(required = true)]
        others: Vec<String>,
    },
    /// Names that are of one person or place
    Merge {
        /// The names, two or more
        #[arg(required = true, num_args = 2..)]
        names: Vec<String>,
    },
    /// Two names that are of two, whatever the rules say
    Split {
        /// One
        name: String,
        /// The other
        other: String,
    },
}
