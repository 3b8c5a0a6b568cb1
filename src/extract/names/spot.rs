//! Spotting names: runs of capitalised words, offices and titles taken off their left end.

use super::Class;
use super::lexicon as lex;
use super::offices;
use super::view::View;
use crate::text::{Kind, Token};

/// A name as spotted, before it is known whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Spotted {
    /// First token of the name.
    pub first: usize,
    /// Behind its last token.
    pub end: usize,
    /// First token of the title in front.
    pub title_first: Option<usize>,
    /// What the words themselves and those around them say.
    pub class: Class,
    /// A capital that the start of the sentence explains: needs another mention to count.
    pub weak: bool,
}

/// The longest name, in tokens.
const LONGEST: usize = 16;

/// All names of a text from token `first` on, in order.
pub(super) fn find(view: View, first: usize) -> Vec<Spotted> {
    let mut found = Vec::with_capacity(view.len() / 16);
    let mut i = first;
    // Most tokens begin no name for the plainest of reasons.
    let starts = |token: &Token| token.is_upper() || token.kind == Kind::Elision;
    while let Some(near) = view.tokens.get(i..).and_then(|rest| rest.iter().position(starts)) {
        i += near;
        if let Some(end) = number_ten(view, i) {
            found.push(Spotted { first: i, end, title_first: None, class: Class::Organisation, weak: false });
            i = end;
            continue;
        }
        if !may_begin(view, i) {
            i += 1;
            continue;
        }
        let end = run_end(view, i);
        names_in(view, i, end, &mut found);
        i = end;
    }
    found
}

/// `No 10 has said`: the office of a prime minister, where a verb of saying follows.
fn number_ten(view: View, i: usize) -> Option<usize> {
    let number = i + 1 + usize::from(view.is(i + 1, Kind::Stop));
    let body = view.word(i) == "No" && view.word(number) == "10";
    let ranked = i.checked_sub(1).is_some_and(|before| !view.starts_sentence(i) && view.is(before, Kind::Word));
    let helps = |at: usize| view.is_lower(at) && view.any(at, lex::AUXILIARY);
    let verb = number + 1 + usize::from(helps(number + 1));
    let says = view.is_lower(verb) && view.any(verb, lex::TAKES_CLAUSE) && !view.any(verb, lex::WEAK);
    (body && !ranked && says).then_some(number + 1)
}

/// Whether a name, or the title of one, may begin with token `i`.
fn may_begin(view: View, i: usize) -> bool {
    if view.is(i, Kind::Elision) && view.is_upper(i + 1) {
        return !view.starts_sentence(i) && view.word(i).starts_with(['d', 'D']);
    }
    if !view.is_upper(i) {
        return false;
    }
    if is_acronym(view, i) {
        return !view.any(i, lex::CLOSED);
    }
    if view.any(i, lex::OTHER_PRONOUN.or(lex::SINGULAR_PRONOUN).or(lex::DETERMINER)) {
        // "I. W. Smith", "A. Smith"; but "She got an A. Smith laughed." and "He took vitamin A. Smith laughed."
        let short = view.word(i) == "A" || view.word(i + 2).len() == 1;
        let verb = lex::CUE.or(lex::FINITE).or(lex::PREPOSITION).or(lex::CONJUNCTION).or(lex::SUBORDINATOR);
        let names = verb.or(lex::ROLE).or(lex::HONORIFIC).or(lex::MODIFIER).or(lex::ADVERB);
        let noun = i.checked_sub(1).is_some_and(|before| view.is(before, Kind::Word) && !view.any(before, names));
        return is_initial(view, i) && short && (view.starts_sentence(i) || !noun);
    }
    let next_upper = view.is_upper(i + 1) && !view.starts_sentence(i + 1);
    // "Jun Aguilar"
    let short = view.word(i).len() == 3 && view.any(i, lex::MONTH) && next_upper && !is_acronym(view, i + 1);
    if short && !view.any(i + 1, lex::CLOSED.or(lex::MONTH).or(lex::WEEKDAY)) {
        return true;
    }
    if view.any(i, lex::MONTH.or(lex::WEEKDAY)) {
        return next_upper && view.any(i, lex::COMMON_FORENAME) && !view.any(i + 1, lex::CLOSED);
    }
    if begins_clause(view, i) {
        if view.any(i, lex::TAKES_CLAUSE) && !view.any(i, lex::GERUND) {
            return false;
        }
        if view.any(i, lex::CLOSED) {
            return view.any(i, lex::FORENAME) && next_upper && !view.any(i + 1, lex::CLOSED);
        }
        let known = lex::FORENAME.or(lex::PLACE).or(lex::KNOWN_ORGANISATION);
        return !view.word(i).ends_with("ly") || view.any(i, known);
    }
    // "Per Hansen"
    view.any(i, lex::FORENAME) && next_upper
        || !view
            .any(i, lex::PREPOSITION.or(lex::CONJUNCTION).or(lex::SUBORDINATOR).or(lex::POSSESSIVE).or(lex::AUXILIARY))
}

