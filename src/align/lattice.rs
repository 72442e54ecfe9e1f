//! The lattice of beads: forward–backward for posteriors, and best paths.
//!
//! Nodes (i, j) are "so many segments consumed on each side"; edges are beads. Each node has three
//! states: after a two-sided bead, inside a gap, inside a long gap. All sums are in log space.
//! Time and memory are linear in the nodes of the band.

use rayon::prelude::*;

use super::band::Band;
use super::gap::{FIRST_MATCH, GapModel, Shape};

const NEVER: f64 = f64::NEG_INFINITY;

/// Terms smaller than the largest by this many nats do not count.
const NEGLIGIBLE: f64 = 36.0;

/// Two-sided beads less likely than this are never decoded: rather nothing than anything.
const MIN_POSTERIOR: f32 = 1e-3;

fn log_add(a: f64, b: f64) -> f64 {
    let (high, low) = if a > b { (a, b) } else { (b, a) };
    if low == NEVER || high - low > NEGLIGIBLE { high } else { high + (low - high).exp().ln_1p() }
}

/// ln Σ exp of the first `n` terms.
fn log_sum(terms: &[f64], largest: f64) -> f64 {
    match terms {
        [] => NEVER,
        [one] => *one,
        _ => {
            let near = terms.iter().map(|t| t - largest).filter(|&d| d > -NEGLIGIBLE);
            largest + near.map(f64::exp).sum::<f64>().ln()
        }
    }
}

/// A lattice of scored beads. `scores` holds, node by node, the score of each shape that starts
/// there; negative infinity where it leaves the band.
#[derive(Debug)]
pub(crate) struct Lattice<'l> {
    pub(crate) band: &'l Band,
    pub(crate) shapes: &'l [Shape],
    /// Segments of the second text.
    pub(crate) columns: usize,
}

/// A step of a path: node and shape.
pub(crate) type Step = (usize, usize, usize);

