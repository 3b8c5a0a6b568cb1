//! Language: the ISO 639-1 code of a text, or nothing where it cannot be told.

use whatlang::Lang;

/// How much of a text is looked at, in bytes.
const SAMPLE: usize = 1_500;
/// How much of it is looked at for English function words.
const ENGLISH_SAMPLE: usize = 500;

/// Tells the language of `text`, if its first thousand characters leave no doubt.
pub fn detect(text: &str) -> Option<String> {
    let sample = start_of(text, SAMPLE);
    if is_english(start_of(sample, ENGLISH_SAMPLE)) {
        return Some("en".to_owned());
    }
    if let Some(code) = by_cyrillic_letters(sample) {
        return Some(code.to_owned());
    }
    let found = whatlang::detect(sample).filter(|info| info.is_reliable())?;
    two_letters(found.lang()).map(str::to_owned)
}

/// Brings a language tag into its shortest form: `en-US`, `EN_us`, `eng` and `English` become `en`.
pub fn normalise(tag: &str) -> Option<String> {
    let first = tag.trim().split(['-', '_', ',', ';', ' ']).next()?.to_lowercase();
    let known = || Lang::all().iter().find(|lang| lang.code() == first || lang.eng_name().eq_ignore_ascii_case(&first));
    match first.len() {
        2 if first.bytes().all(|b| b.is_ascii_lowercase()) => Some(first),
        3.. => known().and_then(|lang| two_letters(*lang)).map(str::to_owned),
        _ => None,
    }
}

fn start_of(text: &str, bytes: usize) -> &str {
    text.get(..text.floor_char_boundary(bytes)).unwrap_or(text)
}

/// Most archives are English, and function words tell that ten times faster than trigrams do.
fn is_english(sample: &str) -> bool {
    let (mut words, mut hits, mut articles) = (0u32, 0u32, 0u32);
    for word in sample.as_bytes().split(|byte| matches!(byte, b' ' | b'\n')) {
        words += 1;
        match word {
            b"the" | b"The" => articles += 1,
            b"of" | b"and" | b"to" | b"that" | b"was" | b"for" | b"with" | b"by" | b"is" | b"has" | b"said" => {
                hits += 1
            }
            _ => {}
        }
    }
    words >= 20 && (articles * 30 >= words || (articles * 60 >= words && hits * 14 >= words))
}

/// Letters that only one of the East Slavic alphabets has; `None` for other scripts and for doubtful cases.
fn by_cyrillic_letters(sample: &str) -> Option<&'static str> {
    if sample.is_ascii() {
        return None;
    }
    let (mut all, mut cyrillic) = (0u32, 0u32);
    let (mut belarusian, mut ukrainian, mut russian, mut i, mut yery, mut other) = (0u32, 0u32, 0u32, 0u32, 0u32, 0u32);
    for c in sample.chars().filter(|c| c.is_alphabetic()) {
        all += 1;
        cyrillic += u32::from(matches!(c, '\u{400}'..='\u{52F}'));
        match c {
            'ў' | 'Ў' => belarusian += 1,
            'ї' | 'є' | 'ґ' | 'Ї' | 'Є' | 'Ґ' => ukrainian += 1,
            'і' | 'І' => i += 1,
            'ы' | 'Ы' => yery += 1,
            'э' | 'ъ' | 'ё' | 'Э' | 'Ъ' | 'Ё' => russian += 1,
            'ј' | 'љ' | 'њ' | 'ћ' | 'ђ' | 'ѓ' | 'ќ' | 'ә' | 'ғ' | 'қ' | 'ң' | 'ө' | 'ұ' | 'ү' | 'һ' => {
                other += 1
            }
            _ => {}
        }
    }
    if all < 20 || cyrillic * 2 < all || other > 0 {
        return None;
    }
    if belarusian > 0 || (i > 0 && yery > 0 && ukrainian == 0) {
        return Some("be");
    }
    // A few foreign names do not make a text Ukrainian.
    if ukrainian + i > yery + russian {
        return Some("uk");
    }
    // Bulgarian has ъ too, but neither ы nor э.
    (yery > 0).then_some("ru")
}

