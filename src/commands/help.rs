//! `newsidx help`: topics, and the help of commands.

use std::io::Write;

use anyhow::{Result, bail};
use clap::ValueEnum;

use super::Outcome;
use super::session::Session;
use crate::cli::{self, Help, Topic};
use crate::field;
use crate::output::help;

pub(super) fn run(args: &Help, session: &Session, mut out: &mut dyn Write) -> Result<Outcome> {
    let mut command = cli::command().styles(clap::builder::Styles::plain());
    command.build();
    let Some((topic, rest)) = args.topic.split_first() else {
        writeln!(out, "{}", command.render_long_help())?;
        return Ok(Outcome::Done);
    };
    let paint = &session.paint;
    match Topic::from_str(topic, true).ok().filter(|_| rest.is_empty()) {
        Some(Topic::Query) => help::query(&mut out, paint)?,
        Some(Topic::Json) => help::json(&mut out, paint)?,
        Some(Topic::Schema) => help::schema(&mut out)?,
        Some(Topic::Exit) => help::exit(&mut out, paint)?,
        Some(Topic::Config) => help::config(&mut out, paint)?,
        None => {
            let mut found = &mut command;
            for name in &args.topic {
                let names: Vec<String> = found.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
                let topics = Topic::value_variants().iter().filter_map(ValueEnum::to_possible_value);
                let known: Vec<String> =
                    names.into_iter().chain(topics.map(|topic| topic.get_name().to_owned())).collect();
                match found.find_subcommand_mut(name) {
                    Some(sub) => found = sub,
                    None => {
                        let near = field::nearest_of(name, known.iter().map(String::as_str));
                        let near = near.map_or(String::new(), |near| format!("; did you mean `newsidx help {near}`?"));
                        bail!("`{name}` is no command and no topic{near}");
                    }
                }
            }
            writeln!(out, "{}", found.render_long_help())?;
        }
    }
    Ok(Outcome::Done)
}
