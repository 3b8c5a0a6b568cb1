//! How the program is linked.

fn main() {
    println!("cargo:rerun-if-changed=build.rs");
    let target = |name| std::env::var(name).unwrap_or_default();
    // Tables of words and signs that libraries bring (stems of twenty languages, entities, glyphs) hold 80,000 addresses. A
    // program that may lie anywhere has each corrected whenever it starts, which takes longer than most searches; at a
    // fixed place the tables are mapped as they are, and only what is used of them is read.
    // What it costs: the program's own code and tables lie where they are known to lie (stack, heap and libraries do not).
    let fixed = target("CARGO_CFG_TARGET_FEATURE").split(',').any(|feature| feature == "crt-static");
    if target("CARGO_CFG_TARGET_OS") == "linux" && target("CARGO_CFG_TARGET_ENV") == "gnu" && !fixed {
        println!("cargo:rustc-link-arg-bins=-no-pie");
    }
}
