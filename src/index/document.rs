//! An article and its annotations as documents of the index.

use anyhow::Context;
use serde::{Deserialize, Serialize};
use tantivy::TantivyDocument;
use xxhash_rust::xxh3::Xxh3;

use super::analysis::{self, Analyser, Word};
use super::packed;
use super::schema::{ARTICLE, Fields, QUOTE};
use crate::annotations::{Annotations, DateMention, Quote};
use crate::article::Article;
use crate::field::address;
use crate::stories::Sketch;
use crate::text::{Lexer, Tokens, Vocabulary, fold};
use crate::when::{Precision, When, day_from_number};

/// What the archive keeps of an article, beside what it is searched by.
#[derive(Debug, Clone, Serialize, Deserialize)]
pub struct Stored {
    /// Which of the archive's roots its path is below.
    pub root: u16,
    /// The article.
    pub article: Article,
    /// What was found in it.
    pub annotations: Annotations,
}

impl Stored {
    /// The bytes that the index keeps: the value, packed, and how long that is, so that it is found at the end of whatever the
    /// engine puts around it.
    ///
    /// # Errors
    /// When there is no memory for it.
    pub fn to_bytes(&self) -> anyhow::Result<Vec<u8>> {
        let mut bytes = packed::pack(&postcard::to_stdvec(self)?)?;
        let length = u32::try_from(bytes.len())?;
        bytes.extend(length.to_le_bytes());
        Ok(bytes)
    }

    /// Reads what [`Stored::to_bytes`] wrote at the end of `bytes`.
    ///
    /// # Errors
    /// When it was not written so.
    pub fn from_bytes(bytes: &[u8]) -> anyhow::Result<Stored> {
        let cut = "an article is cut short";
        let (bytes, length) = bytes.split_last_chunk::<4>().context(cut)?;
        let start = bytes.len().checked_sub(u32::from_le_bytes(*length) as usize);
        let value = start.and_then(|start| bytes.get(start..)).context(cut)?;
        Ok(postcard::from_bytes(&packed::unpack(value)?)?)
    }
}

/// An article ready to be written: its quotations, then itself.
#[derive(Debug)]
pub struct Prepared {
    /// In the order they must be written, as one batch.
    pub documents: Vec<TantivyDocument>,
    /// How many of them are quotations.
    pub quotes: usize,
    /// The id of the article.
    pub id: u64,
}

impl Prepared {
    /// Notes when the article was first indexed, in seconds since 1970, and on every document which reading of its file
    /// it came from.
    pub fn stamp(&mut self, fields: &Fields, moment: i64, reading: u64) {
        self.documents.iter_mut().for_each(|doc| doc.add_u64(fields.reading, reading));
        self.documents.last_mut().into_iter().for_each(|article| article.add_i64(fields.indexed, moment));
    }
}

/// What the index keeps of the lines of an article that may recur in its source.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Lines {
    /// A hash of the source.
    pub source: u64,
    /// One mark a line; see [`super::recurring`].
    pub marks: Vec<u64>,
}

/// The id of an article: a hash of what it says, so that it survives moves and rebuilds. Copies share it.
pub fn id(article: &Article) -> u64 {
    article.id.unwrap_or_else(|| id_with(article, &article.body))
}

/// The id that `article` has with this `body`.
pub fn id_with(article: &Article, body: &str) -> u64 {
    let mut hash = Xxh3::new();
    let date = article.date.as_ref().map(|date| date.when.to_string());
    for part in [article.title.as_deref(), Some(body), date.as_deref(), article.source.as_deref()] {
        hash.update(part.unwrap_or_default().as_bytes());
        hash.update(&[0]);
    }
    hash.digest()
}

