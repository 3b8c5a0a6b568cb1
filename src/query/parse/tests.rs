//! Rows of text and tree, of notes and of mistakes.
#![allow(clippy::unwrap_used)]

use super::*;

fn read(text: &str) -> Parsed {
    parse(text, jiff::civil::date(2022, 2, 24)).unwrap()
}

#[test]
fn trees() {
    let table = [
        ("lavrov geneva", "(lavrov AND geneva)"),
        ("Lavrov AND Geneva", "(lavrov AND geneva)"),
        ("a OR b c", "(a OR (b AND c))"),
        ("(a OR b) c", "((a OR b) AND c)"),
        ("geneva AND NOT lavrov", "(geneva AND NOT lavrov)"),
        ("geneva AND (NOT lavrov)", "(geneva AND NOT lavrov)"),
        ("geneva -lavrov", "(geneva AND NOT lavrov)"),
        ("!football climate", "(NOT football AND climate)"),
        ("climate || city && paris", "(climate OR (city AND paris))"),
        ("lavrov and geneva", "(lavrov AND geneva)"),
        ("-football", "NOT football"),
        ("deploy*", "deploy*"),
        ("gen*va", "gen*va"),
        ("deploy!", "deploy*"),
        ("geneva~1", "geneva~1"),
        ("zelensky~", "zelensky~2"),
        ("=Kiev", "=kiev"),
        ("lavrov w/5 geneva", "(lavrov w/5 geneva)"),
        ("lavrov NEAR/5 geneva", "(lavrov w/5 geneva)"),
        ("lavrov w/99999999999 geneva", "(lavrov w/4294967295 geneva)"),
        ("a pre/3 (b OR c)", "(a pre/3 (b OR c))"),
        ("a /s b", "(a w/s b)"),
        ("a NOT w/5 b", "(a NOT w/5 b)"),
        ("a w/s b w/p c", "((a w/s b) w/p c)"),
        ("“geneva talks”", "\"geneva talks\""),
        ("„Genfer Gespräche“", "\"genfer gesprache\""),
        ("«переговоры в Женеве»", "\"переговоры в женеве\""),
        ("\"geneva talk*\"", "\"geneva talk*\""),
        ("\"troops (in|near) belarus\"~2", "\"troops (in|near) belarus\"~2"),
        ("\"talks in gene\"*", "\"talks in gene*\""),
        ("\"Geneva\"", "\"geneva\""),
        ("Lavrov's Geneva", "(lavrov AND geneva)"),
        ("don't", "don't"),
        ("O’Brien", "o'brien"),
        ("pro-Russian", "\"pro russian\""),
        ("10:30 train", "(\"10 30\" AND train)"),
        ("Re: Geneva", "(re AND geneva)"),
        ("\"Geneva talks", "(geneva AND talks)"),
        ("geneva)", "geneva"),
        ("(geneva", "geneva"),
        ("geneva OR", "geneva"),
        ("AND geneva", "geneva"),
        ("U.S. troops", "(u.s AND troops)"),
        ("speaker:lavrov", "speaker:lavrov"),
        ("about:geneva", "(hlead:geneva OR atleast3(geneva))"),
        ("about:(a -b)", "((hlead:a OR atleast3(a)) AND NOT (hlead:b OR atleast3(b)))"),
        ("people:\"Sergei Lavrov\"", "person:\"sergei lavrov\""),
        ("speaker:\"Sergei Lavrov\"", "speaker:\"sergei lavrov\""),
        ("speaker:(peskov OR zakharova) geneva", "(speaker:(peskov OR zakharova) AND geneva)"),
        ("headline:talks", "title:talks"),
        ("source:\"Harbour Post\"", "source:\"harbour post\""),
        ("source:“", "source:«“»"),
        ("source:(Reuters OR Harbour Post)", "source:(\"reuters\" OR \"harbour post\")"),
        ("source:(Reuters NOT \"AFP\")", "source:(\"reuters\" AND (NOT \"afp\"))"),
        ("path:wire/2022/*", "path:\"wire/2022/*\""),
        ("date:2022-03-01", "date:2022-03-01"),
        ("date:2022-01", "date:2022-01-01..2022-01-31"),
        ("date:[2022-03-01 TO 2022-03-02]", "date:2022-03-01..2022-03-02"),
        ("date:>=2022-01", "date:2022-01-01.."),
        ("date:..2021", "date:..2021-12-31"),
        ("date:none", "date:none"),
        ("date:(2021 OR 2023-05-01)", "(date:2021-01-01..2021-12-31 OR date:2023-05-01)"),
        ("geneve", "geneve"),
        ("Genève", "geneve"),
        ("/gene.*/", "/gene.*/"),
        ("(/lukashenk(a|o)/ minsk)", "(/lukashenk(a|o)/ AND minsk)"),
        ("quote{ceasefire speaker:lavrov}", "quote{(ceasefire AND speaker:lavrov)}"),
        ("sentence{a b}", "sentence{(a AND b)}"),
        ("atleast3(belarus)", "atleast3(belarus)"),
        ("caps(Turkey)", "caps(turkey)"),
        ("exact(talks geneva)", "(=talks AND =geneva)"),
        ("geneva^2 talks", "(geneva^2 AND talks)"),
        ("(a b)^1.5", "(a AND b)^1.5"),
        ("caps(a)^2", "(caps(a))^2"),
        ("(-a)^2", "(NOT a)^2"),
        ("speaker:(-lavrov)", "speaker:(NOT lavrov)"),
        ("article{geneva} paper", "(article{geneva} AND paper)"),
        ("words:>800", "words:>=801"),
        ("words:300..800", "words:300..800"),
        ("vodafone same telecoms", "(vodafone w/p telecoms)"),
        ("all the same", "(all AND the AND (same))"),
        ("a AND (same) AND b", "(a AND (same) AND b)"),
        ("a ADJ/3 b", "(a pre/3 b)"),
        ("a near5 b", "(a w/5 b)"),
        ("a NEAR b", "(a w/10 b)"),
        ("\"(new york|london) talks\"", "(\"new york talks\" OR \"london talks\")"),
        ("\"zelensky~1 visits\"", "\"zelensky~1 visits\""),
        ("/Genè.*/", "/gene.*/"),
        ("*", "*"),
        ("", "*"),
        ("http://example.com/a", "\"http example.com a\""),
        ("AT&T", "\"at t\""),
    ];
    for (text, tree) in table {
        assert_eq!(read(text).root.to_string(), tree, "{text:?}");
    }
}

