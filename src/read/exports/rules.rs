//! Rules: how each layout of export is told and taken apart. The words of a rule are explained in `data/exports.toml`.

use std::collections::BTreeMap;

use aho_corasick::{AhoCorasick, MatchKind};
use anyhow::{Context, Result, bail};
use serde::Deserialize;

use super::pattern::Pattern;
use super::split::Line;
use crate::read::fields::Field;

/// Rules for exports, in the order in which they are tried.
#[derive(Debug, Clone, Default)]
pub struct Rules {
    pub(super) rules: Vec<Rule>,
    /// What all rules together need: nearly all files have none of it, and one look tells.
    needs: Option<AhoCorasick>,
}

/// What becomes of a line of the head or tail.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Meaning {
    /// The value of a field.
    Field(Field),
    /// The number of words, as the database counts them.
    Words,
    /// Part of the text.
    Text,
    /// Kept aside.
    Drop,
}

impl Meaning {
    /// What a line of this meaning holds, for messages.
    pub(super) fn describe(self) -> String {
        match self {
            Meaning::Field(field) => format!("a {}", field.name()),
            Meaning::Words => "a number of words".to_owned(),
            Meaning::Text | Meaning::Drop => "the one looked for".to_owned(),
        }
    }
}

/// One line of the head around the anchor.
#[derive(Debug, Clone)]
pub(super) struct Step {
    pub(super) is: Option<Pattern>,
    pub(super) unless: Option<Pattern>,
    pub(super) meaning: Meaning,
    pub(super) optional: bool,
}

impl Step {
    pub(super) fn takes(&self, line: &str) -> bool {
        self.is.as_ref().is_none_or(|is| is.is_match(line))
            && !self.unless.as_ref().is_some_and(|unless| unless.is_match(line))
    }
}

/// One layout.
#[derive(Debug, Clone)]
pub(super) struct Rule {
    pub(super) name: String,
    needs: Vec<String>,
    recognise: Vec<Pattern>,
    pub(super) start: Option<Pattern>,
    pub(super) end: Option<Pattern>,
    pub(super) separator: Option<Pattern>,
    pub(super) ignore: Vec<Pattern>,
    pub(super) anchor: Option<(Pattern, Meaning)>,
    pub(super) above: Vec<Step>,
    pub(super) below: Vec<Step>,
    pub(super) first_line: Option<Meaning>,
    label: Option<Pattern>,
    labels: BTreeMap<String, Meaning>,
    pub(super) body: Option<Pattern>,
    pub(super) body_after: Vec<Meaning>,
    pub(super) tail: Option<Pattern>,
    pub(super) cut: Vec<(Pattern, String)>,
}

impl Rule {
    /// Whether a file holds words of this layout.
    fn may_be(&self, raw: &str) -> bool {
        self.needs.iter().any(|word| memchr::memmem::find(raw.as_bytes(), word.as_bytes()).is_some())
    }

