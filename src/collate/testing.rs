//! Texts for the tests of this module.

use crate::model::{Block, Document, Lang, OffsetMap, Part, Segment, Segmented, Span, Witness};

/// A text of one paragraph with the given sentences.
pub(crate) fn text(siglum: &str, sentences: &[&str]) -> Segmented {
    paragraphs(siglum, &[sentences])
}

/// A text of several paragraphs.
pub(crate) fn paragraphs(siglum: &str, blocks: &[&[&str]]) -> Segmented {
    let mut part = Part::default();
    let mut segments = Vec::new();
    for (block, sentences) in blocks.iter().enumerate() {
        let start = part.text.len();
        for (index, sentence) in sentences.iter().enumerate() {
            let from = part.text.len();
            part.text.push_str(sentence);
            segments.push(Segment { part: 0, block, index, span: Span::new(from, part.text.len()) });
            part.text.push(' ');
        }
        part.blocks.push(Block { span: Span::new(start, part.text.trim_end().len()), ..Block::default() });
        part.text.push('\n');
    }
    part.map = OffsetMap::verbatim(part.text.len(), 0);
    let witness = Witness::new(siglum, Lang::new("en"));
    Segmented { document: Document { witness, parts: vec![part] }, segments, lines: Vec::new() }
}
