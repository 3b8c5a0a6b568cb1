//! Fields: what the names of columns, keys and headers mean, and an article made of their values.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;
use serde_json::{Map, Value};

use super::complete;
use super::map::Section;
use super::names::{HEADERS, NAMES};
use crate::article::{Article, DateHint, Origin, Removed};
use crate::clean::layout::{Paragraph, label, paragraphs};
use crate::clean::{clean, language, tags};

/// What a field of a record holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Field {
    Title,
    Body,
    Date,
    Modified,
    Author,
    Source,
    Url,
    Language,
    Section,
    Credit,
}

const FIELDS: usize = 10;

impl Field {
    /// What fields are called in mapping files and rules.
    const ALL: [(&'static str, Field); FIELDS] = [
        ("title", Field::Title),
        ("body", Field::Body),
        ("date", Field::Date),
        ("modified", Field::Modified),
        ("byline", Field::Author),
        ("source", Field::Source),
        ("url", Field::Url),
        ("language", Field::Language),
        ("section", Field::Section),
        ("credit", Field::Credit),
    ];

    /// The field of that name.
    pub(super) fn named(name: &str) -> Option<Field> {
        Field::ALL.iter().find(|(known, _)| *known == name).map(|(_, field)| *field)
    }

    /// Its name.
    pub(super) fn name(self) -> &'static str {
        Field::ALL.iter().find(|(_, field)| *field == self).map_or("?", |(name, _)| name)
    }

    /// All names, for messages.
    pub(super) fn names() -> String {
        Field::ALL.map(|(name, _)| name).join(", ")
    }

    /// What stands between several values of it; nothing where the first one is taken.
    fn glue(self) -> Option<&'static str> {
        match self {
            Field::Author => Some(", "),
            Field::Body => Some("\n\n"),
            _ => None,
        }
    }
}

static BY_NAME: LazyLock<FxHashMap<&'static str, (Field, u8)>> = LazyLock::new(|| {
    let entries = NAMES
        .iter()
        .flat_map(|(field, names)| names.iter().enumerate().map(move |(rank, name)| (*name, (*field, rank as u8))));
    entries.collect()
});

/// Ranks below this are those of a mapping file.
pub(super) const MAPPED: u8 = 8;
/// The rank of a value that a mapping file gives for all records: behind the names it maps, before all others.
const CONSTANT: u8 = MAPPED - 1;

/// What the name of a field means, and its rank among the names of the same meaning.
pub(super) fn field(name: &str) -> Option<(Field, u8)> {
    if name.len() > 40 {
        return None;
    }
    BY_NAME.get(bare(name).as_str()).copied()
}

/// A name without case, blanks, dashes, and namespaces (`dc:creator`).
fn bare(name: &str) -> String {
    let name = name.rsplit(':').next().unwrap_or(name);
    name.chars().filter(|c| c.is_alphanumeric()).flat_map(char::to_lowercase).collect()
}

/// The values found for one article, the best-ranked of each field.
#[derive(Debug, Default)]
pub(super) struct Record {
    texts: [Option<(u8, String)>; FIELDS],
    dates: Vec<(u8, DateHint)>,
}

impl Record {
    /// As [`Record::from_object`], after what the mapping file selects.
    pub(super) fn mapped(object: &Map<String, Value>, map: Option<&Section>) -> Record {
        let Some(map) = map else { return Record::from_object(object, Origin::Metadata) };
        let mut record = Record::default();
        for (field, selectors) in &map.fields {
            for (rank, selector) in selectors.iter().enumerate() {
                let values: Vec<String> =
                    selector.select(object).into_iter().filter_map(|value| text_of(value, field.glue())).collect();
                let text = match field.glue() {
                    Some(glue) => values.join(glue),
                    None => values.into_iter().next().unwrap_or_default(),
                };
                record.offer(*field, rank as u8, text, Origin::Metadata);
            }
        }
        record.take_constants(map);
        if !map.only {
            object.iter().for_each(|(name, value)| record.put(name, value, Origin::Metadata));
        }
        record
    }

    /// Takes the values that a mapping file gives for all records, where they have none of their own.
    pub(super) fn take_constants(&mut self, map: &Section) {
        for (field, value) in &map.constants {
            self.offer(*field, CONSTANT, value.clone(), Origin::Metadata);
        }
    }

