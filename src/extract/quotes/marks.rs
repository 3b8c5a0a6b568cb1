//! Quotation marks: which opens, which closes, and what lies between.
//!
//! Knows straight, curly, low-high and angle marks, single ones as the British use them, and doubled single
//! ones (`''`, ` `` `) of old archives. A quotation that a paragraph leaves open goes on in the next if that begins
//! with a mark again; otherwise it ends with its paragraph. Marks inside marks are part of the words.

use crate::extract::names::lexicon;
use crate::extract::names::view::View;
use crate::text::Kind;

/// A stretch between quotation marks, within one paragraph.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Quoted {
    /// The token of the opening mark.
    pub open: usize,
    /// First token of the words.
    pub first: usize,
    /// Behind the last token of the words.
    pub end: usize,
    /// Behind the closing mark.
    pub close: usize,
    /// Whether it goes on with the stretch before it, from the paragraph before.
    pub continues: bool,
    /// Whether its closing mark is there.
    pub closed: bool,
}

/// All stretches of a text, and which token is in which.
#[derive(Debug, Default)]
pub(super) struct Marks {
    /// In the order of the text.
    pub quoted: Vec<Quoted>,
    /// For each token the stretch it is in (marks included), counted from 1; 0 outside.
    of: Vec<u32>,
}

impl Marks {
    /// Which stretch token `i` is in.
    pub(super) fn at(&self, i: usize) -> Option<usize> {
        self.of.get(i).and_then(|n| n.checked_sub(1)).map(|n| n as usize)
    }

