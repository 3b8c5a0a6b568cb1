//! Layout: raw text into paragraphs, each on one line.
//!
//! Folds runs of blanks, drops control characters, joins hard-wrapped lines. What a paragraph says is the
//! business of the other files here.

use std::borrow::Cow;

/// A paragraph of running text, on one line, and the line of the file it begins on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph<'t> {
    /// Line of the file, from 1.
    pub line: u32,
    /// The text: never empty, no line ends, single blanks. A part of the file where it stands there so.
    pub text: Cow<'t, str>,
}

impl Paragraph<'_> {
    /// The same with a text of its own.
    pub fn into_owned(self) -> Paragraph<'static> {
        Paragraph { line: self.line, text: Cow::Owned(self.text.into_owned()) }
    }
}

/// Splits `raw` into paragraphs; its first line is number 1.
///
/// A blank line ends a paragraph. So does a line end, unless the text as a whole is wrapped at some width.
pub fn paragraphs(raw: &str) -> Vec<Paragraph<'_>> {
    let lines = fold_lines(raw);
    match wrap_width(&lines) {
        Some(width) => join_wrapped(lines, width),
        None => lines.lines,
    }
}

/// One line, tidied: single blanks, no control characters.
pub fn one_line(raw: &str) -> String {
    fold(raw).into_owned()
}

/// As [`one_line`], without the characters that turn the direction of writing: for titles and other labels that
/// are shown next to foreign text.
pub fn label(raw: &str) -> String {
    let mut out = one_line(raw);
    if !out.is_ascii() {
        out.retain(
            |c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'),
        );
    }
    out
}

/// Lines longer than this are not the work of a line wrapper.
const WIDEST: usize = 100;
/// Nor are texts whose lines are all shorter than this.
const NARROWEST: usize = 40;

/// The lines of a text that are not blank, each tidied.
struct Lines<'t> {
    lines: Vec<Paragraph<'t>>,
    /// Which of them are indented, in rising order.
    indented: Vec<usize>,
    /// Their widths together.
    width: usize,
    /// The same of those that are too long for the work of a line wrapper.
    long: usize,
}

fn fold_lines(raw: &str) -> Lines<'_> {
    let mut lines = Vec::with_capacity(raw.len() / 100 + 4);
    let (mut indented, mut all, mut long) = (Vec::new(), 0, 0);
    // Files of old Macs end their lines with a carriage return alone.
    let end = if memchr::memchr(b'\n', raw.as_bytes()).is_some() { b'\n' } else { b'\r' };
    let (mut rest, mut number) = (raw, 0u32);
    while let Some(first) = rest.as_bytes().first() {
        number = number.saturating_add(1);
        if *first == end {
            rest = rest.get(1..).unwrap_or_default();
            continue;
        }
        let length = memchr::memchr(end, rest.as_bytes()).unwrap_or(rest.len());
        let (line, behind) = rest.split_at_checked(length).unwrap_or((rest, ""));
        rest = behind.get(1..).unwrap_or_default();
        let line = match line.as_bytes() {
            [.., b'\r'] => line.get(..line.len() - 1).unwrap_or_default(),
            _ => line,
        };
        let is_tidy = is_tidy(line.as_bytes());
        let text = if is_tidy || is_plain(line.as_bytes()) { Cow::Borrowed(line) } else { fold_odd(line) };
        if text.is_empty() {
            continue;
        }
        if !is_tidy && line.starts_with(['\t', ' ', '\u{A0}', '\u{3000}']) {
            indented.push(lines.len());
        }
        let width = if is_tidy && text.len() <= COUNTED { text.len() } else { width_of(&text) };
        all += width;
        long += if width > WIDEST { width } else { 0 };
        lines.push(Paragraph { line: number, text });
    }
    Lines { lines, indented, width: all, long }
}

/// Characters are counted where a line has no more bytes.
const COUNTED: usize = 4 * WIDEST;

/// Characters of a line; of a long one, so many that it is none of a line wrapper.
fn width_of(text: &str) -> usize {
    if text.len() > COUNTED { text.len() / 4 + 1 } else { text.chars().count() }
}

