//! Hits as Markdown: a heading each, where it is, and its passages as quotations with the matching words in bold.

use std::io::{self, Write};

use super::paint::pieces;
use super::text::{date_of, grouped, span_of};
use super::{Head, Writer, plain, safe_url};
use crate::annotations::Span;
use crate::results::{Hit, Totals};

/// Writes Markdown.
pub struct Markdown<W: Write> {
    out: W,
    what: String,
    order: String,
    begun: bool,
}

impl<W: Write> Markdown<W> {
    /// Over `out`.
    pub fn new(out: W) -> Markdown<W> {
        Markdown { out, what: String::new(), order: String::new(), begun: false }
    }
}

impl<W: Write> Writer for Markdown<W> {
    fn begin(&mut self, head: &Head<'_>) -> io::Result<()> {
        head.what.clone_into(&mut self.what);
        self.order = head.how();
        self.begun = false;
        writeln!(self.out, "# {}\n", escaped(if head.query.is_empty() { "All articles" } else { head.query }))
    }

    fn hit(&mut self, number: usize, totals: &Totals, hit: Hit<'_>) -> io::Result<()> {
        if !std::mem::replace(&mut self.begun, true) {
            writeln!(self.out, "{}\n", escaped(&span_of(totals, &self.what, &self.order)))?;
        }
        let source = hit.source();
        let title = escaped(source.title.as_deref().unwrap_or("(no headline)"));
        match source.url.as_deref().and_then(safe_url) {
            Some(url) => writeln!(self.out, "## {number}. [{title}](<{url}>)\n")?,
            None => writeln!(self.out, "## {number}. {title}\n")?,
        }
        let mut line = vec![date_of(source)];
        line.extend([&source.source, &source.byline].into_iter().flatten().map(|text| escaped(text)));
        line.push(escaped(&format!("{}:{}", source.path, hit.line())));
        line.push(source.id.clone());
        writeln!(self.out, "{}\n", line.join(" · "))?;
        if let Hit::Quote(quote) = hit {
            let who = quote.speaker.as_deref().or(quote.said_by.as_deref()).unwrap_or("speaker unknown");
            let role = quote.role.as_deref().map_or(String::new(), |role| format!(", {}", escaped(role)));
            writeln!(self.out, "**{}**{role} ({}):\n", escaped(who), escaped(&quote.how()))?;
        } else if let Some(who) = hit.speaker() {
            writeln!(self.out, "**{}**:\n", escaped(who))?;
        }
        for (text, marks) in hit.passages() {
            writeln!(self.out, "> {}\n", marked(&text, &marks))?;
        }
        Ok(())
    }

    fn end(&mut self, totals: &Totals, shown: usize) -> io::Result<()> {
        let more = totals.stories.saturating_sub(shown as u64);
        if totals.total == 0 { writeln!(self.out, "Nothing found.\n") } else { rest(&mut self.out, more) }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

fn rest(out: &mut impl Write, more: u64) -> io::Result<()> {
    if more == 0 { Ok(()) } else { writeln!(out, "{} more.\n", grouped(more)) }
}

fn marked(text: &str, marks: &[Span]) -> String {
    let parts = pieces(text, marks).into_iter().map(|piece| match piece.marked {
        true => format!("**{}**", escaped(&piece.text)),
        false => escaped(&piece.text),
    });
    parts.collect()
}

/// `text` on one line, with what Markdown or HTML would read made letters.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (i, c) in plain(text).chars().enumerate() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '#' | '|' | '~' | '!' | '$' => out.extend(['\\', c]),
            '-' | '+' | '=' if i == 0 => out.extend(['\\', c]),
            c => out.push(c),
        }
    }
    out
}
