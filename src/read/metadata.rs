//! Metadata of a page: JSON-LD, meta elements, `<time>`, its title, address and language.

use dom_query::{Document, NodeRef};
use serde_json::{Map, Value};

use super::fields::{self, Field, Record};
use crate::article::Origin;
use crate::clean::layout::label;

/// Adds what the page says of itself to `record`.
pub(super) fn read(document: &Document, record: &mut Record) {
    let mut page = Page::default();
    for node in document.root().descendants_it() {
        let Some(name) = node.node_name() else { continue };
        page.element(&name, &node, record);
    }
    page.offer_article(record);
    page.offer_title(record);
}

// Ranks behind those of field names, which JSON-LD has: meta elements come after it, guesses last.
const META: u8 = 60;
const GUESS: u8 = 140;

/// Names of meta elements, in falling order of trust for each field.
const METAS: &[(&str, Field)] = &[
    ("article:published_time", Field::Date),
    ("og:article:published_time", Field::Date),
    ("og:published_time", Field::Date),
    ("parsely-pub-date", Field::Date),
    ("datepublished", Field::Date),
    ("dc.date.issued", Field::Date),
    ("dc.date", Field::Date),
    ("dcterms.issued", Field::Date),
    ("dcterms.created", Field::Date),
    ("dcterms.date", Field::Date),
    ("sailthru.date", Field::Date),
    ("article.published", Field::Date),
    ("pubdate", Field::Date),
    ("publishdate", Field::Date),
    ("publish-date", Field::Date),
    ("publication_date", Field::Date),
    ("ptime", Field::Date),
    ("cxenseparse:recs:publishtime", Field::Date),
    ("article:published", Field::Date),
    ("article:published_date", Field::Date),
    ("og:pubdate", Field::Date),
    ("bt:pubdate", Field::Date),
    ("pub_date", Field::Date),
    ("publish_date", Field::Date),
    ("published_date", Field::Date),
    ("published-date", Field::Date),
    ("dc.date.created", Field::Date),
    ("rnews:datepublished", Field::Date),
    ("originalpublicationdate", Field::Date),
    ("article_date_original", Field::Date),
    ("displaydate", Field::Date),
    ("citation_publication_date", Field::Date),
    ("date", Field::Date),
    ("article:modified_time", Field::Modified),
    ("article:modified", Field::Modified),
    ("dc.date.modified", Field::Modified),
    ("last_updated_date", Field::Modified),
    ("lastupdated", Field::Modified),
    ("revision_date", Field::Modified),
    ("og:updated_time", Field::Modified),
    ("datemodified", Field::Modified),
    ("dcterms.modified", Field::Modified),
    ("article.updated", Field::Modified),
    ("last-modified", Field::Modified),
    ("lastmod", Field::Modified),
    ("og:title", Field::Title),
    ("parsely-title", Field::Title),
    ("sailthru.title", Field::Title),
    ("dc.title", Field::Title),
    ("dcterms.title", Field::Title),
    ("twitter:title", Field::Title),
    ("headline", Field::Title),
    ("og:site_name", Field::Source),
    ("dc.publisher", Field::Source),
    ("dcterms.publisher", Field::Source),
    ("application-name", Field::Source),
    ("author", Field::Author),
    ("article:author", Field::Author),
    ("parsely-author", Field::Author),
    ("sailthru.author", Field::Author),
    ("dc.creator", Field::Author),
    ("dcterms.creator", Field::Author),
    ("byl", Field::Author),
    ("article:section", Field::Section),
    ("parsely-section", Field::Section),
    ("section", Field::Section),
    ("articlesection", Field::Section),
    ("og:url", Field::Url),
    ("parsely-link", Field::Url),
    ("content-language", Field::Language),
    ("dc.language", Field::Language),
    ("og:locale", Field::Language),
];

