//! How strong chance is: the evidence that the same texts give when the order of one is destroyed.
//!
//! A search finds something in any two texts: lengths that happen to fit, words that happen to meet. What it
//! finds in a pair must be compared with that, and the same search over shuffled sentences says how much it
//! is.

use crate::align::translation::params::doubt::{LONGEST_SAMPLE, SEED};
use crate::align::translation::text::Piece;

/// The first part of both texts, short enough for a trial, the second shuffled.
pub(crate) fn shuffled(a: &[Piece], b: &[Piece]) -> (Vec<Piece>, Vec<Piece>) {
    let longer = a.len().max(b.len()).max(1);
    let part = |n: usize| if longer <= LONGEST_SAMPLE { n } else { (n * LONGEST_SAMPLE / longer).max(1) };
    let (a, mut b) = (a[..part(a.len())].to_vec(), b[..part(b.len())].to_vec());
    // Knuth's linear congruential generator: the same order everywhere.
    let mut state = SEED;
    for i in (1..b.len()).rev() {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        b.swap(i, ((state >> 33) % (i as u64 + 1)) as usize);
    }
    (a, b)
}
