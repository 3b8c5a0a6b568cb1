//! `newsidx show`: one article, or a part of it.

use std::fs::File;
use std::io::{self, IsTerminal, Write};
use std::process::Command;

use anyhow::{Context, Result, anyhow, bail};

use super::session::Session;
use super::{Outcome, lookup, search};
use crate::cli::{Filters, Show};
use crate::engine::Engine;
use crate::output::{inspect, plain, reading};
use crate::read;
use crate::results::{Held, Marks};

pub(super) fn run(args: &Show, session: &Session, mut out: &mut dyn Write) -> Result<Outcome> {
    let engine = session.open()?;
    let query = match &args.query {
        Some(query) => Some(search::read(session, std::slice::from_ref(query), &Filters::default(), false)?.root),
        None => None,
    };
    for (number, typed) in args.articles.iter().enumerate() {
        let (held, line) = lookup::find(&engine, typed)?;
        if number > 0 && !args.json {
            writeln!(out)?;
        }
        let (article, found) = (&held.article, &held.annotations);
        if args.json {
            inspect::json(article, found, &mut out)?;
        } else if args.explain_date {
            inspect::date(article, &mut out)?;
        } else if args.removed {
            inspect::removed(article, &mut out)?;
        } else if args.meta {
            reading::meta(&mut out, &session.paint, &held)?;
        } else if args.quotes {
            reading::quotes(&mut out, &session.paint, &held)?;
        } else if args.raw {
            raw(&held, out)?;
        } else if args.open {
            open(&held, line)?;
        } else {
            let marks = match &query {
                Some(query) => engine.marks(query, &held)?,
                None => Marks::default(),
            };
            if query.is_some() && marks == Marks::default() {
                anstream::eprintln!("note: the query matches nothing in {}", plain(&held.source.path));
            }
            let view = reading::View { marks: &marks, line, around: args.around };
            reading::article(&mut out, &session.paint, &held, &view)?;
        }
    }
    Ok(Outcome::Done)
}

/// The file as it is, or the record of it. On a terminal without what would steer it.
fn raw(held: &Held, out: &mut dyn Write) -> Result<()> {
    let path = &held.source.path;
    let context = || format!("failed to read {}", plain(path));
    let file = path.split_once("!/").map_or(path.as_str(), |(archive, _)| archive);
    let file = File::open(file).with_context(context)?;
    let text = read::raw(path, file, held.article.record).map_err(|error| anyhow!(error)).with_context(context)?;
    if io::stdout().is_terminal() {
        text.lines().try_for_each(|line| writeln!(out, "{}", plain(line)))?;
    } else {
        out.write_all(text.as_bytes())?;
    }
    Ok(())
}

/// The arguments that open a file at a line.
type AtLine = fn(&str, u32) -> Vec<String>;

/// Editors that take a line, and how.
const EDITORS: &[(&[&str], AtLine)] = &[
    (&["vi", "vim", "nvim", "gvim", "nano", "emacs", "emacsclient", "micro", "kak", "joe", "ed"], |path, line| {
        vec![format!("+{line}"), path.to_owned()]
    }),
    (&["code", "code-insiders", "codium", "cursor"], |path, line| vec!["-g".to_owned(), format!("{path}:{line}")]),
    (&["hx", "helix", "subl", "zed"], |path, line| vec![format!("{path}:{line}")]),
];

/// Opens the file at the line: a page in the browser, all else in the editor.
fn open(held: &Held, line: Option<u32>) -> Result<()> {
    let path = &held.source.path;
    let line = line.or(held.article.record).unwrap_or_else(|| held.article.line_at(0));
    let set = |name: &str| std::env::var(name).ok().filter(|value| !value.trim().is_empty());
    let page = path.ends_with(".html") || path.ends_with(".htm");
    let editor = set("VISUAL").or_else(|| set("EDITOR")).filter(|_| !page);
    let mut command = match editor.as_deref().map(|editor| editor.split_whitespace().collect::<Vec<_>>()) {
        Some(words) => {
            let (program, rest) = words.split_first().context("no editor is set")?;
            let name = std::path::Path::new(program).file_stem().and_then(|name| name.to_str()).unwrap_or_default();
            let takes = EDITORS.iter().find(|(names, _)| names.contains(&name)).map(|(_, arguments)| arguments);
            let mut command = Command::new(program);
            command.args(rest).args(takes.map_or_else(|| vec![path.clone()], |arguments| arguments(path, line)));
            command
        }
        None => {
            let mut command = Command::new(if cfg!(target_os = "macos") {
                "open"
            } else if cfg!(windows) {
                "explorer"
            } else {
                "xdg-open"
            });
            command.arg(path);
            command
        }
    };
    let program = command.get_program().to_string_lossy().into_owned();
    let done = command.status().with_context(|| format!("failed to run {program}; set $EDITOR to your editor"))?;
    if !done.success() {
        bail!("{program} could not open {}", plain(path));
    }
    Ok(())
}