/// Whether blank lines are between two lines.
fn are_apart(line: &Paragraph<'_>, next: &Paragraph<'_>) -> bool {
    next.line != line.line.saturating_add(1)
}

/// Bytes that may begin something other than plain text: blanks, controls, and the lead bytes of blanks and
/// invisible characters beyond ASCII.
const SPECIAL: [bool; 256] = {
    let mut table = [false; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = byte <= 0x20 || matches!(byte, 0x7F | 0xC2 | 0xE1 | 0xE2 | 0xE3 | 0xEF);
        byte += 1;
    }
    table
};

/// Bytes of `bytes` from `at` on that stay as they are, single blanks among them; most texts are nothing else.
fn plain_run(bytes: &[u8], mut at: usize) -> usize {
    let begin = at;
    while is_step_of::<STEP>(bytes, at, is_odd) {
        at += STEP;
    }
    while is_step_of::<SHORT_STEP>(bytes, at, is_odd) {
        at += SHORT_STEP;
    }
    let mut was_blank = false;
    for byte in bytes.get(at..).unwrap_or_default() {
        let is_blank = *byte == b' ';
        if is_odd(*byte) || (is_blank && was_blank) {
            break;
        }
        was_blank = is_blank;
        at += 1;
    }
    at - begin
}

/// Whether a line is of visible ASCII and single blanks, none at its ends: it stays as it is.
fn is_tidy(line: &[u8]) -> bool {
    let is_odd = |byte: u8| !(0x20..0x7F).contains(&byte);
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return false };
    if *first == b' ' || *last == b' ' || is_odd(*last) {
        return false;
    }
    match line.len() - 1 {
        STEP.. => is_all_of::<STEP>(line, is_odd),
        SHORT_STEP.. => is_all_of::<SHORT_STEP>(line, is_odd),
        _ => {
            let mut before = b' ';
            line.iter().all(|byte| !is_odd(*byte) && (std::mem::replace(&mut before, *byte), *byte) != (b' ', b' '))
        }
    }
}

/// Whether a line surely has no byte that is odd, beyond ASCII too, no blanks in a row and none at its ends: dashes,
/// quotation marks and dots stay as letters do.
fn is_plain(line: &[u8]) -> bool {
    let end = line.len().wrapping_sub(STEP + 2);
    let (Some(first), Some(last)) = (line.first(), line.last_chunk::<2>()) else { return false };
    if line.len() < STEP + 2 || *first == b' ' || last[1] == b' ' || last.iter().any(|byte| is_odd(*byte)) {
        return false;
    }
    let is_step = |at: usize| {
        let step = |at: usize| line.get(at..).and_then(|rest| rest.first_chunk::<STEP>());
        let (Some(these), Some(next), Some(third)) = (step(at), step(at + 1), step(at + 2)) else { return false };
        let mut found = false;
        for at in 0..STEP {
            let is_mark = (these[at] == 0xE2) & (next[at] == 0x80) & (third[at].wrapping_sub(0x90) <= 0x16);
            found |= (is_odd(these[at]) & !is_mark) | ((these[at] == b' ') & (next[at] == b' '));
        }
        !found
    };
    let mut at = 0;
    while at < end {
        if !is_step(at) {
            return false;
        }
        at += STEP;
    }
    // The last step overlaps the one before it.
    is_step(end)
}

/// Whether a byte may begin what does not stay as it is.
#[inline]
fn is_odd(byte: u8) -> bool {
    (byte < 0x20) | (byte == 0x7F) | (byte == 0xC2) | (byte.wrapping_sub(0xE1) <= 2) | (byte == 0xEF)
}

/// Whether a line of more than `N` bytes has none that is odd but the last, and no blanks in a row.
#[inline]
fn is_all_of<const N: usize>(line: &[u8], is_odd: impl Fn(u8) -> bool + Copy) -> bool {
    let end = line.len().saturating_sub(N + 1);
    let mut at = 0;
    while at < end {
        if !is_step_of::<N>(line, at, is_odd) {
            return false;
        }
        at += N;
    }
    // The last step overlaps the one before it.
    is_step_of::<N>(line, end, is_odd)
}

