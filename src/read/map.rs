//! The mapping file: what the fields of JSON and CSV files are called where their names do not tell, and rules for
//! database exports of one's own.
//!
//! ```toml
//! records = "response.docs"                  # where the records of a JSON file lie
//! only = false                               # true: names that are not listed here mean nothing
//!
//! [fields]                                   # title body date modified byline source url language section credit
//! title = "headline.main"                    # `.` goes into objects; a column of a CSV file goes by its header
//! body = ["content[].text", "summary"]       # `[]` takes all of a list, `[0]` one; the first that has a value
//! date = '"publication.date"'                # a name with a dot in it
//!
//! [constants]                                # for all records that say nothing themselves
//! source = "The Daily Example"
//!
//! [[map]]                                    # other names for some files
//! files = ["letters/*.csv"]                  # as in .gitignore
//! fields = { title = "Betreff", body = "Text" }
//!
//! [boilerplate]                              # patterns for whole paragraphs, in all files; they come last
//! cut = ['Join [\d,]+ readers .*']            # never part of a text
//! keep = ['Jobs']                            # always part of it
//!
//! [[export]]                                 # as in data/exports.toml; tried before the rules that come with newsidx
//! ```

use std::collections::BTreeMap;
use std::path::Path;

use anyhow::{Context, Result, bail};
use ignore::gitignore::{Gitignore, GitignoreBuilder};
use serde::Deserialize;
use serde_json::{Map as Object, Value};

use super::exports::Rules;
use super::fields::{Field, MAPPED};
use crate::clean::{LineRules, LineRulesText};

/// A mapping file.
#[derive(Debug, Clone, Default)]
pub struct Map {
    /// The file as it was read.
    pub text: String,
    sections: Vec<Section>,
    pub(super) exports: Rules,
    pub(crate) lines: Option<LineRules>,
}

