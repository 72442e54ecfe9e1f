//! The ladder of hunalign: tab-separated rungs, each the first segments (0-based) of a bead on
//! both sides and a quality; the first rung is `0 0`, the last one holds the numbers of segments. For
//! files of one sentence a line the numbers are those of the lines.
//!
//! Lossy: no text, no status; a transposed passage cannot be said, so its segments stand as
//! omissions on both sides.

use std::io::{self, Write};

use crate::model::{Aligned, Segmented};

/// Writes the rungs. The quality is the confidence with four decimals.
///
/// # Errors
/// Those of `out`.
pub fn write(pair: &Aligned, out: &mut dyn Write) -> io::Result<()> {
    let mut rung = |a: usize, b: usize, quality: &str| {
        writeln!(out, "{}\t{}\t{quality}", number(&pair.a, a), number(&pair.b, b))
    };
    let (mut a, mut b) = (0, 0);
    for bead in pair.beads().iter().filter(|bead| bead.is_matched() && !bead.moved) {
        // What lies before the bead on either side became neither's counterpart.
        if a < bead.a.start || b < bead.b.start {
            rung(a, b, "0")?;
        }
        rung(bead.a.start, bead.b.start, &format!("{:.4}", bead.confidence.value()))?;
        (a, b) = (bead.a.end, bead.b.end);
    }
    if a < pair.a.len() || b < pair.b.len() {
        rung(a, b, "0")?;
    }
    rung(pair.a.len(), pair.b.len(), "0")
}

/// The number of a segment, or of the line it stands on; past the last, one more than the last.
fn number(text: &Segmented, segment: usize) -> usize {
    match text.lines.get(segment) {
        Some(&line) => line,
        None => text.lines.last().map_or(segment, |line| line + 1),
    }
}
