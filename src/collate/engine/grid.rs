//! Two short sequences aligned by dynamic programming with affine gaps (Gotoh 1982), with cells for
//! a token opposite two.

use std::ops::Range;

use super::score::FORBIDDEN;

/// What is aligned: rows against columns of a table.
pub(super) trait Grid {
    /// Numbers of rows and columns.
    fn size(&self) -> (usize, usize);
    /// The score of a row opposite a column.
    fn pair(&mut self, row: usize, column: usize) -> f32;
    /// The score of rows `row - 1` and `row` opposite one column, if they can stand so.
    fn two_rows(&mut self, row: usize, column: usize) -> Option<f32>;
    /// The score of one row opposite columns `column - 1` and `column`.
    fn two_columns(&mut self, row: usize, column: usize) -> Option<f32>;
    /// The cost of beginning a gap with a row, and of the row itself.
    fn skip_row(&self, row: usize) -> (f32, f32);
    /// The same for a column.
    fn skip_column(&self, column: usize) -> (f32, f32);
}

/// Rows opposite columns; never empty.
pub(super) type Match = (Range<usize>, Range<usize>);

const PAIR: usize = 0;
const ROW: usize = 1;
const COLUMN: usize = 2;

/// How a cell's three states were reached, in bits: previous state of each, and the kind of pair.
#[derive(Clone, Copy, Default)]
struct Trace {
    pair_from: u8,
    row_from: u8,
    column_from: u8,
    /// Rows and columns that the pair takes.
    takes: (u8, u8),
}

/// The best alignment: what stands opposite what, in order; all else is a gap.
pub(super) fn align<G: Grid>(grid: &mut G) -> Vec<Match> {
    let (rows, columns) = grid.size();
    let width = columns + 1;
    let mut traces = vec![Trace::default(); (rows + 1) * width];
    // The scores of this row and of the two before it.
    let mut lines: [Vec<[f32; 3]>; 3] = std::array::from_fn(|_| vec![[FORBIDDEN; 3]; width]);
    for i in 0..=rows {
        lines.rotate_right(1);
        for j in 0..=columns {
            let mut cell = [FORBIDDEN; 3];
            let trace = &mut traces[i * width + j];
            if i == 0 && j == 0 {
                cell[PAIR] = 0.0;
            }
            if i > 0 && j > 0 {
                offer(&mut cell, trace, &lines[1][j - 1], grid.pair(i - 1, j - 1), (1, 1));
            }
            if i > 1
                && j > 0
                && let Some(score) = grid.two_rows(i - 1, j - 1)
            {
                offer(&mut cell, trace, &lines[2][j - 1], score, (2, 1));
            }
            if i > 0
                && j > 1
                && let Some(score) = grid.two_columns(i - 1, j - 1)
            {
                offer(&mut cell, trace, &lines[1][j - 2], score, (1, 2));
            }
            if i > 0 {
                let (open, extend) = grid.skip_row(i - 1);
                (cell[ROW], trace.row_from) = gap(&lines[1][j], ROW, open, extend);
            }
            if j > 0 {
                let (open, extend) = grid.skip_column(j - 1);
                (cell[COLUMN], trace.column_from) = gap(&lines[0][j - 1], COLUMN, open, extend);
            }
            lines[0][j] = cell;
        }
    }
    path(&traces, width, (rows, columns), &lines[0][columns])
}

fn offer(cell: &mut [f32; 3], trace: &mut Trace, before: &[f32; 3], score: f32, takes: (u8, u8)) {
    let from = best(before);
    let total = before[from] + score;
    if total > cell[PAIR] {
        cell[PAIR] = total;
        trace.pair_from = from as u8;
        trace.takes = takes;
    }
}

/// The first of the best states: pairs before gaps, so that ties are always broken alike.
fn best(states: &[f32; 3]) -> usize {
    let mut best = PAIR;
    for state in [ROW, COLUMN] {
        if states[state] > states[best] {
            best = state;
        }
    }
    best
}

fn gap(before: &[f32; 3], state: usize, open: f32, extend: f32) -> (f32, u8) {
    let cost = |from: usize| before[from] + extend + if from == state { 0.0 } else { open };
    let from = best(&[cost(PAIR), cost(ROW), cost(COLUMN)]);
    (cost(from), from as u8)
}

fn path(traces: &[Trace], width: usize, end: (usize, usize), last: &[f32; 3]) -> Vec<Match> {
    let (mut i, mut j) = end;
    let mut state = best(last);
    let mut out = Vec::new();
    while i > 0 || j > 0 {
        let trace = traces[i * width + j];
        match state {
            PAIR => {
                let (di, dj) = (usize::from(trace.takes.0), usize::from(trace.takes.1));
                if di == 0 || dj == 0 {
                    break; // Only the first cell is reached by nothing.
                }
                out.push((i - di..i, j - dj..j));
                (i, j, state) = (i - di, j - dj, usize::from(trace.pair_from));
            }
            ROW => (i, state) = (i - 1, usize::from(trace.row_from)),
            _ => (j, state) = (j - 1, usize::from(trace.column_from)),
        }
    }
    out.reverse();
    out
}