/// Makes the documents of an article, whose body `lexer` has just read, from file `file`. `lines` are what may recur in it; `whole` is
/// its body before recurring lines were cut, if some were: by it copies are told, whatever was known of its source.
///
/// # Errors
/// None known: serialising plain data to memory.
pub fn prepare(
    fields: &Fields,
    analyser: &mut Analyser,
    Lexer { tokens, vocabulary }: &mut Lexer,
    file: u64,
    stored: &Stored,
    lines: &Lines,
    whole: Option<&str>,
) -> anyhow::Result<Prepared> {
    let Stored { article, annotations, .. } = stored;
    let id = id(article);
    let language = language(article);
    let title = article.title.as_deref().unwrap_or_default();
    let title_tokens = Tokens::scan(title);
    let title = analysis::words(title, &title_tokens, vocabulary);
    let words = analysis::words(&article.body, tokens, vocabulary);
    let shared = Shared { fields, article, annotations, id, file, words: &words };
    let mut documents: Vec<TantivyDocument> = Vec::with_capacity(annotations.quotes.len() + 1);
    for (ordinal, quote) in annotations.quotes.iter().enumerate() {
        documents.push(shared.quotation(analyser, vocabulary, quote, ordinal, language));
    }
    let mut doc = shared.common(ARTICLE);
    doc.add_text(fields.text, analyser.article(vocabulary, &title, &words, language));
    analyser.names.of(vocabulary, (&title_tokens, &title), (tokens, &words), |term| doc.add_text(fields.name, term));
    annotations.persons.iter().for_each(|name| doc.add_text(fields.person_name, name));
    shared.article_only(&mut doc);
    doc.add_u64(fields.spot, u64::from((file ^ u64::from(article.record.unwrap_or(0))) as u32));
    let sketch = match whole {
        Some(whole) => sketched(&analysis::words(whole, &Tokens::scan(whole), vocabulary), vocabulary),
        None => sketched(&words, vocabulary),
    };
    sketch.for_each(|word| doc.add_u64(fields.sketch, word));
    doc.add_u64(fields.origin, lines.source);
    lines.marks.iter().for_each(|mark| doc.add_u64(fields.line, *mark));
    doc.add_bytes(fields.stored, &stored.to_bytes()?);
    documents.push(doc);
    Ok(Prepared { quotes: documents.len() - 1, documents, id })
}

/// The sketch of a text and how many words it is of, as the index keeps them; nothing for a short one.
fn sketched(words: &[Word], vocabulary: &Vocabulary) -> impl Iterator<Item = u64> + use<> {
    let sketch = Sketch::of_hashes(words.iter().map(|word| vocabulary.hash(word.number)));
    let count = words.len() as u64;
    sketch.into_iter().flat_map(move |sketch| sketch.to_words().into_iter().chain([count]))
}

/// The language whose stems an article has.
pub fn language(article: &Article) -> &str {
    article.language.as_deref().unwrap_or("en")
}

/// What all documents of one article share.
struct Shared<'a> {
    fields: &'a Fields,
    article: &'a Article,
    annotations: &'a Annotations,
    id: u64,
    file: u64,
    /// Words of the body.
    words: &'a [Word],
}

