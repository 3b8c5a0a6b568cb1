//! `newsidx info`: what the archive holds.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::Outcome;
use crate::cli::Info;
use crate::index::{Archive, Stories, archive, furniture};
use crate::output::plain;
use crate::output::text::grouped;
use crate::progress::bytes;

pub(super) fn run(args: &Info, index: Option<&Path>, out: &mut impl Write) -> Result<Outcome> {
    let archive = Archive::open(&archive::locate(index))?;
    if args.boilerplate {
        return boilerplate(&archive, out);
    }
    let payload = archive.payload.clone().unwrap_or_default();
    let manifest = archive.manifest()?;
    let read: u64 = manifest.files.values().map(|file| file.size).sum();
    writeln!(out, "archive     {}", archive.dir.display())?;
    for root in &payload.roots {
        writeln!(out, "corpus      {}", plain(root))?;
    }
    writeln!(out, "articles    {}", grouped(payload.articles))?;
    writeln!(out, "quotations  {}", grouped(payload.quotes))?;
    writeln!(out, "files       {} ({})", grouped(manifest.files.len() as u64), bytes(read))?;
    writeln!(out, "languages   {}", payload.languages.iter().cloned().collect::<Vec<_>>().join(" "))?;
    writeln!(out, "on disk     {}", bytes(archive.size()))?;
    writeln!(out, "version     {} (analysis {})", payload.program, payload.fingerprint)?;
    if !payload.complete {
        writeln!(out, "the last build did not finish; run `newsidx build` to go on")?;
    }
    let mut failed: Vec<String> = Vec::new();
    for file in manifest.files.values() {
        failed.extend(file.skipped.iter().map(|skipped| {
            let (member, reason) = (&skipped.member, &skipped.reason);
            match skipped.record {
                Some(record) => format!("{}{member}:{record}: {reason}", file.path),
                None => format!("{}{member}: {reason}", file.path),
            }
        }));
    }
    failed.sort();
    if !failed.is_empty() {
        writeln!(out, "skipped     {}", grouped(failed.len() as u64))?;
        failed.iter().try_for_each(|line| writeln!(out, "  {}", plain(line)))?;
    }
    Ok(Outcome::Done)
}

/// Lines of each list.
const SHOWN: usize = 20;

fn boilerplate(archive: &Archive, out: &mut impl Write) -> Result<Outcome> {
    let searcher = archive.index.reader()?.searcher();
    let stories = Stories::read(&archive.generation);
    let found = furniture::census(&searcher, &archive.fields, stories.as_ref(), SHOWN)?;
    let lines: u64 = found.reasons.iter().map(|(_, count)| count).sum();
    writeln!(out, "cut from the texts: {} lines", grouped(lines))?;
    for (reason, count) in &found.reasons {
        writeln!(out, "{:>10}  {}", grouped(*count), plain(reason))?;
    }
    if !found.cut.is_empty() {
        writeln!(out, "\ncut from most articles:")?;
        for line in &found.cut {
            writeln!(out, "{:>10}  {}: {}", grouped(u64::from(line.articles)), plain(&line.of), shown(&line.text))?;
        }
    }
    if !found.repeated.is_empty() {
        writeln!(out, "\nleft in the texts though they repeat (`cut` in a mapping file takes them out):")?;
        for line in &found.repeated {
            let of = if line.of.is_empty() { "the top folder" } else { &line.of };
            let counts = format!("{} of {}", grouped(u64::from(line.articles)), grouped(u64::from(line.among)));
            writeln!(out, "{counts:>10}  {}: {}", plain(of), shown(&line.text))?;
        }
    }
    Ok(if lines == 0 && found.repeated.is_empty() { Outcome::Nothing } else { Outcome::Done })
}

fn shown(text: &str) -> String {
    const LONGEST: usize = 100;
    let text = plain(text);
    match text.char_indices().nth(LONGEST) {
        Some((at, _)) => format!("{}…", text.get(..at).unwrap_or_default()),
        None => text.into_owned(),
    }
}
