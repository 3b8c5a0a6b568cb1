//! The credit of an article: who reported, wrote and edited it, below the text or in brackets at its end.

use super::Page;
use crate::article::{Article, Removed};
use crate::clean::prose::is_good;
use crate::clean::reason::Reason;

impl Page<'_> {
    /// Takes the credit below the text, and with it what stands below that.
    pub(super) fn find_credit(&mut self, article: &mut Article) {
        self.split_inline_credit(article);
        if !self.marks.iter().any(|mark| mark.credit) {
            return;
        }
        let total = self.len();
        let from = if total <= 4 { 1 } else { total / 3 };
        let sizes = self.sizes();
        // A credit has text above it, and more than is left below.
        let mut lower_half = (from..total).filter(|at| sizes[*at] * 2 > sizes[total]);
        let first = lower_half.find(|at| self.is_credit(*at));
        let Some(first) = first else { return };
        for at in first..total {
            if self.is_credit(at) {
                let credit = without_brackets(self.text(at)).to_owned();
                add_credit(article, &credit);
                self.cut(at, Reason::Credit);
            } else if self.kept(at) {
                self.cut(at, Reason::Footer);
            }
        }
    }

    /// Cuts "(Reporting by ..; Editing by ..)" off the end of the last paragraph, and what stands below it.
    fn split_inline_credit(&mut self, article: &mut Article) {
        const NEAREST: usize = 60;
        let lowest = (0..self.len()).rev().take(NEAREST).filter(|at| self.kept(*at));
        let mut found = lowest.filter_map(|at| Some((at, inline_credit(self.text(at))?)));
        let Some((at, start)) = found.find(|(_, start)| *start > 0) else { return };
        let sizes = self.sizes();
        let half = sizes.last().copied().unwrap_or(0) / 2;
        if sizes.get(at + 1).is_none_or(|size| *size <= half) {
            return;
        }
        let credit = without_brackets(self.text(at).get(start..).unwrap_or_default()).to_owned();
        let (Some(paragraph), Some(mark)) = (self.paragraphs.get_mut(at), self.marks.get_mut(at)) else { return };
        let text = paragraph.text.to_mut();
        text.truncate(start);
        text.truncate(text.trim_end().len());
        mark.good = is_good(text);
        let cut = Removed { line: paragraph.line, text: credit.clone(), reason: Reason::Credit.as_str().into() };
        article.removed.push(cut);
        add_credit(article, &credit);
        self.cut_below(at + 1, Reason::Footer);
    }
}

fn without_brackets(text: &str) -> &str {
    text.trim_matches(['(', ')', '[', ']', ' '])
}

fn add_credit(article: &mut Article, credit: &str) {
    match &mut article.credit {
        Some(known) if known.contains(credit) => {}
        Some(known) => {
            known.push_str("; ");
            known.push_str(credit);
        }
        None => article.credit = Some(credit.to_owned()),
    }
}

/// Where "(Reporting by" begins, if the text ends with it.
fn inline_credit(text: &str) -> Option<usize> {
    const LONGEST: usize = 500;
    let is_closed = match text.as_bytes() {
        [.., b')' | b']'] | [.., b')' | b']', b'.'] => true,
        [.., b'.', b'.'] => text.trim_end_matches('.').ends_with([')', ']']),
        _ => false,
    };
    if !is_closed {
        return None;
    }
    let from = text.ceil_char_boundary(text.len().saturating_sub(LONGEST));
    let tail = text.get(from..)?;
    let openings = [
        "Reporting by",
        "Additional reporting",
        "Writing by",
        "Editing by",
        "With reporting",
        "With inputs",
        "With input from",
        "Compiled by",
    ];
    tail.match_indices(['(', '[']).find_map(|(at, _)| {
        let inside = tail.get(at + 1..)?;
        let opens = openings.iter().any(|o| inside.get(..o.len()).is_some_and(|head| head.eq_ignore_ascii_case(o)));
        opens.then_some(from + at)
    })
}
