//! The lattice of beads: forward–backward for posteriors, and best paths.
//!
//! Nodes (i, j) are "so many segments consumed on each side"; edges are beads. Each node has three
//! states: after a two-sided bead, inside a gap, inside a long gap.
//!
//! A sum over all paths to a node (or from it) is kept as a logarithm, the largest term, and three
//! factors, one a state; so a step needs one exponential an edge and no logarithm. The forward sums
//! of the first half of the rows and the backward sums of the second are computed at the same time;
//! where they meet they give the likelihood, and each then runs on through the other's half, where
//! the posteriors come out on the way. So two threads share the work, only one of the two sums is
//! ever stored for a node, and the result is the same for any number of threads.

use super::edges::{Edges, of_row};
use super::gap::{FIRST_MATCH, GapModel};
use super::math::{exp, ln};
use super::paths::{Direction, Span};
use super::recursion::{NEVER, Pass, Row};

pub(crate) use super::paths::Lattice;

/// A step of a path: node and shape.
pub(crate) type Step = (usize, usize, usize);

impl Lattice<'_> {
    fn rows(&self) -> usize {
        self.band.rows() - 1
    }

    /// Turns scores into the posterior probabilities of the edges (in place) and returns those of
    /// the nodes and the log-likelihood, at `temperature`.
    pub(crate) fn posteriors(&self, edges: &mut Edges, gaps: &GapModel, temperature: f64) -> (Vec<f32>, f64) {
        let (band, shapes) = (self.band, self.shapes.len());
        let mut nodes = vec![1f32; band.nodes()];
        if self.rows() == 0 {
            // Additions alone: one path.
            edges.values.iter_mut().for_each(|p| *p = f32::from(u8::from(*p > f32::NEG_INFINITY)));
            return (nodes, 0.0);
        }
        let gaps = gaps.tempered(temperature);
        let reach = self.shapes.iter().map(|s| s.0).max().unwrap_or(1);
        // The last row of the first half: about half of the nodes.
        let middle =
            (0..self.rows() - 1).find(|&i| 2 * band.offset(i + 1) >= band.nodes()).unwrap_or(self.rows() - 1);
        let mut forward = Pass::new(self, Direction::Forward, &gaps, temperature);
        let mut backward = Pass::new(self, Direction::Backward, &gaps, temperature);
        let scores = |i: usize| of_row(&edges.values, band, i, shapes);
        crate::par::join(
            || (0..=middle).for_each(|i| forward.step(i, scores)),
            || (middle + 1..band.rows()).rev().for_each(|i| backward.step(i, scores)),
        );
        let z = self.meeting(&forward.rows, &backward.rows, edges, temperature, middle);
        // Each pass hands the sums of its half to the other, and keeps what the next steps look at.
        let near = (middle + 1).saturating_sub(reach);
        let far = (middle + 1 + reach).min(band.rows());
        let mut above = handed_over(&mut forward.rows[..=middle], near..middle + 1);
        let mut below = handed_over(&mut backward.rows[middle + 1..], 0..far - middle - 1);
        let crossing = edges.values[band.offset(near) * shapes..band.offset(middle + 1) * shapes].to_vec();
        let split = band.offset(middle + 1);
        let (upper, lower) = edges.values.split_at_mut(split * shapes);
        let (upper_nodes, lower_nodes) = nodes.split_at_mut(split);
        crate::par::join(
            || {
                for i in (0..=middle).rev() {
                    backward.step(i, |r| of_row(upper, band, r, shapes));
                    let width = band.width(i);
                    let row = &mut upper[band.offset(i) * shapes..band.offset(i + 1) * shapes];
                    row.fill(0.0);
                    let write = |shape: usize, _: Span, span: Span, values: &[f64]| {
                        let cells = &mut row[shape * width..][span.from..span.to];
                        cells.iter_mut().zip(values).for_each(|(cell, &p)| *cell = p.min(1.0) as f32);
                    };
                    let met = std::mem::take(&mut above[i]);
                    let nodes = &mut upper_nodes[band.offset(i)..band.offset(i + 1)];
                    backward.posteriors(i, &met, z, write, nodes);
                    if let Some(done) = backward.rows.get_mut(i + reach) {
                        *done = Row::default();
                    }
                }
            },
            || {
                for i in middle + 1..band.rows() {
                    let at =
                        |r: usize| (band.offset(r) - split) * shapes..(band.offset(r + 1) - split) * shapes;
                    forward.step(i, |r| match r > middle {
                        true => &lower[at(r)],
                        false => {
                            let start = band.offset(near);
                            &crossing
                                [(band.offset(r) - start) * shapes..(band.offset(r + 1) - start) * shapes]
                        }
                    });
                    let write = |shape: usize, whole: Span, span: Span, values: &[f64]| {
                        if span.row > middle {
                            let cells = &mut lower[at(span.row)][shape * band.width(span.row)..];
                            cells[whole.others()].fill(0.0);
                            let cells = &mut cells[span.others()];
                            cells.iter_mut().zip(values).for_each(|(cell, &p)| *cell = p.min(1.0) as f32);
                        }
                    };
                    let nodes = &mut lower_nodes[band.offset(i) - split..band.offset(i + 1) - split];
                    let met = std::mem::take(&mut below[i - middle - 1]);
                    forward.posteriors(i, &met, z, write, nodes);
                    if let Some(done) = i.checked_sub(reach).and_then(|r| forward.rows.get_mut(r)) {
                        *done = Row::default();
                    }
                }
                lower.iter_mut().filter(|p| **p == f32::NEG_INFINITY).for_each(|p| *p = 0.0);
            },
        );
        (nodes, z)
    }

    /// The log-likelihood: the sum over all edges that lead from the first `middle` rows to the rest.
    fn meeting(&self, above: &[Row], below: &[Row], edges: &Edges, temperature: f64, middle: usize) -> f64 {
        let mut terms: Vec<(f64, f64)> = Vec::new();
        for (i, a) in above.iter().enumerate().take(middle + 1) {
            for (shape, &(n, m)) in self.shapes.iter().enumerate().filter(|(_, s)| i + s.0 > middle) {
                let span = self.span(Direction::Backward, i, (n, m));
                let scores = &edges.row(self.band, i, shape)[span.from..span.to];
                for ((k, y), &score) in (span.from..span.to).zip(span.others()).zip(scores) {
                    let b = &below[span.row];
                    let through = |s: usize| f64::from(a.state[s][k]) * f64::from(b.state[s][y]);
                    let factor = if shape < FIRST_MATCH { through(1) + through(2) } else { through(0) };
                    terms.push((temperature * f64::from(score) + a.log[k] + b.log[y], factor));
                }
            }
        }
        let top = terms.iter().fold(NEVER, |top, term| top.max(term.0));
        top + ln(terms.iter().map(|(log, factor)| exp(log - top) * factor).sum())
    }
}

