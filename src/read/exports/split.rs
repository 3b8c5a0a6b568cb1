//! Splitting: the lines of an export into its articles, each line by what its rule says it means.

use std::ops::Range;

use super::rules::{Meaning, Rule, Step};
use crate::article::{Article, Origin, Removed};
use crate::clean::layout::{self, one_line};
use crate::read::Out;
use crate::read::document::Unit;
use crate::read::fields::{Field, Record};

/// A line of the text: its number in the file, and what it says without the blanks around it.
#[derive(Debug, Clone, Copy)]
pub(super) struct Line<'t> {
    pub(super) number: u32,
    pub(super) text: &'t str,
}

/// The lines of `text`, numbered in `unit`s.
pub(super) fn lines(text: &str, unit: Unit) -> Vec<Line<'_>> {
    let lines = text.split('\n').enumerate();
    let invisible = |c: char| c.is_whitespace() || matches!(c, '\u{FEFF}' | '\u{200B}' | '\u{C}');
    lines.map(|(index, text)| Line { number: unit.number(index), text: text.trim_matches(invisible) }).collect()
}

/// Hands over each article of an export.
pub(super) fn read(rule: &Rule, lines: &[Line<'_>], unit: Unit, out: &mut Out<'_, '_, '_>) -> bool {
    let (mut ordinal, mut any) = (0u32, false);
    for part in parts(rule, lines) {
        let Some(found) = lines.get(part).and_then(|part| trimmed(part)) else { continue };
        let is_last = found.last().is_some_and(|line| lines.last().is_some_and(|last| last.number == line.number));
        if is_ignored(rule, found, is_last) {
            continue;
        }
        any = true;
        ordinal = ordinal.saturating_add(1);
        let line = found.first().map_or(0, |line| line.number);
        let record = Some(if unit == Unit::Line { line } else { ordinal });
        let goes_on = out.unharmed(record, |out| match Reading::new(rule, found).article(out.path, record) {
            Ok(article) => out.accept(article),
            Err(reason) => out.refuse(record, format!("{reason} ({}, {unit} {line})", rule.name)),
        });
        if !goes_on {
            return false;
        }
    }
    any || out.refuse(None, format!("a {} export without an article", rule.name))
}

/// Where the articles are.
fn parts(rule: &Rule, lines: &[Line<'_>]) -> Vec<Range<usize>> {
    let matches = |pattern: &Option<super::pattern::Pattern>, line: &Line<'_>| {
        pattern.as_ref().is_some_and(|pattern| pattern.is_match(line.text))
    };
    let mut parts = Vec::new();
    let mut from = (rule.start.is_none()).then_some(0);
    for (at, line) in lines.iter().enumerate() {
        if matches(&rule.start, line) || matches(&rule.separator, line) {
            parts.extend(from.map(|from| from..at));
            from = Some(at + 1);
        } else if matches(&rule.end, line) {
            parts.extend(from.map(|from| from..at + 1));
            from = rule.start.is_none().then_some(at + 1);
        }
    }
    parts.extend(from.map(|from| from..lines.len()));
    parts
}

/// Without the blank lines at both ends; nothing if there are no others.
fn trimmed<'l, 't>(part: &'l [Line<'t>]) -> Option<&'l [Line<'t>]> {
    let first = part.iter().position(|line| !line.text.is_empty())?;
    let last = part.iter().rposition(|line| !line.text.is_empty())?;
    part.get(first..=last)
}

/// Whether a part is no article: as its rule says, or for what stands behind the last end mark.
fn is_ignored(rule: &Rule, part: &[Line<'_>], is_last: bool) -> bool {
    const FEW: usize = 30;
    if part.iter().take(FEW).any(|line| rule.ignore.iter().any(|pattern| pattern.is_match(line.text))) {
        return true;
    }
    let has_anchor =
        || rule.anchor.as_ref().is_none_or(|(anchor, _)| part.iter().any(|line| anchor.is_match(line.text)));
    let words: usize = part.iter().map(|line| line.text.split_whitespace().count()).sum();
    is_last && rule.end.is_some() && (words < FEW || !has_anchor()) && !ends(rule, part)
}

fn ends(rule: &Rule, part: &[Line<'_>]) -> bool {
    part.last().is_some_and(|line| rule.end.as_ref().is_some_and(|end| end.is_match(line.text)))
}

/// One article being read.
struct Reading<'r, 'l, 't> {
    rule: &'r Rule,
    lines: &'l [Line<'t>],
    record: Record,
    words: Option<u32>,
    seen: Vec<Meaning>,
    body: Vec<Line<'t>>,
    removed: Vec<Removed>,
}

