//! What an archive held before a build: when each of its articles was first indexed. Articles are known by what they
//! say, so that a moved file, a grown file of many records and a rebuild do not make old articles new.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;

use tantivy::columnar::Column;
use tantivy::schema::{Field, IndexRecordOption};
use tantivy::{DocSet, Index, ReloadPolicy, Searcher, TERMINATED, Term};

use super::archive::said;
use super::files::Files;
use super::place;

/// The archive as of its last commit before a build, whatever version wrote it.
pub struct Earlier {
    /// Its own name; empty if it had none.
    pub id: String,
    /// The moment of its last commit, in seconds since 1970.
    pub moment: i64,
    articles: Option<Articles>,
}

struct Articles {
    searcher: Searcher,
    id: Field,
    moments: Vec<Option<Column<i64>>>,
}

impl Earlier {
    /// Opens what is in use at `dir`, or was last. An archive that cannot be read, or is older than these notes, has
    /// none.
    pub fn open(dir: &Path) -> Earlier {
        let found = place::generations(dir).iter().find_map(|generation| Earlier::of(generation));
        found.unwrap_or(Earlier { id: String::new(), moment: 0, articles: None })
    }

    fn of(generation: &Path) -> Option<Earlier> {
        let index = Index::open(Files::for_reading(generation).ok()?).ok()?;
        let payload: serde_json::Value = serde_json::from_str(&said(&index).ok()??).ok()?;
        Some(Earlier {
            id: payload["id"].as_str().unwrap_or_default().to_owned(),
            moment: payload["moment"].as_i64().unwrap_or(0),
            articles: catch_unwind(AssertUnwindSafe(|| Articles::open(&index))).ok().flatten(),
        })
    }

    /// When the article with this id was first indexed; `None` if it was not there, or that cannot be read: what is
    /// damaged must not keep an article from being indexed again.
    pub fn moment_of(&self, id: u64) -> Option<i64> {
        let articles = self.articles.as_ref()?;
        catch_unwind(AssertUnwindSafe(|| articles.moment_of(id))).ok()?
    }
}

impl Articles {
    fn open(index: &Index) -> Option<Articles> {
        let id = index.schema().get_field("id").ok()?;
        let searcher = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into().ok()?.searcher();
        let readers = searcher.segment_readers();
        let moments = readers.iter().map(|reader| reader.fast_fields().i64("indexed").ok()).collect();
        Some(Articles { searcher, id, moments })
    }

    fn moment_of(&self, id: u64) -> Option<i64> {
        let term = Term::from_field_u64(self.id, id);
        for (reader, moments) in self.searcher.segment_readers().iter().zip(&self.moments) {
            let Some(moments) = moments else { continue };
            let inverted = reader.inverted_index(self.id).ok()?;
            let Ok(Some(mut postings)) = inverted.read_postings(&term, IndexRecordOption::Basic) else { continue };
            let mut doc = postings.doc();
            while doc != TERMINATED {
                if !reader.is_deleted(doc) {
                    return moments.first(doc);
                }
                doc = postings.advance();
            }
        }
        None
    }
}
