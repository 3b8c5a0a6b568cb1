//! Documents made for the tests: the smallest of each format that a program writes.
#![cfg_attr(not(all(feature = "office", feature = "pdf")), allow(dead_code, unused_imports))]

use std::io::{Cursor, Write};

/// A ZIP file of these members.
#[cfg(feature = "office")]
pub(in crate::read) fn zip(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, content) in members {
        let options = zip::write::SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
        writer.start_file(*name, options).unwrap();
        writer.write_all(content).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;")
}

/// A Word document of these paragraphs.
#[cfg(feature = "office")]
pub(in crate::read) fn docx(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs
        .iter()
        .map(|text| format!("<w:p><w:r><w:t xml:space=\"preserve\">{}</w:t></w:r></w:p>", escaped(text)))
        .collect();
    let document = format!("<?xml version=\"1.0\"?><w:document xmlns:w=\"x\"><w:body>{body}</w:body></w:document>");
    zip(&[("[Content_Types].xml", b"<Types/>"), ("word/document.xml", document.as_bytes())])
}

/// An OpenDocument text of these paragraphs.
#[cfg(feature = "office")]
pub(in crate::read) fn odt(paragraphs: &[&str]) -> Vec<u8> {
    let body: String = paragraphs.iter().map(|text| format!("<text:p>{}</text:p>", escaped(text))).collect();
    let content = format!(
        "<office:document-content><office:body><office:text>{body}</office:text></office:body></office:document-content>"
    );
    zip(&[("mimetype", b"application/vnd.oasis.opendocument.text"), ("content.xml", content.as_bytes())])
}

/// An EPUB with a cover, a table of contents and these articles.
#[cfg(feature = "office")]
pub(in crate::read) fn epub(title: &str, articles: &[(&str, &str)]) -> Vec<u8> {
    let mut manifest =
        String::from(r#"<item id="nav" href="nav.xhtml" media-type="application/xhtml+xml" properties="nav"/>"#);
    let mut spine = String::from(r#"<itemref idref="nav"/>"#);
    let mut members: Vec<(String, String)> =
        vec![("OEBPS/nav.xhtml".into(), "<html><body><nav>Contents</nav></body></html>".into())];
    for (number, (heading, text)) in articles.iter().enumerate() {
        manifest.push_str(&format!(
            r#"<item id="a{number}" href="text/a%20{number}.xhtml" media-type="application/xhtml+xml"/>"#
        ));
        spine.push_str(&format!(r#"<itemref idref="a{number}"/>"#));
        let page = format!(
            "<html><head><title>{title}</title></head><body><h1>{heading}</h1><p>{}</p></body></html>",
            text.replace("\n\n", "</p><p>")
        );
        members.push((format!("OEBPS/text/a {number}.xhtml"), page));
    }
    let package = format!(
        "<package><metadata><dc:title>{title}</dc:title><dc:date>2022-01-19</dc:date><dc:language>en</dc:language></metadata>\
         <manifest>{manifest}</manifest><spine>{spine}</spine></package>"
    );
    let container = r#"<container><rootfiles><rootfile full-path="OEBPS/content.opf"/></rootfiles></container>"#;
    let mut all: Vec<(&str, &[u8])> = vec![
        ("mimetype", b"application/epub+zip"),
        ("META-INF/container.xml", container.as_bytes()),
        ("OEBPS/content.opf", package.as_bytes()),
    ];
    all.extend(members.iter().map(|(name, content)| (name.as_str(), content.as_bytes())));
    zip(&all)
}

/// A TAR file of these members.
pub(in crate::read) fn tar(members: &[(&str, &[u8])]) -> Vec<u8> {
    let mut builder = tar::Builder::new(Vec::new());
    for (name, content) in members {
        let mut header = tar::Header::new_gnu();
        header.set_size(content.len() as u64);
        header.set_mode(0o644);
        builder.append_data(&mut header, name, Cursor::new(content)).unwrap();
    }
    builder.into_inner().unwrap()
}

/// A PDF with these lines on each page, in a font of its own.
pub(in crate::read) fn pdf(pages: &[&[&str]]) -> Vec<u8> {
    let mut objects: Vec<String> = Vec::new();
    let kids: Vec<String> = (0..pages.len()).map(|n| format!("{} 0 R", 4 + 2 * n)).collect();
    objects.push("<< /Type /Catalog /Pages 2 0 R >>".into());
    objects.push(format!("<< /Type /Pages /Kids [{}] /Count {} >>", kids.join(" "), pages.len()));
    objects.push("<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /Encoding /WinAnsiEncoding >>".into());
    for (n, lines) in pages.iter().enumerate() {
        let escape =
            |line: &&str| format!("({}) Tj T*", line.replace('\\', "\\\\").replace('(', "\\(").replace(')', "\\)"));
        let shown: Vec<String> = lines.iter().map(escape).collect();
        let content = format!("BT /F1 11 Tf 14 TL 50 780 Td {} ET", shown.join(" "));
        objects.push(format!(
            "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents {} 0 R /Resources << /Font << /F1 3 0 R >> >> >>",
            5 + 2 * n
        ));
        objects.push(format!("<< /Length {} >>\nstream\n{content}\nendstream", content.len()));
    }
    let mut out = String::from("%PDF-1.4\n");
    let mut offsets = Vec::new();
    for (n, object) in objects.iter().enumerate() {
        offsets.push(out.len());
        out.push_str(&format!("{} 0 obj\n{object}\nendobj\n", n + 1));
    }
    let xref = out.len();
    out.push_str(&format!("xref\n0 {}\n0000000000 65535 f \n", objects.len() + 1));
    offsets.iter().for_each(|at| out.push_str(&format!("{at:010} 00000 n \n")));
    out.push_str(&format!("trailer << /Size {} /Root 1 0 R >>\nstartxref\n{xref}\n%%EOF\n", objects.len() + 1));
    out.into_bytes()
}
