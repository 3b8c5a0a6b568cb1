//! Expressions that begin with a number: days before their month, numeric dates, years.

use crate::text::Kind;

use super::super::words::{self, Term};
use super::reader::{AFTER_DATES, YEARS};
use super::{Expression, Found, Reader, Year, among};

/// Words in front of a year that leave no doubt that it is one.
#[rustfmt::skip]
const BEFORE_YEARS: &[&str] = &[
    "after", "and", "before", "between", "by", "circa", "during", "early", "from", "in", "late", "mid", "of",
    "since", "through", "till", "to", "until",
];

/// Words in front of a number that make it no year.
#[rustfmt::skip]
const BEFORE_COUNTS: &[&str] = &[
    "airbus", "almost", "another", "approximately", "article", "boeing", "channel", "chapter", "eur",
    "exactly", "extension", "flight", "gbp", "highway", "interstate", "least", "line", "model", "nearly",
    "no", "number", "only", "page", "paragraph", "psalm", "resolution", "room", "route", "rs", "section",
    "some", "than", "unit", "usd", "windows",
];

/// Words behind a number that make it a count, an amount or a time.
#[rustfmt::skip]
const COUNTED: &[&str] = &[
    "acres", "bc", "bce", "billion", "bpm", "calories", "cases", "civilians", "deaths", "degrees", "dollars",
    "est", "et", "euros", "feet", "fighters", "foot", "gmt", "hectares", "homes", "hours", "houses", "hrs",
    "inhabitants", "jobs", "kg", "kilometer", "kilometers", "kilometres", "km", "local", "m", "members",
    "men", "meter", "meters", "metre", "metres", "mile", "miles", "million", "minutes", "mm", "msk",
    "officers", "others", "participants", "people", "per", "percent", "persons", "points", "police", "pounds",
    "prisoners", "rubles", "seats", "soldiers", "square", "students", "times", "ton", "tonnes", "tons",
    "troops", "units", "utc", "victims", "volts", "volunteers", "votes", "watts", "women", "words", "workers",
    "yards", "year", "years", "yen", "yuan",
];

