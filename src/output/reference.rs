//! A hit as an entry of a bibliography: what RIS, BibTeX and CSL-JSON have in common.

use rustc_hash::FxHashMap;
use xxhash_rust::xxh3::xxh3_64;

use super::plain;
use crate::results::Hit;
use crate::when::When;

/// An author.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Author {
    /// A person.
    Person {
        /// Family name, with its particles.
        family: String,
        /// Given names.
        given: String,
    },
    /// An agency, or a byline that is not surely a person's name.
    Literal(String),
}

/// One entry.
#[derive(Debug, Clone, PartialEq)]
pub struct Reference {
    /// Its key, unique within a file.
    pub key: String,
    /// The article's id.
    pub id: String,
    /// Headline.
    pub title: String,
    /// Who wrote it.
    pub authors: Vec<Author>,
    /// The outlet.
    pub outlet: Option<String>,
    /// When it was published.
    pub date: Option<When>,
    /// Address.
    pub url: Option<String>,
    /// Language code.
    pub language: Option<String>,
    /// Section.
    pub section: Option<String>,
    /// The passages, on one line.
    pub excerpt: String,
    /// Where it is and how it was found.
    pub note: String,
}

/// Gives entries their keys: an article may stand in an archive more than once, and be found by several passages.
#[derive(Debug, Default)]
pub struct Keys(FxHashMap<u64, u32>);

impl Keys {
    /// The entry of a hit that `query` found; an empty query for a citation alone.
    pub fn reference(&mut self, hit: Hit<'_>, query: &str) -> Reference {
        let source = hit.source();
        let clean = |text: &Option<String>| text.as_deref().map(|text| plain(text.trim()).into_owned());
        let record = source.record.map_or(String::new(), |record| format!(", record {record}"));
        let mut note = format!("{}:{}{record}; newsidx {}", plain(&source.path), hit.line(), source.id);
        if !query.is_empty() {
            note.push_str(&format!("; found by: {}", plain(query)));
        }
        if let Hit::Quote(quote) = hit {
            let who = quote.speaker.as_deref().or(quote.said_by.as_deref()).unwrap_or("unknown");
            note.push_str(&format!("; said by: {} ({})", plain(who), plain(&quote.how())));
        } else if let Some(who) = hit.speaker() {
            note.push_str(&format!("; said by: {}", plain(who)));
        }
        let (authors, rest) = source.byline.as_deref().map_or_else(Default::default, |byline| authors(&plain(byline)));
        if !rest.is_empty() {
            note.push_str(&format!("; byline: {}", rest.join(", ")));
        }
        let passages: Vec<String> = hit.passages().into_iter().map(|(text, _)| plain(&text).into_owned()).collect();
        let date = source.date.as_ref().map(|date| date.when);
        Reference {
            key: self.key(&source.id, source.source.as_deref(), date),
            id: source.id.clone(),
            title: clean(&source.title).unwrap_or_else(|| "(no headline)".to_owned()),
            authors,
            outlet: clean(&source.source),
            date,
            url: source.url.as_deref().and_then(super::safe_url),
            language: clean(&source.language),
            section: clean(&source.section),
            excerpt: passages.join(" … "),
            note,
        }
    }

    /// `northernwire2022-6fbda0a3`, with a number behind it from the second on.
    fn key(&mut self, id: &str, outlet: Option<&str>, date: Option<When>) -> String {
        let slug: String = outlet
            .unwrap_or("article")
            .chars()
            .filter(char::is_ascii_alphanumeric)
            .map(|c| c.to_ascii_lowercase())
            .take(16)
            .collect();
        let slug = if slug.is_empty() { "article" } else { &slug };
        let year = date.map_or(String::new(), |date| format!("{:04}", date.first.year()));
        let key = format!("{slug}{year}-{}", id.get(..8).unwrap_or(id));
        let count = self.0.entry(xxh3_64(key.as_bytes())).or_insert(0);
        *count += 1;
        if *count == 1 { key } else { format!("{key}-{count}") }
    }
}

impl std::fmt::Display for Reference {
    /// As a line of running text: author, title, outlet, date, address, and where it is.
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let authors: Vec<String> = self
            .authors
            .iter()
            .map(|author| match author {
                Author::Person { family, given } => format!("{family}, {given}"),
                Author::Literal(text) => text.clone(),
            })
            .collect();
        if !authors.is_empty() {
            write!(f, "{}: ", authors.join("; "))?;
        }
        write!(f, "“{}”", self.title)?;
        if let Some(outlet) = &self.outlet {
            write!(f, ". {outlet}")?;
        }
        match self.date {
            Some(date) => write!(f, ", {date}.")?,
            None => f.write_str(", undated.")?,
        }
        if let Some(url) = &self.url {
            write!(f, " {url}")?;
        }
        write!(f, " ({})", self.note)
    }
}

