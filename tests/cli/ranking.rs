//! How good the ranking is: judged queries over the sample archive, and over a collection that is not part of the
//! repository; each beside BM25 over one field with headline and body. The figures are kept in a file, so that a change
//! that moves them shows them.

use std::collections::HashMap;
use std::path::Path;

use tantivy::collector::TopDocs;
use tantivy::query::QueryParser;
use tantivy::schema::{STORED, SchemaBuilder, TEXT, TextFieldIndexing, TextOptions, Value};
use tantivy::{Index, TantivyDocument};

use crate::env::Env;

/// Normalised discounted cumulative gain of the first ten.
fn ndcg(found: &[String], judged: &HashMap<String, f64>) -> f64 {
    let gain = |grade: f64, rank: usize| (2f64.powf(grade) - 1.0) / (rank as f64 + 2.0).log2();
    let got: f64 =
        found.iter().take(10).enumerate().map(|(i, key)| gain(judged.get(key).copied().unwrap_or(0.0), i)).sum();
    let mut grades: Vec<f64> = judged.values().copied().collect();
    grades.sort_by(|a, b| b.total_cmp(a));
    let best: f64 = grades.iter().take(10).enumerate().map(|(i, grade)| gain(*grade, i)).sum();
    got / best
}

fn recall(found: &[String], judged: &HashMap<String, f64>) -> f64 {
    let wanted = judged.len().min(10) as f64;
    found.iter().take(10).filter(|key| judged.contains_key(*key)).count() as f64 / wanted
}

/// The queries of a table with their judged articles.
fn judged(table: &str) -> Vec<(&str, HashMap<String, f64>)> {
    let rows = table.lines().filter(|line| !line.starts_with('#') && !line.is_empty());
    rows.map(|line| {
        let mut cells = line.split('\t');
        let query = cells.next().unwrap();
        let grades = cells.map(|cell| cell.rsplit_once('=').unwrap());
        (query, grades.map(|(key, grade)| (key.to_owned(), grade.parse().unwrap())).collect())
    })
    .collect()
}

fn mean(list: &[f64]) -> f64 {
    list.iter().sum::<f64>() / list.len() as f64
}

/// BM25 over one stemmed field with headline and body.
struct Plain {
    index: Index,
}

impl Plain {
    fn new<'t>(articles: impl Iterator<Item = (&'t str, String)>) -> Plain {
        let mut schema = SchemaBuilder::default();
        let indexing = TextFieldIndexing::default()
            .set_tokenizer("en_stem")
            .set_index_option(tantivy::schema::IndexRecordOption::WithFreqsAndPositions);
        let text = schema.add_text_field("text", TextOptions::default().set_indexing_options(indexing));
        let key = schema.add_text_field("key", TEXT | STORED);
        let index = Index::create_in_ram(schema.build());
        let mut writer = index.writer_with_num_threads(1, 15_000_000).unwrap();
        for (name, words) in articles {
            let mut doc = TantivyDocument::new();
            doc.add_text(text, words);
            doc.add_text(key, name);
            writer.add_document(doc).unwrap();
        }
        writer.commit().unwrap();
        Plain { index }
    }

    /// The keys of the ten best articles with the words of a query: all of them, any of those with OR between.
    fn found(&self, query: &str) -> Vec<String> {
        let searcher = self.index.reader().unwrap().searcher();
        let schema = self.index.schema();
        let (text, key) = (schema.get_field("text").unwrap(), schema.get_field("key").unwrap());
        let mut parser = QueryParser::for_index(&self.index, vec![text]);
        parser.set_conjunction_by_default();
        let (parsed, _) = parser.parse_query_lenient(&in_plain_words(query));
        let hits = searcher.search(&parsed, &TopDocs::with_limit(10).order_by_score()).unwrap();
        let key_of = |address| {
            let doc: TantivyDocument = searcher.doc(address).unwrap();
            doc.get_first(key).unwrap().as_str().unwrap().to_owned()
        };
        hits.into_iter().map(|(_, address)| key_of(address)).collect()
    }
}

