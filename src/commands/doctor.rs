//! `newsidx doctor`: how files are read and split, and why records are refused. Writes nothing.

use std::cell::RefCell;
use std::fs::File;
use std::io::Write;

use anyhow::Result;

use super::Outcome;
use crate::cli::Doctor;
use crate::extract;
use crate::output::doctor::{Report, Style};
use crate::output::paint::Paint;
use crate::read::{self, RecordError};
use crate::text::Lexer;

pub(super) fn run(args: &Doctor, paint: Paint, mut out: &mut dyn Write) -> Result<Outcome> {
    let options = super::read_options(args.map.as_deref())?;
    let style = Style { json: args.json, all: args.all, cut: args.cut, paint };
    let report = RefCell::new(Report::new(style, &mut out));
    let mut lexer = Lexer::default();
    for path in &args.paths {
        let name = path.to_string_lossy();
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => {
                let error = RecordError { path: name.into_owned(), record: None, reason: error.to_string() };
                report.borrow_mut().refused(&error)?;
                continue;
            }
        };
        let mut failed = None;
        let mut sink = |found: Result<_, RecordError>| {
            let mut report = report.borrow_mut();
            let printed = match found {
                Ok(mut article) => {
                    extract::annotate(&mut article, &mut lexer);
                    report.record(&article)
                }
                Err(error) => report.refused(&error),
            };
            failed = printed.err();
            failed.is_none()
        };
        read::examine(&name, file, &options, &mut sink, &mut |path, note| {
            // What cannot be printed now is noticed with the next record.
            let _ = report.borrow_mut().note(path, note);
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
    }
    let (records, refused) = report.into_inner().finish()?;
    Ok(match (records, refused) {
        (_, 1..) => Outcome::Incomplete,
        (0, _) => Outcome::Nothing,
        _ => Outcome::Done,
    })
}
