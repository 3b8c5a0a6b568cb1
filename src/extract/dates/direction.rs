//! Whether the clause around an expression of time looks back or ahead.
//!
//! The nearest telling word to the left decides, as a date belongs to what was said before it; at the start of a
//! sentence, and behind a possessive ("Friday's vote will ..."), the first one to the right. Without any, news
//! looks back.

use crate::text::Kind;

use super::grammar::{PERIODS, Reader, among};
use super::resolve::Direction;
use super::words::Table;

/// Tokens looked at to either side.
const REACH: usize = 18;

/// How a word tells the time of its clause.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Cue {
    /// It looks ahead.
    Ahead,
    /// It looks ahead, but not as "could have".
    Modal,
    /// It looks ahead when "to" or "for" follows: "plans to", "hopes for".
    WithTo,
    /// It looks ahead behind "is" or "was".
    To,
    /// The present: what somebody does on a day to be named is to come.
    Now,
    /// The present of several where they stand before it, else a noun: "polls open", not "the open".
    Plural,
    /// The present of several, or an infinitive, which other words give its time: "did not meet", "let it expire".
    Bare,
    /// It looks back; regular verbs are known by their ending instead.
    Back,
}

use Cue::{Ahead, Back, Bare, Modal, Now, Plural, To, WithTo};

static CUES: Table<Cue> = Table::new(CUE_ROWS);

/// Lower case.
#[rustfmt::skip]
const CUE_ROWS: &[(&str, Cue)] = &[
    ("ago", Back), ("ahead", Ahead), ("airs", Now), ("appears", Now), ("are", Now), ("arose", Back), ("arrive", Bare),
    ("arrives", Now), ("ate", Back), ("attends", Now), ("await", Ahead), ("awaiting", Ahead), ("awaits", Ahead),
    ("became", Back), ("began", Back), ("begin", Bare), ("begins", Now), ("blew", Back), ("bought", Back),
    ("bracing", Ahead), ("broke", Back), ("brought", Back), ("built", Back), ("came", Back), ("caught", Back),
    ("celebrates", Now), ("chose", Back), ("close", Plural), ("closes", Now), ("come", Bare), ("comes", Now),
    ("competes", Now), ("concludes", Now), ("continues", Now), ("convenes", Now), ("could", Modal), ("crept", Back),
    ("dealt", Back), ("debut", Plural), ("debuts", Now), ("decides", Now), ("delivers", Now), ("depart", Bare),
    ("departs", Now), ("did", Back), ("died", Back), ("drank", Back), ("drew", Back), ("drove", Back), ("due", Ahead),
    ("earlier", Back), ("end", Plural), ("ends", Now), ("entertains", Now), ("expected", Ahead), ("expecting", Ahead),
    ("expire", Bare), ("expires", Ahead), ("face", Now), ("faces", Now), ("fed", Back), ("fell", Back), ("felt", Back),
    ("fled", Back), ("flew", Back), ("flies", Now), ("forecast", Ahead), ("forgot", Back), ("forthcoming", Ahead),
    ("fought", Back), ("found", Back), ("froze", Back), ("gave", Back), ("go", Bare), ("goes", Now), ("going", WithTo),
    ("got", Back), ("graduate", Plural), ("grew", Back), ("had", Back), ("has", Back), ("have", Back), ("heads", Now),
    ("heard", Back), ("held", Back), ("hid", Back), ("hit", Back), ("holds", Now), ("hope", WithTo), ("hopes", WithTo),
    ("hoping", Ahead), ("host", Now), ("hosts", Now), ("hung", Back), ("intends", WithTo), ("is", Now), ("joins", Now),
    ("kept", Back), ("kicks", Now), ("knew", Back), ("laid", Back), ("lands", Now), ("last", Back), ("launches", Now),
    ("leave", Plural), ("led", Back), ("left", Back), ("lent", Back), ("let", Back), ("likely", Ahead), ("look", WithTo),
    ("looking", WithTo), ("looks", WithTo), ("lost", Back), ("made", Back), ("marks", Now), ("may", Ahead),
    ("meant", Back), ("meet", Bare), ("meets", Now), ("met", Back), ("might", Modal), ("miss", Ahead), ("moves", Now),
    ("must", Modal), ("next", Ahead), ("open", Plural), ("opens", Now), ("overcame", Back), ("paid", Back),
    ("perform", Plural), ("performs", Now), ("plan", WithTo), ("planned", Ahead), ("planning", WithTo), ("plans", WithTo),
    ("play", Plural), ("plays", Now), ("poised", Ahead), ("predicting", Ahead), ("premieres", Now), ("preparing", Ahead),
    ("publishes", Now), ("ran", Back), ("rang", Back), ("reopen", Bare), ("reopens", Now), ("report", Plural),
    ("resume", Bare), ("resumes", Now), ("return", Plural), ("returns", Now), ("rode", Back), ("rose", Back),
    ("runs", Now), ("said", Back), ("sang", Back), ("sank", Back), ("sat", Back), ("saw", Back), ("says", Back),
    ("scheduled", Ahead), ("sees", Now), ("sent", Back), ("set", Ahead), ("shall", Ahead), ("shook", Back),
    ("shot", Back), ("should", Modal), ("shrank", Back), ("since", Back), ("sits", Now), ("slated", Ahead),
    ("slept", Back), ("slid", Back), ("sold", Back), ("sought", Back), ("speak", Plural), ("speaks", Now), ("sped", Back),
    ("spent", Back), ("spoke", Back), ("start", Plural), ("starts", Now), ("stole", Back), ("stood", Back),
    ("struck", Back), ("swam", Back), ("swept", Back), ("swore", Back), ("swung", Back), ("takes", Now), ("taught", Back),
    ("thought", Back), ("threw", Back), ("to", To), ("told", Back), ("took", Back), ("tore", Back), ("travel", Bare),
    ("travels", Now), ("turns", Now), ("understood", Back), ("unlikely", Ahead), ("unveils", Now), ("upcoming", Ahead),
    ("visit", Plural), ("visits", Now), ("vote", Plural), ("waiting", Ahead), ("was", Back), ("welcomes", Now),
    ("went", Back), ("were", Back), ("will", Ahead), ("withdrew", Back), ("woke", Back), ("won", Back), ("won't", Ahead),
    ("won’t", Ahead), ("wore", Back), ("would", Modal), ("wrote", Back), ("yesterday", Back),
];

