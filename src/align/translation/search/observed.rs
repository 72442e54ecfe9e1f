//! What the posteriors and the decoded path of a round say: beads to learn from, gaps, units without a
//! partner, likely nodes.

use crate::align::band::Band;
use crate::align::edges::Edges;
use crate::align::gap::{FIRST_MATCH, GapModel, Shape};
use crate::align::lattice::Step;
use crate::align::translation::lexicon::knowledge::TrainingBead;
use crate::align::translation::params::Params;

/// A bead found, in units of the texts aligned.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Found {
    pub(crate) a: (usize, usize),
    pub(crate) b: (usize, usize),
    /// Its posterior probability.
    pub(crate) posterior: f64,
}

impl Found {
    pub(crate) fn is_matched(&self) -> bool {
        self.a.0 < self.a.1 && self.b.0 < self.b.1
    }
}

/// A node with its posterior probability.
pub(crate) type NodePosterior = (usize, usize, f32);

/// The share of the steps of a path that an earlier one did not have.
pub(crate) fn new_steps(earlier: &[Step], path: &[Step]) -> f64 {
    let mut rest = earlier;
    let is_new = |step: &&Step| {
        rest = &rest[rest.partition_point(|other| (other.0, other.1) < (step.0, step.1))..];
        rest.first() != Some(step)
    };
    path.iter().filter(is_new).count() as f64 / path.len().max(1) as f64
}

/// What the posteriors of a round, or beads that are given, show: what re-estimation learns from.
#[derive(Debug)]
pub(crate) struct Observed {
    /// The two-sided beads.
    pub(crate) beads: Vec<TrainingBead>,
    /// How many beads of each shape there are.
    pub(crate) shapes: Vec<f64>,
    /// For each unit of both texts, the probability that it has no partner.
    pub(crate) free: (Vec<f64>, Vec<f64>),
    /// Whether the beads, in order, are two-sided.
    pub(crate) matched: Vec<bool>,
}

/// Gap probabilities from beads in order, of which is said whether they are two-sided; runs of more
/// than a dozen one-sided ones belong to the long state.
pub(crate) fn learned_gaps(matched: &[bool], params: &Params, long_open: f64) -> GapModel {
    let (mut opened, mut two_sided, mut extended, mut closed) = (0.0, 0.0, 0.0, 0.0);
    for run in matched.chunk_by(|x, y| x == y) {
        match run {
            [true, ..] => two_sided += run.len() as f64,
            gap if gap.len() <= 12 => {
                opened += 1.0;
                extended += (gap.len() - 1) as f64;
                closed += 1.0;
            }
            _ => {}
        }
    }
    let open = (opened + params.shape_count * params.gap_open) / (opened + two_sided + params.shape_count);
    let count = params.gap_extend_count;
    let extend = (extended + count * params.gap_extend) / (extended + closed + count);
    GapModel::new(open.clamp(0.001, 0.3), extend.clamp(0.05, 0.95), long_open, params.long_extend)
}

/// All two-sided beads with a posterior above one in a hundred.
pub(crate) fn training_beads(band: &Band, shapes: &[Shape], edges: &Edges) -> Vec<TrainingBead> {
    let mut out = Vec::new();
    for i in 0..band.rows() {
        let from = out.len();
        for (shape, &(n, m)) in shapes.iter().enumerate().skip(FIRST_MATCH) {
            for (j, &weight) in (band.low(i)..).zip(edges.row(band, i, shape)) {
                if weight > 0.01 {
                    let span = |from: usize, n: usize| (from as u32, (from + n) as u32);
                    out.push(TrainingBead { a: span(i, n), b: span(j, m), weight });
                }
            }
        }
        out[from..].sort_by_key(|bead| bead.b.0);
    }
    out
}

pub(crate) fn found(path: &[Step], shapes: &[Shape], band: &Band, edges: &Edges) -> Vec<Found> {
    path.iter()
        .map(|&(i, j, shape)| {
            let (n, m) = shapes[shape];
            let posterior = f64::from(edges.get(band, i, j, shape));
            Found { a: (i, i + n), b: (j, j + m), posterior }
        })
        .collect()
}

/// Sums of the posteriors of 1:0 and 0:1 over all places where they may stand.
pub(crate) fn free_units(band: &Band, columns: usize, edges: &Edges) -> (Vec<f64>, Vec<f64>) {
    let (mut of_a, mut of_b) = (Vec::with_capacity(band.rows()), vec![0f64; columns + 1]);
    for i in 0..band.rows() {
        of_a.push(edges.row(band, i, 0).iter().map(|&p| f64::from(p)).sum());
        of_b[band.low(i)..].iter_mut().zip(edges.row(band, i, 1)).for_each(|(b, &p)| *b += f64::from(p));
    }
    of_a.pop();
    of_b.pop();
    (of_a, of_b)
}

pub(crate) fn likely_nodes(band: &Band, nodes: &[f32]) -> Vec<NodePosterior> {
    (0..band.rows())
        .flat_map(|i| (band.low(i)..=band.high(i)).map(move |j| (i, j)))
        .zip(nodes)
        .filter(|(_, p)| **p >= 0.1)
        .map(|((i, j), &p)| (i, j, p))
        .collect()
}
