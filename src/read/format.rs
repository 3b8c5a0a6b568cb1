//! Which format a file has: what its name says, unless what it holds says otherwise.

use super::Recognised;

/// The formats that are read. Those that are ZIP files inside are told apart once opened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Format {
    Text,
    Markdown,
    Html,
    Json,
    JsonLines,
    Csv,
    Tsv,
    Xml,
    Rtf,
    Pdf,
    Mail,
    Mbox,
    Mhtml,
    Warc,
    Zip,
    Tar,
    OldOffice,
}

impl Format {
    /// Its name for people.
    pub(super) fn name(self) -> &'static str {
        match self {
            Format::Text => "plain text",
            Format::Markdown => "Markdown",
            Format::Html => "HTML",
            Format::Json => "JSON",
            Format::JsonLines => "JSON Lines",
            Format::Csv => "CSV",
            Format::Tsv => "TSV",
            Format::Xml => "XML",
            Format::Rtf => "RTF",
            Format::Pdf => "PDF",
            Format::Mail => "mail",
            Format::Mbox => "MBOX",
            Format::Mhtml => "MHTML",
            Format::Warc => "WARC",
            Format::Zip => "ZIP",
            Format::Tar => "TAR",
            Format::OldOffice => "old Office file",
        }
    }

    /// Whether bytes that are no text speak against it.
    pub(super) fn is_text(self) -> bool {
        !matches!(
            self,
            Format::Pdf
                | Format::Zip
                | Format::Tar
                | Format::Warc
                | Format::OldOffice
                | Format::Mail
                | Format::Mbox
                | Format::Mhtml
        )
    }
}

/// The format of the file `path` that begins with `head`, and what told it.
pub(super) fn of(path: &str, head: &[u8]) -> (Format, Recognised) {
    let named = by_name(path);
    let start = head.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(head).trim_ascii_start();
    let found = by_content(head, start, named);
    match (named, found) {
        (_, Some(found)) if Some(found) != named => (found, Recognised::ByContent),
        (Some(named), _) => (named, Recognised::ByName),
        (None, _) => (Format::Text, Recognised::ByContent),
    }
}

/// What the name says; compressed names by what is inside.
pub(super) fn by_name(path: &str) -> Option<Format> {
    let file = path.rsplit(['/', '\\']).next()?.to_ascii_lowercase();
    let packed = file.strip_suffix(".gz").or(file.strip_suffix(".zst"));
    let (stem, extension) = packed.unwrap_or(&file).rsplit_once('.')?;
    let format = match extension {
        "txt" | "text" => Format::Text,
        "md" | "markdown" => Format::Markdown,
        "html" | "htm" | "xhtml" => Format::Html,
        "json" => Format::Json,
        "jsonl" | "ndjson" => Format::JsonLines,
        "csv" => Format::Csv,
        "tsv" => Format::Tsv,
        "xml" | "rss" | "atom" | "rdf" | "nitf" | "newsml" => Format::Xml,
        "rtf" => Format::Rtf,
        "pdf" => Format::Pdf,
        "eml" => Format::Mail,
        "mbox" => Format::Mbox,
        "mht" | "mhtml" => Format::Mhtml,
        "warc" => Format::Warc,
        "zip" | "docx" | "odt" | "epub" | "wacz" => Format::Zip,
        "tar" => Format::Tar,
        "tgz" | "tzst" if packed.is_none() => Format::Tar,
        "doc" => Format::OldOffice,
        _ => return None,
    };
    (!stem.is_empty()).then_some(format)
}

/// What the content says, where it speaks for itself or against the name.
fn by_content(head: &[u8], start: &[u8], named: Option<Format>) -> Option<Format> {
    if let Some(found) = by_magic(head, start) {
        return Some(found);
    }
    let is_plain = matches!(named, None | Some(Format::Text | Format::Markdown));
    let is_other = matches!(named, Some(Format::Pdf | Format::Zip | Format::OldOffice | Format::Rtf | Format::Xml));
    match named {
        _ if (is_plain || is_other) && looks_like_html(start) => Some(Format::Html),
        None | Some(Format::Text) if start.starts_with(b"<?xml") || has_news_root(start) => Some(Format::Xml),
        Some(Format::Mail) if is_saved_page(start) => Some(Format::Mhtml),
        None | Some(Format::Text | Format::Html) if is_saved_page(start) => Some(Format::Mhtml),
        None | Some(Format::Text) if is_mailbox(start) => Some(Format::Mbox),
        Some(Format::Mail) if is_mailbox(start) => Some(Format::Mbox),
        None if start.starts_with(b"{") || start.starts_with(b"[") => Some(by_json_content(start, false)),
        Some(Format::Json | Format::JsonLines) => Some(by_json_content(start, named == Some(Format::JsonLines))),
        Some(Format::OldOffice) if !super::decode::is_binary(head) => Some(Format::Text),
        _ => None,
    }
}

/// Formats that begin with bytes of their own.
fn by_magic(head: &[u8], start: &[u8]) -> Option<Format> {
    const EARLY: usize = 1_024;
    let early = head.get(..head.len().min(EARLY)).unwrap_or_default();
    if start.starts_with(b"{\\rtf") {
        Some(Format::Rtf)
    } else if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        Some(Format::Zip)
    } else if start.starts_with(b"%PDF-")
        || (head.starts_with(b"\0") && memchr::memmem::find(early, b"%PDF-").is_some())
    {
        Some(Format::Pdf)
    } else if start.starts_with(b"WARC/1.") || start.starts_with(b"WARC/0.") {
        Some(Format::Warc)
    } else if head.starts_with(b"\xD0\xCF\x11\xE0") {
        Some(Format::OldOffice)
    } else if is_tar(head) {
        Some(Format::Tar)
    } else {
        None
    }
}