    /// Whether token `i` is inside quotation marks, or one of them.
    pub(super) fn covers(&self, i: usize) -> bool {
        self.of.get(i).is_some_and(|n| *n > 0)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Family {
    Double,
    Single,
    Angle,
    Corner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Side {
    Opens,
    Closes,
    Either,
}

/// One mark: of one token, or of two glued single ones.
#[derive(Debug, Clone, Copy)]
struct Mark {
    first: usize,
    end: usize,
    family: Family,
    side: Side,
    /// A blank (or bracket, or dash) before, none behind.
    looks_open: bool,
    /// No blank before.
    looks_closed: bool,
}

#[derive(Debug, Clone, Copy)]
struct Open {
    family: Family,
    mark: usize,
    first: usize,
    low: bool,
    depth: u32,
    continues: bool,
}

/// Finds all stretches between quotation marks.
pub(super) fn find(view: View) -> Marks {
    let mut scanner = Scanner { view, marks: Marks { quoted: Vec::new(), of: vec![0; view.len()] }, open: None };
    let mut start = 0;
    let mut marks: Vec<usize> = Vec::new();
    while start < view.len() {
        marks.clear();
        let mut end = start;
        for token in view.tokens.get(start..).unwrap_or_default() {
            if end > start && token.starts_paragraph() {
                break;
            }
            if token.kind == Kind::Mark {
                marks.push(end);
            }
            end += 1;
        }
        scanner.paragraph(start, end, &marks);
        start = end;
    }
    scanner.marks
}

/// The last marks of a paragraph that can close.
#[derive(Debug, Clone, Copy)]
struct Last {
    single: Option<usize>,
    double: Option<usize>,
}

struct Scanner<'a> {
    view: View<'a>,
    marks: Marks,
    open: Option<Open>,
}

impl Scanner<'_> {
    /// The paragraph from token `start` up to `end`, whose quotation marks are the tokens `marks`.
    fn paragraph(&mut self, start: usize, end: usize, marks: &[usize]) {
        // A closing one stands close behind its words, or, where blanks were lost and won, between two.
        let blank = |i: usize| !self.view.is_glued(i) && !self.view.is_glued(i + 1);
        let closes = |i: &usize| self.view.word(*i) == "\"" && (self.view.is_glued(*i) || blank(*i));
        let backwards = || marks.iter().rev().copied();
        let last =
            Last { single: backwards().find(|i| is_single_close(self.view, *i)), double: backwards().find(closes) };
        let carried = self.open.take().map(|open| open.family);
        let mut behind = start;
        for &i in marks {
            let Some(mark) = Some(i).filter(|i| *i >= behind).and_then(|i| read(self.view, i)) else { continue };
            behind = mark.end;
            match self.open {
                None => {
                    let continues = mark.first == start && carried == Some(mark.family);
                    self.begin(mark, continues, last);
                }
                Some(open) if open.family == mark.family => self.same(open, mark, last),
                Some(_) => {}
            }
        }
        self.end_paragraph(end);
    }

    fn begin(&mut self, mark: Mark, continues: bool, last: Last) {
        let view = self.view;
        let glued_next = view.is_glued(mark.end) && !view.starts_paragraph(mark.end);
        let after_number = mark.first > 0 && view.is(mark.first - 1, Kind::Number) && view.is_glued(mark.first);
        // An opening mark with a blank too many behind it.
        let spaced = !glued_next && !view.is_glued(mark.first) && last.double.is_some_and(|i| i > mark.first);
        let begins = match mark.family {
            Family::Single => {
                mark.looks_open && last.single.is_some_and(|i| i > mark.first) && !is_elided(view, mark.end)
            }
            _ => (glued_next || mark.side == Side::Opens || spaced) && !(after_number && mark.side == Side::Either),
        };
        if begins {
            let low = view.word(mark.first).starts_with(['„', '‚', '»']);
            self.open = Some(Open { family: mark.family, mark: mark.first, first: mark.end, low, depth: 0, continues });
        }
    }

    /// A mark of the family of the open one.
    fn same(&mut self, open: Open, mark: Mark, last: Last) {
        let view = self.view;
        if open.family == Family::Single {
            if is_single_close(view, mark.first) && !is_plural_possessive(view, mark.first, last.single) {
                self.close(open, mark.first, mark.end);
            }
            return;
        }
        let opens_again = match mark.side {
            Side::Opens => !open.low && mark.looks_open,
            Side::Closes => false,
            Side::Either => mark.looks_open && !mark.looks_closed,
        };
        if opens_again && view.is(mark.first - 1, Kind::Stop) {
            // The closing mark was forgotten.
            self.finish(open, mark.first, mark.first, false);
            return self.begin(mark, false, last);
        }
        let depth = match (opens_again, open.depth) {
            (true, depth) => depth + 1,
            (false, 0) => return self.close(open, mark.first, mark.end),
            (false, depth) => depth - 1,
        };
        self.open = Some(Open { depth, ..open });
    }

    fn close(&mut self, open: Open, end: usize, close: usize) {
        self.finish(open, end, close, true);
    }

    fn finish(&mut self, open: Open, end: usize, close: usize, closed: bool) {
        self.open = None;
        if open.first >= end {
            return;
        }
        let quoted = Quoted { open: open.mark, first: open.first, end, close, continues: open.continues, closed };
        if let Some((before, after)) =
            between_dashes(self.view, open.first, end).filter(|_| open.family == Family::Angle)
        {
            self.push(Quoted { end: before, close: before, ..quoted });
            return self.push(Quoted { open: after, first: after + 1, continues: false, ..quoted });
        }
        self.push(quoted);
    }

    fn push(&mut self, quoted: Quoted) {
        let Quoted { open, close, .. } = quoted;
        self.marks.quoted.push(quoted);
        let number = self.marks.quoted.len() as u32;
        self.marks.of.iter_mut().take(close).skip(open).for_each(|n| *n = number);
    }

    /// A quotation still open goes on in the next paragraph, or ends here, or was none.
    fn end_paragraph(&mut self, end: usize) {
        let Some(open) = self.open else { return };
        if let Some(comma) = forgotten_close(self.view, open.first, end).filter(|_| open.family != Family::Single) {
            return self.finish(open, comma, comma, false);
        }
        let goes_on = self.view.is(end, Kind::Mark)
            && read(self.view, end).is_some_and(|m| m.family == open.family && m.looks_open);
        let before = open.mark.checked_sub(1).and_then(|i| self.view.kind(i));
        let introduced =
            self.view.starts_sentence(open.mark) || matches!(before, Some(Kind::Colon | Kind::Comma | Kind::Stop));
        if goes_on || (introduced && open.family != Family::Single && end - open.first >= 3) {
            self.finish(open, end, end, goes_on);
        }
        self.open = goes_on.then_some(open);
    }
}

/// The comma before `X said`, in a paragraph from `first` to `end` that closes no mark: there the closing one was
/// forgotten.
fn forgotten_close(view: View, first: usize, end: usize) -> Option<usize> {
    let attributed = |comma: &usize| {
        let verb = (comma + 1..end.min(comma + 6)).find(|i| view.any(*i, lexicon::CUE) && view.is_lower(*i));
        verb.is_some_and(|verb| {
            let said = matches!(view.word(verb), "said" | "says" | "told" | "added");
            let source = |i: usize| view.is_upper(i) || view.any(i, lexicon::SINGULAR_PRONOUN);
            let before = verb > comma + 1 && (comma + 1..verb).all(source);
            let behind = verb == comma + 1 && source(verb + 1);
            said && (before || behind)
        })
    };
    (first + 2..end).filter(|i| view.is(*i, Kind::Comma)).find(attributed)
}

/// `«A, – сказал X. – B»`: the attribution inside the marks, between dashes. Behind the words before it, and the dash behind
/// it.
fn between_dashes(view: View, first: usize, end: usize) -> Option<(usize, usize)> {
    let dash = |i: usize| view.is(i, Kind::Dash) && !view.is_glued(i);
    let stop = |i: usize| matches!(view.kind(i), Some(Kind::Comma | Kind::Stop));
    let opens = |i: &usize| dash(*i) && stop(i - 1) && view.is_lower(i + 1) && view.any(i + 1, lexicon::CUE);
    let open = (first + 2..end).find(opens)?;
    let close = (open + 2..end.min(open + 24)).find(|i| dash(*i) && stop(i - 1))?;
    (close + 1 < end).then_some((open, close))
}

/// Reads the mark that begins at token `i`.
fn read(view: View, i: usize) -> Option<Mark> {
    let (mut family, mut side) = kind_of(view.word(i))?;
    let mut end = i + 1;
    let doubled = family == Family::Single && view.is(end, Kind::Mark) && view.is_glued(end);
    if doubled && kind_of(view.word(end)).is_some_and(|(f, _)| f == Family::Single) && view.word(end) == view.word(i) {
        family = Family::Double;
        side = if view.word(i) == "`" { Side::Opens } else { Side::Either };
        end += 1;
    }
    let before = i.checked_sub(1).and_then(|at| view.kind(at));
    let space_before = !view.is_glued(i) || matches!(before, None | Some(Kind::Open | Kind::Dash));
    let space_behind = !view.is_glued(end) || end >= view.len();
    let after_mark = before == Some(Kind::Mark) && !view.is_glued(i.saturating_sub(1));
    Some(Mark {
        first: i,
        end,
        family,
        side,
        looks_open: (space_before || after_mark) && !space_behind,
        looks_closed: view.is_glued(i) && before.is_some(),
    })
}

fn kind_of(mark: &str) -> Option<(Family, Side)> {
    Some(match mark.chars().next()? {
        '"' => (Family::Double, Side::Either),
        '“' | '„' | '‟' => (Family::Double, Side::Opens),
        '”' => (Family::Double, Side::Closes),
        '\'' => (Family::Single, Side::Either),
        '‘' | '`' | '‚' | '‛' | '‹' => (Family::Single, Side::Opens),
        '’' | '›' => (Family::Single, Side::Closes),
        '«' => (Family::Angle, Side::Opens),
        '»' => (Family::Angle, Side::Closes),
        '「' | '『' => (Family::Corner, Side::Opens),
        '」' | '』' => (Family::Corner, Side::Closes),
        _ => return None,
    })
}

fn is_single_close(view: View, i: usize) -> bool {
    view.is_glued(i)
        && matches!(view.word(i), "'" | "’" | "›" | "‘")
        && !(view.is_glued(i + 1) && view.is(i + 1, Kind::Word))
}

/// `the ministers' talks`: an apostrophe, if something that closes better is still to come.
fn is_plural_possessive(view: View, i: usize, last: Option<usize>) -> bool {
    let before = view.word(i.saturating_sub(1));
    before.ends_with('s') && view.is_lower(i + 1) && !view.is_glued(i + 1) && last.is_some_and(|last| last > i)
}

/// `'90s`, `'em`: a letter left out.
fn is_elided(view: View, next: usize) -> bool {
    view.is(next, Kind::Number) && view.word(next).ends_with('s')
        || ["em", "til", "tis", "twas", "cause", "n"].iter().any(|word| view.is_word(next, word))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Tokens;

    fn stretches(body: &str) -> Vec<String> {
        let tokens = Tokens::scan(body);
        let flags = lexicon::look_up(body, &tokens, None);
        let view = View { body, tokens: &tokens, flags: &flags };
        find(view).quoted.iter().map(|q| view.slice(q.first, q.end).to_owned()).collect()
    }

    #[test]
    fn marks_of_all_styles() {
        let table: &[(&str, &[&str])] = &[
            ("He said \"yes,\" and left.", &["yes,"]),
            ("He said “yes,” and left.", &["yes,"]),
            ("He said „yes“ and left.", &["yes"]),
            ("He said «yes» and left.", &["yes"]),
            ("He said »yes« and left.", &["yes"]),
            ("He said 'it isn't the ministers' fault' and left.", &["it isn't the ministers' fault"]),
            ("He said ‘it’s the ministers’ fault’ and left.", &["it’s the ministers’ fault"]),
            ("``We won,'' he said. ''Yes.''", &["We won,", "Yes."]),
            ("The workers' party and the '90s", &[]),
            ("\"She told me 'no' twice,\" he said.", &["She told me 'no' twice,"]),
            ("“He said “no” to me,” she said.", &["He said “no” to me,"]),
            ("\"One.\n\n\"Two,\" he said.", &["One.", "Two,"]),
            ("\"One is open.\n\nTwo is not.", &["One is open."]),
            ("said: \"Sad news. \"At this stage we wait,\" he added.", &["Sad news.", "At this stage we wait,"]),
            ("It is \"not sufficient,\"Doe said.", &["not sufficient,"]),
            ("It stays 5\" thick.", &[]),
            ("", &[]),
        ];
        for (text, expected) in table {
            assert_eq!(&stretches(text), expected, "{text:?}");
        }
    }

    #[test]
    fn ten_thousand_marks_are_no_trouble() {
        for unit in ["\"", "'", "“ ", "' a", "\" \n\n", "«"] {
            stretches(&unit.repeat(10_000));
        }
    }
}
