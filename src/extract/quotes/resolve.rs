//! Whose words: a source resolved to somebody named in the article, in the order of the text.
//!
//! Names resolve through [`crate::extract::names`]; pronouns to who spoke or was the subject last and fits;
//! descriptions ("the foreign minister", "the ministry") to who bears them. What stays open stays unnamed.

use rustc_hash::{FxHashMap, FxHashSet};

use super::cue::{Cue, Order};
use super::scene::{Head, Scene, Source};
use super::sentence;
use crate::annotations::Resolution;
use crate::extract::names::lexicon::{self as lex, Language};
use crate::extract::names::{Class, Entity, Gender, Mention};
use crate::text::Kind;

/// Who speaks at a cue.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Speaker {
    /// The entity, if it could be told.
    pub entity: Option<usize>,
    /// How.
    pub resolution: Resolution,
    /// How sure that is.
    pub confidence: f32,
}

pub(super) const UNNAMED: Speaker = Speaker { entity: None, resolution: Resolution::Unnamed, confidence: 0.8 };
const UNKNOWN: Speaker = Speaker { entity: None, resolution: Resolution::Unknown, confidence: 0.3 };

/// How many sentences back a pronoun reaches.
const SENTENCES: usize = 4;

/// How many more if those in between go on about the same person: "He sits. He waits."
const CHAIN: usize = 12;

/// An office as given to somebody: its tokens, and whose it is.
pub(super) type Office = (usize, usize, usize);

/// Resolves sources, those of the cues first.
pub(super) struct Resolver<'a> {
    pub(super) scene: Scene<'a>,
    pub(super) cues: &'a [Cue],
    pub(super) done: Vec<Speaker>,
    /// By head noun, in the order of the text.
    pub(super) offices: FxHashMap<String, Vec<Office>>,
    pub(super) genders: Vec<Gender>,
    /// Offices by the initials of their words, up to that of somebody: "PM", "CS".
    pub(super) initials: FxHashMap<String, Vec<Office>>,
    /// Persons whom the headline names.
    headlined: Vec<usize>,
    /// Who has spoken so far.
    spoken: FxHashSet<usize>,
    /// By the noun right before a name, "the retailer Foo": where the name stands, and whose it is.
    pub(super) introduced: FxHashMap<&'a str, Vec<(usize, usize)>>,
}

/// All offices given in the text, by their nouns.
fn offices(scene: Scene) -> FxHashMap<String, Vec<Office>> {
    let mut table: FxHashMap<String, Vec<Office>> = FxHashMap::default();
    let persons = scene.names.entities.iter().enumerate().filter(|(_, e)| e.class == Class::Person);
    for (at, entity) in persons {
        for &(first, end) in &entity.offices {
            let nouns = (first..end).filter(|i| scene.view.any(*i, lex::ROLE));
            for i in nouns {
                table.entry(scene.view.word(i).to_lowercase()).or_default().push((first, end, at));
            }
            let short = (first..end).filter_map(|i| spelt_out(scene.view.word(i)));
            for noun in short {
                table.entry(noun.to_owned()).or_default().push((first, end, at));
            }
        }
    }
    table.values_mut().for_each(|list| list.sort_unstable());
    table
}

/// Offices by their initials: of two to four capitalised words, the last of which is for somebody.
fn by_initials(scene: Scene) -> FxHashMap<String, Vec<Office>> {
    let view = scene.view;
    let mut table: FxHashMap<String, Vec<Office>> = FxHashMap::default();
    let persons = scene.names.entities.iter().enumerate().filter(|(_, e)| e.class == Class::Person);
    for (at, entity) in persons {
        for &(first, end) in &entity.offices {
            for last in (first + 1..end).filter(|i| view.is_upper(*i) && view.any(*i, lex::ROLE)) {
                let from = (first.max(last.saturating_sub(3))..last).rev().take_while(|i| view.is_upper(*i));
                for from in from {
                    let letters = (from..=last).filter_map(|i| view.word(i).chars().next()).collect();
                    table.entry(letters).or_default().push((from, last + 1, at));
                }
            }
        }
    }
    table
}

