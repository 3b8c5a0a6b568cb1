//! The tokeniser: one pass over the bytes of a text.
//!
//! Words follow Unicode word boundaries (UAX #29), with the differences that news needs: a possessive `'s` is a
//! token of its own that is not indexed (`Lavrov's` finds `Lavrov`), so is a French elision (`l'Union`), dotted
//! acronyms keep their last dot (`U.S.`), a full stop without its blank still ends a word (`ended.The`), and
//! scripts written without blanks give one token a character.

use super::fold::{self, fold, lower_short};
use super::sentences;
use super::vocabulary::{NO_WORD, Number, Vocabulary};

/// What a token is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Kind {
    /// Begins with a letter; may hold digits, apostrophes and dots. Indexed.
    Word,
    /// Begins with a digit: `27th`, `3,000`, `3.5bn`. Indexed.
    Number,
    /// `'s` behind a word.
    Possessive,
    /// `l'`, `d'`, `qu'` in front of a word.
    Elision,
    /// Any quotation mark, or an apostrophe that is not inside a word.
    Mark,
    /// `.`, `?`, `!` or `…`.
    Stop,
    /// `,`
    Comma,
    /// `:`
    Colon,
    /// `;`
    Semicolon,
    /// A hyphen or dash of any length.
    Dash,
    /// An opening bracket.
    Open,
    /// A closing bracket.
    Close,
    /// Any other character.
    Other,
}

/// One token: bytes of the text, what it is, and how it stands there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Token {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
    /// What it is.
    pub kind: Kind,
    flags: u8,
}

const UPPER: u8 = 1;
const ALL_CAPS: u8 = 1 << 1;
const SPACE: u8 = 1 << 2;
const LINE: u8 = 1 << 3;
const PARAGRAPH: u8 = 1 << 4;
const SENTENCE: u8 = 1 << 5;

impl Token {
    /// Whether the index has a position for it.
    #[inline]
    pub fn is_word(self) -> bool {
        matches!(self.kind, Kind::Word | Kind::Number)
    }

    /// Whether its first letter is upper case.
    #[inline]
    pub fn is_upper(self) -> bool {
        self.flags & UPPER != 0
    }

    /// Whether it has two letters or more, all upper case.
    #[inline]
    pub fn is_all_caps(self) -> bool {
        self.flags & ALL_CAPS != 0
    }

    /// Whether white space (or the start of the text) comes before it.
    #[inline]
    pub fn after_space(self) -> bool {
        self.flags & SPACE != 0
    }

    /// Whether it is the first of its line.
    pub fn starts_line(self) -> bool {
        self.flags & LINE != 0
    }

    /// Whether it is the first of its paragraph (behind a blank line, or the start of the text).
    #[inline]
    pub fn starts_paragraph(self) -> bool {
        self.flags & PARAGRAPH != 0
    }

    /// Whether it is the first of its sentence.
    #[inline]
    pub fn starts_sentence(self) -> bool {
        self.flags & SENTENCE != 0
    }

    /// Its bytes as a range.
    #[inline]
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }
}

/// All tokens of a text, in order.
#[derive(Debug, Clone, Default)]
pub struct Tokens {
    list: Vec<Token>,
    /// The number of each, once they have some.
    numbers: Vec<Number>,
    numbering: u64,
}

impl Tokens {
    /// Tokenises `text`, which must be shorter than 4 GiB (readers refuse longer records).
    pub fn scan(text: &str) -> Tokens {
        let mut tokens = Tokens::default();
        tokens.rescan(text);
        tokens
    }

    /// As [`Tokens::scan`], reusing the memory of an earlier pass.
    pub fn rescan(&mut self, text: &str) {
        self.list.clear();
        self.numbers.clear();
        self.numbering = 0;
        self.list.reserve(text.len() / 5);
        Scanner { text, bytes: text.as_bytes(), at: 0, flags: SPACE | LINE | PARAGRAPH, out: &mut self.list }.run();
        sentences::mark(text, &mut self.list);
    }

    /// Gives each word of `text`, whose tokens these are, its number in `vocabulary`.
    pub fn number(&mut self, text: &str, vocabulary: &mut Vocabulary) {
        self.numbers.clear();
        self.numbers.extend(self.list.iter().map(|token| match token.is_word() {
            true => text.get(token.range()).map_or(NO_WORD, |word| vocabulary.number(word)),
            false => NO_WORD,
        }));
        self.numbering = vocabulary.numbering();
    }

