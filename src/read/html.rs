//! HTML: one article a page, its metadata in the head, its text in the body.

use super::document::Unit;
use super::fields::{Field, Record};
use super::source::Source;
use super::{Out, complete, exports, metadata};
use crate::article::{Article, Removed};
use crate::clean::layout::{Paragraph, paragraphs};
use crate::clean::light::light;
use crate::clean::{clean, html, tags};

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    match source.whole(out.options.max_file_bytes, true) {
        Ok(text) => {
            if let Some(goes_on) = exports::read(&text, || export_text(&text), Unit::Paragraph, out) {
                return goes_on;
            }
            let mut article = Article { path: out.path.to_owned(), ..Article::default() };
            fill(&mut article, &text, Record::default());
            complete(&mut article);
            out.accept(article)
        }
        Err(reason) => out.refuse(None, reason),
    }
}

/// The lines of a page that may be an export, each a paragraph.
fn export_text(page: &str) -> String {
    let text = tags::strip(page);
    let lines = text.lines().map(str::trim).filter(|line| !line.is_empty());
    lines.collect::<Vec<_>>().join("\n\n")
}

/// Fills `article` from a page. What `known` has comes before what the page says of itself.
pub(super) fn fill(article: &mut Article, page: &str, known: Record) {
    let mut record = known;
    let light = light(page);
    let main = match html::parse(&light) {
        Some(document) => {
            metadata::read(&document, &mut record);
            html::main_text(document, &light)
        }
        None => tags::strip(&light),
    };
    let in_data = record.take(Field::Body).map(|body| if tags::is_markup(&body) { tags::strip(&body) } else { body });
    record.fill(article);
    let mut outside = Vec::new();
    let mut found = match &in_data {
        Some(body) if is_better(body, &main) => paragraphs(body),
        Some(body) => {
            let mut found = paragraphs(&main);
            outside = take_outside(&mut found, body);
            found
        }
        None => paragraphs(&main),
    };
    locate(&mut found, page);
    clean(article, found);
    article.removed.extend(outside);
}

/// Takes the paragraphs above and below those that the page's own data have too: they are not of the article. Nothing
/// is taken where the data hold a part of the text only.
fn take_outside(found: &mut Vec<Paragraph<'_>>, in_data: &str) -> Vec<Removed> {
    const SHORTEST: usize = 20;
    let bare =
        |text: &str| text.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect::<String>();
    let data = bare(in_data);
    let texts: Vec<String> = found.iter().map(|paragraph| bare(&paragraph.text)).collect();
    let is_in = |text: &&String| text.len() >= SHORTEST && data.contains(text.as_str());
    let (all, shared): (usize, usize) =
        (texts.iter().map(String::len).sum(), texts.iter().filter(is_in).map(String::len).sum());
    // As much as there is in the data, and more than half of the page: else one of them has something else.
    if shared * 20 < data.len() * 17 || data.len() * 10 < all * 6 || is_cut_short(in_data) {
        return Vec::new();
    }
    let (Some(first), Some(last)) =
        (texts.iter().position(|text| is_in(&text)), texts.iter().rposition(|text| is_in(&text)))
    else {
        return Vec::new();
    };
    let below = found.split_off(last + 1);
    let above: Vec<Paragraph> = found.drain(..first).collect();
    // What stands above is often the byline and date: cleaning knows those, and the rest is short.
    let (keep, above): (Vec<Paragraph>, Vec<Paragraph>) =
        above.into_iter().partition(|paragraph| paragraph.text.len() < 200);
    found.splice(0..0, keep);
    let cut = |reason: &'static str| {
        move |paragraph: Paragraph<'_>| Removed {
            line: paragraph.line,
            text: paragraph.text.into_owned(),
            reason: reason.into(),
        }
    };
    above.into_iter().map(cut("menu")).chain(below.into_iter().map(cut("footer"))).collect()
}

fn is_cut_short(text: &str) -> bool {
    let end = text.trim_end();
    end.ends_with('…') || end.ends_with("...") || end.ends_with("[…]")
}

/// Whether the text that the page's data hold is to be taken, not the one found in its markup.
fn is_better(in_data: &str, found: &str) -> bool {
    const POOR: usize = 500;
    let is_poor = found.len() < POOR || found.len() * 2 < in_data.len();
    is_poor && in_data.len() * 10 >= found.len() * 6
}

/// Finds the line of the page that each paragraph begins on; a paragraph that cannot be found has that of the one
/// above it.
fn locate(paragraphs: &mut [Paragraph<'_>], page: &str) {
    const MOST_MISSES: usize = 20;
    let bytes = page.as_bytes();
    let (mut at, mut line, mut misses) = (0, 1u32, 0);
    for paragraph in paragraphs {
        if misses < MOST_MISSES {
            let needle = plain_start(&paragraph.text);
            match bytes.get(at..).and_then(|rest| memchr::memmem::find(rest, needle)) {
                Some(offset) if !needle.is_empty() => {
                    let passed = bytes.get(at..at + offset).unwrap_or_default();
                    line = line.saturating_add(memchr::memchr_iter(b'\n', passed).count() as u32);
                    at += offset + needle.len();
                }
                _ => misses += 1,
            }
        }
        paragraph.line = line;
    }
}

/// The first characters of a text that surely stand in the page as they are: no blanks in a row, no entities.
fn plain_start(text: &str) -> &[u8] {
    const LONGEST: usize = 40;
    const SHORTEST: usize = 8;
    let is_plain = |b: &u8| b.is_ascii_alphanumeric() || matches!(b, b' ' | b',' | b'.');
    let runs = text.as_bytes().split(|b| !is_plain(b)).take(20);
    let run = runs.map(<[u8]>::trim_ascii).find(|run| run.len() >= SHORTEST).unwrap_or_default();
    run.get(..run.len().min(LONGEST)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_the_data_of_a_page_lack_at_its_ends_is_cut() {
        let text =
            |n: usize| format!("Ministers met in Geneva on day {n} of the talks, and spoke of the price of grain.");
        let paragraph = |text: String| Paragraph { line: 1, text: text.into() };
        let page = || {
            let mut found = vec![paragraph("By Jane Doe".into())];
            found.extend((0..6).map(|n| paragraph(text(n))));
            found.insert(4, paragraph("A heading that the data lack".into()));
            found.push(paragraph("Read all about the talks in our long story of last week.".into()));
            found
        };
        let data: String = (0..6).map(text).collect::<Vec<_>>().join(" ");
        let mut found = page();
        let cut = take_outside(&mut found, &data);
        assert_eq!((found.len(), cut.len(), &*cut[0].reason), (8, 1, "footer"));
        // A teaser is not the text.
        for teaser in [(0..3).map(text).collect::<Vec<_>>().join(" "), format!("{}...", &data[..data.len() - 20])] {
            let mut found = page();
            assert!(take_outside(&mut found, &teaser).is_empty());
            assert_eq!(found.len(), 9);
        }
    }
}
