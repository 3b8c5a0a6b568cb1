//! Mentions for people: a concordance, one line each, the matches below one another.

use std::io::{self, Write};

use unicode_width::{UnicodeWidthChar, UnicodeWidthStr};

use super::paint::{Paint, Role, fitted, pieces};
use super::plain;
use super::text::{counted, grouped};
use crate::results::{Kind, Mention, Source, Totals};

/// Columns between two cells.
const GAP: usize = 2;
/// Columns of a date.
const DATE: usize = 10;
/// The least columns for the words.
const LEAST: usize = 30;

/// One mention on one line: date, outlet, the words with the match at a fixed column, file and line. On a terminal the
/// path is cut at its front to keep the line in the width; else it is whole.
pub fn line(
    out: &mut impl Write,
    paint: &Paint,
    whole_path: bool,
    source: &Source,
    mention: &Mention,
) -> io::Result<()> {
    let outlet_columns = if paint.width >= 110 { 14 } else { 9 };
    let path_columns = match paint.width {
        _ if whole_path => 0,
        110.. => paint.width / 4,
        _ => paint.width / 5,
    };
    let room = paint.width.saturating_sub(DATE + outlet_columns + path_columns + 3 * GAP).max(LEAST);
    let date = source.date.as_ref().map_or_else(|| "undated".to_owned(), |date| date.when.to_string());
    cell(out, paint, Role::Date, &fitted(&date, DATE), DATE)?;
    let outlet = fitted(source.source.as_deref().unwrap_or_default(), outlet_columns);
    cell(out, paint, Role::Source, &outlet, outlet_columns)?;
    words(out, paint, room, mention)?;
    write!(out, "{:GAP$}", "")?;
    let path = format!("{}:{}", plain(&source.path), mention.line);
    let path = if whole_path { path } else { tail(&path, path_columns) };
    paint.put(out, Role::Path, &path)?;
    out.write_all(b"\n")
}

fn cell(out: &mut impl Write, paint: &Paint, role: Role, text: &str, columns: usize) -> io::Result<()> {
    paint.put(out, role, text)?;
    write!(out, "{:width$}", "", width = columns.saturating_sub(text.width()) + GAP)
}

/// The words before, of and behind the match in `room` columns; who speaks stands at the left.
fn words(out: &mut impl Write, paint: &Paint, room: usize, mention: &Mention) -> io::Result<()> {
    let left_columns = room * 2 / 5;
    let right_columns = room - left_columns;
    let speaker = match &mention.speaker {
        // The surname is enough to know who it is.
        Some(name) => format!("{}: ", fitted(name.rsplit(' ').next().unwrap_or(name), left_columns / 2)),
        None => String::new(),
    };
    let left = plain(&mention.left);
    let left = tail(left.trim_start(), left_columns - speaker.width());
    paint.put(out, Role::Speaker, &speaker)?;
    write!(out, "{:width$}", "", width = left_columns - speaker.width() - left.width())?;
    isolated(out, paint, Role::Text, &left)?;
    let mut used = 0;
    let whole = mention.text.width() <= right_columns;
    let marked = pieces(&mention.text, &mention.highlights);
    for piece in &marked {
        let columns = right_columns.saturating_sub(used);
        if columns == 0 {
            break;
        }
        let text = if whole { piece.text.clone() } else { fitted(&piece.text, columns) };
        isolated(out, paint, if piece.marked { Role::Match } else { Role::Text }, &text)?;
        used += text.width();
        if text.width() < piece.text.width() {
            break;
        }
    }
    let right = plain(&mention.right);
    let right = if whole { fitted(right.trim_end(), right_columns - used) } else { String::new() };
    isolated(out, paint, Role::Text, &right)?;
    write!(out, "{:width$}", "", width = right_columns.saturating_sub(used + right.width()))
}

/// Writes text so that the order of right-to-left letters stays inside it.
fn isolated(out: &mut impl Write, paint: &Paint, role: Role, text: &str) -> io::Result<()> {
    if !text.chars().any(is_right_to_left) {
        return paint.put(out, role, text);
    }
    out.write_all("\u{2068}".as_bytes())?;
    paint.put(out, role, text)?;
    out.write_all("\u{2069}".as_bytes())
}

