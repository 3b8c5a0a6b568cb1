//! Whether a text is a date by its look, in the languages that most archives hold; what day it is, extraction decides.

/// Whether `text` is a date and nothing else: month names, numbers, weekdays, times and zones.
///
/// Only its look is judged; what day it is, extraction decides. A bare number counts as one only when `announced`.
pub(super) fn is_date(text: &str, announced: bool) -> bool {
    let (mut months, mut numbers, mut numeric, mut words) = (0, 0, false, 0);
    if text.len() > 90 {
        return false;
    }
    for word in text.split([' ', ',', '(', ')', '|', '–', '—']).filter(|w| !w.is_empty()) {
        words += 1;
        let bare = word.trim_matches(|c: char| matches!(c, '.' | ':' | ';' | '-'));
        let low = bare.to_lowercase();
        if low.is_empty() || low == "/" {
            continue;
        }
        if is_numeric_date(bare) {
            numeric = true;
        } else if is_number(&low) {
            numbers += 1;
        } else if is_month(&low) {
            months += 1;
        } else if !is_date_word(&low) {
            return false;
        }
    }
    words <= 14 && (numeric || (months > 0 && numbers > 0) || (announced && numbers > 0))
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
    let digits = low.trim_end_matches(|c: char| c.is_alphabetic());
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

/// Whether a month begins with these three letters, in English.
fn begins_english_month(stem: &str) -> bool {
    matches!(stem, "jan" | "feb" | "mar" | "apr" | "may" | "jun" | "jul" | "aug" | "sep" | "oct" | "nov" | "dec")
}

/// The same in the other languages that most archives hold.
#[rustfmt::skip]
fn begins_other_month(stem: &str) -> bool {
    matches!(
        stem,
        "янв" | "фев" | "мар" | "апр" | "мая" | "май" | "июн" | "июл" | "авг" | "сен" | "окт" | "ноя" | "дек" // Russian
            | "січ" | "лют" | "бер" | "кві" | "тра" | "чер" | "лип" | "сер" | "вер" | "жов" | "лис" | "гру" // Ukrainian
            | "сту" | "сак" | "кра" | "кас" | "лів" | "сне" // Belarusian
            | "jän" | "mär" | "mai" | "okt" | "dez" // German
            | "fév" | "fev" | "avr" | "jui" | "aoû" | "aou" | "déc" // French
            | "ene" | "abr" | "ago" | "dic" | "set" | "out" // Spanish, Portuguese, Italian
            | "gen" | "mag" | "giu" | "lug" | "ott" | "maj"
    )
}

/// Whether a word in lower case is a month, in full or shortened.
pub(super) fn is_month(low: &str) -> bool {
    let letters = low.chars().take(11).count();
    if !(3..=10).contains(&letters) {
        return false;
    }
    let (stem, behind) = low.char_indices().nth(3).map_or((low, ""), |(end, _)| low.split_at(end));
    // "Mark" and "Mayor" are no months, "Januar" and "января" are.
    if !begins_english_month(stem) {
        return begins_other_month(stem);
    }
    behind.is_empty()
        || !low.is_ascii()
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

/// Words a date line may hold besides its numbers.
pub(super) fn is_date_word(low: &str) -> bool {
    const WORDS: &[&str] = &[
        "monday",
        "tuesday",
        "wednesday",
        "thursday",
        "friday",
        "saturday",
        "sunday",
        "mon",
        "tue",
        "tues",
        "wed",
        "thu",
        "thur",
        "thurs",
        "fri",
        "sat",
        "sun",
        "am",
        "pm",
        "a.m",
        "p.m",
        "at",
        "on",
        "of",
        "the",
        "and",
        "gmt",
        "utc",
        "bst",
        "est",
        "edt",
        "et",
        "pst",
        "pdt",
        "pt",
        "cst",
        "cdt",
        "ct",
        "mst",
        "mdt",
        "cet",
        "cest",
        "eet",
        "eest",
        "ist",
        "msk",
        "hrs",
        "hours",
        "hour",
        "local",
        "time",
        "de",
        "г",
        "года",
        "року",
        "в",
        "о",
        "um",
        "uhr",
        "den",
        "à",
        "le",
        "el",
        "del",
        "ago",
        "aest",
    ];
    WORDS.contains(&low)
}
