//! Dates in the text, resolved against the publication date.

use jiff::civil::Date;

use crate::annotations::{DateMention, Quote, Span};
use crate::article::Article;
use crate::text::{Kind, Tokens};
use crate::when::{Precision, When, day_number};

use super::direction;
use super::grammar::{Expression, Found, Reader, Which, Year, among};
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
    let mut mentions: Vec<DateMention> = Vec::with_capacity(found.len());
    // A clock time without a day before it in its sentence is of the day behind it.
    let mut waiting = 0;
    years_of_lists(&reader, &mut found);
    for mut found in found {
        if let Some(year) = last_day.year_before(found.first) {
            found.expression = found.expression.of_said_year(year);
        }
        let (Some(first), Some(last)) = (tokens.get(found.first), tokens.get(found.end - 1)) else { continue };
        let meaning = match resolve::absolute(found.expression) {
            Some(when) => Some((when, false)),
            None => inferred(
                &reader,
                found,
                today(&reader, found, printed.as_ref(), written.as_ref()),
                &evidence,
                &last_day,
            )
            .map(|when| (when, true)),
        };
        let Some((when, inferred)) = meaning else { continue };
        let alone = found.expression == Expression::Clock && !last_day.is_in_sentence(&reader, found.first);
        if alone {
            waiting += 1;
        } else {
            last_day.note(&reader, found, when, printed.as_ref());
            if when.precision == Precision::Day {
                let start = clause_start(&reader, tokens, found.first);
                let same = |m: &&mut DateMention| m.span.end > start;
                mentions.iter_mut().rev().take(waiting).take_while(same).for_each(|m| m.when = when);
            }
            waiting = 0;
        }
        mentions.push(DateMention { span: Span { start: first.start, end: last.end }, when, inferred });
    }
    mentions
}

/// The byte where the clause of the token `first` begins: at a comma or the start of a sentence, and not farther off than
/// [`Day::REACH`] tokens, however long the text goes on without either.
fn clause_start(reader: &Reader<'_>, tokens: &Tokens, first: usize) -> u32 {
    let farthest = first.saturating_sub(Day::REACH);
    let opens = |i: &usize| reader.token(*i).is_some_and(|t| t.starts_sentence() || t.kind == Kind::Comma);
    let from = (farthest..=first).rev().find(opens).unwrap_or(farthest);
    tokens.get(from).map_or(0, |token| token.start)
}

