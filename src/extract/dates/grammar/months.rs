//! Expressions that begin with a month: `January 19`, `March to May 2020`, `last October`.

use crate::text::Kind;

use super::super::words::Term;
use super::reader::{AFTER_DATES, PERIODS};
use super::{Expression, Found, Reader, Year, among};

/// Words in front of a month by whose name people, deeds or verbs go too.
#[rustfmt::skip]
const BEFORE_MONTHS: &[&str] = &[
    "after", "before", "between", "by", "during", "early", "for", "from", "in", "last", "late", "mid", "next",
    "of", "since", "this", "through", "till", "until",
];

const ARTICLES: &[&str] = &["the", "a", "an", "its", "his", "her", "their"];

impl Reader<'_> {
    pub(super) fn short_month(&self, i: usize, month: i8) -> Option<Found> {
        let dot = self.kind(i + 1) == Some(Kind::Stop) && self.is_glued(i + 1);
        let at = i + 1 + usize::from(dot);
        self.month_first(i, month, at).or_else(|| {
            let year = self.four_digits(at).filter(|_| !self.is_count(at))?;
            Some(Found { first: i, end: at + 1, expression: Expression::Month { year: Year::Given(year), month } })
        })
    }

    /// `January 19`, `Jan. 19, 2022`, `March 5-7`, `January 30 to February 2`: the month is at `i`, the day at `at`.
    pub(super) fn month_first(&self, i: usize, month: i8, at: usize) -> Option<Found> {
        let day = self.day(at)?;
        let found = |end, expression| Some(Found { first: i, end, expression });
        let mut end = at + 1;
        let mut last = (month, day);
        if self.is_to(end) {
            if let Some((other, next)) = self.month_and_day(end + 1) {
                (last, end) = (other, next);
            } else if let Some(other) =
                self.day(end + 1).filter(|d| *d > day && (self.ends_date(end + 2) || self.is_hyphened(end)))
            {
                (last, end) = ((month, other), end + 2);
            }
        } else if self.is(end, &["and"])
            && let Some(other) = self.day(end + 1).filter(|d| *d == day + 1 && self.ends_date(end + 2))
        {
            (last, end) = ((month, other), end + 2);
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

    /// `December the 4th`, `July Fourth`
    pub(super) fn month_and_ordinal(&self, i: usize, month: i8) -> Option<Found> {
        let at = i + 1 + usize::from(self.is(i + 1, &["the"]));
        if month == 7 && self.is(at, &["fourth"]) && self.is_upper(at) {
            let (year, end) = self.year_behind(at + 1).unwrap_or((Year::Missing, at + 1));
            return Some(Found { first: i, end, expression: Expression::Day { year, month, day: 4, weekday: None } });
        }
        let ordinal = at > i + 1 && !self.word(at).bytes().all(|b| b.is_ascii_digit());
        ordinal.then(|| self.month_first(i, month, at)).flatten()
    }

    /// Whether the dash at `i` joins two numbers without blanks: "the July 30-31 meeting".
    fn is_hyphened(&self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Dash) && self.is_glued(i) && self.is_glued(i + 1)
    }

    /// Whether what stands before a month at `i` promises a day: anything but "in".
    pub(super) fn on_a_day(&self, i: usize) -> bool {
        !self.back_is(i, 1, &["in"])
    }

    /// A month and a day at `i`, and where they end.
    pub(super) fn month_and_day(&self, i: usize) -> Option<((i8, i8), usize)> {
        let (Term::Month(month) | Term::ShortMonth(month)) = self.term(i)? else { return None };
        let dot = self.kind(i + 1) == Some(Kind::Stop) && self.is_glued(i + 1);
        let at = i + 1 + usize::from(dot);
        Some(((month, self.day(at)?), at + 1))
    }

    /// A month without a day.
    pub(super) fn month(&self, i: usize, month: i8) -> Option<Found> {
        let found = |first, end, expression| Some(Found { first, end, expression });
        let other = self.is_to(i + 1) || self.is(i + 1, &["and"]);
        if let Some(Term::Month(last)) = self.term(i + 2).filter(|_| other && self.is_upper(i + 2))
            && let Some((year, end)) = self.year_behind(i + 3)
        {
            if self.is(i + 1, &["and"]) && !self.back_is(i, 1, &["between"]) {
                // Two months of one year are two dates; the second is found in its own right.
                return found(i, i + 1, Expression::Month { year, month });
            }
            return found(i, end, Expression::Months { first: month, last, year });
        }
        if let Some((year, end)) = self.year_behind(i + 1) {
            return found(self.with_part(i), end, Expression::Month { year, month });
        }
        let first = self.with_part(i);
        if first == i && self.back_is(i, 1, &["following"]) {
            return found(i - 1, i + 1, Expression::MonthAfter(month));
        }
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
    pub(super) fn is_surely_month(&self, i: usize, month: i8) -> bool {
        if self.tokens.get(i).is_some_and(|t| t.is_all_caps()) || self.back_is(i, 1, &["every", "each"]) {
            return false;
        }
        let name_behind = self.is_upper(i + 1) && !self.starts_sentence(i + 1);
        let ambiguous = matches!(month, 3..=6 | 8);
        if !ambiguous {
            // "In September Microsoft raised", but not a name of two words.
            let name_before = i > 0 && self.is_upper(i - 1) && !self.back_is(i, 1, BEFORE_MONTHS);
            return !(name_behind && name_before);
        }
        if among(self.word(i), &["may"])
            && self.back_is(i, 1, &["for", "by", "from", "of", "before", "after"])
            && self.is_name_here("May")
        {
            return false;
        }
        // "In the year to June"
        let up_to = self.back_is(i, 1, &["to"]) && self.back_is(i, 2, PERIODS);
        let after = self.back_is(i, 1, BEFORE_MONTHS) || up_to || self.with_part(i) < i;
        let adjective = self.back_is(i, 1, ARTICLES) && self.is_lower_word(i + 1) && !self.is(i + 1, AFTER_DATES);
        let joined = self.back_is(i, 1, &["and", "to", "or"])
            && matches!(i.checked_sub(2).and_then(|at| self.term(at)), Some(Term::Month(_)));
        (after && !name_behind) || adjective || joined
    }

    /// Whether the text calls somebody by this name: a forename or title before it.
    pub(super) fn is_name_here(&self, name: &str) -> bool {
        // The beginning will do: people are introduced there, and hostile texts are long.
        let start = self.text.as_bytes().get(..20_000).unwrap_or(self.text.as_bytes());
        let titles = ["Theresa", "Mrs", "Ms", "Mr", "Minister", "Brian", "Elaine", "Miss"];
        memchr::memmem::find_iter(start, name).take(50).any(|at| {
            let before = self.text.get(at.saturating_sub(10)..at).unwrap_or_default().trim_end_matches(['.', ' ']);
            titles.iter().any(|title| before.ends_with(title))
        })
    }
}
