//! Parses strings that are a date as a whole: what metadata, date lines and file names hold ([`date`], [`partial`]),
//! and what people type ([`human`]).

use jiff::civil::Date;

use crate::text::{Kind, Token, Tokens, fold};
pub use crate::when::Order;
use crate::when::{When, day_from_number};

use super::grammar::Reader;
use super::resolve::{self, Direction};
use super::words;

/// A date with what may be missing from it, as a string gives it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Partial {
    /// The year.
    pub year: Option<i16>,
    /// The month, from 1.
    pub month: Option<i8>,
    /// The day of the month.
    pub day: Option<i8>,
    /// The weekday, Monday is 1.
    pub weekday: Option<i8>,
    /// Time of day as `HH:MM`.
    pub time: Option<String>,
    /// `03/04/2022`: the day and the month may change places.
    pub ambiguous: bool,
    /// The order that a date in numbers shows by its day: `19/01/2022`.
    pub shows: Option<Order>,
}

impl Partial {
    /// The time it gives; `None` without a year, if day and month are in doubt, or if there is no such day.
    pub fn when(&self) -> Option<When> {
        let year = self.year.filter(|_| !self.ambiguous)?;
        match (self.month, self.day) {
            (Some(month), Some(day)) => Date::new(year, month, day).ok().map(When::day),
            (Some(month), None) => When::month(year, month),
            (None, None) => When::year(year),
            (None, Some(_)) => None,
        }
    }

    /// The same with day and month exchanged.
    pub fn swapped(&self) -> Partial {
        Partial { month: self.day, day: self.month, ..self.clone() }
    }
}

/// Longer strings are no dates.
const LONGEST: usize = 120;

/// The date that `text` is as a whole, in any usual format, and its time of day as `HH:MM`, both as printed (no
/// time zone is converted; Unix timestamps are read as UTC).
pub fn date(text: &str) -> Option<(When, Option<String>)> {
    let partial = partial(text, Order::Unknown)?;
    Some((partial.when()?, partial.time))
}

/// As [`date`], for dates that may lack their year, with the order of day and month in numbers.
pub fn partial(text: &str, order: Order) -> Option<Partial> {
    let text = text.trim();
    if text.is_empty() || text.len() > LONGEST {
        return None;
    }
    if let Some(partial) = digits(text) {
        return Some(partial);
    }
    let tokens = Tokens::scan(text);
    let mut state = State { text, tokens: &tokens, at: 0, order, out: Partial::default(), numeric: false };
    while state.at < tokens.len() {
        state.step()?;
    }
    let out = state.out;
    let known = out.month.is_some() || out.year.is_some_and(|_| out.day.is_none());
    let possible = match (out.month, out.day) {
        (Some(month), Some(day)) => Date::new(out.year.unwrap_or(2000), month, day).is_ok(),
        (Some(month), None) => out.year.is_some() && (1..=12).contains(&month),
        _ => true,
    };
    (known && possible).then_some(out)
}

/// Strings of digits alone: `2022`, `20220119`, `20220119140500`, Unix seconds and milliseconds.
fn digits(text: &str) -> Option<Partial> {
    let whole =
        text.split_once('.').filter(|(whole, part)| whole.len() >= 10 && all_digits(part)).map_or(text, |p| p.0);
    if !all_digits(whole) {
        return None;
    }
    let number = |from: usize, to: usize| whole.get(from..to)?.parse::<i16>().ok();
    match whole.len() {
        4 => Some(Partial { year: plausible(number(0, 4)?), ..Partial::default() }).filter(|p| p.year.is_some()),
        8 | 12 | 14 => {
            let (year, month, day) = (plausible(number(0, 4)?)?, number(4, 6)? as i8, number(6, 8)? as i8);
            Date::new(year, month, day).ok()?;
            let time = if whole.len() > 8 { Some(clock(number(8, 10)?, number(10, 12)?)?) } else { None };
            Some(Partial { year: Some(year), month: Some(month), day: Some(day), time, ..Partial::default() })
        }
        9 | 10 => unix(whole.parse().ok()?),
        13 => unix(whole.parse::<i64>().ok()? / 1000),
        _ => None,
    }
}

fn all_digits(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit())
}

/// A year that a date may have.
fn plausible(year: i16) -> Option<i16> {
    (1500..=2200).contains(&year).then_some(year)
}

fn unix(seconds: i64) -> Option<Partial> {
    let date = day_from_number(seconds.div_euclid(86_400))?;
    let of_day = seconds.rem_euclid(86_400);
    Some(Partial {
        year: Some(plausible(date.year())?),
        month: Some(date.month()),
        day: Some(date.day()),
        time: clock((of_day / 3600) as i16, (of_day % 3600 / 60) as i16),
        ..Partial::default()
    })
}

