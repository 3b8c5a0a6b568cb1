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

/// Characters shown of a long query: before the mistake, and from there on.
const AROUND: [usize; 2] = [60, 140];

impl QueryError {
    /// The bytes of the query that are shown: all of one that is no longer than fits around the mistake.
    fn shown(&self) -> Range<usize> {
        let (query, [before, behind]) = (self.query.as_str(), AROUND);
        let (left, right) = query.split_at(query.floor_char_boundary(self.span.start));
        let all = query.chars().nth(before + behind).is_none();
        let from = left.char_indices().rev().nth(before - 1).map_or(0, |(at, _)| at);
        let to = right.char_indices().nth(behind).map_or(query.len(), |(at, _)| left.len() + at);
        if all { 0..query.len() } else { from..to }
    }
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use unicode_width::UnicodeWidthStr;
        let shown = self.shown();
        let [cut, cut_behind] =
            [shown.start > 0, shown.end < self.query.len()].map(|cut| if cut { "\u{2026}" } else { "" });
        let part = |range: Range<usize>| self.query.get(range).unwrap_or_default();
        let text: String = part(shown.clone()).chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let before = part(shown.start..self.span.start).width() + cut.width();
        let under = part(self.span.start..self.span.end.min(shown.end)).width();
        writeln!(f, "query, column {}: {}", self.column(), self.message)?;
        writeln!(f, "  {cut}{text}{cut_behind}")?;
        write!(f, "  {}{}", " ".repeat(before), "^".repeat(under.max(1)))?;
        match &self.help {
            Some(help) => write!(f, "\n  {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_a_long_query_the_part_around_the_mistake_is_shown() {
        let word = "gen\u{e8}ve ";
        let query = format!("{}(bern {}", word.repeat(1000), word.repeat(1000));
        let start = word.len() * 1000;
        let long = QueryError { query, span: start..start + 1, message: "not closed".to_owned(), help: None };
        let text = long.to_string();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "query, column 7001: not closed");
        assert!(lines[1].starts_with("  \u{2026}") && lines[1].ends_with('\u{2026}') && lines[1].chars().count() < 210);
        let column = |line: &str, mark| line.chars().position(|c| c == mark);
        assert_eq!(column(lines[1], '('), column(lines[2], '^'));
        let short = QueryError { query: "(bern".to_owned(), span: 0..1, message: "not closed".to_owned(), help: None };
        assert_eq!(short.to_string(), "query, column 1: not closed\n  (bern\n  ^");
        // A span that is none of the query's is no trouble.
        for span in [90..99, 1..2] {
            let query = "(\u{e8}bern".to_owned();
            let wrong = QueryError { query, span, message: String::new(), help: None };
            assert!(wrong.to_string().contains("(\u{e8}bern"));
        }
    }

    #[test]
    fn a_query_is_cut_where_it_is_longer_than_what_is_shown() {
        let [before, behind] = AROUND;
        for length in [1, before, before + 1, behind, before + behind, before + behind + 1, 500] {
            for at in [0, before - 1, before, before + 1, length - 1].into_iter().filter(|at| *at < length) {
                let query: String = (0..length).map(|at| char::from(b'a' + (at % 26) as u8)).collect();
                let error = QueryError { query, span: at..length, message: String::new(), help: None };
                let shown = error.shown();
                assert!(shown.contains(&at) && shown.len() <= before + behind, "{length} {at}");
                assert_eq!(shown == (0..length), length <= before + behind || shown.len() == length, "{length} {at}");
                assert!(shown.start == 0 || at - shown.start == before, "{length} {at}");
            }
        }
    }
}
