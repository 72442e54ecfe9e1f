//! What vectors of meaning add to the alignment: strict F1 on the development sets.
//!
//! `HEXAPLA_DATA=… cargo bench --bench embeddings`. First, where `HEXAPLA_VECTORS` names a folder, with real
//! vectors: `SET_src.npy` and `SET_tgt.npy`, a row a line (a folder within a set by an underscore,
//! `mac-dev_001_src.npy`). Then without any, and with *synthetic* ones, drawn for each gold bead with noise
//! of several strengths: they say nothing of any encoder, but whether the evidence helps as far as it is
//! true, and does no harm where it is noise.

// A table for people.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hexapla::align::{Side, SideVectors, TranslationParams};
use hexapla::formats::npy;
use hexapla::model::Vectors;

mod sets;

use sets::{Rung, SETS, Tally};

/// Numbers in a synthetic vector.
const DIMENSION: usize = 64;

struct Pair {
    name: &'static str,
    a: Side,
    b: Side,
    gold: BTreeSet<Rung>,
    /// Where its lines begin in the files.
    start: (usize, usize),
}

/// Cuts a pair into short ones of at least so many lines, where the gold has a border.
fn short(pair: &Pair, least: usize) -> Vec<Pair> {
    let whole = (pair.a.clone(), pair.b.clone(), pair.gold.clone());
    let part = |cut: &[(usize, usize)]| {
        let (a, b, gold) = sets::piece(&whole, cut[0], cut[1]);
        Pair { name: pair.name, a, b, gold, start: cut[0] }
    };
    sets::cuts(&whole, least).windows(2).map(part).collect()
}

fn read(data: &Path, name: &'static str) -> Pair {
    let (a, b, gold) = sets::read(&data.join("alignment").join(name));
    Pair { name, a, b, gold, start: (0, 0) }
}

/// Normal numbers: the sum of twelve uniform ones (SplitMix64) less six.
struct Normal(u64);

impl Normal {
    fn next(&mut self) -> f32 {
        let mut uniform = || {
            self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
            let mut z = self.0;
            z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
            z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
            ((z ^ (z >> 31)) >> 40) as f32 / (1u64 << 24) as f32
        };
        (0..12).map(|_| uniform()).sum::<f32>() - 6.0
    }

    fn vector(&mut self) -> Vec<f32> {
        (0..DIMENSION).map(|_| self.next()).collect()
    }
}

/// A vector for each gold bead, and for each of its sentences that vector with noise. Without `noise`
/// limits (infinite), noise alone.
fn synthetic(pair: &Pair, noise: f32, seed: u64) -> (SideVectors, SideVectors) {
    let mut normal = Normal(seed);
    let mut rows = [vec![Vec::new(); pair.a.len()], vec![Vec::new(); pair.b.len()]];
    for (a, b) in &pair.gold {
        let meaning = normal.vector();
        for (side, segments) in [(0, a), (1, b)] {
            for &segment in segments {
                let other = normal.vector();
                let mixed = |(m, n): (&f32, &f32)| if noise.is_finite() { m + noise * n } else { *n };
                rows[side][segment] = meaning.iter().zip(&other).map(mixed).collect();
            }
        }
    }
    let [a, b] = rows.map(|mut side| {
        side.iter_mut().filter(|row| row.is_empty()).for_each(|row| *row = normal.vector());
        SideVectors::of_segments(Vectors::new(DIMENSION, side.concat()).unwrap())
    });
    (a, b)
}

fn real(folder: &Path, pair: &Pair) -> Option<(SideVectors, SideVectors)> {
    let side = |end: &str, start: usize, count: usize| {
        let file = folder.join(format!("{}_{end}.npy", pair.name.replace('/', "_")));
        let vectors = npy::read(&std::fs::read(&file).ok()?, &file).unwrap();
        let rows = (start..start + count).map(Some).collect();
        Some(SideVectors::of_stretches(&vectors, &[rows]))
    };
    Some((side("src", pair.start.0, pair.a.len())?, side("tgt", pair.start.1, pair.b.len())?))
}

type Given<'g> = &'g dyn Fn(&Pair) -> Option<(SideVectors, SideVectors)>;

/// Lines of a short text.
const SHORT: usize = 40;

fn f1(pairs: &[Pair], params: &TranslationParams, vectors: Given<'_>) -> f64 {
    let mut tally = Tally::default();
    for pair in pairs {
        let (mut a, mut b) = (pair.a.clone(), pair.b.clone());
        (a.vectors, b.vectors) = vectors(pair).unzip();
        tally.add(&a, &b, &pair.gold, params);
    }
    tally.f1()
}

fn main() {
    let Some(data) = std::env::var_os("HEXAPLA_DATA").map(PathBuf::from) else {
        println!("skipped: HEXAPLA_DATA is not set");
        return;
    };
    let sets: Vec<Vec<Pair>> =
        SETS.iter().map(|(_, names)| names.iter().map(|name| read(&data, name)).collect()).collect();
    let names: Vec<String> = SETS.iter().map(|(name, _)| format!("{name:>10}")).collect();
    println!("{:28}{}      mean", "", names.concat());
    let shorter: Vec<Vec<Pair>> =
        sets.iter().map(|pairs| pairs.iter().flat_map(|pair| short(pair, SHORT)).collect()).collect();
    let show_of = |sets: &[Vec<Pair>], name: &str, params: &TranslationParams, vectors: Given<'_>| {
        let row: Vec<f64> = sets.iter().map(|pairs| f1(pairs, params, vectors)).collect();
        let shown: Vec<String> = row.iter().map(|f1| format!("{f1:>10.4}")).collect();
        println!("{name:28}{}{:>10.4}", shown.concat(), row.iter().sum::<f64>() / row.len() as f64);
    };
    let show =
        |name: &str, params: &TranslationParams, vectors: Given<'_>| show_of(&sets, name, params, vectors);
    let whole = TranslationParams::default();
    let folder = std::env::var_os("HEXAPLA_VECTORS").map(PathBuf::from);
    if let Some(folder) = &folder {
        let given: Given<'_> = &|pair| real(folder, pair);
        show_of(&shorter, "short texts, real", &whole, given);
        show("real", &whole, given);
        let no_words = TranslationParams {
            lexicon_weight: 0.0,
            first_lexicon_weight: 0.0,
            clause_lexicon_weight: 0.0,
            ..TranslationParams::default()
        };
        show("no lexicon", &no_words, &|_| None);
        show("no lexicon, real", &no_words, given);
    }
    show("no vectors", &whole, &|_| None);
    for noise in [0.5, 1.0, 2.0, 3.0, 4.0] {
        show(&format!("synthetic, noise {noise}"), &whole, &|pair| Some(synthetic(pair, noise, 1)));
    }
    for seed in 1..=3 {
        show(&format!("pure noise, {seed}"), &whole, &|pair| Some(synthetic(pair, f32::INFINITY, seed)));
    }
    show_of(&shorter, "short texts, no vectors", &whole, &|_| None);
    show_of(&shorter, "short texts, pure noise", &whole, &|pair| Some(synthetic(pair, f32::INFINITY, 1)));
}
