//! The scores of all edges of a lattice: the sum of all evidence for each bead.
//!
//! Rows of nodes are scored in blocks. Inside a block each span says once what it predicts of each
//! unit of the other text; the score of a bead is a sum of such cells. For one row and shape all
//! columns are computed side by side. Everything is counted from the start of the two stretches that
//! are scored.

use std::ops::Range;

use crate::align::band::Band;
use crate::align::edges::Edges;
use crate::align::gap::{FIRST_MATCH, Shape};
use crate::align::translation::evidence::boundary::Boundaries;
use crate::align::translation::evidence::length::LengthEvidence;
use crate::align::translation::evidence::marks::{MarkModel, SpanMarks};
use crate::align::translation::evidence::similarity::{Products, SimilarityEvidence};
use crate::align::translation::evidence::spans::{Predictor, Scratch};

/// A block of rows has at least this many, and goes on ...
const MIN_ROWS: usize = 32;
/// ... until it has so many nodes ...
const ENOUGH_NODES: usize = 8192;
/// ... or so many rows.
const MAX_ROWS: usize = 256;

/// The marks of the spans of both sides, by number of units and start, with what is learned.
#[derive(Debug)]
pub(crate) struct MarkEvidence<'m> {
    pub(crate) model: &'m MarkModel,
    pub(crate) a: Vec<Vec<SpanMarks>>,
    pub(crate) b: Vec<Vec<SpanMarks>>,
    pub(crate) weight: f32,
}

/// All evidence about two stretches of the texts.
#[derive(Debug)]
pub(crate) struct Scorer<'m> {
    /// The first units of the stretches.
    pub(crate) origin: (usize, usize),
    pub(crate) shapes: &'m [Shape],
    /// Log probabilities of the shapes.
    pub(crate) priors: &'m [f64],
    pub(crate) lengths: LengthEvidence,
    pub(crate) length_weight: f32,
    pub(crate) boundaries: &'m Boundaries,
    pub(crate) marks: Option<MarkEvidence<'m>>,
    /// The first text speaks of the second, and the second of the first.
    pub(crate) lexical: (Predictor<'m>, Predictor<'m>),
    pub(crate) lexicon_weight: f32,
    /// What vectors of meaning say, where forward are any.
    pub(crate) similarity: Option<SimilarityEvidence<'m>>,
}

/// Rows of cells of different widths, several to a row: one for each number of units of a span.
#[derive(Debug, Default)]
struct Cells {
    /// First column and width of each row, and where it starts.
    rows: Vec<(usize, usize, usize)>,
    values: Vec<f32>,
}

impl Cells {
    fn new(rows: impl Iterator<Item = Range<usize>>, reach: usize) -> Self {
        let mut total = 0;
        let rows = rows
            .map(|columns| {
                let start = total;
                total += columns.len() * reach;
                (columns.start, columns.len(), start)
            })
            .collect();
        Self { rows, values: vec![0.0; total] }
    }

    /// The cells of `row` for spans of `n` units from column `from` on.
    fn row(&self, row: usize, n: usize, from: usize) -> &[f32] {
        let (low, width, start) = self.rows[row];
        &self.values[start + (n - 1) * width..][..width][from - low..]
    }

    fn row_mut(&mut self, row: usize, n: usize) -> &mut [f32] {
        let (_, width, start) = self.rows[row];
        &mut self.values[start + (n - 1) * width..][..width]
    }

    fn columns(&self, row: usize) -> Range<usize> {
        let (low, width, _) = self.rows[row];
        low..low + width
    }

    fn set(&mut self, row: usize, n: usize, column: usize, value: f32) {
        let (low, width, start) = self.rows[row];
        self.values[start + (n - 1) * width + column - low] = value;
    }
}

/// What is computed once for a block of rows.
struct Block {
    rows: Range<usize>,
    /// Spans from each row's unit on, against units of the second text.
    forward: Cells,
    /// Spans of the second text from each column on, against the units of the first in order.
    backward: Cells,
    /// Products of vectors.
    products: Products,
}

