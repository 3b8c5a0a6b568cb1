//! `newsidx repair`: mends an archive, from itself where that is possible, else from the corpus.

use std::io::Write;

use anyhow::{Result, bail};

use super::session::Session;
use super::{Outcome, build, check};
use crate::cli::Repair;
use crate::index::ArchiveError;
use crate::index::archive::Known;
use crate::output::plain;

/// Articles looked at from end to end.
const SAMPLE: usize = 100;

pub(super) fn run(args: &Repair, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let dir = session.dir();
    let findings = match check::thoroughly(&dir, SAMPLE) {
        Ok((checked, _)) => checked.findings,
        Err(error) => match error.downcast_ref() {
            // To be built again, like one that is damaged.
            Some(ArchiveError::OtherVersion(..) | ArchiveError::Damaged(..)) => {
                writeln!(out, "{}", plain(&error.to_string()))?;
                return rebuild(args, session, out);
            }
            _ => return Err(error),
        },
    };
    for finding in &findings {
        writeln!(out, "{}", plain(&finding.to_string()))?;
    }
    match findings.iter().all(|finding| finding.derived) {
        true if findings.is_empty() => writeln!(out, "{}: nothing to repair", dir.display())?,
        true => return build::again(&[], false, session, out),
        false => return rebuild(args, session, out),
    }
    Ok(Outcome::Done)
}

fn rebuild(args: &Repair, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    if args.paths.is_empty() && Known::outline(&session.dir()).manifest.roots.is_empty() {
        bail!("the archive cannot say what it was built from: name the folder, as in `newsidx repair ./corpus`");
    }
    build::again(&args.paths, true, session, out)
}
