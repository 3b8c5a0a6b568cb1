//! Contracts with programs: every line of JSON fits the schema in the repository, which refuses what it does not name;
//! BibTeX, RIS and CSL-JSON load in the parsers of reference libraries without loss.

use std::fs;

use biblatex::{Bibliography, ChunksExt};
use biblib::{CitationParser, RisParser};
use serde_json::{Value, json};

use crate::env::Env;
use crate::schema::Schema;

fn schema() -> Schema {
    Schema::new(serde_json::from_str(newsidx::output::json::JSON_SCHEMA).unwrap())
}

/// What every command that speaks JSON prints, over the sample archive.
fn lines() -> Vec<(String, Value)> {
    let env = Env::sample();
    env.run(&["saved", "add", "geneva", "geneva", "--since", "2022-01", "--lang", "!ru"]).expect(0);
    env.run(&["query", "geneva", "-q", "--record", "run.json"]).expect(0);
    env.write("queries.txt", "geneva\nzebra\n");
    env.write("bad.jsonl", "{\"title\": \"Half\n");
    let commands: &[&[&str]] = &[
        &["query", "Lavrov's geneva", "--json"],
        &["query", "date:none", "--json", "--passages", "0"],
        &["query", "lang:ru OR lang:uk", "--json", "--sort", "date"],
        &["query", "zebra", "--json"],
        &["mentions", "lavrov", "--json"],
        &["query", "lavrov", "--output", "mentions", "--json", "--sort", "left"],
        &["query", "lavrov", "--output", "sentences", "--json"],
        &["show", "473d7ccb", "--json"],
        &[
            "inspect",
            "--json",
            "sample-corpus/eastern-monitor/week-03.json",
            "sample-corpus/capital-ledger/briefs.ndjson",
        ],
        &["explain", "zelenski w/5 talks", "--json"],
        &["explain", "lavrov w/3 geneva", "--id", "473d7ccb", "--json"],
        &["query", "geneva", "--output", "quotes", "--json"],
        &["quotes", "--json"],
        &["quotes", "--by", "speaker", "--json"],
        &["export", "geneva", "--format", "jsonl"],
        &["similar", "473d7ccb", "--json"],
        &["new", "geneva", "--json"],
        &["batch", "queries.txt", "--json"],
        &["batch", "queries.txt", "--output", "articles", "--json"],
        &["count", "geneva", "--json"],
        &["count", "--by", "place", "--json"],
        &["count", "--by", "source,year", "--json"],
        &["timeline", "geneva", "--share", "--json"],
        &["terms", "belarus", "--json"],
        &["compare", "--a", "lang:ru", "--b", "lang:en", "--json"],
        &["saved", "list", "--json"],
        &["dupes", "--json"],
        &["diff", "08123770", "43cf5e53", "--json"],
        &["info", "--json"],
        &["info", "--config", "--json"],
        &["replay", "run.json", "--json"],
        &["names", "lavrov", "--json"],
        &["doctor", "--json", "--cut", "sample-corpus/northern-wire/2022/02/22-meeting-called-off.txt", "bad.jsonl"],
    ];
    let mut lines = Vec::new();
    for command in commands {
        let ran = env.run(command);
        assert!(ran.code < 2 || ran.code == 3, "{command:?}: {}", ran.err);
        lines.extend(ran.json().into_iter().map(|line| (command.join(" "), line)));
    }
    lines.push((
        "--record".to_owned(),
        serde_json::from_str(&fs::read_to_string(env.path("run.json")).unwrap()).unwrap(),
    ));
    lines
}

#[test]
fn every_line_fits_the_schema_and_nothing_else_does() {
    let schema = schema();
    let lines = lines();
    let mut kinds: Vec<&str> = Vec::new();
    for (command, line) in &lines {
        assert!(schema.is_valid(line), "{command}: {line}");
        kinds.push(kind_of(line));
    }
    kinds.sort_unstable();
    kinds.dedup();
    let all: Value = serde_json::from_str(newsidx::output::json::JSON_SCHEMA).unwrap();
    // The words of `diff` are of three types and one kind.
    let named = all["oneOf"].as_array().unwrap().len() + 2;
    assert_eq!(kinds.len(), named, "the schema names other kinds than these: {kinds:?}");
    // One key more, one key less, a wrong type: each is refused.
    for kind in kinds {
        let (_, line) = lines.iter().find(|(_, line)| kind_of(line) == kind).unwrap();
        let mut more = line.clone();
        more["surprise"] = json!(1);
        assert!(!schema.is_valid(&more), "{kind} takes an unknown key");
        for key in line.as_object().unwrap().keys().filter(|key| !OPTIONAL.contains(&(kind, key.as_str()))) {
            let mut less = line.clone();
            less.as_object_mut().unwrap().remove(key);
            assert!(!schema.is_valid(&less), "{kind} does without {key}");
            let mut wrong = line.clone();
            wrong[key] = json!({"no": 1});
            assert!(!schema.is_valid(&wrong), "{kind} takes anything as {key}");
        }
    }
    let (_, article) = lines.iter().find(|(_, line)| line["type"] == "article").unwrap();
    for (pointer, value) in [
        ("/passages/0/highlights/0", json!([1, 2, 3])),
        ("/date/precision", json!("week")),
        ("/date/value", json!("yesterday")),
        ("/id", json!("XYZ")),
        ("/line", json!(-1)),
    ] {
        let mut wrong = article.clone();
        *wrong.pointer_mut(pointer).unwrap() = value;
        assert!(!schema.is_valid(&wrong), "{pointer}");
    }
}