/// Whether a capital at `i` says nothing because a sentence, a quotation or a line begins there.
fn begins_clause(view: View, i: usize) -> bool {
    // "Yes," Smith said: a mark behind a comma closes.
    let behind_words = i > 1 && view.is(i - 1, Kind::Mark) && view.is(i - 2, Kind::Comma) && view.is_glued(i - 1);
    view.starts_sentence(i)
        || i == 0
        || !behind_words
            && matches!(view.kind(i - 1), Some(Kind::Mark | Kind::Colon | Kind::Stop | Kind::Open | Kind::Other))
}

/// `A.`, `I.` before the rest of a name: small words too, but for their stop.
fn is_initial(view: View, i: usize) -> bool {
    let dotted = matches!(view.word(i), "A" | "I") && view.is(i + 1, Kind::Stop) && view.is_glued(i + 1);
    let name = view.is_upper(i + 2) && !view.starts_sentence(i + 2);
    let initials = view.word(i + 2).len() == 1 || !view.any(i + 2, lex::CLOSED);
    dotted && name && initials
}

/// `John A. Smith`; but "They met in Hall A. John Smith said": behind what is no forename, a whole name begins anew.
fn is_middle_initial(view: View, i: usize) -> bool {
    let behind_name = view.any(i - 1, lex::FORENAME) || !view.is(i - 1, Kind::Word);
    let anew = view.any(i + 2, lex::PLACE) || view.any(i + 2, lex::FORENAME) && view.is_upper(i + 3);
    is_initial(view, i) && (behind_name || !anew)
}

fn is_acronym(view: View, i: usize) -> bool {
    view.tokens.get(i).is_some_and(|t| t.kind == Kind::Word && t.is_all_caps()) && view.word(i).len() >= 2
}

/// Behind the last token of the run of capitalised words that begins at `start`.
fn run_end(view: View, start: usize) -> usize {
    let mut end = start + 1;
    let mut portfolio = false;
    while end - start < LONGEST {
        let Some(next) = extended(view, start, end, &mut portfolio) else { break };
        end = next;
    }
    end
}

/// Where the run `start..end` ends if it takes in what comes next; `None` if it does not.
fn extended(view: View, start: usize, end: usize, portfolio: &mut bool) -> Option<usize> {
    if view.starts_sentence(end) || view.starts_paragraph(end) {
        return None;
    }
    match view.kind(end)? {
        Kind::Word if view.is_upper(end) => {
            continues(view, start, end).then_some(end + 1).or_else(|| shouted_of(view, start, end))
        }
        Kind::Word => connected(view, start, end, portfolio).or_else(|| listed_office(view, start, end)),
        Kind::Dash if view.is_glued(end) && view.is_glued(end + 1) => hyphenated(view, end),
        Kind::Comma if is_corporate(view, end + 1) => Some(end + 2),
        Kind::Stop if view.is_glued(end) && is_corporate(view, end - 1) => {
            let second = view.is(end + 1, Kind::Comma) && is_corporate(view, end + 2);
            (second || !view.starts_sentence(end + 1)).then_some(end + 1)
        }
        // "Foo Bar Jr. said": the stop is the name's, but where it may end the sentence too.
        Kind::Stop if view.is_glued(end) && view.any(end - 1, lex::SUFFIX) && view.is_upper(end - 1) => {
            let goes_on = end + 1 < view.len() && !view.starts_sentence(end + 1);
            goes_on.then_some(end + 1)
        }
        Kind::Stop if view.is_glued(end) && is_abbreviated(view, end - 1) => {
            (view.is_upper(end + 1) && !view.starts_sentence(end + 1)).then_some(end + 1)
        }
        Kind::Elision if view.is_upper(end + 1) => Some(end + 2),
        Kind::Other if matches!(view.word(end), "&" | "/") && view.is_upper(end + 1) => {
            let slash_in_word = view.is_glued(end) && view.is_glued(end + 1) && is_acronym(view, end - 1);
            (view.word(end) == "&" || slash_in_word).then_some(end + 2)
        }
        Kind::Comma if *portfolio => listed(view, end),
        Kind::Comma => listed_office(view, start, end),
        Kind::Mark if is_plural_of_body(view, end) => Some(end + 2),
        Kind::Possessive if view.is_upper(end + 1) && owns_name(view, end - 1) => Some(end + 2),
        _ => None,
    }
}

