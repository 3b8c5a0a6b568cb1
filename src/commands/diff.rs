//! `newsidx diff`: what changed from one article to another.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};

use super::{Outcome, search};
use crate::article::Article;
use crate::cli::Diff;
use crate::engine::Engine;
use crate::output::diff;
use crate::output::paint::Paint;

pub(super) fn run(args: &Diff, index: Option<&Path>, paint: Paint, out: &mut impl Write) -> Result<Outcome> {
    let engine = search::open(index)?;
    let article = |id: &str| -> Result<Article> {
        match engine.article(id)? {
            Some((article, _)) => Ok(article),
            None => bail!("no article has an id that begins with {id}"),
        }
    };
    let (old, new) = (article(&args.old)?, article(&args.new)?);
    let stretches = diff::compare(&old, &new);
    if args.json {
        diff::json(out, &stretches)?;
    } else {
        diff::text(out, &paint, &old, &new, &stretches, args.context)?;
    }
    Ok(if stretches.iter().any(diff::Stretch::is_change) { Outcome::Done } else { Outcome::Nothing })
}
