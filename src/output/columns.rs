//! The columns of hits in CSV and TSV, declared once: names, help and values. Where a column is a key of JSON too, it has
//! the same name.

use crate::results::{Hit, QuoteHit, Source};

/// One row: a hit, and what it was found by.
#[derive(Debug, Clone, Copy)]
pub struct Row<'a> {
    /// Its number, from 1.
    pub number: usize,
    /// The query as typed.
    pub query: &'a str,
    /// The hit.
    pub hit: Hit<'a>,
}

/// Hits of which a column is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Of {
    All,
    Articles,
    Quotes,
}

/// One column.
#[derive(Debug)]
pub struct Column {
    /// Its name in the header and on the command line.
    pub name: &'static str,
    of: Of,
    /// Whether it is there unless others are asked for.
    usual: bool,
    /// Its value; empty where there is none.
    pub value: fn(&Row<'_>) -> String,
}

const fn column(name: &'static str, of: Of, usual: bool, value: fn(&Row<'_>) -> String) -> Column {
    Column { name, of, usual, value }
}

/// All columns, in the order they are written.
pub const COLUMNS: &[Column] = &[
    column("number", Of::All, false, |row| row.number.to_string()),
    column("date", Of::All, true, |row| source(row).date.as_ref().map_or(String::new(), |d| d.when.to_string())),
    column("date_from", Of::All, true, |row| source(row).date.as_ref().map_or("", |d| d.origin.as_str()).to_owned()),
    column("source", Of::All, true, |row| text(source(row).source.as_deref())),
    column("speaker", Of::Quotes, true, |row| of_quote(row, |q| text(q.speaker.as_deref()))),
    column("role", Of::Quotes, true, |row| of_quote(row, |q| text(q.role.as_deref()))),
    column("said_by", Of::Quotes, true, |row| of_quote(row, |q| text(q.said_by.as_deref()))),
    column("verb", Of::Quotes, true, |row| of_quote(row, |q| text(q.verb.as_deref()))),
    column("kind", Of::Quotes, true, |row| of_quote(row, |q| q.kind.as_str().to_owned())),
    column("title", Of::All, true, |row| text(source(row).title.as_deref())),
    column("passage", Of::All, true, passage),
    column("mentions", Of::Articles, true, |row| match row.hit {
        Hit::Article(hit) => hit.mentions.to_string(),
        Hit::Quote(_) => String::new(),
    }),
    column("copies", Of::All, false, |row| row.hit.copies().to_string()),
    column("said_on", Of::Quotes, true, |row| of_quote(row, |q| text(q.said_on.as_deref()))),
    column("resolution", Of::Quotes, true, |row| of_quote(row, |q| q.resolution.as_str().to_owned())),
    column("confidence", Of::Quotes, true, |row| of_quote(row, |q| format!("{:.2}", q.confidence))),
    column("places", Of::Articles, true, |row| match row.hit {
        Hit::Article(hit) => hit.places.join("; "),
        Hit::Quote(_) => String::new(),
    }),
    column("speakers", Of::Articles, true, |row| match row.hit {
        Hit::Article(hit) => hit.speakers.join("; "),
        Hit::Quote(_) => String::new(),
    }),
    column("byline", Of::All, true, |row| text(source(row).byline.as_deref())),
    column("section", Of::All, true, |row| text(source(row).section.as_deref())),
    column("language", Of::All, true, |row| text(source(row).language.as_deref())),
    column("url", Of::All, true, |row| text(source(row).url.as_deref())),
    column("path", Of::All, true, |row| source(row).path.clone()),
    column("line", Of::All, true, |row| row.hit.line().to_string()),
    column("record", Of::All, true, |row| source(row).record.map_or(String::new(), |record| record.to_string())),
    column("id", Of::All, true, |row| source(row).id.clone()),
    column("score", Of::All, false, |row| format!("{:.3}", row.hit.score())),
    column("query", Of::All, true, |row| row.query.to_owned()),
];

/// The columns with these names, or the usual ones; `quotes` are the hits quotations.
///
/// # Errors
/// One line that says which name is none, and which there are.
pub fn choose(names: &[String], quotes: bool) -> Result<Vec<&'static Column>, String> {
    let known = |column: &&Column| column.of != if quotes { Of::Articles } else { Of::Quotes };
    if names.is_empty() {
        return Ok(COLUMNS.iter().filter(known).filter(|column| column.usual).collect());
    }
    let find = |name: &String| {
        COLUMNS.iter().filter(known).find(|column| column.name == name.trim()).ok_or_else(|| {
            let all: Vec<&str> = COLUMNS.iter().filter(known).map(|column| column.name).collect();
            format!("`{name}` is no column; there are: {}", all.join(", "))
        })
    };
    names.iter().map(find).collect()
}

fn source<'a>(row: &Row<'a>) -> &'a Source {
    row.hit.source()
}

fn text(value: Option<&str>) -> String {
    value.unwrap_or_default().to_owned()
}

fn of_quote(row: &Row<'_>, value: fn(&QuoteHit) -> String) -> String {
    match row.hit {
        Hit::Quote(hit) => value(hit),
        Hit::Article(_) => String::new(),
    }
}

/// The passages on one line.
fn passage(row: &Row<'_>) -> String {
    let texts: Vec<&str> = row.hit.passages().into_iter().map(|(text, _)| text).collect();
    texts.join(" … ")
}
