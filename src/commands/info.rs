//! `newsidx info`: what the archive holds.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::Outcome;
use crate::index::{Archive, archive};
use crate::output::plain;
use crate::output::text::grouped;
use crate::progress::bytes;

pub(super) fn run(index: Option<&Path>, out: &mut impl Write) -> Result<Outcome> {
    let archive = Archive::open(&archive::locate(index))?;
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