/// Words behind which "to" and a verb tell of what is still to be done: "agreed to meet", "ready to talk".
#[rustfmt::skip]
const BEFORE_TO: &[&str] = &[
    "agree", "agreed", "agrees", "aim", "aimed", "aiming", "aims", "booked", "certain", "determined", "due", "expected", "expects", "hope",
    "hoped", "hopes", "hoping", "intend", "intended", "intending", "keen", "likely", "planned",
    "planning", "plans", "pledged", "pledges", "poised", "prepared", "preparing", "promised", "promises", "ready",
    "scheduled", "set", "slated", "sure", "threatened", "threatening", "threatens", "unlikely", "vowed", "vows", "want", "wanted",
    "wants", "willing",
];

/// What is held on a day fixed before, so that "for Sunday's" speaks of one to come.
#[rustfmt::skip]
const FIXTURES: &[&str] = &[
    "ballot", "bout", "budget", "ceremony", "clash", "debate", "derby", "election", "elections", "encounter", "final", "fixture",
    "funeral", "game", "hearing", "match", "meeting", "poll", "polls", "primary", "race", "referendum", "semi", "semifinal",
    "showdown", "summit", "test", "tie", "trip", "visit", "vote",
];

/// What is published of a month that is over: "figures for September".
const PUBLISHED: &[&str] = &["data", "figure", "figures", "numbers", "reading", "report", "results", "statistics"];

/// What is fixed for a day to come: "has called a strike for Tuesday".
#[rustfmt::skip]
const FIXED: &[&str] = &[
    "booked", "called", "election", "hearing", "listed", "march", "meeting", "protest", "rally", "strike", "summit", "talks", "vote",
    "walkout",
];

/// What tells that a period still runs: "expects sales to rise in the year to March 31".
const EXPECTING: &[&str] = &["expect", "expected", "expects", "forecast", "forecasts", "sees", "will", "would"];

/// Words that look ahead only right in front of the date.
const AHEAD_AT_ONCE: &[&str] = &["by", "until", "till", "starting", "beginning", "effective"];

