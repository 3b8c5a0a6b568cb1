//! Dates in addresses and file names: `/2022/01/19/`, `2022/jan/19`, `2022/01/20-0413.html`, `20220119-talks.txt`.

use jiff::civil::Date;

use crate::when::When;

use super::words;

/// Whether the path is an address or a file's: `/5-things/` is never a day in an address.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Sort {
    Address,
    File,
}

/// The date that `path` holds, as exactly as it does; the last one where there are several.
pub(super) fn date(path: &str, sort: Sort) -> Option<When> {
    let path = if sort == Sort::Address { of_address(path) } else { path };
    // Every date has a year in four digits, or more in a row.
    if !path.as_bytes().windows(4).any(|four| four.iter().all(u8::is_ascii_digit)) {
        return None;
    }
    in_parts(path, sort).or_else(|| path.rsplit('/').find_map(within))
}

/// The path of an address, without host, query and fragment.
fn of_address(url: &str) -> &str {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let rest = url.split_once("://").map_or(url, |(_, rest)| rest);
    rest.split_once('/').map_or("", |(_, path)| path)
}

/// Year, month and day in parts of their own: the longest such sequence, the last of equals.
fn in_parts(path: &str, sort: Sort) -> Option<When> {
    let parts: Vec<&str> = path.split('/').filter(|part| !part.is_empty()).take(64).collect();
    let at = |i: usize| starting(parts.get(i..).unwrap_or_default(), sort);
    let exactness = |when: &When| std::cmp::Reverse(when.precision);
    let best = (0..parts.len()).filter_map(at).max_by_key(exactness)?;
    // A whole date inside the last part is more exact than a folder of its year.
    let within = path.rsplit('/').find_map(within).filter(|day| best.contains(day));
    Some(within.unwrap_or(best))
}

/// The date that begins with the first of `parts`.
fn starting(parts: &[&str], sort: Sort) -> Option<When> {
    let (year, month) = match parts.first()?.split_once(['-', '_', '.']) {
        Some((year, month)) => (number(year, 4)?, Some(number(month, 2)? as i8)),
        None => (number(parts.first()?, 4)?, None),
    };
    (1700..=2200).contains(&year).then_some(())?;
    // "2022/2022-01/..."
    let rest = parts.get(1..).unwrap_or_default();
    let (month, rest) = match month {
        Some(month) => (month, rest),
        None => match rest.first().and_then(|part| month_part(part)) {
            Some(month) => (month, rest.get(1..).unwrap_or_default()),
            None => return When::year(year),
        },
    };
    let day = rest.first().and_then(|part| day_part(part, sort, rest.len() == 1));
    let date = day.and_then(|day| Date::new(year, month, day).ok());
    date.map(When::day).or_else(|| When::month(year, month))
}

fn number(text: &str, len: usize) -> Option<i16> {
    (text.len() == len && text.bytes().all(|b| b.is_ascii_digit())).then(|| text.parse().ok()).flatten()
}

fn month_part(part: &str) -> Option<i8> {
    let numeric = number(part, 2).or_else(|| number(part, 1)).map(|n| n as i8).filter(|n| (1..=12).contains(n));
    numeric.or_else(|| if part.is_ascii() { words::month(part) } else { None })
}

/// The day that a part is, or that a file name begins with: `20-0413.html`, `20_talks.txt`, but not `10-things.html`.
fn day_part(part: &str, sort: Sort, is_file: bool) -> Option<i8> {
    if let Some(day) = number(part, 2).or_else(|| number(part, 1)) {
        return i8::try_from(day).ok();
    }
    if sort == Sort::Address || !is_file {
        return None;
    }
    let day = number(part.get(..2)?, 2)? as i8;
    let mut rest = part.get(2..)?.chars();
    let follows = match (rest.next()?, rest.next()) {
        ('_' | '.' | ' ', _) => true,
        ('-', Some(next)) => next.is_ascii_digit(),
        _ => false,
    };
    follows.then_some(day)
}

