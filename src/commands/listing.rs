//! What the commands that list hits share: which hits, in what form, where to.

use std::io::{self, IsTerminal, Write};

use anyhow::{Result, anyhow, bail};

use super::search::{self, Read};
use super::session::Session;
use super::{Outcome, record, target};
use crate::cli::{Around, DupsArg, Listing, SortBy, What};
use crate::engine::local::Local;
use crate::engine::{Context, Dups, Engine, MentionRequest, Request, Side, Sort};
use crate::output::names::{Names, Once};
use crate::output::{Format, Head, Style, Writer, columns, json, mentions, text, writer};
use crate::query::Node;
use crate::results::{Hit, Kind, Mention, Passage, Source, Totals};

/// Characters around a mention where no screen decides.
const CHARACTERS: usize = 100;

/// What a command lists unless its flags say otherwise.
#[derive(Debug, Clone, Copy)]
pub(super) struct Usual {
    /// Whether its hits are quotations.
    pub(super) quotes: bool,
    /// Passages of each article.
    pub(super) passages: usize,
    /// For quotations: only those at least so sure.
    pub(super) sure: f32,
    /// Only what was first indexed after this moment.
    pub(super) indexed_after: Option<i64>,
    /// What becomes of copies.
    pub(super) dups: DupsArg,
    /// Hits, where none are asked for; `None` as many as a screen takes.
    pub(super) limit: Option<usize>,
    /// The words for the order, where it is not the usual one.
    pub(super) order: Option<&'static str>,
}

impl Usual {
    pub(super) fn new(session: &Session, quotes: bool, passages: Option<usize>) -> Usual {
        let passages = passages.unwrap_or(session.passages);
        Usual { quotes, passages, sure: 0.0, indexed_after: None, dups: DupsArg::Fold, limit: None, order: None }
    }
}

/// A listing as its flags ask for it, checked.
pub(super) struct Plan<'a> {
    session: &'a Session,
    listing: &'a Listing,
    usual: Usual,
    /// What is printed of a hit.
    what: What,
    /// What a hit is.
    kind: Kind,
    format: Format,
    style: Style,
}

