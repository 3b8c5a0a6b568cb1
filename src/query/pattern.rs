//! How one word of a query is compared with one word of a text. Used alike on the words of an index's dictionary
//! and on the words of a text that is shown, so that hits and highlights agree.

use std::sync::{Arc, LazyLock};

use levenshtein_automata::{DFA, Distance, LevenshteinAutomatonBuilder};
use regex::Regex;

use super::ast::Word;
use crate::text::cut;

/// A word of a query, ready to be compared with folded words.
#[derive(Clone)]
pub enum Pattern {
    /// Equal.
    Exact(String),
    /// Fits the wildcards.
    Wildcard(Vec<char>),
    /// Within so many edits (a swap of neighbours counts as one).
    Fuzzy(String, u8, Arc<DFA>),
    /// The regular expression matches all of it.
    Regex(Regex),
}

impl Pattern {
    /// For a word of a query; a stem is taken as an exact word (stems are compared elsewhere).
    ///
    /// # Errors
    /// A regular expression that is not valid, or too large to compile.
    pub fn new(word: &Word) -> Result<Pattern, String> {
        Ok(match word {
            Word::Stem(word) | Word::Plain(word) | Word::Exact(word) => Pattern::Exact(cut(word).to_owned()),
            Word::Wildcard(word) => Pattern::Wildcard(squeezed(word)),
            Word::Fuzzy(word, edits) => Pattern::Fuzzy(word.clone(), *edits, Arc::new(near(*edits).build_dfa(word))),
            Word::Regex(pattern) => Pattern::Regex(anchored(pattern)?),
        })
    }

    /// Whether a folded word fits.
    pub fn matches(&self, folded: &str) -> bool {
        match self {
            Pattern::Exact(word) => word == folded,
            Pattern::Wildcard(pattern) => fits(pattern, folded),
            Pattern::Fuzzy(_, _, dfa) => matches!(dfa.eval(folded), Distance::Exact(_)),
            Pattern::Regex(regex) => regex.is_match(folded),
        }
    }

    /// What every word that fits begins with; may be empty.
    pub fn prefix(&self) -> String {
        match self {
            Pattern::Exact(word) => word.clone(),
            Pattern::Wildcard(pattern) => pattern.iter().take_while(|c| !matches!(c, '*' | '?')).collect(),
            Pattern::Fuzzy(..) => String::new(),
            Pattern::Regex(regex) => literal_prefix(regex.as_str()),
        }
    }
}

impl std::fmt::Debug for Pattern {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Pattern::Exact(word) => write!(f, "={word}"),
            Pattern::Wildcard(chars) => write!(f, "{}", chars.iter().collect::<String>()),
            Pattern::Fuzzy(word, edits, _) => write!(f, "{word}~{edits}"),
            Pattern::Regex(regex) => write!(f, "/{regex}/"),
        }
    }
}

/// What makes automata of words within so many edits of another, two letters that change places being one. Making it takes
/// longer than most searches, and it is the same for every word.
fn near(edits: u8) -> &'static LevenshteinAutomatonBuilder {
    static ONE: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(1, true));
    static TWO: LazyLock<LevenshteinAutomatonBuilder> = LazyLock::new(|| LevenshteinAutomatonBuilder::new(2, true));
    if edits < 2 { &ONE } else { &TWO }
}

/// Why a regular expression is refused.
///
/// # Errors
/// One line.
pub fn check_regex(pattern: &str) -> Result<(), String> {
    anchored(pattern).map(|_| ())
}

fn anchored(pattern: &str) -> Result<Regex, String> {
    // By itself at first: `a)b\` would end the brackets put around it, and escape the last of them.
    compiled(pattern)?;
    compiled(&format!("^(?:{pattern})$"))
}

fn compiled(pattern: &str) -> Result<Regex, String> {
    let compiled = regex::RegexBuilder::new(pattern).size_limit(1 << 20).build();
    compiled.map_err(|error| match error {
        regex::Error::Syntax(text) => {
            let last = text.lines().last().unwrap_or("bad syntax");
            last.trim_start_matches("error: ").to_owned()
        }
        _ => "it is too large".to_owned(),
    })
}

