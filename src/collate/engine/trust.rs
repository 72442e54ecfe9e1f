//! Which matches of a region hold.
//!
//! In a passage that was rewritten, the best alignment is still made of something: of "the" and
//! "of" and of words that look alike. Each match is weighed in bits against the words around it that
//! have none, and only the stretches hold whose sum is above what chance brings about in a region of
//! this size, or that go on from the firm ground on either side of it. The stretches are the maximal
//! scoring subsequences of Ruzzo and Tompa (1999).

use super::gap::Gap;
use super::grid::Match;
use crate::math::log2;

/// What a word without a partner speaks against what is around it, in bits: where fewer than about
/// a quarter of the words match, their sum is negative.
const ALONE: f32 = 0.8;
/// What a word spelled otherwise speaks for it.
const ALIKE: f32 = 3.0;
/// The most that a single word speaks for it.
const RARE: f32 = 10.0;
/// What the firm words beside the region speak for what follows them.
const BORDER: f32 = 12.0;
/// So much more than chance.
const MARGIN: f32 = 3.0;

/// Whether words that stand firm bound a region, or the text ends there.
#[derive(Debug, Clone, Copy)]
pub(super) struct Ends {
    pub(super) start: bool,
    pub(super) stop: bool,
}

/// The matches that hold, in order.
pub(super) fn trusted(gap: &Gap<'_, '_>, found: Vec<Match>, ends: Ends) -> Vec<Match> {
    // Where a text begins or ends, another may go on: what is last in both need not correspond. Of
    // whole texts without any firm word there is nothing else to go by.
    let whole = !ends.start && !ends.stop;
    let scores = scores(gap, &found, ends.start || whole, ends.stop || whole);
    let cells = (gap.columns.len().max(1) * gap.tokens.len().max(1)) as f32;
    let last = scores.len() - 1;
    let bounds = |stretch: &std::ops::Range<usize>| {
        stretch.contains(&0) && (ends.start || whole) || stretch.contains(&last) && (ends.stop || whole)
    };
    let mut holds = vec![false; scores.len()];
    for stretch in stretches(&scores) {
        let sum: f32 = scores[stretch.clone()].iter().sum();
        if bounds(&stretch) || sum >= log2(cells) + MARGIN {
            holds[stretch].fill(true);
        }
    }
    // The scores are: border, then for each match what precedes it and itself, what follows, border.
    let held = found.into_iter().enumerate().filter(|(index, _)| holds[2 + 2 * index]).map(|(_, one)| one);
    with_marks(gap, held.collect(), ends)
}

/// Marks that lost their partner stay with the word before them: where that has a partner followed by
/// the same mark, the two marks correspond.
fn with_marks(gap: &Gap<'_, '_>, held: Vec<Match>, ends: Ends) -> Vec<Match> {
    let mut out: Vec<Match> = Vec::with_capacity(held.len());
    let mut held = held.into_iter().peekable();
    let mut after = if ends.start { Some((0, 0)) } else { None };
    loop {
        if let Some((row, column)) = after
            && held.peek().is_none_or(|next| next.0.start > row && next.1.start > column)
            && gap.is_same_mark(row, column)
        {
            out.push((row..row + 1, column..column + 1));
            after = Some((row + 1, column + 1));
            continue;
        }
        let Some(next) = held.next() else { return out };
        after = Some((next.0.end, next.1.end));
        out.push(next);
    }
}

fn scores(gap: &Gap<'_, '_>, found: &[Match], start: bool, stop: bool) -> Vec<f32> {
    let border = |firm: bool| if firm { BORDER } else { 0.0 };
    let mut scores = vec![border(start)];
    let (mut row, mut column) = (0, 0);
    let alone = |rows: std::ops::Range<usize>, columns: std::ops::Range<usize>| {
        -ALONE * (gap.weight_of_rows(rows) + gap.weight_of_columns(columns))
    };
    for (rows, columns) in found {
        scores.push(alone(row..rows.start, column..columns.start));
        scores.push(match gap.bits(rows, columns) {
            Some(bits) => bits.min(RARE),
            None if gap.is_alike(rows, columns) => ALIKE,
            None => alone(rows.clone(), columns.clone()),
        });
        (row, column) = (rows.end, columns.end);
    }
    scores.push(alone(row..gap.columns.len(), column..gap.tokens.len()));
    scores.push(border(stop));
    scores
}

/// The maximal scoring stretches: no part of one sums to nothing or less from either end, and none
/// can be made better by its neighbours.
fn stretches(scores: &[f32]) -> Vec<std::ops::Range<usize>> {
    struct Stretch {
        range: std::ops::Range<usize>,
        /// Sum of all scores before it, and up to its end.
        before: f32,
        upto: f32,
    }
    let mut list: Vec<Stretch> = Vec::new();
    let mut sum = 0.0;
    for (at, &score) in scores.iter().enumerate() {
        let before = sum;
        sum += score;
        if score <= 0.0 {
            continue;
        }
        let mut next = Stretch { range: at..at + 1, before, upto: sum };
        while let Some(earlier) = list.iter().rposition(|s| s.before < next.before) {
            if list[earlier].upto >= next.upto {
                break;
            }
            next = Stretch {
                range: list[earlier].range.start..next.range.end,
                before: list[earlier].before,
                ..next
            };
            list.truncate(earlier);
        }
        list.push(next);
    }
    list.into_iter().map(|stretch| stretch.range).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn stretches_are_maximal() {
        // The example of Ruzzo and Tompa.
        let scores = [4.0, -5.0, 3.0, -3.0, 1.0, 2.0, -2.0, 2.0, -2.0, 1.0, 5.0];
        assert_eq!(stretches(&scores), [0..1, 2..3, 4..11]);
    }
}
