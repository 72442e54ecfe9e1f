//! A document cut into segments, and how to cite a place in it.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Block, BlockKind, Document, LocusUnit, MappedText, Milestone, Part, Span};

/// So many milestones before a segment are looked at; of the smallest units one stands near.
const FARTHEST_MILESTONE: usize = 64;

/// A sentence or a line of verse: the unit of alignment.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
pub struct Segment {
    /// Index of its part in the document, 0-based.
    pub part: usize,
    /// Index of its block in the part, 0-based.
    pub block: usize,
    /// Its number within the block, 0-based.
    pub index: usize,
    /// Its bytes in the part's text, without surrounding white space; never empty.
    pub span: Span,
}

/// Where something stands, for people: `FI 2.5.3` is part 2, block 5, segment 3 of FI, each from 1.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Locus {
    /// The siglum.
    pub siglum: String,
    /// 1-based part.
    pub part: usize,
    /// 1-based block within the part.
    pub block: usize,
    /// 1-based segment within the block.
    pub segment: usize,
}

impl fmt::Display for Locus {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} {}.{}.{}", self.siglum, self.part, self.block, self.segment)
    }
}

/// A document and its segments: what alignment and comparison work on.
///
/// Invariant: segments are in the order of the text, disjoint, each inside its block's body, and
/// between two of them there is white space only (labels apart).
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Segmented {
    /// The text.
    pub document: Document,
    /// Its segments.
    pub segments: Vec<Segment>,
    /// For a file of one sentence a line: the 0-based line of each segment. Empty otherwise.
    pub lines: Vec<usize>,
}

impl Segmented {
    /// The siglum of the witness.
    pub fn siglum(&self) -> &str {
        &self.document.witness.siglum
    }

    /// Number of segments.
    pub fn len(&self) -> usize {
        self.segments.len()
    }

    /// Whether there is no segment.
    pub fn is_empty(&self) -> bool {
        self.segments.is_empty()
    }

    /// The part of a segment.
    pub fn part(&self, segment: usize) -> &Part {
        &self.document.parts[self.segments[segment].part]
    }

    /// The block of a segment.
    pub fn block(&self, segment: usize) -> &Block {
        &self.part(segment).blocks[self.segments[segment].block]
    }

    /// The kind of a segment's block.
    pub fn kind(&self, segment: usize) -> BlockKind {
        self.block(segment).kind
    }

    /// The label that stands before a segment (`QUESTION:`), where the segment opens a speech.
    pub fn label(&self, segment: usize) -> Option<&str> {
        let opens = self.segments[segment].index == 0;
        let label = self.block(segment).label.filter(|_| opens)?;
        Some(&self.part(segment).text[label.range()])
    }

    /// The segment's bytes as they stand in the part's text.
    pub fn raw(&self, segment: usize) -> &str {
        &self.part(segment).text[self.segments[segment].span.range()]
    }

    /// The segment as it is read: one line, broken words joined.
    pub fn text(&self, segment: usize) -> String {
        self.part(segment).reading(self.segments[segment].span)
    }

    /// The segment as it is read, with the way back to the part's text.
    pub fn mapped_text(&self, segment: usize) -> MappedText {
        self.part(segment).mapped_reading(self.segments[segment].span)
    }

    /// Several consecutive segments as they are read, joined by a space (by nothing in a language
    /// written without spaces).
    pub fn joined_text(&self, segments: std::ops::Range<usize>) -> String {
        let glue = if self.document.witness.lang.is_unspaced() { "" } else { " " };
        segments.map(|s| self.text(s)).collect::<Vec<_>>().join(glue)
    }

    /// Whether a segment is the first of its block.
    pub fn opens_block(&self, segment: usize) -> bool {
        self.segments[segment].index == 0
    }

    /// The place of a segment, for people.
    pub fn locus(&self, segment: usize) -> Locus {
        let s = self.segments[segment];
        Locus { siglum: self.siglum().to_owned(), part: s.part + 1, block: s.block + 1, segment: s.index + 1 }
    }

    /// The places of consecutive segments in short: `FI 1.5.3`, `FI 1.5.3–4`, `FI 1.5.3–1.6.1`;
    /// empty for none.
    pub fn locus_range(&self, segments: &std::ops::Range<usize>) -> String {
        let Some(last) = segments.clone().next_back() else { return String::new() };
        let (from, to) = (self.locus(segments.start), self.locus(last));
        if from == to {
            from.to_string()
        } else if (from.part, from.block) == (to.part, to.block) {
            format!("{from}–{}", to.segment)
        } else {
            format!("{from}–{}.{}.{}", to.part, to.block, to.segment)
        }
    }

    /// The place where the text begins, for texts without a segment.
    pub fn start(&self) -> Locus {
        Locus { siglum: self.siglum().to_owned(), part: 1, block: 1, segment: 1 }
    }

    /// Where a segment stands in its source, as its print or file counts: `p. 252`, `Matt 5.3`,
    /// `00:01:12`. Verses, lines and times go before sections, these before pages; `None` where the
    /// source counts nothing.
    pub fn source_locus(&self, segment: usize) -> Option<String> {
        let (part, start) = (self.part(segment), self.segments[segment].span.start);
        let before = part.milestones.partition_point(|milestone| milestone.at <= start);
        let mut best: Option<&Milestone> = None;
        for milestone in part.milestones.get(..before)?.iter().rev().take(FARTHEST_MILESTONE) {
            if best.is_none_or(|best| milestone.unit > best.unit) {
                best = Some(milestone);
            }
        }
        best.map(|milestone| match milestone.unit {
            LocusUnit::Page => format!("p. {}", milestone.name),
            _ => milestone.name.clone(),
        })
    }

    /// The id of a segment in data, `FI:1.5.3`: its locus in one word.
    pub fn segment_id(&self, segment: usize) -> String {
        let Locus { siglum, part, block, segment } = self.locus(segment);
        format!("{siglum}:{part}.{block}.{segment}")
    }

    /// The bytes of the file from which a segment was read.
    pub fn source_span(&self, segment: usize) -> Span {
        self.part(segment).map.source_of(self.segments[segment].span)
    }
}
