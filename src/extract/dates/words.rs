//! The words that dates are made of: months and weekdays in the languages of the news, and the English terms
//! that the text scanner stops at.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::text::fold;

/// A stretch of time that English counts in.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Day,
    Week,
    Fortnight,
    Weekend,
    Month,
    Year,
}

/// A season of the northern half of the world.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Season {
    Spring,
    Summer,
    Autumn,
    Winter,
}

/// What an English word may be the heart of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Term {
    /// A month by its full name.
    Month(i8),
    /// A month abbreviated: needs a day or a year beside it.
    ShortMonth(i8),
    /// A weekday, Monday is 1.
    Weekday(i8),
    /// A weekday abbreviated: only in front of a date.
    ShortWeekday(i8),
    /// Days from today: `today`, `tomorrow`, `yesterday`.
    Offset(i32),
    /// A unit in the singular; `true` in the plural.
    Unit(Unit, bool),
    /// `morning`, `night`.
    PartOfDay,
    Season(Season),
    /// `quarter`
    Quarter,
    /// `Q1` to `Q4`.
    QuarterNumber(i8),
    /// `half`
    Half,
    /// The first word of the name of a holiday.
    Holiday,
    /// `noon`, `midnight`
    Noon,
    /// `o'clock`
    OClock,
    /// `morrow` of "to-morrow".
    Morrow,
    /// `time` of "by that time".
    Time,
}

use Season::{Autumn, Spring, Summer, Winter};
use Term::{Month, Offset, PartOfDay, Quarter, QuarterNumber, ShortMonth, ShortWeekday, Weekday};

/// Lower case.
const TERMS: &[(&str, Term)] = &[
    ("afternoon", PartOfDay),
    ("anzac", Term::Holiday),
    ("apr", ShortMonth(4)),
    ("april", Month(4)),
    ("armistice", Term::Holiday),
    ("ash", Term::Holiday),
    ("aug", ShortMonth(8)),
    ("august", Month(8)),
    ("autumn", Term::Season(Autumn)),
    ("boxing", Term::Holiday),
    ("canada", Term::Holiday),
    ("christmas", Term::Holiday),
    ("columbus", Term::Holiday),
    ("day", Term::Unit(Unit::Day, false)),
    ("days", Term::Unit(Unit::Day, true)),
    ("dec", ShortMonth(12)),
    ("december", Month(12)),
    ("easter", Term::Holiday),
    ("evening", PartOfDay),
    ("fall", Term::Season(Autumn)),
    ("feb", ShortMonth(2)),
    ("february", Month(2)),
    ("fortnight", Term::Unit(Unit::Fortnight, false)),
    ("fourth", Term::Holiday),
    ("fri", ShortWeekday(5)),
    ("friday", Weekday(5)),
    ("good", Term::Holiday),
    ("groundhog", Term::Holiday),
    ("half", Term::Half),
    ("halloween", Term::Holiday),
    ("holy", Term::Holiday),
    ("jan", ShortMonth(1)),
    ("january", Month(1)),
    ("jul", ShortMonth(7)),
    ("july", Month(7)),
    ("jun", ShortMonth(6)),
    ("june", Month(6)),
    ("juneteenth", Term::Holiday),
    ("labor", Term::Holiday),
    ("mar", ShortMonth(3)),
    ("march", Month(3)),
    ("maundy", Term::Holiday),
    ("may", Month(5)),
    ("memorial", Term::Holiday),
    ("midday", Term::Noon),
    ("midnight", Term::Noon),
    ("midsummer", Term::Holiday),
    ("mon", ShortWeekday(1)),
    ("monday", Weekday(1)),
    ("month", Term::Unit(Unit::Month, false)),
    ("months", Term::Unit(Unit::Month, true)),
    ("morning", PartOfDay),
    ("morrow", Term::Morrow),
    ("new", Term::Holiday),
    ("night", PartOfDay),
    ("noon", Term::Noon),
    ("nov", ShortMonth(11)),
    ("november", Month(11)),
    ("o'clock", Term::OClock),
    ("oct", ShortMonth(10)),
    ("october", Month(10)),
    ("o’clock", Term::OClock),
    ("palm", Term::Holiday),
    ("patrick", Term::Holiday),
    ("presidents", Term::Holiday),
    ("q1", QuarterNumber(1)),
    ("q2", QuarterNumber(2)),
    ("q3", QuarterNumber(3)),
    ("q4", QuarterNumber(4)),
    ("quarter", Quarter),
    ("remembrance", Term::Holiday),
    ("sat", ShortWeekday(6)),
    ("saturday", Weekday(6)),
    ("sep", ShortMonth(9)),
    ("sept", ShortMonth(9)),
    ("september", Month(9)),
    ("shrove", Term::Holiday),
    ("spring", Term::Season(Spring)),
    ("summer", Term::Season(Summer)),
    ("sun", ShortWeekday(7)),
    ("sunday", Weekday(7)),
    ("thanksgiving", Term::Holiday),
    ("thu", ShortWeekday(4)),
    ("thur", ShortWeekday(4)),
    ("thurs", ShortWeekday(4)),
    ("thursday", Weekday(4)),
    ("time", Term::Time),
    ("today", Offset(0)),
    ("tomorrow", Offset(1)),
    ("tonight", Offset(0)),
    ("tue", ShortWeekday(2)),
    ("tues", ShortWeekday(2)),
    ("tuesday", Weekday(2)),
    ("valentine", Term::Holiday),
    ("veterans", Term::Holiday),
    ("wed", ShortWeekday(3)),
    ("wednesday", Weekday(3)),
    ("week", Term::Unit(Unit::Week, false)),
    ("weekend", Term::Unit(Unit::Weekend, false)),
    ("weeks", Term::Unit(Unit::Week, true)),
    ("whit", Term::Holiday),
    ("winter", Term::Season(Winter)),
    ("year", Term::Unit(Unit::Year, false)),
    ("years", Term::Unit(Unit::Year, true)),
    ("yesterday", Offset(-1)),
];

