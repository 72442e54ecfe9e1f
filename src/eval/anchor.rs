//! Gold alignments that consist of sentences, brought onto the segments of two texts.
//!
//! A gold file is JSON Lines: a header, then a bead a line, `{"a": ["..."], "b": ["...", "..."]}`,
//! each string a sentence as it is read, without the label of a speaker. White space does not count.
//! The gold's sentences and the segments under test may be cut differently: both are expressed in
//! *atoms*, the stretches between any two neighbouring boundaries of either. Where the cuts agree,
//! atoms are the segments and the scores those of the literature.

use std::collections::BTreeSet;
use std::path::Path;

use serde::Deserialize;

use super::calibration::{self, Calibration};
use super::gold::{self, Form};
use crate::model::{Alignment, IndexBead, Segmented, Span};
use crate::{Error, ErrorKind, Result};

/// The `schema` of the header line.
pub const SCHEMA: &str = "hexapla/gold-alignment/1";

/// A gold alignment.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldAlignment {
    /// Siglum of the first witness.
    pub a: String,
    /// Siglum of the second witness.
    pub b: String,
    /// The beads, in the order of the first witness.
    pub beads: Vec<GoldBead>,
}

/// Sentences that correspond.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct GoldBead {
    /// Sentences of the first witness.
    pub a: Vec<String>,
    /// Sentences of the second witness.
    pub b: Vec<String>,
}

impl GoldAlignment {
    /// Parses a gold file; `path` is for messages only.
    ///
    /// # Errors
    /// `Syntax` with the line that is not of the format.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let form = Form { schema: SCHEMA, entry: "{\"a\": [\"…\"], \"b\": [\"…\"]} a bead" };
        let (header, beads) = gold::parse(text, path, form)?;
        Ok(Self { a: header.a, b: header.b, beads })
    }
}

/// Gold and predicted beads over the same atoms, ready for [`score`](super::beads::score).
#[derive(Debug, Clone, PartialEq)]
pub struct Anchored {
    /// The gold's beads.
    pub gold: Vec<IndexBead>,
    /// The predicted beads, in the order of the alignment.
    pub predicted: Vec<IndexBead>,
    /// Their confidences, in the same order.
    pub confidences: Vec<f64>,
}

impl Anchored {
    /// How far the confidences can be trusted.
    pub fn calibration(&self) -> Option<Calibration> {
        let predicted: Vec<_> =
            self.predicted.iter().cloned().zip(self.confidences.iter().copied()).collect();
        calibration::measure(&self.gold, &predicted)
    }
}

/// Expresses the gold and an alignment of `a` and `b` in common atoms.
///
/// # Errors
/// `Conflict` where a gold sentence does not stand in its witness: the text was changed after the
/// gold was made.
pub fn anchor(gold: &GoldAlignment, a: &Segmented, b: &Segmented, alignment: &Alignment) -> Result<Anchored> {
    let side_a = Side::new(a, gold.beads.iter().map(|bead| bead.a.as_slice()))?;
    let side_b = Side::new(b, gold.beads.iter().map(|bead| bead.b.as_slice()))?;
    let gold_beads =
        (0..gold.beads.len()).map(|k| IndexBead::new(side_a.gold_atoms(k), side_b.gold_atoms(k))).collect();
    let predicted = alignment
        .beads
        .iter()
        .map(|bead| {
            IndexBead::new(side_a.segment_atoms(bead.a.clone()), side_b.segment_atoms(bead.b.clone()))
        })
        .collect();
    let confidences = alignment.beads.iter().map(|bead| bead.confidence.value()).collect();
    Ok(Anchored { gold: gold_beads, predicted, confidences })
}

/// One witness as a stream of characters without white space, cut by both segmentations.
struct Side {
    /// Where each atom starts, ascending; an atom reaches to the next start.
    starts: Vec<usize>,
    /// Range of each segment in the stream.
    segments: Vec<Span>,
    /// Ranges of the sentences of each gold bead.
    gold: Vec<Vec<Span>>,
}

impl Side {
    fn new<'g>(text: &Segmented, beads: impl Iterator<Item = &'g [String]>) -> Result<Self> {
        let mut stream = String::new();
        let segments: Vec<Span> = (0..text.len())
            .map(|s| {
                let start = stream.len();
                stream.extend(text.text(s).chars().filter(|c| !c.is_whitespace()));
                Span::new(start, stream.len())
            })
            .collect();
        let mut finder = Finder { stream: &stream, cursor: 0, used: BTreeSet::new() };
        let gold = beads
            .map(|sentences| sentences.iter().map(|s| finder.find(s, text)).collect::<Result<Vec<_>>>())
            .collect::<Result<Vec<_>>>()?;
        let ends_and_starts = |span: &Span| [span.start, span.end];
        let starts: BTreeSet<usize> =
            segments.iter().chain(gold.iter().flatten()).flat_map(ends_and_starts).collect();
        Ok(Self { starts: starts.into_iter().collect(), segments, gold })
    }

    fn atoms(&self, span: Span) -> std::ops::Range<usize> {
        let index = |offset| self.starts.partition_point(|&start| start < offset);
        index(span.start)..index(span.end)
    }

    fn gold_atoms(&self, bead: usize) -> Vec<usize> {
        self.gold[bead].iter().flat_map(|&span| self.atoms(span)).collect()
    }

    fn segment_atoms(&self, segments: std::ops::Range<usize>) -> Vec<usize> {
        segments.flat_map(|s| self.atoms(self.segments[s])).collect()
    }
}

