//! `newsidx query`: ranked articles.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::{Outcome, search};
use crate::cli::Query;
use crate::engine::Engine;
use crate::output::paint::Paint;
use crate::output::{json, text};

pub(super) fn run(args: &Query, index: Option<&Path>, paint: Paint, out: &mut impl Write) -> Result<Outcome> {
    let read = search::read(&args.query, &args.filters, args.strict)?;
    let engine = search::engine(index, &args.filters)?;
    let read_as = read.root.to_string();
    let request = search::request(read.root, &args.listing, args.passages, 0.0);
    let found = engine.articles(&request)?;
    let spelt = engine.spelt(&request.query)?;
    if args.listing.json {
        json::begin(out, &read.text, read_as, read.notes, &spelt)?;
        found.hits.iter().try_for_each(|hit| json::article(out, hit))?;
        json::summary(out, &found)?;
        return Ok(Outcome::of_hits(found.total));
    }
    if found.total == 0 {
        search::nothing(&engine, &request.query)?;
        return Ok(Outcome::Nothing);
    }
    text::summary(out, &paint, &found, "article", search::order(request.sort), &spelt)?;
    for (i, hit) in found.hits.iter().enumerate() {
        text::article(out, &paint, request.offset + i + 1, hit)?;
    }
    out.flush()?;
    search::more(&found, &request);
    Ok(Outcome::Done)
}
