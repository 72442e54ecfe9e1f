//! Passages of whole sentences that stand at one place in some editions and at another in others: which of
//! them a translation follows.
//!
//! A translation whose sentences are not displaced against an edition stands as that edition does.

use std::collections::BTreeSet;

use super::{SURE, overlap};
use crate::model::{Collated, Link, MoveFollow, MoveScale, MovedRun, Text};

/// For each moved passage of whole sentences and each text that is not collated, whether it stands as at its
/// home or as at its other place. What the alignments at hand (`links`, by index of their texts) do not tell
/// is not in the answer.
pub fn follows_of_moves(texts: &[Text], collated: &Collated, links: &[Link]) -> Vec<MoveFollow> {
    let is_edition = |text: &Text| collated.witness(text.siglum()).is_some();
    let mut out = Vec::new();
    for (number, moved) in collated.collation.moves.iter().enumerate() {
        if !matches!(moved.scale, MoveScale::Sentence | MoveScale::Block) {
            continue;
        }
        for (column, text) in texts.iter().enumerate().filter(|(_, text)| !is_edition(text)) {
            let stands_as = |run: &MovedRun| {
                links.iter().filter(|l| l.b == column).any(|link| stands_as(collated, texts, run, link))
            };
            let (home, away) = (stands_as(&moved.home), stands_as(&moved.away));
            if home != away {
                out.push(MoveFollow { moved: number, siglum: text.siglum().to_owned(), at_home: home });
            }
        }
    }
    out
}

/// Whether the edition of a link has a run, and the translation has it in the same order.
fn stands_as(collated: &Collated, texts: &[Text], run: &MovedRun, link: &Link) -> bool {
    let edition = texts[link.a].siglum();
    let Some(at) = run.witnesses.iter().find(|at| collated.siglum(at.witness) == edition) else {
        return false;
    };
    let segments: BTreeSet<usize> = collated.tokens(at).iter().map(|token| token.segment as usize).collect();
    let (Some(&first), Some(&last)) = (segments.first(), segments.last()) else { return false };
    let beads = link.alignment.beads.iter().filter(|bead| overlap(&bead.a, &(first..last + 1)));
    let mut beads = beads.filter(|bead| bead.is_matched()).peekable();
    beads.peek().is_some() && beads.all(|bead| !bead.moved && bead.confidence.value() >= SURE)
}