    /// Takes the fields of a JSON object; records wrapped in records (`_source`, `fields`) are opened.
    pub(super) fn from_object(object: &Map<String, Value>, origin: Origin) -> Record {
        let mut record = Record::default();
        for wrapper in ["_source", "fields", "attributes", "article"] {
            if let Some(Value::Object(inside)) = object.get(wrapper) {
                inside.iter().for_each(|(name, value)| record.put(name, value, origin));
            }
        }
        object.iter().for_each(|(name, value)| record.put(name, value, origin));
        record
    }

    /// Takes one value if its name is known.
    pub(super) fn put(&mut self, name: &str, value: &Value, origin: Origin) {
        let Some((field, rank)) = field(name) else { return };
        if let Some(text) = text_of(value, field.glue()) {
            self.offer(field, rank.saturating_add(MAPPED), text, origin);
        }
    }

    /// Takes a value unless there is one of a better rank.
    pub(super) fn offer(&mut self, field: Field, rank: u8, text: String, origin: Origin) {
        if text.trim().is_empty() {
            return;
        }
        if matches!(field, Field::Date | Field::Modified) {
            let hint = DateHint { origin, text: label(&text), modified: field == Field::Modified };
            const MOST: usize = 12;
            if self.dates.len() < MOST {
                self.dates.push((rank, hint));
            }
            return;
        }
        // Addresses stand where names are expected, and the other way round.
        let is_address = text.starts_with("http://") || text.starts_with("https://");
        match field {
            Field::Source if is_address => return self.offer(Field::Url, rank.saturating_add(100), text, origin),
            Field::Author if is_address => return,
            Field::Url if rank >= MAPPED + 14 && !is_address => return,
            _ => {}
        }
        let Some(slot) = self.texts.get_mut(field as usize) else { return };
        if slot.as_ref().is_none_or(|(known, _)| rank < *known) {
            *slot = Some((rank, text));
        }
    }

    /// The value of a field, taken out.
    pub(super) fn take(&mut self, field: Field) -> Option<String> {
        self.texts.get_mut(field as usize)?.take().map(|(_, text)| text)
    }

    /// The value of a field.
    pub(super) fn get(&self, field: Field) -> Option<&str> {
        self.texts.get(field as usize)?.as_ref().map(|(_, text)| text.as_str())
    }

    /// Takes the header lines (`Title: ..`) above a plain text out of its paragraphs.
    pub(super) fn take_header(&mut self, paragraphs: &mut Vec<Paragraph<'_>>) {
        const MOST: usize = 16;
        let mut used = 0;
        for paragraph in paragraphs.iter_mut().take(MOST) {
            let Some((name, value)) = header(&paragraph.text) else { break };
            let Some((field, rank)) = field(name) else { break };
            if field == Field::Body {
                // The text begins on the line of its header, or on the next one.
                let text = value.to_owned();
                used += usize::from(text.is_empty());
                paragraph.text = text.into();
                break;
            }
            self.offer(field, rank, value.to_owned(), Origin::Text);
            used += 1;
        }
        paragraphs.drain(..used.min(paragraphs.len()));
    }

    /// Moves everything but the body into `article`.
    pub(super) fn fill(mut self, article: &mut Article) {
        article.title = self.take_label(Field::Title);
        article.byline = self.take_label(Field::Author).map(|name| without_by(&name).to_owned());
        article.source = self.take_label(Field::Source);
        article.section = self.take_label(Field::Section);
        article.credit = self.take_label(Field::Credit);
        article.url = self.take_label(Field::Url);
        article.language = self.take_label(Field::Language).and_then(|tag| language::normalise(&tag));
        self.dates.sort_by_key(|(rank, hint)| (hint.modified, *rank));
        article.date_hints.extend(self.dates.into_iter().map(|(_, hint)| hint));
    }

    /// A short value on one line, free of markup.
    fn take_label(&mut self, field: Field) -> Option<String> {
        const LONGEST: usize = 2_000;
        let mut text = self.take(field)?;
        text.truncate(text.floor_char_boundary(LONGEST));
        let text =
            if field != Field::Url && tags::is_markup(&text) { label(&tags::strip(&text)) } else { label(&text) };
        (!text.is_empty()).then_some(text)
    }

    /// The article of a record of a file of many (or of one, with no number). Fails with the reason.
    pub(super) fn into_article(
        mut self,
        path: &str,
        number: Option<u32>,
        surplus: Option<Removed>,
    ) -> Result<Article, &'static str> {
        let body = self.take(Field::Body).ok_or("no article text")?;
        if !body.chars().any(char::is_alphabetic) {
            return Err("the body is no text");
        }
        let mut article = Article { path: path.to_owned(), record: number, ..Article::default() };
        if super::format::looks_like_html(body.trim_start().as_bytes()) {
            super::html::fill(&mut article, &body, self);
        } else {
            self.fill(&mut article);
            let stripped = tags::is_markup(&body).then(|| tags::strip(&body));
            clean(&mut article, paragraphs(stripped.as_deref().unwrap_or(&body)));
        }
        if let Some(number) = number {
            article.lines.iter_mut().for_each(|line| *line = number);
            article.removed.iter_mut().for_each(|cut| cut.line = number);
        }
        article.removed.extend(surplus);
        complete(&mut article);
        if article.body.is_empty() { Err("no article text") } else { Ok(article) }
    }
}

