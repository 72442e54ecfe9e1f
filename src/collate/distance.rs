//! How far apart witnesses are, and the tree that these distances suggest.
//!
//! The distance of two witnesses is the sum of the weights of the units in which they read differently,
//! for 1,000 words of what both cover. A tree is drawn from it by neighbour joining (Saitou and Nei,
//! *Molecular Biology and Evolution* 4, 1987; in the form of Studier and Keppler 1988). It groups
//! witnesses, and says nothing about which is older: that remains the editor's judgement.

use std::collections::BTreeMap;

use crate::model::{Collation, Layer, Tree, VariantClass};

/// What a difference of each class weighs.
#[derive(Debug, Clone, PartialEq)]
pub struct Weights {
    substantive: f64,
    accidental: f64,
    /// Classes with a weight of their own.
    own: BTreeMap<VariantClass, f64>,
}

impl Default for Weights {
    /// 1 for substantive classes, 0.2 for accidental ones, 0 for layout.
    fn default() -> Self {
        Self::of_layers(1.0, 0.2)
    }
}

impl Weights {
    /// Weights by layer. Layout counts nothing unless it has its own weight.
    pub fn of_layers(substantive: f64, accidental: f64) -> Self {
        Self { substantive, accidental, own: BTreeMap::new() }
    }

    /// With other weights for some classes.
    #[must_use]
    pub fn with(mut self, own: impl IntoIterator<Item = (VariantClass, f64)>) -> Self {
        self.own.extend(own);
        self
    }

    fn of(&self, class: VariantClass) -> f64 {
        match self.own.get(&class) {
            Some(&weight) => weight,
            None if class == VariantClass::Layout => 0.0,
            None if class.layer() == Layer::Substantive => self.substantive,
            None => self.accidental,
        }
    }
}

/// The distances of all witnesses, in the order of the collation: symmetric, with zeros in the
/// diagonal, rounded to four decimals. `None` for two witnesses that have no place in common.
pub fn distances(collation: &Collation, weights: &Weights) -> Vec<Vec<Option<f64>>> {
    let count = collation.witnesses.len();
    let mut sums = vec![vec![0.0; count]; count];
    for unit in &collation.entries {
        let to_lemma = |reading: usize| {
            let judgement = unit.readings[reading].judgement.as_ref();
            judgement.map_or(0.0, |judgement| weights.of(judgement.class))
        };
        for (i, a) in unit.readings.iter().enumerate() {
            for (k, b) in unit.readings.iter().enumerate().skip(i + 1) {
                // Where nothing is known of two readings, they differ by the heavier one.
                let judged = unit.judgement(i, k).map(|judgement| weights.of(judgement.class));
                let weight = judged.unwrap_or_else(|| to_lemma(i).max(to_lemma(k)));
                for x in &a.witnesses {
                    for y in &b.witnesses {
                        sums[x.witness][y.witness] += weight;
                        sums[y.witness][x.witness] += weight;
                    }
                }
            }
        }
    }
    let words: Vec<Vec<u32>> = (0..count).map(|w| word_columns(collation, w)).collect();
    let common = |a: usize, b: usize| {
        let covered = |x: usize, y: usize| {
            words[x].iter().filter(|&&column| collation.witnesses[y].is_present(column)).count()
        };
        (covered(a, b) + covered(b, a)) as f64 / 2.0
    };
    let mut out = vec![vec![Some(0.0); count]; count];
    for a in 0..count {
        for b in a + 1..count {
            let words = common(a, b);
            let distance = (words > 0.0).then(|| (sums[a][b] * 1000.0 / words * 1e4).round() / 1e4);
            out[a][b] = distance;
            out[b][a] = distance;
        }
    }
    out
}

/// The columns of a witness's words; marks do not count.
fn word_columns(collation: &Collation, witness: usize) -> Vec<u32> {
    let witness = &collation.witnesses[witness];
    let is_word = |read: &std::ops::Range<u32>| {
        witness.text[read.start as usize..read.end as usize].chars().any(char::is_alphanumeric)
    };
    witness.tokens.iter().filter(|token| is_word(&token.read)).map(|token| token.column).collect()
}

/// The distances without gaps: two witnesses that have no place in common count as far apart as any two.
pub fn completed(distances: &[Vec<Option<f64>>]) -> Vec<Vec<f64>> {
    let greatest = distances.iter().flatten().flatten().fold(0.0, |x: f64, y| x.max(*y));
    distances.iter().map(|row| row.iter().map(|d| d.unwrap_or(greatest)).collect()).collect()
}

