//! Starts that compete with a first fit that looks lost.
//!
//! A fit may slide into "nothing corresponds": the words are not known yet, the first guess at them speaks
//! against the right beads as well as against the wrong ones, and the gaps, once they are many, are learned
//! to be likely. Other starts do not let it: gaps stay rare in them (*tight*), paragraphs are paired where
//! both texts have about as many, larger units show their words sooner, and near the diagonal there is less
//! to go wrong. What they find is where the sentences start from, with its words; then the sentences may
//! have their gaps again. The fits are compared by their evidence, which a collapse cannot win: one that
//! finds nothing has none.

use crate::align::band::Band;
use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::model::{Fit, Start, Texts};
use crate::align::translation::params::Params;
use crate::align::translation::params::doubt::LEAST_COVER;
use crate::align::translation::params::rivals::{
    BLOCK_PAD, BLOCK_RATIO, DIAGONAL, FEWEST_BLOCKS, HOLE_SHARE, LARGE_HOLE, SIZES,
};
use crate::align::translation::search::coarse::Join;
use crate::align::translation::search::observed::Found;
use crate::align::translation::search::starts::{Fitted, better, diagonal, run};
use crate::align::translation::text::Piece;

/// The best of `first` and the fits from other starts; the first that leaves no doubt ends the search.
pub(crate) fn compete<'t>(
    (a, b): (&[Piece], &[Piece]),
    texts: Texts<'t>,
    first: Fitted<'t>,
    params: &'t Params,
) -> Fitted<'t> {
    let mut best = first;
    let size = Join::size_for_length(a, b, params);
    for kind in Kind::all(size) {
        if !looks_lost(&best.1, params) {
            break;
        }
        if let Some(start) = kind.start(a, b, params) {
            let (band, beads) = (start.band.clone(), start.beads.clone());
            best = better(best, run(texts, start, params));
            if best.1.covered() >= LEAST_COVER {
                continue;
            }
            // Nearly everything was lost once more: without gaps first, and from there with them. Fits with
            // and without gaps are not comparable by their evidence, so the former is taken only where
            // nothing else was found.
            let start = Start { band: band.clone(), beads, tight: true, ..Start::default() };
            let tight = run(texts, start, params);
            let beads = training(&tight.1.beads);
            best = better(best, run(texts, Start { band, beads, ..Start::default() }, params));
            if best.1.covered() < LEAST_COVER {
                best = better(best, tight);
            }
        }
    }
    best
}

/// Two-sided beads to begin with.
fn training(beads: &[Found]) -> Vec<TrainingBead> {
    let narrow = |(from, to): (usize, usize)| (from as u32, to as u32);
    let matched = beads.iter().filter(|f| f.is_matched());
    matched.map(|f| TrainingBead { a: narrow(f.a), b: narrow(f.b), weight: f.posterior as f32 }).collect()
}

/// Whether a fit leaves much of the shorter text without a partner, or a stretch of both texts at one place:
/// what both have there may well correspond.
pub(crate) fn looks_lost(fit: &Fit, params: &Params) -> bool {
    if fit.covered() < params.doubtful_cover {
        return true;
    }
    let shorter = fit.free.0.len().min(fit.free.1.len());
    let large = LARGE_HOLE.max((shorter as f64 * HOLE_SHARE) as usize);
    let mut last = (0, 0);
    let end = (fit.free.0.len(), fit.free.1.len());
    let matched = fit.beads.iter().filter(|f| f.is_matched() && f.posterior >= 0.5);
    matched.map(|f| ((f.a.0, f.b.0), (f.a.1, f.b.1))).chain([(end, end)]).any(|(from, to)| {
        let hole = from.0.saturating_sub(last.0).min(from.1.saturating_sub(last.1));
        last = to;
        hole >= large
    })
}

/// What a rival starts from.
#[derive(Debug, Clone, Copy)]
enum Kind {
    /// Paragraphs, paired in order.
    Blocks,
    /// So many sentences joined.
    Joined(usize),
    /// The same near the diagonal.
    JoinedDiagonal(usize),
}

impl Kind {
    /// All kinds, for texts of which at least so many sentences are joined for a full lattice.
    fn all(size: usize) -> [Self; 5] {
        let (small, large) = (size.max(SIZES[0]), (2 * size).max(SIZES[1]));
        [
            Self::Blocks,
            Self::Joined(small),
            Self::JoinedDiagonal(small),
            Self::Joined(large),
            Self::JoinedDiagonal(large),
        ]
    }

    fn start(self, a: &[Piece], b: &[Piece], params: &Params) -> Option<Start> {
        let (join, near) = match self {
            Self::Blocks => (Join::of_blocks(a, b, params), true),
            Self::Joined(size) => (Join::new(a, b, size, params), false),
            Self::JoinedDiagonal(size) => (Join::new(a, b, size, params), true),
        };
        let (n, m) = join.len();
        let is_blocks = matches!(self, Self::Blocks);
        let (few, many) = (n.min(m), n.max(m));
        if is_blocks && (few < FEWEST_BLOCKS || (few as f64) < BLOCK_RATIO * many as f64) {
            return None;
        }
        let pad = (many as f64 * DIAGONAL).ceil() as usize + 2;
        let band = near.then(|| Band::corridor(&diagonal(n, m), n, m, pad));
        let nodes = band.as_ref().map_or((n + 1).saturating_mul(m + 1), Band::nodes);
        if nodes > params.max_nodes {
            return None;
        }
        let beads = if is_blocks && n == m {
            (0..n as u32).map(|k| TrainingBead { a: (k, k + 1), b: (k, k + 1), weight: 1.0 }).collect()
        } else {
            Vec::new()
        };
        let fit = join.fit(Start { band, beads, tight: true, ..Start::default() }, params);
        Some(join.start(&fit, if is_blocks { BLOCK_PAD } else { params.corridor_pad }))
    }
}
