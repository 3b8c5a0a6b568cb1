//! Counts: as a table with bars, as CSV, as JSON Lines.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::paint::{Paint, Role, fitted};
use super::text::grouped;

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

/// Rows with bars. `none` names the row without a value.
pub fn table(out: &mut impl Write, paint: &Paint, rows: &[Row], none: &str) -> io::Result<()> {
    let name = |row: &Row| fitted(row.name.as_deref().unwrap_or(none), 40);
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

/// CSV with a header. Cells that a spreadsheet would run are made text.
pub fn csv(out: &mut impl Write, rows: &[Row], column: &str) -> anyhow::Result<()> {
    let mut writer = csv::Writer::from_writer(out);
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
    writer.flush()?;
    Ok(())
}

/// A cell that no spreadsheet takes for a formula.
pub fn harmless(cell: &str) -> String {
    let cell = super::plain(cell);
    if cell.starts_with(['=', '+', '-', '@', '\t', '\r']) { format!("'{cell}") } else { cell.into_owned() }
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    value: Option<&'a str>,
    count: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    doubtful: Option<u64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    share: Option<f64>,
}

/// JSON Lines, one line a row.
pub fn json(out: &mut impl Write, rows: &[Row]) -> io::Result<()> {
    for row in rows {
        let (value, doubtful) = (row.name.as_deref(), row.doubtful);
        let line = Line { r#type: "count", value, count: row.count, doubtful, share: row.share };
        serde_json::to_writer(&mut *out, &line)?;
        out.write_all(b"\n")?;
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
        table(&mut out, &Paint { color: false, width: 80 }, &rows, "(none)").unwrap();
        let text = String::from_utf8(out).unwrap();
        assert!(text.starts_with("Reuters          1,200  ██████████"), "{text}");
        assert!(text.contains("\n(none)               1  ▏\n"), "{text}");
        let mut out = Vec::new();
        csv(&mut out, &rows, "source").unwrap();
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
        table(&mut out, &Paint { color: false, width: 80 }, &rows, "(none)").unwrap();
        let text = String::from_utf8(out).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], format!("2022-01  30  {}{}", "█".repeat(20), "░".repeat(10)));
        assert_eq!(lines[1], format!("2022-02   3  {}", "░".repeat(3)));
        assert_eq!(lines[2], format!("2022-03  15  {}", "█".repeat(15)));
        let mut out = Vec::new();
        csv(&mut out, &rows[..1], "from").unwrap();
        assert_eq!(String::from_utf8(out).unwrap(), "from,count,doubtful\n2022-01,30,10\n");
    }
}
