//! The same story printed many times: near-duplicates among the articles of a whole archive.
//!
//! Each article has a [`Sketch`] of its words, made while it is indexed; [`group`] puts the sketches of all articles
//! together to stories. Knows nothing of the index. Nothing is ever deleted: what to do with copies is for whoever
//! shows them.

mod group;
mod sketch;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;

pub use group::{Copy, THRESHOLD, group};
pub use sketch::{LEAST_WORDS, SKETCH_WORDS, Sketch};
