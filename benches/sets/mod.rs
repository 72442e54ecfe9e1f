//! The development sets of alignment and strict F1 over them, for what measures accuracy.

// Each of the benches and tests that share this takes what it needs.
#![allow(dead_code, clippy::unwrap_used)]

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

/// Both sides and the gold.
pub(crate) type Pair = (Side, Side, BTreeSet<Rung>);

/// Both sides and the gold of a folder.
pub(crate) fn read(folder: &Path) -> Pair {
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

/// The nodes, from the first to the last, between which a pair falls into pieces of at least so many lines
/// of the first side: where the gold has a border.
pub(crate) fn cuts((a, b, gold): &Pair, least: usize) -> Vec<(usize, usize)> {
    let ends = |lines: &[usize]| lines.last().map_or(0, |last| last + 1);
    let mut two_sided: Vec<&Rung> = gold.iter().filter(|r| !r.0.is_empty() && !r.1.is_empty()).collect();
    two_sided.sort_by_key(|rung| (rung.0[0], rung.1[0]));
    let mut cuts = vec![(0, 0)];
    let (mut i, mut j) = (0, 0);
    for (k, rung) in two_sided.iter().enumerate() {
        (i, j) = (ends(&rung.0).max(i), ends(&rung.1).max(j));
        let is_border = two_sided[k + 1..].iter().all(|r| r.0[0] >= i && r.1[0] >= j);
        if is_border && i - cuts[cuts.len() - 1].0 >= least && a.len() - i >= least {
            cuts.push((i, j));
        }
    }
    cuts.push((a.len(), b.len()));
    cuts
}

/// The part of a pair between two nodes.
pub(crate) fn piece((a, b, gold): &Pair, from: (usize, usize), to: (usize, usize)) -> Pair {
    let side =
        |side: &Side, from: usize, to: usize| Side { units: side.units[from..to].to_vec(), ..side.clone() };
    let inside = |lines: &[usize], from: usize, to: usize| -> Option<Vec<usize>> {
        lines.iter().map(|&x| (from <= x && x < to).then(|| x - from)).collect()
    };
    let rung = |rung: &Rung| Some((inside(&rung.0, from.0, to.0)?, inside(&rung.1, from.1, to.1)?));
    (side(a, from.0, to.0), side(b, from.1, to.1), gold.iter().filter_map(rung).collect())
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

    /// Adds the beads of another.
    pub(crate) fn join(&mut self, other: &Self) {
        self.right += other.right;
        self.predicted += other.predicted;
        self.found += other.found;
        self.wanted += other.wanted;
    }

    /// As docs/evaluation.md defines it.
    pub(crate) fn f1(&self) -> f64 {
        Score::new(self.right, self.predicted, self.found, self.wanted).f1
    }
}
