//! Variants against a gold list of variants.
//!
//! A gold file is JSON Lines: a header, then a variant a line with its class and the byte range of
//! both readings in their files. A gold variant is *found* if a reported one touches it in both
//! witnesses; its class is *right* if one of those that touch it has the gold's class; a reported
//! variant that touches no gold variant is *invented*.

use std::collections::BTreeMap;
use std::path::Path;

use serde::{Deserialize, Serialize};

use super::gold::{self, Form};
use crate::Result;
use crate::model::{Segmented, Span, Variant, VariantClass};

/// The `schema` of the header line.
pub const SCHEMA: &str = "hexapla/gold-variants/1";

/// Readings without words (omissions, additions) stand at a point; white space and a line-end
/// hyphen may lie between the point of the gold and that of the report. In bytes.
const POINT_SLACK: usize = 4;

/// How far apart (bytes) the reported and the gold words of a transposition may stand: if two words
/// change places, either can be said to have moved.
const SWAP_SLACK: usize = 24;

/// A transposition longer than this (bytes) is one of sentences or blocks: what changes inside it
/// is gold of its own, so only a reported transposition can match it.
const PHRASE_BYTES: usize = 120;

/// In the confusion of classes: a gold variant that was not found.
const MISSED: &str = "missed";
/// A reported variant that no gold variant explains.
const INVENTED: &str = "invented";

/// A gold list of variants between two witnesses.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct GoldVariants {
    /// Siglum of the base.
    pub a: String,
    /// Siglum of the other witness.
    pub b: String,
    /// The variants, in the order of the base.
    pub entries: Vec<GoldVariant>,
}

/// One variant.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GoldVariant {
    /// Its number in the list.
    pub id: usize,
    /// Its class.
    pub class: VariantClass,
    /// Where it stands in the base.
    pub a: GoldReading,
    /// Where it stands in the other witness.
    pub b: GoldReading,
}

/// A range of bytes in a file.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct GoldReading {
    /// The file's name, without folders.
    pub file: String,
    /// First byte, 0-based.
    pub start: usize,
    /// One past the last byte.
    pub end: usize,
    /// The bytes that stand there.
    pub text: String,
}

impl GoldReading {
    fn span(&self) -> Span {
        Span::new(self.start, self.end)
    }
}

impl GoldVariants {
    /// Parses a gold file; `path` is for messages only.
    ///
    /// # Errors
    /// `Syntax` with the line that is not of the format.
    pub fn parse(text: &str, path: &Path) -> Result<Self> {
        let form = Form {
            schema: SCHEMA,
            entry: "{\"id\": 1, \"class\": \"spelling\", \"a\": …, \"b\": …} a variant",
        };
        let (header, entries) = gold::parse(text, path, form)?;
        Ok(Self { a: header.a, b: header.b, entries })
    }
}

/// How a list of variants compares to its gold.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct VariantScores {
    /// Variants in the gold.
    pub gold: usize,
    /// Gold variants that were found.
    pub found: usize,
    /// Gold variants found with the right class.
    pub class_right: usize,
    /// Reported variants.
    pub reported: usize,
    /// Ids of the gold variants that were missed.
    pub missed: Vec<usize>,
    /// Indices (0-based) of the reported variants that no gold variant explains.
    pub invented: Vec<usize>,
    /// Gold variants found with another class: id, gold class, reported class.
    pub misclassed: Vec<(usize, VariantClass, VariantClass)>,
    /// For each class of the gold: how many there are, how many were found, how many rightly classed.
    pub by_class: BTreeMap<&'static str, ClassCount>,
    /// How often a class of the gold was reported as which class: gold class, reported class, count.
    /// What was not found is reported as `missed`; what was invented has the gold class `invented`.
    pub confusion: BTreeMap<&'static str, BTreeMap<&'static str, usize>>,
}

/// Counts of one class.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct ClassCount {
    /// In the gold.
    pub gold: usize,
    /// Of these, found.
    pub found: usize,
    /// Of these, with the right class.
    pub class_right: usize,
}

/// Scores `reported` (variants of `a` against `b`) against the gold.
pub fn score(gold: &GoldVariants, reported: &[Variant], a: &Segmented, b: &Segmented) -> VariantScores {
    let places: Vec<_> = reported.iter().map(|v| (place(&v.a, a), place(&v.b, b))).collect();
    let matches = |entry: &GoldVariant, index: usize| {
        let transposed = reported[index].class == VariantClass::Transposition;
        let is_block = entry.class == VariantClass::Transposition && entry.a.span().len() > PHRASE_BYTES;
        // Which of two neighbours changed places with the other is nobody's reading.
        let slack = if transposed && entry.class == VariantClass::Transposition { SWAP_SLACK } else { 0 };
        (!is_block || transposed)
            && touches(&entry.a, &places[index].0, slack)
            && touches(&entry.b, &places[index].1, slack)
    };
    let mut scores = VariantScores {
        gold: gold.entries.len(),
        found: 0,
        class_right: 0,
        reported: reported.len(),
        missed: Vec::new(),
        invented: Vec::new(),
        misclassed: Vec::new(),
        by_class: BTreeMap::new(),
        confusion: BTreeMap::new(),
    };
    let mut explained = vec![false; reported.len()];
    for entry in &gold.entries {
        let touching: Vec<usize> = (0..reported.len()).filter(|&index| matches(entry, index)).collect();
        touching.iter().for_each(|&index| explained[index] = true);
        let right = touching.iter().any(|&index| reported[index].class == entry.class);
        let as_class = match touching.first() {
            None => MISSED,
            Some(_) if right => entry.class.word(),
            Some(&first) => reported[first].class.word(),
        };
        *scores.confusion.entry(entry.class.word()).or_default().entry(as_class).or_default() += 1;
        let count = scores.by_class.entry(entry.class.word()).or_default();
        count.gold += 1;
        match touching.first() {
            None => scores.missed.push(entry.id),
            Some(&first) => {
                count.found += 1;
                scores.found += 1;
                if right {
                    count.class_right += 1;
                    scores.class_right += 1;
                } else {
                    scores.misclassed.push((entry.id, entry.class, reported[first].class));
                }
            }
        }
    }
    scores.invented = (0..reported.len()).filter(|&index| !explained[index]).collect();
    for &index in &scores.invented {
        let row = scores.confusion.entry(INVENTED).or_default();
        *row.entry(reported[index].class.word()).or_default() += 1;
    }
    scores
}

