//! Reading: files of any supported format in, articles out.
//!
//! Format by extension, then by content; one file here per format. Decompression and character sets are undone in
//! `source` and `decode`, fields of records are told by their names in `fields`. Walking folders is left to others,
//! and so is what dates mean.

mod csv;
mod decode;
mod fields;
mod front_matter;
mod html;
mod json;
mod jsonl;
mod markdown;
mod metadata;
mod source;
mod text;

use std::fmt;
use std::io::Read;

use crate::article::Article;

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

/// Limits of reading.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ReadOptions {
    /// The largest record of a JSON Lines, JSON or CSV file; a larger one is skipped.
    pub max_record_bytes: usize,
    /// The largest file of a format that is read whole.
    pub max_file_bytes: usize,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions { max_record_bytes: 64 << 20, max_file_bytes: 512 << 20 }
    }
}

/// Takes articles, and why others were skipped; `false` means that no more are wanted.
pub type Sink<'a> = dyn FnMut(Result<Article, RecordError>) -> bool + 'a;

/// Hands each article of the file `path`, whose content `reader` gives, to `sink`, or why it was skipped.
///
/// Stops early, returning `false`, when `sink` returns `false`.
pub fn articles(path: &str, reader: &mut dyn Read, sink: &mut Sink<'_>) -> bool {
    articles_with(path, reader, &ReadOptions::default(), sink)
}

/// As [`articles`], within other limits.
pub fn articles_with(path: &str, reader: &mut dyn Read, options: &ReadOptions, sink: &mut Sink<'_>) -> bool {
    let mut out = Out { path, options, sink };
    let mut source = match source::Source::open(reader) {
        Ok(source) => source,
        Err(reason) => return out.refuse(None, reason),
    };
    match format(path, source.head()) {
        Format::Text => text::read(&mut source, &mut out),
        Format::Markdown => markdown::read(&mut source, &mut out),
        Format::Html => html::read(&mut source, &mut out),
        Format::Json => json::read(&mut source, &mut out),
        Format::JsonLines => jsonl::read(&mut source, &mut out),
        Format::Csv => csv::read(&mut source, None, &mut out),
        Format::Tsv => csv::read(&mut source, Some(b'\t'), &mut out),
    }
}

/// The text of a file as it is, decompressed and decoded; of a file of many records only record `record`, where records
/// are lines or rows.
///
/// # Errors
/// Why it cannot be read.
pub fn raw(path: &str, reader: &mut dyn Read, record: Option<u32>) -> Result<String, String> {
    let text = source::Source::open(reader)?.whole(ReadOptions::default().max_file_bytes, true)?;
    let Some(record) = record.filter(|record| *record > 0) else { return Ok(text) };
    let name = path.to_ascii_lowercase();
    let name = name.trim_end_matches(".gz").trim_end_matches(".zst");
    let number = record as usize - 1;
    if name.ends_with(".json") {
        let value: serde_json::Value = serde_json::from_str(&text).map_err(|error| error.to_string())?;
        return match value.get(number) {
            Some(one) => serde_json::to_string_pretty(one).map(|text| text + "\n").map_err(|error| error.to_string()),
            None => Ok(text),
        };
    }
    // A row goes on over line breaks within quotation marks.
    let (mut row, mut marks) = (String::new(), 0);
    for line in text.lines().skip(number) {
        row.push_str(line);
        row.push('\n');
        marks += line.matches('"').count();
        if marks.is_multiple_of(2) || !name.ends_with("sv") {
            break;
        }
    }
    Ok(row)
}

/// Whether the name of a file is that of a supported format.
pub fn is_supported(path: &str) -> bool {
    let path = path.to_ascii_lowercase();
    let name = path.strip_suffix(".gz").or(path.strip_suffix(".zst")).unwrap_or(&path);
    by_extension(name).is_some()
}

/// Where the readers put what they read.
struct Out<'a, 'b> {
    path: &'a str,
    options: &'a ReadOptions,
    sink: &'a mut Sink<'b>,
}

impl Out<'_, '_> {
    /// Hands over an article; one without text is refused.
    fn accept(&mut self, article: Article) -> bool {
        if article.body.is_empty() {
            return self.refuse(article.record, "no article text");
        }
        (self.sink)(Ok(article))
    }

    fn refuse(&mut self, record: Option<u32>, reason: impl Into<String>) -> bool {
        (self.sink)(Err(RecordError { path: self.path.to_owned(), record, reason: reason.into() }))
    }
}

/// Fills in what can be told from the rest: the language from the text, the source from the address.
fn complete(article: &mut Article) {
    if article.language.is_none() {
        article.language = crate::clean::language::detect(&article.body);
    }
    if article.source.is_none() {
        article.source = article.url.as_deref().and_then(host).map(str::to_owned);
    }
}

/// The host of an address, without `www.`.
fn host(url: &str) -> Option<&str> {
    let (_, rest) = url.split_once("://")?;
    let host = rest.split(['/', '?', '#']).next()?.rsplit('@').next()?.split(':').next()?;
    let host = host.strip_prefix("www.").unwrap_or(host);
    (host.contains('.') && host.len() <= 255).then_some(host)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Format {
    Text,
    Markdown,
    Html,
    Json,
    JsonLines,
    Csv,
    Tsv,
}

fn by_extension(name: &str) -> Option<Format> {
    let file = name.rsplit(['/', '\\']).next()?;
    let (stem, extension) = file.rsplit_once('.')?;
    let format = match extension {
        "txt" | "text" => Format::Text,
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::JsonLines,
        "csv" => Format::Csv,
        "tsv" => Format::Tsv,
        _ => return None,
    };
    (!stem.is_empty()).then_some(format)
}

/// The format of a file: what its name says, unless what it holds says otherwise.
fn format(path: &str, head: &[u8]) -> Format {
    let path = path.to_ascii_lowercase();
    let name = path.strip_suffix(".gz").or(path.strip_suffix(".zst")).unwrap_or(&path);
    let named = by_extension(name);
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    match named {
        None | Some(Format::Text | Format::Markdown) if looks_like_html(start) => Format::Html,
        None if start.starts_with(b"{") || start.starts_with(b"[") => by_json_content(start, false),
        Some(Format::Json | Format::JsonLines) => by_json_content(start, named == Some(Format::JsonLines)),
        None => Format::Text,
        Some(format) => format,
    }
}

fn looks_like_html(start: &[u8]) -> bool {
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes())))
}

/// Whether it is one JSON text or one a line: people name both either way.
fn by_json_content(start: &[u8], named_lines: bool) -> Format {
    let (line, rest) = match memchr::memchr(b'\n', start) {
        Some(end) => start.split_at(end),
        None => (start, &b""[..]),
    };
    let is_whole = serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    let one_a_line = match named_lines {
        true => line.trim_ascii() != b"{",
        false if is_whole => !rest.trim_ascii().is_empty(),
        // A bad first line; a pretty-printed object is indented.
        false => rest.starts_with(b"\n{\""),
    };
    if one_a_line && !start.starts_with(b"[") { Format::JsonLines } else { Format::Json }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
