//! `newsidx cite`: the citations of articles.

use std::io::Write;

use anyhow::Result;

use super::session::Session;
use super::{Outcome, listing, lookup, target};
use crate::cli::Cite;
use crate::output::reference::Keys;
use crate::output::{Format, Head, Style, columns, plain, writer};
use crate::results::{ArticleHit, Held, Hit, Kind, Totals};

pub(super) fn run(args: &Cite, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let engine = session.open()?;
    let found = args.articles.iter().map(|typed| Ok(hit(lookup::find(&engine, typed)?.0)));
    let hits = found.collect::<Result<Vec<ArticleHit>>>()?;
    let format = match args.format {
        Some(format) => format,
        None => listing::by_ending(args.out.as_deref())?.unwrap_or(Format::Text),
    };
    let payload = engine.payload();
    target::to(args.out.as_deref(), out, |out| {
        if format == Format::Text {
            let mut keys = Keys::default();
            for hit in &hits {
                writeln!(out, "{}", plain(&keys.reference(Hit::Article(hit), "").to_string()))?;
            }
            return Ok(());
        }
        let columns = columns::choose(&[], Kind::Article).map_err(anyhow::Error::msg)?;
        let style = Style { paint: session.paint, columns, keys: Vec::new(), whole_paths: true, bom: false };
        let mut writer = writer(format, out, style);
        let totals = Totals { total: hits.len() as u64, stories: hits.len() as u64, ..Totals::default() };
        let archive = (payload.id.as_str(), payload.moment);
        let read_as = "";
        writer.begin(&Head { query: "", read_as, notes: &[], spelt: &[], what: "article", order: "", archive })?;
        for (number, hit) in hits.iter().enumerate() {
            writer.hit(number + 1, &totals, Hit::Article(hit))?;
        }
        writer.end(&totals, hits.len())?;
        Ok(writer.finish()?)
    })?;
    Ok(Outcome::Done)
}

/// The article as a hit of nothing.
fn hit(held: Held) -> ArticleHit {
    let mut speakers: Vec<String> = held.annotations.quotes.iter().filter_map(|quote| quote.speaker.clone()).collect();
    speakers.sort_unstable();
    speakers.dedup();
    ArticleHit {
        line: held.article.record.unwrap_or_else(|| held.article.line_at(0)),
        score: 0.0,
        copies: 0,
        mentions: 0,
        title_highlights: Vec::new(),
        places: held.annotations.places.iter().filter(|p| !p.mentions.is_empty()).map(|p| p.name.clone()).collect(),
        speakers,
        passages: Vec::new(),
        source: held.source,
    }
}