/// `Inc`, `Ltd`: the legal form behind the name of a company.
fn is_corporate(view: View, i: usize) -> bool {
    matches!(view.word(i), "Inc" | "Ltd" | "LLC" | "Co" | "Corp" | "Plc" | "PLC" | "LLP" | "Limited" | "GmbH")
}

/// Whether the capitalised word at `end` goes on with the run.
fn continues(view: View, start: usize, end: usize) -> bool {
    if view.any(end, lex::MONTH.or(lex::WEEKDAY)) {
        return end == start + 1 && view.any(start, lex::FORENAME) && !view.any(end, lex::WEEKDAY);
    }
    let paper = view.is_word(end, "today") && view.is_word(end - 1, "usa");
    paper
        || is_middle_initial(view, end)
        || is_without_borders(view, start, end)
        || !view.any(end, lex::CLOSED)
        || view.any(end - 1, lex::FORENAME) && view.any(end, lex::FORENAME)
}

/// `Doctors Without Borders`: a preposition with a capital between words with one, behind no forename and before none.
fn is_without_borders(view: View, start: usize, at: usize) -> bool {
    let plain = |i: usize| view.is_upper(i) && !view.any(i, lex::FORENAME.or(lex::CLOSED)) && !is_acronym(view, i);
    let inside = at > start && !view.starts_sentence(at) && !view.starts_sentence(at + 1);
    let many = view.word(at - 1).ends_with('s') || view.any(at - 1, lex::ROLE.or(lex::ORGANISATION_HEAD));
    inside && many && view.any(at, lex::INNER_PREPOSITION) && !is_acronym(view, at) && plain(at - 1) && plain(at + 1)
}

/// `MINISTRY OF HEALTH`: the small word where all is in capitals.
fn shouted_of(view: View, start: usize, end: usize) -> Option<usize> {
    let body = matches!(view.word(end), "OF" | "FOR") && view.any(end - 1, lex::ORGANISATION_HEAD);
    let capitals = body && is_acronym(view, start) && is_acronym(view, end + 1);
    (capitals && !view.any(end + 1, lex::CLOSED)).then_some(end + 2)
}

/// Small words inside names: `de`, `bin`; `of`, `for`, `and` inside those of organisations and offices.
fn connected(view: View, start: usize, end: usize, portfolio: &mut bool) -> Option<usize> {
    let particles = (end..end + 3).take_while(|i| view.is_lower(*i) && view.any(*i, lex::PARTICLE)).count();
    if particles > 0 && view.is_upper(end + particles) && view.tokens.get(end + particles)?.after_space() {
        return Some(end + particles + 1);
    }
    if particles > 0 && view.is(end + particles, Kind::Dash) && view.is_upper(end + particles + 1) {
        return Some(end + particles + 2);
    }
    let before = end - 1;
    let word = view.word(end);
    let article = usize::from(view.is_word(end + 1, "the"));
    let next = end + 1 + article;
    if !view.is_upper(next) || view.any(next, lex::CLOSED) {
        return None;
    }
    // "the Commission on Environmental Quality", but "the commission on Monday".
    let subject = word == "on" && article == 0 && !view.any(next, lex::MONTH.or(lex::WEEKDAY).or(lex::PLACE));
    if subject && view.any(before, lex::ORGANISATION_HEAD) && !view.any(before, lex::KNOWN_ORGANISATION) {
        return Some(next + 1);
    }
    if matches!(word, "of" | "for") {
        let office = (view.any(before, lex::ROLE) || *portfolio) && view.any(next, lex::PORTFOLIO);
        let minister = matches!(view.word(before), "Minister" | "Secretary" | "Commissioner") && article == 0;
        let minister = minister || *portfolio && view.word(before) == "State" && word == "for";
        let joins = view.is_word(next + 1, "and") || view.is(next + 1, Kind::Comma);
        let two = view.is_upper(next + 1) || joins && view.is_upper(next + 2);
        let office = office || minister && two && !view.any(next, lex::FORENAME.or(lex::PLACE));
        let body = view.any(before, lex::ORGANISATION_HEAD) || view.is_word(before, "house");
        if office || (body && !view.any(before, lex::ROLE)) {
            *portfolio = true;
            return Some(next + 1);
        }
        return None;
    }
    if word == "and" && (is_food_and_drug(view, start, end) || is_globe_and_mail(view, start, end)) {
        return Some(next + 1);
    }
    let within = *portfolio || (start..end).any(|i| view.any(i, lex::ORGANISATION_HEAD) && i != before);
    let other = lex::HONORIFIC.or(lex::FORENAME).or(lex::PLACE).or(lex::KNOWN_ORGANISATION);
    // "Ministry of Women and Child Development"
    let adjective = view.is_upper(next + 1) && view.any(next + 1, lex::PORTFOLIO) && !view.any(next + 1, lex::ROLE);
    let no_person = !view.any(next, other) && (adjective || !view.any(next, lex::ROLE));
    // "Minister of Health Foo Bar and Trade Secretary Baz": the first is named.
    let forename = |i: usize| view.any(i, lex::FORENAME) && !view.any(i, lex::PORTFOLIO) && view.is_upper(i + 1);
    let plain = no_person && !is_acronym(view, next) && !(start + 1..before).any(forename);
    (word == "and" && article == 0 && *portfolio && within && plain).then_some(next + 1)
}

