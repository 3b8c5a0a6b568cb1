//! Hits, counts, mentions, snippets, highlights and facets agree with one another and with a slow, obvious reading of
//! the query, for random queries over random small archives, through the real index.
//!
//! `NEWSIDX_CASES` sets the number of queries (10,000 unless told), `NEWSIDX_SEED` where to begin.

mod corpus;
mod queries;
mod reference;

use std::collections::{BTreeMap, BTreeSet};

use newsidx::engine::local::Local;
use newsidx::engine::{Dups, Engine, Facet, MentionRequest, Request, Side};
use newsidx::index::document;
use newsidx::query::{Node, parse};

use self::corpus::{Known, Rng};

/// Queries asked of one archive.
const QUERIES: u64 = 200;

fn number(name: &str, default: u64) -> u64 {
    std::env::var(name).map_or(default, |text| text.parse().unwrap())
}

#[test]
fn everything_agrees_with_an_obvious_reading_of_the_query() {
    let cases = number("NEWSIDX_CASES", 10_000);
    let first = number("NEWSIDX_SEED", 1);
    for archive in 0..cases.div_ceil(QUERIES) {
        let seed = first + archive;
        let mut rng = Rng(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
        let (known, engine) = archive_of(&mut rng);
        for _ in 0..QUERIES.min(cases - archive * QUERIES) {
            let depth = rng.below(4);
            let query = queries::any(&mut rng, depth);
            let checked = std::panic::catch_unwind(std::panic::AssertUnwindSafe(|| check(&query, &known, &engine)));
            if checked.is_err() {
                let texts = known.values().map(|known| format!("{:#?}", known.stored)).collect::<Vec<_>>().join("\n");
                panic!("NEWSIDX_SEED={seed} NEWSIDX_CASES={QUERIES}: {query}\n{texts}");
            }
        }
    }
}

/// Articles by their ids, in one to three segments; every other archive is asked for names as typed only.
fn archive_of(rng: &mut Rng) -> (BTreeMap<u64, Known>, Local) {
    let mut known = BTreeMap::new();
    for number in 0..2 + rng.below(6) {
        let one = corpus::article(rng, number);
        known.insert(document::id(&one.stored.article), one);
    }
    let stored: Vec<_> = known.values().map(|known| known.stored.clone()).collect();
    let engine = Local::in_memory(&stored, 1 + rng.below(3)).unwrap();
    if rng.one_in(2) {
        return (known, engine.without_aliases());
    }
    let articles: Vec<Known> = known.values().cloned().collect();
    let spellings = corpus::spellings(&articles);
    known.values_mut().for_each(|known| known.spellings = spellings.clone());
    (known, engine)
}

fn request(query: &Node, limit: Option<usize>) -> Request {
    Request { limit, passages: 3, count_mentions: true, ..Request::new(query.clone()) }
}

fn check(text: &str, known: &BTreeMap<u64, Known>, engine: &Local) {
    let today = jiff::civil::date(2022, 2, 24);
    let query = parse(text, today).unwrap().root;
    let printed = query.to_string();
    let again = parse(&printed, today).unwrap().root;
    assert_eq!(again.to_string(), printed, "the printed form is another query");

    let expected: BTreeMap<u64, BTreeSet<Vec<u32>>> =
        known.iter().filter_map(|(id, known)| Some((*id, reference::matches(&query, known)?))).collect();
    articles(&query, known, &expected, engine);
    mentions(&query, known, &expected, engine);
    facets(&query, known, &expected, engine);
    quotations(&query, known, engine);
}

fn id_of(source: &newsidx::results::Source) -> u64 {
    u64::from_str_radix(&source.id, 16).unwrap()
}

type Expected = BTreeMap<u64, BTreeSet<Vec<u32>>>;

fn articles(query: &Node, known: &BTreeMap<u64, Known>, expected: &Expected, engine: &Local) {
    let found = engine.articles(&request(query, None)).unwrap();
    let hits: BTreeSet<u64> = found.hits.iter().map(|hit| id_of(&hit.source)).collect();
    assert_eq!(hits, expected.keys().copied().collect(), "articles");
    assert_eq!((found.totals.total, found.hits.len()), (expected.len() as u64, expected.len()), "number of articles");
    let all: usize = expected.values().map(BTreeSet::len).sum();
    assert_eq!(found.totals.mentions, Some(all as u64), "mentions of the summary");
    for hit in &found.hits {
        let id = id_of(&hit.source);
        let (known, matches) = (&known[&id], &expected[&id]);
        assert_eq!(hit.mentions, matches.len(), "mentions of {id:x}");
        let words: BTreeSet<u32> = matches.iter().flatten().copied().collect();
        let in_title: Vec<_> = known.title.iter().filter(|w| words.contains(&w.position)).map(|w| w.span).collect();
        assert_eq!(hit.title_highlights, in_title, "highlights of the headline of {id:x}");
        let marked: BTreeSet<&str> =
            known.body.iter().filter(|w| words.contains(&w.position)).map(|w| w.text).collect();
        let mut shown = BTreeSet::new();
        for passage in &hit.passages {
            let texts = passage.highlights.iter().map(|span| passage.text[span.range()].to_lowercase());
            shown.extend(texts);
        }
        assert!(shown.iter().all(|word| marked.contains(word.as_str())), "{shown:?} of {marked:?}");
        assert_eq!(shown.is_empty(), marked.is_empty(), "passages of {id:x}");
    }
}

fn mentions(query: &Node, known: &BTreeMap<u64, Known>, expected: &Expected, engine: &Local) {
    let mut rows = Vec::new();
    let articles = request(query, None);
    let request = MentionRequest { articles, side: Some(Side::Right), context: 20 };
    let totals = engine
        .mentions(&request, &mut |_, source, mention: &newsidx::results::Mention| {
            rows.push((id_of(source), mention.in_title, mention.span, mention.highlights.clone()));
            Ok(true)
        })
        .unwrap();
    assert_eq!(totals.mentions, Some(rows.len() as u64), "number of rows");
    let folded = MentionRequest { articles: Request { dups: Dups::Fold, ..request.articles }, ..request };
    let mut given = 0;
    let totals = engine
        .mentions(&folded, &mut |_, _, _| {
            given += 1;
            Ok(true)
        })
        .unwrap();
    assert_eq!((totals.mentions, given), (Some(given), rows.len() as u64), "number of rows, copies folded");
    rows.sort();
    let mut wanted = Vec::new();
    for (id, matches) in expected {
        for found in matches {
            let in_title = found[0] < 128;
            let words = if in_title { &known[id].title } else { &known[id].body };
            let spans: Vec<_> = words.iter().filter(|w| found.contains(&w.position)).map(|w| w.span).collect();
            let (start, end) = (spans[0].start, spans[spans.len() - 1].end);
            let shift = |span: &newsidx::annotations::Span| newsidx::annotations::Span {
                start: span.start - start,
                end: span.end - start,
            };
            let span = newsidx::annotations::Span { start, end };
            wanted.push((*id, in_title, span, spans.iter().map(shift).collect::<Vec<_>>()));
        }
    }
    wanted.sort();
    assert_eq!(rows, wanted, "rows of mentions");
}

fn facets(query: &Node, known: &BTreeMap<u64, Known>, expected: &Expected, engine: &Local) {
    let counted: BTreeMap<String, u64> = engine
        .count(&request(query, None), false, Facet::Source)
        .unwrap()
        .into_iter()
        .map(|(name, n)| (name.unwrap(), n))
        .collect();
    let mut wanted = BTreeMap::new();
    for id in expected.keys() {
        *wanted.entry(known[id].stored.article.source.clone().unwrap()).or_insert(0) += 1;
    }
    assert_eq!(counted, wanted, "counts by outlet");
}

fn quotations(query: &Node, known: &BTreeMap<u64, Known>, engine: &Local) {
    let found = engine.quotes(&request(query, None)).unwrap();
    let mut rows: Vec<(u64, String, Vec<String>)> = Vec::new();
    for hit in &found.hits {
        let marked = hit.highlights.iter().map(|span| hit.text[span.range()].to_owned()).collect();
        rows.push((id_of(&hit.source), hit.text.clone(), marked));
    }
    rows.sort();
    let mut wanted = Vec::new();
    for (id, known) in known {
        let body = &known.stored.article.body;
        for (number, quote) in known.stored.annotations.quotes.iter().enumerate() {
            let Some(matches) = reference::in_quotation(query, known, number) else { continue };
            let words: BTreeSet<u32> = matches.into_iter().flatten().collect();
            let marked = known.body.iter().filter(|word| words.contains(&word.position));
            wanted.push((*id, quote.text(body), marked.map(|word| body[word.span.range()].to_owned()).collect()));
        }
    }
    wanted.sort();
    assert_eq!(rows, wanted, "quotations");
}
