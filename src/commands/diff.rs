//! `newsidx diff`: what changed from one article to another.

use std::io::Write;

use anyhow::Result;

use super::session::Session;
use super::{Outcome, lookup};
use crate::article::Article;
use crate::cli::Diff;
use crate::output::diff;

pub(super) fn run(args: &Diff, session: &Session, mut out: &mut dyn Write) -> Result<Outcome> {
    let engine = session.open()?;
    let article = |typed: &str| -> Result<Article> { Ok(lookup::find(&engine, typed)?.0.article) };
    let (old, new) = (article(&args.old)?, article(&args.new)?);
    let stretches = diff::compare(&old, &new);
    if args.json {
        diff::json(&mut out, &stretches)?;
    } else {
        diff::text(&mut out, &session.paint, &old, &new, &stretches, args.context)?;
    }
    Ok(if stretches.iter().any(diff::Stretch::is_change) { Outcome::Done } else { Outcome::Nothing })
}
