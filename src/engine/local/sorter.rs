//! Sorting more rows than memory should hold: sorted runs in temporary files, merged as they are read.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::fs::File;
use std::io::{BufReader, BufWriter, ErrorKind, Read, Seek, SeekFrom, Write};

use anyhow::{Context, Result};
use serde::{Serialize, de::DeserializeOwned};

/// Bytes of rows kept in memory before they are written out.
const MEMORY: usize = 32 << 20;

/// A key, the order of coming (so that equal keys keep it), and the row as bytes.
type Row = (String, u64, Vec<u8>);

/// Takes rows with their keys, gives them back in the order of the keys.
#[derive(Default)]
pub(super) struct Sorter {
    rows: Vec<Row>,
    bytes: usize,
    taken: u64,
    runs: Vec<File>,
}

impl Sorter {
    /// Adds a row.
    pub(super) fn push(&mut self, key: String, row: &impl Serialize) -> Result<()> {
        let bytes = postcard::to_stdvec(row)?;
        self.bytes += key.len() + bytes.len() + size_of::<Row>();
        self.rows.push((key, self.taken, bytes));
        self.taken += 1;
        if self.bytes > MEMORY { self.spill() } else { Ok(()) }
    }

    fn spill(&mut self) -> Result<()> {
        self.rows.sort_unstable();
        let mut out = BufWriter::new(tempfile::tempfile().context("no temporary file for sorting")?);
        for row in self.rows.drain(..) {
            let bytes = postcard::to_stdvec(&row)?;
            out.write_all(&(bytes.len() as u32).to_le_bytes())?;
            out.write_all(&bytes)?;
        }
        let mut file = out.into_inner().map_err(std::io::IntoInnerError::into_error)?;
        file.seek(SeekFrom::Start(0))?;
        self.runs.push(file);
        self.bytes = 0;
        Ok(())
    }

    /// Gives the rows back in order, until `visit` says `false`.
    pub(super) fn finish<R: DeserializeOwned>(mut self, visit: &mut dyn FnMut(R) -> Result<bool>) -> Result<()> {
        self.rows.sort_unstable();
        let rest = std::mem::take(&mut self.rows);
        let mut runs: Vec<Box<dyn Iterator<Item = Result<Row>>>> = vec![Box::new(rest.into_iter().map(Ok))];
        for file in self.runs {
            let mut file = BufReader::new(file);
            runs.push(Box::new(std::iter::from_fn(move || read(&mut file).transpose())));
        }
        let mut heads = BinaryHeap::new();
        for (number, run) in runs.iter_mut().enumerate() {
            heads.extend(run.next().transpose()?.map(|row| Reverse((row, number))));
        }
        while let Some(Reverse(((_, _, bytes), number))) = heads.pop() {
            if !visit(postcard::from_bytes(&bytes)?)? {
                break;
            }
            heads.extend(runs[number].next().transpose()?.map(|row| Reverse((row, number))));
        }
        Ok(())
    }
}

fn read(file: &mut impl Read) -> Result<Option<Row>> {
    let mut length = [0; 4];
    match file.read_exact(&mut length) {
        Ok(()) => {}
        Err(error) if error.kind() == ErrorKind::UnexpectedEof => return Ok(None),
        Err(error) => return Err(error.into()),
    }
    let mut bytes = vec![0; u32::from_le_bytes(length) as usize];
    file.read_exact(&mut bytes)?;
    Ok(Some(postcard::from_bytes(&bytes)?))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_back_in_order_from_memory_and_from_files() {
        let mut sorter = Sorter::default();
        for number in 0..1000u32 {
            sorter.push(format!("{:03}", number * 7919 % 500), &number).unwrap();
            if number % 300 == 299 {
                sorter.spill().unwrap();
            }
        }
        assert_eq!(sorter.runs.len(), 3);
        let mut found: Vec<u32> = Vec::new();
        sorter
            .finish(&mut |number| {
                found.push(number);
                Ok(true)
            })
            .unwrap();
        let mut expected: Vec<u32> = (0..1000).collect();
        expected.sort_by_key(|number| number * 7919 % 500);
        assert_eq!(found, expected);
    }
}