static TERM_TABLE: Table<Term> = Table::new(TERMS);

/// What the English word may be the heart of, whatever its case.
#[inline]
pub(super) fn term(word: &[u8]) -> Option<Term> {
    if TERM_GATE.admits(word) { TERM_TABLE.get(word) } else { None }
}

/// Whether a date may have its heart in the bytes of `text` from `start` up to `end`, a word as it is written: names of days
/// are capitalised. Says yes to a few words too many, and costs next to nothing.
#[inline]
pub(super) fn may_be_heart(text: &[u8], start: usize, end: usize) -> bool {
    let Some(first) = text.get(start) else { return false };
    HEART_GATE.admits_length(*first, end.wrapping_sub(start))
        && text.get(end.wrapping_sub(1)).is_some_and(|last| HEART_GATE.admits_last(*first, *last))
}

static TERM_GATE: Gate = terms(false);
static HEART_GATE: Gate = terms(true);

/// A gate for the [`TERMS`]; `named` shuts out those in lower case that are names.
const fn terms(named: bool) -> Gate {
    let mut gate = Gate::SHUT;
    let mut i = 0;
    while i < TERMS.len() {
        use Term::Holiday;
        let name = matches!(TERMS[i].1, Month(_) | ShortMonth(_) | Weekday(_) | ShortWeekday(_) | Holiday);
        let word = TERMS[i].0.as_bytes();
        gate = gate.with(word, 0, word.len(), !(named && name));
        i += 1;
    }
    gate
}

/// What the first byte, the length and the last byte of a word tell of whether it is in a list: most words are turned away
/// by them, before anything is hashed or folded.
struct Gate {
    /// By the first byte: a bit for each length.
    lengths: [u16; 256],
    /// By the first byte: a bit for each last byte, of which five bits count, so that case does not.
    lasts: [u32; 256],
}

impl Gate {
    const SHUT: Gate = Gate { lengths: [0; 256], lasts: [0; 256] };

    /// Opens it for the lower-case word from `from` up to `to` of `text`, capitalised and, if `lower`, as it is. The shortest
    /// word has one byte, the longest 15.
    const fn with(mut self, text: &[u8], from: usize, to: usize, lower: bool) -> Gate {
        let (first, last, len) = (text[from] as usize, text[to - 1] & 31, to - from);
        assert!(len < 16);
        let upper = text[from].to_ascii_uppercase() as usize;
        self.lengths[upper] |= 1 << len;
        self.lasts[upper] |= 1 << last;
        if lower {
            self.lengths[first] |= 1 << len;
            self.lasts[first] |= 1 << last;
        }
        self
    }

    #[inline]
    fn admits_length(&self, first: u8, len: usize) -> bool {
        len < 16 && self.lengths.get(usize::from(first)).is_some_and(|lengths| lengths >> len & 1 != 0)
    }

    #[inline]
    fn admits_last(&self, first: u8, last: u8) -> bool {
        self.lasts.get(usize::from(first)).is_some_and(|lasts| lasts >> (last & 31) & 1 != 0)
    }

    #[inline]
    fn admits(&self, word: &[u8]) -> bool {
        let (Some(first), Some(last)) = (word.first(), word.last()) else { return false };
        self.admits_length(*first, word.len()) && self.admits_last(*first, *last)
    }
}

/// Slots of a [`Table`]: several times the rows of the largest.
const SLOTS: usize = 512;

