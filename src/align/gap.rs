//! Shapes of beads, and the model of gaps that the lattice of the translation engine knows.
//!
//! A gap (omission or addition) is affine: it opens with a small probability and goes on with a
//! large one; a second state with a rare opening and a very long tail stands for missing pages.

use super::math::ln;

/// Segments of a bead on both sides. Lists of shapes begin with 1:0 and 0:1.
pub(crate) type Shape = (usize, usize);

/// Index of the first two-sided shape in a list of shapes.
pub(crate) const FIRST_MATCH: usize = 2;

/// Log probabilities of moving between the states match (0), gap (1) and long gap (2).
#[derive(Debug, Clone, Copy)]
pub(crate) struct GapModel {
    /// From a match into each state.
    pub(crate) open: [f64; 3],
    /// Staying in a gap.
    pub(crate) extend: [f64; 3],
    /// From a gap to a match.
    pub(crate) close: [f64; 3],
}

impl GapModel {
    pub(crate) fn new(open: f64, extend: f64, long_open: f64, long_extend: f64) -> Self {
        Self {
            open: [ln(1.0 - open - long_open), ln(open), ln(long_open)],
            extend: [0.0, ln(extend), ln(long_extend)],
            close: [0.0, ln(1.0 - extend), ln(1.0 - long_extend)],
        }
    }

    /// The same without long gaps: they open next to never.
    pub(crate) fn without_long(self) -> Self {
        let mut out = self;
        out.open[2] = -200.0;
        out
    }

    /// All log probabilities times `temperature`.
    pub(crate) fn tempered(self, temperature: f64) -> Self {
        let f = |v: [f64; 3]| v.map(|x| x * temperature);
        Self { open: f(self.open), extend: f(self.extend), close: f(self.close) }
    }
}
