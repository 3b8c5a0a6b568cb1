//! A query that also looks into what cleaning cut out of the texts.

use super::ast::{Near, Node, NodeKind, Reach};
use crate::field::Field;

/// The query with every word, phrase and pair of near words looked for in the text or in what was cut out of it.
///
/// What was cut are lines without sentences and paragraphs: conditions on those, and on fields, stay as they are.
pub fn with_removed(node: Node) -> Node {
    let Node { kind, span } = node;
    let all = |nodes: Vec<Node>| nodes.into_iter().map(with_removed).collect();
    let kind = match kind {
        NodeKind::Word(_) | NodeKind::Phrase(_) => return either(Node { kind, span }),
        NodeKind::Near(near) if is_in_words(&near) => return either(Node { kind: NodeKind::Near(near), span }),
        NodeKind::And(nodes) => NodeKind::And(all(nodes)),
        NodeKind::Or(nodes) => NodeKind::Or(all(nodes)),
        NodeKind::Not(inner) => NodeKind::Not(Box::new(with_removed(*inner))),
        NodeKind::Boost(boost, inner) => NodeKind::Boost(boost, Box::new(with_removed(*inner))),
        other => other,
    };
    Node { kind, span }
}

fn either(node: Node) -> Node {
    let span = node.span.clone();
    let cut = Node::new(NodeKind::In(Field::Cut, Box::new(node.clone())), span.clone());
    Node::new(NodeKind::Or(vec![node, cut]), span)
}

/// Whether all distances of a pair are told in words.
fn is_in_words(near: &Near) -> bool {
    let side = |node: &Node| match &node.kind {
        NodeKind::Near(near) => is_in_words(near),
        NodeKind::Or(nodes) => nodes.iter().all(|node| matches!(node.kind, NodeKind::Word(_) | NodeKind::Phrase(_))),
        kind => matches!(kind, NodeKind::Word(_) | NodeKind::Phrase(_)),
    };
    matches!(near.reach, Reach::Words(_)) && side(&near.left) && side(&near.right)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::query::parse;

    #[test]
    fn words_phrases_and_pairs_are_looked_for_in_both() {
        let table = [
            ("letter", "letter OR cut:letter"),
            ("\"our letter\" herd", "(\"our letter\" OR cut:\"our letter\") AND (herd OR cut:herd)"),
            ("herd NOT letter", "(herd OR cut:herd) AND NOT (letter OR cut:letter)"),
            ("our w/3 letter", "our w/3 letter OR cut:(our w/3 letter)"),
            ("our w/s letter", "our w/s letter"),
            ("title:letter source:herd", "title:letter AND source:herd"),
        ];
        let today = jiff::civil::date(2022, 1, 1);
        for (query, expected) in table {
            let root = with_removed(parse(query, today).unwrap().root);
            assert_eq!(root.to_string(), parse(expected, today).unwrap().root.to_string(), "{query}");
        }
    }
}
