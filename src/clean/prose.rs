//! What a line looks like: running text, speech, a headline. Where it stands is for `page` to say.

use super::bytes;

/// Whether a text has `count` words or more.
pub(super) fn has_words(text: &str, count: usize) -> bool {
    bytes::words(text).filter(|w| w.contains(char::is_alphanumeric)).nth(count - 1).is_some()
}

/// How many of the longer words of the headline are in `opening`.
pub(super) fn shared_words(headline: &str, opening: &str) -> usize {
    let low = headline.to_lowercase();
    let words = low.split(|c: char| !c.is_alphanumeric()).filter(|w| w.chars().count() >= 4).take(40);
    words.filter(|word| memchr::memmem::find(opening.as_bytes(), word.as_bytes()).is_some()).count()
}

/// Whether the text ends as a sentence does, quotation marks and brackets aside.
pub(super) fn ends_sentence(text: &str) -> bool {
    match text.as_bytes() {
        [.., b'.'] | [.., b'.', b'"'] => return true,
        // As most lines do that are no sentences.
        [.., last] if last.is_ascii_alphanumeric() => return false,
        _ => {}
    }
    if text.ends_with(".”") {
        return true;
    }
    let bare = text.trim_end_matches(['"', '\'', '”', '’', '»', ')', ']', ' ', '“', '*']);
    bare.ends_with(['.', '?', '!', '…', ':', '。', '！', '？', '।', '۔', '؟'])
}

/// Whether a paragraph is surely running text.
pub(super) fn is_good(text: &str) -> bool {
    const SENTENCE: usize = 60;
    const PARAGRAPH: usize = 140;
    if text.len() >= SENTENCE && ends_sentence(text) {
        // The first blank is near.
        return text.bytes().any(|byte| byte == b' ') || !text.is_ascii();
    }
    if text.len() < SENTENCE { is_speech(text) } else { text.len() >= PARAGRAPH && runs_on(text) }
}

/// Whether a short line says who said something, and ends as a sentence: `"Nobody came," she told me.`, `She said: "No."`
/// Headlines that quote have no full stop behind the name.
fn is_speech(text: &str) -> bool {
    const OPENING: [char; 7] = ['"', '“', '„', '«', '‘', '\'', '»'];
    const CLOSING: [char; 7] = ['"', '”', '“', '»', '’', '\'', '«'];
    const ENDS: [char; 4] = ['.', '!', '?', '…'];
    let is_behind = |(at, mark): (usize, &str)| {
        let (before, after) = (text.get(..at).unwrap_or_default(), text.get(at + mark.len()..).unwrap_or_default());
        let closes = before.ends_with([',', '.', '!', '?', '…', '-', '–', '—']) && after.starts_with(' ');
        (closes || after.starts_with(", "))
            && before.contains(OPENING)
            && after.trim_start_matches([',', ' ']).contains(' ')
    };
    if text.ends_with('.') {
        let has_mark = bytes::any(text, |byte| (byte == b'"') | (byte == b'\'') | !byte.is_ascii());
        return has_mark && text.match_indices(CLOSING).any(is_behind);
    }
    if text.as_bytes().last().is_none_or(u8::is_ascii_alphanumeric) {
        return false;
    }
    if !text.strip_suffix(CLOSING).is_some_and(|inside| inside.ends_with(ENDS)) {
        return false;
    }
    let before = text.find(OPENING).and_then(|at| text.get(..at)).unwrap_or_default().trim_end();
    let verb = before.strip_suffix([':', ',']).and_then(|before| before.rsplit(' ').next()).unwrap_or_default();
    verb.starts_with(char::is_lowercase)
}

/// Whether at least two words in five begin in lower case: a list of headlines or menu entries does not.
fn runs_on(text: &str) -> bool {
    let (mut low, mut all) = (0, 0);
    for word in bytes::words(text).take(60) {
        all += 1;
        low += u32::from(word.starts_with(|c: char| c.is_alphabetic() && !c.is_uppercase()));
    }
    all >= 10 && low * 5 >= all * 2
}

/// Whether it may be the headline of something: short, and not a sentence.
pub(super) fn is_headline(text: &str) -> bool {
    text.len() <= 180 && !ends_sentence(text)
}

/// Whether it may stand in a list of headlines, some of which ask.
pub(super) fn is_listed(text: &str) -> bool {
    is_headline(text) || (text.len() <= 100 && text.ends_with(['?', '!']))
}

pub(super) fn is_title_case(text: &str) -> bool {
    let (mut upper, mut all) = (0, 0);
    for word in bytes::words(text).filter(|w| w.chars().filter(|c| c.is_alphabetic()).count() >= 4) {
        all += 1;
        upper += u32::from(word.chars().find(|c| c.is_alphabetic()).is_some_and(char::is_uppercase));
    }
    upper * 5 >= all * 3
}

/// A first line that ends in a mark of its own ("What now?") and is still a headline.
pub(super) fn is_short_heading(text: &str) -> bool {
    let bare = text.trim_end_matches(['"', '\'', '”', '’']);
    text.len() <= 160 && bare.ends_with(['?', '!', '…', ':']) && !bare.contains(". ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn short_lines_that_quote_are_running_text() {
        for (line, want) in [
            ("\"Nobody came,\" she told me.", true),
            ("“Nobody came,” said Jane Doe.", true),
            ("'Nobody came,' he said.", true),
            ("\"Nobody came\", she told me.", true),
            ("«Никто не пришёл», — сказала она.", true),
            ("She said: \"No.\"", true),
            ("He asked, “Why?”", true),
            ("\"Nobody came,\" captain says", false),
            ("Minister: \"We will not pay.\"", false),
            ("\"No.\"", false),
            ("The boys' team won again.", false),
            ("What now?", false),
            ("Harbour is 'closed'", false),
            ("", false),
        ] {
            assert_eq!(is_good(line), want, "{line}");
        }
    }
}
