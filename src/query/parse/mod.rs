//! Text to tree. Every reading that could surprise leaves a note; only a real mistake is an error.
//!
//! Precedence, tightest first: brackets and quotation marks, `field:`, `w/n`, `NOT` and `-`, AND (or a blank), OR.

mod error;
mod fields;
#[cfg(test)]
mod tests;
mod unit;
mod words;

use std::ops::Range;

use jiff::civil::Date;

pub use self::error::{QueryError, column};
use self::words::near_word;
pub(in crate::query) use self::words::{
    case_of, closing_mark, is_operator, keyword_word, make_exact, pattern_words, phrases, words_of,
};
use super::ast::{MAX_BRACKETS, MAX_LEVELS, Near, Node, NodeKind, Reach};

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
/// Bytes of a query before it is refused.
const MAX_LENGTH: usize = 64 << 10;

/// What a blank between two words means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Blank {
    /// Both.
    #[default]
    And,
    /// Any of them.
    Or,
    /// One behind the other.
    Phrase,
}

/// How a query is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Options {
    /// What "yesterday" is counted from.
    pub today: Date,
    /// What a blank means.
    pub blank: Blank,
    /// Whether words are found only in the form in which they are typed.
    pub no_stem: bool,
    /// Whether words are found only with capitals as typed.
    pub cased: bool,
}

impl Options {
    /// The language as documented.
    pub fn new(today: Date) -> Options {
        Options { today, blank: Blank::And, no_stem: false, cased: false }
    }
}

/// Reads a query. `today` is what "yesterday" is counted from.
///
/// # Errors
/// A mistake that leaves no sensible reading.
pub fn parse(text: &str, today: Date) -> Result<Parsed, QueryError> {
    parse_as(text, Options::new(today))
}

/// Reads a query as `options` say.
///
/// # Errors
/// As [`parse`].
pub fn parse_as(text: &str, options: Options) -> Result<Parsed, QueryError> {
    let mut parser = Parser { text, at: 0, notes: Vec::new(), options, depth: 0 };
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
    let mut root = joined(nodes, NodeKind::And).unwrap_or_else(|| Node::new(NodeKind::All, 0..text.len()));
    if root.levels() > MAX_LEVELS {
        return Err(parser.error(0..text.len(), "the query is nested too deep", None));
    }
    if options.no_stem {
        words::each_word(&mut root, words::unstemmed);
    }
    Ok(Parsed { root, notes: parser.notes })
}

struct Parser<'a> {
    text: &'a str,
    at: usize,
    notes: Vec<Note>,
    options: Options,
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

/// Whether a node looks for words of the running text.
fn has_words(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Word(_) | NodeKind::Phrase(_) | NodeKind::Near(_) | NodeKind::Within(..) | NodeKind::AtLeast(..) => {
            true
        }
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().any(has_words),
        NodeKind::In(field, _) => field.kind() == crate::field::Kind::Text,
        NodeKind::Not(inner) | NodeKind::Case(_, inner) | NodeKind::Boost(_, inner) => has_words(inner),
        NodeKind::All | NodeKind::Date(..) | NodeKind::Number(..) | NodeKind::Places(_) => false,
    }
}

/// Whether a word can be put behind another into a phrase.
fn can_extend(last: &Node, next: &Node) -> bool {
    let plain = |node: &Node| {
        matches!(&node.kind, NodeKind::Word(_)) || matches!(&node.kind, NodeKind::Phrase(p) if p.slop == 0)
    };
    plain(last) && plain(next)
}

/// Puts a word behind another into a phrase.
fn extend(last: &mut Node, next: Node) {
    let slots = |kind: NodeKind| match kind {
        NodeKind::Word(word) => vec![vec![word]],
        NodeKind::Phrase(phrase) => phrase.slots,
        _ => Vec::new(),
    };
    let mut all = slots(std::mem::replace(&mut last.kind, NodeKind::All));
    all.extend(slots(next.kind));
    // The words of a phrase stand in the form in which they are typed.
    all.iter_mut().flatten().for_each(words::unstemmed);
    last.kind = NodeKind::Phrase(super::ast::Phrase { slots: all, slop: 0 });
    last.span.end = next.span.end;
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
        if self.depth > MAX_BRACKETS {
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
        // Runs of parts with an AND between them; a blank stands between two runs.
        let mut runs: Vec<Vec<Node>> = Vec::new();
        let mut explicit = false;
        loop {
            if self.at_end() || matches!(self.chunk(), "OR" | "||") {
                return Ok(self.blanks(runs));
            }
            let start = self.at;
            if self.take_word("AND") || self.take_word("&&") {
                if runs.is_empty() || self.at_end() {
                    let side = if runs.is_empty() { "before" } else { "behind" };
                    self.note(start..self.at, format!("AND with nothing {side} it is ignored"));
                }
                explicit = true;
                continue;
            }
            if !runs.is_empty() && self.take_word("and") {
                if self.at_end() {
                    self.at = start;
                } else {
                    self.note(start..self.at, "`and` is read as AND; \"and\" in quotation marks is the word");
                    explicit = true;
                    continue;
                }
            }
            let Some(node) = self.not()? else { continue };
            match runs.last_mut().filter(|_| explicit) {
                Some(run) => run.push(node),
                None => runs.push(vec![node]),
            }
            explicit = false;
        }
    }

    /// Joins runs by what a blank means.
    fn blanks(&self, runs: Vec<Vec<Node>>) -> Option<Node> {
        match self.options.blank {
            Blank::And => joined(runs.into_iter().flatten().collect(), NodeKind::And),
            Blank::Or => {
                let runs: Vec<Node> = runs.into_iter().filter_map(|run| joined(run, NodeKind::And)).collect();
                let (not, mut all): (Vec<Node>, Vec<Node>) =
                    runs.into_iter().partition(|node| matches!(node.kind, NodeKind::Not(_)));
                let mut parts: Vec<Node> = Vec::new();
                // Conditions on the article are no alternatives to words.
                parts.extend(all.extract_if(.., |node| !has_words(node)));
                parts.splice(0..0, joined(all, NodeKind::Or));
                parts.extend(not);
                joined(parts, NodeKind::And)
            }
            Blank::Phrase => {
                let mut parts: Vec<Node> = Vec::new();
                for run in runs {
                    let mut run = run.into_iter();
                    if let Some(first) = run.next() {
                        match parts.last_mut() {
                            Some(last) if can_extend(last, &first) => extend(last, first),
                            _ => parts.push(first),
                        }
                    }
                    parts.extend(run);
                }
                joined(parts, NodeKind::And)
            }
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
        if self.depth > MAX_BRACKETS {
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
            if word.english && self.behind_is_end(typed.len()) {
                self.at = back;
                return Ok(Some(left)); // the last word of all is a word
            }
            self.at += typed.len();
            if let Some(note) = word.note {
                self.note(start..self.at, note);
            }
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
            if word.reach == Reach::Words(0) {
                let message = format!("`{typed}` finds nothing: neighbours are 1 apart");
                return Err(self.error(start..start + typed.len(), message, Some("write w/1 or more")));
            }
            let span = left.span.start..self.at;
            if !(left.has_room_above() && right.has_room_above()) {
                let message = format!("more than {} operators of nearness in a row", MAX_LEVELS - 1);
                return Err(self.error(start..start + typed.len(), message, None));
            }
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

    /// Whether nothing but a closing bracket follows `length` bytes on.
    fn behind_is_end(&self, length: usize) -> bool {
        matches!(self.rest()[length..].trim_start().chars().next(), None | Some(')' | '}'))
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