#[test]
fn what_could_surprise_leaves_a_note() {
    let noted = [
        "lavrov and geneva",
        "a or b",
        "Re: Geneva",
        "\"Geneva talks",
        "(geneva",
        "geneva)",
        "talk!",
        "geneva OR",
        "speker:lavrov",
        "http://example.com",
        "speaker: lavrov",
        "& geneva",
    ];
    for text in noted {
        assert_eq!(read(text).notes.len(), 1, "{text:?}: {:?}", read(text).notes);
    }
    let plain = ["lavrov geneva", "don't", "Lavrov's talks", "10:30", "a OR b", "geneva -lavrov", "“geneva talks”"];
    for text in plain {
        assert!(read(text).notes.is_empty(), "{text:?}: {:?}", read(text).notes);
    }
    assert!(read("speker:x").notes[0].text.contains("speaker"));
}

#[test]
fn mistakes_name_the_column() {
    let table = [
        ("date:2022-13", 1, "no date"),
        ("geneva date:soon", 8, "no date"),
        ("()", 1, "nothing between"),
        ("geneva w/0 talks", 8, "neighbours are 1 apart"),
        ("geneva w/5", 8, "nothing on its right"),
        ("w/5 geneva", 1, "nothing on its left"),
        ("a w/5 (b c)", 8, "joins words"),
        ("/gene(/", 1, "not valid"),
        ("ж geneva~7", 3, "one or two"),
        ("geneva^x^0", 9, "number above 0"),
    ];
    for (text, column, message) in table {
        let error = parse(text, jiff::civil::date(2022, 2, 24)).unwrap_err();
        assert_eq!(error.column(), column, "{text:?}: {error}");
        assert!(error.message.contains(message), "{text:?}: {error}");
    }
    let shown = parse("geneva date:soon", jiff::civil::date(2022, 2, 24)).unwrap_err().to_string();
    assert!(shown.contains("\n  geneva date:soon\n         ^^^^^^^^^\n"), "{shown}");
    assert!(parse(&"(".repeat(10_000), jiff::civil::date(2022, 2, 24)).is_err());
    assert!(parse(&("NOT ".repeat(10_000) + "x"), jiff::civil::date(2022, 2, 24)).is_err());
}