/// The letters that a pattern, as [`anchored`] writes it, must begin with.
fn literal_prefix(anchored: &str) -> String {
    let inner = anchored.strip_prefix("^(?:").and_then(|p| p.strip_suffix(")$")).unwrap_or_default();
    if inner.contains(['|', '(']) {
        return String::new();
    }
    let literal: String = inner.chars().take_while(|c| c.is_alphanumeric()).collect();
    let next = inner.chars().nth(literal.chars().count());
    let optional = next.is_some_and(|c| "*?{+".contains(c));
    let mut chars = literal.chars();
    if optional {
        chars.next_back();
    }
    chars.as_str().to_owned()
}

/// The pattern with runs of `*` as one, so that matching cannot explode.
fn squeezed(pattern: &str) -> Vec<char> {
    let mut chars: Vec<char> = pattern.chars().collect();
    chars.dedup_by(|a, b| *a == '*' && *b == '*');
    chars
}

/// Whether `text` fits a pattern of letters, `?` (one letter) and `*` (any number).
fn fits(pattern: &[char], text: &str) -> bool {
    let (mut p, mut rest) = (0, text);
    // Where to go on after the last star, should what follows it not fit.
    let mut back: Option<(usize, &str)> = None;
    loop {
        let mut chars = rest.chars();
        match (pattern.get(p), chars.next()) {
            (Some('*'), _) => {
                p += 1;
                back = Some((p, rest));
                continue;
            }
            (Some('?'), Some(_)) => (p, rest) = (p + 1, chars.as_str()),
            (Some(wanted), Some(found)) if *wanted == found => (p, rest) = (p + 1, chars.as_str()),
            (None, None) => return true,
            _ => {
                let Some((star, from)) = back else { return false };
                let mut skipped = from.chars();
                if skipped.next().is_none() {
                    return false;
                }
                (p, rest) = (star, skipped.as_str());
                back = Some((star, rest));
            }
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn pattern(word: &Word) -> Pattern {
        Pattern::new(word).unwrap()
    }

    #[test]
    fn each_kind() {
        let wild = |text: &str| pattern(&Word::Wildcard(text.to_owned()));
        assert!(wild("deploy*").matches("deployment") && wild("deploy*").matches("deploy"));
        assert!(!wild("deploy*").matches("redeploy"));
        assert!(wild("gen*va").matches("geneva") && !wild("gen*va").matches("genevas"));
        assert!(wild("organi?ation").matches("organisation") && !wild("organi?ation").matches("organiation"));
        assert!(wild("*a*b*").matches("xxaxxbxx") && !wild("*a*b*").matches("xxbxxaxx"));
        let fuzzy = pattern(&Word::Fuzzy("geneva".to_owned(), 1));
        assert!(fuzzy.matches("geneve") && fuzzy.matches("egneva") && !fuzzy.matches("genoa"));
        let regex = pattern(&Word::Regex("lukashenk[ao]".to_owned()));
        assert!(regex.matches("lukashenka") && !regex.matches("lukashenkas"));
        assert!(check_regex("a(").is_err());
        assert!(check_regex("a)b\\").is_err() && check_regex("a)(b").is_err());
        assert!(check_regex("(a{1000}){1000}").is_err());
    }

    #[test]
    fn prefixes_hold_for_every_match() {
        assert_eq!(pattern(&Word::Wildcard("gen*va".into())).prefix(), "gen");
        for (regex, prefix) in [("gene.*", "gene"), ("genes?", "gene"), ("a|b", ""), ("(ab)c", ""), ("ab{2}", "a")] {
            assert_eq!(pattern(&Word::Regex(regex.into())).prefix(), prefix, "{regex}");
        }
    }

    proptest::proptest! {
        #[test]
        fn wildcards_agree_with_regular_expressions(pattern in "[ab*?]{0,8}", text in "[ab]{0,10}") {
            let regex = pattern.replace('*', ".*").replace('?', ".");
            let expected = Regex::new(&format!("^{regex}$")).unwrap().is_match(&text);
            proptest::prop_assert_eq!(fits(&squeezed(&pattern), &text), expected);
        }
    }
}
