//! The word tables of names and quotations: what is known of a word before its context is looked at.
//!
//! Each file of `data/` holds lines `class: word word ...`, but for the reporting verbs, whose lines are
//! `form form ... : what it takes`. All of them become one hash table from the lower-case word to a set of
//! [`Flags`], so that a token costs one look-up for everything.

use std::cell::RefCell;
use std::sync::LazyLock;

use memchr::memmem::Finder;
use rustc_hash::FxHashMap;

use crate::text::{ByNumber, Kind, NO_WORD, Tokens, fold};

/// What is known of a word: a set of the constants of this module.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Flags(u64);

macro_rules! flags {
    ($($(#[$doc:meta])* $name:ident = $bit:expr;)*) => {
        $($(#[$doc])* pub const $name: Flags = Flags(1 << $bit);)*
    };
}

flags! {
    /// `the`, `a`, `this`, `some`.
    DETERMINER = 0;
    /// `his`, `their`.
    POSSESSIVE = 1;
    /// `and`, `but`.
    CONJUNCTION = 2;
    /// `if`, `because`, `that`.
    SUBORDINATOR = 3;
    /// `in`, `of`.
    PREPOSITION = 4;
    /// `who`, `which`.
    RELATIVE = 5;
    /// `he`, `she`.
    SINGULAR_PRONOUN = 6;
    /// `they`, `it`.
    GROUP_PRONOUN = 7;
    /// `I`, `we`, `them`: never who is reported to speak.
    OTHER_PRONOUN = 8;
    /// A form of `be`, `have`, `do`.
    AUXILIARY = 9;
    /// `will`, `could`.
    MODAL = 10;
    /// An adverb that may stand between a subject and its verb.
    ADVERB = 11;
    /// A word that begins sentences and no names.
    OPENER = 12;
    /// A month, whole or abbreviated.
    MONTH = 13;
    /// A day of the week.
    WEEKDAY = 14;
    /// A common finite verb, which shows that a clause is one.
    VERB = 15;
    /// `de`, `van`, `bin`: a small word inside a name.
    PARTICLE = 16;
    /// `Jr`: behind a name.
    SUFFIX = 17;
    /// `minister`, `spokesman`, `residents`: a word for a person.
    ROLE = 18;
    /// `deputy`, `foreign`: stands before a role.
    MODIFIER = 19;
    /// `Mr`, `Dr`, `Gen`.
    HONORIFIC = 20;
    /// Said of men: honorifics, roles and forenames.
    MALE = 21;
    /// Said of women.
    FEMALE = 22;
    /// `State`, `Health`: what a minister is minister of.
    PORTFOLIO = 23;
    /// `company`, `court`: a body of people.
    BODY = 24;
    /// `statement`, `report`.
    DOCUMENT = 25;
    /// `critics`, `others`: several people without a name.
    PLURAL_SOURCE = 26;
    /// `Ministry`, `Bank`: makes a name an organisation's.
    ORGANISATION_HEAD = 27;
    /// `NATO`, `Reuters`.
    KNOWN_ORGANISATION = 28;
    /// A country, state or capital.
    PLACE = 29;
    /// `Russian`.
    DEMONYM = 30;
    /// `North`, `New`, `San`: begins names of places.
    COMPASS = 31;
    /// A forename.
    FORENAME = 32;
    /// A forename that is an ordinary word or a place too.
    COMMON_FORENAME = 33;
    /// A reporting verb.
    CUE = 34;
    /// Takes a clause without "that".
    TAKES_CLAUSE = 35;
    /// Takes a clause behind "that".
    TAKES_THAT = 36;
    /// The person spoken to comes between the verb and the clause.
    TAKES_ADDRESSEE = 37;
    /// Takes `whether`, `why`.
    TAKES_QUESTION = 38;
    /// Rather a noun or an ordinary verb.
    WEAK = 39;
    /// Thinks rather than says.
    THOUGHT = 40;
    /// The form in -ing.
    GERUND = 41;
    /// `laut`, `selon`: stands before a source.
    ACCORDING = 42;
    /// `dass`, `que`: opens a reported clause.
    OPENS_CLAUSE = 43;
    /// `according`, `clear`: may be of a phrase that reports, and is no verb that does.
    PHRASE = 44;
    /// `Without`, `Against`: with a capital it may stand inside the name of a body.
    INNER_PREPOSITION = 45;
    /// `Street`, `Stadium`: makes a name a place's.
    SITE = 46;
    /// `UTC`, `AIDS`: initials of no body.
    NO_BODY = 47;
    /// It has been looked up.
    LOOKED_UP = 63;
}

impl Flags {
    /// Nothing is known of the word.
    pub const NONE: Flags = Flags(0);

    /// The flags of both.
    pub const fn or(self, other: Flags) -> Flags {
        Flags(self.0 | other.0)
    }

    /// The flags that `other` has not.
    pub const fn without(self, other: Flags) -> Flags {
        Flags(self.0 & !other.0)
    }

    /// Whether it has any flag of `other`.
    pub const fn any(self, other: Flags) -> bool {
        self.0 & other.0 != 0
    }
}

/// Words of the closed classes: no name begins with one.
pub const CLOSED: Flags = DETERMINER
    .or(POSSESSIVE)
    .or(CONJUNCTION)
    .or(SUBORDINATOR)
    .or(PREPOSITION)
    .or(RELATIVE)
    .or(SINGULAR_PRONOUN)
    .or(GROUP_PRONOUN)
    .or(OTHER_PRONOUN)
    .or(AUXILIARY)
    .or(MODAL)
    .or(ADVERB)
    .or(OPENER);

/// Every kind of pronoun.
pub const PRONOUN: Flags = SINGULAR_PRONOUN.or(GROUP_PRONOUN).or(OTHER_PRONOUN);

/// What shows that a clause has a finite verb.
pub const FINITE: Flags = AUXILIARY.or(MODAL).or(VERB);

/// Which words are known of the language of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Language {
    /// All tables. A text whose language could not be told counts as English.
    #[default]
    English,
    /// German, whose nouns all have capitals.
    German,
    /// Another one of `data/languages.txt`.
    Known,
    /// Forenames and well-known organisations only.
    Other,
}

impl Language {
    /// For an ISO 639-1 code.
    pub fn of(code: Option<&str>) -> Language {
        match code {
            None | Some("en") => Language::English,
            Some("de") => Language::German,
            Some(code) if FOREIGN.contains_key(code) => Language::Known,
            Some(_) => Language::Other,
        }
    }
}

/// The flags of each token of `tokens`, which are those of `text`, in the language with the ISO 639-1 code `language`;
/// where that is not known, in English.
pub fn look_up(text: &str, tokens: &Tokens, language: Option<&str>) -> Vec<Flags> {
    thread_local! {
        /// What was looked up, by where the table lies.
        static MEMORY: RefCell<FxHashMap<usize, ByNumber<Flags>>> = RefCell::default();
    }
    let table = match language {
        None | Some("en") => &*TABLE,
        Some(code) => FOREIGN.get(code).unwrap_or(&NEUTRAL),
    };
    let english = matches!(language, None | Some("en"));
    MEMORY.with_borrow_mut(|memory| {
        let memory = memory.entry(std::ptr::from_ref(table) as usize).or_default();
        memory.renew(tokens.numbering());
        let numbers = tokens.numbers().iter().copied().chain(std::iter::repeat(NO_WORD));
        let mut flags = Vec::with_capacity(tokens.len());
        for (i, (token, number)) in tokens.iter().zip(numbers).enumerate() {
            if token.kind != Kind::Word {
                flags.push(Flags::NONE);
                continue;
            }
            let mut found = memory.get(number).copied().unwrap_or_default();
            if !found.any(LOOKED_UP) {
                let word = text.get(token.range()).unwrap_or_default();
                found = table.flags_as_written(word, english).or(LOOKED_UP);
                memory.slot(number).into_iter().for_each(|slot| *slot = found);
            }
            // "WHO" and "US" are pronouns only where all words are in capitals.
            let shouted = |at: Option<usize>| at.and_then(|at| tokens.get(at)).is_some_and(|t| t.is_all_caps());
            let acronym = token.is_all_caps() && !shouted(i.checked_sub(1)) && !shouted(Some(i + 1));
            flags.push(found.without(if acronym { CLOSED.or(LOOKED_UP) } else { LOOKED_UP }));
        }
        flags
    })
}

/// What all tables know of an English word as it is written.
pub fn of_word(word: &str) -> Flags {
    TABLE.flags_as_written(word, true)
}

/// What a word in "-man" that no list has is: `ferryman`, `saleswoman`, but not `talisman`.
fn of_man(word: &str) -> Flags {
    let other = ["human", "roman", "talisman", "ottoman", "caiman", "german", "norman"];
    if word.len() < 6 || other.iter().any(|other| word.ends_with(other)) {
        return Flags::NONE;
    }
    ROLE.or(if word.ends_with("woman") { FEMALE } else { MALE })
}

/// What is known of one word by itself as a small word or a verb. A search asks this of its few words: it reads the lists as
/// they are, where no table was made of them.
pub fn of(word: &str) -> Flags {
    match LazyLock::get(&SMALL) {
        Some(table) => table.flags_of(word),
        None => flags_by(word, listed),
    }
}

/// The flags of a word by the lists of [`SMALL`].
fn listed(word: &str) -> Flags {
    let word = fold(word);
    let find = Finder::new(word.as_bytes());
    let lines_with = |file: &'static str, of_line: &dyn Fn(&str, &str) -> Flags| {
        let stands_alone = |at: &usize| {
            let (before, behind) = (file.as_bytes().get(at.wrapping_sub(1)), file.as_bytes().get(at + word.len()));
            [before, behind].into_iter().flatten().all(u8::is_ascii_whitespace)
        };
        let lines = find.find_iter(file.as_bytes()).filter(stands_alone).filter_map(|at| {
            let start = file.get(..at)?.rfind('\n').map_or(0, |end| end + 1);
            entries(file.get(start..)?.lines().next()?).next()
        });
        lines.map(|(head, rest)| of_line(head, rest)).fold(Flags::NONE, Flags::or)
    };
    let is_in = |words: &str| words.split_whitespace().any(|one| one == word);
    let of_class = |class: &str, words: &str| if is_in(words) { class_flags(class) } else { Flags::NONE };
    let of_verb = |forms: &str, takes: &str| if is_in(forms) { verb_form_flags(&word, takes) } else { Flags::NONE };
    if word.is_empty() {
        return Flags::NONE;
    }
    lines_with(FUNCTION_WORDS, &of_class).or(lines_with(REPORTING_VERBS, &of_verb))
}

const FUNCTION_WORDS: &str = include_str!("../data/function_words.txt");
const REPORTING_VERBS: &str = include_str!("../data/reporting_verbs.txt");

/// Flags of words, by the [`hash_of`] each. Two words of a language with one hash are not to be expected: all its words are
/// too few by a factor of a thousand million.
struct Table(FxHashMap<u64, Flags>);

/// Function words and reporting verbs.
static SMALL: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table(FxHashMap::with_capacity_and_hasher(4096, Default::default()));
    let words = entries(FUNCTION_WORDS);
    words.for_each(|(class, words)| table.add(words, class_flags(class)));
    let verbs = entries(REPORTING_VERBS);
    verbs.for_each(|(forms, takes)| table.add_verb(forms, takes));
    table
});