/// The direction at the tokens from `first` up to `end`.
pub(super) fn at(reader: &Reader<'_>, first: usize, end: usize) -> Direction {
    // "Brent for October delivery"
    if among(reader.word(end), &["delivery", "settlement"]) {
        return Direction::Future;
    }
    if is_fixture(reader, first, end) {
        return Direction::Future;
    }
    if is_of_the_past(reader, first) {
        return Direction::Past;
    }
    let leading = opens_sentence(reader, first) || opens_clause(reader, first);
    if (leading || reader.kind(end) == Some(Kind::Possessive))
        && let Some(direction) = to_the_right(reader, end, ALL)
    {
        return direction;
    }
    // "Saturday, Sunday at the latest"
    if among(reader.word(end), &["at"]) && among(reader.word(end + 2), &["latest", "earliest"]) {
        return Direction::Future;
    }
    // "Has been moved to Sunday"
    let put_off = ["adjourned", "deferred", "delayed", "moved", "postponed", "rescheduled"];
    if among(reader.back(first, 1), &["to"]) && among(reader.back(first, 2), &put_off) {
        return Direction::Future;
    }
    // "Those who have booked to travel after 26 October"
    if among(reader.back(first, 1), &["after"])
        && among(reader.back(first, 3), &["to"])
        && among(reader.back(first, 4), &["booked"])
    {
        return Direction::Future;
    }
    // "Crews are at work after Tuesday's storm" looks back, "will decide after Tuesday's vote" does not.
    if among(reader.back(first, 1), &["after", "since", "following"])
        && !among(reader.back(first, 2), &["until", "till"])
    {
        return to_the_left(reader, first, |cue| matches!(cue, Ahead | Back | Modal)).unwrap_or(Direction::Open);
    }
    // "From Monday, drivers pay more"
    let from = leading && first > 0 && reader.word(first - 1) == "From";
    // "Ministers meeting on Friday are likely to agree"
    let ahead = || to_the_right(reader, end, SURE).unwrap_or(Direction::Open);
    let told = to_the_left(reader, first, ALL).unwrap_or_else(|| if from { Direction::Future } else { ahead() });
    if told == Direction::Planned && is_undone(reader, end) {
        return Direction::Past;
    }
    // "Has listed the matter for Monday": what was done was done for a day to come.
    let fixed = among(reader.back(first, 1), &["for"]) && (2..8).any(|n| among(reader.back(first, n), FIXED));
    let fixed = fixed && is_weekday_alone(reader, first, end);
    if told == Direction::Past && fixed {
        return Direction::Future;
    }
    // "Called an election for November 3"
    let aimed = among(reader.back(first, 1), &["for", "to", "through", "from", "of", "before"]);
    if told == Direction::Past && aimed { Direction::Open } else { told }
}

/// Whether the words before the date say that it is over, whatever the clause says: "will release figures for September", "offers
/// more than the price on March 3", "a loss for the year to 29 January".
fn is_of_the_past(reader: &Reader<'_>, first: usize) -> bool {
    let before = |n: usize, words: &[&str]| among(reader.back(first, n), words);
    let published = before(1, &["for"]) && before(2, PUBLISHED) && reader.is_month(first);
    let compared = ["above", "below", "from", "over", "than", "to", "with"];
    let price = before(1, &["on"]) && before(2, &["price"]) && before(3, &["the"]) && before(4, &compared);
    let period = before(1, &["to"]) && before(2, PERIODS) && (before(3, &["the"]) || before(4, &["the"]));
    published || price || period && !(1..REACH).any(|n| before(n, EXPECTING))
}

/// Whether the expression is a weekday that no noun follows: "for Monday", not "for Monday night's game".
fn is_weekday_alone(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    let noun = reader.token(end).is_some_and(|t| t.kind == Kind::Word && !t.starts_sentence());
    reader.is_weekday(first) && reader.kind(end) != Some(Kind::Possessive) && (!noun || reader.ends_date(end))
}

/// Which cues count.
type Counts = fn(Cue) -> bool;

/// Every cue.
const ALL: Counts = |_| true;

/// Those that tell past from future by themselves: "will", "fell", not "is".
const SURE: Counts = |cue| matches!(cue, Ahead | Back);

/// Whether the date names what was fixed before: "suspended for Sunday's derby".
fn is_fixture(reader: &Reader<'_>, first: usize, end: usize) -> bool {
    let held = || (end + 1..end + 4).any(|i| among(reader.word(i), FIXTURES));
    reader.kind(end) == Some(Kind::Possessive) && among(reader.back(first, 1), &["for", "miss"]) && held()
}

/// Whether what was planned for the day that ends before `end` did not come about: "had been expected Tuesday but was put off".
fn is_undone(reader: &Reader<'_>, end: usize) -> bool {
    let at = end + usize::from(reader.kind(end) == Some(Kind::Comma));
    among(reader.word(at), &["but"]) || (at > end && among(reader.word(at), &["was", "were"]))
}

