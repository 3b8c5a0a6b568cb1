//! Labels: short lines that say who wrote an article, when it appeared and where, as they stand around its text.

use super::bytes::{self, Beginnings};
pub(super) use super::datelike::is_date;
use super::datelike::{is_date_word, is_month, is_number, lower, may_begin_with_date_word};

/// What a short line says about the article.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Label {
    /// A date, and whether it is that of a later change.
    Date { text: String, modified: bool },
    /// Who wrote it, without "By".
    Byline(String),
    /// The outlet.
    Source(String),
}

/// Longer lines, in bytes, are no labels.
pub(super) const LONGEST: usize = 200;

/// Reads `line` as labels, separated by `|`, `•`, `·` or ` / `; empty unless every part is one, or the name of an agency or
/// a section beside a date. `near_date` tells, if asked, whether it stands next to a date line, where names need no "By".
pub(super) fn labels(line: &str, near_date: &dyn Fn() -> bool) -> Vec<Label> {
    if line.len() > LONGEST {
        return Vec::new();
    }
    if is_prose(line) || is_sentence(line) {
        return Vec::new();
    }
    labels_of_any(line, near_date)
}

/// The same of a line that may be anything.
fn labels_of_any(line: &str, near_date: &dyn Fn() -> bool) -> Vec<Label> {
    // The last bytes of • and ·.
    if !bytes::any(line, |byte| (byte == b'|') | (byte == b'/') | (byte == 0xA2) | (byte == 0xB7)) {
        return label(line, near_date);
    }
    let parts = line.split(['|', '•', '·']).flat_map(|part| part.split(" / ")).map(str::trim);
    let mut found: Vec<Label> = Vec::new();
    let mut names = 0;
    for part in parts.filter(|part| !part.is_empty()) {
        if let (Some(Label::Date { text, .. }), true) = (found.last_mut(), is_time(part)) {
            // The time of day stands in a part of its own.
            text.push(' ');
            text.push_str(&with_colon(part));
            continue;
        }
        let labels = label(part, near_date);
        if labels.is_empty() && is_short_name(part) {
            names += 1;
        } else if labels.is_empty() {
            return Vec::new();
        }
        found.extend(labels);
    }
    let dated = found.iter().any(|label| matches!(label, Label::Date { .. }));
    if names > 0 && (!dated || names > 2) { Vec::new() } else { found }
}

/// Whether a line surely is no label by its first words, which tells it of nearly all sentences: one of them neither is a
/// name nor stands between names, and the first begins no date, no byline and no source.
fn is_prose(line: &str) -> bool {
    const MOST: usize = 6;
    let mut first_low = None;
    for (count, word) in bytes::words(line).enumerate().take(MOST) {
        let bytes = word.as_bytes();
        // What stands between parts would end a name.
        if word == "/" || bytes.iter().any(|byte| matches!(byte, b'|' | 0xA2 | 0xB7)) {
            return false;
        }
        if count > 0 && bytes.first().is_some_and(u8::is_ascii_lowercase) {
            first_low = name_words(bytes).next().filter(|word| !stands_between_names(word));
        }
        // Behind two names and a comma may come what somebody is.
        if first_low.is_some() || (count > 0 && bytes.contains(&b',')) {
            break;
        }
    }
    first_low.is_some() && !begins_date(line) && after_by(line).is_none() && after_word(line, "source:").is_none()
}

/// Whether a line surely is no label by its end and because there is no number in it: no names end as a sentence does.
fn is_sentence(line: &str) -> bool {
    matches!(line.as_bytes(), [.., b'a'..=b'z', b'.'])
        && after_by(line).is_none()
        && after_word(line, "source:").is_none()
        && !bytes::any(line, |byte| {
            byte.is_ascii_digit() | (byte == b'|') | (byte == b'/') | (byte == 0xA2) | (byte == 0xB7)
        })
}

/// What may stand beside a date and says nothing of it: `PTI`, `World News`.
fn is_short_name(part: &str) -> bool {
    part.len() <= 40 && bytes::words(part).count() <= 4 && !part.ends_with(['.', '?', '!']) && is_name_list(part)
}

