//! `newsidx check`: whether the archive is as it was written.

use std::io::Write;
use std::path::Path;

use anyhow::Result;

use super::Outcome;
use super::session::Session;
use crate::cli::Check;
use crate::engine::local::Local;
use crate::index::check::{self, Checked, Finding};
use crate::output::plain;
use crate::output::text::grouped;
use crate::progress::bytes;

pub(super) fn run(args: &Check, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let dir = session.dir();
    let (checked, sampled) = thoroughly(&dir, args.sample)?;
    if checked.findings.is_empty() {
        writeln!(
            out,
            "{}: {} files ({}) are as they were written; {} articles and {} quotations are those of the manifest; {} \
             articles looked at from end to end",
            dir.display(),
            grouped(checked.files),
            bytes(checked.bytes),
            grouped(checked.articles),
            grouped(checked.quotes),
            grouped(sampled as u64),
        )?;
        return Ok(Outcome::Done);
    }
    for finding in &checked.findings {
        writeln!(out, "{}", plain(&finding.to_string()))?;
    }
    writeln!(out, "{} is damaged; run `newsidx repair`", dir.display())?;
    Ok(Outcome::Unusable)
}

/// Checks the files, and if they are sound, up to `sample` articles. Gives how many of them.
pub(super) fn thoroughly(dir: &Path, sample: usize) -> Result<(Checked, usize)> {
    let mut checked = check::check(dir)?;
    if !checked.is_sound() {
        return Ok((checked, 0));
    }
    let (sampled, wrong) = Local::open(dir)?.sample(sample)?;
    checked.findings.extend(wrong.into_iter().map(|what| Finding { file: String::new(), what, derived: false }));
    Ok((checked, sampled))
}
