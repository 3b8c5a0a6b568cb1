//! JSON Lines: one object a line, each an article; a bad line costs only itself.

use serde_json::Value;

use super::source::{Line, Source, describe, read_line};
use super::{Out, json};

pub(super) fn read(source: &mut Source<'_>, out: &mut Out<'_, '_, '_>) -> bool {
    let mut lines = source.decoded();
    let mut line = Vec::new();
    let mut any = false;
    for number in 1u32.. {
        let record = Some(number);
        let goes_on = match read_line(&mut lines, out.options.max_record_bytes, &mut line) {
            Ok(Line::End) => break,
            Ok(Line::TooLong) => out.refuse(record, format!("larger than {} MiB", out.options.max_record_bytes >> 20)),
            Ok(Line::Read) if line.trim_ascii().is_empty() => continue,
            Ok(Line::Read) => out.unharmed(record, |out| read_record(&line, record, out)),
            Err(error) => return out.refuse(record, describe(&error)),
        };
        any = true;
        if !goes_on {
            return false;
        }
    }
    any || out.refuse(None, "empty file")
}

fn read_record(line: &[u8], number: Option<u32>, out: &mut Out<'_, '_, '_>) -> bool {
    match serde_json::from_slice(line) {
        Ok(Value::Object(object)) => json::hand_over(&object, number, out),
        Ok(other) => out.refuse(number, format!("expected an object, found {}", json::kind(&other))),
        Err(error) => out.refuse(number, json::reason(&error)),
    }
}
