//! Metonymy: a capital or country that stands for its government ("Moscow denied", "Washington's decision").

use super::context::Context;
use super::gazetteer::Facts;
use super::spot::Spot;
use super::words::Classes;
use crate::annotations::PlaceKind;
use crate::text::Kind;

/// Whether the mention `spot` of a place, to which no "in" leads, means its government.
pub(super) fn is_meant(context: &Context, spot: &Spot, facts: &Facts) -> bool {
    if !(facts.kind == PlaceKind::Country || facts.capital) {
        return false;
    }
    if context.tokens.get(spot.end).is_some_and(|t| t.kind == Kind::Possessive) {
        return context.behind(spot.end + 1).is_some_and(|at| context.is(at, Classes::POSSESSION));
    }
    let Some(mut at) = spot.behind else { return false };
    let helped = |at: usize| {
        matches!(context.word(at), "has" | "had" | "will" | "would" | "not" | "also" | "is" | "was" | "never")
    };
    // "Moscow has not denied it"; but "Moscow has a zoo".
    for _ in 0..3 {
        if !helped(at) {
            break;
        }
        at += 1;
    }
    context.behind(at).is_some_and(|at| context.is(at, Classes::VERB))
}
