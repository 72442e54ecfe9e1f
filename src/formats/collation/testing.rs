//! A small collation made by hand, for the tests of its formats.

use crate::collate::testing::text;
use crate::model::{
    Attestation, Collated, CollatedToken, CollatedWitness, Collation, Confidence, Entry, EntryReading,
    Judgement, Segmented, Span, VariantClass,
};

/// Texts and their collation.
#[derive(Debug)]
pub(crate) struct Case {
    texts: Vec<Segmented>,
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
        let units = vec![
            Entry {
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
            collation: Collation { witnesses, base: Some(0), columns: 4, units, moves: Vec::new() },
        }
    }

    /// The collation with its texts.
    pub(crate) fn collated(&self) -> Collated {
        Collated::new(&self.collation, &self.texts.iter().collect::<Vec<_>>()).unwrap()
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