/// All that is known of English words.
static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table(SMALL.0.clone());
    for file in [
        include_str!("../data/titles.txt"),
        include_str!("../data/organisations.txt"),
        include_str!("../data/forenames.txt"),
    ] {
        entries(file).for_each(|(class, words)| table.add(words, class_flags(class)));
    }
    table
});

/// What is true in all languages: forenames and bodies known by one word.
static NEUTRAL: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table(FxHashMap::default());
    entries(include_str!("../data/forenames.txt")).for_each(|(class, words)| table.add(words, class_flags(class)));
    let known = entries(include_str!("../data/organisations.txt")).filter(|(class, _)| *class == "known");
    known.for_each(|(class, words)| table.add(words, class_flags(class)));
    table
});

/// The table of each language of `data/languages.txt`, by its code.
static FOREIGN: LazyLock<FxHashMap<&'static str, Table>> = LazyLock::new(|| {
    let mut tables: FxHashMap<&'static str, Table> = FxHashMap::default();
    for (head, words) in entries(include_str!("../data/languages.txt")) {
        let Some((language, class)) = head.split_once(' ') else { continue };
        let table = tables.entry(language).or_insert_with(|| Table(NEUTRAL.0.clone()));
        table.add(words, class_flags(class));
    }
    tables
});

/// The lines of a file of `data/`, split at the colon; comments and blank lines left out.
fn entries(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter(|line| !line.starts_with('#')).filter_map(|line| line.split_once(':'))
}

