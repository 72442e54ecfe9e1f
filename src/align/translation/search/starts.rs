//! Several starts, so that no text is lost by the first pass.
//!
//! EM climbs the hill it stands on. With no cognate between the languages and one side covering only
//! a part of the other, nothing tells the first round where to begin: the ratio of lengths is wrong,
//! the diagonal is wrong, and the lexicon learns from whatever the path passes. With free translation
//! it may slide into "nothing corresponds". Where the first run looks like that, others start from
//! elsewhere: from *windows* (parts of both texts that may correspond as a whole, aligned on their own,
//! which is easy if they do), without long gaps, near the diagonal, and from coarser units. The fits
//! are compared by their evidence and by how much they align.

use crate::align::translation::params::starts::{
    COARSER, DIAGONAL, HELD_ROUNDS, LEAST_WINDOW, MAX_FOLLOWED, MAX_WINDOWS, WINDOW_ROUNDS, WINDOW_SLACK,
    WINDOW_STEP,
};
use std::ops::Range;

use crate::align::band::Band;
use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::model::{Fit, Level, Model, Start, Texts};
use crate::align::translation::params::Params;
use crate::align::translation::search::coarse::Join;
use crate::align::translation::search::observed::Found;
use crate::align::translation::search::rivals;
use crate::align::translation::text::{Piece, Text};

/// How well a fit did.
impl Fit {
    /// The share of the shorter text that has a partner, weighted by confidence, from 0 to 1.
    pub(crate) fn covered(&self) -> f64 {
        let shorter = self.free.0.len().min(self.free.1.len()).max(1);
        let matched = self.beads.iter().filter(|f| f.is_matched());
        let sure = matched.map(|f| f.posterior * (f.a.1 - f.a.0).min(f.b.1 - f.b.0) as f64).sum::<f64>();
        sure / shorter as f64
    }

    /// The evidence for each unit of the shorter text, in nats.
    pub(crate) fn evidence_a_unit(&self) -> f64 {
        self.evidence / self.free.0.len().min(self.free.1.len()).max(1) as f64
    }

    /// By what fits of the same texts at the same level are compared: the evidence, and more of
    /// the text aligned counts for more.
    fn merit(&self) -> f64 {
        self.evidence.max(1.0) * (0.25 + self.covered())
    }
}

/// Whether a fit of joined sentences should not be trusted: it came about slowly, or covers little, or
/// one text is so much longer than the other that it may well be another part of it.
pub(crate) fn is_doubtful(fit: &Fit, params: &Params) -> bool {
    let (n, m) = (fit.free.0.len(), fit.free.1.len());
    let uneven = n.min(m) as f64 <= 0.6 * n.max(m) as f64;
    fit.rounds > params.slow_rounds || fit.covered() < params.doubtful_cover || uneven
}

/// The best of `first` and the fits that start from windows of both texts.
pub(crate) fn from_windows(a: &[Piece], b: &[Piece], texts: Texts<'_>, first: Fit, params: &Params) -> Fit {
    let mut tried: Vec<(f64, Vec<TrainingBead>)> = Vec::new();
    for (x, y) in windows(a.len(), b.len()) {
        let (text_x, text_y) = (Text::new(&a[x.clone()], params), Text::new(&b[y.clone()], params));
        let level = Level { max_rounds: WINDOW_ROUNDS, ..Level::joined(params) };
        // The window on the longer text is wider than what may correspond.
        let factor = y.len() as f64 / x.len().max(1) as f64;
        let start = Start { length_factor: Some(1.0 / factor), ..Start::default() };
        let fit = Model::new(Texts::free(&text_x, &text_y), params, level).fit(start);
        tried.push((fit.merit(), shifted(&fit.beads, x.start, y.start)));
    }
    // The best first; equal ones in the order in which they were made.
    tried.retain(|(_, beads)| !beads.is_empty());
    tried.sort_by(|x, y| y.0.total_cmp(&x.0));
    let together = joined(&tried);
    let mut followed: Vec<Vec<TrainingBead>> =
        tried.into_iter().take(MAX_FOLLOWED).map(|(_, beads)| beads).collect();
    followed.extend(together);
    let fits = followed.into_iter().map(|beads| {
        Model::new(texts, params, Level::joined(params)).fit(Start { beads, ..Start::default() })
    });
    fits.fold(first, |best, fit| if fit.merit() > best.merit() { fit } else { best })
}

/// The beads of the two windows that do best together, one going on where the other ends on both texts:
/// what is missing in between is then no riddle. `None` where no two do better than the best alone.
fn joined(tried: &[(f64, Vec<TrainingBead>)]) -> Option<Vec<TrainingBead>> {
    let mut best = tried.first()?.0;
    let mut found = None;
    for (k, (merit, beads)) in tried.iter().enumerate() {
        for (other_merit, others) in &tried[k + 1..] {
            if merit + other_merit <= best {
                break;
            }
            let apart = |x: &TrainingBead, y: &TrainingBead| x.a.1 <= y.a.0 && x.b.1 <= y.b.0;
            let fits = |bead: &&TrainingBead| beads.iter().all(|x| apart(bead, x) || apart(x, bead));
            let more: Vec<TrainingBead> = others.iter().filter(fits).copied().collect();
            // What the windows share they say twice.
            let sum = merit + other_merit * more.len() as f64 / others.len() as f64;
            if sum > best {
                best = sum;
                found = Some([beads.as_slice(), &more].concat());
            }
        }
    }
    found
}

/// A fit with its model: what it learned belongs together.
pub(crate) type Fitted<'t> = (Model<'t>, Fit);

