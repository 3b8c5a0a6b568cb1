//! An article as the matcher sees it: its words re-tokenised, each compared with the words of the query.

use std::ops::Range;

use super::ast::DateRange;
use super::names::Names;
use super::pattern::Pattern;
use super::plan::{Condition, Form, Plan, Test};
use super::spans::{self, Document, Match, Needed};
use crate::annotations::{Annotations, Place as NamedPlace, Quote, Span};
use crate::article::Article;
use crate::field::{self, BODY_START, Field};
use crate::text::stem::Stems;
use crate::text::tokens::within;
use crate::text::{Placed, Tokens, cut, fold_into, placed};
use crate::when::{Precision, When};

/// Where one word of the article stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// Whether it is in the headline (else the body).
    pub in_title: bool,
    /// Its bytes there.
    pub span: Span,
}

/// What an archive knows of an article, and its text does not say.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Known {
    /// Its id.
    pub id: u64,
    /// When it was first indexed, in seconds since 1970.
    pub indexed: Option<i64>,
    /// How many copies of it there are.
    pub copies: u64,
    /// Whether it is a copy of one that was printed before.
    pub is_copy: bool,
    /// Ids of all articles of its story; empty if it is alone.
    pub story: Vec<u64>,
}

impl Known {
    /// Of an article whose id alone is known.
    pub fn of(id: u64) -> Known {
        Known { id, ..Known::default() }
    }

    /// Whether a plan may ask for more than the id.
    pub fn decides(plan: &Plan) -> bool {
        let asks = |field| matches!(field, Field::Indexed | Field::Copies | Field::Cluster | Field::Is);
        plan.conditions.iter().any(|condition| asks(condition.field))
    }
}

/// One article, ready for the matcher.
pub struct Text<'a> {
    article: &'a Article,
    annotations: &'a Annotations,
    known: &'a Known,
    plan: &'a Plan,
    /// Tokens of the body.
    pub tokens: Tokens,
    title: Vec<Placed>,
    body: Vec<Placed>,
    leaves: Vec<Vec<u32>>,
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
    capitals: [Vec<u32>; 2],
    quotes: Vec<Vec<Range<u32>>>,
    fields: Vec<Option<Vec<Match>>>,
}

