//! Dates in the text, resolved against the publication date.

use jiff::civil::Date;

use crate::annotations::{DateMention, Quote, Span};
use crate::article::Article;
use crate::text::{Kind, Tokens};
use crate::when::{Precision, When, day_number};

use super::direction;
use super::grammar::{Expression, Found, Reader, Year, among};
use super::parse::{self, Order};
use super::resolve::{self, Direction};

/// Finds the dates that the body of `article` speaks of, in the order of the text.
///
/// Those that depend on when the article was printed ("last Friday") are left out where that is unknown; a month
/// and day without a year then counts only if the text gives the year elsewhere. The dateline is no mention.
pub fn find(article: &Article, tokens: &Tokens) -> Vec<DateMention> {
    let reader = Reader::new(&article.body, tokens);
    let behind_dateline = article.dateline.as_ref().map_or(0, |d| d.end);
    let from = tokens.partition_point(|t| t.start < behind_dateline);
    let mut found = Vec::new();
    reader.each(from, |f| found.push(f));
    let printed = article.date.as_ref().map(|date| date.when);
    let written = printed.as_ref().and_then(|printed| written_on(article, printed));
    let evidence = if printed.is_none() { Evidence::of(&found) } else { Evidence::default() };
    let mut last_day = Day::default();
    let mut mentions = Vec::with_capacity(found.len());
    for mut found in found {
        if let Some(year) = last_day.year_before(found.first) {
            found.expression = found.expression.of_said_year(year);
        }
        let (Some(first), Some(last)) = (tokens.get(found.first), tokens.get(found.end - 1)) else { continue };
        let meaning = match resolve::absolute(found.expression) {
            Some(when) => Some((when, false)),
            None => inferred(&reader, found, today(found, printed.as_ref(), written.as_ref()), &evidence, &last_day)
                .map(|when| (when, true)),
        };
        let Some((when, inferred)) = meaning else { continue };
        last_day.note(found, when);
        mentions.push(DateMention { span: Span { start: first.start, end: last.end }, when, inferred });
    }
    mentions
}

/// The day of the dateline, where it is one shortly before the day of printing: `BERLIN, Feb. 1 --` in the paper of
/// February 2.
fn written_on(article: &Article, printed: &When) -> Option<When> {
    const DAYS: i64 = 4;
    let line = parse::partial(article.dateline.as_ref()?.date.as_deref()?, Order::Unknown)?;
    (printed.precision == Precision::Day).then_some(())?;
    let year = printed.first.year();
    let on = |year| Date::new(line.year.unwrap_or(year), line.month?, line.day?).ok();
    let near = |day: &Date| (1..=DAYS).contains(&(day_number(printed.first) - day_number(*day)));
    [year, year - 1].into_iter().filter_map(on).find(near).map(When::day)
}

/// The day that an expression counts from: what its author calls today and yesterday is told by the dateline.
fn today<'a>(found: Found, printed: Option<&'a When>, written: Option<&'a When>) -> Option<&'a When> {
    let by_author = matches!(found.expression, Expression::Offset(-1..=1));
    written.filter(|_| by_author).or(printed)
}

/// What an expression that needs its surroundings means.
fn inferred(
    reader: &Reader<'_>,
    found: Found,
    printed: Option<&When>,
    evidence: &Evidence,
    last: &Day,
) -> Option<When> {
    match found.expression {
        Expression::SameDay(days) => {
            let day = last.before(found.first).or(printed.filter(|_| days == 0).copied())?;
            (day.precision == Precision::Day).then_some(())?;
            resolve::shift_days(day.first, i64::from(days)).map(When::day)
        }
        Expression::WeekdayFrom(weekday, behind) => {
            let day = last.before(found.first)?;
            resolve::weekday_from(weekday, behind, day.first).map(When::day)
        }
        Expression::DayOfMonth(day) => last.month_before(found.first).map_or_else(
            || {
                let printed = printed.filter(|printed| printed.precision == Precision::Day)?;
                resolve::day_of_month(day, printed.first, direction::at(reader, found.first, found.end))
            },
            |(year, month)| Date::new(year, month, day).ok().map(When::day),
        ),
        Expression::Month { year: Year::Missing, .. } if is_habit(reader, found.first) => None,
        // "On January 24, 2022, at 9:15 a.m. ET" names one day, not two.
        Expression::Clock if last.is_beside(found.first) => None,
        Expression::Clock => {
            last.before(found.first).or(printed.copied()).filter(|day| day.precision == Precision::Day)
        }
        // "On July 4 and on July 14": days of one month in one sentence are of one year.
        Expression::Day { year: Year::Missing, month, day, weekday }
            if printed.is_some() && last.year_of(reader, month, found.first).is_some() =>
        {
            let year = last.year_of(reader, month, found.first).map_or(Year::Missing, Year::Given);
            resolve::absolute(Expression::Day { year, month, day, weekday })
        }
        expression => match printed {
            Some(printed) => {
                let both_ways = expression.needs_direction();
                let direction = if both_ways { direction::at(reader, found.first, found.end) } else { Direction::Past };
                resolve::relative(expression, printed, direction)
            }
            None => evidence.year(expression).and_then(resolve::absolute),
        },
    }
}

