//! A pair within a set of texts.

use std::sync::Arc;

use super::{Aligned, Alignment, Text};

/// Two texts of a set, by their indices in it, with their beads: the one shape of a pair within a set.
#[derive(Debug, Clone, PartialEq)]
pub struct Link {
    /// Index of the first text.
    pub a: usize,
    /// Index of the second text: the one that was aligned with the first.
    pub b: usize,
    /// Their beads; they cover both ([`Alignment::check`]).
    pub alignment: Arc<Alignment>,
}

impl Link {
    /// Ties beads to two texts of a set.
    pub fn new(a: usize, b: usize, alignment: impl Into<Arc<Alignment>>) -> Self {
        Self { a, b, alignment: alignment.into() }
    }

    /// The pair with its texts, which are those of the set.
    pub fn aligned(&self, texts: &[Text]) -> Aligned {
        Aligned { a: texts[self.a].clone(), b: texts[self.b].clone(), alignment: self.alignment.clone() }
    }

    /// Whether its texts are in different languages.
    pub fn is_translation(&self, texts: &[Text]) -> bool {
        let lang = |text: usize| &texts[text].document.witness.lang;
        !lang(self.a).same_language(lang(self.b))
    }
}
