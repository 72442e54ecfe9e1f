//! What differs between two editions, word by word, and what kind of difference it is.
//!
//! The sentence alignment is the frame: each bead's words are compared by themselves
//! ([`compare`]), so the cost is near-linear in the text and a passage printed elsewhere is collated
//! inside. [`token`] makes words of text, [`align`] puts them side by side, [`classify`] names the
//! difference with the regularities of the language ([`pack`]).

pub mod align;
pub mod classify;
mod compare;
pub mod distance;
mod engine;
mod group;
pub mod pack;
mod publications;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod token;

pub use compare::compare;
pub use engine::collate;
pub use publications::publications;

/// How editions are compared.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Options {
    /// The project's regularisations: a form and what it counts as. A difference that they explain
    /// is a spelling with the rule `project`, whatever else it would be.
    pub rules: Vec<(String, String)>,
    /// The siglum of the witness whose readings are the lemmas of a collation; without one the
    /// readings with most witnesses are.
    pub base: Option<String>,
}
