//! A temporary directory, the binary run in it, and what it printed.

use std::path::Path;
use std::process::{Command, Output, Stdio};

/// A working directory with a corpus in it.
pub(crate) struct Env {
    dir: tempfile::TempDir,
}

/// What one run printed, and how it ended.
#[derive(Debug)]
pub(crate) struct Ran {
    pub(crate) code: i32,
    pub(crate) out: String,
    pub(crate) err: String,
}

/// Four articles that everybody can keep in mind; what queries should find in them is in `queries`.
pub(crate) const TALKS: [(&str, &str); 4] = [
    (
        "corpus/a.md",
        "---\ntitle: A\ndate: 2022-03-01\n---\nSergei Lavrov said talks would resume. In Geneva, Lavrov's deputy told \
         reporters the Geneva talks had failed. Talks again.\n",
    ),
    ("corpus/b.md", "---\ntitle: B\ndate: 2022-03-02\n---\nThe talks in Geneva were postponed. Lavrov flew home.\n"),
    (
        "corpus/c.md",
        "---\ntitle: C\ndate: 2022-03-03\n---\nGenève hosted nothing. Geneva's mayor spoke. Kyiv and Kiev are the same \
         city.\n",
    ),
    (
        "corpus/d.md",
        "---\ntitle: D\ndate: 2022-03-04\n---\nTroops were deployed in Belarus. The deployment of troops to Belarus \
         continued.\n",
    ),
];

impl Env {
    pub(crate) fn new() -> Env {
        Env { dir: tempfile::tempdir().unwrap() }
    }

    /// With files, each a path and its content.
    pub(crate) fn with(files: &[(&str, &str)]) -> Env {
        let env = Env::new();
        files.iter().for_each(|(path, content)| env.write(path, content));
        env
    }

    /// With the four articles, indexed.
    pub(crate) fn talks() -> Env {
        let env = Env::with(&TALKS);
        env.run(&["build", "corpus"]).expect(0);
        env
    }

    /// With the sample archive, indexed.
    pub(crate) fn sample() -> Env {
        let env = Env::new();
        copy(&Path::new(env!("CARGO_MANIFEST_DIR")).join("sample-corpus"), &env.path("sample-corpus"));
        env.run(&["build", "sample-corpus"]).expect(0);
        env
    }

    pub(crate) fn path(&self, path: &str) -> std::path::PathBuf {
        self.dir.path().join(path)
    }

    pub(crate) fn write(&self, path: &str, content: impl AsRef<[u8]>) {
        let path = self.path(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, content).unwrap();
    }

    pub(crate) fn run(&self, args: &[&str]) -> Ran {
        self.command(args).output().map(Ran::of).unwrap()
    }

    /// The binary, set up as for every run.
    pub(crate) fn command(&self, args: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_newsidx"));
        command.args(args).current_dir(self.dir.path()).stdin(Stdio::null());
        for name in [
            "NEWSIDX_INDEX",
            "NO_COLOR",
            "CLICOLOR_FORCE",
            "NEWSIDX_LIMIT",
            "NEWSIDX_SORT",
            "HOSTNAME",
            "RUST_BACKTRACE",
        ] {
            command.env_remove(name);
        }
        // Nobody's own settings.
        command.env("XDG_CONFIG_HOME", self.dir.path().join("own"));
        command
    }

    /// The file names of the articles that a query finds, best first, without their endings.
    pub(crate) fn found(&self, query: &str) -> Vec<String> {
        let ran = self.run(&["query", "--json", "--", query]);
        let lines = ran.out.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap());
        let articles = lines.filter(|line| line["type"] == "article");
        articles
            .map(|line| Path::new(line["path"].as_str().unwrap()).file_stem().unwrap().to_string_lossy().into_owned())
            .collect()
    }

    /// The same, in alphabetical order and joined.
    pub(crate) fn set(&self, query: &str) -> String {
        let mut found = self.found(query);
        found.sort();
        found.join(" ")
    }
}

impl Ran {
    pub(crate) fn of(output: Output) -> Ran {
        Ran {
            code: output.status.code().unwrap_or(-1),
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
        }
    }

    #[track_caller]
    pub(crate) fn expect(self, code: i32) -> Ran {
        assert_eq!(self.code, code, "stdout: {}\nstderr: {}", self.out, self.err);
        self
    }

    #[track_caller]
    pub(crate) fn says(self, text: &str) -> Ran {
        let both = format!("{}{}", self.out, self.err);
        // Lines for people are wrapped at blanks.
        let unwrapped = both.split_whitespace().collect::<Vec<_>>().join(" ");
        assert!(both.contains(text) || unwrapped.contains(text), "{text:?} is not in: {both}");
        self
    }

    /// The id of the first hit of `--json`.
    #[track_caller]
    pub(crate) fn id(&self) -> String {
        let (_, behind) = self.out.split_once("\"id\":\"").expect("a hit");
        behind[..16].to_owned()
    }

    /// The lines of `--json`.
    pub(crate) fn json(&self) -> Vec<serde_json::Value> {
        self.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
    }
}

/// Copies a folder with all that is in it.
pub(crate) fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap() {
        let entry = entry.unwrap();
        let target = to.join(entry.file_name());
        if entry.file_type().unwrap().is_dir() {
            copy(&entry.path(), &target);
        } else {
            std::fs::copy(entry.path(), target).unwrap();
        }
    }
}
