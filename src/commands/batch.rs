//! `newsidx batch`: many queries at once. How many each has as a table, or the hits with the query beside them.

use std::fs;
use std::io::{self, Read as _, Write};
use std::path::Path;

use anyhow::{Context, Result, bail};

use super::listing::{self, Plan, Usual};
use super::search::{self, Read};
use super::session::Session;
use super::{Outcome, target};
use crate::cli::Batch;
use crate::engine::local::Local;
use crate::output::tally::{self, Line};
use crate::output::{Format, plain};

pub(super) fn run(args: &Batch, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let text = if args.file == Path::new("-") {
        let mut text = String::new();
        io::stdin().read_to_string(&mut text).context("failed to read stdin")?;
        text
    } else {
        fs::read_to_string(&args.file).with_context(|| format!("failed to read {}", args.file.display()))?
    };
    let listing = &args.listing;
    if let Some(outcome) = listing::version(listing.format_version) {
        return Ok(outcome);
    }
    if listing.record.is_some() {
        bail!("--record keeps one query; run it with `newsidx query`");
    }
    let engine = search::engine(session, &args.filters)?;
    // All are read before any is run: a mistake in the last line should not cost the first hour.
    let (mut reads, mut bad) = (Vec::new(), 0);
    for (number, line) in text.trim_start_matches('\u{FEFF}').lines().enumerate() {
        let line = line.trim();
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        match search::read(session, &[line.to_owned()], &args.filters, args.strict) {
            Ok(read) => {
                if !read.notes.is_empty() {
                    search::note(&format!("that is said of {}:{}", args.file.display(), number + 1));
                }
                reads.push(read);
            }
            Err(error) => {
                bad += 1;
                anstream::eprintln!("{}:{}: {}", args.file.display(), number + 1, plain(&format!("{error:#}")));
            }
        }
    }
    if bad > 0 {
        bail!("{bad} of the queries cannot be run; none was");
    }
    let hits = listing.output.is_some() || listing.files;
    if hits { self::hits(args, session, &engine, &reads, out) } else { table(args, session, &engine, &reads, out) }
}

fn hits(args: &Batch, session: &Session, engine: &Local, reads: &[Read], out: &mut dyn Write) -> Result<Outcome> {
    let plan = Plan::new(session, &args.listing, Usual::new(session, false, None))?;
    let mut all = 0;
    target::to(args.listing.out.as_deref(), out, |out| {
        let mut writer = plan.writer(out);
        for read in reads {
            all += plan.write(engine, read, &mut *writer)?.0.total;
        }
        Ok(writer.finish()?)
    })?;
    Ok(Outcome::of_hits(all))
}

fn table(args: &Batch, session: &Session, engine: &Local, reads: &[Read], out: &mut dyn Write) -> Result<Outcome> {
    let listing = &args.listing;
    let plan = Plan::new(session, listing, Usual::new(session, false, None))?;
    let quotes = Plan::new(session, listing, Usual::new(session, true, None))?;
    let mut lines = Vec::new();
    for read in reads {
        let (articles, quotes) = (plan.totals(engine, read)?, quotes.totals(engine, read)?.total);
        lines.push(Line { query: read.text.clone(), articles, quotes });
    }
    let all = lines.iter().map(|line| line.articles.total).sum();
    if listing.quiet {
        return Ok(Outcome::of_hits(all));
    }
    let format = plan.format();
    target::to(listing.out.as_deref(), out, |mut out| {
        match format {
            Format::Text => tally::text(&mut out, &session.paint, &lines)?,
            Format::Csv => tally::delimited(&mut out, &lines, false, listing.bom)?,
            Format::Tsv => tally::delimited(&mut out, &lines, true, listing.bom)?,
            Format::Jsonl | Format::Json => tally::json(&mut out, &lines)?,
            _ => bail!("the table can be written as text, csv, tsv and jsonl; --output articles lists the hits"),
        }
        Ok(())
    })?;
    Ok(Outcome::of_hits(all))
}
