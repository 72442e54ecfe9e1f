//! Rows that a collation joins: what several editions add at one place stands in one row, although each
//! of them was aligned with the base alone.

use std::ops::Range;

use crate::model::{CollatedToken, Collation, Parallel, ParallelRow};

/// So many rows back a partner is looked for.
const REACH: usize = 64;

/// The rows with those joined in which the base has nothing and whose words stand in the same columns of
/// the collation. No witness is brought out of its order.
pub fn joined(parallel: &Parallel, collation: &Collation) -> Parallel {
    let place = |siglum: &String| collation.witnesses.iter().position(|w| w.siglum == *siglum);
    let witness_of: Vec<Option<usize>> = parallel.sigla.iter().map(place).collect();
    let base = collation.base.and_then(|base| witness_of.iter().position(|&w| w == Some(base)));
    let Some(base) = base else { return parallel.clone() };
    let mut rows: Vec<ParallelRow> = Vec::with_capacity(parallel.rows.len());
    // The rows since the base last had words, with the columns of their own words.
    let mut run: Vec<Vec<u32>> = Vec::new();
    for row in &parallel.rows {
        let lacks_base = row.cells.get(base).is_some_and(|cell| cell.segments.is_empty());
        if !lacks_base || row.cells.iter().any(|cell| cell.moved) {
            run.clear();
            rows.push(row.clone());
            continue;
        }
        let columns = columns(row, &witness_of, collation);
        let start = rows.len() - run.len();
        let first = start.max(rows.len().saturating_sub(REACH));
        let partner = (first..rows.len()).find(|&at| {
            are_same(&run[at - start], &columns) && rows[at..].iter().all(|between| is_free(between, row))
        });
        match partner {
            Some(at) => join(&mut rows, at, row),
            None => {
                rows.push(row.clone());
                run.push(columns);
            }
        }
    }
    Parallel { sigla: parallel.sigla.clone(), rows }
}

/// The columns of a row's words, ascending.
fn columns(row: &ParallelRow, witness_of: &[Option<usize>], collation: &Collation) -> Vec<u32> {
    let mut columns: Vec<u32> = row
        .cells
        .iter()
        .zip(witness_of)
        .filter_map(|(cell, witness)| Some((cell, collation.witnesses.get((*witness)?)?)))
        .flat_map(|(cell, witness)| tokens_of(&witness.tokens, &cell.segments).iter().map(|t| t.column))
        .collect();
    columns.sort_unstable();
    columns.dedup();
    columns
}

fn tokens_of<'t>(tokens: &'t [CollatedToken], segments: &Range<usize>) -> &'t [CollatedToken] {
    let at = |segment: usize| tokens.partition_point(|token| (token.segment as usize) < segment);
    &tokens[at(segments.start)..at(segments.end)]
}

/// Whether at least half of the words of the shorter one stand in columns of the other.
fn are_same(x: &[u32], y: &[u32]) -> bool {
    let common = y.iter().filter(|column| x.binary_search(column).is_ok()).count();
    common > 0 && 2 * common >= x.len().min(y.len())
}

/// Whether no witness has words in both rows.
fn is_free(x: &ParallelRow, y: &ParallelRow) -> bool {
    x.cells.iter().zip(&y.cells).all(|(x, y)| x.segments.is_empty() || y.segments.is_empty())
}

/// Puts the words of a row into that at `at`; behind it, the witnesses stand where these words end.
fn join(rows: &mut [ParallelRow], at: usize, row: &ParallelRow) {
    for (c, cell) in row.cells.iter().enumerate().filter(|(_, cell)| !cell.segments.is_empty()) {
        rows[at].cells[c] = cell.clone();
        for later in &mut rows[at + 1..] {
            later.cells[c].segments = cell.segments.end..cell.segments.end;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::collate::testing::text;
    use crate::collate::{Options, collate};
    use crate::model::ParallelCell;

    #[test]
    fn what_two_editions_add_stands_in_one_row() {
        let a = text("A", &["The war came.", "The peace came."]);
        let b = text("B", &["The war came.", "Nobody had asked for it.", "The peace came."]);
        let c = text("C", &["The war came.", "So be it.", "Nobody had asked for this.", "The peace came."]);
        let row = |a: Range<usize>, b: Range<usize>, c: Range<usize>| ParallelRow {
            cells: [a, b, c].map(|segments| ParallelCell { segments, ..ParallelCell::default() }).to_vec(),
        };
        let parallel = Parallel {
            sigla: ["A", "B", "C"].map(str::to_owned).to_vec(),
            rows: vec![
                row(0..1, 0..1, 0..1),
                row(1..1, 1..2, 1..1),
                row(1..1, 2..2, 1..2),
                row(1..1, 2..2, 2..3),
                row(1..2, 2..3, 3..4),
            ],
        };
        let options = Options { base: Some("A".to_owned()), ..Options::default() };
        let collation = collate(&[&a, &b, &c], &options).value;
        let cells = |parallel: &Parallel| -> Vec<[Range<usize>; 3]> {
            parallel.rows.iter().map(|r| [0, 1, 2].map(|c| r.cells[c].segments.clone())).collect()
        };
        // C has another sentence before it: to join its words with B's would turn C's order.
        assert_eq!(cells(&joined(&parallel, &collation)), cells(&parallel));
        let mut other = parallel.clone();
        other.rows[1] = row(1..1, 1..1, 1..2);
        other.rows[2] = row(1..1, 1..2, 2..2);
        let joined = joined(&other, &collation);
        assert_eq!(
            cells(&joined),
            [[0..1, 0..1, 0..1], [1..1, 1..1, 1..2], [1..1, 1..2, 2..3], [1..2, 2..3, 3..4],]
        );
    }
}
