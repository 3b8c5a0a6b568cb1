//! Abbreviations of time zones.

/// In lower case: those that news write behind a clock time.
#[rustfmt::skip]
pub const ZONES: &[&str] = &[
    "gmt", "utc", "bst", "est", "edt", "et", "pst", "pdt", "pt", "cst", "cdt", "mst", "mdt", "cet", "cest", "eet", "eest", "ist",
    "msk", "aest", "aedt", "nzst", "nzdt", "jst", "sast", "eat", "wat",
];
