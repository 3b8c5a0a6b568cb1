//! Lines that stand in article after article of one source: newsletter boxes, mottos, names of columns that no phrase
//! list knows.
//!
//! A page does not show which of its lines recur, so two sides are kept apart. Here is what an article tells by itself:
//! which of its paragraphs could be furniture ([`candidates`]), each as one number; and, given in how many stories of a
//! source such a number was seen, whether it is ([`is_furniture`]). Counting is left to whoever sees all articles.
//! Prose is never a candidate where it stands in the middle of a text: agencies repeat their background word for word.

use xxhash_rust::xxh3::xxh3_64_with_seed;

use super::prose::{ends_sentence, is_good};
use crate::article::{Article, Removed, paragraphs};

/// The reason given for what is cut.
pub const REASON: &str = "recurring";

/// Longer lines are no labels, in bytes.
const LABEL: usize = 200;
/// Paragraphs at the start and the end of a text where a label may belong to the page.
const EDGES: (usize, usize) = (3, 6);
/// The same for sentences.
const SENTENCE_EDGES: (usize, usize) = (2, 4);
/// Of a text of more candidates, such as a table, so many from its start and its end count.
const MOST: usize = 24;

/// A paragraph that may be furniture.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate {
    /// Which paragraph of the body.
    pub at: usize,
    /// What it says, of which source, and what it looks like. Its lowest bit is free.
    pub mark: u64,
}

/// Bits of a mark that tell what it looks like.
const SHAPE: u64 = 0b110;

/// What a candidate looks like, and where it stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Shape {
    /// No sentence, outside of the running text.
    Label = 0,
    /// No sentence, between paragraphs of it.
    Heading = 1,
    /// A sentence or more, first or last in the text.
    Sentence = 2,
}

impl Shape {
    const ALL: [Shape; 3] = [Shape::Label, Shape::Heading, Shape::Sentence];

    /// The mark of what has this shape, whatever shape `line` was seen in.
    fn on(self, line: u64) -> u64 {
        line | (self as u64) << 1
    }

    /// Whether a line seen in `stories` of `of` stories is furniture where it has this shape.
    fn is_furniture(self, stories: u32, of: u32) -> bool {
        match self {
            Shape::Label => stories >= (of / 50).clamp(4, 40),
            Shape::Heading => stories >= 5 && stories.saturating_mul(5) >= of,
            Shape::Sentence => stories >= 5 && stories.saturating_mul(10) >= of,
        }
    }
}

/// Fewer stories than this show nothing.
pub const LEAST: u32 = 4;

/// The paragraphs of `article` that may be furniture of its `source` (a hash of what names it).
pub fn candidates(article: &Article, source: u64) -> Vec<Candidate> {
    let paragraphs: Vec<&str> = article.paragraphs().map(|(_, text)| text).collect();
    let good = |text: &&str| is_good(text);
    let first = paragraphs.iter().position(good).unwrap_or(paragraphs.len());
    let last = paragraphs.iter().rposition(good).unwrap_or(0);
    let total = paragraphs.len();
    let within = |at: usize, edges: (usize, usize)| at < edges.0 || at + edges.1 >= total;
    let shape = |at: usize, text: &str| match ends_sentence(text) || is_good(text) {
        true => within(at, SENTENCE_EDGES).then_some(Shape::Sentence),
        false if text.len() > LABEL => None,
        false if at < first || at > last || within(at, EDGES) => Some(Shape::Label),
        false => Some(Shape::Heading),
    };
    let lines = paragraphs.iter().enumerate().filter(|(_, text)| says_something(text));
    let mut found: Vec<Candidate> = lines
        .filter_map(|(at, text)| {
            let shape = shape(at, text)?;
            Some(Candidate { at, mark: shape.on(key(text, shape != Shape::Sentence, source) & !(SHAPE | 1)) })
        })
        .collect();
    if found.len() > 2 * MOST {
        found.drain(MOST..found.len() - MOST);
    }
    found
}

/// The line that a mark is of, in whatever shape it was seen.
pub fn line_of(mark: u64) -> u64 {
    mark & !(SHAPE | 1)
}

/// The marks under which a line (see [`line_of`]) is furniture, seen in `stories` of `of` stories of its source.
pub fn furniture(line: u64, stories: u32, of: u32) -> impl Iterator<Item = u64> {
    Shape::ALL.into_iter().filter(move |shape| shape.is_furniture(stories, of)).map(move |shape| shape.on(line))
}

/// Whether `mark` is furniture, seen in `stories` of `of` stories.
pub fn is_furniture(mark: u64, stories: u32, of: u32) -> bool {
    furniture(line_of(mark), stories, of).any(|other| other == mark)
}

