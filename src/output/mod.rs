//! Output: hits, counts and articles, one file a format, each over `impl Write`. Nothing from a file reaches a terminal,
//! a page or a spreadsheet raw: writers for people go through [`plain`], the others escape as their format does.

pub mod bibtex;
pub mod columns;
pub mod counts;
pub mod csl;
pub mod delimited;
pub mod diff;
pub mod doctor;
pub mod explain;
pub mod help;
pub mod html;
pub mod info;
pub mod inspect;
pub mod json;
pub mod links;
pub mod markdown;
mod marked;
pub mod mentions;
pub mod names;
pub mod paint;
pub mod persons;
pub mod reading;
pub mod reference;
pub mod ris;
pub mod stories;
pub mod tally;
pub mod text;
pub mod words;

use std::borrow::Cow;
use std::io::{self, Write};
use std::path::Path;

use clap::ValueEnum;

use crate::results::{Hit, Spelt, Totals};
use columns::Column;
use paint::Paint;

/// How hits are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// JSON Lines: a begin line, one line a hit, a summary line.
    Jsonl,
    /// The same lines as one JSON array.
    Json,
    /// Comma-separated, with a header.
    Csv,
    /// Tab-separated, with a header.
    Tsv,
    /// Markdown.
    #[value(alias = "markdown")]
    Md,
    /// A page that needs nothing but itself.
    Html,
    /// RIS, for reference managers.
    Ris,
    /// BibTeX and biblatex.
    #[value(alias = "bib")]
    Bibtex,
    /// CSL-JSON, for Zotero and pandoc.
    CslJson,
}

impl Format {
    /// The format that a file's ending asks for.
    pub fn of_path(path: &Path) -> Option<Format> {
        let name = path.file_name()?.to_str()?.to_ascii_lowercase();
        let (stem, ending) = name.rsplit_once('.')?;
        Some(match ending {
            "txt" => Format::Text,
            "jsonl" | "ndjson" => Format::Jsonl,
            "json" if stem.ends_with(".csl") || stem.ends_with("-csl") => Format::CslJson,
            "json" => Format::Json,
            "csv" => Format::Csv,
            "tsv" | "tab" => Format::Tsv,
            "md" | "markdown" => Format::Md,
            "html" | "htm" => Format::Html,
            "ris" => Format::Ris,
            "bib" | "bibtex" => Format::Bibtex,
            "csljson" => Format::CslJson,
            _ => return None,
        })
    }

    /// Whether it says how many hits there are before the first of them.
    pub fn has_totals_above(self) -> bool {
        matches!(self, Format::Md | Format::Html)
    }

    /// Whether it says so behind the last.
    pub fn has_totals_below(self) -> bool {
        matches!(self, Format::Jsonl | Format::Json | Format::Md | Format::Html)
    }

    /// Whether a program is meant to read it: such output is not cut to a screen.
    pub fn is_for_programs(self) -> bool {
        self != Format::Text
    }
}

/// What stands before the hits of one query.
#[derive(Debug, Clone, Copy)]
pub struct Head<'a> {
    /// The query as typed.
    pub query: &'a str,
    /// How it was read, conditions of flags included.
    pub read_as: &'a str,
    /// What could surprise about that.
    pub notes: &'a [String],
    /// The word for one hit.
    pub what: &'a str,
    /// The words for their order.
    pub order: &'a str,
    /// The names of the query, and in which further spellings they were looked for.
    pub spelt: &'a [Spelt],
    /// The archive: its own name, and the moment of its last commit.
    pub archive: (&'a str, i64),
}

impl Head<'_> {
    /// The order, and in which further spellings names were looked for, in words.
    fn how(&self) -> String {
        match text::also_searched(self.spelt) {
            Some(also) => format!("{} · {also} (=word for exact)", self.order),
            None => self.order.to_owned(),
        }
    }
}

