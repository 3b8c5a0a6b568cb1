//! Text to token streams. A stream is a string of terms in their order that the index cuts at separators: tokens are
//! made once, by our own tokeniser, and the index allocates nothing for them.
//!
//! Markers stand at the position of the word behind them: where a sentence or paragraph begins, and which words are
//! capitalised, are thus terms in the same space of positions as the words. So is the stem of a word that is not its own
//! stem: whoever looks for a stem looks for the marker of [`inflected`] and for the stem as a word, and most words need
//! one posting where a second field of stems would need two.

use tantivy::tokenizer::{Token as IndexToken, TokenStream, Tokenizer};

use super::names::NameTerms;
use super::written::Written;
use crate::field::{BODY_START, VALUE_GAP};
use crate::text::{NO_WORD, Number, Placed, Tokens, Vocabulary, cut, fold_into, placed};

/// Ends every entry of a stream.
const SEPARATOR: u8 = 0x1f;
/// Begins a marker.
const MARKER: u8 = 0x01;
/// Entry that moves on to where the body begins.
const TO_BODY: &str = "\u{2}\u{1f}";
/// Entry that leaves a gap between two values.
const GAP: &str = "\u{3}\u{1f}";

/// The term that stands where a sentence begins.
pub const SENTENCE: &str = "\u{1}s";
/// The term that stands where a paragraph begins.
pub const PARAGRAPH: &str = "\u{1}p";
/// The term that stands at a word with a capital.
pub const CAPITAL: &str = "\u{1}c";
/// The term that stands at a word in capitals throughout.
pub const ALL_CAPS: &str = "\u{1}a";

/// Begins the term that stands at a word with another stem than itself.
const INFLECTED: &str = "\u{1}+";

/// The term that stands at the words that have this stem and are not themselves the stem.
pub fn inflected(stem: &str) -> String {
    format!("{INFLECTED}{stem}")
}

/// A word of a text: where it stands, and its number in the vocabulary.
#[derive(Debug, Clone, Copy)]
pub(super) struct Word {
    pub(super) placed: Placed,
    pub(super) number: Number,
}

/// The words of a text whose tokens are `tokens`. Those that have numbers of `vocabulary` keep them.
pub(super) fn words(text: &str, tokens: &Tokens, vocabulary: &mut Vocabulary) -> Vec<Word> {
    // Room for all at once: an iterator that filters does not say how many it gives.
    let mut words = Vec::with_capacity(tokens.len());
    if tokens.numbering() == vocabulary.numbering() {
        let numbers = tokens.numbers().iter().filter(|number| **number != NO_WORD);
        words.extend(placed(tokens).zip(numbers).map(|(placed, number)| Word { placed, number: *number }));
    } else {
        words.extend(placed(tokens).map(|placed| {
            let number = vocabulary.number(text.get(placed.token.range()).unwrap_or_default());
            Word { placed, number }
        }));
    }
    words
}

/// Makes streams. Keeps what it learns of words from text to text.
#[derive(Default)]
pub struct Analyser {
    written: Written,
    /// Makes the terms of names.
    pub(super) names: NameTerms,
}

impl Analyser {
    /// The stream of an article: the words of its headline from position 0, those of its body from [`BODY_START`].
    pub(super) fn article(&mut self, known: &Vocabulary, title: &[Word], body: &[Word], language: &str) -> String {
        let bytes: usize = body.last().map_or(0, |word| word.placed.token.end as usize);
        let mut out = String::with_capacity(bytes + bytes / 2 + title.len() * 12 + 64);
        self.stream(known, &title[..title.len().min(BODY_START as usize)], language, &mut out);
        out.push_str(TO_BODY);
        self.stream(known, body, language, &mut out);
        out
    }

