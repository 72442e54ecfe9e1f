//! What the built-in lexica are worth: strict F1 on the development sets, whole and cut into pieces, with
//! and without them. No Bible is among the sets.
//!
//! `HEXAPLA_DATA=… cargo bench --bench packs`; lines of a piece may follow (default: 20 40 80), and `whole`.

// A table for people.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::path::{Path, PathBuf};
use std::time::Instant;

use hexapla::align::TranslationParams;
use hexapla::model::Lang;

mod sets;

use sets::{Pair, SETS, Tally};

/// The languages of both sides of each set.
const LANGS: [[&str; 2]; 5] = [["de", "fr"], ["en", "fr"], ["en", "es"], ["en", "fr"], ["zh", "en"]];

fn main() {
    let Some(data) = std::env::var_os("HEXAPLA_DATA").map(PathBuf::from) else {
        println!("skipped: HEXAPLA_DATA is not set");
        return;
    };
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| word != "--bench").collect();
    let is_wanted = |word: &str| wanted.is_empty() || wanted.iter().any(|w| w == word);
    for least in [usize::MAX, 80, 40, 20] {
        let name = if least == usize::MAX { "whole".to_owned() } else { least.to_string() };
        if is_wanted(&name) {
            table(&data.join("alignment"), least, &name);
        }
    }
}

fn table(folder: &Path, least: usize, name: &str) {
    println!("{name:10} {:>12} {:>7} {:>7}  seconds", "", "F1", "worst");
    for ((set, folders), langs) in SETS.into_iter().zip(LANGS) {
        let pairs: Vec<Pair> = folders.iter().flat_map(|f| pieces(&folder.join(f), langs, least)).collect();
        for (how, packs) in [("without", false), ("with packs", true)] {
            let params = TranslationParams { packs, ..TranslationParams::default() };
            let started = Instant::now();
            let (mut all, mut worst) = (Tally::default(), 1f64);
            for (a, b, gold) in &pairs {
                let mut one = Tally::default();
                one.add(a, b, gold, &params);
                worst = worst.min(one.f1());
                all.join(&one);
            }
            let seconds = started.elapsed().as_secs_f64();
            println!("{set:10} {how:>12} {:>7.4} {worst:>7.4}  {seconds:.2}", all.f1());
        }
    }
}

/// A set, whole or cut, with its languages.
fn pieces(folder: &Path, langs: [&str; 2], least: usize) -> Vec<Pair> {
    let mut pair = sets::read(folder);
    (pair.0.lang, pair.1.lang) = (Lang::new(langs[0]), Lang::new(langs[1]));
    if least == usize::MAX {
        return vec![pair];
    }
    sets::cuts(&pair, least).windows(2).map(|nodes| sets::piece(&pair, nodes[0], nodes[1])).collect()
}
