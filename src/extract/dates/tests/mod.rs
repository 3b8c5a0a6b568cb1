//! The room as a whole: tables of text and what is found in it.

#![allow(clippy::unwrap_used, clippy::type_complexity)]

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
fn hard_cases() {
    // Wednesday, 19 January 2022.
    let day = "2022-01-19";
    check(&[
        // What is to come
        (
            day,
            "Last winter he slipped, and on Friday he sees a surgeon.",
            "Last winter=2020-12-01..2021-02-28; Friday=2022-01-21",
        ),
        (day, "\"He's got his exams on Thursday.\"", "Thursday=2022-01-20"),
        (day, "He was ready to meet them again on Monday.", "Monday=2022-01-24"),
        (day, "They threatened to block the road from Monday.", "Monday=2022-01-24"),
        (day, "They failed to agree on Monday.", "Monday=2022-01-17"),
        (day, "He cancelled talks that had been planned for Monday.", "Monday=2022-01-24"),
        (day, "He is suspended for Sunday's trip to Dundee.", "Sunday=2022-01-23"),
        (day, "He was blamed for Sunday's crash.", "Sunday=2022-01-16"),
        (day, "Investors await Thursday's jobs data.", "Thursday=2022-01-20"),
        (day, "Ministers meeting on Friday are likely to agree.", "Friday=2022-01-21"),
        (day, "A service will be held in November.", "November=2022-11"),
        (day, "Holloway, who is up for re-election in November, has agreed.", "November=2022-11"),
        (day, "Classes were to have ended Friday.", "Friday=2022-01-21"),
        (day, "The warning stands until 9am on Friday.", "9am on Friday=2022-01-21"),
        (day, "A June 3 hearing has been scheduled.", "June 3=2022-06-03"),
        (day, "She issued a deadline of next Friday.", "next Friday=2022-01-28"),
        // What has passed
        ("2023-09-18", "They let the curbs expire on 15 September.", "15 September=2023-09-15"),
        ("2023-10-18", "She died on 3 February.", "3 February=2023-02-03"),
        (
            "2015-08-28",
            "He lost his farm in 2014. By the end of August that year it was gone.",
            "2014=2014; August that year=2014-08",
        ),
        (day, "He was there a fortnight ago, in '83 and since '05.", "a fortnight ago=2022-01-05; '83=1983; '05=2005"),
        ("2014-12-03", "They lost 9 rupees on every kilo since October.", "October=2014-10"),
        // Feasts
        (day, "They will know by Labor Day.", "Labor Day=2022-09-05"),
        ("2013-05-23", "He will ask for it before Memorial Day.", "Memorial Day=2013-05-27"),
        ("2006-04-24", "The worst since Ash Wednesday, 1983.", "Ash Wednesday, 1983=1983-02-16"),
        (day, "Good Friday and Easter Monday 2021", "Good Friday=2021-04-02; Easter Monday 2021=2021-04-05"),
        // Weekdays of no week
        (day, "He works Monday to Friday.", ""),
        (day, "It meets on the first Monday of each month.", ""),
        (day, "He did not speak until the Monday.", ""),
        (day, "\"Some Tuesday,\" she said. \"Saturday is our busiest day.\"", ""),
        ("2010-11-08", "He was in Tbilisi in October and met her on the 14th.", "October=2010-10; 14th=2010-10-14"),
        ("2010-11-08", "The vote was put off on the 9th.", "9th=2010-10-09"),
        ("2010-11-08", "The court will rule on the 9th.", "9th=2010-11-09"),
        ("2010-11-08", "The shop on the 5th floor, on the 2nd of its tours, on the 7th Avenue.", ""),
        ("2021-01-26", "The rains usually last from November to April.", ""),
        ("2013-08-22", "Minutes of the July 30-31 meeting came out.", "July 30-31=2013-07-30..2013-07-31"),
        ("2013-08-22", "Brent for October delivery lost 40 cents.", "October=2013-10"),
        ("2008-10-13", "On Sunday, the fifteen -- that is, those which are in -- had agreed.", "Sunday=2008-10-12"),
        // Direction
        (
            day,
            "He said next month would be hard; early December was bad.",
            "next month=2022-02; early December=2021-12",
        ),
        (day, "Monday's talks failed, Friday's vote will be close.", "Monday=2022-01-17; Friday=2022-01-21"),
        (day, "The court will rule on Feb. 3, lawyers said.", "Feb. 3=2022-02-03"),
        (
            day,
            "They are expected to meet Thursday; he came on Sunday night.",
            "Thursday=2022-01-20; Sunday night=2022-01-16",
        ),
        (day, "Shops close starting Monday.", "Monday=2022-01-24"),
        (day, "He has been ill since Monday.", "Monday=2022-01-17"),
        (day, "The deal, which was signed on Monday, will end on Friday.", "Monday=2022-01-17; Friday=2022-01-21"),
        // Days counted from the one spoken of
        (
            day,
            "He was arrested on January 5. Two days later he died.",
            "January 5=2022-01-05; Two days later=2022-01-07",
        ),
        (day, "He fell ill on January 5. A week later he died.", "January 5=2022-01-05; A week later=2022-01-12"),
        (
            day,
            "They met on January 5 and again the following Monday.",
            "January 5=2022-01-05; following Monday=2022-01-10",
        ),
        (
            day,
            "They met on January 5, and the previous Friday too.",
            "January 5=2022-01-05; previous Friday=2021-12-31",
        ),
        (day, "Two days later he died.", ""),
        (day, "Shares fell 3 percent from a day earlier.", ""),
        // Months, seasons, quarters, halves, holidays
        (day, "Last May he left; in early December he came back.", "Last May=2021-05; early December=2021-12"),
        (day, "In the second half of 2021 prices rose.", "the second half of 2021=2021-07-01..2021-12-31"),
        (day, "Profit rose in the third quarter, the bank said.", "the third quarter=2021-07-01..2021-09-30"),
        (day, "He scored twice in the third quarter.", ""),
        (day, "He scored in the second half.", ""),
        (
            day,
            "On Christmas Day it snowed; on New Year's Eve it rained.",
            "Christmas Day=2021-12-25; New Year's Eve=2021-12-31",
        ),
        (day, "The mill shut before Christmas.", "Christmas=2021-12-25"),
        (day, "Prices rise over Christmas, and Christmas shopping is over.", ""),
        (day, "It opened on Boxing Day.", "Boxing Day=2021-12-26"),
        // The present tense looks ahead, what had been done does not
        (day, "There are fireworks on Saturday night.", "Saturday night=2022-01-22"),
        (day, "The bridge opens in May.", "May=2022-05"),
        (day, "The team host Leeds on Saturday.", "Saturday=2022-01-22"),
        (day, "The firm, which is based in Leeds, closed its mill on Monday.", "Monday=2022-01-17"),
        (day, "The pumps had run until Sunday night.", "Sunday night=2022-01-16"),
        (day, "The court gave him until Friday to pay.", "Friday=2022-01-21"),
        (day, "Doors open on January 24, 2022, at 9:15 a.m. ET.", "January 24, 2022=2022-01-24"),
        (day, "Easter is late; New York is far; half of them left.", ""),
        (day, "The weekend was quiet.", "The weekend=2022-01-15..2022-01-16"),
        (day, "Last winter was cold.", "Last winter=2020-12-01..2021-02-28"),
        (day, "In mid-January and in late 2021.", "mid-January=2022-01; late 2021=2021"),
        // Names of days
        (day, "The attacks of 9/11 changed it.", "9/11=2001-09-11"),
        (day, "He won 9/11 of the vote on 19/11/2021.", "9/11=2001-09-11; 19/11/2021=2021-11-19"),
        (day, "The January 6 riot and the Oct. 7 attack.", "January 6=2022-01-06; Oct. 7=2021-10-07"),
        // Ranges
        (day, "The summit runs Jan 19-21.", "Jan 19-21=2022-01-19..2022-01-21"),
        (day, "They met from 19 to 21 January.", "19 to 21 January=2022-01-19..2022-01-21"),
        (day, "On Jan. 19 and 20, they met.", "Jan. 19 and 20=2022-01-19..2022-01-20"),
        // Other languages
        (
            day,
            "Vom 19. bis 21. Januar; am 3. März 2021; im Januar 2022.",
            "19. bis 21. Januar=2022-01-19..2022-01-21; 3. März 2021=2021-03-03; Januar 2022=2022-01",
        ),
        (
            day,
            "Les 19 et 20 janvier; le 1er mai 2021; en mars 2021.",
            "19 et 20 janvier=2022-01-19..2022-01-20; 1er mai 2021=2021-05-01; mars 2021=2021-03",
        ),
        (
            day,
            "19 и 20 января; в январе 2022 года; 5 марта 2021 года.",
            "19 и 20 января=2022-01-19..2022-01-20; январе 2022=2022-01; 5 марта 2021=2021-03-05",
        ),
        (
            day,
            "19 і 20 січня; у січні 2022; 5 листопада 2021 року.",
            "19 і 20 січня=2022-01-19..2022-01-20; січні 2022=2022-01; 5 листопада 2021=2021-11-05",
        ),
        (day, "El 19 de enero de 2022; en enero de 2022.", "19 de enero de 2022=2022-01-19; enero de 2022=2022-01"),
        // Times
        (
            day,
            "It began on January 18 at 14:05 and ended Tuesday at 3:30 pm.",
            "January 18 at 14:05=2022-01-18; Tuesday at 3:30 pm=2022-01-18",
        ),
        (day, "At 10:00 GMT on Monday it began.", "10:00 GMT on Monday=2022-01-17"),
        // What only looks like a date
        (day, "It cost 2,019 dollars; 2022 people came; flight 2001; room 1999; 1500 soldiers.", ""),
        (day, "They won 3-2 and 4-4-2; rated 5/10; open 24/7; at 192.168.10.12.", ""),
        (day, "Phone 555-2020; 20.01 percent; 10-12 percent.", ""),
        (day, "May said she would go. April Jones came. They march on.", ""),
        (day, "On February 30 and on 31 April nothing happened.", ""),
    ]);
}

