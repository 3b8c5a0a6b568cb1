//! Work on many articles, one result each, on all cores and yet in order.

use anyhow::Result;

use super::StemsByLanguage;

/// Items that are worked on by the caller's own thread before there are others: a page is soon made, and waits for nobody on a
/// machine that is busy.
const ALONE: usize = 16;
/// Items that each core takes at once, at first and at most: what is made and not yet taken stays little.
const AT_FIRST: usize = 8;
const AT_ONCE: usize = 64;

/// Gives what `make` makes of each item to `take`, in the order of the items, until it says no. `make` is called from several
/// threads, each with stemmers of its own.
///
/// # Errors
/// The first of `make` or `take`.
pub(super) fn each<I: Sync, T: Send>(
    items: &[I],
    make: &(dyn Fn(&I, &mut StemsByLanguage) -> Result<T> + Sync),
    take: &mut dyn FnMut(&I, T) -> Result<bool>,
) -> Result<()> {
    let (page, mut rest) = items.split_at(items.len().min(ALONE));
    let mut own = StemsByLanguage::default();
    for item in page {
        if !take(item, make(item, &mut own)?)? {
            return Ok(());
        }
    }
    if rest.is_empty() {
        return Ok(());
    }
    let cores = std::thread::available_parallelism().map_or(1, usize::from).max(1);
    let others = (1..cores).map(|_| StemsByLanguage::default());
    let mut stems: Vec<StemsByLanguage> = std::iter::once(own).chain(others).collect();
    let mut share = AT_FIRST;
    while !rest.is_empty() {
        let (batch, behind) = rest.split_at(rest.len().min(share * cores));
        let made = batch_of(batch, batch.len().div_ceil(cores), &mut stems, make)?;
        for (item, made) in batch.iter().zip(made) {
            if !take(item, made)? {
                return Ok(());
            }
        }
        (rest, share) = (behind, AT_ONCE.min(share * 2));
    }
    Ok(())
}

/// What `make` makes of a batch, `share` items a thread; the first share is ours.
fn batch_of<I: Sync, T: Send>(
    batch: &[I],
    share: usize,
    stems: &mut [StemsByLanguage],
    make: &(dyn Fn(&I, &mut StemsByLanguage) -> Result<T> + Sync),
) -> Result<Vec<T>> {
    let all = |part: &[I], stems: &mut StemsByLanguage| part.iter().map(|item| make(item, stems)).collect();
    std::thread::scope(|scope| {
        let mut work = batch.chunks(share).zip(stems);
        let Some((ours, our_stems)) = work.next() else { return Ok(Vec::new()) };
        let others: Vec<_> = work.map(|(part, stems)| scope.spawn(move || all(part, stems))).collect();
        let mut made: Vec<T> = all(ours, our_stems)?;
        for thread in others {
            let more: Result<Vec<T>> = thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic));
            made.extend(more?);
        }
        Ok(made)
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn results_come_in_order_and_stop_when_told() {
        let items: Vec<usize> = (0..1000).collect();
        let mut taken = Vec::new();
        each(&items, &|item, _| Ok(item * 2), &mut |item, made| {
            assert_eq!(made, item * 2);
            taken.push(*item);
            Ok(taken.len() < 700)
        })
        .unwrap();
        assert_eq!(taken, items[..700]);
        let failing = |item: &usize, _: &mut StemsByLanguage| if *item == 300 { anyhow::bail!("no") } else { Ok(()) };
        assert!(each(&items, &failing, &mut |_, ()| Ok(true)).is_err());
        each(&[] as &[usize], &|_, _| Ok(()), &mut |_, ()| Ok(true)).unwrap();
    }
}
