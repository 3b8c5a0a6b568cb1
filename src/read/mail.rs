//! Mail: single messages, mailboxes of many, and pages saved by a browser with their parts.

use mail_parser::{Address, HeaderValue, Message, MessageParser, MessagePart, MimeHeaders, PartType};

use super::fields::{Field, Record};
use super::source::{Line, Source, describe, read_line};
use super::{Out, complete, html};
use crate::article::{Article, Origin};
use crate::clean::layout::paragraphs;

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    match source.bytes(out.options.max_file_bytes) {
        Ok(bytes) => message(&bytes, None, out),
        Err(reason) => out.refuse(None, reason),
    }
}

/// Reads a mailbox message by message.
pub(super) fn read_mbox(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    let limit = out.options.max_record_bytes;
    let mut lines = std::io::BufReader::with_capacity(64 << 10, source);
    let (mut line, mut open, mut number) = (Vec::new(), Vec::new(), 0u32);
    let (mut after_blank, mut too_large) = (true, false);
    loop {
        let read = match read_line(&mut lines, limit, &mut line) {
            Ok(read) => read,
            Err(error) => return out.refuse(Some(number), describe(&error)),
        };
        let begins = read == Line::Read && after_blank && line.starts_with(b"From ");
        if begins || read == Line::End {
            let goes_on = match number {
                0 => true,
                _ if too_large => out.refuse(Some(number), format!("larger than {} MiB", limit >> 20)),
                _ => out.unharmed(Some(number), |out| message(&open, Some(number), out)),
            };
            if !goes_on {
                return false;
            }
            if read == Line::End {
                return number > 0 || out.refuse(None, "a mailbox without messages");
            }
            open.clear();
            (number, too_large, after_blank) = (number.saturating_add(1), false, false);
            continue;
        }
        after_blank = line.trim_ascii().is_empty();
        too_large |= read == Line::TooLong || open.len() + line.len() > limit;
        if too_large {
            open.clear();
            continue;
        }
        // Lines of a message that begin as a message does are marked.
        let is_marked = line.starts_with(b">") && line.trim_ascii_start().trim_start_with(b'>').starts_with(b"From ");
        open.extend_from_slice(line.get(usize::from(is_marked)..).unwrap_or_default());
        open.push(b'\n');
    }
}

/// Bytes without some at their start.
trait TrimStart {
    fn trim_start_with(&self, byte: u8) -> &[u8];
}

impl TrimStart for [u8] {
    fn trim_start_with(&self, byte: u8) -> &[u8] {
        let from = self.iter().position(|b| *b != byte).unwrap_or(self.len());
        self.get(from..).unwrap_or_default()
    }
}

fn message(bytes: &[u8], number: Option<u32>, out: &mut Out<'_, '_, '_>) -> bool {
    let Some(message) = MessageParser::default().parse(bytes) else {
        return out.refuse(number, "no mail: it has no headers");
    };
    let has_files = message.attachments().any(|part| file_name(part).is_some());
    let article = article(&message, number, out.path);
    let goes_on = match article.body.is_empty() && has_files {
        true => true,
        false => out.accept(article),
    };
    goes_on && files(&message, number, out)
}

fn article(message: &Message<'_>, number: Option<u32>, path: &str) -> Article {
    let mut known = headers(message);
    let text = message.body_text(0).filter(|_| has_text(message));
    let page = message.html_bodies().find_map(|part| match &part.body {
        PartType::Html(page) => Some(page.as_ref()),
        _ => None,
    });
    // The plain text of many newsletters is a stub beside their page.
    let is_stub = |text: &str, page: &str| text.len() < 200 && page.len() > 20 * text.len().max(20);
    match (text, page) {
        (Some(text), page) if page.is_none_or(|page| !is_stub(&text, page)) => {
            known.into_article_of(path, number, paragraphs(&text))
        }
        (_, Some(page)) => {
            let mut article = Article { path: path.to_owned(), record: number, ..Article::default() };
            if known.get(Field::Title).is_none() {
                known.offer(Field::Title, 0, String::new(), Origin::Metadata);
            }
            html::fill(&mut article, page, known);
            complete(&mut article);
            article
        }
        _ => known.into_article_of(path, number, Vec::new()),
    }
}

