//! XML: a text as a run of pieces, and as a tree. Entities that a document defines for itself are never expanded, and
//! what is not well-formed is read up to there.

use std::borrow::Cow;

use quick_xml::escape::resolve_html5_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};
use quick_xml::{Reader, XmlVersion};

use super::limits;
use crate::clean::layout::{Paragraph, one_line};

/// A piece of an XML text. Names are without their namespace.
pub(super) enum Piece<'x> {
    Open(&'x Tag<'x>),
    Close(&'x str),
    Text(Cow<'x, str>),
}

/// An opening tag.
pub(super) struct Tag<'x> {
    event: &'x BytesStart<'x>,
    /// Line of the text, from 1.
    pub(super) line: u32,
}

impl Tag<'_> {
    pub(super) fn name(&self) -> &str {
        local(self.event.name().0)
    }

    /// The value of an attribute, told by its name without namespace.
    pub(super) fn attribute(&self, name: &str) -> Option<String> {
        self.attributes().find(|(known, _)| known == name).map(|(_, value)| value)
    }

    fn attributes(&self) -> impl Iterator<Item = (String, String)> + '_ {
        let mut attributes = self.event.attributes();
        attributes.with_checks(false);
        attributes.filter_map(Result::ok).take(100).map(|attribute| {
            let value =
                attribute.normalized_value_with(XmlVersion::Implicit1_0, 8, resolve_html5_entity).map(Cow::into_owned);
            (local(attribute.key.0).to_owned(), value.unwrap_or_else(|_| attribute.value.into_owned()))
        })
    }
}

fn local(name: &str) -> &str {
    name.rsplit(':').next().unwrap_or(name)
}

/// What is wrong with an XML text, and on which line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct XmlError {
    pub(super) line: u32,
    pub(super) reason: String,
}

/// Hands over the pieces of `text` until `take` returns `false`. Every opening tag is followed by its closing one.
pub(super) fn walk(text: &str, take: &mut dyn FnMut(Piece<'_>) -> bool) -> Result<(), XmlError> {
    let mut reader = Reader::from_str(text);
    let config = reader.config_mut();
    config.check_end_names = false;
    config.allow_unmatched_ends = true;
    config.allow_dangling_amp = true;
    let (mut depth, mut line, mut counted) = (0usize, 1u32, 0usize);
    loop {
        let at = usize::try_from(reader.buffer_position()).unwrap_or(usize::MAX).min(text.len());
        let passed = text.as_bytes().get(counted..at).unwrap_or_default();
        line = line.saturating_add(u32::try_from(memchr::memchr_iter(b'\n', passed).count()).unwrap_or(0));
        counted = at.max(counted);
        let event = reader.read_event().map_err(|error| XmlError { line, reason: format!("bad XML: {error}") })?;
        let goes_on = match &event {
            Event::Eof => return Ok(()),
            Event::Start(start) => {
                depth += 1;
                if depth > limits::XML_DEPTH {
                    let reason = format!("elements nested more than {} deep", limits::XML_DEPTH);
                    return Err(XmlError { line, reason });
                }
                take(Piece::Open(&Tag { event: start, line }))
            }
            Event::Empty(start) => {
                take(Piece::Open(&Tag { event: start, line })) && take(Piece::Close(local(start.name().0)))
            }
            Event::End(end) => {
                depth = depth.saturating_sub(1);
                take(Piece::Close(local(end.name().0)))
            }
            Event::Text(text) => take(Piece::Text(text.xml10_content())),
            Event::CData(text) => take(Piece::Text(text.xml10_content())),
            Event::GeneralRef(entity) => take(Piece::Text(resolved(entity))),
            Event::Comment(_) | Event::Decl(_) | Event::PI(_) | Event::DocType(_) => true,
        };
        if !goes_on {
            return Ok(());
        }
    }
}

/// The text that an entity stands for; itself, if it is none that everybody knows.
fn resolved<'x>(entity: &BytesRef<'_>) -> Cow<'x, str> {
    if let Ok(Some(c)) = entity.resolve_char_ref() {
        return Cow::Owned(c.to_string());
    }
    let name = entity.xml10_content();
    match resolve_html5_entity(&name) {
        Some(text) => Cow::Borrowed(text),
        None => Cow::Owned(format!("&{name};")),
    }
}

