//! A mistake in a query: where, what, and what was probably meant.

use std::fmt;
use std::ops::Range;

/// A mistake that leaves no sensible reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The query as typed.
    pub query: String,
    /// Bytes of the query it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What was probably meant.
    pub help: Option<String>,
}

impl QueryError {
    /// The column of the mistake, in characters, from 1.
    pub fn column(&self) -> usize {
        column(&self.query, self.span.start)
    }
}

/// The column of byte `at` of `text`, in characters, from 1.
pub fn column(text: &str, at: usize) -> usize {
    text.char_indices().take_while(|(i, _)| *i < at).count() + 1
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use unicode_width::UnicodeWidthStr;
        let shown: String = self.query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let before = self.query.get(..self.span.start).unwrap_or_default();
        let under = self.query.get(self.span.clone()).unwrap_or_default();
        writeln!(f, "query, column {}: {}", self.column(), self.message)?;
        writeln!(f, "  {shown}")?;
        write!(f, "  {}{}", " ".repeat(before.width()), "^".repeat(under.width().max(1)))?;
        match &self.help {
            Some(help) => write!(f, "\n  {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}
