//! What the searching commands share: the query with the conditions of flags, its notes, its page.

use std::io::{self, IsTerminal};
use std::path::Path;

use anyhow::{Result, bail};

use crate::cli::{DupsArg, Filters, Listing, SortBy};
use crate::engine::local::Local;
use crate::engine::{Dups, Engine, Request, Sort};
use crate::field::Field;
use crate::index::archive;
use crate::names::taught;
use crate::output::{plain, text};
use crate::query::ast::{DateRange, NodeKind};
use crate::query::parse::column;
use crate::query::{Node, Parsed, QueryError, dates, parse, plan};
use crate::results::{Found, Suggestion};

/// A query that was read.
pub(super) struct Read {
    /// As typed.
    pub(super) text: String,
    /// The tree, conditions of flags included.
    pub(super) root: Node,
    /// Notes, each with its column.
    pub(super) notes: Vec<String>,
}

/// Hits printed on a terminal unless told otherwise.
const SCREEN: usize = 20;

pub(super) fn open(index: Option<&Path>) -> Result<Local> {
    Local::open(&archive::locate(index))
}

/// The archive, set up as the flags of a search say.
pub(super) fn engine(index: Option<&Path>, filters: &Filters) -> Result<Local> {
    let engine = open(index)?;
    for (line, reason) in &engine.taught().mistakes {
        anstream::eprintln!("note: {}:{line}: {reason}", taught::FILE);
    }
    Ok(if filters.no_alias { engine.without_aliases() } else { engine })
}

/// Says on stderr in which other spellings names were looked for: of answers that have no line for it.
pub(super) fn say_spelt(engine: &impl Engine, query: &Node) -> Result<()> {
    if let Some(also) = text::also_searched(&engine.spelt(query)?) {
        anstream::eprintln!("note: {}", plain(&also));
    }
    Ok(())
}

/// Reads the query and the flags, printing what could surprise on stderr.
pub(super) fn read(words: &[String], filters: &Filters, strict: bool) -> Result<Read> {
    let text = words.join(" ");
    let today = today();
    let Parsed { root, notes } = parse(&text, today)?;
    let notes: Vec<String> =
        notes.iter().map(|note| format!("column {}: {}", column(&text, note.span.start), note.text)).collect();
    if strict && !notes.is_empty() {
        bail!("query, {}", notes.join("\nquery, "));
    }
    for note in &notes {
        anstream::eprintln!("note: query, {}", plain(note));
    }
    // What cannot be run is said of the query as typed, before flags add to it.
    plan::plan(&root).map_err(|error| QueryError {
        query: text.clone(),
        span: error.span,
        message: error.message,
        help: None,
    })?;
    let conditions = conditions(filters, today)?;
    let root = conditions.into_iter().fold(root, Node::and);
    Ok(Read { text, root, notes })
}

/// The day that "yesterday" is counted from.
pub(super) fn today() -> jiff::civil::Date {
    jiff::ZonedDateTime::now().date()
}

/// The page that a listing asks for.
pub(super) fn request(query: Node, listing: &Listing, passages: usize, sure: f32) -> Request {
    let screen = !listing.all && !listing.json && io::stdout().is_terminal();
    Request {
        query,
        sort: match listing.sort {
            SortBy::Relevance => Sort::Relevance,
            SortBy::Date => Sort::Date,
            SortBy::DateDescending => Sort::DateDescending,
        },
        offset: listing.offset,
        limit: listing.limit.or(screen.then_some(SCREEN)),
        passages,
        sure,
        dups: match listing.dups {
            DupsArg::Show => Dups::Show,
            DupsArg::Fold => Dups::Fold,
            DupsArg::First => Dups::First,
            DupsArg::Longest => Dups::Longest,
        },
    }
}

/// The words for an order.
pub(super) fn order(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "by relevance",
        Sort::Date => "oldest first",
        Sort::DateDescending => "newest first",
    }
}

fn conditions(filters: &Filters, today: jiff::civil::Date) -> Result<Vec<Node>> {
    let mut nodes = Vec::new();
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
    let ranges = filters.date.iter().map(|text| match dates::range(text, today) {
        Some(range) => Ok(date(range)),
        None => bail!("--date wants a day, month, year or range, as in --date 2022-01..2022-03; `{text}` is none"),
    });
    nodes.extend(any(ranges.collect::<Result<_>>()?));
    let named = [
        ("source", &filters.source),
        ("speaker", &filters.speaker),
        ("place", &filters.place),
        ("lang", &filters.lang),
    ];
    for (field, values) in named {
        nodes.extend(values_of(field, values, today)?);
    }
    Ok(nodes)
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

/// The values of one flag: any of those without `!`, none of those with.
fn values_of(field: &str, values: &[String], today: jiff::civil::Date) -> Result<Vec<Node>> {
    let (mut wanted, mut rest) = (Vec::new(), Vec::new());
    for value in values {
        let (not, name) = match value.strip_prefix('!') {
            Some(name) => (true, name),
            None => (false, value.as_str()),
        };
        let quoted = matches!(field, "source" | "lang") || name.starts_with('=');
        let name = name.replace(['"', '(', ')'], " ");
        let text = if quoted { format!("{field}:\"{name}\"") } else { format!("{field}:({name})") };
        let node = parse(&text, today)?.root;
        match not {
            true => rest.push(Node::new(NodeKind::Not(Box::new(node)), 0..0)),
            false => wanted.push(node),
        }
    }
    rest.extend(any(wanted));
    Ok(rest)
}

/// Says on stderr that nothing was found, and how many articles each part has alone.
pub(super) fn nothing(engine: &impl Engine, query: &Node) -> Result<()> {
    anstream::eprintln!("nothing found");
    suggest(engine, query)?;
    let NodeKind::And(parts) = &query.kind else { return Ok(()) };
    for part in parts {
        let request = Request {
            query: part.clone(),
            sort: Sort::Date,
            offset: 0,
            limit: Some(0),
            passages: 0,
            sure: 0.0,
            dups: Dups::Show,
        };
        let alone = engine.articles(&request)?.total;
        anstream::eprintln!("  {:>8}  {}", text::grouped(alone), plain(&part.to_string()));
    }
    Ok(())
}

/// Says on stderr what may have been meant by words that the archive does not have.
pub(super) fn suggest(engine: &impl Engine, query: &Node) -> Result<()> {
    for Suggestion { word, meant } in engine.suggest(query)? {
        let meant: Vec<String> = meant.iter().map(|word| format!("`{word}`")).collect();
        anstream::eprintln!("no article has `{}`; did you mean {}?", plain(&word), plain(&meant.join(" or ")));
    }
    Ok(())
}

/// Says on stderr that there are more hits than were printed.
pub(super) fn more<Hit>(found: &Found<Hit>, request: &Request) {
    let shown = (request.offset + found.hits.len()) as u64;
    if shown < found.total {
        anstream::eprintln!(
            "\n{} more; --offset {shown} goes on, --all prints all",
            text::grouped(found.total - shown)
        );
    }
}
