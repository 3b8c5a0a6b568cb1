//! What an engine answers with, as plain data: no colour, no HTML, no engine. Each output decides its own marks.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::annotations::{Annotations, QuoteKind, Resolution, Span};
use crate::article::{Article, Dated};
use crate::names::Tier;

/// Where an article is and what it is called: what every kind of hit carries.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Source {
    /// Its id, as 16 hex digits.
    pub id: String,
    /// Headline.
    pub title: Option<String>,
    /// Publication date.
    pub date: Option<Dated>,
    /// Outlet.
    pub source: Option<String>,
    /// Byline.
    pub byline: Option<String>,
    /// Section.
    pub section: Option<String>,
    /// Language code.
    pub language: Option<String>,
    /// Address.
    pub url: Option<String>,
    /// The file, so that it can be opened from the working directory.
    pub path: String,
    /// Its record in a file of many.
    pub record: Option<u32>,
}

/// Articles that are copies of one another.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Story {
    /// All of them, the first printed first; undated ones last.
    pub copies: Vec<Source>,
}

impl Story {
    /// How many outlets printed it; those without a name count as none.
    pub fn outlets(&self) -> usize {
        let mut names: Vec<&str> = self.copies.iter().filter_map(|copy| copy.source.as_deref()).collect();
        names.sort_unstable();
        names.dedup();
        names.len()
    }
}

/// One article that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct ArticleHit {
    /// Which.
    pub source: Source,
    /// Its score; comparable within one answer only.
    pub score: f32,
    /// How many copies of it match besides; 0 where copies are not folded.
    pub copies: u32,
    /// How many times the query matches in it.
    pub mentions: usize,
    /// Bytes of the headline to highlight.
    pub title_highlights: Vec<Span>,
    /// Line of the first passage.
    pub line: u32,
    /// Names of its places, most often named first.
    pub places: Vec<String>,
    /// Names of who is quoted, most often quoted first.
    pub speakers: Vec<String>,
    /// The best passages, in the order of the text.
    pub passages: Vec<Passage>,
}

/// One place where a query matches, with the words around it, all of one paragraph (or of the headline).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Mention {
    /// Whether it is in the headline; else in the body.
    pub in_title: bool,
    /// Bytes of the headline or body, from the first word that matches to behind the last.
    pub span: Span,
    /// The text before it.
    pub left: String,
    /// What matches, with what stands between.
    pub text: String,
    /// The text behind it.
    pub right: String,
    /// Bytes of `text` that match, in order.
    pub highlights: Vec<Span>,
    /// Who speaks, if it lies inside a quotation with a known speaker.
    pub speaker: Option<String>,
    /// Line of the file.
    pub line: u32,
    /// Number of its paragraph, from 1; 0 in the headline.
    pub paragraph: u32,
}

/// A few sentences around what matches.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Passage {
    /// The words, on one line.
    pub text: String,
    /// Bytes of `text` to highlight, in order.
    pub highlights: Vec<Span>,
    /// Whether text of the paragraph was left out before it.
    pub cut_before: bool,
    /// Whether text of the paragraph was left out behind it.
    pub cut_after: bool,
    /// Line of the file.
    pub line: u32,
    /// Number of its paragraph, from 1; 0 in the headline.
    pub paragraph: u32,
    /// Who speaks, if it lies inside a quotation.
    pub speaker: Option<String>,
}

/// One quotation that matches.
#[derive(Debug, Clone, PartialEq)]
pub struct QuoteHit {
    /// The article it stands in.
    pub source: Source,
    /// Its score.
    pub score: f32,
    /// How many copies of it match besides: the same words in copies of the article.
    pub copies: u32,
    /// The words.
    pub text: String,
    /// Bytes of `text` to highlight.
    pub highlights: Vec<Span>,
    /// Direct or indirect.
    pub kind: QuoteKind,
    /// The speaker by the fullest name in the article.
    pub speaker: Option<String>,
    /// The words at the verb that name the speaker.
    pub said_by: Option<String>,
    /// Office as written.
    pub role: Option<String>,
    /// Reporting verb.
    pub verb: Option<String>,
    /// How the speaker was found.
    pub resolution: Resolution,
    /// How sure, 0 to 1.
    pub confidence: f32,
    /// The day it was said.
    pub said_on: Option<String>,
    /// Line of the file.
    pub line: u32,
    /// Number of its paragraph, from 1.
    pub paragraph: u32,
}

