//! The text of an article with what was found in it: quotations in the colour of their speaker, places, dates, and below
//! it who speaks.
//!
//! Marks that need no colour: every quotation ends with the number of its speaker, reported ones (and spoken ones that
//! the text leaves without marks) stand in braces, places between `_`, dates between `/`.

use std::io::{self, Write};

use anstyle::{AnsiColor, Style};
use unicode_width::UnicodeWidthStr;

use super::paint::Paint;
use super::plain;
use crate::annotations::{Annotations, Quote, QuoteKind, Resolution, Span};
use crate::article::Article;

/// Lines longer than this are hard to read, however wide the terminal is.
const WIDEST: usize = 100;

/// Attributions less sure than this are shown with a question mark.
const SURE: f32 = 0.7;

/// The speakers' colours, in the order in which they appear; first those that a light and a dark ground both bear.
const COLORS: [AnsiColor; 12] = [
    AnsiColor::Magenta,
    AnsiColor::Green,
    AnsiColor::Cyan,
    AnsiColor::Red,
    AnsiColor::Blue,
    AnsiColor::Yellow,
    AnsiColor::BrightMagenta,
    AnsiColor::BrightGreen,
    AnsiColor::BrightCyan,
    AnsiColor::BrightRed,
    AnsiColor::BrightBlue,
    AnsiColor::BrightYellow,
];

/// Somebody who speaks in the article.
struct Voice<'a> {
    /// The name, or the article's words for somebody it does not name; `None` where nobody could be told.
    name: Option<&'a str>,
    named: bool,
    role: Option<&'a str>,
    style: Style,
    direct: usize,
    reported: usize,
    /// The least and the most sure of the attributions.
    sure: (f32, f32),
}

/// What stands at a place of the body: a style from there on, or a text put in.
struct Mark {
    span: Span,
    style: Style,
    before: &'static str,
    after: String,
}

/// Writes the body of `article`, marked, and the list of its speakers.
pub(super) fn body(article: &Article, found: &Annotations, paint: &Paint, out: &mut impl Write) -> io::Result<()> {
    let paint = Paint { width: paint.width.min(WIDEST), ..*paint };
    let (voices, number) = voices(article, found);
    let mut marks: Vec<Mark> = Vec::new();
    for (quote, number) in found.quotes.iter().zip(&number) {
        let style = voices.get(*number).map_or(Style::new(), |voice| voice.style);
        marks.extend(quote.spans.iter().map(|span| of_quote(article, quote, *span, *number, style)));
    }
    let sign = |sign: &'static str| if paint.color { "" } else { sign };
    let thing = |span: &Span, style: Style, with: &'static str| Mark {
        span: *span,
        style,
        before: sign(with),
        after: sign(with).to_owned(),
    };
    marks.extend(found.places.iter().flat_map(|p| &p.mentions).map(|span| thing(span, Style::new().underline(), "_")));
    marks.extend(found.dates.iter().map(|date| thing(&date.span, Style::new().italic(), "/")));
    for (start, paragraph) in article.paragraphs() {
        out.write_all(b"\n")?;
        flow(&paint, out, 0, &styled(start, paragraph, &marks))?;
    }
    legend(&voices, &paint, out)
}

/// Who speaks, in the order of the text, and for each quotation its place among them.
fn voices<'a>(article: &'a Article, found: &'a Annotations) -> (Vec<Voice<'a>>, Vec<usize>) {
    let mut voices: Vec<Voice> = Vec::new();
    let mut numbers = Vec::with_capacity(found.quotes.len());
    for quote in &found.quotes {
        let words = quote.source.and_then(|span| article.body.get(span.range()));
        let unnamed = words.filter(|_| quote.resolution == Resolution::Unnamed);
        let name = quote.speaker.as_deref().or(unnamed);
        let named = quote.speaker.is_some();
        let at = voices.iter().position(|voice| voice.name == name && voice.named == named).unwrap_or_else(|| {
            let hues = voices.iter().filter(|voice| voice.named).count();
            let color = COLORS.get(hues % COLORS.len()).copied().filter(|_| named);
            let style = Style::new().fg_color(color.map(Into::into));
            voices.push(Voice { name, named, role: None, style, direct: 0, reported: 0, sure: (1.0, 0.0) });
            voices.len() - 1
        });
        if let Some(voice) = voices.get_mut(at) {
            let count = if quote.kind == QuoteKind::Direct { &mut voice.direct } else { &mut voice.reported };
            *count += 1;
            voice.role = voice.role.or(quote.role.as_deref());
            voice.sure = (voice.sure.0.min(quote.confidence), voice.sure.1.max(quote.confidence));
        }
        numbers.push(at);
    }
    (voices, numbers)
}

