//! `newsidx explain`: how a query was read, and why an article is found, or is not.

use std::io::{self, IsTerminal, Write};

use anyhow::{Result, bail};

use super::session::Session;
use super::{Outcome, search};
use crate::cli::Explain;
use crate::engine::Engine;
use crate::output::explain;
use crate::output::paint::{Paint, Piece, Role};

pub(super) fn run(args: &Explain, session: &Session, mut out: &mut dyn Write) -> Result<Outcome> {
    let read = search::read(session, &args.query, &args.filters, args.strict)?;
    let engine = search::engine(session, &args.filters)?;
    search::say_spelt(&engine, &read.root)?;
    let paint = session.paint;
    let read_as = read.read_as.clone();
    let why = match &args.id {
        Some(id) => match engine.why(&read.root, id)? {
            Some(why) => Some(why),
            None => bail!("no article has an id that begins with {id}"),
        },
        None => None,
    };
    let holds = |found: bool| if found { Outcome::Done } else { Outcome::Nothing };
    if let (Some(why), false) = (&why, args.json) {
        explain::why(&mut out, &paint, why)?;
        return Ok(holds(why.parts.first().is_some_and(|part| part.holds)));
    }
    let explanation = engine.explain(&read.root)?;
    let found = match &why {
        Some(why) => why.parts.first().is_some_and(|part| part.holds),
        None => explanation.parts.first().and_then(|part| part.articles).is_some_and(|articles| articles > 0),
    };
    if args.json {
        explain::json(&mut out, &read.text, read_as, &read.notes, &explanation, why.as_ref())?;
        return Ok(holds(found));
    }
    out.write_all(b"read as  ")?;
    // One line for programs, however long.
    let whole = Paint { width: if io::stdout().is_terminal() { paint.width } else { usize::MAX }, ..paint };
    let piece = Piece { text: read_as, marked: false };
    whole.wrapped_behind(&mut out, "read as  ".len(), Role::Title, &[piece])?;
    out.write_all(b"\n")?;
    explain::parts(&mut out, &paint, &explanation)?;
    Ok(holds(found))
}