    /// The number of each token, [`NO_WORD`] for what is no word; nothing before [`Tokens::number`].
    pub fn numbers(&self) -> &[Number] {
        &self.numbers
    }

    /// Which [numbering](Vocabulary::numbering) the numbers are of; 0 before [`Tokens::number`].
    pub fn numbering(&self) -> u64 {
        self.numbering
    }

    /// The words and numbers, in order: the position of each in the index is its place in this sequence.
    pub fn words(&self) -> impl Iterator<Item = &Token> {
        self.list.iter().filter(|token| token.is_word())
    }
}

/// A word of a text and what begins at it: the place of everything that is searched.
#[derive(Debug, Clone, Copy)]
pub struct Placed {
    /// The word.
    pub token: Token,
    /// Whether a sentence begins here, at the word or at a mark before it.
    pub sentence: bool,
    /// Whether a paragraph begins here.
    pub paragraph: bool,
}

/// The words of a text in order, each with what begins at it. A word's position is its place in this sequence.
pub fn placed(tokens: &[Token]) -> impl Iterator<Item = Placed> {
    let (mut sentence, mut paragraph) = (false, false);
    tokens.iter().filter_map(move |token| {
        sentence |= token.starts_sentence();
        paragraph |= token.starts_paragraph();
        token.is_word().then(|| Placed {
            token: *token,
            sentence: std::mem::take(&mut sentence),
            paragraph: std::mem::take(&mut paragraph),
        })
    })
}

/// Those of some words that share a byte with `span`, by their numbers.
pub fn within(words: &[Placed], span: std::ops::Range<u32>) -> std::ops::Range<usize> {
    let from = words.partition_point(|word| word.token.end <= span.start);
    let to = words.partition_point(|word| word.token.start < span.end);
    from..to.max(from)
}

impl std::ops::Deref for Tokens {
    type Target = [Token];

    fn deref(&self) -> &[Token] {
        &self.list
    }
}

impl Token {
    /// Marks it as the first of its sentence.
    pub(super) fn set_starts_sentence(&mut self) {
        self.flags |= SENTENCE;
    }
}

/// Classes of bytes, looked up once a byte.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Class {
    Space,
    Newline,
    Upper,
    Lower,
    Digit,
    Punctuation(Kind),
    /// A control byte: skipped.
    Control,
    /// Part of a character beyond ASCII.
    High,
}

const CLASSES: [Class; 256] = classes();

const fn classes() -> [Class; 256] {
    let mut table = [Class::Punctuation(Kind::Other); 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match byte as u8 {
            b'\n' => Class::Newline,
            b' ' | b'\t' | b'\r' | 0x0b | 0x0c => Class::Space,
            0..=0x1f | 0x7f => Class::Control,
            b'A'..=b'Z' => Class::Upper,
            b'a'..=b'z' | b'_' => Class::Lower,
            b'0'..=b'9' => Class::Digit,
            b'"' | b'\'' | b'`' => Class::Punctuation(Kind::Mark),
            b'.' | b'?' | b'!' => Class::Punctuation(Kind::Stop),
            b',' => Class::Punctuation(Kind::Comma),
            b':' => Class::Punctuation(Kind::Colon),
            b';' => Class::Punctuation(Kind::Semicolon),
            b'-' => Class::Punctuation(Kind::Dash),
            b'(' | b'[' | b'{' => Class::Punctuation(Kind::Open),
            b')' | b']' | b'}' => Class::Punctuation(Kind::Close),
            0x80..=0xff => Class::High,
            _ => Class::Punctuation(Kind::Other),
        };
        byte += 1;
    }
    table
}

/// How one character beyond ASCII behaves.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Wide {
    Letter {
        upper: bool,
    },
    Digit,
    /// A character of a script without blanks: a word of its own.
    Ideograph,
    /// Belongs to the word it stands in: accents, soft hyphens, direction marks.
    Extend,
    Space,
    Apostrophe,
    Punctuation(Kind),
}

