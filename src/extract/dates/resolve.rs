//! Works out what an expression of time means, given the day it was printed.

use jiff::civil::Date;

use crate::when::{Precision, When, day_from_number, day_number};

use super::grammar::{Expression, Feast, Which, Year};
use super::words::{Season, Unit};

/// Whether the words around an expression say that its time has passed or is to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Direction {
    /// Not said: news speaks of the past, and of what is soon to come.
    Open,
    /// Passed.
    Past,
    /// To come.
    Future,
    /// It was to come: "was due on", which may have passed since.
    Planned,
}

/// A month and day without a year lies at most that many days ahead when nothing says which way to look: agencies
/// write the year of everything outside the current one.
const DAYS_AHEAD: i64 = 120;

/// A month and day without a year that would lie farther ahead than this many days is the one before.
const YEAR_AHEAD: i64 = 340;

/// As [`YEAR_AHEAD`], for one of the next year, which would be written.
const NEXT_YEAR_AHEAD: i64 = 300;

/// What has passed may be dated that many days after the article: clocks and papers differ.
const SLACK: i64 = 2;

/// A month without a year lies at most that many months ahead when nothing says which way to look.
const MONTHS_AHEAD: i32 = 1;

/// What `expression` means by itself; `None` if that depends on when it was printed.
pub(super) fn absolute(expression: Expression) -> Option<When> {
    match expression {
        Expression::Day { year: Year::Given(year), month, day, .. } => Date::new(year, month, day).ok().map(When::day),
        Expression::Days { first, last, year: Year::Given(year) } => days(first, last, year),
        Expression::Feast { feast, year: Year::Given(year) } => feast_of(feast, year).map(When::day),
        Expression::Month { year: Year::Given(year), month } => When::month(year, month),
        Expression::Months { first, last, year: Year::Given(year) } => months(first, last, year),
        Expression::Years(first, last) if first == last => When::year(first),
        Expression::Years(first, last) => Some(When::range(When::year(first)?.first, When::year(last)?.last)),
        Expression::Season { season, year: Year::Given(year) } => season_of(season, year),
        Expression::Quarter { quarter, year: Year::Given(year) } => quarter_of(quarter, year),
        _ => None,
    }
}

/// What `expression` means in an article printed in `printed`: certain only where every day of it gives the same.
pub(super) fn relative(expression: Expression, printed: &When, direction: Direction) -> Option<When> {
    if let Some(day) = in_month(expression, printed) {
        return Some(day);
    }
    let when = relative_to(expression, printed.first, direction)?;
    let same = printed.first == printed.last || relative_to(expression, printed.last, direction) == Some(when);
    same.then_some(when)
}

/// A day without its year in an article that is dated to that very month: of that month, whichever way it lies.
fn in_month(expression: Expression, printed: &When) -> Option<When> {
    let Expression::Day { year: Year::Missing, month, day, .. } = expression else { return None };
    let same = printed.precision == Precision::Month && printed.first.month() == month;
    same.then(|| Date::new(printed.first.year(), month, day).ok().map(When::day))?
}

/// What `expression` means when printed on `today`.
fn relative_to(expression: Expression, today: Date, direction: Direction) -> Option<When> {
    match expression {
        Expression::Day { year, month, day, weekday } => {
            let year = day_year(year, month, day, weekday, today, direction)?;
            Date::new(year, month, day).ok().map(When::day)
        }
        Expression::Feast { feast, year } => feast_near(feast, year, today, direction).map(When::day),
        Expression::Days { first, last, year } => {
            // "The season lasts from June 1 to Nov. 30", told in July.
            let now = (today.year()..=today.year() + 1).filter_map(|year| days(first, last, year));
            let lasting = || now.into_iter().find(|days| days.first <= today && today <= days.last);
            let missing = year == Year::Missing && direction == Direction::Open;
            match missing.then(lasting).flatten() {
                Some(days) => Some(days),
                None => days(first, last, day_year(year, last.0, last.1, None, today, direction)?),
            }
        }
        Expression::Month { year, month } => When::month(month_year(year, month, today, direction)?, month),
        Expression::Months { first, last, year } => months(first, last, month_year(year, last, today, direction)?),
        Expression::Weekday(day, which) => weekday(day, which, today, direction).map(When::day),
        Expression::NumberedWeekday(weekday, day) => numbered_weekday(weekday, day, today).map(When::day),
        Expression::Offset(days) => shift_days(today, i64::from(days)).map(When::day),
        Expression::Unit(unit, shift) => unit_from(unit, shift, today),
        Expression::Weekend(which) => weekend(which, today, direction),
        Expression::Season { season, year } => season_from(season, year, today),
        Expression::Numbers(a, b, year) => nearby(a, b, year, today).map(When::day),
        Expression::Quarter { quarter, year: Year::Shift(shift) } => quarter_of(quarter, today.year() + shift),
        Expression::Quarter { quarter, year: Year::Last } => {
            let ended = |when: &When| when.last < today;
            quarter_of(quarter, today.year()).filter(ended).or_else(|| quarter_of(quarter, today.year() - 1))
        }
        _ => absolute(expression),
    }
}