/// The rows, taken out but for `kept`, which stay as well.
fn handed_over(rows: &mut [Row], kept: std::ops::Range<usize>) -> Vec<Row> {
    let take = |(i, row): (usize, &mut Row)| {
        if kept.contains(&i) { row.clone() } else { std::mem::take(row) }
    };
    rows.iter_mut().enumerate().map(take).collect()
}

#[cfg(test)]
// What the functions of `math` are compared with.
#[allow(clippy::disallowed_methods)]
mod tests {
    use super::*;
    use crate::align::band::Band;
    use crate::align::gap::Shape;
    use proptest::prelude::*;

    /// The edges of a band, computed row by row.
    fn filled(band: &Band, shapes: usize, fill: impl Fn(usize, &mut [f32]) + Sync) -> Edges {
        let rows: Vec<_> = (0..band.rows()).map(|i| i..i + 1).collect();
        Edges::fill(band, shapes, &rows, |rows, cells| fill(rows.start, cells))
    }

    /// All paths through a small lattice, one by one: the posterior of each edge and the likelihood.
    fn by_paths(band: &Band, shapes: &[Shape], edges: &Edges, gaps: &GapModel) -> (Vec<f64>, f64) {
        let (rows, columns) = (band.rows() - 1, band.high(band.rows() - 1));
        let mut weights = vec![0f64; band.nodes() * shapes.len()];
        let mut total = 0.0;
        let mut open = vec![(0usize, 0usize, 0usize, 0f64, Vec::<usize>::new())];
        while let Some((i, j, state, log, path)) = open.pop() {
            if (i, j) == (rows, columns) {
                total += log.exp();
                path.iter().for_each(|&e| weights[e] += log.exp());
                continue;
            }
            for (shape, &(n, m)) in shapes.iter().enumerate() {
                if band.node(i + n, j + m).is_none() {
                    continue;
                }
                let score = f64::from(edges.get(band, i, j, shape));
                let edge = band.offset(i) * shapes.len() + shape * band.width(i) + j - band.low(i);
                let mut step = |to: usize, move_: f64| {
                    let path = path.iter().copied().chain([edge]).collect();
                    open.push((i + n, j + m, to, log + score + move_, path));
                };
                if shape >= FIRST_MATCH {
                    step(0, if state == 0 { gaps.open[0] } else { gaps.close[state] });
                } else {
                    match state {
                        0 => (1..3).for_each(|s| step(s, gaps.open[s])),
                        s => step(s, gaps.extend[s]),
                    }
                }
            }
        }
        (weights.into_iter().map(|w| w / total).collect(), total.ln())
    }

