//! `newsidx dupes`: the copies of a story.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};

use super::{Outcome, search};
use crate::cli::Dupes;
use crate::engine::Engine;
use crate::output::paint::Paint;
use crate::output::stories;

pub(super) fn run(args: &Dupes, index: Option<&Path>, paint: Paint, out: &mut impl Write) -> Result<Outcome> {
    let engine = search::open(index)?;
    let found = match &args.id {
        None => engine.most_copied(args.limit)?,
        Some(id) => match engine.copies(id)? {
            Some(story) => vec![story],
            None => bail!("no article has an id that begins with {id}"),
        },
    };
    for (i, story) in found.iter().enumerate() {
        if args.json {
            stories::json(out, story)?;
            continue;
        }
        if i > 0 {
            out.write_all(b"\n")?;
        }
        stories::text(out, &paint, story)?;
    }
    let any = found.iter().any(|story| story.copies.len() > 1);
    Ok(if any { Outcome::Done } else { Outcome::Nothing })
}
