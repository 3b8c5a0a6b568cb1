//! A tree in the query language: its canonical form, which parses back to the same tree.

use std::fmt;

use jiff::civil::Date;

use super::ast::{DateRange, Near, Node, NodeKind, Numbers, Phrase, Reach, Word};
use super::parse::{closing_mark, is_operator};
use crate::field::Kind;

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            // An operator alone in brackets is the word.
            Word::Stem(word) if is_operator(word) => write!(f, "({word})"),
            Word::Stem(word) | Word::Wildcard(word) => f.write_str(word),
            Word::Plain(word) => write!(f, "\"{word}\""),
            Word::Exact(word) => write!(f, "={word}"),
            Word::Fuzzy(word, edits) => write!(f, "{word}~{edits}"),
            Word::Regex(pattern) => write!(f, "/{}/", with_strokes_escaped(pattern)),
        }
    }
}

/// A regular expression as it may stand between strokes.
fn with_strokes_escaped(pattern: &str) -> String {
    let mut out = String::with_capacity(pattern.len());
    let mut escaped = false;
    for c in pattern.chars() {
        if c == '/' && !escaped {
            out.push('\\');
        }
        escaped = c == '\\' && !escaped;
        out.push(c);
    }
    out
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        let plain = |word: &Word| match word {
            Word::Stem(text) | Word::Plain(text) => text.clone(),
            pattern => pattern.to_string(),
        };
        for (i, slot) in self.slots.iter().enumerate() {
            let words: Vec<String> = slot.iter().map(plain).collect();
            let blank = if i > 0 { " " } else { "" };
            match words.as_slice() {
                [word] => write!(f, "{blank}{word}")?,
                _ => write!(f, "{blank}({})", words.join("|"))?,
            }
        }
        f.write_str("\"")?;
        if self.slop > 0 { write!(f, "~{}", self.slop) } else { Ok(()) }
    }
}

impl fmt::Display for Near {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let word = if self.ordered { "pre" } else { "w" };
        let not = if self.negated { "NOT " } else { "" };
        let reach = match self.reach {
            Reach::Words(n) => n.to_string(),
            Reach::Sentence => "s".to_owned(),
            Reach::Paragraph => "p".to_owned(),
        };
        write!(f, "({} {not}{word}/{reach} {})", self.left, self.right)
    }
}

impl fmt::Display for DateRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let day = |date: &Option<Date>| date.map_or(String::new(), |d| d.to_string());
        match self {
            DateRange::Unknown => f.write_str("none"),
            DateRange::Between(first, last) if first == last => f.write_str(&day(first)),
            DateRange::Between(first, last) => write!(f, "{}..{}", day(first), day(last)),
        }
    }
}

impl fmt::Display for Numbers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.most {
            None => write!(f, ">={}", self.least),
            Some(most) if most == self.least => write!(f, "{most}"),
            Some(most) => write!(f, "{}..{most}", self.least),
        }
    }
}

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.kind {
            NodeKind::All => f.write_str("*"),
            NodeKind::Word(word) => word.fmt(f),
            NodeKind::Phrase(phrase) => phrase.fmt(f),
            NodeKind::Near(near) => near.fmt(f),
            NodeKind::And(nodes) => list(f, nodes, " AND "),
            NodeKind::Or(nodes) => list(f, nodes, " OR "),
            NodeKind::Not(node) => write!(f, "NOT {node}"),
            NodeKind::In(field, node) if field.kind() == Kind::Keyword => {
                write!(f, "{}:", field.name())?;
                values(f, node)
            }
            NodeKind::In(field, node) => write!(f, "{}:{}", field.name(), Bound(node)),
            NodeKind::Date(field, range) => write!(f, "{}:{range}", field.name()),
            NodeKind::Number(field, range) => write!(f, "{}:{range}", field.name()),
            NodeKind::Places(ids) => write!(f, "{ids:?}"),
            NodeKind::Within(unit, node) => write!(f, "{}{{{node}}}", unit.name()),
            NodeKind::AtLeast(n, node) => write!(f, "atleast{n}({node})"),
            NodeKind::Case(case, node) => write!(f, "{}({node})", case.name()),
            NodeKind::Boost(boost, node) => write!(f, "{}^{boost}", Bound(node)),
        }
    }
}

fn list(f: &mut fmt::Formatter<'_>, nodes: &[Node], joint: &str) -> fmt::Result {
    f.write_str("(")?;
    for (i, node) in nodes.iter().enumerate() {
        let joint = if i > 0 { joint } else { "" };
        write!(f, "{joint}{node}")?;
    }
    f.write_str(")")
}

/// A node to which something in front or behind binds: in brackets unless it is one unit by itself.
struct Bound<'a>(&'a Node);

impl fmt::Display for Bound<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let node = self.0;
        match &node.kind {
            NodeKind::All
            | NodeKind::Word(_)
            | NodeKind::Phrase(_)
            | NodeKind::Near(_)
            | NodeKind::And(_)
            | NodeKind::Or(_) => node.fmt(f),
            _ => write!(f, "({node})"),
        }
    }
}

/// Values of a keyword field, each in quotation marks.
fn values(f: &mut fmt::Formatter<'_>, node: &Node) -> fmt::Result {
    let joined = |f: &mut fmt::Formatter<'_>, nodes: &[Node], joint: &str| {
        f.write_str("(")?;
        for (i, node) in nodes.iter().enumerate() {
            f.write_str(if i > 0 { joint } else { "" })?;
            values(f, node)?;
        }
        f.write_str(")")
    };
    match &node.kind {
        NodeKind::And(nodes) => joined(f, nodes, " AND "),
        NodeKind::Or(nodes) => joined(f, nodes, " OR "),
        NodeKind::Not(inner) => {
            f.write_str("(NOT ")?;
            values(f, inner)?;
            f.write_str(")")
        }
        NodeKind::Word(word) => {
            let text = word.text();
            let written = matches!(word, Word::Exact(_)) && (text.starts_with('=') || text.contains(['*', '?']));
            let closes = closing_mark('"').is_some_and(|marks| text.contains(marks));
            let (open, close) = if closes { ("«", "»") } else { ("\"", "\"") };
            write!(f, "{open}{}{text}{close}", if written { "=" } else { "" })
        }
        _ => fmt::Display::fmt(node, f),
    }
}
