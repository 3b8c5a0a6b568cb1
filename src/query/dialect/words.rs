//! Operators and words of the other systems. Precedence after LexisNexis' "connector order and priority", Factiva's
//! list of search operators, and ProQuest's search tips.

use super::{Reader, Result, System};
use crate::query::ast::{Case, Near, Node, NodeKind, Phrase, Reach, Word};
use crate::query::parse::{case_of, closing_mark, pattern_words, phrases, words_of};
use crate::text::fold;

/// What stands between two operands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Operator {
    And,
    Or,
    /// The left side without the right.
    Not,
    Near {
        reach: Reach,
        ordered: bool,
        negated: bool,
    },
    /// In one segment (Lexis).
    Segment {
        negated: bool,
    },
}

/// The operator that `text` begins with, and its bytes.
pub(super) fn operator(system: System, text: &str) -> Option<(Operator, usize)> {
    let end = text.find(|c: char| c.is_whitespace() || "()[]{}\"“”„«".contains(c)).unwrap_or(text.len());
    let chunk = &text[..end];
    let lower = chunk.to_ascii_lowercase();
    let near = |reach, ordered| Some((Operator::Near { reach, ordered, negated: false }, end));
    match lower.as_str() {
        "and" | "&&" => return Some((Operator::And, end)),
        "or" | "||" => return Some((Operator::Or, end)),
        "not" | "but-not" => return Some((Operator::Not, end)),
        _ => {}
    }
    let number = |prefixes: &[&str]| {
        prefixes.iter().find_map(|prefix| {
            let digits = lower.strip_prefix(prefix)?;
            let number = if digits.bytes().all(|b| b.is_ascii_digit()) { digits.parse::<u32>().ok() } else { None };
            number.filter(|n| *n > 0)
        })
    };
    match system {
        System::Lexis => {
            match lower.as_str() {
                "w/s" | "w/sent" | "/s" | "near/s" => return near(Reach::Sentence, false),
                "w/p" | "w/para" | "/p" | "near/p" => return near(Reach::Paragraph, false),
                "pre/s" | "+s" => return near(Reach::Sentence, true),
                "pre/p" | "+p" => return near(Reach::Paragraph, true),
                "w/seg" | "/seg" => return Some((Operator::Segment { negated: false }, end)),
                "not/seg" => return Some((Operator::Segment { negated: true }, end)),
                "not/s" => return Some((negated(Reach::Sentence), end)),
                "not/p" => return Some((negated(Reach::Paragraph), end)),
                _ => {}
            }
            if let Some(n) = number(&["not/"]) {
                return Some((negated(Reach::Words(n)), end));
            }
            if let Some(n) = number(&["pre/", "onear/", "+"]) {
                return near(Reach::Words(n), true);
            }
            number(&["w/", "near/", "/"]).and_then(|n| near(Reach::Words(n), false))
        }
        System::Factiva => {
            match lower.as_str() {
                "same" => return near(Reach::Paragraph, false),
                "adj" | "w/" => return near(Reach::Words(1), true),
                _ => {}
            }
            // In the order typed, both of them.
            if let Some(n) = number(&["w/", "adj"]) {
                return near(Reach::Words(n), true);
            }
            if let Some(n) = number(&["near"]) {
                return near(Reach::Words(n), false);
            }
            let digits = lower.strip_prefix("/n")?.strip_suffix('/')?;
            digits.parse().ok().and_then(|n| near(Reach::Words(n), false))
        }
        System::ProQuest => {
            match lower.as_str() {
                "near" | "n" if chunk == "NEAR" || lower == "near" => return near(Reach::Words(4), false),
                "pre" if chunk == "PRE" => return near(Reach::Words(4), true),
                _ => {}
            }
            if let Some(n) = number(&["pre/", "p/"]) {
                return near(Reach::Words(n), true);
            }
            number(&["near/", "n/", "w/"]).and_then(|n| near(Reach::Words(n), false))
        }
    }
}

fn negated(reach: Reach) -> Operator {
    Operator::Near { reach, ordered: false, negated: true }
}

/// What binds first: the least.
pub(super) fn rank(system: System, operator: Operator) -> u32 {
    let distance = |reach: Reach| match reach {
        Reach::Words(n) => n.min(9_000),
        Reach::Sentence => 9_001,
        Reach::Paragraph => 9_002,
    };
    match (system, operator) {
        (System::Lexis, Operator::Or) => 1,
        // The smallest distance first.
        (System::Lexis, Operator::Near { reach, .. }) => 10 + distance(reach),
        (System::Lexis, Operator::Segment { .. }) => 10_000,
        (System::Lexis, Operator::And) => 20_000,
        (System::Lexis, Operator::Not) => 20_001,
        (System::Factiva, Operator::Not) => 20,
        (System::Factiva, Operator::And) => 30,
        (System::Factiva, Operator::Or) => 40,
        (System::ProQuest, Operator::Near { ordered: true, .. }) => 10,
        (System::ProQuest, Operator::Near { .. }) => 11,
        (System::ProQuest, Operator::And) => 20,
        (System::ProQuest, Operator::Or) => 30,
        (System::ProQuest, Operator::Not) => 40,
        (_, Operator::Near { .. } | Operator::Segment { .. }) => 10,
    }
}

