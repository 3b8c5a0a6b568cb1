//! Any text through the tokeniser: tokens and sentences lie in it, in order, at the ends of characters, and folding
//! and stemming take them as they are.
#![no_main]

use newsidx::text::{Tokens, fold_into};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let tokens = Tokens::scan(text);
    let mut behind = 0;
    let mut folded = String::new();
    for word in tokens.words() {
        let range = word.range();
        assert!(range.start >= behind, "{range:?} begins before {behind}");
        behind = range.end;
        folded.clear();
        fold_into(text.get(range).expect("a word of the text"), &mut folded);
    }
});
