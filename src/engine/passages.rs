//! Passages: the sentences of an article that show best why it matches. The same for every engine: made from the
//! text and the matcher's spans.

use crate::annotations::{Annotations, Span};
use crate::article::Article;
use crate::engine::Context;
use crate::engine::outline::Outline;
use crate::query::spans::Match;
use crate::query::text::Text;
use crate::results::Passage;
use crate::text::Token;

/// Bytes that a passage should not much exceed.
const LENGTH: usize = 280;
/// Bytes of context kept before the first match when a sentence is too long.
const BEFORE: usize = 90;

/// The bytes of a body's sentence, and its words.
#[derive(Debug, Clone, Copy)]
struct Sentence {
    span: Span,
    paragraph: usize,
}

/// The best `wanted` passages, in the order of the text; the beginning of the body when nothing in it matches.
pub(super) fn choose(
    article: &Article,
    annotations: &Annotations,
    text: &Text<'_>,
    matches: &[Match],
    wanted: usize,
    context: Context,
) -> Vec<Passage> {
    let sentences = sentences(article, &text.tokens);
    let outline = Outline::of(article, &annotations.quotes);
    let marks = marks(text, matches);
    let mut scored: Vec<(usize, usize)> = Vec::new();
    for (number, sentence) in sentences.iter().enumerate() {
        let inside = inside(&marks, sentence.span);
        if inside.is_empty() {
            continue;
        }
        let mut words: Vec<String> =
            inside.iter().filter_map(|m| Some(article.body.get(m.range())?.to_lowercase())).collect();
        words.sort_unstable();
        words.dedup();
        scored.push((words.len() * 1000 + inside.len(), number));
    }
    scored.sort_unstable_by_key(|(score, number)| (std::cmp::Reverse(*score), *number));
    let mut best: Vec<usize> = scored.into_iter().map(|(_, number)| number).collect();
    if best.is_empty() && !sentences.is_empty() {
        best.push(first_to_show(&sentences));
    }
    // A short sentence takes its neighbour along, which then needs no passage of its own.
    let mut chosen: Vec<(Span, usize)> = Vec::new();
    for number in best {
        let span = match context {
            Context::Usual => extent(article, &sentences, number, &marks),
            Context::Sentences(around) => neighbours(&sentences, number, around),
            Context::Paragraph => neighbours(&sentences, number, usize::MAX),
        };
        if chosen.len() < wanted && !chosen.iter().any(|(other, _)| other.overlaps(span)) {
            chosen.push((span, number));
        }
    }
    chosen.sort_unstable();
    chosen.iter().map(|(span, number)| passage(article, &outline, &sentences, *number, *span, &marks)).collect()
}

/// Every sentence that matches, behind the headline if that does.
pub(super) fn all(article: &Article, annotations: &Annotations, text: &Text<'_>, matches: &[Match]) -> Vec<Passage> {
    let sentences = sentences(article, &text.tokens);
    let outline = Outline::of(article, &annotations.quotes);
    let marks = marks(text, matches);
    let in_title = title_marks(text, matches);
    let headline = (!in_title.is_empty()).then(|| Passage {
        text: article.title.clone().unwrap_or_default(),
        highlights: in_title,
        line: outline.line(0),
        ..Passage::default()
    });
    let holds = |sentence: &Sentence| !inside(&marks, sentence.span).is_empty();
    let numbers = (0..sentences.len()).filter(|number| holds(&sentences[*number]));
    let found = numbers.map(|number| {
        let whole = passage(article, &outline, &sentences, number, sentences[number].span, &marks);
        Passage { cut_before: false, cut_after: false, ..whole }
    });
    headline.into_iter().chain(found).collect()
}

/// The bytes of the headline that matched, in order.
pub(super) fn title_marks(text: &Text<'_>, matches: &[Match]) -> Vec<Span> {
    marks_where(text, matches, true)
}

/// Where to begin when no word of the body matches: the first sentence that is no stub.
fn first_to_show(sentences: &[Sentence]) -> usize {
    sentences.iter().position(|s| s.span.end - s.span.start > 40).unwrap_or(0)
}

/// The bytes of the body that matched, in order.
fn marks(text: &Text<'_>, matches: &[Match]) -> Vec<Span> {
    marks_where(text, matches, false)
}

fn marks_where(text: &Text<'_>, matches: &[Match], in_title: bool) -> Vec<Span> {
    let positions = matches.iter().flat_map(|m| m.words.iter().copied());
    let places = positions.filter_map(|position| text.place(position)).filter(|place| place.in_title == in_title);
    let mut marks: Vec<Span> = places.map(|place| place.span).collect();
    marks.sort_unstable();
    marks.dedup();
    marks
}

