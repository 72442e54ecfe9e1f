//! Beads: which segments of two witnesses correspond.

use std::collections::BTreeSet;
use std::fmt;
use std::ops::Range;

use serde::{Deserialize, Serialize};

/// A group of consecutive segments on each side that correspond. One side may be empty
/// (an omission or an addition), not both.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Bead {
    /// Segments of the first witness, 0-based, half-open.
    pub a: Range<usize>,
    /// Segments of the second witness, 0-based, half-open.
    pub b: Range<usize>,
    /// How far the bead can be trusted.
    pub confidence: Confidence,
    /// Who stands behind it.
    #[serde(default)]
    pub status: Status,
    /// Whether the bead stands in another order in the second witness (a transposition).
    #[serde(default)]
    pub moved: bool,
}

impl Bead {
    /// A bead made by the aligner.
    pub fn new(a: Range<usize>, b: Range<usize>, confidence: f64) -> Self {
        Self { a, b, confidence: Confidence::new(confidence), status: Status::Auto, moved: false }
    }

    /// Its type, such as 1:1 or 2:1.
    pub fn bead_type(&self) -> BeadType {
        BeadType { a: self.a.len(), b: self.b.len() }
    }

    /// Whether both sides have a segment.
    pub fn is_matched(&self) -> bool {
        !self.a.is_empty() && !self.b.is_empty()
    }
}

/// A bead as two sorted sets of 0-based segment numbers.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct IndexBead {
    /// Segments of the first text.
    pub a: Vec<usize>,
    /// Segments of the second text.
    pub b: Vec<usize>,
}

impl IndexBead {
    /// A bead of the given segments, which are sorted and made unique.
    pub fn new(a: impl IntoIterator<Item = usize>, b: impl IntoIterator<Item = usize>) -> Self {
        let sorted = |it: BTreeSet<usize>| it.into_iter().collect::<Vec<_>>();
        Self { a: sorted(a.into_iter().collect()), b: sorted(b.into_iter().collect()) }
    }

    /// Whether there is no segment at all.
    pub fn is_empty(&self) -> bool {
        self.a.is_empty() && self.b.is_empty()
    }

    /// Whether there is a segment on both sides.
    pub fn has_two_sides(&self) -> bool {
        !self.a.is_empty() && !self.b.is_empty()
    }
}

/// The numbers of segments on both sides, shown as `2:1`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct BeadType {
    /// Segments of the first witness.
    pub a: usize,
    /// Segments of the second witness.
    pub b: usize,
}

impl fmt::Display for BeadType {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(&format!("{}:{}", self.a, self.b))
    }
}

/// The probability that a bead is right, from 0 to 1, rounded to four decimals so that it is the
/// same on every machine.
#[derive(Debug, Clone, Copy, PartialEq, PartialOrd, Default, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Confidence(f64);

impl Confidence {
    /// From 0.9 on, a bead is called sure.
    pub const SURE: f64 = 0.9;
    /// From 0.6 on, a bead is called likely; below, doubtful.
    pub const LIKELY: f64 = 0.6;

    /// Clamped to 0..=1 and rounded; not-a-number counts as 0.
    pub fn new(value: f64) -> Self {
        let value = if value.is_nan() { 0.0 } else { value.clamp(0.0, 1.0) };
        Self((value * 1e4).round() / 1e4)
    }

    /// The number.
    pub fn value(self) -> f64 {
        self.0
    }

    /// Whether a person should look: it is less than likely.
    pub fn is_doubtful(self) -> bool {
        self.0 < Self::LIKELY
    }

    /// `sure`, `likely` or `doubtful`.
    pub fn word(self) -> &'static str {
        if self.0 >= Self::SURE {
            "sure"
        } else if self.0 >= Self::LIKELY {
            "likely"
        } else {
            "doubtful"
        }
    }
}

/// Who stands behind a bead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Status {
    /// The aligner alone.
    #[default]
    Auto,
    /// A person looked and agreed.
    Confirmed,
    /// A person changed it.
    Edited,
}

impl Status {
    /// The word used in data and shown to people.
    pub fn word(self) -> &'static str {
        match self {
            Self::Auto => "auto",
            Self::Confirmed => "confirmed",
            Self::Edited => "edited",
        }
    }
}

/// The beads of two witnesses, in the order of the first; additions stand after what they follow
/// in the second.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Alignment {
    /// The beads.
    pub beads: Vec<Bead>,
}

