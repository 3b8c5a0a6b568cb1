//! The phrase list: lines that are known to be page furniture, whatever stands around them.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

/// Why a line is not part of the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Furniture {
    Menu,
    Player,
    Share,
    Caption,
    Related,
    Newsletter,
    Footer,
    Credit,
}

impl Furniture {
    /// The word kept with what was removed.
    pub(super) fn as_str(self) -> &'static str {
        match self {
            Furniture::Menu => "menu",
            Furniture::Player => "player",
            Furniture::Share => "share",
            Furniture::Caption => "caption",
            Furniture::Related => "related",
            Furniture::Newsletter => "newsletter",
            Furniture::Footer => "footer",
            Furniture::Credit => "credit",
        }
    }
}

/// What a line is if the phrase list knows it. `scratch` is working memory.
pub(super) fn furniture(line: &str, scratch: &mut String) -> Option<Furniture> {
    if line.len() > LONGEST_CREDIT {
        return None;
    }
    if ends_with_picture_credit(line) {
        // Only pages hold such lines: the caller must see that it was furniture.
        normalise(line, scratch);
        return Some(Furniture::Caption);
    }
    let list = &*PHRASES;
    if !list.may_match(line) {
        return None;
    }
    normalise(line, scratch);
    if scratch.is_empty() {
        // Nothing but rules, bullets and stars.
        return Some(Furniture::Menu);
    }
    if is_clock(line) {
        return Some(Furniture::Player);
    }
    if let Some(found) = list.whole.get(scratch.as_str()) {
        return Some(*found);
    }
    let words = || scratch.match_indices(' ').map(|(at, _)| at + 1);
    std::iter::once(0).chain(words()).find_map(|at| {
        let rest = scratch.get(at..)?;
        let word = rest.split(' ').next()?;
        list.by_first_word.get(word)?.iter().find(|p| p.matches(rest, at == 0, line.len())).map(|p| p.reason)
    })
}

/// Whether the phrase is the heading of a list of other articles.
pub(super) fn heads_a_list(line: &str) -> bool {
    line.len() <= 40 && !line.contains(": ")
}

const LONGEST_START: usize = 160;
const LONGEST_PART: usize = 250;
const LONGEST_CREDIT: usize = 400;

struct Phrase {
    reason: Furniture,
    /// Whether it must begin the line.
    at_start: bool,
    /// Pieces between the stars; the first is at the place looked at, each later one anywhere behind.
    pieces: Vec<String>,
    /// Whether the line must end with the last piece.
    at_end: bool,
}

impl Phrase {
    fn matches(&self, rest: &str, at_start: bool, length: usize) -> bool {
        let longest = match (self.reason, self.at_start) {
            (Furniture::Credit, _) => LONGEST_CREDIT,
            (_, true) => LONGEST_START,
            (_, false) => LONGEST_PART,
        };
        if length > longest || (self.at_start && !at_start) {
            return false;
        }
        let mut rest = rest;
        for (index, piece) in self.pieces.iter().enumerate() {
            let last = index + 1 == self.pieces.len();
            let found =
                if index == 0 { rest.starts_with(piece.as_str()).then_some(0) } else { rest.find(piece.as_str()) };
            let Some(at) = found else { return false };
            rest = rest.get(at + piece.len()..).unwrap_or_default();
            // "photo" is no beginning of "photographers".
            if !(rest.is_empty() || rest.starts_with(' ') || piece.ends_with(' ')) {
                return false;
            }
            if last && self.at_end && !rest.is_empty() {
                return false;
            }
        }
        true
    }
}

struct Phrases {
    whole: FxHashMap<&'static str, Furniture>,
    by_first_word: FxHashMap<&'static str, Vec<Phrase>>,
    /// First letters of all phrases, and of those that may stand inside a line: nearly all lines are passed on by
    /// these alone.
    starts: Letters,
    parts: Letters,
}

impl Phrases {
    /// Whether the letters that words of the line begin with leave a chance that a phrase is in it.
    fn may_match(&self, line: &str) -> bool {
        let bytes = line.as_bytes();
        let Some(first) = bytes.iter().position(|b| b.is_ascii_alphanumeric() || *b >= 0x80) else { return true };
        // Numbers and signs are written in other ways in the list.
        if bytes.get(first).is_none_or(|b| b.is_ascii_digit() || *b >= 0x80)
            || line.get(..3) == Some("(c)")
            || line.get(..3) == Some("(C)")
        {
            return true;
        }
        if self.starts.has(letters(bytes, first)) {
            return true;
        }
        if line.len() > LONGEST_PART {
            // Only credits may be so long.
            return memchr::memmem::find(bytes, b"contributed").is_some();
        }
        let mut before = true;
        bytes.iter().enumerate().skip(first).any(|(at, byte)| {
            let in_word = byte.is_ascii_alphanumeric() || *byte >= 0x80;
            let begins = in_word && !before;
            before = in_word;
            begins && self.parts.has(letters(bytes, at))
        })
    }
}

