//! Segments of Lexis, field tags of Factiva, field codes of ProQuest; dates and counts as each writes them.

use jiff::civil::Date;

use super::words::{case, one, plural, singular};
use super::{Reader, Result, System};
use crate::field::{Field, Kind};
use crate::query::ast::{DateRange, Node, NodeKind, Numbers, Word};
use crate::query::dates;
use crate::query::parse::{closing_mark, keyword_word, make_exact, words_of};

/// What a field of another system is here.
enum Meaning {
    /// One field, or any of several.
    Fields(&'static [Field]),
    Date,
    Words,
    /// A list of codes or subjects that only the other system has.
    Foreign,
}

use Meaning::Fields;

fn lexis(name: &str) -> Option<Meaning> {
    Some(match name {
        "headline" | "title" | "hl" => Fields(&[Field::Title]),
        "hlead" => Fields(&[Field::HeadLead]),
        "lead" => Fields(&[Field::Lead]),
        "body" | "text" => Fields(&[Field::Body]),
        "byline" | "author" => Fields(&[Field::Byline]),
        "publication" | "source" | "pub" => Fields(&[Field::Source]),
        "section" => Fields(&[Field::Section]),
        "dateline" => Fields(&[Field::Dateline]),
        "language" => Fields(&[Field::Lang]),
        "geographic" | "city" | "state" => Fields(&[Field::Place]),
        "country" => Fields(&[Field::Country]),
        "length" => Meaning::Words,
        "date" => Meaning::Date,
        "person" => Fields(&[Field::Person]),
        "company" | "organization" => Fields(&[Field::Org]),
        "subject" | "industry" | "ticker" | "terms" => Meaning::Foreign,
        _ => return None,
    })
}

fn factiva(name: &str) -> Option<Meaning> {
    Some(match name {
        "hd" => Fields(&[Field::Title]),
        "hlp" => Fields(&[Field::HeadLead]),
        "lp" => Fields(&[Field::Lead]),
        "tx" | "td" => Fields(&[Field::Body]),
        "by" => Fields(&[Field::Byline]),
        "cr" => Fields(&[Field::Credit]),
        "sn" | "rst" | "sc" => Fields(&[Field::Source]),
        "se" => Fields(&[Field::Section]),
        "la" => Fields(&[Field::Lang]),
        "wc" => Meaning::Words,
        "pd" => Meaning::Date,
        "co" | "fds" | "ns" | "in" | "re" | "pe" | "ipc" | "ipd" | "an" => Meaning::Foreign,
        _ => return None,
    })
}

fn proquest(name: &str) -> Option<Meaning> {
    Some(match name {
        "ti" | "title" => Fields(&[Field::Title]),
        "ab" | "abstract" => Fields(&[Field::Lead]),
        "noft" => Fields(&[Field::HeadLead]),
        "ft" | "fulltext" => Fields(&[Field::Body]),
        "au" | "author" => Fields(&[Field::Byline]),
        "pub" | "pubtitle" | "publication" | "source" => Fields(&[Field::Source]),
        "sec" | "section" => Fields(&[Field::Section]),
        "dateline" | "dln" => Fields(&[Field::Dateline]),
        "la" | "lang" | "language" => Fields(&[Field::Lang]),
        "loc" | "location" => Fields(&[Field::Place]),
        "pd" | "pubdate" | "yr" | "pubyear" => Meaning::Date,
        "per" | "people" => Fields(&[Field::Person]),
        "org" => Fields(&[Field::Org]),
        "su" | "subject" | "mainsubject" | "dtype" | "stype" | "class" => Meaning::Foreign,
        _ => return None,
    })
}

impl Reader<'_> {
    /// A condition on a field, a function, or nothing of the kind.
    pub(super) fn condition(&mut self) -> Result<Option<Node>> {
        match self.system {
            System::Factiva => self.tag(),
            _ => self.segment(),
        }
    }

    /// `HEADLINE(...)`, `ti(...)`, `ATLEAST5(...)`, `CAPS(...)`; Lexis' `DATE aft 1/1/2020`.
    fn segment(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        let name = self.chunk();
        let lower = name.to_ascii_lowercase();
        let bracket = self.rest()[name.len()..].starts_with('(');
        if !bracket && self.system == System::Lexis && lower == "date" {
            return self.date_words(start);
        }
        if !bracket || name.is_empty() {
            return Ok(None);
        }
        if let Some(node) = self.function(&lower, name.len())? {
            return Ok(Some(node));
        }
        let names: Vec<&str> = lower.split(',').collect();
        let look = if self.system == System::Lexis { lexis } else { proquest };
        let mut nodes = Vec::new();
        for (i, field) in names.iter().enumerate() {
            let Some(meaning) = look(field) else {
                self.note(start..start + name.len(), format!("`{name}` is no field and is read as a word"));
                self.at = start;
                return Ok(None);
            };
            self.at = start + name.len();
            let span = start..start + name.len();
            nodes.extend(self.value(meaning, name, span, i)?);
        }
        let span = start..self.at;
        Ok((!nodes.is_empty()).then(|| one(NodeKind::Or(nodes), span)))
    }

