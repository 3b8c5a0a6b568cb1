//! `newsidx inspect`: what is extracted from files, without an index.

use std::fs::File;
use std::io::Write;

use anyhow::Result;

use super::Outcome;
use crate::cli::Inspect;
use crate::extract;
use crate::output::inspect;
use crate::output::paint::Paint;
use crate::output::plain;
use crate::read;
use crate::text::Lexer;

pub(super) fn run(args: &Inspect, paint: Paint, mut out: &mut dyn Write) -> Result<Outcome> {
    let mut lexer = Lexer::default();
    let (mut articles, mut skipped) = (0u64, 0u64);
    let options = super::read_options(args.map.as_deref())?;
    for path in &args.paths {
        let name = path.to_string_lossy();
        let file = match File::open(path) {
            Ok(file) => file,
            Err(error) => {
                anstream::eprintln!("{}: {error}", plain(&name));
                skipped += 1;
                continue;
            }
        };
        let mut failed = None;
        read::articles_of_file(&name, file, &options, &mut |article| {
            match article {
                Ok(mut article) => {
                    articles += 1;
                    let found = extract::annotate(&mut article, &mut lexer);
                    let printed = match (args.json, args.removed) {
                        (true, _) => inspect::json(&article, &found, &mut out),
                        (_, true) => inspect::removed(&article, &mut out),
                        _ => inspect::readable(&article, &found, &paint, &mut out),
                    };
                    failed = printed.err();
                }
                Err(error) => {
                    skipped += 1;
                    anstream::eprintln!("{}", plain(&error.to_string()));
                }
            }
            failed.is_none()
        });
        if let Some(error) = failed {
            return Err(error.into());
        }
    }
    Ok(match (articles, skipped) {
        (_, 1..) => Outcome::Incomplete,
        (0, _) => Outcome::Nothing,
        _ => Outcome::Done,
    })
}
