//! Text to tree. Every reading that could surprise leaves a note; only a real mistake is an error.
//!
//! Precedence, tightest first: brackets and quotation marks, `field:`, `w/n`, `NOT` and `-`, AND (or a blank), OR.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use super::ast::{Case, Near, Node, NodeKind, Phrase, Reach, Unit, Word};
use super::dates;
use crate::field::{self, Field, Kind};
use crate::text::{Kind as TokenKind, Tokens, fold};

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

/// A mistake that leaves no sensible reading.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The query as typed.
    pub query: String,
    /// Bytes of the query it is about.
    pub span: Range<usize>,
    /// What is wrong.
    pub message: String,
    /// What was probably meant.
    pub help: Option<String>,
}

impl QueryError {
    /// The column of the mistake, in characters, from 1.
    pub fn column(&self) -> usize {
        column(&self.query, self.span.start)
    }
}

/// The column of byte `at` of `text`, in characters, from 1.
pub fn column(text: &str, at: usize) -> usize {
    text.char_indices().take_while(|(i, _)| *i < at).count() + 1
}

impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        use unicode_width::UnicodeWidthStr;
        let shown: String = self.query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
        let before = self.query.get(..self.span.start).unwrap_or_default();
        let under = self.query.get(self.span.clone()).unwrap_or_default();
        writeln!(f, "query, column {}: {}", self.column(), self.message)?;
        writeln!(f, "  {shown}")?;
        write!(f, "  {}{}", " ".repeat(before.width()), "^".repeat(under.width().max(1)))?;
        match &self.help {
            Some(help) => write!(f, "\n  {help}"),
            None => Ok(()),
        }
    }
}

impl std::error::Error for QueryError {}

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

/// An operator between two sides that must be near one another.
struct NearWord {
    reach: Reach,
    ordered: bool,
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

    fn unit(&mut self) -> Result<Option<Node>> {
        self.skip_blanks();
        let Some(first) = self.peek() else { return Ok(None) };
        match first {
            '(' => self.group(),
            '{' => {
                self.note(self.at..self.at + 1, "`{` belongs behind quote, sentence, para or lead, and is ignored");
                self.at += 1;
                Ok(None)
            }
            _ if closing_mark(first).is_some() => self.phrase_or_stray(),
            '/' if self.regex_end().is_some() => self.regex(),
            _ => self.chunk_unit(),
        }
    }

    fn group(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        self.at += 1;
        let inner = self.or()?;
        if self.peek() == Some(')') {
            self.at += 1;
        } else {
            self.note(start..start + 1, "the bracket is never closed; it is taken to close at the end");
        }
        if inner.is_none() {
            return Err(self.error(start..self.at, "there is nothing between the brackets", None));
        }
        self.boosted(inner, start)
    }

