//! Every format, in files made here.
#![cfg_attr(not(all(feature = "office", feature = "pdf")), allow(dead_code, unused_imports))]

use super::*;
use documents::*;

use std::io::Cursor;

/// Each article by path, record, title and paragraphs; each error as printed.
fn listing(path: &str, content: &[u8]) -> Vec<String> {
    let describe = |found: Result<Article, RecordError>| match found {
        Ok(a) => {
            let record = a.record.map_or(String::new(), |record| format!(":{record}"));
            format!("{}{record} {} {}", a.path, a.title.as_deref().unwrap_or("-"), a.body.split("\n\n").count())
        }
        Err(error) => error.to_string(),
    };
    read_all(path, content).into_iter().map(describe).collect()
}

#[test]
#[cfg(feature = "office")]
fn word_processors() {
    let paragraphs = ["Ministers meet", "", "By Jane Doe", "19 January 2022", FIRST, SECOND];
    for (path, content) in [("a.docx", docx(&paragraphs)), ("a.odt", odt(&paragraphs)), ("a.doc", docx(&paragraphs))] {
        let article = one(path, content);
        assert_eq!(article.title.as_deref(), Some("Ministers meet"), "{path}");
        assert_eq!(article.byline.as_deref(), Some("Jane Doe"), "{path}");
        assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"), "{path}");
        assert_eq!((article.date_hints[0].text.as_str(), article.lines.as_slice()), ("19 January 2022", &[5, 6][..]));
    }
    let cut = docx(&paragraphs);
    assert!(listing("a.docx", &cut[..cut.len() / 2])[0].starts_with("a.docx: damaged archive: "));
    let half = "<w:document><w:body><w:p><w:r><w:t>Ministers of two states met in the old town hall on Monday.</w:t></w:r></w:p><w:p";
    let found = listing("a.docx", &zip(&[("word/document.xml", half.as_bytes())]));
    assert_eq!(found.len(), 2, "{found:?}");
    assert!(found[1].contains("bad XML") && found[1].contains("what came before it was read"), "{found:?}");
}

#[test]
fn rich_text() {
    let rtf = format!(
        "{{\\rtf1\\ansi\\ansicpg1251{{\\fonttbl{{\\f0\\fcharset204 Arial;}}}}\\f0 \\b Ministers meet\\b0\\par\nBy Jane Doe\\par {FIRST}\\par \\'c4\\'e0.\\par}}"
    );
    let article = one("a.rtf", &rtf);
    assert_eq!((article.title.as_deref(), article.byline.as_deref()), (Some("Ministers meet"), Some("Jane Doe")));
    assert_eq!(article.body, format!("{FIRST}\n\nДа."));
    assert_eq!(one("a.doc", &rtf).body, article.body);
    let found = listing("a.rtf", &rtf.as_bytes()[..rtf.len() - 10]);
    assert_eq!(found[1], "a.rtf: the file ends too early; what came before it was read");
    assert_eq!(listing("a.rtf", b"Talks go on."), ["a.rtf: not an RTF file, as its name says"]);
}

#[test]
#[cfg(feature = "office")]
fn a_periodical_as_epub() {
    let text = format!("{FIRST} {SECOND}\n\n{SECOND} {FIRST}");
    let book = epub("The Daily Example", &[("Ministers meet", &text), ("Cover", "x"), ("They part", &text)]);
    let found = read_all("a.epub", &book);
    let titles: Vec<_> =
        found.iter().map(|f| f.as_ref().unwrap()).map(|a| (a.title.as_deref().unwrap(), a.path.as_str())).collect();
    assert_eq!(
        titles,
        [("Ministers meet", "a.epub!/OEBPS/text/a 0.xhtml"), ("They part", "a.epub!/OEBPS/text/a 2.xhtml")]
    );
    let article = found[0].as_ref().unwrap();
    assert_eq!(article.source.as_deref(), Some("The Daily Example"));
    assert_eq!(article.date_hints[0].text, "2022-01-19");
    assert_eq!(article.body, text);
}