impl Table {
    fn flags_of(&self, word: &str) -> Flags {
        flags_by(word, |word| self.flags(word))
    }

    /// As [`Table::flags_of`]; what an English word in "-man" is may be told by its end.
    fn flags_as_written(&self, word: &str, english: bool) -> Flags {
        let found = self.flags_of(word);
        let told = english && found == Flags::NONE && word.ends_with("man") && !word.starts_with(char::is_uppercase);
        if told { of_man(word) } else { found }
    }

    fn flags(&self, word: &str) -> Flags {
        self.0.get(&folded_hash(word)).copied().unwrap_or_default()
    }

    fn add(&mut self, words: &str, flags: Flags) {
        for word in words.split_whitespace() {
            let entry = self.0.entry(folded_hash(word)).or_default();
            *entry = entry.or(flags);
        }
    }

    fn add_verb(&mut self, forms: &str, takes: &str) {
        forms.split_whitespace().for_each(|form| self.add(form, verb_form_flags(form, takes)));
    }
}

/// The flags of a word by `flags`; of "you'll" and "I'm" those that keep it from being a name or a speaker.
fn flags_by(word: &str, flags: impl Fn(&str) -> Flags) -> Flags {
    let found = flags(word);
    // No word of letters alone is made of two.
    if found != Flags::NONE || word.bytes().all(|byte| byte.is_ascii_alphabetic()) {
        return found;
    }
    let Some((before, _)) = word.split_once(['\'', '\u{2019}']) else { return found };
    let closed = flags(before).any(PRONOUN.or(OPENER).or(DETERMINER).or(RELATIVE));
    if closed { OTHER_PRONOUN.or(AUXILIARY) } else { found }
}

