//! How fast files are read and cleaned, against a pass of the tokeniser over the same text in the same run. Medians of
//! interleaved runs. `cargo bench --bench reading`.

#![allow(clippy::unwrap_used)]

use std::hint::black_box;
use std::path::Path;
use std::time::Duration;

#[path = "timing/mod.rs"]
mod timing;

use newsidx::article::Article;
use newsidx::clean::{clean, layout};
use newsidx::{read, text::Tokens};
use timing::{RUNS, interleaved};

fn main() {
    let texts = texts();
    let pages: Vec<String> = texts.iter().map(|text| page(text)).collect();
    let size = |texts: &[String]| texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    println!(
        "{} texts, {:.1} MB; as pages {:.1} MB; medians of {RUNS}, one thread\n",
        texts.len(),
        size(&texts),
        size(&pages)
    );
    let [tokens, cleaned, read, html] = interleaved([
        &mut || tokenise(&texts),
        &mut || texts.iter().for_each(|text| cleaned(text)),
        &mut || texts.iter().for_each(|text| read_as("a.txt", text)),
        &mut || pages.iter().for_each(|page| read_as("a.html", page)),
    ]);
    let row = |name: &str, mb: f64, time: Duration| {
        let (seconds, base) = (time.as_secs_f64(), tokens.as_secs_f64());
        println!("{name:<34} {:>7.1} MB/s {:>7.2} tokeniser passes", mb / seconds, seconds / base);
    };
    row("tokeniser", size(&texts), tokens);
    row("plain text cleaned", size(&texts), cleaned);
    row("plain text read, language told", size(&texts), read);
    row("HTML read", size(&pages), html);
}

fn tokenise(texts: &[String]) {
    let mut tokens = Tokens::default();
    for text in texts {
        tokens.rescan(text);
        black_box(tokens.len());
    }
}

fn cleaned(text: &str) {
    let mut article = Article::default();
    clean(&mut article, layout::paragraphs(text));
    black_box(article);
}

fn read_as(name: &str, text: &str) {
    read::articles(name, &mut text.as_bytes(), &mut |article| {
        black_box(article).unwrap();
        true
    });
}

/// Scrapes: the texts of the sample archive mixed to the length of usual articles, with furniture around them.
fn texts() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let mut paragraphs: Vec<String> = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten() {
        let path = entry.path().to_string_lossy().into_owned();
        if entry.file_type().is_file() && read::is_supported(&path) {
            let mut file = std::fs::File::open(entry.path()).unwrap();
            read::articles(&path, &mut file, &mut |article| {
                let english = article.ok().filter(|article| article.language.as_deref() == Some("en"));
                paragraphs.extend(english.iter().flat_map(|a| a.paragraphs().map(|(_, text)| text.to_owned())));
                true
            });
        }
    }
    (0..1_500).map(|number| scrape(&paragraphs, number)).collect()
}

fn scrape(paragraphs: &[String], number: usize) -> String {
    let picked = (0..18).map(|n| paragraphs[(number * 31 + n * 17) % paragraphs.len()].as_str());
    let body: Vec<&str> = picked.collect();
    format!(
        "Skip to content\nHome\nWorld\nMenu\n\nTalks about grain go on, day {number}\n\nBy Jane Doe\n19 January 2022\nShare on Facebook\n\n{}\n\n\
         Read more\nBread is dearer than ever\n\nAdvertisement\n\n© 2022 The Daily Example. All rights reserved.\n",
        body.join("\n\n")
    )
}

/// A page as sites send them, most of it not text.
fn page(text: &str) -> String {
    let blocks: String =
        text.split("\n\n").map(|block| format!("<p class=\"story-body__p\" data-id=\"p\">{block}</p>\n")).collect();
    let menu =
        "<li class=\"nav__item\"><a class=\"nav__link\" href=\"/section/world\" data-track=\"nav\">World</a></li>\n"
            .repeat(60);
    let script = "<script>window.dataLayer=window.dataLayer||[];function push(){dataLayer.push(arguments);}</script>\n"
        .repeat(30);
    let cards = "<div class=\"card\"><a href=\"/a/b\"><img src=\"/i.jpg\" alt=\"x\"><h3>Another story of the day</h3></a></div>\n".repeat(30);
    format!(
        "<!doctype html><html lang=en><head><title>Talks about grain | Site</title>{script}</head><body><nav><ul>{menu}</ul></nav>\
         <main><article><h1>Talks about grain</h1>{blocks}</article><aside>{cards}</aside></main><footer>{menu}</footer>{script}</body></html>"
    )
}
