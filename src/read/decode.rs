//! Decoding: bytes in any character set to UTF-8.
//!
//! In this order: byte order mark, UTF-16 by its zero bytes, UTF-8 if valid, what the text declares, a guess by
//! letter frequencies.

use chardetng::{EncodingDetector, Iso2022JpDetection, Utf8Detection};
use encoding_rs::{Decoder, Encoding, UTF_8, UTF_16BE, UTF_16LE};

/// Whether the first bytes of a file are those of something that is no text.
pub(super) fn is_binary(head: &[u8]) -> bool {
    const MAGIC: [&[u8]; 9] = [
        b"%PDF-",
        b"PK\x03\x04",
        b"\x89PNG",
        b"\xFF\xD8\xFF",
        b"GIF8",
        b"\x7FELF",
        b"BZh9",
        b"\xFD7zXZ",
        b"\xD0\xCF\x11\xE0",
    ];
    if Encoding::for_bom(head).is_some() {
        return false;
    }
    if MAGIC.iter().any(|magic| head.starts_with(magic)) {
        return true;
    }
    let zeros = memchr::memchr_iter(0, head).count();
    let sample = head.get(..head.len().min(2_048)).unwrap_or_default();
    let is_control = |byte: u8| (byte < 32) & !matches!(byte, 0 | 9..=13 | 27);
    // Most texts have none: many bytes at once tell.
    let any = sample.iter().fold(false, |any, byte| any | is_control(*byte));
    let controls = if any { sample.iter().filter(|byte| is_control(**byte)).count() } else { 0 };
    if zeros + controls == 0 || utf16(head).is_some() {
        return false;
    }
    zeros * 100 > head.len() || (zeros > 0 && head.len() < 100) || controls * 20 > sample.len()
}

/// Decodes a whole file, and names its encoding. A declaration in the text is heeded if `declares`.
pub(super) fn whole(bytes: Vec<u8>, declares: bool) -> (String, &'static str) {
    if let Some((encoding, length)) = Encoding::for_bom(&bytes) {
        return decode(encoding, bytes.get(length..).unwrap_or_default());
    }
    if memchr::memchr(0, &bytes).is_some()
        && let Some(encoding) = utf16(&bytes)
    {
        return decode(encoding, &bytes);
    }
    let bytes = match String::from_utf8(bytes) {
        Ok(text) => return (text, UTF_8.name()),
        Err(error) => error.into_bytes(),
    };
    let declared = if declares { declared(&bytes) } else { None };
    decode(declared.unwrap_or_else(|| guess(&bytes)), &bytes)
}

fn decode(encoding: &'static Encoding, bytes: &[u8]) -> (String, &'static str) {
    (encoding.decode_without_bom_handling(bytes).0.into_owned(), encoding.name())
}

/// UTF-16 without a mark: every other byte is zero in Latin text, or one of few in any other.
fn utf16(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE: usize = 4_096;
    let sample = bytes.get(..bytes.len().min(SAMPLE) & !1).unwrap_or_default();
    if sample.len() < 8 {
        return None;
    }
    let (mut even, mut odd) = (0usize, 0usize);
    let (mut even_cyrillic, mut odd_cyrillic) = (0usize, 0usize);
    for pair in sample.chunks_exact(2) {
        if let [a, b] = pair {
            even += usize::from(*a == 0);
            odd += usize::from(*b == 0);
            even_cyrillic += usize::from(*a == 4);
            odd_cyrillic += usize::from(*b == 4);
        }
    }
    let pairs = sample.len() / 2;
    if (odd + odd_cyrillic) * 10 >= pairs * 8 && odd * 20 >= pairs && even * 50 < pairs {
        return Some(UTF_16LE);
    }
    if (even + even_cyrillic) * 10 >= pairs * 8 && even * 20 >= pairs && odd * 50 < pairs {
        return Some(UTF_16BE);
    }
    None
}