fn clock(hour: i16, minute: i16) -> Option<String> {
    ((0..24).contains(&hour) && (0..60).contains(&minute)).then(|| format!("{hour:02}:{minute:02}"))
}

/// The hour of the day for one of its `am` or `pm`.
fn in_half(hour: i16, half: &str) -> i16 {
    match hour {
        1..=11 if half.eq_ignore_ascii_case("pm") => hour + 12,
        12 if half.eq_ignore_ascii_case("am") => 0,
        _ => hour,
    }
}

/// Words that a date line may hold beside its date, folded.
#[rustfmt::skip]
const LABELS: &[&str] = &[
    "a", "aktualisiert", "am", "at", "created", "d'", "date", "dated", "de", "del", "den", "der", "first",
    "g", "h", "heure", "hrs", "hours", "issued", "kl", "last", "le", "les", "local", "mis", "modified", "of",
    "on", "posted", "publicado", "published", "publie", "released", "revised", "stand", "the", "time", "uhr",
    "um", "update", "updated", "veroffentlicht", "vom", "и", "в", "г", "года", "год", "о", "об", "р", "року",
    "рік", "опубликовано", "обновлено", "опубліковано", "оновлено", "p", "pm", "a.m", "p.m", "utc", "gmt",
    "z", "est", "edt", "et", "cst", "cdt", "ct", "mst", "mdt", "pst", "pdt", "pt", "bst", "cet", "cest",
    "eet", "eest", "msk", "ist", "jst", "aest", "aedt", "hkt", "sgt", "wib", "pkt", "eastern", "central",
    "pacific", "мск",
];

struct State<'a> {
    text: &'a str,
    tokens: &'a [Token],
    at: usize,
    order: Order,
    out: Partial,
    /// Whether the date has been read from numbers alone.
    numeric: bool,
}

