//! Robustness of the alignment of translations: a gold set is damaged in ways that real texts are
//! (front matter of another text, pages lost, blocks out of place, one part only, notes between the
//! lines, sentences run together), and the result must stay close to that on the clean set.
//! `HEXAPLA_DATA` names the data folder; without it nothing is measured.

// Helpers of tests may fail loudly and speak.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hexapla::align::{Method, Options, Side, align_sides};
use hexapla::model::Lang;

type Rung = (Vec<usize>, Vec<usize>);

/// A line of a damaged side.
#[derive(Clone)]
enum Line {
    /// Old lines, joined where there are several.
    Old(Vec<usize>),
    New(String),
}

struct Set {
    a: Vec<String>,
    b: Vec<String>,
    gold: Vec<Rung>,
    foreign: Vec<String>,
}

fn lines(path: &Path) -> Vec<String> {
    std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect()
}

impl Set {
    /// The first `limit` lines of a set, and as much of the other side as belongs to them.
    fn read(data: &Path, name: &str, foreign: &str, limit: usize) -> Self {
        let folder = data.join("alignment").join(name);
        let numbers = |list: &str| -> Vec<usize> {
            list.trim().trim_matches(['[', ']']).split(',').filter_map(|n| n.trim().parse().ok()).collect()
        };
        let gold = lines(&folder.join("gold.txt"));
        let rung = |line: &String| line.split_once(':').map(|(a, b)| (numbers(a), numbers(b)));
        let mut gold: Vec<Rung> = gold.iter().filter_map(rung).collect();
        gold.retain(|rung| rung.0.iter().all(|&i| i < limit));
        let two_sided = gold.iter().filter(|rung| !rung.0.is_empty());
        let end = 1 + two_sided.filter_map(|rung| rung.1.last()).max().unwrap();
        gold.retain(|rung| rung.1.iter().all(|&j| j < end));
        let mut set = Self {
            a: lines(&folder.join("src.txt")),
            b: lines(&folder.join("tgt.txt")),
            gold,
            foreign: lines(&data.join("segmentation").join(foreign).join("gold.txt")),
        };
        set.a.truncate(limit);
        set.b.truncate(end);
        set
    }

    /// The end of the bead of the second side that is nearest to a share of it.
    fn near(&self, share: f64) -> usize {
        let at = (share * self.b.len() as f64) as usize;
        let two_sided = self.gold.iter().filter(|rung| !rung.0.is_empty());
        let ends = two_sided.filter_map(|rung| rung.1.last()).map(|j| j + 1);
        ends.min_by_key(|end| end.abs_diff(at)).unwrap()
    }

    /// The same set with both sides in a new order.
    fn damaged(&self, a: &[Line], b: &[Line]) -> Self {
        let text = |lines: &[Line], old: &[String]| -> Vec<String> {
            let one = |line: &Line| match line {
                Line::Old(list) => list.iter().map(|&i| old[i].as_str()).collect::<Vec<_>>().join(" "),
                Line::New(text) => text.clone(),
            };
            lines.iter().map(one).collect()
        };
        let places = |lines: &[Line], old: usize| -> Vec<Option<usize>> {
            let mut places = vec![None; old];
            for (k, line) in lines.iter().enumerate() {
                if let Line::Old(list) = line {
                    list.iter().for_each(|&i| places[i] = Some(k));
                }
            }
            places
        };
        let (at_a, at_b) = (places(a, self.a.len()), places(b, self.b.len()));
        let mut rungs: Vec<(BTreeSet<usize>, BTreeSet<usize>)> = Vec::new();
        for (x, y) in &self.gold {
            let x: BTreeSet<usize> = x.iter().filter_map(|&i| at_a[i]).collect();
            let y: BTreeSet<usize> = y.iter().filter_map(|&j| at_b[j]).collect();
            if x.is_empty() || y.is_empty() {
                rungs.extend(x.iter().map(|&i| ([i].into(), BTreeSet::new())));
                rungs.extend(y.iter().map(|&j| (BTreeSet::new(), [j].into())));
                continue;
            }
            // Beads that a joined line ties together are one.
            match rungs.last_mut() {
                Some(last) if !last.0.is_disjoint(&x) || !last.1.is_disjoint(&y) => {
                    last.0.extend(x);
                    last.1.extend(y);
                }
                _ => rungs.push((x, y)),
            }
        }
        let gold = rungs.into_iter().map(|(x, y)| (x.into_iter().collect(), y.into_iter().collect()));
        Self { a: text(a, &self.a), b: text(b, &self.b), gold: gold.collect(), foreign: Vec::new() }
    }

