//! Finds expressions of time among the tokens of a text. Says what the words say ("the last October",
//! "19 January without a year"); what they mean is worked out by [`super::resolve`].
//!
//! The scanner stops at the heart of an expression (a month, a weekday, a number, a unit) and looks at the few
//! tokens around it.

use crate::text::{Kind, Token};

use super::words::{self, Season, Term, Unit};

/// Which year an expression speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Year {
    /// As written.
    Given(i16),
    /// That many calendar years from now: "of next year".
    Shift(i16),
    /// The latest before now: "last October".
    Last,
    /// The first after now: "next October".
    Next,
    /// Not said.
    Missing,
}

/// Which one of a recurring thing is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Which {
    /// Not said.
    Plain,
    /// "last Friday": the latest before today.
    Last,
    /// "this Friday": of this week.
    This,
    /// "next Friday": the first after today.
    Next,
    /// "Friday last week": of the week that many weeks from now.
    InWeek(i32),
}

/// An expression of time, as the words give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Expression {
    /// A day of a month.
    Day { year: Year, month: i8, day: i8, weekday: Option<i8> },
    /// From one (month, day) to another; the year is that of the last.
    Days { first: (i8, i8), last: (i8, i8), year: Year },
    /// A month.
    Month { year: Year, month: i8 },
    /// From one month to another; the year is that of the last.
    Months { first: i8, last: i8, year: Year },
    /// From one year to another, or a single one.
    Years(i16, i16),
    /// A weekday, Monday is 1.
    Weekday(i8, Which),
    /// Days from today.
    Offset(i32),
    /// A unit that many units from now: "last week" is (Week, -1).
    Unit(Unit, i32),
    /// The weekend, Saturday and Sunday.
    Weekend(Which),
    /// A season.
    Season { season: Season, year: Year },
    /// A quarter of a year.
    Quarter { quarter: i8, year: Year },
    /// Days from the day last spoken of: "that day" is 0, "the following day" 1.
    SameDay(i32),
    /// A clock time with its zone, of the day last spoken of.
    Clock,
}

/// An expression and its tokens, from `first` up to but not including `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Found {
    pub(super) first: usize,
    pub(super) end: usize,
    pub(super) expression: Expression,
}

/// The years that a bare number may be.
const YEARS: std::ops::RangeInclusive<i16> = 1500..=2100;

/// Words in front of a year that leave no doubt that it is one.
const BEFORE_YEARS: &[&str] = &[
    "in", "since", "until", "till", "by", "of", "from", "during", "before", "after", "between", "through", "early",
    "late", "mid", "circa", "and", "to",
];

/// Words in front of a number that make it no year.
const BEFORE_COUNTS: &[&str] = &[
    "some",
    "than",
    "least",
    "approximately",
    "nearly",
    "almost",
    "exactly",
    "another",
    "only",
    "flight",
    "resolution",
    "boeing",
    "airbus",
    "route",
    "highway",
    "interstate",
    "room",
    "no",
    "number",
    "page",
    "line",
    "section",
    "article",
    "windows",
    "channel",
    "unit",
    "paragraph",
    "chapter",
    "extension",
    "model",
    "psalm",
    "rs",
    "usd",
    "eur",
    "gbp",
];

/// Words behind a number that make it a count, an amount or a time.
const COUNTED: &[&str] = &[
    "acres",
    "bc",
    "billion",
    "bpm",
    "bce",
    "calories",
    "cases",
    "civilians",
    "deaths",
    "degrees",
    "dollars",
    "est",
    "et",
    "euros",
    "feet",
    "fighters",
    "foot",
    "gmt",
    "hectares",
    "homes",
    "hours",
    "houses",
    "hrs",
    "inhabitants",
    "jobs",
    "kg",
    "kilometer",
    "kilometers",
    "kilometres",
    "km",
    "local",
    "m",
    "members",
    "men",
    "meter",
    "meters",
    "metre",
    "metres",
    "mile",
    "miles",
    "million",
    "minutes",
    "mm",
    "msk",
    "officers",
    "others",
    "participants",
    "people",
    "per",
    "percent",
    "persons",
    "points",
    "police",
    "pounds",
    "prisoners",
    "rubles",
    "seats",
    "soldiers",
    "square",
    "students",
    "times",
    "ton",
    "tonnes",
    "tons",
    "troops",
    "units",
    "utc",
    "victims",
    "volts",
    "volunteers",
    "votes",
    "watts",
    "women",
    "words",
    "workers",
    "yards",
    "year",
    "years",
    "yen",
    "yuan",
];

/// Words that go on behind a date, so that a number before them is still the date's.
const AFTER_DATES: &[&str] = &[
    "a",
    "about",
    "after",
    "again",
    "against",
    "ahead",
    "along",
    "amid",
    "an",
    "and",
    "are",
    "as",
    "at",
    "because",
    "before",
    "but",
    "by",
    "during",
    "following",
    "for",
    "from",
    "had",
    "has",
    "have",
    "he",
    "i",
    "if",
    "in",
    "into",
    "is",
    "it",
    "its",
    "local",
    "no",
    "not",
    "of",
    "on",
    "or",
    "over",
    "said",
    "says",
    "she",
    "since",
    "than",
    "that",
    "the",
    "their",
    "there",
    "they",
    "this",
    "through",
    "to",
    "told",
    "under",
    "until",
    "was",
    "we",
    "were",
    "when",
    "where",
    "which",
    "while",
    "who",
    "will",
    "with",
    "would",
    "you",
];

