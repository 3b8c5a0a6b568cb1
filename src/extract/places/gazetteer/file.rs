//! The file of the gazetteer: tables in blocks, each unpacked when something in it is first asked for, and then kept for
//! all threads. A query unpacks three or four, a build over time most of them.
//!
//! Written by `scripts/gazetteer_file.py`, which says how it is laid out.

use std::ops::Range;
use std::sync::OnceLock;

static FILE: &[u8] = include_bytes!("../../data/gazetteer.bin");
/// Names of a block.
const NAMES: usize = 1024;
/// Rows of a block, of facts as of spellings.
const ROWS: usize = 1024;
/// Bytes that a block may have, unpacked, and the front.
const MOST: usize = 1 << 15;
const MOST_OF_FRONT: usize = 1 << 18;
/// Ids from here on number those that need four bytes.
const OUT: u32 = (1 << 24) - (1 << 16);
/// Of an edit that is spelled out.
const OTHER: u8 = 255;

/// The file, and what of it has been unpacked.
#[derive(Default)]
pub(super) struct File {
    /// Two letters each, in the order of their numbers, which begin at 1.
    pub(super) countries: String,
    /// Row of each region that towns say they lie in; numbers begin at 1.
    pub(super) regions: Vec<u32>,
    /// What rows have in common, by its number.
    common: Vec<Common>,
    /// The ids of four bytes.
    out: Vec<u32>,
    /// Frequent edits: letters dropped, letters put in.
    edits: Vec<(u8, String)>,
    /// First row of each block of names.
    firsts: Vec<u32>,
    /// First name of each block of names.
    heads: Strings,
    names: Blocks<Names>,
    rows: Blocks<Vec<u8>>,
    spellings: Blocks<Vec<u8>>,
    /// Three planes.
    ids: &'static [u8],
}

/// What many rows have in common.
#[derive(Debug, Clone, Copy)]
pub(super) struct Common {
    pub(super) country: u8,
    pub(super) region: u16,
    pub(super) flags: u8,
    /// The corner from which their points are told.
    south: i16,
    west: i16,
}

/// What the file says of a row.
#[derive(Debug, Clone, Copy)]
pub(super) struct Facts {
    pub(super) common: Common,
    pub(super) weight: u8,
    /// Hundredths of a degree north and east.
    pub(super) at: Option<(i16, i16)>,
}

/// The bit of [`Common::flags`] of rows that have a point.
const POINT: u8 = 1 << 4;

/// A block of names.
#[derive(Default)]
pub(super) struct Names {
    text: Strings,
    longest: Vec<u8>,
    /// First row of each name, and one more.
    own: Vec<u32>,
    /// First link of each name, and one more.
    more: Vec<u32>,
    links: Vec<u32>,
}

/// A name in its block.
#[derive(Clone, Copy)]
pub(super) struct Entry<'f> {
    block: &'f Names,
    at: usize,
}

impl File {
    /// Reads the front.
    pub(super) fn open() -> Option<File> {
        let mut file = Reader(FILE);
        let [front, names, rows, spellings] = file.numbers::<4>()?;
        let front = zstd::bulk::decompress(file.take(front)?, MOST_OF_FRONT).ok()?;
        let blocks = [file.take(names)?, file.take(rows)?, file.take(spellings)?];
        File::read(&mut Reader(&front), blocks, file.0)
    }

    fn read(front: &mut Reader, [names, rows, spellings]: [&'static [u8]; 3], ids: &'static [u8]) -> Option<File> {
        let [all_names, all_rows, countries, regions, common, out, edits, _] = front.numbers::<8>()?;
        let (of_names, of_rows) = (all_names.div_ceil(NAMES), all_rows.div_ceil(ROWS));
        Some(File {
            countries: String::from_utf8(front.take(countries * 2)?.to_vec()).ok()?,
            regions: front.planes(regions, 4)?,
            common: read_common(front, common)?,
            out: front.planes(out, 4)?,
            edits: read_edits(front, edits)?,
            firsts: front.planes(of_names, 4)?,
            names: Blocks::new(names, &front.planes(of_names, 2)?),
            rows: Blocks::new(rows, &front.planes(of_rows, 2)?),
            spellings: Blocks::new(spellings, &front.planes(of_rows, 2)?),
            heads: front.strings(of_names)?,
            ids: ids.get(..all_rows * 3)?,
        })
    }

    /// The number of the name with this key.
    pub(super) fn find(&self, key: &str) -> Option<u32> {
        let block = self.heads.partition_point(|head| head <= key).checked_sub(1)?;
        let text = &self.names(block)?.text;
        let at = text.partition_point(|name| name < key);
        (text.get(at)? == key).then_some((block * NAMES + at) as u32)
    }

    /// The name of a number.
    pub(super) fn name(&self, number: u32) -> Option<Entry<'_>> {
        let number = number as usize;
        Some(Entry { block: self.names(number / NAMES)?, at: number % NAMES })
    }