/// Days in a list are of the year that its last one has: "January 4 and January 25, 2004".
fn years_of_lists(reader: &Reader<'_>, found: &mut [Found]) {
    let joins = |i: usize| {
        matches!(reader.kind(i), Some(Kind::Comma | Kind::Dash)) || among(reader.word(i), &["and", "or", "to"])
    };
    for at in (1..found.len()).rev() {
        let [before, behind] = found.get_mut(at - 1..=at).unwrap_or_default() else { continue };
        let (given, next_month, next_day) = match behind.expression {
            Expression::Day { year: Year::Given(given), month, day, .. } => (given, month, day),
            Expression::Feast { year: Year::Given(given), .. } => (given, 12, 31),
            _ => continue,
        };
        let apart = behind.first.saturating_sub(before.end);
        if !(1..=2).contains(&apart) || !(before.end..behind.first).all(joins) {
            continue;
        }
        match &mut before.expression {
            Expression::Day { year: year @ Year::Missing, month, day, .. } => {
                *year = Year::Given(given - i16::from((*month, *day) > (next_month, next_day)));
            }
            Expression::Feast { year: year @ Year::Missing, .. } => *year = Year::Given(given),
            _ => {}
        }
    }
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
fn today<'a>(
    reader: &Reader<'_>,
    found: Found,
    printed: Option<&'a When>,
    written: Option<&'a When>,
) -> Option<&'a When> {
    let Expression::Offset(days @ -1..=1) = found.expression else { return printed };
    // "Today (Tuesday)"
    let fits = |today: &&When| match reader.weekday_in_brackets(found.end) {
        Some(weekday) => resolve::shift_days(today.first, days.into()).map(resolve::weekday_of) == Some(weekday),
        None => true,
    };
    written.filter(fits).or(printed)
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
            if last.is_elsewhere(reader, found.first) {
                return None;
            }
            let day = last.before(found.first).or(printed.filter(|_| days == 0).copied())?;
            (day.precision == Precision::Day).then_some(())?;
            resolve::shift_days(day.first, i64::from(days)).map(When::day)
        }
        Expression::YearsAfter(years) => {
            let year = last.year_before(found.first)?.checked_add(i16::try_from(years).ok()?)?;
            When::year(year).filter(|when| printed.is_none_or(|printed| when.first <= printed.first))
        }
        Expression::WeekdayFrom(weekday, behind) => {
            let day = last.before(found.first)?;
            resolve::weekday_from(weekday, behind, day.first).map(When::day)
        }
        Expression::ThatTime => last.before(found.first).filter(|_| found.first.saturating_sub(last.end) <= CLOSE),
        Expression::MonthAfter(month) => {
            let (year, spoken) =
                last.month_before(found.first).or_else(|| Some((last.year_before(found.first)?, 12)))?;
            When::month(year + i16::from(month <= spoken), month)
        }
        Expression::DayOfMonth(day, Some(shift)) => {
            let printed = printed.filter(|printed| printed.precision == Precision::Day)?;
            resolve::day_in_month(day, printed.first, shift)
        }
        // "A march was called for the 16th"
        Expression::DayOfMonth(day, None) if among(reader.back(found.first, 2), &["for"]) => {
            let printed = printed.filter(|printed| printed.precision == Precision::Day)?;
            resolve::day_of_month(day, printed.first, Direction::Future)
        }
        Expression::DayOfMonth(day, None) => last.month_before(found.first).map_or_else(
            || {
                let printed = printed.filter(|printed| printed.precision == Precision::Day)?;
                resolve::day_of_month(day, printed.first, direction::at(reader, found.first, found.end))
            },
            |(year, month)| Date::new(year, month, day).ok().map(When::day),
        ),
        Expression::Month { year: Year::Missing, .. } if is_habit(reader, found.first) => None,
        // "On January 24, 2022, at 9:15 a.m. ET" names one day, not two.
        Expression::Clock if last.is_beside(found.first) => None,
        Expression::Clock => last.of_clock(reader, found, printed).filter(|day| day.precision == Precision::Day),
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
                let mut direction = Direction::Past;
                if both_ways {
                    direction = direction::at(reader, found.first, found.end);
                    // "Yoga, 9 a.m. Saturday, library": what has its hour and no verb is announced.
                    let aimed = among(reader.back(found.first, 1), &["before", "for", "from", "of", "through", "to"]);
                    if direction == Direction::Open && reader.is_timed(found) && !aimed {
                        direction = Direction::Future;
                    }
                }
                last.same_again(reader, found, printed, direction)
                    .or_else(|| resolve::relative(expression, printed, direction))
            }
            None => evidence.year(expression).and_then(resolve::absolute),
        },
    }
}

/// Tokens between a day and "by that time", at most.
const CLOSE: usize = 40;

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

/// Days until a festival whose weekdays are told without their number, at most.
const SOON: i64 = 60;

/// Whether the day whose first token is `first` is one on which something was said: "police said on Monday".
fn is_of_speech(reader: &Reader<'_>, first: usize) -> bool {
    const NEAR: usize = 4;
    let starts = |i: usize| reader.token(i).is_some_and(|t| t.starts_sentence());
    let before = (first.saturating_sub(NEAR)..first).rev().take_while(|i| !starts(i + 1));
    before.into_iter().any(|i| among(reader.word(i), &["said", "says", "told", "announced", "reported", "added"]))
}

/// The day last spoken of, for "that day" to point at.
#[derive(Default)]
struct Day {
    when: Option<When>,
    end: usize,
    /// Whether it was named by its number, not as a weekday.
    numbered: bool,
    /// Whether it was named in one word.
    short: bool,
    /// Year and month of the month or day last spoken of, and behind its last token.
    month: Option<(i16, i8, usize)>,
    /// The year last spoken of, by itself or as that of a day or month, and behind its last token.
    year: Option<(i16, usize)>,
    /// The day last named by its number, or counted from today, and behind its last token.
    named: Option<(When, usize)>,
    /// Behind the last token of a month or year long ago that something was done in, no day of which has been named since: "in
    /// August 1954 ... the following day".
    elsewhere: Option<usize>,
    /// The days last named together, "April 15 to 17", and behind their last token.
    days: Option<(When, usize)>,
    /// The last day close to that of printing, up to it and from it on, on which something was done or is to be, rather than
    /// said.
    done: [Option<(When, usize)>; 2],
}

