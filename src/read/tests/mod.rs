pub(super) mod documents;
mod formats;
mod mutations;
mod pages;
mod panics;

use std::io::Write;
use std::path::Path;

use proptest::prelude::*;

use super::*;
use crate::article::Origin;

const FIRST: &str = "Ministers of the two river states met in Geneva on Tuesday to talk about the price of grain.";
const SECOND: &str = "\"We have made a good start,\" the host of the meeting said, and left without taking questions.";

/// Reads all of it. A panic was caught at the door of each record, and is none the better for that.
fn read_all(path: &str, content: &[u8]) -> Vec<Result<Article, RecordError>> {
    let found = read_caught(path, content);
    let panicked =
        found.iter().find(|found| found.as_ref().is_err_and(|error| error.reason.contains("inside newsidx")));
    assert_eq!(panicked, None, "{path}");
    found
}

fn read_caught(path: &str, content: &[u8]) -> Vec<Result<Article, RecordError>> {
    keep_sample(path, content);
    let mut found = Vec::new();
    articles(path, &mut &content[..], &mut |article| {
        found.push(article);
        true
    });
    found
}

/// Writes what a test reads to the folder `NEWSIDX_SAMPLES`, if that is set: seeds for the fuzzer (scripts/fuzz.py).
fn keep_sample(path: &str, content: &[u8]) {
    let Some(folder) = std::env::var_os("NEWSIDX_SAMPLES").filter(|_| content.len() < 50_000) else { return };
    let name = path.rsplit_once('.').map_or("", |(_, extension)| extension);
    let name = format!("{:016x}.{name}", xxhash_rust::xxh3::xxh3_64(content));
    std::fs::write(Path::new(&folder).join(name), content).unwrap();
}

/// Each article by its record, title and number of paragraphs; each error as printed.
fn outline(path: &str, content: impl AsRef<[u8]>) -> Vec<String> {
    let describe = |found: Result<Article, RecordError>| match found {
        Ok(a) => format!("{:?} {} {}", a.record.unwrap_or(0), a.title.unwrap_or_default(), a.lines.len()),
        Err(error) => error.to_string(),
    };
    read_all(path, content.as_ref()).into_iter().map(describe).collect()
}

fn one(path: &str, content: impl AsRef<[u8]>) -> Article {
    let mut found = read_all(path, content.as_ref());
    assert_eq!(found.len(), 1, "{found:?}");
    found.remove(0).unwrap()
}

fn gzip(content: &[u8]) -> Vec<u8> {
    let mut packed = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::fast());
    packed.write_all(content).unwrap();
    packed.finish().unwrap()
}

#[test]
fn names_tell_what_is_supported() {
    for (path, want) in [
        ("a/b.txt", true),
        ("B.HTML.GZ", true),
        ("x.jsonl.zst", true),
        ("x.tsv", true),
        ("x.pdf", true),
        ("x.tar.gz", true),
        ("x.docx", true),
        ("x.png", false),
        ("txt", false),
        (".txt", false),
        ("x.gz", false),
        ("dir.txt/x", false),
    ] {
        assert_eq!(is_supported(path), want, "{path}");
    }
}

#[test]
fn bad_files_are_named() {
    for (path, content, want) in [
        ("a.txt", &b""[..], "a.txt: empty file"),
        ("a.txt", b" \n\n ", "a.txt: no article text"),
        ("a.txt", b"\0\x01\x02\0\0", "a.txt: looks like a binary file"),
        ("a.html", b"<html><body><script>x</script></body></html>", "a.html: no article text"),
        ("a.json", b"[]", "a.json: no articles in this file"),
        ("a.json", b"{\"title\": \"x\"}", "a.json: no article text"),
        ("a.json", b"\"x\"", "a.json: expected an object, found a string"),
        ("a.csv", b"a,b\n1,2\n", "a.csv: no column named body, text or content (found: a, b)"),
        ("a.md", b"---\ntitle: x\n---\n", "a.md: no article text"),
        ("a.jsonl", b"\n\n", "a.jsonl: empty file"),
        ("a.txt.gz", &[0x1F, 0x8B, 8, 0][..], "a.txt.gz: the file ends too early: truncated archive"),
    ] {
        assert_eq!(outline(path, content), [want], "{path} {content:?}");
    }
}

