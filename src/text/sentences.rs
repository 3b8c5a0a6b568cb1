//! Where sentences begin.
//!
//! A sentence ends at `.`, `?`, `!` or `…`, with the marks and brackets that close behind it, before a blank and
//! a capital, a digit or an opening mark - unless the word before the full stop is an abbreviation. A paragraph
//! always begins one.

use super::tokens::{Kind, Token};

/// Words that a full stop follows without ending the sentence, lower case, sorted.
const ABBREVIATIONS: &[&str] = &[
    "adm", "al", "apr", "art", "aug", "ave", "brig", "bros", "capt", "cf", "cmdr", "co", "col", "corp", "cpl", "dec",
    "dept", "dr", "ed", "eds", "est", "etc", "feb", "ft", "gen", "gov", "hon", "inc", "jan", "jr", "jul", "jun", "lt",
    "ltd", "maj", "mar", "messrs", "mr", "mrs", "ms", "mt", "no", "nos", "nov", "oct", "p", "pp", "prof", "pvt", "rep",
    "reps", "rev", "sen", "sens", "sep", "sept", "sgt", "sr", "st", "ste", "supt", "vol", "vs",
];

/// Abbreviations that end a sentence as often as not: they do when a capital follows that is no name's beginning.
const MAY_END: &[&str] = &["co", "corp", "etc", "inc", "jr", "ltd", "no", "sr"];

/// Words that seldom stand inside a name, so that a full stop before them ends a sentence.
const OPENERS: &[&str] = &[
    "a", "after", "an", "and", "as", "at", "before", "but", "by", "for", "from", "he", "her", "his", "if", "in", "it",
    "its", "no", "on", "our", "she", "since", "so", "that", "the", "their", "there", "these", "they", "this", "those",
    "to", "under", "we", "what", "when", "while", "with", "you",
];

/// Sets the sentence flag on the first token of every sentence of `tokens`, which are those of `text`.
pub(super) fn mark(text: &str, tokens: &mut [Token]) {
    let mut begins = true;
    let mut i = 0;
    while i < tokens.len() {
        if begins || tokens[i].starts_paragraph() {
            tokens[i].set_starts_sentence();
            begins = false;
        }
        let stops = tokens[i].kind == Kind::Stop || (tokens[i].is_word() && is_dotted(text, tokens[i]));
        if stops && let Some(next) = sentence_after(text, tokens, i) {
            i = next;
            begins = true;
            continue;
        }
        i += 1;
    }
}

/// Whether the token is an acronym with its last dot: `U.S.`, `a.m.`
fn is_dotted(text: &str, token: Token) -> bool {
    text.as_bytes()[token.end as usize - 1] == b'.'
}

/// The token that begins the next sentence, if the one with the stop at `stop` ends there.
fn sentence_after(text: &str, tokens: &[Token], stop: usize) -> Option<usize> {
    let mut next = stop + 1;
    while tokens.get(next).is_some_and(|t| !t.after_space() && closes(t.kind)) {
        next += 1;
    }
    let follower = tokens.get(next)?;
    let opens = matches!(follower.kind, Kind::Mark | Kind::Open | Kind::Dash | Kind::Number);
    if follower.starts_paragraph() {
        return Some(next);
    }
    let glued = !follower.after_space();
    let capital = follower.kind == Kind::Word && (follower.is_upper() || !has_case(text, *follower));
    if glued && !(capital && tokens[stop].kind == Kind::Stop && glued_sentence(tokens, stop, next)) {
        return None;
    }
    if !(capital || opens) || is_abbreviation(text, tokens, stop, next) {
        return None;
    }
    Some(next)
}

/// `ended.The`: no blank, but a word of lower case before and a capitalised one behind.
fn glued_sentence(tokens: &[Token], stop: usize, next: usize) -> bool {
    next == stop + 1
        && stop > 0
        && tokens[stop - 1].kind == Kind::Word
        && !tokens[stop - 1].is_upper()
        && !tokens[next].is_all_caps()
}

