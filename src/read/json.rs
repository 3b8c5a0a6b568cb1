//! JSON: one object, an array of them, or an object that holds such an array, read element by element.

use std::cell::Cell;
use std::fmt;
use std::io::{self, Read};
use std::rc::Rc;

use serde::de::{DeserializeSeed, Deserializer, Error as _, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Value};

use super::fields::{self, Field, Record};
use super::map::Section;
use super::source::{Source, describe};
use super::{Note, Out};

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    let limit = out.options.max_record_bytes;
    let budget = Rc::new(Cell::new(limit));
    let input = io::BufReader::new(Metered { inner: source.decoded(), budget: Rc::clone(&budget) });
    let mut json = serde_json::Deserializer::from_reader(input);
    let lead = out.options.map.as_ref().and_then(|map| map.section(out.path)?.records.clone());
    let mut walk = Walk { out, lead, budget, limit, records: 0, goes_on: true };
    let mut values = 0;
    // Most files hold one value; some hold several, one behind the other.
    while values == 0 || json.end().is_err() {
        let alone = values == 0;
        match (Node { walk: &mut walk, depth: 0, wrapped: false }).deserialize(&mut json) {
            Ok(None) => {}
            Ok(Some(value)) => walk.whole(value, alone && json.end().is_ok()),
            Err(_) if !walk.goes_on => return false,
            Err(error) => {
                let record = (walk.records > 0).then(|| walk.records.saturating_add(1));
                return walk.out.refuse(record, reason(&error));
            }
        }
        if !walk.goes_on {
            return false;
        }
        values += 1;
    }
    walk.records > 0 || walk.out.refuse(None, "no articles in this file")
}

/// Hands over the article that an object holds.
pub(super) fn hand_over(object: &Map<String, Value>, number: Option<u32>, out: &mut Out<'_, '_, '_>) -> bool {
    let options = out.options;
    let map = options.map.as_ref().and_then(|map| map.section(out.path));
    if number.is_none_or(|number| number == 1) {
        out.note(|| Note::Fields(meanings(object, map)));
    }
    match Record::mapped(object, map).into_article(out.path, number, None) {
        Ok(article) => out.accept(article),
        Err(reason) => match map.and_then(Section::body_selectors) {
            Some(selectors) => out.refuse(number, format!("{reason} (looked for at {selectors})")),
            None => out.refuse(number, reason),
        },
    }
}

/// How each key is understood, for people; those that a mapping file selects come first.
fn meanings(object: &Map<String, Value>, map: Option<&Section>) -> Vec<String> {
    let mut found: Vec<String> = map.map(Section::meanings).unwrap_or_default();
    let only = map.is_some_and(|map| map.only);
    found.extend(object.keys().map(|name| {
        let field = fields::field(name).filter(|_| !only);
        format!("{name} = {}", field.map_or("-", |(field, _)| field.name()))
    }));
    found
}

/// The sort of a value, for messages.
pub(super) fn kind(value: &Value) -> &'static str {
    match value {
        Value::Null => "null",
        Value::Bool(_) => "a boolean",
        Value::Number(_) => "a number",
        Value::String(_) => "a string",
        Value::Array(_) => "an array",
        Value::Object(_) => "an object",
    }
}

/// What is wrong with a JSON text.
pub(super) fn reason(error: &serde_json::Error) -> String {
    if let Some(kind) = error.io_error_kind() {
        return match kind {
            io::ErrorKind::FileTooLarge => "a record is too large".to_owned(),
            kind => describe(&io::Error::from(kind)),
        };
    }
    if error.is_eof() {
        return "truncated JSON".to_owned();
    }
    let mut text = error.to_string();
    text.truncate(text.floor_char_boundary(200));
    format!("bad JSON: {text}")
}

/// A reader that fails once more has been read than its budget; each record sets it anew.
pub(super) struct Metered<R> {
    pub(super) inner: R,
    pub(super) budget: Rc<Cell<usize>>,
}

impl<R: Read> Read for Metered<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        match self.budget.get().checked_sub(count) {
            Some(left) => self.budget.set(left),
            None => return Err(io::Error::from(io::ErrorKind::FileTooLarge)),
        }
        Ok(count)
    }
}