/// Whether the sentence up to token `first` tells what is so every year: "usually lasts from November to April".
fn is_habit(reader: &Reader<'_>, first: usize) -> bool {
    const REACH: usize = 12;
    let starts = |i: &usize| reader.token(*i).is_some_and(|t| t.starts_sentence());
    let from = (first.saturating_sub(REACH)..=first).rev().find(starts).unwrap_or(first.saturating_sub(REACH));
    let habit = ["usually", "normally", "typically", "traditionally", "annually"];
    let turns = ["year", "season", "spring", "summer", "autumn", "winter"];
    let every = |i: usize| among(reader.word(i), &["every", "each"]) && among(reader.word(i + 1), &turns);
    (from..=first).any(|i| among(reader.word(i), &habit) || every(i))
}

/// The day last spoken of, for "that day" to point at.
#[derive(Default)]
struct Day {
    when: Option<When>,
    end: usize,
    /// Whether it was named by its number, not as a weekday.
    numbered: bool,
    /// Year and month of the month or day last spoken of, and behind its last token.
    month: Option<(i16, i8, usize)>,
    /// The year last spoken of, by itself or as that of a day or month, and behind its last token.
    year: Option<(i16, usize)>,
}

impl Day {
    /// A day further back than this many tokens is not what "that day" points at.
    const REACH: usize = 120;

    fn note(&mut self, found: Found, when: When) {
        if when.precision == Precision::Day {
            let numbered = matches!(found.expression, Expression::Day { .. });
            *self = Day { when: Some(when), end: found.end, numbered, ..*self };
        }
        if matches!(when.precision, Precision::Day | Precision::Month) {
            self.month = Some((when.first.year(), when.first.month(), found.end));
        }
        if when.precision != Precision::Range {
            self.year = Some((when.first.year(), found.end));
        }
    }

    /// The year that "that year" at token `first` is.
    fn year_before(&self, first: usize) -> Option<i16> {
        self.year.filter(|(_, end)| first.saturating_sub(*end) <= Self::REACH).map(|(year, _)| year)
    }

    /// Year and month that "the 14th" at token `first` belongs to.
    fn month_before(&self, first: usize) -> Option<(i16, i8)> {
        self.month.filter(|(.., end)| first.saturating_sub(*end) <= Self::REACH).map(|(year, month, _)| (year, month))
    }

    /// The year of the day of `month` that was spoken of in the sentence of token `first`.
    fn year_of(&self, reader: &Reader<'_>, month: i8, first: usize) -> Option<i16> {
        const NEAR: usize = 25;
        let day = self.when.filter(|day| self.numbered && day.first.month() == month)?;
        let starts = |i: usize| reader.token(i).is_some_and(|t| t.starts_sentence());
        let near = first.saturating_sub(self.end) <= NEAR && !(self.end..=first).any(starts);
        near.then_some(day.first.year())
    }

    /// Whether no more than a comma and a preposition stand between a day of a month and the token `first`.
    fn is_beside(&self, first: usize) -> bool {
        self.numbered && first.saturating_sub(self.end) <= 2
    }

    fn before(&self, first: usize) -> Option<When> {
        self.when.filter(|_| first.saturating_sub(self.end) <= Self::REACH)
    }
}

/// What the full dates of a text tell about those without a year.
#[derive(Default)]
pub(super) struct Evidence {
    days: Vec<(i8, i8, i16)>,
}

impl Evidence {
    /// Gathers the full dates among `found`.
    pub(super) fn of(found: &[Found]) -> Evidence {
        let full = |f: &Found| match f.expression {
            Expression::Day { year: Year::Given(year), month, day, .. } => Some((month, day, year)),
            _ => None,
        };
        let mut days: Vec<_> = found.iter().filter_map(full).collect();
        days.sort_unstable();
        days.dedup();
        Evidence { days }
    }

