//! What a query means, written down as plainly as it can be and slowly: sets of matches over a list of words. Shares
//! nothing with the matcher but the tree.

use std::collections::BTreeSet;

use newsidx::annotations::{Quote, Span};
use newsidx::field::Field;
use newsidx::query::ast::{Case, DateRange, Near, Phrase, Reach, Unit};
use newsidx::query::{Node, NodeKind, Word as Wanted};

use super::corpus::{Known, Word};

/// The positions of the words that matched.
pub(super) type Match = Vec<u32>;

/// What is looked at: an article, a stretch of it, or one of its quotations.
#[derive(Clone)]
struct View<'a> {
    known: &'a Known,
    words: Vec<Word>,
    quote: Option<usize>,
}

/// The matches of an article; `None` if it is none.
pub(super) fn matches(node: &Node, known: &Known) -> Option<BTreeSet<Match>> {
    let words = known.title.iter().chain(&known.body).cloned().collect();
    View { known, words, quote: None }.find(node)
}

/// The matches in one of its quotations, as positions of the article.
pub(super) fn in_quotation(node: &Node, known: &Known, number: usize) -> Option<BTreeSet<Match>> {
    let positions: Vec<u32> = known.quotes[number].iter().map(|word| known.body[*word].position).collect();
    let words =
        known.quotes[number].iter().zip(0..).map(|(word, position)| Word { position, ..known.body[*word].clone() });
    let found = View { known, words: words.collect(), quote: Some(number) }.find(node)?;
    Some(found.into_iter().map(|m| m.into_iter().map(|at| positions[at as usize]).collect()).collect())
}