/// Whether `part` is a time of day and nothing else: `17:26`, `5.00am AEDT`, `5:00 a.m.`
fn is_time(part: &str) -> bool {
    let words = || part.split([' ', ',']).map(|word| word.trim_matches(['.', ':', ';']).to_lowercase());
    let hour = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_alphabetic());
        let parts: Vec<&str> = digits.split([':', '.']).collect();
        let short = |part: &&str| matches!(part.len(), 1 | 2) && part.bytes().all(|b| b.is_ascii_digit());
        is_number(word) && parts.iter().all(short) && (parts.len() > 1 || digits.len() < word.len())
    };
    let first = words().next().is_some_and(|word| hour(&word));
    first && words().filter(|word| !word.is_empty()).all(|word| hour(&word) || is_date_word(&word))
}

fn label(part: &str, near_date: &dyn Fn() -> bool) -> Vec<Label> {
    let dates = dates(part);
    if !dates.is_empty() {
        return dates;
    }
    // `By Jane Doe, Updated 8:09 AM EDT`.
    let named = byline(part);
    if named.is_some() || (has_digit(part) && may_begin_with_name(part)) {
        let (name, when) = part.split_at(next_lead(part));
        if let Some(name) = byline(name.trim_end_matches([' ', ',', '-', '–', '—', '(']))
            && !when.is_empty()
        {
            let dates = self::dates(when);
            return if dates.is_empty() { dates } else { [vec![Label::Byline(name)], dates].concat() };
        }
    }
    if let Some(name) = named {
        return vec![Label::Byline(name)];
    }
    if may_be_name(part) && (is_bare_name(part) || is_name_in_place(part)) && near_date() {
        return vec![Label::Byline(part.to_owned())];
    }
    after_word(part, "source:").map(|name| Label::Source(name.to_owned())).into_iter().collect()
}

/// What stands before a name in a byline.
const BY: &[&str] = &[
    "by ",
    "by: ",
    "words by ",
    "story by ",
    "written by ",
    "from our correspondent ",
    "author: ",
    "von ",
    "von: ",
    "autor: ",
    "autorin: ",
    "par ",
    "por ",
    "di ",
    "автор: ",
    "текст: ",
];

static BY_BEGINNINGS: Beginnings = Beginnings::of(&[BY]);

/// What stands behind the word that begins a byline.
fn after_by(part: &str) -> Option<&str> {
    if !BY_BEGINNINGS.may_begin(part.as_bytes()) {
        return None;
    }
    BY.iter().find_map(|word| after_word(part, word))
}

/// Whether a beginning of `part` may be a byline, whatever comes behind it.
fn may_begin_with_name(part: &str) -> bool {
    after_by(part).is_some() || name_and_role(part).is_some()
}

/// A name and what comes behind its comma, which may say what somebody is: `Jane Doe, Correspondent`.
fn name_and_role(part: &str) -> Option<(&str, &str)> {
    if !may_be_name(part) {
        return None;
    }
    let comma = memchr::memchr_iter(b',', part.as_bytes()).find(|at| part.as_bytes().get(at + 1) == Some(&b' '))?;
    let (name, role) = (part.get(..comma)?, part.get(comma + 2..)?);
    ((2..=4).contains(&bytes::words(name).take(5).count()) && is_name_list(name)).then_some((name, role))
}

fn has_digit(text: &str) -> bool {
    bytes::any(text, |byte| byte.is_ascii_digit())
}

/// The name in a byline: `By Jane Doe`, `Jane Doe, Correspondent`.
fn byline(part: &str) -> Option<String> {
    if let Some(name) = after_by(part) {
        // Many add the address.
        let name =
            name.split_once('@').map_or(name, |(before, _)| before.rsplit_once(' ').map_or("", |(name, _)| name));
        return (name.len() <= 100 && is_name_list(name) && !name.ends_with(['.', '?', '!'])).then(|| name.to_owned());
    }
    let (_, role) = name_and_role(part)?;
    (!part.ends_with('.') && has_role(role)).then(|| part.to_owned())
}

