//! Reading: files of any supported format in, articles out.

use std::fmt;

use crate::article::Article;

/// Why one record of a file, or the whole file, was skipped.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct RecordError {
    /// The file, as it was given.
    pub path: String,
    /// The record in it (line or row, from 1); `None` for the file as a whole.
    pub record: Option<u32>,
    /// What is wrong, in lower case and without a full stop.
    pub reason: String,
}

impl fmt::Display for RecordError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.record {
            Some(record) => write!(f, "{}:{record}: {}", self.path, self.reason),
            None => write!(f, "{}: {}", self.path, self.reason),
        }
    }
}

impl std::error::Error for RecordError {}

/// Hands each article of `bytes`, the content of the file `path`, to `sink`, or why it was skipped.
///
/// Stops early, returning `false`, when `sink` returns `false`.
pub fn articles(
    _path: &str,
    _reader: &mut dyn std::io::Read,
    _sink: &mut dyn FnMut(Result<Article, RecordError>) -> bool,
) -> bool {
    true
}