    /// Applies a `^2` behind a group, phrase or word.
    fn boosted(&mut self, node: Option<Node>, start: usize) -> Result<Option<Node>> {
        let Some(node) = node else { return Ok(None) };
        let Some(rest) = self.rest().strip_prefix('^') else { return Ok(Some(node)) };
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit() || c == '.').len();
        let span = self.at..self.at + 1 + digits;
        match rest[..digits].parse::<f32>() {
            Ok(boost) if boost > 0.0 && boost <= 1000.0 => {
                self.at = span.end;
                Ok(Some(Node::new(NodeKind::Boost(boost, Box::new(node)), start..span.end)))
            }
            _ => Err(self.error(span, "`^` wants a number above 0 and up to 1000 behind it", Some("such as geneva^2"))),
        }
    }

    fn phrase_or_stray(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        let Some((content, end)) = self.quoted() else {
            let width = self.peek().map_or(1, char::len_utf8);
            self.at += width;
            self.note(start..start + width, "the quotation mark is never closed; what follows is read as words");
            return Ok(None);
        };
        self.at = end;
        let mut slots = phrase_slots(content);
        if self.rest().starts_with('*') {
            self.at += 1;
            if let Some([Word::Exact(last)]) = slots.last_mut().map(Vec::as_mut_slice) {
                let prefix = Word::Wildcard(format!("{last}*"));
                slots.pop();
                slots.push(vec![prefix]);
            }
        }
        let slop = self.slop()?;
        let node = self.phrase_node(slots, slop, start);
        if node.is_none() {
            self.note(start..end, "there is no word between the quotation marks; ignored");
        }
        self.boosted(node, start)
    }

    /// The text between the quotation mark here and the one that closes it, and where that ends.
    fn quoted(&self) -> Option<(&'a str, usize)> {
        let open = self.peek()?;
        let closers = closing_mark(open)?;
        let begin = self.at + open.len_utf8();
        let length = self.text[begin..].find(closers)?;
        let close = self.text[begin + length..].chars().next()?;
        Some((&self.text[begin..begin + length], begin + length + close.len_utf8()))
    }

    fn slop(&mut self) -> Result<u32> {
        let Some(rest) = self.rest().strip_prefix('~') else { return Ok(0) };
        let digits = rest.len() - rest.trim_start_matches(|c: char| c.is_ascii_digit()).len();
        let span = self.at..self.at + 1 + digits;
        let Ok(slop) = rest[..digits].parse::<u32>() else {
            return Err(self.error(span, "`~` behind a phrase wants a number", Some("such as \"geneva talks\"~3")));
        };
        self.at = span.end;
        Ok(slop.min(10_000))
    }

    fn phrase_node(&self, mut slots: Vec<Vec<Word>>, slop: u32, start: usize) -> Option<Node> {
        let span = start..self.at;
        match slots.len() {
            0 => None,
            1 => {
                let words = slots.remove(0).into_iter().map(|w| Node::new(NodeKind::Word(w), span.clone())).collect();
                joined(words, NodeKind::Or)
            }
            _ => Some(Node::new(NodeKind::Phrase(Phrase { slots, slop }), span)),
        }
    }

    /// Where the regular expression that begins here ends, if one does.
    fn regex_end(&self) -> Option<usize> {
        let rest = &self.rest()[1..];
        let mut escaped = false;
        for (i, c) in rest.char_indices() {
            match c {
                _ if c.is_whitespace() => return None,
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '/' if i > 0 => {
                    let behind = rest[i + 1..].chars().next();
                    let ends = behind.is_none_or(|c| c.is_whitespace() || ")}^".contains(c));
                    return ends.then_some(self.at + 1 + i);
                }
                _ => {}
            }
        }
        None
    }

    fn regex(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        let Some(end) = self.regex_end() else { return Ok(None) };
        let pattern = &self.text[start + 1..end];
        self.at = end + 1;
        if let Err(reason) = super::pattern::check_regex(pattern) {
            return Err(self.error(start..end + 1, format!("the regular expression is not valid: {reason}"), None));
        }
        let node = Node::new(NodeKind::Word(Word::Regex(pattern.to_owned())), start..end + 1);
        self.boosted(Some(node), start)
    }

    fn chunk_unit(&mut self) -> Result<Option<Node>> {
        let chunk = self.chunk();
        let start = self.at;
        if near_word(chunk).is_some() {
            return Err(self.error(start..start + chunk.len(), format!("`{chunk}` has nothing on its left"), None));
        }
        let behind = self.rest()[chunk.len()..].chars().next();
        if behind == Some('(')
            && let Some(node) = self.function(chunk)?
        {
            return Ok(Some(node));
        }
        if behind == Some('{')
            && let Some(node) = self.scope(chunk)?
        {
            return Ok(Some(node));
        }
        if let Some((name, _)) = chunk.split_once(':') {
            if let Some(spec) = field::by_name(name) {
                return self.field(spec, start, name.len() + 1);
            }
            self.note_unknown_field(name, start, chunk);
        }
        self.at += chunk.len();
        self.word(chunk, start)
    }

    fn note_unknown_field(&mut self, name: &str, start: usize, chunk: &str) {
        if name.is_empty() || name.starts_with(|c: char| c.is_ascii_digit()) {
            return; // 10:30
        }
        let span = start..start + name.len() + 1;
        if chunk[name.len()..].starts_with("://") {
            return self.note(span, "the address is read as words; url:... searches addresses");
        }
        let meant = field::nearest(name).map_or(String::new(), |near| format!(" (did you mean {near}: ?)"));
        self.note(span, format!("`{name}` is no field{meant}; it is read as a word"));
    }

    /// `atleast3(...)`, `caps(...)`.
    fn function(&mut self, name: &str) -> Result<Option<Node>> {
        let start = self.at;
        let lower = name.to_ascii_lowercase();
        let count = lower.strip_prefix("atleast").and_then(|n| n.trim_start_matches('/').parse::<u32>().ok());
        let case = [Case::Capital, Case::All, Case::None].into_iter().find(|case| case.name() == lower);
        if count.is_none() && case.is_none() && lower != "exact" {
            return Ok(None);
        }
        self.at += name.len();
        let Some(inner) = self.group()? else { return Ok(None) };
        let span = start..self.at;
        if lower == "exact" {
            let mut node = inner;
            make_exact(&mut node);
            return Ok(Some(node));
        }
        let kind = match (count, case) {
            (Some(0), _) => return Err(self.error(start..start + name.len(), "atleast wants a number above 0", None)),
            (Some(count), _) => NodeKind::AtLeast(count, Box::new(inner)),
            (None, Some(case)) => NodeKind::Case(case, Box::new(inner)),
            (None, None) => return Ok(None),
        };
        Ok(Some(Node::new(kind, span)))
    }

    /// `quote{...}`, `sentence{...}`.
    fn scope(&mut self, name: &str) -> Result<Option<Node>> {
        let start = self.at;
        let unit = match name.to_ascii_lowercase().as_str() {
            "quote" => Unit::Quote,
            "sentence" | "sent" => Unit::Sentence,
            "para" | "paragraph" => Unit::Paragraph,
            "lead" => Unit::Lead,
            _ => return Ok(None),
        };
        self.at += name.len() + 1;
        let inner = self.or()?;
        if self.peek() == Some('}') {
            self.at += 1;
        } else {
            self.note(start..start + name.len() + 1, "the brace is never closed; it is taken to close at the end");
        }
        match inner {
            Some(inner) => Ok(Some(Node::new(NodeKind::Within(unit, Box::new(inner)), start..self.at))),
            None => Err(self.error(start..self.at, "there is nothing between the braces", None)),
        }
    }

    fn field(&mut self, spec: &'static field::Spec, start: usize, prefix: usize) -> Result<Option<Node>> {
        self.at += prefix;
        if self.peek().is_some_and(char::is_whitespace) {
            self.skip_blanks();
            if self.peek().is_some() {
                self.note(start..start + prefix, format!("the blank behind `{}:` is ignored", spec.name));
            }
        }
        if self.at_end() {
            let name = self.text[start..start + prefix - 1].to_owned();
            self.note(start..start + prefix, format!("`{name}:` has no value; it is read as a word"));
            return self.word(&name, start);
        }
        match spec.kind {
            Kind::Date => self.date(spec.field, start),
            Kind::Keyword => self.keyword(spec.field, start),
            Kind::Text | Kind::Name => self.in_field(spec.field, start),
        }
    }

    fn in_field(&mut self, field: Field, start: usize) -> Result<Option<Node>> {
        let inner = match self.peek() {
            Some('(') => self.group()?,
            Some(c) if closing_mark(c).is_some() => self.phrase_or_stray()?,
            Some('/') if self.regex_end().is_some() => self.regex()?,
            _ => {
                let (chunk, at) = (self.chunk(), self.at);
                self.at += chunk.len();
                self.word(chunk, at)?
            }
        };
        Ok(inner.map(|node| Node::new(NodeKind::In(field, Box::new(node)), start..self.at)))
    }

    fn keyword(&mut self, field: Field, start: usize) -> Result<Option<Node>> {
        if self.peek() == Some('(') {
            return self.in_field(field, start);
        }
        let value = match self.quoted() {
            Some((content, end)) => {
                self.at = end;
                content
            }
            None => {
                let chunk = self.chunk();
                self.at += chunk.len();
                chunk
            }
        };
        let word = keyword_word(value);
        let inner = Node::new(NodeKind::Word(word), start..self.at);
        Ok(Some(Node::new(NodeKind::In(field, Box::new(inner)), start..self.at)))
    }

    fn date(&mut self, field: Field, start: usize) -> Result<Option<Node>> {
        if self.peek() == Some('(') {
            return self.date_group(field);
        }
        let value = self.date_value();
        match dates::range(value, self.today) {
            Some(range) => Ok(Some(Node::new(NodeKind::Date(field, range), start..self.at))),
            None => {
                let help = "write date:2022, date:2022-01, date:2022-01-19, date:2022-01-10..2022-01-21, \
                            date:>=2022-01, date:\"last 30 days\" or date:none";
                Err(self.error(start..self.at, format!("`{value}` is no date"), Some(help)))
            }
        }
    }

    /// `date:(2021-05 OR 2022-01)`.
    fn date_group(&mut self, field: Field) -> Result<Option<Node>> {
        self.at += 1;
        let mut nodes = Vec::new();
        while !self.at_end() {
            let start = self.at;
            if self.take_word("OR") || self.take_word("||") {
                continue;
            }
            let before = self.at;
            nodes.extend(self.date(field, start)?);
            if self.at == before {
                break;
            }
        }
        if self.peek() == Some(')') {
            self.at += 1;
        }
        Ok(joined(nodes, NodeKind::Or))
    }

    /// Takes the value of a date field: quoted, `[a TO b]`, or up to the next blank.
    fn date_value(&mut self) -> &'a str {
        if let Some((content, end)) = self.quoted() {
            self.at = end;
            return content;
        }
        let start = self.at;
        let length = match self.peek() {
            Some('[' | '{') => self.rest().find([']', '}']).map(|end| end + 1),
            _ => None,
        };
        self.at += length.unwrap_or(self.chunk().len()).max(self.peek().map_or(0, char::len_utf8));
        &self.text[start..self.at]
    }

    /// A chunk that is no operator: a word, or several that stand together.
    fn word(&mut self, chunk: &str, start: usize) -> Result<Option<Node>> {
        let (body, boost) = split_boost(chunk);
        if let Some(node) = self.plain_word(body, start)? {
            let Some(boost) = boost else { return Ok(Some(node)) };
            return match boost.parse::<f32>() {
                Ok(number) if number > 0.0 && number <= 1000.0 => {
                    Ok(Some(Node::new(NodeKind::Boost(number, Box::new(node)), start..self.at)))
                }
                _ => {
                    let span = start + body.len()..start + chunk.len();
                    Err(self.error(
                        span,
                        "`^` wants a number above 0 and up to 1000 behind it",
                        Some("such as geneva^2"),
                    ))
                }
            };
        }
        Ok(None)
    }

    fn plain_word(&mut self, chunk: &str, start: usize) -> Result<Option<Node>> {
        let span = start..start + chunk.len();
        if !chunk.is_empty() && chunk.chars().all(|c| c == '*') {
            return Ok(Some(Node::new(NodeKind::All, span)));
        }
        if matches!(chunk, "or" | "not") {
            let text = format!("`{chunk}` is searched as a word; {} in capitals is the operator", chunk.to_uppercase());
            self.note(span.clone(), text);
        }
        let (exact, body) = match chunk.strip_prefix('=') {
            Some(body) => (true, body),
            None => (false, chunk),
        };
        let words = self.read_words(body, exact, &span)?;
        if words.is_empty() {
            self.note(span, format!("`{chunk}` holds no word and is ignored"));
            return Ok(None);
        }
        let slots = words.into_iter().map(|word| vec![word]).collect::<Vec<_>>();
        if let [slot] = slots.as_slice() {
            return Ok(slot.first().map(|word| Node::new(NodeKind::Word(word.clone()), span)));
        }
        Ok(Some(Node::new(NodeKind::Phrase(Phrase { slots, slop: 0 }), span)))
    }

    fn read_words(&mut self, body: &str, exact: bool, span: &Range<usize>) -> Result<Vec<Word>> {
        if let Some((word, edits)) = split_fuzzy(body) {
            let folded = words_of(word);
            if let [folded] = folded.as_slice() {
                let edits = edits.unwrap_or(if folded.chars().count() > 5 { 2 } else { 1 });
                if edits == 0 || edits > 2 {
                    return Err(self.error(span.clone(), "`~` allows one or two edits", Some("such as zelensky~1")));
                }
                return Ok(vec![Word::Fuzzy(folded.clone(), edits)]);
            }
        }
        let root = body.strip_suffix('!').filter(|root| root.ends_with(char::is_alphabetic));
        if let Some(root) = root {
            self.note(span.clone(), format!("`{body}` is read as {root}*"));
            return Ok(pattern_words(&format!("{root}*")));
        }
        if body.contains(['*', '?']) && body.contains(char::is_alphanumeric) {
            if body.ends_with('?') && !body[..body.len() - 1].contains(['*', '?']) {
                self.note(span.clone(), "`?` stands for one letter");
            }
            return Ok(pattern_words(body));
        }
        let words = words_of(body);
        // Words that stand together ("pro-Russian") are a phrase, and phrases are as written.
        let exact = exact || words.len() > 1;
        Ok(words.into_iter().map(|word| if exact { Word::Exact(word) } else { Word::Stem(word) }).collect())
    }
}

