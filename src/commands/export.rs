//! `newsidx export`: all hits, to a file.

use std::io::{self, IsTerminal, Write};

use anyhow::{Result, bail};

use super::listing::{self, Usual};
use super::session::Session;
use super::{Outcome, search};
use crate::cli::{DupsArg, Export, Listing};
use crate::output::Format;

pub(super) fn run(args: &Export, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let listing = Listing { all: args.listing.limit.is_none(), ..args.listing.clone() };
    let named = listing.out.is_some() || listing.format.is_some() || listing.json || listing.csv;
    if !named && io::stdout().is_terminal() {
        bail!("name a file, as in -o hits.csv, or a format, as in --format csv");
    }
    // What goes into a pipe without a word about its form is for a program.
    let listing = if named { listing } else { Listing { format: Some(Format::Csv), ..listing } };
    let read = search::read(session, &args.query, &args.filters, args.strict)?;
    let usual = Usual { dups: DupsArg::Show, ..Usual::new(session, false, args.passages) };
    listing::run(session, &search::engine(session, &args.filters)?, &read, &listing, usual, out)
}
