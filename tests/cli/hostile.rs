//! Hostile input: nothing blocks, nothing panics, memory stays bounded, each file that is refused has its reason, and
//! nothing an article says steers whatever shows it.
#![cfg(unix)]

use std::fs;
use std::os::unix::ffi::OsStrExt;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use crate::env::{Env, Ran};

const ENDINGS: [&str; 24] = [
    "txt",
    "md",
    "html",
    "json",
    "jsonl",
    "csv",
    "tsv",
    "xml",
    "rss",
    "pdf",
    "docx",
    "odt",
    "rtf",
    "epub",
    "eml",
    "mbox",
    "mhtml",
    "warc",
    "zip",
    "tar",
    "gz",
    "zst",
    "txt.gz",
    "jsonl.zst",
];

/// Bytes without an order, the same every time.
fn noise(seed: u64, length: usize) -> Vec<u8> {
    let mut state = seed | 1;
    let mut next = || {
        // Xorshift, by George Marsaglia.
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state as u8
    };
    (0..length).map(|_| next()).collect()
}

/// Runs it with 3 GB of address space, and panics if it takes minutes.
fn bounded(env: &Env, args: &[&str]) -> Ran {
    let newsidx = env.command(args);
    let mut limited = Command::new("sh");
    limited.args(["-c", "ulimit -v 3000000; exec \"$0\" \"$@\""]).arg(newsidx.get_program()).args(newsidx.get_args());
    limited.current_dir(env.path("")).stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    limited.env_remove("RUST_BACKTRACE").env("XDG_CONFIG_HOME", env.path("own"));
    let (started, child) = (Instant::now(), limited.spawn().unwrap());
    let pid = child.id().to_string();
    let (done, ended) = std::sync::mpsc::channel();
    std::thread::spawn(move || {
        if ended.recv_timeout(Duration::from_secs(300)).is_err() {
            Command::new("kill").args(["-KILL", &pid]).status().ok();
        }
    });
    let ran = Ran::of(child.wait_with_output().unwrap());
    done.send(()).ok();
    assert!(ran.code >= 0, "{args:?} was killed after {:?}: {}", started.elapsed(), ran.err);
    assert!(!ran.err.contains("inside newsidx"), "{args:?}: {}", ran.err);
    ran
}

#[test]
fn a_corpus_of_the_worst_is_read_to_its_end() {
    let env = Env::new();
    env.write("corpus/good.md", "---\ntitle: Good\n---\nZebras came to Geneva today, said the mayor of the town.\n");
    for (number, ending) in ENDINGS.iter().enumerate() {
        env.write(&format!("corpus/noise/{number}.{ending}"), noise(number as u64 + 1, 5000));
        env.write(&format!("corpus/empty/{number}.{ending}"), "");
    }
    let (open, close) = ("[".repeat(200_000), "]".repeat(200_000));
    env.write("corpus/deep.json", format!("{open}{close}"));
    env.write("corpus/deep.jsonl", format!("{{\"a\":{open}{close}}}\n"));
    env.write("corpus/deep.html", format!("{}words of it", "<div><table><tr><td>".repeat(50_000)));
    env.write("corpus/deep.xml", "<a>".repeat(200_000));
    env.write("corpus/quotes.csv", "\"".repeat(1_000_001));
    let long = "zebra ".repeat(1_700_000);
    env.write("corpus/long.txt", format!("Long\n\n{long}\n"));
    env.write("corpus/long.jsonl", format!("{{\"title\":\"Long line\",\"body\":\"{long}\"}}\n"));
    env.write("corpus/word.txt", format!("Word\n\n{}\n", "z".repeat(10_000_000)));
    for name in [&b"bad\xff\xfe.md"[..], b"line\nbreak.md", b"esc\x1b[31mred.md", "\u{202e}dm.txt".as_bytes()] {
        let path = env.path("corpus").join(std::ffi::OsStr::from_bytes(name));
        fs::write(path, "---\ntitle: Name\n---\nIts name is odd, said the mayor of the town that day.\n").unwrap();
    }
    std::os::unix::fs::symlink(env.path("corpus"), env.path("corpus/loop")).unwrap();
    std::os::unix::fs::symlink("self.md", env.path("corpus/self.md")).unwrap();
    std::os::unix::fs::symlink("/dev/zero", env.path("corpus/zero.txt")).unwrap();
    std::os::unix::net::UnixListener::bind(env.path("corpus/socket.txt")).unwrap();
    assert!(Command::new("mkfifo").arg(env.path("corpus/pipe.txt")).status().unwrap().success());
    let ran = bounded(&env, &["build", "corpus", "--verbose"]);
    assert_eq!(ran.code, 3, "{}", ran.err);
    for name in ["deep.json", "deep.jsonl", "deep.xml", "noise/9.pdf", "noise/18.zip", "empty/0.txt"] {
        assert!(ran.err.lines().any(|line| line.contains(name) && line.contains(": ")), "{name}: {}", ran.err);
    }
    let steering = |c: char| (c.is_control() && c != '\n') || ('\u{202a}'..='\u{202e}').contains(&c);
    assert!(!ran.err.contains(steering) && !ran.out.contains(steering), "{:?}", ran.err);
    assert_eq!(env.set("geneva"), "good");
    assert_eq!(bounded(&env, &["count", "\"its name is odd\""]).out, "4\n");
    assert_eq!(bounded(&env, &["count", "zebra"]).out, "3\n", "the long lines are articles, too");
    bounded(&env, &["query", "zebra", "--json"]).expect(0);
    bounded(&env, &["check"]).expect(0);
    // What is no file, named as one.
    for name in ["corpus/pipe.txt", "corpus/socket.txt", "corpus/zero.txt"] {
        bounded(&env, &["build", name]).expect(2).says(name).says("neither a file nor a folder");
    }
    bounded(&env, &["build", "corpus/self.md"]).expect(2).says("corpus/self.md");
    assert_eq!(env.set("geneva"), "good");
}