/// Whether the text is one of its own, not made of the page.
fn has_text(message: &Message<'_>) -> bool {
    message.text_bodies().any(|part| matches!(&part.body, PartType::Text(_)))
}

fn headers(message: &Message<'_>) -> Record {
    let mut known = Record::default();
    let mut offer = |field, rank, text: Option<String>| {
        if let Some(text) = text {
            known.offer(field, rank, text, Origin::Metadata);
        }
    };
    offer(Field::Title, 0, message.subject().map(without_prefixes));
    offer(Field::Date, 0, message.date().map(|date| date.to_rfc3339()));
    let from = message.from().and_then(Address::first);
    offer(Field::Author, 0, from.and_then(|from| from.name().or(from.address())).map(str::to_owned));
    let list = match message.list_id() {
        HeaderValue::Text(list) => Some(list.split('<').next().unwrap_or_default().trim().trim_matches('"').to_owned()),
        HeaderValue::Address(address) => address.first().and_then(|list| list.name()).map(str::to_owned),
        _ => None,
    };
    offer(Field::Source, 0, list);
    let host = from.and_then(|from| from.address()).and_then(|address| address.rsplit_once('@')).map(|(_, host)| host);
    offer(Field::Source, 1, host.map(str::to_owned));
    known
}

/// A subject without `Re:` and `Fwd:`.
fn without_prefixes(subject: &str) -> String {
    let mut rest = subject.trim();
    while let Some((head, after)) = rest.split_once(':') {
        if !["re", "fwd", "fw", "aw", "wg", "tr"].contains(&head.trim().to_ascii_lowercase().as_str()) {
            break;
        }
        rest = after.trim();
    }
    rest.to_owned()
}

fn file_name<'m>(part: &'m MessagePart<'_>) -> Option<&'m str> {
    part.attachment_name().filter(|name| super::is_supported(name))
}

/// Reads the files that hang on a message.
fn files(message: &Message<'_>, number: Option<u32>, out: &mut Out<'_, '_, '_>) -> bool {
    for part in message.attachments() {
        let goes_on = match &part.body {
            PartType::Message(inner) => match number {
                // A mail forwarded as a file.
                _ if out.depth >= super::limits::DEPTH => true,
                number => out.member(&inside(number, "message.eml"), &mut inner.raw_message()),
            },
            PartType::Binary(bytes) | PartType::InlineBinary(bytes) => match file_name(part) {
                Some(name) => out.member(&inside(number, name), &mut bytes.as_ref()),
                None => true,
            },
            PartType::Text(text) | PartType::Html(text) => match file_name(part) {
                Some(name) => out.member(&inside(number, name), &mut marked(text).as_slice()),
                None => true,
            },
            PartType::Multipart(_) => true,
        };
        if !goes_on {
            return false;
        }
    }
    true
}

/// Text that has been decoded, marked as UTF-8.
fn marked(text: &str) -> Vec<u8> {
    [b"\xEF\xBB\xBF", text.as_bytes()].concat()
}

fn inside(number: Option<u32>, name: &str) -> String {
    match number {
        Some(number) => format!("{number}/{name}"),
        None => name.to_owned(),
    }
}

/// Reads a page that a browser saved: its date is that of the saving, and not taken.
pub(super) fn read_page(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    let bytes = match source.bytes(out.options.max_file_bytes) {
        Ok(bytes) => bytes,
        Err(reason) => return out.refuse(None, reason),
    };
    let Some(message) = MessageParser::default().parse(&bytes) else {
        return out.refuse(None, "no saved page: it has no headers");
    };
    let pages = || {
        message
            .parts
            .iter()
            .filter_map(|part| if let PartType::Html(page) = &part.body { Some((part, page)) } else { None })
    };
    let Some((part, page)) = pages().next() else {
        return out.refuse(None, "a saved page without a page in it");
    };
    let mut known = Record::default();
    let saved_from = message.header_raw("Snapshot-Content-Location").map(str::trim);
    if let Some(address) = saved_from.or(part.content_location()) {
        known.offer(Field::Url, 200, address.to_owned(), Origin::Metadata);
    }
    let mut article = Article { path: out.path.to_owned(), ..Article::default() };
    html::fill(&mut article, page, known);
    complete(&mut article);
    out.accept(article)
}