impl Day {
    /// A day further back than this many tokens is not what "that day" points at.
    const REACH: usize = 120;

    /// Tokens behind a month or year long ago in which it may still be what is spoken of.
    const STORY: usize = 30;
    /// Days from which on a month or year is long ago.
    const LONG_AGO: i64 = 366;

    /// Days from that of printing on which a clock time without its day may be.
    const CLOSE: i64 = 6;

    fn note(&mut self, reader: &Reader<'_>, found: Found, when: When, printed: Option<&When>) {
        if when.precision == Precision::Day {
            let numbered = matches!(found.expression, Expression::Day { .. });
            let short = found.end - found.first == 1;
            *self = Day { when: Some(when), end: found.end, numbered, short, elsewhere: None, ..*self };
        } else if among(reader.back(found.first, 1), &["in"])
            && printed.is_none_or(|printed| printed.first_day() - when.last_day() > Self::LONG_AGO)
        {
            self.elsewhere = Some(found.end);
        }
        match found.expression {
            Expression::Day { .. } | Expression::Offset(_) | Expression::NumberedWeekday(..) => {
                self.named = Some((when, found.end));
            }
            Expression::Days { .. } => self.days = Some((when, found.end)),
            _ => {}
        }
        if let Some(printed) =
            printed.filter(|_| when.precision == Precision::Day && !is_of_speech(reader, found.first))
        {
            let ahead = when.first_day() - printed.first_day();
            let over = ahead == 0
                && (among(reader.word(found.end - 1), &["morning"]) || among(reader.word(found.first), &["earlier"]));
            for (slot, holds) in self.done.iter_mut().zip([-Self::CLOSE..=0, i64::from(over)..=Self::CLOSE]) {
                if holds.contains(&ahead) {
                    *slot = Some((when, found.end));
                }
            }
        }
        if matches!(when.precision, Precision::Day | Precision::Month) {
            self.month = Some((when.first.year(), when.first.month(), found.end));
        }
        if when.precision != Precision::Range {
            self.year = Some((when.first.year(), found.end));
        }
    }

    /// What the words before tell of a day that the words beside it leave open.
    fn same_again(&self, reader: &Reader<'_>, found: Found, printed: &When, direction: Direction) -> Option<When> {
        (printed.precision == Precision::Day).then_some(())?;
        let ahead = |day: Date| day_number(day) - day_number(printed.first);
        let near = |slot: Option<(When, usize)>| {
            slot.filter(|(_, end)| found.first.saturating_sub(*end) <= Self::REACH).map(|(when, _)| when)
        };
        match found.expression {
            Expression::Weekday(weekday, which @ (Which::Plain | Which::That)) => {
                let of_speech = is_of_speech(reader, found.first);
                // "The festival is on from April 15 to 17. On Saturday"
                let within = |days: When| {
                    let all =
                        (0..7).map_while(|n| resolve::shift_days(days.first, n)).take_while(|day| *day <= days.last);
                    let soon = (0..=SOON).contains(&ahead(days.first)) && !of_speech;
                    all.into_iter().find(|day| soon && resolve::weekday_of(*day) == weekday)
                };
                // "Tomorrow's wedding ... Friday has been declared a holiday", "that Wednesday"
                let again = |named: When| {
                    let most = if direction == Direction::Past { 3 } else { 7 };
                    let close = (1..=most).contains(&ahead(named.first)) && !of_speech;
                    let same = resolve::weekday_of(named.first) == weekday && (close || which == Which::That);
                    same.then_some(named.first)
                };
                // "It left Rio on Sunday and was due in Paris on Monday"
                let due = direction == Direction::Planned && self.is_in_sentence(reader, found.first);
                let due_from = self.when.filter(|when| due && ahead(when.first) < 0);
                if let Some(day) = due_from.and_then(|from| resolve::weekday_from(weekday, true, from.first)) {
                    return Some(When::day(day));
                }
                let listed = || self.behind_listed(reader, found.first, weekday).filter(|_| which == Which::Plain);
                let told = || near(self.days).and_then(within).or_else(|| near(self.named).and_then(again));
                listed().filter(|day| ahead(*day) > 0).or_else(told).map(When::day)
            }
            // "The last day of school is June 10. Seniors graduate June 4."
            Expression::Day { year: Year::Missing, month, day, weekday: None } if direction == Direction::Open => {
                const NEAR: i64 = 60;
                let named = near(self.named).filter(|named| ahead(named.first) > 0)?;
                let year = named.first.year();
                let days = [year - 1, year, year + 1].into_iter().filter_map(|year| Date::new(year, month, day).ok());
                let close = |day: &Date| (day_number(*day) - named.first_day()).abs() <= NEAR && ahead(*day) >= 0;
                days.into_iter().find(close).map(When::day)
            }
            _ => None,
        }
    }

