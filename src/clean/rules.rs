//! Rules of one's own: lines that never belong to a text, and lines that always do. They come last, so that what
//! cleaning got wrong can be put right.

use anyhow::{Context, Result};
use regex::Regex;
use serde::Deserialize;

use crate::article::{Article, Removed};

/// Patterns for whole paragraphs.
#[derive(Debug, Clone, Default)]
pub struct LineRules {
    keep: Vec<Regex>,
    cut: Vec<Regex>,
}

/// Rules as written.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct LineRulesText {
    /// What always belongs to a text.
    #[serde(default)]
    pub keep: Vec<String>,
    /// What never does.
    #[serde(default)]
    pub cut: Vec<String>,
}

impl LineRules {
    /// Compiles the patterns; each must match a whole paragraph.
    ///
    /// # Errors
    /// When one is no regular expression.
    pub fn new(text: &LineRulesText) -> Result<LineRules> {
        let compile = |patterns: &[String]| {
            let one = |pattern: &String| {
                Regex::new(&format!("^(?:{pattern})$")).with_context(|| format!("in the pattern {pattern}"))
            };
            patterns.iter().map(one).collect::<Result<Vec<Regex>>>()
        };
        Ok(LineRules { keep: compile(&text.keep)?, cut: compile(&text.cut)? })
    }

    /// Whether a paragraph is to stay, whatever else is said of it.
    pub fn keeps(&self, text: &str) -> bool {
        self.keep.iter().any(|pattern| pattern.is_match(text))
    }

    /// Takes out of the body of `article` what is to be cut, and puts back what is to be kept where it stood.
    pub fn apply(&self, article: &mut Article) {
        let is_in = |patterns: &[Regex], text: &str| patterns.iter().any(|pattern| pattern.is_match(text));
        let body = std::mem::take(&mut article.body);
        let mut lines: Vec<(u32, &str)> = article.lines.iter().copied().zip(body.split("\n\n")).collect();
        let mut removed = std::mem::take(&mut article.removed);
        let (back, rest): (Vec<Removed>, Vec<Removed>) =
            removed.drain(..).partition(|cut| is_in(&self.keep, &cut.text));
        removed = rest;
        lines.retain(|(line, text)| {
            let is_cut = is_in(&self.cut, text) && !is_in(&self.keep, text);
            if is_cut {
                removed.push(Removed { line: *line, text: (*text).to_owned(), reason: "rule".into() });
            }
            !is_cut
        });
        for cut in &back {
            let at = lines.partition_point(|(line, _)| *line <= cut.line);
            lines.insert(at, (cut.line, &cut.text));
        }
        removed.sort_by_key(|cut| cut.line);
        article.lines = lines.iter().map(|(line, _)| *line).collect();
        article.body = lines.iter().map(|(_, text)| *text).collect::<Vec<_>>().join("\n\n");
        article.removed = removed;
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn lines_come_and_go() {
        let removed = |line, text: &str| Removed { line, text: text.to_owned(), reason: "menu".into() };
        let mut article = Article {
            body: "One.\n\nJoin 12 others.\n\nThree.".to_owned(),
            lines: vec![3, 5, 9],
            removed: vec![removed(1, "Home"), removed(7, "Jobs"), removed(8, "Read more")],
            ..Article::default()
        };
        let text = LineRulesText { keep: vec!["Jobs|Work".into()], cut: vec![r"Join \d+ others\.".into()] };
        LineRules::new(&text).unwrap().apply(&mut article);
        assert_eq!((article.body.as_str(), article.lines.as_slice()), ("One.\n\nJobs\n\nThree.", &[3, 7, 9][..]));
        let reasons: Vec<_> = article.removed.iter().map(|r| (r.line, &*r.reason)).collect();
        assert_eq!(reasons, [(1, "menu"), (5, "rule"), (8, "menu")]);
        assert!(LineRules::new(&LineRulesText { keep: vec!["(".into()], cut: Vec::new() }).is_err());
    }
}
