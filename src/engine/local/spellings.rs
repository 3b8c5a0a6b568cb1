//! Names in a query by all their spellings: what the rules of [`crate::names`] make of a word, as far as this archive
//! has it.
//!
//! The archive itself says what is a name: a word is one if it stands with a capital in at least half of the articles
//! that have it. So `may`, `will` and `rose` stay what they are, in archives where nobody is called so.

use anyhow::Result;
use tantivy::schema::Field as IndexField;
use tantivy::{Searcher, Term};

use crate::field::Field;
use crate::index::Fields;
use crate::index::names::{SEPARATOR, term};
use crate::names::taught::Taught;
use crate::names::{Tier, aliases, inflect, is_ordinary, key};
use crate::query::ast::Word;
use crate::query::plan::{Form, Plan};
use crate::results::Spelt;
use crate::text::cut;

/// Spellings of one word beyond which the rarest are left out.
const MOST: usize = 48;

/// Looks up spellings in an archive.
pub(super) struct Spellings<'a> {
    pub(super) searcher: &'a Searcher,
    pub(super) fields: &'a Fields,
    pub(super) taught: &'a Taught,
}

/// One further spelling of a word.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spelling {
    /// Folded.
    pub(super) text: String,
    /// How it belongs to the word.
    pub(super) tier: Tier,
    /// Articles that have it.
    pub(super) articles: u64,
}

impl Spellings<'_> {
    /// Gives every word of the plan that is a name its further spellings. Says which were given to which.
    pub(super) fn add_to(&self, plan: &mut Plan) -> Result<Vec<Spelt>> {
        let mut also: Vec<Spelt> = Vec::new();
        let mut result = Ok(());
        plan.each_leaf_mut(&mut |field, leaf| {
            let (Word::Stem(word) | Word::Plain(word)) = &leaf.word else { return };
            if !may_be_spelt(field) || result.is_err() {
                return;
            }
            match self.of(word) {
                Err(error) => result = Err(error),
                Ok(found) if !found.is_empty() => {
                    let spelt = Spelt { word: word.clone(), forms: found.iter().map(|s| s.text.clone()).collect() };
                    if !also.contains(&spelt) {
                        also.push(spelt);
                    }
                    leaf.forms.extend(found.into_iter().map(|s| Form::Spelling(s.text, s.tier)));
                }
                Ok(_) => {}
            }
        });
        result.map(|()| also)
    }

    /// The further spellings of a folded word that the archive has, the surest and most frequent first.
    pub(super) fn of(&self, word: &str) -> Result<Vec<Spelling>> {
        let taught = self.taught.spellings(word);
        let mut found: Vec<Spelling> = Vec::new();
        for other in taught {
            self.keep(other, Tier::Alias, true, &mut found)?;
        }
        if is_ordinary(word) || !self.may_be_name(word)? {
            return Ok(found);
        }
        let known = aliases::of(word);
        for name in known.names.iter().chain(known.places.iter().filter(|name| !name.contains(' '))) {
            self.cases_of(name, &mut found)?;
        }
        self.cases_of(word, &mut found)?;
        // What is written in a case is looked up by its nominatives.
        for name in inflect::nominatives(word) {
            if self.as_name(&name)? > 0 {
                self.keep(&name, Tier::Alias, false, &mut found)?;
                self.cases_of(&name, &mut found)?;
            }
        }
        for key in key::all(word) {
            for other in self.with_key(&key)? {
                if key::decides(&key, word, &other) {
                    self.keep(&other, Tier::Fold, false, &mut found)?;
                }
            }
        }
        for key in known.names.iter().map(|name| key::of(name)).filter(|key| key::links(key)) {
            for other in self.with_key(&key)? {
                self.keep(&other, Tier::Fold, false, &mut found)?;
            }
        }
        found.retain(|spelling| spelling.text != word && !self.taught.are_split(word, &spelling.text));
        found.sort_by(|a, b| (b.tier, b.articles, &a.text).cmp(&(a.tier, a.articles, &b.text)));
        found.truncate(MOST);
        Ok(found)
    }

    /// Keeps the name itself, and what the archive has of its cases.
    fn cases_of(&self, name: &str, found: &mut Vec<Spelling>) -> Result<()> {
        if !key::is_cyrillic(name) {
            return self.keep(name, Tier::Alias, false, found);
        }
        for other in self.with_key(&key::of(name))? {
            if other == name || inflect::nominatives(&other).iter().any(|nominative| nominative == name) {
                self.keep(&other, Tier::Alias, false, found)?;
            }
        }
        Ok(())
    }

    /// Adds a spelling if the archive has it, as a name unless it was `taught`; the surer way to it counts.
    fn keep(&self, text: &str, tier: Tier, taught: bool, found: &mut Vec<Spelling>) -> Result<()> {
        if let Some(known) = found.iter_mut().find(|known| known.text == text) {
            known.tier = known.tier.max(tier);
            return Ok(());
        }
        let articles = if taught { self.at_all(text)? } else { self.as_name(text)? };
        if articles > 0 && (taught || self.is_name(text)?) {
            found.push(Spelling { text: text.to_owned(), tier, articles });
        }
        Ok(())
    }

    /// The words that stand as names under a key.
    fn with_key(&self, key: &str) -> Result<Vec<String>> {
        let mut found: Vec<String> = Vec::new();
        let (first, end) = (format!("{key}{SEPARATOR}"), format!("{key}\u{20}"));
        for reader in self.searcher.segment_readers() {
            let index = reader.inverted_index(self.fields.name)?;
            let mut stream = index.terms().range().ge(first.as_bytes()).lt(end.as_bytes()).into_stream()?;
            while stream.advance() {
                let word = std::str::from_utf8(stream.key()).ok().and_then(|term| term.strip_prefix(&first));
                found.extend(word.map(str::to_owned));
            }
        }
        found.sort_unstable();
        found.dedup();
        Ok(found)
    }

    /// Whether a word of a query may be a name: the archive has it as one, or not at all.
    fn may_be_name(&self, word: &str) -> Result<bool> {
        Ok(self.at_all(word)? == 0 || self.is_name(word)?)
    }

    /// Whether at least half of the articles that have a word have it as a name.
    fn is_name(&self, word: &str) -> Result<bool> {
        let as_name = self.as_name(word)?;
        Ok(as_name > 0 && as_name * 2 >= self.at_all(word)?)
    }

    /// Articles in which a word stands as a name.
    fn as_name(&self, word: &str) -> Result<u64> {
        self.count(self.fields.name, &term(&key::of(word), word))
    }

    /// Articles that have a word.
    fn at_all(&self, word: &str) -> Result<u64> {
        self.count(self.fields.text, cut(word))
    }

    /// Whether the archive has all words of a name.
    pub(super) fn has_words(&self, name: &str) -> Result<bool> {
        for word in name.split(' ') {
            if self.at_all(word)? == 0 {
                return Ok(false);
            }
        }
        Ok(true)
    }

    fn count(&self, field: IndexField, text: &str) -> Result<u64> {
        Ok(self.searcher.doc_freq(&Term::from_field_text(field, text))?)
    }
}

/// Whether words of a field may be names: in the running text, and where names stand. Places go by their ids.
fn may_be_spelt(field: Option<Field>) -> bool {
    matches!(field, None | Some(Field::Speaker | Field::Person | Field::Byline | Field::Dateline))
}