impl<'a> State<'a> {
    fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).and_then(|t| self.text.get(t.range())).unwrap_or_default()
    }

    fn number(&self, i: usize) -> Option<(i16, usize)> {
        let word = self.word(i);
        (word.len() <= 4 && all_digits(word)).then(|| word.parse().ok().map(|n| (n, word.len()))).flatten()
    }

    fn glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| !t.after_space())
    }

    /// Takes the next token or tokens; `None` when they have no place in a date.
    fn step(&mut self) -> Option<()> {
        match self.tokens.get(self.at)?.kind {
            Kind::Number => self.take_number(),
            Kind::Word => self.take_word(),
            // Brackets, commas, dots and lines between the parts.
            _ => {
                self.at += 1;
                Some(())
            }
        }
    }

    fn take_word(&mut self) -> Option<()> {
        let word = self.word(self.at);
        if let (Some(month), None) = (words::month(word), self.out.month) {
            self.out.month = Some(month);
        } else if let (Some(day), None) = (words::weekday(word), self.out.weekday) {
            self.out.weekday = Some(day);
        } else if !LABELS.contains(&fold(word).as_str()) {
            return None;
        }
        self.at += 1;
        Some(())
    }

    fn take_number(&mut self) -> Option<()> {
        if self.take_clock() || self.take_numeric_date() || self.take_dotted() {
            return Some(());
        }
        let word = self.word(self.at);
        let len = word.bytes().take_while(u8::is_ascii_digit).count();
        let ending = word.get(len..)?;
        let number: i16 = word.get(..len)?.parse().ok()?;
        let ordinal = matches!(ending, "" | "st" | "nd" | "rd" | "th" | "er" | "º" | "ª" | "-го");
        match (len, self.out.day, self.out.year) {
            (1 | 2, None, _) if ordinal && (1..=31).contains(&number) => self.out.day = Some(number as i8),
            (4, _, None) if ending.is_empty() => self.out.year = Some(plausible(number)?),
            // "05 Jan 98" of old mail.
            (2, Some(_), None) if ending.is_empty() && self.out.month.is_some() => {
                self.out.year = Some(if number < 70 { 2000 + number } else { 1900 + number });
            }
            // The zone of a time: "+0100".
            (4, _, Some(_)) if self.out.time.is_some() => {}
            _ => return None,
        }
        self.at += 1;
        Some(())
    }

    /// `14:05`, `14:05:09.123+01:00`, `2:05 pm`, `14h05`, `3 p.m.`
    fn take_clock(&mut self) -> bool {
        if self.out.time.is_some() {
            // The rest of the zone.
            let zone =
                self.at > 0 && matches!(self.word(self.at - 1), "+" | "-" | "−") && self.number(self.at).is_some();
            let minutes = self.at > 0 && self.word(self.at - 1) == ":" && self.number(self.at).is_some();
            if zone || minutes {
                self.at += 1;
            }
            return zone || minutes;
        }
        let Some((hour, minute, mut end)) = self.hour_and_minute() else { return false };
        let half = fold(self.word(end)).replace('.', "");
        let hour = in_half(hour, &half);
        let (told, half) = (end > self.at + 1 || self.word(self.at).len() > 2, matches!(half.as_str(), "am" | "pm"));
        end += usize::from(half);
        if !(told || half) {
            return false;
        }
        self.out.time = clock(hour, minute);
        self.at = end;
        self.out.time.is_some()
    }

    fn hour_and_minute(&self) -> Option<(i16, i16, usize)> {
        let word = self.word(self.at);
        for glue in ["h", "H", "am", "pm", "AM", "PM"] {
            if let Some((hour, minute)) =
                word.split_once(glue).filter(|(h, m)| all_digits(h) && h.len() <= 2 && (m.is_empty() || all_digits(m)))
            {
                let hour: i16 = hour.parse().ok()?;
                let minute = if minute.is_empty() { 0 } else { minute.parse().ok()? };
                return Some((in_half(hour, glue), minute, self.at + 1));
            }
        }
        let (hour, len) = self.number(self.at)?;
        if len > 2 {
            return None;
        }
        let mut end = self.at + 1;
        let mut minute = 0;
        if self.word(end) == ":" && self.glued(end) {
            // "05am" behind the colon is one token.
            let tail = self.word(end + 1);
            let digits = tail.bytes().take_while(u8::is_ascii_digit).count();
            minute = tail.get(..digits)?.parse().ok().filter(|_| digits == 2)?;
            let glued_half = tail.get(digits..)?;
            end += 2;
            if glued_half.eq_ignore_ascii_case("pm") || glued_half.eq_ignore_ascii_case("am") {
                return Some((in_half(hour, glued_half), minute, end));
            }
            if !glued_half.is_empty() && !glued_half.eq_ignore_ascii_case("z") && !glued_half.eq_ignore_ascii_case("h")
            {
                return None;
            }
            if self.word(end) == ":" {
                let seconds = self.word(end + 1);
                seconds.starts_with(|c: char| c.is_ascii_digit()).then_some(())?;
                end += 2;
            }
        }
        Some((hour, minute, end))
    }

    /// `2022-01-19`, `2022/01`, `19/01/2022`, `1-19-22`; a `T14:05:09Z` may hang on it.
    fn take_numeric_date(&mut self) -> bool {
        let separator = self.word(self.at + 1);
        if self.numeric
            || !matches!(separator, "-" | "/" | "–" | "−" | "." | "_")
            || !self.glued(self.at + 1)
            || self.out.month.is_some()
        {
            return false;
        }
        let third = self.word(self.at + 3) == separator;
        // "19T14" is one token.
        let last = self.word(self.at + 4);
        let (last, hour) = last.split_once(['T', 't']).map_or((last, None), |(day, hour)| (day, Some(hour)));
        let parts = (
            self.number(self.at),
            self.number(self.at + 2),
            all_digits(last).then(|| last.parse::<i16>().ok()).flatten(),
        );
        let set = match parts {
            (Some((year, 4)), Some((month, 1 | 2)), Some(day)) if third => self.set(year, month, Some(day)),
            (Some((year, 4)), Some((month, 2)), _) if !third => {
                self.at += 3;
                return self.set(year, month, None);
            }
            (Some((a, 1 | 2)), Some((b, 1 | 2)), Some(year)) if third => self.set_unordered(a, b, year, last.len()),
            _ => false,
        };
        self.at += if set { 5 } else { 0 };
        set && hour.is_none_or(|hour| self.take_hour(hour))
    }

    /// The `T14` of `2022-01-19T14:05:09Z` has been cut from its token; the minutes follow.
    fn take_hour(&mut self, hour: &str) -> bool {
        let minute = self.number(self.at + 1).or_else(|| {
            // "05Z", "05.123Z"
            let word = self.word(self.at + 1);
            word.get(..2)?.parse().ok().map(|n| (n, 2))
        });
        self.out.time = match (hour.parse().ok(), minute) {
            (Some(hour), Some((minute, _))) => clock(hour, minute),
            _ => None,
        };
        // Seconds and the zone say nothing about the day as printed.
        self.at = self.tokens.len();
        self.out.time.is_some()
    }

    /// `19.01.2022`, `2022.01.19`: one token.
    fn take_dotted(&mut self) -> bool {
        let word = self.word(self.at).to_owned();
        let mut parts = word
            .split('.')
            .map(|part| all_digits(part).then(|| part.parse::<i16>().ok()).flatten().map(|n| (n, part.len())));
        let three = (parts.next().flatten(), parts.next().flatten(), parts.next().flatten(), parts.next());
        let set = match three {
            (Some((year, 4)), Some((month, _)), Some((day, _)), None) => self.set(year, month, Some(day)),
            (Some((day, 1 | 2)), Some((month, 1 | 2)), Some((year, len)), None) => {
                let order = std::mem::replace(&mut self.order, Order::DayFirst);
                let set = self.set_unordered(day, month, year, len);
                self.order = order;
                // Dots put the day first everywhere: they say nothing of dates with slashes.
                self.out.shows = None;
                set
            }
            _ => false,
        };
        self.at += usize::from(set);
        set
    }

    fn set(&mut self, year: i16, month: i16, day: Option<i16>) -> bool {
        let possible =
            plausible(year).is_some() && (1..=12).contains(&month) && day.is_none_or(|d| (1..=31).contains(&d));
        if possible {
            self.numeric = true;
            (self.out.year, self.out.month, self.out.day) = (Some(year), Some(month as i8), day.map(|d| d as i8));
        }
        possible
    }

    fn set_unordered(&mut self, a: i16, b: i16, year: i16, len: usize) -> bool {
        let year = match len {
            2 if year < 70 => 2000 + year,
            2 => 1900 + year,
            _ => year,
        };
        let ambiguous = a <= 12 && b <= 12 && a != b;
        if a > 12 || b > 12 {
            self.out.shows = Some(if a > 12 { Order::DayFirst } else { Order::MonthFirst });
        }
        let day_first = if ambiguous { self.order != Order::MonthFirst } else { a > 12 || a == b };
        self.out.ambiguous = ambiguous && self.order == Order::Unknown;
        if day_first { self.set(year, b, Some(a)) } else { self.set(year, a, Some(b)) }
    }
}

