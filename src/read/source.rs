//! Source: the bytes of a file as UTF-8, whatever they were packed and encoded in.

use std::io::{self, BufRead, Read};
use std::rc::Rc;

use super::decode::Decoding;
use super::limits::{self, Budget, Unpacked};

/// How much is read at a time, and looked at to tell format and encoding.
const BLOCK: usize = 64 << 10;

/// A file being read: decompressed, not yet decoded.
pub(super) struct Source<'r> {
    inner: Box<dyn Read + 'r>,
    head: Vec<u8>,
    given: usize,
    packing: Vec<&'static str>,
    encoding: Option<&'static str>,
}

impl<'r> Source<'r> {
    /// Starts reading; fails on empty files. What is unpacked counts on `budget`.
    pub(super) fn open(reader: &'r mut dyn Read, budget: &Rc<Budget>) -> Result<Source<'r>, String> {
        let mut inner: Box<dyn Read + 'r> = Box::new(reader);
        let mut packing = Vec::new();
        // A compressed file may have been compressed again on its way.
        for _ in 0..2 {
            let head = read_block(&mut inner)?;
            let budget = Rc::clone(budget);
            if head.starts_with(&[0x1F, 0x8B]) {
                let packed = io::Cursor::new(head).chain(inner);
                let packed = io::BufReader::with_capacity(BLOCK, packed);
                inner = Box::new(Unpacked { inner: flate2::read::MultiGzDecoder::new(packed), budget });
                packing.push("gzip");
            } else if head.starts_with(&[0x28, 0xB5, 0x2F, 0xFD]) {
                let packed = io::Cursor::new(head).chain(inner);
                let decoder = zstd::stream::read::Decoder::new(packed).map_err(|e| describe(&e))?;
                inner = Box::new(Unpacked { inner: decoder, budget });
                packing.push("zstd");
            } else {
                return Source::checked(inner, head, packing);
            }
        }
        let head = read_block(&mut inner)?;
        Source::checked(inner, head, packing)
    }

    fn checked(inner: Box<dyn Read + 'r>, head: Vec<u8>, packing: Vec<&'static str>) -> Result<Source<'r>, String> {
        if head.is_empty() {
            return Err("empty file".to_owned());
        }
        Ok(Source { inner, head, given: 0, packing, encoding: None })
    }

    /// What it was packed with, outermost first.
    pub(super) fn packing(&self) -> &[&'static str] {
        &self.packing
    }

    /// The character set it was decoded from, once it was.
    pub(super) fn encoding(&self) -> Option<&'static str> {
        self.encoding
    }

    /// The first bytes, still to be read.
    pub(super) fn head(&self) -> &[u8] {
        &self.head
    }

    /// Everything, decoded. A declaration of the encoding in the text is heeded if `declares`.
    pub(super) fn whole(&mut self, limit: usize, declares: bool) -> Result<String, String> {
        let bytes = self.bytes(limit)?;
        let (text, encoding) = super::decode::whole(bytes, declares);
        self.encoding = Some(encoding);
        Ok(text)
    }

    /// Everything, as it is.
    pub(super) fn bytes(&mut self, limit: usize) -> Result<Vec<u8>, String> {
        let mut bytes = std::mem::take(&mut self.head);
        bytes.drain(..self.given);
        self.given = 0;
        let more = limit.saturating_add(1).saturating_sub(bytes.len());
        self.inner.by_ref().take(more as u64).read_to_end(&mut bytes).map_err(|e| describe(&e))?;
        if bytes.len() > limit {
            return Err(format!("larger than {} MiB", limit >> 20));
        }
        Ok(bytes)
    }

    /// A stream of UTF-8.
    pub(super) fn decoded(&mut self) -> io::BufReader<Utf8<'_, 'r>> {
        io::BufReader::with_capacity(
            BLOCK,
            Utf8 { source: self, decoding: Decoding::default(), ready: Vec::new(), given: 0, done: false },
        )
    }
}

impl Read for Source<'_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        let mut rest = self.head.get(self.given..).unwrap_or_default();
        if rest.is_empty() {
            return self.inner.read(out);
        }
        let count = rest.read(out)?;
        self.given += count;
        Ok(count)
    }
}

/// Reads until a block is full or the input ends; what was read before an error counts.
fn read_block(reader: &mut dyn Read) -> Result<Vec<u8>, String> {
    // Most files are small, and what is reserved is also cleared.
    let mut block = Vec::with_capacity(BLOCK / 8);
    match reader.take(BLOCK as u64).read_to_end(&mut block) {
        Err(error) if block.is_empty() => Err(describe(&error)),
        _ => Ok(block),
    }
}

/// What an input error means to the user.
pub(super) fn describe(error: &io::Error) -> String {
    match error.kind() {
        io::ErrorKind::QuotaExceeded => limits::bomb(),
        io::ErrorKind::UnexpectedEof => "the file ends too early: truncated archive".to_owned(),
        io::ErrorKind::InvalidInput | io::ErrorKind::InvalidData => format!("damaged archive: {error}"),
        _ => error.to_string(),
    }
}

/// A source, decoded as it is read.
pub(super) struct Utf8<'s, 'r> {
    source: &'s mut Source<'r>,
    decoding: Decoding,
    ready: Vec<u8>,
    given: usize,
    done: bool,
}

impl Read for Utf8<'_, '_> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        while self.given == self.ready.len() && !self.done {
            let mut block = vec![0; BLOCK];
            let count = self.source.read(&mut block)?;
            block.truncate(count);
            self.done = count == 0;
            self.given = 0;
            self.ready.clear();
            self.decoding.push(&block, self.done, &mut self.ready);
            self.source.encoding = Some(self.decoding.encoding());
        }
        let mut rest = self.ready.get(self.given..).unwrap_or_default();
        let count = rest.read(out)?;
        self.given += count;
        Ok(count)
    }
}

/// Reads one line, without its end, into `line`. A longer one than `limit` is skipped up to its end.
pub(super) fn read_line(reader: &mut impl BufRead, limit: usize, line: &mut Vec<u8>) -> io::Result<Line> {
    line.clear();
    let mut too_long = false;
    let mut any = false;
    loop {
        let block = reader.fill_buf()?;
        if block.is_empty() {
            return Ok(if too_long {
                Line::TooLong
            } else if any {
                Line::Read
            } else {
                Line::End
            });
        }
        any = true;
        let end = memchr::memchr(b'\n', block);
        let part = block.get(..end.unwrap_or(block.len())).unwrap_or_default();
        if line.len() + part.len() > limit {
            too_long = true;
            line.clear();
        } else if !too_long {
            line.extend_from_slice(part);
        }
        let used = end.map_or(block.len(), |end| end + 1);
        reader.consume(used);
        if end.is_some() {
            return Ok(if too_long { Line::TooLong } else { Line::Read });
        }
    }
}

/// What [`read_line`] came upon.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Line {
    Read,
    TooLong,
    End,
}
