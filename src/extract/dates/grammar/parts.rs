//! What hangs on the heart of an expression: its year, "last" and "early", a clock time.

use crate::text::Kind;

use super::super::words::Term;
use super::{Reader, Which, Year};

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
        let end =
            if matches!(self.term(end), Some(Term::PartOfDay)) && self.is_lower_word(end) { end + 1 } else { end };
        let at = end + usize::from(self.is(end, &["at"]) || self.kind(end) == Some(Kind::Comma));
        match self.clock(at) {
            Some((clock_end, zone)) if zone || at == end || self.is(end, &["at"]) => clock_end,
            _ => end,
        }
    }

    /// A clock time at `i`: where it ends, and whether its zone is given.
    pub(super) fn clock(&self, i: usize) -> Option<(usize, bool)> {
        let (hour, len) = self.digits(i)?;
        let zone_at = |at: usize| {
            let local = self.is(at, &["local"]) && self.is(at + 1, &["time"]);
            let zone = matches!(
                self.word(at),
                "UTC"
                    | "GMT"
                    | "EST"
                    | "EDT"
                    | "ET"
                    | "CST"
                    | "CDT"
                    | "PST"
                    | "PDT"
                    | "BST"
                    | "CET"
                    | "CEST"
                    | "MSK"
                    | "IST"
            );
            at + if local { 2 } else { usize::from(zone) }
        };
        let mut end = i + 1;
        if len == 4 && hour < 2400 && hour % 100 < 60 {
            let zoned = zone_at(end);
            return (zoned > end).then_some((zoned, true));
        }
        let minutes = self.kind(end) == Some(Kind::Colon) && self.is_glued(end) && self.is_glued(end + 1);
        if minutes && self.digits(end + 1).is_some_and(|(m, len)| len == 2 && m < 60) {
            end += 2;
        }
        let half = usize::from(self.is(end, &["a.m.", "p.m.", "am", "pm"]));
        let zoned = zone_at(end + half);
        let told = end > i + 1 || half > 0 || zoned > end;
        (told && hour < 25).then_some((zoned, zoned > end + half))
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
