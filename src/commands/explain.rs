//! `newsidx explain`: how a query was read, and why an article is found, or is not.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};

use super::{Outcome, search};
use crate::cli::Explain;
use crate::engine::Engine;
use crate::output::explain;
use crate::output::paint::{Paint, Role};

pub(super) fn run(args: &Explain, index: Option<&Path>, paint: Paint, out: &mut impl Write) -> Result<Outcome> {
    let read = search::read(&args.query, &args.filters, &args.matching)?;
    let engine = search::engine(index, &args.matching)?;
    search::say_spelt(&engine, &read.root)?;
    let read_as = read.root.to_string();
    let why = match &args.id {
        Some(id) => match engine.why(&read.root, id)? {
            Some(why) => Some(why),
            None => bail!("no article has an id that begins with {id}"),
        },
        None => None,
    };
    let holds = |found: bool| if found { Outcome::Done } else { Outcome::Nothing };
    if let (Some(why), false) = (&why, args.json) {
        explain::why(out, &paint, why)?;
        return Ok(holds(why.parts.first().is_some_and(|part| part.holds)));
    }
    let explanation = engine.explain(&read.root)?;
    let found = match &why {
        Some(why) => why.parts.first().is_some_and(|part| part.holds),
        None => explanation.parts.first().and_then(|part| part.articles).is_some_and(|articles| articles > 0),
    };
    if args.json {
        explain::json(out, &read.text, read_as, &read.notes, &explanation, why.as_ref())?;
        return Ok(holds(found));
    }
    out.write_all(b"read as  ")?;
    paint.put(out, Role::Title, &read_as)?;
    out.write_all(b"\n\n")?;
    explain::parts(out, &paint, &explanation)?;
    Ok(holds(found))
}
