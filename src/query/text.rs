//! An article as the matcher sees it: its words re-tokenised, each compared with the words of the query.

use std::ops::Range;

use super::ast::{DateRange, Node, NodeKind, Word};
use super::pattern::Pattern;
use super::plan::Plan;
use super::spans::{self, Document, Expr, Match};
use crate::annotations::{Annotations, Place as NamedPlace, Quote, Span};
use crate::article::Article;
use crate::field::{BODY_START, Field, VALUE_GAP};
use crate::text::stem::Stems;
use crate::text::{Token, Tokens, fold, fold_into};
use crate::when::{Precision, When};

/// Where one word of the article stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Whether it is in the headline (else the body).
    pub in_title: bool,
    /// Its bytes there.
    pub span: Span,
}

/// One article, ready for the matcher.
pub struct Text<'a> {
    article: &'a Article,
    annotations: &'a Annotations,
    plan: &'a Plan,
    /// Tokens of the body.
    pub tokens: Tokens,
    title: Vec<Span>,
    body: Vec<Span>,
    leaves: Vec<Vec<u32>>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    capitals: [Vec<u32>; 2],
    quotes: Vec<Vec<Range<u32>>>,
    fields: Vec<Option<Vec<Match>>>,
}

impl<'a> Text<'a> {
    /// Compares every word of `article` with the words of `plan`. `stems` is the stemmer of its language.
    pub fn new(plan: &'a Plan, article: &'a Article, annotations: &'a Annotations, stems: &mut Stems) -> Text<'a> {
        let mut text = Text {
            article,
            annotations,
            plan,
            tokens: Tokens::scan(&article.body),
            title: Vec::new(),
            body: Vec::new(),
            leaves: vec![Vec::new(); plan.leaves.len()],
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            capitals: [Vec::new(), Vec::new()],
            quotes: Vec::new(),
            fields: Vec::new(),
        };
        let mut words = Words::new(plan, stems);
        let title = article.title.as_deref().unwrap_or_default();
        let title_tokens = Tokens::scan(title);
        text.title = text.add(title, &title_tokens, 0, BODY_START, &mut words);
        let tokens = std::mem::take(&mut text.tokens);
        text.body = text.add(&article.body, &tokens, BODY_START, u32::MAX, &mut words);
        text.tokens = tokens;
        text.quotes = annotations.quotes.iter().map(|quote| text.quote_positions(quote)).collect();
        text.fields = plan.fields.iter().map(|(field, node)| text.field_matches(*field, node)).collect();
        text
    }

    /// Takes the words of one text, whose positions begin at `start` and stay below `end`.
    fn add(&mut self, text: &str, tokens: &[Token], start: u32, end: u32, words: &mut Words<'_>) -> Vec<Span> {
        let mut spans = Vec::with_capacity(tokens.len());
        let (mut sentence, mut paragraph) = (false, false);
        let mut position = start;
        for token in tokens {
            sentence |= token.starts_sentence();
            paragraph |= token.starts_paragraph();
            if !token.is_word() {
                continue;
            }
            if position >= end {
                break;
            }
            if std::mem::take(&mut paragraph) {
                self.paragraphs.push(position);
            }
            if std::mem::take(&mut sentence) {
                self.sentences.push(position);
            }
            for (list, set) in self.capitals.iter_mut().zip([token.is_upper(), token.is_all_caps()]) {
                list.extend(set.then_some(position));
            }
            words.compare(&text[token.range()], |leaf| self.leaves[leaf].push(position));
            spans.push(Span { start: token.start, end: token.end });
            position += 1;
        }
        spans
    }

    /// Where the query matches; `None` if it does not.
    pub fn matches(&self) -> Option<Vec<Match>> {
        spans::find(&self.plan.expr, self)
    }

    /// Every word of the query that stands in the text, whatever else must hold; words under NOT left out.
    pub fn words(&self) -> Vec<Match> {
        let mut wanted = Vec::new();
        positive_leaves(&self.plan.expr, &mut wanted);
        let mut words: Vec<u32> = wanted.iter().flat_map(|leaf| self.positions(*leaf)).copied().collect();
        words.sort_unstable();
        words.dedup();
        words.into_iter().map(|word| Match { first: word, last: word, words: vec![word] }).collect()
    }

    /// Where the word at `position` stands; `None` for a position that is no word's.
    pub fn place(&self, position: u32) -> Option<Place> {
        match position.checked_sub(BODY_START) {
            Some(word) => self.body.get(word as usize).map(|span| Place { in_title: false, span: *span }),
            None => self.title.get(position as usize).map(|span| Place { in_title: true, span: *span }),
        }
    }

    /// The positions of the words in a span of the body.
    pub fn positions_in(&self, span: Span) -> Range<u32> {
        let from = self.body.partition_point(|word| word.end <= span.start) as u32;
        let to = self.body.partition_point(|word| word.start < span.end) as u32;
        BODY_START + from..BODY_START + to.max(from)
    }

    fn quote_positions(&self, quote: &Quote) -> Vec<Range<u32>> {
        quote.spans.iter().map(|span| self.positions_in(*span)).collect()
    }

    /// Decides a condition on another field from the article itself, as the index decides it from its terms.
    fn field_matches(&self, field: Field, node: &Node) -> Option<Vec<Match>> {
        let (article, found) = (self.article, self.annotations);
        let some = |holds: bool| holds.then(Vec::new);
        let inner = match &node.kind {
            NodeKind::In(_, inner) => inner,
            NodeKind::Date(Field::When, range) => {
                let spans = found.dates.iter().filter(|date| spoken_of(date.when, *range)).map(|date| date.span);
                return some_spans(self.spans(spans), *range == DateRange::Unknown && found.dates.is_empty());
            }
            // The archive knows it, not the article.
            NodeKind::Date(Field::Indexed, _) => return Some(Vec::new()),
            NodeKind::Date(_, range) => return some(in_range(article.date.as_ref().map(|d| d.when), *range)),
            _ => return Some(Vec::new()),
        };
        let value = |value: Option<&str>| some(value_matches(inner, value));
        let names = |name: Option<&str>| some(name_matches(inner, name.into_iter()));
        match field {
            Field::Place => self.place_matches(inner),
            Field::Speaker => {
                let speakers = found.quotes.iter().filter_map(|quote| quote.speaker.as_deref());
                if !name_matches(inner, speakers) {
                    return None;
                }
                let theirs = |quote: &&Quote| {
                    quote.speaker.as_deref().is_some_and(|name| touches(inner, &words_of([name].into_iter()), 0))
                };
                Some(self.spans(found.quotes.iter().filter(theirs).filter_map(|quote| quote.source)))
            }
            Field::Country => {
                let codes = found.places.iter().filter_map(|place| place.country.as_deref());
                some(name_matches(inner, codes))
            }
            Field::Dateline => {
                let printed = article.dateline.as_ref().and_then(|line| line.place.as_deref());
                let places = found.places.iter().filter(|place| place.in_dateline).map(|place| place.name.as_str());
                some(name_matches(inner, printed.into_iter().chain(places)))
            }
            Field::Byline => names(article.byline.as_deref()),
            Field::Credit => names(article.credit.as_deref()),
            Field::Url => names(article.url.as_deref()),
            Field::Source => value(article.source.as_deref()),
            Field::Section => value(article.section.as_deref()),
            Field::Lang => value(article.language.as_deref()),
            Field::Path => value(Some(&article.path)),
            Field::DateFrom => value(article.date.as_ref().map(|date| date.origin.as_str())),
            _ => Some(Vec::new()),
        }
    }

    /// Whether the places of the article fit, and the mentions of those that are meant.
    fn place_matches(&self, inner: &Node) -> Option<Vec<Match>> {
        let places = &self.annotations.places;
        let names = |place: &'a NamedPlace| {
            let forms = place.mentions.iter().filter_map(|span| self.article.body.get(span.range()));
            [place.name.as_str()].into_iter().chain(forms)
        };
        let ids: Vec<u32> = places.iter().map(|place| place.id).collect();
        if !holds(inner, &words_of(places.iter().flat_map(names)), &ids) {
            return None;
        }
        let meant = places.iter().filter(|place| touches(inner, &words_of(names(place)), place.id));
        Some(self.spans(meant.flat_map(|place| place.mentions.iter().copied())))
    }

