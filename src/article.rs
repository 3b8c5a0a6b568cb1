//! One piece of news, as plain data: what the readers produce and everything downstream reads.

use std::borrow::Cow;

use serde::{Deserialize, Serialize};

use crate::when::When;

/// One article. Readers fill it, cleaning takes the boilerplate out of its body, extraction dates it.
///
/// The body is paragraphs of running text, each on one line, separated by one blank line (`\n\n`), with
/// nothing at either end. Every byte offset elsewhere in newsidx points into this body.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Article {
    /// The file it was read from, with `/` between the parts: below its corpus root for an archive, as typed
    /// for `inspect`. A member of an archive comes behind `!/`: `export.zip!/week-03/a.html`.
    pub path: String,
    /// Its record in a file of many, from 1: the line that it begins on in a text (JSON Lines, CSV, an export), else its
    /// place among the others.
    /// `None` when the file is the article.
    pub record: Option<u32>,
    /// The headline.
    pub title: Option<String>,
    /// The running text; see the type.
    pub body: String,
    /// The line of the file that each paragraph of the body begins on, from 1; one entry a paragraph.
    pub lines: Vec<u32>,
    /// When it was published. `None` is "unknown", never a guess.
    pub date: Option<Dated>,
    /// When it was last changed, if the file says so.
    pub modified: Option<Dated>,
    /// The outlet: `Reuters`, `The Daily Example`.
    pub source: Option<String>,
    /// Who wrote it, as printed, without "By".
    pub byline: Option<String>,
    /// The section or category it was printed under.
    pub section: Option<String>,
    /// ISO 639-1 code, lower case.
    pub language: Option<String>,
    /// Where it was published.
    pub url: Option<String>,
    /// The agency or staff credit at the end ("With reporting by AFP"), cut from the body.
    pub credit: Option<String>,
    /// Its length in words as the database that it was exported from counts them.
    pub words: Option<u32>,
    /// The dateline that the body opens with, cut from nothing: its bytes in the body.
    pub dateline: Option<Dateline>,
    /// What the file says about its dates, strongest first, for extraction to decide on. Not kept in the archive.
    #[serde(skip)]
    pub date_hints: Vec<DateHint>,
    /// Every date that was offered for it, most trusted first, and what became of each.
    pub dates_seen: Vec<DateSeen>,
    /// What cleaning cut out.
    pub removed: Vec<Removed>,
    /// Its id, where its text no longer tells it: it is that of the text before lines were cut that recur in its source.
    pub id: Option<u64>,
}

/// A date of an article, and where it came from.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dated {
    /// The day, month or year.
    pub when: When,
    /// Time of day as `HH:MM`, where given.
    pub time: Option<String>,
    /// Where it was found.
    pub origin: Origin,
    /// Whether a part of it (its year) was inferred from evidence rather than read.
    pub inferred: bool,
}

/// Where a publication date was found, in falling order of trust.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Origin {
    /// A date field of the record (JSON, CSV), JSON-LD, or a meta element of the page.
    Metadata,
    /// A `<time>` element inside the article.
    TimeElement,
    /// The address of the page (`/2022/01/19/`).
    Url,
    /// The front matter of a Markdown file.
    FrontMatter,
    /// A line of the text that is a date, or says "Published:".
    Text,
    /// The dateline (`GENEVA, Jan 21 (Agency) -`).
    Dateline,
    /// The name of the file or of a folder above it.
    FileName,
}

impl Origin {
    /// The word used in output and in `date-from:`.
    pub fn as_str(self) -> &'static str {
        match self {
            Origin::Metadata => "metadata",
            Origin::TimeElement => "time-element",
            Origin::Url => "url",
            Origin::FrontMatter => "front-matter",
            Origin::Text => "text",
            Origin::Dateline => "dateline",
            Origin::FileName => "file-name",
        }
    }
}

impl Dated {
    /// How far it can be trusted: `high` if a field or address gives it, `medium` if it was read in the text, `low` if
    /// only the file's name tells it or a part was inferred.
    pub fn trust(&self) -> &'static str {
        match self.origin {
            _ if self.inferred => "low",
            Origin::Metadata | Origin::TimeElement | Origin::Url | Origin::FrontMatter => "high",
            Origin::Text | Origin::Dateline => "medium",
            Origin::FileName => "low",
        }
    }
}

/// Something in the file that may tell the date: the raw text and where it stood.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateHint {
    /// Where it stood.
    pub origin: Origin,
    /// As found: `2022-01-19T14:05:00Z`, `January 19`, `19/01/2022`.
    pub text: String,
    /// Whether it is the date of a later change ("Updated", `dateModified`).
    pub modified: bool,
}

/// A date that the file offered for its article, and what became of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateSeen {
    /// Where it stood.
    pub origin: Origin,
    /// As found.
    pub text: String,
    /// Whether it is the date of a later change.
    pub modified: bool,
    /// How it was read, if it could be.
    pub when: Option<When>,
    /// What became of it.
    pub fate: DateFate,
}

