//! `newsidx names`: the names of an archive, and teaching it more.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};

use super::session::Session;
use super::{Outcome, search};
use crate::cli::{Filters, Names, Teach};
use crate::names::taught::{self, Taught, normal};
use crate::names::words;
use crate::output::persons as print;

pub(super) fn run(args: &Names, session: &Session, mut out: &mut dyn Write) -> Result<Outcome> {
    if let Some(teach) = &args.teach {
        if !args.name.is_empty() {
            bail!(
                "`{}` before what is taught is read as a name: say `newsidx names add NAME OTHER`",
                args.name.join(" ")
            );
        }
        return learn(teach, &session.dir(), out);
    }
    let engine = search::engine(session, &Filters::default())?;
    let name = args.name.join(" ");
    let (forms, persons) = match words(&name).as_slice() {
        [] => (Vec::new(), engine.persons()?.into_iter().take(args.limit).collect()),
        [word] => (engine.forms_of(word)?, engine.persons_called(&name)?),
        _ => (Vec::new(), engine.persons_called(&name)?),
    };
    let dated = !name.is_empty();
    match args.json {
        true => print::json(&mut out, &forms, &persons)?,
        false => print::text(&mut out, &session.paint, &forms, &persons, dated)?,
    }
    if forms.is_empty() && persons.is_empty() {
        anstream::eprintln!("nothing found");
        return Ok(Outcome::Nothing);
    }
    Ok(Outcome::Done)
}

fn learn(teach: &Teach, dir: &Path, out: &mut dyn Write) -> Result<Outcome> {
    let mut known = Taught::read(dir)?;
    let names: Vec<String> = match teach {
        Teach::Add { name, others } => [name].into_iter().chain(others).cloned().collect(),
        Teach::Merge { names } => names.clone(),
        Teach::Split { name, other } => vec![name.clone(), other.clone()],
    };
    for name in &names {
        if normal(name).is_empty() || name.contains([',', '#', '\n']) || name.contains("!=") {
            bail!("`{name}` is no name: letters are wanted, and no comma, # or !=");
        }
    }
    if names.iter().all(|name| normal(name) == normal(&names[0])) {
        bail!("these are the same name; case and accents do not count");
    }
    match teach {
        Teach::Split { name, other } => known.part(name, other),
        _ => known.join(&names),
    }
    known.write(dir)?;
    writeln!(out, "written to {}", taught::path(dir).display())?;
    Ok(Outcome::Done)
}
