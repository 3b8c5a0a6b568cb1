//! One article and what was extracted from it: as one line of JSON, and for people.

use std::io::{self, Write};

use serde::Serialize;

use super::marked::{self, Styled};
use super::paint::{Paint, Role, fitted};
use super::plain;
use crate::annotations::{self, Annotations, PlaceKind, Span};
use crate::article::{Article, DateSeen, Dated};
use crate::when::{Precision, When};

#[derive(Serialize)]
struct Line<'a> {
    path: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    record: Option<u32>,
    title: Option<&'a str>,
    date: Option<String>,
    source: Option<&'a str>,
    language: Option<&'a str>,
    body: &'a str,
    speakers: Vec<&'a str>,
    quotes: Vec<Quote<'a>>,
    places: Vec<Place<'a>>,
    dates: Vec<Date<'a>>,
    byline: Option<&'a str>,
    section: Option<&'a str>,
    url: Option<&'a str>,
    date_from: Option<&'static str>,
    date_precision: Option<&'static str>,
    date_inferred: bool,
    modified: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    stated_words: Option<u32>,
}

#[derive(Serialize)]
struct Quote<'a> {
    speaker: Option<&'a str>,
    text: String,
    kind: &'static str,
    source: Option<&'a str>,
    role: Option<&'a str>,
    verb: Option<&'a str>,
    resolution: &'static str,
    confidence: f32,
    said_on: Option<String>,
}

#[derive(Serialize)]
struct Place<'a> {
    /// As the article calls it.
    name: &'a str,
    /// As the gazetteer does.
    canonical: &'a str,
    country: Option<&'a str>,
    lat: Option<f32>,
    lon: Option<f32>,
    mentions: usize,
    kind: &'static str,
    as_written: Vec<&'a str>,
    demonyms: usize,
    in_dateline: bool,
    as_government: bool,
}

#[derive(Serialize)]
struct Date<'a> {
    text: &'a str,
    /// A day, month or year. Of a range it is none, but "March 5-7" stands here twice, with either day.
    date: Option<String>,
    first: String,
    last: String,
    inferred: bool,
}

/// What the article calls a place most often, the longer of two; its canonical name where the article only shortens or
/// shouts it ("Calif.", "UK", "KYIV").
fn own_name<'a>(place: &'a annotations::Place, body: &'a str) -> &'a str {
    let spelt_out = |span: &&Span| !is_abbreviated(place, body, **span);
    let written = || place.mentions.iter().filter(spelt_out).filter_map(|span| body.get(span.range()));
    let plain = |name: &&str| {
        let lower = name.chars().filter(|c| c.is_lowercase()).count();
        lower > 1 && !name.ends_with('.') && !name.contains('\n') && !place.name.eq_ignore_ascii_case(name)
    };
    let often = |name: &str| (written().filter(|other| *other == name).count(), name.len());
    let canonical = written().filter(|name| place.name.eq_ignore_ascii_case(name)).count();
    let best = written().filter(plain).max_by_key(|name| often(name));
    best.filter(|name| often(name).0 >= canonical).unwrap_or(&place.name)
}

/// `Calif.`: a short beginning of the name of a region, with a dot behind it.
fn is_abbreviated(place: &annotations::Place, body: &str, span: Span) -> bool {
    const LONGEST: usize = 5;
    let name = body.get(span.range()).unwrap_or_default();
    let dot = body.as_bytes().get(span.range().end) == Some(&b'.');
    dot && place.kind == PlaceKind::Region
        && name.len() <= LONGEST
        && place.name.len() > name.len()
        && place.name.starts_with(name)
}

/// Whether `text` names the first and the last day of a range: "March 5-7", not "the weekend".
fn names_both_days(text: &str, when: &When) -> bool {
    let numbers = || text.split(|c: char| !c.is_ascii_digit()).filter_map(|n| n.parse::<i8>().ok());
    numbers().any(|n| n == when.first.day()) && numbers().any(|n| n == when.last.day())
}

/// Writes one line of JSON for `article`. Its keys are a contract: see the README.
pub fn json(article: &Article, found: &Annotations, out: &mut impl Write) -> io::Result<()> {
    let body = article.body.as_str();
    let slice = |span: Span| body.get(span.range()).unwrap_or_default();
    let mut speakers: Vec<&str> = Vec::new();
    for speaker in found.quotes.iter().filter_map(|q| q.speaker.as_deref()) {
        if !speakers.contains(&speaker) {
            speakers.push(speaker);
        }
    }
    let quotes = found.quotes.iter().map(|q| Quote {
        speaker: q.speaker.as_deref(),
        text: q.text(body),
        kind: q.kind.as_str(),
        source: q.source.map(slice),
        role: q.role.as_deref(),
        verb: q.verb.map(slice),
        resolution: q.resolution.as_str(),
        confidence: (q.confidence * 100.0).round() / 100.0,
        said_on: q.said_on.map(|when| when.to_string()),
    });
    // A country that is named only by its people is none of the places named.
    let named = found.places.iter().filter(|p| !p.mentions.is_empty());
    let places = named.map(|p| {
        let mut as_written: Vec<&str> = p.mentions.iter().map(|s| slice(*s)).collect();
        as_written.sort_unstable();
        as_written.dedup();
        Place {
            name: own_name(p, body),
            canonical: &p.name,
            country: p.country.as_deref(),
            lat: p.lat,
            lon: p.lon,
            mentions: p.mentions.len(),
            kind: p.kind.as_str(),
            as_written,
            demonyms: p.demonyms.len(),
            in_dateline: p.in_dateline,
            as_government: p.as_government,
        }
    });
    let dates = found.dates.iter().flat_map(|d| {
        let date = |date: Option<String>| Date {
            text: slice(d.span),
            date,
            first: d.when.first.to_string(),
            last: d.when.last.to_string(),
            inferred: d.inferred,
        };
        match &d.when {
            when if when.precision != Precision::Range => vec![date(Some(when.to_string()))],
            when if names_both_days(slice(d.span), when) => {
                vec![date(Some(when.first.to_string())), date(Some(when.last.to_string()))]
            }
            _ => vec![date(None)],
        }
    });
    let line = Line {
        path: &article.path,
        record: article.record,
        title: article.title.as_deref(),
        date: article.date.as_ref().map(|d| d.when.to_string()),
        source: article.source.as_deref(),
        language: article.language.as_deref(),
        body,
        speakers,
        quotes: quotes.collect(),
        places: places.collect(),
        dates: dates.collect(),
        byline: article.byline.as_deref(),
        section: article.section.as_deref(),
        url: article.url.as_deref(),
        date_from: article.date.as_ref().map(|d| d.origin.as_str()),
        date_precision: article.date.as_ref().map(|d| d.when.precision.as_str()),
        date_inferred: article.date.as_ref().is_some_and(|d| d.inferred),
        modified: article.modified.as_ref().map(|d| d.when.to_string()),
        stated_words: article.words,
    };
    super::json::line(out, &line)
}

