//! Names in short texts: how they are cut, classed and linked.
#![allow(clippy::unwrap_used)]

use super::*;

/// `title|name=Fullest Name (class)` of each mention.
fn mentions(body: &str) -> Vec<String> {
    let article = Article { body: body.to_owned(), ..Article::default() };
    let tokens = Tokens::scan(body);
    let names = find(&article, &tokens);
    let view = View { body, tokens: &tokens, flags: &names.flags };
    let show = |m: &Mention| {
        let entity = names.entity(m).unwrap();
        let class = match entity.class {
            Class::Person => "person",
            Class::Organisation => "organisation",
            Class::Other => "other",
        };
        let title = m.title_first.map(|t| format!("{}|", view.slice(t, m.first))).unwrap_or_default();
        format!("{title}{}={} ({class})", view.slice(m.first, m.end), entity.name)
    };
    names.mentions.iter().map(show).collect()
}

#[test]
fn names_are_cut_classed_and_linked() {
    let table: &[(&str, &[&str])] = &[
        (
            "Russian Foreign Minister Sergei Lavrov left. Later Lavrov spoke.",
            &["Russian Foreign Minister|Sergei Lavrov=Sergei Lavrov (person)", "Lavrov=Sergei Lavrov (person)"],
        ),
        (
            "He met U.S. Secretary of State Antony Blinken in Geneva.",
            &["U.S. Secretary of State|Antony Blinken=Antony Blinken (person)", "Geneva=Geneva (other)"],
        ),
        (
            "On Friday the World Health Organization (WHO) met; the WHO agreed.",
            &[
                "World Health Organization=World Health Organization (organisation)",
                "WHO=World Health Organization (organisation)",
                "WHO=World Health Organization (organisation)",
            ],
        ),
        (
            "Talks with U.N. chief Ban Ki-moon began. Ban left.",
            &["U.N.=U.N. (organisation)", "U.N. chief|Ban Ki-moon=Ban Ki-moon (person)", "Ban=Ban Ki-moon (person)"],
        ),
        (
            "The Department of Health and Human Services and Gen. John J. Smith agreed.",
            &[
                "Department of Health and Human Services=Department of Health and Human Services (organisation)",
                "Gen.|John J. Smith=John J. Smith (person)",
            ],
        ),
        ("Workers left. The workers were tired.", &[]),
        ("Police said so. Residents agreed.", &[]),
        (
            "Jane Doe met John Doe. Mr. Doe left.",
            &["Jane Doe=Jane Doe (person)", "John Doe=John Doe (person)", "Mr.|Doe=John Doe (person)"],
        ),
        ("", &[]),
    ];
    for (text, expected) in table {
        assert_eq!(&mentions(text), expected, "{text:?}");
    }
}
