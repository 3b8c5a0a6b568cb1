//! The binary: a stand-in until the commands have their own files.

use std::io::Write;

fn main() -> anyhow::Result<()> {
    let paths = std::env::args().skip(1).filter(|arg| arg != "inspect" && arg != "--json");
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    let mut tokens = newsidx::text::Tokens::default();
    for path in paths {
        let mut file = std::fs::File::open(&path)?;
        newsidx::read::articles(&path, &mut file, &mut |article| match article {
            Ok(mut article) => {
                let found = newsidx::extract::annotate(&mut article, &mut tokens);
                newsidx::output::inspect::json(&article, &found, &mut out).is_ok()
            }
            Err(error) => writeln!(std::io::stderr(), "{error}").is_ok(),
        });
    }
    out.flush()?;
    Ok(())
}
