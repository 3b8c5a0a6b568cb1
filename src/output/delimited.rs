//! Hits as CSV and TSV: one row a hit, with its passage, where it is, and the query.

use std::io::{self, Write};

use super::columns::{Column, Row};
use super::{Head, Writer, plain};
use crate::results::{Hit, Totals};

/// Writes rows.
pub struct Delimited<W: Write> {
    out: Rows<W>,
    columns: Vec<&'static Column>,
    query: String,
    begun: bool,
}

/// The mark by which Excel knows UTF-8.
pub const BOM: &[u8] = b"\xEF\xBB\xBF";

/// Rows of cells. Its errors are those of what it writes to, so that a closed pipe is known as one.
pub struct Rows<W: Write>(csv::Writer<W>);

/// CSV over `out`.
pub fn csv_writer<W: Write>(out: W) -> Rows<W> {
    Rows(csv::WriterBuilder::new().from_writer(out))
}

/// TSV over `out`. Cells hold no tab or line break (see [`harmless`]), so that nothing needs quoting.
pub fn tsv_writer<W: Write>(out: W) -> Rows<W> {
    Rows(csv::WriterBuilder::new().delimiter(b'\t').quote_style(csv::QuoteStyle::Never).from_writer(out))
}

impl<W: Write> Rows<W> {
    /// Writes one row.
    ///
    /// # Errors
    /// When what it writes to fails.
    pub fn write_record(&mut self, cells: impl IntoIterator<Item = impl AsRef<[u8]>>) -> io::Result<()> {
        self.0.write_record(cells).map_err(|error| match error.into_kind() {
            csv::ErrorKind::Io(error) => error,
            other => io::Error::other(format!("{other:?}")),
        })
    }

    /// Writes what is left.
    ///
    /// # Errors
    /// As [`Rows::write_record`].
    pub fn flush(&mut self) -> io::Result<()> {
        self.0.flush()
    }
}

impl<W: Write> Delimited<W> {
    /// Comma-separated, cells quoted where they must be.
    pub fn csv(mut out: W, columns: Vec<&'static Column>, bom: bool) -> Delimited<W> {
        // A failure shows at the next write.
        out.write_all(if bom { BOM } else { b"" }).ok();
        Delimited { out: csv_writer(out), columns, query: String::new(), begun: false }
    }

    /// Tab-separated, nothing quoted.
    pub fn tsv(mut out: W, columns: Vec<&'static Column>, bom: bool) -> Delimited<W> {
        out.write_all(if bom { BOM } else { b"" }).ok();
        Delimited { out: tsv_writer(out), columns, query: String::new(), begun: false }
    }
}

impl<W: Write> Writer for Delimited<W> {
    fn begin(&mut self, head: &Head<'_>) -> io::Result<()> {
        head.query.clone_into(&mut self.query);
        if !std::mem::replace(&mut self.begun, true) {
            self.out.write_record(self.columns.iter().map(|column| column.name))?;
        }
        Ok(())
    }

    fn hit(&mut self, number: usize, _: &Totals, hit: Hit<'_>) -> io::Result<()> {
        let row = Row { number, query: &self.query, hit };
        let cells = self.columns.iter().map(|column| harmless(&(column.value)(&row)));
        self.out.write_record(cells)
    }

    fn end(&mut self, _: &Totals, _: usize) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// A cell on one line that no spreadsheet takes for a formula: those that look like one get an apostrophe before them.
pub fn harmless(cell: &str) -> String {
    let cell = plain(cell);
    let begins = cell.trim_start().chars().next();
    match begins {
        Some('=' | '+' | '-' | '@' | '＝' | '＋' | '－' | '＠') => format!("'{cell}"),
        _ => cell.into_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_cell_is_run() {
        for cell in ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1", "  =cmd|' /C calc'!A0", "＝1"] {
            assert!(harmless(cell).starts_with('\''), "{cell}");
        }
        assert_eq!(harmless("Geneva\ttalks\r\n= none"), "Geneva talks\u{FFFD} = none");
    }
}