    /// `hd=(...)`, `wc>500`, `date from 20220101 to 20220131`, `atleast5 word`, `word/F50/`.
    fn tag(&mut self) -> Result<Option<Node>> {
        let start = self.at;
        let chunk = self.chunk();
        let lower = chunk.to_ascii_lowercase();
        if let Some(count) = lower.strip_prefix("atleast").and_then(|digits| digits.parse::<u32>().ok()) {
            self.at += chunk.len();
            return self.at_least(count, start);
        }
        if lower == "date" {
            return self.date_words(start);
        }
        if let Some(case) = case(&lower).filter(|_| self.rest()[chunk.len()..].starts_with('(')) {
            self.at += chunk.len();
            let inner = self.brackets()?;
            return Ok(inner.map(|inner| Node::new(NodeKind::Case(case, Box::new(inner)), start..self.at)));
        }
        if let Some((word, first)) = lower.split_once("/f")
            && first.strip_suffix('/').is_some_and(|n| n.parse::<u32>().is_ok())
            && !word.is_empty()
        {
            self.at += chunk.len();
            self.note(start..self.at, format!("`/F{first}` is read as lead:, the first 60 words"));
            let word = &chunk[..word.len()];
            let inner = self.word(word, start)?;
            return Ok(inner.map(|inner| Node::new(NodeKind::In(Field::Lead, Box::new(inner)), start..self.at)));
        }
        let Some(sign) = chunk.find(['=', '>', '<']) else { return Ok(None) };
        let name = &lower[..sign];
        let Some(meaning) = factiva(name) else {
            if !name.is_empty() {
                self.note(start..start + sign, format!("`{name}=` is no field and is read as a word"));
            }
            return Ok(None);
        };
        let skip = usize::from(chunk[sign..].starts_with('='));
        self.at += sign + skip;
        let typed = &chunk[..sign];
        self.value(meaning, typed, start..start + sign, 0)
    }

    /// `ATLEAST5(...)`, `CAPS(...)`, `PLURAL(...)`, `EXACT(...)`.
    fn function(&mut self, name: &str, length: usize) -> Result<Option<Node>> {
        let start = self.at;
        if let Some(count) = name.strip_prefix("atleast").and_then(|n| n.trim_start_matches('/').parse::<u32>().ok()) {
            self.at += length;
            return self.at_least(count, start);
        }
        if let Some(case) = case(name) {
            self.at += length;
            let inner = self.brackets()?;
            return Ok(inner.map(|inner| Node::new(NodeKind::Case(case, Box::new(inner)), start..self.at)));
        }
        let form: fn(&str) -> String = match name {
            "plural" => |word| singular(word).map_or_else(|| plural(word), |_| word.to_owned()),
            "singular" => |word| singular(word).unwrap_or_else(|| word.to_owned()),
            "exact" => {
                self.at += length;
                let mut inner = self.brackets()?;
                inner.iter_mut().for_each(make_exact);
                return Ok(inner);
            }
            _ => return Ok(None),
        };
        let rest = &self.rest()[length + 1..];
        let Some(end) = rest.find(')') else { return Ok(None) };
        let words: Vec<String> = words_of(&rest[..end]).iter().map(|word| form(word)).collect();
        self.at += length + 1 + end + 1;
        let span = start..self.at;
        let nodes = words.into_iter().map(|word| Node::new(NodeKind::Word(Word::Exact(word)), span.clone())).collect();
        Ok(Some(one(NodeKind::Or(nodes), span.clone())).filter(|node| node.kind != NodeKind::Or(Vec::new())))
    }

    fn at_least(&mut self, count: u32, start: usize) -> Result<Option<Node>> {
        self.skip_blanks();
        if count == 0 {
            return Err(self.error(start..self.at, "atleast wants a number above 0"));
        }
        let mut inner = self.operand()?;
        // In Factiva the words that follow are one phrase.
        while self.system == System::Factiva && inner.as_ref().is_some_and(super::is_of_words) {
            self.skip_blanks();
            let next = self.chunk();
            if next.is_empty() || super::words::operator(self.system, self.rest()).is_some() || next.contains('=') {
                break;
            }
            let at = self.at;
            self.at += next.len();
            let Some(word) = self.word(next, at)? else { continue };
            inner = inner.map(|left| {
                super::words::one(
                    NodeKind::Near(crate::query::ast::Near {
                        left: Box::new(left),
                        right: Box::new(word),
                        reach: crate::query::ast::Reach::Words(1),
                        ordered: true,
                        negated: false,
                    }),
                    start..self.at,
                )
            });
        }
        Ok(inner.map(|inner| Node::new(NodeKind::AtLeast(count, Box::new(inner)), start..self.at)))
    }