    /// The stream of some words of a text (of a quotation, pieces put together), with the sentences, paragraphs and
    /// capitals that they have there.
    pub(super) fn pieces(&mut self, known: &Vocabulary, words: &[Word], language: &str) -> String {
        let mut out = String::with_capacity(words.len() * 10);
        self.stream(known, words, language, &mut out);
        out
    }

    fn stream(&mut self, known: &Vocabulary, words: &[Word], language: &str, out: &mut String) {
        let mut at = words.iter();
        let numbers = words.iter().map(|word| word.number);
        self.written.each(known, numbers, language, write, |entry| {
            if let Some(Word { placed: Placed { token, sentence, paragraph }, .. }) = at.next() {
                let markers = [
                    (*paragraph, PARAGRAPH),
                    (*sentence, SENTENCE),
                    (token.is_upper(), CAPITAL),
                    (token.is_all_caps(), ALL_CAPS),
                ];
                markers.iter().filter(|(set, _)| *set).for_each(|(_, marker)| push(out, marker));
            }
            out.push_str(entry);
        });
    }
}

/// What a word is in a stream: itself, behind the marker of its stem if that is another word.
fn write(out: &mut String, folded: &str, stem: Option<&str>) {
    if let Some(stem) = stem {
        out.push_str(INFLECTED);
        push(out, stem);
    }
    push(out, folded);
}

/// The stream of the names in a field: folded words, with a gap between values.
pub fn names<'v>(values: impl Iterator<Item = &'v str>) -> String {
    let mut out = String::new();
    let mut folded = String::new();
    for (i, value) in values.enumerate() {
        if i > 0 {
            out.push_str(GAP);
        }
        for token in Tokens::scan(value).words() {
            folded.clear();
            fold_into(&value[token.range()], &mut folded);
            push(&mut out, cut(&folded));
        }
    }
    out
}

fn push(stream: &mut String, entry: &str) {
    stream.push_str(entry);
    stream.push(SEPARATOR as char);
}

/// Cuts a stream into its terms, for the index.
#[derive(Clone, Default)]
pub struct StreamTokenizer {
    token: IndexToken,
}

/// What [`StreamTokenizer`] gives.
pub struct Stream<'a> {
    rest: &'a str,
    next: usize,
    token: &'a mut IndexToken,
}

impl Tokenizer for StreamTokenizer {
    type TokenStream<'a> = Stream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> Stream<'a> {
        self.token.reset();
        Stream { rest: text, next: 0, token: &mut self.token }
    }
}

impl TokenStream for Stream<'_> {
    fn advance(&mut self) -> bool {
        while let Some(end) = memchr::memchr(SEPARATOR, self.rest.as_bytes()) {
            let entry = &self.rest[..end];
            self.rest = &self.rest[end + 1..];
            match entry.as_bytes().first() {
                None => self.next += 1, // a word of nothing but vowel signs: it has a position and no term
                Some(2) => self.next = BODY_START as usize,
                Some(3) => self.next += VALUE_GAP as usize,
                first => {
                    self.token.text.clear();
                    self.token.text.push_str(entry);
                    self.token.position = self.next;
                    self.next += usize::from(first != Some(&MARKER));
                    return true;
                }
            }
        }
        false
    }

    fn token(&self) -> &IndexToken {
        self.token
    }

    fn token_mut(&mut self) -> &mut IndexToken {
        self.token
    }
}

/// What must not change under an index: a hash of the words and stems of a fixed text, of the layout of positions and of
/// the fold keys of names. An index whose fingerprint differs would silently miss words; it is refused, and rebuilt on
/// request. A test works it out anew; no search has to.
pub const FINGERPRINT: &str = "2b68b32572d0fd7e";

#[cfg(test)]
mod tests {
    use super::super::names;
    use super::*;
    use crate::text::fold::MAX_WORD;

