//! The noun phrase that begins with a token: `said the mayor of Smallville, Foo Bar`.

use super::scene::{Head, SPEAKS, Scene, Source};
use super::source::{PHRASE, is_linking};
use crate::extract::names::Class;
use crate::extract::names::lexicon as lex;
use crate::text::Kind;

impl Scene<'_> {
    /// The noun phrase that begins with token `first`: `said the mayor of Smallville, Foo Bar`.
    pub(super) fn phrase_starting(&self, first: usize) -> Option<Source> {
        let view = self.view;
        if self.marks.covers(first) || view.starts_sentence(first) {
            return None;
        }
        if view.any(first, lex::SINGULAR_PRONOUN) {
            return Some(Source { first, end: first + 1, head: Head::Pronoun, role: None });
        }
        if view.any(first, lex::GROUP_PRONOUN) {
            return Some(Source { first, end: first + 1, head: Head::Group, role: None });
        }
        let mut start = first;
        // "said A. Foo Bar": an initial is no article.
        while view.any(start, lex::DETERMINER) && start < first + 2 && self.names.at(start).is_none() {
            start += 1;
        }
        if let Some(source) = self.described_name(first).or_else(|| self.name_starting(first, start)) {
            return Some(source);
        }
        self.description_starting(first)
    }

    /// `local news station Foo-TV`: a name right behind the noun that says what it is.
    fn name_behind_noun(&self, first: usize, end: usize) -> Option<usize> {
        let from = self.names.mentions.partition_point(|m| m.first <= first);
        let mention = self.names.mentions.get(from).filter(|m| m.end <= end)?;
        let noun = mention.first - 1;
        (noun >= first && self.view.is_lower(noun) && self.view.any(noun, lex::BODY.or(lex::ROLE))).then_some(from)
    }

    /// `the mayor of Smallville, Foo Bar`: a description, and the name of a person behind a comma.
    fn described_name(&self, first: usize) -> Option<Source> {
        let view = self.view;
        let comma = (first + 1..first + 26).find(|i| {
            view.is(*i, Kind::Comma)
                || view.is(*i, Kind::Stop) && !view.is_glued(*i)
                || view.is(*i, Kind::Open)
                || view.starts_sentence(*i)
                || self.marks.covers(*i)
        })?;
        let at = self.names.index_at(comma + 1)?;
        let mention = self.names.mentions.get(at).filter(|m| m.start() == comma + 1 && view.is(comma, Kind::Comma))?;
        let verb =
            |i: usize| view.is_lower(i) && (view.any(i, lex::FINITE) || view.any(i, lex::CUE) && !view.any(i, SPEAKS));
        let named_first = self.names.at(first).is_some_and(|m| self.names.class(m) == Class::Person);
        // "said one of them, Foo Bar"
        let one = view.is_word(first, "one") && view.is_word(first + 1, "of");
        let role = one || (first..comma).any(|i| view.any(i, lex::ROLE));
        let closed = view.starts_sentence(mention.end)
            || !matches!(view.kind(mention.end), Some(Kind::Word | Kind::Possessive))
            || view.any(mention.end, lex::PREPOSITION.or(lex::CONJUNCTION).or(lex::WEEKDAY));
        let entity = self.names.entity(mention);
        let person = entity.is_some_and(|e| {
            e.class == Class::Person
                || e.class == Class::Other && !e.place && e.name.contains(' ') && !view.any(mention.first, lex::COMPASS)
        });
        (role && closed && person && !named_first && !(first..comma).any(verb)).then_some(Source {
            first,
            end: mention.end,
            head: Head::Name(at),
            role: Some((first, comma)),
        })
    }

    /// A name, with its title, that begins at `start`.
    fn name_starting(&self, first: usize, start: usize) -> Option<Source> {
        let view = self.view;
        let from = self.names.mentions.partition_point(|m| m.end <= start);
        let mut at = (from..from + 3).find(|i| {
            self.names
                .mentions
                .get(*i)
                .is_some_and(|m| m.start() <= start && m.end > start && (m.first == start || m.title_first.is_some()))
        })?;
        let mut mention = self.names.mentions.get(at)?;
        // A longer one whose title takes in this: "State Department spokesman Foo Bar".
        while let Some(next) =
            self.names.mentions.get(at + 1).filter(|m| m.title_first.is_some_and(|t| t <= mention.first))
        {
            at += 1;
            mention = next;
        }
        while view.is(mention.end, Kind::Possessive) {
            let next = self.names.mentions.get(at + 1).filter(|m| m.start() == mention.end + 1)?;
            at += 1;
            mention = next;
        }
        if view.is_lower(mention.end) && view.any(mention.end, SPEAKS) {
            return None;
        }
        // "says Leeds-based weather expert Foo Bar"
        let glued = |i: usize| view.is_glued(i) && view.is_glued(i + 1);
        if view.is(mention.end, Kind::Dash) && glued(mention.end) && view.is_lower(mention.end + 1) {
            return None;
        }
        // "the West of Scotland MSP": what the article leads to is somebody of that place.
        let place = self.names.class(mention) != Class::Person && start > first;
        let whole = (mention.end..mention.end + 5).take_while(|i| view.is_upper(*i) || is_linking(view, *i)).last();
        let member = |i: usize| matches!(view.word(i), "MP" | "MSP" | "MEP" | "MLA" | "TD" | "MK");
        if whole.is_some_and(|last| place && (view.any(last, lex::ROLE) || member(last))) {
            return None;
        }
        let end = mention.end;
        let after =
            (end + 1..end + 20).find(|i| matches!(view.kind(*i), None | Some(Kind::Comma | Kind::Stop | Kind::Mark)));
        let finite = |i: usize| view.is_lower(i) && view.any(i, lex::FINITE.or(lex::RELATIVE));
        let describes =
            |stop: &usize| (end + 1..*stop).any(|i| view.any(i, lex::ROLE)) && !(end + 1..*stop).any(finite);
        let beside = after.filter(|_| view.is(end, Kind::Comma)).filter(describes);
        let role = mention.title_first.map(|t| (t, mention.first)).or(beside.map(|stop| (end + 1, stop)));
        Some(Source { first, end, head: Head::Name(at), role })
    }

    /// A description, and the name behind it if there is one.
    fn description_starting(&self, first: usize) -> Option<Source> {
        let view = self.view;
        let mut end = first;
        while end < first + PHRASE + 4 {
            if let Some(mention) =
                self.names.at(end).filter(|m| m.first == end && !view.starts_sentence(end) && !self.marks.covers(end))
            {
                end = mention.end;
                continue;
            }
            // "one hedge-fund manager"
            if end == first && view.word(end) == "one" && view.is_lower(end + 1) {
                end += 1;
                continue;
            }
            let stops = view.starts_sentence(end) || !self.belongs(end);
            let preposition = view.any(end, lex::PREPOSITION) && view.is_lower(end);
            let verb = view.is_lower(end) && view.any(end, lex::VERB);
            if stops || verb || (preposition && (end == first || !is_linking(view, end))) {
                break;
            }
            if view.any(end, lex::WEEKDAY) || end > first && view.any(end, lex::ADVERB) {
                break;
            }
            end += 1;
        }
        let link = (first + 1..end).find(|i| is_linking(view, *i));
        let mut head = link.unwrap_or(end).checked_sub(1)?;
        while head > first && !view.is(head, Kind::Word) {
            head -= 1;
        }
        if let Some(at) = self.name_behind_noun(first, end) {
            return Some(Source { first, end, head: Head::Name(at), role: None });
        }
        if let Some(inner) =
            self.names.ending(end).filter(|m| m.title_first.is_some() && m.start() > first && link.is_none())
        {
            let at = self.names.index_at(inner.first)?;
            return Some(Source { first, end, head: Head::Name(at), role: Some((first, inner.first)) });
        }
        self.accept_noun(first, end, head)
    }
}
