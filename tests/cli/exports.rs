//! What comes out, in every format: nothing of an article runs, nothing is lost, nothing is half written.

use std::fs;
use std::io::Read;
use std::process::Stdio;

use crate::env::{Env, Ran, TALKS};

/// An article with everything that could steer a terminal, a page, a spreadsheet, TeX or a reference manager.
const HOSTILE: &str = "{\"title\":\"=cmd|' /C calc'!A0 \\u001b]0;pwned\\u0007 <script>alert(1)</script>\",\
    \"source\":\"@SUM(A1) \\u202eevil\",\"byline\":\"+Anna {Smith} \\\\input{x}\",\
    \"url\":\"javascript:alert(1)\",\"section\":\"-1+1\",\"date\":\"2022-01-02\",\
    \"body\":\"Zebras \\u001b[31mred\\u001b[0m \\u009b2J <img src=x onerror=alert(1)> | `code` **bold** & $x_1$ 100% #5 ~ ^ \
    \\\\end{document} TY  - JOUR \\u202egnp.exe came to Geneva.\"}\n";

fn hostile() -> Env {
    let env = Env::with(&[("c/=1+1.jsonl", HOSTILE)]);
    env.run(&["build", "c"]).expect(0);
    env
}

const FORMATS: [&str; 10] = ["text", "jsonl", "json", "csv", "tsv", "md", "html", "ris", "bibtex", "csl-json"];

#[test]
fn nothing_of_an_article_runs_in_any_format() {
    let env = hostile();
    for format in FORMATS {
        for output in ["articles", "quotes"] {
            let ran = env.run(&["export", "zebras OR kind:direct", "--output", output, "--format", format]);
            let steers = |c: char| (c.is_control() && !"\n\r\t".contains(c)) || ('\u{202a}'..='\u{202e}').contains(&c);
            assert!(!ran.out.contains(steers), "{format}: {:?}", ran.out);
        }
    }
    let html = env.run(&["export", "zebras", "--format", "html"]).expect(0).out;
    assert!(!html.contains("<script") && !html.contains("<img") && !html.contains("javascript:"), "{html}");
    assert!(html.contains("default-src 'none'") && html.contains("<mark>Zebras</mark>"), "{html}");
    let csv = env.run(&["export", "zebras", "--format", "csv"]).expect(0).out;
    let mut rows = csv::Reader::from_reader(csv.as_bytes());
    for row in rows.records() {
        for cell in &row.unwrap() {
            assert!(!cell.trim_start().starts_with(['=', '+', '-', '@']), "{cell}");
        }
    }
    let md = env.run(&["export", "zebras", "--format", "md"]).expect(0).out;
    assert!(!md.contains("<img") && md.contains("\\`code\\`") && md.contains("**Zebras**"), "{md}");
    let ris = env.run(&["export", "zebras", "--format", "ris"]).expect(0).out;
    assert_eq!(ris.lines().filter(|line| line.starts_with("TY  - ")).count(), 1, "{ris}");
    for args in [["show", "c/=1+1.jsonl"], ["cite", "c/=1+1.jsonl"]] {
        let ran = env.run(&args).expect(0);
        assert!(!ran.out.contains(['\u{1b}', '\u{9b}', '\u{7}', '\u{202e}']), "{:?}", ran.out);
    }
    for flag in ["--meta", "--quotes", "--json", "--removed", "--raw"] {
        let ran = env.run(&["show", "c/=1+1.jsonl", flag]).expect(0);
        assert!(!ran.out.contains(['\u{1b}', '\u{9b}', '\u{202e}']), "{flag}: {:?}", ran.out);
    }
}

