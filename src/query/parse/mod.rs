//! Text to tree. Every reading that could surprise leaves a note; only a real mistake is an error.
//!
//! Precedence, tightest first: brackets and quotation marks, `field:`, `w/n`, `NOT` and `-`, AND (or a blank), OR.

mod error;
#[cfg(test)]
mod tests;
mod unit;
mod words;

use std::ops::Range;

use jiff::civil::Date;

pub use self::error::{QueryError, column};
use self::words::{closing_mark, near_word};
use super::ast::{Near, Node, NodeKind};

/// A query that was read, and what the reader should know about how.
#[derive(Debug, Clone, PartialEq)]
pub struct Parsed {
    /// The tree.
    pub root: Node,
    /// One line each, in the order of the text.
    pub notes: Vec<Note>,
}

/// A reading that could surprise.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Note {
    /// Bytes of the query it is about.
    pub span: Range<usize>,
    /// One line, without the place.
    pub text: String,
}
/// Brackets within brackets before a query is refused.
const MAX_DEPTH: usize = 50;
/// Bytes of a query before it is refused.
const MAX_LENGTH: usize = 64 << 10;

/// Reads a query. `today` is what "yesterday" is counted from.
pub fn parse(text: &str, today: Date) -> Result<Parsed, QueryError> {
    let mut parser = Parser { text, at: 0, notes: Vec::new(), today, depth: 0 };
    if text.len() > MAX_LENGTH {
        return Err(parser.error(0..0, "the query is longer than 64 KiB", None));
    }
    let mut nodes = Vec::new();
    loop {
        nodes.extend(parser.or()?);
        match parser.peek() {
            Some(c @ (')' | '}')) => {
                let at = parser.at;
                parser.at += 1;
                parser.note(at..at + 1, format!("`{c}` closes nothing and is ignored"));
            }
            _ => break,
        }
    }
    let root = joined(nodes, NodeKind::And).unwrap_or_else(|| Node::new(NodeKind::All, 0..text.len()));
    Ok(Parsed { root, notes: parser.notes })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    notes: Vec<Note>,
    today: Date,
    depth: usize,
}

type Result<T, E = QueryError> = std::result::Result<T, E>;

/// One node as it is, several under `kind`.
fn joined(mut nodes: Vec<Node>, kind: fn(Vec<Node>) -> NodeKind) -> Option<Node> {
    match nodes.len() {
        0 => None,
        1 => nodes.pop(),
        _ => {
            let span = nodes[0].span.start..nodes[nodes.len() - 1].span.end;
            Some(Node::new(kind(nodes), span))
        }
    }
}

impl<'a> Parser<'a> {
    fn error(&self, span: Range<usize>, message: impl Into<String>, help: Option<&str>) -> QueryError {
        QueryError { query: self.text.to_owned(), span, message: message.into(), help: help.map(str::to_owned) }
    }

    fn note(&mut self, span: Range<usize>, text: impl Into<String>) {
        self.notes.push(Note { span, text: text.into() });
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        let rest = self.rest();
        self.at += rest.len() - rest.trim_start().len();
    }