#[test]
fn many_tiny_files() {
    let env = Env::new();
    for number in 0..3000 {
        env.write(
            &format!("corpus/{}/{number}.txt", number % 7),
            format!("Item {number}\n\nIt is number{number} of them all."),
        );
    }
    bounded(&env, &["build", "corpus", "--memory", "32"]).expect(0).says("3,000 articles");
    assert_eq!(env.run(&["count", "number2999"]).out, "1\n");
}

#[test]
fn what_an_article_says_steers_nothing_that_shows_it() {
    let evil = "\u{1b}[31mred\u{1b}]0;owned\u{7}\u{9b}2J \u{202e}geneva\u{202c} \u{2066}x\u{2069} \
                <script>alert(1)</script><img src=x onerror=alert(1)> =HYPERLINK(1)";
    let text = |word: &str| {
        serde_json::json!({
            "title": format!("{word} {evil}"), "source": format!("=cmd {evil}"), "byline": format!("@By {evil}"),
            "section": evil, "url": format!("javascript:alert(1)//{evil}"), "date": "2022-03-01",
            "body": format!("Zebras {word} came to town. \"We saw {evil} in town,\" said Jane {evil} Doe on Tuesday. \
                             Then the mayor of Geneva spoke to all of them about the {word} zebras that came to town."),
        })
    };
    let env = Env::with(&[("c/a.jsonl", &format!("{}\n{}\n", text("one"), text("two")))]);
    env.write("c/\u{1b}[31m.txt", "");
    for word in ["grain", "steel", "football"] {
        env.write(&format!("c/{word}.txt"), format!("{word}\n\nIt was all about {word} and nothing else that day.\n"));
    }
    let steering = |c: char| {
        (c.is_control() && !"\n\r\t".contains(c))
            || "\u{202a}\u{202b}\u{202d}\u{202e}\u{2066}\u{2067}\u{2068}".contains(c)
    };
    let ran = env.run(&["build", "c", "--verbose"]);
    assert!(!ran.out.contains(steering) && !ran.err.contains(steering), "{:?}", ran.err);
    let id = env.run(&["query", "--json", "title:one"]).id();
    let other = env.run(&["query", "--json", "title:two"]).id();
    let mut commands: Vec<Vec<&str>> = [
        "query zebras",
        "query zebras --sort source",
        "mentions zebras",
        "quotes *",
        "count * --by source",
        "count * --by section",
        "count * --by speaker",
        "count * --by source,section",
        "timeline *",
        "explain zebras",
        "terms zebras",
        "names",
        "info",
        "info --boilerplate",
        "inspect c/a.jsonl",
        "doctor c/a.jsonl --all --cut",
        "dupes",
        "check",
        "build --dry-run --retry",
        "query zebras --files",
    ]
    .iter()
    .map(|line| line.split(' ').collect())
    .collect();
    for part in
        [&["show", &id][..], &["show", &id, "--quotes"], &["show", &id, "--meta"], &["show", &id, "--explain-date"]]
    {
        commands.push(part.to_vec());
    }
    commands.extend([vec!["cite", &id], vec!["similar", &id], vec!["dupes", &id], vec!["diff", &id, &other]]);
    for format in ["csv", "tsv", "md", "html", "ris", "bibtex"] {
        commands.push(vec!["export", "zebras", "--format", format, "-o", "-"]);
    }
    for args in &commands {
        let ran = env.run(args);
        assert!([0, 1, 3].contains(&ran.code), "{args:?}: {} {}", ran.code, ran.err);
        assert!(!ran.out.contains(steering), "{args:?}: {:?}", ran.out);
        assert!(!ran.err.contains(steering), "{args:?}: {:?}", ran.err);
    }
    let html = env.run(&["export", "zebras", "--format", "html", "-o", "-"]).expect(0).out;
    assert!(html.contains("zebras") || html.contains("Zebras"), "{html}");
    for live in ["<script", "<img", "href=\"javascript:"] {
        assert!(!html.contains(live), "{live}: {html}");
    }
    // A spreadsheet takes a cell that begins so for a formula.
    let csv = env.run(&["export", "zebras", "--format", "csv", "-o", "-"]).expect(0).out;
    let formula = |cell: &str| cell.trim_matches('"').starts_with(['=', '@', '+']);
    assert!(!csv.lines().flat_map(|line| line.split(',')).any(formula), "{csv}");
}
