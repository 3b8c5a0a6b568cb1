//! CSV and TSV: a header row that names the columns, then an article a row.

use std::cell::Cell;
use std::io::{self, BufRead};
use std::rc::Rc;

use ::csv::{ErrorKind, ReaderBuilder, StringRecord};

use super::fields::{self, Field, Record};
use super::json::Metered;
use super::map::Section;
use super::source::{Source, describe};
use super::{Note, Out};
use crate::article::{Origin, Removed};
use crate::clean::layout::one_line;

pub(super) fn read(source: &mut Source<'_>, delimiter: Option<u8>, out: &mut Out<'_, '_, '_>) -> bool {
    let options = out.options;
    let map = options.map.as_ref().and_then(|map| map.section(out.path));
    let mut input = source.decoded();
    let (delimiter, carriage) = match input.fill_buf() {
        Ok(head) => (delimiter.unwrap_or_else(|| sniff(head)), ends_with_carriage(head)),
        Err(error) => return out.refuse(None, describe(&error)),
    };
    let budget = Rc::new(Cell::new(out.options.max_record_bytes));
    let input = Metered { inner: input, budget: Rc::clone(&budget) };
    let mut rows = ReaderBuilder::new().delimiter(delimiter).flexible(true).has_headers(false).from_reader(input);
    let mut row = StringRecord::new();
    let columns = match rows.read_record(&mut row) {
        Ok(true) => Columns::new(&row, delimiter, map),
        Ok(false) => return out.refuse(None, "empty file"),
        Err(error) => return out.refuse(Some(1), reason(&error, out)),
    };
    out.note(|| Note::Fields(columns.meanings()));
    if !columns.has_body() {
        return out.refuse(None, columns.without_body());
    }
    loop {
        budget.set(out.options.max_record_bytes);
        match rows.read_record(&mut row) {
            Ok(false) => return true,
            Ok(true) => {
                // A row ends at its carriage return: the line feed behind it counts for the next row only once read.
                let line = row.position().map_or(0, |p| u32::try_from(p.line()).unwrap_or(u32::MAX));
                let line = line.saturating_add(u32::from(carriage));
                if !out.unharmed(Some(line), |out| columns.read_row(&row, line, out)) {
                    return false;
                }
            }
            Err(error) => {
                let line = u32::try_from(rows.position().line()).unwrap_or(u32::MAX);
                if !out.refuse(Some(line), reason(&error, out)) {
                    return false;
                }
                if error.is_io_error() {
                    return true;
                }
            }
        }
    }
}

fn reason(error: &::csv::Error, out: &Out<'_, '_, '_>) -> String {
    match error.kind() {
        ErrorKind::Io(io) if io.kind() == io::ErrorKind::FileTooLarge => {
            let limit = out.options.max_record_bytes >> 20;
            format!(
                "a row larger than {limit} MiB, perhaps for an unclosed quotation mark; the rest of the file is skipped"
            )
        }
        ErrorKind::Io(io) => describe(io),
        _ => error.to_string(),
    }
}

/// Whether the header row ends with a carriage return and a line feed.
fn ends_with_carriage(head: &[u8]) -> bool {
    memchr::memchr(b'\n', head).is_some_and(|end| end > 0 && head.get(end - 1) == Some(&b'\r'))
}

/// The delimiter that the header row holds most of, outside quotation marks.
fn sniff(head: &[u8]) -> u8 {
    const DELIMITERS: [u8; 4] = *b",;\t|";
    let mut counts = [0usize; 4];
    let mut quoted = false;
    for byte in head {
        match byte {
            b'"' => quoted = !quoted,
            b'\n' if !quoted => break,
            byte if !quoted => {
                for (delimiter, count) in DELIMITERS.iter().zip(&mut counts) {
                    *count += usize::from(byte == delimiter);
                }
            }
            _ => {}
        }
    }
    let best = DELIMITERS.iter().zip(counts).rev().max_by_key(|(_, count)| *count);
    best.filter(|(_, count)| *count > 0).map_or(b',', |(delimiter, _)| *delimiter)
}

/// What the columns of a file mean.
struct Columns<'m> {
    map: Option<&'m Section>,
    names: Vec<String>,
    fields: Vec<Option<(Field, u8)>>,
    delimiter: u8,
}

impl<'m> Columns<'m> {
    fn new(header: &StringRecord, delimiter: u8, map: Option<&'m Section>) -> Columns<'m> {
        let names: Vec<String> = header.iter().map(one_line).collect();
        let field = |name: &String| {
            let by_name = || fields::field(name).map(|(field, rank)| (field, rank.saturating_add(fields::MAPPED)));
            match map {
                Some(map) => map.column(name).or_else(|| by_name().filter(|_| !map.only)),
                None => by_name(),
            }
        };
        let fields = names.iter().map(field).collect();
        Columns { map, names, fields, delimiter }
    }

    /// How each column is understood.
    fn meanings(&self) -> Vec<String> {
        let columns = self.names.iter().zip(&self.fields);
        columns.map(|(name, field)| format!("{name} = {}", field.map_or("-", |(field, _)| field.name()))).collect()
    }

    fn has_body(&self) -> bool {
        self.fields.iter().flatten().any(|(field, _)| *field == Field::Body)
    }

    fn without_body(&self) -> String {
        const MOST: usize = 8;
        let mut names: Vec<String> = self.names.iter().take(MOST).map(|name| name.chars().take(30).collect()).collect();
        if self.names.len() > MOST {
            names.push("..".to_owned());
        }
        format!("no column named body, text or content (found: {})", names.join(", "))
    }

    fn read_row(&self, row: &StringRecord, line: u32, out: &mut Out<'_, '_, '_>) -> bool {
        if row.iter().all(|cell| cell.trim().is_empty()) {
            return true;
        }
        let mut record = Record::default();
        let last = self.fields.len().saturating_sub(1);
        let body_is_last = matches!(self.fields.last(), Some(Some((Field::Body, _))));
        for (column, (cell, field)) in row.iter().zip(&self.fields).enumerate() {
            let Some((field, rank)) = field else { continue };
            if column == last && body_is_last && row.len() > self.fields.len() {
                // The text was not quoted, and its own commas cut it up.
                let glue = char::from(self.delimiter).to_string();
                let text: Vec<&str> = row.iter().skip(column).collect();
                record.offer(*field, *rank, text.join(&glue), Origin::Metadata);
            } else {
                record.offer(*field, *rank, cell.to_owned(), Origin::Metadata);
            }
        }
        if let Some(map) = self.map {
            record.take_constants(map);
        }
        let surplus: Vec<&str> = if body_is_last { Vec::new() } else { row.iter().skip(self.fields.len()).collect() };
        let surplus = surplus.join(" ");
        let surplus = (!surplus.trim().is_empty()).then(|| Removed {
            line,
            text: one_line(&surplus),
            reason: "surplus column".into(),
        });
        match record.into_article(out.path, Some(line), surplus) {
            Ok(article) => out.accept(article),
            Err(reason) => out.refuse(Some(line), reason),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sniffs_the_delimiter() {
        for (head, want) in [
            ("title,body\n", b','),
            ("title;body;date\n", b';'),
            ("title\tbody\n", b'\t'),
            ("\"a;b;c\",body\n", b','),
            ("body\n", b','),
            ("", b','),
        ] {
            assert_eq!(sniff(head.as_bytes()), want, "{head}");
        }
    }
}
