//! What the searching commands share: the query with the conditions of flags and saved queries, and its notes.

use std::io;
use std::path::Path;

use anyhow::{Context, Result, bail};
use jiff::tz::TimeZone;

use super::saved::Shelf;
use super::session::Session;
use crate::cli::{Filters, Matching, Syntax, Trust};
use crate::engine::local::Local;
use crate::engine::{Engine, Request};
use crate::field::{self, Field};
use crate::names::taught;
use crate::output::paint::{Paint, Piece, Role};
use crate::output::{plain, text};
use crate::query::ast::{DateRange, NodeKind};
use crate::query::parse::column;
use crate::query::{
    Blank, Node, Options, Parsed, QueryError, Word, dates, dialect, parse, parse_as, plan, with_removed,
};
use crate::results::{Spelt, Suggestion};
use crate::text::fold;

/// A query that was read.
#[derive(Debug, Clone)]
pub(super) struct Read {
    /// As typed.
    pub(super) text: String,
    /// The tree, conditions of flags included.
    pub(super) root: Node,
    /// The same, printed in the query language.
    pub(super) read_as: String,
    /// Conditions of flags.
    pub(super) filters: Filters,
    /// Notes, each with its column.
    pub(super) notes: Vec<String>,
}

/// Reads the query and the flags, printing what could surprise on stderr.
pub(super) fn read(session: &Session, words: &[String], filters: &Filters, strict: bool) -> Result<Read> {
    read_on(session, &words.join(" "), filters, strict, today())
}

/// The archive, set up as the flags of a search say.
pub(super) fn engine(session: &Session, filters: &Filters) -> Result<Local> {
    let engine = session.open()?;
    for (line, reason) in &engine.taught().mistakes {
        anstream::eprintln!("note: {}:{line}: {reason}", taught::FILE);
    }
    Ok(if filters.no_alias || filters.matching.exact { engine.without_aliases() } else { engine })
}

/// Says on stderr in which other spellings names were looked for: of answers that have no line for it.
pub(super) fn say_spelt(engine: &impl Engine, query: &Node) -> Result<()> {
    say(&engine.spelt(query)?);
    Ok(())
}

/// The same, of spellings that are known.
pub(super) fn say(spelt: &[Spelt]) {
    if let Some(also) = text::also_searched(spelt) {
        note(&also);
    }
}

/// Says something on stderr, wrapped where that is a terminal.
pub(super) fn note(text: &str) {
    const HEAD: &str = "note: ";
    let text = plain(text);
    let columns = terminal_size::terminal_size_of(io::stderr()).map(|(width, _)| usize::from(width.0));
    let mut wrapped = Vec::new();
    let piece = Piece { text: text.to_string(), marked: false };
    let done = columns.map(|width| Paint::plain(width).wrapped_behind(&mut wrapped, HEAD.len(), Role::Text, &[piece]));
    match done {
        Some(Ok(())) => anstream::eprint!("{HEAD}{}", String::from_utf8_lossy(&wrapped)),
        _ => anstream::eprintln!("{HEAD}{text}"),
    }
}

