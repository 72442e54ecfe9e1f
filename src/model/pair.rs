//! Two witnesses and their alignment, together.

use super::{Alignment, Bead, Segmented};

/// Two texts with the beads between them: what comparison, views and export work on.
#[derive(Debug, Clone, Copy)]
pub struct Pair<'t> {
    /// The first witness (the base, or the text that was translated).
    pub a: &'t Segmented,
    /// The second witness.
    pub b: &'t Segmented,
    /// How their segments correspond.
    pub alignment: &'t Alignment,
}

impl<'t> Pair<'t> {
    /// The name of the pair, `FI-fr`.
    pub fn name(self) -> String {
        format!("{}-{}", self.a.siglum(), self.b.siglum())
    }

    /// The beads.
    pub fn beads(self) -> &'t [Bead] {
        &self.alignment.beads
    }

    /// The words of a bead's first side.
    pub fn text_a(self, bead: &Bead) -> String {
        self.a.joined_text(bead.a.clone())
    }

    /// The words of a bead's second side.
    pub fn text_b(self, bead: &Bead) -> String {
        self.b.joined_text(bead.b.clone())
    }
}