/// A tree without the places where it was typed.
fn bare(mut node: Node) -> Node {
    node.span = 0..0;
    node.kind = match node.kind {
        NodeKind::And(nodes) => NodeKind::And(nodes.into_iter().map(bare).collect()),
        NodeKind::Or(nodes) => NodeKind::Or(nodes.into_iter().map(bare).collect()),
        NodeKind::Not(inner) => NodeKind::Not(Box::new(bare(*inner))),
        NodeKind::In(field, inner) => NodeKind::In(field, Box::new(bare(*inner))),
        NodeKind::Within(unit, inner) => NodeKind::Within(unit, Box::new(bare(*inner))),
        NodeKind::AtLeast(n, inner) => NodeKind::AtLeast(n, Box::new(bare(*inner))),
        NodeKind::Case(case, inner) => NodeKind::Case(case, Box::new(bare(*inner))),
        NodeKind::Boost(boost, inner) => NodeKind::Boost(boost, Box::new(bare(*inner))),
        NodeKind::Near(near) => {
            NodeKind::Near(Near { left: Box::new(bare(*near.left)), right: Box::new(bare(*near.right)), ..near })
        }
        kind => kind,
    };
    node
}

#[test]
fn what_is_nested_too_deep_is_refused_and_what_is_not_reads_itself_back() {
    let today = jiff::civil::date(2022, 2, 24);
    let row = |count: usize, operator: &str| vec!["a"; count].join(operator);
    for (text, fits) in [
        (row(50, " w/3 "), true),
        (row(51, " w/3 "), false),
        (row(5_000, " w/3 "), false),
        (row(5_000, " OR "), true),
        (row(5_000, " NOT "), true),
        (format!("{}a{}", "(".repeat(102), ")".repeat(102)), false),
        (format!("{}a{}", "(a OR b (".repeat(24), "))".repeat(24)), true),
        (format!("{}a{}", "(a OR b (".repeat(26), "))".repeat(26)), false),
        (format!("{}a{}", "title:(NOT a OR b) OR caps((".repeat(12), "))".repeat(12)), true),
    ] {
        let read = parse(&text, today);
        assert_eq!(read.is_ok(), fits, "{}", &text[..text.len().min(200)]);
        if let Ok(read) = read {
            let printed = read.root.to_string();
            assert_eq!(parse(&printed, today).unwrap().root.to_string(), printed);
        }
    }
}

proptest::proptest! {
    #[test]
    fn never_panics_and_reads_itself_back(text in "([a-zA-Zé*?~^:/\"“”«»(){}=!'0-9 -]|[.,;_’ʼ<>&%#@+|\\[\\]\\\\]|[日カกб½²①ßİǅ\u{301}\u{AD}\u{200B}\u{202E}\u{3000}…—]|AND |OR |NOT |w/5 |date:|speaker:|said:|quote\\{|pre/2 |source:|words:|same |caps\\(|atleast2\\(){0,24}") {
        let today = jiff::civil::date(2022, 2, 24);
        if let Ok(parsed) = parse(&text, today) {
            let printed = parsed.root.to_string();
            let again = parse(&printed, today);
            proptest::prop_assert!(again.is_ok(), "{:?} printed as {:?}: {:?}", text, printed, again);
            proptest::prop_assert_eq!(bare(again.unwrap().root), bare(parsed.root), "{}", printed);
        }
    }
}
