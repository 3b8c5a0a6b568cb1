//! `newsidx timeline`: hits over time, with what is doubtful about their dates.

use std::collections::BTreeMap;
use std::io::Write;

use anyhow::Result;
use jiff::ToSpan;
use jiff::civil::Date;

use super::session::Session;
use super::{Outcome, count, listing, search, target};
use crate::cli::{By, Period, Timeline};
use crate::engine::Engine;
use crate::field::Field;
use crate::output::counts::{Row, TableFormat};
use crate::output::paint::{Paint, Piece, Role};
use crate::output::plain;
use crate::query::Node;
use crate::query::ast::{DateRange, NodeKind, Word};
use crate::when::When;

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
    let mut rows = with_doubts(&engine, &read.root, args.by)?;
    if args.share {
        let all = periods(&engine, &Node::new(NodeKind::All, 0..0), args.by)?;
        for row in &mut rows {
            let of = all.iter().find(|other| other.name == row.name).map_or(0, |other| other.count);
            row.share = Some(if of == 0 { 0.0 } else { row.count as f64 / of as f64 });
        }
    }
    target::to(args.tabling.out.as_deref(), out, |mut out| {
        count::one(&mut out, &rows, "from", "(undated or less exact)", format, &session.paint)?;
        if format == TableFormat::Text {
            remarks(&engine, &read.root, &rows, args.by, &session.paint, &mut out)?;
        }
        Ok(())
    })?;
    Ok(Outcome::of_hits(rows.iter().map(|row| row.count).sum()))
}

/// What the bars do not say: what is hatched, and which spikes are made by one outlet or one day.
fn remarks(
    engine: &impl Engine,
    query: &Node,
    rows: &[Row],
    by: Period,
    paint: &Paint,
    out: &mut impl Write,
) -> Result<()> {
    if rows.iter().any(|row| row.doubtful.is_some_and(|doubtful| doubtful > 0)) {
        let what = "░ doubtful: the year inferred, from the name of the file, or less exact than a day";
        paint.wrapped(out, 0, Role::Faint, &[Piece { text: what.to_owned(), marked: false }])?;
    }
    for row in spikes(rows) {
        if let Some(cause) = cause(engine, query, row, by)? {
            writeln!(out, "{}: {cause}", row.name.as_deref().unwrap_or_default())?;
        }
    }
    Ok(())
}

/// Hits that a row must have to be a spike.
const SPIKE: u64 = 5;
/// How many times as many as the row in the middle.
const ABOVE: u64 = 3;
/// Spikes that are looked into.
const SPIKES: usize = 5;
/// Percent of a spike that one outlet or day must make up to be its cause.
const MOST: u64 = 70;

/// Rows that stand out from the others, the largest first.
fn spikes(rows: &[Row]) -> Vec<&Row> {
    let dated: Vec<&Row> = rows.iter().filter(|row| row.name.is_some() && row.count > 0).collect();
    let mut counts: Vec<u64> = dated.iter().map(|row| row.count).collect();
    counts.sort_unstable();
    // The lower one of two in the middle: of two rows, the larger can be a spike.
    let Some(middle) = counts.get(counts.len().saturating_sub(1) / 2).filter(|_| counts.len() > 1) else {
        return Vec::new();
    };
    let mut spikes: Vec<&Row> =
        dated.into_iter().filter(|row| row.count >= SPIKE && row.count >= ABOVE * middle).collect();
    spikes.sort_by_key(|row| std::cmp::Reverse(row.count));
    spikes.truncate(SPIKES);
    spikes
}

