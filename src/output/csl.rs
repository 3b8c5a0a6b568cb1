//! CSL-JSON, as Zotero, pandoc and citeproc read it: one array of items.

use std::io::{self, Write};

use serde::Serialize;

use super::reference::{Author, Keys, Reference};
use super::{Head, Writer, json};
use crate::results::{Hit, Totals};
use crate::when::{Precision, When};

#[derive(Serialize)]
struct Item<'a> {
    id: &'a str,
    r#type: &'static str,
    title: &'a str,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    author: Vec<Name<'a>>,
    #[serde(rename = "container-title", skip_serializing_if = "Option::is_none")]
    outlet: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    issued: Option<Issued>,
    #[serde(rename = "URL", skip_serializing_if = "Option::is_none")]
    url: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    language: Option<&'a str>,
    #[serde(skip_serializing_if = "Option::is_none")]
    section: Option<&'a str>,
    #[serde(rename = "abstract", skip_serializing_if = "str::is_empty")]
    excerpt: &'a str,
    note: &'a str,
}

#[derive(Serialize)]
#[serde(untagged)]
enum Name<'a> {
    Person { family: &'a str, given: &'a str },
    Literal { literal: &'a str },
}

#[derive(Serialize)]
struct Issued {
    #[serde(rename = "date-parts")]
    parts: Vec<Vec<i16>>,
}

/// Writes items.
pub struct Csl<W: Write> {
    out: W,
    keys: Keys,
    query: String,
    begun: bool,
}

impl<W: Write> Csl<W> {
    /// Over `out`.
    pub fn new(out: W) -> Csl<W> {
        Csl { out, keys: Keys::default(), query: String::new(), begun: false }
    }
}

fn item(entry: &Reference) -> Item<'_> {
    Item {
        id: &entry.key,
        r#type: "article-newspaper",
        title: &entry.title,
        author: entry.authors.iter().map(name).collect(),
        outlet: entry.outlet.as_deref(),
        issued: entry.date.map(issued),
        url: entry.url.as_deref(),
        language: entry.language.as_deref(),
        section: entry.section.as_deref(),
        excerpt: &entry.excerpt,
        note: &entry.note,
    }
}

fn name(author: &Author) -> Name<'_> {
    match author {
        Author::Person { family, given } => Name::Person { family, given },
        Author::Literal(literal) => Name::Literal { literal },
    }
}

fn issued(when: When) -> Issued {
    let day = |date: jiff::civil::Date| vec![date.year(), i16::from(date.month()), i16::from(date.day())];
    let parts = match when.precision {
        Precision::Day => vec![day(when.first)],
        Precision::Month => vec![vec![when.first.year(), i16::from(when.first.month())]],
        Precision::Year => vec![vec![when.first.year()]],
        Precision::Range => vec![day(when.first), day(when.last)],
    };
    Issued { parts }
}

impl<W: Write> Writer for Csl<W> {
    fn begin(&mut self, head: &Head<'_>) -> io::Result<()> {
        head.query.clone_into(&mut self.query);
        Ok(())
    }

    fn hit(&mut self, _: usize, _: &Totals, hit: Hit<'_>) -> io::Result<()> {
        let entry = self.keys.reference(hit, &self.query);
        self.out.write_all(if self.begun { b",\n" } else { b"[\n" })?;
        self.begun = true;
        json::value(&mut self.out, &item(&entry))
    }

    fn end(&mut self, _: &Totals, _: usize) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.write_all(if self.begun { b"\n]\n" } else { b"[]\n" })?;
        self.out.flush()
    }
}
