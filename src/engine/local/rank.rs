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
    let mut at = Vec::with_capacity(words.len());
    for (address, place) in order {
        if cursors.as_ref().is_none_or(|(segment, _)| *segment != address.segment_ord) {
            let reader = searcher.segment_reader(address.segment_ord);
            let opened = words.iter().map(|terms| Cursor::open(reader, terms)).collect::<tantivy::Result<_>>()?;
            cursors = Some((address.segment_ord, opened));
        }
        let Some((_, cursors)) = &mut cursors else { continue };
        cursors.iter_mut().for_each(|cursor| cursor.load(address.doc_id));
        let score = ranked[place].score() * (1.0 + bonus(cursors, weights, &mut at));
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
/// much it counts; `at` is room to work in.
fn bonus<L: AsRef<[u32]>>(lists: &[L], weights: &[f32], at: &mut Vec<usize>) -> f32 {
    let (mut all, mut title, mut lead) = (0.0, 0.0, 0.0);
    for (list, weight) in lists.iter().zip(weights) {
        let list = list.as_ref();
        all += weight;
        title += if list.first().is_some_and(|first| *first < BODY_START) { *weight } else { 0.0 };
        let body = list.iter().find(|position| **position >= BODY_START);
        lead += if body.is_some_and(|first| *first < BODY_START + LEAD_WORDS) { *weight } else { 0.0 };
    }
    let share = |sum: f32| sum / all.max(f32::MIN_POSITIVE);
    TITLE * share(title) + LEAD * share(lead) + NEAR * nearness(lists, at)
}

/// 1 when the words of `lists` stand next to one another somewhere, falling with the words between.
fn nearness<L: AsRef<[u32]>>(lists: &[L], at: &mut Vec<usize>) -> f32 {
    let present = lists.iter().filter(|list| !list.as_ref().is_empty()).count();
    if present < 2 {
        return 0.0;
    }
    let between = shortest_window(lists, at).saturating_sub(present as u32 - 1) as f32;
    let near = HALF / (HALF + between);
    near * present as f32 / lists.len() as f32
}

/// The least distance from the first to the last of positions, one from each list that is not empty. `at` is room to work in.
fn shortest_window<L: AsRef<[u32]>>(lists: &[L], at: &mut Vec<usize>) -> u32 {
    at.clear();
    at.resize(lists.len(), 0);
    let mut best = u32::MAX;
    loop {
        let mut least: Option<(u32, usize)> = None;
        let mut most = 0;
        for (number, list) in lists.iter().enumerate() {
            if let Some(&head) = list.as_ref().get(at[number]) {
                most = most.max(head);
                least = Some(least.map_or((head, number), |least| least.min((head, number))));
            }
        }
        let Some((head, behind)) = least else { return best };
        best = best.min(most - head);
        at[behind] += 1;
        if at[behind] == lists[behind].as_ref().len() {
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
        let at = &mut Vec::new();
        let mut of = |lists: &[&[u32]]| bonus(lists, &[1.0, 1.0], at);
        assert!(of(far) < of(near) && of(near) < of(title));
        assert_eq!(shortest_window(near, at), 1);
        assert_eq!(shortest_window::<&[u32]>(&[&[1, 10], &[5], &[9, 20]], at), 5);
        assert!(nearness::<&[u32]>(&[&[5], &[]], at) == 0.0);
    }
}
