//! The fold key: one string for the ways in which a Slavic name is written in Latin letters, and for the name in
//! Cyrillic letters. `Zelenskiy`, `Zelenskyy` and `Зеленський` share one, and so do `Gerasimov` and `Herasymov`.
//!
//! It catches what no table holds. It is no phonetic code: other names than such spellings rarely share a key.

use super::chinese;
use super::systems::{self, ENGLISH, FRENCH, sounds, voiced};

/// The key of a folded word; empty for a word without a Latin or Cyrillic letter.
pub fn of(folded: &str) -> String {
    finish(sounds(&latin(folded), ENGLISH))
}

/// All keys of a folded word: the one of [`of`], and those that it has if it is written as in German or in French, or if
/// its letters are read in another way that some have.
pub fn all(folded: &str) -> Vec<String> {
    let latin = latin(folded);
    let mut keys = vec![finish(sounds(&latin, ENGLISH))];
    let mut add = |key: String| {
        if key.len() >= LEAST_READING && !keys.contains(&key) {
            keys.push(key);
        }
    };
    if is_cyrillic(folded) {
        // Ukrainian and Belarusian say h: Shmyhal.
        add(finish(sounds(&latin.replace('g', "kh"), ENGLISH)));
        // Arabic has one sound for both: Hussain, Hussein.
        add(finish(sounds(&latin.replace("ey", "ay"), ENGLISH)));
        // The French u, and the c that is a k: Lecornu.
        let french = latin.replace("yu", "u");
        add(finish(sounds(&french.replace('k', "c"), ENGLISH)));
        add(finish(sounds(&french, ENGLISH)));
        // The English j of Indian names: Jaishankar.
        add(finish(sounds(&latin.replace("dzh", "j"), ENGLISH)));
        if let Some(other) = chinese::pinyin(folded).or_else(|| of_belarusian(&latin)) {
            add(finish(sounds(&other, ENGLISH)));
        }
        return with_belarusian(keys);
    }
    for system in systems::of(&latin) {
        if *system == FRENCH {
            let end = ["ine", "yne"].iter().find(|ending| latin.ends_with(*ending));
            let spoken = end.map_or(latin.as_str(), |_| &latin[..latin.len() - 1]);
            add(finish(sounds(spoken, system)));
            add(finish(sounds(spoken, ENGLISH)));
        } else {
            add(finish(sounds(&voiced(&latin, false), system)));
            add(finish(sounds(&voiced(&latin, true), system)));
            // An s that stands first is either: Sacharow, Suchumi.
            if let Some(rest) = latin.strip_prefix('s') {
                add(finish(sounds(&format!("s{}", voiced(rest, false)), system)));
            }
        }
    }
    for (letters, is) in READINGS {
        if latin.contains(letters) {
            add(finish(sounds(&latin.replace(letters, is), ENGLISH)));
        }
    }
    if latin.ends_with("ic") || latin.ends_with("ics") {
        // Without their marks č, ć, š and ž of the South Slavs, and the Latvians, are c, s and z.
        let hard = latin.replace('c', "ch");
        for marked in [hard.replace('s', "sh"), hard.replace('z', "zh"), hard] {
            add(finish(sounds(&marked, ENGLISH)));
        }
    }
    if let Some(russian) = of_belarusian(&latin) {
        add(finish(sounds(&russian, ENGLISH)));
    }
    if let Some(rest) = latin.strip_prefix("ce").or_else(|| latin.strip_prefix("ci")) {
        // Turkish and Azerbaijani: Ceyhun, Jeyhun.
        add(finish(sounds(&format!("j{}{rest}", &latin[1..2]), ENGLISH)));
    }
    if latin.contains('q') {
        // Arabic has no o: Moqtada, Muqtada.
        add(finish(sounds(&latin.replace('o', "u"), ENGLISH)));
    }
    if let Some(russian) = of_japanese(&latin) {
        add(finish(sounds(&russian, ENGLISH)));
    }
    if let Some(stem) = latin.strip_suffix("cki") {
        add(finish(sounds(&format!("{stem}tski"), ENGLISH)));
    }
    with_belarusian(keys)
}

