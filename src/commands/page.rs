//! Where results go: stdout, through a pager on a terminal.

use std::io::{self, IsTerminal, Write};
use std::process::{Child, Command, Stdio};

use anyhow::Result;

use super::Outcome;
use super::session::Session;

/// Stdout or a pager.
pub(super) struct Page {
    out: Option<Box<dyn Write>>,
    pager: Option<Child>,
}

impl Page {
    /// Pages where `readable` output goes to a terminal and a pager is there; else stdout.
    pub(super) fn new(session: &Session, readable: bool) -> Page {
        let wanted = readable && io::stdout().is_terminal() && io::stdin().is_terminal();
        let started = session.pager.as_deref().filter(|_| wanted).and_then(|command| start(command).ok());
        match started {
            Some(mut pager) => match pager.stdin.take() {
                Some(input) => Page { out: Some(Box::new(io::BufWriter::new(input))), pager: Some(pager) },
                None => Page::stdout(),
            },
            None => Page::stdout(),
        }
    }

    fn stdout() -> Page {
        Page { out: Some(Box::new(io::BufWriter::new(io::stdout().lock()))), pager: None }
    }

    /// Where to write.
    pub(super) fn out(&mut self) -> &mut Box<dyn Write> {
        self.out.get_or_insert_with(|| Box::new(io::sink()))
    }

    /// Writes what is left and waits for the pager; what it could not take is no error of the command.
    pub(super) fn close(mut self, outcome: Result<Outcome>) -> Result<Outcome> {
        let flushed = self.out.take().map_or(Ok(()), |mut out| out.flush());
        if let Some(mut pager) = self.pager.take() {
            pager.wait()?;
        }
        let outcome = outcome?;
        flushed?;
        Ok(outcome)
    }
}

/// Starts a pager as the shell would, with what `less` needs to pass short and coloured output through.
fn start(command: &str) -> io::Result<Child> {
    let mut shell = if cfg!(windows) { Command::new("cmd") } else { Command::new("sh") };
    shell.arg(if cfg!(windows) { "/C" } else { "-c" }).arg(command).stdin(Stdio::piped());
    if std::env::var_os("LESS").is_none() {
        shell.env("LESS", "FRX");
    }
    let pager = shell.spawn()?;
    // Ctrl-C is for the pager: it stays, and so must we, or the terminal is left as it set it.
    ctrlc::set_handler(|| {}).ok();
    Ok(pager)
}
