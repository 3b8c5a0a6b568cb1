//! The article in Arabic names, which is written in several ways or left out: Bashar al-Assad, Bashar el-Assad, Bashar
//! Assad; Abdul Fattah, Abdel Fattah, Abd al-Fattah.

const ARTICLES: [&str; 3] = ["al", "el", "ul"];
/// The servant of the one whose name follows, with the article in one word.
const SERVANT: [&str; 4] = ["abdul", "abdel", "abdal", "abdoul"];

/// A folded name of several words otherwise written, as far as the article goes; nothing for names without one.
pub fn otherwise(words: &[&str]) -> Vec<Vec<String>> {
    let mut found: Vec<Vec<String>> = Vec::new();
    for (i, word) in words.iter().enumerate().take(words.len().saturating_sub(1)) {
        let (before, after) = (&words[..i], &words[i + 1..]);
        let mut add = |before: &[&str], instead: &[&str]| {
            let name = before.iter().chain(instead).chain(after).map(|word| (*word).to_owned()).collect();
            if !found.contains(&name) {
                found.push(name);
            }
        };
        let others = |forms: &'static [&'static str]| forms.iter().filter(|form| *form != word);
        if SERVANT.contains(word) {
            others(&SERVANT).for_each(|one| add(before, &[one]));
            ARTICLES.iter().for_each(|article| add(before, &["abd", article]));
        } else if ARTICLES.contains(word) {
            others(&ARTICLES).for_each(|article| add(before, &[article]));
            match before.split_last() {
                Some((&"abd", before)) => SERVANT.iter().for_each(|one| add(before, &[one])),
                Some(_) => add(before, &[]),
                None => {}
            }
        }
    }
    found
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
        assert_eq!(of("bashar al assad"), ["bashar el assad", "bashar ul assad", "bashar assad"]);
        assert!(of("abdel fattah al sisi").contains(&"abd al fattah al sisi".to_owned()));
        assert!(of("abd al fattah").contains(&"abdul fattah".to_owned()));
        assert!(of("sergei lavrov").is_empty() && of("al gore").len() == 2 && of("al").is_empty());
    }
}
