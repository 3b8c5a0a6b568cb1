//! Any bytes as PDF: what the libraries do not survive is caught.
#![no_main]

libfuzzer_sys::fuzz_target!(|data: &[u8]| newsidx_fuzz::read("a.pdf", &[b"%PDF-1.4\n", data].concat()));
