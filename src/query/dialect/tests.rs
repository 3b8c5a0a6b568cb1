//! Rows of a search, the system it comes from, and what it means in newsidx's own language.
#![allow(clippy::unwrap_used)]

use super::System::{Factiva, Lexis, ProQuest};
use super::*;

fn read(system: System, text: &str) -> Parsed {
    parse(text, system, Options::new(jiff::civil::date(2022, 2, 24))).unwrap()
}

#[test]
fn searches_keep_their_meaning() {
    let table = [
        // OR binds first, then the nearest, then AND, then AND NOT.
        (Lexis, "bank! AND fraud! OR theft", "(bank* AND (fraud* OR (=theft OR =thefts)))"),
        (Lexis, "bankrupt! w/25 discharg! and not student! or college! or educat! w/5 (loan! and scholar!)", ""),
        (Lexis, "a! w/25 b! AND c! OR d! w/10 e!", "((a* w/25 b*) AND ((c* OR d*) w/10 e*))"),
        (Lexis, "a! AND NOT b! AND c!", "(a* AND NOT (b* AND c*))"),
        (
            Lexis,
            "HEADLINE(sanction!) AND DATE(geq (1/15/2022) and leq (1/31/2022))",
            "(title:sanction* AND date:2022-01-15..2022-01-31)",
        ),
        (Lexis, "date aft 1/15/2022 and iran!", "(date:2022-01-16.. AND iran*)"),
        (Lexis, "rico! NOT W/5 puerto!", "(rico* NOT w/5 puerto*)"),
        (Lexis, "a! not/5 b!", "(a* NOT w/5 b*)"),
        (Lexis, "ATLEAST5(belarus!)", "atleast5(belarus*)"),
        (Lexis, "CAPS(aid!)", "caps(aid*)"),
        (Lexis, "a! w/seg b!", "(title:(a* AND b*) OR body:(a* AND b*))"),
        (Lexis, "\"peace talks\"", "\"peace talks\""),
        (Lexis, "LENGTH(>500)", "words:>=501"),
        // A star alone is no word.
        (Lexis, "p>*", "\"p\""),
        (Factiva, "a \u{365}", "=a"),
        (Factiva, "a *_!", "=a"),
        // Words within one piece of a phrase are cut as other words are.
        (Factiva, "\"7''''onear,macr?:a\"", "\"7 onear macr a\""),
        (Lexis, "\"e s??:??t z\"", "\"e s ??t z\""),
        (Lexis, "a! w/3 \"*\"", "a*"),
        // Strokes within a regular expression do not end it.
        (Factiva, "a \"/////\"", "(=a pre/1 /\\/\\/\\//)"),
        (Lexis, "PUBLICATION(Harbour Post or Reuters)", "source:(\"harbour post\" OR \"reuters\")"),
        // A blank makes a phrase, W/n is ordered, near is not; proximity, NOT, AND, OR.
        (Factiva, "bill clinton", "(=bill pre/1 =clinton)"),
        (Factiva, "president w/2 bush", "(=president pre/2 =bush)"),
        (Factiva, "president adj2 bush", "(=president pre/2 =bush)"),
        (Factiva, "carrefour near5 sales", "(=carrefour w/5 =sales)"),
        (Factiva, "vodafone same telecom*", "(=vodafone w/p telecom*)"),
        (Factiva, "a or b and c", "(=a OR (=b AND =c))"),
        (Factiva, "a and b not c", "(=a AND (=b AND NOT =c))"),
        (Factiva, "atleast3 winter games and x", "(atleast3((=winter pre/1 =games)) AND =x)"),
        (Factiva, "hd=(nokia or ericsson) and wc>500", "(title:(=nokia OR =ericsson) AND words:>=501)"),
        (Factiva, "iran and date from 20220101 to 20220131", "(=iran AND date:2022-01-01..2022-01-31)"),
        (Factiva, "engineer$3", "/engineer.{0,3}/"),
        (Factiva, "straß$3", "/strass.{0,3}/"),
        (Factiva, "\\é$", "/e.{0,1}/"),
        (Factiva, "boeing /N30/ airbus", "(=boeing w/30 =airbus)"),
        (Factiva, "la=en", "lang:\"en\""),
        // A blank is AND; PRE, NEAR, AND, OR, NOT.
        (ProQuest, "lavrov geneva", "(lavrov AND geneva)"),
        (ProQuest, "a OR b NOT c", "((a OR b) AND NOT c)"),
        (ProQuest, "a NEAR/3 b", "(a w/3 b)"),
        (ProQuest, "a N/3 b AND c", "((a w/3 b) AND c)"),
        (ProQuest, "a P/3 b", "(a pre/3 b)"),
        (ProQuest, "a NEAR b", "(a w/4 b)"),
        (ProQuest, "ti(talks) AND au(smith)", "(title:talks AND byline:smith)"),
        (ProQuest, "ti,ab(talks)", "(title:talks OR lead:talks)"),
        (ProQuest, "pd(20220101-20220131)", "date:2022-01-01..2022-01-31"),
        (ProQuest, "pd(>20220115)", "date:2022-01-16.."),
        (ProQuest, "yr(2010-2012)", "date:2010-01-01..2012-12-31"),
        (ProQuest, "econom*", "/econom.{0,5}/"),
        (ProQuest, "la(English)", "lang:\"en\""),
        (ProQuest, "EXACT(talks)", "=talks"),
    ];
    for (system, text, expected) in table {
        if expected.is_empty() {
            // An AND beside a distance has no meaning here, and says so.
            assert!(parse(text, system, Options::new(jiff::civil::date(2022, 2, 24))).is_err(), "{text}");
            continue;
        }
        assert_eq!(read(system, text).root.to_string(), expected, "{system:?} {text}");
    }
}

