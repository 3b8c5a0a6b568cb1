//! What an archive's bytes on disk are for.

use std::collections::BTreeMap;

use anyhow::Result;
use tantivy::space_usage::PerFieldSpaceUsage;
use tantivy::{IndexReader, ReloadPolicy, Searcher};

use super::Archive;

/// A part of an archive and its size in bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    /// What it is for.
    pub name: &'static str,
    /// Bytes on disk.
    pub bytes: u64,
}

/// The parts of an archive, the largest first; their sum is the size of all its files.
///
/// # Errors
/// When the archive cannot be read.
pub fn parts(archive: &Archive) -> Result<Vec<Part>> {
    let reader: IndexReader = archive.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
    let mut sums = of_index(&reader.searcher(), archive)?;
    let known: u64 = sums.values().sum();
    *sums.entry("lists of files, copies and the rest").or_default() +=
        super::archive::size(&archive.dir).saturating_sub(known);
    let mut parts: Vec<Part> =
        sums.into_iter().filter(|(_, bytes)| *bytes > 0).map(|(name, bytes)| Part { name, bytes }).collect();
    parts.sort_by_key(|part| std::cmp::Reverse(part.bytes));
    Ok(parts)
}

fn of_index(searcher: &Searcher, archive: &Archive) -> Result<BTreeMap<&'static str, u64>> {
    let (schema, fields) = (archive.index.schema(), &archive.fields);
    let use_of = |name: &str| match schema.get_field(name) {
        Ok(field) if field == fields.text => "words of the articles",
        Ok(field) if field == fields.quote => "words of the quotations",
        Ok(field) if field == fields.name => "spellings of names",
        Ok(field) if field == fields.sketch => "sketches that copies are told by",
        Ok(_) => "people, places, dates and all other fields",
        Err(_) => "lists of files, copies and the rest",
    };
    let mut sums: BTreeMap<&'static str, u64> = BTreeMap::new();
    for segment in searcher.space_usage()?.segments() {
        let mut add = |usage: &PerFieldSpaceUsage| {
            for field in usage.fields() {
                *sums.entry(use_of(field.field_name())).or_default() += field.total().get_bytes();
            }
        };
        let all =
            [segment.termdict(), segment.postings(), segment.positions(), segment.fast_fields(), segment.fieldnorms()];
        all.into_iter().for_each(&mut add);
        *sums.entry("the articles themselves").or_default() += segment.store().total().get_bytes();
    }
    Ok(sums)
}
