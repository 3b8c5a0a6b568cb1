//! The index on disk: its schema, its tokens, its writer, its manifest, and where an archive lies.

pub mod analysis;
pub mod archive;
pub mod check;
pub mod document;
pub mod earlier;
pub mod error;
pub mod files;
pub mod furniture;
mod hold;
pub mod manifest;
mod merge;
pub mod names;
mod packed;
pub mod place;
pub mod recurring;
pub mod schema;
pub mod seal;
pub mod size;
pub mod stories;
mod written;

pub use archive::Archive;
pub use document::Prepared;
pub use earlier::Earlier;
pub use error::ArchiveError;
pub use files::Disk;
pub use manifest::Manifest;
pub use schema::Fields;
pub use stories::Stories;
