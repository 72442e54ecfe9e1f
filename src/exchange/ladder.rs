//! The ladder of hunalign: tab-separated rungs, each the first segments (0-based) of a bead on
//! both sides and a quality; the first rung is `0 0`, the last one holds the numbers of segments.
//!
//! Lossy: no text, no status; a transposed passage cannot be said, so its segments stand as
//! omissions on both sides.

use std::io::{self, Write};

use crate::model::Pair;

/// Writes the rungs. The quality is the confidence with four decimals.
///
/// # Errors
/// Those of `out`.
pub fn write(pair: Pair<'_>, out: &mut dyn Write) -> io::Result<()> {
    let mut a = 0;
    let mut b = 0;
    for bead in pair.beads().iter().filter(|bead| bead.is_matched() && !bead.moved) {
        // What lies before the bead on either side became neither's counterpart.
        if a < bead.a.start || b < bead.b.start {
            writeln!(out, "{a}\t{b}\t0")?;
        }
        writeln!(out, "{}\t{}\t{:.4}", bead.a.start, bead.b.start, bead.confidence.value())?;
        (a, b) = (bead.a.end, bead.b.end);
    }
    if a < pair.a.len() || b < pair.b.len() {
        writeln!(out, "{a}\t{b}\t0")?;
    }
    writeln!(out, "{}\t{}\t0", pair.a.len(), pair.b.len())
}
