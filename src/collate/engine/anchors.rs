//! Passages that stand once on each side and hold the alignment in place.
//!
//! N-grams of words that are unique in both texts are merged into diagonal blocks, and the heaviest
//! set of blocks in the same order is kept: the longest increasing subsequence with weights, in
//! O(k log k) (a Fenwick tree over the ranks; Fredman 1975 for the unweighted case).

use rustc_hash::FxHashMap;

/// Equal words: `len` of them from `a` on in the first sequence and from `b` on in the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Block {
    pub(super) a: usize,
    pub(super) b: usize,
    pub(super) len: usize,
}

/// Where an n-gram stands; `MANY` if more than once, `NONE` if not at all.
#[derive(Clone, Copy)]
struct Place {
    a: u32,
    b: u32,
}

const NONE: u32 = u32::MAX;
const MANY: u32 = u32::MAX - 1;

/// Blocks of n-grams that stand exactly once in `a` and once in `b`, in the order of `a`.
pub(super) fn unique_blocks(a: &[u32], b: &[u32], n: usize) -> Vec<Block> {
    if a.len() < n || b.len() < n || n == 0 {
        return Vec::new();
    }
    // The map holds the shorter side; the longer one is only looked up in it.
    if a.len() > b.len() {
        let mut blocks = unique_blocks(b, a, n);
        for block in &mut blocks {
            std::mem::swap(&mut block.a, &mut block.b);
        }
        blocks.sort_unstable_by_key(|block| block.a);
        return blocks;
    }
    let mut places: FxHashMap<u64, Place> = FxHashMap::default();
    places.reserve(a.len());
    for (i, hash) in hashes(a, n).enumerate() {
        let place = places.entry(hash).or_insert(Place { a: NONE, b: NONE });
        place.a = if place.a == NONE { i as u32 } else { MANY };
    }
    for (j, hash) in hashes(b, n).enumerate() {
        if let Some(place) = places.get_mut(&hash) {
            place.b = if place.b == NONE { j as u32 } else { MANY };
        }
    }
    let mut blocks: Vec<Block> = Vec::new();
    for (i, hash) in hashes(a, n).enumerate() {
        let Some(place) = places.get(&hash).filter(|p| p.a as usize == i && p.b < MANY) else { continue };
        let j = place.b as usize;
        if a[i..i + n] != b[j..j + n] {
            continue; // two n-grams with one hash
        }
        match blocks.last_mut() {
            Some(last)
                if i >= last.a && j >= last.b && i - last.a == j - last.b && i <= last.a + last.len =>
            {
                last.len = i + n - last.a;
            }
            _ => blocks.push(Block { a: i, b: j, len: n }),
        }
    }
    blocks
}

/// A hash of each window of `n` words.
fn hashes(words: &[u32], n: usize) -> impl Iterator<Item = u64> + '_ {
    words.windows(n).map(|window| {
        window.iter().fold(0u64, |hash, &word| {
            (hash.rotate_left(23) ^ u64::from(word).wrapping_mul(0x9e37_79b9_7f4a_7c15))
                .wrapping_mul(0xd6e8_feb8_6659_fd93)
        })
    })
}

/// The heaviest set of blocks that stand in the same order on both sides, trimmed where two of them
/// overlap. `blocks` are sorted by `a`.
pub(super) fn chain(blocks: &[Block], weight: impl Fn(&Block) -> f32) -> Vec<Block> {
    let mut starts: Vec<usize> = blocks.iter().map(|block| block.b).collect();
    starts.sort_unstable();
    starts.dedup();
    // Fenwick tree: the best chain that ends at or before a rank.
    let mut tree: Vec<(f32, usize)> = vec![(0.0, usize::MAX); starts.len() + 1];
    let mut previous = vec![usize::MAX; blocks.len()];
    let (mut best, mut end) = (0.0, usize::MAX);
    for (index, block) in blocks.iter().enumerate() {
        let rank = starts.partition_point(|&b| b < block.b) + 1;
        let (mut total, mut at) = (0.0, rank - 1);
        while at > 0 {
            if tree[at].0 > total {
                (total, previous[index]) = tree[at];
            }
            at &= at - 1;
        }
        total += weight(block);
        if total > best {
            (best, end) = (total, index);
        }
        let mut at = rank;
        while at <= starts.len() {
            if total > tree[at].0 {
                tree[at] = (total, index);
            }
            at += at & at.wrapping_neg();
        }
    }
    let mut kept = Vec::new();
    while end != usize::MAX {
        kept.push(blocks[end]);
        end = previous[end];
    }
    kept.reverse();
    trimmed(kept)
}

/// Without the words of a block that the block before it has taken on either side.
fn trimmed(chain: Vec<Block>) -> Vec<Block> {
    let mut out: Vec<Block> = Vec::with_capacity(chain.len());
    for block in chain {
        let (a, b) = out.last().map_or((0, 0), |last| (last.a + last.len, last.b + last.len));
        let cut = a.saturating_sub(block.a).max(b.saturating_sub(block.b));
        if cut < block.len {
            out.push(Block { a: block.a + cut, b: block.b + cut, len: block.len - cut });
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn unique_runs_become_blocks() {
        let a = [1, 2, 3, 4, 9, 1, 2];
        let b = [7, 2, 3, 4, 9, 8];
        assert_eq!(unique_blocks(&a, &b, 2), [Block { a: 1, b: 1, len: 4 }]);
        assert_eq!(unique_blocks(&b, &a, 2), [Block { a: 1, b: 1, len: 4 }]);
        assert!(unique_blocks(&a, &b, 5).is_empty());
    }

    #[test]
    fn the_heavier_of_two_crossing_blocks_is_kept() {
        let blocks =
            [Block { a: 0, b: 10, len: 3 }, Block { a: 4, b: 0, len: 5 }, Block { a: 8, b: 4, len: 4 }];
        let kept = chain(&blocks, |block| block.len as f32);
        assert_eq!(kept, [Block { a: 4, b: 0, len: 5 }, Block { a: 9, b: 5, len: 3 }]);
    }
}
