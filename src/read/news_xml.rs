//! XML of news: RSS, Atom and RDF feeds, NITF, NewsML-G2 and NewsML 1. One record an item.

use super::fields::{Field, Record};
use super::source::Source;
use super::xml::{Element, tree};
use super::{Note, Out, html};
use crate::article::{Article, Origin};
use crate::clean::layout::Paragraph;
use crate::clean::tags;

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    let text = match source.whole(out.options.max_file_bytes, true) {
        Ok(text) => text,
        Err(reason) => return out.refuse(None, reason),
    };
    let (root, error) = tree(&text);
    let Some((kind, items)) = items(&root) else {
        return match error {
            Some(error) => out.refuse(Some(error.line), error.reason),
            None => out.refuse(None, format!("XML of no known kind: its root is <{}>", shortened(&root.name))),
        };
    };
    out.note(|| Note::Remark(format!("{kind}, {} items", items.len())));
    let alone = items.len() == 1 && !kind.ends_with("feed");
    for (index, item) in items.iter().enumerate() {
        let number = (!alone).then(|| u32::try_from(index + 1).unwrap_or(u32::MAX));
        if !out.unharmed(number, |out| out.accept(item.article(out.path, number))) {
            return false;
        }
    }
    match error {
        Some(error) => out.refuse(Some(error.line), format!("{}; what came before it was read", error.reason)),
        None if items.is_empty() => out.refuse(None, format!("a {kind} without items")),
        None => true,
    }
}

fn shortened(name: &str) -> &str {
    name.get(..name.floor_char_boundary(40)).unwrap_or(name)
}

/// An item of one kind, with what stands around all of them.
enum Item<'e> {
    Feed { item: &'e Element, around: Around },
    Nitf(&'e Element),
    G2 { item: &'e Element, message: Option<&'e Element> },
    NewsMl(&'e Element),
}

/// What a feed says of all its items.
#[derive(Clone, Default)]
struct Around {
    title: Option<String>,
    language: Option<String>,
}

/// The items of a document, and what it is.
fn items(root: &Element) -> Option<(&'static str, Vec<Item<'_>>)> {
    let found = match root.name.as_str() {
        "rss" | "RDF" => {
            let channel = root.child("channel");
            let around = channel.map(around).unwrap_or_default();
            let items = root.all("item").into_iter();
            ("RSS feed", items.map(|item| Item::Feed { item, around: around.clone() }).collect())
        }
        "feed" => {
            let around = around(root);
            let entries = root.children().filter(|child| child.name == "entry");
            ("Atom feed", entries.map(|item| Item::Feed { item, around: around.clone() }).collect())
        }
        "entry" => ("Atom entry", vec![Item::Feed { item: root, around: Around::default() }]),
        "nitf" => ("NITF", vec![Item::Nitf(root)]),
        "newsItem" => ("NewsML-G2", vec![Item::G2 { item: root, message: None }]),
        "newsMessage" => {
            let items = root.all("newsItem").into_iter();
            ("NewsML-G2", items.map(|item| Item::G2 { item, message: Some(root) }).collect())
        }
        "NewsML" => ("NewsML", root.all("NewsItem").into_iter().map(Item::NewsMl).collect()),
        _ => {
            // Several wrap theirs in an envelope of their own.
            let wrapped: Vec<Item<'_>> = root.all("nitf").into_iter().map(Item::Nitf).collect();
            return (!wrapped.is_empty()).then_some(("NITF", wrapped));
        }
    };
    Some(found)
}

fn around(channel: &Element) -> Around {
    let text = |name: &str| channel.child(name).map(Element::text).filter(|text| !text.is_empty());
    Around { title: text("title"), language: text("language").or(channel.attribute("lang").map(str::to_owned)) }
}

impl Item<'_> {
    /// Fills `known` with the fields, and gives the text.
    fn read(&self, known: &mut Record) -> Vec<Paragraph<'static>> {
        match self {
            Item::Feed { item, around } => feed_item(item, around, known),
            Item::Nitf(nitf) => nitf_text(nitf, known),
            Item::G2 { item, message } => g2_text(item, *message, known),
            Item::NewsMl(item) => newsml_text(item, known),
        }
    }

    fn article(&self, path: &str, number: Option<u32>) -> Article {
        let mut known = Record::default();
        let paragraphs = self.read(&mut known);
        let page = match self {
            Item::Feed { item, .. } => content(item).map(Element::raw_text).filter(|text| is_page(text)),
            _ => None,
        };
        let Some(page) = page else { return known.into_article_of(path, number, paragraphs) };
        let line = paragraphs.first().map_or(1, |first| first.line);
        let mut article = Article { path: path.to_owned(), record: number, ..Article::default() };
        html::fill(&mut article, &page, known);
        article.lines.iter_mut().for_each(|at| *at = line);
        super::complete(&mut article);
        article
    }
}

/// Whether the content of an item is a whole page.
fn is_page(text: &str) -> bool {
    super::format::looks_like_html(text.trim_start().as_bytes())
}

