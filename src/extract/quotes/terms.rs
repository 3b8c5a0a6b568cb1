//! What stands between marks and is nobody's words: titles of works, terms, names of things, what brokers advise.

use super::cue::Cue;
use super::marks::Quoted;
use super::scene::{Head, Scene};
use crate::extract::names::lexicon as lex;
use crate::text::Kind;

/// `Doctors call it "long Covid"`: what people in general call a thing is its name.
pub(super) fn is_general_term(scene: Scene, cue: &Cue, head: &Quoted) -> bool {
    let present = matches!(
        scene.view.word(cue.verb),
        "call" | "term" | "dub" | "label" | "dubbed" | "nicknamed" | "christened" | "nickname"
    );
    let judges = matches!(scene.view.word(head.first), "a" | "an" | "A" | "An" | "no" | "another");
    let term = head.end - head.first <= 3 && !judges;
    present && term && matches!(cue.source.head, Head::Noun(_) | Head::Group)
}

/// Titles of works and terms: the word before says that something is called so.
pub(super) fn is_named_thing(scene: Scene, head: &Quoted) -> bool {
    let view = scene.view;
    let Some(previous) = head.open.checked_sub(1) else { return false };
    let word = view.word(previous);
    let before = view.word(previous.saturating_sub(1));
    let works = [
        "song",
        "film",
        "album",
        "book",
        "movie",
        "novel",
        "episode",
        "series",
        "single",
        "play",
        "show",
        "programme",
        "magazine",
        "operation",
        "exhibition",
        "painting",
        "game",
        "documentary",
        "section",
        "article",
        "essay",
        "poem",
        "headline",
    ];
    let names = [
        "titled",
        "entitled",
        "dubbed",
        "nicknamed",
        "so-called",
        "termed",
        "named",
        "codenamed",
        "headlined",
        "title",
        "nickname",
        "slogan",
        "term",
        "word",
        "phrase",
        "words",
        "terms",
        "alias",
        "acronym",
        "category",
        "hashtag",
        "motto",
    ];
    let as_known = word == "as" && matches!(before, "known" | "to" | "marketed" | "sold")
        || word == "the" && matches!(before, "called" | "dubbed");
    // "despite what experts have called"
    let what = (previous.saturating_sub(8)..previous).any(|i| view.is_word(i, "what"));
    let called = word == "called" && !what && {
        // "She called it" is speech; "a plan called" is a name.
        view.any(previous.saturating_sub(1), lex::AUXILIARY)
            || !view.any(previous.saturating_sub(1), lex::SINGULAR_PRONOUN)
                && head.end - head.first <= 6
                && !view.is_upper(previous.saturating_sub(1))
    };
    as_known
        || (word == "called" && called)
        || names.contains(&word)
        || works.contains(&word) && !view.is_lower(head.first)
}

/// `In his memoir, "A Promised Land", ...`: the title beside what it is the title of.
pub(super) fn is_work(scene: Scene, head: &Quoted, words: usize) -> bool {
    let view = scene.view;
    let works = [
        "book",
        "memoir",
        "memoirs",
        "autobiography",
        "biography",
        "novel",
        "film",
        "movie",
        "documentary",
        "album",
        "song",
        "single",
        "play",
        "musical",
        "series",
        "episode",
        "essay",
        "poem",
        "painting",
        "exhibition",
        "podcast",
        "show",
        "debut",
        "hit",
        "thriller",
        "comedy",
        "drama",
        "blockbuster",
        "bestseller",
        "sequel",
        "track",
    ];
    let comma = head.open.checked_sub(1).filter(|i| view.is(*i, Kind::Comma));
    let noun = comma.and_then(|i| i.checked_sub(1)).map(|i| view.word(i));
    let capital = words <= 10 && view.is_upper(head.first) && !matches!(view.word(head.end - 1), "!" | "?" | "…");
    // 'The director of "Foo", Bar Baz, ...'
    let of = head.open.checked_sub(2).filter(|i| view.is_word(i + 1, "of")).map(|i| view.word(i));
    let makers = [
        "director",
        "star",
        "stars",
        "author",
        "writer",
        "creator",
        "producer",
        "host",
        "cast",
        "adaptation",
        "version",
        "production",
        "screening",
        "premiere",
        "copy",
        "copies",
        "lyrics",
        "rendition",
        "remake",
        "finale",
        "season",
        "episode",
        "chorus",
        "editor",
        "presenter",
    ];
    let called = head.open.checked_sub(1).map(|i| view.word(i)).unwrap_or_default();
    let called =
        matches!(called, "titled" | "entitled" | "subtitled" | "headed" | "headlined" | "codenamed" | "nicknamed");
    capital && called && words <= 14
        || capital && (noun.is_some_and(|noun| works.contains(&noun)) || of.is_some_and(|noun| makers.contains(&noun)))
}

/// `cut the shares to "hold" from "buy"`: what brokers advise.
pub(super) fn is_rating(scene: Scene, head: &Quoted, words: usize) -> bool {
    let view = scene.view;
    let before = head.open.checked_sub(1).map(|i| view.word(i)).unwrap_or_default();
    let advice = |word: &str| {
        matches!(
            word,
            "buy"
                | "sell"
                | "hold"
                | "neutral"
                | "overweight"
                | "underweight"
                | "outperform"
                | "underperform"
                | "reduce"
                | "accumulate"
        )
    };
    words <= 2
        && matches!(before, "a" | "an" | "to" | "from" | "its" | "at" | "of")
        && advice(&view.word(head.first).to_ascii_lowercase())
}

/// `"Weapons of Mass Destruction"`: capitals like a title's.
pub(super) fn is_title(scene: Scene, head: &Quoted, words: usize) -> bool {
    let view = scene.view;
    // The American full stop belongs to the sentence around the title, if that begins before it.
    let last = head.end.saturating_sub(1);
    let opened = head.open.checked_sub(1).is_some_and(|i| view.is(i, Kind::Word) || view.is(i, Kind::Number));
    let own_stop = view.is(last, Kind::Stop) && !(opened && view.word(last) == "." && !view.starts_sentence(head.open));
    if !(1..=10).contains(&words) || own_stop {
        return false;
    }
    let long = |i: &usize| view.is(*i, Kind::Word) && (view.word(*i).len() > 3 || view.is_upper(*i));
    let content: Vec<usize> = (head.first..head.end).filter(long).collect();
    let begins = view.is_upper(head.first) || !view.is(head.first, Kind::Word);
    begins && content.len() >= 2 && content.iter().all(|i| view.is_upper(*i))
}

/// `Jim "Mad Dog" Mattis`: what somebody is called, between forename and surname.
pub(super) fn is_nickname(scene: Scene, head: &Quoted, words: usize) -> bool {
    let view = scene.view;
    let forename = head.open.checked_sub(1).is_some_and(|i| view.any(i, lex::FORENAME) && view.is_upper(i));
    let particles = (head.close..head.close + 2).take_while(|i| view.any(*i, lex::PARTICLE)).count();
    let surname = view.is_upper(head.close + particles) && !view.starts_sentence(head.close + particles);
    words <= 4 && forename && surname && !view.any(head.close + particles, lex::CLOSED)
}
