//! How languages write Slavic sounds in Latin letters, and by what a word shows which of them it is written in.

use super::key::is_vowel;

/// How a language writes Slavic sounds in Latin letters: what is written, the longest first, and the one letter for it;
/// capitals are sounds that Latin has no letter for. What no row names stays as it is.
pub(super) type System = [(&'static str, &'static str)];

/// English, and the scholars'.
pub(super) const ENGLISH: &System = &[
    ("schtsch", "W"),
    ("chtch", "W"),
    ("shch", "W"),
    ("szcz", "W"),
    ("tsch", "C"),
    ("tch", "C"),
    ("sch", "X"),
    ("ch", "C"),
    ("cz", "C"),
    ("sh", "X"),
    ("sz", "X"),
    ("zh", "Z"),
    ("kh", "h"),
    ("gh", "g"),
    ("dh", "d"),
    ("ph", "f"),
    ("th", "t"),
    ("ts", "T"),
    ("tz", "T"),
    ("ck", "k"),
    ("ou", "u"),
    ("x", "ks"),
    ("w", "v"),
    ("q", "k"),
    ("y", "J"),
    ("j", "J"),
];
const GERMAN: &System = &german("X");
/// The same, where `sch` is the sound of Solzhenitsyn, which German does not have.
const GERMAN_ZH: &System = &german("Z");

/// German, with the sound that `sch` stands for.
const fn german(sch: &'static str) -> [(&'static str, &'static str); 13] {
    [
        ("schtsch", "W"),
        ("dsch", "dZ"),
        ("tsch", "C"),
        ("sch", sch),
        ("ch", "h"),
        ("ss", "s"),
        ("tz", "T"),
        ("z", "T"),
        (VOICED, "z"),
        ("x", "ks"),
        ("w", "v"),
        ("y", "J"),
        ("j", "J"),
    ]
}

pub(super) const FRENCH: &System = &[
    ("chtch", "W"),
    ("tch", "C"),
    ("ch", "X"),
    ("kh", "h"),
    ("gu", "g"),
    ("ts", "T"),
    ("ss", "s"),
    ("ou", "u"),
    ("x", "ks"),
    ("j", "Z"),
    ("y", "J"),
];

/// The systems that a word in Latin letters may be written in, English aside.
pub(super) fn of(latin: &str) -> &'static [&'static System] {
    let ends = |endings: &[&str]| endings.iter().any(|ending| latin.ends_with(ending));
    let german = [
        "ow", "ew", "iw", "owa", "ewa", "witsch", "sin", "syn", "zin", "zyn", "zja", "jan", "zki", "zky", "zkij",
        "skij", "skyj", "kaja",
    ];
    let german_w = latin.contains("wa") || latin.contains("wi") || latin.contains("wsk");
    if ends(&german) || ["sch", "nsj", "zk"].iter().any(|mark| latin.contains(mark)) || german_w && latin.contains('s')
    {
        &[GERMAN, GERMAN_ZH]
    } else if latin.contains("ch") {
        &[FRENCH, GERMAN]
    } else if ends(&["ine", "yne", "eff", "off"]) || ["ou", "j"].iter().any(|mark| latin.contains(mark)) {
        &[FRENCH]
    } else {
        &[]
    }
}

/// Stands for a voiced `s` until it is turned into a sound.
const VOICED: &str = "3";

/// German writes `s` for the voiced sound before a vowel: Selenskyj, Sacharow. Before some consonants (`sonorant`) it
/// may be that or the other, and behind some: Resnikow, Krasnow, Nebensja.
pub(super) fn voiced(latin: &str, sonorant: bool) -> String {
    let letters: Vec<char> = latin.chars().collect();
    let vowel = |letter: Option<&char>| letter.is_some_and(|c| is_vowel(*c) || matches!(c, 'y' | 'j'));
    let mut out = String::with_capacity(latin.len());
    for (i, c) in letters.iter().enumerate() {
        let next = letters.get(i + 1);
        let sounds_on =
            vowel(next) || sonorant && next.is_some_and(|c| matches!(c, 'b' | 'd' | 'g' | 'l' | 'm' | 'n' | 'r'));
        let before = if i == 0 { None } else { letters.get(i - 1) };
        let begins =
            i == 0 || vowel(before) || sonorant && before.is_some_and(|c| matches!(c, 'd' | 'l' | 'm' | 'n' | 'r'));
        let between = begins && sounds_on;
        if *c == 's' && between { out.push_str(VOICED) } else { out.push(*c) }
    }
    out
}

/// The sounds of a word as `system` writes them.
pub(super) fn sounds(latin: &str, system: &System) -> String {
    let mut out = String::with_capacity(latin.len());
    let mut rest = latin;
    while let Some(c) = rest.chars().next() {
        match system.iter().find(|(letters, _)| rest.starts_with(letters)) {
            Some((letters, sound)) => {
                out.push_str(sound);
                rest = &rest[letters.len()..];
            }
            None => {
                out.push(c);
                rest = &rest[c.len_utf8()..];
            }
        }
    }
    out
}
