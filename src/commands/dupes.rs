//! `newsidx dupes`: the copies of a story.

use std::io::Write;

use anyhow::{Result, bail};

use super::Outcome;
use super::session::Session;
use crate::cli::Dupes;
use crate::engine::Engine;
use crate::output::stories;

pub(super) fn run(args: &Dupes, session: &Session, mut out: &mut dyn Write) -> Result<Outcome> {
    let engine = session.open()?;
    let found = match &args.id {
        None => engine.most_copied(args.limit)?,
        Some(id) => match engine.copies(id)? {
            Some(story) => vec![story],
            None => bail!("no article has an id that begins with {id}"),
        },
    };
    for (i, story) in found.iter().enumerate() {
        if args.json {
            stories::json(&mut out, story)?;
            continue;
        }
        if i > 0 {
            out.write_all(b"\n")?;
        }
        stories::text(&mut out, &session.paint, story)?;
    }
    let any = found.iter().any(|story| story.copies.len() > 1);
    Ok(if any { Outcome::Done } else { Outcome::Nothing })
}