/// Whether the first header of a tar stands at the beginning: the five letters alone stand in texts too, as in "Mustard".
fn is_tar(head: &[u8]) -> bool {
    head.get(257..265).is_some_and(|magic| magic.starts_with(b"ustar\0") || magic == b"ustar  \0")
}

/// Whether a text begins as a page does.
pub(super) fn looks_like_html(start: &[u8]) -> bool {
    let start = match start.strip_prefix(b"<?xml") {
        Some(rest) => memchr::memchr(b'>', rest).and_then(|end| rest.get(end + 1..)).unwrap_or_default(),
        None => start,
    };
    let start = start.trim_ascii_start();
    ["<!doctype html", "<html", "<head", "<body"]
        .iter()
        .any(|tag| start.get(..tag.len()).is_some_and(|head| head.eq_ignore_ascii_case(tag.as_bytes())))
}

fn has_news_root(start: &[u8]) -> bool {
    [&b"<rss"[..], b"<feed", b"<nitf", b"<newsItem", b"<newsMessage", b"<NewsML", b"<rdf:RDF"]
        .iter()
        .any(|root| start.starts_with(root))
}

fn is_mailbox(start: &[u8]) -> bool {
    let mut lines = start.split(|b| *b == b'\n');
    lines.next().is_some_and(|line| line.starts_with(b"From ") && line.contains(&b':'))
        && lines.next().is_some_and(is_header)
}

fn is_header(line: &[u8]) -> bool {
    memchr::memchr(b':', line)
        .and_then(|at| line.get(..at))
        .is_some_and(|name| !name.is_empty() && name.iter().all(|b| b.is_ascii_alphanumeric() || *b == b'-'))
}

/// A page that a browser saved with its parts: headers of a mail, the parts related.
fn is_saved_page(start: &[u8]) -> bool {
    const HEADERS: usize = 4_096;
    let early = start.get(..start.len().min(HEADERS)).unwrap_or_default();
    let end = memchr::memmem::find(early, b"\n\n").or(memchr::memmem::find(early, b"\r\n\r\n")).unwrap_or(early.len());
    let headers = early.get(..end).unwrap_or_default();
    if !headers.split(|b| *b == b'\n').next().is_some_and(is_header) {
        return false;
    }
    let low = headers.to_ascii_lowercase();
    memchr::memmem::find(&low, b"multipart/related").is_some()
        && (memchr::memmem::find(&low, b"snapshot-content-location").is_some()
            || memchr::memmem::find(&low, b"saved by").is_some()
            || memchr::memmem::find(&low, b"type=\"text/html\"").is_some())
}

/// Whether it is one JSON text or one a line: people name both either way.
fn by_json_content(start: &[u8], named_lines: bool) -> Format {
    let (line, rest) = match memchr::memchr(b'\n', start) {
        Some(end) => start.split_at(end),
        None => (start, &b""[..]),
    };
    let is_whole = serde_json::from_slice::<serde::de::IgnoredAny>(line).is_ok();
    let one_a_line = match named_lines {
        true => line.trim_ascii() != b"{",
        false if is_whole => !rest.trim_ascii().is_empty(),
        // A bad first line; a pretty-printed object is indented.
        false => rest.starts_with(b"\n{\""),
    };
    if one_a_line && !start.starts_with(b"[") { Format::JsonLines } else { Format::Json }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn content_tells_against_the_name() {
        for (path, head, want) in [
            ("a.txt", &b"{\\rtf1 x}"[..], Format::Rtf),
            ("a.doc", b"{\\rtf1 x}", Format::Rtf),
            ("a.doc", b"<html><body>", Format::Html),
            ("a.doc", b"\xD0\xCF\x11\xE0", Format::OldOffice),
            ("a.doc", b"Talks went on.", Format::Text),
            ("a.pdf", b"<!DOCTYPE html><html>", Format::Html),
            ("a.pdf", b"nothing", Format::Pdf),
            ("a.dat", b"%PDF-1.4", Format::Pdf),
            ("a.txt", b"PK\x03\x04", Format::Zip),
            ("a.xml", b"<?xml version='1.0'?>\n<html>", Format::Html),
            ("a.xml", b"<?xml version='1.0'?>\n<rss>", Format::Xml),
            ("a.txt", b"<?xml version='1.0'?>\n<rss>", Format::Xml),
            ("a", b"WARC/1.0\r\n", Format::Warc),
            ("a", b"From a@example.com Mon Jan 3 10:00:00 2022\nSubject: x\n", Format::Mbox),
            ("a.txt", b"From today on: all new\n\nx", Format::Text),
            ("a.eml", b"Subject: x\n\ny", Format::Mail),
            ("a.tgz", b"x", Format::Tar),
            ("a.json", b"{\"a\":1}\n{\"a\":2}", Format::JsonLines),
        ] {
            assert_eq!(of(path, head).0, want, "{path} {}", String::from_utf8_lossy(head));
        }
    }

    #[test]
    fn a_text_that_has_the_letters_of_a_tar_where_its_header_has_them_is_none() {
        for (magic, want) in
            [("ustard on rye.", Format::Text), ("ustar\x0000", Format::Tar), ("ustar  \0", Format::Tar)]
        {
            let text = format!("{}{magic} and more of it", "M".repeat(257));
            assert_eq!(of("a.txt", text.as_bytes()).0, want, "{magic:?}");
        }
    }
}