/// Splits `geneva^2`.
fn split_boost(chunk: &str) -> (&str, Option<&str>) {
    match chunk.rsplit_once('^') {
        Some((body, boost)) if !body.is_empty() && boost.chars().all(|c| c.is_ascii_digit() || c == '.') => {
            (body, Some(boost))
        }
        _ => (chunk, None),
    }
}

/// Splits `zelensky~` and `zelensky~1`.
fn split_fuzzy(chunk: &str) -> Option<(&str, Option<u8>)> {
    let (word, edits) = chunk.rsplit_once('~')?;
    match edits {
        "" => Some((word, None)),
        _ if edits.len() == 1 => edits.parse().ok().map(|n| (word, Some(n))),
        _ => None,
    }
}

/// The marks that close a phrase opened by `open`; `None` if it opens none.
fn closing_mark(open: char) -> Option<&'static [char]> {
    match open {
        '"' | '“' | '„' | '”' | '‟' | '＂' => Some(&['"', '”', '“', '‟', '＂']),
        '«' => Some(&['»']),
        _ => None,
    }
}

/// The folded words of a plain text.
fn words_of(text: &str) -> Vec<String> {
    let tokens = Tokens::scan(text);
    tokens
        .iter()
        .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
        .map(|t| fold(&text[t.range()]))
        .collect()
}