impl<'a> Text<'a> {
    /// Compares every word of `article` with the words of `plan`. `stems` is the stemmer of its language.
    pub fn new(
        plan: &'a Plan,
        article: &'a Article,
        annotations: &'a Annotations,
        known: &'a Known,
        stems: &mut Stems,
    ) -> Text<'a> {
        let tokens = Tokens::scan(&article.body);
        let title = article.title.as_deref().unwrap_or_default();
        let title_words = placed(&Tokens::scan(title)).take(BODY_START as usize).collect();
        // Room for all at once: an iterator that filters does not say how many it gives.
        let mut body_words = Vec::with_capacity(tokens.len());
        body_words.extend(placed(&tokens));
        let mut text = Text {
            article,
            annotations,
            known,
            plan,
            tokens,
            title: title_words,
            body: body_words,
            leaves: vec![Vec::new(); plan.leaves.len()],
            sentences: Vec::new(),
            paragraphs: Vec::new(),
            capitals: [Vec::new(), Vec::new()],
            quotes: Vec::new(),
            fields: Vec::new(),
        };
        let needed = Needed::of(&plan.expr);
        let mut words = Words::new(plan, stems);
        for (list, source, start) in [(&text.title, title, 0), (&text.body, article.body.as_str(), BODY_START)] {
            for (word, position) in list.iter().zip(start..) {
                let [upper, all_caps] = &mut text.capitals;
                for (set, list) in [
                    (needed.sentences && word.sentence, &mut text.sentences),
                    (needed.paragraphs && word.paragraph, &mut text.paragraphs),
                    (needed.capitals && word.token.is_upper(), upper),
                    (needed.capitals && word.token.is_all_caps(), all_caps),
                ] {
                    if set {
                        list.push(position);
                    }
                }
                words.compare(&source[word.token.range()], |leaf| text.leaves[leaf].push(position));
            }
        }
        text.quotes = annotations.quotes.iter().map(|quote| text.quote_positions(quote)).collect();
        text.fields = plan.conditions.iter().map(|condition| text.condition(condition)).collect();
        text
    }

    /// Where the query matches; `None` if it does not.
    pub fn matches(&self) -> Option<Vec<Match>> {
        spans::find(&self.plan.expr, self)
    }

    /// Where the query, taken as one about quotations, matches in quotation `number`; `None` if it does not.
    pub fn matches_in_quotation(&self, number: usize) -> Option<Vec<Match>> {
        spans::find_in_quotation(&self.plan.expr, self, number)
    }

    /// Where the word at `position` stands; `None` for a position that is no word's.
    pub fn place(&self, position: u32) -> Option<Place> {
        let span = |word: &Placed| Span { start: word.token.start, end: word.token.end };
        match position.checked_sub(BODY_START) {
            Some(word) => self.body.get(word as usize).map(|word| Place { in_title: false, span: span(word) }),
            None => self.title.get(position as usize).map(|word| Place { in_title: true, span: span(word) }),
        }
    }

    /// The positions of the words in a span of the body.
    pub fn positions_in(&self, span: Span) -> Range<u32> {
        let words = within(&self.body, span.start..span.end);
        BODY_START + words.start as u32..BODY_START + words.end as u32
    }

    fn quote_positions(&self, quote: &Quote) -> Vec<Range<u32>> {
        quote.spans.iter().map(|span| self.positions_in(*span)).collect()
    }

    /// Decides a condition on another field from the article itself, as the index decides it from its terms, and says
    /// where it shows.
    fn condition(&self, Condition { field, test }: &Condition) -> Option<Vec<Match>> {
        let (article, found) = (self.article, self.annotations);
        let some = |holds: bool| holds.then(Vec::new);
        match (field, test) {
            (Field::When, Test::Days(range)) => {
                let spans = found.dates.iter().filter(|date| spoken_of(date.when, *range)).map(|date| date.span);
                let matches = self.spans(spans);
                let holds = match range {
                    DateRange::Unknown => found.dates.is_empty(),
                    DateRange::Between(..) => found.dates.iter().any(|date| spoken_of(date.when, *range)),
                };
                holds.then_some(matches)
            }
            (Field::SaidOn, Test::Days(range)) => some(said_on(found.quotes.iter(), *range)),
            (Field::Indexed, Test::Days(range)) => {
                let moments = range.moments();
                some(moments.zip(self.known.indexed).is_some_and(|(moments, indexed)| moments.contains(&indexed)))
            }
            (_, Test::Days(range)) => some(in_range(article.date.as_ref().map(|d| d.when), *range)),
            (Field::Copies, Test::Numbers(range)) => some(range.holds(self.known.copies)),
            (_, Test::Numbers(range)) => some(range.holds(self.body.len() as u64)),
            (_, Test::Places(ids)) => some(found.places.iter().any(|place| ids.contains(&place.id))),
            (Field::Place, Test::Words(plan)) => self.places(plan),
            (Field::Speaker, Test::Words(plan)) => {
                Names::new(plan, found.quotes.iter().filter_map(|quote| quote.speaker.as_deref())).holds().then(|| {
                    let theirs =
                        |quote: &&Quote| quote.speaker.iter().any(|name| Names::new(plan, [name.as_str()]).touches());
                    self.spans(found.quotes.iter().filter(theirs).filter_map(|quote| quote.source))
                })
            }
            (Field::Role, Test::Words(plan)) => {
                some(Names::new(plan, found.quotes.iter().filter_map(|quote| quote.role.as_deref())).holds())
            }
            (Field::QuoteKind, Test::Words(plan)) => {
                some(Names::whole(plan, found.quotes.iter().map(|quote| quote.kind.as_str())).holds())
            }
            (_, Test::Words(plan)) => some(self.article_has(*field, plan)),
        }
    }

    /// Whether the words of a field of the article fit.
    fn article_has(&self, field: Field, plan: &Plan) -> bool {
        let (article, found) = (self.article, self.annotations);
        let date = article.date.as_ref();
        match field {
            Field::Dateline => {
                let printed = article.dateline.as_ref().and_then(|line| line.place.as_deref());
                let places = found.places.iter().filter(|place| place.in_dateline).map(|place| place.name.as_str());
                Names::new(plan, printed.into_iter().chain(places)).holds()
            }
            Field::Person => Names::new(plan, found.persons.iter().map(String::as_str)).holds(),
            Field::Org => Names::new(plan, found.organisations.iter().map(String::as_str)).holds(),
            Field::Byline => Names::new(plan, article.byline.as_deref()).holds(),
            Field::Credit => Names::new(plan, article.credit.as_deref()).holds(),
            Field::Cut => Names::new(plan, article.removed.iter().map(|cut| cut.text.as_str())).holds(),
            Field::Url => Names::new(plan, article.url.as_deref().map(field::address).as_deref()).holds(),
            Field::Country => Names::whole(plan, found.places.iter().filter_map(|p| p.country.as_deref())).holds(),
            Field::Source => Names::whole(plan, article.source.as_deref()).holds(),
            Field::Section => Names::whole(plan, article.section.as_deref()).holds(),
            Field::Lang => Names::whole(plan, article.language.as_deref()).holds(),
            Field::Path => Names::whole(plan, [article.path.as_str()]).holds(),
            Field::DateFrom => Names::whole(plan, date.map(|date| date.origin.as_str())).holds(),
            Field::DateTrust => Names::whole(plan, date.map(|date| date.trust())).holds(),
            Field::Has => Names::whole(plan, article.has().into_iter().chain(found.has())).holds(),
            Field::Is => {
                Names::whole(plan, article.is().into_iter().chain(self.known.is_copy.then_some("copy"))).holds()
            }
            Field::Id => Names::whole(plan, [id_of(self.known.id).as_str()]).holds(),
            Field::Cluster => {
                let story: Vec<String> = [self.known.id].iter().chain(&self.known.story).copied().map(id_of).collect();
                Names::whole(plan, story.iter().map(String::as_str)).holds()
            }
            _ => false,
        }
    }

    /// Whether the places of the article fit, and the mentions of those that are meant.
    fn places(&self, plan: &Plan) -> Option<Vec<Match>> {
        let places = &self.annotations.places;
        let names = |place: &'a NamedPlace| {
            let forms = place.mentions.iter().filter_map(|span| self.article.body.get(span.range()));
            [place.name.as_str()].into_iter().chain(forms)
        };
        let all = Names::new(plan, places.iter().flat_map(names)).with_places(places.iter().map(|place| place.id));
        let meant = |place: &&'a NamedPlace| Names::new(plan, names(place)).with_places([place.id]).touches();
        all.holds().then(|| self.spans(places.iter().filter(meant).flat_map(|place| place.mentions.iter().copied())))
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

    /// Whether a condition holds of one quotation; those on the article hold of all its quotations or of none.
    fn quotation_has(&self, number: usize, quote: usize) -> bool {
        let Some(Condition { field, test }) = self.plan.conditions.get(number) else { return false };
        let Some(quote) = self.annotations.quotes.get(quote) else { return false };
        match (field, test) {
            (Field::Speaker, Test::Words(plan)) => Names::new(plan, quote.speaker.as_deref()).holds(),
            (Field::Role, Test::Words(plan)) => Names::new(plan, quote.role.as_deref()).holds(),
            (Field::QuoteKind, Test::Words(plan)) => Names::whole(plan, [quote.kind.as_str()]).holds(),
            (Field::SaidOn, Test::Days(range)) => said_on([quote].into_iter(), *range),
            (Field::When, Test::Days(DateRange::Unknown)) => self.annotations.dates_in(quote).next().is_none(),
            (Field::When, Test::Days(range)) => {
                self.annotations.dates_in(quote).any(|date| spoken_of(date.when, *range))
            }
            _ => self.fields.get(number).is_some_and(Option::is_some),
        }
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
            Some(quote) => self.quotation_has(number, quote).then(Vec::new),
            None => self.fields.get(number).cloned().flatten(),
        }
    }
}

