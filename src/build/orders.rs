//! Which of two numbers is the day in the dates of each source, learnt from its dates that can only be read one way.
//!
//! What an article shows depends on nothing but the article, and is kept with its file in the manifest. A build reads
//! its files with what the archive knows so far; then files whose doubtful dates were read in another order than all
//! files together now show are read once more. The outcome thus depends neither on the order of files nor on how many
//! builds they came in.

use rustc_hash::{FxHashMap, FxHashSet};
use xxhash_rust::xxh3::xxh3_64;

use crate::article::Article;
use crate::extract::dates::parse::Order;
use crate::extract::dates::publication;
use crate::index::Manifest;
use crate::index::manifest::{FileEntry, SourceOrder};
use crate::text::fold;

/// Dates that must show an order before it is believed.
const ENOUGH: u32 = 2;
/// How many times as many dates must show it as show the other one.
const MAJORITY: u32 = 4;

/// The order of each source that has shown one.
pub(super) type Orders = FxHashMap<u64, Order>;

/// The source of an article: its outlet, else the host of its address, else the folder it lies in.
pub(super) fn source_of(article: &Article, root: u16) -> u64 {
    let folder = || format!("{root}/{}", article.path.rsplit_once('/').map_or("", |(folder, _)| folder));
    xxh3_64(named_source(article).unwrap_or_else(folder).as_bytes())
}

/// The outlet of an article, else the host of its address.
pub(super) fn named_source(article: &Article) -> Option<String> {
    let host = |url: &str| url.split("://").nth(1).unwrap_or(url).split('/').next().map(str::to_owned);
    article.source.as_deref().map(fold).or_else(|| article.url.as_deref().and_then(host))
}

/// Notes in the entry of its file what `article` of `source` shows, and the order it was read in.
pub(super) fn note(entry: &mut FileEntry, article: &Article, source: u64, read_as: Order) {
    let shown = publication::shown_order(article);
    if shown == publication::Shown::default() {
        return;
    }
    let at = entry.orders.iter().position(|known| known.source == source).unwrap_or_else(|| {
        entry.orders.push(SourceOrder { source, read_as, ..SourceOrder::default() });
        entry.orders.len() - 1
    });
    if let Some(known) = entry.orders.get_mut(at) {
        known.day_first += shown.day_first;
        known.month_first += shown.month_first;
        known.ambiguous += shown.ambiguous;
    }
}

/// The order of every source that the files of `manifest`, without those that are `gone`, show clearly enough.
pub(super) fn learnt(manifest: &Manifest, gone: &FxHashSet<u64>) -> Orders {
    let mut counts: FxHashMap<u64, (u32, u32)> = FxHashMap::default();
    let files = manifest.files.iter().filter(|(key, _)| !gone.contains(key));
    for shown in files.flat_map(|(_, entry)| &entry.orders) {
        let count = counts.entry(shown.source).or_default();
        *count = (count.0 + shown.day_first, count.1 + shown.month_first);
    }
    let clear = |(source, (day, month)): (u64, (u32, u32))| {
        let order = if day > month { Order::DayFirst } else { Order::MonthFirst };
        let (more, less) = (day.max(month), day.min(month));
        (more >= ENOUGH && more >= MAJORITY * less).then_some((source, order))
    };
    counts.into_iter().filter_map(clear).collect()
}

/// Keys of the files with doubtful dates that were read in another order than `orders` now gives, in order; none of
/// those that are `gone`.
pub(super) fn outdated(manifest: &Manifest, gone: &FxHashSet<u64>, orders: &Orders) -> Vec<u64> {
    let differs = |shown: &SourceOrder| {
        shown.ambiguous > 0 && shown.read_as != orders.get(&shown.source).copied().unwrap_or_default()
    };
    let of = manifest.files.iter().filter(|(key, entry)| !gone.contains(key) && entry.orders.iter().any(differs));
    let mut keys: Vec<u64> = of.map(|(key, _)| *key).collect();
    keys.sort_unstable();
    keys
}
