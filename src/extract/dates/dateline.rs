//! The dateline that opens a report: `GENEVA, Jan 21 (Agency) -`.

use crate::article::Dateline;
use crate::text::Tokens;

/// Reads the dateline at the start of `body`, whose tokens are `tokens`.
pub fn find(_body: &str, _tokens: &Tokens) -> Option<Dateline> {
    None
}