fn offer(known: &mut Record, field: Field, rank: u8, text: Option<String>) {
    if let Some(text) = text {
        known.offer(field, rank, text, Origin::Metadata);
    }
}

fn feed_item(item: &Element, around: &Around, known: &mut Record) -> Vec<Paragraph<'static>> {
    let text = |name: &str| item.child(name).map(|child| unmarked(&child.raw_text()));
    offer(known, Field::Title, 0, text("title"));
    for (rank, name) in (0u8..).zip(["pubDate", "published", "date", "issued", "created"]) {
        offer(known, Field::Date, rank, text(name));
    }
    for name in ["updated", "modified"] {
        offer(known, Field::Modified, 0, text(name));
    }
    let authors = item.children().filter(|child| matches!(child.name.as_str(), "creator" | "author"));
    let names: Vec<String> = authors
        .map(|author| author.child("name").unwrap_or(author).text())
        .map(|name| without_address(&name))
        .collect();
    offer(known, Field::Author, 0, Some(names.join(", ")));
    offer(known, Field::Url, 0, link(item));
    offer(known, Field::Source, 0, item.child("source").map(|s| s.child("title").unwrap_or(s).text()));
    offer(known, Field::Source, 1, around.title.clone());
    offer(known, Field::Language, 0, item.attribute("lang").map(str::to_owned).or(text("language")));
    offer(known, Field::Language, 1, around.language.clone());
    let category = item.child("category").map(|c| c.attribute("term").map_or_else(|| c.text(), str::to_owned));
    offer(known, Field::Section, 0, category);
    let Some(content) = content(item) else { return Vec::new() };
    if content.children().next().is_some() {
        return content.paragraphs();
    }
    let raw = content.raw_text();
    let blocks = if tags::is_markup(&raw) { tags::strip(&raw) } else { raw };
    let paragraphs = crate::clean::layout::paragraphs(&blocks).into_iter();
    paragraphs.map(|paragraph| Paragraph { line: content.line, ..paragraph.into_owned() }).collect()
}

/// What holds the text of an item: the fullest of what it has.
fn content(item: &Element) -> Option<&Element> {
    let named = ["encoded", "content", "description", "summary"];
    let found = item.children().filter(|child| named.contains(&child.name.as_str()) && !child.text().is_empty());
    let rank = |child: &Element| named.iter().position(|name| *name == child.name);
    found.min_by_key(|child| rank(child))
}

fn link(item: &Element) -> Option<String> {
    let links: Vec<&Element> = item.children().filter(|child| child.name == "link").collect();
    let alternate = links.iter().find(|link| link.attribute("rel").is_none_or(|rel| rel == "alternate"));
    let link = alternate.or(links.first())?;
    let address = link.attribute("href").map_or_else(|| link.text(), str::to_owned);
    Some(address).filter(|address| !address.is_empty())
}

fn unmarked(text: &str) -> String {
    if tags::is_markup(text) { tags::strip(text) } else { text.to_owned() }
}

/// `jane@example.com (Jane Doe)` is how RSS writes names.
fn without_address(name: &str) -> String {
    let inside = name.split_once('(').and_then(|(_, rest)| rest.split_once(')')).map(|(inside, _)| inside);
    inside.filter(|_| name.contains('@')).unwrap_or(name).trim().to_owned()
}

fn nitf_text(nitf: &Element, known: &mut Record) -> Vec<Paragraph<'static>> {
    let text = |name: &str| nitf.find(name).map(Element::text);
    let attribute = |element: &str, name: &str| nitf.find(element)?.attribute(name).map(str::to_owned);
    offer(known, Field::Title, 0, text("hl1").or(text("hedline")));
    offer(known, Field::Title, 1, nitf.child("head").and_then(|head| head.child("title")).map(Element::text));
    offer(known, Field::Author, 0, text("byline"));
    offer(known, Field::Date, 0, attribute("date.issue", "norm"));
    offer(known, Field::Date, 1, attribute("pubdata", "date.publication"));
    offer(known, Field::Date, 2, attribute("story.date", "norm"));
    offer(known, Field::Date, 3, attribute("date.release", "norm"));
    offer(known, Field::Source, 0, attribute("pubdata", "name"));
    offer(known, Field::Source, 1, text("distributor"));
    offer(known, Field::Source, 2, attribute("doc.copyright", "holder"));
    offer(known, Field::Section, 0, attribute("pubdata", "position.section"));
    let section = nitf
        .all("meta")
        .into_iter()
        .find(|meta| meta.attribute("name").is_some_and(|name| matches!(name, "section" | "online_sections" | "dsk")));
    offer(known, Field::Section, 1, section.and_then(|meta| meta.attribute("content")).map(str::to_owned));
    offer(known, Field::Url, 0, attribute("pubdata", "ex-ref"));
    offer(known, Field::Language, 0, nitf.attribute("lang").map(str::to_owned));
    offer(known, Field::Language, 1, nitf.child("body").and_then(|body| body.attribute("lang")).map(str::to_owned));
    offer(known, Field::Credit, 0, text("tagline"));
    let content = nitf.find("body.content").or_else(|| nitf.child("body"));
    let mut paragraphs = content.map(Element::paragraphs).unwrap_or_default();
    dateline(nitf.find("dateline"), &mut paragraphs);
    paragraphs
}