/// The flags of one form of a reporting verb that takes what its line says.
fn verb_form_flags(form: &str, takes: &str) -> Flags {
    let flags = takes.split_whitespace().map(verb_flags).fold(CUE, Flags::or);
    flags.or(if form.ends_with("ing") { GERUND } else { Flags::NONE })
}

/// The hash of the folded form of a word. No word of the tables in ASCII ends in a dot, which folding would drop.
fn folded_hash(word: &str) -> u64 {
    if word.is_ascii() { hash_of(word) } else { hash_of(&fold(word)) }
}

/// A hash of a folded word, or of one in ASCII, whose case makes no difference. Read eight bytes at a time, the last of
/// which may be read twice, as by wyhash (Wang Yi).
#[inline]
pub(in crate::extract) fn hash_of(word: &str) -> u64 {
    let bytes = word.as_bytes();
    const ODD: u64 = 0x9e37_79b9_7f4a_7c15;
    let mut hash = (bytes.len() as u64).wrapping_mul(ODD);
    let mut add = |part: u64| hash = (hash ^ lower(part)).wrapping_mul(ODD).rotate_left(29);
    if let Some(last) = bytes.last_chunk::<8>() {
        bytes.as_chunks::<8>().0.iter().for_each(|part| add(u64::from_le_bytes(*part)));
        add(u64::from_le_bytes(*last));
    } else if let (Some(first), Some(last)) = (bytes.first_chunk::<4>(), bytes.last_chunk::<4>()) {
        add(u64::from(u32::from_le_bytes(*first)) << 32 | u64::from(u32::from_le_bytes(*last)));
    } else if let (Some(first), Some(middle), Some(last)) = (bytes.first(), bytes.get(bytes.len() / 2), bytes.last()) {
        add(u64::from_le_bytes([*first, *middle, *last, 0, 0, 0, 0, 0]));
    }
    hash
}

