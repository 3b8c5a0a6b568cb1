//! `newsidx completions` and `newsidx man`: what shells and `man` want to know, from the same types as the flags.

use std::fs;
use std::io::{self, Write};

use anyhow::{Context, Result};

use super::Outcome;
use crate::cli::{self, Completions, Man};

pub(super) fn script(args: &Completions) -> Result<Outcome> {
    let mut script = Vec::new();
    clap_complete::generate(args.shell, &mut cli::command(), "newsidx", &mut script);
    io::stdout().lock().write_all(&script)?;
    Ok(Outcome::Done)
}

pub(super) fn man(args: &Man) -> Result<Outcome> {
    let Some(dir) = &args.dir else {
        let mut page = Vec::new();
        clap_mangen::Man::new(cli::command()).render(&mut page)?;
        io::stdout().lock().write_all(&page)?;
        return Ok(Outcome::Done);
    };
    fs::create_dir_all(dir).with_context(|| format!("failed to create {}", dir.display()))?;
    clap_mangen::generate_to(cli::command(), dir).with_context(|| format!("failed to write to {}", dir.display()))?;
    Ok(Outcome::Done)
}
