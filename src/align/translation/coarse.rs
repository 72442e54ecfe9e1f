//! Long texts: the same model on joined sentences finds the corridor for the sentences.
//!
//! Every c sentences are joined to one (c = √(n·m / nodes)); the whole procedure runs on this coarse
//! document with its full lattice; the rectangles that its sure beads span, padded, and the gaps
//! between them are what the next level searches. Memory stays proportional to the text.

use super::model::{Level, Model, Start};
use super::params::Params;
use super::text::{Piece, Text, joined};
use crate::align::band::Band;

/// The corridor for aligning `a` with `b`.
pub(super) fn corridor(a: &[Piece], b: &[Piece], params: &Params) -> Band {
    let cells = a.len() as f64 * b.len() as f64;
    let size = ((cells / params.coarse_nodes as f64).sqrt().ceil() as usize).max(2);
    let (coarse_a, coarse_b) = (joined(a, size), joined(b, size));
    let (text_a, text_b) = (Text::new(&coarse_a, params), Text::new(&coarse_b, params));
    let level = Level { tolerance: params.coarse_tolerance, ..Level::sentences(params) };
    let fit = Model::new(&text_a, &text_b, params, level).fit(Start::default());
    let mut points = Vec::new();
    for bead in fit.beads.iter().filter(|f| f.is_matched() && f.posterior >= 0.5) {
        points.push((bead.a.0 * size, bead.b.0 * size));
        points.push(((bead.a.1 * size).min(a.len()), (bead.b.1 * size).min(b.len())));
    }
    Band::corridor(&points, a.len(), b.len(), params.corridor_pad)
}