impl QuoteHit {
    /// How it was said: `denied, indirect`.
    pub fn how(&self) -> String {
        self.kind.with_verb(self.verb.as_deref())
    }
}

/// What a hit is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// An article.
    Article,
    /// A quotation.
    Quote,
    /// One place where the query matches.
    Mention,
    /// A sentence in which it matches.
    Sentence,
}

impl Kind {
    /// The word for it, as in JSON.
    pub fn as_str(self) -> &'static str {
        match self {
            Kind::Article => "article",
            Kind::Quote => "quote",
            Kind::Mention => "mention",
            Kind::Sentence => "sentence",
        }
    }

    /// The word for people.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Quote => "quotation",
            kind => kind.as_str(),
        }
    }
}

/// One hit of any kind, as every output sees it.
#[derive(Debug, Clone, Copy)]
pub enum Hit<'a> {
    /// An article.
    Article(&'a ArticleHit),
    /// A quotation.
    Quote(&'a QuoteHit),
    /// A mention and its article.
    Mention(&'a Source, &'a Mention),
    /// A sentence and its article.
    Sentence(&'a Source, &'a Passage),
}

impl<'a> Hit<'a> {
    /// Where the article is and what it is called.
    pub fn source(self) -> &'a Source {
        match self {
            Hit::Article(hit) => &hit.source,
            Hit::Quote(hit) => &hit.source,
            Hit::Mention(source, _) | Hit::Sentence(source, _) => source,
        }
    }

    /// The line of the file to look at.
    pub fn line(self) -> u32 {
        match self {
            Hit::Article(hit) => hit.line,
            Hit::Quote(hit) => hit.line,
            Hit::Mention(_, mention) => mention.line,
            Hit::Sentence(_, sentence) => sentence.line,
        }
    }

    /// Its score; comparable within one answer only.
    pub fn score(self) -> f32 {
        match self {
            Hit::Article(hit) => hit.score,
            Hit::Quote(hit) => hit.score,
            Hit::Mention(..) | Hit::Sentence(..) => 0.0,
        }
    }

    /// How many copies of it match besides; 0 where copies are not folded.
    pub fn copies(self) -> u32 {
        match self {
            Hit::Article(hit) => hit.copies,
            Hit::Quote(hit) => hit.copies,
            Hit::Mention(..) | Hit::Sentence(..) => 0,
        }
    }

    /// The texts that show why it matches, each with the bytes to highlight.
    pub fn passages(self) -> Vec<(Cow<'a, str>, Cow<'a, [Span]>)> {
        let of = |text: &'a str, highlights: &'a [Span]| (Cow::Borrowed(text), Cow::Borrowed(highlights));
        match self {
            Hit::Article(hit) => hit.passages.iter().map(|p| of(&p.text, &p.highlights)).collect(),
            Hit::Quote(hit) => vec![of(&hit.text, &hit.highlights)],
            Hit::Sentence(_, sentence) => vec![of(&sentence.text, &sentence.highlights)],
            Hit::Mention(_, mention) => {
                let before = mention.left.len() as u32;
                let shift = |span: &Span| Span { start: span.start + before, end: span.end + before };
                let text = [mention.left.as_str(), &mention.text, &mention.right].concat();
                vec![(text.into(), mention.highlights.iter().map(shift).collect())]
            }
        }
    }

    /// Who speaks there: of a quotation, a mention, or a sentence.
    pub fn speaker(self) -> Option<&'a str> {
        match self {
            Hit::Article(_) => None,
            Hit::Quote(hit) => hit.speaker.as_deref(),
            Hit::Mention(_, mention) => mention.speaker.as_deref(),
            Hit::Sentence(_, sentence) => sentence.speaker.as_deref(),
        }
    }
}

