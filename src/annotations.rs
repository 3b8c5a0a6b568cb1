//! What was found in an article: quotations, places and dates, as byte spans into its body. Plain data.

use serde::{Deserialize, Serialize};

use crate::when::When;

/// Bytes of a body, from `start` up to but not including `end`.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Span {
    /// First byte.
    pub start: u32,
    /// Behind the last byte.
    pub end: u32,
}

impl Span {
    /// The span from `start` up to `end`, in bytes.
    pub fn new(start: usize, end: usize) -> Span {
        Span { start: start as u32, end: end as u32 }
    }

    /// The bytes as a range, to slice a text with.
    pub fn range(self) -> std::ops::Range<usize> {
        self.start as usize..self.end as usize
    }

    /// Whether the two share a byte.
    pub fn overlaps(self, other: Span) -> bool {
        self.start < other.end && other.start < self.end
    }
}

/// Everything found in one article.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Annotations {
    /// Quotations in the order of the text.
    pub quotes: Vec<Quote>,
    /// Places, most often named first.
    pub places: Vec<Place>,
    /// Dates spoken of, in the order of the text.
    pub dates: Vec<DateMention>,
    /// People named in full, by the fullest form of the name, in the order of the text.
    pub persons: Vec<String>,
    /// Organisations, by the fullest form of the name and by their initials where these are used, in the order of the text.
    pub organisations: Vec<String>,
}

impl Annotations {
    /// What `has:` finds the article by.
    pub fn has(&self) -> Vec<&'static str> {
        let all = [
            (!self.quotes.is_empty(), "quote"),
            (self.quotes.iter().any(|quote| quote.speaker.is_some()), "speaker"),
            (!self.places.is_empty(), "place"),
        ];
        all.iter().filter(|(has, _)| *has).map(|(_, name)| *name).collect()
    }

    /// The dates that a quotation speaks of.
    pub fn dates_in<'a>(&'a self, quote: &'a Quote) -> impl Iterator<Item = &'a DateMention> {
        self.dates.iter().filter(|date| quote.spans.iter().any(|span| span.overlaps(date.span)))
    }
}

/// Whether the words stand in quotation marks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum QuoteKind {
    /// Between quotation marks.
    Direct,
    /// A reported clause: "she said that the talks had failed".
    Indirect,
}

impl QuoteKind {
    /// The word used in output and on the command line.
    pub fn as_str(self) -> &'static str {
        match self {
            QuoteKind::Direct => "direct",
            QuoteKind::Indirect => "indirect",
        }
    }

    /// How something was said: `denied, indirect`. Without its verb a denial reads as what it denies.
    pub fn with_verb(self, verb: Option<&str>) -> String {
        verb.map_or(String::new(), |verb| format!("{verb}, ")) + self.as_str()
    }
}

/// How the speaker of a quotation was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Resolution {
    /// The name stands in full at the verb.
    Named,
    /// A shorter form at the verb, its full form earlier in the article.
    Surname,
    /// A description at the verb ("the foreign minister") of somebody named in the article.
    Title,
    /// A pronoun at the verb.
    Pronoun,
    /// No verb of its own; the speaker of the quotation before it goes on.
    Floating,
    /// Somebody without a name; `source` has the article's words.
    Unnamed,
    /// Nobody could be found.
    Unknown,
}

impl Resolution {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            Resolution::Named => "named",
            Resolution::Surname => "surname",
            Resolution::Title => "title",
            Resolution::Pronoun => "pronoun",
            Resolution::Floating => "floating",
            Resolution::Unnamed => "unnamed",
            Resolution::Unknown => "unknown",
        }
    }
}

/// Words attributed to somebody.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Quote {
    /// The words, without quotation marks; more than one span when the attribution stands in the middle.
    pub spans: Vec<Span>,
    /// Direct or indirect.
    pub kind: QuoteKind,
    /// The speaker by the fullest form of the name in the article, titles left out; `None` if unnamed or unknown.
    pub speaker: Option<String>,
    /// Where the words at the verb that name the speaker stand ("Lavrov", "he", "a senior official").
    pub source: Option<Span>,
    /// Office or description of the speaker as written: "Russian Foreign Minister".
    pub role: Option<String>,
    /// The reporting verb as written; `None` for a floating quotation.
    pub verb: Option<Span>,
    /// How the speaker was found.
    pub resolution: Resolution,
    /// How sure the attribution is, 0 to 1.
    pub confidence: f32,
    /// The day it was said, where the text says so.
    pub said_on: Option<When>,
}

impl Quote {
    /// The words, pieces joined by a blank.
    pub fn text(&self, body: &str) -> String {
        let pieces: Vec<&str> = self.spans.iter().filter_map(|s| body.get(s.range())).collect();
        pieces.join(" ")
    }

    /// From the first byte of the words to behind the last.
    pub fn extent(&self) -> Span {
        let start = self.spans.first().map_or(0, |s| s.start);
        Span { start, end: self.spans.last().map_or(start, |s| s.end) }
    }
}

/// What sort of place it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum PlaceKind {
    /// A town or city.
    City,
    /// A state, province, county or historical region.
    Region,
    /// A country or territory.
    Country,
    /// A sea, lake, river, strait.
    Water,
    /// A continent, bloc, mountain range or other area.
    Area,
}

impl PlaceKind {
    /// The word used in output.
    pub fn as_str(self) -> &'static str {
        match self {
            PlaceKind::City => "city",
            PlaceKind::Region => "region",
            PlaceKind::Country => "country",
            PlaceKind::Water => "water",
            PlaceKind::Area => "area",
        }
    }
}

/// One place named in an article, with all its mentions.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Place {
    /// Its row in the gazetteer: stable as long as the gazetteer's own ids are (GeoNames ids; ours above 10^9).
    pub id: u32,
    /// Canonical English name: `Kyiv`.
    pub name: String,
    /// City, region, country, ...
    pub kind: PlaceKind,
    /// ISO 3166-1 alpha-2 code; `None` for what lies in no single country.
    pub country: Option<String>,
    /// Degrees north; `None` where a point makes no sense.
    pub lat: Option<f32>,
    /// Degrees east.
    pub lon: Option<f32>,
    /// Where it is named, in order.
    pub mentions: Vec<Span>,
    /// Mentions through a demonym ("Swiss", "Russians"), which count for the country apart.
    pub demonyms: Vec<Span>,
    /// Whether the dateline names it.
    pub in_dateline: bool,
    /// Whether it stands (at least once) for its government: "Moscow denied".
    pub as_government: bool,
}

/// A time spoken of in the text.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct DateMention {
    /// The words.
    pub span: Span,
    /// What they mean.
    pub when: When,
    /// Whether the year, or more, was inferred from the publication date.
    pub inferred: bool,
}
