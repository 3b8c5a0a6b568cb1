//! What the searching commands share: the query with the conditions of flags, its notes, its page.

use std::io::{self, IsTerminal};
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::cli::{DupsArg, Filters, Listing, Matching, SortBy, Syntax, Trust};
use crate::engine::local::Local;
use crate::engine::{Dups, Engine, Request, Sort};
use crate::field::Field;
use crate::index::archive;
use crate::names::taught;
use crate::output::{plain, text};
use crate::query::ast::{DateRange, NodeKind};
use crate::query::parse::column;
use crate::query::{Blank, Node, Options, Parsed, QueryError, dates, dialect, parse, parse_as, plan};
use crate::results::{Found, Spelt};

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
pub(super) fn engine(index: Option<&Path>, matching: &Matching) -> Result<Local> {
    let engine = open(index)?;
    for (line, reason) in &engine.taught().mistakes {
        anstream::eprintln!("note: {}:{line}: {reason}", taught::FILE);
    }
    Ok(if matching.no_alias || matching.exact { engine.without_aliases() } else { engine })
}

/// Says on stderr in which other spellings names were looked for: of answers that have no line for it.
pub(super) fn say_spelt(engine: &impl Engine, query: &Node) -> Result<()> {
    say(&engine.spelt(query)?);
    Ok(())
}

/// Says on stderr in which other spellings names were looked for.
pub(super) fn say(spelt: &[Spelt]) {
    if let Some(also) = text::also_searched(spelt) {
        anstream::eprintln!("note: {}", plain(&also));
    }
}

/// Reads the query and the flags, printing what could surprise on stderr.
pub(super) fn read(words: &[String], filters: &Filters, matching: &Matching) -> Result<Read> {
    let today = today();
    let mut texts: Vec<String> = Vec::new();
    texts.extend((!words.is_empty()).then(|| words.join(" ")));
    texts.extend(matching.expressions.iter().cloned());
    for file in &matching.files {
        texts.extend(lines(file)?);
    }
    let given = !matching.expressions.is_empty() || !matching.files.is_empty();
    if given && texts.is_empty() {
        bail!("there is no query in the file");
    }
    let many = texts.len() > 1;
    let (mut nodes, mut notes) = (Vec::new(), Vec::new());
    for text in &texts {
        let Parsed { root, notes: more } = read_one(text, matching, today)?;
        notes.extend(more.iter().map(|note| {
            let column = column(text, note.span.start);
            let of = if many { format!(" `{text}`") } else { String::new() };
            format!("query{of}, column {column}: {}", note.text)
        }));
        // What cannot be run is said of the query as typed, before flags add to it.
        let whole = |error: plan::PlanError| QueryError {
            query: text.clone(),
            span: error.span,
            message: error.message,
            help: None,
        };
        plan::plan(&root).map_err(whole)?;
        nodes.push(root);
    }
    if matching.strict && !notes.is_empty() {
        bail!("{}", notes.join("\n"));
    }
    for note in &notes {
        anstream::eprintln!("note: {}", plain(note));
    }
    let root = any(nodes).unwrap_or_else(|| Node::new(NodeKind::All, 0..0));
    let root = conditions(filters, today)?.into_iter().fold(root, Node::and);
    let text = if many {
        texts.iter().map(|text| format!("({text})")).collect::<Vec<_>>().join(" OR ")
    } else {
        texts.concat()
    };
    Ok(Read { text, root, notes })
}

/// One query in the language that was asked for.
fn read_one(text: &str, matching: &Matching, today: jiff::civil::Date) -> Result<Parsed, QueryError> {
    let blank = match (matching.any, matching.phrase) {
        (true, _) => Blank::Or,
        (_, true) => Blank::Phrase,
        _ => Blank::And,
    };
    let options = Options {
        today,
        blank,
        no_stem: matching.no_stem || matching.exact,
        cased: matching.case_sensitive || matching.exact,
    };
    match matching.syntax {
        Syntax::Native => parse_as(text, options),
        Syntax::Lexis => dialect::parse(text, dialect::System::Lexis, options),
        Syntax::Factiva => dialect::parse(text, dialect::System::Factiva, options),
        Syntax::Proquest => dialect::parse(text, dialect::System::ProQuest, options),
    }
}

/// The lines of a file of queries, empty ones left out.
fn lines(file: &Path) -> Result<Vec<String>> {
    let text = if file == Path::new("-") {
        io::read_to_string(io::stdin()).context("failed to read queries from standard input")?
    } else {
        std::fs::read_to_string(file).with_context(|| format!("failed to read queries from {}", file.display()))?
    };
    let lines = text.trim_start_matches('\u{FEFF}').lines().map(str::trim).filter(|line| !line.is_empty());
    Ok(lines.map(str::to_owned).collect())
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
        count_mentions: false,
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
    let sizes = filters.words.iter().map(|range| match parse(&format!("words:{range}"), today) {
        Ok(Parsed { root: node @ Node { kind: NodeKind::Number(..), .. }, .. }) => Ok(node),
        _ => bail!("--words wants a number or a range, as in --words '>500'; `{range}` is none"),
    });
    nodes.extend(any(sizes.collect::<Result<_>>()?));
    match filters.trust_date {
        Some(Trust::High) => nodes.push(parse("date-trust:high", today)?.root),
        Some(Trust::Medium) => nodes.push(parse("date-trust:(high OR medium)", today)?.root),
        Some(Trust::Low) => nodes.push(parse("has:date", today)?.root),
        None => {}
    }
    let named = [
        ("source", &filters.source),
        ("speaker", &filters.speaker),
        ("place", &filters.place),
        ("lang", &filters.lang),
        ("section", &filters.section),
        ("path", &filters.glob),
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
        let quoted = matches!(field, "source" | "lang" | "section" | "path") || name.starts_with('=');
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

/// Says on stderr that nothing was found: which part has none, how many articles each has alone, what is spelt nearly
/// so, and what would find something.
pub(super) fn nothing(engine: &impl Engine, query: &Node, matching: &Matching) -> Result<()> {
    anstream::eprintln!("nothing found");
    let parts: &[Node] = if let NodeKind::And(parts) = &query.kind { parts } else { std::slice::from_ref(query) };
    let mut with_hits = 0;
    for part in parts {
        let alone = total(engine, part)?;
        with_hits += usize::from(alone > 0);
        if parts.len() > 1 {
            anstream::eprintln!("  {:>8}  {}", text::grouped(alone), plain(&part.to_string()));
        }
        let similar = if alone == 0 { engine.similar(part)? } else { Vec::new() };
        if !similar.is_empty() {
            let words: Vec<String> =
                similar.iter().map(|(word, count)| format!("{word} ({})", text::grouped(*count))).collect();
            anstream::eprintln!("            did you mean {}?", plain(&words.join(", ")));
        }
    }
    if parts.len() > 1 && with_hits > 0 && !matching.any {
        anstream::eprintln!("--any finds articles with any of the words");
    }
    Ok(())
}

/// How many articles match.
pub(super) fn total(engine: &impl Engine, query: &Node) -> Result<u64> {
    let request = Request {
        query: query.clone(),
        sort: Sort::Date,
        offset: 0,
        limit: Some(0),
        passages: 0,
        sure: 0.0,
        count_mentions: false,
        dups: Dups::Show,
    };
    Ok(engine.articles(&request)?.total)
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