/// `the Food and Drug Administration`: two single words before the head of an organisation's name.
fn is_food_and_drug(view: View, start: usize, and: usize) -> bool {
    let introduced = start.checked_sub(1).is_some_and(|i| view.any(i, lex::DETERMINER) || view.is(i, Kind::Possessive))
        || view.any(start, lex::DEMONYM);
    let name = lex::PLACE.or(lex::KNOWN_ORGANISATION).or(lex::FORENAME).or(lex::ROLE).or(lex::ORGANISATION_HEAD);
    let plain = |i: usize| view.is_upper(i) && !view.any(i, name.or(lex::DEMONYM)) && !is_acronym(view, i);
    // "the Economic and Social Research Institute"
    let inner = (and + 2..and + 4).take_while(|i| view.is_upper(*i) && !view.starts_sentence(*i));
    introduced && plain(and - 1) && plain(and + 1) && inner.into_iter().any(|i| view.any(i, lex::ORGANISATION_HEAD))
}

/// `The Globe and Mail`: a newspaper of two heads.
fn is_globe_and_mail(view: View, start: usize, and: usize) -> bool {
    let head = |i: usize| view.is_upper(i) && view.any(i, lex::ORGANISATION_HEAD);
    and == start + 1
        && start > 0
        && view.word(start - 1) == "The"
        && head(start)
        && head(and + 1)
        && !view.is_upper(and + 2)
}

/// `Department for the Environment, Food and Rural Affairs`: behind the comma, up to the word after "and".
fn listed(view: View, comma: usize) -> Option<usize> {
    let other = lex::CLOSED.or(lex::ROLE).or(lex::FORENAME);
    let part = |i: usize| view.is_upper(i) && !view.any(i, other);
    let mut comma = comma;
    for _ in 0..3 {
        let end = (comma + 1..comma + 4).find(|i| !part(*i)).unwrap_or(comma + 4);
        if end == comma + 1 {
            return None;
        }
        if !view.is(end, Kind::Comma) {
            let subject = view.any(end + 1, lex::PORTFOLIO) || view.any(end + 2, lex::PORTFOLIO);
            return (view.is_word(end, "and") && view.is_upper(end + 1) && subject).then_some(end);
        }
        comma = end;
    }
    None
}

/// `Culture, Media and Sport Secretary`: at the comma or "and" behind the first of them, up to the office.
fn listed_office(view: View, start: usize, join: usize) -> Option<usize> {
    let plain = |i: usize| {
        let other = lex::CLOSED.or(lex::FORENAME).or(lex::PLACE).or(lex::HONORIFIC);
        view.is_upper(i)
            && (!view.any(i, other) || view.any(i, lex::PORTFOLIO))
            && (i == start || !view.starts_sentence(i))
    };
    if join - start > 2 || !view.any(start, lex::PORTFOLIO) || !(start..join).all(plain) {
        return None;
    }
    let mut at = join;
    let mut last = false;
    for _ in 0..4 {
        last |= view.is_word(at, "and");
        if !(view.is_word(at, "and") || view.is(at, Kind::Comma)) {
            return None;
        }
        let role = (at + 1..at + 5).take_while(|i| plain(*i)).find(|i| view.any(*i, lex::ROLE));
        if let Some(role) = role.filter(|role| last && *role > at + 1) {
            return Some(role + 1);
        }
        at = (at + 1..at + 4).find(|i| !plain(*i)).filter(|_| !last && role.is_none())?;
    }
    None
}

