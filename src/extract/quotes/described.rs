//! Descriptions resolved: `the foreign minister`, `the Labour leader`, `the agency`, `the statement`.

use super::resolve::{Office, Resolver, Speaker, UNNAMED};
use super::scene::{Head, Scene, Source};
use super::sentence;
use crate::annotations::Resolution;
use crate::extract::names::lexicon as lex;
use crate::extract::names::{Class, Entity, Gender, Mention};
use crate::text::Kind;

/// Words for people whom an article may well bring in without a name.
const ANYBODY: [&str; 33] = [
    "official",
    "officer",
    "spokesman",
    "spokeswoman",
    "spokesperson",
    "source",
    "witness",
    "eyewitness",
    "resident",
    "police",
    "lawyer",
    "attorney",
    "aide",
    "man",
    "woman",
    "people",
    "person",
    "adviser",
    "advisor",
    "expert",
    "analyst",
    "reporter",
    "judge",
    "prosecutor",
    "neighbour",
    "neighbor",
    "relative",
    "friend",
    "colleague",
    "soldier",
    "agent",
    "insider",
    "critic",
];

/// Offices that one person holds, and nobody besides another.
const SOLE: [&str; 12] = [
    "minister",
    "president",
    "premier",
    "chancellor",
    "governor",
    "mayor",
    "ambassador",
    "king",
    "queen",
    "pope",
    "secretary",
    "judge",
];

/// What one office is called by turns, a group a line.
const SYNONYMS: [&[&str]; 6] = [
    &["judge", "justice", "magistrate"],
    &["boss", "manager", "coach", "trainer"],
    &["leader", "chief", "head", "president", "chairman", "chairwoman", "chair", "director", "boss", "premier"],
    &["lawmaker", "legislator", "politician", "senator", "congressman", "congresswoman", "representative", "mp"],
    &["player", "striker", "forward", "midfielder", "defender", "winger", "goalkeeper", "captain"],
    &["lawyer", "attorney", "solicitor", "barrister", "counsel"],
];