/// Whether the expression is the first thing of its sentence, but for one word ("On Friday, ...").
fn opens_sentence(reader: &Reader<'_>, first: usize) -> bool {
    let starts = |i: usize| reader.token(i).is_some_and(|t| t.starts_sentence());
    starts(first) || first.checked_sub(1).is_some_and(starts)
}

/// Whether it opens a clause that goes on a sentence: "..., and on Friday he sees a doctor", "said that Friday's vote will".
fn opens_clause(reader: &Reader<'_>, first: usize) -> bool {
    let on = among(reader.back(first, 1), &["on"]);
    among(reader.back(first, 1 + usize::from(on)), &["that"]) || (on && among(reader.back(first, 2), &["and", "but"]))
}

/// Whether "by", "until" or another word that looks ahead leads to the date: "until its April 8 meeting", "no later than Monday".
fn is_ahead_at_once(reader: &Reader<'_>, first: usize) -> bool {
    // "Neighbours have until the close of business Monday"
    let have = |n: usize| {
        among(reader.back(first, n), &["until", "till"]) && among(reader.back(first, n + 1), &["have", "has"])
    };
    if (1..7).any(have) {
        return true;
    }
    let its = usize::from(among(reader.back(first, 1), &["a", "her", "his", "its", "the", "their"]));
    among(reader.back(first, 1 + its), AHEAD_AT_ONCE)
        || (among(reader.back(first, 1), &["than"]) && among(reader.back(first, 2), &["later"]))
        || (among(reader.back(first, 1), &["after"]) && among(reader.back(first, 2), &["until", "till"]))
}

/// `until 9am on Friday`
fn is_until_hour(reader: &Reader<'_>, first: usize) -> bool {
    let on = first.saturating_sub(usize::from(among(reader.back(first, 1), &["on"])));
    let hour = |at: usize| {
        reader.kind(at) == Some(Kind::Number)
            || among(reader.word(at), &["am", "pm", "a.m.", "p.m.", ":", "noon", "midnight"])
    };
    let Some(last) = on.checked_sub(1) else { return false };
    let before = (last.saturating_sub(4)..=last).rev().find(|at| !hour(*at));
    hour(last) && before.is_some_and(|at| among(reader.word(at), &["until", "till", "by"]))
}

/// Whether what had been done until or by the day at `first` is over: "the pumps had run until Sunday", "it was used a million
/// times by Thursday".
fn is_over(reader: &Reader<'_>, first: usize, by: bool) -> bool {
    let from = first.saturating_sub(REACH);
    let sentence = (from..first).rev().find(|i| reader.token(*i).is_some_and(|t| t.starts_sentence()));
    let mut cues = (sentence.unwrap_or(from)..first).rev().filter(|i| telling(reader, *i, true).is_some());
    let Some(mut cue) = cues.next() else { return false };
    if by && reader.word(cue).ends_with("ed") && among(reader.back(cue, 1), &["was", "were", "been"]) {
        cue = cues.next().unwrap_or(cue);
    }
    let told = |i: usize| among(reader.word(i), &["to", "asked", "given", "ordered", "told", "wanted"]);
    // "Had given the firm until July 19"
    let given = !by && (cue..first).any(|i| among(reader.word(i), &["given"]));
    (among(reader.word(cue), &["had"]) && !given)
        || (by && among(reader.word(cue), &["was", "were"]) && !(cue..first).any(told) && !is_planned(reader, cue + 1))
}

fn to_the_left(reader: &Reader<'_>, first: usize, counts: Counts) -> Option<Direction> {
    if is_ahead_at_once(reader, first) || is_until_hour(reader, first) {
        let by = among(reader.back(first, 1), &["by"]);
        return Some(if is_over(reader, first, by) { Direction::Past } else { Direction::Future });
    }
    let mut at = first;
    let mut comma = false;
    // "They announced plans for the upcoming play on Monday": tells something only where nothing else does.
    let mut weak = None;
    for _ in 0..REACH {
        if reader.token(at).is_none_or(|t| t.starts_sentence()) {
            return weak;
        }
        let Some(before) = at.checked_sub(1).filter(|at| reader.kind(*at) != Some(Kind::Semicolon)) else {
            return weak;
        };
        at = before;
        if among(reader.word(at), &["upcoming", "forthcoming"]) {
            weak = Some(Direction::Future);
            continue;
        }
        comma |= reader.kind(at) == Some(Kind::Comma);
        if CUES.get(reader.word(at).as_bytes()).is_none_or(counts)
            && let Some(direction) = telling(reader, at, comma)
        {
            return Some(direction);
        }
    }
    weak
}

