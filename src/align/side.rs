//! What the engines see of a witness: one unit per segment, with its text and the structure around
//! it, free of files and offsets. Everything else in this folder works on [`Side`]s.

use super::vectors::SideVectors;
use crate::model::{Block, BlockKind, Document, Lang, OffsetMap, Part, Segment, Segmented, Span, Witness};

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

    /// The units as a text of their own, in one part: for engines that work on texts. Labels are not in it.
    pub(crate) fn to_text(&self, siglum: &str) -> Segmented {
        let mut part = Part::default();
        let mut segments = Vec::with_capacity(self.units.len());
        let mut index = 0;
        for unit in &self.units {
            if unit.opens_block || part.blocks.is_empty() {
                let start = Span::new(part.text.len(), part.text.len());
                part.blocks.push(Block { kind: unit.kind, span: start, ..Block::default() });
                index = 0;
            }
            let span = Span::new(part.text.len(), part.text.len() + unit.text.len());
            part.text.push_str(&unit.text);
            part.text.push('\n');
            let block = part.blocks.len() - 1;
            part.blocks[block].span.end = span.end;
            segments.push(Segment { part: 0, block, index, span });
            index += 1;
        }
        part.map = OffsetMap::verbatim(part.text.len(), 0);
        let witness = Witness::new(siglum, self.lang.clone());
        Segmented { document: Document { witness, parts: vec![part] }, segments, lines: Vec::new() }
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
