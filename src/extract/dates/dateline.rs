//! The dateline that opens a report: `GENEVA, Jan 21 (Agency) -`.
//!
//! Read strictly, for ordinary first sentences must be left alone: a place in capitals, a place with an agency in
//! brackets or a date, or an agency in brackets alone, and then a dash.

use crate::article::Dateline;
use crate::text::{Kind, Tokens};

use super::grammar::{Reader, among};
use super::words::{self, Term};

/// Paragraphs that may come before it (a kicker, a summary).
const PARAGRAPHS: usize = 3;

/// Tokens that it takes up, at most.
const LONGEST: usize = 30;

/// Agencies whose name in brackets ends a dateline even without a dash.
#[rustfmt::skip]
const AGENCIES: &[&str] = &[
    "aa", "accesswire", "afp", "anadolu", "ani", "ansa", "ap", "apa", "bbc", "belga", "belta", "bloomberg", "bno",
    "business", "businesswire", "cbs", "cision", "cnn", "cnw", "cp", "dpa", "dw", "efe", "ein", "eqs", "globe",
    "globenewswire", "ians", "interfax", "irna", "itar", "jiji", "kyodo", "marketwired", "nbc", "newswire", "pap",
    "pr", "prnewswire", "prweb", "pti", "reuters", "rfe", "ria", "sana", "spa", "tass", "thomson", "ukrinform",
    "unian", "upi", "voa", "wam", "xinhua", "yonhap",
];

/// Capitalised words in front of a dash that begin no place.
#[rustfmt::skip]
const NO_PLACES: &[&str] = &[
    "a", "after", "an", "analysis", "as", "asean", "at", "before", "breaking", "brexit", "by", "column",
    "commentary", "corrected", "correction", "covid", "during", "editor", "editorial", "exclusive",
    "explainer", "factbox", "fifa", "for", "from", "highlights", "in", "interpol", "interview", "it", "live",
    "nasa", "nato", "news", "note", "obituary", "on", "opec", "opinion", "osce", "photos", "podcast", "poll",
    "profile", "read", "review", "since", "that", "the", "this", "timeline", "uefa", "unesco", "unicef",
    "until", "update", "video", "watch", "weather", "when", "while", "wrapup",
];

/// Reads the dateline at the start of `body`, whose tokens are `tokens`.
pub fn find(body: &str, tokens: &Tokens) -> Option<Dateline> {
    // A first paragraph is found at once; those behind it by their flag, within bounds.
    let starts = tokens.iter().take(400).enumerate().filter(|(_, t)| t.starts_paragraph()).map(|(i, _)| i);
    starts.take(PARAGRAPHS).find_map(|start| Scan { body, reader: Reader::new(body, tokens), start, at: start }.run())
}

struct Scan<'a> {
    body: &'a str,
    reader: Reader<'a>,
    start: usize,
    at: usize,
}

