//! A text that many hold.

use std::fmt::Write;
use std::ops::Deref;
use std::sync::{Arc, OnceLock};

use sha2::{Digest, Sha256};

use super::Segmented;

/// A segmented witness that is shared, never changed: what alignments, collations and sessions hold.
///
/// Cloning it costs nothing. It reads like the [`Segmented`] that it holds.
#[derive(Debug, Clone, Default)]
pub struct Text(Arc<Held>);

#[derive(Debug, Default)]
struct Held {
    text: Segmented,
    hash: OnceLock<String>,
}

impl Text {
    /// Takes a text.
    pub fn new(text: Segmented) -> Self {
        Self(Arc::new(Held { text, hash: OnceLock::new() }))
    }

    /// Whether both are one and the same text in memory.
    pub fn is(&self, other: &Self) -> bool {
        Arc::ptr_eq(&self.0, &other.0)
    }

    /// What tells this text from any other: the SHA-256 (in hexadecimal) of its siglum, its language, its
    /// words and where its segments begin and end. Computed when it is first asked for.
    pub fn hash(&self) -> &str {
        self.0.hash.get_or_init(|| {
            let mut hasher = Sha256::new();
            let mut add = |bytes: &[u8]| {
                hasher.update((bytes.len() as u64).to_le_bytes());
                hasher.update(bytes);
            };
            add(self.siglum().as_bytes());
            add(self.document.witness.lang.tag().as_bytes());
            self.document.parts.iter().for_each(|part| add(part.text.as_bytes()));
            for segment in &self.segments {
                for number in [segment.part, segment.block, segment.span.start, segment.span.end] {
                    add(&(number as u64).to_le_bytes());
                }
            }
            hasher.finalize().iter().fold(String::with_capacity(64), |mut hex, byte| {
                // A string takes whatever it is given.
                let _ = write!(hex, "{byte:02x}");
                hex
            })
        })
    }
}

impl Deref for Text {
    type Target = Segmented;

    fn deref(&self) -> &Segmented {
        &self.0.text
    }
}

impl From<Segmented> for Text {
    fn from(text: Segmented) -> Self {
        Self::new(text)
    }
}

impl PartialEq for Text {
    fn eq(&self, other: &Self) -> bool {
        self.is(other) || self.0.text == other.0.text
    }
}
