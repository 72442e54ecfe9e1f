//! What each piece of evidence is worth: strict F1 on the development sets with one piece switched off
//! at a time, and with single parameters turned up and down.
//!
//! `HEXAPLA_DATA=… cargo bench --bench ablation`. The last lines leave one set out at a time: of all the
//! variants the one that is best on the other sets is scored on the set left out, which says how much
//! of the result is owed to parameters that were settled on these very sets.

// A table for people.
#![allow(clippy::print_stdout, clippy::unwrap_used)]

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use hexapla::align::{Side, TranslationParams};

mod sets;

use sets::{Rung, SETS, Tally};

struct Pair {
    a: Side,
    b: Side,
    gold: BTreeSet<Rung>,
}

fn read(folder: &Path) -> Pair {
    let (a, b, gold) = sets::read(folder);
    Pair { a, b, gold }
}

fn f1(pairs: &[Pair], params: &TranslationParams) -> f64 {
    let mut tally = Tally::default();
    pairs.iter().for_each(|pair| tally.add(&pair.a, &pair.b, &pair.gold, params));
    tally.f1()
}

fn variants() -> Vec<(&'static str, TranslationParams)> {
    let with = |change: &dyn Fn(&mut TranslationParams)| {
        let mut params = TranslationParams::default();
        change(&mut params);
        params
    };
    vec![
        ("as it is", with(&|_| ())),
        ("sentences only, no clauses", with(&|p| p.clauses = false)),
        ("clauses only", with(&|p| p.clause_share = 1.0)),
        ("no length", with(&|p| p.length_weight = 0.0)),
        (
            "no lexicon",
            with(&|p| (p.lexicon_weight, p.first_lexicon_weight, p.clause_lexicon_weight) = (0.0, 0.0, 0.0)),
        ),
        ("no final marks", with(&|p| p.end_weight = 0.0)),
        ("no openings", with(&|p| p.start_weight = 0.0)),
        ("no quotations", with(&|p| p.quote_weight = 0.0)),
        ("no inner boundaries", with(&|p| p.boundary_weight = 0.0)),
        ("no counted marks", with(&|p| p.marks_weight = 0.0)),
        ("no kinds of units alone", with(&|p| p.alone_weight = 0.0)),
        ("no stems", with(&|p| p.stem = 64)),
        ("one start", with(&|p| p.several_starts = false)),
        ("lexicon weight .5", with(&|p| p.lexicon_weight = 0.5)),
        ("lexicon weight .7", with(&|p| p.lexicon_weight = 0.7)),
        ("clause lexicon .7", with(&|p| p.clause_lexicon_weight = 0.7)),
        ("clause lexicon .9", with(&|p| p.clause_lexicon_weight = 0.9)),
        ("clause share .4", with(&|p| p.clause_share = 0.4)),
        ("clause share .7", with(&|p| p.clause_share = 0.7)),
        ("temperature .6", with(&|p| p.temperature = 0.6)),
        ("temperature .8", with(&|p| p.temperature = 0.8)),
        ("node threshold .4", with(&|p| p.node_threshold = 0.4)),
        ("node threshold .6", with(&|p| p.node_threshold = 0.6)),
    ]
}

/// How many of the variants switch evidence off (and the first, which is none): they are no choices
/// when one set is left out.
const ABLATIONS: usize = 13;

fn main() {
    let Some(data) = std::env::var_os("HEXAPLA_DATA").map(PathBuf::from) else {
        println!("skipped: HEXAPLA_DATA is not set");
        return;
    };
    let sets: Vec<Vec<Pair>> = SETS
        .iter()
        .map(|(_, names)| names.iter().map(|name| read(&data.join("alignment").join(name))).collect())
        .collect();
    let names: Vec<String> = SETS.iter().map(|(name, _)| format!("{name:>10}")).collect();
    println!("{:28}{}      mean", "", names.concat());
    let mut table: Vec<Vec<f64>> = Vec::new();
    for (name, params) in variants() {
        let row: Vec<f64> = sets.iter().map(|pairs| f1(pairs, &params)).collect();
        let shown: Vec<String> = row.iter().map(|f1| format!("{f1:>10.4}")).collect();
        println!("{name:28}{}{:>10.4}", shown.concat(), row.iter().sum::<f64>() / row.len() as f64);
        table.push(row);
    }
    let choices: Vec<usize> = std::iter::once(0).chain(ABLATIONS..table.len()).collect();
    println!("\nleft out, scored with the parameters that are best on the others:");
    for (set, (name, _)) in SETS.iter().enumerate() {
        let others = |row: usize| -> f64 {
            table[row].iter().enumerate().filter(|(k, _)| *k != set).map(|(_, f1)| f1).sum()
        };
        let best =
            choices.iter().copied().fold(0, |best, row| if others(row) > others(best) { row } else { best });
        println!("{name:12}{:.4} ({}); as it is {:.4}", table[best][set], variants()[best].0, table[0][set]);
    }
}
