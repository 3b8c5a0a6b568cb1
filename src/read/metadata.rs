//! Metadata of a page: JSON-LD, meta elements, `<time>`, its title, address and language.

use dom_query::{Document, NodeRef};
use serde_json::Value;

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
    ("date", Field::Date),
    ("article:modified_time", Field::Modified),
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
            _ => {}
        }
    }

    fn time(&mut self, node: &NodeRef<'_>, record: &mut Record) {
        const MOST: u8 = 3;
        let Some(date) = node.attr("datetime") else { return };
        if self.times < MOST {
            let modified = node.attr("itemprop").is_some_and(|prop| prop.eq_ignore_ascii_case("dateModified"));
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
        if let Ok(value) = parsed {
            linked_data(&value, record);
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

/// Takes the article among the objects of a JSON-LD text.
fn linked_data(value: &Value, record: &mut Record) {
    match value {
        Value::Array(items) => items.iter().take(100).for_each(|item| linked_data(item, record)),
        Value::Object(object) if is_article(object.get("@type")) => {
            for (name, value) in object {
                // The description of an article is not its text.
                let is_text = matches!(fields::field(name), Some((Field::Body, _)));
                if !is_text || name == "articleBody" {
                    record.put(name, value, Origin::Metadata);
                }
            }
        }
        Value::Object(object) => {
            for inside in ["@graph", "mainEntity", "mainEntityOfPage"] {
                if let Some(value) = object.get(inside) {
                    linked_data(value, record);
                }
            }
        }
        _ => {}
    }
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
