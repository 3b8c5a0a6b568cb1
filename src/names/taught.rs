//! Names that a user taught: a text file beside the archive, one name a line.
//!
//! ```text
//! # What stands behind a # is for people.
//! Zelensky, Zelenskyy, Зеленський      are spellings of one name
//! Boris Johnson, BoJo                  also of several words
//! Kim Jong-il != Kim Jong-un           are two, whatever the rules say
//! ```
//!
//! Case and accents do not count. What it says goes before the table and the rules, and holds from the next search on.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use rustc_hash::{FxHashMap, FxHashSet};

use super::words;

/// Name of the file.
pub const FILE: &str = "names.txt";
const SPLIT: &str = "!=";
const HEAD: &str = "# Names that newsidx was taught. A line of names with commas between: spellings of one.\n\
                    # A line with != between: two, though they look like one.\n";

/// What a user taught.
#[derive(Debug, Default, Clone)]
pub struct Taught {
    /// Lines as written, comments included.
    lines: Vec<String>,
    /// Lines that say nothing, with their number and why.
    pub mistakes: Vec<(usize, String)>,
    /// The sets of spellings, each name as its folded words joined by a blank.
    sets: Vec<Vec<String>>,
    /// The sets that a name is in.
    of: FxHashMap<String, Vec<usize>>,
    split: FxHashSet<(String, String)>,
    /// The names that were written in capitals: `WHO`.
    capitals: FxHashSet<String>,
}

/// The file beside the archive at `dir`.
pub fn path(dir: &Path) -> PathBuf {
    dir.parent().unwrap_or(Path::new("")).join(FILE)
}

impl Taught {
    /// Reads the file beside the archive at `dir`; nothing was taught where there is none.
    ///
    /// # Errors
    /// When it is there and cannot be read.
    pub fn read(dir: &Path) -> Result<Taught> {
        let path = path(dir);
        match std::fs::read(&path) {
            Ok(bytes) => Ok(Taught::parse(&String::from_utf8_lossy(&bytes))),
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => Ok(Taught::default()),
            Err(error) => Err(error).with_context(|| format!("failed to read {}", path.display())),
        }
    }

    /// What a text says.
    pub fn parse(text: &str) -> Taught {
        let mut taught = Taught::default();
        for line in text.trim_start_matches('\u{feff}').lines() {
            taught.push(line);
        }
        taught
    }

    fn push(&mut self, line: &str) {
        self.lines.push(line.to_owned());
        let number = self.lines.len();
        let said = line.split('#').next().unwrap_or_default();
        if said.trim().is_empty() {
            return;
        }
        let (separator, split) = if said.contains(SPLIT) { (SPLIT, true) } else { (",", false) };
        let in_capitals =
            |name: &&str| name.chars().filter(|c| c.is_alphabetic()).count() > 1 && name.to_uppercase() == **name;
        self.capitals.extend(said.split(separator).map(str::trim).filter(in_capitals).map(normal));
        let mut names: Vec<String> = said.split(separator).map(normal).filter(|name| !name.is_empty()).collect();
        names.dedup();
        if names.len() < 2 {
            return self.mistakes.push((number, "two names or more are wanted, with , or != between".to_owned()));
        }
        if names.iter().any(|name| name.split(' ').count() > LONGEST) {
            return self.mistakes.push((number, format!("a name has at most {LONGEST} words")));
        }
        if split {
            let pairs = names.iter().flat_map(|a| names.iter().map(move |b| (a.clone(), b.clone())));
            return self.split.extend(pairs.filter(|(a, b)| a != b));
        }
        for name in &names {
            self.of.entry(name.clone()).or_default().push(self.sets.len());
        }
        self.sets.push(names);
    }

    /// Whether nothing was taught.
    pub fn is_empty(&self) -> bool {
        self.sets.is_empty() && self.split.is_empty()
    }

    /// The other spellings of a name (its folded words, joined by a blank), of one word or more.
    pub fn others<'t>(&'t self, name: &'t str) -> impl Iterator<Item = &'t str> {
        let sets = self.of.get(name).map(Vec::as_slice).unwrap_or_default();
        let others = sets.iter().filter_map(|set| self.sets.get(*set)).flatten();
        others.map(String::as_str).filter(move |other| *other != name && !self.are_split(name, other))
    }

    /// Whether a name was taught in capitals, and means something else without them.
    pub fn is_in_capitals(&self, name: &str) -> bool {
        self.capitals.contains(name)
    }

    /// Those of one word.
    pub fn spellings<'t>(&'t self, word: &'t str) -> impl Iterator<Item = &'t str> {
        self.others(word).filter(|other| !other.contains(' '))
    }

    /// Whether two names are one by what was taught.
    pub fn are_one(&self, a: &str, b: &str) -> bool {
        self.others(a).any(|other| other == b)
    }

    /// Whether two names are two by what was taught.
    pub fn are_split(&self, a: &str, b: &str) -> bool {
        !self.split.is_empty() && self.split.contains(&(a.to_owned(), b.to_owned()))
    }

