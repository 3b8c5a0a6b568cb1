//! Where a command writes: stdout, or a file that appears under its name whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};

/// Runs `write` over the file at `path`, or over `stdout` for none and for `-`.
///
/// The file is written beside under another name, flushed to the disk, and renamed when it is whole: a full disk, a
/// signal or an error leaves what was there before.
pub(super) fn to<T>(
    path: Option<&Path>,
    stdout: &mut dyn Write,
    write: impl FnOnce(&mut dyn Write) -> Result<T>,
) -> Result<T> {
    let Some(path) = path.filter(|path| *path != Path::new("-")) else { return write(stdout) };
    whole(path, write).map_err(|error| {
        let causes = error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>());
        // The name of a temporary file means nothing to anybody: what the system says is enough.
        let error = match causes.filter_map(io::Error::raw_os_error).last() {
            Some(code) => io::Error::from_raw_os_error(code).into(),
            None if error.chain().any(|cause| cause.is::<io::Error>()) => error,
            None => return error,
        };
        error.context(format!("failed to write {}", path.display()))
    })
}

fn whole<T>(path: &Path, write: impl FnOnce(&mut dyn Write) -> Result<T>) -> Result<T> {
    // A link keeps pointing where it does; a device or a pipe is written as it is.
    let path = path.canonicalize().unwrap_or_else(|_| path.to_owned());
    let before = fs::metadata(&path).ok();
    if before.as_ref().is_some_and(|meta| !meta.is_file()) {
        let mut out = BufWriter::new(fs::OpenOptions::new().write(true).open(&path)?);
        let done = write(&mut out)?;
        out.flush()?;
        return Ok(done);
    }
    let dir = path.parent().filter(|dir| !dir.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".newsidx-").suffix(".part");
    let mode = mode(before.as_ref());
    if let Some(mode) = mode {
        builder.permissions(mode);
    }
    let file = builder.tempfile_in(dir)?;
    forget_when_stopped(file.path().to_owned());
    let mut out = BufWriter::new(file);
    let done = write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error).context("failed to give it its name")?;
    Ok(done)
}

/// The permissions of the file that is replaced, else those of any new file.
#[cfg(unix)]
fn mode(before: Option<&fs::Metadata>) -> Option<fs::Permissions> {
    use std::os::unix::fs::PermissionsExt;
    Some(before.map_or_else(|| fs::Permissions::from_mode(0o666), fs::Metadata::permissions))
}

#[cfg(not(unix))]
fn mode(_: Option<&fs::Metadata>) -> Option<fs::Permissions> {
    None
}

/// A signal ends the run; what was half written goes with it.
fn forget_when_stopped(path: PathBuf) {
    let handler = move || {
        fs::remove_file(&path).ok(); // it may be gone already
        std::process::exit(130);
    };
    // Where a handler is set already, a file is left behind under its temporary name.
    ctrlc::set_handler(handler).ok();
}
