//! A second look: stretches in which the first pass over sentences found nothing sure are searched
//! again without the walls of its corridor.
//!
//! A coarse pass may cut a corner where a chapter is missing, and the corridor then leaves the right
//! path outside. It shows: the sentences do not confirm what the coarse pass said. Beads that are sure,
//! among sure neighbours, are kept as the ends of rectangles; whole rectangles between them are
//! searched with the lexicon of the sure beads. What is missing on one side only needs no second look.

use crate::align::band::Band;
use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::model::{Fit, Start};
use crate::align::translation::params::Params;
use crate::align::translation::params::second_pass::{LEAST, NEIGHBOURS, TRUSTED};
use crate::align::translation::search::coarse::Join;
use crate::align::translation::search::observed::Found;
use crate::align::translation::text::Piece;

/// A stretch between trusted beads: from and to a node.
type Stretch = ((usize, usize), (usize, usize));

/// How to start again; `None` where there is nothing to look at twice.
pub(crate) fn start(a: &[Piece], b: &[Piece], fit: &Fit, params: &Params) -> Option<Start> {
    let trusted = trusted(&fit.beads);
    let end = (a.len(), b.len());
    let mut points: Vec<(usize, usize)> = Vec::new();
    let mut doubtful: Vec<Stretch> = Vec::new();
    let mut last = (0, 0);
    let corners = trusted.iter().map(|f| ((f.a.0, f.b.0), (f.a.1, f.b.1)));
    for (from, to) in corners.chain([(end, end)]) {
        if (from.0 - last.0).min(from.1 - last.1) >= LEAST {
            doubtful.push((last, from));
        }
        points.extend([from, to]);
        last = to;
    }
    if doubtful.is_empty() || trusted.is_empty() {
        return None;
    }
    let mut band = Band::corridor(&points, end.0, end.1, params.corridor_pad);
    if band.nodes() > params.max_nodes {
        // Too much to be searched whole: the stretches get corridors of their own.
        for &((i, j), (k, l)) in &doubtful {
            let join = Join::for_length(&a[i..k], &b[j..l], params);
            points.extend(join.points(true, params).into_iter().map(|(x, y)| (x + i, y + j)));
        }
        points.sort_unstable();
        band = Band::corridor(&points, end.0, end.1, params.corridor_pad);
    }
    let span = |(from, to): (usize, usize)| (from as u32, to as u32);
    let training = |f: &&Found| TrainingBead { a: span(f.a), b: span(f.b), weight: f.posterior as f32 };
    let beads = trusted.iter().map(training).collect();
    Some(Start { band: Some(band), beads, ..Start::default() })
}

/// The two-sided beads that are sure among sure neighbours.
fn trusted(beads: &[Found]) -> Vec<&Found> {
    let matched: Vec<&Found> = beads.iter().filter(|f| f.is_matched()).collect();
    let mut sums = vec![0.0];
    sums.extend(matched.iter().scan(0.0, |sum, f| {
        *sum += f.posterior;
        Some(*sum)
    }));
    let mean = |k: usize| {
        let (from, to) = (k.saturating_sub(NEIGHBOURS), (k + NEIGHBOURS + 1).min(matched.len()));
        (sums[to] - sums[from]) / (to - from) as f64
    };
    let sure = |(k, f): (usize, &&Found)| f.posterior >= 0.5 && mean(k) >= TRUSTED;
    matched.iter().enumerate().filter(|&(k, f)| sure((k, f))).map(|(_, f)| *f).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(i: usize, j: usize, posterior: f64) -> Found {
        Found { a: (i, i + 1), b: (j, j + 1), posterior }
    }

    #[test]
    fn a_sure_bead_among_doubtful_ones_is_not_trusted() {
        let beads: Vec<Found> =
            (0..40).map(|i| found(i, i, if i < 20 || i == 30 { 0.95 } else { 0.1 })).collect();
        let kept = trusted(&beads);
        assert!(kept.iter().all(|f| f.a.0 < 20) && kept.len() >= 16, "{kept:?}");
    }
}