/// Letters of scripts that are written from right to left.
fn is_right_to_left(c: char) -> bool {
    matches!(c, '\u{0590}'..='\u{08FF}' | '\u{FB1D}'..='\u{FDFF}' | '\u{FE70}'..='\u{FEFC}' | '\u{10800}'..='\u{10FFF}')
}

/// The end of `text` in at most `columns`, with `…` where something was cut; no character is parted from its accents.
fn tail(text: &str, columns: usize) -> String {
    if text.width() <= columns {
        return text.to_owned();
    }
    let mut used = 0;
    let mut from = text.len();
    let mut part = 0; // width of the accents taken since the last letter
    for (at, c) in text.char_indices().rev() {
        let wide = c.width().unwrap_or(0);
        part += wide;
        if wide == 0 {
            continue;
        }
        if used + part > columns.saturating_sub(1) {
            break;
        }
        used += part;
        part = 0;
        from = at;
    }
    format!("…{}", text[from..].trim_start())
}

/// Says that so many articles match, and no words of them: by a date, an office, a person named.
pub fn no_words(articles: u64) -> String {
    let (articles, verb) = (grouped(articles), if articles == 1 { "article matches" } else { "articles match" });
    format!("{articles} {verb}, by conditions that mark no words of the text; `newsidx query` lists them")
}

/// The line below the rows of a terminal: how many there are, in how many articles; and whether that was all, the last
/// shown being number `shown`. Sentences are counted as they go by: what they come to is not known of a part (`part`).
pub fn total(kind: Kind, totals: &Totals, shown: usize, part: bool) -> String {
    let line = format!("{} in {}", counted(totals.total, kind.word()), counted(totals.stories, "article"));
    if part && kind == Kind::Sentence {
        let articles = counted(totals.stories, "article");
        return format!("{} of the {}s in {articles}; --offset {shown} goes on", grouped(shown as u64), kind.word());
    }
    match totals.total.saturating_sub(shown as u64) {
        0 => line,
        more => format!("{line}; {} more, --offset {shown} goes on", grouped(more)),
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::annotations::Span;

    fn printed(width: usize, left: &str, text: &str, right: &str) -> String {
        let mut out = Vec::new();
        let mention = Mention {
            left: left.to_owned(),
            text: text.to_owned(),
            right: right.to_owned(),
            highlights: vec![Span::new(0, text.len())],
            line: 7,
            ..Mention::default()
        };
        let source = Source { path: "wire/2022/a.txt".to_owned(), ..Source::default() };
        line(&mut out, &Paint::plain(width), false, &source, &mention).unwrap();
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn matches_stand_below_one_another_whatever_the_script() {
        let rows = [
            printed(80, "He said in ", "Geneva", " that talks were over and done with, once and for all."),
            printed(80, "", "Geneva", ""),
            printed(80, "переговоры в ", "Женеве", " продолжаются, сказал министр в пятницу вечером в Москве"),
            printed(80, "日本語の長い文章がここにあります、そして", "日本", "日本語の長い文章がここにあります"),
            printed(80, "قال الوزير إن المحادثات في ", "جنيف", " لم تنته بعد وستستمر في الأسبوع المقبل في المدينة"),
        ];
        let column = |row: &str, word: &str| row[..row.find(word).unwrap()].width();
        let bare = |row: &String| row.replace(['\u{2068}', '\u{2069}'], "");
        let words = ["Geneva", "Geneva", "Женеве", "日本日", "جنيف"];
        let columns: Vec<usize> = rows.iter().zip(words).map(|(row, word)| column(&bare(row), word)).collect();
        assert!(columns.iter().all(|at| *at == columns[0]), "{columns:?} {rows:#?}");
        for row in &rows {
            assert!(bare(row).trim_end().width() <= 80, "{row}");
            assert!(row.contains(".txt:7"), "{row}");
        }
    }

    #[test]
    fn accents_stay_with_their_letters() {
        assert_eq!(tail("abce\u{301}f", 3), "…e\u{301}f");
        assert_eq!(tail("日本日本", 5), "…日本");
        assert_eq!(tail("abc", 3), "abc");
    }
}