/// What became of a date that was offered.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DateFate {
    /// It is the article's date.
    Chosen,
    /// It says the same as the date chosen, as exactly or less.
    Agrees,
    /// It says something else, and is less trusted.
    Differs,
    /// It is no date that could be read.
    Unreadable,
    /// Its year is missing, and nothing tells it.
    NoYear,
    /// Day and month may change places, and nothing tells which is which.
    NoOrder,
    /// It is later than the day it was read.
    Future,
    /// It is before 1700.
    TooOld,
}

impl DateFate {
    /// What is said of it.
    pub fn as_str(self) -> &'static str {
        match self {
            DateFate::Chosen => "chosen",
            DateFate::Agrees => "agrees",
            DateFate::Differs => "differs; less trusted",
            DateFate::Unreadable => "no date that could be read",
            DateFate::NoYear => "refused: its year is not known",
            DateFate::NoOrder => "refused: day and month may change places",
            DateFate::Future => "refused: in the future",
            DateFate::TooOld => "refused: before 1700",
        }
    }

    /// Whether it is a date that no article can have.
    pub fn is_impossible(self) -> bool {
        matches!(self, DateFate::Future | DateFate::TooOld)
    }
}

/// Where a report was filed: the `GENEVA, Jan 21 (Agency) -` at the start of a body.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Dateline {
    /// Bytes of the body it takes up, from its start to behind the dash.
    pub end: u32,
    /// The place or places as printed (`GENEVA`, `MOSCOW/KYIV`).
    pub place: Option<String>,
    /// The date as printed (`Jan 21`).
    pub date: Option<String>,
    /// The agency as printed (`Agency`).
    pub agency: Option<String>,
}

/// A piece of the file that cleaning left out of the body.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Removed {
    /// Line of the file, from 1.
    pub line: u32,
    /// The text cut.
    pub text: String,
    /// Why: `menu`, `caption`, `player`, `share`, `related`, `newsletter`, `footer`, `credit`, `byline`, `date`, `repeated`, `recurring`;
    /// of an export also `head`, `tail`, `rights`, `page number`.
    pub reason: Cow<'static, str>,
}

#[cfg(test)]
impl Article {
    /// Fails as by a mistake of ours, where a test's text asks for it: `trips the reading`.
    pub(crate) fn trip(&self, place: &str) {
        assert!(!self.body.contains(&format!("trips the {place}")), "as the test wants it");
    }
}

impl Article {
    /// What `has:` finds it by, quotations and places aside.
    pub fn has(&self) -> Vec<&'static str> {
        let given = |value: &Option<String>| value.as_ref().is_some_and(|value| !value.is_empty());
        let all = [
            (self.date.is_some(), "date"),
            (self.date.is_none(), "nodate"),
            (given(&self.title), "title"),
            (given(&self.byline), "byline"),
            (given(&self.credit), "credit"),
            (self.dateline.is_some(), "dateline"),
            (given(&self.section), "section"),
            (given(&self.source), "source"),
            (given(&self.url), "url"),
            (given(&self.language), "lang"),
        ];
        all.iter().filter(|(has, _)| *has).map(|(_, name)| *name).collect()
    }

    /// What `is:` finds it by.
    pub fn is(&self) -> Vec<&'static str> {
        let all = [
            (self.date.is_none(), "undated"),
            (self.modified.is_some(), "changed"),
            (self.date.as_ref().is_some_and(|date| date.inferred), "inferred"),
        ];
        all.iter().filter(|(is, _)| *is).map(|(_, name)| *name).collect()
    }

    /// The paragraphs of the body with their byte offsets.
    pub fn paragraphs(&self) -> impl Iterator<Item = (usize, &str)> {
        paragraphs(&self.body)
    }

    /// The line of the file that holds byte `at` of the body; 1 where the reader kept no lines.
    pub fn line_at(&self, at: usize) -> u32 {
        let paragraph = self.paragraphs().take_while(|(start, _)| *start <= at).count().saturating_sub(1);
        self.lines.get(paragraph).copied().unwrap_or(1)
    }
}

/// The paragraphs of a body with their byte offsets.
pub fn paragraphs(body: &str) -> impl Iterator<Item = (usize, &str)> {
    let ends = memchr::memmem::find_iter(body.as_bytes(), "\n\n").chain([body.len()]);
    ends.scan(0, |start, end| {
        let paragraph = (*start, body.get(*start..end)?);
        *start = end + 2;
        Some(paragraph)
    })
}

#[cfg(test)]
mod tests {
    #[test]
    fn paragraphs_are_what_stands_between_blank_lines() {
        for body in ["", "a", "a\n\nb", "a\n\n\nb\n\n", "\n\n", "é\n\nї\n", "\n\n\n\n\n"] {
            let found: Vec<&str> = super::paragraphs(body).map(|(_, text)| text).collect();
            assert_eq!(found, body.split("\n\n").collect::<Vec<_>>());
            assert!(super::paragraphs(body).all(|(at, text)| body[at..].starts_with(text)));
        }
    }
}
