//! `newsidx mentions`: every mention, one line each.

use std::io::{self, IsTerminal, Write};

use anyhow::Result;
use rustc_hash::FxHashSet;

use super::session::Session;
use super::{Outcome, search};
use crate::cli::{MentionSortBy, Mentions};
use crate::engine::{Engine, MentionRequest, MentionSort};
use crate::output::json::Json;
use crate::output::{Head, Writer, json, mentions};
use crate::results::{Mention, Source, Totals};

/// Characters of context where the width of the terminal does not decide.
const CONTEXT: usize = 100;

pub(super) fn run(args: &Mentions, session: &Session, mut out: &mut dyn Write) -> Result<Outcome> {
    let read = search::read(session, &args.query, &args.filters, args.strict)?;
    let engine = search::engine(session, &args.filters)?;
    let spelt = engine.spelt(&read.root)?;
    if !args.json {
        search::say(&spelt);
    }
    let paint = session.paint;
    let context = args.context.unwrap_or(if args.json || args.csv { CONTEXT } else { paint.width });
    let request = MentionRequest { query: read.root, sort: sort(args.sort), context };
    let mut seen = Seen { offset: args.offset as u64, limit: args.limit, ..Seen::default() };
    if args.json {
        let payload = engine.payload();
        let mut lines = Json::lines(&mut out, Vec::new());
        lines.begin(&Head {
            query: &read.text,
            read_as: &read.read_as,
            notes: &read.notes,
            what: "mention",
            order: "",
            spelt: &spelt,
            archive: (&payload.id, payload.moment),
        })?;
        drop(lines);
        engine.mentions(&request, &mut |source, mention| {
            if seen.shows(source) {
                json::mention(&mut out, source, mention)?;
            }
            Ok(true) // the summary has the number of all
        })?;
        let totals = Totals {
            total: seen.mentions,
            mentions: Some(seen.mentions),
            stories: seen.articles.len() as u64,
            ..Totals::default()
        };
        Json::lines(&mut out, Vec::new()).end(&totals, seen.shown as usize)?;
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
                mentions::line(&mut out, &paint, !terminal, source, mention)?;
            }
            Ok(terminal || !seen.is_done())
        })?;
        out.flush()?;
        if seen.mentions == 0 {
            search::nothing(&engine, &request.query, false)?;
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