/// How many letters are compared at first: enough to tell "in your" from "in".
const LETTERS: usize = 5;

/// The first letters at `at`, in the form of the list: lower case, any gap one blank.
fn letters(bytes: &[u8], at: usize) -> u64 {
    let mut key = 0;
    let mut count = 0;
    let mut gap = false;
    for byte in bytes.get(at..).unwrap_or_default() {
        let is_gap = !(byte.is_ascii_alphanumeric() || *byte >= 0x80);
        if is_gap && gap {
            continue;
        }
        gap = is_gap;
        key = (key << 8) | u64::from(if is_gap { b' ' } else { byte.to_ascii_lowercase() });
        count += 1;
        if count == LETTERS {
            return key;
        }
    }
    // The end of the line is a gap.
    let blanks = LETTERS - count;
    (0..blanks).fold(key, |key, _| (key << 8) | u64::from(b' '))
}

/// A set of first letters, with a few false hits.
struct Letters([u64; 64]);

impl Letters {
    fn bit(key: u64) -> (usize, u64) {
        let hash = key.wrapping_mul(0x9E37_79B9_7F4A_7C15) >> 52;
        ((hash >> 6) as usize, 1 << (hash & 63))
    }

    fn add(&mut self, phrase: &str) {
        let (word, bit) = Letters::bit(letters(phrase.as_bytes(), 0));
        if let Some(bits) = self.0.get_mut(word) {
            *bits |= bit;
        }
    }

    fn has(&self, key: u64) -> bool {
        let (word, bit) = Letters::bit(key);
        self.0.get(word).is_some_and(|bits| bits & bit != 0)
    }
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let (starts, parts) = (Letters([0; 64]), Letters([0; 64]));
    let mut list = Phrases { whole: FxHashMap::default(), by_first_word: FxHashMap::default(), starts, parts };
    let mut reason = Furniture::Menu;
    let entries = include_str!("../../data/furniture.txt").lines().map(str::trim);
    for entry in entries.filter(|e| !e.is_empty() && !e.starts_with('#')) {
        if let Some(heading) = entry.strip_prefix('[').and_then(|e| e.strip_suffix(']')) {
            reason = reason_named(heading);
        } else if entry.contains('*') {
            let pieces: Vec<&str> = entry.split('*').map(str::trim).filter(|p| !p.is_empty()).collect();
            let at_start = !entry.starts_with('*');
            list.starts.add(pieces.first().unwrap_or(&""));
            if !at_start {
                list.parts.add(pieces.first().unwrap_or(&""));
            }
            let first_word = pieces.first().and_then(|p| p.split(' ').next()).unwrap_or_default();
            let phrase = Phrase {
                reason,
                at_start,
                at_end: !entry.ends_with('*'),
                pieces: pieces.iter().map(|p| (*p).to_owned()).collect(),
            };
            list.by_first_word.entry(first_word).or_default().push(phrase);
        } else {
            list.starts.add(entry);
            list.whole.insert(entry, reason);
        }
    }
    list
});

fn reason_named(heading: &str) -> Furniture {
    match heading {
        "player" => Furniture::Player,
        "share" => Furniture::Share,
        "caption" => Furniture::Caption,
        "related" => Furniture::Related,
        "newsletter" => Furniture::Newsletter,
        "footer" => Furniture::Footer,
        "credit" => Furniture::Credit,
        _ => Furniture::Menu,
    }
}

/// Brings a line into the form of the list: lower case, numbers as 0, other characters as single blanks. A colon
/// stays where it ends a word within the line.
fn normalise(line: &str, out: &mut String) {
    out.clear();
    let mut gap = false;
    let line = match line.get(..3) {
        Some("(c)" | "(C)") => {
            out.push('©');
            gap = true;
            line.get(3..).unwrap_or_default()
        }
        _ => line,
    };
    let mut chars = line.chars().peekable();
    while let Some(c) = chars.next() {
        let kept = if c.is_ascii_digit() { '0' } else { c };
        if kept.is_alphanumeric() || kept == '©' {
            if gap && !out.is_empty() {
                out.push(' ');
            }
            let repeated_digit = kept == '0' && !gap && out.ends_with('0');
            gap = false;
            if repeated_digit {
                continue;
            }
            if kept.is_ascii() { out.push(kept.to_ascii_lowercase()) } else { out.extend(kept.to_lowercase()) }
        } else if c == ':' && !gap && !out.is_empty() && chars.peek() == Some(&' ') {
            out.push(':');
            gap = true;
        } else {
            gap = true;
        }
    }
}

