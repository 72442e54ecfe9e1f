//! Long texts: the same model on joined sentences finds the corridor for the sentences.
//!
//! Every c sentences are joined to one (c = √(n·m / nodes)); the whole procedure runs on this coarse
//! document with its full lattice; the rectangles that its sure beads span, padded, and the gaps
//! between them are what the next level searches. Memory stays proportional to the text.

use super::starts;
use crate::align::band::Band;
use crate::align::translation::model::{Level, Model, Start, Texts};
use crate::align::translation::params::Params;
use crate::align::translation::text::{Piece, Text, joined};

/// Two texts of which every few sentences are joined.
pub(crate) struct Join {
    /// Sentences joined to one unit.
    size: usize,
    /// Sentences of both texts.
    sentences: (usize, usize),
    pieces: (Vec<Piece>, Vec<Piece>),
    texts: (Text, Text),
}

impl Join {
    /// Joins every `size` sentences.
    pub(crate) fn new(a: &[Piece], b: &[Piece], size: usize, params: &Params) -> Self {
        let pieces = (joined(a, size), joined(b, size));
        let texts = (Text::new(&pieces.0, params), Text::new(&pieces.1, params));
        Self { size, sentences: (a.len(), b.len()), pieces, texts }
    }

    /// Joins as many sentences as the nodes of a coarse lattice allow.
    pub(crate) fn for_length(a: &[Piece], b: &[Piece], params: &Params) -> Self {
        let cells = a.len() as f64 * b.len() as f64;
        let size = (cells / params.coarse_nodes as f64).sqrt().ceil() as usize;
        Self::new(a, b, size.max(2), params)
    }

    /// The corridor for aligning the sentences. Several starts are tried where the first does badly,
    /// or always when `thorough`.
    pub(crate) fn corridor(&self, thorough: bool, params: &Params) -> Band {
        let points = self.points(thorough, params);
        Band::corridor(&points, self.sentences.0, self.sentences.1, params.corridor_pad)
    }

    /// The corners of the sure beads, in sentences: what [`Self::corridor`] runs along.
    pub(crate) fn points(&self, thorough: bool, params: &Params) -> Vec<(usize, usize)> {
        let texts = Texts::free(&self.texts.0, &self.texts.1);
        let level = Level {
            tolerance: params.coarse_tolerance,
            settled_width: params.settled_width,
            ..Level::joined(params)
        };
        let mut fit = Model::new(texts, params, level).fit(Start::default());
        if params.several_starts && (thorough || starts::is_doubtful(&fit, params)) {
            fit = starts::from_windows(&self.pieces.0, &self.pieces.1, texts, fit, params);
        }
        let (size, (n, m)) = (self.size, self.sentences);
        let mut points = Vec::new();
        for bead in fit.beads.iter().filter(|f| f.is_matched() && f.posterior >= 0.5) {
            points.push((bead.a.0 * size, bead.b.0 * size));
            points.push(((bead.a.1 * size).min(n), (bead.b.1 * size).min(m)));
        }
        points
    }
}
