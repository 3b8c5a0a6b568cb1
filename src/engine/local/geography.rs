//! Names of places and countries in a query, by any spelling: what the gazetteer makes of them.

use crate::extract::places::gazetteer::{self, How};
use crate::field::Field;
use crate::query::ast::{Node, NodeKind, Word};

/// The query with every place also by its ids, and every country by its code. `=Kiev` stays as written.
pub(super) fn resolve(mut node: Node) -> Node {
    walk(&mut node);
    node
}

fn walk(node: &mut Node) {
    match &mut node.kind {
        NodeKind::In(Field::Place, inner) => each_name(inner, &place),
        NodeKind::In(Field::Country, inner) => each_name(inner, &country),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter_mut().for_each(walk),
        NodeKind::Not(inner)
        | NodeKind::In(_, inner)
        | NodeKind::Within(_, inner)
        | NodeKind::AtLeast(_, inner)
        | NodeKind::Case(_, inner)
        | NodeKind::Boost(_, inner) => walk(inner),
        _ => {}
    }
}

/// Replaces every word or phrase below `node` by what `make` makes of its text, if anything.
fn each_name(node: &mut Node, make: &dyn Fn(&Node, &str) -> Option<NodeKind>) {
    let name = match &mut node.kind {
        NodeKind::Word(Word::Stem(text) | Word::Plain(text)) => text.clone(),
        NodeKind::Phrase(phrase) => {
            let words = phrase.slots.iter().map(|slot| match slot.as_slice() {
                [Word::Plain(text)] => Some(text.as_str()),
                _ => None,
            });
            match words.collect::<Option<Vec<&str>>>() {
                Some(words) => words.join(" "),
                None => return,
            }
        }
        NodeKind::And(nodes) if nodes.iter().all(|n| matches!(n.kind, NodeKind::Word(Word::Stem(_)))) => {
            // `--place "New York"`: first as one name.
            let words: Vec<String> = nodes.iter().map(ToString::to_string).collect();
            if let Some(kind) = make(node, &words.join(" ")) {
                return node.kind = kind;
            }
            return each_of(node, make);
        }
        _ => return each_of(node, make),
    };
    if let Some(kind) = make(node, &name) {
        node.kind = kind;
    }
}

fn each_of(node: &mut Node, make: &dyn Fn(&Node, &str) -> Option<NodeKind>) {
    match &mut node.kind {
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter_mut().for_each(|inner| each_name(inner, make)),
        NodeKind::Not(inner) | NodeKind::Boost(_, inner) => each_name(inner, make),
        _ => {}
    }
}

fn place(node: &Node, name: &str) -> Option<NodeKind> {
    let ids: Vec<u32> = gazetteer::lookup(name).filter(|(_, how)| *how != How::Demonym).map(|(id, _)| id).collect();
    if ids.is_empty() {
        return None;
    }
    let known = Node::new(NodeKind::Places(ids), node.span.clone());
    Some(NodeKind::Or(vec![node.clone(), known]))
}

fn country(_: &Node, name: &str) -> Option<NodeKind> {
    let code = gazetteer::country(name)?;
    Some(NodeKind::Word(Word::Exact(code.to_lowercase())))
}