    /// Spans of the body as matches, in order.
    fn spans(&self, spans: impl Iterator<Item = Span>) -> Vec<Match> {
        let matches = spans.filter_map(|span| {
            let words: Vec<u32> = self.positions_in(span).collect();
            Some(Match { first: *words.first()?, last: *words.last()?, words })
        });
        let mut matches: Vec<Match> = matches.collect();
        matches.sort_unstable();
        matches.dedup();
        matches
    }

    /// Whether quotation number `quote` has a speaker whom condition `number` names.
    fn quote_has(&self, number: usize, quote: usize) -> bool {
        let Some((Field::Speaker, Node { kind: NodeKind::In(_, inner), .. })) = self.plan.fields.get(number) else {
            return true;
        };
        let speaker = self.annotations.quotes.get(quote).and_then(|quote| quote.speaker.as_deref());
        speaker.is_some_and(|name| name_matches(inner, [name].into_iter()))
    }
}

impl Document for Text<'_> {
    fn positions(&self, leaf: usize) -> &[u32] {
        self.leaves.get(leaf).map_or(&[], Vec::as_slice)
    }

    fn sentences(&self) -> &[u32] {
        &self.sentences
    }

    fn paragraphs(&self) -> &[u32] {
        &self.paragraphs
    }

    fn capitals(&self, all: bool) -> &[u32] {
        &self.capitals[usize::from(all)]
    }

    fn quotes(&self) -> &[Vec<Range<u32>>] {
        &self.quotes
    }

    fn field(&self, number: usize, quote: Option<usize>) -> Option<Vec<Match>> {
        match quote {
            Some(quote) => self.quote_has(number, quote).then(Vec::new),
            None => self.fields.get(number).cloned().flatten(),
        }
    }
}

