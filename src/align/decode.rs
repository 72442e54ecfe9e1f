//! The best path through a lattice by minimum Bayes risk.

use super::edges::Edges;
use super::gap::FIRST_MATCH;
use super::lattice::{Lattice, Step};
use super::recursion::ADDITION;

/// Two-sided beads less likely than this are never decoded: rather nothing than anything.
const MIN_POSTERIOR: f32 = 1e-3;

/// No path leads here.
const NEVER: f64 = f64::NEG_INFINITY;

impl Lattice<'_> {
    /// The path with the largest sum of posterior − `threshold` over its two-sided beads, and half of
    /// that over its one-sided ones.
    pub(crate) fn decode(&self, posteriors: &Edges, threshold: f64) -> Vec<Step> {
        let band = self.band;
        let rows = band.rows();
        let reach = self.shapes.iter().map(|s| s.0).max().unwrap_or(1);
        let mut best: Vec<Vec<f64>> = vec![Vec::new(); rows];
        let mut back = vec![u8::MAX; band.nodes()];
        for i in 0..rows {
            let width = band.width(i);
            let mut row = vec![NEVER; width];
            let back = &mut back[band.offset(i)..band.offset(i + 1)];
            if i == 0 {
                row[0] = 0.0;
            }
            for (shape, &(n, m)) in self.shapes.iter().enumerate() {
                if shape == ADDITION || n > i {
                    continue;
                }
                let span = self.arrivals(i, (n, m));
                let before = &best[span.row][span.others()];
                let edges = &posteriors.row(band, span.row, shape)[span.others()];
                let cells = row[span.from..span.to].iter_mut().zip(&mut back[span.from..span.to]);
                for (((cell, back), &best), &p) in cells.zip(before).zip(edges) {
                    let gain = f64::from(p) - threshold;
                    let gain = match shape < FIRST_MATCH {
                        true => 0.5 * gain,
                        false if p < MIN_POSTERIOR => NEVER,
                        false => gain,
                    };
                    if best + gain > *cell {
                        *cell = best + gain;
                        *back = shape as u8;
                    }
                }
            }
            let additions = posteriors.row(band, i, ADDITION);
            for k in 1..width {
                let total = row[k - 1] + 0.5 * (f64::from(additions[k - 1]) - threshold);
                if total > row[k] {
                    row[k] = total;
                    back[k] = ADDITION as u8;
                }
            }
            best[i] = row;
            if let Some(done) = i.checked_sub(reach) {
                best[done] = Vec::new();
            }
        }
        let (mut i, mut j) = (rows - 1, self.columns);
        let mut path = Vec::new();
        loop {
            let shape = band.node(i, j).map_or(usize::MAX, |x| back[x] as usize);
            let Some(&(n, m)) = self.shapes.get(shape) else { break };
            i -= n;
            j -= m;
            path.push((i, j, shape));
        }
        path.reverse();
        path
    }
}
