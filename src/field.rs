//! Every field of an article, declared once: query syntax, help, completions and the README's table come from here.

/// What can be searched for by name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Field {
    /// Headline and body: where a word without a field is looked for.
    Text,
    /// The headline.
    Title,
    /// The first words of the body.
    Lead,
    /// Headline or lead.
    HeadLead,
    /// The body without the headline.
    Body,
    /// Words inside quotations.
    Said,
    /// Who is quoted.
    Speaker,
    /// Who is named in full.
    Person,
    /// Organisations that it names.
    Org,
    /// What it is about: the headline, the lead, or three times anywhere.
    About,
    /// Places named, by any spelling.
    Place,
    /// Countries named, or whose places are named.
    Country,
    /// Where the report was filed.
    Dateline,
    /// Who wrote it.
    Byline,
    /// The agency credit at the end.
    Credit,
    /// What cleaning cut out of the text.
    Cut,
    /// The outlet.
    Source,
    /// The section.
    Section,
    /// The language.
    Lang,
    /// The address.
    Url,
    /// The file.
    Path,
    /// The id that newsidx gave it.
    Id,
    /// When it was published.
    Date,
    /// Where the publication date was found.
    DateFrom,
    /// Days spoken of.
    When,
    /// How far the publication date can be trusted.
    DateTrust,
    /// Whether a quotation is direct or indirect.
    QuoteKind,
    /// When it was first indexed.
    Indexed,
    /// A saved query.
    Saved,
    /// Office or description of who is quoted.
    Role,
    /// The day a quotation was said.
    SaidOn,
    /// How many words the body has.
    Words,
    /// How many other articles are copies of it.
    Copies,
    /// The story that it tells: itself and its copies.
    Cluster,
    /// What the article has: a date, a headline, quotations.
    Has,
    /// What the article is: undated, changed later.
    Is,
}

/// How the value of a field is read and matched.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Running text: words, phrases, wildcards, proximity.
    Text,
    /// A name: its words, in any order, or a phrase.
    Name,
    /// One value, compared whole (case and accents aside); wildcards work.
    Keyword,
    /// A day, month, year or range.
    Date,
    /// A number, a comparison or a range.
    Number,
}

/// One row of the table.
#[derive(Debug)]
pub struct Spec {
    /// Which field.
    pub field: Field,
    /// The name typed before the colon.
    pub name: &'static str,
    /// Other names that are read as this one.
    pub aliases: &'static [&'static str],
    /// How its value is read.
    pub kind: Kind,
    /// One line of help.
    pub help: &'static str,
    /// An example query.
    pub example: &'static str,
}

const fn spec(
    field: Field,
    name: &'static str,
    aliases: &'static [&'static str],
    kind: Kind,
    help: &'static str,
    example: &'static str,
) -> Spec {
    Spec { field, name, aliases, kind, help, example }
}

