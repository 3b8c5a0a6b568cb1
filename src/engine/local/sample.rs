//! A look at some articles from end to end: what is stored, what it is known by, and that a search finds it.

use anyhow::Result;
use tantivy::{DocAddress, TantivyDocument};

use super::Local;
use super::join::Links;
use crate::engine::{Engine, Request};
use crate::index::document::{self, Stored};
use crate::query;
use crate::text::{Kind, Tokens};

impl Local {
    /// Looks at up to `most` articles, spread over the whole archive. Gives how many it looked at, and what is wrong
    /// with them.
    ///
    /// # Errors
    /// [`crate::index::ArchiveError`] when the index cannot be read.
    pub fn sample(&self, most: usize) -> Result<(usize, Vec<String>)> {
        self.guarded(|| {
            let mut wrong = Vec::new();
            let sampled = self.spread(most)?;
            for (address, id) in &sampled {
                if let Some(what) = self.differs(*address, *id)? {
                    wrong.push(format!("article {id:016x}: {what}"));
                }
            }
            Ok((sampled.len(), wrong))
        })
    }

    /// Places and ids of up to `most` articles.
    fn spread(&self, most: usize) -> Result<Vec<(DocAddress, u64)>> {
        let step = (self.payload.articles as usize / most.max(1)).max(1);
        let (mut sampled, mut seen) = (Vec::new(), 0_usize);
        for (segment, reader) in self.searcher.segment_readers().iter().enumerate() {
            let fast = reader.fast_fields();
            let (ids, links) = (fast.u64("id")?, Links::open(reader)?);
            for doc in reader.doc_ids_alive().filter(|doc| links.is_article(*doc)) {
                if seen.is_multiple_of(step)
                    && let Some(id) = ids.first(doc)
                {
                    sampled.push((DocAddress::new(segment as u32, doc), id));
                }
                seen += 1;
            }
        }
        sampled.truncate(most);
        Ok(sampled)
    }

    fn differs(&self, address: DocAddress, id: u64) -> Result<Option<String>> {
        let document: TantivyDocument = self.searcher.doc(address)?;
        if document.len() == 0 {
            return Ok(Some("nothing is stored of it".to_owned()));
        }
        let Stored { article, .. } = self.stored(address)?;
        if document::id(&article) != id {
            return Ok(Some("what is stored is not what it is known by".to_owned()));
        }
        let tokens = Tokens::scan(&article.body);
        let words = tokens.words().map(|token| (token.kind, &article.body[token.range()]));
        let plain = |word: &str| word.len() > 2 && word.bytes().all(|byte| byte.is_ascii_alphabetic());
        let word = words.filter(|(kind, word)| *kind == Kind::Word && plain(word)).map(|(_, word)| word).next();
        let text = word.map_or_else(|| format!("id:{id:016x}"), |word| format!("id:{id:016x} \"{word}\""));
        let Ok(parsed) = query::parse(&text, jiff::civil::date(2000, 1, 1)) else { return Ok(None) };
        let found = self.ids(&Request::new(parsed.root), false)?;
        Ok(found.is_empty().then(|| format!("{text} does not find it")))
    }
}
