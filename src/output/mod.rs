//! Output: results and articles as text, JSON and other formats, each over `&mut impl Write`. Nothing from a file
//! reaches a terminal raw: every writer for people goes through [`plain`].

pub mod counts;
pub mod diff;
pub mod doctor;
pub mod inspect;
pub mod json;
pub mod names;
pub mod paint;
pub mod stories;
pub mod text;

use std::borrow::Cow;

/// `text` without what could steer a terminal: control bytes become `\u{FFFD}`, direction overrides are dropped.
pub fn plain(text: &str) -> Cow<'_, str> {
    if !text.chars().any(|c| c.is_control() || is_override(c)) {
        return Cow::Borrowed(text);
    }
    let visible = |c: char| match c {
        _ if is_override(c) => None,
        '\n' | '\t' => Some(' '),
        c if c.is_control() => Some('\u{FFFD}'),
        c => Some(c),
    };
    Cow::Owned(text.chars().filter_map(visible).collect())
}

/// Characters that reorder what is printed around them.
fn is_override(c: char) -> bool {
    matches!(c, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}' | '\u{200E}' | '\u{200F}' | '\u{061C}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_steers_the_terminal() {
        assert_eq!(plain("a\u{1b}[31mb\u{7}\u{9b}2Jc"), "a\u{FFFD}[31mb\u{FFFD}\u{FFFD}2Jc");
        assert_eq!(plain("x\u{202E}y\u{2066}z"), "xyz");
        assert_eq!(plain("line\nbreak"), "line break");
        assert!(matches!(plain("Женева"), Cow::Borrowed(_)));
    }
}