#[test]
fn formats_by_ending_rows_with_passage_place_and_query() {
    let env = Env::talks();
    for (ending, text) in [
        ("csv", ",corpus/a.md,5,,"),
        ("tsv", "\tcorpus/a.md\t5\t"),
        ("jsonl", "\"path\":\"corpus/a.md\""),
        ("json", "[\n{\"type\":\"begin\""),
        ("md", "## 1. A"),
        ("html", "<mark>talks</mark>"),
        ("ris", "T2  - \r\n"),
        ("bib", "corpus/a.md:5; newsidx 31d50e90"),
        ("csl.json", "\"type\":\"article-newspaper\""),
        ("txt", "2 articles · "),
    ] {
        let file = format!("out.{ending}");
        env.run(&["export", "geneva talks", "-o", &file]).expect(0);
        let written = fs::read_to_string(env.path(&file)).unwrap();
        if ending == "ris" {
            assert!(written.contains("N1  - corpus/a.md:5; newsidx 31d50e90"), "{written}");
        } else {
            assert!(written.contains(text), "{ending}: {written}");
        }
        assert!(ending == "txt" || written.contains("geneva talks"), "{ending} has no query: {written}");
        assert!(
            written.contains("the Geneva talks had") || written.contains("mark>") || written.contains("**"),
            "{ending}"
        );
    }
    env.run(&["export", "geneva", "-o", "out.docx"]).expect(2).says("the ending of out.docx names no format");
    env.run(&["query", "geneva", "--format", "html", "--fields", "id"]).expect(2).says("--fields chooses");
    env.run(&["query", "geneva", "--csv", "--fields", "idd"])
        .expect(2)
        .says("`idd` is no column; there are: number, date");
    env.run(&["query", "geneva", "--json", "--fields", "passage"]).expect(2).says("is no key of JSON");
    let keys = env.run(&["query", "geneva talks", "--json", "--fields", "title,id", "-n", "1"]).expect(0).out;
    assert!(keys.lines().nth(1).unwrap().starts_with("{\"type\":\"article\",\"title\":\"A\",\"id\":\""), "{keys}");
    let array: serde_json::Value =
        serde_json::from_str(&env.run(&["query", "zebra", "--format", "json"]).expect(1).out).unwrap();
    assert_eq!(array.as_array().unwrap().len(), 2);
}

#[test]
fn files_ids_counts_and_quiet() {
    let env = Env::talks();
    assert_eq!(env.run(&["query", "-l", "geneva talks"]).expect(0).out, "corpus/a.md\ncorpus/b.md\n");
    assert_eq!(env.run(&["query", "-l", "-0", "geneva talks"]).expect(0).out, "corpus/a.md\0corpus/b.md\0");
    assert_eq!(env.run(&["query", "geneva talks", "--output", "ids"]).expect(0).out.lines().count(), 2);
    assert_eq!(env.run(&["query", "-c", "geneva"]).expect(0).out, "3\n");
    let quiet = env.run(&["query", "-q", "geneva"]).expect(0);
    assert_eq!((quiet.out.as_str(), quiet.err.as_str()), ("", ""));
    env.run(&["query", "-q", "zebra"]).expect(1);
    assert_eq!(
        env.run(&["query", "geneva", "-l", "--csv"]).expect(0).out,
        "path\ncorpus/a.md\ncorpus/b.md\ncorpus/c.md\n"
    );
    env.run(&["query", "-0", "geneva"]).expect(2);
    env.run(&["query", "geneva", "--output", "ids", "--format", "ris"]).expect(2);
    assert_eq!(
        env.run(&["query", "geneva", "--sort", "-date", "-n", "1", "--offset", "1", "-l"]).expect(0).out,
        "corpus/b.md\n"
    );
}

#[test]
fn layouts_too_old_and_too_new() {
    let env = Env::talks();
    env.run(&["query", "geneva", "--json", "--format-version", "1"]).expect(0);
    env.run(&["query", "geneva", "--json", "--format-version", "0"]).expect(20).says("older");
    env.run(&["count", "geneva", "--json", "--format-version", "99"]).expect(21).says("newer");
}