fn to_the_right(reader: &Reader<'_>, end: usize, counts: Counts) -> Option<Direction> {
    for at in end..end + REACH {
        if reader.token(at).is_none_or(|t| t.starts_sentence()) {
            return None;
        }
        // "Monday's talks failed; Friday's vote will be close": the comma of "On Friday, ..." is none of its clause's.
        let ends = matches!(reader.kind(at), Some(Kind::Mark | Kind::Semicolon));
        if ends || (at > end && reader.kind(at) == Some(Kind::Comma) && reader.kind(end) == Some(Kind::Possessive)) {
            return None;
        }
        // To the right only verbs tell.
        if !among(
            reader.word(at),
            &["last", "next", "earlier", "since", "ago", "ahead", "upcoming", "planned", "plans", "plan"],
        ) && CUES.get(reader.word(at).as_bytes()).is_none_or(counts)
            && let Some(direction) = telling(reader, at, true)
        {
            return Some(direction);
        }
    }
    None
}

/// What the word at `at` says of the time of its clause. `apart` tells that a comma stands between it and the date.
fn telling(reader: &Reader<'_>, at: usize, apart: bool) -> Option<Direction> {
    let word = reader.word(at);
    let before = |words: &[&str]| among(reader.back(at, 1), words);
    let next = |words: &[&str]| among(reader.word(at + 1), words);
    let Some(cue) = CUES.get(word.as_bytes()) else {
        let lower = word.len() > 3 && reader.token(at).is_some_and(|t| t.kind == Kind::Word && !t.is_upper());
        // "I'll see them on Tuesday", not "I'll never forget Friday"
        if (word.ends_with("'ll") || word.ends_with("\u{2019}ll")) && !next(&["never", "always"]) {
            return Some(Direction::Future);
        }
        // "He sees a surgeon on Friday"
        if lower && word.ends_with('s') && before(&["he", "she", "it"]) {
            return Some(Direction::Future);
        }
        // "To be signed" does not look back, nor does "were to have ended".
        let regular = lower
            && word.len() > 4
            && word.ends_with("ed")
            && !before(&["be", "to", "is", "are", "being"])
            && !is_adjective(reader, at);
        let fallen = before(&["have"]) && among(reader.back(at, 2), &["to"]) && is_be(reader.back(at, 3));
        let direction = if fallen { Direction::Future } else { Direction::Past };
        return regular.then_some(direction);
    };
    let ahead = match cue {
        // "Has been scheduled": the verb behind tells.
        Back if next(&["been"]) && is_planned(reader, at + 2) => return None,
        // "Will be held", "is forecast to hit"
        Back if before(&["be", "being"]) || (before(&["to"]) && matches!(word, "hit" | "let" | "overcome")) => {
            return None;
        }
        // "Now has to appear"
        Back if matches!(word, "has" | "have") && next(&["to"]) => true,
        // "He's got an exam"
        Back if word == "got" && ends_in_s(reader.back(at, 1)) => true,
        Back => return (!(is_be(word) && is_planned(reader, at + 1))).then_some(Direction::Past),
        Modal => !next(&["have"]),
        WithTo => next(&["to"]) || (next(&["for"]) && word != "going"),
        To if among(reader.back(at, 1), &["was", "were"]) => return Some(Direction::Planned),
        To => is_be(reader.back(at, 1)) || among(reader.back(at, 1), BEFORE_TO),
        // "Was due on": it may have come.
        Ahead if looks_ahead(reader, at, word) && is_past_plan(reader, at) => return Some(Direction::Planned),
        Ahead => looks_ahead(reader, at, word),
        // "Those countries, that is, which are on the list, had agreed": no verb of the clause itself.
        Now => {
            let noun = before(&["a", "an", "her", "his", "its", "the", "their"]); // "the stability of the face"
            is_plain_present(reader, at) && !noun && !(apart && before(&["that", "which", "who"]))
        }
        Bare => !is_governed(reader, at),
        Plural => is_of_several(reader, at),
    };
    ahead.then_some(Direction::Future)
}