fn wide(c: char) -> Wide {
    match c {
        '\u{2019}' | '\u{02BC}' => Wide::Apostrophe,
        '\u{2018}' | '\u{201A}'..='\u{201F}' | '«' | '»' | '‹' | '›' | '「' | '」' | '『' | '』' => {
            Wide::Punctuation(Kind::Mark)
        }
        '…' | '。' | '！' | '？' => Wide::Punctuation(Kind::Stop),
        '\u{2010}'..='\u{2015}' | '\u{2212}' => Wide::Punctuation(Kind::Dash),
        '，' | '、' => Wide::Punctuation(Kind::Comma),
        c if fold::is_dropped(c) => Wide::Extend,
        '\u{3040}'..='\u{30FF}'
        | '\u{3400}'..='\u{4DBF}'
        | '\u{4E00}'..='\u{9FFF}'
        | '\u{F900}'..='\u{FAFF}'
        | '\u{20000}'..='\u{3FFFF}'
        | '\u{0E00}'..='\u{0EFF}'
            if c.is_alphanumeric() =>
        {
            Wide::Ideograph
        }
        c if c.is_alphabetic() => Wide::Letter { upper: c.is_uppercase() },
        c if c.is_numeric() => Wide::Digit,
        c if c.is_whitespace() => Wide::Space,
        c if unicode_normalization::char::is_combining_mark(c) => Wide::Extend,
        _ => Wide::Punctuation(Kind::Other),
    }
}

struct Scanner<'a> {
    text: &'a str,
    bytes: &'a [u8],
    at: usize,
    /// Flags for the next token.
    flags: u8,
    out: &'a mut Vec<Token>,
}

/// The ASCII letters and digits that some bytes begin with, and how many of them are letters and upper case.
struct Run {
    len: usize,
    letters: usize,
    uppers: usize,
}

/// What a byte is in a run: bits of `IN_RUN`, `LETTER` and `CAPITAL`.
const RUN: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = match CLASSES[byte] {
            Class::Digit => IN_RUN,
            Class::Lower => IN_RUN | LETTER,
            Class::Upper => IN_RUN | LETTER | CAPITAL,
            _ => 0,
        };
        byte += 1;
    }
    table
};
const IN_RUN: u8 = 1;
const LETTER: u8 = 1 << 1;
const CAPITAL: u8 = 1 << 2;

fn ascii_run(bytes: &[u8]) -> Run {
    let mut run = Run { len: 0, letters: 0, uppers: 0 };
    for &byte in bytes {
        let is = RUN[byte as usize];
        if is == 0 {
            break;
        }
        run.letters += usize::from(is & LETTER != 0);
        run.uppers += usize::from(is & CAPITAL != 0);
        run.len += 1;
    }
    run
}

/// What a character does to the word being read.
enum Step {
    /// It belongs to the word: its length in bytes, and whether it is an upper- or lower-case letter.
    Take { len: usize, upper: bool, lower: bool },
    /// The word ends before it.
    End,
}