/// The encoding that a `<meta charset>` or an XML declaration names.
fn declared(bytes: &[u8]) -> Option<&'static Encoding> {
    const SAMPLE: usize = 4_096;
    let head = bytes.get(..bytes.len().min(SAMPLE)).unwrap_or_default().to_ascii_lowercase();
    let names: [&[u8]; 2] = [b"charset", b"encoding"];
    names.iter().find_map(|name| {
        let at = memchr::memmem::find(&head, name)? + name.len();
        let rest = head.get(at..)?.trim_ascii_start().strip_prefix(b"=")?.trim_ascii_start();
        let rest = rest.strip_prefix(b"\"").or(rest.strip_prefix(b"'")).unwrap_or(rest);
        let end = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_')))?;
        let encoding = Encoding::for_label(rest.get(..end)?)?;
        // Bytes that can say so in ASCII are not UTF-16, and UTF-8 has been tried.
        (encoding.is_ascii_compatible() && encoding != UTF_8).then_some(encoding)
    })
}

fn guess(bytes: &[u8]) -> &'static Encoding {
    // Mostly valid UTF-8 with some damage is damaged UTF-8.
    if is_mostly_utf8(bytes) {
        return UTF_8;
    }
    const SAMPLE: usize = 1 << 20;
    let mut detector = EncodingDetector::new(Iso2022JpDetection::Deny);
    // What gives the encoding away may come late.
    let first = bytes.iter().position(|b| *b >= 0x80).unwrap_or(0).saturating_sub(64);
    let sample = bytes.get(first..bytes.len().min(first + SAMPLE)).unwrap_or_default();
    detector.feed(sample, true);
    detector.guess(None, Utf8Detection::Allow)
}

fn is_mostly_utf8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0usize, 0usize);
    for chunk in bytes.utf8_chunks().take(10_000) {
        right += chunk.valid().bytes().filter(|b| *b >= 0xC0).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > 4 * wrong
}

/// Decodes a stream block by block.
#[derive(Default)]
pub(super) struct Decoding {
    decoder: Option<Decoder>,
    started: bool,
    /// The bytes of a character that goes on in the next block.
    rest: Vec<u8>,
    /// Whether a character beyond ASCII has been seen: then it is UTF-8, damaged or not.
    seen_wide: bool,
}

