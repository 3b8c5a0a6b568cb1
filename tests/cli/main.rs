//! The real binary, run over small archives. One test binary, one module a subject.
#![allow(clippy::unwrap_used)]

mod agree;
mod bad_input;
mod build;
mod config;
mod contract;
mod crash;
mod damage;
mod dates;
mod env;
mod exports;
#[cfg(feature = "office")]
mod formats;
mod full;
mod hostile;
mod meanwhile;
mod names;
mod output;
mod queries;
mod ranking;
mod readme;
mod recurring;
mod sample;
mod schema;
mod show;
mod stories;
mod updates;
mod watch;
mod work;
