//! Hard cases: a text, and the places it names with their countries (`-` where there is none).

use super::*;
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
        ("Gunmen took pupils in Nigeria's North-West.", "Nigeria NG, North West Nigeria NG"),
        ("Snow fell on the South East on Sunday.", ""),
        (
            "A walker fell in the Pennines, near Lake Kariba, at Mount Rainier.",
            "Lake Kariba -, Mount Rainier US, Pennines GB",
        ),
        ("Snow fell on northern Wales and rural Donegal.", "Donegal IE, Wales GB"),
        ("It happened in Co Donegal, west of Exeter.", "Donegal IE, Exeter GB"),
        ("The beaches of Margate and Broadstairs were shut.", "Broadstairs GB, Margate GB"),
        ("She lives at 12 London Road, Ipswich.", "Ipswich GB"),
        ("The boats at St Mawes and Falmouth are full.", "Falmouth GB"),
        ("A man from Cork was hurt; the carer, from Wigan, was not.", "Cork IE, Wigan GB"),
        ("Lawyer Austin Reed lives in Austin, Texas.", "Austin US, Texas US"),
        ("Patricia Holloway, D-Ohio, spoke.", "Ohio US"),
        ("Essex County Council met in Chelmsford.", "Chelmsford GB, Essex GB"),
        (
            "Crowds were in Salahuddin and Diyala; the Vatican wept.",
            "Diyala IQ, Salahuddin Province IQ, Vatican City VA",
        ),
        ("He has a brother, Sam, of Derry.", "Derry GB"),
        (
            "Trains stop in Huntington, W. Va., and Albany, N. Y.",
            "Albany US, Huntington US, New York US, West Virginia US",
        ),
        ("The government of Prince Edward Island agreed.", "Prince Edward Island CA"),
        ("Officials of the California Department of Health came.", "California US"),
        ("BBC Radio Wales reported from Wales.", "Wales GB"),
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
        // By their names in other languages, in their cases
        ("Россия и США говорят, в России ждут.", "Russia RU, United States US"),
        ("Президент Китая приехал из Лондона. Петров ждал его.", "China CN, London GB"),
        ("La Russie et la Grande-Bretagne parlent. La Grande-Bretagne attend.", "Russia RU, United Kingdom GB"),
        ("Russland wartet, Großbritannien auch.", "Russia RU, United Kingdom GB"),
        // A former name, or one in another language, of a town that nothing else speaks of
        ("Lula met the ministers. Lula will travel.", ""),
        ("Police left Newtown, Connecticut, on Monday.", "Connecticut US, Newtown US"),
        // What stands before a town that is not known to everybody
        ("The fire began 30 kilometres from Drogheda.", "Drogheda IE"),
        ("The centre of Drogheda was closed.", "Drogheda IE"),
        ("Commuter towns such as Naas and Navan grow in Ireland.", "Ireland IE, Naas IE, Navan IE"),
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

/// `Athens US 34.8 -87.0`: towns told apart by where they lie.
fn located(body: &str) -> String {
    let towns = places(body).into_iter().filter(|p| p.kind == PlaceKind::City && !p.mentions.is_empty());
    let at = |degrees: Option<f32>| degrees.unwrap_or_default().round() as i32;
    let mut towns: Vec<String> = towns
        .map(|p| format!("{} {} {} {}", p.name, p.country.as_deref().unwrap_or("-"), at(p.lat), at(p.lon)))
        .collect();
    towns.sort();
    towns.join(", ")
}