impl<'a> Plan<'a> {
    /// Checks the flags of a listing against one another.
    pub(super) fn new(session: &'a Session, listing: &'a Listing, usual: Usual) -> Result<Plan<'a>> {
        let asked = if listing.files { Some(What::Files) } else { listing.output };
        let what = asked.unwrap_or(if usual.quotes { What::Quotes } else { What::Articles });
        let quotes = match what {
            What::Quotes => true,
            What::Articles | What::Mentions | What::Sentences => false,
            What::Files | What::Ids => usual.quotes,
        };
        let kind = match what {
            What::Mentions => Kind::Mention,
            What::Sentences => Kind::Sentence,
            _ if quotes => Kind::Quote,
            _ => Kind::Article,
        };
        let format = format(listing)?;
        if matches!(listing.sort, Some(SortBy::Left | SortBy::Right)) && kind != Kind::Mention {
            bail!("--sort left and right are for mentions: `newsidx mentions`, or --output mentions");
        }
        let bare = matches!(what, What::Files | What::Ids);
        if listing.null && !(bare && format == Format::Text) {
            bail!("-0 ends the names of --files and of --output ids; there are none here");
        }
        let fields = match what {
            What::Files => vec!["path".to_owned()],
            What::Ids => vec!["id".to_owned()],
            _ => listing.fields.clone(),
        };
        let usage = anyhow::Error::msg;
        let mut style = Style {
            paint: session.paint,
            columns: Vec::new(),
            keys: Vec::new(),
            whole_paths: to_file(listing) || !io::stdout().is_terminal(),
            bom: listing.bom,
        };
        match format {
            Format::Csv | Format::Tsv => style.columns = columns::choose(&fields, kind).map_err(usage)?,
            Format::Json | Format::Jsonl => {
                json::check_keys(&fields, kind).map_err(usage)?;
                style.keys = fields;
            }
            Format::Text if bare => {}
            _ if bare => bail!("names of files and ids can be written as text, jsonl, json, csv and tsv"),
            _ if !fields.is_empty() => {
                bail!("--fields chooses the columns of csv and tsv and the keys of jsonl and json")
            }
            _ => {}
        }
        Ok(Plan { session, listing, usual: Usual { quotes, ..usual }, what, kind, format, style })
    }

    pub(super) fn format(&self) -> Format {
        self.format
    }

    /// Whether the hits are quotations.
    pub(super) fn quotes(&self) -> bool {
        self.usual.quotes
    }

    /// Whether hits are rows of the text: as many as there are, whatever the screen takes.
    fn is_of_rows(&self) -> bool {
        matches!(self.kind, Kind::Mention | Kind::Sentence)
    }

    pub(super) fn request(&self, query: Node) -> Request {
        let listing = self.listing;
        let bare = matches!(self.what, What::Files | What::Ids);
        let people = self.format == Format::Text && !bare && !self.is_of_rows();
        let screen = people && !listing.all && !to_file(listing) && io::stdout().is_terminal();
        let usual = self.usual.limit.filter(|_| !listing.all).or(screen.then_some(self.session.limit));
        Request {
            sort: match listing.sort.unwrap_or(self.session.sort) {
                SortBy::Relevance => Sort::Relevance,
                SortBy::Date | SortBy::Left | SortBy::Right => Sort::Date,
                SortBy::DateDescending => Sort::DateDescending,
                SortBy::Source => Sort::Source,
            },
            offset: listing.offset,
            limit: listing.limit.or(usual),
            passages: if self.quotes() { 0 } else { self.usual.passages },
            context: match listing.context {
                None => Context::Usual,
                Some(Around::Number(sentences)) => Context::Sentences(sentences),
                Some(Around::Paragraph) => Context::Paragraph,
            },
            sure: self.usual.sure,
            count_mentions: !self.quotes() && !bare && self.kind != Kind::Sentence,
            indexed_after: self.usual.indexed_after,
            dups: match listing.dups.unwrap_or(self.dups()) {
                DupsArg::Show => Dups::Show,
                DupsArg::Fold => Dups::Fold,
                DupsArg::First => Dups::First,
                DupsArg::Longest => Dups::Longest,
            },
            ..Request::new(query)
        }
    }

    /// What becomes of copies unless a flag says otherwise: a mention is one in each of them.
    fn dups(&self) -> DupsArg {
        let every = self.is_of_rows() || matches!(self.what, What::Files | What::Ids);
        if every { DupsArg::Show } else { self.usual.dups }
    }

    /// Characters around a mention.
    fn characters(&self) -> usize {
        match self.listing.context {
            Some(Around::Number(characters)) => characters,
            Some(Around::Paragraph) => usize::MAX,
            None if self.format == Format::Text => self.session.paint.width,
            None => CHARACTERS,
        }
    }

    /// The writer over `out`.
    pub(super) fn writer<'w>(&self, out: &'w mut dyn Write) -> Box<dyn Writer + 'w> {
        match (self.what, self.format) {
            (What::Files, Format::Text) => Box::new(Names::files(out, self.listing.null)),
            (What::Ids, Format::Text) => Box::new(Names::ids(out, self.listing.null)),
            (What::Files, format) => Box::new(Once::files(writer(format, out, self.style.clone()))),
            (What::Ids, format) => Box::new(Once::ids(writer(format, out, self.style.clone()))),
            (_, format) => writer(format, out, self.style.clone()),
        }
    }

    /// Writes the hits of one query.
    pub(super) fn write(&self, engine: &Local, read: &Read, out: &mut dyn Writer) -> Result<(Totals, usize)> {
        let request = self.request(read.root.clone());
        let order = match (self.usual.order, self.listing.sort) {
            (Some(order), _) if request.sort == Sort::Relevance => order,
            (_, Some(SortBy::Left)) => "by the words before",
            (_, Some(SortBy::Right)) => "by the words behind",
            _ => order(request.sort),
        };
        let payload = engine.payload();
        let spelt = engine.spelt(&request.query)?;
        if self.is_of_rows() && !self.format.has_totals_below() {
            search::say(&spelt); // rows have no line above them that would say it
        }
        out.begin(&Head {
            query: &read.text,
            read_as: &read.read_as,
            notes: &read.notes,
            spelt: &spelt,
            what: self.kind.word(),
            order,
            archive: (&payload.id, payload.moment),
        })?;
        let mut shown = 0;
        let totals = match self.kind {
            Kind::Mention | Kind::Sentence => self.write_rows(engine, &request, out, &mut shown)?,
            Kind::Quote => engine.each_quote(&request, &mut |totals, hit| {
                shown += 1;
                Ok(out.hit(request.offset + shown, totals, Hit::Quote(&hit))?)
            })?,
            Kind::Article => engine.each_article(&request, &mut |totals, hit| {
                shown += 1;
                Ok(out.hit(request.offset + shown, totals, Hit::Article(&hit))?)
            })?,
        };
        out.end(&totals, shown)?;
        Ok((totals, shown))
    }

    /// Writes mentions or sentences, the page of them that is wanted.
    fn write_rows(&self, engine: &Local, request: &Request, out: &mut dyn Writer, shown: &mut usize) -> Result<Totals> {
        let limit = request.limit.unwrap_or(usize::MAX);
        // The number of mentions is known before the first; of sentences it is counted as they go by.
        let sentences = if self.kind == Kind::Sentence && self.format.has_totals_above() {
            Some(self.sentences(engine, request)?)
        } else {
            None
        };
        let of_rows = |articles: &Totals, seen: u64| Totals {
            total: articles.mentions.or(sentences).unwrap_or(seen),
            mentions: articles.mentions,
            stories: articles.total,
            ..*articles
        };
        let mut seen = 0;
        let mut row = |articles: &Totals, hit: Hit<'_>| {
            seen += 1;
            if seen > request.offset as u64 && *shown < limit {
                *shown += 1;
                out.hit(request.offset + *shown, &of_rows(articles, seen), hit)?;
            }
            let counted = articles.mentions.or(sentences).is_some();
            anyhow::Ok(*shown < limit || !counted && self.format.has_totals_below())
        };
        let articles = if self.kind == Kind::Sentence {
            engine.sentences(request, &mut |articles, source, sentence: &Passage| {
                row(articles, Hit::Sentence(source, sentence))
            })?
        } else {
            engine.mentions(&self.mentions(request), &mut |articles, source, mention: &Mention| {
                row(articles, Hit::Mention(source, mention))
            })?
        };
        Ok(of_rows(&articles, seen))
    }

    fn mentions(&self, articles: &Request) -> MentionRequest {
        let side = match self.listing.sort {
            Some(SortBy::Left) => Some(Side::Left),
            Some(SortBy::Right) => Some(Side::Right),
            _ => None,
        };
        MentionRequest { articles: articles.clone(), side, context: self.characters() }
    }

    /// How many sentences match.
    fn sentences(&self, engine: &Local, request: &Request) -> Result<u64> {
        let mut count = 0;
        engine.sentences(request, &mut |_: &Totals, _: &Source, _: &Passage| {
            count += 1;
            Ok(true)
        })?;
        Ok(count)
    }

    /// What `--count` prints: the hits, or, where copies are folded by a flag, the stories.
    fn counted(&self, totals: &Totals) -> u64 {
        let folded = self.listing.dups.is_some_and(|dups| !matches!(dups, DupsArg::Show)) && !self.is_of_rows();
        if folded { totals.stories } else { totals.total }
    }

    /// How many hits one query has.
    pub(super) fn totals(&self, engine: &Local, read: &Read) -> Result<Totals> {
        let request = Request { limit: Some(0), sort: Sort::Date, ..self.request(read.root.clone()) };
        Ok(match self.kind {
            Kind::Quote => engine.quotes(&request)?.totals,
            Kind::Article => engine.articles(&request)?.totals,
            Kind::Sentence => Totals { total: self.sentences(engine, &request)?, ..Totals::default() },
            Kind::Mention => {
                let totals = engine.mentions(&self.mentions(&request), &mut |_, _, _| Ok(false))?;
                Totals { total: totals.mentions.unwrap_or(0), ..totals }
            }
        })
    }
}