/// An id as it is written.
fn id_of(id: u64) -> String {
    format!("{id:016x}")
}

/// Compares words of a text with the leaves of a plan.
struct Words<'a> {
    stems: &'a mut Stems,
    /// The forms of each leaf, in the language of the text.
    leaves: Vec<Vec<Wanted<'a>>>,
    /// How the stems that are looked for begin.
    beginnings: Vec<String>,
    first: First,
    folded: String,
    stem: String,
}

/// The letters that a word which fits any leaf may begin with: most words of a text are passed over by their first.
#[derive(Default)]
struct First {
    /// One bit for each ASCII letter or digit.
    ascii: u128,
    /// Whether a pattern may begin with anything.
    any: bool,
}

impl First {
    fn of<'w, 'a: 'w>(forms: impl Iterator<Item = &'w Wanted<'a>>, beginnings: &[String]) -> First {
        let mut first = First::default();
        for form in forms {
            match form {
                Wanted::Stem(_) => {}
                Wanted::Fits(_) => first.any = true,
                Wanted::Spelling(word) => first.add(word),
            }
        }
        beginnings.iter().for_each(|beginning| first.add(beginning));
        first
    }

    fn add(&mut self, folded: &str) {
        match folded.bytes().next() {
            Some(byte) if byte.is_ascii_alphanumeric() => self.ascii |= 1 << byte,
            Some(byte) if !byte.is_ascii() => {}
            _ => self.any = true,
        }
    }

    /// Whether `word`, as written, may be one of them. What folding makes of letters beyond ASCII is not known here.
    fn may_begin(&self, word: &str) -> bool {
        match word.bytes().next() {
            Some(byte) if byte.is_ascii_alphanumeric() => self.any || self.ascii >> byte.to_ascii_lowercase() & 1 == 1,
            _ => true,
        }
    }
}

