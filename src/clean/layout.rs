//! Layout: raw text into paragraphs, each on one line.
//!
//! Folds runs of blanks, drops control characters, joins hard-wrapped lines. What a paragraph says is the
//! business of the other files here.

/// A paragraph of running text, on one line, and the line of the file it begins on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Paragraph {
    /// Line of the file, from 1.
    pub line: u32,
    /// The text: never empty, no line ends, single blanks.
    pub text: String,
}

/// Splits `raw` into paragraphs; its first line is number 1.
///
/// A blank line ends a paragraph. So does a line end, unless the text as a whole is wrapped at some width.
pub fn paragraphs(raw: &str) -> Vec<Paragraph> {
    let mut folded = String::with_capacity(raw.len());
    let lines = fold_lines(raw, &mut folded);
    match wrap_width(&folded, &lines) {
        Some(width) => join_wrapped(&folded, &lines, width),
        None => lines.iter().map(|l| Paragraph { line: l.number, text: l.text(&folded).to_owned() }).collect(),
    }
}

/// One line, tidied: single blanks, no control characters.
pub fn one_line(raw: &str) -> String {
    let mut out = String::with_capacity(raw.len());
    fold(raw, &mut out);
    out
}

/// As [`one_line`], without the characters that turn the direction of writing: for titles and other labels that
/// are shown next to foreign text.
pub fn label(raw: &str) -> String {
    let mut out = one_line(raw);
    out.retain(
        |c| !matches!(c, '\u{200E}' | '\u{200F}' | '\u{061C}' | '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}'),
    );
    out
}

/// Lines longer than this are not the work of a line wrapper.
const WIDEST: usize = 100;
/// Nor are texts whose lines are all shorter than this.
const NARROWEST: usize = 40;

struct Line {
    start: usize,
    end: usize,
    number: u32,
    after_blank: bool,
    indented: bool,
    /// Characters, counted up to a little beyond [`WIDEST`].
    width: usize,
}

impl Line {
    fn text<'a>(&self, folded: &'a str) -> &'a str {
        folded.get(self.start..self.end).unwrap_or_default()
    }
}

