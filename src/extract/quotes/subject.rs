//! The subject to the left of a verb: beside it, or across what commas, dashes and relative clauses put in between.

use super::marks::Quoted;
use super::scene::{Head, Scene, Source};
use crate::extract::names::Class;
use crate::extract::names::lexicon as lex;
use crate::text::Kind;

/// How far back a subject is looked for, in tokens.
const REACH: usize = 48;

impl Scene<'_> {
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
        // "Foo Bar, the minister, in his response said"
        let aside_of = from >= 4
            && matches!(view.word(from - 3), "in" | "on")
            && view.any(from - 2, lex::POSSESSIVE)
            && view.is_lower(from - 1)
            && !(from - 2..=from).any(|i| view.starts_sentence(i));
        if aside_of {
            from -= 3;
            before = from - 1;
        }
        if view.starts_sentence(from) {
            return None;
        }
        if let Some(quoted) = self.marks.at(before).and_then(|q| self.marks.quoted.get(q)) {
            // X, who directed "Foo," said
            let aside = quoted.close == before + 1 && self.is_short(quoted) && view.is(quoted.end - 1, Kind::Comma);
            if aside {
                return self.across_comma(before);
            }
            // A worker who testified as "Foo" said
            let within = quoted.close == before + 1 && self.is_short(quoted) && !view.is(quoted.end - 1, Kind::Stop);
            let bound = quoted.open.saturating_sub(10);
            let who = (bound..quoted.open).rev().take_while(|i| view.is(*i, Kind::Word) && !view.starts_sentence(*i));
            let who = who.filter(|_| within).find(|i| view.is_word(*i, "who"))?;
            return self.phrase_ending(who).map(|s| Source { end: who, ..s });
        }
        if view.any(before, lex::RELATIVE) {
            let end = if view.is(before.checked_sub(1)?, Kind::Comma) { before - 1 } else { before };
            if !view.is_word(before, "who") {
                return self.phrase_ending(end);
            }
            let described = || self.phrase_ending(end).map(|s| self.somebody_of(s));
            return self.antecedent(end).or_else(described).or_else(|| self.people_who(before, end));
        }
        if view.is_word(before, "that") {
            // "a mug that said"
            return self.phrase_ending(before).filter(|s| matches!(s.head, Head::Noun(_)));
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

    /// `a sharp response from Foo Bar, who said`: the person named right before "who", whatever governs the name.
    fn antecedent(&self, mut end: usize) -> Option<Source> {
        // "a motion by Foo Bar (APC, Jigawa), who"
        if self.view.is(end.checked_sub(1)?, Kind::Close) {
            end = (end.saturating_sub(12)..end).rev().find(|i| self.view.is(*i, Kind::Open))?;
        }
        let at = self.names.index_at(end.checked_sub(1)?)?;
        let mention = self.names.mentions.get(at).filter(|m| m.end == end && self.names.class(m) == Class::Person)?;
        let governed = mention.start().checked_sub(1).is_some_and(|i| self.view.any(i, lex::PREPOSITION));
        let role = mention.title_first.map(|first| (first, mention.first));
        governed.then_some(Source { first: mention.start(), end, head: Head::Name(at), role })
    }

    /// Of "a letter from the daughter of one victim, who" the daughter: no letter is a "who".
    fn somebody_of(&self, source: Source) -> Source {
        let view = self.view;
        let Head::Noun(letter) = source.head else { return source };
        if !view.any(letter, lex::DOCUMENT) || view.any(letter, lex::ROLE) {
            return source;
        }
        let Some(head) = (letter + 1..source.end).find(|i| view.any(*i, lex::ROLE)) else { return source };
        let article = (letter + 1..head).rev().take(3).find(|i| view.any(*i, lex::DETERMINER.or(lex::POSSESSIVE)));
        Source { first: article.unwrap_or(head), head: Head::Noun(head), role: None, ..source }
    }

    /// `back at trolls who called her`: whoever they are, they are people.
    fn people_who(&self, who: usize, end: usize) -> Option<Source> {
        let view = self.view;
        let noun = end.checked_sub(1).filter(|i| view.is_lower(*i) && !view.any(*i, lex::CLOSED))?;
        let plural = end == who && view.is_word(who, "who") && view.word(noun).ends_with('s');
        // "the daughter of one victim, who wrote"
        let somebody = view.any(noun, lex::ROLE) && noun > 0 && view.is_word(noun - 1, "one");
        let first = if somebody { noun - 1 } else { noun };
        (plural || somebody).then_some(Source { first, end, head: Head::Noun(noun), role: None })
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
        // "the sponsor, Foo Bar (APC, Jigawa), said"
        if view.is(comma.checked_sub(1)?, Kind::Close) {
            let open = (bound.max(comma.saturating_sub(12))..comma).rev().find(|i| view.is(*i, Kind::Open))?;
            let within = self.name_in_brackets(open, comma - 1);
            return within.or_else(|| self.across_comma(open)).or_else(|| self.phrase_ending(open));
        }
        let mut segments = 0;
        let mut fallback = None;
        for k in (bound..comma).rev() {
            if let Some(quoted) = self.marks.at(k).and_then(|q| self.marks.quoted.get(q)) {
                if self.is_short(quoted) && !view.starts_sentence(quoted.open) {
                    continue;
                }
                return fallback;
            }
            // "(Agency) -- Foo Bar, a firm, today announced": the dateline says nothing.
            if view.is(k, Kind::Dash) && fallback.is_some_and(|f: Source| f.first == k + 1) {
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
        if let Some(source) = self.named_with_home(k, comma) {
            return Some(source);
        }
        let article = mention.start() == k + 2 && self.view.any(k + 1, lex::DETERMINER);
        // "Foo's rival, construction executive Bar Baz, said"
        let trade = mention.title_first.is_some()
            && (k + 1..mention.start().min(k + 4))
                .all(|i| self.view.is_lower(i) && !self.view.any(i, lex::CLOSED.or(lex::VERB).or(lex::CUE)));
        let trade = trade && (k + 2..=k + 3).contains(&mention.start());
        if mention.end != comma || !(mention.start() == k + 1 || article || trade) || k == 0 {
            return None;
        }
        let described = self.noun_phrase(k).or_else(|| self.phrase_ending(k)).or_else(|| self.somebody_beside(k));
        let person = self.names.class(mention) == Class::Person;
        // "Traders at Terminus Market, Jos, said": what is written with a capital describes nobody.
        let common = |h: usize| person && self.names.at(h).is_none();
        let described = described
            .filter(|d| matches!(d.head, Head::Noun(h) if common(h) || self.view.any(h, lex::BODY.or(lex::ROLE))));
        match described {
            // "A spokesman for the home's owner, Foo Care, said": the name is the owner's.
            Some(Source { first, head: Head::Noun(head), .. })
                if self.names.class(mention) == Class::Organisation
                    && self.view.any(head, lex::ROLE)
                    && !self.view.any(head, lex::BODY) =>
            {
                Some(Source { first, end: comma, head: Head::Noun(head), role: None })
            }
            Some(d) => Some(Source { first: d.first, end: comma, head: Head::Name(at), role: Some((d.first, k)) }),
            None if person && !self.begins_clause(k) => {
                Some(Source { first: mention.start(), end: comma, head: Head::Name(at), role: None })
            }
            None => None,
        }
    }

    /// `A nurse beside her` before the comma at `k`: a description that opens the sentence, with where that person is.
    fn somebody_beside(&self, k: usize) -> Option<Source> {
        let view = self.view;
        let first = (k.saturating_sub(10)..k).rev().find(|i| view.starts_sentence(*i))?;
        let plain =
            |i: usize| view.is(i, Kind::Word) && !(view.is_lower(i) && view.any(i, lex::FINITE.or(lex::RELATIVE)));
        let head = (first + 1..k.min(first + 5)).find(|i| view.any(*i, lex::ROLE))?;
        let opens = view.any(first, lex::DETERMINER.or(lex::POSSESSIVE)) && (first..k).all(plain);
        opens.then_some(Source { first, end: k, head: Head::Noun(head), role: None })
    }

    /// `Her co-author, Foo Bar of the University of Baz, said`: the person named behind the comma at `k`, with where that
    /// person belongs.
    fn named_with_home(&self, k: usize, comma: usize) -> Option<Source> {
        let view = self.view;
        let from = self.names.mentions.partition_point(|m| m.first <= k);
        let mention = self.names.mentions.get(from).filter(|m| m.start() == k + 1 && m.end + 1 < comma)?;
        let person = self.names.class(mention) == Class::Person && !self.begins_clause(k);
        let home = matches!(view.word(mention.end), "of" | "from" | "at" | "with" | "for");
        let plain =
            |i: usize| !(self.marks.covers(i) || view.is_lower(i) && view.any(i, lex::FINITE.or(lex::RELATIVE)));
        let described = self.noun_phrase(k)?;
        let fits = person && home && (mention.end..comma).all(plain) && matches!(described.head, Head::Noun(_));
        let role = Some((described.first, k));
        fits.then_some(Source { first: described.first, end: comma, head: Head::Name(from), role })
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
            matches!(
                view.kind(i),
                Some(Kind::Comma | Kind::Colon | Kind::Semicolon | Kind::Mark | Kind::Dash | Kind::Number)
            ) || view.any(i, lex::CONJUNCTION.or(lex::SUBORDINATOR).or(lex::ADVERB))
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
}
