//! Settings: what flags leave open comes from the environment, from `newsidx.toml` here or above, or from the user's
//! own. Declared once: names, help, `info --config` and `help config` come from one table.

use std::fmt;
use std::path::{Path, PathBuf};
use std::str::FromStr;

use anyhow::{Context, Result, bail};

use crate::field;

/// Name of the file, in a project and in the user's folder.
pub const FILE: &str = "newsidx.toml";

/// One setting.
#[derive(Debug)]
pub struct Spec {
    /// Its key in the file, and its flag.
    pub name: &'static str,
    /// Its variable in the environment.
    pub variable: &'static str,
    /// One line of help.
    pub help: &'static str,
    /// A line of a file.
    pub example: &'static str,
    /// What holds where nothing is set, in words.
    pub default: &'static str,
    /// Whether only the user's own file may set it: what runs a program must not come with a folder of articles.
    pub own_only: bool,
}

const fn spec(
    name: &'static str,
    variable: &'static str,
    help: &'static str,
    example: &'static str,
    default: &'static str,
) -> Spec {
    Spec { name, variable, help, example, default, own_only: false }
}

/// All settings.
pub const SETTINGS: &[Spec] = &[
    spec("index", "NEWSIDX_INDEX", "the archive's directory", "index = \"../archive\"", "the nearest .newsidx"),
    spec("limit", "NEWSIDX_LIMIT", "hits printed on a terminal", "limit = 10", "20"),
    spec("sort", "NEWSIDX_SORT", "order of hits: relevance, date or -date", "sort = \"-date\"", "relevance"),
    spec("passages", "NEWSIDX_PASSAGES", "passages of each article", "passages = 3", "2"),
    spec("color", "NEWSIDX_COLOR", "colour: auto, always or never", "color = \"never\"", "auto"),
    spec("width", "NEWSIDX_WIDTH", "columns to print in", "width = 100", "the terminal's"),
    spec(
        "hyperlink-format",
        "NEWSIDX_HYPERLINK_FORMAT",
        "make paths links, in ripgrep's words",
        "hyperlink-format = \"vscode\"",
        "none",
    ),
    Spec {
        own_only: true,
        ..spec(
            "pager",
            "NEWSIDX_PAGER",
            "pages long output on a terminal",
            "pager = \"less -FRX\"",
            "$PAGER, less -FRX",
        )
    },
];

/// Where a value comes from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// A flag.
    Flag,
    /// A variable of the environment.
    Variable(&'static str),
    /// A file.
    File(PathBuf),
    /// Nothing is set.
    Default,
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Origin::Flag => f.write_str("flag"),
            Origin::Variable(name) => write!(f, "${name}"),
            Origin::File(path) => write!(f, "{}", path.display()),
            Origin::Default => f.write_str("default"),
        }
    }
}

/// The value of one setting.
#[derive(Debug, Clone)]
pub struct Setting {
    /// Which.
    pub spec: &'static Spec,
    /// As text; `None` where nothing is set.
    pub value: Option<String>,
    /// Where it comes from.
    pub origin: Origin,
}

/// All settings with their values.
#[derive(Debug, Clone, Default)]
pub struct Config {
    /// In the order of [`SETTINGS`].
    pub settings: Vec<Setting>,
    /// What was passed over, and why: one line each.
    pub notes: Vec<String>,
}

impl Config {
    /// Settings from `flags` (name and value), else the environment, else the files, if they are to be read.
    ///
    /// # Errors
    /// A file that cannot be read or is no TOML, or a value that is none.
    pub fn load(flags: &[(&str, Option<String>)], files: bool) -> Result<Config> {
        let mut notes = Vec::new();
        let mut read = Vec::new();
        if files {
            let here = std::env::current_dir().unwrap_or_default();
            let project = here.ancestors().map(|dir| dir.join(FILE)).find(|path| path.is_file());
            let own = own_dir().map(|dir| dir.join(FILE)).filter(|path| path.is_file());
            for (path, is_own) in [(project, false), (own, true)] {
                if let Some(path) = path {
                    read.push((values(&path, is_own, &mut notes)?, path));
                }
            }
        }
        let setting = |spec: &'static Spec| {
            let flag = flags.iter().find(|(name, _)| *name == spec.name).and_then(|(_, value)| value.clone());
            let variable = || variable(spec).map(|(name, value)| (value, Origin::Variable(name)));
            let file = || {
                read.iter().find_map(|(values, path)| {
                    let (_, value) = values.iter().find(|(name, _)| *name == spec.name)?;
                    Some((value.clone(), Origin::File(path.clone())))
                })
            };
            let found = flag.map(|value| (value, Origin::Flag)).or_else(variable).or_else(file);
            let (value, origin) = found.map_or((None, Origin::Default), |(value, origin)| (Some(value), origin));
            Setting { spec, value, origin }
        };
        Ok(Config { settings: SETTINGS.iter().map(setting).collect(), notes })
    }

    /// The value of the setting `name`, as text.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.settings.iter().find(|setting| setting.spec.name == name)?.value.as_deref()
    }

    /// The value of the setting `name`.
    ///
    /// # Errors
    /// When it is no `T`; the message names where it comes from.
    pub fn value<T: FromStr>(&self, name: &str) -> Result<Option<T>> {
        let Some(setting) = self.settings.iter().find(|setting| setting.spec.name == name) else { return Ok(None) };
        let Some(text) = &setting.value else { return Ok(None) };
        match text.parse() {
            Ok(value) => Ok(Some(value)),
            Err(_) => bail!("{}: `{text}` does not fit {name}: {}", setting.origin, setting.spec.help),
        }
    }
}

