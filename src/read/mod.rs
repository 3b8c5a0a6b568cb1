//! Reading: files of any supported format in, articles out.
//!
//! Format by name, then by content (`format`); one file here per format. Decompression and character sets are undone in
//! `source` and `decode`, fields of records are told by their names in `fields` or by a mapping file (`map`), texts of
//! many articles are split in `exports`, archives are opened member by member and never unpacked to disk. Every limit
//! is in `limits`. Walking folders is left to others, and so is what dates mean.

mod containers;
mod csv;
mod decode;
mod document;
#[cfg(feature = "office")]
mod docx;
#[cfg(feature = "office")]
mod epub;
pub mod exports;
mod fields;
mod format;
mod front_matter;
mod html;
mod json;
mod jsonl;
pub mod limits;
#[cfg(feature = "mail")]
mod mail;
pub mod map;
mod markdown;
mod metadata;
mod names;
mod news_xml;
#[cfg(feature = "office")]
mod odt;
#[cfg(feature = "pdf")]
mod pdf;
mod raw;
mod rtf;
mod source;
mod text;
mod warc;
#[cfg_attr(not(feature = "office"), allow(dead_code))] // word processors' files need all of it
mod xml;

use std::fmt;
use std::io::{Read, Seek, SeekFrom};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::rc::Rc;
use std::sync::Arc;

use format::Format;
use limits::{Budget, Packed};
pub use raw::raw;
use source::Source;

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

/// How to read.
#[derive(Debug, Clone)]
pub struct ReadOptions {
    /// The largest record of a file of many; a larger one is skipped.
    pub max_record_bytes: usize,
    /// The largest file of a format that is read whole.
    pub max_file_bytes: usize,
    /// What fields are called, where their names do not tell, and rules for exports of one's own.
    pub map: Option<Arc<map::Map>>,
}

impl Default for ReadOptions {
    fn default() -> ReadOptions {
        ReadOptions { max_record_bytes: limits::RECORD_BYTES, max_file_bytes: limits::FILE_BYTES, map: None }
    }
}

/// Takes articles, and why others were skipped; `false` means that no more are wanted.
pub type Sink<'a> = dyn FnMut(Result<Article, RecordError>) -> bool + 'a;

/// What is told of a file, or a member of an archive, while it is read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Note {
    /// Its format, what told it, and what it was packed with, outermost first.
    Format {
        /// For people: `DOCX`, `plain text`.
        name: &'static str,
        /// What told it.
        by: Recognised,
        /// `gzip`, `zstd`.
        packing: Vec<&'static str>,
    },
    /// The character set it was decoded from.
    Encoding(&'static str),
    /// It is a database export, split by the rule of this name.
    Export(String),
    /// How its columns or keys are understood: `Headline = title`.
    Fields(Vec<String>),
    /// Members of an archive that are of no format that is read.
    Passed(u32),
    /// Something else worth knowing.
    Remark(String),
}

/// What told a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Recognised {
    /// The name of the file.
    ByName,
    /// What is in it.
    ByContent,
}

/// Takes notes on how each file is read: its path, and the note.
pub type Notes<'a> = dyn FnMut(&str, Note) + 'a;

/// Hands each article of the file `path`, whose content `reader` gives, to `sink`, or why it was skipped.
///
/// Stops early, returning `false`, when `sink` returns `false`.
pub fn articles(path: &str, reader: &mut dyn Read, sink: &mut Sink<'_>) -> bool {
    articles_with(path, reader, &ReadOptions::default(), sink)
}

/// As [`articles`], with other options.
pub fn articles_with(path: &str, reader: &mut dyn Read, options: &ReadOptions, sink: &mut Sink<'_>) -> bool {
    let budget = Rc::new(Budget::default());
    let mut out = Out { path, options, sink, notes: None, depth: 0, budget: Rc::clone(&budget), wanted: None };
    out.unharmed(None, |out| read(&mut Packed { inner: reader, budget }, out))
}