/// The mark of one stretch of a quotation.
fn of_quote(article: &Article, quote: &Quote, span: Span, number: usize, style: Style) -> Mark {
    let before = article.body.get(..span.start as usize).and_then(|text| text.trim_end().chars().next_back());
    let in_marks = before.is_some_and(|c| "\"“„«»‹›'‘’`「『".contains(c));
    let braces = quote.kind == QuoteKind::Indirect || !in_marks;
    let doubt = if quote.speaker.is_some() && quote.confidence < SURE { "?" } else { "" };
    let (before, close) = if braces { ("{", "}") } else { ("", "") };
    Mark { span, style, before, after: format!("{close}[{}{doubt}]", number + 1) }
}

/// A paragraph that begins at byte `start` of the body, cut where marks begin and end.
fn styled(start: usize, paragraph: &str, marks: &[Mark]) -> Vec<Styled> {
    let whole = start..start + paragraph.len();
    let here: Vec<&Mark> =
        marks.iter().filter(|m| (m.span.start as usize) < whole.end && m.span.end as usize > whole.start).collect();
    let mut cuts: Vec<usize> = here.iter().flat_map(|m| [m.span.start as usize, m.span.end as usize]).collect();
    cuts.extend([whole.start, whole.end]);
    cuts.retain(|cut| (whole.start..=whole.end).contains(cut));
    cuts.sort_unstable();
    cuts.dedup();
    let mut pieces = Vec::new();
    for pair in cuts.windows(2) {
        let &[from, to] = pair else { continue };
        let over = || here.iter().filter(|m| m.span.start as usize <= from && to <= m.span.end as usize);
        let style = over().fold(Style::new(), |style, mark| merged(style, mark.style));
        let before: String = over().filter(|m| m.span.start as usize == from).map(|m| m.before).collect();
        // Behind the closing mark of the text, so that the number does not stand inside it.
        let after: String = over().rev().filter(|m| m.span.end as usize == to).map(|m| m.after.as_str()).collect();
        let text = plain(paragraph.get(from - start..to - start).unwrap_or_default()).into_owned();
        for (style, text) in [(style, before), (style, text), (style, after)] {
            if !text.is_empty() {
                pieces.push(Styled { style, text });
            }
        }
    }
    pieces
}

fn merged(a: Style, b: Style) -> Style {
    let color = b.get_fg_color().or(a.get_fg_color());
    Style::new().fg_color(color).effects(a.get_effects() | b.get_effects())
}

/// A stretch of text and how it is shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Styled {
    /// Its style, left out where there is no colour.
    pub style: Style,
    /// The text, without anything that steers a terminal.
    pub text: String,
}

/// Writes pieces wrapped at blanks, each line but the first behind `indent` blanks.
pub(super) fn flow(paint: &Paint, out: &mut impl Write, indent: usize, pieces: &[Styled]) -> io::Result<()> {
    let room = paint.width.saturating_sub(indent).max(20);
    let mut column = 0;
    for word in words(pieces) {
        let width: usize = word.iter().map(|(_, text)| text.width()).sum();
        if column > 0 && column + 1 + width > room {
            write!(out, "\n{:indent$}", "")?;
            column = 0;
        } else if column > 0 {
            out.write_all(b" ")?;
            column += 1;
        }
        for (style, text) in word {
            let bare = !paint.color || style == Style::new();
            if bare { write!(out, "{text}")? } else { write!(out, "{style}{text}{style:#}")? }
        }
        column += width;
    }
    out.write_all(b"\n")
}

