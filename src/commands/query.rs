//! `newsidx query`: ranked articles.

use std::io::Write;

use anyhow::Result;

use super::listing::{self, Usual};
use super::session::Session;
use super::{Outcome, search};
use crate::cli::Query;

pub(super) fn run(args: &Query, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let read = search::read(session, &args.query, &args.filters, args.strict)?;
    let usual = Usual::new(session, false, args.passages);
    listing::run(session, &search::engine(session, &args.filters)?, &read, &args.listing, usual, out)
}