    /// The characters up to the next blank, bracket or quotation mark.
    fn chunk(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || "(){}".contains(c) || closing_mark(c).is_some());
        &rest[..end.unwrap_or(rest.len())]
    }

    /// Takes `word` if it stands here whole.
    fn take_word(&mut self, word: &str) -> bool {
        let found = self.chunk() == word;
        if found {
            self.at += word.len();
        }
        found
    }

    fn or(&mut self) -> Result<Option<Node>> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(self.at..self.at, "too many brackets within brackets", None));
        }
        let mut nodes = Vec::new();
        loop {
            nodes.extend(self.and()?);
            self.skip_blanks();
            let start = self.at;
            if !(self.take_word("OR") || self.take_word("||")) {
                break;
            }
            if nodes.is_empty() || self.at_end() {
                let side = if nodes.is_empty() { "before" } else { "behind" };
                self.note(start..self.at, format!("OR with nothing {side} it is ignored"));
            }
        }
        self.depth -= 1;
        Ok(joined(nodes, NodeKind::Or))
    }

    /// Whether nothing but a closing bracket follows.
    fn at_end(&mut self) -> bool {
        self.skip_blanks();
        matches!(self.peek(), None | Some(')' | '}'))
    }

    fn and(&mut self) -> Result<Option<Node>> {
        let mut nodes = Vec::new();
        loop {
            if self.at_end() || matches!(self.chunk(), "OR" | "||") {
                return Ok(joined(nodes, NodeKind::And));
            }
            let start = self.at;
            if self.take_word("AND") || self.take_word("&&") {
                if nodes.is_empty() || self.at_end() {
                    let side = if nodes.is_empty() { "before" } else { "behind" };
                    self.note(start..self.at, format!("AND with nothing {side} it is ignored"));
                }
                continue;
            }
            if !nodes.is_empty() && self.take_word("and") {
                if self.at_end() {
                    self.at = start;
                } else {
                    self.note(start..self.at, "`and` is read as AND; \"and\" in quotation marks is the word");
                    continue;
                }
            }
            nodes.extend(self.not()?);
        }
    }

    fn not(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        let word = self.take_word("NOT");
        let sign = !word && self.rest().starts_with(['-', '!', '\u{2212}']) && {
            let mut rest = self.rest().chars();
            rest.next();
            rest.next().is_some_and(|c| c.is_alphanumeric() || "\"“„«(=/".contains(c))
        };
        if sign {
            self.at += self.peek().map_or(1, char::len_utf8);
        }
        if !(word || sign) {
            return self.near();
        }
        if self.at_end() {
            self.note(start..self.at, "NOT with nothing behind it is ignored");
            return Ok(None);
        }
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(self.error(start..self.at, "too many NOTs", None));
        }
        let inner = if word && self.chunk() == "NOT" { self.not()? } else { self.near()? };
        self.depth -= 1;
        let span = start..self.at;
        Ok(inner.map(|node| Node::new(NodeKind::Not(Box::new(node)), span)))
    }

    fn near(&mut self) -> Result<Option<Node>> {
        let Some(mut left) = self.unit()? else { return Ok(None) };
        loop {
            let back = self.at;
            self.skip_blanks();
            let negated = self.take_word("NOT");
            self.skip_blanks();
            let start = self.at;
            let Some(word) = near_word(self.chunk()) else {
                self.at = back;
                return Ok(Some(left));
            };
            let typed = self.chunk();
            self.at += typed.len();
            if self.at_end() {
                return Err(self.error(
                    start..start + typed.len(),
                    format!("`{typed}` has nothing on its right"),
                    None,
                ));
            }
            let Some(right) = self.unit()? else { return Ok(Some(left)) };
            self.check_side(&left, typed)?;
            self.check_side(&right, typed)?;
            let span = left.span.start..self.at;
            let near = Near {
                left: Box::new(left),
                right: Box::new(right),
                reach: word.reach,
                ordered: word.ordered,
                negated,
            };
            left = Node::new(NodeKind::Near(near), span);
        }
    }

    /// Only what has a place in the text can be near something.
    fn check_side(&self, node: &Node, operator: &str) -> Result<()> {
        match &node.kind {
            NodeKind::Word(_) | NodeKind::Phrase(_) | NodeKind::Near(_) => Ok(()),
            NodeKind::Or(nodes) => nodes.iter().try_for_each(|n| self.check_side(n, operator)),
            NodeKind::Case(_, inner) | NodeKind::Boost(_, inner) => self.check_side(inner, operator),
            _ => {
                let message = format!("`{operator}` joins words, phrases and OR groups, and this is none");
                Err(self.error(node.span.clone(), message, Some("write each pair: (a w/5 c) AND (b w/5 c)")))
            }
        }
    }
}
