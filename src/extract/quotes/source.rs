//! The noun phrase that ends before a token: a name with what it is a part of, or a description.
//!
//! A phrase only; whose name it is in the end is for [`super::resolve`] to say.

use super::scene::{Head, SPEAKS, Scene, Source};
use crate::extract::names::lexicon as lex;
use crate::extract::names::view::View;
use crate::extract::names::{Class, Entity, Mention};
use crate::text::Kind;

/// A noun phrase is no longer than this.
pub(super) const PHRASE: usize = 14;

/// Words that cannot stand inside a noun phrase.
const BREAKS: lex::Flags = lex::AUXILIARY.or(lex::MODAL).or(lex::RELATIVE).or(lex::PRONOUN).or(lex::CONJUNCTION);

impl Scene<'_> {
    /// The noun phrase that ends before token `end`.
    pub(super) fn phrase_ending(&self, end: usize) -> Option<Source> {
        self.phrase_within(end, 3)
    }

    /// As [`Scene::phrase_ending`], through no more than `depth` brackets and prepositions.
    fn phrase_within(&self, end: usize, depth: u32) -> Option<Source> {
        let view = self.view;
        let depth = depth.checked_sub(1)?;
        let last = end.checked_sub(1)?;
        if self.marks.covers(last) {
            return None;
        }
        if view.is(last, Kind::Close) {
            let open = (last.saturating_sub(12)..last).rev().find(|i| view.is(*i, Kind::Open))?;
            return self.name_in_brackets(open, last).or_else(|| self.phrase_within(open, depth));
        }
        if let Some(at) = self.names.index_at(last) {
            return self.names.mentions.get(at).filter(|m| m.end == end).and_then(|m| self.name_phrase(at, m, depth));
        }
        if view.any(last, lex::SINGULAR_PRONOUN) {
            return Some(Source { first: last, end, head: Head::Pronoun, role: None });
        }
        if view.any(last, lex::GROUP_PRONOUN) {
            return self.governed(last).then_some(Source { first: last, end, head: Head::Group, role: None });
        }
        self.noun_phrase(end)
    }

    /// `The Foreign Secretary (Foo Bar)`: the name that alone fills the brackets behind an office.
    pub(super) fn name_in_brackets(&self, open: usize, close: usize) -> Option<Source> {
        let at = self.names.index_at(close.checked_sub(1)?)?;
        let mention = self.names.mentions.get(at).filter(|m| m.start() == open + 1 && m.end == close)?;
        let office =
            self.noun_phrase(open).filter(|s| matches!(s.head, Head::Noun(head) if self.view.any(head, lex::ROLE)))?;
        let person = self.names.class(mention) == Class::Person;
        let role = Some((office.first, open));
        person.then_some(Source { first: office.first, end: close + 1, head: Head::Name(at), role })
    }

    /// Whether the word at `i` may be a subject: no preposition governs it.
    fn governed(&self, i: usize) -> bool {
        i == 0
            || self.view.starts_sentence(i)
            || !self.view.any(i - 1, lex::PREPOSITION)
            || self.view.any(i - 1, lex::SUBORDINATOR)
    }

    /// The phrase whose last part is the name `mention`: the name itself, or what it is a part of.
    fn name_phrase(&self, at: usize, mention: &Mention, depth: u32) -> Option<Source> {
        let view = self.view;
        let mut start = mention.start();
        let title = mention.title_first.map(|first| (first, mention.first));
        while start > 1 && !view.starts_sentence(start) && view.is(start - 1, Kind::Possessive) {
            start = self.names.ending(start - 1).map_or(start - 2, Mention::start);
        }
        let article = if title.is_some() { lex::DETERMINER.or(lex::POSSESSIVE) } else { lex::DETERMINER };
        while start > 0 && !view.starts_sentence(start) && view.any(start - 1, article) {
            start -= 1;
        }
        // "the elder Smith", "a weary Smith"
        if start > 1 && !view.starts_sentence(start) && self.is_epithet(start - 1) {
            start -= 2;
        }
        // "those from towns such as Foo and Bar": who comes from there, where "critics such as Foo" has a name.
        let such = |start: usize| {
            let said = start >= 5 && view.is_word(start - 1, "as") && view.is_word(start - 2, "such");
            said && view.is_lower(start - 3) && (start - 5..start - 3).any(|i| view.any(i, lex::PREPOSITION))
        };
        if such(start) {
            return self.noun_phrase(start - 2).map(|phrase| Source { end: mention.end, ..phrase });
        }
        let before = start.checked_sub(1).filter(|_| !view.starts_sentence(start));
        if let Some(to) = before.filter(|i| is_other_preposition(view, *i)) {
            return self.noun_close_to(to, mention.end);
        }
        if let Some(of) = before.filter(|i| is_linking(view, *i)) {
            return self.whole_of(of, at, mention, depth);
        }
        if let Some(and) = before.filter(|i| view.is_word(*i, "and") || view.is_word(*i, "or")) {
            let first = self.names.index_at(and.saturating_sub(1));
            let joint = first.and_then(|i| self.names.mentions.get(i).map(|m| (i, m)));
            if let Some((i, other)) = joint.filter(|(_, m)| m.end == and && self.are_alike(m, mention)) {
                let role = other.title_first.map(|first| (first, other.first));
                let listed = self.list_start(other);
                if let Some(of) =
                    listed.checked_sub(1).filter(|of| !view.starts_sentence(listed) && is_linking(view, *of))
                {
                    return self.whole_of(of, at, mention, depth);
                }
                if such(other.start()) {
                    return self.noun_phrase(other.start() - 2).map(|phrase| Source { end: mention.end, ..phrase });
                }
                return Some(Source { first: other.start(), end: mention.end, head: Head::Name(i), role });
            }
        }
        let trade =
            self.trade_behind_mark(start).filter(|first| (*first..mention.first).any(|i| view.any(i, lex::ROLE)));
        let trade = trade.filter(|_| self.names.class(mention) == Class::Person);
        let title = trade.map(|first| (first, mention.first)).or(title);
        Some(Source { first: trade.unwrap_or(start), end: mention.end, head: Head::Name(at), role: title })
    }

    /// `," incident commander Foo Bar told`: where the words for an office begin that fill what is between a closing mark
    /// and the token `start`, which is part of it.
    fn trade_behind_mark(&self, start: usize) -> Option<usize> {
        const LONGEST: usize = 10;
        let view = self.view;
        let part = |i: usize| match view.kind(i) {
            Some(Kind::Word) => {
                let verb = lex::FINITE.or(lex::CUE).or(lex::CLOSED);
                let joins = matches!(view.word(i), "of" | "for" | "and") && i + 1 < start;
                !view.any(i, verb.without(lex::DETERMINER)) || view.is_upper(i) || view.any(i, SPEAKS) || joins
            }
            Some(Kind::Possessive) => true,
            Some(Kind::Dash) => view.is_glued(i) && view.is_glued(i + 1),
            _ => false,
        };
        let plain = |i: &usize| part(*i) && !self.marks.covers(*i) && !view.starts_sentence(*i);
        let first = (start.saturating_sub(LONGEST)..start).rev().take_while(plain).last()?;
        let mark = first.checked_sub(1)?;
        let quoted = self.marks.at(mark).and_then(|q| self.marks.quoted.get(q))?;
        let stop = quoted.end.checked_sub(1).is_some_and(|i| matches!(view.kind(i), Some(Kind::Comma | Kind::Stop)));
        (stop && quoted.close == first).then_some(first)
    }

    /// `A source close to Foo Bar`, `a woman outside the court`: the noun that the preposition at `to` belongs to, with all
    /// up to `end`.
    fn noun_close_to(&self, to: usize, end: usize) -> Option<Source> {
        let view = self.view;
        let lower = (to.saturating_sub(4)..to).rev().take_while(|i| view.is_lower(*i) && !view.any(*i, lex::FINITE));
        let noun = lower.take_while(|i| !view.starts_sentence(*i + 1)).find(|i| view.any(*i, SPEAKS))?;
        self.noun_phrase(noun + 1).map(|phrase| Source { end, ..phrase })
    }

    /// Whether the word at `i` is an adjective between an article and a name.
    pub(super) fn is_epithet(&self, i: usize) -> bool {
        let view = self.view;
        let noun = SPEAKS.or(lex::CUE).or(lex::CLOSED).or(lex::FINITE);
        let article =
            i.checked_sub(1).is_some_and(|before| matches!(view.word(before), "the" | "The" | "a" | "an" | "A" | "An"));
        article && view.is_lower(i) && !view.any(i, noun) && !view.starts_sentence(i)
    }

    /// Where the list that ends with `last` begins: `France, Germany` before "and Poland".
    fn list_start(&self, last: &Mention) -> usize {
        let mut start = last.start();
        for _ in 0..8 {
            let comma = start.checked_sub(1).filter(|i| self.view.is(*i, Kind::Comma));
            let Some(before) = comma.and_then(|comma| self.names.ending(comma)).filter(|m| self.are_alike(m, last))
            else {
                break;
            };
            start = before.start();
        }
        start
    }

    /// Whether two names may be joined as speakers: of one class, or one of them unknown to the lists and no place.
    fn are_alike(&self, one: &Mention, other: &Mention) -> bool {
        let (Some(a), Some(b)) = (self.names.entity(one), self.names.entity(other)) else { return false };
        let person =
            |e: &Entity| e.class == Class::Person || e.class == Class::Other && !e.place && e.name.contains(' ');
        a.class == b.class || person(a) && person(b)
    }

    /// `a spokesman for the ministry`, `a report by the agency`: the phrase that goes on with `of` and a name.
    fn whole_of(&self, of: usize, at: usize, mention: &Mention, depth: u32) -> Option<Source> {
        let view = self.view;
        let noun = of.checked_sub(1)?;
        // "a bench led by Foo Bar", "a group backed by Foo"
        let led = view.is_lower(noun) && view.word(noun).ends_with("ed") && view.word(of) == "by";
        if led && !self.marks.covers(noun) && !view.any(noun, lex::CUE) {
            return self.noun_phrase(noun).map(|phrase| Source { end: mention.end, ..phrase });
        }
        if self.marks.covers(noun) || !view.any(noun, SPEAKS) && self.names.at(noun).is_none_or(|m| m.end != of) {
            return None;
        }
        let named = self.names.ending(of).and_then(|_| self.phrase_within(of, depth));
        let phrase = named.or_else(|| self.noun_phrase(of))?;
        let by = view.any(noun, lex::DOCUMENT) && matches!(view.word(of), "by" | "from" | "of");
        let head = if by && self.names.class(mention) != Class::Other { Head::Name(at) } else { phrase.head };
        Some(Source { first: phrase.first, end: mention.end, head, role: None })
    }

    /// A phrase around a common noun that ends before `end`.
    pub(super) fn noun_phrase(&self, end: usize) -> Option<Source> {
        let view = self.view;
        let mut first = end;
        let bound = end.saturating_sub(PHRASE);
        let mut head = end.checked_sub(1)?;
        if !view.is(head, Kind::Word) {
            return None;
        }
        while first > bound {
            let before = first - 1;
            if let Some(mention) =
                self.names.at(before).filter(|m| m.end == first && m.first > bound && !self.marks.covers(m.first))
            {
                first = mention.first;
                if view.starts_sentence(first) {
                    break;
                }
                continue;
            }
            // "the Janata Dal (Secular) patriarch"
            if view.is(before, Kind::Close)
                && let Some(open) = (before.saturating_sub(4)..before).find(|i| view.is(*i, Kind::Open))
                && open > bound
                && view.is_upper(open + 1)
            {
                first = open;
                continue;
            }
            // "despite what experts called"
            if !self.belongs(before) || view.is_word(before, "what") {
                break;
            }
            // "the mother-of-two"
            let hyphened = view.is_word(before, "of") && view.is_glued(before) && view.is_glued(before + 1);
            if hyphened && before > bound + 2 && view.is(before - 1, Kind::Dash) && view.is_lower(before - 2) {
                (first, head) = (before - 2, before - 2);
                continue;
            }
            if view.any(before, lex::PREPOSITION) && view.is_lower(before) {
                if !is_linking(view, before) || !view.is(before.checked_sub(1)?, Kind::Word) {
                    break;
                }
                head = before - 1;
            }
            first = before;
            let opens = view.any(before, lex::DETERMINER.or(lex::POSSESSIVE));
            let linked = before.checked_sub(1).is_some_and(|i| is_linking(view, i)) && !view.starts_sentence(before);
            if view.starts_sentence(before) || (opens && !linked) {
                break;
            }
        }
        if view.is_word(first, "of") && first > 0 && is_quantity(view.word(first - 1)) {
            // "one of the sources"
            head = (first..end).take_while(|i| *i == first || !is_linking(view, *i)).last()?;
            first -= 1;
        }
        if first > 0 && view.is_word(first - 1, "one") && !view.starts_sentence(first) {
            // "One resident said"
            first -= 1;
        }
        let before = first.checked_sub(1).filter(|_| !view.starts_sentence(first));
        // "hours after the party said"
        let clause = |b: usize| view.any(b, lex::SUBORDINATOR) && view.any(head, lex::BODY);
        let preposition = |b: &usize| view.any(*b, lex::PREPOSITION) && !clause(*b) && view.is_lower(*b);
        match before.filter(preposition) {
            Some(to) if is_other_preposition(view, to) => self.noun_close_to(to, end),
            Some(_) => None,
            None => self.accept_noun(first, end, head),
        }
    }

    /// Whether token `i` may be part of a noun phrase.
    pub(super) fn belongs(&self, i: usize) -> bool {
        let view = self.view;
        if self.marks.covers(i) {
            return false;
        }
        match view.kind(i) {
            Some(Kind::Word) => {
                let article = |n: usize| i >= n && view.any(i - n, lex::DETERMINER);
                let noun = match view.word(i) {
                    "accused" | "rail" => article(1),
                    "states" => article(2) && view.is_upper(i - 1), // "the Baltic states"
                    _ => false,
                };
                let verb = view.is_lower(i) && view.any(i, lex::CUE) && !view.any(i, SPEAKS.or(lex::MODIFIER)) && !noun;
                !(view.any(i, BREAKS) || verb || view.any(i, lex::SUBORDINATOR) && !view.is_word(i, "that"))
            }
            Some(Kind::Possessive | Kind::Elision | Kind::Number) => true,
            Some(Kind::Dash) => view.is_glued(i) && view.is_glued(i + 1),
            Some(Kind::Mark) => view.is_glued(i) && view.word(i.saturating_sub(1)).ends_with('s'),
            Some(Kind::Stop) => view.is_glued(i) && view.any(i.saturating_sub(1), lex::HONORIFIC),
            _ => false,
        }
    }

    pub(super) fn accept_noun(&self, first: usize, end: usize, head: usize) -> Option<Source> {
        let view = self.view;
        if first >= end || (first..end).any(|i| view.is_word(i, "percent") || view.word(i) == "%") {
            return None;
        }
        // "Foo Bar of the bank"
        let named = self.names.index_at(head).and_then(|at| self.names.mentions.get(at).map(|m| (at, m)));
        if let Some((at, mention)) = named.filter(|(_, m)| m.end == head + 1 && m.first >= first && m.end > m.first + 1)
        {
            let role = mention.title_first.map(|title| (title, mention.first));
            let person = self.names.class(mention) == Class::Person && head + 1 < end;
            return person.then_some(Source { first: mention.start(), end, head: Head::Name(at), role });
        }
        let speaks = view.any(head, SPEAKS);
        let determined = view.any(first, lex::DETERMINER.or(lex::POSSESSIVE)) && end - first > 1;
        if !(speaks || determined) || view.any(head, lex::PREPOSITION.or(lex::ADVERB)) {
            return None;
        }
        if view.any(head, lex::DOCUMENT)
            && !view.any(head, lex::ROLE)
            && let Some((at, _)) = self.owner(first, end)
        {
            return Some(Source { first, end, head: Head::Name(at), role: None });
        }
        if let Some(at) = self.name_of_kind(head) {
            return Some(Source { first, end, head: Head::Name(at), role: None });
        }
        Some(Source { first, end, head: Head::Noun(head), role: None })
    }

    /// `the Foo Bar party`: the name of the body whose kind the noun at `head` tells.
    fn name_of_kind(&self, head: usize) -> Option<usize> {
        let view = self.view;
        let kind = ["party", "newspaper", "movement", "website", "magazine", "tabloid", "union"];
        let at = self.names.index_at(head.checked_sub(1)?).filter(|_| kind.contains(&view.word(head)))?;
        let mention = self.names.mentions.get(at).filter(|m| m.end == head)?;
        let entity = self.names.entity(mention)?;
        let foreign = view.any(mention.first, lex::DEMONYM) && mention.end == mention.first + 1;
        (entity.class != Class::Person && !entity.place && !foreign).then_some(at)
    }

    /// Whose document it is: the name inside the phrase, `an ISAF statement`, `a report by the agency`.
    fn owner(&self, first: usize, end: usize) -> Option<(usize, &Mention)> {
        let from = self.names.mentions.partition_point(|m| m.first < first);
        let mention = self.names.mentions.get(from).filter(|m| m.end <= end)?;
        // "A study of octopus DNA" is not its own.
        let of = (first..mention.first).rev().take(4).find(|i| self.view.is_word(*i, "of"));
        let before = mention.first.saturating_sub(1);
        let subject = of.is_some_and(|of| of < before && !self.view.any(before, lex::DETERMINER));
        let owns = match self.names.class(mention) {
            Class::Organisation => !subject,
            Class::Person => self.view.is(mention.end, Kind::Possessive),
            Class::Other => false,
        };
        owns.then_some((from, mention))
    }
}

/// `one`, `some`: how many of them.
fn is_quantity(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    matches!(
        word.as_str(),
        "one" | "two" | "three" | "some" | "several" | "many" | "most" | "both" | "another" | "none"
    )
}

/// A preposition that makes the name behind it no subject, and is not one that ties it to a noun.
fn is_other_preposition(view: View, i: usize) -> bool {
    let ties = is_linking(view, i) || view.any(i, lex::SUBORDINATOR.or(lex::ADVERB)) || view.is_word(i, "like");
    view.is_lower(i) && view.any(i, lex::PREPOSITION) && !ties
}

/// A preposition that ties a name to a noun before it.
pub(super) fn is_linking(view: View, i: usize) -> bool {
    view.is_lower(i) && matches!(view.word(i), "of" | "for" | "from" | "at" | "in" | "with" | "by" | "on")
}
