//! Stories as conditions: how many copies an article has, which print is the first, and what is of one story with it.

use std::sync::Arc;

use rustc_hash::{FxHashMap, FxHashSet};
use tantivy::index::SegmentId;
use tantivy::query::{EmptyScorer, EnableScoring, Explanation, Query, Scorer, Weight};
use tantivy::{DocAddress, DocId, DocSet, Score, Searcher, SegmentReader, TERMINATED};

use super::Local;
use crate::index::Stories;

/// What `is:` calls an article that was printed before.
pub(super) const COPY: &str = "copy";

/// The stories that have copies, article by article.
#[derive(Debug, Default)]
pub(super) struct Clusters {
    /// In the order of their addresses.
    members: Vec<Member>,
    /// The members of each story.
    stories: FxHashMap<u32, Vec<usize>>,
}

#[derive(Debug)]
struct Member {
    segment: SegmentId,
    address: DocAddress,
    story: u32,
    id: u64,
    /// Whether it is the first print of its story.
    first: bool,
}

impl Clusters {
    pub(super) fn of(searcher: &Searcher, stories: &Stories) -> tantivy::Result<Clusters> {
        let mut clusters = Clusters::default();
        // By story the print that is first: the earliest, then as copies are folded.
        let mut firsts: FxHashMap<u32, (Print, usize)> = FxHashMap::default();
        for (number, reader) in searcher.segment_readers().iter().enumerate() {
            let fast = reader.fast_fields();
            let (ids, stamps, spots) = (fast.u64("id")?, fast.i64("stamp")?, fast.u64("spot")?);
            for &(doc, story) in stories.of(reader).unwrap_or_default().iter() {
                if doc >= reader.max_doc() || reader.is_deleted(doc) {
                    continue;
                }
                let id = ids.first(doc).unwrap_or(0);
                let print = (stamps.first(doc).unwrap_or(i64::MAX), id, std::cmp::Reverse(spots.first(doc)));
                let at = clusters.members.len();
                let first = firsts.entry(story).or_insert((print, at));
                if print < first.0 {
                    *first = (print, at);
                }
                clusters.stories.entry(story).or_default().push(at);
                let address = DocAddress::new(number as u32, doc);
                clusters.members.push(Member { segment: reader.segment_id(), address, story, id, first: false });
            }
        }
        firsts.into_values().for_each(|(_, at)| clusters.members[at].first = true);
        Ok(clusters)
    }

    fn of_story(&self, story: u32) -> &[usize] {
        self.stories.get(&story).map_or(&[], Vec::as_slice)
    }

    /// How many copies an article of a story has.
    fn copies(&self, story: u32) -> u64 {
        self.of_story(story).len().saturating_sub(1) as u64
    }

    /// Articles with so many copies, of those that have any story at all.
    pub(super) fn copied(&self, wanted: impl Fn(u64) -> bool) -> Listed {
        self.listed(|member| wanted(self.copies(member.story)))
    }

    /// Articles that are no first print.
    pub(super) fn later(&self) -> Listed {
        self.listed(|member| !member.first)
    }

    /// `articles`, and all that tell a story with them.
    pub(super) fn with(&self, searcher: &Searcher, articles: &std::collections::HashSet<DocAddress>) -> Listed {
        let theirs = self.members.iter().filter(|member| articles.contains(&member.address));
        let stories: FxHashSet<u32> = theirs.map(|member| member.story).collect();
        let alone = articles.iter().filter_map(|at| Some((segment_of(searcher, *at)?, at.doc_id)));
        let members = self.members.iter().filter(|member| stories.contains(&member.story));
        Listed::of(alone.chain(members.map(|member| (member.segment, member.address.doc_id))))
    }

    fn listed(&self, wanted: impl Fn(&Member) -> bool) -> Listed {
        let members = self.members.iter().filter(|member| wanted(member));
        Listed::of(members.map(|member| (member.segment, member.address.doc_id)))
    }

    /// How many copies an article has, whether it is one itself, and the ids of all that tell its story.
    pub(super) fn known(&self, address: DocAddress) -> (u64, bool, Vec<u64>) {
        let at = self.members.binary_search_by_key(&address, |member| member.address);
        let Some(member) = at.ok().and_then(|at| self.members.get(at)) else { return (0, false, Vec::new()) };
        let all = self.of_story(member.story).iter().filter_map(|at| self.members.get(*at));
        (self.copies(member.story), !member.first, all.map(|other| other.id).collect())
    }
}

/// What puts the prints of a story in order: when, then what decides between copies of one moment.
type Print = (i64, u64, std::cmp::Reverse<Option<u64>>);

fn segment_of(searcher: &Searcher, address: DocAddress) -> Option<SegmentId> {
    searcher.segment_readers().get(address.segment_ord as usize).map(SegmentReader::segment_id)
}

impl Local {
    /// The stories of this archive, read when first asked for.
    pub(super) fn clusters(&self) -> tantivy::Result<&Clusters> {
        if let Some(known) = self.clusters.get() {
            return Ok(known);
        }
        let read = Clusters::of(&self.searcher, &self.stories())?;
        Ok(self.clusters.get_or_init(|| read))
    }
}

/// Documents that are known one by one.
#[derive(Debug, Clone)]
pub(super) struct Listed(Arc<FxHashMap<SegmentId, Arc<[DocId]>>>);

impl Listed {
    fn of(all: impl Iterator<Item = (SegmentId, DocId)>) -> Listed {
        let mut lists: FxHashMap<SegmentId, Vec<DocId>> = FxHashMap::default();
        all.for_each(|(segment, doc)| lists.entry(segment).or_default().push(doc));
        let in_order = lists.into_iter().map(|(segment, mut docs)| {
            docs.sort_unstable();
            docs.dedup();
            (segment, docs.into())
        });
        Listed(Arc::new(in_order.collect()))
    }
}

impl Query for Listed {
    fn weight(&self, _: EnableScoring<'_>) -> tantivy::Result<Box<dyn Weight>> {
        Ok(Box::new(self.clone()))
    }
}

impl Weight for Listed {
    fn scorer(&self, reader: &SegmentReader, boost: Score) -> tantivy::Result<Box<dyn Scorer>> {
        Ok(match self.0.get(&reader.segment_id()) {
            Some(docs) => Box::new(Walk { docs: Arc::clone(docs), at: 0, boost }),
            None => Box::new(EmptyScorer),
        })
    }

    fn explain(&self, reader: &SegmentReader, doc: DocId) -> tantivy::Result<Explanation> {
        let found = self.0.get(&reader.segment_id()).is_some_and(|docs| docs.binary_search(&doc).is_ok());
        Ok(Explanation::new("in a list", if found { 1.0 } else { 0.0 }))
    }
}

struct Walk {
    docs: Arc<[DocId]>,
    at: usize,
    boost: Score,
}

impl DocSet for Walk {
    fn advance(&mut self) -> DocId {
        self.at += 1;
        self.doc()
    }

    fn seek(&mut self, target: DocId) -> DocId {
        let rest = self.docs.get(self.at..).unwrap_or_default();
        self.at += rest.partition_point(|doc| *doc < target);
        self.doc()
    }

    fn doc(&self) -> DocId {
        self.docs.get(self.at).copied().unwrap_or(TERMINATED)
    }

    fn size_hint(&self) -> u32 {
        self.docs.len() as u32
    }
}

impl Scorer for Walk {
    fn score(&mut self) -> Score {
        self.boost
    }
}