/// Finds sentences in the stream: after the last one if possible, else the first place not taken
/// (a transposed passage stands elsewhere).
struct Finder<'s> {
    stream: &'s str,
    cursor: usize,
    used: BTreeSet<usize>,
}

impl Finder<'_> {
    fn find(&mut self, sentence: &str, text: &Segmented) -> Result<Span> {
        let wanted: String = sentence.chars().filter(|c| !c.is_whitespace()).collect();
        let free = |from: usize| {
            self.stream[from..]
                .match_indices(&wanted)
                .map(|(i, _)| from + i)
                .find(|start| !self.used.contains(start))
        };
        let ahead = free(self.cursor);
        // A sentence found far ahead may be a later repetition of one that stands before.
        let start = ahead.or_else(|| free(0)).ok_or_else(|| {
            let shown: String = sentence.chars().take(60).collect();
            Error::new(
                ErrorKind::Conflict,
                format!("the gold's sentence “{shown}” does not stand in {}", text.siglum()),
            )
            .hint("the text was changed after the gold was made: mend the gold or the text")
        })?;
        let span = Span::new(start, start + wanted.len());
        self.used.insert(start);
        self.cursor = span.end;
        Ok(span)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::eval::beads::score;
    use crate::model::{Bead, Block, Document, Lang, Part, Segment, Witness};

    fn text(siglum: &str, sentences: &[&str]) -> Segmented {
        let mut part = Part::default();
        let mut segments = Vec::new();
        for (index, sentence) in sentences.iter().enumerate() {
            let start = part.text.len();
            part.text.push_str(sentence);
            segments.push(Segment { part: 0, block: 0, index, span: Span::new(start, part.text.len()) });
            part.text.push(' ');
        }
        part.blocks = vec![Block { span: Span::new(0, part.text.len() - 1), ..Block::default() }];
        let witness = Witness::new(siglum, Lang::new("en"));
        Segmented { document: Document { witness, parts: vec![part] }, segments, lines: Vec::new() }
    }

    fn gold(beads: &[(&[&str], &[&str])]) -> GoldAlignment {
        let strings = |list: &[&str]| list.iter().map(|s| (*s).to_owned()).collect();
        GoldAlignment {
            a: "A".into(),
            b: "B".into(),
            beads: beads.iter().map(|(a, b)| GoldBead { a: strings(a), b: strings(b) }).collect(),
        }
    }

    #[test]
    fn a_different_cut_of_the_same_match_is_still_right() {
        let a = text("A", &["One. Two.", "Three."]);
        let b = text("B", &["Eins.", "Zwei.", "Drei."]);
        let alignment = Alignment { beads: vec![Bead::new(0..1, 0..2, 1.0), Bead::new(1..2, 2..3, 1.0)] };
        let gold = gold(&[(&["One.", "Two."], &["Eins. Zwei."]), (&["Three."], &["Drei."])]);
        let anchored = anchor(&gold, &a, &b, &alignment).unwrap();
        assert_eq!(score(&anchored.gold, &anchored.predicted).strict.f1, 1.0);
    }

    #[test]
    fn transposed_sentences_are_found_where_they_stand() {
        let a = text("A", &["One.", "Two.", "Three."]);
        let b = text("B", &["Two!", "One!", "Three!"]);
        let gold = gold(&[(&["One."], &["One!"]), (&["Two."], &["Two!"]), (&["Three."], &["Three!"])]);
        let anchored = anchor(&gold, &a, &b, &Alignment::default()).unwrap();
        assert_eq!(anchored.gold[0], IndexBead::new([0], [1]));
        assert_eq!(anchored.gold[1], IndexBead::new([1], [0]));
    }

    #[test]
    fn a_sentence_that_is_gone_is_an_error() {
        let a = text("A", &["One."]);
        let gold = gold(&[(&["Eleven."], &[])]);
        let error = anchor(&gold, &a, &a, &Alignment::default()).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Conflict);
    }

    #[test]
    fn malformed_gold_names_the_line() {
        let header = format!("{{\"schema\":\"{SCHEMA}\",\"a\":\"A\",\"b\":\"B\"}}\n");
        let error =
            GoldAlignment::parse(&format!("{header}\n{{\"a\":[]\n"), Path::new("g.jsonl")).unwrap_err();
        assert_eq!((error.kind(), error.place().unwrap().line), (ErrorKind::Syntax, 3));
        assert!(GoldAlignment::parse(&header, Path::new("g")).unwrap().beads.is_empty());
    }
}
