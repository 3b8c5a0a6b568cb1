//! The room as a whole: tables of text and what is found in it.

#![allow(clippy::unwrap_used, clippy::type_complexity)]

mod cases;
mod publication;

use jiff::civil::date;

use self::publication::hint;
use super::parse::{self, Order};
use super::publication as decide;
use super::{dateline, mentions};
use crate::article::{Article, Dated, Dateline, Origin};
use crate::text::Tokens;
use crate::when::When;

fn dated(when: &str) -> Option<Dated> {
    let when = when.parse().ok()?;
    Some(Dated { when, time: None, origin: Origin::Metadata, inferred: false })
}

/// What is found in `text` printed on `printed` (or at an unknown time): `words=value`, one after the other.
fn found(printed: &str, text: &str) -> String {
    let article = Article { body: text.to_owned(), date: dated(printed), ..Article::default() };
    let tokens = Tokens::scan(text);
    let mentions = mentions::find(&article, &tokens);
    let shown = mentions.iter().map(|m| format!("{}={}", &text[m.span.range()], m.when));
    shown.collect::<Vec<_>>().join("; ")
}

fn check(table: &[(&str, &str, &str)]) {
    let wrong = table.iter().filter_map(|(printed, text, expected)| {
        let found = found(printed, text);
        (found != *expected).then(|| format!("{text:?} ({printed})\n     found {found}\n  expected {expected}"))
    });
    let wrong: Vec<String> = wrong.collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn absolute_dates_need_no_publication_date() {
    check(&[
        ("", "They met on January 19, 2022 in Geneva.", "January 19, 2022=2022-01-19"),
        ("", "They met on Wednesday, January 19, 2022, again.", "Wednesday, January 19, 2022=2022-01-19"),
        ("", "They met on 19 January 2022.", "19 January 2022=2022-01-19"),
        ("", "They met on the 19th of January 2022.", "the 19th of January 2022=2022-01-19"),
        ("", "Filed Jan. 19, 2022, and Sept. 3, 2021.", "Jan. 19, 2022=2022-01-19; Sept. 3, 2021=2021-09-03"),
        ("", "The log of 2022-01-19 and of 2022-01.", "2022-01-19=2022-01-19; 2022-01=2022-01"),
        ("", "The log of 19.01.2022 or 19/01/2022.", "19.01.2022=2022-01-19; 19/01/2022=2022-01-19"),
        ("", "A form of 03/04/2022 may be read twice.", ""),
        ("", "Since March 2014, and April 2014.", "March 2014=2014-03; April 2014=2014-04"),
        ("", "In early March 2014 and late 2015", "early March 2014=2014-03; late 2015=2015"),
        ("", "The 2014 annexation, 2015's deal and mid-2016 talks.", "2014=2014; 2015=2015; mid-2016=2016"),
        (
            "",
            "The war (1939-1945) and the 2014–18 truce",
            "1939-1945=1939-01-01..1945-12-31; 2014–18=2014-01-01..2018-12-31",
        ),
        ("", "between 2014 and 2018", "2014 and 2018=2014-01-01..2018-12-31"),
        (
            "",
            "From 5-7 March 2021 and March 5-7, 2020.",
            "5-7 March 2021=2021-03-05..2021-03-07; March 5-7, 2020=2020-03-05..2020-03-07",
        ),
        ("", "From January 30 to February 2, 2022.", "January 30 to February 2, 2022=2022-01-30..2022-02-02"),
        ("", "From 30 December to 2 January 2022.", "30 December to 2 January 2022=2021-12-30..2022-01-02"),
        ("", "between March and May 2020", "March and May 2020=2020-03-01..2020-05-31"),
        ("", "In March and May 2020", "March=2020-03; May 2020=2020-05"),
        (
            "",
            "In the summer of 2021 and winter 2021.",
            "summer of 2021=2021-06-01..2021-08-31; winter 2021=2021-12-01..2022-02-28",
        ),
        (
            "",
            "In the third quarter of 2021 and Q4 2021.",
            "the third quarter of 2021=2021-07-01..2021-09-30; Q4 2021=2021-10-01..2021-12-31",
        ),
        ("", "Since the 1990s and the '80s", "1990s=1990-01-01..1999-12-31; '80s=1980-01-01..1989-12-31"),
        ("", "Встреча прошла 19 января 2022 года.", "19 января 2022=2022-01-19"),
        (
            "",
            "Am 19. Januar 2022, le 19 janvier 2022, el 19 de enero de 2022",
            "19. Januar 2022=2022-01-19; 19 janvier 2022=2022-01-19; 19 de enero de 2022=2022-01-19",
        ),
        ("", "On February 30, 2022 nothing happened.", ""),
    ]);
}

#[test]
fn relative_dates_are_resolved_against_the_publication_date() {
    // Wednesday, 19 January 2022.
    let day = "2022-01-19";
    check(&[
        ("", "They met today, on Friday, last week and on January 19.", ""),
        (day, "They met today and will meet tomorrow night.", "today=2022-01-19; tomorrow night=2022-01-20"),
        (
            day,
            "He arrived late yesterday, earlier today he left.",
            "late yesterday=2022-01-18; earlier today=2022-01-19",
        ),
        (day, "A fire broke out this morning, another last night.", "this morning=2022-01-19; last night=2022-01-18"),
        (day, "He speaks tonight.", "tonight=2022-01-19"),
        (day, "He left the day before yesterday.", "the day before yesterday=2022-01-17"),
        (day, "He said on Monday that it rained on Wednesday.", "Monday=2022-01-17; Wednesday=2022-01-19"),
        (day, "Police said Friday morning they had left.", "Friday morning=2022-01-14"),
        (day, "The talks will resume on Friday.", "Friday=2022-01-21"),
        (
            day,
            "The march is on Saturday week, the vote a week on Monday.",
            "Saturday week=2022-01-29; a week on Monday=2022-01-31",
        ),
        (day, "Tickets go on sale at 10am on Friday 11 March via the club.", "10am on Friday 11 March=2022-03-11"),
        (day, "The next day, Tuesday, he flew to Rome.", "Tuesday=2022-01-18"),
        (day, "The fire of Oct. 7 changed much; by Oct 8 the border was shut.", "Oct. 7=2021-10-07; Oct 8=2021-10-08"),
        (day, "From Monday, drivers pay more.", "Monday=2022-01-24"),
        (day, "The law takes effect on Friday.", "Friday=2022-01-21"),
        (day, "The trial is set to begin on Thursday.", "Thursday=2022-01-20"),
        (day, "On Friday, the ministers will meet in Geneva.", "Friday=2022-01-21"),
        (day, "On Friday, he said the ministers will meet.", "Friday=2022-01-14"),
        (day, "Friday's vote will be close.", "Friday=2022-01-21"),
        (day, "He will resign, officials said on Monday.", "Monday=2022-01-17"),
        (day, "The meeting scheduled for Friday was called off.", "Friday=2022-01-21"),
        (day, "They met last Friday and meet next Tuesday.", "last Friday=2022-01-14; next Tuesday=2022-01-25"),
        (day, "They met last Wednesday.", "last Wednesday=2022-01-12"),
        (day, "They met on Tuesday last week.", "Tuesday last week=2022-01-11"),
        (
            day,
            "He left a week ago, two days ago, or three years ago.",
            "a week ago=2022-01-12; two days ago=2022-01-17; three years ago=2019",
        ),
        (
            day,
            "He left two weeks ago and twenty-five years ago.",
            "two weeks ago=2022-01-03..2022-01-09; twenty-five years ago=1997",
        ),
        (day, "More than 20 years ago, or a 10-year-ago tale", ""),
        (
            day,
            "Last month, this year, earlier this month and next year.",
            "Last month=2021-12; this year=2022; earlier this month=2022-01; next year=2023",
        ),
        (day, "Over the past year and the last month", ""),
        (day, "By the end of the year", "the year=2022"),
        (
            day,
            "Later this week or last week",
            "Later this week=2022-01-17..2022-01-23; last week=2022-01-10..2022-01-16",
        ),
        (day, "Protests over the weekend", "the weekend=2022-01-15..2022-01-16"),
        (day, "Polls will open next weekend.", "next weekend=2022-01-22..2022-01-23"),
        (day, "They meet on January 21 after a call on Dec. 30.", "January 21=2022-01-21; Dec. 30=2021-12-30"),
        (day, "It was signed on 11 November.", "11 November=2021-11-11"),
        (day, "The law will take effect on Nov. 1.", "Nov. 1=2022-11-01"),
        (day, "It was agreed in October and will end in June.", "October=2021-10; June=2022-06"),
        (
            day,
            "It was agreed last October, or in September of last year.",
            "last October=2021-10; September of last year=2021-09",
        ),
        (day, "A vote is due in October next year.", "October next year=2023-10"),
        (day, "Last summer and next spring", "Last summer=2021-06-01..2021-08-31; next spring=2022-03-01..2022-05-31"),
        (day, "On 5-7 March they will vote.", "5-7 March=2022-03-05..2022-03-07"),
        (
            day,
            "On January 5, 2021 he left. That day it rained, and the next day.",
            "January 5, 2021=2021-01-05; That day=2021-01-05; the next day=2021-01-06",
        ),
        (day, "Shares ended the day higher.", "the day=2022-01-19"),
        (day, "At the end of the day, one day, every day", ""),
        (
            day,
            "It began at 16:00 UTC on Monday, at 5 p.m. Tuesday, at 0800 GMT.",
            "16:00 UTC on Monday=2022-01-17; 5 p.m. Tuesday=2022-01-18; 0800 GMT=2022-01-18",
        ),
        (
            day,
            "Signed on 1/21/22, 20/01/2022, 1/12/22 and 1/2/22.",
            "1/21/22=2022-01-21; 20/01/2022=2022-01-20; 1/12/22=2022-01-12",
        ),
        (day, "In September Microsoft raised it.", "September=2021-09"),
        (day, "I went back the next Tuesday night.", ""),
        (day, "On Saturday, January 15, they left.", "Saturday, January 15=2022-01-15"),
        ("2008-03-01", "On Friday, February 29 it was signed.", "Friday, February 29=2008-02-29"),
        (
            "2022-01",
            "On January 19 and last month, last Friday, in 2014.",
            "January 19=2022-01-19; last month=2021-12; 2014=2014",
        ),
        (
            "2022-01",
            "He is set to travel on January 20 and will leave by December 1.",
            "January 20=2022-01-20; December 1=2022-12-01",
        ),
        ("2022", "This year, not this month or on Friday", "This year=2022"),
    ]);
}

#[test]
fn today_is_the_day_of_the_dateline() {
    let on = |dateline: &str, text: &str| {
        let dateline = dateline::find(dateline, &Tokens::scan(dateline)).map(|line| Dateline { end: 0, ..line });
        let article = Article { body: text.to_owned(), date: dated("2022-02-02"), dateline, ..Article::default() };
        let mentions = mentions::find(&article, &Tokens::scan(text));
        mentions.iter().map(|m| m.when.to_string()).collect::<Vec<_>>().join(" ")
    };
    assert_eq!(on("OSLO, Feb. 1 -- ", "It failed today, as yesterday."), "2022-02-01 2022-01-31");
    assert_eq!(on("OSLO, Jan. 3 -- ", "It failed today."), "2022-02-02");
    assert_eq!(
        on("OSLO, Feb. 1: ", "It failed today, and will again tomorrow (Thursday)."),
        "2022-02-01 2022-02-03 2022-02-03"
    );
    assert_eq!(on("OSLO -- ", "It failed today; on Monday it had not."), "2022-02-02 2022-01-31");
}

#[test]
fn other_numbers_and_names_are_no_dates() {
    let day = "2022-01-19";
    check(&[
        (day, "Some 2000 people and 1,900 soldiers, 2014 troops.", ""),
        (day, "It cost $2000, €1999 or 2000 dollars, 1984 percent.", ""),
        (day, "In January 19 people died.", "January=2022-01"),
        (day, "On January 19 people died.", "January 19=2022-01-19"),
        (day, "May said she may march. The March on Rome. May Day.", ""),
        (day, "Theresa May spoke. A plan backed by May failed. In May 2019 she left.", "May 2019=2019-05"),
        (day, "He will go in May.", "May=2022-05"),
        (day, "April Jones and August Wilson and June Smith spoke.", ""),
        (day, "The Sunday Times, Black Friday and a good Friday", ""),
        (day, "He told USA Today and Russia Today.", ""),
        (day, "Flight 2014, Resolution 1973 and Boeing 2707", ""),
        (day, "A 2000-strong crowd and a 1500-metre race", ""),
        (day, "At 1600 Pennsylvania Avenue", ""),
        (day, "A survey of 1709 schoolchildren in 1709", "1709=1709"),
        (day, "She is in her 90s and was in the 80s.", ""),
        (day, "He comes every Friday, or one Sunday.", ""),
        (day, "A year-long, week-old, day-to-day affair, 30 days, two weeks", ""),
        (day, "He sat in the sun, saw mar and dec, and the fall of man.", ""),
        (day, "COVID-19 December figures", "December=2021-12"),
        (day, "Call 555-2014 now or 2014.5 or 20:14", ""),
    ]);
}

#[test]
fn a_day_without_year_takes_it_from_the_text() {
    check(&[
        (
            "",
            "On January 19, 2022 they met. On January 19 it snowed, on January 20 it did not.",
            "January 19, 2022=2022-01-19; January 19=2022-01-19",
        ),
        (
            "",
            "Since January 19, 2022 and January 19, 2021. On January 19 it snowed.",
            "January 19, 2022=2022-01-19; January 19, 2021=2021-01-19",
        ),
    ]);
}

#[test]
fn strings_that_are_dates() {
    let table = [
        ("2022-01-19", "2022-01-19 -"),
        ("2022-01-19T14:05:09Z", "2022-01-19 14:05"),
        ("2022-01-19T23:05:09.123-05:00", "2022-01-19 23:05"),
        ("2022-01-19 14:05:09+0100", "2022-01-19 14:05"),
        ("2022-01-19T14:05", "2022-01-19 14:05"),
        ("2022/01/19", "2022-01-19 -"),
        ("Wed, 19 Jan 2022 14:05:09 +0000", "2022-01-19 14:05"),
        ("Wed, 19 Jan 2022 14:05:09 GMT", "2022-01-19 14:05"),
        ("January 19, 2022", "2022-01-19 -"),
        ("JANUARY 19, 2022", "2022-01-19 -"),
        ("Jan. 19, 2022", "2022-01-19 -"),
        ("19 January 2022 14:05 GMT", "2022-01-19 14:05"),
        ("Published: January 19, 2022, 2:05 p.m. ET", "2022-01-19 14:05"),
        ("Published 2:05 PM EST, Wed January 19, 2022", "2022-01-19 14:05"),
        ("Updated at 12:05am on 19th January 2022", "2022-01-19 00:05"),
        ("Wednesday, 19 January 2022", "2022-01-19 -"),
        ("19/01/2022", "2022-01-19 -"),
        ("01/19/2022", "2022-01-19 -"),
        ("03/04/2022", ""),
        ("04/04/2022", "2022-04-04 -"),
        ("19.01.2022", "2022-01-19 -"),
        ("19.1.2022 14:05", "2022-01-19 14:05"),
        ("20220119", "2022-01-19 -"),
        ("20220119140509", "2022-01-19 14:05"),
        ("1642601109", "2022-01-19 14:05"),
        ("1642601109000", "2022-01-19 14:05"),
        ("1642601109.5", "2022-01-19 14:05"),
        ("2022", "2022 -"),
        ("2022-01", "2022-01 -"),
        ("January 2022", "2022-01 -"),
        ("19. Januar 2022, 14:05 Uhr", "2022-01-19 14:05"),
        ("mercredi 19 janvier 2022 à 14h05", "2022-01-19 14:05"),
        ("19 de enero de 2022", "2022-01-19 -"),
        ("19 января 2022, 14:05", "2022-01-19 14:05"),
        ("19 января 2022 г.", "2022-01-19 -"),
        ("19 січня 2022 року", "2022-01-19 -"),
        ("January 19", ""),
        ("", ""),
        ("14:05", ""),
        ("Lavrov", ""),
        ("In January 2022 he said", ""),
        ("2022-13-19", ""),
        ("February 30, 2022", ""),
        ("1234567", ""),
        ("20221399", ""),
    ];
    for (text, expected) in table {
        let found = parse::date(text).map(|(when, time)| format!("{when} {}", time.unwrap_or_else(|| "-".to_owned())));
        assert_eq!(found.unwrap_or_default(), expected, "{text:?}");
    }
    let partial = parse::partial("Wed, January 19", Order::Unknown).unwrap();
    assert_eq!((partial.year, partial.month, partial.day, partial.weekday), (None, Some(1), Some(19), Some(3)));
    let ordered = |order| parse::partial("03/04/2022", order).and_then(|p| p.when()).map(|w| w.to_string());
    assert_eq!(ordered(Order::DayFirst).as_deref(), Some("2022-04-03"));
    assert_eq!(ordered(Order::MonthFirst).as_deref(), Some("2022-03-04"));
}

#[test]
fn what_people_type() {
    let today = date(2022, 1, 19);
    let table = [
        ("today", "2022-01-19"),
        ("Yesterday", "2022-01-18"),
        ("last week", "2022-01-10..2022-01-16"),
        ("this week", "2022-01-17..2022-01-23"),
        ("last 30 days", "2021-12-20..2022-01-19"),
        ("the past two weeks", "2022-01-05..2022-01-19"),
        ("last 6 months", "2021-07-19..2022-01-19"),
        ("3 days ago", "2022-01-16"),
        ("2022", "2022"),
        ("2022-01", "2022-01"),
        ("2022-01-10..2022-01-12", "2022-01-10..2022-01-12"),
        ("january 2022", "2022-01"),
        ("19 jan 2022", "2022-01-19"),
        ("march", "2021-03"),
        ("last month", "2021-12"),
        ("this year", "2022"),
        ("last friday", "2022-01-14"),
        ("monday", "2022-01-17"),
        ("jan 5", "2022-01-05"),
        ("yesterday..today", "2022-01-18..2022-01-19"),
        ("geneva", ""),
        ("", ""),
        ("last geneva week", ""),
    ];
    for (text, expected) in table {
        assert_eq!(parse::human(text, today).map(|w| w.to_string()).unwrap_or_default(), expected, "{text:?}");
    }
}

#[test]
fn the_day_a_quotation_was_said() {
    use crate::annotations::{Quote, QuoteKind, Resolution, Span};
    // The verb is in brackets, the quoted words are in braces.
    let table = [
        ("Lavrov [said] on Tuesday that {talks begin on Friday}.", "2022-01-18"),
        ("On Tuesday, Lavrov [said] that {talks begin on Friday}.", "2022-01-18"),
        ("{Talks begin on Friday}, Lavrov [told] reporters in Geneva on Tuesday.", "2022-01-18"),
        ("Speaking in Geneva on Tuesday, Lavrov [said] {talks go on}.", "2022-01-18"),
        ("Lavrov, minister since 2004, [said] {talks go on}.", ""),
        ("Lavrov, who was named in 2004, [said] {talks go on}.", ""),
        ("{Talks go on}, [said] Lavrov, who was named in 2004.", ""),
        ("{Talks go on}, Lavrov [said]. On Tuesday he left.", ""),
        ("Lavrov [said] {talks begin on Friday}.", ""),
        ("Lavrov [told] reporters on January 17 that {talks go on}.", "2022-01-17"),
        ("Lavrov [said] at the weekend that {talks go on}.", "2022-01-15..2022-01-16"),
        ("Lavrov [said] {talks go on}; early December was bad.", ""),
        ("Lavrov [said] in 2014 that {talks go on}.", ""),
        ("{Talks go on}, Lavrov [said] late Monday.", "2022-01-17"),
        ("In a statement on Sunday, Lavrov [said] {talks go on}.", "2022-01-16"),
    ];
    for (marked, expected) in table {
        let text: String = marked.chars().filter(|c| !"[]{}".contains(*c)).collect();
        let at = |mark: char| {
            marked.find(mark).map(|end| marked[..end].chars().filter(|c| !"[]{}".contains(*c)).count()).unwrap()
        };
        let quote = Quote {
            spans: vec![Span::new(at('{'), at('}'))],
            kind: QuoteKind::Indirect,
            speaker: None,
            source: None,
            role: None,
            verb: Some(Span::new(at('['), at(']'))),
            resolution: Resolution::Named,
            confidence: 1.0,
            said_on: None,
        };
        let article = Article { body: text.clone(), date: dated("2022-01-19"), ..Article::default() };
        let tokens = Tokens::scan(&text);
        let dates = mentions::find(&article, &tokens);
        let mut quotes = [quote];
        mentions::say_when(&article, &tokens, &dates, &mut quotes);
        let said = quotes[0].said_on.map(|w: When| w.to_string()).unwrap_or_default();
        assert_eq!(said, expected, "{marked}");
    }
}

proptest::proptest! {
    #[test]
    fn nothing_panics(text in "(([0-9]{1,4}|[A-Z][a-z]{2}|January|May|Friday|last|week|ago|of|year|the|to|and|[-–/:.,'() ]| |\n\n|\\PC)){0,40}") {
        let article = Article { body: text.clone(), path: text.clone(), url: Some(text.clone()), date: dated("2022-01-19"), ..Article::default() };
        let tokens = Tokens::scan(&text);
        let mentions = mentions::find(&article, &tokens);
        let mut last = 0;
        for mention in mentions {
            proptest::prop_assert!(mention.span.start >= last && mention.span.end > mention.span.start);
            proptest::prop_assert!(text.get(mention.span.range()).is_some());
            last = mention.span.end;
        }
        dateline::find(&text, &tokens);
        parse::date(&text);
        parse::human(&text, date(2022, 1, 19));
        let mut article = Article { date_hints: vec![hint(Origin::Text, &text, false)], date: None, ..article };
        decide::decide_on(&mut article, date(2026, 1, 1), Order::Unknown);
    }
}
