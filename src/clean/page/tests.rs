use super::*;
use crate::clean::layout::paragraphs;

fn read(raw: &str) -> Article {
    let mut article = Article::default();
    clean(&mut article, paragraphs(raw));
    article
}

fn reasons(article: &Article) -> Vec<(&str, &str)> {
    article.removed.iter().map(|r| (&*r.reason, r.text.as_str())).collect()
}

const FIRST: &str = "Ministers of the two river states met in Geneva on Tuesday to talk about the price of grain.";
const SECOND: &str = "\"We have made a good start,\" the host of the meeting said, and left without taking questions.";
const THIRD: &str = "The talks are to go on next week, when experts will look at the numbers again.";

#[test]
fn plain_articles_come_out_whole() {
    let article =
        read(&format!("Ministers meet over grain\n\nMay 30, 2007\n\n{FIRST}\n\n\"No.\"\n\n{SECOND}\n\nHe left\n"));
    assert_eq!(article.title.as_deref(), Some("Ministers meet over grain"));
    assert_eq!(article.body, format!("{FIRST}\n\n\"No.\"\n\n{SECOND}\n\nHe left"));
    assert_eq!(article.lines, [5, 7, 9, 11]);
    assert_eq!(article.date_hints[0].text, "May 30, 2007");
}

#[test]
fn a_brief_stays() {
    let article = read(FIRST);
    assert_eq!((article.title, article.body.as_str()), (None, FIRST));
    let article = read("Quake hits coast\n\nA quake hit the coast. Nobody was hurt.");
    assert_eq!(
        (article.title.as_deref(), article.body.as_str()),
        (Some("Quake hits coast"), "A quake hit the coast. Nobody was hurt.")
    );
}

#[test]
fn headlines_may_ask() {
    let article =
        read(&format!("What does the meeting of the river states mean for the price of bread?\n\n{FIRST}\n\n{SECOND}"));
    assert_eq!(
        article.title.as_deref(),
        Some("What does the meeting of the river states mean for the price of bread?")
    );
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
}

#[test]
fn a_short_quotation_that_begins_a_text_is_no_headline() {
    const SPEECH: &str = "\"Nobody from the ministry came,\" she told me.";
    // The ministry is in the text, the words of the headlines are not.
    let text = format!("{SPEECH}\n\n{FIRST}\n\nThe ministry did not answer.");
    for (above, title) in [
        ("", None),
        ("By Jane Doe\n12 March 2022\n\n", None),
        ("Nine days in harbour\n\n", Some("Nine days in harbour")),
        ("Skip to content\nHome\nShare on Facebook\n\nA captain's tale\n\n", Some("A captain's tale")),
    ] {
        let article = read(&format!("{above}{text}\n\n© 2022 The Daily Example"));
        assert_eq!((article.title.as_deref(), article.body.as_str()), (title, text.as_str()), "{above}");
    }
    let article = read(&format!("Nine days in harbour\n\nThe grain was wet.\n\n{FIRST}\n\n{SECOND}"));
    assert_eq!(article.title.as_deref(), Some("Nine days in harbour"));
    assert!(article.body.starts_with("The grain was wet.\n\n"));
}

#[test]
fn labels_go_to_their_fields() {
    let raw = format!(
        "World\nMinisters meet over grain\nBy Jane Doe\nPublished: 19 January 2022, 14:05 GMT\nUpdated 20 January 2022\nSource: The Daily Example\n\n{FIRST}\n\n{SECOND}"
    );
    let article = read(&raw);
    assert_eq!(article.title.as_deref(), Some("Ministers meet over grain"));
    assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
    assert_eq!(article.source.as_deref(), Some("The Daily Example"));
    let hints: Vec<_> = article.date_hints.iter().map(|h| (h.text.as_str(), h.modified)).collect();
    assert_eq!(hints, [("19 January 2022, 14:05 GMT", false), ("20 January 2022", true)]);
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
}

#[test]
fn a_scraped_page_is_stripped_to_its_article() {
    let caption =
        "The host of the meeting speaks to staff in Geneva on Tuesday: \"We hope for a good end of these talks.\"";
    let raw = format!(
        "Accessibility links\n\nBreaking News\n\nMinisters Meet Over Grain In Geneva\n\n{caption}\n{caption}\n\n{FIRST}\n\n\
         Why The Price Of Grain Matters To Everybody\nplease wait\n\nNo media source currently available\n\n0:00 0:03:04 0:00\n\n\
         {SECOND}\n\nAdvertisement\n\nYes.\n\nRelated stories\nAnother Meeting Ends In Geneva\nGrain Is Getting Dear\n\n{THIRD}\n\n\
         With reporting by AFP and AP\n  • 16x9 Image\n\n    The Daily Example has told the news in many places for many years, and is read by people everywhere.\n\n\
         To find out more, click here."
    );
    let article = read(&raw);
    assert_eq!(article.title.as_deref(), Some("Ministers Meet Over Grain In Geneva"));
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}\n\nYes.\n\n{THIRD}"));
    assert_eq!(article.credit.as_deref(), Some("With reporting by AFP and AP"));
    for want in ["menu", "caption", "related", "player", "credit", "footer"] {
        assert!(reasons(&article).iter().any(|(reason, _)| *reason == want), "{want}: {:?}", reasons(&article));
    }
}

