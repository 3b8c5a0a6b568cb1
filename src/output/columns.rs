//! The columns of hits in CSV and TSV, declared once: names, help and values. Where a column is a key of JSON too, it has
//! the same name.

use crate::results::{ArticleHit, Hit, Kind, Mention, QuoteHit, Source};

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
type Of = &'static [Kind];
const ALL: Of = &[Kind::Article, Kind::Quote, Kind::Mention, Kind::Sentence];
const ARTICLES: Of = &[Kind::Article];
const QUOTES: Of = &[Kind::Quote];
const MENTIONS: Of = &[Kind::Mention];
/// All that show a passage; a mention is cut in three.
const PASSAGES: Of = &[Kind::Article, Kind::Quote, Kind::Sentence];
/// Those that lie inside a quotation, or may.
const SPOKEN: Of = &[Kind::Quote, Kind::Mention, Kind::Sentence];
/// What is ranked and folded.
const RANKED: Of = &[Kind::Article, Kind::Quote];

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
    column("number", ALL, false, |row| row.number.to_string()),
    column("date", ALL, true, |row| source(row).date.as_ref().map_or(String::new(), |d| d.when.to_string())),
    column("date_from", ALL, true, |row| source(row).date.as_ref().map_or("", |d| d.origin.as_str()).to_owned()),
    column("source", ALL, true, |row| text(source(row).source.as_deref())),
    column("speaker", SPOKEN, true, |row| text(row.hit.speaker())),
    column("role", QUOTES, true, |row| of_quote(row, |q| text(q.role.as_deref()))),
    column("said_by", QUOTES, true, |row| of_quote(row, |q| text(q.said_by.as_deref()))),
    column("verb", QUOTES, true, |row| of_quote(row, |q| text(q.verb.as_deref()))),
    column("kind", QUOTES, true, |row| of_quote(row, |q| q.kind.as_str().to_owned())),
    column("title", ALL, true, |row| text(source(row).title.as_deref())),
    column("passage", PASSAGES, true, passage),
    column("left", MENTIONS, true, |row| of_mention(row, |mention| &mention.left)),
    column("match", MENTIONS, true, |row| of_mention(row, |mention| &mention.text)),
    column("right", MENTIONS, true, |row| of_mention(row, |mention| &mention.right)),
    column("mentions", ARTICLES, true, |row| of_article(row, |hit| hit.mentions.to_string())),
    column("copies", RANKED, false, |row| row.hit.copies().to_string()),
    column("said_on", QUOTES, true, |row| of_quote(row, |q| text(q.said_on.as_deref()))),
    column("resolution", QUOTES, true, |row| of_quote(row, |q| q.resolution.as_str().to_owned())),
    column("confidence", QUOTES, true, |row| of_quote(row, |q| format!("{:.2}", q.confidence))),
    column("places", ARTICLES, true, |row| of_article(row, |hit| hit.places.join("; "))),
    column("speakers", ARTICLES, true, |row| of_article(row, |hit| hit.speakers.join("; "))),
    column("byline", ALL, true, |row| text(source(row).byline.as_deref())),
    column("section", ALL, true, |row| text(source(row).section.as_deref())),
    column("language", ALL, true, |row| text(source(row).language.as_deref())),
    column("url", ALL, true, |row| text(source(row).url.as_deref())),
    column("path", ALL, true, |row| source(row).path.clone()),
    column("line", ALL, true, |row| row.hit.line().to_string()),
    column("record", ALL, true, |row| source(row).record.map_or(String::new(), |record| record.to_string())),
    column("id", ALL, true, |row| source(row).id.clone()),
    column("score", RANKED, false, |row| format!("{:.3}", row.hit.score())),
    column("query", ALL, true, |row| row.query.to_owned()),
];

/// The columns of hits of a kind with these names, or the usual ones.
///
/// # Errors
/// One line that says which name is none, and which there are.
pub fn choose(names: &[String], kind: Kind) -> Result<Vec<&'static Column>, String> {
    let known = |column: &&Column| column.of.contains(&kind);
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

fn of_article(row: &Row<'_>, value: fn(&ArticleHit) -> String) -> String {
    if let Hit::Article(hit) = row.hit { value(hit) } else { String::new() }
}

fn of_quote(row: &Row<'_>, value: fn(&QuoteHit) -> String) -> String {
    if let Hit::Quote(hit) = row.hit { value(hit) } else { String::new() }
}

fn of_mention(row: &Row<'_>, value: fn(&Mention) -> &str) -> String {
    if let Hit::Mention(_, mention) = row.hit { value(mention).to_owned() } else { String::new() }
}

/// The passages on one line.
fn passage(row: &Row<'_>) -> String {
    row.hit.passages().into_iter().map(|(text, _)| text).collect::<Vec<_>>().join(" … ")
}