/// Belarusian writes an a that is not stressed for o, and so does who hears Ukrainian as Russian: Kalesnikava, Kolesnikova;
/// Slavyansk, Sloviansk. Slavic names have a key more, in which both are one.
fn with_belarusian(mut keys: Vec<String>) -> Vec<String> {
    let slavic =
        |key: &&String| key.len() >= LEAST_MERGED && (is_slavic(key) || key.ends_with("nsk")) && key.contains('o');
    let merged: Vec<String> = keys.iter().filter(slavic).map(|key| merged(key)).collect();
    for key in merged {
        if !keys.contains(&key) {
            keys.push(key);
        }
    }
    keys
}

/// What Russian makes of a name that is written as in Belarusian: Tsikhanouskaya, Stankevichau.
fn of_belarusian(latin: &str) -> Option<String> {
    let mut name = latin.replace("usk", "vsk");
    if let Some(stem) = name.strip_suffix("au").or_else(|| name.strip_suffix("ou")) {
        name = format!("{stem}ov");
    }
    let marked = name.len() >= LEAST_MERGED && name != latin;
    marked.then(|| name.replace("tsi", "ti").replace("dzi", "di"))
}

/// What Russian makes of a Japanese name, by the system of Polivanov: Ishiba is Исиба, Hayashi Хаяси. A name whose syllables are
/// all open is taken for one.
fn of_japanese(latin: &str) -> Option<String> {
    let mut rest = latin;
    while !rest.is_empty() {
        let syllable = rest.find(is_vowel)?;
        let onset = &rest[..syllable];
        let known = matches!(onset, "" | "sh" | "ch" | "ts" | "ky" | "ry" | "ny" | "hy" | "my" | "py" | "by" | "gy");
        let one = onset.len() == 1 && "kstnhmyrwgzdbpfj".contains(onset);
        let closed = onset.len() == 2 && onset.starts_with('n') && "kstmygzdbpjrn".contains(&onset[1..]);
        if !known && !one && !closed {
            return None;
        }
        rest = &rest[syllable + 1..];
    }
    let russian = latin.replace("shi", "si").replace("chi", "ti").replace("ji", "dzi");
    (latin.len() >= LEAST_JAPANESE && russian != latin).then_some(russian)
}

/// Letters of a name that is taken for Japanese, at least.
const LEAST_JAPANESE: usize = 6;

fn merged(key: &str) -> String {
    key.replace('o', "a")
}

/// Letters of a key in which a and o are one, at least.
const LEAST_MERGED: usize = 8;

/// Letters of any language that are written in two ways, and how else: umlauts of German (Schroeder), long vowels of
/// Arabic and Persian (Rasheed), the Arabic q that some hear as g (Qaddafi), the German ei (Leyen) and eu (Schaeuble) and the
/// Italian gi (Giorgia) as Cyrillic writes them.
const READINGS: [(&str, &str); 12] = [
    ("aeu", "oi"),
    ("eu", "oi"),
    ("oe", "o"),
    ("ue", "u"),
    ("ae", "a"),
    ("ae", "e"),
    ("ee", "i"),
    ("oo", "u"),
    ("q", "g"),
    ("ei", "ai"),
    ("ey", "ay"),
    ("gi", "dzh"),
];

/// Letters of a key that comes of reading a word as German or French, at least.
const LEAST_READING: usize = 4;

fn finish(mut key: String) -> String {
    soften(&mut key);
    end(&mut key);
    key
}

/// Whether two spellings that share a key are near enough to be one name: different short names share one, too.
///
/// `a` and `b` are the folded spellings that share `key`.
pub fn decides(key: &str, a: &str, b: &str) -> bool {
    let two_scripts = is_cyrillic(a) != is_cyrillic(b);
    let least = match (is_cyrillic(a) || is_cyrillic(b), is_slavic(key)) {
        (true, _) if two_scripts && of(a) == of(b) => 2,
        (true, _) => 4,
        (_, true) => 5,
        _ if are_other_names(a, b) => return false,
        _ if bare(a) == bare(b) => 5,
        _ => 6,
    };
    a.chars().count().min(b.chars().count()) >= least
}

/// Letters of a name that may be French, and begin with the sound of sh, at least: Charon is no Sharron.
const LEAST_FRENCH: usize = 8;