/// The file (name without folders) and the bytes in it of a reading.
fn place(reading: &crate::model::Reading, text: &Segmented) -> (String, Span) {
    let part = &text.document.parts[reading.part];
    let file =
        part.source.path.as_deref().and_then(Path::file_name).map(|n| n.to_string_lossy().into_owned());
    (file.unwrap_or_default(), part.map.source_of(reading.span))
}

fn touches(gold: &GoldReading, (file, span): &(String, Span), slack: usize) -> bool {
    let gold_span = gold.span();
    let slack = if gold_span.is_empty() || span.is_empty() { slack.max(POINT_SLACK) } else { slack };
    let apart = if slack == 0 {
        !gold_span.overlaps(*span)
    } else {
        gold_span.end + slack < span.start || span.end + slack < gold_span.start
    };
    gold.file == *file && !apart
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::testing::Case;
    use crate::model::{Document, Locus, OffsetMap, Part, Reading, Witness};

    fn text(siglum: &str, body: &str) -> Segmented {
        let mut part =
            Part { text: body.to_owned(), map: OffsetMap::verbatim(body.len(), 0), ..Part::default() };
        part.source.path = Some(format!("texts/{siglum}.txt").into());
        let witness = Witness::new(siglum, "en".into());
        Segmented { document: Document { witness, parts: vec![part] }, ..Segmented::default() }
    }

    fn reading(text: &Segmented, words: &str) -> Reading {
        let body = &text.document.parts[0].text;
        let start = body.find(words).unwrap();
        Reading {
            locus: Locus { siglum: text.siglum().to_owned(), part: 1, block: 1, segment: 1 },
            part: 0,
            span: Span::new(start, start + words.len()),
            text: words.to_owned(),
        }
    }

    fn gold_reading(reading: &Reading) -> GoldReading {
        GoldReading {
            file: format!("{}.txt", reading.locus.siglum),
            start: reading.span.start,
            end: reading.span.end,
            text: reading.text.clone(),
        }
    }

    #[test]
    fn found_missed_misclassed_and_invented_are_told_apart() {
        let a = text("A", "the colour of war, ten months");
        let b = text("B", "the color of War; nine months");
        let pair = |x: &str, y: &str| (reading(&a, x), reading(&b, y));
        let variant = |class, (a, b): (Reading, Reading)| Variant::new(class, "test", a, b);
        let entry = |id, class, (a, b): (Reading, Reading)| GoldVariant {
            id,
            class,
            a: gold_reading(&a),
            b: gold_reading(&b),
        };
        let gold = GoldVariants {
            a: "A".into(),
            b: "B".into(),
            entries: vec![
                entry(1, VariantClass::Spelling, pair("colour", "color")),
                entry(2, VariantClass::Capitalisation, pair("war", "War")),
                entry(3, VariantClass::Punctuation, pair(",", ";")),
            ],
        };
        let reported = [
            variant(VariantClass::Spelling, pair("colour", "color")),
            variant(VariantClass::Substitution, pair("war", "War")),
            variant(VariantClass::Number, pair("ten", "nine")),
        ];
        let scores = score(&gold, &reported, &a, &b);
        assert_eq!((scores.found, scores.class_right), (2, 1));
        assert_eq!(scores.missed, [3]);
        assert_eq!(scores.invented, [2]);
        assert_eq!(scores.misclassed, [(2, VariantClass::Capitalisation, VariantClass::Substitution)]);
        assert_eq!(scores.confusion["capitalisation"], BTreeMap::from([("substitution", 1)]));
        assert_eq!(scores.confusion["punctuation"], BTreeMap::from([("missed", 1)]));
        assert_eq!(scores.confusion["invented"], BTreeMap::from([("number", 1)]));
    }

    #[test]
    fn units_in_which_two_witnesses_differ_are_variants() {
        let case = Case::three();
        let shown = |b: usize| -> Vec<(VariantClass, String, String, Span)> {
            let variants = case.collated().variants(0, b);
            variants.into_iter().map(|v| (v.class, v.a.text, v.b.text, v.b.span)).collect()
        };
        let spelling = (VariantClass::Spelling, "colour".to_owned(), "color".to_owned(), Span::new(4, 9));
        assert_eq!(shown(1), vec![spelling.clone()]);
        let omission = (VariantClass::Omission, "of".to_owned(), String::new(), Span::new(9, 9));
        assert_eq!(shown(2), [spelling, omission]);
    }

    #[test]
    fn the_other_file_is_another_place() {
        let gold = GoldReading { file: "A.txt".into(), start: 3, end: 5, text: "xx".into() };
        assert!(touches(&gold, &("A.txt".into(), Span::new(4, 9)), 0));
        assert!(!touches(&gold, &("B.txt".into(), Span::new(4, 9)), 0));
        assert!(touches(&gold, &("A.txt".into(), Span::new(8, 8)), 0), "a point may stand a little apart");
        assert!(!touches(&gold, &("A.txt".into(), Span::new(5, 9)), 0), "neighbours do not touch");
    }
}
