//! WARC: the pages of a web crawl. Answers with a page, a text, a feed or a PDF are read; requests, repeats and pictures
//! are passed over. When a page was fetched is not when it was published.

use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::limits::Unpacked;
use super::source::{Source, describe};
use super::{Note, Out, caught};

/// Headers longer than this are none.
const LONGEST_HEADERS: u64 = 1 << 20;

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    let mut input = io::BufReader::with_capacity(64 << 10, source);
    let (mut number, mut read, mut passed) = (0u32, 0u32, 0u32);
    loop {
        let headers = match next_headers(&mut input) {
            Ok(Some(headers)) => headers,
            Ok(None) => break,
            Err(error) => return out.refuse(Some(number.saturating_add(1)), describe(&error)),
        };
        number = number.saturating_add(1);
        let Some(length) = headers.get("content-length").and_then(|length| length.parse::<u64>().ok()) else {
            // Where it ends is not known: the next one is looked for.
            if !out.refuse(Some(number), "a WARC record without its length") {
                return false;
            }
            continue;
        };
        let mut content = (&mut input).take(length);
        let found = caught(|| page(&headers, &mut content, out)).unwrap_or_else(|reason| Err(reason.to_owned()));
        let goes_on = match found {
            Ok(Some(page)) => {
                read += 1;
                hand_over(&page, number, out)
            }
            Ok(None) => {
                passed += 1;
                true
            }
            Err(reason) => out.refuse(Some(number), reason),
        };
        let skipped = io::copy(&mut content, &mut io::sink());
        if !goes_on {
            return false;
        }
        match skipped {
            Err(error) => return out.refuse(Some(number), describe(&error)),
            Ok(_) if content.limit() > 0 => {
                return out.refuse(Some(number), "the file ends too early: truncated WARC record");
            }
            Ok(_) => {}
        }
    }
    if passed > 0 {
        out.note(|| Note::Passed(passed));
    }
    read > 0 || out.refuse(None, format!("a WARC file without pages ({number} records of other kinds)"))
}

/// Headers, by names in lower case.
struct Headers(Vec<(String, String)>);

impl Headers {
    fn get(&self, name: &str) -> Option<&str> {
        self.0.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str())
    }

    /// Reads lines up to a blank one.
    fn read(input: &mut impl BufRead) -> io::Result<Headers> {
        let mut headers = Vec::new();
        let mut limited = input.take(LONGEST_HEADERS);
        let mut line = Vec::new();
        loop {
            line.clear();
            if limited.read_until(b'\n', &mut line)? == 0 || line.trim_ascii().is_empty() {
                return Ok(Headers(headers));
            }
            let text = String::from_utf8_lossy(&line);
            if let Some((name, value)) = text.split_once(':') {
                headers.push((name.trim().to_ascii_lowercase(), value.trim().to_owned()));
            }
        }
    }
}

/// The headers of the next record; what stands before it is passed over.
fn next_headers(input: &mut impl BufRead) -> io::Result<Option<Headers>> {
    let mut line = Vec::new();
    loop {
        line.clear();
        if input.take(LONGEST_HEADERS).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        if line.starts_with(b"WARC/") {
            return Headers::read(input).map(Some);
        }
    }
}

/// A page of a crawl.
struct Page {
    address: String,
    /// A name that tells its format.
    name: String,
    content: Vec<u8>,
}

/// The page in a record; nothing if it is of another kind.
fn page(headers: &Headers, content: &mut impl Read, out: &Out<'_, '_, '_>) -> Result<Option<Page>, String> {
    let is_response = match headers.get("warc-type") {
        Some("response") => true,
        Some("resource" | "conversion") => false,
        _ => return Ok(None),
    };
    let Some(address) = headers.get("warc-target-uri").map(|uri| uri.trim_matches(['<', '>']).to_owned()) else {
        return Ok(None);
    };
    let mut content = io::BufReader::new(content);
    let is_http = headers.get("content-type").is_none_or(|kind| kind.contains("http"));
    let http = match is_response && is_http {
        true => match status(&mut content).map_err(|error| describe(&error))? {
            200 | 203 | 206 => Headers::read(&mut content).map_err(|error| describe(&error))?,
            _ => return Ok(None),
        },
        false => Headers(vec![("content-type".to_owned(), headers.get("content-type").unwrap_or("").to_owned())]),
    };
    let kind = http.get("content-type").unwrap_or("text/html").to_ascii_lowercase();
    let Some(ending) = ending(&kind, &address) else { return Ok(None) };
    let limit = out.options.max_record_bytes;
    let mut bytes = Vec::new();
    content.take(limit as u64 + 1).read_to_end(&mut bytes).map_err(|error| describe(&error))?;
    if bytes.len() > limit {
        return Err(format!("larger than {} MiB: {address}", limit >> 20));
    }
    let bytes = decoded(bytes, &http, limit, out)?;
    Ok(Some(Page { name: name(&address, ending), address, content: in_utf8(bytes, &kind) }))
}

fn status(content: &mut impl BufRead) -> io::Result<u16> {
    let mut line = Vec::new();
    content.take(LONGEST_HEADERS).read_until(b'\n', &mut line)?;
    let line = String::from_utf8_lossy(&line);
    Ok(line.split(' ').nth(1).and_then(|code| code.trim().parse().ok()).unwrap_or(0))
}