/// A hash table of lower-case English words, built by the compiler, that turns most other words away at a glance.
pub(super) struct Table<T: 'static> {
    rows: &'static [(&'static str, T)],
    /// One more than the row that a word of this hash is in, or in a slot behind it; 0 is none.
    slots: [u8; SLOTS],
}

impl<T> Table<T> {
    /// A table of `rows`, at most 255.
    pub(super) const fn new(rows: &'static [(&'static str, T)]) -> Table<T> {
        assert!(rows.len() < 256);
        let mut slots = [0; SLOTS];
        let mut i = 0;
        while i < rows.len() {
            let mut slot = hash(rows[i].0.as_bytes());
            while slots[slot] != 0 {
                slot = (slot + 1) % SLOTS;
            }
            slots[slot] = i as u8 + 1;
            i += 1;
        }
        Table { rows, slots }
    }
}

impl<T: Copy> Table<T> {
    /// What the table has for `word`, whatever its case.
    pub(super) fn get(&self, word: &[u8]) -> Option<T> {
        let mut slot = hash(word);
        loop {
            let row = usize::from(*self.slots.get(slot)?).checked_sub(1)?;
            let (known, value) = self.rows.get(row)?;
            if known.as_bytes().eq_ignore_ascii_case(word) {
                return Some(*value);
            }
            slot = (slot + 1) % SLOTS;
        }
    }
}

/// A slot for `word`, the same in upper and lower case.
const fn hash(word: &[u8]) -> usize {
    let len = word.len();
    if len < 2 {
        return 0;
    }
    let (first, second, last) = (word[0] | 0x20, word[1] | 0x20, word[len - 1] | 0x20);
    (first as usize * 5 + second as usize * 31 + last as usize * 7 + len * 97) % SLOTS
}

/// Full names of the months, folded: English, German, French, Spanish, Italian, Portuguese, Dutch, Polish, Russian,
/// Ukrainian, Belarusian; nominative and genitive where they differ.
const MONTHS: [&str; 12] = [
    "january januar janner janvier enero gennaio janeiro januari styczen stycznia январь января январе січень січня січні студзень студзеня",
    "february februar feber fevrier febrero febbraio fevereiro februari luty lutego февраль февраля феврале лютий лютого лютому люты лютага",
    "march marz maerz mars marzo marco maart marzec marca март марта марте березень березня березні сакавік сакавіка",
    "april avril abril aprile kwiecien kwietnia апрель апреля апреле квітень квітня квітні красавік красавіка",
    "may mai mayo maggio maio mei maj maja май мая мае травень травня травні траўня",
    "june juni juin junio giugno junho czerwiec czerwca июнь июня июне червень червня червні чэрвень чэрвеня",
    "july juli juillet julio luglio julho lipiec lipca июль июля июле липень липня липні ліпень ліпеня",
    "august aout agosto augustus sierpien sierpnia август августа августе серпень серпня серпні жнівень жніўня",
    "september septembre septiembre settembre setembro wrzesien wrzesnia сентябрь сентября сентябре вересень вересня вересні верасень верасня",
    "october oktober octobre octubre ottobre outubro pazdziernik pazdziernika октябрь октября октябре жовтень жовтня жовтні кастрычнік кастрычніка",
    "november novembre noviembre novembro listopad listopada ноябрь ноября ноябре листопад листопада листопаді лістапад лістапада",
    "december dezember decembre diciembre dicembre dezembro grudzien grudnia декабрь декабря декабре грудень грудня грудні снежань снежня",
];

/// For the names in ASCII letters.
static MONTH_GATE: Gate = months();

const fn months() -> Gate {
    let mut gate = Gate::SHUT;
    let mut month = 0;
    while month < MONTHS.len() {
        let names = MONTHS[month].as_bytes();
        let (mut from, mut at, mut ascii) = (0, 0, true);
        while at <= names.len() {
            if at == names.len() || names[at] == b' ' {
                if ascii {
                    gate = gate.with(names, from, at, true);
                }
                (from, ascii) = (at + 1, true);
            } else {
                ascii &= names[at].is_ascii();
            }
            at += 1;
        }
        month += 1;
    }
    gate
}

/// Abbreviations of the same, understood only where the whole string is a date.
const SHORT_MONTHS: [&str; 12] = [
    "jan janv ene gen янв січ",
    "feb febr fev fevr фев февр лют",
    "mar мар бер",
    "apr avr abr апр квіт",
    "mag трав",
    "jun июн черв",
    "jul juil июл лип",
    "aug ago авг серп",
    "sep sept set сен сент вер",
    "oct okt ott out окт жовт",
    "nov ноя нояб лист",
    "dec dez dic дек груд",
];

