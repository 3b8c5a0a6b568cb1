//! The schema: one index, two kinds of document. Articles hold running text; a quotation is a document of its own
//! that copies what it is filtered by. The text of each kind has fields of its own, so that quotations never bend
//! the ranking of articles.

use tantivy::schema::{
    BytesOptions, Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder, TextFieldIndexing, TextOptions,
};

/// Name under which the token stream is registered; see [`super::analysis`].
pub const STREAM: &str = "newsidx";

/// The value of `kind` for articles.
pub const ARTICLE: &str = "a";
/// The value of `kind` for quotations.
pub const QUOTE: &str = "q";

/// Every field of the index.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// `a` or `q`.
    pub kind: Field,
    /// The article's id, a hash of its content. Articles only, as all that follows unless it says otherwise.
    pub id: Field,
    /// The file it is in, a hash of its path: what is deleted when the file changes. Both kinds.
    pub file: Field,
    /// Headline and body: words, the stems of inflected ones, and markers for sentences, paragraphs and capitals; see
    /// [`super::analysis`].
    pub text: Field,
    /// The words of a quotation, in the same way. Quotations only.
    pub quote: Field,
    /// Names of who is quoted. Both kinds.
    pub speaker: Field,
    /// The same, whole, for counting. Both kinds.
    pub speaker_name: Field,
    /// Every word that stands as a name, under its fold keys; see [`super::names`].
    pub name: Field,
    /// Names of people named in full, whole, for counting.
    pub person_name: Field,
    /// Words of the names of all people named in full.
    pub person: Field,
    /// Names of organisations, whole, for counting.
    pub org_name: Field,
    /// Words of the names of organisations.
    pub org: Field,
    /// Names of places, as written and canonical.
    pub place: Field,
    /// Gazetteer ids of places.
    pub place_id: Field,
    /// Country codes, in lower case.
    pub country: Field,
    /// Words of the dateline.
    pub dateline: Field,
    /// Words of the byline.
    pub byline: Field,
    /// Words of the agency credit.
    pub credit: Field,
    /// Words of what cleaning cut out.
    pub cut: Field,
    /// Words of the address.
    pub url: Field,
    /// The outlet, folded.
    pub source: Field,
    /// The outlet, as printed, for counting.
    pub source_name: Field,
    /// The section, folded.
    pub section: Field,
    /// The section, as printed, for counting.
    pub section_name: Field,
    /// Language code.
    pub lang: Field,
    /// The path, folded.
    pub path: Field,
    /// Where the publication date came from.
    pub date_from: Field,
    /// First day of the publication date, in days since 1970.
    pub day_first: Field,
    /// Last day of the publication date.
    pub day_last: Field,
    /// What sorts by date: minutes since 1970.
    pub stamp: Field,
    /// When its article was first indexed, in seconds since 1970; later builds keep it. No two commits share a moment.
    pub indexed: Field,
    /// Which reading of its file it came from; see [`super::manifest::reading_key`]. Both kinds.
    pub reading: Field,
    /// Days, months and years spoken of, in the article or the quotation: `d2022-01-21`, `m2022-01`, `y2022`. Both kinds.
    pub when: Field,
    /// What it has: `date`, `nodate`, `quote`, `title` and so on.
    pub has: Field,
    /// What it is: `undated`, `changed`, `inferred`.
    pub is: Field,
    /// How far the publication date can be trusted.
    pub date_trust: Field,
    /// Words of the body.
    pub words: Field,
    /// What tells copies: of an article the [`crate::stories::Sketch`] of its body, of a quotation a hash of its words. Both
    /// kinds.
    pub sketch: Field,
    /// The source whose recurring lines it may have, a hash.
    pub origin: Field,
    /// What is known of its lines that may recur; see [`super::recurring`].
    pub line: Field,
    /// Offices of who is quoted. Both kinds.
    pub role: Field,
    /// When quotations were said, as `when`. Both kinds.
    pub said_on: Field,
    /// A number for file and record: decides between exact copies, so that the same one is shown whatever the order in
    /// which they were read.
    pub spot: Field,
    /// `direct` or `indirect`: of the quotation, of any quotation of the article.
    pub quote_kind: Field,
    /// How sure the attribution is. Quotations only.
    pub confidence: Field,
    /// Of a quotation, how many documents behind it its article is; of an article, how many quotations stand before it,
    /// negative. Both kinds.
    pub link: Field,
    /// The article and its annotations.
    pub stored: Field,
}

