//! What is asked of an article for each of its mentions and passages: paragraphs, lines, and who speaks. Looked for once, so
//! that an article of a million mentions is read once and not a million times.

use std::ops::Range;

use crate::annotations::{Quote, Span};
use crate::article::{Article, paragraphs};

/// An article's paragraphs and quotations.
pub(super) struct Outline<'a> {
    article: &'a Article,
    quotes: &'a [Quote],
    /// Where each paragraph of the body begins.
    starts: Vec<usize>,
    pieces: Vec<Piece>,
}

/// A piece of a quotation.
struct Piece {
    span: Span,
    /// The furthest end of this piece and those before it.
    until: u32,
    /// The number of the quotation.
    quote: usize,
}

impl<'a> Outline<'a> {
    pub(super) fn of(article: &'a Article, quotes: &'a [Quote]) -> Outline<'a> {
        let numbered = quotes.iter().enumerate();
        let spans = numbered.flat_map(|(quote, found)| found.spans.iter().map(move |span| (*span, quote)));
        let mut pieces: Vec<Piece> = spans.map(|(span, quote)| Piece { span, until: span.end, quote }).collect();
        pieces.sort_by_key(|piece| piece.span);
        let mut until = 0;
        for piece in &mut pieces {
            until = until.max(piece.until);
            piece.until = until;
        }
        Outline { article, quotes, starts: paragraphs(&article.body).map(|(start, _)| start).collect(), pieces }
    }

    /// The number of the paragraph that holds byte `at` of the body, from 0.
    pub(super) fn paragraph(&self, at: usize) -> usize {
        self.starts.partition_point(|start| *start <= at).saturating_sub(1)
    }

    /// The bytes of a paragraph, without the blank line behind it.
    pub(super) fn range(&self, paragraph: usize) -> Range<usize> {
        let body = self.article.body.len();
        let start = self.starts.get(paragraph).copied().unwrap_or(body);
        let end = self.starts.get(paragraph + 1).map_or(body, |next| next.saturating_sub(2));
        start..end.max(start)
    }

    /// The line of the file that holds byte `at` of the body; 1 where the reader kept no lines.
    pub(super) fn line(&self, at: usize) -> u32 {
        self.article.lines.get(self.paragraph(at)).copied().unwrap_or(1)
    }

    /// Who speaks the words at `span`: of the first quotation that shares a byte with it.
    pub(super) fn speaker(&self, span: Span) -> Option<&'a str> {
        let from = self.pieces.partition_point(|piece| piece.until <= span.start);
        let near = self.pieces.iter().skip(from).take_while(|piece| piece.span.start < span.end);
        let quote = near.filter(|piece| piece.span.overlaps(span)).map(|piece| piece.quote).min()?;
        self.quotes.get(quote)?.speaker.as_deref()
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::extract::annotate;
    use crate::text::Lexer;

    /// Against what each question means, asked of the whole text.
    #[test]
    fn answers_as_the_text_does() {
        let body = "“Talks go on,” Ann Lee said. “They end today.”\n\nBo Ray said that the “short, sharp” talks ended.\n\nNo more.";
        let mut article = Article { body: body.to_owned(), lines: vec![3, 5, 9], ..Article::default() };
        let found = annotate(&mut article, &mut Lexer::default());
        assert!(found.quotes.len() > 2);
        let outline = Outline::of(&article, &found.quotes);
        for at in 0..=body.len() {
            assert_eq!(outline.line(at), article.line_at(at), "{at}");
            let span = Span::new(at, at + 3);
            let quote = found.quotes.iter().find(|quote| quote.spans.iter().any(|piece| piece.overlaps(span)));
            assert_eq!(outline.speaker(span), quote.and_then(|quote| quote.speaker.as_deref()), "{at}");
        }
        let all: Vec<&str> = (0..3).filter_map(|paragraph| body.get(outline.range(paragraph))).collect();
        assert_eq!(all, body.split("\n\n").collect::<Vec<_>>());
        assert_eq!(outline.range(7), body.len()..body.len());
    }
}
