//! `newsidx timeline`: hits over time.

use std::io::Write;

use anyhow::Result;
use jiff::ToSpan;
use jiff::civil::Date;

use super::session::Session;
use super::{Outcome, count, listing, search, target};
use crate::cli::{By, Period, Timeline};
use crate::engine::Engine;
use crate::output::counts::Row;
use crate::query::Node;
use crate::query::ast::NodeKind;

/// Rows without hits between two with hits, before the gap is left out.
const GAP: usize = 400;

pub(super) fn run(args: &Timeline, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let read = search::read(session, &args.query, &args.filters, false)?;
    let engine = search::engine(session, &args.filters)?;
    search::say_spelt(&engine, &read.root)?;
    if let Some(outcome) = listing::version(args.tabling.format_version) {
        return Ok(outcome);
    }
    let format = count::format(&args.tabling)?;
    let mut rows = periods(&engine, &read.root, args.by)?;
    if args.share {
        let all = periods(&engine, &Node::new(NodeKind::All, 0..0), args.by)?;
        for row in &mut rows {
            let of = all.iter().find(|other| other.name == row.name).map_or(0, |other| other.count);
            row.share = Some(if of == 0 { 0.0 } else { row.count as f64 / of as f64 });
        }
    }
    target::to(args.tabling.out.as_deref(), out, |out| {
        count::one(out, &rows, "from", "(undated or less exact)", format, &session.paint)
    })?;
    Ok(Outcome::of_hits(rows.iter().map(|row| row.count).sum()))
}

/// One row a period, those without hits between the first and the last included; the undated last.
fn periods(engine: &impl Engine, query: &Node, by: Period) -> Result<Vec<Row>> {
    let facet = match by {
        Period::Day | Period::Week => By::Day,
        Period::Month => By::Month,
        Period::Year => By::Year,
    };
    let mut dated: Vec<(Date, u64)> = Vec::new();
    let mut undated = 0;
    for row in count::rows(engine, query, false, facet)? {
        match row.name.as_deref().and_then(|name| name.parse::<crate::when::When>().ok()) {
            Some(when) => {
                let start = start_of(when.first, by);
                match dated.last_mut().filter(|(last, _)| *last == start) {
                    Some((_, count)) => *count += row.count,
                    None => dated.push((start, row.count)),
                }
            }
            None => undated += row.count,
        }
    }
    let mut rows = filled(&dated, by);
    if undated > 0 {
        rows.push(Row { name: None, count: undated, share: None });
    }
    Ok(rows)
}

fn start_of(day: Date, by: Period) -> Date {
    match by {
        Period::Week => {
            let back = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(back.days()).unwrap_or(day)
        }
        _ => day,
    }
}

fn next(day: Date, by: Period) -> Option<Date> {
    let step = match by {
        Period::Day => 1.day(),
        Period::Week => 7.days(),
        Period::Month => 1.month(),
        Period::Year => 1.year(),
    };
    day.checked_add(step).ok()
}

fn filled(dated: &[(Date, u64)], by: Period) -> Vec<Row> {
    let name = |day: Date| match by {
        Period::Day | Period::Week => day.to_string(),
        Period::Month => format!("{:04}-{:02}", day.year(), day.month()),
        Period::Year => format!("{:04}", day.year()),
    };
    let row = |day: Date, count| Row { name: Some(name(day)), count, share: None };
    let mut rows: Vec<Row> = Vec::new();
    let mut expected: Option<Date> = None;
    for (day, count) in dated {
        let mut between = Vec::new();
        while let Some(missing) = expected.filter(|missing| missing < day && between.len() <= GAP) {
            between.push(row(missing, 0));
            expected = next(missing, by);
        }
        if between.len() <= GAP {
            rows.extend(between);
        }
        rows.push(row(*day, *count));
        expected = next(*day, by);
    }
    rows
}
