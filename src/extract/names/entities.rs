//! Whose name it is: short forms linked to the fullest one, acronyms to what they stand for, titles and
//! forenames to a gender.

use rustc_hash::FxHashMap;

use super::lexicon as lex;
use super::offices;
use super::spot::Spotted;
use super::view::View;
use super::{Class, Entity, Gender, Mention};
use crate::text::Kind;

/// One spelling of a name, with all that its mentions say of it.
#[derive(Default)]
struct Form<'a> {
    text: &'a str,
    words: Vec<&'a str>,
    persons: u32,
    organisations: u32,
    others: u32,
    /// Mentions whose capital nothing but the name explains.
    strong: u32,
    /// Mentions with a reporting verb right behind them.
    speaks: u32,
    /// Holds a word of places, peoples or organisations, or stands behind "the": hardly a person.
    thing: bool,
    gender: Gender,
    place: bool,
    offices: Vec<(usize, usize)>,
    /// The form it is short for.
    parent: Option<usize>,
    entity: usize,
}

impl Form<'_> {
    fn class(&self) -> Class {
        if self.persons > 0 && self.persons >= self.organisations {
            Class::Person
        } else if self.organisations > 0 {
            Class::Organisation
        } else {
            Class::Other
        }
    }

    fn surname(&self) -> &str {
        self.words.iter().rev().find(|w| !is_suffix(w)).copied().unwrap_or_default()
    }
}

/// More spellings than this in one article are not linked any more: it is a list, not a report.
const MOST_FORMS: usize = 20_000;

/// Turns what was spotted into mentions of entities.
pub(super) fn resolve(view: View, spotted: Vec<Spotted>) -> (Vec<Mention>, Vec<Entity>) {
    let mut forms: Vec<Form> = Vec::new();
    let mut by_text: FxHashMap<(&str, Gender), usize> = FxHashMap::default();
    let mut form_of: Vec<usize> = Vec::with_capacity(spotted.len());
    for name in &spotted {
        let text = view.slice(name.first, name.end);
        // "Mr Clinton" and "Mrs Clinton" are two people, "Foo Bar Jr" and "Foo Bar Jr." one.
        let key = if view.any(name.end.saturating_sub(2), lex::SUFFIX) { text.trim_end_matches('.') } else { text };
        let form = *by_text.entry((key, honorific_gender(view, name))).or_insert_with(|| {
            forms.push(Form { text, words: words_of(view, name), ..Form::default() });
            forms.len() - 1
        });
        form_of.push(form);
        if let Some(form) = forms.get_mut(form) {
            note(view, name, form);
        }
    }
    let bracketed = bracketed(view, &spotted, &form_of);
    let links = Links::of(&forms);
    for i in 0..forms.len().min(MOST_FORMS) {
        let parent = bracketed.get(&i).copied().or_else(|| links.parent(&forms, i));
        if let Some(form) = forms.get_mut(i) {
            form.parent = parent;
        }
    }
    let entities = build(&mut forms);
    let mut mentions = Vec::with_capacity(spotted.len());
    for (name, form) in spotted.iter().zip(&form_of) {
        let Some(form) = forms.get(*form) else { continue };
        let lone = form.parent.is_none() && form.strong == 0;
        if name.weak && lone {
            continue;
        }
        mentions.push(Mention { first: name.first, end: name.end, title_first: name.title_first, entity: form.entity });
    }
    (mentions, entities)
}

/// A word that is seen at the start of a sentence only, but does what people do: `Smith said`.
fn is_speaker(view: View, name: &Spotted) -> bool {
    let plural = view.word(name.first).ends_with('s') && !view.any(name.first, lex::FORENAME);
    speaks(view, name.end) && !plural && !view.any(name.first, lex::CUE)
        || view.any(name.first, lex::FORENAME) && !view.any(name.first, lex::COMMON_FORENAME)
        || view.is(name.end, Kind::Possessive)
}

/// Whether a reporting verb stands behind the name that ends at `end`: `said`, `has also denied`.
fn speaks(view: View, end: usize) -> bool {
    let helps = |i: &usize| view.is_lower(*i) && view.any(*i, lex::AUXILIARY) || view.is_adverb(*i);
    let verb = (end..end + 3).find(|i| !helps(i));
    verb.is_some_and(|i| view.is_lower(i) && view.any(i, lex::TAKES_CLAUSE) && !view.any(i, lex::WEAK))
}

