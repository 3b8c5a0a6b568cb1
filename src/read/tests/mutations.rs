//! Good files made bad: every reader gets samples with bytes changed, cut, doubled and swapped. Nothing may panic, and
//! what comes out must hold together.
//!
//! A few hundred changes by default, always the same; `NEWSIDX_MUTATE=60 cargo test mutations` goes on for so many
//! seconds a format, from another start each time.

use std::time::{Duration, Instant};

use super::*;
use documents::*;

const LONG: &str = "Ministers of the two river states met in Geneva on Tuesday to talk about the price of grain.";

fn export(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/exports/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// A good file of each format.
fn samples() -> Vec<(&'static str, Vec<u8>)> {
    let text = format!("Ministers meet\n\nBy Jane Doe\n\n{FIRST}\n\n{SECOND}\n");
    let page = format!(
        "<html lang=en><head><title>T | S</title></head><body><article><h1>T</h1><p>{LONG}</p><p>{SECOND}</p></article></body></html>"
    );
    let warc = format!(
        "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.example.com/a\r\nContent-Length: {}\r\n\r\nHTTP/1.1 200 OK\r\n\r\n{page}\r\n\r\n",
        page.len() + 19
    );
    let mail = format!(
        "From: =?UTF-8?Q?J=C3=A1ne?= <a@b.c>\nSubject: T\nMIME-Version: 1.0\nContent-Type: multipart/mixed; boundary=x\n\n--x\nContent-Type: text/plain\n\n{FIRST}\n--x\nContent-Type: text/html\nContent-Disposition: attachment; filename=a.html\nContent-Transfer-Encoding: base64\n\nPHA+VGFsa3Mgd2VudCBvbiBpbiB0aGUgdG93bi48L3A+\n--x--\n"
    );
    let saved = format!(
        "From: <Saved by Blink>\nContent-Type: multipart/related; type=\"text/html\"; boundary=b\n\n--b\nContent-Type: text/html\n\n{page}\n--b--\n"
    );
    let feed = format!(
        "<rss><channel><title>S</title><item><title>T &amp; U</title><description>&lt;p&gt;{LONG}</description></item></channel></rss>"
    );
    let nitf = format!(
        "<nitf><head><docdata><date.issue norm=\"20220119\"/></docdata></head><body><body.head><hl1>T</hl1></body.head><body.content><p>{LONG}</p></body.content></body></nitf>"
    );
    let rtf = format!(
        "{{\\rtf1\\ansi\\ansicpg1251{{\\fonttbl{{\\f0\\fcharset204 A;}}}}\\f0 T\\par \\uc1\\u1055?{FIRST}\\par \\'c4\\bin3 abc\\par}}"
    );
    let mut all: Vec<(&str, Vec<u8>)> = Vec::new();
    all.extend([
        ("a.txt", text.clone().into_bytes()),
        ("a.html", page.into_bytes()),
        ("a.csv", format!("title;body\nT;\"{FIRST}\"\n").into_bytes()),
        ("a.json", format!("[{{\"title\": \"T\", \"text\": \"{FIRST}\"}}]").into_bytes()),
        ("a.eml", mail.clone().into_bytes()),
        ("a.mbox", format!("From a Mon 1:1\n{mail}\nFrom b Mon 1:1\n{mail}").into_bytes()),
        ("a.mhtml", saved.into_bytes()),
        ("a.xml", feed.into_bytes()),
        ("b.xml", nitf.into_bytes()),
        ("a.rtf", rtf.into_bytes()),
        ("a.warc", warc.clone().into_bytes()),
        ("a.warc.gz", gzip(warc.as_bytes())),
        ("a.tar", tar(&[("a.txt", text.as_bytes()), ("b.txt", text.as_bytes())])),
        ("uni.txt", export("nexis-uni-2019.txt")),
        ("lexis.txt", export("lexisnexis-2009.txt")),
        ("factiva.html", export("factiva-2012.html")),
        ("codes.html", export("factiva-codes-2008.html")),
        ("proquest.txt", export("proquest-2021.txt")),
    ]);
    #[cfg(feature = "pdf")]
    all.push(("a.pdf", pdf(&[&["Ministers meet", FIRST], &[SECOND]])));
    #[cfg(feature = "office")]
    all.extend([
        ("a.docx", docx(&["Ministers meet", FIRST, SECOND])),
        ("a.odt", odt(&["Ministers meet", FIRST, SECOND])),
        ("a.epub", epub("S", &[("T", &format!("{FIRST} {SECOND}\n\n{SECOND} {FIRST}"))])),
        ("a.zip", zip(&[("a.txt", text.as_bytes()), ("b.docx", &docx(&["T", FIRST]))])),
    ]);
    all
}

/// A small random number generator (xorshift64*), so that a failure can be had again from its seed.
struct Random(u64);

impl Random {
    fn below(&mut self, most: usize) -> usize {
        self.0 ^= self.0 >> 12;
        self.0 ^= self.0 << 25;
        self.0 ^= self.0 >> 27;
        (self.0.wrapping_mul(0x2545_F491_4F6C_DD1D) >> 33) as usize % most.max(1)
    }

    /// Changes some of `bytes`.
    fn mutate(&mut self, bytes: &mut Vec<u8>) {
        for _ in 0..=self.below(4) {
            let (at, length) = (self.below(bytes.len()), self.below(40));
            let end = (at + length).min(bytes.len());
            match self.below(7) {
                0 if !bytes.is_empty() => bytes[at] = self.below(256) as u8,
                1 if !bytes.is_empty() => bytes[at] ^= 1 << self.below(8),
                2 => drop(bytes.drain(at..end)),
                3 => bytes.truncate(at),
                4 => {
                    let part = bytes[at..end].to_vec();
                    let to = self.below(bytes.len());
                    bytes.splice(to..to, part);
                }
                5 => {
                    const WORDS: [&[u8]; 10] =
                        [b"<", b"\"", b"\0", b"\n\n", b"&#x0;", b"\xFF\xFE", b"{{{", b"\r\n", b"9999999999", b"\xC3"];
                    let word = WORDS[self.below(WORDS.len())];
                    bytes.splice(at..at, word.iter().copied());
                }
                _ => bytes[at..end].reverse(),
            }
        }
    }
}

fn check(path: &str, content: &[u8]) {
    for found in read_all(path, content) {
        let Ok(article) = found else { continue };
        assert_eq!(article.paragraphs().count(), article.lines.len(), "{path}");
        assert!(article.paragraphs().all(|(_, p)| !p.is_empty() && !p.contains('\n')), "{path}");
    }
}

#[test]
fn changed_files_never_panic() {
    let seconds: u64 = std::env::var("NEWSIDX_MUTATE").ok().and_then(|s| s.parse().ok()).unwrap_or(0);
    let start = if seconds == 0 { 1 } else { std::process::id() as u64 * 7919 };
    let mut random = Random(start.max(1));
    for (path, good) in samples() {
        assert!(read_all(path, &good).iter().any(Result::is_ok), "{path} is no good sample");
        let until = Instant::now() + Duration::from_secs(seconds);
        let (mut count, rounds) = (0u32, if path == "a.pdf" { 5 } else { 20 });
        while count < rounds || Instant::now() < until {
            let mut bytes = good.clone();
            random.mutate(&mut bytes);
            let seed = random.0;
            let read = std::panic::catch_unwind(|| check(path, &bytes));
            assert!(read.is_ok(), "{path} from {seed}: {:?}", String::from_utf8_lossy(&bytes));
            count += 1;
        }
        if seconds > 0 {
            println!("{path}: {count} changes");
        }
    }
}