/// All fields, in the order they are documented.
pub const FIELDS: &[Spec] = &[
    spec(Field::Speaker, "speaker", &["by-speaker"], Kind::Name, "who is quoted", "speaker:lavrov"),
    spec(Field::Said, "said", &["quote", "quoted"], Kind::Text, "words inside quotations", "said:(ceasefire OR truce)"),
    spec(Field::Person, "person", &["people"], Kind::Name, "who is named in full, quoted or not", "person:lavrov"),
    spec(
        Field::Org,
        "org",
        &["organisation", "organization", "company"],
        Kind::Name,
        "an organisation named",
        "org:nato",
    ),
    spec(Field::Place, "place", &["places", "geo"], Kind::Name, "a place named, by any spelling", "place:Genf"),
    spec(Field::Country, "country", &[], Kind::Name, "a country, or any place in it", "country:CH"),
    spec(Field::Dateline, "dateline", &[], Kind::Name, "where the report was filed", "dateline:minsk"),
    spec(Field::Date, "date", &["published", "pubdate"], Kind::Date, "when it was published", "date:2022-01"),
    spec(Field::When, "when", &[], Kind::Date, "a day it speaks of, whenever printed", "when:2022-01-21"),
    spec(Field::Title, "title", &["headline", "hl"], Kind::Text, "words of the headline", "title:talks"),
    spec(Field::Lead, "lead", &[], Kind::Text, "the first 60 words of the body", "lead:belarus"),
    spec(Field::HeadLead, "hlead", &[], Kind::Text, "headline or lead", "hlead:(belarus troops)"),
    spec(Field::About, "about", &["subject"], Kind::Text, "in the headline or lead, or three times", "about:belarus"),
    spec(Field::Body, "body", &["text"], Kind::Text, "the body without the headline", "body:geneva"),
    spec(Field::Source, "source", &["outlet", "publisher"], Kind::Keyword, "the outlet", "source:\"Harbour Post\""),
    spec(Field::Byline, "byline", &["author"], Kind::Name, "who wrote it", "byline:smith"),
    spec(Field::Credit, "credit", &[], Kind::Name, "the agency credit", "credit:interfax"),
    spec(Field::Cut, "cut", &["removed", "boilerplate"], Kind::Name, "what was cut out of the text", "cut:newsletter"),
    spec(Field::Section, "section", &["category"], Kind::Keyword, "the section", "section:world"),
    spec(Field::Lang, "lang", &["language"], Kind::Keyword, "the language, as a code", "lang:ru"),
    spec(Field::Url, "url", &["link"], Kind::Name, "words of the address", "url:geneva"),
    spec(Field::Path, "path", &["file"], Kind::Keyword, "the file, with wildcards", "path:reuters/*"),
    spec(Field::Id, "id", &[], Kind::Keyword, "the article's id, or how it begins", "id:a81f03"),
    spec(Field::QuoteKind, "kind", &[], Kind::Keyword, "has a quotation that is direct, indirect", "kind:direct"),
    spec(Field::Role, "role", &["office"], Kind::Name, "office of who is quoted", "role:\"foreign minister\""),
    spec(Field::SaidOn, "said-on", &["saidon"], Kind::Date, "the day a quotation was said", "said-on:2022-01-20"),
    spec(Field::Words, "words", &["wordcount", "length"], Kind::Number, "how many words the body has", "words:>800"),
    spec(Field::Copies, "copies", &[], Kind::Number, "how many copies of it there are", "copies:>10"),
    spec(
        Field::Cluster,
        "cluster",
        &["story"],
        Kind::Keyword,
        "the article with that id, and its copies",
        "cluster:a81f03",
    ),
    spec(Field::Has, "has", &[], Kind::Keyword, HAS, "has:quote"),
    spec(Field::Is, "is", &[], Kind::Keyword, IS, "is:undated"),
    spec(
        Field::DateFrom,
        "date-from",
        &["datefrom"],
        Kind::Keyword,
        "where its date was found: metadata, url, dateline, ...",
        "date-from:url",
    ),
    spec(Field::Indexed, "indexed", &[], Kind::Date, "when it came into the archive", "indexed:\"last 7 days\""),
    spec(Field::Saved, "query", &["saved"], Kind::Keyword, "a query saved under that name", "query:geneva"),
    spec(
        Field::DateTrust,
        "date-trust",
        &["datetrust"],
        Kind::Keyword,
        "how far its date can be trusted: high, medium, low",
        "date-trust:low",
    ),
];

const HAS: &str =
    "has a date, nodate, quote, speaker, place, title, byline, credit, dateline, section, source, url, lang";
const IS: &str = "is undated, changed (updated later), inferred (a part of its date), copy (of an earlier print)";

/// The field that `name` means, upper or lower case, by its name or an alias.
pub fn by_name(name: &str) -> Option<&'static Spec> {
    let lower = name.to_ascii_lowercase();
    FIELDS.iter().find(|spec| spec.name == lower || spec.aliases.contains(&lower.as_str()))
}

/// The field whose name is nearest to `name`, if one is near enough to have been meant.
pub fn nearest(name: &str) -> Option<&'static str> {
    nearest_of(name, FIELDS.iter().flat_map(|spec| [spec.name].into_iter().chain(spec.aliases.iter().copied())))
}