/// Lists the hits of a query as its flags ask for.
pub(super) fn run(
    session: &Session,
    engine: &Local,
    read: &Read,
    listing: &Listing,
    usual: Usual,
    out: &mut dyn Write,
) -> Result<Outcome> {
    if let Some(outcome) = version(listing.format_version) {
        return Ok(outcome);
    }
    let plan = Plan::new(session, listing, usual)?;
    let totals = if listing.quiet || listing.count {
        let totals = plan.totals(engine, read)?;
        if listing.count {
            target::to(listing.out.as_deref(), out, |out| Ok(writeln!(out, "{}", plan.counted(&totals))?))?;
        }
        totals
    } else {
        let (totals, shown) = target::to(listing.out.as_deref(), out, |out| {
            let mut writer = plan.writer(out);
            let written = plan.write(engine, read, &mut *writer)?;
            writer.finish()?;
            Ok(written)
        })?;
        out.flush()?;
        if totals.total == 0 && plan.usual.indexed_after.is_some() {
            anstream::eprintln!("nothing new since the last look");
        } else if totals.total == 0 {
            match plan.is_of_rows() && totals.stories > 0 {
                true => anstream::eprintln!("{}", mentions::no_words(totals.stories)),
                false => search::nothing(engine, &read.root, plan.quotes())?,
            }
        } else if plan.is_of_rows() {
            if plan.format == Format::Text && !to_file(listing) && io::stdout().is_terminal() {
                let part = plan.request(read.root.clone()).limit == Some(shown);
                anstream::eprintln!("\n{}", mentions::total(plan.kind, &totals, listing.offset + shown, part));
            }
        } else if plan.format == Format::Text && plan.what != What::Files && plan.what != What::Ids {
            more(&totals, listing.offset + shown);
        }
        totals
    };
    if let Some(path) = &listing.record {
        record::write(path, session, engine, read, &plan.request(read.root.clone()), plan.quotes(), &totals)?;
    }
    Ok(Outcome::of_hits(totals.total))
}

