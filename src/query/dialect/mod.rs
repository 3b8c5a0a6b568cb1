//! Searches pasted from LexisNexis, Factiva and ProQuest, read with the meaning that they have there: which operator
//! binds first, what a blank means, what a wildcard stands for. The result is a tree as any other; `explain` prints it.

mod fields;
#[cfg(test)]
mod tests;
mod words;

use std::ops::Range;

use self::words::Operator;
use super::ast::{MAX_BRACKETS, MAX_LEVELS, Near, Node, NodeKind, Reach};
use super::parse::{Note, Options, Parsed, QueryError, closing_mark};
use crate::field::Field;

/// Whose language.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum System {
    /// LexisNexis, terms and connectors.
    Lexis,
    /// Factiva, traditional search.
    Factiva,
    /// ProQuest, command line.
    ProQuest,
}

/// Operators in one pair of brackets before a search is refused.
const MAX_OPERATORS: usize = 2000;
const MAX_LENGTH: usize = 64 << 10;

type Result<T, E = QueryError> = std::result::Result<T, E>;

/// Reads a search as `system` reads it.
///
/// # Errors
/// A mistake that leaves no sensible reading, and what asks for something that an archive has not.
pub fn parse(text: &str, system: System, options: Options) -> Result<Parsed> {
    let mut reader = Reader { text, at: 0, system, options, notes: Vec::new(), depth: 0 };
    if text.len() > MAX_LENGTH {
        return Err(reader.error(0..0, "the query is longer than 64 KiB"));
    }
    let mut parts = Vec::new();
    loop {
        parts.extend(reader.sequence()?);
        reader.skip_blanks();
        let Some(stray) = reader.peek() else { break };
        reader.note(reader.at..reader.at + stray.len_utf8(), format!("`{stray}` closes nothing and is ignored"));
        reader.at += stray.len_utf8();
    }
    let root = match parts.len() {
        0 => Node::new(NodeKind::All, 0..text.len()),
        1 => parts.remove(0),
        _ => Node::new(NodeKind::And(parts), 0..text.len()),
    };
    if root.levels() > MAX_LEVELS {
        return Err(reader.error(0..text.len(), "the search is nested too deep"));
    }
    Ok(Parsed { root, notes: reader.notes })
}

struct Reader<'a> {
    text: &'a str,
    at: usize,
    system: System,
    options: Options,
    notes: Vec<Note>,
    depth: usize,
}

/// An operator between two operands, and where it stands.
struct Joint {
    operator: Operator,
    /// The least binds first.
    rank: u32,
    span: Range<usize>,
}

impl<'a> Reader<'a> {
    fn error(&self, span: Range<usize>, message: impl Into<String>) -> QueryError {
        QueryError { query: self.text.to_owned(), span, message: message.into(), help: None }
    }

    fn note(&mut self, span: Range<usize>, text: impl Into<String>) {
        let text = text.into();
        if self.notes.iter().all(|note| note.text != text) {
            self.notes.push(Note { span, text });
        }
    }

