//! Words that have nothing in common, opposite each other.
//!
//! Between two places that correspond, a witness may have other words than the others have. If it has
//! fewer, nothing in the words says which of theirs they stand for, and the best alignment is one of
//! several that are as good. Editors, and the tables that they make, set such words opposite each other
//! from the left; so does this, leaving out columns that only few witnesses have as long as there are
//! others.

use super::gap::Gap;
use super::grid::{Grid, Match};

/// A column counts before the others if so many of the witnesses there have it.
const USUAL: f32 = 0.34;

/// By so much, for each pair of words, another setting may be worse.
const AS_GOOD: f32 = 0.1;

/// The matches with unlike words set from the left.
pub(super) fn from_left(gap: &mut Gap<'_, '_>, held: Vec<Match>) -> Vec<Match> {
    let mut out: Vec<Match> = Vec::with_capacity(held.len());
    let mut unlike: Vec<Match> = Vec::new();
    for one in held {
        if gap.is_unlike(&one) {
            unlike.push(one);
        } else {
            settle(gap, &mut unlike, (one.0.start, one.1.start), &mut out);
            out.push(one);
        }
    }
    let end = (gap.columns.len(), gap.tokens.len());
    settle(gap, &mut unlike, end, &mut out);
    out
}

/// Sets the unlike words between the last match of `out` and the places of the next one.
fn settle(gap: &mut Gap<'_, '_>, unlike: &mut Vec<Match>, next: (usize, usize), out: &mut Vec<Match>) {
    if unlike.is_empty() {
        return;
    }
    let (row, column) = out.last().map_or((0, 0), |last| (last.0.end, last.1.end));
    let rows: Vec<usize> = (row..next.0).filter(|&row| gap.is_word_row(row)).collect();
    let columns: Vec<usize> = (column..next.1).filter(|&column| gap.is_word_column(column)).collect();
    let count = unlike.len();
    let usual = rows.iter().filter(|&&row| gap.share(row) >= USUAL).count();
    let mut rare = count.saturating_sub(usual);
    let mut chosen: Vec<usize> = Vec::with_capacity(count);
    for &row in &rows {
        let is_usual = gap.share(row) >= USUAL;
        if chosen.len() < count && (is_usual || rare > 0) {
            rare -= usize::from(!is_usual);
            chosen.push(row);
        }
    }
    let set: Vec<Match> =
        chosen.iter().zip(&columns).map(|(&row, &column)| (row..row + 1, column..column + 1)).collect();
    // Words that must stay apart, or that resemble each other a little, are left as they were.
    let stands = set.len() == count
        && set.iter().all(|one| gap.is_unlike(one) && !gap.is_apart(one))
        && worth(gap, &set) + AS_GOOD * count as f32 >= worth(gap, unlike);
    if stands {
        unlike.clear();
        out.extend(set);
    } else {
        out.append(unlike);
    }
}

fn worth(gap: &mut Gap<'_, '_>, matches: &[Match]) -> f32 {
    matches.iter().map(|(rows, columns)| gap.pair(rows.start, columns.start)).sum()
}