/// The last day with that number up to `today`, or the next one.
pub(super) fn day_of_month(day: i8, today: Date, direction: Direction) -> Option<When> {
    let shift = match direction {
        Direction::Open | Direction::Past | Direction::Planned => -i32::from(day > today.day()),
        Direction::Future => i32::from(day < today.day()),
    };
    day_in_month(day, today, shift)
}

/// The day with that number in the month that many months from that of `today`.
pub(super) fn day_in_month(day: i8, today: Date, shift: i32) -> Option<When> {
    let month = i32::from(today.year()) * 12 + i32::from(today.month()) - 1 + shift;
    let year = i16::try_from(month.div_euclid(12)).ok()?;
    Date::new(year, month.rem_euclid(12) as i8 + 1, day).ok().map(When::day)
}

/// The day that many days after `date`.
pub(super) fn shift_days(date: Date, days: i64) -> Option<Date> {
    day_from_number(day_number(date) + days)
}

/// The one reading of two numbers as day and month that is close to `today`, if the other is far from it.
fn nearby(a: i8, b: i8, year: i16, today: Date) -> Option<Date> {
    const CLOSE: i64 = 7;
    const FAR: i64 = 21;
    let days = [(a, b), (b, a)].map(|(month, day)| Date::new(year, month, day).ok());
    let distance = |date: Option<Date>| date.map_or(i64::MAX, |d| (day_number(d) - day_number(today)).abs());
    match days.map(distance) {
        [first, second] if first <= CLOSE && second > FAR => days[0],
        [first, second] if second <= CLOSE && first > FAR => days[1],
        _ => None,
    }
}

/// The weekday of a date, Monday is 1.
pub(super) fn weekday_of(date: Date) -> i8 {
    date.weekday().to_monday_one_offset()
}

fn days(first: (i8, i8), last: (i8, i8), year: i16) -> Option<When> {
    let opened = if first > last { year - 1 } else { year };
    Some(When::range(Date::new(opened, first.0, first.1).ok()?, Date::new(year, last.0, last.1).ok()?))
}

fn months(first: i8, last: i8, year: i16) -> Option<When> {
    let opened = if first > last { year - 1 } else { year };
    Some(When::range(When::month(opened, first)?.first, When::month(year, last)?.last))
}

/// The year of a month and day. A weekday that fits exactly one of the years around decides.
fn day_year(year: Year, month: i8, day: i8, weekday: Option<i8>, today: Date, direction: Direction) -> Option<i16> {
    let this = today.year();
    let near = [this - 1, this, this + 1];
    let ahead = |year: i16| Some(day_number(Date::new(year, month, day).ok()?) - day_number(today));
    match year {
        Year::Given(year) => Some(year),
        Year::Shift(shift) => Some(this + shift),
        Year::Said => None,
        Year::Last => near.into_iter().rev().find(|y| ahead(*y).is_some_and(|d| d < 0)),
        Year::Next => near.into_iter().find(|y| ahead(*y).is_some_and(|d| d > 0)),
        Year::Missing => {
            let fits = |y: &i16| weekday.is_some() && Date::new(*y, month, day).ok().map(weekday_of) == weekday;
            let mut fitting = near.into_iter().filter(fits);
            if let (Some(year), None) = (fitting.next(), fitting.next()) {
                return Some(year);
            }
            match direction {
                Direction::Future => {
                    let next = near.into_iter().find(|y| ahead(*y).is_some_and(|d| d >= 0))?;
                    // Nobody who speaks of next year's means a day just past.
                    let most = if next > this { NEXT_YEAR_AHEAD } else { YEAR_AHEAD };
                    let just_past = ahead(next).is_some_and(|d| d > most);
                    Some(if just_past { next - 1 } else { next })
                }
                Direction::Past => near.into_iter().rev().find(|y| ahead(*y).is_some_and(|d| d <= SLACK)),
                Direction::Open | Direction::Planned => {
                    near.into_iter().rev().find(|y| ahead(*y).is_some_and(|d| d <= DAYS_AHEAD))
                }
            }
        }
    }
}

