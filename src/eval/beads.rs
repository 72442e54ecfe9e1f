//! Beads against gold beads, scored as in the literature on sentence alignment.
//!
//! *Strict*: a predicted bead is right if the gold has exactly this bead. *Lax*: it is enough that
//! some gold bead shares a segment with it on both sides. Precision counts all predicted beads,
//! those with an empty side included (an omission is right only if the gold says so too); recall
//! counts the gold beads that have two sides, against the predicted beads that have two sides.
//! This is the convention of Thompson and Koehn, "Vecalign" (EMNLP 2019), section 4, and of the
//! Text+Berg shared work before it (Sennrich and Volk 2010).

use std::collections::{BTreeMap, BTreeSet};

use serde::Serialize;

use super::Score;
use crate::model::{BeadType, IndexBead};

/// The scores of a set of beads.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BeadScores {
    /// Exact matches.
    pub strict: Score,
    /// Overlapping matches.
    pub lax: Score,
    /// Strict counts for each bead type (`1:1`, `2:1` ...).
    pub by_type: BTreeMap<String, TypeCount>,
}

/// Strict counts of one bead type.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct TypeCount {
    /// Beads of this type in the gold.
    pub gold: usize,
    /// Beads of this type predicted.
    pub predicted: usize,
    /// Beads of this type that are in both.
    pub right: usize,
}

impl TypeCount {
    /// Precision, recall and F1 of the type alone.
    pub fn score(self) -> Score {
        Score::new(self.right, self.predicted, self.right, self.gold)
    }
}

/// Scores `predicted` against `gold`. Beads that are empty on both sides and repeated beads are
/// ignored.
pub fn score(gold: &[IndexBead], predicted: &[IndexBead]) -> BeadScores {
    let gold: BTreeSet<&IndexBead> = gold.iter().filter(|b| !b.is_empty()).collect();
    let predicted: BTreeSet<&IndexBead> = predicted.iter().filter(|b| !b.is_empty()).collect();
    let two_sided =
        |set: &BTreeSet<&IndexBead>| -> usize { set.iter().filter(|b| b.has_two_sides()).count() };
    let gold_links = links(&gold);
    let predicted_links = links(&predicted);

    let right = predicted.intersection(&gold).count();
    let found = gold.intersection(&predicted).filter(|b| b.has_two_sides()).count();
    // An exact match counts as a lax one even where a side is empty.
    let lax_right = predicted.iter().filter(|b| gold.contains(*b) || overlaps(b, &gold_links)).count();
    let lax_found = gold
        .iter()
        .filter(|b| b.has_two_sides() && (predicted.contains(*b) || overlaps(b, &predicted_links)))
        .count();

    let mut by_type: BTreeMap<BeadType, TypeCount> = BTreeMap::new();
    let type_of = |bead: &IndexBead| BeadType { a: bead.a.len(), b: bead.b.len() };
    for bead in &gold {
        by_type.entry(type_of(bead)).or_default().gold += 1;
    }
    for bead in &predicted {
        let count = by_type.entry(type_of(bead)).or_default();
        count.predicted += 1;
        count.right += usize::from(gold.contains(bead));
    }
    BeadScores {
        strict: Score::new(right, predicted.len(), found, two_sided(&gold)),
        lax: Score::new(lax_right, predicted.len(), lax_found, two_sided(&gold)),
        by_type: by_type.into_iter().map(|(t, n)| (t.to_string(), n)).collect(),
    }
}

/// For each segment of the first text, the segments of the second that share a bead with it.
fn links(beads: &BTreeSet<&IndexBead>) -> BTreeMap<usize, BTreeSet<usize>> {
    let mut links: BTreeMap<usize, BTreeSet<usize>> = BTreeMap::new();
    for bead in beads {
        for &i in &bead.a {
            links.entry(i).or_default().extend(&bead.b);
        }
    }
    links
}

fn overlaps(bead: &IndexBead, links: &BTreeMap<usize, BTreeSet<usize>>) -> bool {
    bead.a.iter().filter_map(|i| links.get(i)).any(|linked| bead.b.iter().any(|j| linked.contains(j)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bead(a: &[usize], b: &[usize]) -> IndexBead {
        IndexBead::new(a.iter().copied(), b.iter().copied())
    }

    #[test]
    fn identical_beads_score_one() {
        let gold = [bead(&[0], &[0]), bead(&[1], &[]), bead(&[2, 3], &[1])];
        let scores = score(&gold, &gold);
        assert_eq!((scores.strict.f1, scores.lax.f1), (1.0, 1.0));
    }

    #[test]
    fn counts_follow_the_literature() {
        // Gold: 0-0, 1-1, 2 omitted. Predicted: 0-0, and 1+2 together with 1.
        let gold = [bead(&[0], &[0]), bead(&[1], &[1]), bead(&[2], &[])];
        let predicted = [bead(&[0], &[0]), bead(&[1, 2], &[1])];
        let scores = score(&gold, &predicted);
        assert_eq!(scores.strict.precision, 0.5);
        assert_eq!(scores.strict.recall, 0.5, "the omission is no part of recall");
        assert_eq!((scores.lax.precision, scores.lax.recall), (1.0, 1.0));
        assert_eq!(scores.by_type["2:1"], TypeCount { gold: 0, predicted: 1, right: 0 });
        assert_eq!(scores.by_type["1:0"], TypeCount { gold: 1, predicted: 0, right: 0 });
    }

    #[test]
    fn a_wrong_omission_costs_precision_strict_and_lax() {
        let gold = [bead(&[0], &[0])];
        let predicted = [bead(&[0], &[]), bead(&[], &[0])];
        let scores = score(&gold, &predicted);
        assert_eq!((scores.strict.f1, scores.lax.f1), (0.0, 0.0));
    }
}