    /// [`FINGERPRINT`], worked out.
    fn fingerprint() -> String {
        const SAMPLE: &str = "Lavrov's talks, U.S. troops' deployments in \u{201c}Gen\u{e8}ve\u{201d} weren't international; \
            universities added evenings, 3,000 organic people, \u{1fc}lfric, \u{3058}. Переговоры в Женеве продолжаются, \u{44d}то важно. Переговори військових.";
        let (mut analyser, mut vocabulary) = (Analyser::default(), Vocabulary::default());
        const LANGUAGES: [&str; 22] = [
            "ar", "da", "de", "el", "en", "es", "fa", "fi", "fr", "hi", "hu", "hy", "id", "it", "nl", "no", "pt", "ro",
            "ru", "sv", "tr", "uk",
        ];
        let words = words(SAMPLE, &Tokens::scan(SAMPLE), &mut vocabulary);
        let mut all = format!("schema 4 {BODY_START} {VALUE_GAP} {MAX_WORD} ");
        for language in LANGUAGES {
            all.push_str(&analyser.article(&vocabulary, &words, &words, language));
        }
        // A fold key by other rules would miss spellings.
        for name in [
            "zelenskyy",
            "lukashenko",
            "tschaikowski",
            "herasymov",
            "iouchtchenko",
            "cameron",
            "schroeder",
            "resnikow",
            "chornobyl",
            "haniyeh",
            "зеленського",
            "цхинвали",
            "шмигаль",
            "rogosin",
            "schewardnadse",
            "jitzchak",
            "vinnytsia",
            "джайшанкар",
            "schaeuble",
            "кэцян",
        ] {
            all.push_str(&names::terms(name).join(" "));
        }
        format!("{:016x}", xxhash_rust::xxh3::xxh3_64(all.as_bytes()))
    }

    #[test]
    fn the_fingerprint_is_that_of_the_analysis() {
        assert_eq!(fingerprint(), FINGERPRINT, "words are analysed otherwise than before: take the new fingerprint");
    }

    fn terms(stream: &str) -> Vec<(usize, String)> {
        let mut tokenizer = StreamTokenizer::default();
        let mut stream = tokenizer.token_stream(stream);
        let mut out = Vec::new();
        while stream.advance() {
            out.push((stream.token().position, stream.token().text.replace('\u{1}', "#")));
        }
        out
    }

    fn article(title: &str, body: &str) -> Vec<(usize, String)> {
        let mut vocabulary = Vocabulary::default();
        let [title, body] = [title, body].map(|text| words(text, &Tokens::scan(text), &mut vocabulary));
        terms(&Analyser::default().article(&vocabulary, &title, &body, "en"))
    }

    #[test]
    fn headline_body_and_markers_share_positions() {
        let all = article("Talks", "NATO talks. He's gone.");
        for marker in [(0, "#p"), (0, "#+talk"), (128, "#p"), (128, "#a"), (129, "#+talk"), (130, "#s"), (130, "#c")] {
            assert!(all.contains(&(marker.0, marker.1.to_owned())), "{marker:?} in {all:?}");
        }
        assert!(!all.contains(&(129, "#c".to_owned())) && !all.iter().any(|(_, term)| term == "#+nato"));
        let words: Vec<(usize, String)> = all.into_iter().filter(|(_, term)| !term.starts_with('#')).collect();
        let expected = [(0, "talks"), (128, "nato"), (129, "talks"), (130, "he"), (131, "gone")];
        assert_eq!(words, expected.map(|(p, t)| (p, t.to_owned())));
    }

    #[test]
    fn a_long_headline_is_cut_and_values_are_apart() {
        let title = "word ".repeat(300);
        let all = article(&title, "body");
        let positions: Vec<usize> =
            all.into_iter().filter(|(_, term)| !term.starts_with('#')).map(|(position, _)| position).collect();
        assert_eq!(positions, (0..=128).collect::<Vec<_>>());
        assert_eq!(terms(&names(["Ann Lee", "Bo"].into_iter()))[2].0, 2 + VALUE_GAP as usize);
    }
}