/// The day of a feast in a year.
fn feast_of(feast: Feast, year: i16) -> Option<Date> {
    match feast {
        Feast::Easter(behind) => shift_days(easter(year)?, i64::from(behind)),
        Feast::Weekday { month, weekday, nth } => {
            let first = Date::new(year, month, 1).ok()?;
            let date = if nth < 0 { first.last_of_month() } else { first };
            let ahead = i64::from((weekday - weekday_of(date)).rem_euclid(7));
            let back = if nth < 0 && ahead > 0 { 7 } else { 0 };
            shift_days(date, ahead - back + 7 * i64::from(nth.max(1) - 1))
        }
    }
}

/// Easter Sunday of the western churches (the rule of Butcher).
fn easter(year: i16) -> Option<Date> {
    let year = i32::from(year);
    let (golden, century, rest) = (year % 19, year / 100, year % 100);
    let epact = (19 * golden + century - century / 4 - (century - (century + 8) / 25 + 1) / 3 + 15) % 30;
    let weekday = (32 + 2 * (century % 4) + 2 * (rest / 4) - epact - rest % 4) % 7;
    let late = (golden + 11 * epact + 22 * weekday) / 451;
    let day = epact + weekday - 7 * late + 114;
    Date::new(i16::try_from(year).ok()?, (day / 31) as i8, (day % 31) as i8 + 1).ok()
}

fn feast_near(feast: Feast, year: Year, today: Date, direction: Direction) -> Option<Date> {
    let this = today.year();
    let near = [this - 1, this, this + 1].map(|year| feast_of(feast, year));
    match (year, direction) {
        (Year::Given(year), _) => feast_of(feast, year),
        (Year::Shift(shift), _) => feast_of(feast, this + shift),
        (Year::Said, _) => None,
        (Year::Next, _) | (Year::Missing, Direction::Future) => {
            let next = near.into_iter().flatten().find(|day| *day >= today)?;
            // "It was extended until Labor Day", told in October.
            let just_past = year == Year::Missing && day_number(next) - day_number(today) > NEXT_YEAR_AHEAD;
            if just_past { near.into_iter().flatten().rfind(|day| *day < today) } else { Some(next) }
        }
        (Year::Last, _) | (_, Direction::Past) => near.into_iter().flatten().rfind(|day| *day <= today),
        _ => near.into_iter().flatten().min_by_key(|day| (day_number(*day) - day_number(today)).abs()),
    }
}

fn month_year(year: Year, month: i8, today: Date, direction: Direction) -> Option<i16> {
    let this = today.year();
    let near = [this - 1, this, this + 1];
    let ahead = |year: i16| i32::from(year - this) * 12 + i32::from(month - today.month());
    match year {
        Year::Given(year) => Some(year),
        Year::Shift(shift) => Some(this + shift),
        Year::Said => None,
        Year::Last => near.into_iter().rev().find(|y| ahead(*y) < 0),
        Year::Next => near.into_iter().find(|y| ahead(*y) > 0),
        Year::Missing if direction == Direction::Future => near.into_iter().find(|y| ahead(*y) >= 0),
        Year::Missing if direction == Direction::Past => near.into_iter().rev().find(|y| ahead(*y) <= 0),
        Year::Missing => near.into_iter().rev().find(|y| ahead(*y) <= MONTHS_AHEAD),
    }
}