/// Whether it is a pattern without a letter or digit: alone it looks for nothing.
fn is_bare(word: &Word) -> bool {
    matches!(word, Word::Wildcard(pattern) if !pattern.contains(char::is_alphanumeric))
}

impl<'a> Reader<'a> {
    /// One operand: a group, a phrase, a condition on a field, words.
    pub(super) fn operand(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        match self.peek() {
            Some('(' | '[' | '{') => self.brackets(),
            Some(mark) if closing_mark(mark).is_some() => self.phrase(),
            _ => {
                if let Some(node) = self.condition()? {
                    return Ok(Some(node));
                }
                let chunk = self.chunk();
                self.at += chunk.len();
                if chunk.is_empty() {
                    self.at += self.peek().map_or(0, char::len_utf8);
                }
                self.word(chunk, start)
            }
        }
    }

    /// What stands between brackets.
    pub(super) fn brackets(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        self.at += 1;
        let inner = self.sequence()?;
        match self.peek() {
            Some(')' | ']' | '}') => self.at += 1,
            _ => self.note(start..start + 1, "the bracket is never closed; it is taken to close at the end"),
        }
        match inner {
            Some(inner) => Ok(Some(inner)),
            None => Err(self.error(start..self.at, "there is nothing between the brackets")),
        }
    }

    fn phrase(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        let Some(content) = self.quoted() else {
            let width = self.peek().map_or(1, char::len_utf8);
            self.at += width;
            self.note(start..start + width, "the quotation mark is never closed; what follows is read as words");
            return Ok(None);
        };
        let span = start..self.at;
        let mut all: Vec<Node> = Vec::new();
        for mut slots in phrases(content.trim_matches(['{', '}'])) {
            let kind = match slots.len() {
                0 => continue,
                1 if slots[0].iter().all(is_bare) => continue,
                1 => NodeKind::Or(
                    slots.remove(0).into_iter().map(|word| Node::new(NodeKind::Word(word), span.clone())).collect(),
                ),
                _ => NodeKind::Phrase(Phrase { slots, slop: 0 }),
            };
            all.push(one(kind, span.clone()));
        }
        if all.is_empty() {
            self.note(span.clone(), "there is no word between the quotation marks; ignored");
            return Ok(None);
        }
        Ok(Some(one(NodeKind::Or(all), span)))
    }

    /// Takes the text in quotation marks that begins here.
    pub(super) fn quoted(&mut self) -> Option<&'a str> {
        let open = self.peek()?;
        let closers = closing_mark(open)?;
        let begin = self.at + open.len_utf8();
        let length = self.text[begin..].find(closers)?;
        let close = self.text[begin + length..].chars().next()?;
        self.at = begin + length + close.len_utf8();
        Some(&self.text[begin..begin + length])
    }

    /// A chunk that is no operator.
    pub(super) fn word(&mut self, chunk: &str, start: usize) -> Result<Option<Node>> {
        let span = start..start + chunk.len();
        let mut words = self.forms(chunk, span.clone());
        words.retain(|forms| !forms.iter().all(is_bare));
        if words.is_empty() {
            self.note(span, format!("`{chunk}` holds no word and is ignored"));
            return Ok(None);
        }
        let nodes = words.into_iter().map(|forms| {
            let nodes = forms.into_iter().map(|word| Node::new(NodeKind::Word(word), span.clone())).collect();
            let node = one(NodeKind::Or(nodes), span.clone());
            let case = case_of(chunk).filter(|_| self.options.cased);
            case.map_or(node.clone(), |case| Node::new(NodeKind::Case(case, Box::new(node)), span.clone()))
        });
        // Words that stand together ("pro-Russian") follow one another.
        let joined = nodes.reduce(|left, right| adjacent(left, right, span.clone()));
        Ok(joined)
    }

    /// The words of a chunk, each with the forms that the system finds by it.
    fn forms(&mut self, chunk: &str, span: std::ops::Range<usize>) -> Vec<Vec<Word>> {
        if !chunk.contains(char::is_alphanumeric) {
            return Vec::new();
        }
        match self.system {
            System::Lexis => self.lexis(chunk, span),
            System::Factiva => self.factiva(chunk, span),
            System::ProQuest => self.proquest(chunk, span),
        }
    }

    fn lexis(&mut self, chunk: &str, span: std::ops::Range<usize>) -> Vec<Vec<Word>> {
        if let Some(root) = chunk.strip_suffix('!') {
            return pattern_words(&format!("{root}*")).into_iter().map(|word| vec![word]).collect();
        }
        if chunk.contains(['*', '?']) {
            let root = chunk.trim_end_matches('*');
            if root.len() < chunk.len() && !root.contains('*') {
                self.note(span, format!("`{chunk}` is read as {root}*, any ending"));
                return pattern_words(&format!("{root}*")).into_iter().map(|word| vec![word]).collect();
            }
            let one = chunk.replace('*', "?");
            self.note(span, format!("`{chunk}` is read as {one}: inside a word, * is one letter in Lexis"));
            return pattern_words(&one).into_iter().map(|word| vec![word]).collect();
        }
        let exact = self.options.no_stem;
        words_of(chunk).into_iter().map(|word| if exact { vec![Word::Exact(word)] } else { numbers(&word) }).collect()
    }

    fn factiva(&mut self, chunk: &str, span: std::ops::Range<usize>) -> Vec<Vec<Word>> {
        if let Some((root, digits)) = chunk.split_once('$') {
            let most = digits.parse::<u8>().unwrap_or(1);
            self.note(span, format!("`{chunk}` is read as {root} and up to {most} more letters"));
            return vec![vec![up_to(root, most)]];
        }
        if chunk.contains(['*', '?']) {
            return pattern_words(chunk).into_iter().map(|word| vec![word]).collect();
        }
        // No other forms of a word are found.
        words_of(chunk).into_iter().map(|word| vec![Word::Exact(word)]).collect()
    }

    fn proquest(&mut self, chunk: &str, span: std::ops::Range<usize>) -> Vec<Vec<Word>> {
        if let Some((root, rest)) = chunk.split_once('*')
            && !root.is_empty()
            && rest.bytes().all(|b| b.is_ascii_digit())
            && !root.contains('?')
        {
            let most = rest.parse::<u8>().unwrap_or(5);
            self.note(span, format!("`{chunk}` is read as {root} and up to {most} more letters"));
            return vec![vec![up_to(root, most)]];
        }
        if chunk.contains(['*', '?']) {
            return pattern_words(chunk).into_iter().map(|word| vec![word]).collect();
        }
        let words = words_of(chunk);
        let exact = self.options.no_stem || words.len() > 1;
        words.into_iter().map(|word| vec![if exact { Word::Exact(word) } else { Word::Stem(word) }]).collect()
    }
}

