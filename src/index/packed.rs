//! Articles as the archive keeps them: each packed for itself, so that a hit unpacks no other article, by zstd with a
//! dictionary of what all have in common (the names of roles and kinds, the frames of dates, common words), which makes up
//! for packing few bytes at a time.

use std::cell::RefCell;
use std::io;
use std::sync::LazyLock;

use zstd::bulk::{Compressor, Decompressor};
use zstd::dict::{DecoderDictionary, EncoderDictionary};

/// Made from the sample archive by `just dictionary`. Archives written with another one cannot be read: a change of it is a
/// change of their layout.
const DICTIONARY: &[u8] = include_bytes!("packed.dict");

/// Bytes that an article is never more than, with what was found in it: no record is read that comes near it. What asks for
/// more is damaged.
const MOST: usize = 1 << 30;

static ENCODER: LazyLock<EncoderDictionary<'static>> = LazyLock::new(|| EncoderDictionary::copy(DICTIONARY, LEVEL));
static DECODER: LazyLock<DecoderDictionary<'static>> = LazyLock::new(|| DecoderDictionary::copy(DICTIONARY));

/// A twentieth larger than at the usual level 3, packed in little more than half of the time and unpacked in two thirds.
const LEVEL: i32 = 1;

// Making one takes longer than most articles.
thread_local! {
    static COMPRESSOR: RefCell<Option<Compressor<'static>>> = const { RefCell::new(None) };
    static DECOMPRESSOR: RefCell<Option<Decompressor<'static>>> = const { RefCell::new(None) };
}

/// `value`, packed.
///
/// # Errors
/// When it is larger than what can be unpacked, or there is no memory for it.
pub(super) fn pack(value: &[u8]) -> io::Result<Vec<u8>> {
    if value.len() > MOST {
        return Err(io::ErrorKind::FileTooLarge.into());
    }
    COMPRESSOR.with_borrow_mut(|kept| {
        let compressor = match kept {
            Some(compressor) => compressor,
            None => kept.insert(Compressor::with_prepared_dictionary(&ENCODER)?),
        };
        compressor.compress(value)
    })
}

/// Unpacks what [`pack`] gave.
///
/// # Errors
/// When it was not packed so, or there is no memory for it.
pub(super) fn unpack(packed: &[u8]) -> io::Result<Vec<u8>> {
    let size = zstd::decompressed_size(packed).and_then(|size| usize::try_from(size).ok());
    let size = size.filter(|size| *size <= MOST).ok_or(io::ErrorKind::InvalidData)?;
    let mut value = Vec::new();
    value.try_reserve_exact(size)?;
    DECOMPRESSOR.with_borrow_mut(|kept| {
        let decompressor = match kept {
            Some(decompressor) => decompressor,
            None => kept.insert(Decompressor::with_prepared_dictionary(&DECODER)?),
        };
        decompressor.decompress_to_buffer(packed, &mut value).map(|_| ())
    })?;
    Ok(value)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::index::archive::FORMAT;
    use crate::index::document::Stored;
    use crate::text::Lexer;
    use crate::{extract, read};

    #[test]
    fn damage_is_an_error() {
        let value = b"The minister said that the talks in Geneva go on.".repeat(3);
        let packed = pack(&value).unwrap();
        assert_eq!(unpack(&packed).unwrap(), value);
        assert_eq!(unpack(&pack(b"").unwrap()).unwrap(), b"");
        for at in 0..packed.len() {
            assert!(unpack(&packed[..at]).is_err(), "cut at {at}");
            let mut bad = packed.clone();
            bad[at] ^= 0x80;
            unpack(&bad).ok(); // whatever it gives, it comes back
        }
        assert_eq!(unpack(&packed).unwrap(), value);
    }

    /// The articles of the sample archive as they are packed.
    fn samples() -> Vec<Vec<u8>> {
        let mut samples = Vec::new();
        let mut lexer = Lexer::default();
        for entry in walkdir::WalkDir::new("sample-corpus").sort_by_file_name().into_iter().flatten() {
            let path = entry.path().to_string_lossy().into_owned();
            if !entry.file_type().is_file() || !read::is_supported(&path) {
                continue;
            }
            read::articles(&path, &mut std::fs::File::open(entry.path()).unwrap(), &mut |article| {
                if let Ok(mut article) = article {
                    let annotations = extract::annotate(&mut article, &mut lexer);
                    samples.push(postcard::to_stdvec(&Stored { root: 0, article, annotations }).unwrap());
                }
                true
            });
        }
        samples
    }

    #[test]
    fn articles_packed_with_the_dictionary_are_much_smaller() {
        let samples = samples();
        let sum = |pack: &dyn Fn(&[u8]) -> Vec<u8>| samples.iter().map(|sample| pack(sample).len()).sum::<usize>();
        let (with, without) =
            (sum(&|sample| pack(sample).unwrap()), sum(&|sample| zstd::bulk::compress(sample, LEVEL).unwrap()));
        assert!(samples.len() > 50 && with * 10 < without * 8, "{with} of {without}");
    }

    /// Made anew from the sample archive it packs hardly better; where it does, what is kept of an article has changed, and
    /// `just dictionary` writes it.
    #[test]
    fn the_dictionary_is_up_to_date() {
        let samples = samples();
        let anew = zstd::dict::from_samples(&samples, 16 << 10).unwrap();
        if std::env::var_os("NEWSIDX_DICTIONARY").is_some() {
            return std::fs::write("src/index/packed.dict", anew).unwrap();
        }
        let mut compressor = Compressor::with_dictionary(LEVEL, &anew).unwrap();
        let better: usize = samples.iter().map(|sample| compressor.compress(sample).unwrap().len()).sum();
        let now: usize = samples.iter().map(|sample| pack(sample).unwrap().len()).sum();
        assert!(now * 20 < better * 21, "{now} bytes, {better} with one made anew");
    }

    #[test]
    fn another_dictionary_is_another_layout() {
        let hash = xxhash_rust::xxh3::xxh3_64(DICTIONARY);
        assert_eq!(
            (FORMAT, hash),
            (7, 5_303_958_003_289_117_757),
            "archives packed with another dictionary cannot be read: raise the layout"
        );
    }

    proptest::proptest! {
        #[test]
        fn anything_comes_back(value: Vec<u8>) {
            assert_eq!(unpack(&pack(&value).unwrap()).unwrap(), value);
            unpack(&value).ok();
        }
    }
}