#[test]
#[cfg(feature = "pdf")]
fn pages_of_a_pdf() {
    let first: Vec<&str> = vec![
        "The Daily Example",
        "Ministers meet",
        "By Jane Doe",
        "The ministers of both countries met in the old town hall on Tues-",
        "day and spoke for three hours about the price of grain, the well-",
        "known one, and the use of the river that both of them live from.",
        "1",
    ];
    let other: Vec<&str> = vec![
        "The Daily Example",
        "Neither side gave any details, but a person close to the talks, a well-known",
        "one, said that they would go on next week (on Monday) and end soon.",
        "2",
    ];
    let content = pdf(&[&first, &other, &["The Daily Example", "They went home.", "3"]]);
    let article = one("a.pdf", &content);
    assert_eq!(article.title.as_deref(), Some("Ministers meet"));
    assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
    assert!(article.body.contains("on Tuesday and spoke"), "{}", article.body);
    assert!(article.body.contains("the well-known one, and"), "{}", article.body);
    assert!(!article.body.contains("Daily Example"), "{}", article.body);
    // A page that is above itself.
    let ring = String::from_utf8(pdf(&[&["Ministers meet"]])).unwrap().replace("/Parent 2 0 R", "/Parent 4 0 R");
    for (content, want) in [
        (&b"nothing"[..], "a damaged PDF"),
        (&content[..content.len() / 3], "a damaged PDF"),
        (&pdf(&[&[""]]), "no text on its 1 pages"),
        (ring.as_bytes(), "none of its 1 pages could be read"),
    ] {
        let found = listing("a.pdf", content);
        assert!(found[0].starts_with(&format!("a.pdf: {want}")), "{found:?}");
    }
}

#[cfg(feature = "mail")]
const MAIL: &str = "From: =?UTF-8?Q?J=C3=A1ne?= Doe <jane@news.example.com>\r\nTo: a@example.com\r\nSubject: Fwd: Ministers meet\r\n\
    Date: Wed, 19 Jan 2022 14:05:00 +0100\r\nMIME-Version: 1.0\r\nContent-Type: multipart/mixed; boundary=x\r\n\r\n--x\r\n\
    Content-Type: multipart/alternative; boundary=y\r\n\r\n--y\r\nContent-Type: text/plain; charset=utf-8\r\n\r\nFIRST\r\n\r\nSECOND\r\n\
    --y\r\nContent-Type: text/html\r\n\r\n<p>FIRST</p><p>SECOND</p>\r\n--y--\r\n--x\r\nContent-Type: text/plain; name=other.txt\r\n\
    Content-Disposition: attachment; filename=other.txt\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n\
    Another story=\r\n about grain.\r\n\r\nIt is told in a file that hangs on the mail, and has a full sentence.\r\n--x--\r\n";

#[test]
#[cfg(feature = "mail")]
fn mails_and_their_files() {
    let mail = MAIL.replace("FIRST", FIRST).replace("SECOND", SECOND);
    assert_eq!(
        listing("a.eml", mail.as_bytes()),
        ["a.eml Ministers meet 2", "a.eml!/other.txt Another story about grain. 1"]
    );
    let found = read_all("a.eml", mail.as_bytes());
    let article = found[0].as_ref().unwrap();
    assert_eq!((article.byline.as_deref(), article.source.as_deref()), (Some("Jáne Doe"), Some("news.example.com")));
    assert_eq!(article.date_hints[0].text, "2022-01-19T14:05:00+01:00");
    let plain = format!("Subject: Talks\n\n{FIRST}\n\n>From {SECOND}\n");
    let mailbox = format!(
        "From a@b.c Mon Jan  3 10:00:00 2022\n{plain}\nFrom a@b.c Mon Jan  3 10:00:00 2022\nSubject: Empty\n\n\nFrom a@b.c Mon\n{mail}"
    );
    assert_eq!(
        listing("a.mbox", mailbox.as_bytes()),
        [
            "a.mbox:1 Talks 2",
            "a.mbox:2: no article text",
            "a.mbox:3 Ministers meet 2",
            "a.mbox!/3/other.txt Another story about grain. 1"
        ]
    );
    assert_eq!(listing("a.txt", mailbox.as_bytes()).len(), 4);
}