/// Fits the sentences of two texts.
pub(crate) fn run<'t>(texts: Texts<'t>, start: Start, params: &'t Params) -> Fitted<'t> {
    let mut model = Model::new(texts, params, Level::sentences(params));
    let fit = model.fit(start);
    (model, fit)
}

/// The better of two; the first where they are equal.
pub(crate) fn better<'t>(first: Fitted<'t>, other: Fitted<'t>) -> Fitted<'t> {
    if other.1.merit() > first.1.merit() { other } else { first }
}

/// Pairs of parts that may correspond: the whole shorter text against every stretch of the longer, and
/// halves of it against the beginning and the end, where something in the middle is missing.
fn windows(n: usize, m: usize) -> Vec<(Range<usize>, Range<usize>)> {
    let (short, long) = (n.min(m), n.max(m));
    if short < LEAST_WINDOW {
        return Vec::new();
    }
    let width = |part: usize| ((part as f64 * WINDOW_SLACK) as usize).min(long);
    let mut pairs: Vec<(Range<usize>, Range<usize>)> = Vec::new();
    let free = long - width(short);
    let steps = (free as f64 / (short as f64 * WINDOW_STEP)).ceil() as usize;
    let steps = steps.min(MAX_WINDOWS - 1);
    if steps > 0 {
        pairs.extend((0..=steps).map(|k| free * k / steps).map(|from| (0..short, from..from + width(short))));
    }
    let half = short / 2;
    pairs.push((0..half, 0..width(half)));
    pairs.push((short - half..short, long - width(half)..long));
    // One text goes on where the other begins.
    pairs.push((short - half..short, 0..width(half)));
    pairs.push((0..half, long - width(half)..long));
    if n > m { pairs.into_iter().map(|(x, y)| (y, x)).collect() } else { pairs }
}

/// Two-sided beads of a part as training beads of the whole.
fn shifted(beads: &[Found], a: usize, b: usize) -> Vec<TrainingBead> {
    let span = |(from, to): (usize, usize), by: usize| ((from + by) as u32, (to + by) as u32);
    let matched = beads.iter().filter(|f| f.is_matched() && f.posterior > 0.05);
    matched.map(|f| TrainingBead { a: span(f.a, a), b: span(f.b, b), weight: f.posterior as f32 }).collect()
}

/// Fits the sentences of short texts: freely, and from other starts where that did badly.
pub(crate) fn fit_short<'t>(
    pieces: (&[Piece], &[Piece]),
    texts: Texts<'t>,
    params: &'t Params,
) -> Fitted<'t> {
    let first = run(texts, Start::default(), params);
    if !params.several_starts || !rivals::looks_lost(&first.1, params) {
        return first;
    }
    let first = rivals::compete(pieces, texts, first, params);
    if first.1.covered() >= params.doubtful_cover {
        return first;
    }
    let (n, m) = (texts.a.len(), texts.b.len());
    let pad = (n.max(m) as f64 * DIAGONAL).ceil() as usize;
    let diagonal = Band::corridor(&diagonal(n, m), n, m, pad);
    let coarser = Join::new(pieces.0, pieces.1, COARSER, params).corridor(true, params);
    let starts = [
        Start { held_rounds: HELD_ROUNDS, ..Start::default() },
        Start { band: Some(diagonal), held_rounds: HELD_ROUNDS, ..Start::default() },
        Start { band: Some(coarser), ..Start::default() },
    ];
    starts.into_iter().map(|start| run(texts, start, params)).fold(first, better)
}

/// Points along the diagonal of n × m.
pub(crate) fn diagonal(n: usize, m: usize) -> Vec<(usize, usize)> {
    let steps = 40.min(n).min(m).max(1);
    (0..=steps).map(|k| (n * k / steps, m * k / steps)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn windows_lie_inside_and_cover_the_longer_text() {
        for (n, m) in [(12, 12), (40, 40), (30, 300), (500, 90), (7, 90), (20, 100_000)] {
            let pairs = windows(n, m);
            assert_eq!(pairs.is_empty(), n.min(m) < LEAST_WINDOW);
            assert!(pairs.iter().all(|(x, y)| x.end <= n && y.end <= m && !x.is_empty() && !y.is_empty()));
            assert!(pairs.len() <= MAX_WINDOWS + 4);
        }
        let long = windows(30, 300).into_iter().filter(|(x, _)| *x == (0..30));
        let ends: Vec<(usize, usize)> = long.map(|(_, y)| (y.start, y.end)).collect();
        assert_eq!((ends[0].0, ends[ends.len() - 1].1), (0, 300));
        assert!(ends.windows(2).all(|w| w[1].0 < w[0].1), "they overlap");
        let (x, y) = &windows(500, 90)[0];
        assert!(x.len() < 500 && y.len() == 90, "the sides keep their order");
    }

    #[test]
    fn windows_that_go_on_where_another_ends_are_joined() {
        let beads = |from: u32, shift: u32| -> Vec<TrainingBead> {
            let bead = |i: u32| TrainingBead { a: (i, i + 1), b: (i + shift, i + shift + 1), weight: 1.0 };
            (from..from + 10).map(bead).collect()
        };
        let tried = [(10.0, beads(0, 0)), (8.0, beads(5, 90)), (6.0, beads(10, 20))];
        let both = joined(&tried).unwrap();
        assert_eq!(both.len(), 20, "the second window contradicts the first, the third goes on");
        assert!(both.iter().all(|bead| bead.b.1 <= 40));
        assert!(joined(&tried[..1]).is_none());
    }
}
