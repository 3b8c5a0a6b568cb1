//! Datelines, and the publication date chosen among what a file offers.

use jiff::civil::date;

use super::super::parse::Order;
use super::super::{dateline, publication};
use crate::article::{Article, DateHint, Origin};
use crate::text::Tokens;

#[test]
fn datelines() {
    let table: &[(&str, Option<(&str, &str, &str)>)] = &[
        ("GENEVA, Jan 21 (Reuters) - The talks", Some(("GENEVA", "Jan 21", "Reuters"))),
        ("GENEVA (Reuters) — The talks", Some(("GENEVA", "", "Reuters"))),
        ("Kyiv, Ukraine (CNN) -- The talks", Some(("Kyiv, Ukraine", "", "CNN"))),
        ("(Reuters) - The talks", Some(("", "", "Reuters"))),
        ("(CNN) The talks", Some(("", "", "CNN"))),
        ("MOSCOW/KYIV - The talks", Some(("MOSCOW/KYIV", "", ""))),
        ("WASHINGTON — The talks", Some(("WASHINGTON", "", ""))),
        ("ST. PETERSBURG, Fla. (AP) — The talks", Some(("ST. PETERSBURG, Fla.", "", "AP"))),
        ("PORT-AU-PRINCE, Haiti (AP) — The talks", Some(("PORT-AU-PRINCE, Haiti", "", "AP"))),
        ("BEIJING, Jan. 21 (Xinhua) -- The talks", Some(("BEIJING", "Jan. 21", "Xinhua"))),
        ("Geneva, Jan 21, 2022 (AFP) - The talks", Some(("Geneva", "Jan 21, 2022", "AFP"))),
        ("Geneva, 21 January 2022 – The talks", Some(("Geneva", "21 January 2022", ""))),
        ("MOSCOW. Jan 21 (Interfax) - The talks", Some(("MOSCOW", "Jan 21", "Interfax"))),
        ("MOSCOW, January 21. /TASS/. The talks", Some(("MOSCOW", "January 21", "TASS"))),
        ("BERLIN, 3. März 2022 (dpa) - The talks", Some(("BERLIN", "3. März 2022", "dpa"))),
        ("PARIS, 3 mars (AFP) - The talks", Some(("PARIS", "3 mars", "AFP"))),
        ("MADRID, 3 de marzo de 2022 (EFE) - The talks", Some(("MADRID", "3 de marzo de 2022", "EFE"))),
        ("МОСКВА, 3 марта (ТАСС) - The talks", Some(("МОСКВА", "3 марта", "ТАСС"))),
        ("PARIS, de mars en peis", None),
        ("New Delhi, Jan 21 (PTI) The talks", Some(("New Delhi", "Jan 21", "PTI"))),
        ("LONDON/PARIS, Jan 21 (Reuters) - The talks", Some(("LONDON/PARIS", "Jan 21", "Reuters"))),
        (
            "AURORA, Colo. and LIMA, Peru, Jan. 21, 2022 /PRNewswire/ -- The talks",
            Some(("AURORA, Colo. and LIMA, Peru", "Jan. 21, 2022", "PRNewswire")),
        ),
        ("AUSTIN, Texas--(BUSINESS WIRE)--The talks", Some(("AUSTIN, Texas", "", "BUSINESS WIRE"))),
        ("LONDON, Jan. 21, 2022 (GLOBE NEWSWIRE) -- The talks", Some(("LONDON", "Jan. 21, 2022", "GLOBE NEWSWIRE"))),
        ("A kicker here\n\nROME (Reuters) - The talks", Some(("ROME", "", "Reuters"))),
        ("UNITED NATIONS (AP) — \"We", Some(("UNITED NATIONS", "", "AP"))),
        ("Russia - which borders Ukraine - said", None),
        ("NATO - Russia talks", None),
        ("UNICEF — the agency — said", None),
        ("BREAKING - The talks", None),
        ("Lavrov (71) - The talks", None),
        ("The World Health Organization (WHO) said on Friday", None),
        ("Geneva — The talks", None),
        ("On January 21 - a Friday - they met", None),
        ("Moscow-backed forces", None),
        ("The talks", None),
        ("", None),
    ];
    for (text, expected) in table {
        let found = dateline::find(text, &Tokens::scan(text));
        let shown = found.as_ref().map(|d| {
            let part = |part: &Option<String>| part.clone().unwrap_or_default();
            (part(&d.place), part(&d.date), part(&d.agency))
        });
        let expected_shown = expected.map(|(a, b, c)| (a.to_owned(), b.to_owned(), c.to_owned()));
        assert_eq!(shown, expected_shown, "{text:?}");
        if let Some(line) = found {
            let rest = &text[line.end as usize..];
            assert!(rest.starts_with("The talks") || rest.starts_with('"'), "{text:?} ends before {rest:?}");
        }
    }
}

