//! Any bytes as PDF: what the libraries do not survive is caught.
#![no_main]

libfuzzer_sys::fuzz_target!(init: newsidx_fuzz::pass_panics_of_libraries(), |data: &[u8]| newsidx_fuzz::read("a.pdf", &[b"%PDF-1.4\n", data].concat()));
