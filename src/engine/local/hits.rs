//! Hits: what is stored of an article and what the matcher says of its text, as the results that are printed.

use anyhow::Result;
use tantivy::DocAddress;

use super::collect::Ranked;
use super::join::Links;
use super::{Local, StemsByLanguage};
use crate::annotations::{Annotations, Quote, Span};
use crate::engine::{Request, Sort, passages};
use crate::index::document::{self, Stored};
use crate::query::plan::Plan;
use crate::query::text::Text;
use crate::results::{ArticleHit, QuoteHit};

impl Local {
    /// Gives `of` the article at `address`, whose id is `id`, and its text as the matcher sees it.
    pub(super) fn with_text<T>(
        &self,
        plan: &Plan,
        address: DocAddress,
        id: u64,
        stems: &mut StemsByLanguage,
        of: impl FnOnce(&Stored, Text<'_>) -> T,
    ) -> Result<T> {
        let stored = self.stored(address)?;
        let known = self.known(plan, address, id)?;
        let stems = stems.of(document::language(&stored.article));
        Ok(of(&stored, Text::new(plan, &stored.article, &stored.annotations, &known, stems)))
    }

    pub(super) fn article_hit(
        &self,
        plan: &Plan,
        one: &Ranked,
        request: &Request,
        stems: &mut StemsByLanguage,
    ) -> Result<ArticleHit> {
        self.with_text(plan, one.address.0, one.id.0, stems, |stored, text| {
            let Stored { article, annotations, .. } = stored;
            let matches = text.matches().unwrap_or_default();
            let passages = passages::choose(article, annotations, &text, &matches, request.passages, request.context);
            let line = passages.first().map_or_else(|| article.line_at(0), |passage| passage.line);
            ArticleHit {
                score: if request.sort == Sort::Relevance { one.score() } else { 0.0 },
                copies: 0,
                mentions: matches.len(),
                title_highlights: passages::title_marks(&text, &matches),
                line,
                places: annotations.places.iter().filter(|p| !p.mentions.is_empty()).map(|p| p.name.clone()).collect(),
                speakers: most_quoted(annotations),
                passages,
                source: self.source(stored),
            }
        })
    }

    pub(super) fn quote_hit(
        &self,
        plan: &Plan,
        one: &Ranked,
        request: &Request,
        stems: &mut StemsByLanguage,
    ) -> Result<QuoteHit> {
        let (at, ordinal) = self.article_of(one)?;
        self.with_text(plan, at, one.id.0, stems, |stored, text| {
            let Stored { article, annotations, .. } = stored;
            let quote = annotations.quotes.get(ordinal);
            let quote = quote.ok_or_else(|| self.broken("a quotation is not in its article"))?;
            let body = article.body.as_str();
            let slice = |span: Option<Span>| span.and_then(|span| body.get(span.range())).map(str::to_owned);
            let start = quote.extent().start as usize;
            Ok(QuoteHit {
                score: if request.sort == Sort::Relevance { one.score() } else { 0.0 },
                highlights: quote_marks(&text, quote, ordinal),
                copies: 0,
                kind: quote.kind,
                speaker: quote.speaker.clone(),
                said_by: slice(quote.source),
                role: quote.role.clone(),
                verb: slice(quote.verb),
                resolution: quote.resolution,
                confidence: quote.confidence,
                said_on: quote.said_on.map(|when| when.to_string()),
                line: article.line_at(start),
                paragraph: article.paragraphs().take_while(|(at, _)| *at <= start).count() as u32,
                text: quote.text(body),
                source: self.source(stored),
            })
        })?
    }

    /// Where the article of a quotation is, and the quotation's number in it.
    fn article_of(&self, quote: &Ranked) -> Result<(DocAddress, usize)> {
        let DocAddress { segment_ord, doc_id } = quote.address.0;
        let reader = self.searcher.segment_reader(segment_ord);
        let links = Links::open(reader)?;
        let article = links.article(doc_id);
        if article >= reader.max_doc() {
            return Err(self.broken("a quotation has no article").into());
        }
        Ok((DocAddress::new(segment_ord, article), links.ordinal(doc_id)))
    }
}

/// The bytes of a quotation's words, its pieces joined by a blank, that the query matches.
fn quote_marks(text: &Text<'_>, quote: &Quote, ordinal: usize) -> Vec<Span> {
    let matches = text.matches_in_quotation(ordinal).unwrap_or_default();
    let words = matches.iter().flat_map(|m| m.words.iter().copied());
    let spans = words.filter_map(|position| text.place(position)).map(|place| place.span);
    let mut marks: Vec<Span> = spans.filter_map(|span| in_pieces(&quote.spans, span)).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// Where a span of the body is when only some pieces of the body are kept, joined by one byte each.
fn in_pieces(pieces: &[Span], span: Span) -> Option<Span> {
    let mut before = 0;
    for piece in pieces {
        if piece.overlaps(span) {
            let (start, end) = (span.start.max(piece.start), span.end.min(piece.end));
            return Some(Span { start: before + start - piece.start, end: before + end - piece.start });
        }
        before += piece.end - piece.start + 1;
    }
    None
}

/// Names of who is quoted, most often quoted first.
fn most_quoted(annotations: &Annotations) -> Vec<String> {
    let mut counts: Vec<(&str, usize)> = Vec::new();
    for speaker in annotations.quotes.iter().filter_map(|quote| quote.speaker.as_deref()) {
        match counts.iter_mut().find(|(name, _)| *name == speaker) {
            Some((_, count)) => *count += 1,
            None => counts.push((speaker, 1)),
        }
    }
    counts.sort_by_key(|(_, count)| std::cmp::Reverse(*count));
    counts.into_iter().map(|(name, _)| name.to_owned()).collect()
}
