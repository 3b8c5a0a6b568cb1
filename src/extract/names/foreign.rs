//! Names in languages other than English: what a capital says there, and where the name begins.

use super::Class;
use super::lexicon::{self as lex, Language};
use super::spot::Spotted;
use super::view::View;

/// Leaves out what stands in front of a forename, and takes for persons only who has a forename or a title where every
/// noun has a capital.
pub(super) fn refine(view: View, language: Language, spotted: &mut [Spotted]) {
    for name in spotted.iter_mut().filter(|name| name.class != Class::Organisation) {
        let forename = |i: &usize| view.any(*i, lex::FORENAME) && view.is_upper(i + 1);
        if !view.any(name.first, lex::FORENAME)
            && let Some(at) = (name.first + 1..name.end.saturating_sub(1)).find(forename)
        {
            name.title_first = Some(name.title_first.unwrap_or(name.first));
            name.first = at;
        }
        let whole = name.end > name.first + 1 && view.any(name.first, lex::FORENAME);
        name.class = match name.class {
            _ if whole => Class::Person,
            Class::Person if language == Language::German && name.title_first.is_none() => Class::Other,
            class => class,
        };
        name.weak &= !whole;
    }
}