/// Takes the paragraphs `at` (in rising order) out of the body, and notes them among what was removed. Gives the body as
/// it was; `None` if nothing was cut: an article is never left without text.
pub fn cut(article: &mut Article, at: &[usize]) -> Option<String> {
    let total = article.paragraphs().count();
    if at.is_empty() || at.len() >= total {
        return None;
    }
    let whole = std::mem::take(&mut article.body);
    let lines = std::mem::take(&mut article.lines);
    for (number, (_, text)) in paragraphs(&whole).enumerate() {
        let line = lines.get(number).copied();
        if at.binary_search(&number).is_ok() {
            let reason = REASON.into();
            article.removed.push(Removed { line: line.unwrap_or(1), text: text.to_owned(), reason });
            continue;
        }
        if !article.body.is_empty() {
            article.body.push_str("\n\n");
        }
        article.body.push_str(text);
        article.lines.extend(line);
    }
    article.removed.sort_by_key(|cut| cut.line);
    Some(whole)
}

/// A line as compared: lower case and single blanks; in labels, numbers are alike.
pub fn key(text: &str, is_label: bool, seed: u64) -> u64 {
    let mut out: Vec<u8> = Vec::with_capacity(text.len());
    for c in text.chars() {
        match c {
            '0'..='9' if is_label => {
                if out.last() != Some(&b'0') {
                    out.push(b'0');
                }
            }
            c if c.is_whitespace() => {
                if out.last() != Some(&b' ') {
                    out.push(b' ');
                }
            }
            c if c.is_ascii() => out.push(c.to_ascii_lowercase() as u8),
            c => c.to_lowercase().for_each(|c| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes())),
        }
    }
    xxh3_64_with_seed(&out, seed)
}

/// Whether a line is words of its own: a rule of asterisks divides, and what ends in a colon or a dash leads on.
fn says_something(text: &str) -> bool {
    const LETTERS: usize = 3;
    !text.ends_with([':', ',', '-', '–', '—']) && text.chars().filter(|c| c.is_alphabetic()).nth(LETTERS - 1).is_some()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const PROSE: &str = "The mayor of the town said on Monday that nobody had counted the zebras before they left.";

    fn article(paragraphs: &[&str]) -> Article {
        let lines = (1..=paragraphs.len() as u32).map(|line| 2 * line).collect();
        Article { body: paragraphs.join("\n\n"), lines, ..Article::default() }
    }

    fn places(paragraphs: &[&str]) -> Vec<(usize, u64)> {
        candidates(&article(paragraphs), 7).iter().map(|one| (one.at, (one.mark & SHAPE) >> 1)).collect()
    }

    #[test]
    fn labels_anywhere_and_sentences_at_the_ends_may_be_furniture() {
        let (label, heading, sentence) = (0, 1, 2);
        let prose = [PROSE; 16];
        let mut text = prose.to_vec();
        assert_eq!(places(&text), [0, 1, 12, 13, 14, 15].map(|at| (at, sentence)));
        text[6] = "What comes next";
        text[8] = "***";
        text[9] = "He said:";
        text[13] = "The Daily Herd 12";
        assert_eq!(
            places(&text),
            [(0, sentence), (1, sentence), (6, heading), (12, sentence), (13, label), (14, sentence), (15, sentence)]
        );
        assert_eq!(places(&["Word"; 90]).len(), 2 * MOST);
        assert_eq!(places(&[]), []);
    }

    #[test]
    fn lines_are_alike_but_for_case_and_blanks_and_labels_but_for_numbers() {
        assert_eq!(key("Join 12 others  today", true, 1), key("join 3 others today", true, 1));
        assert_ne!(key("Join 12 others today.", false, 1), key("Join 3 others today.", false, 1));
        assert_ne!(key("Join us", true, 1), key("Join them", true, 1));
        assert_ne!(key("Join us", true, 1), key("Join us", true, 2));
    }

    #[test]
    fn how_many_stories_make_furniture_depends_on_the_shape() {
        let table = [
            (Shape::Label, 3, 3, false),
            (Shape::Label, 4, 100, true),
            (Shape::Label, 6, 400, false),
            (Shape::Label, 8, 400, true),
            (Shape::Label, 40, 100_000, true),
            (Shape::Heading, 5, 26, false),
            (Shape::Heading, 5, 25, true),
            (Shape::Sentence, 4, 4, false),
            (Shape::Sentence, 9, 91, false),
            (Shape::Sentence, 10, 100, true),
        ];
        for (shape, stories, of, expected) in table {
            assert_eq!(is_furniture(shape.on(0x1230), stories, of), expected, "{shape:?} {stories} {of}");
        }
    }

    #[test]
    fn cutting_keeps_what_was_cut_and_never_all() {
        let mut one = article(&["Motto", PROSE, "Motto too"]);
        let before = one.body.clone();
        assert_eq!(cut(&mut one, &[0, 2]), Some(before));
        assert_eq!((one.body.as_str(), one.lines.as_slice()), (PROSE, &[4][..]));
        let removed: Vec<_> = one.removed.iter().map(|cut| (cut.line, cut.text.as_str(), &*cut.reason)).collect();
        assert_eq!(removed, [(2, "Motto", REASON), (6, "Motto too", REASON)]);
        assert_eq!(cut(&mut one.clone(), &[0]), None);
        assert_eq!(cut(&mut one, &[]), None);
    }
}
