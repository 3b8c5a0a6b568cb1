//! Weekdays, by themselves or with their date, and today, yesterday, tomorrow.

use crate::text::Kind;

use super::super::words::Term;
use super::{Expression, Found, Reader, Which, Year};
use crate::extract::names::lexicon;

/// Capitalised words in front of a weekday that make it something else.
#[rustfmt::skip]
const BEFORE_WEEKDAYS: &[&str] = &[
    "any", "ash", "black", "bloody", "cyber", "each", "easter", "every", "fat", "freaky", "giving", "good", "holy",
    "manic", "maundy", "one", "palm", "ruby", "sheffield", "shrove", "some", "super",
];

/// Capitalised words behind a weekday that make it a name.
#[rustfmt::skip]
const AFTER_WEEKDAYS: &[&str] = &[
    "addams", "business", "express", "herald", "independent", "mail", "mirror", "people", "post", "star",
    "sun", "telegraph", "times", "tribune", "world",
];

impl Reader<'_> {
    /// A weekday in front of its date: `Wednesday, January 19`, `Wed 19 Jan 2022`.
    pub(super) fn dated_weekday(&self, i: usize, weekday: i8) -> Option<Found> {
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
            Kind::Number => match self.weekday_range(i, at) {
                Some(range) => return Some(range),
                None => self.day_first(at),
            },
            _ => None,
        }?;
        let Expression::Day { year, month, day, .. } = date.expression else { return None };
        Some(Found {
            first: i,
            end: date.end,
            expression: Expression::Day { year, month, day, weekday: Some(weekday) },
        })
    }

    /// `Friday 15 to Sunday 17 April`: the weekday is at `i`, its number at `at`.
    fn weekday_range(&self, i: usize, at: usize) -> Option<Found> {
        let joined = self.is_to(at + 1) || self.is(at + 1, &["and"]);
        let weekday = matches!(self.term(at + 2), Some(Term::Weekday(_) | Term::ShortWeekday(_)));
        let (first, last) = (self.day(at)?, self.day(at + 3).filter(|_| joined && weekday)?);
        let month = self.month_at(at + 4).filter(|_| last > first)?;
        let (year, end) = self.year_behind(at + 5).unwrap_or((Year::Missing, at + 5));
        let expression = Expression::Days { first: (month, first), last: (month, last), year };
        Some(Found { first: i, end, expression })
    }

    /// `Friday, the 19th`, `Friday 19th`, whose month is not said.
    fn numbered_weekday(&self, i: usize, weekday: i8) -> Option<Found> {
        let comma = i + 1 + usize::from(self.kind(i + 1) == Some(Kind::Comma));
        let at = comma + usize::from(self.is(comma, &["the"]));
        let ordinal = self.word(at).ends_with(|c: char| c.is_ascii_alphabetic()) && (at > comma || comma == i + 1);
        let day = self.day(at).filter(|_| ordinal && self.ends_date(at + 1) && !self.is(at + 1, &["of"]))?;
        Some(Found { first: i, end: at + 1, expression: Expression::NumberedWeekday(weekday, day) })
    }

    pub(super) fn weekday(&self, i: usize, weekday: i8) -> Option<Found> {
        if let Some(found) = self.dated_weekday(i, weekday).or_else(|| self.numbered_weekday(i, weekday)) {
            return Some(found);
        }
        let name = self.back_is(i, 1, BEFORE_WEEKDAYS)
            || (self.is_upper(i + 1) && self.is(i + 1, AFTER_WEEKDAYS))
            || (self.is(i + 1, &["night"]) && self.is_upper(i + 1))
            || (self.back_is(i, 1, &["a"]) && !self.back_is(i, 2, &["in"]));
        if name || self.is_name(i) || self.is_any_week(i) {
            return None;
        }
        if let Some(found) = self.week_on(i, weekday) {
            return Some(found);
        }
        let mut end = self.with_time(i + 1);
        let of = end + usize::from(self.is(end, &["of"]));
        if self.is(of + 1, &["week"])
            && let Some(weeks) = self.shift(of)
        {
            return Some(Found {
                first: i,
                end: of + 2,
                expression: Expression::Weekday(weekday, Which::InWeek(weeks)),
            });
        }
        // "The following Monday" counts from the day spoken of.
        if self.back_is(i, 1, &["following"]) || (self.back_is(i, 1, &["previous"]) && self.back_is(i, 2, &["the"])) {
            let expression = Expression::WeekdayFrom(weekday, self.back_is(i, 1, &["following"]));
            return Some(Found { first: i - 1, end: end.max(i + 1), expression });
        }
        let (first, which) = self.which(i);
        // "The next Tuesday" is told of another time than now.
        if which == Which::Next && self.back_is(first, 1, &["the"]) {
            return None;
        }
        let first = if which == Which::Plain { self.with_part(i) } else { first };
        let which = if first == i && self.back_is(i, 1, &["that"]) { Which::That } else { which };
        end = end.max(i + 1);
        Some(Found { first, end, expression: Expression::Weekday(weekday, which) })
    }

    /// Whether the weekday is part of a name: "in Friday Harbor", "Bishop Sunday Adu", "a plumber, Al Friday".
    fn is_name(&self, i: usize) -> bool {
        let capital = |at: usize| self.is_upper(at) && !self.starts_sentence(at);
        if capital(i + 1) && self.kind(i + 1) == Some(Kind::Word) && self.back_is(i, 1, &["at", "in", "near", "of"]) {
            return true;
        }
        if !self.is_glued_name(i) {
            return false;
        }
        let before = lexicon::of_word(self.word(i - 1));
        if capital(i + 1) {
            return before.any(lexicon::HONORIFIC.or(lexicon::ROLE));
        }
        // "In Charlotte Friday" is said of a town, "Hillary Clinton Friday" of a day.
        before.any(lexicon::FORENAME)
            && !before.any(lexicon::COMMON_FORENAME)
            && !self.back_is(i, 2, &["at", "from", "in", "near", "of", "to"])
            && !i.checked_sub(2).is_some_and(capital)
    }

    /// Whether a capitalised word stands right before the token at `i`, in its sentence.
    fn is_glued_name(&self, i: usize) -> bool {
        i > 0 && self.is_upper(i - 1) && self.kind(i - 1) == Some(Kind::Word) && !self.starts_sentence(i)
    }

    /// Whether the weekday is one of no week in particular: "the first Monday of the month", "Monday to Friday", "until the
    /// Monday".
    fn is_any_week(&self, i: usize) -> bool {
        let weekday = |at: usize| self.is_weekday(at);
        let counted = self.back_is(i, 1, &["first", "second", "third", "fourth"]) && self.is(i + 1, &["of", "in"]);
        let hours = |from: usize| {
            let plain = self.is(from, &["monday"]) && self.is(from + 2, &["friday", "saturday", "sunday"]);
            plain && self.is_to(from + 1) && weekday(from + 2) && !self.back_is(from, 1, &["from", "on"])
        };
        // "Open 10 a.m. to 5 p.m. Tuesday through Sunday"
        let opening = |from: usize| self.is_week(from) && from > 0 && self.is_half_day(from - 1);
        // "On a normal Sunday, cars queue"
        let normal = ["average", "given", "normal", "ordinary", "regular", "typical", "usual"];
        let usual = self.back_is(i, 2, &["a", "an"]) && self.back_is(i, 1, &normal);
        // "A wet Tuesday in May"
        let some = self.is(i + 1, &["in"]) && self.month_at(i + 2).is_some();
        // The one of a story told, whose week is not this.
        let told = self.back_is(i, 1, &["the"]) && self.ends_date(i + 1) && self.kind(i + 1) != Some(Kind::Possessive);
        // "Saturday is our busiest day"
        let general = self.is(i + 1, &["is"]) && (i + 2..i + 6).any(|at| self.is(at, &["day"]));
        // "It opens on Wednesday afternoons", "on Tuesday and Thursday evenings"
        let parts = |at: usize| self.is(at, &["mornings", "afternoons", "evenings", "nights"]);
        let often = parts(i + 1) || self.is(i + 1, &["and", "or"]) && weekday(i + 2) && parts(i + 3);
        counted
            || often
            || usual
            || some
            || told
            || general
            || (self.is_to(i + 1) && (hours(i) || opening(i)))
            || (i > 1 && self.is_to(i - 1) && (hours(i - 2) || opening(i - 2)))
    }

    /// `Tuesday through Sunday`
    pub(super) fn is_week(&self, i: usize) -> bool {
        let weekday = |at: usize| self.is_weekday(at);
        self.is_to(i + 1) && weekday(i) && weekday(i + 2)
    }

    /// `Saturday week`, `a week on Saturday`: a week behind the one that is coming, to the British.
    fn week_on(&self, i: usize, weekday: i8) -> Option<Found> {
        let expression = Expression::Weekday(weekday, Which::WeekOn);
        if self.back_is(i, 1, &["on"]) && self.back_is(i, 2, &["week"]) && self.back_is(i, 3, &["a"]) {
            return Some(Found { first: i - 3, end: i + 1, expression });
        }
        let alone = self.is(i + 1, &["week"]) && self.is_lower_word(i + 1) && !self.is_compound(i + 1);
        let ends = self.kind(i + 2) != Some(Kind::Possessive);
        (alone && ends).then_some(Found { first: i, end: i + 2, expression })
    }

    pub(super) fn offset(&self, i: usize, days: i32) -> Option<Found> {
        // "USA Today" and the like.
        if self.is_upper(i) && !self.starts_sentence(i) && !self.opens_speech(i) {
            return None;
        }
        let found = |first, end, days| Some(Found { first, end, expression: Expression::Offset(days) });
        if self.back_is(i, 1, &["week"]) && self.back_is(i, 2, &["a"]) && days >= 0 && !self.is(i, &["tonight"]) {
            return found(i - 2, i + 1, days + 7);
        }
        if self.back_is(i, 2, &["day"]) && days != 0 {
            let sign = if self.back_is(i, 1, &["after", "before"]) { days.signum() } else { 0 };
            let first = if self.back_is(i, 3, &["the"]) { i - 3 } else { i.saturating_sub(2) };
            return found(first, i + 1, days + sign);
        }
        let end = self.with_time(i + 1);
        found(self.with_part(i), end, days)
    }

    /// `(Tuesday)` at `i`.
    pub(in crate::extract::dates) fn weekday_in_brackets(&self, i: usize) -> Option<i8> {
        match self.term(i + 1).filter(|_| self.kind(i) == Some(Kind::Open))? {
            Term::Weekday(day) => Some(day),
            _ => None,
        }
    }

    /// `to-morrow`, as older papers have it.
    pub(super) fn morrow(&self, i: usize) -> Option<Found> {
        self.hyphened_to(i).then(|| Found {
            first: i - 2,
            end: self.with_time(i + 1),
            expression: Expression::Offset(1),
        })
    }

    /// Whether "to-" stands before the word at `i`: `to-day`, `to-night`.
    pub(super) fn hyphened_to(&self, i: usize) -> bool {
        self.is_glued(i)
            && self.back_is(i, 1, &["-"])
            && self.back_is(i, 2, &["to"])
            && self.is_glued(i - 1)
            && !self.is_glued(i - 2)
    }

    pub(super) fn opens_speech(&self, i: usize) -> bool {
        i == 0 || matches!(self.kind(i - 1), Some(Kind::Mark | Kind::Open | Kind::Colon))
    }
}
