//! BibTeX, in fields that BibTeX, biblatex and their kin read alike.

use std::io::{self, Write};

use super::reference::{Author, Keys, Reference};
use super::{Head, Writer};
use crate::results::{Hit, Totals};
use crate::when::{Precision, When};

/// Writes entries.
pub struct Bibtex<W: Write> {
    out: W,
    keys: Keys,
    query: String,
}

impl<W: Write> Bibtex<W> {
    /// Over `out`.
    pub fn new(out: W) -> Bibtex<W> {
        Bibtex { out, keys: Keys::default(), query: String::new() }
    }

    fn entry(&mut self, entry: &Reference) -> io::Result<()> {
        let authors: Vec<String> = entry.authors.iter().map(name).collect();
        let fields = [
            // The second pair of braces keeps the capitals of names.
            ("title", format!("{{{}}}", escaped(&entry.title))),
            ("author", authors.join(" and ")),
            ("journal", entry.outlet.as_deref().map_or_else(String::new, escaped)),
            ("date", entry.date.map_or_else(String::new, date)),
            ("year", entry.date.map_or_else(String::new, |when| format!("{:04}", when.first.year()))),
            ("entrysubtype", "newspaper".to_owned()),
            ("langid", entry.language.as_deref().map_or_else(String::new, escaped)),
            ("url", entry.url.clone().unwrap_or_default()),
            ("keywords", entry.section.as_deref().map_or_else(String::new, escaped)),
            ("abstract", escaped(&entry.excerpt)),
            ("annote", escaped(&entry.note)),
        ];
        writeln!(self.out, "@article{{{},", entry.key)?;
        for (field, value) in fields.iter().filter(|(_, value)| !value.is_empty()) {
            writeln!(self.out, "  {field} = {{{value}}},")?;
        }
        writeln!(self.out, "}}\n")
    }
}

fn name(author: &Author) -> String {
    match author {
        Author::Person { family, given } => format!("{}, {}", escaped(family), escaped(given)),
        Author::Literal(text) => format!("{{{}}}", escaped(text)),
    }
}

/// As ISO 8601 with the precision that is known.
fn date(when: When) -> String {
    match when.precision {
        Precision::Range => format!("{}/{}", when.first, when.last),
        _ => when.to_string(),
    }
}

/// `text` with what TeX would take for commands made letters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '\\' => out.push_str("\\textbackslash{}"),
            '~' => out.push_str("\\textasciitilde{}"),
            '^' => out.push_str("\\textasciicircum{}"),
            '{' | '}' | '%' | '&' | '$' | '#' | '_' => {
                out.push('\\');
                out.push(c);
            }
            c => out.push(c),
        }
    }
    out
}

impl<W: Write> Writer for Bibtex<W> {
    fn begin(&mut self, head: &Head<'_>) -> io::Result<()> {
        head.query.clone_into(&mut self.query);
        Ok(())
    }

    fn hit(&mut self, _: usize, _: &Totals, hit: Hit<'_>) -> io::Result<()> {
        let entry = self.keys.reference(hit, &self.query);
        self.entry(&entry)
    }

    fn end(&mut self, _: &Totals, _: usize) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}