impl Scanner<'_> {
    fn run(mut self) {
        while let Some(&byte) = self.bytes.get(self.at) {
            match CLASSES[byte as usize] {
                Class::Space => {
                    self.flags |= SPACE;
                    self.at += 1;
                }
                Class::Newline => self.newline(),
                Class::Upper | Class::Lower => self.word(Kind::Word),
                Class::Digit => self.word(Kind::Number),
                Class::Punctuation(kind) => self.push(kind, 1),
                Class::Control => self.at += 1,
                Class::High => self.high(),
            }
        }
    }

    fn newline(&mut self) {
        // A second line end before the next token is a blank line.
        let paragraph = if self.flags & LINE != 0 { PARAGRAPH } else { 0 };
        self.flags |= SPACE | LINE | paragraph;
        self.at += 1;
    }

    fn high(&mut self) {
        let Some(c) = self.char_at(self.at) else { return self.at += 1 };
        let len = c.len_utf8();
        match wide(c) {
            Wide::Letter { .. } => self.word(Kind::Word),
            Wide::Digit => self.word(Kind::Number),
            Wide::Ideograph => self.push(Kind::Word, len),
            Wide::Extend => self.at += len,
            Wide::Space => {
                if matches!(c, '\u{2028}' | '\u{2029}' | '\u{85}') {
                    self.flags |= LINE;
                }
                self.flags |= SPACE;
                self.at += len;
            }
            Wide::Apostrophe => self.push(Kind::Mark, len),
            Wide::Punctuation(kind) => self.push(kind, len),
        }
    }

    fn char_at(&self, at: usize) -> Option<char> {
        self.text.get(at..)?.chars().next()
    }

    fn push(&mut self, kind: Kind, len: usize) {
        let token = Token { start: self.at as u32, end: (self.at + len) as u32, kind, flags: self.flags };
        self.out.push(token);
        self.flags = 0;
        self.at += len;
    }

    /// Reads one word or number that begins here, and what hangs on it (an elision before, a possessive behind).
    fn word(&mut self, mut kind: Kind) {
        let mut end = self.at;
        let (mut letters, mut uppers) = (0usize, 0usize);
        let mut first_upper = false;
        loop {
            if end == self.at {
                first_upper = self.bytes.get(end).is_some_and(u8::is_ascii_uppercase);
            }
            // Most words are ASCII to their end: what a byte does is not asked one by one.
            let run = ascii_run(self.bytes.get(end..).unwrap_or_default());
            end += run.len;
            letters += run.letters;
            uppers += run.uppers;
            match self.step(self.at, end) {
                Step::Take { len, upper, lower } => {
                    first_upper |= upper && end == self.at;
                    letters += usize::from(upper || lower);
                    uppers += usize::from(upper);
                    end += len;
                }
                Step::End => {
                    if let Some(len) = self.apostrophe(end) {
                        if let Some(possessive) = self.possessive(end, len) {
                            self.push_word(kind, end, first_upper, letters, uppers);
                            return self.push(Kind::Possessive, possessive - end);
                        }
                        if letters <= ELIDED && self.is_elision(end, len) {
                            self.push_word(Kind::Elision, end + len, first_upper, letters, uppers);
                            kind = Kind::Word;
                            // No word begins with what is only seen on a letter.
                            while let Some(c) = self.char_at(self.at).filter(|c| wide(*c) == Wide::Extend) {
                                self.at += c.len_utf8();
                            }
                            end = self.at;
                            (letters, uppers, first_upper) = (0, 0, false);
                            continue;
                        }
                        if self.letter_at(end + len) && end > self.at {
                            end += len;
                            continue;
                        }
                    }
                    break;
                }
            }
        }
        if self.is_acronym(end) {
            end += 1;
        }
        self.push_word(kind, end, first_upper, letters, uppers);
    }

    fn push_word(&mut self, kind: Kind, end: usize, first_upper: bool, letters: usize, uppers: usize) {
        if first_upper {
            self.flags |= UPPER;
        }
        if letters >= 2 && letters == uppers {
            self.flags |= ALL_CAPS;
        }
        self.push(kind, end - self.at);
    }

    /// What the character at `at` does, which is no ASCII letter or digit.
    fn step(&self, start: usize, at: usize) -> Step {
        let Some(&byte) = self.bytes.get(at) else { return Step::End };
        match CLASSES[byte as usize] {
            Class::Punctuation(_) if matches!(byte, b'.' | b',') && at > start && self.joins(start, at) => {
                Step::Take { len: 1, upper: false, lower: false }
            }
            Class::High => {
                let Some(c) = self.char_at(at) else { return Step::End };
                match wide(c) {
                    Wide::Letter { upper } => Step::Take { len: c.len_utf8(), upper, lower: !upper },
                    Wide::Digit | Wide::Extend => Step::Take { len: c.len_utf8(), upper: false, lower: false },
                    _ => Step::End,
                }
            }
            _ => Step::End,
        }
    }

    /// Whether the dot or comma at `at` is inside the word that began at `start`.
    fn joins(&self, start: usize, at: usize) -> bool {
        let (before, after) = (self.bytes[at - 1], self.bytes.get(at + 1).copied().unwrap_or(b' '));
        if before.is_ascii_digit() && after.is_ascii_digit() {
            return true;
        }
        if self.bytes[at] == b',' || !before.is_ascii_alphanumeric() {
            return false;
        }
        // Addresses ("example.com") go on in lower case; acronyms one letter at a time.
        let single = at - start == 1 || self.bytes[at - 2] == b'.';
        let next_single = !self.bytes.get(at + 2).is_some_and(|b| b.is_ascii_alphanumeric() || *b >= 0x80);
        (single && next_single && after.is_ascii_alphabetic()) || (!single && after.is_ascii_lowercase())
    }

    /// Whether the word read so far is a dotted acronym (`U.S`) and its last dot comes next.
    fn is_acronym(&self, end: usize) -> bool {
        end - self.at >= 3 && self.bytes[end - 2] == b'.' && self.bytes.get(end) == Some(&b'.')
    }

    /// Length of the apostrophe at `at`, if there is one.
    fn apostrophe(&self, at: usize) -> Option<usize> {
        match self.bytes.get(at)? {
            b'\'' => Some(1),
            0xCA | 0xE2 => self.char_at(at).filter(|c| wide(*c) == Wide::Apostrophe).map(char::len_utf8),
            _ => None,
        }
    }

    /// The character that is seen at `at`: texts, indexes and queries must cut a word and its folded form alike.
    fn seen_at(&self, at: usize) -> Option<Seen> {
        let is_ascii = |at: usize| self.bytes.get(at).is_some_and(u8::is_ascii);
        if is_ascii(at) && is_ascii(at + 1) {
            return Some(Seen { first: char::from(self.bytes[at].to_ascii_lowercase()), is_one: true, end: at + 1 });
        }
        let mut seen: Option<Seen> = None;
        for (place, c) in self.text.get(at..)?.char_indices() {
            let folded = match wide(c) {
                Wide::Extend => String::new(),
                Wide::Letter { .. } => fold(c.encode_utf8(&mut [0; 4])),
                _ => c.into(),
            };
            let mut letters = folded.chars();
            match (letters.next(), seen) {
                (None, _) => {}
                (Some(_), Some(seen)) => return Some(Seen { end: at + place, ..seen }),
                (Some(first), None) => {
                    seen = Some(Seen { first, is_one: letters.next().is_none(), end: self.bytes.len() });
                }
            }
        }
        seen
    }

    /// Whether a letter is at `at` that may go on with a word: ideographs are words of their own.
    fn letter_at(&self, at: usize) -> bool {
        self.seen_at(at).is_some_and(|seen| matches!(wide(seen.first), Wide::Letter { .. }))
    }

    /// Where a possessive ends, if its apostrophe is the one at `at`.
    fn possessive(&self, at: usize, len: usize) -> Option<usize> {
        let end = self.seen_at(at + len).filter(|seen| seen.first == 's' && seen.is_one)?.end;
        let joins = |c| c == '_' || matches!(wide(c), Wide::Letter { .. } | Wide::Digit);
        let goes_on = self.char_at(end).is_some_and(joins);
        (!goes_on).then_some(end)
    }

    fn is_elision(&self, at: usize, len: usize) -> bool {
        let prefix = self.text.get(self.at..at).unwrap_or_default();
        let elided = match lower_short(prefix, &mut [0; ELIDED]) {
            Some(low) => is_elided(low),
            None => is_elided(&fold(prefix)),
        };
        let begins = |seen: Seen| "aeiouyh".contains(seen.first) && (!seen.is_one || self.letter_at(seen.end));
        elided && self.seen_at(at + len).is_some_and(begins)
    }
}

