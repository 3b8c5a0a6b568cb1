//! How many hits each of many queries has, as a table.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::delimited::{BOM, csv_writer, harmless, tsv_writer};
use super::json;
use super::paint::{Paint, Role, fitted};
use super::text::grouped;
use crate::results::Totals;

/// One query.
#[derive(Debug, Clone, PartialEq)]
pub struct Line {
    /// As typed.
    pub query: String,
    /// Its articles.
    pub articles: Totals,
    /// Quotations that it finds.
    pub quotes: u64,
}

impl Line {
    fn days(&self) -> [String; 2] {
        [self.articles.first, self.articles.last].map(|day| day.map_or(String::new(), |day| day.to_string()))
    }
}

/// For people: numbers at the right of each query.
///
/// # Errors
/// When `out` fails; so for all of this file.
pub fn text(out: &mut impl Write, paint: &Paint, lines: &[Line]) -> io::Result<()> {
    let digits = lines.iter().map(|line| grouped(line.articles.total).len()).max().unwrap_or(1).max("articles".len());
    let room = paint.width.saturating_sub(digits + 2 + 2 + 10 + 2 + 10).max(20);
    let widest = lines.iter().map(|line| fitted(&line.query, room).width()).max().unwrap_or(0).max("query".len());
    paint.put(out, Role::Faint, &format!("{:widest$}  {:>digits$}  first       last", "query", "articles"))?;
    out.write_all(b"\n")?;
    for line in lines {
        let query = fitted(&line.query, room);
        let [first, last] = line.days();
        write!(out, "{query}{:gap$}", "", gap = widest - query.width() + 2)?;
        let role = if line.articles.total == 0 { Role::Faint } else { Role::Text };
        paint.put(out, role, &format!("{:>digits$}", grouped(line.articles.total)))?;
        if !first.is_empty() {
            out.write_all(b"  ")?;
            paint.put(out, Role::Date, &format!("{first}  {last}"))?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// As CSV or TSV.
#[allow(clippy::missing_errors_doc)]
pub fn delimited(out: &mut impl Write, lines: &[Line], tabs: bool, bom: bool) -> io::Result<()> {
    out.write_all(if bom { BOM } else { b"" })?;
    let mut writer = if tabs { tsv_writer(out) } else { csv_writer(out) };
    writer.write_record(["query", "articles", "quotes", "first", "last", "undated"])?;
    for line in lines {
        let [first, last] = line.days();
        let (articles, undated) = (line.articles.total.to_string(), line.articles.undated.to_string());
        writer.write_record([harmless(&line.query), articles, line.quotes.to_string(), first, last, undated])?;
    }
    writer.flush()
}

#[derive(Serialize)]
struct JsonLine<'a> {
    r#type: &'static str,
    query: &'a str,
    articles: u64,
    quotes: u64,
    first: Option<String>,
    last: Option<String>,
    undated: u64,
}

/// As JSON Lines.
#[allow(clippy::missing_errors_doc)]
pub fn json(out: &mut impl Write, lines: &[Line]) -> io::Result<()> {
    lines.iter().try_for_each(|line| {
        let [first, last] = [line.articles.first, line.articles.last].map(|day| day.map(|day| day.to_string()));
        let (articles, undated) = (line.articles.total, line.articles.undated);
        json::line(
            out,
            &JsonLine { r#type: "batch", query: &line.query, articles, quotes: line.quotes, first, last, undated },
        )
    })
}
