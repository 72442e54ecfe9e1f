//! The development sets of alignment and strict F1 over them, for the benches that measure accuracy.

#![allow(clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::Path;

use hexapla::align::{Method, Options, Side, TranslationParams, align_sides};
use hexapla::eval::Score;
use hexapla::model::Lang;

/// The name of each set and its folders below `alignment/`.
pub(crate) const SETS: [(&str, &[&str]); 5] = [
    ("textberg", &["textberg-dev"]),
    ("candide-fr", &["candide-en-fr"]),
    ("candide-es", &["candide-en-es"]),
    ("alice-fr", &["alice-en-fr"]),
    ("mac", &["mac-dev/001", "mac-dev/002", "mac-dev/003", "mac-dev/004", "mac-dev/005", "mac-dev/006"]),
];

/// A bead as the line numbers of both sides, from 0.
pub(crate) type Rung = (Vec<usize>, Vec<usize>);

/// Both sides and the gold of a folder.
pub(crate) fn read(folder: &Path) -> (Side, Side, BTreeSet<Rung>) {
    let text = |file: &str| std::fs::read_to_string(folder.join(file)).unwrap();
    let side = |file: &str| {
        let text = text(file);
        Side::from_lines(text.strip_suffix('\n').unwrap_or(&text).split('\n'), Lang::und())
    };
    let numbers = |list: &str| -> Vec<usize> {
        list.trim().trim_matches(['[', ']']).split(',').filter_map(|n| n.trim().parse().ok()).collect()
    };
    let rung = |line: &str| line.split_once(':').map(|(a, b)| (numbers(a), numbers(b)));
    (side("src.txt"), side("tgt.txt"), text("gold.txt").lines().filter_map(rung).collect())
}

/// Strict F1 of several pairs taken together.
#[derive(Default)]
pub(crate) struct Tally {
    right: usize,
    predicted: usize,
    found: usize,
    wanted: usize,
}

impl Tally {
    /// Aligns two sides as a translation and counts the beads.
    pub(crate) fn add(&mut self, a: &Side, b: &Side, gold: &BTreeSet<Rung>, params: &TranslationParams) {
        let options =
            Options { method: Method::Translation, translation: params.clone(), ..Options::default() };
        let alignment = align_sides(a, b, &options).value;
        let rungs: BTreeSet<Rung> =
            alignment.beads.iter().map(|bead| (bead.a.clone().collect(), bead.b.clone().collect())).collect();
        let two_sided = |rung: &&Rung| !rung.0.is_empty() && !rung.1.is_empty();
        self.right += rungs.intersection(gold).count();
        self.predicted += rungs.len();
        self.found += rungs.intersection(gold).filter(two_sided).count();
        self.wanted += gold.iter().filter(two_sided).count();
    }

    /// As docs/evaluation.md defines it.
    pub(crate) fn f1(&self) -> f64 {
        Score::new(self.right, self.predicted, self.found, self.wanted).f1
    }
}
