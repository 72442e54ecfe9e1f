//! Any number of witnesses, editions and translations together, in rows that correspond.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::{Confidence, Status};

/// Witnesses side by side. Invariants: every segment of every witness stands in exactly one row (of a
/// collated witness every token does: its text is cut where the collation says); the rows follow the order
/// of the first witness (what it lacks stands where the others have it); a witness's cells that are not
/// moved never go back.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Parallel {
    /// The witnesses, in the order of the cells.
    pub sigla: Vec<String>,
    /// The rows.
    pub rows: Vec<ParallelRow>,
}

impl Parallel {
    /// For each column, the row of each of its segments (both counted from 0); of a segment that is cut,
    /// the row in which it begins.
    pub fn rows_by_segment(&self) -> Vec<Vec<usize>> {
        let of_column = |column: usize| {
            let segments = || self.rows.iter().map(|row| &row.cells[column].segments);
            let mut rows = vec![usize::MAX; segments().map(|s| s.end).max().unwrap_or(0)];
            for (row, range) in segments().enumerate() {
                rows[range.clone()].iter_mut().filter(|at| **at == usize::MAX).for_each(|at| *at = row);
            }
            rows.iter_mut().filter(|at| **at == usize::MAX).for_each(|at| *at = 0);
            rows
        };
        (0..self.sigla.len()).map(of_column).collect()
    }

    /// The column of a witness.
    pub fn column(&self, siglum: &str) -> Option<usize> {
        self.sigla.iter().position(|other| other == siglum)
    }
}

/// What the witnesses have at one place.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ParallelRow {
    /// One for each witness.
    pub cells: Vec<ParallelCell>,
    /// The columns of the collation that stand in the row; empty where nothing is collated.
    #[serde(default, skip_serializing_if = "Range::is_empty")]
    pub columns: Range<u32>,
}

/// What one witness has in a row.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct ParallelCell {
    /// Its segments, 0-based, half-open; empty for an omission, at the place where they would stand. The
    /// first and the last one of a collated witness may be there in part.
    pub segments: Range<usize>,
    /// Of a collated witness, its tokens, 0-based, half-open; where it has nothing, an empty range at the
    /// place.
    #[serde(default, skip_serializing_if = "Range::is_empty")]
    pub tokens: Range<u32>,
    /// Whether they stand in another order than in the first witness.
    pub moved: bool,
    /// How far the correspondence with the rest of the row can be trusted.
    pub confidence: Confidence,
    /// Who stands behind it.
    pub status: Status,
}
