//! Names of several words in a query: what was taught of them (`BoJo` for `Boris Johnson`), and the names of a place in
//! other languages (`"New York"`, `"Nueva York"`), and names with the Arabic article in its other forms (`"Bashar Assad"`
//! for `"Bashar al-Assad"`). A word or phrase becomes a choice of phrases.

use anyhow::Result;

use super::spellings::Spellings;
use crate::field::{Field, Kind};
use crate::names::{aliases, article, key};
use crate::query::ast::{Case, Node, NodeKind, Phrase, Word};
use crate::results::Spelt;

/// Phrases that one name becomes, at most.
const MOST: usize = 16;
/// Words of a phrase that may be a name, at most.
const LONGEST: usize = 6;

/// Adds the other names to all names of `node`; says which.
pub(super) fn add(node: &mut Node, spellings: &Spellings, also: &mut Vec<Spelt>) -> Result<()> {
    add_in(node, true, spellings, also)
}

/// As [`add`]; `text` in running text, where capitals can be told.
fn add_in(node: &mut Node, text: bool, spellings: &Spellings, also: &mut Vec<Spelt>) -> Result<()> {
    let span = node.span.clone();
    match &mut node.kind {
        NodeKind::Word(_) | NodeKind::Phrase(_) => {
            let Some(name) = name_of(&node.kind) else { return Ok(()) };
            let words: Vec<&str> = name.split(' ').collect();
            let articles: Vec<String> = article::otherwise(&words).iter().map(|words| words.join(" ")).collect();
            let others = held(spellings, others(spellings, &name))?;
            let articles = held(spellings, articles)?;
            if others.is_empty() && articles.is_empty() {
                return Ok(());
            }
            let mut choices = vec![node.clone()];
            choices.extend(others.iter().map(|other| {
                let node = Node::new(written(other, Word::Exact), span.clone());
                match text && spellings.taught.is_in_capitals(other) {
                    true => Node::new(NodeKind::Case(Case::All, Box::new(node)), span.clone()),
                    false => node,
                }
            }));
            // The other words of such a name may be spelt otherwise, too.
            choices.extend(articles.iter().map(|other| Node::new(written(other, Word::Plain), span.clone())));
            node.kind = NodeKind::Or(choices);
            // An article of one script before a name of the other stands for the name in that script, which its words tell.
            let shown = articles.into_iter().filter(|name| is_of_one_script(name));
            let forms: Vec<String> = others.into_iter().chain(shown).collect();
            also.extend((!forms.is_empty()).then_some(Spelt { word: name, forms }));
            Ok(())
        }
        NodeKind::In(field, inner) => {
            let holds_names = matches!(field, Field::Speaker | Field::Person | Field::Byline | Field::Dateline);
            if holds_names || field.kind() == Kind::Text {
                add_in(inner, text && !holds_names, spellings, also)
            } else {
                Ok(())
            }
        }
        NodeKind::And(nodes) | NodeKind::Or(nodes) => {
            nodes.iter_mut().try_for_each(|node| add_in(node, text, spellings, also))
        }
        NodeKind::Near(near) => {
            add_in(&mut near.left, text, spellings, also)?;
            add_in(&mut near.right, text, spellings, also)
        }
        NodeKind::Not(inner)
        | NodeKind::Within(_, inner)
        | NodeKind::AtLeast(_, inner)
        | NodeKind::Case(_, inner)
        | NodeKind::Boost(_, inner) => add_in(inner, text, spellings, also),
        _ => Ok(()),
    }
}

fn is_of_one_script(name: &str) -> bool {
    let mut words = name.split(' ').map(key::is_cyrillic);
    let first = words.next();
    words.all(|cyrillic| Some(cyrillic) == first)
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

/// The other names. Of one word for one word there is more to say: leaves do that.
fn others(spellings: &Spellings, name: &str) -> Vec<String> {
    let several = name.contains(' ');
    let taught = spellings.taught.others(name).map(str::to_owned);
    let places = aliases::of(name).places.into_iter().filter(|other| !spellings.taught.are_split(name, other));
    taught.chain(places).filter(|other| several || other.contains(' ')).collect()
}

/// Those of some names whose words the archive has.
fn held(spellings: &Spellings, names: Vec<String>) -> Result<Vec<String>> {
    let mut found: Vec<String> = Vec::new();
    for name in names {
        if found.len() < MOST && !found.contains(&name) && spellings.has_words(&name)? {
            found.push(name);
        }
    }
    Ok(found)
}

/// A name as it is written.
fn written(name: &str, word: fn(String) -> Word) -> NodeKind {
    let words: Vec<Word> = name.split(' ').map(|text| word(text.to_owned())).collect();
    match words.as_slice() {
        [word] => NodeKind::Word(word.clone()),
        _ => NodeKind::Phrase(Phrase { slots: words.into_iter().map(|word| vec![word]).collect(), slop: 0 }),
    }
}
