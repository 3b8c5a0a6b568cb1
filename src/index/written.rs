//! What a stream has for each word: written once a word, found by its number from then on.

use rustc_hash::FxHashMap;

use crate::text::stem::Stems;
use crate::text::{ByNumber, Number, Vocabulary};

/// What is written for words, by language.
#[derive(Default)]
pub(super) struct Written {
    languages: FxHashMap<String, InLanguage>,
}

struct InLanguage {
    stemmer: Stems,
    /// Where what is written for a word stands in `text`, and its bytes; none while that is not known.
    entries: ByNumber<(u32, u32)>,
    text: String,
}

impl Written {
    /// Hands to `each`, for some words in their order, what `write` writes of the folded form and, where that is not its own
    /// stem, of the stem in a language. It is written once a word.
    pub(super) fn each(
        &mut self,
        vocabulary: &Vocabulary,
        numbers: impl Iterator<Item = Number>,
        language: &str,
        write: fn(&mut String, &str, Option<&str>),
        mut each: impl FnMut(&str),
    ) {
        if !self.languages.contains_key(language) {
            let new = InLanguage { stemmer: Stems::new(language), entries: ByNumber::default(), text: String::new() };
            self.languages.insert(language.to_owned(), new);
        }
        let Some(InLanguage { stemmer, entries, text }) = self.languages.get_mut(language) else { return };
        if entries.renew(vocabulary.numbering()) {
            text.clear();
        }
        for number in numbers {
            let Some((start, length)) = entries.slot(number) else { continue };
            if *length == 0 {
                let folded = vocabulary.folded(number);
                let stem = stemmer.stem(folded);
                *start = text.len() as u32;
                write(text, folded, (*stem != *folded).then_some(&*stem));
                *length = text.len() as u32 - *start;
            }
            each(text.get(*start as usize..(*start + *length) as usize).unwrap_or_default());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_written_by_their_language() {
        let write = |out: &mut String, word: &str, stem: Option<&str>| {
            out.extend([word, "/", stem.unwrap_or("its own")]);
        };
        let mut written = Written::default();
        for _ in 0..2 {
            let mut vocabulary = Vocabulary::default();
            let [talks, geneva] = ["Talks", "Genève"].map(|word| vocabulary.number(word));
            for _ in 0..2 {
                let mut found = Vec::new();
                let all = [talks, geneva].into_iter();
                written.each(&vocabulary, all, "en", write, |entry| found.push(entry.to_owned()));
                assert_eq!(found, ["talks/talk", "geneve/genev"]);
            }
            written.each(&vocabulary, [talks].into_iter(), "xx", write, |entry| assert_eq!(entry, "talks/its own"));
        }
    }
}
