//! Counts by one thing or by two: as a table with bars or as a grid, as CSV and TSV, as JSON Lines.

use std::io::{self, Write};

use clap::ValueEnum;
use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::delimited::{csv_writer, harmless, tsv_writer};
use super::json;
use super::paint::{Paint, Role, fitted};
use super::text::grouped;

/// How rows are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum TableFormat {
    /// For people.
    Text,
    /// Comma-separated, with a header.
    Csv,
    /// Tab-separated, with a header.
    Tsv,
    /// JSON Lines, one line a row.
    #[value(alias = "json")]
    Jsonl,
}

/// One row: its name (`None` for what has no value), its count, and a share from 0 to 1 where one was asked for.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// The value counted.
    pub name: Option<String>,
    /// How many.
    pub count: u64,
    /// Of all.
    pub share: Option<f64>,
    /// How many of them are doubtful, where that was asked for.
    pub doubtful: Option<u64>,
}

/// Columns of the longest bar.
const BAR: usize = 30;
/// Columns of the longest name.
const NAME: usize = 40;

/// Rows with bars. `none` names the row without a value.
pub fn table(out: &mut impl Write, paint: &Paint, rows: &[Row], none: &str) -> io::Result<()> {
    let name = |row: &Row| fitted(row.name.as_deref().unwrap_or(none), NAME);
    let widest = rows.iter().map(|row| name(row).width()).max().unwrap_or(0);
    let digits = rows.iter().map(|row| grouped(row.count).len()).max().unwrap_or(1);
    let most = rows.iter().map(|row| row.count).max().unwrap_or(1).max(1);
    let room = BAR.min(paint.width.saturating_sub(widest + digits + 14)).max(5);
    for row in rows {
        let (name, count) = (name(row), grouped(row.count));
        let role = if row.name.is_some() { Role::Text } else { Role::Faint };
        paint.put(out, role, &name)?;
        let gap = widest - name.width() + 2 + digits - count.len();
        write!(out, "{:gap$}{count}  ", "")?;
        let eighths = |count: u64| (count as f64 / most as f64 * room as f64 * 8.0).ceil() as usize;
        let doubtful = row.doubtful.unwrap_or(0).min(row.count);
        let role = if row.name.is_some() { Role::Source } else { Role::Faint };
        paint.put(out, role, &bar(eighths(row.count - doubtful)))?;
        if doubtful > 0 {
            paint.put(out, role, &"░".repeat(eighths(doubtful).div_ceil(8)))?;
        }
        if let Some(share) = row.share {
            paint.put(out, Role::Faint, &format!("  {:.1} %", share * 100.0))?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// A bar of so many eighths of a column.
fn bar(eighths: usize) -> String {
    const PARTS: [&str; 8] = ["", "▏", "▎", "▍", "▌", "▋", "▊", "▉"];
    format!("{}{}", "█".repeat(eighths / 8), PARTS[eighths % 8])
}

/// Rows as CSV or TSV with a header. Cells that a spreadsheet would run are made text.
///
/// # Errors
/// When `out` fails.
pub fn delimited(out: &mut impl Write, rows: &[Row], column: &str, tabs: bool) -> io::Result<()> {
    let mut writer = if tabs { tsv_writer(out) } else { csv_writer(out) };
    let shares = rows.iter().any(|row| row.share.is_some());
    let doubts = rows.iter().any(|row| row.doubtful.is_some());
    let mut header = vec![column, "count"];
    header.extend(doubts.then_some("doubtful"));
    header.extend(shares.then_some("share"));
    writer.write_record(&header)?;
    for row in rows {
        let mut cells = vec![harmless(row.name.as_deref().unwrap_or_default()), row.count.to_string()];
        cells.extend(doubts.then(|| row.doubtful.map_or(String::new(), |doubtful| doubtful.to_string())));
        cells.extend(shares.then(|| row.share.map_or(String::new(), |share| format!("{share:.6}"))));
        writer.write_record(&cells)?;
    }
    writer.flush()
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    by: &'a str,
    value: Option<&'a str>,
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubtful: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
}

/// JSON Lines, one line a row of what was counted `by`.
///
/// # Errors
/// When `out` fails.
pub fn json(out: &mut impl Write, rows: &[Row], by: &str) -> io::Result<()> {
    rows.iter().try_for_each(|row| {
        let (value, doubtful) = (row.name.as_deref(), row.doubtful);
        json::line(out, &Line { r#type: "count", by, value, count: row.count, doubtful, share: row.share })
    })
}

/// Counts by two things.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Grid {
    /// What the rows are, and what one without a value is called.
    pub row_of: (&'static str, &'static str),
    /// The same of the columns.
    pub column_of: (&'static str, &'static str),
    /// The rows' names, in order.
    pub rows: Vec<Option<String>>,
    /// The columns' names, in order.
    pub columns: Vec<Option<String>>,
    /// By row, then by column.
    pub counts: Vec<Vec<u64>>,
}

/// A grid in `paint.width` columns. Columns for which there is no room are added up in the last one.
pub fn grid(out: &mut impl Write, paint: &Paint, grid: &Grid) -> io::Result<()> {
    let names: Vec<String> = grid
        .rows
        .iter()
        .map(|name| fitted(name.as_deref().unwrap_or(grid.row_of.1), NAME.min(paint.width / 3)))
        .collect();
    let widest = names.iter().map(|name| name.width()).max().unwrap_or(0).max(grid.row_of.0.width());
    let heads: Vec<String> =
        grid.columns.iter().map(|name| fitted(name.as_deref().unwrap_or(grid.column_of.1), 16)).collect();
    let digits = |column: usize| grid.counts.iter().map(|row| grouped(row[column]).len()).max().unwrap_or(1);
    let widths: Vec<usize> = heads.iter().enumerate().map(|(i, head)| head.width().max(digits(i))).collect();
    let shown = fitting(&widths, paint.width.saturating_sub(widest));
    let rest = grid.columns.len() - shown;
    let more = format!("{rest} more");
    let rest_of = |row: &[u64]| grouped(row[shown..].iter().sum());
    let rest_width = grid.counts.iter().map(|row| rest_of(row).len()).max().unwrap_or(1).max(more.len());
    paint.put(out, Role::Faint, grid.row_of.0)?;
    write!(out, "{:gap$}", "", gap = widest - grid.row_of.0.width())?;
    for (head, width) in heads.iter().zip(&widths).take(shown) {
        write!(out, "  {:gap$}", "", gap = width - head.width())?;
        paint.put(out, Role::Date, head)?;
    }
    if rest > 0 {
        write!(out, "  {:gap$}", "", gap = rest_width - more.len())?;
        paint.put(out, Role::Faint, &more)?;
    }
    out.write_all(b"\n")?;
    for ((name, row), counts) in names.iter().zip(&grid.rows).zip(&grid.counts) {
        paint.put(out, if row.is_some() { Role::Text } else { Role::Faint }, name)?;
        write!(out, "{:gap$}", "", gap = widest - name.width())?;
        for (count, width) in counts.iter().zip(&widths).take(shown) {
            let text = if *count == 0 { "·".to_owned() } else { grouped(*count) };
            write!(out, "  {:gap$}", "", gap = width - text.width())?;
            paint.put(out, if *count == 0 { Role::Faint } else { Role::Text }, &text)?;
        }
        if rest > 0 {
            write!(out, "  {:>rest_width$}", rest_of(counts))?;
        }
        out.write_all(b"\n")?;
    }
    Ok(())
}

/// How many columns of these widths fit, leaving room for one that adds up the others where not all do.
fn fitting(widths: &[usize], room: usize) -> usize {
    let all: usize = widths.iter().map(|width| width + 2).sum();
    if all <= room {
        return widths.len();
    }
    let mut used = 12; // "  1,234 more"
    widths
        .iter()
        .take_while(|width| {
            used += **width + 2;
            used <= room
        })
        .count()
}

/// A grid as CSV or TSV: a row each with the columns beside, or, `long`, a row a pair that has any.
///
/// # Errors
/// When `out` fails.
pub fn grid_delimited(out: &mut impl Write, grid: &Grid, long: bool, tabs: bool) -> io::Result<()> {
    let mut writer = if tabs { tsv_writer(out) } else { csv_writer(out) };
    let cell = |name: &Option<String>| harmless(name.as_deref().unwrap_or_default());
    if long {
        writer.write_record([grid.row_of.0, grid.column_of.0, "count"])?;
    } else {
        let none = |name: &Option<String>| harmless(name.as_deref().unwrap_or(grid.column_of.1));
        writer.write_record(std::iter::once(grid.row_of.0.to_owned()).chain(grid.columns.iter().map(none)))?;
    }
    for (row, counts) in grid.rows.iter().zip(&grid.counts) {
        if !long {
            writer.write_record(std::iter::once(cell(row)).chain(counts.iter().map(u64::to_string)))?;
            continue;
        }
        for (column, count) in grid.columns.iter().zip(counts).filter(|(_, count)| **count > 0) {
            writer.write_record([cell(row), cell(column), count.to_string()])?;
        }
    }
    writer.flush()
}

#[derive(Serialize)]
struct Pair<'a> {
    r#type: &'static str,
    by: [&'a str; 2],
    values: [Option<&'a str>; 2],
    count: u64,
}

/// A grid as JSON Lines, one line a pair that has any.
///
/// # Errors
/// When `out` fails.
pub fn grid_json(out: &mut impl Write, grid: &Grid) -> io::Result<()> {
    for (row, counts) in grid.rows.iter().zip(&grid.counts) {
        for (column, count) in grid.columns.iter().zip(counts).filter(|(_, count)| **count > 0) {
            let by = [grid.row_of.0, grid.column_of.0];
            let values = [row.as_deref(), column.as_deref()];
            json::line(out, &Pair { r#type: "pair", by, values, count: *count })?;
        }
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn tables_align_and_formulas_are_text() {
        let row = |name: Option<&str>, count| Row { name: name.map(str::to_owned), count, ..Row::default() };
        let rows = [row(Some("Reuters"), 1200), row(Some("=cmd|' /C calc'"), 3), row(None, 1)];
        let mut out = Vec::new();
        table(&mut out, &Paint::plain(80), &rows, "(none)").unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("Reuters          1,200  ██████████"), "{text}");
        assert!(text.contains("\n(none)               1  ▏\n"), "{text}");
        let mut out = Vec::new();
        delimited(&mut out, &rows, "source", false).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "source,count\nReuters,1200\n'=cmd|' /C calc',3\n,1\n");
    }

    #[test]
    fn doubtful_counts_are_hatched_and_have_a_column() {
        let row = |name: &str, count, doubtful| Row {
            name: Some(name.to_owned()),
            count,
            doubtful: Some(doubtful),
            share: None,
        };
        let rows = [row("2022-01", 30, 10), row("2022-02", 3, 3), row("2022-03", 15, 0)];
        let mut out = Vec::new();
        table(&mut out, &Paint::plain(80), &rows, "(none)").unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], format!("2022-01  30  {}{}", "█".repeat(20), "░".repeat(10)));
        assert_eq!(lines[1], format!("2022-02   3  {}", "░".repeat(3)));
        assert_eq!(lines[2], format!("2022-03  15  {}", "█".repeat(15)));
        let mut out = Vec::new();
        delimited(&mut out, &rows[..1], "from", false).unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "from,count,doubtful\n2022-01,30,10\n");
    }

    #[test]
    fn grids_fit_the_width_and_add_up() {
        let names = |names: &[&str]| names.iter().map(|name| Some((*name).to_owned())).collect::<Vec<_>>();
        let sample = Grid {
            row_of: ("source", "(outlet unknown)"),
            column_of: ("year", "(undated)"),
            rows: [names(&["新華社", "AFP"]), vec![None]].concat(),
            columns: names(&["2019", "2020", "2021", "2022"]),
            counts: vec![vec![1, 0, 1234, 2], vec![0, 5, 6, 7], vec![0, 0, 0, 1]],
        };
        let mut out = Vec::new();
        grid(&mut out, &Paint::plain(44), &sample).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.lines().all(|line| line.width() <= 44), "{text}");
        let widths: Vec<usize> = text.lines().map(UnicodeWidthStr::width).collect();
        assert!(widths.iter().all(|width| *width == widths[0]), "{text}");
        let mut out = Vec::new();
        grid(&mut out, &Paint::plain(36), &sample).unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.contains(" more") && text.contains("1,236"), "{text}");
        let mut out = Vec::new();
        grid_delimited(&mut out, &sample, true, false).unwrap();
        assert!(String::from_utf8(out).unwrap().ends_with("AFP,2022,7\n,2022,1\n"));
    }
}
