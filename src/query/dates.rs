//! The value of a date field: a day, month, year, range, comparison, or words such as `yesterday`.

use jiff::civil::Date;

use super::ast::DateRange;
use crate::extract::dates::parse;
use crate::when::When;

/// Reads the value of `date:` or `when:`, or of `--since`. `None` if it is no date.
pub fn range(text: &str, today: Date) -> Option<DateRange> {
    let text = text.trim();
    if text.eq_ignore_ascii_case("none") {
        return Some(DateRange::Unknown);
    }
    if let Some(inside) = text.strip_prefix(['[', '{']).and_then(|t| t.strip_suffix([']', '}'])) {
        let (first, last) = inside.split_once(" TO ").or_else(|| inside.split_once(" to "))?;
        return between(first, last, today);
    }
    if let Some((first, last)) = text.split_once("..") {
        return between(first, last, today);
    }
    let compared = |rest: &str| when(rest, today);
    if let Some(rest) = text.strip_prefix(">=") {
        return Some(DateRange::Between(Some(compared(rest)?.first), None));
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return Some(DateRange::Between(None, Some(compared(rest)?.last)));
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Some(DateRange::Between(Some(compared(rest)?.last.tomorrow().ok()?), None));
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Some(DateRange::Between(None, Some(compared(rest)?.first.yesterday().ok()?)));
    }
    when(text, today).map(|when| DateRange::Between(Some(when.first), Some(when.last)))
}

/// From the first day of `first` to the last day of `last`; either may be empty or `*`.
fn between(first: &str, last: &str, today: Date) -> Option<DateRange> {
    let side = |text: &str| match text.trim() {
        "" | "*" => Some(None),
        text => when(text, today).map(Some),
    };
    let (first, last) = (side(first)?, side(last)?);
    // One that ends before it begins is a slip.
    let empty = first.as_ref().zip(last.as_ref()).is_some_and(|(first, last)| first.first > last.last);
    if first.is_none() && last.is_none() || empty {
        return None;
    }
    Some(DateRange::Between(first.map(|w| w.first), last.map(|w| w.last)))
}

/// One time, in digits or in words.
pub fn when(text: &str, today: Date) -> Option<When> {
    // Marks in front of a date would be passed over, and `!2009` mean 2009.
    let text = text.trim();
    parse::human(text, today).filter(|_| !text.starts_with('!'))
}
