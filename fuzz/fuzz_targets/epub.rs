//! Any package inside an EPUB, with one page.
#![no_main]

libfuzzer_sys::fuzz_target!(init: newsidx_fuzz::pass_panics_of_libraries(), |data: &[u8]| newsidx_fuzz::read(
    "a.epub",
    &newsidx_fuzz::stored(&[
        ("META-INF/container.xml", br#"<container><rootfile full-path="p.opf"/></container>"#),
        ("p.opf", data),
        ("a.xhtml", b"<html><body><h1>Talks</h1><p>Talks went on in the town.</p></body></html>"),
    ]),
));