/// A character as folding leaves it.
#[derive(Clone, Copy)]
struct Seen {
    /// It, or the first of several letters that it becomes.
    first: char,
    /// Whether it stays one.
    is_one: bool,
    /// Where the next one that is seen begins.
    end: usize,
}

/// Letters that an elision has, at most, before its apostrophe.
const ELIDED: usize = 2;

/// Whether it is what stands before the apostrophe of `l'`, `d'`, `qu'`, folded.
fn is_elided(prefix: &str) -> bool {
    matches!(prefix, "l" | "d" | "j" | "m" | "n" | "s" | "c" | "t" | "qu")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn words(text: &str) -> Vec<&str> {
        Tokens::scan(text).words().map(|t| &text[t.range()]).collect()
    }

    #[test]
    fn words_as_news_writes_them() {
        let table: &[(&str, &[&str])] = &[
            ("Lavrov's talks, he said.", &["Lavrov", "talks", "he", "said"]),
            ("Lavrov’s and the ministers’ talks", &["Lavrov", "and", "the", "ministers", "talks"]),
            ("They don't, O’Brien won’t", &["They", "don't", "O’Brien", "won’t"]),
            ("U.S. troops left the U.N.", &["U.S.", "troops", "left", "the", "U.N."]),
            ("at 10:30 a.m. on 21.1.2022", &["at", "10", "30", "a.m.", "on", "21.1.2022"]),
            ("3,000 or 3.5 percent", &["3,000", "or", "3.5", "percent"]),
            ("see example.com/news", &["see", "example.com", "news"]),
            ("it ended.The rest", &["it", "ended", "The", "rest"]),
            ("pro-Russian COVID-19 A400M", &["pro", "Russian", "COVID", "19", "A400M"]),
            ("l'Union et d’État, qu'il", &["Union", "et", "État", "il"]),
            ("c'mon, rock'n'roll", &["c'mon", "rock'n'roll"]),
            ("Лавров встретился с Блинкеном", &["Лавров", "встретился", "с", "Блинкеном"]),
            ("日本 ab", &["日", "本", "ab"]),
            ("it'本 l'日本 j'.Àº", &["it", "本", "l", "日", "本", "j", "Àº"]),
            ("it's's it's'ok", &["it", "s", "it", "ok"]),
            // What is not seen does not count, nor do accents.
            ("d\u{AD}'e\u{301}tat it'\u{AD}s", &["e\u{301}tat", "it"]),
            ("d\u{AD}\u{AD}\u{AD}\u{AD}\u{AD}\u{AD}\u{AD}'etat", &["etat"]),
            ("co\u{AD}operation Gene\u{301}ve", &["co\u{AD}operation", "Gene\u{301}ve"]),
            ("'quoted words'", &["quoted", "words"]),
            ("@user_name #Geneva", &["user_name", "Geneva"]),
            ("J. K. Rowling", &["J", "K", "Rowling"]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(&words(text), expected, "{text:?}");
        }
    }

    #[test]
    fn shapes_and_starts() {
        let text = "Talks FAILED.\n\nIn Geneva,\nNATO's";
        let tokens = Tokens::scan(text);
        let find = |word: &str| *tokens.iter().find(|t| &text[t.range()] == word).expect("a token");
        assert!(find("Talks").starts_paragraph() && find("Talks").is_upper() && !find("Talks").is_all_caps());
        assert!(find("FAILED").is_all_caps() && find("FAILED").after_space() && !find("FAILED").starts_line());
        assert!(find("In").starts_paragraph() && find("In").starts_sentence());
        assert!(find("NATO").starts_line() && !find("NATO").starts_paragraph());
        assert_eq!(find("'s").kind, Kind::Possessive);
        assert_eq!(find(",").kind, Kind::Comma);
    }

    proptest::proptest! {
        #[test]
        fn covers_any_text_in_order(text in "\\PC{0,60}|[a-z'’. \n\"A-Z0-9,-]{0,80}") {
            let tokens = Tokens::scan(&text);
            let mut last = 0;
            for token in tokens.iter() {
                proptest::prop_assert!(token.start >= last && token.end > token.start);
                proptest::prop_assert!(text.get(token.range()).is_some(), "cuts a character");
                last = token.end;
            }
            // Nothing that is a letter or a digit is lost.
            let count = |text: &str| text.chars().filter(|c| c.is_alphanumeric() && !fold::is_dropped(*c)).count();
            let covered: usize = tokens.iter().map(|t| count(&text[t.range()])).sum();
            proptest::prop_assert_eq!(covered, count(&text));
        }

        /// A query is printed with folded words, and read again.
        #[test]
        fn a_folded_word_is_that_word(text in "([a-zA-Z0-9.,'’ʼ _-]|'s|l'|a\\.|[sdlSéÉſßİ½²日カก\u{301}\u{AD}\u{200B}\u{640}\u{5B0}]|\\PC){0,12}") {
            for word in words(&text).into_iter().map(fold).filter(|word| !word.is_empty()) {
                proptest::prop_assert_eq!(words(&word), [word.as_str()], "{:?}", text);
            }
        }

        /// Where none of our own rules applies, the words are those of UAX #29.
        #[test]
        fn agrees_with_unicode_word_boundaries(text in "([A-Za-zéüñŁßжЯ]{1,8}|[0-9]{1,4})([ ,:!?()\"/-]{1,2}([A-Za-zéüñŁßжЯ]{1,8}|[0-9]{1,4})){0,12}") {
            let text = text.replace(',', ", ");
            // UAX #29 joins letters across a colon ("a:b"), which would glue fields and clock times together.
            let text = text.replace(':', ": ");
            use unicode_segmentation::UnicodeSegmentation;
            proptest::prop_assert_eq!(words(&text), text.unicode_words().collect::<Vec<_>>());
        }
    }
}