#[test]
#[cfg(feature = "mail")]
fn pages_saved_by_a_browser() {
    let paragraphs: String = (0..8).map(|n| format!("<p>{FIRST} That was on day {n}.</p>=0A")).collect();
    let page = format!(
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://www.example.com/2022/01/19/talks\r\nSubject: x\r\n\
         Date: Fri, 4 Mar 2022 10:00:00 -0000\r\nMIME-Version: 1.0\r\nContent-Type: multipart/related; type=\"text/html\"; boundary=\"b\"\r\n\r\n\
         --b\r\nContent-Type: text/html\r\nContent-Transfer-Encoding: quoted-printable\r\nContent-Location: https://www.example.com/2022/01/19/talks\r\n\r\n\
         <html><head><title>Ministers meet</title></head><body><nav>Home</nav><article><h1>Ministers meet</h1>{paragraphs}</article></body></html>\r\n\
         --b\r\nContent-Type: image/png\r\nContent-Transfer-Encoding: base64\r\n\r\nAAAA\r\n--b--\r\n"
    );
    for path in ["a.mhtml", "a.mht", "a.txt"] {
        let article = one(path, &page);
        assert_eq!(article.title.as_deref(), Some("Ministers meet"));
        assert_eq!(article.url.as_deref(), Some("https://www.example.com/2022/01/19/talks"));
        assert_eq!(article.body.split("\n\n").count(), 8);
        // When it was saved is not when it was published.
        assert!(article.date_hints.is_empty(), "{:?}", article.date_hints);
    }
}

#[test]
fn feeds() {
    let rss = format!(
        "<?xml version=\"1.0\"?><rss version=\"2.0\"><channel><title>The Daily Example</title><language>en-gb</language>\n\
         <item><title>Ministers &amp; grain</title><link>https://example.com/a</link><pubDate>Wed, 19 Jan 2022 14:05:00 GMT</pubDate>\
         <dc:creator>Jane Doe</dc:creator><category>World</category><description>Short.</description>\
         <content:encoded><![CDATA[<p>{FIRST}</p><p>{SECOND}</p>]]></content:encoded></item>\n\
         <item><title>Empty</title></item>\n<item><title>Third</title><description>&lt;p&gt;{FIRST}&lt;/p&gt;</description></item></channel></rss>"
    );
    assert_eq!(
        listing("a.xml", rss.as_bytes()),
        ["a.xml:1 Ministers & grain 2", "a.xml:2: no article text", "a.xml:3 Third 1"]
    );
    let found = read_all("a.rss", rss.as_bytes());
    let article = found[0].as_ref().unwrap();
    let fields = [&article.source, &article.byline, &article.section, &article.url, &article.language];
    assert_eq!(
        fields.map(|f| f.as_deref().unwrap()),
        ["The Daily Example", "Jane Doe", "World", "https://example.com/a", "en"]
    );
    assert_eq!(article.date_hints[0].text, "Wed, 19 Jan 2022 14:05:00 GMT");
    let atom = format!(
        "<feed xmlns=\"http://www.w3.org/2005/Atom\" xml:lang=\"en\"><title>The Daily Example</title><entry><title>Ministers meet</title>\
         <link rel=\"self\" href=\"https://example.com/self\"/><link href=\"https://example.com/a\"/><author><name>Jane Doe</name></author>\
         <published>2022-01-19T14:05:00Z</published><updated>2022-01-20T00:00:00Z</updated>\
         <content type=\"xhtml\"><div><p>{FIRST}</p><p>{SECOND}</p></div></content></entry></feed>"
    );
    let article = one("a.atom", &atom);
    assert_eq!(
        (article.title.as_deref(), article.url.as_deref()),
        (Some("Ministers meet"), Some("https://example.com/a"))
    );
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
    // A feed cut off in the middle keeps what came before.
    let found = listing("a.xml", &rss.as_bytes()[..rss.len() - 30]);
    assert_eq!(found[..2], ["a.xml:1 Ministers & grain 2", "a.xml:2: no article text"]);
    assert_eq!(listing("a.xml", b"<project><x/></project>"), ["a.xml: XML of no known kind: its root is <project>"]);
}

