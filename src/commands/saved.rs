//! `newsidx saved`: queries under names, in a plain file in the archive's folder, and when each was last looked at.

use std::collections::BTreeMap;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};
use serde::{Deserialize, Serialize};

use super::session::Session;
use super::{Outcome, search, target};
use crate::cli::{Filters, Saved, SavedAction, SavedAdd};
use crate::field;
use crate::index::Archive;
use crate::output::json;
use crate::output::paint::{Piece, Role};
use crate::output::plain;

const FILE: &str = "saved.toml";
const LOOKS: &str = "looks.toml";

/// A saved query.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SavedQuery {
    /// As typed.
    pub(super) query: String,
    /// The day it was saved.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    added: Option<String>,
    /// The conditions of flags saved with it.
    #[serde(default, skip_serializing_if = "is_empty")]
    pub(super) filters: Filters,
}

fn is_empty(filters: &Filters) -> bool {
    *filters == Filters::default()
}

/// All saved queries of an archive.
pub(super) struct Shelf {
    pub(super) queries: BTreeMap<String, SavedQuery>,
    path: PathBuf,
}

impl Shelf {
    /// Those of the archive at `dir`.
    pub(super) fn open(dir: &Path) -> Result<Shelf> {
        let path = dir.join(FILE);
        Ok(Shelf { queries: read(&path)?, path })
    }

    fn write(&self) -> Result<()> {
        write(&self.path, &self.queries)
    }

    /// The query saved as `name`.
    pub(super) fn get(&self, name: &str) -> Result<&SavedQuery> {
        let lower = name.to_lowercase();
        match self.queries.get(&lower) {
            Some(saved) => Ok(saved),
            None => {
                let near = field::nearest_of(&lower, self.queries.keys().map(String::as_str));
                let near = near.map_or(String::new(), |near| format!("; did you mean {near}?"));
                bail!("no query is saved as `{}`{near} (`newsidx saved list` has those that are)", plain(name))
            }
        }
    }
}

/// When saved queries were last looked at: the moment of the archive's commit then, by name.
pub(super) struct Looks {
    moments: BTreeMap<String, i64>,
    path: PathBuf,
}

impl Looks {
    /// Those at the archive at `dir`.
    pub(super) fn open(dir: &Path) -> Result<Looks> {
        let path = dir.join(LOOKS);
        Ok(Looks { moments: read(&path)?, path })
    }

    /// The moment of the last look; `None` before the first.
    pub(super) fn last(&self, name: &str) -> Option<i64> {
        self.moments.get(&name.to_lowercase()).copied()
    }

    /// Notes a look at what the archive holds as of `moment`.
    pub(super) fn note(&mut self, name: &str, moment: i64) -> Result<()> {
        self.moments.insert(name.to_lowercase(), moment);
        write(&self.path, &self.moments)
    }

    fn forget(&mut self, name: &str) -> Result<()> {
        match self.moments.remove(name) {
            Some(_) => write(&self.path, &self.moments),
            None => Ok(()),
        }
    }
}

fn read<T: Default + for<'de> Deserialize<'de>>(path: &Path) -> Result<T> {
    match std::fs::read_to_string(path) {
        Ok(text) => toml::from_str(&text).with_context(|| format!("failed to read {}", path.display())),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(T::default()),
        Err(error) => Err(error).with_context(|| format!("failed to read {}", path.display())),
    }
}

fn write(path: &Path, value: &impl Serialize) -> Result<()> {
    let text = toml::to_string_pretty(value)?;
    target::to(Some(path), &mut std::io::sink(), |out| Ok(out.write_all(text.as_bytes())?))
}

pub(super) fn run(args: &Saved, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let dir = session.dir();
    // Saved queries belong to an archive: one that is not there has none.
    Archive::open(&dir)?;
    match &args.action {
        SavedAction::Add(add) => self::add(add, session, &dir, out),
        SavedAction::List { json } => list(session, &dir, *json, out),
        SavedAction::Rm { names } => remove(names, &dir, out),
    }
}

fn add(args: &SavedAdd, session: &Session, dir: &Path, out: &mut dyn Write) -> Result<Outcome> {
    let name = args.name.to_lowercase();
    if name.is_empty() || !name.chars().all(|c| c.is_alphanumeric() || matches!(c, '-' | '_')) {
        bail!("a name is made of letters, digits, - and _; `{}` is none", plain(&args.name));
    }
    let mut shelf = Shelf::open(dir)?;
    if shelf.queries.contains_key(&name) && !args.force {
        bail!("a query is saved as `{name}` already; --force replaces it");
    }
    // A query that cannot be read is not worth keeping.
    let read = search::read(session, &args.query, &args.filters, false)?;
    let added = Some(search::today().to_string());
    shelf.queries.insert(name.clone(), SavedQuery { query: read.text, added, filters: args.filters.clone() });
    search::closes(&shelf, &name)?;
    shelf.write()?;
    Looks::open(dir)?.forget(&name)?;
    writeln!(out, "saved as {name}; use it as query:{name}, or see what comes in with `newsidx new {name}`")?;
    Ok(Outcome::Done)
}

#[derive(Serialize)]
struct Line<'a> {
    r#type: &'static str,
    name: &'a str,
    query: &'a str,
    filters: &'a Filters,
    added: Option<&'a str>,
    looked: Option<i64>,
}

fn list(session: &Session, dir: &Path, as_json: bool, mut out: &mut dyn Write) -> Result<Outcome> {
    let (shelf, looks) = (Shelf::open(dir)?, Looks::open(dir)?);
    let widest = shelf.queries.keys().map(|name| name.chars().count()).max().unwrap_or(0);
    for (name, saved) in &shelf.queries {
        if as_json {
            let (added, looked) = (saved.added.as_deref(), looks.last(name));
            let query = saved.query.as_str();
            json::line(&mut out, &Line { r#type: "saved", name, query, filters: &saved.filters, added, looked })?;
            continue;
        }
        session.paint.put(&mut out, Role::Title, name)?;
        write!(out, "{:gap$}", "", gap = widest + 2 - name.chars().count())?;
        let text = plain(&format!("{}{}", saved.query, flags(&saved.filters))).into_owned();
        session.paint.wrapped_behind(&mut out, widest + 2, Role::Text, &[Piece { text, marked: false }])?;
    }
    Ok(if shelf.queries.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

/// Conditions as the flags that set them.
fn flags(filters: &Filters) -> String {
    let lists = [
        ("date", &filters.date),
        ("source", &filters.source),
        ("speaker", &filters.speaker),
        ("place", &filters.place),
        ("lang", &filters.lang),
        ("section", &filters.section),
        ("glob", &filters.glob),
    ];
    let single = [("since", &filters.since), ("until", &filters.until)];
    let single = single.into_iter().filter_map(|(name, value)| Some((name, value.as_ref()?)));
    let all = single.chain(lists.into_iter().flat_map(|(name, values)| values.iter().map(move |value| (name, value))));
    all.map(|(name, value)| format!(" --{name} {value}")).collect()
}

fn remove(names: &[String], dir: &Path, out: &mut dyn Write) -> Result<Outcome> {
    let (mut shelf, mut looks) = (Shelf::open(dir)?, Looks::open(dir)?);
    for name in names {
        shelf.get(name)?;
        let name = name.to_lowercase();
        shelf.queries.remove(&name);
        looks.forget(&name)?;
    }
    shelf.write()?;
    writeln!(out, "forgot {}", plain(&names.join(", ")))?;
    Ok(Outcome::Done)
}