/// The same as if today were `today`.
pub(super) fn read_on(
    session: &Session,
    text: &str,
    filters: &Filters,
    strict: bool,
    today: jiff::civil::Date,
) -> Result<Read> {
    let texts = texts(text, &filters.matching)?;
    let many = texts.len() > 1;
    let (mut nodes, mut notes) = (Vec::new(), Vec::new());
    for one in &texts {
        let Parsed { root, notes: more } = read_one(one, &filters.matching, today)?;
        let of = if many { format!("`{one}`, ") } else { String::new() };
        notes.extend(more.iter().map(|note| format!("{of}column {}: {}", column(one, note.span.start), note.text)));
        let root = with_saved(root, one, &session.dir(), today)?;
        // What cannot be run is said of the query as typed, before flags add to it.
        plan::plan(&root).map_err(|error| QueryError {
            query: one.clone(),
            span: error.span,
            message: error.message,
            help: None,
        })?;
        nodes.push(root);
    }
    if strict && !notes.is_empty() {
        bail!("query, {}", notes.join("\nquery, "));
    }
    for note in &notes {
        self::note(&format!("query, {note}"));
    }
    let text =
        if many { texts.iter().map(|one| format!("({one})")).collect::<Vec<_>>().join(" OR ") } else { texts.concat() };
    let root = any(nodes).unwrap_or_else(|| Node::new(NodeKind::All, 0..0));
    let root = if filters.matching.with_boilerplate { with_removed(root) } else { root };
    let root = conditions(filters, today)?.into_iter().fold(root, Node::and);
    Ok(Read { text, read_as: root.to_string(), root, filters: filters.clone(), notes })
}

/// The queries that were given: as words, with `-e`, and the lines of files with `-f`.
fn texts(words: &str, matching: &Matching) -> Result<Vec<String>> {
    let given = !matching.expressions.is_empty() || !matching.query_files.is_empty();
    let mut texts: Vec<String> = Vec::new();
    texts.extend((!given || !words.is_empty()).then(|| words.to_owned()));
    texts.extend(matching.expressions.iter().cloned());
    for file in &matching.query_files {
        texts.extend(lines(file)?);
    }
    if texts.is_empty() {
        bail!("there is no query in the file");
    }
    Ok(texts)
}

/// The lines of a file of queries, empty ones left out.
fn lines(file: &Path) -> Result<Vec<String>> {
    let text = if file == Path::new("-") {
        std::io::read_to_string(std::io::stdin()).context("failed to read queries from standard input")?
    } else {
        std::fs::read_to_string(file).with_context(|| format!("failed to read queries from {}", file.display()))?
    };
    let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.map(str::to_owned).collect())
}

/// One query in the language that was asked for.
fn read_one(text: &str, matching: &Matching, today: jiff::civil::Date) -> Result<Parsed, QueryError> {
    let blank = match (matching.any, matching.phrase) {
        (true, _) => Blank::Or,
        (_, true) => Blank::Phrase,
        _ => Blank::And,
    };
    let (no_stem, cased) = (matching.no_stem || matching.exact, matching.case_sensitive || matching.exact);
    let options = Options { today, blank, no_stem, cased };
    match matching.syntax {
        Syntax::Native => parse_as(text, options),
        Syntax::Lexis => dialect::parse(text, dialect::System::Lexis, options),
        Syntax::Factiva => dialect::parse(text, dialect::System::Factiva, options),
        Syntax::Proquest => dialect::parse(text, dialect::System::ProQuest, options),
    }
}

/// The day that "yesterday" is counted from.
pub(super) fn today() -> jiff::civil::Date {
    jiff::Timestamp::now().to_zoned_datetime(zone_of_machine().unwrap_or_else(TimeZone::system)).date()
}

/// The time zone of the machine as its one file has it; `None` where it is told otherwise. To look it up by its name lists all
/// zones there are, a tenth of the work of a query.
fn zone_of_machine() -> Option<TimeZone> {
    if std::env::var_os("TZ").is_some() {
        return None;
    }
    TimeZone::tzif("local", &std::fs::read("/etc/localtime").ok()?).ok()
}

/// The tree with every `query:NAME` replaced by what is saved under that name.
fn with_saved(root: Node, text: &str, dir: &Path, today: jiff::civil::Date) -> Result<Node> {
    if !has_saved(&root) {
        return Ok(root);
    }
    let shelf = Shelf::open(dir)?;
    unfolded(root, text, &shelf, today, &mut Vec::new())
}

/// Whether a saved query can be read as the shelf is now: it must not name itself, by whatever way.
pub(super) fn closes(shelf: &Shelf, name: &str) -> Result<()> {
    let text = format!("query:{name}");
    unfolded(parse(&text, today())?.root, &text, shelf, today(), &mut Vec::new()).map(|_| ())
}