    fn names(&self, block: usize) -> Option<&Names> {
        self.names.get(block, |bytes| Names::read(&mut Reader(&bytes), *self.firsts.get(block)?))
    }

    /// The key of the name that owns a row.
    pub(super) fn owner(&self, row: u32) -> Option<&str> {
        let block = self.names(self.firsts.partition_point(|first| *first <= row).checked_sub(1)?)?;
        block.text.get(block.own.partition_point(|first| *first <= row).checked_sub(1)?)
    }

    /// What is said of a row.
    pub(super) fn facts(&self, row: u32) -> Option<Facts> {
        let row = row as usize;
        let planes = self.rows.get(row / ROWS, kept)?;
        let len = planes.len() / 7;
        let byte = |plane: usize| planes.get(plane * len + row % ROWS).copied();
        let short = |plane: usize| Some(u16::from_le_bytes([byte(plane)?, byte(plane + 1)?]));
        let common = *self.common.get(usize::from(short(0)?))?;
        let at = (common.south.wrapping_add_unsigned(short(3)?), common.west.wrapping_add_unsigned(short(5)?));
        Some(Facts { common, weight: byte(2)?, at: (common.flags & POINT != 0).then_some(at) })
    }

    /// How many rows there are.
    pub(super) fn rows(&self) -> usize {
        self.ids.len() / 3
    }

    /// The id of a row.
    pub(super) fn id(&self, row: u32) -> Option<u32> {
        let (row, len) = (row as usize, self.rows());
        let byte = |plane: usize| self.ids.get(plane * len + row).copied();
        let id = u32::from_le_bytes([byte(0)?, byte(1)?, byte(2)?, 0]);
        if row >= len {
            return None;
        }
        if id < OUT { Some(id) } else { self.out.get((id - OUT) as usize).copied() }
    }

    /// How the name of a row is written, where that is not its key in title case.
    pub(super) fn spelled(&self, row: u32, title: &str) -> Option<String> {
        let mut block = Reader(self.spellings.get(row as usize / ROWS, kept)?);
        let count = usize::from(u16::from_le_bytes(block.chunk()?));
        let rows = block.planes(count, 2)?;
        let before = rows.iter().position(|known| *known as usize == row as usize % ROWS)?;
        for _ in 0..before {
            self.edit(&mut block, |_, _, _| ())?;
        }
        let (mut out, mut rest) = (String::with_capacity(title.len() + 8), title.chars());
        self.edit(&mut block, |kept, dropped, new| {
            out.extend(rest.by_ref().take(kept));
            rest.by_ref().take(dropped).for_each(drop);
            out.push_str(new);
        })?;
        out.extend(rest);
        Some(out)
    }

    /// Reads the edits of one row: letters kept, letters dropped, letters put in.
    fn edit(&self, block: &mut Reader, mut each: impl FnMut(usize, usize, &str)) -> Option<()> {
        for _ in 0..block.byte()? {
            let (kept, number) = (block.byte()?, block.byte()?);
            if number == OTHER {
                let (dropped, len) = (block.byte()?, block.byte()?);
                each(kept.into(), dropped.into(), std::str::from_utf8(block.take(len.into())?).ok()?);
            } else {
                let (dropped, new) = self.edits.get(usize::from(number))?;
                each(kept.into(), (*dropped).into(), new);
            }
        }
        Some(())
    }
}

impl Names {
    fn read(block: &mut Reader, first: u32) -> Option<Names> {
        let count = u16::from_le_bytes(block.chunk()?).into();
        let (shared, rest) = (block.take(count)?, block.take(count)?);
        let longest = block.take(count)?.to_vec();
        let own = sums(first, block.take(count)?);
        let more = sums(0, block.take(count)?);
        let links = block.planes(*more.last()? as usize, 3)?;
        Some(Names { text: front_coded(shared, rest, block.0)?, longest, own, more, links })
    }
}

