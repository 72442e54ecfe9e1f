//! How good is it: alignments and variants scored against gold.
//!
//! * [`beads`] scores beads given as sets of indices, as the literature does;
//! * [`anchor`] brings a gold alignment that consists of sentences onto the segments of two texts,
//!   whatever segmenter cut them;
//! * [`calibration`] tells whether the confidence of beads can be trusted;
//! * [`segments`] scores sentence boundaries;
//! * [`variants`] scores a list of variants against a gold list with byte ranges;
//! * [`apparatus`] scores the places of a collation against a table made by scholars.

pub mod anchor;
pub mod apparatus;
pub mod beads;
pub mod calibration;
mod gold;
pub mod segments;
pub mod variants;

use serde::Serialize;

/// Precision, recall and their harmonic mean, each from 0 to 1.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize)]
pub struct Score {
    /// Share of what was predicted that is right.
    pub precision: f64,
    /// Share of what is in the gold that was found.
    pub recall: f64,
    /// 2PR / (P + R).
    pub f1: f64,
}

impl Score {
    /// From counts: right among predicted, found among gold. A ratio of nothing is 0.
    pub fn new(right: usize, predicted: usize, found: usize, gold: usize) -> Self {
        let ratio = |n: usize, of: usize| if of == 0 { 0.0 } else { n as f64 / of as f64 };
        let precision = ratio(right, predicted);
        let recall = ratio(found, gold);
        let sum = precision + recall;
        Self { precision, recall, f1: if sum == 0.0 { 0.0 } else { 2.0 * precision * recall / sum } }
    }

    /// The same rounded to four decimals, for output.
    #[must_use]
    pub fn rounded(self) -> Self {
        let round = |x: f64| (x * 1e4).round() / 1e4;
        Self { precision: round(self.precision), recall: round(self.recall), f1: round(self.f1) }
    }
}