/// Which of `names` is nearest to `name`, if one is near enough to have been meant.
pub fn nearest_of<'n>(name: &str, names: impl Iterator<Item = &'n str>) -> Option<&'n str> {
    let lower = name.to_lowercase();
    let near = names.map(|known| (distance(&lower, known), known)).min()?;
    (near.0 <= 1 + lower.len() / 5).then_some(near.1)
}

/// Levenshtein distance in bytes, of short words.
pub(crate) fn distance(a: &str, b: &str) -> usize {
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, ca) in a.bytes().enumerate() {
        let mut corner = i;
        row[0] = i + 1;
        for (j, cb) in b.bytes().enumerate() {
            let next = (corner + usize::from(ca != cb)).min(row[j] + 1).min(row[j + 1] + 1);
            corner = row[j + 1];
            row[j + 1] = next;
        }
    }
    row[b.len()]
}

/// The words of an article have one sequence of positions: the headline from 0, the body from here on.
/// Words of a headline beyond this many are not searched.
pub const BODY_START: u32 = 128;
/// A word further on than any position.
pub const END: u32 = u32::MAX;
/// How often a text has what it is about, at least, unless its headline or lead has it.
pub const ABOUT_TIMES: u32 = 3;
/// How many words of the body are its lead.
pub const LEAD_WORDS: u32 = 60;
/// Free positions between two values of one field (two speakers), so that no phrase runs across.
pub const VALUE_GAP: u32 = 100;

/// An address as its words are read: `Colin_Powell_resigns` are three, as no running text would have it.
pub fn address(url: &str) -> String {
    url.replace('_', " ")
}

impl Field {
    /// The positions in the article that the field covers; `None` for fields that are not its running text.
    pub fn region(self) -> Option<std::ops::Range<u32>> {
        match self {
            Field::Text => Some(0..END),
            Field::Title => Some(0..BODY_START),
            Field::Lead => Some(BODY_START..BODY_START + LEAD_WORDS),
            Field::HeadLead => Some(0..BODY_START + LEAD_WORDS),
            Field::Body => Some(BODY_START..END),
            _ => None,
        }
    }

    /// Its row in the table; `None` for [`Field::Text`], which has no name.
    pub fn spec(self) -> Option<&'static Spec> {
        FIELDS.iter().find(|spec| spec.field == self)
    }

    /// The name typed before the colon; empty for [`Field::Text`].
    pub fn name(self) -> &'static str {
        self.spec().map_or("", |spec| spec.name)
    }

    /// All values that the field can have, where they are a closed list.
    pub fn values(self) -> &'static [&'static str] {
        match self {
            Field::QuoteKind => &["direct", "indirect"],
            Field::DateTrust => &["high", "medium", "low"],
            Field::DateFrom => &["metadata", "time-element", "url", "front-matter", "text", "dateline", "file-name"],
            Field::Has => &[
                "date", "nodate", "quote", "speaker", "place", "title", "byline", "credit", "dateline", "section",
                "source", "url", "lang",
            ],
            Field::Is => &["undated", "changed", "inferred", "copy"],
            _ => &[],
        }
    }

    /// Whether the field belongs to each quotation; other fields are its article's.
    pub fn is_of_quotations(self) -> bool {
        matches!(self, Field::Speaker | Field::Role | Field::QuoteKind | Field::SaidOn | Field::When)
    }

    /// How its value is read.
    pub fn kind(self) -> Kind {
        self.spec().map_or(Kind::Text, |spec| spec.kind)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_unique_and_found() {
        let mut all: Vec<&str> =
            FIELDS.iter().flat_map(|s| [s.name].into_iter().chain(s.aliases.iter().copied())).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count, "a name stands for two fields");
        assert_eq!(by_name("Headline").map(|s| s.field), Some(Field::Title));
        assert_eq!(by_name("re").map(|s| s.field), None);
    }

    #[test]
    fn near_names_are_suggested() {
        assert_eq!(nearest("speker"), Some("speaker"));
        assert_eq!(nearest("datline"), Some("dateline"));
        assert_eq!(nearest("zebra"), None);
    }
}