/// The outcome where the layout asked for is none that this program writes.
pub(super) fn version(asked: Option<u32>) -> Option<Outcome> {
    let asked = asked?;
    let (outcome, than) = match asked {
        _ if asked < json::OLDEST => (Outcome::TooOld, "older"),
        _ if asked > json::SCHEMA => (Outcome::TooNew, "newer"),
        _ => return None,
    };
    anstream::eprintln!(
        "newsidx: --format-version {asked} is {than} than what this version writes: {} to {}",
        json::OLDEST,
        json::SCHEMA
    );
    Some(outcome)
}

/// The format asked for, by name or by the ending of the file.
fn format(listing: &Listing) -> Result<Format> {
    Ok(match (listing.format, listing.json, listing.csv) {
        (Some(format), ..) => format,
        (_, true, _) => Format::Jsonl,
        (_, _, true) => Format::Csv,
        _ => by_ending(listing.out.as_deref())?.unwrap_or(Format::Text),
    })
}

/// The format that the ending of a file asks for; `None` for stdout and devices.
pub(super) fn by_ending(out: Option<&std::path::Path>) -> Result<Option<Format>> {
    let Some(path) = out.filter(|path| *path != std::path::Path::new("-")) else { return Ok(None) };
    if std::fs::metadata(path).is_ok_and(|meta| !meta.is_file()) {
        return Ok(None);
    }
    let unknown = || {
        anyhow!(
            "the ending of {} names no format; give one with --format, or end in .csv, .tsv, .jsonl, .json, .md, \
             .html, .ris, .bib, .csl.json or .txt",
            path.display()
        )
    };
    Format::of_path(path).ok_or_else(unknown).map(Some)
}

/// Whether a listing goes to a file.
fn to_file(listing: &Listing) -> bool {
    listing.out.as_deref().is_some_and(|path| path != std::path::Path::new("-"))
}

/// The words for an order.
fn order(sort: Sort) -> &'static str {
    match sort {
        Sort::Relevance => "by relevance",
        Sort::Date => "oldest first",
        Sort::DateDescending => "newest first",
        Sort::Source => "by outlet",
    }
}

/// Says on stderr that there are more hits than were printed.
fn more(totals: &Totals, shown: usize) {
    let left = totals.stories.saturating_sub(shown as u64);
    if left > 0 {
        anstream::eprintln!("\n{} more; --offset {shown} goes on, --all prints all", text::grouped(left));
    }
}
