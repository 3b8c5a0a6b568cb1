//! Who speaks: the noun phrase that is the subject of a reporting verb, on either side of it.
//!
//! A phrase only; whose name it is in the end is for [`super::resolve`] to say.

use super::marks::{Marks, Quoted};
use crate::extract::names::lexicon as lex;
use crate::extract::names::view::View;
use crate::extract::names::{Class, Entity, Mention, Names};
use crate::text::Kind;

/// What a source is called by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Head {
    /// A name: index into the mentions.
    Name(usize),
    /// `he`, `she`.
    Pronoun,
    /// `they`, `it`.
    Group,
    /// A description; its head noun.
    Noun(usize),
}

/// A noun phrase that speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Source {
    /// First token.
    pub first: usize,
    /// Behind the last token.
    pub end: usize,
    /// What it is called by.
    pub head: Head,
    /// The tokens of an office or description beside the name.
    pub role: Option<(usize, usize)>,
}

/// What the finders look at.
#[derive(Clone, Copy)]
pub(super) struct Scene<'a> {
    pub view: View<'a>,
    pub names: &'a Names,
    pub marks: &'a Marks,
    /// The first token behind the dateline.
    pub first: usize,
}

/// How far back a subject is looked for, in tokens.
const REACH: usize = 48;

/// A noun phrase is no longer than this.
const PHRASE: usize = 14;

/// Words that cannot stand inside a noun phrase.
const BREAKS: lex::Flags = lex::AUXILIARY.or(lex::MODAL).or(lex::RELATIVE).or(lex::PRONOUN).or(lex::CONJUNCTION);

/// Nouns that can speak.
pub(super) const SPEAKS: lex::Flags = lex::ROLE.or(lex::BODY).or(lex::DOCUMENT).or(lex::PLURAL_SOURCE);