/// What must be compared at the end of the page.
#[derive(Default)]
struct Page {
    title: Option<String>,
    heading: Option<String>,
    times: u8,
    scripts: u8,
    /// What JSON-LD says of articles: of this one, and of others that the page lists.
    articles: Vec<Map<String, Value>>,
}

impl Page {
    fn element(&mut self, name: &str, node: &NodeRef<'_>, record: &mut Record) {
        match name {
            "html" => offer_attribute(node, &["lang", "xml:lang"], Field::Language, META, record),
            "meta" => meta(node, record),
            "link" if node.attr("rel").is_some_and(|rel| rel.eq_ignore_ascii_case("canonical")) => {
                offer_attribute(node, &["href"], Field::Url, META - 1, record);
            }
            "title" if self.title.is_none() => self.title = Some(label(&node.text())),
            "h1" if self.heading.is_none() => self.heading = Some(label(&node.text())).filter(|text| !text.is_empty()),
            "time" => self.time(node, record),
            "script" => self.script(node, record),
            "span" | "a" | "div" | "p" if node.has_attr("itemprop") => itemprop(node, record),
            "abbr" | "span" if has_class(node, "published") => {
                offer_attribute(node, &["title"], Field::Date, GUESS - 5, record)
            }
            _ => {}
        }
    }

    fn time(&mut self, node: &NodeRef<'_>, record: &mut Record) {
        const MOST: u8 = 3;
        // A list of other articles has their dates.
        let aside = |node: &NodeRef<'_>| matches!(node.node_name().as_deref(), Some("aside" | "nav" | "footer"));
        if self.times >= MOST || node.ancestors(Some(DEEPEST)).iter().any(aside) {
            return;
        }
        let shown = || Some(node.text()).filter(|text| (6..=80).contains(&text.trim().len()));
        if let Some(date) = node.attr("datetime").filter(|date| !date.trim().is_empty()).or_else(shown) {
            let updated = has_class(node, "updated") || has_class(node, "modified") || has_class(node, "entry-updated");
            let modified = node.attr("itemprop").is_some_and(|prop| prop.eq_ignore_ascii_case("dateModified"))
                || (updated && !has_class(node, "published"));
            let field = if modified { Field::Modified } else { Field::Date };
            record.offer(field, GUESS + self.times, date.to_string(), Origin::TimeElement);
            self.times += 1;
        }
    }

    fn script(&mut self, node: &NodeRef<'_>, record: &mut Record) {
        const MOST: u8 = 20;
        let is_data = node.attr("type").is_some_and(|kind| kind.to_ascii_lowercase().contains("ld+json"));
        if !is_data || self.scripts >= MOST {
            return;
        }
        self.scripts += 1;
        let text = node.text();
        let text = text
            .trim()
            .trim_start_matches("<!--")
            .trim_start_matches("//<![CDATA[")
            .trim_end_matches("-->")
            .trim_end_matches("//]]>");
        // Line ends inside strings are forbidden, and common.
        let parsed = serde_json::from_str(text)
            .or_else(|_| serde_json::from_str::<Value>(&text.replace(['\n', '\r', '\t'], " ")));
        match parsed {
            Ok(value) => self.linked_data(&value),
            Err(_) => broken_data(text, record),
        }
    }

    /// Gathers the articles among the objects of a JSON-LD text.
    fn linked_data(&mut self, value: &Value) {
        const MOST: usize = 50;
        match value {
            Value::Array(items) => items.iter().take(100).for_each(|item| self.linked_data(item)),
            Value::Object(object) if is_article(object.get("@type")) && self.articles.len() < MOST => {
                self.articles.push(object.clone());
            }
            Value::Object(object) => {
                for inside in ["@graph", "mainEntity", "mainEntityOfPage"] {
                    if let Some(value) = object.get(inside) {
                        self.linked_data(value);
                    }
                }
            }
            _ => {}
        }
    }

