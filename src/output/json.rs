//! JSON Lines: a begin line, one line a hit, a summary line, so that a stream cut short is noticed. A contract: its
//! version counts up when a key changes its meaning or goes; keys may be added. The README lists them.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;

use crate::annotations::Span;
use crate::article::Dated;
use crate::results::{ArticleHit, Found, Passage, QuoteHit, Source, Spelt};

/// Version of the layout.
pub const SCHEMA: u32 = 1;

#[derive(Serialize)]
struct Begin<'a> {
    r#type: &'static str,
    schema: u32,
    query: &'a str,
    read_as: String,
    notes: Vec<String>,
    /// The names of the query, each with the further spellings in which it was looked for.
    expanded: BTreeMap<&'a str, &'a [String]>,
}

#[derive(Serialize)]
struct Summary {
    r#type: &'static str,
    total: u64,
    stories: u64,
    shown: usize,
    first: Option<String>,
    last: Option<String>,
    undated: u64,
    partial: bool,
}

#[derive(Serialize)]
struct Date {
    value: String,
    precision: &'static str,
    from: &'static str,
    inferred: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    time: Option<String>,
}

#[derive(Serialize)]
pub(super) struct Origin<'a> {
    id: &'a str,
    title: Option<&'a str>,
    date: Option<Date>,
    source: Option<&'a str>,
    byline: Option<&'a str>,
    section: Option<&'a str>,
    language: Option<&'a str>,
    url: Option<&'a str>,
    path: &'a str,
    record: Option<u32>,
    line: u32,
}

#[derive(Serialize)]
struct Article<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    origin: Origin<'a>,
    score: f32,
    copies: u32,
    mentions: usize,
    title_highlights: Vec<[u32; 2]>,
    places: &'a [String],
    speakers: &'a [String],
    passages: Vec<JsonPassage<'a>>,
}

#[derive(Serialize)]
struct JsonPassage<'a> {
    text: &'a str,
    highlights: Vec<[u32; 2]>,
    line: u32,
    paragraph: u32,
    speaker: Option<&'a str>,
}

#[derive(Serialize)]
struct Quote<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    origin: Origin<'a>,
    score: f32,
    copies: u32,
    text: &'a str,
    highlights: Vec<[u32; 2]>,
    kind: &'static str,
    speaker: Option<&'a str>,
    said_by: Option<&'a str>,
    role: Option<&'a str>,
    verb: Option<&'a str>,
    resolution: &'static str,
    confidence: f32,
    said_on: Option<&'a str>,
    paragraph: u32,
}

/// The begin line.
///
/// # Errors
/// When `out` fails.
pub fn begin(
    out: &mut impl Write,
    query: &str,
    read_as: String,
    notes: Vec<String>,
    spelt: &[Spelt],
) -> io::Result<()> {
    let expanded = spelt.iter().map(|spelt| (spelt.word.as_str(), spelt.forms.as_slice())).collect();
    line(out, &Begin { r#type: "begin", schema: SCHEMA, query, read_as, notes, expanded })
}

/// One article.
///
/// # Errors
/// When `out` fails.
pub fn article(out: &mut impl Write, hit: &ArticleHit) -> io::Result<()> {
    line(
        out,
        &Article {
            r#type: "article",
            origin: origin(&hit.source, hit.line),
            score: hit.score,
            copies: hit.copies,
            mentions: hit.mentions,
            title_highlights: ranges(&hit.title_highlights),
            places: &hit.places,
            speakers: &hit.speakers,
            passages: hit.passages.iter().map(passage).collect(),
        },
    )
}

/// One quotation.
///
/// # Errors
/// When `out` fails.
pub fn quote(out: &mut impl Write, hit: &QuoteHit) -> io::Result<()> {
    line(
        out,
        &Quote {
            r#type: "quote",
            origin: origin(&hit.source, hit.line),
            score: hit.score,
            copies: hit.copies,
            text: &hit.text,
            highlights: ranges(&hit.highlights),
            kind: hit.kind.as_str(),
            speaker: hit.speaker.as_deref(),
            said_by: hit.said_by.as_deref(),
            role: hit.role.as_deref(),
            verb: hit.verb.as_deref(),
            resolution: hit.resolution.as_str(),
            confidence: (hit.confidence * 100.0).round() / 100.0,
            said_on: hit.said_on.as_deref(),
            paragraph: hit.paragraph,
        },
    )
}

/// The summary line.
///
/// # Errors
/// When `out` fails.
pub fn summary<Hit>(out: &mut impl Write, found: &Found<Hit>) -> io::Result<()> {
    line(
        out,
        &Summary {
            r#type: "summary",
            total: found.total,
            stories: found.stories,
            shown: found.hits.len(),
            first: found.first.map(|day| day.to_string()),
            last: found.last.map(|day| day.to_string()),
            undated: found.undated,
            partial: false,
        },
    )
}

pub(super) fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    serde_json::to_writer(&mut *out, value)?;
    out.write_all(b"\n")
}

pub(super) fn origin(source: &Source, line: u32) -> Origin<'_> {
    Origin {
        id: &source.id,
        title: source.title.as_deref(),
        date: source.date.as_ref().map(date),
        source: source.source.as_deref(),
        byline: source.byline.as_deref(),
        section: source.section.as_deref(),
        language: source.language.as_deref(),
        url: source.url.as_deref(),
        path: &source.path,
        record: source.record,
        line,
    }
}

fn date(date: &Dated) -> Date {
    Date {
        value: date.when.to_string(),
        precision: if date.time.is_some() { "minute" } else { date.when.precision.as_str() },
        from: date.origin.as_str(),
        inferred: date.inferred,
        time: date.time.clone(),
    }
}

fn passage(passage: &Passage) -> JsonPassage<'_> {
    JsonPassage {
        text: &passage.text,
        highlights: ranges(&passage.highlights),
        line: passage.line,
        paragraph: passage.paragraph,
        speaker: passage.speaker.as_deref(),
    }
}

fn ranges(spans: &[Span]) -> Vec<[u32; 2]> {
    spans.iter().map(|span| [span.start, span.end]).collect()
}
