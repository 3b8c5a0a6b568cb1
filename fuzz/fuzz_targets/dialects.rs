//! Any text as a search of LexisNexis, Factiva or ProQuest, by its first letter: a tree that newsidx's own language
//! prints and reads again, or a mistake with a column inside the text.
#![no_main]

use newsidx::query::dialect::{System, parse};
use newsidx::query::{Options, plan};

libfuzzer_sys::fuzz_target!(|input: (u8, &str)| {
    let (system, text) = input;
    let system = [System::Lexis, System::Factiva, System::ProQuest][usize::from(system) % 3];
    let today = jiff::civil::date(2022, 2, 24);
    match parse(text, system, Options::new(today)) {
        Ok(parsed) => {
            drop(plan::plan(&parsed.root));
            let printed = parsed.root.to_string();
            let again = newsidx::query::parse(&printed, today);
            assert!(again.is_ok_and(|again| again.root.to_string() == printed), "{printed}");
        }
        Err(error) => assert!(error.column() <= text.chars().count() + 1),
    }
});
