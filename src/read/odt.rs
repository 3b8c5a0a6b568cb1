//! ODT: the paragraphs of an OpenDocument text.

use super::document::Document;
use super::fields::{Field, Record};
use super::xml::{Piece, walk};
use crate::article::Origin;

/// The document whose `content.xml` is given, with what is wrong with it, if something is.
pub(super) fn document(xml: &str) -> (Document, Option<String>) {
    let (mut paragraphs, mut open) = (Vec::new(), String::new());
    let mut title: Option<String> = None;
    let mut is_title = false;
    // How many elements that do not belong to the text are open, and how many paragraphs.
    let (mut hidden, mut depth) = (0usize, 0usize);
    let walked = walk(xml, &mut |piece| {
        match piece {
            Piece::Open(tag) => match tag.name() {
                name if is_hidden(name) => hidden += 1,
                _ if hidden > 0 => {}
                "p" | "h" => {
                    depth += 1;
                    let style = tag.attribute("style-name").unwrap_or_default();
                    is_title = matches!(style.as_str(), "Title" | "Titel" | "Titre");
                    // A paragraph may lie in another, in a text box.
                    if !open.trim().is_empty() {
                        paragraphs.push(std::mem::take(&mut open));
                    }
                    open.clear();
                }
                "s" => {
                    const MOST: usize = 100;
                    let count = tag.attribute("c").and_then(|c| c.parse().ok()).unwrap_or(1);
                    open.extend(std::iter::repeat_n(' ', usize::min(count, MOST)));
                }
                "tab" => open.push('\t'),
                "line-break" => open.push(' '),
                _ => {}
            },
            Piece::Close(name) => match name {
                name if is_hidden(name) => hidden = hidden.saturating_sub(1),
                "p" | "h" if hidden == 0 => {
                    depth = depth.saturating_sub(1);
                    if is_title && title.is_none() && !open.trim().is_empty() {
                        title = Some(open.trim().to_owned());
                    }
                    paragraphs.push(std::mem::take(&mut open));
                }
                _ => {}
            },
            Piece::Text(text) if hidden == 0 && depth > 0 => open.push_str(&text),
            Piece::Text(_) => {}
        }
        true
    });
    let mut record = Record::default();
    if let Some(title) = title {
        record.offer(Field::Title, 0, title, Origin::Metadata);
    }
    (Document { record, paragraphs }, walked.err().map(|error| error.reason))
}

fn is_hidden(name: &str) -> bool {
    matches!(name, "note" | "annotation" | "tracked-changes" | "automatic-styles" | "forms" | "ruby-text")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_without_notes() {
        let xml = "<office:document-content><office:body><office:text><text:p text:style-name=\"Title\">Grain</text:p>\
                   <text:tracked-changes><text:p>gone</text:p></text:tracked-changes>\
                   <text:p>One<text:s text:c=\"2\"/>two<text:note><text:p>note</text:p></text:note><text:tab/>&amp;</text:p>\
                   </office:text></office:body></office:document-content>";
        let (document, error) = document(xml);
        assert_eq!(error, None);
        assert_eq!(document.paragraphs, ["Grain", "One  two\t&"]);
        assert_eq!(document.record.get(Field::Title), Some("Grain"));
    }
}
