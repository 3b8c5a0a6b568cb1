//! What changed from one article to another, word by word.

use std::io::{self, Write};

use serde::Serialize;
use similar::{Algorithm, DiffOp, capture_diff_slices};
use unicode_width::UnicodeWidthStr;

use super::json::line;
use super::paint::{Paint, Role};
use crate::article::Article;

/// Words, or ends of paragraphs, that both articles have or only one of them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "type", content = "text", rename_all = "lowercase")]
pub enum Stretch {
    /// In both.
    Same(String),
    /// In the first only.
    Gone(String),
    /// In the second only.
    New(String),
}

impl Stretch {
    /// Whether the articles differ here.
    pub fn is_change(&self) -> bool {
        !matches!(self, Stretch::Same(_))
    }
}

/// Stands for the end of a paragraph among the words.
const PARAGRAPH: &str = "\n\n";

/// Compares headline and body of two articles. White space does not count, the ends of paragraphs do.
pub fn compare(old: &Article, new: &Article) -> Vec<Stretch> {
    let (old, new) = (words(old), words(new));
    let text = |words: Option<&[&str]>| joined(words.unwrap_or_default());
    let mut stretches = Vec::new();
    for op in capture_diff_slices(Algorithm::Patience, &old, &new) {
        let (gone, added) = (old.get(op.old_range()), new.get(op.new_range()));
        match op {
            DiffOp::Equal { .. } => stretches.push(Stretch::Same(text(gone))),
            DiffOp::Delete { .. } => stretches.push(Stretch::Gone(text(gone))),
            DiffOp::Insert { .. } => stretches.push(Stretch::New(text(added))),
            DiffOp::Replace { .. } => stretches.extend([Stretch::Gone(text(gone)), Stretch::New(text(added))]),
        }
    }
    stretches
}

/// The words of headline and body, with an end of paragraph behind each paragraph.
fn words(article: &Article) -> Vec<&str> {
    let paragraphs = article.title.as_deref().into_iter().chain(article.paragraphs().map(|(_, text)| text));
    paragraphs.flat_map(|paragraph| paragraph.split_whitespace().chain([PARAGRAPH])).collect()
}

fn joined(words: &[&str]) -> String {
    let mut out = String::new();
    for word in words {
        if !out.is_empty() && !out.ends_with('\n') && *word != PARAGRAPH {
            out.push(' ');
        }
        out.push_str(word);
    }
    out
}

/// For people: `-` and `+` the two articles, then the words, what is gone as `[-gone-]` and what is new as `{+new+}` (and in
/// colour), with `context` words around each change.
///
/// # Errors
/// When `out` cannot be written.
pub fn text(
    out: &mut impl Write,
    paint: &Paint,
    old: &Article,
    new: &Article,
    stretches: &[Stretch],
    context: usize,
) -> io::Result<()> {
    for (sign, role, article) in [("-", Role::Gone, old), ("+", Role::New, new)] {
        let date = article.date.as_ref().map_or_else(|| "undated".to_owned(), |date| date.when.to_string());
        let outlet = article.source.as_deref().unwrap_or("");
        // Two records of one file are told by their numbers.
        let record = article.record.map_or(String::new(), |record| format!(":{record}"));
        paint.put(out, role, &format!("{sign} {date}  {outlet}  {}{record}", article.path))?;
        out.write_all(b"\n")?;
    }
    if !stretches.iter().any(Stretch::is_change) {
        return writeln!(out, "\nthe same words");
    }
    out.write_all(b"\n")?;
    let last = stretches.len() - 1;
    let mut line = Line { paint, column: 0 };
    for (at, stretch) in stretches.iter().enumerate() {
        let (role, open, text, close) = match stretch {
            Stretch::Same(text) => (Role::Text, "", shortened(text, context, at > 0, at < last), ""),
            Stretch::Gone(text) => (Role::Gone, "[-", text.clone(), "-]"),
            Stretch::New(text) => (Role::New, "{+", text.clone(), "+}"),
        };
        // The brackets stay on the words; the ends of paragraphs go outside.
        let inside = text.trim_end_matches('\n');
        for (i, paragraph) in format!("{open}{inside}{close}").split(PARAGRAPH).enumerate() {
            if i > 0 {
                line.end_paragraph(out)?;
            }
            paragraph.split(' ').filter(|word| !word.is_empty()).try_for_each(|word| line.word(out, role, word))?;
        }
        if text.ends_with(PARAGRAPH) && at < last {
            line.end_paragraph(out)?;
        }
    }
    out.write_all(b"\n")
}

/// As JSON Lines: one stretch a line.
///
/// # Errors
/// When `out` cannot be written.
pub fn json(out: &mut impl Write, stretches: &[Stretch]) -> io::Result<()> {
    stretches.iter().try_for_each(|stretch| line(out, stretch))
}

/// Running text that ends its lines at the width.
struct Line<'p> {
    paint: &'p Paint,
    column: usize,
}

impl Line<'_> {
    fn word(&mut self, out: &mut impl Write, role: Role, word: &str) -> io::Result<()> {
        let width = word.width();
        if self.column > 0 && self.column + 1 + width > self.paint.width {
            out.write_all(b"\n")?;
            self.column = 0;
        } else if self.column > 0 {
            out.write_all(b" ")?;
            self.column += 1;
        }
        self.column += width;
        self.paint.put(out, role, word)
    }

    fn end_paragraph(&mut self, out: &mut impl Write) -> io::Result<()> {
        self.column = 0;
        out.write_all(b"\n\n")
    }
}

/// What both have, cut to `context` words next to the changes `before` and `behind` it.
fn shortened(text: &str, context: usize, before: bool, behind: bool) -> String {
    let words: Vec<&str> = text.split(' ').collect();
    let (head, tail) = (if before { context } else { 0 }, if behind { context } else { 0 });
    if words.len() <= head + tail + 1 {
        return text.to_owned();
    }
    let (head, tail) = (words[..head].join(" "), words[words.len() - tail..].join(" "));
    [head.as_str(), "…", tail.as_str()].into_iter().filter(|part| !part.is_empty()).collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn article(title: &str, body: &str) -> Article {
        Article { title: Some(title.into()), body: body.into(), path: "a".into(), ..Article::default() }
    }

    #[test]
    fn words_that_changed_and_a_little_around_them() {
        let old = article("Talks", "One two three four five six.\n\nThe talks ended on Friday.\n\nLast words.");
        let new = article("Talks", "One two three four five six.\n\nThe talks ended on Monday evening.\n\nLast words.");
        let stretches = compare(&old, &new);
        assert_eq!(stretches[1..3], [Stretch::Gone("Friday.".into()), Stretch::New("Monday evening.".into())]);
        let mut out = Vec::new();
        text(&mut out, &Paint::plain(60), &old, &new, &stretches, 3).unwrap();
        let expected =
            "- undated    a\n+ undated    a\n\n… talks ended on [-Friday.-] {+Monday evening.+}\n\nLast words.\n";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
        assert!(!compare(&old, &old).iter().any(Stretch::is_change));
        assert!(compare(&article("", ""), &new).iter().any(Stretch::is_change));
    }
}