impl View<'_> {
    fn find(&self, node: &Node) -> Option<BTreeSet<Match>> {
        let set = |all: BTreeSet<Match>| (!all.is_empty()).then_some(all);
        let yes = |holds: bool| holds.then(BTreeSet::new);
        match &node.kind {
            NodeKind::All => yes(true),
            NodeKind::Word(word) => set(self.at(word).map(|position| vec![position]).collect()),
            NodeKind::Phrase(phrase) => set(self.phrase(phrase)),
            NodeKind::Near(near) => set(self.near(near)),
            NodeKind::And(nodes) => {
                let all: Option<Vec<BTreeSet<Match>>> = nodes.iter().map(|node| self.find(node)).collect();
                Some(all?.into_iter().flatten().collect())
            }
            NodeKind::Or(nodes) => {
                let all: Vec<BTreeSet<Match>> = nodes.iter().filter_map(|node| self.find(node)).collect();
                (!all.is_empty()).then(|| all.into_iter().flatten().collect())
            }
            NodeKind::Not(inner) => yes(self.find(inner).is_none()),
            NodeKind::Boost(_, inner) => self.find(inner),
            NodeKind::AtLeast(count, inner) => self.find(inner).filter(|found| found.len() >= *count as usize),
            NodeKind::Case(case, inner) => {
                let written = |position: &u32| {
                    let word = self.words.iter().find(|word| word.position == *position).unwrap();
                    match case {
                        Case::Capital => word.capital,
                        Case::All => word.all_caps,
                        Case::None => !word.capital,
                    }
                };
                set(self.find(inner)?.into_iter().filter(|found| found.iter().all(written)).collect())
            }
            NodeKind::Within(Unit::Quote, inner) | NodeKind::In(Field::Said, inner) => match self.quote {
                Some(_) => self.find(inner),
                None => {
                    let quotes = 0..self.known.quotes.len();
                    let all: Vec<_> = quotes.filter_map(|quote| in_quotation(inner, self.known, quote)).collect();
                    (!all.is_empty()).then(|| all.into_iter().flatten().collect())
                }
            },
            NodeKind::Within(Unit::Article, inner) => match self.quote {
                Some(_) => yes(matches(inner, self.known).is_some()),
                None => self.find(inner),
            },
            NodeKind::Within(Unit::Sentence, inner) => self.units(inner, |word| word.sentence),
            NodeKind::Within(Unit::Paragraph, inner) => self.units(inner, |word| word.paragraph),
            NodeKind::Within(Unit::Lead, _) if self.quote.is_some() => yes(matches(node, self.known).is_some()),
            NodeKind::Within(Unit::Lead, inner) => self.only(|word| (128..188).contains(&word.position)).find(inner),
            NodeKind::In(field, inner) => match field {
                Field::Title | Field::Body | Field::Lead | Field::HeadLead if self.quote.is_some() => {
                    yes(matches(node, self.known).is_some())
                }
                Field::Title => self.only(|word| word.position < 128).find(inner),
                Field::Body => self.only(|word| word.position >= 128).find(inner),
                Field::Lead => self.only(|word| (128..188).contains(&word.position)).find(inner),
                Field::HeadLead => self.only(|word| word.position < 188).find(inner),
                Field::Speaker => self.speakers(inner),
                Field::Place => self.places(inner),
                Field::Person => {
                    let fits = |wanted: &Wanted, word: &str| name_fits(wanted, word, self.known);
                    yes(self.named(inner, &self.known.stored.annotations.persons, &fits))
                }
                Field::Org => yes(self.named(inner, &self.known.stored.annotations.organisations, &word_fits)),
                Field::Source => {
                    let source = self.known.stored.article.source.as_deref().unwrap().to_lowercase();
                    yes(is_value(inner, &source))
                }
                Field::QuoteKind => yes(self.quotes().iter().any(|quote| is_value(inner, quote.kind.as_str()))),
                Field::Has => yes(match inner {
                    node if is_value(node, "quote") => !self.known.quotes.is_empty(),
                    node if is_value(node, "date") => self.known.stored.article.date.is_some(),
                    _ => panic!("{inner}"),
                }),
                _ => panic!("{field:?}"),
            },
            NodeKind::Date(Field::Date, range) => {
                let days = self.known.stored.article.date.iter().map(|date| date.when.first);
                yes(lies_in(days.collect(), *range))
            }
            NodeKind::Date(Field::SaidOn, range) => {
                let quotes = self.quotes();
                let days = quotes.iter().filter_map(|quote| quote.said_on).map(|when| when.first);
                yes(lies_in(days.collect(), *range))
            }
            NodeKind::Date(Field::When, range) => {
                let overlaps = |a: &Span, b: &Span| a.start < b.end && b.start < a.end;
                let all = self.known.stored.annotations.dates.iter();
                let here = all.filter(|date| match self.quote {
                    Some(_) => self.quotes()[0].spans.iter().any(|piece| overlaps(piece, &date.span)),
                    None => true,
                });
                let here: Vec<_> = here.collect();
                if !lies_in(here.iter().map(|date| date.when.first).collect(), *range) {
                    return None;
                }
                let shown = here.iter().filter(|date| lies_in(vec![date.when.first], *range)).map(|date| date.span);
                Some(if self.quote.is_some() { BTreeSet::new() } else { self.spans(shown.collect()) })
            }
            NodeKind::Number(_, range) => yes(range.holds(self.known.body.len() as u64)),
            _ => panic!("{node}"),
        }
    }

    /// The same with some of the words only.
    fn only(&self, keep: impl Fn(&Word) -> bool) -> Self {
        View { words: self.words.iter().filter(|word| keep(word)).cloned().collect(), ..self.clone() }
    }

    /// All of it in one unit, unit by unit.
    fn units(&self, inner: &Node, unit: fn(&Word) -> u32) -> Option<BTreeSet<Match>> {
        let numbers: BTreeSet<u32> = self.words.iter().map(unit).collect();
        let all: Vec<_> = numbers.iter().filter_map(|n| self.only(|word| unit(word) == *n).find(inner)).collect();
        (!all.is_empty()).then(|| all.into_iter().flatten().collect())
    }

    fn at<'w>(&'w self, wanted: &'w Wanted) -> impl Iterator<Item = u32> + 'w {
        self.words.iter().filter(|word| fits(wanted, word, self.known)).map(|word| word.position)
    }

    /// For each beginning the first way to go on, if few enough words stand between.
    fn phrase(&self, phrase: &Phrase) -> BTreeSet<Match> {
        let slot = |number: usize| -> BTreeSet<u32> {
            phrase.slots[number].iter().flat_map(|word| self.at(word).collect::<Vec<_>>()).collect()
        };
        let mut found = BTreeSet::new();
        for start in slot(0) {
            let mut ways: Vec<Match> = vec![vec![start]];
            for number in 1..phrase.slots.len() {
                let next = slot(number);
                ways = ways
                    .into_iter()
                    .flat_map(|way| {
                        let last = way[way.len() - 1];
                        let on: Vec<Match> = next
                            .iter()
                            .filter(|position| **position > last)
                            .map(|position| way.iter().copied().chain([*position]).collect())
                            .collect();
                        on
                    })
                    .collect();
            }
            let between = |way: &Match| way[way.len() - 1] - way[0] - (way.len() as u32 - 1);
            found.extend(ways.into_iter().min().filter(|way| between(way) <= phrase.slop));
        }
        found
    }

    /// Each match of either side with the nearest of the other within reach; of two as near, the later.
    fn near(&self, near: &Near) -> BTreeSet<Match> {
        let left: Vec<Match> = self.find(&near.left).unwrap_or_default().into_iter().collect();
        let right: Vec<Match> = self.find(&near.right).unwrap_or_default().into_iter().collect();
        let first = |m: &Match| m[0];
        let last = |m: &Match| m[m.len() - 1];
        let gap = |a: &Match, b: &Match| if first(a) > last(b) { first(a) - last(b) } else { first(b) - last(a) };
        let unit =
            |position: u32, of: fn(&Word) -> u32| of(self.words.iter().find(|w| w.position == position).unwrap());
        let reaches = |l: &Match, r: &Match| {
            let apart = first(l) > last(r) || first(r) > last(l);
            let in_order = !near.ordered || first(l) < first(r);
            let all = || l.iter().chain(r);
            apart
                && in_order
                && match near.reach {
                    Reach::Words(n) => gap(l, r) <= n,
                    Reach::Sentence => all().all(|p| unit(*p, |w| w.sentence) == unit(first(l), |w| w.sentence)),
                    Reach::Paragraph => all().all(|p| unit(*p, |w| w.paragraph) == unit(first(l), |w| w.paragraph)),
                }
        };
        if near.negated {
            return left.into_iter().filter(|l| !right.iter().any(|r| reaches(l, r))).collect();
        }
        let mut found = BTreeSet::new();
        let mut pair = |one: &Match, other: Option<&Match>| {
            let words: BTreeSet<u32> = one.iter().chain(other.into_iter().flatten()).copied().collect();
            if other.is_some() {
                found.insert(words.into_iter().collect::<Match>());
            }
        };
        // The nearest; of two as near the one behind; of those the one that ends first, or begins last.
        let order = |one: &Match, other: &Match| {
            let before = first(other) < first(one);
            let tie = if before { (u32::MAX - first(other), true) } else { (last(other), false) };
            (gap(one, other), before, tie.0)
        };
        for l in &left {
            let all = right.iter().filter(|r| reaches(l, r));
            pair(l, pick(all, |r| order(l, r)));
        }
        for r in &right {
            let all = left.iter().filter(|l| reaches(l, r));
            pair(r, pick(all, |l| order(r, l)));
        }
        found
    }

    fn quotes(&self) -> Vec<&Quote> {
        let all = &self.known.stored.annotations.quotes;
        match self.quote {
            Some(number) => vec![&all[number]],
            None => all.iter().collect(),
        }
    }

    fn speakers(&self, node: &Node) -> Option<BTreeSet<Match>> {
        let quotes = self.quotes();
        let names: Vec<&str> = quotes.iter().filter_map(|quote| quote.speaker.as_deref()).collect();
        let fits = |wanted: &Wanted, word: &str| name_fits(wanted, word, self.known);
        if !names_hold(node, &names, &fits) {
            return None;
        }
        if self.quote.is_some() {
            return Some(BTreeSet::new());
        }
        let theirs =
            quotes.iter().filter(|quote| quote.speaker.as_deref().is_some_and(|name| about(node, name, &fits)));
        Some(self.spans(theirs.filter_map(|quote| quote.source).collect()))
    }

    fn named(&self, node: &Node, names: &[String], fits: Fits<'_>) -> bool {
        names_hold(node, &names.iter().map(String::as_str).collect::<Vec<_>>(), fits)
    }

    fn places(&self, node: &Node) -> Option<BTreeSet<Match>> {
        let known = self.known;
        let forms = |place: &newsidx::annotations::Place| {
            let written = place.mentions.iter().map(|span| known.stored.article.body[span.range()].replace('.', ""));
            written.chain([place.name.clone()]).collect::<Vec<String>>()
        };
        let places = &known.stored.annotations.places;
        let all: Vec<String> = places.iter().flat_map(forms).collect();
        if !names_hold(node, &all.iter().map(String::as_str).collect::<Vec<_>>(), &word_fits) {
            return None;
        }
        if self.quote.is_some() {
            return Some(BTreeSet::new());
        }
        let meant = places.iter().filter(|place| forms(place).iter().any(|form| about(node, form, &word_fits)));
        Some(self.spans(meant.flat_map(|place| place.mentions.clone()).collect()))
    }

    fn spans(&self, spans: Vec<Span>) -> BTreeSet<Match> {
        let words = |span: Span| {
            let inside = self.known.body.iter().filter(|w| w.span.start >= span.start && w.span.end <= span.end);
            inside.map(|word| word.position).collect()
        };
        spans.into_iter().map(words).collect()
    }
}

