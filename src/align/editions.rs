//! Editions of one text: which of their segments correspond follows from the collation of their words.

use std::collections::BTreeSet;

use super::bead::RawBead;
use super::pins::Node;
use super::side::Side;
use super::tokens::{Token, tokenize};
use crate::collate::{self, beads};
use crate::model::Text;

/// Aligns two non-empty sides. The beads cover both; moved ones cross the others. None crosses a node of
/// `forced`.
pub(super) fn align(a: &Side, b: &Side, forced: &[Node]) -> Vec<RawBead> {
    let texts = [Text::new(a.to_text("a")), Text::new(b.to_text("b"))];
    let collated = collate::columns(&texts, &collate::Options::default());
    beads::beads(&collated, 0, 1, forced)
        .into_iter()
        .map(|bead| RawBead { a: bead.a, b: bead.b, confidence: bead.confidence.value() })
        .collect()
}

/// Dice's coefficient of the vocabularies of two sides, from 0 to 1: how many of their words (types) they
/// have in common.
pub(super) fn common_words(a: &Side, b: &Side) -> f64 {
    let words = |side: &Side| -> BTreeSet<String> {
        let tokens = side.units.iter().flat_map(|unit| tokenize(&unit.text));
        tokens.filter(Token::is_word).map(|token| token.text).collect()
    };
    let (a, b) = (words(a), words(b));
    2.0 * a.intersection(&b).count() as f64 / (a.len() + b.len()).max(1) as f64
}
