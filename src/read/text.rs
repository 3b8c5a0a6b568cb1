//! Plain text: one article a file, its title, date and byline lines among the text; or an export of many.

use super::fields::Record;
use super::source::Source;
use super::{Out, document};

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    match source.whole(out.options.max_file_bytes, false) {
        Ok(text) => document::text(&text, Record::default(), out),
        Err(reason) => out.refuse(None, reason),
    }
}