/// The persons whose surname stands in the headline.
fn headlined(scene: Scene) -> Vec<usize> {
    let parts = scene.headline.split(|c: char| !c.is_alphanumeric() && c != '-');
    let words: FxHashSet<&str> = parts.filter(|word| word.len() > 2).collect();
    let named = |e: &Entity| e.class == Class::Person && words.contains(e.name.rsplit(' ').next().unwrap_or_default());
    scene.names.entities.iter().enumerate().filter(|(_, e)| named(e)).map(|(at, _)| at).collect()
}

/// Bodies by the noun that stands right before their name.
fn introduced(scene: Scene<'_>) -> FxHashMap<&str, Vec<(usize, usize)>> {
    let (view, names) = (scene.view, scene.names);
    let mut table: FxHashMap<&str, Vec<(usize, usize)>> = FxHashMap::default();
    for mention in names.mentions.iter().filter(|m| names.class(m) != Class::Person && !scene.marks.covers(m.first)) {
        let noun = mention.first.checked_sub(1).filter(|i| view.is_lower(*i) && view.any(*i, lex::BODY));
        if let Some(noun) = noun {
            table.entry(view.word(noun)).or_default().push((mention.first, mention.entity));
        }
    }
    table
}

/// The office that a title is short for: `Gov. Foo Bar` is the governor.
fn spelt_out(title: &str) -> Option<&'static str> {
    Some(match title {
        "Gov" => "governor",
        "Sen" => "senator",
        "Rep" => "representative",
        "Gen" => "general",
        "Col" => "colonel",
        "Lt" => "lieutenant",
        "Sgt" => "sergeant",
        "Capt" => "captain",
        "Prof" => "professor",
        "Rev" => "reverend",
        "Cllr" => "councillor",
        "Supt" => "superintendent",
        "Insp" => "inspector",
        _ => return None,
    })
}

/// The gender that a name of one word tells, being a forename: `Margaret`.
fn forename_gender(name: &str) -> Gender {
    let flags = lex::of(name);
    let plain = flags.any(lex::FORENAME) && !flags.any(lex::COMMON_FORENAME.or(lex::PLACE));
    match (plain, flags.any(lex::MALE), flags.any(lex::FEMALE)) {
        (true, true, false) => Gender::Male,
        (true, false, true) => Gender::Female,
        _ => Gender::Unknown,
    }
}

