//! What the characters of a query mean: words and their wildcards, the places of a phrase, operators between words.
//! Pure functions over text.

use crate::query::ast::{Case, Node, NodeKind, Numbers, Reach, Word};
use crate::query::pattern;
use crate::text::{Kind as TokenKind, Tokens, fold};

/// An operator between two sides that must be near one another.
pub(super) struct NearWord {
    pub(super) reach: Reach,
    pub(super) ordered: bool,
    /// Whether it is also a plain word of English.
    pub(super) english: bool,
    /// What should be said of the reading.
    pub(super) note: Option<String>,
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
pub(in crate::query) fn closing_mark(open: char) -> Option<&'static [char]> {
    match open {
        '"' | '“' | '„' | '”' | '‟' | '＂' => Some(&['"', '”', '“', '‟', '＂']),
        '«' => Some(&['»']),
        _ => None,
    }
}

/// The folded words of a plain text. What is nothing but marks that folding drops is none.
pub(in crate::query) fn words_of(text: &str) -> Vec<String> {
    let tokens = Tokens::scan(text);
    tokens
        .iter()
        .filter(|t| matches!(t.kind, TokenKind::Word | TokenKind::Number))
        .map(|t| fold(&text[t.range()]))
        .filter(|word| !word.is_empty())
        .collect()
}

/// The words of a text with wildcards in it. Several make a phrase, where a question mark behind a word asks.
pub(in crate::query) fn pattern_words(text: &str) -> Vec<Word> {
    let words = patterns(text);
    match words.len() {
        0 | 1 => words,
        _ => words.into_iter().flat_map(without_question).collect(),
    }
}

fn patterns(text: &str) -> Vec<Word> {
    // Folded at first: what folding makes an apostrophe is cut as one.
    let folded = fold(text);
    let inside = |c: char| c.is_alphanumeric() || "*?'_.".contains(c);
    let pieces = folded.split(|c: char| !inside(c)).map(|piece| piece.trim_matches(['.', '\'']));
    pieces
        .filter(|piece| piece.contains(|c: char| c.is_alphanumeric() || c == '*'))
        .flat_map(|piece| match piece.contains(['*', '?']) {
            true => vec![Word::Wildcard(piece.to_owned())],
            false => words_of(piece).into_iter().map(Word::Plain).collect(),
        })
        .filter(|word| !word.text().is_empty())
        .collect()
}

/// The places of a phrase: its words, with `(a|b)` as alternatives of one place. Alternatives of several words make
/// phrases of their own; at most 64.
pub(in crate::query) fn phrases(content: &str) -> Vec<Vec<Vec<Word>>> {
    let mut all = vec![Vec::new()];
    let mut rest = content;
    let extend = |all: &mut Vec<Vec<Vec<Word>>>, text: &str| {
        let words = phrase_words(text);
        all.iter_mut().for_each(|slots| slots.extend(words.iter().map(|word| vec![word.clone()])));
    };
    while let Some(open) = rest.find('(') {
        let Some(close) = rest[open..].find(')') else { break };
        extend(&mut all, &rest[..open]);
        let inside = &rest[open + 1..open + close];
        let choices: Vec<Vec<Word>> = inside.split('|').map(phrase_words).filter(|words| !words.is_empty()).collect();
        if choices.len() > 1 && choices.iter().all(|words| words.len() == 1) {
            let slot: Vec<Word> = choices.into_iter().flatten().collect();
            all.iter_mut().for_each(|slots| slots.push(slot.clone()));
        } else if !choices.is_empty() && all.len() * choices.len() <= 64 {
            let one = |slots: &Vec<Vec<Word>>, words: &[Word]| {
                slots.iter().cloned().chain(words.iter().map(|word| vec![word.clone()])).collect::<Vec<_>>()
            };
            all = all.iter().flat_map(|slots| choices.iter().map(|words| one(slots, words))).collect();
        } else {
            extend(&mut all, inside);
        }
        rest = &rest[open + close + 1..];
    }
    extend(&mut all, rest);
    all
}