fn weekday(day: i8, which: Which, today: Date, direction: Direction) -> Option<Date> {
    let ahead = i64::from((day - weekday_of(today)).rem_euclid(7));
    let days = match which {
        Which::Plain | Which::That if matches!(direction, Direction::Future | Direction::Planned) => ahead,
        Which::Plain | Which::That => (ahead + 6) % 7 - 6,
        Which::Last => ahead - 7,
        // The week of many papers begins on Sunday: on a Monday, the next is the one that is coming.
        Which::Next if day == 7 && ahead > 3 => ahead,
        // "Next Friday" on a Wednesday is not the one two days off, which is "this Friday".
        Which::Next => i64::from(day - weekday_of(today)) + 7,
        Which::This => i64::from(day - weekday_of(today)),
        // "Monday week": a week behind the one that is coming.
        Which::WeekOn => (ahead + 6) % 7 + 8,
        Which::InWeek(weeks) => i64::from(day - weekday_of(today)) + 7 * i64::from(weeks),
    };
    shift_days(today, days)
}

/// The day of that number and weekday nearest to `today`.
pub(super) fn numbered_weekday(weekday: i8, day: i8, today: Date) -> Option<Date> {
    const MONTHS: i32 = 3;
    let near = (-MONTHS..=MONTHS).filter_map(|shift| day_in_month(day, today, shift)).map(|when| when.first);
    near.filter(|date| weekday_of(*date) == weekday).min_by_key(|date| (day_number(*date) - day_number(today)).abs())
}

/// The first such weekday behind `day`, or the last one before it.
pub(super) fn weekday_from(weekday: i8, behind: bool, day: Date) -> Option<Date> {
    let ahead = i64::from((weekday - weekday_of(day) + 6).rem_euclid(7) + 1);
    shift_days(day, if behind { ahead } else { ahead - 7 - 7 * i64::from(ahead == 7) })
}

/// Saturday and Sunday; a weekend that has begun is the one spoken of.
fn weekend(which: Which, today: Date, direction: Direction) -> Option<When> {
    let begun = weekday_of(today) >= 6;
    let saturday = i64::from(6 - weekday_of(today));
    let days = match which {
        Which::Last => saturday - 7,
        Which::Next => {
            if begun {
                saturday + 7
            } else {
                saturday
            }
        }
        _ if begun || matches!(direction, Direction::Future | Direction::Planned) => saturday,
        _ => saturday - 7,
    };
    let first = shift_days(today, days)?;
    Some(When::range(first, shift_days(first, 1)?))
}

fn unit_from(unit: Unit, shift: i32, today: Date) -> Option<When> {
    match unit {
        Unit::Day => shift_days(today, i64::from(shift)).map(When::day),
        Unit::Week => {
            let monday = shift_days(today, 7 * i64::from(shift) - i64::from(weekday_of(today) - 1))?;
            Some(When::range(monday, shift_days(monday, 6)?))
        }
        Unit::Fortnight | Unit::Weekend => None,
        Unit::Month => {
            let month = i32::from(today.year()) * 12 + i32::from(today.month()) - 1 + shift;
            When::month(i16::try_from(month.div_euclid(12)).ok()?, month.rem_euclid(12) as i8 + 1)
        }
        Unit::Year => When::year(i16::try_from(i32::from(today.year()) + shift).ok()?),
    }
}

/// A season by the calendar months, northern half; the winter of a year begins in its December.
fn season_of(season: Season, year: i16) -> Option<When> {
    let (first, last) = match season {
        Season::Spring => (3, 5),
        Season::Summer => (6, 8),
        Season::Autumn => (9, 11),
        Season::Winter => (12, 14),
    };
    let last = if last > 12 { When::month(year + 1, last - 12)? } else { When::month(year, last)? };
    Some(When::range(When::month(year, first)?.first, last.last))
}

fn season_from(season: Season, year: Year, today: Date) -> Option<When> {
    let this = today.year();
    let mut near = (this - 2..=this + 1).filter_map(|year| season_of(season, year));
    match year {
        Year::Given(year) => season_of(season, year),
        Year::Shift(0) => near.find(|s| s.last >= today && s.first <= today).or_else(|| season_of(season, this)),
        Year::Shift(shift) => season_of(season, this + shift),
        Year::Last => near.rfind(|s| s.last < today),
        Year::Next => near.find(|s| s.first > today),
        Year::Said | Year::Missing => None,
    }
}

fn quarter_of(quarter: i8, year: i16) -> Option<When> {
    Some(When::range(When::month(year, 3 * quarter - 2)?.first, When::month(year, 3 * quarter)?.last))
}
