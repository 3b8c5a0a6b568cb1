//! Metonymy: a capital or country that stands for its government ("Moscow denied", "Washington's decision").

use super::gazetteer::Row;
use super::reject::Context;
use super::spot::Spot;
use super::words;
use crate::annotations::PlaceKind;
use crate::text::Kind;

/// Whether the mention `spot` of the place `row` means its government.
pub(super) fn is_meant(context: &Context, spot: &Spot, row: Row) -> bool {
    let kind = context.table.kind(row);
    if !(kind == PlaceKind::Country || context.table.is_capital(row)) || context.is_located(spot) {
        return false;
    }
    if context.tokens.get(spot.end).is_some_and(|t| t.kind == Kind::Possessive) {
        return context.behind(spot.end + 1).is_some_and(|at| context.is(at, &words::POSSESSIONS));
    }
    context.behind(spot.end).is_some_and(|at| context.is(at, &words::VERBS))
}
