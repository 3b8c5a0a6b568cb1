//! Which paragraphs of a page are its article: title, byline and date lines on top, running text, credit below,
//! and everything else out.
//!
//! Certain furniture (the phrase list, exact repeats) goes wherever it stands. Doubtful short lines go only where
//! furniture is to be expected: above the title, below the last full sentence, around players and lists of
//! headlines, and there only when the page has shown that it holds furniture at all.

mod credit;
mod repeats;
mod title;

use super::labels::{self, Label};
use super::layout::{Paragraph, label};
use super::phrases;
use super::prose::{ends_sentence, has_words, is_good, is_headline, is_listed, is_title_case};
use super::reason::Reason;
use crate::article::{Article, DateHint, Origin, Removed};

/// Fills body, lines and what else `paragraphs` tell (title, byline, date hints, source, credit) into `article`.
///
/// Fields that are known already stay. What is left out goes to `removed`.
pub fn clean(article: &mut Article, paragraphs: Vec<Paragraph<'_>>) {
    let mut page = Page::new(paragraphs);
    page.find_furniture();
    page.find_repeats();
    page.spare_lone_words();
    page.find_linked_headlines();
    page.find_labels(article);
    page.find_title(article);
    page.find_credit(article);
    page.find_footer();
    page.spare_the_text();
    page.finish(article);
}

/// What becomes of a paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Keep,
    Title,
    Cut(Reason),
}

/// What is known of a paragraph.
#[derive(Debug, Clone, Copy)]
struct Mark {
    fate: Fate,
    /// Whether it is a full sentence or more.
    good: bool,
    /// Whether it is a credit by its words; whether it is the credit of this article depends on its place.
    credit: bool,
}

struct Page<'t> {
    paragraphs: Vec<Paragraph<'t>>,
    /// One for each paragraph.
    marks: Vec<Mark>,
    /// Whether it holds furniture: then it is a page as scraped, not a text as written.
    furnished: bool,
}

/// How far from the top labels and the title may stand, in paragraphs.
const HEAD: usize = 60;