    const SHAPES: [Shape; 5] = [(1, 0), (0, 1), (1, 1), (1, 2), (2, 1)];

    proptest! {
        #[test]
        fn posteriors_are_those_of_all_paths(
            scores in prop::collection::vec(-30f32..10.0, 20 * 5),
            (low, high) in (prop::collection::vec(0u32..4, 4), prop::collection::vec(0u32..4, 4)),
        ) {
            let band = Band::new(low, high.iter().map(|h| *h.min(&3)).collect(), 3);
            let edges = filled(&band, 5, |i, row| {
                let width = band.width(i);
                for (k, cell) in row.iter_mut().enumerate() {
                    let (shape, j) = (k / width, band.low(i) + k % width);
                    if band.node(i + SHAPES[shape].0, j + SHAPES[shape].1).is_some() {
                        *cell = scores[(i * 4 + j) * 5 + shape];
                    }
                }
            });
            let gaps = GapModel::new(0.02, 0.6, 1e-4, 0.99);
            let (expected, likelihood) = by_paths(&band, &SHAPES, &edges, &gaps);
            let mut edges = edges;
            let lattice = Lattice { band: &band, shapes: &SHAPES, columns: 3 };
            let (nodes, z) = lattice.posteriors(&mut edges, &gaps, 1.0);
            prop_assert!((z - likelihood).abs() < 1e-5 * likelihood.abs().max(1.0), "{z} {likelihood}");
            for (edge, (p, q)) in edges.values.iter().zip(&expected).enumerate() {
                prop_assert!((f64::from(*p) - q).abs() < 1e-5, "{edge}: {p} {q}");
            }
            prop_assert!((nodes[0] - 1.0).abs() < 1e-5 && (nodes[band.nodes() - 1] - 1.0).abs() < 1e-5);
        }
    }

    #[test]
    fn long_gaps_and_unlikely_stretches_keep_their_digits() {
        // A thousand segments of which the second text lacks all but the first and the last.
        let band = Band::full(1000, 2);
        let edges = filled(&band, 5, |i, row| {
            for (k, cell) in row.iter_mut().enumerate() {
                let (shape, j) = (k / 3, k % 3);
                let good = shape == 2 && (i, j) == (0, 0) || (i, j) == (999, 1);
                if band.node(i + SHAPES[shape].0, j + SHAPES[shape].1).is_some() {
                    *cell = if shape < 2 {
                        -1.0
                    } else if good {
                        30.0
                    } else {
                        -500.0
                    };
                }
            }
        });
        let mut edges = edges;
        let lattice = Lattice { band: &band, shapes: &SHAPES, columns: 2 };
        let gaps = GapModel::new(0.02, 0.6, 1e-4, 0.99);
        let (nodes, z) = lattice.posteriors(&mut edges, &gaps, 1.0);
        let expected =
            2.0 * 30.0 - 998.0 + 1e-4f64.ln() + 997.0 * 0.99f64.ln() + 0.01f64.ln() + (0.98f64 - 1e-4).ln();
        assert!((z - expected).abs() < 0.01, "{z} {expected}");
        assert!(edges.get(&band, 0, 0, 2) > 0.99 && edges.get(&band, 500, 1, 0) > 0.99);
        assert!(nodes.iter().all(|p| p.is_finite()));
    }

    /// A 2×2 lattice of 1:1, 1:0 and 0:1 where 1:1 on the diagonal is good.
    fn diagonal(score: f32) -> Vec<Step> {
        let band = Band::full(2, 2);
        let shapes = [(1, 0), (0, 1), (1, 1)];
        let mut edges = filled(&band, 3, |i, row| {
            for (k, cell) in row.iter_mut().enumerate() {
                let (shape, j) = (k / 3, k % 3);
                if i + shapes[shape].0 <= 2 && j + shapes[shape].1 <= 2 {
                    let good = if i == j { score } else { -score };
                    *cell = if shape == 2 { good } else { 0.0 };
                }
            }
        });
        let lattice = Lattice { band: &band, shapes: &shapes, columns: 2 };
        lattice.posteriors(&mut edges, &GapModel::new(0.02, 0.6, 1e-4, 0.99), 1.0);
        lattice.decode(&edges, 0.4)
    }

    #[test]
    fn the_best_path_follows_the_posteriors() {
        assert_eq!(diagonal(5.0), [(0, 0, 2), (1, 1, 2)]);
        assert!(diagonal(-20.0).iter().all(|s| s.2 != 2 || s.0 != s.1));
    }
}
