//! Hits for people at a terminal: quiet, aligned, dates and outlets where the eye finds them.

use std::io::{self, Write};

use unicode_width::UnicodeWidthStr;

use super::paint::{Paint, Piece, Role, fitted, pieces};
use super::{Head, Writer, mentions};
use crate::annotations::{QuoteKind, Resolution};
use crate::results::{ArticleHit, Hit, Passage, QuoteHit, Source, Spelt, Totals};

/// Columns of the number before a hit, and of the indent below it.
const INDENT: usize = 4;
/// Names of places and speakers shown of one article.
const NAMES: usize = 4;

/// Writes hits.
pub struct Text<W: Write> {
    out: W,
    paint: Paint,
    whole_paths: bool,
    what: String,
    order: String,
    begun: bool,
}

impl<W: Write> Text<W> {
    /// Over `out`. In rows of one line, paths are cut to the width unless `whole_paths` are wanted.
    pub fn new(out: W, paint: Paint, whole_paths: bool) -> Text<W> {
        Text { out, paint, whole_paths, what: String::new(), order: String::new(), begun: false }
    }
}

impl<W: Write> Writer for Text<W> {
    fn begin(&mut self, head: &Head<'_>) -> io::Result<()> {
        head.what.clone_into(&mut self.what);
        self.order = head.how();
        self.begun = false;
        Ok(())
    }

    fn hit(&mut self, number: usize, totals: &Totals, hit: Hit<'_>) -> io::Result<()> {
        // Rows that stand one below another are for tools, too: nothing but rows.
        let rows = matches!(hit, Hit::Mention(..) | Hit::Sentence(..));
        if !std::mem::replace(&mut self.begun, true) && !rows {
            summary(&mut self.out, &self.paint, totals, &self.what, &self.order)?;
        }
        match hit {
            Hit::Article(hit) => article(&mut self.out, &self.paint, number, hit),
            Hit::Quote(hit) => quote(&mut self.out, &self.paint, number, hit),
            Hit::Mention(source, mention) => {
                mentions::line(&mut self.out, &self.paint, self.whole_paths, source, mention)
            }
            Hit::Sentence(source, sentence) => self::sentence(&mut self.out, &self.paint, source, sentence),
        }
    }

