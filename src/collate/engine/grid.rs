//! Two short sequences aligned by dynamic programming with affine gaps (Gotoh 1982), with cells for
//! a token opposite two.

use std::ops::Range;

/// A word is never set against a mark.
pub(super) const FORBIDDEN: f32 = -1e9;

/// What is aligned: rows against columns of a table.
pub(super) trait Grid {
    /// Numbers of rows and columns.
    fn size(&self) -> (usize, usize);
    /// The score of a row opposite a column.
    fn pair(&self, row: usize, column: usize) -> f32;
    /// The score of rows `row - 1` and `row` opposite one column; [`NEVER`] if they cannot stand so.
    fn two_rows(&self, row: usize, column: usize) -> f32;
    /// The score of one row opposite columns `column - 1` and `column`.
    fn two_columns(&self, row: usize, column: usize) -> f32;
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

/// What cannot stand opposite each other.
pub(super) const NEVER: f32 = f32::NEG_INFINITY;

/// A cell: the scores of its three states, and which of them is best.
#[derive(Clone, Copy)]
struct Cell {
    states: [f32; 3],
    best: usize,
}

const OUTSIDE: Cell = Cell { states: [FORBIDDEN; 3], best: PAIR };

/// How a cell's three states were reached, in bits, two each: previous state of each, and which of
/// [`TAKES`] the pair is.
type Trace = u8;

/// Rows and columns that a pair takes; nothing in the first cell.
const TAKES: [(usize, usize); 4] = [(0, 0), (1, 1), (2, 1), (1, 2)];

/// The best alignment: what stands opposite what, in order; all else is a gap.
pub(super) fn align<G: Grid>(grid: &G) -> Vec<Match> {
    let (rows, columns) = grid.size();
    let width = columns + 1;
    let mut traces: Vec<Trace> = vec![0; (rows + 1) * width];
    // The scores of this row and of the two before it.
    let mut lines: [Vec<Cell>; 3] = std::array::from_fn(|_| vec![OUTSIDE; width]);
    for (i, traces) in traces.chunks_exact_mut(width).enumerate() {
        lines.rotate_right(1);
        let [line, above, higher] = &mut lines;
        let skip_row = if i > 0 { grid.skip_row(i - 1) } else { (0.0, 0.0) };
        let mut left = OUTSIDE;
        for (j, trace) in traces.iter_mut().enumerate() {
            let mut states = [FORBIDDEN; 3];
            let (mut from, mut takes) = ([PAIR; 3], 0);
            if i == 0 && j == 0 {
                states[PAIR] = 0.0;
            }
            if i > 0 && j > 0 {
                let mut offer = |before: &Cell, score: f32, kind: usize| {
                    let total = before.states[before.best] + score;
                    if total > states[PAIR] {
                        (states[PAIR], from[PAIR], takes) = (total, before.best, kind);
                    }
                };
                offer(&above[j - 1], grid.pair(i - 1, j - 1), 1);
                if i > 1 {
                    offer(&higher[j - 1], grid.two_rows(i - 1, j - 1), 2);
                }
                if j > 1 {
                    offer(&above[j - 2], grid.two_columns(i - 1, j - 1), 3);
                }
            }
            if i > 0 {
                (states[ROW], from[ROW]) = gap(&above[j].states, ROW, skip_row);
            }
            if j > 0 {
                (states[COLUMN], from[COLUMN]) = gap(&left.states, COLUMN, grid.skip_column(j - 1));
            }
            *trace = (from[PAIR] | from[ROW] << 2 | from[COLUMN] << 4 | takes << 6) as u8;
            left = Cell { states, best: best(&states) };
            line[j] = left;
        }
    }
    path(&traces, width, (rows, columns), lines[0][columns].best)
}

/// The first of the best states: pairs before gaps, so that ties are always broken alike.
fn best(states: &[f32; 3]) -> usize {
    let best = if states[ROW] > states[PAIR] { ROW } else { PAIR };
    if states[COLUMN] > states[best] { COLUMN } else { best }
}

/// The score of a gap's state, and the state before it; a gap is opened unless it goes on.
fn gap(before: &[f32; 3], state: usize, (open, extend): (f32, f32)) -> (f32, usize) {
    let cost = |from: usize| before[from] + extend + if from == state { 0.0 } else { open };
    let costs = [cost(PAIR), cost(ROW), cost(COLUMN)];
    let from = best(&costs);
    (costs[from], from)
}

fn path(traces: &[Trace], width: usize, end: (usize, usize), mut state: usize) -> Vec<Match> {
    let (mut i, mut j) = end;
    let mut out = Vec::new();
    while i > 0 || j > 0 {
        let trace = usize::from(traces[i * width + j]);
        match state {
            PAIR => {
                let (di, dj) = TAKES[trace >> 6];
                if di == 0 {
                    break; // Only the first cell is reached by nothing.
                }
                out.push((i - di..i, j - dj..j));
                (i, j, state) = (i - di, j - dj, trace & 3);
            }
            ROW => (i, state) = (i - 1, trace >> 2 & 3),
            _ => (j, state) = (j - 1, trace >> 4 & 3),
        }
    }
    out.reverse();
    out
}