/// `Jane Doe`: two to four words, each with a capital and small letters behind it.
pub(super) fn is_bare_name(part: &str) -> bool {
    const PLACES: &[&str] = &["north", "south", "east", "west", "new", "middle", "latin", "united", "saint", "st"];
    const SECTIONS: &[&str] = &[
        "news", "world", "sport", "sports", "business", "politics", "europe", "asia", "africa", "america", "top",
        "live", "breaking", "latest", "opinion", "culture",
    ];
    let mut count = 0;
    for word in bytes::words(part) {
        let mut letters = word.chars();
        let capital = letters.next().is_some_and(char::is_uppercase);
        let rest = letters.as_str();
        let is_initial = rest == ".";
        let is_name = rest.chars().all(|c| c.is_alphabetic() || matches!(c, '-' | '\'' | '’'))
            && rest.chars().any(char::is_lowercase);
        if !capital || !(is_name || is_initial) {
            return false;
        }
        count += 1;
    }
    let mut words = bytes::words(part);
    (2..=4).contains(&count)
        && !words.clone().next().is_some_and(|first| lower(first, |low| PLACES.contains(&low)))
        && !words.any(|word| lower(word, |low| SECTIONS.contains(&low)))
}

/// Whether a line says what somebody is: `Shipping correspondent`.
pub(super) fn is_role(line: &str) -> bool {
    !line.ends_with('.') && has_role(line)
}

fn has_role(text: &str) -> bool {
    text.len() <= 60 && text.split([' ', '/']).any(|word| lower(word, |low| ROLES.contains(&low)))
}

/// `Jane Doe in Geneva`.
fn is_name_in_place(part: &str) -> bool {
    const LONGEST: (usize, usize) = (5, 3);
    let mut length = 0;
    for (count, word) in bytes::words(part).enumerate().take(LONGEST.0 + 1) {
        if count > 0 && word == "in" {
            let Some(place) = part.get(length + 3..) else { return false };
            let is_short = (1..=LONGEST.1).contains(&bytes::words(place).take(LONGEST.1 + 1).count());
            let name = part.get(..length - 1).unwrap_or_default();
            return count > 1 && is_short && is_name_list(name) && is_name_list(place) && !place.ends_with('.');
        }
        if !is_part_of_names(word.as_bytes()) {
            return false;
        }
        length += word.len() + 1;
    }
    false
}

/// Words that end a line of the form `Jane Doe, ...`.
const ROLES: &[&str] = &[
    "correspondent",
    "correspondents",
    "reporter",
    "reporters",
    "editor",
    "editors",
    "writer",
    "columnist",
    "staff",
    "contributor",
    "reuters",
    "afp",
    "associated",
    "ap",
];

/// Whether every word begins with a capital, but for those that stand between names.
fn is_name_list(text: &str) -> bool {
    let mut capitals = 0;
    for word in name_words(text.as_bytes()) {
        if begins_high(word) {
            capitals += 1;
        } else if !stands_between_names(word) {
            return false;
        }
    }
    (1..=14).contains(&capitals)
}

fn is_part_of_names(text: &[u8]) -> bool {
    name_words(text).all(|word| begins_high(word) || stands_between_names(word))
}

fn name_words(text: &[u8]) -> impl Iterator<Item = &[u8]> {
    text.split(|byte| matches!(byte, b' ' | b',' | b'-')).filter(|word| !word.is_empty())
}

fn begins_high(word: &[u8]) -> bool {
    match word.first() {
        Some(first) if first.is_ascii() => first.is_ascii_uppercase() || *first == b'@',
        _ => word.utf8_chunks().next().is_some_and(|chunk| chunk.valid().starts_with(char::is_uppercase)),
    }
}

fn stands_between_names(word: &[u8]) -> bool {
    matches!(
        word,
        b"and"
            | b"in"
            | b"for"
            | b"with"
            | b"at"
            | b"of"
            | b"de"
            | b"da"
            | b"del"
            | b"van"
            | b"von"
            | b"der"
            | b"bin"
            | b"al"
            | b"&"
            | b"the"
    )
}

