//! RIS, as reference managers import it: two letters, two blanks, a dash, a value; lines end as the format's makers
//! ended them.

use std::io::{self, Write};

use super::reference::{Author, Keys, Reference};
use super::{Head, Writer};
use crate::results::{Hit, Totals};
use crate::when::{Precision, When};

/// Writes entries.
pub struct Ris<W: Write> {
    out: W,
    keys: Keys,
    query: String,
}

impl<W: Write> Ris<W> {
    /// Over `out`.
    pub fn new(out: W) -> Ris<W> {
        Ris { out, keys: Keys::default(), query: String::new() }
    }

    fn entry(&mut self, entry: &Reference) -> io::Result<()> {
        let mut tag = |name: &str, value: &str| match value {
            "" => Ok(()),
            value => write!(self.out, "{name}  - {value}\r\n"),
        };
        tag("TY", "NEWS")?;
        tag("ID", &entry.key)?;
        tag("TI", &entry.title)?;
        for author in &entry.authors {
            tag("AU", &name(author))?;
        }
        tag("T2", entry.outlet.as_deref().unwrap_or_default())?;
        if let Some(date) = entry.date {
            let (year, day) = dates(date);
            tag("PY", &year)?;
            tag("DA", &day)?;
        }
        tag("SE", entry.section.as_deref().unwrap_or_default())?;
        tag("LA", entry.language.as_deref().unwrap_or_default())?;
        tag("UR", entry.url.as_deref().unwrap_or_default())?;
        tag("AN", &entry.id)?;
        tag("AB", &entry.excerpt)?;
        tag("N1", &entry.note)?;
        write!(self.out, "ER  - \r\n\r\n")
    }
}

/// `Family, Given`; a name that is no person's as it is, its commas aside, for they would cut it.
fn name(author: &Author) -> String {
    match author {
        Author::Person { family, given } => format!("{family}, {given}"),
        Author::Literal(text) => text.replace(", ", " - ").replace(',', " "),
    }
}

/// The year, and the date as year, month and day, what is unknown left empty: `2022/01/20/`.
fn dates(when: When) -> (String, String) {
    let day = when.first;
    let year = format!("{:04}", day.year());
    let date = match when.precision {
        Precision::Day => format!("{year}/{:02}/{:02}/", day.month(), day.day()),
        Precision::Month => format!("{year}/{:02}//", day.month()),
        Precision::Year => format!("{year}///"),
        Precision::Range => format!("{year}///{when}"),
    };
    (year, date)
}

impl<W: Write> Writer for Ris<W> {
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