/// The words of a text with wildcards in it.
fn pattern_words(text: &str) -> Vec<Word> {
    let inside = |c: char| c.is_alphanumeric() || "*?'’_.".contains(c);
    let pieces = text.split(|c: char| !inside(c)).map(|piece| piece.trim_matches(['.', '\'', '’']));
    pieces
        .filter(|piece| piece.contains(|c: char| c.is_alphanumeric() || c == '*'))
        .map(|piece| match piece.contains(['*', '?']) {
            true => Word::Wildcard(fold(piece)),
            false => Word::Exact(fold(piece)),
        })
        .collect()
}

/// The places of a phrase: its words, with `(a|b)` as alternatives of one place.
fn phrase_slots(content: &str) -> Vec<Vec<Word>> {
    let mut slots = Vec::new();
    let mut rest = content;
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')') else { break };
        slots.extend(pattern_words_or_plain(&rest[..open]).into_iter().map(|w| vec![w]));
        let inside = &rest[open + 1..open + close];
        if inside.contains('|') {
            let slot: Vec<Word> = inside.split('|').flat_map(pattern_words_or_plain).collect();
            slots.extend((!slot.is_empty()).then_some(slot));
        } else {
            slots.extend(pattern_words_or_plain(inside).into_iter().map(|w| vec![w]));
        }
        rest = &rest[open + close + 1..];
    }
    slots.extend(pattern_words_or_plain(rest).into_iter().map(|w| vec![w]));
    slots
}