/// Capitalised words in front of a weekday that make it something else.
const BEFORE_WEEKDAYS: &[&str] = &[
    "ash",
    "black",
    "bloody",
    "cyber",
    "easter",
    "every",
    "each",
    "fat",
    "good",
    "giving",
    "holy",
    "manic",
    "maundy",
    "one",
    "palm",
    "ruby",
    "sheffield",
    "shrove",
    "super",
    "freaky",
];

/// Capitalised words behind a weekday that make it a name.
const AFTER_WEEKDAYS: &[&str] = &[
    "express",
    "herald",
    "independent",
    "mail",
    "mirror",
    "people",
    "post",
    "star",
    "sun",
    "telegraph",
    "times",
    "tribune",
    "world",
    "addams",
    "business",
];

/// Words in front of a month by whose name people, deeds or verbs go too.
const BEFORE_MONTHS: &[&str] = &[
    "in", "since", "until", "till", "by", "of", "from", "during", "before", "after", "through", "early", "late", "mid",
    "last", "next", "this", "between", "for",
];

const ARTICLES: &[&str] = &["the", "a", "an", "its", "his", "her", "their"];

/// The tokens of a text, read with bounds that never fail: beyond them stand empty words.
#[derive(Clone, Copy)]
pub(super) struct Reader<'a> {
    text: &'a str,
    tokens: &'a [Token],
}

