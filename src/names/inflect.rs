//! Cases of names in Cyrillic letters: Russian, Ukrainian and Belarusian put endings on names, and running text has
//! `Зеленского` more often than `Зеленский`.

use super::key::is_cyrillic;

/// An ending, and what may stand in its place in the nominative.
const ENDINGS: [(&str, &[&str]); 41] = [
    ("ського", &["ський"]),
    ("ському", &["ський"]),
    ("скага", &["скі"]),
    ("скаму", &["скі"]),
    ("кого", &["кий", "кой"]),
    ("кому", &["кий", "кой"]),
    ("ською", &["ська"]),
    ("ській", &["ська"]),
    ("ким", &["кий", "кой"]),
    ("ком", &["кий", "кой"]),
    ("кой", &["кая"]),
    ("кую", &["кая"]),
    ("ську", &["ська"]),
    ("ого", &["ый", "ой", "ий"]),
    ("ому", &["ый", "ой", "ий"]),
    ("ией", &["ия"]),
    ("ією", &["ія"]),
    ("ові", &["", "о"]),
    ("еві", &["", "й", "ь"]),
    ("ии", &["ия"]),
    ("ию", &["ия"]),
    ("ії", &["ія"]),
    ("ію", &["ія"]),
    ("ым", &["", "ый"]),
    ("им", &["", "ий"]),
    ("ом", &["", "о"]),
    ("ем", &["", "й", "ь"]),
    ("єм", &["й"]),
    ("ой", &["а"]),
    ("ою", &["а"]),
    ("ей", &["я"]),
    ("ів", &["о"]),
    ("а", &["", "о"]),
    ("у", &["", "а", "о"]),
    ("ы", &["а"]),
    ("и", &["а", "я", "ь"]),
    ("е", &["", "а", "й", "я"]),
    ("і", &["", "а", "о"]),
    ("я", &["й", "ь"]),
    ("ю", &["й", "ь", "я"]),
    ("єва", &["їв"]),
];

/// The letters of a name without its ending, at least.
const STEM: usize = 3;

/// The nominatives that a folded word in Cyrillic letters may be a case of; nothing for other words.
///
/// Which of them are words is for the caller to find out: without a dictionary all endings are possible.
pub fn nominatives(folded: &str) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    if !is_cyrillic(folded) {
        return found;
    }
    for (ending, nominatives) in ENDINGS {
        let Some(stem) = folded.strip_suffix(ending).filter(|stem| stem.chars().count() >= STEM) else { continue };
        for nominative in nominatives.iter() {
            let word = format!("{stem}{nominative}");
            if word != folded && !found.contains(&word) {
                found.push(word);
            }
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cases_of_names() {
        let table = [
            ("зеленского", "зеленский"),
            ("зеленському", "зеленський"),
            ("зеленським", "зеленський"),
            ("лаврова", "лавров"),
            ("лавровым", "лавров"),
            ("лукашенка", "лукашенко"),
            ("кулебы", "кулеба"),
            ("кулебою", "кулеба"),
            ("байденом", "байден"),
            ("женеве", "женева"),
            ("минска", "минск"),
            ("минском", "минск"),
            ("россией", "россия"),
            ("сергея", "сергей"),
            ("тихановской", "тихановская"),
            ("макронові", "макрон"),
        ];
        for (form, name) in table {
            assert!(nominatives(form).iter().any(|found| found == name), "{form}: {:?}", nominatives(form));
        }
        assert!(nominatives("lavrova").is_empty() && nominatives("он").is_empty());
    }
}
