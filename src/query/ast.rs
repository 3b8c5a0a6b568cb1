//! A query as a tree. Knows nothing of any engine; prints itself back in the query language.

use std::fmt;
use std::ops::Range;

use jiff::civil::Date;

use crate::field::Field;

/// One node and where it was typed.
#[derive(Debug, Clone, PartialEq)]
pub struct Node {
    /// What it is.
    pub kind: NodeKind,
    /// Bytes of the typed query; empty for what flags added.
    pub span: Range<usize>,
}

/// What a node asks for.
#[derive(Debug, Clone, PartialEq)]
pub enum NodeKind {
    /// Every article.
    All,
    /// One word.
    Word(Word),
    /// Words one behind another.
    Phrase(Phrase),
    /// Two sides near one another.
    Near(Near),
    /// All of them.
    And(Vec<Node>),
    /// Any of them.
    Or(Vec<Node>),
    /// Articles that do not match.
    Not(Box<Node>),
    /// What stands under it is looked for in one field.
    In(Field, Box<Node>),
    /// A date field in a range, or without a value.
    Date(Field, DateRange),
    /// Places by their gazetteer ids; what an engine makes of a name, never typed.
    Places(Vec<u32>),
    /// All of it inside one unit of the text.
    Within(Unit, Box<Node>),
    /// At least so many matches.
    AtLeast(u32, Box<Node>),
    /// Words as capitalised in the text.
    Case(Case, Box<Node>),
    /// Counts so much in the ranking.
    Boost(f32, Box<Node>),
}

/// One word of a query and how it is compared with the words of a text.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Word {
    /// By its stem: `talks` finds `talk`. The folded word.
    Stem(String),
    /// As written, case and accents aside. The folded word.
    Exact(String),
    /// With `*` and `?`. Folded.
    Wildcard(String),
    /// Within so many edits (1 or 2). Folded.
    Fuzzy(String, u8),
    /// A regular expression that the whole folded word must match.
    Regex(String),
}

/// Words that stand one behind another.
#[derive(Debug, Clone, PartialEq)]
pub struct Phrase {
    /// One entry a place in the phrase; each with its alternatives.
    pub slots: Vec<Vec<Word>>,
    /// How many further words may stand between, in all.
    pub slop: u32,
}

/// Two sides near one another.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The left side: words, phrases, OR groups or other such pairs.
    pub left: Box<Node>,
    /// The right side.
    pub right: Box<Node>,
    /// How near.
    pub reach: Reach,
    /// Whether the left side must come first.
    pub ordered: bool,
    /// `NOT w/n`: the left side where the right is not near.
    pub negated: bool,
}

/// How near two sides must be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// At most so many words on from one another; neighbours are 1 apart.
    Words(u32),
    /// In one sentence.
    Sentence,
    /// In one paragraph.
    Paragraph,
}

/// A unit of the text that everything must stand in.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// One quotation; conditions on its speaker hold of the same one.
    Quote,
    /// One sentence.
    Sentence,
    /// One paragraph.
    Paragraph,
    /// The lead.
    Lead,
}

impl Unit {
    /// The word before the brace.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Quote => "quote",
            Unit::Sentence => "sentence",
            Unit::Paragraph => "para",
            Unit::Lead => "lead",
        }
    }
}

/// How letters must be written in the text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Case {
    /// First letter upper case.
    Capital,
    /// All letters upper case.
    All,
    /// No letter upper case.
    None,
}

impl Case {
    /// The word before the bracket.
    pub fn name(self) -> &'static str {
        match self {
            Case::Capital => "caps",
            Case::All => "allcaps",
            Case::None => "nocaps",
        }
    }
}

/// What a date field must hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateRange {
    /// No date known.
    Unknown,
    /// Between two days, both included; open at a side that is `None`.
    Between(Option<Date>, Option<Date>),
}

impl Node {
    /// A node that was typed at `span`.
    pub fn new(kind: NodeKind, span: Range<usize>) -> Node {
        Node { kind, span }
    }

    /// Both, where either may itself be a conjunction. Used to add the conditions of flags.
    pub fn and(self, other: Node) -> Node {
        let span = self.span.clone();
        let mut all = match self.kind {
            NodeKind::All => Vec::new(),
            NodeKind::And(nodes) => nodes,
            kind => vec![Node { kind, span: span.clone() }],
        };
        match other.kind {
            NodeKind::And(nodes) => all.extend(nodes),
            NodeKind::All if !all.is_empty() => {}
            kind => all.push(Node { kind, span: other.span }),
        }
        match all.len() {
            1 => all.remove(0),
            _ => Node { kind: NodeKind::And(all), span },
        }
    }
}

impl fmt::Display for Word {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Word::Stem(word) | Word::Wildcard(word) => f.write_str(word),
            Word::Exact(word) => write!(f, "={word}"),
            Word::Fuzzy(word, edits) => write!(f, "{word}~{edits}"),
            Word::Regex(pattern) => write!(f, "/{pattern}/"),
        }
    }
}

impl fmt::Display for Phrase {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("\"")?;
        for (i, slot) in self.slots.iter().enumerate() {
            let words: Vec<String> = slot.iter().map(|w| w.to_string().trim_start_matches('=').to_owned()).collect();
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

impl fmt::Display for Node {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let list = |f: &mut fmt::Formatter<'_>, nodes: &[Node], joint: &str| {
            f.write_str("(")?;
            for (i, node) in nodes.iter().enumerate() {
                let joint = if i > 0 { joint } else { "" };
                write!(f, "{joint}{node}")?;
            }
            f.write_str(")")
        };
        match &self.kind {
            NodeKind::All => f.write_str("*"),
            NodeKind::Word(word) => word.fmt(f),
            NodeKind::Phrase(phrase) => phrase.fmt(f),
            NodeKind::Near(near) => near.fmt(f),
            NodeKind::And(nodes) => list(f, nodes, " AND "),
            NodeKind::Or(nodes) => list(f, nodes, " OR "),
            NodeKind::Not(node) => write!(f, "NOT {node}"),
            NodeKind::In(field, node) => write!(f, "{}:{node}", field.name()),
            NodeKind::Date(field, range) => write!(f, "{}:{range}", field.name()),
            NodeKind::Places(ids) => write!(f, "{ids:?}"),
            NodeKind::Within(unit, node) => write!(f, "{}{{{node}}}", unit.name()),
            NodeKind::AtLeast(n, node) => write!(f, "atleast{n}({node})"),
            NodeKind::Case(case, node) => write!(f, "{}({node})", case.name()),
            NodeKind::Boost(boost, node) => write!(f, "{node}^{boost}"),
        }
    }
}
