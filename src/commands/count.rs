//! `newsidx count`: a number, a table, or a table of two things.

use std::cmp::Reverse;
use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use rustc_hash::FxHashMap;

use super::session::Session;
use super::{Outcome, listing, search, target};
use crate::cli::{By, CountArgs, Counting, Tabling};
use crate::engine::{Dups, Engine, Facet, Request};
use crate::output::counts::{self, Grid, Row, TableFormat};
use crate::output::paint::Paint;
use crate::query::Node;

pub(super) fn run(args: &CountArgs, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let read = search::read(session, &args.query, &args.filters, false)?;
    let engine = search::engine(session, &args.filters)?;
    search::say_spelt(&engine, &read.root)?;
    if let Some(outcome) = listing::version(args.tabling.format_version) {
        return Ok(outcome);
    }
    let table = Table { by: &args.by, quotes: false, limit: args.limit, long: args.long };
    let dups = match args.dups {
        Counting::Show => Dups::Show,
        Counting::Fold => Dups::Fold,
    };
    let request = Request { dups, ..Request::new(read.root) };
    write(session, &engine, &request, &table, &args.tabling, out)
}

/// What is counted, by what.
pub(super) struct Table<'a> {
    pub(super) by: &'a [By],
    pub(super) quotes: bool,
    /// Rows, the greatest ones.
    pub(super) limit: Option<usize>,
    /// A grid as a row a pair.
    pub(super) long: bool,
}

/// Counts, and writes the counts.
pub(super) fn write(
    session: &Session,
    engine: &impl Engine,
    request: &Request,
    table: &Table<'_>,
    tabling: &Tabling,
    out: &mut dyn Write,
) -> Result<Outcome> {
    let format = format(tabling)?;
    let limit = table.limit.unwrap_or(usize::MAX);
    let (total, what) = totals(engine, request, table.quotes)?;
    let paint = &session.paint;
    target::to(tabling.out.as_deref(), out, |mut out| {
        match table.by {
            [] if format == TableFormat::Text => writeln!(out, "{total}")?,
            [] => {
                let rows = [Row { name: Some(what.to_owned()), count: total, ..Row::default() }];
                one(&mut out, &rows, "what", "", format, paint)?;
            }
            [by] => {
                let mut rows = rows_of(engine, request, table.quotes, *by)?;
                greatest(&mut rows, limit);
                one(&mut out, &rows, column(*by), none_of(*by), format, paint)?;
            }
            [a, b] => {
                let grid = grid(engine, request, table.quotes, [*a, *b], limit)?;
                match format {
                    TableFormat::Text => counts::grid(&mut out, paint, &grid)?,
                    TableFormat::Csv => counts::grid_delimited(&mut out, &grid, table.long, false)?,
                    TableFormat::Tsv => counts::grid_delimited(&mut out, &grid, table.long, true)?,
                    TableFormat::Jsonl => counts::grid_json(&mut out, &grid)?,
                }
            }
            _ => bail!("--by takes one thing, or two: rows, then columns"),
        }
        Ok(())
    })?;
    Ok(Outcome::of_hits(total))
}

fn totals(engine: &impl Engine, request: &Request, quotes: bool) -> Result<(u64, &'static str)> {
    let request = Request { limit: Some(0), ..request.clone() };
    Ok(match (quotes, request.dups) {
        (true, _) => (engine.quotes(&request)?.totals.total, "quotations"),
        (false, Dups::Show) => (engine.articles(&request)?.totals.total, "articles"),
        (false, _) => (engine.articles(&request)?.totals.stories, "stories"),
    })
}

/// Writes the counts of one thing.
pub(super) fn one(
    mut out: &mut dyn Write,
    rows: &[Row],
    column: &str,
    none: &str,
    format: TableFormat,
    paint: &Paint,
) -> Result<()> {
    match format {
        TableFormat::Text => counts::table(&mut out, paint, rows, none)?,
        TableFormat::Csv => counts::delimited(&mut out, rows, column, false)?,
        TableFormat::Tsv => counts::delimited(&mut out, rows, column, true)?,
        TableFormat::Jsonl => counts::json(&mut out, rows, column)?,
    }
    Ok(())
}