fn has_saved(node: &Node) -> bool {
    matches!(node.kind, NodeKind::In(Field::Saved, _)) || children(node).into_iter().any(has_saved)
}

pub(super) fn children(node: &Node) -> Vec<&Node> {
    match &node.kind {
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter().collect(),
        NodeKind::Near(near) => vec![&near.left, &near.right],
        NodeKind::Not(inner)
        | NodeKind::In(_, inner)
        | NodeKind::Within(_, inner)
        | NodeKind::AtLeast(_, inner)
        | NodeKind::Case(_, inner)
        | NodeKind::Boost(_, inner) => vec![inner],
        _ => Vec::new(),
    }
}

fn children_mut(node: &mut Node) -> Vec<&mut Node> {
    match &mut node.kind {
        NodeKind::And(nodes) | NodeKind::Or(nodes) => nodes.iter_mut().collect(),
        NodeKind::Near(near) => vec![&mut near.left, &mut near.right],
        NodeKind::Not(inner)
        | NodeKind::In(_, inner)
        | NodeKind::Within(_, inner)
        | NodeKind::AtLeast(_, inner)
        | NodeKind::Case(_, inner)
        | NodeKind::Boost(_, inner) => vec![inner],
        _ => Vec::new(),
    }
}

/// `open` are the names being replaced, which must not name themselves.
fn unfolded(
    mut node: Node,
    text: &str,
    shelf: &Shelf,
    today: jiff::civil::Date,
    open: &mut Vec<String>,
) -> Result<Node> {
    let NodeKind::In(Field::Saved, inner) = &node.kind else {
        for child in children_mut(&mut node) {
            let taken = std::mem::replace(child, Node::new(NodeKind::All, 0..0));
            *child = unfolded(taken, text, shelf, today, open)?;
        }
        return Ok(node);
    };
    let name = match &inner.kind {
        NodeKind::Word(word) => word.text().to_lowercase(),
        _ => String::new(),
    };
    let error = |message: String, help: Option<String>| {
        anyhow::Error::from(QueryError { query: text.to_owned(), span: node.span.clone(), message, help })
    };
    let Some(saved) = shelf.queries.get(&name) else {
        let near = field::nearest_of(&name, shelf.queries.keys().map(String::as_str));
        let help = near.map_or_else(
            || "`newsidx saved list` has those that are, `newsidx saved add` saves one".to_owned(),
            |near| format!("did you mean query:{near}?"),
        );
        return Err(error(format!("no query is saved as `{name}`"), Some(help)));
    };
    if open.contains(&name) {
        return Err(error(format!("the saved query `{name}` names itself"), None));
    }
    open.push(name.clone());
    let parsed =
        parse(&saved.query, today).map_err(|inner| error(format!("saved query `{name}`: {}", inner.message), None))?;
    let mut root = unfolded(parsed.root, text, shelf, today, open)?;
    root = conditions(&saved.filters, today)?.into_iter().fold(root, Node::and);
    open.pop();
    respan(&mut root, &node.span);
    Ok(root)
}

/// Makes a tree stand at `span`, all of it.
fn respan(node: &mut Node, span: &std::ops::Range<usize>) {
    node.span.clone_from(span);
    children_mut(node).into_iter().for_each(|child| respan(child, span));
}

