//! Units counted from now (`last week`, `two years ago`), days pointed at, seasons and quarters.

use crate::text::Kind;

use super::super::words::{self, Season, Unit};
use super::{Expression, Found, Reader, Which, Year};

/// Words around a quarter of the year rather than of a game.
const MONEY: &[&str] = &[
    "earnings",
    "profit",
    "profits",
    "revenue",
    "revenues",
    "sales",
    "results",
    "income",
    "loss",
    "losses",
    "gdp",
    "growth",
    "economy",
    "shares",
    "dividend",
    "deliveries",
    "shipments",
    "orders",
    "fiscal",
    "output",
    "exports",
];

impl Reader<'_> {
    /// `this morning`, `last night`, `the same evening`.
    pub(super) fn part_of_day(&self, i: usize) -> Option<Found> {
        if self.hyphened_to(i) && self.is(i, &["night"]) {
            return Some(Found { first: i - 2, end: i + 1, expression: Expression::Offset(0) });
        }
        // "The morning after", not "this afternoon after winds of ..."
        let after = self.is(i + 1, &["after"]) && !self.back_is(i, 1, &["this", "last"]);
        if self.is_upper(i) || after {
            return None;
        }
        let found = |expression| Some(Found { first: self.with_part(i - 1), end: i + 1, expression });
        let from_the = |days| Some(Found { first: i - 2, end: i + 1, expression: Expression::SameDay(days) });
        match () {
            () if self.back_is(i, 1, &["this"]) => found(Expression::Offset(0)),
            () if self.back_is(i, 1, &["last"]) => found(Expression::Offset(-1)),
            () if self.back_is(i, 1, &["that", "same"]) => found(Expression::SameDay(0)),
            // "The next morning"
            () if !self.back_is(i, 2, &["the"]) => None,
            () if self.back_is(i, 1, &["next", "following"]) => from_the(1),
            () if self.back_is(i, 1, &["previous"]) => from_the(-1),
            () => None,
        }
    }

    pub(super) fn unit(&self, i: usize, unit: Unit, plural: bool) -> Option<Found> {
        if let Some(found) = self.ago(i, unit).or_else(|| self.later(i, unit)) {
            return Some(found);
        }
        if plural || unit == Unit::Fortnight || self.is_compound(i) {
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
    pub(super) fn is_compound(&self, i: usize) -> bool {
        let dash = self.kind(i + 1) == Some(Kind::Dash) && self.is_glued(i + 1) && self.is_glued(i + 2);
        dash && self.kind(i + 2) == Some(Kind::Word) && !matches!(self.word(i + 1), "—" | "–")
    }

    /// `two weeks ago`, `3 days ago`, `a year ago`, `two days from now`.
    pub(super) fn ago(&self, i: usize, unit: Unit) -> Option<Found> {
        let sign = match () {
            () if self.is(i + 1, &["ago"]) => -1,
            () if self.is(i + 1, &["from"]) && self.is(i + 2, &["now", "today"]) => 1,
            () => return None,
        };
        let (first, number) = self.number_before(i)?;
        let end = if sign < 0 { i + 2 } else { i + 3 };
        (unit != Unit::Weekend && number > 0).then_some(())?;
        let expression = match unit {
            Unit::Day => Expression::Offset(sign * number),
            // "A week ago" is a day; "three weeks ago" is said of any day about then.
            Unit::Week if number == 1 => Expression::Offset(sign * 7),
            Unit::Fortnight if number == 1 => Expression::Offset(sign * 14),
            Unit::Fortnight => return None,
            _ => Expression::Unit(unit, sign * number),
        };
        Some(Found { first, end, expression })
    }

    /// The number in front of the unit at `i` and where it begins: `two`, `twenty-five`; none where it is vague: `at least two`,
    /// `two to three`, `half a`.
    fn number_before(&self, i: usize) -> Option<(usize, i32)> {
        let tens = if matches!(self.back(i, 2), "-") { words::count(self.back(i, 3)) } else { None };
        let (back, number) = match (words::count(self.back(i, 1)), tens) {
            (Some(ones), Some(tens)) if tens >= 20 => (3, tens + ones),
            (number, _) => (1, number?),
        };
        let first = i.checked_sub(back)?;
        let about = ["almost", "half", "least", "nearly", "over", "some", "than", "under"];
        let either = self.back_is(first, 1, &["or", "to"]) && words::count(self.back(first, 2)).is_some();
        let vague = either || self.back_is(first, 1, &about) || matches!(self.back(first, 1), "-" | "–");
        (!vague).then_some((first, number))
    }

    /// `two days later`, `a week earlier`: counted from the day last spoken of.
    fn later(&self, i: usize, unit: Unit) -> Option<Found> {
        let sign = match () {
            () if self.is(i + 1, &["later"]) => 1,
            () if self.is(i + 1, &["earlier"]) && self.ends_date(i + 2) => -1,
            () if self.is(i + 1, &["before"]) && self.is_at_end(i + 2) => -1,
            () => return None,
        };
        let (first, number) = self.number_before(i)?;
        // "He died four years later"
        if unit == Unit::Year && sign > 0 && !self.is(i + 2, &["than"]) {
            return Some(Found { first, end: i + 2, expression: Expression::YearsAfter(number) });
        }
        let days = match unit {
            Unit::Day if (1..=60).contains(&number) => number,
            Unit::Week if number == 1 => 7,
            Unit::Fortnight if number == 1 => 14,
            _ => return None,
        };
        // "Prices are higher than a day earlier" compares with the day before now.
        let compared = sign < 0 && number == 1;
        let expression = Expression::SameDay(sign * days);
        (!compared && !self.is(i + 2, &["than"])).then_some(Found { first, end: i + 2, expression })
    }

    /// `that day`, `the same day`, `later in the day`, `ended the day`, `the following day`.
    pub(super) fn same_day(&self, i: usize) -> Option<Found> {
        let found = |first, days| Some(Found { first, end: i + 1, expression: Expression::SameDay(days) });
        if self.is_upper(i) {
            return None;
        }
        if self.hyphened_to(i) {
            return Some(Found { first: i - 2, end: self.with_time(i + 1), expression: Expression::Offset(0) });
        }
        let the = self.back_is(i, 2, &["the", "that"]);
        // "By 5 p.m. the day before."
        let neighbour = match self.word(i + 1) {
            "before" => -1,
            "after" => 1,
            _ => 0,
        };
        if neighbour != 0 && self.back_is(i, 1, &["the"]) && self.is_at_end(i + 2) {
            return Some(Found { first: i - 1, end: i + 2, expression: Expression::SameDay(neighbour) });
        }
        match () {
            () if self.back_is(i, 1, &["that"]) => found(i - 1, 0),
            () if the && self.back_is(i, 1, &["same"]) => found(i - 2, 0),
            () if the && self.back_is(i, 1, &["following", "next"]) => found(i - 2, 1),
            () if the && self.back_is(i, 1, &["previous"]) => found(i - 2, -1),
            () if self.back_is(i, 1, &["the"]) => self.the_day(i),
            () => None,
        }
    }

    /// Whether a clause or sentence ends before the token at `i`.
    fn is_at_end(&self, i: usize) -> bool {
        matches!(self.kind(i), None | Some(Kind::Stop | Kind::Comma | Kind::Semicolon | Kind::Close))
    }

    pub(super) fn the_day(&self, i: usize) -> Option<Found> {
        let found = |first| Some(Found { first, end: i + 1, expression: Expression::SameDay(0) });
        let part = self.back_is(i, 3, &["early", "late", "earlier", "later"]);
        let ends = self.is_at_end(i + 1);
        match () {
            // "The day's low", "throughout the day"
            () if self.kind(i + 1) == Some(Kind::Possessive) || self.back_is(i, 2, &["during", "throughout"]) => {
                found(i - 1)
            }
            // "Up 2 percent on the day."
            () if ends && self.back_is(i, 2, &["on", "for"]) => found(i - 1),
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

    /// `by that time`
    pub(super) fn that_time(&self, i: usize) -> Option<Found> {
        let by = self.back_is(i, 1, &["that"]) && self.back_is(i, 2, &["by"]);
        by.then(|| Found { first: i - 1, end: i + 1, expression: Expression::ThatTime })
    }

    /// `summer of 2021`, `last winter`, `spring 2014`.
    pub(super) fn season(&self, i: usize, season: Season) -> Option<Found> {
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
    pub(super) fn winter_end(&self, season: Season, end: usize) -> usize {
        let second = matches!(self.word(end), "-" | "–" | "/")
            && self.is_glued(end)
            && self.is_glued(end + 1)
            && self.digits(end + 1).is_some();
        if season == Season::Winter && second { end + 2 } else { end }
    }

    /// `the third quarter of 2021`; without a year it may be a ball game's.
    pub(super) fn quarter(&self, i: usize) -> Option<Found> {
        let quarter = words::quarter(self.back(i, 1))?;
        let first = if self.back_is(i, 2, &["the"]) { i - 2 } else { i - 1 };
        if let Some((year, end)) = self.year_behind(i + 1) {
            return Some(Found { first, end, expression: Expression::Quarter { quarter, year } });
        }
        // "In the third quarter" may be a ball game's, unless money is spoken of.
        let money = (i.saturating_sub(10)..i + 10).any(|at| self.is(at, MONEY));
        let expression = Expression::Quarter { quarter, year: Year::Last };
        money.then_some(Found { first, end: i + 1, expression })
    }

    /// `the first half of 2021`.
    pub(super) fn half(&self, i: usize) -> Option<Found> {
        let months = match () {
            () if self.back_is(i, 1, &["first"]) => (1, 6),
            () if self.back_is(i, 1, &["second", "latter"]) => (7, 12),
            () => return None,
        };
        let (year, end) = self.year_behind(i + 1).filter(|(_, end)| *end > i + 2)?;
        let first = if self.back_is(i, 2, &["the"]) { i - 2 } else { i - 1 };
        Some(Found { first, end, expression: Expression::Months { first: months.0, last: months.1, year } })
    }

    pub(super) fn quarter_number(&self, i: usize, quarter: i8) -> Option<Found> {
        if let Some((year, end)) = self.year_behind(i + 1) {
            return Some(Found { first: i, end, expression: Expression::Quarter { quarter, year } });
        }
        None
    }
}