/// `Ki-moon`, `Jean-Pierre`, `COVID-19`; but not `Russian-backed`.
fn hyphenated(view: View, dash: usize) -> Option<usize> {
    let next = dash + 1;
    if view.is_upper(next) || view.is(next, Kind::Number) {
        return Some(next + 1);
    }
    let participle =
        ["ed", "led", "based", "born", "style", "like", "long", "wide", "run", "made", "held", "old", "era", "ish"];
    let adjective =
        view.any(dash - 1, lex::DEMONYM.or(lex::PLACE).or(lex::KNOWN_ORGANISATION)) || is_acronym(view, dash - 1);
    let lower = view.is_lower(next) && !adjective && !participle.iter().any(|end| view.word(next).ends_with(end));
    lower.then_some(next + 1)
}

/// `Plateau Traders' Union`: behind the apostrophe comes what makes a body of those before it.
fn is_plural_of_body(view: View, mark: usize) -> bool {
    let apostrophe = matches!(view.word(mark), "'" | "\u{2019}") && view.is_glued(mark) && !view.is_glued(mark + 1);
    let body = ["Union", "Association", "League", "Federation", "Party", "Council", "Guild", "Alliance", "Club"];
    apostrophe && view.word(mark - 1).ends_with('s') && body.contains(&view.word(mark + 1))
}

/// `People's Daily`, `Children's Fund`: an owner that belongs to the name.
fn owns_name(view: View, i: usize) -> bool {
    let owners =
        ["people", "children", "women", "men", "king", "queen", "moody", "lloyd", "mcdonald", "sotheby", "christie"];
    owners.iter().any(|owner| view.is_word(i, owner))
}

/// An initial, or an abbreviated title: `J.`, `Gen.`
fn is_abbreviated(view: View, i: usize) -> bool {
    view.word(i).chars().count() == 1 || view.any(i, lex::HONORIFIC.or(lex::SUFFIX)) || view.is_word(i, "st")
}

/// The names in the run `start..end`: usually one, none if it is an office only.
fn names_in(view: View, start: usize, end: usize, found: &mut Vec<Spotted>) {
    // "A MOTHER-OF-TWO said" in the capitals of an opening.
    if view.is(start + 1, Kind::Dash) && view.word(start + 2) == "OF" && view.is(start + 3, Kind::Dash) {
        return;
    }
    // "World No 1"
    if view.word(end - 1) == "No" && (view.is(end, Kind::Number) || view.is(end + 1, Kind::Number)) {
        return;
    }
    // "D-N.Y.", "R-Texas": a party and a state.
    if matches!(view.word(start), "D" | "R" | "I") && view.is(start + 1, Kind::Dash) {
        return;
    }
    let organisation = is_organisation(view, start, end);
    let title_end = if organisation { start } else { offices::title_end(view, start, end) };
    let mut first = title_end;
    if first >= end {
        return;
    }
    if !organisation {
        first = without_lead(view, first, end);
        if first > title_end && view.any(title_end, lex::PLACE.or(lex::COMPASS)) {
            found.push(Spotted { first: title_end, end: first, title_first: None, class: Class::Other, weak: false });
        }
    }
    // "Retailer Foo" at the start of a sentence: what it is, and its name.
    let kind = view.any(start, lex::BODY) && view.starts_sentence(start) && view.is_upper(start + 1);
    if !organisation && first == start && kind && end - start <= 3 && !view.any(start + 1, lex::FORENAME.or(lex::ROLE))
    {
        let class = Class::Organisation;
        found.push(Spotted { first: start + 1, end, title_first: Some(start), class, weak: false });
        return;
    }
    if !organisation {
        first = behind_body(view, first, end);
    }
    if !organisation && first == start {
        first = with_particles(view, first);
    }
    let mut trade = None;
    if !organisation && is_agent_noun(view, first) && view.any(first + 1, lex::FORENAME) && end > first + 2 {
        trade = Some(first);
        first += 1;
    }
    // "Third-grader Foo Bar", at the start of a sentence.
    let compound = view.is(first + 1, Kind::Dash) && view.is_lower(first + 2) && begins_clause(view, first);
    let named = view.is_upper(first + 3) && view.is_upper(first + 4);
    if !organisation && compound && named && end > first + 4 {
        trade = Some(first);
        first += 3;
    }
    let office = if organisation { None } else { behind_office(view, start, end) };
    first = office.filter(|_| first == start).map_or(first, |(_, name)| name);
    let words = (first..end).filter(|i| view.is(*i, Kind::Word)).count();
    // "the Portuguese", "the Northern Irishman"
    let people = lex::DEMONYM.or(lex::COMPASS);
    let of_people =
        view.any(end - 1, lex::DEMONYM) && (first..end).all(|i| !view.is(i, Kind::Word) || view.any(i, people));
    if of_people {
        // "the Welsh government": a body, named by its people.
        let article = first.checked_sub(1).is_some_and(|i| view.is_word(i, "the"));
        if article && end == first + 1 && view.is_word(end, "government") && !view.is(end + 1, Kind::Dash) {
            found.push(Spotted { first, end: end + 1, title_first: None, class: Class::Organisation, weak: false });
        }
        return;
    }
    // "the Obama administration"
    let article = first.checked_sub(1).is_some_and(|i| view.is_word(i, "the"));
    if article && words == 1 && !organisation && view.word(end) == "administration" {
        found.push(Spotted { first, end: end + 1, title_first: None, class: Class::Organisation, weak: false });
        return;
    }
    let titled = if organisation { None } else { offices::title_first(view, start, first) };
    let titled = office.filter(|(_, name)| *name == first).map(|(role, _)| role).or(titled).or(trade);
    let class = class_of(view, first, end, words, titled.is_some(), organisation);
    let known = lex::KNOWN_ORGANISATION.or(lex::PLACE);
    let weak = words == 1
        && titled.is_none()
        && begins_clause(view, first)
        && !view.any(first, known)
        && !is_acronym(view, first)
        && !(end > first + 1 && view.is(first + 1, Kind::Dash))
        && !is_introduced(view, first)
        && !has_relative(view, end);
    if words == 1
        && titled.is_none()
        && view.any(first, lex::ROLE.or(lex::HONORIFIC).or(lex::MODIFIER).or(lex::BODY))
        && !is_acronym(view, first)
    {
        return;
    }
    found.push(Spotted { first, end, title_first: titled, class, weak });
}