impl Record {
    /// The article of these fields and `paragraphs`.
    pub(super) fn into_article_of(self, path: &str, number: Option<u32>, paragraphs: Vec<Paragraph<'_>>) -> Article {
        let mut article = Article { path: path.to_owned(), record: number, ..Article::default() };
        self.fill(&mut article);
        clean(&mut article, paragraphs);
        complete(&mut article);
        article
    }
}

/// The name and value of a header line.
fn header(line: &str) -> Option<(&str, &str)> {
    let (name, value) = line.split_once(':')?;
    let known = name.len() <= 20 && HEADERS.contains(&bare(name).as_str());
    (known && (value.is_empty() || value.starts_with(' '))).then(|| (name, value.trim()))
}

fn without_by(name: &str) -> &str {
    let rest = name.get(..3).filter(|head| head.eq_ignore_ascii_case("by ")).and_then(|_| name.get(3..));
    rest.unwrap_or(name).trim()
}

/// The text of a value: of an object its name or text, of an array its first element, or all of them with `glue`.
fn text_of(value: &Value, glue: Option<&str>) -> Option<String> {
    const INSIDE: &[&str] = &[
        "name",
        "main",
        "rendered",
        "text",
        "plain",
        "value",
        "full",
        "original",
        "title",
        "content",
        "html",
        "body",
        "paragraphs",
        "$date",
        "iso",
        "#text",
        "@value",
        "label",
        "code",
        "url",
        "@id",
        "id",
    ];
    match value {
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => match glue {
            Some(glue) => {
                let texts: Vec<String> = items.iter().filter_map(|item| text_of(item, Some(glue))).collect();
                (!texts.is_empty()).then(|| texts.join(glue))
            }
            None => items.iter().find_map(|item| text_of(item, None)),
        },
        Value::Object(object) => {
            let part = |names: [&str; 2]| names.iter().find_map(|name| object.get(*name)?.as_str());
            if let (Some(first), Some(last)) = (part(["first_name", "firstname"]), part(["last_name", "lastname"])) {
                return Some(format!("{first} {last}"));
            }
            INSIDE.iter().find_map(|name| text_of(object.get(*name)?, glue))
        }
        Value::Null | Value::Bool(_) => None,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn names_are_known_in_any_spelling() {
        for (name, want) in [
            ("Title", Some(Field::Title)),
            ("articleBody", Some(Field::Body)),
            ("full_text", Some(Field::Body)),
            ("Publication Date", Some(Field::Date)),
            ("published-at", Some(Field::Date)),
            ("dateModified", Some(Field::Modified)),
            ("dc:creator", Some(Field::Author)),
            ("SITE_NAME", Some(Field::Source)),
            ("web_url", Some(Field::Url)),
            ("inLanguage", Some(Field::Language)),
            ("news_desk", Some(Field::Section)),
            ("images", None),
        ] {
            assert_eq!(field(name).map(|(field, _)| field), want, "{name}");
        }
    }

    #[test]
    fn values_of_any_shape_have_a_text() {
        for (json, want) in [
            (r#"{"author": "Jane Doe"}"#, "Jane Doe"),
            (r#"{"author": ["Jane Doe", "John Roe"]}"#, "Jane Doe, John Roe"),
            (r#"{"author": [{"name": "Jane Doe"}, {"@type": "Person", "name": "John Roe"}]}"#, "Jane Doe, John Roe"),
            (r#"{"byline": {"original": "By Jane Doe"}}"#, "Jane Doe"),
            (r#"{"author": {"first_name": "Jane", "last_name": "Doe"}}"#, "Jane Doe"),
            (r#"{"author": "https://example.com/jane", "byline": "Jane Doe"}"#, "Jane Doe"),
        ] {
            let Value::Object(object) = serde_json::from_str(json).unwrap() else { unreachable!() };
            let mut article = Article::default();
            Record::from_object(&object, Origin::Metadata).fill(&mut article);
            assert_eq!(article.byline.as_deref(), Some(want), "{json}");
        }
    }
}
