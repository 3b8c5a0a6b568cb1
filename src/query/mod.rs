//! The query language: text to tree, and the matcher that finds every mention. Knows nothing of tantivy.

pub mod ast;
pub mod dates;
pub mod dialect;
pub mod names;
pub mod parse;
pub mod pattern;
pub mod plan;
mod print;
mod removed;
pub mod spans;
pub mod text;

pub use ast::{Node, NodeKind, Word};
pub use parse::{Blank, Note, Options, Parsed, QueryError, parse, parse_as};
pub use removed::with_removed;