    /// Strict F1 of the default configuration.
    fn f1(&self) -> f64 {
        let side = |lines: &[String]| Side::from_lines(lines.iter().cloned(), Lang::und());
        let options = Options { method: Method::Translation, ..Options::default() };
        let found = align_sides(&side(&self.a), &side(&self.b), &options).value;
        let rungs: BTreeSet<Rung> =
            found.beads.iter().map(|bead| (bead.a.clone().collect(), bead.b.clone().collect())).collect();
        let gold: BTreeSet<Rung> = self.gold.iter().cloned().collect();
        let two_sided = |rung: &&Rung| !rung.0.is_empty() && !rung.1.is_empty();
        // Foreign lines are in no gold bead; that they stay alone is right.
        let known = |rung: &&Rung| two_sided(rung) || gold.contains(*rung);
        let right = rungs.intersection(&gold).filter(two_sided).count() as f64;
        let precision = rungs.intersection(&gold).count() as f64 / rungs.iter().filter(known).count() as f64;
        let recall = right / gold.iter().filter(two_sided).count() as f64;
        2.0 * precision * recall / (precision + recall)
    }
}

/// Numbers without rhyme but always the same (Knuth's linear congruential generator).
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        ((self.0 >> 33) % n as u64) as usize
    }
}

fn old(range: std::ops::Range<usize>) -> Vec<Line> {
    range.map(|i| Line::Old(vec![i])).collect()
}

/// The damaged versions of a set, by name.
fn versions(set: &Set) -> Vec<(&'static str, Set)> {
    let (n, m) = (set.a.len(), set.b.len());
    let (all_a, all_b) = (old(0..n), old(0..m));
    let mut dice = Dice(5);
    let mut foreign = set.foreign.iter().cycle().cloned().map(Line::New);
    let front: Vec<Line> = foreign.by_ref().take(m / 4).chain(all_b.clone()).collect();
    let mut lost = vec![false; m];
    while lost.iter().filter(|l| **l).count() * 5 < m {
        let run = 10 + dice.below(50);
        let from = dice.below(m - run);
        lost[from..from + run].fill(true);
    }
    let drop: Vec<Line> = (0..m).filter(|&j| !lost[j]).map(|j| Line::Old(vec![j])).collect();
    let at = |share: f64| set.near(share);
    let block = [old(0..at(0.4)), old(at(0.7)..m)].concat();
    let swap = [
        old(0..at(0.2)),
        old(at(0.55)..at(0.7)),
        old(at(0.35)..at(0.55)),
        old(at(0.2)..at(0.35)),
        old(at(0.7)..m),
    ]
    .concat();
    let moved = [old(0..at(0.2)), old(at(0.3)..at(0.8)), old(at(0.2)..at(0.3)), old(at(0.8)..m)].concat();
    let half = old(0..at(0.5));
    let middle = old(n / 3..2 * n / 3);
    let mut notes = Vec::new();
    for line in &all_b {
        notes.push(line.clone());
        if dice.below(10) == 0 {
            notes.extend(foreign.next());
        }
    }
    // Every fifth boundary is lost: lines 4 and 5, 9 and 10 ... are one.
    let mut run_on: Vec<Line> = Vec::new();
    for j in 0..m {
        match run_on.last_mut() {
            Some(Line::Old(list)) if j % 5 == 0 => list.push(j),
            _ => run_on.push(Line::Old(vec![j])),
        }
    }
    vec![
        ("clean", set.damaged(&all_a, &all_b)),
        ("foreign text in front", set.damaged(&all_a, &front)),
        ("a fifth lost in blocks", set.damaged(&all_a, &drop)),
        ("30 % lost as a block", set.damaged(&all_a, &block)),
        ("two blocks swapped", set.damaged(&all_a, &swap)),
        ("a block moved far", set.damaged(&all_a, &moved)),
        ("one half only", set.damaged(&all_a, &half)),
        ("the middle third only", set.damaged(&middle, &all_b)),
        ("a tenth of foreign lines", set.damaged(&all_a, &notes)),
        ("every fifth boundary lost", set.damaged(&all_a, &run_on)),
    ]
}

/// No version may lie more than `loss` below the clean one, or `special` where it is named.
fn holds(name: &str, foreign: &str, limit: usize, loss: f64, special: &[(&str, f64)]) {
    let Some(data) = std::env::var_os("HEXAPLA_DATA").map(PathBuf::from) else {
        println!("skipped: HEXAPLA_DATA is not set");
        return;
    };
    let set = Set::read(&data, name, foreign, limit);
    let mut clean = None;
    let mut fallen = Vec::new();
    for (version, set) in versions(&set) {
        let f1 = set.f1();
        println!("{name}, {version}: strict F1 {f1:.4}");
        let clean = *clean.get_or_insert(f1);
        let loss = special.iter().find(|s| s.0 == version).map_or(loss, |s| s.1);
        if f1 < clean - loss {
            fallen.push(format!("{version} {f1:.4}"));
        }
    }
    assert!(fallen.is_empty(), "{name}: {}", fallen.join(", "));
}

#[test]
#[ignore = "a minute in an optimised build"]
fn with_cognates() {
    let special = [("a tenth of foreign lines", 0.03), ("every fifth boundary lost", 0.05)];
    holds("bible-en-de", "de-gsd", 3000, 0.01, &special);
}

#[test]
#[ignore = "minutes in an optimised build"]
fn without_cognates() {
    let special = [("a tenth of foreign lines", 0.04), ("every fifth boundary lost", 0.05)];
    holds("bible-en-ja", "ja-gsd", 4000, 0.015, &special);
}