/// Compares words of a text with the leaves of a plan.
struct Words<'a> {
    plan: &'a Plan,
    stems: &'a mut Stems,
    /// The stem of each leaf that is one, in the language of the text.
    leaf_stems: Vec<Option<String>>,
    any_stem: bool,
    folded: String,
    stem: String,
}

impl<'a> Words<'a> {
    fn new(plan: &'a Plan, stems: &'a mut Stems) -> Words<'a> {
        let leaf_stems: Vec<Option<String>> = plan
            .leaves
            .iter()
            .map(|leaf| match &leaf.word {
                Word::Stem(word) => Some(stems.stem(word)),
                _ => None,
            })
            .collect();
        let any_stem = leaf_stems.iter().any(Option::is_some);
        Words { plan, stems, leaf_stems, any_stem, folded: String::new(), stem: String::new() }
    }

    /// Calls `hit` with every leaf that `word` fits.
    fn compare(&mut self, word: &str, mut hit: impl FnMut(usize)) {
        self.folded.clear();
        fold_into(word, &mut self.folded);
        if self.any_stem {
            self.stem.clear();
            self.stems.stem_into(&self.folded, &mut self.stem);
        }
        for (number, (leaf, stem)) in self.plan.leaves.iter().zip(&self.leaf_stems).enumerate() {
            let fits = match stem {
                Some(stem) => *stem == self.stem,
                None => leaf.pattern.matches(&self.folded),
            };
            if fits {
                hit(number);
            }
        }
    }
}

/// Whether the words of some names fit a condition.
pub fn name_matches<'n>(node: &Node, names: impl Iterator<Item = &'n str>) -> bool {
    holds(node, &words_of(names), &[])
}