/// Writes the hits of one query or several, one behind another, keeping none.
pub trait Writer {
    /// Before the hits of a query.
    ///
    /// # Errors
    /// When it cannot be written; so for all of these.
    fn begin(&mut self, head: &Head<'_>) -> io::Result<()>;
    /// One hit, numbered from 1.
    #[allow(missing_docs, clippy::missing_errors_doc)]
    fn hit(&mut self, number: usize, totals: &Totals, hit: Hit<'_>) -> io::Result<()>;
    /// Behind the hits of a query, of which `shown` were written.
    #[allow(missing_docs, clippy::missing_errors_doc)]
    fn end(&mut self, totals: &Totals, shown: usize) -> io::Result<()>;
    /// Behind all.
    #[allow(missing_docs, clippy::missing_errors_doc)]
    fn finish(&mut self) -> io::Result<()>;
}

/// How a writer is set up.
#[derive(Debug, Clone)]
pub struct Style {
    /// For people.
    pub paint: Paint,
    /// The columns of CSV and TSV.
    pub columns: Vec<&'static Column>,
    /// The keys of JSON; empty for all.
    pub keys: Vec<String>,
    /// Whether paths are written whole in rows of one line, else cut to the width.
    pub whole_paths: bool,
    /// Whether CSV begins with a byte order mark, which Excel wants.
    pub bom: bool,
}

/// The writer of a format.
pub fn writer<'w, W: Write + 'w>(format: Format, out: W, style: Style) -> Box<dyn Writer + 'w> {
    match format {
        Format::Text => Box::new(text::Text::new(out, style.paint, style.whole_paths)),
        Format::Jsonl => Box::new(json::Json::lines(out, style.keys)),
        Format::Json => Box::new(json::Json::array(out, style.keys)),
        Format::Csv => Box::new(delimited::Delimited::csv(out, style.columns, style.bom)),
        Format::Tsv => Box::new(delimited::Delimited::tsv(out, style.columns, style.bom)),
        Format::Md => Box::new(markdown::Markdown::new(out)),
        Format::Html => Box::new(html::Html::new(out)),
        Format::Ris => Box::new(ris::Ris::new(out)),
        Format::Bibtex => Box::new(bibtex::Bibtex::new(out)),
        Format::CslJson => Box::new(csl::Csl::new(out)),
    }
}

/// `text` without what could steer a terminal: control bytes become `\u{FFFD}`, direction overrides are dropped.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || steers(c)) {
        return Cow::Borrowed(text);
    }
    let visible = |c: char| match c {
        '\n' | '\t' | '\u{2028}' | '\u{2029}' => Some(' '),
        _ if steers(c) => None,
        c if c.is_control() => Some('\u{FFFD}'),
        c => Some(c),
    };
    Cow::Owned(text.chars().filter_map(visible).collect())
}

/// Characters that reorder or break what is printed around them.
pub(crate) fn steers(c: char) -> bool {
    matches!(
        c,
        '\u{202A}'..='\u{202E}'
            | '\u{2066}'..='\u{2069}'
            | '\u{200E}'
            | '\u{200F}'
            | '\u{061C}'
            | '\u{2028}'
            | '\u{2029}'
            | '\u{FEFF}'
            | '\u{FFF9}'..='\u{FFFB}'
            | '\u{E0000}'..='\u{E007F}'
    )
}

/// An address that a page may link to: http or https, without anything that could end the link early.
pub(crate) fn safe_url(url: &str) -> Option<String> {
    let lower = url.trim().to_ascii_lowercase();
    if !lower.starts_with("https://") && !lower.starts_with("http://") {
        return None;
    }
    let mut out = String::new();
    for c in url.trim().chars() {
        match c {
            ' ' | '<' | '>' | '"' | '\'' | '`' | '\\' | '{' | '}' | '(' | ')' | '|' | '^' => {
                out.push_str(&format!("%{:02X}", c as u32));
            }
            c if c.is_control() || c.is_whitespace() || steers(c) => {}
            c => out.push(c),
        }
    }
    Some(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\u{7}\u{9b}2Jc"), "a\u{FFFD}[31mb\u{FFFD}\u{FFFD}2Jc");
        assert_eq!(plain("x\u{202E}y\u{2066}z"), "xyz");
        assert_eq!(plain("line\nbreak\u{2028}er"), "line break er");
        assert!(matches!(plain("Женева"), Cow::Borrowed(_)));
    }

    #[test]
    fn formats_by_ending_and_addresses() {
        let format = |name: &str| Format::of_path(Path::new(name));
        assert_eq!(format("a/b.CSV"), Some(Format::Csv));
        assert_eq!(format("refs.csl.json"), Some(Format::CslJson));
        assert_eq!(format("refs.json"), Some(Format::Json));
        assert_eq!(format("refs.docx"), None);
        assert_eq!(safe_url("javascript:alert(1)"), None);
        assert_eq!(safe_url("https://a.b/c d\"><x>").as_deref(), Some("https://a.b/c%20d%22%3E%3Cx%3E"));
    }
}
