//! How fast files are read and cleaned, against a pass of the tokeniser over the same text in the same run. Medians of
//! interleaved runs. `cargo bench --bench reading`; with the name of a row (`tokens`, `clean`, `text`, `html`) that alone
//! runs once and nothing is timed, for a profiler that counts instructions.

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

/// Of the texts, so many are read as pages.
const PAGES: usize = 100;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let texts = texts();
    let pages: Vec<String> = texts.iter().take(PAGES).map(|text| page(text)).collect();
    for name in std::env::args().skip(1) {
        match name.as_str() {
            "tokens" => return tokenise(&texts),
            "clean" => return texts.iter().for_each(|text| cleaned(text)),
            "text" => return texts.iter().for_each(|text| read_as("a.txt", text)),
            "html" => return pages.iter().for_each(|page| read_as("a.html", page)),
            "none" => return,
            _ => {} // flags that cargo adds
        }
    }
    let size = |texts: &[String]| texts.iter().map(String::len).sum::<usize>() as f64 / 1e6;
    println!(
        "{} texts, {:.1} MB; {PAGES} pages, {:.1} MB; medians of {RUNS}, one thread\n",
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
    let pace = tokens.as_secs_f64() / size(&texts);
    let row = |name: &str, mb: f64, time: Duration| {
        let seconds = time.as_secs_f64();
        println!(
            "{name:<34} {:>7.1} MB/s {:>7.2} tokeniser passes of the same size",
            mb / seconds,
            seconds / mb / pace
        );
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

/// A page as news sites send them: a few per cent of it are the text, the rest is markup of menus, cards and icons, styles,
/// and the data of scripts, in about the shares that pages of large sites have.
fn page(text: &str) -> String {
    let blocks: Vec<String> =
        text.split("\n\n").map(|block| format!("<p class=\"story-body__p\" data-id=\"p\">{block}</p>\n")).collect();
    let advert = "<div class=\"ad-slot\" data-slot=\"inline\"><div class=\"ad-slot__inner\"><span>Advertisement</span></div></div>";
    let icon = "<svg class=\"icon\" viewBox=\"0 0 24 24\" aria-hidden=\"true\"><path d=\"M12 2.25c-5.385 0-9.75 4.365-9.75 9.75s4.365 9.75 9.75 \
                9.75 9.75-4.365 9.75-9.75S17.385 2.25 12 2.25zm4.28 10.28a.75.75 0 0 0 0-1.06l-3-3a.75.75 0 1 0-1.06 1.06l1.72 1.72z\"/></svg>";
    let menu = format!(
        "<li class=\"nav__item nav__item--level-2\"><a class=\"nav__link\" href=\"/section/world\" data-track=\"nav\">{icon}<span>World</span></a></li>\n"
    );
    let card = "<div class=\"card card--small\"><a class=\"card__link\" href=\"/2022/01/19/a-story-of-the-day\" data-track=\"card\"><picture>\
                <source srcset=\"https://img.example/320/a.webp 320w, https://img.example/640/a.webp 640w\" type=\"image/webp\">\
                <img loading=\"lazy\" src=\"https://img.example/320/a.jpg\" alt=\"A picture of the day\"></picture>\
                <h3 class=\"card__title\">Another story of the day</h3></a><span class=\"card__meta\">2 hours ago</span></div>\n";
    let style = ".card__title{font:600 1rem/1.25 Serif,Georgia,serif;margin:0 0 .5rem;color:var(--ink)}@media(min-width:48em){.card--small{grid-column:span 3}}\n";
    let data = "{\"id\":\"a1b2c3\",\"type\":\"story\",\"url\":\"/2022/01/19/a-story-of-the-day\",\"tags\":[\"world\",\"grain\"],\"flags\":{\"live\":false,\"paid\":true}},";
    let tracker =
        "<script>window.dataLayer=window.dataLayer||[];function push(){dataLayer.push(arguments);}</script>\n";
    let linked = "<script type=\"application/ld+json\">{\"@context\":\"https://schema.org\",\"@type\":\"NewsArticle\",\"headline\":\"Talks about \
                  grain go on\",\"datePublished\":\"2022-01-19T10:00:00Z\",\"author\":[{\"@type\":\"Person\",\"name\":\"Jane Doe\"}]}</script>";
    format!(
        "<!doctype html><html lang=en><head><title>Talks about grain go on | Site</title>{linked}<style>{}</style>{}</head><body>\
         <nav><ul>{}</ul></nav><main><article><h1>Talks about grain go on</h1>{}</article><aside>{}</aside></main>\
         <footer><ul>{}</ul></footer><script>window.__STATE__={{\"items\":[{}]}};</script></body></html>",
        style.repeat(160),
        tracker.repeat(30),
        menu.repeat(70),
        blocks.join(advert),
        card.repeat(36),
        menu.repeat(30),
        data.repeat(300),
    )
}
