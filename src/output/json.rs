//! JSON Lines: a begin line, one line a hit, a summary line, so that a stream cut short is noticed; or the same lines as
//! one array. A contract: `schema/newsidx.schema.json` describes every line. Its version counts up when a key changes
//! its meaning or goes; keys may be added.

use std::collections::BTreeMap;
use std::io::{self, Write};

use serde::Serialize;
use serde_json::Value;

use super::{Head, Writer, steers};
use crate::annotations::Span;
use crate::article::Dated;
use crate::results::{ArticleHit, Hit, Kind, Mention, Passage, QuoteHit, Source, Totals};

/// Version of the layout.
pub const SCHEMA: u32 = 1;
/// The oldest version that a reader may ask for.
pub const OLDEST: u32 = 1;
/// The JSON Schema of every line.
pub const JSON_SCHEMA: &str = include_str!("../../schema/newsidx.schema.json");

#[derive(Serialize)]
struct Begin<'a> {
    r#type: &'static str,
    schema: u32,
    program: &'static str,
    query: &'a str,
    read_as: &'a str,
    notes: &'a [String],
    /// The names of the query, each with the further spellings in which it was looked for.
    expanded: BTreeMap<&'a str, &'a [String]>,
    archive: Archive<'a>,
}

#[derive(Serialize)]
struct Archive<'a> {
    name: &'a str,
    moment: i64,
}

#[derive(Serialize)]
struct Summary {
    r#type: &'static str,
    total: u64,
    stories: u64,
    mentions: Option<u64>,
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

/// Writes lines, or an array of what the lines are.
pub struct Json<W: Write> {
    out: W,
    keys: Vec<String>,
    array: bool,
    begun: bool,
}

impl<W: Write> Json<W> {
    /// One line each. `keys` are those wanted of a hit; empty for all.
    pub fn lines(out: W, keys: Vec<String>) -> Json<W> {
        Json { out, keys, array: false, begun: false }
    }

    /// The same as one array.
    pub fn array(out: W, keys: Vec<String>) -> Json<W> {
        Json { out, keys, array: true, begun: false }
    }

    fn put(&mut self, value: &impl Serialize) -> io::Result<()> {
        let first = !std::mem::replace(&mut self.begun, true);
        match (self.array, first) {
            (true, true) => self.out.write_all(b"[\n")?,
            (true, false) => self.out.write_all(b",\n")?,
            _ => {}
        }
        self::value(&mut self.out, value)?;
        if self.array { Ok(()) } else { self.out.write_all(b"\n") }
    }

    /// The keys asked for, in their order; `type` first.
    fn put_part(&mut self, value: &impl Serialize) -> io::Result<()> {
        if self.keys.is_empty() {
            return self.put(value);
        }
        let Value::Object(all) = serde_json::to_value(value)? else { return Ok(()) };
        let keys = std::iter::once("type").chain(self.keys.iter().map(String::as_str).filter(|key| *key != "type"));
        let part = Ordered(keys.filter_map(|key| Some((key.to_owned(), all.get(key)?.clone()))).collect());
        self.put(&part)
    }
}

/// An object whose keys keep their order.
struct Ordered(Vec<(String, Value)>);

impl Serialize for Ordered {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.0.iter().map(|(key, value)| (key, value)))
    }
}

impl<W: Write> Writer for Json<W> {
    fn begin(&mut self, head: &Head<'_>) -> io::Result<()> {
        self.put(&Begin {
            r#type: "begin",
            schema: SCHEMA,
            program: concat!("newsidx ", env!("CARGO_PKG_VERSION")),
            query: head.query,
            read_as: head.read_as,
            notes: head.notes,
            expanded: head.spelt.iter().map(|spelt| (spelt.word.as_str(), spelt.forms.as_slice())).collect(),
            archive: Archive { name: head.archive.0, moment: head.archive.1 },
        })
    }

    fn hit(&mut self, _: usize, _: &Totals, hit: Hit<'_>) -> io::Result<()> {
        match hit {
            Hit::Article(hit) => self.put_part(&article(hit)),
            Hit::Quote(hit) => self.put_part(&quote(hit)),
            Hit::Mention(source, hit) => self.put_part(&mention(source, hit)),
            Hit::Sentence(source, hit) => self.put_part(&sentence(source, hit)),
        }
    }

    fn end(&mut self, totals: &Totals, shown: usize) -> io::Result<()> {
        self.put(&Summary {
            r#type: "summary",
            total: totals.total,
            stories: totals.stories,
            mentions: totals.mentions,
            shown,
            first: totals.first.map(|day| day.to_string()),
            last: totals.last.map(|day| day.to_string()),
            undated: totals.undated,
            partial: false,
        })
    }

    fn finish(&mut self) -> io::Result<()> {
        match (self.array, self.begun) {
            (true, true) => self.out.write_all(b"\n]\n")?,
            (true, false) => self.out.write_all(b"[]\n")?,
            _ => {}
        }
        self.out.flush()
    }
}