#[test]
fn clock_times_are_of_a_day() {
    // Wednesday, 19 January 2022.
    let day = "2022-01-19";
    check(&[
        (day, "The mill burnt down on Monday. The alarm came at 7:30 p.m.", "Monday=2022-01-17; 7:30 p.m.=2022-01-17"),
        (day, "They spoke at noon on Friday, police said.", "noon on Friday=2022-01-14"),
        (day, "The deadline is midnight Friday.", "midnight Friday=2022-01-21"),
        (day, "The train left at 6 o'clock Monday evening.", "6 o'clock Monday evening=2022-01-17"),
        (
            day,
            "Shells fell on Saturday evening. A spokesman said on Sunday that they came at about six o'clock.",
            "Saturday evening=2022-01-15; Sunday=2022-01-16; six o'clock=2022-01-16",
        ),
        (
            day,
            "Shells fell on Saturday evening, a spokesman said on Sunday. They came at six o\u{2019}clock.",
            "Saturday evening=2022-01-15; Sunday=2022-01-16; six o\u{2019}clock=2022-01-15",
        ),
        (
            day,
            "He spoke on Tuesday; the vote is on Thursday. Polls will open at 8am.",
            "Tuesday=2022-01-18; Thursday=2022-01-20; 8am=2022-01-20",
        ),
        (day, "He was shot at 9:52 a.m. as he stood guard Monday.", "9:52 a.m.=2022-01-17; Monday=2022-01-17"),
        (
            day,
            "It landed on Tuesday. It came down at 2:33 p.m., days after it left last Friday.",
            "Tuesday=2022-01-18; 2:33 p.m.=2022-01-18; last Friday=2022-01-14",
        ),
        (
            day,
            "They met on January 5. They left at 3 p.m. the following day.",
            "January 5=2022-01-05; 3 p.m. the following day=2022-01-06",
        ),
        (
            day,
            "The hearing is set for 7 p.m. March 25. Comments are due by 5 p.m. the day before.",
            "7 p.m. March 25=2022-03-25; 5 p.m. the day before=2022-03-24",
        ),
        (day, "The call is on Thursday at 8:30 a.m. Eastern Time.", "Thursday at 8:30 a.m. Eastern Time=2022-01-20"),
        (day, "Yoga, 9 a.m. Saturday, library", "9 a.m. Saturday=2022-01-22"),
        // Of no one day
        (day, "The shop is open from 9 a.m. to 5 p.m. daily.", ""),
        (day, "It is open 10 a.m. to 5 p.m. Tuesday through Sunday.", ""),
        (day, "He rises at noon every day. He ran a mile in 4:02, at high noon.", ""),
    ]);
}

