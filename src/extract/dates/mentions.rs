//! Dates in the text, resolved against the publication date.

use crate::annotations::{DateMention, Quote};
use crate::article::Article;
use crate::text::Tokens;

/// Finds the dates that the body of `article` speaks of, in the order of the text.
pub fn find(_article: &Article, _tokens: &Tokens) -> Vec<DateMention> {
    Vec::new()
}

/// Sets the day a quotation was said where the sentence of its verb names one.
pub fn say_when(_article: &Article, _tokens: &Tokens, _dates: &[DateMention], _quotes: &mut [Quote]) {}
