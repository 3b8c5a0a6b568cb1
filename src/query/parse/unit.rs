//! The units of a query: words, phrases, regular expressions, groups, fields, functions and scopes.

use std::ops::Range;

use super::words::{
    case_of, closing_mark, default_edits, each_word, exact, folded_regex, is_operator, near_word, pattern_words,
    phrases, split_boost, split_fuzzy, words_of,
};
use super::{Parser, Result, joined};
use crate::field;
use crate::query::ast::{Case, Near, Node, NodeKind, Phrase, Reach, Unit, Word};
use crate::query::pattern;
use crate::text::fold;

impl<'a> Parser<'a> {
    pub(super) fn unit(&mut self) -> Result<Option<Node>> {
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

    pub(super) fn group(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        let inner = self.brackets()?;
        self.boosted(inner, start)
    }

    /// What stands between brackets.
    fn brackets(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        self.at += 1;
        let word = self.chunk();
        if is_operator(word) && self.rest()[word.len()..].starts_with(')') && !words_of(word).is_empty() {
            // An operator alone in brackets is the word.
            let at = self.at;
            self.at += word.len() + 1;
            return self.plain_word(word, at);
        }
        let inner = self.or()?;
        if self.peek() == Some(')') {
            self.at += 1;
        } else {
            self.note(start..start + 1, "the bracket is never closed; it is taken to close at the end");
        }
        if inner.is_none() {
            return Err(self.error(start..self.at, "there is nothing between the brackets", None));
        }
        Ok(inner)
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

    pub(super) fn phrase_or_stray(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        let Some((content, end)) = self.quoted() else {
            let width = self.peek().map_or(1, char::len_utf8);
            self.at += width;
            self.note(start..start + width, "the quotation mark is never closed; what follows is read as words");
            return Ok(None);
        };
        self.at = end;
        let mut all = phrases(content);
        if self.rest().starts_with('*') {
            self.at += 1;
            for last in all.iter_mut().filter_map(|slots| slots.last_mut()) {
                if let [Word::Plain(word)] = last.as_slice() {
                    *last = vec![Word::Wildcard(format!("{word}*"))];
                }
            }
        }
        let slop = self.slop()?;
        let cased = if self.options.cased { self.cased_phrase(content, &all, slop, start) } else { None };
        let node = cased.or_else(|| {
            let phrases = all.into_iter().filter_map(|slots| self.phrase_node(slots, slop, start)).collect();
            joined(phrases, NodeKind::Or)
        });
        if node.is_none() {
            self.note(start..end, "there is no word between the quotation marks; ignored");
        }
        self.boosted(node, start)
    }

    /// The text between the quotation mark here and the one that closes it, and where that ends.
    pub(super) fn quoted(&self) -> Option<(&'a str, usize)> {
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

    /// With `-s`: the words of a plain phrase with their capitals, one behind another.
    fn cased_phrase(&mut self, content: &str, all: &[Vec<Vec<Word>>], slop: u32, start: usize) -> Option<Node> {
        let typed: Vec<&str> = content.split_whitespace().collect();
        let [slots] = all else { return self.not_cased(start) };
        if slop > 0 || typed.len() != slots.len() || slots.iter().any(|slot| slot.len() != 1) {
            return self.not_cased(start);
        }
        let span = start..self.at;
        let mut words = slots.iter().flatten().zip(typed).map(|(word, typed)| {
            let node = Node::new(NodeKind::Word(word.clone()), span.clone());
            cased(node, typed)
        });
        let first = words.next()?;
        Some(words.fold(first, |left, right| {
            let (left, right) = (Box::new(left), Box::new(right));
            let near = Near { left, right, reach: Reach::Words(1), ordered: true, negated: false };
            Node::new(NodeKind::Near(near), span.clone())
        }))
    }

    fn not_cased(&mut self, start: usize) -> Option<Node> {
        self.note(start..self.at, "capitals are not compared in this phrase");
        None
    }

    fn phrase_node(&self, mut slots: Vec<Vec<Word>>, slop: u32, start: usize) -> Option<Node> {
        let span = start..self.at;
        match slots.len() {
            0 => None,
            1 if matches!(slots[0].as_slice(), [Word::Wildcard(stars)] if stars.chars().all(|c| c == '*')) => {
                Some(Node::new(NodeKind::All, span))
            }
            1 => {
                let words = slots.remove(0).into_iter().map(|w| Node::new(NodeKind::Word(w), span.clone())).collect();
                joined(words, NodeKind::Or)
            }
            _ => Some(Node::new(NodeKind::Phrase(Phrase { slots, slop }), span)),
        }
    }

    /// Where the regular expression that begins here ends, if one does.
    pub(super) fn regex_end(&self) -> Option<usize> {
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

    pub(super) fn regex(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        let Some(end) = self.regex_end() else { return Ok(None) };
        let pattern = &self.text[start + 1..end];
        self.at = end + 1;
        if let Err(reason) = pattern::check_regex(pattern) {
            return Err(self.error(start..end + 1, format!("the regular expression is not valid: {reason}"), None));
        }
        let node = Node::new(NodeKind::Word(Word::Regex(folded_regex(pattern))), start..end + 1);
        self.boosted(Some(node), start)
    }

    fn chunk_unit(&mut self) -> Result<Option<Node>> {
        let chunk = self.chunk();
        let start = self.at;
        if near_word(chunk).is_some_and(|word| !word.english) {
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
        let Some(mut inner) = self.brackets()? else { return Ok(None) };
        let span = start..self.at;
        if lower == "exact" {
            each_word(&mut inner, exact);
            return self.boosted(Some(inner), start);
        }
        let kind = match (count, case) {
            (Some(0), _) => return Err(self.error(start..start + name.len(), "atleast wants a number above 0", None)),
            (Some(count), _) => NodeKind::AtLeast(count, Box::new(inner)),
            (None, Some(case)) => NodeKind::Case(case, Box::new(inner)),
            (None, None) => return Ok(None),
        };
        self.boosted(Some(Node::new(kind, span)), start)
    }

    /// `quote{...}`, `sentence{...}`.
    fn scope(&mut self, name: &str) -> Result<Option<Node>> {
        let start = self.at;
        let unit = match name.to_ascii_lowercase().as_str() {
            "quote" => Unit::Quote,
            "sentence" | "sent" => Unit::Sentence,
            "para" | "paragraph" => Unit::Paragraph,
            "lead" => Unit::Lead,
            "article" | "doc" => Unit::Article,
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

    /// A chunk that is no operator: a word, or several that stand together.
    pub(super) fn word(&mut self, chunk: &str, start: usize) -> Result<Option<Node>> {
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
        if matches!(chunk, "or" | "not") && !self.text[..start].ends_with('(') {
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
            let node = slot.first().map(|word| Node::new(NodeKind::Word(word.clone()), span));
            return Ok(node.map(|node| if self.options.cased { cased(node, chunk) } else { node }));
        }
        Ok(Some(Node::new(NodeKind::Phrase(Phrase { slots, slop: 0 }), span)))
    }

    fn read_words(&mut self, body: &str, exact: bool, span: &Range<usize>) -> Result<Vec<Word>> {
        if let Some((word, edits)) = split_fuzzy(body) {
            let folded = words_of(word);
            if let [folded] = folded.as_slice() {
                let edits = edits.unwrap_or(default_edits(folded));
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
        if body.contains(['*', '?']) && fold(body).contains(char::is_alphanumeric) {
            if body.ends_with('?') && !body[..body.len() - 1].contains(['*', '?']) {
                self.note(span.clone(), "`?` stands for one letter");
            }
            return Ok(pattern_words(body));
        }
        let words = words_of(body);
        // Words that stand together ("pro-Russian") are a phrase, and phrases are as written.
        let make = match (exact, words.len()) {
            (true, _) => Word::Exact,
            (false, 1) => Word::Stem,
            _ => Word::Plain,
        };
        Ok(words.into_iter().map(make).collect())
    }
}

/// A word with its capitals as typed.
fn cased(word: Node, typed: &str) -> Node {
    let span = word.span.clone();
    match case_of(typed) {
        Some(case) => Node::new(NodeKind::Case(case, Box::new(word)), span),
        None => word,
    }
}