/// Whether the line is a caption that ends with its agency and photographer: `.. on Tuesday. REUTERS/Jane Doe`, or the
/// holder of its rights: `.. © Jane Doe`.
fn ends_with_picture_credit(line: &str) -> bool {
    const LONGEST: usize = 60;
    let from = line.ceil_char_boundary(line.len().saturating_sub(LONGEST));
    let tail = line.get(from..).unwrap_or_default();
    let Some(at) = tail.rfind(['/', '©']) else { return false };
    let before = line.get(..from + at).unwrap_or_default();
    let after = tail.get(at..).unwrap_or_default().trim_start_matches(['/', '©', ' ']).trim_end_matches(['.', ' ']);
    let is_name = |word: &str| word.starts_with(char::is_uppercase) && !word.contains(|c: char| c.is_ascii_digit());
    let names = after.split([' ', '/']).filter(|word| !word.is_empty());
    let (count, all) = names.fold((0, true), |(count, all), word| (count + 1, all && is_name(word)));
    if !(1..=4).contains(&count) || !all {
        return false;
    }
    if tail.get(at..).unwrap_or_default().starts_with('©') {
        return before.trim_end().ends_with(['.', '!', '?', '|', ',']) && before.len() > 20;
    }
    // What stands before the stroke is the agency, and before it the caption ends.
    let (caption, agency) = before.rsplit_once(['.', '!', '?', ')', '|', '"', '”']).unwrap_or((before, ""));
    let agency = agency.trim();
    let words = agency.split([' ', '/']).count();
    caption.len() >= 20
        && before.trim_end() == before
        && count >= 2
        && (1..=3).contains(&words)
        && agency.split([' ', '/']).all(is_name)
}

/// Whether the line is nothing but the times of a player: `0:00 0:03:04 0:00`.
fn is_clock(line: &str) -> bool {
    let mut times = 0;
    for word in line.split([' ', '/', '|']).filter(|w| !w.is_empty()) {
        let is_time = word.contains(':')
            && word.len() <= 8
            && word.split(':').all(|p| matches!(p.len(), 1 | 2) && p.bytes().all(|b| b.is_ascii_digit()));
        if !is_time {
            return false;
        }
        times += 1;
    }
    times >= 2
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_furniture_from_text() {
        let mut scratch = String::new();
        for (line, want) in [
            ("Accessibility links", Some(Furniture::Menu)),
            ("Skip to main content", Some(Furniture::Menu)),
            ("***", Some(Furniture::Menu)),
            ("please wait", Some(Furniture::Player)),
            ("0:00 0:03:04 0:00", Some(Furniture::Player)),
            ("00:00 / 01:23", Some(Furniture::Player)),
            ("  • 16x9 Image", Some(Furniture::Player)),
            ("Share on Facebook", Some(Furniture::Share)),
            ("Image source, Getty Images", Some(Furniture::Caption)),
            ("The harbour at dawn. Photograph: Jane Doe/The Daily Example", Some(Furniture::Caption)),
            ("Read more: Ministers to meet again", Some(Furniture::Related)),
            ("Sign up for our newsletter", Some(Furniture::Newsletter)),
            ("© 2022 The Daily Example", Some(Furniture::Footer)),
            ("(c) 2022 Daily Example", Some(Furniture::Footer)),
            ("Comments (12)", Some(Furniture::Footer)),
            ("With reporting by AFP and AP", Some(Furniture::Credit)),
            ("(Reporting by Jane Doe; Editing by John Roe)", Some(Furniture::Credit)),
            ("Jane Doe in Minsk contributed to this report.", Some(Furniture::Credit)),
            ("A man walks past the bank, February 1, 2022. EM/Jane Doe", Some(Furniture::Caption)),
            ("The minister arrives for talks in Geneva. AP Photo/Jane Doe", Some(Furniture::Caption)),
            ("Die Schleuse am Kanal in Lakeside. © Jana Muster", Some(Furniture::Caption)),
            ("Lesen Sie auch: Schiffer fordern Geld", Some(Furniture::Related)),
            ("Читайте також: Судновласники вимагають грошей", Some(Furniture::Related)),
            ("À lire aussi : Les bateliers", Some(Furniture::Related)),
            ("The ministers met on Monday. They left on the night train to Basel/Geneva.", None),
            ("He plays for the club. FC Lakeside/Harbour won.", None),
            ("Photographers were asked to leave the room.", None),
            ("Share prices fell on Tuesday.", None),
            ("She signed up for the army at 18.", None),
            ("More than 300 people were hurt.", None),
            ("\"Read my lips,\" he said.", None),
            ("14:05", None),
            ("Printing presses stopped.", None),
            ("Following the vote, he resigned.", None),
        ] {
            assert_eq!(furniture(line, &mut scratch), want, "{line}");
        }
    }
}