#[test]
fn holidays() {
    let day = "2022-01-19";
    check(&[
        (day, "On the Fourth of July it rained.", "Fourth of July=2021-07-04"),
        (day, "He was fine on July Fourth.", "July Fourth=2021-07-04"),
        (day, "By Thanksgiving, 2011, it was over.", "Thanksgiving, 2011=2011-11-24"),
        (day, "Thanksgiving dinner was late; a thanksgiving mass was said.", ""),
        (
            day,
            "Palm Sunday drew 15,000 people, Remembrance Day fewer.",
            "Palm Sunday=2021-03-28; Remembrance Day=2021-11-11",
        ),
        ("1999-05-21", "He noted that Memorial Day is still some way off.", "Memorial Day=1999-05-31"),
        (
            "2022-02-01",
            "Presidents' Day and Valentine\u{2019}s Day",
            "Presidents' Day=2022-02-21; Valentine\u{2019}s Day=2022-02-14",
        ),
        ("2002-10-04", "It was extended until Labor Day.", "Labor Day=2002-09-02"),
        ("2002-10-04", "It will be over by about the day after Christmas.", "the day after Christmas=2002-12-26"),
        ("2022-04-20", "Good Friday and Easter Monday 2021", "Good Friday=2021-04-02; Easter Monday 2021=2021-04-05"),
        (day, "The fourth of the columbus brothers, a good friday", ""),
    ]);
}

