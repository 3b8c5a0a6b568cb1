//! The index on disk: its schema, its tokens, its writer, its manifest, and where an archive lies.

pub mod analysis;
pub mod archive;
pub mod document;
pub mod earlier;
pub mod furniture;
pub mod manifest;
pub mod names;
pub mod schema;
pub mod stories;

pub use archive::{Archive, ArchiveError};
pub use document::Prepared;
pub use earlier::Earlier;
pub use manifest::Manifest;
pub use schema::Fields;
pub use stories::Stories;