#[test]
fn plurals_as_lexis_finds_them() {
    assert_eq!(read(Lexis, "city").root.to_string(), "(=city OR =cities)");
    assert_eq!(read(Lexis, "churches").root.to_string(), "(=churches OR =church)");
    assert_eq!(read(Lexis, "crisis").root.to_string(), "(=crisis OR =crisises)");
    assert_eq!(read(Lexis, "PLURAL(job)").root.to_string(), "=jobs");
}

#[test]
fn what_cannot_be_kept_is_said() {
    for (system, text) in
        [(Lexis, "wom*n"), (Lexis, "bank*"), (Factiva, "a/F50/"), (ProQuest, "econom*"), (Lexis, "(a!")]
    {
        assert_eq!(read(system, text).notes.len(), 1, "{text}: {:?}", read(system, text).notes);
    }
    for (system, text) in [(Factiva, "co=ibm"), (ProQuest, "su(war)"), (Lexis, "SUBJECT(war)"), (Lexis, "a w/5")] {
        let options = Options::new(jiff::civil::date(2022, 2, 24));
        let read = parse(text, system, options);
        assert!(read.is_err() || !read.unwrap().notes.is_empty(), "{text}");
    }
}

#[test]
fn long_rows_of_words_are_refused_or_read_back() {
    let today = jiff::civil::date(2022, 2, 24);
    let row = |count: usize, operator: &str| vec!["a"; count].join(operator);
    for (system, text, fits) in [
        (Factiva, row(50, " "), true),
        (Factiva, row(51, " "), false),
        (Factiva, row(1_900, " "), false),
        (Factiva, row(1_900, " or "), true),
        (Lexis, row(1_900, " w/seg "), false),
        (Lexis, row(1_900, " and not "), true),
        (ProQuest, row(1_900, " "), true),
        (ProQuest, row(1_900, " near/3 "), false),
    ] {
        let read = parse(&text, system, Options::new(today));
        assert_eq!(read.is_ok(), fits, "{}", &text[..60]);
        if let Ok(read) = read {
            let printed = read.root.to_string();
            assert_eq!(crate::query::parse(&printed, today).unwrap().root.to_string(), printed);
        }
    }
}

proptest::proptest! {
    #[test]
    fn never_panics_and_the_own_language_reads_it_back(
        number in 0usize..3,
        text in "([a-zA-Zé*?!$\"“”()=/0-9 -]|//|/x|[.,:;_'’ʼ~^|{}<>&%#@+\\[\\]\\\\]|[日カกб½²①ßİǅ\u{301}\u{AD}\u{200B}\u{202E}\u{3000}…—«]|\
                 AND |OR |NOT |w/5 |near3 |P/2 |same |hd=|ti\\(|DATE\\(|atleast2 |HEADLINE\\(){0,20}"
    ) {
        let today = jiff::civil::date(2022, 2, 24);
        if let Ok(parsed) = parse(&text, [Lexis, Factiva, ProQuest][number], Options::new(today)) {
            let printed = parsed.root.to_string();
            let again = crate::query::parse(&printed, today);
            proptest::prop_assert!(again.is_ok(), "{:?} printed as {:?}: {:?}", text, printed, again);
            proptest::prop_assert_eq!(again.unwrap().root.to_string(), printed);
        }
    }
}
