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
    /// What decides it.
    pub evidence: Evidence,
}

/// What decides which reading a translation follows.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Of what kind it is.
    pub kind: EvidenceKind,
    /// What the reading has; empty where it is that it has nothing.
    pub reading: String,
    /// What the translation has for it; empty where it has nothing.
    pub translation: String,
}

/// Kinds of evidence.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum EvidenceKind {
    /// A number that only this reading has.
    Number,
    /// A sentence that only this reading has, or lacks.
    Sentence,
    /// A name that only this reading has.
    Name,
}