fn words_of<'a>(view: View<'a>, name: &Spotted) -> Vec<&'a str> {
    (name.first..name.end)
        .filter(|i| matches!(view.kind(*i), Some(Kind::Word | Kind::Number)))
        .map(|i| view.word(i))
        .collect()
}

/// Adds what one mention says to its form.
fn note(view: View, name: &Spotted, form: &mut Form) {
    match name.class {
        Class::Person => form.persons += 1,
        Class::Organisation => form.organisations += 1,
        Class::Other => form.others += 1,
    }
    form.strong += u32::from(!name.weak || is_speaker(view, name));
    let thing = lex::PLACE.or(lex::DEMONYM).or(lex::COMPASS).or(lex::ORGANISATION_HEAD).or(lex::KNOWN_ORGANISATION);
    form.thing |= (name.first..name.end).any(|i| view.any(i, thing))
        || name.first.checked_sub(1).is_some_and(|before| view.is_word(before, "the"));
    form.speaks += u32::from(speaks(view, name.end));
    // "France", "North Korea"
    let part = lex::PLACE.or(lex::DEMONYM).or(lex::COMPASS);
    form.place |=
        view.any(name.end - 1, lex::PLACE.or(lex::DEMONYM)) && (name.first..name.end).all(|i| view.any(i, part));
    let office = name.title_first.map(|first| (first, name.first));
    let beside = [offices::apposition_after(view, name.end), offices::apposition_before(view, name.first)];
    for range in office.into_iter().chain(beside.into_iter().flatten()) {
        if form.offices.len() < 8 {
            form.offices.push(range);
        }
        if form.gender == Gender::Unknown {
            // "Mr Smith's widow, Foo": what stands before the 's is of another.
            let own = (range.0..range.1).rev().find(|i| view.is(*i, Kind::Possessive)).map_or(range.0, |i| i + 1);
            form.gender =
                (own..range.1).map(|i| title_gender(view, i)).find(|g| *g != Gender::Unknown).unwrap_or_default();
        }
    }
    // "Her grandson, Foo, laughed": also by one name, between commas.
    let relative = beside[1].is_some_and(|(a, b)| view.any(a, lex::POSSESSIVE) && b - a <= 3);
    let lone = relative && view.is(name.end, Kind::Comma) && !form.thing && !is_acronym(form.text);
    if beside[1].is_some() && name.class == Class::Other && (form.words.len() > 1 || lone) {
        form.persons += 1;
    }
    if form.gender == Gender::Unknown {
        form.gender = name_gender(view, name, form);
    }
}

fn title_gender(view: View, i: usize) -> Gender {
    gender_of(view, i, lex::ROLE.or(lex::HONORIFIC))
}

/// What a honorific in front of a single name tells.
fn honorific_gender(view: View, name: &Spotted) -> Gender {
    match name.title_first {
        Some(first) if name.end == name.first + 1 => (first..name.first)
            .map(|i| gender_of(view, i, lex::HONORIFIC))
            .find(|g| *g != Gender::Unknown)
            .unwrap_or_default(),
        _ => Gender::Unknown,
    }
}

fn gender_of(view: View, i: usize, sort: lex::Flags) -> Gender {
    match (view.any(i, sort), view.any(i, lex::MALE), view.any(i, lex::FEMALE)) {
        (true, true, false) => Gender::Male,
        (true, false, true) => Gender::Female,
        _ => Gender::Unknown,
    }
}

/// From the forename, or a surname that only men or only women bear.
fn name_gender(view: View, name: &Spotted, form: &Form) -> Gender {
    if name.class == Class::Organisation || form.words.len() < 2 {
        return Gender::Unknown;
    }
    let forename = gender_of(view, name.first, lex::FORENAME);
    if forename != Gender::Unknown {
        return forename;
    }
    let surname = form.surname();
    let ends = |endings: &[&str]| endings.iter().any(|e| surname.len() > e.len() + 2 && surname.ends_with(e));
    if ends(&["ova", "eva", "skaya", "skaia", "ovna", "evna", "ová"]) {
        Gender::Female
    } else if ends(&["ovich", "evich", "sky", "skiy", "skyy", "skyi", "enkov"]) && ends(&["ovich", "evich"]) {
        Gender::Male
    } else {
        Gender::Unknown
    }
}

