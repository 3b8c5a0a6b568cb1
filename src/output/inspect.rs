//! `newsidx inspect --json`: what was extracted from one article, as one line of JSON.

use std::io::{self, Write};

use serde::Serialize;

use crate::annotations::Annotations;
use crate::article::Article;

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
    name: &'a str,
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
    date: String,
    inferred: bool,
}

/// Writes one line of JSON for `article`. Its keys are a contract: see the README.
pub fn json(article: &Article, found: &Annotations, out: &mut impl Write) -> io::Result<()> {
    let body = article.body.as_str();
    let slice = |span: crate::annotations::Span| body.get(span.range()).unwrap_or_default();
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
    let places = found.places.iter().map(|p| {
        let mut as_written: Vec<&str> = p.mentions.iter().map(|s| slice(*s)).collect();
        as_written.sort_unstable();
        as_written.dedup();
        Place {
            name: &p.name,
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
    let dates =
        found.dates.iter().map(|d| Date { text: slice(d.span), date: d.when.to_string(), inferred: d.inferred });
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
    };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}
