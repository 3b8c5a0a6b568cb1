//! Hits as the bare names of files, or ids, each once.

use std::io::{self, Write};

use rustc_hash::FxHashSet;
use xxhash_rust::xxh3::xxh3_64;

use super::{Head, Writer, plain};
use crate::results::{Hit, Totals};

/// Writes names.
pub struct Names<W: Write> {
    out: W,
    name: fn(Hit<'_>) -> &str,
    /// Ended by a zero byte and exactly as they are, for programs.
    null: bool,
    seen: FxHashSet<u64>,
}

impl<W: Write> Names<W> {
    /// Files.
    pub fn files(out: W, null: bool) -> Names<W> {
        Names { out, name: |hit| hit.source().path.as_str(), null, seen: FxHashSet::default() }
    }

    /// Ids.
    pub fn ids(out: W, null: bool) -> Names<W> {
        Names { out, name: |hit| hit.source().id.as_str(), null, seen: FxHashSet::default() }
    }
}

impl<W: Write> Writer for Names<W> {
    fn begin(&mut self, _: &Head<'_>) -> io::Result<()> {
        Ok(())
    }

    fn hit(&mut self, _: usize, _: &Totals, hit: Hit<'_>) -> io::Result<()> {
        let name = (self.name)(hit);
        if !self.seen.insert(xxh3_64(name.as_bytes())) {
            return Ok(());
        }
        match self.null {
            true => write!(self.out, "{name}\0"),
            false => writeln!(self.out, "{}", plain(name)),
        }
    }

    fn end(&mut self, _: &Totals, _: usize) -> io::Result<()> {
        Ok(())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.out.flush()
    }
}

/// Passes on the first hit of each name.
pub struct Once<'w> {
    inner: Box<dyn Writer + 'w>,
    name: fn(Hit<'_>) -> &str,
    seen: FxHashSet<u64>,
}

impl<'w> Once<'w> {
    /// One hit a file.
    pub fn files(inner: Box<dyn Writer + 'w>) -> Once<'w> {
        Once { inner, name: |hit| hit.source().path.as_str(), seen: FxHashSet::default() }
    }

    /// One hit an id.
    pub fn ids(inner: Box<dyn Writer + 'w>) -> Once<'w> {
        Once { inner, name: |hit| hit.source().id.as_str(), seen: FxHashSet::default() }
    }
}

impl Writer for Once<'_> {
    fn begin(&mut self, head: &Head<'_>) -> io::Result<()> {
        self.inner.begin(head)
    }

    fn hit(&mut self, number: usize, totals: &Totals, hit: Hit<'_>) -> io::Result<()> {
        let new = self.seen.insert(xxh3_64((self.name)(hit).as_bytes()));
        if new { self.inner.hit(number, totals, hit) } else { Ok(()) }
    }

    fn end(&mut self, totals: &Totals, _: usize) -> io::Result<()> {
        self.inner.end(totals, self.seen.len())
    }

    fn finish(&mut self) -> io::Result<()> {
        self.inner.finish()
    }
}
