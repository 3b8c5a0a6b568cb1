//! Any bytes as archives.
#![no_main]

libfuzzer_sys::fuzz_target!(init: newsidx_fuzz::pass_panics_of_libraries(), |data: &[u8]| newsidx_fuzz::read_one_of(&["a.zip", "a.tar", "a.tgz", "a.docx", "a.epub"], data));