#[test]
fn news_formats() {
    let nitf = format!(
        "<?xml version=\"1.0\"?><nitf><head><title>Slug</title><docdata><date.issue norm=\"20220119T140500Z\"/>\
         <doc.copyright holder=\"Northern Wire\"/></docdata><pubdata name=\"The Daily Example\" position.section=\"World\"/></head>\n\
         <body><body.head><hedline><hl1>Ministers meet</hl1><hl2>Below</hl2></hedline><byline>By Jane Doe</byline>\
         <dateline><location>Geneva</location><story.date norm=\"20220119\">Jan 19</story.date></dateline></body.head>\n\
         <body.content><block><p>{}</p><media><media-caption>A picture of them.</media-caption></media>\n<p>{SECOND}</p></block></body.content>\
         <body.end><tagline>Reporting by Jane Doe</tagline></body.end></body></nitf>",
        FIRST.replace("Geneva", "the town")
    );
    let article = one("a.xml", &nitf);
    let fields = [&article.title, &article.source, &article.byline, &article.section, &article.credit];
    assert_eq!(
        fields.map(|f| f.as_deref().unwrap()),
        ["Ministers meet", "The Daily Example", "Jane Doe", "World", "Reporting by Jane Doe"]
    );
    assert!(article.body.starts_with("GENEVA — Ministers of the two"), "{}", article.body);
    assert!(article.body.ends_with(SECOND) && !article.body.contains("picture"));
    assert_eq!(article.lines, [3, 4]);
    let item = |title: &str| {
        format!(
            "<newsItem xml:lang=\"en\"><itemMeta><provider literal=\"northernwire\"/><versionCreated>2022-01-20T10:00:00Z</versionCreated>\
             <firstCreated>2022-01-19T10:00:00Z</firstCreated></itemMeta><contentMeta><by>Jane Doe</by><headline>{title}</headline>\
             <infoSource><name>Northern Wire</name></infoSource><language tag=\"en\"/></contentMeta><contentSet><inlineXML>\
             <html><head><title>x</title></head><body><p>{FIRST}</p><p>{SECOND}</p></body></html></inlineXML></contentSet></newsItem>"
        )
    };
    let message =
        format!("<newsMessage><itemSet>{}{}</itemSet></newsMessage>", item("Ministers meet"), item("They part"));
    assert_eq!(listing("a.xml", message.as_bytes()), ["a.xml:1 Ministers meet 2", "a.xml:2 They part 2"]);
    let article = one("a.xml", item("Ministers meet"));
    assert_eq!((article.source.as_deref(), article.record), (Some("Northern Wire"), None));
    assert_eq!(article.date_hints[0].text, "2022-01-19T10:00:00Z");
    let newsml = format!(
        "<NewsML><NewsItem><NewsComponent><NewsLines><HeadLine>Ministers meet</HeadLine><ByLine>Jane Doe</ByLine></NewsLines>\
         <ContentItem><DataContent><body><p>{FIRST}</p></body></DataContent></ContentItem></NewsComponent></NewsItem></NewsML>"
    );
    assert_eq!(listing("a.newsml", newsml.as_bytes()), ["a.newsml Ministers meet 1"]);
}

fn warc_record(kind: &str, address: &str, body: &[u8]) -> Vec<u8> {
    let head = format!(
        "WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: {address}\r\nWARC-Date: 2023-05-05T00:00:00Z\r\n\
         Content-Type: application/http; msgtype={kind}\r\nContent-Length: {}\r\n\r\n",
        body.len()
    );
    [head.as_bytes(), body, b"\r\n\r\n"].concat()
}

