//! What a run works with: its settings, how it prints, its archive.

use std::io::{self, IsTerminal};
use std::path::PathBuf;

use anyhow::{Result, anyhow};
use clap::ValueEnum;

use crate::cli::{Color, Common, SortBy};
use crate::config::Config;
use crate::engine::local::Local;
use crate::index::place;
use crate::output::links::Links;
use crate::output::paint::Paint;
use crate::output::plain;

/// Columns where there is no terminal that has some.
const WIDTH: usize = 100;

pub(super) struct Session {
    pub(super) config: Config,
    pub(super) paint: Paint,
    /// What pages long output; `None` for nothing.
    pub(super) pager: Option<String>,
    /// Hits printed on a terminal.
    pub(super) limit: usize,
    pub(super) sort: SortBy,
    pub(super) passages: usize,
}

impl Session {
    pub(super) fn new(common: &Common) -> Result<Session> {
        let text = |value: &Option<PathBuf>| value.as_ref().map(|path| path.display().to_string());
        let color = common.color.and_then(|color| Some(color.to_possible_value()?.get_name().to_owned()));
        let flags = [
            ("index", text(&common.index)),
            ("color", color),
            ("width", common.width.map(|width| width.to_string())),
            ("hyperlink-format", common.hyperlink_format.clone()),
            ("pager", common.pager.clone()),
        ];
        let config = Config::load(&flags, !common.no_config)?;
        for note in &config.notes {
            anstream::eprintln!("note: {}", plain(note));
        }
        Ok(Session {
            paint: paint(&config)?,
            pager: pager(&config).filter(|_| !common.no_pager),
            limit: config.value("limit")?.unwrap_or(20),
            sort: chosen(&config, "sort")?.unwrap_or_default(),
            passages: config.value("passages")?.unwrap_or(2),
            config,
        })
    }

    /// The archive's directory.
    pub(super) fn dir(&self) -> PathBuf {
        place::locate(self.config.text("index").map(std::path::Path::new))
    }

    /// The archive, open for searching.
    pub(super) fn open(&self) -> Result<Local> {
        Local::open(&self.dir())
    }
}

/// A setting that is one of some words.
fn chosen<T: ValueEnum>(config: &Config, name: &str) -> Result<Option<T>> {
    let Some(text) = config.value::<String>(name)? else { return Ok(None) };
    let origin = config.settings.iter().find(|setting| setting.spec.name == name).map(|setting| &setting.origin);
    let value = T::from_str(&text, true).map_err(|_| {
        let words: Vec<String> = T::value_variants()
            .iter()
            .filter_map(ValueEnum::to_possible_value)
            .map(|v| v.get_name().to_owned())
            .collect();
        let origin = origin.map_or(String::new(), |origin| format!("{origin}: "));
        anyhow!("{origin}`{text}` does not fit {name}: {}", words.join(", "))
    })?;
    Ok(Some(value))
}

/// How to print: colour as asked for, else on a terminal; the terminal's width, else [`WIDTH`].
fn paint(config: &Config) -> Result<Paint> {
    let terminal = io::stdout().is_terminal();
    let color = match chosen(config, "color")?.unwrap_or(Color::Auto) {
        Color::Always => true,
        Color::Never => false,
        Color::Auto => terminal && std::env::var_os("TERM").is_none_or(|term| term != "dumb"),
    };
    let columns = terminal_size::terminal_size().filter(|_| terminal).map(|(width, _)| usize::from(width.0));
    let width = match config.value::<usize>("width")? {
        Some(width) => width.clamp(20, 1000),
        None => columns.unwrap_or(WIDTH).clamp(40, 160),
    };
    // An error in a format is one even where it is not used.
    let links = Links::new(config.text("hyperlink-format").unwrap_or("none")).map_err(anyhow::Error::msg)?;
    let links = links.filter(|_| terminal).map(|links| &*Box::leak(Box::new(links)));
    Ok(Paint { color, width, links })
}

/// The command that pages: set for newsidx, else for everything, else `less`. Empty or `cat` is none.
fn pager(config: &Config) -> Option<String> {
    let general = || std::env::var("PAGER").ok();
    let command = config.text("pager").map(str::to_owned).or_else(general).unwrap_or_else(|| "less -FRX".to_owned());
    Some(command).filter(|command| !matches!(command.trim(), "" | "cat"))
}
