//! A stretch of calendar time with the precision it was given in: a day, a month, a year, or a range.

use std::fmt;
use std::str::FromStr;

use jiff::civil::Date;
use serde::{Deserialize, Serialize};

/// How exactly a time is known.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Precision {
    /// A single day.
    Day,
    /// A calendar month.
    Month,
    /// A calendar year.
    Year,
    /// A range between two days that is none of the above.
    Range,
}

impl Precision {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Precision::Day => "day",
            Precision::Month => "month",
            Precision::Year => "year",
            Precision::Range => "range",
        }
    }
}

/// Which of two numbers is the day in `03/04/2022`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
pub enum Order {
    /// 3 April.
    DayFirst,
    /// March 4.
    MonthFirst,
    /// Not known: only dates that can be read in one way are.
    #[default]
    Unknown,
}

/// A time, from its first day to its last, both included.
///
/// Prints as `YYYY-MM-DD`, `YYYY-MM`, `YYYY` or `YYYY-MM-DD..YYYY-MM-DD`, and parses from the same.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct When {
    /// The first day.
    #[serde(with = "packed_day")]
    pub first: Date,
    /// The last day, not before the first.
    #[serde(with = "packed_day")]
    pub last: Date,
    /// How it was given.
    pub precision: Precision,
}

impl When {
    /// One day.
    pub fn day(date: Date) -> When {
        When { first: date, last: date, precision: Precision::Day }
    }

    /// A month; `None` outside years 1 to 9999 or months 1 to 12.
    pub fn month(year: i16, month: i8) -> Option<When> {
        let first = Date::new(year, month, 1).ok()?;
        Some(When { first, last: first.last_of_month(), precision: Precision::Month })
    }

    /// A year; `None` outside years 1 to 9999.
    pub fn year(year: i16) -> Option<When> {
        let first = Date::new(year, 1, 1).ok()?;
        Some(When { first, last: first.last_of_year(), precision: Precision::Year })
    }

    /// From one day to another; in whichever order they come.
    pub fn range(a: Date, b: Date) -> When {
        let (first, last) = if a <= b { (a, b) } else { (b, a) };
        let precision = if first == last { Precision::Day } else { Precision::Range };
        When { first, last, precision }
    }

    /// Whether the whole of `other` lies in this time.
    pub fn contains(&self, other: &When) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// The first day as a number of days since 1970-01-01.
    pub fn first_day(&self) -> i64 {
        day_number(self.first)
    }

    /// The last day as a number of days since 1970-01-01.
    pub fn last_day(&self) -> i64 {
        day_number(self.last)
    }
}

/// A day as one number: the month in bits 5 to 8, the day in bits 0 to 4, the year above. It is read without working out
/// anything, and takes three bytes where a text takes eleven.
mod packed_day {
    use jiff::civil::Date;
    use serde::{Deserialize, Deserializer, Serialize, Serializer, de};

    pub(super) fn serialize<S: Serializer>(day: &Date, serializer: S) -> Result<S::Ok, S::Error> {
        let (year, month, day) = (i32::from(day.year()), i32::from(day.month()), i32::from(day.day()));
        (year << 9 | month << 5 | day).serialize(serializer)
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Date, D::Error> {
        let number = i32::deserialize(deserializer)?;
        let year = i16::try_from(number >> 9).map_err(de::Error::custom)?;
        Date::new(year, (number >> 5 & 15) as i8, (number & 31) as i8).map_err(de::Error::custom)
    }
}

/// Days since 1970-01-01; negative before.
pub fn day_number(date: Date) -> i64 {
    let epoch = jiff::civil::date(1970, 1, 1);
    i64::from(date.since(epoch).map_or(0, |span| span.get_days()))
}

/// The day that many days after 1970-01-01; `None` outside years -9999 to 9999.
pub fn day_from_number(number: i64) -> Option<Date> {
    let days = i32::try_from(number).ok()?;
    jiff::civil::date(1970, 1, 1).checked_add(jiff::Span::new().try_days(days).ok()?).ok()
}

impl fmt::Display for When {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.precision {
            Precision::Day => write!(f, "{}", self.first),
            Precision::Month => write!(f, "{:04}-{:02}", self.first.year(), self.first.month()),
            Precision::Year => write!(f, "{:04}", self.first.year()),
            Precision::Range => write!(f, "{}..{}", self.first, self.last),
        }
    }
}