/// What makes a spike, if one outlet or one day does.
fn cause(engine: &impl Engine, query: &Node, row: &Row, by: Period) -> Result<Option<String>> {
    let Some(when) = row.name.as_deref().and_then(|name| name.parse::<When>().ok()) else { return Ok(None) };
    let last = next(when.first, by).and_then(|next| next.yesterday().ok()).unwrap_or(when.last);
    let range = DateRange::Between(Some(when.first), Some(last));
    let within = Node::new(NodeKind::Date(Field::Date, range), 0..0);
    let query = Node::new(NodeKind::And(vec![query.clone(), within]), 0..0);
    let largest = |by: By| -> Result<Option<(String, u64)>> {
        let counts = count::rows(engine, &query, false, by)?;
        let named = counts.into_iter().filter_map(|row| Some((row.name?, row.count)));
        Ok(named.max_by_key(|(_, count)| *count).filter(|(_, count)| *count * 100 >= row.count * MOST))
    };
    let mut causes = Vec::new();
    if let Some((outlet, count)) = largest(By::Source)? {
        causes.push(format!("{count} of {} are from {}", row.count, plain(&outlet)));
    }
    if by != Period::Day
        && let Some((day, count)) = largest(By::Day)?
    {
        causes.push(format!("{count} of {} are dated to one day, {day}", row.count));
    }
    let doubtful = row.doubtful.unwrap_or(0);
    if doubtful * 100 >= row.count * MOST {
        causes.push(format!("the dates of {doubtful} are doubtful"));
    }
    Ok((!causes.is_empty()).then(|| causes.join("; ")))
}

/// The rows, each with how many of its hits have a doubtful date.
fn with_doubts(engine: &impl Engine, query: &Node, by: Period) -> Result<Vec<Row>> {
    let mut rows = periods(engine, query, by)?;
    let low = Node::new(NodeKind::Word(Word::Exact("low".to_owned())), 0..0);
    let low = Node::new(NodeKind::In(Field::DateTrust, Box::new(low)), 0..0);
    let untrusted = Node::new(NodeKind::And(vec![query.clone(), low]), 0..0);
    // By days, so that what is dated to a month or year only is known by its absence.
    let (exact, untrusted) = (by_start(engine, query, by)?, by_start(engine, &untrusted, by)?);
    for row in &mut rows {
        let Some(when) = row.name.as_deref().and_then(|name| name.parse::<When>().ok()) else { continue };
        let of = |days: &BTreeMap<Date, u64>| days.get(&when.first).copied().unwrap_or(0);
        row.doubtful = Some(row.count.saturating_sub(of(&exact)) + of(&untrusted));
    }
    Ok(rows)
}

/// Hits that are dated to a day, by the first day of their period.
fn by_start(engine: &impl Engine, query: &Node, by: Period) -> Result<BTreeMap<Date, u64>> {
    let mut out = BTreeMap::new();
    for row in count::rows(engine, query, false, By::Day)? {
        if let Some(when) = row.name.as_deref().and_then(|name| name.parse::<When>().ok()) {
            *out.entry(start_of(when.first, by)).or_insert(0) += row.count;
        }
    }
    Ok(out)
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
        match row.name.as_deref().and_then(|name| name.parse::<When>().ok()) {
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
        rows.push(Row { name: None, count: undated, ..Row::default() });
    }
    Ok(rows)
}

/// The first day of the period that `day` is in.
fn start_of(day: Date, by: Period) -> Date {
    match by {
        Period::Day => day,
        Period::Week => {
            let back = i64::from(day.weekday().to_monday_zero_offset());
            day.checked_sub(back.days()).unwrap_or(day)
        }
        Period::Month => day.first_of_month(),
        Period::Year => day.first_of_year(),
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
    let row = |day: Date, count| Row { name: Some(name(day)), count, ..Row::default() };
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spikes_stand_out_from_the_middle() {
        let rows = |counts: &[u64]| -> Vec<Row> {
            let named = counts.iter().enumerate();
            named.map(|(n, count)| Row { name: Some(n.to_string()), count: *count, ..Row::default() }).collect()
        };
        let found = |counts: &[u64]| -> Vec<u64> { spikes(&rows(counts)).iter().map(|row| row.count).collect() };
        assert_eq!(found(&[2, 3, 0, 30, 2, 4]), [30]);
        assert_eq!(found(&[2, 12]), [12]);
        assert_eq!(found(&[1, 4, 1]), Vec::<u64>::new());
        assert_eq!(found(&[10, 12, 11, 13]), Vec::<u64>::new());
        assert_eq!(found(&[40]), Vec::<u64>::new());
        assert_eq!(found(&[]), Vec::<u64>::new());
    }
}
