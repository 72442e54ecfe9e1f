//! Which reading of the editions a translation follows.

use serde::{Deserialize, Serialize};

/// A translation follows a reading, and what decides it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Follow {
    /// Index of the variation unit in the collation.
    pub unit: usize,
    /// The translation.
    pub siglum: String,
    /// Index of the reading that it follows.
    pub reading: usize,
    /// What decides it; all of it speaks for this reading.
    pub evidence: Vec<Evidence>,
}

/// A translation has a moved passage where some editions have it and others have not.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct MoveFollow {
    /// Index of the move in the collation.
    pub moved: usize,
    /// The translation.
    pub siglum: String,
    /// Whether it stands as at the passage's home, or as at its other place.
    pub at_home: bool,
}

/// What decides which reading a translation follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Of what kind it is.
    pub kind: EvidenceKind,
    /// In a sentence for people; `this edition` is one that has the reading.
    pub explanation: String,
}

/// Kinds of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    /// A number that only one of the editions has.
    Number,
    /// A name that only one of them has.
    Name,
    /// A sentence that only one of them has.
    Sentence,
    /// The place of sentences that stand elsewhere in one of them.
    Order,
    /// A word whose rendering is known from elsewhere in the translation.
    Word,
}

impl EvidenceKind {
    /// A short stable word.
    pub fn word(self) -> &'static str {
        match self {
            Self::Number => "number",
            Self::Name => "name",
            Self::Sentence => "sentence",
            Self::Order => "order",
            Self::Word => "word",
        }
    }
}