impl Shared<'_> {
    /// A document with what it is told and deleted by.
    fn common(&self, kind: &str) -> TantivyDocument {
        let f = self.fields;
        let mut doc = TantivyDocument::new();
        doc.add_text(f.kind, kind);
        doc.add_u64(f.file, self.file);
        doc
    }

    /// Where it appeared, and in which language.
    fn origin(&self, doc: &mut TantivyDocument) {
        let (f, article) = (self.fields, self.article);
        if let Some(source) = &article.source {
            doc.add_text(f.source, fold(source));
            doc.add_text(f.source_name, source);
        }
        if let Some(section) = &article.section {
            doc.add_text(f.section, fold(section));
            doc.add_text(f.section_name, section);
        }
        if let Some(language) = &article.language {
            doc.add_text(f.lang, language);
        }
    }

    fn dates(&self, doc: &mut TantivyDocument) {
        let f = self.fields;
        doc.add_text(f.has, if self.article.date.is_some() { "date" } else { "nodate" });
        let Some(date) = &self.article.date else { return };
        doc.add_text(f.date_trust, date.trust());
        doc.add_text(f.date_from, date.origin.as_str());
        doc.add_i64(f.day_first, date.when.first_day());
        doc.add_i64(f.day_last, date.when.last_day());
        let minutes = date.time.as_deref().and_then(minutes_of_day).unwrap_or(0);
        doc.add_i64(f.stamp, date.when.first_day() * 24 * 60 + minutes);
    }

    fn places(&self, doc: &mut TantivyDocument) {
        let f = self.fields;
        let mut countries: Vec<&str> = Vec::new();
        for place in &self.annotations.places {
            doc.add_u64(f.place_id, u64::from(place.id));
            countries.extend(place.country.as_deref());
        }
        countries.sort_unstable();
        countries.dedup();
        countries.iter().for_each(|code| doc.add_text(f.country, code.to_lowercase()));
    }

    /// Names of the places: canonical, and as written.
    fn place_names(&self) -> Vec<&str> {
        let mut names: Vec<&str> = Vec::new();
        for place in &self.annotations.places {
            names.push(&place.name);
            let written = place.mentions.iter().filter_map(|span| self.article.body.get(span.range()));
            let mut forms: Vec<&str> = written.filter(|form| *form != place.name).collect();
            forms.sort_unstable();
            forms.dedup();
            names.extend(forms);
        }
        names
    }

    fn article_only(&self, doc: &mut TantivyDocument) {
        let (f, article) = (self.fields, self.article);
        doc.add_u64(f.id, self.id);
        doc.add_i64(f.link, -(self.annotations.quotes.len() as i64));
        self.origin(doc);
        self.dates(doc);
        self.places(doc);
        doc.add_text(f.path, fold(&article.path));
        add_names(doc, f.place, self.place_names().into_iter());
        let mut speakers: Vec<&str> = self.annotations.quotes.iter().filter_map(|q| q.speaker.as_deref()).collect();
        speakers.sort_unstable();
        speakers.dedup();
        speakers.iter().for_each(|name| doc.add_text(f.speaker_name, name));
        add_names(doc, f.speaker, speakers.into_iter());
        add_names(doc, f.person, self.annotations.persons.iter().map(String::as_str));
        self.annotations.organisations.iter().for_each(|name| doc.add_text(f.org_name, name));
        add_names(doc, f.org, self.annotations.organisations.iter().map(String::as_str));
        add_names(doc, f.byline, article.byline.as_deref().into_iter());
        add_names(doc, f.credit, article.credit.as_deref().into_iter());
        add_names(doc, f.cut, article.removed.iter().map(|cut| cut.text.as_str()));
        add_names(doc, f.url, article.url.as_deref().map(address).as_deref().into_iter());
        let printed = article.dateline.as_ref().and_then(|line| line.place.as_deref());
        let resolved = self.annotations.places.iter().filter(|place| place.in_dateline).map(|p| p.name.as_str());
        add_names(doc, f.dateline, printed.into_iter().chain(resolved));
        self.quoted(doc);
        let dated = ["date", "nodate"];
        article.has().iter().filter(|has| !dated.contains(has)).for_each(|has| doc.add_text(f.has, has));
        self.annotations.has().iter().for_each(|has| doc.add_text(f.has, has));
        article.is().iter().for_each(|is| doc.add_text(f.is, is));
        doc.add_u64(f.words, self.words.len() as u64);
        let mut whens: Vec<String> = self.annotations.dates.iter().flat_map(when_terms).collect();
        whens.sort_unstable();
        whens.dedup();
        whens.iter().for_each(|term| doc.add_text(f.when, term));
    }

    /// What is said of the article's quotations, all together.
    fn quoted(&self, doc: &mut TantivyDocument) {
        let (f, quotes) = (self.fields, &self.annotations.quotes);
        let unique = |mut values: Vec<String>| {
            values.sort_unstable();
            values.dedup();
            values
        };
        let kinds = unique(quotes.iter().map(|quote| quote.kind.as_str().to_owned()).collect());
        kinds.iter().for_each(|kind| doc.add_text(f.quote_kind, kind));
        let days = unique(quotes.iter().filter_map(|quote| quote.said_on).flat_map(terms_of).collect());
        days.iter().for_each(|term| doc.add_text(f.said_on, term));
        let roles = unique(quotes.iter().filter_map(|quote| quote.role.clone()).collect());
        add_names(doc, f.role, roles.iter().map(String::as_str));
    }

    /// The words of a quotation's pieces. A piece begins a sentence or paragraph if one begins between the piece before
    /// and its first word.
    fn words_of(&self, quote: &Quote) -> Vec<Word> {
        let mut words: Vec<Word> = Vec::new();
        let mut behind: Option<usize> = None;
        for span in &quote.spans {
            let from = self.words.partition_point(|word| word.placed.token.end <= span.start);
            let to = from + self.words[from..].partition_point(|word| word.placed.token.start < span.end);
            let first = words.len();
            words.extend_from_slice(&self.words[from..to]);
            if let (Some(behind), Some(first)) = (behind, words.get_mut(first)) {
                let between = self.words.get(behind..=from).unwrap_or_default();
                first.placed.sentence |= between.iter().any(|word| word.placed.sentence);
                first.placed.paragraph |= between.iter().any(|word| word.placed.paragraph);
            }
            behind = if from == to { behind } else { Some(to) };
        }
        words
    }

    fn quotation(
        &self,
        analyser: &mut Analyser,
        vocabulary: &Vocabulary,
        quote: &Quote,
        ordinal: usize,
        language: &str,
    ) -> TantivyDocument {
        let f = self.fields;
        let mut doc = self.common(QUOTE);
        let words = self.words_of(quote);
        doc.add_text(f.quote, analyser.pieces(vocabulary, &words, language));
        doc.add_text(f.quote_kind, quote.kind.as_str());
        doc.add_f64(f.confidence, f64::from(quote.confidence));
        doc.add_i64(f.link, (self.annotations.quotes.len() - ordinal) as i64);
        doc.add_u64(f.sketch, wording(words.iter().map(|word| vocabulary.hash(word.number))));
        if let Some(speaker) = &quote.speaker {
            doc.add_text(f.speaker_name, speaker);
            add_names(&mut doc, f.speaker, [speaker.as_str()].into_iter());
        }
        add_names(&mut doc, f.role, quote.role.as_deref().into_iter());
        if let Some(when) = quote.said_on {
            terms_of(when).iter().for_each(|term| doc.add_text(f.said_on, term));
        }
        let whens = self.annotations.dates_in(quote).flat_map(|date| terms_of(date.when));
        whens.collect::<std::collections::BTreeSet<_>>().iter().for_each(|term| doc.add_text(f.when, term));
        doc
    }
}