/// `Unite, which has 300 members there, said`: only a name goes on so.
fn has_relative(view: View, end: usize) -> bool {
    view.is(end, Kind::Comma) && matches!(view.word(end + 1), "which" | "who" | "whose")
}

/// `the turbine maker Foo`: what sort of body it is stands right before the name.
fn is_called_body(view: View, first: usize) -> bool {
    let kinds = [
        "company",
        "group",
        "agency",
        "firm",
        "charity",
        "union",
        "retailer",
        "airline",
        "newspaper",
        "magazine",
        "website",
        "manufacturer",
        "insurer",
        "carrier",
        "lender",
        "broadcaster",
        "watchdog",
        "brewer",
        "supermarket",
        "startup",
        "conglomerate",
        "utility",
        "brokerage",
        "daily",
        "tabloid",
        "nonprofit",
        "consultancy",
        "multinational",
    ];
    let Some(kind) = first.checked_sub(1).filter(|i| view.is_lower(*i) && !view.starts_sentence(first)) else {
        return false;
    };
    kinds.contains(&view.word(kind)) || view.word(kind).ends_with("maker") && view.any(kind, lex::BODY)
}

/// `Secretary of the Security Council Foo Bar`: behind the body that an office belongs to.
fn behind_body(view: View, first: usize, end: usize) -> usize {
    let forename =
        |i: &usize| view.any(*i, lex::FORENAME) && view.any(i - 1, lex::ORGANISATION_HEAD) && view.is_upper(i + 1);
    let body = (first + 1..end.saturating_sub(1)).find(forename);
    body.filter(|_| !view.any(first, lex::FORENAME)).unwrap_or(first)
}

/// `Shopkeeper Foo Bar` at the start of a sentence: a word for what somebody does, and no forename.
fn is_agent_noun(view: View, i: usize) -> bool {
    let word = view.word(i);
    let ending = ["er", "or", "ist", "ian", "ant", "eer", "woman"].iter().any(|e| word.ends_with(e));
    let known = lex::FORENAME.or(lex::PLACE).or(lex::DEMONYM).or(lex::KNOWN_ORGANISATION);
    ending && word.len() > 4 && view.starts_sentence(i) && !view.any(i, known)
}

/// Of "Secretary of the Commonwealth Foo Bar" the office and the name: where they begin.
fn behind_office(view: View, start: usize, end: usize) -> Option<(usize, usize)> {
    let of = (start.saturating_sub(2)..start).find(|i| view.is_word(*i, "of"))?;
    let role = of.checked_sub(1).filter(|i| view.any(*i, lex::ROLE) && view.is_upper(*i))?;
    let forename = |i: &usize| view.any(*i, lex::FORENAME) && view.is_upper(i + 1);
    let name = (start + 1..end.saturating_sub(1)).find(forename)?;
    (!view.any(start, lex::FORENAME)).then_some((role, name))
}

