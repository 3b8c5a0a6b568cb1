//! How well the main text of pages is found: pages of our own, in the manners in which news sites build them, scored as
//! the article-extraction benchmark scores (runs of four words; precision and recall averaged over pages).
//!
//! `just pages` prints the table.

use std::collections::HashMap;
use std::path::Path;

use super::one;

/// A page and the paragraphs that are its article.
struct Page {
    html: String,
    text: Vec<String>,
}

/// Paragraphs to make articles of: those of the sample archive.
fn prose() -> Vec<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus");
    let mut found: Vec<String> = Vec::new();
    for entry in walkdir::WalkDir::new(root).sort_by_file_name().into_iter().flatten() {
        let path = entry.path().to_string_lossy().into_owned();
        if entry.file_type().is_file() && crate::read::is_supported(&path) {
            let mut file = std::fs::File::open(entry.path()).unwrap();
            crate::read::articles(&path, &mut file, &mut |article| {
                let english = article.ok().filter(|article| article.language.as_deref() == Some("en"));
                let texts = english.iter().flat_map(|article| article.paragraphs().map(|(_, text)| text.to_owned()));
                found.extend(texts.filter(|text| text.len() > 90 && text.ends_with('.')));
                true
            });
        }
    }
    found.sort_unstable();
    found.dedup();
    assert!(found.len() > 100);
    found
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

fn wrapped(text: &[String], open: &str, close: &str) -> String {
    text.iter().map(|text| format!("{open}{}{close}\n", escaped(text))).collect()
}

const TITLE: &str = "Ministers argue over the price of grain";