impl<'a> Resolver<'a> {
    /// Resolves the sources of `cues`, one after the other.
    pub(super) fn new(scene: Scene<'a>, cues: &'a [Cue]) -> Resolver<'a> {
        let of = |e: &Entity| match e.gender {
            Gender::Unknown if e.class == Class::Person => forename_gender(&e.name),
            known => known,
        };
        let genders = scene.names.entities.iter().map(of).collect();
        let mut resolver = Resolver {
            scene,
            cues,
            done: Vec::with_capacity(cues.len()),
            offices: offices(scene),
            genders,
            initials: by_initials(scene),
            headlined: headlined(scene),
            spoken: FxHashSet::default(),
            introduced: introduced(scene),
        };
        for cue in cues {
            let replied = resolver.who_replies(cue);
            let speaker = replied.unwrap_or_else(|| resolver.speaker(cue.source));
            resolver.spoken.extend(speaker.entity);
            resolver.done.push(speaker);
        }
        resolver
    }

    /// "You will see," X told Y. "Thank you," he replied: the person spoken to.
    fn who_replies(&self, cue: &Cue) -> Option<Speaker> {
        let view = self.scene.view;
        let reply =
            matches!(view.word(cue.verb), "replied" | "replies" | "answered" | "answers" | "responded" | "retorted");
        let before = self.cues.get(self.done.len().checked_sub(1)?)?;
        let near = reply && cue.source.head == Head::Pronoun && cue.verb - before.verb < 60;
        let told = near && before.takes.any(lex::TAKES_ADDRESSEE);
        let at = self.scene.names.index_at(before.after).filter(|_| told)?;
        let mention = self.scene.names.mentions.get(at).filter(|m| m.start() <= before.after)?;
        let gender = pronoun_gender(view.word(cue.source.first));
        let fits = self.fits(mention.entity, gender);
        fits.then_some(Speaker { entity: Some(mention.entity), resolution: Resolution::Pronoun, confidence: 0.7 })
    }

    /// The speaker at a cue, by its index.
    pub(super) fn at(&self, cue: usize) -> Option<Speaker> {
        self.done.get(cue).copied()
    }

    /// The speaker that `source` means where it stands.
    pub(super) fn speaker(&mut self, source: Source) -> Speaker {
        match source.head {
            Head::Name(_) if self.is_partisan(source) => {
                let found = self.pronoun(source);
                Speaker { confidence: found.confidence * 0.9, ..found }
            }
            Head::Name(at) => self.named(at),
            Head::Pronoun => self.pronoun(source),
            Head::Group => self.group(source),
            Head::Noun(head) => self.described(source, head),
        }
    }

    /// `the Republican`, `the Lib Dem`: somebody of that party.
    fn is_partisan(&self, source: Source) -> bool {
        let view = self.scene.view;
        let name = view.slice(source.first + 1, source.end);
        let party =
            matches!(name, "Lib Dem" | "Liberal Democrat" | "Tory" | "Conservative" | "Republican" | "Democrat");
        party && view.is_word(source.first, "the")
    }

    pub(super) fn named(&self, at: usize) -> Speaker {
        let names = self.scene.names;
        let Some(mention) = names.mentions.get(at) else { return UNKNOWN };
        let Some(entity) = names.entity(mention) else { return UNKNOWN };
        if names.language == Language::German && entity.class == Class::Other {
            return UNNAMED;
        }
        if let Some(holder) = self.holder_by_initials(mention) {
            return Speaker { entity: Some(holder), resolution: Resolution::Title, confidence: 0.8 };
        }
        if let Some(bearer) = self.bearer(mention, entity) {
            return Speaker { entity: Some(bearer), resolution: Resolution::Surname, confidence: 0.82 };
        }
        let written = self.scene.view.slice(mention.first, mention.end);
        let full = written.trim_end_matches('.') == entity.name.trim_end_matches('.');
        let (resolution, confidence) = match (full, entity.class) {
            (true, Class::Other) => (Resolution::Named, 0.85),
            (true, _) => (Resolution::Named, 0.97),
            (false, _) => (Resolution::Surname, 0.94),
        };
        Speaker { entity: Some(mention.entity), resolution, confidence }
    }

    /// Whom a surname means that several people of the article bear: the bearer named in full who spoke, or was the
    /// subject, last, in this paragraph or the one before.
    fn bearer(&self, mention: &Mention, surname: &Entity) -> Option<usize> {
        let names = self.scene.names;
        let bears = |e: &Entity| {
            let family = e.name.rsplit_once(' ').is_some_and(|(_, last)| last == surname.name);
            family && e.class != Class::Organisation && e.gender.fits(surname.gender)
        };
        let is_bearer = |entity: &usize| names.entities.get(*entity).is_some_and(bears);
        if surname.name.contains(' ') || names.entities.iter().filter(|e| bears(e)).count() < 2 {
            return None;
        }
        self.near_bearer(mention, is_bearer).or_else(|| self.first_bearer(mention, is_bearer))
    }

    /// The bearer of a surname who alone was brought in before the surname first stood for somebody.
    fn first_bearer(&self, mention: &Mention, is_bearer: impl Fn(&usize) -> bool) -> Option<usize> {
        let names = self.scene.names;
        let bare = names.mentions.iter().find(|m| m.entity == mention.entity)?;
        let mut before = names.between(0, bare.first).iter().map(|m| m.entity).filter(is_bearer);
        let first = before.next()?;
        before.all(|other| other == first).then_some(first)
    }

    /// The bearer of a surname who spoke, or was the subject, last.
    fn near_bearer(&self, mention: &Mention, is_bearer: impl Fn(&usize) -> bool + Copy) -> Option<usize> {
        let (scene, names) = (self.scene, self.scene.names);
        let paragraph = scene.paragraph_start(mention.first);
        let bound = paragraph.checked_sub(1).map_or(0, |i| scene.paragraph_start(i));
        let (mut start, mut end) = (scene.sentence_start(mention.first), mention.first);
        loop {
            let from = self.cues.partition_point(|c| c.verb < start);
            let to = self.cues.partition_point(|c| c.verb < end).min(self.done.len());
            let main = |i: &usize| self.cues.get(*i).is_some_and(|c| !c.nested && !is_relative(scene, c));
            let spoke = (from..to).rev().filter(main).filter_map(|i| self.done.get(i)).find_map(|s| s.entity);
            let subject = || match sentence::subject_of_sentence(scene, start, end)?.head {
                Head::Name(at) => names.mentions.get(at).map(|m| m.entity),
                _ => None,
            };
            if let Some(found) = spoke.filter(is_bearer).or_else(|| subject().filter(is_bearer)) {
                // "Foo Bar met Baz Bar": neither is the one; "Foo Bar, whose son Baz Bar died, wept": she is.
                let main = |m: &&Mention| !(start..m.first).any(|i| scene.view.any(i, lex::RELATIVE));
                let mut named = names.between(start, end).iter().filter(main).map(|m| m.entity).filter(is_bearer);
                return named.all(|other| other == found).then_some(found);
            }
            end = start;
            start = start.checked_sub(1).filter(|_| start > bound).map(|i| scene.sentence_start(i))?;
        }
    }

    fn fits(&self, entity: usize, gender: Gender) -> bool {
        self.scene.names.entities.get(entity).is_some_and(|e| e.class == Class::Person)
            && self.genders.get(entity).is_some_and(|g| g.fits(gender))
    }

    /// As [`Resolver::fits`], for somebody who spoke: a name that no list knows may be a person's.
    fn spoke(&self, entity: usize, gender: Gender) -> bool {
        let unknown = |e: &Entity| e.class == Class::Other && !e.place;
        self.fits(entity, gender)
            || self.scene.names.entities.get(entity).is_some_and(unknown)
                && self.genders.get(entity).is_some_and(|g| g.fits(gender))
    }

    pub(super) fn pronoun(&mut self, source: Source) -> Speaker {
        let gender = self.gender_told(source);
        let mut end = source.first;
        let mut start = self.scene.sentence_start(end);
        // "Smith, he said, was ashamed": he is not Smith.
        if start > 0 && self.is_aside(source, start) {
            end = start;
            start = self.scene.sentence_start(start - 1);
        }
        let mut back = 0;
        for step in 0..CHAIN {
            if let Some(found) = self.person_in(start, end, gender, back) {
                if found.confidence > 0.79
                    && gender != Gender::Unknown
                    && let Some(known) = found.entity.and_then(|e| self.genders.get_mut(e))
                {
                    *known = gender;
                }
                return if back < 2 { found } else { self.against_known(found, gender, end) };
            }
            if self.is_life(start, end, gender)
                && let Some(found) = self.hero(source.first, gender)
            {
                return Speaker { confidence: found.confidence.max(0.7), ..found };
            }
            let Some(before) = start.checked_sub(1) else { break };
            let quoted = step > 0 && (start..end).all(|i| self.scene.marks.covers(i));
            back += usize::from(step == 0 || !quoted && !self.goes_on_about(start, end, gender));
            if back == SENTENCES {
                break;
            }
            end = start;
            start = self.scene.sentence_start(before);
        }
        self.hero(source.first, gender).unwrap_or(UNKNOWN)
    }

    /// What a pronoun, or the noun of a description, tells of the gender.
    fn gender_told(&self, source: Source) -> Gender {
        let view = self.scene.view;
        match source.head {
            Head::Noun(head) => match (view.any(head, lex::MALE), view.any(head, lex::FEMALE)) {
                (true, false) => Gender::Male,
                (false, true) => Gender::Female,
                _ => Gender::Unknown,
            },
            _ => pronoun_gender(view.word(source.first)),
        }
    }

    /// `She was born in Leeds`: a life is told, of whom the article is about.
    fn is_life(&self, start: usize, end: usize, gender: Gender) -> bool {
        let view = self.scene.view;
        let told = gender != Gender::Unknown && view.any(start, lex::SINGULAR_PRONOUN);
        let same = pronoun_gender(view.word(start)) == gender;
        told && same && view.is_word(start + 1, "was") && view.is_word(start + 2, "born") && start + 2 < end
    }

    /// Whether the pronoun and its verb stand between commas behind a name that begins the sentence at `start`.
    fn is_aside(&self, source: Source, start: usize) -> bool {
        let view = self.scene.view;
        let Some(comma) = source.first.checked_sub(1).filter(|i| view.is(*i, Kind::Comma)) else { return false };
        let named = self.scene.names.ending(comma).is_some_and(|m| m.start() == start);
        named && view.is(source.end + 1, Kind::Comma)
    }

    /// Whether a pronoun of `gender` stands in `start..end`, outside quotation marks, and nobody is named there or speaks.
    fn goes_on_about(&self, start: usize, end: usize, gender: Gender) -> bool {
        let view = self.scene.view;
        let pronoun = lex::SINGULAR_PRONOUN.or(lex::POSSESSIVE).or(lex::OTHER_PRONOUN);
        let same = |i: usize| {
            view.any(i, pronoun)
                && match gender {
                    Gender::Male => ["he", "his", "him"].iter().any(|word| view.is_word(i, word)),
                    Gender::Female => ["she", "her"].iter().any(|word| view.is_word(i, word)),
                    Gender::Unknown => false,
                }
        };
        let person = |m: &Mention| self.fits(m.entity, Gender::Unknown) && !self.scene.marks.covers(m.first);
        let told = self.cues.partition_point(|c| c.verb < start) < self.cues.partition_point(|c| c.verb < end);
        let alone = !told && !self.scene.names.between(start, end).iter().any(person);
        alone && (start..end).any(|i| same(i) && !self.scene.marks.covers(i))
    }

    /// Whether a description may mean somebody of `gender`: "his mother" is no "he".
    fn may_be(&self, source: Source, gender: Gender) -> bool {
        let view = self.scene.view;
        let Head::Noun(head) = source.head else { return true };
        match gender {
            Gender::Male => !view.any(head, lex::FEMALE) || view.any(head, lex::MALE),
            Gender::Female => !view.any(head, lex::MALE) || view.any(head, lex::FEMALE),
            Gender::Unknown => true,
        }
    }

    /// Whom an article is about, for a pronoun that nobody near explains: the person of that gender who is named far more
    /// often up to there than anybody else it fits.
    fn hero(&self, end: usize, gender: Gender) -> Option<Speaker> {
        const LEAST: usize = 3;
        let names = self.scene.names;
        if let Some(entity) = self.in_headline(gender) {
            return Some(Speaker { entity: Some(entity), resolution: Resolution::Pronoun, confidence: 0.6 });
        }
        let mut counts: FxHashMap<usize, usize> = FxHashMap::default();
        for mention in names.between(0, end).iter().filter(|m| self.fits(m.entity, gender)) {
            *counts.entry(mention.entity).or_default() += 1;
        }
        let (&hero, &most) = counts.iter().max_by_key(|(entity, n)| (**n, std::cmp::Reverse(**entity)))?;
        let rival = counts.iter().filter(|(entity, _)| **entity != hero).map(|(_, n)| *n).max().unwrap_or_default();
        let known = gender != Gender::Unknown && self.genders.get(hero) == Some(&gender);
        let sure = if most >= 4 && most >= 4 * rival { 0.7 } else { 0.55 };
        let found = Speaker { entity: Some(hero), resolution: Resolution::Pronoun, confidence: sure };
        (known && most >= LEAST && most >= 2 * rival).then_some(found)
    }

    /// The one person of a known gender whom the headline names.
    fn in_headline(&self, gender: Gender) -> Option<usize> {
        let fits = |at: &&usize| self.fits(**at, gender) && self.genders.get(**at) == Some(&gender);
        let mut found = self.headlined.iter().filter(fits);
        let one = found.next().filter(|_| gender != Gender::Unknown)?;
        found.next().is_none().then_some(*one)
    }

    /// A pronoun is a guess for somebody whose gender nothing tells, if the text before speaks more of somebody else
    /// whose gender is known to fit.
    fn against_known(&self, found: Speaker, gender: Gender, end: usize) -> Speaker {
        let known = |entity: usize| self.genders.get(entity) == Some(&gender);
        let Some(entity) = found.entity.filter(|e| gender != Gender::Unknown && !known(*e)) else { return found };
        let before = self.scene.names.between(0, end);
        let times = |entity: usize| before.iter().filter(|m| m.entity == entity).count();
        let own = times(entity);
        let other = before
            .iter()
            .any(|m| m.entity != entity && known(m.entity) && self.fits(m.entity, gender) && times(m.entity) > own);
        Speaker { confidence: if other { found.confidence * 0.6 } else { found.confidence }, ..found }
    }

    /// As [`Resolver::spoke`], for a subject: one word that no list knows names somebody only if it has spoken, and no
    /// street is somebody.
    fn may_be_somebody(&self, entity: usize, gender: Gender) -> bool {
        let site = |e: &Entity| lex::of_word(e.name.rsplit(' ').next().unwrap_or_default()).any(lex::SITE);
        let whole = |e: &Entity| e.class == Class::Person || e.name.contains(' ') && !site(e);
        let known = self.scene.names.entities.get(entity).is_some_and(whole);
        self.spoke(entity, gender) && (known || self.spoken.contains(&entity))
    }

    /// `One of those he robbed was Foo Bar, 62`, `Among them is Foo Bar`, `For Foo Bar, it is`: who is brought in, and is not
    /// the subject.
    fn brought_in(&self, start: usize, end: usize) -> Option<usize> {
        const LONGEST: usize = 14;
        let view = self.scene.view;
        // "For Foo Bar, a geologist, it is a warning."
        let whose = self.scene.names.between(start + 1, end).first().filter(|m| m.start() == start + 1);
        if let Some(mention) = whose.filter(|m| view.is_word(start, "for") && view.is(m.end, Kind::Comma)) {
            return Some(mention.entity);
        }
        let opens = view.is_word(start, "among") || view.is_word(start, "one") && view.is_word(start + 1, "of");
        let copula = |i: &usize| matches!(view.word(*i), "is" | "was" | "are" | "were");
        let verb = (start + 1..end.min(start + LONGEST)).filter(|_| opens).find(copula)?;
        let plain = !(start..=verb).any(|i| self.scene.marks.covers(i) || view.is(i, Kind::Comma));
        let next = self.scene.names.between(verb + 1, end).first().filter(|m| m.start() == verb + 1);
        next.filter(|_| plain).map(|m| m.entity)
    }

    /// `When Foo Bar bought it, she was told`: who is the subject of the clause before the pronoun at `end`.
    fn subject_of_clause(&self, start: usize, end: usize, gender: Gender) -> Option<usize> {
        let view = self.scene.view;
        let subject = |m: &&Mention| {
            let opens = m.start().checked_sub(1).is_some_and(|i| view.any(i, lex::SUBORDINATOR));
            opens && !self.scene.marks.covers(m.first) && self.may_be_somebody(m.entity, gender)
        };
        self.scene.names.between(start, end).iter().find(subject).map(|m| m.entity)
    }

    /// Who of the sentence `start..end`, `back` sentences before, a pronoun may mean.
    fn person_in(&mut self, start: usize, end: usize, gender: Gender, back: usize) -> Option<Speaker> {
        let far = 0.05 * back as f32;
        let found = |entity, confidence: f32| Speaker {
            entity: Some(entity),
            resolution: Resolution::Pronoun,
            confidence: confidence - far,
        };
        let from = self.cues.partition_point(|c| c.verb < start);
        let to = self.cues.partition_point(|c| c.verb < end).min(self.done.len());
        for i in (from..to).rev() {
            let (Some(cue), Some(speaker)) = (self.cues.get(i), self.done.get(i)) else { continue };
            // "According to the newspaper Foo, he said": he is somebody else.
            if cue.nested || back == 0 && cue.order == Order::According {
                continue;
            }
            // A reporter asked "Will you?", and he said no: he is who was asked.
            if speaker.entity.is_none() && self.is_asker(cue) {
                continue;
            }
            match speaker.entity {
                Some(entity) if self.fits(entity, gender) => return Some(found(entity, 0.9)),
                Some(entity) if self.spoke(entity, gender) => return Some(found(entity, 0.75)),
                None if speaker.resolution == Resolution::Unnamed
                    && self.is_one_person(cue.source)
                    && self.may_be(cue.source, gender) =>
                {
                    return Some(UNNAMED);
                }
                _ => {}
            }
        }
        if back == 0 {
            // "While Obama supports it, he said": the subject of the clause before.
            let names = self.scene.names;
            let subordinate = |m: &&Mention| {
                m.start() > 0
                    && self.scene.view.any(m.start() - 1, lex::SUBORDINATOR)
                    && !self.scene.marks.covers(m.first)
            };
            let mut before = names.between(start, end).iter().filter(|m| self.fits(m.entity, gender));
            if let Some(mention) = before.find(subordinate) {
                return Some(found(mention.entity, 0.75));
            }
        }
        if back > 0
            && let Some(entity) = self.brought_in(start, end).filter(|e| self.may_be_somebody(*e, gender))
        {
            return Some(found(entity, 0.82));
        }
        let subject = sentence::subject_of_sentence(self.scene, start, end);
        match subject.map(|s| (s, s.head)) {
            Some((s, Head::Name(at))) if s.end <= end => {
                // "The Weather Clerks" are no he or she.
                let article = self.scene.view.any(s.first, lex::DETERMINER);
                let entity = self.scene.names.mentions.get(at).map(|m| m.entity);
                let human = |e: &usize| if article { self.fits(*e, gender) } else { self.may_be_somebody(*e, gender) };
                if let Some(entity) = entity.filter(human) {
                    // Somebody else in the sentence who fits as well makes the subject a guess.
                    let rival = |m: &Mention| {
                        m.entity != entity && self.fits(m.entity, gender) && !self.scene.marks.covers(m.first)
                    };
                    let alone = !self.scene.names.between(start, end).iter().any(rival);
                    let sure = match (self.fits(entity, gender), alone) {
                        (true, true) => 0.85,
                        (true, false) => 0.72,
                        _ => 0.66,
                    };
                    return Some(found(entity, sure));
                }
            }
            // "Smith's sister asked him, but he said": he is no sister, and Smith at hand.
            Some((s, Head::Noun(head))) if self.scene.view.any(head, lex::ROLE) && !self.may_be(s, gender) => {
                let owner = self.scene.names.between(s.first, s.end).first().map(|m| m.entity);
                if let Some(owner) = owner.filter(|e| self.fits(*e, gender)) {
                    return Some(found(owner, 0.7));
                }
            }
            // "The Kremlin chief shrugged. ..., he said": whom the description means.
            Some((s, Head::Noun(head))) if s.end <= end && self.is_one_person(s) && self.may_be(s, gender) => {
                let meant = self.described(s, head);
                let fits = meant.entity.filter(|entity| self.fits(*entity, gender));
                return Some(fits.map_or(UNNAMED, |entity| found(entity, meant.confidence)));
            }
            // "He met Foo Bar": the one meant is farther back.
            Some((s, Head::Pronoun)) if back > 0 && pronoun_gender(self.scene.view.word(s.first)) == gender => {
                return self.subject_of_clause(start, s.first, gender).map(|entity| found(entity, 0.8));
            }
            _ => {}
        }
        let mut others = self.scene.names.between(start, end).iter().filter(|m| !self.scene.marks.covers(m.first));
        let mut persons: Vec<usize> = Vec::new();
        for mention in others.by_ref().take(24) {
            if self.fits(mention.entity, gender) && !persons.contains(&mention.entity) {
                persons.push(mention.entity);
            }
        }
        match persons.as_slice() {
            [one] if back > 0 => Some(found(*one, 0.75)),
            [.., last] if back > 0 => Some(found(*last, 0.55)),
            _ => None,
        }
    }

    /// `the man`, `a senior official`: one person whom the article does not name.
    pub(super) fn is_one_person(&self, source: Source) -> bool {
        let view = self.scene.view;
        let Head::Noun(head) = source.head else { return false };
        let singular = !view.word(head).ends_with('s')
            && !["people", "police", "men", "women", "children"].contains(&view.word(head));
        let begins = view.any(source.first, lex::DETERMINER.or(lex::POSSESSIVE)) || view.starts_sentence(source.first);
        let aged = view.word(head) == "old" && (source.first..head).any(|i| view.word(i) == "year");
        let person = view.any(head, lex::ROLE) || aged || view.word(head) == "accused";
        singular && person && begins
    }

    /// `it`, `they`: the body that spoke, or was spoken of, last.
    fn group(&self, source: Source) -> Speaker {
        let start = self.scene.sentence_start(source.first);
        if let Some(speaker) = self.last_body(source.first, start, 2) {
            return speaker;
        }
        Speaker { resolution: Resolution::Unnamed, ..UNNAMED }
    }

    /// `a spokesman`, without a name or a body.
    fn is_spokesman(&self, source: Source) -> bool {
        let view = self.scene.view;
        let Head::Noun(head) = source.head else { return false };
        let capital = (source.first..source.end).any(|i| view.is_upper(i) && i > source.first);
        view.word(head).to_lowercase().starts_with("spokes") && !capital
    }

    fn is_body(&self, entity: usize) -> bool {
        self.scene.names.entities.get(entity).is_some_and(|e| e.class != Class::Person)
    }

    /// The organisation that spoke last, or was the subject last, in the sentence before `end` or up to
    /// `sentences` before it.
    pub(super) fn last_body(&self, end: usize, start: usize, sentences: usize) -> Option<Speaker> {
        let (mut start, mut end) = (start, end);
        let mut back = 0;
        for _ in 0..SENTENCES + sentences {
            let found = |entity, confidence: f32| {
                Some(Speaker {
                    entity: Some(entity),
                    resolution: Resolution::Pronoun,
                    confidence: confidence - 0.05 * back as f32,
                })
            };
            let from = self.cues.partition_point(|c| c.verb < start);
            let to = self.cues.partition_point(|c| c.verb < end).min(self.done.len());
            let outer = (from..to).rev().filter(|i| self.cues.get(*i).is_some_and(|c| !c.nested));
            let mut outer = outer.peekable();
            // "A spokesman said": for the body spoken of before.
            let for_body = outer.peek().is_some_and(|i| self.cues.get(*i).is_some_and(|c| self.is_spokesman(c.source)));
            if let Some(speaker) = outer.filter(|_| !for_body).filter_map(|i| self.done.get(i)).next() {
                return speaker.entity.filter(|e| self.is_body(*e)).and_then(|e| found(e, 0.75));
            }
            if for_body {
                let before = start.checked_sub(1)?;
                (end, start) = (start, self.scene.sentence_start(before));
                continue;
            }
            if let Some(Source { head: Head::Name(at), .. }) = sentence::subject_of_sentence(self.scene, start, end) {
                let entity = self.scene.names.mentions.get(at).map(|m| m.entity)?;
                return if self.is_body(entity) { found(entity, 0.65) } else { None };
            }
            let before = start.checked_sub(1)?;
            end = start;
            start = self.scene.sentence_start(before);
            back += 1;
            if back > sentences {
                break;
            }
        }
        None
    }
}

impl Resolver<'_> {
    /// Whether a reporter asks at the cue.
    fn is_asker(&self, cue: &Cue) -> bool {
        let view = self.scene.view;
        let trade = |head: usize| {
            ["reporter", "journalist", "correspondent", "interviewer", "moderator"]
                .iter()
                .any(|t| view.is_word(head, t))
        };
        view.word(cue.verb).starts_with("ask") && matches!(cue.source.head, Head::Noun(head) if trade(head))
    }
}

/// Whether a relative pronoun is the subject of the cue's verb: `her niece, Foo Bar, who said`.
fn is_relative(scene: Scene, cue: &Cue) -> bool {
    (cue.source.end..cue.verb).any(|i| scene.view.any(i, lex::RELATIVE))
}

/// What a pronoun of the third person tells of the gender, in the languages whose verbs are known.
fn pronoun_gender(word: &str) -> Gender {
    match word.to_lowercase().as_str() {
        "he" | "him" | "his" | "er" | "il" | "lui" | "él" | "он" | "він" => Gender::Male,
        "she" | "her" | "sie" | "elle" | "lei" | "ella" | "она" | "вона" => Gender::Female,
        _ => Gender::Unknown,
    }
}