    /// Takes what JSON-LD says of the article of this page: the one that has its address or its headline, else the first.
    fn offer_article(&mut self, record: &mut Record) {
        let articles = std::mem::take(&mut self.articles);
        let address = record.get(Field::Url).map(bare);
        let headline = self.heading.as_deref().or(self.title.as_deref()).map(str::to_lowercase);
        let at = |object: &Map<String, Value>| {
            let of = |value: &Value| value.as_str().or_else(|| value.get("@id")?.as_str()).map(bare);
            let own = ["url", "@id", "mainEntityOfPage"].iter().filter_map(|key| object.get(*key).and_then(of));
            address.as_ref().is_some_and(|address| own.into_iter().any(|own| own == *address))
        };
        let named = |object: &Map<String, Value>| {
            let own = object.get("headline").and_then(Value::as_str).map(str::to_lowercase);
            own.is_some_and(|own| own.len() >= 8 && headline.as_ref().is_some_and(|page| page.contains(&own)))
        };
        let own = articles.iter().find(|o| at(o)).or_else(|| articles.iter().find(|o| named(o)));
        for (name, value) in own.or(articles.first()).into_iter().flatten() {
            // The description of an article is not its text.
            let is_text = matches!(fields::field(name), Some((Field::Body, _)));
            if !is_text || name == "articleBody" {
                record.put(name, value, Origin::Metadata);
            }
        }
    }

    /// The title element, unless a better one is known: without the name of the site, and as the heading has it
    /// where the two agree.
    fn offer_title(self, record: &mut Record) {
        let known = record.take(Field::Title);
        let site = record.get(Field::Source).map(str::to_lowercase);
        let title = known.or(self.title).filter(|title| !title.is_empty());
        let title = match (title, self.heading) {
            (Some(title), Some(heading)) if heading.len() >= 8 && title.starts_with(&heading) => Some(heading),
            (Some(title), _) => Some(without_site(&title, site.as_deref()).to_owned()),
            (None, heading) => heading,
        };
        if let Some(title) = title {
            record.offer(Field::Title, META, title, Origin::Metadata);
        }
    }
}

fn offer_attribute(node: &NodeRef<'_>, names: &[&str], field: Field, rank: u8, record: &mut Record) {
    if let Some(value) = names.iter().find_map(|name| node.attr(name)) {
        record.offer(field, rank, value.to_string(), Origin::Metadata);
    }
}

fn meta(node: &NodeRef<'_>, record: &mut Record) {
    let Some(content) = node.attr("content") else { return };
    let names = ["property", "name", "itemprop", "http-equiv"];
    for name in names.iter().filter_map(|attribute| node.attr(attribute)) {
        let low = name.to_ascii_lowercase();
        if let Some(rank) = METAS.iter().position(|(known, _)| *known == low)
            && let Some((_, field)) = METAS.get(rank)
        {
            return record.offer(*field, META + rank as u8, content.to_string(), Origin::Metadata);
        }
    }
}

/// Microdata in the text: `<span itemprop="datePublished">`.
fn itemprop(node: &NodeRef<'_>, record: &mut Record) {
    let Some(name) = node.attr("itemprop") else { return };
    let field = match name.to_ascii_lowercase().as_str() {
        "datepublished" => Field::Date,
        "datemodified" => Field::Modified,
        "author" => Field::Author,
        _ => return,
    };
    let value = node.attr("content").or_else(|| node.attr("datetime")).unwrap_or_else(|| node.text());
    if value.len() <= 200 {
        record.offer(field, GUESS - 10, value.to_string(), Origin::Metadata);
    }
}

/// The dates of JSON-LD that cannot be parsed: the strings behind their keys.
fn broken_data(text: &str, record: &mut Record) {
    for (key, field) in [("\"datePublished\"", Field::Date), ("\"dateModified\"", Field::Modified)] {
        let Some((_, rest)) = text.split_once(key) else { continue };
        let value = rest.trim_start().strip_prefix(':').map(str::trim_start).and_then(|rest| rest.strip_prefix('"'));
        if let Some((value, _)) = value.and_then(|value| value.split_once('"')).filter(|(value, _)| value.len() <= 40) {
            record.offer(field, META - 1, value.to_owned(), Origin::Metadata);
        }
    }
}

