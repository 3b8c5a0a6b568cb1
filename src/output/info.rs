//! What an archive holds and what the settings are, for people and as JSON.

use std::io::{self, Write};

use serde::Serialize;

use super::json;
use super::paint::{Paint, Role};
use crate::config::Config;

/// What an archive holds.
#[derive(Debug, Serialize)]
#[allow(missing_docs)] // the names are those of the JSON Schema
pub struct Facts<'a> {
    pub r#type: &'static str,
    pub archive: String,
    pub id: &'a str,
    pub moment: i64,
    pub content: String,
    pub roots: &'a [String],
    pub articles: u64,
    pub quotes: u64,
    pub files: u64,
    pub bytes: u64,
    pub languages: Vec<&'a str>,
    pub disk: u64,
    pub program: &'a str,
    pub complete: bool,
    pub failed: Vec<String>,
}

/// Every setting, its value and where that comes from.
///
/// # Errors
/// When `out` fails.
pub fn settings(out: &mut impl Write, paint: &Paint, config: &Config) -> io::Result<()> {
    let widest = config.settings.iter().map(|setting| setting.spec.name.len()).max().unwrap_or(0);
    let value = |value: &Option<String>, default: &str| value.clone().unwrap_or_else(|| default.to_owned());
    let values: Vec<String> =
        config.settings.iter().map(|setting| value(&setting.value, setting.spec.default)).collect();
    let wide = values.iter().map(String::len).max().unwrap_or(0).min(40);
    for (setting, value) in config.settings.iter().zip(&values) {
        paint.put(out, Role::Title, setting.spec.name)?;
        write!(out, "{:gap$}{:wide$}  ", "", super::plain(value), gap = widest + 2 - setting.spec.name.len())?;
        paint.put(out, Role::Faint, &setting.origin.to_string())?;
        out.write_all(b"\n")?;
    }
    Ok(())
}

#[derive(Serialize)]
struct SettingLine<'a> {
    r#type: &'static str,
    name: &'a str,
    value: Option<&'a str>,
    from: String,
}

/// The same as JSON Lines.
///
/// # Errors
/// When `out` fails.
pub fn settings_json(out: &mut impl Write, config: &Config) -> io::Result<()> {
    config.settings.iter().try_for_each(|setting| {
        let (name, value, from) = (setting.spec.name, setting.value.as_deref(), setting.origin.to_string());
        json::line(out, &SettingLine { r#type: "setting", name, value, from })
    })
}
