//! `newsidx mentions`: every mention, one line each.

use std::io::Write;

use anyhow::Result;

use super::listing::{self, Usual};
use super::session::Session;
use super::{Outcome, search};
use crate::cli::{Listing, Mentions, SortBy, What};

pub(super) fn run(args: &Mentions, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let read = search::read(session, &args.query, &args.filters, args.strict)?;
    let given = &args.listing;
    let (output, sort) = (given.output.or(Some(What::Mentions)), given.sort.or(Some(SortBy::Date)));
    let listing = Listing { output, sort, ..given.clone() };
    let usual = Usual::new(session, false, None);
    listing::run(session, &search::engine(session, &args.filters)?, &read, &listing, usual, out)
}
