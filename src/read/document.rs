//! Documents: a text and what its format knows of it, as articles. One article, unless the text is a database export.

use std::fmt;

use super::fields::Record;
use super::{Out, exports};
use crate::clean::layout::{Paragraph, one_line, paragraphs};

/// What the numbers of lines count.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    /// Lines of the file.
    Line,
    /// Paragraphs of the document, which stand on every other line of its text.
    Paragraph,
}

impl Unit {
    /// The number of the line that has this index.
    pub(super) fn number(self, index: usize) -> u32 {
        let number = if self == Unit::Line { index + 1 } else { index / 2 + 1 };
        u32::try_from(number).unwrap_or(u32::MAX)
    }
}

impl fmt::Display for Unit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if *self == Unit::Line { "line" } else { "paragraph" })
    }
}

/// A word processor's document.
#[derive(Debug, Default)]
pub(super) struct Document {
    /// What its format says of it.
    pub(super) record: Record,
    /// Its paragraphs, each on one line.
    pub(super) paragraphs: Vec<String>,
}

impl Document {
    /// Hands over its articles.
    pub(super) fn hand_over(mut self, out: &mut Out<'_, '_, '_>) -> bool {
        self.paragraphs.iter_mut().for_each(|text| text.retain(|c| c != '\n'));
        let text = self.paragraphs.join("\n\n");
        if let Some(goes_on) = exports::read(&text, || text.clone(), Unit::Paragraph, out) {
            return goes_on;
        }
        let numbered = self.paragraphs.iter().enumerate().map(|(index, text)| Paragraph {
            line: u32::try_from(index + 1).unwrap_or(u32::MAX),
            text: one_line(text).into(),
        });
        let mut paragraphs: Vec<Paragraph> = numbered.filter(|p| !p.text.is_empty()).collect();
        let mut record = self.record;
        record.take_header(&mut paragraphs);
        out.accept(record.into_article_of(out.path, None, paragraphs))
    }
}

/// Hands over the articles of a plain text.
pub(super) fn text(text: &str, mut record: Record, out: &mut Out<'_, '_, '_>) -> bool {
    if let Some(goes_on) = exports::read(text, || text.to_owned(), Unit::Line, out) {
        return goes_on;
    }
    let mut paragraphs = paragraphs(text);
    record.take_header(&mut paragraphs);
    out.accept(record.into_article_of(out.path, None, paragraphs))
}
