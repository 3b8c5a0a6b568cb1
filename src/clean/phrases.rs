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
#[derive(Debug)]
pub(super) struct Scratch {
    /// The line in the form of the list, or its beginning.
    form: Vec<u8>,
    /// The line in lower case, as far as it is ASCII.
    low: String,
}

impl Default for Scratch {
    fn default() -> Scratch {
        Scratch { form: Vec::with_capacity(LONGEST_CREDIT), low: String::with_capacity(LONGEST_CREDIT) }
    }
}

impl Scratch {
    /// Whether the line last looked at has letters or numbers.
    pub(super) fn has_words(&self) -> bool {
        !self.form.is_empty()
    }
}

/// What a line is if the phrase list knows it.
pub(super) fn furniture(line: &str, scratch: &mut Scratch) -> Option<Furniture> {
    let Scratch { form, low } = scratch;
    if line.len() > LONGEST_CREDIT {
        return None;
    }
    low.clear();
    low.push_str(line);
    low.make_ascii_lowercase();
    if ends_with_picture_credit(line) {
        // Only pages hold such lines: the caller must see that it was furniture.
        normalise(low, usize::MAX, form);
        return Some(Furniture::Caption);
    }
    let list = &*PHRASES;
    // Most of these lines need not be brought into form.
    if low.len() <= list.longest
        && let Some(found) = list.whole.get(low.as_bytes())
    {
        form.clear();
        form.extend_from_slice(low.as_bytes());
        return Some(*found);
    }
    let begins = match first_letters(low) {
        Some(letters) => list.begin_with(letters),
        None => {
            normalise(low, LETTERS, form);
            if form.is_empty() {
                // Nothing but rules, bullets and stars.
                return Some(Furniture::Menu);
            }
            if is_clock(line) {
                return Some(Furniture::Player);
            }
            list.begin_with(letters(form))
        }
    };
    if begins {
        normalise(low, list.longest + 1, form);
        if let Some(found) = list.whole.get(form.as_slice()) {
            return Some(*found);
        }
    }
    // Only credits may be long.
    let parts = if line.len() <= LONGEST_PART { &list.parts } else { &list.credits };
    let holds = parts.are_in(low.as_bytes());
    let may_be = holds || (begins && list.that_begin(form).next().is_some());
    if !may_be {
        return None;
    }
    let is_whole = begins && form.len() <= list.longest;
    if !is_whole {
        normalise(low, usize::MAX, form);
    }
    let words = memchr::memchr_iter(b' ', form).map(|at| at + 1).filter(|_| holds);
    std::iter::once(0).chain(words).find_map(|at| {
        let rest = form.get(at..)?;
        list.that_begin(rest).find(|phrase| phrase.matches(rest, at == 0, line.len())).map(|phrase| phrase.reason)
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
    pieces: Vec<&'static [u8]>,
    /// Whether the line must end with the last piece.
    at_end: bool,
}

impl Phrase {
    fn matches(&self, rest: &[u8], at_start: bool, length: usize) -> bool {
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
                if index == 0 { rest.starts_with(piece).then_some(0) } else { memchr::memmem::find(rest, piece) };
            let Some(at) = found else { return false };
            rest = rest.get(at + piece.len()..).unwrap_or_default();
            // "photo" is no beginning of "photographers".
            if !(rest.is_empty() || rest.starts_with(b" ") || piece.ends_with(b" ")) {
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
    whole: FxHashMap<&'static [u8], Furniture>,
    by_first_word: FxHashMap<&'static [u8], Vec<Phrase>>,
    /// First letters of all phrases: they tell of nearly all lines that none begins them.
    starts: FxHashSet<u64>,
    /// How long the longest is, in bytes.
    longest: usize,
    /// A word of each phrase that may stand inside a line, and of each credit: only those stand in longer lines.
    parts: Words,
    credits: Words,
}

impl Phrases {
    /// Whether one may begin with these letters, or with the word that ends within them.
    fn begin_with(&self, letters: Letters) -> bool {
        let (mut word, mut ended) = (letters, false);
        for letter in &mut word {
            ended |= *letter == b' ';
            *letter = if ended { b' ' } else { *letter };
        }
        self.starts.contains(&number(letters)) || (ended && self.starts.contains(&number(word)))
    }

    /// Those whose first piece begins a line in the form of the list, or such a part of it.
    fn that_begin(&self, form: &[u8]) -> impl Iterator<Item = &Phrase> {
        let phrases = self.by_first_word.get(first_word(form)).into_iter().flatten();
        phrases.filter(|phrase| phrase.pieces.first().is_some_and(|piece| form.starts_with(piece)))
    }
}

/// Words that are looked for all at once.
struct Words(Option<AhoCorasick>);

impl Words {
    /// The longest word of the beginning of each phrase; the longest are the rarest.
    fn of<'a>(phrases: impl Iterator<Item = &'a Phrase>) -> Words {
        let is_gap = |byte: &u8| matches!(byte, b' ' | b':');
        let word = |phrase: &'a Phrase| phrase.pieces.first()?.split(is_gap).max_by_key(|word| word.len());
        let mut words: Vec<&[u8]> = phrases.filter_map(word).collect();
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

/// How many letters are compared at first, in bytes: enough to tell "in your" from "in".
const LETTERS: usize = 5;

/// The first letters of a line in the form of the list; its end is a blank.
type Letters = [u8; LETTERS];

fn letters(form: &[u8]) -> Letters {
    let mut letters = [b' '; LETTERS];
    letters.iter_mut().zip(form).for_each(|(letter, byte)| *letter = *byte);
    letters
}

/// Letters as one number, which is hashed faster.
fn number(letters: Letters) -> u64 {
    letters.iter().fold(0, |number, letter| number << 8 | u64::from(*letter))
}

/// The first letters of a line (lower case) that need not be brought into the form of the list: those of nearly all lines
/// are letters of ASCII with single blanks in between.
fn first_letters(low: &str) -> Option<Letters> {
    let first: &Letters = low.as_bytes().first_chunk()?;
    let mut in_word = false;
    let plain = first.iter().all(|byte| {
        let was_in_word = std::mem::replace(&mut in_word, *byte != b' ');
        byte.is_ascii_lowercase() || (*byte == b' ' && was_in_word)
    });
    plain.then_some(*first)
}

fn first_word(form: &[u8]) -> &[u8] {
    form.split(|byte| *byte == b' ').next().unwrap_or_default()
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let (mut whole, mut starts, mut longest) = (FxHashMap::default(), FxHashSet::default(), 0);
    let mut by_first_word: FxHashMap<&'static [u8], Vec<Phrase>> = FxHashMap::default();
    let mut reason = Furniture::Menu;
    let entries = include_str!("../../data/furniture.txt").lines().map(str::trim);
    for entry in entries.filter(|e| !e.is_empty() && !e.starts_with('#')) {
        longest = longest.max(entry.len());
        if let Some(heading) = entry.strip_prefix('[').and_then(|e| e.strip_suffix(']')) {
            reason = reason_named(heading);
        } else if entry.contains('*') {
            let pieces: Vec<&[u8]> =
                entry.split('*').map(|piece| piece.trim().as_bytes()).filter(|piece| !piece.is_empty()).collect();
            let first: &[u8] = pieces.first().copied().unwrap_or_default();
            starts.insert(number(letters(first)));
            let (at_start, at_end) = (!entry.starts_with('*'), !entry.ends_with('*'));
            by_first_word.entry(first_word(first)).or_default().push(Phrase { reason, at_start, at_end, pieces });
        } else {
            starts.insert(number(letters(entry.as_bytes())));
            whole.insert(entry.as_bytes(), reason);
        }
    }
    let inside = || by_first_word.values().flatten().filter(|phrase| !phrase.at_start);
    let parts = Words::of(inside());
    let credits = Words::of(inside().filter(|phrase| phrase.reason == Furniture::Credit));
    Phrases { whole, by_first_word, starts, longest, parts, credits }
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

/// Brings a line (lower case, as far as it is ASCII) into the form of the list: lower case, numbers as 0, other characters as single blanks. A colon
/// stays where it ends a word within the line. Ends soon after `most` bytes.
fn normalise(low: &str, most: usize, out: &mut Vec<u8>) {
    out.clear();
    let bytes = low.as_bytes();
    let (mut at, mut gap) = (0, false);
    if bytes.starts_with(b"(c)") {
        out.extend_from_slice("©".as_bytes());
        (at, gap) = (3, true);
    }
    while let Some(rest) = bytes.get(at..).filter(|rest| !rest.is_empty() && out.len() < most) {
        if rest.first() == Some(&b' ') {
            (at, gap) = (at + 1, true);
            continue;
        }
        let letters = rest.iter().position(|byte| !byte.is_ascii_lowercase()).unwrap_or(rest.len());
        let c = if letters > 0 { 'a' } else { low.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ') };
        at += letters.max(c.len_utf8());
        if !c.is_alphanumeric() && c != '©' {
            if c == ':' && !gap && !out.is_empty() && bytes.get(at) == Some(&b' ') {
                out.push(b':');
            }
            gap = true;
            continue;
        }
        if c.is_ascii_digit() && !gap && out.last() == Some(&b'0') {
            continue;
        }
        if gap && !out.is_empty() {
            out.push(b' ');
        }
        gap = false;
        match c {
            '0'..='9' => out.push(b'0'),
            'a'..='z' => out.extend_from_slice(rest.get(..letters).unwrap_or_default()),
            _ => c.to_lowercase().for_each(|c| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes())),
        }
    }
}

/// Whether the line is a caption that ends with its agency and photographer: `.. on Tuesday. REUTERS/Jane Doe`, or the
/// holder of its rights: `.. © Jane Doe`.
fn ends_with_picture_credit(line: &str) -> bool {
    const LONGEST: usize = 60;
    if ends_low(line) {
        return false;
    }
    let from = line.ceil_char_boundary(line.len().saturating_sub(LONGEST));
    let tail = line.get(from..).unwrap_or_default();
    // The last byte of ©.
    if memchr::memchr2(b'/', 0xA9, tail.as_bytes()).is_none() {
        return false;
    }
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
    let Some((_, before)) = line.as_bytes().split_last() else { return false };
    let gap = memchr::memrchr2(b' ', b'/', before);
    gap.and_then(|gap| line.as_bytes().get(gap + 1)).is_some_and(u8::is_ascii_lowercase)
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

    fn form(line: &str) -> Vec<u8> {
        let mut form = Vec::new();
        normalise(&line.to_ascii_lowercase(), usize::MAX, &mut form);
        form
    }

    #[test]
    fn whole_lines_of_the_list_are_in_its_form() {
        for (entry, _) in PHRASES.whole.iter() {
            let entry = str::from_utf8(entry).unwrap_or_default();
            assert_eq!(form(entry), entry.as_bytes(), "{entry}");
        }
    }

    proptest::proptest! {
        /// The first letters of most lines are told without their form.
        #[test]
        fn first_letters_are_those_of_the_form(line in "[a-zA-Z0-9 .:“é(-]{0,12}") {
            let low = line.to_ascii_lowercase();
            proptest::prop_assert!(first_letters(&low).is_none_or(|found| found == letters(&form(&line))), "{}", line);
        }
    }

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
