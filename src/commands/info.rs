//! `newsidx info`: what the archive holds, or what the settings are.

use std::io::Write;

use anyhow::Result;
use tantivy::{IndexReader, ReloadPolicy};

use super::Outcome;
use super::session::Session;
use crate::cli::Info;
use crate::index::{Archive, Stories, archive, furniture, size};
use crate::output::text::grouped;
use crate::output::{info, plain};
use crate::progress::bytes;

pub(super) fn run(args: &Info, session: &Session, mut out: &mut dyn Write) -> Result<Outcome> {
    if args.config {
        match args.json {
            true => info::settings_json(&mut out, &session.config)?,
            false => info::settings(&mut out, &session.paint, &session.config)?,
        }
        return Ok(Outcome::Done);
    }
    let (archive, manifest) = Archive::open_with_manifest(&session.dir())?;
    if args.boilerplate {
        return boilerplate(&archive, out);
    }
    if args.size {
        return parts(&archive, out);
    }
    let payload = archive.payload.clone().unwrap_or_default();
    let read: u64 = manifest.files.values().map(|file| file.size).sum();
    let failed = manifest.failed();
    if args.json {
        let facts = info::Facts {
            r#type: "info",
            archive: archive.dir.display().to_string(),
            id: &payload.id,
            moment: payload.moment,
            content: format!("{:016x}", manifest.content()),
            roots: &payload.roots,
            articles: payload.articles,
            quotes: payload.quotes,
            files: manifest.files.len() as u64,
            bytes: read,
            languages: payload.languages.iter().map(String::as_str).collect(),
            disk: archive::size(&archive.dir),
            program: &payload.program,
            complete: payload.complete,
            failed,
        };
        crate::output::json::line(&mut out, &facts)?;
        return Ok(Outcome::Done);
    }
    writeln!(out, "archive     {}", archive.dir.display())?;
    for root in &payload.roots {
        writeln!(out, "corpus      {}", plain(root))?;
    }
    writeln!(out, "articles    {}", grouped(payload.articles))?;
    writeln!(out, "quotations  {}", grouped(payload.quotes))?;
    writeln!(out, "files       {} ({})", grouped(manifest.files.len() as u64), bytes(read))?;
    writeln!(out, "languages   {}", payload.languages.iter().cloned().collect::<Vec<_>>().join(" "))?;
    writeln!(out, "on disk     {}", bytes(archive::size(&archive.dir)))?;
    writeln!(out, "version     {} (analysis {})", payload.program, payload.fingerprint)?;
    if !payload.complete {
        writeln!(out, "the last build did not finish; run `newsidx build` to go on")?;
    }
    if !failed.is_empty() {
        writeln!(out, "skipped     {}", grouped(failed.len() as u64))?;
        failed.iter().try_for_each(|line| writeln!(out, "  {}", plain(line)))?;
    }
    Ok(Outcome::Done)
}

/// What the archive's bytes are for, with the share of each part, against the bytes of the files it was made from.
fn parts(archive: &Archive, out: &mut dyn Write) -> Result<Outcome> {
    let parts = size::parts(archive)?;
    let all: u64 = parts.iter().map(|part| part.bytes).sum();
    let of = |bytes: u64, whole: u64| bytes as f64 / whole.max(1) as f64;
    for part in &parts {
        writeln!(out, "{:>10}  {:>3.0} %  {}", bytes(part.bytes), of(part.bytes, all) * 100.0, part.name)?;
    }
    let read: u64 = archive.manifest()?.files.values().map(|file| file.size).sum();
    writeln!(out, "{:>10}  in all, {:.2} times the {} of the files", bytes(all), of(all, read), bytes(read))?;
    Ok(Outcome::Done)
}

/// Lines of each list.
const SHOWN: usize = 20;

fn boilerplate(archive: &Archive, out: &mut dyn Write) -> Result<Outcome> {
    let reader: IndexReader = archive.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let searcher = reader.searcher();
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