/// The first of those with the least key.
fn pick<'m, K: Ord>(all: impl Iterator<Item = &'m Match>, key: impl Fn(&Match) -> K) -> Option<&'m Match> {
    all.min_by_key(|m| key(m))
}

fn fits(wanted: &Wanted, word: &Word, known: &Known) -> bool {
    let stem = |text: &str| super::corpus::VOCABULARY.iter().find(|(known, _)| *known == text).map(|(_, stem)| *stem);
    match wanted {
        Wanted::Stem(text) if stem(text) == Some(word.stem) => true,
        Wanted::Stem(text) => is_spelling(text, word.text, known),
        other => name_fits(other, word.text, known),
    }
}

/// Whether the archive has `word` as another spelling of the name `text`.
fn is_spelling(text: &str, word: &str, known: &Known) -> bool {
    known.spellings.get(text).is_some_and(|others| others.contains(word))
}

/// The same as [`word_fits`], or in another spelling.
fn name_fits(wanted: &Wanted, word: &str, known: &Known) -> bool {
    let spelt = match wanted {
        Wanted::Stem(text) | Wanted::Plain(text) => is_spelling(text, word, known),
        _ => false,
    };
    spelt || word_fits(wanted, word)
}

fn word_fits(wanted: &Wanted, word: &str) -> bool {
    match wanted {
        Wanted::Stem(text) | Wanted::Plain(text) | Wanted::Exact(text) => text == word,
        Wanted::Wildcard(pattern) => wild(pattern, word),
        Wanted::Fuzzy(text, edits) => within(text, word, *edits),
        Wanted::Regex(pattern) => regex::Regex::new(&format!("^({pattern})$")).unwrap().is_match(word),
    }
}

