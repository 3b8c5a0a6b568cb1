//! A disk that fails at a given operation, and knows what would be on it if the power went then.

use std::collections::{BTreeMap, BTreeSet};
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};
use std::{fmt, fs};

use tantivy::Directory;
use tantivy::directory::error::{DeleteError, LockError, OpenReadError, OpenWriteError};
use tantivy::directory::{
    AntiCallToken, DirectoryLock, FileHandle, Lock, TerminatingWrite, WatchCallback, WatchHandle, WritePtr,
};

use crate::index::Disk;

/// How a disk fails.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Fault {
    /// It is full for one operation.
    Full,
    /// Whoever builds has used up what they may store, for one operation.
    Quota,
    /// Nothing can be written any more: it broke, or the process was killed.
    Dead,
    /// The power goes: of what was not flushed only deletions are done.
    PowerLoss,
}

impl Fault {
    /// What the system says then.
    pub(super) fn code(self) -> i32 {
        match self {
            Fault::Full => 28,                   // ENOSPC
            Fault::Quota => 122,                 // EDQUOT
            Fault::Dead | Fault::PowerLoss => 5, // EIO
        }
    }
}

/// Folders by path; each with what is in its files, or nothing for a folder.
type Image = BTreeMap<PathBuf, BTreeMap<String, Option<Vec<u8>>>>;

/// When a disk fails.
pub(super) struct Fate {
    fault: Fault,
    at: usize,
    count: AtomicUsize,
    /// What is on the disk for good.
    durable: Mutex<Image>,
    /// Files whose content is not.
    open: Mutex<BTreeSet<PathBuf>>,
}

impl Fate {
    /// At operation number `at`, counted from 1.
    pub(super) fn new(fault: Fault, at: usize) -> Arc<Fate> {
        let (count, durable, open) = (AtomicUsize::new(0), Mutex::default(), Mutex::default());
        Arc::new(Fate { fault, at, count, durable, open })
    }

    /// The disk of the archive at `dir`.
    pub(super) fn disk(self: &Arc<Fate>, dir: &Path) -> Disk {
        for entry in walkdir::WalkDir::new(dir).into_iter().flatten().filter(|entry| entry.file_type().is_dir()) {
            self.flush(entry.path());
        }
        let fate = Arc::clone(self);
        Disk::through(move |inner, folder| {
            Box::new(Failing { inner, folder: folder.to_owned(), fate: Arc::clone(&fate) })
        })
    }

    /// Operations so far.
    pub(super) fn operations(&self) -> usize {
        self.count.load(Ordering::SeqCst)
    }

    /// Whether the build came to the operation that fails.
    pub(super) fn has_struck(&self) -> bool {
        self.count.load(Ordering::SeqCst) >= self.at
    }

    fn step(&self) -> io::Result<()> {
        let number = self.count.fetch_add(1, Ordering::SeqCst) + 1;
        match self.fault {
            Fault::Full | Fault::Quota if number != self.at => Ok(()),
            _ if number < self.at => Ok(()),
            fault => Err(io::Error::from_raw_os_error(fault.code())),
        }
    }

    /// The names in `folder` are on the disk for good, with the content of what is not being written.
    fn flush(&self, folder: &Path) {
        let open = self.open.lock().unwrap();
        let mut now = BTreeMap::new();
        for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
            let content = match entry.file_type() {
                Ok(kind) if kind.is_dir() => None,
                _ if open.contains(&entry.path()) => Some(Vec::new()),
                _ => fs::read(entry.path()).ok(),
            };
            now.insert(entry.file_name().to_string_lossy().into_owned(), content);
        }
        self.durable.lock().unwrap().insert(folder.to_owned(), now);
    }

    /// Makes `dir` what the disk has after the power went.
    pub(super) fn restore(&self, dir: &Path) {
        let durable = self.durable.lock().unwrap();
        fs::remove_dir_all(dir).unwrap();
        let mut folders = vec![dir.to_owned()];
        while let Some(folder) = folders.pop() {
            fs::create_dir_all(&folder).unwrap();
            for (name, content) in durable.get(&folder).into_iter().flatten() {
                match content {
                    Some(content) => fs::write(folder.join(name), content).unwrap(),
                    None => folders.push(folder.join(name)),
                }
            }
        }
    }
}

