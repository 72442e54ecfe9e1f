//! Runs of words that occur exactly once on each side, the heaviest chain of the segments they tie,
//! and the corridor around it. Near-linear in the text.

use std::collections::HashMap;

use super::Params;
use super::keys::{Keyed, Words};
use crate::align::band::Band;

/// A pair of segments tied by `weight` runs of words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Tie {
    a: usize,
    b: usize,
    weight: u32,
}

/// Places of the word runs of length `n` that occur once, by run.
fn unique_runs(segments: &[Words], n: usize) -> HashMap<Vec<u32>, Option<usize>> {
    let mut runs: HashMap<Vec<u32>, Option<usize>> = HashMap::new();
    for (i, segment) in segments.iter().enumerate() {
        for run in segment.ids.windows(n) {
            runs.entry(run.to_vec()).and_modify(|place| *place = None).or_insert(Some(i));
        }
    }
    runs
}

/// The heaviest chain of tied segments that ascends on both sides.
pub(super) fn chain(keyed: &Keyed, words: usize) -> Vec<(usize, usize)> {
    let n = words.max(1);
    let places = unique_runs(&keyed.b, n);
    let own = unique_runs(&keyed.a, n);
    let mut ties: Vec<Tie> = Vec::new();
    for (i, segment) in keyed.a.iter().enumerate() {
        let once = |run: &&[u32]| own.get(*run).is_some_and(Option::is_some);
        let mut tied: Vec<usize> = segment
            .ids
            .windows(n)
            .filter(once)
            .filter_map(|run| places.get(run).copied().flatten())
            .collect();
        tied.sort_unstable();
        for same in tied.chunk_by(|x, y| x == y) {
            ties.push(Tie { a: i, b: same[0], weight: same.len() as u32 });
        }
    }
    heaviest(&ties, keyed.b.len())
}

/// The heaviest chain, by a Fenwick tree of maxima over the second side.
fn heaviest(ties: &[Tie], columns: usize) -> Vec<(usize, usize)> {
    let mut tree: Vec<(u32, usize)> = vec![(0, usize::MAX); columns + 2];
    let mut previous = vec![usize::MAX; ties.len()];
    let (mut best, mut end) = (0, usize::MAX);
    for (k, tie) in ties.iter().enumerate() {
        // Several ties of one segment to the next ones may follow each other: b may stay.
        let mut before = (0, usize::MAX);
        let mut x = tie.b + 1;
        while x > 0 {
            if tree[x].0 > before.0 {
                before = tree[x];
            }
            x &= x - 1;
        }
        previous[k] = before.1;
        let weight = before.0 + tie.weight;
        let mut x = tie.b + 1;
        while x < tree.len() {
            if weight > tree[x].0 {
                tree[x] = (weight, k);
            }
            x += x & x.wrapping_neg();
        }
        if weight > best {
            (best, end) = (weight, k);
        }
    }
    let mut out = Vec::new();
    while let Some(tie) = ties.get(end) {
        out.push((tie.a, tie.b));
        end = previous[end];
    }
    out.reverse();
    out
}

/// The corridor around a chain. Stretches too large to be searched whole are crossed along their
/// edge: everything omitted, then everything added.
pub(super) fn corridor(chain: &[(usize, usize)], rows: usize, columns: usize, params: &Params) -> Band {
    let mut points: Vec<(usize, usize)> = Vec::with_capacity(chain.len() + 2);
    let mut last = (0, 0);
    for &(i, j) in chain.iter().chain([&(rows, columns)]) {
        if (i - last.0 + 1).saturating_mul(j - last.1 + 1) > params.max_stretch {
            points.push((i, last.1));
        }
        points.push((i, j));
        last = (i, j);
    }
    Band::corridor(&points, rows, columns, params.corridor_pad)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_heavier_block_stays() {
        let tie = |a, b, weight| Tie { a, b, weight };
        let ties = [tie(0, 0, 3), tie(1, 4, 2), tie(2, 5, 2), tie(3, 1, 5), tie(4, 2, 5)];
        assert_eq!(heaviest(&ties, 6), [(0, 0), (3, 1), (4, 2)]);
    }

    #[test]
    fn huge_stretches_are_not_searched() {
        let band = corridor(&[(10, 10), (9_000, 9_000)], 9_010, 9_010, &Params::default());
        assert!(band.nodes() < 200_000, "{}", band.nodes());
    }
}