#[test]
fn towns_are_told_apart_by_what_stands_beside_them() {
    let table = [
        // United States: counties, suburbs, lists, residents
        (
            "Police in Athens said the suspect fled toward Huntsville. The Limestone County Sheriff's Office in \
             Alabama is leading the search near Madison.",
            "Athens US 35 -87, Huntsville US 35 -87, Madison US 35 -87",
        ),
        (
            "A Lebanon man drowned in the river near Carthage, Tennessee, officials said.",
            "Carthage US 36 -86, Lebanon US 36 -86",
        ),
        ("The Moscow school board in Idaho met. Pullman officials declined.", "Moscow US 47 -117, Pullman US 47 -117"),
        (
            "The plant in Cairo, Illinois, and another in Peru, Indiana, will close. Workers in Cuba, Missouri, are safe.",
            "Cairo US 37 -89, Cuba US 38 -91, Peru US 41 -86",
        ),
        ("Austin, in Scott County, Indiana, was hit. There was a drug problem in Scott County.", "Austin US 39 -86"),
        (
            "Wildfires near Paradise, Calif., forced evacuations in Chico and Oroville.",
            "Chico US 40 -122, Oroville US 40 -122, Paradise US 40 -122",
        ),
        ("Police in Aurora, Colorado, said the gunman came from Littleton.", "Aurora US 40 -105, Littleton US 40 -105"),
        ("A Longview woman and Tom Example, 39, of Fairfield, Texas, met.", "Fairfield US 32 -96, Longview US 33 -95"),
        ("The storm left Rome and Dalton in northwest Georgia dark.", "Dalton US 35 -85, Rome US 34 -85"),
        ("Rain fell on Gympie and Bundaberg in Queensland.", "Bundaberg AU -25 152, Gympie AU -26 153"),
        ("He lives in Walthamstow, she in the Peak District.", "Walthamstow GB 52 0"),
        ("Crews worked in Manchester, New Hampshire, and Nashua.", "Manchester US 43 -71, Nashua US 43 -71"),
        ("The Boston Police Department and Seoul City Hall agreed.", "Boston US 42 -71, Seoul KR 38 127"),
        ("Rome, Georgia, beat Athens, Ohio.", "Athens US 39 -82, Rome US 34 -85"),
        // Elsewhere
        ("Firefighters in Barnsley and Wakefield, West Yorkshire, came.", "Barnsley GB 54 -1, Wakefield GB 54 -2"),
        (
            "Hyderabad, Pakistan: Floods in Sindh displaced thousands in Sukkur and Hyderabad.",
            "Hyderabad PK 25 68, Sukkur PK 28 69",
        ),
        ("Perth and Newcastle were hot, Australia's bureau said.", "Newcastle AU -33 152, Perth AU -32 116"),
        ("The London, Ontario plant closed; Windsor lost jobs, Ontario said.", "London CA 43 -81, Windsor CA 42 -83"),
        ("In South Africa, Durban and East London flooded.", "Durban ZA -30 31, East London ZA -33 28"),
        ("In Peru, Trujillo and Cusco were calm.", "Cusco PE -14 -72, Trujillo PE -8 -79"),
        (
            "In San Jose, Costa Rica's capital, and in Liberia, Guanacaste, hotels were full.",
            "Liberia CR 11 -85, San José CR 10 -84",
        ),
        ("Cordoba and Rosario went on strike, Argentina's unions said.", "Córdoba AR -31 -64, Rosario AR -33 -61"),
        ("In Germany, Essen and Halle were calm.", "Essen DE 51 7, Halle (Saale) DE 51 12"),
        ("In Belarus, Brest and Minsk were calm.", "Brest BY 52 24, Minsk BY 54 28"),
        // Villages of a war, by whichever spelling
        ("Troops advanced near Avdiivka and Chasiv Yar in Ukraine.", "Avdiivka UA 48 38, Chasiv Yar UA 49 38"),
        ("In Chuhuiv and Lyptsi two died, Ukraine said.", "Chuhuyiv UA 50 37, Lyptsi UA 50 36"),
        // Disputed, renamed
        ("Rockets from Khan Younis hit Sderot.", "Khan Younis PS 31 34, Sderot IL 32 35"),
        ("Tripoli in Lebanon and Tyre were calm.", "Tripoli LB 34 36, Tyre LB 33 35"),
    ];
    let wrong: Vec<_> = table.into_iter().map(|(t, e)| (t, e, located(t))).filter(|(_, e, got)| e != got).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn names_that_look_like_people_or_bodies_and_are_places() {
    let table = [
        ("The first case was in Hong Kong during 1997.", "Hong Kong HK"),
        ("He was taken to a hospital in Milton Keynes.", "Milton Keynes GB"),
        ("The province of Prince Edward Island reported it.", "Prince Edward Island CA"),
        ("Floyd County schools in Georgia closed.", "Floyd County US, Georgia US"),
        ("The Maharashtra Pollution Control Board warned.", "Maharashtra IN"),
        ("The US Centers for Disease Control agreed.", "United States US"),
        ("She visited Queens and Manhattan.", "Manhattan US, Queens US"),
        ("As Moscow burned, Real estate fell in Paris.", "Moscow RU, Paris FR"),
        ("Georgia Tech won. In Georgia, voters waited. Georgia's governor spoke in Atlanta.", "Atlanta US, Georgia US"),
        ("War came to Kharkiv region and to Zaporizhzhia region.", "Kharkiv Oblast UA, Zaporizhzhia Oblast UA"),
    ];
    let wrong: Vec<_> = table.into_iter().map(|(t, e)| (t, e, named(t))).filter(|(_, e, got)| e != got).collect();
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn points_come_from_their_sources() {
    let at = |text: &str| {
        let place = places(text).into_iter().next().unwrap_or_else(|| panic!("{text:?}"));
        (place.lat.unwrap_or_default().round(), place.lon.unwrap_or_default().round())
    };
    // The middle of the landmass, of the towns of a region, of the countries of a bloc; a continent as GeoNames has it.
    assert_eq!(at("Talks in the United States."), (39.0, -99.0));
    assert_eq!(at("Rain in Dagestan."), (43.0, 47.0));
    assert_eq!(at("Rain in Wales."), (52.0, -4.0));
    assert_eq!(at("Aid for Africa."), (7.0, 21.0));
    let benelux = at("The Benelux agreed.");
    assert!((50.0..=53.0).contains(&benelux.0) && (4.0..=6.0).contains(&benelux.1), "{benelux:?}");
}

#[test]
fn no_places() {
    let table = [
        "Jane Doe, M.D., and John Roe, MD, agreed.",
        "Arden Pharmaceuticals fell. \"We know,\" he said at Arden.",
        "Blue Ridge Transit missed routes.",
        "Liverpool drew 1-1 with Everton.",
        "Nurses at St Thomas' Hospital agreed on Nov. 24.",
        "It was said in the Dáil and by Royal London.",
        "A crow had West Nile virus, the first West Nile case of the year.",
        "West Texas Intermediate fell to $90.",
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
        "Banahari Example Saha sold food.",
        "Kenya Example and India Example sang. Asia Example danced.",
        "Tom Holland, Jack London and Paris Jackson met. London said he was happy. Jackson left.",
        "Victoria Beckham, Florence Pugh and Chelsea Clinton met Virginia Woolf.",
        // Organisations
        "Real Madrid beat Bayern Munich; Inter Milan drew.",
        "The Texas Rangers and Chelsea FC lost; Air India and Kuwait Airways flew.",
        "He lives at 12 Oxford Street off Tottenham Court Road.",
        "The Geneva Conventions, the Warsaw Pact and the Oslo Accords hold.",
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
        "Turkey was on the menu, and the turkey was dry.",
        "He left in March. May came. August was hot.",
        "The Center closed; an Officer of the Commerce Board left.",
        "The WHO warned us, and Us Weekly reported it.",
        // Another spelling of a small town, and another thing
        "They struck with Iskander missiles near the front.",
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
        ("Moscow has denied the report.", true),
        ("Beijing will not accept it.", true),
        ("Moscow has a zoo.", false),
        ("Moscow was calm.", false),
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
