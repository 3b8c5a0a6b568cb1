//! From what a person types to an article: an id, how it begins, or a file and a line of it.

use std::path::Path;

use anyhow::{Result, bail};

use crate::engine::Engine;
use crate::output::plain;
use crate::results::Held;

/// The article that `typed` names, and the line that was typed behind it.
pub(super) fn find(engine: &impl Engine, typed: &str) -> Result<(Held, Option<u32>)> {
    // A file whose name ends in a colon and digits is itself before it is a line of another.
    let whole = Path::new(typed).exists();
    let (name, line) = match typed.rsplit_once(':') {
        Some((name, digits)) if !whole && !name.is_empty() => match digits.parse::<u32>() {
            Ok(line) => (name, Some(line)),
            Err(_) => (typed, None),
        },
        _ => (typed, None),
    };
    let is_id = (1..=16).contains(&name.len()) && name.bytes().all(|b| b.is_ascii_hexdigit());
    if is_id && !Path::new(name).exists() {
        return match engine.article(name)? {
            Some(held) => Ok((held, line)),
            None => bail!("no article has an id that begins with {}", plain(name)),
        };
    }
    let mut held = engine.articles_of(Path::new(name))?;
    match held.len() {
        0 if Path::new(name).exists() => bail!(
            "{} has no article in this archive; `newsidx build` brings it up to date, `newsidx inspect` shows a file without one",
            plain(name)
        ),
        0 => bail!("{} is no id of an article and no file of this archive", plain(name)),
        1 => Ok((held.remove(0), line)),
        many => match line.and_then(|line| at_line(&held, line)) {
            Some(number) => Ok((held.swap_remove(number), line)),
            None => bail!("{} has {many} articles: name one by its line, as in\n{}", plain(name), list(&held, name)),
        },
    }
}

/// Which of the articles of a file stands at a line: the one with that record, or whose text is there.
fn at_line(held: &[Held], line: u32) -> Option<usize> {
    let record = held.iter().position(|one| one.article.record == Some(line));
    record.or_else(|| {
        held.iter().position(|one| {
            let lines = &one.article.lines;
            lines.first().is_some_and(|first| *first <= line) && lines.last().is_some_and(|last| line <= *last)
        })
    })
}

fn list(held: &[Held], name: &str) -> String {
    let line = |one: &Held| {
        let title = one.source.title.as_deref().unwrap_or("(no headline)");
        format!("  {}:{}  {}", plain(name), one.article.record.unwrap_or(1), plain(title))
    };
    let mut lines: Vec<String> = held.iter().take(5).map(line).collect();
    if held.len() > 5 {
        lines.push("  ...".to_owned());
    }
    lines.join("\n")
}
