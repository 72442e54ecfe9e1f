//! Sentence boundaries against a gold list of sentences.
//!
//! Both texts are compared by their characters that are no white space. Only boundaries inside
//! blocks count: the end of a paragraph is no achievement.

use std::collections::BTreeSet;

use serde::Serialize;

use super::Score;
use crate::model::Segmented;
use crate::{Error, ErrorKind, Result};

/// How well a text was cut.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SegmentScores {
    /// Precision, recall and F1 of the boundaries inside blocks.
    pub boundaries: Score,
    /// Boundaries inside blocks in the gold.
    pub gold: usize,
    /// Boundaries inside blocks that were found.
    pub found: usize,
    /// Of these, right.
    pub right: usize,
}

/// Scores a segmented text against the gold: its sentences in order, one each.
///
/// # Errors
/// `Conflict` where both do not have the same characters, with the sentence of the gold at which
/// they part.
pub fn score(gold: &[&str], text: &Segmented) -> Result<SegmentScores> {
    let solid = |s: &str| s.chars().filter(|c| !c.is_whitespace()).collect::<String>();
    let mut stream = String::new();
    let mut found = BTreeSet::new();
    let mut block_ends = BTreeSet::new();
    for segment in 0..text.len() {
        stream.extend(text.label(segment).map(solid));
        stream.push_str(&solid(text.raw(segment)));
        found.insert(stream.len());
        let next = text.segments.get(segment + 1);
        if next.is_none_or(|n| n.index == 0) {
            block_ends.insert(stream.len());
        }
    }
    let mut at = 0;
    let mut wanted = BTreeSet::new();
    for (number, sentence) in gold.iter().enumerate() {
        let sentence = solid(sentence);
        if !stream[at..].starts_with(&sentence) {
            let shown: String = gold[number].chars().take(60).collect();
            return Err(Error::new(
                ErrorKind::Conflict,
                format!("the text and the gold part at sentence {} of the gold: “{shown}”", number + 1),
            )
            .hint("the gold must have the same text, one sentence a line"));
        }
        at += sentence.len();
        wanted.insert(at);
    }
    let inner = |ends: &BTreeSet<usize>| ends.difference(&block_ends).copied().collect::<BTreeSet<_>>();
    let (wanted, found) = (inner(&wanted), inner(&found));
    let right = wanted.intersection(&found).count();
    Ok(SegmentScores {
        boundaries: Score::new(right, found.len(), right, wanted.len()),
        gold: wanted.len(),
        found: found.len(),
        right,
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::paragraphs;

    #[test]
    fn only_boundaries_inside_blocks_count() {
        let text = paragraphs("A", &[&["One.", "Two. Three."], &["Four.", "Five."]]);
        let scores = score(&["One.", "Two.", "Three.", "Four. Five."], &text).unwrap();
        assert_eq!((scores.gold, scores.found, scores.right), (2, 2, 1));
        assert_eq!(score(&["One.", "Zwei."], &text).unwrap_err().kind(), ErrorKind::Conflict);
    }
}
