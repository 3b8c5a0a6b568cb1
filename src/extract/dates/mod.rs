//! When an article was published, and the dates its text speaks of.

pub mod dateline;
pub mod mentions;
pub mod publication;
