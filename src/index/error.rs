//! Why an archive cannot be used.

use std::fmt;
use std::path::PathBuf;

/// Why an archive cannot be used. Decides the exit code.
#[derive(Debug)]
pub enum ArchiveError {
    /// There is none.
    Missing(PathBuf),
    /// The directory is there but is no archive.
    NotOne(PathBuf),
    /// It was written by another version, tokeniser or schema: which.
    OtherVersion(PathBuf, String),
    /// Its files are damaged or incomplete: which, and how.
    Damaged(PathBuf, String),
    /// Another build is writing to it: who, as far as that is known.
    Busy(PathBuf, String),
}

impl fmt::Display for ArchiveError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            ArchiveError::Missing(dir) => {
                write!(f, "no archive at {}; run `newsidx build FOLDER` first, or name one with --index", dir.display())
            }
            ArchiveError::NotOne(dir) => {
                write!(f, "{} is not a newsidx archive; nothing in it was touched", dir.display())
            }
            ArchiveError::OtherVersion(dir, which) => write!(
                f,
                "the archive {} was written by another version of newsidx ({which}) and would miss hits; \
                 run `newsidx build --rebuild`",
                dir.display()
            ),
            ArchiveError::Damaged(dir, reason) => {
                write!(f, "the archive {} is damaged ({reason}); run `newsidx repair`", dir.display())
            }
            ArchiveError::Busy(dir, who) => {
                write!(f, "another build{who} is writing to the archive {}", dir.display())
            }
        }
    }
}

impl std::error::Error for ArchiveError {}
