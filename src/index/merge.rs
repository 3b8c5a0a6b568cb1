//! Which segments are merged. The engine maps what it merges into memory, all of it: how much that is at a time is bounded here.

use std::fs;
use std::path::PathBuf;

use rustc_hash::FxHashMap;
use tantivy::index::{SegmentId, SegmentMeta};
use tantivy::indexer::{LogMergePolicy, MergeCandidate, MergePolicy};

/// Share of deleted documents from which a segment is written anew, whatever its size.
const DELETED: f32 = 0.25;

/// Merges by levels of size, as the engine does, but no more at once than so many bytes.
#[derive(Debug)]
pub(super) struct Bounded {
    levels: LogMergePolicy,
    /// The folder of the segments.
    folder: PathBuf,
    /// Bytes that are merged at once, at most.
    most: u64,
}

impl Bounded {
    /// For the segments in `folder`.
    pub(super) fn new(folder: PathBuf, most: u64) -> Bounded {
        let mut levels = LogMergePolicy::default();
        levels.set_del_docs_ratio_before_merge(DELETED);
        Bounded { levels, folder, most }
    }

    /// Bytes of each segment: of the files whose names begin with its id.
    fn sizes(&self, segments: &[SegmentMeta]) -> FxHashMap<SegmentId, u64> {
        let mut sizes: FxHashMap<SegmentId, u64> = segments.iter().map(|one| (one.id(), 0)).collect();
        for entry in fs::read_dir(&self.folder).into_iter().flatten().flatten() {
            let name = entry.file_name().to_string_lossy().into_owned();
            let id = name.split('.').next().and_then(|id| SegmentId::from_uuid_string(id).ok());
            if let Some(size) = id.and_then(|id| sizes.get_mut(&id)) {
                *size += entry.metadata().map_or(0, |file| file.len());
            }
        }
        sizes
    }
}

impl MergePolicy for Bounded {
    fn compute_merge_candidates(&self, segments: &[SegmentMeta]) -> Vec<MergeCandidate> {
        let sizes = self.sizes(segments);
        let worn = |one: &SegmentMeta| one.num_deleted_docs() as f32 > DELETED * one.max_doc() as f32;
        // What no other fits beside is left alone, unless it is worn.
        let open =
            segments.iter().filter(|one| sizes.get(&one.id()).is_some_and(|size| size * 2 <= self.most) || worn(one));
        let open: Vec<SegmentMeta> = open.cloned().collect();
        let worn: Vec<SegmentId> = open.iter().filter(|one| worn(one)).map(SegmentMeta::id).collect();
        let levels = self.levels.compute_merge_candidates(&open).into_iter();
        levels.filter_map(|MergeCandidate(ids)| fitting(ids, &sizes, &worn, self.most).map(MergeCandidate)).collect()
    }
}

/// Those of some segments that are merged at once: the worn ones first, then the smallest; `None` if there is nothing in it.
fn fitting(
    mut ids: Vec<SegmentId>,
    sizes: &FxHashMap<SegmentId, u64>,
    worn: &[SegmentId],
    most: u64,
) -> Option<Vec<SegmentId>> {
    let size = |id: &SegmentId| sizes.get(id).copied().unwrap_or(0);
    ids.sort_by_key(|id| (!worn.contains(id), size(id)));
    let mut sum = 0;
    let fitting = ids.iter().take_while(|id| {
        sum += size(id);
        sum <= most
    });
    let count = fitting.count();
    let first_is_worn = ids.first().is_some_and(|id| worn.contains(id));
    ids.truncate(count.max(usize::from(first_is_worn)));
    (ids.len() > 1 || first_is_worn).then_some(ids)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn id(number: u8) -> SegmentId {
        SegmentId::from_uuid_string(&format!("{number:032x}")).unwrap()
    }

    fn merged(sizes: &[u64], worn: &[u8], most: u64) -> Option<Vec<u8>> {
        let ids: Vec<SegmentId> = (1..=sizes.len() as u8).map(id).collect();
        let sizes: FxHashMap<SegmentId, u64> = ids.iter().copied().zip(sizes.iter().copied()).collect();
        let worn: Vec<SegmentId> = worn.iter().map(|number| id(*number)).collect();
        let chosen = fitting(ids.clone(), &sizes, &worn, most)?;
        Some(chosen.iter().map(|one| ids.iter().position(|id| id == one).unwrap() as u8 + 1).collect())
    }

    #[test]
    fn the_smallest_are_merged_as_far_as_they_fit() {
        assert_eq!(merged(&[30, 10, 20, 40], &[], 60), Some(vec![2, 3, 1]));
        assert_eq!(merged(&[30, 10, 20, 40], &[], 1000), Some(vec![2, 3, 1, 4]));
        assert_eq!(merged(&[50, 50], &[], 60), None);
    }

    #[test]
    fn a_worn_segment_is_written_anew_alone_if_need_be() {
        assert_eq!(merged(&[10, 500], &[2], 60), Some(vec![2]));
        assert_eq!(merged(&[10, 30, 20], &[2], 60), Some(vec![2, 1, 3]));
        assert_eq!(merged(&[10], &[], 60), None);
    }
}