/// An element and what is in it.
#[derive(Debug, Default)]
pub(super) struct Element {
    pub(super) name: String,
    pub(super) line: u32,
    attributes: Vec<(String, String)>,
    inside: Vec<Inside>,
}

#[derive(Debug)]
enum Inside {
    Element(Element),
    Text(String),
}

/// The tree of a text: its root, and what is wrong with it, if something is. What came before that is in the tree.
pub(super) fn tree(text: &str) -> (Element, Option<XmlError>) {
    let mut open = vec![Element::default()];
    let mut nodes = 0usize;
    let mut error = None;
    let walked = walk(text, &mut |piece| {
        match piece {
            Piece::Open(tag) => {
                nodes += 1;
                if nodes > limits::XML_NODES {
                    let reason = format!("more than {} elements", limits::XML_NODES);
                    error = Some(XmlError { line: tag.line, reason });
                    return false;
                }
                let (name, attributes) = (tag.name().to_owned(), tag.attributes().collect());
                open.push(Element { name, line: tag.line, attributes, inside: Vec::new() });
            }
            Piece::Close(name) => {
                // A closing tag that fits none of the open ones is passed over.
                if let Some(at) = open.iter().rposition(|element| element.name == name).filter(|at| *at > 0) {
                    close(&mut open, at);
                }
            }
            Piece::Text(text) => {
                if let Some(Inside::Text(last)) = open.last_mut().and_then(|element| element.inside.last_mut()) {
                    last.push_str(&text);
                } else if let Some(element) = open.last_mut() {
                    element.inside.push(Inside::Text(text.into_owned()));
                }
            }
        }
        true
    });
    close(&mut open, 1);
    let mut root = open.pop().unwrap_or_default();
    let top = root.inside.iter().position(|inside| matches!(inside, Inside::Element(_)));
    if let Some(Inside::Element(element)) = top.map(|at| root.inside.swap_remove(at)) {
        root = element;
    }
    (root, error.or(walked.err()))
}

/// Closes the open elements down to number `at`.
fn close(open: &mut Vec<Element>, at: usize) {
    while open.len() > at.max(1) {
        let Some(element) = open.pop() else { return };
        if let Some(parent) = open.last_mut() {
            parent.inside.push(Inside::Element(element));
        }
    }
}

impl Element {
    /// The elements right in it.
    pub(super) fn children(&self) -> impl Iterator<Item = &Element> {
        self.inside.iter().filter_map(|inside| match inside {
            Inside::Element(element) => Some(element),
            Inside::Text(_) => None,
        })
    }

    /// The first element of that name right in it.
    pub(super) fn child(&self, name: &str) -> Option<&Element> {
        self.children().find(|child| child.name == name)
    }

    /// All elements of that name anywhere in it, in order; those inside one that was found are not looked for.
    pub(super) fn all<'e>(&'e self, name: &str) -> Vec<&'e Element> {
        let mut found = Vec::new();
        self.collect(name, &mut found);
        found
    }

    fn collect<'e>(&'e self, name: &str, found: &mut Vec<&'e Element>) {
        for child in self.children() {
            if child.name == name {
                found.push(child);
            } else {
                child.collect(name, found);
            }
        }
    }

    /// The first element of that name anywhere in it.
    pub(super) fn find(&self, name: &str) -> Option<&Element> {
        self.children().find_map(|child| if child.name == name { Some(child) } else { child.find(name) })
    }

    /// The value of an attribute.
    pub(super) fn attribute(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// All text in it, on one line.
    pub(super) fn text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        one_line(&out)
    }

    fn push_text(&self, out: &mut String) {
        for inside in &self.inside {
            match inside {
                Inside::Text(text) => out.push_str(text),
                Inside::Element(element) => {
                    if is_block(&element.name) {
                        out.push(' ');
                    }
                    element.push_text(out);
                }
            }
        }
    }

    /// All text in it, its line ends as they are.
    pub(super) fn raw_text(&self) -> String {
        let mut out = String::new();
        self.push_text(&mut out);
        out
    }

    /// Its paragraphs, each with its line. Pictures, their captions and other media are left out.
    pub(super) fn paragraphs(&self) -> Vec<Paragraph<'static>> {
        let mut found = Blocks { paragraphs: Vec::new(), open: String::new(), line: self.line };
        found.element(self);
        found.end();
        found.paragraphs
    }
}

