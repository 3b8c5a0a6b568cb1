//! Words typical of some articles against others: aligned for people, as CSV and TSV, as JSON Lines.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::counts::TableFormat;
use super::delimited::{csv_writer, harmless, tsv_writer};
use super::json;
use super::paint::{Paint, Piece, Role, fitted};
use super::text::grouped;
use crate::results::Typical;

/// What was compared with what.
#[derive(Debug, Clone, Copy)]
pub struct Against<'a> {
    /// How many articles the words are typical of, and what they are called.
    pub here: (u64, &'a str),
    /// The same of the others.
    pub there: (u64, &'a str),
    /// How many match in all, where only the best were looked into.
    pub sampled_of: Option<u64>,
    /// The query of the ones.
    pub what: &'a str,
}

/// Writes one list.
///
/// # Errors
/// When `out` fails; so for all of this file.
pub fn write(
    out: &mut impl Write,
    paint: &Paint,
    words: &[Typical],
    against: &Against<'_>,
    format: TableFormat,
) -> io::Result<()> {
    both(out, paint, &[(words, *against)], format)
}

/// Writes several lists, one behind another.
#[allow(clippy::missing_errors_doc)]
pub fn both<L: AsRef<[Typical]>>(
    out: &mut impl Write,
    paint: &Paint,
    sides: &[(L, Against<'_>)],
    format: TableFormat,
) -> io::Result<()> {
    match format {
        TableFormat::Text => {
            for (number, (words, against)) in sides.iter().enumerate() {
                out.write_all(if number > 0 { b"\n" } else { b"" })?;
                text(out, paint, words.as_ref(), against)?;
            }
            Ok(())
        }
        TableFormat::Csv | TableFormat::Tsv => {
            let mut writer = if format == TableFormat::Tsv { tsv_writer(out) } else { csv_writer(out) };
            writer.write_record(["of", "word", "articles", "of_articles", "others", "of_others", "log_likelihood"])?;
            for (words, against) in sides {
                for word in words.as_ref() {
                    writer.write_record([
                        harmless(against.what),
                        harmless(&word.word),
                        word.here.to_string(),
                        against.here.0.to_string(),
                        word.there.to_string(),
                        against.there.0.to_string(),
                        format!("{:.2}", word.score),
                    ])?;
                }
            }
            writer.flush()
        }
        TableFormat::Jsonl => {
            for (words, against) in sides {
                words.as_ref().iter().try_for_each(|word| json::line(out, &line(word, against)))?;
            }
            Ok(())
        }
    }
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    of: &'a str,
    word: &'a str,
    articles: u64,
    of_articles: u64,
    others: u64,
    of_others: u64,
    log_likelihood: f64,
}

fn line<'a>(word: &'a Typical, against: &'a Against<'_>) -> Line<'a> {
    Line {
        r#type: "term",
        of: against.what,
        word: &word.word,
        articles: word.here,
        of_articles: against.here.0,
        others: word.there,
        of_others: against.there.0,
        log_likelihood: (word.score * 100.0).round() / 100.0,
    }
}

fn text(out: &mut impl Write, paint: &Paint, words: &[Typical], against: &Against<'_>) -> io::Result<()> {
    let ((here, here_name), (there, there_name)) = (against.here, against.there);
    let sample = against.sampled_of.map_or(String::new(), |total| format!(", the best of {}", grouped(total)));
    let line = format!(
        "{} · {} articles{sample}, against {} · share of each, log-likelihood",
        super::plain(against.what),
        grouped(here),
        grouped(there)
    );
    paint.wrapped(out, 0, Role::Faint, &[Piece { text: line, marked: false }])?;
    if words.is_empty() {
        paint.put(out, Role::Faint, "no word stands out")?;
        return out.write_all(b"\n");
    }
    let names: Vec<String> = words.iter().map(|word| fitted(&word.word, 28)).collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0).max(4);
    let head = format!("{:widest$}  {here_name:>7}  {there_name:>7}  {:>8}", "word", "score");
    paint.put(out, Role::Faint, &head)?;
    out.write_all(b"\n")?;
    let share = |count: u64, of: u64| if of == 0 { 0.0 } else { count as f64 * 100.0 / of as f64 };
    for (word, name) in words.iter().zip(&names) {
        write!(out, "{name}{:gap$}  ", "", gap = widest - name.width())?;
        let (here, there) = (share(word.here, here), share(word.there, there));
        let (wide_here, wide_there) = (here_name.len().max(7) - 2, there_name.len().max(7) - 2);
        write!(out, "{here:>wide_here$.1} %  {there:>wide_there$.1} %  {:>8.1}", word.score)?;
        out.write_all(b"\n")?;
    }
    Ok(())
}
