//! Random small archives of which everything is known: every word with its place, every quotation, every field.

use std::collections::{BTreeMap, BTreeSet};

use newsidx::annotations::{Annotations, DateMention, Place, PlaceKind, Quote, QuoteKind, Resolution, Span};
use newsidx::article::{Article, Dated, Origin};
use newsidx::index::document::Stored;
use newsidx::when::When;

/// The words of the texts; those with one number have one stem.
pub(super) const VOCABULARY: &[(&str, u32)] = &[
    ("lavrov", 7),
    ("lawrow", 8),
    ("лавров", 9),
    ("talk", 1),
    ("talks", 1),
    ("talked", 1),
    ("geneva", 2),
    ("minsk", 3),
    ("border", 4),
    ("paper", 5),
    ("taller", 6),
];
/// Spellings of one name.
pub(super) const SPELLINGS: &[&str] = &["lavrov", "lawrow", "лавров"];
pub(super) const SPEAKERS: &[&str] = &["Anna Zubrov", "Boris Zubrov", "Carl Qwert", "Sergei Lavrov", "Boris Lawrow"];
pub(super) const ORGANISATIONS: &[&str] = &["Border Paper Ministry", "Qwert Bank", "Wire"];
pub(super) const PLACES: &[(u32, &str, &str)] = &[(4_000_000_001, "Zubrovka", "XA"), (4_000_000_002, "Qwertia", "XB")];
pub(super) const SOURCES: &[&str] = &["Harbour Post", "Wire"];
pub(super) const DAYS: &[&str] = &["2022-01-01", "2022-01-15", "2022-02-01"];

/// Numbers by chance, the same ones from the same seed.
pub(super) struct Rng(pub(super) u64);

impl Rng {
    pub(super) fn below(&mut self, limit: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % limit
    }

    pub(super) fn one_in(&mut self, limit: usize) -> bool {
        self.below(limit) == 0
    }

    pub(super) fn pick<'a, T>(&mut self, list: &'a [T]) -> &'a T {
        &list[self.below(list.len())]
    }
}

/// One word of a text and all that is known of it.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Word {
    pub(super) text: &'static str,
    pub(super) stem: u32,
    pub(super) capital: bool,
    pub(super) all_caps: bool,
    /// Whether it is the first of its sentence.
    pub(super) opens: bool,
    /// Headline words from 0, words of the body from 128.
    pub(super) position: u32,
    pub(super) sentence: u32,
    pub(super) paragraph: u32,
    /// Bytes of the headline or body.
    pub(super) span: Span,
}

/// One article.
#[derive(Debug, Clone)]
pub(super) struct Known {
    pub(super) stored: Stored,
    pub(super) title: Vec<Word>,
    pub(super) body: Vec<Word>,
    /// Numbers of the words of the body, piece by piece.
    pub(super) quotes: Vec<Vec<usize>>,
    /// For each word of the archive its other spellings there.
    pub(super) spellings: BTreeMap<&'static str, BTreeSet<&'static str>>,
}

/// The other spellings of each name, as far as the archive has them as names: in half of the articles that have them.
pub(super) fn spellings(articles: &[Known]) -> BTreeMap<&'static str, BTreeSet<&'static str>> {
    let counts = |word: &str| {
        let (mut all, mut as_name) = (0, 0);
        for known in articles {
            let here = known.title.iter().chain(&known.body).filter(|one| one.text == word);
            let here: Vec<&Word> = here.collect();
            let surely = here.iter().any(|one| one.capital && !one.all_caps && !one.opens && one.position >= 128);
            all += usize::from(!here.is_empty());
            as_name += usize::from(surely || !here.is_empty() && here.iter().all(|one| one.capital));
        }
        (all, as_name)
    };
    let is_name = |word: &str| matches!(counts(word), (all, as_name) if as_name > 0 && as_name * 2 >= all);
    let mut found = BTreeMap::new();
    for word in SPELLINGS.iter().filter(|word| counts(word).0 == 0 || is_name(word)) {
        found.insert(*word, SPELLINGS.iter().copied().filter(|other| other != word && is_name(other)).collect());
    }
    found
}

