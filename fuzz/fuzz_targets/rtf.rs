//! Any bytes as RTF.
#![no_main]

libfuzzer_sys::fuzz_target!(init: newsidx_fuzz::pass_panics_of_libraries(), |data: &[u8]| newsidx_fuzz::read("a.rtf", &[b"{\\rtf1 ", data].concat()));
