//! The article in Arabic names, which is written in several ways or left out: Bashar al-Assad, Bashar el-Assad, Bashar
//! Assad; Abdul Fattah, Abdel Fattah, Abd al-Fattah; Muqtada as-Sadr, Муктада ас-Садр.

use super::key;

/// The article as it stands before any word, in Latin and Cyrillic letters.
const ARTICLES: [&str; 5] = ["al", "el", "ul", "аль", "эль"];
/// Letters that a word may begin with and the article before it takes on, and what it then is: as-Sadr, аш-Шараа.
const ASSIMILATED: [(&str, &str); 14] = [
    ("sh", "ash"),
    ("s", "as"),
    ("r", "ar"),
    ("n", "an"),
    ("d", "ad"),
    ("t", "at"),
    ("z", "az"),
    ("с", "ас"),
    ("ш", "аш"),
    ("р", "ар"),
    ("н", "ан"),
    ("д", "ад"),
    ("т", "ат"),
    ("з", "аз"),
];
/// The servant of the one whose name follows, with the article in one word.
const SERVANT: [&str; 4] = ["abdul", "abdel", "abdal", "abdoul"];

/// A folded name of several words otherwise written, as far as the article goes; nothing for names without one.
pub fn otherwise(words: &[&str]) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    for (i, pair) in words.windows(2).enumerate() {
        let &[word, next] = pair else { continue };
        let (before, after) = (&words[..i], &words[i + 1..]);
        let mut add = |before: &[&str], instead: &[&str]| {
            let name = before.iter().chain(instead).chain(after).map(|word| (*word).to_owned()).collect();
            if !found.contains(&name) {
                found.push(name);
            }
        };
        if SERVANT.contains(&word) {
            SERVANT.iter().filter(|one| **one != word).for_each(|one| add(before, &[one]));
            ARTICLES.iter().for_each(|article| add(before, &["abd", article]));
        } else if is_article(word, next) {
            let others = ARTICLES.into_iter().chain(assimilated(next)).filter(|other| *other != word);
            others.for_each(|article| add(before, &[article]));
            match before.split_last() {
                Some((&"abd", before)) => SERVANT.iter().for_each(|one| add(before, &[one])),
                Some(_) => add(before, &[]),
                None => {}
            }
        }
    }
    found
}

/// What the article may be before `next`, in the letters of either script: a name may change its script with it.
fn assimilated(next: &str) -> impl Iterator<Item = &'static str> {
    let latin = key::latin(next);
    let of = ASSIMILATED.into_iter().filter(move |(letters, _)| {
        let script = if key::is_cyrillic(letters) { key::latin(letters) } else { (*letters).to_owned() };
        latin.starts_with(&script) && (script != "s" || !latin.starts_with("sh"))
    });
    of.map(|(_, article)| article)
}

/// Whether a word is the article of `next`. In Latin letters the assimilated ones are English words: "as", "an", "at".
fn is_article(word: &str, next: &str) -> bool {
    ARTICLES.contains(&word) || key::is_cyrillic(word) && assimilated(next).any(|article| article == word)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_with_an_article() {
        let of = |name: &str| -> Vec<String> {
            let words: Vec<&str> = name.split(' ').collect();
            otherwise(&words).iter().map(|words| words.join(" ")).collect()
        };
        let assad = of("bashar al assad");
        assert_eq!(assad[..2], ["bashar el assad", "bashar ul assad"]);
        assert!(assad.contains(&"bashar assad".to_owned()) && !assad.contains(&"bashar ас assad".to_owned()));
        assert!(of("muqtada al sadr").contains(&"muqtada ас sadr".to_owned()));
        assert!(of("ахмед аш шараа").contains(&"ахмед шараа".to_owned()));
        assert!(of("known as smith").is_empty(), "no article");
        assert!(of("abdel fattah al sisi").contains(&"abd al fattah al sisi".to_owned()));
        assert!(of("abd al fattah").contains(&"abdul fattah".to_owned()));
        assert!(of("sergei lavrov").is_empty() && of("al gore").len() == 4 && of("al").is_empty());
    }
}
