//! `newsidx show`: one article.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};

use super::{Outcome, search};
use crate::cli::Show;
use crate::engine::Engine;
use crate::output::inspect;
use crate::output::paint::Paint;

pub(super) fn run(args: &Show, index: Option<&Path>, paint: Paint, out: &mut impl Write) -> Result<Outcome> {
    let engine = search::open(index)?;
    let Some((article, found)) = engine.article(&args.id)? else {
        bail!("no article has an id that begins with {}", args.id);
    };
    if args.json {
        inspect::json(&article, &found, out)?;
    } else if args.explain_date {
        inspect::date(&article, out)?;
    } else if args.removed {
        inspect::removed(&article, out)?;
    } else {
        inspect::readable(&article, &found, &paint, out)?;
    }
    Ok(Outcome::Done)
}