impl<'a> Reader<'a> {
    /// Reads `tokens`, which are those of `text`.
    pub(super) fn new(text: &'a str, tokens: &'a [Token]) -> Reader<'a> {
        Reader { text, tokens }
    }

    /// Hands every expression from token `from` on to `sink`, in order, without overlaps.
    pub(super) fn each(&self, from: usize, mut sink: impl FnMut(Found)) {
        let mut i = from;
        while let Some(token) = self.tokens.get(i) {
            let found = match token.kind {
                Kind::Word => self.at_word(i),
                Kind::Number => self.at_number(i),
                _ => None,
            };
            let Some(mut found) = found else {
                i += 1;
                continue;
            };
            found.end = found.end.max(i + 1);
            i = found.end;
            sink(found);
        }
    }

    // --- looking at tokens ---

    pub(super) fn token(&self, i: usize) -> Option<Token> {
        self.tokens.get(i).copied()
    }

    /// The text of token `i`.
    pub(super) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).and_then(|t| self.text.get(t.range())).unwrap_or_default()
    }

    /// The text of the token `n` before `i`.
    pub(super) fn back(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |at| self.word(at))
    }

    pub(super) fn kind(&self, i: usize) -> Option<Kind> {
        self.tokens.get(i).map(|t| t.kind)
    }

    fn is(&self, i: usize, words: &[&str]) -> bool {
        among(self.word(i), words)
    }

    fn back_is(&self, i: usize, n: usize, words: &[&str]) -> bool {
        among(self.back(i, n), words)
    }

    fn is_upper(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is_upper())
    }

    fn is_lower_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && !t.is_upper())
    }

    /// Whether token `i` stands right behind the one before it.
    fn is_glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| !t.after_space())
    }

    fn starts_sentence(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.starts_sentence())
    }

    fn term(&self, i: usize) -> Option<Term> {
        words::term(self.word(i).as_bytes())
    }

    /// The digits of a token that is nothing else, at most four.
    fn digits(&self, i: usize) -> Option<(i16, usize)> {
        let word = self.word(i);
        let plain = (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| word.parse().ok().map(|n| (n, word.len()))).flatten()
    }

    /// A number that can be the day of a month: `5`, `05`, `5th`.
    fn day(&self, i: usize) -> Option<i8> {
        let word = self.word(i);
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, ending) = word.split_at_checked(digits)?;
        let ordinal = ending.is_empty() || among(ending, &["st", "nd", "rd", "th", "er"]);
        let day: i8 = if number.len() <= 2 && ordinal { number.parse().ok()? } else { return None };
        let clock = self.kind(i + 1) == Some(Kind::Colon) && self.is_glued(i + 2) && self.digits(i + 2).is_some();
        let percent = self.is(i + 1, &["%", "percent", "°", "a.m.", "p.m.", "am", "pm"]);
        ((1..=31).contains(&day) && !clock && !percent).then_some(day)
    }

    /// A four-digit number that is within the range of years.
    fn four_digits(&self, i: usize) -> Option<i16> {
        self.digits(i).filter(|(year, len)| *len == 4 && YEARS.contains(year)).map(|(year, _)| year)
    }

    /// Whether `i` joins two ends of a range: a dash, `to`, `through`, `until`.
    fn is_to(&self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Dash) || self.is(i, &["to", "through", "until", "till"])
    }

    // --- parts of dates ---

    /// The year that goes with a day or month whose tokens end before `i`, and where it ends.
    fn year_behind(&self, i: usize) -> Option<(Year, usize)> {
        let plain = |at: usize| self.four_digits(at).filter(|_| !self.is_count(at)).map(|y| (Year::Given(y), at + 1));
        if let Some(year) = plain(i) {
            return Some(year);
        }
        if self.kind(i) == Some(Kind::Comma) || self.is(i, &["de", "del"]) {
            return plain(i + 1);
        }
        let of = i + usize::from(self.is(i, &["of"]));
        if of > i {
            if let Some(year) = plain(of) {
                return Some(year);
            }
        }
        let shift = self.shift(of)?;
        self.is(of + 1, &["year"]).then_some((Year::Shift(shift as i16), of + 2))
    }

    /// `this`, `last`, `next` as a number of units.
    fn shift(&self, i: usize) -> Option<i32> {
        match () {
            () if self.is(i, &["this", "current"]) => Some(0),
            () if self.is(i, &["last", "previous", "past"]) => Some(-1),
            () if self.is(i, &["next", "coming", "following"]) => Some(1),
            () => None,
        }
    }

    /// Where an expression that begins at `first` begins with its "early", "late", "mid-" or "earlier".
    fn with_part(&self, first: usize) -> usize {
        if self.back_is(first, 1, &["early", "late", "earlier", "later", "mid"]) {
            return first - 1;
        }
        let dashed = self.is_glued(first)
            && self.back_is(first, 1, &["-", "‐", "‑"])
            && self.back_is(first, 2, &["mid", "early", "late"]);
        if dashed { first - 2 } else { first }
    }

    /// Where a day that ends before `end` ends with its time of day or its clock time.
    fn with_time(&self, end: usize) -> usize {
        let end =
            if matches!(self.term(end), Some(Term::PartOfDay)) && self.is_lower_word(end) { end + 1 } else { end };
        let at = end + usize::from(self.is(end, &["at"]) || self.kind(end) == Some(Kind::Comma));
        match self.clock(at) {
            Some((clock_end, zone)) if zone || at == end || self.is(end, &["at"]) => clock_end,
            _ => end,
        }
    }

    /// A clock time at `i`: where it ends, and whether its zone is given.
    fn clock(&self, i: usize) -> Option<(usize, bool)> {
        let (hour, len) = self.digits(i)?;
        let zone_at = |at: usize| {
            let local = self.is(at, &["local"]) && self.is(at + 1, &["time"]);
            let zone = matches!(
                self.word(at),
                "UTC"
                    | "GMT"
                    | "EST"
                    | "EDT"
                    | "ET"
                    | "CST"
                    | "CDT"
                    | "PST"
                    | "PDT"
                    | "BST"
                    | "CET"
                    | "CEST"
                    | "MSK"
                    | "IST"
            );
            at + if local { 2 } else { usize::from(zone) }
        };
        let mut end = i + 1;
        if len == 4 && hour < 2400 && hour % 100 < 60 {
            let zoned = zone_at(end);
            return (zoned > end).then_some((zoned, true));
        }
        let minutes = self.kind(end) == Some(Kind::Colon) && self.is_glued(end) && self.is_glued(end + 1);
        if minutes && self.digits(end + 1).is_some_and(|(m, len)| len == 2 && m < 60) {
            end += 2;
        }
        let half = usize::from(self.is(end, &["a.m.", "p.m.", "am", "pm"]));
        let zoned = zone_at(end + half);
        let told = end > i + 1 || half > 0 || zoned > end;
        (told && hour < 25).then_some((zoned, zoned > end + half))
    }

    /// Whether the number at `i` counts or measures something, so that it is no year.
    fn is_count(&self, i: usize) -> bool {
        let Some((number, _)) = self.digits(i) else { return true };
        let round = number % 100 == 0;
        let glued_sign = self.is_glued(i) && i > 0 && matches!(self.kind(i - 1), Some(Kind::Other));
        let after = i + 1;
        let glued_digits = self.is_glued(after)
            && self.is_glued(after + 1)
            && matches!(self.kind(after), Some(Kind::Colon | Kind::Other))
            && self.kind(after + 1) == Some(Kind::Number);
        let compound = self.is_glued(after) && self.kind(after) == Some(Kind::Dash) && self.is_glued(after + 1);
        let counted = if compound { after + 1 } else { after };
        let plural = round
            && self.is_lower_word(counted)
            && self.word(counted).ends_with('s')
            && !among(self.word(counted), AFTER_DATES);
        let address = self.is_upper(after)
            && (after..after + 4).any(|at| {
                self.is(at, &["street", "avenue", "ave", "st", "road", "boulevard", "blvd", "drive", "lane"])
            });
        glued_sign
            || (glued_digits && self.word(after) != "/")
            || self.is(after, &["%", "°", "$", "€", "£"])
            || self.is(counted, COUNTED)
            || (compound && self.is(counted, &["strong", "man", "mile", "member", "seat", "page", "pound", "odd"]))
            || plural
            || address
            || self.back_is(i, 1, BEFORE_COUNTS)
    }

    // --- words ---

    fn at_word(&self, i: usize) -> Option<Found> {
        match self.term(i)? {
            Term::Month(month) if self.is_upper(i) => {
                self.month_first(i, month, i + 1).or_else(|| self.month(i, month))
            }
            Term::ShortMonth(month) if self.is_upper(i) => self.short_month(i, month),
            Term::Weekday(day) if self.is_upper(i) => self.weekday(i, day),
            Term::ShortWeekday(day) if self.is_upper(i) => self.dated_weekday(i, day),
            Term::Offset(days) => self.offset(i, days),
            Term::Unit(unit, plural) => self.unit(i, unit, plural),
            Term::PartOfDay => self.part_of_day(i),
            Term::Season(season) => self.season(i, season),
            Term::Quarter => self.quarter(i),
            Term::QuarterNumber(quarter) => self.quarter_number(i, quarter),
            _ => None,
        }
    }

    fn short_month(&self, i: usize, month: i8) -> Option<Found> {
        let dot = self.kind(i + 1) == Some(Kind::Stop) && self.is_glued(i + 1);
        let at = i + 1 + usize::from(dot);
        self.month_first(i, month, at).or_else(|| {
            let year = self.four_digits(at).filter(|_| !self.is_count(at))?;
            Some(Found { first: i, end: at + 1, expression: Expression::Month { year: Year::Given(year), month } })
        })
    }

    /// `January 19`, `Jan. 19, 2022`, `March 5-7`, `January 30 to February 2`: the month is at `i`, the day at `at`.
    fn month_first(&self, i: usize, month: i8, at: usize) -> Option<Found> {
        let day = self.day(at)?;
        let found = |end, expression| Some(Found { first: i, end, expression });
        let mut end = at + 1;
        let mut last = (month, day);
        if self.is_to(end) {
            if let Some((other, next)) = self.month_and_day(end + 1) {
                (last, end) = (other, next);
            } else if let Some(other) = self.day(end + 1).filter(|d| *d > day && self.ends_date(end + 2)) {
                (last, end) = ((month, other), end + 2);
            }
        } else if self.is(end, &["and"]) {
            if let Some(other) = self.day(end + 1).filter(|d| *d == day + 1 && self.ends_date(end + 2)) {
                (last, end) = ((month, other), end + 2);
            }
        }
        let year = self.year_behind(end);
        if year.is_none() && last == (month, day) && !self.on_a_day(i) && !self.ends_date(end) {
            return None;
        }
        let (year, end) = year.unwrap_or((Year::Missing, end));
        if last != (month, day) {
            return found(end, Expression::Days { first: (month, day), last, year });
        }
        found(self.with_time(end), Expression::Day { year, month, day, weekday: None })
    }

    /// Whether what stands before a month at `i` promises a day: anything but "in".
    fn on_a_day(&self, i: usize) -> bool {
        !self.back_is(i, 1, &["in"])
    }

    /// Whether a number that ends before `i` counts nothing there.
    fn ends_date(&self, i: usize) -> bool {
        !self.is_lower_word(i) || self.is(i, AFTER_DATES)
    }

    /// A month and a day at `i`, and where they end.
    fn month_and_day(&self, i: usize) -> Option<((i8, i8), usize)> {
        let (Term::Month(month) | Term::ShortMonth(month)) = self.term(i)? else { return None };
        let dot = self.kind(i + 1) == Some(Kind::Stop) && self.is_glued(i + 1);
        let at = i + 1 + usize::from(dot);
        Some(((month, self.day(at)?), at + 1))
    }

    /// A month without a day.
    fn month(&self, i: usize, month: i8) -> Option<Found> {
        let found = |first, end, expression| Some(Found { first, end, expression });
        let other = self.is_to(i + 1) || self.is(i + 1, &["and"]);
        if let Some(Term::Month(last)) = self.term(i + 2).filter(|_| other && self.is_upper(i + 2)) {
            if let Some((year, end)) = self.year_behind(i + 3) {
                if self.is(i + 1, &["and"]) && !self.back_is(i, 1, &["between"]) {
                    // Two months of one year are two dates; the second is found in its own right.
                    return found(i, i + 1, Expression::Month { year, month });
                }
                return found(i, end, Expression::Months { first: month, last, year });
            }
        }
        if let Some((year, end)) = self.year_behind(i + 1) {
            return found(self.with_part(i), end, Expression::Month { year, month });
        }
        let first = self.with_part(i);
        if let Some(shift) = first.checked_sub(1).and_then(|at| self.shift(at)) {
            let year = [Year::Last, Year::Shift(0), Year::Next][(shift + 1) as usize];
            return found(first - 1, i + 1, Expression::Month { year, month });
        }
        self.is_surely_month(i, month).then_some(Found {
            first,
            end: i + 1,
            expression: Expression::Month { year: Year::Missing, month },
        })
    }

    /// Whether a month without day and year is one: people are called April, June, August and May, and march.
    fn is_surely_month(&self, i: usize, month: i8) -> bool {
        if self.tokens.get(i).is_some_and(|t| t.is_all_caps()) {
            return false;
        }
        let name_behind = self.is_upper(i + 1) && !self.starts_sentence(i + 1);
        let ambiguous = matches!(month, 3..=6 | 8);
        if !ambiguous {
            return !(name_behind && i > 0 && self.is_upper(i - 1));
        }
        if among(self.word(i), &["may"])
            && self.back_is(i, 1, &["for", "by", "from", "of", "before", "after"])
            && self.is_name_here("May")
        {
            return false;
        }
        let after = self.back_is(i, 1, BEFORE_MONTHS) || self.with_part(i) < i;
        let adjective = self.back_is(i, 1, ARTICLES) && self.is_lower_word(i + 1) && !self.is(i + 1, AFTER_DATES);
        let joined = self.back_is(i, 1, &["and", "to", "or"])
            && matches!(i.checked_sub(2).and_then(|at| self.term(at)), Some(Term::Month(_)));
        (after && !name_behind) || adjective || joined
    }

    /// Whether the text calls somebody by this name: a forename or title before it.
    fn is_name_here(&self, name: &str) -> bool {
        let titles = ["Theresa", "Mrs", "Ms", "Mr", "Minister", "Brian", "Elaine", "Miss"];
        memchr::memmem::find_iter(self.text.as_bytes(), name).take(50).any(|at| {
            let before = self.text.get(at.saturating_sub(10)..at).unwrap_or_default().trim_end_matches(['.', ' ']);
            titles.iter().any(|title| before.ends_with(title))
        })
    }

    /// A weekday in front of its date: `Wednesday, January 19`, `Wed 19 Jan 2022`.
    fn dated_weekday(&self, i: usize, weekday: i8) -> Option<Found> {
        let mut at = i + 1;
        at += usize::from(self.kind(at) == Some(Kind::Stop) && self.is_glued(at));
        at += usize::from(matches!(self.kind(at), Some(Kind::Comma | Kind::Open)));
        at += usize::from(self.is(at, &["the", "on"]));
        let date = match self.kind(at)? {
            Kind::Word => match self.term(at)? {
                Term::Month(month) if self.is_upper(at) => self.month_first(at, month, at + 1),
                Term::ShortMonth(month) if self.is_upper(at) => self.short_month(at, month),
                _ => None,
            },
            Kind::Number => self.day_first(at),
            _ => None,
        }?;
        let Expression::Day { year, month, day, .. } = date.expression else { return None };
        Some(Found {
            first: i,
            end: date.end,
            expression: Expression::Day { year, month, day, weekday: Some(weekday) },
        })
    }

    fn weekday(&self, i: usize, weekday: i8) -> Option<Found> {
        if let Some(found) = self.dated_weekday(i, weekday) {
            return Some(found);
        }
        let name = self.back_is(i, 1, BEFORE_WEEKDAYS)
            || (self.is_upper(i + 1) && self.is(i + 1, AFTER_WEEKDAYS))
            || (self.is(i + 1, &["night"]) && self.is_upper(i + 1))
            || (self.back_is(i, 1, &["a"]) && !self.back_is(i, 2, &["in"]));
        if name {
            return None;
        }
        let mut end = self.with_time(i + 1);
        let of = end + usize::from(self.is(end, &["of"]));
        if let Some(weeks) = self.shift(of).filter(|_| self.is(of + 1, &["week"])) {
            return Some(Found {
                first: i,
                end: of + 2,
                expression: Expression::Weekday(weekday, Which::InWeek(weeks)),
            });
        }
        let (first, which) = self.which(i);
        let first = if which == Which::Plain { self.with_part(i) } else { first };
        end = end.max(i + 1);
        Some(Found { first, end, expression: Expression::Weekday(weekday, which) })
    }

    /// "last", "this past", "next", "this coming" in front of the token at `i`, and where it begins.
    fn which(&self, i: usize) -> (usize, Which) {
        let two = self.back_is(i, 2, &["this"]);
        match () {
            () if two && self.back_is(i, 1, &["past"]) => (i - 2, Which::Last),
            () if two && self.back_is(i, 1, &["coming", "next"]) => (i - 2, Which::Next),
            () if self.back_is(i, 1, &["last", "past", "previous"]) => (i - 1, Which::Last),
            () if self.back_is(i, 1, &["next", "coming"]) => (i - 1, Which::Next),
            () if self.back_is(i, 1, &["this"]) => (i - 1, Which::This),
            () => (i, Which::Plain),
        }
    }

    fn offset(&self, i: usize, days: i32) -> Option<Found> {
        // "USA Today" and the like.
        if self.is_upper(i) && !self.starts_sentence(i) && !self.opens_speech(i) {
            return None;
        }
        let found = |first, end, days| Some(Found { first, end, expression: Expression::Offset(days) });
        if self.back_is(i, 2, &["day"]) && days != 0 {
            let sign = if self.back_is(i, 1, &["after", "before"]) { days.signum() } else { 0 };
            let first = if self.back_is(i, 3, &["the"]) { i - 3 } else { i.saturating_sub(2) };
            return found(first, i + 1, days + sign);
        }
        let end = self.with_time(i + 1);
        found(self.with_part(i), end, days)
    }

    fn opens_speech(&self, i: usize) -> bool {
        i == 0 || matches!(self.kind(i - 1), Some(Kind::Mark | Kind::Open | Kind::Colon))
    }

    /// `this morning`, `last night`, `the same evening`.
    fn part_of_day(&self, i: usize) -> Option<Found> {
        if self.is_upper(i) || self.is(i + 1, &["after"]) {
            return None;
        }
        let found = |expression| Some(Found { first: self.with_part(i - 1), end: i + 1, expression });
        match () {
            () if self.back_is(i, 1, &["this"]) => found(Expression::Offset(0)),
            () if self.back_is(i, 1, &["last"]) => found(Expression::Offset(-1)),
            () if self.back_is(i, 1, &["that", "same"]) => found(Expression::SameDay(0)),
            () => None,
        }
    }

    fn unit(&self, i: usize, unit: Unit, plural: bool) -> Option<Found> {
        if let Some(found) = self.ago(i, unit) {
            return Some(found);
        }
        if plural || self.is_compound(i) {
            return None;
        }
        let found = |first, expression| Some(Found { first, end: i + 1, expression });
        match unit {
            Unit::Day => self.same_day(i),
            Unit::Weekend => {
                let (first, which) = self.which(i);
                let the = which == Which::Plain && self.back_is(i, 1, &["the"]);
                let this = if which == Which::This { Which::Plain } else { which };
                (the || which != Which::Plain).then_some(())?;
                found(if the { i - 1 } else { first }, Expression::Weekend(this))
            }
            _ => {
                let of_the = self.back_is(i, 1, &["the"]) && self.back_is(i, 2, &["of"]);
                if of_the
                    && unit != Unit::Week
                    && self.back_is(i, 3, &["start", "beginning", "end", "middle", "rest", "remainder"])
                {
                    return found(i - 1, Expression::Unit(unit, 0));
                }
                let shift = i.checked_sub(1).and_then(|at| self.shift(at))?;
                // "over the past year" is a duration, "the following week" counts from elsewhere.
                let elsewhere = self.back_is(i, 2, &["the", "a", "an", "every", "each", "his", "her", "their", "its"]);
                let pronoun = self.back_is(i, 1, &["past", "previous", "following"]);
                (!elsewhere && !pronoun).then_some(())?;
                found(self.with_part(i - 1), Expression::Unit(unit, shift))
            }
        }
    }

    /// Whether the unit at `i` goes on with a dash: `year-long`, `week-old`.
    fn is_compound(&self, i: usize) -> bool {
        let dash = self.kind(i + 1) == Some(Kind::Dash) && self.is_glued(i + 1) && self.is_glued(i + 2);
        dash && self.kind(i + 2) == Some(Kind::Word) && !matches!(self.word(i + 1), "—" | "–")
    }

    /// `two weeks ago`, `3 days ago`, `a year ago`, `two days from now`.
    fn ago(&self, i: usize, unit: Unit) -> Option<Found> {
        let sign = match () {
            () if self.is(i + 1, &["ago"]) => -1,
            () if self.is(i + 1, &["from"]) && self.is(i + 2, &["now", "today"]) => 1,
            () => return None,
        };
        let tens = if matches!(self.back(i, 2), "-") { words::count(self.back(i, 3)) } else { None };
        let (first, number) = match (words::count(self.back(i, 1)), tens) {
            (Some(ones), Some(tens)) if tens >= 20 => (i - 3, tens + ones),
            (number, _) => (i - 1, number?),
        };
        let vague =
            self.back_is(first, 1, &["than", "least", "over", "under"]) || matches!(self.back(first, 1), "-" | "–");
        let end = if sign < 0 { i + 2 } else { i + 3 };
        (!vague && unit != Unit::Weekend && number > 0).then_some(())?;
        let expression = match unit {
            Unit::Day => Expression::Offset(sign * number),
            // "A week ago" is a day; "three weeks ago" is said of any day about then.
            Unit::Week if number == 1 => Expression::Offset(sign * 7),
            _ => Expression::Unit(unit, sign * number),
        };
        Some(Found { first, end, expression })
    }

    /// `that day`, `the same day`, `later in the day`, `ended the day`, `the following day`.
    fn same_day(&self, i: usize) -> Option<Found> {
        let found = |first, days| Some(Found { first, end: i + 1, expression: Expression::SameDay(days) });
        if self.is_upper(i) {
            return None;
        }
        let the = self.back_is(i, 2, &["the", "that"]);
        match () {
            () if self.back_is(i, 1, &["that"]) => found(i - 1, 0),
            () if the && self.back_is(i, 1, &["same"]) => found(i - 2, 0),
            () if the && self.back_is(i, 1, &["following", "next"]) => found(i - 2, 1),
            () if the && self.back_is(i, 1, &["previous"]) => found(i - 2, -1),
            () if self.back_is(i, 1, &["the"]) => self.the_day(i),
            () => None,
        }
    }

    fn the_day(&self, i: usize) -> Option<Found> {
        let found = |first| Some(Found { first, end: i + 1, expression: Expression::SameDay(0) });
        let part = self.back_is(i, 3, &["early", "late", "earlier", "later"]);
        match () {
            () if self.back_is(i, 2, &["in"]) && part => found(i - 3),
            () if self.back_is(i, 2, &["of"])
                && self.back_is(i, 3, &["start", "close", "rest", "remainder", "course"]) =>
            {
                found(i - 1)
            }
            () if self.back_is(
                i,
                2,
                &[
                    "end",
                    "ended",
                    "ending",
                    "finish",
                    "finished",
                    "finishing",
                    "close",
                    "closed",
                    "closing",
                    "started",
                    "began",
                ],
            ) =>
            {
                found(i - 1)
            }
            () => None,
        }
    }

    /// `summer of 2021`, `last winter`, `spring 2014`.
    fn season(&self, i: usize, season: Season) -> Option<Found> {
        if let Some((year, end)) =
            self.year_behind(i + 1).filter(|(_, end)| self.kind(i + 1) != Some(Kind::Comma) || *end == i)
        {
            // "The fall of 1989" may be a wall's.
            let end = if matches!(year, Year::Given(_)) { self.winter_end(season, end) } else { end };
            return Some(Found { first: self.with_part(i), end, expression: Expression::Season { season, year } });
        }
        let (first, which) = self.which(i);
        let year = match which {
            Which::Last => Year::Last,
            Which::This => Year::Shift(0),
            Which::Next => Year::Next,
            _ => return None,
        };
        let duration = self.back_is(first, 1, &["the"]);
        (!duration && !self.is_upper(i)).then_some(Found {
            first,
            end: i + 1,
            expression: Expression::Season { season, year },
        })
    }

    /// Behind the second year of `winter 2021-22`.
    fn winter_end(&self, season: Season, end: usize) -> usize {
        let second = matches!(self.word(end), "-" | "–" | "/")
            && self.is_glued(end)
            && self.is_glued(end + 1)
            && self.digits(end + 1).is_some();
        if season == Season::Winter && second { end + 2 } else { end }
    }

    /// `the third quarter of 2021`; without a year it may be a ball game's.
    fn quarter(&self, i: usize) -> Option<Found> {
        let quarter = words::quarter(self.back(i, 1))?;
        let (year, end) = self.year_behind(i + 1)?;
        let first = if self.back_is(i, 2, &["the"]) { i - 2 } else { i - 1 };
        Some(Found { first, end, expression: Expression::Quarter { quarter, year } })
    }

    fn quarter_number(&self, i: usize, quarter: i8) -> Option<Found> {
        if let Some((year, end)) = self.year_behind(i + 1) {
            return Some(Found { first: i, end, expression: Expression::Quarter { quarter, year } });
        }
        None
    }

    // --- numbers ---

    fn at_number(&self, i: usize) -> Option<Found> {
        // The longest is "19.01.2022".
        if self.word(i).len() > 10 {
            return None;
        }
        self.timed_date(i)
            .or_else(|| self.day_first(i))
            .or_else(|| self.slashed(i))
            .or_else(|| self.dotted(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.from_year(i))
    }

    /// A clock time in front of its date (`16:00 UTC Monday`), or with a zone by itself.
    fn timed_date(&self, i: usize) -> Option<Found> {
        let (end, zone) = self.clock(i)?;
        let at = end + usize::from(self.is(end, &["on"]) || (zone && self.kind(end) == Some(Kind::Comma)));
        let date = match self.kind(at) {
            Some(Kind::Word) if !self.starts_sentence(at) => self.at_word(at),
            Some(Kind::Number) if !self.starts_sentence(at) && self.clock(at).is_none() => self.day_first(at),
            _ => None,
        };
        let is_day =
            |e: Expression| matches!(e, Expression::Day { .. } | Expression::Weekday(..) | Expression::Offset(_));
        if let Some(date) = date.filter(|date| date.first >= at && is_day(date.expression)) {
            return Some(Found { first: i, ..date });
        }
        zone.then_some(Found { first: i, end, expression: Expression::Clock })
    }

    /// `19 January 2022`, `the 19th of January`, `5-7 March`, `19 января 2022 года`.
    fn day_first(&self, i: usize) -> Option<Found> {
        let day = self.day(i)?;
        let hyphened =
            self.is_glued(i) && i > 0 && matches!(self.kind(i - 1), Some(Kind::Dash | Kind::Other | Kind::Colon));
        if hyphened {
            return None;
        }
        let mut last = day;
        let mut at = i + 1;
        if self.is_to(at) || self.is(at, &["and", "bis", "al", "au"]) {
            if let Some(other) = self.day(at + 1).filter(|d| *d > day) {
                (last, at) = (other, at + 2);
            }
        }
        if at > i + 1 && self.is(i + 1, &["and"]) && last != day + 1 && !self.back_is(i, 1, &["between"]) {
            return None;
        }
        at += usize::from(self.word(at) == "." && self.is_glued(at));
        at += usize::from(self.is(at, &["of", "de"]));
        let month = self.month_at(at)?;
        if let Some(found) = self.to_day_first(i, (month, day), at + 1) {
            return Some(found);
        }
        let dot =
            matches!(self.term(at), Some(Term::ShortMonth(_))) && self.word(at + 1) == "." && self.is_glued(at + 1);
        let behind = at + 1 + usize::from(dot && self.four_digits(at + 2).is_some());
        let (year, end) = self.year_behind(behind).unwrap_or((Year::Missing, at + 1));
        // "19 May supporters", "2 March"
        let doubtful = year == Year::Missing && among(self.word(at), &["may", "march"]) && !self.ends_date(at + 1);
        if doubtful && !self.back_is(i, 1, &["on", "the", "of", "by", "until", "from", "since"]) {
            return None;
        }
        let first = if self.back_is(i, 1, &["the"]) && self.is(i + 1, &["of"]) { i - 1 } else { i };
        if last != day {
            return Some(Found {
                first,
                end,
                expression: Expression::Days { first: (month, day), last: (month, last), year },
            });
        }
        Some(Found { first, end: self.with_time(end), expression: Expression::Day { year, month, day, weekday: None } })
    }

    /// `30 January to 2 February`: what begins at `from` ends the range that `first` opens.
    fn to_day_first(&self, i: usize, first: (i8, i8), at: usize) -> Option<Found> {
        if !self.is_to(at) {
            return None;
        }
        let last = (self.month_at(at + 2)?, self.day(at + 1)?);
        let (year, end) = self.year_behind(at + 3).unwrap_or((Year::Missing, at + 3));
        Some(Found { first: i, end, expression: Expression::Days { first, last, year } })
    }

    /// The month that the token at `i` names in any language; English abbreviations too.
    fn month_at(&self, i: usize) -> Option<i8> {
        match self.term(i) {
            Some(Term::Month(month) | Term::ShortMonth(month)) if self.is_upper(i) => Some(month),
            Some(_) => None,
            None => {
                let word = self.word(i);
                // The French month, not the planet.
                let foreign = self.kind(i) == Some(Kind::Word) && word.len() > 2 && word != "Mars";
                foreign.then(|| words::month_name(word)).flatten()
            }
        }
    }

    /// `7/8/07`, `19/01/2022`: only where the order of day and month cannot be mistaken, or makes no difference.
    fn slashed(&self, i: usize) -> Option<Found> {
        let glued = (i + 1..i + 5).all(|at| self.is_glued(at)) && !self.is_glued(i);
        let parts = [self.digits(i)?, self.digits(i + 2)?, self.digits(i + 4)?];
        if !glued || self.word(i + 1) != "/" || self.word(i + 3) != "/" {
            return None;
        }
        self.numeric(i, i + 5, parts)
    }

    /// `19.01.2022`
    fn dotted(&self, i: usize) -> Option<Found> {
        let mut parts = self.word(i).split('.').map(|part| part.parse::<i16>().ok().map(|n| (n, part.len())));
        let three = [parts.next()??, parts.next()??, parts.next()??];
        if parts.next().is_some() || three[2].1 != 4 {
            return None;
        }
        self.numeric(i, i + 1, three)
    }

    fn numeric(&self, first: usize, end: usize, parts: [(i16, usize); 3]) -> Option<Found> {
        let [(a, _), (b, _), (year, len)] = parts;
        let year = match len {
            4 if YEARS.contains(&year) => year,
            2 if year < 70 => 2000 + year,
            2 => 1900 + year,
            _ => return None,
        };
        let day_first =
            if self.tokens.get(first).is_some_and(|t| self.text.get(t.range()).is_some_and(|w| w.contains('.'))) {
                true
            } else if a > 12 || a == b {
                true
            } else if b > 12 || len == 2 && a == b {
                false
            } else {
                return None;
            };
        let (day, month) = if day_first { (a, b) } else { (b, a) };
        let expression = Expression::Day { year: Year::Given(year), month: month as i8, day: day as i8, weekday: None };
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Found { first, end, expression })
    }

    /// `1990s`, `'90s`, `mid-1980s`.
    fn decade(&self, i: usize) -> Option<Found> {
        let digits = self.word(i).strip_suffix('s')?;
        let number: i16 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
        let found = |first, from: i16| {
            Some(Found { first: self.with_part(first), end: i + 1, expression: Expression::Years(from, from + 9) })
        };
        match digits.len() {
            4 if number % 10 == 0 && YEARS.contains(&number) => found(i, number),
            2 if number % 10 == 0
                && number >= 20
                && self.is_glued(i)
                && i > 0
                && self.kind(i - 1) == Some(Kind::Mark) =>
            {
                found(i - 1, 1900 + number)
            }
            _ => None,
        }
    }

    /// Everything that begins with a year: ISO dates, ranges, the year alone.
    fn from_year(&self, i: usize) -> Option<Found> {
        let year = self.four_digits(i)?;
        let found = |first, end, expression| Some(Found { first, end, expression });
        if let Some((expression, end)) = self.iso(i, year) {
            return found(i, end, expression);
        }
        if self.is_count(i) || !self.is_year_context(i, year) {
            return None;
        }
        let first = self.with_part(i);
        if let Some((last, end)) = self.last_year(i, year) {
            return found(first, end, Expression::Years(year, last));
        }
        found(first, i + 1, Expression::Years(year, year))
    }

    /// `2022-01-19`, `2022/01/19`, `2022-01`.
    fn iso(&self, i: usize, year: i16) -> Option<(Expression, usize)> {
        let separator = self.word(i + 1);
        let glued = |from: usize, to: usize| (from..to).all(|at| self.is_glued(at));
        if !matches!(separator, "-" | "/") || !glued(i + 1, i + 3) {
            return None;
        }
        let month = self.digits(i + 2).filter(|(month, len)| *len == 2 && (1..=12).contains(month))?.0 as i8;
        let third = self.word(i + 3) == separator && glued(i + 3, i + 5);
        if third {
            let day =
                self.day(i + 4).or_else(|| self.word(i + 4).get(..2)?.parse().ok().filter(|d| (1..=31).contains(d)))?;
            return Some((Expression::Day { year: Year::Given(year), month, day, weekday: None }, i + 5));
        }
        // "2011-12" is two years.
        let two_years = i16::from(month) == (year + 1) % 100;
        (separator == "-" && !two_years).then_some((Expression::Month { year: Year::Given(year), month }, i + 3))
    }

    /// The second year of a range that the year at `i` opens: `2014-2018`, `2014–18`, `2014/15`, `from 2014 to 2018`.
    fn last_year(&self, i: usize, year: i16) -> Option<(i16, usize)> {
        let (joint, at) = (i + 1, i + 2);
        let dash = matches!(self.word(joint), "-" | "–" | "—" | "/");
        let words = self.is_to(joint) && self.back_is(i, 1, &["from", "between"]) || self.is(joint, &["to", "through"]);
        let between = self.is(joint, &["and"]) && self.back_is(i, 1, &["between"]);
        if let Some(last) = self.four_digits(at).filter(|last| *last > year) {
            let range = (dash && self.is_glued(at) == self.is_glued(joint)) || words || between;
            return (range && !self.is_count(at)).then_some((last, i + 3));
        }
        let (short, len) = self.digits(at)?;
        let last = year - year % 100 + short;
        (dash && len == 2 && self.is_glued(joint) && self.is_glued(at) && last > year && !self.is_glued(i + 3))
            .then_some((last, i + 3))
    }

    /// Whether a number in the range of years stands where a year does.
    fn is_year_context(&self, i: usize, year: i16) -> bool {
        let glued_before = self.is_glued(i) && i > 0;
        if glued_before {
            let dash = self.kind(i - 1) == Some(Kind::Dash);
            let word = dash && i > 1 && self.kind(i - 2) == Some(Kind::Word);
            let open = matches!(self.kind(i - 1), Some(Kind::Open | Kind::Mark));
            let long_dash =
                matches!(self.back(i, 1), "—" | "–") && !matches!(self.kind(i.wrapping_sub(2)), Some(Kind::Number));
            let capital = i > 1 && self.tokens.get(i - 2).is_some_and(|t| t.is_all_caps());
            return open || long_dash || (word && !capital);
        }
        let certain = self.back_is(i, 1, BEFORE_YEARS) || (i > 0 && self.kind(i - 1) == Some(Kind::Open));
        certain || (1900..=2100).contains(&year)
    }
}

/// Whether `word` is one of `words`, which are lower case.
pub(super) fn among(word: &str, words: &[&str]) -> bool {
    words.iter().any(|w| w.eq_ignore_ascii_case(word))
}
