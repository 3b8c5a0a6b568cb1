//! The files of one folder of an archive: how the engine and we read, write and lock them.
//!
//! What the engine's own directory leaves open is closed here: a reader needs no right to write; a file that was
//! replaced is on the disk under its name before anything older is deleted; the index's lists are sealed (see
//! [`super::seal`]); and what fails names the file.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenDirectoryError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, META_LOCK, MmapDirectory, TerminatingWrite, WatchCallback,
    WatchHandle, WritePtr,
};
use xxhash_rust::xxh3::Xxh3;

use super::seal::{self, Living, Sum, Sums};

/// The index's list of segments, with what the last commit said.
pub const META: &str = "meta.json";
/// The index's list of files.
pub const MANAGED: &str = ".managed.json";

/// What stands between an archive and its disk while it is written: nothing, or what a test puts there.
#[derive(Clone, Default)]
pub struct Disk(Option<Arc<Wrap>>);

type Wrap = dyn Fn(Box<dyn Directory>, &Path) -> Box<dyn Directory> + Send + Sync;

impl Disk {
    /// With `wrap` around every folder: it takes the folder's files and its path.
    pub fn through(wrap: impl Fn(Box<dyn Directory>, &Path) -> Box<dyn Directory> + Send + Sync + 'static) -> Disk {
        Disk(Some(Arc::new(wrap)))
    }
}

/// What failed first: the file, and why.
pub type Trouble = Arc<Mutex<Option<(PathBuf, String)>>>;

/// The files of one folder.
#[derive(Clone)]
pub struct Files {
    inner: Box<dyn Directory>,
    folder: PathBuf,
    writing: bool,
    sums: Arc<Mutex<Sums>>,
    trouble: Trouble,
}

impl std::fmt::Debug for Files {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Files({})", self.folder.display())
    }
}

fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

impl Files {
    /// The files of `folder`, to be read only.
    ///
    /// # Errors
    /// When it is no folder, or cannot be looked into.
    pub fn for_reading(folder: &Path) -> Result<Files, OpenDirectoryError> {
        let inner: Box<dyn Directory> = Box::new(MmapDirectory::open(folder)?);
        Ok(Files { inner, folder: folder.into(), writing: false, sums: Arc::default(), trouble: Trouble::default() })
    }

    /// The files of `folder`, to be written through `disk`. What fails first is noted in `trouble`.
    ///
    /// # Errors
    /// When it is no folder, or cannot be looked into.
    pub fn for_writing(folder: &Path, disk: &Disk, trouble: &Trouble) -> Result<Files, OpenDirectoryError> {
        let mut inner: Box<dyn Directory> = Box::new(MmapDirectory::open(folder)?);
        if let Some(wrap) = &disk.0 {
            inner = wrap(inner, folder);
        }
        Ok(Files { inner, folder: folder.into(), writing: true, sums: Arc::default(), trouble: Arc::clone(trouble) })
    }

    /// The sums of the files of the last commit, as `meta.json` has them.
    pub fn sums(&self) -> Sums {
        lock(&self.sums).clone()
    }

    /// Notes an error of writing `path`.
    fn note(&self, path: &Path, error: &io::Error) {
        note(&self.trouble, self.folder.join(path), error);
    }

    fn refused(&self) -> io::Result<()> {
        let reason = || io::Error::new(io::ErrorKind::ReadOnlyFilesystem, "the archive is open for reading only");
        if self.writing { Ok(()) } else { Err(reason()) }
    }

    /// A lock that any number of readers hold together, while a build deletes nothing. It needs no right to write;
    /// where nothing can be locked there is none, and whoever opens the index notices what is gone.
    fn lock_for_reading(&self, path: &Path) -> DirectoryLock {
        let file = File::open(self.folder.join(path)).ok().filter(|file| file.lock_shared().is_ok());
        DirectoryLock::from(Box::new(file))
    }

