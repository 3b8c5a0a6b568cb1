//! Names of an archive: forms with their counts and dates, and people with their forms.

use std::io::{self, Write};

use serde::Serialize;
use unicode_width::UnicodeWidthStr;

use super::paint::{Paint, Role, fitted};
use super::text::{capitalised, grouped};
use crate::names::Tier;
use crate::results::{NameForm, Person};

/// Columns before a further form of a person.
const INDENT: usize = 2;
/// Columns of a name, at most.
const WIDEST: usize = 40;

/// For people. `dated`: the forms of a person are listed, each with its dates; else on one line.
pub fn text(
    out: &mut impl Write,
    paint: &Paint,
    forms: &[NameForm],
    persons: &[Person],
    dated: bool,
) -> io::Result<()> {
    let shown: Vec<NameForm> =
        forms.iter().map(|form| NameForm { name: capitalised(&form.name), ..form.clone() }).collect();
    let widest = shown.iter().chain(persons.iter().flat_map(|person| &person.forms)).map(|form| form.name.width());
    // Further forms of a person are indented.
    let width = (widest.max().unwrap_or(0) + INDENT).min(WIDEST);
    for form in &shown {
        row(out, paint, form, width, 0)?;
    }
    for person in persons {
        let [first, rest @ ..] = person.forms.as_slice() else { continue };
        if dated {
            if !shown.is_empty() {
                out.write_all(b"\n")?;
            }
            row(out, paint, first, width, 0)?;
            rest.iter().try_for_each(|form| row(out, paint, form, width.saturating_sub(INDENT), INDENT))?;
            continue;
        }
        let also: Vec<&str> = rest.iter().map(|form| form.name.as_str()).collect();
        let whole = NameForm { articles: person.articles, ..first.clone() };
        name(out, paint, &whole, width, 0)?;
        let room = paint.width.saturating_sub(width + 12).max(20);
        paint.put(out, Role::Faint, fitted(&format!("  {}", also.join(", ")), room).trim_end())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

fn name(out: &mut impl Write, paint: &Paint, form: &NameForm, width: usize, indent: usize) -> io::Result<()> {
    write!(out, "{:indent$}", "")?;
    let shown = fitted(&form.name, width.max(10));
    paint.put(out, Role::Speaker, &shown)?;
    let gap = width.saturating_sub(shown.width());
    write!(out, "{:gap$}{:>8}", "", grouped(form.articles))
}

fn row(out: &mut impl Write, paint: &Paint, form: &NameForm, width: usize, indent: usize) -> io::Result<()> {
    name(out, paint, form, width, indent)?;
    let dates = match (form.first, form.last) {
        (Some(first), Some(last)) if first == last => format!("  {first}"),
        (Some(first), Some(last)) => format!("  {first} … {last}"),
        _ => "  undated".to_owned(),
    };
    paint.put(out, Role::Date, &dates)?;
    let how = form.tier.map_or("", how);
    paint.put(out, Role::Faint, &if how.is_empty() { String::new() } else { format!("  {how}") })?;
    out.write_all(b"\n")
}

/// The words for how a form belongs to the name that was typed.
fn how(tier: Tier) -> &'static str {
    match tier {
        Tier::Exact => "as typed",
        Tier::Alias => "known spelling",
        Tier::Fold => "alike",
    }
}

#[derive(Serialize)]
struct Form<'a> {
    name: &'a str,
    articles: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    first: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    last: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    how: Option<&'static str>,
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    #[serde(flatten)]
    form: Form<'a>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    forms: Vec<Form<'a>>,
}

/// JSON Lines: a `form` line for each form of the word, a `person` line for each person.
///
/// # Errors
/// When `out` fails.
pub fn json(out: &mut impl Write, forms: &[NameForm], persons: &[Person]) -> io::Result<()> {
    for form in forms {
        super::json::line(out, &Line { r#type: "form", form: of(form), forms: Vec::new() })?;
    }
    for person in persons {
        let Some(first) = person.forms.first() else { continue };
        let whole = Form { articles: person.articles, first: None, last: None, ..of(first) };
        super::json::line(out, &Line { r#type: "person", form: whole, forms: person.forms.iter().map(of).collect() })?;
    }
    Ok(())
}

fn of(form: &NameForm) -> Form<'_> {
    Form {
        name: &form.name,
        articles: form.articles,
        first: form.first.map(|day| day.to_string()),
        last: form.last.map(|day| day.to_string()),
        how: form.tier.map(how),
    }
}
