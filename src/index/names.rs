//! The names of an article as terms of the index: every word that stands in it as a name, under its fold keys.
//!
//! A term is `key`, a separator, the folded word. All spellings of a name that an archive has are thus neighbours in
//! its dictionary, and the number of articles in which a word stands as a name can be told from that in which it
//! stands at all.

use rustc_hash::{FxHashMap, FxHashSet};

use super::analysis::Word;
use crate::names::{inflect, is_ordinary, key};
use crate::text::{ByNumber, Kind, Number, Token, Tokens, Vocabulary};

/// Between the key and the word of a term.
pub const SEPARATOR: char = '\u{1f}';

/// Makes the terms of articles.
#[derive(Default)]
pub struct NameTerms {
    /// The terms of each word, by the number of its folded form; none if it is no name.
    known: FxHashMap<Number, Box<[String]>>,
    /// How each word was seen in the article at hand, by the number of its folded form.
    seen: ByNumber<Seen>,
    /// Those that were seen.
    met: Vec<Number>,
}

/// How a word was seen in an article.
#[derive(Default, Clone, Copy)]
struct Seen {
    /// With a capital that nothing but the name explains.
    as_name: bool,
    /// With a capital at the start of a sentence, in a headline or among capitals.
    with_capital: bool,
    in_lower_case: bool,
}

impl NameTerms {
    /// Hands the terms of an article to `each`: of its headline and of its body, by their tokens and words.
    pub(super) fn of(
        &mut self,
        vocabulary: &Vocabulary,
        (title_tokens, title): (&Tokens, &[Word]),
        (body_tokens, body): (&Tokens, &[Word]),
        mut each: impl FnMut(&str),
    ) {
        if self.seen.renew(vocabulary.numbering()) {
            self.known.clear();
        }
        self.look(vocabulary, title_tokens, title, true);
        self.look(vocabulary, body_tokens, body, false);
        for number in self.met.drain(..) {
            let seen = self.seen.slot(number).map(std::mem::take).unwrap_or_default();
            if seen.is_name() {
                let terms = self.known.entry(number).or_insert_with(|| terms(vocabulary.folded(number)).into());
                terms.iter().for_each(|term| each(term));
            }
        }
    }

    fn look(&mut self, vocabulary: &Vocabulary, tokens: &Tokens, words: &[Word], headline: bool) {
        let mut words = words.iter();
        let mut before: Option<Token> = None;
        for token in tokens.iter() {
            let word = if token.is_word() { words.next() } else { None };
            if let Some(word) = word.filter(|_| token.kind == Kind::Word) {
                let number = vocabulary.fold(word.number);
                let opens = before.is_none_or(|before| matches!(before.kind, Kind::Mark | Kind::Open | Kind::Colon));
                let plain = !headline && !opens && !token.starts_sentence() && !token.is_all_caps();
                let Some(seen) = self.seen.slot(number) else { continue };
                if !seen.is_seen() {
                    self.met.push(number);
                }
                seen.as_name |= token.is_upper() && plain;
                seen.with_capital |= token.is_upper();
                seen.in_lower_case |= !token.is_upper();
            }
            before = Some(*token);
        }
    }
}

impl Seen {
    fn is_seen(self) -> bool {
        self.with_capital || self.in_lower_case
    }

    fn is_name(self) -> bool {
        self.as_name || self.with_capital && !self.in_lower_case
    }
}

/// The terms of one folded word: under its own key first.
pub(super) fn terms(word: &str) -> Vec<String> {
    if is_ordinary(word) {
        return Vec::new();
    }
    let mut keys: FxHashSet<String> = FxHashSet::default();
    let own = key::all(word).into_iter().chain(inflect::nominatives(word).into_iter().map(|name| key::of(&name)));
    own.filter(|key| !key.is_empty() && keys.insert(key.clone())).map(|key| term(&key, word)).collect()
}

/// The term of a folded word under one of its keys.
pub fn term(key: &str, word: &str) -> String {
    format!("{key}{SEPARATOR}{word}")
}

#[cfg(test)]
mod tests {
    use super::super::analysis;
    use super::*;

    fn names(title: &str, body: &str) -> Vec<String> {
        let mut vocabulary = Vocabulary::default();
        let (head, tokens) = (Tokens::scan(title), Tokens::scan(body));
        let in_title = analysis::words(title, &head, &mut vocabulary);
        let in_body = analysis::words(body, &tokens, &mut vocabulary);
        let mut words: Vec<String> = Vec::new();
        NameTerms::default().of(&vocabulary, (&head, &in_title), (&tokens, &in_body), |term| {
            words.extend(term.split_once(SEPARATOR).map(|(_, word)| word.to_owned()));
        });
        words.sort();
        words.dedup();
        words
    }

    #[test]
    fn words_that_stand_as_names() {
        let table = [
            ("", "He met Lavrov. Talks went on, the talks ended. They may meet in May.", "lavrov"),
            ("Zelenskyy Speaks", "Nothing new.", "zelenskyy"),
            ("", "Brown bears eat. A brown bear saw Gordon Brown.", "brown gordon"),
            ("", "Президент Зеленський і переговори.", "зеленський президент"),
        ];
        for (title, body, expected) in table {
            let found = names(title, body);
            let expected: Vec<&str> = expected.split(' ').collect();
            let missing: Vec<&&str> = expected.iter().filter(|name| !found.iter().any(|word| word == **name)).collect();
            assert!(
                missing.is_empty() && !found.iter().any(|word| word == "may" || word == "talks"),
                "{body}: {found:?}"
            );
        }
    }

    #[test]
    fn all_keys_of_a_word_and_of_its_nominatives() {
        assert_eq!(terms("lawrow"), ["lavrov\u{1f}lawrow"]);
        let cases = terms("лаврова");
        assert!(
            cases.contains(&"lavrov\u{1f}лаврова".to_owned()) && cases.contains(&"lavrova\u{1f}лаврова".to_owned())
        );
        assert!(terms("will").is_empty() && terms("中国").is_empty());
    }
}
