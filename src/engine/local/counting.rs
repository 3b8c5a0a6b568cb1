//! Counts of hits by their values: outlets, speakers, places, dates.

use std::cmp::Reverse;

use anyhow::Result;
use rustc_hash::FxHashMap;

use super::Local;
use super::compile::Mode;
use super::facets::{FacetCollector, Key};
use super::persons::Persons;
use crate::annotations::PlaceKind;
use crate::engine::{Count, Dups, Facet, PairCount, Request};
use crate::extract::places::gazetteer;
use crate::names::taught::Taught;

impl Local {
    pub(super) fn counted(&self, request: &Request, quotes: bool, facet: Facet) -> Result<Vec<Count>> {
        let counts = self.facets(request, quotes, vec![facet])?;
        Ok(sorted(facet, counts.into_iter().map(|([value, _], count)| (value, count)).collect()))
    }

    pub(super) fn counted_pairs(&self, request: &Request, quotes: bool, facets: [Facet; 2]) -> Result<Vec<PairCount>> {
        let counts = self.facets(request, quotes, facets.to_vec())?;
        let dated =
            |facet: Facet, value: Option<String>| if is_date(facet) { value.map(|v| dashed(&v)) } else { value };
        let shown = |([a, b], count): (Key, u64)| ([dated(facets[0], a), dated(facets[1], b)], count);
        Ok(counts.into_iter().map(shown).collect())
    }

    fn facets(&self, request: &Request, quotes: bool, facets: Vec<Facet>) -> Result<FxHashMap<Key, u64>> {
        let plan = self.plan(&request.query)?;
        let query = self.compiler(&plan, Mode::of(quotes))?.query()?;
        let stories = (request.dups != Dups::Show && !quotes).then(|| self.stories().into());
        let collector = FacetCollector { facets: facets.clone(), sure: request.sure, stories };
        let counts = self.searcher.search(&query, &collector)?.into_counts();
        let of = |(number, facet): (usize, &Facet)| people(&counts, number, *facet, self.taught());
        let persons: Vec<Persons> = facets.iter().enumerate().map(of).collect();
        let mut named = FxHashMap::default();
        for (values, count) in counts {
            let mut key: Key = [None, None];
            for (number, value) in values.into_iter().enumerate() {
                key[number] = match (facets.get(number), persons.get(number)) {
                    (Some(Facet::Country), _) => value.map(|code| code.to_uppercase()),
                    (Some(Facet::Place), _) => place_name(value.as_deref()),
                    (Some(Facet::Speaker | Facet::Person), Some(persons)) => {
                        value.map(|name| persons.name_of(&name).to_owned())
                    }
                    _ => value,
                };
            }
            *named.entry(key).or_insert(0) += count;
        }
        Ok(named)
    }
}

/// Everybody who is counted by `facet`, each with all the names in `counts`; nobody where it counts no people.
fn people(counts: &FxHashMap<Key, u64>, number: usize, facet: Facet, taught: &Taught) -> Persons {
    if !matches!(facet, Facet::Speaker | Facet::Person) {
        return Persons::default();
    }
    let mut names: FxHashMap<&str, u64> = FxHashMap::default();
    for (values, count) in counts {
        if let Some(name) = values.get(number).and_then(Option::as_deref) {
            *names.entry(name).or_insert(0) += count;
        }
    }
    Persons::new(names.into_iter(), taught)
}

/// The name of a place by its id, with the country where it helps to tell places apart.
fn place_name(id: Option<&str>) -> Option<String> {
    let place = gazetteer::place(id?.parse().ok()?)?;
    Some(match place.country.filter(|_| place.kind != PlaceKind::Country) {
        Some(country) => format!("{}, {country}", place.name),
        None => place.name,
    })
}

fn is_date(facet: Facet) -> bool {
    matches!(facet, Facet::Year | Facet::Month | Facet::Day)
}

/// Most first, then by name; dates by date. What has no value comes last.
fn sorted(facet: Facet, mut rows: Vec<Count>) -> Vec<Count> {
    if is_date(facet) {
        rows.sort_unstable_by(|(a, _), (b, _)| (a.is_none(), a).cmp(&(b.is_none(), b)));
        rows.iter_mut().for_each(|(value, _)| *value = value.take().map(|digits| dashed(&digits)));
    } else {
        rows.sort_unstable_by(|(a, n), (b, m)| (a.is_none(), Reverse(n), a).cmp(&(b.is_none(), Reverse(m), b)));
    }
    rows
}

/// `20220119` as `2022-01-19`.
fn dashed(digits: &str) -> String {
    let mut out = format!("{digits:0>4}");
    let at: Vec<usize> = [6, 4].into_iter().filter(|at| out.len() > *at).collect();
    at.into_iter().for_each(|at| out.insert(at, '-'));
    out
}
