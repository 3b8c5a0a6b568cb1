//! A panic while one record is read costs that record: the others are handed over, and it is refused by its name.

use super::documents::*;
use super::*;

const TRIP: &str = "The host of the second meeting trips the reading of all that was said on that day in Geneva.";

/// Records of each format that has many, three but for the export: the second one panics. And the name it is refused by.
fn samples() -> Vec<(&'static str, Vec<u8>, &'static str)> {
    let texts = [FIRST, TRIP, FIRST];
    let each = |record: &dyn Fn(usize, &str) -> String| -> Vec<u8> {
        texts.iter().enumerate().map(|(at, text)| record(at, text)).collect::<String>().into_bytes()
    };
    let around = |head: &str, records: Vec<u8>, tail: &str| [head.as_bytes(), &records, tail.as_bytes()].concat();
    let json = |_: usize, text: &str| format!("{{\"title\": \"T\", \"body\": \"{text}\"}}\n");
    let page = |text: &str| format!("<html><body><article><h1>T</h1><p>{text}</p></article></body></html>");
    let warc = |_: usize, text: &str| {
        let page = page(text);
        format!(
            "WARC/1.0\r\nWARC-Type: response\r\nWARC-Target-URI: https://www.example.com/a\r\nContent-Length: {}\r\n\r\n\
             HTTP/1.1 200 OK\r\n\r\n{page}\r\n\r\n",
            page.len() + 19
        )
    };
    let nested = tar(&[("a.jsonl", &each(&json))]);
    let export = include_str!("../../../tests/data/exports/proquest-2021.txt");
    let export = export.replace("Pike and perch are back", "What trips the reading is back");
    #[cfg_attr(not(any(feature = "mail", feature = "office")), allow(unused_mut))]
    let mut all = vec![
        ("a.jsonl", each(&json), "a.jsonl:2"),
        (
            "a.json",
            around("[", each(&|at, text| format!("{}{}", if at > 0 { "," } else { "" }, json(at, text))), "]"),
            "a.json:2",
        ),
        ("b.json", each(&json), "b.json:2"),
        ("a.csv", around("title,body\n", each(&|_, text| format!("T,\"{text}\"\n")), ""), "a.csv:3"),
        (
            "a.xml",
            around(
                "<rss><channel>",
                each(&|_, text| format!("<item><title>T</title><description>{text}</description></item>")),
                "</channel></rss>",
            ),
            "a.xml:2",
        ),
        ("a.warc", each(&warc), "a.warc!/www.example.com/a.html"),
        (
            "a.tar",
            tar(&[("a.txt", FIRST.as_bytes()), ("b.txt", TRIP.as_bytes()), ("c.html", page(FIRST).as_bytes())]),
            "a.tar!/b.txt",
        ),
        ("b.tar", tar(&[("in.tar", &nested)]), "b.tar!/in.tar!/a.jsonl:2"),
        ("a.txt", export.into_bytes(), "a.txt:50"),
    ];
    #[cfg(feature = "mail")]
    all.push((
        "a.mbox",
        each(&|_, text| format!("From a Mon 1:1\nFrom: a@example.com\nSubject: T\n\n{text}\n\n")),
        "a.mbox:2",
    ));
    #[cfg(feature = "office")]
    let pages = texts.map(|text| format!("{text} {SECOND}\n\n{SECOND} {text}"));
    #[cfg(feature = "office")]
    all.extend([
        (
            "a.zip",
            zip(&[("a.txt", FIRST.as_bytes()), ("b.txt", TRIP.as_bytes()), ("c.txt", FIRST.as_bytes())]),
            "a.zip!/b.txt",
        ),
        ("a.epub", epub("S", &pages.each_ref().map(|page| ("T", page.as_str()))), "a.epub:2"),
    ]);
    all
}

#[test]
fn a_panic_costs_the_record_only() {
    for (path, content, name) in samples() {
        let (good, bad): (Vec<_>, Vec<_>) = read_caught(path, &content).into_iter().partition(Result::is_ok);
        let bad: Vec<String> = bad.into_iter().map(|error| error.unwrap_err().to_string()).collect();
        assert_eq!(bad, [format!("{name}: reading it failed inside newsidx; please report it")], "{path}");
        let others = if path == "a.txt" { 1 } else { 2 };
        assert_eq!(good.len(), others, "{path}");
    }
    // What is one record is that file, and the caller goes on.
    let found = read_caught("a.md", TRIP.as_bytes()).remove(0).unwrap_err();
    assert_eq!(found.to_string(), "a.md: reading it failed inside newsidx; please report it");
}