/// Keys that lines of a kind may do without.
const OPTIONAL: [(&str, &str); 6] = [
    ("count", "share"),
    ("inspected", "record"),
    ("inspected", "stated_words"),
    ("form", "first"),
    ("form", "last"),
    ("form", "how"),
];

/// What a line is. Those of `inspect` and `show` have no word for it.
fn kind_of(line: &Value) -> &str {
    line["type"].as_str().unwrap_or("inspected")
}

/// A headline, names and a passage with everything that BibTeX, RIS and JSON give a meaning to.
const TITLE: &str = r#"50% {of} $troops_ & #tags ~ ^ \ "quoted", Женева — «да»"#;

fn references() -> Env {
    let record = |title: &str, byline: &str, date: &str| {
        json!({
            "title": title, "byline": byline, "date": date, "source": "The Post & Sons",
            "url": "https://example.org/a_b?c=1&d=%7E2", "section": "World_News", "language": "en",
            "body": r"The {mayor} of Geneva said_it 50% & more: $5 \ #1 ~ ^ «да», and that was all he said that day.",
        })
        .to_string()
    };
    let records = [
        record(TITLE, "Anna M. Smith and Piet van der Berg", "2022-01-20"),
        record("Second", "The Post Staff", "2022-01"),
        record("Third", "Anna Smith", ""),
    ];
    let env = Env::with(&[("c/refs.jsonl", &(records.join("\n") + "\n"))]);
    env.run(&["build", "c"]).expect(0);
    env
}

fn exported(env: &Env, format: &str) -> String {
    env.run(&["export", "geneva", "--sort", "-date", "--format", format]).expect(0).out
}

const PASSAGE: &str = r"The {mayor} of Geneva said_it 50% & more: $5 \ #1 ~ ^ «да»";

#[test]
fn bibtex_loads_without_loss() {
    let env = references();
    let text = exported(&env, "bibtex");
    let library = Bibliography::parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(library.len(), 3);
    let entry = library.iter().find(|entry| entry.title().unwrap().format_verbatim().contains("troops")).unwrap();
    assert_eq!(entry.title().unwrap().format_verbatim(), TITLE);
    let authors = entry.author().unwrap();
    let names: Vec<String> =
        authors.iter().map(|name| format!("{} {}|{}", name.given_name, name.prefix, name.name)).collect();
    assert_eq!(names, ["Anna M. |Smith", "Piet van der|Berg"]);
    assert!(format!("{:?}", entry.date().unwrap()).contains("2022"));
    assert_eq!(
        entry.get("journal").or_else(|| entry.get("journaltitle")).unwrap().format_verbatim(),
        "The Post & Sons"
    );
    assert_eq!(entry.get("url").unwrap().format_verbatim(), "https://example.org/a_b?c=1&d=%7E2");
    assert!(entry.get("abstract").unwrap().format_verbatim().starts_with(PASSAGE), "{text}");
    let note = entry.get("annote").or_else(|| entry.get("annotation")).unwrap().format_verbatim();
    assert!(note.contains("c/refs.jsonl:1") && note.contains("found by: geneva"), "{note}");
    let staff = library.iter().find(|entry| entry.title().unwrap().format_verbatim() == "Second").unwrap();
    assert_eq!(staff.author().unwrap()[0].name, "The Post Staff");
}