/// The marks within a span.
fn inside(marks: &[Span], span: Span) -> &[Span] {
    let from = marks.partition_point(|mark| mark.start < span.start);
    let to = marks.partition_point(|mark| mark.end <= span.end);
    marks.get(from..to).unwrap_or_default()
}

fn sentences(article: &Article, tokens: &[Token]) -> Vec<Sentence> {
    let mut list: Vec<Sentence> = Vec::new();
    let mut paragraph = 0;
    let mut last_end = 0;
    for token in tokens {
        if token.starts_paragraph() && !list.is_empty() {
            paragraph += 1;
        }
        if token.starts_sentence() {
            if let Some(open) = list.last_mut() {
                open.span.end = last_end;
            }
            list.push(Sentence { span: Span { start: token.start, end: token.end }, paragraph });
        }
        last_end = token.end;
    }
    if let Some(open) = list.last_mut() {
        open.span.end = last_end.min(article.body.len() as u32);
    }
    list
}

/// What is shown of sentence `number`: it alone if it is long, with its neighbour if it is very short.
fn extent(article: &Article, sentences: &[Sentence], number: usize, marks: &[Span]) -> Span {
    let sentence = sentences[number];
    let mut span = sentence.span;
    let length = |span: Span| (span.end - span.start) as usize;
    let fits =
        |next: &&Sentence| next.paragraph == sentence.paragraph && (next.span.end - span.start) as usize <= LENGTH;
    if length(span) < LENGTH / 3
        && let Some(next) = sentences.get(number + 1).filter(fits)
    {
        span.end = next.span.end;
    }
    if length(span) > LENGTH + LENGTH / 4 {
        span = cut(&article.body, span, inside(marks, span).first().copied());
    }
    span
}

/// Sentence `number` with up to `around` on either side, in its paragraph.
fn neighbours(sentences: &[Sentence], number: usize, around: usize) -> Span {
    let same = |other: &&Sentence| other.paragraph == sentences[number].paragraph;
    let first = sentences[..number].iter().rev().take(around).take_while(same).last();
    let last = sentences[number + 1..].iter().take(around).take_while(same).last();
    let (start, end) = (first.unwrap_or(&sentences[number]).span.start, last.unwrap_or(&sentences[number]).span.end);
    Span { start, end }
}

/// The passage with the bytes of `span`, around sentence `number`.
fn passage(
    article: &Article,
    outline: &Outline<'_>,
    sentences: &[Sentence],
    number: usize,
    span: Span,
    marks: &[Span],
) -> Passage {
    let sentence = sentences[number];
    let first = sentences.partition_point(|other| other.paragraph < sentence.paragraph);
    let last = sentences.partition_point(|other| other.paragraph <= sentence.paragraph).saturating_sub(1);
    let first_of_paragraph = sentences.get(first).unwrap_or(&sentence).span.start;
    let last_of_paragraph = sentences.get(last).unwrap_or(&sentence).span.end;
    let text = article.body.get(span.range()).unwrap_or_default().replace('\n', " ");
    let shift = |mark: &Span| Span { start: mark.start - span.start, end: mark.end - span.start };
    Passage {
        text,
        highlights: inside(marks, span).iter().map(shift).collect(),
        cut_before: span.start > first_of_paragraph,
        cut_after: span.end < last_of_paragraph,
        line: outline.line(span.start as usize),
        paragraph: sentence.paragraph as u32 + 1,
        speaker: outline.speaker(inside(marks, span).first().copied().unwrap_or(span)).map(str::to_owned),
    }
}

/// A part of a long sentence around its first mark, cut at blanks.
fn cut(body: &str, span: Span, mark: Option<Span>) -> Span {
    let mark = mark.map_or(span.start as usize, |mark| mark.start as usize);
    let (start, end) = (span.start as usize, span.end as usize);
    let wanted = mark.saturating_sub(BEFORE).max(start);
    let from = if wanted == start { start } else { blank_behind(body, wanted).map_or(start, |at| at.min(mark)) };
    let limit = (from + LENGTH).min(end);
    let to = if limit == end { end } else { blank_before(body, limit).map_or(end, |at| at.max(mark)) };
    Span::new(from, to)
}

/// The first byte behind the next blank at or behind `at`.
fn blank_behind(body: &str, at: usize) -> Option<usize> {
    let at = (at..body.len()).find(|at| body.is_char_boundary(*at))?;
    body[at..].find(' ').map(|blank| at + blank + 1)
}

/// The last blank at or before `at`.
fn blank_before(body: &str, at: usize) -> Option<usize> {
    let at = (0..=at).rev().find(|at| body.is_char_boundary(*at))?;
    body[..at].rfind(' ')
}
