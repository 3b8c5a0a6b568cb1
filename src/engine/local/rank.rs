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

// Weights within 0.01 of the best nDCG@10 over both sets of judged queries, `tests/data/*-judgements.tsv`.
/// How much a score grows when all words of the query stand in the headline.
const TITLE: f32 = 0.35;
/// The same for the lead.
const LEAD: f32 = 0.2;
/// The same for words that all stand next to one another.
const NEAR: f32 = 0.6;
/// Words between at which nearness counts half.
const HALF: f32 = 8.0;

/// Sorts `ranked` (best first) anew, by score and what the positions of the words say. Of its order only the first `wanted`
/// are asked for: those whose score is too low to come among them, whatever their positions say, are not looked at.
pub(super) fn rerank(
    searcher: &Searcher,
    expr: &Expr,
    leaves: &[Vec<Term>],
    ranked: &mut [Ranked],
    wanted: usize,
) -> Result<()> {
    let (words, weights): (Vec<&[Term]>, Vec<f32>) =
        required(expr, 1.0).into_iter().map(|(leaf, weight)| (leaves[leaf].as_slice(), weight)).unzip();
    if words.is_empty() || wanted == 0 {
        return Ok(());
    }
    let (first, others) = ranked.split_at_mut(wanted.saturating_mul(2).min(ranked.len()));
    rescore(searcher, &words, &weights, first)?;
    let mut behind = others.len();
    if wanted <= first.len() {
        let (_, least, _) = first.select_nth_unstable_by(wanted - 1, |a, b| b.cmp(a));
        let least = least.score();
        let most = most(words.len());
        behind = others.partition_point(|one| one.score() * (1.0 + most) >= least);
    }
    rescore(searcher, &words, &weights, &mut others[..behind])?;
    let seen = first.len() + behind;
    ranked[..seen].sort_unstable_by(|a, b| b.cmp(a));
    Ok(())
}

/// Gives each of `ranked` the score that it has with what the positions of the words say.
fn rescore(searcher: &Searcher, words: &[&[Term]], weights: &[f32], ranked: &mut [Ranked]) -> Result<()> {
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
        let score = ranked[place].score() * (1.0 + bonus(&lists, weights));
        ranked[place].key = i64::from(score.to_bits());
    }
    Ok(())
}

/// The words that the query is about, each with how much it counts: leaves of its top conjunction, or of alternatives.
fn required(expr: &Expr, weight: f32) -> Vec<(usize, f32)> {
    match expr {
        Expr::Leaf(leaf) => vec![(*leaf, weight)],
        Expr::And(parts) | Expr::Or(parts) => parts.iter().flat_map(|part| required(part, weight)).collect(),
        Expr::Phrase(slots, _) => slots.iter().flatten().map(|leaf| (*leaf, weight)).collect(),
        Expr::Boost(boost, inner) => required(inner, weight * boost),
        _ => Vec::new(),
    }
}

/// The most that [`bonus`] gives for so many words, with room for rounding.
fn most(words: usize) -> f32 {
    let near = if words > 1 { NEAR } else { 0.0 };
    (TITLE + LEAD + near) * 1.001
}

/// What the places of the words add, as a share of the score. `lists` are the positions of each word, `weights` how
/// much it counts.
fn bonus(lists: &[&[u32]], weights: &[f32]) -> f32 {
    let all: f32 = weights.iter().sum();
    let share = |inside: &dyn Fn(u32) -> bool| {
        let there = |list: &&[u32]| list.iter().any(|position| inside(*position));
        let sum: f32 = lists.iter().zip(weights).filter(|(list, _)| there(list)).map(|(_, weight)| weight).sum();
        sum / all.max(f32::MIN_POSITIVE)
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
        let even = [1.0, 1.0];
        assert!(bonus(far, &even) < bonus(near, &even) && bonus(near, &even) < bonus(title, &even));
        assert_eq!(shortest_window(near), 1);
        assert_eq!(shortest_window(&[&[1, 10], &[5], &[9, 20]]), 5);
        assert!(nearness(&[&[5], &[]]) == 0.0);
    }
}
