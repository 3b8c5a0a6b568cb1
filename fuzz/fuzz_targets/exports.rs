//! Any text as exports of databases, as text, HTML and RTF.
#![no_main]

libfuzzer_sys::fuzz_target!(init: newsidx_fuzz::pass_panics_of_libraries(), |data: &[u8]| newsidx_fuzz::read_one_of(&["a.txt", "a.html", "a.rtf"], data));
