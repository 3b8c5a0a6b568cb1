//! The table of hard cases in `hard_cases.txt`: whole short articles of many styles, with all that is said in them.
#![allow(clippy::unwrap_used)]

use super::tests::found_in;
use crate::annotations::Quote;

/// One case as written in the table.
struct Case {
    /// What it shows.
    title: String,
    language: Option<String>,
    body: String,
    /// `kind | words | speaker`
    expected: Vec<String>,
}

fn cases() -> Vec<Case> {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/src/extract/quotes/hard_cases.txt");
    let table = std::fs::read_to_string(path).unwrap();
    let mut cases: Vec<Case> = Vec::new();
    for line in table.lines().filter(|line| !line.starts_with("# ")) {
        if let Some(title) = line.strip_prefix('[').and_then(|line| line.strip_suffix(']')) {
            let title = title.to_owned();
            cases.push(Case { title, language: None, body: String::new(), expected: Vec::new() });
            continue;
        }
        let Some(case) = cases.last_mut() else { continue };
        if let Some(quotation) = line.strip_prefix("= ") {
            case.expected.push(quotation.to_owned());
        } else if let Some(language) = line.strip_prefix('@').filter(|code| code.len() == 2) {
            case.language = Some(language.to_owned());
        } else {
            case.body.push_str(line);
            case.body.push('\n');
        }
    }
    cases.iter_mut().for_each(|case| case.body = case.body.trim().to_owned());
    cases
}

/// The speaker as the table writes it: a name, `(the words for it)`, or `-`.
fn speaker(quote: &Quote, body: &str) -> String {
    let source = || quote.source.and_then(|span| body.get(span.range()));
    match (&quote.speaker, source()) {
        (Some(name), _) => name.clone(),
        (None, Some(words)) => format!("({words})"),
        (None, None) => "-".to_owned(),
    }
}

/// Whether `quote` is what the line of the table says. A `-` in the table takes any words for somebody unnamed.
fn agrees(quote: &Quote, body: &str, line: &str) -> bool {
    let mut parts = line.splitn(3, " | ");
    let (kind, words, who) = (parts.next(), parts.next().unwrap_or_default(), parts.next().unwrap_or_default());
    let text = quote.text(body);
    let same = match words.split_once(" .. ") {
        Some((begin, end)) => text.starts_with(begin) && text.ends_with(end),
        None => text == words,
    };
    let nobody = who == "-" && quote.speaker.is_none();
    kind == Some(quote.kind.as_str()) && same && (nobody || speaker(quote, body) == who)
}

#[test]
fn hard_cases() {
    let cases = cases();
    assert!(cases.len() >= 60);
    let mut wrong = Vec::new();
    for case in &cases {
        let quotes = found_in(&case.body, case.language.as_deref());
        let all = quotes.len() == case.expected.len();
        if !all || !quotes.iter().zip(&case.expected).all(|(quote, line)| agrees(quote, &case.body, line)) {
            let lines = quotes.iter().map(|q| {
                let (text, who) = (q.text(&case.body), speaker(q, &case.body));
                format!("{} | {text} | {who}", q.kind.as_str())
            });
            let have: Vec<String> = lines.collect();
            let lost: Vec<&String> = case
                .expected
                .iter()
                .filter(|line| !quotes.iter().any(|quote| agrees(quote, &case.body, line)))
                .collect();
            wrong.push(format!("[{}]\n  found\n    {}\n  lost\n    {lost:?}", case.title, have.join("\n    ")));
        }
    }
    assert!(wrong.is_empty(), "{} of {} cases:\n{}", wrong.len(), cases.len(), wrong.join("\n"));
}
