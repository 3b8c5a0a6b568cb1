//! Stories: which articles of the archive are copies of one another, for those who ask for them.

use std::cmp::Reverse;

use anyhow::{Context, Result};
use tantivy::DocAddress;

use super::Local;
use crate::index::Stories;
use crate::results::Story;

impl Local {
    /// The stories of this archive.
    pub(super) fn stories(&self) -> Stories {
        Stories::read(&self.archive.generation).unwrap_or_default()
    }

    /// The article at `address` with all its copies.
    pub(super) fn story_at(&self, address: DocAddress) -> Result<Story> {
        let stories = self.stories();
        let members = match self.number_of(&stories, address) {
            Some(story) => self.members(&stories, story),
            None => vec![address],
        };
        self.printed(&members)
    }

    /// The stories with the most copies, at most `limit` of them.
    pub(super) fn largest_stories(&self, limit: usize) -> Result<Vec<Story>> {
        let stories = self.stories();
        let mut sizes = stories.sizes();
        sizes.sort_unstable_by_key(|(story, size)| (Reverse(*size), *story));
        sizes.truncate(limit);
        sizes.into_iter().map(|(story, _)| self.printed(&self.members(&stories, story))).collect()
    }

    fn number_of(&self, stories: &Stories, address: DocAddress) -> Option<u32> {
        let copies = stories.of(self.searcher.segment_reader(address.segment_ord))?;
        let at = copies.binary_search_by_key(&address.doc_id, |(doc, _)| *doc).ok()?;
        copies.get(at).map(|(_, story)| *story)
    }

    fn members(&self, stories: &Stories, story: u32) -> Vec<DocAddress> {
        let mut members = Vec::new();
        for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
            let copies = stories.of(reader).unwrap_or_default();
            let inside = copies.iter().filter(|(doc, other)| *other == story && !reader.is_deleted(*doc));
            members.extend(inside.map(|(doc, _)| DocAddress::new(segment as u32, *doc)));
        }
        members
    }

    /// Articles in the order in which they were printed; undated ones last.
    fn printed(&self, members: &[DocAddress]) -> Result<Story> {
        let mut copies = Vec::with_capacity(members.len());
        for address in members {
            let stored = self.stored(*address).context("failed to read a copy")?;
            copies.push(self.source(&stored));
        }
        copies.sort_by_cached_key(|copy| {
            let date = copy.date.as_ref();
            let time = date.map(|date| (date.when.first, date.time.clone()));
            (time.is_none(), time, copy.source.clone(), copy.path.clone(), copy.record)
        });
        Ok(Story { copies })
    }
}
