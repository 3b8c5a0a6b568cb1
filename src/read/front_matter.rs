//! Front matter: the fields above a Markdown text, between `---` (flat YAML) or `+++` (TOML).

use serde_json::{Map, Value};

/// The fields of the front matter and the number of bytes it takes up; nothing if there is none.
pub(super) fn take(text: &str) -> Option<(Map<String, Value>, usize)> {
    let start = text.trim_start_matches(['\u{FEFF}', '\n', '\r', ' ']);
    let skipped = text.len() - start.len();
    let fence = start.get(..3).filter(|fence| matches!(*fence, "---" | "+++"))?;
    let after = start.get(3..)?;
    let first_end = after.find('\n')?;
    if !after.get(..first_end)?.trim().is_empty() {
        return None;
    }
    let block_at = 3 + first_end + 1;
    let mut at = block_at;
    for line in start.get(block_at..)?.split_inclusive('\n') {
        let bare = line.trim_end();
        if bare == fence || (fence == "---" && bare == "...") {
            let block = start.get(block_at..at)?;
            let fields = if fence == "+++" { toml_fields(block) } else { yaml_fields(block) };
            return Some((fields, skipped + at + line.len()));
        }
        at += line.len();
    }
    None
}

fn toml_fields(block: &str) -> Map<String, Value> {
    let Ok(table) = block.parse::<toml::Table>() else { return yaml_fields(&block.replace(" = ", ": ")) };
    table.iter().map(|(name, value)| (name.clone(), from_toml(value, 0))).collect()
}

fn from_toml(value: &toml::Value, depth: u8) -> Value {
    match value {
        toml::Value::Array(items) if depth < 8 => items.iter().map(|item| from_toml(item, depth + 1)).collect(),
        toml::Value::Table(table) if depth < 8 => {
            table.iter().map(|(name, value)| (name.clone(), from_toml(value, depth + 1))).collect::<Map<_, _>>().into()
        }
        toml::Value::String(text) => text.clone().into(),
        toml::Value::Datetime(date) => date.to_string().into(),
        other => other.to_string().into(),
    }
}

/// `key: value` lines, `[a, b]` and `- a` lists, one level of nesting, folded texts.
fn yaml_fields(block: &str) -> Map<String, Value> {
    let mut fields: Map<String, Value> = Map::new();
    let mut open: Option<String> = None;
    for line in block.lines() {
        let indented = line.starts_with([' ', '\t']);
        let bare = line.trim();
        if bare.is_empty() || bare.starts_with('#') {
            continue;
        }
        let item = bare.strip_prefix("- ");
        if let (Some(name), true) = (&open, indented || item.is_some()) {
            nest(fields.entry(name.clone()).or_insert(Value::Null), item, bare);
            continue;
        }
        let Some((name, value)) = bare.split_once(':') else { continue };
        let name = unquote(name.trim()).to_owned();
        let value = value.trim();
        let is_open = matches!(value, "" | "|" | ">" | "|-" | ">-" | "|+" | ">+");
        fields.insert(name.clone(), if is_open { Value::Null } else { scalar(value) });
        open = is_open.then_some(name);
    }
    fields
}

/// Adds an indented line to the value above it.
fn nest(value: &mut Value, item: Option<&str>, line: &str) {
    match (value, item) {
        (value @ Value::Null, Some(item)) => *value = Value::Array(vec![entry(item)]),
        (Value::Array(items), Some(item)) => items.push(entry(item)),
        (value @ Value::Null, None) => match line.split_once(": ") {
            Some((name, inner)) if !name.contains(' ') => {
                *value = Value::Object(Map::from_iter([(name.to_owned(), scalar(inner.trim()))]))
            }
            _ => *value = Value::String(line.to_owned()),
        },
        (Value::Object(object), None) => {
            if let Some((name, inner)) = line.split_once(": ") {
                object.insert(name.to_owned(), scalar(inner.trim()));
            }
        }
        (Value::String(text), _) => {
            text.push(' ');
            text.push_str(line);
        }
        _ => {}
    }
}

/// An item of a list: `Jane Doe`, or `name: Jane Doe`.
fn entry(item: &str) -> Value {
    match item.split_once(": ") {
        Some((name, value)) if !name.contains(' ') && !item.starts_with(['"', '\'']) => {
            Value::Object(Map::from_iter([(name.to_owned(), scalar(value.trim()))]))
        }
        _ => scalar(item.trim()),
    }
}

fn scalar(value: &str) -> Value {
    if let Some(list) = value.strip_prefix('[').and_then(|v| v.strip_suffix(']')) {
        return list.split(',').map(|item| Value::String(unquote(item.trim()).to_owned())).collect();
    }
    let unquoted = unquote(value);
    let uncommented =
        if unquoted.len() == value.len() { value.split(" #").next().unwrap_or(value).trim_end() } else { unquoted };
    Value::String(uncommented.to_owned())
}

fn unquote(value: &str) -> &str {
    ['"', '\''].iter().find_map(|q| value.strip_prefix(*q)?.strip_suffix(*q)).unwrap_or(value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn reads_flat_yaml_and_toml() {
        for (text, want) in [
            ("---\ntitle: \"A: b\"\ndate: 2022-01-19\n---\nx", r#"{"date":"2022-01-19","title":"A: b"}"#),
            ("---\nauthors: [Jane Doe, 'John Roe']\n---\n", r#"{"authors":["Jane Doe","John Roe"]}"#),
            (
                "---\nauthors:\n  - Jane Doe\n  - name: John Roe\n---\n",
                r#"{"authors":["Jane Doe",{"name":"John Roe"}]}"#,
            ),
            ("---\nsource:\n  name: The Daily Example\n---\n", r#"{"source":{"name":"The Daily Example"}}"#),
            ("---\ntitle: >\n  Two\n  lines\n---\n", r#"{"title":"Two lines"}"#),
            ("+++\ntitle = \"A\"\ndate = 2022-01-19\n+++\nx", r#"{"date":"2022-01-19","title":"A"}"#),
        ] {
            let (fields, end) = take(text).unwrap();
            assert_eq!(Value::Object(fields).to_string(), want, "{text}");
            assert!(text[end..].len() <= 1);
        }
        for text in ["---\nnever: closed\n", "text", "--- x\n---\n", "", "---"] {
            assert!(take(text).is_none(), "{text}");
        }
    }
}
