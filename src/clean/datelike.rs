//! Whether a text is a date by its look, in the languages that most archives hold; what day it is, extraction decides.

use super::bytes::Beginnings;
use crate::text::lower_short;
use crate::text::zones::ZONES;

/// Whether `text` is a date and nothing else: month names, numbers, weekdays, times and zones.
///
/// Only its look is judged; what day it is, extraction decides. A bare number counts as one only when `announced`.
pub(super) fn is_date(text: &str, announced: bool) -> bool {
    let (mut months, mut numbers, mut numeric, mut words) = (0, 0, false, 0);
    if text.len() > 90 {
        return false;
    }
    let ends_word = |c: char| matches!(c, ' ' | ',' | '(' | ')' | '|' | '–' | '—');
    for word in text.split(ends_word).filter(|w| !w.is_empty()) {
        words += 1;
        match part(word.trim_matches(|c: char| matches!(c, '.' | ':' | ';' | '-'))) {
            Some(Part::Date) => numeric = true,
            Some(Part::Number) => numbers += 1,
            Some(Part::Month) => months += 1,
            Some(Part::Word) => {}
            None => return false,
        }
    }
    words <= 14 && (numeric || (months > 0 && numbers > 0) || (announced && numbers > 0))
}

/// What a word may be of a date.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part {
    /// All of it: `2022-01-19`.
    Date,
    Number,
    Month,
    /// A weekday, a zone, a word in between, or none at all.
    Word,
}

/// What `word`, free of marks at its ends, is of a date.
pub(super) fn part(word: &str) -> Option<Part> {
    if word.is_empty() || word == "/" {
        return Some(Part::Word);
    }
    if word.len() <= 8 && word.bytes().all(|byte| byte.is_ascii_digit()) {
        return Some(Part::Number);
    }
    if word.starts_with(|c: char| c.is_ascii_digit()) && is_numeric_date(word) {
        return Some(Part::Date);
    }
    let begins_with_mark = |c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '-' | '+');
    if !word.starts_with(begins_with_mark) && !may_begin_with_date_word(word) {
        return None;
    }
    lower(word, |low| {
        if is_number(low) {
            Some(Part::Number)
        } else if is_month(low) {
            Some(Part::Month)
        } else {
            is_date_word(low).then_some(Part::Word)
        }
    })
}

/// Gives `test` a word in lower case.
pub(super) fn lower<T>(word: &str, test: impl FnOnce(&str) -> T) -> T {
    match lower_short(word, &mut [0; 24]) {
        Some(low) => test(low),
        None => test(&word.to_lowercase()),
    }
}

fn is_numeric_date(word: &str) -> bool {
    let date = word.split(['T', 't']).next().unwrap_or_default();
    let mut parts = date.split(['-', '/', '.']);
    let mut digits =
        || parts.next().is_some_and(|p| matches!(p.len(), 1 | 2 | 4) && p.bytes().all(|b| b.is_ascii_digit()));
    digits() && digits() && digits() && parts.next().is_none()
}

/// `19`, `19th`, `2022`, `14:05`, `14:05:33`, `2pm`, `1405gmt`, `2022-01`.
pub(super) fn is_number(low: &str) -> bool {
    if !low.starts_with(|c: char| c.is_ascii_digit() || matches!(c, ':' | '.' | '-' | '+')) {
        return false;
    }
    let digits = low.trim_end_matches(char::is_alphabetic);
    let tail = low.get(digits.len()..).unwrap_or_default();
    let is_tail = matches!(
        tail,
        "" | "st" | "nd" | "rd" | "th" | "am" | "pm" | "a" | "p" | "h" | "z" | "gmt" | "utc" | "го" | "г"
    );
    let count = digits.bytes().filter(u8::is_ascii_digit).count();
    is_tail
        && (1..=8).contains(&count)
        && digits.bytes().all(|b| b.is_ascii_digit() || matches!(b, b':' | b'.' | b'-' | b'+'))
}

/// First three letters of months in English.
const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The same in the other languages that most archives hold.
#[rustfmt::skip]
const OTHER_MONTHS: &[&str] = &[
    "янв", "фев", "мар", "апр", "мая", "май", "июн", "июл", "авг", "сен", "окт", "ноя", "дек", // Russian
    "січ", "лют", "бер", "кві", "тра", "чер", "лип", "сер", "вер", "жов", "лис", "гру", // Ukrainian
    "сту", "сак", "кра", "кас", "лів", "сне", // Belarusian
    "jän", "mär", "mai", "okt", "dez", // German
    "fév", "fev", "avr", "jui", "aoû", "aou", "déc", // French
    "ene", "abr", "ago", "dic", "set", "out", // Spanish, Portuguese, Italian
    "gen", "mag", "giu", "lug", "ott", "maj",
];

/// Words a date line may hold besides its numbers and zones, the commonest first.
#[rustfmt::skip]
const WORDS: &[&str] = &[
    "the", "on", "at", "of", "and", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
    "mon", "tue", "tues", "wed", "thu", "thur", "thurs", "fri", "sat", "sun", "am", "pm", "a.m", "p.m", "ct",
    "hrs", "hours", "hour", "local", "time", "de", "г", "года", "року", "в", "о", "um",
    "uhr", "den", "à", "le", "el", "del", "ago",
];

static MONTH_BEGINNINGS: Beginnings = Beginnings::of(&[MONTHS, OTHER_MONTHS]);
static BEGINNINGS: Beginnings = Beginnings::of(&[MONTHS, OTHER_MONTHS, WORDS, ZONES]);

/// Whether what `text` begins with may be a month or a word of dates, by its first two letters.
pub(super) fn may_begin_with_date_word(text: &str) -> bool {
    BEGINNINGS.may_begin(text.as_bytes())
}

/// Whether a word in lower case is a month, in full or shortened.
pub(super) fn is_month(low: &str) -> bool {
    if !MONTH_BEGINNINGS.may_begin(low.as_bytes()) {
        return false;
    }
    let is_ascii = low.is_ascii();
    let letters = if is_ascii { low.len() } else { low.chars().take(11).count() };
    if !(3..=10).contains(&letters) {
        return false;
    }
    let end = if is_ascii { 3 } else { low.char_indices().nth(3).map_or(low.len(), |(end, _)| end) };
    let (stem, behind) = low.split_at_checked(end).unwrap_or((low, ""));
    // "Mark" and "Mayor" are no months, "Januar" and "января" are.
    if !MONTHS.contains(&stem) {
        return OTHER_MONTHS.contains(&stem);
    }
    behind.is_empty()
        || !is_ascii
        || matches!(
            low,
            "january"
                | "february"
                | "march"
                | "april"
                | "june"
                | "july"
                | "august"
                | "sept"
                | "september"
                | "october"
                | "november"
                | "december"
                | "januar"
                | "februar"
                | "juli"
                | "juni"
                | "octubre"
                | "noviembre"
                | "septiembre"
                | "septembre"
                | "octobre"
                | "novembre"
                | "juin"
                | "juillet"
                | "janvier"
                | "marzo"
                | "junio"
                | "julio"
                | "mars"
                | "augustus"
        )
}

/// Whether a word in lower case is one that a date line may hold besides its numbers.
pub(super) fn is_date_word(low: &str) -> bool {
    WORDS.contains(&low) || ZONES.contains(&low)
}
