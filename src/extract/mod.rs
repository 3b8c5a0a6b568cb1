//! Extraction: one article in, its annotations out. Pure; touches no file.
//!
//! One tokeniser pass over the body, which gives each word its number; then names, quotations, places and dates over its tokens.

pub mod dates;
pub mod names;
pub mod places;
pub mod quotes;

use crate::annotations::{Annotations, Place};
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
    // A place of several words looks like a person: "Hong Kong", "Abu Dhabi".
    let is_place = |name: &String| places.iter().any(|place| is_written(place, name, article));
    let persons = names.persons().into_iter().filter(|name| !is_place(name)).collect();
    let organisations = names.organisations(article, tokens);
    Annotations { quotes, places, dates, persons, organisations }
}

/// Whether the article writes the place as `name`.
fn is_written(place: &Place, name: &str, article: &Article) -> bool {
    place.name == name || place.mentions.iter().any(|span| article.body.get(span.range()) == Some(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hours_and_illnesses_are_no_organisations() {
        let body = "At 10:00 UTC the WHO said that H5N1 had spread. NATO met. AIDS is on the rise.";
        let mut article = Article { body: body.to_owned(), ..Article::default() };
        assert_eq!(annotate(&mut article, &mut Lexer::default()).organisations, ["WHO", "NATO"]);
    }

    #[test]
    fn places_are_no_persons() {
        let body = "Hong Kong closed its schools, and Abu Dhabi did too. Ann Smith of Hong Kong left for Jordan.";
        let mut article = Article { body: body.to_owned(), ..Article::default() };
        assert_eq!(annotate(&mut article, &mut Lexer::default()).persons, ["Ann Smith"]);
    }
}