    /// `data` as it is written under `path`.
    fn sealed(&self, path: &Path, data: &[u8]) -> Vec<u8> {
        match path.to_str() {
            Some(META) => {
                let living = Living::of(data);
                seal::seal(data, lock(&self.sums).iter().filter(|(name, _)| living.has(name)))
            }
            Some(MANAGED) => seal::seal(data, std::iter::empty()),
            _ => data.to_vec(),
        }
    }
}

/// Lets those read a file who may look into its folder: the engine makes such files for its own user alone, and an archive on
/// a share is for all. Where that cannot be, the file is no worse than before.
#[cfg(unix)]
fn share(file: &Path, folder: &Path) {
    use std::os::unix::fs::PermissionsExt;
    if let Ok(folder) = folder.metadata() {
        let mode = folder.permissions().mode() & 0o666;
        let _ = std::fs::set_permissions(file, std::fs::Permissions::from_mode(mode | 0o600));
    }
}

#[cfg(not(unix))]
fn share(_: &Path, _: &Path) {}

fn note(trouble: &Trouble, path: PathBuf, error: &io::Error) {
    lock(trouble).get_or_insert_with(|| (path, error.to_string()));
}

impl Directory for Files {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        self.refused().map_err(|error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.into() })?;
        lock(&self.sums).remove(&*path.to_string_lossy());
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.refused().map_err(|error| OpenWriteError::wrap_io_error(error, path.into()))?;
        let file = self.inner.open_write(path).inspect_err(|error| {
            if let OpenWriteError::IoError { io_error, .. } = error {
                self.note(path, io_error);
            }
        })?;
        let file = file.into_inner().map_err(|error| OpenWriteError::wrap_io_error(error.into(), path.into()))?;
        Ok(BufWriter::new(Box::new(Summed {
            file,
            hash: Xxh3::new(),
            size: 0,
            path: self.folder.join(path),
            sums: Arc::clone(&self.sums),
            trouble: Arc::clone(&self.trouble),
        })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        let data = self.inner.atomic_read(path)?;
        let name = path.to_str();
        if name != Some(META) && name != Some(MANAGED) {
            return Ok(data);
        }
        let Some((text, sums)) = seal::open(&data) else {
            let reason = io::Error::new(io::ErrorKind::InvalidData, "it is not as it was written");
            return Err(OpenReadError::wrap_io_error(reason, path.into()));
        };
        if name == Some(META) {
            lock(&self.sums).extend(sums);
        }
        Ok(text.to_vec())
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        self.refused()?;
        let written = self.inner.atomic_write(path, &self.sealed(path, data)).and_then(|()| {
            share(&self.folder.join(path), &self.folder);
            // What is older is deleted next: the new name must be on the disk by then. The list of files is written
            // before each of them, and can be one behind.
            if path == Path::new(MANAGED) { Ok(()) } else { self.inner.sync_directory() }
        });
        written.inspect_err(|error| self.note(path, error))
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.inner.sync_directory().inspect_err(|error| self.note(Path::new(""), error))
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        if !self.writing && lock.filepath == META_LOCK.filepath {
            return Ok(self.lock_for_reading(&lock.filepath));
        }
        self.refused().map_err(LockError::wrap_io_error)?;
        self.inner.acquire_lock(lock).inspect_err(|error| {
            if let LockError::IoError(io_error) = error {
                self.note(&lock.filepath, io_error);
            }
        })
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

/// A file whose sum is taken while it is written.
struct Summed {
    file: Box<dyn TerminatingWrite + Send + Sync>,
    hash: Xxh3,
    size: u64,
    path: PathBuf,
    sums: Arc<Mutex<Sums>>,
    trouble: Trouble,
}

impl Write for Summed {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        let written = self.file.write(buffer).inspect_err(|error| note(&self.trouble, self.path.clone(), error))?;
        self.hash.update(&buffer[..written]);
        self.size += written as u64;
        Ok(written)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush().inspect_err(|error| note(&self.trouble, self.path.clone(), error))
    }
}

impl TerminatingWrite for Summed {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.file.terminate_ref(token).inspect_err(|error| note(&self.trouble, self.path.clone(), error))?;
        let name = self.path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        lock(&self.sums).insert(name, Sum { size: self.size, hash: self.hash.digest() });
        Ok(())
    }
}