    /// The value behind the name of a field.
    fn value(
        &mut self,
        meaning: Meaning,
        typed: &str,
        name: std::ops::Range<usize>,
        again: usize,
    ) -> Result<Option<Node>> {
        let start = name.start;
        match meaning {
            Meaning::Foreign => {
                let text = format!("`{typed}` is a list of codes or subjects that only the other system has");
                Err(self.error(name, text))
            }
            Meaning::Date => {
                let value = self.raw();
                let range = date(&value, self.options.today);
                let range = range.ok_or_else(|| self.error(start..self.at, format!("`{value}` is no date")))?;
                Ok(Some(Node::new(NodeKind::Date(Field::Date, range), start..self.at)))
            }
            Meaning::Words => {
                let value = self.raw();
                let range = count(&value);
                let range = range.ok_or_else(|| self.error(start..self.at, format!("`{value}` is no number")))?;
                Ok(Some(Node::new(NodeKind::Number(Field::Words, range), start..self.at)))
            }
            Fields(fields) => {
                let mut nodes = Vec::new();
                let at = self.at;
                for field in fields {
                    self.at = at;
                    let notes = self.notes.len();
                    let inner = match field.kind() {
                        Kind::Keyword => Some(self.keywords(*field)),
                        _ => self.operand()?,
                    };
                    if again > 0 || !nodes.is_empty() {
                        self.notes.truncate(notes);
                    }
                    let span = start..self.at;
                    nodes.extend(inner.map(|inner| Node::new(NodeKind::In(*field, Box::new(inner)), span)));
                }
                let span = start..self.at;
                Ok((!nodes.is_empty()).then(|| one(NodeKind::Or(nodes), span)))
            }
        }
    }

    /// Values of a keyword field, with OR between them.
    fn keywords(&mut self, field: Field) -> Node {
        let start = self.at;
        let value = self.raw();
        let nodes = split_or(&value).into_iter().map(|value| {
            let value = value.trim_matches(|c: char| c.is_whitespace() || closing_mark(c).is_some());
            let value = if field == Field::Lang { language(value) } else { value };
            Node::new(NodeKind::Word(keyword_word(value)), start..self.at)
        });
        one(NodeKind::Or(nodes.collect()), start..self.at)
    }

    /// The text of a value: in brackets or quotation marks, or up to the next blank.
    fn raw(&mut self) -> String {
        if self.peek() == Some('(') {
            let mut depth = 0;
            for (at, c) in self.rest().char_indices() {
                depth += i32::from(c == '(') - i32::from(c == ')');
                if depth == 0 {
                    let value = self.rest()[1..at].to_owned();
                    self.at += at + 1;
                    return value;
                }
            }
            let value = self.rest()[1..].to_owned();
            self.note(self.at..self.at + 1, "the bracket is never closed; it is taken to close at the end");
            self.at = self.text.len();
            return value;
        }
        if let Some(value) = self.quoted() {
            return value.to_owned();
        }
        let chunk = self.chunk();
        self.at += chunk.len();
        chunk.to_owned()
    }

    /// `date aft 1/1/2020 and bef 1/2/2020`, `date from 20220101 to 20220131`: up to what is no more of it.
    fn date_words(&mut self, start: usize) -> Result<Option<Node>> {
        let words = "date".len();
        let mut best: Option<(usize, DateRange)> = None;
        let rest = self.rest()[words..].to_owned();
        let ends = rest.char_indices().filter(|(_, c)| c.is_whitespace() || *c == ')').map(|(at, _)| at);
        for end in ends.chain([rest.len()]).take(9) {
            let value = rest[..end].trim();
            if !value.is_empty()
                && let Some(range) = date(value, self.options.today)
            {
                best = Some((end, range));
            }
        }
        let Some((end, range)) = best else { return Ok(None) };
        self.at += words + end;
        Ok(Some(Node::new(NodeKind::Date(Field::Date, range), start..self.at)))
    }
}

/// Cuts at OR.
fn split_or(text: &str) -> Vec<&str> {
    let lower = text.to_ascii_lowercase();
    let mut parts = Vec::new();
    let mut from = 0;
    for (at, _) in lower.match_indices(" or ") {
        if at >= from {
            parts.push(&text[from..at]);
            from = at + 4;
        }
    }
    parts.push(&text[from..]);
    parts
}