/// The words of a part of a phrase, in the order of the text; wildcards, `word~1` and `/regex/` are read.
fn phrase_words(text: &str) -> Vec<Word> {
    text.split_whitespace()
        .flat_map(|piece| {
            if let Some(inside) = piece.strip_prefix('/').and_then(|p| p.strip_suffix('/'))
                && !inside.is_empty()
                && pattern::check_regex(inside).is_ok()
            {
                return vec![Word::Regex(folded_regex(inside))];
            }
            if let Some((word, edits)) = split_fuzzy(piece)
                && let [folded] = words_of(word).as_slice()
                && let edits = edits.unwrap_or(default_edits(folded))
                && (1..=2).contains(&edits)
            {
                return vec![Word::Fuzzy(folded.clone(), edits)];
            }
            match piece.trim_end_matches(['?', '!']).contains(['*', '?']) || piece.ends_with('*') {
                // What is behind a word within a piece is as little of it as what is behind the piece.
                true => patterns(piece).into_iter().flat_map(without_question).collect(),
                false => {
                    let exact = piece.starts_with('=');
                    words_of(piece)
                        .into_iter()
                        .map(|word| if exact { Word::Exact(word) } else { Word::Plain(word) })
                        .collect()
                }
            }
        })
        .collect()
}

/// Of a phrase's pattern with nothing but question marks behind it, its words.
fn without_question(pattern: Word) -> Vec<Word> {
    match &pattern {
        Word::Wildcard(text) if !text.trim_end_matches('?').contains(['*', '?']) => {
            words_of(text).into_iter().map(Word::Plain).collect()
        }
        _ => vec![pattern],
    }
}

/// Edits allowed where `~` has no number.
pub(super) fn default_edits(folded: &str) -> u8 {
    if folded.chars().count() > 5 { 2 } else { 1 }
}

/// A regular expression with its letters folded as the words are that it is compared with.
pub(super) fn folded_regex(pattern: &str) -> String {
    let one = |c: char| {
        let folded = fold(c.encode_utf8(&mut [0; 4]));
        let mut letters = folded.chars();
        match (letters.next(), letters.next()) {
            (Some(letter), None) => letter,
            _ => c,
        }
    };
    let mut escaped = false;
    pattern
        .chars()
        .map(|c| {
            let literal = !std::mem::take(&mut escaped) && c.is_alphabetic();
            escaped = c == '\\';
            if literal { one(c) } else { c }
        })
        .collect()
}

/// The value of a keyword field, as one word.
pub(in crate::query) fn keyword_word(value: &str) -> Word {
    let (exact, value) = match value.strip_prefix('=') {
        Some(rest) => (true, rest),
        None => (false, value),
    };
    let folded = fold(value);
    // Folding drops what is not seen, and the dot at the end.
    let word = folded.trim_start().trim_end_matches(|c: char| c.is_whitespace() || c == '.').to_owned();
    if !exact && word.contains(['*', '?']) { Word::Wildcard(word) } else { Word::Exact(word) }
}

/// The value of a number field: `800`, `>800`, `<=300`, `300..800`.
pub(super) fn numbers(text: &str) -> Option<Numbers> {
    let text = text.trim();
    let number = |text: &str| text.trim().replace(',', "").parse::<u64>().ok();
    if let Some((least, most)) = text.split_once("..") {
        let side = |text: &str| if text.is_empty() { Some(None) } else { number(text).map(Some) };
        let (least, most) = (side(least)?, side(most)?);
        return (least.is_some() || most.is_some()).then(|| Numbers { least: least.unwrap_or(0), most });
    }
    if let Some(rest) = text.strip_prefix(">=") {
        return Some(Numbers { least: number(rest)?, most: None });
    }
    if let Some(rest) = text.strip_prefix("<=") {
        return Some(Numbers { least: 0, most: Some(number(rest)?) });
    }
    if let Some(rest) = text.strip_prefix('>') {
        return Some(Numbers { least: number(rest)?.saturating_add(1), most: None });
    }
    if let Some(rest) = text.strip_prefix('<') {
        return Some(Numbers { least: 0, most: Some(number(rest)?.checked_sub(1)?) });
    }
    number(text).map(|number| Numbers { least: number, most: Some(number) })
}

/// Makes a word exact that is no pattern.
pub(super) fn exact(word: &mut Word) {
    if let Word::Stem(text) | Word::Plain(text) = word {
        *word = Word::Exact(std::mem::take(text));
    }
}

