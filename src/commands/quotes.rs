//! `newsidx quotes`: ranked quotations.

use std::io::Write;

use anyhow::{Result, bail};

use super::listing::{self, Usual};
use super::session::Session;
use super::{Outcome, count, search};
use crate::cli::{Kind, Quotes, Tabling};
use crate::engine::Request;
use crate::field::Field;
use crate::output::Format;
use crate::output::counts::TableFormat;
use crate::query::ast::NodeKind;
use crate::query::{Node, Word};

pub(super) fn run(args: &Quotes, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    if args.filters.matching.with_boilerplate {
        bail!("--with-boilerplate is for articles: there are no quotations in what was cut");
    }
    let mut read = search::read(session, &args.query, &args.filters, args.strict)?;
    if let Some(kind) = args.kind {
        read.root = read.root.and(kind_is(kind));
        read.read_as = read.root.to_string();
    }
    let engine = search::engine(session, &args.filters)?;
    if args.by.is_empty() {
        let usual = Usual { sure: args.sure, ..Usual::new(session, true, None) };
        return listing::run(session, &engine, &read, &args.listing, usual, out);
    }
    search::say_spelt(&engine, &read.root)?;
    let listing = &args.listing;
    let format = match listing.format {
        None => None,
        Some(Format::Text) => Some(TableFormat::Text),
        Some(Format::Csv) => Some(TableFormat::Csv),
        Some(Format::Tsv) => Some(TableFormat::Tsv),
        Some(Format::Jsonl | Format::Json) => Some(TableFormat::Jsonl),
        Some(_) => bail!("counts can be written as text, csv, tsv and jsonl"),
    };
    let (out_file, format_version) = (listing.out.clone(), listing.format_version);
    let tabling = Tabling { format, csv: listing.csv, json: listing.json, out: out_file, format_version };
    let request = Request { sure: args.sure, ..Request::new(read.root) };
    let table = count::Table { by: &args.by, quotes: true, limit: listing.limit, long: false };
    count::write(session, &engine, &request, &table, &tabling, out)
}

fn kind_is(kind: Kind) -> Node {
    let word = match kind {
        Kind::Direct => "direct",
        Kind::Indirect => "indirect",
    };
    let inner = Node::new(NodeKind::Word(Word::Exact(word.to_owned())), 0..0);
    Node::new(NodeKind::In(Field::QuoteKind, Box::new(inner)), 0..0)
}