/// A denial without its verb would be printed as what was denied.
#[test]
fn every_format_says_how_something_was_said() {
    let env = Env::with(&[("c/a.md", "# Talks\n\nBoris Johnson denied that he had lied to parliament.\n")]);
    env.run(&["build", "c"]).expect(0);
    for format in ["text", "md", "html", "ris", "bibtex", "csl-json", "csv", "jsonl"] {
        let printed = env.run(&["quotes", "speaker:johnson", "--format", format]).expect(0).out;
        assert!(printed.contains("denied") && printed.contains("indirect"), "{format}: {printed}");
    }
    let shown = env.run(&["show", "c/a.md", "--quotes"]).expect(0).out;
    assert!(shown.contains("denied, indirect"), "{shown}");
}

#[test]
fn tables_of_two() {
    let env = Env::talks();
    env.write("corpus/e.md", "---\ntitle: E\ndate: 2021-03-05\nsource: =AFP\n---\nGeneva again, and at length.\n");
    env.run(&["build"]).expect(0);
    let grid = env.run(&["count", "--by", "source,year", "--csv"]).expect(0).out;
    assert_eq!(grid, "source,2021,2022\n'=AFP,1,0\n,0,4\n");
    let long = env.run(&["count", "--by", "source,year", "--csv", "--long"]).expect(0).out;
    assert_eq!(long, "source,year,count\n'=AFP,2021,1\n,2022,4\n");
    let lines = env.run(&["count", "--by", "year,month", "--json"]).expect(0).json();
    assert_eq!(lines[0]["values"], serde_json::json!(["2021", "2021-03"]));
    let text = env.run(&["count", "--by", "source,month", "--width", "30"]).expect(0).out;
    assert!(text.lines().all(|line| line.chars().count() <= 30), "{text}");
    env.run(&["count", "--by", "source,year,month"]).expect(2).says("takes one thing, or two");
    assert_eq!(env.run(&["count", "--by", "day", "-n", "1"]).expect(0).out.lines().count(), 1);
    env.run(&["count", "--by", "year", "-o", "years.tsv"]).expect(0);
    assert_eq!(fs::read_to_string(env.path("years.tsv")).unwrap(), "year\tcount\n2021\t1\n2022\t4\n");
}

/// Copies of a story count once, alone and by what they have in common.
#[test]
fn counts_of_stories() {
    let env = Env::sample();
    let query = "title:geneva lavrov blinken ended";
    let count = |args: &[&str]| env.run(&[&["count", query], args].concat()).expect(0).out;
    let (copies, stories) = (count(&[]), count(&["--dups", "fold"]));
    assert!(stories.trim().parse::<u32>().unwrap() < copies.trim().parse::<u32>().unwrap(), "{stories} {copies}");
    let by_year = count(&["--dups", "fold", "--by", "year", "--csv"]);
    assert_eq!(by_year, format!("year,count\n2022,{stories}"));
    // A story that two outlets printed counts for both.
    let by_source: u32 = count(&["--dups", "fold", "--by", "source", "--csv"])
        .lines()
        .skip(1)
        .map(|line| line.rsplit(',').next().unwrap().parse::<u32>().unwrap())
        .sum();
    assert!(by_source > stories.trim().parse().unwrap());
}

/// How sure attributions must be holds for counts as for lists.
#[test]
fn counts_of_quotations_obey_sure() {
    let env = Env::sample();
    let listed = env.run(&["quotes", "--sure", "0.9", "-c"]).expect(0).out.trim().parse::<u64>().unwrap();
    let counted = env.run(&["quotes", "--sure", "0.9", "--by", "lang", "--json"]).expect(0).json();
    assert_eq!(counted.iter().map(|line| line["count"].as_u64().unwrap()).sum::<u64>(), listed);
}

#[test]
fn a_file_is_whole_or_not_there() {
    let env = Env::talks();
    env.write("out.csv", "before");
    env.run(&["export", "geneva", "-o", "no/out.csv"]).expect(2).says("failed to write no/out.csv");
    env.run(&["export", "(geneva OR indexed:never", "-o", "out.csv"]).expect(2);
    assert_eq!(fs::read_to_string(env.path("out.csv")).unwrap(), "before");
    env.run(&["export", "geneva", "-o", "out.csv"]).expect(0);
    assert!(fs::read_to_string(env.path("out.csv")).unwrap().starts_with("date,"));
    let left: Vec<String> = names(&env);
    assert!(!left.iter().any(|name| name.contains(".part")), "{left:?}");
    // A device is written as it is.
    #[cfg(unix)]
    env.run(&["export", "geneva", "--format", "csv", "-o", "/dev/null"]).expect(0);
    #[cfg(target_os = "linux")]
    env.run(&["export", "geneva", "--format", "csv", "-o", "/dev/full"]).expect(2).says("No space left");
}

