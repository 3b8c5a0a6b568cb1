//! Plain text: one article a file, its title, date and byline lines among the text.

use super::source::Source;
use super::{Out, complete};
use crate::article::Article;
use crate::clean::{clean, layout};
use crate::read::fields::Record;

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_>) -> bool {
    match source.whole(out.options.max_file_bytes, false) {
        Ok(text) => {
            let article = article(out.path, &text);
            out.accept(article)
        }
        Err(reason) => out.refuse(None, reason),
    }
}

fn article(path: &str, text: &str) -> Article {
    let mut article = Article { path: path.to_owned(), ..Article::default() };
    let mut paragraphs = layout::paragraphs(text);
    let mut header = Record::default();
    header.take_header(&mut paragraphs);
    header.fill(&mut article);
    clean(&mut article, paragraphs);
    complete(&mut article);
    article
}