/// What is known of all hits together, whatever part of them is shown.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Totals {
    /// How many match in all.
    pub total: u64,
    /// How often the query matches in all of them; `None` if that was not asked for.
    pub mentions: Option<u64>,
    /// How many of them, with copies of a story counted once; `total` where copies are not folded.
    pub stories: u64,
    /// Earliest publication day among all.
    pub first: Option<jiff::civil::Date>,
    /// Latest publication day among all.
    pub last: Option<jiff::civil::Date>,
    /// How many of all have no publication date.
    pub undated: u64,
}

/// An answer: one page of hits, and what is known of all.
#[derive(Debug, Clone, PartialEq)]
pub struct Found<Hit> {
    /// Of all hits.
    pub totals: Totals,
    /// The page.
    pub hits: Vec<Hit>,
}

/// How a query was read, and what each of its parts finds.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Explanation {
    /// The query first, then its parts, each behind what it is a part of.
    pub parts: Vec<Part>,
}

/// One part of a query.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Part {
    /// 0 for the query, 1 for its parts, and so on.
    pub depth: usize,
    /// In the query language.
    pub text: String,
    /// Articles that it finds alone; `None` for what cannot stand alone.
    pub articles: Option<u64>,
    /// How often it matches in them.
    pub mentions: Option<u64>,
    /// For a word or name: what it stands for in this archive, with the number of articles, the most first.
    pub forms: Vec<(String, u64)>,
    /// Forms left out of the list.
    pub more_forms: usize,
    /// For a word that finds nothing: words of the archive that are spelt nearly so.
    pub similar: Vec<(String, u64)>,
}

/// Why an article is found by a query, or is not.
#[derive(Debug, Clone, PartialEq)]
pub struct Why {
    /// Which article.
    pub source: Source,
    /// The query first, then its parts.
    pub parts: Vec<Reason>,
}

/// What one part of a query says of one article.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Reason {
    /// As [`Part::depth`].
    pub depth: usize,
    /// In the query language.
    pub text: String,
    /// Whether it holds.
    pub holds: bool,
    /// How often it matches.
    pub mentions: usize,
    /// Lines of the file with matches, the first ones.
    pub lines: Vec<u32>,
    /// Where two sides are both there, but too far apart: words from one to the nearest of the other.
    pub apart: Option<u32>,
}

/// An article as it lies in the archive.
#[derive(Debug, Clone)]
pub struct Held {
    /// Where it is and what it is called.
    pub source: Source,
    /// The article; its path can be opened from the working directory.
    pub article: Article,
    /// What was found in it.
    pub annotations: Annotations,
}

/// Where a query matches in an article: bytes of the headline and of the body, in order.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Marks {
    /// Of the headline.
    pub title: Vec<Span>,
    /// Of the body.
    pub body: Vec<Span>,
}

/// A word, and how typical it is.
#[derive(Debug, Clone, PartialEq)]
pub struct Typical {
    /// The folded word.
    pub word: String,
    /// Articles it stands in, of those it is typical of.
    pub here: u64,
    /// Articles it stands in, of the others.
    pub there: u64,
    /// The log-likelihood ratio: above 10.83, chance is ruled out at 1 in 1,000; above 15.13 at 1 in 10,000.
    pub score: f64,
}

/// A name of a query and the further spellings in which it was looked for.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Spelt {
    /// As in the query, folded.
    pub word: String,
    /// Its other spellings in this archive, folded, the surest first.
    pub forms: Vec<String>,
}

/// One form of a name in an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct NameForm {
    /// The form: of a person as written, else folded.
    pub name: String,
    /// How it belongs to the name that was asked for; `None` where none was.
    pub tier: Option<Tier>,
    /// Articles that have it.
    pub articles: u64,
    /// The first day on which one was published; `None` if unknown or not asked for.
    pub first: Option<jiff::civil::Date>,
    /// The last day.
    pub last: Option<jiff::civil::Date>,
}

/// A person who is named in full in an archive.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Person {
    /// Articles, by the forms added up.
    pub articles: u64,
    /// The forms of the name, the most frequent first; never empty.
    pub forms: Vec<NameForm>,
}

/// A word of a query that an archive does not have, and those that it has and that may have been meant.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Suggestion {
    /// As in the query, folded.
    pub word: String,
    /// The nearest first.
    pub meant: Vec<String>,
}
