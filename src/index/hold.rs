//! Who writes to an archive: one build at a time, over all its generations. The lock is the system's, and goes with the
//! process that holds it, however that ends.

use std::fs::{self, File, TryLockError};
use std::io::{self, Write};
use std::path::Path;

use anyhow::{Context, Result};

use super::ArchiveError;

/// Name of the file that is locked; it says who holds it.
pub(super) const FILE: &str = "build.lock";

/// The right to write to an archive, until dropped.
pub(super) struct Hold(#[allow(dead_code)] File);

impl Hold {
    /// Takes it for the archive at `dir`, a directory that is there.
    ///
    /// # Errors
    /// [`ArchiveError::Busy`] when another build has it; else when the file cannot be written.
    pub(super) fn take(dir: &Path) -> Result<Hold> {
        let path = dir.join(FILE);
        let context = || format!("failed to write {}", path.display());
        let mut file = File::options().write(true).create(true).truncate(false).open(&path).with_context(context)?;
        match file.try_lock() {
            Ok(()) => {}
            Err(TryLockError::WouldBlock) => return Err(ArchiveError::Busy(dir.into(), holder(&path)).into()),
            // Some shares know no locks; the engine's own is tried later.
            Err(TryLockError::Error(error)) if error.kind() == io::ErrorKind::Unsupported => {}
            Err(TryLockError::Error(error)) => return Err(error).with_context(context),
        }
        let started = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC");
        let who = format!("process {}{}, since {started}\n", std::process::id(), host());
        file.set_len(0).and_then(|()| file.write_all(who.as_bytes())).with_context(context)?;
        Ok(Hold(file))
    }
}

/// Who holds the lock, as they wrote: ` (process 12 on host, since 2026-01-31 12:00:00 UTC)`.
fn holder(path: &Path) -> String {
    let said = fs::read_to_string(path).unwrap_or_default();
    match said.lines().next() {
        Some(line) if !line.is_empty() => format!(" ({line})"),
        _ => String::new(),
    }
}

fn host() -> String {
    let name = fs::read_to_string("/proc/sys/kernel/hostname").ok().or_else(|| std::env::var("COMPUTERNAME").ok());
    name.map_or(String::new(), |name| format!(" on {}", name.trim()))
}