#[test]
fn days_told_by_what_was_said_before() {
    let day = "2022-01-19";
    check(&[
        // A festival's weekdays, a day named before
        (
            day,
            "The fair is on from Friday 11 to Sunday 13 February. The Saturday night concert sold out.",
            "Friday 11 to Sunday 13 February=2022-02-11..2022-02-13; Saturday night=2022-02-12",
        ),
        (
            day,
            "London made ready for the wedding on January 21. Friday has been declared a holiday.",
            "January 21=2022-01-21; Friday=2022-01-21",
        ),
        (
            day,
            "He was last seen on January 5. He parked his truck that Wednesday morning.",
            "January 5=2022-01-05; Wednesday morning=2022-01-05",
        ),
        (
            day,
            "Stores will shut on January 24. The mayor said on Monday that all was well.",
            "January 24=2022-01-24; Monday=2022-01-17",
        ),
        // Years
        (day, "They landed on January 4 and January 25, 2004.", "January 4=2004-01-04; January 25, 2004=2004-01-25"),
        (
            "2015-08-19",
            "The last day of school will be June 10. Seniors: June 4.",
            "June 10=2016-06-10; June 4=2016-06-04",
        ),
        (day, "He was charged in 2019 and freed the following May.", "2019=2019; following May=2020-05"),
        // Days pointed at
        (
            day,
            "The deal will be done by June 10. If no price is agreed on by that time, he pays.",
            "June 10=2022-06-10; that time=2022-06-10",
        ),
        (
            day,
            "They came on January 10 and left the next morning.",
            "January 10=2022-01-10; the next morning=2022-01-11",
        ),
        (day, "They met in January. He came late on the evening of the 14th.", "January=2022-01; 14th=2022-01-14"),
        ("2006-03-08", "A new march was called for the 16th.", "16th=2006-03-16"),
        (day, "It was due by the 15th of this month.", "15th of this month=2022-01-15"),
        (day, "It stays open through Friday, the 28th.", "Friday, the 28th=2022-01-28"),
        (day, "They remember December the 4th.", "December the 4th=2021-12-04"),
        (day, "Shares rose on Tuesday, 3 percent on the day.", "Tuesday=2022-01-18; the day=2022-01-18"),
    ]);
}

