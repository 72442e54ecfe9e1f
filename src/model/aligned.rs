//! Two witnesses and their alignment, together.

use std::sync::Arc;

use super::{Alignment, Bead, Text};

/// Two texts with the beads between them: what views, export and studies work on. It owns what it holds,
/// and cloning it costs nothing.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Aligned {
    /// The first witness (the base, or the text that was translated).
    pub a: Text,
    /// The second witness.
    pub b: Text,
    /// How their segments correspond.
    pub alignment: Arc<Alignment>,
}

impl Aligned {
    /// Ties an alignment to its texts.
    pub fn new(a: Text, b: Text, alignment: Alignment) -> Self {
        Self { a, b, alignment: Arc::new(alignment) }
    }

    /// The name of the pair, `FI-fr`.
    pub fn name(&self) -> String {
        format!("{}-{}", self.a.siglum(), self.b.siglum())
    }

    /// The beads.
    pub fn beads(&self) -> &[Bead] {
        &self.alignment.beads
    }

    /// The words of a bead's first side.
    pub fn text_a(&self, bead: &Bead) -> String {
        self.a.joined_text(bead.a.clone())
    }

    /// The words of a bead's second side.
    pub fn text_b(&self, bead: &Bead) -> String {
        self.b.joined_text(bead.b.clone())
    }
}
