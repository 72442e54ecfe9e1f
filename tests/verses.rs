//! No text is lost: pairs of Bibles without their verse numbers (`HEXAPLA_DATA` names the data folder;
//! without it, or without `xz`, nothing is measured). A verse is *met* when a bead joins its text on both
//! sides. Versions number some verses differently, so not all can meet.

// Helpers of tests may fail loudly and speak.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use std::collections::BTreeMap;
use std::path::PathBuf;

use hexapla::align::{Method, Options, Side, align, align_sides};

#[path = "../benches/sets/verses.rs"]
mod verses;

use verses::{Bible, Draw, Unmarked, Verses, bible, draws};

/// The pairs of some draws; none without data.
fn pairs(draws: Vec<Draw>) -> Vec<(Draw, Verses)> {
    let Some(data) = std::env::var_os("HEXAPLA_DATA").map(PathBuf::from) else {
        println!("skipped: HEXAPLA_DATA is not set");
        return Vec::new();
    };
    let mut bibles: BTreeMap<String, Option<Bible>> = BTreeMap::new();
    for lang in draws.iter().flat_map(|draw| [&draw.a, &draw.b]) {
        bibles.entry(lang.clone()).or_insert_with(|| bible(&data, lang));
    }
    let pair = |draw: Draw| {
        let (a, b) = (bibles[&draw.a].as_ref()?, bibles[&draw.b].as_ref()?);
        Verses::new(&draw, a, b).map(|pair| (draw, pair))
    };
    draws.into_iter().filter_map(pair).collect()
}

fn options() -> Options {
    Options { method: Method::Translation, ..Options::default() }
}

/// Aligns all draws: how many were lost, and the mean share of verses met.
fn sweep(draws: Vec<Draw>) -> Option<(usize, f64)> {
    let (mut lost, mut sum, mut count) = (0, 0.0, 0.0);
    for (draw, pair) in pairs(draws) {
        let outcome = align(&pair.a, &pair.b, &options());
        let met = pair.score(&outcome.value);
        println!(
            "{:28} {:4} verses, exactly {:.3}, met {:.3}, wrong {:3}, wrong and sure {:3}",
            draw.name(),
            met.verses,
            met.exactly,
            met.met,
            met.wrong,
            met.wrong_and_sure
        );
        if met.met < 0.6 {
            lost += 1;
            let doubtful = outcome.value.beads.iter().filter(|bead| bead.confidence.word() == "doubtful");
            let share = doubtful.count() as f64 / outcome.value.beads.len() as f64;
            assert!(share > 0.5, "{}: a lost text is doubted", draw.name());
        }
        sum += met.met;
        count += 1.0;
    }
    (count > 0.0).then(|| (lost, sum / count))
}

#[test]
#[ignore = "a minute in an optimised build"]
fn few_of_forty_small_draws_are_lost() {
    if let Some((lost, met)) = sweep(draws(1, 40, 250)) {
        println!("lost {lost}, mean met {met:.4}");
        assert!(lost <= 1 && met >= 0.93, "lost {lost}, met {met:.4}");
    }
}

/// All of these slid into "nothing corresponds" when gaps were learned from the first round on.
#[test]
#[ignore = "a minute in an optimised build"]
fn texts_that_were_lost_are_found() {
    let marks_dropped = |a, b, book| Draw { per_block: 3, unmarked: Unmarked::A, ..Draw::new(a, b, book) };
    let list = vec![
        Draw::new("hbo", "en", "Gen"),
        Draw::new("hbo", "en", "1Sam"),
        Draw::new("grc", "zh", "Gen"),
        Draw::new("grc", "de", "Judg"),
        Draw::new("sv", "grc", "Josh"),
        Draw::new("ar", "es", "Josh"),
        Draw::new("tl", "mi", "Rom"),
        marks_dropped("pl", "sv", "Joel"),
        marks_dropped("ar", "pt", "Jas"),
    ];
    if let Some((lost, met)) = sweep(list) {
        assert!(lost == 0 && met >= 0.98, "lost {lost}, met {met:.4}");
    }
}

/// A text with a partner that is not its own, and one with its own in disorder: nothing is sure.
#[test]
#[ignore = "seconds in an optimised build"]
fn what_does_not_belong_together_is_doubted() {
    let languages = [("en", "de"), ("cs", "pl"), ("el", "zh"), ("hu", "fr")];
    for (a, b) in languages {
        let list = ["Rom", "1Cor"].map(|book| Draw { verses: 200, ..Draw::new(a, b, book) });
        let pairs = pairs(list.to_vec());
        let [(_, first), (_, second)] = pairs.as_slice() else { continue };
        let (side_a, mut side_b) = (Side::of(&first.a), Side::of(&second.b));
        let unrelated = align_sides(&side_a, &side_b, &options());
        side_b = Side::of(&first.b);
        side_b.units.reverse();
        let reversed = align_sides(&side_a, &side_b, &options());
        for (outcome, name) in [(unrelated, "another text"), (reversed, "reversed")] {
            assert_eq!(outcome.warnings[0].code, "alignment-doubtful", "{a}-{b}: {name}");
            let words = outcome.value.beads.iter().map(|bead| bead.confidence.word());
            assert!(words.into_iter().all(|word| word == "doubtful"), "{a}-{b}: {name}");
        }
    }
}
