//! newsidx: full-text search for archives of news - who said what, where and when.
//!
//! The map of the crate is in ARCHITECTURE.md.

pub mod annotations;
pub mod article;
pub mod build;
pub mod clean;
pub mod cli;
pub mod commands;
pub mod config;
pub mod engine;
pub mod extract;
pub mod field;
pub mod index;
pub mod memory;
pub mod names;
pub mod output;
pub mod progress;
pub mod query;
pub mod read;
pub mod results;
pub mod stories;
pub mod text;
pub mod when;