fn pattern_words_or_plain(text: &str) -> Vec<Word> {
    text.split_whitespace()
        .flat_map(|piece| match piece.trim_end_matches(['?', '!']).contains(['*', '?']) || piece.ends_with('*') {
            true => pattern_words(piece),
            false => words_of(piece).into_iter().map(Word::Exact).collect(),
        })
        .collect()
}

/// The value of a keyword field, as one word.
fn keyword_word(value: &str) -> Word {
    let folded = fold(value.trim());
    match value.strip_prefix('=') {
        Some(exact) => Word::Exact(fold(exact.trim())),
        None if folded.contains(['*', '?']) => Word::Wildcard(folded),
        None => Word::Exact(folded),
    }
}

/// Makes every stemmed word below `node` exact.
fn make_exact(node: &mut Node) {
    match &mut node.kind {
        NodeKind::Word(word) => {
            if let Word::Stem(text) = word {
                *word = Word::Exact(std::mem::take(text));
            }
        }
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter_mut().for_each(make_exact),
        NodeKind::Not(inner)
        | NodeKind::In(_, inner)
        | NodeKind::Within(_, inner)
        | NodeKind::AtLeast(_, inner)
        | NodeKind::Case(_, inner)
        | NodeKind::Boost(_, inner) => make_exact(inner),
        NodeKind::Near(near) => {
            make_exact(&mut near.left);
            make_exact(&mut near.right);
        }
        NodeKind::All | NodeKind::Phrase(_) | NodeKind::Date(..) | NodeKind::Places(_) => {}
    }
}

