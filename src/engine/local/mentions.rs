//! Every mention of a query, and every sentence, one article after another: nothing is kept but the addresses of the
//! articles, and what a few of them say.

use anyhow::Result;

use super::collect::{Ranked, Top};
use super::compile::Mode;
use super::count::Counting;
use super::sorter::Sorter;
use super::{Local, StemsByLanguage, parallel};
use crate::annotations::Span;
use crate::article::Article;
use crate::engine::outline::Outline;
use crate::engine::{Dups, MentionRequest, Request, Side, Visit, passages};
use crate::index::document::Stored;
use crate::query::plan::Plan;
use crate::query::spans::Match;
use crate::query::text::Text;
use crate::results::{Mention, Passage, Source, Totals};
use crate::text::fold;

/// Runs `request`, giving each mention to `visit`.
pub(super) fn run(engine: &Local, request: &MentionRequest, visit: &mut Visit<'_, Mention>) -> Result<Totals> {
    let plan = engine.plan(&request.articles.query)?;
    let (top, totals) = articles(engine, &plan, &request.articles)?;
    let context = request.context;
    let of = |found: Read<'_>| (found.mentions(context).collect::<Vec<_>>(), engine.source(found.stored));
    let Some(side) = request.side else {
        each(engine, &plan, &top.ranked, &of, &mut |(mentions, source)| {
            give(&mentions, |mention| visit(&totals, &source, mention))
        })?;
        return Ok(totals);
    };
    let mut sorter = Sorter::default();
    each(engine, &plan, &top.ranked, &of, &mut |(mentions, source)| {
        give(&mentions, |mention| sorter.push(key(mention, side), &(&source, mention)).map(|()| true))
    })?;
    sorter.finish(&mut |(source, mention): (Source, Mention)| visit(&totals, &source, &mention))?;
    Ok(totals)
}

/// Runs `request`, giving each sentence that matches to `visit`.
pub(super) fn sentences(engine: &Local, request: &Request, visit: &mut Visit<'_, Passage>) -> Result<Totals> {
    let plan = engine.plan(&request.query)?;
    let (top, totals) = articles(engine, &plan, request)?;
    let of = |Read { stored, text, matches }: Read<'_>| {
        (passages::all(&stored.article, &stored.annotations, &text, &matches), engine.source(stored))
    };
    each(engine, &plan, &top.ranked, &of, &mut |(sentences, source)| {
        give(&sentences, |sentence| visit(&totals, &source, sentence))
    })?;
    Ok(totals)
}

/// All articles of a request, in its order. Where copies are folded, the mentions are those of the copies shown.
fn articles(engine: &Local, plan: &Plan, request: &Request) -> Result<(Top, Totals)> {
    let folded = request.dups != Dups::Show;
    let all = Request { offset: 0, limit: None, count_mentions: request.count_mentions && !folded, ..request.clone() };
    let (top, mut totals) = engine.ranked(plan, &all)?;
    if folded && request.count_mentions {
        let counting = Counting::of(plan, &engine.compiler(plan, Mode::Articles)?, &engine.archive.fields);
        totals.mentions = Some(match counting {
            Some(counting) => counting.of_all(&engine.searcher, top.ranked.iter().map(|one| one.address.0))?,
            None => count(engine, plan, &top.ranked)?,
        });
    }
    Ok((top, totals))
}

/// How many mentions some articles have.
pub(super) fn count(engine: &Local, plan: &Plan, articles: &[Ranked]) -> Result<u64> {
    let mut count = 0;
    each(engine, plan, articles, &|found| found.matches.len() as u64, &mut |more| {
        count += more;
        Ok(true)
    })?;
    Ok(count)
}

/// An article, read, with all its matches.
struct Read<'a> {
    stored: &'a Stored,
    text: Text<'a>,
    matches: Vec<Match>,
}

impl Read<'_> {
    fn mentions(&self, context: usize) -> impl Iterator<Item = Mention> {
        let Stored { article, annotations, .. } = self.stored;
        let outline = Outline::of(article, &annotations.quotes);
        self.matches.iter().filter_map(move |found| mention(article, &outline, &self.text, found, context))
    }
}

/// Gives one row after another to `visit`, until it says no; whether it never did.
fn give<T>(rows: impl IntoIterator<Item = T>, mut visit: impl FnMut(T) -> Result<bool>) -> Result<bool> {
    for row in rows {
        if !visit(row)? {
            return Ok(false);
        }
    }
    Ok(true)
}

/// Gives what `of` makes of each article to `visit`, in their order, until it says no.
fn each<T: Send>(
    engine: &Local,
    plan: &Plan,
    articles: &[Ranked],
    of: &(dyn Fn(Read<'_>) -> T + Sync),
    visit: &mut dyn FnMut(T) -> Result<bool>,
) -> Result<()> {
    let read = |one: &Ranked, stems: &mut StemsByLanguage| {
        engine.with_text(plan, one.address.0, one.id.0, stems, |stored, text| {
            of(Read { stored, matches: text.matches().unwrap_or_default(), text })
        })
    };
    parallel::each(articles, &read, &mut |_, made| visit(made))
}

/// A match with the text around it; what runs from the headline into the body is shown by its words in the headline.
fn mention(
    article: &Article,
    outline: &Outline<'_>,
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
    // Of a phrase across paragraphs, from the first word's to behind the last word's.
    let (paragraph, around) = match first.in_title {
        true => (0, 0..whole.len()),
        false => {
            let paragraph = outline.paragraph(start);
            let last = outline.paragraph(end.saturating_sub(1).max(start));
            (paragraph as u32 + 1, outline.range(paragraph).start..outline.range(last).end)
        }
    };
    let left = whole.get(around.start..start)?;
    let right = whole.get(end..around.end)?;
    let left_from = left.char_indices().rev().take(context).last().map_or(left.len(), |(at, _)| at);
    let right_to = right.char_indices().nth(context).map_or(right.len(), |(at, _)| at);
    let shift = |word: &Span| Span { start: word.start - span.start, end: word.end - span.start };
    Some(Mention {
        in_title: first.in_title,
        span,
        left: left.get(left_from..)?.to_owned(),
        text: whole.get(start..end)?.to_owned(),
        right: right.get(..right_to)?.to_owned(),
        highlights: words.iter().map(shift).collect(),
        speaker: if first.in_title { None } else { outline.speaker(first.span).map(str::to_owned) },
        line: outline.line(if first.in_title { 0 } else { start }),
        paragraph,
    })
}

/// What a mention is sorted by when it is sorted by its words.
fn key(mention: &Mention, side: Side) -> String {
    let words = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(fold).collect()
    };
    let mut left = words(&mention.left);
    left.reverse();
    let right = words(&mention.right);
    let parts = if side == Side::Left { [left, right] } else { [right, left] };
    parts.map(|words| words.join(" ")).join("\u{1}")
}
