//! The order in which witnesses join the collation: the most central first, then always the one
//! closest to those already in. It depends on the texts alone, not on the order in which they came.

use super::source::Source;
use crate::par::prelude::*;

/// Pairs of neighbouring words kept of the longest witness; more do not change the order.
const SKETCH: usize = 4096;

/// Indices of the witnesses in the order of joining.
pub(super) fn order(sources: &[Source]) -> Vec<usize> {
    let n = sources.len();
    if n < 2 {
        return (0..n).collect();
    }
    let longest = sources.iter().map(|s| s.keys.len()).max().unwrap_or(0);
    let keep = u64::MAX / (longest / SKETCH).max(1) as u64;
    let sketches: Vec<Vec<u64>> = sources.par_iter().map(|s| sketch(&s.keys, keep)).collect();
    // Of each pair of witnesses once.
    let shared: Vec<Vec<usize>> = (0..n)
        .into_par_iter()
        .map(|x| (0..x).map(|y| common(&sketches[x], &sketches[y])).collect())
        .collect();
    let shared = |x: usize, y: usize| shared[x.max(y)].get(x.min(y)).copied().unwrap_or(0);
    // Dice's coefficient: fragments come last, when what they are fragments of is complete.
    let likeness = |x: usize, y: usize| {
        2.0 * shared(x, y) as f64 / (sketches[x].len() + sketches[y].len()).max(1) as f64
    };
    let total = |x: usize| (0..n).filter(|&y| y != x).map(|y| shared(x, y)).sum::<usize>();
    let first = (0..n).fold(0, |best, x| if total(x) > total(best) { x } else { best });
    let mut order = vec![first];
    let mut nearest: Vec<f64> = (0..n).map(|x| likeness(x, first)).collect();
    let mut waiting: Vec<usize> = (0..n).filter(|&x| x != first).collect();
    while !waiting.is_empty() {
        let at = (0..waiting.len())
            .fold(0, |best, k| if nearest[waiting[k]] > nearest[waiting[best]] { k } else { best });
        let next = waiting.remove(at);
        for &x in &waiting {
            nearest[x] = nearest[x].max(likeness(x, next));
        }
        order.push(next);
    }
    order
}

/// Hashes of the pairs of neighbouring words, sorted; of a long text a fixed share of them.
fn sketch(keys: &[u32], keep: u64) -> Vec<u64> {
    let mut hashes: Vec<u64> = keys
        .windows(2)
        .map(|pair| {
            let pair = u64::from(pair[0]) << 32 | u64::from(pair[1]);
            // The finaliser of SplitMix64: neighbouring numbers become far apart.
            let x = (pair ^ (pair >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            let x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            x ^ (x >> 31)
        })
        .filter(|&hash| hash <= keep)
        .collect();
    hashes.sort_unstable();
    hashes
}

/// How many elements two sorted lists share.
fn common(a: &[u64], b: &[u64]) -> usize {
    let (mut i, mut j, mut count) = (0, 0, 0);
    while i < a.len() && j < b.len() {
        // Without branches, which nobody could foretell.
        let (x, y) = (a[i], b[j]);
        i += usize::from(x <= y);
        j += usize::from(y <= x);
        count += usize::from(x == y);
    }
    count
}