/// Numbers of forms by a word of theirs. An article has few names: sorted, they are found sooner than hashed.
struct Index<K>(Vec<(K, usize)>);

impl<K: Ord + AsRef<str>> Index<K> {
    fn new() -> Index<K> {
        Index(Vec::new())
    }

    fn add(&mut self, key: K, form: usize) {
        self.0.push((key, form));
    }

    /// The forms of `key`, in their order.
    fn get(&self, key: &str) -> impl Iterator<Item = usize> + Clone {
        let from = self.0.partition_point(|(known, _)| known.as_ref() < key);
        let same = self.0.get(from..).unwrap_or_default().iter().take_while(move |(known, _)| known.as_ref() == key);
        same.map(|(_, form)| *form)
    }
}

/// Indexes over the forms, to find what a short form is short for.
struct Links<'a> {
    by_surname: Index<&'a str>,
    by_first: Index<&'a str>,
    /// By the words between a person's first and last name.
    by_inner: Index<&'a str>,
    by_initials: Index<String>,
    /// Single names, by what they are.
    single: Index<&'a str>,
}

impl<'a> Links<'a> {
    fn of(forms: &[Form<'a>]) -> Links<'a> {
        let mut links = Links {
            by_surname: Index::new(),
            by_first: Index::new(),
            by_inner: Index::new(),
            by_initials: Index::new(),
            single: Index::new(),
        };
        for (i, form) in forms.iter().enumerate().take(MOST_FORMS) {
            let Some(first) = form.words.first() else { continue };
            if form.words.len() == 1 {
                links.single.add(first, i);
                continue;
            }
            let suffixed = form.words.iter().rev().find(|w| !is_suffix(w));
            if form.class() != Class::Organisation {
                links.by_surname.add(suffixed.unwrap_or(first), i);
            }
            if form.class() != Class::Person {
                links.by_initials.add(initials(form), i);
            }
            // "Obama" is not short for "Obama administration".
            if form.words.last() != Some(&"administration") {
                links.by_first.add(first, i);
            }
            if form.class() == Class::Person {
                for word in form.words.iter().skip(1).rev().skip(1) {
                    links.by_inner.add(word, i);
                }
            }
        }
        links.by_surname.0.sort_unstable();
        links.by_first.0.sort_unstable();
        links.by_inner.0.sort_unstable();
        links.by_initials.0.sort_unstable();
        links.single.0.sort_unstable();
        links
    }

    /// What form `i` is short for.
    fn parent(&self, forms: &[Form], i: usize) -> Option<usize> {
        let form = forms.get(i)?;
        let &first = form.words.first()?;
        if form.words.len() > 1 {
            return self.longer(forms, i);
        }
        if let Some(stands_for) = self.acronym(forms, first) {
            return Some(stands_for);
        }
        let known_place = form.others > 0 && form.persons == 0 && form.place;
        if known_place {
            return None;
        }
        let persons = self.by_surname.get(first);
        let fits = |j: &usize| forms.get(*j).is_some_and(|f| f.class() == Class::Person && f.gender.fits(form.gender));
        if let Some(found) = self.distinct(forms, persons.clone().filter(fits)) {
            return found;
        }
        if let Some(only) = self.only_bearer(forms, form, persons.clone()) {
            return Some(only);
        }
        let mut bearers = persons.take(2);
        if let (Some(only), None) = (bearers.next(), bearers.next())
            && forms.get(only).is_some_and(|f| f.persons == 0)
        {
            return None;
        }
        if is_acronym(first) {
            return None;
        }
        if let Some(titled) = self.titled(forms, i, first) {
            return Some(titled);
        }
        let by_first = self.by_first.get(first);
        if let Some(only) = self.only_bearer(forms, form, by_first.clone()) {
            return Some(only);
        }
        let named = by_first.filter(|j| forms.get(*j).is_some_and(|f| f.class() != Class::Other));
        if let Some(found) = self.distinct(forms, named) {
            return found;
        }
        // "Ricardo Monreal Avila" is Monreal to his readers.
        self.distinct(forms, self.by_inner.get(first).filter(fits)).flatten().filter(|_| form.speaks > 0)
    }

    /// The one longer name, of nobody known to be a person, whose last (or first) word the short form `form` is, if that
    /// speaks or has a title: `Shehbaz Sharif` and, later, `Sharif said`.
    fn only_bearer(&self, forms: &[Form], form: &Form, candidates: impl Iterator<Item = usize>) -> Option<usize> {
        let fits = |j: &usize| forms.get(*j).is_some_and(|f| f.gender.fits(form.gender));
        let mut fitting = candidates.filter(fits);
        let only = fitting.next().filter(|_| fitting.next().is_none())?;
        let long = forms.get(only)?;
        let alive = form.speaks > 0 || form.persons > 0 || !long.thing && long.words.len() <= 3;
        let plain = long.class() == Class::Other && long.words.len() <= 4 && !long.place;
        (alive && plain).then_some(only)
    }

    /// For a bare single name the same one with a title, if there is one only: `Clinton` and `Mr Clinton`.
    fn titled(&self, forms: &[Form], i: usize, word: &str) -> Option<usize> {
        let plain = |j: &usize| forms.get(*j).is_some_and(|f| f.gender == Gender::Unknown);
        let mut others = self.single.get(word).filter(|j| *j != i && !plain(j));
        let found = others.next().filter(|_| plain(&i))?;
        others.next().is_none().then_some(found)
    }

    /// The fullest of `candidates` if all are one person: `Some(None)` if they are several.
    fn distinct(&self, forms: &[Form], candidates: impl Iterator<Item = usize>) -> Option<Option<usize>> {
        let mut best: Option<usize> = None;
        for candidate in candidates.take(16) {
            let Some(have) = best else {
                best = Some(candidate);
                continue;
            };
            let (Some(a), Some(b)) = (forms.get(have), forms.get(candidate)) else { continue };
            if !same_person(a, b) {
                return Some(None);
            }
            if b.words.len() > a.words.len() {
                best = Some(candidate);
            }
        }
        best.map(Some)
    }

    /// The longer form of the same full name: `Joe Biden` in `Joseph R. Biden`.
    fn longer(&self, forms: &[Form], i: usize) -> Option<usize> {
        let form = forms.get(i)?;
        if form.class() == Class::Organisation {
            return None;
        }
        let longer = |j: &usize| {
            forms.get(*j).is_some_and(|f| *j != i && f.words.len() > form.words.len() && same_person(f, form))
        };
        let mut found = self.by_surname.get(form.surname()).take(16).filter(longer);
        found.next().filter(|_| found.next().is_none())
    }

    /// The organisation whose initials `word` is.
    fn acronym(&self, forms: &[Form], word: &str) -> Option<usize> {
        if !is_acronym(word) {
            return None;
        }
        let letters: String = word.chars().filter(|c| c.is_uppercase()).collect();
        self.by_initials.get(&letters).take(32).max_by_key(|i| forms.get(*i).map_or(0, |f| f.strong))
    }
}

/// Whether all letters of `word` but one at most are capitals: `WHO`, `PTWCs`.
pub(super) fn is_acronym(word: &str) -> bool {
    let upper = word.chars().filter(|c| c.is_uppercase()).count();
    upper >= 2 && upper + 1 >= word.chars().filter(|c| c.is_alphabetic()).count()
}

fn initials(form: &Form) -> String {
    form.words.iter().filter_map(|w| w.chars().next()).filter(|c| c.is_uppercase()).collect()
}

/// Whether two full names with one surname may be one person's.
fn same_person(a: &Form, b: &Form) -> bool {
    let (Some(x), Some(y)) = (a.words.first(), b.words.first()) else { return false };
    let initial = |short: &str, long: &str| {
        short.trim_end_matches('.').len() == 1 && long.starts_with(short.trim_end_matches('.'))
    };
    let has = |form: &Form, word: &str| form.words.iter().any(|w| w.eq_ignore_ascii_case(word));
    // "John A. Smith" is not John B. Smith, "John Smith Jr" not his father.
    let differ = |one: Option<&str>, other: Option<&str>| one.zip(other).is_some_and(|(one, other)| one != other);
    if differ(middle_initial(a), middle_initial(b)) || differ(generation(a), generation(b)) {
        return false;
    }
    a.surname() == b.surname()
        && a.gender.fits(b.gender)
        && (x == y || initial(x, y) || initial(y, x) || has(a, y) || has(b, x))
}

/// The `B.` of `John B. Smith`.
fn middle_initial<'a>(form: &Form<'a>) -> Option<&'a str> {
    let middle = form.words.get(1).filter(|_| form.words.len() > 2)?;
    (middle.len() == 1).then_some(*middle)
}