/// What stands around articles on nearly every page.
fn shell(head: &str, main: &str) -> String {
    let menu: String = ["World", "Business", "Culture", "Sport", "Weather", "Opinion", "Video", "Podcasts"]
        .iter()
        .map(|name| {
            format!("<li><a href=\"/{name}\"><svg viewBox=\"0 0 2 2\"><path d=\"M0 0h2\"/></svg>{name}</a></li>")
        })
        .collect();
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><title>{TITLE} | The Daily Example</title>{head}<style>p>b{{color:red}}</style>\
         <script>window.data = {{\"a\": \"<p>no text</p>\"}};</script></head><body><a href=\"#main\">Skip to content</a>\
         <header><nav><ul>{menu}</ul></nav></header>{main}<footer><ul>{menu}</ul><p>© 2022 The Daily Example. All rights \
         reserved. The Daily Example is not responsible for the content of external sites.</p></footer></body></html>"
    )
}

fn cards(prose: &[String]) -> String {
    let card = |text: &String| {
        let head: String = text.split(' ').take(9).collect::<Vec<_>>().join(" ");
        let teaser: String = text.split(' ').take(22).collect::<Vec<_>>().join(" ");
        format!("<li class=\"teaser\"><a href=\"/a\"><h3>{head}</h3></a><p>{teaser} …</p></li>")
    };
    format!("<ul>{}</ul>", prose.iter().take(6).map(card).collect::<String>())
}

/// The ways in which pages are built, each with its name.
type Template = fn(&[String], &[String]) -> Page;

const TEMPLATES: &[(&str, Template)] = &[
    ("article element", |text, other| {
        let main = format!(
            "<main id=\"main\"><article><h1>{TITLE}</h1><p class=\"byline\">By Jane Doe</p><time datetime=\"2022-01-19\">19 January \
             2022</time>{}</article><aside><h2>Most read</h2>{}</aside></main>",
            wrapped(text, "<p>", "</p>"),
            cards(other)
        );
        Page { html: shell("", &main), text: text.to_vec() }
    }),
    ("weblog", |text, other| {
        let main = format!(
            "<div id=\"page\"><div class=\"hentry post\"><h1 class=\"entry-title\">{TITLE}</h1><div class=\"entry-meta\">Posted on \
             January 19, 2022 by <a rel=author>Jane Doe</a></div><div class=\"entry-content\">{}<div class=\"sharedaddy\"><h3>Share \
             this:</h3><ul><li><a>Twitter</a></li><li><a>Facebook</a></li></ul></div><div class=\"jp-relatedposts\"><h3>Related</h3>{}\
             </div></div></div><div id=\"comments\"><h2>3 thoughts on this</h2><ol class=\"commentlist\"><li class=\"comment\"><p>{}</p>\
             </li><li class=\"comment\"><p>{}</p></li></ol></div><div id=\"secondary\" class=\"widget-area\">{}</div></div>",
            wrapped(text, "<p>", "</p>"),
            cards(other),
            other[0],
            other[1],
            cards(&other[2..])
        );
        Page { html: shell("", &main), text: text.to_vec() }
    }),
    ("tables and line breaks", |text, other| {
        let main = format!(
            "<table width=\"100%\"><tr><td width=\"120\">{}</td><td><font size=\"5\"><b>{TITLE}</b></font><br><br><font size=\"2\">{}\
             </font></td></tr></table>",
            other.iter().take(4).map(|text| format!("<a href=x>{}</a><br>", &text[..30])).collect::<String>(),
            text.iter().map(|text| escaped(text)).collect::<Vec<_>>().join("<br><br>\n")
        );
        Page { html: shell("", &main), text: text.to_vec() }
    }),
    ("adverts and promotions between", |text, other| {
        let inner = [
            "<div class=\"ad\"><span>Advertisement</span></div>".to_owned(),
            format!("<div class=\"promo related\"><strong>Read more:</strong> <a href=\"/x\">{}</a></div>", &other[0][..60]),
            "<div class=\"newsletter-signup\"><h4>Sign up to our newsletter</h4><p>Get the day's stories in your inbox every \
             morning.</p><form><input type=email><button>Sign up</button></form></div>"
                .to_owned(),
        ];
        let blocks: String = text
            .iter()
            .enumerate()
            .map(|(at, text)| format!("<p>{}</p>{}", escaped(text), if at % 3 == 1 { &inner[at / 3 % 3] } else { "" }))
            .collect();
        let main = format!(
            "<main><div class=\"story\"><h1>{TITLE}</h1><div class=\"story__body\">{blocks}</div></div></main>"
        );
        Page { html: shell("", &main), text: text.to_vec() }
    }),
    ("figures with captions", |text, other| {
        let figure = |n: usize| {
            format!(
                "<figure><img src=\"/{n}.jpg\" alt=\"A picture\"><figcaption>{} <span class=\"credit\">Photograph: Jane Doe/The \
                 Example</span></figcaption></figure>",
                &other[n].split(' ').take(10).collect::<Vec<_>>().join(" ")
            )
        };
        let (first, rest) = text.split_at(2);
        let main = format!(
            "<article><header><h1>{TITLE}</h1></header>{}{}{}{}</article>",
            figure(0),
            wrapped(first, "<p>", "</p>"),
            figure(1),
            wrapped(rest, "<p>", "</p>")
        );
        Page { html: shell("", &main), text: text.to_vec() }
    }),
    ("headings, lists and quotations", |text, _| {
        let (a, rest) = text.split_at(2);
        let (list, rest) = rest.split_at(3);
        let (quote, rest) = rest.split_at(1);
        let main = format!(
            "<article><h1>{TITLE}</h1>{}<h2>What is known so far</h2><ul>{}</ul><blockquote>{}</blockquote><h2>What comes \
             next</h2>{}</article>",
            wrapped(a, "<p>", "</p>"),
            wrapped(list, "<li>", "</li>"),
            wrapped(quote, "<p>", "</p>"),
            wrapped(rest, "<p>", "</p>")
        );
        let headed = |heading: &str| vec![heading.to_owned()];
        let parts =
            [a.to_vec(), headed("What is known so far"), list.to_vec(), quote.to_vec(), headed("What comes next")];
        Page { html: shell("", &main), text: parts.concat().into_iter().chain(rest.to_vec()).collect() }
    }),
    ("divisions for paragraphs", |text, other| {
        let main = format!(
            "<div class=\"wrap\"><div class=\"col-8 content\"><h1>{TITLE}</h1>{}</div><div class=\"col-4 sidebar\">{}</div></div>",
            wrapped(text, "<div class=\"text-block\"><div class=\"inner\">", "</div></div>"),
            cards(other)
        );
        Page { html: shell("", &main), text: text.to_vec() }
    }),
    ("data of the page only", |text, _| {
        let body = serde_json::to_string(&text.join("\n\n")).unwrap();
        let head = format!(
            "<script type=\"application/ld+json\">{{\"@type\":\"NewsArticle\",\"headline\":\"{TITLE}\",\"articleBody\":{body}}}</script>"
        );
        Page { html: shell(&head, "<div id=\"root\"></div>"), text: text.to_vec() }
    }),
    ("more comments than text", |text, other| {
        let short = &text[..4];
        let main = format!(
            "<main><article class=\"post\"><h1>{TITLE}</h1><div class=\"post-body\">{}</div></article><section class=\"comments\" \
             id=\"disqus\"><h2>Comments (12)</h2>{}</section></main>",
            wrapped(short, "<p>", "</p>"),
            wrapped(
                &other[..8],
                "<div class=\"comment\"><span class=\"comment-author\">reader</span><p>",
                "</p><a>Reply</a></div>"
            )
        );
        Page { html: shell("", &main), text: short.to_vec() }
    }),
    ("cookie notice and tools", |text, other| {
        let main = format!(
            "<div class=\"cookie-banner\"><p>We and our partners use cookies to store and access personal data on your device, such as \
             browsing data, to show content and measure it. You can change your choice at any time.</p><button>Accept</button></div>\
             <div class=\"article-tools\"><a>Print</a><a>Email</a><a>Save</a></div><section class=\"article\"><h1>{TITLE}</h1><p \
             class=\"dek\">{}</p><div class=\"body\">{}</div><div class=\"tags\"><a>Grain</a><a>Trade</a></div><div \
             class=\"author-bio\"><p>Jane Doe writes about trade for The Daily Example.</p></div></section>",
            escaped(&text[0]),
            wrapped(&text[1..], "<p>", "</p>")
        );
        let _ = other;
        Page { html: shell("", &main), text: text.to_vec() }
    }),
    ("questions and answers", |text, _| {
        let asked = ["What did the ministers talk about?", "Who was not there, and why?", "What happens now?"];
        let mut blocks = String::new();
        let mut all = Vec::new();
        for (at, answer) in text.iter().enumerate() {
            if at % 3 == 0 {
                let question = asked[at / 3 % 3];
                blocks += &format!("<p><strong>{question}</strong></p>");
                all.push(question.to_owned());
            }
            blocks += &format!("<p>{}</p>", escaped(answer));
            all.push(answer.clone());
        }
        let main = format!("<main><article><h1>{TITLE}</h1>{blocks}</article></main>");
        Page { html: shell("", &main), text: all }
    }),
    ("spans and nested sections", |text, other| {
        let (a, b) = text.split_at(text.len() / 2);
        let block = "<section><div data-component=\"text-block\"><p><span class=\"x\">";
        let close = "</span></p></div></section>";
        let main = format!(
            "<div id=\"app\"><main role=\"main\"><div class=\"css-1a2b\"><h1>{TITLE}</h1>{}<div data-component=\"links-block\"><p>More on \
             this story</p>{}</div>{}</div></main></div>",
            wrapped(a, block, close),
            cards(other),
            wrapped(b, block, close)
        );
        Page { html: shell("", &main), text: text.to_vec() }
    }),
    ("short report", |text, other| {
        let short = &text[..2];
        let main = format!(
            "<main><article><h1>{TITLE}</h1>{}</article><section><h2>Also in the news</h2>{}</section></main>",
            wrapped(short, "<p>", "</p>"),
            cards(other)
        );
        Page { html: shell("", &main), text: short.to_vec() }
    }),
    ("running report", |text, other| {
        let post = |(at, text): (usize, &String)| {
            format!(
                "<section class=\"post\" id=\"p{at}\"><time datetime=\"2022-01-19T1{at}:00\">1{}:00</time><h2><a href=\"#p{at}\">The {} hour of \
                 the talks begins</a></h2><p>{}</p></section>",
                at % 10,
                ["first", "second", "third", "fourth"][at % 4],
                escaped(text)
            )
        };
        let posts: String = text.iter().enumerate().map(post).collect();
        let main =
            format!("<main><h1>{TITLE}</h1><div class=\"posts\">{posts}</div><aside>{}</aside></main>", cards(other));
        let headed = text.iter().enumerate().flat_map(|(at, text)| {
            [format!("The {} hour of the talks begins", ["first", "second", "third", "fourth"][at % 4]), text.clone()]
        });
        Page { html: shell("", &main), text: headed.collect() }
    }),
    ("links between paragraphs", |text, other| {
        let links: String =
            other.iter().take(4).map(|text| format!("<li><a href=\"/x\">{}</a></li>", &text[..60])).collect();
        let (a, b) = text.split_at(3);
        let main = format!(
            "<article><h1>{TITLE}</h1>{}<div class=\"inset\"><h4>In this story</h4><ul>{links}</ul></div>{}</article>",
            wrapped(a, "<p>", "</p>"),
            wrapped(b, "<p>", "</p>")
        );
        Page { html: shell("", &main), text: text.to_vec() }
    }),
    ("tags never closed", |text, other| {
        let main = format!("<div id=story><h1>{TITLE}</h1>{}<div id=rail>{}", wrapped(text, "<p>", ""), cards(other));
        Page { html: shell("", &main), text: text.to_vec() }
    }),
];

/// How often each run of four words is in the text.
fn runs(text: &str) -> HashMap<Vec<String>, f64> {
    let words: Vec<String> =
        text.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).map(str::to_lowercase).collect();
    let mut runs = HashMap::new();
    words.windows(4).for_each(|run| *runs.entry(run.to_vec()).or_insert(0.0) += 1.0);
    runs
}

