//! What a comparison must hold to, on small texts whose variants are known.

use proptest::prelude::*;

use super::rules::{Regularisation, Rules};
use super::{Options, collate};
use crate::model::testing::{paragraphs, text};
use crate::model::{Collated, EntryKind, Text, VariantClass as C};

/// Collates two texts of one sentence each.
fn one(a: &str, b: &str) -> Collated {
    of_two(text("A", &[a]), text("B", &[b]))
}

fn of_two(a: Text, b: Text) -> Collated {
    collate(&[a, b], &Options { base: Some("A".into()), ..Options::default() }).unwrap().value
}

fn found(collated: &Collated) -> Vec<(C, String, String)> {
    collated.variants(0, 1).into_iter().map(|v| (v.class, v.a.text, v.b.text)).collect()
}

fn shown(list: &[(C, &str, &str)]) -> Vec<(C, String, String)> {
    list.iter().map(|&(class, a, b)| (class, a.to_owned(), b.to_owned())).collect()
}

#[test]
fn each_difference_is_one_entry_with_its_class() {
    let c = one(
        "The régime of Stalin favors 11 wars, and peace.",
        "The regime of Stalin favours eleven wars and peace!",
    );
    assert_eq!(
        found(&c),
        shown(&[
            (C::Graphic, "régime", "regime"),
            (C::Spelling, "favors", "favours"),
            (C::Numeral, "11", "eleven"),
            (C::Punctuation, ",", ""),
            (C::Punctuation, ".", "!"),
        ])
    );
}

#[test]
fn two_spellings_are_two_entries_and_a_phrase_is_one() {
    assert_eq!(
        found(&one("the Old Guard fell", "the old guard fell")),
        shown(&[(C::Capitalisation, "Old Guard", "old guard")])
    );
    assert_eq!(
        found(&one("the theater center", "the theatre centre")),
        shown(&[(C::Spelling, "theater", "theatre"), (C::Spelling, "center", "centre")])
    );
    assert_eq!(
        found(&one("they played a rather pitiful role there", "they cut a sorry figure there")),
        shown(&[
            (C::Substitution, "played", "cut"),
            (C::Substitution, "rather pitiful role", "sorry figure")
        ])
    );
}

#[test]
fn a_phrase_goes_with_its_commas() {
    assert_eq!(
        found(&one(
            "While signing Stalin, with his limits, could expect peace.",
            "While signing Stalin could expect peace."
        )),
        shown(&[(C::Omission, ", with his limits,", "")])
    );
}

#[test]
fn words_in_another_order_are_a_transposition() {
    let c = one("They had already gone to the front.", "They had gone already to the front.");
    let found = found(&c);
    // Whether "already" went one way or "gone" the other is the same to a reader.
    assert!(
        found == shown(&[(C::Transposition, "already", "already")])
            || found == shown(&[(C::Transposition, "gone", "gone")]),
        "{found:?}"
    );
    assert_eq!(c.entries().len(), 1);
    assert_eq!(c.entries()[0].kind, EntryKind::Move(0));
}

#[test]
fn what_one_witness_lacks_is_an_omission_at_its_place() {
    let a = paragraphs("A", &[&["One is here."], &["Two is gone.", "Three is gone."], &["Five is here."]]);
    let b = paragraphs("B", &[&["One is here."], &["Five is here."]]);
    let c = of_two(a, b);
    let variants = c.variants(0, 1);
    assert_eq!(found(&c), shown(&[(C::Omission, "Two is gone. Three is gone.", "")]));
    assert_eq!(variants[0].b.span.start, "One is here.".len(), "after what precedes it");
}

#[test]
fn moved_sentences_are_a_transposition_and_compared_inside() {
    let a = text("A", &["First it rained all day.", "Then came the colour of spring.", "It snowed at last."]);
    let b = text("B", &["Then came the color of spring.", "First it rained all day.", "It snowed at last."]);
    let found = found(&of_two(a, b));
    let moves = found.iter().filter(|v| v.0 == C::Transposition).count();
    assert_eq!(moves, 1, "{found:?}");
    assert!(
        found.len() <= 2 && found.iter().all(|v| matches!(v.0, C::Transposition | C::Spelling)),
        "{found:?}"
    );
    assert!(found.contains(&(C::Spelling, "colour".to_owned(), "color".to_owned())), "{found:?}");
}

#[test]
fn a_new_paragraph_is_layout() {
    let a = paragraphs("A", &[&["One is here.", "Two is here."]]);
    let b = paragraphs("B", &[&["One is here."], &["Two is here."]]);
    assert_eq!(found(&of_two(a, b)), shown(&[(C::Layout, "", "¶")]));
}

#[test]
fn a_project_s_rules_come_first() {
    let texts = [text("A", &["the tabu word"]), text("B", &["the forbidden word"])];
    let (from, to) = ("tabu".to_owned(), "forbidden".to_owned());
    let rules = Rules::new(vec![Regularisation { from, to, witness: None, class: None }]);
    let c = collate(&texts, &Options { rules, base: Some("A".into()) }).unwrap().value;
    let variant = &c.variants(0, 1)[0];
    assert_eq!((variant.class, variant.rule.as_str()), (C::Spelling, "project"));
    assert_eq!(variant.a.text, "tabu", "the original form stays visible");
}

#[test]
fn spans_lead_to_the_words() {
    let c = one("alpha beta gamma", "alpha delta gamma");
    let v = &c.variants(0, 1)[0];
    assert_eq!(&c.texts[0].document.parts[0].text[v.a.span.range()], "beta");
    assert_eq!(&c.texts[1].document.parts[0].text[v.b.span.range()], "delta");
}

#[test]
fn two_witnesses_of_one_siglum_are_an_error() {
    let texts = [text("A", &["one"]), text("A", &["two"])];
    assert_eq!(collate(&texts, &Options::default()).unwrap_err().kind(), crate::ErrorKind::Conflict);
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
    fn outside_of_the_entries_both_read_the_same(a in sentence(), b in sentence()) {
        let c = one(&a, &b);
        // What is left of each side when the words of the entries are taken out: the same words, if nothing
        // moved (what moved is left at two places).
        let rest = |witness: usize| {
            let own = &c.collation.witnesses[witness];
            let readings = c.entries().iter().flat_map(|entry| &entry.readings);
            let places = readings.flat_map(|reading| &reading.witnesses).filter(|at| at.witness == witness);
            let marked: std::collections::BTreeSet<u32> = places.flat_map(|at| at.tokens.clone()).collect();
            let tokens = (0u32..).zip(&own.tokens).filter(|(index, _)| !marked.contains(index));
            let mut words: Vec<&str> = tokens.map(|(index, _)| own.reading(index..index + 1)).collect();
            words.sort_unstable();
            words.concat()
        };
        prop_assert_eq!(rest(0), rest(1));
    }

    #[test]
    fn a_text_does_not_differ_from_itself(a in sentence()) {
        prop_assert!(one(&a, &a).entries().is_empty());
    }

    #[test]
    fn the_other_direction_finds_as_much(a in sentence(), b in sentence()) {
        prop_assert_eq!(one(&a, &b).entries().is_empty(), one(&b, &a).entries().is_empty());
    }
}