/// Whether there is a step at `at` with no byte that is odd and no blanks in a row, as far as the byte behind it. Written
/// so that the compiler compares many bytes at once.
#[inline]
fn is_step_of<const N: usize>(bytes: &[u8], at: usize, is_odd: impl Fn(u8) -> bool) -> bool {
    let Some(bytes) = bytes.get(at..) else { return false };
    let (Some(these), Some(next)) = (bytes.first_chunk::<N>(), bytes.get(1..).and_then(|next| next.first_chunk::<N>()))
    else {
        return false;
    };
    let mut found = false;
    for at in 0..N {
        found |= is_odd(these[at]) | ((these[at] == b' ') & (next[at] == b' '));
    }
    !found
}

const STEP: usize = 32;
const SHORT_STEP: usize = 8;

/// `line` with single blanks, none at its ends, and without invisible characters.
fn fold(line: &str) -> Cow<'_, str> {
    if is_tidy(line.as_bytes()) || is_plain(line.as_bytes()) { Cow::Borrowed(line) } else { fold_odd(line) }
}

/// The same of a line that may be anything.
fn fold_odd(line: &str) -> Cow<'_, str> {
    let bytes = line.as_bytes();
    let mut out = String::new();
    let (mut from, mut at) = (0, 0);
    let mut blank = true;
    while let Some(&byte) = bytes.get(at) {
        if !SPECIAL[byte as usize] || (byte == b' ' && !blank) {
            at += plain_run(bytes, at).max(1);
            blank = bytes.get(at - 1) == Some(&b' ');
            continue;
        }
        // Dashes, quotation marks and dots.
        if byte == 0xE2 && matches!(bytes.get(at + 1..at + 3), Some([0x80, 0x90..=0xA6])) {
            at += 3;
            blank = false;
            continue;
        }
        let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let next = at + c.len_utf8();
        let (is_blank, is_dropped) = (c.is_whitespace(), is_invisible(c));
        if is_blank || is_dropped {
            if from < at {
                out.reserve(line.len() - from);
                out.push_str(line.get(from..at).unwrap_or_default());
            }
            from = next;
            if is_blank && !blank {
                out.push(' ');
                blank = true;
            }
        } else {
            blank = false;
        }
        at = next;
    }
    let rest = line.get(from..).unwrap_or_default();
    if out.is_empty() {
        return Cow::Borrowed(rest.trim_end_matches(' '));
    }
    out.push_str(rest);
    out.truncate(out.trim_end_matches(' ').len());
    Cow::Owned(out)
}

fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}')
}

/// The width the text is wrapped at; `None` where each line is a paragraph.
fn wrap_width(Lines { lines, width, long, .. }: &Lines<'_>) -> Option<usize> {
    if long * 10 > *width {
        return None;
    }
    // Each line that another one follows, its width, and that one.
    let pairs = || {
        let pairs = lines.iter().zip(lines.iter().skip(1)).filter(|(line, next)| !are_apart(line, next));
        pairs.map(|(line, next)| (width_of(&line.text), &next.text))
    };
    let mut widths: Vec<usize> = pairs().map(|(width, _)| width).collect();
    widths.sort_unstable();
    // Not the widest: a headline may stick out.
    let width = *widths.get((widths.len() * 9 / 10).min(widths.len().checked_sub(1)?))?;
    let full = pairs().filter(|(line, next)| is_full(*line, next, width)).count();
    let running_on = pairs().filter(|(_, next)| begins_low(next)).count();
    let wrapped = width >= NARROWEST && full * 5 >= widths.len() * 3 && running_on * 4 >= widths.len();
    wrapped.then_some(width)
}

/// Whether the first word of `next` would not have fitted on a line that is `line` wide.
fn is_full(line: usize, next: &str, width: usize) -> bool {
    let word = next.split(' ').next().unwrap_or_default();
    line + 1 + word.chars().take(WIDEST).count() > width
}

fn begins_low(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_uppercase())
}

