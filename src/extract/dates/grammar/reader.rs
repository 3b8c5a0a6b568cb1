//! Looking at tokens with bounds that never fail: beyond the ends of a text stand empty words.

use crate::text::{Kind, Token};

use super::super::words::{self, Term};

/// The years that a bare number may be.
pub(super) const YEARS: std::ops::RangeInclusive<i16> = 1500..=2100;

/// The tokens of a text.
#[derive(Clone, Copy)]
pub(in crate::extract::dates) struct Reader<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: &'a [Token],
}

impl<'a> Reader<'a> {
    /// Reads `tokens`, which are those of `text`.
    pub(in crate::extract::dates) fn new(text: &'a str, tokens: &'a [Token]) -> Reader<'a> {
        Reader { text, tokens }
    }

    #[inline]
    pub(in crate::extract::dates) fn token(&self, i: usize) -> Option<Token> {
        self.tokens.get(i).copied()
    }

    /// The text of token `i`.
    #[inline]
    pub(in crate::extract::dates) fn word(&self, i: usize) -> &'a str {
        self.tokens.get(i).and_then(|t| self.text.get(t.range())).unwrap_or_default()
    }

    /// The bytes of a token.
    #[inline]
    pub(super) fn bytes(&self, token: &Token) -> &'a [u8] {
        self.text.as_bytes().get(token.range()).unwrap_or_default()
    }

    /// The text of the token `n` before `i`.
    #[inline]
    pub(in crate::extract::dates) fn back(&self, i: usize, n: usize) -> &'a str {
        i.checked_sub(n).map_or("", |at| self.word(at))
    }

    #[inline]
    pub(in crate::extract::dates) fn kind(&self, i: usize) -> Option<Kind> {
        self.tokens.get(i).map(|t| t.kind)
    }

    #[inline]
    pub(super) fn is(&self, i: usize, words: &[&str]) -> bool {
        among(self.word(i), words)
    }

    #[inline]
    pub(super) fn back_is(&self, i: usize, n: usize, words: &[&str]) -> bool {
        among(self.back(i, n), words)
    }

    #[inline]
    pub(super) fn is_upper(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.is_upper())
    }

    #[inline]
    pub(super) fn is_lower_word(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && !t.is_upper())
    }

    /// Whether token `i` stands right behind the one before it.
    #[inline]
    pub(super) fn is_glued(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| !t.after_space())
    }

    #[inline]
    pub(super) fn starts_sentence(&self, i: usize) -> bool {
        self.tokens.get(i).is_some_and(|t| t.starts_sentence())
    }

    #[inline]
    pub(super) fn term(&self, i: usize) -> Option<Term> {
        self.tokens.get(i).and_then(|t| words::term(self.bytes(t)))
    }

    /// Whether the token at `i` is the name of a weekday.
    pub(in crate::extract::dates) fn is_weekday(&self, i: usize) -> bool {
        matches!(self.term(i), Some(Term::Weekday(_)))
    }

    /// Whether the token at `i` is the name of a month.
    pub(in crate::extract::dates) fn is_month(&self, i: usize) -> bool {
        matches!(self.term(i), Some(Term::Month(_)))
    }

    /// The digits of a token that is nothing else, at most four.
    pub(super) fn digits(&self, i: usize) -> Option<(i16, usize)> {
        let word = self.word(i);
        let plain = (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
        plain.then(|| word.parse().ok().map(|n| (n, word.len()))).flatten()
    }

    /// A number that can be the day of a month: `5`, `05`, `5th`.
    pub(super) fn day(&self, i: usize) -> Option<i8> {
        let word = self.word(i);
        let digits = word.len() - word.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let (number, ending) = word.split_at_checked(digits)?;
        let ordinal = ending.is_empty() || among(ending, &["st", "nd", "rd", "th", "er"]);
        let day: i8 = if number.len() <= 2 && ordinal { number.parse().ok()? } else { return None };
        let clock = self.kind(i + 1) == Some(Kind::Colon) && self.is_glued(i + 2) && self.digits(i + 2).is_some();
        let percent = self.is(i + 1, &["%", "percent", "°", "a.m.", "p.m.", "am", "pm"]);
        ((1..=31).contains(&day) && !clock && !percent).then_some(day)
    }

    /// A four-digit number that is within the range of years.
    pub(super) fn four_digits(&self, i: usize) -> Option<i16> {
        self.digits(i).filter(|(year, len)| *len == 4 && YEARS.contains(year)).map(|(year, _)| year)
    }

    /// Whether `i` joins two ends of a range: a dash, `to`, `through`, `until`.
    pub(super) fn is_to(&self, i: usize) -> bool {
        self.kind(i) == Some(Kind::Dash) || self.is(i, &["to", "through", "until", "till"])
    }

    /// Whether a number that ends before `i` counts nothing there.
    pub(in crate::extract::dates) fn ends_date(&self, i: usize) -> bool {
        !self.is_lower_word(i) || self.is(i, AFTER_DATES)
    }
}

/// What runs up to a day or month: "the year to June".
pub(in crate::extract::dates) const PERIODS: &[&str] = &["half", "months", "quarter", "weeks", "year"];

/// Words that go on behind a date, so that a number before them is still the date's.
#[rustfmt::skip]
pub(super) const AFTER_DATES: &[&str] = &[
    "a", "about", "after", "again", "against", "ahead", "along", "amid", "an", "and", "are", "as", "at",
    "because", "before", "but", "by", "during", "following", "for", "from", "had", "has", "have", "he", "i",
    "if", "in", "into", "is", "it", "its", "local", "no", "not", "of", "on", "or", "over", "said", "says",
    "she", "since", "than", "that", "the", "their", "there", "they", "this", "through", "to", "told", "under",
    "until", "was", "we", "were", "when", "where", "which", "while", "who", "will", "with", "would", "you",
];

/// Whether `word` is one of `words`, which are lower case.
#[inline]
pub(in crate::extract::dates) fn among(word: &str, words: &[&str]) -> bool {
    let Some(first) = word.bytes().next().map(|byte| byte | 0x20) else { return false };
    let alike = |w: &&&str| w.len() == word.len() && w.bytes().next().is_some_and(|byte| byte | 0x20 == first);
    words.iter().filter(alike).any(|w| w.eq_ignore_ascii_case(word))
}