/// Words that no person is called, but desks, agencies and offices are.
const NO_NAME: &[&str] = &[
    "agency",
    "agencies",
    "associated",
    "bureau",
    "chief",
    "correspondent",
    "desk",
    "editor",
    "editorial",
    "from",
    "in",
    "journal",
    "magazine",
    "media",
    "monitor",
    "network",
    "news",
    "newspaper",
    "office",
    "post",
    "press",
    "radio",
    "reporter",
    "reporters",
    "service",
    "staff",
    "team",
    "times",
    "tribune",
    "with",
    "wire",
    "writer",
    "writers",
];
/// Words that belong to the family name behind them.
const PARTICLES: &[&str] =
    &["al", "bin", "da", "de", "del", "der", "di", "du", "el", "la", "le", "ten", "ter", "van", "von"];

/// The authors of a byline, and the parts of it that name none.
fn authors(byline: &str) -> (Vec<Author>, Vec<String>) {
    let joined = [" and ", " & ", ";"].iter().fold(byline.to_owned(), |text, joint| text.replace(joint, ", "));
    let parts: Vec<&str> = joined.split(',').map(str::trim).filter(|part| !part.is_empty()).collect();
    let persons: Vec<Option<Author>> = parts.iter().map(|part| person(part)).collect();
    if persons.iter().all(Option::is_none) {
        return (vec![Author::Literal(byline.trim().to_owned())], Vec::new());
    }
    let rest = parts.iter().zip(&persons).filter(|(_, person)| person.is_none()).map(|(part, _)| (*part).to_owned());
    let rest = rest.collect();
    (persons.into_iter().flatten().collect(), rest)
}

/// A person's name: two to five words, each with a capital, none that only a desk or an agency has.
fn person(text: &str) -> Option<Author> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let is_particle = |word: &str| PARTICLES.contains(&word.to_lowercase().as_str());
    let named = |word: &&str| {
        let first = word.chars().next().is_some_and(char::is_uppercase);
        let short = word.chars().count() <= 2 || word.ends_with('.');
        (first && (short || word.chars().any(char::is_lowercase))) || is_particle(word)
    };
    let fits = (2..=5).contains(&words.len()) && words.iter().all(named);
    if !fits || words.iter().any(|word| NO_NAME.contains(&word.to_lowercase().as_str())) {
        return None;
    }
    let mut at = words.len() - 1;
    while at > 1 && is_particle(words[at - 1]) {
        at -= 1;
    }
    Some(Author::Person { family: words[at..].join(" "), given: words[..at].join(" ") })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(byline: &str) -> String {
        let (authors, rest) = authors(byline);
        let names = authors.iter().map(|author| match author {
            Author::Person { family, given } => format!("{family}|{given}"),
            Author::Literal(text) => format!("[{text}]"),
        });
        names.chain(rest.iter().map(|rest| format!("-{rest}"))).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn bylines_are_persons_only_where_that_is_sure() {
        for (byline, expected) in [
            ("Anna Smith", "Smith|Anna"),
            ("Anna M. Smith and Piet van der Berg", "Smith|Anna M. van der Berg|Piet"),
            ("Anna Smith, Diplomatic Correspondent", "Smith|Anna -Diplomatic Correspondent"),
            ("Northern Wire Staff", "[Northern Wire Staff]"),
            ("AFP", "[AFP]"),
            ("Анна Смирнова", "Смирнова|Анна"),
            ("our own reporters", "[our own reporters]"),
        ] {
            assert_eq!(shown(byline), expected, "{byline}");
        }
    }

    #[test]
    fn keys_never_repeat() {
        let mut keys = Keys::default();
        let date = "2022-01".parse().ok();
        assert_eq!(keys.key("6fbda0a3deadbeef", Some("The Post!"), date), "thepost2022-6fbda0a3");
        assert_eq!(keys.key("6fbda0a3deadbeef", Some("The Post!"), date), "thepost2022-6fbda0a3-2");
        assert_eq!(keys.key("6fbda0a3deadbeef", Some("Газета"), None), "article-6fbda0a3");
    }
}