/// The pieces cut at blanks, those that stand together in one word.
fn words(pieces: &[Styled]) -> Vec<Vec<(Style, &str)>> {
    let mut words: Vec<Vec<(Style, &str)>> = Vec::new();
    let mut open = false;
    for piece in pieces {
        for (i, part) in piece.text.split(' ').enumerate() {
            open &= i == 0;
            if part.is_empty() {
                continue;
            }
            match words.last_mut().filter(|_| open) {
                Some(word) => word.push((piece.style, part)),
                None => words.push(vec![(piece.style, part)]),
            }
            open = true;
        }
        open &= !piece.text.ends_with(' ');
    }
    words
}

/// Who speaks: number, name, office, how many quotations, and how sure they are.
fn legend(voices: &[Voice], paint: &Paint, out: &mut impl Write) -> io::Result<()> {
    if voices.is_empty() {
        return Ok(());
    }
    let signs = if paint.color { "places underlined, dates in italics" } else { "_place_, /date/" };
    out.write_all(b"\n")?;
    let text = format!("\"...\"[n] quoted, {{...}}[n] reported, [n?] not sure; {signs}");
    flow(paint, out, 0, &[Styled { style: Style::new().dimmed(), text }])?;
    for (number, voice) in voices.iter().enumerate() {
        let name = match voice.name {
            Some(name) if voice.named => name.to_owned(),
            Some(words) => format!("({words})"),
            None => "nobody who could be told".to_owned(),
        };
        let count = |n: usize, what: &str| (n > 0).then(|| format!("{n} {what}"));
        let mut parts: Vec<String> = voice.role.filter(|_| voice.named).map(str::to_owned).into_iter().collect();
        parts.extend(count(voice.direct, "quoted"));
        parts.extend(count(voice.reported, "reported"));
        let (least, most) = voice.sure;
        match voice.named {
            true if most - least < 0.005 => parts.push(format!("sure {most:.2}")),
            true => parts.push(format!("sure {least:.2}-{most:.2}")),
            false => {}
        }
        let rest = plain(&parts.join(" · ")).into_owned();
        let name = Styled { style: voice.style, text: format!("[{}] {}", number + 1, plain(&name)) };
        flow(paint, out, 0, &[name, Styled { style: Style::new(), text: format!("  {rest}") }])?;
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::extract::annotate;
    use crate::text::Lexer;

    fn shown(body: &str, width: usize, color: bool) -> String {
        let mut article = Article { body: body.to_owned(), ..Article::default() };
        let found = annotate(&mut article, &mut Lexer::default());
        let mut out = Vec::new();
        super::body(&article, &found, &Paint { color, width, links: None }, &mut out).unwrap();
        String::from_utf8(out).unwrap()
    }

    const BODY: &str = "Sergei Lavrov arrived in Geneva. \"The talks go on,\" Lavrov said.\n\nAntony Blinken said the talks \
                        were over. \"Nobody is sure,\" a diplomat said.";

    #[test]
    fn marks_are_readable_without_colour() {
        let expected = "\nSergei Lavrov arrived in _Geneva_. \"The talks go on,[1]\" Lavrov said.\n\
                        \nAntony Blinken said {the talks were over}[2]. \"Nobody is sure,[3]\" a diplomat said.\n\
                        \n\"...\"[n] quoted, {...}[n] reported, [n?] not sure; _place_, /date/\n\
                        [1] Sergei Lavrov 1 quoted \u{b7} sure 0.91\n\
                        [2] Antony Blinken 1 reported \u{b7} sure 0.92\n\
                        [3] (a diplomat) 1 quoted\n";
        assert_eq!(shown(BODY, 120, false), expected);
    }

    #[test]
    fn speakers_have_colours_of_their_own_and_lines_their_width() {
        let colored = shown(BODY, 120, true);
        assert!(colored.contains("\u{1b}[35mThe") && colored.contains("\u{1b}[32mtalks"), "{colored:?}");
        assert!(colored.contains("\u{1b}[4mGeneva\u{1b}[0m"), "{colored:?}");
        assert!(shown(BODY, 40, false).lines().all(|line| line.len() <= 42));
    }
}