/// The `Jr` of `John Smith Jr`.
fn generation<'a>(form: &Form<'a>) -> Option<&'a str> {
    form.words.last().copied().filter(|word| matches!(*word, "Jr" | "Sr" | "II" | "III" | "IV"))
}

/// Acronyms that stand in brackets behind what they are short for: form to form.
fn bracketed(view: View, spotted: &[Spotted], form_of: &[usize]) -> FxHashMap<usize, usize> {
    let mut found = FxHashMap::default();
    for (pair, forms) in spotted.windows(2).zip(form_of.windows(2)) {
        let ([long, short], [of, form]) = (pair, forms) else { continue };
        let brackets = view.is(long.end, Kind::Open) && short.first == long.end + 1 && view.is(short.end, Kind::Close);
        if brackets && short.end == short.first + 1 && is_acronym(view.word(short.first)) && of != form {
            found.entry(*form).or_insert(*of);
        }
    }
    found
}

/// One entity for each form that is short for no other.
fn build(forms: &mut [Form]) -> Vec<Entity> {
    let mut entities: Vec<Entity> = Vec::new();
    let roots: Vec<usize> = (0..forms.len()).map(|i| root(forms, i)).collect();
    let mut entity_of: Vec<Option<usize>> = vec![None; forms.len()];
    for (i, root) in roots.iter().enumerate() {
        let Some(known) = entity_of.get_mut(*root) else { continue };
        let entity = *known.get_or_insert_with(|| {
            let (name, class) = forms.get(*root).map_or((String::new(), Class::Other), |f| (tidy(f.text), f.class()));
            entities.push(Entity { name, class, gender: Gender::Unknown, place: false, offices: Vec::new() });
            entities.len() - 1
        });
        let (Some(form), Some(target)) = (forms.get_mut(i), entities.get_mut(entity)) else { continue };
        form.entity = entity;
        target.offices.append(&mut form.offices);
        target.place |= form.place;
        if target.gender == Gender::Unknown {
            target.gender = form.gender;
        }
        // Who is called by the surname alone, and speaks, is a person.
        let short = form.parent.is_some() && form.words.len() == 1 && form.speaks > 0 && !is_acronym(form.text);
        if target.class == Class::Other && (form.persons > 0 || short) {
            target.class = Class::Person;
        }
    }
    for entity in &mut entities {
        entity.offices.sort_unstable();
    }
    entities
}

