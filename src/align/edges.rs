//! A number for each edge of a lattice: its score, later its posterior probability.
//!
//! Row by row; in a row shape by shape; for a shape column by column. So what is computed for all
//! columns of a row at once lies side by side.

use std::ops::Range;

use super::band::Band;
use super::gap::Shape;
use crate::par::prelude::*;

/// Values of all edges of a band. An edge stands at the node where it starts.
#[derive(Debug)]
pub(crate) struct Edges {
    pub(super) values: Vec<f32>,
    pub(super) shapes: usize,
}

/// The part of an edge's row that belongs to one row of nodes.
pub(super) fn of_row<'e>(values: &'e [f32], band: &Band, i: usize, shapes: usize) -> &'e [f32] {
    &values[band.offset(i) * shapes..band.offset(i + 1) * shapes]
}

impl Edges {
    /// Computes blocks of neighbouring rows by `fill`, which is given their numbers and `shapes` times as many
    /// cells as they have nodes, all negative infinity; edges that leave the band stay so.
    pub(crate) fn fill(
        band: &Band,
        shapes: usize,
        blocks: &[Range<usize>],
        fill: impl Fn(Range<usize>, &mut [f32]) + Sync,
    ) -> Self {
        let mut values = vec![f32::NEG_INFINITY; band.nodes() * shapes];
        let mut parts: Vec<(Range<usize>, &mut [f32])> = Vec::with_capacity(blocks.len());
        let mut rest = values.as_mut_slice();
        for rows in blocks {
            let nodes = band.offset(rows.end) - band.offset(rows.start);
            let (part, more) = rest.split_at_mut(nodes * shapes);
            parts.push((rows.clone(), part));
            rest = more;
        }
        parts.into_par_iter().for_each(|(rows, part)| fill(rows, part));
        Self { values, shapes }
    }

    /// Closes every edge that passes one of `nodes` by, on scores: it starts before the node on one side
    /// and ends behind it on one.
    pub(crate) fn close_around(&mut self, band: &Band, shapes: &[Shape], nodes: &[(usize, usize)]) {
        let reach = shapes.iter().map(|s| s.0).max().unwrap_or(0);
        for &(i, j) in nodes {
            for x in i.saturating_sub(reach)..(i + 1).min(band.rows()) {
                let (low, width, first) = (band.low(x), band.width(x), band.offset(x) * self.shapes);
                for (shape, &(n, m)) in shapes.iter().enumerate() {
                    let cells = &mut self.values[first + shape * width..][..width];
                    for (y, cell) in (low..).zip(cells) {
                        let (before, behind) = (x + n <= i && y + m <= j, x >= i && y >= j);
                        if !before && !behind {
                            *cell = f32::NEG_INFINITY;
                        }
                    }
                }
            }
        }
    }

    /// The values of one shape from all nodes of row `i`.
    pub(crate) fn row(&self, band: &Band, i: usize, shape: usize) -> &[f32] {
        let width = band.width(i);
        &of_row(&self.values, band, i, self.shapes)[shape * width..(shape + 1) * width]
    }

    /// The value of one edge; 0 outside of the band.
    pub(crate) fn get(&self, band: &Band, i: usize, j: usize, shape: usize) -> f32 {
        let inside = band.node(i, j).is_some();
        if inside { self.row(band, i, shape)[j - band.low(i)] } else { 0.0 }
    }

    /// The values of each shape summed over all nodes.
    pub(crate) fn sums(&self, band: &Band) -> Vec<f64> {
        let mut sums = vec![0f64; self.shapes];
        for i in 0..band.rows() {
            for (shape, sum) in sums.iter_mut().enumerate() {
                *sum += self.row(band, i, shape).iter().map(|&p| f64::from(p)).sum::<f64>();
            }
        }
        sums
    }
}
