//! The second look at the best articles: BM25 found them; words of the headline and the lead, and words near one
//! another, decide their order.

use anyhow::Result;
use tantivy::{DocAddress, Searcher, Term};

use super::collect::Ranked;
use super::positional::Cursor;
use crate::field::{BODY_START, LEAD_WORDS};
use crate::query::spans::Expr;

/// How many of the best are looked at again. Fixed, so that pages follow on one another.
pub(super) const WINDOW: usize = 1000;

/// How much a score grows when all words of the query stand in the headline.
const TITLE: f32 = 0.35;
/// The same for the lead.
const LEAD: f32 = 0.2;
/// The same for words that all stand next to one another.
const NEAR: f32 = 0.6;
/// Words between at which nearness counts half.
const HALF: f32 = 8.0;

/// Sorts `ranked` (best first) anew, by score and what the positions of the words say.
pub(super) fn rerank(searcher: &Searcher, expr: &Expr, leaves: &[Vec<Term>], ranked: &mut [Ranked]) -> Result<()> {
    let words: Vec<&[Term]> = required(expr).into_iter().map(|leaf| leaves[leaf].as_slice()).collect();
    if words.is_empty() {
        return Ok(());
    }
    let mut order: Vec<(DocAddress, usize)> =
        ranked.iter().enumerate().map(|(place, one)| (one.address.0, place)).collect();
    order.sort_unstable();
    let mut cursors: Option<(u32, Vec<Cursor>)> = None;
    for (address, place) in order {
        if cursors.as_ref().is_none_or(|(segment, _)| *segment != address.segment_ord) {
            let reader = searcher.segment_reader(address.segment_ord);
            let opened = words.iter().map(|terms| Cursor::open(reader, terms)).collect::<tantivy::Result<_>>()?;
            cursors = Some((address.segment_ord, opened));
        }
        let Some((_, cursors)) = &mut cursors else { continue };
        cursors.iter_mut().for_each(|cursor| cursor.load(address.doc_id));
        let lists: Vec<&[u32]> = cursors.iter().map(|cursor| cursor.positions.as_slice()).collect();
        let score = ranked[place].score() * (1.0 + bonus(&lists));
        ranked[place].key = i64::from(score.to_bits());
    }
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    Ok(())
}

/// The words that the query is about: leaves of its top conjunction, or of alternatives.
fn required(expr: &Expr) -> Vec<usize> {
    match expr {
        Expr::Leaf(leaf) => vec![*leaf],
        Expr::And(parts) | Expr::Or(parts) => parts.iter().flat_map(required).collect(),
        Expr::Phrase(slots, _) => slots.iter().flatten().copied().collect(),
        Expr::Boost(_, inner) => required(inner),
        _ => Vec::new(),
    }
}

/// What the places of the words add, as a share of the score. `lists` are the positions of each word.
fn bonus(lists: &[&[u32]]) -> f32 {
    let share = |inside: &dyn Fn(u32) -> bool| {
        let count = lists.iter().filter(|list| list.iter().any(|position| inside(*position))).count();
        count as f32 / lists.len() as f32
    };
    let title = share(&|position| position < BODY_START);
    let lead = share(&|position| (BODY_START..BODY_START + LEAD_WORDS).contains(&position));
    TITLE * title + LEAD * lead + NEAR * nearness(lists)
}

/// 1 when the words of `lists` stand next to one another somewhere, falling with the words between.
fn nearness(lists: &[&[u32]]) -> f32 {
    let present: Vec<&[u32]> = lists.iter().copied().filter(|list| !list.is_empty()).collect();
    if present.len() < 2 {
        return 0.0;
    }
    let between = shortest_window(&present).saturating_sub(present.len() as u32 - 1) as f32;
    let near = HALF / (HALF + between);
    near * present.len() as f32 / lists.len() as f32
}

/// The least distance from the first to the last of positions, one from each list.
fn shortest_window(lists: &[&[u32]]) -> u32 {
    let mut at = vec![0usize; lists.len()];
    let mut best = u32::MAX;
    loop {
        let heads = || lists.iter().zip(&at).map(|(list, i)| list[*i]);
        let (Some(least), Some(most)) = (heads().min(), heads().max()) else { return best };
        best = best.min(most - least);
        let Some(behind) = heads().position(|head| head == least) else { return best };
        at[behind] += 1;
        if at[behind] == lists[behind].len() {
            return best;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nearer_words_and_headlines_count_more() {
        let far: &[&[u32]] = &[&[130], &[900]];
        let near: &[&[u32]] = &[&[130, 500], &[501, 900]];
        let title: &[&[u32]] = &[&[0, 500], &[1, 501]];
        assert!(bonus(far) < bonus(near) && bonus(near) < bonus(title));
        assert_eq!(shortest_window(near), 1);
        assert_eq!(shortest_window(&[&[1, 10], &[5], &[9, 20]]), 5);
        assert!(nearness(&[&[5], &[]]) == 0.0);
    }
}
