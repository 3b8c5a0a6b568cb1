//! Finds expressions of time among the tokens of a text. Says what the words say ("the last October",
//! "19 January without a year"); what they mean is worked out by [`super::resolve`].
//!
//! The scanner stops at the heart of an expression (a month, a weekday, a number, a unit) and looks at the few
//! tokens around it.

mod holidays;
mod months;
mod numbers;
mod parts;
mod reader;
mod units;
mod weekdays;

pub(in crate::extract::dates) use reader::{PERIODS, Reader, among};

use crate::text::{Kind, Token};

use super::words::{self, Season, Term, Unit};

/// Which year an expression speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract::dates) enum Year {
    /// As written.
    Given(i16),
    /// That many calendar years from now: "of next year".
    Shift(i16),
    /// The latest before now: "last October".
    Last,
    /// The first after now: "next October".
    Next,
    /// "That year": the one last spoken of.
    Said,
    /// Not said.
    Missing,
}

/// Which one of a recurring thing is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract::dates) enum Which {
    /// Not said.
    Plain,
    /// "last Friday": the latest before today.
    Last,
    /// "this Friday": of this week.
    This,
    /// "next Friday": of next week.
    Next,
    /// "That Friday": of the day last spoken of, if it was one.
    That,
    /// "Friday week", "a week on Friday".
    WeekOn,
    /// "Friday last week": of the week that many weeks from now.
    InWeek(i32),
}

/// A holiday that is worked out for each year.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract::dates) enum Feast {
    /// That many days behind Easter Sunday.
    Easter(i16),
    /// A weekday (Monday is 1) of a month: the first is 1, the last is -1.
    Weekday { month: i8, weekday: i8, nth: i8 },
}

/// An expression of time, as the words give it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract::dates) enum Expression {
    /// A day of a month.
    Day { year: Year, month: i8, day: i8, weekday: Option<i8> },
    /// A holiday whose day is another one each year.
    Feast { feast: Feast, year: Year },
    /// A day of the month last spoken of: "on the 14th"; or of the month that many months from now: "the 15th of this
    /// month".
    DayOfMonth(i8, Option<i32>),
    /// Two numbers, of which either is the day, and a year: `7/8/07`.
    Numbers(i8, i8, i16),
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
    /// A weekday and the number of its day: "Friday, the 19th".
    NumberedWeekday(i8, i8),
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
    /// A weekday, Monday is 1, behind (`true`) or before the day last spoken of: "the following Monday".
    WeekdayFrom(i8, bool),
    /// Days from the day last spoken of: "that day" is 0, "the following day" 1.
    SameDay(i32),
    /// Years behind the one last spoken of: "four years later".
    YearsAfter(i32),
    /// A clock time, of the day last spoken of.
    Clock,
    /// "By that time": the day last spoken of, and close by.
    ThatTime,
    /// A month behind the one last spoken of: "the following May".
    MonthAfter(i8),
}

/// An expression and its tokens, from `first` up to but not including `end`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::extract::dates) struct Found {
    pub(in crate::extract::dates) first: usize,
    pub(in crate::extract::dates) end: usize,
    pub(in crate::extract::dates) expression: Expression,
}

impl Expression {
    /// The expression, of "that year", with the year that is.
    pub(in crate::extract::dates) fn of_said_year(mut self, said: i16) -> Expression {
        if let Expression::Day { year, .. }
        | Expression::Feast { year, .. }
        | Expression::Days { year, .. }
        | Expression::Month { year, .. }
        | Expression::Months { year, .. }
        | Expression::Season { year, .. }
        | Expression::Quarter { year, .. } = &mut self
            && *year == Year::Said
        {
            *year = Year::Given(said);
        }
        self
    }

    /// Whether the words alone leave open if it lies behind or ahead.
    pub(in crate::extract::dates) fn needs_direction(self) -> bool {
        match self {
            Expression::Weekday(_, which) | Expression::Weekend(which) => matches!(which, Which::Plain | Which::That),
            Expression::Day { year, .. }
            | Expression::Feast { year, .. }
            | Expression::Days { year, .. }
            | Expression::Month { year, .. }
            | Expression::Months { year, .. } => year == Year::Missing,
            _ => false,
        }
    }
}

impl Reader<'_> {
    /// Hands every expression from token `from` on to `sink`, in order, without overlaps.
    pub(in crate::extract::dates) fn each(&self, from: usize, mut sink: impl FnMut(Found)) {
        let bytes = self.text.as_bytes();
        // Asked of every token of a text.
        let may_begin = |token: &Token| match token.kind {
            Kind::Word => words::may_be_heart(bytes, token.start as usize, token.end as usize),
            kind => kind == Kind::Number,
        };
        let mut i = from;
        while let Some(next) = self.tokens.get(i..).and_then(|rest| rest.iter().position(may_begin)) {
            i += next;
            let number = self.kind(i) == Some(Kind::Number);
            let Some(found) = (if number { self.at_number(i) } else { self.at_word(i) }) else {
                i += 1;
                continue;
            };
            let found = Found { end: found.end.max(i + 1), ..found };
            i = found.end;
            sink(found);
        }
    }

    /// The expression whose heart is the word at `i`.
    pub(super) fn at_word(&self, i: usize) -> Option<Found> {
        match self.term(i)? {
            Term::Month(month) if self.is_upper(i) => self
                .month_first(i, month, i + 1)
                .or_else(|| self.month_and_ordinal(i, month))
                .or_else(|| self.month(i, month)),
            Term::ShortMonth(month) if self.is_upper(i) => self.short_month(i, month),
            Term::Weekday(day) if self.is_upper(i) => self.weekday(i, day),
            Term::ShortWeekday(day) if self.is_upper(i) => self.dated_weekday(i, day),
            Term::Offset(days) => self.offset(i, days),
            Term::Unit(unit, plural) => self.unit(i, unit, plural),
            Term::PartOfDay => self.part_of_day(i),
            Term::Season(season) => self.season(i, season),
            Term::Quarter => self.quarter(i),
            Term::QuarterNumber(quarter) => self.quarter_number(i, quarter),
            Term::Half => self.half(i),
            Term::Holiday if self.is_upper(i) => self.holiday(i),
            Term::Noon => self.noon(i),
            Term::OClock => self.o_clock(i),
            Term::Morrow => self.morrow(i),
            Term::Time => self.that_time(i),
            _ => None,
        }
    }
}