struct Blocks {
    paragraphs: Vec<Paragraph<'static>>,
    open: String,
    line: u32,
}

impl Blocks {
    fn element(&mut self, element: &Element) {
        for inside in &element.inside {
            match inside {
                Inside::Text(text) => self.open.push_str(text),
                Inside::Element(child) if is_hidden(&child.name) => {}
                Inside::Element(child) if is_block(&child.name) => {
                    self.end();
                    self.line = child.line;
                    self.element(child);
                    self.end();
                }
                Inside::Element(child) => self.element(child),
            }
        }
    }

    fn end(&mut self) {
        let text = one_line(&self.open);
        self.open.clear();
        if !text.is_empty() {
            self.paragraphs.push(Paragraph { line: self.line, text: text.into() });
        }
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "p" | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "hl1"
            | "hl2"
            | "div"
            | "block"
            | "section"
            | "article"
            | "blockquote"
            | "bq"
            | "ul"
            | "ol"
            | "li"
            | "dl"
            | "dt"
            | "dd"
            | "table"
            | "tr"
            | "br"
            | "hr"
            | "pre"
            | "fn"
            | "note"
            | "body"
            | "body.content"
            | "paragraph"
            | "para"
            | "lead"
            | "header"
            | "figure"
    )
}

fn is_hidden(name: &str) -> bool {
    matches!(
        name.to_ascii_lowercase().as_str(),
        "media"
            | "media-caption"
            | "media-metadata"
            | "figure"
            | "figcaption"
            | "script"
            | "style"
            | "nav"
            | "aside"
            | "footer"
            | "form"
            | "noscript"
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trees_of_good_and_bad_xml() {
        let (root, error) = tree(
            "<?xml version='1.0'?>\n<a x='1 &amp; 2'>\n<b>One &amp; <i>two</i> &eacute; &unknown; &#8212;</b>\n<n:c/></a>",
        );
        assert_eq!((root.name.as_str(), root.attribute("x"), error), ("a", Some("1 & 2"), None));
        assert_eq!(root.child("b").map(Element::text).as_deref(), Some("One & two é &unknown; —"));
        assert_eq!(root.child("c").map(|c| c.line), Some(4));
        let (root, error) = tree("<a><b>One</b><b>Two");
        assert_eq!((root.all("b").len(), error), (2, None));
        let (root, error) = tree("<a><b>One</b>\n<!-- <b>Two");
        assert_eq!(root.all("b").len(), 1);
        assert_eq!(error.map(|error| error.line), Some(2));
        let (_, error) = tree(&"<a>".repeat(100_000));
        assert!(error.is_some_and(|error| error.reason.contains("nested")));
    }

    #[test]
    fn entities_of_a_document_are_not_expanded() {
        let bomb = "<!DOCTYPE a [<!ENTITY x 'xxxxxxxxxx'><!ENTITY y '&x;&x;&x;&x;&x;'>]><a>&y;&y;</a>";
        assert_eq!(tree(bomb).0.text(), "&y;&y;");
    }

    #[test]
    fn paragraphs_are_blocks() {
        let (root, _) = tree("<b>\n<p>One <em>two</em></p>\n<media><p>no</p></media><p>Three</p>\n</b>");
        let found: Vec<_> = root.paragraphs().into_iter().map(|p| (p.line, p.text)).collect();
        assert_eq!(found, [(2, "One two".into()), (3, "Three".into())]);
    }
}
