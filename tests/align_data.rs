//! Accuracy on the development sets: `HEXAPLA_DATA` names the data folder. Without it nothing is
//! measured. Each line of a set is a segment. Strict F1 as in the literature: precision over all
//! predicted beads, recall over the gold beads that have two sides, an exact match each.

// Helpers of tests may fail loudly and speak.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::path::PathBuf;

use hexapla::align::{Method, Options, align_sides};
use hexapla::eval::calibration::measure;
use hexapla::model::IndexBead;

#[path = "../benches/sets/mod.rs"]
mod sets;

use sets::Rung;

fn data() -> Option<PathBuf> {
    let folder = std::env::var_os("HEXAPLA_DATA").map(PathBuf::from);
    if folder.is_none() {
        println!("skipped: HEXAPLA_DATA is not set");
    }
    folder.map(|f| f.join("alignment"))
}

/// Right and all predicted beads; found and all gold beads.
#[derive(Default)]
struct Score {
    right: usize,
    predicted: usize,
    found: usize,
    wanted: usize,
    /// Beads of the gold and of the alignments with their confidence, each set's segments numbered on
    /// from those of the set before it.
    gold: Vec<IndexBead>,
    judged: Vec<(IndexBead, f64)>,
    segments: (usize, usize),
}

impl Score {
    fn add(&mut self, (a, b, gold): &sets::Pair) {
        let options = Options { method: Method::Translation, ..Options::default() };
        let alignment = align_sides(a, b, &options).value;
        assert_eq!(alignment.check(a.len(), b.len()), Ok(()));
        let two_sided = |rung: &&Rung| !rung.0.is_empty() && !rung.1.is_empty();
        let rungs: BTreeSet<Rung> =
            alignment.beads.iter().map(|bead| (bead.a.clone().collect(), bead.b.clone().collect())).collect();
        let (from_a, from_b) = self.segments;
        let numbered = |x: &[usize], y: &[usize]| {
            IndexBead::new(x.iter().map(|i| i + from_a), y.iter().map(|j| j + from_b))
        };
        self.gold.extend(gold.iter().map(|(x, y)| numbered(x, y)));
        self.judged.extend(alignment.beads.iter().map(|bead| {
            let (x, y): Rung = (bead.a.clone().collect(), bead.b.clone().collect());
            (numbered(&x, &y), bead.confidence.value())
        }));
        self.segments = (from_a + a.len(), from_b + b.len());
        self.right += rungs.intersection(gold).count();
        self.predicted += rungs.len();
        self.found += rungs.intersection(gold).filter(two_sided).count();
        self.wanted += gold.iter().filter(two_sided).count();
    }

    fn f1(&self) -> f64 {
        let precision = self.right as f64 / self.predicted as f64;
        let recall = self.found as f64 / self.wanted as f64;
        2.0 * precision * recall / (precision + recall)
    }
}

fn at_least(name: &str, sets: &[&str], floor: f64) {
    let Some(folder) = data() else { return };
    let mut score = Score::default();
    sets.iter().for_each(|set| score.add(&sets::read(&folder.join(set))));
    println!("{name}: strict F1 {:.4}", score.f1());
    assert!(score.f1() >= floor, "{name}: strict F1 {:.4} is below {floor}", score.f1());
}

#[test]
fn german_french_yearbook() {
    at_least("textberg-dev", &["textberg-dev"], 0.94);
}

#[test]
fn literary_chinese_english() {
    let chapters = ["001", "002", "003", "004", "005", "006"].map(|n| format!("mac-dev/{n}"));
    at_least("mac-dev", &chapters.each_ref().map(String::as_str), 0.90);
}

/// A chapter in pieces of some forty sentences, translated freely: little to learn from, and yet none of
/// them may be lost.
#[test]
fn no_short_text_is_lost() {
    let Some(folder) = data() else { return };
    let mut all = Score::default();
    for chapter in ["001", "002", "003", "004", "005", "006"] {
        let whole = sets::read(&folder.join("mac-dev").join(chapter));
        for (k, ends) in sets::cuts(&whole, 40).windows(2).enumerate() {
            let piece = sets::piece(&whole, ends[0], ends[1]);
            let mut one = Score::default();
            one.add(&piece);
            all.add(&piece);
            assert!(one.f1() >= 0.5, "piece {k} of {chapter}: strict F1 {:.4}", one.f1());
        }
    }
    println!("short texts: strict F1 {:.4}", all.f1());
    assert!(all.f1() >= 0.84, "{:.4}", all.f1());
}

#[test]
#[ignore = "seconds each in an unoptimised build"]
fn novels_with_fallible_sentences() {
    at_least("candide and alice", &["candide-en-fr", "candide-en-es", "alice-en-fr"], 0.97);
}

#[test]
#[ignore = "seconds in an optimised build"]
fn confidences_mean_what_they_say() {
    let Some(folder) = data() else { return };
    let chapters = ["001", "002", "003", "004", "005", "006"].map(|n| format!("mac-dev/{n}"));
    let mut all = Score::default();
    for set in ["textberg-dev", "candide-en-fr", "candide-en-es", "alice-en-fr", "mac-dev"] {
        let mut one = Score::default();
        let names = if set == "mac-dev" { chapters.to_vec() } else { vec![set.to_owned()] };
        for name in names {
            let pair = sets::read(&folder.join(&name));
            one.add(&pair);
            all.add(&pair);
        }
        let found = measure(&one.gold, &one.judged).unwrap();
        println!("{set}: calibration error {:.3}, caught {:.2}", found.error, found.caught());
        assert!(found.error <= 0.05, "{set}: {:.3}", found.error);
    }
    let found = measure(&all.gold, &all.judged).unwrap();
    println!("all: calibration error {:.3}, caught {:.2}", found.error, found.caught());
    assert!(found.error <= 0.03, "{:.3}", found.error);
    assert!(found.caught() >= 0.5, "{:.2}", found.caught());
}

#[test]
#[ignore = "a minute in an optimised build"]
fn whole_bibles() {
    at_least("bible-en-de", &["bible-en-de"], 0.987);
    at_least("bible-en-ja", &["bible-en-ja"], 0.986);
}