impl Reader<'_> {
    pub(super) fn at_number(&self, i: usize) -> Option<Found> {
        let word = self.word(i).as_bytes();
        let plain = word.first() != Some(&b'0') && word.iter().all(u8::is_ascii_digit);
        match word.len() {
            // The longest is "19.01.2022".
            11.. => return None,
            3 | 5.. if plain => return None,
            // A year, unless it is an hour with its zone.
            4 if plain => return self.timed_date(i).or_else(|| self.year_first(i)),
            // "In '83,": nothing that belongs to it stands behind.
            1 | 2 if plain && matches!(self.kind(i + 1), None | Some(Kind::Comma | Kind::Semicolon | Kind::Close)) => {
                return self.short_year(i);
            }
            _ => {}
        }
        self.timed_date(i)
            .or_else(|| self.day_first(i))
            .or_else(|| self.slashed(i))
            .or_else(|| self.nine_eleven(i))
            .or_else(|| self.day_alone(i))
            .or_else(|| self.dotted(i))
            .or_else(|| self.decade(i))
            .or_else(|| self.short_year(i))
            .or_else(|| self.year_first(i))
    }

    /// `on the 14th`, `the evening of the 14th`, whose month was named before; `the 15th of this month`.
    fn day_alone(&self, i: usize) -> Option<Found> {
        let bare = self.word(i).bytes().all(|b| b.is_ascii_digit());
        if bare || !self.back_is(i, 1, &["the"]) {
            return None;
        }
        let found = |end, month| Some(Found { first: i, end, expression: Expression::DayOfMonth(self.day(i)?, month) });
        if self.is(i + 1, &["of"]) && self.is(i + 3, &["month"]) {
            return found(i + 4, Some(self.shift(i + 2)?));
        }
        let part = self.back_is(i, 2, &["of"])
            && (self.back_is(i, 3, &["hours"])
                || i.checked_sub(3).and_then(|at| self.term(at)) == Some(Term::PartOfDay));
        let on = part || self.back_is(i, 2, &["on", "by", "for", "until"]);
        let named = self.is_upper(i + 1) && !self.starts_sentence(i + 1);
        let listed = self.is(i + 1, &["and", "or"]) && (self.is(i + 2, &["the"]) || self.day(i + 2).is_some());
        let joined = matches!(self.kind(i + 1), Some(Kind::Dash | Kind::Mark)) || self.is(i + 1, &["of"]) || listed;
        if !on || named || joined || !self.ends_date(i + 1) {
            return None;
        }
        found(i + 1, None)
    }

    /// A clock time in front of its date (`16:00 UTC Monday`), or by itself.
    pub(super) fn timed_date(&self, i: usize) -> Option<Found> {
        let (end, zone) = self.clock(i)?;
        let halved =
            !zone && (self.is_half_day(end - 1) || self.word(end - 1).ends_with('m') || self.is_o_clock(end - 1));
        self.with_date(i, end, zone).or_else(|| {
            let lone = zone || (halved && !self.is_regular(i, end));
            lone.then_some(Found { first: i, end, expression: Expression::Clock })
        })
    }

    /// The date behind the clock time from `i` up to `end`.
    pub(super) fn with_date(&self, i: usize, end: usize, zone: bool) -> Option<Found> {
        // "8 o'clock in the morning"
        let part = self.is(end, &["in"]) && self.is(end + 1, &["the"]) && self.term(end + 2) == Some(Term::PartOfDay);
        let end = if part { end + 3 } else { end };
        let at = end + usize::from(self.is(end, &["on"]) || (zone && self.kind(end) == Some(Kind::Comma)));
        // "3 p.m. the following day", "2 a.m. last Friday"
        let pointed = self.is(at, &["the", "that", "last", "this", "next"]);
        let hearts = at..=at + if pointed { 2 } else { 0 };
        let is_day = |e: Expression| {
            use Expression::{Day, Feast, Offset, SameDay, Weekday, WeekdayFrom};
            matches!(e, Day { .. } | Feast { .. } | Offset(_) | SameDay(_) | Weekday(..) | WeekdayFrom(..))
        };
        for heart in hearts {
            if self.starts_sentence(heart) {
                return None;
            }
            let date = match self.kind(heart) {
                Some(Kind::Word) => self.at_word(heart),
                Some(Kind::Number) if self.clock(heart).is_none() => self.day_first(heart),
                _ => None,
            };
            if let Some(date) = date.filter(|date| date.first >= at && is_day(date.expression)) {
                return Some(Found { first: i, ..date });
            }
        }
        None
    }

    fn is_o_clock(&self, i: usize) -> bool {
        self.term(i) == Some(Term::OClock)
    }

    /// Whether what stands from `first` up to `end` is told of many days: "open from 9 a.m. to 5 p.m. daily".
    pub(super) fn is_regular(&self, first: usize, end: usize) -> bool {
        const REACH: usize = 8;
        let weekdays = |at: usize| self.is_upper(at) && self.word(at).ends_with("days");
        let regular = |at: usize| {
            self.is(at, &["daily", "each", "every", "nightly", "usually", "weekdays", "weekends"]) || weekdays(at)
        };
        let mut before = (first.saturating_sub(REACH)..first).rev().take_while(|at| !self.starts_sentence(at + 1));
        let mut behind = (end..end + REACH).take_while(|at| !self.starts_sentence(*at));
        before.any(|at| regular(at) || self.is(at, &["days"])) || behind.any(|at| regular(at) || self.is_week(at))
    }

    /// `six o'clock`, the hour in letters; digits are found by themselves.
    pub(super) fn o_clock(&self, i: usize) -> Option<Found> {
        let first = i.checked_sub(1).filter(|at| self.kind(*at) == Some(Kind::Word))?;
        words::count(self.word(first)).filter(|hour| (1..=12).contains(hour))?;
        if self.is(i + 1, &["news", "shadow"]) {
            return None;
        }
        self.with_date(first, i + 1, false).or_else(|| {
            let lone = !self.is_regular(first, i + 1);
            lone.then_some(Found { first, end: i + 1, expression: Expression::Clock })
        })
    }

    /// `noon Tuesday`, `by midnight`
    pub(super) fn noon(&self, i: usize) -> Option<Found> {
        if self.is_upper(i) || self.is_compound(i) {
            return None;
        }
        let end = self.zone_end(i + 1);
        self.with_date(i, end, end > i + 1).or_else(|| {
            let led = self.back_is(
                i,
                1,
                &["about", "after", "around", "at", "before", "by", "near", "past", "since", "till", "to", "until"],
            );
            let lone = led && !self.is_regular(i, end) && (self.ends_date(end) || self.starts_sentence(end));
            lone.then_some(Found { first: i, end, expression: Expression::Clock })
        })
    }

    /// `19 January 2022`, `the 19th of January`, `5-7 March`, `19 января 2022 года`.
    pub(super) fn day_first(&self, i: usize) -> Option<Found> {
        let day = self.day(i)?;
        let hyphened =
            self.is_glued(i) && i > 0 && matches!(self.kind(i - 1), Some(Kind::Dash | Kind::Other | Kind::Colon));
        if hyphened {
            return None;
        }
        let mut last = day;
        let mut at = i + 1;
        // "19. bis 21. Januar"
        let dotted = at + usize::from(self.word(at) == "." && self.is_glued(at));
        if (self.is_to(at)
            || self.is(dotted, &["and", "bis", "al", "au", "et", "und", "y", "e", "по", "до", "и", "і", "й", "та"]))
            && let Some(other) = self.day(dotted.max(at) + 1).filter(|d| *d > day)
        {
            (last, at) = (other, dotted.max(at) + 2);
        }
        let listed = at > i + 1 && self.is(dotted, &["and", "et", "und", "y", "e", "и", "і", "й", "та"]);
        if listed && last != day + 1 && !self.back_is(i, 1, &["between"]) {
            return None;
        }
        at += usize::from(self.word(at) == "." && self.is_glued(at));
        at += usize::from(self.is(at, &["of", "de"]));
        let month = self.month_at(at)?;
        if let Some(found) = self.range_behind(i, (month, day), at + 1) {
            return Some(found);
        }
        let dot =
            matches!(self.term(at), Some(Term::ShortMonth(_))) && self.word(at + 1) == "." && self.is_glued(at + 1);
        let behind = at + 1 + usize::from(dot && self.four_digits(at + 2).is_some());
        let (year, end) = self.year_behind(behind).unwrap_or((Year::Missing, at + 1));
        // "19 May supporters", "2 March"
        let doubtful = year == Year::Missing && among(self.word(at), &["may", "march"]) && !self.ends_date(at + 1);
        let led = self.back_is(i, 1, &["on", "the", "of", "by", "until", "from", "since"])
            || words::weekday(self.back(i, 1)).is_some();
        if doubtful && !led {
            return None;
        }
        let first = if self.back_is(i, 1, &["the"]) && self.is(i + 1, &["of"]) { i - 1 } else { i };
        if last != day {
            return Some(Found {
                first,
                end,
                expression: Expression::Days { first: (month, day), last: (month, last), year },
            });
        }
        Some(Found { first, end: self.with_time(end), expression: Expression::Day { year, month, day, weekday: None } })
    }

    /// `30 January to 2 February`: what begins at `from` ends the range that `first` opens.
    pub(super) fn range_behind(&self, i: usize, first: (i8, i8), at: usize) -> Option<Found> {
        if !self.is_to(at) {
            return None;
        }
        let last = (self.month_at(at + 2)?, self.day(at + 1)?);
        let (year, end) = self.year_behind(at + 3).unwrap_or((Year::Missing, at + 3));
        Some(Found { first: i, end, expression: Expression::Days { first, last, year } })
    }

    /// The month that the token at `i` names in any language; English abbreviations too.
    pub(super) fn month_at(&self, i: usize) -> Option<i8> {
        match self.term(i) {
            Some(Term::Month(month) | Term::ShortMonth(month)) if self.is_upper(i) => Some(month),
            Some(_) => None,
            None => {
                let word = self.word(i);
                // The French month, not the planet.
                let foreign = self.kind(i) == Some(Kind::Word) && word.len() > 2 && word != "Mars";
                foreign.then(|| words::month_name(word)).flatten()
            }
        }
    }

    /// `19/01/2022`, `7/8/07`
    pub(super) fn slashed(&self, i: usize) -> Option<Found> {
        let glued = (i + 1..i + 5).all(|at| self.is_glued(at)) && !self.is_glued(i);
        let parts = [self.digits(i)?, self.digits(i + 2)?, self.digits(i + 4)?];
        if !glued || self.word(i + 1) != "/" || self.word(i + 3) != "/" {
            return None;
        }
        self.numeric(i, i + 5, parts)
    }

    /// `9/11`, which names one day.
    pub(super) fn nine_eleven(&self, i: usize) -> Option<Found> {
        let written = self.word(i) == "9" && self.word(i + 1) == "/" && self.word(i + 2) == "11";
        let glued = self.is_glued(i + 1) && self.is_glued(i + 2);
        let free = (i == 0 || !self.is_glued(i) || self.kind(i - 1) == Some(Kind::Mark))
            && !matches!(self.word(i + 3), "/" | "%");
        let day = Expression::Day { year: Year::Given(2001), month: 9, day: 11, weekday: None };
        (written && glued && free).then_some(Found { first: i, end: i + 3, expression: day })
    }

    /// `Januar 2022`, `enero de 2022`, `январе 2022`: the month, in another language than English, and where it begins.
    fn foreign_month(&self, i: usize) -> Option<(i8, usize)> {
        let at = i.checked_sub(1 + usize::from(self.back_is(i, 1, &["de", "del"])))?;
        let word = self.word(at);
        let month = self.kind(at) == Some(Kind::Word) && word.len() > 2 && word != "Mars" && self.term(at).is_none();
        Some((month.then(|| words::month_name(word)).flatten()?, at))
    }

    /// `19.01.2022`
    pub(super) fn dotted(&self, i: usize) -> Option<Found> {
        let mut parts = self.word(i).split('.').map(|part| part.parse::<i16>().ok().map(|n| (n, part.len())));
        let three = [parts.next()??, parts.next()??, parts.next()??];
        if parts.next().is_some() || three[2].1 != 4 {
            return None;
        }
        self.numeric(i, i + 1, three)
    }

    /// A day, month and year in numbers; dots are of countries that put the day first.
    pub(super) fn numeric(&self, first: usize, end: usize, parts: [(i16, usize); 3]) -> Option<Found> {
        let [(a, _), (b, _), (year, len)] = parts;
        let year = match len {
            4 if YEARS.contains(&year) => year,
            2 if year < 70 => 2000 + year,
            2 => 1900 + year,
            _ => return None,
        };
        let dotted = end == first + 1;
        let (day, month) = match (a, b) {
            _ if dotted || a > 12 || a == b => (a, b),
            _ if b > 12 => (b, a),
            _ => return Some(Found { first, end, expression: Expression::Numbers(a as i8, b as i8, year) }),
        };
        let expression = Expression::Day { year: Year::Given(year), month: month as i8, day: day as i8, weekday: None };
        ((1..=12).contains(&month) && (1..=31).contains(&day)).then_some(Found { first, end, expression })
    }

    /// `1990s`, `'90s`, `mid-1980s`.
    pub(super) fn decade(&self, i: usize) -> Option<Found> {
        let digits = self.word(i).strip_suffix('s')?;
        let number: i16 = digits.bytes().all(|b| b.is_ascii_digit()).then(|| digits.parse().ok()).flatten()?;
        let found = |first, from: i16| {
            Some(Found { first: self.with_part(first), end: i + 1, expression: Expression::Years(from, from + 9) })
        };
        match digits.len() {
            4 if number % 10 == 0 && YEARS.contains(&number) => found(i, number),
            2 if number % 10 == 0
                && number >= 20
                && self.is_glued(i)
                && i > 0
                && self.kind(i - 1) == Some(Kind::Mark) =>
            {
                found(i - 1, 1900 + number)
            }
            _ => None,
        }
    }

    /// `in '83`, `the class of ’68`.
    fn short_year(&self, i: usize) -> Option<Found> {
        let (number, len) = self.digits(i)?;
        let mark = i.checked_sub(1).filter(|at| self.kind(*at) == Some(Kind::Mark) && self.is_glued(i))?;
        let led =
            self.back_is(mark, 1, &["in", "of", "since", "from", "until", "summer", "winter", "spring", "autumn"]);
        let year = if number >= 30 { 1900 + number } else { 2000 + number };
        (len == 2 && led && self.ends_date(i + 1)).then_some(Found {
            first: mark,
            end: i + 1,
            expression: Expression::Years(year, year),
        })
    }

    /// Everything that begins with a year: ISO dates, ranges, the year alone.
    pub(super) fn year_first(&self, i: usize) -> Option<Found> {
        let year = self.four_digits(i)?;
        let found = |first, end, expression| Some(Found { first, end, expression });
        if let Some((expression, end)) = self.iso(i, year) {
            return found(i, end, expression);
        }
        if self.is_count(i) || !self.is_year_context(i, year) {
            return None;
        }
        if let Some((month, first)) = self.foreign_month(i) {
            return found(first, i + 1, Expression::Month { year: Year::Given(year), month });
        }
        let first = self.with_part(i);
        if let Some((last, end)) = self.last_year(i, year) {
            return found(first, end, Expression::Years(year, last));
        }
        found(first, i + 1, Expression::Years(year, year))
    }

    /// `2022-01-19`, `2022/01/19`, `2022-01`.
    pub(super) fn iso(&self, i: usize, year: i16) -> Option<(Expression, usize)> {
        let separator = self.word(i + 1);
        let glued = |from: usize, to: usize| (from..to).all(|at| self.is_glued(at));
        if !matches!(separator, "-" | "/") || !glued(i + 1, i + 3) {
            return None;
        }
        let month = self.digits(i + 2).filter(|(month, len)| *len == 2 && (1..=12).contains(month))?.0 as i8;
        let third = self.word(i + 3) == separator && glued(i + 3, i + 5);
        if third {
            let day =
                self.day(i + 4).or_else(|| self.word(i + 4).get(..2)?.parse().ok().filter(|d| (1..=31).contains(d)))?;
            return Some((Expression::Day { year: Year::Given(year), month, day, weekday: None }, i + 5));
        }
        // "2011-12" is two years.
        let two_years = i16::from(month) == (year + 1) % 100;
        (separator == "-" && !two_years).then_some((Expression::Month { year: Year::Given(year), month }, i + 3))
    }

    /// The second year of a range that the year at `i` opens: `2014-2018`, `2014–18`, `2014/15`, `from 2014 to 2018`.
    pub(super) fn last_year(&self, i: usize, year: i16) -> Option<(i16, usize)> {
        let (joint, at) = (i + 1, i + 2);
        let dash = matches!(self.word(joint), "-" | "–" | "—" | "/");
        let words = self.is_to(joint) && self.back_is(i, 1, &["from", "between"]) || self.is(joint, &["to", "through"]);
        let between = self.is(joint, &["and"]) && self.back_is(i, 1, &["between"]);
        if let Some(last) = self.four_digits(at).filter(|last| *last > year) {
            let range = (dash && self.is_glued(at) == self.is_glued(joint)) || words || between;
            return (range && !self.is_count(at)).then_some((last, i + 3));
        }
        let (short, len) = self.digits(at)?;
        let last = year - year % 100 + short;
        (dash && len == 2 && self.is_glued(joint) && self.is_glued(at) && last > year && !self.is_glued(i + 3))
            .then_some((last, i + 3))
    }

    /// Whether a number in the range of years stands where a year does.
    pub(super) fn is_year_context(&self, i: usize, year: i16) -> bool {
        let glued_before = self.is_glued(i) && i > 0;
        if glued_before {
            let dash = self.kind(i - 1) == Some(Kind::Dash);
            let word = dash && i > 1 && self.kind(i - 2) == Some(Kind::Word);
            let open = matches!(self.kind(i - 1), Some(Kind::Open | Kind::Mark));
            let long_dash =
                matches!(self.back(i, 1), "—" | "–") && !matches!(self.kind(i.wrapping_sub(2)), Some(Kind::Number));
            let capital = i > 1 && self.tokens.get(i - 2).is_some_and(|t| t.is_all_caps());
            return open || long_dash || (word && !capital);
        }
        if year < 1900 && self.is_lower_word(i + 1) && !self.is(i + 1, AFTER_DATES) {
            return false; // "a survey of 1709 schoolchildren"
        }
        (1900..=2100).contains(&year)
            || self.back_is(i, 1, BEFORE_YEARS)
            || (i > 0 && self.kind(i - 1) == Some(Kind::Open))
    }

    /// Whether the number at `i` counts or measures something, so that it is no year.
    pub(super) fn is_count(&self, i: usize) -> bool {
        let Some((number, _)) = self.digits(i) else { return true };
        let round = number % 100 == 0;
        let glued_sign = self.is_glued(i) && i > 0 && matches!(self.kind(i - 1), Some(Kind::Other));
        let after = i + 1;
        let glued_digits = self.is_glued(after)
            && self.is_glued(after + 1)
            && matches!(self.kind(after), Some(Kind::Colon | Kind::Other))
            && self.kind(after + 1) == Some(Kind::Number);
        let compound = self.is_glued(after) && self.kind(after) == Some(Kind::Dash) && self.is_glued(after + 1);
        let counted = if compound { after + 1 } else { after };
        let plural = round
            && self.is_lower_word(counted)
            && self.word(counted).ends_with('s')
            && !among(self.word(counted), AFTER_DATES);
        let address = self.is_upper(after)
            && (after..after + 4).any(|at| {
                self.is(at, &["street", "avenue", "ave", "st", "road", "boulevard", "blvd", "drive", "lane"])
            });
        glued_sign
            || (glued_digits && self.word(after) != "/")
            || self.is(after, &["%", "°", "$", "€", "£"])
            || self.is(counted, COUNTED)
            || (compound && self.is(counted, &["strong", "man", "mile", "member", "seat", "page", "pound", "odd"]))
            || plural
            || address
            || self.back_is(i, 1, BEFORE_COUNTS)
    }
}