impl<'t> Page<'t> {
    fn new(paragraphs: Vec<Paragraph<'t>>) -> Page<'t> {
        let mark = |paragraph: &Paragraph| Mark { fate: Fate::Keep, good: is_good(&paragraph.text), credit: false };
        Page { marks: paragraphs.iter().map(mark).collect(), paragraphs, furnished: false }
    }

    fn text(&self, at: usize) -> &str {
        self.paragraphs.get(at).map_or("", |p| &p.text)
    }

    fn fate(&self, at: usize) -> Option<Fate> {
        self.marks.get(at).map(|mark| mark.fate)
    }

    fn kept(&self, at: usize) -> bool {
        self.fate(at) == Some(Fate::Keep)
    }

    fn is_cut_as(&self, at: usize, reason: Reason) -> bool {
        self.fate(at) == Some(Fate::Cut(reason))
    }

    fn good(&self, at: usize) -> bool {
        self.marks.get(at).is_some_and(|mark| mark.good && mark.fate == Fate::Keep)
    }

    fn is_credit(&self, at: usize) -> bool {
        self.marks.get(at).is_some_and(|mark| mark.credit && mark.fate == Fate::Keep)
    }

    fn decide(&mut self, at: usize, fate: Fate) {
        if let Some(mark) = self.marks.get_mut(at) {
            mark.fate = fate;
        }
    }

    fn cut(&mut self, at: usize, reason: Reason) {
        self.decide(at, Fate::Cut(reason));
    }

    fn len(&self) -> usize {
        self.paragraphs.len()
    }

    /// The first full sentence that is kept; the end if there is none.
    fn first_good(&self) -> usize {
        let is_good = |mark: &Mark| mark.good && mark.fate == Fate::Keep;
        self.marks.iter().position(is_good).unwrap_or(self.len())
    }

    /// Behind the last full sentence that is kept.
    fn behind_last_good(&self) -> usize {
        let is_good = |mark: &Mark| mark.good && mark.fate == Fate::Keep;
        self.marks.iter().rposition(is_good).map_or(0, |at| at + 1)
    }

    /// For each paragraph, the bytes that are kept above it; for the end, all of them.
    fn sizes(&self) -> Vec<usize> {
        let mut sizes = Vec::with_capacity(self.len() + 1);
        let mut sum = 0;
        sizes.push(sum);
        for (paragraph, mark) in self.paragraphs.iter().zip(&self.marks) {
            sum += if mark.fate == Fate::Keep { paragraph.text.len() } else { 0 };
            sizes.push(sum);
        }
        sizes
    }

    /// Cuts what the phrase list knows, and the headlines below the heading of a list of other articles. Credits wait.
    fn find_furniture(&mut self) {
        let mut lines = phrases::Lines::new(self.paragraphs.iter().map(|paragraph| &*paragraph.text));
        let mut at = 0;
        while at < self.len() {
            let text = self.text(at);
            match lines.furniture(at, text) {
                None => {}
                Some(Reason::Credit) => {
                    if let Some(mark) = self.marks.get_mut(at) {
                        mark.credit = true;
                    }
                }
                Some(reason) => {
                    let heads_a_list = reason == Reason::Related && phrases::heads_a_list(text);
                    self.furnished |= reason != Reason::Rule;
                    self.cut(at, reason);
                    if heads_a_list {
                        at = self.cut_headlines(at + 1, &mut lines);
                        continue;
                    }
                }
            }
            at += 1;
        }
    }

    /// Cuts the run of headlines that begins at `from`; gives what comes behind it.
    fn cut_headlines(&mut self, from: usize, lines: &mut phrases::Lines) -> usize {
        const MOST: usize = 12;
        let mut at = from;
        while at < self.len().min(from + MOST)
            && is_listed(self.text(at))
            && lines.furniture(at, self.text(at)) != Some(Reason::Credit)
        {
            self.cut(at, Reason::Related);
            at += 1;
        }
        at
    }

    fn has_candidate_before(&self, at: usize) -> bool {
        (0..at.min(HEAD))
            .any(|b| self.kept(b) && has_words(self.text(b), 4) && labels::labels(self.text(b), &|| false).is_empty())
    }

    /// Gives back single words between paragraphs of text: "Jobs" is a menu entry in a menu, a heading in a text.
    fn spare_lone_words(&mut self) {
        let (first, last) = (self.first_good(), self.behind_last_good());
        let lone: Vec<usize> = (first + 1..last)
            .filter(|at| {
                let text = self.text(*at);
                let spared = matches!(
                    self.fate(*at),
                    Some(Fate::Cut(Reason::Menu | Reason::Rule | Reason::Footer | Reason::Share | Reason::Related))
                );
                let is_ad = || text.get(..2).is_some_and(|begin| begin.eq_ignore_ascii_case("ad"));
                let between = || self.kept(at.saturating_sub(1)) && self.kept(at + 1);
                spared && between() && text.chars().all(char::is_alphabetic) && !is_ad()
            })
            .collect();
        for at in lone {
            self.decide(at, Fate::Keep);
        }
    }

    /// Cuts the headline of another article right above a player.
    fn find_linked_headlines(&mut self) {
        // Above the text it may be the headline of the article itself.
        for at in self.first_good() + 2..self.len() {
            let above = at - 1;
            if self.is_cut_as(at, Reason::Player)
                && self.kept(above)
                && !self.is_credit(above)
                && is_headline(self.text(above))
                && is_title_case(self.text(above))
            {
                self.cut(above, Reason::Related);
            }
        }
    }

    /// Takes bylines, dates and sources that stand around the title.
    fn find_labels(&mut self, article: &mut Article) {
        let end = (self.first_good() + 5).min(self.len()).min(HEAD);
        for at in 0..end {
            if !self.kept(at) || self.text(at).len() > labels::LONGEST {
                continue;
            }
            let near_date = || {
                if self.text(at).contains(" in ") {
                    [at.wrapping_sub(1), at + 1].iter().any(|near| self.is_date_line(*near))
                } else {
                    self.is_signature(at)
                }
            };
            let found = labels::labels(self.text(at), &near_date);
            let Some(reason) = found.first().map(reason_of) else { continue };
            self.cut(at, reason);
            for one in found {
                take_label(article, one);
            }
        }
    }

    /// Whether a line may be a name alone: below what may be the headline, above what somebody is, or a date.
    fn is_signature(&self, at: usize) -> bool {
        labels::is_bare_name(self.text(at))
            && (labels::is_role(self.text(at + 1)) || self.is_date_line(at + 1))
            && self.has_candidate_before(at)
    }

    fn is_date_line(&self, at: usize) -> bool {
        match self.fate(at) {
            Some(Fate::Cut(reason)) => reason == Reason::Date,
            Some(Fate::Keep) => labels::is_date(self.text(at), false),
            _ => false,
        }
    }

    fn cut_below(&mut self, from: usize, reason: Reason) {
        for below in from..self.len() {
            if self.kept(below) {
                self.cut(below, reason);
            }
        }
    }

    /// Cuts what stands below the text: all of it below a footer line, and runs of short lines on a furnished page.
    fn find_footer(&mut self) {
        let from = self.len() * 2 / 5;
        let sizes = self.sizes();
        let footer =
            (from..self.len()).find(|at| self.is_cut_as(*at, Reason::Footer) && sizes[*at] * 4 > sizes[self.len()] * 3);
        if let Some(footer) = footer {
            self.cut_below(footer, Reason::Footer);
        }
        let last = self.behind_last_good();
        let tail: Vec<usize> =
            (last..self.len()).filter(|at| self.kept(*at) && !ends_sentence(self.text(*at))).collect();
        let cut_near = (last..self.len()).any(|at| matches!(self.fate(at), Some(Fate::Cut(_))));
        if last > 0 && self.furnished && (tail.len() >= 3 || cut_near) {
            for at in tail {
                self.cut(at, Reason::Menu);
            }
        }
    }

    /// Whatever the rules say, what is left is an article: where they left nothing, the longest line that is no
    /// furniture comes back.
    fn spare_the_text(&mut self) {
        if self.marks.iter().any(|mark| mark.fate == Fate::Keep) {
            return;
        }
        let spared = |at: &usize| {
            let reasons = [Reason::Byline, Reason::Menu, Reason::Rule, Reason::Related, Reason::Credit];
            reasons.iter().any(|reason| self.is_cut_as(*at, *reason)) && has_words(self.text(*at), 5)
        };
        if let Some(at) = (0..self.len()).filter(spared).max_by_key(|at| self.text(*at).len()) {
            self.decide(at, Fate::Keep);
        }
    }

    fn finish(self, article: &mut Article) {
        let (mut size, mut kept, mut cut) = (0, 0, 0);
        for (paragraph, mark) in self.paragraphs.iter().zip(&self.marks) {
            match mark.fate {
                Fate::Keep => (size, kept) = (size + paragraph.text.len() + 2, kept + 1),
                Fate::Title => {}
                Fate::Cut(_) => cut += 1,
            }
        }
        article.body = String::with_capacity(size);
        article.lines = Vec::with_capacity(kept);
        article.removed.reserve(cut);
        for (paragraph, mark) in self.paragraphs.into_iter().zip(self.marks) {
            match mark.fate {
                Fate::Keep => {
                    if !article.body.is_empty() {
                        article.body.push_str("\n\n");
                    }
                    article.body.push_str(&paragraph.text);
                    article.lines.push(paragraph.line);
                }
                Fate::Title => {}
                Fate::Cut(reason) => {
                    let (text, reason) = (paragraph.text.into_owned(), reason.as_str().into());
                    article.removed.push(Removed { line: paragraph.line, text, reason });
                }
            }
        }
        article.removed.sort_by_key(|cut| cut.line);
    }
}

fn reason_of(label: &Label) -> Reason {
    match label {
        Label::Date { .. } => Reason::Date,
        Label::Byline(_) => Reason::Byline,
        Label::Source(_) => Reason::Menu,
    }
}

fn take_label(article: &mut Article, found: Label) {
    match found {
        // "2 hours ago" is told from a clock that nobody has any more.
        Label::Date { text, .. } if text.ends_with("ago") => {}
        Label::Date { text, modified } => article.date_hints.push(DateHint { origin: Origin::Text, text, modified }),
        Label::Byline(name) => {
            article.byline.get_or_insert_with(|| label(&name));
        }
        Label::Source(name) => {
            article.source.get_or_insert_with(|| label(&name));
        }
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
