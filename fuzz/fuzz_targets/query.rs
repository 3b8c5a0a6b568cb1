//! Any text as a query: a tree that prints itself back, or a mistake with a column inside the text.
#![no_main]

libfuzzer_sys::fuzz_target!(|text: &str| {
    let today = jiff::civil::date(2022, 2, 24);
    match newsidx::query::parse(text, today) {
        Ok(parsed) => drop(newsidx::query::plan::plan(&parsed.root)),
        Err(error) => assert!(error.column() <= text.chars().count() + 1),
    }
});