    /// The weekday in a list of days, behind the one before it: "tomorrow and Tuesday".
    fn behind_listed(&self, reader: &Reader<'_>, first: usize, weekday: i8) -> Option<Date> {
        let day = self.when?;
        let joins = |i: usize| reader.kind(i) == Some(Kind::Comma) || among(reader.word(i), &["and", "or"]);
        let listed = (1..=2).contains(&first.saturating_sub(self.end)) && (self.end..first).all(joins);
        listed.then(|| resolve::weekday_from(weekday, true, day.first)).flatten()
    }

    /// The day that a clock time is of: one of its sentence, or the last on which something was done or is to be.
    fn of_clock(&self, reader: &Reader<'_>, found: Found, printed: Option<&When>) -> Option<When> {
        if printed.is_none() || self.is_in_sentence(reader, found.first) {
            return self.before(found.first);
        }
        let to_come = matches!(direction::at(reader, found.first, found.end), Direction::Future | Direction::Planned);
        let near = |(when, end): (When, usize)| (found.first.saturating_sub(end) <= Self::REACH).then_some(when);
        self.done.get(usize::from(to_come)).copied().flatten().and_then(near).or(printed.copied())
    }

    /// Whether the day last spoken of stands in the sentence of token `first`.
    fn is_in_sentence(&self, reader: &Reader<'_>, first: usize) -> bool {
        let starts = |i: usize| reader.token(i).is_some_and(|t| t.starts_sentence());
        self.when.is_some() && first.saturating_sub(self.end) <= Self::REACH && !(self.end..=first).any(starts)
    }

    /// Whether what is told at token `first` is told of a month or year long ago of which no day has been named.
    fn is_elsewhere(&self, reader: &Reader<'_>, first: usize) -> bool {
        let starts = |i: usize| reader.token(i).is_some_and(|t| t.starts_sentence());
        let near = |end: usize| {
            let same_sentence = !(end..=first).any(starts);
            first.saturating_sub(end) <= Self::STORY && (same_sentence || self.before(first).is_none())
        };
        self.elsewhere.is_some_and(near)
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

    /// Whether no more than a comma and a preposition stand between a day and the token `first`.
    fn is_beside(&self, first: usize) -> bool {
        (self.numbered || self.short) && first.saturating_sub(self.end) <= 2
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
    if dates.is_empty() || quotes.is_empty() {
        return;
    }
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
    let date = dates.get(dates.partition_point(|d| d.span.start < start)).filter(|date| is_speakable(&date.when))?;
    let first = tokens.partition_point(|t| t.start < date.span.start);
    let between = tokens.get(verb + 1..first)?;
    let other_clause =
        |i: usize| among(reader.word(i), &["who", "whose", "which", "where", "that", "when", "after", "before"]);
    let near = !between.iter().any(|t| t.kind == Kind::Semicolon)
        && between.len() <= REACH
        && !between.iter().any(|t| t.starts_sentence())
        && !(verb + 1..first).any(other_clause);
    (near && is_day_of_speech(reader, first)).then_some(date.when)
}

/// The date that opens the sentence of the verb at token `verb`: "On Tuesday, Lavrov said".
fn said_before(reader: &Reader<'_>, tokens: &Tokens, dates: &[&DateMention], verb: usize) -> Option<When> {
    const LONGEST: usize = 60;
    let from = verb.saturating_sub(LONGEST);
    let (reach, end) = (tokens.get(from)?.start, tokens.get(verb)?.start);
    let before = dates.partition_point(|d| d.span.start < end).checked_sub(1)?;
    dates.get(before).filter(|date| date.span.start >= reach)?;
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
    when.precision == Precision::Day || when.last_day() - when.first_day() < 7
}

/// Whether the date whose first token is `first` says when something was done, rather than since or until when.
fn is_day_of_speech(reader: &Reader<'_>, first: usize) -> bool {
    let other = [
        "since", "until", "till", "from", "of", "after", "before", "for", "by", "to", "through", "between", "ahead",
        "the", "a", "than", "s",
    ];
    !among(reader.back(first, 1), &other)
}