/// Whether the second word may be that of a name, which the second word of a sentence seldom is.
fn may_be_name(text: &str) -> bool {
    let second = text.as_bytes().split(|byte| *byte == b' ').nth(1).unwrap_or_default();
    !second.first().is_some_and(u8::is_ascii_lowercase) || name_words(second).next().is_some_and(stands_between_names)
}

/// Whether the first byte of `text` may be that of `word` (lower case), which it seldom is. Letters beyond ASCII may differ
/// by case in all their bytes.
#[inline]
fn may_begin_with(text: &str, word: &str) -> bool {
    let (Some(first), Some(wanted)) = (text.as_bytes().first(), word.as_bytes().first()) else { return false };
    first.eq_ignore_ascii_case(wanted) || !(first.is_ascii() || wanted.is_ascii())
}

/// What follows `word` (lower case) at the start of `text`.
#[inline]
fn after_word<'a>(text: &'a str, word: &str) -> Option<&'a str> {
    if !may_begin_with(text, word) {
        return None;
    }
    let (head, rest) = text.split_at_checked(word.len())?;
    let is_same =
        head.eq_ignore_ascii_case(word) || (!word.is_ascii() && !head.is_ascii() && head.to_lowercase() == word);
    let rest = is_same.then(|| rest.trim())?;
    (!rest.is_empty()).then_some(rest)
}

