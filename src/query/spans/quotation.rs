//! One quotation of an article, as the matcher sees it: its pieces put together, as if nothing stood between.

use std::ops::Range;

use super::{Document, Expr, Match, leaf_numbers};

/// One quotation as a document of its own, its pieces put together.
pub(super) struct Quotation<'a> {
    doc: &'a dyn Document,
    pieces: &'a [Range<u32>],
    /// Positions by leaf, counted from the start of the quotation.
    leaves: Vec<Vec<u32>>,
    capitals: [Vec<u32>; 2],
    sentences: Vec<u32>,
    paragraphs: Vec<u32>,
}

impl<'a> Quotation<'a> {
    pub(super) fn new(doc: &'a dyn Document, pieces: &'a [Range<u32>], expr: &Expr) -> Quotation<'a> {
        let mut leaves = Vec::new();
        leaf_numbers(expr, &mut |leaf: usize| {
            if leaves.len() <= leaf {
                leaves.resize(leaf + 1, Vec::new());
            }
            leaves[leaf] = inside(pieces, doc.positions(leaf));
        });
        Quotation {
            doc,
            pieces,
            leaves,
            capitals: [inside(pieces, doc.capitals(false)), inside(pieces, doc.capitals(true))],
            sentences: inside(pieces, doc.sentences()),
            paragraphs: inside(pieces, doc.paragraphs()),
        }
    }

    /// Makes a match in the quotation one in the article.
    pub(super) fn back(&self, found: &mut Match) {
        let place = |position: u32| {
            let mut left = position;
            for piece in self.pieces {
                let length = piece.end - piece.start;
                if left < length {
                    return piece.start + left;
                }
                left -= length;
            }
            self.pieces.last().map_or(0, |piece| piece.end)
        };
        found.words.iter_mut().for_each(|word| *word = place(*word));
        (found.first, found.last) = (place(found.first), place(found.last));
    }
}

impl Document for Quotation<'_> {
    fn positions(&self, leaf: usize) -> &[u32] {
        self.leaves.get(leaf).map_or(&[], Vec::as_slice)
    }

    fn sentences(&self) -> &[u32] {
        &self.sentences
    }

    fn paragraphs(&self) -> &[u32] {
        &self.paragraphs
    }

    fn capitals(&self, all: bool) -> &[u32] {
        &self.capitals[usize::from(all)]
    }

    fn quotes(&self) -> &[Vec<Range<u32>>] {
        &[]
    }

    fn field(&self, number: usize, quote: Option<usize>) -> Option<Vec<Match>> {
        // What shows it lies in the article; the quotation is shown by its own words.
        self.doc.field(number, quote).map(|_| Vec::new())
    }
}

/// The positions that lie in the pieces, counted through the pieces.
fn inside(pieces: &[Range<u32>], positions: &[u32]) -> Vec<u32> {
    let mut out = Vec::new();
    let mut before = 0;
    for piece in pieces {
        let from = positions.partition_point(|p| *p < piece.start);
        let to = positions.partition_point(|p| *p < piece.end);
        out.extend(positions.get(from..to).unwrap_or_default().iter().map(|p| p - piece.start + before));
        before += piece.end - piece.start;
    }
    out
}
