//! Any bytes under the names of text formats: articles or reasons, never a panic. The first byte chooses the name.
#![no_main]

libfuzzer_sys::fuzz_target!(init: newsidx_fuzz::pass_panics_of_libraries(), |data: &[u8]| newsidx_fuzz::read_one_of(
    &["a.txt", "a.md", "a.html", "a.json", "a.jsonl", "a.csv", "a.tsv", "a.txt.gz", "a.jsonl.zst", "a.ndjson"],
    data,
));
