//! Invariants of alignment on arbitrary sentences.

// Helpers of tests may fail loudly and speak.
#![allow(clippy::unwrap_used, clippy::print_stdout)]

use hexapla::align::{Method, Options, Side, align_sides};
use hexapla::model::{Alignment, Lang};
use proptest::prelude::*;

fn options(method: Method) -> Options {
    Options { method, ..Options::default() }
}

fn sentence() -> impl Strategy<Value = String> {
    let word = prop::sample::select(vec![
        "war",
        "Hitler",
        "1940",
        "peace,",
        "the",
        "of",
        "Москва",
        "战争",
        "…",
        "—",
        "“so”",
        "régime",
        "a",
        "continuation",
        "policy",
        "",
        "QUESTION:",
        "3.5",
    ]);
    let end = prop::sample::select(vec![".", "?", "!", "", ";", "。"]);
    (prop::collection::vec(word, 0..12), end).prop_map(|(words, end)| words.join(" ") + end)
}

fn side() -> impl Strategy<Value = Side> {
    (prop::collection::vec(sentence(), 0..14), prop::collection::vec(any::<bool>(), 14)).prop_map(
        |(lines, opens)| {
            let mut side = Side::from_lines(lines, Lang::und());
            for (unit, opens) in side.units.iter_mut().zip(opens) {
                unit.opens_block = opens;
            }
            side
        },
    )
}

fn in_threads(threads: usize, a: &Side, b: &Side, method: Method) -> Alignment {
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    pool.install(|| align_sides(a, b, &options(method)).value)
}

/// Different sentences with enough words to be told apart.
fn distinct_lines(n: usize) -> Vec<String> {
    let nouns = ["army", "river", "letter", "minister", "winter", "factory", "harvest", "border"];
    let verbs = ["crossed", "reached", "forgot", "praised", "counted", "feared", "painted"];
    let word = |list: &[&str], k: usize| list[k % list.len()].to_owned();
    (0..n)
        .map(|k| {
            let (x, y, z) =
                (word(&nouns, k * 3 + k / 8), word(&verbs, k * 5 + k / 7), word(&nouns, k * 7 + 1));
            format!("In chapter {k} the {x} {y} the old {z} near mile {}.", k * 37 % 101)
        })
        .collect()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn every_segment_stands_in_exactly_one_bead(a in side(), b in side()) {
        for method in [Method::Auto, Method::Editions, Method::Translation] {
            let alignment = align_sides(&a, &b, &options(method)).value;
            prop_assert_eq!(alignment.check(a.len(), b.len()), Ok(()));
        }
    }

    #[test]
    fn the_number_of_threads_changes_nothing(a in side(), b in side()) {
        for method in [Method::Editions, Method::Translation] {
            prop_assert_eq!(in_threads(1, &a, &b, method), in_threads(2, &a, &b, method));
        }
    }

    #[test]
    fn a_text_against_itself_is_one_to_one(n in 1usize..40) {
        let side = Side::from_lines(distinct_lines(n), Lang::new("en"));
        for method in [Method::Editions, Method::Translation] {
            let alignment = align_sides(&side, &side, &options(method)).value;
            for (k, bead) in alignment.beads.iter().enumerate() {
                prop_assert_eq!((&bead.a, &bead.b, bead.moved), (&(k..k + 1), &(k..k + 1), false));
            }
        }
    }
}

#[test]
fn long_texts_are_aligned_in_memory_proportional_to_them() {
    // A full lattice of 6,000 × 6,000 segments would take gigabytes.
    let lines = distinct_lines(6_000);
    let a = Side::from_lines(lines.clone(), Lang::new("en"));
    let b = Side::from_lines(lines.into_iter().skip(40), Lang::new("en"));
    let alignment = align_sides(&a, &b, &options(Method::Editions)).value;
    assert_eq!(alignment.check(a.len(), b.len()), Ok(()));
    assert!(alignment.beads.iter().filter(|bead| bead.is_matched()).count() > 5_900);
}
