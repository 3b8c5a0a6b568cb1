//! Hard cases of attribution, a row each: a text, and every quotation in it with its speaker ("" for none).
#![allow(clippy::unwrap_used)]

use super::*;
use crate::extract::dates::dateline;
use crate::extract::names;

type Row = (&'static str, &'static [(&'static str, &'static str, &'static str)]);

fn found(body: &str) -> Vec<Quote> {
    found_in(body, None)
}

/// The quotations in a body of that language.
pub(super) fn found_in(body: &str, language: Option<&str>) -> Vec<Quote> {
    let language = language.map(str::to_owned);
    let mut article = Article { body: body.to_owned(), language, ..Article::default() };
    article.dateline = dateline::find(body, &Tokens::scan(body));
    let tokens = Tokens::scan(body);
    let names = names::find(&article, &tokens);
    find(&article, &tokens, &names)
}

fn check(table: &[Row]) {
    let mut wrong = Vec::new();
    for (body, expected) in table {
        let quotes = found(body);
        let have: Vec<(&str, String, String)> =
            quotes.iter().map(|q| (q.kind.as_str(), q.text(body), q.speaker.clone().unwrap_or_default())).collect();
        let want: Vec<(&str, String, String)> =
            expected.iter().map(|(kind, words, who)| (*kind, (*words).to_owned(), (*who).to_owned())).collect();
        if have != want {
            wrong.push(format!("{body}\n  found    {have:?}\n  expected {want:?}"));
        }
    }
    assert!(wrong.is_empty(), "{} of {} rows:\n{}", wrong.len(), table.len(), wrong.join("\n"));
}

const D: &str = "direct";
const I: &str = "indirect";

#[test]
fn order_of_words_source_and_verb() {
    check(&[
        ("\"The road is open,\" John Smith said.", &[(D, "The road is open,", "John Smith")]),
        ("\"The road is open,\" said John Smith.", &[(D, "The road is open,", "John Smith")]),
        ("John Smith said: \"The road is open.\"", &[(D, "The road is open.", "John Smith")]),
        ("John Smith said, \"The road is open.\"", &[(D, "The road is open.", "John Smith")]),
        ("Said John Smith: \"The road is open.\"", &[(D, "The road is open.", "John Smith")]),
        ("\"The road,\" John Smith said, \"is open again.\"", &[(D, "The road, is open again.", "John Smith")]),
        (
            "\"The road is open,\" said John Smith. \"We are glad of it.\"",
            &[(D, "The road is open,", "John Smith"), (D, "We are glad of it.", "John Smith")],
        ),
        ("\"Is the road open?\" asked John Smith.", &[(D, "Is the road open?", "John Smith")]),
        ("\"Is the road open?\" John Smith asked.", &[(D, "Is the road open?", "John Smith")]),
        ("\"The road is open\", said John Smith.", &[(D, "The road is open", "John Smith")]),
        ("\"The road is open,\" according to John Smith.", &[(D, "The road is open,", "John Smith")]),
        ("\"The road is open.\" John Smith said nothing of the bridge.", &[(D, "The road is open.", "")]),
    ]);
}

#[test]
fn marks_of_every_style() {
    check(&[
        ("“The road is open,” John Smith said.", &[(D, "The road is open,", "John Smith")]),
        ("«The road is open,» John Smith said.", &[(D, "The road is open,", "John Smith")]),
        ("„The road is open“, John Smith said.", &[(D, "The road is open", "John Smith")]),
        ("‘The road isn’t open,’ John Smith said.", &[(D, "The road isn’t open,", "John Smith")]),
        ("'The drivers' road is open,' John Smith said.", &[(D, "The drivers' road is open,", "John Smith")]),
        ("``The road is open,'' John Smith said.", &[(D, "The road is open,", "John Smith")]),
        ("''The road is open,'' John Smith said.", &[(D, "The road is open,", "John Smith")]),
        (
            "\"My boss told me 'never' and meant it,\" John Smith said.",
            &[(D, "My boss told me 'never' and meant it,", "John Smith")],
        ),
        (
            "\"The road is open,\" John Smith said.\n\n\"We are glad of it.\n\n\"It took a year,\" he said.",
            &[(D, "The road is open,", "John Smith"), (D, "We are glad of it. It took a year,", "John Smith")],
        ),
    ]);
}

#[test]
fn descriptions_of_the_source() {
    check(&[
        ("\"The road is open,\" said John Smith, the mayor of Smallville.", &[(D, "The road is open,", "John Smith")]),
        ("\"The road is open,\" said the mayor of Smallville, John Smith.", &[(D, "The road is open,", "John Smith")]),
        ("The mayor of Smallville, John Smith, said: \"The road is open.\"", &[(D, "The road is open.", "John Smith")]),
        (
            "John Smith, who replaced Jane Doe last year, said the road was open.",
            &[(I, "the road was open", "John Smith")],
        ),
        (
            "John Smith, 45, a driver from Smallville, said the road was open.",
            &[(I, "the road was open", "John Smith")],
        ),
        (
            "Interior Ministry spokeswoman Jane Doe told reporters that the road was open.",
            &[(I, "the road was open", "Jane Doe")],
        ),
        (
            "\"The road is open,\" police spokesman John Smith told the Daily Example.",
            &[(D, "The road is open,", "John Smith")],
        ),
        (
            "U.S. Secretary of State Jane Doe said on Friday that the talks would go on.",
            &[(I, "the talks would go on", "Jane Doe")],
        ),
        ("John Smith, a farmer in Smallville said the road was open.", &[(I, "the road was open", "John Smith")]),
        ("John Smith (45) said the road was open.", &[(I, "the road was open", "John Smith")]),
        ("John Smith and Jane Doe said the road was open.", &[(I, "the road was open", "John Smith")]),
        (
            "Gen. John J. Smith — the commander of the force — said the road was open.",
            &[(I, "the road was open", "John J. Smith")],
        ),
    ]);
}

#[test]
fn who_is_not_the_speaker() {
    check(&[
        ("\"The road is open,\" John Smith told Jane Doe.", &[(D, "The road is open,", "John Smith")]),
        ("\"The road is open,\" John Smith told Reuters by phone.", &[(D, "The road is open,", "John Smith")]),
        ("John Smith said of Jane Doe: \"She did a fine job.\"", &[(D, "She did a fine job.", "John Smith")]),
        ("\"Jane Doe did a fine job,\" a resident said.", &[(D, "Jane Doe did a fine job,", "")]),
        (
            "The Daily Example quoted John Smith as saying that the road was open.",
            &[(I, "the road was open", "John Smith")],
        ),
        (
            "John Smith was quoted by the Daily Example as saying \"the road is open now\".",
            &[(D, "the road is open now", "John Smith")],
        ),
        ("The man who met John Smith on Monday said the road was open.", &[(I, "the road was open", "")]),
        ("In a letter to John Smith, Jane Doe wrote: \"The road is open.\"", &[(D, "The road is open.", "Jane Doe")]),
        ("Fifty-two percent say the road should be open.", &[]),
        ("John Smith did not say when the road would open.", &[]),
        ("John Smith was told that the road was open.", &[]),
    ]);
}

#[test]
fn unnamed_sources_stay_unnamed() {
    check(&[
        ("A senior U.S. official said the talks would go on.", &[(I, "the talks would go on", "")]),
        ("\"The talks go on,\" said a Western diplomat who asked not to be named.", &[(D, "The talks go on,", "")]),
        ("Residents said the road was open.", &[(I, "the road was open", "")]),
        ("A spokesman for the Example Party said the road was open.", &[(I, "the road was open", "")]),
        (
            "\"The road is open,\" a police spokesman said. \"It took a year,\" he added.",
            &[(D, "The road is open,", ""), (D, "It took a year,", "")],
        ),
        ("John Smith left for Geneva.\n\nAnalysts say the talks may fail.", &[(I, "the talks may fail", "")]),
    ]);
    let quotes = found("A senior U.S. official said the talks would go on.");
    let quote = quotes.first().unwrap();
    assert_eq!(quote.resolution, Resolution::Unnamed);
    assert_eq!(quote.source.map(|s| s.range()), Some(0..22));
}

#[test]
fn short_forms_pronouns_and_offices() {
    check(&[
        (
            "Mayor John Smith left early.\n\n\"The road is open,\" Smith said.",
            &[(D, "The road is open,", "John Smith")],
        ),
        ("Smith left early. Mayor John Smith said the road was open.", &[(I, "the road was open", "John Smith")]),
        ("Jane Doe met John Smith. \"The road is open,\" she said.", &[(D, "The road is open,", "Jane Doe")]),
        ("Jane Doe met John Smith. \"The road is open,\" he said.", &[(D, "The road is open,", "John Smith")]),
        ("John Smith met Jane Doe. \"The road is open,\" Mr Smith said.", &[(D, "The road is open,", "John Smith")]),
        (
            "Russian Foreign Minister Ivan Ivanov met his French counterpart, Jean Dupont, in Geneva. \
             \"The talks go on,\" the Russian foreign minister said.",
            &[(D, "The talks go on,", "Ivan Ivanov")],
        ),
        (
            "John Smith, the mayor, left early. The mayor said the road was open.",
            &[(I, "the road was open", "John Smith")],
        ),
        (
            "The World Health Organization (WHO) met on Friday. The WHO said the outbreak was over.",
            &[(I, "the outbreak was over", "World Health Organization")],
        ),
        (
            "The Example Agency said the outbreak was over. It added that no case had been seen since May.",
            &[(I, "the outbreak was over", "Example Agency"), (I, "no case had been seen since May", "Example Agency")],
        ),
        (
            "The Example Agency said the outbreak was over. The agency said it would go on watching.",
            &[(I, "the outbreak was over", "Example Agency"), (I, "it would go on watching", "Example Agency")],
        ),
        (
            "Jane Doe, 62, lost her house. \"There is nothing left,\" the 62-year-old said.",
            &[(D, "There is nothing left,", "Jane Doe")],
        ),
        ("Jane Smith met John Smith. \"The road is open,\" Mrs Smith said.", &[(D, "The road is open,", "Jane Smith")]),
        ("Pavel Petrov met Boris Petrov. \"The road is open,\" Petrov said.", &[(D, "The road is open,", "Petrov")]),
    ]);
}

#[test]
fn floating_quotations() {
    check(&[
        (
            "John Smith said the road was open.\n\n\"We are glad of it.\"",
            &[(I, "the road was open", "John Smith"), (D, "We are glad of it.", "John Smith")],
        ),
        ("John Smith welcomed the ruling. \"We are glad of it.\"", &[(D, "We are glad of it.", "John Smith")]),
        ("John Smith was blunt: \"We are not glad of it.\"", &[(D, "We are not glad of it.", "John Smith")]),
        ("John Smith said:\n\n\"We are glad of it.\"", &[(D, "We are glad of it.", "John Smith")]),
        (
            "Minister Jane Doe speaks to reporters in Geneva on Friday: \"We are glad of it.\"",
            &[(D, "We are glad of it.", "Jane Doe")],
        ),
        (
            "John Smith welcomed the ruling.\n\nRain fell all day.\n\nThe river rose.\n\n\"We are glad of it.\"",
            &[(D, "We are glad of it.", "")],
        ),
    ]);
}

#[test]
fn partial_quotations() {
    check(&[
        ("John Smith called the ruling \"absurd\".", &[(D, "absurd", "John Smith")]),
        (
            "John Smith said the ruling was \"absurd\" and \"a mistake\".",
            &[
                (I, "the ruling was \"absurd\" and \"a mistake\"", "John Smith"),
                (D, "absurd", "John Smith"),
                (D, "a mistake", "John Smith"),
            ],
        ),
        ("The ruling is \"a bad mistake\", John Smith said on Friday.", &[(D, "a bad mistake", "John Smith")]),
        ("John Smith, describing the ruling as \"absurd\", left the room.", &[(D, "absurd", "John Smith")]),
        ("The ruling was described by John Smith as \"absurd\".", &[(D, "absurd", "John Smith")]),
        (
            "John Smith accused the court of \"playing politics\", adding that the ruling was wrong.",
            &[(D, "playing politics", "John Smith"), (I, "the ruling was wrong", "John Smith")],
        ),
        (
            "John Smith said that the court was wrong, adding that \"we will see it again\".",
            &[(I, "the court was wrong", "John Smith"), (D, "we will see it again", "John Smith")],
        ),
    ]);
}

#[test]
fn scare_quotes_and_titles_are_none() {
    check(&[
        ("The so-called \"road map\" was shown on Friday.", &[]),
        ("The film \"Gone With the Rain\" opens on Friday.", &[]),
        ("A \"blood moon\" rose over Geneva.", &[]),
        ("The band played \"Yellow Boats\" and left.", &[]),
        ("The plan, known as \"the road to peace for all\", was shown on Friday.", &[]),
        (
            "A storm dubbed \"the beast\" hit the coast, said John Smith.",
            &[(I, "A storm dubbed \"the beast\" hit the coast", "John Smith")],
        ),
        ("The pipe is 5\" wide and 6\" long.", &[]),
    ]);
}

#[test]
fn reported_statements() {
    check(&[
        (
            "John Smith said that the road was open and that the bridge would follow.",
            &[(I, "the road was open and that the bridge would follow", "John Smith")],
        ),
        ("According to John Smith, the road is open.", &[(I, "the road is open", "John Smith")]),
        (
            "The road is open again, according to the Example Agency.",
            &[(I, "The road is open again", "Example Agency")],
        ),
        ("The road is open again, John Smith said.", &[(I, "The road is open again", "John Smith")]),
        ("The road has been opened again, said John Smith.", &[(I, "The road has been opened again", "John Smith")]),
        (
            "John Smith told a news conference in Geneva that the road was open.",
            &[(I, "the road was open", "John Smith")],
        ),
        ("John Smith told Jane Doe the road was open.", &[(I, "the road was open", "John Smith")]),
        (
            "John Smith said the road was open, but said the bridge was not.",
            &[(I, "the road was open", "John Smith"), (I, "the bridge was not", "John Smith")],
        ),
        ("John Smith asked whether the road was open.", &[(I, "whether the road was open", "John Smith")]),
        ("John Smith went on to say that the road was open.", &[(I, "the road was open", "John Smith")]),
        ("John Smith pointed out that the road was open.", &[(I, "the road was open", "John Smith")]),
        ("John Smith has made it clear that the road is open.", &[(I, "the road is open", "John Smith")]),
        ("John Smith announced a plan for the road.", &[]),
        ("John Smith read the report of the committee.", &[]),
        (
            "Moscow denied that its troops had crossed the border.",
            &[(I, "its troops had crossed the border", "Moscow")],
        ),
        (
            "Talks went on in Geneva, with John Smith saying that the road was open.",
            &[(I, "the road was open", "John Smith")],
        ),
    ]);
}

#[test]
fn posts_and_transcripts() {
    check(&[
        ("\"The road is open,\" John Smith tweeted.", &[(D, "The road is open,", "John Smith")]),
        ("John Smith wrote on Telegram: \"The road is open.\"", &[(D, "The road is open.", "John Smith")]),
        ("\"The road is open,\" John Smith wrote on Twitter on Monday.", &[(D, "The road is open,", "John Smith")]),
        ("John Smith posted on Facebook: \"The road is open.\"", &[(D, "The road is open.", "John Smith")]),
        (
            "JOHN SMITH: Is it open?\n\nJANE DOE: It is, since Friday.\n\nJOHN SMITH: And the bridge?\n\nJANE DOE: Not yet.",
            &[
                (D, "Is it open?", "JOHN SMITH"),
                (D, "It is, since Friday.", "JANE DOE"),
                (D, "And the bridge?", "JOHN SMITH"),
                (D, "Not yet.", "JANE DOE"),
            ],
        ),
        (
            "Q: Is it open?\n\nA: It is, since Friday.\n\nQ: And the bridge?\n\nA: Not yet.",
            &[(D, "Is it open?", ""), (D, "It is, since Friday.", ""), (D, "And the bridge?", ""), (D, "Not yet.", "")],
        ),
    ]);
}

#[test]
fn ways_of_agencies_and_newspapers() {
    check(&[
        ("\"The road is open,\" Interfax quoted John Smith as saying.", &[(D, "The road is open,", "John Smith")]),
        (
            "John Smith met the governor. \"The road is open,\" Tass cited him as saying.",
            &[(D, "The road is open,", "John Smith")],
        ),
        ("John Smith, R-Texas, said the road was open.", &[(I, "the road was open", "John Smith")]),
        ("Sen. John Smith, D-Calif., said the road was open.", &[(I, "the road was open", "John Smith")]),
        ("Smallville's mayor, John Smith, said: “The road is open.”", &[(D, "The road is open.", "John Smith")]),
        (
            "Speaking to reporters in Geneva, John Smith said the road was open.",
            &[(I, "the road was open", "John Smith")],
        ),
        ("John Smith, speaking in Geneva, said the road was open.", &[(I, "the road was open", "John Smith")]),
        ("John Smith, whose son is a driver, said the road was open.", &[(I, "the road was open", "John Smith")]),
        ("Asked about the road, John Smith replied: \"It is open.\"", &[(D, "It is open.", "John Smith")]),
        ("Officials in Kyiv say the road is open.", &[(I, "the road is open", "")]),
        ("Prime Minister John Smith's spokesman said the road was open.", &[(I, "the road was open", "")]),
        (
            "The Foreign Ministry said in a statement that the road was open.",
            &[(I, "the road was open", "Foreign Ministry")],
        ),
        (
            "The Foreign Ministry summoned the envoy. \"The road is open,\" the ministry said on Telegram.",
            &[(D, "The road is open,", "Foreign Ministry")],
        ),
        (
            "John Smith told the BBC: \"The road is open.\" He added: \"It took a year.\"",
            &[(D, "The road is open.", "John Smith"), (D, "It took a year.", "John Smith")],
        ),
        (
            "\"The road is open,\" says John Smith, 45. \"It took a year.\"",
            &[(D, "The road is open,", "John Smith"), (D, "It took a year.", "John Smith")],
        ),
        (
            "\"The road is open,\" John Smith said on Friday, referring to the bridge as \"a gift\".",
            &[(D, "The road is open,", "John Smith"), (D, "a gift", "John Smith")],
        ),
        (
            "\"The road is open,\" John Smith said in an interview with Jane Doe.\n\n\"It took a year,\" he said.",
            &[(D, "The road is open,", "John Smith"), (D, "It took a year,", "John Smith")],
        ),
        (
            "John Smith said the bridge was shut. Jane Doe, his deputy, disagreed. \"It is open,\" she said.",
            &[(I, "the bridge was shut", "John Smith"), (D, "It is open,", "Jane Doe")],
        ),
        (
            "\"The road is open,\" John Smith said. Jane Doe said: \"It is not.\"",
            &[(D, "The road is open,", "John Smith"), (D, "It is not.", "Jane Doe")],
        ),
        (
            "Ukraine's Volodymyr Zelenskiy said the talks would go on, while Russia's Sergei Lavrov said they would not last.",
            &[(I, "the talks would go on", "Volodymyr Zelenskiy"), (I, "they would not last", "Sergei Lavrov")],
        ),
        (
            "Russia's foreign ministry spokeswoman Jane Doe said on January 19 that the talks would go on.",
            &[(I, "the talks would go on", "Jane Doe")],
        ),
        (
            "John Smith wrote in a post on X, formerly known as Twitter: \"The road is open.\"",
            &[(D, "The road is open.", "John Smith")],
        ),
        (
            "The chief executive of Example Motors, Jane Doe, told investors sales had \"fallen off a cliff\".",
            &[(D, "fallen off a cliff", "Jane Doe")],
        ),
        ("The court ruled that the road must stay open.", &[(I, "the road must stay open", "")]),
        (
            "The judge asked: \"Who built it?\" \"We did,\" John Smith answered.",
            &[(D, "Who built it?", ""), (D, "We did,", "John Smith")],
        ),
    ]);
}

#[test]
fn what_a_quote_carries() {
    let body = "Russian Foreign Minister Sergei Lavrov arrived in Geneva. \"The talks go on,\" Lavrov said.";
    let quotes = found(body);
    let quote = quotes.first().unwrap();
    assert_eq!(quote.resolution, Resolution::Surname);
    assert_eq!(quote.role.as_deref(), Some("Russian Foreign Minister"));
    assert_eq!(quote.verb.and_then(|v| body.get(v.range())), Some("said"));
    assert_eq!(quote.source.and_then(|s| body.get(s.range())), Some("Lavrov"));
    assert!(quote.confidence > 0.85);
}

#[test]
fn a_role_is_the_whole_office() {
    for (language, body, role) in [
        (
            "en",
            "\"Yes,\" said Minister of Public Works and Transport John Smith.",
            "Minister of Public Works and Transport",
        ),
        ("en", "\"Yes,\" said Culture, Media and Sport Secretary Jane Doe.", "Culture, Media and Sport Secretary"),
        (
            "en",
            "\"Yes,\" Secretary of State for Digital, Culture, Media and Sport John Smith said.",
            "Secretary of State for Digital, Culture, Media and Sport",
        ),
        ("en", "Trade and Industry Secretary Jane Doe said she would go.", "Trade and Industry Secretary"),
        ("en", "\"We may go,\" incident commander John Smith told residents.", "incident commander"),
        (
            "ru",
            "Министр иностранных дел России Сергей Иванов заявил, что переговоры идут хорошо.",
            "Министр иностранных дел России",
        ),
        (
            "ru",
            "Пресс-секретарь президента России Сергей Иванов заявил, что переговоры идут хорошо.",
            "Пресс-секретарь президента России",
        ),
        (
            "uk",
            "Міністр закордонних справ України Андрій Шевченко заявив, що переговори тривають добре.",
            "Міністр закордонних справ України",
        ),
        (
            "it",
            "Il ministro degli Esteri italiano Marco Rossi ha detto che i colloqui continuano a Roma.",
            "ministro degli Esteri italiano",
        ),
        (
            "it",
            "La presidente del Consiglio Anna Rossi ha detto che i colloqui continuano a Roma.",
            "presidente del Consiglio",
        ),
    ] {
        let quotes = found_in(body, Some(language));
        assert_eq!(quotes.first().and_then(|quote| quote.role.as_deref()), Some(role), "{body}");
    }
}

#[test]
fn hostile_texts_are_no_trouble() {
    for unit in [
        "said ",
        "\"a\" said ",
        "said Foo, ",
        "Foo Bar, said ",
        ", \"",
        "(a) ",
        "of Foo ",
        "A: b\n\n",
        "he said. ",
        "that ",
    ] {
        found(&unit.repeat(20_000));
    }
}

proptest::proptest! {
    #[test]
    fn spans_lie_in_the_text(text in "\\PC{0,80}|([A-Z][a-z]{1,4}|said|told|that|the|he|of|\"|'|“|”|,|\\.|:|\n\n| ){0,60}") {
        for quote in found(&text) {
            for span in &quote.spans {
                proptest::prop_assert!(text.get(span.range()).is_some());
            }
            proptest::prop_assert!((0.0..=1.0).contains(&quote.confidence));
        }
    }
}
