//! How a query was read and why an article is found: for people, and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::paint::{Paint, Piece, Role};
use super::plain;
use super::text::grouped;
use crate::results::{Explanation, Part, Reason, Why};

/// The parts of a query, each with what it finds and stands for.
///
/// # Errors
/// When `out` fails.
pub fn parts(out: &mut impl Write, paint: &Paint, explanation: &Explanation) -> io::Result<()> {
    writeln!(out, "{:>9}  {:>9}", "articles", "mentions")?;
    for part in &explanation.parts {
        row(out, paint, part)?;
    }
    Ok(())
}

fn row(out: &mut impl Write, paint: &Paint, part: &Part) -> io::Result<()> {
    let number = |count: Option<u64>| count.map_or_else(String::new, grouped);
    let none = part.articles == Some(0);
    paint.put(out, if none { Role::Match } else { Role::Source }, &format!("{:>9}", number(part.articles)))?;
    write!(out, "  {:>9}  {:indent$}", number(part.mentions), "", indent = part.depth * 2)?;
    let indent = 22 + part.depth * 2 + 2;
    let piece = Piece { text: plain(&part.text).into_owned(), marked: false };
    paint.wrapped_behind(out, indent - 2, if part.depth == 0 { Role::Title } else { Role::Text }, &[piece])?;
    let listed = |forms: &[(String, u64)]| {
        forms.iter().map(|(form, count)| format!("{form} {}", grouped(*count))).collect::<Vec<_>>().join(", ")
    };
    if !part.forms.is_empty() {
        let more = if part.more_forms > 0 { format!(" and {} more", part.more_forms) } else { String::new() };
        faint(out, paint, indent, &format!("finds {}{more}", listed(&part.forms)))?;
    }
    if !part.similar.is_empty() {
        faint(out, paint, indent, &format!("did you mean {}?", listed(&part.similar)))?;
    }
    Ok(())
}

fn faint(out: &mut impl Write, paint: &Paint, indent: usize, text: &str) -> io::Result<()> {
    let piece = Piece { text: plain(text).into_owned(), marked: false };
    paint.wrapped(out, indent, Role::Faint, &[piece])
}

/// What each part of a query says of one article.
///
/// # Errors
/// When `out` fails.
pub fn why(out: &mut impl Write, paint: &Paint, why: &Why) -> io::Result<()> {
    let found = why.parts.first().is_some_and(|part| part.holds);
    let title = why.source.title.as_deref().unwrap_or("(no headline)");
    paint.put(out, Role::Title, title)?;
    out.write_all(b"\n")?;
    paint.put(out, Role::Path, &why.source.path)?;
    let verdict = if found { "found" } else { "not found" };
    writeln!(out, "  {}  {verdict}", why.source.id.get(..8).unwrap_or(&why.source.id))?;
    for part in &why.parts {
        paint.put(
            out,
            if part.holds { Role::Source } else { Role::Match },
            if part.holds { "  yes" } else { "   no" },
        )?;
        write!(out, "  {:indent$}", "", indent = part.depth * 2)?;
        paint.put(out, Role::Text, &part.text)?;
        paint.put(out, Role::Faint, &said(part))?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn said(part: &Reason) -> String {
    match (part.mentions, part.apart) {
        (0, Some(apart)) => format!("  nearest {apart} words apart"),
        (0, None) => String::new(),
        (count, _) => {
            let lines = part.lines.iter().map(u32::to_string).collect::<Vec<_>>().join(", ");
            let plural = if count == 1 { "" } else { "s" };
            format!("  {count} mention{plural}, line {lines}")
        }
    }
}

#[derive(Serialize)]
struct Json<'a> {
    r#type: &'static str,
    schema: u32,
    query: &'a str,
    read_as: String,
    notes: &'a [String],
    parts: Vec<JsonPart<'a>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    article: Option<JsonWhy<'a>>,
}

#[derive(Serialize)]
struct JsonPart<'a> {
    depth: usize,
    text: &'a str,
    articles: Option<u64>,
    mentions: Option<u64>,
    forms: Vec<Form<'a>>,
    more_forms: usize,
    similar: Vec<Form<'a>>,
}

#[derive(Serialize)]
struct Form<'a> {
    form: &'a str,
    count: u64,
}

#[derive(Serialize)]
struct JsonWhy<'a> {
    id: &'a str,
    path: &'a str,
    found: bool,
    parts: Vec<JsonReason<'a>>,
}

#[derive(Serialize)]
struct JsonReason<'a> {
    depth: usize,
    text: &'a str,
    holds: bool,
    mentions: usize,
    lines: &'a [u32],
    apart: Option<u32>,
}

/// All of it as one line of JSON.
///
/// # Errors
/// When `out` fails.
pub fn json(
    out: &mut impl Write,
    query: &str,
    read_as: String,
    notes: &[String],
    explanation: &Explanation,
    why: Option<&Why>,
) -> io::Result<()> {
    let parts = explanation.parts.iter().map(|part| JsonPart {
        depth: part.depth,
        text: &part.text,
        articles: part.articles,
        mentions: part.mentions,
        forms: part.forms.iter().map(|(form, count)| Form { form, count: *count }).collect(),
        more_forms: part.more_forms,
        similar: part.similar.iter().map(|(form, count)| Form { form, count: *count }).collect(),
    });
    let article = why.map(|why| JsonWhy {
        id: &why.source.id,
        path: &why.source.path,
        found: why.parts.first().is_some_and(|part| part.holds),
        parts: why
            .parts
            .iter()
            .map(|part| JsonReason {
                depth: part.depth,
                text: &part.text,
                holds: part.holds,
                mentions: part.mentions,
                lines: &part.lines,
                apart: part.apart,
            })
            .collect(),
    });
    let line =
        Json { r#type: "explain", schema: super::json::SCHEMA, query, read_as, notes, parts: parts.collect(), article };
    serde_json::to_writer(&mut *out, &line)?;
    out.write_all(b"\n")
}