/// The conditions that flags add.
fn conditions(filters: &Filters, today: jiff::civil::Date) -> Result<Vec<Node>> {
    let mut nodes = Vec::new();
    for (flag, value) in [("since", &filters.since), ("until", &filters.until)] {
        if let Some(day) = value.as_deref().and_then(|value| value.strip_prefix('!')) {
            bail!("--{flag} takes no `!`; --date '!{day}' leaves a day, month or year out");
        }
    }
    if let Some(since) = &filters.since {
        let Some(DateRange::Between(Some(first), _)) = dates::range(since, today) else {
            bail!("--since wants a day, month or year, as in --since 2022-01; `{since}` is none");
        };
        nodes.push(date(DateRange::Between(Some(first), None)));
    }
    if let Some(until) = &filters.until {
        let Some(DateRange::Between(_, Some(last))) = dates::range(until, today) else {
            bail!("--until wants a day, month or year, as in --until 2022-01; `{until}` is none");
        };
        nodes.push(date(DateRange::Between(None, Some(last))));
    }
    nodes.extend(wanted(&filters.date, |text| match dates::range(text, today) {
        Some(range) => Ok(date(range)),
        None => bail!("--date wants a day, month, year or range, as in --date 2022-01..2022-03; `{text}` is none"),
    })?);
    nodes.extend(wanted(&filters.words, |range| match parse(&format!("words:{range}"), today) {
        Ok(Parsed { root: node @ Node { kind: NodeKind::Number(..), .. }, .. }) => Ok(node),
        _ => bail!("--words wants a number or a range, as in --words '>500'; `{range}` is none"),
    })?);
    match filters.trust_date {
        Some(Trust::High) => nodes.push(parse("date-trust:high", today)?.root),
        Some(Trust::Medium) => nodes.push(parse("date-trust:(high OR medium)", today)?.root),
        Some(Trust::Low) => nodes.push(parse("has:date", today)?.root),
        None => {}
    }
    let named = [
        ("source", &filters.source),
        ("speaker", &filters.speaker),
        ("person", &filters.person),
        ("org", &filters.org),
        ("place", &filters.place),
        ("lang", &filters.lang),
        ("section", &filters.section),
    ];
    for (field, values) in named {
        nodes.extend(wanted(values, |name| named_in(field, name, today))?);
    }
    nodes.extend(wanted(&filters.glob, |glob| {
        let pattern = path_pattern(glob).map_err(|error| anyhow::anyhow!("--glob {glob}: {error}"))?;
        let word = Node::new(NodeKind::Word(Word::Regex(pattern)), 0..0);
        Ok(Node::new(NodeKind::In(Field::Path, Box::new(word)), 0..0))
    })?);
    Ok(nodes)
}

/// The values of one flag: any of those without `!`, none of those with.
fn wanted(values: &[String], node: impl Fn(&str) -> Result<Node>) -> Result<Vec<Node>> {
    let (mut any_of, mut rest) = (Vec::new(), Vec::new());
    for value in values {
        match value.strip_prefix('!') {
            Some(not) => rest.push(Node::new(NodeKind::Not(Box::new(node(not)?)), 0..0)),
            None => any_of.push(node(value)?),
        }
    }
    rest.extend(any(any_of));
    Ok(rest)
}

fn named_in(field: &str, name: &str, today: jiff::civil::Date) -> Result<Node> {
    let quoted = matches!(field, "source" | "lang" | "section") || name.starts_with('=');
    let name = name.replace(['"', '(', ')'], " ");
    let text = if quoted { format!("{field}:\"{name}\"") } else { format!("{field}:({name})") };
    Ok(parse(&text, today)?.root)
}

