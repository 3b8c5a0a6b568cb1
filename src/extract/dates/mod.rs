//! When an article was published, and the dates its text speaks of.
//!
//! [`parse`] reads strings that are a date as a whole; `grammar` finds dates among the words of a text, and
//! `resolve` works out what they mean.

pub mod dateline;
pub mod mentions;
pub mod parse;
pub mod publication;

mod direction;
mod grammar;
mod path;
mod resolve;
mod words;

#[cfg(test)]
mod tests;
