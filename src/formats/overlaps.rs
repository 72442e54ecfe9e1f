//! vecalign's pair of files: a text with stretches of sentences, one a line, and their vectors.
//!
//! Its `overlap.py` writes every 1 to N neighbouring sentences of a text, joined by a blank, once each
//! and sorted; an empty sentence as `BLANK_LINE`, a stretch beyond 10,000 characters cut there, and `PAD`
//! for stretches that begin before the text. The vectors are raw little-endian numbers of four bytes
//! without a header (or a `.npy`), one row for each line in its order.

use std::collections::HashMap;
use std::path::Path;

use super::npy;
use crate::model::Vectors;
use crate::{Error, ErrorKind, Result};

/// What an empty sentence is written as.
const BLANK: &str = "BLANK_LINE";
/// Characters after which a stretch is cut.
const LONGEST: usize = 10_000;

/// Stretches of sentences with their vectors.
#[derive(Debug, Clone)]
pub struct Overlaps {
    rows: HashMap<String, usize>,
    vectors: Vectors,
}

impl Overlaps {
    /// The vectors, one a line of the text.
    pub fn vectors(&self) -> &Vectors {
        &self.vectors
    }

    /// Whether a sentence stands here alone.
    pub fn knows(&self, sentence: &str) -> bool {
        self.rows.contains_key(&shortened(&line(sentence)))
    }

    /// For stretches of 1, 2 ... up to `most` sentences, by their start, the row of their vector. Of the
    /// longer ones only as many lengths as there are vectors of.
    pub fn stretches(&self, sentences: &[String], most: usize) -> Vec<Vec<Option<usize>>> {
        let lines: Vec<String> = sentences.iter().map(|sentence| line(sentence)).collect();
        let mut out = Vec::new();
        for n in 1..=most.max(1) {
            let find = |span: &[String]| self.rows.get(&shortened(&span.join(" "))).copied();
            let rows: Vec<Option<usize>> = lines.windows(n).map(find).collect();
            if n > 1 && rows.iter().all(Option::is_none) {
                break;
            }
            out.push(rows);
        }
        out
    }
}

/// A sentence as a line of the text: white space of any kind is one blank.
fn line(sentence: &str) -> String {
    let words: Vec<&str> = sentence.split_whitespace().collect();
    if words.is_empty() { BLANK.to_owned() } else { words.join(" ") }
}

/// The part of a stretch that vecalign encodes.
fn shortened(stretch: &str) -> String {
    let end = stretch.char_indices().nth(LONGEST).map_or(stretch.len(), |(at, _)| at);
    stretch[..end].trim_end().to_owned()
}

