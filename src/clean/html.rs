//! HTML: the main text of a page.
//!
//! A readability algorithm finds it in the tree. A page that could not be parsed in bounded time, and one where it
//! finds next to nothing, goes through the linear tag stripper instead.

use std::panic::{AssertUnwindSafe, catch_unwind};

use dom_query::{Document, NodeData, NodeId, NodeRef};
use dom_smoothie::{Config, ParsePolicy, Readability, TextMode};
use rustc_hash::{FxHashMap, FxHashSet};

use super::tags;

/// Fewer bytes of text than this are suspicious in a page.
const LITTLE: usize = 250;

/// The tree of a page, or nothing if it is too deep, too large or too strange to parse.
pub fn parse(html: &str) -> Option<Document> {
    let document = is_tame(html).then(|| catch_unwind(|| Document::from(html)).ok()).flatten();
    document.filter(is_soon_written)
}

/// The main text of a page, a blank line between its blocks.
pub fn main_text(document: Document, html: &str) -> String {
    // A parser must not take the run down with it, whatever the page.
    let found = catch_unwind(AssertUnwindSafe(|| readable(document, html)));
    let found = found.ok().flatten().unwrap_or_default();
    if found.trim().len() >= LITTLE {
        return found;
    }
    let stripped = tags::strip(html);
    if stripped.trim().len() > 2 * found.trim().len() { stripped } else { found }
}

/// Fewer entries are no list.
const FEWEST: usize = 3;

/// Takes lists of other articles out of the tree. In the middle of a text the algorithm would take them for a part of it.
/// The posts of a running report stay: their links lead to themselves, or they are nearly all of the page.
fn drop_lists(document: &Document) {
    let mut lists = lists_of_links(document);
    lists.extend(lists_of_cards(document));
    if lists.is_empty() {
        return;
    }
    let whole = document.root().text().len();
    for list in lists {
        let list = NodeRef::new(list, &document.tree);
        if list.text().len() * 5 < whole * 4 && !is_one_of(&list, &["html", "body"]) {
            list.remove_from_parent();
        }
    }
}

/// Lists whose entries are links and next to nothing else.
fn lists_of_links(document: &Document) -> Vec<NodeId> {
    let is_of_links = |list: &NodeRef<'_>| {
        let links = list.descendants_it().filter(leads_on);
        let (count, linked) =
            links.fold((0, 0), |(count, linked), link| (count + 1, linked + link.text().trim().len()));
        count >= FEWEST && linked * 10 >= list.text().split_whitespace().map(|word| word.len() + 1).sum::<usize>() * 9
    };
    let root = document.root();
    let lists = root.descendants_it().filter(|node| is_one_of(node, &["ul", "ol"]));
    lists.filter(is_of_links).map(|list| list.id).collect()
}

/// Elements of three or more others side by side that each have a heading with a link, and little more than that.
fn lists_of_cards(document: &Document) -> Vec<NodeId> {
    const LONGEST: usize = 300;
    const DEEPEST: usize = 5;
    let mut cards: FxHashMap<NodeId, FxHashSet<NodeId>> = FxHashMap::default();
    for heading in document.root().descendants_it().filter(|node| is_one_of(node, &["h2", "h3", "h4"])) {
        let above = heading.ancestors(Some(DEEPEST));
        if above.iter().take(3).any(leads_on) || heading.descendants_it().any(|node| leads_on(&node)) {
            let pairs = [heading].into_iter().chain(above.iter().copied()).zip(&above);
            pairs.for_each(|(card, list)| _ = cards.entry(list.id).or_default().insert(card.id));
        }
    }
    let is_list = |(list, cards): &(NodeId, FxHashSet<NodeId>)| {
        let all = NodeRef::new(*list, &document.tree).element_children();
        let mut short = all.iter().map(|node| node.text().trim().len() <= LONGEST);
        cards.len() >= FEWEST && cards.len() * 5 >= all.len() * 4 && short.all(|short| short)
    };
    cards.into_iter().filter(is_list).map(|(list, _)| list).collect()
}

/// Whether it is a link to another page.
fn leads_on(node: &NodeRef<'_>) -> bool {
    node.has_name("a") && !node.attr("href").is_some_and(|href| href.starts_with('#'))
}

fn is_one_of(node: &NodeRef<'_>, names: &[&str]) -> bool {
    node.element_ref().is_some_and(|element| names.contains(&&*element.name.local))
}

/// What the algorithm takes for the article. It tries again less strictly until there is enough, for which it copies the
/// whole tree before it begins; most pages give enough at once, so the few that do not are parsed again instead.
fn readable(document: Document, html: &str) -> Option<String> {
    const ENOUGH: usize = 600;
    let config = Config { disable_json_ld: true, text_mode: TextMode::Formatted, ..Config::default() };
    drop_lists(&document);
    let mut page = Readability::with_document(document, None, Some(config.clone())).ok()?;
    if let Ok(found) = page.parse_with_policy(ParsePolicy::Strict)
        && found.text_content.split_whitespace().map(|word| word.chars().count() + 1).sum::<usize>() > ENOUGH
    {
        return Some(found.text_content.to_string());
    }
    let document = Document::from(html);
    drop_lists(&document);
    let mut page = Readability::with_document(document, None, Some(config)).ok()?;
    Some(page.parse().ok()?.text_content.to_string())
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

/// Whether a tree can be written out in time proportional to its size, which the algorithm does several times.
///
/// For each character that is escaped, the rest of its text or attribute is searched for the next one: that is quadratic
/// where a text of megabytes is full of them.
fn is_soon_written(document: &Document) -> bool {
    const MOST_WORK: u64 = 4 << 30;
    let root = document.root();
    let work = root.descendants_it().map(|node| {
        node.query_or(0, |node| match &node.data {
            NodeData::Text { contents } => escaping(contents),
            NodeData::Element(element) => element.attrs.iter().map(|attribute| escaping(&attribute.value)).sum(),
            _ => 0,
        })
    });
    work.sum::<u64>() < MOST_WORK
}

/// How many bytes are looked at to escape `text`, at most; nothing for one of usual length.
fn escaping(text: &str) -> u64 {
    const LONG: usize = 1 << 14;
    // What `&` and a blank that is not to be broken begin with.
    let escaped = || memchr::memchr2_iter(b'&', 0xC2, text.as_bytes()).count() as u64;
    if text.len() < LONG { 0 } else { escaped() * text.len() as u64 }
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
            (format!("<p>{}</p>", "&amp;".repeat(300_000)), false),
            (format!("<p>{}</p>", "&nbsp;a".repeat(300_000)), false),
            (format!("<p>{}</p>", "&amp;</x>".repeat(200_000)), false),
            (format!("<p title=\"{}\">x</p>", "&amp;".repeat(300_000)), false),
            ("<p>x &amp; y</p>".repeat(50_000), true),
            (format!("<p>{}</p>", "AT&amp;T and all that was said of it at great length. ".repeat(1_000)), true),
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
