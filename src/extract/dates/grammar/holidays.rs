//! Holidays of one day: `Christmas Day`, `New Year's Eve`, `Good Friday`.

use std::sync::LazyLock;

use crate::text::Kind;

use super::super::words;
use super::{Expression, Feast, Found, Reader, Year};

/// A line of `data/holidays.txt`.
struct Holiday {
    /// The words of its name; `'s` and `'` are words.
    name: Vec<&'static str>,
    /// Whether the name is that of a season or something else too.
    doubtful: bool,
    day: Day,
}

/// How the day of a holiday is told.
#[derive(Clone, Copy)]
enum Day {
    /// A month and a day.
    Fixed(i8, i8),
    Feast(Feast),
}

/// In order of their first words.
static HOLIDAYS: LazyLock<Vec<Holiday>> = LazyLock::new(|| {
    let lines = include_str!("../../data/holidays.txt").lines().filter(|line| !line.starts_with('#'));
    let mut all: Vec<Holiday> = lines.filter_map(holiday).collect();
    all.sort_by_key(|holiday| holiday.name.first().copied());
    all
});

fn holiday(line: &'static str) -> Option<Holiday> {
    let (when, name) = line.split_once(": ")?;
    let plain = name.trim_matches(['(', ')']);
    let name_of = |word: &'static str| match word.find('\'') {
        Some(at) => [word.get(..at), word.get(at..)],
        None => [Some(word), None],
    };
    let doubtful = plain.len() < name.len();
    Some(Holiday { name: plain.split(' ').flat_map(name_of).flatten().collect(), doubtful, day: day(when)? })
}

/// `12-25`, `easter -2`, `1 monday 09`
fn day(when: &str) -> Option<Day> {
    if let Some((month, day)) = when.split_once('-').filter(|(month, _)| month.len() == 2) {
        return Some(Day::Fixed(month.parse().ok()?, day.parse().ok()?));
    }
    let mut parts = when.split(' ');
    match (parts.next()?, parts.next()?, parts.next()) {
        ("easter", days, None) => Some(Day::Feast(Feast::Easter(days.parse().ok()?))),
        (nth, weekday, Some(month)) => {
            let (nth, weekday, month) = (nth.parse().ok()?, words::weekday(weekday)?, month.parse().ok()?);
            Some(Day::Feast(Feast::Weekday { month, weekday, nth }))
        }
        _ => None,
    }
}

impl Reader<'_> {
    /// The holiday whose name begins at `i`: the longest one.
    pub(super) fn holiday(&self, i: usize) -> Option<Found> {
        let first = |holiday: &Holiday| holiday.name.first().copied().unwrap_or_default();
        let word = self.word(i);
        let from = HOLIDAYS.partition_point(|holiday| is_before(first(holiday), word));
        let begin = HOLIDAYS.get(from..)?.iter().take_while(|holiday| first(holiday).eq_ignore_ascii_case(word));
        let named = begin.filter(|holiday| self.is_named(i, &holiday.name));
        let holiday = named.max_by_key(|holiday| holiday.name.len())?;
        let end = i + holiday.name.len();
        // "Christmas" is the day in "before Christmas", not in "over Christmas" and "Christmas shopping".
        let one_day = self.back_is(i, 1, &["after", "at", "before", "by", "for", "on", "since", "until"])
            && self.ends_date(end)
            && (!self.is_upper(end) || self.starts_sentence(end));
        // "The Labor Day weekend" is more than that day.
        let around = self.is(end, &["holiday", "holidays", "period", "season", "week", "weekend"]);
        if around || holiday.doubtful && !one_day {
            return None;
        }
        let (year, end) = self.year_behind(end).unwrap_or((Year::Missing, end));
        let (first, shift) = self.day_beside(i);
        match holiday.day {
            // The day beside one at the end of its month is left out.
            Day::Fixed(month, day) if shift == 0 || (2..28).contains(&day) => {
                let expression = Expression::Day { year, month, day: day + shift, weekday: None };
                Some(Found { first, end, expression })
            }
            Day::Feast(Feast::Easter(days)) => {
                let feast = Feast::Easter(days + i16::from(shift));
                Some(Found { first, end, expression: Expression::Feast { feast, year } })
            }
            Day::Feast(feast) if shift == 0 => {
                Some(Found { first, end, expression: Expression::Feast { feast, year } })
            }
            _ => None,
        }
    }

    /// "The day after" in front of the token at `i`: where it begins, and how many days it shifts.
    fn day_beside(&self, i: usize) -> (usize, i8) {
        let the_day = self.back_is(i, 2, &["day"]) && self.back_is(i, 3, &["the"]);
        match self.back(i, 1) {
            "after" if the_day => (i - 3, 1),
            "before" if the_day => (i - 3, -1),
            _ => (i, 0),
        }
    }

    /// Whether the words of `name`, each capitalised, stand at `i`.
    fn is_named(&self, i: usize, name: &[&str]) -> bool {
        name.iter().enumerate().all(|(n, part)| match *part {
            "'s" => self.kind(i + n) == Some(Kind::Possessive),
            "'" => self.kind(i + n) == Some(Kind::Mark) && self.is_glued(i + n),
            "of" => self.is(i + n, &["of"]),
            part => self.is(i + n, &[part]) && self.is_upper(i + n),
        })
    }
}

/// Whether `a`, which is lower case, comes before `b` in whatever case.
fn is_before(a: &str, b: &str) -> bool {
    a.bytes().lt(b.bytes().map(|byte| byte.to_ascii_lowercase()))
}

#[cfg(test)]
mod tests {
    use super::super::super::words::Term;
    use super::*;

    #[test]
    fn each_line_is_read_and_the_scanner_stops_at_it() {
        let lines = include_str!("../../data/holidays.txt").lines().filter(|line| !line.starts_with('#'));
        assert_eq!(HOLIDAYS.len(), lines.count());
        for holiday in HOLIDAYS.iter() {
            let first = holiday.name.first().copied().unwrap_or_default();
            assert_eq!(words::term(first.as_bytes()), Some(Term::Holiday), "{first}");
        }
    }
}