/// Takes in the small words in front of a surname: `von der Leyen said`.
fn with_particles(view: View, first: usize) -> usize {
    if let Some(article) = arabic_article(view, first) {
        return article;
    }
    let mut at = first;
    while at > 0 && !view.starts_sentence(at) && view.is_lower(at - 1) && first - at < 3 {
        let word = view.word(at - 1);
        let inner = at < first && matches!(word, "van" | "von" | "de");
        if !(inner
            || matches!(
                word,
                "von" | "van" | "der" | "den" | "de" | "da" | "di" | "du" | "dos" | "della" | "bin" | "al"
            ))
        {
            break;
        }
        at -= 1;
    }
    let stands = at < first && !matches!(view.word(at), "der" | "den");
    let noun = at > 0 && !view.starts_sentence(at) && view.any(at - 1, lex::DETERMINER.or(lex::POSSESSIVE));
    if stands && !noun { at } else { first }
}

/// The article of `al-Bashir`, in small letters.
fn arabic_article(view: View, first: usize) -> Option<usize> {
    let article = first.checked_sub(2)?;
    let hyphen = view.is(article + 1, Kind::Dash) && view.is_glued(article + 1) && view.is_glued(first);
    (hyphen && matches!(view.word(article), "al" | "el" | "as" | "ash" | "ad" | "ar" | "at" | "an" | "az"))
        .then_some(article)
}

/// Leaves out a country, or a word for its people, in front of a forename: `London Sadiq Khan`.
fn without_lead(view: View, first: usize, end: usize) -> usize {
    let lead = lex::DEMONYM.or(lex::PLACE).or(lex::MODIFIER);
    let mut at = first;
    let pair = (view.word(at), view.word(at + 1));
    let country = matches!(
        pair,
        ("United", "States" | "Kingdom" | "Nations")
            | ("New", "Zealand")
            | ("South", "Africa" | "Korea" | "Sudan")
            | ("North", "Korea" | "Macedonia")
            | ("Saudi", "Arabia")
            | ("Sri", "Lanka")
            | ("European", "Union")
            | ("White", "House")
    );
    if country && at + 3 < end {
        return at + 2;
    }
    while at + 2 < end && view.any(at, lead) && !view.any(at, lex::FORENAME) && view.is_upper(at + 1) {
        let forename = (at + 1..end - 1).find(|i| !view.any(*i, lead) || view.any(*i, lex::FORENAME));
        if !forename.is_some_and(|i| view.any(i, lex::FORENAME) && !view.any(i, lex::ORGANISATION_HEAD)) {
            break;
        }
        at += 1;
    }
    at
}

fn is_organisation(view: View, start: usize, end: usize) -> bool {
    if (start + 1..end - 1).any(|i| is_without_borders(view, start, i)) {
        return true;
    }
    // "Legal & General"
    if (start + 1..end - 1).any(|i| view.word(i) == "&") {
        return true;
    }
    let head = |i: usize| view.any(i, lex::ORGANISATION_HEAD) && view.is_upper(i);
    if end - start == 1 {
        return view.any(start, lex::KNOWN_ORGANISATION) && (view.is_upper(start));
    }
    // "Police" is an office in small letters, a force in the name of one.
    let force = matches!(view.word(end - 1), "Police" | "Constabulary" | "Star") && !view.any(end - 2, lex::ROLE);
    let last_head = head(end - 1) && (force || !view.any(end - 1, lex::ROLE));
    let inner_head =
        (start..end - 1).rev().find(|i| head(*i) && matches!(view.word(i + 1), "of" | "for" | "on")).is_some_and(|i| {
            // "Ministry of Humanitarian Affairs": the word for a person is an adjective.
            let subject = view.any(end - 1, lex::PORTFOLIO) && !view.any(end - 1, lex::ROLE) && end >= i + 4;
            (subject || !(i + 2..end).any(|j| view.any(j, lex::ROLE)))
                && !(start..i).any(|j| view.any(j, lex::ROLE) && j + 1 == i)
        });
    // "Acting Police Commissioner" and "Navy Captain Jane Doe" end in no head and are not meant here.
    (last_head && !(start..end - 1).any(|i| view.any(i, lex::ROLE) && view.any(i + 1, lex::FORENAME))) || inner_head
}

