//! Every mention of a query, one article after another: nothing is kept but the addresses of the articles.

use anyhow::Result;

use super::collect::InOrder;
use super::compile::Mode;
use super::sorter::Sorter;
use super::{Local, StemsByLanguage};
use crate::annotations::{Annotations, Span};
use crate::article::Article;
use crate::engine::{MentionRequest, MentionSort, Visit};
use crate::index::document::{self, Stored};
use crate::query::plan::Plan;
use crate::query::spans::Match;
use crate::query::text::Text;
use crate::results::{Mention, Source};
use crate::text::fold;

/// Runs `request`, giving each mention to `visit`.
pub(super) fn run(engine: &Local, request: &MentionRequest, visit: &mut Visit<'_>) -> Result<()> {
    let plan = engine.plan(&request.query)?;
    let query = engine.compiler(&plan, Mode::Articles)?.query()?;
    let articles = engine.searcher.search(&query, &InOrder(request.sort))?;
    let addresses = articles.iter().map(|place| (place.id, place.address));
    match request.sort {
        MentionSort::Left | MentionSort::Right => {
            let mut sorter = Sorter::default();
            each(engine, &plan, addresses, request.context, &mut |source, mention| {
                sorter.push(key(mention, request.sort), &(source, mention)).map(|()| true)
            })?;
            sorter.finish(&mut |(source, mention): (Source, Mention)| visit(&source, &mention))
        }
        _ => each(engine, &plan, addresses, request.context, visit),
    }
}

/// How many mentions the articles at `addresses` have.
pub(super) fn count(
    engine: &Local,
    plan: &Plan,
    addresses: impl Iterator<Item = (u64, tantivy::DocAddress)>,
) -> Result<u64> {
    let mut stems = StemsByLanguage::default();
    let mut count = 0;
    for (id, address) in addresses {
        let Stored { article, annotations, .. } = engine.stored(address)?;
        let text = Text::new(plan, &article, &annotations, id, stems.of(document::language(&article)));
        count += text.matches().map_or(0, |matches| matches.len() as u64);
    }
    Ok(count)
}

fn each(
    engine: &Local,
    plan: &Plan,
    addresses: impl Iterator<Item = (u64, tantivy::DocAddress)>,
    context: usize,
    visit: &mut Visit<'_>,
) -> Result<()> {
    let mut stems = StemsByLanguage::default();
    for (id, address) in addresses {
        let stored = engine.stored(address)?;
        let Stored { article, annotations, .. } = &stored;
        let text = Text::new(plan, article, annotations, id, stems.of(document::language(article)));
        let source = engine.source(&stored);
        for found in text.matches().unwrap_or_default() {
            if let Some(mention) = mention(article, annotations, &text, &found, context)
                && !visit(&source, &mention)?
            {
                return Ok(());
            }
        }
    }
    Ok(())
}

/// A match with the text around it; what runs from the headline into the body is shown by its words in the headline.
fn mention(
    article: &Article,
    annotations: &Annotations,
    text: &Text<'_>,
    found: &Match,
    context: usize,
) -> Option<Mention> {
    let first = text.place(found.first)?;
    let places = found.words.iter().filter_map(|position| text.place(*position));
    let words: Vec<Span> = places.filter(|place| place.in_title == first.in_title).map(|place| place.span).collect();
    let span = Span { start: first.span.start, end: words.iter().map(|word| word.end).max()? };
    let whole = if first.in_title { article.title.as_deref().unwrap_or_default() } else { &article.body };
    let (start, end) = (span.start as usize, span.end as usize);
    let before = whole.get(..start)?;
    let behind = whole.get(end..)?;
    let paragraph_start = before.rfind("\n\n").map_or(0, |at| at + 2);
    let paragraph_end = behind.find("\n\n").unwrap_or(behind.len());
    let left = before.get(paragraph_start..)?;
    let right = behind.get(..paragraph_end)?;
    let left_from = left.char_indices().rev().take(context).last().map_or(left.len(), |(at, _)| at);
    let right_to = right.char_indices().nth(context).map_or(right.len(), |(at, _)| at);
    let shift = |word: &Span| Span { start: word.start - span.start, end: word.end - span.start };
    let quote = annotations.quotes.iter().find(|quote| quote.spans.iter().any(|piece| piece.overlaps(first.span)));
    Some(Mention {
        in_title: first.in_title,
        span,
        left: left.get(left_from..)?.to_owned(),
        text: whole.get(start..end)?.to_owned(),
        right: right.get(..right_to)?.to_owned(),
        highlights: words.iter().map(shift).collect(),
        speaker: quote.filter(|_| !first.in_title).and_then(|quote| quote.speaker.clone()),
        line: article.line_at(if first.in_title { 0 } else { start }),
        paragraph: if first.in_title { 0 } else { before.matches("\n\n").count() as u32 + 1 },
    })
}

/// What a mention is sorted by when it is sorted by its words.
fn key(mention: &Mention, sort: MentionSort) -> String {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect()
    };
    let mut left = words(&mention.left);
    left.reverse();
    let right = words(&mention.right);
    let parts = if sort == MentionSort::Left { [left, right] } else { [right, left] };
    parts.map(|words| words.join(" ")).join("\u{1}")
}
