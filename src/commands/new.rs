//! `newsidx new`: what a saved query finds that came in since the last look.

use std::io::Write;

use anyhow::Result;

use super::listing::{self, Usual};
use super::saved::{Looks, Shelf};
use super::session::Session;
use super::{Outcome, search};
use crate::cli::{Filters, New};

pub(super) fn run(args: &New, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let dir = session.dir();
    let engine = session.open()?;
    let name = args.name.to_lowercase();
    Shelf::open(&dir)?.get(&name)?;
    let mut looks = Looks::open(&dir)?;
    let read = search::read(session, &[format!("query:{name}")], &Filters::default(), false)?;
    let usual = Usual { indexed_after: looks.last(&name), ..Usual::new(session, false, None) };
    let outcome = listing::run(session, &engine, &read, &args.listing, usual, out)?;
    // What could not be shown is not looked at: a failed write leaves the last look as it was.
    if !args.peek && matches!(outcome, Outcome::Done | Outcome::Nothing) {
        looks.note(&name, engine.payload().moment)?;
    }
    Ok(outcome)
}