/// `>500`, `geq 500`, `500-800`.
fn count(text: &str) -> Option<Numbers> {
    let lower = text.trim().to_ascii_lowercase();
    let number = |text: &str| text.trim().replace(',', "").parse::<u64>().ok();
    for (sign, least, most) in [
        (">=", 0, None),
        ("geq", 0, None),
        ("<=", 0, Some(0)),
        ("leq", 0, Some(0)),
        (">", 1, None),
        ("gtr", 1, None),
        ("<", 0, Some(1)),
        ("lss", 0, Some(1)),
    ] {
        if let Some(rest) = lower.strip_prefix(sign) {
            let number = number(rest)?;
            return Some(match most {
                None => Numbers { least: number.checked_add(least)?, most: None },
                Some(less) => Numbers { least: 0, most: Some(number.checked_sub(less)?) },
            });
        }
    }
    if let Some((least, most)) = lower.split_once('-') {
        return Some(Numbers { least: number(least)?, most: Some(number(most)?) });
    }
    let number = number(lower.trim_start_matches('='))?;
    Some(Numbers { least: number, most: Some(number) })
}

/// What a comparison makes of a time.
type Compared = fn(crate::when::When) -> Option<DateRange>;

/// A date or range as one of the systems writes it.
fn date(text: &str, today: Date) -> Option<DateRange> {
    let text = text.trim();
    let lower = text.to_ascii_lowercase();
    if let Some(range) = lower.strip_prefix("from ") {
        let (first, last) = range.split_once(" to ")?;
        return Some(DateRange::Between(Some(day(first, today)?.first), Some(day(last, today)?.last)));
    }
    if let Some((a, b)) = lower.split_once(" and ") {
        let (DateRange::Between(a, b), DateRange::Between(c, d)) = (date(a, today)?, date(b, today)?) else {
            return None;
        };
        let first = [a, c].into_iter().flatten().max();
        let last = [b, d].into_iter().flatten().min();
        return Some(DateRange::Between(first, last));
    }
    let signs: [(&str, Compared); 14] = [
        (">=", from),
        ("geq", from),
        ("<=", until),
        ("leq", until),
        ("after", after),
        ("aft", after),
        (">", after),
        ("gtr", after),
        ("before", before),
        ("bef", before),
        ("<", before),
        ("lss", before),
        ("is", within),
        ("=", within),
    ];
    for (sign, make) in signs {
        if let Some(rest) = lower.strip_prefix(sign) {
            let rest = rest.trim().trim_matches(['(', ')']);
            return make(day(rest, today)?);
        }
    }
    // 20220101-20220131, 2010-2012
    if let Some((a, b)) = lower.split_once('-')
        && a.len() == b.len()
        && [a, b].iter().all(|part| matches!(part.len(), 4 | 8) && part.bytes().all(|b| b.is_ascii_digit()))
    {
        return Some(DateRange::Between(Some(day(a, today)?.first), Some(day(b, today)?.last)));
    }
    match day(&lower, today) {
        Some(when) => within(when),
        None => dates::range(text, today),
    }
}

fn within(when: crate::when::When) -> Option<DateRange> {
    Some(DateRange::Between(Some(when.first), Some(when.last)))
}

fn from(when: crate::when::When) -> Option<DateRange> {
    Some(DateRange::Between(Some(when.first), None))
}

fn until(when: crate::when::When) -> Option<DateRange> {
    Some(DateRange::Between(None, Some(when.last)))
}

fn after(when: crate::when::When) -> Option<DateRange> {
    Some(DateRange::Between(Some(when.last.tomorrow().ok()?), None))
}

fn before(when: crate::when::When) -> Option<DateRange> {
    Some(DateRange::Between(None, Some(when.first.yesterday().ok()?)))
}

/// `20220131`, `1/31/2022` (month first, as all three print it in America), or any date in words.
fn day(text: &str, today: Date) -> Option<crate::when::When> {
    let text = text.trim();
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return format!("{}-{}-{}", &text[..4], &text[4..6], &text[6..]).parse().ok();
    }
    let parts: Vec<&str> = text.split(['/', '-']).collect();
    if let [month, day, year] = parts.as_slice()
        && year.len() == 4
    {
        return format!("{year}-{month}-{day}").parse().ok();
    }
    dates::when(text, today)
}

/// The code of a language by its English name; anything else as it is.
fn language(name: &str) -> &str {
    const NAMES: &[(&str, &str)] = &[
        ("english", "en"),
        ("german", "de"),
        ("french", "fr"),
        ("spanish", "es"),
        ("italian", "it"),
        ("russian", "ru"),
        ("ukrainian", "uk"),
        ("portuguese", "pt"),
        ("dutch", "nl"),
        ("polish", "pl"),
        ("arabic", "ar"),
        ("chinese", "zh"),
        ("japanese", "ja"),
        ("turkish", "tr"),
        ("swedish", "sv"),
        ("norwegian", "no"),
        ("danish", "da"),
        ("finnish", "fi"),
    ];
    NAMES.iter().find(|(long, _)| long.eq_ignore_ascii_case(name)).map_or(name, |(_, code)| code)
}
