//! HTML: one article a page, its metadata in the head, its text in the body.

use super::document::Unit;
use super::fields::{Field, Record};
use super::source::Source;
use super::{Out, complete, exports, metadata};
use crate::article::Article;
use crate::clean::layout::{Paragraph, paragraphs};
use crate::clean::{clean, html, tags};

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    match source.whole(out.options.max_file_bytes, true) {
        Ok(text) => {
            if let Some(goes_on) = exports::read(&text, || export_text(&text), Unit::Paragraph, out) {
                return goes_on;
            }
            let mut article = Article { path: out.path.to_owned(), ..Article::default() };
            fill(&mut article, &text, Record::default());
            complete(&mut article);
            out.accept(article)
        }
        Err(reason) => out.refuse(None, reason),
    }
}

/// The lines of a page that may be an export, each a paragraph.
fn export_text(page: &str) -> String {
    let text = tags::strip(page);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}

/// Fills `article` from a page. What `known` has comes before what the page says of itself.
pub(super) fn fill(article: &mut Article, page: &str, known: Record) {
    let mut record = known;
    let main = match html::parse(page) {
        Some(document) => {
            metadata::read(&document, &mut record);
            html::main_text(document, page)
        }
        None => tags::strip(page),
    };
    let in_data = record.take(Field::Body).filter(|body| is_better(body, &main));
    record.fill(article);
    let mut found = match in_data {
        Some(body) if tags::is_markup(&body) => paragraphs(&tags::strip(&body)),
        Some(body) => paragraphs(&body),
        None => paragraphs(&main),
    };
    locate(&mut found, page);
    clean(article, found);
}

/// Whether the text that the page's data hold is to be taken, not the one found in its markup.
fn is_better(in_data: &str, found: &str) -> bool {
    const POOR: usize = 500;
    let is_poor = found.len() < POOR || found.len() * 2 < in_data.len();
    is_poor && in_data.len() * 10 >= found.len() * 6
}

/// Finds the line of the page that each paragraph begins on; a paragraph that cannot be found has that of the one
/// above it.
fn locate(paragraphs: &mut [Paragraph], page: &str) {
    const MOST_MISSES: usize = 20;
    let bytes = page.as_bytes();
    let (mut at, mut line, mut misses) = (0, 1u32, 0);
    for paragraph in paragraphs {
        if misses < MOST_MISSES {
            let needle = plain_start(&paragraph.text);
            match bytes.get(at..).and_then(|rest| memchr::memmem::find(rest, needle)) {
                Some(offset) if !needle.is_empty() => {
                    let passed = bytes.get(at..at + offset).unwrap_or_default();
                    line = line.saturating_add(memchr::memchr_iter(b'\n', passed).count() as u32);
                    at += offset + needle.len();
                }
                _ => misses += 1,
            }
        }
        paragraph.line = line;
    }
}

/// The first characters of a text that surely stand in the page as they are: no blanks in a row, no entities.
fn plain_start(text: &str) -> &[u8] {
    const LONGEST: usize = 40;
    const SHORTEST: usize = 8;
    let is_plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b',' | b'.');
    let runs = text.as_bytes().split(|b| !is_plain(b)).take(20);
    let run = runs.map(<[u8]>::trim_ascii).find(|run| run.len() >= SHORTEST).unwrap_or_default();
    run.get(..run.len().min(LONGEST)).unwrap_or_default()
}
