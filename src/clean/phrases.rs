//! The phrase list: lines that are known to be page furniture, whatever stands around them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, MatchKind, StartKind};
use rustc_hash::{FxHashMap, FxHashSet};

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

/// Working memory, kept from line to line.
#[derive(Debug, Default)]
pub(super) struct Scratch {
    /// The line in the form of the list, or its beginning.
    form: String,
    /// The line in lower case, as far as it is ASCII.
    low: Vec<u8>,
}

impl Scratch {
    /// Whether the line last looked at has letters or numbers.
    pub(super) fn has_words(&self) -> bool {
        !self.form.is_empty()
    }
}

/// What a line is if the phrase list knows it.
pub(super) fn furniture(line: &str, scratch: &mut Scratch) -> Option<Furniture> {
    let Scratch { form: scratch, low } = scratch;
    if line.len() > LONGEST_CREDIT {
        return None;
    }
    if ends_with_picture_credit(line) {
        // Only pages hold such lines: the caller must see that it was furniture.
        normalise(line, usize::MAX, scratch);
        return Some(Furniture::Caption);
    }
    let list = &*PHRASES;
    let begins = if three_letters(line).is_some_and(|three| !list.threes.contains(&three)) {
        false
    } else {
        normalise(line, LETTERS, scratch);
        if scratch.is_empty() {
            // Nothing but rules, bullets and stars.
            return Some(Furniture::Menu);
        }
        if is_clock(line) {
            return Some(Furniture::Player);
        }
        let word = scratch.split(' ').next().unwrap_or_default();
        list.starts.contains(&letters(scratch)) || list.starts.contains(&letters(word))
    };
    // Only credits may be long.
    let parts = if line.len() <= LONGEST_PART { &list.parts } else { &list.credits };
    low.clear();
    low.extend_from_slice(line.as_bytes());
    low.make_ascii_lowercase();
    let holds = parts.are_in(low);
    if !begins && !holds {
        return None;
    }
    normalise(line, usize::MAX, scratch);
    if let Some(found) = list.whole.get(scratch.as_str()) {
        return Some(*found);
    }
    let words = scratch.match_indices(' ').map(|(at, _)| at + 1).filter(|_| holds);
    std::iter::once(0).chain(words).find_map(|at| {
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
    /// First letters of all phrases: they tell of nearly all lines that none begins them.
    starts: FxHashSet<[char; LETTERS]>,
    /// The first three letters of those that begin with letters of ASCII.
    threes: FxHashSet<[u8; 3]>,
    /// A word of each phrase that may stand inside a line, and of each credit: only those stand in longer lines.
    parts: Words,
    credits: Words,
}

/// Words that are looked for all at once.
struct Words(Option<AhoCorasick>);

impl Words {
    /// The longest word of the beginning of each phrase; the longest are the rarest.
    fn of<'a>(phrases: impl Iterator<Item = &'a Phrase>) -> Words {
        let word = |phrase: &'a Phrase| phrase.pieces.first()?.split([' ', ':']).max_by_key(|word| word.len());
        let mut words: Vec<&str> = phrases.filter_map(word).collect();
        words.sort_unstable();
        words.dedup();
        let mut builder = AhoCorasick::builder();
        // Leftmost, and with the case known, many bytes are compared at once.
        builder.match_kind(MatchKind::LeftmostFirst).kind(Some(AhoCorasickKind::DFA)).start_kind(StartKind::Unanchored);
        Words(builder.build(words).ok())
    }

    /// Whether a word is in `text` (lower case), also as a part of another.
    fn are_in(&self, text: &[u8]) -> bool {
        self.0.as_ref().is_none_or(|words| words.is_match(text))
    }
}

/// How many letters are compared at first: enough to tell "in your" from "in".
const LETTERS: usize = 5;

/// The first three letters of a line, in lower case, if it begins with three of ASCII.
fn three_letters(line: &str) -> Option<[u8; 3]> {
    let first: &[u8; 3] = line.as_bytes().first_chunk()?;
    first.iter().all(u8::is_ascii_alphabetic).then(|| first.map(|letter| letter.to_ascii_lowercase()))
}

/// The first letters of a line in the form of the list; its end is a blank.
fn letters(normalised: &str) -> [char; LETTERS] {
    let mut letters = [' '; LETTERS];
    letters.iter_mut().zip(normalised.chars()).for_each(|(letter, c)| *letter = c);
    letters
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let (mut whole, mut starts) = (FxHashMap::default(), FxHashSet::default());
    let mut by_first_word: FxHashMap<&'static str, Vec<Phrase>> = FxHashMap::default();
    let mut reason = Furniture::Menu;
    let entries = include_str!("../../data/furniture.txt").lines().map(str::trim);
    for entry in entries.filter(|e| !e.is_empty() && !e.starts_with('#')) {
        if let Some(heading) = entry.strip_prefix('[').and_then(|e| e.strip_suffix(']')) {
            reason = reason_named(heading);
        } else if entry.contains('*') {
            let pieces: Vec<&str> = entry.split('*').map(str::trim).filter(|p| !p.is_empty()).collect();
            let at_start = !entry.starts_with('*');
            starts.insert(letters(pieces.first().unwrap_or(&"")));
            let first_word = pieces.first().and_then(|p| p.split(' ').next()).unwrap_or_default();
            let phrase = Phrase {
                reason,
                at_start,
                at_end: !entry.ends_with('*'),
                pieces: pieces.iter().map(|p| (*p).to_owned()).collect(),
            };
            by_first_word.entry(first_word).or_default().push(phrase);
        } else {
            starts.insert(letters(entry));
            whole.insert(entry, reason);
        }
    }
    let inside = || by_first_word.values().flatten().filter(|phrase| !phrase.at_start);
    let parts = Words::of(inside());
    let credits = Words::of(inside().filter(|phrase| phrase.reason == Furniture::Credit));
    let start = |start: &[char; LETTERS]| three_letters(&start.iter().collect::<String>());
    let threes = starts.iter().filter_map(start).collect();
    Phrases { whole, starts, threes, parts, credits, by_first_word }
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
/// stays where it ends a word within the line. Ends soon after `most` characters.
fn normalise(line: &str, most: usize, out: &mut String) {
    out.clear();
    let mut count = 0;
    let mut gap = false;
    let line = match line.get(..3) {
        Some("(c)" | "(C)") => {
            out.push('©');
            gap = true;
            line.get(3..).unwrap_or_default()
        }
        _ => line,
    };
    let bytes = line.as_bytes();
    let mut at = 0;
    while let Some(&byte) = bytes.get(at).filter(|_| count < most) {
        let kept = if byte.is_ascii() {
            at += 1;
            FORM.get(usize::from(byte)).copied().unwrap_or(' ')
        } else {
            let c = line.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
            at += c.len_utf8();
            if c.is_alphanumeric() || c == '©' { c } else { ' ' }
        };
        if kept == ' ' {
            if byte == b':' && !gap && !out.is_empty() && bytes.get(at) == Some(&b' ') {
                out.push(':');
                count += 1;
            }
            gap = true;
            continue;
        }
        if gap && !out.is_empty() {
            out.push(' ');
            count += 1;
        }
        let repeated_digit = kept == '0' && !gap && out.ends_with('0');
        gap = false;
        if repeated_digit {
            continue;
        }
        count += 1;
        if kept.is_ascii() { out.push(kept) } else { out.extend(kept.to_lowercase()) }
    }
}

/// ASCII in the form of the list: lower case, any digit as 0, anything else as a blank.
const FORM: [char; 128] = {
    let mut form = [' '; 128];
    let mut byte = 0u8;
    while byte < 128 {
        if byte.is_ascii_alphanumeric() {
            form[byte as usize] = if byte.is_ascii_digit() { '0' } else { byte.to_ascii_lowercase() as char };
        }
        byte += 1;
    }
    form
};

/// Whether the line is a caption that ends with its agency and photographer: `.. on Tuesday. REUTERS/Jane Doe`, or the
/// holder of its rights: `.. © Jane Doe`.
fn ends_with_picture_credit(line: &str) -> bool {
    const LONGEST: usize = 60;
    if ends_low(line) {
        return false;
    }
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

/// Whether the last word surely begins in lower case, as that of nearly every sentence does.
fn ends_low(line: &str) -> bool {
    let bytes = line.as_bytes();
    let gap = bytes.iter().rev().skip(1).position(|byte| matches!(byte, b' ' | b'/'));
    gap.and_then(|back| bytes.get(bytes.len() - 1 - back)).is_some_and(u8::is_ascii_lowercase)
}

/// Whether the line is nothing but the times of a player: `0:00 0:03:04 0:00`.
fn is_clock(line: &str) -> bool {
    let mut times = 0;
    if !line.starts_with(|c: char| c.is_ascii_digit() || matches!(c, '|' | '/')) {
        return false;
    }
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
        let mut scratch = Scratch::default();
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
