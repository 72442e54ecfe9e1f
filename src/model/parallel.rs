//! Any number of witnesses, editions and translations together, in rows that correspond.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Confidence, Status};

/// Witnesses side by side. Invariants: every segment of every witness stands in exactly one row;
/// the rows follow the order of the first witness (what it lacks stands where the others have it);
/// a witness's cells that are not moved never go back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Parallel {
    /// The witnesses, in the order of the cells.
    pub sigla: Vec<String>,
    /// The rows.
    pub rows: Vec<ParallelRow>,
}

impl Parallel {
    /// For each column, the row of each of its segments (both counted from 0).
    pub fn rows_by_segment(&self) -> Vec<Vec<usize>> {
        let of_column = |column: usize| {
            let segments = || self.rows.iter().map(|row| &row.cells[column].segments);
            let mut rows = vec![0; segments().map(|s| s.end).max().unwrap_or(0)];
            segments().enumerate().for_each(|(row, s)| rows[s.clone()].fill(row));
            rows
        };
        (0..self.sigla.len()).map(of_column).collect()
    }
}

/// What the witnesses have at one place.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ParallelRow {
    /// One for each witness.
    pub cells: Vec<ParallelCell>,
}

/// What one witness has in a row.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ParallelCell {
    /// Its segments, 0-based, half-open; empty for an omission, at the place where they would stand.
    pub segments: Range<usize>,
    /// Whether they stand in another order than in the first witness.
    pub moved: bool,
    /// How far the correspondence with the rest of the row can be trusted.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}