impl Scene<'_> {
    /// The first token of the narrative sentence that token `at` is in, quotations skipped.
    pub(super) fn sentence_start(&self, at: usize) -> usize {
        let mut i = at;
        for _ in 0..200 {
            if self.view.starts_paragraph(i)
                || i == 0
                || i == self.first
                || (self.view.starts_sentence(i) && !self.inside(i))
            {
                break;
            }
            i -= 1;
            if let Some(quoted) = self.marks.at(i).and_then(|q| self.marks.quoted.get(q))
                && quoted.open < i
            {
                i = quoted.open;
            }
        }
        i
    }

    /// Whether token `i` is between marks, not being the opening one.
    pub(super) fn inside(&self, i: usize) -> bool {
        self.marks.at(i).and_then(|q| self.marks.quoted.get(q)).is_some_and(|q| q.open != i)
    }

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
            return self.phrase_within(open, depth);
        }
        if let Some(at) = self.names.index_at(last) {
            return self.names.mentions.get(at).filter(|m| m.end == end).and_then(|m| self.name_phrase(at, m, depth));
        }
        if view.any(last, lex::SINGULAR_PRONOUN) {
            return self.governed(last).then_some(Source { first: last, end, head: Head::Pronoun, role: None });
        }
        if view.any(last, lex::GROUP_PRONOUN) {
            return self.governed(last).then_some(Source { first: last, end, head: Head::Group, role: None });
        }
        self.noun_phrase(end)
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
        while start > 0 && !view.starts_sentence(start) && view.any(start - 1, lex::DETERMINER) {
            start -= 1;
        }
        let before = start.checked_sub(1).filter(|_| !view.starts_sentence(start));
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
                return Some(Source { first: other.start(), end: mention.end, head: Head::Name(i), role });
            }
        }
        Some(Source { first: start, end: mention.end, head: Head::Name(at), role: title })
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
    fn noun_phrase(&self, end: usize) -> Option<Source> {
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
            if !self.belongs(before) {
                break;
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
        let governed = before.is_some_and(|b| view.any(b, lex::PREPOSITION) && view.is_lower(b));
        if governed { None } else { self.accept_noun(first, end, head) }
    }

    /// Whether token `i` may be part of a noun phrase.
    fn belongs(&self, i: usize) -> bool {
        let view = self.view;
        if self.marks.covers(i) {
            return false;
        }
        match view.kind(i) {
            Some(Kind::Word) => {
                let verb = view.is_lower(i) && view.any(i, lex::CUE) && !view.any(i, SPEAKS.or(lex::MODIFIER));
                !(view.any(i, BREAKS) || verb || view.any(i, lex::SUBORDINATOR) && !view.is_word(i, "that"))
            }
            Some(Kind::Possessive | Kind::Elision | Kind::Number) => true,
            Some(Kind::Dash) => view.is_glued(i) && view.is_glued(i + 1),
            Some(Kind::Mark) => view.is_glued(i) && view.word(i.saturating_sub(1)).ends_with('s'),
            Some(Kind::Stop) => view.is_glued(i) && view.any(i.saturating_sub(1), lex::HONORIFIC),
            _ => false,
        }
    }

    fn accept_noun(&self, first: usize, end: usize, head: usize) -> Option<Source> {
        let view = self.view;
        if first >= end || (first..end).any(|i| view.is_word(i, "percent") || view.word(i) == "%") {
            return None;
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
        Some(Source { first, end, head: Head::Noun(head), role: None })
    }

    /// Whose document it is: the name inside the phrase, `an ISAF statement`, `a report by the agency`.
    fn owner(&self, first: usize, end: usize) -> Option<(usize, &Mention)> {
        let from = self.names.mentions.partition_point(|m| m.first < first);
        let mention = self.names.mentions.get(from).filter(|m| m.end <= end)?;
        let owns = match self.names.class(mention) {
            Class::Organisation => true,
            Class::Person => self.view.is(mention.end, Kind::Possessive),
            Class::Other => false,
        };
        owns.then_some((from, mention))
    }

    /// The subject to the left of the verb whose auxiliaries and adverbs begin at `from`. `aside` tells that a comma
    /// follows the verb, as in "The talks, the envoy said, failed".
    pub(super) fn subject_before(&self, from: usize, aside: bool) -> Option<Source> {
        let view = self.view;
        let mut from = from;
        let mut before = from.checked_sub(1)?;
        if view.any(before, lex::WEEKDAY) && !view.starts_sentence(before) {
            // "Smith on Monday said"
            from = before - usize::from(before > 0 && view.is_word(before - 1, "on"));
            before = from.checked_sub(1)?;
        }
        if view.starts_sentence(from) {
            return None;
        }
        if let Some(quoted) = self.marks.at(before).and_then(|q| self.marks.quoted.get(q)) {
            // X, who directed "Foo," said
            let aside = quoted.close == before + 1 && self.is_short(quoted) && view.is(quoted.end - 1, Kind::Comma);
            return if aside { self.across_comma(before) } else { None };
        }
        if view.any(before, lex::RELATIVE) {
            let end = if view.is(before.checked_sub(1)?, Kind::Comma) { before - 1 } else { before };
            return self.phrase_ending(end);
        }
        match view.kind(before)? {
            Kind::Comma => self.across_comma(before),
            Kind::Dash if from == self.first => None,
            Kind::Dash => self.across_dash(before),
            _ => {
                let open_comma = if aside { None } else { self.missing_comma(from) };
                open_comma.or_else(|| self.phrase_ending(from).map(|s| self.out_of_relative(s)))
            }
        }
    }

    /// `Foo Bar, a farmer in Baz said`: the description is not closed by a comma.
    fn missing_comma(&self, from: usize) -> Option<Source> {
        let view = self.view;
        let bound = self.sentence_start(from).max(from.saturating_sub(24));
        let comma = (bound..from).rev().find(|i| view.is(*i, Kind::Comma) || self.marks.covers(*i))?;
        if self.marks.covers(comma) {
            return None;
        }
        let at = self.names.index_at(comma.checked_sub(1)?)?;
        let mention = self.names.mentions.get(at).filter(|m| m.end == comma && self.names.class(m) == Class::Person)?;
        let start = mention.start();
        let heads = view.starts_sentence(start) || start > 0 && self.marks.covers(start - 1);
        let describes = view.any(comma + 1, lex::DETERMINER.or(lex::ROLE).or(lex::MODIFIER))
            || view.is_word(comma + 1, "one")
            || view.is_upper(comma + 1) && (comma + 1..from).any(|i| view.any(i, lex::ROLE));
        let finite = (comma + 1..from)
            .any(|i| view.is_lower(i) && view.any(i, lex::FINITE.or(lex::RELATIVE).or(lex::SUBORDINATOR)));
        (heads && describes && !finite && from > comma + 1).then_some(Source {
            first: start,
            end: from,
            head: Head::Name(at),
            role: Some((comma + 1, from)),
        })
    }

    /// `A worker who visited the hospital said`: the object of the relative clause is not the subject.
    fn out_of_relative(&self, source: Source) -> Source {
        let view = self.view;
        let Some(before) = source.first.checked_sub(1).filter(|_| !view.starts_sentence(source.first)) else {
            return source;
        };
        let closed = lex::CONJUNCTION.or(lex::SUBORDINATOR).or(lex::ADVERB).or(lex::RELATIVE);
        if !view.is_lower(before) || view.any(before, closed) {
            return source;
        }
        let who = (before.saturating_sub(10)..before)
            .rev()
            .take_while(|i| !view.is(*i, Kind::Comma) && !view.starts_sentence(*i + 1) && !self.marks.covers(*i))
            .find(|i| view.is_word(*i, "who"));
        who.and_then(|who| self.phrase_ending(who)).map_or(source, |s| Source { end: source.end, ..s })
    }

    /// `Foo Bar, the envoy to Baz, said`; `the envoy, Foo Bar, said`.
    fn across_comma(&self, comma: usize) -> Option<Source> {
        let view = self.view;
        let bound = self.sentence_start(comma).max(comma.saturating_sub(REACH));
        let mut segments = 0;
        let mut fallback = None;
        for k in (bound..comma).rev() {
            if let Some(quoted) = self.marks.at(k).and_then(|q| self.marks.quoted.get(q)) {
                if self.is_short(quoted) && !view.starts_sentence(quoted.open) {
                    continue;
                }
                return fallback;
            }
            if !view.is(k, Kind::Comma) {
                continue;
            }
            segments += 1;
            if let Some(source) = self.named_inside(k, comma).or_else(|| self.named_before(k, comma)) {
                if self.is_person(&source) {
                    return Some(source);
                }
                fallback = Some(source);
            }
            if segments == 6 {
                break;
            }
        }
        // "Foo Bar, said": a comma too many.
        let stray =
            || self.phrase_ending(comma).filter(|s| self.opens_sentence(s.first) && matches!(s.head, Head::Name(_)));
        fallback.or_else(stray)
    }

    /// Whether a stretch between marks is no longer than a title.
    fn is_short(&self, quoted: &Quoted) -> bool {
        quoted.end - quoted.first <= 7
    }

    /// A name that fills the commas: the description stands before.
    fn named_inside(&self, k: usize, comma: usize) -> Option<Source> {
        let at = self.names.index_at(comma - 1)?;
        let mention = self.names.mentions.get(at)?;
        let article = mention.start() == k + 2 && self.view.any(k + 1, lex::DETERMINER);
        if mention.end != comma || !(mention.start() == k + 1 || article) || k == 0 {
            return None;
        }
        let described = self.noun_phrase(k).or_else(|| self.phrase_ending(k));
        let person = self.names.class(mention) == Class::Person;
        let described = described
            .filter(|d| matches!(d.head, Head::Noun(h) if person || self.view.any(h, lex::BODY.or(lex::ROLE))));
        match described {
            Some(d) => Some(Source { first: d.first, end: comma, head: Head::Name(at), role: Some((d.first, k)) }),
            None if person && !self.begins_clause(k) => {
                Some(Source { first: mention.start(), end: comma, head: Head::Name(at), role: None })
            }
            None => None,
        }
    }

    /// Whether token `first` begins a sentence, but for a word and a comma: "Yesterday, ...".
    fn opens_sentence(&self, first: usize) -> bool {
        let view = self.view;
        let comma = first >= 2 && view.is(first - 1, Kind::Comma) && view.starts_sentence(first - 2);
        view.starts_sentence(first) || comma
    }

    fn is_person(&self, source: &Source) -> bool {
        let Head::Name(at) = source.head else { return false };
        self.names.mentions.get(at).is_some_and(|m| self.names.class(m) == Class::Person)
    }

    /// Whether a name that could be the subject stands before the comma at `k`.
    fn begins_clause(&self, k: usize) -> bool {
        self.names.ending(k).is_some_and(|m| self.names.class(m) == Class::Person)
    }

    /// A subject before the first comma; what follows describes it.
    fn named_before(&self, k: usize, comma: usize) -> Option<Source> {
        let view = self.view;
        let source = self.phrase_ending(k)?;
        let before = source.first.checked_sub(1).filter(|_| !view.starts_sentence(source.first));
        let heads = before.is_none_or(|i| {
            matches!(view.kind(i), Some(Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Mark | Kind::Dash))
                || view.any(i, lex::CONJUNCTION.or(lex::SUBORDINATOR).or(lex::ADVERB))
                || view.word(i).ends_with("ing") && view.is_lower(i)
        });
        let shape =
            view.any(k + 1, lex::DETERMINER.or(lex::ROLE).or(lex::MODIFIER).or(lex::DEMONYM)) || view.is_upper(k + 1);
        let role = (shape && (k + 1..comma).any(|i| view.any(i, lex::ROLE))).then_some((k + 1, comma));
        // "An official, speaking on condition of anonymity, said": the words for him end at the comma.
        let end = if matches!(source.head, Head::Noun(_)) { k } else { comma };
        heads.then_some(Source { end, role: source.role.or(role), ..source })
    }

    fn across_dash(&self, dash: usize) -> Option<Source> {
        let bound = self.sentence_start(dash).max(dash.saturating_sub(REACH));
        let open = (bound..dash.saturating_sub(1)).rev().find(|i| {
            self.view.is(*i, Kind::Dash)
                && !self.view.is_glued(*i)
                && !self.view.is(*i - usize::from(*i > 0), Kind::Dash)
        })?;
        let end = if self.view.is(open.checked_sub(1)?, Kind::Dash) { open - 1 } else { open };
        self.phrase_ending(end).map(|s| Source { end: dash, ..s })
    }

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
        while view.any(start, lex::DETERMINER) && start < first + 2 {
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
                || view.starts_sentence(*i)
                || self.marks.covers(*i)
        })?;
        let at = self.names.index_at(comma + 1)?;
        let mention = self.names.mentions.get(at).filter(|m| m.start() == comma + 1 && view.is(comma, Kind::Comma))?;
        let verb =
            |i: usize| view.is_lower(i) && (view.any(i, lex::FINITE) || view.any(i, lex::CUE) && !view.any(i, SPEAKS));
        let named_first = self.names.at(first).is_some_and(|m| self.names.class(m) == Class::Person);
        let role = (first..comma).any(|i| view.any(i, lex::ROLE));
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

/// `one`, `some`: how many of them.
fn is_quantity(word: &str) -> bool {
    let word = word.to_ascii_lowercase();
    matches!(
        word.as_str(),
        "one" | "two" | "three" | "some" | "several" | "many" | "most" | "both" | "another" | "none"
    )
}

/// A preposition that ties a name to a noun before it.
fn is_linking(view: View, i: usize) -> bool {
    view.is_lower(i) && matches!(view.word(i), "of" | "for" | "from" | "at" | "in" | "with" | "by" | "on")
}
