//! Colour and wrapping for people. Colours are the terminal's own, so that they suit dark and light alike.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::links::Links;
use super::plain;
use crate::annotations::Span;

/// How to print for people.
#[derive(Debug, Clone, Copy)]
pub struct Paint {
    /// Whether to use colour.
    pub color: bool,
    /// Columns.
    pub width: usize,
    /// What paths link to, if they are links. One format serves a whole run.
    pub links: Option<&'static Links>,
}

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// Running text.
    Text,
    /// A word that matched.
    Match,
    /// A headline.
    Title,
    /// A date.
    Date,
    /// An outlet.
    Source,
    /// A file and line.
    Path,
    /// A speaker.
    Speaker,
    /// A place.
    Place,
    /// What only an earlier text has.
    Gone,
    /// What only a later text has.
    New,
    /// What is less important.
    Faint,
}

impl Role {
    fn style(self) -> Style {
        let color = |color: AnsiColor| Style::new().fg_color(Some(color.into()));
        match self {
            Role::Text => Style::new(),
            Role::Match => color(AnsiColor::Red).bold(),
            Role::Title => Style::new().bold(),
            Role::Date => color(AnsiColor::Green),
            Role::Source => color(AnsiColor::Cyan),
            Role::Path => color(AnsiColor::Magenta),
            Role::Speaker => color(AnsiColor::Cyan).bold(),
            Role::Place => color(AnsiColor::Blue),
            Role::Gone => color(AnsiColor::Red),
            Role::New => color(AnsiColor::Green),
            Role::Faint => Style::new().dimmed(),
        }
    }
}

impl Paint {
    /// Without colour and links.
    pub fn plain(width: usize) -> Paint {
        Paint { color: false, width, links: None }
    }

    /// Writes `shown`, the name of a line of a file, as a link to it where links are wanted.
    pub fn link(&self, out: &mut impl Write, shown: &str, path: &str, line: u32) -> io::Result<()> {
        let Some(links) = self.links else { return self.put(out, Role::Path, shown) };
        let (before, behind) = links.around(path, line);
        write!(out, "{before}")?;
        self.put(out, Role::Path, shown)?;
        write!(out, "{behind}")
    }

    /// Writes a piece of text in its role.
    pub fn put(&self, out: &mut impl Write, role: Role, text: &str) -> io::Result<()> {
        if text.is_empty() {
            return Ok(());
        }
        let text = plain(text);
        let style = role.style();
        if self.color && role != Role::Text { write!(out, "{style}{text}{style:#}") } else { write!(out, "{text}") }
    }

    /// Writes text with its marks in [`Role::Match`], wrapped at blanks, each line behind `indent` blanks.
    pub fn wrapped(&self, out: &mut impl Write, indent: usize, base: Role, pieces: &[Piece]) -> io::Result<()> {
        write!(out, "{:indent$}", "")?;
        self.wrapped_behind(out, indent, base, pieces)
    }

    /// The same where the first line's `indent` columns are taken already.
    pub fn wrapped_behind(&self, out: &mut impl Write, indent: usize, base: Role, pieces: &[Piece]) -> io::Result<()> {
        let room = self.width.saturating_sub(indent).max(20);
        let role = |marked: bool| if marked { Role::Match } else { base };
        let mut column = 0;
        // Words of one look are written together: fewer escapes, and whole phrases for who searches the output.
        let mut run = Piece { text: String::new(), marked: false };
        for word in words(pieces) {
            let width: usize = word.iter().map(|piece| piece.text.width()).sum();
            if column > 0 && column + 1 + width > room {
                self.put(out, role(run.marked), &run.text)?;
                run.text.clear();
                write!(out, "\n{:indent$}", "")?;
                column = 0;
            } else if column > 0 {
                if run.marked {
                    self.put(out, role(true), &run.text)?;
                    run = Piece { text: String::new(), marked: false };
                }
                run.text.push(' ');
                column += 1;
            }
            for piece in word {
                if piece.marked != run.marked {
                    self.put(out, role(run.marked), &run.text)?;
                    run = Piece { text: String::new(), marked: piece.marked };
                }
                run.text.push_str(&piece.text);
            }
            column += width;
        }
        self.put(out, role(run.marked), &run.text)?;
        out.write_all(b"\n")
    }
}

/// A stretch of text, marked or not.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Piece {
    /// The text, without anything that steers a terminal.
    pub text: String,
    /// Whether it matched.
    pub marked: bool,
}

/// Cuts `text` at the ends of its marks, which must be in order.
pub fn pieces(text: &str, marks: &[Span]) -> Vec<Piece> {
    let mut out = Vec::new();
    let mut at = 0;
    let mut push = |range: std::ops::Range<usize>, marked| {
        let part = text.get(range).unwrap_or_default();
        if !part.is_empty() {
            out.push(Piece { text: plain(part).into_owned(), marked });
        }
    };
    for mark in marks {
        let (start, end) = (mark.start as usize, mark.end as usize);
        if start >= at && end <= text.len() {
            push(at..start, false);
            push(start..end, true);
            at = end;
        }
    }
    push(at..text.len(), false);
    out
}

/// The pieces cut at blanks, those that stand together in one word.
fn words(pieces: &[Piece]) -> Vec<Vec<Piece>> {
    let mut words: Vec<Vec<Piece>> = Vec::new();
    let mut open = false;
    for piece in pieces {
        for (i, part) in piece.text.split(' ').enumerate() {
            open &= i == 0;
            if part.is_empty() {
                continue;
            }
            let part = Piece { text: part.to_owned(), marked: piece.marked };
            match words.last_mut().filter(|_| open) {
                Some(word) => word.push(part),
                None => words.push(vec![part]),
            }
            open = true;
        }
        open &= !piece.text.ends_with(' ');
    }
    words
}

/// `text` cut to `width` columns, with `…` where something was cut.
pub fn fitted(text: &str, width: usize) -> String {
    let text = plain(text);
    if text.width() <= width {
        return text.into_owned();
    }
    let mut out = String::new();
    let mut used = 0;
    for c in text.chars() {
        let wide = c.width().unwrap_or(0);
        if used + wide > width.saturating_sub(1) {
            break;
        }
        out.push(c);
        used += wide;
    }
    let trimmed = out.trim_end();
    format!("{trimmed}…")
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn printed(text: &str, marks: &[Span], width: usize) -> String {
        let mut out = Vec::new();
        let paint = Paint::plain(width);
        paint.wrapped(&mut out, 2, Role::Text, &pieces(text, marks)).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn wraps_at_blanks_and_keeps_marked_words_whole() {
        let text = "pre-Geneva talks are over now, he said";
        assert_eq!(printed(text, &[Span::new(4, 10)], 24), "  pre-Geneva talks are\n  over now, he said\n");
        let colored = Paint { color: true, ..Paint::plain(80) };
        let mut out = Vec::new();
        colored.wrapped(&mut out, 0, Role::Text, &pieces("a Geneva-b", &[Span::new(2, 8)])).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "a \u{1b}[1m\u{1b}[31mGeneva\u{1b}[0m-b\n");
    }

    #[test]
    fn cuts_to_columns() {
        assert_eq!(fitted("Geneva talks", 20), "Geneva talks");
        assert_eq!(fitted("Geneva talks fail", 8), "Geneva…");
        assert_eq!(fitted("日本日本", 5), "日本…");
    }
}
