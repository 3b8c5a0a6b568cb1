//! Copies of a story, and what changed from one to another.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::json::{Origin, line, origin};
use super::paint::{Paint, Role, fitted};
use super::text::{date_of, grouped};
use crate::results::{Source, Story};

/// Columns of an outlet in a list of copies.
const OUTLET: usize = 20;

/// Prints one story: its headline and number of copies, then one line a copy.
///
/// # Errors
/// When `out` cannot be written.
pub fn text(out: &mut impl Write, paint: &Paint, story: &Story) -> io::Result<()> {
    let Some(first) = story.copies.first() else { return Ok(()) };
    let outlets = story.outlets();
    let what = match outlets {
        0 | 1 => String::new(),
        many => format!(" in {many} outlets"),
    };
    let count = match story.copies.len() {
        1 => "no copies".to_owned(),
        many => format!("{} copies{what}", grouped(many as u64)),
    };
    let room = paint.width.saturating_sub(count.width() + 2).max(20);
    paint.put(out, Role::Title, &fitted(first.title.as_deref().unwrap_or("(no headline)"), room))?;
    paint.put(out, Role::Faint, &format!("  {count}"))?;
    out.write_all(b"\n")?;
    story.copies.iter().try_for_each(|one| copy(out, paint, one, first))
}

fn copy(out: &mut impl Write, paint: &Paint, copy: &Source, first: &Source) -> io::Result<()> {
    let time = copy.date.as_ref().and_then(|date| date.time.as_deref()).unwrap_or_default();
    let date = format!("{} {:<5}", date_of(copy), time.get(..5).unwrap_or_default());
    out.write_all(b"  ")?;
    paint.put(out, Role::Date, &format!("{date:<18}"))?;
    let outlet = fitted(copy.source.as_deref().unwrap_or("-"), OUTLET);
    let gap = OUTLET.saturating_sub(outlet.width()) + 2;
    paint.put(out, Role::Source, &outlet)?;
    write!(out, "{:gap$}", "")?;
    paint.put(out, Role::Faint, &format!("{}  ", copy.id.get(..8).unwrap_or(&copy.id)))?;
    paint.link(out, &copy.path, &copy.path, 1)?;
    if copy.title != first.title {
        let title = copy.title.as_deref().unwrap_or("(no headline)");
        write!(out, "\n{:22}", "")?;
        paint.put(out, Role::Faint, &fitted(title, paint.width.saturating_sub(23).max(20)))?;
    }
    out.write_all(b"\n")
}

#[derive(Serialize)]
struct Json<'a> {
    r#type: &'static str,
    copies: Vec<Origin<'a>>,
}

/// Prints one story as a line of JSON.
///
/// # Errors
/// When `out` cannot be written.
pub fn json(out: &mut impl Write, story: &Story) -> io::Result<()> {
    let copies = story.copies.iter().map(|copy| origin(copy, 1)).collect();
    line(out, &Json { r#type: "story", copies })
}