    fn end(&mut self, _: &Totals, _: usize) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// The line above the hits: how many, from when to when, in which order.
pub fn summary(out: &mut impl Write, paint: &Paint, totals: &Totals, what: &str, order: &str) -> io::Result<()> {
    let line = [Piece { text: span_of(totals, what, order), marked: false }];
    paint.wrapped(out, 0, Role::Faint, &line)
}

/// How many, from when to when, in which order, in words.
pub fn span_of(totals: &Totals, what: &str, order: &str) -> String {
    let counted = |count: u64, (one, many)| format!("{} {}", grouped(count), if count == 1 { one } else { many });
    let plural = format!("{what}s");
    let mut line = counted(totals.total, (what, plural.as_str()));
    if matches!(what, "mention" | "sentence") {
        line = format!("{line} in {}", counted(totals.stories, ("article", "articles")));
    } else if totals.stories < totals.total {
        // Articles fold to stories; quotations stay quotations.
        let folded = if what == "article" { ("story", "stories") } else { (what, plural.as_str()) };
        line = format!("{} ({line} with copies)", counted(totals.stories, folded));
    }
    if let Some(mentions) = totals.mentions.filter(|mentions| *mentions > 0 && what != "mention") {
        line.push_str(&format!(" · {}", counted(mentions, ("mention", "mentions"))));
    }
    match (totals.first, totals.last) {
        (Some(first), Some(last)) if first == last => line.push_str(&format!(" · {first}")),
        (Some(first), Some(last)) => line.push_str(&format!(" · {first} … {last}")),
        _ => {}
    }
    if totals.undated > 0 {
        line.push_str(&format!(" · {} undated", grouped(totals.undated)));
    }
    if !order.is_empty() {
        line.push_str(&format!(" · {order}"));
    }
    line
}

/// Spellings shown of one answer.
const SPELLINGS: usize = 8;

/// In which other spellings names were looked for: `also searched: Zelenskiy, Зеленський`. `None` if in none.
pub fn also_searched(spelt: &[Spelt]) -> Option<String> {
    let mut forms: Vec<String> = Vec::new();
    // The surest of each name first.
    let longest = spelt.iter().map(|spelt| spelt.forms.len()).max().unwrap_or(0);
    for form in (0..longest).flat_map(|i| spelt.iter().filter_map(move |spelt| spelt.forms.get(i))) {
        let form = capitalised(form);
        if !forms.contains(&form) {
            forms.push(form);
        }
    }
    let more = forms.len().saturating_sub(SPELLINGS);
    forms.truncate(SPELLINGS);
    let more = if more > 0 { format!(" +{more}") } else { String::new() };
    (!forms.is_empty()).then(|| format!("also searched: {}{more}", forms.join(", ")))
}

/// A folded name as names are written: each word with a capital.
pub fn capitalised(name: &str) -> String {
    let word = |word: &str| {
        let mut letters = word.chars();
        letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect::<String>()
    };
    name.split(' ').map(word).collect::<Vec<_>>().join(" ")
}

/// One article, numbered from 1.
pub fn article(out: &mut impl Write, paint: &Paint, number: usize, hit: &ArticleHit) -> io::Result<()> {
    out.write_all(b"\n")?;
    let title = hit.source.title.as_deref().unwrap_or("(no headline)");
    let marks = pieces(title, &hit.title_highlights);
    heading(out, paint, number, title, &marks, &hit.source)?;
    let mentions = match hit.mentions {
        0 => String::new(), // found by what has no place in the text, such as its date
        1 => "1 mention".to_owned(),
        many => format!("{} mentions", grouped(many as u64)),
    };
    let copies = copies(hit.copies);
    place_line(out, paint, &hit.source, hit.line, [mentions, copies].join("  ").trim())?;
    for passage in &hit.passages {
        self::passage(out, paint, passage)?;
    }
    names_line(out, paint, hit)
}

/// Headline at the left; date and outlet at the right.
fn heading(
    out: &mut impl Write,
    paint: &Paint,
    number: usize,
    title: &str,
    marks: &[Piece],
    source: &Source,
) -> io::Result<()> {
    let (date, outlet) = (date_of(source), source.source.as_deref().unwrap_or(""));
    let outlet = fitted(outlet, 24);
    let right = date.width() + 2 + outlet.width();
    let room = paint.width.saturating_sub(INDENT + 2 + right).max(20);
    paint.put(out, Role::Faint, &format!("{number:>2}  "))?;
    let shown = fitted(title, room);
    if shown.width() < title.width() {
        paint.put(out, Role::Title, &shown)?;
    } else {
        for piece in marks {
            paint.put(out, if piece.marked { Role::Match } else { Role::Title }, &piece.text)?;
        }
    }
    let gap = room.saturating_sub(shown.width()) + 2;
    write!(out, "{:gap$}", "")?;
    paint.put(out, Role::Date, &date)?;
    if !outlet.is_empty() {
        out.write_all(b"  ")?;
        paint.put(out, Role::Source, &outlet)?;
    }
    out.write_all(b"\n")
}

/// File, line and record; id; and one thing more.
fn place_line(out: &mut impl Write, paint: &Paint, source: &Source, line: u32, more: &str) -> io::Result<()> {
    write!(out, "{:INDENT$}", "")?;
    let path = format!("{}:{line}", super::plain(&source.path));
    paint.link(out, &path, &source.path, line)?;
    let id = source.id.get(..8).unwrap_or(&source.id);
    let rest = format!("  {id}  {more}");
    if INDENT + path.width() + rest.trim_end().width() > paint.width {
        // A path is never cut: what follows it goes to a line of its own.
        write!(out, "\n{:width$}", "", width = INDENT - 2)?;
    }
    paint.put(out, Role::Faint, rest.trim_end())?;
    out.write_all(b"\n")
}

fn passage(out: &mut impl Write, paint: &Paint, passage: &Passage) -> io::Result<()> {
    let mut all = Vec::new();
    if passage.cut_before {
        all.push(Piece { text: "… ".to_owned(), marked: false });
    }
    all.extend(pieces(&passage.text, &passage.highlights));
    if passage.cut_after {
        all.push(Piece { text: " …".to_owned(), marked: false });
    }
    paint.wrapped(out, INDENT, Role::Text, &all)
}

/// Places and speakers, the most often named first.
fn names_line(out: &mut impl Write, paint: &Paint, hit: &ArticleHit) -> io::Result<()> {
    let short = |names: &[String]| {
        let mut line = names.iter().take(NAMES).cloned().collect::<Vec<_>>().join(", ");
        if names.len() > NAMES {
            line.push_str(&format!(" +{}", names.len() - NAMES));
        }
        line
    };
    let parts: Vec<String> = [("places", &hit.places), ("quoted", &hit.speakers)]
        .iter()
        .filter(|(_, names)| !names.is_empty())
        .map(|(label, names)| format!("{label}: {}", short(names)))
        .collect();
    if parts.is_empty() {
        return Ok(());
    }
    let line = [Piece { text: super::plain(&parts.join(" · ")).into_owned(), marked: false }];
    paint.wrapped(out, INDENT, Role::Faint, &line)
}

/// One sentence below its date, outlet, file and line.
fn sentence(out: &mut impl Write, paint: &Paint, source: &Source, sentence: &Passage) -> io::Result<()> {
    paint.put(out, Role::Date, &date_of(source))?;
    for (role, text) in [(Role::Source, &source.source), (Role::Speaker, &sentence.speaker)] {
        if let Some(text) = text {
            out.write_all(b"  ")?;
            paint.put(out, role, &fitted(text, 24))?;
        }
    }
    out.write_all(b"  ")?;
    paint.link(out, &format!("{}:{}", super::plain(&source.path), sentence.line), &source.path, sentence.line)?;
    out.write_all(b"\n")?;
    paint.wrapped(out, INDENT, Role::Text, &pieces(&sentence.text, &sentence.highlights))
}

/// One quotation, numbered from 1.
pub fn quote(out: &mut impl Write, paint: &Paint, number: usize, hit: &QuoteHit) -> io::Result<()> {
    out.write_all(b"\n")?;
    paint.put(out, Role::Faint, &format!("{number:>2}  "))?;
    let (who, known) = speaker(hit);
    paint.put(out, if known { Role::Speaker } else { Role::Faint }, &who)?;
    if let Some(role) = hit.role.as_deref().filter(|role| !who.contains(role)) {
        paint.put(out, Role::Faint, &format!(", {role}"))?;
    }
    out.write_all(b"  ")?;
    paint.put(out, Role::Date, &date_of(&hit.source))?;
    if let Some(outlet) = &hit.source.source {
        out.write_all(b"  ")?;
        paint.put(out, Role::Source, outlet)?;
    }
    out.write_all(b"\n")?;
    let (open, close) = if hit.kind == QuoteKind::Direct { ("“", "”") } else { ("", "") };
    let mark = |text: &str| Piece { text: text.to_owned(), marked: false };
    let mut all = vec![mark(open)];
    all.extend(pieces(&hit.text, &hit.highlights));
    all.push(mark(close));
    paint.wrapped(out, INDENT, Role::Text, &all)?;
    let verb = hit.verb.as_deref().map_or(String::new(), |verb| format!("{verb} · "));
    let mut sure = format!("{verb}{} · {} · sure {:.2}", hit.kind.as_str(), hit.resolution.as_str(), hit.confidence);
    let printed = hit.source.date.as_ref().map(|date| date.when.to_string());
    if let Some(said) = hit.said_on.as_ref().filter(|said| Some(*said) != printed.as_ref()) {
        sure.push_str(&format!(" · said on {said}"));
    }
    if hit.copies > 0 {
        sure.push_str(&format!(" · {}", copies(hit.copies)));
    }
    place_line(out, paint, &hit.source, hit.line, &sure)?;
    let title =
        [Piece { text: super::plain(hit.source.title.as_deref().unwrap_or_default()).into_owned(), marked: false }];
    if title[0].text.is_empty() { Ok(()) } else { paint.wrapped(out, INDENT, Role::Faint, &title) }
}

/// `+46 copies`; nothing for none.
fn copies(count: u32) -> String {
    match count {
        0 => String::new(),
        1 => "+1 copy".to_owned(),
        many => format!("+{} copies", grouped(u64::from(many))),
    }
}

/// Whom a quotation is attributed to, and whether that is a name.
fn speaker(hit: &QuoteHit) -> (String, bool) {
    match (&hit.speaker, hit.resolution, &hit.said_by) {
        (Some(name), ..) => (name.clone(), true),
        (None, Resolution::Unnamed, Some(words)) => (format!("({words})"), false),
        _ => ("(speaker unknown)".to_owned(), false),
    }
}

/// The publication date, or that there is none.
pub fn date_of(source: &Source) -> String {
    source.date.as_ref().map_or_else(|| "undated".to_owned(), |date| date.when.to_string())
}

/// `1 article`, `1,204 articles`.
pub fn counted(number: u64, one: &str) -> String {
    format!("{} {one}{}", grouped(number), if number == 1 { "" } else { "s" })
}

/// `1204` as `1,204`.
pub fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut out = String::with_capacity(digits.len() + digits.len() / 3);
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}
