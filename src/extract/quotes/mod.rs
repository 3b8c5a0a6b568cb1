//! Quotations, direct and reported, and their speakers.
//!
//! Marks are paired first; then cues (reporting verbs outside the marks) are found with their sources, the sources
//! resolved to names in the order of the text, and words tied to cues: those between marks and reported clauses.

mod ahead;
mod cue;
mod described;
mod direct;
mod foreign;
#[cfg(test)]
mod hard_cases;
mod indirect;
mod interview;
mod marks;
mod posts;
mod resolve;
mod scene;
mod sentence;
mod source;
mod subject;
mod terms;
#[cfg(test)]
mod tests;
mod turns;

use self::cue::Cue;
use self::direct::{Direct, Link};
use self::resolve::{Resolver, Speaker};
use self::scene::{Head, Scene, Source};
use super::names::lexicon::{self as lex, Language};
use super::names::view::View;
use super::names::{Class, Mention, Names};
use crate::annotations::{Quote, QuoteKind, Resolution, Span};
use crate::article::Article;
use crate::text::{Kind, Tokens};

/// Below this a speaker is a guess, and left out.
const LEAST: f32 = 0.5;

/// A floating quotation is farther from its cue than this many tokens only if paragraphs of it lie between.
const FLOAT: usize = 260;

/// Finds the quotations in the body of `article`, in the order of the text.
pub fn find(article: &Article, tokens: &Tokens, names: &Names) -> Vec<Quote> {
    let view = View { body: &article.body, tokens, flags: &names.flags };
    let marks = marks::find(view);
    let dateline = article.dateline.as_ref().map_or(0, |d| d.end);
    let first = tokens.partition_point(|t| t.start < dateline);
    let headline = article.title.as_deref().unwrap_or_default();
    let scene = Scene { view, names, marks: &marks, headline, first };
    let english = names.language == Language::English;
    let cues = if english { cue::find(scene) } else { foreign::cues(scene) };
    let resolver = Resolver::new(scene, &cues);
    let clauses = if english { indirect::find(scene, &cues) } else { foreign::reported(scene, &cues) };
    let mut writer = Writer { scene, cues: &cues, clauses: &clauses, resolver, quotes: Vec::new(), last: None };
    for quotation in direct::find(scene, &cues) {
        writer.direct(quotation);
    }
    for clause in &clauses {
        writer.indirect(*clause);
    }
    for (first, end, cue) in posts::behind_colon(scene, &cues) {
        if let Some(span) = writer.span(first, end) {
            writer.at_cue(vec![span], QuoteKind::Direct, cue, 0.9, end);
        }
    }
    let mut quotes = writer.quotes;
    turns::add(scene, &posts::embedded(scene), &mut quotes);
    turns::add(scene, &interview::find(scene), &mut quotes);
    quotes.sort_by_key(|q| q.spans.first().map(|s| (s.start, s.end)));
    quotes
}

/// Who spoke last, and where: what a floating quotation goes on from.
#[derive(Clone, Copy)]
struct Last {
    speaker: Speaker,
    at: usize,
}

struct Writer<'a> {
    scene: Scene<'a>,
    cues: &'a [Cue],
    clauses: &'a [indirect::Indirect],
    resolver: Resolver<'a>,
    quotes: Vec<Quote>,
    last: Option<Last>,
}

