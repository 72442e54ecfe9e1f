//! What an engine hands over, and how it becomes an [`Alignment`]: every segment covered, beads in
//! the order of the first text, transpositions marked.

use std::ops::Range;

use crate::model::{Alignment, Bead};

/// A bead as an engine finds it. Two-sided beads may cross.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct RawBead {
    pub(super) a: Range<usize>,
    pub(super) b: Range<usize>,
    pub(super) confidence: f64,
}

impl RawBead {
    fn is_matched(&self) -> bool {
        !self.a.is_empty() && !self.b.is_empty()
    }
}

/// Orders and completes the beads of two sides of `a_len` and `b_len` segments.
///
/// The heaviest chain of two-sided beads that run in the same order on both sides stays in place,
/// the others are `moved`. An addition stands after what it follows in the second text, also
/// inside a moved run. What no bead covers becomes omissions and additions of confidence 0.
pub(super) fn assemble(raw: Vec<RawBead>, a_len: usize, b_len: usize) -> Alignment {
    let mut matched: Vec<RawBead> = Vec::new();
    let (mut single_a, mut single_b) = (vec![0.0; a_len], vec![0.0; b_len]);
    let (mut free_a, mut free_b) = (vec![true; a_len], vec![true; b_len]);
    for bead in raw {
        if bead.is_matched() {
            free_a[bead.a.clone()].fill(false);
            free_b[bead.b.clone()].fill(false);
            matched.push(bead);
        } else {
            single_a[bead.a].fill(bead.confidence);
            single_b[bead.b].fill(bead.confidence);
        }
    }
    matched.sort_by_key(|bead| (bead.a.start, bead.b.start));
    let runs: Vec<(Range<usize>, usize)> =
        matched.iter().map(|bead| (bead.b.clone(), bead.a.len() + bead.b.len())).collect();
    let in_place = heaviest_chain(&runs, b_len);
    // Where each segment of the second text stands: the matched bead that covers it.
    let mut holder = vec![usize::MAX; b_len];
    for (k, bead) in matched.iter().enumerate() {
        holder[bead.b.clone()].fill(k);
    }
    // Additions follow the bead that covers the segment before them; runs of them hang together.
    let mut additions: Vec<Vec<usize>> = vec![Vec::new(); matched.len()];
    let mut first_additions = Vec::new();
    let mut last = None;
    for j in 0..b_len {
        if free_b[j] {
            match last {
                Some(k) => {
                    let list: &mut Vec<usize> = &mut additions[k];
                    list.push(j);
                }
                None => first_additions.push(j),
            }
        } else {
            last = Some(holder[j]);
        }
    }
    let addition = |j: usize, moved: bool| {
        let mut bead = Bead::new(0..0, j..j + 1, single_b[j]);
        bead.moved = moved;
        bead
    };
    let mut beads: Vec<Bead> = first_additions.iter().map(|&j| addition(j, false)).collect();
    let mut next = 0;
    for (k, bead) in matched.iter().enumerate() {
        push_omissions(&mut beads, next..bead.a.start, &free_a, &single_a);
        next = bead.a.end;
        let mut out = Bead::new(bead.a.clone(), bead.b.clone(), bead.confidence);
        out.moved = !in_place[k];
        beads.push(out);
        beads.extend(additions[k].iter().map(|&j| addition(j, !in_place[k])));
    }
    push_omissions(&mut beads, next..a_len, &free_a, &single_a);
    // One-sided beads name the place on the empty side.
    let (mut at_a, mut at_b) = (0, 0);
    for bead in &mut beads {
        if bead.a.is_empty() {
            bead.a = at_a..at_a;
        }
        if bead.b.is_empty() {
            bead.b = at_b..at_b;
        }
        at_a = bead.a.end;
        at_b = bead.b.end;
    }
    Alignment { beads }
}

fn push_omissions(beads: &mut Vec<Bead>, range: Range<usize>, free: &[bool], confidence: &[f64]) {
    let left = range.filter(|&i| free[i]);
    beads.extend(left.map(|i| Bead::new(i..i + 1, 0..0, confidence[i])));
}

/// For runs of one text's segments (`len` of them in all), given in the order of another text: which
/// belong to the heaviest chain that ascends in their own. With its number of segments as weight, a
/// long run stays and a short one counts as moved.
pub(super) fn heaviest_chain(runs: &[(Range<usize>, usize)], len: usize) -> Vec<bool> {
    // best[x]: heaviest chain that ends before column x, as a Fenwick tree of maxima.
    let mut tree: Vec<(usize, usize)> = vec![(0, usize::MAX); len + 2];
    let mut previous = vec![usize::MAX; runs.len()];
    let (mut best, mut best_end) = (0, usize::MAX);
    for (k, (run, own)) in runs.iter().enumerate() {
        let mut before = (0, usize::MAX);
        let mut x = run.start + 1;
        while x > 0 {
            if tree[x].0 > before.0 {
                before = tree[x];
            }
            x &= x - 1;
        }
        previous[k] = before.1;
        let weight = before.0 + own;
        let mut x = run.end + 1;
        while x < tree.len() {
            if weight > tree[x].0 {
                tree[x] = (weight, k);
            }
            x += x & x.wrapping_neg();
        }
        if weight > best {
            (best, best_end) = (weight, k);
        }
    }
    let mut chain = vec![false; runs.len()];
    while let Some(slot) = chain.get_mut(best_end) {
        *slot = true;
        best_end = previous[best_end];
    }
    chain
}

#[cfg(test)]
mod tests {
    use super::*;

    fn raw(list: &[(Range<usize>, Range<usize>)]) -> Vec<RawBead> {
        list.iter().map(|(a, b)| RawBead { a: a.clone(), b: b.clone(), confidence: 0.9 }).collect()
    }

    #[test]
    fn a_moved_run_keeps_its_additions() {
        let beads =
            raw(&[(0..1, 0..1), (1..2, 4..5), (2..3, 6..7), (3..4, 1..2), (4..6, 2..3), (6..7, 3..4)]);
        let alignment = assemble(beads, 8, 8);
        assert_eq!(alignment.check(8, 8), Ok(()));
        let moved: Vec<_> = alignment.beads.iter().filter(|b| b.moved).map(|b| b.b.clone()).collect();
        assert_eq!(moved, [4..5, 5..6, 6..7, 7..8]);
    }

    #[test]
    fn nothing_in_common_is_still_a_partition() {
        assert_eq!(assemble(Vec::new(), 2, 3).check(2, 3), Ok(()));
        assert_eq!(assemble(Vec::new(), 0, 0).beads.len(), 0);
    }
}
