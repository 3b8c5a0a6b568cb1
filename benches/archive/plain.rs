//! The plain program that newsidx is measured against: tantivy with title and body, stemmed and stored; its own query
//! parser, ranking and snippets; nothing else.

use std::fs;
use std::hint::black_box;
use std::path::Path;

use tantivy::collector::{Count, TopDocs};
use tantivy::query::{FuzzyTermQuery, Query, QueryParser, RegexQuery};
use tantivy::schema::{Field, IndexRecordOption, STORED, SchemaBuilder, TextFieldIndexing, TextOptions, Value};
use tantivy::snippet::SnippetGenerator;
use tantivy::{Index, IndexReader, TantivyDocument, Term};

/// Memory of its writer in bytes.
const HEAP: usize = 300_000_000;

/// Builds an index at `dir` from the files below `corpus`.
pub(crate) fn build(corpus: &Path, dir: &Path) {
    fs::create_dir_all(dir).unwrap();
    let mut schema = SchemaBuilder::default();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("en_stem")
        .set_index_option(IndexRecordOption::WithFreqsAndPositions);
    let options = TextOptions::from(STORED).set_indexing_options(indexing);
    let title = schema.add_text_field("title", options.clone());
    let body = schema.add_text_field("body", options);
    let index = Index::create_in_dir(dir, schema.build()).unwrap();
    let threads = std::thread::available_parallelism().map_or(1, usize::from);
    let mut writer: tantivy::IndexWriter = index.writer_with_num_threads(threads, HEAP).unwrap();
    for entry in walkdir::WalkDir::new(corpus).into_iter().flatten().filter(|entry| entry.file_type().is_file()) {
        let text = fs::read_to_string(entry.path()).unwrap();
        let add = |heading: &str, text: &str| {
            let mut doc = TantivyDocument::new();
            doc.add_text(title, heading);
            doc.add_text(body, text);
            writer.add_document(doc).unwrap();
        };
        if entry.path().extension().is_some_and(|extension| extension == "jsonl") {
            for line in text.lines() {
                let record: serde_json::Value = serde_json::from_str(line).unwrap();
                add(record["title"].as_str().unwrap_or_default(), record["text"].as_str().unwrap_or_default());
            }
        } else {
            let (heading, text) = text.split_once('\n').unwrap_or_default();
            add(heading, text);
        }
    }
    writer.commit().unwrap();
    writer.wait_merging_threads().unwrap();
}

/// The index, open.
pub(crate) struct Plain {
    index: Index,
    reader: IndexReader,
    title: Field,
    body: Field,
}

impl Plain {
    pub(crate) fn open(dir: &Path) -> Plain {
        let index = Index::open_in_dir(dir).unwrap();
        let (title, body) = (index.schema().get_field("title").unwrap(), index.schema().get_field("body").unwrap());
        Plain { reader: index.reader().unwrap(), index, title, body }
    }

    /// Ten hits with their snippets, and how many there are. `beginning*` and `near~` are read beside tantivy's own
    /// language.
    pub(crate) fn search(&self, query: &str) {
        let searcher = self.reader.searcher();
        let query: Box<dyn Query> = match (query.strip_suffix('*'), query.strip_suffix('~')) {
            (Some(start), _) => Box::new(RegexQuery::from_pattern(&format!("{start}.*"), self.body).unwrap()),
            (_, Some(word)) => Box::new(FuzzyTermQuery::new(Term::from_field_text(self.body, word), 1, true)),
            _ => {
                let mut parser = QueryParser::for_index(&self.index, vec![self.title, self.body]);
                parser.set_conjunction_by_default();
                parser.parse_query(query).unwrap()
            }
        };
        let (hits, _) = searcher.search(&query, &(TopDocs::with_limit(10).order_by_score(), Count)).unwrap();
        let snippets = SnippetGenerator::create(&searcher, &*query, self.body).unwrap();
        for (_, address) in hits {
            let doc: TantivyDocument = searcher.doc(address).unwrap();
            let text = doc.get_first(self.body).and_then(|value| value.as_str()).unwrap_or_default();
            black_box(snippets.snippet(text).to_html());
        }
    }
}
