//! The result of comparing two witnesses: the same words, row by row, with their variants marked.

use serde::{Deserialize, Serialize};

use super::Variant;

/// Two witnesses compared bead by bead.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub struct Comparison {
    /// One for each bead of the alignment, in its order.
    pub rows: Vec<ComparedBead>,
    /// All differences, in the order of the rows.
    pub variants: Vec<Variant>,
}

/// The words of one bead on both sides.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct ComparedBead {
    /// Index of the bead in the alignment, 0-based.
    pub bead: usize,
    /// The tokens of the first witness, labels included.
    pub a: Vec<Piece>,
    /// The tokens of the second witness, labels included.
    pub b: Vec<Piece>,
}

/// A run of tokens that are all equal to the other side's or all of one variant.
#[derive(Debug, Clone, PartialEq, Eq, Default, Serialize, Deserialize)]
pub struct Piece {
    /// The words as they are read, without space at either end.
    pub text: String,
    /// Whether a space stands before it in the text.
    pub spaced: bool,
    /// Index into [`Comparison::variants`]; `None` where both sides agree.
    pub variant: Option<usize>,
}
