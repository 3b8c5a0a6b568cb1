//! Cleaning: boilerplate out of the body, its metadata into their fields.
