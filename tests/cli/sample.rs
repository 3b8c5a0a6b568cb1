//! The sample archive as a whole: every format, every encoding, every flaw of a scrape.

use crate::env::Env;

#[test]
fn every_article_of_every_format_is_read() {
    let env = Env::sample();
    assert_eq!(env.run(&["count", "*"]).expect(0).out, "56\n");
    let lines = env.run(&["query", "*", "--json"]).json();
    let articles: Vec<_> = lines.iter().filter(|line| line["type"] == "article").collect();
    for ending in ["txt", "md", "html", "htm", "json", "jsonl", "ndjson", "csv", "tsv", "jsonl.gz", "txt.gz", "csv.zst"]
    {
        let has = |line: &&&serde_json::Value| {
            line["path"].as_str().is_some_and(|path| path.ends_with(&format!(".{ending}")))
        };
        assert!(articles.iter().any(|line| has(&line)), "no article from .{ending}");
    }
    for line in &articles {
        assert!(line["title"].as_str().is_some_and(|title| title.len() > 5), "no headline: {}", line["path"]);
    }
}

#[test]
fn encodings_and_languages() {
    let env = Env::sample();
    let table = [
        ("Лавров", "2022-01-21-zheneva"),
        ("lang:ru учения", "2022-02-10-ucheniya"),
        ("lang:uk", "2022-02-01-kuleba"),
        ("lang:de", "2022-02-15-scholz-moskau"),
        ("lang:fr", "geneve-lavrov-blinken"),
    ];
    for (query, file) in table {
        assert!(env.found(query).contains(&file.to_owned()), "{query}: {:?}", env.found(query));
    }
}

#[test]
fn furniture_of_pages_is_no_hit() {
    let env = Env::sample();
    for query in
        ["\"no media source\"", "\"all rights reserved\"", "\"read more\"", "\"sign up\"", "\"accept cookies\""]
    {
        assert_eq!(env.found(query), Vec::<String>::new(), "{query}");
    }
}

#[test]
fn quotations_by_speaker() {
    let env = Env::sample();
    let lines = env.run(&["quotes", "--speaker", "lavrov", "--json"]).expect(0).json();
    let quotes: Vec<_> = lines.iter().filter(|line| line["type"] == "quote").collect();
    assert!(quotes.len() >= 8, "{}", quotes.len());
    assert!(quotes.iter().all(|line| {
        line["speaker"]
            .as_str()
            .is_some_and(|name| ["Lavrov", "Lawrow", "Лавров"].iter().any(|spelling| name.contains(spelling)))
    }));
    // All of it inside one quotation, by that person.
    let both = env.found("quote{speaker:lavrov paper}");
    let apart = env.found("speaker:lavrov said:paper");
    assert!(!both.is_empty() && both.iter().all(|path| apart.contains(path)), "{both:?} {apart:?}");
}