/// A hash of words, whatever their case and the marks between them, from the hash of each.
fn wording(words: impl Iterator<Item = u64>) -> u64 {
    let mut hash = Xxh3::new();
    words.for_each(|word| hash.update(&word.to_le_bytes()));
    hash.digest()
}

fn add_names<'v>(doc: &mut TantivyDocument, field: tantivy::schema::Field, values: impl Iterator<Item = &'v str>) {
    let stream = analysis::names(values);
    if !stream.is_empty() {
        doc.add_text(field, stream);
    }
}

/// Minutes of a `HH:MM`.
pub fn minutes_of_day(time: &str) -> Option<i64> {
    let (hours, minutes) = time.split_once(':')?;
    Some(hours.parse::<i64>().ok()? * 60 + minutes.get(..2)?.parse::<i64>().ok()?)
}

fn when_terms(mention: &DateMention) -> Vec<String> {
    terms_of(mention.when)
}

/// Days a range may have before it is kept by its months.
const MAX_DAYS: i64 = 62;

/// The terms of a time spoken of: its day, month or year; a short range by its days, a long one by its months.
fn terms_of(when: When) -> Vec<String> {
    match when.precision {
        Precision::Day => vec![format!("d{}", when.first)],
        Precision::Month => vec![format!("m{when}")],
        Precision::Year => vec![format!("y{when}")],
        Precision::Range if when.last_day() - when.first_day() < MAX_DAYS => {
            let days = when.first_day()..=when.last_day();
            days.filter_map(day_from_number).map(|day| format!("d{day}")).collect()
        }
        Precision::Range => months(when).into_iter().map(|month| format!("m{month}")).collect(),
    }
}

/// The months that a range touches, a hundred years of them at most.
fn months(when: When) -> Vec<String> {
    let number = |date: jiff::civil::Date| i32::from(date.year()) * 12 + i32::from(date.month()) - 1;
    let (first, last) = (number(when.first), number(when.last));
    (first..=last.min(first + 1200)).map(|n| format!("{:04}-{:02}", n.div_euclid(12), n.rem_euclid(12) + 1)).collect()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn times_spoken_of_become_terms() {
        let table: [(&str, &[&str]); 4] = [
            ("2022-01-21", &["d2022-01-21"]),
            ("2022-01", &["m2022-01"]),
            ("2022-01-30..2022-02-01", &["d2022-01-30", "d2022-01-31", "d2022-02-01"]),
            ("2021-11-05..2022-02-01", &["m2021-11", "m2021-12", "m2022-01", "m2022-02"]),
        ];
        for (text, terms) in table {
            assert_eq!(terms_of(text.parse().unwrap()), terms, "{text}");
        }
    }

    #[test]
    fn an_id_follows_the_content_and_not_the_file() {
        let article = Article { title: Some("A".into()), body: "b".into(), path: "x".into(), ..Article::default() };
        let moved = Article { path: "y".into(), ..article.clone() };
        let changed = Article { body: "c".into(), ..article.clone() };
        assert_eq!(id(&article), id(&moved));
        assert_ne!(id(&article), id(&changed));
        assert_eq!(minutes_of_day("14:05"), Some(845));
    }
}
