//! Bytes of lines, many looked at at once.

/// Whether a byte of `text` is one that is looked for, which is seldom the case: it ends early only between steps, so that
/// the compiler compares many bytes at once.
#[inline]
pub(super) fn any(text: &str, is: impl Fn(u8) -> bool + Copy) -> bool {
    let bytes = text.as_bytes();
    let (steps, rest) = bytes.as_chunks::<32>();
    let (short_steps, rest) = rest.as_chunks::<8>();
    steps.iter().any(|step| any_of(step, is))
        || short_steps.iter().any(|step| any_of(step, is))
        || rest.iter().any(|byte| is(*byte))
}

#[inline]
fn any_of<const N: usize>(bytes: &[u8; N], is: impl Fn(u8) -> bool + Copy) -> bool {
    let mut found = false;
    for byte in bytes {
        found |= is(*byte);
    }
    found
}

/// For each letter that begins a word of `lists` (lower case), as a set of bits, the letters that may stand behind it.
pub(super) const fn beginnings(lists: &[&[&str]]) -> [u32; 32] {
    let mut table = [0; 32];
    let mut list = 0;
    while list < lists.len() {
        let mut at = 0;
        while at < lists[list].len() {
            let word = lists[list][at].as_bytes();
            table[word[0] as usize % 32] |= 1 << (word[1] % 32);
            at += 1;
        }
        list += 1;
    }
    table
}

/// Whether the first two letters of `text` may be those of one of the words that `table` was made of, whatever their case.
/// Letters beyond ASCII may.
#[inline]
pub(super) fn may_begin(text: &str, table: &[u32; 32]) -> bool {
    let Some([first, second]) = text.as_bytes().first_chunk() else { return false };
    !first.is_ascii() || !second.is_ascii() || table[usize::from(first % 32)] >> (second % 32) & 1 != 0
}
