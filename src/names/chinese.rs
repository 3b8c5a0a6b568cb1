//! Chinese names as Russian writes them, by the system of Palladius: `Цзиньпин` is `Jinping`.
//!
//! The table is that of the letters; syllables are an initial and a final, and the final ends where the next initial
//! begins. A soft sign parts n and ng: `нь` is n, `н` is ng.

/// What a syllable begins with. Before the finals of [`SOFT`] some are other sounds.
const INITIALS: [(&str, &str, &str); 21] = [
    ("чж", "zh", "zh"),
    ("цз", "z", "j"),
    ("ц", "c", "q"),
    ("с", "s", "x"),
    ("ч", "ch", "ch"),
    ("ш", "sh", "sh"),
    ("ж", "r", "r"),
    ("б", "b", "b"),
    ("п", "p", "p"),
    ("м", "m", "m"),
    ("ф", "f", "f"),
    ("д", "d", "d"),
    ("т", "t", "t"),
    ("л", "l", "l"),
    ("г", "g", "g"),
    ("к", "k", "k"),
    ("х", "h", "h"),
    ("н", "n", "n"),
    ("в", "w", "w"),
    ("й", "y", "y"),
    ("", "", ""),
];

/// Finals, the longest first, and how pinyin writes them behind an initial.
const FINALS: [(&str, &str); 39] = [
    ("юань", "uan"),
    ("янь", "ian"),
    ("ань", "an"),
    ("энь", "en"),
    ("ень", "en"),
    ("инь", "in"),
    ("унь", "un"),
    ("юнь", "un"),
    ("уань", "uan"),
    ("оань", "uan"),
    ("ян", "iang"),
    ("ан", "ang"),
    ("эн", "eng"),
    ("ен", "eng"),
    ("ин", "ing"),
    ("ун", "ong"),
    ("юн", "iong"),
    ("уан", "uang"),
    ("яо", "iao"),
    ("ао", "ao"),
    ("ай", "ai"),
    ("эй", "ei"),
    ("уай", "uai"),
    ("уэй", "ui"),
    ("уй", "ui"),
    ("оу", "ou"),
    ("ю", "iu"),
    ("юй", "u"),
    ("юэ", "ue"),
    ("я", "ia"),
    ("е", "ie"),
    ("о", "uo"),
    ("уа", "ua"),
    ("а", "a"),
    ("э", "e"),
    ("и", "i"),
    ("у", "u"),
    ("ы", "i"),
    ("эр", "er"),
];

/// Letters that finals begin with before which `цз` is j, `ц` q and `с` x.
const SOFT: [char; 4] = ['и', 'ю', 'я', 'е'];

/// What makes a word one of Chinese: no other names have these letters.
const MARKS: [&str; 14] =
    ["сюэ", "сюй", "фэн", "шэн", "чэн", "цз", "чж", "цю", "ця", "сяо", "юй", "эньл", "ньп", "ньт"];

/// Letters of a word that is read, at least.
const LEAST: usize = 5;

/// The pinyin of a folded word of syllables that Chinese has; `None` for others.
pub(super) fn pinyin(folded: &str) -> Option<String> {
    let chinese = folded.chars().count() >= LEAST && MARKS.iter().any(|mark| folded.contains(mark));
    if chinese { syllables(folded) } else { None }
}

/// The syllables of `rest`, the longest finals first.
fn syllables(rest: &str) -> Option<String> {
    if rest.is_empty() {
        return Some(String::new());
    }
    for (initial, hard, soft) in INITIALS {
        let Some(behind) = rest.strip_prefix(initial) else { continue };
        let mut fitting: Vec<_> = FINALS.iter().filter(|(last, _)| behind.starts_with(last)).collect();
        fitting.sort_by_key(|(last, _)| std::cmp::Reverse(last.len()));
        for (last, pinyin) in fitting {
            if let Some(more) = syllables(&behind[last.len()..]) {
                return Some(syllable(initial, hard, soft, last, pinyin) + &more);
            }
        }
    }
    None
}

fn syllable(initial: &str, hard: &str, soft: &str, last: &str, pinyin: &str) -> String {
    if initial.is_empty() {
        return match pinyin.chars().next() {
            Some('i') if pinyin.len() > 1 && !pinyin.starts_with("in") => format!("y{}", &pinyin[1..]),
            Some('i') => format!("y{pinyin}"),
            Some('u') if last.starts_with('ю') => format!("y{pinyin}"),
            Some('u') if pinyin.len() > 1 && pinyin != "uo" => format!("w{}", &pinyin[1..]),
            Some('u') if pinyin == "uo" => "o".to_owned(),
            Some('u') => "wu".to_owned(),
            _ => pinyin.to_owned(),
        };
    }
    let sound = if last.starts_with(SOFT) { soft } else { hard };
    match (sound, pinyin) {
        ("g" | "k" | "h", "uo") if last == "о" => format!("{sound}uo"),
        ("b" | "p" | "m" | "f" | "w", "uo") => format!("{sound}o"),
        _ => format!("{sound}{pinyin}"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_in_pinyin() {
        for (russian, chinese) in [
            ("цзиньпин", "jinping"),
            ("цзэдун", "zedong"),
            ("сяопин", "xiaoping"),
            ("цзэминь", "zemin"),
            ("чжэцзян", "zhejiang"),
            ("гуанчжоу", "guangzhou"),
            ("чжэнчжоу", "zhengzhou"),
            ("цзябао", "jiabao"),
            ("ханчжоу", "hangzhou"),
            ("чжунхай", "zhonghai"),
        ] {
            assert_eq!(pinyin(russian).as_deref(), Some(chinese), "{russian}");
        }
        for other in ["лавров", "женева", "цзы", "сергей", "шанхай"] {
            assert_eq!(pinyin(other), None, "{other}");
        }
    }
}
