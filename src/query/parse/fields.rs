//! `field:value`: running text, names, whole values, dates and numbers.

use super::words::{closing_mark, keyword_word, numbers};
use super::{Parser, Result, joined};
use crate::field::{self, Field, Kind};
use crate::query::ast::{MAX_BRACKETS, Node, NodeKind, Phrase, Word};
use crate::query::dates;

impl<'a> Parser<'a> {
    pub(super) fn field(&mut self, spec: &'static field::Spec, start: usize, prefix: usize) -> Result<Option<Node>> {
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
        if self.peek() == Some('!') && !matches!(spec.kind, Kind::Date | Kind::Number) {
            let not = format!("`!` in front of a value means nothing; NOT {}:... leaves it out", spec.name);
            self.note(self.at..self.at + 1, not);
        }
        match spec.kind {
            Kind::Date => self.date(spec.field, start),
            Kind::Number => self.number(spec.field, start),
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
        Ok(inner.map(|mut node| match field {
            Field::About => about(node),
            Field::Url => {
                parted(&mut node);
                Node::new(NodeKind::In(field, Box::new(node)), start..self.at)
            }
            _ => Node::new(NodeKind::In(field, Box::new(node)), start..self.at),
        }))
    }

    fn keyword(&mut self, field: Field, start: usize) -> Result<Option<Node>> {
        let inner = match self.peek() {
            Some('(') => self.values(field)?,
            _ => Some(self.value(field)?),
        };
        Ok(inner.map(|inner| Node::new(NodeKind::In(field, Box::new(inner)), start..self.at)))
    }

    /// One value of a keyword field: quoted, or up to the next blank.
    fn value(&mut self, field: Field) -> Result<Node> {
        let start = self.at;
        let value = match self.quoted() {
            Some((content, end)) => {
                self.at = end;
                content
            }
            None => {
                // A stray mark or brace is a part of the value: something must be taken.
                let length = self.chunk().len().max(self.peek().map_or(0, char::len_utf8));
                self.at += length;
                &self.text[start..start + length]
            }
        };
        self.value_node(field, value, start)
    }

    fn value_node(&mut self, field: Field, value: &str, start: usize) -> Result<Node> {
        let word = keyword_word(value);
        let known = field.values();
        if let Word::Exact(value) = &word
            && !known.is_empty()
            && !known.contains(&value.as_str())
        {
            let text = format!("`{}:` is one of {}, never `{value}`", field.name(), known.join(", "));
            self.note(start..self.at, text);
        }
        let digits = word.text().trim_end_matches('*');
        if matches!(field, Field::Id | Field::Cluster)
            && !((1..=16).contains(&digits.len()) && digits.bytes().all(|b| b.is_ascii_hexdigit()))
        {
            return Err(self.error(start..self.at, "an id is up to 16 digits from 0 to f", None));
        }
        Ok(Node::new(NodeKind::Word(word), start..self.at))
    }

    /// `source:(Reuters OR "Harbour Post")`: words that stand together are one value.
    fn values(&mut self, field: Field) -> Result<Option<Node>> {
        let open = self.at;
        self.at += 1;
        self.depth += 1;
        if self.depth > MAX_BRACKETS {
            return Err(self.error(open..self.at, "too many brackets within brackets", None));
        }
        let mut any: Vec<Node> = Vec::new();
        let mut all: Vec<Node> = Vec::new();
        let mut not = false;
        while !self.at_end() {
            let start = self.at;
            if self.take_word("OR") || self.take_word("||") {
                any.extend(joined(std::mem::take(&mut all), NodeKind::And));
                continue;
            }
            if self.take_word("AND") || self.take_word("&&") {
                continue;
            }
            let sign = self.rest().starts_with('-') && self.rest().len() > 1;
            if sign || self.take_word("NOT") {
                self.at += usize::from(sign);
                not = !not;
                continue;
            }
            let node = match self.peek() {
                Some('(') => self.values(field)?,
                Some(c) if closing_mark(c).is_some() => Some(self.value(field)?),
                _ => Some(self.words_of_value(field)?),
            };
            let Some(node) = node else { break };
            let span = start..self.at;
            let negated = std::mem::take(&mut not);
            all.push(if negated { Node::new(NodeKind::Not(Box::new(node)), span) } else { node });
        }
        self.depth -= 1;
        if self.peek() == Some(')') {
            self.at += 1;
        } else {
            self.note(open..open + 1, "the bracket is never closed; it is taken to close at the end");
        }
        any.extend(joined(all, NodeKind::And));
        if any.is_empty() {
            return Err(self.error(open..self.at, "there is nothing between the brackets", None));
        }
        Ok(joined(any, NodeKind::Or))
    }

    /// Bare words up to the next operator, bracket or quotation mark, as one value.
    fn words_of_value(&mut self, field: Field) -> Result<Node> {
        let start = self.at;
        let mut end = start;
        loop {
            let chunk = self.chunk();
            if chunk.is_empty() || (end > start && matches!(chunk, "OR" | "||" | "AND" | "&&" | "NOT")) {
                break;
            }
            self.at += chunk.len();
            end = self.at;
            self.skip_blanks();
        }
        if end == start {
            return self.value(field);
        }
        self.at = end;
        let value = &self.text[start..end];
        self.value_node(field, value, start)
    }

    fn date(&mut self, field: Field, start: usize) -> Result<Option<Node>> {
        if self.peek() == Some('(') {
            return self.date_group(field);
        }
        let value = self.date_value();
        match dates::range(value, self.options.today) {
            Some(range) => Ok(Some(Node::new(NodeKind::Date(field, range), start..self.at))),
            None => {
                let help = "write date:2022, date:2022-01, date:2022-01-19, date:2022-01-10..2022-01-21, \
                            date:>=2022-01, date:\"last 30 days\" or date:none";
                Err(self.error(start..self.at, format!("`{value}` is no date"), Some(help)))
            }
        }
    }

    fn number(&mut self, field: Field, start: usize) -> Result<Option<Node>> {
        let value = self.date_value();
        match numbers(value) {
            Some(range) => Ok(Some(Node::new(NodeKind::Number(field, range), start..self.at))),
            None => {
                let help = format!("write {0}:>800, {0}:<=300, {0}:300..800 or {0}:500", field.name());
                Err(self.error(start..self.at, format!("`{value}` is no number"), Some(&help)))
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
}

/// The words of an address are parted by `_` too: see [`field::address`].
fn parted(node: &mut Node) {
    let parts = |text: &str| -> Vec<Word> {
        text.split('_').filter(|part| !part.is_empty()).map(|part| Word::Plain(part.to_owned())).collect()
    };
    match &mut node.kind {
        NodeKind::Word(Word::Stem(text) | Word::Plain(text) | Word::Exact(text))
            if !parts(text).is_empty() && text.contains('_') =>
        {
            let slots = parts(text).into_iter().map(|word| vec![word]).collect();
            node.kind = NodeKind::Phrase(Phrase { slots, slop: 0 });
        }
        NodeKind::Phrase(phrase) => {
            let slots = std::mem::take(&mut phrase.slots).into_iter().flat_map(|slot| match slot.as_slice() {
                [Word::Plain(text)] if text.contains('_') => parts(text).into_iter().map(|word| vec![word]).collect(),
                _ => vec![slot],
            });
            phrase.slots = slots.collect();
        }
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter_mut().for_each(parted),
        NodeKind::Not(inner) | NodeKind::Boost(_, inner) => parted(inner),
        _ => {}
    }
}

/// What an article is about stands in its headline or lead, or comes up again and again. Of several subjects each is
/// looked for so.
fn about(node: Node) -> Node {
    let each = |nodes: Vec<Node>| nodes.into_iter().map(about).collect();
    let span = node.span.clone();
    let kind = match node.kind {
        NodeKind::And(nodes) => NodeKind::And(each(nodes)),
        NodeKind::Or(nodes) => NodeKind::Or(each(nodes)),
        NodeKind::Not(inner) => NodeKind::Not(Box::new(about(*inner))),
        NodeKind::Boost(weight, inner) => NodeKind::Boost(weight, Box::new(about(*inner))),
        _ => NodeKind::Or(vec![
            Node::new(NodeKind::In(Field::HeadLead, Box::new(node.clone())), span.clone()),
            Node::new(NodeKind::AtLeast(field::ABOUT_TIMES, Box::new(node)), span.clone()),
        ]),
    };
    Node::new(kind, span)
}