/// Whether a verb in -ed stands as an adjective: "the proposed law", "would resume limited service".
fn is_adjective(reader: &Reader<'_>, at: usize) -> bool {
    let noun = reader.token(at + 1).is_some_and(|t| t.kind == Kind::Word && !t.is_upper());
    let article = among(reader.back(at, 1), &["a", "an", "the", "its", "his", "her", "their", "our"]);
    // "A music-centred event", "is to be signed and ratified"
    let compound = at > 1 && reader.kind(at - 1) == Some(Kind::Dash) && reader.back(at, 2).len() > 4;
    let listed = among(reader.back(at, 1), &["and"]) && among(reader.back(at, 3), &["be", "is", "are"]);
    if compound || listed {
        return true;
    }
    let helped = among(reader.back(at, 2), &["will", "would", "could", "should", "may", "might", "must", "to"]);
    noun && (article || (helped && !among(reader.back(at, 1), &["be", "have", "get", "not"])))
}

/// Whether what is planned at `at` was planned: "was due", "had been scheduled".
fn is_past_plan(reader: &Reader<'_>, at: usize) -> bool {
    among(reader.word(at), &["due", "expected", "scheduled", "planned", "set", "slated"])
        && (among(reader.back(at, 1), &["was", "were"])
            || (among(reader.back(at, 1), &["been"]) && among(reader.back(at, 2), &["had"])))
}

/// `he's`
fn ends_in_s(word: &str) -> bool {
    word.ends_with("'s") || word.ends_with("\u{2019}s")
}

/// Whether a verb without a time of its own gets it from a word before: "did not meet", "failed to meet", "let it expire".
fn is_governed(reader: &Reader<'_>, at: usize) -> bool {
    const NEAR: usize = 3;
    const FAR: usize = 10;
    let noun = among(reader.back(at, 1), &["a", "the", "his", "her"])
        || (among(reader.word(at), &["meet"]) && among(reader.back(at, 2), &["a", "the"]));
    let helper = noun || (1..=NEAR).any(|n| among(reader.back(at, n), &["to", "did", "didn't", "didn’t"]));
    helper || (1..=FAR).any(|n| among(reader.back(at, n), &["let", "lets", "letting"]))
}

/// Whether those who do what the word at `at` says stand before it: "polls open", "they play".
fn is_of_several(reader: &Reader<'_>, at: usize) -> bool {
    let before = reader.back(at, 1);
    let plural = before.len() > 3 && before.ends_with('s') && !before.ends_with("ss");
    let apart = among(before, &["always", "as", "his", "its", "this", "was", "has"]);
    (plural && !apart) || among(before, &["they", "we", "people", "men", "women", "children", "both"])
}

/// Whether a word that may look ahead does: not the month of May, not "due to rain", not "than expected".
fn looks_ahead(reader: &Reader<'_>, at: usize, word: &str) -> bool {
    let next = |words: &[&str]| among(reader.word(at + 1), words);
    match word {
        "may" => !next(&["have"]),
        "May" | "MAY" => false,
        "set" => next(&["to", "for"]) || (next(&["down"]) && among(reader.word(at + 2), &["for"])),
        "due" => !next(&["to"]) || is_be(reader.back(at, 1)),
        // "The next day, Tuesday, he flew home."
        "next" => !next(&["day", "morning"]),
        "hoping" => next(&["to", "for"]),
        "forecast" => next(&["to", "for"]),
        "bracing" | "preparing" | "waiting" => next(&["for"]),
        "expected" => !among(reader.back(at, 1), &["than", "as"]),
        "ahead" => next(&["of"]),
        "likely" | "unlikely" => next(&["through", "to"]),
        "Miss" | "MISS" => false,
        _ => true,
    }
}

/// Whether a verb in the present tells of what is to come: "the vote is on Friday", not "is based", "is seen", "is the
/// second since".
fn is_plain_present(reader: &Reader<'_>, at: usize) -> bool {
    // "Are still working"
    let adverb = among(reader.word(at + 1), &["already", "also", "currently", "not", "now", "still"]);
    let next = reader.word(at + 1 + usize::from(adverb));
    !(is_be(reader.word(at)) && (next.ends_with("ed") || next.ends_with("ing") || next.ends_with("en")))
}

fn is_be(word: &str) -> bool {
    among(word, &["is", "are", "was", "were"])
}

/// Whether something planned follows a verb of being: "was to", "were scheduled".
fn is_planned(reader: &Reader<'_>, at: usize) -> bool {
    among(reader.word(at), &["to", "due", "scheduled", "expected", "set", "slated"])
}
