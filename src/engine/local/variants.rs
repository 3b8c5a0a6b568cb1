//! Names of several words in a query: what was taught of them (`BoJo` for `Boris Johnson`), and the names of a place in
//! other languages (`"New York"`, `"Nueva York"`). A word or phrase becomes a choice of phrases.

use anyhow::Result;

use super::spellings::Spellings;
use crate::field::{Field, Kind};
use crate::names::aliases;
use crate::query::ast::{Node, NodeKind, Phrase, Word};
use crate::results::Spelt;

/// Phrases that one name becomes, at most.
const MOST: usize = 16;
/// Words of a phrase that may be a name, at most.
const LONGEST: usize = 6;

/// Adds the other names to all names of `node`; says which.
pub(super) fn add(node: &mut Node, spellings: &Spellings, also: &mut Vec<Spelt>) -> Result<()> {
    let span = node.span.clone();
    match &mut node.kind {
        NodeKind::Word(_) | NodeKind::Phrase(_) => {
            let Some(name) = name_of(&node.kind) else { return Ok(()) };
            let others = others(spellings, &name)?;
            if others.is_empty() {
                return Ok(());
            }
            let mut choices = vec![node.clone()];
            choices.extend(others.iter().map(|other| Node::new(written(other), span.clone())));
            node.kind = NodeKind::Or(choices);
            also.push(Spelt { word: name, forms: others });
            Ok(())
        }
        NodeKind::In(field, inner) => {
            let holds_names = matches!(field, Field::Speaker | Field::Byline | Field::Dateline);
            if holds_names || field.kind() == Kind::Text { add(inner, spellings, also) } else { Ok(()) }
        }
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter_mut().try_for_each(|node| add(node, spellings, also)),
        NodeKind::Near(near) => {
            add(&mut near.left, spellings, also)?;
            add(&mut near.right, spellings, also)
        }
        NodeKind::Not(inner)
        | NodeKind::Within(_, inner)
        | NodeKind::AtLeast(_, inner)
        | NodeKind::Case(_, inner)
        | NodeKind::Boost(_, inner) => add(inner, spellings, also),
        _ => Ok(()),
    }
}

/// The words of a word or phrase that may be a name.
fn name_of(kind: &NodeKind) -> Option<String> {
    match kind {
        NodeKind::Word(Word::Stem(word) | Word::Plain(word)) => Some(word.clone()),
        NodeKind::Phrase(phrase) if phrase.slop == 0 && phrase.slots.len() <= LONGEST => {
            let words = phrase.slots.iter().map(|slot| match slot.as_slice() {
                [Word::Plain(text)] => Some(text.as_str()),
                _ => None,
            });
            Some(words.collect::<Option<Vec<&str>>>()?.join(" "))
        }
        _ => None,
    }
}

/// The other names whose words the archive has. Of one word for one word there is more to say: leaves do that.
fn others(spellings: &Spellings, name: &str) -> Result<Vec<String>> {
    let several = name.contains(' ');
    let taught = spellings.taught.others(name).map(str::to_owned);
    let places = aliases::of(name).places.into_iter().filter(|other| !spellings.taught.are_split(name, other));
    let mut found: Vec<String> = Vec::new();
    for other in taught.chain(places).filter(|other| several || other.contains(' ')) {
        if found.len() < MOST && !found.contains(&other) && spellings.has_words(&other)? {
            found.push(other);
        }
    }
    Ok(found)
}

/// A name as it is written.
fn written(name: &str) -> NodeKind {
    let words: Vec<Word> = name.split(' ').map(|word| Word::Exact(word.to_owned())).collect();
    match words.as_slice() {
        [word] => NodeKind::Word(word.clone()),
        _ => NodeKind::Phrase(Phrase { slots: words.into_iter().map(|word| vec![word]).collect(), slop: 0 }),
    }
}
