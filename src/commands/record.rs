//! `--record`: what was asked, of what, and what came of it, so that a search can be cited and repeated.

use std::path::Path;

use anyhow::{Context, Result};
use serde::{Deserialize, Serialize};

use super::search::Read;
use super::session::Session;
use super::{search, target};
use crate::cli::{Filters, SortBy};
use crate::engine::local::Local;
use crate::engine::{Engine, Facet, Request, Sort};
use crate::index::Archive;
use crate::results::Totals;

/// Version of the layout.
pub(super) const VERSION: u32 = 1;

/// A recorded search.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Record {
    pub(super) r#type: String,
    pub(super) schema: u32,
    /// Version of the program.
    pub(super) program: String,
    /// When it was run.
    pub(super) recorded: String,
    /// The day that "yesterday" was counted from.
    pub(super) today: String,
    pub(super) query: String,
    pub(super) filters: Filters,
    /// How both were read.
    pub(super) read_as: String,
    /// `articles` or `quotes`.
    pub(super) output: String,
    pub(super) sure: f32,
    pub(super) sort: SortBy,
    /// For `new`: the moment of the look before.
    pub(super) indexed_after: Option<i64>,
    pub(super) archive: Searched,
    pub(super) total: u64,
    pub(super) first: Option<String>,
    pub(super) last: Option<String>,
    pub(super) undated: u64,
    /// Hits by outlet, the most first.
    pub(super) by_source: Vec<(Option<String>, u64)>,
    /// Hits by year.
    pub(super) by_year: Vec<(Option<String>, u64)>,
    /// Ids of the articles.
    pub(super) ids: Vec<String>,
}

/// The archive that was searched.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Searched {
    pub(super) id: String,
    /// The moment of its last commit, in seconds since 1970.
    pub(super) moment: i64,
    /// Hash of the paths and contents of all its files.
    pub(super) content: String,
    pub(super) articles: u64,
    /// Files and records that could not be read, and why.
    pub(super) failed: Vec<String>,
}

/// Records a search in the file at `path`.
pub(super) fn write(
    path: &Path,
    session: &Session,
    engine: &Local,
    read: &Read,
    request: &Request,
    quotes: bool,
    totals: &Totals,
) -> Result<()> {
    let record = of(session, engine, read, request, quotes, totals, search::today())?;
    target::to(Some(path), &mut std::io::sink(), |out| {
        serde_json::to_writer_pretty(&mut *out, &record)?;
        Ok(out.write_all(b"\n")?)
    })
}

/// The record of a search.
pub(super) fn of(
    session: &Session,
    engine: &Local,
    read: &Read,
    request: &Request,
    quotes: bool,
    totals: &Totals,
    today: jiff::civil::Date,
) -> Result<Record> {
    let all = Request { limit: None, offset: 0, ..request.clone() };
    Ok(Record {
        r#type: "record".to_owned(),
        schema: VERSION,
        program: env!("CARGO_PKG_VERSION").to_owned(),
        recorded: jiff::Timestamp::from_second(jiff::Timestamp::now().as_second())?.to_string(),
        today: today.to_string(),
        query: read.text.clone(),
        filters: read.filters.clone(),
        read_as: read.read_as.clone(),
        output: if quotes { "quotes" } else { "articles" }.to_owned(),
        sure: request.sure,
        sort: match request.sort {
            Sort::Relevance => SortBy::Relevance,
            Sort::Date => SortBy::Date,
            Sort::DateDescending => SortBy::DateDescending,
            Sort::Source => SortBy::Source,
        },
        indexed_after: request.indexed_after,
        archive: searched(session, engine)?,
        total: totals.total,
        first: totals.first.map(|day| day.to_string()),
        last: totals.last.map(|day| day.to_string()),
        undated: totals.undated,
        by_source: engine.count(&all, quotes, Facet::Source)?,
        by_year: engine.count(&all, quotes, Facet::Year)?,
        ids: engine.ids(&all, quotes)?,
    })
}

fn searched(session: &Session, engine: &Local) -> Result<Searched> {
    let (_, manifest) = Archive::open_with_manifest(&session.dir())?;
    let payload = engine.payload();
    Ok(Searched {
        id: payload.id.clone(),
        moment: payload.moment,
        content: format!("{:016x}", manifest.content()),
        articles: payload.articles,
        failed: manifest.failed(),
    })
}

/// Reads a record.
pub(super) fn read(path: &Path) -> Result<Record> {
    let text = std::fs::read_to_string(path).with_context(|| format!("failed to read {}", path.display()))?;
    serde_json::from_str(&text).with_context(|| format!("{} is no record of a search", path.display()))
}