/// The text is no `YYYY`, `YYYY-MM`, `YYYY-MM-DD` or range of two of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct NotADate;

impl fmt::Display for NotADate {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("expected YYYY, YYYY-MM or YYYY-MM-DD")
    }
}

impl std::error::Error for NotADate {}

impl FromStr for When {
    type Err = NotADate;

    fn from_str(text: &str) -> Result<When, NotADate> {
        if let Some((first, last)) = text.split_once("..") {
            let (first, last) = (first.parse::<When>()?, last.parse::<When>()?);
            return Ok(When::range(first.first, last.last));
        }
        let mut parts = text.splitn(3, '-');
        let year = digits(parts.next(), 4)?.ok_or(NotADate)?;
        let month = digits(parts.next(), 2)?;
        let day = digits(parts.next(), 2)?;
        let when = match (month, day) {
            (None, _) => When::year(year),
            (Some(month), None) => When::month(year, month as i8),
            (Some(month), Some(day)) => Date::new(year, month as i8, day as i8).ok().map(When::day),
        };
        when.ok_or(NotADate)
    }
}

/// The number that `part` spells with at most `most` digits; years need all four.
fn digits(part: Option<&str>, most: usize) -> Result<Option<i16>, NotADate> {
    let Some(part) = part else { return Ok(None) };
    let right_length = if most == 4 { part.len() == 4 } else { (1..=most).contains(&part.len()) };
    if !right_length || !part.bytes().all(|b| b.is_ascii_digit()) {
        return Err(NotADate);
    }
    part.parse().map(Some).map_err(|_| NotADate)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn any_day_comes_back_from_three_bytes_or_four() {
        for (year, month, day) in [(2022, 1, 31), (1700, 12, 1), (9999, 12, 31), (-9999, 1, 1), (0, 2, 29), (-1, 6, 15)]
        {
            let when = When::day(jiff::civil::date(year, month, day));
            let bytes = postcard::to_stdvec(&when).unwrap();
            assert!(bytes.len() <= 9, "{when}");
            assert_eq!(postcard::from_bytes(&bytes), Ok(when));
        }
        assert!(postcard::from_bytes::<When>(&[0; 9]).is_err(), "there is no month 0");
    }

    #[test]
    fn prints_what_it_parses() {
        for text in ["2022", "2022-01", "2022-01-19", "2022-01-19..2022-02-03"] {
            assert_eq!(text.parse::<When>().unwrap().to_string(), text);
        }
        assert_eq!("2022-1-9".parse::<When>().unwrap().to_string(), "2022-01-09");
    }

    #[test]
    fn refuses_what_is_no_date() {
        for text in ["", "22", "2022-13", "2022-02-30", "2022-01-19-03", "20222", "a", "2022-", "+022"] {
            assert!(text.parse::<When>().is_err(), "{text:?}");
        }
    }

    #[test]
    fn a_month_ends_on_its_last_day_and_day_numbers_come_back() {
        let february = When::month(2024, 2).unwrap();
        assert_eq!(february.last.to_string(), "2024-02-29");
        assert_eq!(february.last_day() - february.first_day(), 28);
        assert_eq!(day_number(jiff::civil::date(2022, 1, 19)), 19011);
        for number in [-100_000, -1, 0, 19_011] {
            assert_eq!(day_number(day_from_number(number).unwrap()), number);
        }
        assert!(february.contains(&"2024-02-29".parse().unwrap()));
        assert!(!february.contains(&"2024".parse().unwrap()));
    }
}