/// One form of a leaf.
enum Wanted<'a> {
    Stem(String),
    Fits(&'a Pattern),
    Spelling(&'a str),
}

impl<'a> Words<'a> {
    fn new(plan: &'a Plan, stems: &'a mut Stems) -> Words<'a> {
        let mut wanted = |form: &'a Form| match form {
            Form::Stem(word) => Wanted::Stem(stems.stem(cut(word))),
            Form::Fits(pattern) => Wanted::Fits(pattern),
            Form::Spelling(word, _) => Wanted::Spelling(cut(word)),
        };
        let leaves: Vec<Vec<Wanted<'a>>> =
            plan.leaves.iter().map(|leaf| leaf.forms.iter().map(&mut wanted).collect()).collect();
        let beginning = |form: &Wanted<'_>| match form {
            Wanted::Stem(stem) => Some(stems.beginning(stem).to_owned()),
            _ => None,
        };
        let beginnings: Vec<String> = leaves.iter().flatten().filter_map(beginning).collect();
        let first = First::of(leaves.iter().flatten(), &beginnings);
        Words { stems, leaves, beginnings, first, folded: String::new(), stem: String::new() }
    }

    /// Calls `hit` with every leaf that `word` fits.
    fn compare(&mut self, word: &str, mut hit: impl FnMut(usize)) {
        if !self.first.may_begin(word) {
            return;
        }
        self.folded.clear();
        fold_into(word, &mut self.folded);
        let folded = cut(&self.folded);
        // Stems cost more than anything else here, and most words begin otherwise.
        let may_have_stem = self.beginnings.iter().any(|beginning| folded.starts_with(beginning.as_str()));
        self.stem.clear();
        if may_have_stem {
            self.stems.stem_into(folded, &mut self.stem);
        }
        for (number, forms) in self.leaves.iter().enumerate() {
            let fits = |form: &Wanted<'_>| match form {
                Wanted::Stem(stem) => may_have_stem && *stem == self.stem,
                Wanted::Fits(pattern) => pattern.matches(folded),
                Wanted::Spelling(word) => *word == folded,
            };
            if forms.iter().any(fits) {
                hit(number);
            }
        }
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

/// Whether any of some quotations was said in a range of days, as far as the text says when.
fn said_on<'q>(quotes: impl Iterator<Item = &'q Quote>, range: DateRange) -> bool {
    let mut days = quotes.filter_map(|quote| quote.said_on);
    match range {
        DateRange::Unknown => days.next().is_none(),
        DateRange::Between(..) => days.any(|day| spoken_of(day, range)),
    }
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
        let known = Known::default();
        let text = Text::new(&plan, &article, &annotations, &known, &mut Stems::new("en"));
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
}
