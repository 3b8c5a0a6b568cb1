//! The names of an article as terms of the index: every word that stands in it as a name, under its fold keys.
//!
//! A term is `key`, a separator, the folded word. All spellings of a name that an archive has are thus neighbours in
//! its dictionary, and the number of articles in which a word stands as a name can be told from that in which it
//! stands at all.

use rustc_hash::{FxHashMap, FxHashSet};

use crate::names::{inflect, is_ordinary, key};
use crate::text::{Kind, Token, Tokens, fold};

/// Between the key and the word of a term.
pub const SEPARATOR: char = '\u{1f}';

/// Words whose terms are kept from article to article, before the memory is cleared; some 20 MB.
const KEPT: usize = 1 << 17;

/// Makes the terms of articles.
#[derive(Default)]
pub struct NameTerms {
    /// The terms of each word; none if it is no name.
    known: FxHashMap<Box<str>, Box<[String]>>,
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
    /// The terms of an article: its headline, and its body with its tokens.
    pub fn of(&mut self, title: &str, body: &str, tokens: &Tokens) -> Vec<&str> {
        let mut seen: FxHashMap<String, Seen> = FxHashMap::default();
        look(title, &Tokens::scan(title), true, &mut seen);
        look(body, tokens, false, &mut seen);
        if self.known.len() > KEPT {
            self.known.clear();
        }
        let names: Vec<&String> = seen.iter().filter(|(_, seen)| seen.is_name()).map(|(word, _)| word).collect();
        for name in &names {
            if !self.known.contains_key(name.as_str()) {
                self.known.insert(name.as_str().into(), terms(name).into());
            }
        }
        let found = names.iter().filter_map(|name| self.known.get(name.as_str()));
        found.flat_map(|terms| terms.iter().map(String::as_str)).collect()
    }
}

impl Seen {
    fn is_name(self) -> bool {
        self.as_name || self.with_capital && !self.in_lower_case
    }
}

fn look(text: &str, tokens: &Tokens, headline: bool, seen: &mut FxHashMap<String, Seen>) {
    let mut before: Option<Token> = None;
    for token in tokens.iter() {
        if token.kind == Kind::Word {
            let opens = before.is_none_or(|before| matches!(before.kind, Kind::Mark | Kind::Open | Kind::Colon));
            let plain = !headline && !opens && !token.starts_sentence() && !token.is_all_caps();
            let entry = seen.entry(fold(&text[token.range()])).or_default();
            entry.as_name |= token.is_upper() && plain;
            entry.with_capital |= token.is_upper();
            entry.in_lower_case |= !token.is_upper();
        }
        before = Some(*token);
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
    use super::*;

    fn names(title: &str, body: &str) -> Vec<String> {
        let mut terms = NameTerms::default();
        let found = terms.of(title, body, &Tokens::scan(body));
        let mut words: Vec<String> =
            found.iter().filter_map(|term| Some(term.split_once(SEPARATOR)?.1.into())).collect();
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