pub(super) fn hint(origin: Origin, text: &str, modified: bool) -> DateHint {
    DateHint { origin, text: text.to_owned(), modified }
}

/// Decides on an article with these hints, body, path and address; `date origin inferred`.
fn decided(hints: &[(Origin, &str)], body: &str, path: &str, url: &str) -> String {
    let date_hints = hints.iter().map(|(origin, text)| hint(*origin, text, false)).collect();
    let mut article = Article { date_hints, body: body.to_owned(), path: path.to_owned(), ..Article::default() };
    article.url = (!url.is_empty()).then(|| url.to_owned());
    article.dateline = dateline::find(body, &Tokens::scan(body));
    publication::decide_on(&mut article, date(2026, 1, 1), Order::Unknown);
    article.date.map_or_else(String::new, |d| {
        format!("{} {}{}", d.when, d.origin.as_str(), if d.inferred { " inferred" } else { "" })
    })
}

#[test]
fn publication_dates() {
    use Origin::{FrontMatter, Metadata, Text, TimeElement};
    let address = "https://news.example/2022/01/19/talks/";
    let table: &[(&[(Origin, &str)], &str, &str, &str, &str)] = &[
        (&[(Metadata, "2022-01-19T14:05:00Z")], "", "a.txt", "", "2022-01-19 metadata"),
        (&[(Text, "January 18, 2022"), (Metadata, "2022-01-19")], "", "a.txt", "", "2022-01-19 metadata"),
        (&[(FrontMatter, "2022-01-18")], "", "a.txt", address, "2022-01-19 url"),
        (&[(TimeElement, "2022-01-18")], "", "a.txt", address, "2022-01-18 time-element"),
        (&[(Metadata, "nonsense")], "", "2022-01-19_lavrov.txt", "", "2022-01-19 file-name"),
        (&[(Metadata, "2031-01-19")], "", "a.txt", "", ""),
        (&[(Metadata, "1570-01-19")], "", "a.txt", "", ""),
        (&[(Metadata, "2022")], "", "2022-01-19.txt", "", "2022-01-19 file-name"),
        (&[(Metadata, "2022")], "", "2023-01-19.txt", "", "2022 metadata"),
        (&[(Text, "January 19")], "", "a.txt", "", ""),
        (&[(Text, "January 19")], "", "2022/01/a.txt", "", "2022-01-19 text inferred"),
        (&[(Text, "December 31")], "", "2022/01/a.txt", "", "2021-12-31 text inferred"),
        (&[(Text, "January 19")], "", "2022/a.txt", "", "2022-01-19 text inferred"),
        (&[(Text, "July 19")], "", "2022/01/a.txt", "", "2022-01 file-name"),
        (
            &[(Text, "January 19")],
            "It began on January 19, 2022, not in 2014.",
            "a.txt",
            "",
            "2022-01-19 text inferred",
        ),
        (&[(Text, "January 19")], "It began in 2014.", "a.txt", "", ""),
        (&[(Text, "Wednesday, January 19")], "It began in 2022, not in 2014.", "a.txt", "", "2022-01-19 text inferred"),
        (&[(Text, "Tuesday, January 19")], "It began in 2022, not in 2014.", "a.txt", "", ""),
        (&[(Metadata, "03/04/2022")], "", "a.txt", "", ""),
        (&[(Metadata, "03/04/2022")], "", "2022/04/a.txt", "", "2022-04-03 metadata inferred"),
        (&[(Metadata, "03/04/2022"), (Text, "4 March 2022")], "", "a.txt", "", "2022-03-04 metadata inferred"),
        (&[], "GENEVA, Jan 21 (Reuters) - The talks", "a.txt", "", ""),
        (&[], "GENEVA, Jan 21, 2022 (Reuters) - The talks", "a.txt", "", "2022-01-21 dateline"),
        (&[], "BERLIN, 3. März 2022 (dpa) - Der Kanzler", "a.txt", "", "2022-03-03 dateline"),
        (&[], "MADRID, 3 de marzo de 2022 (EFE) - El ministro", "a.txt", "", "2022-03-03 dateline"),
        (&[], "GENEVA, Jan 21 (Reuters) - The talks", "2022-01-22.txt", "", "2022-01-21 dateline inferred"),
        (&[], "Talks on January 19, 2022.", "a.txt", "", ""),
        (&[], "", "2022/01/20-0413.html", "", "2022-01-20 file-name"),
        (&[], "", "000_bb5a4164c865328c.txt", "", ""),
        (&[], "", "2022/01/000_bb5a4164c865328c.txt", "", "2022-01 file-name"),
    ];
    for (hints, body, path, url, expected) in table {
        assert_eq!(decided(hints, body, path, url), *expected, "{hints:?} {body:?} {path} {url}");
    }
}