impl<'f> Entry<'f> {
    /// Words of the longest name that begins with it, where it is one word.
    pub(super) fn longest(self) -> u8 {
        self.block.longest.get(self.at).copied().unwrap_or_default()
    }

    /// What stands behind it and a blank in other names, if no block but its own has such names.
    pub(super) fn seconds(self) -> Option<impl Iterator<Item = &'f str>> {
        let text = &self.block.text;
        let key = text.get(self.at)?;
        // A blank comes before all that may stand in a name: these names are the next ones.
        let goes_on = move |name: &&str| name.strip_prefix(key).is_some_and(|rest| rest.starts_with(' '));
        let names = move || (self.at + 1..).map_while(move |n| text.get(n)).take_while(goes_on);
        let whole = text.get(self.at + 1 + names().count()).is_some();
        whole.then(|| names().filter_map(move |name| name.get(key.len() + 1..)))
    }

    /// The rows that it owns.
    pub(super) fn own(self) -> Range<usize> {
        range(&self.block.own, self.at)
    }

    /// Further rows, doubled, and one more where it names who lives there.
    pub(super) fn links(self) -> &'f [u32] {
        self.block.links.get(range(&self.block.more, self.at)).unwrap_or_default()
    }
}

fn read_common(front: &mut Reader, count: usize) -> Option<Vec<Common>> {
    let (countries, regions, flags) = (front.take(count)?, front.planes(count, 2)?, front.take(count)?);
    let (south, west) = (front.planes(count, 2)?, front.planes(count, 2)?);
    let common = |n: usize| {
        Some(Common {
            country: *countries.get(n)?,
            region: *regions.get(n)? as u16,
            flags: *flags.get(n)?,
            south: *south.get(n)? as u16 as i16,
            west: *west.get(n)? as u16 as i16,
        })
    };
    (0..count).map(common).collect()
}

fn read_edits(front: &mut Reader, count: usize) -> Option<Vec<(u8, String)>> {
    let dropped = front.take(count)?;
    let new = front.strings(count)?;
    let edit = |(at, dropped): (usize, &u8)| Some((*dropped, new.get(at)?.to_owned()));
    dropped.iter().enumerate().map(edit).collect()
}

/// A block that is kept as it is, without the memory that was not needed.
fn kept(mut block: Vec<u8>) -> Option<Vec<u8>> {
    block.shrink_to_fit();
    Some(block)
}

/// Blocks that are unpacked one by one.
#[derive(Default)]
struct Blocks<T> {
    packed: &'static [u8],
    /// Where each begins, and one more.
    starts: Vec<u32>,
    open: Vec<OnceLock<T>>,
}

impl<T: Default> Blocks<T> {
    fn new(packed: &'static [u8], lengths: &[u32]) -> Blocks<T> {
        let mut starts = vec![0];
        starts.extend(lengths.iter().scan(0, |at, len| {
            *at += len;
            Some(*at)
        }));
        Blocks { packed, starts, open: lengths.iter().map(|_| OnceLock::new()).collect() }
    }

    /// Block `n`, made by `read` of its bytes when first asked for.
    fn get(&self, n: usize, read: impl FnOnce(Vec<u8>) -> Option<T>) -> Option<&T> {
        let unpacked = || read(zstd::bulk::decompress(self.packed.get(range(&self.starts, n))?, MOST).ok()?);
        Some(self.open.get(n)?.get_or_init(|| unpacked().unwrap_or_default()))
    }
}

/// Strings one behind the other.
#[derive(Default)]
struct Strings {
    text: String,
    /// Where each begins, and one more.
    starts: Vec<u32>,
}

impl Strings {
    fn get(&self, n: usize) -> Option<&str> {
        let end = *self.starts.get(n + 1)? as usize;
        self.text.get(*self.starts.get(n)? as usize..end)
    }

    /// How many strings there are before the first that is not `before`, which holds for those up to there.
    fn partition_point(&self, before: impl Fn(&str) -> bool) -> usize {
        let (mut from, mut to) = (0, self.starts.len().saturating_sub(1));
        while from < to {
            let middle = from.midpoint(to);
            if self.get(middle).is_some_and(&before) { from = middle + 1 } else { to = middle }
        }
        from
    }
}

