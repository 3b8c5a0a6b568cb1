//! A pattern for whole lines that is compiled when it is first asked: of the many that all rules have, most files need few.

use std::sync::OnceLock;

use regex::{Captures, Regex};

/// A regular expression that a whole line must fit.
#[derive(Debug, Clone)]
pub(super) struct Pattern {
    text: String,
    compiled: OnceLock<Option<Regex>>,
}

impl Pattern {
    /// Of `text`, a regular expression.
    pub(super) fn new(text: &str) -> Pattern {
        Pattern { text: format!("^(?:{text})$"), compiled: OnceLock::new() }
    }

    /// Compiles it now.
    ///
    /// # Errors
    /// When it is no regular expression.
    pub(super) fn check(&self) -> Result<(), regex::Error> {
        let regex = Regex::new(&self.text)?;
        let _ = self.compiled.set(Some(regex));
        Ok(())
    }

    fn compiled(&self) -> Option<&Regex> {
        self.compiled.get_or_init(|| Regex::new(&self.text).ok()).as_ref()
    }

    /// Whether `line` fits.
    pub(super) fn is_match(&self, line: &str) -> bool {
        self.compiled().is_some_and(|regex| regex.is_match(line))
    }

    /// Its groups in `line`, if that fits.
    pub(super) fn captures<'l>(&self, line: &'l str) -> Option<Captures<'l>> {
        self.compiled()?.captures(line)
    }
}
