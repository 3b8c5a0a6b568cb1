//! `newsidx watch`: keeps the archive up to date until it is stopped.

use std::io::Write;
use std::time::Duration;

use anyhow::Result;

use super::session::Session;
use super::{Outcome, build};
use crate::build::watch::{News, Pace, watch};
use crate::cli::Watch;
use crate::output::plain;
use crate::output::text::grouped;

pub(super) fn run(args: &Watch, session: &Session, out: &mut dyn Write) -> Result<Outcome> {
    let options = build::options(&args.how)?;
    let pace = Pace {
        quiet: Duration::from_secs_f32(args.quiet.clamp(0.0, 86_400.0)),
        walk: Duration::from_secs(args.walk_every.max(1)),
        ..Pace::default()
    };
    let stop = build::interrupts()?;
    let mut first = true;
    watch(&session.dir(), &args.how.paths, &options, pace, &stop, &mut |news| {
        match news {
            News::Built(report) if std::mem::take(&mut first) => {
                build::skipped(report, args.how.verbose);
                build::summary(report, options.rebuild, out)?;
            }
            News::Built(report) => {
                build::skipped(report, args.how.verbose);
                let time = jiff::Timestamp::now().strftime("%Y-%m-%d %H:%M:%S UTC");
                let articles = grouped(report.total_articles);
                writeln!(out, "{time}  {}: {articles} articles", build::changes(report))?;
            }
            News::Failed(error) => anstream::eprintln!("{}; trying again", plain(&format!("{error:#}"))),
            News::Unwatched(path, why) => anstream::eprintln!(
                "{} cannot be watched ({}); it is walked every {} seconds instead",
                path.display(),
                plain(&why),
                args.walk_every
            ),
            News::Ready => writeln!(out, "watching; Ctrl-C ends it")?,
        }
        Ok(out.flush()?)
    })?;
    writeln!(out, "stopped; the archive is at its last commit")?;
    Ok(Outcome::Done)
}