#[test]
fn crawls() {
    let paragraphs: String = (0..8).map(|n| format!("<p>{FIRST} That was on day {n}.</p>")).collect();
    let page = |title: &str| {
        format!(
            "<html><head><title>{title}</title></head><body><article><h1>{title}</h1>{paragraphs}</article></body></html>"
        )
    };
    let ok = "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n";
    let plain = format!("{ok}\r\n{}", page("Ministers meet"));
    let zipped = gzip(page("They part").as_bytes());
    let sent = [
        format!("{ok}Transfer-Encoding: chunked\r\nContent-Encoding: gzip\r\n\r\n{:x}\r\n", zipped.len()).as_bytes(),
        &zipped,
        b"\r\n0\r\n\r\n",
    ]
    .concat();
    let cyrillic = encoding_rs::WINDOWS_1251.encode(&page("Встреча министров")).0.into_owned();
    let coded =
        [b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=windows-1251\r\n\r\n".as_slice(), &cyrillic].concat();
    let records = [
        warc_record("warcinfo", "", b"software: x"),
        warc_record("request", "https://www.example.com/a", b"GET /a HTTP/1.1\r\n\r\n"),
        warc_record("response", "https://www.example.com/2022/01/19/talks", plain.as_bytes()),
        warc_record("response", "https://www.example.com/gone", b"HTTP/1.1 404 Not Found\r\n\r\nno"),
        warc_record("response", "https://www.example.com/b", &sent),
        warc_record(
            "response",
            "https://www.example.com/c.png",
            b"HTTP/1.1 200 OK\r\nContent-Type: image/png\r\n\r\n\x89PNG",
        ),
        warc_record("response", "https://www.example.ru/d", &coded),
    ];
    let want = [
        "a.warc!/www.example.com/2022/01/19/talks.html:3 Ministers meet 8",
        "a.warc!/www.example.com/b.html:5 They part 8",
        "a.warc!/www.example.ru/d.html:7 Встреча министров 8",
    ];
    assert_eq!(listing("a.warc", &records.concat()), want);
    // Crawlers compress record by record.
    let packed: Vec<u8> = records.iter().flat_map(|record| gzip(record)).collect();
    let found = read_all("a.warc.gz", &packed);
    assert_eq!(found.len(), 3);
    let article = found[0].as_ref().unwrap();
    assert_eq!(article.url.as_deref(), Some("https://www.example.com/2022/01/19/talks"));
    assert_eq!(article.source.as_deref(), Some("example.com"));
    // When it was fetched is not when it was published.
    assert!(article.date_hints.is_empty());
    let all = records.concat();
    let cut = listing("a.warc", &all[..all.len() - 400]);
    assert!(cut.last().unwrap().contains("truncated WARC record"), "{cut:?}");
    assert_eq!(cut[..2], want[..2]);
    let no_length = [b"WARC/1.0\r\nWARC-Type: response\r\n\r\nrubbish\r\n".as_slice(), &records[2]].concat();
    assert_eq!(
        listing("a.warc", &no_length),
        [
            "a.warc:1: a WARC record without its length",
            "a.warc!/www.example.com/2022/01/19/talks.html:2 Ministers meet 8"
        ]
    );
}

#[test]
#[cfg(feature = "office")]
fn archives_in_archives() {
    let text = format!("Ministers meet\n\n{FIRST}\n\n{SECOND}\n");
    let lines = format!("{{\"title\": \"T\", \"text\": \"{FIRST}\"}}\n{{\"title\": \"cut\n");
    let inner = zip(&[("b.txt", text.as_bytes()), ("c.docx", &docx(&["They part", FIRST, SECOND]))]);
    let members: Vec<(&str, &[u8])> = vec![
        ("week/a.txt", text.as_bytes()),
        ("week\\..\\x.jsonl", lines.as_bytes()),
        ("photo.png", b"\x89PNG"),
        ("empty.txt", b""),
        ("__MACOSX/._a.txt", b"x"),
        ("inner.zip", &inner),
    ];
    let mut want = vec![
        "A!/week/a.txt Ministers meet 2",
        "A!/week/x.jsonl:1 T 1",
        "A!/week/x.jsonl:2: truncated JSON",
        "A!/empty.txt: empty file",
        "A!/inner.zip!/b.txt Ministers meet 2",
        "A!/inner.zip!/c.docx They part 2",
    ];
    let zipped = zip(&members);
    for (path, content) in [
        ("a.zip", zipped.clone()),
        ("a.tar", tar(&members)),
        ("a.tgz", gzip(&tar(&members))),
        ("a.tar.gz", gzip(&tar(&members))),
    ] {
        let found: Vec<String> = listing(path, &content).iter().map(|line| line.replacen(path, "A", 1)).collect();
        assert_eq!(found, want, "{path}");
    }
    // From a file on disk, the same.
    let mut found = Vec::new();
    articles_of_file("A", Cursor::new(&zipped), &ReadOptions::default(), &mut |article| {
        found.push(
            article.map_or_else(|error| error.to_string(), |a| format!("{} {}", a.path, a.title.unwrap_or_default())),
        );
        true
    });
    want.retain(|line| !line.contains("T 1"));
    assert_eq!(found.len(), want.len() + 1);
    assert_eq!(
        listing("a.zip", &zip(&[("photo.png", b"x")])),
        ["a.zip: an archive without a file of a format that is read (1 others)"]
    );
    assert!(listing("a.zip", &zipped[..zipped.len() - 40])[0].starts_with("a.zip: damaged archive"));
    assert_eq!(listing("a.zip", b"Talks go on in the town."), ["a.zip: not a ZIP file, as its name says"]);
    let torn = tar(&members);
    let found = listing("a.tar", &torn[..torn.len() / 2]);
    assert!(found.last().unwrap().contains(": "), "{found:?}");
}

#[test]
#[cfg(feature = "office")]
fn bombs_are_given_up() {
    // Archives in archives, without end.
    let mut deep = zip(&[("a.txt", format!("Ministers meet\n\n{FIRST}\n").as_bytes())]);
    for _ in 0..8 {
        deep = zip(&[("a.zip", &deep)]);
    }
    let found = listing("a.zip", &deep);
    assert_eq!(found.len(), 1);
    assert!(found[0].ends_with("archives nested more than 5 deep"), "{found:?}");
    // A file that unpacks to a thousand times its size.
    let zeros = gzip(&vec![b' '; 80 << 20]);
    for (path, content) in [("a.txt.gz", zeros.clone()), ("a.zip", zip(&[("b.txt", &vec![b' '; 80 << 20])]))] {
        let found = listing(path, &content);
        assert!(found[0].contains("decompression bomb"), "{path} {found:?}");
    }
    // It costs no other member.
    let mixed = zip(&[("a.txt.gz", &zeros), ("b.txt", format!("Ministers meet\n\n{FIRST}\n").as_bytes())]);
    let found = listing("a.zip", &mixed);
    assert!(found[0].starts_with("a.zip!/a.txt.gz: unpacks to more than"), "{found:?}");
}

#[test]
fn the_limits_are_not_met_by_ordinary_files() {
    // Repetitive records pack well, and are no bomb.
    let line = format!("{{\"title\": \"Ministers meet\", \"text\": \"{FIRST}\"}}\n");
    let packed = gzip(line.repeat(20_000).as_bytes());
    assert_eq!(read_all("a.jsonl.gz", &packed).into_iter().filter(Result::is_ok).count(), 20_000);
}

#[test]
fn mapped_fields() {
    let map = crate::read::map::Map::parse(
        "records = \"payload.rows\"\nonly = true\n[fields]\ntitle = \"h.main\"\nbody = [\"parts[].p\", \"short\"]\ndate = \"when\"\n\
         [constants]\nsource = \"The Daily Example\"\n\
         [[map]]\nfiles = \"*.csv\"\nfields = { title = \"Betreff\", body = \"Wortlaut\", date = \"Tag\" }\n",
    )
    .unwrap();
    let options = ReadOptions { map: Some(std::sync::Arc::new(map)), ..ReadOptions::default() };
    let read = |path: &str, content: &str| {
        let mut found = Vec::new();
        articles_with(path, &mut content.as_bytes(), &options, &mut |article| {
            found.push(article);
            true
        });
        found
    };
    let second = SECOND.replace('"', "\\\"");
    let row = format!(
        r#"{{"h": {{"main": "Ministers meet"}}, "title": "no", "parts": [{{"p": "{FIRST}"}}, {{"p": "{second}"}}], "when": "2022-01-19"}}"#
    );
    let content = format!(
        r#"{{"title": "x", "payload": {{"total": 2, "rows": [{row}, {{"h": {{"main": "They part"}}, "short": "{second}"}}, {{"text": "{FIRST}"}}]}}}}"#
    );
    let found = read("a.json", &content);
    let article = found[0].as_ref().unwrap();
    assert_eq!(
        (article.title.as_deref(), article.source.as_deref()),
        (Some("Ministers meet"), Some("The Daily Example"))
    );
    assert_eq!(
        (article.body.as_str(), article.date_hints[0].text.as_str()),
        (format!("{FIRST}\n\n{SECOND}").as_str(), "2022-01-19")
    );
    assert_eq!(found[1].as_ref().unwrap().body, SECOND);
    assert_eq!(
        found[2].as_ref().unwrap_err().to_string(),
        "a.json:3: no article text (looked for at parts[].p, short)"
    );
    assert_eq!(read("a.jsonl", &format!("{row}\n"))[0].as_ref().unwrap().title.as_deref(), Some("Ministers meet"));
    let table = format!("Betreff;Tag;Wortlaut\nMinisters meet;19.1.2022;\"{FIRST}\"\n");
    let article = read("a.csv", &table).remove(0).unwrap();
    assert_eq!((article.title.as_deref(), article.date_hints[0].text.as_str()), (Some("Ministers meet"), "19.1.2022"));
    assert_eq!(article.body, FIRST);
}