impl<'r, 'l, 't> Reading<'r, 'l, 't> {
    fn new(rule: &'r Rule, lines: &'l [Line<'t>]) -> Self {
        let record = Record::default();
        Reading { rule, lines, record, words: None, seen: Vec::new(), body: Vec::new(), removed: Vec::new() }
    }

    fn article(mut self, path: &str, number: Option<u32>) -> Result<Article, String> {
        let mut at = self.head()?;
        if let (Some(meaning), Some(line)) = (self.rule.first_line, self.lines.first())
            && self.rule.labelled(line.text).is_none()
        {
            at = self.value(at, meaning, line.text) + 1;
        }
        let at = self.labels(at);
        let at = self.text(at);
        self.tail(at);
        if self.record.get(Field::Title).is_none() && self.body.is_empty() {
            return Err("no headline and no text".to_owned());
        }
        self.finish(path, number)
    }

    fn finish(self, path: &str, number: Option<u32>) -> Result<Article, String> {
        if !self.body.iter().any(|line| line.text.contains(char::is_alphabetic)) {
            let title = self.record.get(Field::Title).unwrap_or("?");
            return Err(format!("no text below the headline \"{}\"", shortened(title)));
        }
        let raw = self.body.iter().map(|line| line.text).collect::<Vec<&str>>().join("\n");
        let mut paragraphs = layout::paragraphs(&raw);
        for paragraph in &mut paragraphs {
            let line = (paragraph.line as usize).checked_sub(1).and_then(|at| self.body.get(at));
            paragraph.line = line.map_or(0, |line| line.number);
        }
        let mut article = self.record.into_article_of(path, number, paragraphs);
        article.words = self.words;
        article.removed.extend(self.removed);
        article.removed.sort_by_key(|cut| cut.line);
        Ok(article)
    }

    /// Takes the lines around the anchor; gives what comes behind them.
    fn head(&mut self) -> Result<usize, String> {
        let Some((anchor, meaning)) = &self.rule.anchor else { return Ok(0) };
        let Some(at) = self.find_anchor(anchor) else {
            return Err(format!("no line of its head is {}", meaning.describe()));
        };
        let first = self.above(at);
        for line in self.lines.get(..first).unwrap_or_default() {
            self.drop(line, "head");
        }
        self.take(*meaning, self.lines[at].text);
        Ok(self.below(at + 1))
    }

    /// The line that is the anchor: with lines above it for what stands there, and early in the article, though a list
    /// of contents may stand before the first.
    fn find_anchor(&self, anchor: &super::pattern::Pattern) -> Option<usize> {
        let needed = self.rule.above.iter().filter(|step| !step.optional).count();
        let mut filled = 0;
        let mut found = None;
        for (at, line) in self.lines.iter().enumerate() {
            if line.text.is_empty() {
                continue;
            }
            if filled >= needed && anchor.is_match(line.text) {
                found.get_or_insert(at);
                if self.has_head_below(at) {
                    return Some(at);
                }
            }
            filled += 1;
        }
        found
    }

    /// Whether lines of a head follow line `at`: a label, or the first step.
    fn has_head_below(&self, at: usize) -> bool {
        const NEAR: usize = 8;
        let below = self.lines.iter().skip(at + 1).filter(|line| !line.text.is_empty()).take(NEAR);
        let needed = self.rule.below.iter().find(|step| !step.optional);
        let mut below = below.map(|line| line.text);
        match needed {
            Some(step) => below.next().is_some_and(|line| step.takes(line)),
            None => below.any(|line| {
                self.rule.labelled(line).is_some() || self.rule.body.as_ref().is_some_and(|body| body.is_match(line))
            }),
        }
    }

    /// Takes what stands above the anchor, from below upwards; gives where it begins.
    fn above(&mut self, anchor: usize) -> usize {
        let mut at = anchor;
        for step in &self.rule.above {
            let Some(line) = self.lines.get(..at).and_then(|l| l.iter().rposition(|line| !line.text.is_empty())) else {
                break;
            };
            if !step.takes(self.lines[line].text) {
                if step.optional {
                    continue;
                }
                break;
            }
            let first = if step.meaning == Meaning::Field(Field::Title) { self.block_start(line) } else { line };
            let text: Vec<&str> = self.lines[first..=line].iter().map(|line| line.text).collect();
            self.take(step.meaning, &text.join(" "));
            at = first;
        }
        at
    }

    /// Where the lines without a blank one between them begin, of which `line` is the last.
    fn block_start(&self, line: usize) -> usize {
        const MOST: usize = 6;
        let above = self.lines[..line].iter().rev().take(MOST).take_while(|line| !line.text.is_empty()).count();
        line - above
    }

    /// Takes what stands below the anchor, step by step; gives what comes behind.
    fn below(&mut self, from: usize) -> usize {
        let mut at = from;
        let steps: &[Step] = &self.rule.below;
        for step in steps {
            let Some(line) = self.next_filled(at) else { break };
            let text = self.lines[line].text;
            let is_known = self.rule.labelled(text).is_some() || self.begins_body(text).is_some();
            let is_second_title = step.meaning == Meaning::Field(Field::Title) && self.has_title_label();
            if !is_known && !is_second_title && step.takes(text) {
                at = match step.meaning {
                    Meaning::Field(Field::Title) => self.block(line, step.meaning),
                    meaning => {
                        self.take(meaning, text);
                        line + 1
                    }
                };
            }
        }
        at
    }

    fn has_title_label(&self) -> bool {
        self.lines.iter().any(|line| matches!(self.rule.labelled(line.text), Some((Meaning::Field(Field::Title), _))))
    }

    fn next_filled(&self, from: usize) -> Option<usize> {
        (from..self.lines.len()).find(|at| !self.lines[*at].text.is_empty())
    }

    fn begins_body(&self, line: &'t str) -> Option<&'t str> {
        let found = self.rule.body.as_ref()?.captures(line)?;
        Some(found.name("text").map_or("", |text| text.as_str().trim()))
    }

    /// Takes the labelled lines of the head; gives where the text begins.
    fn labels(&mut self, from: usize) -> usize {
        let mut at = from;
        while let Some(line) = self.next_filled(at) {
            let text = self.lines[line].text;
            if let Some(rest) = self.begins_body(text) {
                if !rest.is_empty() {
                    self.body.push(Line { text: rest, ..self.lines[line] });
                }
                return line + 1;
            }
            match self.rule.labelled(text) {
                Some((Meaning::Text, _)) => return line,
                Some((meaning, value)) => at = self.value(line, meaning, value) + 1,
                None if self.text_may_begin() => return line,
                None => {
                    self.drop(&self.lines[line], "head");
                    at = line + 1;
                }
            }
        }
        self.lines.len()
    }

    /// Whether a line without a meaning is the first of the text.
    fn text_may_begin(&self) -> bool {
        let has_mark = self.rule.body.as_ref().is_some_and(|body| self.lines.iter().any(|l| body.is_match(l.text)));
        let waits = !self.rule.body_after.is_empty() && !self.rule.body_after.iter().any(|m| self.seen.contains(m));
        let has_text_label =
            || self.lines.iter().any(|line| matches!(self.rule.labelled(line.text), Some((Meaning::Text, _))));
        !has_mark && !waits && (self.rule.anchor.is_some() || !has_text_label())
    }

    /// Takes a labelled value and the lines that it goes on for; gives the last of them.
    fn value(&mut self, line: usize, meaning: Meaning, first: &'t str) -> usize {
        let mut value = first.to_owned();
        let mut last = line;
        // A value goes on to the next blank line; one that begins on the line below its label does so there.
        for at in line + 1..self.lines.len() {
            let text = self.lines[at].text;
            let is_other = self.rule.labelled(text).is_some() || self.begins_body(text).is_some();
            if text.is_empty() && !value.is_empty() || is_other || self.is_tail(text) {
                break;
            }
            if text.is_empty() {
                if at > line + 1 {
                    break;
                }
                continue;
            }
            value.push(' ');
            value.push_str(text);
            last = at;
        }
        self.take(meaning, &value);
        last
    }

    /// Takes a block of lines; gives what comes behind.
    fn block(&mut self, line: usize, meaning: Meaning) -> usize {
        self.value(line, meaning, self.lines[line].text) + 1
    }

    fn is_tail(&self, line: &str) -> bool {
        self.rule.tail.as_ref().is_some_and(|tail| tail.is_match(line))
    }

    /// Takes the text; gives where the tail begins.
    fn text(&mut self, from: usize) -> usize {
        for at in from..self.lines.len() {
            let line = self.lines[at];
            if self.is_tail(line.text) {
                return at;
            }
            if let Some((_, why)) = self.rule.cut.iter().find(|(pattern, _)| pattern.is_match(line.text)) {
                self.drop(&line, why);
                continue;
            }
            match self.rule.labelled(line.text) {
                Some((Meaning::Text, value)) => {
                    // A label begins a paragraph.
                    self.body.push(Line { text: "", ..line });
                    self.body.push(Line { text: value, ..line });
                }
                _ => self.body.push(line),
            }
        }
        self.lines.len()
    }

    fn tail(&mut self, from: usize) {
        let mut at = from;
        while let Some(line) = self.next_filled(at) {
            let text = self.lines[line].text;
            at = match self.rule.labelled(text) {
                Some((Meaning::Text, _)) | None => {
                    self.drop(&self.lines[line], "tail");
                    line + 1
                }
                Some((meaning, value)) => {
                    let last = self.value(line, meaning, value);
                    for index in line..=last {
                        self.drop(&self.lines[index], "tail");
                    }
                    last + 1
                }
            };
        }
    }

    fn take(&mut self, meaning: Meaning, value: &str) {
        self.seen.push(meaning);
        let value = one_line(value);
        match meaning {
            Meaning::Field(Field::Section) => {
                self.record.offer(Field::Section, 0, without_pages(&value), Origin::Metadata)
            }
            Meaning::Field(Field::Source) => self.record.offer(Field::Source, 0, outlet(&value), Origin::Metadata),
            Meaning::Field(Field::Author) if value.eq_ignore_ascii_case("anonymous") => {}
            Meaning::Field(field) => self.record.offer(field, 0, value, Origin::Metadata),
            Meaning::Words => {
                let digits: String =
                    value.chars().take_while(|c| !c.is_alphabetic()).filter(char::is_ascii_digit).take(9).collect();
                self.words = self.words.or(digits.parse().ok());
            }
            Meaning::Text | Meaning::Drop => {}
        }
    }

    fn drop(&mut self, line: &Line<'_>, why: &str) {
        if !line.text.is_empty() {
            self.removed.push(Removed { line: line.number, text: one_line(line.text), reason: why.to_owned().into() });
        }
    }
}

/// A section without the page it is on: `NEWS; Pg. 4`.
fn without_pages(section: &str) -> String {
    let is_page = |part: &&str| {
        ["Pg.", "Page", "Version", "Column", "S.", "Seite", "p."].iter().any(|word| part.trim().starts_with(word))
    };
    let parts: Vec<&str> = section.split(';').filter(|part| !is_page(part)).map(str::trim).collect();
    parts.join("; ")
}

/// The name of an outlet without where it appears: `The Guardian(London)`, `The Guardian; London`.
fn outlet(source: &str) -> String {
    let name = source.split(';').next().unwrap_or(source);
    let name = name.split_once('(').map_or(name, |(name, _)| name).trim();
    if name.is_empty() { source.to_owned() } else { name.to_owned() }
}

fn shortened(title: &str) -> String {
    const LONGEST: usize = 60;
    match title.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", title.get(..at).unwrap_or_default()),
        None => title.to_owned(),
    }
}
