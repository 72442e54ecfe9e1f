//! What differs between editions, word by word, and what kind of difference it is.
//!
//! [`collate`] serves two witnesses as it serves two hundred: their tokens ([`token`]) stand in common
//! columns (the engine in `engine/`), and all that is to be said of the differences is one list of entries,
//! each with its class ([`classify`]) by the regularities of the language ([`pack`]) and the rules of the
//! project ([`Rules`]). Sentences play no part in it: the same words with other stops or line ends give the
//! same columns. [`beads`] tells which sentences correspond, from the words that do.

mod alternations;
pub mod beads;
pub mod classify;
pub mod distance;
mod engine;
pub mod filter;
mod marks;
mod noise;
mod numerals;
pub mod pack;
mod regular;
pub mod rows;
pub mod rules;
pub mod shapes;
mod slips;
#[cfg(test)]
mod tests;
pub mod token;

pub use rules::Rules;
pub use slips::Suspect;

use crate::model::{Collated, Segmented, Text};
use crate::{Error, ErrorKind, Outcome, Result};

/// Collates witnesses of one text, in one language. They come in the order of their sigla, whatever the
/// order in which they are given; a base is named by its siglum in `options`.
///
/// Warnings: `unknown-base` (the base is none of the witnesses).
///
/// # Errors
/// Two witnesses with one siglum.
pub fn collate(texts: &[Text], options: &Options) -> Result<Outcome<Collated>> {
    for (index, text) in texts.iter().enumerate() {
        if texts[..index].iter().any(|other| other.siglum() == text.siglum()) {
            let message = format!("two witnesses have the siglum `{}`", text.siglum());
            return Err(
                Error::new(ErrorKind::Conflict, message).hint("each witness needs a siglum of its own")
            );
        }
    }
    let found = engine::collate(&segmented(texts), options);
    Ok(found.map(|collation| Collated::new(collation, texts).unwrap_or_default()))
}

/// The same without entries: which words stand in which column, and what stands elsewhere. For who asks
/// which sentences correspond only.
pub(crate) fn columns(texts: &[Text], options: &Options) -> Collated {
    Collated::new(engine::columns(&segmented(texts), options), texts).unwrap_or_default()
}

fn segmented(texts: &[Text]) -> Vec<&Segmented> {
    texts.iter().map(|text| &**text).collect()
}

/// How editions are compared.
#[derive(Debug, Clone, Default)]
pub struct Options {
    /// What the project decides for itself.
    pub rules: Rules,
    /// The siglum of the witness whose readings are the lemmas of a collation; without one the
    /// readings with most witnesses are.
    pub base: Option<String>,
}
