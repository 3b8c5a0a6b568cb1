//! Bytes of lines, many looked at at once.

/// Whether a byte of `text` is one that is looked for, which is seldom the case: it ends early only between steps, so that
/// the compiler compares many bytes at once.
#[inline]
pub(super) fn any(text: &str, is: impl Fn(u8) -> bool + Copy) -> bool {
    let bytes = text.as_bytes();
    let (steps, rest) = bytes.as_chunks::<32>();
    let (short_steps, rest) = rest.as_chunks::<8>();
    steps.iter().any(|step| any_of(step, is))
        || short_steps.iter().any(|step| any_of(step, is))
        || rest.iter().any(|byte| is(*byte))
}

/// Where the first of them is.
pub(super) fn position(text: &str, is: impl Fn(u8) -> bool + Copy) -> Option<usize> {
    let (steps, _) = text.as_bytes().as_chunks::<32>();
    let from = steps.iter().take_while(|step| !any_of(step, is)).count() * 32;
    let rest = text.as_bytes().get(from..).unwrap_or_default();
    rest.iter().position(|byte| is(*byte)).map(|at| from + at)
}

#[inline]
fn any_of<const N: usize>(bytes: &[u8; N], is: impl Fn(u8) -> bool + Copy) -> bool {
    let mut found = false;
    for byte in bytes {
        found |= is(*byte);
    }
    found
}

/// The parts of `text` between blanks, as `split(' ')` gives them; faster, for words are short.
pub(super) fn words(text: &str) -> Words<'_> {
    Words(Some(text))
}

/// What is left of a text that [`words`] goes through.
#[derive(Debug, Clone)]
pub(super) struct Words<'t>(Option<&'t str>);

impl<'t> Iterator for Words<'t> {
    type Item = &'t str;

    #[inline]
    fn next(&mut self) -> Option<&'t str> {
        let rest = self.0?;
        let blank = rest.bytes().position(|byte| byte == b' ');
        self.0 = blank.and_then(|at| rest.get(at + 1..));
        blank.map_or(Some(rest), |at| rest.get(..at))
    }
}

/// The first two letters of words: they tell of most texts that none of the words begins them.
#[derive(Debug)]
pub(super) struct Beginnings {
    /// For each letter that begins a word, as a set of bits, the letters that may stand behind it.
    table: [u32; 32],
}

impl Beginnings {
    /// Those of all words (lower case) of `lists`.
    pub(super) const fn of(lists: &[&[&str]]) -> Beginnings {
        let mut beginnings = Beginnings { table: [0; 32] };
        let mut list = 0;
        while list < lists.len() {
            let mut at = 0;
            while at < lists[list].len() {
                beginnings.insert(lists[list][at].as_bytes());
                at += 1;
            }
            list += 1;
        }
        beginnings
    }

    pub(super) const fn insert(&mut self, word: &[u8]) {
        match word {
            [first, second, ..] => self.table[*first as usize % 32] |= 1 << (*second % 32),
            [first] => self.table[*first as usize % 32] = u32::MAX,
            [] => {}
        }
    }

    /// Whether one of the words may begin `text`, whatever its case. Where there are letters beyond ASCII it may.
    #[inline]
    pub(super) fn may_begin(&self, text: &[u8]) -> bool {
        let Some([first, second]) = text.first_chunk() else { return !text.is_empty() };
        !first.is_ascii() || !second.is_ascii() || self.table[usize::from(first % 32)] >> (second % 32) & 1 != 0
    }
}

/// As [`str::to_lowercase`], faster where most is ASCII.
pub(super) fn to_lowercase(mut text: String) -> String {
    // What becomes of a sigma depends on where in its word it stands.
    if text.contains('Σ') {
        return text.to_lowercase();
    }
    text.make_ascii_lowercase();
    if text.is_ascii() {
        return text;
    }
    let mut low = String::with_capacity(text.len());
    let mut rest = text.as_str();
    while let Some(at) = position(rest, |byte| !byte.is_ascii()) {
        low.push_str(rest.get(..at).unwrap_or_default());
        let mut chars = rest.get(at..).unwrap_or_default().chars();
        low.extend(chars.next().into_iter().flat_map(char::to_lowercase));
        rest = chars.as_str();
    }
    low.push_str(rest);
    low
}

#[cfg(test)]
mod tests {
    use super::*;

    proptest::proptest! {
        #[test]
        fn bytes_are_found_wherever_they_are(text in "[a-z]{0,90}1?[a-z]{0,45}") {
            proptest::prop_assert_eq!(any(&text, |byte| byte == b'1'), text.contains('1'));
            proptest::prop_assert_eq!(position(&text, |byte| byte == b'1'), text.find('1'));
        }

        #[test]
        fn words_are_what_stands_between_blanks(text in "( |[aß—]{1,2}){0,9}") {
            proptest::prop_assert_eq!(words(&text).collect::<Vec<_>>(), text.split(' ').collect::<Vec<_>>());
        }

        #[test]
        fn texts_of_ascii_and_others_come_into_lower_case(text in "[a-cA-C .]{0,9}[Äß“ЇİΣς]?[A-C]{0,3}[ÉσК]?") {
            proptest::prop_assert_eq!(to_lowercase(text.clone()), text.to_lowercase());
        }
    }

    #[test]
    fn beginnings_are_those_of_the_words() {
        let beginnings = Beginnings::of(&[&["by ", "автор"], &["a"]]);
        for (text, want) in [("By Jane", true), ("Автор", true), ("an", true), ("a", true), ("bz", false), ("", false)]
        {
            assert_eq!(beginnings.may_begin(text.as_bytes()), want, "{text}");
        }
    }
}