/// Weekdays from Monday on, in full and abbreviated, folded.
const WEEKDAYS: [&str; 7] = [
    "monday mon montag lundi lunes lunedi понедельник пн понеділок пнд",
    "tuesday tue tues dienstag mardi martes martedi вторник вт вівторок",
    "wednesday wed mittwoch mercredi miercoles mercoledi среда ср середа",
    "thursday thu thur thurs donnerstag jeudi jueves giovedi четверг чт четвер",
    "friday fri freitag vendredi viernes venerdi пятница пт п'ятниця",
    "saturday sat samstag sonnabend samedi sabado sabato суббота сб субота",
    "sunday sun sonntag dimanche domingo domenica воскресенье вс неділя нд",
];

type Numbered = FxHashMap<&'static str, i8>;

fn number(rows: &[&'static str]) -> Numbered {
    let row = |(i, row): (usize, &&'static str)| row.split(' ').map(move |name| (name, i as i8 + 1));
    rows.iter().enumerate().flat_map(row).collect()
}

static MONTH_NAMES: LazyLock<Numbered> = LazyLock::new(|| number(&MONTHS));
static MONTH_ABBREVIATIONS: LazyLock<Numbered> = LazyLock::new(|| number(&SHORT_MONTHS));
static WEEKDAY_NAMES: LazyLock<Numbered> = LazyLock::new(|| number(&WEEKDAYS));

/// The month that `word` names in full, in any of the languages.
pub(super) fn month_name(word: &str) -> Option<i8> {
    // No name is longer than 24 bytes; the rest need not be folded, nor what is none by its look.
    let no_name = || word.is_ascii() && !word.ends_with('.') && !MONTH_GATE.admits(word.as_bytes());
    if word.len() > 24 || no_name() {
        return None;
    }
    MONTH_NAMES.get(fold(word).as_str()).copied()
}

/// The month that `word` names or abbreviates, in any of the languages.
pub(super) fn month(word: &str) -> Option<i8> {
    month_name(word).or_else(|| MONTH_ABBREVIATIONS.get(fold(word).as_str()).copied())
}

/// The weekday that `word` names or abbreviates, in any of the languages; Monday is 1.
pub(super) fn weekday(word: &str) -> Option<i8> {
    WEEKDAY_NAMES.get(fold(word).as_str()).copied()
}

/// The number that an English word or a string of digits stands for, up to 99.
pub(super) fn count(word: &str) -> Option<i32> {
    const SMALL: [&str; 20] = [
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: [&str; 8] = ["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if word.len() <= 2 && word.bytes().all(|b| b.is_ascii_digit()) {
        return word.parse().ok();
    }
    if word.eq_ignore_ascii_case("a") || word.eq_ignore_ascii_case("an") {
        return Some(1);
    }
    let among = |list: &[&str]| list.iter().position(|n| n.eq_ignore_ascii_case(word)).map(|at| at as i32);
    among(&SMALL).or_else(|| among(&TENS).map(|tens| 10 * (tens + 2)))
}

/// The number that `first` to `fourth`, `1st` to `4th`, or `last` and `final` give a quarter.
pub(super) fn quarter(word: &str) -> Option<i8> {
    const NAMES: [&[&str]; 4] =
        [&["first", "1st"], &["second", "2nd"], &["third", "3rd"], &["fourth", "4th", "final", "last"]];
    NAMES.iter().position(|names| names.iter().any(|n| n.eq_ignore_ascii_case(word))).map(|at| at as i8 + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn terms_are_found() {
        for (word, expected) in TERMS {
            assert_eq!(term(word.as_bytes()), Some(*expected));
            assert_eq!(term(word.to_uppercase().as_bytes()), Some(*expected));
        }
        for word in ["", "the", "mayor", "sunk", "januar", "Января", "@", "[", "{"] {
            assert_eq!(term(word.as_bytes()), None, "{word}");
        }
    }

    #[test]
    fn months_and_weekdays_of_many_languages() {
        for (word, expected) in
            [("März", 3), ("août", 8), ("Enero", 1), ("ЯНВАРЯ", 1), ("січня", 1), ("Oktober", 10), ("października", 10)]
        {
            assert_eq!(month_name(word), Some(expected), "{word}");
        }
        assert_eq!(
            (month("Sept."), month("février"), month("Dez"), month_name("Dez")),
            (Some(9), Some(2), Some(12), None)
        );
        assert_eq!(
            (weekday("Mittwoch"), weekday("п'ятниця"), weekday("Sun"), weekday("day")),
            (Some(3), Some(5), Some(7), None)
        );
        assert_eq!(
            (count("two"), count("30"), count("Thirty"), count("an"), count("2000")),
            (Some(2), Some(30), Some(30), Some(1), None)
        );
    }
}