/// Reads both files; the paths are for messages only.
///
/// # Errors
/// `Empty` for a text without lines, `Syntax` where the vectors are not as many as the lines, and the
/// errors of [`npy::read`].
pub fn read(text: &str, text_path: &Path, bytes: &[u8], path: &Path) -> Result<Overlaps> {
    let mut rows = HashMap::new();
    let mut count = 0;
    for (number, stretch) in text.lines().enumerate() {
        // The same stretch twice has the same vector.
        rows.entry(shortened(&line(stretch))).or_insert(number);
        count = number + 1;
    }
    if count == 0 {
        let error = Error::new(ErrorKind::Empty, "no stretch of sentences stands here").in_file(text_path);
        return Err(error.hint("vecalign's overlap.py writes one a line"));
    }
    let unequal = |message: String| {
        let error = Error::new(ErrorKind::Syntax, message).in_file(path);
        error.hint(format!("one vector belongs to each line of {}", text_path.display()))
    };
    let vectors = if npy::is_npy(bytes) {
        npy::read(bytes, path)?
    } else {
        let numbers = bytes.len() / 4;
        if bytes.is_empty() || !bytes.len().is_multiple_of(4) || !numbers.is_multiple_of(count) {
            let message = format!("{} bytes are no {count} vectors of equal length", bytes.len());
            return Err(unequal(message));
        }
        let fault = |fault| Error::new(ErrorKind::Unsupported, fault).in_file(path);
        Vectors::new(numbers / count, npy::raw(bytes)).map_err(fault)?
    };
    if vectors.len() != count {
        return Err(unequal(format!("{} vectors for {count} lines", vectors.len())));
    }
    Ok(Overlaps { rows, vectors })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn read(text: &str, bytes: &[u8]) -> Result<Overlaps> {
        super::read(text, Path::new("o.txt"), bytes, Path::new("o.emb"))
    }

    fn raw(values: &[f32]) -> Vec<u8> {
        values.iter().flat_map(|x| x.to_le_bytes()).collect()
    }

    #[test]
    fn stretches_are_found_as_vecalign_writes_them() {
        // What `overlap.py -n 2` writes for the three lines "A.", "" and " B  b. ".
        let text = "A.\nA. BLANK_LINE\nB  b.\nBLANK_LINE\nBLANK_LINE B  b.\nPAD\n";
        let overlaps =
            read(text, &raw(&[0.0, 0.0, 1.0, 0.0, 2.0, 0.0, 3.0, 0.0, 4.0, 0.0, 5.0, 0.0])).unwrap();
        assert_eq!((overlaps.vectors().len(), overlaps.vectors().dimension()), (6, 2));
        let sentences = ["A.".to_owned(), String::new(), "B b.".to_owned()];
        assert_eq!(
            overlaps.stretches(&sentences, 5),
            [vec![Some(0), Some(3), Some(2)], vec![Some(1), Some(4)]],
            "stretches of three are not given"
        );
        assert_eq!(overlaps.stretches(&["C.".to_owned()], 5), [vec![None]]);
        assert_eq!(overlaps.stretches(&[], 5), [Vec::<Option<usize>>::new()]);
    }

    #[test]
    fn long_stretches_are_cut_by_characters() {
        let long = "ä ".repeat(6000);
        let file = format!("{}\n", long.chars().take(10_000).collect::<String>());
        let overlaps = read(&file, &raw(&[1.0])).unwrap();
        assert_eq!(overlaps.stretches(&[long], 1), [vec![Some(0)]]);
    }

    #[test]
    fn npy_serves_as_well_and_numbers_must_fit() {
        let vectors = Vectors::new(2, vec![1.0, 2.0, 3.0, 4.0]).unwrap();
        assert_eq!(read("a\nb\n", &npy::bytes_of(&vectors)).unwrap().vectors(), &vectors);
        for (text, bytes, kind, message) in [
            ("", raw(&[1.0]), ErrorKind::Empty, "no stretch"),
            ("a\nb\n", raw(&[1.0, 2.0, 3.0]), ErrorKind::Syntax, "12 bytes are no 2 vectors"),
            ("a\n", vec![0; 6], ErrorKind::Syntax, "6 bytes are no 1 vectors"),
            ("a\n", Vec::new(), ErrorKind::Syntax, "0 bytes"),
            ("a\nb\nc\n", npy::bytes_of(&vectors), ErrorKind::Syntax, "2 vectors for 3 lines"),
            ("a\nb\n", raw(&[1.0, f32::NAN]), ErrorKind::Unsupported, "row 1, column 0 (from 0) is NaN"),
        ] {
            let error = read(text, &bytes).unwrap_err();
            assert_eq!(error.kind(), kind, "{error}");
            assert!(error.message().contains(message), "{error}");
        }
    }

    proptest! {
        #[test]
        fn every_stretch_of_a_text_finds_its_line(
            sentences in prop::collection::vec("[a-c ]{0,4}", 1..8), most in 1usize..5,
        ) {
            let lines: Vec<String> = sentences.iter().map(|s| line(s)).collect();
            let mut all: Vec<String> = (1..=most).flat_map(|n| lines.windows(n).map(|w| w.join(" "))).collect();
            all.sort();
            all.dedup();
            let values: Vec<f32> = (0..all.len()).map(|k| k as f32).collect();
            let overlaps = read(&(all.join("\n") + "\n"), &raw(&values)).unwrap();
            for (n, rows) in (1..).zip(overlaps.stretches(&sentences, most)) {
                for (start, row) in rows.into_iter().enumerate() {
                    prop_assert_eq!(&all[row.unwrap()], &lines[start..start + n].join(" "));
                }
            }
        }
    }
}