impl Scan<'_> {
    fn run(mut self) -> Option<Dateline> {
        let place = self.place();
        let date = if place.is_some() { self.date() } else { None };
        // "AUSTIN, Texas--(BUSINESS WIRE)--"
        let dashes = (self.at..self.at + 3).take_while(|i| self.reader.kind(*i) == Some(Kind::Dash)).count();
        if place.is_some() && self.reader.kind(self.at + dashes) == Some(Kind::Open) {
            self.at += dashes;
        }
        let agency = self.agency();
        let known = agency.as_deref().is_some_and(is_known);
        let capitals = place.is_some() && self.in_capitals();
        if place.is_none() && agency.is_none() {
            return None;
        }
        let end = match self.dash().or_else(|| self.colon().filter(|_| capitals && date.is_some())) {
            Some(end) => end,
            // "NEW DELHI, Jan 21 (PTI) The ministers"
            None if known && (place.is_some() || self.kind() == Some(Kind::Word)) => self.start_of(self.at)?,
            None => return None,
        };
        let enough = agency.is_some() || (place.is_some() && date.is_some()) || (capitals && self.begins_sentence(end));
        enough.then(|| Dateline {
            end: end as u32,
            place: place.and_then(|end| self.text(self.start, end)),
            date,
            agency,
        })
    }

    fn kind(&self) -> Option<Kind> {
        self.reader.kind(self.at)
    }

    fn word(&self) -> &str {
        self.reader.word(self.at)
    }

    fn start_of(&self, i: usize) -> Option<usize> {
        self.reader.token(i).map(|t| t.start as usize)
    }

    /// The text of the tokens from `first` up to `end`.
    fn text(&self, first: usize, end: usize) -> Option<String> {
        let (first, last) = (self.reader.token(first)?, self.reader.token(end.checked_sub(1)?)?);
        self.body.get(first.start as usize..last.end as usize).map(str::to_owned)
    }

    /// One or more capitalised names with what joins them, up to a date, a bracket or the dash: behind the last of them.
    fn place(&mut self) -> Option<usize> {
        let mut end = self.at;
        let mut words = 0;
        while self.at < self.start + LONGEST {
            let Some(token) = self.reader.token(self.at) else { break };
            if self.at > self.start && token.starts_paragraph() {
                return None;
            }
            match token.kind {
                Kind::Word if token.is_upper() && !self.is_date() => {
                    words += 1;
                    self.at += 1;
                    end = self.at;
                }
                Kind::Word
                    if words > 0 && among(self.word(), &["and", "de", "of", "the", "du", "la", "el", "near"]) =>
                {
                    self.at += 1
                }
                Kind::Possessive | Kind::Elision => self.at += 1,
                Kind::Mark if !token.after_space() && words > 0 => self.at += 1,
                // "ST. PETERSBURG", "MOSCOW. Jan 21"
                Kind::Comma if words > 0 => self.at += 1,
                Kind::Stop if words > 0 && self.word() == "." => {
                    self.at += 1;
                    // The dot of an abbreviation belongs to the place: "Fla."
                    let abbreviation = self.reader.back(self.at, 2).len() <= 6;
                    let follows = matches!(self.kind(), Some(Kind::Open | Kind::Dash));
                    if abbreviation && follows {
                        end = self.at;
                    }
                }
                Kind::Dash
                    if !token.after_space()
                        && self.reader.token(self.at + 1).is_some_and(|t| !t.after_space() && t.is_upper())
                        && !self.is_long_dash() =>
                {
                    self.at += 1
                }
                Kind::Other
                    if self.word() == "/"
                        && self.reader.token(self.at + 1).is_some_and(|t| t.is_upper())
                        && words > 0
                        && !token.after_space() =>
                {
                    self.at += 1
                }
                _ => break,
            }
            if words > 7 {
                return None;
            }
        }
        // "The ministers", as most paragraphs begin: neither date, bracket nor dash.
        let goes_on = self.reader.token(self.at).is_some_and(|t| t.kind == Kind::Word && !t.is_upper());
        if goes_on && words::term(self.word().as_bytes()).is_none() {
            return None;
        }
        let (first, last) = (self.reader.token(self.start)?, self.reader.token(end.checked_sub(1)?)?);
        let short = words > 0 && last.end.saturating_sub(first.start) <= 60;
        (short && !among(self.reader.word(self.start), NO_PLACES)).then_some(end)
    }

    fn is_long_dash(&self) -> bool {
        matches!(self.word(), "—" | "–" | "―")
    }

    /// Whether a date begins here: a month or weekday that a number or its dot goes with.
    fn is_date(&self) -> bool {
        let number = |at: usize| self.reader.kind(at) == Some(Kind::Number);
        match words::term(self.word().as_bytes()) {
            Some(Term::Month(_) | Term::ShortMonth(_)) => number(self.at + 1) || number(self.at + 2),
            Some(Term::Weekday(_) | Term::ShortWeekday(_)) => self.at > self.start,
            _ => false,
        }
    }

    /// `Jan 21`, `21 January 2022`, `Friday, Jan. 21`, `21. März 2022`, `21 de enero de 2022`.
    fn date(&mut self) -> Option<String> {
        let first = self.at;
        let (mut day, mut end) = (false, first);
        while self.at < first + 8 {
            let Some(token) = self.reader.token(self.at) else { break };
            match token.kind {
                Kind::Number if self.word().len() <= 4 => {
                    day = true;
                    self.at += 1;
                    end = self.at;
                }
                Kind::Word if is_calendar(self.word()) || day && words::month_name(self.word()).is_some() => {
                    self.at += 1;
                    end = self.at;
                }
                Kind::Word if day && among(self.word(), &["de", "del"]) => self.at += 1,
                Kind::Comma | Kind::Stop if end > first => self.at += 1,
                _ => break,
            }
        }
        if end == first {
            self.at = first;
            return None;
        }
        let text = self.text(first, end)?;
        (day || words::weekday(&text).is_some()).then_some(text)
    }

    /// `(Reuters)`, `(RFE/RL)`, `/TASS/.`, `IRNA`
    fn agency(&mut self) -> Option<String> {
        let slash = self.word() == "/";
        if self.kind() != Some(Kind::Open) && !slash {
            return None;
        }
        let first = self.at + 1;
        let closes =
            |at: usize| if slash { self.reader.word(at) == "/" } else { self.reader.kind(at) == Some(Kind::Close) };
        let close = (first..first + 10).find(|at| closes(*at))?;
        let text = self.text(first, close)?;
        let named = self.reader.token(first).is_some_and(|t| t.is_upper() || is_known(&text)) && text.len() <= 40;
        if !named || (slash && !is_known(&text)) {
            return None;
        }
        self.at = close + 1;
        if slash && self.word() == "." {
            self.at += 1;
        }
        Some(text)
    }

    /// Behind the dash at this token and the blank after it.
    fn dash(&self) -> Option<usize> {
        let mut at = self.at;
        while self.reader.kind(at) == Some(Kind::Dash) && at < self.at + 3 {
            at += 1;
        }
        let dash = self.reader.token(at.checked_sub(1).filter(|_| at > self.at)?)?;
        let next = self.reader.token(at);
        let open = self.reader.token(self.at).is_some_and(|t| t.after_space())
            || self.is_long_dash()
            || at > self.at + 1
            || next.is_some_and(|t| t.after_space());
        open.then(|| next.map_or(dash.end, |t| t.start) as usize)
    }

    /// Behind the colon at this token: "PESHAWAR, Aug 2: The toll".
    fn colon(&self) -> Option<usize> {
        let colon = self.reader.token(self.at).filter(|t| t.kind == Kind::Colon)?;
        Some(self.reader.token(self.at + 1).map_or(colon.end, |t| t.start) as usize)
    }

    /// Whether the place is written in capitals from its first word on.
    fn in_capitals(&self) -> bool {
        let token = self.reader.token(self.start);
        let lone =
            self.reader.kind(self.start + 1) == Some(Kind::Dash) && self.reader.word(self.start).chars().count() < 4;
        token.is_some_and(|t| t.is_all_caps()) && !lone
    }

    /// Whether a sentence begins at byte `end`: what follows the name of an organisation goes on in lower case.
    fn begins_sentence(&self, end: usize) -> bool {
        self.body.get(end..).and_then(|rest| rest.chars().next()).is_some_and(|c| !c.is_lowercase())
    }
}

/// Whether a word is an English month or weekday, whole or short.
fn is_calendar(word: &str) -> bool {
    let term = words::term(word.as_bytes());
    matches!(term, Some(Term::Month(_) | Term::ShortMonth(_) | Term::Weekday(_) | Term::ShortWeekday(_)))
}

fn is_known(agency: &str) -> bool {
    let first = agency.split(['/', ' ', '-', ',']).next().unwrap_or_default();
    among(first, AGENCIES)
}