impl Lattice<'_> {
    fn rows(&self) -> usize {
        self.band.rows() - 1
    }

    /// Turns `scores` into the posterior probabilities of the edges (in place) and returns those of
    /// the nodes and the log-likelihood, at `temperature`.
    pub(crate) fn posteriors(
        &self,
        scores: &mut [f32],
        gaps: &GapModel,
        temperature: f64,
    ) -> (Vec<f32>, f64) {
        let gaps = gaps.tempered(temperature);
        let (forward, backward) = rayon::join(
            || self.forward(scores, &gaps, temperature),
            || self.backward(scores, &gaps, temperature),
        );
        let (alpha, into_match) = forward;
        let end = self.band.nodes() - 1;
        let z = alpha[end].into_iter().fold(NEVER, log_add);
        let shapes = self.shapes.len();
        let mut nodes = vec![0f32; self.band.nodes()];
        let mut rows: Vec<(usize, &mut [f32], &mut [f32])> = Vec::with_capacity(self.band.rows());
        let (mut rest_scores, mut rest_nodes) = (scores, nodes.as_mut_slice());
        for i in 0..self.band.rows() {
            let width = self.band.offset(i + 1) - self.band.offset(i);
            let (row_scores, more_scores) = rest_scores.split_at_mut(width * shapes);
            let (row_nodes, more_nodes) = rest_nodes.split_at_mut(width);
            rows.push((i, row_scores, row_nodes));
            (rest_scores, rest_nodes) = (more_scores, more_nodes);
        }
        rows.into_par_iter().for_each(|(i, row_scores, row_nodes)| {
            for (k, (edges, node)) in row_scores.chunks_exact_mut(shapes).zip(row_nodes).enumerate() {
                let (j, x) = (self.band.low(i) + k, self.band.offset(i) + k);
                let (a, b) = (&alpha[x], &backward[x]);
                let through = (0..3).map(|s| a[s] + b[s]).fold(NEVER, log_add) - z;
                if !through.is_finite() || through < -30.0 {
                    edges.fill(0.0);
                    continue;
                }
                *node = through.exp() as f32;
                let short = log_add(a[0] + gaps.open[1], a[1] + gaps.extend[1]);
                let long = log_add(a[0] + gaps.open[2], a[2] + gaps.extend[2]);
                for (shape, (edge, &(n, m))) in edges.iter_mut().zip(self.shapes).enumerate() {
                    let score = std::mem::take(edge);
                    if score == f32::NEG_INFINITY {
                        continue;
                    }
                    let Some(y) = self.band.node(i + n, j + m) else { continue };
                    let b = &backward[y];
                    let path = if shape < FIRST_MATCH {
                        log_add(short + b[1], long + b[2])
                    } else {
                        into_match[x] + b[0]
                    };
                    let log = temperature * f64::from(score) + path - z;
                    if log > -30.0 {
                        *edge = log.exp().min(1.0) as f32;
                    }
                }
            }
        });
        (nodes, z)
    }

    /// Forward sums of each state, and of all states on their way into a match.
    fn forward(&self, scores: &[f32], gaps: &GapModel, temperature: f64) -> (Vec<[f64; 3]>, Vec<f64>) {
        let (nodes, shapes) = (self.band.nodes(), self.shapes.len());
        let mut alpha = vec![[NEVER; 3]; nodes];
        let mut into_match = vec![NEVER; nodes];
        let close =
            |a: &[f64; 3]| log_add(a[0] + gaps.open[0], log_add(a[1] + gaps.close[1], a[2] + gaps.close[2]));
        alpha[0] = [0.0, NEVER, NEVER];
        into_match[0] = gaps.open[0];
        let mut terms: Vec<f64> = Vec::with_capacity(shapes);
        for i in 0..=self.rows() {
            for j in self.band.low(i)..=self.band.high(i) {
                let x = self.band.offset(i) + j - self.band.low(i);
                if x == 0 {
                    continue;
                }
                terms.clear();
                let mut largest = NEVER;
                let (mut short, mut long) = (NEVER, NEVER);
                for (shape, &(n, m)) in self.shapes.iter().enumerate() {
                    if n > i || m > j {
                        continue;
                    }
                    let Some(y) = self.band.node(i - n, j - m) else { continue };
                    let score = scores[y * shapes + shape];
                    if score == f32::NEG_INFINITY {
                        continue;
                    }
                    let score = temperature * f64::from(score);
                    let a = &alpha[y];
                    if shape < FIRST_MATCH {
                        short = log_add(short, score + log_add(a[0] + gaps.open[1], a[1] + gaps.extend[1]));
                        long = log_add(long, score + log_add(a[0] + gaps.open[2], a[2] + gaps.extend[2]));
                    } else {
                        let term = score + into_match[y];
                        if term > NEVER {
                            terms.push(term);
                            largest = largest.max(term);
                        }
                    }
                }
                alpha[x] = [log_sum(&terms, largest), short, long];
                into_match[x] = close(&alpha[x]);
            }
        }
        (alpha, into_match)
    }

    /// Backward sums of each state.
    fn backward(&self, scores: &[f32], gaps: &GapModel, temperature: f64) -> Vec<[f64; 3]> {
        let (nodes, shapes) = (self.band.nodes(), self.shapes.len());
        let mut beta = vec![[NEVER; 3]; nodes];
        beta[nodes - 1] = [0.0; 3];
        let mut terms: Vec<f64> = Vec::with_capacity(shapes);
        for i in (0..=self.rows()).rev() {
            for j in (self.band.low(i)..=self.band.high(i)).rev() {
                let x = self.band.offset(i) + j - self.band.low(i);
                if x == nodes - 1 {
                    continue;
                }
                terms.clear();
                let mut largest = NEVER;
                let (mut short, mut long) = (NEVER, NEVER);
                for (shape, &(n, m)) in self.shapes.iter().enumerate() {
                    let score = scores[x * shapes + shape];
                    if score == f32::NEG_INFINITY {
                        continue;
                    }
                    let Some(y) = self.band.node(i + n, j + m) else { continue };
                    let score = temperature * f64::from(score);
                    if shape < FIRST_MATCH {
                        short = log_add(short, score + beta[y][1]);
                        long = log_add(long, score + beta[y][2]);
                    } else {
                        let term = score + beta[y][0];
                        if term > NEVER {
                            terms.push(term);
                            largest = largest.max(term);
                        }
                    }
                }
                let matched = log_sum(&terms, largest);
                let gap = log_add(short + gaps.open[1], long + gaps.open[2]);
                beta[x] = [
                    log_add(matched + gaps.open[0], gap),
                    log_add(matched + gaps.close[1], short + gaps.extend[1]),
                    log_add(matched + gaps.close[2], long + gaps.extend[2]),
                ];
            }
        }
        beta
    }

    /// Minimum Bayes risk: the path with the largest sum of posterior − `threshold` over its
    /// two-sided beads, and half of that over its one-sided ones.
    pub(crate) fn decode(&self, posteriors: &[f32], threshold: f64) -> Vec<Step> {
        let (nodes, shapes) = (self.band.nodes(), self.shapes.len());
        let mut best = vec![NEVER; nodes];
        let mut back = vec![u8::MAX; nodes];
        best[0] = 0.0;
        for i in 0..=self.rows() {
            for j in self.band.low(i)..=self.band.high(i) {
                let x = self.band.offset(i) + j - self.band.low(i);
                if best[x] == NEVER {
                    continue;
                }
                for (shape, &(n, m)) in self.shapes.iter().enumerate() {
                    let posterior = posteriors[x * shapes + shape];
                    if shape >= FIRST_MATCH && posterior < MIN_POSTERIOR {
                        continue;
                    }
                    let Some(y) = self.band.node(i + n, j + m) else { continue };
                    let gain = f64::from(posterior) - threshold;
                    let total = best[x] + if shape < FIRST_MATCH { 0.5 * gain } else { gain };
                    if total > best[y] {
                        best[y] = total;
                        back[y] = shape as u8;
                    }
                }
            }
        }
        let (mut i, mut j) = (self.rows(), self.columns);
        let mut path = Vec::new();
        loop {
            let shape = self.band.node(i, j).map_or(usize::MAX, |x| back[x] as usize);
            let Some(&(n, m)) = self.shapes.get(shape) else { break };
            i -= n;
            j -= m;
            path.push((i, j, shape));
        }
        path.reverse();
        path
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A 2×2 lattice of 1:1, 1:0 and 0:1 where 1:1 on the diagonal is good.
    fn lattice(score: f32) -> (Vec<f32>, f64, Vec<Step>) {
        let band = Band::full(2, 2);
        let shapes = [(1, 0), (0, 1), (1, 1)];
        let lattice = Lattice { band: &band, shapes: &shapes, columns: 2 };
        let mut scores = vec![f32::NEG_INFINITY; band.nodes() * 3];
        for i in 0..=2usize {
            for j in 0..=2usize {
                for (k, &(n, m)) in shapes.iter().enumerate() {
                    if i + n <= 2 && j + m <= 2 {
                        let good = if i == j { score } else { -score };
                        scores[(i * 3 + j) * 3 + k] = if k == 2 { good } else { 0.0 };
                    }
                }
            }
        }
        let (nodes, z) = lattice.posteriors(&mut scores, &GapModel::new(0.02, 0.6, 1e-4, 0.99), 1.0);
        assert!((nodes[0] - 1.0).abs() < 1e-5 && (nodes[8] - 1.0).abs() < 1e-5);
        let path = lattice.decode(&scores, 0.4);
        (scores, z, path)
    }

    #[test]
    fn posteriors_are_probabilities_and_follow_the_scores() {
        let (posteriors, z, path) = lattice(5.0);
        assert!(posteriors.iter().all(|p| (0.0..=1.0).contains(p)));
        assert!(posteriors[2] > 0.99 && z > 9.0);
        assert_eq!(path, [(0, 0, 2), (1, 1, 2)]);
        // Out of the first node leaves exactly one edge.
        assert!((posteriors[..3].iter().sum::<f32>() - 1.0).abs() < 1e-5);
        let (_, _, path) = lattice(-20.0);
        assert!(path.iter().all(|s| s.2 != 2 || s.0 != s.1));
    }
}
