//! Paragraphs that are there twice: text said before, and captions.

use rustc_hash::{FxBuildHasher, FxHashMap};

use super::{Fate, Page};
use crate::clean::reason::Reason;

/// Shorter paragraphs, in bytes, may be there more than once.
const SHORTEST_REPEATED: usize = 40;

impl Page<'_> {
    /// Cuts what was said before. A sentence twice in a row above the text is the caption of a picture, once for
    /// its reader and once for those who cannot see it.
    pub(super) fn find_repeats(&mut self) {
        let mut seen: Option<FxHashMap<u64, usize>> =
            self.may_repeat().then(|| FxHashMap::with_capacity_and_hasher(self.len(), FxBuildHasher));
        let mut in_head = true;
        for at in 0..self.len() {
            if seen.is_none() && !in_head {
                break;
            }
            let text = self.text(at);
            if !self.kept(at) || text.len() < SHORTEST_REPEATED {
                continue;
            }
            let before = seen.as_mut().and_then(|seen| {
                let key = xxhash_rust::xxh3::xxh3_64(text.as_bytes());
                seen.insert(key, at).filter(|before| self.text(*before) == text)
            });
            if let Some(before) = before {
                let is_caption = self.is_cut_as(before, Reason::Caption);
                self.cut(at, if is_caption { Reason::Caption } else { Reason::Repeated });
            } else if in_head && self.text(at + 1) == text && (self.good(at) || self.has_candidate_before(at)) {
                self.cut(at, Reason::Caption);
                self.furnished = true;
            } else if self.good(at) {
                in_head = false;
            }
        }
    }

    /// Whether a paragraph may be there twice, which it is in few texts: where not, no two have the same length, beginning
    /// and end.
    fn may_repeat(&self) -> bool {
        const WORDS: usize = 128;
        let mut seen = [0u64; WORDS];
        for (paragraph, mark) in self.paragraphs.iter().zip(&self.marks) {
            let text = paragraph.text.as_bytes();
            let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) else { continue };
            if mark.fate != Fate::Keep || text.len() < SHORTEST_REPEATED {
                continue;
            }
            let ends = u64::from_le_bytes(*first).rotate_left(32) ^ u64::from_le_bytes(*last);
            let hash = (ends ^ text.len() as u64).wrapping_mul(0x9E37_79B9_7F4A_7C15);
            let (word, bit) = ((hash >> 57) as usize % WORDS, 1 << (hash >> 51 & 63));
            if seen[word] & bit != 0 {
                return true;
            }
            seen[word] |= bit;
        }
        false
    }
}
