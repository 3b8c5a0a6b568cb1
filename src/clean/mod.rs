//! Cleaning: boilerplate out of the body, its metadata into their fields.
//!
//! `layout` makes paragraphs of raw text, `page` decides which of them are the article, `phrases`, `labels` and `prose`
//! know single lines, `light`, `html` and `tags` find the text of a page, `language` tells what it is written in, `recurring`
//! which lines may be furniture of a whole source, `rules` are the user's own. Reading files and records is left to
//! `read`, and what dates mean to `extract`.

mod bytes;
mod datelike;
pub mod html;
mod labels;
pub mod language;
pub mod layout;
pub mod light;
mod page;
mod phrases;
mod prose;
mod reason;
pub mod recurring;
mod rules;
pub mod tags;

pub use page::clean;
pub use rules::{LineRules, LineRulesText};