/// What somebody types for a time: `2022-01`, `January 2022`, `yesterday`, `last week`, `last 30 days`, `3 days ago`,
/// `2022-01-10..2022-01-21`. "Last 30 days" reaches from 30 days ago up to today.
pub fn human(text: &str, today: Date) -> Option<When> {
    let text = text.trim();
    if let Ok(when) = text.parse() {
        return Some(when);
    }
    if let Some((first, last)) = text.split_once("..") {
        return Some(When::range(human(first, today)?.first, human(last, today)?.last));
    }
    if let Some((when, _)) = date(text) {
        return Some(when);
    }
    last_units(text, today).or_else(|| in_words(text, today))
}

/// `last 30 days`, `past two weeks`.
fn last_units(text: &str, today: Date) -> Option<When> {
    let mut parts = text.split_whitespace().filter(|word| !word.eq_ignore_ascii_case("the"));
    let (last, number, unit) = (parts.next()?, parts.next()?, parts.next()?);
    let said = ["last", "past", "previous"].iter().any(|w| w.eq_ignore_ascii_case(last)) && parts.next().is_none();
    let number: i32 =
        number.parse().ok().or_else(|| words::count(number)).filter(|n| said && (1..=100_000).contains(n))?;
    let months = |n: i32| today.checked_sub(jiff::Span::new().try_months(n).ok()?).ok();
    let first = match unit.to_ascii_lowercase().trim_end_matches('s') {
        "day" => resolve::shift_days(today, -i64::from(number)),
        "week" => resolve::shift_days(today, -7 * i64::from(number)),
        "month" => months(number),
        "year" => months(number.checked_mul(12)?),
        _ => None,
    }?;
    Some(When::range(first, today))
}

/// What the grammar of running text makes of the whole of `text`.
fn in_words(text: &str, today: Date) -> Option<When> {
    if text.len() > LONGEST {
        return None;
    }
    // Nobody types capitals, which tell the month of May from the verb in running text.
    let capital = |word: &str| match words::term(word.as_bytes()) {
        Some(words::Term::Month(_) | words::Term::ShortMonth(_) | words::Term::Weekday(_)) => {
            let (first, rest) = word.split_at(1);
            first.to_ascii_uppercase() + &rest.to_ascii_lowercase()
        }
        _ => word.to_ascii_lowercase(),
    };
    let text = text.split_whitespace().map(capital).collect::<Vec<_>>().join(" ");
    // "in" makes a month of a bare "march"; it stands for nothing else here.
    let text = format!("in {}", text.trim_start_matches("in ").trim_start_matches("on "));
    let tokens = Tokens::scan(&text);
    let mut found = Vec::new();
    Reader::new(&text, &tokens).each(1, |f| found.push(f));
    let [only] = found.as_slice() else { return None };
    let whole = only.first <= 1 && only.end >= tokens.len();
    whole.then(|| {
        resolve::absolute(only.expression)
            .or_else(|| resolve::relative(only.expression, &When::day(today), Direction::Past))
    })?
}
