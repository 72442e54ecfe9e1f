//! What a comparison must hold to, on small texts whose variants are known.

use proptest::prelude::*;

use super::rules::{Regularisation, Rules};
use super::testing::{paragraphs, text};
use super::{Options, compare};
use crate::model::{Aligned, Alignment, Bead, Comparison, Segmented, VariantClass as C};

/// Compares two texts of one sentence each.
fn one(a: &str, b: &str) -> Comparison {
    let (a, b) = (text("A", &[a]), text("B", &[b]));
    compared(&a, &b, vec![Bead::new(0..1, 0..1, 1.0)])
}

fn compared(a: &Segmented, b: &Segmented, beads: Vec<Bead>) -> Comparison {
    let alignment = Alignment { beads };
    alignment.check(a.len(), b.len()).unwrap();
    compare(Aligned::new(a.clone(), b.clone(), alignment), &Options::default())
}

fn found(comparison: &Comparison) -> Vec<(C, &str, &str)> {
    comparison.variants.iter().map(|v| (v.class, v.a.text.as_str(), v.b.text.as_str())).collect()
}

#[test]
fn each_difference_is_one_entry_with_its_class() {
    let c = one(
        "The régime of Stalin favors 11 wars, and peace.",
        "The regime of Stalin favours eleven wars and peace!",
    );
    assert_eq!(
        found(&c),
        [
            (C::Graphic, "régime", "regime"),
            (C::Spelling, "favors", "favours"),
            (C::Numeral, "11", "eleven"),
            (C::Punctuation, ",", ""),
            (C::Punctuation, ".", "!"),
        ]
    );
}

#[test]
fn neighbouring_words_of_one_kind_are_one_entry() {
    assert_eq!(
        found(&one("the Old Guard fell", "the old guard fell")),
        [(C::Capitalisation, "Old Guard", "old guard")]
    );
    assert_eq!(
        found(&one("they played a rather pitiful role there", "they cut a sorry figure there")),
        [(C::Substitution, "played", "cut"), (C::Substitution, "rather pitiful role", "sorry figure")]
    );
}

#[test]
fn a_phrase_goes_with_its_commas() {
    assert_eq!(
        found(&one(
            "While signing Stalin, with his limits, could expect peace.",
            "While signing Stalin could expect peace."
        )),
        [(C::Omission, ", with his limits,", "")]
    );
}

#[test]
fn words_in_another_order_are_a_transposition() {
    let c = one("They had already gone to the front.", "They had gone already to the front.");
    // Whether "already" went one way or "gone" the other is the same to a reader.
    assert!(
        matches!(
            found(&c)[..],
            [(C::Transposition, "already", "already")] | [(C::Transposition, "gone", "gone")]
        ),
        "{:?}",
        found(&c)
    );
}

#[test]
fn sentences_of_one_witness_are_one_entry_a_paragraph() {
    let a = paragraphs("A", &[&["One is here."], &["Two is gone.", "Three is gone."], &["Four is gone."]]);
    let b = text("B", &["One is here."]);
    let c = compared(
        &a,
        &b,
        vec![
            Bead::new(0..1, 0..1, 1.0),
            Bead::new(1..2, 1..1, 1.0),
            Bead::new(2..3, 1..1, 1.0),
            Bead::new(3..4, 1..1, 1.0),
        ],
    );
    assert_eq!(
        found(&c),
        [(C::Omission, "Two is gone. Three is gone.", ""), (C::Omission, "Four is gone.", "")]
    );
    assert_eq!(c.variants[0].b.span.start, "One is here.".len(), "after what precedes it");
}

