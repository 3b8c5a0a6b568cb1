//! Quotations, direct and reported, and their speakers.

use super::names::Names;
use crate::annotations::Quote;
use crate::article::Article;
use crate::text::Tokens;

/// Finds the quotations in the body of `article`, in the order of the text.
pub fn find(_article: &Article, _tokens: &Tokens, _names: &Names) -> Vec<Quote> {
    Vec::new()
}