fn join_wrapped(Lines { lines, indented, .. }: Lines<'_>, width: usize) -> Vec<Paragraph<'_>> {
    let indent_begins = indented.len() * 2 < lines.len();
    let is_indented = |at: usize| indented.binary_search(&at).is_ok();
    let mut out: Vec<Paragraph<'_>> = Vec::new();
    // The number and the width of the line above.
    let mut above = (0, 0);
    for (at, line) in lines.into_iter().enumerate() {
        let (number, wide) = (line.line, width_of(&line.text));
        // What is open ends as the line above does.
        let open = out.last_mut().filter(|open| {
            let runs_on = is_full(above.1, &line.text, width) || begins_low(&line.text) || open.text.ends_with(',');
            let begins = number != u32::saturating_add(above.0, 1)
                || (indent_begins && is_indented(at) && !is_indented(at.saturating_sub(1)));
            !begins && runs_on
        });
        match open {
            Some(open) => {
                let text = open.text.to_mut();
                if !text.ends_with('-') {
                    text.push(' ');
                }
                text.push_str(&line.text);
            }
            None => out.push(line),
        }
        above = (number, wide);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Vec<String> {
        paragraphs(raw).into_iter().map(|p| p.text.into_owned()).collect()
    }

    #[test]
    fn folds_blanks_and_drops_what_cannot_be_seen() {
        for (raw, want) in [
            ("  a  b\t\tc ", "a b c"),
            ("a\u{A0}\u{A0}b", "a b"),
            ("\u{FEFF}a\u{0}b\u{7}", "ab"),
            ("co\u{AD}operate", "cooperate"),
            ("a \u{200B} b", "a b"),
            ("Київ\u{2009}— місто", "Київ — місто"),
            ("", ""),
            (" \u{FEFF} ", ""),
        ] {
            assert_eq!(one_line(raw), want, "{raw:?}");
        }
        assert_eq!(label("a\u{202E}b\u{200F}"), "ab");
    }

    #[test]
    fn lines_are_paragraphs_unless_wrapped() {
        let raw = "Ministers met.\r\nThey talked for hours.\r\n\r\nNobody signed.";
        assert_eq!(texts(raw), ["Ministers met.", "They talked for hours.", "Nobody signed."]);
        assert_eq!(texts("One.\rTwo."), ["One.", "Two."]);
    }

    #[test]
    fn wrapped_lines_are_joined() {
        let raw = "Talks go on\n\nThe ministers of both countries met in the old town hall on\n\
                   Tuesday and spoke for three hours about the price of grain and\nthe use of the river.\n\n\
                   Neither side gave any details, but a person close to the talks\nsaid that they would go on next week.\n";
        let got = paragraphs(raw);
        assert_eq!(got.len(), 3);
        assert_eq!(got[1].line, 3);
        assert!(got[1].text.ends_with("price of grain and the use of the river."));
        assert_eq!(got[2].line, 7);
    }

    #[test]
    fn wrapped_text_without_blank_lines_breaks_at_indents() {
        let raw = "   The ministers of both countries met in the old town hall on\n\
                   Tuesday and spoke for three hours about the price of grain and\nthe use of the river.\n   \
                   Neither side gave any details, but a person close to the talks\nsaid that they would go on next week.\n";
        assert_eq!(texts(raw).len(), 2);
    }

    proptest::proptest! {
        /// Runs of plain bytes and lines that stay as they are take short cuts.
        #[test]
        fn lines_are_folded_as_character_by_character(line in "([a-z]{0,40}|[ \t.,“”é\u{A0}\u{AD}\u{200B}\u{7}\u{3000}]|  ){0,12}") {
            let seen: String = line.chars().filter(|c| c.is_whitespace() || !is_invisible(*c)).collect();
            proptest::prop_assert_eq!(one_line(&line), seen.split_whitespace().collect::<Vec<_>>().join(" "));
        }
    }

    #[test]
    fn a_long_line_is_linear() {
        let raw = "word ".repeat(400_000);
        assert_eq!(texts(&raw).len(), 1);
    }
}