fn names(env: &Env) -> Vec<String> {
    fs::read_dir(env.path("")).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect()
}

/// Enough articles that an export takes a while and more than a pipe holds.
fn many() -> Env {
    let line = |n: u32| {
        let filler = "The mayor said that zebras had been seen near the lake, and that nobody was hurt. ".repeat(20);
        format!("{{\"title\":\"Zebra number {n}\",\"body\":\"Zebras came to Geneva. {filler}\"}}\n")
    };
    let env = Env::new();
    env.write("c/many.jsonl", (0..600).map(line).collect::<String>());
    env.run(&["build", "c"]).expect(0);
    env
}

#[test]
#[cfg(unix)]
fn a_closed_pipe_is_no_error_and_a_kill_leaves_nothing() {
    let env = many();
    for format in ["text", "csv", "jsonl", "html", "bibtex"] {
        let mut child = env
            .command(&["query", "zebras", "--dups", "show", "--format", format])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut first = [0; 64];
        child.stdout.take().unwrap().read_exact(&mut first).unwrap();
        let ran = Ran::of(child.wait_with_output().unwrap());
        assert_eq!((ran.code, ran.err.as_str()), (0, ""), "{format}");
    }
    for signal in ["-TERM", "-KILL"] {
        let args = ["export", "zebras", "--passages", "20", "-o", "out.html"];
        let mut child = env.command(&args).stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap();
        let started = std::time::Instant::now();
        while !names(&env).iter().any(|name| name.ends_with(".part")) && started.elapsed().as_secs() < 20 {
            std::thread::sleep(std::time::Duration::from_millis(1));
        }
        std::process::Command::new("kill").args([signal, &child.id().to_string()]).status().unwrap();
        let done = child.wait().unwrap();
        // It may have been quicker than the signal: then the file is whole.
        match fs::read_to_string(env.path("out.html")) {
            Ok(text) => assert!(done.success() && text.ends_with("</html>\n")),
            Err(_) => assert!(!done.success()),
        }
        if signal == "-TERM" {
            assert!(!names(&env).iter().any(|name| name.ends_with(".part")), "{:?}", names(&env));
        }
        fs::remove_file(env.path("out.html")).ok();
    }
}

/// Rows are written as they are found: the limit of the process's memory does not grow with the hits.
#[test]
fn every_hit_is_exported() {
    let env = many();
    env.run(&["export", "zebras", "-o", "all.csv"]).expect(0);
    let mut rows = csv::Reader::from_path(env.path("all.csv")).unwrap();
    assert_eq!(rows.records().filter(Result::is_ok).count(), 600);
    assert_eq!(env.run(&["query", "zebras", "-l"]).expect(0).out, "c/many.jsonl\n");
}

#[test]
fn colour_only_where_it_is_wanted() {
    let env = Env::with(&TALKS);
    env.run(&["build", "corpus"]).expect(0);
    let coloured = |variables: &[(&str, &str)], args: &[&str]| {
        let mut command = env.command(&[&["query", "geneva"], args].concat());
        command.envs(variables.iter().copied());
        Ran::of(command.output().unwrap()).out.contains('\u{1b}')
    };
    assert!(!coloured(&[], &[]));
    assert!(coloured(&[("CLICOLOR_FORCE", "1")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "0")], &[]));
    assert!(!coloured(&[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")], &[]));
    assert!(coloured(&[("NO_COLOR", "1")], &["--color", "always"]));
    env.run(&["query", "geneva", "--hyperlink-format", "emacs"]).expect(2).says("vscode");
}
