//! Any XML as feeds and news formats.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| newsidx_fuzz::read("a.xml", data));
