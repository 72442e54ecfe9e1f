//! Trees over witnesses.

/// An unrooted tree.
#[derive(Debug, Clone, PartialEq)]
pub enum Tree {
    /// A witness.
    Leaf(usize),
    /// Branches with their lengths, two of them or, at the top, three.
    Node(Vec<(Tree, f64)>),
}
