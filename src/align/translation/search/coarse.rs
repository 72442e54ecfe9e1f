//! Long texts, and texts lost by other ways: the same model on joined sentences finds the corridor for
//! the sentences.
//!
//! Every c sentences are joined to one (c = √(n·m / nodes)), or the sentences of each paragraph; the whole
//! procedure runs on this coarse document with its full lattice; the rectangles that its sure beads span,
//! padded, and the gaps between them are what the next level searches. Memory stays proportional to the
//! text.

use crate::align::band::Band;
use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::model::{Fit, Level, Model, Start, Texts};
use crate::align::translation::params::Params;
use crate::align::translation::search::starts;
use crate::align::translation::text::{Piece, Text, joined};

/// Two texts of which neighbouring sentences are joined.
pub(crate) struct Join {
    /// Where the units of both texts begin, in sentences, and where the last ends.
    borders: (Vec<usize>, Vec<usize>),
    pieces: (Vec<Piece>, Vec<Piece>),
    texts: (Text, Text),
}

impl Join {
    /// Joins the sentences between borders.
    fn between(a: &[Piece], b: &[Piece], borders: (Vec<usize>, Vec<usize>), params: &Params) -> Self {
        let pieces = (joined(a, &borders.0), joined(b, &borders.1));
        let texts = (Text::new(&pieces.0, params), Text::new(&pieces.1, params));
        Self { borders, pieces, texts }
    }

    /// Joins every `size` sentences.
    pub(crate) fn new(a: &[Piece], b: &[Piece], size: usize, params: &Params) -> Self {
        let borders = |n: usize| (0..n).step_by(size.max(1)).chain([n]).collect();
        Self::between(a, b, (borders(a.len()), borders(b.len())), params)
    }

    /// Joins as many sentences as the nodes of a coarse lattice allow.
    pub(crate) fn for_length(a: &[Piece], b: &[Piece], params: &Params) -> Self {
        Self::new(a, b, Self::size_for_length(a, b, params).max(2), params)
    }

    /// How many sentences that are.
    pub(crate) fn size_for_length(a: &[Piece], b: &[Piece], params: &Params) -> usize {
        let cells = a.len() as f64 * b.len() as f64;
        (cells / params.coarse_nodes as f64).sqrt().ceil() as usize
    }

    /// Joins the sentences of each block.
    pub(crate) fn of_blocks(a: &[Piece], b: &[Piece], params: &Params) -> Self {
        let borders = |pieces: &[Piece]| {
            let opens = (1..pieces.len()).filter(|&i| pieces[i].opens_block);
            std::iter::once(0).chain(opens).chain([pieces.len()]).collect()
        };
        Self::between(a, b, (borders(a), borders(b)), params)
    }

    /// Number of units of both texts.
    pub(crate) fn len(&self) -> (usize, usize) {
        (self.texts.0.len(), self.texts.1.len())
    }

    /// Fits the joined units.
    pub(crate) fn fit(&self, start: Start, params: &Params) -> Fit {
        let texts = Texts::free(&self.texts.0, &self.texts.1);
        let level = Level {
            tolerance: params.coarse_tolerance,
            settled_width: params.settled_width,
            ..Level::joined(params)
        };
        Model::new(texts, params, level).fit(start)
    }

    /// The corridor for aligning the sentences. Several starts are tried where the first does badly,
    /// or always when `thorough`.
    pub(crate) fn corridor(&self, thorough: bool, params: &Params) -> Band {
        let points = self.points(thorough, params);
        Band::corridor(&points, self.sentences().0, self.sentences().1, params.corridor_pad)
    }

    /// The corners of the sure beads, in sentences: what [`Self::corridor`] runs along.
    pub(crate) fn points(&self, thorough: bool, params: &Params) -> Vec<(usize, usize)> {
        let mut fit = self.fit(Start::default(), params);
        if params.several_starts && (thorough || starts::is_doubtful(&fit, params)) {
            let texts = Texts::free(&self.texts.0, &self.texts.1);
            fit = starts::from_windows(&self.pieces.0, &self.pieces.1, texts, fit, params);
        }
        self.corners(&fit)
    }

    /// How to go on with the sentences from a fit of the joined units: inside its corridor, with the words
    /// that its beads teach.
    pub(crate) fn start(&self, fit: &Fit, pad: usize) -> Start {
        let points = self.corners(fit);
        let band = Band::corridor(&points, self.sentences().0, self.sentences().1, pad);
        let (of_a, of_b) = (&self.borders.0, &self.borders.1);
        let span = |borders: &[usize], (from, to): (usize, usize)| (borders[from] as u32, borders[to] as u32);
        let beads = fit.beads.iter().filter(|f| f.is_matched() && f.posterior >= 0.1);
        let beads = beads.map(|f| TrainingBead {
            a: span(of_a, f.a),
            b: span(of_b, f.b),
            weight: f.posterior as f32,
        });
        Start { band: Some(band), beads: beads.collect(), ..Start::default() }
    }

    fn corners(&self, fit: &Fit) -> Vec<(usize, usize)> {
        let (of_a, of_b) = (&self.borders.0, &self.borders.1);
        let mut points = Vec::new();
        for bead in fit.beads.iter().filter(|f| f.is_matched() && f.posterior >= 0.5) {
            points.push((of_a[bead.a.0], of_b[bead.b.0]));
            points.push((of_a[bead.a.1], of_b[bead.b.1]));
        }
        points
    }

    /// Sentences of both texts.
    fn sentences(&self) -> (usize, usize) {
        let last = |borders: &[usize]| borders.last().copied().unwrap_or(0);
        (last(&self.borders.0), last(&self.borders.1))
    }
}
