//! Folding: the form under which words are compared. Lower case, without accents, apostrophes of one kind.

use unicode_normalization::char::decompose_canonical;

/// A word of ASCII in lower case, written into `buffer`: nothing is allocated. `None` for one that is longer than the buffer
/// or not ASCII.
pub fn lower_short<'b>(word: &str, buffer: &'b mut [u8]) -> Option<&'b str> {
    let low = buffer.get_mut(..word.len()).filter(|_| word.is_ascii())?;
    low.copy_from_slice(word.as_bytes());
    low.make_ascii_lowercase();
    std::str::from_utf8(low).ok()
}

/// The folded form of `word`.
pub fn fold(word: &str) -> String {
    let mut out = String::with_capacity(word.len());
    fold_into(word, &mut out);
    out
}

/// Longest word in bytes; longer ones are cut, in texts, indexes and queries alike.
pub const MAX_WORD: usize = 200;

/// A folded word cut to [`MAX_WORD`].
pub fn cut(folded: &str) -> &str {
    if folded.len() <= MAX_WORD {
        return folded;
    }
    let end = (0..=MAX_WORD).rev().find(|end| folded.is_char_boundary(*end)).unwrap_or(0);
    &folded[..end]
}

/// Appends the folded form of `word` to `out`: lower case; Latin and Greek letters without accents (`Genève` is
/// `geneve`, `Łódź` is `lodz`, `ß` is `ss`); `ё` as `е`; vowel points of Arabic and Hebrew dropped; `’` as `'`; the last
/// dot of an acronym and invisible characters dropped.
pub fn fold_into(word: &str, out: &mut String) {
    let start = out.len();
    if word.is_ascii() {
        out.push_str(word);
        out[start..].make_ascii_lowercase();
    } else {
        word.chars().for_each(|c| fold_char(c, out));
    }
    while out[start..].ends_with('.') {
        out.pop();
    }
}

fn fold_char(c: char, out: &mut String) {
    if c.is_ascii() {
        return out.push(c.to_ascii_lowercase());
    }
    for lower in c.to_lowercase() {
        match lower {
            'ß' => out.push_str("ss"),
            'æ' => out.push_str("ae"),
            'œ' => out.push_str("oe"),
            'þ' => out.push_str("th"),
            'ø' => out.push('o'),
            'đ' | 'ð' => out.push('d'),
            'ł' => out.push('l'),
            'ħ' => out.push('h'),
            'ı' => out.push('i'),
            'ŋ' => out.push('n'),
            'ς' => out.push('σ'),
            'ё' => out.push('е'),
            '\u{2019}' | '\u{02BC}' => out.push('\''),
            // Marks of their own would make two words of one kana.
            'Ѐ'..='ӿ' | '\u{3040}'..='\u{30FF}' => out.push(lower),
            _ if is_dropped(lower) => {}
            // What is behind the accent may itself have another form: `ǽ` is `æ` is `ae`.
            _ => decompose_canonical(lower, |part| if part == lower { out.push(part) } else { fold_char(part, out) }),
        }
    }
}

/// Accents, vowel points, the stroke that makes Arabic words longer, soft hyphens, direction marks.
pub(super) fn is_dropped(c: char) -> bool {
    matches!(c,
        '\u{0300}'..='\u{036F}' | '\u{0591}'..='\u{05BD}' | '\u{05BF}' | '\u{05C1}' | '\u{05C2}' | '\u{05C4}' | '\u{05C5}'
        | '\u{05C7}' | '\u{0640}' | '\u{064B}'..='\u{065F}' | '\u{0670}'
        | '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2069}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds() {
        let table = [
            ("Geneva", "geneva"),
            ("Genève", "geneve"),
            ("Gene\u{301}ve", "geneve"),
            ("ŁÓDŹ", "lodz"),
            ("Straße", "strasse"),
            ("Ǽlfric Ǿ", "aelfric o"),
            ("じ", "じ"),
            ("O’Brien", "o'brien"),
            ("U.S.", "u.s"),
            ("Зеленський", "зеленський"),
            ("Берёза", "береза"),
            ("Ангела", "ангела"),
            ("İstanbul", "istanbul"),
            ("co\u{AD}operation", "cooperation"),
            ("Ὀδυσσεύς", "οδυσσευσ"),
        ];
        for (word, expected) in table {
            assert_eq!(fold(word), expected, "{word:?}");
        }
    }

    #[test]
    fn what_is_folded_stays_as_it_is() {
        for c in (0..=0x2FFFFu32).filter_map(char::from_u32) {
            let once = fold(&format!("a{c}b"));
            assert_eq!(fold(&once), once, "{c:?} {:x}", c as u32);
        }
    }

    #[test]
    fn long_words_are_cut_between_characters() {
        assert_eq!(cut(&"é".repeat(150)).len(), 200);
        assert_eq!(cut("geneva"), "geneva");
    }
}