#[test]
fn text_with_header_lines() {
    let article = one(
        "a.txt",
        format!(
            "Title: Ministers meet\nAuthor: Jane Doe\nDate: 19 January 2022\nURL: https://www.example.com/a\n\n{FIRST}\n\n{SECOND}\n"
        ),
    );
    assert_eq!(article.title.as_deref(), Some("Ministers meet"));
    assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
    assert_eq!(article.source.as_deref(), Some("example.com"));
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
    assert_eq!(article.lines, [6, 8]);
    assert_eq!((article.date_hints[0].origin, article.date_hints[0].text.as_str()), (Origin::Text, "19 January 2022"));
    assert_eq!(article.language.as_deref(), Some("en"));
}

#[test]
fn markdown_with_front_matter() {
    let article = one(
        "a.md",
        format!(
            "---\ntitle: Ministers meet\ndate: 2022-01-19\nauthors: [Jane Doe]\n---\n\n# Ministers meet\n\n{FIRST}\n\n> {SECOND}\n"
        ),
    );
    assert_eq!(article.title.as_deref(), Some("Ministers meet"));
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
    assert_eq!(article.lines, [9, 11]);
    assert_eq!(article.date_hints[0].origin, Origin::FrontMatter);
    let article = one("a.md", format!("# Ministers meet\n\n{FIRST}\n"));
    assert_eq!((article.title.as_deref(), article.body.as_str()), (Some("Ministers meet"), FIRST));
}

