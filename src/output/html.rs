//! Hits as a page that needs nothing but itself: no script, nothing from elsewhere, light and dark.

use std::io::{self, Write};

use super::paint::pieces;
use super::text::{date_of, grouped, span_of};
use super::{Head, Writer, plain, safe_url};
use crate::annotations::Span;
use crate::results::{Hit, Totals};

const TOP: &str = r#"<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="generator" content="newsidx">
<title>newsidx</title>
<style>
:root { color-scheme: light dark; }
body { font: 1rem/1.5 system-ui, sans-serif; max-width: 46rem; margin: 2rem auto; padding: 0 1rem; }
h1 { font-size: 1.3rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 0; }
p { margin: .3rem 0; }
.where, .sum { opacity: .75; font-size: .85rem; overflow-wrap: anywhere; }
blockquote { margin: .5rem 0; padding-left: .8rem; border-left: 3px solid #8886; }
mark { background: #fd06; color: inherit; font-weight: 600; }
</style>
</head>
<body>
"#;

/// Writes a page.
pub struct Html<W: Write> {
    out: W,
    what: String,
    order: String,
    begun: bool,
    summed: bool,
}

impl<W: Write> Html<W> {
    /// Over `out`.
    pub fn new(out: W) -> Html<W> {
        Html { out, what: String::new(), order: String::new(), begun: false, summed: false }
    }

    fn top(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.begun, true) { Ok(()) } else { self.out.write_all(TOP.as_bytes()) }
    }
}

impl<W: Write> Writer for Html<W> {
    fn begin(&mut self, head: &Head<'_>) -> io::Result<()> {
        self.top()?;
        self.summed = false;
        head.what.clone_into(&mut self.what);
        self.order = head.how();
        let query = if head.query.is_empty() { "All articles" } else { head.query };
        writeln!(self.out, "<h1 dir=\"auto\">{}</h1>", escaped(query))
    }

    fn hit(&mut self, number: usize, totals: &Totals, hit: Hit<'_>) -> io::Result<()> {
        if !std::mem::replace(&mut self.summed, true) {
            writeln!(self.out, "<p class=\"sum\">{}</p>", escaped(&span_of(totals, &self.what, &self.order)))?;
        }
        let source = hit.source();
        let title = escaped(source.title.as_deref().unwrap_or("(no headline)"));
        let title = match source.url.as_deref().and_then(safe_url) {
            Some(url) => format!("<a href=\"{}\" rel=\"noreferrer noopener\">{title}</a>", escaped(&url)),
            None => title,
        };
        writeln!(self.out, "<article>\n<h2 dir=\"auto\">{number}. {title}</h2>")?;
        let mut line = vec![format!("<time>{}</time>", date_of(source))];
        line.extend([&source.source, &source.byline].into_iter().flatten().map(|text| escaped(text)));
        line.push(format!("<code>{}:{}</code>", escaped(&source.path), hit.line()));
        line.push(source.id.clone());
        writeln!(self.out, "<p class=\"where\">{}</p>", line.join(" · "))?;
        if let Hit::Quote(quote) = hit {
            let who = quote.speaker.as_deref().or(quote.said_by.as_deref()).unwrap_or("speaker unknown");
            let role = quote.role.as_deref().map_or(String::new(), |role| format!(", {}", escaped(role)));
            let how = escaped(&quote.how());
            writeln!(self.out, "<p dir=\"auto\"><strong>{}</strong>{role} ({how}):</p>", escaped(who))?;
        } else if let Some(who) = hit.speaker() {
            writeln!(self.out, "<p dir=\"auto\"><strong>{}</strong>:</p>", escaped(who))?;
        }
        for (text, marks) in hit.passages() {
            writeln!(self.out, "<blockquote dir=\"auto\">{}</blockquote>", marked(&text, &marks))?;
        }
        writeln!(self.out, "</article>")
    }

    fn end(&mut self, totals: &Totals, shown: usize) -> io::Result<()> {
        let more = totals.stories.saturating_sub(shown as u64);
        match (totals.total, more) {
            (0, _) => writeln!(self.out, "<p>Nothing found.</p>"),
            (_, 0) => Ok(()),
            _ => writeln!(self.out, "<p>{} more.</p>", grouped(more)),
        }
    }

    fn finish(&mut self) -> io::Result<()> {
        self.top()?;
        self.out.write_all(b"</body>\n</html>\n")?;
        self.out.flush()
    }
}

fn marked(text: &str, marks: &[Span]) -> String {
    let parts = pieces(text, marks).into_iter().map(|piece| match piece.marked {
        true => format!("<mark>{}</mark>", escaped(&piece.text)),
        false => escaped(&piece.text),
    });
    parts.collect()
}

/// `text` as text of a page.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in plain(text).chars() {
        match c {
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '&' => out.push_str("&amp;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&#39;"),
            c => out.push(c),
        }
    }
    out
}