/// A whole date inside one part: `title-2022-01-19`, `20220119-talks.txt`, `19.01.2022.txt`, or a month `2022-01_talks`.
fn within(part: &str) -> Option<When> {
    let bytes = part.as_bytes().get(..part.len().min(400))?;
    let boundary = |at: usize| at == 0 || !bytes.get(at - 1).is_some_and(u8::is_ascii_alphanumeric);
    let starts = (0..bytes.len()).filter(|at| bytes[*at].is_ascii_digit() && boundary(*at));
    let runs: Vec<(usize, usize)> =
        starts.map(|at| (at, at + bytes.iter().skip(at).take_while(|b| b.is_ascii_digit()).count())).take(40).collect();
    let text = |i: usize| runs.get(i).and_then(|(start, end)| part.get(*start..*end)).unwrap_or_default();
    let closes = |i: usize| {
        runs.get(i).is_some_and(|(_, end)| {
            matches!(bytes.get(*end), None | Some(b'T' | b't' | b'Z'))
                || !bytes.get(*end).is_some_and(u8::is_ascii_alphanumeric)
        })
    };
    let joined = |i: usize| {
        let (Some((_, end)), Some((start, _))) = (runs.get(i), runs.get(i + 1)) else { return false };
        start - end == 1 && matches!(bytes.get(*end), Some(b'-' | b'_' | b'.'))
    };
    let day = |year: i16, month: i16, day: i16| {
        let date = Date::new(year, i8::try_from(month).ok()?, i8::try_from(day).ok()?).ok()?;
        (1700..=2200).contains(&year).then_some(When::day(date))
    };
    let whole = |i: usize| {
        let three = joined(i) && joined(i + 1) && closes(i + 2);
        let (a, b, c) = (text(i), text(i + 1), text(i + 2));
        let short = |text: &str| number(text, 2);
        match a.len() {
            4 if three => day(number(a, 4)?, short(b)?, short(c)?),
            // Only where the order of day and month is plain.
            2 if three && (short(a)? > 12 || a == b) => day(number(c, 4)?, short(b)?, short(a)?),
            2 if three && short(b)? > 12 => day(number(c, 4)?, short(a)?, short(b)?),
            8 | 12 | 14 if closes(i) => day(number(a.get(..4)?, 4)?, short(a.get(4..6)?)?, short(a.get(6..8)?)?),
            _ => None,
        }
    };
    let month = |i: usize| {
        let two = joined(i) && !joined(i + 1) && closes(i + 1);
        let (year, month) = (number(text(i), 4)?, number(text(i + 1), 2)?);
        (two && (1700..=2200).contains(&year)).then(|| When::month(year, month as i8)).flatten()
    };
    (0..runs.len()).find_map(whole).or_else(|| (0..runs.len()).find_map(month))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_of_addresses() {
        let table = [
            ("https://news.example/2022/01/19/talks-in-geneva/", "2022-01-19"),
            ("https://news.example/world/2022/jan/19/talks", "2022-01-19"),
            ("https://news.example/2022/1/9/talks.html", "2022-01-09"),
            ("https://news.example/world/talks-2022-01-19/", "2022-01-19"),
            ("https://news.example/2022/01/5-things-to-know", "2022-01"),
            ("https://news.example/a/talks/31660000.html", ""),
            ("https://news.example/20220119/talks", "2022-01-19"),
            ("https://news.example/talks?date=2022-01-19", ""),
            ("https://2022.example/talks", ""),
            ("news.example/2022/13/19", "2022"),
            ("", ""),
        ];
        for (url, expected) in table {
            let found = date(url, Sort::Address).map(|w| w.to_string()).unwrap_or_default();
            assert_eq!(found, expected, "{url}");
        }
    }

    #[test]
    fn dates_of_files() {
        let table = [
            ("2022/01/20-0413.html", "2022-01-20"),
            ("news/2022/01/000_bb5a4164c865328c.txt", "2022-01"),
            ("000_bb5a4164c865328c.txt", ""),
            ("2022-01-19_lavrov.txt", "2022-01-19"),
            ("20220119-talks.txt", "2022-01-19"),
            ("20220119T140500Z.json", "2022-01-19"),
            ("talks_19.01.2022.txt", "2022-01-19"),
            ("talks-03-04-2022.txt", ""),
            ("2022-01/talks.txt", "2022-01"),
            ("2022/10-things.html", "2022"),
            ("2022/01/10-things.html", "2022-01"),
            ("2022/2022-01-19/a.txt", "2022-01-19"),
            ("archive/2022/talks-20220119.txt", "2022-01-19"),
            ("mp3/1234/56/78.txt", ""),
            ("scan 20081399.txt", ""),
            ("2022-01_talks.txt", "2022-01"),
            ("talks.txt", ""),
        ];
        for (path, expected) in table {
            let found = date(path, Sort::File).map(|w| w.to_string()).unwrap_or_default();
            assert_eq!(found, expected, "{path}");
        }
    }
}
