//! The limits that keep a hostile or broken file from taking memory, time or the disk with it. All of them stand here;
//! a file that runs into one is named in the message, with its member and the limit.

use std::cell::Cell;
use std::io::{self, Read, Seek, SeekFrom};
use std::rc::Rc;

/// The largest record of a JSON, JSON Lines, CSV, MBOX or WARC file, in bytes.
pub const RECORD_BYTES: usize = 64 << 20;
/// The largest file, or member of an archive, of a format that is read whole, in bytes.
pub const FILE_BYTES: usize = 512 << 20;
/// Archives in archives: how deep.
pub const DEPTH: u8 = 5;
/// Members that are looked at in one archive.
pub const MEMBERS: u32 = 1_000_000;
/// How many times its size a file may unpack to, over all its members ...
pub const RATIO: u64 = 200;
/// ... once it has unpacked to this many bytes.
pub const RATIO_FROM: u64 = 64 << 20;
/// What one file may unpack to in all, whatever its size, in bytes.
pub const UNPACKED_BYTES: u64 = 256 << 30;
/// Elements within elements of an XML file.
pub const XML_DEPTH: usize = 200;
/// Elements of an XML file that is read whole.
pub const XML_NODES: usize = 4_000_000;
/// Groups within groups of an RTF file.
pub const RTF_DEPTH: usize = 500;
/// How long one PDF may take to read, in seconds.
pub const PDF_SECONDS: u64 = 60;
/// Pages of one PDF that are read.
pub const PDF_PAGES: usize = 5_000;

/// What has been read of a file, and what it was unpacked to.
#[derive(Debug, Default)]
pub(super) struct Budget {
    packed: Cell<u64>,
    unpacked: Cell<u64>,
}

impl Budget {
    /// Counts unpacked bytes; fails once they are too many for what was read.
    fn unpack(&self, count: usize) -> io::Result<()> {
        let unpacked = self.unpacked.get() + count as u64;
        self.unpacked.set(unpacked);
        let most = self.packed.get().saturating_mul(RATIO).clamp(RATIO_FROM, UNPACKED_BYTES);
        if unpacked > most { Err(io::Error::from(io::ErrorKind::QuotaExceeded)) } else { Ok(()) }
    }
}

/// What running into the limit of unpacked bytes means to the user.
pub(super) fn bomb() -> String {
    format!(
        "unpacks to more than {RATIO} times its size or {} GiB, as only a decompression bomb does; the rest is skipped",
        UNPACKED_BYTES >> 30
    )
}

/// The file itself: counts what is read of it.
pub(super) struct Packed<R> {
    pub(super) inner: R,
    pub(super) budget: Rc<Budget>,
}

impl<R: Read> Read for Packed<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.budget.packed.set(self.budget.packed.get() + count as u64);
        Ok(count)
    }
}

impl<R: Seek> Seek for Packed<R> {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.inner.seek(to)
    }
}

/// What comes out of a decompressor.
pub(super) struct Unpacked<R> {
    pub(super) inner: R,
    pub(super) budget: Rc<Budget>,
}

impl<R: Read> Read for Unpacked<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(out)?;
        self.budget.unpack(count)?;
        Ok(count)
    }
}