/// A text and its words. Every sentence begins with a capital and ends with a stop.
fn text(rng: &mut Rng, paragraphs: usize, first: u32, unit: &mut [u32; 2]) -> (String, Vec<Word>) {
    let (mut text, mut words) = (String::new(), Vec::new());
    for paragraph in 0..paragraphs {
        text.push_str(if paragraph > 0 { "\n\n" } else { "" });
        unit[1] += 1;
        for sentence in 0..1 + rng.below(3) {
            text.push_str(if sentence > 0 { " " } else { "" });
            unit[0] += 1;
            for place in 0..1 + rng.below(6) {
                text.push_str(if place > 0 { " " } else { "" });
                let (word, stem) = *rng.pick(VOCABULARY);
                let all_caps = rng.one_in(6);
                let one_in = if SPELLINGS.contains(&word) { 2 } else { 4 };
                let capital = place == 0 || all_caps || rng.one_in(one_in);
                let start = text.len();
                let (head, rest) = word.split_at(word.chars().next().map_or(0, char::len_utf8));
                match (all_caps, capital) {
                    (true, _) => text.push_str(&word.to_uppercase()),
                    (_, true) => text.push_str(&format!("{}{rest}", head.to_uppercase())),
                    _ => text.push_str(word),
                }
                words.push(Word {
                    text: word,
                    stem,
                    capital,
                    all_caps,
                    opens: place == 0,
                    position: first + words.len() as u32,
                    sentence: unit[0],
                    paragraph: unit[1],
                    span: Span::new(start, text.len()),
                });
            }
            text.push('.');
        }
    }
    (text, words)
}

/// Some consecutive words of the body.
fn stretch(rng: &mut Rng, words: usize) -> std::ops::Range<usize> {
    let start = rng.below(words);
    start..start + 1 + rng.below((words - start).min(6))
}

fn bytes(body: &[Word], words: &std::ops::Range<usize>) -> Span {
    Span { start: body[words.start].span.start, end: body[words.end - 1].span.end }
}

/// An article by chance; `number` keeps ids apart.
pub(super) fn article(rng: &mut Rng, number: usize) -> Known {
    let mut units = [0, 0];
    let with_title = !rng.one_in(4);
    let (title, title_words) = if with_title { text(rng, 1, 0, &mut units) } else { (String::new(), Vec::new()) };
    let paragraphs = 1 + rng.below(3);
    let (body, words) = text(rng, paragraphs, 128, &mut units);
    let day = |rng: &mut Rng| rng.pick(DAYS).parse::<When>().unwrap();
    let (mut quotes, mut pieces) = (Vec::new(), Vec::new());
    for _ in 0..rng.below(3) {
        let one = stretch(rng, words.len());
        let rest = words.len() - one.end;
        let two = if rest > 1 && rng.one_in(3) {
            let two = stretch(rng, rest - 1);
            Some(one.end + 1 + two.start..one.end + 1 + two.end)
        } else {
            None
        };
        let ranges: Vec<_> = [Some(one), two].into_iter().flatten().collect();
        let source = rng.one_in(2).then(|| stretch(rng, words.len()));
        quotes.push(Quote {
            spans: ranges.iter().map(|range| bytes(&words, range)).collect(),
            kind: if rng.one_in(2) { QuoteKind::Direct } else { QuoteKind::Indirect },
            speaker: (!rng.one_in(3)).then(|| (*rng.pick(SPEAKERS)).to_owned()),
            source: source.map(|range| bytes(&words, &range)),
            role: rng.one_in(2).then(|| "foreign minister".to_owned()),
            verb: None,
            resolution: Resolution::Named,
            confidence: 1.0,
            said_on: rng.one_in(2).then(|| day(rng)),
        });
        pieces.push(ranges.into_iter().flatten().collect());
    }
    let mut places = Vec::new();
    for (id, name, country) in PLACES {
        if rng.one_in(3) {
            let mentions = (0..1 + rng.below(2)).map(|_| stretch(rng, words.len())).map(|range| bytes(&words, &range));
            places.push(Place {
                id: *id,
                name: (*name).to_owned(),
                kind: PlaceKind::City,
                country: Some((*country).to_owned()),
                lat: None,
                lon: None,
                mentions: mentions.collect(),
                demonyms: Vec::new(),
                in_dateline: rng.one_in(2),
                as_government: false,
            });
        }
    }
    let dates = (0..rng.below(2))
        .map(|_| DateMention { span: bytes(&words, &stretch(rng, words.len())), when: day(rng), inferred: false })
        .collect();
    let dated = |when| Dated { when, time: None, origin: Origin::Metadata, inferred: false };
    let article = Article {
        path: format!("{number}.txt"),
        title: with_title.then_some(title),
        lines: vec![1; paragraphs],
        body,
        date: (!rng.one_in(4)).then(|| dated(day(rng))),
        source: Some((*rng.pick(SOURCES)).to_owned()),
        language: Some("en".to_owned()),
        section: Some(format!("s{number}")),
        // The id is a hash of headline, body, date and outlet: equal articles are told apart by nothing.
        ..Article::default()
    };
    let mut some = |names: &[&str]| names.iter().filter(|_| rng.one_in(3)).map(|name| (*name).to_owned()).collect();
    let (persons, organisations) = (some(SPEAKERS), some(ORGANISATIONS));
    let annotations = Annotations { quotes, places, dates, persons, organisations };
    let stored = Stored { root: 0, article, annotations };
    Known { stored, title: title_words, body: words, quotes: pieces, spellings: BTreeMap::new() }
}
