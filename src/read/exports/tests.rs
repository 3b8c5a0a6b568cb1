//! Exports of every vintage, in texts of our own (`tests/data/exports`). Each is read as it stands, and again as the
//! documents that the databases also give.

use crate::article::{Article, DateHint};
use crate::read::{ReadOptions, RecordError, articles_with, map::Map};

fn sample(name: &str) -> Vec<u8> {
    std::fs::read(format!("{}/tests/data/exports/{name}", env!("CARGO_MANIFEST_DIR"))).unwrap()
}

fn read_with(options: &ReadOptions, name: &str, content: &[u8]) -> Vec<Result<Article, RecordError>> {
    let mut found = Vec::new();
    articles_with(name, &mut &content[..], options, &mut |article| {
        found.push(article);
        true
    });
    found
}

fn read(name: &str, content: &[u8]) -> Vec<Result<Article, RecordError>> {
    read_with(&ReadOptions::default(), name, content)
}

/// An article on one line: what its fields are, and how its text begins and ends.
fn outline(found: &Result<Article, RecordError>) -> String {
    let article = match found {
        Ok(article) => article,
        Err(error) => return format!("refused {error}"),
    };
    let text = |value: &Option<String>| value.clone().unwrap_or_else(|| "-".to_owned());
    let date = article.date_hints.iter().find(|hint| !hint.modified).map_or("-", |DateHint { text, .. }| text);
    let words = article.words.map_or("-".to_owned(), |words| words.to_string());
    let body: Vec<&str> = article.body.split("\n\n").collect();
    let (first, last) = (body.first().unwrap(), body.last().unwrap());
    let first: String = first.chars().take(24).collect();
    let last: String = last.chars().rev().take(24).collect::<Vec<char>>().into_iter().rev().collect();
    [
        &text(&article.title),
        date,
        &text(&article.source),
        &text(&article.byline),
        &text(&article.section),
        &text(&article.language),
        &words,
        &format!("{} {first}…{last}", body.len()),
    ]
    .join(" | ")
}

fn outlines(name: &str) -> String {
    read(name, &sample(name)).iter().map(outline).collect::<Vec<_>>().join("\n")
}

#[test]
fn every_pattern_that_comes_with_the_program_is_one() {
    assert!(!super::Rules::parse(include_str!("../../../data/exports.toml"), true).unwrap().rules.is_empty());
}

