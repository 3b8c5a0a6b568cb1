//! The phrase list: lines that are known to be page furniture, whatever stands around them.

use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, AhoCorasickKind, Input, MatchKind, StartKind};
use rustc_hash::{FxHashMap, FxHashSet};

use super::bytes::Beginnings;
use super::reason::Reason;

/// The lines of a page as the phrase list looks at them.
#[derive(Debug)]
pub(super) struct Lines {
    /// Those that are not too long, in lower case as far as they are ASCII, each with a line end behind it.
    low: String,
    places: Vec<Place>,
    /// Working memory: the line in the form of the list, or its beginning.
    form: Vec<u8>,
}

#[derive(Debug)]
struct Place {
    /// Where it begins in `low`.
    start: usize,
    /// Whether a word is in it of a phrase that may stand inside a line.
    holds: bool,
}

impl Lines {
    pub(super) fn new<'a>(lines: impl ExactSizeIterator<Item = &'a str> + Clone) -> Lines {
        let in_list = |line: &str| line.len() <= LONGEST_CREDIT;
        let size = lines.clone().filter(|line| in_list(line)).map(|line| line.len() + 1).sum();
        let (mut low, mut places) = (String::with_capacity(size), Vec::with_capacity(lines.len()));
        for line in lines {
            places.push(Place { start: low.len(), holds: false });
            if in_list(line) {
                low.push_str(line);
                low.push('\n');
            }
        }
        low.make_ascii_lowercase();
        let mut lines = Lines { low, places, form: Vec::with_capacity(LONGEST_CREDIT) };
        lines.find_words();
        lines
    }

    /// Looks in all lines at once for the words of phrases that may stand inside of one.
    fn find_words(&mut self) {
        let mut line = 0;
        let mut from = 0;
        while let Some(at) = PHRASES.parts.find(&self.low, from) {
            line +=
                self.places.get(line..).map_or(0, |rest| rest.partition_point(|place| place.start <= at)).max(1) - 1;
            if let Some(place) = self.places.get_mut(line) {
                place.holds = true;
            }
            line += 1;
            from = self.places.get(line).map_or(self.low.len(), |next| next.start);
        }
    }

    /// What the line `at` is if the phrase list knows it; `line` is its text.
    pub(super) fn furniture(&mut self, at: usize, line: &str) -> Option<Reason> {
        if line.len() > LONGEST_CREDIT {
            return None;
        }
        let place = self.places.get(at)?;
        let low = self.low.get(place.start..place.start + line.len())?;
        furniture(line, low, place.holds, &mut self.form)
    }
}

/// What a line is if the phrase list knows it: as it is, in lower case, and whether it has a word of a phrase that may
/// stand inside a line.
fn furniture(line: &str, low: &str, holds: bool, form: &mut Vec<u8>) -> Option<Reason> {
    if ends_with_picture_credit(line) {
        return Some(Reason::Caption);
    }
    let list = &*PHRASES;
    let is_short = low.len() <= list.longest;
    let begins = match first_letters(low) {
        Some(letters) => list.begin_with(letters),
        None => {
            if is_short && let Some(found) = list.whole.get(low.as_bytes()) {
                return Some(*found);
            }
            normalise(low, LETTERS, form);
            if form.is_empty() {
                return Some(Reason::Rule);
            }
            if is_clock(line) {
                return Some(Reason::Player);
            }
            list.begin_with(letters(form))
        }
    };
    // Only credits may be long.
    let holds = holds && (line.len() <= LONGEST_PART || list.credits.find(low, 0).is_some());
    if !begins && !holds {
        return None;
    }
    let mut is_whole = false;
    if begins {
        if is_short && let Some(found) = list.whole.get(low.as_bytes()) {
            return Some(*found);
        }
        if is_short && is_in_form(low) {
            form.clear();
            form.extend_from_slice(low.as_bytes());
            is_whole = true;
        } else {
            normalise(low, list.longest + 1, form);
            if let Some(found) = list.whole.get(form.as_slice()) {
                return Some(*found);
            }
            is_whole = form.len() <= list.longest;
        }
        if !holds && (is_whole || list.that_begin(form).next().is_none()) {
            return list.matching(form, true, line.len());
        }
    }
    if !is_whole {
        normalise(low, usize::MAX, form);
    }
    let may_begin = |at: &usize| form.get(*at..).is_some_and(|rest| list.inside.may_begin(rest));
    let words = memchr::memchr_iter(b' ', form).map(|at| at + 1).filter(|at| holds && may_begin(at));
    std::iter::once(0).chain(words).find_map(|at| list.matching(form.get(at..)?, at == 0, line.len()))
}