#[test]
fn credits_in_brackets_are_cut_off() {
    let article = read(&format!(
        "Ministers meet over grain\n\n{FIRST}\n\n{THIRD} (Reporting by Jane Doe; Editing by John Roe)\n\nOur Standards: see there."
    ));
    assert_eq!(article.body, format!("{FIRST}\n\n{THIRD}"));
    assert_eq!(article.credit.as_deref(), Some("Reporting by Jane Doe; Editing by John Roe"));
}

#[test]
fn headings_between_paragraphs_stay() {
    let article =
        read(&format!("Ministers meet over grain\n\n{FIRST}\n\nJobs\n\n{SECOND}\n\nWhat comes next\n\n{THIRD}"));
    assert_eq!(article.body, format!("{FIRST}\n\nJobs\n\n{SECOND}\n\nWhat comes next\n\n{THIRD}"));
    assert!(article.removed.is_empty());
}

#[test]
fn repeats_are_dropped() {
    let article = read(&format!("Ministers meet over grain\n\n{FIRST}\n\n{SECOND}\n\n{FIRST}\n\n{THIRD}"));
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}\n\n{THIRD}"));
    assert_eq!(reasons(&article), [("repeated", FIRST)]);
}

#[test]
fn a_title_from_elsewhere_is_not_said_twice() {
    let mut article = Article { title: Some("Ministers meet over grain".into()), ..Article::default() };
    clean(&mut article, paragraphs(&format!("Ministers meet over grain\n\n{FIRST}\n\n{SECOND}")));
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
}

#[test]
fn copyright_ends_the_text() {
    let article = read(&format!(
        "Ministers meet over grain\n\n{FIRST}\n\n{SECOND}\n\n{THIRD}\n\n© 2022 The Daily Example. All rights reserved.\n\nWe tell the news.\nAbout us\n"
    ));
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}\n\n{THIRD}"));
}

#[test]
fn signatures_and_captions_of_several_houses() {
    let article = read(&format!(
        "The River Post\nSubscribe from 1 crown a week\nRiver ministers meet over price of grain in Geneva\nJane Doe\nShipping correspondent\n\
         Mon 31 Jan 2022 18.04 GMT\n162 shares\nThe lake of Geneva at dawn on Monday. EM/Jane Doe\n{FIRST}\n{SECOND}\nRelated Articles\n\
         Bread is dearer than ever\nReporting by Jane Doe; Editing by John Roe\nDownload our app"
    ));
    assert_eq!(article.title.as_deref(), Some("River ministers meet over price of grain in Geneva"));
    assert_eq!(article.byline.as_deref(), Some("Jane Doe"));
    assert_eq!(article.credit.as_deref(), Some("Reporting by Jane Doe; Editing by John Roe"));
    assert_eq!(article.date_hints[0].text, "Mon 31 Jan 2022 18:04 GMT");
    assert_eq!(article.body, format!("{FIRST}\n\n{SECOND}"));
}

#[test]
fn pages_in_other_languages() {
    let german = "Kanalpost\nStartseite\nAnmelden\nSchleuse bleibt bis zum Herbst geschlossen\nStand: 05.05.2014, 14:12 Uhr\nVon: Jana Muster\n\
                  Drucken\nTeilen\nDie große Schleuse am Kanal in Lakeside. © Jana Muster\n\
                  Die große Schleuse am Kanal bleibt bis zum Herbst geschlossen. Das teilte das Amt am Montag mit.\n\
                  Lesen Sie auch: Schiffer fordern Geld\nDie Arbeiten kosten elf Millionen Euro und dauern noch fünf Monate.\n\
                  Mehr zum Thema\nSchiffer fordern Geld\nImpressum\nDatenschutz";
    let article = read(german);
    assert_eq!(article.title.as_deref(), Some("Schleuse bleibt bis zum Herbst geschlossen"));
    assert_eq!(article.byline.as_deref(), Some("Jana Muster"));
    assert_eq!(article.lines, [10, 12]);
    let ukrainian = "Головна\nПоділитися\nШлюз закрито до осені\n5 травня 2014, 14:12\nАвтор: Яна Зразок\nФото: Яна Зразок\n\
                     Великий шлюз на каналі залишиться закритим до осені. Про це повідомило управління водних шляхів.\n\
                     Читайте також: Судновласники вимагають грошей\nРоботи коштуватимуть одинадцять мільйонів гривень.\n\
                     Теги: шлюз, канал\nКоментарі\nУсі права захищені";
    let article = read(ukrainian);
    assert_eq!(
        (article.title.as_deref(), article.byline.as_deref()),
        (Some("Шлюз закрито до осені"), Some("Яна Зразок"))
    );
    assert_eq!(article.lines, [7, 9]);
}