#[test]
fn ris_loads_without_loss() {
    let env = references();
    let text = exported(&env, "ris");
    let entries = RisParser::new().parse(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
    assert_eq!(entries.len(), 3, "{text}");
    assert!(entries.iter().all(|entry| entry.citation_type == ["Newspaper"]), "{entries:#?}");
    let entry = &entries[0];
    assert_eq!((entry.title.as_str(), entry.journal.as_deref()), (TITLE, Some("The Post & Sons")));
    let names = entry.authors.iter().map(|author| {
        let given = [&author.given_name, &author.middle_name].into_iter().flatten().map(String::as_str);
        format!("{}, {}", author.name, given.collect::<Vec<_>>().join(" "))
    });
    assert_eq!(names.collect::<Vec<_>>(), ["Smith, Anna M.", "van der Berg, Piet"]);
    let date = entry.date.as_ref().unwrap();
    assert_eq!((date.year, date.month, date.day), (2022, Some(1), Some(20)));
    assert_eq!(entry.urls, ["https://example.org/a_b?c=1&d=%7E2"]);
    assert_eq!(entry.language.as_deref(), Some("en"));
    assert!(entry.abstract_text.as_ref().unwrap().starts_with(PASSAGE), "{text}");
    let note = entry.extra_fields.values().flatten().find(|note| note.contains("found by: geneva")).unwrap();
    assert!(note.contains("c/refs.jsonl:1"), "{note}");
    let (month, none) = (&entries[1], &entries[2]);
    assert_eq!(month.date.as_ref().map(|date| (date.year, date.month, date.day)), Some((2022, Some(1), None)));
    // The parser takes the names of bodies apart, too, and loses nothing of them.
    let staff = &month.authors[0];
    let words = [Some(&staff.name), staff.given_name.as_ref(), staff.middle_name.as_ref()].into_iter().flatten();
    assert_eq!(words.map(String::as_str).collect::<Vec<_>>().join(" "), "The Post Staff");
    assert!(none.date.is_none());
}

/// What CSL 1.0.2 allows of the variables that are written: its types, names, and dates in parts.
fn csl_schema() -> Schema {
    let text = json!({"type": "string"});
    let name = json!({
        "type": "object", "additionalProperties": false,
        "properties": {"family": text, "given": text, "literal": text, "suffix": text,
            "dropping-particle": text, "non-dropping-particle": text},
    });
    let part = json!({"type": "array", "minItems": 1, "maxItems": 3, "items": {"type": ["integer", "string"]}});
    let date = json!({
        "type": "object", "additionalProperties": false, "required": ["date-parts"],
        "properties": {"date-parts": {"type": "array", "minItems": 1, "maxItems": 2, "items": part}, "literal": text},
    });
    let item = json!({
        "type": "object", "additionalProperties": false, "required": ["id", "type"],
        "properties": {
            "id": {"type": ["string", "number"]}, "type": {"enum": ["article-newspaper", "article", "webpage"]},
            "title": text, "author": {"type": "array", "items": name}, "container-title": text, "issued": date,
            "URL": text, "language": text, "section": text, "abstract": text, "note": text,
        },
    });
    Schema::new(json!({"type": "array", "items": item}))
}

#[test]
fn csl_json_loads_without_loss() {
    let env = references();
    let text = exported(&env, "csl-json");
    let value: Value = serde_json::from_str(&text).unwrap();
    assert!(csl_schema().is_valid(&value), "{value}");
    let library: Vec<citationberg::json::Item> = serde_json::from_str(&text).unwrap();
    assert_eq!(library.len(), 3);
    let text =
        |item: &citationberg::json::Item, key: &str| item.0.get(key).and_then(|v| v.to_str()).unwrap().into_owned();
    let item = library.iter().find(|item| text(item, "title").contains("troops")).unwrap();
    assert_eq!(text(item, "title"), TITLE);
    assert_eq!(item.type_().as_deref(), Some("article-newspaper"));
    assert_eq!(text(item, "container-title"), "The Post & Sons");
    assert_eq!(text(item, "URL"), "https://example.org/a_b?c=1&d=%7E2");
    assert!(text(item, "abstract").starts_with(PASSAGE));
    assert!(text(item, "note").contains("found by: geneva"));
    let Some(citationberg::json::Value::Names(names)) = item.0.get("author") else { panic!("no authors") };
    assert_eq!(serde_json::to_value(names).unwrap()[1]["family"], "van der Berg");
    let Some(citationberg::json::Value::Date(date)) = item.0.get("issued") else { panic!("no date") };
    let fixed = citationberg::json::FixedDateRange::try_from(date.clone()).unwrap();
    assert_eq!((fixed.start.year, fixed.start.month, fixed.start.day), (2022, Some(0), Some(19)));
    let empty = env.run(&["export", "zebra", "--format", "csl-json"]).expect(1).out;
    assert_eq!(serde_json::from_str::<Value>(&empty).unwrap(), json!([]));
}
