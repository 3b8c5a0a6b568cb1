//! The publication date: chosen among what the file, its name and its text say, never guessed.
//!
//! The most trusted date wins; one of less trust may make it more exact. A date without its year takes the year
//! from evidence only: an address or folder, another date close by, the same day in full in the text, or the one
//! year of the text in which the weekday fits. Without evidence there is no date.

use jiff::civil::Date;

use crate::article::{Article, DateFate, DateSeen, Dated, Origin};
use crate::text::Tokens;
use crate::when::{Precision, When, day_number};

use super::grammar::{Expression, Found, Reader, Year};
use super::mentions::Evidence;
use super::parse::{self, Order, Partial};
use super::path::{self, Sort};
use super::resolve;

/// Dates before this year are mistakes.
const EARLIEST: i16 = 1700;

/// Characters of a date that are kept to show it.
const LONGEST: usize = 120;

/// Days between a date without its year and the date that it takes the year from, at most.
const NEAR: i64 = 45;

/// Sets `article.date`, `article.modified` and `article.dates_seen` from its hints, address, dateline, text and path.
/// `order` is that of day and month in numbers, as other articles of its source have shown it.
/// `tokens` are those of its body.
pub fn decide(article: &mut Article, order: Order, tokens: &Tokens) {
    let today = jiff::Timestamp::now().to_zoned_datetime(jiff::tz::TimeZone::UTC).date();
    decide_among(article, today, order, Some(tokens));
}

/// As [`decide`], on the day `today`.
pub fn decide_on(article: &mut Article, today: Date, order: Order) {
    decide_among(article, today, order, None);
}

fn decide_among(article: &mut Article, today: Date, order: Order, tokens: Option<&Tokens>) {
    let order = match (order, article.language.as_deref()) {
        (Order::Unknown, Some(language)) if language != "en" => Order::DayFirst,
        _ => order,
    };
    let candidates = candidates(article, order);
    let latest = resolve::shift_days(today, 1).unwrap_or(today);
    let context = Context { article, tokens, candidates: &candidates, latest };
    let (date, published) = context.choose(false);
    let (modified, changed) = context.choose(true);
    let mut seen = published;
    seen.extend(changed);
    seen.sort_by_key(|(number, _)| *number);
    article.dates_seen = seen.into_iter().map(|(_, seen)| seen).collect();
    // Where a page shows the day of its last change only, that is the day it goes by.
    let shown =
        || modified.clone().filter(|dated| dated.origin == Origin::Text && dated.when.precision == Precision::Day);
    article.date = date.or_else(shown);
    article.modified = modified;
}

/// What the numeric dates of an article show of the order of day and month in its source.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Shown {
    /// Dates that can only have the day first: `19/01/2022`.
    pub day_first: u32,
    /// Dates that can only have the month first.
    pub month_first: u32,
    /// Dates that can be read both ways.
    pub ambiguous: u32,
}

/// Counts the numeric dates among the hints of `article` by the order they show. Depends on nothing but the article.
pub fn shown_order(article: &Article) -> Shown {
    let mut shown = Shown::default();
    for hint in &article.date_hints {
        let Some(date) = parse::partial(&hint.text, Order::Unknown) else { continue };
        match date.shows {
            _ if date.ambiguous => shown.ambiguous += 1,
            Some(Order::DayFirst) => shown.day_first += 1,
            Some(Order::MonthFirst) => shown.month_first += 1,
            _ => {}
        }
    }
    shown
}

/// Something that may be the date.
struct Candidate {
    origin: Origin,
    modified: bool,
    /// As found, cut where it is long.
    text: String,
    date: Option<Partial>,
}

impl Candidate {
    fn new(origin: Origin, modified: bool, text: &str, date: Option<Partial>) -> Candidate {
        Candidate { origin, modified, text: text.trim().chars().take(LONGEST).collect(), date }
    }
}

/// Everything that may be the date, most trusted first.
fn candidates(article: &Article, order: Order) -> Vec<Candidate> {
    let mut all = Vec::new();
    for hint in &article.date_hints {
        all.push(Candidate::new(hint.origin, hint.modified, &hint.text, parse::partial(&hint.text, order)));
    }
    if let Some(url) = &article.url
        && let Some(when) = path::date(url, Sort::Address)
    {
        all.push(Candidate::new(Origin::Url, false, url, Some(partial_of(when))));
    }
    if let Some(text) = article.dateline.as_ref().and_then(|d| d.date.as_deref()) {
        all.push(Candidate::new(Origin::Dateline, false, text, parse::partial(text, order)));
    }
    if let Some(when) = path::date(&article.path, Sort::File) {
        all.push(Candidate::new(Origin::FileName, false, &article.path, Some(partial_of(when))));
    }
    all.sort_by_key(|candidate| candidate.origin);
    all
}

fn partial_of(when: When) -> Partial {
    use Precision::{Day, Month};
    Partial {
        year: Some(when.first.year()),
        month: matches!(when.precision, Day | Month).then_some(when.first.month()),
        day: (when.precision == Day).then_some(when.first.day()),
        ..Partial::default()
    }
}

struct Context<'a> {
    article: &'a Article,
    /// The tokens of its body, if they are known.
    tokens: Option<&'a Tokens>,
    candidates: &'a [Candidate],
    /// The last day that a date may be of.
    latest: Date,
}

