//! One article to be read: headline, where it is, its paragraphs with their lines, what matches highlighted; or only what
//! is known of it, or only who says what.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::paint::{Paint, Piece, Role, pieces};
use super::plain;
use super::text::{date_of, grouped};
use crate::annotations::{QuoteKind, Span};
use crate::results::{Held, Marks};

/// What of an article is shown.
#[derive(Debug, Clone, Copy)]
pub struct View<'a> {
    /// What a query matches.
    pub marks: &'a Marks,
    /// The line of the file to begin at.
    pub line: Option<u32>,
    /// Only the paragraphs that match, or hold the line, and so many around them.
    pub around: Option<usize>,
}

/// Columns of the line numbers, blanks behind them included.
fn gutter(held: &Held) -> usize {
    held.article.lines.last().map_or(1, |line| line.to_string().len()) + 2
}

/// The article.
///
/// # Errors
/// When `out` fails; so for all of this file.
pub fn article(out: &mut impl Write, paint: &Paint, held: &Held, view: &View<'_>) -> io::Result<()> {
    let title = held.source.title.as_deref().unwrap_or("(no headline)");
    paint.wrapped(out, 0, Role::Title, &pieces(title, &view.marks.title))?;
    credits(out, paint, held)?;
    let paragraphs: Vec<(usize, &str)> = held.article.paragraphs().collect();
    let shown = shown(held, &paragraphs, view);
    let gutter = gutter(held);
    let mut last = None;
    for (number, (start, text)) in paragraphs.iter().enumerate().filter(|(number, _)| shown[*number]) {
        out.write_all(b"\n")?;
        let left_out = number - last.map_or(0, |last| last + 1);
        if left_out > 0 {
            left_out_line(out, paint, gutter, left_out)?;
        }
        last = Some(number);
        let line = held.article.lines.get(number).map_or(String::new(), u32::to_string);
        paint.put(out, Role::Faint, &format!("{line:>width$}  ", width = gutter - 2))?;
        paint.wrapped_behind(out, gutter, Role::Text, &pieces(text, &within(&view.marks.body, *start, text.len())))?;
    }
    let left = paragraphs.len() - last.map_or(0, |last| last + 1);
    if left > 0 && last.is_some() {
        out.write_all(b"\n")?;
        left_out_line(out, paint, gutter, left)?;
    }
    Ok(())
}

fn left_out_line(out: &mut impl Write, paint: &Paint, gutter: usize, count: usize) -> io::Result<()> {
    let plural = if count == 1 { "" } else { "s" };
    write!(out, "{:gutter$}", "")?;
    paint.put(out, Role::Faint, &format!("… {} paragraph{plural} left out", grouped(count as u64)))?;
    out.write_all(b"\n")
}

/// Date, outlet and byline; file, line and id.
fn credits(out: &mut impl Write, paint: &Paint, held: &Held) -> io::Result<()> {
    let source = &held.source;
    paint.put(out, Role::Date, &date_of(source))?;
    for (role, text) in [(Role::Source, &source.source), (Role::Faint, &source.byline), (Role::Faint, &source.section)]
    {
        if let Some(text) = text.as_deref().filter(|text| !text.trim().is_empty()) {
            out.write_all(b"  ")?;
            paint.put(out, role, text)?;
        }
    }
    out.write_all(b"\n")?;
    let line = held.article.record.unwrap_or_else(|| held.article.line_at(0));
    let path = format!("{}:{line}", plain(&source.path));
    paint.link(out, &path, &source.path, line)?;
    let id = source.id.get(..8).unwrap_or(&source.id);
    out.write_all(if path.width() + 2 + id.len() > paint.width { b"\n" } else { b"  " })?;
    paint.put(out, Role::Faint, id)?;
    out.write_all(b"\n")
}

/// Which paragraphs are shown.
fn shown(held: &Held, paragraphs: &[(usize, &str)], view: &View<'_>) -> Vec<bool> {
    let count = paragraphs.len();
    let lines = &held.article.lines;
    // The last paragraph that begins at or before the line; records of one line have all their paragraphs there.
    let at_line = view.line.map(|line| {
        let at = lines.iter().take_while(|begins| **begins <= line).count().saturating_sub(1);
        lines.iter().position(|begins| Some(begins) == lines.get(at)).unwrap_or(0)
    });
    let matches = |number: usize| {
        let (start, text) = paragraphs[number];
        !within(&view.marks.body, start, text.len()).is_empty()
    };
    let mut wanted: Vec<usize> = match at_line {
        Some(at) => vec![at],
        None => (0..count).filter(|number| matches(*number)).collect(),
    };
    let Some(around) = view.around else {
        return (0..count).map(|number| at_line.is_none_or(|at| number >= at)).collect();
    };
    if wanted.is_empty() {
        wanted.push(0);
    }
    (0..count).map(|number| wanted.iter().any(|at| number.abs_diff(*at) <= around)).collect()
}

/// The marks inside a stretch of the body, counted from its start.
fn within(marks: &[Span], start: usize, length: usize) -> Vec<Span> {
    let (from, to) = (start as u32, (start + length) as u32);
    let inside = marks.iter().filter(|mark| mark.start >= from && mark.end <= to);
    inside.map(|mark| Span { start: mark.start - from, end: mark.end - from }).collect()
}

/// What is known of the article.
pub fn meta(out: &mut impl Write, paint: &Paint, held: &Held) -> io::Result<()> {
    super::inspect::fields(&held.article, &held.annotations, paint, out)?;
    writeln!(out, "{:<10}{}", "id", held.source.id)
}

/// Who says what, in the order of the text.
pub fn quotes(out: &mut impl Write, paint: &Paint, held: &Held) -> io::Result<()> {
    let title = held.source.title.as_deref().unwrap_or("(no headline)");
    paint.wrapped(out, 0, Role::Title, &pieces(title, &[]))?;
    credits(out, paint, held)?;
    let gutter = gutter(held);
    let body = held.article.body.as_str();
    for quote in &held.annotations.quotes {
        out.write_all(b"\n")?;
        let line = held.article.line_at(quote.extent().start as usize);
        paint.put(out, Role::Faint, &format!("{line:>width$}  ", width = gutter - 2))?;
        let words = quote.source.and_then(|span| body.get(span.range()));
        match (&quote.speaker, words) {
            (Some(name), _) => paint.put(out, Role::Speaker, name)?,
            (None, Some(words)) => paint.put(out, Role::Faint, &format!("({words})"))?,
            (None, None) => paint.put(out, Role::Faint, "(speaker unknown)")?,
        }
        if let Some(role) = &quote.role {
            paint.put(out, Role::Faint, &format!(", {role}"))?;
        }
        let verb = quote.verb.and_then(|span| body.get(span.range()));
        paint.put(out, Role::Faint, &format!(" · {}", quote.kind.with_verb(verb)))?;
        out.write_all(b"\n")?;
        let (open, close) = if quote.kind == QuoteKind::Direct { ("“", "”") } else { ("", "") };
        let text = format!("{open}{}{close}", plain(&quote.text(body)));
        paint.wrapped(out, gutter, Role::Text, &[Piece { text, marked: false }])?;
    }
    if held.annotations.quotes.is_empty() {
        paint.put(out, Role::Faint, "no quotations")?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