/// Precision and recall of one page.
fn score(found: &str, wanted: &str) -> (f64, f64) {
    let (found, wanted) = (runs(found), runs(wanted));
    let shared: f64 = found.iter().map(|(run, count)| count.min(wanted.get(run).copied().unwrap_or(0.0))).sum();
    let size = |runs: &HashMap<Vec<String>, f64>| runs.values().sum::<f64>().max(1.0);
    (shared / size(&found), shared / size(&wanted))
}

fn f1((precision, recall): (f64, f64)) -> f64 {
    2.0 * precision * recall / (precision + recall).max(f64::EPSILON)
}

#[test]
fn main_texts_of_pages_of_many_makes() {
    const PAGES: usize = 6;
    let prose = prose();
    let mut all = Vec::new();
    for (name, template) in TEMPLATES {
        let scores: Vec<(f64, f64)> = (0..PAGES)
            .map(|number| {
                let pick = |from: usize, count: usize| -> Vec<String> {
                    (0..count).map(|n| prose[(from + n * 29) % prose.len()].clone()).collect()
                };
                let page = template(&pick(number * 41, 9 + number * 2), &pick(number * 41 + 13, 10));
                score(&one("page.html", page.html).body, &page.text.join("\n\n"))
            })
            .collect();
        let mean = |part: fn(&(f64, f64)) -> f64| scores.iter().map(part).sum::<f64>() / scores.len() as f64;
        let mean = (mean(|score| score.0), mean(|score| score.1));
        println!("{name:<34} precision {:.3}  recall {:.3}  F1 {:.3}", mean.0, mean.1, f1(mean));
        assert!(f1(mean) > 0.85, "{name}");
        all.extend(scores);
    }
    let mean = |part: fn(&(f64, f64)) -> f64| all.iter().map(part).sum::<f64>() / all.len() as f64;
    let mean = (mean(|score| score.0), mean(|score| score.1));
    println!("{:<34} precision {:.3}  recall {:.3}  F1 {:.3}", "all", mean.0, mean.1, f1(mean));
    assert!(f1(mean) >= 0.95);
}