/// The ending of a name that tells the format of a content type; nothing if it is none that is read.
fn ending(kind: &str, address: &str) -> Option<&'static str> {
    let kind = kind.split(';').next().unwrap_or_default().trim();
    Some(match kind {
        "text/html" | "application/xhtml+xml" | "" => "html",
        "text/plain" if !address.ends_with("robots.txt") => "txt",
        "application/pdf" => "pdf",
        "application/rss+xml" | "application/atom+xml" => "xml",
        _ => return None,
    })
}

/// Undoes the encodings of the transfer.
fn decoded(bytes: Vec<u8>, http: &Headers, limit: usize, out: &Out<'_, '_, '_>) -> Result<Vec<u8>, String> {
    let is_chunked = http.get("transfer-encoding").is_some_and(|how| how.to_ascii_lowercase().contains("chunked"));
    // Several crawlers undo it and leave the header.
    let bytes = if is_chunked { unchunked(&bytes).unwrap_or(bytes) } else { bytes };
    let encoding = http.get("content-encoding").unwrap_or_default().to_ascii_lowercase();
    let decoder: Box<dyn Read + '_> = match encoding.as_str() {
        "gzip" | "x-gzip" if bytes.starts_with(&[0x1F, 0x8B]) => {
            Box::new(flate2::read::MultiGzDecoder::new(&bytes[..]))
        }
        "deflate" if bytes.first().is_some_and(|b| b & 0x0F == 8) => {
            Box::new(flate2::read::ZlibDecoder::new(&bytes[..]))
        }
        "zstd" => Box::new(zstd::stream::read::Decoder::new(&bytes[..]).map_err(|error| describe(&error))?),
        "br" => return Err("compressed with brotli, which is not read".to_owned()),
        _ => return Ok(bytes),
    };
    let mut plain = Vec::new();
    let unpacked = Unpacked { inner: decoder, budget: Rc::clone(&out.budget) };
    unpacked.take(limit as u64 + 1).read_to_end(&mut plain).map_err(|error| describe(&error))?;
    if plain.len() > limit { Err(format!("larger than {} MiB", limit >> 20)) } else { Ok(plain) }
}

/// The content of a body that was sent in chunks; nothing if it is not one.
fn unchunked(bytes: &[u8]) -> Option<Vec<u8>> {
    let mut out = Vec::with_capacity(bytes.len());
    let mut rest = bytes;
    loop {
        let end = memchr::memchr(b'\n', rest)?;
        let line = std::str::from_utf8(rest.get(..end)?).ok()?;
        let size = usize::from_str_radix(line.split(';').next()?.trim(), 16).ok()?;
        rest = rest.get(end + 1..)?;
        if size == 0 {
            return Some(out);
        }
        // A crawl may have been cut off in the middle.
        let chunk = rest.get(..size.min(rest.len()))?;
        out.extend_from_slice(chunk);
        rest = rest.get(chunk.len()..)?.trim_ascii_start();
        if rest.is_empty() {
            return Some(out);
        }
    }
}

/// The content in UTF-8, marked as such, if the content type names another character set.
fn in_utf8(bytes: Vec<u8>, kind: &str) -> Vec<u8> {
    let label = kind.split_once("charset=").map(|(_, rest)| rest.split([';', ' ']).next().unwrap_or(rest));
    let encoding = label.and_then(|label| encoding_rs::Encoding::for_label(label.trim_matches(['"', '\'']).as_bytes()));
    match encoding {
        Some(encoding) if encoding != encoding_rs::UTF_8 && std::str::from_utf8(&bytes).is_err() => {
            [b"\xEF\xBB\xBF", encoding.decode(&bytes).0.as_bytes()].concat()
        }
        _ => bytes,
    }
}

/// The address as a path, its ending that of its format.
fn name(address: &str, ending: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    let path = rest.split(['?', '#']).next().unwrap_or(rest).trim_end_matches('/');
    let has_ending = path.rsplit('/').next().and_then(|file| file.rsplit_once('.')).is_some_and(|(_, e)| e == ending);
    if has_ending && path.contains('/') { path.to_owned() } else { format!("{path}.{ending}") }
}

fn hand_over(page: &Page, number: u32, out: &mut Out<'_, '_, '_>) -> bool {
    out.member_with(&page.name, &mut page.content.as_slice(), &mut |article| {
        article.record.get_or_insert(number);
        if article.url.is_none() {
            article.url = Some(page.address.clone());
            article.source = article.source.take().or_else(|| super::host(&page.address).map(str::to_owned));
        }
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn chunks_are_put_together() {
        assert_eq!(unchunked(b"4\r\nTalk\r\n3;x=1\r\ns g\r\n0\r\n\r\n").unwrap(), b"Talks g");
        assert_eq!(unchunked(b"<html>\n"), None);
        assert_eq!(unchunked(b"ff\r\ncut").unwrap(), b"cut");
    }

    #[test]
    fn names_of_pages_tell_their_format() {
        for (address, ending, want) in [
            ("https://www.example.com/2022/a.html?x=1", "html", "www.example.com/2022/a.html"),
            ("https://www.example.com/", "html", "www.example.com.html"),
            ("https://www.example.com/talks", "html", "www.example.com/talks.html"),
            ("https://www.example.com/a.php", "html", "www.example.com/a.php.html"),
        ] {
            assert_eq!(name(address, ending), want);
        }
    }
}
