//! HTML: the main text of a page.
//!
//! A readability algorithm finds it in the tree. A page that could not be parsed in bounded time, and one where it
//! finds next to nothing, goes through the linear tag stripper instead.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::Document;
use dom_smoothie::{Config, Readability, TextMode};

use super::tags;

/// Fewer bytes of text than this are suspicious in a page.
const LITTLE: usize = 250;

/// The tree of a page, or nothing if it is too deep, too large or too strange to parse.
pub fn parse(html: &str) -> Option<Document> {
    is_tame(html).then(|| catch_unwind(|| Document::from(html)).ok()).flatten()
}

/// The main text of a page, a blank line between its blocks.
pub fn main_text(document: Document, html: &str) -> String {
    let config = Config { disable_json_ld: true, text_mode: TextMode::Formatted, ..Config::default() };
    // A parser must not take the run down with it, whatever the page.
    let found = catch_unwind(AssertUnwindSafe(|| {
        let mut page = Readability::with_document(document, None, Some(config)).ok()?;
        Some(page.parse().ok()?.text_content.to_string())
    }));
    let found = found.ok().flatten().unwrap_or_default();
    if found.trim().len() >= LITTLE {
        return found;
    }
    let stripped = tags::strip(html);
    if stripped.trim().len() > 2 * found.trim().len() { stripped } else { found }
}

/// Whether a page parses in time and memory proportional to its size.
///
/// HTML's rules for misplaced tags search the open elements again and again, and re-open formatting elements in
/// every block: both are quadratic on pages that open thousands of elements and close none.
fn is_tame(html: &str) -> bool {
    const LARGEST: usize = 16 << 20;
    const DEEPEST: i32 = 400;
    const MOST_TAGS: usize = 300_000;
    const MOST_ATTRIBUTES: usize = 500;
    const MOST_WORK: u64 = 10_000_000;
    if html.len() > LARGEST {
        return false;
    }
    let bytes = html.as_bytes();
    let (mut depth, mut tags, mut behind, mut work) = (0i32, 0usize, 0usize, 0u64);
    for at in memchr::memchr_iter(b'<', bytes) {
        let rest = bytes.get(at + 1..).unwrap_or_default();
        let closes = rest.first() == Some(&b'/');
        let name = rest.get(usize::from(closes)..).unwrap_or_default();
        if !name.first().is_some_and(u8::is_ascii_alphabetic) {
            continue;
        }
        tags += 1;
        // Attributes of a tag end at the next tag at the latest, whatever its quotation marks do.
        let end = memchr::memchr(b'>', rest).unwrap_or(rest.len());
        if at >= behind && end > 4 * MOST_ATTRIBUTES {
            behind = at + end;
            let inside = rest.get(..end).unwrap_or_default();
            if memchr::memchr3_iter(b' ', b'\n', b'/', inside).take(1 << 16).count() > 16 * MOST_ATTRIBUTES {
                return false;
            }
        }
        if closes {
            depth = (depth - 1).max(0);
        } else if !closes_itself(name) {
            depth += 1;
        }
        work += u64::from(depth.unsigned_abs());
        if depth > DEEPEST || tags > MOST_TAGS || work > MOST_WORK {
            return false;
        }
    }
    true
}

/// Elements that have no closing tag, or usually are written without.
fn closes_itself(name: &[u8]) -> bool {
    let end = name.iter().take(12).position(|b| !b.is_ascii_alphanumeric()).unwrap_or(name.len().min(12));
    let mut low = [0u8; 12];
    let (Some(low), Some(name)) = (low.get_mut(..end), name.get(..end)) else { return false };
    low.copy_from_slice(name);
    low.make_ascii_lowercase();
    matches!(
        &*low,
        b"area"
            | b"base"
            | b"br"
            | b"col"
            | b"embed"
            | b"hr"
            | b"img"
            | b"input"
            | b"link"
            | b"meta"
            | b"param"
            | b"source"
            | b"track"
            | b"wbr"
            | b"p"
            | b"li"
            | b"td"
            | b"tr"
            | b"th"
            | b"dt"
            | b"dd"
            | b"option"
            | b"path"
            | b"use"
            | b"rect"
            | b"circle"
            | b"polygon"
            | b"g"
            | b"line"
            | b"stop"
    )
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn hostile_pages_are_not_parsed() {
        for (html, want) in [
            ("<div>".repeat(100_000), false),
            ("<b id=x>".repeat(1_000) + &"<p>x".repeat(10), false),
            (format!("<p {}>", "a=1 ".repeat(50_000)), false),
            ("<table><tr><td>".repeat(300) + &"<p>x".repeat(100_000), false),
            ("<p>x".repeat(10_000), true),
            ("<div>x</div>".repeat(10_000), true),
        ] {
            assert_eq!(parse(&html).is_some(), want, "{}", &html[..40]);
        }
    }

    #[test]
    fn finds_the_main_text() {
        let paragraph =
            "The ministers of both countries met in the town hall, and spoke for three hours about the price of grain.";
        let html = format!(
            "<html><body><nav><a href=/>Home</a></nav><article><h1>Title</h1>{}</article><footer>Foot</footer></body></html>",
            format!("<p>{paragraph}</p>").repeat(6)
        );
        let text = main_text(parse(&html).unwrap(), &html);
        assert_eq!(text.matches(paragraph).count(), 6);
        assert!(!text.contains("Home") && !text.contains("Foot"));
        let short = "<html><body><p>One line.</p></body></html>";
        assert_eq!(main_text(parse(short).unwrap(), short).trim(), "One line.");
    }
}