/// The keys of a hit, by which `--fields` chooses.
///
/// # Errors
/// One line that says which name is none, and which there are.
pub fn check_keys(keys: &[String], kind: Kind) -> Result<(), String> {
    const SHARED: &[&str] =
        &["type", "id", "title", "date", "source", "byline", "section", "language", "url", "path", "record", "line"];
    const ARTICLE: &[&str] = &["score", "copies", "mentions", "title_highlights", "places", "speakers", "passages"];
    const MENTION: &[&str] = &["in", "span", "left", "text", "right", "highlights", "speaker", "paragraph"];
    const SENTENCE: &[&str] = &["in", "text", "highlights", "speaker", "paragraph"];
    const QUOTE: &[&str] = &[
        "score",
        "copies",
        "text",
        "highlights",
        "kind",
        "speaker",
        "said_by",
        "role",
        "verb",
        "resolution",
        "confidence",
        "said_on",
        "paragraph",
    ];
    let own = match kind {
        Kind::Article => ARTICLE,
        Kind::Quote => QUOTE,
        Kind::Mention => MENTION,
        Kind::Sentence => SENTENCE,
    };
    match keys.iter().find(|key| !SHARED.contains(&key.as_str()) && !own.contains(&key.as_str())) {
        Some(key) => Err(format!("`{key}` is no key of JSON; there are: {}", [SHARED, own].concat().join(", "))),
        None => Ok(()),
    }
}

/// Writes one value as a line.
///
/// # Errors
/// When `out` fails.
pub fn line(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    self::value(out, value)?;
    out.write_all(b"\n")
}

/// Writes one value, without a line break behind it.
///
/// # Errors
/// When `out` fails.
pub fn value(out: &mut impl Write, value: &impl Serialize) -> io::Result<()> {
    value.serialize(&mut serde_json::Serializer::with_formatter(out, Inert))?;
    Ok(())
}

/// JSON in which nothing steers a terminal: control characters and direction overrides are escaped, so that nothing is
/// lost and nothing happens.
struct Inert;

impl serde_json::ser::Formatter for Inert {
    fn write_string_fragment<W: Write + ?Sized>(&mut self, out: &mut W, fragment: &str) -> io::Result<()> {
        let mut from = 0;
        for (at, c) in fragment.char_indices().filter(|(_, c)| c.is_control() || steers(*c)) {
            out.write_all(&fragment.as_bytes()[from..at])?;
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                write!(out, "\\u{unit:04x}")?;
            }
            from = at + c.len_utf8();
        }
        out.write_all(&fragment.as_bytes()[from..])
    }
}

fn article(hit: &ArticleHit) -> Article<'_> {
    Article {
        r#type: "article",
        origin: origin(&hit.source, hit.line),
        score: hit.score,
        copies: hit.copies,
        mentions: hit.mentions,
        title_highlights: ranges(&hit.title_highlights),
        places: &hit.places,
        speakers: &hit.speakers,
        passages: hit.passages.iter().map(passage).collect(),
    }
}

fn quote(hit: &QuoteHit) -> Quote<'_> {
    Quote {
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
    }
}

#[derive(Serialize)]
struct JsonMention<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    origin: Origin<'a>,
    r#in: &'static str,
    span: [u32; 2],
    left: &'a str,
    text: &'a str,
    right: &'a str,
    highlights: Vec<[u32; 2]>,
    speaker: Option<&'a str>,
    paragraph: u32,
}

fn mention<'a>(source: &'a Source, mention: &'a Mention) -> JsonMention<'a> {
    JsonMention {
        r#type: "mention",
        origin: origin(source, mention.line),
        r#in: part(mention.in_title),
        span: [mention.span.start, mention.span.end],
        left: &mention.left,
        text: &mention.text,
        right: &mention.right,
        highlights: ranges(&mention.highlights),
        speaker: mention.speaker.as_deref(),
        paragraph: mention.paragraph,
    }
}

#[derive(Serialize)]
struct JsonSentence<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    origin: Origin<'a>,
    r#in: &'static str,
    text: &'a str,
    highlights: Vec<[u32; 2]>,
    speaker: Option<&'a str>,
    paragraph: u32,
}

fn sentence<'a>(source: &'a Source, sentence: &'a Passage) -> JsonSentence<'a> {
    JsonSentence {
        r#type: "sentence",
        origin: origin(source, sentence.line),
        r#in: part(sentence.paragraph == 0),
        text: &sentence.text,
        highlights: ranges(&sentence.highlights),
        speaker: sentence.speaker.as_deref(),
        paragraph: sentence.paragraph,
    }
}

/// The part of an article that a row is of.
fn part(in_title: bool) -> &'static str {
    if in_title { "title" } else { "body" }
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

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_inert_and_whole() {
        let text = "a\u{1b}[31m\u{9b}b\u{202e}c\u{e0041}\u{7f}Женева\n\"";
        let mut out = Vec::new();
        line(&mut out, &text).unwrap();
        let printed = String::from_utf8(out).unwrap();
        assert!(!printed.trim_end().chars().any(|c| c.is_control() || steers(c)), "{printed:?}");
        assert_eq!(serde_json::from_str::<String>(&printed).unwrap(), text);
    }
}