/// What fields are called in some files.
#[derive(Debug, Clone, Default)]
pub(super) struct Section {
    /// Which files; all where none are named.
    files: Option<Gitignore>,
    pub(super) fields: Vec<(Field, Vec<Selector>)>,
    pub(super) constants: Vec<(Field, String)>,
    /// Names of the objects, from the outermost, that the records lie in.
    pub(super) records: Option<Vec<String>>,
    /// Whether other names mean nothing.
    pub(super) only: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    records: Option<String>,
    #[serde(default)]
    only: bool,
    #[serde(default)]
    fields: BTreeMap<String, OneOrMany>,
    #[serde(default)]
    constants: BTreeMap<String, String>,
    #[serde(default)]
    map: Vec<SectionText>,
    #[serde(default)]
    patterns: BTreeMap<String, String>,
    export: Option<toml::Value>,
    boilerplate: Option<LineRulesText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectionText {
    files: OneOrMany,
    records: Option<String>,
    #[serde(default)]
    only: bool,
    #[serde(default)]
    fields: BTreeMap<String, OneOrMany>,
    #[serde(default)]
    constants: BTreeMap<String, String>,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum OneOrMany {
    One(String),
    Many(Vec<String>),
}

impl OneOrMany {
    fn into_vec(self) -> Vec<String> {
        match self {
            OneOrMany::One(one) => vec![one],
            OneOrMany::Many(many) => many,
        }
    }
}

impl Map {
    /// Reads the mapping file at `path`.
    ///
    /// # Errors
    /// When it cannot be read, or says something that is not understood.
    pub fn read(path: &Path) -> Result<Map> {
        let text = std::fs::read_to_string(path).with_context(|| format!("failed to read {}", path.display()))?;
        Map::parse(&text).with_context(|| format!("failed to understand the mapping file {}", path.display()))
    }

    /// Reads the text of a mapping file.
    ///
    /// # Errors
    /// When it says something that is not understood.
    pub fn parse(text: &str) -> Result<Map> {
        let file: FileText = toml::from_str(text)?;
        let mut sections = Vec::new();
        for section in file.map {
            let files = globs(&section.files.into_vec())?;
            sections.push(compile(Some(files), section.records, section.only, section.fields, section.constants)?);
        }
        sections.push(compile(None, file.records, file.only, file.fields, file.constants)?);
        let exports = match file.export {
            Some(export) => Rules::from_toml(export, file.patterns)?,
            None => Rules::default(),
        };
        let lines = file.boilerplate.map(|rules| LineRules::new(&rules)).transpose()?;
        Ok(Map { text: text.to_owned(), sections, exports, lines })
    }

    /// What fields are called in the file `path`.
    pub(super) fn section(&self, path: &str) -> Option<&Section> {
        let is_meant = |section: &&Section| {
            section
                .files
                .as_ref()
                .is_none_or(|files| files.matched_path_or_any_parents(rootless(path), false).is_ignore())
        };
        self.sections.iter().find(is_meant)
    }
}

/// A path as patterns see it: relative, without what leads above.
fn rootless(path: &str) -> &str {
    let mut path = path;
    while let Some(rest) = ["/", "./", "../"].iter().find_map(|lead| path.strip_prefix(lead)) {
        path = rest;
    }
    path
}

fn globs(patterns: &[String]) -> Result<Gitignore> {
    let mut builder = GitignoreBuilder::new("");
    for pattern in patterns {
        builder.add_line(None, pattern).with_context(|| format!("in the pattern {pattern}"))?;
    }
    builder.build().context("in the patterns of files")
}

fn compile(
    files: Option<Gitignore>,
    records: Option<String>,
    only: bool,
    fields: BTreeMap<String, OneOrMany>,
    constants: BTreeMap<String, String>,
) -> Result<Section> {
    let mut section = Section { files, only, ..Section::default() };
    for (name, selectors) in fields {
        let selectors = selectors.into_vec();
        if selectors.len() >= usize::from(MAPPED) {
            bail!("the field \"{name}\" has more than {} selectors", MAPPED - 1);
        }
        let selectors = selectors.iter().map(|text| Selector::parse(text)).collect::<Result<Vec<_>>>()?;
        section.fields.push((field(&name)?, selectors));
    }
    for (name, value) in constants {
        section.constants.push((field(&name)?, value));
    }
    if let Some(records) = records {
        let steps = Selector::parse(&records)?.steps;
        let names = steps.into_iter().map(|step| match step {
            Step::Name(name) => Ok(name),
            _ => bail!("records = \"{records}\": only names lead to the records"),
        });
        section.records = Some(names.collect::<Result<_>>()?);
    }
    Ok(section)
}

fn field(name: &str) -> Result<Field> {
    match Field::named(name) {
        Some(field) => Ok(field),
        None => bail!("no field is called \"{name}\"; there are {}", Field::names()),
    }
}

impl Section {
    /// The field that a column stands for, and the rank of the column for it.
    pub(super) fn column(&self, header: &str) -> Option<(Field, u8)> {
        self.fields.iter().find_map(|(field, selectors)| {
            let rank =
                selectors.iter().position(|selector| selector.text.trim().eq_ignore_ascii_case(header.trim()))?;
            Some((*field, u8::try_from(rank).unwrap_or(MAPPED - 1)))
        })
    }

    /// What is selected, for people.
    pub(super) fn meanings(&self) -> Vec<String> {
        let selected = self.fields.iter().flat_map(|(field, selectors)| {
            selectors.iter().map(|selector| format!("{} = {} (mapped)", selector.text, field.name()))
        });
        selected.collect()
    }

    /// Where the text is looked for, for messages.
    pub(super) fn body_selectors(&self) -> Option<String> {
        let (_, selectors) = self.fields.iter().find(|(field, _)| *field == Field::Body)?;
        Some(selectors.iter().map(|selector| selector.text.as_str()).collect::<Vec<_>>().join(", "))
    }
}

/// A path into a JSON value: `content[].text`.
#[derive(Debug, Clone)]
pub(super) struct Selector {
    text: String,
    steps: Vec<Step>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Step {
    Name(String),
    At(usize),
    All,
}

impl Selector {
    fn parse(text: &str) -> Result<Selector> {
        let mut steps = Vec::new();
        let mut rest = text.trim().strip_prefix("$.").unwrap_or(text.trim());
        if rest.is_empty() {
            bail!("an empty selector");
        }
        while !rest.is_empty() {
            if let Some(quoted) = rest.strip_prefix('"') {
                let Some((name, after)) = quoted.split_once('"') else {
                    bail!("in {text}: a quotation mark without its other")
                };
                steps.push(Step::Name(name.to_owned()));
                rest = after;
            } else if let Some(inside) = rest.strip_prefix('[') {
                let Some((index, after)) = inside.split_once(']') else {
                    bail!("in {text}: a bracket without its other")
                };
                steps.push(match index.trim() {
                    "" | "*" => Step::All,
                    number => Step::At(number.parse().with_context(|| format!("in {text}: [{number}] is no number"))?),
                });
                rest = after;
            } else {
                let end = rest.find(['.', '[']).unwrap_or(rest.len());
                let (name, after) = rest.split_at(end);
                if name.is_empty() {
                    bail!("in {text}: a name is missing");
                }
                steps.push(Step::Name(name.to_owned()));
                rest = after;
            }
            rest = match rest.strip_prefix('.') {
                Some("") => bail!("in {text}: a name is missing behind the last dot"),
                Some(after) => after,
                None => rest,
            };
        }
        Ok(Selector { text: text.trim_matches('"').to_owned(), steps })
    }

    /// The values that it leads to.
    pub(super) fn select<'v>(&self, object: &'v Object<String, Value>) -> Vec<&'v Value> {
        let Some((Step::Name(first), rest)) = self.steps.split_first() else { return Vec::new() };
        let whole = object.get(&self.text).filter(|_| self.steps.len() > 1);
        let mut found: Vec<&Value> = object.get(first).into_iter().collect();
        for step in rest {
            found = found.into_iter().flat_map(|value| step.of(value)).collect();
        }
        // A key that has dots of its own.
        if found.is_empty() { whole.into_iter().collect() } else { found }
    }
}

impl Step {
    fn of<'v>(&self, value: &'v Value) -> Vec<&'v Value> {
        match (self, value) {
            (Step::Name(name), Value::Object(object)) => object.get(name).into_iter().collect(),
            // A name asked of a list is asked of all in it.
            (Step::Name(name), Value::Array(items)) => items.iter().filter_map(|item| item.get(name)).collect(),
            (Step::At(at), Value::Array(items)) => items.get(*at).into_iter().collect(),
            (Step::All, Value::Array(items)) => items.iter().collect(),
            (Step::All, Value::Object(object)) => object.values().collect(),
            (Step::All, other) => vec![other],
            _ => Vec::new(),
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn selectors_lead_into_values() {
        let json = r#"{"a": {"b": "1"}, "l": [{"t": "2"}, {"t": "3"}, {}], "x.y": "4", "n": [["5"]]}"#;
        let Value::Object(object) = serde_json::from_str(json).unwrap() else { unreachable!() };
        for (selector, want) in [
            ("a.b", vec!["1"]),
            ("l[].t", vec!["2", "3"]),
            ("l.t", vec!["2", "3"]),
            ("l[1].t", vec!["3"]),
            ("$.a.b", vec!["1"]),
            ("\"x.y\"", vec!["4"]),
            ("x.y", vec!["4"]),
            ("n[0][0]", vec!["5"]),
            ("a[].c", vec![]),
            ("nothing", vec![]),
        ] {
            let found: Vec<&str> =
                Selector::parse(selector).unwrap().select(&object).iter().filter_map(|v| v.as_str()).collect();
            assert_eq!(found, want, "{selector}");
        }
        for bad in ["", "a.", "a[x]", "a[1", "\"a", "a..b"] {
            assert!(Selector::parse(bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn mistakes_are_named() {
        for (text, want) in [
            ("[fields]\nheadline = \"x\"", "no field is called \"headline\""),
            ("[felds]\ntitle = \"x\"", "unknown field `felds`"),
            ("records = \"a[0]\"", "only names lead to the records"),
            ("[[export]]\nname = \"x\"\nneeds = [\"a\"]\nrecognise = [\"(\"]\nend = \"x\"", "in the pattern ("),
        ] {
            let error = format!("{:#}", Map::parse(text).unwrap_err());
            assert!(error.contains(want), "{error}");
        }
    }

    #[test]
    fn sections_go_by_file() {
        let map = Map::parse("[fields]\ntitle = \"a\"\n[[map]]\nfiles = \"letters/*.csv\"\nonly = true\n").unwrap();
        for (path, want) in
            [("letters/a.csv", true), ("./letters/a.csv", true), ("/data/a.csv", false), ("a.csv", false)]
        {
            assert_eq!(map.section(path).unwrap().only, want, "{path}");
        }
    }
}
