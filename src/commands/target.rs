//! Where a command writes: stdout, or a file that appears under its name whole or not at all.

use std::fs;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};

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
    let mode = mode(before.as_ref());
    // The signal is heeded, and the name noted, before the file is there: it is never there unknown.
    let begun = forget_when_stopped();
    let file = tempfile::Builder::new().prefix(".newsidx-").suffix(".part").make_in(dir, |path| {
        *begun.lock().unwrap_or_else(PoisonError::into_inner) = Some(path.to_owned());
        let mut options = fs::OpenOptions::new();
        options.write(true).create_new(true);
        with_mode(&mut options, mode);
        options.open(path)
    })?;
    let mut out = BufWriter::new(file);
    let done = write(&mut out)?;
    let file = out.into_inner().map_err(io::IntoInnerError::into_error)?;
    file.as_file().sync_all()?;
    file.persist(&path).map_err(|error| error.error).context("failed to give it its name")?;
    Ok(done)
}

/// The permissions of the file that is replaced, else those of any new file.
fn mode(before: Option<&fs::Metadata>) -> u32 {
    #[cfg(unix)]
    let before = before.map(|meta| std::os::unix::fs::MetadataExt::mode(meta) & 0o7777);
    #[cfg(not(unix))]
    let before = before.and(None);
    before.unwrap_or(0o666)
}

#[cfg(unix)]
fn with_mode(options: &mut fs::OpenOptions, mode: u32) {
    std::os::unix::fs::OpenOptionsExt::mode(options, mode);
}

#[cfg(not(unix))]
fn with_mode(_: &mut fs::OpenOptions, _: u32) {}

/// A signal ends the run; what was half written goes with it, once it is named in what this gives.
fn forget_when_stopped() -> Arc<Mutex<Option<PathBuf>>> {
    let begun: Arc<Mutex<Option<PathBuf>>> = Arc::default();
    let path = Arc::clone(&begun);
    let handler = move || {
        if let Some(path) = &*path.lock().unwrap_or_else(PoisonError::into_inner) {
            fs::remove_file(path).ok(); // it may be gone already
        }
        std::process::exit(130);
    };
    // Where a handler is set already, a file is left behind under its temporary name.
    ctrlc::set_handler(handler).ok();
    begun
}