/// The variable that sets `spec`, and its value. `NO_COLOR` and `CLICOLOR_FORCE` speak for the colour.
fn variable(spec: &Spec) -> Option<(&'static str, String)> {
    let get = |name: &'static str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let own = SETTINGS.iter().find(|known| known.name == spec.name)?.variable;
    if let Some(value) = get(own) {
        return Some((own, value));
    }
    if spec.name != "color" {
        return None;
    }
    let never = get("NO_COLOR").map(|_| ("NO_COLOR", "never".to_owned()));
    never.or_else(|| get("CLICOLOR_FORCE").filter(|v| v != "0").map(|_| ("CLICOLOR_FORCE", "always".to_owned())))
}

/// Where the user's own settings lie.
pub fn own_dir() -> Option<PathBuf> {
    let get = |name: &str| std::env::var_os(name).filter(|value| !value.is_empty()).map(PathBuf::from);
    let base = get("XDG_CONFIG_HOME").or_else(|| get("APPDATA")).or_else(|| Some(get("HOME")?.join(".config")))?;
    Some(base.join("newsidx"))
}

/// The settings in one file, as text.
fn values(path: &Path, is_own: bool, notes: &mut Vec<String>) -> Result<Vec<(&'static str, String)>> {
    let text = std::fs::read_to_string(path).with_context(|| format!("failed to read {}", path.display()))?;
    let table: toml::Table = text.parse().with_context(|| format!("failed to read {}", path.display()))?;
    let mut found = Vec::new();
    for (key, value) in table {
        let Some(spec) = SETTINGS.iter().find(|spec| spec.name == key) else {
            let near = field::nearest_of(&key, SETTINGS.iter().map(|spec| spec.name));
            let near = near.map_or(String::new(), |near| format!(" (did you mean {near}?)"));
            notes.push(format!("{}: `{key}` is no setting{near}; `newsidx help config` has them", path.display()));
            continue;
        };
        if spec.own_only && !is_own {
            notes.push(format!(
                "{}: `{key}` runs a program and is only read from your own settings; passed over",
                path.display()
            ));
            continue;
        }
        let value = match value {
            toml::Value::String(text) => text,
            toml::Value::Integer(number) => number.to_string(),
            toml::Value::Boolean(truth) => truth.to_string(),
            _ => bail!("{}: {key} wants a text or a number, as in {}", path.display(), spec.example),
        };
        // A path in a file is meant from the file on.
        let from_file = |value: &str| path.parent().map(|dir| dir.join(value).display().to_string());
        let value = if spec.name == "index" { from_file(&value).unwrap_or(value) } else { value };
        found.push((spec.name, value));
    }
    Ok(found)
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn a_project_cannot_run_programs_and_typos_are_named() {
        let dir = tempfile::tempdir().unwrap();
        let path = dir.path().join(FILE);
        std::fs::write(&path, "pager = \"rm\"\ncolour = \"never\"\nlimit = 5\nindex = \"x\"\n").unwrap();
        let mut notes = Vec::new();
        let mut read = values(&path, false, &mut notes).unwrap();
        read.sort();
        assert_eq!(read, [("index", dir.path().join("x").display().to_string()), ("limit", "5".to_owned())]);
        assert!(notes.iter().any(|note| note.contains("did you mean color?")), "{notes:?}");
        assert!(notes.iter().any(|note| note.contains("`pager` runs a program")), "{notes:?}");
        assert_eq!(values(&path, true, &mut notes).unwrap().len(), 3);
        std::fs::write(&path, "limit = [1]").unwrap();
        assert!(values(&path, true, &mut notes).is_err());
    }
}