/// The dates of a line that holds nothing else: "Published: 19 January 2022 Updated: 20 January 2022".
fn dates(part: &str) -> Vec<Label> {
    if part.len() > 160 || !has_digit(part) {
        return Vec::new();
    }
    if !begins_date(part) {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut rest = part;
    while !rest.is_empty() {
        let (word, behind) = lead(rest);
        let end = next_lead(behind);
        let (date, after) = behind.split_at(end);
        let date = date.trim_matches(|c: char| {
            c.is_whitespace() || matches!(c, ',' | ';' | '-' | '–' | '—' | '(' | ')' | ':' | '/')
        });
        if !is_date(date, word != Lead::None) {
            return Vec::new();
        }
        found.push(Label::Date { text: with_colon(date), modified: word == Lead::Modified });
        rest = after;
    }
    found
}

/// Whether a date, or what introduces one, may be what `part` begins with.
fn begins_date(part: &str) -> bool {
    if part.starts_with(|c: char| c.is_ascii_digit() || c == '(') {
        return true;
    }
    if !may_begin_with_date_word(part) {
        return lead(part).0 != Lead::None;
    }
    let length = part.bytes().position(|byte| matches!(byte, b' ' | b',' | b'.')).unwrap_or(part.len());
    let begins = part.get(..length).unwrap_or_default();
    lower(begins, |low| is_month(low) || is_date_word(low)) || lead(part).0 != Lead::None
}

/// A date whose time is written with a dot (`18.04 GMT`, `5.00am`), with a colon.
fn with_colon(date: &str) -> String {
    let is_time = |word: &str| {
        let digits = word.trim_end_matches(|c: char| c.is_ascii_alphabetic());
        let parts = digits.split_once('.').filter(|(h, m)| matches!(h.len(), 1 | 2) && m.len() == 2);
        parts.is_some_and(|(h, m)| h.bytes().chain(m.bytes()).all(|b| b.is_ascii_digit()))
    };
    if !date.contains('.') {
        return date.to_owned();
    }
    let words = date.split(' ').map(|word| if is_time(word) { word.replace('.', ":") } else { word.to_owned() });
    words.collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Lead {
    None,
    Published,
    Modified,
}

/// Words that introduce a date, longest first.
const LEADS: &[(&str, Lead)] = &[
    ("last updated on", Lead::Modified),
    ("last updated", Lead::Modified),
    ("last modified on", Lead::Modified),
    ("last modified", Lead::Modified),
    ("first published on", Lead::Published),
    ("first published", Lead::Published),
    ("published on", Lead::Published),
    ("published at", Lead::Published),
    ("published", Lead::Published),
    ("publication date", Lead::Published),
    ("date published", Lead::Published),
    ("updated on", Lead::Modified),
    ("updated at", Lead::Modified),
    ("updated", Lead::Modified),
    ("modified", Lead::Modified),
    ("posted on", Lead::Published),
    ("posted", Lead::Published),
    ("issued on", Lead::Published),
    ("created", Lead::Published),
    ("date", Lead::Published),
    ("опубликовано", Lead::Published),
    ("обновлено", Lead::Modified),
    ("опубліковано", Lead::Published),
    ("оновлено", Lead::Modified),
    ("дата", Lead::Published),
    ("stand", Lead::Published),
    ("zuletzt aktualisiert am", Lead::Modified),
    ("zuletzt aktualisiert", Lead::Modified),
    ("aktualisiert am", Lead::Modified),
    ("aktualisiert", Lead::Modified),
    ("veröffentlicht am", Lead::Published),
    ("veröffentlicht", Lead::Published),
    ("publié le", Lead::Published),
    ("publié", Lead::Published),
    ("mis à jour le", Lead::Modified),
    ("publicado el", Lead::Published),
    ("publicado", Lead::Published),
    ("actualizado el", Lead::Modified),
    ("actualizado", Lead::Modified),
    ("pubblicato il", Lead::Published),
    ("aggiornato il", Lead::Modified),
];

static LEAD_BEGINNINGS: Beginnings = {
    let mut words = [""; LEADS.len()];
    let mut at = 0;
    while at < words.len() {
        words[at] = LEADS[at].0;
        at += 1;
    }
    Beginnings::of(&[&words])
};

fn lead(text: &str) -> (Lead, &str) {
    let text = if text.starts_with(|c: char| c.is_ascii_alphabetic()) { text } else { text.trim_start() };
    if !LEAD_BEGINNINGS.may_begin(text.as_bytes()) {
        return (Lead::None, text);
    }
    let found = LEADS.iter().find_map(|(word, lead)| {
        if !may_begin_with(text, word) {
            return None;
        }
        let head = text.get(..word.len())?;
        let rest = text.get(word.len()..)?;
        let ends = !rest.starts_with(char::is_alphanumeric);
        (ends && (head.eq_ignore_ascii_case(word) || (!head.is_ascii() && head.to_lowercase() == *word)))
            .then(|| (*lead, rest.trim_start_matches([':', ' ', '-'])))
    });
    found.unwrap_or((Lead::None, text))
}

/// Where the next introducing word begins, or the end.
fn next_lead(text: &str) -> usize {
    let bytes = text.bytes().enumerate();
    let mut starts = bytes.filter(|(_, byte)| matches!(byte, b' ' | b'(')).map(|(at, _)| at + 1);
    starts.find(|at| lead(text.get(*at..).unwrap_or_default()).0 != Lead::None).unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn date(text: &str, modified: bool) -> Label {
        Label::Date { text: text.into(), modified }
    }

    proptest::proptest! {
        /// Nearly all sentences are told from labels by a look at them.
        #[test]
        fn what_is_no_label_at_first_sight_is_none(
            words in proptest::collection::vec(
                "Jane|Doe,?|J\\.|in|In|Geneva|[Bb]y|von|19|Jan(uary)?|May|2022|14:05|Updated:?|the|met|and|[|/·•]|Roe[|]x|\
                 Source:|correspondent|at|“No|он|Автор:|Киеве|-|\\(3",
                0..6,
            ),
            end in "[.?]?",
        ) {
            let line = words.join(" ") + &end;
            let far = || false;
            let near = || true;
            proptest::prop_assert_eq!(labels(&line, &far), labels_of_any(&line, &far), "{}", line);
            proptest::prop_assert_eq!(labels(&line, &near), labels_of_any(&line, &near), "{}", line);
        }
    }

    #[test]
    fn reads_labels() {
        for (line, want) in [
            ("January 19, 2022", vec![date("January 19, 2022", false)]),
            ("January 19", vec![date("January 19", false)]),
            ("Published: 19 January 2022, 14:05 GMT", vec![date("19 January 2022, 14:05 GMT", false)]),
            ("Updated 20 Jan. 2022", vec![date("20 Jan. 2022", true)]),
            (
                "Published 19 January 2022 Updated 20 January 2022",
                vec![date("19 January 2022", false), date("20 January 2022", true)],
            ),
            (
                "Wednesday, January 19th, 2022 at 2:05 p.m. ET",
                vec![date("Wednesday, January 19th, 2022 at 2:05 p.m. ET", false)],
            ),
            ("2022-01-19T14:05:00Z", vec![date("2022-01-19T14:05:00Z", false)]),
            ("19 января 2022 г.", vec![date("19 января 2022 г.", false)]),
            ("19. Januar 2022", vec![date("19. Januar 2022", false)]),
            ("By Jane Doe", vec![Label::Byline("Jane Doe".into())]),
            ("BY JANE DOE AND JOHN ROE", vec![Label::Byline("JANE DOE AND JOHN ROE".into())]),
            ("By Jane Doe | Jan 19, 2022", vec![Label::Byline("Jane Doe".into()), date("Jan 19, 2022", false)]),
            ("Jane Doe, Correspondent", vec![Label::Byline("Jane Doe, Correspondent".into())]),
            ("Source: The Daily Example", vec![Label::Source("The Daily Example".into())]),
            ("By Jane Doe jdoe@example.com", vec![Label::Byline("Jane Doe".into())]),
            ("Updated: February 2, 2022 / 11:32 AM CET", vec![date("February 2, 2022 11:32 AM CET", true)]),
            ("28 December 2021 | 17:26", vec![date("28 December 2021 17:26", false)]),
            ("October 25, 2021 | 5:00 a.m.", vec![date("October 25, 2021 5:00 a.m.", false)]),
            ("February 27, 2021 — 5.00am", vec![date("February 27, 2021 — 5:00am", false)]),
            ("PTI / Aug 22, 2021, 19:41 IST", vec![date("Aug 22, 2021, 19:41 IST", false)]),
            ("World News | 3 May 2021 · 07:15", vec![date("3 May 2021 07:15", false)]),
            (
                "July 3, 2021 9:12 AM (Updated: July 3, 2021 2:40 PM)",
                vec![date("July 3, 2021 9:12 AM", false), date("July 3, 2021 2:40 PM", true)],
            ),
            (
                "By Jane Doe, Updated 8:09 AM EDT, Sun July 21, 2021",
                vec![Label::Byline("Jane Doe".into()), date("8:09 AM EDT, Sun July 21, 2021", true)],
            ),
            ("Jane Doe / Brackwater", vec![]),
            ("Monday | Tuesday | Wednesday", vec![]),
            ("Mon 31 Jan 2022 18.04 GMT", vec![date("Mon 31 Jan 2022 18:04 GMT", false)]),
            ("Stand: 05.05.2014, 14:12 Uhr", vec![date("05.05.2014, 14:12 Uhr", false)]),
            ("Von: Jana Muster", vec![Label::Byline("Jana Muster".into())]),
            ("Von Jana Muster", vec![Label::Byline("Jana Muster".into())]),
            ("Автор: Яна Зразок", vec![Label::Byline("Яна Зразок".into())]),
            ("Von Tag zu Tag wird es kälter", vec![]),
            ("Jane Doe", vec![]),
            ("By noon the square was empty", vec![]),
            ("By Tuesday, he was gone.", vec![]),
            ("May resigns", vec![]),
            ("March for Peace", vec![]),
            ("Mark Smith 34", vec![]),
            ("7 things to know", vec![]),
            ("2022", vec![]),
            ("Mayor 12", vec![]),
            ("Nearly 40 hurt in May 2010 riots", vec![]),
        ] {
            assert_eq!(labels(line, &|| false), want, "{line}");
        }
    }
}
