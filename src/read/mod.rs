//! Reading: files of any supported format in, articles out.

use std::fmt;

use crate::article::{Article, DateHint, Origin};

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

/// Hands each article of the file `path`, whose content `reader` gives, to `sink`, or why it was skipped.
///
/// Stops early, returning `false`, when `sink` returns `false`.
pub fn articles(
    path: &str,
    reader: &mut dyn std::io::Read,
    sink: &mut dyn FnMut(Result<Article, RecordError>) -> bool,
) -> bool {
    let mut text = String::new();
    if let Err(error) = reader.read_to_string(&mut text) {
        return sink(Err(RecordError { path: path.to_owned(), record: None, reason: error.to_string() }));
    }
    let mut paragraphs = text.split("\n\n").map(|p| p.trim().replace('\n', " ")).filter(|p| !p.is_empty());
    let title = paragraphs.next();
    let mut article = Article { path: path.to_owned(), title, ..Article::default() };
    let mut rest: Vec<String> = paragraphs.collect();
    if rest.first().is_some_and(|p| p.len() < 30) {
        let text = rest.remove(0);
        article.date_hints.push(DateHint { origin: Origin::Text, text, modified: false });
    }
    article.body = rest.join("\n\n");
    sink(Ok(article))
}

/// Whether a file of that name is of a format that is read.
pub fn is_supported(path: &str) -> bool {
    path.ends_with(".txt")
}