/// Makes a stemmed word one that stands as in a phrase: in this form, in any spelling.
pub(super) fn unstemmed(word: &mut Word) {
    if let Word::Stem(text) = word {
        *word = Word::Plain(std::mem::take(text));
    }
}

/// Changes every word below `node`.
pub(in crate::query) fn each_word(node: &mut Node, change: fn(&mut Word)) {
    match &mut node.kind {
        NodeKind::Word(word) => change(word),
        NodeKind::Phrase(phrase) => phrase.slots.iter_mut().flatten().for_each(change),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter_mut().for_each(|node| each_word(node, change)),
        NodeKind::Not(inner)
        | NodeKind::In(_, inner)
        | NodeKind::Within(_, inner)
        | NodeKind::AtLeast(_, inner)
        | NodeKind::Case(_, inner)
        | NodeKind::Boost(_, inner) => each_word(inner, change),
        NodeKind::Near(near) => {
            each_word(&mut near.left, change);
            each_word(&mut near.right, change);
        }
        NodeKind::All | NodeKind::Date(..) | NodeKind::Number(..) | NodeKind::Places(_) => {}
    }
}

/// Makes every word below `node` exact that is no pattern.
pub(in crate::query) fn make_exact(node: &mut Node) {
    each_word(node, exact);
}

/// How a word is capitalised, as `-s` looks for it; `None` without letters that have a case.
pub(in crate::query) fn case_of(typed: &str) -> Option<Case> {
    let letters = typed.chars().filter(|c| c.is_uppercase() || c.is_lowercase());
    let (upper, lower): (Vec<char>, Vec<char>) = letters.partition(|c| c.is_uppercase());
    Some(match (upper.len(), lower.len()) {
        (0, 0) => return None,
        (0, _) => Case::None,
        (2.., 0) => Case::All,
        _ => Case::Capital,
    })
}

/// Whether the native language reads `chunk`, standing alone, as an operator.
pub(in crate::query) fn is_operator(chunk: &str) -> bool {
    matches!(chunk, "AND" | "OR" | "NOT" | "and" | "or" | "not" | "&&" | "||") || near_word(chunk).is_some()
}

/// Reads `w/5`, `pre/3`, `w/s`, and what other systems write for them.
pub(super) fn near_word(chunk: &str) -> Option<NearWord> {
    let lower = chunk.to_ascii_lowercase();
    let plain = |ordered, reach| Some(NearWord { reach, ordered, english: false, note: None });
    match lower.as_str() {
        "same" => {
            let note =
                Some("`same` is read as w/p, in one paragraph; \"same\" in quotation marks is the word".to_owned());
            return Some(NearWord { reach: Reach::Paragraph, ordered: false, english: true, note });
        }
        "/p" | "w/p" | "near/p" | "w/para" => return plain(false, Reach::Paragraph),
        "/s" | "w/s" | "near/s" | "w/sent" => return plain(false, Reach::Sentence),
        "pre/s" | "+s" => return plain(true, Reach::Sentence),
        "pre/p" | "+p" => return plain(true, Reach::Paragraph),
        "near" if chunk == "NEAR" => {
            let note = Some("NEAR without a number is read as w/10".to_owned());
            return Some(NearWord { reach: Reach::Words(10), ordered: false, english: false, note });
        }
        _ => {}
    }
    let number = |prefixes: &[&str]| prefixes.iter().find_map(|p| digits(lower.strip_prefix(p)?));
    if let Some(n) = number(&["adj/", "adj"]) {
        let note = Some(format!("`{chunk}` is read as pre/{n}, in that order; w/{n} is either order"));
        return Some(NearWord { reach: Reach::Words(n), ordered: true, english: false, note });
    }
    match (number(&["pre/", "onear/", "p/", "+"]), number(&["near/", "w/", "n/", "/", "near"])) {
        (Some(n), _) => plain(true, Reach::Words(n)),
        (None, Some(n)) => plain(false, Reach::Words(n)),
        (None, None) => None,
    }
}

/// A number in digits only; one that is larger than any text is as large as can be.
fn digits(text: &str) -> Option<u32> {
    let number = !text.is_empty() && text.bytes().all(|b| b.is_ascii_digit());
    number.then(|| text.parse().unwrap_or(u32::MAX))
}