/// What of some bytes is still to be read.
struct Reader<'b>(&'b [u8]);

impl<'b> Reader<'b> {
    fn take(&mut self, len: usize) -> Option<&'b [u8]> {
        let (taken, rest) = self.0.split_at_checked(len)?;
        self.0 = rest;
        Some(taken)
    }

    fn chunk<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.take(N)?.try_into().ok()
    }

    fn byte(&mut self) -> Option<u8> {
        self.chunk().map(|[byte]| byte)
    }

    /// Numbers of four bytes.
    fn numbers<const N: usize>(&mut self) -> Option<[usize; N]> {
        let mut out = [0; N];
        for number in &mut out {
            *number = u32::from_le_bytes(self.chunk()?) as usize;
        }
        Some(out)
    }

    /// `count` numbers of `width` bytes, stored as planes.
    fn planes(&mut self, count: usize, width: usize) -> Option<Vec<u32>> {
        let mut out = vec![0u32; count];
        for shift in 0..width {
            let plane = self.take(count)?;
            out.iter_mut().zip(plane).for_each(|(n, byte)| *n |= u32::from(*byte) << (8 * shift));
        }
        Some(out)
    }

    fn strings(&mut self, count: usize) -> Option<Strings> {
        let starts = sums(0, self.take(count)?);
        let text = self.take(*starts.last()? as usize)?;
        Some(Strings { text: std::str::from_utf8(text).ok()?.to_owned(), starts })
    }
}

/// Running sums: where each of things with these lengths begins, and where the last one ends.
fn sums(first: u32, lengths: &[u8]) -> Vec<u32> {
    let mut at = first;
    let mut out = Vec::with_capacity(lengths.len() + 1);
    out.push(at);
    out.extend(lengths.iter().map(|len| {
        at += u32::from(*len);
        at
    }));
    out
}

/// Entry `n` of a column of starts that has one entry more than things.
fn range(starts: &[u32], n: usize) -> Range<usize> {
    let at = |n: usize| starts.get(n).map_or(0, |start| *start as usize);
    at(n)..at(n + 1).max(at(n))
}

/// Strings of which only what differs from the one before is stored.
fn front_coded(shared: &[u8], rest: &[u8], tails: &[u8]) -> Option<Strings> {
    let mut text: Vec<u8> = Vec::with_capacity(tails.len() * 3);
    let mut starts = Vec::with_capacity(shared.len() + 1);
    let (mut before, mut tails) = (0, Reader(tails));
    for (shared, rest) in shared.iter().zip(rest) {
        let start = text.len();
        starts.push(start as u32);
        let kept = before..before + usize::from(*shared);
        if kept.end > start {
            return None;
        }
        text.extend_from_within(kept);
        text.extend_from_slice(tails.take((*rest).into())?);
        before = start;
    }
    starts.push(text.len() as u32);
    Some(Strings { text: String::from_utf8(text).ok()?, starts })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn every_block_unpacks() {
        let file = File::open().unwrap();
        assert!(file.rows() > 150_000 && file.names.open.len() > 100);
        for block in 0..file.names.open.len() {
            let names = file.names(block).unwrap();
            assert_eq!(names.text.get(0), file.heads.get(block));
            assert!(
                (1..names.text.starts.len())
                    .all(|n| names.text.get(n - 1) < names.text.get(n) || n == names.longest.len())
            );
            assert!(!names.longest.is_empty() && !names.text.text.contains('\u{FFFD}'));
        }
        for row in 0..file.rows() as u32 {
            assert!(file.facts(row).is_some() && file.id(row).is_some(), "{row}");
        }
    }

    #[test]
    fn every_name_is_found_and_no_other() {
        let file = File::open().unwrap();
        for number in 0..(file.names.open.len() * NAMES) as u32 {
            let entry = file.name(number).unwrap();
            let Some(key) = entry.block.text.get(entry.at) else { continue };
            assert_eq!(file.find(key), Some(number));
            assert!(entry.own().all(|row| file.owner(row as u32) == Some(key)), "{key}");
        }
        for key in ["", " ", "xyzzyville", "geneva\0", "\u{10ffff}"] {
            assert_eq!(file.find(key), None, "{key:?}");
        }
        assert!(file.facts(file.rows() as u32).is_none() && file.id(file.rows() as u32).is_none());
    }
}