/// Whether the phrase is the heading of a list of other articles.
pub(super) fn heads_a_list(line: &str) -> bool {
    line.len() <= 40 && !line.contains(": ")
}

const LONGEST_START: usize = 160;
const LONGEST_PART: usize = 250;
const LONGEST_CREDIT: usize = 400;

struct Phrase {
    reason: Reason,
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
            (Reason::Credit, _) => LONGEST_CREDIT,
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
    whole: FxHashMap<&'static [u8], Reason>,
    by_first_word: FxHashMap<&'static [u8], Vec<Phrase>>,
    /// First letters of all phrases: they tell of nearly all lines that none begins them.
    starts: Starts,
    /// How long the longest is, in bytes.
    longest: usize,
    /// How phrases begin that may stand inside a line.
    inside: Beginnings,
    /// A word of each phrase that may stand inside a line, and of each credit: only those stand in longer lines.
    parts: Words,
    credits: Words,
}

impl Phrases {
    /// Whether one may begin with these letters, or with the word that ends within them.
    fn begin_with(&self, letters: Letters) -> bool {
        self.starts.hold(letters) || first_of(letters).is_some_and(|word| self.starts.hold(word))
    }

    /// What a line of `length` bytes is, if a phrase begins where `rest` of its form does.
    fn matching(&self, rest: &[u8], at_start: bool, length: usize) -> Option<Reason> {
        let found = self.that_begin(rest).find(|phrase| phrase.matches(rest, at_start, length));
        found.map(|phrase| phrase.reason)
    }

    /// Those whose first piece begins a line in the form of the list, or such a part of it.
    fn that_begin(&self, form: &[u8]) -> impl Iterator<Item = &Phrase> {
        let phrases = self.by_first_word.get(first_word(form)).into_iter().flatten();
        phrases.filter(|phrase| phrase.pieces.first().is_some_and(|piece| form.starts_with(piece)))
    }
}

/// First letters of phrases.
struct Starts {
    /// A bit for each, which tells of most others that they are none of them.
    bits: [u64; Starts::WORDS],
    all: FxHashSet<Letters>,
}

impl Default for Starts {
    fn default() -> Starts {
        Starts { bits: [0; Starts::WORDS], all: FxHashSet::default() }
    }
}

impl Starts {
    const WORDS: usize = 256;

    fn place(letters: Letters) -> (usize, u64) {
        let hash = letters.wrapping_mul(0x9E37_79B9_7F4A_7C15);
        ((hash >> 56) as usize % Starts::WORDS, 1 << (hash >> 50 & 63))
    }

    fn insert(&mut self, letters: Letters) {
        let (word, bit) = Starts::place(letters);
        self.bits[word] |= bit;
        self.all.insert(letters);
    }