    /// Whether the lines are of this layout.
    pub(super) fn is(&self, lines: &[Line<'_>]) -> bool {
        const MOST: usize = 20_000;
        let early = || lines.iter().take(MOST);
        self.recognise.iter().all(|pattern| early().any(|line| pattern.is_match(line.text)))
    }

    /// The meaning and value of a line with a label.
    pub(super) fn labelled<'l>(&self, line: &'l str) -> Option<(Meaning, &'l str)> {
        let found = self.label.as_ref()?.captures(line)?;
        let label = found.name("label")?.as_str();
        let value = found.name("value").map_or("", |value| value.as_str().trim());
        Some((self.labels.get(label).copied().unwrap_or(Meaning::Drop), value))
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct FileText {
    #[serde(default)]
    patterns: BTreeMap<String, String>,
    #[serde(default)]
    export: Vec<RuleText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct RuleText {
    name: String,
    needs: Vec<String>,
    recognise: Vec<String>,
    start: Option<String>,
    end: Option<String>,
    separator: Option<String>,
    #[serde(default)]
    ignore: Vec<String>,
    anchor: Option<String>,
    anchor_is: Option<String>,
    #[serde(default)]
    above: Vec<StepText>,
    #[serde(default)]
    below: Vec<StepText>,
    first_line: Option<String>,
    label: Option<String>,
    #[serde(default)]
    labels: BTreeMap<String, String>,
    body: Option<String>,
    #[serde(default)]
    body_after: Vec<String>,
    tail: Option<String>,
    #[serde(default)]
    cut: Vec<CutText>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct StepText {
    field: String,
    is: Option<String>,
    unless: Option<String>,
    #[serde(default)]
    optional: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CutText {
    is: String,
    why: String,
}

impl Rules {
    /// Reads rules written as those of `data/exports.toml`. `checked` says whether each pattern is compiled at once.
    ///
    /// # Errors
    /// When it is no TOML of that shape, or a pattern is none.
    pub fn parse(text: &str, checked: bool) -> Result<Rules> {
        let file: FileText = toml::from_str(text)?;
        Rules::from_tables(file.export, &Patterns { named: &file.patterns, checked })
    }

    /// Reads the rules among the tables of a mapping file; its patterns come before the built-in ones.
    pub(in crate::read) fn from_toml(export: toml::Value, own: BTreeMap<String, String>) -> Result<Rules> {
        let built_in: FileText = toml::from_str(include_str!("../../../data/exports.toml"))?;
        let mut patterns = built_in.patterns;
        patterns.extend(own);
        let export: Vec<RuleText> = export.try_into()?;
        Rules::from_tables(export, &Patterns { named: &patterns, checked: true })
    }

    fn from_tables(export: Vec<RuleText>, patterns: &Patterns<'_>) -> Result<Rules> {
        let rules = export.into_iter().map(|rule| {
            let name = rule.name.clone();
            compile(rule, patterns).with_context(|| format!("in the export rule \"{name}\""))
        });
        let rules: Vec<Rule> = rules.collect::<Result<_>>()?;
        let needs = rules.iter().flat_map(|rule| &rule.needs);
        let needs = AhoCorasick::builder().match_kind(MatchKind::LeftmostFirst).build(needs).ok();
        Ok(Rules { rules, needs })
    }

    /// Those whose words a file holds.
    pub(super) fn likely<'r>(&'r self, raw: &'r str) -> impl Iterator<Item = &'r Rule> {
        let none = self.needs.as_ref().is_some_and(|needs| !needs.is_match(raw));
        let rules = if none { &[] } else { self.rules.as_slice() };
        rules.iter().filter(|rule| rule.may_be(raw))
    }
}

struct Patterns<'p> {
    named: &'p BTreeMap<String, String>,
    /// Whether each is compiled at once, to see that it is one.
    checked: bool,
}

impl Patterns<'_> {
    /// A pattern for a whole line, `{names}` in it replaced.
    fn line(&self, pattern: &str) -> Result<Pattern> {
        let mut full = pattern.to_owned();
        for (name, value) in self.named {
            full = full.replace(&format!("{{{name}}}"), &format!("(?:{value})"));
        }
        let line = Pattern::new(&full);
        if self.checked {
            line.check().with_context(|| format!("in the pattern {pattern}"))?;
        }
        Ok(line)
    }

    fn optional(&self, pattern: Option<&String>) -> Result<Option<Pattern>> {
        pattern.map(|pattern| self.line(pattern)).transpose()
    }

    fn all(&self, patterns: &[String]) -> Result<Vec<Pattern>> {
        patterns.iter().map(|pattern| self.line(pattern)).collect()
    }

    fn steps(&self, steps: &[StepText]) -> Result<Vec<Step>> {
        let step = |step: &StepText| {
            let (is, unless) = (self.optional(step.is.as_ref())?, self.optional(step.unless.as_ref())?);
            Ok(Step { is, unless, meaning: meaning(&step.field)?, optional: step.optional })
        };
        steps.iter().map(step).collect()
    }
}

fn compile(rule: RuleText, patterns: &Patterns<'_>) -> Result<Rule> {
    if [&rule.start, &rule.end, &rule.separator].into_iter().flatten().count() == 0 {
        bail!("one of start, end and separator must tell where an article begins");
    }
    if rule.needs.is_empty() || rule.recognise.is_empty() {
        bail!("needs and recognise must name something, or every file would be taken for such an export");
    }
    Ok(Rule {
        recognise: patterns.all(&rule.recognise)?,
        start: patterns.optional(rule.start.as_ref())?,
        end: patterns.optional(rule.end.as_ref())?,
        separator: patterns.optional(rule.separator.as_ref())?,
        ignore: patterns.all(&rule.ignore)?,
        anchor: match (&rule.anchor, &rule.anchor_is) {
            (Some(anchor), Some(field)) => Some((patterns.line(anchor)?, meaning(field)?)),
            (None, None) => None,
            _ => bail!("anchor and anchor_is need each other"),
        },
        above: patterns.steps(&rule.above)?,
        below: patterns.steps(&rule.below)?,
        first_line: rule.first_line.as_deref().map(meaning).transpose()?,
        label: patterns.optional(rule.label.as_ref())?,
        labels: rule.labels.iter().map(|(name, field)| Ok((name.clone(), meaning(field)?))).collect::<Result<_>>()?,
        body: patterns.optional(rule.body.as_ref())?,
        body_after: rule.body_after.iter().map(|field| meaning(field)).collect::<Result<_>>()?,
        tail: patterns.optional(rule.tail.as_ref())?,
        cut: rule.cut.iter().map(|cut| Ok((patterns.line(&cut.is)?, cut.why.clone()))).collect::<Result<_>>()?,
        name: rule.name,
        needs: rule.needs,
    })
}

fn meaning(name: &str) -> Result<Meaning> {
    Ok(match name {
        "words" => Meaning::Words,
        "text" | "body" => Meaning::Text,
        "drop" => Meaning::Drop,
        name => match Field::named(name) {
            Some(field) => Meaning::Field(field),
            None => bail!("no field is called \"{name}\"; there are {}, words, text and drop", Field::names()),
        },
    })
}