/// A folder of such a disk.
#[derive(Clone)]
struct Failing {
    inner: Box<dyn Directory>,
    folder: PathBuf,
    fate: Arc<Fate>,
}

impl fmt::Debug for Failing {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Failing({})", self.folder.display())
    }
}

impl Directory for Failing {
    fn get_file_handle(&self, path: &Path) -> Result<Arc<dyn FileHandle>, OpenReadError> {
        self.inner.get_file_handle(path)
    }

    fn delete(&self, path: &Path) -> Result<(), DeleteError> {
        let failed = |error| DeleteError::IoError { io_error: Arc::new(error), filepath: path.into() };
        self.fate.step().map_err(failed)?;
        if let Some(folder) = self.fate.durable.lock().unwrap().get_mut(&self.folder) {
            folder.remove(&*path.to_string_lossy());
        }
        self.inner.delete(path)
    }

    fn exists(&self, path: &Path) -> Result<bool, OpenReadError> {
        self.inner.exists(path)
    }

    fn open_write(&self, path: &Path) -> Result<WritePtr, OpenWriteError> {
        self.fate.step().map_err(|error| OpenWriteError::wrap_io_error(error, path.into()))?;
        let file = self.inner.open_write(path)?.into_inner().map_err(|error| error.into_error()).unwrap();
        let path = self.folder.join(path);
        self.fate.open.lock().unwrap().insert(path.clone());
        Ok(BufWriter::new(Box::new(FailingFile { file, path, fate: Arc::clone(&self.fate) })))
    }

    fn atomic_read(&self, path: &Path) -> Result<Vec<u8>, OpenReadError> {
        self.inner.atomic_read(path)
    }

    fn atomic_write(&self, path: &Path, data: &[u8]) -> io::Result<()> {
        let temporary = self.folder.join(".tmpFault1");
        self.fate.step()?; // it is made
        self.fate.step().inspect_err(|_| drop(fs::write(&temporary, &data[..data.len() / 2])))?; // written
        self.fate.step().inspect_err(|_| drop(fs::write(&temporary, data)))?; // flushed
        self.fate.step().inspect_err(|_| drop(fs::write(&temporary, data)))?; // given its name
        self.inner.atomic_write(path, data)
    }

    fn sync_directory(&self) -> io::Result<()> {
        self.fate.step()?;
        self.fate.flush(&self.folder);
        self.inner.sync_directory()
    }

    fn acquire_lock(&self, lock: &Lock) -> Result<DirectoryLock, LockError> {
        self.fate.step().map_err(LockError::wrap_io_error)?;
        self.inner.acquire_lock(lock)
    }

    fn watch(&self, callback: WatchCallback) -> tantivy::Result<WatchHandle> {
        self.inner.watch(callback)
    }
}

struct FailingFile {
    file: Box<dyn TerminatingWrite + Send + Sync>,
    path: PathBuf,
    fate: Arc<Fate>,
}

impl Write for FailingFile {
    fn write(&mut self, buffer: &[u8]) -> io::Result<usize> {
        if let Err(error) = self.fate.step() {
            self.file.write_all(&buffer[..buffer.len() / 2])?;
            return Err(error);
        }
        self.file.write(buffer)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

impl TerminatingWrite for FailingFile {
    fn terminate_ref(&mut self, token: AntiCallToken) -> io::Result<()> {
        self.fate.step()?;
        self.file.terminate_ref(token)?;
        self.fate.open.lock().unwrap().remove(&self.path);
        Ok(())
    }
}