fn class_of(view: View, first: usize, end: usize, words: usize, titled: bool, organisation: bool) -> Class {
    if organisation || !titled && !view.any(first, lex::FORENAME) && is_called_body(view, first) {
        return Class::Organisation;
    }
    if is_hyphened_place(view, first, end) {
        return Class::Other;
    }
    let acronym = is_acronym(view, first);
    if titled && !acronym && !view.any(first, lex::KNOWN_ORGANISATION) {
        return Class::Person;
    }
    if words == 1 {
        if is_introduced(view, first) && !acronym {
            return Class::Person;
        }
        let who = view.is_word(end + usize::from(view.is(end, Kind::Comma)), "who");
        if who && view.any(first, lex::FORENAME) && !acronym && !view.any(first, lex::PLACE) {
            return Class::Person;
        }
        let shouted = acronym && (is_acronym(view, first.wrapping_sub(1)) || is_acronym(view, end));
        return match acronym
            && !shouted
            && !view.any(first, lex::PLACE)
            && !matches!(view.word(first), "U.S." | "US" | "U.K." | "UK" | "USA" | "U.S" | "UAE")
        {
            true if view.word(first).len() <= 7 => Class::Organisation,
            _ => Class::Other,
        };
    }
    // "at Uhuru Park"
    let at = first.checked_sub(1).is_some_and(|i| matches!(view.word(i), "at" | "in" | "near" | "outside" | "on"));
    if at && view.any(end - 1, lex::SITE) {
        return Class::Other;
    }
    let described = offices::apposition_after(view, end).is_some()
        || offices::profession_after(view, end)
        || offices::aged(view, end);
    let article = first.checked_sub(1).is_some_and(|before| view.is_word(before, "the"));
    // "al-Fashir" has no forename.
    let forename = view.is_upper(first)
        && view.any(first, lex::FORENAME)
        && (!view.any(first, lex::COMMON_FORENAME) || !begins_clause(view, first));
    if !article && (described || forename) {
        return Class::Person;
    }
    let place = view.any(first, lex::COMPASS.or(lex::PLACE).or(lex::DEMONYM)) || view.any(end - 1, lex::PLACE);
    let initial = (first + 1..end - 1).any(|i| view.is(i, Kind::Stop) && view.word(i - 1).len() == 1);
    let human = view.any(end, lex::RELATIVE) && view.is_word(end, "who")
        || view.is(end, Kind::Comma) && view.is_word(end + 1, "who")
        || initial
        || !begins_clause(view, first) && speaks(view, first, end);
    if !article && !place && human && !acronym { Class::Person } else { Class::Other }
}

/// `Stoke-on-Trent`: a preposition in the middle of a hyphened word.
fn is_hyphened_place(view: View, first: usize, end: usize) -> bool {
    let inner = end == first + 5 && view.is(first + 1, Kind::Dash) && view.is(first + 3, Kind::Dash);
    inner && view.is_lower(first + 2) && view.any(first + 2, lex::PREPOSITION)
}

/// `Oksana, a pensioner who ..., was there`, `Oksana, 34, was there`: a single name at the start of a sentence that an age
/// or a description in commas follows, and then the verb.
fn is_introduced(view: View, first: usize) -> bool {
    let opener =
        lex::CLOSED.or(lex::OPENER).or(lex::WEEKDAY).or(lex::PLACE).or(lex::DEMONYM).or(lex::CUE).or(lex::ROLE);
    let word = view.word(first);
    if !view.starts_sentence(first) || view.any(first, opener) || view.is_adverb(first) || word.ends_with("ly") {
        return false;
    }
    let comma = first + 1;
    let aged = view.is(comma + 1, Kind::Number) && view.word(comma + 1).len() <= 2;
    let described = matches!(view.word(comma + 1), "a" | "an")
        && (comma + 2..comma + 7).take_while(|i| view.is(*i, Kind::Word)).any(|i| view.any(i, lex::ROLE));
    let end = (comma + 2..comma + 16).take_while(|i| !view.starts_sentence(*i)).find(|i| view.is(*i, Kind::Comma));
    let verb = |end: usize| {
        view.is_lower(end + 1) && (view.any(end + 1, lex::FINITE.or(lex::CUE)) || view.word(end + 1).ends_with("ed"))
    };
    view.is(comma, Kind::Comma) && (aged || described) && end.is_some_and(verb)
}

/// Whether a reporting verb stands directly behind the name, or before it.
fn speaks(view: View, first: usize, end: usize) -> bool {
    let cue = |i: usize| view.is_lower(i) && view.any(i, lex::TAKES_CLAUSE) && !view.any(i, lex::WEAK);
    cue(end) || first.checked_sub(1).is_some_and(cue)
}