    /// Teaches that all `names` are spellings of one: put on the line that has one of them, else on a new one.
    pub fn join(&mut self, names: &[String]) {
        let wanted: Vec<String> = names.iter().map(|name| normal(name)).collect();
        let mut kept: Vec<String> = Vec::new();
        let mut joined: Vec<String> = Vec::new();
        let mut add = |name: &str| {
            if !joined.iter().any(|known| normal(known) == normal(name)) {
                joined.push(name.trim().to_owned());
            }
        };
        for line in std::mem::take(&mut self.lines) {
            let said = line.split('#').next().unwrap_or_default();
            let theirs: Vec<String> = said.split(',').map(normal).collect();
            if said.contains(SPLIT) {
                let pair: Vec<String> = said.split(SPLIT).map(normal).collect();
                if !pair.iter().all(|name| wanted.contains(name)) {
                    kept.push(line);
                }
            } else if theirs.iter().any(|name| wanted.contains(name)) {
                said.split(',').for_each(&mut add);
            } else {
                kept.push(line);
            }
        }
        names.iter().for_each(|name| add(name));
        kept.push(joined.join(", "));
        *self = Taught::parse(&kept.join("\n"));
    }

    /// Teaches that two names are two: they leave the line they share.
    pub fn part(&mut self, a: &str, b: &str) {
        let (one, other) = (normal(a), normal(b));
        let mut kept: Vec<String> = Vec::new();
        for line in std::mem::take(&mut self.lines) {
            let said = line.split('#').next().unwrap_or_default();
            let names: Vec<&str> = said.split(',').collect();
            let shared = [&one, &other].iter().all(|wanted| names.iter().any(|name| normal(name) == **wanted));
            if said.contains(SPLIT) || !shared {
                kept.push(line);
                continue;
            }
            let rest: Vec<&str> = names.into_iter().map(str::trim).filter(|name| normal(name) != other).collect();
            if rest.len() > 1 {
                kept.push(rest.join(", "));
            }
        }
        if !self.are_split(&one, &other) {
            kept.push(format!("{} {SPLIT} {}", a.trim(), b.trim()));
        }
        *self = Taught::parse(&kept.join("\n"));
    }

    /// Writes the file beside the archive at `dir`, so that a crash leaves the old one or the new one, whole.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn write(&self, dir: &Path) -> Result<()> {
        let path = path(dir);
        let mut text =
            if self.lines.first().is_some_and(|line| line.starts_with('#')) { String::new() } else { HEAD.into() };
        for line in &self.lines {
            text.push_str(line);
            text.push('\n');
        }
        let context = || format!("failed to write {}", path.display());
        let temporary = path.with_extension("txt.new");
        std::fs::write(&temporary, text).with_context(context)?;
        std::fs::rename(&temporary, &path).with_context(context)
    }
}

/// Words of a name, at most: a longer line is no list of names.
const LONGEST: usize = 8;

/// The form in which names are compared: folded words with one blank between.
pub fn normal(name: &str) -> String {
    words(name).join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn others(taught: &Taught, name: &str) -> String {
        taught.others(name).collect::<Vec<_>>().join("|")
    }

    #[test]
    fn what_a_file_says() {
        let taught = Taught::parse(
            "\u{feff}# names\n\nZelensky, Zelenskyy, Зеленський # him\nBoris Johnson, BoJo\nA b != A c\nalone\n",
        );
        assert_eq!(others(&taught, "zelensky"), "zelenskyy|зеленський");
        assert_eq!(others(&taught, "bojo"), "boris johnson");
        assert_eq!(taught.spellings("bojo").count(), 0);
        assert!(taught.are_split("a b", "a c") && taught.are_split("a c", "a b") && !taught.are_split("a b", "bojo"));
        assert_eq!(taught.mistakes.iter().map(|(line, _)| *line).collect::<Vec<_>>(), [6]);
        assert!(taught.are_one("bojo", "boris johnson") && !taught.is_empty());
    }

    #[test]
    fn joining_and_parting() {
        let names = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect::<Vec<_>>();
        let mut taught = Taught::parse("# mine\nA, B\nC, D\n");
        taught.join(&names(&["B", "Ç"]));
        assert_eq!(others(&taught, "a"), "b|c|d");
        taught.part("A", "C");
        assert_eq!((others(&taught, "a").as_str(), taught.are_split("a", "c")), ("b|d", true));
        taught.part("A", "C");
        assert_eq!(taught.lines.iter().filter(|line| line.contains(SPLIT)).count(), 1);
        taught.join(&names(&["A", "C"]));
        assert!(taught.are_one("a", "c") && !taught.are_split("a", "c"));
        assert_eq!(taught.lines.first().map(String::as_str), Some("# mine"));
    }

    #[test]
    fn the_file_is_written_and_read_again() {
        let dir = std::env::temp_dir().join(format!("newsidx-taught-{}", std::process::id()));
        std::fs::create_dir_all(dir.join("archive")).unwrap_or_default();
        let mut taught = Taught::read(&dir.join("archive")).unwrap_or_default();
        assert!(taught.is_empty());
        taught.join(&["Ann Lee".to_owned(), "A. Lee".to_owned()]);
        assert!(taught.write(&dir.join("archive")).is_ok());
        let again = Taught::read(&dir.join("archive")).unwrap_or_default();
        assert!(again.are_one("ann lee", "a lee") && again.lines.first().is_some_and(|line| line.starts_with('#')));
        std::fs::remove_dir_all(&dir).unwrap_or_default();
    }
}
