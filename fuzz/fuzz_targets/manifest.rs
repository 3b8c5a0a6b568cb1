//! Any bytes as a manifest, and as the engine's lists under their seal: read back as they were written, or refused.
#![no_main]

use newsidx::index::{Manifest, seal};
use xxhash_rust::xxh3::xxh3_64;

libfuzzer_sys::fuzz_target!(|data: &[u8]| {
    drop(Manifest::from_bytes(data));
    // Under a right checksum, so that it is looked into.
    if let Ok(packed) = zstd::encode_all(data, 1) {
        let bytes = [&xxh3_64(&packed).to_le_bytes()[..], packed.as_slice()].concat();
        if let Ok(manifest) = Manifest::from_bytes(&bytes) {
            let again = manifest.to_bytes().expect("plain data");
            assert_eq!(Manifest::from_bytes(&again).expect("as it was written"), manifest);
        }
    }
    drop(seal::open(data));
    drop(seal::Living::of(data));
    let sealed = seal::seal(data, std::iter::empty());
    assert!(seal::is_sealed(&sealed) && seal::open(&sealed).is_some_and(|(text, _)| data.starts_with(text)));
});