    fn rest(&self) -> &'a str {
        &self.text[self.at..]
    }

    fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn skip_blanks(&mut self) {
        self.at += self.rest().len() - self.rest().trim_start().len();
    }

    /// The characters up to the next blank, bracket or quotation mark.
    fn chunk(&self) -> &'a str {
        let rest = self.rest();
        let end = rest.find(|c: char| c.is_whitespace() || "()[]{}".contains(c) || closing_mark(c).is_some());
        &rest[..end.unwrap_or(rest.len())]
    }

    /// Operands and operators up to the closing bracket or the end, as one node.
    fn sequence(&mut self) -> Result<Option<Node>> {
        self.depth += 1;
        if self.depth > MAX_BRACKETS {
            return Err(self.error(self.at..self.at, "too many brackets within brackets"));
        }
        let mut operands: Vec<Node> = Vec::new();
        let mut joints: Vec<Joint> = Vec::new();
        let mut pending: Option<Joint> = None;
        loop {
            self.skip_blanks();
            if matches!(self.peek(), None | Some(')' | ']' | '}')) {
                break;
            }
            let start = self.at;
            if let Some((operator, length)) = words::operator(self.system, self.rest()) {
                self.at += length;
                let span = start..self.at;
                self.operator(&mut pending, operator, span, operands.is_empty())?;
                continue;
            }
            let Some(operand) = self.operand()? else { continue };
            if !operands.is_empty() {
                let joint = pending.take().unwrap_or_else(|| self.blank(&operands[operands.len() - 1], &operand));
                joints.push(joint);
            } else if let Some(Joint { operator: Operator::Not, span, .. }) = pending.take() {
                // NOT at the very beginning: everything but that.
                let whole = span.start..operand.span.end;
                operands.push(Node::new(NodeKind::Not(Box::new(operand)), whole));
                continue;
            }
            operands.push(operand);
            if joints.len() > MAX_OPERATORS {
                return Err(self.error(start..self.at, "too many operators"));
            }
        }
        if let Some(joint) = pending {
            let typed = self.text[joint.span.clone()].to_owned();
            self.note(joint.span, format!("`{typed}` with nothing behind it is ignored"));
        }
        self.depth -= 1;
        self.reduce(operands, joints)
    }

    /// Takes an operator; `AND NOT` is one, `NOT w/5` too.
    fn operator(
        &mut self,
        pending: &mut Option<Joint>,
        operator: Operator,
        span: Range<usize>,
        first: bool,
    ) -> Result<()> {
        let operator = match (pending.as_ref().map(|joint| joint.operator), operator) {
            (Some(Operator::And), Operator::Not) => Operator::Not,
            (Some(Operator::Not), Operator::Near { reach, ordered, .. }) => {
                Operator::Near { reach, ordered, negated: true }
            }
            (Some(Operator::Not), Operator::Segment { .. }) => Operator::Segment { negated: true },
            (Some(_), _) => {
                let typed = &self.text[span.clone()];
                return Err(self.error(span.clone(), format!("`{typed}` has nothing on its left")));
            }
            (None, operator) => operator,
        };
        if first && !matches!(operator, Operator::Not) {
            let typed = self.text[span.clone()].to_owned();
            self.note(span, format!("`{typed}` with nothing before it is ignored"));
            return Ok(());
        }
        *pending = Some(Joint { operator, rank: words::rank(self.system, operator), span });
        Ok(())
    }

    /// What a blank between two operands means.
    fn blank(&mut self, left: &Node, right: &Node) -> Joint {
        let span = left.span.end..right.span.start;
        let adjacent = Operator::Near { reach: Reach::Words(1), ordered: true, negated: false };
        let operator = match self.system {
            System::ProQuest => Operator::And,
            _ if is_of_words(left) && is_of_words(right) => adjacent,
            _ => {
                self.note(span.clone(), "a blank next to a condition on a field is read as AND");
                Operator::And
            }
        };
        let rank = if operator == adjacent { 0 } else { words::rank(self.system, operator) };
        Joint { operator, rank, span }
    }

    /// Joins operands, those first whose operator binds first.
    fn reduce(&mut self, mut operands: Vec<Node>, mut joints: Vec<Joint>) -> Result<Option<Node>> {
        while let Some((at, _)) = joints.iter().enumerate().min_by_key(|(_, joint)| joint.rank) {
            let joint = joints.remove(at);
            let right = operands.remove(at + 1);
            let left = std::mem::replace(&mut operands[at], Node::new(NodeKind::All, 0..0));
            operands[at] = self.join(left, joint, right)?;
        }
        Ok(operands.pop())
    }

    fn join(&mut self, left: Node, joint: Joint, right: Node) -> Result<Node> {
        let span = left.span.start..right.span.end;
        // Lists grow in breadth; what else joins two sides stands above both.
        let is_list = matches!(joint.operator, Operator::And | Operator::Or);
        let fits = is_list || (left.has_room_above() && right.has_room_above());
        if !fits {
            let message = "too many words or operators in a row; put words that belong together in quotation marks";
            return Err(self.error(span, message));
        }
        let kind = match joint.operator {
            Operator::And => NodeKind::And(list(left, right, and)),
            Operator::Or => NodeKind::Or(list(left, right, or)),
            Operator::Not => {
                let not = Node::new(NodeKind::Not(Box::new(right)), joint.span.start..span.end);
                NodeKind::And(list(left, not, and))
            }
            Operator::Near { reach, ordered, negated } => {
                for side in [&left, &right] {
                    if !is_of_words(side) {
                        let typed = &self.text[joint.span.clone()];
                        let message = format!("`{typed}` joins words, phrases and OR groups, and this is none");
                        return Err(self.error(side.span.clone(), message));
                    }
                }
                NodeKind::Near(Near { left: Box::new(left), right: Box::new(right), reach, ordered, negated })
            }
            Operator::Segment { negated } => segment(left, right, negated, span.clone()),
        };
        Ok(Node::new(kind, span))
    }
}

/// Both sides in the headline, or both in the body.
fn segment(left: Node, right: Node, negated: bool, span: Range<usize>) -> NodeKind {
    let both = Node::new(NodeKind::And(vec![left.clone(), right]), span.clone());
    let within = |field| Node::new(NodeKind::In(field, Box::new(both.clone())), span.clone());
    let any = NodeKind::Or(vec![within(Field::Title), within(Field::Body)]);
    if !negated {
        return any;
    }
    let not = Node::new(NodeKind::Not(Box::new(Node::new(any, span.clone()))), span);
    NodeKind::And(vec![left, not])
}

/// Two nodes in one list; a left side that is such a list itself is continued.
fn list(left: Node, right: Node, of: fn(NodeKind) -> Result<Vec<Node>, NodeKind>) -> Vec<Node> {
    let span = left.span;
    let mut all = of(left.kind).unwrap_or_else(|kind| vec![Node::new(kind, span)]);
    all.push(right);
    all
}

fn and(kind: NodeKind) -> Result<Vec<Node>, NodeKind> {
    if let NodeKind::And(nodes) = kind { Ok(nodes) } else { Err(kind) }
}

fn or(kind: NodeKind) -> Result<Vec<Node>, NodeKind> {
    if let NodeKind::Or(nodes) = kind { Ok(nodes) } else { Err(kind) }
}

/// Whether something can be near a node.
fn is_of_words(node: &Node) -> bool {
    match &node.kind {
        NodeKind::Word(_) | NodeKind::Phrase(_) | NodeKind::Near(_) => true,
        NodeKind::Or(nodes) => nodes.iter().all(is_of_words),
        NodeKind::Case(_, inner) => is_of_words(inner),
        _ => false,
    }
}