/// The article for people: its fields, then its text with quotations, places and dates marked.
pub fn readable(article: &Article, found: &Annotations, paint: &Paint, out: &mut impl Write) -> io::Result<()> {
    fields(article, found, paint, out)?;
    marked::body(article, found, paint, out)
}

/// What is known of an article, one field a line.
pub fn fields(article: &Article, found: &Annotations, paint: &Paint, out: &mut impl Write) -> io::Result<()> {
    if let Some(title) = &article.title {
        paint.put(out, Role::Title, title)?;
        out.write_all(b"\n")?;
    }
    let mut field = |name: &str, value: Option<&str>| match value.filter(|value| !value.is_empty()) {
        Some(value) => labelled(name, value, paint, out),
        None => Ok(()),
    };
    let record = article.record.map_or(String::new(), |record| format!(":{record}"));
    field("file", Some(&format!("{}{record}", article.path)))?;
    field("date", Some(&explained(article.date.as_ref())))?;
    field("modified", article.modified.as_ref().map(|date| date.when.to_string()).as_deref())?;
    field("source", article.source.as_deref())?;
    field("byline", article.byline.as_deref())?;
    field("section", article.section.as_deref())?;
    field("language", article.language.as_deref())?;
    field("url", article.url.as_deref())?;
    field("credit", article.credit.as_deref())?;
    field("words", article.words.map(|words| format!("{words}, as the export says")).as_deref())?;
    let places: Vec<String> = found
        .places
        .iter()
        .map(|place| {
            let country = place.country.as_deref().map_or(String::new(), |code| format!(" ({code})"));
            format!("{}{country} {}", place.name, place.mentions.len() + place.demonyms.len())
        })
        .collect();
    field("places", Some(&places.join(", ")))?;
    let dates: Vec<String> = found
        .dates
        .iter()
        .map(|date| {
            let words = article.body.get(date.span.range()).unwrap_or_default();
            format!("{words} = {}", date.when)
        })
        .collect();
    field("dates", Some(&dates.join(", ")))
}

/// A name, and its value beside it, wrapped below itself.
fn labelled(name: &str, value: &str, paint: &Paint, out: &mut impl Write) -> io::Result<()> {
    write!(out, "{name:<NAMES$}")?;
    let value = Styled { style: anstyle::Style::new(), text: plain(value).into_owned() };
    marked::flow(paint, out, NAMES, &[value])
}

/// Columns that the names of fields take up.
const NAMES: usize = 10;

fn explained(date: Option<&Dated>) -> String {
    let Some(date) = date else { return "unknown".to_owned() };
    let time = date.time.as_deref().map_or(String::new(), |time| format!(" {time}"));
    let inferred = if date.inferred { ", year inferred" } else { "" };
    format!("{}{time} (from {}, {}{inferred})", date.when, date.origin.as_str(), date.when.precision.as_str())
}

/// Where the dates of an article come from: what was chosen, and everything that was offered.
pub fn date(article: &Article, out: &mut impl Write) -> io::Result<()> {
    writeln!(out, "published  {}", explained(article.date.as_ref()))?;
    writeln!(out, "modified   {}", explained(article.modified.as_ref()))?;
    if article.dates_seen.is_empty() {
        return writeln!(out, "\nnothing in the file tells a date");
    }
    writeln!(out, "\nseen, most trusted first:")?;
    let read = |seen: &DateSeen| seen.when.map_or("-".to_owned(), |when| when.to_string());
    let widest = article.dates_seen.iter().map(|seen| read(seen).len()).max().unwrap_or(0);
    for seen in &article.dates_seen {
        let what = if seen.modified { "modified" } else { "published" };
        let (origin, when) = (seen.origin.as_str(), read(seen));
        let text = fitted(&seen.text, 60);
        writeln!(out, "  {what:<9}  {origin:<12}  {when:<widest$}  {}  \"{text}\"", seen.fate.as_str())?;
    }
    if article.date.as_ref().is_some_and(|date| date.inferred) {
        writeln!(out, "\nits year, or the order of its day and month, was inferred from the others or the text")?;
    }
    Ok(())
}

/// What cleaning cut out of an article, with the reason.
pub fn removed(article: &Article, out: &mut impl Write) -> io::Result<()> {
    for cut in &article.removed {
        writeln!(out, "{}:{}: {}: {}", plain(&article.path), cut.line, plain(&cut.reason), plain(&cut.text))?;
    }
    Ok(())
}
