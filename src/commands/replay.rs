//! `newsidx replay`: a recorded search, run again; says what differs.

use std::collections::BTreeSet;
use std::io::Write;

use anyhow::{Context, Result, bail};

use super::listing::{self, Usual};
use super::record::{self, Record};
use super::session::Session;
use super::{Outcome, search};
use crate::cli::{Listing, Replay};
use crate::engine::{Count, Engine};
use crate::output::paint::Role;
use crate::output::text::grouped;
use crate::output::{json, plain};

/// Articles that differ printed by name.
const NAMED: usize = 10;

pub(super) fn run(args: &Replay, session: &Session, mut out: &mut dyn Write) -> Result<Outcome> {
    let before = record::read(&args.file)?;
    if before.schema != record::VERSION {
        bail!("{} has layout {}; this version reads {}", args.file.display(), before.schema, record::VERSION);
    }
    let today =
        before.today.parse().with_context(|| format!("{}: `{}` is no day", args.file.display(), before.today))?;
    let read = search::read_on(session, &before.query, &before.filters, false, today)?;
    let engine = search::engine(session, &before.filters)?;
    let quotes = before.output == "quotes";
    let usual = Usual { sure: before.sure, indexed_after: before.indexed_after, ..Usual::new(session, quotes, None) };
    let listing = Listing { sort: Some(before.sort), ..Listing::default() };
    let plan = listing::Plan::new(session, &listing, usual)?;
    let totals = plan.totals(&engine, &read)?;
    let now = record::of(session, &engine, &read, &plan.request(read.root.clone()), quotes, &totals, today)?;
    let same = now.total == before.total && now.ids == before.ids && now.read_as == before.read_as;
    if args.json {
        json::line(&mut out, &difference(&before, &now, same))?;
    } else {
        compare(&engine, session, &before, &now, same, out)?;
    }
    Ok(if same { Outcome::Done } else { Outcome::Nothing })
}

#[derive(serde::Serialize)]
struct Difference<'a> {
    r#type: &'static str,
    same: bool,
    query: &'a str,
    recorded: &'a str,
    read_as: [&'a str; 2],
    program: [&'a str; 2],
    content: [&'a str; 2],
    total: [u64; 2],
    added: Vec<&'a String>,
    gone: Vec<&'a String>,
}

fn difference<'a>(before: &'a Record, now: &'a Record, same: bool) -> Difference<'a> {
    let (added, gone) = changes(before, now);
    Difference {
        r#type: "replay",
        same,
        query: &before.query,
        recorded: &before.recorded,
        read_as: [&before.read_as, &now.read_as],
        program: [&before.program, &now.program],
        content: [&before.archive.content, &now.archive.content],
        total: [before.total, now.total],
        added,
        gone,
    }
}

/// Ids that came and that went.
fn changes<'a>(before: &'a Record, now: &'a Record) -> (Vec<&'a String>, Vec<&'a String>) {
    let (old, new): (BTreeSet<&String>, BTreeSet<&String>) = (before.ids.iter().collect(), now.ids.iter().collect());
    (new.difference(&old).copied().collect(), old.difference(&new).copied().collect())
}

fn compare(
    engine: &impl Engine,
    session: &Session,
    before: &Record,
    now: &Record,
    same: bool,
    mut out: &mut dyn Write,
) -> Result<()> {
    let paint = &session.paint;
    writeln!(out, "{}", plain(&before.query))?;
    let hits = if now.output == "quotes" { "quotations" } else { "articles" };
    let line = format!("recorded {}, {} {hits}; now {}", before.recorded, grouped(before.total), grouped(now.total));
    paint.put(&mut out, Role::Faint, &line)?;
    writeln!(out)?;
    let mut changed = |what: &str, old: &str, new: &str| match old == new {
        true => Ok(()),
        false => writeln!(out, "{what:<10}{} -> {}", plain(old), plain(new)),
    };
    changed("program", &before.program, &now.program)?;
    changed("read as", &before.read_as, &now.read_as)?;
    changed("archive", &before.archive.id, &now.archive.id)?;
    changed("files", &before.archive.content, &now.archive.content)?;
    changed("articles", &grouped(before.archive.articles), &grouped(now.archive.articles))?;
    changed("failed", &before.archive.failed.len().to_string(), &now.archive.failed.len().to_string())?;
    for (what, old, new) in [("outlet", &before.by_source, &now.by_source), ("year", &before.by_year, &now.by_year)] {
        for (name, old, new) in counts(old, new) {
            writeln!(out, "{what:<10}{}: {} -> {}", plain(&name), grouped(old), grouped(new))?;
        }
    }
    let (added, gone) = changes(before, now);
    for (mark, ids) in [("+", &added), ("-", &gone)] {
        for id in ids.iter().take(NAMED) {
            let title = engine.article(id)?.and_then(|held| held.source.title).unwrap_or_default();
            writeln!(out, "{}", format!("{mark} {}  {}", id.get(..8).unwrap_or(id), plain(&title)).trim_end())?;
        }
        if ids.len() > NAMED {
            writeln!(out, "{mark} {} more", grouped((ids.len() - NAMED) as u64))?;
        }
    }
    if same {
        writeln!(out, "the same {hits}")?;
    }
    Ok(())
}

/// The counts that differ.
fn counts(old: &[Count], new: &[Count]) -> Vec<(String, u64, u64)> {
    let of =
        |list: &[Count], name: &Option<String>| list.iter().find(|(other, _)| other == name).map_or(0, |(_, n)| *n);
    let names: BTreeSet<&Option<String>> = old.iter().chain(new).map(|(name, _)| name).collect();
    let pairs = names.into_iter().map(|name| (name, of(old, name), of(new, name)));
    let shown = |name: &Option<String>| name.clone().unwrap_or_else(|| "(unknown)".to_owned());
    pairs.filter(|(_, old, new)| old != new).map(|(name, old, new)| (shown(name), old, new)).collect()
}
