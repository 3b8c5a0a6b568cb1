//! Database exports: many articles in one text, split by rules.
//!
//! A rule says how a layout is told, where its articles begin and end, and which line means what; the rules that come
//! with newsidx are data (`data/exports.toml`), and a mapping file may add others, which are tried first. An article
//! that does not look as its rule expects is refused with its line, and costs no other.

mod pattern;
mod rules;
mod split;

use std::sync::LazyLock;

use rules::Rule;
pub use rules::Rules;

use super::document::Unit;
use super::{Note, Out};

/// The rules that come with newsidx.
static BUILT_IN: LazyLock<Rules> = LazyLock::new(|| {
    // A test reads them: they are part of the program.
    Rules::parse(include_str!("../../../data/exports.toml"), false).unwrap_or_default()
});

/// Splits `text` if it is an export; gives whether more articles are wanted, or nothing if it is none.
///
/// `raw` is the file as it was read, in which words of a layout are looked for before its text is.
pub(super) fn read(raw: &str, text: impl FnOnce() -> String, unit: Unit, out: &mut Out<'_, '_, '_>) -> Option<bool> {
    let map = out.options.map.clone();
    let own = map.as_ref().into_iter().flat_map(|map| map.exports.likely(raw));
    let likely: Vec<&Rule> = own.chain(BUILT_IN.likely(raw)).collect();
    if likely.is_empty() {
        return None;
    }
    let text = text();
    let lines = split::lines(&text, unit);
    let rule = likely.into_iter().find(|rule| rule.is(&lines))?;
    out.note(|| Note::Export(rule.name.clone()));
    Some(split::read(rule, &lines, unit, out))
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
