//! What hangs on the heart of an expression: its year, "last" and "early", a clock time.

use crate::text::Kind;
use crate::text::zones::ZONES;

use super::super::words::Term;
use super::{Expression, Found, Reader, Which, Year, among};

impl Reader<'_> {
    /// The year that goes with a day or month whose tokens end before `i`, and where it ends.
    pub(super) fn year_behind(&self, i: usize) -> Option<(Year, usize)> {
        let plain = |at: usize| self.four_digits(at).filter(|_| !self.is_count(at)).map(|y| (Year::Given(y), at + 1));
        if let Some(year) = plain(i) {
            return Some(year);
        }
        if self.kind(i) == Some(Kind::Comma) || self.is(i, &["de", "del"]) {
            return plain(i + 1);
        }
        let of = i + usize::from(self.is(i, &["of"]));
        if of > i
            && let Some(year) = plain(of)
        {
            return Some(year);
        }
        if self.is(of, &["that"]) && self.is(of + 1, &["year"]) {
            return Some((Year::Said, of + 2));
        }
        let shift = self.shift(of)?;
        self.is(of + 1, &["year"]).then_some((Year::Shift(shift as i16), of + 2))
    }

    /// `this`, `last`, `next` as a number of units.
    pub(super) fn shift(&self, i: usize) -> Option<i32> {
        match () {
            () if self.is(i, &["this", "current"]) => Some(0),
            () if self.is(i, &["last", "previous", "past"]) => Some(-1),
            () if self.is(i, &["next", "coming", "following"]) => Some(1),
            () => None,
        }
    }

    /// Where an expression that begins at `first` begins with its "early", "late", "mid-" or "earlier".
    pub(super) fn with_part(&self, first: usize) -> usize {
        if self.back_is(first, 1, &["early", "late", "earlier", "later", "mid"]) {
            return first - 1;
        }
        let dashed = self.is_glued(first)
            && self.back_is(first, 1, &["-", "‐", "‑"])
            && self.back_is(first, 2, &["mid", "early", "late"]);
        if dashed { first - 2 } else { first }
    }

    /// Where a day that ends before `end` ends with its time of day or its clock time.
    pub(super) fn with_time(&self, end: usize) -> usize {
        let part = matches!(self.term(end), Some(Term::PartOfDay | Term::Noon)) && self.is_lower_word(end);
        let end = if part { end + 1 } else { end };
        let at = end + usize::from(self.is(end, &["at"]) || self.kind(end) == Some(Kind::Comma));
        if at > end && self.term(at) == Some(Term::Noon) && self.is(end, &["at"]) {
            return at + 1;
        }
        match self.clock(at) {
            Some((clock_end, zone)) if zone || at == end || self.is(end, &["at"]) => clock_end,
            _ => end,
        }
    }

    /// A clock time at `i`, with a zone, a half of the day, "o'clock" or minutes: where it ends, and whether its zone is
    /// given.
    pub(super) fn clock(&self, i: usize) -> Option<(usize, bool)> {
        if let Some(end) = self.clock_in_one(i) {
            let zoned = self.zone_end(end);
            return Some((zoned, zoned > end));
        }
        let (hour, len) = self.digits(i)?;
        let mut end = i + 1;
        if len == 4 && hour < 2400 && hour % 100 < 60 {
            let zoned = self.zone_end(end);
            return (zoned > end).then_some((zoned, true));
        }
        let minutes = self.kind(end) == Some(Kind::Colon) && self.is_glued(end) && self.is_glued(end + 1);
        if minutes && self.digits(end + 1).is_some_and(|(m, len)| len == 2 && m < 60) {
            end += 2;
        } else if minutes && half_behind(self.word(end + 1), 2) {
            // "9:30am"
            let zoned = self.zone_end(end + 2);
            return (hour < 25).then_some((zoned, zoned > end + 2));
        }
        let half = usize::from(self.is_half_day(end) || self.term(end) == Some(Term::OClock));
        let zoned = self.zone_end(end + half);
        let told = end > i + 1 || half > 0 || zoned > end;
        (told && hour < 25).then_some((zoned, zoned > end + half))
    }

    /// `9am`, `7.30pm`, `10.51 am`: where it ends.
    fn clock_in_one(&self, i: usize) -> Option<usize> {
        let word = self.word(i);
        let digits = word.bytes().take_while(u8::is_ascii_digit).count();
        let hour = (1..=2).contains(&digits).then(|| word.get(..digits)?.parse::<i8>().ok()).flatten()?;
        let rest = word.get(digits..).filter(|rest| hour < 25 && !rest.is_empty())?;
        match rest.strip_prefix('.') {
            Some(minutes) if half_behind(minutes, 2) => Some(i + 1),
            Some(minutes) if is_minutes(minutes) && self.is_half_day(i + 1) => Some(i + 2),
            None if half_behind(rest, 0) => Some(i + 1),
            _ => None,
        }
    }

    /// Whether an expression, but for days of a month, has its hour with it: "9 a.m. Saturday", "Saturday at 2 p.m.".
    pub(in crate::extract::dates) fn is_timed(&self, found: Found) -> bool {
        let weekday = matches!(found.expression, Expression::Weekday(..));
        weekday && (found.first..found.end).any(|i| self.kind(i) == Some(Kind::Number))
    }

    /// Whether `a.m.` or `p.m.` stands at `i`.
    pub(super) fn is_half_day(&self, i: usize) -> bool {
        self.is(i, &["a.m.", "p.m.", "am", "pm"])
    }

    /// Where a time zone at `i` ends: `i` if there is none.
    pub(super) fn zone_end(&self, i: usize) -> usize {
        if self.is(i, &["local"]) && self.is(i + 1, &["time"]) {
            return i + 2;
        }
        // "Eastern Daylight Time"
        if self.is_upper(i) && self.is(i, &["eastern", "central", "mountain", "pacific"]) {
            let time = i + 1 + usize::from(self.is(i + 1, &["standard", "daylight"]));
            return if self.is(time, &["time"]) { time + 1 } else { i };
        }
        let word = self.word(i);
        let zone = word.len() <= 4 && word.bytes().all(|byte| byte.is_ascii_uppercase()) && among(word, ZONES);
        i + usize::from(zone)
    }

    /// "last", "this past", "next", "this coming" in front of the token at `i`, and where it begins.
    pub(super) fn which(&self, i: usize) -> (usize, Which) {
        let two = self.back_is(i, 2, &["this"]);
        match () {
            () if two && self.back_is(i, 1, &["past"]) => (i - 2, Which::Last),
            () if two && self.back_is(i, 1, &["coming", "next"]) => (i - 2, Which::Next),
            () if self.back_is(i, 1, &["last", "past", "previous"]) => (i - 1, Which::Last),
            () if self.back_is(i, 1, &["next", "coming"]) => (i - 1, Which::Next),
            () if self.back_is(i, 1, &["this"]) => (i - 1, Which::This),
            () => (i, Which::Plain),
        }
    }
}

/// Two digits of minutes.
fn is_minutes(text: &str) -> bool {
    text.len() == 2 && text.bytes().all(|b| b.is_ascii_digit()) && text < "60"
}

/// Whether `text` is that many digits of minutes and a half of the day: `30pm`, `am`.
fn half_behind(text: &str, digits: usize) -> bool {
    let Some((minutes, half)) = text.split_at_checked(digits) else { return false };
    (digits == 0 || is_minutes(minutes)) && among(half, &["am", "pm", "a.m.", "p.m."])
}
