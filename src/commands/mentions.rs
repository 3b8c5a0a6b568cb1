//! `newsidx mentions`: every mention, one line each.

use std::io::{self, IsTerminal, Write};
use std::path::Path;

use anyhow::Result;
use rustc_hash::FxHashSet;

use super::{Outcome, search};
use crate::cli::{MentionSortBy, Mentions};
use crate::engine::{Engine, MentionRequest, MentionSort};
use crate::output::paint::Paint;
use crate::output::{json, mentions};
use crate::results::{Mention, Source};

/// Characters of context where the width of the terminal does not decide.
const CONTEXT: usize = 100;

pub(super) fn run(args: &Mentions, index: Option<&Path>, paint: Paint, out: &mut impl Write) -> Result<Outcome> {
    let read = search::read(&args.query, &args.filters, &args.matching)?;
    let engine = search::engine(index, &args.matching)?;
    let spelt = engine.spelt(&read.root)?;
    if !args.json {
        search::say(&spelt);
    }
    let read_as = read.root.to_string();
    let context = args.context.unwrap_or(if args.json || args.csv { CONTEXT } else { paint.width });
    let request = MentionRequest { query: read.root, sort: sort(args.sort), context };
    let mut seen = Seen { offset: args.offset as u64, limit: args.limit, ..Seen::default() };
    if args.json {
        json::begin(out, &read.text, read_as, read.notes, &spelt)?;
        engine.mentions(&request, &mut |source, mention| {
            if seen.shows(source) {
                json::mention(out, source, mention)?;
            }
            Ok(true) // the summary has the number of all
        })?;
        json::mention_summary(out, seen.mentions, seen.shown, seen.articles.len() as u64)?;
    } else if args.csv {
        let mut writer = csv::Writer::from_writer(&mut *out);
        mentions::csv_header(&mut writer)?;
        engine.mentions(&request, &mut |source, mention| {
            if seen.shows(source) {
                mentions::csv_row(&mut writer, source, mention)?;
            }
            Ok(!seen.is_done())
        })?;
        writer.flush()?;
    } else {
        let terminal = io::stdout().is_terminal();
        engine.mentions(&request, &mut |source, mention: &Mention| {
            if seen.shows(source) {
                mentions::line(out, &paint, !terminal, source, mention)?;
            }
            Ok(terminal || !seen.is_done())
        })?;
        out.flush()?;
        if seen.mentions == 0 {
            search::nothing(&engine, &request.query, &args.matching)?;
        } else if terminal {
            anstream::eprintln!("\n{}", mentions::total(seen.mentions, seen.articles.len() as u64));
        }
    }
    Ok(Outcome::of_hits(seen.mentions))
}

fn sort(by: MentionSortBy) -> MentionSort {
    match by {
        MentionSortBy::Date => MentionSort::Date,
        MentionSortBy::DateDescending => MentionSort::DateDescending,
        MentionSortBy::Source => MentionSort::Source,
        MentionSortBy::Left => MentionSort::Left,
        MentionSortBy::Right => MentionSort::Right,
    }
}

/// What went by.
#[derive(Default)]
struct Seen {
    offset: u64,
    limit: Option<usize>,
    mentions: u64,
    shown: u64,
    articles: FxHashSet<String>,
}

impl Seen {
    /// Counts one more mention; whether it is on the page that was asked for.
    fn shows(&mut self, source: &Source) -> bool {
        if !self.articles.contains(&source.id) {
            self.articles.insert(source.id.clone());
        }
        self.mentions += 1;
        let shows = self.mentions > self.offset && !self.is_done();
        self.shown += u64::from(shows);
        shows
    }

    fn is_done(&self) -> bool {
        self.limit.is_some_and(|limit| self.shown >= limit as u64)
    }
}
