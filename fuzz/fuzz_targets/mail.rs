//! Any bytes as mails, mailboxes and saved pages.
#![no_main]

libfuzzer_sys::fuzz_target!(init: newsidx_fuzz::pass_panics_of_libraries(), |data: &[u8]| newsidx_fuzz::read_one_of(&["a.eml", "a.mbox", "a.mhtml"], data));
