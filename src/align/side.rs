//! What the engines see of a witness: one unit per segment, with its text and the structure around
//! it, free of files and offsets. Everything else in this folder works on [`Side`]s.

use super::vectors::SideVectors;
use crate::model::{BlockKind, Lang, Segmented};

/// One segment as the aligner sees it.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Unit {
    /// The segment as it is read: one line, no label.
    pub text: String,
    /// Whether it is the first of its block.
    pub opens_block: bool,
    /// What its block is.
    pub kind: BlockKind,
    /// Who speaks, as the witness writes it.
    pub speaker: Option<String>,
    /// Whether a label stands before it: somebody begins to speak.
    pub opens_turn: bool,
}

/// One of the two texts to be aligned.
#[derive(Debug, Clone, Default)]
pub struct Side {
    /// Its segments in order.
    pub units: Vec<Unit>,
    /// Its language.
    pub lang: Lang,
    /// Vectors of its segments, where they are known.
    pub vectors: Option<SideVectors>,
}

impl Side {
    /// The view of a segmented witness; units and segments have the same numbers.
    pub fn of(text: &Segmented) -> Self {
        let units = (0..text.len())
            .map(|s| Unit {
                text: text.text(s),
                opens_block: text.opens_block(s),
                kind: text.kind(s),
                speaker: text.block(s).speaker.clone(),
                opens_turn: text.label(s).is_some(),
            })
            .collect();
        Self { units, lang: text.document.witness.lang.clone(), vectors: None }
    }

    /// A side of bare sentences without any structure.
    pub fn from_lines<T: Into<String>>(lines: impl IntoIterator<Item = T>, lang: Lang) -> Self {
        let units = lines.into_iter().map(|text| Unit { text: text.into(), ..Unit::default() }).collect();
        Self { units, lang, vectors: None }
    }

    /// Number of units.
    pub fn len(&self) -> usize {
        self.units.len()
    }

    /// Whether there is no unit.
    pub fn is_empty(&self) -> bool {
        self.units.is_empty()
    }
}
