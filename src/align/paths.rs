//! A lattice of beads over a band: its nodes, and which of them an edge joins.

use super::band::Band;
use super::gap::Shape;

/// A lattice over a band; `shapes` begin with 1:0 and 0:1.
#[derive(Debug)]
pub(crate) struct Lattice<'l> {
    pub(crate) band: &'l Band,
    pub(crate) shapes: &'l [Shape],
    /// Segments of the second text.
    pub(crate) columns: usize,
}

#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) enum Direction {
    Forward,
    Backward,
}

/// The columns of a row that have a neighbour by one shape, all positions counted from the first
/// column of their row.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Span {
    pub(super) from: usize,
    pub(super) to: usize,
    /// The neighbours' row.
    pub(super) row: usize,
    /// The first neighbour.
    pub(super) neighbour: usize,
}

impl Span {
    /// The part of it that lies in some columns.
    pub(super) fn within(&self, columns: &std::ops::Range<usize>) -> Self {
        let from = self.from.max(columns.start).min(self.to);
        let to = self.to.min(columns.end).max(from);
        Self { from, to, neighbour: self.neighbour + (from - self.from), ..*self }
    }

    /// The neighbours.
    pub(super) fn others(&self) -> std::ops::Range<usize> {
        self.neighbour..self.neighbour + (self.to - self.from)
    }
}

impl Lattice<'_> {
    /// Which columns of row `i` an edge of this shape leads to, and from where.
    pub(super) fn arrivals(&self, i: usize, shape: Shape) -> Span {
        self.span(Direction::Forward, i, shape)
    }

    /// Which columns of row `i` have a neighbour by a shape, and where.
    pub(super) fn span(&self, direction: Direction, i: usize, (n, m): Shape) -> Span {
        let band = self.band;
        let row = match direction {
            Direction::Forward => i.checked_sub(n),
            Direction::Backward => Some(i + n).filter(|&r| r < band.rows()),
        };
        let Some(row) = row else { return Span::default() };
        let (low, high) = (band.low(row), band.high(row));
        // The columns that the row's neighbours lead to, end excluded.
        let (from, to) = match direction {
            Direction::Forward => (low + m, high + m + 1),
            Direction::Backward => (low.saturating_sub(m), (high + 1).saturating_sub(m)),
        };
        let (from, to) = (from.max(band.low(i)), to.min(band.high(i) + 1));
        if from >= to {
            return Span::default();
        }
        let neighbour = match direction {
            Direction::Forward => from - m - low,
            Direction::Backward => from + m - low,
        };
        Span { from: from - band.low(i), to: to - band.low(i), row, neighbour }
    }
}
