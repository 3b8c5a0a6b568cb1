//! Words, sentences and paragraphs: the one tokeniser that extraction, the index, queries and highlights share.
//!
//! Knows nothing of articles, fields or the index.

pub mod fold;
pub mod sentences;
pub mod stem;
pub mod tokens;
pub mod vocabulary;
pub mod zones;

pub use fold::{cut, fold, fold_into, lower_short};
pub use tokens::{Kind, Placed, Token, Tokens, placed};
pub use vocabulary::{ByNumber, Lexer, NO_WORD, Number, Vocabulary};