/// As [`articles_with`], of a file on disk: a ZIP file is then read member by member, whatever its size.
pub fn articles_of_file<F: Read + Seek>(path: &str, file: F, options: &ReadOptions, sink: &mut Sink<'_>) -> bool {
    of_file(path, file, options, sink, None, None)
}

/// As [`articles_of_file`], with notes on how it is read.
pub fn examine<F: Read + Seek>(
    path: &str,
    file: F,
    options: &ReadOptions,
    sink: &mut Sink<'_>,
    notes: &mut Notes<'_>,
) -> bool {
    of_file(path, file, options, sink, Some(notes), None)
}

fn of_file<F: Read + Seek>(
    path: &str,
    file: F,
    options: &ReadOptions,
    sink: &mut Sink<'_>,
    notes: Option<&mut Notes<'_>>,
    wanted: Option<&mut raw::Wanted>,
) -> bool {
    let budget = Rc::new(Budget::default());
    let mut out = Out { path, options, sink, notes, depth: 0, budget: Rc::clone(&budget), wanted };
    let mut file = Packed { inner: file, budget };
    let mut magic = [0; 4];
    let count = file.inner.read(&mut magic).unwrap_or(0);
    if let Err(error) = file.inner.seek(SeekFrom::Start(0)) {
        return out.refuse(None, source::describe(&error));
    }
    let is_zip = count == 4 && magic == *b"PK\x03\x04";
    out.unharmed(None, |out| if is_zip { containers::zip(&mut file, out) } else { read(&mut file, out) })
}

/// Reads one file, or one member of an archive.
fn read(reader: &mut dyn Read, out: &mut Out<'_, '_, '_>) -> bool {
    let mut source = match Source::open(reader, &out.budget) {
        Ok(source) => source,
        Err(reason) => return out.refuse(None, reason),
    };
    let (format, by) = format::of(out.path, source.head());
    if format != Format::Zip {
        out.note(|| Note::Format { name: format.name(), by, packing: source.packing().to_vec() });
    }
    if format.is_text() && decode::is_binary(source.head()) {
        return out.refuse(None, "looks like a binary file");
    }
    let goes_on = match format {
        Format::Text => text::read(&mut source, out),
        Format::Markdown => markdown::read(&mut source, out),
        Format::Html => html::read(&mut source, out),
        Format::Json => json::read(&mut source, out),
        Format::JsonLines => jsonl::read(&mut source, out),
        Format::Csv => csv::read(&mut source, None, out),
        Format::Tsv => csv::read(&mut source, Some(b'\t'), out),
        Format::Xml => news_xml::read(&mut source, out),
        Format::Rtf => rtf::read(&mut source, out),
        #[cfg(feature = "pdf")]
        Format::Pdf => pdf::read(&mut source, out),
        #[cfg(not(feature = "pdf"))]
        Format::Pdf => out.refuse(None, without("pdf")),
        #[cfg(feature = "mail")]
        Format::Mail => mail::read(&mut source, out),
        #[cfg(feature = "mail")]
        Format::Mbox => mail::read_mbox(&mut source, out),
        #[cfg(feature = "mail")]
        Format::Mhtml => mail::read_page(&mut source, out),
        #[cfg(not(feature = "mail"))]
        Format::Mail | Format::Mbox | Format::Mhtml => out.refuse(None, without("mail")),
        Format::Warc => warc::read(&mut source, out),
        Format::Zip => containers::zip_in_memory(&mut source, out),
        Format::Tar => containers::tar(&mut source, out),
        Format::OldOffice => out.refuse(None, "an Office file of before 2007: save it as .docx to have it read"),
    };
    if let Some(encoding) = source.encoding() {
        out.note(|| Note::Encoding(encoding));
    }
    goes_on
}

#[cfg(not(all(feature = "pdf", feature = "mail", feature = "office")))]
fn without(feature: &str) -> String {
    format!("this newsidx was built without the feature `{feature}`")
}