    fn hold(&self, letters: Letters) -> bool {
        let (word, bit) = Starts::place(letters);
        self.bits[word] & bit != 0 && self.all.contains(&letters)
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

    /// Where the first of them is in `text` (lower case) behind `from`, also as a part of another.
    fn find(&self, text: &str, from: usize) -> Option<usize> {
        let Some(words) = &self.0 else { return Some(from).filter(|from| *from < text.len()) };
        words.find(Input::new(text).span(from..text.len())).map(|found| found.start())
    }
}

/// How many letters are compared at first, in bytes: enough to tell "in your" from "in".
const LETTERS: usize = 5;

/// The first letters of a line in the form of the list, the first in the lowest byte; the end of the line is a blank. All
/// are looked at together, as the bytes of one number.
type Letters = u64;

/// As many letters, each this byte.
const fn each(byte: u8) -> Letters {
    Letters::from_le_bytes([byte, byte, byte, byte, byte, 0, 0, 0])
}

fn letters(form: &[u8]) -> Letters {
    let mut letters = each(b' ').to_le_bytes();
    letters.iter_mut().zip(form).take(LETTERS).for_each(|(letter, byte)| *letter = *byte);
    Letters::from_le_bytes(letters)
}

/// The highest bit of each letter that is a blank.
fn blanks(letters: Letters) -> Letters {
    let other = letters ^ each(b' ');
    // Seven bits and 0x7F come to 0x80 at least, but for none set.
    !(((other & each(0x7F)) + each(0x7F)) | other) & each(0x80)
}

/// The letters as far as their first word goes; `None` where it goes to their end.
fn first_of(letters: Letters) -> Option<Letters> {
    let blanks = blanks(letters);
    if blanks == 0 {
        return None;
    }
    // All bits below the blank's byte.
    let word = (1 << (blanks.trailing_zeros() / 8 * 8)) - 1;
    Some((letters & word) | (each(b' ') & !word))
}

/// The first letters of a line (lower case) that need not be brought into the form of the list: those of nearly all lines
/// are letters of ASCII with single blanks in between, behind a quotation mark perhaps.
fn first_letters(low: &str) -> Option<Letters> {
    let mut bytes = low.as_bytes();
    if !bytes.first()?.is_ascii_lowercase() {
        bytes = bytes.strip_prefix(b"\"").or_else(|| bytes.strip_prefix("“".as_bytes()))?;
    }
    let [a, b, c, d, e] = *bytes.first_chunk::<LETTERS>()?;
    let letters = Letters::from_le_bytes([a, b, c, d, e, 0, 0, 0]);
    if letters & each(0x80) != 0 {
        return None;
    }
    let blanks = blanks(letters);
    // From `a` on a byte reaches 0x80 with the first, from behind `z` with the second.
    let in_alphabet = (letters + each(0x80 - b'a')) & !(letters + each(0x80 - b'z' - 1)) & each(0x80);
    let is_plain = in_alphabet | blanks == each(0x80) && blanks & (blanks << 8) == 0 && blanks & 0x80 == 0;
    is_plain.then_some(letters)
}

/// Whether a line (lower case) surely is in the form of the list: nothing but letters of ASCII, with single blanks in
/// between.
fn is_in_form(low: &str) -> bool {
    let mut in_word = false;
    low.bytes().all(|byte| {
        let was_in_word = std::mem::replace(&mut in_word, byte != b' ');
        byte.is_ascii_lowercase() || (byte == b' ' && was_in_word)
    }) && in_word
}

fn first_word(form: &[u8]) -> &[u8] {
    form.split(|byte| *byte == b' ').next().unwrap_or_default()
}

static PHRASES: LazyLock<Phrases> = LazyLock::new(|| {
    let (mut whole, mut starts, mut longest) = (FxHashMap::default(), Starts::default(), 0);
    let mut by_first_word: FxHashMap<&'static [u8], Vec<Phrase>> = FxHashMap::default();
    let mut reason = Reason::Menu;
    let entries = include_str!("../../data/furniture.txt").lines().map(str::trim);
    for entry in entries.filter(|e| !e.is_empty() && !e.starts_with('#')) {
        longest = longest.max(entry.len());
        if let Some(heading) = entry.strip_prefix('[').and_then(|e| e.strip_suffix(']')) {
            reason = reason_named(heading);
        } else if entry.contains('*') {
            let pieces: Vec<&[u8]> =
                entry.split('*').map(|piece| piece.trim().as_bytes()).filter(|piece| !piece.is_empty()).collect();
            let first: &[u8] = pieces.first().copied().unwrap_or_default();
            starts.insert(letters(first));
            let (at_start, at_end) = (!entry.starts_with('*'), !entry.ends_with('*'));
            by_first_word.entry(first_word(first)).or_default().push(Phrase { reason, at_start, at_end, pieces });
        } else {
            starts.insert(letters(entry.as_bytes()));
            whole.insert(entry.as_bytes(), reason);
        }
    }
    let inside = || by_first_word.values().flatten().filter(|phrase| !phrase.at_start);
    let parts = Words::of(inside());
    let credits = Words::of(inside().filter(|phrase| phrase.reason == Reason::Credit));
    let mut beginnings = Beginnings::of(&[]);
    inside().filter_map(|phrase| phrase.pieces.first()).for_each(|piece| beginnings.insert(piece));
    Phrases { whole, by_first_word, starts, longest, inside: beginnings, parts, credits }
});

fn reason_named(heading: &str) -> Reason {
    match heading {
        "player" => Reason::Player,
        "share" => Reason::Share,
        "caption" => Reason::Caption,
        "related" => Reason::Related,
        "newsletter" => Reason::Newsletter,
        "footer" => Reason::Footer,
        "credit" => Reason::Credit,
        _ => Reason::Menu,
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
    while let Some(&byte) = bytes.get(at).filter(|_| out.len() < most) {
        let open_word = |out: &mut Vec<u8>| {
            if gap && !out.is_empty() {
                out.push(b' ');
            }
        };
        match byte {
            b'a'..=b'z' => {
                open_word(out);
                gap = false;
                while let Some(letter) = bytes.get(at).filter(|byte| byte.is_ascii_lowercase()) {
                    out.push(*letter);
                    at += 1;
                }
                continue;
            }
            b'0'..=b'9' => {
                if gap || out.last() != Some(&b'0') {
                    open_word(out);
                    out.push(b'0');
                }
                gap = false;
            }
            // Dashes and quotation marks.
            0xE2 if bytes.get(at + 1) == Some(&0x80) => {
                at += 3;
                gap = true;
                continue;
            }
            0x80.. => {
                let c = low.get(at..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
                at += c.len_utf8();
                if c.is_alphanumeric() || c == '©' {
                    open_word(out);
                    c.to_lowercase().for_each(|c| out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes()));
                }
                gap = !(c.is_alphanumeric() || c == '©');
                continue;
            }
            _ => {
                if byte == b':' && !gap && !out.is_empty() && bytes.get(at + 1) == Some(&b' ') {
                    out.push(b':');
                }
                gap = true;
            }
        }
        at += 1;
    }
}

/// Whether the line is a caption that ends with its agency and photographer: `.. on Tuesday. REUTERS/Jane Doe`, or the
/// holder of its rights: `.. © Jane Doe`.
fn ends_with_picture_credit(line: &str) -> bool {
    const LONGEST: usize = 60;
    const SHORTEST: usize = 20;
    if line.len() <= SHORTEST || ends_low(line) {
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
        return before.trim_end().ends_with(['.', '!', '?', '|', ',']) && before.len() > SHORTEST;
    }
    // What stands before the stroke is the agency, and before it the caption ends.
    let (caption, agency) = before.rsplit_once(['.', '!', '?', ')', '|', '"', '”']).unwrap_or((before, ""));
    let agency = agency.trim();
    let words = agency.split([' ', '/']).count();
    caption.len() >= SHORTEST
        && before.trim_end() == before
        && count >= 2
        && (1..=3).contains(&words)
        && agency.split([' ', '/']).all(is_name)
}

/// Whether the last word surely begins in lower case, as that of nearly every sentence does.
fn ends_low(line: &str) -> bool {
    let Some((last, before)) = line.as_bytes().split_last() else { return false };
    let mut first = *last;
    for byte in before.iter().rev() {
        if matches!(byte, b' ' | b'/') {
            return first.is_ascii_lowercase();
        }
        first = *byte;
    }
    false
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
        fn first_letters_are_those_of_the_form(line in "[\"'“]{0,2}[a-zA-Z0-9 .:“é(-]{0,12}") {
            let low = line.to_ascii_lowercase();
            proptest::prop_assert!(first_letters(&low).is_none_or(|found| found == letters(&form(&line))), "{}", line);
            proptest::prop_assert!(!is_in_form(&low) || low.as_bytes() == form(&line), "{}", line);
        }

        #[test]
        fn the_first_word_of_letters_is_what_stands_before_a_blank(line in "[a-cß©б ]{0,7}") {
            let first = line.split(' ').next().filter(|first| first.len() < LETTERS.min(line.len().max(1)));
            let is_cut = first.is_some() || line.len() < LETTERS;
            let found = first_of(letters(line.as_bytes()));
            proptest::prop_assert_eq!(found, is_cut.then(|| letters(first.unwrap_or(&line).as_bytes())), "{}", line);
        }
    }

    #[test]
    fn knows_furniture_from_text() {
        for (line, want) in [
            ("Accessibility links", Some(Reason::Menu)),
            ("Skip to main content", Some(Reason::Menu)),
            ("***", Some(Reason::Rule)),
            ("please wait", Some(Reason::Player)),
            ("0:00 0:03:04 0:00", Some(Reason::Player)),
            ("00:00 / 01:23", Some(Reason::Player)),
            ("  • 16x9 Image", Some(Reason::Player)),
            ("Share on Facebook", Some(Reason::Share)),
            ("Image source, Getty Images", Some(Reason::Caption)),
            ("The harbour at dawn. Photograph: Jane Doe/The Daily Example", Some(Reason::Caption)),
            ("Read more: Ministers to meet again", Some(Reason::Related)),
            ("Sign up for our newsletter", Some(Reason::Newsletter)),
            ("© 2022 The Daily Example", Some(Reason::Footer)),
            ("(c) 2022 Daily Example", Some(Reason::Footer)),
            ("Comments (12)", Some(Reason::Footer)),
            ("With reporting by AFP and AP", Some(Reason::Credit)),
            ("(Reporting by Jane Doe; Editing by John Roe)", Some(Reason::Credit)),
            ("Jane Doe in Minsk contributed to this report.", Some(Reason::Credit)),
            ("A man walks past the bank, February 1, 2022. EM/Jane Doe", Some(Reason::Caption)),
            ("The minister arrives for talks in Geneva. AP Photo/Jane Doe", Some(Reason::Caption)),
            ("Die Schleuse am Kanal in Lakeside. © Jana Muster", Some(Reason::Caption)),
            ("Lesen Sie auch: Schiffer fordern Geld", Some(Reason::Related)),
            ("Читайте також: Судновласники вимагають грошей", Some(Reason::Related)),
            ("À lire aussi : Les bateliers", Some(Reason::Related)),
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
            assert_eq!(Lines::new(std::iter::once(line)).furniture(0, line), want, "{line}");
        }
    }
}