    /// The one year that the text gives to this month and day.
    pub(super) fn year_of(&self, month: i8, day: i8) -> Option<i16> {
        let from = self.days.partition_point(|(m, d, _)| (*m, *d) < (month, day));
        let mut years = self.days.get(from..)?.iter().take_while(|(m, d, _)| (*m, *d) == (month, day)).map(|d| d.2);
        years.next().filter(|_| years.next().is_none())
    }

    /// `expression` with the year that the text gives to the same day elsewhere.
    fn year(&self, expression: Expression) -> Option<Expression> {
        let Expression::Day { year: Year::Missing, month, day, weekday } = expression else { return None };
        let year = Year::Given(self.year_of(month, day)?);
        Some(Expression::Day { year, month, day, weekday })
    }
}

/// Tokens between a verb of saying and the date it was said on, at most.
const REACH: usize = 14;

/// Sets the day a quotation was said where the sentence of its verb names one: "Lavrov said on Tuesday", "On Tuesday,
/// Lavrov said". A date inside the quoted words, or that belongs to something else ("since 2019"), does not count.
pub fn say_when(article: &Article, tokens: &Tokens, dates: &[DateMention], quotes: &mut [Quote]) {
    let reader = Reader::new(&article.body, tokens);
    let free = outside_quotes(dates, quotes);
    for quote in quotes {
        let Some(verb) = quote.verb else { continue };
        let at = tokens.partition_point(|t| t.start < verb.start);
        quote.said_on = said_behind(&reader, tokens, &free, at).or_else(|| said_before(&reader, tokens, &free, at));
    }
}

/// The dates that stand in no quoted words.
fn outside_quotes<'a>(dates: &'a [DateMention], quotes: &[Quote]) -> Vec<&'a DateMention> {
    let mut spans: Vec<Span> = quotes.iter().flat_map(|quote| quote.spans.iter().copied()).collect();
    spans.sort_unstable();
    let (mut next, mut covered) = (0, 0);
    let free = |date: &&DateMention| {
        while let Some(span) = spans.get(next).filter(|span| span.start < date.span.end) {
            covered = covered.max(span.end);
            next += 1;
        }
        covered <= date.span.start
    };
    dates.iter().filter(free).collect()
}

/// The date that follows the verb at token `verb` in its sentence.
fn said_behind(reader: &Reader<'_>, tokens: &Tokens, dates: &[&DateMention], verb: usize) -> Option<When> {
    let start = tokens.get(verb)?.end;
    let date = dates.get(dates.partition_point(|d| d.span.start < start))?;
    let first = tokens.partition_point(|t| t.start < date.span.start);
    let between = tokens.get(verb + 1..first)?;
    let other_clause =
        |i: usize| among(reader.word(i), &["who", "whose", "which", "where", "that", "when", "after", "before"]);
    let near = !between.iter().any(|t| t.kind == Kind::Semicolon)
        && between.len() <= REACH
        && !between.iter().any(|t| t.starts_sentence())
        && !(verb + 1..first).any(other_clause);
    (near && is_speakable(&date.when) && is_day_of_speech(reader, first)).then_some(date.when)
}

/// The date that opens the sentence of the verb at token `verb`: "On Tuesday, Lavrov said".
fn said_before(reader: &Reader<'_>, tokens: &Tokens, dates: &[&DateMention], verb: usize) -> Option<When> {
    const LONGEST: usize = 60;
    let from = verb.saturating_sub(LONGEST);
    let opening = from + tokens.get(from..=verb)?.iter().rposition(|t| t.starts_sentence())?;
    let start = tokens.get(opening)?.start;
    let date = dates.get(dates.partition_point(|d| d.span.start < start))?;
    let first = tokens.partition_point(|t| t.start < date.span.start);
    let end = tokens.partition_point(|t| t.start < date.span.end);
    let speaking = among(
        reader.word(opening),
        &["speaking", "in", "at", "during", "earlier", "late", "talking", "asked", "writing", "addressing"],
    );
    let opens = first <= opening + 2 || (speaking && first <= opening + 12 && reader.word(end) == ",");
    (end <= verb && opens && is_speakable(&date.when) && is_day_of_speech(reader, first)).then_some(date.when)
}

/// Whether somebody can have said something then: on a day, over a weekend, in a week.
fn is_speakable(when: &When) -> bool {
    when.last_day() - when.first_day() < 7
}

/// Whether the date whose first token is `first` says when something was done, rather than since or until when.
fn is_day_of_speech(reader: &Reader<'_>, first: usize) -> bool {
    let other = [
        "since", "until", "till", "from", "of", "after", "before", "for", "by", "to", "through", "between", "ahead",
        "the", "a", "than", "s",
    ];
    !among(reader.back(first, 1), &other)
}
