//! How good the ranking is: judged queries over the sample archive. The figures are kept in a file, so that a change
//! that moves them shows them.

use std::collections::HashMap;

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

#[test]
fn ranking_is_as_good_as_recorded() {
    let env = Env::sample();
    let table = include_str!("../data/sample-judgements.tsv");
    let mut rows = String::from("# nDCG@10 and recall@10 over the sample archive; refreshed by `just bless`\n");
    let (mut gains, mut recalls) = (Vec::new(), Vec::new());
    for line in table.lines().filter(|line| !line.starts_with('#') && !line.is_empty()) {
        let mut cells = line.split('\t');
        let query = cells.next().unwrap();
        let judged: HashMap<String, f64> = cells
            .map(|cell| cell.rsplit_once('=').unwrap())
            .map(|(key, grade)| (key.to_owned(), grade.parse().unwrap()))
            .collect();
        let lines = env.run(&["query", "--json", "--dups", "show", "-n", "10", "--", query]).json();
        let found: Vec<String> = lines
            .iter()
            .filter(|line| line["type"] == "article")
            .map(|line| {
                let path = line["path"].as_str().unwrap().trim_start_matches("sample-corpus/");
                line["record"].as_u64().map_or(path.to_owned(), |record| format!("{path}:{record}"))
            })
            .collect();
        gains.push(ndcg(&found, &judged));
        recalls.push(recall(&found, &judged));
        rows.push_str(&format!("{:.2} {:.2} {query}\n", gains.last().unwrap(), recalls.last().unwrap()));
    }
    let mean = |list: &[f64]| list.iter().sum::<f64>() / list.len() as f64;
    rows.push_str(&format!("{:.3} {:.3} mean of {}\n", mean(&gains), mean(&recalls), gains.len()));
    expect_test::expect_file!["../data/ranking.txt"].assert_eq(&rows);
}
