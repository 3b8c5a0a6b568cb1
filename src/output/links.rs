//! Paths as links that a terminal opens (OSC 8), in the names and variables of ripgrep's `--hyperlink-format`.

use std::path::Path;

/// The names for formats, as ripgrep has them.
const NAMES: &[(&str, &str)] = &[
    ("default", if cfg!(windows) { "file:///{path}" } else { "file://{host}{path}" }),
    ("none", ""),
    ("file", if cfg!(windows) { "file:///{path}" } else { "file://{host}{path}" }),
    ("cursor", "cursor://file{path}:{line}:{column}"),
    ("grep+", "grep+://{path}:{line}"),
    ("kitty", "file://{host}{path}#{line}"),
    ("macvim", "mvim://open?url=file://{path}&line={line}&column={column}"),
    ("textmate", "txmt://open?url=file://{path}&line={line}&column={column}"),
    ("vscode", "vscode://file{path}:{line}:{column}"),
    ("vscode-insiders", "vscode-insiders://file{path}:{line}:{column}"),
    ("vscodium", "vscodium://file{path}:{line}:{column}"),
];

/// A format of links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Links {
    format: String,
    host: String,
    here: String,
}

impl Links {
    /// Reads a name or a format; `None` for no links.
    ///
    /// # Errors
    /// One line: an unknown name or variable, or a format without `{path}`.
    pub fn new(format: &str) -> Result<Option<Links>, String> {
        let format = match NAMES.iter().find(|(name, _)| *name == format) {
            Some((_, known)) => known,
            None if format.contains('{') => format,
            None if format.is_empty() => "",
            None => {
                let names: Vec<&str> = NAMES.iter().map(|(name, _)| *name).collect();
                return Err(format!(
                    "`{format}` is no hyperlink format; there are: {}, or your own with {{path}} and {{line}}",
                    names.join(", ")
                ));
            }
        };
        if format.is_empty() {
            return Ok(None);
        }
        for variable in format.split('{').skip(1).map(|rest| rest.split('}').next().unwrap_or_default()) {
            if !["path", "line", "column", "host", "wslprefix"].contains(&variable) {
                return Err(format!("the hyperlink format has an unknown variable {{{variable}}}"));
            }
        }
        if !format.contains("{path}") {
            return Err("the hyperlink format has no {path}".to_owned());
        }
        let scheme = format.split(':').next().unwrap_or_default();
        if scheme.is_empty() || !scheme.bytes().all(|b| b.is_ascii_alphanumeric() || b"+-.".contains(&b)) {
            return Err("the hyperlink format must begin with a scheme, as in file://".to_owned());
        }
        let here = std::env::current_dir().unwrap_or_default().to_string_lossy().into_owned();
        Ok(Some(Links { format: format.to_owned(), host: host(), here }))
    }

    /// The link to a line of a file, as the terminal wants it before and behind the text.
    pub fn around(&self, path: &str, line: u32) -> (String, &'static str) {
        let whole = Path::new(&self.here).join(path);
        let wsl = std::env::var("WSL_DISTRO_NAME").map_or(String::new(), |name| format!("wsl$/{name}"));
        let target = self
            .format
            .replace("{path}", &encoded(&whole.to_string_lossy()))
            .replace("{line}", &line.to_string())
            .replace("{column}", "1")
            .replace("{host}", &encoded(&self.host))
            .replace("{wslprefix}", &wsl);
        (format!("\u{1b}]8;;{target}\u{1b}\\"), "\u{1b}]8;;\u{1b}\\")
    }
}

fn host() -> String {
    let known = std::env::var("HOSTNAME").ok().filter(|name| !name.is_empty());
    let name = known.or_else(|| std::fs::read_to_string("/proc/sys/kernel/hostname").ok());
    name.map_or(String::new(), |name| name.trim().to_owned())
}

/// Percent-encoded, but for what a path may hold in an address.
fn encoded(text: &str) -> String {
    let mut out = String::new();
    for byte in text.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b':' | b'-' | b'.' | b'_' | b'~' => out.push(byte as char),
            b'\\' if cfg!(windows) => out.push('/'),
            byte => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn links_in_ripgreps_words() {
        let links = Links::new("vscode").unwrap().unwrap();
        let (before, behind) = links.around("/a b/\u{1b}]c", 7);
        assert_eq!(before, "\u{1b}]8;;vscode://file/a%20b/%1B%5Dc:7:1\u{1b}\\");
        assert_eq!(behind, "\u{1b}]8;;\u{1b}\\");
        assert_eq!(Links::new("none"), Ok(None));
        assert!(Links::new("emacs").is_err());
        assert!(Links::new("x://{line}").is_err());
        assert!(Links::new("x://{path}{word}").is_err());
    }
}
