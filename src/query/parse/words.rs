//! What the characters of a query mean: words and their wildcards, the places of a phrase, operators between words.
//! Pure functions over text.

use crate::query::ast::{Node, NodeKind, Reach, Word};
use crate::text::{Kind as TokenKind, Tokens, fold};

/// An operator between two sides that must be near one another.
pub(super) struct NearWord {
    pub(super) reach: Reach,
    pub(super) ordered: bool,
}

/// Splits `geneva^2`.
pub(super) fn split_boost(chunk: &str) -> (&str, Option<&str>) {
    match chunk.rsplit_once('^') {
        Some((body, boost)) if !body.is_empty() && boost.chars().all(|c| c.is_ascii_digit() || c == '.') => {
            (body, Some(boost))
        }
        _ => (chunk, None),
    }
}

/// Splits `zelensky~` and `zelensky~1`.
pub(super) fn split_fuzzy(chunk: &str) -> Option<(&str, Option<u8>)> {
    let (word, edits) = chunk.rsplit_once('~')?;
    match edits {
        "" => Some((word, None)),
        _ if edits.len() == 1 => edits.parse().ok().map(|n| (word, Some(n))),
        _ => None,
    }
}

/// The marks that close a phrase opened by `open`; `None` if it opens none.
pub(super) fn closing_mark(open: char) -> Option<&'static [char]> {
    match open {
        '"' | '“' | '„' | '”' | '‟' | '＂' => Some(&['"', '”', '“', '‟', '＂']),
        '«' => Some(&['»']),
        _ => None,
    }
}

/// The folded words of a plain text.
pub(super) fn words_of(text: &str) -> Vec<String> {
    let tokens = Tokens::scan(text);
    tokens
        .iter()
        .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
        .map(|t| fold(&text[t.range()]))
        .collect()
}

/// The words of a text with wildcards in it.
pub(super) fn pattern_words(text: &str) -> Vec<Word> {
    let inside = |c: char| c.is_alphanumeric() || "*?'’_.".contains(c);
    let pieces = text.split(|c: char| !inside(c)).map(|piece| piece.trim_matches(['.', '\'', '’']));
    pieces
        .filter(|piece| piece.contains(|c: char| c.is_alphanumeric() || c == '*'))
        .map(|piece| match piece.contains(['*', '?']) {
            true => Word::Wildcard(fold(piece)),
            false => Word::Exact(fold(piece)),
        })
        .collect()
}

/// The places of a phrase: its words, with `(a|b)` as alternatives of one place.
pub(super) fn phrase_slots(content: &str) -> Vec<Vec<Word>> {
    let mut slots = Vec::new();
    let mut rest = content;
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')') else { break };
        slots.extend(pattern_words_or_plain(&rest[..open]).into_iter().map(|w| vec![w]));
        let inside = &rest[open + 1..open + close];
        if inside.contains('|') {
            let slot: Vec<Word> = inside.split('|').flat_map(pattern_words_or_plain).collect();
            slots.extend((!slot.is_empty()).then_some(slot));
        } else {
            slots.extend(pattern_words_or_plain(inside).into_iter().map(|w| vec![w]));
        }
        rest = &rest[open + close + 1..];
    }
    slots.extend(pattern_words_or_plain(rest).into_iter().map(|w| vec![w]));
    slots
}

fn pattern_words_or_plain(text: &str) -> Vec<Word> {
    text.split_whitespace()
        .flat_map(|piece| match piece.trim_end_matches(['?', '!']).contains(['*', '?']) || piece.ends_with('*') {
            true => pattern_words(piece),
            false => words_of(piece).into_iter().map(Word::Exact).collect(),
        })
        .collect()
}

/// The value of a keyword field, as one word.
pub(super) fn keyword_word(value: &str) -> Word {
    let folded = fold(value.trim());
    match value.strip_prefix('=') {
        Some(exact) => Word::Exact(fold(exact.trim())),
        None if folded.contains(['*', '?']) => Word::Wildcard(folded),
        None => Word::Exact(folded),
    }
}

/// Makes every stemmed word below `node` exact.
pub(super) fn make_exact(node: &mut Node) {
    match &mut node.kind {
        NodeKind::Word(word) => {
            if let Word::Stem(text) = word {
                *word = Word::Exact(std::mem::take(text));
            }
        }
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter_mut().for_each(make_exact),
        NodeKind::Not(inner)
        | NodeKind::In(_, inner)
        | NodeKind::Within(_, inner)
        | NodeKind::AtLeast(_, inner)
        | NodeKind::Case(_, inner)
        | NodeKind::Boost(_, inner) => make_exact(inner),
        NodeKind::Near(near) => {
            make_exact(&mut near.left);
            make_exact(&mut near.right);
        }
        NodeKind::All | NodeKind::Phrase(_) | NodeKind::Date(..) | NodeKind::Places(_) => {}
    }
}

/// Reads `w/5`, `pre/3`, `w/s`, and what other systems write for them.
pub(super) fn near_word(chunk: &str) -> Option<NearWord> {
    let lower = chunk.to_ascii_lowercase();
    let (ordered, reach) = match lower.as_str() {
        "same" | "/p" | "w/p" | "near/p" | "w/para" => (false, Reach::Paragraph),
        "/s" | "w/s" | "near/s" | "w/sent" => (false, Reach::Sentence),
        "pre/s" | "+s" => (true, Reach::Sentence),
        "pre/p" | "+p" => (true, Reach::Paragraph),
        "near" if chunk == "NEAR" => (false, Reach::Words(10)),
        other => {
            const ORDERED: &[&str] = &["pre/", "onear/", "p/", "+"];
            const EITHER: &[&str] = &["near/", "w/", "adj/", "n/", "/", "near", "adj"];
            let number = |prefixes: &[&str]| prefixes.iter().find_map(|p| other.strip_prefix(p)?.parse::<u32>().ok());
            match (number(ORDERED), number(EITHER)) {
                (Some(n), _) => (true, Reach::Words(n)),
                (None, Some(n)) => (false, Reach::Words(n)),
                (None, None) => return None,
            }
        }
    };
    Some(NearWord { reach, ordered })
}
