//! `newsidx quotes`: ranked quotations.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::{Outcome, count, search};
use crate::cli::{Kind, Quotes};
use crate::engine::Engine;
use crate::field::Field;
use crate::output::paint::Paint;
use crate::output::{counts, json, text};
use crate::query::ast::NodeKind;
use crate::query::{Node, Word};

pub(super) fn run(args: &Quotes, index: Option<&Path>, paint: Paint, out: &mut impl Write) -> Result<Outcome> {
    let read = search::read(&args.query, &args.filters, args.strict)?;
    let engine = search::engine(index, &args.filters)?;
    let root = match args.kind {
        Some(kind) => read.root.and(kind_is(kind)),
        None => read.root,
    };
    if let Some(by) = args.by {
        search::say_spelt(&engine, &root)?;
        let rows = count::rows(&engine, &root, true, by)?;
        counts::table(out, &paint, &rows, count::none_of(by))?;
        return Ok(if rows.is_empty() { Outcome::Nothing } else { Outcome::Done });
    }
    let read_as = root.to_string();
    let request = search::request(root, &args.listing, 0, args.sure);
    let found = engine.quotes(&request)?;
    let spelt = engine.spelt(&request.query)?;
    if args.listing.json {
        json::begin(out, &read.text, read_as, read.notes, &spelt)?;
        found.hits.iter().try_for_each(|hit| json::quote(out, hit))?;
        json::summary(out, &found)?;
        return Ok(Outcome::of_hits(found.total));
    }
    if found.total == 0 {
        anstream::eprintln!("nothing found");
        search::suggest(&engine, &request.query)?;
        return Ok(Outcome::Nothing);
    }
    text::summary(out, &paint, &found, "quotation", search::order(request.sort), &spelt)?;
    for (i, hit) in found.hits.iter().enumerate() {
        text::quote(out, &paint, request.offset + i + 1, hit)?;
    }
    out.flush()?;
    search::more(&found, &request);
    Ok(Outcome::Done)
}

fn kind_is(kind: Kind) -> Node {
    let word = match kind {
        Kind::Direct => "direct",
        Kind::Indirect => "indirect",
    };
    let inner = Node::new(NodeKind::Word(Word::Exact(word.to_owned())), 0..0);
    Node::new(NodeKind::In(Field::QuoteKind, Box::new(inner)), 0..0)
}