impl Scorer<'_> {
    /// The scores of all edges of a band over the two stretches.
    pub(crate) fn edges(&self, band: &Band) -> Edges {
        let mut blocks: Vec<Range<usize>> = Vec::new();
        let mut from = 0;
        for i in 1..=band.rows() {
            let (rows, nodes) = (i - from, band.offset(i) - band.offset(from));
            if i == band.rows() || rows >= MAX_ROWS || (rows >= MIN_ROWS && nodes >= ENOUGH_NODES) {
                blocks.push(from..i);
                from = i;
            }
        }
        Edges::fill(band, self.shapes.len(), &blocks, |rows, out| self.block(band, rows, out))
    }

    fn block(&self, band: &Band, rows: Range<usize>, out: &mut [f32]) {
        let similarity = self.similarity.map(|s| s.products(band, &rows, self.reach().0));
        let block = Block {
            forward: self.forward(band, &rows),
            backward: self.backward(band, &rows),
            rows: rows.clone(),
            products: similarity.unwrap_or_default(),
        };
        let mut buffers = Buffers::default();
        let mut rest = out;
        for i in rows {
            let (row, more) = rest.split_at_mut(band.width(i) * self.shapes.len());
            self.row(band, &block, i, row, &mut buffers);
            rest = more;
        }
    }

    /// The most units of a bead on each side.
    fn reach(&self) -> (usize, usize) {
        let largest = |side: fn(&Shape) -> usize| self.shapes.iter().map(side).max().unwrap_or(1);
        (largest(|s| s.0), largest(|s| s.1))
    }

    fn forward(&self, band: &Band, rows: &Range<usize>) -> Cells {
        let (reach, _) = self.reach();
        let units = band.rows() - 1;
        let columns = |i: usize| band.low(i)..band.high((i + reach).min(units));
        let mut cells = Cells::new(rows.clone().map(columns), reach);
        let mut scratch = self.lexical.0.scratch();
        for i in rows.start..rows.end.min(units) {
            let row = i - rows.start;
            let columns = cells.columns(row);
            self.lexical.0.cells(i, reach.min(units - i), &columns, &mut scratch, |n, scores| {
                cells.row_mut(row, n).copy_from_slice(scores);
            });
        }
        cells
    }

    fn backward(&self, band: &Band, rows: &Range<usize>) -> Cells {
        let (reach_a, reach_b) = self.reach();
        let units = band.rows() - 1;
        let width = band.high(units);
        let last = rows.end - 1;
        // Each unit takes part in beads that start up to `reach_a` − 1 rows before it.
        let columns = |i: usize| {
            let first = (i + 1).saturating_sub(reach_a).max(rows.start);
            band.low(first)..band.high(i.min(last)) + 1
        };
        let mut cells = Cells::new((rows.start..(last + reach_a).min(units)).map(columns), reach_b);
        let mut scratch: Scratch = self.lexical.1.scratch();
        let (mut first_row, mut end_row) = (rows.start, rows.start);
        for j in band.low(rows.start)..(band.high(last) + 1).min(width) {
            while first_row < rows.end && band.high(first_row) < j {
                first_row += 1;
            }
            while end_row < rows.end && band.low(end_row) <= j {
                end_row += 1;
            }
            let reached = first_row..(end_row + reach_a - 1).min(units);
            if first_row >= end_row || reached.is_empty() {
                continue;
            }
            self.lexical.1.cells(j, reach_b.min(width - j), &reached, &mut scratch, |m, scores| {
                for (i, &score) in reached.clone().zip(scores) {
                    cells.set(i - rows.start, m, j, score);
                }
            });
        }
        cells
    }

    /// The scores of all edges from row `i`.
    fn row(&self, band: &Band, block: &Block, i: usize, out: &mut [f32], buffers: &mut Buffers) {
        let (width, low, high) = (band.width(i), band.low(i), band.high(i));
        let (unit_a, unit_b) = (self.origin.0 + i, self.origin.1);
        let units = band.rows() - 1;
        let (reach, _) = self.reach();
        let from_here = i - block.rows.start;
        buffers.openings.resize(width, 0.0);
        if i < units {
            let starts = low..(high + 1).min(band.high(units));
            let starts = unit_b + starts.start..unit_b + starts.end;
            self.boundaries.openings(unit_a, starts, &mut buffers.openings);
        }
        for n in 1..=reach.min(units - i) {
            let lasts = low..band.high(i + n);
            let ends = buffers.endings(n);
            ends.resize(lasts.len(), 0.0);
            let lasts = unit_b + lasts.start..unit_b + lasts.end;
            self.boundaries.endings(unit_a + n - 1, lasts, ends);
        }
        for (shape, (cells, &(n, m))) in out.chunks_exact_mut(width).zip(self.shapes).enumerate() {
            if i + n > units {
                continue;
            }
            let from = low.max(band.low(i + n).saturating_sub(m));
            let to = (high + 1).min((band.high(i + n) + 1).saturating_sub(m));
            if from >= to {
                continue;
            }
            let cells = &mut cells[from - low..to - low];
            let prior = self.priors[shape] as f32;
            if shape < FIRST_MATCH {
                let edge = |k: usize| match m {
                    0 => self.boundaries.alone_a(unit_a),
                    _ => self.boundaries.alone_b(unit_b + from + k),
                };
                cells.iter_mut().enumerate().for_each(|(k, cell)| *cell = prior + edge(k));
                continue;
            }
            self.lexical(block, (from_here, n), (from, m), cells, buffers);
            let of_a = prior + self.boundaries.span_a(unit_a, n);
            let openings = &buffers.openings[from - low..];
            let endings = &buffers.endings[n - 1][from + m - 1 - low..];
            for (((cell, j), opening), ending) in cells.iter_mut().zip(from..).zip(openings).zip(endings) {
                *cell += of_a + self.boundaries.span_b(unit_b + j, m) + opening + ending;
            }
            self.lengths.add((i, n), (from, m), self.length_weight, cells);
            if let Some(similarity) = &self.similarity {
                similarity.add(&block.products, (i, n), (from, m), cells);
            }
            if let Some(marks) = &self.marks {
                let a = &marks.a[n - 1][i];
                for (cell, b) in cells.iter_mut().zip(&marks.b[m - 1][from..]) {
                    *cell += marks.weight * marks.model.score(a, b);
                }
            }
        }
    }

    /// Writes the lexical scores of the beads of `n` units from a row of the block with `m` units
    /// from `from` and each following column.
    fn lexical(
        &self,
        block: &Block,
        (row, n): (usize, usize),
        (from, m): (usize, usize),
        out: &mut [f32],
        buffers: &mut Buffers,
    ) {
        let (forward, backward) = (&mut buffers.forward, &mut buffers.backward);
        for (sums, row) in [
            (&mut *forward, block.forward.row(row, n, from)),
            (&mut *backward, block.backward.row(row, m, from)),
        ] {
            sums.clear();
            sums.extend_from_slice(&row[..out.len()]);
        }
        for k in 1..m {
            add(forward, block.forward.row(row, n, from + k));
        }
        for k in 1..n {
            add(backward, block.backward.row(row + k, m, from));
        }
        for ((cell, &forward), &backward) in out.iter_mut().zip(&*forward).zip(&*backward) {
            let less = if forward < backward { forward } else { backward };
            *cell = self.lexicon_weight * (0.25 * (forward + backward) + 0.5 * less);
        }
    }
}

fn add(sums: &mut [f32], more: &[f32]) {
    sums.iter_mut().zip(more).for_each(|(sum, x)| *sum += x);
}

/// Working memory for one row.
#[derive(Default)]
struct Buffers {
    forward: Vec<f32>,
    backward: Vec<f32>,
    openings: Vec<f32>,
    endings: Vec<Vec<f32>>,
}

impl Buffers {
    fn endings(&mut self, n: usize) -> &mut Vec<f32> {
        if self.endings.len() < n {
            self.endings.resize(n, Vec::new());
        }
        &mut self.endings[n - 1]
    }
}
