//! A query as a tree. Knows nothing of any engine; prints itself back in the query language.

use std::ops::{Range, RangeInclusive};

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
    /// A field with a number in a range.
    Number(Field, Numbers),
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
    /// In this form, case and accents aside, as in a phrase; a name also in its other spellings. The folded word.
    Plain(String),
    /// As written, case and accents aside: no other form, no other spelling. The folded word.
    Exact(String),
    /// With `*` and `?`. Folded.
    Wildcard(String),
    /// Within so many edits (1 or 2). Folded.
    Fuzzy(String, u8),
    /// A regular expression that the whole folded word must match.
    Regex(String),
}

impl Word {
    /// Its letters or pattern, without the marks of its kind.
    pub fn text(&self) -> &str {
        match self {
            Word::Stem(text) | Word::Plain(text) | Word::Exact(text) => text,
            Word::Wildcard(text) | Word::Fuzzy(text, _) | Word::Regex(text) => text,
        }
    }
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
    /// The article; among quotations: the one they stand in.
    Article,
}

impl Unit {
    /// The word before the brace.
    pub fn name(self) -> &'static str {
        match self {
            Unit::Quote => "quote",
            Unit::Sentence => "sentence",
            Unit::Paragraph => "para",
            Unit::Lead => "lead",
            Unit::Article => "article",
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

impl DateRange {
    /// The moments of these days as the clock here counts them, first and last, in seconds since 1970; `None` for no date.
    pub fn moments(self) -> Option<RangeInclusive<i64>> {
        let DateRange::Between(first, last) = self else { return None };
        let zone = jiff::tz::TimeZone::system();
        let start = |day: Option<Date>| Some(day?.to_zoned_datetime(zone.clone()).ok()?.timestamp().as_second());
        let from = start(first).unwrap_or(i64::MIN);
        let next = last.and_then(|day| day.tomorrow().ok());
        Some(from..=start(next).map_or(i64::MAX, |moment| moment - 1))
    }
}

/// A range of numbers, both ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Numbers {
    /// The least; 0 where none was given.
    pub least: u64,
    /// The most; `None` for any.
    pub most: Option<u64>,
}

impl Numbers {
    /// Whether `number` lies in the range.
    pub fn holds(self, number: u64) -> bool {
        self.least <= number && self.most.is_none_or(|most| number <= most)
    }
}

/// Levels of a tree, one above the other, before a query is refused.
pub const MAX_LEVELS: usize = 50;
/// Brackets within brackets before a query is refused: more than a printed tree of [`MAX_LEVELS`] has.
pub const MAX_BRACKETS: usize = 2 * MAX_LEVELS + 2;

impl Node {
    /// How many nodes stand one above the other, from this one down to words and values.
    pub fn levels(&self) -> usize {
        let of_all = |nodes: &[Node]| nodes.iter().map(Node::levels).max().unwrap_or(0);
        let below = match &self.kind {
            NodeKind::All
            | NodeKind::Word(_)
            | NodeKind::Phrase(_)
            | NodeKind::Date(..)
            | NodeKind::Number(..)
            | NodeKind::Places(_) => 0,
            NodeKind::And(nodes) | NodeKind::Or(nodes) => of_all(nodes),
            NodeKind::Near(near) => near.left.levels().max(near.right.levels()),
            NodeKind::Not(inner)
            | NodeKind::In(_, inner)
            | NodeKind::Within(_, inner)
            | NodeKind::AtLeast(_, inner)
            | NodeKind::Case(_, inner)
            | NodeKind::Boost(_, inner) => inner.levels(),
        };
        below + 1
    }

    /// Whether another node may stand above it.
    pub fn has_room_above(&self) -> bool {
        self.levels() < MAX_LEVELS
    }

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