/// Keys under which the articles of an export lie.
fn is_wrapper(name: &str) -> bool {
    const WRAPPERS: &[&str] = &[
        "articles",
        "items",
        "data",
        "results",
        "docs",
        "hits",
        "response",
        "result",
        "records",
        "news",
        "stories",
        "entries",
        "posts",
        "documents",
    ];
    WRAPPERS.contains(&name)
}

struct Walk<'w, 'a, 's, 'n> {
    out: &'w mut Out<'a, 's, 'n>,
    /// Names that lead to the records, where a mapping file gives them.
    lead: Option<Vec<String>>,
    budget: Rc<Cell<usize>>,
    limit: usize,
    records: u32,
    goes_on: bool,
}

impl Walk<'_, '_, '_, '_> {
    /// Hands over one element of an array.
    fn element(&mut self, value: &Value) {
        self.records = self.records.saturating_add(1);
        self.hand_over(value, Some(self.records));
        self.budget.set(self.limit);
    }

    /// Hands over a value that is an article of its own: of the whole file if it is `alone` in it.
    fn whole(&mut self, value: Value, alone: bool) {
        self.records = self.records.saturating_add(1);
        self.hand_over(&value, (!alone).then_some(self.records));
        self.budget.set(self.limit);
    }

    fn hand_over(&mut self, value: &Value, number: Option<u32>) {
        let Value::Object(object) = value else {
            self.goes_on = self.out.refuse(number, format!("expected an object, found {}", kind(value)));
            return;
        };
        self.goes_on = self.out.unharmed(number, |out| hand_over(object, number, out));
    }
}

/// A value that is, or holds, the articles: hands them over as they come. Gives back what held none.
struct Node<'v, 'w, 'a, 's, 'n> {
    walk: &'v mut Walk<'w, 'a, 's, 'n>,
    /// How many names lead here.
    depth: usize,
    /// Whether it lies in an object: then an array of other things is no mistake.
    wrapped: bool,
}

impl Node<'_, '_, '_, '_, '_> {
    /// Whether the records may lie under `name`.
    fn leads_on(&self, name: &str) -> bool {
        match &self.walk.lead {
            Some(lead) => lead.get(self.depth).is_some_and(|known| known == name),
            None => is_wrapper(name),
        }
    }
}

impl<'de> DeserializeSeed<'de> for Node<'_, '_, '_, '_, '_> {
    type Value = Option<Value>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Option<Value>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Node<'_, '_, '_, '_, '_> {
    type Value = Option<Value>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an article or an array of articles")
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Option<Value>, A::Error> {
        let mut others = Vec::new();
        let before = self.walk.records;
        while let Some(item) = items.next_element::<Value>()? {
            if self.wrapped && !item.is_object() {
                others.push(item);
            } else {
                self.walk.element(&item);
            }
            if !self.walk.goes_on {
                return Err(A::Error::custom("stopped"));
            }
        }
        let held_none = self.wrapped && self.walk.records == before;
        Ok(held_none.then_some(Value::Array(others)))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Option<Value>, A::Error> {
        let mut object = Map::new();
        let mut has_body = false;
        let before = self.walk.records;
        while let Some(name) = entries.next_key::<String>()? {
            if self.leads_on(&name) && !has_body {
                let inside =
                    entries.next_value_seed(Node { walk: &mut *self.walk, depth: self.depth + 1, wrapped: true })?;
                if let Some(value) = inside {
                    object.insert(name, value);
                }
            } else {
                let value = entries.next_value::<Value>()?;
                has_body |= matches!(fields::field(&name), Some((Field::Body, _))) && value.is_string();
                object.insert(name, value);
            }
        }
        Ok((self.walk.records == before).then_some(Value::Object(object)))
    }

    fn visit_bool<E>(self, value: bool) -> Result<Option<Value>, E> {
        Ok(Some(Value::Bool(value)))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_u64<E>(self, value: u64) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_f64<E>(self, value: f64) -> Result<Option<Value>, E> {
        Ok(Some(value.into()))
    }

    fn visit_str<E>(self, value: &str) -> Result<Option<Value>, E> {
        Ok(Some(Value::String(value.to_owned())))
    }

    fn visit_unit<E>(self) -> Result<Option<Value>, E> {
        Ok(Some(Value::Null))
    }
}
