//! Rows of text and matches, and the matcher against trying everything.

use super::*;

/// A text whose words are single letters; leaf 0 is `a`, 1 is `b`, and so on; `.` ends a sentence.
struct Letters {
    leaves: Vec<Vec<u32>>,
    sentences: Vec<u32>,
}

impl Letters {
    fn new(text: &str) -> Letters {
        let mut doc = Letters { leaves: vec![Vec::new(); 26], sentences: vec![0] };
        let mut position = 0;
        for c in text.bytes() {
            match c {
                b'.' => doc.sentences.push(position),
                b'a'..=b'z' => {
                    doc.leaves[usize::from(c - b'a')].push(position);
                    position += 1;
                }
                _ => {}
            }
        }
        doc
    }
}

impl Document for Letters {
    fn positions(&self, leaf: usize) -> &[u32] {
        &self.leaves[leaf]
    }
    fn sentences(&self) -> &[u32] {
        &self.sentences
    }
    fn paragraphs(&self) -> &[u32] {
        &[0]
    }
    fn capitals(&self, _: bool) -> &[u32] {
        &[]
    }
    fn quotes(&self) -> &[Vec<Range<u32>>] {
        &[]
    }
    fn field(&self, _: usize, _: Option<usize>) -> Option<Vec<Match>> {
        None
    }
}

fn near(left: Expr, right: Expr, reach: Reach, ordered: bool, negated: bool) -> Expr {
    Expr::Near(Box::new(NearExpr { left, right, reach, ordered, negated }))
}

fn words(expr: &Expr, text: &str) -> Vec<Vec<u32>> {
    let doc = Letters::new(text);
    let found = find(expr, &doc);
    assert_eq!(count(expr, &doc), found.as_ref().map(Vec::len), "{expr:?} in {text:?}");
    let matches = found.unwrap_or_default();
    matches.into_iter().map(|m| m.words).collect()
}

const A: Expr = Expr::Leaf(0);
const B: Expr = Expr::Leaf(1);

#[test]
fn phrases() {
    let abc = |slop| Expr::Phrase(vec![vec![0], vec![1], vec![2]], slop);
    assert_eq!(words(&abc(0), "xabcabxc"), vec![vec![1, 2, 3]]);
    assert_eq!(words(&abc(1), "axbyc"), Vec::<Vec<u32>>::new());
    assert_eq!(words(&abc(2), "axbyc"), vec![vec![0, 2, 4]]);
    assert_eq!(words(&Expr::Phrase(vec![vec![0], vec![1, 2]], 0), "abac"), vec![vec![0, 1], vec![2, 3]]);
    assert_eq!(words(&Expr::Phrase(vec![vec![0], vec![0]], 0), "aaa"), vec![vec![0, 1], vec![1, 2]]);
}

#[test]
fn proximity() {
    let w = |n| near(A, B, Reach::Words(n), false, false);
    assert_eq!(words(&w(2), "axb"), vec![vec![0, 2]]);
    assert_eq!(words(&w(1), "axb"), Vec::<Vec<u32>>::new());
    assert_eq!(words(&w(2), "bxa"), vec![vec![0, 2]]);
    assert_eq!(words(&near(A, B, Reach::Words(2), true, false), "bxa"), Vec::<Vec<u32>>::new());
    assert_eq!(words(&near(A, B, Reach::Words(2), true, false), "bab"), vec![vec![1, 2]]);
    assert_eq!(words(&near(A, B, Reach::Words(1), false, true), "abxxa"), vec![vec![4]]);
    assert_eq!(words(&near(A, A, Reach::Words(3), false, false), "axa"), vec![vec![0, 2]]);
    assert_eq!(words(&near(A, B, Reach::Sentence, false, false), "a.bxa.b"), vec![vec![1, 3]]);
}

#[test]
fn of_matches_with_the_same_ends_the_first_is_the_nearest() {
    let b_c = Expr::Phrase(vec![vec![1], vec![2]], 1);
    let pair = near(A, b_c, Reach::Words(4), true, false);
    let both = near(Expr::Leaf(23), pair, Reach::Words(4), false, false);
    assert_eq!(words(&both, "abbcxx"), vec![vec![0, 1, 3, 4], vec![0, 2, 3, 4], vec![0, 1, 3, 5]]);
    assert_eq!(words(&both, "xxabbc"), vec![vec![0, 2, 3, 5], vec![1, 2, 3, 5], vec![1, 2, 4, 5]]);
}

#[test]
fn boolean_and_units() {
    let both = Expr::And(vec![A, B]);
    assert_eq!(words(&Expr::Within(Unit::Sentence, Box::new(both.clone())), "ax.xb.ba"), vec![vec![4], vec![5]]);
    assert_eq!(words(&both, "xaxb"), vec![vec![1], vec![3]]);
    assert!(find(&Expr::And(vec![A, Expr::Not(Box::new(B))]), &Letters::new("ab")).is_none());
    assert_eq!(words(&Expr::Or(vec![A, Expr::Leaf(25)]), "xaz"), vec![vec![1], vec![2]]);
    assert!(find(&Expr::AtLeast(3, Box::new(A)), &Letters::new("aba")).is_none());
    assert_eq!(words(&Expr::Region(0..2, Box::new(A)), "axa"), vec![vec![0]]);
}

proptest::proptest! {
    /// Two words within n of one another, against trying every pair.
    #[test]
    fn proximity_agrees_with_trying_every_pair(text in "[abx.]{0,14}", n in 1u32..5, ordered: bool) {
        let doc = Letters::new(&text);
        let reachable = doc.leaves[0].iter().any(|a| doc.leaves[1].iter().any(|b| {
            if ordered { b > a && b - a <= n } else { a.abs_diff(*b) <= n }
        }));
        let found = find(&near(A, B, Reach::Words(n), ordered, false), &doc);
        proptest::prop_assert_eq!(found.is_some(), reachable);
    }

    /// A phrase with slop, against trying every choice of positions.
    #[test]
    fn phrases_agree_with_trying_every_choice(text in "[abcx]{0,12}", slop in 0u32..4) {
        let doc = Letters::new(&text);
        let mut starts: Vec<u32> = Vec::new();
        for a in &doc.leaves[0] {
            for b in &doc.leaves[1] {
                for c in &doc.leaves[2] {
                    if a < b && b < c && c - a - 2 <= slop && !starts.contains(a) {
                        starts.push(*a);
                    }
                }
            }
        }
        starts.sort_unstable();
        let found = find(&Expr::Phrase(vec![vec![0], vec![1], vec![2]], slop), &doc).unwrap_or_default();
        proptest::prop_assert_eq!(found.iter().map(|m| m.first).collect::<Vec<_>>(), starts);
    }
}