/// The tree of neighbour joining for a symmetric matrix of distances. Ties are broken by the order of
/// the witnesses; negative branch lengths are set to 0. `None` for an empty matrix.
pub fn neighbour_joining(distances: &[Vec<f64>]) -> Option<Tree> {
    let mut d: Vec<Vec<f64>> = distances.to_vec();
    let mut trees: Vec<Tree> = (0..d.len()).map(Tree::Leaf).collect();
    while trees.len() > 3 {
        let n = trees.len();
        let sums: Vec<f64> = d.iter().map(|row| row.iter().sum()).collect();
        let mut best = (f64::INFINITY, 0, 1);
        for i in 0..n {
            for j in i + 1..n {
                let q = (n - 2) as f64 * d[i][j] - sums[i] - sums[j];
                // Rounding must not decide between equal pairs.
                if q < best.0 - 1e-9 {
                    best = (q, i, j);
                }
            }
        }
        let (_, i, j) = best;
        let own = d[i][j] / 2.0 + (sums[i] - sums[j]) / (2.0 * (n - 2) as f64);
        let (to_i, to_j) = (own.max(0.0), (d[i][j] - own).max(0.0));
        let joined: Vec<f64> = (0..n).map(|k| ((d[i][k] + d[j][k] - d[i][j]) / 2.0).max(0.0)).collect();
        let right = trees.remove(j);
        let left = std::mem::replace(&mut trees[i], Tree::Leaf(0));
        trees[i] = Tree::Node(vec![(left, to_i), (right, to_j)]);
        for (k, row) in d.iter_mut().enumerate() {
            row[i] = joined[k];
        }
        d[i] = joined;
        d[i][i] = 0.0;
        d.remove(j);
        d.iter_mut().for_each(|row| {
            row.remove(j);
        });
    }
    let lengths: Vec<f64> = match trees.len() {
        0 => return None,
        1 => return trees.pop(),
        2 => vec![d[0][1] / 2.0, d[0][1] / 2.0],
        _ => {
            let (ab, ac, bc) = (d[0][1], d[0][2], d[1][2]);
            [(ab + ac - bc) / 2.0, (ab + bc - ac) / 2.0, (ac + bc - ab) / 2.0]
                .iter()
                .map(|length| length.max(0.0))
                .collect()
        }
    };
    Some(Tree::Node(trees.into_iter().zip(lengths).collect()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::model::testing::Case;

    #[test]
    fn differences_are_weighed_and_related_to_the_words() {
        let case = Case::three();
        let found = distances(&case.collated().collation, &Weights::default());
        // A and B differ in a spelling (0.2) in four words, A and C in that and an omission.
        assert_eq!(found[0][1], Some(50.0));
        assert_eq!(found[0][2], Some((1.2 * 1000.0 / 3.5 * 1e4_f64).round() / 1e4));
        assert_eq!((found[1][1], found[2][0]), (Some(0.0), found[0][2]));
    }

    /// The distances along a tree: leaves with their path lengths below each node.
    fn along(tree: &Tree, d: &mut [Vec<f64>]) -> Vec<(usize, f64)> {
        let Tree::Node(branches) = tree else {
            let Tree::Leaf(leaf) = tree else { unreachable!() };
            return vec![(*leaf, 0.0)];
        };
        let mut all: Vec<(usize, f64)> = Vec::new();
        for (branch, length) in branches {
            let below: Vec<(usize, f64)> =
                along(branch, d).into_iter().map(|(leaf, path)| (leaf, path + length)).collect();
            for &(x, to_x) in &all {
                for &(y, to_y) in &below {
                    d[x][y] = to_x + to_y;
                    d[y][x] = to_x + to_y;
                }
            }
            all.extend(below);
        }
        all
    }

    /// A random tree over `n` leaves with positive branches.
    fn tree(n: usize) -> impl Strategy<Value = Tree> {
        (proptest::collection::vec((any::<prop::sample::Index>(), 0.1..5.0f64, 0.1..5.0f64), n - 1)).prop_map(
            move |joins| {
                let mut trees: Vec<Tree> = (0..n).map(Tree::Leaf).collect();
                for (pick, x, y) in joins {
                    let left = trees.remove(0);
                    let right = trees.remove(pick.index(trees.len()));
                    trees.push(Tree::Node(vec![(left, x), (right, y)]));
                }
                trees.remove(0)
            },
        )
    }

    proptest! {
        #[test]
        fn additive_distances_are_recovered((n, tree) in (2..9usize).prop_flat_map(|n| (Just(n), tree(n)))) {
            let mut wanted = vec![vec![0.0; n]; n];
            along(&tree, &mut wanted);
            let found = neighbour_joining(&wanted).unwrap();
            let mut back = vec![vec![0.0; n]; n];
            let mut leaves: Vec<usize> = along(&found, &mut back).into_iter().map(|(leaf, _)| leaf).collect();
            leaves.sort_unstable();
            prop_assert_eq!(leaves, (0..n).collect::<Vec<_>>());
            for (x, y) in wanted.iter().flatten().zip(back.iter().flatten()) {
                prop_assert!((x - y).abs() < 1e-6, "{:?} {:?}", wanted, back);
            }
        }
    }
}
