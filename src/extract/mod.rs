//! Extraction: one article in, its annotations out. Pure; touches no file.
//!
//! One tokeniser pass over the body, which gives each word its number; then names, quotations, places and dates over its tokens.

pub mod dates;
pub mod names;
pub mod places;
pub mod quotes;

use crate::annotations::Annotations;
use crate::article::Article;
use crate::text::Lexer;

use self::dates::parse::Order;

/// Finds everything in `article`, and sets its publication date from its hints, dateline and text.
///
/// `lexer` is working memory, holding the tokens of the body afterwards.
pub fn annotate(article: &mut Article, lexer: &mut Lexer) -> Annotations {
    annotate_of(article, Order::Unknown, lexer)
}

/// As [`annotate`], with the order of day and month that other articles of its source have shown.
pub fn annotate_of(article: &mut Article, order: Order, lexer: &mut Lexer) -> Annotations {
    lexer.read(&article.body);
    let tokens = &lexer.tokens;
    article.dateline = dates::dateline::find(&article.body, tokens);
    dates::publication::decide(article, order, tokens);
    let names = names::find(article, tokens);
    let mut quotes = quotes::find(article, tokens, &names);
    let places = places::find(article, tokens, &names);
    let dates = dates::mentions::find(article, tokens);
    dates::mentions::say_when(article, tokens, &dates, &mut quotes);
    let (persons, organisations) = (names.persons(), names.organisations(article, tokens));
    Annotations { quotes, places, dates, persons, organisations }
}