fn fold_lines(raw: &str, folded: &mut String) -> Vec<Line> {
    let mut lines = Vec::with_capacity(raw.len() / 100 + 4);
    let mut after_blank = true;
    // Files of old Macs end their lines with a carriage return alone.
    let end = if memchr::memchr(b'\n', raw.as_bytes()).is_some() { b'\n' } else { b'\r' };
    let (mut rest, mut number) = (Some(raw), 0u32);
    while let Some(text) = rest {
        let split = memchr::memchr(end, text.as_bytes()).and_then(|at| text.split_at_checked(at));
        let line = split.map_or(text, |(line, _)| line);
        let line = line.strip_suffix('\r').unwrap_or(line);
        rest = split.and_then(|(_, behind)| behind.get(1..));
        number = number.saturating_add(1);
        if line.is_empty() {
            after_blank = true;
            continue;
        }
        let start = folded.len();
        let is_tidy = fold(line, folded);
        let text = folded.get(start..).unwrap_or_default();
        if text.is_empty() {
            after_blank = true;
            continue;
        }
        let width = match text.len() {
            len if len > 4 * WIDEST => len / 4 + 1,
            len if is_tidy => len,
            _ => text.chars().count(),
        };
        let indented = line.starts_with(['\t', ' ', '\u{A0}', '\u{3000}']);
        lines.push(Line { start, end: folded.len(), number, after_blank, indented, width });
        after_blank = false;
    }
    lines
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

/// Bytes at the start of `bytes` that stay as they are, single blanks among them: whole steps only, for most texts are
/// nothing else.
fn plain_run(bytes: &[u8]) -> usize {
    let is_odd =
        |byte: u8| (byte < 0x20) | (byte == 0x7F) | (byte == 0xC2) | (byte.wrapping_sub(0xE1) <= 2) | (byte == 0xEF);
    let mut at = 0;
    while is_step_of(bytes, at, is_odd) {
        at += STEP;
    }
    at
}

/// Whether a line is of visible ASCII and single blanks, none at its ends: it stays as it is.
fn is_tidy(line: &[u8]) -> bool {
    let is_odd = |byte: u8| !(0x20..0x7F).contains(&byte);
    let (Some(first), Some(last)) = (line.first(), line.last()) else { return false };
    if *first == b' ' || *last == b' ' || is_odd(*last) {
        return false;
    }
    let Some(end) = line.len().checked_sub(STEP + 1) else {
        let mut before = b' ';
        return line
            .iter()
            .all(|byte| !is_odd(*byte) && (std::mem::replace(&mut before, *byte), *byte) != (b' ', b' '));
    };
    let mut at = 0;
    while at < end && is_step_of(line, at, is_odd) {
        at += STEP;
    }
    // The last step overlaps the one before it.
    at >= end && is_step_of(line, end, is_odd)
}

/// Whether there is a step at `at` with no byte that is odd and no blanks in a row, as far as the byte behind it. Written
/// so that the compiler compares many bytes at once.
#[inline]
fn is_step_of(bytes: &[u8], at: usize, is_odd: impl Fn(u8) -> bool) -> bool {
    let Some(bytes) = bytes.get(at..).and_then(|rest| rest.first_chunk::<{ STEP + 1 }>()) else { return false };
    let mut found = false;
    for at in 0..STEP {
        found |= is_odd(bytes[at]) | ((bytes[at] == b' ') & (bytes[at + 1] == b' '));
    }
    !found
}

const STEP: usize = 32;

/// Appends `line` to `out` with single blanks, none at its ends, and without invisible characters. Gives whether it was so
/// before, and ASCII.
fn fold(line: &str, out: &mut String) -> bool {
    let bytes = line.as_bytes();
    if is_tidy(bytes) {
        out.push_str(line);
        return true;
    }
    let begin = out.len();
    let (mut from, mut at) = (0, 0);
    let mut blank = true;
    let mut next_run = 0;
    while let Some(&byte) = bytes.get(at) {
        if at >= next_run && !(blank && byte == b' ') {
            let run = plain_run(bytes.get(at..).unwrap_or_default());
            next_run = at + run + STEP;
            if run > 0 {
                at += run;
                blank = bytes.get(at - 1) == Some(&b' ');
                continue;
            }
        }
        if !SPECIAL[byte as usize] {
            blank = false;
            at += 1;
            continue;
        }
        if byte == b' ' && !blank {
            blank = true;
            at += 1;
            continue;
        }
        let Some(c) = line.get(at..).and_then(|rest| rest.chars().next()) else { break };
        let next = at + c.len_utf8();
        let (is_blank, is_dropped) = (c.is_whitespace(), is_invisible(c));
        if is_blank || is_dropped {
            out.push_str(line.get(from..at).unwrap_or_default());
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
    out.push_str(line.get(from..).unwrap_or_default());
    let end = out.trim_end_matches(' ').len();
    out.truncate(end.max(begin));
    false
}

fn is_invisible(c: char) -> bool {
    c.is_control() || matches!(c, '\u{AD}' | '\u{200B}' | '\u{2060}' | '\u{FEFF}' | '\u{FFF9}'..='\u{FFFC}')
}

/// The width the text is wrapped at; `None` where each line is a paragraph.
fn wrap_width(folded: &str, lines: &[Line]) -> Option<usize> {
    let all: usize = lines.iter().map(|l| l.width).sum();
    let long: usize = lines.iter().filter(|l| l.width > WIDEST).map(|l| l.width).sum();
    if long * 10 > all {
        return None;
    }
    let pairs =
        || lines.windows(2).filter_map(|w| if let [a, b] = w { (!b.after_blank).then_some((a, b)) } else { None });
    let mut widths: Vec<usize> = pairs().map(|(a, _)| a.width).collect();
    widths.sort_unstable();
    // Not the widest: a headline may stick out.
    let width = *widths.get((widths.len() * 9 / 10).min(widths.len().checked_sub(1)?))?;
    let full = pairs().filter(|(a, b)| is_full(a, b, folded, width)).count();
    let running_on = pairs().filter(|(_, b)| begins_low(b.text(folded))).count();
    let wrapped = width >= NARROWEST && full * 5 >= widths.len() * 3 && running_on * 4 >= widths.len();
    wrapped.then_some(width)
}

/// Whether the first word of `next` would not have fitted on `line`.
fn is_full(line: &Line, next: &Line, folded: &str, width: usize) -> bool {
    let word = next.text(folded).split(' ').next().unwrap_or_default();
    line.width + 1 + word.chars().take(WIDEST).count() > width
}

fn begins_low(text: &str) -> bool {
    text.chars().next().is_some_and(|c| c.is_alphabetic() && !c.is_uppercase())
}

fn join_wrapped(folded: &str, lines: &[Line], width: usize) -> Vec<Paragraph> {
    let indents = lines.iter().filter(|l| l.indented).count();
    let indent_begins = indents * 2 < lines.len();
    let mut out: Vec<Paragraph> = Vec::new();
    let mut previous: Option<&Line> = None;
    for line in lines {
        let text = line.text(folded);
        let joins = previous.is_some_and(|last| {
            let runs_on = is_full(last, line, folded, width) || begins_low(text) || last.text(folded).ends_with(',');
            let begins = line.after_blank || (indent_begins && line.indented && !last.indented);
            !begins && runs_on
        });
        match out.last_mut() {
            Some(paragraph) if joins => {
                if !paragraph.text.ends_with('-') {
                    paragraph.text.push(' ');
                }
                paragraph.text.push_str(text);
            }
            _ => out.push(Paragraph { line: line.number, text: text.to_owned() }),
        }
        previous = Some(line);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn texts(raw: &str) -> Vec<String> {
        paragraphs(raw).into_iter().map(|p| p.text).collect()
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
