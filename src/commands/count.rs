//! `newsidx count`: a number, or a table.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::{Outcome, search};
use crate::cli::{By, CountArgs};
use crate::engine::{Dups, Engine, Facet, Request, Sort};
use crate::output::counts::{self, Row};
use crate::output::paint::Paint;
use crate::query::Node;

pub(super) fn run(args: &CountArgs, index: Option<&Path>, paint: Paint, out: &mut impl Write) -> Result<Outcome> {
    let read = search::read(&args.query, &args.filters, false)?;
    let engine = search::engine(index, &args.filters)?;
    search::say_spelt(&engine, &read.root)?;
    let total = total(&engine, &read.root)?;
    let rows = match args.by {
        Some(by) => rows(&engine, &read.root, false, by)?,
        None => vec![Row { name: Some("articles".to_owned()), count: total, share: None }],
    };
    match (args.by, args.csv, args.json) {
        (None, false, false) => writeln!(out, "{total}")?,
        (_, true, _) => counts::csv(out, &rows, args.by.map_or("what", column))?,
        (_, _, true) => counts::json(out, &rows)?,
        (Some(by), ..) => counts::table(out, &paint, &rows, none_of(by))?,
    }
    Ok(Outcome::of_hits(total))
}

pub(super) fn total(engine: &impl Engine, query: &Node) -> Result<u64> {
    let request = Request {
        query: query.clone(),
        sort: Sort::Date,
        offset: 0,
        limit: Some(0),
        passages: 0,
        sure: 0.0,
        dups: Dups::Show,
    };
    Ok(engine.articles(&request)?.total)
}

/// The counts of articles, or of quotations, by a facet.
pub(super) fn rows(engine: &impl Engine, query: &Node, quotes: bool, by: By) -> Result<Vec<Row>> {
    let counts = engine.count(query, quotes, facet(by))?;
    Ok(counts.into_iter().map(|(name, count)| Row { name, count, share: None }).collect())
}

fn facet(by: By) -> Facet {
    match by {
        By::Source => Facet::Source,
        By::Speaker => Facet::Speaker,
        By::Person => Facet::Person,
        By::Place => Facet::Place,
        By::Country => Facet::Country,
        By::Lang => Facet::Lang,
        By::Year => Facet::Year,
        By::Month => Facet::Month,
        By::Day => Facet::Day,
    }
}

fn column(by: By) -> &'static str {
    match by {
        By::Source => "source",
        By::Speaker => "speaker",
        By::Person => "person",
        By::Place => "place",
        By::Country => "country",
        By::Lang => "lang",
        By::Year => "year",
        By::Month => "month",
        By::Day => "day",
    }
}

/// What a row without a value is called.
pub(super) fn none_of(by: By) -> &'static str {
    match by {
        By::Source => "(outlet unknown)",
        By::Speaker => "(no named speaker)",
        By::Person => "(nobody named in full)",
        By::Place | By::Country => "(no place)",
        By::Lang => "(language unknown)",
        By::Year | By::Month | By::Day => "(undated or less exact)",
    }
}