impl Decoding {
    /// The encoding as far as it is known by now.
    pub(super) fn encoding(&self) -> &'static str {
        self.decoder.as_ref().map_or(UTF_8, Decoder::encoding).name()
    }

    /// Appends the text of `block` to `out`; `last` ends the stream.
    pub(super) fn push(&mut self, block: &[u8], last: bool, out: &mut Vec<u8>) {
        let mut bytes = std::mem::take(&mut self.rest);
        bytes.extend_from_slice(block);
        let mut bytes = bytes.as_slice();
        if !self.started && !bytes.is_empty() {
            self.started = true;
            if let Some((encoding, length)) = Encoding::for_bom(bytes) {
                bytes = bytes.get(length..).unwrap_or_default();
                self.decoder = (encoding != UTF_8).then(|| encoding.new_decoder_without_bom_handling());
                self.seen_wide = encoding == UTF_8;
            } else {
                self.decoder = utf16(bytes).map(Encoding::new_decoder_without_bom_handling);
            }
        }
        if self.decoder.is_none() {
            bytes = self.pass_utf8(bytes, last, out);
        }
        if let Some(decoder) = &mut self.decoder {
            let mut text =
                String::with_capacity(decoder.max_utf8_buffer_length(bytes.len()).unwrap_or(bytes.len() * 3 + 16));
            let _ = decoder.decode_to_string(bytes, &mut text, last);
            out.extend_from_slice(text.as_bytes());
        }
    }

    /// Passes valid UTF-8 on. At the first byte that is none, decides for an encoding and gives back the rest.
    fn pass_utf8<'a>(&mut self, bytes: &'a [u8], last: bool, out: &mut Vec<u8>) -> &'a [u8] {
        let Err(error) = std::str::from_utf8(bytes) else {
            self.seen_wide |= !bytes.is_ascii();
            out.extend_from_slice(bytes);
            return &[];
        };
        let (valid, rest) = bytes.split_at(error.valid_up_to());
        self.seen_wide |= !valid.is_ascii();
        out.extend_from_slice(valid);
        if error.error_len().is_none() && !last {
            self.rest = rest.to_vec();
            return &[];
        }
        let encoding = if self.seen_wide { UTF_8 } else { guess(rest) };
        self.decoder = Some(encoding.new_decoder_without_bom_handling());
        rest
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    const RUSSIAN: &str =
        "Министры двух стран встретились во вторник в старой ратуше и три часа говорили о ценах на зерно.";
    const FRENCH: &str =
        "Les ministres se sont rencontrés mardi à l'hôtel de ville, où ils ont parlé du prix des céréales.";

    fn encode(text: &str, label: &str) -> Vec<u8> {
        match label {
            "utf-16le" => text.encode_utf16().flat_map(u16::to_le_bytes).collect(),
            "utf-16be" => text.encode_utf16().flat_map(u16::to_be_bytes).collect(),
            _ => Encoding::for_label(label.as_bytes()).unwrap().encode(text).0.into_owned(),
        }
    }

    fn stream(bytes: &[u8], block: usize) -> String {
        let (mut decoding, mut out) = (Decoding::default(), Vec::new());
        for part in bytes.chunks(block) {
            decoding.push(part, false, &mut out);
        }
        decoding.push(&[], true, &mut out);
        String::from_utf8(out).unwrap()
    }

    #[test]
    fn tells_encodings() {
        for (text, label) in [
            (RUSSIAN, "windows-1251"),
            (RUSSIAN, "koi8-r"),
            (RUSSIAN, "utf-8"),
            (RUSSIAN, "utf-16le"),
            (RUSSIAN, "utf-16be"),
            (FRENCH, "windows-1252"),
            (FRENCH, "utf-8"),
            (FRENCH, "utf-16le"),
        ] {
            let bytes = encode(text, label);
            assert!(!is_binary(&bytes), "{label}");
            assert_eq!(whole(bytes.clone(), false).0, text, "{label}");
            assert_eq!(stream(&bytes, bytes.len()), text, "{label}");
        }
        let marked: Vec<u8> = [vec![0xFF, 0xFE], encode(FRENCH, "utf-16le")].concat();
        assert_eq!(whole(marked.clone(), false).0, FRENCH);
        assert_eq!(stream(&marked, 64), FRENCH);
        assert_eq!(stream(RUSSIAN.as_bytes(), 3), RUSSIAN);
    }

    #[test]
    fn heeds_declarations() {
        let page = format!("<html><head><meta charset=\"windows-1251\"></head>{RUSSIAN}");
        assert_eq!(whole(encode(&page, "windows-1251"), true).0, page);
        let page = format!("<?xml version=\"1.0\" encoding='koi8-u'?><p>{RUSSIAN}");
        assert_eq!(whole(encode(&page, "koi8-u"), true).0, page);
    }

    #[test]
    fn damage_does_not_change_the_encoding() {
        let mut bytes = RUSSIAN.as_bytes().to_vec();
        bytes.push(0xFF);
        assert_eq!(whole(bytes.clone(), false).0, format!("{RUSSIAN}\u{FFFD}"));
        assert_eq!(stream(&bytes, 50), format!("{RUSSIAN}\u{FFFD}"));
    }

    #[test]
    fn knows_binary_files() {
        for (bytes, want) in [
            (&b"%PDF-1.4 x"[..], true),
            (&b"abc\0def"[..], true),
            (&[0u8; 100][..], true),
            (&b"plain text\r\n\ttabbed"[..], false),
            (&b"\xFF\xFEa\0"[..], false),
        ] {
            assert_eq!(is_binary(bytes), want, "{bytes:?}");
        }
    }
}
