//! What sorts of places a name may mean, which decides how much proof it needs.

use super::gazetteer::How;
use super::known::Sense;
use crate::annotations::PlaceKind;

/// Weight of a town of about this many people; see [`Facts`](super::gazetteer::Facts).
pub(super) const THOUSANDS_1: u8 = 80;
pub(super) const THOUSANDS_5: u8 = 98;
pub(super) const THOUSANDS_50: u8 = 125;
pub(super) const THOUSANDS_200: u8 = 141;
pub(super) const THOUSANDS_500: u8 = 151;
pub(super) const MILLIONS_1: u8 = 159;

/// What sorts of places a name may mean.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sort {
    /// A country.
    pub(super) country: bool,
    /// A state or region that news names without its country, or an area of the hand-written list.
    pub(super) large: bool,
    /// A capital.
    pub(super) capital: bool,
    /// A demonym, and nothing larger.
    pub(super) demonym: bool,
    /// The largest weight among its places.
    pub(super) weight: u8,
}

impl Sort {
    pub(super) fn of(senses: &[Sense]) -> Sort {
        let mut sort = Sort::default();
        let mut demonym = false;
        for Sense { how, facts, .. } in senses {
            if *how == How::Demonym {
                demonym = true;
                continue;
            }
            sort.weight = sort.weight.max(facts.weight);
            match facts.kind {
                PlaceKind::Country => sort.country = true,
                PlaceKind::City => sort.capital |= facts.capital && *how == How::Primary,
                _ => sort.large |= facts.weight >= MILLIONS_1,
            }
        }
        // "Danes" are people, whatever hamlet is called so.
        sort.demonym = demonym && sort.weight < THOUSANDS_200;
        sort
    }

    /// Whether everybody knows it: named without help.
    pub(super) fn is_known(&self) -> bool {
        self.country || self.large
    }
}