/// An address without its scheme, host, query and last slash.
fn bare(url: &str) -> String {
    let url = url.split(['?', '#']).next().unwrap_or_default();
    let path = url.split_once("://").map_or(url, |(_, rest)| rest.split_once('/').map_or("", |(_, path)| path));
    path.trim_matches('/').to_lowercase()
}

/// Ancestors of an element that are looked at.
const DEEPEST: usize = 12;

/// Whether `class` is among the classes of the element.
fn has_class(node: &NodeRef<'_>, class: &str) -> bool {
    node.attr("class").is_some_and(|classes| classes.split_whitespace().any(|own| own.eq_ignore_ascii_case(class)))
}

fn is_article(kind: Option<&Value>) -> bool {
    match kind {
        Some(Value::String(kind)) => {
            kind.ends_with("Article") || kind.ends_with("BlogPosting") || kind.ends_with("Report")
        }
        Some(Value::Array(kinds)) => kinds.iter().any(|kind| kind.is_string() && is_article(Some(kind))),
        _ => false,
    }
}

/// A title without the name of its site: `Ministers meet | The Daily Example`.
fn without_site<'a>(title: &'a str, site: Option<&str>) -> &'a str {
    for separator in [" | ", " – ", " — ", " - ", " :: ", " » ", " / "] {
        let Some((head, tail)) = title.rsplit_once(separator) else { continue };
        let is_site = site.is_some_and(|site| {
            let tail = tail.trim().to_lowercase();
            tail == site || site.contains(&tail) || tail.contains(site)
        });
        let looks_like_site = tail.split(' ').count() <= 4
            && tail.split(' ').all(|w| !w.starts_with(char::is_lowercase) || w.contains('.'));
        let bar = separator == " | " || separator == " :: " || separator == " » ";
        let enough = head.split(' ').count() >= if bar { 2 } else { 4 };
        if is_site || (enough && looks_like_site && (bar || site.is_none())) {
            // Some titles name the section too.
            return if bar { without_site(head.trim(), site) } else { head.trim() };
        }
    }
    title
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::article::Article;

    fn article(html: &str) -> Article {
        let mut record = Record::default();
        read(&Document::from(html), &mut record);
        let mut article = Article::default();
        record.fill(&mut article);
        article
    }

    #[test]
    fn titles_lose_their_site() {
        for (title, site, want) in [
            ("Ministers meet | The Daily Example", None, "Ministers meet"),
            ("Ministers meet | World | The Daily Example", None, "Ministers meet"),
            ("Ministers meet over grain - The Daily Example", None, "Ministers meet over grain"),
            ("Ministers meet - Daily", Some("daily"), "Ministers meet"),
            ("Ministers meet - and talk about grain", None, "Ministers meet - and talk about grain"),
            ("Ministers meet", None, "Ministers meet"),
        ] {
            assert_eq!(without_site(title, site), want, "{title}");
        }
    }

    #[test]
    fn linked_data_come_first() {
        let found = article(
            r#"<html lang="en-GB"><head><title>Page | Site</title><meta property="og:title" content="Open">
            <meta property="article:published_time" content="2022-01-20">
            <link rel="canonical" href="https://www.example.com/a">
            <script type="application/ld+json">{"@graph": [{"@type": "WebSite", "name": "x"}, {"@type": ["NewsArticle"],
            "headline": "Linked", "datePublished": "2022-01-19T10:00:00Z", "dateModified": "2022-01-21",
            "author": [{"name": "Jane Doe"}], "publisher": {"name": "The Daily Example"}}]}</script></head></html>"#,
        );
        assert_eq!(found.title.as_deref(), Some("Linked"));
        assert_eq!(found.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(found.source.as_deref(), Some("The Daily Example"));
        assert_eq!(found.url.as_deref(), Some("https://www.example.com/a"));
        assert_eq!(found.language.as_deref(), Some("en"));
        let hints: Vec<_> = found.date_hints.iter().map(|hint| (hint.text.as_str(), hint.modified)).collect();
        assert_eq!(hints, [("2022-01-19T10:00:00Z", false), ("2022-01-20", false), ("2022-01-21", true)]);
    }

    /// The publication date, its origin, and the modification date of a page.
    fn dates(html: &str) -> String {
        let mut article = article(html);
        let today = jiff::civil::date(2026, 1, 1);
        crate::extract::dates::publication::decide_on(&mut article, today, Default::default());
        let shown = |date: Option<crate::article::Dated>| {
            date.map_or("-".to_owned(), |date| format!("{} {}", date.when, date.origin.as_str()))
        };
        format!("{}; {}", shown(article.date), shown(article.modified))
    }

    #[test]
    fn dates_in_the_markup_of_many_vendors() {
        let ld = |json: &str| format!("<script type=\"application/ld+json\">{json}</script>");
        let table = [
            (ld(r#"{"@type":"NewsArticle","datePublished":"2022-01-19T14:05:00Z","dateModified":"2022-01-20"}"#), "2022-01-19 metadata; 2022-01-20 metadata"),
            (ld(r#"[{"@type":"WebPage"},{"@type":"ReportageNewsArticle","datePublished":"2022-01-19"}]"#), "2022-01-19 metadata; -"),
            (ld(r#"{"@graph":[{"@type":"Organization"},{"@type":["Article"],"datePublished":"2022-01-19"}]}"#), "2022-01-19 metadata; -"),
            (ld(r#"{"@type":"WebPage","mainEntity":{"@type":"BlogPosting","datePublished":"2022-01-19"}}"#), "2022-01-19 metadata; -"),
            // Broken, with line ends in strings, in a comment
            (ld("{\"@type\":\"NewsArticle\",\"headline\":\"a \"b\" c\",\"datePublished\":\"2022-01-19\","), "2022-01-19 metadata; -"),
            (ld("{\"@type\":\"NewsArticle\",\"headline\":\"a\nb\",\"datePublished\":\"2022-01-19\"}"), "2022-01-19 metadata; -"),
            (ld("<!--{\"@type\":\"NewsArticle\",\"datePublished\":\"2022-01-19\"}-->"), "2022-01-19 metadata; -"),
            // Several articles: the one with the page's address, or its headline
            (
                format!("<link rel=\"canonical\" href=\"https://news.example/b\">{}", ld(r#"[{"@type":"NewsArticle","url":"https://news.example/a","datePublished":"2020-05-05"},{"@type":"NewsArticle","url":"https://news.example/b/","datePublished":"2022-01-19"}]"#)),
                "2022-01-19 metadata; -",
            ),
            (
                format!("{}<h1>Ministers meet over grain</h1>", ld(r#"[{"@type":"NewsArticle","headline":"Something else entirely","datePublished":"2020-05-05"},{"@type":"NewsArticle","headline":"Ministers meet over grain","datePublished":"2022-01-19"}]"#)),
                "2022-01-19 metadata; -",
            ),
            // Meta elements
            ("<meta property=\"article:published_time\" content=\"2022-01-19T23:30:00-05:00\"><meta property=\"article:modified_time\" content=\"2022-02-01\">".into(), "2022-01-19 metadata; 2022-02-01 metadata"),
            ("<meta property=\"og:article:published_time\" content=\"2022-01-19\">".into(), "2022-01-19 metadata; -"),
            ("<meta itemprop=\"datePublished\" content=\"2022-01-19\">".into(), "2022-01-19 metadata; -"),
            ("<meta name=\"parsely-pub-date\" content=\"2022-01-19T10:00:00Z\">".into(), "2022-01-19 metadata; -"),
            ("<meta name=\"sailthru.date\" content=\"Wed, 19 Jan 2022 10:00:00 +0000\">".into(), "2022-01-19 metadata; -"),
            ("<meta name=\"DC.date.issued\" content=\"2022-01-19\">".into(), "2022-01-19 metadata; -"),
            ("<meta name=\"dcterms.created\" content=\"2022-01-19\">".into(), "2022-01-19 metadata; -"),
            ("<meta name=\"pubdate\" content=\"20220119\">".into(), "2022-01-19 metadata; -"),
            ("<meta name=\"publish-date\" content=\"January 19, 2022 2:05 pm\">".into(), "2022-01-19 metadata; -"),
            ("<meta name=\"cXenseParse:recs:publishtime\" content=\"2022-01-19T10:00:00Z\">".into(), "2022-01-19 metadata; -"),
            ("<meta name=\"bt:pubDate\" content=\"2022-01-19\">".into(), "2022-01-19 metadata; -"),
            ("<meta name=\"ptime\" content=\"20220119100000\">".into(), "2022-01-19 metadata; -"),
            // Elements of the text
            ("<article><time datetime=\"2022-01-19T10:00\">19 Jan</time></article>".into(), "2022-01-19 time-element; -"),
            ("<article><time>January 19, 2022</time></article>".into(), "2022-01-19 time-element; -"),
            ("<aside><time datetime=\"2020-01-01\"></time></aside><time datetime=\"2022-01-19\"></time>".into(), "2022-01-19 time-element; -"),
            ("<time class=\"entry-date published\" datetime=\"2022-01-19\"></time><time class=\"updated\" datetime=\"2022-02-01\"></time>".into(), "2022-01-19 time-element; 2022-02-01 time-element"),
            ("<span itemprop=\"datePublished\" content=\"2022-01-19\">Wed</span>".into(), "2022-01-19 metadata; -"),
            ("<abbr class=\"published\" title=\"2022-01-19T10:00:00\">Wed</abbr>".into(), "2022-01-19 metadata; -"),
            // The address alone; of two, the more exact
            ("<link rel=\"canonical\" href=\"https://news.example/2022/01/19/talks\">".into(), "2022-01-19 url; -"),
            ("<meta name=\"date\" content=\"2022-01\"><link rel=\"canonical\" href=\"https://news.example/2022/01/19/talks\">".into(), "2022-01-19 url; -"),
            // Modified only, in the future, nonsense: no publication date is invented
            ("<meta property=\"article:modified_time\" content=\"2022-01-20\">".into(), "-; 2022-01-20 metadata"),
            ("<time itemprop=\"dateModified\" datetime=\"2022-01-20\"></time>".into(), "-; 2022-01-20 time-element"),
            ("<meta name=\"date\" content=\"2031-01-01\">".into(), "-; -"),
            ("<meta name=\"date\" content=\"{{ page.date }}\"><footer><time datetime=\"2020-01-01\"></time></footer>".into(), "-; -"),
            ("<h1>Talks in 2014</h1><p>They met on January 19, 2014.</p>".into(), "-; -"),
        ];
        let wrong: Vec<_> =
            table.into_iter().map(|(h, want)| (dates(&h), want, h)).filter(|(got, want, _)| got != want).collect();
        assert!(wrong.is_empty(), "{wrong:#?}");
    }

    #[test]
    fn meta_elements_and_time_do_without() {
        let found = article(
            r#"<title>Ministers meet over grain - The Daily Example</title><meta property="og:site_name" content="The Daily Example">
            <meta name="author" content="By Jane Doe"><article><h1>Ministers meet over grain</h1><time datetime="2022-01-19">19 Jan</time></article>"#,
        );
        assert_eq!(found.title.as_deref(), Some("Ministers meet over grain"));
        assert_eq!(found.byline.as_deref(), Some("Jane Doe"));
        assert_eq!(found.date_hints[0].origin, Origin::TimeElement);
    }
}