/// The folded words of names with their positions: as in the index, all names share one space of positions, with a
/// gap between two.
fn words_of<'n>(names: impl Iterator<Item = &'n str>) -> Vec<(u32, String)> {
    let mut words: Vec<(u32, String)> = Vec::new();
    let mut position = 0;
    for (i, name) in names.enumerate() {
        position += if i > 0 { VALUE_GAP } else { 0 };
        for token in Tokens::scan(name).words() {
            words.push((position, fold(&name[token.range()])));
            position += 1;
        }
    }
    words
}

/// Whether names with these words, of places with these ids, fit a condition.
fn holds(node: &Node, words: &[(u32, String)], ids: &[u32]) -> bool {
    match &node.kind {
        NodeKind::Word(word) => !positions(word, words).is_empty(),
        NodeKind::Phrase(phrase) => {
            let slots: Vec<Vec<u32>> =
                phrase.slots.iter().map(|slot| slot.iter().flat_map(|word| positions(word, words)).collect()).collect();
            let Some((first, rest)) = slots.split_first() else { return false };
            first.iter().any(|start| (1..).zip(rest).all(|(i, slot)| slot.contains(&(start + i))))
        }
        NodeKind::Places(wanted) => wanted.iter().any(|id| ids.contains(id)),
        NodeKind::And(nodes) => nodes.iter().all(|node| holds(node, words, ids)),
        NodeKind::Or(nodes) => nodes.iter().any(|node| holds(node, words, ids)),
        NodeKind::Not(inner) => !holds(inner, words, ids),
        NodeKind::Boost(_, inner) => holds(inner, words, ids),
        _ => true,
    }
}

/// The spans that show a condition to hold; `anyway` if it holds without any.
fn some_spans(matches: Vec<Match>, anyway: bool) -> Option<Vec<Match>> {
    (anyway || !matches.is_empty()).then_some(matches)
}

/// Whether any part of a condition, those under NOT aside, is about the place with these words and this id.
fn touches(node: &Node, words: &[(u32, String)], id: u32) -> bool {
    match &node.kind {
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().any(|node| touches(node, words, id)),
        NodeKind::Not(_) => false,
        NodeKind::Boost(_, inner) => touches(inner, words, id),
        _ => holds(node, words, &[id]),
    }
}

/// Whether one value of a keyword field, compared whole, fits a condition.
fn value_matches(node: &Node, value: Option<&str>) -> bool {
    let fits = |words: &[&Word]| {
        let Some(value) = value.map(fold) else { return false };
        if let [word] = words {
            return Pattern::new(word).is_ok_and(|pattern| pattern.matches(&value));
        }
        let wanted: Vec<String> =
            words.iter().map(|word| word.to_string().trim_start_matches('=').to_owned()).collect();
        wanted.join(" ") == value
    };
    match &node.kind {
        NodeKind::Word(word) => fits(&[word]),
        NodeKind::Phrase(phrase) => fits(&phrase.slots.iter().filter_map(|slot| slot.first()).collect::<Vec<_>>()),
        NodeKind::And(nodes) => nodes.iter().all(|node| value_matches(node, value)),
        NodeKind::Or(nodes) => nodes.iter().any(|node| value_matches(node, value)),
        NodeKind::Not(inner) => !value_matches(inner, value),
        NodeKind::Boost(_, inner) => value_matches(inner, value),
        _ => true,
    }
}

/// Whether the whole of a publication date lies in a range.
fn in_range(when: Option<When>, range: DateRange) -> bool {
    match (range, when) {
        (DateRange::Unknown, when) => when.is_none(),
        (DateRange::Between(..), None) => false,
        (DateRange::Between(first, last), Some(when)) => {
            first.is_none_or(|first| first <= when.first) && last.is_none_or(|last| when.last <= last)
        }
    }
}

