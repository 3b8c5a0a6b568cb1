//! Files and records as they are, uncleaned.

use std::io::{Read, Seek};
use std::rc::Rc;

use super::limits::Budget;
use super::source::Source;
use super::{ReadOptions, articles, of_file};

/// A member of an archive that is wanted as it is.
pub(super) struct Wanted {
    /// Its path, with those of the archives it lies in before it.
    path: String,
    found: Option<Result<String, String>>,
}

impl Wanted {
    /// Takes the member at `path` if it is the one; gives whether to go on, or nothing if it is an archive that holds it.
    pub(super) fn look_at(&mut self, path: &str, reader: &mut dyn Read, budget: &Rc<Budget>) -> Option<bool> {
        match self.path.strip_prefix(path) {
            Some("") => {
                self.found = Some(whole(reader, budget));
                Some(false)
            }
            Some(behind) if behind.starts_with("!/") => None,
            _ => Some(true),
        }
    }
}

/// The text of a file as it is, decompressed and decoded; of a file of many records only record `record`, where records
/// are lines, rows or parts of a text. A member of an archive comes behind `!/`: `week.zip!/a.txt`; `file` is then the
/// archive.
///
/// # Errors
/// Why it cannot be read.
pub fn raw<F: Read + Seek>(path: &str, mut file: F, record: Option<u32>) -> Result<String, String> {
    let text = match path.split_once("!/") {
        None => whole(&mut file, &Rc::new(Budget::default()))?,
        Some((archive, _)) => {
            let mut wanted = Wanted { path: path.to_owned(), found: None };
            of_file(archive, file, &ReadOptions::default(), &mut |_| true, None, Some(&mut wanted));
            wanted.found.unwrap_or_else(|| Err("it is no longer in the archive".to_owned()))?
        }
    };
    match record.filter(|record| *record > 0) {
        Some(record) => record_of(path, text, record),
        None => Ok(text),
    }
}

fn whole(reader: &mut dyn Read, budget: &Rc<Budget>) -> Result<String, String> {
    Source::open(reader, budget)?.whole(ReadOptions::default().max_file_bytes, true)
}

fn record_of(path: &str, text: String, record: u32) -> Result<String, String> {
    let name = path.to_ascii_lowercase();
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
    let ends = |endings: &[&str]| endings.iter().any(|ending| name.ends_with(ending));
    if ends(&[".json"]) {
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        return match value.get(record as usize - 1) {
            Some(one) => serde_json::to_string_pretty(one).map(|text| text + "\n").map_err(|error| error.to_string()),
            None => Ok(text),
        };
    }
    if ends(&[".jsonl", ".ndjson", ".csv", ".tsv"]) {
        return Ok(row(&text, record, ends(&[".csv", ".tsv"])));
    }
    if ends(&[".txt", ".text"]) {
        return Ok(part(name, &text, record));
    }
    Ok(text)
}

/// The line `record` of a text; in a table, a row goes on over line breaks within quotation marks.
fn row(text: &str, record: u32, is_table: bool) -> String {
    let (mut row, mut marks) = (String::new(), 0);
    for line in text.lines().skip(record as usize - 1) {
        row.push_str(line);
        row.push('\n');
        marks += line.matches('"').count();
        if marks.is_multiple_of(2) || !is_table {
            break;
        }
    }
    row
}

/// The lines of the article that begins on line `record` of an export, up to the next article.
fn part(name: &str, text: &str, record: u32) -> String {
    let mut next = u32::MAX;
    articles(name, &mut text.as_bytes(), &mut |found| {
        let begins = found.map_or_else(|error| error.record, |article| article.record);
        next = begins.filter(|line| *line > record).map_or(next, |line| next.min(line));
        true
    });
    let lines = text.lines().skip(record as usize - 1).take(next.saturating_sub(record) as usize);
    lines.flat_map(|line| [line, "\n"]).collect()
}

#[cfg(all(test, feature = "office"))]
#[allow(clippy::unwrap_used)]
mod tests {
    use std::io::Cursor;

    use super::*;
    use crate::read::tests::documents::{tar, zip};

    #[test]
    fn members_of_archives_and_parts_of_exports_are_given_as_they_are() {
        let lines = b"{\"a\":1}\n{\"a\":2}\n";
        let inner = tar(&[("x/a.txt", b"Menu\n\nText of a.\n"), ("x/b.jsonl", lines)]);
        let archive = zip(&[("a.txt", b"Other"), ("in.tar", &inner)]);
        let ask = |path: &str, record| raw(path, Cursor::new(&archive), record);
        assert_eq!(ask("w.zip!/a.txt", None).unwrap(), "Other");
        assert_eq!(ask("w.zip!/in.tar!/x/a.txt", None).unwrap(), "Menu\n\nText of a.\n");
        assert_eq!(ask("w.zip!/in.tar!/x/b.jsonl", Some(2)).unwrap(), "{\"a\":2}\n");
        assert!(ask("w.zip!/gone.txt", None).is_err());
        let export = include_str!("../../tests/data/exports/factiva-2020.txt");
        let first = raw("factiva-2020.txt", Cursor::new(export), Some(1)).unwrap();
        let second = raw("factiva-2020.txt", Cursor::new(export), Some(18)).unwrap();
        assert_eq!(format!("{first}{second}"), export.lines().flat_map(|line| [line, "\n"]).collect::<String>());
        assert!(!first.contains("Farmers ask what") && second.contains("Farmers ask what"));
    }
}