/// Whether one letter makes two names of two spellings that sound alike: Anderson and Andersson; Chopper and Hopper, of
/// which the first could be German and begin as the second does, Cherry and Sherry; Michael and Mitchell; Monti and Monty;
/// Samara and Samarra.
fn are_other_names(a: &str, b: &str) -> bool {
    let swedish = |a: &str, b: &str| a.ends_with("sson") && b.ends_with("son") && !b.ends_with("sson");
    let german = |a: &str, b: &str| a.starts_with("ch") && b.starts_with('h');
    let french = |a: &str, b: &str| {
        let spoken = a.strip_prefix("ch").filter(|rest| rest.starts_with(is_vowel));
        a.len() < LEAST_FRENCH && spoken.is_some() && b.starts_with("sh")
    };
    let hard = |a: &str, b: &str| {
        let sounds_on = b.find("tch").is_some_and(|at| at > 0 && b[at + 3..].starts_with(is_vowel));
        sounds_on && a.contains("ch") && !a.contains("tch")
    };
    let endearing = |a: &str, b: &str| {
        let stem = a.strip_suffix('y').filter(|stem| !stem.ends_with(is_vowel));
        stem.is_some() && stem == b.strip_suffix('i')
    };
    let rolled = |a: &str, b: &str| a.contains("rr") && a.replace("rr", "r") == b;
    let rules: [fn(&str, &str) -> bool; 6] = [swedish, german, french, hard, endearing, rolled];
    rules.iter().any(|two| two(a, b) || two(b, a))
}

/// A word without what the ways of writing one name differ by most: the letters for i and y, and an s made two to keep it
/// sharp (Makei, Makey; Raisi, Raissi).
fn bare(word: &str) -> String {
    word.replace("ss", "s").replace(['y', 'j'], "i").replace("ii", "i")
}

/// Whether a folded word is written in Cyrillic letters.
pub fn is_cyrillic(folded: &str) -> bool {
    folded.chars().next().is_some_and(|c| matches!(c, 'Ѐ'..='ӿ'))
}

/// Cyrillic letters as Latin ones, by sound; Latin letters as they are, everything else left out.
pub fn latin(folded: &str) -> String {
    let mut out = String::with_capacity(folded.len());
    for c in folded.chars() {
        match c {
            'a'..='z' => out.push(c),
            'Ѐ'..='ӿ' => out.push_str(letter(c)),
            _ => {}
        }
    }
    out
}

fn letter(c: char) -> &'static str {
    match c {
        'а' => "a",
        'б' => "b",
        'в' => "v",
        'г' | 'ґ' | 'ѓ' => "g",
        'д' => "d",
        'е' | 'є' | 'э' => "e",
        'ж' => "zh",
        'з' => "z",
        'и' | 'і' | 'ї' | 'ы' => "i",
        'й' | 'ј' => "y",
        'к' | 'ќ' => "k",
        'л' => "l",
        'љ' => "ly",
        'м' => "m",
        'н' => "n",
        'њ' => "ny",
        'о' => "o",
        'п' => "p",
        'р' => "r",
        'с' => "s",
        'т' => "t",
        'у' | 'ў' => "u",
        'ф' => "f",
        'х' => "kh",
        'ц' => "ts",
        'ч' | 'ћ' => "ch",
        'ш' => "sh",
        'щ' => "shch",
        'ю' => "yu",
        'я' => "ya",
        'џ' => "dzh",
        'ђ' => "dz",
        'ѕ' => "dz",
        _ => "",
    }
}

pub(super) fn is_vowel(c: char) -> bool {
    matches!(c, 'a' | 'e' | 'i' | 'o' | 'u')
}

/// Drops what glides into a vowel (`J` always, `i` at the beginning and where it writes ya and yu), and one of two equal
/// letters; but long vowels make other names: Cameron, Cameroon. Takes Russian and Ukrainian vowels behind ch, sh and zh
/// for one (Chernobyl, Chornobyl; Khrushchev, Khrushchov), dzh for zh, and the ends of Haniya, Haniyah and Haniyeh.
fn soften(key: &mut String) {
    if let Some(stem) = key.strip_suffix("eh").or_else(|| key.strip_suffix("ah")) {
        *key = format!("{stem}a");
    }
    let letters: Vec<char> = key.chars().collect();
    key.clear();
    for (i, c) in letters.iter().enumerate() {
        let next = letters.get(i + 1).copied().unwrap_or_default();
        // Alexandria is no Alexandra, but Vinnytsia is Vinnitsa.
        let ends = i + 2 == letters.len() && next == 'a' && !key.ends_with(|c| is_vowel(c) || c == 'T');
        let glides = match c {
            'J' => is_vowel(next) && !ends,
            'i' => matches!(next, 'a' | 'u') && !ends || i == 0 && is_vowel(next),
            _ => false,
        };
        let hushed = key.ends_with(['C', 'X', 'Z', 'W']);
        let sound = match c {
            'J' => 'i',
            'o' if hushed && (!is_vowel(next) || next == 'i') => 'e',
            c => *c,
        };
        if sound == 'Z' && key.ends_with('d') {
            key.pop();
        }
        let doubled = key.ends_with(sound) && !matches!(sound, 'e' | 'o' | 'u');
        if !glides && !doubled {
            key.push(sound);
        }
    }
}

