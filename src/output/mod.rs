//! Output: results and articles as text, JSON and other formats, each over `&mut impl Write`.

pub mod inspect;