impl Fields {
    /// The schema and its fields.
    pub fn schema() -> (Schema, Fields) {
        let mut b = SchemaBuilder::default();
        let words = |b: &mut SchemaBuilder, name: &str, option, norms| {
            let indexing =
                TextFieldIndexing::default().set_tokenizer(STREAM).set_index_option(option).set_fieldnorms(norms);
            b.add_text_field(name, TextOptions::default().set_indexing_options(indexing))
        };
        let positions = IndexRecordOption::WithFreqsAndPositions;
        let raw = || {
            let indexing = TextFieldIndexing::default()
                .set_tokenizer("raw")
                .set_index_option(IndexRecordOption::Basic)
                .set_fieldnorms(false);
            TextOptions::default().set_indexing_options(indexing)
        };
        let fast_text = || TextOptions::default().set_fast("raw");
        let fast = || NumericOptions::default().set_fast();
        let fields = Fields {
            kind: b.add_text_field("kind", raw()),
            id: b.add_u64_field("id", fast().set_indexed()),
            file: b.add_u64_field("file", fast().set_indexed()),
            text: words(&mut b, "text", positions, true),
            quote: words(&mut b, "quote", positions, true),
            speaker: words(&mut b, "speaker", positions, false),
            speaker_name: b.add_text_field("speaker_name", fast_text()),
            name: b.add_text_field("name", raw()),
            person_name: b.add_text_field("person_name", fast_text()),
            person: words(&mut b, "person", positions, false),
            org_name: b.add_text_field("org_name", fast_text()),
            org: words(&mut b, "org", positions, false),
            place: words(&mut b, "place", positions, false),
            place_id: b.add_u64_field("place_id", fast().set_indexed()),
            country: b.add_text_field("country", raw().set_fast("raw")),
            dateline: words(&mut b, "dateline", positions, false),
            byline: words(&mut b, "byline", positions, false),
            credit: words(&mut b, "credit", positions, false),
            cut: words(&mut b, "cut", positions, false),
            url: words(&mut b, "url", positions, false),
            source: b.add_text_field("source", raw()),
            source_name: b.add_text_field("source_name", fast_text()),
            section: b.add_text_field("section", raw()),
            section_name: b.add_text_field("section_name", fast_text()),
            lang: b.add_text_field("lang", raw().set_fast("raw")),
            path: b.add_text_field("path", raw()),
            date_from: b.add_text_field("date_from", raw()),
            day_first: b.add_i64_field("day_first", fast()),
            day_last: b.add_i64_field("day_last", fast()),
            stamp: b.add_i64_field("stamp", fast()),
            indexed: b.add_i64_field("indexed", fast()),
            reading: b.add_u64_field("reading", NumericOptions::default().set_indexed()),
            when: b.add_text_field("when", raw()),
            has: b.add_text_field("has", raw()),
            is: b.add_text_field("is", raw()),
            date_trust: b.add_text_field("date_trust", raw()),
            words: b.add_u64_field("words", fast()),
            sketch: b.add_u64_field("sketch", fast()),
            spot: b.add_u64_field("spot", fast()),
            origin: b.add_u64_field("origin", fast()),
            line: b.add_u64_field("line", fast()),
            role: words(&mut b, "role", positions, false),
            said_on: b.add_text_field("said_on", raw()),
            quote_kind: b.add_text_field("quote_kind", raw()),
            confidence: b.add_f64_field("confidence", fast()),
            link: b.add_i64_field("link", fast()),
            stored: b.add_bytes_field("stored", BytesOptions::default().set_stored()),
        };
        (b.build(), fields)
    }
}
