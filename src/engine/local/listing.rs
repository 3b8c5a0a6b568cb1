//! The names of an archive as a list: the forms of one name, and the people who are named most.

use anyhow::Result;
use jiff::civil::Date;
use rustc_hash::FxHashMap;
use tantivy::Term;
use tantivy::query::TermQuery;
use tantivy::schema::IndexRecordOption;

use super::Local;
use super::compile::Mode;
use super::facets::FacetCollector;
use super::persons::Persons;
use crate::engine::{Engine, Facet, Request};
use crate::index::schema::ARTICLE;
use crate::names::{Tier, words};
use crate::query::ast::{Node, NodeKind, Phrase, Word};
use crate::results::{NameForm, Person};

impl Local {
    /// The forms in which the archive has a word of a name: as typed, then its other spellings, the surest first.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    pub fn forms_of(&self, word: &str) -> Result<Vec<NameForm>> {
        let mut forms: Vec<(String, Tier)> = vec![(word.to_owned(), Tier::Exact)];
        forms.extend(self.spellings().of(word)?.into_iter().map(|spelling| (spelling.text, spelling.tier)));
        let listed = forms.into_iter().map(|(form, tier)| self.form(&form, tier)).collect::<Result<Vec<_>>>()?;
        Ok(listed.into_iter().filter(|form| form.articles > 0).collect())
    }

    /// The people named in full of whom `name` (one word or more) is a name in any spelling, the most often named first.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    pub fn persons_called(&self, name: &str) -> Result<Vec<Person>> {
        let mut wanted: Vec<Vec<Vec<String>>> = Vec::new();
        let taught = words(name).join(" ");
        for name in std::iter::once(name).chain(self.taught.others(&taught)) {
            let spelt = words(name).into_iter().map(|word| {
                let others = self.spellings().of(&word)?.into_iter().map(|spelling| spelling.text);
                Ok(std::iter::once(word.clone()).chain(others).collect())
            });
            wanted.extend(Some(spelt.collect::<Result<Vec<Vec<String>>>>()?).filter(|words| !words.is_empty()));
        }
        let is_called = |full: &String| {
            let theirs = words(full);
            let has = |spellings: &Vec<String>| spellings.iter().any(|word| theirs.contains(word));
            wanted.iter().any(|name| name.iter().all(has))
        };
        let mut persons = self.persons()?;
        persons.retain(|person| person.forms.iter().any(|form| is_called(&form.name)));
        persons.into_iter().map(|person| self.with_dates(person)).collect()
    }

    /// The people named in full, the most often named first; their forms without dates.
    ///
    /// # Errors
    /// As [`Engine::each_article`].
    pub fn persons(&self) -> Result<Vec<Person>> {
        self.guarded(|| {
            let kind = Term::from_field_text(self.archive.fields.kind, ARTICLE);
            let articles = TermQuery::new(kind, IndexRecordOption::Basic);
            let collector = FacetCollector { facets: vec![Facet::Person], sure: 0.0, stories: None };
            let counts = self.searcher.search(&articles, &collector)?.into_counts();
            let counts: FxHashMap<String, u64> =
                counts.into_iter().filter_map(|([name, _], count)| Some((name?, count))).collect();
            let names = || counts.iter().map(|(name, count)| (name.as_str(), *count));
            let persons = Persons::new(names(), &self.taught);
            let count = |name: &String| counts.get(name).copied().unwrap_or(0);
            let form = |name: &String| NameForm { name: name.clone(), articles: count(name), ..NameForm::default() };
            let person = |names: &[String]| Person {
                articles: names.iter().map(count).sum(),
                forms: names.iter().map(form).collect(),
            };
            let mut all: Vec<Person> = persons.all().map(person).collect();
            all.sort_by(|a, b| (b.articles, &a.forms[0].name).cmp(&(a.articles, &b.forms[0].name)));
            Ok(all)
        })
    }

    fn with_dates(&self, person: Person) -> Result<Person> {
        let dated = |form: NameForm| {
            let days = self.days_of(&form.name)?;
            Ok(NameForm { first: days.first().copied(), last: days.last().copied(), ..form })
        };
        Ok(Person { forms: person.forms.into_iter().map(dated).collect::<Result<_>>()?, ..person })
    }

    /// The days on which articles were published that name a person so, to the letter, in order. Where a date is no more exact
    /// than a month or year it counts as its first day, if no article has a day.
    fn days_of(&self, name: &str) -> Result<Vec<Date>> {
        let plan = self.plan(&exactly(&words(name).join(" ")))?;
        let query = self.compiler(&plan, Mode::Articles)?.query()?;
        let mut days: Vec<Date> = Vec::new();
        for calendar in [Facet::Day, Facet::Month, Facet::Year] {
            let collector = FacetCollector { facets: vec![Facet::Person, calendar], sure: 0.0, stories: None };
            let counts = self.searcher.search(&query, &collector)?.into_counts();
            let of_name = counts.into_keys().filter(|[person, _]| person.as_deref() == Some(name));
            days.extend(of_name.filter_map(|[_, day]| first_day(&day?)));
            if !days.is_empty() {
                break;
            }
        }
        days.sort_unstable();
        Ok(days)
    }

    /// How many articles have a folded name as it is, and from when to when.
    fn form(&self, name: &str, tier: Tier) -> Result<NameForm> {
        let found = self.each_article(&Request::totals(exactly(name)), &mut |_, _| Ok(()))?;
        Ok(NameForm {
            name: name.to_owned(),
            tier: Some(tier),
            articles: found.total,
            first: found.first,
            last: found.last,
        })
    }
}

/// The words of a folded name, as they are.
fn exactly(name: &str) -> Node {
    let mut exact: Vec<Word> = name.split(' ').map(|word| Word::Exact(word.to_owned())).collect();
    let kind = match exact.len() {
        1 => NodeKind::Word(exact.remove(0)),
        _ => NodeKind::Phrase(Phrase { slots: exact.into_iter().map(|word| vec![word]).collect(), slop: 0 }),
    };
    Node::new(kind, 0..0)
}

/// The first day of a value of a facet of the calendar: `20220119`, `202201`, `2022`.
fn first_day(value: &str) -> Option<Date> {
    let part = |range: std::ops::Range<usize>| value.get(range).map_or(Some(1), |digits| digits.parse().ok());
    Date::new(value.get(..4)?.parse().ok()?, part(4..6)?, part(6..8)?).ok()
}