impl Resolver<'_> {
    /// `the foreign minister`, `the ministry`, `a senior official`.
    pub(super) fn described(&mut self, source: Source, head: usize) -> Speaker {
        let view = self.scene.view;
        let definite = ["the", "this"].iter().any(|w| view.is_word(source.first, w))
            || view.is_upper(head)
            || view.any(source.first, lex::POSSESSIVE);
        if let Some(speaker) = self.calls_himself(source) {
            return speaker;
        }
        if !definite || self.stays_unnamed(source) {
            return UNNAMED;
        }
        let word = view.word(head);
        let short = source.end - source.first <= 3 || (source.first..head).any(|i| view.word(i) == "old");
        if view.is_upper(head) && view.any(head, lex::DEMONYM) && short {
            // "the German said": who spoke, or was spoken of, before.
            let found = self.pronoun(source);
            return Speaker {
                resolution: if found.entity.is_some() { Resolution::Title } else { Resolution::Unnamed },
                confidence: found.confidence * 0.9,
                ..found
            };
        }
        // "The 38-year-old", "the 38-year-old nurse"
        let aged = word == "old" || (source.first..head).any(|i| view.word(i) == "old") && view.any(head, lex::ROLE);
        // "The mother-of-two", "the father of three"
        let parent = matches!(word, "mother" | "father" | "mum" | "dad" | "grandmother" | "grandfather");
        let of = head + 1 + usize::from(view.is(head + 1, Kind::Dash));
        let parent = parent && view.is_word(of, "of") && view.is_word(source.first, "the");
        if parent || aged && (source.first..head).any(|i| view.word(i) == "year") {
            let found = self.pronoun(source);
            // "Foo Bar's daughter Baz is ill.": no daughter is the mother of two.
            if parent && found.entity.is_some_and(|at| self.is_child(at)) {
                return UNNAMED;
            }
            return Speaker {
                resolution: if found.entity.is_some() { Resolution::Title } else { Resolution::Unnamed },
                ..found
            };
        }
        if ["statement", "letter", "release", "email", "tweet", "post", "message", "memo"].contains(&word)
            && source.end - source.first <= 3
        {
            return self.issuer(source).unwrap_or(UNNAMED);
        }
        if ["report", "study", "survey", "filing", "communique", "document"].contains(&word)
            && source.end - source.first <= 2
        {
            let body = |at: usize| names_body(self.scene, at);
            return self.issuer(source).filter(|s| s.entity.is_some_and(body)).unwrap_or(UNNAMED);
        }
        if view.any(head, lex::ROLE)
            && let Some(speaker) = self
                .office_holder(source, head, word)
                .or_else(|| self.prime_minister(source, head))
                .or_else(|| self.holder_by_other_word(source, head))
        {
            return speaker;
        }
        // "The former international", "the Briton": what no list calls a body or a paper is somebody.
        let somebody = !view.any(head, lex::BODY.or(lex::DOCUMENT).or(lex::PLURAL_SOURCE));
        // "The city's regulator" is a body, whoever spoke before.
        let human = view.any(head, lex::ROLE) && !view.any(head, lex::BODY);
        if (human || somebody)
            && let Some(speaker) = self.only_person_about(source, head)
        {
            return speaker;
        }
        if view.any(head, lex::BODY)
            && !view.any(source.first, lex::POSSESSIVE)
            && !(view.any(head, lex::ROLE) && word == "police")
            && let Some(speaker) = self.body_called(source, word)
        {
            return speaker;
        }
        UNNAMED
    }

    /// Whether the entity `at` is called somebody's child.
    fn is_child(&self, at: usize) -> bool {
        let offices = self.scene.names.entities.get(at).map(|e| e.offices.as_slice()).unwrap_or_default();
        let child =
            |i: usize| matches!(self.scene.view.word(i), "son" | "daughter" | "baby" | "child" | "boy" | "girl");
        offices.iter().flat_map(|(first, end)| *first..*end).any(child)
    }

    /// `the official, who asked not to be named`: whoever was named before is somebody else.
    fn stays_unnamed(&self, source: Source) -> bool {
        let view = self.scene.view;
        let behind = source.end..source.end + 14;
        let mut clause = behind.take_while(|i| !view.starts_sentence(*i) && !self.scene.marks.covers(*i));
        clause.any(|i| {
            let word = view.word(i);
            let named = matches!(word, "named" | "identified" | "name" | "identity");
            let not = |j: usize| matches!(view.word(j), "not" | "declined" | "refused" | "withheld" | "without");
            matches!(word, "anonymity" | "anonymously") || named && (source.end..i).any(not)
        })
    }

    /// `a miner who gave his name only as Foo`: the name that a description is followed by.
    fn calls_himself(&self, source: Source) -> Option<Speaker> {
        let (view, names) = (self.scene.view, self.scene.names);
        let mention = names.between(source.end, source.end + 10).iter().find(|m| !self.scene.marks.covers(m.first))?;
        let clause = source.end..mention.start();
        let ends = |i: usize| view.starts_sentence(i) || matches!(view.kind(i), Some(Kind::Comma | Kind::Stop));
        let gives = clause.clone().any(|i| {
            matches!(view.word(i), "gave" | "gives" | "giving" | "identified" | "identifies" | "introduced")
                && (i..mention.start()).any(|j| view.is_word(j, "as"))
        });
        let by_name = ["by", "the", "name", "of"].iter().enumerate().all(|(n, w)| view.is_word(source.end + n, w));
        let called = matches!(view.word(source.end), "named" | "called") && mention.start() == source.end + 1
            || by_name && mention.start() == source.end + 4;
        let found = (gives || called) && !clause.skip(1).any(ends) && !view.is_lower(mention.end);
        let person = names.entity(mention).is_some_and(|e| e.class != Class::Organisation && !e.place);
        let speaker = Speaker { entity: Some(mention.entity), resolution: Resolution::Named, confidence: 0.85 };
        (found && person).then_some(speaker)
    }

    /// Whose statement "the statement" is: of who spoke last, a sentence or two before.
    fn issuer(&self, source: Source) -> Option<Speaker> {
        let start = self.scene.sentence_start(source.first);
        let since = start.checked_sub(1).map_or(0, |i| self.scene.sentence_start(i));
        let to = self.cues.partition_point(|c| c.verb < source.first).min(self.done.len());
        let (cue, speaker) = self.cues.get(..to)?.iter().zip(self.done.get(..to)?).rev().find(|(c, _)| !c.nested)?;
        let entity = speaker.entity.filter(|_| cue.verb >= since)?;
        Some(Speaker { entity: Some(entity), resolution: Resolution::Title, confidence: 0.62 })
    }

    /// `the Rovers boss`: who was brought in as the Rovers manager.
    fn holder_by_other_word(&self, source: Source, head: usize) -> Option<Speaker> {
        let (view, word) = (self.scene.view, self.scene.view.word(head));
        let named = (source.first..head).any(|i| view.is_upper(i) && !view.any(i, lex::DETERMINER));
        // Of a court the article names one judge, if it names any.
        let court = matches!(word, "judge" | "magistrate");
        let groups = SYNONYMS.iter().filter(|group| (named || court) && group.contains(&word));
        let others = groups.flat_map(|group| group.iter()).filter(|other| **other != word);
        let mut found =
            others.filter_map(|other| self.office_holder(source, head, other)).filter(|s| s.entity.is_some());
        let one = found.next()?;
        found.all(|s| s.entity == one.entity).then_some(Speaker { confidence: one.confidence * 0.85, ..one })
    }

    /// `the premier`: who was brought in as the prime minister.
    fn prime_minister(&self, source: Source, head: usize) -> Option<Speaker> {
        let alone = source.end == head + 1 && head == source.first + 1 && self.scene.view.is_word(head, "premier");
        let list = self.offices.get("minister").filter(|_| alone)?;
        let prime = |o: &&Office| (o.0..o.1).any(|i| self.scene.view.is_word(i, "prime"));
        let mut holders = list.iter().take_while(|o| o.0 < source.first).filter(prime).map(|o| o.2);
        let one = holders.next()?;
        let sure = Speaker { entity: Some(one), resolution: Resolution::Title, confidence: 0.8 };
        holders.all(|other| other == one).then_some(sure)
    }

    /// `the CS`, `the PM`: whose office has these initials, its last word being that of somebody.
    pub(super) fn holder_by_initials(&self, mention: &Mention) -> Option<usize> {
        let view = self.scene.view;
        let letters = view.word(mention.first);
        let article = mention.first.checked_sub(1).is_some_and(|i| view.is_word(i, "the"));
        let short = mention.end == mention.first + 1 && (2..=4).contains(&letters.len());
        if !article || !short || !letters.bytes().all(|b| b.is_ascii_uppercase()) {
            return None;
        }
        let list = self.initials.get(letters)?;
        let mut holders = list.iter().filter(|o| o.1 <= mention.first).map(|o| o.2);
        let one = holders.next()?;
        holders.all(|other| other == one).then_some(one)
    }

    /// Who was given the office `noun`, with what else the phrase around `head` names.
    fn office_holder(&self, source: Source, head: usize, noun: &str) -> Option<Speaker> {
        let view = self.scene.view;
        let list = self.offices.get(&noun.to_lowercase())?;
        let before = list.partition_point(|(first, ..)| *first < source.first);
        let rest: Vec<&str> = (source.first..source.end)
            .filter(|i| *i != head && view.is(*i, Kind::Word) && !view.any(*i, lex::DETERMINER.or(lex::PREPOSITION)))
            .map(|i| view.word(i))
            .collect();
        let agrees = |office: &Office| rest.iter().all(|word| (office.0..office.1).any(|i| view.is_word(i, word)));
        let earlier = list.get(..before).unwrap_or_default().iter().rev().take(16);
        let fitting: Vec<&Office> = earlier.filter(|o| agrees(o)).collect();
        let latest = fitting.first()?;
        let single = fitting.iter().all(|o| o.2 == latest.2);
        // Of two ministers in one sentence neither is "the minister".
        let sentence = self.scene.sentence_start(latest.0);
        if fitting.iter().any(|o| o.2 != latest.2 && o.0 >= sentence) {
            return Some(UNNAMED);
        }
        let generic = ["man", "woman", "official", "people", "member", "person"].contains(&view.word(head));
        let confidence = match (single, generic) {
            (true, false) => 0.85,
            (false, false) => 0.6,
            _ => return None,
        };
        Some(Speaker { entity: Some(latest.2), resolution: Resolution::Title, confidence })
    }

    /// `the Labour leader`, `the teenager`: the one person named in this paragraph, or in the one before if this names
    /// nobody, if that person spoke last and the article gives no office of theirs. Newspapers vary what they call somebody.
    fn only_person_about(&self, source: Source, head: usize) -> Option<Speaker> {
        let view = self.scene.view;
        let word = view.word(head).to_lowercase();
        let singular = !word.ends_with('s') || word.ends_with("ss");
        // "The man's brother" is nobody who spoke before.
        let owned = (source.first..head)
            .any(|i| view.is_lower(i) && view.any(i, lex::ROLE) && view.is(i + 1, Kind::Possessive));
        if !view.is_word(source.first, "the") || !singular || owned {
            return None;
        }
        let role = match (view.any(head, lex::MALE), view.any(head, lex::FEMALE)) {
            (true, false) => Gender::Male,
            (false, true) => Gender::Female,
            _ => Gender::Unknown,
        };
        // "The Home Secretary", "the prime minister" is nobody of whom the article gives another office.
        let former = (source.first..head).any(|i| matches!(view.word(i), "former" | "ex" | "then"));
        let sole = SOLE.contains(&word.as_str()) && !former;
        let other = |at: usize| sole && bears_another(self.scene, at, &word);
        let fits = |at: usize| {
            self.genders.get(at).is_some_and(|g| g.fits(role)) && !self.clashes(at, source, head) && !other(at)
        };
        let found = |at, confidence| Some(Speaker { entity: Some(at), resolution: Resolution::Title, confidence });
        let paragraph = self.scene.paragraph_start(source.first);
        let own = self.scene.sentence_start(source.first);
        if let Some(at) = self.just_spoke(paragraph, own, source.first).filter(|at| fits(*at)) {
            // "He asked the witness", and "the witness said": somebody else, unless it is what that person is called.
            let offices = self.scene.names.entities.get(at).map(|e| e.offices.as_slice()).unwrap_or_default();
            let other = |i: usize| {
                let own = offices.iter().any(|(first, end)| (*first..*end).contains(&i));
                view.is_word(i, &word) && !own && !self.scene.marks.covers(i)
            };
            let spoken_of = ANYBODY.contains(&word.as_str()) && (paragraph..source.first).any(other);
            return if spoken_of || self.is_brought_in(source, head) { None } else { found(at, 0.66) };
        }
        // "the Leeds man": whoever was named last is of that place.
        let home = matches!(word.as_str(), "man" | "woman") && (source.first + 1..head).any(|i| view.is_upper(i));
        if ANYBODY.contains(&word.as_str()) && !home {
            return None;
        }
        // "...," fumed the former international: whose words end the paragraph before, if this one names nobody yet.
        let alone = self.scene.names.between(paragraph, source.first).iter().all(|m| self.scene.marks.covers(m.first));
        let before = paragraph.checked_sub(1).filter(|_| alone).map(|end| self.scene.paragraph_start(end));
        if let Some(at) = before.and_then(|start| self.just_spoke(start, paragraph, paragraph))
            && fits(at)
            && !self.is_brought_in(source, head)
        {
            return found(at, 0.6);
        }
        let (at, start) = self.lone_name_before(source.first)?;
        let entity = self.scene.names.entities.get(at)?;
        let mut spoken = self.cues.iter().zip(&self.done).rev().filter(|(c, _)| !c.nested && !c.faint);
        let spoke = spoken.next().filter(|(c, _)| c.verb >= start).map(|(_, s)| s.entity == Some(at));
        let subject = spoke.unwrap_or(entity.class == Class::Person);
        // Somebody of whom an office is told may be called by another one right behind words of theirs.
        let own = spoke == Some(true) && start == self.scene.paragraph_start(source.first);
        let fits = fits(at) && (entity.offices.is_empty() || own || home);
        if subject && fits && !self.is_brought_in(source, head) { found(at, 0.66) } else { None }
    }

    /// Whether the phrase around `head` is of another rank than the office of `entity`: no president is the deputy
    /// president.
    fn clashes(&self, entity: usize, source: Source, head: usize) -> bool {
        let view = self.scene.view;
        let ranks = ["deputy", "vice", "former", "ex", "first", "acting", "assistant", "then"];
        let rank = |i: usize| ranks.iter().any(|rank| view.is_word(i, rank));
        let Some(mine) = (source.first..head).find(|i| rank(*i)) else { return false };
        let offices = self.scene.names.entities.get(entity).map(|e| e.offices.as_slice()).unwrap_or_default();
        let bears = |range: &&(usize, usize)| (range.0..range.1).any(|i| view.is_word(i, view.word(head)));
        let same = |range: &(usize, usize)| (range.0..range.1).any(|i| view.is_word(i, view.word(mine)));
        let mut borne = offices.iter().filter(bears).peekable();
        borne.peek().is_some() && !borne.any(same)
    }

    /// The person who spoke last in the paragraph from `paragraph` before the sentence at `own`, or else is the subject of
    /// the sentence before that; `None` if another person is named since, up to `end`.
    fn just_spoke(&self, paragraph: usize, own: usize, end: usize) -> Option<usize> {
        let (view, names) = (self.scene.view, self.scene.names);
        let to = self.cues.partition_point(|c| c.verb < own).min(self.done.len());
        let spoken = (0..to).rev().take_while(|i| self.cues.get(*i).is_some_and(|c| c.verb >= paragraph));
        let spoken = spoken.filter(|i| self.cues.get(*i).is_some_and(|c| !c.nested)).find_map(|i| self.done.get(i));
        let before = own.checked_sub(1).filter(|_| own > paragraph).map(|i| self.scene.sentence_start(i));
        let subject = || match sentence::subject_of_sentence(self.scene, before?, own)?.head {
            Head::Name(at) => self.named(at).entity,
            _ => None,
        };
        let person = |at: &usize| names.entities.get(*at).is_some_and(|e| e.class == Class::Person);
        // "His deputy was more careful.": the next description is of that one.
        let end_of_before = own.checked_sub(1).map_or(0, |i| self.scene.sentence_start(i)).max(paragraph);
        let cues_before = |end: usize| self.cues.partition_point(|c| c.verb < end);
        let silent = cues_before(end_of_before) == cues_before(own);
        let another = || match sentence::subject_of_sentence(self.scene, end_of_before, own) {
            Some(s) => matches!(s.head, Head::Noun(_)) && self.is_one_person(s),
            None => false,
        };
        if own > paragraph && silent && another() {
            return None;
        }
        let at = match spoken {
            Some(speaker) => speaker.entity.filter(person)?,
            None => subject().filter(person)?,
        };
        let other = |m: &Mention| m.entity != at && person(&m.entity) && !self.scene.marks.covers(m.first);
        let last = before.unwrap_or(own);
        let heads = |m: &Mention| view.starts_sentence(m.start());
        // Who only did something, with somebody else there, may as well not be the one who speaks.
        let rival = names.between(last, end).iter().any(|m| other(m) && (spoken.is_none() || heads(m)));
        (!rival).then_some(at)
    }

    /// Whether the text brought somebody in as `a miner` before `the miner`: that one is meant, and has no name.
    fn is_brought_in(&self, source: Source, head: usize) -> bool {
        let view = self.scene.view;
        let word = view.word(head);
        let brought = |i: usize| {
            view.is_word(i, word)
                && !self.scene.marks.covers(i)
                && (i.saturating_sub(4)..i).rev().take_while(|j| view.is(*j, Kind::Word)).any(|j| {
                    matches!(view.word(j), "a" | "an" | "A" | "An" | "another" | "one" | "his" | "her" | "their")
                })
        };
        (source.first.saturating_sub(200)..source.first).any(brought)
    }

    /// The one name of a person in the paragraph of token `end` up to there, or else in the nearest of the two before it
    /// that has any; and where that paragraph begins. `None` if there are several.
    fn lone_name_before(&self, end: usize) -> Option<(usize, usize)> {
        let (view, names) = (self.scene.view, self.scene.names);
        let human =
            |e: &Entity| e.class == Class::Person || e.class == Class::Other && !e.place && e.name.contains(' ');
        let mut start = self.scene.paragraph_start(end);
        for _ in 0..2 {
            // "Smith's wife" speaks of the wife, "Smith's late penalty" of Smith.
            let owner = |m: &Mention| {
                view.is(m.end, Kind::Possessive) && (m.end + 1..m.end + 4).any(|i| view.any(i, lex::ROLE))
            };
            // "Speaking at Foo Park": somewhere, whatever the lists take the name for.
            let before = |m: &Mention| m.start().checked_sub(1).map_or("", |i| view.word(i));
            let somewhere = |m: &Mention| matches!(before(m), "at" | "in" | "near");
            let outside = |m: &&Mention| !self.scene.marks.covers(m.first) && !owner(m) && !somewhere(m);
            let named = names.between(start, end).iter().filter(outside).map(|m| m.entity);
            let mut persons = named.filter(|at| names.entities.get(*at).is_some_and(human));
            if let Some(one) = persons.next() {
                return persons.all(|other| other == one).then_some((one, start));
            }
            start = self.scene.paragraph_start(start.saturating_sub(1));
        }
        None
    }

    /// The organisation that "the agency" or "the company" means.
    fn body_called(&self, source: Source, word: &str) -> Option<Speaker> {
        let names = self.scene.names;
        let title = |entity, confidence| Speaker { entity: Some(entity), resolution: Resolution::Title, confidence };
        let before = names.mentions.partition_point(|m| m.first < source.first);
        let recent = names.mentions.get(before.saturating_sub(40)..before).unwrap_or_default();
        let bears = |name: &str| name.split(' ').any(|part| part.eq_ignore_ascii_case(word));
        let bearer = recent
            .iter()
            .rev()
            .find(|m| names.entity(m).is_some_and(|e| e.class == Class::Organisation && bears(&e.name)));
        if let Some(mention) = bearer {
            return Some(title(mention.entity, 0.8));
        }
        if let Some(body) = self.body_introduced_as(source, word) {
            return Some(title(body, 0.75));
        }
        let vague = [
            "government",
            "police",
            "court",
            "country",
            "nation",
            "city",
            "army",
            "military",
            "media",
            "jury",
            "family",
            "press",
            "bench",
            "panel",
            "tribunal",
        ];
        // "The Obama administration" names a body of its own.
        // "The Dublin-based airline" names nothing but a place.
        let based = (source.first..source.end).any(|i| self.scene.view.is_word(i, "based"));
        let own = !based && (source.first + 1..source.end).any(|i| self.scene.view.is_upper(i));
        if own || vague.contains(&word) || source.end - source.first > 3 + 3 * usize::from(based) {
            return None;
        }
        let start = self.scene.sentence_start(source.first);
        let last = self.last_body(source.first, start, 2);
        last.map(|s| Speaker { resolution: Resolution::Title, ..s })
            .or_else(|| self.only_body_about(source).map(|entity| title(entity, 0.6)))
    }

    /// `the retailer`: the one body before which the article has that word, "the retailer Foo".
    fn body_introduced_as(&self, source: Source, word: &str) -> Option<usize> {
        const MOST: usize = 64;
        let lone = source.end == source.first + 2;
        let list = self.introduced.get(word).filter(|_| lone)?;
        let before = list.partition_point(|(first, _)| *first < source.first);
        let mut bodies = list.get(..before)?.iter().take(MOST).map(|(_, entity)| *entity);
        let one = bodies.next()?;
        bodies.all(|other| other == one).then_some(one)
    }

    /// The one organisation named in this and the last paragraph, whom nothing was told there.
    fn only_body_about(&self, source: Source) -> Option<usize> {
        let (view, names) = (self.scene.view, self.scene.names);
        let own = self.scene.paragraph_start(source.first);
        let start = self.scene.paragraph_start(own.saturating_sub(1));
        let told = |m: &Mention| {
            m.start().checked_sub(1).is_some_and(|i| view.any(i, lex::TAKES_ADDRESSEE.or(lex::PREPOSITION)))
        };
        let body =
            |m: &&Mention| names.class(m) == Class::Organisation && !self.scene.marks.covers(m.first) && !told(m);
        let mut bodies = names.between(start, source.first).iter().filter(body).map(|m| m.entity);
        let one = bodies.next()?;
        bodies.all(|other| other == one).then_some(one)
    }
}

/// Whether the article gives an office of the entity `at`, and none that is called `word`.
fn bears_another(scene: Scene, at: usize, word: &str) -> bool {
    let offices = scene.names.entities.get(at).map(|e| e.offices.as_slice()).unwrap_or_default();
    let mut offices = offices.iter().flat_map(|(first, end)| *first..*end);
    let mut same = offices.clone().filter(|i| scene.view.is_word(*i, word));
    same.next().is_none() && offices.any(|i| scene.view.any(i, lex::ROLE))
}

/// Whether the entity `at` is an organisation.
fn names_body(scene: Scene, at: usize) -> bool {
    scene.names.entities.get(at).is_some_and(|e| e.class == Class::Organisation)
}