/// Whether a time spoken of lies in a range; of a range of days, any of them.
fn spoken_of(when: When, range: DateRange) -> bool {
    let DateRange::Between(first, last) = range else { return false };
    match when.precision {
        Precision::Range => first.is_none_or(|f| f <= when.last) && last.is_none_or(|l| when.first <= l),
        _ => in_range(Some(when), range),
    }
}

/// The leaves of `expr` that are not under a NOT.
fn positive_leaves(expr: &Expr, leaves: &mut Vec<usize>) {
    match expr {
        Expr::Not(_) => {}
        Expr::And(parts) | Expr::Or(parts) => parts.iter().for_each(|part| positive_leaves(part, leaves)),
        Expr::Region(_, inner) | Expr::Within(_, inner) | Expr::AtLeast(_, inner) | Expr::Case(_, inner) => {
            positive_leaves(inner, leaves);
        }
        other => spans::leaf_numbers(other, &mut |leaf| leaves.push(leaf)),
    }
}

fn positions(word: &Word, words: &[(u32, String)]) -> Vec<u32> {
    let Ok(pattern) = Pattern::new(word) else { return Vec::new() };
    words.iter().filter(|(_, folded)| pattern.matches(folded)).map(|(position, _)| *position).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::super::{parse, plan};
    use super::*;

    /// The words that a query marks, headline first.
    fn marked(query: &str, title: &str, body: &str) -> Option<Vec<String>> {
        let article = Article { title: Some(title.into()), body: body.into(), ..Article::default() };
        let root = parse(query, jiff::civil::date(2022, 2, 24)).unwrap().root;
        let plan = plan::plan(&root).unwrap();
        let annotations = Annotations::default();
        let text = Text::new(&plan, &article, &annotations, &mut Stems::new("en"));
        let matches = text.matches()?;
        let words = matches.iter().flat_map(|m| &m.words).map(|position| {
            let place = text.place(*position).unwrap();
            let source = if place.in_title { title } else { body };
            source[place.span.range()].to_owned()
        });
        Some(words.collect())
    }

    #[test]
    fn exactly_the_matching_words_are_marked() {
        let body =
            "In Geneva, Lavrov's deputy told reporters the Geneva talks had failed. Talks again.\n\nTroops deployed.";
        let table: [(&str, Option<&[&str]>); 12] = [
            ("talks", Some(&["Talks", "talks", "Talks"])),
            ("\"geneva talks\"", Some(&["Geneva", "talks"])),
            ("lavrov -minsk", Some(&["Lavrov"])),
            ("lavrov -talks", None),
            ("deploy*", Some(&["deployed"])),
            ("deployment", Some(&["deployed"])),
            ("title:talks", Some(&["Talks"])),
            ("body:again", Some(&["again"])),
            ("geneva w/2 talks", Some(&["Geneva", "talks"])),
            ("lavrov w/s geneva", Some(&["Geneva", "Lavrov", "Lavrov", "Geneva"])),
            ("/gene.*/ w/p troops", None),
            ("caps(talks)", Some(&["Talks", "Talks"])),
        ];
        for (query, expected) in table {
            let found = marked(query, "Talks fail", body);
            let found: Option<Vec<&str>> = found.as_ref().map(|words| words.iter().map(String::as_str).collect());
            assert_eq!(found.as_deref(), expected, "{query}");
        }
    }

    #[test]
    fn names() {
        let holds = |query: &str, names: &[&str]| {
            let root = parse(query, jiff::civil::date(2022, 2, 24)).unwrap().root;
            name_matches(&root, names.iter().copied())
        };
        assert!(holds("lavrov", &["Ned Price", "Sergei Lavrov"]));
        assert!(holds("\"sergei lavrov\"", &["Sergei Lavrov"]));
        assert!(!holds("\"price sergei\"", &["Ned Price", "Sergei Lavrov"]));
        assert!(holds("lavr*", &["Sergei Lavrov"]) && !holds("peskov", &["Sergei Lavrov"]));
    }
}