/// A query as a plain search engine can be asked it: words, phrases, brackets, OR and minus; fields and wildcards as words,
/// dates left out.
fn in_plain_words(query: &str) -> String {
    let mut out = Vec::new();
    for part in query.split_whitespace() {
        let (open, rest) = part.split_at(part.len() - part.trim_start_matches('(').len());
        if ["w/", "pre/", "date:", "when:"].iter().any(|not| rest.starts_with(not)) {
            continue;
        }
        let word = rest.split_once(':').map_or(rest, |(_, value)| value);
        let plain: String = word.chars().filter(|c| !"=*~/{}".contains(*c)).collect();
        out.push(format!("{open}{plain}"));
    }
    out.join(" ")
}

/// Runs every query; the rows of the figures, and the means: ours, and of plain BM25.
fn figures(env: &Env, table: &str, key: fn(&serde_json::Value) -> String) -> (String, [f64; 4]) {
    let all = env.run(&["query", "*", "--json"]).json();
    let articles: Vec<&serde_json::Value> = all.iter().filter(|line| line["type"] == "article").collect();
    let texts = articles.iter().map(|line| {
        let id = line["id"].as_str().unwrap();
        let shown = env.run(&["show", "--json", id]).json();
        format!("{}\n{}", shown[0]["title"].as_str().unwrap_or_default(), shown[0]["body"].as_str().unwrap_or_default())
    });
    let keys: Vec<String> = articles.iter().map(|line| key(line)).collect();
    let plain = Plain::new(keys.iter().map(String::as_str).zip(texts));
    let mut rows = String::new();
    let mut lists: [Vec<f64>; 4] = Default::default();
    for (query, judged) in judged(table) {
        let lines = env.run(&["query", "--json", "--dups", "show", "-n", "10", "--", query]).json();
        let ours: Vec<String> = lines.iter().filter(|line| line["type"] == "article").map(key).collect();
        let theirs = plain.found(query);
        let row = [ndcg(&ours, &judged), recall(&ours, &judged), ndcg(&theirs, &judged), recall(&theirs, &judged)];
        lists.iter_mut().zip(row).for_each(|(list, figure)| list.push(figure));
        rows.push_str(&format!("{:.2} {:.2}  {:.2} {:.2}  {query}\n", row[0], row[1], row[2], row[3]));
    }
    let means = lists.map(|list| mean(&list));
    let [a, b, c, d] = means;
    rows.push_str(&format!("{a:.3} {b:.3}  {c:.3} {d:.3}  mean of {}\n", judged(table).len()));
    (rows, means)
}

const HEADER: &str =
    "# nDCG@10 and recall@10, and the same of BM25 over one field for the same words; refreshed by `just bless`\n";

#[test]
fn ranking_is_as_good_as_recorded() {
    let env = Env::sample();
    let (rows, [ndcg, recall, plain_ndcg, plain_recall]) =
        figures(&env, include_str!("../data/sample-judgements.tsv"), |line| {
            let path = line["path"].as_str().unwrap().trim_start_matches("sample-corpus/");
            line["record"].as_u64().map_or(path.to_owned(), |record| format!("{path}:{record}"))
        });
    expect_test::expect_file!["../data/ranking.txt"].assert_eq(&format!("{HEADER}{rows}"));
    assert!(ndcg > plain_ndcg && recall >= plain_recall, "plain BM25 over one field is better:\n{rows}");
}

/// `just rank FILE`: the same over the collection of `wikinews-judgements.tsv`, JSON Lines, which is not in the
/// repository; its file is named by `NEWSIDX_WIKINEWS`.
#[test]
fn ranking_of_the_collection_is_as_good_as_recorded() {
    let Some(file) = std::env::var_os("NEWSIDX_WIKINEWS") else {
        eprintln!("NEWSIDX_WIKINEWS names no file: the collection is not measured");
        return;
    };
    let env = Env::new();
    let name = Path::new(&file).file_name().unwrap().to_string_lossy().into_owned();
    env.write(&format!("c/{name}"), std::fs::read(&file).unwrap());
    env.run(&["build", "c"]).expect(0);
    let (rows, [ndcg, recall, plain_ndcg, plain_recall]) =
        figures(&env, include_str!("../data/wikinews-judgements.tsv"), |line| {
            let url = line["url"].as_str().unwrap_or_default();
            url.rsplit_once("/wiki/").map_or("", |(_, last)| last).to_owned()
        });
    expect_test::expect_file!["../data/ranking-wikinews.txt"].assert_eq(&format!("{HEADER}{rows}"));
    assert!(ndcg > plain_ndcg && recall >= plain_recall, "plain BM25 over one field is better:\n{rows}");
}