/// The only part, or all of them.
pub(super) fn one(kind: NodeKind, span: std::ops::Range<usize>) -> Node {
    match kind {
        NodeKind::Or(mut nodes) if nodes.len() == 1 => nodes.remove(0),
        kind => Node::new(kind, span),
    }
}

fn adjacent(left: Node, right: Node, span: std::ops::Range<usize>) -> Node {
    let (left, right) = (Box::new(left), Box::new(right));
    Node::new(NodeKind::Near(Near { left, right, reach: Reach::Words(1), ordered: true, negated: false }), span)
}

/// `root` and up to so many letters more.
fn up_to(root: &str, most: u8) -> Word {
    let letters: String = fold(root).chars().filter(|c| c.is_alphanumeric()).collect();
    Word::Regex(format!("{letters}.{{0,{most}}}"))
}

/// A word in singular and plural, as Lexis finds it: the regular forms only.
fn numbers(word: &str) -> Vec<Word> {
    let regular = word.len() > 2 && word.bytes().all(|b| b.is_ascii_lowercase());
    if !regular {
        return vec![Word::Exact(word.to_owned())];
    }
    let single = singular(word).unwrap_or_else(|| word.to_owned());
    let mut all = vec![word.to_owned()];
    for form in [plural(&single), single] {
        if !all.contains(&form) {
            all.push(form);
        }
    }
    all.into_iter().map(Word::Exact).collect()
}

/// The singular of a regular plural; `None` if the word is none.
pub(super) fn singular(word: &str) -> Option<String> {
    if let Some(root) = word.strip_suffix("ies").filter(|root| root.len() > 1) {
        return Some(format!("{root}y"));
    }
    for ending in ["ses", "xes", "zes", "ches", "shes"] {
        if word.ends_with(ending) && word.len() > ending.len() + 1 {
            return Some(word[..word.len() - 2].to_owned());
        }
    }
    let plain = word.ends_with('s') && !["ss", "us", "is"].iter().any(|ending| word.ends_with(ending));
    plain.then(|| word[..word.len() - 1].to_owned()).filter(|root| root.len() > 1)
}

/// The regular plural of a singular.
pub(super) fn plural(word: &str) -> String {
    let vowel = |c: char| "aeiou".contains(c);
    let before = word.chars().rev().nth(1).unwrap_or('a');
    if word.ends_with('y') && !vowel(before) {
        return format!("{}ies", &word[..word.len() - 1]);
    }
    if ["s", "x", "z", "ch", "sh"].iter().any(|ending| word.ends_with(ending)) {
        return format!("{word}es");
    }
    format!("{word}s")
}

/// What `caps(...)` and its kin ask for.
pub(super) fn case(name: &str) -> Option<Case> {
    [Case::Capital, Case::All, Case::None].into_iter().find(|case| case.name() == name)
}
