//! A text that many hold.

use std::ops::Deref;
use std::sync::Arc;

use super::Segmented;

/// A segmented witness that is shared, never changed: what alignments, collations and sessions hold.
///
/// Cloning it costs nothing. It reads like the [`Segmented`] that it holds.
#[derive(Debug, Clone, Default)]
pub struct Text(Arc<Segmented>);

impl Text {
    /// Takes a text.
    pub fn new(text: Segmented) -> Self {
        Self(Arc::new(text))
    }

    /// Whether both are one and the same text in memory.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }
}

impl Deref for Text {
    type Target = Segmented;

    fn deref(&self) -> &Segmented {
        &self.0
    }
}

impl From<Segmented> for Text {
    fn from(text: Segmented) -> Self {
        Self::new(text)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.is(other) || self.0 == other.0
    }
}