/// Puts the place a report was filed from before its text, as it is printed, unless it stands there.
fn dateline(dateline: Option<&Element>, paragraphs: &mut [Paragraph<'_>]) {
    let (Some(dateline), Some(first)) = (dateline, paragraphs.first_mut()) else { return };
    let place = dateline.find("location").unwrap_or(dateline).text();
    let opening = first.text.get(..first.text.floor_char_boundary(120)).unwrap_or_default().to_lowercase();
    if !place.is_empty() && place.len() < 80 && !opening.contains(&place.to_lowercase()) {
        let place = place.to_uppercase();
        first.text = format!("{} — {}", place.trim_end_matches([',', '.', ' ']), first.text).into();
    }
}

fn g2_text(item: &Element, message: Option<&Element>, known: &mut Record) -> Vec<Paragraph<'static>> {
    let meta = item.child("itemMeta");
    let content = item.child("contentMeta");
    let of = |part: Option<&Element>, name: &str| part.and_then(|part| part.child(name)).map(Element::text);
    offer(known, Field::Title, 0, of(content, "headline"));
    offer(known, Field::Title, 1, of(meta, "title"));
    offer(known, Field::Author, 0, of(content, "by"));
    let creator = content.and_then(|content| content.child("creator"));
    offer(known, Field::Author, 1, creator.and_then(|creator| creator.child("name")).map(Element::text));
    offer(known, Field::Credit, 0, of(content, "creditline"));
    offer(known, Field::Date, 0, of(meta, "firstCreated"));
    offer(known, Field::Date, 1, of(content, "contentCreated"));
    offer(known, Field::Date, 2, of(meta, "versionCreated"));
    offer(known, Field::Modified, 0, of(meta, "versionCreated"));
    let named = |element: &Element| {
        let name = element.child("name").map(Element::text).filter(|name| !name.is_empty());
        name.or_else(|| element.attribute("literal").map(str::to_owned))
            .or_else(|| element.attribute("qcode").and_then(|code| code.rsplit(':').next()).map(str::to_owned))
    };
    offer(known, Field::Source, 0, content.and_then(|content| content.child("infoSource")).and_then(named));
    offer(known, Field::Source, 1, meta.and_then(|meta| meta.child("provider")).and_then(named));
    offer(known, Field::Source, 2, message.and_then(|m| m.child("header")?.child("origin")).map(Element::text));
    let language = content.and_then(|content| content.child("language")?.attribute("tag"));
    offer(known, Field::Language, 0, language.or(item.attribute("lang")).map(str::to_owned));
    let subject = content.and_then(|content| content.child("subject")).and_then(named);
    offer(known, Field::Section, 0, subject.filter(|name| name.contains(char::is_alphabetic)));
    let Some(set) = item.child("contentSet") else { return Vec::new() };
    let mut inner = Record::default();
    let mut paragraphs = if let Some(nitf) = set.find("nitf") {
        nitf_text(nitf, &mut inner)
    } else if let Some(xml) = set.child("inlineXML") {
        xml.find("body").unwrap_or(xml).paragraphs()
    } else {
        let data = set.child("inlineData").map(Element::raw_text).unwrap_or_default();
        let blocks = if tags::is_markup(&data) { tags::strip(&data) } else { data };
        crate::clean::layout::paragraphs(&blocks).into_iter().map(Paragraph::into_owned).collect()
    };
    dateline(content.and_then(|content| content.child("dateline")), &mut paragraphs);
    paragraphs
}

fn newsml_text(item: &Element, known: &mut Record) -> Vec<Paragraph<'static>> {
    let text = |name: &str| item.find(name).map(Element::text);
    offer(known, Field::Title, 0, text("HeadLine"));
    offer(known, Field::Author, 0, text("ByLine"));
    offer(known, Field::Credit, 0, text("CreditLine"));
    offer(known, Field::Date, 0, text("FirstCreated"));
    offer(known, Field::Date, 1, text("DateId"));
    offer(known, Field::Modified, 0, text("ThisRevisionCreated"));
    let provider = item.find("Provider").or_else(|| item.find("Source")).and_then(|provider| provider.find("Party"));
    offer(known, Field::Source, 0, provider.and_then(|party| party.attribute("FormalName")).map(str::to_owned));
    let language = item.find("Language").and_then(|language| language.attribute("FormalName"));
    offer(known, Field::Language, 0, language.map(str::to_owned));
    let Some(data) = item.find("DataContent") else { return Vec::new() };
    let mut inner = Record::default();
    let mut paragraphs = match data.find("nitf") {
        Some(nitf) => nitf_text(nitf, &mut inner),
        None => data.find("body").unwrap_or(data).paragraphs(),
    };
    dateline(item.find("DateLine"), &mut paragraphs);
    paragraphs
}