/// The regular expression of a glob over folded paths, in ripgrep's reading: a glob without a slash is about the file's
/// name in any folder.
fn path_pattern(glob: &str) -> Result<String, String> {
    let folded = fold(glob.trim_start_matches("./").trim_start_matches('/'));
    let mut out = if folded.contains('/') { String::new() } else { "(?:.*/)?".to_owned() };
    let mut chars = folded.chars().peekable();
    let mut braces = 0;
    while let Some(c) = chars.next() {
        match c {
            '*' if chars.peek() == Some(&'*') => {
                chars.next();
                match chars.next_if_eq(&'/') {
                    Some(_) => out.push_str("(?:.*/)?"),
                    None => out.push_str(".*"),
                }
            }
            '*' => out.push_str("[^/]*"),
            '?' => out.push_str("[^/]"),
            '{' => {
                braces += 1;
                out.push_str("(?:");
            }
            '}' if braces > 0 => {
                braces -= 1;
                out.push(')');
            }
            ',' if braces > 0 => out.push('|'),
            '[' => {
                let class: String = chars.by_ref().take_while(|c| *c != ']').collect();
                let (not, letters) = match class.strip_prefix(['!', '^']) {
                    Some(letters) => ("^", letters),
                    None => ("", class.as_str()),
                };
                let letters = letters.replace('\\', "\\\\").replace('[', "\\[").replace('^', "\\^");
                out.push_str(&format!("[{not}{letters}]"));
            }
            c if c.is_alphanumeric() || c == '/' => out.push(c),
            c => out.push_str(&format!("\\x{{{:x}}}", c as u32)),
        }
    }
    if braces > 0 {
        return Err("a { is not closed".to_owned());
    }
    crate::query::pattern::check_regex(&out)?;
    Ok(out)
}

fn date(range: DateRange) -> Node {
    Node::new(NodeKind::Date(Field::Date, range), 0..0)
}

fn any(mut nodes: Vec<Node>) -> Option<Node> {
    match nodes.len() {
        0 | 1 => nodes.pop(),
        _ => Some(Node::new(NodeKind::Or(nodes), 0..0)),
    }
}

/// Says on stderr that nothing was found, and how many articles each part has alone.
pub(super) fn nothing(engine: &impl Engine, query: &Node, quotes: bool) -> Result<()> {
    anstream::eprintln!("nothing found");
    suggest(engine, query)?;
    let parts: &[Node] = if let NodeKind::And(parts) = &query.kind { parts } else { std::slice::from_ref(query) };
    let mut with_hits = 0;
    for part in parts {
        let request = Request::totals(part.clone());
        let alone = if quotes { engine.quotes(&request)?.totals } else { engine.articles(&request)?.totals };
        with_hits += usize::from(alone.total > 0);
        if parts.len() > 1 {
            anstream::eprintln!("  {:>8}  {}", text::grouped(alone.total), plain(&part.to_string()));
        }
    }
    if parts.len() > 1 && with_hits > 0 {
        anstream::eprintln!("--any finds what has any of the words");
    }
    Ok(())
}

/// Says on stderr what may have been meant by words that the archive does not have.
fn suggest(engine: &impl Engine, query: &Node) -> Result<()> {
    for Suggestion { word, meant } in engine.suggest(query)? {
        let meant: Vec<String> = meant.iter().map(|word| format!("`{word}`")).collect();
        anstream::eprintln!("no article has `{}`; did you mean {}?", plain(&word), plain(&meant.join(" or ")));
    }
    Ok(())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn globs_are_read_as_ripgrep_reads_them() {
        let fits = |glob: &str, path: &str| {
            let word = Word::Regex(path_pattern(glob).unwrap());
            crate::query::pattern::Pattern::new(&word).unwrap().matches(&fold(path))
        };
        for (glob, yes, no) in [
            ("*.html", "reuters/2022/a.html", "reuters/a.htm"),
            ("reuters/*", "reuters/a.html", "reuters/2022/a.html"),
            ("reuters/**", "reuters/2022/a.html", "afp/a.html"),
            ("**/01/*.{txt,md}", "2022/01/a.md", "2022/02/a.md"),
            ("a?[0-9].txt", "x/ab7.txt", "abc.txt"),
            ("A (1).TXT", "a (1).txt", "a 1.txt"),
            ("[!a].txt", "b.txt", "a.txt"),
        ] {
            assert!(fits(glob, yes), "{glob} {yes}");
            assert!(!fits(glob, no), "{glob} {no}");
        }
        assert!(path_pattern("{a").is_err());
    }
}