impl Writer<'_> {
    fn direct(&mut self, quotation: Direct) {
        let Some(stretches) = self.scene.marks.quoted.get(quotation.first..quotation.end) else { return };
        let spans: Vec<Span> = stretches.iter().filter_map(|q| self.span(q.first, q.end)).collect();
        let (Some(open), Some(close)) = (stretches.first().map(|q| q.open), stretches.last().map(|q| q.close)) else {
            return;
        };
        match quotation.link {
            Link::Split(_) => {
                if let Some(quote) = self.quotes.last_mut() {
                    quote.spans.extend(spans);
                }
            }
            Link::Cue(cue, sure) => self.at_cue(spans, QuoteKind::Direct, cue, sure, close),
            Link::Subject(source) => {
                let speaker = self.resolver.speaker(source);
                self.push(spans, QuoteKind::Direct, speaker, Some(source), None, 0.85);
                self.last = Some(Last { speaker, at: close.saturating_sub(1) });
            }
            Link::Floating => self.floating(spans, open, close),
            Link::Loose => self.push(spans, QuoteKind::Direct, unknown(), None, None, 1.0),
        }
    }

    fn at_cue(&mut self, spans: Vec<Span>, kind: QuoteKind, at: usize, sure: f32, close: usize) {
        let (Some(cue), Some(speaker)) = (self.cues.get(at), self.resolver.at(at)) else { return };
        self.push(spans, kind, speaker, Some(cue.source), Some(cue.verb), sure);
        if kind == QuoteKind::Direct {
            self.last = Some(Last { speaker, at: cue.verb.max(close.saturating_sub(1)) });
        }
    }

    /// A quotation without a cue: the speaker before it goes on, if near enough.
    fn floating(&mut self, spans: Vec<Span>, open: usize, close: usize) {
        let found = self.acts_between(open, close).or_else(|| self.speaker_before(open));
        let speaker = match found {
            Some(speaker) if speaker.entity.is_some() => {
                // Who is named at the words right before goes on speaking, however surely they were known.
                let goes_on =
                    self.last.is_some_and(|l| l.speaker == speaker && l.at >= self.scene.paragraph_start(open));
                let sure = speaker.confidence * 0.9;
                let confidence = if goes_on && speaker.confidence >= LEAST { sure.max(LEAST) } else { sure };
                Speaker { resolution: Resolution::Floating, confidence, ..speaker }
            }
            Some(speaker) => speaker,
            None => unknown(),
        };
        self.push(spans, QuoteKind::Direct, speaker, None, None, 1.0);
        if found.is_some() {
            self.last = Some(Last { speaker, at: close.saturating_sub(1) });
        }
    }

    /// `"Yes." She laughed. "Why not?"`: who does something between two quotations of one paragraph, the first of which
    /// is at its start.
    fn acts_between(&mut self, open: usize, close: usize) -> Option<Speaker> {
        let (view, marks) = (self.scene.view, self.scene.marks);
        if !view.starts_paragraph(open) || view.starts_paragraph(close) || !view.starts_sentence(close) {
            return None;
        }
        let next = marks.quoted.get(marks.quoted.partition_point(|q| q.open < close))?.open;
        let told = self.cues.partition_point(|c| c.verb < close) < self.cues.partition_point(|c| c.verb < next);
        let same = next - close < 40 && self.scene.paragraph_start(next) == open;
        if told || !same {
            return None;
        }
        self.subject_before(close, next)
    }

    /// Who was speaking when the quotation at `open` begins.
    fn speaker_before(&mut self, open: usize) -> Option<Speaker> {
        let paragraph = self.scene.paragraph_start(open);
        let previous = paragraph.checked_sub(1).map_or(0, |i| self.scene.paragraph_start(i));
        let reported = self.last_report(open);
        let quoted = self.last.map(|l| (l.at, l.speaker));
        // If nobody was reported in the sentence right before, its subject speaks.
        let sentence = open.checked_sub(1).map_or(0, |i| self.scene.sentence_start(i));
        let silent = ![reported, quoted].into_iter().flatten().any(|(at, _)| at >= sentence);
        if open > paragraph
            && silent
            && let Some(speaker) = self.subject_before(sentence, open)
        {
            return Some(speaker);
        }
        // A heading in between begins something else.
        let before = previous..paragraph;
        if open == paragraph && paragraph > 0 && self.is_heading(before.start, before.end) {
            return None;
        }
        // Somebody else named in between, of whom no speech is told, may as well be the one.
        let since = [reported, quoted].into_iter().flatten().map(|(at, _)| at).max().unwrap_or(0);
        if since < paragraph && self.names_somebody(paragraph, open) {
            return None;
        }
        let near = |at: usize| at >= previous && (open - at.min(open) < FLOAT || at >= paragraph);
        let recent = match (reported, quoted) {
            (Some(report), Some(quote)) if report.0 < quote.0 => Some(quote),
            (report, quote) => report.or(quote),
        };
        recent.filter(|(at, _)| near(*at)).map(|(_, speaker)| speaker)
    }

    /// Whether the paragraph from `start` to `end` is a short line that no stop ends, without a verb of saying.
    fn is_heading(&self, start: usize, end: usize) -> bool {
        let view = self.scene.view;
        let last = end.saturating_sub(1);
        let open = view.is(last, Kind::Word) || view.is(last, Kind::Number) || view.is(last, Kind::Close);
        open && end - start <= 14 && !(start..end).any(|i| view.any(i, lex::CUE) || self.scene.marks.covers(i))
    }

    /// Whether a person is named between the tokens `from` and `to`, outside marks.
    fn names_somebody(&self, from: usize, to: usize) -> bool {
        let names = self.scene.names;
        // A full name that no list knows is most likely a person's too.
        let view = self.scene.view;
        let unknown = |m: &Mention| {
            let plain = names.entity(m).is_some_and(|e| e.class == Class::Other && !e.place && e.name.contains(' '));
            plain && !m.start().checked_sub(1).is_some_and(|i| view.any(i, lex::DETERMINER))
        };
        let person = |m: &Mention| names.class(m) == Class::Person || unknown(m);
        names.between(from, to).iter().any(|m| person(m) && !self.scene.marks.covers(m.first))
    }

    /// Who does something in the sentence from `sentence` to `open`: at a cue without a clause ("X blamed the media."),
    /// or as its subject.
    fn subject_before(&mut self, sentence: usize, open: usize) -> Option<Speaker> {
        let at = self.cues.partition_point(|c| c.verb < open).checked_sub(1);
        let named = |c: &&Cue| c.verb >= sentence && !c.nested && !c.faint && matches!(c.source.head, Head::Name(_));
        let cue = at.filter(|at| self.cues.get(*at).as_ref().is_some_and(named));
        if let Some(speaker) = cue.and_then(|at| self.resolver.at(at)).filter(|s| s.entity.is_some()) {
            return Some(Speaker { confidence: speaker.confidence * 0.85, ..speaker });
        }
        let subject = sentence::subject_of_sentence(self.scene, sentence, open);
        let source = subject.filter(|s| !matches!(s.head, Head::Group))?;
        let speaker = self.resolver.speaker(source);
        // "A mother shook her head.": she speaks, whoever spoke before.
        if speaker.entity.is_none() && self.resolver.is_one_person(source) {
            return Some(speaker);
        }
        let entity = speaker.entity.and_then(|e| self.scene.names.entities.get(e))?;
        (entity.class == Class::Person).then_some(Speaker { confidence: speaker.confidence * 0.75, ..speaker })
    }

    /// The last reported clause before token `open`: where its verb stands, and who speaks.
    fn last_report(&self, open: usize) -> Option<(usize, Speaker)> {
        let verb = |clause: &indirect::Indirect| self.cues.get(clause.cue).map_or(0, |c| c.verb);
        let before = self.clauses.partition_point(|clause| verb(clause) < open);
        let mut latest = self.clauses.get(before.saturating_sub(8)..before)?.iter().rev();
        let clause = latest.find(|clause| self.cues.get(clause.cue).is_some_and(|c| !c.nested))?;
        Some((verb(clause), self.resolver.at(clause.cue)?))
    }

    fn indirect(&mut self, clause: indirect::Indirect) {
        let unquoted = (clause.first..clause.end).filter(|i| !self.scene.marks.covers(*i)).count();
        if unquoted < 3 || unquoted * 3 < clause.end - clause.first {
            return;
        }
        let parts = clause.lead.into_iter().chain([(clause.first, clause.end)]);
        let spans: Vec<Span> = parts.filter_map(|(first, end)| self.span(first, end)).collect();
        if !spans.is_empty() {
            self.at_cue(spans, QuoteKind::Indirect, clause.cue, 0.95, clause.end);
        }
    }

    fn span(&self, first: usize, end: usize) -> Option<Span> {
        let tokens = self.scene.view.tokens;
        let (a, b) = (tokens.get(first)?, tokens.get(end.checked_sub(1)?)?);
        Some(Span { start: a.start, end: b.end })
    }

    fn push(
        &mut self,
        spans: Vec<Span>,
        kind: QuoteKind,
        speaker: Speaker,
        source: Option<Source>,
        verb: Option<usize>,
        sure: f32,
    ) {
        let confidence = speaker.confidence * sure;
        let guess = speaker.entity.is_some() && confidence < LEAST;
        let (entity, resolution) =
            if guess { (None, Resolution::Unknown) } else { (speaker.entity, speaker.resolution) };
        let names = self.scene.names;
        self.quotes.push(Quote {
            spans,
            kind,
            speaker: entity.and_then(|e| names.entities.get(e)).map(|e| e.name.clone()),
            source: source.and_then(|s| self.named_span(s)),
            role: self.role(source, entity),
            verb: verb.and_then(|v| self.span(v, v + 1)),
            resolution,
            confidence,
            said_on: None,
        });
    }

    /// The words that name the source: the name alone, or the whole phrase.
    fn named_span(&self, source: Source) -> Option<Span> {
        match source.head {
            Head::Name(at) => self.scene.names.mentions.get(at).and_then(|m| self.span(m.first, m.end)),
            _ => self.span(source.first, source.end),
        }
    }

    /// The office as written: beside the name here, else where the person was first given one.
    fn role(&self, source: Option<Source>, entity: Option<usize>) -> Option<String> {
        let view = self.scene.view;
        let given = || entity.and_then(|e| self.scene.names.entities.get(e)).and_then(|e| e.offices.first().copied());
        let (mut first, mut end) = source.and_then(|s| s.role).or_else(given)?;
        while first < end && view.any(first, lex::DETERMINER) {
            first += 1;
        }
        while first < end && matches!(view.kind(end - 1), Some(Kind::Comma)) {
            end -= 1;
        }
        let text = view.slice(first, end);
        (!text.is_empty() && text.len() < 160).then(|| text.split_whitespace().collect::<Vec<_>>().join(" "))
    }
}

fn unknown() -> Speaker {
    Speaker { entity: None, resolution: Resolution::Unknown, confidence: 0.5 }
}