/// Whether the name of a file is that of a supported format.
pub fn is_supported(path: &str) -> bool {
    format::by_name(path).is_some()
}

/// Where the readers put what they read.
struct Out<'a, 's, 'n> {
    path: &'a str,
    options: &'a ReadOptions,
    sink: &'a mut Sink<'s>,
    notes: Option<&'a mut Notes<'n>>,
    /// How many archives the file lies in.
    depth: u8,
    budget: Rc<Budget>,
    /// A member that is wanted as it is, and none of the others.
    wanted: Option<&'a mut raw::Wanted>,
}

impl Out<'_, '_, '_> {
    /// Hands over an article; one without text is refused.
    fn accept(&mut self, mut article: Article) -> bool {
        if let Some(rules) = self.options.map.as_ref().and_then(|map| map.lines.as_ref()) {
            rules.apply(&mut article);
        }
        if article.body.is_empty() {
            return self.refuse(article.record, "no article text");
        }
        #[cfg(test)]
        article.trip("reading");
        (self.sink)(Ok(article))
    }

    fn refuse(&mut self, record: Option<u32>, reason: impl Into<String>) -> bool {
        (self.sink)(Err(RecordError { path: self.path.to_owned(), record, reason: reason.into() }))
    }

    fn note(&mut self, note: impl FnOnce() -> Note) {
        if let Some(notes) = &mut self.notes {
            notes(self.path, note());
        }
    }

    /// Reads a member of an archive; what goes wrong in it costs nothing but the member.
    fn member(&mut self, name: &str, reader: &mut dyn Read) -> bool {
        let path = member_path(self.path, name);
        if let Some(goes_on) = self.wanted.as_deref_mut().and_then(|wanted| wanted.look_at(&path, reader, &self.budget))
        {
            return goes_on;
        }
        let budget = Rc::clone(&self.budget);
        let (options, notes, wanted) = (self.options, self.notes.as_deref_mut(), self.wanted.as_deref_mut());
        let mut out = Out { path: &path, options, sink: &mut *self.sink, notes, depth: self.depth + 1, budget, wanted };
        if out.depth > limits::DEPTH {
            return out.refuse(None, format!("archives nested more than {} deep", limits::DEPTH));
        }
        out.unharmed(None, |out| read(reader, out))
    }

    /// Reads a record, or all there is, by `read`: if it panics, this is refused, and nothing else is lost by it.
    fn unharmed(&mut self, record: Option<u32>, read: impl FnOnce(&mut Self) -> bool) -> bool {
        caught(|| read(self)).unwrap_or_else(|reason| self.refuse(record, reason))
    }

    /// As [`Out::member`], each article seen to before it is handed over.
    fn member_with(&mut self, name: &str, reader: &mut dyn Read, see_to: &mut dyn FnMut(&mut Article)) -> bool {
        let sink = &mut *self.sink;
        let mut sink = |found: Result<Article, RecordError>| {
            sink(found.map(|mut article| {
                see_to(&mut article);
                article
            }))
        };
        let budget = Rc::clone(&self.budget);
        let (notes, wanted) = (self.notes.as_deref_mut(), self.wanted.as_deref_mut());
        Out { path: self.path, options: self.options, sink: &mut sink, notes, depth: self.depth, budget, wanted }
            .member(name, reader)
    }
}

/// What `read` gives, or why there is nothing: it panicked, which is a mistake of ours.
fn caught<T>(read: impl FnOnce() -> T) -> Result<T, &'static str> {
    catch_unwind(AssertUnwindSafe(read)).map_err(|_| "reading it failed inside newsidx; please report it")
}

/// The path of a member: `archive.zip!/inner/file.html`.
fn member_path(archive: &str, name: &str) -> String {
    let parts = name.split(['/', '\\']).filter(|part| !matches!(*part, "" | "." | ".."));
    format!("{archive}!/{}", parts.collect::<Vec<_>>().join("/"))
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
