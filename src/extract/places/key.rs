//! The form under which place names are compared: folded words joined by one blank, without dots and apostrophes.

use crate::text::{Kind, Token, fold_into};

/// Appends `word`, folded, without dots and apostrophes.
fn push_folded(word: &str, out: &mut String) {
    let start = out.len();
    if word.bytes().all(|byte| byte.is_ascii_alphanumeric()) {
        out.push_str(word);
        return out.get_mut(start..).into_iter().for_each(str::make_ascii_lowercase);
    }
    fold_into(word, out);
    if out.as_bytes().iter().skip(start).any(|b| matches!(b, b'.' | b'\'')) {
        let tail: String = out.get(start..).unwrap_or_default().chars().filter(|c| !matches!(c, '.' | '\'')).collect();
        out.truncate(start);
        out.push_str(&tail);
    }
}

/// Appends the word of one token to the key in `out`, which holds the words before it. An elision (`d'`) takes
/// no blank behind it.
pub(super) fn push(text: &str, token: Token, after_elision: bool, out: &mut String) {
    if !out.is_empty() && !after_elision {
        out.push(' ');
    }
    push_folded(text.get(token.range()).unwrap_or_default(), out);
}

/// The key of a name as a user types it.
pub(super) fn of(name: &str) -> String {
    let tokens = crate::text::Tokens::scan(name);
    let mut out = String::with_capacity(name.len());
    let mut elision = false;
    for token in tokens.iter().filter(|t| t.is_word() || t.kind == Kind::Elision || t.kind == Kind::Possessive) {
        push(name, *token, elision || token.kind == Kind::Possessive, &mut out);
        elision = token.kind == Kind::Elision;
    }
    out
}

#[cfg(test)]
mod tests {
    use super::of;

    #[test]
    fn keys() {
        let table = [
            ("Genève", "geneve"),
            ("Côte d'Ivoire", "cote divoire"),
            ("Port-au-Prince", "port au prince"),
            ("U.S.", "us"),
            ("St. Petersburg", "st petersburg"),
            ("Xi’an", "xian"),
            ("People's Republic of China", "peoples republic of china"),
            ("Washington, D.C.", "washington dc"),
            ("Киев", "киев"),
            ("", ""),
        ];
        for (name, expected) in table {
            assert_eq!(of(name), expected, "{name:?}");
        }
    }
}
