//! What differs between two editions, word by word, and what kind of difference it is.
//!
//! The sentence alignment is the frame: each bead's words are compared by themselves
//! ([`compare`]), so the cost is near-linear in the text and a passage printed elsewhere is collated
//! inside. [`token`] makes words of text, [`align`] puts them side by side, [`classify`] names the
//! difference with the regularities of the language ([`pack`]).

pub mod align;
mod alternations;
pub mod classify;
mod compare;
pub mod distance;
mod engine;
mod group;
mod noise;
pub mod pack;
mod publications;
pub mod rules;
pub mod shapes;
mod slips;
#[cfg(test)]
pub(crate) mod testing;
#[cfg(test)]
mod tests;
pub mod token;

pub use compare::compare;
pub use engine::collate;
pub use publications::publications;
pub use rules::Rules;
pub use slips::Suspect;

/// How editions are compared.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the project decides for itself.
    pub rules: Rules,
    /// The siglum of the witness whose readings are the lemmas of a collation; without one the
    /// readings with most witnesses are.
    pub base: Option<String>,
}