#[test]
fn moved_sentences_are_a_transposition_and_compared_inside() {
    let a = text("A", &["First it rained.", "Then it snowed.", "Then came the colour of spring."]);
    let b = text("B", &["Then came the color of spring.", "First it rained.", "Then it snowed."]);
    let mut beads = vec![Bead::new(0..1, 1..2, 1.0), Bead::new(1..2, 2..3, 1.0), Bead::new(2..3, 0..1, 1.0)];
    beads[2].moved = true;
    let c = compared(&a, &b, beads);
    assert_eq!(found(&c)[0].0, C::Transposition);
    assert_eq!(found(&c)[1..], [(C::Spelling, "colour", "color")]);
}

#[test]
fn a_new_paragraph_is_layout() {
    let a = paragraphs("A", &[&["One is here.", "Two is here."]]);
    let b = paragraphs("B", &[&["One is here."], &["Two is here."]]);
    let c = compared(&a, &b, vec![Bead::new(0..1, 0..1, 1.0), Bead::new(1..2, 1..2, 1.0)]);
    assert_eq!(found(&c), [(C::Layout, "", "¶")]);
}

#[test]
fn a_project_s_rules_come_first() {
    let (a, b) = (text("A", &["the tabu word"]), text("B", &["the forbidden word"]));
    let alignment = Alignment { beads: vec![Bead::new(0..1, 0..1, 1.0)] };
    let (from, to) = ("tabu".to_owned(), "forbidden".to_owned());
    let rules = Rules::new(vec![Regularisation { from, to, witness: None, class: None }]);
    let c = compare(Aligned::new(a.clone(), b.clone(), alignment), &Options { rules, ..Options::default() });
    assert_eq!((c.variants[0].class, c.variants[0].rule.as_str()), (C::Spelling, "project"));
    assert_eq!(c.variants[0].a.text, "tabu", "the original form stays visible");
}

#[test]
fn spans_lead_to_the_words() {
    let (a, b) = (text("A", &["alpha beta gamma"]), text("B", &["alpha delta gamma"]));
    let c = compared(&a, &b, vec![Bead::new(0..1, 0..1, 1.0)]);
    let v = &c.variants[0];
    assert_eq!(&a.document.parts[0].text[v.a.span.range()], "beta");
    assert_eq!(&b.document.parts[0].text[v.b.span.range()], "delta");
}

/// Sentences of words and marks, so that real differences arise.
fn sentence() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        Just("war"),
        Just("War"),
        Just("of"),
        Just("the"),
        Just("colour"),
        Just("color"),
        Just("11"),
        Just("eleven"),
        Just("to"),
        Just("day"),
        Just("today"),
        Just(","),
        Just(";"),
        Just("“"),
        Just("战"),
        Just("争"),
        Just("e\u{301}te\u{301}"),
        Just("été"),
    ];
    proptest::collection::vec(word, 1..14).prop_map(|words| format!("x {}", words.join(" ")))
}

proptest! {
    #[test]
    fn every_word_stands_once_and_the_variants_turn_a_into_b(a in sentence(), b in sentence()) {
        let c = one(&a, &b);
        let row = &c.rows[0];
        let squeeze = |s: &str| s.split_whitespace().collect::<String>();
        let all = |pieces: &[crate::model::Piece]| pieces.iter().map(|p| squeeze(&p.text)).collect::<String>();
        prop_assert_eq!(all(&row.a), squeeze(&a));
        prop_assert_eq!(all(&row.b), squeeze(&b));
        // Where nothing is marked, both have the same words: then the marked ones are all that differs.
        let equal = |pieces: &[crate::model::Piece]| pieces.iter().filter(|p| p.variant.is_none()).map(|p| squeeze(&p.text)).collect::<String>();
        prop_assert_eq!(equal(&row.a), equal(&row.b));
    }

    #[test]
    fn a_text_does_not_differ_from_itself(a in sentence()) {
        prop_assert!(one(&a, &a).variants.is_empty());
    }

    #[test]
    fn the_other_direction_finds_as_much(a in sentence(), b in sentence()) {
        prop_assert_eq!(one(&a, &b).variants.is_empty(), one(&b, &a).variants.is_empty());
    }
}