/// Reads `w/5`, `pre/3`, `w/s`, and what other systems write for them.
fn near_word(chunk: &str) -> Option<NearWord> {
    let lower = chunk.to_ascii_lowercase();
    let (ordered, reach) = match lower.as_str() {
        "same" | "/p" | "w/p" | "near/p" | "w/para" => (false, Reach::Paragraph),
        "/s" | "w/s" | "near/s" | "w/sent" => (false, Reach::Sentence),
        "pre/s" | "+s" => (true, Reach::Sentence),
        "pre/p" | "+p" => (true, Reach::Paragraph),
        "near" if chunk == "NEAR" => (false, Reach::Words(10)),
        other => {
            const ORDERED: &[&str] = &["pre/", "onear/", "p/", "+"];
            const EITHER: &[&str] = &["near/", "w/", "adj/", "n/", "/", "near", "adj"];
            let number = |prefixes: &[&str]| prefixes.iter().find_map(|p| other.strip_prefix(p)?.parse::<u32>().ok());
            match (number(ORDERED), number(EITHER)) {
                (Some(n), _) => (true, Reach::Words(n)),
                (None, Some(n)) => (false, Reach::Words(n)),
                (None, None) => return None,
            }
        }
    };
    Some(NearWord { reach, ordered })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Parsed {
        parse(text, jiff::civil::date(2022, 2, 24)).unwrap()
    }

    #[test]
    fn trees() {
        let table = [
            ("lavrov geneva", "(lavrov AND geneva)"),
            ("Lavrov AND Geneva", "(lavrov AND geneva)"),
            ("a OR b c", "(a OR (b AND c))"),
            ("(a OR b) c", "((a OR b) AND c)"),
            ("geneva AND NOT lavrov", "(geneva AND NOT lavrov)"),
            ("geneva AND (NOT lavrov)", "(geneva AND NOT lavrov)"),
            ("geneva -lavrov", "(geneva AND NOT lavrov)"),
            ("!football climate", "(NOT football AND climate)"),
            ("climate || city && paris", "(climate OR (city AND paris))"),
            ("lavrov and geneva", "(lavrov AND geneva)"),
            ("-football", "NOT football"),
            ("deploy*", "deploy*"),
            ("gen*va", "gen*va"),
            ("deploy!", "deploy*"),
            ("geneva~1", "geneva~1"),
            ("zelensky~", "zelensky~2"),
            ("=Kiev", "=kiev"),
            ("lavrov w/5 geneva", "(lavrov w/5 geneva)"),
            ("lavrov NEAR/5 geneva", "(lavrov w/5 geneva)"),
            ("a pre/3 (b OR c)", "(a pre/3 (b OR c))"),
            ("a /s b", "(a w/s b)"),
            ("a NOT w/5 b", "(a NOT w/5 b)"),
            ("a w/s b w/p c", "((a w/s b) w/p c)"),
            ("“geneva talks”", "\"geneva talks\""),
            ("„Genfer Gespräche“", "\"genfer gesprache\""),
            ("«переговоры в Женеве»", "\"переговоры в женеве\""),
            ("\"geneva talk*\"", "\"geneva talk*\""),
            ("\"troops (in|near) belarus\"~2", "\"troops (in|near) belarus\"~2"),
            ("\"talks in gene\"*", "\"talks in gene*\""),
            ("\"Geneva\"", "=geneva"),
            ("Lavrov's Geneva", "(lavrov AND geneva)"),
            ("don't", "don't"),
            ("O’Brien", "o'brien"),
            ("pro-Russian", "\"pro russian\""),
            ("10:30 train", "(\"10 30\" AND train)"),
            ("Re: Geneva", "(re AND geneva)"),
            ("\"Geneva talks", "(geneva AND talks)"),
            ("geneva)", "geneva"),
            ("(geneva", "geneva"),
            ("geneva OR", "geneva"),
            ("AND geneva", "geneva"),
            ("U.S. troops", "(u.s AND troops)"),
            ("speaker:lavrov", "speaker:lavrov"),
            ("speaker:\"Sergei Lavrov\"", "speaker:\"sergei lavrov\""),
            ("speaker:(peskov OR zakharova) geneva", "(speaker:(peskov OR zakharova) AND geneva)"),
            ("headline:talks", "title:talks"),
            ("source:\"Harbour Post\"", "source:=harbour post"),
            ("path:wire/2022/*", "path:wire/2022/*"),
            ("date:2022-03-01", "date:2022-03-01"),
            ("date:2022-01", "date:2022-01-01..2022-01-31"),
            ("date:[2022-03-01 TO 2022-03-02]", "date:2022-03-01..2022-03-02"),
            ("date:>=2022-01", "date:2022-01-01.."),
            ("date:..2021", "date:..2021-12-31"),
            ("date:none", "date:none"),
            ("date:(2021 OR 2023-05-01)", "(date:2021-01-01..2021-12-31 OR date:2023-05-01)"),
            ("geneve", "geneve"),
            ("Genève", "geneve"),
            ("/gene.*/", "/gene.*/"),
            ("(/lukashenk(a|o)/ minsk)", "(/lukashenk(a|o)/ AND minsk)"),
            ("quote{ceasefire speaker:lavrov}", "quote{(ceasefire AND speaker:lavrov)}"),
            ("sentence{a b}", "sentence{(a AND b)}"),
            ("atleast3(belarus)", "atleast3(belarus)"),
            ("caps(Turkey)", "caps(turkey)"),
            ("exact(talks geneva)", "(=talks AND =geneva)"),
            ("geneva^2 talks", "(geneva^2 AND talks)"),
            ("(a b)^1.5", "(a AND b)^1.5"),
            ("*", "*"),
            ("", "*"),
            ("http://example.com/a", "\"http example.com a\""),
            ("AT&T", "\"at t\""),
        ];
        for (text, tree) in table {
            assert_eq!(read(text).root.to_string(), tree, "{text:?}");
        }
    }

    #[test]
    fn what_could_surprise_leaves_a_note() {
        let noted = [
            "lavrov and geneva",
            "a or b",
            "Re: Geneva",
            "\"Geneva talks",
            "(geneva",
            "geneva)",
            "talk!",
            "geneva OR",
            "speker:lavrov",
            "http://example.com",
            "speaker: lavrov",
            "& geneva",
        ];
        for text in noted {
            assert_eq!(read(text).notes.len(), 1, "{text:?}: {:?}", read(text).notes);
        }
        let plain = ["lavrov geneva", "don't", "Lavrov's talks", "10:30", "a OR b", "geneva -lavrov", "“geneva talks”"];
        for text in plain {
            assert!(read(text).notes.is_empty(), "{text:?}: {:?}", read(text).notes);
        }
        assert!(read("speker:x").notes[0].text.contains("speaker"));
    }

    #[test]
    fn mistakes_name_the_column() {
        let table = [
            ("date:2022-13", 1, "no date"),
            ("geneva date:soon", 8, "no date"),
            ("()", 1, "nothing between"),
            ("geneva w/5", 8, "nothing on its right"),
            ("w/5 geneva", 1, "nothing on its left"),
            ("a w/5 (b c)", 8, "joins words"),
            ("/gene(/", 1, "not valid"),
            ("ж geneva~7", 3, "one or two"),
            ("geneva^x^0", 9, "number above 0"),
        ];
        for (text, column, message) in table {
            let error = parse(text, jiff::civil::date(2022, 2, 24)).unwrap_err();
            assert_eq!(error.column(), column, "{text:?}: {error}");
            assert!(error.message.contains(message), "{text:?}: {error}");
        }
        let shown = parse("geneva date:soon", jiff::civil::date(2022, 2, 24)).unwrap_err().to_string();
        assert!(shown.contains("\n  geneva date:soon\n         ^^^^^^^^^\n"), "{shown}");
        assert!(parse(&"(".repeat(10_000), jiff::civil::date(2022, 2, 24)).is_err());
        assert!(parse(&("NOT ".repeat(10_000) + "x"), jiff::civil::date(2022, 2, 24)).is_err());
    }

    proptest::proptest! {
        #[test]
        fn never_panics_and_reads_itself_back(text in "([a-zA-Zé*?~^:/\"“”«»(){}=!'0-9 -]|AND |OR |NOT |w/5 |date:|speaker:|said:|quote\\{|pre/2 ){0,24}") {
            let today = jiff::civil::date(2022, 2, 24);
            if let Ok(parsed) = parse(&text, today) {
                let printed = parsed.root.to_string();
                let again = parse(&printed, today);
                proptest::prop_assert!(again.is_ok(), "{:?} printed as {:?}: {:?}", text, printed, again);
                proptest::prop_assert_eq!(again.unwrap().root.to_string(), printed);
            }
        }
    }
}