/// How counts are to be written: as asked for, else as the ending of the file says.
pub(super) fn format(tabling: &Tabling) -> Result<TableFormat> {
    let ending = |path: &Path| match path.extension().and_then(|ending| ending.to_str()) {
        Some("csv") => Ok(TableFormat::Csv),
        Some("tsv") => Ok(TableFormat::Tsv),
        Some("jsonl" | "ndjson" | "json") => Ok(TableFormat::Jsonl),
        Some("txt") => Ok(TableFormat::Text),
        _ if std::fs::metadata(path).is_ok_and(|meta| !meta.is_file()) => Ok(TableFormat::Text),
        _ => bail!(
            "the ending of {} names no format; give one with --format, or end in .csv, .tsv, .jsonl or .txt",
            path.display()
        ),
    };
    match (tabling.format, tabling.csv, tabling.json, tabling.out.as_deref()) {
        (Some(format), ..) => Ok(format),
        (_, true, ..) => Ok(TableFormat::Csv),
        (_, _, true, _) => Ok(TableFormat::Jsonl),
        (.., Some(path)) if path != Path::new("-") => ending(path),
        _ => Ok(TableFormat::Text),
    }
}

/// The counts of articles, or of quotations, by a facet.
pub(super) fn rows(engine: &impl Engine, query: &Node, quotes: bool, by: By) -> Result<Vec<Row>> {
    rows_of(engine, &Request::new(query.clone()), quotes, by)
}

fn rows_of(engine: &impl Engine, request: &Request, quotes: bool, by: By) -> Result<Vec<Row>> {
    let counts = engine.count(request, quotes, facet(by))?;
    Ok(counts.into_iter().map(|(name, count)| Row { name, count, ..Row::default() }).collect())
}

/// The greatest rows, in the order they were in.
fn greatest(rows: &mut Vec<Row>, limit: usize) {
    if rows.len() <= limit {
        return;
    }
    let mut counts: Vec<(Reverse<u64>, usize)> =
        rows.iter().enumerate().map(|(i, row)| (Reverse(row.count), i)).collect();
    counts.sort_unstable();
    let kept: Vec<usize> = counts.into_iter().take(limit).map(|(_, i)| i).collect();
    let mut number = 0;
    rows.retain(|_| {
        number += 1;
        kept.contains(&(number - 1))
    });
}

/// Counts by two facets: rows and columns with the most first, dates in their order, what has no value last.
fn grid(engine: &impl Engine, request: &Request, quotes: bool, by: [By; 2], limit: usize) -> Result<Grid> {
    let cells = engine.count_pairs(request, quotes, by.map(facet))?;
    let names = |number: usize| {
        let mut sums: FxHashMap<&Option<String>, u64> = FxHashMap::default();
        cells.iter().for_each(|(values, count)| *sums.entry(&values[number]).or_insert(0) += count);
        let mut names: Vec<(&Option<String>, u64)> = sums.into_iter().collect();
        let by_date = is_date(by[number]);
        names.sort_unstable_by_key(|(name, sum)| {
            (name.is_none(), if by_date { Reverse(0) } else { Reverse(*sum) }, *name)
        });
        names
    };
    let (mut rows, columns) = (names(0), names(1));
    if rows.len() > limit {
        let mut sums: Vec<u64> = rows.iter().map(|(_, sum)| *sum).collect();
        sums.sort_unstable_by_key(|sum| Reverse(*sum));
        let least = sums.get(limit.saturating_sub(1)).copied().unwrap_or(0);
        rows.retain(|(_, sum)| *sum >= least);
        rows.truncate(limit);
    }
    let place = |names: &[(&Option<String>, u64)]| -> FxHashMap<Option<String>, usize> {
        names.iter().enumerate().map(|(i, (name, _))| ((*name).clone(), i)).collect()
    };
    let (row_places, column_places) = (place(&rows), place(&columns));
    let mut counts = vec![vec![0; columns.len()]; rows.len()];
    for ([row, column], count) in &cells {
        if let (Some(row), Some(column)) = (row_places.get(row), column_places.get(column)) {
            counts[*row][*column] += count;
        }
    }
    let owned = |names: Vec<(&Option<String>, u64)>| names.into_iter().map(|(name, _)| name.clone()).collect();
    Ok(Grid {
        row_of: (column(by[0]), none_of(by[0])),
        column_of: (column(by[1]), if is_date(by[1]) { "undated" } else { "none" }),
        rows: owned(rows),
        columns: owned(columns),
        counts,
    })
}

fn is_date(by: By) -> bool {
    matches!(by, By::Year | By::Month | By::Day)
}

fn facet(by: By) -> Facet {
    match by {
        By::Source => Facet::Source,
        By::Speaker => Facet::Speaker,
        By::Person => Facet::Person,
        By::Org => Facet::Org,
        By::Place => Facet::Place,
        By::Country => Facet::Country,
        By::Section => Facet::Section,
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
        By::Org => "org",
        By::Place => "place",
        By::Country => "country",
        By::Section => "section",
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
        By::Org => "(no organisation)",
        By::Place | By::Country => "(no place)",
        By::Section => "(no section)",
        By::Lang => "(language unknown)",
        By::Year | By::Month | By::Day => "(undated or less exact)",
    }
}