fn two_letters(lang: Lang) -> Option<&'static str> {
    Some(match lang {
        Lang::Eng => "en",
        Lang::Rus => "ru",
        Lang::Cmn => "zh",
        Lang::Spa => "es",
        Lang::Por => "pt",
        Lang::Ita => "it",
        Lang::Ben => "bn",
        Lang::Fra => "fr",
        Lang::Deu => "de",
        Lang::Ukr => "uk",
        Lang::Kat => "ka",
        Lang::Ara => "ar",
        Lang::Hin => "hi",
        Lang::Jpn => "ja",
        Lang::Heb => "he",
        Lang::Yid => "yi",
        Lang::Pol => "pl",
        Lang::Amh => "am",
        Lang::Jav => "jv",
        Lang::Kor => "ko",
        Lang::Nob => "nb",
        Lang::Dan => "da",
        Lang::Swe => "sv",
        Lang::Fin => "fi",
        Lang::Tur => "tr",
        Lang::Nld => "nl",
        Lang::Hun => "hu",
        Lang::Ces => "cs",
        Lang::Ell => "el",
        Lang::Bul => "bg",
        Lang::Bel => "be",
        Lang::Mar => "mr",
        Lang::Kan => "kn",
        Lang::Ron => "ro",
        Lang::Slv => "sl",
        Lang::Hrv => "hr",
        Lang::Srp => "sr",
        Lang::Mkd => "mk",
        Lang::Lit => "lt",
        Lang::Lav => "lv",
        Lang::Est => "et",
        Lang::Tam => "ta",
        Lang::Vie => "vi",
        Lang::Urd => "ur",
        Lang::Tha => "th",
        Lang::Guj => "gu",
        Lang::Uzb => "uz",
        Lang::Pan => "pa",
        Lang::Aze => "az",
        Lang::Ind => "id",
        Lang::Tel => "te",
        Lang::Pes => "fa",
        Lang::Mal => "ml",
        Lang::Ori => "or",
        Lang::Mya => "my",
        Lang::Nep => "ne",
        Lang::Sin => "si",
        Lang::Khm => "km",
        Lang::Tuk => "tk",
        Lang::Aka => "ak",
        Lang::Zul => "zu",
        Lang::Sna => "sn",
        Lang::Afr => "af",
        Lang::Lat => "la",
        Lang::Slk => "sk",
        Lang::Cat => "ca",
        Lang::Tgl => "tl",
        Lang::Hye => "hy",
        Lang::Cym => "cy",
        Lang::Epo => "eo",
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tells_languages_apart() {
        for (text, want) in [
            (
                "The ministers of both countries met in the town hall on Tuesday and spoke for three hours about the \
                 price of grain, an official said.",
                Some("en"),
            ),
            (
                "Міністри двох країн зустрілися у вівторок і говорили про ціну зерна, їхня розмова тривала три години.",
                Some("uk"),
            ),
            (
                "Министры двух стран встретились во вторник и говорили о ценах на зерно, но это ещё не конец.",
                Some("ru"),
            ),
            ("Міністры дзвюх краін сустрэліся ў аўторак і размаўлялі пра цану збожжа тры гадзіны.", Some("be")),
            (
                "Die Minister der beiden Länder trafen sich am Dienstag im alten Rathaus und sprachen drei Stunden lang über \
                 den Preis von Getreide und über die Nutzung des Flusses, wie ein Sprecher mitteilte.",
                Some("de"),
            ),
            ("12 34 56", None),
            ("", None),
        ] {
            assert_eq!(detect(text).as_deref(), want, "{text}");
        }
    }

    #[test]
    fn shortens_tags() {
        for (tag, want) in [
            ("en-US", Some("en")),
            ("EN_gb", Some("en")),
            ("rus", Some("ru")),
            ("English", Some("en")),
            ("", None),
            ("??", None),
        ] {
            assert_eq!(normalise(tag).as_deref(), want, "{tag}");
        }
    }
}
