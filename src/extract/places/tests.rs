//! Hard cases: a text, and the places it names with their countries (`-` where there is none).

use super::*;
use crate::annotations::PlaceKind;
use crate::article::Dateline;

fn article(body: &str, dateline: &str) -> Article {
    let dateline = (!dateline.is_empty()).then(|| Dateline { end: dateline.len() as u32, ..Dateline::default() });
    Article { body: body.to_owned(), dateline, ..Article::default() }
}

fn places(body: &str) -> Vec<Place> {
    find(&article(body, ""), &Tokens::scan(body), &Names::default())
}

/// `Geneva CH, France FR`, in the order of the alphabet; demonyms left out.
fn named(body: &str) -> String {
    let found = places(body);
    let mut names: Vec<String> = found
        .iter()
        .filter(|p| !p.mentions.is_empty())
        .map(|p| format!("{} {}", p.name, p.country.as_deref().unwrap_or("-")))
        .collect();
    names.sort();
    names.join(", ")
}

#[test]
fn names_and_countries() {
    let table = [
        // Plain names, and their spellings
        ("Talks were held in Geneva on Friday.", "Geneva CH"),
        ("Talks were held in Genève and in Genf.", "Geneva CH"),
        ("Trains run from Kiev to Kharkov.", "Kharkiv UA, Kyiv UA"),
        ("Переговоры прошли в городе Киев.", "Kyiv UA"),
        ("Ships left Odessa and Mykolaiv.", "Mykolaiv UA, Odesa UA"),
        ("He flew to Bombay and then to Calcutta.", "Kolkata IN, Mumbai IN"),
        ("She moved from St. Petersburg to Moscow.", "Moscow RU, St. Petersburg RU"),
        ("The aid reached Port-au-Prince on Monday.", "Port-au-Prince HT"),
        ("Floods hit Côte d'Ivoire and Guinea-Bissau.", "Guinea-Bissau GW, Ivory Coast CI"),
        ("It rained in Cox's Bazar.", "Cox's Bazar BD"),
        ("Officials of the People's Republic of China came.", "China CN"),
        ("The Democratic Republic of the Congo borders Zambia.", "Democratic Republic of the Congo CD, Zambia ZM"),
        (
            "The U.S. and the UK agreed; the UAE did not.",
            "United Arab Emirates AE, United Kingdom GB, United States US",
        ),
        ("Fighting went on in Deir ez-Zor and Raqqa in Syria.", "Deir ez-Zor SY, Raqqa SY, Syria SY"),
        ("Rebels hold Goma in North Kivu.", "Goma CD, North Kivu CD"),
        ("They sailed the South China Sea to the Strait of Malacca.", "South China Sea -, Strait of Malacca -"),
        ("War in the Donbas, calm in Crimea.", "Crimea UA, Donbas UA"),
        ("Aid for the Gaza Strip and the West Bank.", "Gaza Strip PS, West Bank PS"),
        ("Drought in the Sahel and the Horn of Africa.", "Horn of Africa -, Sahel -"),
        ("Leaders from the Baltic states met in Tallinn.", "Baltic states -, Tallinn EE"),
        ("The Rhine and the Danube rose.", "Danube -, Rhine -"),
        ("The EU expects more from Scandinavia.", "European Union -, Scandinavia -"),
        // Region and country named beside it
        ("He was born in Paris, Texas, in 1950.", "Paris US, Texas US"),
        ("He was born in Paris, France, in 1950.", "France FR, Paris FR"),
        ("The plant in London, Ontario, closed.", "London CA, Ontario CA"),
        ("Police in Springfield, Ill., arrested a man.", "Illinois US, Springfield US"),
        ("A fire in Portland, Maine, spread.", "Maine US, Portland US"),
        ("A fire in Portland, OR, spread.", "Oregon US, Portland US"),
        ("Voters in Dallas County, Texas, waited.", "Dallas County US, Texas US"),
        ("She teaches in Cambridge, Massachusetts.", "Cambridge US, Massachusetts US"),
        ("She teaches in Cambridge, England.", "Cambridge GB, England GB"),
        ("He lives in Nice, France.", "France FR, Nice FR"),
        ("She lives in Mobile, Alabama.", "Alabama US, Mobile US"),
        ("The mayor of Vladimir, Russia, resigned.", "Russia RU, Vladimir RU"),
        ("They met in Atlanta, Georgia.", "Atlanta US, Georgia US"),
        ("They met in Washington, D.C.", "Washington US"),
        // What else the article names
        ("Tbilisi said Georgia and Russia had agreed.", "Georgia GE, Russia RU, Tbilisi GE"),
        (
            "Voters in Georgia, Florida, Alabama and Tennessee go first.",
            "Alabama US, Florida US, Georgia US, Tennessee US",
        ),
        ("Libya's government left Tripoli for Benghazi.", "Benghazi LY, Libya LY, Tripoli LY"),
        ("In Lebanon, protesters in Tripoli and Beirut marched.", "Beirut LB, Lebanon LB, Tripoli LB"),
        ("Australia's Victoria and New South Wales saw fires.", "Australia AU, New South Wales AU, Victoria AU"),
        ("Spain's Valencia flooded.", "Spain ES, Valencia ES"),
        ("In Venezuela, crowds filled Valencia and Caracas.", "Caracas VE, Valencia VE, Venezuela VE"),
        // Governments, possessives, several in a row
        ("Moscow denied the report.", "Moscow RU"),
        ("Washington's decision angered Beijing.", "Beijing CN, Washington US"),
        ("A Paris-based group tracks the US-Mexico border.", "Mexico MX, Paris FR, United States US"),
        ("Northern Iraq and eastern Syria are calm.", "Iraq IQ, Syria SY"),
        ("Texas Governor Ann Example spoke in Austin.", "Austin US, Texas US"),
        ("It rained in Manhattan and Brooklyn.", "Brooklyn US, Manhattan US"),
        ("On Monday London was calm.", "London GB"),
        // Countries that are also forenames or words
        ("Refugees from Chad crossed into Niger and Mali.", "Chad TD, Mali ML, Niger NE"),
        ("The king of Jordan visited Turkey.", "Jordan JO, Turkey TR"),
        ("The village of Malakoff is near Dallas in Texas.", "Dallas US, Malakoff US, Texas US"),
    ];
    let wrong: Vec<_> = table.into_iter().map(|(t, e)| (t, e, named(t))).filter(|(_, e, got)| e != got).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn no_places() {
    let table = [
        // People
        "Paris Hilton arrived late.",
        "The singer London Example performed.",
        "Acting secretary Chad Wolf resigned.",
        "Jordan Peterson gave a lecture.",
        "Michael Jordan said he would retire. Jordan played again.",
        "Denzel Washington won. Washington thanked the crew.",
        "President Lincoln and Mr. Houston met Mrs. Cleveland.",
        "George W. Houston wrote it.",
        "The poet Jack London died young.",
        "Sen. Orlando Example voted no.",
        // Organisations
        "The Washington Post reported it.",
        "The Bank of Georgia raised rates.",
        "The University of Geneva published it.",
        "She studied at Manchester University and played for Paris Saint-Germain.",
        "The Boston Red Sox beat the Chicago Cubs.",
        "He reads the New York Times.",
        "The Bank of England and the Church of England disagree.",
        "He works for Deutsche Bank and reads the Lancaster Herald.",
        // Ordinary words
        "Reading is good for you.",
        "It was nice. Nice people came, and Mobile phones rang.",
        "Orange juice and turkey were served, and Normal life went on.",
        "He left in March. May came. August was hot.",
        "The Center closed; an Officer of the Commerce Board left.",
        "The WHO warned us, and Us Weekly reported it.",
        // Named after places
        "The West Nile virus and the Marburg virus are rare.",
        "It cost US$5 million.",
        "The White House and the Supreme Court disagreed.",
        "",
        "In the to of. Mr. St. Ft. Mt.",
    ];
    let wrong: Vec<_> = table.into_iter().map(|t| (t, named(t))).filter(|(_, got)| !got.is_empty()).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn demonyms_stand_apart() {
    for (text, country) in [
        ("The Swiss voted.", "CH"),
        ("A Dutch court ruled.", "NL"),
        ("Two Danes and a Dane won.", "DK"),
        ("Poles queued.", "PL"),
        ("The Filipino crew left.", "PH"),
        ("North Korean troops left.", "KP"),
        ("Ukrainians fled.", "UA"),
        ("French officials agreed.", "FR"),
    ] {
        let found = places(text);
        let place = found.first().unwrap_or_else(|| panic!("{text:?}"));
        assert_eq!(place.country.as_deref(), Some(country), "{text:?}");
        assert!(place.mentions.is_empty() && !place.demonyms.is_empty(), "{text:?}");
    }
}

#[test]
fn governments() {
    for (text, expected) in [
        ("Moscow denied the report.", true),
        ("Washington's decision was final.", true),
        ("They met in Moscow.", false),
        ("Moscow residents queued.", false),
    ] {
        assert_eq!(places(text).first().map(|p| p.as_government), Some(expected), "{text:?}");
    }
}

#[test]
fn spans_kinds_and_the_dateline() {
    let body = "GENEVA - Envoys left Geneva for Lake Geneva in Switzerland. Geneva's mayor waved.";
    let found = find(&article(body, "GENEVA -"), &Tokens::scan(body), &Names::default());
    let geneva = found.iter().find(|p| p.name == "Geneva").expect("Geneva");
    let words: Vec<&str> = geneva.mentions.iter().map(|s| &body[s.range()]).collect();
    assert_eq!(words, ["GENEVA", "Geneva", "Geneva"]);
    assert!(geneva.in_dateline && geneva.kind == PlaceKind::City && geneva.lat.is_some());
    let lake = found.iter().find(|p| p.name == "Lake Geneva").expect("the lake");
    assert!(lake.kind == PlaceKind::Water && !lake.in_dateline);
    assert_eq!(found.first().map(|p| p.name.as_str()), Some("Geneva"));
}

#[test]
fn names_of_people_are_heeded() {
    use crate::extract::names::{Class, Entity, Gender, Mention};
    let body = "Xanthor Sofia spoke. Later Sofia left Sofia in Bulgaria.";
    let tokens = Tokens::scan(body);
    let mention = |first, end| Mention { first, end, title_first: None, entity: 0 };
    let name = "Xanthor Sofia".to_owned(); // a forename that no list has
    let entity = Entity { name, class: Class::Person, gender: Gender::default(), place: false, offices: Vec::new() };
    let names = Names { mentions: vec![mention(0, 2), mention(5, 6)], entities: vec![entity], ..Names::default() };
    let found = find(&article(body, ""), &tokens, &names);
    let sofia = found.iter().find(|p| p.name == "Sofia").expect("the city");
    assert_eq!(sofia.mentions.len(), 1);
    assert_eq!(sofia.mentions.first().map(|s| s.start as usize), body.find("Sofia in"));
}

#[test]
fn hostile_texts_do_no_harm() {
    for text in [
        "A-".repeat(50_000),
        "St. ".repeat(20_000),
        "Paris, ".repeat(20_000),
        "San d'".repeat(20_000),
        "\u{301}É’s ".repeat(20_000),
    ] {
        let _ = places(&text);
    }
}