#[test]
fn tense_and_manner() {
    let day = "2022-01-19";
    check(&[
        (day, "The council put it off until its April 8 meeting.", "April 8=2022-04-08"),
        (
            day,
            "The Wildcats travel to Reno on Saturday; schools reopen Monday.",
            "Saturday=2022-01-22; Monday=2022-01-24",
        ),
        (day, "Crews are still at work to turn on the lights after Tuesday's storm.", "Tuesday=2022-01-18"),
        (day, "The president will decide after Friday's vote.", "Friday=2022-01-21"),
        (day, "They hope for Saturday night, Sunday at the latest.", "Saturday night=2022-01-22; Sunday=2022-01-23"),
        (day, "It must be done no later than Friday.", "Friday=2022-01-21"),
        (day, "Trains would resume limited service on Friday.", "Friday=2022-01-21"),
        (day, "They crossed the state, predicting a victory on Tuesday.", "Tuesday=2022-01-25"),
        (day, "Investors look to Friday's jobs report.", "Friday=2022-01-21"),
        (day, "The storm is forecast to hit the coast early Friday.", "early Friday=2022-01-21"),
        (day, "The game has been moved to Sunday.", "Sunday=2022-01-23"),
        (day, "A vote had been expected Tuesday but was put off.", "Tuesday=2022-01-18"),
        ("2015-03-29", "The vote was to be held Feb. 14 but was put back.", "Feb. 14=2015-02-14"),
        (
            "2017-08-10",
            "Schools, closed since July 31, reopen on August 28.",
            "July 31=2017-07-31; August 28=2017-08-28",
        ),
        ("2012-01-30", "The team is off until next Sunday.", "next Sunday=2012-02-05"),
        (day, "He flies home a week tomorrow.", "a week tomorrow=2022-01-27"),
        (
            day,
            "She will stay until to-morrow; to-day she rests, and to-night.",
            "to-morrow=2022-01-20; to-day=2022-01-19; to-night=2022-01-19",
        ),
        (day, "It left Rio on Sunday and was due in Paris on Monday.", "Sunday=2022-01-16; Monday=2022-01-17"),
        (
            day,
            "The matches set down for Saturday are off; the series moves to Leeds on Sunday.",
            "Saturday=2022-01-22; Sunday=2022-01-23",
        ),
        (day, "Neighbors have until the close of business Monday to object.", "Monday=2022-01-24"),
        (day, "It will hold a music-centered event on February 1.", "February 1=2022-02-01"),
        (day, "It e-mailed invitations on Wednesday.", "Wednesday=2022-01-19"),
        (day, "The ban is to be signed and ratified on December 2.", "December 2=2022-12-02"),
        (
            day,
            "The team now has to appear on March 21, and had to on Monday.",
            "March 21=2022-03-21; Monday=2022-01-17",
        ),
        (day, "He put the vote off until after March 9.", "March 9=2022-03-09"),
        (day, "The tag was used a million times by Tuesday night.", "Tuesday night=2022-01-18"),
        (day, "They were told to leave by Friday.", "Friday=2022-01-21"),
        (day, "They gave their view of the upcoming play on Monday.", "Monday=2022-01-17"),
        (day, "It will be seen tomorrow and Tuesday.", "tomorrow=2022-01-20; Tuesday=2022-01-25"),
        ("2005-07-05", "The season: June 1 to Nov. 30.", "June 1 to Nov. 30=2005-06-01..2005-11-30"),
        (day, "The crane fell ten days before the feast began.", ""),
        // Names
        (day, "A man of Friday Harbor was held in Friday Harbor.", ""),
        (day, "Leader Sarah Friday spoke in Charlotte Friday.", "Friday=2022-01-14"),
        (day, "On a wet Tuesday in May she came back.", "May=2021-05"),
    ]);
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
