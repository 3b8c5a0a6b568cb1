//! DOCX: the paragraphs of a Word document.

use super::document::Document;
use super::fields::{Field, Record};
use super::xml::{Piece, walk};
use crate::article::Origin;

/// The document whose `word/document.xml` is given, with what is wrong with it, if something is.
pub(super) fn document(xml: &str) -> (Document, Option<String>) {
    let mut body = Body::default();
    let walked = walk(xml, &mut |piece| {
        match piece {
            Piece::Open(tag) => match tag.name() {
                name if body.hidden.is_some() || is_hidden(name) => body.hide(name),
                "p" => body.end_outer(),
                "pStyle" => body.style = tag.attribute("val").unwrap_or_default(),
                "t" => body.in_text = true,
                "tab" | "ptab" if !body.in_properties => body.open.push('\t'),
                "pPr" | "rPr" | "tblPr" => body.in_properties = true,
                "br" | "cr" => body.open.push(' '),
                "noBreakHyphen" => body.open.push('-'),
                _ => {}
            },
            Piece::Close(name) => match name {
                name if body.hidden.is_some() => body.unhide(name),
                "p" => body.end(),
                "t" => body.in_text = false,
                "pPr" | "rPr" | "tblPr" => body.in_properties = false,
                _ => {}
            },
            Piece::Text(text) if body.in_text && body.hidden.is_none() => body.open.push_str(&text),
            Piece::Text(_) => {}
        }
        true
    });
    (body.into_document(), walked.err().map(|error| error.reason))
}

/// What is not part of the text: what was deleted, codes of fields, notes in the margin, and shapes a second time.
fn is_hidden(name: &str) -> bool {
    matches!(name, "del" | "moveFrom" | "instrText" | "delText" | "Fallback" | "sdtPr" | "footnoteReference")
}

#[derive(Default)]
struct Body {
    paragraphs: Vec<String>,
    title: Option<String>,
    open: String,
    style: String,
    in_text: bool,
    in_properties: bool,
    /// The hidden element that is open, and how many of its name are.
    hidden: Option<(String, usize)>,
}

impl Body {
    fn hide(&mut self, name: &str) {
        match &mut self.hidden {
            Some((hidden, count)) => *count += usize::from(hidden == name),
            None => self.hidden = Some((name.to_owned(), 1)),
        }
    }

    fn unhide(&mut self, name: &str) {
        let Some((hidden, count)) = &mut self.hidden else { return };
        *count -= usize::from(hidden == name);
        if *count == 0 {
            self.hidden = None;
        }
    }

    /// A paragraph may lie in another, in a text box: what came before it is one of its own.
    fn end_outer(&mut self) {
        if !self.open.trim().is_empty() {
            self.end();
        }
        self.open.clear();
    }

    fn end(&mut self) {
        let text = std::mem::take(&mut self.open);
        let style = std::mem::take(&mut self.style).to_ascii_lowercase();
        let is_title = style == "title" || style == "titel" || style == "titre";
        if is_title && self.title.is_none() && !text.trim().is_empty() {
            self.title = Some(text.trim().to_owned());
        }
        self.paragraphs.push(text);
    }

    fn into_document(self) -> Document {
        let mut record = Record::default();
        if let Some(title) = self.title {
            record.offer(Field::Title, 0, title, Origin::Metadata);
        }
        Document { record, paragraphs: self.paragraphs }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paragraphs_without_what_was_deleted() {
        let xml = "<w:document><w:body><w:p><w:pPr><w:pStyle w:val=\"Title\"/><w:tabs><w:tab/></w:tabs></w:pPr><w:r><w:t>Grain</w:t></w:r></w:p>\
                   <w:p><w:r><w:t xml:space=\"preserve\">One </w:t></w:r><w:del><w:r><w:delText>no</w:delText></w:r></w:del>\
                   <w:r><w:t>&amp; two</w:t><w:tab/><w:t>three</w:t></w:r></w:p>\
                   <w:p><w:r><w:instrText>HYPERLINK</w:instrText><w:t>Link</w:t></w:r></w:p></w:body></w:document>";
        let (document, error) = document(xml);
        assert_eq!(error, None);
        assert_eq!(document.paragraphs, ["Grain", "One & two\tthree", "Link"]);
        assert_eq!(document.record.get(Field::Title), Some("Grain"));
    }
}
