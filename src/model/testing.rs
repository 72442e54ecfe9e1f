//! Made-up texts for tests, and a small collation made by hand.

use crate::model::{
    Attestation, Block, Collated, CollatedToken, CollatedWitness, Collation, Confidence, Document, Entry,
    EntryKind, EntryReading, Judgement, Lang, OffsetMap, Part, Segment, Segmented, Span, Text, VariantClass,
    Witness,
};

/// An English text of one paragraph with the given sentences.
pub(crate) fn text(siglum: &str, sentences: &[&str]) -> Text {
    text_in(siglum, "en", sentences)
}

/// A text of one paragraph in some language.
pub(crate) fn text_in(siglum: &str, lang: &str, sentences: &[&str]) -> Text {
    segmented(Witness::new(siglum, Lang::new(lang)), &[sentences])
}

/// An English text of several paragraphs.
pub(crate) fn paragraphs(siglum: &str, blocks: &[&[&str]]) -> Text {
    segmented(Witness::new(siglum, Lang::new("en")), blocks)
}

fn segmented(witness: Witness, blocks: &[&[&str]]) -> Text {
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
    Segmented { document: Document { witness, parts: vec![part] }, segments, lines: Vec::new() }.into()
}

/// Texts and their collation.
#[derive(Debug)]
pub(crate) struct Case {
    texts: Vec<Text>,
    collation: Collation,
}

impl Case {
    /// A `the colour of war`, B `the color of war`, C `the color war`.
    pub(crate) fn three() -> Self {
        let texts = [
            ("A", "the colour of war", &[0, 1, 2, 3][..]),
            ("B", "the color of war", &[0, 1, 2, 3]),
            ("C", "the color war", &[0, 1, 3]),
        ];
        let witnesses =
            texts.iter().map(|(siglum, words, columns)| witness(siglum, words, columns)).collect();
        let judgement = |class, rule: &str| {
            Some(Judgement {
                class,
                rule: rule.to_owned(),
                confidence: Confidence::new(0.9),
                explanation: "because".to_owned(),
                lemma_is_suspect: None,
                project_rule: None,
            })
        };
        let reading = |who: &[(usize, u32, u32)], text: &str, judgement| EntryReading {
            witnesses: who
                .iter()
                .map(|&(witness, from, to)| Attestation { witness, tokens: from..to })
                .collect(),
            text: text.to_owned(),
            judgement,
        };
        let entries = vec![
            Entry {
                kind: EntryKind::Words,
                columns: 1..2,
                readings: vec![
                    reading(&[(0, 1, 2)], "colour", None),
                    reading(
                        &[(1, 1, 2), (2, 1, 2)],
                        "color",
                        judgement(VariantClass::Spelling, "spelling.known"),
                    ),
                ],
                absent: Vec::new(),
                in_move: None,
                between: Vec::new(),
            },
            Entry {
                kind: EntryKind::Words,
                columns: 2..3,
                readings: vec![
                    reading(&[(0, 2, 3), (1, 2, 3)], "of", None),
                    reading(&[(2, 2, 2)], "", judgement(VariantClass::Omission, "omission")),
                ],
                absent: Vec::new(),
                in_move: None,
                between: Vec::new(),
            },
        ];
        Self {
            texts: texts.iter().map(|(siglum, words, _)| text(siglum, &[words])).collect(),
            collation: Collation { witnesses, base: Some(0), columns: 4, entries, moves: Vec::new() },
        }
    }

    /// The collation with its texts.
    pub(crate) fn collated(&self) -> Collated {
        Collated::new(self.collation.clone(), &self.texts).unwrap()
    }
}

fn witness(siglum: &str, words: &str, columns: &[u32]) -> CollatedWitness {
    let mut tokens = Vec::new();
    let mut at = 0;
    for (word, &column) in words.split(' ').zip(columns) {
        let end = at + word.len();
        let span = Span::new(at, end);
        tokens.push(CollatedToken { read: at as u32..end as u32, part: 0, segment: 0, span, column });
        at = end + 1;
    }
    CollatedWitness {
        siglum: siglum.to_owned(),
        text: words.to_owned(),
        tokens,
        present: std::iter::once(0..4).collect(),
    }
}