/// Endings that Slavic surnames and patronymics have, in letters of the key.
const SLAVIC: [&str; 16] =
    ["ov", "ev", "ova", "eva", "ski", "ska", "skoi", "Tki", "Tka", "nka", "Cka", "Xka", "uk", "iC", "vna", "nik"];

/// Whether a known spelling with this key may lead on to spellings that only share the key.
pub fn links(key: &str) -> bool {
    is_slavic(key)
}

/// Whether a key ends as Slavic surnames and patronymics do.
fn is_slavic(key: &str) -> bool {
    key.len() >= 5 && SLAVIC.iter().any(|ending| key.ends_with(ending))
}

/// Makes the endings of surnames one, and in what then looks like a Slavic name `g` as `h`.
fn end(key: &mut String) {
    for (ending, is) in [
        ("of", "ov"),
        ("ef", "ev"),
        ("iev", "ev"),
        ("ieva", "eva"),
        ("nko", "nka"),
        ("Cko", "Cka"),
        ("Xko", "Xka"),
        ("riko", "rika"),
    ] {
        if key.len() >= 5 && key.ends_with(ending) {
            key.truncate(key.len() - ending.len());
            key.push_str(is);
        }
    }
    if is_slavic(key) {
        *key = key.replace('g', "h").replace("ie", "e");
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spellings_of_one_name_share_a_key() {
        let table: [&[&str]; 16] = [
            &["zelenskiy", "zelenskyy", "zelenskyi", "zelenskij", "zelensky", "zelenskii", "зеленский", "зеленський"],
            &["lukashenko", "lukashenka", "лукашенко"],
            &["syrskyi", "syrsky", "сырский", "сирський"],
            &["yermak", "ermak", "jermak", "ермак", "єрмак"],
            &["gerasimov", "herasymov", "gerassimow", "герасимов"],
            &["khrushchev", "хрущев", "chruschtschew"],
            &["lavrov", "lawrow", "lavroff", "лавров"],
            &["shoigu", "shoygu", "шойгу"],
            &["klitschko", "klychko", "klichko", "кличко"],
            &["yeltsin", "jelzin", "eltsine", "ельцин"],
            &["prigozhin", "prigoschin", "prigojine", "пригожин"],
            &["yushchenko", "juschtschenko", "iouchtchenko", "ющенко"],
            &["zakharova", "sacharowa", "zaharova", "zakharowa", "захарова"],
            &["yuri", "juri", "iouri", "юрий"],
            &["podolyak", "podoliak", "podoljak", "подоляк"],
            &["tymoshenko", "timoshenko", "тимошенко"],
        ];
        for names in table {
            let keys: Vec<Vec<String>> = names.iter().map(|name| all(name)).collect();
            for (name, key) in names.iter().zip(&keys) {
                assert!(keys.iter().all(|other| other.iter().any(|k| key.contains(k))), "{name}: {keys:?}");
            }
        }
    }

    #[test]
    fn different_names_do_not() {
        for (a, b) in [
            ("lavrov", "lavrova"),
            ("gates", "hates"),
            ("mario", "maria"),
            ("gunter", "hunter"),
            ("ivanov", "ivanova"),
            ("peskov", "pechkov"),
        ] {
            assert_ne!(of(a), of(b), "{a} {b}");
        }
        assert_eq!(of("中国"), "");
    }

    #[test]
    fn short_keys_decide_nothing() {
        assert!(!decides(&of("anna"), "anna", "ana") && !decides(&of("wille"), "wille", "ville"));
        assert!(decides(&of("putin"), "putin", "путин") && decides(&of("lavrov"), "lavrov", "lawrow"));
    }
}
