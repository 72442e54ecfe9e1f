//! Clauses as units.
use super::model::{Fit, Found};
use super::params::Params;
use super::text::Piece;

pub(super) fn refine(_a: &[Piece], _b: &[Piece], fit: Fit, _params: &Params) -> Vec<Found> {
    fit.beads
}
