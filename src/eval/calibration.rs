//! Whether confidences mean what they say: of the beads given 0.9, nine in ten should be right.
//!
//! The *expected calibration error* is that of Naeini, Cooper and Hauskrecht (AAAI 2015) with ten
//! bins of equal width: the mean distance between a bin's mean confidence and its share of right
//! beads, weighted by the number of beads. A bead is right if the gold has exactly this bead;
//! omissions and additions count too.

use std::collections::BTreeSet;

use serde::Serialize;

use crate::model::IndexBead;

/// Number of bins.
const BINS: usize = 10;

/// How well confidences fit.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Calibration {
    /// Beads with a confidence.
    pub beads: usize,
    /// How many of them are wrong.
    pub wrong: usize,
    /// Expected calibration error, 0 to 1.
    pub error: f64,
    /// How many of the wrong beads stand among the tenth with the lowest confidence. Where equal
    /// confidences lie on its border, their wrong beads count in proportion.
    pub wrong_in_lowest_tenth: f64,
    /// The bins that hold a bead, from the lowest confidence up.
    pub bins: Vec<Bin>,
}

/// The beads of similar confidence.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Bin {
    /// The lowest confidence of the bin; it is a tenth wide.
    pub from: f64,
    /// Beads in it.
    pub beads: usize,
    /// Their mean confidence.
    pub confidence: f64,
    /// The share of right ones.
    pub right: f64,
}

impl Calibration {
    /// The share of all errors that stand among the tenth of beads with the lowest confidence; 1
    /// where there is no error.
    pub fn caught(&self) -> f64 {
        if self.wrong == 0 { 1.0 } else { self.wrong_in_lowest_tenth / self.wrong as f64 }
    }

    /// The same with figures rounded to four decimals, for output.
    #[must_use]
    pub fn rounded(self) -> Self {
        let round = |x: f64| (x * 1e4).round() / 1e4;
        let bins = self.bins.into_iter();
        Self {
            error: round(self.error),
            wrong_in_lowest_tenth: round(self.wrong_in_lowest_tenth),
            bins: bins
                .map(|bin| Bin { confidence: round(bin.confidence), right: round(bin.right), ..bin })
                .collect(),
            ..self
        }
    }
}

/// Measures predicted beads with their confidences against gold beads. Beads that are empty on both
/// sides are ignored. `None` without any bead.
pub fn measure(gold: &[IndexBead], predicted: &[(IndexBead, f64)]) -> Option<Calibration> {
    let gold: BTreeSet<&IndexBead> = gold.iter().collect();
    let judged = predicted.iter().filter(|(bead, _)| !bead.is_empty());
    let mut judged: Vec<(f64, bool)> =
        judged.map(|(bead, confidence)| (confidence.clamp(0.0, 1.0), gold.contains(bead))).collect();
    if judged.is_empty() {
        return None;
    }
    judged.sort_by(|x, y| x.0.total_cmp(&y.0).then(x.1.cmp(&y.1)));
    let beads = judged.len();
    let bin_of = |confidence: f64| ((confidence * BINS as f64) as usize).min(BINS - 1);
    let bins: Vec<Bin> = judged
        .chunk_by(|x, y| bin_of(x.0) == bin_of(y.0))
        .map(|bin| Bin {
            from: bin_of(bin[0].0) as f64 / BINS as f64,
            beads: bin.len(),
            confidence: bin.iter().map(|(confidence, _)| confidence).sum::<f64>() / bin.len() as f64,
            right: bin.iter().filter(|(_, right)| *right).count() as f64 / bin.len() as f64,
        })
        .collect();
    let error = bins.iter().map(|bin| bin.beads as f64 * (bin.confidence - bin.right).abs()).sum::<f64>();
    Some(Calibration {
        beads,
        wrong: judged.iter().filter(|(_, right)| !right).count(),
        error: error / beads as f64,
        wrong_in_lowest_tenth: wrong_in_lowest(&judged, beads.div_ceil(10)),
        bins,
    })
}

/// How many of the first `count` beads, sorted by confidence, are wrong; beads that tie with the last
/// of them count in proportion.
fn wrong_in_lowest(sorted: &[(f64, bool)], count: usize) -> f64 {
    let mut left = count;
    let mut sum = 0.0;
    for tied in sorted.chunk_by(|x, y| x.0 == y.0) {
        let taken = tied.len().min(left);
        let wrong = tied.iter().filter(|(_, right)| !right).count();
        sum += wrong as f64 * taken as f64 / tied.len() as f64;
        left -= taken;
        if left == 0 {
            break;
        }
    }
    sum
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beads(list: &[(usize, f64)]) -> Vec<(IndexBead, f64)> {
        list.iter().map(|&(i, confidence)| (IndexBead::new([i], [i]), confidence)).collect()
    }

    #[test]
    fn confidences_that_hold_have_no_error() {
        let gold: Vec<IndexBead> = (0..9).map(|i| IndexBead::new([i], [i])).collect();
        // Ten beads of 0.9, of which nine are right.
        let predicted: Vec<(usize, f64)> = (0..10).map(|i| (i, 0.9)).collect();
        let found = measure(&gold, &beads(&predicted)).unwrap();
        assert!(found.error < 1e-9, "{found:?}");
        assert_eq!((found.beads, found.wrong, found.bins.len()), (10, 1, 1));
        assert!((found.caught() - 0.1).abs() < 1e-9, "a tie counts in proportion");
    }

    #[test]
    fn error_is_the_mean_distance_and_doubt_catches_errors() {
        let gold: Vec<IndexBead> = (0..19).map(|i| IndexBead::new([i], [i])).collect();
        let mut predicted: Vec<(usize, f64)> = (0..19).map(|i| (i, 1.0)).collect();
        predicted.push((50, 0.5));
        let found = measure(&gold, &beads(&predicted)).unwrap();
        assert!((found.error - 0.5 / 20.0).abs() < 1e-9);
        assert_eq!((found.wrong, found.caught()), (1, 1.0));
        assert_eq!(found.bins[0].from, 0.5);
        assert_eq!(measure(&gold, &[]), None);
    }
}