fn closes(kind: Kind) -> bool {
    matches!(kind, Kind::Stop | Kind::Mark | Kind::Close)
}

fn has_case(text: &str, token: Token) -> bool {
    text[token.range()].chars().next().is_some_and(|c| c.is_lowercase() || c.is_uppercase())
}

/// Whether the full stop at `stop` belongs to the word before it rather than to the sentence.
fn is_abbreviation(text: &str, tokens: &[Token], stop: usize, next: usize) -> bool {
    if text[tokens[stop].range()].starts_with(['?', '!', '…']) || next > stop + 1 {
        return false;
    }
    let dotted = tokens[stop].is_word();
    let word = match (dotted, stop.checked_sub(1)) {
        (true, _) => tokens[stop],
        (false, Some(before)) if tokens[before].end == tokens[stop].start => tokens[before],
        _ => return false,
    };
    if !word.is_word() || tokens[next].kind == Kind::Mark {
        return false;
    }
    let lower = text[word.range()].to_lowercase();
    let opener = OPENERS.binary_search(&text[tokens[next].range()].to_lowercase().as_str()).is_ok();
    if dotted {
        return !opener;
    }
    if word.is_upper() && lower.chars().count() == 1 {
        return true; // an initial: J. Smith
    }
    if ABBREVIATIONS.binary_search(&lower.as_str()).is_err() {
        return false;
    }
    match lower.as_str() {
        "no" | "nos" | "p" | "pp" | "vol" | "art" => tokens[next].kind == Kind::Number,
        _ if MAY_END.contains(&lower.as_str()) => !opener,
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Tokens;
    use super::*;

    fn sentences(text: &str) -> Vec<&str> {
        let tokens = Tokens::scan(text);
        let starts: Vec<usize> = tokens.iter().filter(|t| t.starts_sentence()).map(|t| t.start as usize).collect();
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        starts.iter().zip(ends).map(|(start, end)| text[*start..end].trim()).collect()
    }

    #[test]
    fn tables_are_sorted() {
        assert!(ABBREVIATIONS.is_sorted());
        assert!(OPENERS.is_sorted());
    }

    #[test]
    fn sentences_of_news() {
        let table: &[(&str, &[&str])] = &[
            ("Talks failed. Lavrov left.", &["Talks failed.", "Lavrov left."]),
            ("Mr. Lavrov met Dr. Smith in St. Petersburg.", &["Mr. Lavrov met Dr. Smith in St. Petersburg."]),
            ("The U.S. Embassy closed. It was late.", &["The U.S. Embassy closed.", "It was late."]),
            ("He lives in the U.S. The talks go on.", &["He lives in the U.S.", "The talks go on."]),
            ("\"It is over.\" He left.", &["\"It is over.\"", "He left."]),
            ("\"Why?\" he asked. Nobody knew.", &["\"Why?\" he asked.", "Nobody knew."]),
            ("On Jan. 21 they met. 30 people came.", &["On Jan. 21 they met.", "30 people came."]),
            ("He said no. Then he left.", &["He said no.", "Then he left."]),
            ("J. Smith spoke. \"Yes,\" he said.", &["J. Smith spoke.", "\"Yes,\" he said."]),
            ("It ended.The rest left.", &["It ended.", "The rest left."]),
            ("A headline\n\nthen text", &["A headline", "then text"]),
            ("It cost 3.5 million. more", &["It cost 3.5 million. more"]),
            ("At 5 p.m. Friday it began.", &["At 5 p.m. Friday it began."]),
            ("Acme Inc. said so. Acme Inc. The end.", &["Acme Inc. said so.", "Acme Inc.", "The end."]),
        ];
        for (text, expected) in table {
            assert_eq!(&sentences(text), expected, "{text:?}");
        }
    }
}