fn wild(pattern: &str, word: &str) -> bool {
    match (pattern.chars().next(), word.chars().next()) {
        (None, None) => true,
        (Some('*'), None) => wild(rest(pattern), word),
        (Some('*'), Some(_)) => wild(rest(pattern), word) || wild(pattern, rest(word)),
        (Some('?'), Some(_)) => wild(rest(pattern), rest(word)),
        (Some(a), Some(b)) if a == b => wild(rest(pattern), rest(word)),
        _ => false,
    }
}

/// All but the first letter.
fn rest(word: &str) -> &str {
    let mut letters = word.chars();
    letters.next();
    letters.as_str()
}

/// Whether so many letters changed, added, taken away or swapped make one word of the other.
fn within(a: &str, b: &str, edits: u8) -> bool {
    if a == b {
        return true;
    }
    if edits == 0 {
        return false;
    }
    let first = |word: &str| word.chars().next();
    let second = |word: &str| word.chars().nth(1);
    let (rest_a, rest_b) = (rest(a), rest(b));
    if first(a).is_some() && first(a) == first(b) && within(rest_a, rest_b, edits) {
        return true;
    }
    let swapped = second(a).is_some() && second(b).is_some() && first(a) == second(b) && second(a) == first(b);
    (!a.is_empty() && within(rest_a, b, edits - 1))
        || (!b.is_empty() && within(a, rest_b, edits - 1))
        || (!a.is_empty() && !b.is_empty() && within(rest_a, rest_b, edits - 1))
        || (swapped && within(rest(rest_a), rest(rest_b), edits - 1))
}

/// Whether a word of a query is one of a name.
type Fits<'f> = &'f dyn Fn(&Wanted, &str) -> bool;

/// Whether some names, taken together, fit.
fn names_hold(node: &Node, names: &[&str], fits: Fits<'_>) -> bool {
    match &node.kind {
        NodeKind::And(nodes) => nodes.iter().all(|node| names_hold(node, names, fits)),
        NodeKind::Or(nodes) => nodes.iter().any(|node| names_hold(node, names, fits)),
        NodeKind::Not(inner) => !names_hold(inner, names, fits),
        _ => names.iter().any(|name| about(node, name, fits)),
    }
}

/// Whether any part of a condition, those under NOT aside, is about one name.
fn about(node: &Node, name: &str, fits: Fits<'_>) -> bool {
    let words: Vec<String> = name.split_whitespace().map(str::to_lowercase).collect();
    match &node.kind {
        NodeKind::Word(word) => words.iter().any(|w| fits(word, w)),
        NodeKind::Phrase(phrase) => words.windows(phrase.slots.len()).any(|window| {
            window.iter().zip(&phrase.slots).all(|(word, slot)| slot.iter().any(|wanted| fits(wanted, word)))
        }),
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().any(|node| about(node, name, fits)),
        NodeKind::Not(_) => false,
        _ => panic!("{node}"),
    }
}

fn is_value(node: &Node, value: &str) -> bool {
    match &node.kind {
        NodeKind::Word(word) => word_fits(word, value),
        NodeKind::Or(nodes) => nodes.iter().any(|node| is_value(node, value)),
        NodeKind::Not(inner) => !is_value(inner, value),
        _ => panic!("{node}"),
    }
}

fn lies_in(days: Vec<jiff::civil::Date>, range: DateRange) -> bool {
    match range {
        DateRange::Unknown => days.is_empty(),
        DateRange::Between(first, last) => {
            days.iter().any(|day| first.is_none_or(|first| first <= *day) && last.is_none_or(|last| *day <= last))
        }
    }
}