#[test]
fn json_of_any_shape() {
    let record = format!(
        r#"{{"headline": {{"main": "Ministers meet"}}, "body": "<p>{FIRST}</p><p>Yes &amp; no.</p>", "pubDate": "2022-01-19"}}"#
    );
    for (content, want) in [
        (record.clone(), vec!["0 Ministers meet 2"]),
        (format!("[{record}, {record}]"), vec!["1 Ministers meet 2", "2 Ministers meet 2"]),
        (
            format!("[{record}, 7, {{}}]"),
            vec!["1 Ministers meet 2", "a.json:2: expected an object, found a number", "a.json:3: no article text"],
        ),
        (format!(r#"{{"status": "ok", "articles": [{record}]}}"#), vec!["1 Ministers meet 2"]),
        (format!(r#"{{"response": {{"docs": [{record}], "meta": {{}}}}}}"#), vec!["1 Ministers meet 2"]),
        (format!(r#"{{"hits": {{"hits": [{{"_id": "a", "_source": {record}}}]}}}}"#), vec!["1 Ministers meet 2"]),
        (format!("[{record}, {{\"body\": \"cut"), vec!["1 Ministers meet 2", "a.json:2: truncated JSON"]),
        (format!("{record}\n{record}\n"), vec!["1 Ministers meet 2", "2 Ministers meet 2"]),
        (format!("\u{FEFF}[{record}]"), vec!["1 Ministers meet 2"]),
    ] {
        assert_eq!(outline("a.json", &content), want, "{content}");
    }
    let article = one("a.json", &record);
    assert_eq!(article.body, format!("{FIRST}\n\nYes & no."));
    assert_eq!(article.date_hints[0].text, "2022-01-19");
    let pretty =
        format!("{{\n  \"title\": \"Ministers meet\",\n  \"timestamp\": 1642600000,\n  \"text\": \"{FIRST}\"\n}}\n");
    assert_eq!(one("a.json", &pretty).date_hints[0].text, "1642600000");
    assert_eq!(outline("a.jsonl", &pretty), ["0 Ministers meet 1"]);
}

#[test]
fn a_bad_line_costs_only_itself() {
    let good = format!(r#"{{"title": "Ministers meet", "text": "{FIRST}"}}"#);
    let content =
        format!("{good}\n{{\"title\": \"cut\n\n[1]\n{{\"title\": \"x\"}}\n{{\"text\": 5, \"title\": null}}\n{good}");
    let found = outline("a.jsonl", &content);
    assert_eq!(found[0], "1 Ministers meet 1");
    assert!(
        found[1].starts_with("a.jsonl:2: truncated JSON") || found[1].starts_with("a.jsonl:2: bad JSON"),
        "{}",
        found[1]
    );
    assert_eq!(found[2], "a.jsonl:4: expected an object, found an array");
    assert_eq!(found[3], "a.jsonl:5: no article text");
    assert_eq!(found[5], "7 Ministers meet 1");
    assert_eq!(found.len(), 6);
}

#[test]
fn a_line_too_long_is_skipped() {
    let good = format!(r#"{{"title": "Ministers meet", "text": "{FIRST}"}}"#);
    let content = format!("{}\n{good}\n", "x".repeat(3_000_000));
    let mut found = Vec::new();
    let options = ReadOptions { max_record_bytes: 1 << 20, ..ReadOptions::default() };
    articles_with("a.jsonl", &mut content.as_bytes(), &options, &mut |article| {
        found.push(article.map(|a| a.record).map_err(|e| e.to_string()));
        true
    });
    assert_eq!(found, [Err("a.jsonl:1: larger than 1 MiB".to_owned()), Ok(Some(2))]);
}

#[test]
fn csv_with_ragged_rows() {
    let content = format!(
        "Title;Body;Publication Date\n\"A; b\";\"{FIRST}\n\nSecond; line.\";2022-01-19\nC;;x\nD;{FIRST}\nE;{FIRST};2022;surplus\n"
    );
    assert_eq!(outline("a.csv", &content), ["2 A; b 2", "a.csv:5: no article text", "6 D 1", "7 E 1"]);
    let found = read_all("a.csv", content.as_bytes());
    let last = found[3].as_ref().unwrap();
    assert_eq!(last.removed.last().unwrap().text, "surplus");
    let unquoted = format!("title\ttext\nA\t{FIRST}\tand more.\n");
    assert!(one("a.tsv", unquoted).body.ends_with("and more."));
}

#[test]
fn pages_have_metadata_and_main_text() {
    let paragraphs: String = (0..8).map(|n| format!("<p>{FIRST} That was on day {n}.</p>\n")).collect();
    let page = format!(
        "<html lang=en><head><title>Ministers meet | Site</title>\n<link rel=canonical href=https://www.example.com/a></head>\n<body><nav>Home</nav><article><h1>Ministers meet</h1>\n\
         <p>By Jane Doe</p>{paragraphs}</article><footer>About us</footer></body></html>"
    );
    let article = one("a.html", &page);
    assert_eq!(article.title.as_deref(), Some("Ministers meet"));
    assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
    assert_eq!(article.source.as_deref(), Some("example.com"));
    assert_eq!(article.lines.len(), 8);
    assert!(article.body.ends_with("That was on day 7."));
    assert_eq!((article.lines[0], article.lines[7]), (4, 11));
    assert_eq!(one("a.txt", &page).title, article.title);
    let in_record = serde_json::json!({"title": "From the record", "html": page}).to_string();
    let article = one("a.jsonl", in_record + "\n");
    assert_eq!((article.title.as_deref(), article.lines.len()), (Some("From the record"), 8));
}

#[test]
fn hostile_pages_end() {
    let deep = format!("{}{FIRST}", "<div>".repeat(100_000));
    assert_eq!(one("a.html", deep).body, FIRST);
    let unclosed = format!("{}<p>{FIRST}", "<b><a href='x'><i>".repeat(30_000));
    assert_eq!(one("a.html", unclosed).body, FIRST);
    let hidden = format!("{}{FIRST}", "<div>".repeat(1_000) + &"<nav>".repeat(300_000));
    assert_eq!(one("a.html", hidden).body, FIRST);
    let scripts = format!("{}<p>{FIRST}", "<script>".repeat(10_000));
    assert!(read_all("a.html", scripts.as_bytes()).len() == 1);
}

#[test]
fn archives_of_any_kind() {
    let line = format!("{{\"title\": \"Ministers meet\", \"text\": \"{FIRST}\"}}\n");
    let two_members = [gzip(line.as_bytes()), gzip(line.as_bytes())].concat();
    assert_eq!(outline("a.jsonl.gz", &two_members), ["1 Ministers meet 1", "2 Ministers meet 1"]);
    let zst = zstd::stream::encode_all(line.as_bytes(), 1).unwrap();
    assert_eq!(outline("a.jsonl.zst", [zst.clone(), zst].concat()), ["1 Ministers meet 1", "2 Ministers meet 1"]);
    // What was unpacked without being renamed.
    assert_eq!(outline("a.jsonl.gz", &line), ["1 Ministers meet 1"]);
}

#[test]
fn a_truncated_archive_keeps_what_was_read() {
    let lines: String =
        (0..3_000).map(|n| format!("{{\"title\": \"T{n}\", \"text\": \"{FIRST} {}\"}}\n", n * 7919)).collect();
    let packed = gzip(lines.as_bytes());
    let found = read_all("a.jsonl.gz", &packed[..packed.len() * 2 / 3]);
    let good = found.iter().filter(|f| f.is_ok()).count();
    assert!(good > 1_000, "{good}");
    assert!(found.last().unwrap().as_ref().unwrap_err().reason.contains("truncated"), "{:?}", found.last());
}

#[test]
fn encodings_are_told() {
    let text = "Встреча министров\n\nМинистры двух стран встретились во вторник в старой ратуше и три часа говорили о ценах на зерно.\n";
    for label in ["windows-1251", "koi8-r", "utf-8"] {
        let bytes = encoding_rs::Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned();
        let article = one("a.txt", bytes);
        assert_eq!(article.title.as_deref(), Some("Встреча министров"), "{label}");
        assert_eq!(article.language.as_deref(), Some("ru"), "{label}");
    }
    let wide: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
    assert_eq!(one("a.txt", wide).title.as_deref(), Some("Встреча министров"));
}

#[test]
fn a_sink_that_has_enough_stops_the_reader() {
    let record = format!(r#"{{"title": "Ministers meet", "text": "{FIRST}"}}"#);
    for (path, content) in [
        ("a.jsonl", format!("{record}\n{record}\n")),
        ("a.json", format!("[{record}, {record}]")),
        ("a.csv", format!("title,text\nA,\"{FIRST}\"\nB,\"{FIRST}\"\n")),
    ] {
        let mut count = 0;
        let wants_more = articles(path, &mut content.as_bytes(), &mut |_| {
            count += 1;
            false
        });
        assert_eq!((count, wants_more), (1, false), "{path}");
    }
}

const EXTENSIONS: [&str; 9] = ["txt", "md", "html", "json", "jsonl", "csv", "tsv", "gz", "zst"];

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn no_bytes_make_a_reader_panic(bytes in proptest::collection::vec(any::<u8>(), 0..600)) {
        for extension in EXTENSIONS {
            read_all(&format!("a.{extension}"), &bytes);
        }
    }

    #[test]
    fn no_text_makes_a_reader_panic(text in "([a-zA-Zéї\u{A0}\u{202E}\"'<>{}\\[\\]():;,.#*_/=&!-]|\n|\n---\n|<p>|</p>|<b a=|\"text\":|By |19 May 2020|\\(c\\)|\\(Reporting by ){0,120}") {
        for extension in EXTENSIONS {
            for found in read_all(&format!("a.{extension}"), text.as_bytes()).into_iter().flatten() {
                prop_assert_eq!(found.paragraphs().count(), found.lines.len());
                prop_assert!(found.paragraphs().all(|(_, p)| !p.is_empty() && !p.contains('\n') && !p.contains("  ")));
            }
        }
    }
}