#[test]
fn every_date_offered_is_kept_with_what_became_of_it() {
    use crate::article::DateFate::{self, Agrees, Chosen, Differs, Future, NoOrder, NoYear, TooOld, Unreadable};
    use Origin::{FileName, Metadata, Text, Url};
    let table: &[(&[(Origin, &str)], &str, &[(Origin, DateFate)])] = &[
        (
            &[(Metadata, "2022-01-19T10:00:00Z"), (Text, "January 20, 2022")],
            "2022/01/a.txt",
            &[(Metadata, Chosen), (Text, Differs), (FileName, Agrees)],
        ),
        (&[(Metadata, "2031-05-01"), (Text, "19 January 2022")], "a.txt", &[(Metadata, Future), (Text, Chosen)]),
        (&[(Metadata, "1600-01-01")], "a.txt", &[(Metadata, TooOld)]),
        (&[(Metadata, "yesterday-ish"), (Text, "January 19")], "a.txt", &[(Metadata, Unreadable), (Text, NoYear)]),
        (&[(Metadata, "03/04/2022")], "a.txt", &[(Metadata, NoOrder)]),
        (&[(Url, "2022")], "2022/01/a.txt", &[(Url, Agrees), (FileName, Chosen)]),
    ];
    for (hints, path, expected) in table {
        let date_hints = hints.iter().map(|(origin, text)| hint(*origin, text, false)).collect();
        let mut article = Article { date_hints, path: (*path).to_owned(), ..Article::default() };
        publication::decide_on(&mut article, date(2026, 1, 1), Order::Unknown);
        let seen: Vec<_> = article.dates_seen.iter().map(|seen| (seen.origin, seen.fate)).collect();
        assert_eq!(seen, *expected, "{hints:?} {path}");
    }
}

#[test]
fn numeric_dates_show_the_order_of_their_source() {
    let shown = |texts: &[&str]| {
        let date_hints = texts.iter().map(|text| hint(Origin::Metadata, text, false)).collect();
        let shown = publication::shown_order(&Article { date_hints, ..Article::default() });
        (shown.day_first, shown.month_first, shown.ambiguous)
    };
    assert_eq!(shown(&["19/01/2022", "20/02/2022 10:00"]), (2, 0, 0));
    assert_eq!(shown(&["1/19/2022"]), (0, 1, 0));
    assert_eq!(shown(&["03/04/2022", "2022-01-19", "19.01.2022", "19 January 2022"]), (0, 0, 1));
    let read = |order| {
        let mut article =
            Article { date_hints: vec![hint(Origin::Metadata, "03/04/2022", false)], ..Article::default() };
        publication::decide_on(&mut article, date(2026, 1, 1), order);
        article.date.map(|date| date.when.to_string())
    };
    assert_eq!(read(Order::DayFirst).as_deref(), Some("2022-04-03"));
    assert_eq!(read(Order::MonthFirst).as_deref(), Some("2022-03-04"));
    assert_eq!(read(Order::Unknown), None);
}

#[test]
fn published_and_modified_are_kept_apart() {
    let date_hints = vec![
        hint(Origin::Metadata, "2022-01-20T09:00:00Z", true),
        hint(Origin::Text, "Published: January 19, 14:05 GMT", false),
    ];
    let mut article = Article { date_hints, ..Article::default() };
    publication::decide_on(&mut article, date(2026, 1, 1), Order::Unknown);
    let (date, modified) = (article.date.unwrap(), article.modified.unwrap());
    assert_eq!(
        (date.when.to_string().as_str(), date.time.as_deref(), date.inferred),
        ("2022-01-19", Some("14:05"), true)
    );
    assert_eq!((modified.when.to_string().as_str(), modified.inferred), ("2022-01-20", false));
}

#[test]
fn the_day_of_the_last_change_is_the_date_where_nothing_else_is_shown() {
    let of = |hints: &[(Origin, &str, bool)]| {
        let date_hints = hints.iter().map(|(origin, text, modified)| hint(*origin, text, *modified)).collect();
        let mut article = Article { date_hints, ..Article::default() };
        publication::decide_on(&mut article, date(2026, 1, 1), Order::Unknown);
        let show =
            |dated: &Option<crate::article::Dated>| dated.as_ref().map(|d| d.when.to_string()).unwrap_or_default();
        (show(&article.date), show(&article.modified))
    };
    let line = ("2022-01-20".to_owned(), "2022-01-20".to_owned());
    assert_eq!(of(&[(Origin::Text, "20 January 2022", true)]), line);
    assert_eq!(
        of(&[(Origin::Text, "19 January 2022", false), (Origin::Text, "20 January 2022", true)]).0,
        "2022-01-19"
    );
    assert_eq!(of(&[(Origin::Metadata, "2022-01-20", true)]).0, "");
}