/// Eight bytes with their ASCII capitals as small letters, all at a time. Bytes beyond ASCII stay.
fn lower(bytes: u64) -> u64 {
    const ONES: u64 = u64::from_ne_bytes([1; 8]);
    const HIGH: u64 = ONES << 7;
    let low = bytes & !HIGH;
    // The high bit of each byte: whether it is `A` or behind, whether it is behind `Z`.
    let from_a = low + ONES * (0x80 - b'A' as u64);
    let behind_z = low + ONES * (0x7f - b'Z' as u64);
    let capitals = (from_a ^ behind_z) & HIGH & !bytes;
    bytes | capitals >> 2
}

fn verb_flags(takes: &str) -> Flags {
    match takes {
        "clause" => TAKES_CLAUSE.or(TAKES_THAT),
        "that" => TAKES_THAT,
        "addressee" => TAKES_ADDRESSEE,
        "question" => TAKES_QUESTION,
        "weak" => WEAK,
        "thought" => THOUGHT,
        _ => Flags::NONE,
    }
}

fn class_flags(class: &str) -> Flags {
    match class {
        "determiner" => DETERMINER,
        "possessive" => POSSESSIVE,
        "conjunction" => CONJUNCTION,
        "subordinator" => SUBORDINATOR,
        "preposition" => PREPOSITION,
        "relative" => RELATIVE,
        "subject-pronoun" => SINGULAR_PRONOUN,
        "group-pronoun" => GROUP_PRONOUN,
        "other-pronoun" => OTHER_PRONOUN,
        "auxiliary" => AUXILIARY,
        "modal" => MODAL,
        "adverb" => ADVERB,
        "opener" => OPENER,
        "month" => MONTH,
        "weekday" => WEEKDAY,
        "verb" => VERB,
        "particle" => PARTICLE,
        "suffix" => SUFFIX,
        "role" => ROLE,
        "role-male" => ROLE.or(MALE),
        "role-female" => ROLE.or(FEMALE),
        "modifier" => MODIFIER,
        "honorific" => HONORIFIC,
        "honorific-male" => HONORIFIC.or(MALE),
        "honorific-female" => HONORIFIC.or(FEMALE),
        "portfolio" => PORTFOLIO,
        "body" => BODY,
        "document" => DOCUMENT,
        "plural-source" => PLURAL_SOURCE,
        "head" => ORGANISATION_HEAD,
        "known" => KNOWN_ORGANISATION,
        "inner" => INNER_PREPOSITION,
        "site" => SITE,
        "no-body" => NO_BODY,
        "country" => PLACE,
        "demonym" => DEMONYM,
        "compass" => COMPASS,
        "male" => FORENAME.or(MALE),
        "female" => FORENAME.or(FEMALE),
        "either" => FORENAME,
        "common" => COMMON_FORENAME,
        "phrase" => PHRASE,
        "say" => CUE.or(TAKES_CLAUSE),
        "that" => SUBORDINATOR.or(OPENS_CLAUSE),
        "according" => PREPOSITION.or(ACCORDING),
        _ => Flags::NONE,
    }
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;
    use crate::text::Tokens;

    #[test]
    fn the_lists_say_what_the_table_says() {
        let files = [FUNCTION_WORDS, REPORTING_VERBS];
        let words = files.iter().flat_map(|file| file.split(|c: char| !c.is_alphanumeric() && c != '\''));
        let odd = ["", "you'll", "I'm", "they\u{2019}ve", "say", "Said", "SAYING", "clause", "determiner", "zzz", "é"];
        let mut known = 0;
        for word in words.chain(odd) {
            let by_table = SMALL.flags_of(word);
            assert_eq!(flags_by(word, listed), by_table, "{word}");
            known += usize::from(by_table != Flags::NONE);
        }
        assert!(known > 1000);
    }

    fn flags(word: &str) -> Flags {
        let tokens = Tokens::scan(word);
        look_up(word, &tokens, None).first().copied().unwrap_or_default()
    }

    #[test]
    fn every_class_of_every_file_is_known() {
        for file in [
            include_str!("../data/function_words.txt"),
            include_str!("../data/titles.txt"),
            include_str!("../data/organisations.txt"),
            include_str!("../data/forenames.txt"),
        ] {
            for (class, words) in entries(file) {
                assert_ne!(class_flags(class), Flags::NONE, "{class}");
                let dotted = |word: &str| word.is_ascii() && word.ends_with('.');
                assert!(!words.split_whitespace().any(dotted), "{class}");
            }
        }
    }

    #[test]
    fn words_of_other_languages_have_theirs() {
        for (head, words) in entries(include_str!("../data/languages.txt")) {
            let (language, class) = head.split_once(' ').unwrap();
            assert_ne!(class_flags(class), Flags::NONE, "{head}");
            assert_eq!(language.len(), 2, "{head}");
            assert!(!words.split_whitespace().any(|word| word.is_ascii() && word.ends_with('.')), "{head}");
        }
        let flags = |word: &str, code| look_up(word, &Tokens::scan(word), Some(code)).first().copied().unwrap();
        assert!(flags("sagte", "de").any(CUE) && flags("заявил", "ru").any(CUE) && flags("says", "fr") == Flags::NONE);
        assert!(flags("John", "pl").any(FORENAME) && flags("announced", "pl") == Flags::NONE);
        assert_eq!(Language::of(Some("uk")), Language::Known);
        assert_eq!(Language::of(Some("pl")), Language::Other);
    }

    #[test]
    fn hashes_are_of_the_word_in_lower_case() {
        for word in ["@AZ[`az{", "Said", "O'Neill-SMITH's", "ÀÉ", "", "A", "Of", "The", "representatives"] {
            assert_eq!(hash_of(word), hash_of(&word.to_ascii_lowercase()), "{word}");
        }
    }

    #[test]
    fn every_word_of_the_tables_has_a_hash_of_its_own() {
        let mut words: Vec<String> = Vec::new();
        for file in [
            include_str!("../data/function_words.txt"),
            include_str!("../data/reporting_verbs.txt"),
            include_str!("../data/titles.txt"),
            include_str!("../data/organisations.txt"),
            include_str!("../data/forenames.txt"),
            include_str!("../data/languages.txt"),
            include_str!("../data/common_words.txt"),
            include_str!("../data/place_words.txt"),
        ] {
            words.extend(file.split_whitespace().map(fold));
        }
        // Short words in which one letter differs.
        let letters = || 'a'..='z';
        words.extend(letters().flat_map(|a| letters().map(move |b| format!("{a}{b}"))));
        words.extend(letters().flat_map(|a| letters().map(move |b| format!("{a}{b}{a}"))));
        words.sort_unstable();
        words.dedup();
        let mut hashes: Vec<u64> = words.iter().map(|word| hash_of(word)).collect();
        hashes.sort_unstable();
        hashes.dedup();
        assert_eq!(hashes.len(), words.len());
    }

    #[test]
    fn words_have_their_flags() {
        assert!(flags("Said").any(CUE) && flags("said").any(TAKES_CLAUSE));
        assert!(flags("telling").any(GERUND) && flags("telling").any(TAKES_ADDRESSEE));
        assert!(flags("José").any(FORENAME) && flags("Sergei").any(MALE) && flags("Mrs").any(FEMALE));
        assert!(flags("Minister").any(ROLE) && flags("NATO").any(KNOWN_ORGANISATION));
        assert_eq!(flags("zzyzx"), Flags::NONE);
    }
}
