//! Text to token streams. A stream is a string of terms in their order that the index cuts at separators: tokens are
//! made once, by our own tokeniser, and the index allocates nothing for them.
//!
//! Markers stand at the position of the word behind them: where a sentence or paragraph begins, and which words are
//! capitalised, are thus terms in the same space of positions as the words.

use rustc_hash::FxHashMap;
use tantivy::tokenizer::{Token as IndexToken, TokenStream, Tokenizer};

use super::names::{self, NameTerms};
use crate::field::{BODY_START, VALUE_GAP};
use crate::text::fold::MAX_WORD;
use crate::text::stem::Stems;
use crate::text::{Placed, Tokens, cut, fold_into, placed};

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

/// The two streams of a text.
#[derive(Debug, Default, Clone)]
pub struct Streams {
    /// Stems.
    pub stems: String,
    /// Folded words and markers.
    pub exact: String,
}

/// Makes streams. Keeps its stemmers, one a language, from text to text.
#[derive(Default)]
pub struct Analyser {
    stems: FxHashMap<String, Stems>,
    folded: String,
    /// Makes the terms of names.
    pub(super) names: NameTerms,
}

impl Analyser {
    /// The streams of an article: its headline from position 0, its body, which has `words`, from [`BODY_START`].
    pub fn article(&mut self, title: &str, body: &str, words: &[Placed], language: &str) -> Streams {
        let mut out = Streams::default();
        out.stems.reserve(body.len() + 64);
        out.exact.reserve(body.len() + body.len() / 4 + 64);
        let title_words = Tokens::scan(title);
        self.words(title, placed(&title_words).take(BODY_START as usize), language, &mut out);
        out.stems.push_str(TO_BODY);
        out.exact.push_str(TO_BODY);
        self.words(body, words.iter().copied(), language, &mut out);
        out
    }

    /// The streams of some words of a text (of a quotation, pieces put together), with the sentences, paragraphs and
    /// capitals that they have there.
    pub fn pieces(&mut self, text: &str, words: impl Iterator<Item = Placed>, language: &str) -> Streams {
        let mut out = Streams::default();
        self.words(text, words, language, &mut out);
        out
    }

    fn words(&mut self, text: &str, words: impl Iterator<Item = Placed>, language: &str, out: &mut Streams) {
        if !self.stems.contains_key(language) {
            self.stems.insert(language.to_owned(), Stems::new(language));
        }
        let Some(stems) = self.stems.get_mut(language) else { return };
        let folded = &mut self.folded;
        for Placed { token, sentence, paragraph } in words {
            let markers = [
                (paragraph, PARAGRAPH),
                (sentence, SENTENCE),
                (token.is_upper(), CAPITAL),
                (token.is_all_caps(), ALL_CAPS),
            ];
            for (_, marker) in markers.iter().filter(|(set, _)| *set) {
                push(&mut out.exact, marker);
            }
            folded.clear();
            fold_into(&text[token.range()], folded);
            let term = cut(folded);
            push(&mut out.exact, term);
            stems.stem_into(term, &mut out.stems);
            out.stems.push(SEPARATOR as char);
        }
    }
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

/// What must not change under an index: the words and stems of a fixed text, and the layout of positions.
///
/// An index whose fingerprint differs would silently miss words; it is refused, and rebuilt on request.
pub fn fingerprint() -> String {
    const SAMPLE: &str = "Lavrov's talks, U.S. troops' deployments in \u{201c}Gen\u{e8}ve\u{201d} weren't international; \
        universities added evenings, 3,000 organic people. Переговоры в Женеве продолжаются, \u{44d}то важно. Переговори військових.";
    let mut analyser = Analyser::default();
    let words: Vec<Placed> = placed(&Tokens::scan(SAMPLE)).collect();
    let mut all = format!("schema 2 {BODY_START} {VALUE_GAP} {MAX_WORD} ");
    const LANGUAGES: [&str; 22] = [
        "ar", "da", "de", "el", "en", "es", "fa", "fi", "fr", "hi", "hu", "hy", "id", "it", "nl", "no", "pt", "ro",
        "ru", "sv", "tr", "uk",
    ];
    for language in LANGUAGES {
        let streams = analyser.article(SAMPLE, SAMPLE, &words, language);
        all.push_str(&streams.stems);
        all.push_str(&streams.exact);
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
    ] {
        all.push_str(&names::terms(name).join(" "));
    }
    format!("{:016x}", xxhash_rust::xxh3::xxh3_64(all.as_bytes()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn terms(stream: &str) -> Vec<(usize, String)> {
        let mut tokenizer = StreamTokenizer::default();
        let mut stream = tokenizer.token_stream(stream);
        let mut out = Vec::new();
        while stream.advance() {
            out.push((stream.token().position, stream.token().text.replace('\u{1}', "#")));
        }
        out
    }

    fn words(text: &str) -> Vec<Placed> {
        placed(&Tokens::scan(text)).collect()
    }

    #[test]
    fn headline_body_and_markers_share_positions() {
        let body = "NATO talks. He's gone.";
        let streams = Analyser::default().article("Talks", body, &words(body), "en");
        let stems: Vec<(usize, String)> = terms(&streams.stems);
        let expected = [(0, "talk"), (128, "nato"), (129, "talk"), (130, "he"), (131, "gone")];
        assert_eq!(stems, expected.map(|(p, t)| (p, t.to_owned())));
        let exact = terms(&streams.exact);
        for marker in [(0, "#p"), (128, "#p"), (128, "#a"), (130, "#s"), (130, "#c")] {
            assert!(exact.contains(&(marker.0, marker.1.to_owned())), "{marker:?} in {exact:?}");
        }
        assert!(!exact.contains(&(129, "#c".to_owned())));
        let words = exact.into_iter().filter(|(_, term)| !term.starts_with('#')).map(|(p, _)| p);
        assert_eq!(words.collect::<Vec<_>>(), [0, 128, 129, 130, 131]);
    }

    #[test]
    fn a_long_headline_is_cut_and_values_are_apart() {
        let title = "word ".repeat(300);
        let streams = Analyser::default().article(&title, "body", &words("body"), "en");
        let positions: Vec<usize> = terms(&streams.stems).into_iter().map(|(p, _)| p).collect();
        assert_eq!(positions, (0..=128).collect::<Vec<_>>());
        assert_eq!(terms(&names(["Ann Lee", "Bo"].into_iter()))[2].0, 2 + VALUE_GAP as usize);
    }
}
