//! What speaks for each bead and against the next best, as JSON Lines: a bead a line, with its segments
//! (0-based, half-open), its confidence, and the explanation; evidence is in nats.

use std::io::{self, Write};

use serde::Serialize;

use crate::model::{Aligned, Explanation};

#[derive(Serialize)]
struct Line<'l> {
    a: [usize; 2],
    b: [usize; 2],
    confidence: f64,
    #[serde(flatten)]
    explanation: &'l Explanation,
}

/// Writes a line for each bead.
///
/// # Errors
/// Those of `out`.
pub fn write(pair: &Aligned, explanations: &[Explanation], out: &mut dyn Write) -> io::Result<()> {
    for (bead, explanation) in pair.beads().iter().zip(explanations) {
        let line = Line {
            a: [bead.a.start, bead.a.end],
            b: [bead.b.start, bead.b.end],
            confidence: bead.confidence.value(),
            explanation,
        };
        serde_json::to_writer(&mut *out, &line)?;
        writeln!(out)?;
    }
    Ok(())
}
