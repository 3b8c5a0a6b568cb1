//! Any XML inside word processors' files.
#![no_main]

libfuzzer_sys::fuzz_target!(init: newsidx_fuzz::pass_panics_of_libraries(), |data: &[u8]| newsidx_fuzz::read(
    "a.docx",
    &newsidx_fuzz::stored(&match data.split_first() {
        Some((0, xml)) => vec![("mimetype", &b"x"[..]), ("content.xml", xml)],
        Some((_, xml)) => vec![("word/document.xml", xml)],
        None => return,
    }),
));
