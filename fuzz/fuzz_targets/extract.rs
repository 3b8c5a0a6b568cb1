//! Any text as a body: every span that comes back lies in it, at the ends of characters.
#![no_main]

use newsidx::article::Article;
use newsidx::text::Lexer;

libfuzzer_sys::fuzz_target!(|body: &str| {
    let mut article = Article { body: body.to_owned(), ..Article::default() };
    let found = newsidx::extract::annotate(&mut article, &mut Lexer::default());
    let quotes = found.quotes.iter().flat_map(|quote| quote.spans.iter().chain(&quote.source).chain(&quote.verb));
    let places = found.places.iter().flat_map(|place| place.mentions.iter().chain(&place.demonyms));
    let dates = found.dates.iter().map(|date| &date.span);
    for span in quotes.chain(places).chain(dates) {
        assert!(article.body.get(span.range()).is_some(), "{span:?}");
    }
});