impl Alignment {
    /// Checks that every segment of both sides (`a_len`, `b_len` of them) stands in exactly one
    /// bead, and that the beads not marked as moved run in the same order on both sides.
    ///
    /// # Errors
    /// What is wrong, in words.
    pub fn check(&self, a_len: usize, b_len: usize) -> Result<(), String> {
        let mut seen_a = vec![0u32; a_len];
        let mut seen_b = vec![0u32; b_len];
        let mut last_a = 0;
        let mut last_b = 0;
        for (number, bead) in self.beads.iter().enumerate() {
            if bead.a.is_empty() && bead.b.is_empty() {
                return Err(format!("bead {number} is empty on both sides"));
            }
            if bead.a.end > a_len || bead.b.end > b_len {
                return Err(format!("bead {number} lies outside of the texts"));
            }
            bead.a.clone().for_each(|i| seen_a[i] += 1);
            bead.b.clone().for_each(|j| seen_b[j] += 1);
            if !bead.a.is_empty() {
                if bead.a.start < last_a {
                    return Err(format!("bead {number} goes back in the first text"));
                }
                last_a = bead.a.end;
            }
            if !bead.b.is_empty() && !bead.moved {
                if bead.b.start < last_b {
                    return Err(format!(
                        "bead {number} goes back in the second text and is not marked as moved"
                    ));
                }
                last_b = bead.b.end;
            }
        }
        for (side, seen) in [("first", &seen_a), ("second", &seen_b)] {
            if let Some(i) = seen.iter().position(|&n| n != 1) {
                return Err(format!("segment {i} of the {side} text stands in {} beads", seen[i]));
            }
        }
        Ok(())
    }

    /// The alignment seen from the other side, in the order of the second text.
    #[must_use]
    pub fn flipped(&self) -> Self {
        let mut beads: Vec<Bead> = self
            .beads
            .iter()
            .map(|bead| Bead { a: bead.b.clone(), b: bead.a.clone(), ..bead.clone() })
            .collect();
        // Omissions (empty here) follow the bead that precedes them in the other text.
        let mut anchor = 0;
        let mut keyed: Vec<(usize, usize, Bead)> = beads
            .drain(..)
            .enumerate()
            .map(|(order, bead)| {
                if bead.a.is_empty() {
                    (anchor, order, bead)
                } else {
                    if !bead.moved {
                        anchor = bead.a.end;
                    }
                    (bead.a.start, order, bead)
                }
            })
            .collect();
        keyed.sort_by_key(|(start, order, bead)| (*start, !bead.a.is_empty(), *order));
        Self { beads: keyed.into_iter().map(|(_, _, bead)| bead).collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beads(list: &[(Range<usize>, Range<usize>)]) -> Alignment {
        Alignment { beads: list.iter().map(|(a, b)| Bead::new(a.clone(), b.clone(), 1.0)).collect() }
    }

    #[test]
    fn a_partition_passes_and_each_fault_is_named() {
        assert_eq!(beads(&[(0..1, 0..2), (1..2, 2..2), (2..2, 2..3)]).check(2, 3), Ok(()));
        assert!(beads(&[(0..1, 0..1)]).check(2, 1).unwrap_err().contains("segment 1 of the first"));
        assert!(beads(&[(0..1, 0..1), (0..1, 1..2)]).check(1, 2).is_err());
        assert!(beads(&[(0..1, 1..2), (1..2, 0..1)]).check(2, 2).unwrap_err().contains("moved"));
    }

    #[test]
    fn flipping_twice_keeps_the_partition() {
        let mut alignment = beads(&[(0..1, 0..1), (1..2, 3..4), (2..3, 1..2), (3..4, 2..2), (4..4, 2..3)]);
        alignment.beads[1].moved = true;
        assert_eq!(alignment.check(4, 4), Ok(()));
        let flipped = alignment.flipped();
        assert_eq!(flipped.check(4, 4), Ok(()));
        assert_eq!(flipped.flipped().check(4, 4), Ok(()));
    }

    #[test]
    fn words_for_confidence() {
        assert_eq!(Confidence::new(0.95).word(), "sure");
        assert_eq!(Confidence::new(0.7).word(), "likely");
        assert_eq!(Confidence::new(f64::NAN).word(), "doubtful");
        assert_eq!(Confidence::new(0.123_456).value(), 0.1235);
    }
}