#[test]
fn nexis_uni() {
    expect_test::expect![[r#"
        Harbour strike enters its second week | January 28, 2019 Monday 9:48 AM GMT | The Harbour Post | Jane Doe and John Roe | NEWS | en | 96 | 4 Dockers at the grain har…nment would not step in.
        Grain ships wait off the coast | 29 January 2019 | Eastern Monitor | - | ECONOMY | en | 61 | 3 Eleven ships with wheat …st for another ten days.
        refused nexis-uni-2019.txt:81: no line of its head is a date (Nexis Uni, line 81)
        What the dockers want | January 30, 2019 Wednesday | Capital Ledger | JANE DOE | Section B; Business/Financial Desk | en | 40 | 1 Shorter shifts, a second…port says it cannot pay."#]].assert_eq(&outlines("nexis-uni-2019.txt"));
}

#[test]
fn lexisnexis_with_labelled_headlines() {
    expect_test::expect![[r#"
        New crane for the grain harbour comes by sea and is higher than the tower of the town hall | March 12, 2009 Thursday | The Harbour Post | Jane Doe, Shipping Correspondent | NEWS | en | 71 | 3 A crane that is higher t… cost 11 million crowns.
        Storm closes harbour | March 13, 2009 Friday 6:05 AM GMT | Northern Wire | JOHN ROE, Northern Wire Writer | INTERNATIONAL NEWS | en | 44 | 1 A storm with gusts of 14…he new crane stood firm.
        refused lexisnexis-2009.txt:81: no line of its head is a date (LexisNexis, line 81)"#]].assert_eq(&outlines("lexisnexis-2009.txt"));
}

#[test]
fn lexisnexis_with_bare_headlines() {
    expect_test::expect![[r#"
        Ministers Agree on a Price for Grain After a Night of Talks in the Old Town Hall | January 14, 2016 Thursday | Capital Ledger | JANE DOE | Section A; Foreign Desk | en | 68 | 3 The ministers of the two… to be signed in spring.
        Price of grain: who gains | January 15, 2016 Friday | Eastern Monitor | - | COMMENT | en | 30 | 1 The price of grain is se…what the paper is worth."#]].assert_eq(&outlines("lexisnexis-2016.txt"));
    expect_test::expect![[r#"
        Ferry to the islands sails again | June 3, 2011 Friday | The Harbour Post | Jane Doe | NEWS | en | 38 | 2 The ferry to the islands…the largest island said.
        Islanders count their visitors | June 4, 2011 Saturday | City Desk | - | - | en | 24 | 1 Six hundred people took …came back with the last."#]].assert_eq(&outlines("lexisnexis-2011.html"));
}

#[test]
fn lexisnexis_in_german() {
    expect_test::expect![[r#"
        Schleuse bleibt bis zum Herbst geschlossen | 5. Mai 2014 Montag | Kanalpost | Jana Muster | LOKALES | de | 52 | 2 Die große Schleuse am Ka…des Amtes der Kanalpost.
        Schiffer fordern Geld für Umwege | 6. Mai 2014 Dienstag | Kanalpost | Jana Muster | LOKALES | de | 31 | 1 Die Schiffer fordern Gel… nächsten Woche beraten."#]].assert_eq(&outlines("lexisnexis-de-2014.txt"));
}

#[test]
fn factiva() {
    expect_test::expect![[r#"
        Ice closes the upper river to ships | 5 January 2012 | The Harbour Post | Jane Doe | - | en | 52 | 2 Ice has closed the upper… gravel," its head said.
        Gravel gets dear | 6 January 2012 | Eastern Monitor | - | - | en | 1024 | 2 Gravel costs a third mor… will wait for the thaw."#]].assert_eq(&outlines("factiva-2012.html"));
    expect_test::expect![[r#"
        Flood plains to be given back to the river | 3 March 2020 | The Harbour Post | Jane Doe and John Roe | - | en | 58 | 2 The flood plains below L…hen," the minister said.
        Farmers ask what a meadow is worth under water | 4 March 2020 | Eastern Monitor | - | - | en | 412 | 2 Farmers on the lower riv…sed an answer by summer."#]].assert_eq(&outlines("factiva-2020.txt"));
}

#[test]
fn factiva_with_codes() {
    expect_test::expect![[r#"
        Bridge of boats opens for a day | 12 May 2008 | The Harbour Post | Jane Doe | News | en | 41 | 3 The bridge of boats acro…e boats go back to work.
        Boats back at work | 13 May 2008 | Northern Wire | - | - | en | 14 | 1 The boats of the bridge …n Monday before sunrise."#]].assert_eq(&outlines("factiva-codes-2008.html"));
}

#[test]
fn proquest() {
    expect_test::expect![[r#"
        A museum for the river | Jan 4, 2012 | The Harbour Post | Doe, Jane | Culture | en | - | 3 A museum about the river…ame," the director said.
        Granary gets a new roof | Jan 5, 2012 | City Desk | - | - | en | - | 1 The old granary gets a n…il decided on Wednesday."#]].assert_eq(&outlines("proquest-2012.txt"));
    expect_test::expect![[r#"
        Swimmers find the river clean enough | Jun 9, 2021 | The Harbour Post | Doe, Jane | News | en | - | 2 For the first time in si…s had not waited for it.
        Fish return to the canal | Jun 8, 2021 | Kanalpost | - | - | en | - | 1 Pike and perch are back …he herons that eat them."#]].assert_eq(&outlines("proquest-2021.txt"));
}

/// The lines of a text as an RTF document.
fn as_rtf(text: &str) -> Vec<u8> {
    let mut out = String::from(r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0 Arial;}}{\header Page \chpgn}");
    for line in text.lines() {
        for c in line.chars() {
            match c {
                '\\' | '{' | '}' => out.push_str(&format!("\\{c}")),
                c if c.is_ascii() => out.push(c),
                c => out.push_str(&format!("\\u{}?", c as u32 as u16 as i16)),
            }
        }
        out.push_str("\\par\n");
    }
    out.push('}');
    out.into_bytes()
}

#[test]
fn rtf_and_docx_hold_what_the_text_holds() {
    for name in ["nexis-uni-2019.txt", "factiva-2020.txt", "lexisnexis-de-2014.txt", "proquest-2021.txt"] {
        let content = sample(name);
        let plain: Vec<Article> = read(name, &content).into_iter().flatten().collect();
        let text = String::from_utf8(content).unwrap();
        // A document has a paragraph where the text has lines.
        let text = text.replace("\n\n", "\u{1}").replace("\nUser", "\u{1}User").replace('\u{1}', "\n\n");
        let documents = [
            ("a.rtf", as_rtf(&text)),
            #[cfg(feature = "office")]
            ("a.docx", crate::read::tests::documents::docx(&text.lines().collect::<Vec<_>>())),
        ];
        for (path, document) in documents {
            let found: Vec<Article> = read(path, &document).into_iter().flatten().collect();
            assert_eq!(found.len(), plain.len(), "{name} as {path}");
            for (a, b) in found.iter().zip(&plain) {
                let fields = |a: &Article| {
                    let date = a.date_hints.first().map(|hint| hint.text.clone());
                    (a.source.clone(), a.byline.clone(), a.section.clone(), a.words, date)
                };
                assert_eq!(fields(a), fields(b), "{name} as {path}");
                let words = |a: &Article| a.body.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
                assert_eq!(words(a), words(b), "{name} as {path}");
            }
        }
    }
}

#[test]
fn a_text_that_only_looks_like_an_export_is_an_article() {
    let text = "Ministers meet\n\nThe ministers met to talk about the end of document 12, and said so in 500 words.\n\n\
                End of Document\n\nThey spoke for three hours, a person close to them said, and went home.\n";
    let found = read("a.txt", text.as_bytes());
    assert_eq!(found.len(), 1);
    assert!(found[0].as_ref().unwrap().body.contains("three hours"));
}

#[test]
fn rules_of_ones_own_come_first() {
    let map = Map::parse(
        r#"
        [[export]]
        name = "House wire"
        needs = ["== story"]
        recognise = ['== story \d+']
        start = '== story \d+'
        label = '(?<label>Head|When|Paper)=(?<value>.*)'
        labels = { "Head" = "title", "When" = "date", "Paper" = "source" }
        body = 'Copy:'
        "#,
    )
    .unwrap();
    let options = ReadOptions { map: Some(std::sync::Arc::new(map)), ..ReadOptions::default() };
    let text = "== story 1\nHead=Ministers meet\nWhen=2022-01-19\nPaper=The Daily Example\nCopy:\nThe ministers met in Geneva.\n\
                == story 2\nHead=Nothing\nCopy:\n== story 3\nHead=They part\nCopy:\nThe ministers went home again.\n";
    let found: Vec<String> = read_with(&options, "a.txt", text.as_bytes()).iter().map(outline).collect();
    expect_test::expect![[r#"
        Ministers meet | 2022-01-19 | The Daily Example | - | - | - | - | 1 The ministers met in Gen…ministers met in Geneva.
        refused a.txt:8: no text below the headline "Nothing" (House wire, line 8)
        They part | - | - | - | - | - | - | 1 The ministers went home …nisters went home again."#]].assert_eq(&found.join("\n"));
}