fn root(forms: &[Form], from: usize) -> usize {
    let mut at = from;
    for _ in 0..4 {
        match forms.get(at).and_then(|f| f.parent) {
            Some(parent) => at = parent,
            None => break,
        }
    }
    at
}

/// Whether a word behind a name is none of it: `Jr`, `QC`.
fn is_suffix(word: &str) -> bool {
    matches!(word, "Jr" | "Sr" | "II" | "III" | "IV") || is_post_nominal(word)
}

/// Degrees, orders and offices in letters behind a name.
fn is_post_nominal(word: &str) -> bool {
    matches!(
        word,
        "MP" | "MPs"
            | "MSP"
            | "MEP"
            | "TD"
            | "QC"
            | "KC"
            | "SC"
            | "SAN"
            | "MD"
            | "PhD"
            | "MBE"
            | "OBE"
            | "CBE"
            | "KBE"
            | "AO"
            | "AM"
            | "JP"
            | "FRS"
            | "RN"
            | "Esq"
    )
}

/// The name with single blanks, without letters for honours behind it.
fn tidy(text: &str) -> String {
    // One word need not be cut up.
    if !text.contains(char::is_whitespace) {
        return text.to_owned();
    }
    let mut words: Vec<&str> = text.split_whitespace().collect();
    while words.len() > 2 && words.last().is_some_and(|word| is_post_nominal(word)) {
        words.pop();
    }
    words.join(" ")
}
