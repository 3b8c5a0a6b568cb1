//! `newsidx compare`: words typical of one part of the archive against another.

use std::io::Write;

use anyhow::{Result, bail};

use super::session::Session;
use super::{Outcome, count, listing, search, target, terms};
use crate::cli::{Compare, Filters};
use crate::engine::{Vocabulary, typical};
use crate::output::words::{self, Against};

pub(super) fn run(args: &Compare, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let both = search::read(session, &args.query, &args.filters, false)?;
    let part = |query: &String| search::read(session, std::slice::from_ref(query), &Filters::default(), false);
    let (a, b) = (part(&args.a)?, part(&args.b)?);
    let engine = search::engine(session, &args.filters)?;
    if let Some(outcome) = listing::version(args.words.tabling.format_version) {
        return Ok(outcome);
    }
    let format = count::format(&args.words.tabling)?;
    let mut asked = terms::asked(&both.root);
    asked.extend(terms::asked(&a.root));
    asked.extend(terms::asked(&b.root));
    let in_a = terms::vocabulary(&engine, both.root.clone().and(a.root), &args.words)?;
    let in_b = terms::vocabulary(&engine, both.root.and(b.root), &args.words)?;
    for (name, query, found) in [("--a", &args.a, &in_a), ("--b", &args.b, &in_b)] {
        if found.articles == 0 {
            bail!("{name} {query} finds nothing to compare");
        }
    }
    let ranked = |here: &Vocabulary, there: &Vocabulary| {
        let words = terms::wanted(here, &args.words, &asked);
        let pairs = words.into_iter().map(|(word, count)| {
            let other = there.words.get(&word).copied().unwrap_or(0);
            (word, count, other)
        });
        typical::ranked(pairs, here.articles, there.articles, args.words.limit)
    };
    let (of_a, of_b) = (ranked(&in_a, &in_b), ranked(&in_b, &in_a));
    target::to(args.words.tabling.out.as_deref(), out, |mut out| {
        let (a, b) = ((in_a.articles, "a"), (in_b.articles, "b"));
        let sides = [
            (&of_a, Against { here: a, there: b, sampled_of: in_a.sampled.then_some(in_a.total), what: &args.a }),
            (&of_b, Against { here: b, there: a, sampled_of: in_b.sampled.then_some(in_b.total), what: &args.b }),
        ];
        Ok(words::both(&mut out, &session.paint, &sides, format)?)
    })?;
    Ok(Outcome::of_hits((of_a.len() + of_b.len()) as u64))
}