impl Context<'_> {
    /// The date chosen among the candidates of one sort, and what became of each, with its number.
    fn choose(&self, modified: bool) -> (Option<Dated>, Vec<(usize, DateSeen)>) {
        let mut chosen: Option<(usize, Dated)> = None;
        let mut seen = Vec::new();
        for (number, candidate) in self.candidates.iter().enumerate().filter(|(_, c)| c.modified == modified) {
            let dated = self.dated(candidate);
            let (when, fate) = match &dated {
                Ok(dated) => (Some(dated.when), DateFate::Differs),
                Err((when, fate)) => (*when, *fate),
            };
            let text = candidate.text.clone();
            seen.push((number, DateSeen { origin: candidate.origin, text, modified, when, fate }));
            let Ok(dated) = dated else { continue };
            let better = chosen
                .as_ref()
                .is_none_or(|(_, so_far)| so_far.when != dated.when && so_far.when.contains(&dated.when));
            if better {
                chosen = Some((number, dated));
            }
        }
        if let Some((best, dated)) = &chosen {
            for (number, seen) in seen.iter_mut().filter(|(_, seen)| seen.fate == DateFate::Differs) {
                seen.fate = match seen.when {
                    _ if number == best => DateFate::Chosen,
                    Some(when) if when.contains(&dated.when) => DateFate::Agrees,
                    _ => DateFate::Differs,
                };
            }
        }
        (chosen.map(|(_, dated)| dated), seen)
    }

    /// What `candidate` says, or how it was read and why it is refused.
    fn dated(&self, candidate: &Candidate) -> Result<Dated, (Option<When>, DateFate)> {
        let date = candidate.date.as_ref().ok_or((None, DateFate::Unreadable))?;
        let (when, inferred) = match date.when() {
            Some(when) => (when, false),
            None if date.ambiguous => (self.in_one_order(date).ok_or((None, DateFate::NoOrder))?, true),
            None => (self.with_year(date).ok_or((None, DateFate::NoYear))?, true),
        };
        let time = date.time.clone();
        match () {
            () if when.first.year() < EARLIEST => Err((Some(when), DateFate::TooOld)),
            () if when.first > self.latest => Err((Some(when), DateFate::Future)),
            () => Ok(Dated { when, time, origin: candidate.origin, inferred }),
        }
    }

    fn is_possible(&self, when: &When) -> bool {
        when.first.year() >= EARLIEST && when.first <= self.latest
    }

    /// The dates that are full, whatever they are dates of.
    fn full(&self) -> impl Iterator<Item = When> {
        self.candidates.iter().filter_map(|c| c.date.as_ref()?.when()).filter(|when| self.is_possible(when))
    }

    /// `03/04/2022` in the one order in which it agrees with another date of the file.
    fn in_one_order(&self, date: &Partial) -> Option<When> {
        let read = |date: Partial| Partial { ambiguous: false, ..date }.when();
        let (a, b) = (read(date.clone()), read(date.swapped()));
        let agrees = |when: &When| {
            self.full().any(|other| {
                other.contains(when) && other.first.year() == when.first.year() && other.precision != Precision::Year
            })
        };
        match (a.filter(agrees), b.filter(agrees)) {
            (Some(when), None) | (None, Some(when)) => Some(when),
            _ => None,
        }
    }

    /// A month and day with the year that the evidence gives it.
    fn with_year(&self, date: &Partial) -> Option<When> {
        let (month, day) = (date.month?, date.day?);
        date.year.is_none().then_some(())?;
        let on = |year: i16| Date::new(year, month, day).ok().filter(|d| d.year() >= EARLIEST && *d <= self.latest);
        let fits = |d: &Date| date.weekday.is_none_or(|weekday| resolve::weekday_of(*d) == weekday);
        let near = self.full().find_map(|other| {
            let year = other.first.year();
            let distance = |d: Date| if other.contains(&When::day(d)) { 0 } else { distance(d, &other) };
            [year, year - 1, year + 1].into_iter().filter_map(on).filter(|d| distance(*d) <= NEAR).find(fits)
        });
        near.or_else(|| self.year_of_text(date, month, day).and_then(on).filter(fits)).map(When::day)
    }

    /// The year that the text gives to this day.
    fn year_of_text(&self, date: &Partial, month: i8, day: i8) -> Option<i16> {
        let scanned;
        let tokens = match self.tokens {
            Some(tokens) => tokens,
            None => {
                scanned = Tokens::scan(&self.article.body);
                &scanned
            }
        };
        let mut found = Vec::new();
        Reader::new(&self.article.body, tokens).each(0, |f| found.push(f));
        Evidence::of(&found).year_of(month, day).or_else(|| {
            // The weekday fits one year in seven: it must fit the latest of those spoken of, and that one alone.
            let years = years_of(&found, self.latest.year());
            let weekday = date.weekday?;
            let fits = |year: &&i16| Date::new(**year, month, day).is_ok_and(|d| resolve::weekday_of(d) == weekday);
            let mut fitting = years.iter().filter(fits);
            let only = fitting.next().filter(|_| fitting.next().is_none())?;
            (Some(only) == years.last()).then_some(*only)
        })
    }
}

/// The years up to `latest` that the expressions name, in order.
fn years_of(found: &[Found], latest: i16) -> Vec<i16> {
    let year = |f: &Found| match f.expression {
        Expression::Day { year: Year::Given(year), .. }
        | Expression::Month { year: Year::Given(year), .. }
        | Expression::Years(year, _) => Some(year),
        _ => None,
    };
    let mut years: Vec<i16> = found.iter().filter_map(year).filter(|year| *year <= latest).collect();
    years.sort_unstable();
    years.dedup();
    years
}

/// Days between a day and a time that it is outside of.
fn distance(day: Date, other: &When) -> i64 {
    let (day, first, last) = (day_number(day), other.first_day(), other.last_day());
    (first - day).max(day - last)
}
